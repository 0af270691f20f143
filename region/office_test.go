package region_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
	"github.com/duetime/duetime/region"
)

const (
	technical = region.Technical
	billing   = region.Billing
	preSales  = region.PreSales
)

func lookup(t *testing.T, m region.Moniker) region.Region {
	r, err := region.Lookup(m)
	require.NoError(t, err)
	return r
}

// keeping is a calendar's String with the holidays of a country, where package
// holiday knows them.
func keeping(t *testing.T, text, country string) string {
	if _, err := holiday.Lookup(country); err != nil {
		require.ErrorIs(t, err, holiday.ErrUnknownCode)
		return text
	}
	return text + ", holidays " + country
}

func TestOfficeHours(t *testing.T) {
	worldwide := lookup(t, region.Worldwide)
	for _, row := range []struct {
		category  region.Category
		country   string
		language  string
		want      string // Calendar.String, or an error
		holidays  string // the country whose it keeps, if they are known
		published string // "" where the office is not told by country alone
		why       string
	}{
		{billing, "US", "", "United States, billing support: Mo-Fr 09:00-17:00 America/New_York", "US", "Mon-Fri 9 AM-5 PM", "one language"},
		{billing, "Australia", "", "Australia, billing support: Mo-Fr 09:00-18:00 Australia/Sydney", "AU-NSW", "Mon-Fri 9 AM-6 PM", "9 to 6 in Australia, as the help page says"},
		{preSales, "GB", "English", "United Kingdom, billing support: Mo-Fr 09:00-17:00 Europe/London", "GB", "Mon-Fri 9 AM-5 PM", "as billing"},
		{technical, "GB", "", "United Kingdom, technical support: 24/7 Europe/London", "", "24 hours a day, 7 days a week", "24/7 closes on no holiday"},
		{billing, "CN", "", "China (PRC), billing support: Mo-Fr 09:00-18:00 Asia/Shanghai", "CN", "Mon-Fri 9 AM-6 PM", "the worldwide cloud's own desk in China"},
		{billing, "fr", "", "France, billing support: Mo-Fr 09:00-17:00 Europe/Paris", "FR", "Mon-Fri 9 AM-5 PM", "two languages that agree, and a code in any case"},
		{technical, " FRANCE ", " french ", "France, technical support (French): Mo-Fr 08:00-21:00 Europe/Paris", "FR", "Mon-Fri 8 AM-9 PM", "a name, in any case and with space around it"},
		{technical, "FR", "", `region: no language given: want a language of France: French (Mo-Fr 08:00-21:00), English (24/7)`, "", "", "no quiet guess"},
		{technical, "FR", "German", `region: unknown language "German": want a language of France: French (Mo-Fr 08:00-21:00), English (24/7)`, "", "", "not spoken there"},
		{billing, "DZ", "Arabic", "Algeria, billing support (Arabic): Su-Th 09:00-17:00 Africa/Algiers", "DZ", "Sun-Thu 9 AM-5 PM", "Sunday to Thursday"},
		{billing, "DZ", "English", "Algeria, billing support (French, English): Mo-Fr 09:00-17:00 Africa/Algiers", "DZ", "Mon-Fri 9 AM-5 PM", "but Monday to Friday in English"},
		{billing, "CA", "English", "Canada, billing support: Mo-Fr 09:00-17:00 America/Toronto", "CA", "Mon-Fri 9 AM-5 PM Local", "Local is no other zone"},
		{billing, "CA", "French", "Canada, billing support: Mo-Fr 09:00-17:00 America/Toronto", "CA", "Mon-Fri 9 AM-5 PM ET", "nor is Eastern Time in Toronto"},
		{billing, "CA", "", "Canada, billing support: Mo-Fr 09:00-17:00 America/Toronto", "CA", "Mon-Fri 9 AM-5 PM Local", "so the two agree"},
		{technical, "KZ", "Russian", "Kazakhstan, technical support (Russian): Mo-Fr 07:00-20:00 Europe/Moscow", "", "Mon-Fri 7 AM-8 PM Moscow", "answered in Moscow: no holidays of Kazakhstan"},
		{billing, "UA", "English", "Ukraine, billing support (English): Mo-Fr 09:00-17:00 Europe/London", "", "Mon-Fri 9 AM-5 PM London", "answered in London: no holidays of Ukraine"},
		{billing, "RU", "Russian", "Russia, billing support (Russian): Mo-Fr 10:00-19:00 Europe/Moscow", "RU", "Mon-Fri 10 AM-7 PM Moscow", "Moscow is the office's own zone"},
		{billing, "AW", "", "Aruba, billing support: Mo-Fr 04:00-12:00 America/Aruba", "AW", "Mon-Fri 4 AM-noon", "odd, but published"},
		{billing, "PF", "", "French Polynesia, billing support: Su-Fr 22:00-06:00 Pacific/Tahiti", "PF", "Sun-Fri 10 PM-6 AM", "past midnight, from Sunday evening"},
		{technical, "WF", "French", "Wallis and Futuna, technical support (French): Mo-Fr 19:00-08:00 Pacific/Wallis", "WF", "Mon-Fri 7 PM-8 AM", "thirteen hours, past midnight"},
		{billing, "TG", "", "Togo, billing support: Mo-Fr 08:00-04:00 Africa/Lome", "TG", "Mon-Fri 8 AM-4 AM", "as published, where its neighbours have 4 PM"},
		{technical, "TG", "French", "Togo, technical support (French): Mo-Fr 07:00-08:00 Africa/Lome", "TG", "Mon-Fri 7 AM-8 AM", "as published, where its neighbours have 8 PM"},
		{technical, "MU", "French", "Mauritius, technical support (French): Mo-Fr 11:00-24:00 Indian/Mauritius", "MU", "Mon-Fri 11 AM-midnight", "midnight is the day's end"},
		{technical, "TL", "Portuguese", "Timor-Leste, technical support (Portuguese): Mo 12:00-24:00; Tu-Fr 00:00-24:00; Sa 00:00-12:00 Asia/Dili", "TL", "24 hours a day, between Mon noon and Sat noon", "five days on end"},
		{technical, "GW", "Portuguese", "Guinea-Bissau, technical support (Portuguese): Mo-Su 08:00-21:00 Africa/Bissau", "GW", "8 AM-9 PM", "no days named: every day"},
		{billing, "GU", "", "Guam, billing support: Mo-Fr 03:00-12:00 Pacific/Guam", "GU", "Mon-Fri 3 AM-12 PM", "12 PM is noon"},
		{technical, "JP", "Japanese", "Japan, technical support (Japanese, English): 24/7 Asia/Tokyo", "", "24 hours a day, 7 days a week", "for Office 365 Enterprise"},
		{technical, "JP", "other plans", "Japan, technical support (Other Plans): Mo-Fr 09:00-17:30 Asia/Tokyo", "JP", "Telephone technical support is available from 9:00-17:30 on weekdays. For high severity issues, technical support is available 24 hours a day, 7 days a week.", "the line that names no language, under its heading"},
		{technical, "JP", "", `region: no language given: want a language of Japan: Japanese (24/7), English (24/7), Other Plans (Mo-Fr 09:00-17:30)`, "", "", "which plan matters"},
		{technical, "NP", "", `region: unknown country "NP": want an office with phone support; Nepal has none`, "", "", "online only"},
		{billing, "nepal", "English", `region: unknown country "NP": want an office with phone support; Nepal has none`, "", "", "online only"},
		{technical, "SH", "", "Ascension, technical support: 24/7 Atlantic/St_Helena", "", "", "three offices that agree"},
		{billing, "SH", "", "Ascension, billing support: Mo-Fr 09:00-17:00 Atlantic/St_Helena", "SH", "", "three offices that agree"},
		{billing, "SH", "French", `region: unknown language "French": want a language of Ascension: English (Mo-Fr 09:00-17:00)`, "", "", "in none of the three"},
		{technical, "BQ", "", "Bonaire, technical support: 24/7 America/Kralendijk", "", "", "three offices that agree"},
		{billing, "BQ", "", `region: unknown country "BQ": want one of those that share the code: Bonaire, Saba, Sint Eustatius`, "", "", "Bonaire has other hours"},
		{billing, "BQ", "Dutch", `region: unknown country "BQ": want one of those that share the code: Bonaire, Saba, Sint Eustatius`, "", "", "only Bonaire speaks Dutch"},
		{billing, "Bonaire", "Dutch", "Bonaire, billing support: Mo-Fr 04:00-12:00 America/Kralendijk", "BQ", "Mon-Fri 4 AM-noon", "a name finds each"},
		{billing, "saba", "", "Saba, billing support: Mo-Fr 09:00-17:00 America/Kralendijk", "BQ", "Mon-Fri 9 AM-5 PM", "a name finds each"},
		{technical, "SJ", "", `region: unknown country "SJ": want one of those that share the code: Jan Mayen, Svalbard`, "", "", "24/7 in two zones: a business day may begin on two days"},
		{billing, "Svalbard", "", "Svalbard, billing support: Mo-Fr 09:00-18:00 Arctic/Longyearbyen", "SJ", "Mon-Fri 9 AM-6 PM", "a name finds each"},
		{technical, "XX", "", `region: unknown country "XX": want a name or ISO 3166-1 code of the page's country list`, "", "", "no such code"},
		{technical, " ", "", `region: unknown country " ": want a name or ISO 3166-1 code of the page's country list`, "", "", "blank is no country"},
		{technical, "Congo, DR", "", `region: unknown country "Congo, DR": want a name or ISO 3166-1 code of the page's country list, such as Congo`, "", "", "no such name"},
		{technical, "Emirates", "", `region: unknown country "Emirates": want a name or ISO 3166-1 code of the page's country list, such as UAE (United Arab Emirates)`, "", "", "part of a name"},
		{technical, "guinea", "English", "Guinea, technical support: 24/7 Africa/Conakry", "", "24 hours a day, 7 days a week", "a name that is part of others"},
		{technical, "saint", "", `region: unknown country "saint": want a name or ISO 3166-1 code of the page's country list, such as Spain, Saint Barthelemy, Saint Lucia, Saint Martin, Saint Pierre and Miquelon`, "", "", "five at most"},
		{"sales", "US", "", `region: unknown category "sales": want one of the help page: technical, billing, pre-sales`, "", "", "no category"},
	} {
		c, err := worldwide.Hours(row.category, row.country, row.language)
		if err != nil {
			assert.EqualError(t, err, row.want, row.why)
			continue
		}
		assert.NotEmpty(t, row.want, row.why)
		want := row.want
		if row.holidays != "" {
			want = keeping(t, want, row.holidays)
		}
		assert.Equal(t, want, c.String(), row.why)
		again, _ := worldwide.Hours(row.category, row.country, row.language)
		assert.Same(t, c, again, "always the same calendar")
		if row.published != "" {
			o, err := worldwide.Office(row.country)
			require.NoError(t, err)
			own, err := o.Hours(row.category, row.language)
			require.NoError(t, err)
			assert.Same(t, c, own, row.why)
			assert.Equal(t, row.published, o.Published(row.category, row.language), row.why)
		}
	}
}

// The holidays of a country close the lines in its own zone, and no others.
func TestOfficeHolidays(t *testing.T) {
	worldwide := lookup(t, region.Worldwide)
	for _, row := range []struct {
		category region.Category
		language string
		at       string // in Beijing
		open     bool
		why      string
	}{
		{billing, "English", "2024-09-30 10:00", true, "a Monday"},
		{billing, "English", "2024-10-01 10:00", false, "National Day"},
		{billing, "English", "2024-09-29 10:00", true, "a Sunday that makes up for it"},
		{billing, "English", "2024-09-22 10:00", false, "another Sunday"},
		{technical, "Chinese (Mandarin)", "2024-10-01 10:00", false, "has hours of the day"},
		{technical, "English", "2024-10-01 10:00", true, "round the clock"},
	} {
		hours, err := worldwide.Hours(row.category, "CN", row.language)
		require.NoError(t, err)
		at, err := time.ParseInLocation("2006-01-02 15:04", row.at, hours.Zone())
		require.NoError(t, err)
		assert.Equal(t, row.open, hours.IsOpen(at), "%s, %v: %s", row.at, row.category, row.why)
	}
}

func TestOfficeLookup(t *testing.T) {
	worldwide := lookup(t, region.Worldwide)
	for _, row := range []struct{ text, want, why string }{
		{"DZ", "Algeria", "a code"},
		{" dz\n", "Algeria", "in any case, with white space"},
		{"côte d'ivoire", "Côte d'Ivoire", "a name in any case"},
		{"CÔTE D'IVOIRE", "Côte d'Ivoire", "a name in any case"},
		{"New Zealand", "New Zealand", "which the list writes with a space after it"},
		{"tristan da cunha", "Tristan da Cunha", "one of three of a code"},
		{"SH", `region: unknown country "SH": want one of those that share the code: Ascension, St Helena, Tristan da Cunha`, "one of three"},
		{"sj", `region: unknown country "sj": want one of those that share the code: Jan Mayen, Svalbard`, "one of two"},
		{"", `region: no country given: want a name or ISO 3166-1 code of the page's country list`, "nothing"},
		{"a", `region: unknown country "a": want a name or ISO 3166-1 code of the page's country list`, "in too many names"},
	} {
		o, err := worldwide.Office(row.text)
		if err != nil {
			assert.EqualError(t, err, row.want, row.why)
			assert.ErrorIs(t, err, region.ErrUnknownCountry, row.why)
			assert.Equal(t, region.Office{}, o)
			continue
		}
		assert.Equal(t, row.want, o.Name(), row.why)
	}
	for o := range worldwide.Offices() {
		found, err := worldwide.Office(strings.ToUpper(o.Name()))
		require.NoError(t, err)
		assert.Equal(t, o, found)
		assert.NoError(t, worldwide.CheckCountry(o.Country()))
		zone, err := worldwide.Zone(o.Name())
		require.NoError(t, err)
		assert.Equal(t, o.Zone(), zone.String())
	}
	first := ""
	for o := range worldwide.Offices() {
		first = o.Name()
		break
	}
	assert.Equal(t, "Afghanistan", first)
}

// A country's hours are those of its offices, where these agree.
func TestOfficesByCountry(t *testing.T) {
	worldwide := lookup(t, region.Worldwide)
	countries := worldwide.Countries()
	assert.Len(t, countries, 240)
	assert.True(t, slices.IsSorted(countries))
	assert.NotContains(t, countries, "NP", "has no hours")
	clear(countries)
	assert.Contains(t, worldwide.Countries(), "US", "the caller's slice is the caller's")

	told, asked := 0, 0
	for _, country := range worldwide.Countries() {
		for _, c := range []region.Category{technical, billing} {
			switch hours, err := worldwide.Hours(c, country); {
			case err == nil:
				told++
				assert.NotEmpty(t, hours.Hours())
			case errors.Is(err, region.ErrUnknownLanguage):
				asked++
				o, err := worldwide.Office(country)
				require.NoError(t, err)
				assert.Greater(t, len(o.Languages(c)), 1, country)
			default:
				assert.Contains(t, []string{"BQ", "SJ"}, country)
			}
		}
	}
	assert.Equal(t, 343, told)
	assert.Equal(t, 134, asked)

	_, err := worldwide.Zone("SJ")
	assert.EqualError(t, err, `region: unknown country "SJ": want one of those that share the code: Jan Mayen, Svalbard`)
	_, err = worldwide.Zone("XX")
	assert.ErrorIs(t, err, region.ErrUnknownCountry)
	zone, err := worldwide.Zone("SH")
	require.NoError(t, err)
	assert.Equal(t, "Atlantic/St_Helena", zone.String())
	zone, err = worldwide.Zone("")
	require.NoError(t, err)
	assert.Equal(t, time.UTC, zone)
}

func TestLanguages(t *testing.T) {
	for _, row := range []struct {
		moniker  region.Moniker
		language []string
		want     string // an error, or ""
		why      string
	}{
		{region.Germany, []string{"German"}, "", "a language of the contacts"},
		{region.Germany, []string{" english "}, "", "in any case"},
		{region.Germany, []string{""}, "", "none"},
		{region.Germany, []string{"French"}, `region: unknown language "French": want a language of o365-germany: German, English`, "not spoken"},
		{region.China, []string{""}, "", "none"},
		{region.China, []string{"Mandarin"}, `region: unknown language "Mandarin": want none, as the page gives none for o365-21vianet`, "not said"},
		{region.Worldwide, []string{"English"}, `region: unknown language "English": want none without a country`, "no country"},
		{region.Germany, []string{"German", "English"}, `region: unknown language "German, English": want one language at most`, "two"},
		{region.Worldwide, []string{"", ""}, `region: unknown language ", ": want one language at most`, "two"},
	} {
		r := lookup(t, row.moniker)
		c, err := r.Hours(technical, "", row.language...)
		if row.want != "" {
			assert.EqualError(t, err, row.want, row.why)
			assert.ErrorIs(t, err, region.ErrUnknownLanguage, row.why)
			continue
		}
		require.NoError(t, err, row.why)
		plain, _ := r.Hours(technical, "")
		assert.Same(t, plain, c, row.why)
	}
	for _, m := range []region.Moniker{region.China, region.Germany} {
		assert.Empty(t, slices.Collect(lookup(t, m).Offices()))
		_, err := lookup(t, m).Office("DE")
		assert.EqualError(t, err, `region: unknown country "DE": want a region with offices; `+string(m)+` has one desk for all`)
	}
}

func TestOfficeFacts(t *testing.T) {
	worldwide := lookup(t, region.Worldwide)
	office := func(name string) region.Office {
		o, err := worldwide.Office(name)
		require.NoError(t, err)
		return o
	}
	o := office("Algeria")
	assert.Equal(t, []string{"021 89 10 70", "Select option 1", "Select option 9", "Enter code 7703"}, o.Phones())
	assert.Equal(t, []string{"Local call charges apply"}, o.Notes())
	assert.Equal(t, []string{"Arabic", "French", "English"}, o.Languages(technical))
	assert.Equal(t, "MicrosoftDocs/OfficeDocs-O365ITPro, Office365-Admin/support, commit 1b435f20, 2020-02-20, algeria.md", o.Source())
	assert.Equal(t, 1, o.Zones())
	assert.Equal(t, 29, office("US").Zones())
	assert.Equal(t, []string{"0800 047 4958 (Local toll-free)", "11 4700 1999 (Local call charges apply)"}, office("BR").AlternativePhones())
	assert.Equal(t, []string{"Telephone support not available; only online support."}, office("NP").Phones())
	assert.Equal(t, []string{"Japanese", "English", "Other Plans"}, office("JP").Languages(technical))
	assert.Equal(t, []string{"Dutch", "English"}, office("NL").Languages(preSales))
	assert.Empty(t, office("NP").Languages(billing))
	assert.Empty(t, o.Languages("sales"))
	assert.Empty(t, o.Published(technical, ""), "the languages differ")
	assert.Empty(t, o.Published("sales", ""))

	// The numbers of the help page are those of its list.
	for _, contact := range worldwide.Contacts() {
		o := office(contact.Countries[0])
		assert.Equal(t, strings.ReplaceAll(contact.Phone, " ", ""), strings.ReplaceAll(o.Phones()[0], " ", ""))
		assert.Contains(t, o.Languages(technical), contact.Languages[0])
	}

	for _, slice := range [][]string{o.Phones(), o.Notes(), o.Languages(technical), office("BR").AlternativePhones()} {
		slice[0] = "changed"
	}
	assert.Equal(t, "021 89 10 70", o.Phones()[0])
	assert.Equal(t, "Local call charges apply", o.Notes()[0])
	assert.Equal(t, "Arabic", o.Languages(technical)[0])
	assert.NotEqual(t, "changed", office("BR").AlternativePhones()[0])

	var none region.Office
	assert.Empty(t, none.Name()+none.Country()+none.Zone()+none.Source()+none.Published(technical, ""))
	assert.Empty(t, slices.Concat(none.Phones(), none.AlternativePhones(), none.Notes(), none.Languages(billing)))
	assert.Zero(t, none.Zones())
	_, err := none.Hours(technical, "")
	assert.EqualError(t, err, `region: no country given: want an office of Region.Offices`)
}

// Finding an office or its hours again allocates nothing.
func TestOfficeAllocations(t *testing.T) {
	worldwide := lookup(t, region.Worldwide)
	var keepOffice region.Office
	var keepHours *calendar.Calendar
	var err error
	for name, f := range map[string]func(){
		"CheckCountry":    func() { err = worldwide.CheckCountry("ZW") },
		"Office, code":    func() { keepOffice, err = worldwide.Office("ZW") },
		"Office, name":    func() { keepOffice, err = worldwide.Office(" zimbabwe ") },
		"Hours":           func() { keepHours, err = worldwide.Hours(billing, "ZW") },
		"Hours, language": func() { keepHours, err = worldwide.Hours(technical, "Zambia", "english") },
		"Office.Hours":    func() { keepHours, err = keepOffice.Hours(billing, "English") },
		"Published":       func() { keepOffice.Published(billing, "English") },
		"Zone":            func() { _, err = worldwide.Zone("ZW") },
		"shared code":     func() { keepHours, err = worldwide.Hours(technical, "SH") },
	} {
		keepOffice, _ = worldwide.Office("ZW")
		assert.Zero(t, testing.AllocsPerRun(20, f), name)
		require.NoError(t, err, name)
	}
	assert.NotNil(t, keepHours)
}

// Many may ask for the same calendar at once.
func TestOfficesConcurrently(t *testing.T) {
	worldwide := lookup(t, region.Worldwide)
	got := make(chan *calendar.Calendar)
	for range 8 {
		go func() {
			c, _ := worldwide.Hours(billing, "Fiji")
			got <- c
		}()
	}
	first := <-got
	require.NotNil(t, first)
	for range 7 {
		assert.Same(t, first, <-got)
	}
}

func FuzzOffice(f *testing.F) {
	f.Add("DZ", "english")
	f.Add(" CÔTE D'IVOIRE", "French")
	f.Add("SH", "")
	f.Fuzz(func(t *testing.T, country, language string) {
		worldwide := lookup(t, region.Worldwide)
		hours, err := worldwide.Hours(technical, country, language)
		if (hours == nil) == (err == nil) {
			t.Fatalf("Hours(%q, %q) = %v, %v", country, language, hours, err)
		}
		if err != nil && (strings.Contains(err.Error(), "\n") || len(err.Error()) > 4*len(country+language)+300) {
			t.Fatalf("Hours(%q, %q): %v", country, language, err)
		}
		o, err := worldwide.Office(country)
		if err != nil {
			return
		}
		if again, err := worldwide.Office(o.Name()); again != o || err != nil {
			t.Fatalf("%q is %s, which is %s, %v", country, o.Name(), again.Name(), err)
		}
	})
}
