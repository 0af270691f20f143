package calendar_test

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"sort"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
)

// What is small enough is tried whole here: every change of every clock, and
// every way to be open in a day of twelve slots. What is too large for that is
// asked at random, in oracle_test.go.

// weekly are hours of some days of the week, from Monday, in minutes.
type weekly struct {
	weekdays [7]bool
	ranges   [][2]int
}

func daily(ranges ...[2]int) weekly {
	return weekly{[7]bool{true, true, true, true, true, true, true}, ranges}
}

func (h weekly) String() string {
	return oracleRule{weekdays: h.weekdays, ranges: h.ranges}.String()
}

// have reports whether the hours of a date contain a minute since its midnight.
func (h weekly) have(d calendar.Date, minute int) bool {
	return h.weekdays[(int(d.Weekday())+6)%7] && within(h.ranges, minute)
}

// slots are the hours of the slots of a day that are set, each of so many minutes.
func slots(set, minutes int) weekly {
	h := daily()
	for i := range 12 {
		if set>>i&1 == 1 {
			h.ranges = append(h.ranges, [2]int{i * minutes, (i + 1) * minutes})
		}
	}
	return h
}

// hourly is a stretch of eight days in UTC by the hour, of which the fourth is asked
// about.
func hourly() *stretch {
	start := time.Date(2024, time.February, 26, 0, 0, 0, 0, time.UTC)
	var ticks []tick
	for i := range 8 * 24 {
		at := start.Add(time.Duration(i) * time.Hour)
		ticks = append(ticks, tick{at.Unix(), calendar.DateOf(at), at.Hour() * 60, 0, false})
	}
	w := &stretch{loc: time.UTC, first: 3 * 24, last: 5 * 24}
	w.set(ticks, start.AddDate(0, 0, 8).Unix())
	return w
}

// Every way to be open in a day of twelve slots, of two hours each and of four, so
// that the second half runs into the next day; all pairs of the hours of a day and
// the next.
func TestEverySetOfHours(t *testing.T) {
	t.Parallel()
	w := hourly()
	step := sampled(61, 1)
	for _, minutes := range []int{2 * 60, 4 * 60} {
		for set := 1; set < 1<<12; set += step {
			hours := slots(set, minutes)
			c, err := calendar.NewIn(time.UTC, hours.String())
			require.NoError(t, err)
			again, err := calendar.ParseHours(c.Hours())
			require.NoError(t, err)
			require.Equal(t, c.Hours(), again)
			w.open(hours)
			for w.first = 3 * 24; w.first < 4*24; w.first++ {
				w.compare(c)
			}
			w.first = 3 * 24
			w.compareDays(c, 24)
			require.Empty(t, w.difference, hours)
		}
	}
	t.Logf("%d answers compared", w.compared)
}

// Every two ways to be open in a day of six slots, together, in common and one without the
// other.
func TestEveryPairOfHours(t *testing.T) {
	t.Parallel()
	w := hourly()
	const sets = 1 << 6
	step := sampled(17, 1)
	made := make([]*calendar.Calendar, sets)
	for set := 1; set < sets; set++ {
		made[set] = calendar.Must(calendar.New("UTC", slots(set, 4*60).String()))
	}
	compare := func(set int, c *calendar.Calendar, err error) {
		if set == 0 {
			require.ErrorContains(t, err, "never open from 1900 to 2199")
			return
		}
		require.NoError(t, err)
		w.open(slots(set, 4*60))
		w.compare(c)
		w.compareDays(c, 24)
		require.Empty(t, w.difference, c)
	}
	for a := 1; a < sets; a++ {
		for b := a; b < sets; b += step {
			c, err := calendar.Union("", made[a], made[b])
			compare(a|b, c, err)
			c, err = calendar.Intersect("", made[a], made[b])
			compare(a&b, c, err)
			c, err = calendar.Subtract("", made[a], made[b])
			compare(a&^b, c, err)
			c, err = calendar.Subtract("", made[b], made[a])
			compare(b&^a, c, err)
		}
	}
	t.Logf("%d answers compared", w.compared)
}

// Every day from 1900 to 2199: whether it is a business day, those 1 and 250 after
// it and before, and how many there are from the first day on, and up to the last.
func TestEveryBusinessDay(t *testing.T) {
	t.Parallel()
	first, last := date("1900-01-01"), date("2199-12-31")
	kind := func(d calendar.Date) (holiday, makeUp bool) {
		rng := rand.New(rand.NewPCG(uint64(d.Year()), uint64(d.Sub(first))))
		return rng.IntN(20) == 0, rng.IntN(40) == 0
	}
	set := calendar.HolidayFunc("random", func(year int) (days []calendar.Holiday) {
		d, err := calendar.NewDate(year, time.January, 1)
		require.NoError(t, err)
		for ; d.Year() == year; d = d.AddDays(1) {
			if holiday, makeUp := kind(d); holiday || makeUp {
				days = append(days, calendar.Holiday{Date: d, Workday: makeUp})
			}
		}
		return days
	})
	c := calendar.Must(calendar.New("Asia/Shanghai", "Mo-Fr 09:00-18:00", calendar.Holidays(set)))
	var days []calendar.Date
	business := map[calendar.Date]bool{}
	for d := first; d.Compare(last) <= 0; d = d.AddDays(1) {
		holiday, makeUp := kind(d)
		weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
		if business[d] = makeUp || !weekend && !holiday; business[d] {
			days = append(days, d)
		}
	}
	fresh := calendar.Must(calendar.New("Asia/Shanghai", "Mo-Fr 09:00-18:00", calendar.Holidays(set)))
	ends := 0 // whether the last day is a business day, which is not counted up to it
	if business[last] {
		ends = 1
	}
	next := 0 // the first business day at or after d
	for d := first; d.Compare(last) <= 0; d = d.AddDays(1) {
		if c.Day(d).Business != business[d] {
			t.Fatalf("%v: %v", d, c.Day(d))
		}
		for _, n := range []int{-250, -1, 0, 1, 250} {
			i := next + n
			if n > 0 && !business[d] {
				i--
			}
			if i < 0 || i >= len(days) {
				continue
			}
			if got, err := c.AddBusinessDays(d, n); err != nil || got != days[i] {
				t.Fatalf("AddBusinessDays(%v, %d) = %v, %v; want %v", d, n, got, err, days[i])
			}
			if n == 0 || !business[d] {
				continue
			}
			noon := time.Date(d.Year(), d.Month(), d.Day(), 12, 0, 0, 0, c.Zone())
			if got, err := c.AddDays(noon, n); err != nil || calendar.DateOf(got) != days[i] || got.Hour() != 12 {
				t.Fatalf("AddDays(%v, %d) = %v, %v; want noon of %v", noon, n, got, err, days[i])
			}
		}
		if got, err := c.BusinessDaysBetween(first, d); err != nil || got != next {
			t.Fatalf("BusinessDaysBetween(%v, %v) = %d, %v; want %d", first, d, got, err, next)
		}
		if got, err := fresh.BusinessDaysBetween(d, last); err != nil || got != len(days)-next-ends {
			t.Fatalf("BusinessDaysBetween(%v, %v) = %d, %v; want %d", d, last, got, err, len(days)-next-ends)
		}
		if business[d] {
			next++
		}
	}
	t.Logf("%d days, %d of them business days", last.Sub(first)+1, len(days))
}

// distinctZones returns the locations of the zone files, or of a sample of them, one of
// each different clock from 1970 to 2100, with their offset changes of these years.
func distinctZones(tb testing.TB) (files int, zones []changedZone) {
	from, to := time.Date(1970, time.January, 1, 0, 0, 0, 0, time.UTC), time.Date(2101, time.January, 1, 0, 0, 0, 0, time.UTC)
	known := map[any]bool{}
	isNew := func(key any) bool {
		defer func() { known[key] = true }()
		return !known[key]
	}
	for i, f := range zoneFiles(tb) {
		if i%sampled(23, 1) != 0 {
			continue
		}
		files++
		if !isNew(sha256.Sum256(f.data)) {
			continue
		}
		loc, err := time.LoadLocationFromTZData(f.name, f.data)
		if err != nil {
			tb.Errorf("%s of the zone data of %s: %v", f.name, f.source, err)
			continue
		}
		z := changedZone{f, loc, changes(loc, from, to)}
		var clock []string
		for _, at := range append([]time.Time{from}, z.changes...) {
			clock = append(clock, at.In(loc).Format(time.RFC3339))
		}
		if isNew(fmt.Sprint(clock)) {
			zones = append(zones, z)
		}
	}
	return files, zones
}

type changedZone struct {
	zoneFile
	loc     *time.Location
	changes []time.Time
}

// Every change of every clock from 1970 to 2100, in all zones of the machine and
// all that come with Go, minute by minute for six hours on both sides of it. A sample
// takes some zones and one change in 41: an odd number, as clocks go forward and back
// in turn.
func TestEveryOffsetChange(t *testing.T) {
	long := [][2]int{{150, 210}, {26*60 + 30, 48 * 60}} // as long as can be, over the next day
	shifts := []weekly{
		daily([2]int{6 * 60, 18 * 60}),                                          // a day
		daily([2]int{22 * 60, 30 * 60}),                                         // a night
		daily([2]int{0, 24 * 60}),                                               // round the clock
		daily([2]int{0, 150}, [2]int{165, 3 * 60}, [2]int{23*60 + 30, 24 * 60}), // breaks where clocks are changed
		{[7]bool{time.Monday - 1: true, time.Wednesday - 1: true, time.Friday - 1: true, 6: true}, long},
		{[7]bool{time.Monday - 1: true, time.Tuesday - 1: true, time.Thursday - 1: true, time.Saturday - 1: true}, long},
	}
	t.Parallel()
	files, zones := distinctZones(t)
	every := sampled(41, 1)
	var changed, compared atomic.Int64
	work := make(chan changedZone)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for z := range work {
				var calendars []*calendar.Calendar
				for _, hours := range shifts {
					calendars = append(calendars, calendar.Must(calendar.NewIn(z.loc, hours.String())))
				}
				w := stretch{loc: z.loc}
				for i := len(z.name) % every; i < len(z.changes); i += every {
					changed.Add(1)
					w.around(z.changes[i].Unix())
					for i, hours := range shifts {
						w.open(hours)
						w.compare(calendars[i])
						w.compareDays(calendars[i], 24*60)
						if w.difference != "" {
							t.Errorf("%s of the zone data of %s, %v: %s", z.name, z.source, hours, w.difference)
							break
						}
					}
				}
				compared.Add(int64(w.compared))
			}
		})
	}
	for _, z := range zones {
		work <- z
	}
	close(work)
	wg.Wait()
	t.Logf("%d offset changes of %d different zones, of %d files, %d calendars each: %d answers compared",
		changed.Load(), len(zones), files, len(shifts), compared.Load())
}

// stretch is some days of a clock, cut into ticks during which nothing opens or
// closes, and what counting them says of hours.
type stretch struct {
	loc         *time.Location
	ticks       []tick // the last is the end
	first, last int    // those that are asked about; there are days on both sides
	compared    int
	difference  string // the first answer that is not that of R1

	// Of each tick: the open time before it, and the numbers of the last ticks at or
	// before it that open time ends at and that a span begins with, and of the first
	// at or after it that is open, and that is not. None is -1 or the number of the end.
	hours                        weekly
	before                       []time.Duration
	ended, opened, opens, closes []int

	exists, begins [20]bool // the dates, and those on which hours begin
	reached        []reach
}

// reach says that the clock first shows the minutes from a wall time to another,
// in seconds, from an instant on.
type reach struct{ from, to, unix int64 }

// around reads the clock minute by minute, and will be asked about six hours on
// both sides.
func (w *stretch) around(at int64) {
	const side, days = 6 * 3600, 150 * 3600
	w.set(readClock(w.ticks[:0], w.loc, at-days, at+days), at+days)
	w.first = sort.Search(len(w.ticks), func(i int) bool { return w.ticks[i].at >= at-side })
	w.last = sort.Search(len(w.ticks), func(i int) bool { return w.ticks[i].at > at+side })
}

// set takes over the ticks up to an end.
func (w *stretch) set(ticks []tick, end int64) {
	n := len(ticks)
	w.ticks = append(ticks, tick{at: end})
	w.before, w.ended = slices.Grow(w.before[:0], n+1)[:n+1], slices.Grow(w.ended[:0], n+1)[:n+1]
	w.opened = slices.Grow(w.opened[:0], n+1)[:n+1]
	w.opens, w.closes = slices.Grow(w.opens[:0], n+1)[:n+1], slices.Grow(w.closes[:0], n+1)[:n+1]
	w.exists, w.reached = [20]bool{}, w.reached[:0]
	for i, k := range w.ticks[:n] {
		w.exists[w.day(k.date)] = true
		wall := wallSeconds(k.date, k.clock())
		end := wall + w.ticks[i+1].at - k.at
		if last := len(w.reached) - 1; last < 0 || end > w.reached[last].to {
			r := reach{wall, end, k.at}
			if last >= 0 && wall < w.reached[last].to { // the rest of a minute that was shown before
				r.from, r.unix = w.reached[last].to, k.at+w.reached[last].to-wall
			}
			w.reached = append(w.reached, r)
		}
	}
}

// day numbers the dates around.
func (w *stretch) day(d calendar.Date) int { return d.Sub(w.ticks[0].date) + 2 }

// wallSeconds is a time of day on a date as one number.
func wallSeconds(d calendar.Date, clock time.Duration) int64 {
	return int64(d.Sub(calendar.Date{}))*24*3600 + int64(clock/time.Second)
}

// open opens the ticks that R1 opens, and counts them.
func (w *stretch) open(hours weekly) {
	w.hours, w.begins = hours, [20]bool{}
	for i, k := range w.ticks[:len(w.ticks)-1] {
		own, before := hours.have(k.date, k.minute), hours.have(k.date.AddDays(-1), k.minute+24*60)
		if own {
			w.begins[w.day(k.date)] = true
		}
		if before {
			w.begins[w.day(k.date)-1] = true
		}
		w.ticks[i].open = own || before
	}
	w.count()
}

func (w *stretch) count() {
	n := len(w.ticks) - 1
	w.before[0], w.ended[0], w.opens[n], w.closes[n] = 0, -1, n, n
	for i, k := range w.ticks[:n] {
		w.before[i+1], w.ended[i+1] = w.before[i], w.ended[i]
		if k.open {
			w.before[i+1] += time.Duration(w.ticks[i+1].at-k.at) * time.Second
			w.ended[i+1] = i + 1
		}
		w.opened[i] = -1
		if i > 0 {
			w.opened[i] = w.opened[i-1]
			if k.open && !w.ticks[i-1].open {
				w.opened[i] = i
			}
		}
	}
	for i := n - 1; i >= 0; i-- {
		w.opens[i], w.closes[i] = w.opens[i+1], w.closes[i+1]
		if w.ticks[i].open {
			w.opens[i] = i
		} else {
			w.closes[i] = i
		}
	}
}

func (w *stretch) at(i int) time.Time { return time.Unix(w.ticks[i].at, 0) }

// check compares an answer about tick i.
func (w *stretch) check(ask string, i int, got time.Time, err error, want time.Time) {
	w.compared++
	if (err != nil || !got.Equal(want)) && w.difference == "" {
		w.difference = fmt.Sprintf("%s, at %v: %v, %v; counting gives %v", ask, w.at(i).In(w.loc), got.In(w.loc), err, want.In(w.loc))
	}
}

// compare asks about every tick from first to last.
func (w *stretch) compare(c *calendar.Calendar) {
	start, end := w.at(w.first), w.at(w.last)
	for i := w.first; i < w.last; i++ {
		t := w.at(i)
		w.compared += 2
		if got := c.IsOpen(t); got != w.ticks[i].open && w.difference == "" {
			w.difference = fmt.Sprintf("IsOpen(%v) = %v", t.In(w.loc), got)
		}
		used, left := w.before[i]-w.before[w.first], w.before[w.last]-w.before[i]
		if got, err := c.Between(start, t); (err != nil || got != used) && w.difference == "" {
			w.difference = fmt.Sprintf("Between(%v, %v) = %v, %v; counting gives %v", start.In(w.loc), t.In(w.loc), got, err, used)
		}
		if used > 0 {
			got, err := c.Add(start, used)
			w.check("Add up to the time", i, got, err, w.at(w.ended[i]))
		}
		if left > 0 {
			got, err := c.Add(end, -left)
			w.check("Add back to the time", i, got, err, w.at(w.opens[i]))
		}
		if open := w.opens[i]; open < len(w.ticks)-1 {
			got, err := c.NextOpen(t)
			w.check("NextOpen", i, got, err, w.at(open))
			if closing := w.closes[open]; closing < len(w.ticks)-1 {
				got, err = c.NextClose(t)
				w.check("NextClose", i, got, err, w.at(closing))
			}
		}
		if opened := w.opened[i]; opened >= 0 {
			got, err := c.PrevOpen(t)
			w.check("PrevOpen", i, got, err, w.at(opened))
			closed := i
			if w.ticks[i].open {
				closed = opened
			}
			if closed = w.ended[closed]; closed >= 0 {
				got, err = c.PrevClose(t)
				w.check("PrevClose", i, got, err, w.at(closed))
			}
		}
	}
	i := w.opens[w.first]
	for s := range c.Spans(start, end) {
		w.check("Spans opens", i, s.Start, nil, w.at(i))
		i = min(w.closes[i], w.last)
		w.check("Spans closes", i, s.End, nil, w.at(i))
		i = w.opens[i]
	}
	if i < w.last && w.difference == "" {
		w.difference = fmt.Sprintf("Spans(%v, %v) leaves out %v", start.In(w.loc), end.In(w.loc), w.at(i).In(w.loc))
	}
}

// compareDays asks, of every tick from first to last, for the business day after it
// and the one before (R6, R7), and those a day away for the time of day that lies
// there.
func (w *stretch) compareDays(c *calendar.Calendar, ticksInDay int) {
	var day calendar.Day
	for i := w.first; i < w.last; i++ {
		if w.ticks[i].open {
			want, _ := w.dateOf(i)
			if day.Date != want {
				day = c.Day(want)
			}
			w.compared++
			if got, err := c.BusinessDate(w.at(i)); (err != nil || got != want || !inSpans(day, w.at(i))) && w.difference == "" {
				w.difference = fmt.Sprintf("BusinessDate(%v) = %v, %v, and %v has the spans %v; counting gives %v", w.at(i).In(w.loc), got, err, want, day.Spans, want)
			}
		}
		w.dayAfter(c, i)
		w.dayBefore(c, i)
		w.dayAfter(c, i-ticksInDay)
		w.dayBefore(c, i+ticksInDay)
	}
}

func (w *stretch) dayAfter(c *calendar.Calendar, i int) {
	date, clock := w.dateOf(w.opens[i])
	got, err := c.AddDays(w.at(i), 1)
	w.check("AddDays(1)", i, got, err, w.on(w.business(date, 1), clock))
}

func (w *stretch) dayBefore(c *calendar.Calendar, i int) {
	open, end := i, time.Duration(0)
	if !w.ticks[i].open {
		open = w.ended[i] - 1 // the last open minute, whose end is the latest open time
		end = time.Duration(w.ticks[open+1].at-w.ticks[open].at) * time.Second
	}
	date, clock := w.dateOf(open)
	got, err := c.AddDays(w.at(i), -1)
	w.check("AddDays(-1)", i, got, err, w.on(w.business(date, -1), clock+end))
}

// dateOf returns the business date of an open tick, and its time of day there.
func (w *stretch) dateOf(i int) (calendar.Date, time.Duration) {
	k := w.ticks[i]
	if w.hours.have(k.date, k.minute) {
		return k.date, k.clock()
	}
	return k.date.AddDays(-1), k.clock() + 24*time.Hour
}

// business returns the next business day, or the one before.
func (w *stretch) business(d calendar.Date, step int) calendar.Date {
	for d = d.AddDays(step); !w.exists[w.day(d)] || !w.begins[w.day(d)]; d = d.AddDays(step) {
	}
	return d
}

// on moves a time of day into the hours of a date, and names the instant: a
// skipped one is the first after the gap, a repeated one the first.
func (w *stretch) on(d calendar.Date, clock time.Duration) time.Time {
	if !within(w.hours.ranges, int(clock/time.Minute)) {
		moved := w.hours.ranges[0][0]
		for _, h := range w.hours.ranges {
			if time.Duration(h[1])*time.Minute <= clock {
				moved = max(moved, h[1])
			}
		}
		clock = time.Duration(moved) * time.Minute
	}
	wall := wallSeconds(d, clock)
	r := w.reached[sort.Search(len(w.reached), func(i int) bool { return w.reached[i].to > wall })]
	return time.Unix(r.unix+max(0, wall-r.from), 0)
}
