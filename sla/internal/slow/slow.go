// Package slow says when a target is due in a slow and plain way, for tests to compare with.
package slow

import (
	"fmt"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
)

// Hours is a calendar that is asked for single days and for single minutes only. Its zone
// and its hours change at whole minutes.
type Hours struct {
	Calendar *calendar.Calendar
	Open     func(minute time.Time) bool // asked for whole minutes
}

// HoursOf returns the hours of a calendar.
func HoursOf(c *calendar.Calendar) Hours { return Hours{c, c.IsOpen} }

// Target says what a target means for a clock that counts from an instant: the side that
// holds, when the clock starts, and when the target is due.
func (h Hours) Target(target string, from time.Time) (side string, start, due time.Time) {
	start = h.firstOpen(from)
	side = h.side(target, from, start)
	return side, start, h.due(side, from, start)
}

func (h Hours) isOpen(t time.Time) bool { return h.Open(t.Truncate(time.Minute)) }

func (h Hours) firstOpen(t time.Time) time.Time {
	for !h.isOpen(t) {
		t = nextMinute(t)
	}
	return t
}

func nextMinute(t time.Time) time.Time { return t.Truncate(time.Minute).Add(time.Minute) }

// side returns the side of a target that holds.
func (h Hours) side(target string, from, start time.Time) string {
	first, other, two := strings.Cut(target, " else ")
	if !two {
		return target
	}
	if side, ok := strings.CutSuffix(first, " in hours"); ok {
		if h.isOpen(from) {
			return side
		}
		return other
	}
	side, limit, _ := strings.Cut(first, " before ")
	if h.reading(start, h.businessDate(start)) < clock(limit) {
		return side
	}
	return other
}

// due returns when a side is due.
func (h Hours) due(side string, from, start time.Time) time.Time {
	if d, ok := strings.CutSuffix(side, " wall"); ok {
		return start.Add(duration(d))
	}
	days, more, sum := strings.Cut(side, " ")
	if sum {
		return h.Add(h.due(days, from, start), duration(more))
	}
	days, at, hasTime := strings.Cut(side, "@")
	if n, ok := strings.CutSuffix(days, "bd"); ok {
		for n := number(n); ; n++ {
			d := h.businessDate(start)
			if n == 0 {
				d = h.businessDay(d)
			}
			for range n {
				d = h.businessDay(d.AddDays(1))
			}
			due := h.at(d, at, h.reading(start, h.businessDate(start)), hasTime)
			if !due.Before(start) {
				return due
			}
		}
	}
	if n, ok := strings.CutSuffix(days, "d"); ok {
		if !hasTime {
			at = "close"
		}
		d := calendar.DateOf(from.In(h.Calendar.Zone()))
		for range number(n) {
			d = d.AddDays(1)
		}
		return h.at(h.businessDay(d), at, 0, true)
	}
	return h.Add(start, duration(side))
}

// Add returns the earliest instant by which some time in hours has passed (R4).
func (h Hours) Add(t time.Time, d time.Duration) time.Time {
	for d > 0 {
		next := nextMinute(t)
		if h.isOpen(t) {
			if d <= next.Sub(t) {
				return t.Add(d)
			}
			d -= next.Sub(t)
		}
		t = next
	}
	return t
}

// businessDay returns a date if it is a business day, else the next one.
func (h Hours) businessDay(d calendar.Date) calendar.Date {
	for !h.Calendar.Day(d).Business {
		d = d.AddDays(1)
	}
	return d
}

// businessDate returns the date to which an open instant belongs: the later of two.
func (h Hours) businessDate(t time.Time) calendar.Date {
	date := calendar.DateOf(t.In(h.Calendar.Zone()))
	for _, d := range []calendar.Date{date, date.AddDays(-1)} {
		for _, span := range h.Calendar.Day(d).Spans {
			if !t.Before(span.Start) && t.Before(span.End) {
				return d
			}
		}
	}
	panic(fmt.Sprintf("%v is in no hours", t))
}

// reading returns what the wall clock shows, from the midnight of a date on.
func (h Hours) reading(t time.Time, d calendar.Date) time.Duration {
	wall := t.In(h.Calendar.Zone())
	sinceMidnight := time.Duration(wall.Hour())*time.Hour + time.Duration(wall.Minute())*time.Minute + time.Duration(wall.Second())*time.Second + time.Duration(wall.Nanosecond())
	for calendar.DateOf(wall) != d {
		sinceMidnight += 24 * time.Hour
		d = d.AddDays(1)
	}
	return sinceMidnight
}

// at returns the instant of a time on a business day: its closing, or a time of day, or that
// of a start. Outside its hours, that is the latest closing before it, else the first
// opening. A time that the wall clock skips is the first instant after, and of two the first
// (R7).
func (h Hours) at(d calendar.Date, text string, start time.Duration, hasTime bool) time.Time {
	spans := h.Calendar.Day(d).Spans
	if text == "close" {
		return spans[len(spans)-1].End
	}
	if hasTime {
		start = clock(text)
	}
	minute, rest := start.Truncate(time.Minute), start%time.Minute
	closing := spans[0].Start
	for _, span := range spans {
		for t := span.Start; t.Before(span.End); t = t.Add(time.Minute) {
			switch reading := h.reading(t, d); {
			case reading == minute:
				return t.Add(rest)
			case reading > minute && t.Equal(span.Start):
				return closing
			case reading > minute && h.reading(t.Add(-time.Minute), d) < minute: // skipped
				return t
			}
		}
		if h.reading(span.End, d) > h.reading(closing, d) {
			closing = span.End
		}
	}
	return closing
}

func clock(text string) time.Duration {
	var hour, minute int
	if _, err := fmt.Sscanf(text, "%02d:%02d", &hour, &minute); err != nil {
		panic(err)
	}
	return time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute
}

func number(text string) (n int) {
	if _, err := fmt.Sscanf(text, "%d", &n); err != nil {
		panic(err)
	}
	return n
}

func duration(text string) time.Duration {
	d, err := time.ParseDuration(text)
	if err != nil {
		panic(err)
	}
	return d
}
