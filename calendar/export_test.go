package calendar

import (
	"slices"
	"time"
)

// TableSize returns the number of slots in the table that c has built so far.
func TableSize(c *Calendar) int {
	if tb := c.table.Load(); tb != nil {
		return len(tb.slots) - 1
	}
	return 0
}

// ParseHours is parseHours without the check that the hours ever open.
func ParseHours(text string) (canonical string, err error) {
	h, err := parseHours(text)
	if err != nil {
		return "", err
	}
	return h.String(), nil
}

// NewIn is New for a zone of whatever source, and for hours that may never open.
func NewIn(zone *time.Location, text string, sets ...HolidaySet) (*Calendar, error) {
	h, err := parseHours(text)
	if err != nil {
		return nil, err
	}
	return newPlain("", zone, []era{{hours: h}}, sets, nil), nil
}

// MovedTo returns a calendar made by New as it would be in another zone, and without
// holidays if so asked. It may never open.
func MovedTo(zone *time.Location, c *Calendar, withoutHolidays bool) *Calendar {
	sets, own := c.sets, c.own
	if withoutHolidays {
		sets, own = nil, nil
	}
	return newPlain("", zone, slices.Clone(c.source.(*plain).eras), sets, own)
}

// Combination is how a calendar is made of others.
type Combination = operation

const (
	UnionOf        = union
	IntersectionOf = intersection
	SubtractionOf  = subtraction
)

// Parts returns how a calendar is made of others, and these.
func (c *Calendar) Parts() (Combination, []*Calendar) {
	if parts := c.UnionOf(); parts != nil {
		return union, parts
	} else if parts := c.IntersectionOf(); parts != nil {
		return intersection, parts
	} else if from, less := c.SubtractionOf(); from != nil {
		return subtraction, append([]*Calendar{from}, less...)
	}
	return "", nil
}

// Combine is Union, Intersect or Subtract for calendars that may never be open together.
func Combine(how Combination, parts ...*Calendar) *Calendar {
	m := &combination{how, parts}
	c := newCalendar("", parts[0].zone, nil, nil, m, size{count: len(parts) + 1})
	c.neverCloses = m.neverCloses()
	return c
}

// OpensOn reports whether the search for an opening finds one from a day to another, not
// included, in UTC.
func OpensOn(c *Calendar, first, end Date) bool {
	return newSearch(c).opensIn(first.unixDay(), end.unixDay())
}

// SearchWork returns what the search for an opening handles, in words of 64 dates, ranges
// and clock changes, and whether it finds one.
func SearchWork(c *Calendar) (work int, opens bool) {
	f := newSearch(c)
	opens = f.run()
	return f.work, opens
}

// OffsetSpan is offsetSpan.
type OffsetSpan struct{ From, To, Offset int64 }

// OffsetSpans returns the stretches of constant offset in the range of R9.
func OffsetSpans(zone *time.Location) (spans []OffsetSpan) {
	for _, s := range offsetSpans(zone, firstUnix, endUnix) {
		spans = append(spans, OffsetSpan{s.from, s.to, s.offset})
	}
	return spans
}

// SlotsUnlikeAnew returns the dates from first to last whose slots, in a table of a
// combined calendar, are others than each put together by itself.
func SlotsUnlikeAnew(c *Calendar, first, last Date) (dates []Date) {
	from, end := first.unixDay()-slotZeroDay, last.unixDay()-slotZeroDay+1
	tb := c.build(nil, from, end)
	f := &combinedSlots{combination: c.source.(*combination), calendar: c}
	offsets := c.offsetsAround(from, end)
	for n := from; n < end; n++ {
		for offsets[0].to <= c.begin(n) {
			offsets = offsets[1:]
		}
		anew := f.shape(n, offsets[0])
		if sh := (place{tb: tb, i: uint(n - from)}).shape(); string(sh.append(nil)) != string(anew.append(nil)) {
			dates = append(dates, dateOfUnixDay(int64(n+slotZeroDay)))
		}
	}
	return dates
}
