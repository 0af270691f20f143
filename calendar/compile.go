package calendar

import (
	"cmp"
	"slices"
	"time"
)

// spec is what a calendar is built from: all that decides its answers.
type spec struct {
	zone  *time.Location
	hours *hours
	sets  []HolidaySet
	// wall has the times of each rule of hours as nanoseconds.
	wall [][]span
	// standard is the offset in seconds that slots begin at midnight in: the
	// smaller one of winter and summer, so that a day that closes at 24:00 is
	// within one slot all year.
	standard int64
}

func newSpec(zone *time.Location, h *hours, sets []HolidaySet) *spec {
	s := &spec{zone: zone, hours: h, sets: slices.Clone(sets)}
	for _, r := range h.rules {
		var wall []span
		for _, t := range r.times {
			wall = append(wall, span{int64(t.open) * int64(time.Minute), int64(t.close) * int64(time.Minute)})
		}
		s.wall = append(s.wall, wall)
	}
	_, january := time.Date(2025, time.January, 1, 0, 0, 0, 0, time.UTC).In(zone).Zone()
	_, july := time.Date(2025, time.July, 1, 0, 0, 0, 0, time.UTC).In(zone).Zone()
	s.standard = int64(min(january, july))
	return s
}

// around is how many dates before a page and after it can matter to it: hours
// run into the next date, and where a zone has crossed the date line a date is
// up to two days away from the slot of its number.
const around = 4

// compiler builds one page.
type compiler struct {
	*spec
	p     *page
	rules [slotsPerPage + 2*around]int // of the dates from around before the page on
	known []knownShape                 // what the page's shapes followed from
	spans []span                       // scratch
}

// shapeKey is what a shape without an offset change in it follows from.
type shapeKey struct {
	offset   int64
	steady   bool
	own      int    // the rule of the slot's date
	relevant [3]int // the rules of the dates whose hours can lie in the slot
}

type knownShape struct {
	key   shapeKey
	index int // in page.shapes
}

// compile builds the page of a number, but for its base.
func (s *spec) compile(number int) *page {
	first := number*slotsPerPage + slotZeroDay // the date of the page's slot 0
	b := &compiler{spec: s, p: &page{
		number: number,
		start:  int64(first)*daySeconds - s.standard,
	}}
	p := b.p
	p.offsets = offsetSpans(s.zone, p.start-3*daySeconds, p.start+(slotsPerPage+around)*daySeconds)
	s.rulesFrom(first-around, b.rules[:])

	var total counts
	for i, segment := 0, 0; i < slotsPerPage; i++ {
		begin := p.start + int64(i)*daySeconds
		for p.offsets[segment].to <= begin {
			segment++
		}
		index := b.shape(i, begin, p.offsets[segment:])
		p.slots[i] = slot{uint32(total.seconds), uint16(total.days), uint8(index)}
		total.seconds += p.shapes[index].open(dayNanos) / second
		if b.isBusinessDay(i, &p.shapes[index]) {
			p.business = append(p.business, uint8(i))
			total.days++
		}
	}
	p.slots[slotsPerPage] = slot{seconds: uint32(total.seconds), days: uint16(total.days)}
	p.total = total
	p.invert()
	return p
}

// rulesFrom sets rules to the rules of the dates from day on.
func (s *spec) rulesFrom(day int, rules []int) {
	kinds := make([]dayKind, len(rules))
	end := day + len(rules)
	for _, set := range s.sets {
		for year := dateOfUnixDay(int64(day)).Year(); year <= dateOfUnixDay(int64(end-1)).Year(); year++ {
			for _, h := range set.days(year) {
				switch i := h.Date.unixDay() - day; {
				case i < 0 || i >= len(rules):
				case h.MakeUp:
					kinds[i] = makeUpDay
				case kinds[i] == ordinaryDay:
					kinds[i] = holidayDay
				}
			}
		}
	}
	for i := range rules {
		rules[i] = s.hours.ruleOn(day+i, kinds[i])
	}
}

// shape returns the index of the shape of slot i, which begins at begin during
// segments[0].
func (b *compiler) shape(i int, begin int64, segments []offsetSpan) int {
	s := segments[0]
	key := shapeKey{
		offset: s.offset,
		steady: s.from <= begin-2*daySeconds && begin+around*daySeconds <= s.to,
		own:    b.rules[i+around],
	}
	whole := begin+daySeconds <= s.to
	if whole {
		copy(key.relevant[:], b.rules[b.date(begin+s.offset)-1:])
		for _, k := range b.known {
			if k.key == key {
				return k.index
			}
		}
	}
	b.spans = b.spans[:0]
	for _, s := range segments {
		if s.from >= begin+daySeconds {
			break
		}
		b.addSpans(begin, max(begin, s.from), min(begin+daySeconds, s.to), s.offset)
	}
	sh := shape{offset: key.offset, steady: key.steady}
	if key.own != closedRule {
		sh.hours = b.wall[key.own]
	}
	if spans := joinSpans(b.spans); len(spans) > 0 {
		sh.first, sh.more = spans[0], slices.Clone(spans[1:])
	}
	index := slices.IndexFunc(b.p.shapes, sh.equal)
	if index < 0 {
		index = len(b.p.shapes)
		b.p.shapes = append(b.p.shapes, sh)
	}
	if whole {
		b.known = append(b.known, knownShape{key, index})
	}
	return index
}

func (s *shape) equal(o shape) bool {
	return s.first == o.first && slices.Equal(s.more, o.more) && slices.Equal(s.hours, o.hours) &&
		s.offset == o.offset && s.steady == o.steady
}

// date returns the index in rules of the date of a wall time.
func (b *compiler) date(wall int64) int {
	return int(floorDiv(wall, daySeconds)) - (b.p.number*slotsPerPage + slotZeroDay) + around
}

// addSpans adds the open spans of [from, to), Unix seconds during which the
// offset is constant, as nanoseconds since begin. This is R1.
func (b *compiler) addSpans(begin, from, to, offset int64) {
	last := b.date(to - 1 + offset)
	for i := b.date(from+offset) - 1; i <= last; i++ {
		if b.rules[i] == closedRule {
			continue
		}
		midnight := int64(i-around+b.p.number*slotsPerPage+slotZeroDay)*daySeconds - offset
		for _, t := range b.hours.rules[b.rules[i]].times {
			open := max(from, midnight+int64(t.open)*60)
			if end := min(to, midnight+int64(t.close)*60); open < end {
				b.spans = append(b.spans, span{(open - begin) * second, (end - begin) * second})
			}
		}
	}
}

// joinSpans sorts the spans and joins those that overlap or touch (R2).
func joinSpans(spans []span) []span {
	if len(spans) < 2 {
		return spans
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.open, b.open) })
	joined := spans[:1]
	for _, s := range spans[1:] {
		if last := &joined[len(joined)-1]; s.open <= last.close {
			last.close = max(last.close, s.close)
		} else {
			joined = append(joined, s)
		}
	}
	return joined
}

// isBusinessDay decides R6 for the date of slot i. Hours that a clock change
// skips from end to end do not begin.
func (b *compiler) isBusinessDay(i int, sh *shape) bool {
	if sh.hours == nil || sh.steady {
		return sh.hours != nil
	}
	midnight := int64(b.p.number*slotsPerPage+slotZeroDay+i) * daySeconds
	return happens(b.p.offsets, midnight, midnight+daySeconds) &&
		slices.ContainsFunc(sh.hours, func(h span) bool {
			return happens(b.p.offsets, midnight+h.open/second, midnight+h.close/second)
		})
}

// happens reports whether the clock ever shows a wall time in [from, to).
func happens(offsets []offsetSpan, from, to int64) bool {
	return slices.ContainsFunc(offsets, func(s offsetSpan) bool {
		return max(s.from+s.offset, from) < min(s.to+s.offset, to)
	})
}

// invert builds the inverse of the slots' open seconds.
func (p *page) invert() {
	shortest := int64(daySeconds)
	for i := range slotsPerPage {
		if n := int64(p.slots[i+1].seconds - p.slots[i].seconds); n > 0 {
			shortest = min(shortest, n)
		}
	}
	// No more than 1,024 buckets, and as few as tell the slots apart.
	for p.total.seconds>>p.shift >= 1024 || int64(2)<<p.shift <= shortest {
		p.shift++
	}
	p.inverse = make([]uint8, p.total.seconds>>p.shift+2)
	i := 0
	for b := range p.inverse {
		for i < slotsPerPage-1 && int64(p.slots[i+1].seconds) <= int64(b)<<p.shift {
			i++
		}
		p.inverse[b] = uint8(i)
	}
}

// everOpen reports whether the calendar opens at all in the range of R9. It
// looks at the years of today first, where nearly every calendar opens.
func (s *spec) everOpen() bool {
	const today = (54*365 - slotZeroDay) / slotsPerPage // about 2024
	for i := range pageCount {
		if s.compile((today+i)%pageCount).total.seconds > 0 {
			return true
		}
	}
	return false
}
