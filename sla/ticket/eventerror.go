package ticket

import (
	"fmt"
	"time"
)

// EventError says which of the events given to [Clock.Apply] is an error, and why.
type EventError struct {
	Index int // of the event among those given
	Event Event
	Err   error

	last EventKind // the event before; "" for the opening
	at   time.Time // of that
}

// Error returns one line that names the event, what is wrong with it and the event
// before.
func (e *EventError) Error() string {
	last := "the opening"
	if e.last != "" {
		last = "the last event, " + string(e.last) + ","
	}
	return fmt.Sprintf("ticket: event %d, %s: %v (%s was at %s)", e.Index, e.Event, e.Err, last, e.at.Format(time.RFC3339Nano))
}

// Unwrap returns e.Err.
func (e *EventError) Unwrap() error { return e.Err }
