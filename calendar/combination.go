package calendar

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
)

// combination is the source of a calendar made by Union, Intersect or Subtract: other
// calendars.
type combination struct {
	how   operation
	parts []*Calendar // the first of a subtraction is what the others are taken from
}

// operation is the way in which calendars are combined.
type operation string

const (
	union        operation = "union"
	intersection operation = "intersection"
	subtraction  operation = "subtraction"
)

// maxParts bounds the calendars in a combined one, itself not counted, and so the cost of
// building it.
const maxParts = 64

// maxDepth bounds the combined calendars in each other. Each needs a few more slots of
// its parts than it has itself, so a chain of 64 grew all its tables at each step: 5
// seconds and 1.7 GB.
const maxDepth = 8

// maxSpans bounds the times that the calendars in a combined one have on a day together:
// they are merged for each day of 300 years. maxDates bounds their rules and dates, as
// each can make another shape of a day. 60 calendars of 48 times, in a catalog of 38 KB,
// took a minute and a half.
const (
	maxSpans = 256
	maxDates = 4096
)

// Union returns the calendar that is open whenever any of the others is: the
// desks of Beijing, Berlin and Denver, say, as one that follows the sun. Its
// queries take as long as those of any calendar.
//
// The result has the zone of the first calendar. A date is a business day if it is one
// in any of them, and has the hours of all of them, each by its own clock: the desk's
// Friday begins with Beijing's and ends with Denver's, on Saturday morning in Beijing
// (R6). Times of day are read on the clock of the zone, from the midnight of the business
// date. They can be negative, if an office further east begins on the day before (R7). A
// holiday closes only the calendars that have it.
//
// Union returns an error for no calendar at all, a nil one ([ErrNoCalendar]), and a name
// that [Named] does not allow. Unions, intersections and subtractions can be nested 8 deep.
// All calendars in one together can be 64, with 256 times a day and 4096 rules and dates.
func Union(name string, calendars ...*Calendar) (*Calendar, error) {
	return newCombined(union, name, calendars)
}

// Intersect returns the calendar that is open whenever all of the others are,
// such as the hours in which two teams can meet, or a desk's hours within the
// building's. Its queries take as long as those of any calendar.
//
// The first calendar decides on zone, business dates and times of day. A date is a
// business day if it is one in the first, and all calendars are open in some of its
// hours (R6). A holiday of any of them closes the result.
//
// Intersect returns errors as [Union] does, and one for calendars that are never open
// together from 1900 to 2199.
func Intersect(name string, calendars ...*Calendar) (*Calendar, error) {
	return newCombined(intersection, name, calendars)
}

// Subtract returns the calendar that is open whenever from is open and all the others
// are closed: a desk's hours without a maintenance window, say, or without the hours
// of the team that takes over. Its queries take as long as those of any calendar.
//
// The calendar from decides on zone, business dates and times of day. A date is a business
// day if it is one in from, and some of its hours are left (R6). A holiday of from closes the
// result. A holiday of another calendar closes that one, so its hours stay open in the
// result, which has only the holiday sets of from.
//
// Subtract returns errors as [Union] does, and one if no calendar is to be subtracted, or if
// nothing is left from 1900 to 2199. Nothing is left of hours without 24/7.
func Subtract(name string, from *Calendar, less ...*Calendar) (*Calendar, error) {
	return newCombined(subtraction, name, append([]*Calendar{from}, less...))
}

func newCombined(how operation, name string, parts []*Calendar) (*Calendar, error) {
	fault := func(format string, args ...any) (*Calendar, error) {
		return nil, fmt.Errorf("calendar: %s %q: "+format, slices.Concat([]any{how, name}, args)...)
	}
	if !isOneLine(name) {
		return fault("%s", nameWanted)
	}
	if len(parts) == 0 {
		return fault("want at least one calendar")
	}
	if how == subtraction && len(parts) == 1 {
		return fault("want at least one calendar to subtract")
	}
	var all size
	var sets, own []HolidaySet
	for i, c := range parts {
		if c == nil || c.source == nil {
			return fault("calendar %d: %w", i+1, ErrNoCalendar)
		}
		all = size{all.count + c.size.count, max(all.depth, c.size.depth+1), all.spans + c.size.spans, all.dates + c.size.dates}
		if how != subtraction || i == 0 {
			sets, own = append(sets, c.sets...), append(own, c.own...)
		}
	}
	switch {
	case all.count > maxParts:
		return fault("%d calendars: want %d at the most", all.count, maxParts)
	case all.depth > maxDepth:
		return fault("combinations %d deep: want %d at the most", all.depth, maxDepth)
	case all.spans > maxSpans:
		return fault("calendars with %d times a day: want %d at the most", all.spans, maxSpans)
	case all.dates > maxDates:
		return fault("calendars with %d rules and dates: want %d at the most", all.dates, maxDates)
	}
	all.count++
	m := &combination{how, slices.Clone(parts)}
	c := newCalendar(name, parts[0].zone, distinct(sets), distinct(own), m, all)
	c.neverCloses = m.neverCloses()
	if !c.everOpen() {
		return fault("never open from %d to %d: %s", firstYear, lastYear, c.Hours())
	}
	return c, nil
}

// neverCloses reports whether the parts are plainly 24/7 together. A part that is subtracted
// is open at some time.
func (m *combination) neverCloses() bool {
	switch m.how {
	case union:
		return slices.ContainsFunc(m.parts, func(c *Calendar) bool { return c.neverCloses })
	case intersection:
		return !slices.ContainsFunc(m.parts, func(c *Calendar) bool { return !c.neverCloses })
	}
	return false
}

// distinct returns the sets without those that come again.
func distinct(sets []HolidaySet) []HolidaySet {
	known := map[HolidaySet]bool{}
	return slices.DeleteFunc(sets, func(s HolidaySet) bool {
		again := known[s]
		known[s] = true
		return again
	})
}

// UnionOf returns the calendars that were passed to [Union], and nil for a calendar made
// otherwise. The slice is the caller's.
func (c *Calendar) UnionOf() []*Calendar { return c.madeBy(union) }

// IntersectionOf returns the calendars that were passed to [Intersect], and nil for a
// calendar made otherwise. The slice is the caller's.
func (c *Calendar) IntersectionOf() []*Calendar { return c.madeBy(intersection) }

// SubtractionOf returns the calendars that were passed to [Subtract], and nil for a
// calendar made otherwise. The slice is the caller's.
func (c *Calendar) SubtractionOf() (from *Calendar, less []*Calendar) {
	if parts := c.madeBy(subtraction); parts != nil {
		from, less = parts[0], parts[1:]
	}
	return from, less
}

func (c *Calendar) madeBy(how operation) []*Calendar {
	if c == nil {
		return nil
	}
	made, ok := c.source.(*combination)
	if !ok || made.how != how {
		return nil
	}
	return slices.Clone(made.parts)
}

// hoursText returns the hours of the parts, each with its zone and holidays.
func (m *combination) hoursText() string {
	texts := make([]string, len(m.parts))
	for i, c := range m.parts {
		texts[i] = c.text()
		if _, combined := c.source.(*combination); combined {
			texts[i] = "(" + texts[i] + ")"
		}
	}
	return strings.Join(texts, map[operation]string{union: " or ", intersection: " and ", subtraction: " without "}[m.how])
}

// text returns the text of the hours, as each part has its zone and holidays in it.
func (m *combination) text(*Calendar) string { return m.hoursText() }

func (m *combination) provisional(_ *Calendar, from, to time.Time) bool {
	return slices.ContainsFunc(m.parts, func(part *Calendar) bool { return part.Provisional(from, to) })
}

// The slots of a combined calendar are put together from the open spans of its
// parts, and so are the hours of a date. These cannot be wall times of the zone, as the
// clocks of the parts change at different times. They are physical time, from the
// midnight that the slot's offset gives. On a steady date that is the same.

// combinedSlots works out a run of slots from the tables of parts.
type combinedSlots struct {
	*combination
	calendar *Calendar
	spans    []span // scratch
	key      []byte // scratch
}

func (m *combination) fill(c *Calendar, b *builder, first, end int) {
	f := &combinedSlots{combination: m, calendar: c}
	columns := f.columns(first-around, end+around)
	offsets := c.offsetsAround(first, end)
	segment := 0
	known := map[combinedKey]shapeIndex{}
	for n := first; n < end; n++ {
		for offsets[segment].to <= c.begin(n) {
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
			index = b.index(f.shape(n, s))
			if follows {
				known[key] = index
			}
		}
		b.add(index, len(b.shapes[index].hours) > 0 && m.anyBusinessDay(n))
	}
}

// combinedKey decides the shape of a slot in a combined calendar, if no clock changes
// near: it has the columns of all slots of the parts that matter to it.
type combinedKey struct {
	offset  int64
	columns [2*around + 1]int32
}

// column stands for the shapes that the parts have in a slot: a number, the same for the
// same shapes, and whether all of them are steady.
type column struct {
	number int32
	steady bool
}

// columns returns the columns of the slots from first to end. Slots outside the range have
// columns that are not steady.
func (f *combinedSlots) columns(first, end int) []column {
	tables := make([]*table, len(f.parts))
	from, to := max(0, first), min(slotCount, end)
	for i, c := range f.parts { // their tables grow at once, instead of step by step
		c.cover(from)
		tables[i] = c.cover(to - 1)
	}
	columns := make([]column, end-first)
	numbers := map[string]int32{}
	for n := from; n < to; n++ {
		c := column{steady: true}
		key := f.key[:0]
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
		c.number, f.key = number, key
		columns[n-first] = c
	}
	return columns
}

// shape returns the shape of slot n, which begins during s.
func (f *combinedSlots) shape(n int, s offsetSpan) shape {
	begin := f.calendar.begin(n)
	sh := shape{offset: int32(s.offset), steady: s.holds(n + slotZeroDay)}
	f.spans = f.spans[:0]
	for open, end := range f.openSpans(begin, begin+daySeconds) {
		f.spans = append(f.spans, span{int32(open - begin), int32(end - begin)})
	}
	if spans := joinSpans(f.spans); len(spans) > 0 {
		sh.first, sh.more = spans[0], slices.Clone(spans[1:])
	}
	f.spans = f.spans[:0]
	shift := s.offset - int64(f.calendar.standard) - begin
	for open, end := range f.ownSpansOf(n) {
		f.spans = append(f.spans, span{int32(open + shift), int32(end + shift)})
	}
	sh.hours = slices.Clone(joinSpans(f.spans))
	return sh
}

func (m *combination) earliest(c *Calendar, tb *table) int {
	earliest := 0
	for _, sh := range tb.shapes {
		if len(sh.hours) > 0 {
			earliest = min(earliest, int(floorDiv(int64(sh.hours[0].open)+int64(c.standard)-int64(sh.offset), daySeconds)))
		}
	}
	// The dates after the table have hours in its slots, and may have shapes that it
	// has not.
	for n := tb.end(); n < tb.end()+around; n++ {
		for open := range m.ownSpansOf(n) {
			earliest = min(earliest, int(floorDiv(open-c.begin(n), daySeconds)))
		}
	}
	return earliest
}

// anyBusinessDay reports whether the date of slot n is a business day of any part of a
// union, or else of the first part.
func (m *combination) anyBusinessDay(n int) bool {
	parts := m.parts
	if m.how != union {
		parts = parts[:1]
	}
	return slices.ContainsFunc(parts, func(c *Calendar) bool { return c.onSlot(n).isBusinessDay() })
}

// openSpans returns the spans of [from, to), Unix seconds, in which the combined calendar
// is open. The spans of a union come in any order and may overlap.
func (m *combination) openSpans(from, to int64) iter.Seq2[int64, int64] {
	return m.merged(func(c *Calendar) iter.Seq2[int64, int64] { return c.openSpans(from, to) })
}

// ownSpansOf returns the open spans that belong to the date of slot n, as openSpans
// does.
func (m *combination) ownSpansOf(n int) iter.Seq2[int64, int64] {
	return m.merged(func(c *Calendar) iter.Seq2[int64, int64] { return c.ownSpans(n) })
}

// merged returns some spans of every part of a union. Otherwise it returns the spans of the
// first part, as far as the other parts are open, or closed for a subtraction.
func (m *combination) merged(spans func(*Calendar) iter.Seq2[int64, int64]) iter.Seq2[int64, int64] {
	return func(yield func(open, end int64) bool) {
		if m.how != union {
			cut := within
			if m.how == subtraction {
				cut = without
			}
			spans(m.parts[0])(func(open, end int64) bool {
				return cut(m.parts[1:], open, end, yield)
			})
			return
		}
		for _, c := range m.parts {
			for open, end := range spans(c) {
				if !yield(open, end) {
					return
				}
			}
		}
	}
}

// within passes on the spans of [from, to) in which all calendars are open.
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

// without passes on the spans of [from, to) in which no calendar is open.
func without(calendars []*Calendar, from, to int64, yield func(open, end int64) bool) bool {
	if len(calendars) == 0 {
		return yield(from, to)
	}
	for open, end := range calendars[0].openSpans(from, to) {
		if from < open && !without(calendars[1:], from, open, yield) {
			return false
		}
		from = end
	}
	return from == to || without(calendars[1:], from, to, yield)
}

// openSpans returns the open spans of [from, to), Unix seconds, in order. They may
// touch.
func (c *Calendar) openSpans(from, to int64) iter.Seq2[int64, int64] {
	return func(yield func(open, end int64) bool) {
		for n := int((from - c.begin(0)) / daySeconds); ; n++ {
			at := c.onSlot(n)
			begin := c.begin(n)
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

// ownSpans returns the open spans that belong to the date of slot n as Unix times, in
// order; none if there is no such slot.
func (c *Calendar) ownSpans(n int) iter.Seq2[int64, int64] {
	at := c.onSlot(n)
	if at.tb == nil {
		return func(func(int64, int64) bool) {}
	}
	return c.source.ownSpans(c, at)
}

func (m *combination) ownSpans(c *Calendar, at place) iter.Seq2[int64, int64] {
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
	return int64(date.shape().offset) - int64(c.standard) - c.begin(date.slot())
}

// businessTime finds a date, as the place is open.
func (m *combination) businessTime(c *Calendar, at place) (date place, clock int32) {
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

func (m *combination) clockOn(c *Calendar, date place, clock int32, nsec int64) (place, int64) {
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
	date.x = int32(unix - c.begin(date.slot()))
	return date, nsec
}
