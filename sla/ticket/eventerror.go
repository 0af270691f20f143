package ticket

import "fmt"

// EventError says which of the events given to [Ticket.Apply] is an error, and why.
type EventError struct {
	Index int // of the event among those given
	Event Event
	Err   error
}

// Error returns one line that names the event and what is wrong with it.
func (e *EventError) Error() string {
	return fmt.Sprintf("ticket: event %d, %s: %v", e.Index, e.Event, e.Err)
}

// Unwrap returns e.Err.
func (e *EventError) Unwrap() error { return e.Err }
