package sla

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla/internal/text"
)

// Target is how soon something is due. Targets are comparable; the zero Target is not
// set. [ParseTarget] and [MustParseTarget] make one of a text:
//
//	1h30m      one and a half hours of business time
//	3bd        the same time of day three business days on (R7)
//	1bd@close  the closing of the next business day
//	0bd@close  the closing of the business day of the start
//	1bd@16:00  16:00 on the next business day, or its latest closing before that
//
// A closing is the last time at which the hours of the day end. A time of day is in whole
// minutes, up to 48:00; outside the hours of the day it is the latest closing before it,
// else the first opening.
type Target struct {
	within time.Duration
	days   int32
	// clock is 0 for the time of day of the start, atClose, or the time of day in
	// minutes and 1 more.
	clock int16
}

const (
	atClose = -1
	maxDays = 110_000 // more than the range of calendars has

	targetForms = "1h30m, 3bd, 1bd@close or 1bd@16:00"
)

var errTarget = errors.New("sla: target")

// MustParseTarget is [ParseTarget] for a text that is known to be good. It panics if it is
// not.
func MustParseTarget(s string) Target {
	t, err := ParseTarget(s)
	if err != nil {
		panic(err)
	}
	return t
}

// Days returns the business days of the target, and 0 for one in business time.
func (t Target) Days() int { return int(t.days) }

// Duration returns the business time of the target, and 0 for one in business days.
func (t Target) Duration() time.Duration { return t.within }

// IsZero reports whether t is the zero Target, which is not set.
func (t Target) IsZero() bool { return t == Target{} }

// ParseTarget returns the target of a text in one of the forms at [Target]: a positive
// duration as [time.ParseDuration] reads it, or business days.
func ParseTarget(s string) (Target, error) {
	want := targetForms
	days, clock, isDays := strings.Cut(s, "bd")
	if !isDays {
		d, err := time.ParseDuration(s)
		if n, days := wholeDays(s); days {
			want = fmt.Sprintf(`"%dbd" for business days, or "%dh" for hours`, n, 24*n)
		}
		if err != nil || d <= 0 || s[0] == '+' {
			return Target{}, fmt.Errorf("%w %s: want %s", errTarget, text.Quote(s), want)
		}
		return Target{within: d}, nil
	}
	n, err := strconv.Atoi(days)
	if err != nil || n < 0 || n > maxDays || strconv.Itoa(n) != days {
		return Target{}, fmt.Errorf("%w %s: want %s", errTarget, text.Quote(s), want)
	}
	t := Target{days: int32(n)}
	switch {
	case clock == "@close":
		t.clock = atClose
	case len(clock) == len("@16:00") && clock[0] == '@' && clock[3] == ':':
		hour, err1 := strconv.ParseUint(clock[1:3], 10, 8)
		minute, err2 := strconv.ParseUint(clock[4:], 10, 8)
		t.clock = int16(hour*60+minute) + 1
		if n == 0 || err1 != nil || err2 != nil || minute > 59 || hour*60+minute > 48*60 {
			return Target{}, fmt.Errorf("%w %s: want %s", errTarget, text.Quote(s), want)
		}
	default:
		if clock != "" || n == 0 {
			return Target{}, fmt.Errorf("%w %s: want %s", errTarget, text.Quote(s), want)
		}
	}
	return t, nil
}

// wholeDays returns the number in a text such as "2d", which means different things to
// different systems.
func wholeDays(s string) (n int, ok bool) {
	digits, ok := strings.CutSuffix(s, "d")
	n, err := strconv.Atoi(digits)
	return n, ok && err == nil && 0 < n && n <= maxDays && strconv.Itoa(n) == digits
}

// String returns the form that [ParseTarget] reads, and "" for the zero Target.
func (t Target) String() string {
	switch minute := t.clock - 1; {
	case t.IsZero():
		return ""
	case t.within > 0:
		return text.Duration(t.within)
	case t.clock == atClose:
		return fmt.Sprintf("%dbd@close", t.days)
	case t.clock > 0:
		return fmt.Sprintf("%dbd@%02d:%02d", t.days, minute/60, minute%60)
	}
	return fmt.Sprintf("%dbd", t.days)
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

// Due returns the instant at which the target is due for a clock that starts at
// start, in start's Location. Start should be an open instant of the calendar
// (R13); from any other, the target counts from the next one. The error is
// [calendar.ErrOutOfRange] where start or the result is outside the calendar's
// range, and [calendar.ErrNoCalendar] without a calendar. The zero Target is an error.
func (t Target) Due(c *calendar.Calendar, start time.Time) (time.Time, error) {
	switch {
	case t.within > 0:
		return c.Add(start, t.within)
	case t.clock == 0 && t.days > 0:
		return c.AddDays(start, int(t.days))
	case t.IsZero():
		return time.Time{}, fmt.Errorf("%w: not set: want %s", errTarget, targetForms)
	}
	d, err := c.BusinessDate(start)
	if err == nil {
		d, err = c.AddBusinessDays(d, int(t.days))
	}
	if err != nil {
		return time.Time{}, err
	}
	var due time.Time
	if t.clock == atClose {
		due, err = c.Closing(d)
	} else {
		due, err = c.At(d, time.Duration(t.clock-1)*time.Minute)
	}
	if err != nil {
		return time.Time{}, err
	}
	return due.In(start.Location()), nil
}
