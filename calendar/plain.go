package calendar

import (
	"iter"
	"slices"
	"strings"
	"sync"
	"time"
)

// plain is the source of a calendar made by New: hours, which R1 turns into slots.
type plain struct {
	*hours
	// offsets holds the clock changes of the zone that a search for an opening has looked
	// up, if the calendar is a part of another: batchKey -> []offsetSpan.
	offsets sync.Map
}

func newPlain(name string, zone *time.Location, h *hours, sets []HolidaySet) *Calendar {
	size := size{count: 1}
	for _, r := range h.rules {
		size.spans = max(size.spans, len(r.times))
		size.dates += 1 + len(r.dates)
	}
	return newCalendar(name, zone, sets, &plain{hours: h}, size)
}

// around is how many dates before a run of slots and after it can matter to it: two, as a
// date begins up to 25 hours from the slot of its number in a zone that has crossed the
// date line, and one more, as hours run into the next date.
const around = 3

// plainSlots works out a run of slots from hours.
type plainSlots struct {
	calendar *Calendar
	hours    *hours
	table    *builder
	first    int   // the first slot of the run
	rules    []int // of the dates from around before the run to around after it
	offsets  []offsetSpan
	known    map[shapeKey]shapeIndex // the shapes so far, by their keys
	spans    []span                  // scratch
}

// shapeKey decides a shape without an offset change in it.
type shapeKey struct {
	offset   int64
	steady   bool
	own      int    // the rule of the slot's date
	relevant [3]int // the rules of the dates whose hours can lie in the slot
}

func (p *plain) fill(c *Calendar, b *builder, first, end int) {
	f := &plainSlots{
		calendar: c, hours: p.hours, table: b, first: first,
		rules:   p.rulesFrom(c.sets, first+slotZeroDay-around, end-first+2*around),
		offsets: c.offsetsAround(first, end),
		known:   map[shapeKey]shapeIndex{},
	}
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

// rulesFrom returns the rules of n dates from day on.
func (h *hours) rulesFrom(sets []HolidaySet, day, n int) []int {
	kinds := make([]dayKind, n)
	for _, set := range sets {
		for year := dateOfUnixDay(int64(day)).Year(); year <= dateOfUnixDay(int64(day+n)).Year(); year++ {
			for _, h := range set.days(year) {
				switch i := h.Date.unixDay() - day; {
				case uint(i) >= uint(n): // of other dates, before or after
				case h.Workday:
					kinds[i] = makeUpDay
				case kinds[i] == ordinaryDay:
					kinds[i] = holidayDay
				}
			}
		}
	}
	rules := make([]int, n)
	for i := range rules {
		rules[i] = h.ruleOn(day+i, kinds[i])
	}
	return rules
}

// shape returns the index of the shape of slot n, which begins during
// segments[0].
func (f *plainSlots) shape(n int, segments []offsetSpan) shapeIndex {
	begin, s := f.calendar.begin(n), segments[0]
	key := shapeKey{
		offset: s.offset,
		steady: s.holds(n + slotZeroDay),
		own:    f.rules[n-f.first+around],
	}
	whole := begin+daySeconds <= s.to
	if whole {
		copy(key.relevant[:], f.rules[f.date(begin+s.offset)-1:])
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
	sh := shape{offset: int32(key.offset), steady: key.steady}
	if key.own != closedRule {
		sh.hours = f.hours.rules[key.own].times
	}
	if spans := joinSpans(f.spans); len(spans) > 0 {
		sh.first, sh.more = spans[0], slices.Clone(spans[1:])
	}
	index := f.table.index(sh)
	if whole {
		f.known[key] = index
	}
	return index
}

// date returns the index in rules of the date of a wall time.
func (f *plainSlots) date(wall int64) int {
	return int(floorDiv(wall, daySeconds)) - slotZeroDay - f.first + around
}

// addSpans adds the open spans of [from, to), Unix seconds during which the
// offset is constant, as seconds since begin. This is R1.
func (f *plainSlots) addSpans(begin, from, to, offset int64) {
	last := f.date(to + offset)
	for i := f.date(from+offset) - 1; i <= last; i++ {
		if f.rules[i] == closedRule {
			continue
		}
		midnight := int64(i-around+f.first+slotZeroDay)*daySeconds - offset
		for _, t := range f.hours.rules[f.rules[i]].times {
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

func (p *plain) hoursText() string { return p.hours.String() }

func (p *plain) text(c *Calendar) string {
	var b strings.Builder
	b.WriteString(p.hoursText() + " " + c.zone.String())
	for i, s := range c.sets {
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
		if slices.ContainsFunc(c.sets, func(s HolidaySet) bool { return s.Provisional(year) }) {
			return true
		}
	}
	return false
}
