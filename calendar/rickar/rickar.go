// Package rickar makes a calendar of an existing [cal.BusinessCalendar].
//
// [Calendar] asks the business calendar about each date of some years and returns a
// [calendar.Calendar] with the same hours and holidays. The methods then correspond:
//
//	IsWorkTime        IsOpen
//	AddWorkHours      Add
//	WorkHoursInRange  Between
//	WorkdaysFrom      AddBusinessDays
//	WorkdaysInRange   BusinessDaysBetween, which does not count the last date
//	IsWorkday         Day, whose field Business says it
//
// Some results differ from those of rickar/cal, by the rules of package calendar: the
// closing second is closed (R2), hours are what the clock shows (R1), shifts run past
// midnight (R1), and time can be added backwards (R4).
package rickar

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rickar/cal/v2"

	"github.com/duetime/duetime/calendar"
)

// Limits of package calendar: the years of R9, and rules with the dates in them.
const (
	firstYear, lastYear = 1900, 2199

	maxRules = 1000
)

// Calendar returns a calendar that has the hours and holidays of from in a zone, for
// the years first to last.
//
// The hours of the result are the week that from mostly keeps, and the dates with other
// hours. Its [calendar.HolidaySet] has the days on which a holiday is observed, the
// other days on which from is closed unlike its week, and, as make-up workdays, those on
// which it is open unlike its week. The calendar is named after from, and so is the set:
// a from without a name gives a set "cal". Options in opts come later and win.
//
// Calendar calls from and its functions now, for some milliseconds a year, and nothing
// calls them later. Nothing may change from meanwhile. In years other than first to last
// the week holds without holidays, and [calendar.HolidaySet.Provisional] is true.
//
// The methods of from can disagree with each other. The rules of package calendar
// decide:
//
//   - The closing second is closed (R2). IsWorkTime counts it as open, and where work
//     starts and ends in one hour, all the rest of that hour.
//   - Hours are what the clock shows (R1), as for IsWorkTime. For WorkdayStart and
//     AddWorkHours they shift with a clock change between midnight and them. The
//     result of a function counts as it is, even where the clock skips the time that
//     the function means.
//   - An end on the next date runs past midnight, to 48:00 at most, as for WorkdayEnd.
//     IsWorkTime and WorkHours read its hour alone.
//   - Holidays close on their observed date only, as for IsWorkday. R11 would close on
//     their actual date too.
//
// The error has a line for each kind of fault, with its first date:
//
//   - a function that panics, depends on the time of day, or gives times in another zone
//   - times that are not whole minutes
//   - work that starts on another date, or does not end after its start: 22:00 to 06:00
//     has to be 22:00 to 30:00
//   - holidays for other Locations
//   - a holiday whose rule misses the midnight of its day in [cal.DefaultLoc]
//   - no workday at all
//   - more dates with other hours than calendar.New takes: 1000 rules and dates
//   - a nil from, an unknown zone, or years outside 1900 to 2199
func Calendar(zone string, from *cal.BusinessCalendar, first, last int, opts ...calendar.Option) (*calendar.Calendar, error) {
	var errs []error
	plain, err := calendar.New(zone, "24/7")
	if err != nil {
		errs = append(errs, fmt.Errorf("rickar: %w", err))
	}
	if from == nil {
		errs = append(errs, errors.New("rickar: no business calendar: want one such as cal.NewBusinessCalendar makes"))
	}
	if first < firstYear || last > lastYear || first > last {
		errs = append(errs, fmt.Errorf("rickar: years %d to %d: want a first and a last year from %d to %d", first, last, firstYear, lastYear))
	}
	if errs != nil {
		return nil, errors.Join(errs...)
	}
	r := reader{from: from, zone: plain.Zone()}
	days := r.years(first, last)
	if err := r.err(); err != nil {
		return nil, err
	}
	rules, known := condense(days)
	if n := size(rules); n > maxRules {
		return nil, fmt.Errorf("rickar: years %d to %d: hours other than the week's take %d rules and dates: want at most %d, as in fewer years", first, last, n, maxRules)
	}
	set := calendar.HolidayList(cmp.Or(from.Name, "cal"), known...).WithYears(first, last)
	c, err := calendar.New(zone, text(rules), slices.Concat([]calendar.Option{calendar.Named(from.Name), calendar.Holidays(set)}, opts)...)
	if err != nil {
		return nil, fmt.Errorf("rickar: %w", err)
	}
	return c, nil
}

// reader asks a business calendar about dates and notes what is wrong.
type reader struct {
	from   *cal.BusinessCalendar
	zone   *time.Location
	found  []fault
	asking string // the function that is called now, to name it if it panics
}

// fault is what is wrong with some dates, and what was wanted of all of them.
type fault struct {
	what, want string
	first      calendar.Date
	dates      int
}

func (r *reader) fault(d calendar.Date, what, want string) {
	i := slices.IndexFunc(r.found, func(f fault) bool { return f.want == want })
	if i < 0 {
		i = len(r.found)
		r.found = append(r.found, fault{what: what, want: want, first: d})
	}
	r.found[i].dates++
}

func (r *reader) err() error {
	var all []error
	for _, f := range r.found {
		line := fmt.Sprintf("rickar: %s: %s: want %s", f.first, f.what, f.want)
		if f.dates > 1 {
			line += fmt.Sprintf(" (first of %d such dates)", f.dates)
		}
		all = append(all, errors.New(line))
	}
	return errors.Join(all...)
}

// years returns the dates of some years, without those that the zone skipped.
func (r *reader) years(first, last int) []date {
	start, _ := calendar.NewDate(first, time.January, 1)
	end, _ := calendar.NewDate(last, time.December, 31)
	if len(r.from.Holidays) > 0 && r.from.Locations != nil && !r.locate() {
		var names []string
		for _, l := range r.from.Locations {
			names = append(names, l.String())
		}
		r.fault(start, fmt.Sprintf("the holidays are for the Locations %q, not for %s", names, r.zone), "a zone that is among them, or no Locations")
	}
	var days []date
	open := false
	for d := start; d.Compare(end) <= 0; d = d.AddDays(1) {
		// At noon, because a clock change can skip or repeat a midnight.
		if noon := r.at(d, 12, 0); calendar.DateOf(noon) == d {
			day := r.date(d, noon)
			days = append(days, day)
			open = open || day.isOpen()
		}
	}
	if !open && r.found == nil {
		r.fault(start, "no workday from then to "+end.String(), "at least one")
	}
	return days
}

// locate takes the zone from the Locations of the calendar, which rickar/cal
// compares by pointer, and reports whether it is among them.
func (r *reader) locate() bool {
	i := slices.IndexFunc(r.from.Locations, func(l *time.Location) bool { return l != nil && l.String() == r.zone.String() })
	if i >= 0 {
		r.zone = r.from.Locations[i]
	}
	return i >= 0
}

// at returns a wall time of a date in the zone, or one nearby where the clock
// skips it.
func (r *reader) at(d calendar.Date, hour, minute int) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), hour, minute, 0, 0, r.zone)
}

// date asks about a date.
func (r *reader) date(d calendar.Date, noon time.Time) (day date) {
	day.Date = d
	defer func() {
		if p := recover(); p != nil {
			if r.asking == "IsHoliday" {
				r.asking = r.panicking(d.Year())
			}
			first, _, _ := strings.Cut(fmt.Sprint(p), "\n")
			r.fault(d, fmt.Sprintf("%s panics: %q", r.asking, first), r.asking+" not to panic")
		}
	}()
	r.asking = "IsHoliday"
	actual, observed, h := r.from.IsHoliday(noon)
	if observed {
		day.holiday = calendar.Holiday{Date: d, Name: h.Name}
		if !actual {
			day.holiday.Name += " (observed)"
		}
		r.checkRule(d, h)
		return day
	}
	var what, want string
	day.hours, what, want = r.hours(d, noon)
	if want != "" {
		r.fault(d, what, want)
		return day
	}
	if r.from.WorkdayFunc == nil && r.from.WorkdayStartFunc == nil && r.from.WorkdayEndFunc == nil {
		return day
	}
	for _, t := range []time.Time{r.at(d, 0, 0), r.at(d, 23, 59)} {
		if calendar.DateOf(t) != d {
			continue // the clock skips it
		}
		if other, _, want := r.hours(d, t); other != day.hours || want != "" {
			r.fault(d, fmt.Sprintf("asked at %s, the functions say otherwise than at 12:00", t.Format("15:04")), "functions that go by the date alone")
			break
		}
	}
	return day
}

// checkRule rejects a holiday that rickar/cal keeps a day early. Its rules give
// the midnight of their day in cal.DefaultLoc; where the clock skips that
// midnight, time.Date can give 23:00 of the day before.
func (r *reader) checkRule(d calendar.Date, h *cal.Holiday) {
	actual, observed := h.Calc(d.Year())
	for _, t := range []time.Time{actual, observed} {
		if t.Hour() == 23 {
			r.fault(d, fmt.Sprintf("holiday %q is at %s, on the evening before its day", h.Name, t.Format(time.RFC3339)),
				"a cal.DefaultLoc in which each day has a midnight, such as time.UTC")
			return
		}
	}
}

// panicking names the first of the holidays that panics in a year.
func (r *reader) panicking(year int) (name string) {
	i := 0
	defer func() {
		if recover() != nil {
			if name = fmt.Sprintf("Holidays[%d]", i); r.from.Holidays[i] != nil {
				name += fmt.Sprintf(", %q,", r.from.Holidays[i].Name)
			}
		}
	}()
	for ; i < len(r.from.Holidays); i++ {
		r.from.Holidays[i].Calc(year)
	}
	return "IsHoliday" // as it calls Calc for other years too
}

// hours returns the hours that begin on a date, asked for at an instant of it,
// and the zero hours if the date has none; or what is wrong and what was wanted.
func (r *reader) hours(d calendar.Date, at time.Time) (found hours, what, want string) {
	r.asking = "WorkdayFunc"
	if !r.from.IsWorkday(at) {
		return hours{}, "", ""
	}
	r.asking = "WorkdayStartFunc"
	open, what, want := r.clock(d, r.from.WorkdayStart(at), r.from.WorkdayStartFunc != nil)
	if want != "" {
		return hours{}, what, want
	}
	r.asking = "WorkdayEndFunc"
	end, what, want := r.clock(d, r.from.WorkdayEnd(at), r.from.WorkdayEndFunc != nil)
	switch {
	case want != "":
		return hours{}, what, want
	case open%time.Minute != 0:
		return hours{}, "work starts at " + clockText(open), "a start in whole minutes"
	case end%time.Minute != 0:
		return hours{}, "work ends at " + clockText(end), "an end in whole minutes, 24:00 for that of the day"
	case open < 0 || open >= 24*time.Hour:
		return hours{}, "work starts at " + clockText(open), "a start from 00:00 to 23:59"
	case end > 48*time.Hour:
		return hours{}, "work ends at " + clockText(end), "an end up to 48:00"
	case end <= open:
		return hours{}, "work is from " + clockText(open) + " to " + clockText(end), "an end after the start, and past midnight one on the next date, as 30:00"
	}
	return hours{open, end}, "", ""
}

// clock returns the time that the clock shows at t, from the midnight of a date;
// or what is wrong and what was wanted.
func (r *reader) clock(d calendar.Date, t time.Time, byFunc bool) (clock time.Duration, what, want string) {
	if !byFunc {
		// WorkdayStart and WorkdayEnd have added it to this very midnight, whether or
		// not the clock changes in between.
		return t.Sub(r.at(d, 0, 0)), "", ""
	}
	what = r.asking + " gives " + t.Format(time.RFC3339)
	days := calendar.DateOf(t).Sub(d)
	if days < 0 || days > 2 {
		return 0, what, r.asking + " to stay with the date"
	}
	if local := t.In(r.zone); local.Format(time.DateTime) != t.Format(time.DateTime) {
		return 0, what, r.asking + " to give times in " + r.zone.String()
	}
	h, m, s := t.Clock()
	return time.Duration(days*24+h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second + time.Duration(t.Nanosecond()), "", ""
}

// clockText writes a time from midnight as hh:mm, with seconds and nanoseconds if it has any.
func clockText(d time.Duration) string {
	if d < 0 {
		return d.String()
	}
	text := fmt.Sprintf("%02d:%02d", d/time.Hour, d%time.Hour/time.Minute)
	if d %= time.Minute; d != 0 {
		text += fmt.Sprintf(":%02d", d/time.Second)
	}
	if d %= time.Second; d != 0 {
		text += fmt.Sprintf(".%09d", d.Nanoseconds())
	}
	return text
}
