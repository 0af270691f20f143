package holiday

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/rickar/cal/v2"

	"github.com/duetime/duetime/calendar"
)

// country is the source of a set: rules of rickar/cal, and changes to them.
type country struct {
	rules       []*cal.Holiday
	changes     []change
	first, last int                         // the years for which they hold; 0 is 1900 and 2199
	provisional func(calendar.Holiday) bool // whether a day is not announced yet
	gaps        bool                        // whether it has days that rules cannot give
	onward      bool                        // whether observed days move on past other holidays and weekends
	parts       []part                      // days that are closed from a time on
	swaps       swaps                       // working days exchanged for days of a weekend
}

// part is rules of days that are closed from a time on.
type part struct {
	clock string // such as "13:00"
	rules []*cal.Holiday
}

// closedFrom returns the part of a day from a time on, with what its hours have after midnight.
func closedFrom(clock string) (calendar.DayHours, error) {
	return calendar.ParseDayHours(clock + "-48:00 off")
}

// days returns the days of a year.
func (p part) days(year int) []calendar.Holiday {
	hours, err := closedFrom(p.clock)
	if err != nil {
		panic(err) // not with the times that the tests have read
	}
	days := FromRules("", p.rules...).Year(year)
	for i := range days {
		days[i].Hours = hours
	}
	return days
}

// swaps are the days off of a decree, and the make-up workdays, each with a plus: "0304 +0312".
type swaps struct {
	name  string
	years map[int]string
}

// days returns the days of a year.
func (s swaps) days(year int) (days []calendar.Holiday) {
	for word := range strings.FieldsSeq(s.years[year]) {
		day, makeUp := strings.CutPrefix(word, "+")
		d, err := monthDay(year, day)
		if err != nil {
			panic(err) // not with the days that the tests have read
		}
		days = append(days, calendar.Holiday{Date: d, Name: s.name, Workday: makeUp})
	}
	return days
}

// set returns the set of a country.
func (c country) set(code string) calendar.HolidaySet {
	set := FromRules(code, c.all()...)
	if c.parts != nil || c.swaps.years != nil {
		rules := set
		set = calendar.HolidayFunc(code, func(year int) []calendar.Holiday {
			days := append(rules.Year(year), c.swaps.days(year)...)
			for _, p := range c.parts {
				days = append(days, p.days(year)...)
			}
			return days
		})
	}
	if c.provisional != nil {
		certain := set
		set = calendar.HolidayFunc(code, func(year int) []calendar.Holiday {
			days := certain.Year(year)
			for i, h := range days {
				days[i].Provisional = c.provisional(h)
			}
			return days
		})
	}
	if c.gaps {
		set = set.WithGaps()
	}
	return set.WithYears(cmp.Or(c.first, 1900), cmp.Or(c.last, 2199))
}

// A change puts other rules in the place of one, or adds them if rule is nil.
type change struct {
	rule *cal.Holiday
	by   []*cal.Holiday
}

func add(rules ...*cal.Holiday) change                  { return change{by: rules} }
func drop(r *cal.Holiday) change                        { return change{rule: r} }
func replace(r *cal.Holiday, by ...*cal.Holiday) change { return change{r, by} }

// Changes of one rule: in which years it holds, what it is called, where it moves.
func since(year int, r *cal.Holiday) change              { return replace(r, from(year, r)) }
func until(year int, r *cal.Holiday) change              { return replace(r, to(year, r)) }
func except(r *cal.Holiday, years ...int) change         { return replace(r, not(r, years...)) }
func rename(r *cal.Holiday, name string) change          { return replace(r, named(r, name)) }
func observed(r *cal.Holiday, days ...cal.AltDay) change { return replace(r, moved(r, days...)) }

// Copies of a rule that differ in one thing.
func from(year int, r *cal.Holiday) *cal.Holiday     { return r.Clone(&cal.Holiday{StartYear: year}) }
func to(year int, r *cal.Holiday) *cal.Holiday       { return r.Clone(&cal.Holiday{EndYear: year}) }
func not(r *cal.Holiday, years ...int) *cal.Holiday  { return r.Clone(&cal.Holiday{Except: years}) }
func named(r *cal.Holiday, name string) *cal.Holiday { return r.Clone(&cal.Holiday{Name: name}) }

// moved is a rule with other days to be observed; with none, it is observed on
// no day but its own.
func moved(r *cal.Holiday, days ...cal.AltDay) *cal.Holiday {
	return r.Clone(&cal.Holiday{Observed: append([]cal.AltDay{}, days...)}) // not nil, which Clone takes for no change
}

// instead returns the rules of a holiday that its law moves, on some weekdays, from its
// own day to the observed day: its own day is then no holiday. Without weekdays it is moved
// on all on which it has an observed day. A rule that is not given to instead keeps its own
// day, and its law adds the observed one.
func instead(r *cal.Holiday, weekdays ...time.Weekday) []*cal.Holiday {
	moves := func(actual, observed calendar.Date) bool {
		return actual != observed && (len(weekdays) == 0 || slices.Contains(weekdays, actual.Weekday()))
	}
	own := computed(r, func(year int) calendar.Date {
		actual, observed := datesOf(*r, year)
		if moves(actual, observed) {
			return calendar.Date{}
		}
		return actual
	})
	own.Observed = r.Observed // on other weekdays
	other := computed(r, func(year int) calendar.Date {
		actual, observed := datesOf(*r, year)
		if moves(actual, observed) {
			return observed
		}
		return calendar.Date{}
	})
	other.Name += " (observed)"
	return []*cal.Holiday{own, other}
}

// computed is a rule with other dates, without observed days.
func computed(r *cal.Holiday, date func(year int) calendar.Date) *cal.Holiday {
	c := moved(r)
	c.CalcOffset = 0
	c.Func = func(_ *cal.Holiday, year int) time.Time {
		d := date(year)
		if d.IsZero() {
			return time.Time{}
		}
		return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, cal.DefaultLoc)
	}
	return c
}

// observedSince leaves a rule its observed days from a year on only: in all years
// it has its own.
func observedSince(year int, r *cal.Holiday) change {
	return replace(r, moved(r), from(year, r))
}

// all returns the rules with the changes made.
func (c country) all() []*cal.Holiday {
	rules := slices.Clone(c.rules)
	for _, ch := range c.changes {
		if i := slices.Index(rules, ch.rule); i >= 0 {
			rules = slices.Replace(rules, i, i+1, ch.by...)
		} else {
			rules = append(rules, ch.by...)
		}
	}
	if c.onward {
		rules = onward(rules)
	}
	return rules
}

// onward returns the rules, and a rule for the observed day of each. Some laws
// give the next working day: the first day from the observed day on that is neither at the
// weekend, nor a holiday, nor the observed day of an earlier one. Two holidays on one date
// have one observed day.
func onward(rules []*cal.Holiday) []*cal.Holiday {
	all := slices.Clone(rules)
	for i, r := range rules {
		if len(r.Observed) == 0 {
			continue
		}
		all[i] = moved(r)
		next := computed(r, func(year int) calendar.Date { return nextWorkingDays(rules, year)[i] })
		next.Name += " (observed)"
		all = append(all, next)
	}
	return all
}

// nextWorkingDays returns the day on which each rule is observed in a year, or the zero
// Date if it is not moved.
func nextWorkingDays(rules []*cal.Holiday, year int) []calendar.Date {
	type move struct {
		rule             int
		actual, observed calendar.Date
	}
	var moves []move
	taken := map[calendar.Date]bool{}
	for i, r := range rules {
		for y := year - 1; y <= year+1; y++ {
			actual, observed := datesOf(*r, y)
			taken[actual] = true
			again := slices.ContainsFunc(moves, func(m move) bool { return m.actual == actual })
			if y == year && observed != actual && !again {
				moves = append(moves, move{i, actual, observed})
			}
		}
	}
	slices.SortStableFunc(moves, func(a, b move) int { return a.actual.Compare(b.actual) })
	days := make([]calendar.Date, len(rules))
	for _, m := range moves {
		d := m.observed
		for taken[d] || d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
			d = d.AddDays(1)
		}
		taken[d] = true
		days[m.rule] = d
	}
	return days
}

// day is the rule for a day of each year.
func day(month time.Month, day int, name string) *cal.Holiday {
	return &cal.Holiday{Name: name, Type: cal.ObservancePublic, Month: month, Day: day, Func: cal.CalcDayOfMonth}
}

// once is the rule for a day of one year.
func once(year int, month time.Month, d int, name string) *cal.Holiday {
	r := day(month, d, name)
	r.StartYear, r.EndYear = year, year
	return r
}

// nth is the rule for the nth weekday of a month, from its end if n < 0.
func nth(n int, weekday time.Weekday, month time.Month, name string) *cal.Holiday {
	return &cal.Holiday{Name: name, Type: cal.ObservancePublic, Month: month, Weekday: weekday, Offset: n, Func: cal.CalcWeekdayOffset}
}

// next is the rule for the first weekday on or after a day.
func next(weekday time.Weekday, month time.Month, day int, name string) *cal.Holiday {
	return &cal.Holiday{Name: name, Type: cal.ObservancePublic, Month: month, Day: day, Weekday: weekday, Offset: 1, Func: cal.CalcWeekdayFrom}
}

// easter is the rule for a day counted from Easter Sunday of the Western churches.
func easter(offset int, name string) *cal.Holiday {
	return &cal.Holiday{Name: name, Type: cal.ObservancePublic, Offset: offset, Func: cal.CalcEasterOffset}
}

// when is a rule in the years in which it falls on one of some weekdays.
func when(r *cal.Holiday, weekdays ...time.Weekday) *cal.Holiday {
	r = r.Clone(nil)
	calc := r.Func
	r.Func = func(h *cal.Holiday, year int) time.Time {
		if t := calc(h, year); slices.Contains(weekdays, dateOf(t).Weekday()) {
			return t
		}
		return time.Time{}
	}
	return r
}

// The AltDays of a rule: the day on which a holiday at the weekend is observed.
var (
	toMonday  = []cal.AltDay{{Day: time.Saturday, Offset: 2}, {Day: time.Sunday, Offset: 1}}
	twoDaysOn = []cal.AltDay{{Day: time.Saturday, Offset: 2}, {Day: time.Sunday, Offset: 2}}
	sundayOn  = []cal.AltDay{{Day: time.Sunday, Offset: 1}}
)
