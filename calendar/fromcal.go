package calendar

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rickar/cal/v2"
)

// FromCal returns what a business calendar of rickar/cal says of each date of
// the years first to last in a zone, as a calendar like any other: its hours are
// the week that it mostly keeps and the dates that differ, and a [HolidaySet]
// has the days on which its holidays are observed, those on which it is closed
// besides, and, as make-up workdays, those on which it is open although such a
// weekday mostly is not. The calendar has the name of from, and so has the set,
// for its code, or else "cal"; opts come later and can say otherwise.
//
// It is frozen: FromCal calls from and its functions, for some milliseconds a
// year, and nothing calls them later. Nothing may change from meanwhile. The set
// covers first to last; in other years the hours are those of the week and no
// day is a holiday, and [HolidaySet.Provisional] is true.
//
// Where the methods of from disagree with each other, the rules decide:
//
//   - The closing second is closed (R2); IsWorkTime counts it as open, and where
//     work starts and ends in one hour, all the rest of that hour.
//   - Hours are what the clock shows (R1), as for IsWorkTime. For WorkdayStart
//     and AddWorkHours they shift with a clock change between midnight and them.
//     What a function gives counts as it is, also where the clock skips the time
//     that it means.
//   - An end on the next date runs past midnight, to 24:00 or to 48:00 at the
//     most. So it is for WorkdayEnd; IsWorkTime and WorkHours read its hour alone.
//   - Holidays close on their observed date only, as for IsWorkday, which is less
//     than R11 does.
//
// The error says everything that cannot be carried over, a line for each kind
// with its first date: a function that panics, or whose answer depends on the
// time of day that it is asked at, or is in another zone; times that are not
// whole minutes; work that starts on another date, or does not end after its
// start, as that from 22:00 to 06:00; holidays that are for other Locations; a
// rule for a holiday that misses the midnight of its day in [cal.DefaultLoc];
// no workday at all; and more hours that differ from the week's than the
// notation can say, which is 1000 rules and dates. It is an error as well if
// from is nil, the zone unknown, or the years not within 1900 to 2199.
func FromCal(zone string, from *cal.BusinessCalendar, first, last int, opts ...Option) (*Calendar, error) {
	loc, err := loadZone(zone, time.LoadLocation)
	if from == nil {
		err = errors.Join(err, errors.New("calendar: FromCal: no business calendar: want one such as cal.NewBusinessCalendar makes"))
	}
	if first < firstYear || last > lastYear || first > last {
		err = errors.Join(err, fmt.Errorf("calendar: FromCal: years %d to %d: want a first and a last year from %d to %d", first, last, firstYear, lastYear))
	}
	if err != nil {
		return nil, err
	}
	r := calReader{from: from, zone: loc}
	days := r.years(first, last)
	if err := r.err(); err != nil {
		return nil, err
	}
	h, known := condense(days)
	if n := h.size(); n > maxRules {
		return nil, fmt.Errorf("calendar: FromCal: years %d to %d: hours other than the week's take %d rules and dates: want at most %d, as in fewer years", first, last, n, maxRules)
	}
	set := HolidayList(cmp.Or(from.Name, "cal"), known...).WithYears(first, last)
	return New(zone, h.String(), slices.Concat([]Option{Named(from.Name), Holidays(set)}, opts)...)
}

// calReader asks a business calendar about dates and notes what is wrong.
type calReader struct {
	from   *cal.BusinessCalendar
	zone   *time.Location
	found  []calFault
	asking string // what is called, and so what panics
}

// calFault is what is wrong with some dates, and what was wanted of all of them.
type calFault struct {
	what, want string
	first      Date
	dates      int
}

func (r *calReader) fault(d Date, what, want string) {
	i := slices.IndexFunc(r.found, func(f calFault) bool { return f.want == want })
	if i < 0 {
		i = len(r.found)
		r.found = append(r.found, calFault{what: what, want: want, first: d})
	}
	r.found[i].dates++
}

func (r *calReader) err() error {
	var all []error
	for _, f := range r.found {
		line := oneLine(fmt.Sprintf("calendar: FromCal: %s: %s: want %s", f.first, f.what, f.want))
		if f.dates > 1 {
			line += fmt.Sprintf(" (first of %d such dates)", f.dates)
		}
		all = append(all, errors.New(line))
	}
	return errors.Join(all...)
}

// years returns the dates of some years, without those that the zone skipped.
func (r *calReader) years(first, last int) []calDay {
	start, _ := NewDate(first, time.January, 1)
	end, _ := NewDate(last, time.December, 31)
	if len(r.from.Holidays) > 0 && r.from.Locations != nil && !r.locate() {
		r.fault(start, fmt.Sprintf("the holidays are for the Locations %v, not for %s", r.from.Locations, r.zone), "a zone that is among them, or no Locations")
	}
	var days []calDay
	open := false
	for d := start; d.Compare(end) <= 0; d = d.AddDays(1) {
		// At noon, because a clock change can skip or repeat a midnight.
		if noon := r.at(d, 12, 0); DateOf(noon) == d {
			day := r.day(d, noon)
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
func (r *calReader) locate() bool {
	i := slices.IndexFunc(r.from.Locations, func(l *time.Location) bool { return l != nil && l.String() == r.zone.String() })
	if i >= 0 {
		r.zone = r.from.Locations[i]
	}
	return i >= 0
}

// at returns a wall time of a date in the zone, or one nearby where the clock
// skips it.
func (r *calReader) at(d Date, hour, minute int) time.Time {
	year, month, day := d.midnight().Date()
	return time.Date(year, month, day, hour, minute, 0, 0, r.zone)
}

// day asks about a date.
func (r *calReader) day(d Date, noon time.Time) (day calDay) {
	day.date = d
	defer func() {
		if p := recover(); p != nil {
			if r.asking == "IsHoliday" {
				r.asking = r.panicking(d.Year())
			}
			text, _, _ := strings.Cut(fmt.Sprint(p), "\n") // errors are one line
			r.fault(d, r.asking+" panics: "+text, r.asking+" not to panic")
		}
	}()
	r.asking = "IsHoliday"
	actual, observed, h := r.from.IsHoliday(noon)
	if observed {
		day.holiday = Holiday{Date: d, Name: h.Name}
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
		if DateOf(t) != d {
			continue // the clock skips it
		}
		if other, _, want := r.hours(d, t); other != day.hours || want != "" {
			r.fault(d, fmt.Sprintf("asked at %s, the functions say otherwise than at 12:00", t.Format("15:04")), "functions that go by the date alone")
			break
		}
	}
	return day
}

// checkRule refuses a holiday that rickar/cal keeps a day early. Its rules give
// the midnight of their day in cal.DefaultLoc; where the clock skips that
// midnight, time.Date can give 23:00 of the day before.
func (r *calReader) checkRule(d Date, h *cal.Holiday) {
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
func (r *calReader) panicking(year int) (name string) {
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
// and the zero span where none do; or what is wrong and what was wanted.
func (r *calReader) hours(d Date, at time.Time) (hours span, what, want string) {
	r.asking = "WorkdayFunc"
	if !r.from.IsWorkday(at) {
		return span{}, "", ""
	}
	r.asking = "WorkdayStartFunc"
	open, what, want := r.clock(d, r.from.WorkdayStart(at), r.from.WorkdayStartFunc != nil)
	if want != "" {
		return span{}, what, want
	}
	r.asking = "WorkdayEndFunc"
	end, what, want := r.clock(d, r.from.WorkdayEnd(at), r.from.WorkdayEndFunc != nil)
	switch {
	case want != "":
		return span{}, what, want
	case open%time.Minute != 0:
		return span{}, "work starts at " + clockText(open), "a start in whole minutes"
	case end%time.Minute != 0:
		return span{}, "work ends at " + clockText(end), "an end in whole minutes, 24:00 for that of the day"
	case open < 0 || open >= 24*time.Hour:
		return span{}, "work starts at " + clockText(open), "a start from 00:00 to 23:59"
	case end > 48*time.Hour:
		return span{}, "work ends at " + clockText(end), "an end up to 48:00"
	case end <= open:
		return span{}, "work is from " + clockText(open) + " to " + clockText(end), "an end after the start, and past midnight one on the next date, as 30:00"
	}
	return span{int32(open / time.Second), int32(end / time.Second)}, "", ""
}

// clock returns the time that the clock shows at t, from the midnight of a date;
// or what is wrong and what was wanted.
func (r *calReader) clock(d Date, t time.Time, byFunc bool) (clock time.Duration, what, want string) {
	if !byFunc {
		// WorkdayStart and WorkdayEnd have added it to this very midnight, whatever
		// the clock does in between.
		return t.Sub(r.at(d, 0, 0)), "", ""
	}
	what = r.asking + " gives " + t.Format(time.RFC3339)
	days := DateOf(t).Sub(d)
	if days < 0 || days > 2 {
		return 0, what, r.asking + " to stay with the date"
	}
	if local := t.In(r.zone); local.Format(time.DateTime) != t.Format(time.DateTime) {
		return 0, what, r.asking + " to give times in " + r.zone.String()
	}
	h, m, s := t.Clock()
	return time.Duration(days*24+h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second + time.Duration(t.Nanosecond()), "", ""
}

// clockText writes a time from midnight as hh:mm, and with what it has besides.
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
