package calendar

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"sort"
	"strconv"
	"time"
)

// The core of the package is one function and its inverse. C(t) is the
// business time from a fixed instant to t: it never falls, and rises second by
// second while the calendar is open. Between is a difference of two values of
// C; Add, NextOpen and the way back ask for the instant at which C has a given
// value. While the calendar is closed, many instants have one value: the earliest is
// a closing, the latest an opening. The queries differ only in which they want.
//
// To evaluate C, physical time is cut into slots of 86,400 seconds. A slot
// knows the business time before it and has a shape: the open spans within it.
// It begins where a date of the zone begins in standard time, but nothing
// depends on that: what a clock change does to a day is in the shapes, which the
// calendar's source works out. So a query divides, looks up and adds, and asks no
// zone. Slot n also stands for date n in the count of business days
// (businessday.go).
//
// The slots make up a table that covers the instants asked for so far, and
// those in between. It grows when a query leaves it: the next one is worked out
// under a lock and published as a whole. Readers take no lock, and what they
// read never changes.

const (
	firstYear, lastYear = 1900, 2199

	// firstUnix and endUnix bound the range of R9: [1900-01-01, 2200-01-01).
	firstUnix, endUnix = -2208988800, 7258118400

	daySeconds = 24 * 60 * 60
	second     = int64(time.Second)

	// slotZeroDay is the date of slot 0, as days from 1970-01-01. Slots on both sides
	// of the range leave room for the dates that its instants can belong to (two days
	// off in a zone that has crossed the date line), and for the hours that begin on
	// its last day.
	slotZeroDay = firstUnix/daySeconds - 8
	slotCount   = endUnix/daySeconds + 8 - slotZeroDay
)

// Hours begin and end at whole seconds of physical time, as offsets change at
// whole seconds. So the tables hold seconds, and the nanoseconds of an instant
// only go along: they count if it is open.

// span is a half-open range of seconds.
type span struct{ open, close int32 }

func (s span) contains(x int32) bool { return s.open <= x && x < s.close }

// shape describes a slot; many slots share one.
type shape struct {
	first span   // the first open span within the slot, empty in a closed slot
	more  []span // the others, in order, apart from each other

	// hours are the open times that begin on the slot's date, as wall time
	// since its midnight, whether or not the date is a business day.
	hours []span
	// offset is the zone's offset from UTC around the slot, in seconds, and
	// steady says that it is the same for all of the date's hours, so that wall
	// time can be computed from it; see offsetSpan.holds.
	offset int32
	steady bool
}

// elapsed returns the open time in the slot's first x seconds, and whether the
// slot is open during the second that follows. For most slots it goes without a
// branch: which way one goes is a coin toss to the processor.
func (s *shape) elapsed(x int32) (n int32, open bool) {
	n = min(max(x, s.first.open), s.first.close) - s.first.open
	open = uint32(x-s.first.open) < uint32(s.first.close-s.first.open)
	for _, m := range s.more {
		n += min(max(x, m.open), m.close) - m.open
		open = open || m.contains(x)
	}
	return n, open
}

// at returns the place in the slot of its open second number n, from 0.
func (s *shape) at(n int32) int32 {
	if x := s.first.open + n; x < s.first.close {
		return x
	}
	n -= s.first.close - s.first.open
	for _, m := range s.more {
		if x := m.open + n; x < m.close {
			return x
		}
		n -= m.close - m.open
	}
	panic("calendar: more open time asked for than the slot has")
}

// closing returns the end of the open span that x is in.
func (s *shape) closing(x int32) (end int32, open bool) {
	if s.first.contains(x) {
		return s.first.close, true
	}
	for _, m := range s.more {
		if m.contains(x) {
			return m.close, true
		}
	}
	return 0, false
}

// opening returns the beginning of the open span that x is in.
func (s *shape) opening(x int32) (begin int32, open bool) {
	if s.first.contains(x) {
		return s.first.open, true
	}
	for _, m := range s.more {
		if m.contains(x) {
			return m.open, true
		}
	}
	return 0, false
}

// table is a run of slots.
type table struct {
	first uint64 // the number of the first slot
	base  int64  // C at its beginning, in open seconds from the calendar's origin

	// slots has one more for the end of the run. A slot is a number whose upper bits
	// count the open seconds before it in the table, and whose lower shapeBits are the
	// index of its shape. Every query wants the two, and gets them with one load.
	slots  []slot
	shapes []shape

	// The open seconds are divided into buckets of equal length, no longer than
	// the shortest slot with open time unless that makes too many. inverse[b] is the
	// slot in which bucket b begins. If all slots with open time are alike, a bucket is
	// a slot.
	open      int64  // the open seconds in the table
	perSecond uint64 // buckets per second, times 2^64
	inverse   []uint32

	days businessDays

	earliest int // see source.earliest

	// offsets are the zone's offsets around the run; see offsetsAround.
	offsets []offsetSpan
}

// slot counts open seconds, up to 2^34, and names a shape; see table.
type slot uint64

// shapeIndex is an index in table.shapes.
type shapeIndex uint32

const (
	shapeBits = 30
	shapeMask = 1<<shapeBits - 1
)

func (s slot) seconds() int64 { return int64(s >> shapeBits) }

func (s slot) shape() shapeIndex { return shapeIndex(s & shapeMask) }

// end returns the number of the slot after the last.
func (tb *table) end() int { return int(tb.first) + len(tb.slots) - 1 }

// place is a second of physical time: x seconds into slot i of a table. The table is
// nil outside the range, and without a calendar.
type place struct {
	tb *table
	i  uint
	x  int32
}

func (at place) shape() *shape { return &at.tb.shapes[at.tb.slots[at.i].shape()] }

// before returns the value of C at the beginning of the place's slot, as the
// open seconds since the beginning of its table.
func (at place) before() int64 { return at.tb.slots[at.i].seconds() }

// slot returns the number of the place's slot.
func (at place) slot() int { return int(at.tb.first) + int(at.i) }

// unix returns the place as Unix seconds.
func (c *Calendar) unix(at place) int64 {
	return int64(at.slot())*daySeconds + int64(at.x) + (firstUnix - int64(c.lead))
}

// inRange reports whether a Unix time lies in the range of R9.
func inRange(unix int64) bool { return uint64(unix-firstUnix) < endUnix-firstUnix }

// A query is made of find, shape.elapsed, bucketSlot and shape.at. Each is small
// enough to be inlined, and Add is made of them directly: through locate and
// openSecond instead, it takes a tenth longer (10.2 ns and 11.2 when written).

// find returns the place of a Unix time if the table at hand has it.
func (c *Calendar) find(unix int64) place {
	u := uint64(unix - firstUnix)
	if c == nil || u >= endUnix-firstUnix {
		return place{}
	}
	u += c.lead
	n := u / daySeconds
	if tb := c.table.Load(); tb != nil && n-tb.first < uint64(len(tb.slots)-1) {
		return place{tb, uint(n - tb.first), int32(u - n*daySeconds)}
	}
	return place{}
}

// bucketSlot returns the slot in which the bucket of the table's open second
// number s begins. It holds s itself, unless s is past its end: see searchSlot.
func (tb *table) bucketSlot(s int64) uint {
	bucket, _ := bits.Mul64(uint64(s), tb.perSecond)
	return uint(tb.inverse[bucket])
}

// searchSlot returns the slot that holds open second s, if s is past the end of the slot
// in which its bucket begins, from.
func (tb *table) searchSlot(s int64, from uint) uint {
	bucket, _ := bits.Mul64(uint64(s), tb.perSecond)
	to := uint(tb.inverse[bucket+1])
	if s >= tb.slots[to].seconds() { // nearly always
		return to
	}
	return from + uint(sort.Search(int(to-from), func(i int) bool { return s < tb.slots[from+uint(i)+1].seconds() }))
}

// locate returns the place of a Unix time, the value of C there, and whether the
// calendar is open. The place has no table if the time is out of range, or without a
// calendar.
func (c *Calendar) locate(unix int64) (at place, sec int64, open bool) {
	if at = c.find(unix); at.tb == nil {
		if at = c.findFar(unix); at.tb == nil {
			return at, 0, false
		}
	}
	n, open := at.shape().elapsed(at.x)
	return at, at.before() + int64(n), open
}

// findFar is find for an instant outside the table at hand.
func (c *Calendar) findFar(unix int64) place {
	if c == nil || c.source == nil || !inRange(unix) {
		return place{}
	}
	u := uint64(unix-firstUnix) + c.lead
	at := c.onSlot(int(u / daySeconds))
	at.x = int32(u % daySeconds)
	return at
}

// openSecond is the inverse of C: it returns the place of the open second
// number s, counted from the beginning of a table (before it, if s is
// negative), or the place without a table if that is out of range. If C has the
// value s at many instants, the end of open second s-1 is the earliest of them and
// the beginning of open second s the latest.
func (c *Calendar) openSecond(tb *table, s int64) place {
	if uint64(s) >= uint64(tb.open) {
		if tb, s = c.coverSecond(tb, s); tb == nil {
			return place{}
		}
	}
	at := place{tb: tb, i: tb.bucketSlot(s)}
	if s >= tb.slots[at.i+1].seconds() {
		at.i = tb.searchSlot(s, at.i)
	}
	at.x = at.shape().at(int32(s - at.before()))
	return at
}

// cover returns a table that has the slot of a number, or nil for the zero Calendar.
func (c *Calendar) cover(slot int) *table {
	tb := c.table.Load()
	if tb != nil && int(tb.first) <= slot && slot < tb.end() || c.source == nil {
		return tb
	}
	c.growing.Lock()
	defer c.growing.Unlock()
	return c.grow(slot)
}

// coverSecond returns a table that has open second s of tb, and its number
// there, or nil at the end of the range.
func (c *Calendar) coverSecond(tb *table, s int64) (*table, int64) {
	// Slots that are not in the table have a day of open time each at the most.
	if s < -int64(tb.first)*daySeconds || s >= tb.open+int64(slotCount-tb.end())*daySeconds {
		return nil, 0
	}
	s += tb.base
	tb = c.coverUntil(func(tb *table) int {
		switch {
		case s < tb.base:
			return -1
		case s >= tb.base+tb.open:
			return +1
		}
		return 0
	})
	if tb == nil {
		return nil, 0
	}
	return tb, s - tb.base
}

// coverUntil grows the table until side is 0: down if it is -1, up if it is +1. It
// returns nil at the end of the range.
func (c *Calendar) coverUntil(side func(*table) int) *table {
	c.growing.Lock()
	defer c.growing.Unlock()
	for tb := c.table.Load(); ; {
		switch side(tb) {
		case 0:
			return tb
		case -1:
			if tb.first == 0 {
				return nil
			}
			tb = c.grow(int(tb.first) - 1)
		default:
			if tb.end() == slotCount {
				return nil
			}
			tb = c.grow(tb.end())
		}
	}
}

// grow publishes a table that has a slot, and returns it. It grows by a quarter
// or more, so that walking through the years does not build each table anew.
func (c *Calendar) grow(slot int) *table {
	const least = 128 // slots
	tb := c.table.Load()
	switch {
	case tb == nil:
		tb = c.build(nil, max(0, slot-least/4), min(slotCount, slot+least))
	case slot < int(tb.first):
		more := max(least, len(tb.slots)/4, int(tb.first)-slot)
		tb = c.build(tb, max(0, int(tb.first)-more), tb.end())
	case slot >= tb.end():
		more := max(least, len(tb.slots)/4, slot+1-tb.end())
		tb = c.build(tb, int(tb.first), min(slotCount, tb.end()+more))
	}
	c.table.Store(tb)
	return tb
}

// builder puts a table together, slot by slot.
type builder struct {
	*table
	indexes  map[string]shapeIndex // the shapes by their text
	business []bool                // the slots whose dates are business days
	text     []byte                // scratch
}

// begin returns the beginning of a slot in Unix seconds.
func (c *Calendar) begin(slot int) int64 {
	return int64(slot+slotZeroDay)*daySeconds - int64(c.standard)
}

// offsetsAround returns the offsets of the zone in the slots from first to end and
// near their dates, whose midnights in UTC are within half a day of where the slots
// begin.
func (c *Calendar) offsetsAround(first, end int) []offsetSpan {
	return offsetSpans(c.zone, c.begin(first)-nearBefore-daySeconds, c.begin(end)+nearAfter)
}

// build returns the table of the slots from first to end. The slots of old, if
// any, are among them and taken over.
func (c *Calendar) build(old *table, first, end int) *table {
	tb := &table{first: uint64(first), slots: make([]slot, 0, end-first+1)}
	if old == nil {
		old = &table{first: uint64(end), slots: []slot{0}}
	}
	b := &builder{table: tb, indexes: map[string]shapeIndex{}}
	for _, sh := range old.shapes {
		b.index(sh) // the same as in old
	}
	if first < int(old.first) {
		c.source.fill(c, b, first, int(old.first))
	}
	tb.base = old.base - tb.open
	for i, w := range old.slots[:len(old.slots)-1] {
		b.add(w.shape(), old.days.has(uint(i)))
	}
	if old.end() < end {
		c.source.fill(c, b, old.end(), end)
	}
	tb.slots = append(tb.slots, slot(tb.open)<<shapeBits)
	tb.days = newBusinessDays(b.business, old.days, int(old.first)-first)
	tb.offsets = c.offsetsAround(first, end)
	tb.invert()
	tb.earliest = c.source.earliest(c, tb)
	return tb
}

// add appends a slot.
func (b *builder) add(i shapeIndex, isBusinessDay bool) {
	b.slots = append(b.slots, slot(b.open)<<shapeBits|slot(i))
	n, _ := b.shapes[i].elapsed(daySeconds)
	b.open += int64(n)
	b.business = append(b.business, isBusinessDay)
}

// index returns the index of a shape, which it adds if it is new.
func (b *builder) index(sh shape) shapeIndex {
	b.text = sh.append(b.text[:0])
	index, ok := b.indexes[string(b.text)]
	if !ok {
		index = shapeIndex(len(b.shapes))
		b.indexes[string(b.text)] = index
		b.shapes = append(b.shapes, sh)
	}
	return index
}

// append appends a text that tells the shape from all others.
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

// subtractSpans returns what is in spans and not in less. Both are sorted, each apart from
// each other.
func subtractSpans(spans, less []span) (left []span) {
	for _, s := range spans {
		for _, l := range less {
			if l.close <= s.open || s.close <= l.open {
				continue
			}
			if s.open < l.open {
				left = append(left, span{s.open, l.open})
			}
			s.open = l.close
			if s.open >= s.close {
				break
			}
		}
		if s.open < s.close {
			left = append(left, s)
		}
	}
	return left
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
