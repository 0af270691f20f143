package calendar

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"sync"
	"time"
)

// spec is what a calendar is built from: all that decides its answers.
type spec struct {
	zone  *time.Location
	hours *hours
	sets  []HolidaySet
	// standard is the offset in seconds that slots begin at midnight in: the
	// smaller one of winter and summer, so that a day that closes at 24:00 is
	// within one slot all year.
	standard int64
	// offsets has the clock changes of the zone that a search for an opening has looked
	// up, if the calendar is a part of another: batchKey -> []offsetSpan.
	offsets sync.Map

	// Of a combined calendar, which has no hours of its own and all sets of its
	// parts.
	how   combination
	parts []*Calendar
	count int // the calendars that it is made of, with itself
	depth int // of the combinations that it is made of, with itself
	spans int // the most times that a day has, of all calendars together
	dates int // the rules and the dates in them, of all calendars together
}

func newSpec(zone *time.Location, h *hours, sets []HolidaySet) *spec {
	s := &spec{zone: zone, hours: h, sets: slices.Clone(sets), count: 1}
	for _, r := range h.rules {
		s.spans = max(s.spans, len(r.times))
		s.dates += 1 + len(r.dates)
	}
	_, january := time.Date(2025, time.January, 1, 0, 0, 0, 0, time.UTC).In(zone).Zone()
	_, july := time.Date(2025, time.July, 1, 0, 0, 0, 0, time.UTC).In(zone).Zone()
	s.standard = int64(min(january, july))
	return s
}

// around is how many dates before a run of slots and after it can matter to it: two,
// as a date begins up to 25 hours from the slot of its number where a zone has crossed
// the date line, and one more, as hours run into the next date.
const around = 3

// compiler builds runs of slots.
type compiler struct {
	*spec
	first   int   // the first slot of the run
	rules   []int // of the dates from around before the run to around after it
	offsets []offsetSpan
	shapes  []shape
	indexes map[string]shapeIndex   // the shapes by all that they are
	known   map[shapeKey]shapeIndex // and by what they followed from
	spans   []span                  // scratch
	text    []byte                  // scratch
	key     []byte                  // scratch
}

// shapeKey is what a shape without an offset change in it follows from.
type shapeKey struct {
	offset   int64
	steady   bool
	own      int    // the rule of the slot's date
	relevant [3]int // the rules of the dates whose hours can lie in the slot
}

// compile builds the table of the slots from first to end. The slots of old, if
// any, are among them and taken over.
func (s *spec) compile(old *table, first, end int) *table {
	tb := &table{first: uint64(first), slots: make([]slot, 0, end-first+1)}
	var business []bool
	if old == nil {
		old = &table{first: uint64(end), slots: []slot{0}}
	}
	b := &compiler{spec: s, indexes: map[string]shapeIndex{}, known: map[shapeKey]shapeIndex{}}
	for _, sh := range old.shapes {
		b.index(sh) // the same as in old
	}
	add := func(shape shapeIndex, isBusinessDay bool) {
		tb.add(shape, b.shapes)
		business = append(business, isBusinessDay)
	}
	b.run(first, int(old.first), add)
	tb.base = old.base - tb.open
	for i, w := range old.slots[:len(old.slots)-1] {
		add(w.shape(), old.days.has(uint(i)))
	}
	b.run(old.end(), end, add)
	tb.slots = append(tb.slots, slot(tb.open)<<shapeBits)
	tb.shapes = b.shapes
	tb.days = newBusinessDays(business, old.days, int(old.first)-first)
	tb.offsets = s.offsetsAround(first, end)
	tb.invert()
	if s.parts != nil {
		tb.reach(s)
	}
	return tb
}

// begin returns the beginning of a slot in Unix seconds.
func (s *spec) begin(slot int) int64 { return int64(slot+slotZeroDay)*daySeconds - s.standard }

// offsetsAround returns the offsets of the zone in the slots from first to end and
// near their dates, whose midnights in UTC are within half a day of where the slots
// begin.
func (s *spec) offsetsAround(first, end int) []offsetSpan {
	return offsetSpans(s.zone, s.begin(first)-nearBefore-daySeconds, s.begin(end)+nearAfter)
}

// add appends a slot.
func (tb *table) add(i shapeIndex, shapes []shape) {
	tb.slots = append(tb.slots, slot(tb.open)<<shapeBits|slot(i))
	n, _ := shapes[i].elapsed(daySeconds)
	tb.open += int64(n)
}

// run works out the slots from first to end and passes each on: the index of
// its shape, and whether its date is a business day.
func (b *compiler) run(first, end int, add func(shape shapeIndex, isBusinessDay bool)) {
	if first >= end {
		return
	}
	if b.parts != nil {
		b.runCombined(first, end, add)
		return
	}
	b.first = first
	b.offsets = b.offsetsAround(first, end)
	b.rules = b.rulesFrom(first+slotZeroDay-around, end-first+2*around)
	segment := 0
	for n := first; n < end; n++ {
		for b.offsets[segment].to <= b.begin(n) {
			segment++
		}
		shape := b.shape(n, b.offsets[segment:])
		add(shape, b.isBusinessDay(n, &b.shapes[shape]))
	}
}

// rulesFrom returns the rules of n dates from day on.
func (s *spec) rulesFrom(day, n int) []int {
	kinds := make([]dayKind, n)
	for _, set := range s.sets {
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
		rules[i] = s.hours.ruleOn(day+i, kinds[i])
	}
	return rules
}

// shape returns the index of the shape of slot n, which begins during
// segments[0].
func (b *compiler) shape(n int, segments []offsetSpan) shapeIndex {
	begin, s := b.begin(n), segments[0]
	key := shapeKey{
		offset: s.offset,
		steady: s.holds(n + slotZeroDay),
		own:    b.rules[n-b.first+around],
	}
	whole := begin+daySeconds <= s.to
	if whole {
		copy(key.relevant[:], b.rules[b.date(begin+s.offset)-1:])
		if shape, ok := b.known[key]; ok {
			return shape
		}
	}
	b.spans = b.spans[:0]
	for _, s := range segments {
		if s.from >= begin+daySeconds {
			break
		}
		b.addSpans(begin, max(begin, s.from), min(begin+daySeconds, s.to), s.offset)
	}
	sh := shape{offset: int32(key.offset), steady: key.steady}
	if key.own != closedRule {
		sh.hours = b.hours.rules[key.own].times
	}
	if spans := joinSpans(b.spans); len(spans) > 0 {
		sh.first, sh.more = spans[0], slices.Clone(spans[1:])
	}
	index := b.index(sh)
	if whole {
		b.known[key] = index
	}
	return index
}

// index returns the index of a shape, which it adds if there is none like it.
func (b *compiler) index(sh shape) shapeIndex {
	b.text = sh.append(b.text[:0])
	index, ok := b.indexes[string(b.text)]
	if !ok {
		index = shapeIndex(len(b.shapes))
		b.indexes[string(b.text)] = index
		b.shapes = append(b.shapes, sh)
	}
	return index
}

// append appends all that a shape is to a text.
func (s *shape) append(text []byte) []byte {
	number := func(n int) { text = append(strconv.AppendInt(text, int64(n), 36), ' ') }
	number(int(s.offset))
	text = strconv.AppendBool(text, s.steady)
	for _, spans := range [][]span{{s.first}, s.more, s.hours} {
		number(len(spans))
		for _, o := range spans {
			number(int(o.open))
			number(int(o.close))
		}
	}
	return text
}

// date returns the index in rules of the date of a wall time.
func (b *compiler) date(wall int64) int {
	return int(floorDiv(wall, daySeconds)) - slotZeroDay - b.first + around
}

// addSpans adds the open spans of [from, to), Unix seconds during which the
// offset is constant, as seconds since begin. This is R1.
func (b *compiler) addSpans(begin, from, to, offset int64) {
	last := b.date(to + offset)
	for i := b.date(from+offset) - 1; i <= last; i++ {
		if b.rules[i] == closedRule {
			continue
		}
		midnight := int64(i-around+b.first+slotZeroDay)*daySeconds - offset
		for _, t := range b.hours.rules[b.rules[i]].times {
			open := max(from, midnight+int64(t.open))
			if end := min(to, midnight+int64(t.close)); open < end {
				b.spans = append(b.spans, span{int32(open - begin), int32(end - begin)})
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

// isBusinessDay decides R6 for the date of slot n. Hours that a clock change
// skips from end to end do not begin.
func (b *compiler) isBusinessDay(n int, sh *shape) bool {
	if sh.hours == nil || sh.steady {
		return sh.hours != nil
	}
	midnight := int64(n+slotZeroDay) * daySeconds
	offsets := near(b.offsets, n+slotZeroDay)
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

// invert builds the inverse of the slots' open seconds.
func (tb *table) invert() {
	length := int64(daySeconds)
	for i := range len(tb.slots) - 1 {
		if n := tb.slots[i+1].seconds() - tb.slots[i].seconds(); n > 0 {
			length = min(length, n)
		}
	}
	// No more than two buckets for a slot: a few short days among long ones
	// share theirs.
	length = max(length, 60, tb.open/int64(2*len(tb.slots))+1)
	tb.perSecond = math.MaxUint64/uint64(length) + 1
	tb.inverse = make([]uint32, tb.open/length+2)
	i := 0
	for b := range tb.inverse {
		for i < len(tb.slots)-2 && tb.slots[i+1].seconds() <= int64(b)*length {
			i++
		}
		tb.inverse[b] = uint32(i)
	}
}
