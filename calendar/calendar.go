package calendar

import (
	"fmt"
	"slices"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

// Calendar is a zone, opening hours and holidays, and answers questions about
// business time in them. Make one by [New], [Union], [Intersect] or [Subtract]. It is
// immutable and safe for concurrent use. Compare calendars by pointer.
//
// On a nil *Calendar, and on the zero Calendar, every method that can fail
// returns [ErrNoCalendar], and the others return an empty result. As a text it is
// "no calendar".
//
// A calendar keeps tables for the years that it has been asked about and those
// in between: some 8 KB a year, and 2 MB for all years. A query that first needs
// them builds them, in some 20 µs a year. A calendar made of others builds its tables
// from theirs, in some 20 µs a year for each of them.
type Calendar struct {
	name   string
	zone   *time.Location
	sets   []HolidaySet
	own    []HolidaySet // of days that beat rules and sets
	source source       // nil in a calendar that was not built
	size   size

	lead uint64 // seconds from the beginning of slot 0 to that of the range
	// standard is the offset in seconds that slots begin at midnight in: the
	// smaller one of winter and summer, so that a day that closes at 24:00 is
	// within one slot all year.
	standard int32

	// neverCloses is set for a calendar that is plainly 24/7, so that asking for
	// its closing does not search two centuries.
	neverCloses bool

	table   atomic.Pointer[table] // nil before the first query
	growing sync.Mutex            // held by whoever replaces table
}

// Option is an optional property of a calendar, for [New].
type Option func(*options)

type options struct {
	name   string
	sets   []HolidaySet
	own    []HolidaySet
	former []Former
}

// Named gives the calendar a name for people, which String shows. [New] rejects a name
// that is not one line of valid UTF-8, or has control characters or bidi controls.
func Named(name string) Option { return func(o *options) { o.name = name } }

// Holidays adds holiday sets to the calendar. A holiday of any set closes it,
// unless a PH rule of its hours says otherwise. A make-up workday of any set opens
// it (R11).
func Holidays(sets ...HolidaySet) Option {
	return func(o *options) { o.sets = append(o.sets, sets...) }
}

// OwnDays adds days of the calendar's own, such as an inventory or a short day before a
// feast: they beat rules, PH rules too, and holidays. The day has the hours of its
// entry, and without hours it is closed all day. If the entry has the part that is closed, the
// rest is as it would be. A make-up workday opens as in [Holidays]. [HolidayList] makes a
// set of dates.
func OwnDays(sets ...HolidaySet) Option {
	return func(o *options) { o.own = append(o.own, sets...) }
}

// Until gives the hours of the dates before a date. From that date on, the hours of a
// later Until hold, or those passed to [New]. So a deadline from before a change of hours
// stays the same.
func Until(date Date, hours string) Option {
	return func(o *options) { o.former = append(o.former, Former{date, hours}) }
}

// Former is hours that held before a date.
type Former struct {
	Until Date
	Hours string
}

// New returns the calendar of a zone of the IANA database, such as
// "Europe/Berlin" or "UTC", and hours in the notation of the package comment.
// A zone must be spelled as the database spells it: "Europe//Berlin" and
// "europe/berlin" are unknown.
//
// The error reports every fault: an unknown zone, hours that do not parse or never
// open from 1900 to 2199 (a *[ParseError]), and a name that [Named] does not allow.
func New(zone, hours string, opts ...Option) (*Calendar, error) {
	var o options
	for _, opt := range opts {
		opt(&o)
	}
	loc, zoneErr := loadZone(zone, time.LoadLocation)
	eras, hoursErr := o.eras(hours)
	var nameErr error
	if !isOneLine(o.name) {
		nameErr = fmt.Errorf("calendar: name %q: %s", o.name, nameWanted)
	}
	if err := joinErrors(nameErr, zoneErr, hoursErr); err != nil {
		return nil, err
	}
	c := newPlain(o.name, loc, eras, o.sets, o.own)
	if !c.everOpen() {
		return nil, &ParseError{What: "hours", Text: hours, Want: "hours that open at least once from 1900 to 2199; these never open"}
	}
	c.neverCloses = len(eras) == 1 && c.Hours() == alwaysText && len(o.sets)+len(o.own) == 0
	return c, nil
}

// eras returns the hours, and those that held before.
func (o *options) eras(hours string) ([]era, error) {
	slices.SortStableFunc(o.former, func(a, b Former) int { return a.Until.Compare(b.Until) })
	var eras []era
	var errs []error
	for i, f := range append(o.former, Former{Hours: hours}) {
		parsed, err := parseHours(f.Hours)
		switch {
		case i == len(o.former):
		case f.Until.Year() < firstYear || f.Until.Year() > lastYear:
			err = fmt.Errorf("calendar: Until(%q, %q): want a date from %d to %d", f.Until, f.Hours, firstYear, lastYear)
		case i > 0 && f.Until == o.former[i-1].Until:
			err = fmt.Errorf("calendar: Until(%q, %q): want one text for each date", f.Until, f.Hours)
		}
		errs = append(errs, err)
		eras = append(eras, era{hours: parsed, until: f.Until})
	}
	return eras, joinErrors(errs...)
}

func newCalendar(name string, zone *time.Location, sets, own []HolidaySet, from source, size size) *Calendar {
	c := &Calendar{name: name, zone: zone, sets: slices.Clone(sets), own: slices.Clone(own), source: from, size: size}
	_, january := time.Date(2025, time.January, 1, 0, 0, 0, 0, time.UTC).In(zone).Zone()
	_, july := time.Date(2025, time.July, 1, 0, 0, 0, 0, time.UTC).In(zone).Zone()
	c.standard = int32(min(january, july))
	c.lead = uint64(firstUnix - c.begin(0))
	return c
}

// Must returns c and panics if err is not nil. It is for calendars that are
// written in the source, in tests and package variables: Must(New(...)).
func Must(c *Calendar, err error) *Calendar {
	if err != nil {
		panic(err)
	}
	return c
}

// AlwaysOpen returns a 24/7 calendar in UTC.
func AlwaysOpen() *Calendar { return Must(New("UTC", "24/7", Named("24/7"))) }

// Name returns the name given by [Named], or "".
func (c *Calendar) Name() string {
	if c == nil {
		return ""
	}
	return c.name
}

// Zone returns the zone whose wall clock decides (R1).
func (c *Calendar) Zone() *time.Location {
	if c == nil || c.source == nil {
		return time.UTC
	}
	return c.zone
}

// Hours returns the hours in a canonical form, which parses to the same hours.
// For a calendar made by [Union], [Intersect] or [Subtract] it returns a text for people:
// the calendars that it is made of, joined by "or", "and" or "without".
func (c *Calendar) Hours() string {
	if c == nil || c.source == nil {
		return ""
	}
	return c.source.hoursText()
}

// FormerHours returns the hours given by [Until], in a canonical form, the earliest first.
func (c *Calendar) FormerHours() (all []Former) {
	if c == nil {
		return nil
	}
	if p, ok := c.source.(*plain); ok {
		for _, e := range p.eras[:len(p.eras)-1] {
			all = append(all, Former{e.until, e.hours.String()})
		}
	}
	return all
}

// HolidaySets returns the sets given by [Holidays]. A calendar made by [Union] or
// [Intersect] has the sets of its parts, and one made by [Subtract] those of its first
// part. The slice is the caller's.
func (c *Calendar) HolidaySets() []HolidaySet {
	if c == nil {
		return nil
	}
	return slices.Clone(c.sets)
}

// OwnDays returns the sets given by [OwnDays]. A calendar made by [Union] or [Intersect] has
// the sets of its parts. The slice is the caller's.
func (c *Calendar) OwnDays() []HolidaySet {
	if c == nil {
		return nil
	}
	return slices.Clone(c.own)
}

// String returns one line for people: name, hours, zone and holiday sets. It shows the
// codes of sets without line breaks, control characters and bidi controls.
func (c *Calendar) String() string {
	if c == nil || c.source == nil {
		return "no calendar"
	}
	if c.name != "" {
		return c.name + ": " + c.text()
	}
	return c.text()
}

// text is String without the name.
func (c *Calendar) text() string { return c.source.text(c) }

// MarshalText returns the form of [Calendar.String], for logs. No calendar can be read
// from it, as it lacks the dates of the holidays. The error is always nil.
func (c *Calendar) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// Provisional reports whether a result between two instants may yet change: whether a
// holiday set of the calendar is provisional in any year from one instant to the other,
// in either order. See [HolidaySet.Provisional].
//
// Years outside 1900 to 2199 are provisional in every set (R9). A calendar without
// holidays is never provisional. A calendar made of others is if one of them is.
func (c *Calendar) Provisional(from, to time.Time) bool {
	if c == nil || c.source == nil {
		return false
	}
	return c.source.provisional(c, from, to)
}

// refuse returns the error for an argument without a place in a table.
func (c *Calendar) refuse(name string, t time.Time) error {
	if c == nil || c.source == nil {
		return ErrNoCalendar
	}
	return argumentRange(name, t)
}

// IsOpen reports whether the calendar is open at t (R1, R2): true at the
// instant of opening, false at the instant of closing, and false outside the
// range of R9.
func (c *Calendar) IsOpen(t time.Time) bool {
	_, _, open := c.locate(t.Unix())
	return open
}

// NextOpen returns the first open instant at or after t: t itself if the
// calendar is open then (R8), in t's Location. The error is [ErrOutOfRange]
// if t is outside the range, or nothing opens before its end.
func (c *Calendar) NextOpen(t time.Time) (time.Time, error) {
	at, sec, open := c.locate(t.Unix())
	if at.tb == nil {
		return time.Time{}, c.refuse("t", t)
	}
	if open {
		return t.Round(0), nil // without a monotonic clock reading
	}
	if at = c.openSecond(at.tb, sec); at.tb != nil && inRange(c.unix(at)) {
		return time.Unix(c.unix(at), 0).In(t.Location()), nil
	}
	return time.Time{}, resultRange("NextOpen", t)
}

// NextClose returns the end of the open span that t is in, else of the next
// one (R8), in t's Location. The error is [ErrNeverCloses] if that span has no end,
// as in a 24/7 calendar. It is [ErrOutOfRange] if the span ends past the range of
// R9, and as for NextOpen.
func (c *Calendar) NextClose(t time.Time) (time.Time, error) {
	at, sec, _ := c.locate(t.Unix())
	if at.tb == nil {
		return time.Time{}, c.refuse("t", t)
	}
	if at = c.openSecond(at.tb, sec); at.tb != nil && inRange(c.unix(at)) {
		if at = c.closing(at); at.tb == nil {
			return time.Time{}, ErrNeverCloses
		}
		if inRange(c.unix(at)) {
			return time.Unix(c.unix(at), 0).In(t.Location()), nil
		}
	}
	return time.Time{}, resultRange("NextClose", t)
}

// PrevOpen returns the latest opening at or before t: the beginning of the open span that
// t is in, else of the last one before it (R8), in t's Location. The error is [ErrNeverCloses] if that span has no beginning, as
// in a 24/7 calendar. It is [ErrOutOfRange] if t or the opening is outside the range, or if
// nothing opens before t.
func (c *Calendar) PrevOpen(t time.Time) (time.Time, error) {
	at, sec, open := c.locate(t.Unix())
	if at.tb == nil {
		return time.Time{}, c.refuse("t", t)
	}
	if !open {
		at = c.openSecond(at.tb, sec-1)
	}
	if at.tb != nil && inRange(c.unix(at)) {
		if at = c.opening(at); at.tb == nil {
			return time.Time{}, ErrNeverCloses
		}
		if inRange(c.unix(at)) {
			return time.Unix(c.unix(at), 0).In(t.Location()), nil
		}
	}
	return time.Time{}, resultRange("PrevOpen", t)
}

// PrevClose returns the latest closing at or before t (R8), in t's Location: t itself at the
// instant of closing. If the calendar is open at t, that is the closing before the open span.
// The error is [ErrNeverCloses] if this span has no beginning, as in a 24/7 calendar. It is
// [ErrOutOfRange] if t or the closing is outside the range, or if nothing closes before t.
func (c *Calendar) PrevClose(t time.Time) (time.Time, error) {
	at, sec, open := c.locate(t.Unix())
	if at.tb == nil {
		return time.Time{}, c.refuse("t", t)
	}
	if open {
		if at = c.opening(at); at.tb == nil {
			return time.Time{}, ErrNeverCloses
		}
		n, _ := at.shape().elapsed(at.x)
		sec = at.before() + int64(n)
	}
	if at = c.openSecond(at.tb, sec-1); at.tb != nil {
		if at.x++; inRange(c.unix(at)) {
			return time.Unix(c.unix(at), 0).In(t.Location()), nil
		}
	}
	return time.Time{}, resultRange("PrevClose", t)
}

// closing returns the end of the open span that at is in, or a place without a table if
// that is out of range.
func (c *Calendar) closing(at place) place {
	if c.neverCloses {
		return place{}
	}
	for at.tb != nil {
		end, open := at.shape().closing(at.x)
		if !open {
			return at
		}
		if at.x = end; end < daySeconds {
			return at
		}
		at = c.onSlot(int(at.tb.first) + at.tb.afterOpen(int(at.i)+1))
	}
	return at
}

// opening returns the beginning of the open span that at is in, or a place without a table
// if that is out of range. If the span begins with a slot, the place can be the end of the
// slot before.
func (c *Calendar) opening(at place) place {
	if c.neverCloses {
		return place{}
	}
	for at.tb != nil {
		begin, open := at.shape().opening(at.x)
		if !open {
			at.x++
			return at
		}
		if at.x = begin; begin > 0 {
			return at
		}
		at = c.onSlot(int(at.tb.first) + at.tb.beforeOpen(int(at.i)-1))
		at.x = daySeconds - 1
	}
	return at
}

// closed returns the closed time before slot i, in seconds.
func (tb *table) closed(i int) int64 { return int64(i)*daySeconds - tb.slots[i].seconds() }

// afterOpen returns the first slot from i on that is not open throughout: the
// first over which the closed time grows.
func (tb *table) afterOpen(i int) int {
	n := len(tb.slots) - 1 - i
	return i + sort.Search(n, func(k int) bool { return tb.closed(i+k+1) > tb.closed(i) })
}

// beforeOpen returns the last slot up to i that is not open throughout, or -1.
func (tb *table) beforeOpen(i int) int {
	return sort.Search(i+1, func(k int) bool { return tb.closed(k) >= tb.closed(i+1) }) - 1
}

// Add returns the instant at which d of business time has passed since t (R3,
// R4), in t's Location. A sum that ends exactly at closing stays at closing. Add
// goes back for d < 0, to the latest instant from which -d passes until t. For
// d == 0 it returns t itself, open or not. The error is [ErrOutOfRange] if t or
// the result is outside the range (R9).
func (c *Calendar) Add(t time.Time, d time.Duration) (time.Time, error) {
	at := c.find(t.Unix())
	if at.tb == nil {
		if at = c.findFar(t.Unix()); at.tb == nil {
			return time.Time{}, c.refuse("t", t)
		}
	}
	if d == 0 {
		return t.Round(0), nil // without a monotonic clock reading
	}
	n, open := at.shape().elapsed(at.x)
	nsec := int64(t.Nanosecond())
	if !open {
		nsec = 0
	}
	sec := at.before() + int64(n) + int64(d)/second
	if part := int64(d) % second; part != 0 { // which most durations have not: 10.4 ns become 9.9
		if nsec += part; nsec < 0 {
			sec, nsec = sec-1, nsec+second
		} else if nsec >= second {
			sec, nsec = sec+1, nsec-second
		}
	}
	// The earliest instant of a whole number of seconds is the end of a second.
	// Two conditions that each become a conditional move.
	end := int64(1)
	if nsec != 0 {
		end = 0
	}
	if d < 0 {
		end = 0
	}
	tb, s := at.tb, sec-end
	if uint64(s) >= uint64(tb.open) {
		if tb, s = c.coverSecond(tb, s); tb == nil {
			return time.Time{}, resultRange("Add", t, d)
		}
	}
	i := tb.bucketSlot(s)
	if s >= tb.slots[i+1].seconds() {
		i = tb.searchSlot(s, i)
	}
	at = place{tb: tb, i: i}
	at.x = at.shape().at(int32(s - at.before()))
	unix := c.unix(at) + end
	if !inRange(unix) {
		return time.Time{}, resultRange("Add", t, d)
	}
	return time.Unix(unix, nsec).In(t.Location()), nil
}

// Between returns the business time in [from, to) (R3, R5): elapsed time while
// the calendar is open, negative if to is before from. The error is
// [ErrOutOfRange] if either is outside the range, or if a time.Duration, of some
// 292 years at most, cannot hold the result. It can hold -1<<63 nanoseconds, but not
// the same time the other way round.
func (c *Calendar) Between(from, to time.Time) (time.Duration, error) {
	a, fromSec, fromOpen := c.locate(from.Unix())
	if a.tb == nil {
		return 0, c.refuse("from", from)
	}
	b, toSec, toOpen := c.locate(to.Unix())
	if b.tb == nil {
		return 0, c.refuse("to", to)
	}
	sec := b.tb.base + toSec - (a.tb.base + fromSec)
	fromNsec, toNsec := int64(from.Nanosecond()), int64(to.Nanosecond())
	if !fromOpen {
		fromNsec = 0
	}
	if !toOpen {
		toNsec = 0
	}
	d := sec*second + toNsec - fromNsec
	// The range is not long enough to wrap twice: what does not fit has the wrong sign.
	if sec^d < 0 && sec != 0 {
		return 0, durationRange(from, to)
	}
	return time.Duration(d), nil
}
