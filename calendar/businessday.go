package calendar

import (
	"fmt"
	"math/bits"
	"time"
)

// AddDays returns the instant n business days after t (R6, R7), in t's
// Location.
//
// For n > 0, AddDays moves t to the next open instant, takes its business date
// (see [Calendar.BusinessDate]) and its time of day on that date, 02:00 in a night
// shift being 26:00, and returns the same time of day n business days on. If that
// date's hours do not contain it, the result is the latest closing before it, else
// the first opening. A wall time that a clock change skips becomes the first instant
// after the gap, a repeated one its first occurrence. For n < 0, AddDays moves t back
// to the latest open time instead. For n == 0 it returns the next open instant.
//
// The error is [ErrOutOfRange] if t or the result is outside the range (R9).
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
		date, clock := c.source.businessTime(c, at)
		r, nsec := c.clockOn(c.addBusinessDays(date, n), clock+end, nsec)
		if r.tb != nil && inRange(c.unix(r)) {
			return time.Unix(c.unix(r), nsec).In(t.Location()), nil
		}
	}
	return time.Time{}, resultRange("AddDays", t, n)
}

// BusinessDate returns the date that the first open instant at or after t
// belongs to: the date on which its hours begin. The whole of a night shift has the
// date of its evening. If the hours of two dates cover the instant, BusinessDate
// returns the later one (R7). [Calendar.Day] of the date has the instant in its Spans.
//
// A date that the zone skipped can have open instants too, as its hours may run past
// its midnight (R1). It is not a business day (R6). The error is [ErrOutOfRange] as
// for NextOpen.
func (c *Calendar) BusinessDate(t time.Time) (Date, error) {
	at, sec, _ := c.locate(t.Unix())
	if at.tb == nil {
		return Date{}, c.refuse("t", t)
	}
	if at = c.openSecond(at.tb, sec); at.tb == nil || !inRange(c.unix(at)) {
		return Date{}, resultRange("BusinessDate", t)
	}
	at, _ = c.source.businessTime(c, at)
	return at.date(), nil
}

// AddBusinessDays returns the date n business days after d, or before it if
// n is negative (R6). For n == 0 it returns d if d is a business day, else the next
// one. The error is [ErrOutOfRange] if d or the result is outside the range (R9).
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

// BusinessDaysBetween returns the number of business days in [from, to) (R6), which
// does not count to. It is negative if to is before from, like [Calendar.Between]. The
// error is [ErrOutOfRange] if either is outside the range (R9).
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

// At returns the instant of a time of day on a business day, in the calendar's zone.
// The time of day is counted from midnight by the wall clock, 0 to 48h: 26h is 02:00
// of a night shift. A time outside the hours that begin on the date becomes the latest
// closing before it, else the first opening (R7).
//
// At returns an error if d is not a business day, or if clock is outside 0 to 48h. It
// is [ErrOutOfRange] if d or the result is outside the range (R9).
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
		return time.Unix(c.unix(at), nsec).In(c.zone), nil
	}
	return time.Time{}, fmt.Errorf("calendar: At(%s, %v) is %w", d, clock, ErrOutOfRange)
}

// Closing returns the end of the last open span that begins on a business day, in the
// calendar's zone: in the morning after, for a night shift. If a clock change repeats
// the closing time, Closing returns the later instant, as the calendar is open before
// it. It returns errors as [Calendar.At] does.
func (c *Calendar) Closing(d Date) (time.Time, error) {
	at := c.onDate(d)
	if at.tb == nil {
		return time.Time{}, c.refuseDate(d)
	}
	if !at.isBusinessDay() {
		return time.Time{}, fmt.Errorf("calendar: %s is not a business day of %s", d, c)
	}
	closing := c.lastClosing(at)
	if !inRange(closing) {
		return time.Time{}, fmt.Errorf("calendar: Closing(%s) is %w", d, ErrOutOfRange)
	}
	return time.Unix(closing, 0).In(c.zone), nil
}

// lastClosing returns the end of the last open span that begins on a business day, as Unix
// time. On a steady date it allocates nothing.
func (c *Calendar) lastClosing(date place) int64 {
	sh := date.shape()
	if !sh.steady {
		return c.lastOwnSpan(date)
	}
	date.x = sh.hours[len(sh.hours)-1].close + c.standard - sh.offset
	return c.unix(date)
}

func (c *Calendar) lastOwnSpan(date place) (closing int64) {
	for _, end := range c.ownSpans(date.slot()) {
		closing = end
	}
	return closing
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
	if c == nil || c.source == nil {
		return ErrNoCalendar
	}
	return fmt.Errorf("calendar: date %q is %w", d, ErrOutOfRange)
}

func (at place) date() Date { return dateOfUnixDay(int64(at.slot() + slotZeroDay)) }

func (at place) isBusinessDay() bool { return at.tb.days.has(at.i) }

// businessDaysBefore counts from the calendar's origin, which all its tables share.
func (at place) businessDaysBefore() int { return at.tb.days.base + at.tb.days.before(at.i) }

// addBusinessDays returns the n-th business day after a date (before it, for
// n < 0), and for n == 0 the date itself. The result has no table if it is out of
// range.
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
	if !sh.steady {
		return c.source.clockOn(c, date, clock, nsec)
	}
	moved, inside := sh.moveInto(clock)
	if !inside {
		nsec = 0
	}
	date.x = moved + c.standard - sh.offset
	return date, nsec
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

// newBusinessDays returns the business days of a table; flags has one for each slot.
// The table grew from one with the business days old, which begins at slot first.
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
