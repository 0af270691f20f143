package calendar

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// parseHours reads the notation of the package comment's section "Hours".
func parseHours(text string) (*hours, error) {
	p := &hoursParser{text: text}
	var rules []rule
	var starts []int
	for after := replaces; ; {
		p.space()
		starts = append(starts, p.pos)
		r, err := p.rule(after)
		if err != nil {
			return nil, err
		}
		rules = append(rules, r)
		if p.space(); p.pos == len(text) {
			break
		}
		switch {
		case p.eat(";"):
			after = replaces
		case p.eat(","):
			after = adds
		default:
			if looksLike(p.text[p.pos:], "00:00-00:00") {
				return nil, p.want(`"," between times, or ";" after a rule`)
			}
			return nil, p.want(`";" or the end after a rule`)
		}
	}
	h := newHours(rules)
	times := 0
	for i, index := range h.partial {
		times += len(rules[index].times)
		if i == maxPartial || times > maxTimes {
			p.pos = starts[index]
			return nil, p.exactly(fmt.Sprintf("at most %d rules that add times or cut them, with %d times together", maxPartial, maxTimes))
		}
	}
	return h, nil
}

// hoursParser is a cursor over the text. Its methods skip the white space
// before what they read.
type hoursParser struct {
	text  string
	pos   int
	rules int // and what is in their lists, so far
}

func (p *hoursParser) count() error {
	if p.rules++; p.rules > maxRules {
		return p.exactly(fmt.Sprintf("at most %d rules, or dates in rules", maxRules))
	}
	return nil
}

// exactly returns the error that something else was wanted at the cursor.
func (p *hoursParser) exactly(what string) error {
	return &ParseError{What: "hours", Text: p.text, Offset: p.pos, Want: what}
}

// want is exactly, with what to write instead of a common slip.
func (p *hoursParser) want(what string) error {
	p.space()
	if advice := adviceOn(p.text, p.pos, what == ruleWanted); advice != "" {
		what = advice
	}
	return p.exactly(what)
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
func (p *hoursParser) oneOf(names ...string) int {
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

// next returns the byte at the cursor, after white space, or 0 at the end.
func (p *hoursParser) next() byte {
	if p.space(); p.pos == len(p.text) {
		return 0
	}
	return p.text[p.pos]
}

// peek reads something and puts the cursor back.
func peek[T any](p *hoursParser, read func() T) T {
	start := p.pos
	defer func() { p.pos = start }()
	return read()
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }

// rule reads one rule, which replaces what comes before it or adds to it.
func (p *hoursParser) rule(after effect) (rule, error) {
	if p.eat("24/7") {
		r := rule{selector: selector{days: everyDay}, effect: after, times: []span{{0, daySeconds}}}
		p.oneOf("open")
		p.comment()
		return r, p.count()
	}
	r := rule{effect: after}
	var err error
	if r.selector, err = p.selector(); err != nil {
		return r, err
	}
	if p.oneOf("off", "closed") >= 0 {
		r.effect = replaces
		p.comment()
		return r, nil
	}
	if p.oneOf("open") >= 0 {
		r.times = []span{{0, daySeconds}}
		p.comment()
		return r, nil
	}
	if !r.anyDay() && p.atWeekday() {
		p.space()
		return r, p.exactly(`"," between weekdays and PH, or times`)
	}
	if r.times, err = p.times(); err != nil {
		return r, err
	}
	switch {
	case p.oneOf("off", "closed") >= 0:
		r.effect = cuts
		p.comment()
	case p.oneOf("open") >= 0:
		p.comment()
	}
	return r, nil
}

// comment skips a comment in quotes.
func (p *hoursParser) comment() {
	if p.next() != '"' {
		return
	}
	if length := strings.IndexByte(p.text[p.pos+1:], '"'); length >= 0 {
		p.pos += 1 + length + 1
	}
}

// selector reads what a rule begins with: dates, weeks, and weekdays or PH, at least one of
// them.
func (p *hoursParser) selector() (s selector, err error) {
	p.space()
	start := p.pos
	if err := p.count(); err != nil {
		return s, err
	}
	if p.atDate() {
		if s.dates, err = p.dates(); err != nil {
			return s, err
		}
	}
	if p.oneOf("week") >= 0 {
		if s.weeks, err = p.weeks(); err != nil {
			return s, err
		}
	}
	if err := p.days(&s, start); err != nil {
		return s, err
	}
	s.nth = slices.DeleteFunc(s.nth, func(n nthWeekday) bool { return s.days&(1<<n.weekday) != 0 })
	return s, nil
}

const (
	weekdayWanted = "a weekday (Mo, Tu, We, Th, Fr, Sa, Su)"
	ruleWanted    = weekdayWanted + ", PH, a date such as Dec 24 or 2026 Dec 24, a month, a week, or 24/7"
)

// days reads weekdays and PH. There may be none, unless the rule begins here.
func (p *hoursParser) days(s *selector, start int) error {
	for first := true; ; first = false {
		p.space()
		item := p.pos
		switch from := p.oneOf(weekdayNames...); {
		case from >= 0 && len(s.shifts) > 0: // the reference reads the dates that are both
			p.pos = item
			return p.exactly("weekdays before PH -1 day or PH +1 day in a list")
		case from >= 0 && p.next() == '[':
			if err := p.nth(s, from); err != nil {
				return err
			}
		case from >= 0:
			to := from
			if p.eat("-") {
				if to = p.oneOf(weekdayNames...); to < 0 {
					return p.want(weekdayWanted + ` after "-"`)
				}
			}
			for day := from; ; day = (day + 1) % 7 {
				s.days |= 1 << day
				if day == to {
					break
				}
			}
		case p.oneOf("PH") >= 0:
			if err := p.holidays(s); err != nil {
				return err
			}
		case first && p.pos > start:
			return nil
		case first && p.next() == 0 && strings.HasSuffix(strings.TrimSpace(p.text), ";"):
			return p.exactly(`a rule after ";", or no ";" at the end`)
		case first:
			return p.want(ruleWanted)
		default:
			return p.want(weekdayWanted + " or PH")
		}
		if !p.eat(",") {
			return nil
		}
	}
}

// nth reads the numbers of a weekday in its month, such as [1,3-4] or [-1].
func (p *hoursParser) nth(s *selector, weekday int) error {
	const wanted = "a number from 1 to 5, or from -1 for the last one to -5"
	p.eat("[")
	for {
		sign := 1
		if p.eat("-") {
			sign = -1
		}
		start := p.pos
		from, ok := p.digits(1, 1)
		if !ok || from < 1 || from > 5 {
			p.pos = start
			return p.exactly(wanted)
		}
		to := from
		if sign > 0 && p.eat("-") {
			start := p.pos
			if to, ok = p.digits(1, 1); !ok || to < from || to > 5 {
				p.pos = start
				return p.exactly(fmt.Sprintf("a number from %d to 5", from))
			}
		}
		for n := from; n <= to; n++ {
			if err := p.count(); err != nil {
				return err
			}
			if day := (nthWeekday{weekday, sign * n}); !slices.Contains(s.nth, day) {
				s.nth = append(s.nth, day)
			}
		}
		if p.eat("]") {
			return nil
		}
		if !p.eat(",") {
			return p.exactly(`"," or "]"`)
		}
	}
}

// holidays reads what follows PH: a shift such as -1 day, or nothing.
func (p *hoursParser) holidays(s *selector) error {
	if c := p.next(); c != '-' && c != '+' {
		s.ph = true
		return nil
	}
	sign := 1
	if p.text[p.pos] == '-' {
		sign = -1
	}
	p.pos++
	p.space()
	start := p.pos
	n, ok := p.digits(1, 1)
	if !ok || n == 0 || n > maxShift {
		p.pos = start
		return p.exactly("1 day, as in PH -1 day")
	}
	if p.oneOf("day", "days") < 0 {
		return p.exactly(`"day", as in PH -1 day`)
	}
	if !slices.Contains(s.shifts, sign*n) {
		s.shifts = append(s.shifts, sign*n)
	}
	return p.count()
}

// weeks reads what follows "week".
func (p *hoursParser) weeks() (weeks []weekRange, err error) {
	const last = 53
	number := func(what string, least, most int) (n int) {
		p.space()
		start := p.pos
		n, ok := p.digits(1, 2)
		if err == nil && (!ok || n < least || n > most) {
			p.pos = start
			want := fmt.Sprintf("%s from %d to %d", what, least, most)
			if ok && least > 1 && n < least {
				want = fmt.Sprintf("a week from %d on: a range ends with the year, as in week 50-53,01-02", least)
			}
			err = p.exactly(want)
		}
		return n
	}
	for {
		r := weekRange{from: number("a week", 1, last), step: 1}
		r.to = r.from
		if err == nil && p.eat("-") {
			r.to = number("a week", r.from, last)
			if err == nil && p.eat("/") {
				r.step = number("a number of weeks", 1, last)
			}
		}
		if err == nil {
			err = p.count()
		}
		if err != nil {
			return nil, err
		}
		weeks = append(weeks, r)
		if !p.eat(",") {
			return weeks, nil
		}
	}
}

// atDate reports whether a date or a month follows.
func (p *hoursParser) atDate() bool {
	return peek(p, func() bool {
		if _, isYear := p.digits(4, 4); isYear {
			return true
		}
		return p.oneOf(monthNames...) >= 0
	})
}

// dates reads the months and days that a rule begins with, of one year or of
// every year. What an item leaves out, it has from the item before it.
func (p *hoursParser) dates() (dates []dateRange, err error) {
	var last dateSpec
	for {
		from, err := p.date(last)
		if err != nil {
			return nil, err
		}
		to := from
		if p.eat("-") {
			start := p.pos
			fault := ""
			named := p.atDate()
			if to, err = p.date(from); err != nil {
				return nil, err
			}
			switch {
			case from.year == 0 && to.year != 0:
				fault = "a range with a year at its beginning too"
			case (from.day == 0) != (to.day == 0):
				fault = "a range of months or a range of days, such as Jul-Aug or Jul 01-Aug 15"
			case to.less(from) && (from.year != 0 || !named):
				fault = "a range that ends on or after the day it begins on"
			}
			if fault != "" {
				p.pos = start
				return nil, p.exactly(fault)
			}
		}
		if err := p.count(); err != nil {
			return nil, err
		}
		first, end := from.first(), to.last()
		dates = append(dates, dateRange{first.date(), end.date(), first.monthDay(), end.monthDay()})
		if !p.eat(",") {
			return dates, nil
		}
		last = to
		if p.atWeekday() {
			return nil, p.exactly("another date, or a blank instead of the comma: Dec 24 Mo-Fr")
		}
		if last.year != 0 && peek(p, func() bool { return p.oneOf(monthNames...) >= 0 }) {
			// "2026 Dec 31, Jan 05" reads as either year or as every year.
			p.space()
			return nil, p.exactly("a year before the month, as the date before it has one")
		}
	}
}

func (p *hoursParser) atWeekday() bool {
	return peek(p, func() bool { return p.oneOf(weekdayNames...) >= 0 || p.oneOf("PH") >= 0 })
}

// dateSpec is a date of one year, or of every year where year is 0. It is a whole month
// where day is 0.
type dateSpec struct{ year, month, day int }

func (d dateSpec) less(e dateSpec) bool {
	return slices.Compare([]int{d.year, d.month, d.day}, []int{e.year, e.month, e.day}) < 0
}

// first returns the first day of a month, and a day as it is.
func (d dateSpec) first() dateSpec {
	d.day = max(d.day, 1)
	return d
}

// last returns the last day of a month, and a day as it is.
func (d dateSpec) last() dateSpec {
	if d.day == 0 {
		d.day = monthLength(d.leapYear(), time.Month(d.month))
	}
	return d
}

// leapYear returns the year, or one that has all dates of every year.
func (d dateSpec) leapYear() int {
	if d.year == 0 {
		return 2000
	}
	return d.year
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

// date reads "2026 Dec 28", "2026 Dec", "Dec 28", "Dec" or "28"; what is left out before it
// is inherited.
func (p *hoursParser) date(inherited dateSpec) (dateSpec, error) {
	p.space()
	start := p.pos
	d := inherited
	year, hasYear := p.digits(4, 4)
	if hasYear {
		if d = (dateSpec{year: year}); year < firstYear || year > lastYear {
			p.pos = start
			return d, p.exactly("a year from 1900 to 2199")
		}
	}
	month := p.oneOf(monthNames...)
	if month >= 0 {
		d.month, d.day = month+1, 0
	} else if hasYear || d.day == 0 {
		const wanted = "a month (Jan to Dec)"
		if isDigit(p.next()) && !hasYear {
			return d, p.exactly(wanted)
		}
		return d, p.want(wanted)
	}
	p.space()
	dayStart := p.pos
	day, ok := p.digits(1, 2)
	if ok && p.next() == ':' { // a time
		p.pos, ok = dayStart, false
	}
	switch {
	case ok:
		d.day = day
	case month < 0:
		return d, p.want("a day of the month")
	case dayStart < len(p.text) && isDigit(p.text[dayStart]) && !p.atTime():
		return d, p.want("a day of the month")
	default:
		return d, nil
	}
	if day < 1 || day > monthLength(d.leapYear(), time.Month(d.month)) {
		p.pos = dayStart
		want := "a day that " + monthNames[d.month-1] + " has"
		if d.year != 0 {
			want += fmt.Sprintf(" in %d", d.year)
		}
		return d, p.exactly(want)
	}
	return d, nil
}

// times reads ranges of times, separated by commas.
func (p *hoursParser) times() (times []span, err error) {
	for {
		if p.next() == 0 {
			return nil, p.exactly("times such as 09:00-17:00, or off")
		}
		if len(times) == maxTimes {
			return nil, p.exactly(fmt.Sprintf("at most %d times in a rule", maxTimes))
		}
		t, err := p.timeRange()
		if err != nil {
			return nil, err
		}
		times = append(times, t)
		comma := p.pos
		if !p.eat(",") {
			break
		}
		if p.atRule() {
			p.pos = comma
			break
		}
	}
	return joinSpans(times), nil
}

// atRule reports whether a rule follows a comma, and no time.
func (p *hoursParser) atRule() bool {
	return isLetter(p.next()) || p.atDate() || strings.HasPrefix(p.text[p.pos:], "24/7")
}

// atTime reports whether a time follows.
func (p *hoursParser) atTime() bool {
	return peek(p, func() bool {
		_, ok := p.digits(2, 2)
		return ok && p.pos < len(p.text) && p.text[p.pos] == ':'
	})
}

// timeRange reads a range of times, such as 09:00-17:00 or 22:00-06:00.
func (p *hoursParser) timeRange() (span, error) {
	open, err := p.clock()
	if err != nil {
		return span{}, err
	}
	if !p.eat("-") {
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
			return span{}, p.exactly("a closing time other than the opening time (00:00-24:00 is a whole day)")
		}
		return span{}, p.exactly("a closing time after the opening time, up to 48:00")
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
