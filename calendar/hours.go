package calendar

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// hours is a parsed hours text: the rules in the order of the text. A date
// gets the times of the last rule that matches it.
type hours struct {
	rules []rule
	// hasPH says that some rule names PH; without one, holidays close (R11).
	hasPH bool
	// makeUp is the weekday whose hours a make-up workday has (R11): Monday, or
	// the first weekday with hours, or -1.
	makeUp int
}

// rule gives its times to the dates it matches: to the weekdays in days, to
// holidays if ph, or to the dates in dates. Weekdays and dates never stand in
// one rule.
type rule struct {
	days  weekdays
	ph    bool
	dates []dateRange
	// times are the open times as seconds of wall time since the midnight of the
	// date, sorted, apart from each other, within 0:00 to 48:00. A closed date has no
	// times.
	times []span
}

const (
	// maxRules bounds the rules and the dates in them, and so the work of building
	// a table.
	maxRules = 1000
	// maxTimes bounds the times in a rule, and so the spans of a day. A calendar made of
	// 64 others has all their spans in its table, for every day.
	maxTimes = 48

	minute = 60
	hour   = 60 * minute
	latest = 2 * daySeconds // 48:00
)

// weekdays is a set of days of the week: bit 0 is Monday, bit 6 Sunday.
type weekdays uint8

const everyDay weekdays = 1<<7 - 1

var (
	weekdayNames = []string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}
	monthNames   = []string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
)

// weekdayOf returns the day of the week of a day counted from 1970-01-01, a
// Thursday: 0 is Monday.
func weekdayOf(unixDay int) int { return ((unixDay+3)%7 + 7) % 7 }

// dateRange is a range of dates, both ends included: of one year where from
// and to are set, else of every year, from month and day to month and day,
// wrapping at the year's end.
type dateRange struct {
	from, to         Date
	yearFrom, yearTo monthDay
}

// monthDay is month*100 + day, so that two compare in the order of the year.
type monthDay int

func (m monthDay) month() int { return int(m) / 100 }
func (m monthDay) day() int   { return int(m) % 100 }

func (r dateRange) contains(d Date, md monthDay) bool {
	switch {
	case !r.from.IsZero():
		return r.from.n <= d.n && d.n <= r.to.n
	case r.yearFrom <= r.yearTo:
		return r.yearFrom <= md && md <= r.yearTo
	}
	return md >= r.yearFrom || md <= r.yearTo
}

// closedRule is what ruleOn returns for a date on which no hours begin.
const closedRule = -1

// ruleOn returns the index of the rule whose hours begin on the date, or
// closedRule. A make-up workday is read as an ordinary day of the week makeUp.
func (h *hours) ruleOn(unixDay int, kind dayKind) int {
	if kind == holidayDay && !h.hasPH {
		return closedRule
	}
	weekday := weekdayOf(unixDay)
	if kind == makeUpDay && h.makeUp >= 0 {
		weekday = h.makeUp
	}
	var d Date
	var md monthDay
	for i := len(h.rules) - 1; i >= 0; i-- {
		r := &h.rules[i]
		match := r.days&(1<<weekday) != 0 || r.ph && kind == holidayDay
		if len(r.dates) > 0 {
			if d.IsZero() {
				d = dateOfUnixDay(int64(unixDay))
				_, month, day := d.midnight().Date()
				md = monthDay(int(month)*100 + day)
			}
			match = slices.ContainsFunc(r.dates, func(dr dateRange) bool { return dr.contains(d, md) })
		}
		if match {
			if len(r.times) == 0 {
				return closedRule
			}
			return i
		}
	}
	return closedRule
}

// parseHours reads the notation of the package comment's section "Hours".
func parseHours(text string) (*hours, error) {
	p := &hoursParser{text: text}
	h := &hours{makeUp: -1}
	for {
		r, err := p.rule()
		if err != nil {
			return nil, err
		}
		h.rules = append(h.rules, r)
		h.hasPH = h.hasPH || r.ph
		if p.space(); p.pos == len(text) {
			break
		}
		if !p.eat(";") {
			return nil, p.want(`";" or the end after a rule`)
		}
	}
	for weekday := range 7 {
		for _, r := range slices.Backward(h.rules) {
			if r.days&(1<<weekday) == 0 {
				continue
			}
			if len(r.times) > 0 && h.makeUp < 0 {
				h.makeUp = weekday
			}
			break
		}
	}
	return h, nil
}

// hoursParser is a cursor over the text. Its methods skip the white space
// before what they read.
type hoursParser struct {
	text  string
	pos   int
	rules int // and dates in them, so far
}

func (p *hoursParser) count() error {
	if p.rules++; p.rules > maxRules {
		return p.want(fmt.Sprintf("at most %d rules, or dates in rules", maxRules))
	}
	return nil
}

func (p *hoursParser) want(what string) error {
	return &ParseError{What: "hours", Text: p.text, Offset: p.pos, Want: what}
}

func (p *hoursParser) space() {
	for p.pos < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.pos]) >= 0 {
		p.pos++
	}
}

func (p *hoursParser) eat(token string) bool {
	p.space()
	if !strings.HasPrefix(p.text[p.pos:], token) {
		return false
	}
	p.pos += len(token)
	return true
}

// oneOf reads a word that must be one of names and returns its index, or -1
// with the cursor where it was.
func (p *hoursParser) oneOf(names []string) int {
	p.space()
	end := p.pos
	for end < len(p.text) && isLetter(p.text[end]) {
		end++
	}
	i := slices.Index(names, p.text[p.pos:end])
	if i >= 0 {
		p.pos = end
	}
	return i
}

// digits reads a run of min to max digits, or returns ok false with the cursor
// where it was.
func (p *hoursParser) digits(min, max int) (n int, ok bool) {
	p.space()
	end := p.pos
	for end < len(p.text) && isDigit(p.text[end]) && end-p.pos <= max {
		n = n*10 + int(p.text[end]-'0')
		end++
	}
	if l := end - p.pos; l < min || l > max {
		return 0, false
	}
	p.pos = end
	return n, true
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }

func (p *hoursParser) rule() (rule, error) {
	if err := p.count(); err != nil {
		return rule{}, err
	}
	if p.eat("24/7") {
		return rule{days: everyDay, times: []span{{0, daySeconds}}}, nil
	}
	r, err := p.selector()
	if err != nil {
		return rule{}, err
	}
	if p.oneOf([]string{"off", "closed"}) >= 0 {
		return r, nil
	}
	for {
		if len(r.times) == maxTimes {
			p.space()
			return rule{}, p.want(fmt.Sprintf("at most %d times in a rule", maxTimes))
		}
		t, err := p.times()
		if err != nil {
			return rule{}, err
		}
		r.times = append(r.times, t)
		if !p.eat(",") {
			break
		}
	}
	r.times = joinSpans(r.times)
	return r, nil
}

// selector reads the weekdays, PH or dates that a rule begins with.
func (p *hoursParser) selector() (rule, error) {
	var r rule
	start := p.pos
	for {
		switch from := p.oneOf(weekdayNames); {
		case from >= 0:
			to := from
			if p.eat("-") {
				if to = p.oneOf(weekdayNames); to < 0 {
					return r, p.want(`a weekday (Mo, Tu, We, Th, Fr, Sa, Su) after "-"`)
				}
			}
			for day := from; ; day = (day + 1) % 7 {
				r.days |= 1 << day
				if day == to {
					break
				}
			}
		case p.oneOf([]string{"PH"}) >= 0:
			r.ph = true
		case p.pos == start:
			return p.dates()
		default:
			p.space()
			return r, p.want("a weekday (Mo, Tu, We, Th, Fr, Sa, Su) or PH")
		}
		if !p.eat(",") {
			return r, nil
		}
		start = -1
	}
}

// dates reads the months and days that a rule begins with, of one year or of
// every year. What an item leaves out, it has from the item before it.
func (p *hoursParser) dates() (rule, error) {
	var r rule
	var last dateSpec
	for {
		from, err := p.date(last)
		if err != nil {
			return r, err
		}
		to := from
		if p.eat("-") {
			start := p.pos
			if to, err = p.date(from); err != nil {
				return r, err
			}
			if from.year == 0 && to.year != 0 {
				p.pos = start
				return r, p.want("a range with a year at its beginning too")
			}
			if from.year != 0 && to.less(from) {
				p.pos = start
				return r, p.want("a range that ends on or after the day it begins on")
			}
		}
		if err := p.count(); err != nil {
			return r, err
		}
		r.dates = append(r.dates, dateRange{from.date(), to.date(), from.monthDay(), to.monthDay()})
		if !p.eat(",") {
			return r, nil
		}
		if last = to; last.year != 0 {
			// "2026 Dec 31, Jan 05" reads as either year or as every year.
			if start := p.pos; p.oneOf(monthNames) >= 0 {
				p.pos = start
				p.space()
				return r, p.want("a year before the month, as the date before it has one")
			}
		}
	}
}

// dateSpec is a date of one year, or of every year where year is 0.
type dateSpec struct{ year, month, day int }

func (d dateSpec) less(e dateSpec) bool {
	return slices.Compare([]int{d.year, d.month, d.day}, []int{e.year, e.month, e.day}) < 0
}

// date returns the zero Date for a date of every year.
func (d dateSpec) date() Date {
	if d.year == 0 {
		return Date{}
	}
	date, _ := NewDate(d.year, time.Month(d.month), d.day)
	return date
}

func (d dateSpec) monthDay() monthDay {
	if d.year != 0 {
		return 0
	}
	return monthDay(d.month*100 + d.day)
}

// date reads "2026 Dec 28", "Dec 28" or "28"; what is left out is inherited.
func (p *hoursParser) date(inherited dateSpec) (dateSpec, error) {
	p.space()
	start := p.pos
	d := inherited
	year, hasYear := p.digits(4, 4)
	if hasYear {
		if d = (dateSpec{year: year}); year < firstYear || year > lastYear {
			p.pos = start
			return d, p.want("a year from 1900 to 2199")
		}
	}
	if month := p.oneOf(monthNames); month >= 0 {
		d.month = month + 1
	} else if d.month == 0 {
		p.space()
		if hasYear {
			return d, p.want("a month (Jan to Dec) after the year")
		}
		return d, p.want("a weekday (Mo, Tu, We, Th, Fr, Sa, Su), PH, a date such as Dec 24 or 2026 Dec 24, or 24/7")
	}
	p.space()
	dayStart := p.pos
	day, ok := p.digits(1, 2)
	if !ok {
		return d, p.want("a day of the month")
	}
	d.day = day
	// A leap year stands in for "every year", so that Feb 29 is a date.
	leap := d
	if leap.year == 0 {
		leap.year = 2000
	}
	if leap.date().IsZero() {
		p.pos = dayStart
		want := "a day that " + monthNames[d.month-1] + " has"
		if d.year != 0 {
			want += fmt.Sprintf(" in %d", d.year)
		}
		return d, p.want(want)
	}
	return d, nil
}

// times reads a range of times, such as 09:00-17:00 or 22:00-06:00.
func (p *hoursParser) times() (span, error) {
	open, err := p.clock()
	if err != nil {
		return span{}, err
	}
	if !p.eat("-") {
		p.space()
		return span{}, p.want(`"-" and a closing time`)
	}
	p.space()
	start := p.pos
	end, err := p.clock()
	if err != nil {
		return span{}, err
	}
	if end < open && open < daySeconds {
		end += daySeconds // 22:00-06:00 runs past midnight
	}
	if end <= open {
		p.pos = start
		if end == open {
			return span{}, p.want("a closing time other than the opening time (00:00-24:00 is a whole day)")
		}
		return span{}, p.want("a closing time after the opening time, up to 48:00")
	}
	return span{open, end}, nil
}

// clock reads hh:mm, 00:00 to 48:00, as seconds since midnight.
func (p *hoursParser) clock() (int32, error) {
	p.space()
	start := p.pos
	h, ok := p.digits(2, 2)
	if ok && p.pos+1 < len(p.text) && p.text[p.pos] == ':' && isDigit(p.text[p.pos+1]) {
		p.pos++
		if m, ok := p.digits(2, 2); ok && m < 60 && h*hour+m*minute <= latest {
			return int32(h*hour + m*minute), nil
		}
	}
	p.pos = start
	return 0, p.want("a time as hh:mm, 00:00 to 48:00")
}

// String returns the canonical text. It parses to the same hours, and is the same for all
// texts that differ only in how they write the same rules in the same order.
func (h *hours) String() string {
	rules := h.rules
	// A lone "PH off" at the end is what holds without it (R11).
	if last := rules[len(rules)-1]; len(rules) > 1 && last.ph && last.days == 0 && len(last.times) == 0 &&
		!slices.ContainsFunc(rules[:len(rules)-1], func(r rule) bool { return r.ph }) {
		rules = rules[:len(rules)-1]
	}
	var out []string
	for i := 0; i < len(rules); {
		n := i
		for n < len(rules) && rules[n].days != 0 && !rules[n].ph {
			n++
		}
		if n == i {
			out = append(out, rules[i].selectorText()+" "+timesText(rules[i].times))
			i++
			continue
		}
		out = append(out, weekText(rules[i:n], i == 0)...)
		i = n
	}
	return strings.Join(out, "; ")
}

// weekText returns the rules of a block that names weekdays only, one for each
// set of weekdays with the same times. In the first block of a text, closed
// days go without saying.
func weekText(rules []rule, first bool) []string {
	var last [7]*rule
	for i := range rules {
		for day := range 7 {
			if rules[i].days&(1<<day) != 0 {
				last[day] = &rules[i]
			}
		}
	}
	var out []string
	var done weekdays
	for day, r := range last {
		if r == nil || done&(1<<day) != 0 || first && len(r.times) == 0 {
			continue
		}
		var same weekdays
		for other, o := range last {
			if o != nil && slices.Equal(o.times, r.times) {
				same |= 1 << other
			}
		}
		done |= same
		if same == everyDay && slices.Equal(r.times, []span{{0, daySeconds}}) {
			out = append(out, "24/7")
			continue
		}
		out = append(out, same.String()+" "+timesText(r.times))
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

func (r *rule) selectorText() string {
	if len(r.dates) > 0 {
		return datesText(r.dates)
	}
	if r.days == 0 {
		return "PH"
	}
	return r.days.String() + ",PH"
}

func datesText(dates []dateRange) string {
	dates = slices.Clone(dates)
	slices.SortFunc(dates, func(a, b dateRange) int {
		return slices.Compare(
			[]int{int(a.from.n), int(a.yearFrom), int(a.to.n), int(a.yearTo)},
			[]int{int(b.from.n), int(b.yearFrom), int(b.to.n), int(b.yearTo)})
	})
	var b strings.Builder
	var year, month int
	write := func(d Date, md monthDay) {
		y, m, day := 0, md.month(), md.day()
		if !d.IsZero() {
			y, m, day = d.Year(), int(d.Month()), d.Day()
		}
		switch {
		case y != year:
			fmt.Fprintf(&b, "%04d %s ", y, monthNames[m-1])
		case m != month:
			fmt.Fprintf(&b, "%s ", monthNames[m-1])
		}
		fmt.Fprintf(&b, "%02d", day)
		year, month = y, m
	}
	for i, d := range slices.Compact(dates) {
		if i > 0 {
			b.WriteByte(',')
			if !d.from.IsZero() && int(d.from.Month()) != month {
				year = 0 // in a list, a month of one year has the year with it
			}
		}
		write(d.from, d.yearFrom)
		if d.to != d.from || d.yearTo != d.yearFrom {
			b.WriteByte('-')
			write(d.to, d.yearTo)
		}
	}
	return b.String()
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
