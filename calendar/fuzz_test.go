package calendar_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/duetime/duetime/calendar"
)

// fuzzZones are zones with what makes trouble: changes at midnight, of half an hour,
// of a whole day, of the standard time, none, and far from UTC on either side.
var fuzzZones = []string{
	"UTC", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Kiritimati", "Africa/Casablanca",
	"Antarctica/Troll", "Asia/Kathmandu", "America/Scoresbysund", "Asia/Manila", "Europe/Dublin", "Africa/Monrovia", "Pacific/Pago_Pago",
}

// fuzzed is a calendar and what it is asked.
type fuzzed struct {
	*testing.T
	c    *calendar.Calendar
	t, u time.Time
	d    time.Duration
	n    int
	date calendar.Date
}

var (
	firstInstant = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	lastInstant  = time.Date(2200, 1, 1, 0, 0, 0, -1, time.UTC)
)

func inRange(t time.Time) bool { return !t.Before(firstInstant) && !t.After(lastInstant) }

func (f fuzzed) fail(law string, got ...any) {
	f.Helper()
	f.Fatalf("%s\nfor %v, t %v, u %v, d %v, n %d, date %v: got %v", law, f.c, f.t, f.u, f.d, f.n, f.date, got)
}

// errors holds that what has no answer is out of range, in one line, and that what
// has been asked in range has no other error.
func (f fuzzed) errors(what string, err error, asked ...time.Time) (answered bool) {
	f.Helper()
	outside := slices.ContainsFunc(asked, func(t time.Time) bool { return !inRange(t) })
	switch {
	case err == nil && outside:
		f.fail("R9: out of range, and answered: "+what, asked)
	case err != nil && !errors.Is(err, calendar.ErrOutOfRange):
		f.fail("R9: another error than out of range: "+what, err)
	case err != nil && strings.Contains(err.Error(), "\n"):
		f.fail("an error of many lines: "+what, err)
	}
	return err == nil
}

// result holds R9 and R10 for an answer.
func (f fuzzed) result(what string, r time.Time) {
	f.Helper()
	if !inRange(r) || r.Location() != f.t.Location() {
		f.fail("R9, R10: "+what+" is in range and in t's Location", r, r.Location())
	}
}

// between is Between of what is in range: less than 292 years apart, or an error.
func (f fuzzed) between(from, to time.Time) (time.Duration, bool) {
	f.Helper()
	d, err := f.c.Between(from, to)
	if !f.errors("Between", err, from, to) {
		return 0, false
	}
	return d, true
}

func (f fuzzed) checkAdd() {
	r, err := f.c.Add(f.t, f.d)
	if !f.errors("Add", err, f.t) {
		// Then there is not that much business time in t's range.
		end := lastInstant
		if f.d < 0 {
			end = firstInstant
		}
		if inRange(f.t) {
			if all, ok := f.between(f.t, end); ok && (f.d == 0 || f.d > 0 && all >= f.d || f.d < 0 && all <= f.d) {
				f.fail("R4: Add has an answer", err, all)
			}
		}
		return
	}
	f.result("Add", r)
	if d, ok := f.between(f.t, r); !ok || d != f.d {
		f.fail("R5: Between(t, Add(t, d)) == d", r, d, ok)
	}
	// The earliest such instant, or the latest one.
	if near := r.Add(-time.Duration(sign(f.d))); f.d != 0 && inRange(near) {
		if d, ok := f.between(f.t, near); !ok || d == f.d {
			f.fail("R4: Add is the first instant with Between(t, r) == d", r, near, d)
		}
	}
	if f.d == 0 && !r.Equal(f.t) {
		f.fail("R4: Add(t, 0) is t", r)
	}
	if later, err := f.c.Add(f.u, f.d); err == nil && f.t.Before(f.u) && later.Before(r) {
		f.fail("Add keeps the order", r, later)
	}
}

func sign(d time.Duration) int {
	if d < 0 {
		return -1
	}
	return 1
}

func (f fuzzed) checkBetween() {
	there, ok1 := f.between(f.t, f.u)
	back, ok2 := f.between(f.u, f.t)
	if there == math.MinInt64 || back == math.MinInt64 {
		return // there is no such duration the other way round
	}
	if ok1 != ok2 || there != -back {
		f.fail("R5: Between(b, a) == -Between(a, b)", there, back)
	}
	if ok1 && f.t.Before(f.u) && (there < 0 || f.u.Sub(f.t) < math.MaxInt64 && there > f.u.Sub(f.t)) {
		f.fail("R3: business time is time", there)
	}
}

func (f fuzzed) checkNext() {
	isOpen := f.c.IsOpen(f.t)
	if isOpen && !inRange(f.t) {
		f.fail("R9: nothing is open out of range")
	}
	open, err := f.c.NextOpen(f.t)
	if !f.errors("NextOpen", err, f.t) {
		if d, ok := f.between(f.t, lastInstant); inRange(f.t) && (!ok || d != 0) {
			f.fail("R8: NextOpen has an answer", d)
		}
	} else {
		f.result("NextOpen", open)
		d, ok := f.between(f.t, open)
		if open.Before(f.t) || !f.c.IsOpen(open) || isOpen != open.Equal(f.t) || !ok || d != 0 {
			f.fail("R8: NextOpen is the first open instant", open, d)
		}
	}
	end, err := f.c.NextClose(f.t)
	if errors.Is(err, calendar.ErrNeverCloses) || !f.errors("NextClose", err, f.t) {
		return
	}
	f.result("NextClose", end)
	if d, ok := f.between(open, end); !ok || !open.Before(end) || d != end.Sub(open) && end.Sub(open) != math.MaxInt64 || f.c.IsOpen(end) || !f.c.IsOpen(end.Add(-1)) {
		f.fail("R8: open throughout until NextClose", open, end, d)
	}
}

func (f fuzzed) checkPrev() {
	for name, query := range map[string]func(time.Time) (time.Time, error){"PrevOpen": f.c.PrevOpen, "PrevClose": f.c.PrevClose} {
		if r, err := query(f.t); !errors.Is(err, calendar.ErrNeverCloses) && f.errors(name, err, f.t) {
			f.result(name, r)
		}
	}
	if inRange(f.t) {
		lawsBack(f.fail, f.c, f.t)
	}
}

func (f fuzzed) checkDays() {
	r, err := f.c.AddDays(f.t, f.n)
	date, dateErr := f.c.BusinessDate(f.t)
	if f.errors("BusinessDate", dateErr, f.t) && date.Year() >= 1900 && date.Year() <= 2199 {
		if !f.c.Day(date).Business && !skipped(f.c, date) {
			f.fail("R6: the date of business is a business day", date)
		}
		if open, err := f.c.NextOpen(f.t); err != nil || !inSpans(f.c.Day(date), open) {
			f.fail("an open instant is in the spans of its date", open, date, f.c.Day(date))
		}
	}
	if !f.errors("AddDays", err, f.t) {
		return
	}
	f.result("AddDays", r)
	if open, err := f.c.NextOpen(f.t); f.n == 0 && (err != nil || !r.Equal(open)) {
		f.fail("R7: AddDays(t, 0) is NextOpen(t)", r, open)
	}
	if f.n <= 0 || dateErr != nil {
		return
	}
	on, err := f.c.AddBusinessDays(date, f.n)
	if err != nil {
		return // the date is out of range, and its time of day in it
	}
	spans := f.c.Day(on).Spans
	if r.Before(spans[0].Start) || r.After(spans[len(spans)-1].End) {
		f.fail("R7: AddDays ends in the hours of its date", date, on, r, spans)
	}
}

// skipped reports whether the clock of a calendar, or of one that it is made of, never
// shows a date. Hours of it that run past midnight are open (R1), and it is no business
// day (R6).
func skipped(c *calendar.Calendar, d calendar.Date) bool {
	noon := time.Date(d.Year(), d.Month(), d.Day(), 12, 0, 0, 0, c.Zone())
	_, parts := c.Parts()
	return calendar.DateOf(noon) != d || slices.ContainsFunc(parts, func(part *calendar.Calendar) bool { return skipped(part, d) })
}

func (f fuzzed) checkDate(clock time.Duration) {
	inside := f.date.Year() >= 1900 && f.date.Year() <= 2199 && !f.date.IsZero()
	on, err := f.c.AddBusinessDays(f.date, f.n)
	if f.errors("AddBusinessDays", err) {
		if !inside || !f.c.Day(on).Business || f.n > 0 && on.Compare(f.date) <= 0 || f.n < 0 && on.Compare(f.date) >= 0 {
			f.fail("R6: AddBusinessDays goes to a business day", on)
		}
		if back, err := f.c.AddBusinessDays(on, -f.n); f.n != math.MinInt && f.c.Day(f.date).Business && (err != nil || back != f.date) {
			f.fail("R6: and back", on, back, err)
		}
	}
	day := f.c.Day(f.date)
	if day.Date != f.date || day.Business != (len(day.Spans) > 0) && !skipped(f.c, f.date) || day.Business && (!inside || len(day.Spans) == 0) {
		f.fail("R6: a business day has hours", day)
	}
	for i, s := range day.Spans {
		if !s.Start.Before(s.End) || i > 0 && !day.Spans[i-1].End.Before(s.Start) ||
			inRange(s.Start) && !f.c.IsOpen(s.Start) || inRange(s.End.Add(-1)) && !f.c.IsOpen(s.End.Add(-1)) {
			f.fail("the hours of a date are open, in order and apart", day)
		}
	}
	at, err := f.c.At(f.date, clock)
	closing, closingErr := f.c.Closing(f.date)
	if !day.Business {
		if err == nil || closingErr == nil {
			f.fail("no time on what is no business day", at, closing)
		}
		return
	}
	last := day.Spans[len(day.Spans)-1].End
	if f.errors("Closing", closingErr) && !closing.Equal(last) {
		f.fail("Closing is the end of a date's hours", closing, day)
	}
	if clock < 0 || clock > 48*time.Hour {
		if err == nil {
			f.fail("no time of day", clock, at)
		}
		return
	}
	if f.errors("At", err) && (at.Before(day.Spans[0].Start) || at.After(last)) {
		f.fail("R7: At is in the hours of its date", clock, at, day)
	}
}

func (f fuzzed) checkSpans() {
	var sum time.Duration
	var last time.Time
	n := 0
	for s := range f.c.Spans(f.t, f.u) {
		if s.Start.Before(f.t) || s.End.After(f.u) || !s.Start.Before(s.End) || n > 0 && !last.Before(s.Start) || s.End.Location() != f.t.Location() {
			f.fail("R2: spans are in order and apart", s, last)
		}
		sum, last = sum+s.Duration(), s.End
		if n++; n == 100 {
			if d, ok := f.between(f.t, last); !ok || d != sum {
				f.fail("spans add up so far", sum, d)
			}
			return
		}
	}
	if n > 0 && (!inRange(f.t) || !f.t.Before(f.u)) {
		f.fail("no spans there", n)
	}
	if d, ok := f.between(f.t, f.u); ok && d >= 0 && d != sum {
		f.fail("spans add up", sum, d)
	}
}

// FuzzQueries asks calendars of all kinds whatever instants, durations and numbers of
// days there are, and holds that the answers obey the rules.
func FuzzQueries(f *testing.F) {
	type seed struct {
		kind, zones, place uint8
		hours, other       string
		sec, nsec, to, d   int64
		n                  int
		date               int32
		clock              int64
	}
	for _, s := range []seed{
		{0, 0x11, 0, "Mo-Fr 09:00-17:00", "24/7", 1710000000, 0, 1710900000, int64(time.Hour), 1, 738974, int64(10 * time.Hour)},
		{0, 0x04, 1, "Mo-Su 22:00-30:00", "", 1325203200, 1, 1325303200, -int64(8 * time.Hour), -2, 734502, int64(26 * time.Hour)},
		{1, 0x25, 2, "Mo-Fr 22:00-06:00; PH off", "Mo-Sa 09:00-12:00,13:00-24:00", 1541300400, 5, 1541400400, 1 << 62, 9, 737000, 0},
		{2, 0x31, 3, "Mo-Su 00:00-48:00", "Sa,Su 01:45-02:15,10:00-14:00", -2208988800, 0, 7258118399, math.MinInt64, math.MinInt, 1, -1},
		{3, 0x42, 4, "Nov 04 00:00-01:00; PH 10:00-12:00", "Mo-Su 12:00-36:00", 7258118399, 999999999, -2208988801, math.MaxInt64, math.MaxInt, 803000, math.MaxInt64},
		{0, 0, 0, "24/7", "", math.MinInt64, math.MinInt64, math.MaxInt64, 1, 0, math.MaxInt32, math.MinInt64},
		{4, 0x21, 1, "Mo-Fr 09:00-17:00", "Su-Tu 22:00-34:00", 1711839600, 1, 1713000000, int64(8 * time.Hour), 2, 738976, int64(12 * time.Hour)},
		{5, 0x46, 2, "Mo-Su 01:30-03:30; PH off", "24/7", 1325203200, 0, 1325903200, -int64(30 * time.Hour), -3, 734501, int64(3 * time.Hour)},
		{6, 0x53, 3, "Fr 00:00-48:00", "Mo-Su 22:00-30:00", 1541300400, 7, 1542300400, int64(time.Minute), 1, 737000, int64(26 * time.Hour)},
		{7, 0x10, 0, "Mo-Fr 09:00-12:00", "Mo-Sa 00:00-24:00", 1710000000, 0, 1710900000, int64(time.Hour), 1, 738974, int64(10 * time.Hour)},
		{1, 0xd5, 0, "2199 Dec 31 00:00-48:00", "1900 Jan 01 00:00-24:00", -62135596800, 0, -2208988800, 1, -1, 693596, 1},
	} {
		f.Add(s.kind, s.zones, s.place, s.hours, s.other, s.sec, s.nsec, s.to, s.d, s.n, s.date, s.clock)
	}
	f.Fuzz(func(t *testing.T, kind, zones, place uint8, hours, other string, sec, nsec, to, d int64, n int, date int32, clock int64) {
		bounded(t, len(hours)+len(other), func() {
			day := calendar.DateOf(time.Unix(sec, nsec))
			set := calendar.Holidays(calendar.HolidayList("test", calendar.Holiday{Date: day.AddDays(int(kind))}, calendar.Holiday{Date: day.AddDays(2), Workday: kind%16 < 8}))
			c, err := calendar.New(fuzzZones[int(zones%16)%len(fuzzZones)], hours, set)
			if err != nil {
				return
			}
			if second, err := calendar.New(fuzzZones[int(zones/16)%len(fuzzZones)], other); err == nil {
				parts := []*calendar.Calendar{c, second}
				switch kind % 8 {
				case 1:
					c, err = calendar.Union("", parts...)
				case 2:
					c, err = calendar.Intersect("", parts...)
				case 3:
					if c, err = calendar.Intersect("", parts...); err == nil {
						c, err = calendar.Union("", second, c)
					}
				case 4:
					c, err = calendar.Subtract("", c, second)
				case 5:
					c, err = calendar.Subtract("", second, c)
				case 6:
					if c, err = calendar.Subtract("", c, second); err == nil {
						c, err = calendar.Union("", second, c)
					}
				case 7:
					if c, err = calendar.Intersect("", parts...); err == nil {
						c, err = calendar.Subtract("", second, c)
					}
				}
				if err != nil {
					return
				}
			}
			loc := []*time.Location{time.UTC, c.Zone(), time.FixedZone("far", 1<<30), time.Local, time.FixedZone("", -1)}[int(place)%5]
			q := fuzzed{t, c, time.Unix(sec, nsec).In(loc), time.Unix(to, nsec/2), time.Duration(d), n, calendar.Date{}}
			if first, err := calendar.NewDate(1, 1, 1); err == nil && date >= 0 {
				q.date = first.AddDays(int(date)) // the zero Date past 9999
			}
			q.checkBetween()
			q.checkAdd()
			q.checkNext()
			q.checkPrev()
			q.checkDays()
			q.checkDate(time.Duration(clock))
			q.checkSpans()
			c.Provisional(q.t, q.u)
			_ = c.String()
		})
	})
}
