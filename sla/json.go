package sla

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
)

// The forms in which clocks, events, statuses and explanations are written as
// JSON. They are a promise: golden files in testdata hold their bytes.

// stamp is an instant as RFC 3339 has it. What is read back is in the offset that
// was written, and not in the zone of the machine where that has the same offset.
type stamp struct{ time.Time }

// MarshalJSON returns an instant that its zone has in fractions of a minute, which
// RFC 3339 cannot say, in UTC.
func (s stamp) MarshalJSON() ([]byte, error) {
	if _, offset := s.Zone(); offset%60 != 0 || offset <= -daySeconds || offset >= daySeconds {
		s.Time = s.UTC()
	}
	return s.Time.MarshalJSON()
}

const daySeconds = 24 * 60 * 60

// UnmarshalText reads what MarshalJSON writes, without the quotes.
func (s *stamp) UnmarshalText(text []byte) error {
	t, err := time.Parse(time.RFC3339, string(text))
	_, offset := t.Zone()
	// Package time takes more than RFC 3339 has: an hour of one digit, a comma, an
	// offset of a day, or of sixty minutes.
	const hour = len("2024-03-08T16")
	if err != nil || len(text) <= hour || text[hour] != ':' || bytes.ContainsRune(text, ',') || offset <= -daySeconds || offset >= daySeconds || !bytes.HasSuffix(text, []byte("Z")) && text[len(text)-len("00")] >= '6' {
		return fmt.Errorf("%s: want an instant such as \"2024-03-08T16:00:00+01:00\"", quote(string(text)))
	}
	if s.Time = t.In(time.FixedZone("", offset)); offset == 0 {
		s.Time = t.UTC()
	}
	return nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (s *stamp) UnmarshalJSON(data []byte) error {
	if len(data) < 2 || data[0] != '"' {
		return fmt.Errorf("%s: want an instant such as \"2024-03-08T16:00:00+01:00\"", shorten(string(data)))
	}
	return s.UnmarshalText(data[1 : len(data)-1]) // an instant needs no escapes
}

// amount is a duration as text, such as "8h0m0s".
type amount time.Duration

func (a amount) MarshalText() ([]byte, error) { return []byte(time.Duration(a).String()), nil }

func (a *amount) UnmarshalText(text []byte) error {
	d, err := time.ParseDuration(string(text))
	if err != nil {
		return fmt.Errorf("%s: want a duration such as \"1h30m0s\"", quote(string(text)))
	}
	*a = amount(d)
	return nil
}

type eventForm struct {
	At       stamp     `json:"at"`
	Kind     EventKind `json:"event"`
	Severity Severity  `json:"severity,omitempty"`
	Note     string    `json:"note,omitempty"`
}

// MarshalJSON returns the event as an object:
//
//	{"at": "2024-03-08T16:00:00+01:00", "event": "severity-changed", "severity": "C", "note": "..."}
func (e Event) MarshalJSON() ([]byte, error) {
	return json.Marshal(eventForm{stamp{e.At}, e.Kind, e.Severity, e.Note})
}

// UnmarshalJSON reads what [Event.MarshalJSON] writes. An event that no clock
// takes, or a field that events do not have, is an error.
func (e *Event) UnmarshalJSON(data []byte) error {
	var f eventForm
	if err := unmarshalStrictly("event", data, &f); err != nil {
		return err
	}
	read := f.event()
	if err := read.check(); err != nil {
		return fmt.Errorf("sla: event %s: %w", read, err)
	}
	*e = read
	return nil
}

func (f eventForm) event() Event { return Event{f.At.Time, f.Kind, f.Severity, f.Note} }

// MarshalText returns the JSON form.
func (e Event) MarshalText() ([]byte, error) { return e.MarshalJSON() }

// UnmarshalText reads the JSON form.
func (e *Event) UnmarshalText(text []byte) error { return e.UnmarshalJSON(text) }

// reasonForm is why there is no term, or no figures.
type reasonForm struct {
	Kind     string           `json:"kind"` // one of reasonKinds
	Text     string           `json:"text,omitempty"`
	Moniker  string           `json:"moniker,omitempty"`
	Plan     Plan             `json:"plan,omitempty"`
	Category *region.Category `json:"category,omitempty"` // nil for technical, the usual one
	Severity Severity         `json:"severity,omitempty"`
	Metric   metricForm       `json:"metric,omitempty"`
	Highest  Severity         `json:"highest,omitempty"`
	Reason   string           `json:"reason,omitempty"`
	Source   string           `json:"source,omitempty"`
}

var reasonKinds = []struct {
	kind string
	err  error
}{
	{"no-commitment", ErrNoCommitment},
	{"not-offered", ErrNotOffered},
	{"out-of-range", calendar.ErrOutOfRange},
	{"other", errOther},
}

var errOther = errors.New("sla: no figures")

// storedError is an error that was read back: its text and what it was under.
type storedError struct {
	text string
	err  error
}

func (e *storedError) Error() string { return e.text }
func (e *storedError) Unwrap() error { return e.err }

func formOfError(err error) *reasonForm {
	if err == nil {
		return nil
	}
	f := &reasonForm{Kind: "other", Text: err.Error()}
	for _, k := range reasonKinds {
		if errors.Is(err, k.err) {
			f.Kind = k.kind
		}
	}
	if t, ok := errors.AsType[TermError](err); ok {
		category := &t.Category
		if t.Category == region.Technical {
			category = nil
		}
		return &reasonForm{f.Kind, "", string(t.Moniker), t.Plan, category, t.Severity, metricForm(t.Metric).short(), t.Highest, t.Reason, t.Source}
	}
	return f
}

func (f *reasonForm) error() error {
	if f == nil {
		return nil
	}
	for _, k := range reasonKinds {
		switch {
		case k.kind != f.Kind:
		case k.err == ErrNoCommitment, k.err == ErrNotOffered:
			category := region.Technical
			if f.Category != nil {
				category = *f.Category
			}
			return TermError{k.err, region.Moniker(f.Moniker), f.Plan, category, f.Severity, f.Metric.metric(), f.Highest, f.Reason, f.Source}
		default:
			return &storedError{oneLine(f.Text), k.err}
		}
	}
	return nil
}

func (f *reasonForm) check() error {
	if f == nil {
		return nil
	}
	switch is := f.error().(type) {
	case nil:
		return fmt.Errorf("unknown kind of error %s", quote(f.Kind))
	case *storedError:
		if is.text == "" {
			return fmt.Errorf("error of kind %s: want a text", quote(f.Kind))
		}
	}
	return nil
}

type measureForm struct {
	Business amount `json:"business"`
	Wall     amount `json:"wall"`
}

func formOfMeasure(m Measure) measureForm { return measureForm{amount(m.Business), amount(m.Wall)} }

func (f measureForm) measure() Measure {
	return Measure{time.Duration(f.Business), time.Duration(f.Wall)}
}

type statusForm struct {
	At          stamp       `json:"at"`
	State       State       `json:"state"`
	Outcome     Outcome     `json:"outcome"`
	Cycle       int         `json:"cycle"`
	Severity    Severity    `json:"severity,omitempty"`
	Target      Target      `json:"target,omitzero"`
	Start       stamp       `json:"start,omitzero"`
	Due         stamp       `json:"due,omitzero"`
	OriginalDue stamp       `json:"original_due,omitzero"`
	Provisional bool        `json:"provisional,omitempty"`
	Allowed     amount      `json:"allowed"`
	Elapsed     measureForm `json:"elapsed"`
	Remaining   measureForm `json:"remaining"`
	Overdue     measureForm `json:"overdue"`
	Used        float64     `json:"used"`
	WithinHours bool        `json:"within_hours"`
	BreachedAt  stamp       `json:"breached_at,omitzero"`
	Breaches    int         `json:"breaches,omitempty"`
	Error       *reasonForm `json:"error,omitempty"`
}

// MarshalJSON returns the status as an object with the fields' names in snake
// case, durations as text ("1h30m0s") and the times that are zero left out.
func (st Status) MarshalJSON() ([]byte, error) {
	return json.Marshal(statusForm{
		stamp{st.At},
		st.State, st.Outcome, st.Cycle, st.Severity, st.Target,
		stamp{st.Start},
		stamp{st.Due},
		stamp{st.OriginalDue},
		st.Provisional,
		amount(st.Allowed), formOfMeasure(st.Elapsed), formOfMeasure(st.Remaining), formOfMeasure(st.Overdue), st.Used,
		st.WithinHours,
		stamp{st.BreachedAt},
		st.Breaches, formOfError(st.Err),
	})
}

// UnmarshalJSON reads what [Status.MarshalJSON] writes.
func (st *Status) UnmarshalJSON(data []byte) error {
	var f statusForm
	err := unmarshalStrictly("status", data, &f)
	if err != nil {
		return err
	}
	if err := f.Error.check(); err != nil {
		return fmt.Errorf("sla: status: %w", err)
	}
	*st = Status{
		f.At.Time, f.State, f.Outcome, f.Cycle, f.Severity, f.Target,
		f.Start.Time, f.Due.Time, f.OriginalDue.Time, f.Provisional,
		time.Duration(f.Allowed), f.Elapsed.measure(), f.Remaining.measure(), f.Overdue.measure(), f.Used,
		f.WithinHours, f.BreachedAt.Time, f.Breaches, f.Error.error(),
	}
	return nil
}

// MarshalText returns the JSON form.
func (st Status) MarshalText() ([]byte, error) { return st.MarshalJSON() }

// UnmarshalText reads the JSON form.
func (st *Status) UnmarshalText(text []byte) error { return st.UnmarshalJSON(text) }

type alarmForm struct {
	Key       string    `json:"key"`
	Cycle     int       `json:"cycle"`
	Threshold Threshold `json:"threshold"`
	At        stamp     `json:"at"`
	Due       stamp     `json:"due"`
}

// MarshalJSON returns the alarm as an object, its key among the rest.
func (a Alarm) MarshalJSON() ([]byte, error) {
	return json.Marshal(alarmForm{a.Key(), a.Cycle, a.Threshold, stamp{a.At}, stamp{a.Due}})
}

// UnmarshalJSON reads what [Alarm.MarshalJSON] writes.
func (a *Alarm) UnmarshalJSON(data []byte) error {
	var f alarmForm
	if err := unmarshalStrictly("alarm", data, &f); err != nil {
		return err
	}
	read := Alarm{f.Cycle, f.Threshold, f.At.Time, f.Due.Time}
	if read.Key() != f.Key {
		return fmt.Errorf("sla: alarm: key %q: want %q", f.Key, read.Key())
	}
	*a = read
	return nil
}

// MarshalJSON returns the account as an object. Its segments have their durations
// as text, and its term the line of its calendar.
func (e Explanation) MarshalJSON() ([]byte, error) {
	type effect struct {
		Event Event `json:"event"`
		Cycle int   `json:"cycle"`
		Due   stamp `json:"due,omitzero"`
	}
	type segment struct {
		From     stamp     `json:"from"`
		To       stamp     `json:"to"`
		Cycle    int       `json:"cycle"`
		Counted  bool      `json:"counted"`
		Ahead    bool      `json:"ahead,omitempty"`
		Reason   Reason    `json:"reason"`
		Holidays []dayForm `json:"holidays,omitempty"`
		Note     string    `json:"note,omitempty"`
		Business amount    `json:"business"`
		Total    amount    `json:"total"`
		Closed   int       `json:"closed,omitempty"`
	}
	term, hours := (*termForm)(nil), ""
	if e.Term.Calendar != nil {
		term, hours = new(formOfTerm(e.Term)), e.Term.Calendar.String()
		term.Severity = e.Severity
	}
	form := struct {
		Catalog     string       `json:"catalog,omitempty"`
		PolicyFrom  stamp        `json:"policy_from,omitzero"`
		Request     requestForm  `json:"request"`
		DefaultPlan bool         `json:"default_plan"`
		Severity    SeverityMode `json:"severity_change"`
		Reopening   ReopenMode   `json:"reopening"`
		Origin      stamp        `json:"origin,omitzero"`
		OriginKind  EventKind    `json:"origin_kind,omitzero"`
		Carried     stamp        `json:"carried,omitzero"`
		Unmoved     stamp        `json:"unmoved,omitzero"`
		Term        *termForm    `json:"term,omitempty"`
		Hours       string       `json:"hours,omitempty"`
		Status      Status       `json:"status"`
		Events      []effect     `json:"events"`
		Alarms      []Alarm      `json:"alarms"`
		Segments    []segment    `json:"segments"`
	}{
		e.Deadline.Catalog,
		stamp{e.Deadline.PolicyFrom},
		formOfRequest(e.Deadline.Request), e.DefaultPlan, e.SeverityChange, e.Reopening,
		stamp{e.Origin},
		e.OriginKind,
		stamp{e.Carried},
		stamp{e.Unmoved},
		term, hours,
		e.Status,
		[]effect{},
		append([]Alarm{}, e.Alarms...),
		[]segment{},
	}
	for _, f := range e.Events {
		form.Events = append(form.Events, effect{f.Event, f.Cycle, stamp{f.Due}})
	}
	for _, g := range e.Segments {
		s := segment{stamp{g.From}, stamp{g.To}, g.Cycle, g.Counted, g.Ahead, g.Reason, nil, g.Note, amount(g.Business), amount(g.Total), g.Closed}
		for _, h := range g.Holidays {
			s.Holidays = append(s.Holidays, formOfHoliday(h))
		}
		form.Segments = append(form.Segments, s)
	}
	return json.Marshal(form)
}

type requestForm struct {
	Moniker  string          `json:"moniker"`
	Category region.Category `json:"category,omitempty"`
	Plan     Plan            `json:"plan,omitempty"`
	Severity Severity        `json:"severity,omitempty"`
	Opened   stamp           `json:"opened"`
	Country  string          `json:"country,omitempty"`
	Metric   metricForm      `json:"metric,omitempty"`
}

// metricForm is a metric where first-response, the usual one, is left out.
type metricForm Metric

func (m metricForm) short() metricForm {
	if m == metricForm(FirstResponse) {
		return ""
	}
	return m
}

func (m metricForm) metric() Metric { return cmp.Or(Metric(m), FirstResponse) }

func formOfRequest(r Request) requestForm {
	return requestForm{string(r.Moniker), r.Category, r.Plan, r.Severity, stamp{r.Opened}, r.Country, metricForm(r.Metric).short()}
}

func (f requestForm) request() Request {
	return Request{region.Moniker(f.Moniker), f.Category, f.Plan, f.Severity, f.Opened.Time, f.Country, Metric(f.Metric)}
}

// MarshalJSON returns the request as an object:
//
//	{"moniker": "o365-germany", "category": "billing", "plan": "standard", "severity": "B", "opened": "2024-03-08T16:00:00+01:00", "country": "DE"}
func (r Request) MarshalJSON() ([]byte, error) { return json.Marshal(formOfRequest(r)) }

// UnmarshalJSON reads what [Request.MarshalJSON] writes. A plan, category or country
// that is not there is the zero one, and so is the metric first-response; a field
// that requests do not have is an error.
func (r *Request) UnmarshalJSON(data []byte) error {
	var f requestForm
	err := unmarshalStrictly("request", data, &f)
	if err == nil {
		*r = f.request()
	}
	return err
}
