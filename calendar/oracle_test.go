package calendar_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/duetime/duetime/calendar"
)

// The oracle answers from R1 alone. It reads the wall clock with t.In(zone)
// once for every minute that the clock shows, asks whether that reading lies in
// the hours of its date or in those of the date before that run past midnight,
// and counts. Hours come to it as the generator made them, not from the parser.

func within(ranges [][2]int, minute int) bool {
	for _, r := range ranges {
		if r[0] <= minute && minute < r[1] {
			return true
		}
	}
	return false
}

// tick is a minute of the wall clock as it happens, or the part of one that a
// change of the clock leaves.
type tick struct {
	at      int64 // Unix seconds
	date    calendar.Date
	minute  int
	seconds int // that the minute is old where the tick begins
	open    bool
}

func (k tick) clock() time.Duration {
	return time.Duration(k.minute)*time.Minute + time.Duration(k.seconds)*time.Second
}

type oracle struct {
	oracleCase
	zone  *time.Location
	ticks []tick
	onDay map[calendar.Date][][2]int
	days  map[calendar.Date]bool // whether dates are business days, as far as asked
}

func newOracle(o oracleCase) *oracle {
	loc, err := time.LoadLocation(o.zone)
	if err != nil {
		panic(err)
	}
	or := &oracle{oracleCase: o, zone: loc, onDay: map[calendar.Date][][2]int{}, days: map[calendar.Date]bool{}}
	or.ticks = readClock(nil, loc, o.from.Unix(), o.to.Unix())
	for i, k := range or.ticks {
		or.ticks[i].open = within(or.on(k.date), k.minute) || within(or.on(k.date.AddDays(-1)), k.minute+24*60)
	}
	or.ticks = append(or.ticks, tick{at: o.to.Unix()}) // the end
	return or
}

// readClock reads the clock of a zone once for every minute that it shows in
// [from, to), Unix seconds, and appends to ticks. They are not open yet.
func readClock(ticks []tick, loc *time.Location, from, to int64) []tick {
	const day = 24 * 60 * 60
	offset := func(at int64) int64 {
		_, o := time.Unix(at, 0).In(loc).Zone()
		return int64(o)
	}
	var midnight int64
	var date calendar.Date
	for at, shown := from, offset(from); at < to; {
		wall := at + shown
		clock := (wall%day + day) % day
		if date.IsZero() || wall-clock != midnight {
			midnight = wall - clock
			date = calendar.DateOf(time.Unix(midnight, 0).UTC())
		}
		ticks = append(ticks, tick{at, date, int(clock / 60), int(clock % 60), false})
		at += 60 - clock%60
		if next := offset(at); next != shown {
			for offset(at-1) != shown {
				at-- // the clock is changed within the minute
			}
			shown = offset(at)
		}
	}
	return ticks
}

func (o *oracle) on(d calendar.Date) [][2]int {
	r, ok := o.onDay[d]
	if !ok {
		r = o.rangesOn(d)
		o.onDay[d] = r
	}
	return r
}

// index returns the tick that t is in.
func (o *oracle) index(t time.Time) int {
	return sort.Search(len(o.ticks), func(i int) bool { return o.ticks[i].at > t.Unix() }) - 1
}

func (o *oracle) isOpen(t time.Time) bool { return o.ticks[o.index(t)].open }

// between counts for from <= to.
func (o *oracle) between(from, to time.Time) time.Duration {
	var sum time.Duration
	for i := o.index(from); i < len(o.ticks)-1 && o.ticks[i].at < to.Unix()+1; i++ {
		if o.ticks[i].open {
			begin, end := time.Unix(o.ticks[i].at, 0), time.Unix(o.ticks[i+1].at, 0)
			if begin.Before(from) {
				begin = from
			}
			if end.After(to) {
				end = to
			}
			sum += max(0, end.Sub(begin))
		}
	}
	return sum
}

// add looks for the instant of R4; ok is false where it is not in the window.
func (o *oracle) add(t time.Time, d time.Duration) (time.Time, bool) {
	if d == 0 {
		return t, true
	}
	i := o.index(t)
	if d > 0 {
		at := t
		for ; i < len(o.ticks)-1; i++ {
			end := time.Unix(o.ticks[i+1].at, 0)
			if o.ticks[i].open {
				if left := end.Sub(at); left >= d {
					return at.Add(d), true
				} else {
					d -= left
				}
			}
			at = end
		}
		return time.Time{}, false
	}
	// The latest r with Between(r, t) == -d: go back until more than -d is gone.
	d = -d
	for at := t; i >= 0; i-- {
		begin := time.Unix(o.ticks[i].at, 0)
		if o.ticks[i].open {
			if left := at.Sub(begin); left >= d && left > 0 {
				return at.Add(-d), true
			} else {
				d -= left
			}
		}
		at = begin
	}
	return time.Time{}, false
}

func (o *oracle) nextOpen(t time.Time) (time.Time, bool) {
	if o.isOpen(t) {
		return t, true
	}
	for i := o.index(t) + 1; i < len(o.ticks)-1; i++ {
		if o.ticks[i].open {
			return time.Unix(o.ticks[i].at, 0), true
		}
	}
	return time.Time{}, false
}

func (o *oracle) nextClose(t time.Time) (time.Time, bool) {
	t, ok := o.nextOpen(t)
	if !ok {
		return t, false
	}
	for i := o.index(t); i < len(o.ticks)-1; i++ {
		if !o.ticks[i].open {
			return time.Unix(o.ticks[i].at, 0), true
		}
	}
	return time.Time{}, false
}

// back returns the latest instant at or before t at which the calendar opens, or closes.
func (o *oracle) back(t time.Time, opens bool) (time.Time, bool) {
	for i := o.index(t); i > 0; i-- {
		if o.ticks[i].open == opens && o.ticks[i-1].open != opens {
			return time.Unix(o.ticks[i].at, 0), true
		}
	}
	return time.Time{}, false
}

// dateOf returns the business date of an open instant (R6, R7).
func (o *oracle) dateOf(t time.Time) calendar.Date {
	k := o.ticks[o.index(t)]
	if within(o.on(k.date), k.minute) {
		return k.date
	}
	return k.date.AddDays(-1)
}

// inSpans reports whether a day has an instant in its spans.
func inSpans(day calendar.Day, t time.Time) bool {
	return slices.ContainsFunc(day.Spans, func(s calendar.Span) bool { return !t.Before(s.Start) && t.Before(s.End) })
}

// isBusinessDay is R6: the date happens, and so do some of its hours.
func (o *oracle) isBusinessDay(d calendar.Date) bool {
	is, ok := o.days[d]
	if !ok {
		is = o.begins(d)
		o.days[d] = is
	}
	return is
}

func (o *oracle) begins(d calendar.Date) bool {
	exists, begins := false, false
	for _, k := range o.ticks {
		exists = exists || k.date == d
		begins = begins || k.date == d && within(o.on(d), k.minute) ||
			k.date == d.AddDays(1) && within(o.on(d), k.minute+24*60)
		if exists && begins {
			return true
		}
	}
	return false
}

// ownTime counts the hours that begin on a date.
func (o *oracle) ownTime(d calendar.Date) (sum time.Duration) {
	for i, k := range o.ticks[:len(o.ticks)-1] {
		if k.date == d && within(o.on(d), k.minute) || k.date == d.AddDays(1) && within(o.on(d), k.minute+24*60) {
			sum += time.Duration(o.ticks[i+1].at-k.at) * time.Second
		}
	}
	return sum
}

// addDays is R7; ok is false where some of what it needs is not in the window.
func (o *oracle) addDays(t time.Time, n int) (time.Time, bool) {
	open, ok := o.nextOpen(t)
	if n == 0 || !ok {
		return open, ok
	}
	after := time.Duration(0)
	if n < 0 && !o.isOpen(t) {
		// The latest open time before t, and a nanosecond more for its end.
		i := o.index(t)
		for i >= 0 && !o.ticks[i].open {
			i--
		}
		if i < 0 {
			return t, false
		}
		open, after = time.Unix(o.ticks[i+1].at, -1), 1
	}
	k := o.ticks[o.index(open)]
	clock := k.clock() + open.Sub(time.Unix(k.at, 0))
	date := k.date
	if !within(o.on(date), k.minute) {
		date, clock = date.AddDays(-1), clock+24*time.Hour
	}
	clock += after
	first, last := o.ticks[0].date.AddDays(3), o.ticks[len(o.ticks)-2].date.AddDays(-3)
	for step := map[bool]int{true: 1, false: -1}[n > 0]; n != 0; {
		date = date.AddDays(step)
		if date.Compare(first) < 0 || date.Compare(last) > 0 {
			return t, false
		}
		if o.isBusinessDay(date) {
			n -= step
		}
	}
	return o.clockOn(date, clock), true
}

// clockOn moves a time of day into the hours of a date and names the instant.
func (o *oracle) clockOn(date calendar.Date, clock time.Duration) time.Time {
	hours := slices.Clone(o.on(date))
	slices.SortFunc(hours, func(a, b [2]int) int { return a[0] - b[0] })
	if minute := int(clock / time.Minute); !within(hours, minute) {
		moved := hours[0][0]
		for _, h := range hours {
			if time.Duration(h[1])*time.Minute <= clock {
				moved = max(moved, h[1])
			}
		}
		clock = time.Duration(moved) * time.Minute
	}
	wall := date.AddDays(int(clock / (24 * time.Hour)))
	clock %= 24 * time.Hour
	for i, k := range o.ticks[:len(o.ticks)-1] {
		length := time.Duration(o.ticks[i+1].at-k.at) * time.Second
		if k.date.Compare(wall) > 0 || k.date == wall && k.clock() > clock {
			return time.Unix(k.at, 0) // skipped: the first instant after the gap
		}
		if k.date == wall && k.clock() <= clock && clock < k.clock()+length {
			return time.Unix(k.at, 0).Add(clock - k.clock())
		}
	}
	panic("no such time in the window")
}

// check asks the engine and the oracle the same questions about a case and
// returns how many there were, and the first answer that differs.
func (o oracleCase) check(questions int) (asked int, difference string) {
	c, err := o.calendar()
	if err != nil {
		if strings.Contains(err.Error(), "never open") {
			return 0, ""
		}
		return 0, err.Error()
	}
	return o.compare(c, questions)
}

// compare asks c and the oracle.
func (o oracleCase) compare(c *calendar.Calendar, questions int) (asked int, difference string) {
	or := newOracle(o)
	rng := rand.New(rand.NewPCG(o.seed, 1))
	length := o.to.Sub(o.from)
	margin := 5 * 24 * time.Hour // both sides, so that most answers are in the window
	instant := func() time.Time {
		t := o.from.Add(margin + time.Duration(rng.Int64N(int64(length-2*margin))))
		switch rng.IntN(4) {
		case 0: // the beginning of a minute, and a nanosecond around it
			k := or.ticks[or.index(t)]
			t = time.Unix(k.at, rng.Int64N(3)-1)
		case 1: // a change from open to closed or back
			for i := or.index(t); i < len(or.ticks)-1; i++ {
				if or.ticks[i].open != or.ticks[i+1].open {
					t = time.Unix(or.ticks[i+1].at, rng.Int64N(3)-1)
					break
				}
			}
		}
		if t.After(o.to.Add(-margin / 2)) {
			return o.from.Add(margin)
		}
		return t
	}
	fail := func(format string, args ...any) {
		if difference == "" {
			difference = fmt.Sprintf(format, args...)
		}
	}
	same := func(got time.Time, err error, want time.Time, ok bool, format string, args ...any) {
		if !ok {
			return // not in the window
		}
		asked++
		if err != nil || !got.Equal(want) {
			fail("%s = %v, %v; the oracle says %v", fmt.Sprintf(format, args...), got.In(or.zone), err, want.In(or.zone))
		}
	}
	for range questions {
		t, u := instant(), instant()
		asked++
		if got, want := c.IsOpen(t), or.isOpen(t); got != want {
			fail("IsOpen(%v) = %v; the oracle says %v", t.In(or.zone), got, want)
		}
		from, to, sign := t, u, time.Duration(1)
		if u.Before(t) {
			from, to, sign = u, t, -1
		}
		want := sign * or.between(from, to)
		asked++
		if got, err := c.Between(t, u); err != nil || got != want {
			fail("Between(%v, %v) = %v, %v; the oracle says %v", t.In(or.zone), u.In(or.zone), got, err, want)
		}
		d := time.Duration(rng.Int64N(int64(30 * time.Hour)))
		switch rng.IntN(3) {
		case 0:
			d = d.Truncate(time.Minute)
		case 1:
			d = want // exactly as long as to another instant
		}
		if rng.IntN(2) == 0 {
			d = -d
		}
		r, ok := or.add(t, d)
		got, err := c.Add(t, d)
		same(got, err, r, ok, "Add(%v, %v)", t.In(or.zone), d)
		r, ok = or.nextOpen(t)
		got, err = c.NextOpen(t)
		same(got, err, r, ok, "NextOpen(%v)", t.In(or.zone))
		if ok {
			asked++
			if got, err := c.BusinessDate(t); err != nil || got != or.dateOf(r) || !inSpans(c.Day(got), r) {
				fail("BusinessDate(%v) = %v, %v, with the spans %v; the oracle says %v, at %v", t.In(or.zone), got, err, c.Day(got).Spans, or.dateOf(r), r.In(or.zone))
			}
		}
		r, ok = or.nextClose(t)
		if got, err = c.NextClose(t); ok {
			same(got, err, r, ok, "NextClose(%v)", t.In(or.zone))
		}
		r, ok = or.back(t, true)
		got, err = c.PrevOpen(t)
		same(got, err, r, ok, "PrevOpen(%v)", t.In(or.zone))
		r, ok = or.back(t, false)
		got, err = c.PrevClose(t)
		same(got, err, r, ok, "PrevClose(%v)", t.In(or.zone))
		n := rng.IntN(7) - 3
		r, ok = or.addDays(t, n)
		got, err = c.AddDays(t, n)
		same(got, err, r, ok, "AddDays(%v, %d)", t.In(or.zone), n)
	}
	// Spans over the middle of the window.
	from, to := o.from.Add(margin), o.to.Add(-margin)
	var sum time.Duration
	var last time.Time
	for s := range c.Spans(from, to) {
		if s.Start.After(from) && s.End.Before(to) { // whole, so the way back has the same ends
			for _, at := range []time.Time{s.Start, s.End.Add(-1), s.End} {
				opening, err := c.PrevOpen(at)
				same(opening, err, s.Start, true, "PrevOpen(%v) in the Spans", at.In(or.zone))
			}
			closing, err := c.PrevClose(s.End)
			same(closing, err, s.End, true, "PrevClose(%v) at the end of a Span", s.End.In(or.zone))
			if sum > 0 {
				closing, err = c.PrevClose(s.End.Add(-1))
				same(closing, err, last, true, "PrevClose(%v) in the Spans", s.End.Add(-1).In(or.zone))
			}
		}
		asked++
		if !last.Before(s.Start) || !s.Start.Before(s.End) || or.between(s.Start, s.End) != s.Duration() {
			fail("Spans gives %v to %v after %v", s.Start.In(or.zone), s.End.In(or.zone), last.In(or.zone))
		}
		last = s.End
		sum += s.Duration()
	}
	if want := or.between(from, to); sum != want {
		fail("the Spans of %v to %v add up to %v; the oracle says %v", from.In(or.zone), to.In(or.zone), sum, want)
	}
	for d := or.ticks[0].date.AddDays(4); d.Compare(or.ticks[len(or.ticks)-2].date.AddDays(-4)) < 0; d = d.AddDays(1) {
		asked++
		day := c.Day(d)
		if got, want := day.Business, or.isBusinessDay(d); got != want {
			fail("Day(%v).Business = %v; the oracle says %v", d, got, want)
		}
		if day.Business {
			asked++
			if closing, err := c.Closing(d); err != nil || !closing.Equal(day.Spans[len(day.Spans)-1].End) {
				fail("Closing(%v) = %v, %v, with the spans %v", d, closing, err, day.Spans)
			}
		}
		var own time.Duration
		for i, s := range day.Spans {
			own += s.Duration()
			if or.between(s.Start, s.End) != s.Duration() || i > 0 && !day.Spans[i-1].End.Before(s.Start) {
				fail("Day(%v) gives %v to %v, not all open or not apart", d, s.Start, s.End)
			}
		}
		if want := or.ownTime(d); own != want {
			fail("Day(%v) has %v of spans; the oracle says %v", d, own, want)
		}
	}
	return asked, difference
}

// TestOracle compares the engine with the oracle over random hours, zones and
// instants of 1900 to 2199, most of them within two days of an offset change, in
// every zone in turn. With -full it asks two million questions, else twenty thousand in
// as many zones as that takes.
func TestOracle(t *testing.T) {
	t.Parallel()
	seed := newSeed()
	want := sampled(20_000, 2_000_000)
	names := zones(t)
	rng := rand.New(rand.NewPCG(seed, 0))
	from := time.Date(1900, 2, 1, 0, 0, 0, 0, time.UTC)
	to := time.Date(2199, 12, 1, 0, 0, 0, 0, time.UTC)
	total, cases := 0, 0
	known := map[string][]time.Time{}
	order := rng.Perm(len(names))
	for ; total < want || cases < len(names) && *full; cases++ {
		zone := names[order[cases%len(names)]]
		at, ok := known[zone]
		if !ok {
			loc, _ := time.LoadLocation(zone)
			at = changes(loc, from, to)
			known[zone] = at
		}
		around := from.Add(time.Duration(rng.Int64N(int64(to.Sub(from)))))
		if len(at) > 0 && rng.IntN(8) > 0 {
			around = at[rng.IntN(len(at))]
		}
		o := randomCase(rng, zone, around)
		asked, difference := o.check(60)
		total += asked
		if difference == "" {
			continue
		}
		for shrunk := true; shrunk; {
			shrunk = false
			for s := range o.smaller {
				if _, d := s.check(60); d != "" {
					o, difference, shrunk = s, d, true
					break
				}
			}
		}
		t.Fatalf("after %d comparisons, with -seed %d:\n%s\nsmallest case: %v", total, seed, difference, o)
	}
	t.Logf("%d comparisons with the oracle in %d cases over %d zones, no difference; seed %d", total, cases, len(names), seed)
}
