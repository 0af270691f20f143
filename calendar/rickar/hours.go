package rickar

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
)

// hours are the open time of a date, from its midnight by the wall clock. The zero
// hours are closed.
type hours struct{ open, close time.Duration }

func (h hours) String() string {
	if h == (hours{}) {
		return "off"
	}
	return clockText(h.open) + "-" + clockText(h.close)
}

// date is what the business calendar says of a date: the hours that begin on it, and the
// holiday that is observed on it, with a zero Date if there is no holiday.
type date struct {
	calendar.Date
	hours   hours
	holiday calendar.Holiday
}

func (d date) isOpen() bool { return d.hours != hours{} }

// Names of the days in the holiday set that are not holidays.
const (
	noWorkday    = "no workday"
	extraWorkday = "extra workday"
)

// week is the hours of each weekday, from Monday.
type week [7]hours

// weekdays is a set of days of the week.
type weekdays [7]bool

var weekdayNames = [7]string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}

// weekday numbers the days of the week from Monday, which is 0.
func weekday(d calendar.Date) int { return (int(d.Weekday()) + 6) % 7 }

// rule gives hours to some weekdays, or to some dates.
type rule struct {
	days  weekdays
	dates []dateRange
	hours hours
}

// dateRange is a range of dates, both ends included.
type dateRange struct{ from, to calendar.Date }

// condense describes dates by the hours of a week, rules for dates with other hours, and
// a holiday set for dates that are closed or open unlike their weekday. The set takes
// any number of days, the rules only maxRules.
func condense(days []date) ([]rule, []calendar.Holiday) {
	usual, closed := usualWeek(days)
	makeUp := slices.IndexFunc(usual[:], func(h hours) bool { return h != hours{} })
	if makeUp < 0 {
		closed = weekdays{} // every weekday is usually closed, so a rule for dates is enough
	}
	var set []calendar.Holiday
	runs := dateRuns{off: closed}
	for _, d := range days {
		base, entry := usual[weekday(d.Date)], d.holiday
		switch {
		case !entry.Date.IsZero():
		case !d.isOpen() && base != hours{}:
			entry = calendar.Holiday{Date: d.Date, Name: noWorkday}
		case d.isOpen() && base == hours{} && makeUp >= 0:
			entry = calendar.Holiday{Date: d.Date, Name: extraWorkday, Workday: true}
			base = usual[makeUp] // R11
		}
		if !entry.Date.IsZero() {
			set = append(set, entry)
		}
		runs.add(d, d.isOpen() && d.hours != base, !entry.Date.IsZero())
	}
	return runs.with(usual), set
}

// usualWeek returns the hours that each weekday has most often, holidays apart, and the
// weekdays that are usually closed: open less than one time in three, so that a week
// with every second Saturday has a Saturday.
func usualWeek(days []date) (usual week, closed weekdays) {
	var count [7]map[hours]int
	var open, total [7]int
	for _, d := range days {
		if !d.holiday.Date.IsZero() {
			continue
		}
		weekday := weekday(d.Date)
		total[weekday]++
		if !d.isOpen() {
			continue
		}
		open[weekday]++
		if count[weekday] == nil {
			count[weekday] = map[hours]int{}
		}
		count[weekday][d.hours]++
	}
	for weekday := range usual {
		if open[weekday]*3 < total[weekday] || open[weekday] == 0 {
			closed[weekday] = true
			continue
		}
		for h, n := range count[weekday] {
			best := usual[weekday]
			// The earlier hours of two that are as frequent, as a map has no order.
			if c := cmp.Compare(n, count[weekday][best]); c > 0 || c == 0 && (h.open < best.open || h.open == best.open && h.close < best.close) {
				usual[weekday] = h
			}
		}
	}
	return usual, closed
}

// dateRuns gathers dates with hours other than the week's into rules.
type dateRuns struct {
	off     weekdays    // the weekdays that a last rule may close
	needOff bool        // whether that rule is needed
	rules   []rule      // one for all dates with the same hours
	hours   hours       // of the current run of dates
	run     []dateRange // its stretches of consecutive dates
}

// add adds the next date. Exceptional says that it needs a rule, inSet that the holiday
// set has it. A run goes on over days that are usually closed, days in the set, and days
// that have the run's hours anyway.
func (r *dateRuns) add(d date, exceptional, inSet bool) {
	switch {
	case exceptional && d.hours != r.hours:
		r.flush()
		r.hours = d.hours
		fallthrough
	case exceptional:
		if n := len(r.run); n > 0 && r.run[n-1].to.AddDays(1) == d.Date {
			r.run[n-1].to = d.Date
		} else {
			r.run = append(r.run, dateRange{d.Date, d.Date})
		}
	case d.isOpen() && d.hours != r.hours,
		!d.isOpen() && !inSet && !r.off[weekday(d.Date)]:
		r.flush()
	}
}

// flush ends the run. A few dates are listed; a season of them is one range.
func (r *dateRuns) flush() {
	if n := len(r.run); n > 2 {
		season := dateRange{from: r.run[0].from, to: r.run[n-1].to}
		for d := season.from; d.Compare(season.to) <= 0 && !r.needOff; d = d.AddDays(1) {
			r.needOff = r.off[weekday(d)]
		}
		r.run = []dateRange{season}
	}
	if len(r.run) > 0 {
		i := slices.IndexFunc(r.rules, func(o rule) bool { return o.hours == r.hours })
		if i < 0 {
			i = len(r.rules)
			r.rules = append(r.rules, rule{hours: r.hours})
		}
		r.rules[i].dates = append(r.rules[i].dates, r.run...)
	}
	r.hours, r.run = hours{}, nil
}

// with returns the rules of a week, followed by those for dates.
func (r *dateRuns) with(usual week) (all []rule) {
	r.flush()
	for i, h := range usual {
		if h != (hours{}) {
			r := rule{hours: h}
			r.days[i] = true
			all = append(all, r)
		}
	}
	if all == nil {
		all = []rule{{days: weekdays{true, true, true, true, true, true, true}}}
	}
	all = append(all, r.rules...)
	if r.needOff {
		all = append(all, rule{days: r.off})
	}
	return all
}

// size returns how many of maxRules the rules take.
func size(rules []rule) int {
	n := len(rules)
	for _, r := range rules {
		n += len(r.dates)
	}
	return n
}

// text writes the rules in the notation of package calendar.
func text(rules []rule) string {
	texts := make([]string, len(rules))
	for i, r := range rules {
		var selected []string
		for day, is := range r.days {
			if is {
				selected = append(selected, weekdayNames[day])
			}
		}
		for _, d := range r.dates {
			selected = append(selected, dateText(d.from)+"-"+dateText(d.to))
		}
		texts[i] = strings.Join(selected, ",") + " " + r.hours.String()
	}
	return strings.Join(texts, "; ")
}

func dateText(d calendar.Date) string {
	return fmt.Sprintf("%04d %s %02d", d.Year(), d.Month().String()[:3], d.Day())
}
