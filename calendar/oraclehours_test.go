package calendar_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
)

// oracleRule is one rule of the hours, as the generator made it.
type oracleRule struct {
	months    []time.Month    // of every year
	dates     []calendar.Date // single dates
	yearly    []string        // "Dec 24"
	weeks     []int           // single weeks
	weekdays  [7]bool         // from Monday
	nth       [][2]int        // weekday from 0, and its number in the month
	ph        bool
	eve, next bool     // the days before holidays, and after them
	ranges    [][2]int // minutes; none means off
	off       bool     // the ranges are closed
	adds      bool     // after a comma
}

type oracleCase struct {
	zone     string
	former   []oracleRule // the rules until a date, if any
	until    calendar.Date
	rules    []oracleRule
	holidays []calendar.Holiday
	own      []calendar.Holiday
	from, to time.Time // the window that is counted through
	seed     uint64    // of the questions that are asked about it
	// hoursOf, if set, says what hours begin on a date, in place of the rules.
	hoursOf func(calendar.Date) [][2]int
}

func (r oracleRule) String() string {
	var lists, sel []string
	for _, m := range r.months {
		sel = append(sel, m.String()[:3])
	}
	sel = append(sel, r.yearly...)
	for _, d := range r.dates {
		sel = append(sel, fmt.Sprintf("%d %s %02d", d.Year(), d.Month().String()[:3], d.Day()))
	}
	if sel != nil {
		lists = append(lists, strings.Join(sel, ","))
	}
	if r.weeks != nil {
		lists = append(lists, "week "+strings.ReplaceAll(strings.Trim(fmt.Sprint(r.weeks), "[]"), " ", ","))
	}
	sel = nil
	names := []string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}
	for i, name := range names {
		if r.weekdays[i] {
			sel = append(sel, name)
		}
	}
	for _, n := range r.nth {
		sel = append(sel, fmt.Sprintf("%s[%d]", names[n[0]], n[1]))
	}
	for text, has := range map[string]bool{"PH": r.ph, "PH -1 day": r.eve, "PH +1 day": r.next} {
		if has {
			sel = append(sel, text)
		}
	}
	if sel != nil {
		lists = append(lists, strings.Join(sel, ","))
	}
	var times []string
	for _, t := range r.ranges {
		times = append(times, fmt.Sprintf("%02d:%02d-%02d:%02d", t[0]/60, t[0]%60, t[1]/60, t[1]%60))
	}
	text := strings.Join(lists, " ") + " " + strings.Join(times, ",")
	if times == nil || r.off {
		text += " off"
	}
	return text
}

func rulesText(rules []oracleRule) string {
	var b strings.Builder
	for i, r := range rules {
		switch {
		case i > 0 && r.adds:
			b.WriteString(", ")
		case i > 0:
			b.WriteString("; ")
		}
		b.WriteString(r.String())
	}
	return b.String()
}

func (o oracleCase) hours() string { return rulesText(o.rules) }

func (o oracleCase) String() string {
	return fmt.Sprintf("zone %s, hours %q, until %v %q, holidays %v, own days %v, %s to %s, seed %d", o.zone, o.hours(), o.until, rulesText(o.former),
		o.holidays, o.own, o.from.UTC().Format(time.RFC3339), o.to.UTC().Format(time.RFC3339), o.seed)
}

// calendar returns the calendar of the case.
func (o oracleCase) calendar() (*calendar.Calendar, error) {
	set := calendar.HolidayFunc("test", func(year int) []calendar.Holiday {
		return slices.DeleteFunc(slices.Clone(o.holidays), func(h calendar.Holiday) bool { return h.Date.Year() != year })
	})
	options := []calendar.Option{calendar.Holidays(set)}
	if o.own != nil {
		options = append(options, calendar.OwnDays(calendar.HolidayList("own", o.own...)))
	}
	if o.former != nil {
		options = append(options, calendar.Until(o.until, rulesText(o.former)))
	}
	return calendar.New(o.zone, o.hours(), options...)
}

// minutes are the minutes of a date, and of the next, that are open.
type minutes [48 * 60]bool

func (m *minutes) set(ranges [][2]int, open bool) {
	for _, r := range ranges {
		for i := r[0]; i < r[1]; i++ {
			m[i] = open
		}
	}
}

func (m *minutes) ranges() (ranges [][2]int) {
	for i := range m {
		switch n := len(ranges); {
		case !m[i]:
		case n > 0 && ranges[n-1][1] == i:
			ranges[n-1][1]++
		default:
			ranges = append(ranges, [2]int{i, i + 1})
		}
	}
	return ranges
}

// readDayHours reads the text of DayHours.
func readDayHours(h calendar.DayHours) (ranges [][2]int, part bool) {
	text, part := strings.CutSuffix(h.String(), " off")
	for t := range strings.SplitSeq(text, ",") {
		var a, b, c, d int
		if n, err := fmt.Sscanf(t, "%d:%d-%d:%d", &a, &b, &c, &d); n != 4 {
			panic(err)
		}
		r := [2]int{a*60 + b, c*60 + d}
		if r[1] <= r[0] {
			r[1] += 24 * 60
		}
		ranges = append(ranges, r)
	}
	return ranges, part
}

// pick returns the entry that counts of those for a date: a make-up workday, else a day that
// is closed, else one with hours, else one with all parts that are closed.
func pick(entries []calendar.Holiday, d calendar.Date) (found calendar.Holiday, ok bool) {
	var parts minutes
	rank := func(h calendar.Holiday) int {
		switch {
		case h.Workday:
			return 3
		case h.Hours.IsZero():
			return 2
		case !h.Hours.IsPart():
			return 1
		}
		return 0
	}
	for _, h := range entries {
		if h.Date != d {
			continue
		}
		if rank(h) == 0 {
			part, _ := readDayHours(h.Hours)
			parts.set(part, true)
		}
		if !ok || rank(h) > rank(found) {
			found, ok = h, true
		}
	}
	if ok && rank(found) == 0 {
		var texts []string
		for _, r := range parts.ranges() {
			texts = append(texts, fmt.Sprintf("%02d:%02d-%02d:%02d", r[0]/60, r[0]%60, r[1]/60, r[1]%60))
		}
		found.Hours, _ = calendar.ParseDayHours(strings.Join(texts, ",") + " off")
	}
	return found, ok
}

// rangesOn returns the hours that begin on a date.
func (o oracleCase) rangesOn(d calendar.Date) [][2]int {
	if o.hoursOf != nil {
		return o.hoursOf(d)
	}
	m := o.withEntry(d, o.own, func() minutes {
		return o.withEntry(d, o.holidays, func() minutes { return o.byRules(d, false, false) })
	})
	return m.ranges()
}

// withEntry returns the hours of a date by its entry, or those that it would have without.
func (o oracleCase) withEntry(d calendar.Date, entries []calendar.Holiday, without func() minutes) (m minutes) {
	h, ok := pick(entries, d)
	if !ok {
		return without()
	}
	public := len(o.own) == 0 || &entries[0] != &o.own[0]
	if h.Hours.IsZero() {
		switch {
		case h.Workday:
			return o.byRules(d, false, true)
		case public:
			return o.byRules(d, true, false)
		}
		return m // closed
	}
	ranges, part := readDayHours(h.Hours)
	switch {
	case !part:
		m.set(ranges, true)
		return m
	case h.Workday:
		m = o.byRules(d, false, true)
		m.set(ranges, false)
		return m
	case !public:
		m = without()
		m.set(ranges, false)
		return m
	}
	// Rules for holidays apply in the part that is one.
	m = without()
	holiday := o.byRules(d, true, false)
	for _, r := range ranges {
		copy(m[r[0]:r[1]], holiday[r[0]:r[1]])
	}
	return m
}

// byRules applies the rules to a date one after the other.
func (o oracleCase) byRules(d calendar.Date, holiday, makeUp bool) (m minutes) {
	rules := o.rules
	if o.former != nil && d.Compare(o.until) < 0 {
		rules = o.former
	}
	hasPH := slices.ContainsFunc(rules, func(r oracleRule) bool { return r.ph })
	if holiday && !hasPH {
		return m
	}
	weekday := (int(d.Weekday()) + 6) % 7
	if makeUp {
		for day := range 7 {
			if len(weeklyHours(rules, day)) > 0 {
				weekday = day
				break
			}
		}
	}
	for _, r := range rules {
		if o.matches(r, d, weekday, holiday) {
			r.apply(&m)
		}
	}
	return m
}

func (r oracleRule) apply(m *minutes) {
	if !r.adds && !r.off || len(r.ranges) == 0 {
		*m = minutes{}
	}
	m.set(r.ranges, !r.off)
}

// weeklyHours returns the hours of a weekday by the rules that name weekdays for all dates.
func weeklyHours(rules []oracleRule, day int) [][2]int {
	var m minutes
	for _, r := range rules {
		if r.weekdays[day] && r.months == nil && r.dates == nil && r.yearly == nil && r.weeks == nil {
			r.apply(&m)
		}
	}
	return m.ranges()
}

func (o oracleCase) matches(r oracleRule, d calendar.Date, weekday int, holiday bool) bool {
	if r.months != nil || r.dates != nil || r.yearly != nil {
		if !slices.Contains(r.months, d.Month()) && !slices.Contains(r.dates, d) &&
			!slices.Contains(r.yearly, fmt.Sprintf("%s %02d", d.Month().String()[:3], d.Day())) {
			return false
		}
	}
	if r.weeks != nil && !slices.Contains(r.weeks, isoWeek(d)) {
		return false
	}
	if r.weekdays == [7]bool{} && r.nth == nil && !r.ph && !r.eve && !r.next {
		return true
	}
	if r.weekdays[weekday] || r.ph && holiday || r.eve && o.isHoliday(d.AddDays(1)) || r.next && o.isHoliday(d.AddDays(-1)) {
		return true
	}
	// Count the days of d's weekday in the month, up to d and from d on.
	from, to := 0, 0
	for e := d; e.Month() == d.Month(); e = e.AddDays(-7) {
		from++
	}
	for e := d; e.Month() == d.Month(); e = e.AddDays(7) {
		to++
	}
	return slices.Contains(r.nth, [2]int{weekday, from}) || slices.Contains(r.nth, [2]int{weekday, -to})
}

// isoWeek returns the number of the week: that of its Thursday in its year.
func isoWeek(d calendar.Date) int {
	thursday := d
	for thursday.Weekday() != time.Thursday {
		if d.Weekday() == time.Friday || d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
			thursday = thursday.AddDays(-1)
		} else {
			thursday = thursday.AddDays(1)
		}
	}
	week := 1
	for e := thursday.AddDays(-7); e.Year() == thursday.Year(); e = e.AddDays(-7) {
		week++
	}
	return week
}

func (o oracleCase) isHoliday(d calendar.Date) bool {
	if h, ok := pick(o.own, d); ok && h.Workday {
		return false
	}
	h, ok := pick(o.holidays, d)
	return ok && !h.Workday && h.Hours.IsZero()
}

// smaller yields the cases that have one thing less than o.
func (o oracleCase) smaller(yield func(oracleCase) bool) {
	less := func(change func(*oracleCase)) bool {
		s := o
		s.rules, s.former = slices.Clone(o.rules), slices.Clone(o.former)
		s.holidays, s.own = slices.Clone(o.holidays), slices.Clone(o.own)
		change(&s)
		if len(s.own) == 0 {
			s.own = nil
		}
		return s.hours() == o.hours() && s.String() == o.String() || yield(s)
	}
	if o.former != nil {
		if !less(func(s *oracleCase) { s.former = nil }) || !less(func(s *oracleCase) { s.rules, s.former = s.former, nil }) {
			return
		}
	}
	for i := range o.rules {
		if len(o.rules) > 1 && !less(func(s *oracleCase) { s.rules = slices.Delete(s.rules, i, i+1); s.rules[0].adds = false }) {
			return
		}
		for j := range o.rules[i].ranges {
			if !less(func(s *oracleCase) { s.rules[i].ranges = slices.Delete(slices.Clone(s.rules[i].ranges), j, j+1) }) {
				return
			}
		}
		for _, change := range []func(*oracleRule){
			func(r *oracleRule) { r.adds = false }, func(r *oracleRule) { r.off = false },
			func(r *oracleRule) { r.eve = false }, func(r *oracleRule) { r.next = false }, func(r *oracleRule) { r.nth = nil },
			func(r *oracleRule) { r.weeks = nil }, func(r *oracleRule) { r.months = nil }, func(r *oracleRule) { r.dates = nil }, func(r *oracleRule) { r.yearly = nil },
			func(r *oracleRule) { r.ph = false }, func(r *oracleRule) { r.weekdays = [7]bool{true, true, true, true, true, true, true} },
		} {
			if !less(func(s *oracleCase) {
				change(&s.rules[i])
				if strings.HasPrefix(s.rules[i].String(), " ") { // no selector is left
					s.rules[i] = o.rules[i]
				}
			}) {
				return
			}
		}
	}
	for i := range o.holidays {
		if !less(func(s *oracleCase) { s.holidays = slices.Delete(s.holidays, i, i+1) }) {
			return
		}
	}
	for i := range o.own {
		if !less(func(s *oracleCase) { s.own = slices.Delete(s.own, i, i+1) }) {
			return
		}
	}
}

// randomRanges makes times that are awkward on purpose.
func randomRanges(rng *rand.Rand) (r [][2]int) {
	switch rng.IntN(8) {
	case 0:
		r = [][2]int{{9 * 60, 17 * 60}}
	case 1:
		r = [][2]int{{9 * 60, 12 * 60}, {13 * 60, 17*60 + 30}}
	case 2:
		r = [][2]int{{22 * 60, 30 * 60}}
	case 3:
		r = [][2]int{{9 * 60, 24 * 60}}
	case 4:
		r = [][2]int{{0, 24 * 60}}
	case 5: // around the usual hour of change
		open := rng.IntN(240)
		r = [][2]int{{open, open + 1 + rng.IntN(120)}}
	case 6: // around midnight
		open := 23*60 + rng.IntN(60)
		r = [][2]int{{rng.IntN(90), 90 + rng.IntN(60)}, {open, open + 1 + rng.IntN(180)}}
	default:
		for range 1 + rng.IntN(3) {
			open := rng.IntN(47 * 60)
			r = append(r, [2]int{open, min(48*60, open+1+rng.IntN(600))})
		}
	}
	return r
}

// randomHours makes the hours of one date, or the part of it that is closed.
func randomHours(rng *rand.Rand) calendar.DayHours {
	r := oracleRule{weekdays: [7]bool{true}, ranges: randomRanges(rng), off: rng.IntN(2) == 0}
	_, times, _ := strings.Cut(r.String(), " ")
	h, err := calendar.ParseDayHours(times)
	if err != nil {
		panic(err)
	}
	return h
}

// randomRules makes rules that replace each other, add to each other and cut each other, for
// dates around those that day returns.
func randomRules(rng *rand.Rand, day func() calendar.Date) (rules []oracleRule) {
	weekdays := func() (days [7]bool) {
		for i := range 7 {
			days[i] = rng.IntN(4) > 0
		}
		return days
	}
	for range 1 + rng.IntN(3) {
		r := oracleRule{ranges: randomRanges(rng), weekdays: weekdays()}
		if r.weekdays == [7]bool{} || len(rules) == 0 && rng.IntN(3) == 0 {
			r.weekdays = [7]bool{true, true, true, true, true, true, true}
		}
		r.ph = rng.IntN(8) == 0
		rules = append(rules, r)
	}
	for range rng.IntN(4) {
		r := oracleRule{}
		if rng.IntN(3) > 0 {
			r.ranges = randomRanges(rng)
			r.off = rng.IntN(4) == 0
		}
		for range 1 + rng.IntN(2) {
			switch d := day(); rng.IntN(8) {
			case 0:
				r.dates = append(r.dates, d, day())
			case 1:
				r.yearly = append(r.yearly, fmt.Sprintf("%s %02d", d.Month().String()[:3], d.Day()))
			case 2:
				r.months = append(r.months, d.Month())
			case 3:
				r.weeks = append(r.weeks, isoWeek(d))
			case 4:
				r.nth = append(r.nth, [2]int{rng.IntN(7), []int{1, 2, 3, 4, 5, -1, -2, -3, -4, -5}[rng.IntN(10)]})
			case 5:
				r.eve, r.next = rng.IntN(3) > 0, rng.IntN(3) == 0
				if !r.eve {
					r.next = true
				}
			case 6:
				r.ph = rng.IntN(2) == 0
				r.weekdays[rng.IntN(7)] = true
			default:
				r.weekdays[rng.IntN(7)] = true
			}
		}
		r.adds = rng.IntN(3) == 0
		rules = append(rules, r)
	}
	if rng.IntN(6) == 0 {
		r := oracleRule{ph: true}
		if rng.IntN(2) == 0 {
			r.ranges = randomRanges(rng)
		}
		rules = slices.Insert(rules, rng.IntN(len(rules)+1), r)
	}
	rules[0].adds = false
	return rules
}

// randomCase makes hours that are awkward on purpose: shifts over midnight, hours that begin
// and end around clock changes, closings at 24:00, holidays, days of its own and make-up
// workdays in the window, and now and then other hours before a date in it.
func randomCase(rng *rand.Rand, zone string, around time.Time) oracleCase {
	o := oracleCase{zone: zone, seed: rng.Uint64()}
	o.from = around.Add(-time.Duration(rng.Int64N(int64(36*time.Hour))) - 7*24*time.Hour).Truncate(time.Hour)
	o.to = o.from.Add(15 * 24 * time.Hour)
	day := func() calendar.Date {
		return calendar.DateOf(o.from).AddDays(rng.IntN(16))
	}
	entry := func() calendar.Holiday {
		h := calendar.Holiday{Date: day(), Workday: rng.IntN(3) == 0}
		if rng.IntN(3) == 0 {
			h.Hours = randomHours(rng)
		}
		return h
	}
	o.rules = randomRules(rng, day)
	if rng.IntN(6) == 0 {
		o.former, o.until = randomRules(rng, day), day()
		if y := o.until.Year(); y < 1900 || y > 2199 {
			o.former = nil
		}
	}
	for range rng.IntN(4) {
		o.holidays = append(o.holidays, entry())
	}
	if rng.IntN(4) == 0 {
		for range 1 + rng.IntN(2) {
			o.own = append(o.own, entry())
		}
	}
	return o
}
