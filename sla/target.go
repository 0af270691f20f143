package sla

import (
	"errors"
	"fmt"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla/internal/instant"
	"github.com/duetime/duetime/sla/internal/text"
)

// Target is how soon something is due. Targets are comparable; the zero Target is not
// set. [ParseTarget] and [MustParseTarget] make one of a text:
//
//	1h30m      one and a half hours of business time (R4)
//	8h wall    eight hours of real time from the start, open or not
//	3bd        the same time of day three business days on (R7)
//	1bd 4h     four hours of business time after 1bd
//	1bd@close  the closing of the next business day
//	0bd@close  the closing of the business day of the start
//	1bd@16:00  16:00 on the next business day, or its latest closing before that
//	3d         the closing of the day three calendar days after the date of the opening
//	3d@16:00   16:00 on that day
//
// The clock starts at the first open instant at or after the opening (R13).
//
// Calendar days count from the date of the opening, not of the start, in the zone of the
// calendar. If the last day is no business day, the next business day takes its place. The
// target is due at the closing of that day, the last moment at which anybody can answer.
// German law counts days like this: the day of the event does not count (§ 187(1) BGB), the
// last day counts whole (§ 188(1)), and a Saturday, a Sunday or a holiday at the end gives
// way to the next working day (§ 193).
//
// A closing is the last time at which the hours of the day end. A time of day is in whole
// minutes, up to 48:00; outside the hours of the day it is the latest closing before it,
// else the first opening. Nothing is due before the start: a time on a business day that
// would be moves on to the next business day.
//
// A target can have two sides and a condition that chooses between them:
//
//	0bd@close before 14:00 else 1bd@close  by the start of the clock
//	1h in hours else 0bd@12:00             by the opening
//
// The first side of "before 14:00" holds if the clock starts before 14:00 on its business
// date. The time 02:00 of a night shift is 26:00. The first side of "in hours" holds if the
// opening is an open instant. The form 0bd@12:00 is for sides whose start is not after
// 12:00: the first side of "before 12:00" or earlier, and the second side of "in hours".
type Target struct {
	side        // the target, or the side under the condition
	other side  // the other side
	when  int16 // always, inHours or the time of day in minutes that the start is before
}

const (
	always  = 0
	inHours = -1
)

// side is a target without a condition.
type side struct {
	within time.Duration // business time, or real time
	days   int32
	// clock is 0 for the time of day of the start, atClose, or the time of day in
	// minutes and 1 more.
	clock int16
	kind  kind
}

// kind says what a side counts.
type kind uint8

const (
	notSet       kind = iota
	businessTime      // 1h30m
	realTime          // 8h wall
	businessDays      // 3bd, 1bd 4h, 1bd@close and 1bd@16:00
	calendarDays      // 3d and 3d@16:00
)

const (
	atClose = -1
	maxDays = 110_000 // more than the range of calendars has

	targetForms = `1h30m, 3bd, "1bd 4h", 1bd@close, 1bd@16:00, 3d, "8h wall", or two such as "0bd@close before 14:00 else 1bd@close"`
)

var errTarget = errors.New("sla: target")

// IsZero reports whether t is the zero Target, which is not set.
func (t Target) IsZero() bool { return t == Target{} }

// Sides returns the two sides of a target with a condition. For any other target it returns
// the target itself and the zero Target. [Target.Choose] chooses a side.
func (t Target) Sides() (first, other Target) { return Target{side: t.side}, Target{side: t.other} }

// Days returns the business days and the calendar days of the target. At least one of them
// is 0. Both are 0 for a target with a condition: ask its Sides.
func (t Target) Days() (business, calendar int) {
	switch {
	case t.when != always:
	case t.kind == businessDays:
		business = int(t.days)
	case t.kind == calendarDays:
		calendar = int(t.days)
	}
	return business, calendar
}

// Duration returns the business time and the real time of the target. At least one of them
// is 0. "1bd 4h" has a business day and 4 hours of business time. Both are 0 for a target
// with a condition: ask its Sides.
func (t Target) Duration() (business, wall time.Duration) {
	switch {
	case t.when != always:
	case t.kind == realTime:
		wall = t.within
	default:
		business = t.within
	}
	return business, wall
}

// String returns the form that [ParseTarget] reads, and "" for the zero Target.
func (t Target) String() string {
	switch t.when {
	case always:
		return t.side.String()
	case inHours:
		return t.side.String() + " in hours else " + t.other.String()
	}
	return fmt.Sprintf("%v before %02d:%02d else %v", t.side, t.when/60, t.when%60, t.other)
}

func (s side) String() string {
	days := ""
	switch s.kind {
	case notSet:
		return ""
	case businessTime:
		return text.Duration(s.within)
	case realTime:
		return text.Duration(s.within) + " wall"
	case businessDays:
		days = fmt.Sprintf("%dbd", s.days)
	case calendarDays:
		days = fmt.Sprintf("%dd", s.days)
	}
	switch minute := s.clock - 1; {
	case s.within > 0:
		return days + " " + text.Duration(s.within)
	case s.clock > 0:
		return fmt.Sprintf("%s@%02d:%02d", days, minute/60, minute%60)
	case s.clock == atClose && s.kind == businessDays:
		return days + "@close"
	}
	return days
}

// MarshalText returns the form of [Target.String].
func (t Target) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what [ParseTarget] reads, and "" as the zero Target.
func (t *Target) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*t = Target{}
		return nil
	}
	v, err := ParseTarget(string(b))
	if err == nil {
		*t = v
	}
	return err
}

// Due returns the instant at which the target is due for a clock that counts from an
// instant, in from's Location. Most callers pass the opening of a request. The clock starts
// at the first open instant at or after it (R13).
//
// The error is [calendar.ErrOutOfRange] if from or the result is outside the calendar's
// range, and [calendar.ErrNoCalendar] without a calendar. The zero Target is an error.
func (t Target) Due(c *calendar.Calendar, from time.Time) (time.Time, error) {
	return t.dueFrom(c, from)
}

// dueFrom is Due without a copy of the target. Common targets come first and do no more than
// they must: the package function Due takes some 40 ns.
func (t *Target) dueFrom(c *calendar.Calendar, from time.Time) (time.Time, error) {
	if t.when == always && t.clock == 0 {
		switch t.kind {
		case businessTime:
			return c.Add(from, t.within)
		case businessDays:
			if t.within > 0 {
				break
			}
			if t.days > 1 { // a start is before 48:00 of its date, so those hours are after it
				return c.AddDays(from, int(t.days))
			}
			if due, err := c.AddDays(from, 1); err != nil || due.Unix() > from.Unix() {
				return due, err
			}
		}
	}
	chosen, err := t.Choose(c, from)
	if err != nil {
		return time.Time{}, err
	}
	return chosen.due(c, from)
}

// Choose returns the side of the target for a clock that counts from an instant. A target
// without a condition is its own side. It returns the errors of [Target.Due].
func (t Target) Choose(c *calendar.Calendar, from time.Time) (Target, error) {
	if t.when == always {
		return t, nil
	}
	start, err := c.NextOpen(from)
	if err != nil {
		return Target{}, err
	}
	holds := start.Equal(from) // in hours
	if t.when != inHours {
		date, err := c.BusinessDate(start)
		if err != nil {
			return Target{}, err
		}
		wall := start.In(c.Zone())
		minute := calendar.DateOf(wall).Sub(date)*24*60 + wall.Hour()*60 + wall.Minute()
		holds = minute < int(t.when)
	}
	if holds {
		return Target{side: t.side}, nil
	}
	return Target{side: t.other}, nil
}

func (s *side) due(c *calendar.Calendar, from time.Time) (time.Time, error) {
	switch s.kind {
	case businessTime:
		return c.Add(from, s.within)
	case businessDays:
		due, err := s.afterDays(c, from, int(s.days))
		if err == nil && !due.After(from) {
			due, err = s.notBeforeStart(c, from, due)
		}
		if err == nil && s.within > 0 {
			due, err = c.Add(due, s.within)
		}
		return due, err
	case realTime:
		start, err := c.NextOpen(from)
		if err != nil {
			return time.Time{}, err
		}
		due := start.Add(s.within)
		if !instant.InRange(due) {
			return time.Time{}, fmt.Errorf("sla: %v after %s is %w", *s, start.Format(time.RFC3339Nano), calendar.ErrOutOfRange)
		}
		return due, nil
	case calendarDays:
		if _, err := c.NextOpen(from); err != nil {
			return time.Time{}, err
		}
		d, err := c.AddBusinessDays(calendar.DateOf(from.In(c.Zone())).AddDays(int(s.days)), 0)
		if err != nil {
			return time.Time{}, err
		}
		return s.onDate(c, d, from)
	}
	return time.Time{}, fmt.Errorf("%w: not set: want %s", errTarget, targetForms)
}

// afterDays returns the due time n business days after the start.
func (s *side) afterDays(c *calendar.Calendar, from time.Time, n int) (time.Time, error) {
	if s.clock == 0 {
		return c.AddDays(from, n)
	}
	d, err := c.BusinessDate(from)
	if err == nil {
		d, err = c.AddBusinessDays(d, n)
	}
	if err != nil {
		return time.Time{}, err
	}
	return s.onDate(c, d, from)
}

// notBeforeStart returns a due time that is not after from, or the first one of a later
// business day that is not before the start. Between from and the start nothing is open, so
// nothing is due there.
func (s *side) notBeforeStart(c *calendar.Calendar, from, due time.Time) (time.Time, error) {
	start, err := c.NextOpen(from)
	for n := int(s.days) + 1; err == nil && due.Before(start); n++ {
		due, err = s.afterDays(c, from, n)
	}
	return due, err
}

// onDate returns the time on a business day at which the side is due, in from's Location.
func (s *side) onDate(c *calendar.Calendar, d calendar.Date, from time.Time) (time.Time, error) {
	var due time.Time
	var err error
	if s.clock == atClose {
		due, err = c.Closing(d)
	} else {
		due, err = c.At(d, time.Duration(s.clock-1)*time.Minute)
	}
	if err != nil {
		return time.Time{}, err
	}
	return due.In(from.Location()), nil
}
