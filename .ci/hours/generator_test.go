package hours_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
)

// generator makes random hours of the whole notation.
//
// The reference misreads some texts, and refuses others. They are the traps below. It gets
// another text that means the same then.
type generator struct {
	*rand.Rand
	nights   bool
	holidays []calendar.Holiday
	near     []int // ends of the ranges of dates in the hours made last
}

const (
	firstYear = 2024
	lastYear  = 2029
)

func newGenerator(seed uint64, nights bool, holidays []calendar.Holiday) *generator {
	return &generator{Rand: rand.New(rand.NewPCG(seed, 0)), nights: nights, holidays: holidays}
}

// chance reports whether something of so many percent happens.
func (g *generator) chance(percent int) bool { return g.IntN(100) < percent }

func pick[T any](g *generator, of ...T) T { return of[g.IntN(len(of))] }

// hours returns a text and some of the days that it is about.
func (g *generator) hours() hours {
	g.near = g.near[:0]
	var ours, theirs strings.Builder
	for i := range 1 + g.IntN(5) {
		separator := ""
		if i > 0 {
			separator = pick(g, "; ", "; ", ", ")
		}
		a, b := g.rule()
		if separator == ", " {
			// Trap: 24/7 cannot have a rule after a comma.
			if before, ok := strings.CutSuffix(theirs.String(), "24/7"); ok {
				theirs.Reset()
				theirs.WriteString(before + "Mo-Su 00:00-24:00")
			}
		}
		ours.WriteString(separator + a)
		theirs.WriteString(separator + b)
	}
	h := hours{ours: ours.String(), theirs: closedOnHolidays(theirs.String()), holidays: g.holidays}
	if g.chance(10) {
		h.ours = strings.NewReplacer(",", " , ", "-", " - ", ";", " ;").Replace(h.ours)
	}
	days := daysOf(firstYear, lastYear)
	for range 15 {
		h.days = append(h.days, days[g.IntN(len(days))], dayNumberOf(pick(g, g.holidays...).Date)+g.IntN(3)-1)
		if len(g.near) > 0 {
			h.days = append(h.days, pick(g, g.near...)+g.IntN(3)-1)
		}
	}
	slices.Sort(h.days)
	h.days = slices.Compact(h.days)
	return h
}

func dayNumberOf(d calendar.Date) int { return dayNumber(d.Year(), d.Month(), d.Day()) }

func (g *generator) rule() (ours, theirs string) {
	if g.chance(5) {
		return "24/7", "24/7"
	}
	ours, theirs = g.selector()
	rest := g.what()
	return ours + " " + rest, theirs + " " + rest
}

// what returns what a rule says of its dates.
func (g *generator) what() string {
	comment := ""
	if g.chance(20) {
		comment = pick(g, ` "by phone"`, ` "no; really, closed"`)
	}
	switch n := g.IntN(100); {
	case n < 60:
		return g.times()
	case n < 70:
		return g.times() + " open" + comment
	case n < 82:
		return pick(g, "off", "closed") + comment
	default:
		return g.times() + " " + pick(g, "off", "closed") + comment
	}
}

func (g *generator) times() string {
	var out []string
	for range pick(g, 1, 1, 2, 3) {
		from := g.IntN(dayMinutes/15) * 15
		most := dayMinutes
		if g.nights {
			most = 47 * 60
		}
		to := min(from+15*(1+g.IntN(60)), most)
		if to > dayMinutes && to-dayMinutes < from && g.chance(50) {
			to -= dayMinutes
		}
		out = append(out, fmt.Sprintf("%02d:%02d-%02d:%02d", from/60, from%60, to/60, to%60))
	}
	return strings.Join(out, ",")
}

// selector returns dates, weeks and days of the week, at least one of them.
func (g *generator) selector() (ours, theirs string) {
	var days, daysTheirs string
	hasDates, hasWeeks := g.chance(35), g.chance(15)
	if !hasDates && !hasWeeks || g.chance(60) {
		days, daysTheirs = g.days()
	}
	var a, b []string
	if hasDates {
		dates, datesTheirs := g.dates(daysTheirs, hasWeeks)
		a, b = append(a, dates), append(b, datesTheirs)
	}
	if hasWeeks {
		weeks := g.weeks()
		a, b = append(a, weeks), append(b, weeks)
	}
	if days != "" {
		a, b = append(a, days), append(b, daysTheirs)
	}
	return strings.Join(a, " "), strings.Join(b, " ")
}

var weekdays = []string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}

func (g *generator) days() (ours, theirs string) {
	var out []string
	for range pick(g, 1, 1, 1, 2, 3) {
		day := pick(g, weekdays...)
		switch n := g.IntN(100); {
		case n < 25:
			out = append(out, day)
		case n < 60:
			out = append(out, day+"-"+pick(g, weekdays...))
		case n < 78:
			out = append(out, day+"["+g.numbers()+"]")
		case n < 90:
			out = append(out, "PH")
		default:
			out = append(out, "PH "+pick(g, "-", "-", "+")+"1 day")
		}
	}
	ours = strings.Join(out, ",")
	// Trap: in a list that begins with PH -1 day, weekdays are another condition.
	if strings.HasPrefix(out[0], "PH ") {
		slices.SortStableFunc(out, func(a, b string) int { return strings.Count(a, "PH ") - strings.Count(b, "PH ") })
	}
	return ours, strings.Join(out, ",")
}

// numbers returns those of a weekday in its month.
func (g *generator) numbers() string {
	var out []string
	for range pick(g, 1, 1, 2) {
		from := 1 + g.IntN(5)
		switch g.IntN(3) {
		case 0:
			out = append(out, fmt.Sprint(from))
		case 1:
			out = append(out, fmt.Sprint(-from))
		default:
			out = append(out, fmt.Sprintf("%d-%d", from, from+g.IntN(6-from)))
		}
	}
	return strings.Join(out, ",")
}

func (g *generator) weeks() string {
	var out []string
	for range pick(g, 1, 1, 2) {
		from := 1 + g.IntN(53)
		week := fmt.Sprintf("%02d", from)
		if g.chance(70) {
			week += fmt.Sprintf("-%02d", from+g.IntN(54-from))
			if g.chance(60) {
				week += fmt.Sprintf("/%d", 2+g.IntN(4))
			}
		}
		out = append(out, week)
	}
	return "week " + strings.Join(out, ",")
}

// date is one of a year, or of every year if year is 0; the whole month if day is 0.
type date struct {
	year  int
	month time.Month
	day   int
}

func (d date) String() string {
	s := d.month.String()[:3]
	if d.year != 0 {
		s = fmt.Sprintf("%d %s", d.year, s)
	}
	if d.day != 0 {
		s += fmt.Sprintf(" %02d", d.day)
	}
	return s
}

// length returns the length of the month, in a leap year if of every year.
func (d date) length() int {
	year := d.year
	if year == 0 {
		year = 2024
	}
	return time.Date(year, d.month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

func (g *generator) date(year int) date {
	d := date{year: year, month: time.Month(1 + g.IntN(12))}
	if g.chance(30) {
		d.month = time.February
	}
	d.day = 1 + g.IntN(d.length())
	if g.chance(30) {
		d.day = pick(g, 1, d.length()-1, d.length())
	}
	return d
}

// item is one of a list of dates: a range of days, or of months.
type item struct {
	text     string
	from, to date
	isMonth  bool
	twice    bool // names a month twice
	trap     bool
}

// dates returns a list of dates, for a rule with some days of the week, or with weeks.
func (g *generator) dates(days string, hasWeeks bool) (ours, theirs string) {
	var out, outSafe []string
	var last item
	year, turns, trap := 0, 0, false
	n := pick(g, 1, 1, 2, 3)
	for i := range n {
		if year == 0 && g.chance(25) {
			year = firstYear + g.IntN(lastYear-firstYear+1)
		}
		next := g.item(last, year)
		// Traps: a month before a weekday with numbers begins a range. The year of a month is
		// another condition for all of the list, and cannot stand before times. A year cannot
		// follow a month.
		trap = trap || next.trap ||
			next.isMonth && (manyNth.MatchString(days) || n > 1 && strings.Contains(days, "[")) ||
			next.isMonth && year != 0 && (n > 1 || days == "" && !hasWeeks) ||
			last.isMonth && year != 0
		if i > 0 && next.isMonth != last.isMonth {
			turns++
		}
		last = next
		out = append(out, next.text)
		outSafe = append(outSafe, safe(next.from, next.to))
		for y := firstYear; y <= lastYear; y++ {
			for _, d := range []date{next.from, next.to} {
				if d.year == 0 || d.year == y {
					g.near = append(g.near, dayNumber(y, d.month, d.day))
				}
			}
		}
	}
	// Trap: in a list that turns between months and dates twice, both are conditions.
	ours, theirs = strings.Join(out, ","), strings.Join(out, ",")
	if trap || turns > 1 {
		theirs = strings.Join(outSafe, ",")
	}
	return ours, theirs
}

// manyNth matches a weekday with more than one number.
var manyNth = regexp.MustCompile(`^..\[[^]]+[-,]`)

// item returns an item of a year, or of every year if year is 0, that can follow the last one.
func (g *generator) item(last item, year int) item {
	from := g.date(year)
	switch g.IntN(6) {
	case 0:
		if d := last.to; last.text != "" && !last.isMonth && d.day < d.length() {
			d.day += 1 + g.IntN(d.length()-d.day)
			next := g.inMonth(d)
			next.text = strings.TrimPrefix(next.text, date{d.year, d.month, 0}.String()+" ")
			// Traps: a day without a month is refused after a range that names its month, and
			// misread after a year.
			next.trap = next.trap || year != 0 || last.twice
			return next
		}
	case 1, 2:
		return g.months(from)
	case 3, 4:
		return g.overMonths(from)
	}
	return g.inMonth(from)
}

// inMonth returns a day, or a range of days of one month.
func (g *generator) inMonth(from date) item {
	next := item{text: from.String(), from: from, to: from}
	if g.chance(50) {
		next.to.day += g.IntN(from.length() - from.day + 1)
		next.text += fmt.Sprintf("-%02d", next.to.day)
		// Trap: a range in February that ends with it is empty in some years or in all.
		next.trap = from.month == time.February && next.to.day >= 28
	}
	return next
}

// overMonths returns a range from a day to one of any month.
func (g *generator) overMonths(from date) item {
	to := g.date(from.year)
	if from.year == 0 {
		// Traps: a range that ends on Feb 29 goes on to Mar 1 in some years, and a range of a
		// whole year is empty.
		trap := to.month == time.February && to.day == 29 || from.isAfter(to)
		return item{text: from.String() + "-" + to.String(), from: from, to: to, twice: true, trap: trap}
	}
	if to.before(from) {
		from, to = to, from
	}
	if to.year < lastYear && g.chance(30) {
		to.year++
		to.day = min(to.day, to.length())
	} else if g.chance(30) {
		// Trap: a range needs its year twice.
		return item{text: from.String() + "-" + date{0, to.month, to.day}.String(), from: from, to: to, twice: true, trap: true}
	}
	return item{text: from.String() + "-" + to.String(), from: from, to: to, twice: true}
}

// months returns a month or a range of months.
func (g *generator) months(from date) item {
	from.day = 0
	next := item{text: from.String(), isMonth: true}
	to := from
	if g.chance(50) {
		to.month = time.Month(1 + g.IntN(12))
		if from.year != 0 && to.month < from.month {
			from.month, to.month = to.month, from.month
		}
		next.text = from.String() + "-" + to.String()
		// Trap: a year cannot follow a month.
		next.trap = from.year != 0
		if g.chance(50) {
			next.text, next.trap = from.String()+"-"+date{0, to.month, 0}.String(), false
		}
	}
	from.day, to.day = 1, to.length()
	next.from, next.to = from, to
	return next
}

func (d date) before(e date) bool {
	return d.month < e.month || d.month == e.month && d.day < e.day
}

// isAfter reports whether d is the day after e in some years.
func (d date) isAfter(e date) bool {
	next := func(year int) time.Time { return time.Date(year, e.month, e.day+1, 0, 0, 0, 0, time.UTC) }
	for _, year := range []int{2023, 2024} {
		if n := next(year); n.Month() == d.month && n.Day() == d.day || d.month == time.February && d.day == 29 && n.Month() == time.March && n.Day() == 1 {
			return true
		}
	}
	return false
}

// safe returns a range that the reference reads right: with all its months and years. Ranges
// that wrap, or that end on Feb 29, become two.
func safe(from, to date) string {
	if from == to {
		return from.String()
	}
	if from.year != 0 {
		return from.String() + "-" + to.String()
	}
	if to.before(from) {
		return safe(from, date{0, time.December, 31}) + "," + safe(date{0, time.January, 1}, to)
	}
	if to.month == time.February && to.day == 29 {
		return safe(from, date{0, time.February, 28}) + "," + to.String()
	}
	return from.String() + "-" + to.String()
}
