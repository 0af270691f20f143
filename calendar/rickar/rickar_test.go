package rickar_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/us"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/rickar"
)

const (
	beijing = "Asia/Shanghai"
	berlin  = "Europe/Berlin"
)

// business makes a calendar of rickar/cal as a program would.
func business(set ...func(*cal.BusinessCalendar)) *cal.BusinessCalendar {
	c := cal.NewBusinessCalendar()
	for _, f := range set {
		f(c)
	}
	return c
}

func withHolidays(h ...*cal.Holiday) func(*cal.BusinessCalendar) {
	return func(c *cal.BusinessCalendar) { c.AddHoliday(h...) }
}

func withHours(start, end time.Duration) func(*cal.BusinessCalendar) {
	return func(c *cal.BusinessCalendar) { c.SetWorkHours(start, end) }
}

func withDays(days ...time.Weekday) func(*cal.BusinessCalendar) {
	return func(c *cal.BusinessCalendar) {
		for d := time.Sunday; d <= time.Saturday; d++ {
			c.SetWorkday(d, slices.Contains(days, d))
		}
	}
}

// withStart and withEnd set times of day that depend on the date.
func withStart(clock func(date time.Time) (hour, minute int)) func(*cal.BusinessCalendar) {
	return func(c *cal.BusinessCalendar) { c.WorkdayStartFunc = clockOf(clock) }
}

func withEnd(clock func(date time.Time) (hour, minute int)) func(*cal.BusinessCalendar) {
	return func(c *cal.BusinessCalendar) { c.WorkdayEndFunc = clockOf(clock) }
}

func clockOf(clock func(time.Time) (hour, minute int)) func(time.Time) time.Time {
	return func(date time.Time) time.Time {
		hour, minute := clock(date)
		return time.Date(date.Year(), date.Month(), date.Day(), hour, minute, 0, 0, date.Location())
	}
}

func withWorkday(f func(date time.Time) bool) func(*cal.BusinessCalendar) {
	return func(c *cal.BusinessCalendar) { c.WorkdayFunc = f }
}

// secondSaturday is open from Monday to Friday and every second Saturday.
func secondSaturday(date time.Time) bool {
	if date.Weekday() == time.Saturday {
		return calendar.DateOf(date).Sub(day("2024-01-06"))%14 == 0
	}
	return date.Weekday() != time.Sunday
}

func shortFriday(date time.Time) (hour, minute int) {
	if date.Weekday() == time.Friday {
		return 14, 30
	}
	return 17, 0
}

func day(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// mondays are holidays on the first n Mondays of a year.
func mondays(n int) (rules []*cal.Holiday) {
	for i := range n {
		rules = append(rules, &cal.Holiday{Name: "Monday", Month: time.January, Weekday: time.Monday, Offset: i + 1, Func: cal.CalcWeekdayOffset})
	}
	return rules
}

// TestText has what calendars become, hours and days of the set.
func TestText(t *testing.T) {
	for _, row := range []struct {
		name        string
		from        *cal.BusinessCalendar
		first, last int
		hours, days string // days without those of holidays
	}{
		{
			"plain, with holidays of which the observed day counts",
			business(withHolidays(us.Holidays...)), 2024, 2026,
			"Mo-Fr 09:00-17:00", "",
		},
		{
			"all the years there are",
			business(withHolidays(us.Holidays...)), 1900, 2199,
			"Mo-Fr 09:00-17:00", "",
		},
		{
			"24:00 is a closing time",
			business(withDays(0, 1, 2, 3, 4, 5, 6), withHours(9*time.Hour, 24*time.Hour)), 2024, 2024,
			"Mo-Su 09:00-24:00", "",
		},
		{
			"round the clock",
			business(withDays(0, 1, 2, 3, 4, 5, 6), withHours(0, 24*time.Hour)), 2024, 2024,
			"24/7", "",
		},
		{
			"an end on the next date runs past midnight",
			business(withHours(22*time.Hour, 30*time.Hour)), 2024, 2024,
			"Mo-Fr 22:00-06:00", "",
		},
		{
			"so does one that a function gives, and midnight is 24:00",
			business(withHours(22*time.Hour, 0), withEnd(func(d time.Time) (int, int) { return 24 + int(d.Weekday())/5*2, 0 })), 2024, 2024,
			"Mo-Th 22:00-24:00; Fr 22:00-02:00", "",
		},
		{
			"up to the end of the next date",
			business(withEnd(func(time.Time) (int, int) { return 48, 0 })), 2024, 2024,
			"Mo-Fr 09:00-48:00", "",
		},
		{
			"what goes by the weekday is of the week",
			business(withEnd(shortFriday)), 2024, 2026,
			"Mo-Th 09:00-17:00; Fr 09:00-14:30", "",
		},
		{
			"every second Saturday is of the week, and the others are in the set",
			business(withWorkday(secondSaturday)), 2024, 2024,
			"Mo-Sa 09:00-17:00", "2024-01-13 no workday, 2024-01-27 no workday, 2024-02-10 no workday, ... 26 in all",
		},
		{
			"a rare Saturday is a make-up workday",
			business(withWorkday(func(d time.Time) bool {
				return d.Month() == time.March && d.Day() == 2 || !cal.IsWeekend(d)
			})), 2024, 2024,
			"Mo-Fr 09:00-17:00", "2024-03-02 extra workday +",
		},
		{
			"dates with other hours, a rare Saturday with them",
			business(withWorkday(func(d time.Time) bool {
				return d.Month() == time.March && d.Day() == 2 || !cal.IsWeekend(d)
			}), withEnd(func(d time.Time) (int, int) {
				if d.Month() == time.March && d.Day() == 2 || d.Month() == time.December && (d.Day() == 24 || d.Day() == 31) {
					return 12, 0
				}
				return 17, 0
			})), 2024, 2025,
			"Mo-Fr 09:00-17:00; 2024 Mar 02,2024 Dec 24,2024 Dec 31,2025 Mar 02,2025 Dec 24,2025 Dec 31 09:00-12:00", "2024-03-02 extra workday +, 2025-03-02 extra workday +",
		},
		{
			"every third Saturday is too",
			business(withWorkday(func(d time.Time) bool {
				return !cal.IsWeekend(d) || d.Weekday() == time.Saturday && d.YearDay()%21 == 6
			})), 2024, 2024,
			"Mo-Sa 09:00-17:00", "2024-01-13 no workday, 2024-01-20 no workday, 2024-02-03 no workday, ... 34 in all",
		},
		{
			"holidays do not count against their weekday",
			business(withHolidays(mondays(40)...)), 2024, 2024,
			"Mo-Fr 09:00-17:00", "",
		},
		{
			"a season is one range, and does not open the weekends and holidays in it",
			business(withHolidays(us.Holidays...), withStart(func(d time.Time) (int, int) {
				if d.Month() == time.July {
					return 8, 0
				}
				return 9, 0
			})), 2024, 2025,
			"Mo-Fr 09:00-17:00; 2024 Jul 01-31,2025 Jul 01-31 08:00-17:00; Sa-Su off", "",
		},
		{
			"a few days apart are no season",
			business(withWorkday(func(d time.Time) bool { return d.Month() == time.March && d.Day()%5 == 0 && d.Day() < 16 })), 2024, 2024,
			"Mo-Su off; 2024 Mar 05,2024 Mar 10,2024 Mar 15 09:00-17:00", "",
		},
		{
			"a season without a weekend closes none",
			business(withHolidays(
				&cal.Holiday{Name: "Tuesday", Month: time.March, Day: 5, Func: cal.CalcDayOfMonth},
				&cal.Holiday{Name: "Thursday", Month: time.March, Day: 7, Func: cal.CalcDayOfMonth},
			), withEnd(func(d time.Time) (int, int) {
				if d.Month() == time.March && 4 <= d.Day() && d.Day() <= 8 {
					return 12, 0
				}
				return 17, 0
			})), 2024, 2024,
			"Mo-Fr 09:00-17:00; 2024 Mar 04-08 09:00-12:00", "",
		},
		{
			"nor are two days around a weekend",
			business(withEnd(func(d time.Time) (int, int) {
				if d.Month() == time.June && d.Day() == 28 || d.Month() == time.July && d.Day() == 1 {
					return 12, 0
				}
				return 17, 0
			})), 2024, 2024,
			"Mo-Fr 09:00-17:00; 2024 Jun 28,2024 Jul 01 09:00-12:00", "",
		},
		{
			"one Saturday in three, of 105, is of the week",
			business(withWorkday(func(d time.Time) bool { return !cal.IsWeekend(d) || d.Weekday() == time.Saturday && number(d)%21 == 5 })), 2022, 2023,
			"Mo-Sa 09:00-17:00", "2022-01-01 no workday, 2022-01-15 no workday, 2022-01-22 no workday, ... 70 in all",
		},
		{
			"a few days of work",
			business(withWorkday(func(d time.Time) bool { return d.Month() == time.March && d.Day() > 28 })), 2024, 2024,
			"Mo-Su off; 2024 Mar 29-31 09:00-17:00", "",
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			c, err := rickar.Calendar(berlin, row.from, row.first, row.last)
			require.NoError(t, err)
			assert.Equal(t, row.hours, c.Hours())
			var days []string
			for year := row.first; year <= row.last; year++ {
				for _, h := range c.HolidaySets()[0].Year(year) {
					if h.Name == "no workday" || h.Workday {
						days = append(days, strings.TrimSpace(h.Date.String()+" "+h.Name+map[bool]string{true: " +"}[h.Workday]))
					}
				}
			}
			if n := len(days); n > 3 {
				days = append(days[:3], fmt.Sprintf("... %d in all", n))
			}
			assert.Equal(t, row.days, strings.Join(days, ", "))
			sameDays(t, c, row.from, row.first, row.last)
		})
	}
}

// sameDays compares each date of some years with what from says of it at noon.
func sameDays(tb testing.TB, c *calendar.Calendar, from *cal.BusinessCalendar, first, last int) (dates int) {
	tb.Helper()
	for d := day(fmt.Sprintf("%d-01-01", first)); d.Year() <= last; d = d.AddDays(1) {
		noon := time.Date(d.Year(), d.Month(), d.Day(), 12, 0, 0, 0, c.Zone())
		if calendar.DateOf(noon) != d {
			continue
		}
		dates++
		got := c.Day(d)
		_, observed, _ := from.IsHoliday(noon)
		if got.Business != from.IsWorkday(noon) || observed && got.Holiday.Name == "" {
			tb.Fatalf("%s in %s, %s: business day %v, holiday %q; rickar/cal says %v, %v", d, c.Zone(), c.Hours(), got.Business, got.Holiday.Name, from.IsWorkday(noon), observed)
		}
		if got.Business {
			start, end := from.WorkdayStart(noon), from.WorkdayEnd(noon)
			if len(got.Spans) != 1 || !got.Spans[0].Start.Equal(start) || !got.Spans[0].End.Equal(end) {
				// rickar/cal reads a closing up to 48:00 on the clock only once.
				_, before := noon.Add(-18 * time.Hour).Zone()
				if _, after := noon.Add(40 * time.Hour).Zone(); before == after {
					tb.Fatalf("%s in %s, %s: %v; rickar/cal says %v to %v", d, c.Zone(), c.Hours(), got.Spans, start, end)
				}
			}
		}
	}
	return dates
}

// TestRandom freezes functions that look every date up in a table made at
// random, most of it in a weekly pattern, and compares each date.
func TestRandom(t *testing.T) {
	seed := newSeed()
	rng := rand.New(rand.NewPCG(seed, 2))
	dates := 0
	cases := 30
	if *full {
		cases = 300
	}
	for range cases {
		type hours struct{ open, end int } // minutes
		anyHours := func() hours {
			if rng.IntN(3) == 0 {
				return hours{} // closed
			}
			open := rng.IntN(24 * 60)
			return hours{open, open + 1 + rng.IntN(24*60)}
		}
		var week [7]hours
		sparse := rng.IntN(5) == 0
		for i := range week {
			if week[i] = anyHours(); sparse {
				week[i] = hours{}
			}
		}
		table := map[calendar.Date]hours{}
		first := 1900 + rng.IntN(300)
		last := min(2199, first+rng.IntN(2))
		season := [3]hours{anyHours(), anyHours(), week[0]}
		often := 2 + rng.IntN(40)
		run := 0
		for d := day(fmt.Sprintf("%d-01-01", first)); d.Year() <= last; d = d.AddDays(1) {
			table[d] = week[d.Weekday()]
			if rng.IntN(often) == 0 {
				table[d] = season[rng.IntN(3)]
			}
			if run--; run < -often*2 {
				run = rng.IntN(40)
			}
			if run > 0 && (table[d] != hours{}) {
				table[d] = season[first%2]
			}
		}
		from := cal.NewBusinessCalendar()
		from.WorkdayFunc = func(t time.Time) bool { return table[calendar.DateOf(t)] != hours{} }
		from.WorkdayStartFunc = clockOf(func(t time.Time) (int, int) { return 0, table[calendar.DateOf(t)].open })
		from.WorkdayEndFunc = clockOf(func(t time.Time) (int, int) { return 0, table[calendar.DateOf(t)].end })
		for range rng.IntN(4) {
			from.AddHoliday(&cal.Holiday{Name: "some day", Month: time.Month(1 + rng.IntN(12)), Day: 1 + rng.IntN(28), Func: cal.CalcDayOfMonth})
		}
		zone := []string{"UTC", "Asia/Shanghai", "America/Phoenix", "Asia/Kolkata"}[rng.IntN(4)]
		c, err := rickar.Calendar(zone, from, first, last)
		if err != nil && strings.Contains(err.Error(), "no workday") {
			continue
		}
		require.NoError(t, err, "seed %d", seed)
		dates += sameDays(t, c, from, first, last)
		again, err := calendar.New(zone, c.Hours())
		require.NoError(t, err, "seed %d", seed)
		require.Equal(t, c.Hours(), again.Hours(), "stored and read again; seed %d", seed)
	}
	t.Logf("%d dates compared; seed %d", dates, seed)
}

// TestFaults has what cannot be carried over, and what the error says.
func TestFaults(t *testing.T) {
	asked := false
	boom := func(time.Time) time.Time { panic("no\nidea") }
	sevenHours := func(d time.Time) time.Time { return d.Truncate(24 * time.Hour).Add(17 * time.Hour) }
	for _, row := range []struct {
		name, zone  string
		from        *cal.BusinessCalendar
		first, last int
		want        string
	}{
		{
			"no calendar, no years, no zone: all at once", "Nowhere/Land", nil, 2024, 2023,
			`rickar: calendar: unknown zone "Nowhere/Land": want a name of the IANA time zone database, such as Europe/Berlin, or UTC
rickar: no business calendar: want one such as cal.NewBusinessCalendar makes
rickar: years 2024 to 2023: want a first and a last year from 1900 to 2199`,
		},
		{
			"before the range", berlin, business(), 1899, 2023,
			"rickar: years 1899 to 2023: want a first and a last year from 1900 to 2199",
		},
		{
			"after the range", berlin, business(), 2024, 2200,
			"rickar: years 2024 to 2200: want a first and a last year from 1900 to 2199",
		},
		{
			"seconds", berlin, business(withHours(9*time.Hour+30*time.Second, 17*time.Hour)), 2024, 2024,
			"rickar: 2024-01-01: work starts at 09:00:30: want a start in whole minutes (first of 262 such dates)",
		},
		{
			"the last second of a day for its end", berlin, business(withHours(0, 24*time.Hour-1)), 2024, 2024,
			"rickar: 2024-01-01: work ends at 23:59:59.999999999: want an end in whole minutes, 24:00 for that of the day (first of 262 such dates)",
		},
		{
			"a night shift", berlin, business(withHours(22*time.Hour, 6*time.Hour)), 2024, 2024,
			"rickar: 2024-01-01: work is from 22:00 to 06:00: want an end after the start, and past midnight one on the next date, as 30:00 (first of 262 such dates)",
		},
		{
			"a workday without hours", berlin, business(withHours(0, 0)), 2024, 2024,
			"rickar: 2024-01-01: work is from 00:00 to 00:00: want an end after the start, and past midnight one on the next date, as 30:00 (first of 262 such dates)",
		},
		{
			"a start before the date", berlin, business(withHours(-time.Hour, 6*time.Hour)), 2024, 2024,
			"rickar: 2024-01-01: work starts at -1h0m0s: want a start from 00:00 to 23:59 (first of 262 such dates)",
		},
		{
			"an end two dates on", berlin, business(withHours(9*time.Hour, 49*time.Hour)), 2024, 2024,
			"rickar: 2024-01-01: work ends at 49:00: want an end up to 48:00 (first of 262 such dates)",
		},
		{
			"never open", berlin, business(withDays()), 2024, 2025,
			"rickar: 2024-01-01: no workday from then to 2025-12-31: want at least one",
		},
		{
			"a start function that panics", berlin, business(func(c *cal.BusinessCalendar) { c.WorkdayStartFunc = boom }), 2024, 2024,
			"rickar: 2024-01-01: WorkdayStartFunc panics: \"no\": want WorkdayStartFunc not to panic (first of 262 such dates)",
		},
		{
			"an end function and a workday function that panic on some dates", berlin, business(
				withWorkday(func(d time.Time) bool { return d.YearDay() > 2 || d.AddDate(0, 0, []int{}[d.YearDay()]).IsZero() }),
				withEnd(func(d time.Time) (int, int) {
					if d.YearDay() == 5 {
						panic(d.Weekday())
					}
					return 17, 0
				})), 2024, 2024,
			`rickar: 2024-01-01: WorkdayFunc panics: "runtime error: index out of range [1] with length 0": want WorkdayFunc not to panic (first of 2 such dates)
rickar: 2024-01-05: WorkdayEndFunc panics: "Friday": want WorkdayEndFunc not to panic`,
		},
		{
			"a holiday that is nil", berlin, business(withHolidays(nil)), 2024, 2024,
			`rickar: 2024-01-01: Holidays[0] panics: "runtime error: invalid memory address or nil pointer dereference": want Holidays[0] not to panic (first of 366 such dates)`,
		},
		{
			"a holiday that panics", berlin, business(withHolidays(us.NewYear, &cal.Holiday{Name: "moon", Func: func(_ *cal.Holiday, year int) time.Time {
				return []time.Time{}[year]
			}})), 2024, 2024,
			`rickar: 2024-01-02: Holidays[1], "moon", panics: "runtime error: index out of range [2024] with length 0": want Holidays[1], "moon", not to panic (first of 365 such dates)`,
		},
		{
			"a holiday that panics every other time", berlin, business(withHolidays(&cal.Holiday{Name: "moon", Func: func(*cal.Holiday, int) time.Time {
				if asked = !asked; asked {
					panic("new moon")
				}
				return time.Time{}
			}})), 2024, 2024,
			`rickar: 2024-01-01: IsHoliday panics: "new moon": want IsHoliday not to panic (first of 366 such dates)`,
		},
		{
			"a function that goes by the time of day", berlin, business(withWorkday(func(d time.Time) bool { return d.Hour() > 0 })), 2024, 2024,
			"rickar: 2024-01-01: asked at 00:00, the functions say otherwise than at 12:00: want functions that go by the date alone (first of 366 such dates)",
		},
		{
			"one that does in the evening", berlin, business(withEnd(func(d time.Time) (int, int) { return 17 + d.Hour()/20, 0 })), 2024, 2024,
			"rickar: 2024-01-01: asked at 23:59, the functions say otherwise than at 12:00: want functions that go by the date alone (first of 262 such dates)",
		},
		{
			"a start that does", berlin, business(withStart(func(d time.Time) (int, int) { return 9 + d.Hour()/20, 0 })), 2024, 2024,
			"rickar: 2024-01-01: asked at 23:59, the functions say otherwise than at 12:00: want functions that go by the date alone (first of 262 such dates)",
		},
		{
			"one that is counted once a date", berlin, business(withWorkday(func(d time.Time) bool { return d.Hour() == 12 })), 2024, 2024,
			"rickar: 2024-01-01: asked at 00:00, the functions say otherwise than at 12:00: want functions that go by the date alone (first of 366 such dates)",
		},
		{
			"one that does on a date without a midnight", "America/Sao_Paulo", business(withWorkday(func(d time.Time) bool {
				return !cal.IsWeekend(d) || d.Month() == time.November && d.Day() == 4 && d.Hour() < 20
			})), 2018, 2018,
			"rickar: 2018-11-04: asked at 23:59, the functions say otherwise than at 12:00: want functions that go by the date alone",
		},
		{
			"an end to the nanosecond", berlin, business(func(c *cal.BusinessCalendar) {
				c.WorkdayEndFunc = func(d time.Time) time.Time {
					return time.Date(d.Year(), d.Month(), d.Day(), 17, 0, 30, 500, d.Location())
				}
			}), 2024, 2024,
			"rickar: 2024-01-01: work ends at 17:00:30.000000500: want an end in whole minutes, 24:00 for that of the day (first of 262 such dates)",
		},
		{
			"a start on the next date", berlin, business(withHours(24*time.Hour, 30*time.Hour)), 2024, 2024,
			"rickar: 2024-01-01: work starts at 24:00: want a start from 00:00 to 23:59 (first of 262 such dates)",
		},
		{
			"one that ends in another age", "UTC", business(func(c *cal.BusinessCalendar) {
				c.WorkdayEndFunc = func(time.Time) time.Time { return time.Date(9999, 1, 1, 17, 0, 0, 0, time.UTC) }
			}), 2024, 2024,
			"rickar: 2024-01-01: WorkdayEndFunc gives 9999-01-01T17:00:00Z: want WorkdayEndFunc to stay with the date (first of 262 such dates)",
		},
		{
			"one that rounds to days of UTC", beijing, business(func(c *cal.BusinessCalendar) { c.WorkdayEndFunc = sevenHours }), 2024, 2024,
			`rickar: 2024-01-01: asked at 00:00, the functions say otherwise than at 12:00: want functions that go by the date alone (first of 262 such dates)`,
		},
		{
			"one that ends on another date", berlin, business(func(c *cal.BusinessCalendar) {
				c.WorkdayEndFunc = func(time.Time) time.Time { return time.Date(0, 1, 1, 17, 0, 0, 0, time.UTC) }
			}), 2024, 2024,
			"rickar: 2024-01-01: WorkdayEndFunc gives 0000-01-01T17:00:00Z: want WorkdayEndFunc to stay with the date (first of 262 such dates)",
		},
		{
			"one in another zone", berlin, business(func(c *cal.BusinessCalendar) {
				c.WorkdayStartFunc = func(d time.Time) time.Time {
					return time.Date(d.Year(), d.Month(), d.Day(), 9, 0, 0, 0, time.UTC)
				}
			}), 2024, 2024,
			"rickar: 2024-01-01: WorkdayStartFunc gives 2024-01-01T09:00:00Z: want WorkdayStartFunc to give times in Europe/Berlin (first of 262 such dates)",
		},
		{
			"holidays for other Locations", berlin, business(withHolidays(us.Holidays...), func(c *cal.BusinessCalendar) { c.Locations = []*time.Location{nil, time.UTC} }), 2024, 2024,
			"rickar: 2024-01-01: the holidays are for the Locations [\"UTC\" \"UTC\"], not for Europe/Berlin: want a zone that is among them, or no Locations",
		},
		{
			"more hours than the notation can say", berlin, business(withEnd(func(d time.Time) (int, int) { return 17, d.YearDay() % 59 })), 2000, 2099,
			"rickar: years 2000 to 2099: hours other than the week's take 25652 rules and dates: want at most 1000, as in fewer years",
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			c, err := rickar.Calendar(row.zone, row.from, row.first, row.last)
			assert.Nil(t, c)
			assert.EqualError(t, err, row.want)
		})
	}
}

// The hours take 1000 rules and dates and no more: five for the weekdays, one for
// the dates with other hours, and those. Of hours that are as frequent as others, the
// week has the earlier.
func TestLimits(t *testing.T) {
	early := func(dates int) *cal.BusinessCalendar {
		return business(withEnd(func(d time.Time) (int, int) {
			if n := number(d); n%21 == 2 && n < 21*dates {
				return 12, 0
			}
			return 17, 0
		}))
	}
	_, err := rickar.Calendar("UTC", early(994), 1900, 1960)
	assert.NoError(t, err)
	_, err = rickar.Calendar("UTC", early(995), 1900, 1960)
	assert.EqualError(t, err, "rickar: years 1900 to 1960: hours other than the week's take 1001 rules and dates: want at most 1000, as in fewer years")

	c, err := rickar.Calendar("UTC", business(withEnd(func(d time.Time) (int, int) {
		if d.Weekday() == time.Friday && number(d)/7%2 == 0 {
			return 12, 0
		}
		return 17, 0
	})), 2024, 2024)
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(c.Hours(), "Mo-Th 09:00-17:00; Fr 09:00-12:00; 2024 Jan "), c.Hours())
}

// What from says later changes nothing, and no function of it is called again.
func TestFreezes(t *testing.T) {
	frozen := false
	rule := &cal.Holiday{Name: "own", Month: time.May, Day: 6, Func: func(h *cal.Holiday, year int) time.Time {
		if frozen {
			panic("called later")
		}
		return cal.CalcDayOfMonth(h, year)
	}}
	from := business(withHolidays(rule), withWorkday(func(d time.Time) bool {
		if frozen {
			panic("called later")
		}
		return secondSaturday(d)
	}))
	from.Name, from.Cacheable = "desk", true
	c, err := rickar.Calendar(berlin, from, 2024, 2025)
	require.NoError(t, err)
	frozen = true
	from.SetWorkHours(0, time.Hour)
	from.Holidays = nil
	set := c.HolidaySets()[0]
	for year := 2023; year <= 2026; year++ {
		assert.Equal(t, 2024 <= year && year <= 2025, !set.Provisional(year), "%d", year)
		assert.Equal(t, 2024 <= year && year <= 2025, len(set.Year(year)) > 0, "%d", year)
	}
	assert.Equal(t, "own", c.Day(day("2024-05-06")).Holiday.Name)
	assert.True(t, c.Day(day("2026-05-06")).Business, "not known")
	assert.Equal(t, "desk: Mo-Sa 09:00-17:00 Europe/Berlin, holidays desk", c.String())

	extra := calendar.HolidayFunc("extra", func(int) []calendar.Holiday { return []calendar.Holiday{{Date: day("2024-03-05")}} })
	c, err = rickar.Calendar(berlin, business(), 2024, 2024, calendar.Named("mine"), calendar.Holidays(extra))
	require.NoError(t, err)
	assert.Equal(t, "mine: Mo-Fr 09:00-17:00 Europe/Berlin, holidays cal+extra", c.String())
	assert.False(t, c.Day(day("2024-03-05")).Business)
}

// rickar/cal compares Locations by pointer; a zone is one by its name here.
func TestLocations(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	from := business(withHolidays(us.Holidays...))
	for _, from.Locations = range [][]*time.Location{{time.UTC, newYork}, {newYork}, nil} {
		c, err := rickar.Calendar("America/New_York", from, 2024, 2024)
		require.NoError(t, err)
		assert.Equal(t, "Independence Day", c.Day(day("2024-07-04")).Holiday.Name)
	}
	from.Locations = []*time.Location{}
	_, err = rickar.Calendar("America/New_York", from, 2024, 2024)
	assert.ErrorContains(t, err, "the Locations [], not for America/New_York")
	from.Holidays = nil
	_, err = rickar.Calendar("America/New_York", from, 2024, 2024)
	assert.NoError(t, err, "there are no holidays that could be missed")
}

// A zone without some midnights is no trouble; a cal.DefaultLoc without them is:
// rickar/cal keeps 4 November 2018, at 23:00 of the 3rd.
func TestWithoutMidnight(t *testing.T) {
	const zone = "America/Sao_Paulo"
	saoPaulo, err := time.LoadLocation(zone)
	require.NoError(t, err)
	saved := cal.DefaultLoc
	defer func() { cal.DefaultLoc = saved }()
	from := business(withWorkday(func(time.Time) bool { return true }), withHours(0, 24*time.Hour),
		withHolidays(&cal.Holiday{Name: "no midnight", Month: time.November, Day: 4, Func: cal.CalcDayOfMonth}))

	cal.DefaultLoc = time.UTC
	c, err := rickar.Calendar(zone, from, 2018, 2018)
	require.NoError(t, err)
	assert.Equal(t, "no midnight", c.Day(day("2018-11-04")).Holiday.Name)
	assert.True(t, c.Day(day("2018-11-03")).Business)

	cal.DefaultLoc = saoPaulo
	require.Equal(t, 23, time.Date(2018, time.November, 4, 0, 0, 0, 0, saoPaulo).Hour(), "what the error is about")
	_, err = rickar.Calendar(zone, from, 2018, 2018)
	assert.EqualError(t, err, `rickar: 2018-11-03: holiday "no midnight" is at 2018-11-03T23:00:00-03:00, on the evening before its day: want a cal.DefaultLoc in which each day has a midnight, such as time.UTC`)

	// Samoa had no 30 December 2011.
	c, err = rickar.Calendar("Pacific/Apia", business(withEnd(func(time.Time) (int, int) { return 18, 0 })), 2011, 2012)
	require.NoError(t, err)
	assert.False(t, c.Day(day("2011-12-30")).Business)
	assert.True(t, c.Day(day("2012-01-02")).Business)
	assert.Equal(t, "Mo-Fr 09:00-18:00", c.Hours())
}

// BenchmarkCalendar is the cost of freezing, and of asking what came of it.
func BenchmarkCalendar(b *testing.B) {
	plain := business(withHolidays(us.Holidays...))
	functions := business(withHolidays(us.Holidays...), withWorkday(secondSaturday), withEnd(shortFriday))
	for _, years := range []int{3, 30, 200} {
		for i, from := range []*cal.BusinessCalendar{plain, functions} {
			b.Run(fmt.Sprintf("functions=%v/years=%d", i == 1, years), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					calendar.Must(rickar.Calendar("America/New_York", from, 2000, 1999+years))
				}
			})
		}
	}
	frozen := calendar.Must(rickar.Calendar("America/New_York", plain, 2000, 2199))
	made := calendar.Must(calendar.New("America/New_York", "Mo-Fr 09:00-17:00", calendar.Holidays(frozen.HolidaySets()...)))
	t := time.Date(2024, time.March, 8, 16, 0, 0, 0, made.Zone())
	for i, c := range []*calendar.Calendar{made, frozen} {
		b.Run("Add/by="+[]string{"calendar", "rickar"}[i], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Add(t, 80*time.Hour)
			}
		})
	}
}

// Names and panics that break lines come into errors quoted, and each error is one line.
func TestTextsOfOneLine(t *testing.T) {
	requireOneLine := func(text string) {
		t.Helper()
		require.True(t, utf8.ValidString(text), "%q", text)
		require.False(t, strings.ContainsFunc(text, func(r rune) bool {
			return unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp)
		}), "%q", text)
	}
	breakers := []string{"\r\n", "\xff", "\xed\xa0\x80"}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp) {
			breakers = append(breakers, string(r))
		}
	}
	require.Greater(t, len(breakers), 70)
	for _, b := range breakers {
		from := business(func(c *cal.BusinessCalendar) { c.Name = "acme" + b })
		_, err := rickar.Calendar("UTC", from, 2026, 2026)
		requireOneLine(err.Error())
		c, err := rickar.Calendar("UTC", from, 2026, 2026, calendar.Named("acme"))
		require.NoError(t, err)
		requireOneLine(c.String())
		from.Name = "acme"
		from.AddHoliday(&cal.Holiday{Name: "New" + b + "Year", Month: time.January, Day: 1, Func: func(*cal.Holiday, int) time.Time { panic("no" + b + "idea") }})
		_, err = rickar.Calendar("UTC", from, 2026, 2026)
		requireOneLine(err.Error())
		from.Locations = []*time.Location{time.FixedZone("a"+b+"b", 0)}
		_, err = rickar.Calendar("UTC", from, 2026, 2026)
		requireOneLine(err.Error())
	}
}
