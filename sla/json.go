package sla

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
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

func (s *stamp) UnmarshalJSON(data []byte) error {
	err := s.Time.UnmarshalJSON(data)
	_, offset := s.Zone()
	// Package time takes more than RFC 3339 has: an hour of one digit, a comma, an
	// offset of a day, or of sixty minutes.
	const hour = len(`"2024-03-08T16`)
	if err != nil || len(data) <= hour || data[hour] != ':' || bytes.ContainsRune(data, ',') || offset <= -daySeconds || offset >= daySeconds || !bytes.HasSuffix(data, []byte(`Z"`)) && data[len(data)-len(`00"`)] >= '6' {
		return fmt.Errorf("%s: want an instant such as \"2024-03-08T16:00:00+01:00\"", data)
	}
	s.Time = s.In(time.FixedZone("", offset))
	if offset == 0 {
		s.Time = s.UTC()
	}
	return nil
}

// amount is a duration as text, such as "8h0m0s".
type amount time.Duration

func (a amount) MarshalText() ([]byte, error) { return []byte(time.Duration(a).String()), nil }

func (a *amount) UnmarshalText(text []byte) error {
	d, err := time.ParseDuration(string(text))
	*a = amount(d)
	return err
}

// strictly reads one JSON value that has no fields but those of v, each once and
// spelt as v has it.
func strictly(what string, data []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	err := dec.Decode(v)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	} else if err == nil {
		if _, more := dec.Token(); more != io.EOF {
			err = errors.New("want one value, and nothing behind it")
		} else {
			err = exactFields(data)
		}
	}
	if err != nil {
		return fmt.Errorf("sla: %s: %w", what, err)
	}
	return nil
}

// exactFields refuses what encoding/json takes for a field that it knows: one in
// capitals, and one that is there again, of which it would be a guess which is meant.
// The data has been read before, so it is good JSON and has no unknown fields. It is
// looked at byte by byte, as reading its tokens would take five times what reading a
// clock takes.
func exactFields(data []byte) error {
	var names [][]byte // the fields so far of the objects that are open here
	var outer []int    // how many of them are not of the innermost object or list
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '{', '[':
			outer = append(outer, len(names))
		case '}', ']':
			names, outer = names[:outer[len(outer)-1]], outer[:len(outer)-1]
		case '"':
			text := data[i+1:]
			end := 0
			for ; text[end] != '"'; end++ {
				if text[end] == '\\' {
					end++
				}
			}
			text, i = text[:end], i+1+end
			if next := bytes.TrimLeft(data[i+1:], " \t\r\n"); !bytes.HasPrefix(next, []byte(":")) {
				continue // a value
			}
			if bytes.ContainsFunc(text, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') }) {
				return fmt.Errorf("unknown field %q: want small letters", text)
			}
			if slices.ContainsFunc(names[outer[len(outer)-1]:], func(name []byte) bool { return bytes.Equal(name, text) }) {
				return fmt.Errorf("field %q: there twice: want it once", text)
			}
			names = append(names, text)
		}
	}
	return nil
}

type eventForm struct {
	At       stamp     `json:"at"`
	Kind     EventKind `json:"event"`
	Severity Severity  `json:"severity,omitzero"`
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
	if err := strictly("event", data, &f); err != nil {
		return err
	}
	read := Event{f.At.Time, f.Kind, f.Severity, f.Note}
	if err := read.check(); err != nil {
		return fmt.Errorf("sla: event %s: %w", read, err)
	}
	*e = read
	return nil
}

// MarshalText returns the JSON form.
func (e Event) MarshalText() ([]byte, error) { return e.MarshalJSON() }

// UnmarshalText reads the JSON form.
func (e *Event) UnmarshalText(text []byte) error { return e.UnmarshalJSON(text) }

// reasonForm is why there is no term, or no figures.
type reasonForm struct {
	Kind     string          `json:"kind"` // one of reasonKinds
	Text     string          `json:"text,omitempty"`
	Moniker  string          `json:"moniker,omitempty"`
	Plan     Plan            `json:"plan,omitempty"`
	Category region.Category `json:"category,omitzero"`
	Severity Severity        `json:"severity,omitzero"`
	Metric   metricForm      `json:"metric,omitempty"`
	Highest  Severity        `json:"highest,omitzero"`
	Reason   string          `json:"reason,omitempty"`
	Source   string          `json:"source,omitempty"`
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
		return &reasonForm{f.Kind, "", string(t.Moniker), t.Plan, t.Category, t.Severity, metricForm(t.Metric).short(), t.Highest, t.Reason, t.Source}
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
			return TermError{k.err, region.Moniker(f.Moniker), f.Plan, f.Category, f.Severity, f.Metric.metric(), f.Highest, f.Reason, f.Source}
		default:
			return &storedError{f.Text, k.err}
		}
	}
	return nil
}

func (f *reasonForm) check() error {
	if f != nil && f.error() == nil {
		return fmt.Errorf("sla: unknown kind of error %q", f.Kind)
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
	Severity    Severity    `json:"severity,omitzero"`
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
	err := strictly("status", data, &f)
	if err == nil {
		err = f.Error.check()
	}
	if err != nil {
		return err
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
	if err := strictly("alarm", data, &f); err != nil {
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
	Category region.Category `json:"category"`
	Plan     Plan            `json:"plan,omitempty"`
	Severity Severity        `json:"severity,omitzero"`
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
	err := strictly("request", data, &f)
	if err == nil {
		*r = f.request()
	}
	return err
}
