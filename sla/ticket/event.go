package ticket

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/instant"
	"github.com/duetime/duetime/sla/internal/jsontree"
	"github.com/duetime/duetime/sla/internal/text"
)

// Event is something that happens to a request and that its [Clock] takes note of.
type Event struct {
	At       time.Time
	Kind     EventKind
	Severity sla.Severity // the new one, of SeverityChanged only
	Note     string       // for people; explanations show it
}

// EventKind says what happened.
type EventKind string

const (
	// Paused stops counting until Resumed, as the request waits for the customer. The
	// request waits, not its answer: one that is paused when it is answered is still
	// paused when it is reopened, if nothing resumed it.
	Paused EventKind = "paused"
	// Resumed goes on counting.
	Resumed EventKind = "resumed"
	// Responded stops the clock: the answer was given. Further answers change nothing.
	// Without a term there was nothing to meet: the outcome stays open.
	Responded EventKind = "responded"
	// SeverityChanged makes Event.Severity the severity of the request. The
	// [sla.ChangeMode] says what that does; to a stopped clock it does so at the
	// reopening, unless the severity has been changed back by then.
	SeverityChanged EventKind = "severity-changed"
	// Reopened takes back the answer. The [sla.ReopenMode] says what that does.
	Reopened EventKind = "reopened"
	// Cancelled ends the clock: nothing is due any more, and no event follows.
	Cancelled EventKind = "cancelled"
)

// check returns what is wrong with a kind.
func (k EventKind) check() error {
	switch k {
	case Paused, Resumed, Responded, SeverityChanged, Reopened, Cancelled:
		return nil
	}
	return &region.UnknownError{What: "event", Text: string(k), Want: "paused, resumed, responded, severity-changed, reopened, cancelled"}
}

// The errors of events, wrapped by an [EventError]. An event of an unknown kind or
// severity is a *[region.UnknownError], and one outside the years 1900 to 2199, or whose
// due time is, [calendar.ErrOutOfRange].
var (
	// ErrEventOrder is the error of an event that is before the last one.
	ErrEventOrder = errors.New("before the last event")
	// ErrUnchanged is wrapped by the error of an event that changes nothing: a pause while
	// paused, a resumption while not, the severity that it is already, a reopening of what
	// is not stopped, anything after the cancellation.
	ErrUnchanged = errors.New("nothing changes")
)

var (
	errCancelled     = unchanged("the clock is cancelled")
	errPaused        = unchanged("the clock is paused already")
	errNotPaused     = unchanged("the clock is not paused")
	errNotStopped    = unchanged("the clock has not been stopped")
	errSameSeverity  = unchanged("the severity is that already")
	errTooManyEvents = errors.New("the clock has 4096 events already")
	errEventSeverity = errors.New("only a change of severity has a severity")
)

// unchanged is a case of [ErrUnchanged].
type unchanged string

func (u unchanged) Error() string { return string(u) }
func (u unchanged) Unwrap() error { return ErrUnchanged }

// String returns the event as one line of text, such as
//
//	2024-03-08T16:00:00+01:00 severity-changed C: no answer for a week
func (e Event) String() string { return e.At.Format(time.RFC3339Nano) + " " + e.what() }

// what returns what happened, without the instant.
func (e Event) what() string {
	s := text.OneLine(string(e.Kind))
	if e.Severity != "" {
		s += " " + text.OneLine(string(e.Severity))
	}
	if e.Note != "" {
		s += ": " + text.OneLine(e.Note)
	}
	return s
}

// check returns what is wrong with an event by itself.
func (e Event) check() error {
	if err := e.Kind.check(); err != nil {
		return err
	}
	switch {
	case e.Kind == SeverityChanged && e.Severity == "":
		return &region.UnknownError{What: "severity", Want: "the new severity of the request"}
	case e.Kind != SeverityChanged && e.Severity != "":
		return errEventSeverity
	case !instant.InRange(e.At):
		return calendar.ErrOutOfRange
	}
	return nil
}

type eventForm struct {
	At       instant.Stamp `json:"at"`
	Kind     EventKind     `json:"event"`
	Severity sla.Severity  `json:"severity,omitempty"`
	Note     string        `json:"note,omitempty"`
}

func formOfEvent(e Event) eventForm {
	return eventForm{instant.Stamp{Time: e.At}, e.Kind, e.Severity, e.Note}
}

func (f eventForm) event() Event { return Event{f.At.Time, f.Kind, f.Severity, f.Note} }

// MarshalJSON returns the event as an object:
//
//	{"at": "2024-03-08T16:00:00+01:00", "event": "severity-changed", "severity": "C", "note": "..."}
func (e Event) MarshalJSON() ([]byte, error) { return json.Marshal(formOfEvent(e)) }

// UnmarshalJSON reads what [Event.MarshalJSON] writes. An event that no clock takes, and a
// field that events do not have, is an error.
func (e *Event) UnmarshalJSON(data []byte) error {
	var f eventForm
	if err := jsontree.Unmarshal("ticket: event", data, &f); err != nil {
		return err
	}
	read := f.event()
	if err := read.check(); err != nil {
		return fmt.Errorf("ticket: event %s: %w", read, err)
	}
	*e = read
	return nil
}
