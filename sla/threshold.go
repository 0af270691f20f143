package sla

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/duetime/duetime/sla/internal/text"
)

// Threshold is a point on the way to a due time, or beyond, at which somebody wants to
// know. It has a Percent, an Offset, or Breach. Thresholds are comparable; the zero
// Threshold is not set. Most callers write them as text:
//
//	50%         half of the target's business time is used
//	-30m        30 minutes of business time remain, or fewer
//	+2h         2 hours of business time have been used beyond the target
//	-2h wall    the due time is 2 hours away by the clock on the wall, or less
//	+4h wall    4 hours by the clock on the wall have passed since the due time
//	breach      the due time has passed
//
// A target in real time ("8h wall") is used up in real time: for it, what is business time
// here is real time from the start on.
//
// With " every 1h" behind it, a threshold repeats: "+1h every 1h" is reached at +1h, +2h
// and so on until the clock stops, 100 times in a cycle at most. A cycle that begins by a due
// time ([WordDue]) reaches it once, and so does each cycle of a clock whose thresholds have
// repeated 500 times in the cycles before. It repeats by the clock on the wall with wall,
// and by business time without.
//
// With " in hours" behind it, a threshold that is reached outside the hours of the
// term is held until they begin again: "+4h wall in hours", "+4h wall every 1h in hours".
type Threshold struct {
	// Percent is a share of the target's business time, from 1 to 10,000.
	Percent int
	// Offset is business time before the target is used up, negative, or beyond that.
	// With Wall it is elapsed time before or after the due time.
	Offset time.Duration
	Wall   bool
	// Breach is the due time having passed.
	Breach bool
	// Every is after how long the threshold repeats: at least a minute. Zero is never. A
	// breach does not repeat.
	Every time.Duration
	// InHours holds the threshold until the hours of the term.
	InHours bool
}

const (
	maxPercent     = 10_000
	thresholdForms = `50%, -30m, +2h, "-2h wall", "+4h wall" or breach, each with or without " every 1h" (but for breach) and " in hours"`
)

var errThreshold = errors.New("sla: threshold")

// MustParseThreshold is [ParseThreshold] for a text that is known to be good. It panics
// if it is not.
func MustParseThreshold(s string) Threshold {
	t, err := ParseThreshold(s)
	if err != nil {
		panic(err)
	}
	return t
}

// ParseThreshold returns the threshold of a text in one of the forms at [Threshold].
func ParseThreshold(s string) (Threshold, error) {
	rest, inHours := strings.CutSuffix(s, " in hours")
	rest, every, repeats := strings.Cut(rest, " every ")
	t, ok := parseThreshold(rest)
	if t.InHours = inHours; repeats && ok {
		d, err := time.ParseDuration(every)
		t.Every, ok = d, err == nil && every[0] != '-' && every[0] != '+' && d != 0
	}
	if ok {
		return t, t.check()
	}
	want := insteadOfThreshold(rest)
	if before, days, ok := strings.Cut(rest, "d"); ok && len(before) > 1 {
		if n, ok := wholeDays(before[1:] + "d"); ok && (before[0] == '-' || before[0] == '+') && (days == "" || days == " wall") {
			want = fmt.Sprintf(`hours, such as "%c%dh%s"`, before[0], 24*n, days)
		}
	}
	return Threshold{}, fmt.Errorf("%w %s: want %s", errThreshold, text.Quote(s), want)
}

// insteadOfThreshold returns what to write instead of a text that parseThreshold rejects: the
// form that people mean by it, or the list of forms.
func insteadOfThreshold(s string) string {
	s = strings.ToLower(strings.ReplaceAll(s, " ", ""))
	percent := strings.TrimSuffix(s, "%") + "%"
	if _, ok := parseThreshold(percent); ok {
		return strconv.Quote(percent)
	}
	if d, err := time.ParseDuration(s); err == nil && d > 0 && s[0] != '+' {
		return fmt.Sprintf(`"-%s" for a time before the due time, or "+%[1]s" for one after it`, s)
	}
	if s == "breach" || s == "breached" || s == "due" {
		return `"breach"`
	}
	return thresholdForms
}

func parseThreshold(s string) (t Threshold, ok bool) {
	if s == "breach" {
		return Threshold{Breach: true}, true
	}
	if digits, ok := strings.CutSuffix(s, "%"); ok {
		n, err := strconv.Atoi(digits)
		t.Percent = n
		return t, err == nil && strconv.Itoa(n) == digits && t.check() == nil
	}
	if rest, ok := strings.CutSuffix(s, " wall"); ok {
		s, t.Wall = rest, true
	}
	if len(s) < len("-1h") || s[0] != '-' && s[0] != '+' || s[1] == '-' || s[1] == '+' {
		return t, false
	}
	d, err := time.ParseDuration(s[1:])
	t.Offset = d
	if s[0] == '-' {
		t.Offset = -d
	}
	return t, err == nil && d > 0
}

// check returns what is wrong with a threshold of Go values.
func (t Threshold) check() error {
	kinds := 0
	for _, set := range []bool{t.Percent != 0, t.Offset != 0, t.Breach} {
		if set {
			kinds++
		}
	}
	switch {
	case kinds == 0:
		return fmt.Errorf("%w: not set: want %s", errThreshold, thresholdForms)
	case kinds > 1 || t.Wall && t.Offset == 0:
		return fmt.Errorf("%w %s: want one of a percent, an offset (alone with or without wall) and breach", errThreshold, text.Quote(t.String()))
	case t.Offset == math.MinInt64: // which ParseThreshold cannot read
		return fmt.Errorf("%w %s: want an offset of at most %s", errThreshold, text.Quote(t.String()), text.Duration(math.MaxInt64))
	case t.Every != 0 && (t.Every < time.Minute || t.Breach):
		return fmt.Errorf(`%w %s: want a minute at the least after "every", and a breach once: "+1h every 1h" repeats after it`, errThreshold, text.Quote(t.String()))
	case t.Percent < 0 || t.Percent > maxPercent:
		return fmt.Errorf("%w %d%%: want 1%% to %d%%", errThreshold, t.Percent, maxPercent)
	}
	return nil
}

// String returns the form that [ParseThreshold] reads, and "" for the zero Threshold.
func (t Threshold) String() string {
	var parts []string
	if t.Percent != 0 {
		parts = append(parts, strconv.Itoa(t.Percent)+"%")
	}
	if t.Offset > 0 {
		parts = append(parts, "+"+text.Duration(t.Offset))
	} else if t.Offset < 0 {
		parts = append(parts, text.Duration(t.Offset))
	}
	if t.Wall {
		parts = append(parts, "wall")
	}
	if t.Breach {
		parts = append(parts, "breach")
	}
	if t.Every != 0 {
		parts = append(parts, "every "+text.Duration(t.Every))
	}
	if t.InHours {
		parts = append(parts, "in hours")
	}
	return strings.Join(parts, " ")
}

// MarshalText returns the form of [Threshold.String].
func (t Threshold) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what [ParseThreshold] reads, and "" as the zero Threshold.
func (t *Threshold) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*t = Threshold{}
		return nil
	}
	v, err := ParseThreshold(string(b))
	if err == nil {
		*t = v
	}
	return err
}

// These bound the work for an event, and the alarms of a ticket.
const (
	maxThresholds = 32
	maxRepeating  = 4
)

// checkThresholds returns what is wrong with the thresholds of a term.
func checkThresholds(list []Threshold) error {
	if len(list) > maxThresholds {
		return fmt.Errorf("%w: %d of them: want %d at the most", errThreshold, len(list), maxThresholds)
	}
	repeating := 0
	for i, t := range list {
		if err := t.check(); err != nil {
			return err
		}
		if t.Every > 0 {
			repeating++
		}
		if repeating > maxRepeating {
			return fmt.Errorf("%w %s: there are %d before it that repeat: want %d at the most", errThreshold, t, maxRepeating, maxRepeating)
		}
		if slices.Contains(list[:i], t) {
			return fmt.Errorf("%w %s: there twice: want it once", errThreshold, t)
		}
	}
	return nil
}

// wholeDays returns the number in a text such as "2d".
func wholeDays(s string) (n int, ok bool) {
	digits, ok := strings.CutSuffix(s, "d")
	n, err := strconv.Atoi(digits)
	return n, ok && err == nil && 0 < n && n <= maxDays && strconv.Itoa(n) == digits
}
