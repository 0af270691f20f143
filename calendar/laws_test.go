package calendar_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
)

// laws holds what must be true of any calendar and any arguments.
func laws(t *testing.T, zone, hours string, days []calendar.Holiday, extra calendar.Holiday, at time.Time, a, b time.Duration, n int) {
	set := func(days []calendar.Holiday) calendar.Option {
		return calendar.Holidays(calendar.HolidayFunc("test", func(int) []calendar.Holiday { return days }))
	}
	c, err := calendar.New(zone, hours, set(days))
	if err != nil {
		return
	}
	fail := func(law string, got ...any) {
		t.Helper()
		t.Fatalf("%s\nfor zone %s, hours %q, holidays %v, t %v, a %v, b %v, n %d: got %v", law, zone, hours, days, at, a, b, n, got)
	}
	after, err := c.Add(at, a)
	if err != nil {
		if !errors.Is(err, calendar.ErrOutOfRange) {
			fail("Add fails only out of range", err)
		}
		return
	}
	if d, err := c.Between(at, after); err != nil || d != a {
		fail("R5: Between(t, Add(t, a)) == a", d, err)
	}
	if d, err := c.Between(after, at); a != math.MinInt64 && (err != nil || d != -a) {
		fail("R5: Between(b, a) == -Between(a, b)", d, err)
	}
	if there, err := time.LoadLocation("Asia/Tokyo"); err == nil {
		if r, err := c.Add(at.In(there), a); err != nil || !r.Equal(after) {
			fail("the Location of the input never changes the instant", r, err)
		}
	}
	if a > 0 && b > 0 && a+b > 0 {
		twice, err1 := c.Add(after, b)
		once, err2 := c.Add(at, a+b)
		if (err1 == nil) != (err2 == nil) || err1 == nil && !twice.Equal(once) {
			fail("R5: Add(Add(t, a), b) == Add(t, a+b)", twice, once, err1, err2)
		}
		if later, err := c.Add(at.Add(b), a); err == nil && later.Before(after) {
			fail("a later opening never gives an earlier due time", later, after)
		}
	}
	if d, err := calendar.New(zone, hours, set(append(slices.Clone(days), extra))); err == nil && !extra.Workday && a > 0 {
		// Only where the hours have no PH rule is a holiday closed.
		if later, err := d.Add(at, a); err == nil && later.Before(after) && !hasPH(hours) {
			fail("an added holiday never gives an earlier due time", later, after, extra)
		}
	}
	open, err := c.NextOpen(at)
	if err == nil {
		if open.Before(at) || !c.IsOpen(open) || c.IsOpen(at) != open.Equal(at) {
			fail("R8: NextOpen is open, and t itself where t is", open)
		}
		if d, err := c.Between(at, open); err != nil || d != 0 {
			fail("nothing is open before NextOpen", d, err)
		}
		if end, err := c.NextClose(at); err == nil {
			if d, err := c.Between(open, end); err != nil || d != end.Sub(open) || c.IsOpen(end) || !c.IsOpen(end.Add(-1)) {
				fail("R8: open throughout from NextOpen to NextClose", open, end, d, err)
			}
		}
	}
	lawsBack(fail, c, at)
	if r, err := c.AddDays(at, n); err == nil {
		// Hours can lie two days after the date they belong to, so that a time of
		// day moved into those of the next date may be an earlier instant.
		if n >= 3 && r.Before(at) || n <= -3 && r.After(at) {
			fail("R7: AddDays goes the way of n", r)
		}
		if !c.IsOpen(r) && !c.IsOpen(r.Add(-1)) && n != 0 {
			// A gap may swallow the closing that the time was moved to.
			if before, err := c.Add(r, -1); err != nil || r.Sub(before) > 25*time.Hour {
				fail("R7: AddDays ends in hours or at a closing", r)
			}
		}
	}
}

// lawsBack holds that the way back mirrors the way forward (R8).
func lawsBack(fail func(law string, got ...any), c *calendar.Calendar, at time.Time) {
	opening, openErr := c.PrevOpen(at)
	closing, closeErr := c.PrevClose(at)
	for _, err := range []error{openErr, closeErr} {
		if err != nil && !errors.Is(err, calendar.ErrOutOfRange) && !errors.Is(err, calendar.ErrNeverCloses) {
			fail("R8: no other error", err)
		}
	}
	if openErr == nil {
		if opening.After(at) || !c.IsOpen(opening) || opening.After(firstInstant) && c.IsOpen(opening.Add(-1)) {
			fail("R8: PrevOpen is an opening at or before t", opening)
		}
		if again, err := c.PrevOpen(opening); err != nil || !again.Equal(opening) {
			fail("R8: PrevOpen of an opening is itself", again, err)
		}
		end, err := c.NextClose(opening)
		here, hereErr := c.NextClose(at)
		switch {
		case c.IsOpen(at) && ((err == nil) != (hereErr == nil) || !end.Equal(here)):
			fail("R8: the span that t is in has one end", opening, end, err, here, hereErr)
		case !c.IsOpen(at) && (err != nil || closeErr != nil || !end.Equal(closing)):
			fail("R8: PrevOpen and PrevClose are of one span, if t is in none", opening, end, err, closing, closeErr)
		}
	}
	if closeErr == nil {
		if closing.After(at) || c.IsOpen(closing) || closing.After(firstInstant) && !c.IsOpen(closing.Add(-1)) {
			fail("R8: PrevClose is a closing at or before t", closing)
		}
		if again, err := c.PrevClose(closing); err != nil || !again.Equal(closing) {
			fail("R8: PrevClose of a closing is itself", again, err)
		}
		next, err := c.NextOpen(closing)
		if c.IsOpen(at) && (err != nil || openErr != nil || !next.Equal(opening)) {
			fail("R8: PrevClose is before the span that t is in", closing, next, err, opening, openErr)
		}
		if d, err := c.Between(closing, at); !c.IsOpen(at) && (err != nil || d != 0) {
			fail("R8: nothing is open since PrevClose, if t is in no span", closing, d, err)
		}
	}
	open, err := c.NextOpen(at)
	if err != nil || !open.After(at) {
		return
	}
	if opening, err := c.PrevOpen(open); err != nil || !opening.Equal(open) {
		fail("R8: a later NextOpen is an opening", open, opening, err)
	}
	last, lastErr := c.PrevClose(open)
	if (lastErr == nil) != (closeErr == nil) || !last.Equal(closing) {
		fail("R8: nothing closes between t and a later NextOpen", open, last, lastErr, closing, closeErr)
	}
	if end, err := c.NextClose(at); err == nil {
		if begin, err := c.PrevOpen(end); err != nil || !begin.Equal(open) {
			fail("R8: PrevOpen(NextClose(t)) is NextOpen(t), if t is in no span", open, end, begin, err)
		}
		if closing, err := c.PrevClose(end); err != nil || !closing.Equal(end) {
			fail("R8: NextClose is a closing", end, closing, err)
		}
	}
}

func hasPH(hours string) bool {
	for i := range len(hours) - 1 {
		if hours[i:i+2] == "PH" {
			return true
		}
	}
	return false
}

func TestLaws(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 5))
	names := zones(t)
	for range sampled(600, 3000) {
		around := time.Unix(rng.Int64N(4133980800), 0)
		o := randomCase(rng, names[rng.IntN(len(names))], around)
		at := o.from.Add(time.Duration(rng.Int64N(int64(15 * 24 * time.Hour))))
		a, b := time.Duration(rng.Int64N(int64(400*time.Hour)))-200*time.Hour, time.Duration(rng.Int64N(int64(1000*time.Hour)))
		extra := calendar.Holiday{Date: calendar.DateOf(at).AddDays(rng.IntN(5))}
		laws(t, o.zone, o.hours(), o.holidays, extra, at, a, b, rng.IntN(40)-20)
	}
}

// FuzzCalendar holds the laws for any hours, zone and arguments.
func FuzzCalendar(f *testing.F) {
	f.Add("Europe/Berlin", "Mo-Fr 09:00-17:00; PH off", int64(1710000000), int64(0), int64(time.Hour), int64(time.Hour), 1, int32(3))
	f.Add("Pacific/Apia", "Mo-Su 22:00-30:00", int64(1325203200), int64(1), int64(-1), int64(8*time.Hour), -2, int32(0))
	f.Add("America/Sao_Paulo", "24/7; Nov 04 off", int64(1541300400), int64(5), int64(1<<62), int64(1), 9, int32(-1))
	f.Add("Asia/Shanghai", "2026 Dec 28 10:00-12:00", int64(-2208988800), int64(0), int64(30*time.Minute), int64(2*time.Hour), 0, int32(7))
	f.Fuzz(func(t *testing.T, zone, hours string, sec, nsec, a, b int64, n int, holiday int32) {
		at := time.Unix(sec, nsec).UTC()
		day := calendar.DateOf(at).AddDays(int(holiday % 400))
		bounded(t, len(zone)+len(hours), func() {
			laws(t, zone, hours, []calendar.Holiday{{Date: day, Workday: holiday%3 == 0}}, calendar.Holiday{Date: day.AddDays(1)}, at, time.Duration(a), time.Duration(b), n)
		})
	})
}

func TestNoAllocations(t *testing.T) {
	c := calendar.Must(calendar.New(berlin, "Mo-Fr 09:00-12:00,13:00-17:00", holidays("2024-04-01")))
	night := calendar.Must(calendar.New(berlin, "Mo-Fr 22:00-06:00"))
	at := in(t, "2024-03-28T16:00:00+01:00").In(c.Zone())
	for name, query := range map[string]func(c *calendar.Calendar, t time.Time){
		"IsOpen":       func(c *calendar.Calendar, t time.Time) { c.IsOpen(t) },
		"NextOpen":     func(c *calendar.Calendar, t time.Time) { c.NextOpen(t) },
		"NextClose":    func(c *calendar.Calendar, t time.Time) { c.NextClose(t) },
		"PrevOpen":     func(c *calendar.Calendar, t time.Time) { c.PrevOpen(t) },
		"PrevClose":    func(c *calendar.Calendar, t time.Time) { c.PrevClose(t) },
		"Add":          func(c *calendar.Calendar, t time.Time) { c.Add(t, 1000*time.Hour) },
		"Add back":     func(c *calendar.Calendar, t time.Time) { c.Add(t, -1000*time.Hour) },
		"AddDays":      func(c *calendar.Calendar, t time.Time) { c.AddDays(t, 100) },
		"AddDays back": func(c *calendar.Calendar, t time.Time) { c.AddDays(t, -100) },
		"Between":      func(c *calendar.Calendar, u time.Time) { c.Between(u, u.Add(9999*time.Hour)) },
		"BusinessDate": func(c *calendar.Calendar, t time.Time) { c.BusinessDate(t) },
		"Closing":      func(c *calendar.Calendar, t time.Time) { c.Closing(date("2024-04-02")) },
		"At":           func(c *calendar.Calendar, t time.Time) { c.At(date("2024-04-02"), 10*time.Hour) },
	} {
		for _, c := range []*calendar.Calendar{c, night, calendar.Must(calendar.Union("", c, night, followTheSun(t))), calendar.Must(calendar.Subtract("", c, night, calendar.Must(calendar.New("UTC", "We 10:00-11:00"))))} {
			query(c, at) // the first one builds the table
			want := 0.0
			if name == "At" {
				want = testing.AllocsPerRun(100, func() { date("2024-04-02") })
			}
			assert.Equal(t, want, testing.AllocsPerRun(100, func() { query(c, at) }), "%s of %v", name, c)
		}
	}
}

// Day allocates for what it returns, and so nothing for a date without hours.
func TestDayAllocations(t *testing.T) {
	c := calendar.Must(calendar.New(berlin, "Mo-Fr 09:00-17:00", holidays("2024-04-01")))
	for _, d := range []calendar.Date{date("2024-03-30"), date("2024-04-01")} {
		assert.Empty(t, c.Day(d).Spans)
		assert.Zero(t, testing.AllocsPerRun(100, func() { c.Day(d) }), "%v", d)
	}
}

// One calendar serves a thousand goroutines that ask about years nobody has asked
// about before, in whatever order, and says what it would say to one alone.
func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	kinds := map[string]func() *calendar.Calendar{
		"plain": func() *calendar.Calendar {
			return calendar.Must(calendar.New(berlin, "Mo-Fr 09:00-17:00", holidays("2024-04-01")))
		},
		"union": func() *calendar.Calendar { return followTheSun(t) },
		"subtraction": func() *calendar.Calendar {
			return calendar.Must(calendar.Subtract("", followTheSun(t), calendar.Must(calendar.New("UTC", "We 10:00-11:00"))))
		},
	}
	for name, build := range kinds {
		shared, own := build(), build()
		type question struct {
			at   time.Time
			d    time.Duration
			days int
		}
		type answer struct{ add, addDays time.Time }
		ask := func(c *calendar.Calendar, q question) (a answer) {
			a.add, _ = c.Add(q.at, q.d)
			a.addDays, _ = c.AddDays(q.at, q.days)
			return a
		}
		rng := rand.New(rand.NewPCG(8, 8))
		var asked [1000]question
		for i := range asked {
			asked[i] = question{
				time.Unix(rng.Int64N(9400000000)-2200000000, 0), // of 1900 to 2198
				time.Duration(rng.Int64N(int64(20000*time.Hour))) - 10000*time.Hour,
				rng.IntN(5000) - 2500,
			}
		}
		var got [len(asked)]answer
		var wg sync.WaitGroup
		begin := make(chan bool)
		for i := range asked {
			wg.Go(func() {
				<-begin
				got[i] = ask(shared, asked[i])
			})
		}
		close(begin)
		wg.Wait()
		for i, q := range asked {
			require.Equal(t, ask(own, q), got[i], "%s: %v", name, q)
		}
	}
}

// What a calendar has been asked before changes no answer: a date can be the first
// of its table or the last, and the table can have grown to it.
func TestAskedBefore(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ zone, hours, date string }{
		{berlin, "Mo-Su 00:00-00:30", "2024-07-03"},             // before its slot begins, as that is at 01:00 in summer
		{berlin, "Mo-Su 47:15-48:00", "2024-07-03"},             // long after its slot
		{berlin, "Mo-Su 00:00-00:30,47:15-48:00", "2024-03-30"}, // with the change of the clock in between
		{"Pacific/Apia", "Mo-Su 00:00-00:30,47:15-48:00", "2011-12-29"},
		{"Pacific/Kwajalein", "Mo-Su 00:00-00:30,47:15-48:00", "1993-08-20"},
		{"UTC", "24/7", "2024-07-03"},
		{"UTC", "Mo 09:00-17:00", "1900-01-29"}, // near the first slot of all
		{"UTC", "Mo 09:00-17:00", "2199-11-25"}, // near the last
	} {
		at := in(t, row.date+"T12:00:00Z")
		answers := func(c *calendar.Calendar) (all []any) {
			all = append(all, c.IsOpen(at))
			for _, ask := range []func(time.Time) (time.Time, error){
				c.NextOpen, c.NextClose, c.PrevOpen, c.PrevClose,
				func(t time.Time) (time.Time, error) { return c.Add(t, 5*time.Hour) },
				func(t time.Time) (time.Time, error) { return c.Add(t, 5*time.Hour+1) },
				func(t time.Time) (time.Time, error) { return c.Add(t, -5*time.Hour) },
			} {
				r, err := ask(at)
				all = append(all, r, err)
			}
			day := c.Day(date(row.date))
			all = append(all, day.Business, day.Spans)
			for _, n := range []int{0, 1, -1, 300, -300} {
				r, err := c.AddDays(at, n)
				all = append(all, r, err)
			}
			return all
		}
		want := answers(calendar.Must(calendar.New(row.zone, row.hours)))
		for days := -140; days <= 140; days++ {
			c := calendar.Must(calendar.New(row.zone, row.hours))
			c.IsOpen(at.AddDate(0, 0, days))
			if got := answers(c); !assert.Equal(t, want, got, "%v, asked %d days away", row, days) {
				break
			}
		}
	}
}

// The table covers what was asked for and little more.
func TestTableSize(t *testing.T) {
	c := calendar.Must(calendar.New(berlin, "Mo-Fr 09:00-17:00"))
	assert.Equal(t, 0, calendar.TableSize(c), "nothing before the first query")
	for day := range 3 * 365 {
		c.IsOpen(time.Date(2024, 1, 1+day, 0, 0, 0, 0, time.UTC))
	}
	assert.Less(t, calendar.TableSize(c), 3*365+300)
	back := calendar.Must(calendar.New(berlin, "Mo-Fr 09:00-17:00"))
	for day := range 3 * 365 {
		back.IsOpen(time.Date(2026, 12, 31-day, 0, 0, 0, 0, time.UTC))
	}
	assert.Less(t, calendar.TableSize(back), 3*365+500)
	_, err := c.Add(in(t, "2024-01-01T00:00:00Z"), math.MaxInt64)
	assert.ErrorIs(t, err, calendar.ErrOutOfRange)
	_, err = c.AddDays(in(t, "2024-01-01T00:00:00Z"), math.MinInt)
	assert.ErrorIs(t, err, calendar.ErrOutOfRange)
	assert.Less(t, calendar.TableSize(c), 3*365+300, "no search for what the range cannot hold")
	open := calendar.AlwaysOpen()
	_, err = open.NextClose(in(t, "2026-01-01T00:00:00Z"))
	assert.Equal(t, calendar.ErrNeverCloses, err)
	_, err = open.PrevOpen(in(t, "2026-01-01T00:00:00Z"))
	assert.Equal(t, calendar.ErrNeverCloses, err)
	_, err = open.PrevClose(in(t, "2026-01-01T00:00:00Z"))
	assert.Equal(t, calendar.ErrNeverCloses, err)
	assert.Less(t, calendar.TableSize(open), 300, "no search for a closing that is not there")
}

func TestHolidaySets(t *testing.T) {
	assert.Equal(t, "", calendar.HolidaySet{}.Code())
	assert.Empty(t, calendar.HolidaySet{}.Year(2024))
	assert.Empty(t, calendar.HolidayFunc("X", nil).Year(2024))
	calls := 0
	s := calendar.HolidayFunc("X", func(year int) []calendar.Holiday {
		calls++
		return []calendar.Holiday{
			{Date: date("2024-05-01"), Name: "b"},
			{Date: date("2024-01-01"), Name: "a"},
			{Date: date("2024-05-01"), Name: "again"},
			{Date: date("2024-01-01"), Name: "work", Workday: true},
			{Date: date("2025-01-01"), Name: "stray"},
			{},
		}
	})
	assert.Equal(t, "X", s.Code())
	want := []calendar.Holiday{{Date: date("2024-01-01"), Name: "work", Workday: true}, {Date: date("2024-05-01"), Name: "b"}}
	assert.Equal(t, want, s.Year(2024), "sorted, one entry a date, no stray")
	s.Year(2024)[0].Name = "changed"
	h, ok := s.On(date("2024-01-01"))
	assert.True(t, ok)
	assert.Equal(t, want[0], h, "the caller's slice is the caller's")
	_, ok = s.On(date("2024-01-02"))
	assert.False(t, ok)
	assert.Equal(t, 1, calls, "a year is computed once")
	covering := s.WithYears(2024, 2025)
	first, last := covering.Years()
	assert.Equal(t, []int{2024, 2025}, []int{first, last})
	first, last = s.Years()
	assert.Equal(t, []int{1900, 2199}, []int{first, last})
	first, last = calendar.HolidaySet{}.Years()
	assert.Equal(t, []int{1900, 2199}, []int{first, last})
	assert.Equal(t, want, covering.Year(2024))
	assert.Empty(t, covering.Year(2023))
	assert.True(t, !s.Provisional(2023) && !covering.Provisional(2024) && covering.Provisional(2023) && covering.Provisional(2026))
	assert.True(t, s.WithYears(1, 9999).Provisional(1899), "not beyond the range")
	assert.False(t, s.WithYears(1, 9999).Provisional(2199))
	assert.False(t, calendar.HolidaySet{}.Provisional(2024), "no set, no days")
	assert.True(t, calendar.HolidaySet{}.WithYears(1, 2).Provisional(2024), "but of those years alone")
	some := calendar.Must(calendar.New("UTC", "Mo-Fr 09:00-17:00", calendar.Holidays(s, covering)))
	assert.False(t, some.Provisional(in(t, "2024-12-30T00:00:00Z"), in(t, "2025-12-31T23:59:59Z")))
	assert.True(t, some.Provisional(in(t, "2025-12-31T00:00:00Z"), in(t, "2026-01-01T00:00:00Z")), "2026 is not covered")
	assert.False(t, calendar.AlwaysOpen().Provisional(time.Time{}, in(t, "2199-12-31T00:00:00Z")), "no holidays at all")
	assert.False(t, (*calendar.Calendar)(nil).Provisional(time.Time{}, time.Time{}))

	// The order of the instants does not matter, and years out of range are looked at as one.
	assert.True(t, some.Provisional(in(t, "2026-01-01T00:00:00Z"), in(t, "2025-12-31T00:00:00Z")), "backwards")
	assert.False(t, some.Provisional(in(t, "2025-12-31T23:59:59Z"), in(t, "2024-12-30T00:00:00Z")), "backwards")
	far, farther := time.Unix(1<<55, 0), time.Unix(1<<56, 0) // after a thousand million years
	long, longer := time.Unix(-1<<56, 0), time.Unix(-1<<55, 0)
	asked := 0
	counting := calendar.HolidayFunc("counting", func(int) []calendar.Holiday { asked++; return nil })
	for _, row := range []struct {
		sets                     []calendar.HolidaySet
		before, all, after, edge bool
	}{
		{[]calendar.HolidaySet{{}}, true, true, true, true},
		{[]calendar.HolidaySet{{}, {}}, true, true, true, true},
		{[]calendar.HolidaySet{{}, counting}, false, false, false, true},
	} {
		c := calendar.Must(calendar.New("UTC", "Mo-Fr 09:00-17:00", calendar.Holidays(row.sets...)))
		for _, pair := range []struct {
			from, to time.Time
			want     bool
		}{{long, longer, row.before}, {long, far, row.all}, {far, farther, row.after}, {firstInstant, lastInstant, row.edge}, {firstInstant.AddDate(0, 0, -1), lastInstant, row.before}, {firstInstant, lastInstant.Add(1), row.after}} {
			assert.Equal(t, pair.want, !c.Provisional(pair.from, pair.to), "%v to %v, %d sets", pair.from, pair.to, len(row.sets))
			assert.Equal(t, pair.want, !c.Provisional(pair.to, pair.from), "%v to %v, %d sets", pair.to, pair.from, len(row.sets))
		}
	}
	assert.LessOrEqual(t, asked, 300+64, "a year is asked for once, or by the search for an opening")

	assert.Empty(t, s.Year(1899))
	assert.Empty(t, s.Year(2200))

	// Two sets: a make-up workday of either opens, in whatever order.
	off := calendar.HolidayFunc("off", func(int) []calendar.Holiday { return []calendar.Holiday{{Date: date("2024-03-09"), Name: "off"}} })
	work := calendar.HolidayFunc("work", func(int) []calendar.Holiday {
		return []calendar.Holiday{{Date: date("2024-03-09"), Name: "work", Workday: true}}
	})
	for _, sets := range [][]calendar.HolidaySet{{off, work}, {work, off}} {
		c := calendar.Must(calendar.New("UTC", "Mo-Fr 09:00-17:00", calendar.Holidays(sets...)))
		assert.True(t, c.IsOpen(in(t, "2024-03-09T10:00:00Z")), "R11")
		assert.Equal(t, "work", c.Day(date("2024-03-09")).Holiday.Name)
		assert.True(t, c.Day(date("2024-03-09")).Business)
	}
	c := calendar.Must(calendar.New("UTC", "Mo-Su 09:00-17:00", calendar.Holidays(off), calendar.Holidays(calendar.HolidayFunc("more", func(int) []calendar.Holiday {
		return []calendar.Holiday{{Date: date("2024-03-09"), Name: "second"}, {Date: date("2024-03-10"), Name: "more"}}
	}))))
	assert.Equal(t, "off", c.Day(date("2024-03-09")).Holiday.Name, "the first set's name")
	assert.False(t, c.Day(date("2024-03-10")).Business)
}
