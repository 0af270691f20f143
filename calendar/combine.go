package calendar

import (
	"fmt"
	"iter"
	"slices"
	"strings"
)

// combination says how a calendar is made of others, and "" that it is not.
type combination string

const (
	union        combination = "union"
	intersection combination = "intersection"
)

// maxParts bounds the calendars in a combined one, itself not counted, and so what
// it can take to build one.
const maxParts = 64

// maxDepth bounds the combined calendars in each other. Each wants a few more slots
// of its parts than it has itself, so that a chain of 64 grew all its tables at each
// step: 5 seconds and 1.7 GB.
const maxDepth = 8

// maxSpans bounds the times that the calendars in a combined one have on a day
// together, which are merged for each day of 300 years, and maxDates their rules and
// dates, each of which can make another shape of a day. 60 calendars of 48 times, in a
// catalog of 38 KB, took a minute and a half.
const (
	maxSpans = 256
	maxDates = 4096
)

// Union returns the calendar that is open whenever any of the others is: the
// desks of Beijing, Berlin and Denver, say, as one that follows the sun. Its
// queries cost what those of any calendar do.
//
// Its zone is that of the first. A business day D of it is a business day D of
// any of them, and the hours of D are theirs together, each by its own clock:
// the desk's Friday begins with Beijing's and ends with Denver's, on Saturday
// morning in Beijing (R6). A time of day is read on the clock of the zone, from
// the midnight of its business date on, and can be before it, if an office
// further east begins on the day before (R7). A holiday closes the calendars
// that have it, and no other.
//
// The error names what cannot be combined: no calendar at all, a nil one
// ([ErrNoCalendar]), or more than 64, those counted that the calendars are made of; or
// it quotes a name that [New] would reject.
// Combinations of combinations can go 8 deep, and their calendars have 256 times a
// day and 4096 rules and dates together.
func Union(name string, calendars ...*Calendar) (*Calendar, error) {
	return newCombined(union, name, calendars)
}

// Intersect returns the calendar that is open whenever all of the others are,
// such as the hours in which two teams can meet, or a desk's hours within those
// of the building. Its queries cost what those of any calendar do.
//
// Zone, business dates and times of day are those of the first: a business day D
// of it is one of the first on which some of the hours of D are open in all (R6).
// A holiday of any of them closes it.
//
// The errors are those of [Union], and one for calendars that are never open
// together from 1900 to 2199.
func Intersect(name string, calendars ...*Calendar) (*Calendar, error) {
	return newCombined(intersection, name, calendars)
}

func newCombined(how combination, name string, parts []*Calendar) (*Calendar, error) {
	if !isOneLine(name) {
		return nil, fmt.Errorf("calendar: %s %q: %s", how, name, nameWanted)
	}
	if len(parts) == 0 {
		return nil, fmt.Errorf("calendar: %s %q: want at least one calendar", how, name)
	}
	count, depth, closes, spans, dates := 0, 0, 0, 0, 0
	var sets []HolidaySet
	known := map[HolidaySet]bool{}
	for i, c := range parts {
		if c == nil || c.spec == nil {
			return nil, fmt.Errorf("calendar: %s %q: calendar %d: %w", how, name, i+1, ErrNoCalendar)
		}
		count += c.spec.count
		depth = max(depth, c.spec.depth+1)
		spans, dates = spans+c.spec.spans, dates+c.spec.dates
		if !c.neverCloses {
			closes++
		}
		for _, s := range c.spec.sets {
			if !known[s] {
				known[s] = true
				sets = append(sets, s)
			}
		}
	}
	if count > maxParts {
		return nil, fmt.Errorf("calendar: %s %q: %d calendars: want %d at the most", how, name, count, maxParts)
	}
	if depth > maxDepth {
		return nil, fmt.Errorf("calendar: %s %q: combinations %d deep: want %d at the most", how, name, depth, maxDepth)
	}
	if spans > maxSpans {
		return nil, fmt.Errorf("calendar: %s %q: calendars with %d times a day: want %d at the most", how, name, spans, maxSpans)
	}
	if dates > maxDates {
		return nil, fmt.Errorf("calendar: %s %q: calendars with %d rules and dates: want %d at the most", how, name, dates, maxDates)
	}
	s := newSpec(parts[0].spec.zone, &hours{}, sets)
	s.how, s.parts, s.count, s.depth, s.spans, s.dates = how, slices.Clone(parts), count+1, depth, spans, dates
	c := newCalendar(name, s)
	c.neverCloses = closes == 0 || how == union && closes < len(parts)
	if !s.everOpen() {
		return nil, fmt.Errorf("calendar: %s %q: never open from %d to %d: %s", how, name, firstYear, lastYear, c.Hours())
	}
	return c, nil
}

// UnionOf returns the calendars that [Union] made this one of, and nil for any other
// calendar. The slice is the caller's.
func (c *Calendar) UnionOf() []*Calendar { return c.madeBy(union) }

// IntersectionOf returns the calendars that [Intersect] made this one of, and nil for any
// other calendar. The slice is the caller's.
func (c *Calendar) IntersectionOf() []*Calendar { return c.madeBy(intersection) }

func (c *Calendar) madeBy(how combination) []*Calendar {
	if c == nil || c.spec == nil || c.spec.how != how {
		return nil
	}
	return slices.Clone(c.spec.parts)
}

// hoursText returns the hours of the parts, each with its zone and holidays.
func (s *spec) hoursText() string {
	if s.parts == nil {
		return s.hours.String()
	}
	texts := make([]string, len(s.parts))
	for i, c := range s.parts {
		if texts[i] = c.spec.text(); c.spec.parts != nil {
			texts[i] = "(" + texts[i] + ")"
		}
	}
	return strings.Join(texts, map[combination]string{union: " or ", intersection: " and "}[s.how])
}

// The slots of a combined calendar are put together from the open spans of its
// parts, and so are the hours of a date. These cannot be wall times of the zone:
// what one part's clock does at a change, another's does not. They are physical
// time, from the midnight that the slot's offset gives, which on a steady date
// is the same.

// runCombined is run for a combined calendar.
func (b *compiler) runCombined(first, end int, add func(shape shapeIndex, isBusinessDay bool)) {
	columns := b.columns(first-around, end+around)
	offsets := b.offsetsAround(first, end)
	segment := 0
	known := map[combinedKey]shapeIndex{}
	for n := first; n < end; n++ {
		for offsets[segment].to <= b.begin(n) {
			segment++
		}
		s := offsets[segment]
		key := combinedKey{offset: s.offset}
		follows := s.holds(n + slotZeroDay)
		for i, c := range columns[n-first : n-first+len(key.columns)] {
			key.columns[i] = c.number
			follows = follows && c.steady
		}
		index, ok := known[key]
		if !ok || !follows {
			index = b.index(b.combinedShape(n, s))
			if follows {
				known[key] = index
			}
		}
		add(index, len(b.shapes[index].hours) > 0 && b.anyBusinessDay(n))
	}
}

// combinedKey is what the shape of a slot follows from in a combined calendar, where no
// clock changes near: the columns of all slots of the parts that matter to it.
type combinedKey struct {
	offset  int64
	columns [2*around + 1]int32
}

// column is the shapes that the parts have in a slot: a number, the same for the same
// shapes, and whether all of them are steady.
type column struct {
	number int32
	steady bool
}

// columns returns the columns of the slots from first to end. Those of slots that are not
// there are not steady.
func (b *compiler) columns(first, end int) []column {
	tables := make([]*table, len(b.parts))
	from, to := max(0, first), min(slotCount, end)
	for i, c := range b.parts { // their tables grow at once, instead of step by step
		c.cover(from)
		tables[i] = c.cover(to - 1)
	}
	columns := make([]column, end-first)
	numbers := map[string]int32{}
	for n := from; n < to; n++ {
		c := column{steady: true}
		key := b.key[:0]
		for _, tb := range tables {
			shape := tb.slots[n-int(tb.first)].shape()
			key = append(key, byte(shape), byte(shape>>8), byte(shape>>16), byte(shape>>24))
			c.steady = c.steady && tb.shapes[shape].steady
		}
		number, ok := numbers[string(key)]
		if !ok {
			number = int32(len(numbers))
			numbers[string(key)] = number
		}
		c.number, b.key = number, key
		columns[n-first] = c
	}
	return columns
}

// combinedShape returns the shape of slot n, which begins during s.
func (b *compiler) combinedShape(n int, s offsetSpan) shape {
	begin := b.begin(n)
	sh := shape{offset: int32(s.offset), steady: s.holds(n + slotZeroDay)}
	b.spans = b.spans[:0]
	for open, end := range b.openSpans(begin, begin+daySeconds) {
		b.spans = append(b.spans, span{int32(open - begin), int32(end - begin)})
	}
	if spans := joinSpans(b.spans); len(spans) > 0 {
		sh.first, sh.more = spans[0], slices.Clone(spans[1:])
	}
	b.spans = b.spans[:0]
	shift := s.offset - b.standard - begin
	for open, end := range b.ownSpans(n) {
		b.spans = append(b.spans, span{int32(open + shift), int32(end + shift)})
	}
	sh.hours = slices.Clone(joinSpans(b.spans))
	return sh
}

// reach works out in which slot the hours of a date can begin in a combined
// calendar, as the difference from its own: 0, or -1 or -2 where a part is east
// of the first.
func (tb *table) reach(s *spec) {
	for _, sh := range tb.shapes {
		if len(sh.hours) > 0 {
			tb.earliest = min(tb.earliest, int(floorDiv(int64(sh.hours[0].open)+s.standard-int64(sh.offset), daySeconds)))
		}
	}
	// The dates after the table have hours in its slots, and may have shapes that it
	// has not.
	for n := tb.end(); n < tb.end()+around; n++ {
		for open := range s.ownSpans(n) {
			tb.earliest = min(tb.earliest, int(floorDiv(open-s.begin(n), daySeconds)))
		}
	}
}

// anyBusinessDay reports whether the date of slot n is a business day of any of
// the parts, or for an intersection of the first.
func (s *spec) anyBusinessDay(n int) bool {
	parts := s.parts
	if s.how == intersection {
		parts = parts[:1]
	}
	return slices.ContainsFunc(parts, func(c *Calendar) bool { return c.onSlot(n).isBusinessDay() })
}

// openSpans returns the spans of [from, to), Unix seconds, in which a combined
// calendar is open; those of a union in any order, as they may overlap.
func (s *spec) openSpans(from, to int64) iter.Seq2[int64, int64] {
	return func(yield func(open, end int64) bool) {
		if s.how == intersection {
			s.parts[0].openSpans(from, to)(func(open, end int64) bool {
				return within(s.parts[1:], open, end, yield)
			})
			return
		}
		for _, c := range s.parts {
			for open, end := range c.openSpans(from, to) {
				if !yield(open, end) {
					return
				}
			}
		}
	}
}

// ownSpans returns the open spans that belong to the date of slot n, as openSpans
// does.
func (s *spec) ownSpans(n int) iter.Seq2[int64, int64] {
	return func(yield func(open, end int64) bool) {
		if s.how == intersection {
			s.parts[0].ownSpans(n)(func(open, end int64) bool {
				return within(s.parts[1:], open, end, yield)
			})
			return
		}
		for _, c := range s.parts {
			for open, end := range c.ownSpans(n) {
				if !yield(open, end) {
					return
				}
			}
		}
	}
}

// within passes on the parts of [from, to) in which all calendars are open.
func within(calendars []*Calendar, from, to int64, yield func(open, end int64) bool) bool {
	if len(calendars) == 0 {
		return yield(from, to)
	}
	for open, end := range calendars[0].openSpans(from, to) {
		if !within(calendars[1:], open, end, yield) {
			return false
		}
	}
	return true
}

// openSpans returns the open spans of [from, to), Unix seconds, in order. They may
// touch.
func (c *Calendar) openSpans(from, to int64) iter.Seq2[int64, int64] {
	return func(yield func(open, end int64) bool) {
		for n := int((from - c.spec.begin(0)) / daySeconds); ; n++ {
			at := c.onSlot(n)
			begin := c.spec.begin(n)
			if at.tb == nil || begin >= to {
				return
			}
			sh := at.shape()
			for i := -1; i < len(sh.more); i++ {
				s := sh.first
				if i >= 0 {
					s = sh.more[i]
				}
				open, end := max(from, begin+int64(s.open)), min(to, begin+int64(s.close))
				if open < end && !yield(open, end) {
					return
				}
			}
		}
	}
}

// ownSpans returns the open spans that belong to the date of slot n as Unix
// times, in order; none if there is no such slot.
func (c *Calendar) ownSpans(n int) iter.Seq2[int64, int64] {
	at := c.onSlot(n)
	if at.tb == nil {
		return func(func(int64, int64) bool) {}
	}
	if c.spec.parts == nil {
		return at.ownSpans()
	}
	return func(yield func(open, end int64) bool) {
		shift := c.shift(at)
		for _, h := range at.shape().hours {
			if !yield(int64(h.open)-shift, int64(h.close)-shift) {
				return
			}
		}
	}
}

// shift returns what there is to add to a Unix time for the time since the
// midnight of a date that the hours of its shape count from.
func (c *Calendar) shift(date place) int64 {
	return int64(date.shape().offset) - c.spec.standard - c.spec.begin(date.slot())
}

// businessTimeCombined is businessTime for a combined calendar. The place is open, so
// there is a date that it belongs to.
func (c *Calendar) businessTimeCombined(at place) (date place, clock int32) {
	unix := c.unix(at)
	date = c.ownerOf(unix, at)
	offset := int64(date.shape().offset)
	if !date.shape().steady {
		for _, o := range near(date.tb.offsets, date.slot()+slotZeroDay) {
			if o.from <= unix {
				offset = o.offset
			}
		}
	}
	return date, int32(unix + offset - int64(date.slot()+slotZeroDay)*daySeconds)
}

// ownerOf returns the latest date whose hours have an open instant.
func (c *Calendar) ownerOf(unix int64, at place) place {
	for n := at.slot() - at.tb.earliest; n >= at.slot()-around; n-- {
		date := c.onSlot(n)
		since := int32(unix + c.shift(date))
		for _, h := range date.shape().hours {
			if h.contains(since) {
				return date
			}
		}
	}
	panic("calendar: open at an instant that no date has in its hours")
}

// clockOnCombined is clockOn for a combined calendar on a date that is not
// steady.
func (c *Calendar) clockOnCombined(date place, clock int32, nsec int64) (place, int64) {
	midnight := int64(date.slot()+slotZeroDay) * daySeconds
	unix, exact := firstReaching(near(date.tb.offsets, date.slot()+slotZeroDay), midnight+int64(clock))
	if !exact {
		nsec = 0
	}
	shift := c.shift(date)
	moved, inside := date.shape().moveInto(int32(unix + shift))
	if !inside {
		nsec = 0
	}
	unix = int64(moved) - shift
	date.x = 0
	date.x = int32(unix - c.unix(date))
	return date, nsec
}
