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

// NewIn is New for a zone of whatever source.
func NewIn(zone *time.Location, text string) (*Calendar, error) {
	h, err := parseHours(text)
	if err != nil {
		return nil, err
	}
	return newCalendar("", newSpec(zone, h, nil)), nil
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
