package region_test

import (
	"errors"
	"reflect"
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

func office(t *testing.T, nameOrCode string) region.Office {
	o, err := region.LookupOffice(nameOrCode)
	require.NoError(t, err)
	return o
}

// linesOf are the lines of a category: pre-sales support has those of billing.
func linesOf(o region.Office, c region.Category) []region.Line {
	if c == technical {
		return o.Technical
	}
	return o.Billing
}

// languages are those of lines.
func languages(lines []region.Line) (names []string) {
	for _, l := range lines {
		names = append(names, l.Language)
	}
	return names
}

// keeping is a calendar's String with the holidays of a country, where package
// holiday knows them.
func keeping(t *testing.T, text, country string) string {
	if _, err := holiday.Lookup(country); err != nil {
		require.ErrorContains(t, err, "holiday: unknown code")
		return text
	}
	return text + ", holidays " + country
}

func TestOfficeHours(t *testing.T) {
	for _, row := range []struct {
		category  region.Category
		country   string
		language  string
		want      string // Calendar.String, or an error
		holidays  string // the country whose it keeps, if they are known
		published string
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
		{technical, "Ascension", "", "Ascension, technical support: 24/7 Atlantic/St_Helena", "", "24 hours a day, 7 days a week", "one of three of a code"},
		{billing, "Ascension", "French", `region: unknown language "French": want a language of Ascension: English (Mo-Fr 09:00-17:00)`, "", "", "not spoken there"},
		{technical, "BQ", "", `region: unknown country "BQ": want one of those that share the code: Bonaire, Saba, Sint Eustatius`, "", "", "three offices"},
		{billing, "Bonaire", "Dutch", "Bonaire, billing support: Mo-Fr 04:00-12:00 America/Kralendijk", "BQ", "Mon-Fri 4 AM-noon", "a name finds each"},
		{billing, "saba", "", "Saba, billing support: Mo-Fr 09:00-17:00 America/Kralendijk", "BQ", "Mon-Fri 9 AM-5 PM", "a name finds each"},
		{technical, "SJ", "", `region: unknown country "SJ": want one of those that share the code: Jan Mayen, Svalbard`, "", "", "two offices"},
		{billing, "Svalbard", "", "Svalbard, billing support: Mo-Fr 09:00-18:00 Arctic/Longyearbyen", "SJ", "Mon-Fri 9 AM-6 PM", "a name finds each"},
		{technical, "XX", "", `region: unknown country "XX": want a name or ISO 3166-1 code of the page's country list`, "", "", "no such code"},
		{technical, " ", "", `region: unknown country " ": want a name or ISO 3166-1 code of the page's country list`, "", "", "blank is no country"},
		{technical, "Congo, DR", "", `region: unknown country "Congo, DR": want a name or ISO 3166-1 code of the page's country list, such as Congo`, "", "", "no such name"},
		{technical, "Emirates", "", `region: unknown country "Emirates": want a name or ISO 3166-1 code of the page's country list, such as UAE (United Arab Emirates)`, "", "", "part of a name"},
		{technical, "guinea", "English", "Guinea, technical support: 24/7 Africa/Conakry", "", "24 hours a day, 7 days a week", "a name that is part of others"},
		{technical, "saint", "", `region: unknown country "saint": want a name or ISO 3166-1 code of the page's country list, such as Spain, Saint Barthelemy, Saint Lucia, Saint Martin, Saint Pierre and Miquelon`, "", "", "five at most"},
		{"sales", "US", "", `region: unknown category "sales": want one of the help page: technical, billing, pre-sales`, "", "", "no category"},
	} {
		var c *calendar.Calendar
		o, err := region.LookupOffice(row.country)
		if err == nil {
			c, err = o.Hours(row.category, row.language)
		}
		if err != nil {
			assert.EqualError(t, err, row.want, row.why)
			assert.Nil(t, c, row.why)
			continue
		}
		assert.NotEmpty(t, row.want, row.why)
		want := row.want
		if row.holidays != "" {
			want = keeping(t, want, row.holidays)
		}
		assert.Equal(t, want, c.String(), row.why)
		i := max(0, slices.IndexFunc(linesOf(o, row.category), func(l region.Line) bool { return strings.EqualFold(l.Language, strings.TrimSpace(row.language)) }))
		line := linesOf(o, row.category)[i]
		assert.Equal(t, []string{row.published, c.Hours(), c.Zone().String()}, []string{line.Wording, line.Hours, line.Zone}, row.why)
	}

	hours, err := office(t, "DE").Hours("", "English")
	require.NoError(t, err)
	assert.Equal(t, "Germany, technical support (English): 24/7 Europe/Berlin", hours.String(), "technical support where no category is given")
}

// The hours of an office are those of its fields, whoever filled them.
func TestOwnOffice(t *testing.T) {
	own := region.Office{Name: "Acme", Country: "DE", Zone: "Europe/Berlin", Billing: []region.Line{{Language: "English", Hours: "Mo-Fr 09:00-17:00", Zone: "Europe/Berlin"}}}
	hours, err := own.Hours(billing, "")
	require.NoError(t, err)
	assert.Equal(t, "Acme, billing support: Mo-Fr 09:00-17:00 Europe/Berlin, holidays DE-BE", hours.String())
	for want, line := range map[string]region.Line{
		`calendar: unknown zone "Mars/Utopia": want a name of the IANA time zone database, such as Europe/Berlin, or UTC`:                                                                                                                                   {Hours: "24/7", Zone: "Mars/Utopia"},
		`calendar: parse hours "9 to 5" at byte 0: want days before the times: Mo-Su 09:00-17:00 for every day`:                                                                                                                                             {Hours: "9 to 5", Zone: "UTC"},
		`calendar: zone "": want a name of the IANA time zone database, such as Europe/Berlin, or UTC; calendar: parse hours "" at byte 0: want a weekday (Mo, Tu, We, Th, Fr, Sa, Su), PH, a date such as Dec 24 or 2026 Dec 24, a month, a week, or 24/7`: {},
	} {
		own.Billing[0] = line
		hours, err := own.Hours(billing, "")
		assert.EqualError(t, err, want)
		assert.Nil(t, hours)
	}
	_, err = region.Office{}.Hours(technical, "")
	assert.EqualError(t, err, `region: no country given: want an office with phone support`)
	assert.ErrorIs(t, err, &region.UnknownError{What: "country"})
	_, err = region.Office{}.Hours("sales", "")
	assert.ErrorIs(t, err, &region.UnknownError{What: "category"})
}

// The holidays of a country close the lines in its own zone, and no others.
func TestOfficeHolidays(t *testing.T) {
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
		hours, err := office(t, "CN").Hours(row.category, row.language)
		require.NoError(t, err)
		at, err := time.ParseInLocation("2006-01-02 15:04", row.at, hours.Zone())
		require.NoError(t, err)
		assert.Equal(t, row.open, hours.IsOpen(at), "%s, %v: %s", row.at, row.category, row.why)
	}
}

func TestOfficeLookup(t *testing.T) {
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
		o, err := region.LookupOffice(row.text)
		if err != nil {
			assert.EqualError(t, err, row.want, row.why)
			assert.ErrorIs(t, err, &region.UnknownError{What: "country"}, row.why)
			assert.Equal(t, region.Office{}, o)
			continue
		}
		assert.Equal(t, row.want, o.Name, row.why)
	}
	list := region.Offices()
	assert.Len(t, list, 246)
	assert.Equal(t, "Afghanistan", list[0].Name)
	for _, o := range list {
		assert.Equal(t, o, office(t, strings.ToUpper(o.Name)))
		assert.NoError(t, region.Worldwide.CheckCountry(o.Country))
		zone, err := region.Worldwide.Zone(o.Name)
		require.NoError(t, err)
		assert.Equal(t, o.Zone, zone)
	}
}

// Where languages differ, Hours wants one; nowhere else.
func TestOfficesWithoutLanguage(t *testing.T) {
	told, asked := 0, 0
	for _, o := range region.Offices() {
		for _, c := range []region.Category{technical, billing} {
			switch hours, err := o.Hours(c, ""); {
			case err == nil:
				told++
				assert.NotEmpty(t, hours.Hours())
			case errors.Is(err, &region.UnknownError{What: "language"}):
				asked++
				assert.Greater(t, len(linesOf(o, c)), 1, o.Name)
			default:
				assert.Equal(t, "NP", o.Country)
			}
		}
	}
	assert.Equal(t, 356, told)
	assert.Equal(t, 134, asked)
}

func TestOfficeFacts(t *testing.T) {
	office := func(name string) region.Office { return office(t, name) }
	o := office("Algeria")
	assert.Equal(t, []string{"021 89 10 70", "Select option 1", "Select option 9", "Enter code 7703"}, o.Phones)
	assert.Equal(t, []string{"Local call charges apply"}, o.Notes)
	assert.Equal(t, []string{"Arabic", "French", "English"}, languages(o.Technical))
	assert.Equal(t, "MicrosoftDocs/OfficeDocs-O365ITPro, Office365-Admin/support, commit 1b435f20, 2020-02-20, algeria.md", o.Source)
	assert.Equal(t, 1, o.Zones)
	assert.Equal(t, 29, office("US").Zones)
	assert.Equal(t, []string{"0800 047 4958 (Local toll-free)", "11 4700 1999 (Local call charges apply)"}, office("BR").AlternativePhones)
	assert.Equal(t, []string{"Telephone support not available; only online support."}, office("NP").Phones)
	assert.Equal(t, []string{"Japanese", "English", "Other Plans"}, languages(office("JP").Technical))
	assert.Equal(t, []string{"Dutch", "English"}, languages(office("NL").Billing))
	assert.Empty(t, office("NP").Billing)
	assert.Empty(t, office("NP").Technical)
	assert.Equal(t, region.Line{Language: "Arabic", Hours: "Su-Th 09:00-17:00", Zone: "Africa/Algiers", Wording: "Sun-Thu 9 AM-5 PM"}, o.Billing[0])

	// The numbers of the help page are those of its list.
	worldwide, err := region.Lookup(region.Worldwide)
	require.NoError(t, err)
	for _, contact := range worldwide.Contacts {
		o := office(contact.Countries[0])
		assert.Equal(t, strings.ReplaceAll(contact.Phone, " ", ""), strings.ReplaceAll(o.Phones[0], " ", ""))
		assert.Contains(t, languages(o.Technical), contact.Languages[0])
		// And so are its hours.
		assert.Equal(t, worldwide.Wording[technical], o.Technical[0].Wording)
		hours := "9 AM-5 PM"
		if o.Country == "AU" {
			hours = "9 AM-6 PM"
		}
		assert.Equal(t, "Mon-Fri "+hours, strings.TrimSuffix(o.Billing[0].Wording, " Local"))
		assert.Contains(t, worldwide.Wording[billing], hours)
	}
}

// Who only asks whether a country is served allocates nothing.
func TestOfficeAllocations(t *testing.T) {
	var err error
	for name, f := range map[string]func(){
		"CheckCountry": func() { err = region.Worldwide.CheckCountry("ZW") },
		"one desk":     func() { err = region.Germany.CheckCountry("FR") },
		"Zone":         func() { _, err = region.Worldwide.Zone("ZW") },
		"Zone, name":   func() { _, err = region.Worldwide.Zone(" zimbabwe ") },
	} {
		assert.Zero(t, testing.AllocsPerRun(20, f), name)
		require.NoError(t, err, name)
	}
}

// Many may ask at once, for the same and for the first time.
func TestOfficesConcurrently(t *testing.T) {
	got := make(chan string)
	for range 8 {
		go func() {
			o, _ := region.LookupOffice("Fiji")
			o.Phones[0], o.Billing[0].Language = "changed", "changed"
			c, _ := o.Hours(billing, "")
			got <- c.String()
		}()
	}
	for range 8 {
		assert.Equal(t, keeping(t, "Fiji, billing support: Mo-Fr 09:00-17:00 Pacific/Fiji", "FJ"), <-got)
	}
}

func FuzzOffice(f *testing.F) {
	f.Add("DZ", "english")
	f.Add(" CÔTE D'IVOIRE", "French")
	f.Add("SH", "")
	f.Add(strings.Repeat("\xbb", 100), "")
	f.Fuzz(func(t *testing.T, country, language string) {
		short := func(err error) bool {
			return !strings.Contains(err.Error(), "\n") && len(err.Error()) <= 4*len(country+language)+300
		}
		o, err := region.LookupOffice(country)
		if err != nil {
			if !short(err) {
				t.Fatalf("LookupOffice(%q): %v", country, err)
			}
			return
		}
		if again, err := region.LookupOffice(o.Name); !reflect.DeepEqual(again, o) || err != nil {
			t.Fatalf("%q is %s, which is %s, %v", country, o.Name, again.Name, err)
		}
		hours, err := o.Hours(technical, language)
		if (hours == nil) == (err == nil) || err != nil && !short(err) {
			t.Fatalf("Hours(%q, %q) = %v, %v", country, language, hours, err)
		}
	})
}
