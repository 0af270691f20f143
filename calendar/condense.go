package calendar

import (
	"cmp"
	"slices"
)

// calDay is a date as it was found: with the hours that begin on it, the zero
// span if none do, and the holiday that it is, with a zero Date if none.
type calDay struct {
	date    Date
	hours   span
	holiday Holiday
}

func (d calDay) isOpen() bool { return d.hours != span{} }

// What condense calls days of the holiday set that are no holidays.
const (
	noWorkday    = "no workday"
	extraWorkday = "extra workday"
)

// week is the hours of each weekday, from Monday; a weekday that is closed has
// the zero span.
type week [7]span

// condense writes dates down as hours of a week, with rules for dates that have
// other hours, and the days of a holiday set, for those that are closed or open
// unlike their weekday. The set bears any number of days, the rules only maxRules.
func condense(days []calDay) (*hours, []Holiday) {
	usual, closed := usualWeek(days)
	makeUp := slices.IndexFunc(usual[:], func(s span) bool { return s != span{} })
	if makeUp < 0 {
		closed = 0 // no weekday is usually open: there is nothing to tell them from
	}
	var set []Holiday
	runs := dateRuns{off: closed}
	for _, d := range days {
		weekday := weekdayOf(d.date.unixDay())
		base, entry := usual[weekday], d.holiday
		switch {
		case !entry.Date.IsZero():
		case !d.isOpen() && base != span{}:
			entry = Holiday{Date: d.date, Name: noWorkday}
		case d.isOpen() && base == span{} && makeUp >= 0:
			entry = Holiday{Date: d.date, Name: extraWorkday, Workday: true}
			base = usual[makeUp] // R11
		}
		if !entry.Date.IsZero() {
			set = append(set, entry)
		}
		runs.add(d, d.isOpen() && d.hours != base, !entry.Date.IsZero())
	}
	return runs.with(usual), set
}

// usualWeek returns the hours that each weekday has most often, holidays apart,
// and the weekdays that have none: those that are open less than one time in
// three, so that every second Saturday is still one of the week.
func usualWeek(days []calDay) (usual week, closed weekdays) {
	var count [7]map[span]int
	var open, total [7]int
	for _, d := range days {
		if !d.holiday.Date.IsZero() {
			continue
		}
		weekday := weekdayOf(d.date.unixDay())
		total[weekday]++
		if !d.isOpen() {
			continue
		}
		open[weekday]++
		if count[weekday] == nil {
			count[weekday] = map[span]int{}
		}
		count[weekday][d.hours]++
	}
	for weekday := range usual {
		if open[weekday]*3 < total[weekday] || open[weekday] == 0 {
			closed |= 1 << weekday
			continue
		}
		for s, n := range count[weekday] {
			best := usual[weekday]
			// The earlier hours of two that are as frequent, as a map has no order.
			if c := cmp.Compare(n, count[weekday][best]); c > 0 || c == 0 && (s.open < best.open || s.open == best.open && s.close < best.close) {
				usual[weekday] = s
			}
		}
	}
	return usual, closed
}

// dateRuns gathers dates with hours other than the week's into rules.
type dateRuns struct {
	off     weekdays    // the weekdays that a last rule may close
	needOff bool        // for which there is a reason
	rules   []rule      // one for all dates with the same hours
	hours   span        // of the run of dates that is under way
	run     []dateRange // its stretches of consecutive dates
}

// add adds the next date: exceptional if it needs a rule; inSet if the holiday
// set has it. The closed days of a week, those in the set and the days that have
// the run's hours anyway do not end a run.
func (r *dateRuns) add(d calDay, exceptional, inSet bool) {
	switch {
	case exceptional && d.hours != r.hours:
		r.flush()
		r.hours = d.hours
		fallthrough
	case exceptional:
		if n := len(r.run); n > 0 && r.run[n-1].to.AddDays(1) == d.date {
			r.run[n-1].to = d.date
		} else {
			r.run = append(r.run, dateRange{from: d.date, to: d.date})
		}
	case d.isOpen() && d.hours != r.hours,
		!d.isOpen() && !inSet && r.off&(1<<weekdayOf(d.date.unixDay())) == 0:
		r.flush()
	}
}

// flush ends the run. A few dates are listed; a season of them is one range.
func (r *dateRuns) flush() {
	if n := len(r.run); n > 2 {
		season := dateRange{from: r.run[0].from, to: r.run[n-1].to}
		for d := season.from; d.Compare(season.to) <= 0 && !r.needOff; d = d.AddDays(1) {
			r.needOff = r.off&(1<<weekdayOf(d.unixDay())) != 0
		}
		r.run = []dateRange{season}
	}
	if len(r.run) > 0 {
		i := slices.IndexFunc(r.rules, func(o rule) bool { return o.times[0] == r.hours })
		if i < 0 {
			i = len(r.rules)
			r.rules = append(r.rules, rule{times: []span{r.hours}})
		}
		r.rules[i].dates = append(r.rules[i].dates, r.run...)
	}
	r.hours, r.run = span{}, nil
}

// with returns the hours of a week with the rules for dates after it.
func (r *dateRuns) with(usual week) *hours {
	r.flush()
	h := &hours{}
	for weekday, s := range usual {
		if s != (span{}) {
			h.rules = append(h.rules, rule{days: 1 << weekday, times: []span{s}})
		}
	}
	if h.rules == nil {
		h.rules = []rule{{days: everyDay}}
	}
	h.rules = append(h.rules, r.rules...)
	if r.needOff {
		h.rules = append(h.rules, rule{days: r.off})
	}
	return h
}

// size returns how many of maxRules the text of the hours takes, at the most.
func (h *hours) size() int {
	n := len(h.rules)
	for _, r := range h.rules {
		n += len(r.dates)
	}
	return n
}
