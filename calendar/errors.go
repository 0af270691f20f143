package calendar

import (
	"errors"
	"fmt"
	"time"
)

var (
	// ErrOutOfRange is wrapped by every error about an instant or a date outside
	// 1900-01-01 to 2199-12-31 UTC, whether it was passed in or would be the
	// result (R9).
	ErrOutOfRange = errors.New("outside 1900-01-01 to 2199-12-31 UTC")

	// ErrNeverCloses is returned by NextClose if the open span has no end, and by PrevOpen
	// and PrevClose if it has no beginning, as in a 24/7 calendar (R8).
	ErrNeverCloses = errors.New("the calendar never closes")

	// ErrNoCalendar is returned by every method that can fail, on a nil *Calendar
	// and on the zero Calendar.
	ErrNoCalendar = errors.New("no calendar: want one built by calendar.New")
)

// ParseError reports a text that does not parse: hours, or a date.
type ParseError struct {
	What   string // what the text should have been: "hours" or "date"
	Text   string // the whole text, as it was passed in
	Offset int    // the byte offset in Text at which reading stopped, 0 in dates
	Want   string // what was wanted there
}

// Error returns one line that quotes the text, gives the byte offset and says
// what was wanted.
func (e *ParseError) Error() string {
	return fmt.Sprintf("calendar: parse %s %q at byte %d: want %s", e.What, e.Text, e.Offset, e.Want)
}

// argumentRange is the error for an instant that a caller passed in as name.
func argumentRange(name string, t time.Time) error {
	return fmt.Errorf("calendar: %s %s is %w", name, t.Format(time.RFC3339Nano), ErrOutOfRange)
}

// resultRange is the error for an answer that lies outside the range, to a call
// of a method with a time and further arguments.
func resultRange(method string, t time.Time, further ...any) error {
	args := t.AppendFormat(nil, time.RFC3339Nano)
	for _, a := range further {
		args = fmt.Appendf(args, ", %v", a)
	}
	return fmt.Errorf("calendar: %s(%s) is %w", method, args, ErrOutOfRange)
}

// durationRange is the error for a business time that no time.Duration can say.
func durationRange(from, to time.Time) error {
	return tooLong(fmt.Sprintf("calendar: Between(%s, %s) is more than the 292 years that a time.Duration holds",
		from.Format(time.RFC3339Nano), to.Format(time.RFC3339Nano)))
}

type tooLong string

func (e tooLong) Error() string { return string(e) }
func (e tooLong) Unwrap() error { return ErrOutOfRange }
