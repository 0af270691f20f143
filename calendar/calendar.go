package calendar

import (
	"errors"
	"iter"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Calendar is a zone, opening hours and holidays, and answers questions about
// business time in them. It is immutable, safe for concurrent use, and made by
// [New]; two calendars are the same calendar only if they are the same
// pointer. On a nil *Calendar, and on one that New did not make, every method
// that returns an error returns [ErrNoCalendar], and the others return what is
// empty.
type Calendar struct {
	name     string
	spec     *spec
	slotZero int64 // seconds from the beginning of slot 0 to 1970-01-01 UTC

	timeline atomic.Pointer[timeline]
	building sync.Mutex // held by whoever replaces timeline
}

// Option is an optional property of a calendar, for [New].
type Option func(*options)

type options struct {
	name string
	sets []HolidaySet
}

// Named gives the calendar a name for people, which String shows.
func Named(name string) Option { return func(o *options) { o.name = name } }

// Holidays adds holiday sets to the calendar. On a holiday of any set it is
// closed unless a PH rule of its hours says otherwise; a make-up workday of any
// set opens it (R11).
func Holidays(sets ...HolidaySet) Option {
	return func(o *options) { o.sets = append(o.sets, sets...) }
}

// New returns the calendar of a zone of the IANA database, such as
// "Europe/Berlin" or "UTC", and hours in the notation of the package comment.
//
// The error quotes what is wrong: an unknown zone, or hours that do not parse
// or never open from 1900 to 2199, which is a *[ParseError]. Where both are
// wrong it says both.
func New(zone, hours string, opts ...Option) (*Calendar, error) {
	var o options
	for _, opt := range opts {
		opt(&o)
	}
	loc, zoneErr := loadZone(zone)
	parsed, hoursErr := parseHours(hours)
	if err := errors.Join(zoneErr, hoursErr); err != nil {
		return nil, err
	}
	s := newSpec(loc, parsed, o.sets)
	if !s.everOpen() {
		return nil, &ParseError{What: "hours", Text: hours, Want: "hours that open at least once from 1900 to 2199; these never open"}
	}
	return &Calendar{name: o.name, spec: s, slotZero: s.standard - slotZeroDay*daySeconds}, nil
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
	if c == nil || c.spec == nil {
		return time.UTC
	}
	return c.spec.zone
}

// Hours returns the hours in a canonical form, which parses to the same hours.
func (c *Calendar) Hours() string {
	if c == nil || c.spec == nil {
		return ""
	}
	return c.spec.hours.String()
}

// HolidaySets returns the sets given by [Holidays]. The slice is the caller's.
func (c *Calendar) HolidaySets() []HolidaySet {
	if c == nil || c.spec == nil {
		return nil
	}
	return slices.Clone(c.spec.sets)
}

// String returns one line for people: name, hours, zone and holiday sets.
func (c *Calendar) String() string {
	if c == nil || c.spec == nil {
		return "no calendar"
	}
	var b strings.Builder
	if c.name != "" {
		b.WriteString(c.name + ": ")
	}
	b.WriteString(c.Hours() + " " + c.spec.zone.String())
	for i, s := range c.spec.sets {
		b.WriteString([]string{", holidays ", "+"}[min(i, 1)] + s.Code())
	}
	return b.String()
}

// refuse returns the error for an argument that has no place on the timeline.
func (c *Calendar) refuse(name string, t time.Time) error {
	if c == nil || c.spec == nil {
		return ErrNoCalendar
	}
	return argumentRange(name, t)
}

// time returns the instant some nanoseconds after a place, in t's Location
// (R10), and whether there is one in the range of R9.
func (at place) time(after int64, t time.Time) (time.Time, bool) {
	if at.page == nil {
		return time.Time{}, false
	}
	at.x += after
	sec, nsec := at.unix()
	if uint64(sec-firstUnix) >= endUnix-firstUnix {
		return time.Time{}, false
	}
	return time.Unix(sec, nsec).In(t.Location()), true
}

// IsOpen reports whether the calendar is open at t (R1, R2): true at the
// instant of opening, false at the instant of closing, and false outside the
// range of R9.
func (c *Calendar) IsOpen(t time.Time) bool {
	at := c.locate(t)
	if at.page == nil {
		return false
	}
	_, open := at.shape().spanAt(at.x)
	return open
}

// NextOpen returns the first open instant at or after t: t itself if the
// calendar is open then (R8), in t's Location. The error is [ErrOutOfRange]
// where t is outside the range, or nothing opens before its end.
func (c *Calendar) NextOpen(t time.Time) (time.Time, error) {
	at := c.locate(t)
	if at.page == nil {
		return time.Time{}, c.refuse("t", t)
	}
	r, ok := c.nextOpen(at).time(0, t)
	if !ok {
		return r, resultRange("NextOpen", t, "")
	}
	return r, nil
}

func (c *Calendar) nextOpen(at place) place { return c.openAt(at.page, at.elapsed(), 0) }

// NextClose returns the end of the open span that t is in, else of the next
// one (R8), in t's Location. The error is [ErrNeverCloses] where that span runs
// on past the range of R9, as a 24/7 calendar's does, and [ErrOutOfRange] as
// for NextOpen.
func (c *Calendar) NextClose(t time.Time) (time.Time, error) {
	at := c.locate(t)
	if at.page == nil {
		return time.Time{}, c.refuse("t", t)
	}
	if at = c.nextOpen(at); at.page != nil {
		if at = c.closing(at); at.page == nil {
			return time.Time{}, ErrNeverCloses
		}
	}
	r, ok := at.time(0, t)
	if !ok {
		return r, resultRange("NextClose", t, "")
	}
	return r, nil
}

// closing returns the end of the open span that at is in. It follows the span
// from slot to slot and, over pages that are open throughout, page to page.
func (c *Calendar) closing(at place) place {
	for at.page != nil {
		s, open := at.shape().spanAt(at.x)
		if !open {
			return at
		}
		if at.x = s.close; at.x < dayNanos {
			return at
		}
		at.x = 0
		if at.slot++; at.slot == 0 {
			at.page = c.pageAfterOpen(at.page)
		}
	}
	return place{}
}

// pageAfterOpen returns the next page after p that is not open throughout.
func (c *Calendar) pageAfterOpen(p *page) *page {
	for number := p.number + 1; number < pageCount; number++ {
		if p = c.page(number); p == nil || p.total.seconds < slotsPerPage*daySeconds {
			return p
		}
	}
	return nil
}

// Add returns the instant at which d of business time has passed since t (R3,
// R4), in t's Location. For d > 0 it is the earliest such instant, so that a
// sum which ends exactly at closing stays at closing; for d < 0 the latest
// instant from which -d passes until t; for d == 0 it is t itself, open or not.
// The error is [ErrOutOfRange] where t or the result is outside the range (R9).
func (c *Calendar) Add(t time.Time, d time.Duration) (time.Time, error) {
	at := c.locate(t)
	if at.page == nil {
		return time.Time{}, c.refuse("t", t)
	}
	if d == 0 {
		return t, nil
	}
	// For d > 0, the instant just after the last nanosecond that d counts.
	after := int64(0)
	if d > 0 {
		after = 1
	}
	r, ok := c.openAt(at.page, at.elapsed(), int64(d)-after).time(after, t)
	if !ok {
		return r, resultRange("Add", t, d)
	}
	return r, nil
}

// Between returns the business time in [from, to) (R3, R5): elapsed time while
// the calendar is open, negative where to is before from. The error is
// [ErrOutOfRange] where either is outside the range, or the result is longer
// than a time.Duration can say, some 292 years.
func (c *Calendar) Between(from, to time.Time) (time.Duration, error) {
	a := c.locate(from)
	if a.page == nil {
		return 0, c.refuse("from", from)
	}
	b := c.locate(to)
	if b.page == nil {
		return 0, c.refuse("to", to)
	}
	sec := b.page.base.seconds - a.page.base.seconds
	nsec := b.elapsed() - a.elapsed()
	const most = int64(1<<63-1)/second - 2*slotsPerPage*daySeconds
	if sec > most || sec < -most {
		return c.betweenFar(sec, nsec, from, to)
	}
	return time.Duration(sec*second + nsec), nil
}

// betweenFar is the sum of Between where it may be more than a Duration holds.
func (c *Calendar) betweenFar(sec, nsec int64, from, to time.Time) (time.Duration, error) {
	d := time.Duration(sec*second + nsec)
	if (d > 0) != (sec > 0) {
		return 0, resultRange("Between", from, to.Format(time.RFC3339Nano)+": more than a time.Duration holds")
	}
	return d, nil
}

// Span is a half-open stretch of time, [Start, End).
type Span struct{ Start, End time.Time }

// Duration returns the length of the span in elapsed time.
func (s Span) Duration() time.Duration { return s.End.Sub(s.Start) }

// Spans returns the open parts of [from, to) in their order, apart from each
// other (R2), in from's Location. Their lengths add up to Between(from, to).
// The sequence ends at to, or at the end of the range of R9; it is empty where
// to is not after from, or from is outside the range.
func (c *Calendar) Spans(from, to time.Time) iter.Seq[Span] {
	return func(yield func(Span) bool) {
		for at := from; ; {
			start, err := c.NextOpen(at)
			if err != nil || !start.Before(to) {
				return
			}
			end, err := c.NextClose(start)
			if err != nil || end.After(to) {
				end = to.In(from.Location())
			}
			if !yield(Span{start, end}) || !end.Before(to) {
				return
			}
			at = end
		}
	}
}
