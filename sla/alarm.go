package sla

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/duetime/duetime/region"
)

// Threshold is a point on the way of a clock at which somebody wants to know. It
// is comparable; the zero Threshold is none. Its text says what it is:
//
//	50%         half of the target's business time is used
//	-30m        30 minutes of business time remain, or fewer
//	+2h         2 hours of business time have been used beyond the target
//	-2h wall    the due time is 2 hours away by the clock on the wall, or less
//	+4h wall    4 hours by the clock on the wall have passed since the due time
//	breach      the due time has passed
//
// With " in hours" behind it, a threshold that is reached outside the hours of the
// term is held until they begin again: "+4h wall in hours".
type Threshold struct {
	kind    thresholdKind
	held    bool
	percent int16         // of share
	offset  time.Duration // of used and wall, from the target or the due time
}

type thresholdKind uint8

const (
	share thresholdKind = 1 + iota
	used
	wall
	breach
)

const maxPercent = 10_000

// ErrBadThreshold is under the error for a text or value that is no threshold.
var ErrBadThreshold = errors.New("sla: threshold")

// Share returns the threshold of a share of the target in percent, from 1 to
// 10,000, and for any other number the zero Threshold.
func Share(percent int) Threshold {
	if percent < 1 || percent > maxPercent {
		return Threshold{}
	}
	return Threshold{kind: share, percent: int16(percent)}
}

// BeforeDue returns the threshold of d of business time remaining, AfterDue that
// of d of business time used beyond the target; WallBeforeDue and WallAfterDue
// are those of elapsed time before and after the due time. If d is not positive,
// they return the zero Threshold.
func BeforeDue(d time.Duration) Threshold { return offset(used, d, -1) }

// AfterDue is described at [BeforeDue].
func AfterDue(d time.Duration) Threshold { return offset(used, d, +1) }

// WallBeforeDue is described at [BeforeDue].
func WallBeforeDue(d time.Duration) Threshold { return offset(wall, d, -1) }

// WallAfterDue is described at [BeforeDue].
func WallAfterDue(d time.Duration) Threshold { return offset(wall, d, +1) }

func offset(kind thresholdKind, d, sign time.Duration) Threshold {
	if d <= 0 {
		return Threshold{}
	}
	return Threshold{kind: kind, offset: sign * d}
}

// Breach returns the threshold of the due time having passed.
func Breach() Threshold { return Threshold{kind: breach} }

// InHours returns t held to the hours of the term, and of the zero Threshold the
// zero Threshold.
func (t Threshold) InHours() Threshold {
	t.held = t.kind != 0
	return t
}

// IsZero reports whether t is the zero Threshold, which is none.
func (t Threshold) IsZero() bool { return t == Threshold{} }

// ParseThreshold reads the forms in the comment of [Threshold]. For any other text
// the error is a *[region.UnknownError] of [ErrBadThreshold].
func ParseThreshold(s string) (Threshold, error) {
	rest, held := strings.CutSuffix(s, " in hours")
	t := parseThreshold(rest)
	if held {
		t = t.InHours()
	}
	if t.IsZero() {
		bad := &region.UnknownError{Err: ErrBadThreshold, Text: s, Want: thresholdForms}
		if before, days, ok := strings.Cut(rest, "d"); ok && len(before) > 1 {
			if n, ok := wholeDays(before[1:] + "d"); ok && (before[0] == '-' || before[0] == '+') && (days == "" || days == " wall") {
				bad.Want = fmt.Sprintf(`hours, such as "%c%dh%s"`, before[0], 24*n, days)
			}
		}
		return t, bad
	}
	return t, nil
}

const thresholdForms = `50%, -30m, +2h, "-2h wall", "+4h wall" or breach, each with or without " in hours"`

func parseThreshold(s string) Threshold {
	if s == "breach" {
		return Breach()
	}
	if digits, ok := strings.CutSuffix(s, "%"); ok {
		n, err := strconv.Atoi(digits)
		if err != nil || strconv.Itoa(n) != digits {
			return Threshold{}
		}
		return Share(n)
	}
	kind := used
	if rest, ok := strings.CutSuffix(s, " wall"); ok {
		s, kind = rest, wall
	}
	if len(s) < len("-1h") || s[0] != '-' && s[0] != '+' || s[1] == '-' || s[1] == '+' {
		return Threshold{}
	}
	d, err := time.ParseDuration(s[1:])
	if err != nil {
		return Threshold{}
	}
	return offset(kind, d, map[byte]time.Duration{'-': -1, '+': +1}[s[0]])
}

// String returns the form that [ParseThreshold] reads, and "" for the zero
// Threshold.
func (t Threshold) String() string {
	b, _ := t.AppendText(nil)
	return string(b)
}

// AppendText appends the form of [Threshold.String] to b. The error is always nil.
func (t Threshold) AppendText(b []byte) ([]byte, error) {
	switch t.kind {
	case share:
		b = append(strconv.AppendInt(b, int64(t.percent), 10), '%')
	case used, wall:
		if t.offset > 0 {
			b = append(b, '+')
		}
		b = appendDuration(b, t.offset)
		if t.kind == wall {
			b = append(b, " wall"...)
		}
	case breach:
		b = append(b, "breach"...)
	}
	if t.held {
		b = append(b, " in hours"...)
	}
	return b, nil
}

// MarshalText returns the form of [Threshold.String]. The error is always nil.
func (t Threshold) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// UnmarshalText reads what [Threshold.MarshalText] writes.
func (t *Threshold) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*t = Threshold{}
		return nil
	}
	v, err := ParseThreshold(string(text))
	if err == nil {
		*t = v
	}
	return err
}

// maxThresholds bounds the work for an event: it is for a term, and for what a
// clock has beside.
const maxThresholds = 32

// checkThresholds returns what is wrong with the thresholds of a term: one that
// is none, or is there twice, or too many.
func checkThresholds(list []Threshold) error {
	if len(list) > maxThresholds {
		return fmt.Errorf("%w: %d of them: want %d at the most", ErrBadThreshold, len(list), maxThresholds)
	}
	for i, t := range list {
		if t.IsZero() {
			return fmt.Errorf("%w: none is set: want %s", ErrBadThreshold, thresholdForms)
		}
		if slices.Contains(list[:i], t) {
			return fmt.Errorf("%w %s: there twice: want it once", ErrBadThreshold, t)
		}
	}
	return nil
}

// Alarm is a threshold that a clock has reached.
type Alarm struct {
	Cycle     int // of the clock, from 1
	Threshold Threshold
	// At is when the threshold was reached: for a breach, the due time, which is
	// the last instant in time. It is never before the event that made it so: where
	// a change of severity finds the threshold behind it, At is the change.
	At time.Time
	// Due is the due time as it stood then.
	Due time.Time
}

// Key returns a name for the alarm that no other alarm of the clock has, now or
// later: the cycle and the threshold, such as "1/50%".
func (a Alarm) Key() string { return strconv.Itoa(a.Cycle) + "/" + a.Threshold.String() }

// Alarms returns the alarms that have been reached by now, in their order. Each
// cycle has each of them once at the most, whatever moves the due time later: one
// that was reached stays, with its instant, and is not reached again. While a
// clock is paused, it reaches none but the breach of one that was paused too late;
// those that it finds behind it when it goes on are reached then. What is reached
// at the instant of an event, the event does not take back. Times are in now's
// Location.
func (c Clock) Alarms(now time.Time) []Alarm {
	var list []Alarm
	i := c.index(now)
	for _, s := range c.steps[:i+1] {
		list = append(list, s.reached...)
	}
	if i >= 0 {
		list = append(list, c.steps[i].reach(now)...)
	}
	for i := range list {
		list[i].At, list[i].Due = list[i].At.In(now.Location()), list[i].Due.In(now.Location())
	}
	return list
}

// aheadAlarm is an alarm that will be reached if nothing else happens.
type aheadAlarm struct {
	Alarm
	// first is the first instant at which it is reached: Alarm.At, and of a breach
	// the instant after the due time, which itself is in time.
	first time.Time
}

// reach returns the alarms ahead of s that are behind it at now.
func (s *state) reach(now time.Time) []Alarm {
	var list []Alarm
	for _, a := range s.ahead {
		if a.first.After(now) {
			break
		}
		list = append(list, a.Alarm)
	}
	return list
}

// lookAhead sets the alarms ahead of s.
func (s *state) lookAhead(k *commitment) {
	s.ahead = nil
	if s.err != nil || s.stopped() {
		return
	}
	for _, list := range [][]Threshold{s.term.Thresholds, k.thresholds} {
		for _, t := range list {
			if slices.Contains(s.done, t) || slices.ContainsFunc(s.ahead, func(a aheadAlarm) bool { return a.Threshold == t }) {
				continue
			}
			if at, first, ok := s.reaches(t); ok {
				s.ahead = append(s.ahead, aheadAlarm{Alarm{s.cycle, t, at, s.due}, first})
			}
		}
	}
	slices.SortStableFunc(s.ahead, func(a, b aheadAlarm) int { return cmp.Or(a.first.Compare(b.first), a.At.Compare(b.At)) })
}

// reaches returns the instant of a threshold, the first one at which it is
// reached, and whether that is so at all if nothing else happens.
func (s *state) reaches(t Threshold) (at, first time.Time, ok bool) {
	if !s.counting() && (t.kind != breach || s.dueWaits()) {
		return
	}
	earliest := later(s.at, s.start)
	var err error
	switch t.kind {
	case breach:
		if earliest = s.at; s.breachedAt.IsZero() && !s.due.Before(s.at) {
			at, first = s.due, s.due.Add(1)
		}
	case wall:
		at = s.due.Add(t.offset)
	case share, used:
		goal, fits := t.goal(s.target)
		if !fits {
			return
		}
		if goal > s.used {
			at, err = s.term.Calendar.Add(earliest, goal-s.used)
		}
	}
	at, first = later(at, earliest), later(first, earliest)
	if t.held && err == nil {
		at, err = s.term.Calendar.NextOpen(at)
	}
	first = later(first, at)
	return at, first, err == nil && inRange(first)
}

// goal returns the business time of a target at which t is reached, and whether
// a time.Duration can say it.
func (t Threshold) goal(target time.Duration) (goal time.Duration, ok bool) {
	if t.kind == used {
		goal = target + t.offset
		return goal, t.offset < 0 || goal >= target
	}
	percent := time.Duration(t.percent)
	if target/100 > math.MaxInt64/percent-2 {
		return 0, false
	}
	return target/100*percent + (target%100*percent+99)/100, true
}
