package main

import (
	"fmt"
	"strings"
	"time"

	bdc "github.com/bobadilla-tech/business-days-calculator"
	"github.com/prometheus/alertmanager/timeinterval"
	calv1 "github.com/rickar/cal"
	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/de"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
)

// An engine is a package, or one way of using it.
type engine struct {
	name   string
	module string // whose version is printed
	use    string // how it is used
	lacks  string // what it does not offer, of what is asked
	open   func(desk) (answers, error)
}

// answers are what an engine offers for a desk. What it does not is nil.
type answers struct {
	add, back func(t time.Time, d time.Duration) time.Time
	between   func(t, u time.Time) time.Duration
	isOpen    func(t time.Time) bool
	days      func(t time.Time, n int) time.Time // only the date counts
	count     func(t, u time.Time) int
	// silent says that the documentation does not provide for such hours, and that
	// they are accepted without an error.
	silent bool
}

// calFuncs is a second way of using cal/v2, which its documentation offers for hours
// that change during the year. Functions can read the wall clock.
const calFuncs = "cal/v2 func"

var engines = []engine{
	{"duetime", "github.com/duetime/duetime", "calendar.New", "", openDuetime},
	{"cal/v2", "github.com/rickar/cal/v2", "BusinessCalendar, SetWorkHours, Cacheable", "breaks, going back by hours", openCal},
	{calFuncs, "github.com/rickar/cal/v2", "the same with WorkdayStartFunc and WorkdayEndFunc instead, which read the wall clock", "breaks, going back by hours", openCalFuncs},
	{"cal v1", "github.com/rickar/cal", "Calendar, SetWorkingHours; what cal/v2 has replaced", "breaks, going back by hours, is open", openCalV1},
	{"bdc", "github.com/bobadilla-tech/business-days-calculator", "CountBusinessDays; with holidays, also AddBusinessDaysWithHolidays", "hours, and weeks other than from Monday to Friday", openBDC},
	{"timeinterval", "github.com/prometheus/alertmanager", "package timeinterval, ContainsTime; two intervals for a night shift", "anything but is open, and dates to leave out", openTimeInterval},
}

func openDuetime(d desk) (answers, error) {
	var options []calendar.Option
	if d.holidays {
		set, err := holiday.Lookup("DE-BE")
		if err != nil {
			return answers{}, err
		}
		options = append(options, calendar.Holidays(set))
	}
	c, err := calendar.New(d.zone.String(), d.hours(), options...)
	if err != nil {
		return answers{}, err
	}
	return answers{
		add:  func(t time.Time, d time.Duration) time.Time { return must(c.Add(t, d)) },
		back: func(t time.Time, d time.Duration) time.Time { return must(c.Add(t, -d)) },
		between: func(t, u time.Time) time.Duration {
			return must(c.Between(t, u))
		},
		isOpen: c.IsOpen,
		days:   func(t time.Time, n int) time.Time { return must(c.AddDays(t, n)) },
		count: func(t, u time.Time) int {
			return must(c.BusinessDaysBetween(calendar.DateOf(t), calendar.DateOf(u).AddDays(1)))
		},
	}, nil
}

// openCal has no answers for more than one span a day, which cal/v2 does not offer.
func openCal(d desk) (answers, error) {
	opens, closes, ok := d.single()
	if !ok {
		return answers{}, nil
	}
	c := newCal(d)
	c.SetWorkHours(opens, closes)
	return calAnswers(c, d), nil
}

func openCalFuncs(d desk) (answers, error) {
	opens, closes, ok := d.single()
	if !ok {
		return answers{}, nil
	}
	c := newCal(d)
	at := func(clock time.Duration) func(time.Time) time.Time {
		return func(t time.Time) time.Time {
			y, m, day := t.Date()
			return time.Date(y, m, day, 0, int(clock/time.Minute), 0, 0, t.Location())
		}
	}
	c.WorkdayStartFunc, c.WorkdayEndFunc = at(opens), at(closes)
	a := calAnswers(c, d)
	a.silent = closes >= 24*time.Hour // the end of a date's workday is on the next
	return a, nil
}

func newCal(d desk) *cal.BusinessCalendar {
	c := cal.NewBusinessCalendar()
	c.Cacheable = true
	cal.CacheMaxSize = 1 << 20 // days; by default, ten years do not fit
	for day := time.Sunday; day <= time.Saturday; day++ {
		c.SetWorkday(day, false)
	}
	for _, day := range d.days {
		c.SetWorkday(day, true)
	}
	if d.holidays {
		c.AddHoliday(de.HolidaysBE...)
	}
	return c
}

func calAnswers(c *cal.BusinessCalendar, d desk) answers {
	return answers{
		add:     c.AddWorkHours,
		between: c.WorkHoursInRange,
		isOpen:  c.IsWorkTime,
		days:    c.WorkdaysFrom,
		count:   c.WorkdaysInRange,
		silent:  d.spans[0].closes > 24*60, // "start should be less than the time component of end"
	}
}

func openCalV1(d desk) (answers, error) {
	opens, closes, ok := d.single()
	if !ok {
		return answers{}, nil
	}
	c := calv1.NewCalendar()
	c.Observed = calv1.ObservedExact
	for day := time.Sunday; day <= time.Saturday; day++ {
		c.SetWorkday(day, false)
	}
	for _, day := range d.days {
		c.SetWorkday(day, true)
	}
	if d.holidays {
		calv1.AddGermanHolidays(c)
		calv1.AddGermanyStateHolidays(c, "BE")
	}
	c.SetWorkingHours(opens, closes)
	return answers{
		add:     c.AddWorkHours,
		between: c.CountWorkHours,
		days:    c.WorkdaysFrom,
		count:   func(t, u time.Time) int { return int(c.CountWorkdays(t, u)) },
		silent:  closes > 24*time.Hour,
	}, nil
}

// berlin is what bdc calls Berlin's holidays.
var berlin = bdc.HolidayOptions{CountryCode: "DE", Subdivision: "DE-BE"}

// openBDC has answers for weeks from Monday to Friday.
func openBDC(d desk) (answers, error) {
	switch {
	case len(d.days) != 5:
		return answers{}, nil
	case d.holidays:
		return answers{
			days:  func(t time.Time, n int) time.Time { return bdc.AddBusinessDaysWithHolidays(t, n, berlin) },
			count: func(t, u time.Time) int { return bdc.CountBusinessDaysWithHolidays(t, u, berlin) },
		}, nil
	}
	return answers{count: bdc.CountBusinessDays}, nil
}

// openTimeInterval has no answers where there are holidays: an interval cannot leave
// out dates.
func openTimeInterval(d desk) (answers, error) {
	if d.holidays {
		return answers{}, nil
	}
	var intervals []timeinterval.TimeInterval
	interval := func(opens, closes int, later time.Weekday) {
		i := timeinterval.TimeInterval{
			Times:    []timeinterval.TimeRange{{StartMinute: opens, EndMinute: closes}},
			Location: &timeinterval.Location{Location: d.zone},
		}
		for _, day := range d.days {
			day = (day + later) % 7
			i.Weekdays = append(i.Weekdays, timeinterval.WeekdayRange{InclusiveRange: timeinterval.InclusiveRange{Begin: int(day), End: int(day)}})
		}
		intervals = append(intervals, i)
	}
	for _, s := range d.spans {
		interval(s.opens, min(s.closes, 24*60), 0)
		if s.closes > 24*60 {
			interval(0, s.closes-24*60, 1)
		}
	}
	return answers{isOpen: func(t time.Time) bool {
		for _, i := range intervals {
			if i.ContainsTime(t) {
				return true
			}
		}
		return false
	}}, nil
}

// must is for questions that have an answer; what it panics with is counted as no
// answer.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// answer returns an engine's answer as text, "" where it offers none, and what it
// panics with as an answer.
func (a answers) answer(d desk, q question) (text string) {
	defer func() {
		if p := recover(); p != nil {
			text = panicked + strings.Join(strings.Fields(fmt.Sprint(p)), " ") // in one line
		}
	}()
	switch {
	case q.kind == add && a.add != nil:
		return a.add(q.t, q.d).In(d.zone).Format(layout)
	case q.kind == back && a.back != nil:
		return a.back(q.t, q.d).In(d.zone).Format(layout)
	case q.kind == between && a.between != nil:
		return a.between(q.t, q.u).String()
	case q.kind == isOpen && a.isOpen != nil:
		return openText(a.isOpen(q.t))
	case q.kind == days && a.days != nil:
		return a.days(q.t, q.n).In(d.zone).Format(time.DateOnly)
	case q.kind == count && a.count != nil:
		return fmt.Sprint(a.count(q.t, q.u))
	}
	return ""
}

const panicked = "panic: "
