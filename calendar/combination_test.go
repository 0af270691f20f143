package calendar_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
)

var combinations = []calendar.Combination{calendar.UnionOf, calendar.IntersectionOf, calendar.SubtractionOf}

func combine(how calendar.Combination, parts ...*calendar.Calendar) (*calendar.Calendar, error) {
	switch how {
	case calendar.UnionOf:
		return calendar.Union("", parts...)
	case calendar.IntersectionOf:
		return calendar.Intersect("", parts...)
	}
	return calendar.Subtract("", parts[0], parts[1:]...)
}

// combinedOracle answers for a calendar made of others from the oracles of its parts: an
// instant is open if any or all of them say so, or if the first alone does. It belongs to
// the latest date to which any of them, or the first, gives it.
type combinedOracle struct {
	*oracle // of the first part's zone, with the ticks of all
	how     calendar.Combination
	parts   []partOracle
}

// partOracle is an oracle that others are made of: an oracle of hours or a combined one.
type partOracle interface {
	itself() *oracle
	isOpen(time.Time) bool
	belongs(at int64, d calendar.Date) bool
	isBusinessDay(calendar.Date) bool
}

func (o *oracle) itself() *oracle { return o }

// belongs reports whether an instant is in the hours of a date.
func (o *oracle) belongs(at int64, d calendar.Date) bool {
	k := o.ticks[o.index(time.Unix(at, 0))]
	return k.date == d && within(o.on(d), k.minute) || k.date == d.AddDays(1) && within(o.on(d), k.minute+24*60)
}

func combineOracles(how calendar.Combination, parts ...partOracle) combinedOracle {
	first := parts[0].itself()
	o := combinedOracle{&oracle{oracleCase: first.oracleCase, zone: first.zone}, how, parts}
	var at []int64
	for _, p := range parts {
		for _, k := range p.itself().ticks {
			at = append(at, k.at)
		}
	}
	slices.Sort(at)
	at = slices.Compact(at)
	for _, unix := range at {
		k := tick{at: unix}
		if unix < o.to.Unix() {
			k = first.ticks[first.index(time.Unix(unix, 0))]
			k.seconds += int(unix - k.at)
			k.at, k.open = unix, o.combined(time.Unix(unix, 0))
		}
		o.ticks = append(o.ticks, k)
	}
	return o
}

func (o combinedOracle) combined(t time.Time) bool {
	open := 0
	for _, p := range o.parts {
		if p.isOpen(t) {
			open++
		}
	}
	switch o.how {
	case calendar.UnionOf:
		return open > 0
	case calendar.IntersectionOf:
		return open == len(o.parts)
	}
	return open == 1 && o.parts[0].isOpen(t)
}

func (o combinedOracle) belongs(at int64, d calendar.Date) bool {
	if o.how == calendar.UnionOf {
		return slices.ContainsFunc(o.parts, func(p partOracle) bool { return p.belongs(at, d) })
	}
	return o.isOpen(time.Unix(at, 0)) && o.parts[0].belongs(at, d)
}

// spansOf returns the spans that belong to a date, by looking at each tick of the
// days around it.
func (o combinedOracle) spansOf(d calendar.Date) (spans [][2]int64) {
	for i, k := range o.ticks[:len(o.ticks)-1] {
		if days := k.date.Sub(d); days < -3 || days > 5 || !o.belongs(k.at, d) {
			continue
		}
		if n := len(spans); n > 0 && spans[n-1][1] == k.at {
			spans[n-1][1] = o.ticks[i+1].at
		} else {
			spans = append(spans, [2]int64{k.at, o.ticks[i+1].at})
		}
	}
	return spans
}

func (o combinedOracle) isBusinessDay(d calendar.Date) bool {
	parts := o.parts
	if o.how != calendar.UnionOf {
		parts = parts[:1]
	}
	return len(o.spansOf(d)) > 0 && slices.ContainsFunc(parts, func(p partOracle) bool { return p.isBusinessDay(d) })
}

func (o combinedOracle) addDays(t time.Time, n int) (time.Time, bool) {
	open, ok := o.nextOpen(t)
	if n == 0 || !ok {
		return open, ok
	}
	after := time.Duration(0)
	if n < 0 && !o.isOpen(t) {
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
	date := k.date.AddDays(3)
	for !o.belongs(k.at, date) {
		date = date.AddDays(-1)
	}
	clock := time.Duration(k.date.Sub(date))*24*time.Hour + k.clock() + open.Sub(time.Unix(k.at, 0)) + after
	first, last := o.ticks[0].date.AddDays(5), o.ticks[len(o.ticks)-2].date.AddDays(-5)
	for step := map[bool]int{true: 1, false: -1}[n > 0]; n != 0; {
		date = date.AddDays(step)
		if date.Compare(first) < 0 || date.Compare(last) > 0 {
			return t, false
		}
		if o.isBusinessDay(date) {
			n -= step
		}
	}
	// The first instant at which the clock reads that much or more.
	at := time.Time{}
	for i, k := range o.ticks[:len(o.ticks)-1] {
		reads := time.Duration(k.date.Sub(date))*24*time.Hour + k.clock()
		if length := time.Duration(o.ticks[i+1].at-k.at) * time.Second; clock < reads+length {
			at = time.Unix(k.at, 0).Add(max(0, clock-reads))
			break
		}
	}
	spans := o.spansOf(date)
	moved := time.Unix(spans[0][0], 0)
	for _, s := range spans {
		switch start, end := time.Unix(s[0], 0), time.Unix(s[1], 0); {
		case !at.Before(end):
			moved = end
		case !at.Before(start):
			return at, true
		}
	}
	return moved, true
}

// randomParts returns calendars around one instant, in zones from all over the
// world, with their oracles.
func randomParts(rng *rand.Rand, names []string, count int) (calendars []*calendar.Calendar, oracles []*oracle) {
	around := time.Unix(rng.Int64N(7000000000)-2000000000, 0)
	zone := names[rng.IntN(len(names))]
	if loc, err := time.LoadLocation(zone); err == nil && rng.IntN(4) > 0 {
		if at := changes(loc, around, around.AddDate(1, 0, 0)); len(at) > 0 {
			around = at[rng.IntN(len(at))]
		}
	}
	var first oracleCase
	for len(calendars) < count {
		o := randomCase(rng, zone, around)
		if len(calendars) == 0 {
			first = o
		}
		o.from, o.to = first.from.Add(-2*24*time.Hour), first.to.Add(4*24*time.Hour)
		if c, err := o.calendar(); err == nil {
			calendars, oracles = append(calendars, c), append(oracles, newOracle(o))
		}
		zone = names[rng.IntN(len(names))]
		if rng.IntN(3) == 0 {
			zone = []string{"Asia/Shanghai", "Europe/Berlin", "America/Denver", "Pacific/Kiritimati", "Etc/GMT+12", "Australia/Lord_Howe"}[rng.IntN(6)]
		}
	}
	return calendars, oracles
}

// Slots of a combined calendar that are taken for alike are: each is as it would be put
// together by itself, in zones with all their changes, and in combinations of these.
func TestCombinedSlotsAlike(t *testing.T) {
	t.Parallel()
	seed := newSeed()
	t.Logf("-seed %d", seed)
	cases := sampled(10, 60)
	names := zones(t)
	rng := rand.New(rand.NewPCG(seed, 8))
	for range cases {
		made := func(parts ...*calendar.Calendar) *calendar.Calendar {
			c, err := combine(combinations[rng.IntN(3)], parts...)
			if err != nil {
				return parts[0]
			}
			return c
		}
		parts, _ := randomParts(rng, names, 4)
		for i := range parts { // in the same years, and with hours on most days
			if rng.IntN(2) == 0 {
				parts[i] = calendar.Must(calendar.New(parts[i].Zone().String(), []string{"Mo-Fr 09:00-17:00", "Mo-Su 22:00-30:00", "24/7", "Mo-Su 00:00-04:00,05:00-24:00", "Tu,Th 20:00-46:00; Mar 31 off"}[rng.IntN(5)]))
			}
		}
		c := made(made(parts[:2]...), made(parts[2:]...), parts[0])
		if how, _ := c.Parts(); how == "" {
			continue
		}
		first := date(fmt.Sprintf("%d-01-01", 1900+rng.IntN(290)))
		require.Empty(t, calendar.SlotsUnlikeAnew(c, first, first.AddDays(9*365)), "seed %d: %v", seed, c)
	}
}

// An intersection that opens in one hour of 300 years opens, whichever hour it is, and
// in whichever zones.
func TestCombinedOpensOnce(t *testing.T) {
	t.Parallel()
	local := func(zone string, from time.Time) *calendar.Calendar {
		loc, err := time.LoadLocation(zone)
		require.NoError(t, err)
		from = from.In(loc)
		hour := from.Hour()*60 + from.Minute()
		return calendar.Must(calendar.New(zone, fmt.Sprintf("%s %02d:%02d-%02d:%02d", from.Format("2006 Jan 02"), hour/60, hour%60, hour/60+1, hour%60)))
	}
	step := sampled(7, 1)
	for hour := 0; hour < 24; hour += step {
		at := time.Date(2031, time.June, 10, hour, 0, 0, 0, time.UTC)
		if hour%2 == 0 {
			at = at.AddDate(-60, 0, 0) // before the years that are looked at first
		}
		all := calendar.Must(calendar.New("UTC", "Mo-Su 00:00-24:00"))
		for _, zone := range []string{"Europe/Berlin", "Asia/Kolkata", "Pacific/Kiritimati", "Etc/GMT+12"} {
			for _, parts := range [][]*calendar.Calendar{
				{local(zone, at), local("America/Denver", at)}, {all, local(zone, at)}, {local(zone, at), local(zone, at.Add(30*time.Minute))},
			} {
				c, err := calendar.Intersect("", parts...)
				if assert.NoError(t, err, "%v in %s", at, zone) {
					open, err := c.NextOpen(at.AddDate(-1, 0, 0))
					require.NoError(t, err)
					assert.WithinDuration(t, at, open, 30*time.Minute)
				}
			}
		}
		_, err := calendar.Intersect("", local("Europe/Berlin", at), local("America/Denver", at.Add(time.Hour)))
		assert.Error(t, err, "%v", at)
	}
}

// randomCombination returns a calendar made of others, half of the time nested, with its
// oracle; ok is false if it never opens.
func randomCombination(rng *rand.Rand, names []string) (c *calendar.Calendar, o combinedOracle, ok bool) {
	calendars, plain := randomParts(rng, names, 1+rng.IntN(4))
	oracles := make([]partOracle, len(plain))
	for i, p := range plain {
		oracles[i] = p
	}
	if n := len(calendars); n > 2 {
		// Some of them become one, which may be the first.
		from := rng.IntN(n - 1)
		to := min(n, from+2+rng.IntN(2))
		how := combinations[rng.IntN(3)]
		inner, err := combine(how, calendars[from:to]...)
		if err != nil {
			return nil, o, false
		}
		calendars = slices.Replace(calendars, from, to, inner)
		oracles = slices.Replace(oracles, from, to, partOracle(combineOracles(how, slices.Clone(oracles[from:to])...)))
	}
	how := combinations[rng.IntN(3)]
	if c, err := combine(how, calendars...); err == nil {
		return c, combineOracles(how, oracles...), true
	}
	return nil, o, false
}

func TestCombinedAgainstOracle(t *testing.T) {
	t.Parallel()
	seed := newSeed()
	cases := sampled(9, 90)
	names := zones(t)
	rng := rand.New(rand.NewPCG(seed, 7))
	asked, never := 0, 0
	for range cases {
		c, o, ok := randomCombination(rng, names)
		if !ok {
			never++
			continue
		}
		same := func(got time.Time, err error, want time.Time, ok bool, format string, args ...any) {
			t.Helper()
			asked++
			if ok && (err != nil || !got.Equal(want)) {
				t.Fatalf("after %d comparisons, with -seed %d:\n%s = %v, %v; the oracle says %v\nof %v", asked, seed, fmt.Sprintf(format, args...), got.In(o.zone), err, want.In(o.zone), c)
			}
		}
		for range 40 {
			t1 := o.from.Add(6*24*time.Hour + time.Duration(rng.Int64N(int64(9*24*time.Hour))))
			if rng.IntN(3) == 0 {
				t1 = time.Unix(o.ticks[o.index(t1)].at, rng.Int64N(3)-1)
			}
			require.Equal(t, o.isOpen(t1), c.IsOpen(t1), "IsOpen(%v) of %v, seed %d", t1.In(o.zone), c, seed)
			d := time.Duration(rng.Int64N(int64(60*time.Hour))) - 30*time.Hour
			want, ok := o.add(t1, d)
			got, err := c.Add(t1, d)
			same(got, err, want, ok, "Add(%v, %v)", t1.In(o.zone), d)
			want, ok = o.nextOpen(t1)
			got, err = c.NextOpen(t1)
			same(got, err, want, ok, "NextOpen(%v)", t1.In(o.zone))
			if ok {
				d, err := c.BusinessDate(t1)
				require.NoError(t, err)
				require.True(t, o.belongs(o.ticks[o.index(want)].at, d) && inSpans(c.Day(d), want),
					"BusinessDate(%v) = %v, with the spans %v, of %v, seed %d", t1.In(o.zone), d, c.Day(d).Spans, c, seed)
				if day := c.Day(d); day.Business {
					closing, err := c.Closing(d)
					require.True(t, err == nil && closing.Equal(day.Spans[len(day.Spans)-1].End), "Closing(%v) = %v, %v, with the spans %v, of %v, seed %d", d, closing, err, day.Spans, c, seed)
				}
			}
			want, ok = o.nextClose(t1)
			if got, err = c.NextClose(t1); ok {
				same(got, err, want, ok, "NextClose(%v)", t1.In(o.zone))
			}
			want, ok = o.back(t1, true)
			got, err = c.PrevOpen(t1)
			same(got, err, want, ok, "PrevOpen(%v)", t1.In(o.zone))
			want, ok = o.back(t1, false)
			got, err = c.PrevClose(t1)
			same(got, err, want, ok, "PrevClose(%v)", t1.In(o.zone))
			if rng.IntN(4) == 0 {
				n := rng.IntN(7) - 3
				want, ok = o.addDays(t1, n)
				got, err = c.AddDays(t1, n)
				same(got, err, want, ok, "AddDays(%v, %d)", t1.In(o.zone), n)
			}
		}
		day := o.ticks[0].date.AddDays(6 + rng.IntN(8))
		var spans [][2]int64
		for _, s := range c.Day(day).Spans {
			spans = append(spans, [2]int64{s.Start.Unix(), s.End.Unix()})
		}
		require.Equal(t, o.isBusinessDay(day), c.Day(day).Business, "Day(%v) of %v, seed %d", day, c, seed)
		require.Equal(t, o.spansOf(day), spans, "Day(%v) of %v, seed %d", day, c, seed)
	}
	require.Greater(t, asked, 80*(cases-never))
	t.Logf("%d comparisons with the oracle in %d cases, of which %d never open; seed %d", asked, cases, never, seed)
}

// A union, and an intersection, of one calendar is that calendar.
func TestCombinationOfOne(t *testing.T) {
	t.Parallel()
	names := zones(t)
	rng := rand.New(rand.NewPCG(3, 3))
	for range sampled(20, 80) {
		parts, oracles := randomParts(rng, names, 1)
		c := parts[0]
		union, err := calendar.Union("", c)
		require.NoError(t, err)
		both, err := calendar.Intersect("", c, union)
		require.NoError(t, err)
		for range 20 {
			at := oracles[0].from.Add(time.Duration(rng.Int64N(int64(20 * 24 * time.Hour))))
			d, n := time.Duration(rng.Int64N(int64(200*time.Hour)))-100*time.Hour, rng.IntN(9)-4
			for _, same := range []*calendar.Calendar{union, both} {
				for name, query := range map[string]func(*calendar.Calendar) (time.Time, error){
					"Add":       func(c *calendar.Calendar) (time.Time, error) { return c.Add(at, d) },
					"NextOpen":  func(c *calendar.Calendar) (time.Time, error) { return c.NextOpen(at) },
					"NextClose": func(c *calendar.Calendar) (time.Time, error) { return c.NextClose(at) },
					"PrevOpen":  func(c *calendar.Calendar) (time.Time, error) { return c.PrevOpen(at) },
					"PrevClose": func(c *calendar.Calendar) (time.Time, error) { return c.PrevClose(at) },
				} {
					want, err1 := query(c)
					got, err2 := query(same)
					require.True(t, errors.Is(err2, err1) || err1 == nil || err1.Error() == err2.Error(), "%v and %v", err1, err2)
					require.True(t, got.Equal(want), "%s from %v: %v, want %v: %v", name, at, got, want, c)
				}
				date := calendar.DateOf(at)
				require.Equal(t, c.Day(date).Business, same.Day(date).Business)
				want, err := c.BusinessDate(at)
				require.NoError(t, err)
				got, err := same.BusinessDate(at)
				require.NoError(t, err)
				require.Equal(t, want, got, "%v at %v", c, at)
				want1, err1 := c.AddDays(at, n)
				got1, err2 := same.AddDays(at, n)
				require.True(t, err1 == nil && err2 == nil && got1.Equal(want1), "AddDays(%v, %d) = %v, want %v: %v", at, n, got1, want1, c)
			}
		}
	}
}

// answersOf returns what a calendar says about an instant and the years around it.
func answersOf(c *calendar.Calendar, at time.Time, d time.Duration, n int) []any {
	all := []any{c.IsOpen(at)}
	text := func(err error) string { // without the name of the calendar, which differs
		if err == nil {
			return ""
		}
		text, _, _ := strings.Cut(err.Error(), " of ")
		return text
	}
	for _, query := range []func() (time.Time, error){
		func() (time.Time, error) { return c.NextOpen(at) },
		func() (time.Time, error) { return c.NextClose(at) },
		func() (time.Time, error) { return c.PrevOpen(at) },
		func() (time.Time, error) { return c.PrevClose(at) },
		func() (time.Time, error) { return c.Add(at, d) },
		func() (time.Time, error) { return c.AddDays(at, n) },
		func() (time.Time, error) { return c.At(calendar.DateOf(at), d.Abs()%(48*time.Hour)) },
		func() (time.Time, error) { return c.Closing(calendar.DateOf(at)) },
	} {
		r, err := query()
		all = append(all, r, text(err))
	}
	date, err := c.BusinessDate(at)
	all = append(all, date, text(err))
	on, err := c.AddBusinessDays(calendar.DateOf(at), n)
	all = append(all, on, text(err))
	length, err := c.Between(at, at.AddDate(0, 0, 9))
	day := c.Day(calendar.DateOf(at))
	return append(all, length, err, day.Business, day.Spans)
}

// To subtract is the opposite of what the other operations do.
func TestSubtractionLaws(t *testing.T) {
	t.Parallel()
	seed := newSeed()
	names := zones(t)
	rng := rand.New(rand.NewPCG(seed, 14))
	compared, never := 0, 0
	for range sampled(20, 300) {
		parts, oracles := randomParts(rng, names, 3)
		a, b, c := parts[0], parts[1], parts[2]
		always := calendar.AlwaysOpen()
		at := func() time.Time { return oracles[0].from.Add(time.Duration(rng.Int64N(int64(20 * 24 * time.Hour)))) }
		same := func(law string, x *calendar.Calendar, err error, y *calendar.Calendar, err2 error) {
			t.Helper()
			require.Equal(t, err == nil, err2 == nil, "%s: %v and %v, seed %d", law, err, err2, seed)
			if err != nil {
				never++
				return
			}
			for range 10 {
				at, d, n := at(), time.Duration(rng.Int64N(int64(100*time.Hour)))-50*time.Hour, rng.IntN(9)-4
				require.Equal(t, answersOf(x, at, d, n), answersOf(y, at, d, n), "%s: at %v, %v, %d, of %v, seed %d", law, at, d, n, x, seed)
				compared++
			}
		}
		either := calendar.Must(calendar.Union("", b, c))
		left, err := calendar.Subtract("", a, b, c)
		right, err2 := calendar.Subtract("", a, either)
		same("a - b - c is a - (b or c)", left, err, right, err2)
		if step, err3 := calendar.Subtract("", a, b); err3 == nil {
			right, err2 = calendar.Subtract("", step, c)
		} else {
			err2 = err3
		}
		same("and (a - b) - c", left, err, right, err2)
		if step, err3 := calendar.Subtract("", a, c); err3 == nil {
			right, err2 = calendar.Intersect("", step, a)
			same("a - c is in a", step, nil, right, err2)
		}
		both, bothErr := calendar.Intersect("", a, b)
		if closed, err := calendar.Subtract("", always, b); err == nil {
			left, err := calendar.Subtract("", a, closed)
			same("a - (24/7 - b) is a and b", left, err, both, bothErr)
			left, err = calendar.Subtract("", a, b)
			right, err2 := calendar.Intersect("", a, closed)
			same("a - b is a and (24/7 - b)", left, err, right, err2)
		}
		without, err := calendar.Subtract("", a, b)
		all := calendar.Must(calendar.Union("", a, b))
		between := func(c *calendar.Calendar, err error, from, to time.Time) time.Duration {
			if err != nil {
				require.ErrorContains(t, err, "never open")
				return 0
			}
			d, err := c.Between(from, to)
			require.NoError(t, err)
			return d
		}
		for range 10 {
			from, to := at(), at()
			require.Equal(t, between(a, nil, from, to), between(without, err, from, to)+between(both, bothErr, from, to), "a is (a - b) + (a and b): %v, seed %d", all, seed)
			require.Equal(t, between(all, nil, from, to), between(without, err, from, to)+between(b, nil, from, to), "a or b is (a - b) + b: %v, seed %d", all, seed)
		}
		if err == nil {
			apart, apartErr := calendar.Intersect("", without, b)
			require.ErrorContains(t, apartErr, "never open", "(a - b) and b: %v, seed %d", apart, seed)
			right, err2 := calendar.Subtract("", without, b)
			same("(a - b) - b is a - b", without, nil, right, err2)
		}
		_, err = calendar.Subtract("", a, b, a)
		require.ErrorContains(t, err, "never open", "a - a: %v, seed %d", all, seed)
	}
	t.Logf("%d comparisons, %d pairs of calendars that never open; seed %d", compared, never, seed)
}

// A maintenance window cuts the hours of a night shift, over a change of the clock, and
// business days remain those of the desk.
func TestMaintenance(t *testing.T) {
	desk := calendar.Must(calendar.New(berlin, "Mo-Fr 09:00-17:00; Sa 10:00-12:00", calendar.Named("desk"), holidays("2024-04-01")))
	window := calendar.Must(calendar.New("UTC", "Sa 08:00-12:00; We 08:30-09:30; 2024 Apr 01 00:00-24:00", calendar.Named("maintenance"), calendar.Holidays(calendar.HolidayList("test", calendar.Holiday{Date: date("2024-04-06")}).WithYears(2024, 2025))))
	c := calendar.Must(calendar.Subtract("open desk", desk, window))
	assert.Equal(t, berlin, c.Zone().String())
	assert.Equal(t, "open desk: Mo-Fr 09:00-17:00; Sa 10:00-12:00 Europe/Berlin, holidays test without We 08:30-09:30; Sa 08:00-12:00; 2024 Apr 01 00:00-24:00 UTC, holidays test", c.String())
	assert.Equal(t, desk.HolidaySets(), c.HolidaySets())
	assert.Equal(t, date("2024-04-01"), c.Day(date("2024-04-01")).Holiday.Date)
	assert.True(t, c.Day(date("2024-04-06")).Holiday.Date.IsZero(), "a holiday of the window closes nothing")
	assert.False(t, c.Provisional(in(t, "2024-02-01T00:00:00Z"), in(t, "2025-03-01T00:00:00Z")))
	assert.True(t, c.Provisional(in(t, "2026-02-01T00:00:00Z"), in(t, "2026-03-01T00:00:00Z")), "for the holidays of the window")
	spans := func(d string) (texts []string) {
		for _, s := range c.Day(date(d)).Spans {
			texts = append(texts, s.Start.Format("15:04")+" "+s.End.Format("15:04"))
		}
		return texts
	}
	for _, row := range []struct {
		date     string
		business bool
		spans    []string
		why      string
	}{
		{"2024-03-26", true, []string{"09:00 17:00"}, "no window"},
		{"2024-03-27", true, []string{"09:00 09:30", "10:30 17:00"}, "08:30 to 09:30 in UTC, by winter time"},
		{"2024-04-03", true, []string{"09:00 10:30", "11:30 17:00"}, "and by summer time"},
		{"2024-03-30", false, nil, "R6: no hours are left"},
		{"2024-04-01", false, nil, "the desk's holiday"},
		{"2024-04-06", true, []string{"10:00 12:00"}, "no maintenance, for its holiday"},
	} {
		assert.Equal(t, row.business, c.Day(date(row.date)).Business, row)
		assert.Equal(t, row.spans, spans(row.date), row)
	}
	next, err := c.AddDays(in(t, "2024-03-26T10:00:00+01:00"), 1)
	require.NoError(t, err)
	assert.True(t, in(t, "2024-03-27T09:30:00+01:00").Equal(next), "R7: 10:00 is in the window, so the closing before it: got %v", next)
	next, err = c.AddDays(in(t, "2024-03-29T10:00:00+01:00"), 1)
	require.NoError(t, err)
	assert.True(t, in(t, "2024-04-02T10:00:00+02:00").Equal(next), "R6: after Saturday, Sunday and the holiday: got %v", next)

	from, less := c.SubtractionOf()
	assert.True(t, from == desk && len(less) == 1 && less[0] == window)
	less[0] = nil
	_, less = c.SubtractionOf()
	assert.Same(t, window, less[0], "the slice is the caller's")
	assert.True(t, c.UnionOf() == nil && c.IntersectionOf() == nil)

	// Without an end of what is subtracted, nothing closes the rest after it.
	rest := calendar.Must(calendar.Subtract("", calendar.AlwaysOpen(), calendar.Must(calendar.New("UTC", "2024 Apr 01 00:00-24:00"))))
	closing, err := rest.NextClose(in(t, "2024-03-30T00:00:00Z"))
	require.NoError(t, err)
	assert.Equal(t, in(t, "2024-04-01T00:00:00Z"), closing)
	_, err = rest.NextClose(in(t, "2024-04-01T00:00:00Z"))
	assert.ErrorIs(t, err, calendar.ErrNeverCloses)
}

// A calendar may be left open in one hour of 300 years, whichever parts are always open.
func TestSubtractionOpensOnce(t *testing.T) {
	make := func(zone, hours string) *calendar.Calendar { return calendar.Must(calendar.New(zone, hours)) }
	always := calendar.AlwaysOpen()
	anyTime := calendar.Must(calendar.Intersect("", always, calendar.Must(calendar.Union("", always, make(berlin, "Mo 09:00-17:00")))))
	for _, at := range []string{"1900-01-01T00:30:00Z", "1987-06-13T10:30:00Z", "2024-06-02T10:30:00Z", "2199-12-31T23:30:00Z"} {
		hour := in(t, at)
		times := fmt.Sprintf("00:00-%02d:00,%02d:00-24:00", hour.Hour(), hour.Hour()+1)
		switch hour.Hour() {
		case 0:
			times = "01:00-24:00"
		case 23:
			times = "00:00-23:00"
		}
		rest := make("UTC", "24/7; "+hour.Format("2006 Jan 02 ")+times)
		for _, from := range []*calendar.Calendar{always, anyTime, make("Asia/Kolkata", "Mo-Su 00:00-24:00"), make("Africa/Casablanca", "Mo-Su 00:00-24:00")} {
			for _, less := range [][]*calendar.Calendar{
				{rest},
				{rest, make("UTC", "2026 Jan 01 10:00-11:00")},
				{calendar.Must(calendar.Intersect("", rest, make(berlin, "24/7"))), make(berlin, "2024 Jun 03 10:00-11:00")},
			} {
				c, err := calendar.Subtract("", from, less...)
				require.NoError(t, err, "%s: %v without %v", at, from, less)
				require.True(t, c.IsOpen(hour))
				_, err = calendar.Subtract("", c, make("UTC", hour.Format("2006 Jan 02")+" 00:00-24:00"))
				require.ErrorContains(t, err, "never open from 1900 to 2199")
				_, err = calendar.Subtract("", from, append(less, anyTime)...)
				require.ErrorContains(t, err, "never open from 1900 to 2199")
			}
		}
	}
	// R1: 02:00 to 03:00 is skipped on one of its dates, and left over on none.
	_, err := calendar.Subtract("", make(berlin, "2024 Mar 31 01:00-03:00"), make("UTC", "2024 Mar 31 00:00-01:00"))
	require.ErrorContains(t, err, "never open")
}

// What a calendar has been asked before changes no answer: a date whose hours reach
// into the table may lie beside it.
func TestCombinedForgets(t *testing.T) {
	t.Parallel()
	weekday := calendar.Must(calendar.New("UTC", "Mo-Fr 09:00-17:00"))
	angeles := calendar.Must(calendar.New("America/Los_Angeles", "Mo-Fr 09:00-17:00"))
	for _, row := range []struct {
		parts []*calendar.Calendar
		at    string
	}{
		{[]*calendar.Calendar{weekday, calendar.Must(calendar.New("UTC", "2026 Jan 05 22:00-30:00"))}, "2026-01-06T02:00:00Z"},
		{[]*calendar.Calendar{angeles, calendar.Must(calendar.New("Asia/Shanghai", "2026 Jan 07 05:00-10:00"))}, "2026-01-06T21:30:00Z"},
		{[]*calendar.Calendar{calendar.Must(calendar.New("Pacific/Kiritimati", "2026 Jan 05 12:00-48:00"))}, "2026-01-06T08:00:00Z"},
	} {
		at, err := time.Parse(time.RFC3339, row.at)
		require.NoError(t, err)
		fresh := calendar.Must(calendar.Union("", row.parts...))
		date, err := fresh.BusinessDate(at)
		require.NoError(t, err)
		next, nextErr := fresh.AddDays(at, 1)
		back, backErr := fresh.AddDays(at, -1)
		step := sampled(16, 3)
		for days := -127; days <= 137; days += step {
			asked := calendar.Must(calendar.Union("", row.parts...))
			asked.IsOpen(at.AddDate(0, 0, days))
			got, err := asked.BusinessDate(at)
			require.NoError(t, err)
			require.Equal(t, date, got, "asked %d days away", days)
			after, err := asked.AddDays(at, 1)
			require.True(t, after.Equal(next) && (err == nil) == (nextErr == nil), "asked %d days away: %v, want %v", days, after, next)
			before, err := asked.AddDays(at, -1)
			require.True(t, before.Equal(back) && (err == nil) == (backErr == nil), "asked %d days away: %v, want %v", days, before, back)
		}
	}
}

func followTheSun(tb testing.TB) *calendar.Calendar {
	tb.Helper()
	closed := calendar.HolidayFunc("DE", func(year int) []calendar.Holiday {
		d, _ := calendar.NewDate(year, time.October, 3)
		return []calendar.Holiday{{Date: d, Name: "Tag der Deutschen Einheit"}}
	})
	return calendar.Must(calendar.Union("follow the sun",
		calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00", calendar.Holidays(closed))),
		calendar.Must(calendar.New("Asia/Shanghai", "Mo-Fr 09:00-18:00")),
		calendar.Must(calendar.New("America/Denver", "Mo-Fr 09:00-17:00"))))
}

func TestFollowTheSun(t *testing.T) {
	sun := followTheSun(t)
	at := func(text string) time.Time {
		parsed, err := time.ParseInLocation("2006-01-02 15:04", text, sun.Zone())
		require.NoError(t, err)
		return parsed
	}
	assert.Equal(t, "Europe/Berlin", sun.Zone().String())
	for _, row := range []struct {
		from, target, want, why string
	}{
		{"2024-03-08 15:00", "1bd", "2024-03-11 15:00", "Friday's hours end on Saturday in Berlin, which is no business day"},
		{"2024-03-09 00:30", "1bd", "2024-03-12 00:00", "Friday's 24:30; on Monday Denver has summer time and closes at 24:00 in Berlin"},
		{"2024-03-08 23:30", "2h", "2024-03-11 02:30", "an hour until Denver closes at 01:00, then Beijing opens at 02:00"},
		{"2024-10-02 22:00", "1bd", "2024-10-03 22:00", "Berlin's holiday closes Berlin alone"},
		{"2024-10-03 10:00", "7h", "2024-10-03 22:00", "from 12:00, when Beijing has closed, to 17:00, when Denver opens, nobody is there"},
	} {
		d, err := time.ParseDuration(row.target)
		got, addErr := sun.Add(at(row.from), d)
		if err != nil {
			got, addErr = sun.AddDays(at(row.from), 1)
		}
		require.NoError(t, addErr)
		assert.Equal(t, row.want, got.In(sun.Zone()).Format("2006-01-02 15:04"), row.why)
	}
	date, err := calendar.ParseDate("2024-10-03")
	require.NoError(t, err)
	day := sun.Day(date)
	assert.True(t, day.Business)
	assert.Equal(t, "Tag der Deutschen Einheit", day.Holiday.Name)
	var texts []string
	for _, s := range day.Spans {
		texts = append(texts, s.Start.Format("02T15:04")+" "+s.End.Format("02T15:04"))
	}
	assert.Equal(t, []string{"03T03:00 03T12:00", "03T17:00 04T01:00"}, texts)

	assert.Equal(t, "follow the sun: Mo-Fr 09:00-17:00 Europe/Berlin, holidays DE or Mo-Fr 09:00-18:00 Asia/Shanghai or Mo-Fr 09:00-17:00 America/Denver", sun.String())
	how, parts := sun.Parts()
	assert.Equal(t, calendar.UnionOf, how)
	assert.Len(t, parts, 3)
	how, parts = parts[0].Parts()
	assert.True(t, how == "" && parts == nil)
	assert.Len(t, sun.HolidaySets(), 1)
}

// Where the first calendar is west of the others, their day begins before its own:
// the desk's Monday is Sunday evening in Denver.
func TestUnionBeginsTheDayBefore(t *testing.T) {
	c := calendar.Must(calendar.Union("", calendar.Must(calendar.New("America/Denver", "Mo-Fr 09:00-17:00")), calendar.Must(calendar.New("Asia/Shanghai", "Mo-Fr 09:00-18:00"))))
	sunday := time.Date(2024, time.January, 14, 19, 30, 0, 0, c.Zone()) // Monday, 10:30 in Beijing
	date, err := c.BusinessDate(sunday)
	require.NoError(t, err)
	assert.Equal(t, "2024-01-15", date.String())
	next, err := c.AddDays(sunday, 1)
	require.NoError(t, err)
	assert.Equal(t, sunday.AddDate(0, 0, 1), next)
	closing, err := c.Closing(date)
	require.NoError(t, err)
	assert.Equal(t, "2024-01-15 17:00", closing.Format("2006-01-02 15:04"))
}

// The hours of a date can begin before a change of the clock that comes before its
// midnight: in São Paulo, 3 November 2018 ends at 24:00 and the 4th begins at 01:00.
func TestUnionBeginsBeforeTheChange(t *testing.T) {
	c := calendar.Must(calendar.Union("", calendar.Must(calendar.New("America/Sao_Paulo", "Mo-Su 09:00-17:00")), calendar.Must(calendar.New(beijing, "Mo-Su 09:00-18:00"))))
	for _, row := range []struct{ from, want, why string }{
		{"2018-11-02T22:30:00-03:00", "2018-11-03T22:30:00-03:00", "Sunday's hours are from 22:00 on Saturday, by the clock of that day"},
		{"2018-11-03T22:30:00-03:00", "2018-11-04T23:00:00-02:00", "22:30 is before Monday's hours, which now begin at 23:00"},
	} {
		got, err := c.AddDays(in(t, row.from), 1)
		require.NoError(t, err)
		assert.True(t, in(t, row.want).Equal(got), "got %v, want %s: %s", got, row.want, row.why)
	}
}

// Zones can be 26 hours apart, so that hours begin two days before their date.
func TestUnionBeginsTwoDaysBefore(t *testing.T) {
	c := calendar.Must(calendar.Union("", calendar.Must(calendar.New("Etc/GMT+12", "We 12:00-13:00")), calendar.Must(calendar.New("Etc/GMT-14", "We 00:00-01:00"))))
	got, err := c.BusinessDate(in(t, "2024-05-07T10:30:00Z"))
	require.NoError(t, err)
	assert.Equal(t, date("2024-05-08"), got)
}

// So also where the zone's clock changes in between and never again: in Tehran, 21
// September 2022 ends an hour late, and the counter in Kiritimati has opened for the
// 22nd by then.
func TestUnionBeginsBeforeTheLastChange(t *testing.T) {
	c := calendar.Must(calendar.Union("", calendar.Must(calendar.New("Asia/Tehran", "Mo-Su 15:00-17:00")), calendar.Must(calendar.New("Pacific/Kiritimati", "Mo-Su 00:00-01:00"))))
	for _, t := range []time.Time{in(t, "1900-01-01T00:00:00Z"), in(t, "2199-12-31T00:00:00Z")} {
		c.IsOpen(t) // so that the table is built at once, with a change that is the last in it
	}
	got, err := c.AddDays(in(t, "2022-09-21T15:00:00+04:30"), 1)
	require.NoError(t, err)
	assert.True(t, in(t, "2022-09-22T14:30:00+03:30").Equal(got), "got %v: 15:00 of the day before is after the counter's closing", got)
}

// Where a zone has crossed the date line since, hours to 48:00 end in the third slot
// after that of their date.
func TestUnionEndsThreeSlotsLater(t *testing.T) {
	c := calendar.Must(calendar.Union("", calendar.Must(calendar.New("Pacific/Apia", "Mo 09:00-48:00"))))
	got, err := c.AddDays(in(t, "1930-06-03T23:45:00-11:30"), 1)
	require.NoError(t, err)
	assert.True(t, in(t, "1930-06-10T23:45:00-11:30").Equal(got), "got %v: 47:45 of Monday", got)
}

// Clock changes in hours of 48, and in the time of day that AddDays goes to.
func TestUnionOverTheChange(t *testing.T) {
	for _, row := range []struct{ zone, hours, from, want, why string }{
		{"Pacific/Apia", "Fr 00:00-48:00", "2011-03-26T16:00:00-10:00", "2011-04-02T16:00:00-11:00", "40:00 of Friday, before the change and after it"},
		{berlin, "Mo-Su 00:00-24:00", "2024-03-30T02:30:00.5+01:00", "2024-03-31T03:00:00+02:00", "R7: skipped, so the first instant after the gap"},
	} {
		for _, c := range []*calendar.Calendar{
			calendar.Must(calendar.New(row.zone, row.hours)),
			calendar.Must(calendar.Union("", calendar.Must(calendar.New(row.zone, row.hours)))),
		} {
			got, err := c.AddDays(in(t, row.from), 1)
			require.NoError(t, err)
			assert.True(t, in(t, row.want).Equal(got), "%v: got %v, want %s: %s", c, got, row.want, row.why)
		}
	}
	own := calendar.HolidayList("own", calendar.Holiday{Date: date("2024-03-08")})
	c := calendar.Must(calendar.New(berlin, "Mo-Fr 09:00-17:00", calendar.Holidays(own)))
	assert.Len(t, calendar.Must(calendar.Union("", c, c)).HolidaySets(), 1, "a set stands once")
}

func TestCombinedRows(t *testing.T) {
	make := func(zone, hours string) *calendar.Calendar { return calendar.Must(calendar.New(zone, hours)) }
	office, counter := make("UTC", "Mo-Fr 09:00-17:00"), make("UTC", "Mo-Fr 07:00-09:00,12:00-17:00")
	both := calendar.Must(calendar.Intersect("", office, counter))
	assert.Len(t, both.Day(date("2024-03-04")).Spans, 1, "one closes when the other opens, which is no time together")
	at, err := both.At(date("2024-03-04"), 10*time.Hour)
	require.NoError(t, err)
	assert.Equal(t, in(t, "2024-03-04T12:00:00Z"), at, "R7: the first opening")

	night := calendar.Must(calendar.Union("", make("Pacific/Apia", "Mo-Su 22:00-30:00")))
	assert.False(t, night.Day(date("2011-12-30")).Business, "R6: no such date, though 24:00 to 30:00 of it comes")
	assert.True(t, night.IsOpen(in(t, "2011-12-31T02:00:00+14:00")), "R1")

	always := calendar.Must(calendar.Union("", make(berlin, "24/7; Dec 25 off")))
	at, err = always.AddDays(in(t, "2024-03-31T03:00:00+02:00"), 1)
	require.NoError(t, err)
	assert.True(t, in(t, "2024-04-01T03:00:00+02:00").Equal(at), "at the change, the clock reads 03:00: got %v", at)
}

func TestCombineFaults(t *testing.T) {
	berlin := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00"))
	night := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 22:00-06:00"))
	for want, call := range map[string]func() (*calendar.Calendar, error){
		`calendar: union "x": want at least one calendar`: func() (*calendar.Calendar, error) { return calendar.Union("x") },
		`calendar: union "x": calendar 2: ` + calendar.ErrNoCalendar.Error(): func() (*calendar.Calendar, error) {
			return calendar.Union("x", berlin, nil)
		},
		`calendar: intersection "": calendar 1: ` + calendar.ErrNoCalendar.Error(): func() (*calendar.Calendar, error) {
			return calendar.Intersect("", new(calendar.Calendar))
		},
		`calendar: intersection "both": never open from 1900 to 2199: Mo-Fr 09:00-17:00 Europe/Berlin and Mo-Fr 22:00-06:00 Europe/Berlin`: func() (*calendar.Calendar, error) {
			return calendar.Intersect("both", berlin, night)
		},
		`calendar: union "big": 65 calendars: want 64 at the most`: func() (*calendar.Calendar, error) {
			return calendar.Union("big", slices.Repeat([]*calendar.Calendar{berlin}, 65)...)
		},
		`calendar: intersection "deep": 65 calendars: want 64 at the most`: func() (*calendar.Calendar, error) {
			c := calendar.Must(calendar.Union("", slices.Repeat([]*calendar.Calendar{berlin}, 63)...))
			return calendar.Intersect("deep", berlin, c)
		},
		`calendar: subtraction "x": want at least one calendar to subtract`: func() (*calendar.Calendar, error) { return calendar.Subtract("x", berlin) },
		`calendar: subtraction "x": calendar 1: ` + calendar.ErrNoCalendar.Error(): func() (*calendar.Calendar, error) {
			return calendar.Subtract("x", nil, berlin)
		},
		`calendar: subtraction "x": calendar 3: ` + calendar.ErrNoCalendar.Error(): func() (*calendar.Calendar, error) {
			return calendar.Subtract("x", berlin, night, new(calendar.Calendar))
		},
		"calendar: subtraction \"a\\nb\": want a name of one line without control or bidi characters": func() (*calendar.Calendar, error) {
			return calendar.Subtract("a\nb", berlin, night)
		},
		`calendar: subtraction "none": never open from 1900 to 2199: Mo-Fr 09:00-17:00 Europe/Berlin without 24/7 UTC`: func() (*calendar.Calendar, error) {
			return calendar.Subtract("none", berlin, calendar.AlwaysOpen())
		},
		`calendar: subtraction "all": never open from 1900 to 2199: 24/7 UTC without 24/7 UTC`: func() (*calendar.Calendar, error) {
			return calendar.Subtract("all", calendar.AlwaysOpen(), calendar.AlwaysOpen())
		},
		`calendar: subtraction "it": never open from 1900 to 2199: Mo-Fr 09:00-17:00 Europe/Berlin without (Mo-Fr 22:00-06:00 Europe/Berlin or Mo-Fr 09:00-17:00 Europe/Berlin)`: func() (*calendar.Calendar, error) {
			return calendar.Subtract("it", berlin, calendar.Must(calendar.Union("", night, berlin)))
		},
		`calendar: subtraction "big": 65 calendars: want 64 at the most`: func() (*calendar.Calendar, error) {
			return calendar.Subtract("big", berlin, slices.Repeat([]*calendar.Calendar{night}, 64)...)
		},
		`calendar: intersection "deep": combinations 9 deep: want 8 at the most`: func() (*calendar.Calendar, error) {
			c := berlin
			for range 8 {
				c = calendar.Must(calendar.Union("", c))
			}
			return calendar.Intersect("deep", berlin, c)
		},
	} {
		_, err := call()
		assert.EqualError(t, err, want)
	}
	_, err := calendar.Union("", slices.Repeat([]*calendar.Calendar{berlin}, 64)...)
	assert.NoError(t, err)
	var times []string // of a calendar that opens 32 times a day
	for half := range 32 {
		times = append(times, fmt.Sprintf("%02d:%02d-%02d:%02d", half/2, half%2*30, half/2, half%2*30+20))
	}
	dates := []string{"Mo-Su 09:00-17:00", "Sa off", "Su off", "PH off"} // 256 rules and dates, with the ones below
	for day := range 126 {
		dates = append(dates, fmt.Sprintf("2024 %s off", time.Date(2024, time.January, 1+day, 0, 0, 0, 0, time.UTC).Format("Jan 02")))
	}
	for _, row := range []struct {
		count       int
		hours, want string
	}{
		{8, "Mo-Su " + strings.Join(times, ","), `calendar: union "": calendars with 257 times a day: want 256 at the most`},
		{16, strings.Join(dates, "; "), `calendar: union "": calendars with 4097 rules and dates: want 4096 at the most`},
	} {
		parts := slices.Repeat([]*calendar.Calendar{calendar.Must(calendar.New(beijing, row.hours))}, row.count)
		most, err := calendar.Union("", parts...)
		require.NoError(t, err)
		_, err = calendar.Union("", most, calendar.AlwaysOpen())
		assert.EqualError(t, err, row.want)
	}
	always := calendar.Must(calendar.Union("", berlin, calendar.AlwaysOpen()))
	_, err = always.NextClose(time.Unix(0, 0))
	assert.ErrorIs(t, err, calendar.ErrNeverCloses)
	assert.Less(t, calendar.TableSize(always), 300, "no search for a closing that is not there")
	assert.Equal(t, "(Mo-Fr 09:00-17:00 Europe/Berlin or 24/7 UTC) and Mo-Fr 22:00-06:00 Europe/Berlin", calendar.Must(calendar.Intersect("", always, night)).Hours())
	assert.Equal(t, "(Mo-Fr 09:00-17:00 Europe/Berlin or 24/7 UTC) without Mo-Fr 22:00-06:00 Europe/Berlin without Mo-Fr 09:00-17:00 Europe/Berlin", calendar.Must(calendar.Subtract("", always, night, berlin)).Hours())
	for _, none := range []*calendar.Calendar{nil, {}, always} {
		from, less := none.SubtractionOf()
		assert.True(t, from == nil && less == nil)
	}
	for _, none := range []*calendar.Calendar{nil, {}} {
		how, parts := none.Parts()
		assert.True(t, how == "" && parts == nil)
	}
	both := calendar.Must(calendar.Intersect("", calendar.AlwaysOpen(), berlin))
	_, err = both.NextClose(time.Unix(0, 0))
	assert.NoError(t, err)
}

func TestCombinedProvisional(t *testing.T) {
	some := calendar.HolidayFunc("some", func(int) []calendar.Holiday { return nil }).WithYears(2000, 2025)
	c := calendar.Must(calendar.Union("", calendar.AlwaysOpen(), calendar.Must(calendar.New("Asia/Tokyo", "Mo-Fr 09:00-17:00", calendar.Holidays(some)))))
	newYear := time.Date(2025, time.December, 31, 18, 0, 0, 0, time.UTC) // 2026 in Tokyo
	assert.False(t, c.Provisional(newYear.AddDate(0, 0, -1), newYear.AddDate(0, 0, -1)))
	assert.True(t, c.Provisional(newYear, newYear))
}

// Zones that skipped a date, at that date: the oracles agree, and each open instant is in
// the spans of its business date.
func TestSkippedDatesAgainstOracle(t *testing.T) {
	t.Parallel()
	seed := newSeed()
	rng := rand.New(rand.NewPCG(seed, 12))
	cases := sampled(8, 40)
	skips := map[string]string{
		"Pacific/Apia": "2011-12-30", "Pacific/Fakaofo": "2011-12-30", "Pacific/Enderbury": "1994-12-31",
		"Pacific/Kiritimati": "1994-12-31", "Pacific/Kwajalein": "1993-08-21",
	}
	skippedOpen := 0
	for zone, skipped := range skips {
		for range cases {
			d := date(skipped)
			around := midnight(d).Add(time.Duration(rng.Int64N(int64(48*time.Hour))) - 12*time.Hour)
			o := randomCase(rng, zone, around)
			_, difference := o.check(40)
			require.Empty(t, difference, "seed %d: %v", seed, o)

			var parts []*calendar.Calendar
			var oracles []partOracle
			for _, other := range []string{zone, []string{zone, "UTC", "Pacific/Honolulu"}[rng.IntN(3)]} {
				p := randomCase(rng, other, around)
				p.from, p.to = o.from.Add(-2*24*time.Hour), o.to.Add(4*24*time.Hour)
				if c, err := p.calendar(); err == nil {
					parts, oracles = append(parts, c), append(oracles, newOracle(p))
				}
			}
			if len(parts) == 0 {
				continue
			}
			for _, how := range combinations {
				c, err := combine(how, parts...)
				if err != nil {
					continue
				}
				all := combineOracles(how, oracles...)
				require.Equal(t, all.isBusinessDay(d), c.Day(d).Business, "seed %d: %v", seed, c)
				for i, k := range all.ticks[:len(all.ticks)-1] {
					if days := k.date.Sub(d); !k.open || days < -2 || days > 3 || i%7 > 0 {
						continue
					}
					at := time.Unix(k.at, 0)
					got, err := c.BusinessDate(at)
					require.NoError(t, err)
					require.True(t, all.belongs(k.at, got) && inSpans(c.Day(got), at), "BusinessDate(%v) = %v, with the spans %v, seed %d: %v", at.In(all.zone), got, c.Day(got).Spans, seed, c)
					if got == d && !c.Day(d).Business {
						skippedOpen++
					}
				}
				var spans [][2]int64
				for _, s := range c.Day(d).Spans {
					spans = append(spans, [2]int64{s.Start.Unix(), s.End.Unix()})
				}
				require.Equal(t, all.spansOf(d), spans, "Day(%v), seed %d: %v", d, seed, c)
			}
		}
	}
	require.Positive(t, skippedOpen)
	t.Logf("%d open instants of skipped dates; seed %d", skippedOpen, seed)
}
