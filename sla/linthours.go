package sla

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla/internal/instant"
	"github.com/duetime/duetime/sla/internal/text"
)

// hoursRule is a rule of a canonical hours text.
type hoursRule struct {
	text  string
	dates string // months, dates and weeks, or ""
	days  string // weekdays and holidays, or ""
	times string // "" for a date that is closed
	adds  bool   // stands after a comma
	cuts  bool   // the times are off
}

// rulesOf returns the rules of a canonical hours text.
func rulesOf(hours string) (rules []hoursRule) {
	for list := range strings.SplitSeq(hours, "; ") {
		for i, rule := range strings.Split(list, ", ") {
			rules = append(rules, ruleOf(rule, i > 0))
		}
	}
	return rules
}

const (
	wholeDay = "00:00-24:00"
	offText  = " off"
)

func ruleOf(rule string, adds bool) hoursRule {
	if rule == "24/7" {
		return hoursRule{text: rule, days: "Mo-Su", times: wholeDay}
	}
	r := hoursRule{text: rule, adds: adds}
	selector, off := strings.CutSuffix(rule, offText)
	if i := strings.LastIndexByte(selector, ' '); strings.Contains(selector[i+1:], ":") {
		selector, r.times, r.cuts = selector[:i], selector[i+1:], off
	}
	words := strings.Split(selector, " ")
	n := slices.IndexFunc(words, func(word string) bool {
		_, ok := weekdayOf(word)
		return ok || strings.HasPrefix(word, "PH")
	})
	if n < 0 {
		n = len(words)
	}
	r.dates, r.days = strings.Join(words[:n], " "), strings.Join(words[n:], " ")
	return r
}

// weekdayOf returns the weekday that a text begins with, such as Sa or Sa-Su, but not Sep.
func weekdayOf(s string) (d time.Weekday, ok bool) {
	for d := range time.Weekday(7) {
		if strings.HasPrefix(s, d.String()[:2]) && (len(s) == 2 || strings.IndexByte("-,[", s[2]) >= 0) {
			return d, true
		}
	}
	return 0, false
}

// selector returns what the rule begins with.
func (r *hoursRule) selector() string { return strings.TrimSpace(r.dates + " " + r.days) }

// replaces reports whether the rule replaces the hours of its dates.
func (r *hoursRule) replaces() bool { return !r.adds && !r.cuts }

// opens reports whether the rule gives hours.
func (r *hoursRule) opens() bool { return r.times != "" && !r.cuts }

// isWeekly reports whether the rule is for weekdays of every week.
func (r *hoursRule) isWeekly() bool {
	return r.dates == "" && !strings.ContainsAny(r.days, "[PH")
}

// isListed reports whether the rule is for dates of certain years, one by one: somebody chose
// each of them.
func (r *hoursRule) isListed() bool {
	return len(r.dates) > 0 && r.dates[0] <= '9' && !strings.Contains(r.dates, "-")
}

// namesPH reports whether the rule is for holidays themselves (R11).
func (r *hoursRule) namesPH() bool { return slices.Contains(strings.Split(r.days, ","), "PH") }

// weekdays adds those that the rule names to a set, also those of some weeks of a month.
func (r *hoursRule) weekdays(set *[7]bool) {
	for item := range strings.SplitSeq(r.days, ",") {
		first, ok := weekdayOf(item)
		if !ok {
			continue
		}
		last := first
		if len(item) > 2 && item[2] == '-' {
			last, _ = weekdayOf(item[3:])
		}
		for d := first; ; d = (d + 1) % 7 {
			set[d] = true
			if d == last {
				break
			}
		}
	}
}

// hoursLinter looks at one hours text of a calendar.
type hoursLinter struct {
	*linter
	path     string
	calendar *calendar.Calendar
	rules    []hoursRule
	open     [7]bool // weekdays that a rule names and opens
	ph       bool    // a rule names PH
	said     map[string]bool
}

// hoursText looks at the hours of a calendar that [calendar.New] made. It returns the weekdays
// that only rules for dates or holidays open, if it has found such a rule.
func (l *linter) hoursText(path string, c *calendar.Calendar, u *use) (odd [7]bool) {
	var texts []string
	for _, former := range c.FormerHours() {
		texts = append(texts, former.Hours)
	}
	h := hoursLinter{linter: l, path: path, calendar: c, said: map[string]bool{}}
	for _, hours := range append(texts, c.Hours()) {
		h.rules, h.open, h.ph = rulesOf(hours), [7]bool{}, false
		for i := range h.rules {
			r := &h.rules[i]
			h.ph = h.ph || r.namesPH()
			if r.opens() {
				r.weekdays(&h.open)
			}
		}
		h.times()
		h.reads += 4 * len(h.rules)
		for i := range h.rules {
			if !h.replaced(i) && u.counts && h.opensOddly(i) {
				for d := range odd {
					odd[d] = odd[d] || !h.open[d]
				}
			}
		}
	}
	h.ending(u)
	h.nights(u)
	return odd
}

// say finds something, but the same thing in former hours only once.
func (h *hoursLinter) say(kind, format string, args ...any) {
	n := len(h.findings)
	h.find(kind, h.path, format, args...)
	if line := h.findings[n].Text; h.said[line] {
		h.findings = h.findings[:n]
	} else {
		h.said[line] = true
	}
}

// times looks at the times of each rule.
func (h *hoursLinter) times() {
	always := slices.ContainsFunc(h.rules, func(r hoursRule) bool { return r.times == wholeDay })
	for i := range h.rules {
		r := &h.rules[i]
		for _, f := range timesFindings(r.text, r.times, r.cuts || always) {
			h.say(f.Kind, "%s", f.Text)
		}
	}
}

// timesFindings returns what is suspicious in the times of a rule or of a day. A desk for the
// nights, which is open all day at weekends, has long nights.
func timesFindings(rule, times string, longNights bool) (findings []Finding) {
	if strings.HasSuffix(times, "-23:59") {
		findings = append(findings, Finding{Kind: missingMinute, Text: rule + " lacks the minute before midnight: write " + strings.Replace(rule, "-23:59", "-24:00", 1)})
	}
	for span := range strings.SplitSeq(times, ",") {
		opening, closing, _ := strings.Cut(span, "-")
		const longest, earliest = 14 * 60, "05:00"
		if length := minuteOf(closing) + 24*60 - minuteOf(opening); !longNights && closing < opening && length > longest && closing >= earliest {
			findings = append(findings, Finding{Kind: swappedTimes, Text: rule + " is open for " + text.Duration(time.Duration(length)*time.Minute) +
				", past midnight: if its times are swapped, write " + strings.Replace(rule, span, closing+"-"+opening, 1)})
		}
	}
	return findings
}

// minuteOf returns the minute of a time such as 09:00.
func minuteOf(clock string) int {
	hour, minute, _ := strings.Cut(clock, ":")
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	return 60*h + m
}

// dayFindings returns what is suspicious in the hours of days.
func dayFindings(days []calendar.Holiday) (findings []Finding) {
	for _, day := range days {
		if day.Hours.IsZero() {
			continue
		}
		times, cuts := strings.CutSuffix(day.Hours.String(), offText)
		for _, f := range timesFindings(day.Hours.String(), times, cuts) {
			f.Text = day.Date.String() + ": " + f.Text
			findings = append(findings, f)
		}
	}
	return findings
}

// cycle closes all years but 28, in which the dates of a year have all weekdays and weeks.
// Farther off, not all holidays are known.
const cycle = "1900 Jan 01-2019 Dec 31,2048 Jan 01-2199 Dec 31 off"

// opening returns a calendar that is open on the dates that a rule leaves to no later
// selector. It has the holidays of the calendar. It returns nil if no date is left, and false
// if the answer would take too long.
func (h *hoursLinter) opening(r *hoursRule, without ...string) (c *calendar.Calendar, known bool) {
	if h.reads -= 2 + len(without); h.reads < 0 {
		return nil, false
	}
	rules := []string{r.selector() + " " + wholeDay}
	if h.ph {
		rules = slices.Insert(rules, 0, "PH off") // holidays are days like others
	}
	for _, selector := range without {
		if selector != "" {
			rules = append(rules, selector+offText)
		}
	}
	if yearOf(r.dates) == 0 {
		rules = append(rules, cycle)
	}
	c, err := calendar.New("UTC", strings.Join(rules, "; "), calendar.Holidays(h.calendar.HolidaySets()...))
	if err == nil {
		return c, true
	}
	const search = 256 // takes as long as to read so many rules
	h.reads -= search
	bad, ok := errors.AsType[*calendar.ParseError](err)
	return nil, ok && bad.Offset == 0 // else it has too many rules
}

// never reports whether a rule has no dates but those of some selectors.
func (h *hoursLinter) never(r *hoursRule, without ...string) bool {
	c, known := h.opening(r, without...)
	return known && c == nil
}

// replaced looks for a rule that gives its hours to no date, as those after it replace it.
func (h *hoursLinter) replaced(i int) bool {
	r := &h.rules[i]
	if r.isWeekly() {
		return false // the days of the week come first
	}
	if r.opens() && !h.ph && len(h.calendar.HolidaySets()) > 0 && h.never(r) {
		h.say(replacedRule, "%s is for holidays alone, which are closed (R11): write PH off before it", r.text)
		return true
	}
	after, without := h.after(i)
	if len(after) == 0 {
		return false
	}
	// On other weekdays, the desk is closed anyway, or mostly.
	on, closed := "", ""
	if week := h.week(); !r.isListed() && week > 0 && (week >= mostOfWeek || !r.opens()) {
		closed = weekdaysText(h.others())
	}
	switch {
	case !h.never(r, append(without, closed)...):
		return false
	case closed != "" && !h.never(r, closed):
		on = " on " + weekdaysText(h.open)
	case closed != "" && !h.never(r, without...) || h.never(r):
		return false
	}
	by := "the rules after it replace it"
	if len(after) == 1 {
		by = after[0].text + " after it replaces it"
	}
	h.say(replacedRule, "%s has no effect%s, as %s: write the rules for holidays and dates last", r.text, on, by)
	return true
}

// after returns the rules after another that can replace it, and their selectors.
func (h *hoursLinter) after(i int) (after []*hoursRule, without []string) {
	if h.reads < 0 {
		return nil, nil
	}
	r := &h.rules[i]
	for j := i + 1; j < len(h.rules); j++ {
		later := &h.rules[j]
		if r.isListed() && later.isListed() {
			continue
		}
		if later.replaces() || later.opens() && r.times == "" {
			after, without = append(after, later), append(without, later.selector())
		}
	}
	return after, without
}

// others returns the weekdays that no rule names and opens.
func (h *hoursLinter) others() (days [7]bool) {
	for d := range days {
		days[d] = !h.open[d]
	}
	return days
}

// mostOfWeek are the weekdays that a desk opens on at least if it is closed on the others.
const mostOfWeek = 4

// week returns how many weekdays a rule names and opens.
func (h *hoursLinter) week() (n int) {
	for _, open := range h.open {
		if open {
			n++
		}
	}
	return n
}

// opensOddly looks for a rule for dates or holidays that opens on a weekday that has no hours
// otherwise.
func (h *hoursLinter) opensOddly(i int) bool {
	r := &h.rules[i]
	_, isWeekday := weekdayOf(r.days)
	if !r.opens() || r.adds || isWeekday || r.isListed() || h.week() < mostOfWeek || h.week() == 7 {
		return false
	}
	open := weekdaysText(h.open)
	_, without := h.after(i)
	c, known := h.opening(r, append(without, open)...)
	if !known || c == nil {
		return false
	}
	at, err := c.NextOpen(usualBegin())
	if err != nil {
		at, err = c.NextOpen(time.Date(instant.FirstYear, time.January, 1, 0, 0, 0, 0, time.UTC))
	}
	if err != nil {
		return false
	}
	write := r.dates + " " + open + " " + r.times
	if r.days != "" { // holidays
		last := r.times[strings.LastIndexByte(r.times, '-')+1:]
		write = "the part that is closed, " + r.selector() + " " + last + "-24:00" + offText
		if last >= "24:00" || minuteOf(last) < minuteOf(r.times[:len("00:00")]) {
			write = "the part that is closed"
		}
	}
	h.say(openWeekend, "%s opens on %s too, such as %s, and other rules only on %s: write %s",
		r.text, at.Weekday(), calendar.DateOf(at), open, write)
	return true
}

// yearOf returns the last year in the dates of a rule, or 0.
func yearOf(dates string) (last int) {
	for word := range strings.FieldsFuncSeq(dates, func(c rune) bool { return c < '0' || c > '9' }) {
		if year, _ := strconv.Atoi(word); len(word) == len("2026") {
			last = max(last, year)
		}
	}
	return last
}

// ending looks for dates of certain years that go on from year to year, and end.
func (h *hoursLinter) ending(u *use) {
	const many = 8 // of one year
	n, first, last := 0, instant.LastYear, 0
	for i := range h.rules {
		for item := range strings.SplitSeq(h.rules[i].dates, ",") {
			begin, _, _ := strings.Cut(item, "-")
			if year := yearOf(begin); year > 0 {
				n, first, last = n+1, min(first, year), max(last, yearOf(item))
			}
		}
	}
	if year := u.until.AddDate(0, 0, -1).Year(); n > 1 && (first < last || n >= many) && last < min(year, instant.LastYear) {
		h.say(endingDates, "the dates in its hours end in %d: write those of later years, or rules for all years", last)
	}
}

// nights looks for hours that run into the hours of the next date.
func (h *hoursLinter) nights(u *use) {
	if !slices.ContainsFunc(h.rules, func(r hoursRule) bool { return r.opens() && r.pastMidnight() }) {
		return
	}
	if h.days -= daysOfYear; h.days < 0 {
		return
	}
	c, from := h.calendar, calendar.DateOf(usualBegin())
	var before calendar.Day
	for i := range daysOfYear {
		day := c.Day(from.AddDays(i))
		if len(before.Spans) > 0 && len(day.Spans) > 0 {
			end, begin := before.Spans[len(before.Spans)-1].End, day.Spans[0].Start
			// A day that begins at midnight takes the night over: that is plain.
			if end.After(begin) && begin.Hour()*60+begin.Minute() > 0 {
				h.say(overlappingHours, "%s is open to %s on the next date, which opens at %s: end its hours there", before.Date, end.Format(clockLayout), begin.Format(clockLayout))
				return
			}
		}
		before = day
	}
	begin := usualBegin()
	if open, err := c.Between(begin, begin.Add(year)); err == nil && open == year && u.counts {
		h.say(overlappingHours, "%s never closes: write 24/7", c.Hours())
	}
}

const (
	clockLayout = "15:04"
	daysOfYear  = 366
)

// pastMidnight reports whether times of the rule run into the next date.
func (r *hoursRule) pastMidnight() bool {
	for span := range strings.SplitSeq(r.times, ",") {
		if opening, closing, _ := strings.Cut(span, "-"); closing < opening || closing > "24:00" {
			return true
		}
	}
	return false
}

// parts looks for calendars that are in another one twice.
func (l *linter) parts(path string, c *calendar.Calendar) {
	kind := "union"
	list := c.UnionOf()
	if list == nil {
		kind, list = "intersection", c.IntersectionOf()
	}
	known := map[string]*calendar.Calendar{}
	for _, part := range list {
		if partsOf(part) != nil {
			continue
		}
		key := part.Zone().String() + " " + part.Hours()
		other, ok := known[key]
		switch {
		case !ok:
			known[key] = part
		case sameCalendar(part, other):
			l.find(doubledPart, path, "%s and %s in the %s are the same: leave one out, or write what it has of its own", text.Quote(titleOf(other)), text.Quote(titleOf(part)), kind)
			return
		}
	}
}

// sameCalendar reports whether two calendars of the same zone and hours are the same.
func sameCalendar(a, b *calendar.Calendar) bool {
	return a == b || slices.Equal(a.HolidaySets(), b.HolidaySets()) && slices.Equal(a.OwnDays(), b.OwnDays()) && slices.Equal(a.FormerHours(), b.FormerHours())
}

// movedTimes looks for calendars in which the time of day of a term never is.
func (l *linter) movedTimes(t *Term, begin time.Time, find func(string, string, ...any)) {
	first, other := t.Target.Sides()
	for _, c := range t.calendarsOf() {
		for _, side := range []Target{first, other} {
			if why := l.moved(side, c, begin); why != "" {
				find(movedTime, "%s %v in calendar %s: %s", text.OneLine(string(t.Metric)), side, text.Quote(titleOf(c)), why)
			}
		}
	}
}

// moved returns why the time of day of a target without a condition is always moved into the
// hours (R7) in the year from an instant on, or "". 00:00 is a way to write the opening.
func (l *linter) moved(t Target, c *calendar.Calendar, begin time.Time) string {
	clock := int(t.clock) - 1
	if clock <= 0 || madeOf(c) > mostParts {
		return ""
	}
	opens, early, late := false, true, true
	first := calendar.DateOf(begin.In(c.Zone()))
	for i := range daysOfYear {
		if l.days--; l.days < 0 {
			return ""
		}
		date := first.AddDays(i)
		minute := func(t time.Time) int { return calendar.DateOf(t).Sub(date)*24*60 + t.Hour()*60 + t.Minute() }
		for _, span := range c.Day(date).Spans {
			start, end := minute(span.Start), minute(span.End)
			if start <= clock && clock <= end {
				return ""
			}
			opens, early, late = true, early && clock < start, late && end < clock
		}
	}
	why, write := "no day is open then, so it is due at the closing before", t
	switch {
	case !opens:
		return ""
	case early:
		why, write.clock = "no day is open that early, so it is due at the opening", 1
	case late:
		why, write.clock = "no day is open that late, so it is due at the closing", atClose
	}
	if write == t {
		return why + ": write a time in the hours"
	}
	return why + ": write " + write.String()
}
