package sla

import (
	"errors"
	"fmt"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
)

// Event is something that happens to a request and that its [Clock] takes note
// of.
type Event struct {
	At       time.Time
	Kind     EventKind
	Severity Severity // the new one, of SeverityChanged only
	Note     string   // for people; explanations show it
}

// EventKind says what happened. The zero EventKind is none.
type EventKind uint8

const (
	// Paused: from here on the clock waits for the customer. Waiting is of the
	// request and not of its answer: a request that is paused when it is answered
	// is still paused when it is reopened, if nothing resumed it.
	Paused EventKind = 1 + iota
	// Resumed: the clock waits no longer.
	Resumed
	// Responded: the answer was given, which stops the clock. Further answers
	// change nothing. Without a term there was nothing to meet: the outcome stays open.
	Responded
	// SeverityChanged: the severity is now Event.Severity. What that does, the
	// policy's [SeverityMode] says; to a stopped clock it does so at the reopening,
	// unless it has been changed back by then.
	SeverityChanged
	// Reopened: the answer was none. What that does, the policy's [ReopenMode] says.
	Reopened
	// Cancelled: nothing is due any more. Nothing follows it.
	Cancelled
)

var eventKinds = names{"", "paused", "resumed", "responded", "severity-changed", "reopened", "cancelled"}

// String returns "paused", "resumed", "responded", "severity-changed", "reopened"
// or "cancelled".
func (k EventKind) String() string { return eventKinds.text("EventKind", uint8(k)) }

// MarshalText returns the form of [EventKind.String]. A value that is no kind of
// event is a *[region.UnknownError].
func (k EventKind) MarshalText() ([]byte, error) { return eventKinds.marshal("EventKind", uint8(k)) }

// UnmarshalText reads what [EventKind.MarshalText] writes.
func (k *EventKind) UnmarshalText(text []byte) error { return unmarshal(eventKinds, k, text) }

// What is wrong with an event, under an [EventError]. Other errors that can be
// there are [ErrUnknownName] for what is no kind of event, [ErrUnknownSeverity],
// and [calendar.ErrOutOfRange] for an event, or a due time that it leads to,
// outside the years 1900 to 2199.
var (
	ErrEventOrder    = errors.New("before the last event")
	ErrPaused        = errors.New("the clock is paused already")
	ErrNotPaused     = errors.New("the clock is not paused")
	ErrNotStopped    = errors.New("the clock has not been stopped")
	ErrCancelled     = errors.New("the clock is cancelled")
	ErrSameSeverity  = errors.New("the severity is that already")
	ErrTooManyEvents = errors.New("the clock has 4096 events already")
	ErrEventSeverity = errors.New("only a change of severity has a severity")
)

// EventError says which of the events given to [Clock.Apply] cannot be, and why.
type EventError struct {
	Index int // of the event among those given
	Event Event
	After time.Time // the instant of the event before, or of the opening
	Kind  EventKind // of the event before; zero if it is the opening
	Err   error
}

// Error returns one line that names the event, what is wrong with it and the event
// before.
func (e *EventError) Error() string {
	last := "the opening"
	if e.Kind != 0 {
		last = "the last event, " + e.Kind.String() + ","
	}
	return fmt.Sprintf("sla: event %d, %s: %v (%s was at %s)", e.Index, e.Event, e.Err, last, e.After.Format(time.RFC3339Nano))
}

// Unwrap returns e.Err.
func (e *EventError) Unwrap() error { return e.Err }

// String returns the event as one line of text, such as
//
//	2024-03-08T16:00:00+01:00 severity-changed C: no answer for a week
func (e Event) String() string { return e.At.Format(time.RFC3339Nano) + " " + e.what() }

// what returns what happened, without the instant.
func (e Event) what() string {
	s := e.Kind.String()
	if e.Severity != "" {
		s += " " + oneLine(string(e.Severity))
	}
	if e.Note != "" {
		s += ": " + oneLine(e.Note)
	}
	return s
}

// check returns what is wrong with an event by itself.
func (e Event) check() error {
	if _, err := e.Kind.MarshalText(); err != nil {
		return err
	}
	switch {
	case e.Kind == SeverityChanged && e.Severity == "":
		return &region.UnknownError{Err: ErrUnknownSeverity, Want: "the new severity of the request"}
	case e.Kind != SeverityChanged && e.Severity != "":
		return ErrEventSeverity
	case !inRange(e.At):
		return calendar.ErrOutOfRange
	}
	return nil
}
