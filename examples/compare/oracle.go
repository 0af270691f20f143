package main

import (
	"slices"
	"sort"
	"time"
)

// An oracle knows the right answers about a desk. It reads the wall clock once for
// every minute of the desk's year (R1, R2), counts the open ones (R3), and looks
// in the counts (R4, R5). It is slow, simple, and shares no code with any engine.
type oracle struct {
	desk
	start time.Time
	open  []int // open[i] is the number of open minutes in the first i minutes from start
}

// margin is what the counts reach beyond the desk's year. Nothing that is asked
// goes further.
const margin = 90 * 24 * time.Hour

func newOracle(d desk) *oracle {
	o := &oracle{desk: d, start: d.from().Add(-margin), open: []int{0}}
	end := d.to().Add(margin)
	for t := o.start; t.Before(end); t = t.Add(time.Minute) {
		n := o.open[len(o.open)-1]
		if d.isOpen(t) {
			n++
		}
		o.open = append(o.open, n)
	}
	return o
}

// isOpen is R1: the reading of the wall clock lies in the hours of its date, or in
// those of the date before that run past midnight.
func (d desk) isOpen(t time.Time) bool {
	t = t.In(d.zone)
	hour, minute, _ := t.Clock()
	minute += 60 * hour
	today := d.noon(t)
	in := func(date time.Time, minute int) bool {
		return slices.ContainsFunc(d.spans, func(s span) bool { return s.opens <= minute && minute < s.closes }) && d.isBusinessDay(date)
	}
	return in(today, minute) || in(today.AddDate(0, 0, -1), minute+24*60)
}

// isBusinessDay is R6, for a date given as its noon in UTC.
func (d desk) isBusinessDay(date time.Time) bool {
	holiday := d.holidays && slices.Contains(berlinHolidays, date.Format(time.DateOnly))
	return slices.Contains(d.days, date.Weekday()) && !holiday
}

// index returns where the minute of t stands in the counts.
func (o *oracle) index(t time.Time) int { return int(t.Sub(o.start) / time.Minute) }

func (o *oracle) between(a, b time.Time) time.Duration {
	return time.Duration(o.open[o.index(b)]-o.open[o.index(a)]) * time.Minute
}

// add is R4 for d > 0: the earliest instant by which d has been open.
func (o *oracle) add(t time.Time, d time.Duration) time.Time {
	want := o.open[o.index(t)] + int(d/time.Minute)
	i := sort.Search(len(o.open), func(i int) bool { return o.open[i] >= want })
	return o.start.Add(time.Duration(i) * time.Minute)
}

// back is R4 for d < 0: the latest instant since which d has been open.
func (o *oracle) back(t time.Time, d time.Duration) time.Time {
	want := o.open[o.index(t)] - int(d/time.Minute)
	i := sort.Search(len(o.open), func(i int) bool { return o.open[i] > want }) - 1
	return o.start.Add(time.Duration(i) * time.Minute)
}

// noon returns the date of t in the zone as its noon in UTC, which exists on each.
func (d desk) noon(t time.Time) time.Time {
	y, m, day := t.In(d.zone).Date()
	return time.Date(y, m, day, 12, 0, 0, 0, time.UTC)
}

// businessDaysAfter returns the date n business days after that of t.
func (d desk) businessDaysAfter(t time.Time, n int) time.Time {
	date := d.noon(t)
	for n > 0 {
		date = date.AddDate(0, 0, 1)
		if d.isBusinessDay(date) {
			n--
		}
	}
	return date
}

// countDays returns how many business days there are from the date of a to that of
// b, both included.
func (d desk) countDays(a, b time.Time) int {
	n := 0
	for date := d.noon(a); !date.After(d.noon(b)); date = date.AddDate(0, 0, 1) {
		if d.isBusinessDay(date) {
			n++
		}
	}
	return n
}
