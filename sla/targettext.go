package sla

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/duetime/duetime/sla/internal/text"
)

// MustParseTarget is [ParseTarget] for a text that is known to be good. It panics if it is
// not.
func MustParseTarget(s string) Target {
	t, err := ParseTarget(s)
	if err != nil {
		panic(err)
	}
	return t
}

// ParseTarget returns the target of a text in one of the forms at [Target]. Durations are
// positive, as [time.ParseDuration] reads them. One blank or more separates words. For the
// forms of other systems, such as P1D, the error says what to write.
func ParseTarget(s string) (Target, error) {
	t, wrong := parseTarget(wordsOf(s))
	if meant := strings.Trim(s, " "); wrong == "" && meant != s {
		wrong = fmt.Sprintf("want %q", t)
	}
	if wrong != "" {
		return Target{}, fmt.Errorf("%w %s: %s", errTarget, text.Quote(s), wrong)
	}
	return t, nil
}

func wordsOf(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ' ' })
}

// parseTarget returns the target of some words, or what is wrong with them.
func parseTarget(words []string) (t Target, wrong string) {
	i := slices.Index(words, "else")
	if i < 0 {
		t.side, wrong = parseSide(words)
		if wrong == "" && t.isTodayAt() {
			wrong = "want " + t.insteadOfToday()
		}
		return t, wrong
	}
	first, other := words[:i], words[i+1:]
	switch n := len(first); {
	case slices.Contains(other, "else"):
		return t, `want "else" once`
	case n > 2 && first[n-2] == "in" && first[n-1] == "hours":
		t.when = inHours
	case n > 2 && first[n-2] == "before":
		minute, ok := parseClock(first[n-1])
		if t.when = int16(minute); !ok || minute == 0 {
			return t, `want a time of day behind "before", such as 14:00, up to 48:00`
		}
	default:
		return t, `want "in hours" or "before 14:00" in front of "else"`
	}
	for _, part := range []struct {
		words []string
		side  *side
	}{{first[:len(first)-2], &t.side}, {other, &t.other}} {
		if len(part.words) == 0 {
			return t, `want a target behind "else"`
		}
		if *part.side, wrong = parseSide(part.words); wrong != "" {
			return t, text.Quote(strings.Join(part.words, " ")) + ": " + wrong
		}
	}
	switch {
	case t.isTodayAt() && (t.when == inHours || t.when > t.clock-1):
		wrong = fmt.Sprintf("the start can be after %s: want %s", t.timeOfDay(), t.insteadOfToday())
	case t.other.isTodayAt() && t.when != inHours:
		wrong = fmt.Sprintf(`the start can be after %s: want "1bd@%[1]s" behind "else"`, t.other.timeOfDay())
	}
	return t, wrong
}

// isTodayAt reports whether a side is due at a time of day on the business day of the start.
func (s *side) isTodayAt() bool { return s.kind == businessDays && s.days == 0 && s.clock > 0 }

// insteadOfToday returns what to write where such a side can be before the start.
func (s *side) insteadOfToday() string {
	if s.clock-1 == 0 {
		return `"1bd@00:00"`
	}
	return fmt.Sprintf(`"%v before %s else 1bd@%[2]s"`, s, s.timeOfDay())
}

// timeOfDay returns the time of day of a side that has one.
func (s *side) timeOfDay() string { return fmt.Sprintf("%02d:%02d", (s.clock-1)/60, (s.clock-1)%60) }

// parseSide returns the side of some words, or what is wrong with them.
func parseSide(words []string) (s side, wrong string) {
	if len(words) == 1 {
		if s, ok := parseDays(words[0]); ok {
			return s, ""
		}
	}
	if len(words) == 2 {
		if s, ok := parseDays(words[0]); ok && s.kind == businessDays && s.clock == 0 {
			if s.within, ok = parseTime(words[1]); ok {
				return s, ""
			}
		}
	}
	if len(words) == 1 || len(words) == 2 && words[1] == "wall" {
		if d, ok := parseTime(words[0]); ok {
			return side{within: d, kind: []kind{businessTime, realTime}[len(words)-1]}, ""
		}
	}
	return side{}, "want " + insteadOf(words)
}

func parseTime(s string) (d time.Duration, ok bool) {
	d, err := time.ParseDuration(s)
	return d, err == nil && d > 0 && s[0] != '+'
}

// parseDays reads 3bd, 1bd@close, 1bd@16:00, 3d, 3d@close and 3d@16:00.
func parseDays(s string) (d side, ok bool) {
	days, clock, hasClock := strings.Cut(s, "@")
	digits, isCalendar := strings.CutSuffix(days, "d")
	if !isCalendar {
		return side{}, false
	}
	d.kind = calendarDays
	digits, isBusiness := strings.CutSuffix(digits, "b")
	if isBusiness {
		d.kind = businessDays
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 || n > maxDays || strconv.Itoa(n) != digits {
		return side{}, false
	}
	d.days = int32(n)
	switch {
	case clock == "close" || !hasClock && !isBusiness:
		d.clock = atClose
	case hasClock:
		minute, ok := parseClock(clock)
		if !ok {
			return side{}, false
		}
		d.clock = int16(minute) + 1
	}
	return d, n > 0 || isBusiness && hasClock
}

// parseClock reads a time of day from 00:00 to 48:00.
func parseClock(s string) (minute int, ok bool) {
	if len(s) != len("16:00") || s[2] != ':' {
		return 0, false
	}
	h, err1 := strconv.ParseUint(s[:2], 10, 8)
	m, err2 := strconv.ParseUint(s[3:], 10, 8)
	minute = int(h*60 + m)
	return minute, err1 == nil && err2 == nil && m < 60 && minute <= 48*60
}

// insteadOf returns what to write instead of a text that parseSide rejects: the form that
// people mean by it, or the list of forms.
func insteadOf(words []string) string {
	s := strings.Join(words, " ")
	switch strings.ToLower(s) {
	case "next business day", "next working day", "nbd":
		return `"1bd" for the same time of day on it, or "1bd@close" for its end`
	case "same business day", "end of business day", "end of day", "eod", "0d", "0bd":
		return `"0bd@close" for the end of the business day of the start`
	case "24x7", "24/7":
		return `how soon, such as "4h": "24/7" are hours of a calendar`
	}
	if slices.Contains(words, "before") || strings.HasSuffix(s, " in hours") {
		return `"else" and a second target behind it, such as "0bd@close before 14:00 else 1bd@close"`
	}
	if m, ok := meantBy(s); ok {
		return m.String()
	}
	if days, clock, ok := strings.Cut(strings.ReplaceAll(strings.ToLower(s), " ", ""), "@"); ok {
		return insteadOfClock(days, clock)
	}
	if len(words) > 0 {
		if d, err := time.ParseDuration(words[0]); err == nil && d <= 0 {
			return `more than 0, such as "1h"`
		}
	}
	if lower := strings.ToLower(s); lower != s {
		if side, wrong := parseSide(wordsOf(lower)); wrong == "" {
			return fmt.Sprintf("%q", side)
		}
	}
	return targetForms
}

// insteadOfClock returns what to write instead of days and a time of day, such as 1bd and 5pm.
func insteadOfClock(days, clock string) string {
	for _, layout := range []string{"15", "15:04", "15h", "15.04", "3pm", "3:04pm"} {
		if t, err := time.Parse(layout, clock); err == nil {
			clock = t.Format("15:04")
			break
		}
	}
	side, ok := parseDays(days + "@" + clock)
	switch {
	case !ok:
		return targetForms
	case side.isTodayAt():
		return side.insteadOfToday()
	}
	return fmt.Sprintf("%q", side)
}

// meant is what a text says of days and time.
type meant struct {
	// business and calendar are the days if they are of one kind or the other.
	business, calendar   int
	isBusiness, isMonths bool
	within               time.Duration
	isWall               bool
}

// mostMeant bounds what is worth a guess: a hundred years.
const mostMeant = 36_525

// meantBy reads numbers and units in the ways in which people write them: "2BD", "1 day",
// "4h business", "1bd+2h", "2w", "P3DT4H".
func meantBy(s string) (m meant, ok bool) {
	// In an ISO 8601 duration, M is months before T and minutes behind it.
	isISO := len(s) > 2 && s[0] == 'P' && (s[1] == 'T' || '0' <= s[1] && s[1] <= '9')
	if isISO {
		s = s[1:]
	}
	n, minutes := -1, false
	for len(s) > 0 {
		digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
		letters := len(s) - len(strings.TrimLeft(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
		if isISO {
			letters = min(letters, 1)
		}
		word := s[:max(digits, letters, 1)]
		s = s[len(word):]
		switch {
		case word == " " || word == "+":
		case digits > 0 && n < 0:
			var err error
			if n, err = strconv.Atoi(word); err != nil || n > mostMeant {
				return m, false
			}
		case isISO && word == "T":
			minutes = true
		case letters > 0:
			if word == "M" && !minutes {
				word = "months"
			}
			if n, ok = m.add(n, strings.ToLower(word)); !ok {
				return m, false
			}
		default:
			return m, false
		}
	}
	return m, n < 0 && (m.calendar > 0 || m.within > 0) && !(m.isMonths && (m.within > 0 || m.isBusiness))
}

// add adds a number of a unit, and returns the number that waits for its unit then, or -1.
func (m *meant) add(n int, word string) (rest int, ok bool) {
	switch word {
	case "business", "working":
		m.isBusiness = true
		return n, true
	case "wall":
		m.isWall = true
		return n, true
	}
	if n < 0 {
		return n, false
	}
	count := time.Duration(n)
	switch word {
	case "s", "sec", "secs", "second", "seconds":
		m.within += count * time.Second
	case "m", "min", "mins", "minute", "minutes":
		m.within += count * time.Minute
	case "h", "hr", "hrs", "hour", "hours":
		m.within += count * time.Hour
	case "bd":
		m.isBusiness = true
		fallthrough
	case "d", "day", "days":
		m.business, m.calendar = m.business+n, m.calendar+n
	case "w", "week", "weeks":
		m.business, m.calendar = m.business+5*n, m.calendar+7*n
	case "mo", "month", "months":
		m.isMonths, m.calendar = true, m.calendar+30*n
	case "y", "year", "years":
		m.isMonths, m.calendar = true, m.calendar+365*n
	default:
		return n, false
	}
	return -1, m.calendar <= mostMeant && m.within <= mostMeant*24*time.Hour
}

// String returns the targets to write.
func (m *meant) String() string {
	switch {
	case m.isWall:
		return fmt.Sprintf(`"%s wall"`, text.Duration(time.Duration(m.calendar)*24*time.Hour+m.within))
	case m.calendar == 0:
		return fmt.Sprintf(`"%s"`, text.Duration(m.within))
	case m.within > 0:
		return fmt.Sprintf(`"%dbd %s"`, m.business, text.Duration(m.within))
	case m.isBusiness:
		return fmt.Sprintf(`"%dbd"`, m.business)
	case m.isMonths:
		return fmt.Sprintf(`"%dd"`, m.calendar)
	}
	return fmt.Sprintf(`"%dbd" for business days, or "%dd" for calendar days`, m.business, m.calendar)
}
