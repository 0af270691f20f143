package calendar

import "time"

// Day is what a calendar knows of one date.
type Day struct {
	Date Date
	// Business says that the date is a business day (R6): it exists in the
	// zone and hours begin on it.
	Business bool
	// Spans are the open spans that begin on the date, a night shift whole, in
	// the calendar's zone. They come from the date's own hours (R1), so they may touch
	// or overlap spans of the dates around. A date that the zone skipped is not a
	// business day, but has spans if its hours run past its midnight.
	Spans []Span
	// Holiday is the date's entry in the holiday sets. Its Date is zero if they have
	// no entry. A make-up workday has Workday set.
	Holiday Holiday
}

// Day returns what the calendar knows of a date. If d is outside the range of R9,
// only the field Date is set.
func (c *Calendar) Day(d Date) Day {
	day := Day{Date: d}
	at := c.onDate(d)
	if at.tb == nil {
		return day
	}
	day.Holiday = c.entry(d)
	day.Business = at.isBusinessDay()
	if len(at.shape().hours) > 0 {
		day.Spans = c.daySpans(at)
	}
	return day
}

// daySpans returns the spans of [Day]. Even an empty result allocates.
func (c *Calendar) daySpans(date place) (spans []Span) {
	for open, end := range c.ownSpans(date.slot()) {
		start, closing := time.Unix(open, 0).In(c.zone), time.Unix(end, 0).In(c.zone)
		if n := len(spans); n > 0 && spans[n-1].End.Equal(start) {
			spans[n-1].End = closing
		} else {
			spans = append(spans, Span{start, closing})
		}
	}
	return spans
}
