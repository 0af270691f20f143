package calendar_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
)

// The search for an opening finds one on the days on which the tables have open time, and
// on no others: in zones with all their changes, with holidays, and in combinations.
func TestSearchAgainstTables(t *testing.T) {
	t.Parallel()
	seed := newSeed()
	cases := sampled(50, 500)
	names := zones(t)
	rng := rand.New(rand.NewPCG(seed, 11))
	asked, open, never := 0, 0, 0
	for range cases {
		parts, oracles := randomParts(rng, names, 1+rng.IntN(4))
		for i, p := range parts { // also in one zone, and without holidays
			zone := p.Zone()
			if rng.IntN(2) == 0 {
				zone = parts[0].Zone()
			}
			parts[i] = calendar.MovedTo(zone, p, rng.IntN(2) == 0)
		}
		c := parts[0]
		how := func() calendar.Combination { return combinations[rng.IntN(3)] }
		part := func() *calendar.Calendar { return parts[rng.IntN(len(parts))] }
		switch rng.IntN(4) {
		case 0:
			c = calendar.Combine(how(), parts...)
		case 1:
			c = calendar.Combine(how(), calendar.Combine(how(), parts...), part())
		case 2:
			c = calendar.Combine(how(), part(), calendar.Combine(how(), part(), calendar.Combine(how(), parts...)))
		}
		_, opens := calendar.SearchWork(c)
		if !opens {
			never++
		}
		for range 20 {
			first := calendar.DateOf(oracles[0].from).AddDays(rng.IntN(19) - 2)
			end := first.AddDays(1 + rng.IntN(3))
			if rng.IntN(8) == 0 { // any number of days
				first = first.AddDays(-rng.IntN(150))
				end = end.AddDays(rng.IntN(150))
			}
			from, to := midnight(first), midnight(end)
			if !inRange(from) || !inRange(to) {
				continue
			}
			d, err := c.Between(from, to)
			require.NoError(t, err)
			require.Equal(t, d != 0, calendar.OpensOn(c, first, end), "%v to %v, seed %d: %v", first, end, seed, c)
			require.True(t, opens || d == 0, "never open, and from %v to %v, seed %d: %v", first, end, seed, c)
			asked++
			if d != 0 {
				open++
			}
		}
	}
	t.Logf("%d stretches compared, %d of them open; %d calendars of %d never open; seed %d", asked, open, never, cases, seed)
	require.Greater(t, 10*open, asked)
	require.Greater(t, 10*(asked-open), asked)
}

func midnight(d calendar.Date) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
}

// A calendar may open on one day of 300 years, whichever it is, and at the very ends of
// the range (R9).
func TestOpensOnce(t *testing.T) {
	t.Parallel()
	step := sampled(97, 1)
	for i, day := 0, midnight(date("1900-01-03")); day.Before(midnight(date("2199-12-29"))); i, day = i+1, day.AddDate(0, 0, step) {
		row := []struct {
			zone, times string
			at          time.Duration
		}{
			{"UTC", "10:00-10:01", 10 * time.Hour},
			{"Etc/GMT-14", "10:00-10:01", -4 * time.Hour}, // on the day before
			{"Etc/GMT+12", "47:00-47:01", 59 * time.Hour}, // two days later
		}[i%3]
		c, err := calendar.New(row.zone, day.Format("2006 Jan 02 ")+row.times)
		require.NoError(t, err)
		require.True(t, c.IsOpen(day.Add(row.at)))
	}
	set := func(year int) (days []calendar.Holiday) {
		for d := midnight(date(fmt.Sprintf("%d-01-01", year))); d.Year() == year; d = d.AddDate(0, 0, 1) {
			if calendar.DateOf(d) != date("1987-06-13") { // a Saturday
				days = append(days, calendar.Holiday{Date: calendar.DateOf(d)})
			}
		}
		return days
	}
	off := calendar.HolidayFunc("off", set)
	one := calendar.HolidayList("one", calendar.Holiday{Date: date("2150-03-07"), Workday: true})
	for _, row := range []struct {
		zone, hours string
		sets        []calendar.HolidaySet
		opens       bool
		why         string
	}{
		{"UTC", "1900 Jan 01 00:00-00:01", nil, true, "the first minute"},
		{"UTC", "2199 Dec 31 23:59-24:00", nil, true, "the last"},
		{"Etc/GMT-14", "1900 Jan 01 00:00-14:00", nil, false, "R9: before the first instant in UTC"},
		{"Etc/GMT-14", "1900 Jan 01 00:00-14:01", nil, true, "the first minute there"},
		{"Etc/GMT+12", "2199 Dec 31 12:00-48:00", nil, false, "R9: after the last"},
		{"Etc/GMT+12", "2199 Dec 31 11:59-48:00", nil, true, "the last minute there"},
		{"Etc/GMT+12", "Dec 31 12:00-12:01; 1900 Jan 01-2199 Dec 31 off", nil, true, "of 1899, as 1 January has begun in UTC"},
		{berlin, "2024 Mar 31 02:00-03:00", nil, false, "R1: skipped by the clock change on its only date"},
		{berlin, "2024 Mar 31 01:59-03:00", nil, true, "a minute before it"},
		{berlin, "2024 Mar 30 26:00-27:00", nil, false, "skipped as well"},
		{"Pacific/Apia", "2011 Dec 30 00:00-24:00", nil, false, "a date that the zone skipped"},
		{"Pacific/Apia", "2011 Dec 30 00:00-24:01", nil, true, "R1: the minute after its midnight"},
		{"America/Sao_Paulo", "2018 Nov 04 00:00-01:00", nil, false, "a midnight that was skipped"},
		{"UTC", "Feb 29 09:00-10:00; 1900 Jan 01-2195 Dec 31 off", nil, true, "in 2196"},
		{"UTC", "Feb 29 09:00-10:00; 1900 Jan 01-2196 Dec 31 off", nil, false, "not later"},
		{"UTC", "Feb 29 09:00-10:00; 1904 Jan 01-2199 Dec 31 off", nil, false, "1900 is no leap year"},
		{"UTC", "Mo-Fr 09:00-17:00; Jan 01-Dec 31 off", nil, false, "all dates"},
		{"UTC", "Mo-Fr 09:00-17:00; Mar 01-Feb 28 off", nil, true, "but 29 February"},
		{"UTC", "Mo-Fr 09:00-17:00; Dec 31-Dec 30 off", nil, false, "all dates, around the year"},
		{"UTC", "PH 10:00-11:00", nil, false, "no holidays"},
		{"UTC", "PH 10:00-11:00", []calendar.HolidaySet{off}, true, "R11: only on holidays"},
		{"UTC", "Mo-Su 10:00-11:00", []calendar.HolidaySet{off}, true, "the only day that is no holiday"},
		{"UTC", "Su-Fr 10:00-11:00", []calendar.HolidaySet{off}, false, "which is a Saturday"},
		{"UTC", "Su-Fr 10:00-11:00", []calendar.HolidaySet{off, one}, true, "R11: the only make-up workday"},
		{"UTC", "2150 Mar 07 10:00-11:00", []calendar.HolidaySet{off}, false, "a holiday"},
		{"UTC", "2150 Mar 07 10:00-11:00", []calendar.HolidaySet{off, one}, true, "R11: a make-up workday beats a holiday"},
		{"UTC", "Tu 10:00-11:00; 1900 Jan 01-2199 Dec 31 off", []calendar.HolidaySet{one}, false, "R11: rules for dates apply to it"},
		{"UTC", "2026 Jan 01 10:00-11:00; PH off", []calendar.HolidaySet{off}, false, "R11"},
		{"UTC", "PH off; 2026 Jan 01 10:00-11:00", []calendar.HolidaySet{off}, true, "R11: the last rule counts"},
		{"UTC", "Feb 29 09:00-10:00; 1900 Jan 01-1999 Dec 31 off; 2000 Mar 01-2199 Dec 31 off", nil, true, "2000 is a leap year"},
		{"UTC", "PH 10:00-11:00; 1900 Jan 01-2150 Mar 06 off; 2150 Mar 08-2199 Dec 31 off", []calendar.HolidaySet{off, one}, false, "R11: a make-up workday is no holiday"},
		{"UTC", "PH 10:00-11:00; 1900 Jan 01-2150 Mar 06 off; 2150 Mar 08-2199 Dec 31 off", []calendar.HolidaySet{off}, true, "R11"},
	} {
		loc, err := time.LoadLocation(row.zone)
		require.NoError(t, err)
		c, err := calendar.NewIn(loc, row.hours, row.sets...)
		require.NoError(t, err)
		_, opens := calendar.SearchWork(c)
		assert.Equal(t, row.opens, opens, "%v: %s", row, row.why)
		_, err = c.NextOpen(firstInstant)
		assert.Equal(t, row.opens, err == nil, "and by the tables: %v: %s", row, row.why)
		_, err = calendar.New(row.zone, row.hours, calendar.Holidays(row.sets...))
		if row.opens {
			assert.NoError(t, err)
		} else {
			assert.EqualError(t, err, fmt.Sprintf("calendar: parse hours %q at byte 0: want hours that open at least once from 1900 to 2199; these never open", row.hours))
		}
	}
}

// So may an intersection, with parts in one zone that have other hours in common.
func TestIntersectionOpensOnce(t *testing.T) {
	at := midnight(date("2190-03-01"))
	for range 7 {
		at = at.AddDate(0, 0, 1)
		weekday := at.Weekday().String()[:2]
		c, err := calendar.Intersect("",
			calendar.Must(calendar.New("Etc/GMT-1", weekday+" 09:00-17:00")),
			calendar.Must(calendar.New("Etc/GMT-1", weekday+" 10:00-18:00")),
			calendar.Must(calendar.New("UTC", at.Format("2006 Jan 02")+" 09:00-10:00")))
		require.NoError(t, err, "%v", at)
		require.True(t, c.IsOpen(at.Add(9*time.Hour)))
	}
	for _, row := range []struct{ zone, hours, at string }{ // wall times of dates outside the range of R9
		{"Etc/GMT+12", "Dec 31 12:00-13:00; 1900 Jan 01-2199 Dec 31 off", "1900-01-01T00:30:00Z"},
		{"Etc/GMT-14", "Jan 01 00:00-01:00; 1900 Jan 01-2199 Dec 31 off", "2199-12-31T10:30:00Z"},
		{"UTC", "1900 Jan 01 00:00-01:00", "1900-01-01T00:30:00Z"},
		{"UTC", "2199 Dec 31 23:00-24:00", "2199-12-31T23:30:00Z"},
	} {
		parts := []*calendar.Calendar{calendar.Must(calendar.New(row.zone, row.hours)), calendar.Must(calendar.New(row.zone, "Mo-Su 00:00-23:59"))}
		if row.hours == "2199 Dec 31 23:00-24:00" {
			parts[1] = calendar.Must(calendar.New(row.zone, "Mo-Su 23:00-24:00"))
		}
		c, err := calendar.Intersect("", parts...)
		require.NoError(t, err, "%v", row)
		require.True(t, c.IsOpen(in(t, row.at)), "%v", row)
	}
}

// What it takes to see whether hours ever open is linear in their text, and small: some
// words, each of 64 dates, and some clock changes. Walking through the dates took 100,000
// steps and more, with the compiler's work for each.
func TestSearchIsLinear(t *testing.T) {
	t.Parallel()
	const fixed, each = 60_000, 500_000 / 1000 // about a nanosecond each
	days := calendar.HolidayFunc("every day", func(year int) (days []calendar.Holiday) {
		for d := date(fmt.Sprintf("%d-01-01", year)); d.Year() == year; d = d.AddDays(1) {
			days = append(days, calendar.Holiday{Date: d})
		}
		return days
	})
	month := func(i int) string { return time.Month(i/28%12 + 1).String()[:3] }
	for _, hours := range []string{
		"2199 Dec 31 00:00-00:01",
		"1900 Jan 01 23:59-24:00",
		"Mo-Fr 09:00-17:00; Jan 01-Dec 31 off",
		"24/7; Jan 01-Dec 31 off",
		"Feb 29 09:00-10:00; 1900 Jan 01-2199 Dec 31 off",
		"Su 02:15-02:45; Jan 01-Mar 07 off; Mar 15-Dec 31 off; 1900 Jan 01-2006 Dec 31 off", // skipped each time
		"2024 Mar 10 02:15-02:45",
		"PH 10:00-12:00; PH off",
		repeated(999, ";", func(int) string { return "Mo off" }),
		repeated(499, ";", func(i int) string { return fmt.Sprintf("%s %02d off", month(i), i%28+1) }),
		repeated(499, ";", func(i int) string {
			return fmt.Sprintf("%s %02d 09:00-10:00", month(i), i%28+1)
		}) + "; Jan 01-Dec 31 off",
		"Jan 01 off; Jan 01" + strings.Repeat(",02", 990) + " off",
		repeated(330, ";", func(i int) string { return fmt.Sprintf("%s %02d 00:00-48:00", month(i), i%28+1) }) + "; 1900 Jan 01-2199 Dec 31 off",
		repeated(499, ";", func(i int) string { return fmt.Sprintf("%d Jan 01-2199 Dec 31 off", 1900+i%300) }),
		"2199 Dec 30 10:00-11:00, 12:00-13:00; " + repeated(490, ";", func(i int) string { return fmt.Sprintf("2199 Jan %02d off", i%28+1) }),
		repeated(490, ";", func(i int) string { return fmt.Sprintf("2024 Mar 10 02:%02d-02:%02d", i%50, i%50+5) }),
		"Mo-Su " + repeated(48, ",", func(i int) string { return fmt.Sprintf("%02d:00-%02d:59", i, i) }) + "; Jan 01-Dec 31 off",
		"2199 Dec 31 00:00-00:01, Fr[-1] 00:00-00:01; Mo-Su off",
		"Jan 00:00-00:01; week 01-53/2 off; week 02-52/2 off",
		repeated(300, ";", func(i int) string { return fmt.Sprintf("week %02d Fr[%d] off", i%53+1, i%5+1) }),
		repeated(300, ";", func(i int) string { return fmt.Sprintf("%s Mo-Fr off", month(28*i)) }),
	} {
		for _, zone := range []string{"UTC", "America/New_York", "Africa/Casablanca"} {
			loc, err := time.LoadLocation(zone)
			require.NoError(t, err)
			for _, sets := range [][]calendar.HolidaySet{nil, {days}} {
				c, err := calendar.NewIn(loc, hours, sets...)
				require.NoError(t, err)
				work, opens := calendar.SearchWork(c)
				assert.LessOrEqual(t, work, fixed+each*len(hours), "%.80q in %s, %d sets: %d for %d bytes, opens %v", hours, zone, len(sets), work, len(hours), opens)
				if testing.Verbose() {
					t.Logf("%6d for %5d bytes, opens %-5v: %.60s in %s, %d sets", work, len(hours), opens, hours, zone, len(sets))
				}
			}
		}
	}
}

// Rules that add and cut can make each date another one. The dates are then worked out one by
// one, once for each combination of rules, so that it takes some ms at the most.
func TestSearchOfPartialRules(t *testing.T) {
	t.Parallel()
	const most = 10_000_000 // for any text: 110,000 dates, with 32 rules and 96 times at the most
	late := calendar.Must(calendar.New("UTC", "2199 Dec 30 09:00-17:00"))
	for name, hours := range map[string]string{
		"one rule": "Mo-Su 09:00-17:00; Mo-Su 12:00-13:00 off",
		"months": "Mo-Su 09:00-17:00" + repeated(31, "", func(i int) string {
			return fmt.Sprintf("; %s %02d-28 %02d:%02d-%02d:%02d off", time.Month(i%6*2 + 1).String()[:3], i%28+1, 9+i/8, i%8*7, 9+i/8, i%8*7+3)
		}),
		"days of the month": "Mo-Su 09:00-17:00" + repeated(12, "", func(i int) string {
			return "; " + repeated(40, ",", func(k int) string {
				return fmt.Sprintf("%s %02d", time.Month(k%12 + 1).String()[:3], (k*k+i*7*k)%28+1)
			}) + fmt.Sprintf(" %02d:00-%02d:30 off", 9+i/2, 9+i/2)
		}),
		"additions": "Mo-Su off" + repeated(32, "", func(i int) string {
			return fmt.Sprintf(", %s %s[%d] %02d:%02d-%02d:%02d", []string{"Dec", "Feb", "Jan-Jun"}[i%3], []string{"Mo", "Tu", "We", "Th", "Fr"}[i%5], i%4+1, i/2, i%2*30, i/2, i%2*30+20)
		}),
	} {
		for _, zone := range []string{"UTC", "Africa/Casablanca"} {
			loc, err := time.LoadLocation(zone)
			require.NoError(t, err)
			c, err := calendar.NewIn(loc, hours)
			require.NoError(t, err)
			work, _ := calendar.SearchWork(calendar.Combine(calendar.IntersectionOf, c, calendar.MovedTo(loc, late, false)))
			assert.LessOrEqual(t, work, most, "%s in %s", name, zone)
			t.Logf("%8d for %4d bytes: %s in %s", work, len(hours), name, zone)
		}
	}
}

// Rules for weekdays and for dates of every year that later rules have decided cost
// next to nothing.
func TestSearchOfDecidedRules(t *testing.T) {
	for _, rule := range []string{"Mo off", "Dec 24 off"} {
		work := func(n int) int {
			c, err := calendar.NewIn(time.UTC, repeated(n, ";", func(int) string { return rule }))
			require.NoError(t, err)
			work, _ := calendar.SearchWork(c)
			return work
		}
		assert.Less(t, work(400), work(1)+30*400, rule)
	}
}

// Nor does it take long to see that calendars are never open together: no more for each
// than for a calendar that never opens.
func TestSearchOfIntersections(t *testing.T) {
	const each = 100_000 // about a nanosecond each
	make := func(zone, hours string) *calendar.Calendar { return calendar.Must(calendar.New(zone, hours)) }
	many := func(zone func(int) string, hours func(int) string) (parts []*calendar.Calendar) {
		for i := range 63 {
			parts = append(parts, make(zone(i), hours(i)))
		}
		return parts
	}
	busy := func(from, to int) string {
		return "Mo-Su " + repeated(48, ",", func(i int) string {
			return fmt.Sprintf("%02d:%02d-%02d:%02d", i/2, i%2*30+from, i/2, i%2*30+to)
		})
	}
	fuzzZone := func(i int) string { return fuzzZones[i%len(fuzzZones)] }
	bounded := func(how calendar.Combination, name string, parts []*calendar.Calendar) {
		work, opens := calendar.SearchWork(calendar.Combine(how, parts...))
		assert.LessOrEqual(t, work, each*len(parts), name)
		t.Logf("%7d for each of %d, opens %v: %s", work/len(parts), len(parts), opens, name)
	}
	for name, parts := range map[string][]*calendar.Calendar{
		"one after the other":    {make("UTC", "Mo 09:00-10:00"), make("UTC", "Mo 11:00-12:00")},
		"other days":             {make("UTC", "Mo 09:00-10:00"), make("UTC", "We 09:00-10:00")},
		"in a zone with changes": {make(berlin, "Mo 09:00-10:00"), make(berlin, "Mo 10:00-11:00")},
		"in zones of one clock":  {make(berlin, "Mo-Fr 09:00-17:00"), make("Europe/Paris", "Mo-Fr 00:00-08:00")},
		"far from each other":    {make(berlin, "Mo-Fr 09:00-17:00"), make("America/Los_Angeles", "Mo-Fr 09:00-17:00")},
		"Monday and Wednesday":   {make(berlin, "Mo 09:00-17:00"), make("America/Denver", "We 09:00-17:00")},
		"a date of every year":   {make(berlin, "Dec 24 09:00-17:00"), make(berlin, "Mo-Fr 09:00-17:00; Dec 24 18:00-20:00")},
		"48 times a day":         {make(berlin, busy(0, 8)), make("America/New_York", busy(12, 20))},
		"summer and winter":      {make(berlin, "May 01-Sep 30 09:00-17:00"), make("America/Denver", "Nov 01-Mar 31 00:00-24:00")},
		"once among 64":          append(many(fuzzZone, func(int) string { return "Mo-Su 00:00-24:00" }), make("UTC", "2199 Dec 31 00:00-00:01")),
		"two of 64":              append(many(fuzzZone, func(int) string { return "24/7" })[:62], make("UTC", "Mo-Su 00:00-12:00"), make("UTC", "Mo-Su 12:00-24:00")),
		"63 quarters of an hour": many(fuzzZone, func(i int) string { return fmt.Sprintf("Mo-Su %02d:%02d-%02d:%02d", i/4, i%4*15, i/4, i%4*15+14) }),
	} {
		bounded(calendar.IntersectionOf, name, parts)
	}
	office, always := make(berlin, "Mo-Fr 09:00-17:00"), calendar.AlwaysOpen()
	for name, parts := range map[string][]*calendar.Calendar{
		"a window":                  {office, make("UTC", "We 08:00-09:00")},
		"all without all":           {always, always},
		"hours without 24/7":        {office, always},
		"hours without the same":    {make("Africa/Casablanca", "Mo-Fr 09:00-17:00"), make("Africa/Casablanca", "Mo-Su 08:00-18:00")},
		"hours without other zones": append(many(fuzzZone, func(int) string { return "Mo-Su 00:00-12:00" }), many(fuzzZone, func(int) string { return "Mo-Su 12:00-24:00" })[:1]...),
		"hours without all days":    {office, make("America/New_York", "Mo-Su 00:00-24:00")},
		"one day in all years":      {make("UTC", "2199 Dec 31 23:00-24:00"), make(berlin, busy(0, 20))},
		"all but one day":           {always, make("UTC", "24/7; 2199 Dec 31 off")},
		"all days but holidays":     {always, make(berlin, "24/7; Jan 01-Dec 31 00:00-23:59; Feb 29 00:00-24:00")},
		"half and half of 64":       append([]*calendar.Calendar{always}, many(fuzzZone, func(i int) string { return fmt.Sprintf("Mo-Su %02d:00-%02d:00", i%24, i%24+24) })...),
	} {
		bounded(calendar.SubtractionOf, name, parts)
	}
	// In one zone, the changes of its clock do not matter.
	morning := make(berlin, "Mo-Fr 09:00-12:00")
	for _, c := range []*calendar.Calendar{
		calendar.Combine(calendar.SubtractionOf, morning, office),
		calendar.Combine(calendar.IntersectionOf, calendar.Combine(calendar.SubtractionOf, office, morning), morning),
	} {
		work, opens := calendar.SearchWork(c)
		assert.False(t, opens)
		assert.Less(t, work, 1000, c.Hours())
	}
}

// BenchmarkNew is the cost of a calendar: most of it is to load the zone.
func BenchmarkNew(b *testing.B) {
	for _, hours := range []string{"Mo-Fr 09:00-17:00", "24/7", "2199 Dec 31 00:00-00:01", "Mo-Fr 09:00-17:00; Jan 01-Dec 31 off"} {
		b.Run("hours="+hours, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				calendar.New(berlin, hours)
			}
		})
	}
}

// BenchmarkIntersect is the cost of an intersection of calendars that are never open
// together, and for comparison of one that opens soon.
func BenchmarkIntersect(b *testing.B) {
	office := calendar.Must(calendar.New(berlin, "Mo-Fr 09:00-17:00"))
	b.Run("without=24/7", func(b *testing.B) { // a subtraction that leaves nothing
		b.ReportAllocs()
		always := calendar.AlwaysOpen()
		for b.Loop() {
			calendar.Subtract("", office, always)
		}
	})
	for name, with := range map[string]*calendar.Calendar{
		"evening":    calendar.Must(calendar.New(berlin, "Mo-Fr 17:00-22:00")),
		"weekend":    calendar.Must(calendar.New("Europe/Paris", "Sa,Su 09:00-17:00")),
		"California": calendar.Must(calendar.New("America/Los_Angeles", "Mo-Fr 09:00-17:00")),
		"soon":       calendar.Must(calendar.New("Asia/Shanghai", "Mo-Fr 09:00-18:00")),
	} {
		b.Run("with="+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				calendar.Intersect("", office, with)
			}
		})
	}
}
