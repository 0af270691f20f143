package ticket

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/instant"
	"github.com/duetime/duetime/sla/internal/jsontree"
	"github.com/duetime/duetime/sla/internal/text"
)

// Event is something that happened to a ticket: a word, a change of the request, or both.
type Event struct {
	// ID tells the event from others: one that is told again changes nothing. Without an
	// ID, each time it is told counts.
	ID     string
	At     time.Time
	Word   string // one of [sla.Catalog.Words], or sla.WordCancelled
	Change Change // comes before the word
	Note   string // for people; explanations show it
}

// Change is what becomes of a request. A field that is empty stays as it was, but for the
// Plan of another moniker: that is its default.
type Change struct {
	Severity sla.Severity
	Category region.Category
	Plan     sla.Plan
	Moniker  region.Moniker
	Country  string
}

// of returns a request after the change.
func (c Change) of(r sla.Request) sla.Request {
	if c.Moniker != "" && c.Moniker != r.Moniker {
		r.Moniker, r.Plan = c.Moniker, ""
	}
	r.Severity, r.Category = cmp.Or(c.Severity, r.Severity), cmp.Or(c.Category, r.Category)
	r.Plan, r.Country = cmp.Or(c.Plan, r.Plan), cmp.Or(c.Country, r.Country)
	return r
}

// The causes of an [EventError]. An unknown word, severity, category, plan, moniker or
// country is a *[region.UnknownError], and an instant outside the years 1900 to 2199, or a due
// time that is, [calendar.ErrOutOfRange].
var (
	// ErrBeforeOpening is the error of an event before the opening of its ticket.
	ErrBeforeOpening = errors.New("before the opening")
	// ErrOtherEvent is the error of an event with the ID of one that says something else.
	ErrOtherEvent = errors.New("the ID of another event")

	errNothing       = errors.New("nothing happened: want a word or a change")
	errTooManyEvents = errors.New("the ticket has 4096 events already")
)

// same reports whether two events of one ID say the same.
func (e Event) same(other Event) bool {
	return e.At.Equal(other.At) && e.Word == other.Word && e.Change == other.Change && e.Note == other.Note
}

// String returns the event as one line of text, such as
//
//	2024-03-08T16:00:00+01:00 severity C: no answer for a week
func (e Event) String() string {
	if e.what() == "" {
		return e.At.Format(time.RFC3339Nano)
	}
	return e.At.Format(time.RFC3339Nano) + " " + e.what()
}

// what returns what happened, without the instant.
func (e Event) what() string {
	var parts []string
	add := func(what, value string) {
		if value != "" {
			parts = append(parts, what+text.OneLine(value))
		}
	}
	add("", e.Word)
	add("severity ", string(e.Change.Severity))
	add("category ", string(e.Change.Category))
	add("plan ", string(e.Change.Plan))
	add("moniker ", string(e.Change.Moniker))
	add("country ", e.Change.Country)
	s := strings.Join(parts, ", ")
	switch note := text.OneLine(e.Note); {
	case note != "" && s != "":
		s += ": " + note
	case note != "":
		s = note
	}
	return s
}

// check returns what is wrong with an event by itself.
func (e Event) check() error {
	switch {
	case e.Word == "" && e.Change == Change{}:
		return errNothing
	case !instant.InRange(e.At):
		return calendar.ErrOutOfRange
	}
	return nil
}

type eventForm struct {
	ID       string          `json:"id,omitempty"`
	At       instant.Stamp   `json:"at"`
	Word     string          `json:"word,omitempty"`
	Severity sla.Severity    `json:"severity,omitempty"`
	Category region.Category `json:"category,omitempty"`
	Plan     sla.Plan        `json:"plan,omitempty"`
	Moniker  region.Moniker  `json:"moniker,omitempty"`
	Country  string          `json:"country,omitempty"`
	Note     string          `json:"note,omitempty"`
}

var eventForms = sync.OnceValue(jsontree.FormsOf[eventForm])

func formOfEvent(e Event) eventForm {
	c := e.Change
	return eventForm{e.ID, instant.Stamp{Time: e.At}, e.Word, c.Severity, c.Category, c.Plan, c.Moniker, c.Country, e.Note}
}

func (f eventForm) event() Event {
	return Event{f.ID, f.At.Time, f.Word, Change{f.Severity, f.Category, f.Plan, f.Moniker, f.Country}, f.Note}
}

// MarshalJSON returns the event as an object, without what is empty:
//
//	{"id": "4711", "at": "2024-03-08T16:00:00+01:00", "word": "reply", "severity": "C", "note": "..."}
func (e Event) MarshalJSON() ([]byte, error) { return json.Marshal(formOfEvent(e)) }

// UnmarshalJSON reads what [Event.MarshalJSON] writes. An event that no ticket takes, and a
// field that events do not have, is an error.
func (e *Event) UnmarshalJSON(data []byte) error {
	var f eventForm
	if err := jsontree.Unmarshal("ticket: event", data, &f, eventForms()); err != nil {
		return err
	}
	read := f.event()
	if err := read.check(); err != nil {
		return fmt.Errorf("ticket: event %s: %w", read, err)
	}
	*e = read
	return nil
}
