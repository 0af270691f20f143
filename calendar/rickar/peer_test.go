package rickar_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/us"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/rickar"
)

var everyDay = withDays(0, 1, 2, 3, 4, 5, 6)

// number counts the dates, for functions that go by it.
func number(d time.Time) int { return calendar.DateOf(d).Sub(day("1900-01-01")) }

// TestAgainstRickar asks rickar/cal and what Calendar makes of it the same
// questions, in calendars for which rickar/cal is right: where no clock change
// falls on a workday, and work neither begins and ends within an hour nor runs
// past midnight. What it gets wrong even so is in TestDifferences.
func TestAgainstRickar(t *testing.T) {
	const first, last = 2019, 2027
	seed := newSeed()
	rng := rand.New(rand.NewPCG(seed, 3))
	questions := 200
	if *full {
		questions = 4000
	}
	total := 0
	for _, row := range []struct {
		name, zone string
		from       *cal.BusinessCalendar
	}{
		{"Berlin's office hours", berlin, business(withHolidays(de.HolidaysBE...))},
		{"New York with short Fridays", "America/New_York", business(withHolidays(us.Holidays...), withEnd(shortFriday))},
		{"to 24:00", beijing, business(everyDay, withHours(9*time.Hour, 24*time.Hour))},
		{"from 00:00", "America/Phoenix", business(withHolidays(us.Holidays...), withHours(0, 8*time.Hour+15*time.Minute))},
		{"every second Saturday", "Asia/Kolkata", business(withWorkday(secondSaturday), withHours(10*time.Hour+30*time.Minute, 18*time.Hour+45*time.Minute))},
		{"round the clock", "UTC", business(everyDay, withHours(0, 24*time.Hour))},
		{"round the clock but on holidays", "UTC", business(everyDay, withHours(0, 24*time.Hour), withHolidays(us.Holidays...))},
		{"other hours on each date", "UTC", business(withHolidays(de.HolidaysBE...),
			withStart(func(d time.Time) (int, int) { return 7 + number(d)%5, number(d) % 3 * 20 }),
			withEnd(func(d time.Time) (int, int) { return 13 + number(d)%7, number(d) % 4 * 15 }))},
	} {
		row.from.Cacheable = true // or it takes minutes
		years := [2]int{first, last}
		if row.name == "other hours on each date" {
			years = [2]int{2024, 2025}
		}
		c, err := rickar.Calendar(row.zone, row.from, years[0], years[1])
		require.NoError(t, err, row.name)
		total += sameDays(t, c, row.from, years[0], years[1])
		from := time.Date(years[0], 3, 1, 0, 0, 0, 0, c.Zone())
		span := time.Date(years[1], 10, 1, 0, 0, 0, 0, c.Zone()).Sub(from)
		instant := func() time.Time {
			t := from.Add(time.Duration(rng.Int64N(int64(span))))
			switch rng.IntN(4) {
			case 0: // a second around an opening or a closing
				if t, err = c.NextOpen(t); err == nil && rng.IntN(2) == 0 {
					if at, err := c.NextClose(t); err == nil {
						t = at
					}
				}
				t = t.Add(time.Duration(rng.Int64N(4e9) - 2e9))
			case 1:
				t = t.Truncate(time.Minute)
			}
			return t
		}
		// late reports whether t is in the second that begins at a closing.
		late := func(t time.Time) bool {
			closing := t.Truncate(time.Second)
			return !c.IsOpen(t) && c.IsOpen(closing.Add(-1))
		}
		fail := func(what string, got, want any, args ...any) {
			t.Helper()
			t.Fatalf("%s: %s(%v) = %v; rickar/cal says %v; seed %d", row.name, what, args, got, want, seed)
		}
		for range questions {
			a := instant()
			if want := row.from.IsWorkTime(a); c.IsOpen(a) != want && !late(a) {
				fail("IsOpen", c.IsOpen(a), want, a)
			}
			d := time.Duration(1 + rng.Int64N(int64(100*time.Hour)))
			if rng.IntN(2) == 0 {
				d = d.Truncate(15*time.Minute) + 15*time.Minute
			}
			want := row.from.AddWorkHours(a, d)
			if got, err := c.Add(a, d); err != nil || !got.Equal(want) {
				fail("Add", got, want, a, d)
			}
			b := a.Add(time.Duration(rng.Int64N(int64(30 * 24 * time.Hour))))
			if !late(a) {
				want := row.from.WorkHoursInRange(b, a)
				if got, err := c.Between(a, b); err != nil || got != want {
					fail("Between", got, want, a, b)
				}
			}
			n := 1 + rng.IntN(30)
			if rng.IntN(2) == 0 {
				n = -n
			}
			noon := time.Date(a.Year(), a.Month(), a.Day(), 12, 0, 0, 0, c.Zone())
			after := row.from.WorkdaysFrom(noon, n)
			if got, err := c.AddBusinessDays(calendar.DateOf(noon), n); err != nil || got != calendar.DateOf(after) {
				fail("AddBusinessDays", got, after, calendar.DateOf(noon), n)
			}
			count := 0
			for d := calendar.DateOf(a); d.Compare(calendar.DateOf(b)) <= 0; d = d.AddDays(1) {
				if c.Day(d).Business {
					count++
				}
			}
			if want := row.from.WorkdaysInRange(a, b); count != want {
				fail("business days from", count, want, a, b)
			}
			total += 5
		}
	}
	t.Logf("%d comparisons with rickar/cal, no difference; seed %d", total, seed)
}

// TestDifferences has what rickar/cal answers otherwise, a row for each
// cause, and by which rule.
func TestDifferences(t *testing.T) {
	at := func(zone, text string) time.Time {
		loc, err := time.LoadLocation(zone)
		require.NoError(t, err)
		at, err := time.ParseInLocation("2006-01-02 15:04:05.999", text, loc)
		require.NoError(t, err)
		return at
	}
	const clock = "2006-01-02 15:04:05.999 -0700"
	plain := business()
	for _, row := range []struct {
		name, why string
		zone      string
		from      *cal.BusinessCalendar
		theirs    func(c *cal.BusinessCalendar) any
		ours      func(c *calendar.Calendar) any
		rickar    string
		want      string
	}{
		{
			"the closing second", "R2: the instant of closing is not open, and so is none after it",
			"UTC", plain,
			func(c *cal.BusinessCalendar) any { return c.IsWorkTime(at("UTC", "2024-03-05 17:00:00.5")) },
			func(c *calendar.Calendar) any { return c.IsOpen(at("UTC", "2024-03-05 17:00:00.5")) },
			"true", "false",
		},
		{
			"business time from the closing second on", "R3: no business time is negative",
			"UTC", plain,
			func(c *cal.BusinessCalendar) any {
				return c.WorkHoursInRange(at("UTC", "2024-03-05 17:00:00.5"), at("UTC", "2024-03-05 18:00:00"))
			},
			func(c *calendar.Calendar) any {
				d, _ := c.Between(at("UTC", "2024-03-05 17:00:00.5"), at("UTC", "2024-03-05 18:00:00"))
				return d
			},
			"-500ms", "0s",
		},
		{
			"a start and an end within one hour", "R1: IsWorkTime does not look at the end of the starting hour",
			"UTC", business(withHours(9*time.Hour, 9*time.Hour+30*time.Minute)),
			func(c *cal.BusinessCalendar) any { return c.IsWorkTime(at("UTC", "2024-03-05 09:45:00")) },
			func(c *calendar.Calendar) any { return c.IsOpen(at("UTC", "2024-03-05 09:45:00")) },
			"true", "false",
		},
		{
			"the hours of a day to 24:00", "R2: 24:00 is a closing time; WorkHours takes it for 00:00",
			"UTC", business(withHours(9*time.Hour, 24*time.Hour)),
			func(c *cal.BusinessCalendar) any { return c.WorkHours(at("UTC", "2024-03-05 12:00:00")) },
			func(c *calendar.Calendar) any { return c.Day(day("2024-03-05")).Spans[0].Duration() },
			"-9h0m0s", "15h0m0s",
		},
		{
			"24:00 from a function", "R2: IsWorkTime reads the hour of it, 0",
			"UTC", business(withEnd(func(time.Time) (int, int) { return 24, 0 })),
			func(c *cal.BusinessCalendar) any { return c.IsWorkTime(at("UTC", "2024-03-05 12:00:00")) },
			func(c *calendar.Calendar) any { return c.IsOpen(at("UTC", "2024-03-05 12:00:00")) },
			"false", "true",
		},
		{
			"a night shift in the evening", "R1: IsWorkTime reads 30:00 as 06:00, and so no hour after 22",
			"UTC", business(withHours(22*time.Hour, 30*time.Hour)),
			func(c *cal.BusinessCalendar) any { return c.IsWorkTime(at("UTC", "2024-03-05 23:30:00")) },
			func(c *calendar.Calendar) any { return c.IsOpen(at("UTC", "2024-03-05 23:30:00")) },
			"false", "true",
		},
		{
			"a night shift, an hour from 02:00 on", "R1: the hours of the evening before run to 06:00",
			"UTC", business(withHours(22*time.Hour, 30*time.Hour)),
			func(c *cal.BusinessCalendar) any {
				return c.AddWorkHours(at("UTC", "2024-03-06 02:00:00"), time.Hour).Format(clock)
			},
			func(c *calendar.Calendar) any {
				due, _ := c.Add(at("UTC", "2024-03-06 02:00:00"), time.Hour)
				return due.Format(clock)
			},
			"2024-03-06 23:00:00 +0000", "2024-03-06 03:00:00 +0000",
		},
		{
			"a clock change before the opening", "R1: WorkdayStart is nine hours after midnight, which the clock shows as 10:00",
			berlin, business(everyDay),
			func(c *cal.BusinessCalendar) any {
				return c.AddWorkHours(at(berlin, "2024-03-31 08:00:00"), time.Hour).Format(clock)
			},
			func(c *calendar.Calendar) any {
				due, _ := c.Add(at(berlin, "2024-03-31 08:00:00"), time.Hour)
				return due.Format(clock)
			},
			"2024-03-31 11:00:00 +0200", "2024-03-31 10:00:00 +0200",
		},
		{
			"a late evening before a clock change", "R4: 24 hours after 23:30 it is 00:30 of the day after the next, and Sunday is left out",
			berlin, business(everyDay),
			func(c *cal.BusinessCalendar) any {
				return c.AddWorkHours(at(berlin, "2024-03-30 23:30:00"), time.Hour).Format(clock)
			},
			func(c *calendar.Calendar) any {
				due, _ := c.Add(at(berlin, "2024-03-30 23:30:00"), time.Hour)
				return due.Format(clock)
			},
			"2024-04-01 10:00:00 +0200", "2024-03-31 10:00:00 +0200",
		},
		{
			"workdays after a missing midnight", "R6: the loop over midnights comes to 23:00 of the day before, counts it twice, and leaves out the last",
			"America/Sao_Paulo", business(withDays(time.Saturday, time.Monday)),
			func(c *cal.BusinessCalendar) any {
				return c.WorkdaysInRange(at("America/Sao_Paulo", "2018-11-03 12:00:00"), at("America/Sao_Paulo", "2018-11-04 12:00:00"))
			},
			func(c *calendar.Calendar) any {
				n := 0
				for _, d := range []string{"2018-11-03", "2018-11-04"} {
					if c.Day(day(d)).Business {
						n++
					}
				}
				return n
			},
			"2", "1",
		},
		{
			"time back", "R4: a negative time goes back",
			"UTC", plain,
			func(c *cal.BusinessCalendar) any {
				return c.AddWorkHours(at("UTC", "2024-03-05 10:00:00"), -2*time.Hour).Format(clock)
			},
			func(c *calendar.Calendar) any {
				due, _ := c.Add(at("UTC", "2024-03-05 10:00:00"), -2*time.Hour)
				return due.Format(clock)
			},
			"2024-03-05 10:00:00 +0000", "2024-03-04 16:00:00 +0000",
		},
		{
			"from the later to the earlier", "R5: Between is signed",
			"UTC", plain,
			func(c *cal.BusinessCalendar) any {
				return c.WorkHoursInRange(at("UTC", "2024-03-05 12:00:00"), at("UTC", "2024-03-05 10:00:00"))
			},
			func(c *calendar.Calendar) any {
				d, _ := c.Between(at("UTC", "2024-03-05 12:00:00"), at("UTC", "2024-03-05 10:00:00"))
				return d
			},
			"2h0m0s", "-2h0m0s",
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			c, err := rickar.Calendar(row.zone, row.from, 2018, 2024)
			require.NoError(t, err)
			assert.Equal(t, row.rickar, fmt.Sprint(row.theirs(row.from)), "rickar/cal")
			assert.Equal(t, row.want, fmt.Sprint(row.ours(c)), row.why)
		})
	}
}

// Where rickar/cal never returns, Calendar does, with an error. A function that
// ends the search shows that it went on.
func TestDoesNotHang(t *testing.T) {
	const patience = 100_000
	for name, hours := range map[string]time.Duration{"no workday": 8 * time.Hour, "no hours": 0} {
		asked := 0
		from := business(withHours(9*time.Hour, 9*time.Hour+hours), withWorkday(func(time.Time) bool {
			if asked++; asked > patience {
				panic("out of patience")
			}
			return hours == 0
		}))
		assert.PanicsWithValue(t, "out of patience", func() {
			from.AddWorkHours(time.Date(2024, 3, 5, 12, 0, 0, 0, time.UTC), time.Hour)
		}, name)
		asked = 0
		_, err := rickar.Calendar("UTC", from, 2024, 2025)
		assert.Error(t, err, name)
		assert.Less(t, asked, patience, name)
	}
}

// TestAgainstClock reads the clock of zones minute by minute around their changes,
// where rickar/cal is not right, and counts the open minutes (R1, R3).
func TestAgainstClock(t *testing.T) {
	seed := newSeed()
	rng := rand.New(rand.NewPCG(seed, 4))
	cases := 3
	if *full {
		cases = 40
	}
	compared := 0
	for _, zone := range []string{berlin, "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia", "Antarctica/Troll"} {
		loc, err := time.LoadLocation(zone)
		require.NoError(t, err)
		changes := changes(loc, time.Date(1990, 2, 1, 0, 0, 0, 0, time.UTC), time.Date(2030, 11, 1, 0, 0, 0, 0, time.UTC))
		for range cases {
			around := changes[rng.IntN(len(changes))]
			start := around.Add(-time.Duration(rng.Int64N(int64(36*time.Hour))) - 7*24*time.Hour).Truncate(time.Hour)
			open := rng.IntN(24 * 60)
			end := open + 1 + rng.IntN(24*60)
			week := [7]bool{}
			for i := range week {
				week[i] = rng.IntN(4) > 0
			}
			odd := map[calendar.Date]bool{} // dates unlike their weekday
			for range rng.IntN(8) {
				odd[calendar.DateOf(start).AddDays(rng.IntN(16))] = true
			}
			delete(odd, day("2011-12-30")) // which Apia skipped: rickar/cal is never asked about it
			works := func(d calendar.Date) bool { return week[d.Weekday()] != odd[d] }
			from := business(withHours(time.Duration(open)*time.Minute, time.Duration(end)*time.Minute),
				withWorkday(func(t time.Time) bool { return works(calendar.DateOf(t)) }))
			c, err := rickar.Calendar(zone, from, start.Year()-1, start.Year()+1)
			if err != nil {
				require.ErrorContains(t, err, "no workday")
				continue
			}
			fail := func(format string, args ...any) {
				t.Fatalf("%s\nzone %s, week %v but for %v, %d to %d minutes; seed %d", fmt.Sprintf(format, args...), zone, week, odd, open, end, seed)
			}
			shown, begun := map[calendar.Date]bool{}, map[calendar.Date]bool{}
			sum := time.Duration(0)
			for at := start; at.Before(start.AddDate(0, 0, 15)); at = at.Add(time.Minute) {
				d, minute := calendar.DateOf(at.In(loc)), at.In(loc).Hour()*60+at.In(loc).Minute()
				own, before := works(d) && open <= minute && minute < end, works(d.AddDays(-1)) && minute+24*60 < end
				shown[d] = true
				begun[d] = begun[d] || own
				begun[d.AddDays(-1)] = begun[d.AddDays(-1)] || before
				compared += 2
				if got := c.IsOpen(at); got != (own || before) || c.IsOpen(at.Add(time.Minute-1)) != got {
					fail("IsOpen(%v) = %v", at.In(loc), got)
				}
				if got, err := c.Between(start, at); err != nil || got != sum {
					fail("Between(%v, %v) = %v, %v; counting gives %v", start.In(loc), at.In(loc), got, err, sum)
				}
				if own || before {
					half := at.Add(30 * time.Second)
					compared++
					if got, err := c.Add(start, sum+30*time.Second); err != nil || !got.Equal(half) {
						fail("Add(%v, %v) = %v, %v; counting gives %v", start.In(loc), sum+30*time.Second, got.In(loc), err, half.In(loc))
					}
					sum += time.Minute
				}
			}
			for d := calendar.DateOf(start.In(loc)).AddDays(1); d.Compare(calendar.DateOf(start.In(loc)).AddDays(13)) < 0; d = d.AddDays(1) {
				compared++
				if got := c.Day(d).Business; got != (shown[d] && begun[d]) {
					fail("Day(%v).Business = %v (R6)", d, got)
				}
			}
		}
	}
	t.Logf("%d answers compared with counting, no difference; seed %d", compared, seed)
}

// changes returns the offset changes of a zone in [from, to).
func changes(loc *time.Location, from, to time.Time) (found []time.Time) {
	for at := from; ; {
		_, end := at.In(loc).ZoneBounds()
		if end.IsZero() || !end.Before(to) {
			return found
		}
		found, at = append(found, end), end
	}
}
