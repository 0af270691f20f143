package calendar

import (
	"fmt"
	"iter"
	"math/bits"
	"slices"
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
	at, sec, open := c.locate(t.Unix())
	if at.tb == nil {
		return time.Time{}, c.refuse("t", t)
	}
	if n == 0 {
		return c.NextOpen(t)
	}
	end, nsec := int32(0), int64(t.Nanosecond())
	if !open {
		nsec = 0
		if n < 0 {
			end = 1 // a closing is the end of the latest open second
		}
		at = c.openSecond(at.tb, sec-int64(end))
	}
	if at.tb != nil && inRange(c.unix(at)) {
		date, clock := c.businessTime(at)
		r, nsec := c.clockOn(c.addBusinessDays(date, n), clock+end, nsec)
		if r.tb != nil && inRange(c.unix(r)) {
			return time.Unix(c.unix(r), nsec).In(t.Location()), nil
		}
	}
	return time.Time{}, resultRange("AddDays", t, n)
}

// BusinessDate returns the date that the first open instant at or after t
// belongs to: the date on which its hours begin, so that the whole of a night
// shift has the date of its evening, and the later date where the hours of two
// cover it (R7). [Calendar.Day] of that date has the instant in its Spans. A date
// that the zone skipped can have open instants too, as its hours may run past its
// midnight (R1); it is no business day (R6). The error is [ErrOutOfRange] as for
// NextOpen.
func (c *Calendar) BusinessDate(t time.Time) (Date, error) {
	at, sec, _ := c.locate(t.Unix())
	if at.tb == nil {
		return Date{}, c.refuse("t", t)
	}
	if at = c.openSecond(at.tb, sec); at.tb == nil || !inRange(c.unix(at)) {
		return Date{}, resultRange("BusinessDate", t)
	}
	at, _ = c.businessTime(at)
	return at.date(), nil
}

// AddBusinessDays returns the date n business days after d, or before it where
// n is negative (R6). Whether d is one itself matters only for n == 0:
// then the answer is d if it is a business day, else the next one. The error is
// [ErrOutOfRange] where d or the result is outside the range (R9).
func (c *Calendar) AddBusinessDays(d Date, n int) (Date, error) {
	at := c.onDate(d)
	if at.tb == nil {
		return Date{}, c.refuseDate(d)
	}
	if n == 0 && !at.isBusinessDay() {
		n = 1
	}
	at = c.addBusinessDays(at, n)
	if at.tb == nil || !at.date().inRange() {
		return Date{}, fmt.Errorf("calendar: AddBusinessDays(%s, %d) is %w", d, n, ErrOutOfRange)
	}
	return at.date(), nil
}

// BusinessDaysBetween returns the number of business days in [from, to) (R6): from
// counts if it is one, to does not. It is negative where to is before from, as
// [Calendar.Between] is. The error is [ErrOutOfRange] where either is outside the
// range (R9).
func (c *Calendar) BusinessDaysBetween(from, to Date) (int, error) {
	a, b := c.onDate(from), c.onDate(to)
	switch {
	case a.tb == nil:
		return 0, c.refuseDate(from)
	case b.tb == nil:
		return 0, c.refuseDate(to)
	}
	return b.businessDaysBefore() - a.businessDaysBefore(), nil
}

// At returns the instant of a time of day on a date, counted from the date's
// midnight by the wall clock (0 to 48h) and moved into the hours that begin on
// the date as R7 moves it: a time outside them becomes the latest closing
// before it, else the first opening. The result is in the calendar's zone.
//
// The error says so where d is not a business day, or clock is outside 0 to
// 48h; it is [ErrOutOfRange] where d or the result is outside the range (R9).
func (c *Calendar) At(d Date, clock time.Duration) (time.Time, error) {
	at := c.onDate(d)
	if at.tb == nil {
		return time.Time{}, c.refuseDate(d)
	}
	if !at.isBusinessDay() {
		return time.Time{}, fmt.Errorf("calendar: %s is not a business day of %s", d, c)
	}
	if clock < 0 || clock > 48*time.Hour {
		return time.Time{}, fmt.Errorf("calendar: time of day %v: want 0 to 48h", clock)
	}
	at, nsec := c.clockOn(at, int32(clock/time.Second), int64(clock%time.Second))
	if inRange(c.unix(at)) {
		return time.Unix(c.unix(at), nsec).In(c.spec.zone), nil
	}
	return time.Time{}, fmt.Errorf("calendar: At(%s, %v) is %w", d, clock, ErrOutOfRange)
}

// Closing returns the end of the last open span that begins on a date, in the
// calendar's zone: in the morning after, for a night shift. If a clock change
// repeats the closing time, it is the last of the two, as the calendar is open
// before it. Errors are those of [Calendar.At].
func (c *Calendar) Closing(d Date) (time.Time, error) {
	at := c.onDate(d)
	if at.tb == nil {
		return time.Time{}, c.refuseDate(d)
	}
	if !at.isBusinessDay() {
		return time.Time{}, fmt.Errorf("calendar: %s is not a business day of %s", d, c)
	}
	var closing int64
	for _, end := range c.ownSpans(at.slot()) {
		closing = end
	}
	if !inRange(closing) {
		return time.Time{}, fmt.Errorf("calendar: Closing(%s) is %w", d, ErrOutOfRange)
	}
	return time.Unix(closing, 0).In(c.spec.zone), nil
}

// Day is what a calendar knows of one date.
type Day struct {
	Date Date
	// Business says that the date is a business day (R6): it exists in the
	// zone and hours begin on it.
	Business bool
	// Spans are the open spans that begin on the date, a night shift whole, in
	// the calendar's zone. They are what the date's own hours say (R1); a span
	// may touch or overlap a span of the dates around. A date that the zone skipped
	// has spans too if its hours run past its midnight, and is no business day.
	Spans []Span
	// Holiday is what the holiday sets say of the date, with its name; its Date
	// is zero where they say nothing. A make-up workday has Workday set.
	Holiday Holiday
}

// Day returns what the calendar knows of a date: the zero Day with only the
// date set where d is outside the range of R9.
func (c *Calendar) Day(d Date) Day {
	day := Day{Date: d}
	at := c.onDate(d)
	if at.tb == nil {
		return day
	}
	day.Holiday, _ = holidayOn(c.spec.sets, d)
	day.Business = at.isBusinessDay()
	if len(at.shape().hours) > 0 {
		day.Spans = c.daySpans(at)
	}
	return day
}

// daySpans returns the spans of [Day]. Even an empty answer allocates.
func (c *Calendar) daySpans(date place) (spans []Span) {
	for open, end := range c.ownSpans(date.slot()) {
		start, closing := time.Unix(open, 0).In(c.spec.zone), time.Unix(end, 0).In(c.spec.zone)
		if n := len(spans); n > 0 && spans[n-1].End.Equal(start) {
			spans[n-1].End = closing
		} else {
			spans = append(spans, Span{start, closing})
		}
	}
	return spans
}

// ownSpans returns the open spans that begin on a date as Unix times, in order. A
// span that goes on over a change of the clock comes in two parts.
func (at place) ownSpans() iter.Seq2[int64, int64] {
	return func(yield func(open, end int64) bool) {
		day := at.slot() + slotZeroDay
		midnight := int64(day) * daySeconds
		for _, o := range near(at.tb.offsets, day) {
			for _, h := range at.shape().hours {
				open := max(o.from, midnight+int64(h.open)-o.offset)
				end := min(o.to, midnight+int64(h.close)-o.offset)
				if open < end && !yield(open, end) {
					return
				}
			}
		}
	}
}

// Provisional reports whether a holiday set of the calendar is provisional in any year
// from that of one instant to that of another: an answer about them may yet change.
//
// The order of the instants does not matter. Years outside 1900 to 2199 are provisional
// in every set (R9). A calendar without holidays is never provisional.
func (c *Calendar) Provisional(from, to time.Time) bool {
	if c == nil || c.spec == nil || len(c.spec.sets) == 0 {
		return false
	}
	if c.spec.parts != nil {
		return slices.ContainsFunc(c.spec.parts, func(part *Calendar) bool { return part.Provisional(from, to) })
	}
	first, last := from.In(c.spec.zone).Year(), to.In(c.spec.zone).Year()
	first, last = min(first, last), max(first, last)
	// All years before the range are alike, and so are those after it.
	first, last = max(min(first, lastYear+1), firstYear-1), min(max(last, firstYear-1), lastYear+1)
	for year := first; year <= last; year++ {
		if slices.ContainsFunc(c.spec.sets, func(s HolidaySet) bool { return s.Provisional(year) }) {
			return true
		}
	}
	return false
}

// The functions below take a place for a date: its slot is the date's, and its
// x does not matter.

// onDate returns the place of a date, without a table if it is out of range.
func (c *Calendar) onDate(d Date) place {
	if c == nil || !d.inRange() {
		return place{}
	}
	return c.onSlot(d.unixDay() - slotZeroDay)
}

// onSlot returns the place of a slot's beginning, without a table if there is
// no such slot.
func (c *Calendar) onSlot(n int) place {
	if n < 0 || n >= slotCount {
		return place{}
	}
	tb := c.cover(n)
	if tb == nil {
		return place{}
	}
	return place{tb: tb, i: uint(n - int(tb.first))}
}

func (d Date) inRange() bool { return d.Year() >= firstYear && d.Year() <= lastYear }

func (c *Calendar) refuseDate(d Date) error {
	if c == nil || c.spec == nil {
		return ErrNoCalendar
	}
	return fmt.Errorf("calendar: date %q is %w", d, ErrOutOfRange)
}

func (at place) date() Date { return dateOfUnixDay(int64(at.slot() + slotZeroDay)) }

func (at place) isBusinessDay() bool { return at.tb.days.has(at.i) }

// businessDaysBefore counts from the calendar's origin, which all its tables share.
func (at place) businessDaysBefore() int { return at.tb.days.base + at.tb.days.before(at.i) }

// businessTime returns the business date of an open place and its time of day
// there, in seconds from the date's midnight by the wall clock.
func (c *Calendar) businessTime(at place) (date place, clock int32) {
	if c.spec.parts != nil {
		return c.businessTimeCombined(at)
	}
	sh := at.shape()
	offset := sh.offset
	if !sh.steady {
		for _, o := range near(at.tb.offsets, at.slot()+slotZeroDay) {
			if o.from <= c.unix(at) {
				offset = int32(o.offset)
			}
		}
	}
	date, clock = at, at.x+offset-c.standard
	for clock < 0 {
		date, clock = c.onSlot(date.slot()-1), clock+daySeconds
	}
	for clock >= daySeconds {
		date, clock = c.onSlot(date.slot()+1), clock-daySeconds
	}
	for _, h := range date.shape().hours {
		if h.contains(clock) {
			return date, clock
		}
	}
	return c.onSlot(date.slot() - 1), clock + daySeconds
}

// addBusinessDays returns the n-th business day after a date (before it, for
// n < 0), and for n == 0 the date itself. The answer has no table where the
// range does not hold it.
func (c *Calendar) addBusinessDays(date place, n int) place {
	if n == 0 {
		return date
	}
	if n > 0 && !date.isBusinessDay() {
		n--
	}
	if n > slotCount || n < -slotCount {
		return place{}
	}
	tb := date.tb
	day := tb.days.before(date.i) + n
	if uint(day) >= uint(len(tb.days.slots)) {
		day += tb.days.base
		tb = c.coverUntil(func(tb *table) int {
			switch {
			case day < tb.days.base:
				return -1
			case day >= tb.days.base+len(tb.days.slots):
				return +1
			}
			return 0
		})
		if tb == nil {
			return place{}
		}
		day -= tb.days.base
	}
	return place{tb: tb, i: uint(tb.days.slots[day])}
}

// clockOn returns the place of a time of day on a business day, moved into the
// date's hours as R7 says, and what is left of its nanoseconds.
func (c *Calendar) clockOn(date place, clock int32, nsec int64) (place, int64) {
	if date.tb == nil {
		return date, 0
	}
	sh := date.shape()
	if c.spec.parts != nil && !sh.steady {
		return c.clockOnCombined(date, clock, nsec)
	}
	moved, inside := sh.moveInto(clock)
	rest := int64(0)
	if inside {
		rest = nsec
	}
	if sh.steady {
		date.x = moved + c.standard - sh.offset
		return date, rest
	}
	midnight := int64(date.slot()+slotZeroDay) * daySeconds
	unix, exact := firstReaching(near(date.tb.offsets, date.slot()+slotZeroDay), midnight+int64(moved))
	if !exact {
		rest = 0
	}
	date.x = 0
	date.x = int32(unix - c.unix(date))
	return date, rest
}

// moveInto returns a time of day if it is in the hours of the shape's date, else
// the latest closing before it, else the first opening (R7).
func (s *shape) moveInto(clock int32) (moved int32, inside bool) {
	moved = s.hours[0].open
	for _, h := range s.hours {
		if clock < h.open {
			break
		}
		if moved = h.close; clock < h.close {
			return clock, true
		}
	}
	return moved, false
}

// businessDays are the business days of a table. Which dates are business days
// is a set of bits; how many come before a date is a sum kept for each word of
// it and a count of bits in that word.
type businessDays struct {
	base   int // the business days before the table, from the calendar's origin
	words  []uint64
	counts []uint32 // the business days before each word
	slots  []uint32 // the slots whose dates are business days, in order
}

func (d *businessDays) has(i uint) bool { return d.words[i/64]>>(i%64)&1 != 0 }

// before returns the number of business days in the table before slot i.
func (d *businessDays) before(i uint) int {
	return int(d.counts[i/64]) + bits.OnesCount64(d.words[i/64]&(1<<(i%64)-1))
}

// newBusinessDays returns the business days of a table of which flags has one
// for each slot. Old are those of the table that it grew from, which begins at
// slot first.
func newBusinessDays(flags []bool, old businessDays, first int) businessDays {
	d := businessDays{words: make([]uint64, len(flags)/64+1), counts: make([]uint32, len(flags)/64+1)}
	n := 0
	for _, business := range flags {
		if business {
			n++
		}
	}
	d.slots = make([]uint32, 0, n)
	for i, business := range flags {
		if i%64 == 0 {
			d.counts[i/64] = uint32(len(d.slots))
		}
		if i == first {
			d.base = old.base - len(d.slots)
		}
		if business {
			d.words[i/64] |= 1 << (i % 64)
			d.slots = append(d.slots, uint32(i))
		}
	}
	return d
}
