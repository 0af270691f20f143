package calendar

import (
	"iter"
	"time"
)

// source is where the open time of a calendar comes from: hours, for a calendar made by
// New, or other calendars, for one made by Union, Intersect or Subtract. Tables and queries
// are the same for both.
//
// Places in these methods are in the calendar's table. The x of a date does not matter.
type source interface {
	// fill adds the slots from first to end, at least one, to a table.
	fill(c *Calendar, b *builder, first, end int)

	// earliest returns in which slot the hours of a date can begin, as the difference
	// from the date's own: 0, or -1 or -2 where a part is east of the first.
	earliest(c *Calendar, tb *table) int

	// ownSpans returns the open spans that begin on a date as Unix times, in order. Two
	// may touch.
	ownSpans(c *Calendar, date place) iter.Seq2[int64, int64]

	// businessTime returns the business date of an open place, and its time of day
	// there, in seconds from the date's midnight by the wall clock.
	businessTime(c *Calendar, at place) (date place, clock int32)

	// clockOn is [Calendar.clockOn] on a date that is not steady.
	clockOn(c *Calendar, date place, clock int32, nsec int64) (place, int64)

	// provisional is [Calendar.Provisional].
	provisional(c *Calendar, from, to time.Time) bool

	// hoursText returns the hours for people, and text the zone and holiday sets too.
	hoursText() string
	text(c *Calendar) string
}

// size bounds what it takes to combine a calendar with others.
type size struct {
	count int // of calendars that it is made of, with itself
	depth int // of combinations in each other, with itself
	spans int // the most times that a day has, of all calendars together
	dates int // the rules and the dates in them, of all calendars together
}
