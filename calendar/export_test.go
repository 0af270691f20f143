package calendar

import "time"

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
	return newCalendar("", newSpec(zone, h, sets)), nil
}

// Combine is Union or Intersect for calendars that may never be open together.
// Combination is how a calendar is made of others.
type Combination = combination

const (
	UnionOf        = union
	IntersectionOf = intersection
)

// Parts returns how a calendar is made of others, and these.
func (c *Calendar) Parts() (Combination, []*Calendar) {
	if parts := c.UnionOf(); parts != nil {
		return union, parts
	} else if parts := c.IntersectionOf(); parts != nil {
		return intersection, parts
	}
	return "", nil
}

func Combine(how Combination, parts ...*Calendar) *Calendar {
	s := newSpec(parts[0].spec.zone, &hours{}, nil)
	s.how, s.parts, s.count = how, parts, len(parts)+1
	return newCalendar("", s)
}

// OpensOn reports whether the search for an opening finds one from a day to another, not
// included, in UTC.
func OpensOn(c *Calendar, first, end Date) bool {
	return newSearch(c.spec).opensIn(first.unixDay(), end.unixDay())
}

// SearchWork returns what the search for an opening handles, in words of 64 dates, ranges
// and clock changes, and whether it finds one.
func SearchWork(c *Calendar) (work int, opens bool) {
	f := newSearch(c.spec)
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
	tb := c.spec.compile(nil, from, end)
	b := &compiler{spec: c.spec}
	offsets := b.offsetsAround(from, end)
	for n := from; n < end; n++ {
		for offsets[0].to <= b.begin(n) {
			offsets = offsets[1:]
		}
		anew := b.combinedShape(n, offsets[0])
		if sh := (place{tb: tb, i: uint(n - from)}).shape(); string(sh.append(nil)) != string(anew.append(nil)) {
			dates = append(dates, dateOfUnixDay(int64(n+slotZeroDay)))
		}
	}
	return dates
}
