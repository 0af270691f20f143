package holiday_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/us"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
)

func date(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func lookup(tb testing.TB, code string) calendar.HolidaySet {
	tb.Helper()
	s, err := holiday.Lookup(code)
	require.NoError(tb, err)
	return s
}

// berlinGolden has the public holidays of Berlin by year. Fixed are 1 January,
// 8 March (from 2019), 1 May, 3 October, 25 and 26 December; listed are the
// others: Good Friday, Easter Monday, Ascension Day, Whit Monday, and holidays
// of one year.
//
// Source: § 1 Abs. 1 of the Gesetz über die Sonn- und Feiertage of Berlin, GVBl.
// 1954 S. 615, as amended by GVBl. 2015 S. 378 (31 October 2017), GVBl. 2019
// S. 22 (8 March; 8 May 2020) and GVBl. 2024 S. 460 (8 May 2025; 17 June 2028).
// Easter is 5 April 2015, 27 March 2016, 16 April 2017, 1 April 2018, 21 April
// 2019, 12 April 2020, 4 April 2021, 17 April 2022, 9 April 2023, 31 March 2024,
// 20 April 2025, 5 April 2026, 28 March 2027, 16 April 2028, 1 April 2029 and
// 21 April 2030 (Physikalisch-Technische Bundesanstalt, Wann ist Ostern?). The
// years from 2027 on are as the law stood in 2026.
var berlinGolden = map[int]string{
	2015: "04-03 04-06 05-14 05-25",
	2016: "03-25 03-28 05-05 05-16",
	2017: "04-14 04-17 05-25 06-05 10-31",
	2018: "03-30 04-02 05-10 05-21",
	2019: "04-19 04-22 05-30 06-10",
	2020: "04-10 04-13 05-08 05-21 06-01",
	2021: "04-02 04-05 05-13 05-24",
	2022: "04-15 04-18 05-26 06-06",
	2023: "04-07 04-10 05-18 05-29",
	2024: "03-29 04-01 05-09 05-20",
	2025: "04-18 04-21 05-08 05-29 06-09",
	2026: "04-03 04-06 05-14 05-25",
	2027: "03-26 03-29 05-06 05-17",
	2028: "04-14 04-17 05-25 06-05 06-17",
	2029: "03-30 04-02 05-10 05-21",
	2030: "04-19 04-22 05-30 06-10",
}

func TestBerlinGolden(t *testing.T) {
	s := lookup(t, "DE-BE")
	assert.Equal(t, "DE-BE", s.Code())
	for year, listed := range berlinGolden {
		want := append(strings.Fields(listed), "01-01", "05-01", "10-03", "12-25", "12-26")
		if year >= 2019 {
			want = append(want, "03-08")
		}
		slices.Sort(want)
		var got []string
		for _, h := range s.Year(year) {
			assert.False(t, h.Workday || h.Provisional)
			assert.NotEmpty(t, h.Name)
			got = append(got, h.Date.String()[5:])
		}
		assert.Equal(t, want, got, "%d", year)
	}
	h, ok := s.On(date("2028-06-17"))
	assert.True(t, ok)
	assert.Equal(t, "75. Jahrestag des Aufstandes vom 17. Juni 1953", h.Name)
	assert.Empty(t, s.Year(1994), "the set begins in 1995")
	assert.Len(t, s.Year(1995), 9)
	assert.True(t, s.Provisional(1994) && !s.Provisional(1995) && !s.Provisional(2199))
}

// chinaGolden has the days off and the make-up workdays of mainland China as
// the State Council's notice for each year words them (国务院办公厅关于…年部分节
// 假日安排的通知), a notice that changed one applied. Days of the year before
// have it with them.
var chinaGolden = []struct {
	year      int
	source    string
	off, work string
}{
	{2018, "国办发明电〔2017〕12号, 2017-11-30", "01-01 02-15..02-21 04-05..04-07 04-29..05-01 06-18 09-24 10-01..10-07", "02-11 02-24 04-08 04-28 09-29 09-30"},
	{2019, "国办发明电〔2018〕15号, 2018-12-04, and 〔2019〕3号, 2019-03-22", "2018-12-30..2019-01-01 02-04..02-10 04-05 05-01..05-04 06-07 09-13 10-01..10-07", "2018-12-29 02-02 02-03 04-28 05-05 09-29 10-12"},
	{2020, "国办发明电〔2019〕16号, 2019-11-21, and 〔2020〕1号, 2020-01-26", "01-01 01-24..02-02 04-04..04-06 05-01..05-05 06-25..06-27 10-01..10-08", "01-19 04-26 05-09 06-28 09-27 10-10"},
	{2021, "国办发明电〔2020〕27号, 2020-11-25", "01-01..01-03 02-11..02-17 04-03..04-05 05-01..05-05 06-12..06-14 09-19..09-21 10-01..10-07", "02-07 02-20 04-25 05-08 09-18 09-26 10-09"},
	{2022, "国办发明电〔2021〕11号, 2021-10-25", "01-01..01-03 01-31..02-06 04-03..04-05 04-30..05-04 06-03..06-05 09-10..09-12 10-01..10-07", "01-29 01-30 04-02 04-24 05-07 10-08 10-09"},
	{2023, "国办发明电〔2022〕16号, 2022-12-08", "2022-12-31..2023-01-02 01-21..01-27 04-05 04-29..05-03 06-22..06-24 09-29..10-06", "01-28 01-29 04-23 05-06 06-25 10-07 10-08"},
	{2024, "国办发明电〔2023〕7号, 2023-10-25", "01-01 02-10..02-17 04-04..04-06 05-01..05-05 06-10 09-15..09-17 10-01..10-07", "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12"},
	{2025, "国办发明电〔2024〕12号, 2024-11-12", "01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08", "01-26 02-08 04-27 09-28 10-11"},
	{2026, "国办发明电〔2025〕7号, 2025-11-04", "01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 10-01..10-07", "01-04 02-14 02-28 05-09 09-20 10-10"},
}

// joinedWeekends are weekends that a notice joins to a holiday without naming
// their dates (与周末连休), and that the set names.
var joinedWeekends = "2019-04-06 2019-04-07 2019-06-08 2019-06-09 2019-09-14 2019-09-15"

func TestChinaGolden(t *testing.T) {
	s := lookup(t, "CN")
	assert.Equal(t, "CN", s.Code())
	expand := func(year int, text string) (days []string) {
		full := func(s string) calendar.Date {
			if len(s) == len("01-01") {
				s = fmt.Sprintf("%d-%s", year, s)
			}
			return date(s)
		}
		for word := range strings.FieldsSeq(text) {
			from, to, ok := strings.Cut(word, "..")
			if !ok {
				to = from
			}
			for d := full(from); d.Compare(full(to)) <= 0; d = d.AddDays(1) {
				days = append(days, d.String())
			}
		}
		return days
	}
	var wantOff, wantWork, gotOff, gotWork []string
	for _, row := range chinaGolden {
		wantOff = append(wantOff, expand(row.year, row.off)...)
		wantWork = append(wantWork, expand(row.year, row.work)...)
		for _, h := range s.Year(row.year) {
			assert.False(t, h.Provisional, "%v has been announced", h.Date)
			if h.Workday {
				gotWork = append(gotWork, h.Date.String())
			} else {
				gotOff = append(gotOff, h.Date.String())
			}
		}
	}
	wantOff = append(wantOff, strings.Fields(joinedWeekends)...)
	slices.Sort(wantOff)
	assert.Equal(t, wantOff, gotOff)
	assert.Equal(t, wantWork, gotWork)
}

func TestChina(t *testing.T) {
	s := lookup(t, "CN")
	for year := 2004; year <= 2099; year++ {
		days := s.Year(year)
		assert.GreaterOrEqual(t, len(days), 12, "%d", year)
		for _, h := range days {
			assert.Equal(t, year >= 2027, h.Provisional, "%v", h.Date)
			assert.NotEmpty(t, h.Name)
			if weekday := h.Date.Weekday(); h.Workday {
				assert.True(t, weekday == time.Saturday || weekday == time.Sunday, "%v: a make-up workday is a Saturday or Sunday", h.Date)
			}
		}
	}
	assert.True(t, s.Provisional(2003) && !s.Provisional(2004) && !s.Provisional(2026) && s.Provisional(2027) && s.Provisional(2100))
	assert.Empty(t, s.Year(2003), "the set begins in 2004")
	assert.Empty(t, s.Year(2100), "and ends in 2099")
	for _, row := range []struct{ date, name, why string }{
		{"2005-12-31", "+New Year's Day 元旦", "the notice for 2006 sets a day of 2005"},
		{"2012-06-23", "Dragon Boat Festival 端午", "the festival itself, a Saturday"},
		{"2015-09-04", "Anti-Fascist 70th Day 中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日", "the notice of 13 May 2015"},
		{"2020-02-01", "Spring Festival 春节", "was to be worked before the festival was extended"},
		{"2027-02-05", "Spring Festival 春节 (eve)", "provisional: the eve is statutory since 2025"},
		{"2028-10-03", "Mid-autumn Festival 中秋 / National Day 国庆节", "two on one day"},
	} {
		name, makeUp := strings.CutPrefix(row.name, "+")
		h, ok := s.On(date(row.date))
		assert.True(t, ok, row.why)
		assert.Equal(t, name, h.Name, row.why)
		assert.Equal(t, makeUp, h.Workday, row.why)
	}
	_, ok := s.On(date("2024-02-09"))
	assert.False(t, ok, "the notice for 2024 only recommends leave on New Year's Eve")
}

func TestUnknownCode(t *testing.T) {
	const (
		german = "one of DE, DE-BB, DE-BE, DE-BW, DE-BY and 12 more of DE"
		none   = "an ISO 3166 code such as DE or GB-SCT"
	)
	for _, row := range []struct{ code, want, why string }{
		{"", none, "no country"},
		{"XX", none, "no such country"},
		{"ECB", none, "no country"},
		{"Germany", "DE", "a name"},
		{"scotland", "GB-SCT", "the name of a part"},
		{"Selangor", "MY-10", "the name of a part"},
		{"Quebec", "CA-QC", "the name of a part"},
		{"Hong Kong", "HK", "of two codes, the one of a country"},
		{"en-GB", "GB", "a language and its country"},
		{"pt_BR", "BR", "a language and its country"},
		{"en-XX", none, "a language, and no such country"},
		{strings.Repeat("DE-", 1000), none, "no code is so long"},
		{"DE\nDE", none, "two codes"},
		{"USA", "US", "a letter more"},
		{"U", "one of UA, US", "a letter less"},
		{"GBR", "GB", "a letter more"},
		{"XK", none, "the first letter counts"},
		{"NX", "one of NC, NL, NO, NZ", "the second letter"},
		{"NSW", "AU-NSW", "a part without its country"},
		{"NW", "one of CH-NW, DE-NW", "a part of two countries"},
		{"UK", "GB", "the code of the Internet"},
		{"uk", "GB", "and codes are in capitals"},
		{"UK-SCT", "GB-SCT", "and a part"},
		{"UK-LND", "one of GB, GB-ENG, GB-NIR, GB-SCT, GB-WLS", "and one that is unknown"},
		{"EL", "GR", "the code of the European Union"},
		{"DE-XX", german, "a known country"},
		{"DE-BX", "one of DE-BB, DE-BE, DE-BW, DE-BY", "a letter of a part"},
		{"DE-BYY", "DE-BY", "a letter more"},
		{"DEBY", "DE-BY", "a letter less"},
		{"de-be", "DE-BE", "codes are in capitals"},
		{"de-by", "DE-BY", "codes are in capitals"},
		{" de_by ", "DE-BY", "with another mark and spaces"},
		{"-BE", "BE", "no country, but a part: a country has that name"},
		{"DE-", "DE", "no part"},
		{"DE-BE-X", german, "no part of a part"},
		{"gb", "GB", "codes are in capitals"},
		{"US-NY", "US, the days of the whole country, as its parts have no sets", "a country without parts"},
		{"AU", "one of AU-ACT, AU-NSW, AU-NT, AU-QLD, AU-SA and 3 more of AU", "a country with parts only"},
	} {
		set, err := holiday.Lookup(row.code)
		assert.EqualError(t, err, fmt.Sprintf("holiday: unknown code %q: want %s", row.code, row.want), row.why)
		var unknown *holiday.CodeError
		require.ErrorAs(t, err, &unknown)
		assert.Equal(t, row.code, unknown.Code)
		assert.Zero(t, set)
	}
	_, err := holiday.Lookup("DE-XX")
	var unknown *holiday.CodeError
	require.ErrorAs(t, err, &unknown)
	assert.Len(t, unknown.Known, 17, "all of the country")
}

// Any text gets a short error, whose codes are known and in order.
func TestUnknownCodesAreShort(t *testing.T) {
	known := holiday.Codes()
	for _, code := range known {
		for i := range len(code) + 1 {
			for _, other := range []string{code[:i] + "X" + code[i:], code[:i] + code[min(i+1, len(code)):], code[:i] + "X" + code[min(i+1, len(code)):], strings.ToLower(code)} {
				_, err := holiday.Lookup(other)
				if err == nil {
					continue
				}
				var unknown *holiday.CodeError
				require.ErrorAs(t, err, &unknown)
				assert.True(t, slices.IsSorted(unknown.Known), "%v", err)
				for _, k := range unknown.Known {
					assert.Contains(t, known, k)
				}
				assert.Less(t, len(err.Error()), 120, "%v", err)
			}
		}
	}
}

func TestFromRules(t *testing.T) {
	s := holiday.FromRules("US", us.Holidays...)
	var got []string
	for _, h := range s.Year(2021) {
		got = append(got, h.Date.String()+" "+h.Name)
	}
	assert.Contains(t, got, "2021-12-24 Christmas Day (observed)")
	assert.Contains(t, got, "2021-12-25 Christmas Day")
	assert.Contains(t, got, "2021-12-31 New Year's Day (observed)", "of 1 January 2022, a Saturday")
	assert.Contains(t, got, "2021-07-05 Independence Day (observed)")

	rule := &cal.Holiday{Name: "own", Month: time.May, Day: 4, Func: cal.CalcDayOfMonth}
	s = holiday.FromRules("own", nil, rule, &cal.Holiday{Name: "no function"})
	rule.Month = time.June
	assert.Equal(t, []calendar.Holiday{{Date: date("2026-05-04"), Name: "own"}}, s.Year(2026), "the rules are copied")
	assert.Len(t, s.Year(1900), 1)
	assert.Len(t, s.Year(2199), 1)
	assert.Empty(t, holiday.FromRules("none").Year(2026))
	zero := holiday.FromRules("zero", &cal.Holiday{Name: "0th Monday", Month: time.May, Weekday: time.Monday, Func: cal.CalcWeekdayOffset, CalcOffset: 1})
	assert.Empty(t, zero.Year(2026), "a rule that gives the zero time gives no day")
}

// rickar/cal computes in cal.DefaultLoc, which is the machine's zone: where the
// clock skips a midnight there, a rule's day must not become the day before.
func TestDefaultLocWithoutMidnight(t *testing.T) {
	saved := cal.DefaultLoc
	defer func() { cal.DefaultLoc = saved }()
	for _, zone := range []string{"America/Sao_Paulo", "America/Santiago", "Asia/Beirut", "Africa/Cairo", "Europe/Berlin", "Pacific/Apia", "UTC"} {
		loc, err := time.LoadLocation(zone)
		require.NoError(t, err)
		cal.DefaultLoc = loc
		s := holiday.FromRules("every day", func() (rules []*cal.Holiday) {
			for d := date("2018-01-01"); d.Year() == 2018; d = d.AddDays(1) {
				rules = append(rules, &cal.Holiday{Name: d.String(), Month: d.Month(), Day: d.Day(), Func: cal.CalcDayOfMonth})
			}
			return rules
		}()...)
		for _, year := range []int{2010, 2011, 2018, 2019} {
			for _, h := range s.Year(year) {
				if h.Date.String()[5:] != h.Name[5:] && h.Name[5:] != "02-29" {
					t.Errorf("%s: %v is taken for %v", zone, h.Name, h.Date)
				}
			}
			want := 365
			if zone == "Pacific/Apia" && year == 2011 {
				want = 364 // there was no 30 December
			}
			assert.GreaterOrEqual(t, len(s.Year(year)), want, "%s %d", zone, year)
		}
	}
}
