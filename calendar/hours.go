package calendar

import (
	"math/bits"
	"slices"
	"time"
)

// hours is a parsed hours text: the rules in the order of the text.
//
// A date begins without hours. Each rule that matches it, in order, replaces its hours, adds
// to them, or cuts a part out of them.
type hours struct {
	rules []rule
	// partial has the indexes of the rules that add or cut.
	partial []int
	// hasPH says that some rule names PH; without one, holidays close (R11).
	hasPH bool
	// makeUp is the weekday whose hours a make-up workday has (R11): Monday, or
	// the first weekday with hours, or -1.
	makeUp int
}

// rule is a selector of dates, and what it does to their hours.
type rule struct {
	selector
	effect effect
	weekly bool // isWeekly
	// times are seconds of wall time since the midnight of the date, sorted, apart from each
	// other, within 0:00 to 48:00. A rule that replaces has none if it closes the date.
	times []span
}

type effect uint8

const (
	replaces effect = iota // the date has these times, and no others
	adds                   // a rule after a comma
	cuts                   // times that are off
)

// selector matches the dates that are in all its lists. An empty list matches all dates.
// The fields days, nth, ph and shifts make up one list.
type selector struct {
	dates  []dateRange
	weeks  []weekRange
	days   weekdays
	nth    []nthWeekday
	ph     bool
	shifts []int // PH -1 day is -1: the days before holidays
}

const (
	// maxRules bounds the rules and what their lists have, and so the work of building a
	// table.
	maxRules = 1000
	// maxTimes bounds the times in a rule, and so the spans of a day. A calendar made of
	// 64 others has all their spans in its table, for every day.
	maxTimes = 48
	// maxPartial bounds the rules that add or cut, and so how many different days they make.
	maxPartial = 32
	// maxShift bounds the days before or after a holiday, as the reference does.
	maxShift = 1

	minute = 60
	hour   = 60 * minute
	latest = 2 * daySeconds // 48:00
)

// weekdays is a set of days of the week: bit 0 is Monday, bit 6 Sunday.
type weekdays uint8

const everyDay weekdays = 1<<7 - 1

var (
	weekdayNames = []string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}
	monthNames   = []string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
)

// weekdayOf returns the day of the week of a day counted from 1970-01-01, a
// Thursday: 0 is Monday.
func weekdayOf(unixDay int) int { return ((unixDay+3)%7 + 7) % 7 }

// nthWeekday is a weekday of each month: n is 1 to 5 from its beginning, or -1 to -5 from its
// end.
type nthWeekday struct{ weekday, n int }

// nthOf returns the n that an nthWeekday can have on a day of a month of some length.
func nthOf(day, length int) (fromBeginning, fromEnd int) {
	return (day-1)/7 + 1, -((length-day)/7 + 1)
}

// weekRange is each step-th week from one to another, by the numbers of ISO 8601.
type weekRange struct{ from, to, step int }

func (r weekRange) contains(week int) bool {
	return r.from <= week && week <= r.to && (week-r.from)%r.step == 0
}

// dateRange is a range of dates, both ends included: of one year where from
// and to are set, else of every year, from month and day to month and day,
// wrapping at the year's end.
type dateRange struct {
	from, to         Date
	yearFrom, yearTo monthDay
}

// monthDay is month*100 + day, so that two compare in the order of the year.
type monthDay int

func (m monthDay) month() int { return int(m) / 100 }
func (m monthDay) day() int   { return int(m) % 100 }

func (r dateRange) contains(d Date, md monthDay) bool {
	switch {
	case !r.from.IsZero():
		return r.from.n <= d.n && d.n <= r.to.n
	case r.yearFrom <= r.yearTo:
		return r.yearFrom <= md && md <= r.yearTo
	}
	return md >= r.yearFrom || md <= r.yearTo
}

// dateFacts is what rules ask of a date.
type dateFacts struct {
	day     int // from 1970-01-01
	kind    dayKind
	weekday int // that it is read as
	// isHoliday reports whether the date some days later is a holiday; nil: none is.
	isHoliday func(later int) bool

	// These are known once place has been called.
	date  Date
	md    monthDay
	month int // the length of its month
	week  int
}

// place finds out where in the year the date is.
func (f *dateFacts) place() {
	if !f.date.IsZero() {
		return
	}
	f.date = dateOfUnixDay(int64(f.day))
	midnight := f.date.midnight()
	year, month, day := midnight.Date()
	f.md = monthDay(int(month)*100 + day)
	f.month = monthLength(year, month)
	_, f.week = midnight.ISOWeek()
}

func monthLength(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

func (s *selector) matches(f *dateFacts) bool {
	if len(s.dates) > 0 {
		f.place()
		if !slices.ContainsFunc(s.dates, func(r dateRange) bool { return r.contains(f.date, f.md) }) {
			return false
		}
	}
	if len(s.weeks) > 0 {
		f.place()
		if !slices.ContainsFunc(s.weeks, func(r weekRange) bool { return r.contains(f.week) }) {
			return false
		}
	}
	return s.matchesDay(f)
}

// matchesDay is matches for weekdays and holidays.
func (s *selector) matchesDay(f *dateFacts) bool {
	if s.days&(1<<f.weekday) != 0 || s.ph && f.kind == holidayDay || s.anyDay() {
		return true
	}
	if len(s.nth) > 0 {
		f.place()
		from, end := nthOf(f.md.day(), f.month)
		if slices.Contains(s.nth, nthWeekday{f.weekday, from}) || slices.Contains(s.nth, nthWeekday{f.weekday, end}) {
			return true
		}
	}
	return f.isHoliday != nil && slices.ContainsFunc(s.shifts, func(n int) bool { return f.isHoliday(-n) })
}

// anyDay reports whether the selector leaves weekdays and holidays open.
func (s *selector) anyDay() bool {
	return s.days == 0 && len(s.nth) == 0 && !s.ph && len(s.shifts) == 0
}

// isWeekly reports whether the selector has weekdays alone.
func (s *selector) isWeekly() bool {
	return s.days != 0 && len(s.nth) == 0 && !s.ph && len(s.shifts) == 0 && len(s.dates) == 0 && len(s.weeks) == 0
}

// weekdays returns the weekdays of the dates that the selector can match; ok is false if
// holidays decide.
func (s *selector) weekdays() (days weekdays, ok bool) {
	if s.anyDay() {
		return everyDay, true
	}
	days = s.days
	for _, n := range s.nth {
		days |= 1 << n.weekday
	}
	return days, !s.ph && len(s.shifts) == 0
}

// size counts the rule and what its lists have.
func (s *selector) size() int {
	return 1 + len(s.dates) + len(s.weeks) + len(s.nth) + len(s.shifts)
}

// closedRule stands for a rule that closes the date, or for none.
const closedRule = -1

// decide returns what makes up the hours of a date: the last rule that replaces, or
// closedRule, and as bits those of h.partial that come after it. A make-up workday is read
// as an ordinary day of the week makeUp.
func (h *hours) decide(f *dateFacts) (base int, partial uint32) {
	if f.kind == holidayDay && !h.hasPH {
		return closedRule, 0
	}
	f.weekday = h.weekdayOf(f.day, f.kind)
	next := len(h.partial) - 1
	for i := len(h.rules) - 1; i >= 0; i-- {
		r := &h.rules[i]
		matches := r.days&(1<<f.weekday) != 0
		if !r.weekly {
			matches = r.matches(f)
		}
		switch {
		case r.effect != replaces:
			if matches {
				partial |= 1 << next
			}
			next--
		case matches && len(r.times) == 0:
			return closedRule, partial
		case matches:
			return i, partial
		}
	}
	return closedRule, partial
}

// weekdayOf returns the weekday that a date is read as.
func (h *hours) weekdayOf(day int, kind dayKind) int {
	if kind == makeUpDay && h.makeUp >= 0 {
		return h.makeUp
	}
	return weekdayOf(day)
}

// times returns the hours that decide has named. The caller must not change them.
func (h *hours) times(base int, partial uint32) (times []span) {
	if base != closedRule {
		times = h.rules[base].times
	}
	for ; partial != 0; partial &= partial - 1 {
		times = h.rules[h.partial[bits.TrailingZeros32(partial)]].change(times)
	}
	return times
}

// change returns the hours of a date after a rule that adds or cuts.
func (r *rule) change(times []span) []span {
	if r.effect == cuts {
		return subtractSpans(times, r.times)
	}
	return joinSpans(append(slices.Clone(times), r.times...))
}

// mostTimes returns a bound of the times that a date has.
func (h *hours) mostTimes() (most int) {
	for i := range h.rules {
		if r := &h.rules[i]; r.effect == replaces {
			most = max(most, len(r.times))
		}
	}
	for _, i := range h.partial {
		most += len(h.rules[i].times)
	}
	return most
}

// newHours returns the hours of some rules.
func newHours(rules []rule) *hours {
	h := &hours{rules: rules, makeUp: -1}
	for i := range rules {
		r := &rules[i]
		h.hasPH = h.hasPH || r.ph
		r.weekly = r.isWeekly()
		if r.effect == adds && addsToNone(rules[:i], r) {
			r.effect = replaces
		}
		if r.effect != replaces {
			h.partial = append(h.partial, i)
		}
	}
	for weekday, times := range weekOf(rules) {
		if len(times) > 0 {
			h.makeUp = weekday
			break
		}
	}
	return h
}

// addsToNone reports whether the dates of a rule have other weekdays than those of all
// others: then there is nothing to add to.
func addsToNone(others []rule, r *rule) bool {
	days, ok := r.weekdays()
	return ok && !slices.ContainsFunc(others, func(o rule) bool {
		other, ok := o.weekdays()
		return !ok || days&other != 0
	})
}

// weekOf returns the hours of the weekdays by the rules that have weekdays on all dates.
func weekOf(rules []rule) (week [7][]span) {
	for i := range rules {
		r := &rules[i]
		for weekday := range week {
			switch {
			case len(r.dates) > 0 || len(r.weeks) > 0 || r.days&(1<<weekday) == 0:
			case r.effect == replaces:
				week[weekday] = r.times
			default:
				week[weekday] = r.change(week[weekday])
			}
		}
	}
	return week
}
