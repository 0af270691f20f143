package calendar

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// String returns the canonical text. It parses to the same hours, and is the same for all
// texts that differ only in how they write the same rules in the same order. The reference
// implementation reads it too.
func (h *hours) String() string {
	rules := h.rules
	// A lone "PH off" at the end is what holds without it (R11).
	if last := &rules[len(rules)-1]; len(rules) > 1 && last.closesHolidays() &&
		!slices.ContainsFunc(rules[:len(rules)-1], func(r rule) bool { return r.ph }) {
		rules = rules[:len(rules)-1]
	}
	var b strings.Builder
	write := func(separator, text string) {
		if b.Len() > 0 {
			b.WriteString(separator)
		}
		b.WriteString(text)
	}
	for i := 0; i < len(rules); {
		n := i
		for n < len(rules) && rules[n].isWeekly() && (i == 0 || rules[n].effect == replaces) {
			n++
		}
		if n > i {
			for _, text := range weekText(rules[i:n], i == 0) {
				if text == alwaysText && n < len(rules) && rules[n].effect == adds {
					text = "Mo-Su " + timesText(wholeDay) // the reference wants no comma after 24/7
				}
				write("; ", text)
			}
			i = n
			continue
		}
		switch r := &rules[i]; r.effect {
		case adds:
			write(", ", r.selector.String()+" "+timesText(r.times))
		case cuts:
			write("; ", r.selector.String()+" "+timesText(r.times)+" off")
		default:
			write("; ", r.selector.String()+" "+timesText(r.times))
		}
		i++
	}
	return b.String()
}

const alwaysText = "24/7"

var wholeDay = []span{{0, daySeconds}}

func (r *rule) closesHolidays() bool {
	return r.effect == replaces && len(r.times) == 0 && r.ph && r.selector.String() == "PH"
}

// weekText returns the rules of a block that names weekdays only, one for each
// set of weekdays with the same times. In the first block of a text, closed
// days go without saying, and rules can add and cut.
func weekText(rules []rule, first bool) []string {
	var named weekdays
	for i := range rules {
		named |= rules[i].days
	}
	week := weekOf(rules)
	var out []string
	var done weekdays
	for day, times := range week {
		if named&^done&(1<<day) == 0 || first && len(times) == 0 {
			continue
		}
		var same weekdays
		for other := range week {
			if named&(1<<other) != 0 && slices.Equal(week[other], times) {
				same |= 1 << other
			}
		}
		done |= same
		if same == everyDay && slices.Equal(times, wholeDay) {
			out = append(out, alwaysText)
			continue
		}
		out = append(out, same.String()+" "+timesText(times))
	}
	if len(out) == 0 {
		out = append(out, "Mo-Su off")
	}
	return out
}

// String returns the set as ranges that begin after a day not in it, such as
// "Mo-Fr" or "Su-Th".
func (w weekdays) String() string {
	if w == everyDay {
		return "Mo-Su"
	}
	var out []string
	has := func(day int) bool { return w&(1<<(day%7)) != 0 }
	for day := range 7 {
		if !has(day) || has(day+6) {
			continue
		}
		last := day
		for has(last + 1) {
			last++
		}
		text := weekdayNames[day]
		if last > day {
			text += "-" + weekdayNames[last%7]
		}
		out = append(out, text)
	}
	return strings.Join(out, ",")
}

// String returns the lists of the selector, the widest first.
func (s *selector) String() string {
	var lists []string
	if len(s.dates) > 0 {
		lists = append(lists, datesText(s.dates))
	}
	if len(s.weeks) > 0 {
		lists = append(lists, "week "+weeksText(s.weeks))
	}
	if !s.anyDay() {
		// A month before a weekday with several numbers begins a range for the reference.
		lists = append(lists, s.daysText(len(s.dates) > 0 && len(s.weeks) == 0))
	}
	return strings.Join(lists, " ")
}

// daysText returns weekdays and holidays. A shift comes last: the reference reads what
// follows it otherwise.
func (s *selector) daysText(oneNumber bool) string {
	var out []string
	if s.days != 0 {
		out = append(out, s.days.String())
	}
	for weekday, name := range weekdayNames {
		var numbers []string
		for _, n := range []int{1, 2, 3, 4, 5, -5, -4, -3, -2, -1} {
			if s.days&(1<<weekday) == 0 && slices.Contains(s.nth, nthWeekday{weekday, n}) {
				numbers = append(numbers, fmt.Sprint(n))
			}
		}
		separator := ","
		if oneNumber {
			separator = "]," + name + "["
		}
		if numbers != nil {
			out = append(out, name+"["+strings.Join(numbers, separator)+"]")
		}
	}
	if s.ph {
		out = append(out, "PH")
	}
	for _, n := range []int{-1, 1} {
		if slices.Contains(s.shifts, n) {
			out = append(out, fmt.Sprintf("PH %+d day", n))
		}
	}
	return strings.Join(out, ",")
}

// weeksText writes a range with a step up to its last week, and as weeks if the step is longer
// than the reference reads.
func weeksText(weeks []weekRange) string {
	const longest = 26
	var ranges []weekRange
	for _, w := range weeks {
		w.to -= (w.to - w.from) % w.step
		if w.to == w.from {
			w.step = 1
		}
		for ; w.step > longest && w.from <= w.to; w.from += w.step {
			ranges = append(ranges, weekRange{w.from, w.from, 1})
		}
		if w.from <= w.to {
			ranges = append(ranges, w)
		}
	}
	slices.SortFunc(ranges, func(a, b weekRange) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(a.step, b.step))
	})
	var out []string
	for _, w := range slices.Compact(ranges) {
		text := fmt.Sprintf("%02d", w.from)
		if w.to > w.from {
			text += fmt.Sprintf("-%02d", w.to)
		}
		if w.step > 1 {
			text += fmt.Sprintf("/%d", w.step)
		}
		out = append(out, text)
	}
	return strings.Join(out, ",")
}

// readableDates returns the same dates in ranges that the reference reads right. It takes a
// range of every year that ends on Feb 29 up to Mar 1, finds nothing in a range of a whole
// year, and no year after a month.
func readableDates(dates []dateRange) (out []dateRange) {
	const first, last, leapDay, february28, march = 101, 1231, 229, 228, 301
	hasYear := slices.ContainsFunc(dates, func(r dateRange) bool { return !r.from.IsZero() })
	for _, r := range dates {
		switch {
		case !r.from.IsZero() || r.isMonths() && !hasYear:
			out = append(out, r)
		case r.yearTo < r.yearFrom && r.yearTo.next() == r.yearFrom:
			out = append(out, dateRange{yearFrom: first, yearTo: last})
		case r.yearFrom == march && r.yearTo == february28:
			out = append(out, dateRange{yearFrom: march, yearTo: last}, dateRange{yearFrom: first, yearTo: r.yearTo})
		case r.yearTo == leapDay && r.yearFrom != leapDay:
			out = append(out, dateRange{yearFrom: r.yearFrom, yearTo: february28}, dateRange{yearFrom: leapDay, yearTo: leapDay})
		default:
			out = append(out, r)
		}
	}
	return out
}

// next returns the day after in a leap year.
func (m monthDay) next() monthDay {
	month, day := m.month(), m.day()+1
	if day > monthLength(2000, time.Month(month)) {
		month, day = month%12+1, 1
	}
	return monthDay(100*month + day)
}

// datesText returns months first, then dates of every year, then those of one year.
func datesText(dates []dateRange) string {
	dates = readableDates(dates)
	hasYear := slices.ContainsFunc(dates, func(r dateRange) bool { return !r.from.IsZero() })
	isMonths := func(r dateRange) bool { return r.isMonths() && !hasYear }
	slices.SortFunc(dates, func(a, b dateRange) int {
		return cmp.Or(
			-cmp.Compare(btoi(isMonths(a)), btoi(isMonths(b))),
			cmp.Compare(a.from.n, b.from.n), cmp.Compare(a.yearFrom, b.yearFrom),
			cmp.Compare(a.to.n, b.to.n), cmp.Compare(a.yearTo, b.yearTo))
	})
	var out []string
	month := 0 // that a day of every year can leave out
	for _, d := range slices.Compact(dates) {
		from, to := d.yearFrom, d.yearTo
		switch {
		case isMonths(d):
			text := monthNames[from.month()-1]
			if from.month() != to.month() {
				text += "-" + monthNames[to.month()-1]
			}
			out = append(out, text)
			continue
		case !d.from.IsZero():
			text := dateText(d.from)
			switch {
			case d.to == d.from:
			case d.to.Year() == d.from.Year() && d.to.Month() == d.from.Month() && d.to.Month() != time.February:
				text += fmt.Sprintf("-%02d", d.to.Day())
			default:
				text += "-" + dateText(d.to)
			}
			out = append(out, text)
			continue
		}
		// The reference takes "Feb 20-28" for another range in common years.
		short := from.month() == to.month() && from <= to && (from == to || to.month() != int(time.February))
		text := fmt.Sprintf("%02d", from.day())
		if from.month() != month || !short {
			text = monthNames[from.month()-1] + " " + text
		}
		switch {
		case from == to:
		case short:
			text += fmt.Sprintf("-%02d", to.day())
		default:
			text += fmt.Sprintf("-%s %02d", monthNames[to.month()-1], to.day())
		}
		month = 0
		if short {
			month = from.month()
		}
		out = append(out, text)
	}
	return strings.Join(out, ",")
}

func dateText(d Date) string {
	return fmt.Sprintf("%d %s %02d", d.Year(), monthNames[d.Month()-1], d.Day())
}

// isMonths reports whether the range is of whole months of every year.
func (r dateRange) isMonths() bool {
	return r.from.IsZero() && r.yearFrom.day() == 1 && r.yearTo.day() == monthLength(2000, time.Month(r.yearTo.month())) &&
		(r.yearFrom <= r.yearTo || r.yearFrom.month() > r.yearTo.month())
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func timesText(times []span) string {
	if len(times) == 0 {
		return "off"
	}
	out := make([]string, len(times))
	for i, t := range times {
		end := t.close
		if end > daySeconds && end-daySeconds < t.open && t.open < daySeconds {
			end -= daySeconds
		}
		out[i] = fmt.Sprintf("%02d:%02d-%02d:%02d", t.open/hour, t.open%hour/minute, end/hour, end%hour/minute)
	}
	return strings.Join(out, ",")
}
