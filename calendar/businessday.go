package calendar

import (
	"fmt"
	"time"
)

// AddDays returns the instant n business days after t (R6, R7), in t's
// Location.
//
// For n > 0, t is first moved to the next open instant. Its business date (the
// later, where the hours of two dates cover it) and its time of day on that
// date are taken, 02:00 in a night shift being 26:00; the answer is the same
// time of day n business days on. Where that date's hours do not contain it,
// the answer is the latest closing before it, else the first opening. A wall
// time that a clock change skips becomes the first instant after the gap, a
// repeated one its first occurrence. For n < 0, t is first moved back to the
// latest open time instead; for n == 0 the answer is the next open instant.
//
// The error is [ErrOutOfRange] where t or the result is outside the range (R9).
func (c *Calendar) AddDays(t time.Time, n int) (time.Time, error) {
	at := c.locate(t)
	if at.page == nil {
		return time.Time{}, c.refuse("t", t)
	}
	if n == 0 {
		return c.NextOpen(t)
	}
	// A closing is one nanosecond after the latest open time.
	after := int64(0)
	if _, open := at.shape().spanAt(at.x); !open {
		if n < 0 {
			after = 1
		}
		at = c.openAt(at.page, at.elapsed(), -after)
	}
	if at.page != nil {
		date, clock := c.businessTime(at)
		at = c.clockOn(c.addBusinessDays(date, n), clock+after)
	}
	r, ok := at.time(0, t)
	if !ok {
		return r, resultRange("AddDays", t, n)
	}
	return r, nil
}

// BusinessDate returns the date that the first open instant at or after t
// belongs to: the date on which its hours begin, so that the whole of a night
// shift has the date of its evening, and the later date where the hours of two
// cover it (R7). The error is [ErrOutOfRange] as for NextOpen.
func (c *Calendar) BusinessDate(t time.Time) (Date, error) {
	at := c.locate(t)
	if at.page == nil {
		return Date{}, c.refuse("t", t)
	}
	if at = c.nextOpen(at); at.page == nil {
		return Date{}, resultRange("BusinessDate", t, "")
	}
	at, _ = c.businessTime(at)
	return at.date(), nil
}

// AddBusinessDays returns the date n business days after d, or before it where
// n is negative (R6). Whether d is one itself does not matter, but for n == 0:
// then the answer is d if it is a business day, else the next one. The error is
// [ErrOutOfRange] where d or the result is outside the range (R9).
func (c *Calendar) AddBusinessDays(d Date, n int) (Date, error) {
	at := c.onDate(d)
	if at.page == nil {
		return Date{}, c.refuseDate(d)
	}
	if n == 0 && !at.isBusinessDay() {
		n = 1
	}
	at = c.addBusinessDays(at, n)
	if at.page == nil || !inRange(at.date()) {
		return Date{}, fmt.Errorf("calendar: AddBusinessDays(%s, %d) is %w", d, n, ErrOutOfRange)
	}
	return at.date(), nil
}

// At returns the instant of a time of day on a date, counted from the date's
// midnight by the wall clock (0 to 48h) and moved into the hours that begin on
// the date as R7 moves it: a time outside them becomes the latest closing
// before it, else the first opening. At(d, 48*time.Hour) is thus the closing of
// the day. The result is in the calendar's zone.
//
// The error says so where d is not a business day, or clock is outside 0 to
// 48h; it is [ErrOutOfRange] where d or the result is outside the range (R9).
func (c *Calendar) At(d Date, clock time.Duration) (time.Time, error) {
	at := c.onDate(d)
	if at.page == nil {
		return time.Time{}, c.refuseDate(d)
	}
	if !at.isBusinessDay() {
		return time.Time{}, fmt.Errorf("calendar: %s is not a business day of %s", d, c)
	}
	if clock < 0 || clock > 48*time.Hour {
		return time.Time{}, fmt.Errorf("calendar: time of day %v: want 0 to 48h", clock)
	}
	midnight := d.midnight().In(c.spec.zone)
	r, ok := c.clockOn(at, int64(clock)).time(0, midnight)
	if !ok {
		return r, resultRange("At", midnight, clock)
	}
	return r, nil
}

// Day is what a calendar knows of one date.
type Day struct {
	Date Date
	// Business says that the date is a business day (R6): it exists in the
	// zone and hours begin on it.
	Business bool
	// Spans are the open spans that begin on the date, a night shift whole, in
	// the calendar's zone. They are what the date's own hours say (R1); a span
	// may touch or overlap those of the dates around.
	Spans []Span
	// Holiday is what the holiday sets say of the date, with its name; its Date
	// is zero where they say nothing. A make-up workday has MakeUp set.
	Holiday Holiday
}

// Day returns what the calendar knows of a date: the zero Day but for the date
// itself where d is outside the range of R9.
func (c *Calendar) Day(d Date) Day {
	day := Day{Date: d}
	at := c.onDate(d)
	if at.page == nil {
		return day
	}
	day.Holiday, _ = holidayOn(c.spec.sets, d)
	day.Business = at.isBusinessDay()
	if !day.Business {
		return day
	}
	midnight := int64(d.unixDay()) * daySeconds
	var spans []span
	for _, o := range at.page.offsets {
		for _, h := range at.shape().hours {
			open := max(o.from, midnight+h.open/second-o.offset)
			if end := min(o.to, midnight+h.close/second-o.offset); open < end {
				spans = append(spans, span{open, end})
			}
		}
	}
	for _, s := range joinSpans(spans) {
		day.Spans = append(day.Spans, Span{time.Unix(s.open, 0).In(c.spec.zone), time.Unix(s.close, 0).In(c.spec.zone)})
	}
	return day
}

// The functions below take a place for a date: its slot is the date's, and its
// x does not matter.

// onDate returns the place of a date, without a page if it is out of range.
func (c *Calendar) onDate(d Date) place {
	if c == nil || !inRange(d) {
		return place{}
	}
	return c.onSlot(d.unixDay() - slotZeroDay)
}

// onSlot returns the place of a slot's date, without a page if there is none.
func (c *Calendar) onSlot(n int) place {
	if n < 0 || n >= pageCount*slotsPerPage {
		return place{}
	}
	number := n / slotsPerPage
	if tl := c.timeline.Load(); tl != nil {
		if i := number - tl.first; uint(i) < uint(len(tl.pages)) && tl.pages[i] != nil {
			return place{page: tl.pages[i], slot: uint8(n)}
		}
	}
	return place{page: c.page(number), slot: uint8(n)}
}

func inRange(d Date) bool { return !d.IsZero() && d.Year() >= firstYear && d.Year() <= lastYear }

func (c *Calendar) refuseDate(d Date) error {
	if c == nil || c.spec == nil {
		return ErrNoCalendar
	}
	return fmt.Errorf("calendar: date %q is %w", d, ErrOutOfRange)
}

// number returns the number of the place's slot.
func (at place) number() int { return at.page.number*slotsPerPage + int(at.slot) }

func (at place) date() Date { return dateOfUnixDay(int64(at.number() + slotZeroDay)) }

func (at place) isBusinessDay() bool {
	return at.page.slots[int(at.slot)+1].days > at.page.slots[at.slot].days
}

// businessTime returns the business date of an open place and its time of day
// there, in nanoseconds from the date's midnight by the wall clock.
func (c *Calendar) businessTime(at place) (date place, clock int64) {
	sh := at.shape()
	offset := sh.offset
	if !sh.steady {
		sec, _ := at.unix()
		for _, o := range at.page.offsets {
			if o.from <= sec {
				offset = o.offset
			}
		}
	}
	date, clock = at, at.x+(offset-c.spec.standard)*second
	for clock < 0 {
		date, clock = c.onSlot(date.number()-1), clock+dayNanos
	}
	for clock >= dayNanos {
		date, clock = c.onSlot(date.number()+1), clock-dayNanos
	}
	for _, h := range date.shape().hours {
		if h.open <= clock && clock < h.close {
			return date, clock
		}
	}
	return c.onSlot(date.number() - 1), clock + dayNanos
}

// addBusinessDays returns the n-th business day after a date (before it, for
// n < 0), and for n == 0 the date itself. The answer has no page where the
// range does not hold it.
func (c *Calendar) addBusinessDays(date place, n int) place {
	if n == 0 {
		return date
	}
	if n > 0 && !date.isBusinessDay() {
		n--
	}
	// No sum of the two can overflow.
	n = min(max(n, -pageCount*slotsPerPage), pageCount*slotsPerPage)
	p := date.page
	day := int64(p.slots[date.slot].days) + int64(n)
	if uint64(day) >= uint64(len(p.business)) {
		day += p.base.days
		if p = c.pageOfDay(day); p == nil {
			return place{}
		}
		day -= p.base.days
	}
	return place{page: p, slot: p.business[day]}
}

// clockOn returns the place of a time of day on a business day, moved into the
// date's hours as R7 says.
func (c *Calendar) clockOn(date place, clock int64) place {
	if date.page == nil {
		return date
	}
	sh := date.shape()
	moved := sh.hours[0].open
	for _, h := range sh.hours {
		if clock < h.open {
			break
		}
		if moved = h.close; clock < h.close {
			moved = clock
			break
		}
	}
	if sh.steady {
		date.x = moved + (c.spec.standard-sh.offset)*second
		return date
	}
	sec, nsec := moved/second, moved%second
	begin := date.page.start + int64(date.slot)*daySeconds
	unix, exact := firstReaching(date.page.offsets, begin+c.spec.standard+sec)
	if !exact {
		nsec = 0
	}
	date.x = (unix-begin)*second + nsec
	return date
}
