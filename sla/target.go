package sla

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
)

// Target is how soon something is due. Targets are comparable; the zero Target
// is none.
//
// Systems mean different things by a day. Here each has a form of its own:
//
//	1h30m      one and a half hours of business time
//	3bd        the same time of day three business days on (R7)
//	1bd@close  the closing of the next business day
//	0bd@close  the closing of the business day of the start
//	1bd@16:00  16:00 on the next business day, or its latest closing before that
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

// ErrBadTarget is under the error for a text that is no target.
var ErrBadTarget = errors.New("sla: target")

// Within returns the target of d of business time, or the zero Target if d is
// not positive.
func Within(d time.Duration) Target { return Target{within: max(d, 0)} }

// BusinessDays returns the target of the same time of day n business days on
// (R7), or the zero Target unless n is from 1 to 110,000.
func BusinessDays(n int) Target {
	if n < 1 || n > maxDays {
		return Target{}
	}
	return Target{days: int32(n)}
}

// AtClose returns the target of the closing of the day that a target of business
// days, such as BusinessDays(1), is due on. The closing is the last time at which
// the day's hours end; if a clock change repeats it, the last of the two. Of any
// other target it returns the zero Target.
func (t Target) AtClose() Target {
	if t.days == 0 {
		return Target{}
	}
	return Target{days: t.days, clock: atClose}
}

// At returns the target of a time of day on the day that a target of business
// days is due on: whole minutes after midnight, up to 48 hours. Outside the hours
// of the day it is the latest closing before it, else the first opening. For any
// other clock, and of any other target, At returns the zero Target.
func (t Target) At(clock time.Duration) Target {
	if t.days == 0 || clock < 0 || clock > 48*time.Hour || clock%time.Minute != 0 {
		return Target{}
	}
	return Target{days: t.days, clock: int16(clock/time.Minute) + 1}
}

// IsZero reports whether t is the zero Target, which is none.
func (t Target) IsZero() bool { return t == Target{} }

// ParseTarget reads the forms in the comment of [Target]: a positive duration as
// [time.ParseDuration] reads it, or business days. For any other text the error
// is a *[region.UnknownError] of [ErrBadTarget].
func ParseTarget(s string) (Target, error) {
	bad := &region.UnknownError{Err: ErrBadTarget, Text: s, Want: targetForms}
	days, clock, isDays := strings.Cut(s, "bd")
	if !isDays {
		d, err := time.ParseDuration(s)
		if n, days := wholeDays(s); days {
			bad.Want = fmt.Sprintf(`"%dbd" for business days, or "%dh" for hours`, n, 24*n)
		}
		if err != nil || d <= 0 || s[0] == '+' {
			return Target{}, bad
		}
		return Within(d), nil
	}
	n, err := strconv.Atoi(days)
	if err != nil || n < 0 || n > maxDays || strconv.Itoa(n) != days {
		return Target{}, bad
	}
	t := Target{days: int32(n)}
	switch {
	case clock == "@close":
		t.clock = atClose
	case len(clock) == len("@16:00") && clock[0] == '@' && clock[3] == ':':
		hour, err1 := strconv.ParseUint(clock[1:3], 10, 8)
		minute, err2 := strconv.ParseUint(clock[4:], 10, 8)
		t = t.At(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
		if err1 != nil || err2 != nil || minute > 59 {
			t = Target{}
		}
	case clock != "":
		t = Target{}
	}
	if t.IsZero() {
		return t, bad
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
	b, _ := t.AppendText(nil)
	return string(b)
}

// AppendText appends the form of [Target.String] to b. The error is always nil.
func (t Target) AppendText(b []byte) ([]byte, error) {
	switch {
	case t.IsZero():
		return b, nil
	case t.within > 0:
		return appendDuration(b, t.within), nil
	}
	b = append(strconv.AppendInt(b, int64(t.days), 10), "bd"...)
	switch minute := t.clock - 1; {
	case t.clock == atClose:
		b = append(b, "@close"...)
	case t.clock > 0:
		b = fmt.Appendf(b, "@%02d:%02d", minute/60, minute%60)
	}
	return b, nil
}

// appendDuration appends the form of [time.Duration.String] to b, without zero
// minutes and seconds behind hours.
func appendDuration(b []byte, d time.Duration) []byte {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return append(b, s...)
}

// MarshalText returns the form of [Target.String]. The error is always nil.
func (t Target) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// UnmarshalText reads what [Target.MarshalText] writes.
func (t *Target) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*t = Target{}
		return nil
	}
	v, err := ParseTarget(string(text))
	if err == nil {
		*t = v
	}
	return err
}

// Due returns the instant at which the target is due for a clock that starts at
// start, in start's Location. Start should be an open instant of the calendar
// (R13); from any other, the target counts from the next one. The error is
// [calendar.ErrOutOfRange] where start or the result is outside the calendar's
// range, [calendar.ErrNoCalendar] without a calendar, and [ErrBadTarget] for the
// zero Target.
func (t Target) Due(c *calendar.Calendar, start time.Time) (time.Time, error) {
	switch {
	case t.within > 0:
		return c.Add(start, t.within)
	case t.clock == 0 && t.days > 0:
		return c.AddDays(start, int(t.days))
	case t.IsZero():
		return time.Time{}, fmt.Errorf("%w: none is set", ErrBadTarget)
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
