package calendar

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"
)

// plain is the source of a calendar made by New: hours, which R1 turns into slots.
type plain struct {
	eras []era
	// offsets holds the clock changes of the zone that a search for an opening has looked
	// up, if the calendar is a part of another: batchKey -> []offsetSpan.
	offsets sync.Map
}

// era is a stretch of dates with the same rules, up to the first date of the next.
type era struct {
	*hours
	until Date // not included; zero in the last era
	rank  int  // the number of its first rule, if those of all eras are counted
}

func newPlain(name string, zone *time.Location, eras []era, sets, own []HolidaySet) *Calendar {
	size := size{count: 1}
	rules := 0
	for i := range eras {
		e := &eras[i]
		e.rank = rules
		rules += len(e.rules)
		size.spans = max(size.spans, e.mostTimes())
		for _, r := range e.rules {
			size.dates += r.size()
		}
	}
	return newCalendar(name, zone, sets, own, &plain{eras: eras}, size)
}

// eraOn returns the era of a day counted from 1970-01-01.
func (p *plain) eraOn(day int) *era {
	i := 0
	for i < len(p.eras)-1 && day >= p.eras[i].until.unixDay() {
		i++
	}
	return &p.eras[i]
}

// around is how many dates before a run of slots and after it can matter to it: two, as a
// date begins up to 25 hours from the slot of its number in a zone that has crossed the
// date line, and one more, as hours run into the next date.
const around = 3

// plainSlots works out a run of slots from hours.
type plainSlots struct {
	calendar *Calendar
	plain    *plain
	table    *builder
	first    int   // the first slot of the run
	dates    []int // the numbers of the hours of dates, from around before the run to around after it
	offsets  []offsetSpan
	known    map[shapeKey]shapeIndex // the shapes so far, by their keys
	spans    []span                  // scratch

	// Hours have numbers. Those of a rule have the number of the rule. Others follow.
	others   [][]span
	numbers  map[string]int   // of the others, by their text
	together map[together]int // by the rules that give them
}

// together are rules that make up the hours of a date; see hours.decide.
type together struct {
	era     *era
	base    int
	partial uint32
}

// closedDate is the number of no hours.
const closedDate = -1

// shapeKey decides a shape without an offset change in it.
type shapeKey struct {
	offset   int64
	steady   bool
	own      int    // the hours of the slot's date
	relevant [3]int // the hours of the dates that can have some in the slot
}

func (p *plain) fill(c *Calendar, b *builder, first, end int) {
	f := &plainSlots{
		calendar: c, plain: p, table: b, first: first,
		offsets:  c.offsetsAround(first, end),
		known:    map[shapeKey]shapeIndex{},
		numbers:  map[string]int{},
		together: map[together]int{},
	}
	f.readDates(first+slotZeroDay-around, end-first+2*around)
	segment := 0
	for n := first; n < end; n++ {
		for f.offsets[segment].to <= c.begin(n) {
			segment++
		}
		shape := f.shape(n, f.offsets[segment:])
		b.add(shape, f.isBusinessDay(n, &b.shapes[shape]))
	}
}

func (p *plain) earliest(*Calendar, *table) int { return 0 }

// readDates finds the hours of n dates from day on.
func (f *plainSlots) readDates(day, n int) {
	f.dates = make([]int, n)
	verdicts := f.calendar.verdicts(day-maxShift, n+2*maxShift)
	for i := range f.dates {
		e := f.plain.eraOn(day + i)
		facts := dateFacts{day: day + i}
		v := &verdict{}
		if verdicts != nil {
			v = &verdicts[i+maxShift]
			facts.isHoliday = func(later int) bool { return verdicts[i+maxShift+later].kind == holidayDay }
		}
		if !v.isPlain() {
			f.dates[i] = f.number(v.times(e.hours, &facts))
			continue
		}
		facts.kind = v.kind
		base, partial := e.decide(&facts)
		switch {
		case partial != 0:
			rules := together{e, base, partial}
			n, ok := f.together[rules]
			if !ok {
				n = f.number(e.times(base, partial))
				f.together[rules] = n
			}
			f.dates[i] = n
		case base == closedRule:
			f.dates[i] = closedDate
		default:
			f.dates[i] = e.rank + base
		}
	}
}

// number returns the number of hours that no rule gives alone.
func (f *plainSlots) number(times []span) int {
	if len(times) == 0 {
		return closedDate
	}
	text := timesText(times)
	n, ok := f.numbers[text]
	if !ok {
		last := f.plain.eras[len(f.plain.eras)-1]
		n = last.rank + len(last.rules) + len(f.others)
		f.others = append(f.others, times)
		f.numbers[text] = n
	}
	return n
}

// times returns the hours of a number.
func (f *plainSlots) times(number int) []span {
	if number == closedDate {
		return nil
	}
	for i := range f.plain.eras {
		if e := &f.plain.eras[i]; number < e.rank+len(e.rules) {
			return e.rules[number-e.rank].times
		}
	}
	last := f.plain.eras[len(f.plain.eras)-1]
	return f.others[number-last.rank-len(last.rules)]
}

// shape returns the index of the shape of slot n, which begins during
// segments[0].
func (f *plainSlots) shape(n int, segments []offsetSpan) shapeIndex {
	begin, s := f.calendar.begin(n), segments[0]
	key := shapeKey{
		offset: s.offset,
		steady: s.holds(n + slotZeroDay),
		own:    f.dates[n-f.first+around],
	}
	whole := begin+daySeconds <= s.to
	if whole {
		copy(key.relevant[:], f.dates[f.date(begin+s.offset)-1:])
		if shape, ok := f.known[key]; ok {
			return shape
		}
	}
	f.spans = f.spans[:0]
	for _, s := range segments {
		if s.from >= begin+daySeconds {
			break
		}
		f.addSpans(begin, max(begin, s.from), min(begin+daySeconds, s.to), s.offset)
	}
	sh := shape{offset: int32(key.offset), steady: key.steady, hours: f.times(key.own)}
	if spans := joinSpans(f.spans); len(spans) > 0 {
		sh.first, sh.more = spans[0], slices.Clone(spans[1:])
	}
	index := f.table.index(sh)
	if whole {
		f.known[key] = index
	}
	return index
}

// date returns the index in dates of the date of a wall time.
func (f *plainSlots) date(wall int64) int {
	return int(floorDiv(wall, daySeconds)) - slotZeroDay - f.first + around
}

// addSpans adds the open spans of [from, to), Unix seconds during which the
// offset is constant, as seconds since begin. This is R1.
func (f *plainSlots) addSpans(begin, from, to, offset int64) {
	last := f.date(to + offset)
	for i := f.date(from+offset) - 1; i <= last; i++ {
		midnight := int64(i-around+f.first+slotZeroDay)*daySeconds - offset
		for _, t := range f.times(f.dates[i]) {
			open := max(from, midnight+int64(t.open))
			if end := min(to, midnight+int64(t.close)); open < end {
				f.spans = append(f.spans, span{int32(open - begin), int32(end - begin)})
			}
		}
	}
}

// isBusinessDay decides R6 for the date of slot n. Hours that a clock change
// skips from end to end do not begin.
func (f *plainSlots) isBusinessDay(n int, sh *shape) bool {
	if sh.hours == nil || sh.steady {
		return sh.hours != nil
	}
	midnight := int64(n+slotZeroDay) * daySeconds
	offsets := near(f.offsets, n+slotZeroDay)
	return happens(offsets, midnight, midnight+daySeconds) &&
		slices.ContainsFunc(sh.hours, func(h span) bool {
			return happens(offsets, midnight+int64(h.open), midnight+int64(h.close))
		})
}

// happens reports whether the clock ever shows a wall time in [from, to).
func happens(offsets []offsetSpan, from, to int64) bool {
	return slices.ContainsFunc(offsets, func(s offsetSpan) bool {
		return max(s.from+s.offset, from) < min(s.to+s.offset, to)
	})
}

// ownSpans cuts a span that goes on over a change of the clock in two.
func (p *plain) ownSpans(_ *Calendar, at place) iter.Seq2[int64, int64] {
	return func(yield func(open, end int64) bool) {
		day := at.slot() + slotZeroDay
		midnight := int64(day) * daySeconds
		for _, o := range near(at.tb.offsets, day) {
			for _, h := range at.shape().hours {
				open := max(o.from, midnight+int64(h.open)-o.offset)
				end := min(o.to, midnight+int64(h.close)-o.offset)
				if open < end && !yield(open, end) {
					return
				}
			}
		}
	}
}

func (p *plain) businessTime(c *Calendar, at place) (date place, clock int32) {
	sh := at.shape()
	offset := sh.offset
	if !sh.steady {
		for _, o := range near(at.tb.offsets, at.slot()+slotZeroDay) {
			if o.from <= c.unix(at) {
				offset = int32(o.offset)
			}
		}
	}
	date, clock = at, at.x+offset-c.standard
	for clock < 0 {
		date, clock = c.onSlot(date.slot()-1), clock+daySeconds
	}
	for clock >= daySeconds {
		date, clock = c.onSlot(date.slot()+1), clock-daySeconds
	}
	for _, h := range date.shape().hours {
		if h.contains(clock) {
			return date, clock
		}
	}
	return c.onSlot(date.slot() - 1), clock + daySeconds
}

func (p *plain) clockOn(c *Calendar, date place, clock int32, nsec int64) (place, int64) {
	moved, inside := date.shape().moveInto(clock)
	midnight := int64(date.slot()+slotZeroDay) * daySeconds
	unix, exact := firstReaching(near(date.tb.offsets, date.slot()+slotZeroDay), midnight+int64(moved))
	if !inside || !exact {
		nsec = 0
	}
	date.x = int32(unix - c.begin(date.slot()))
	return date, nsec
}

// now returns the hours of the last era.
func (p *plain) now() *hours { return p.eras[len(p.eras)-1].hours }

func (p *plain) hoursText() string { return p.now().String() }

func (p *plain) text(c *Calendar) string {
	var b strings.Builder
	b.WriteString(p.hoursText())
	for _, e := range p.eras[:len(p.eras)-1] {
		fmt.Fprintf(&b, " (until %v: %v)", e.until, e.hours)
	}
	b.WriteString(" " + c.zone.String())
	for i, s := range slices.Concat(c.sets, c.own) {
		b.WriteString([]string{", holidays ", "+"}[min(i, 1)] + oneLine(s.Code()))
	}
	return b.String()
}

func (p *plain) provisional(c *Calendar, from, to time.Time) bool {
	first, last := from.In(c.zone).Year(), to.In(c.zone).Year()
	first, last = min(first, last), max(first, last)
	// All years before the range are alike, and so are those after it.
	first, last = max(min(first, lastYear+1), firstYear-1), min(max(last, firstYear-1), lastYear+1)
	for year := first; year <= last; year++ {
		for _, sets := range [][]HolidaySet{c.sets, c.own} {
			if slices.ContainsFunc(sets, func(s HolidaySet) bool { return s.Provisional(year) }) {
				return true
			}
		}
	}
	return false
}
