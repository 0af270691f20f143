package sla

import (
	"bytes"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
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
	// offset of a day.
	const hour = len(`"2024-03-08T16`)
	if err != nil || len(data) <= hour || data[hour] != ':' || bytes.ContainsRune(data, ',') || offset <= -daySeconds || offset >= daySeconds {
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

// strictly reads one JSON value that has no fields but those of v.
func strictly(what string, data []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	err := dec.Decode(v)
	switch {
	case errors.Is(err, io.EOF):
		err = io.ErrUnexpectedEOF
	case err == nil:
		if _, more := dec.Token(); more == io.EOF {
			return nil
		}
		err = errors.New("want one value, and nothing behind it")
	}
	return fmt.Errorf("sla: %s: %w", what, err)
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
		return &reasonForm{f.Kind, "", string(t.Moniker), t.Plan, t.Category, t.Severity, t.Highest, t.Reason, t.Source}
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
			return TermError{k.err, region.Moniker(f.Moniker), f.Plan, f.Category, f.Severity, f.Highest, f.Reason, f.Source}
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
		Request     requestForm  `json:"request"`
		DefaultPlan bool         `json:"default_plan"`
		Severity    SeverityMode `json:"severity_change"`
		Reopening   ReopenMode   `json:"reopening"`
		Origin      stamp        `json:"origin,omitzero"`
		Unmoved     stamp        `json:"unmoved,omitzero"`
		Term        *termForm    `json:"term,omitempty"`
		Hours       string       `json:"hours,omitempty"`
		Status      Status       `json:"status"`
		Events      []effect     `json:"events"`
		Alarms      []Alarm      `json:"alarms"`
		Segments    []segment    `json:"segments"`
	}{
		e.Deadline.Catalog, formOfRequest(e.Deadline.Request), e.DefaultPlan, e.SeverityChange, e.Reopening,
		stamp{e.Origin},
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
}

func formOfRequest(r Request) requestForm {
	return requestForm{string(r.Moniker), r.Category, r.Plan, r.Severity, stamp{r.Opened}, r.Country}
}

func (f requestForm) request() Request {
	return Request{region.Moniker(f.Moniker), f.Category, f.Plan, f.Severity, f.Opened.Time, f.Country}
}

// MarshalJSON returns the request as an object:
//
//	{"moniker": "o365-germany", "category": "billing", "plan": "standard", "severity": "B", "opened": "2024-03-08T16:00:00+01:00", "country": "DE"}
func (r Request) MarshalJSON() ([]byte, error) { return json.Marshal(formOfRequest(r)) }

// UnmarshalJSON reads what [Request.MarshalJSON] writes. A plan, category or country
// that is not there is the zero one; a field that requests do not have is an error.
func (r *Request) UnmarshalJSON(data []byte) error {
	var f requestForm
	err := strictly("request", data, &f)
	if err == nil {
		*r = f.request()
	}
	return err
}

type termForm struct {
	Metric     Metric      `json:"metric,omitempty"`
	Severity   Severity    `json:"severity,omitzero"`
	Target     Target      `json:"target,omitzero"`
	Calendar   int         `json:"calendar,omitempty"` // a number from 1, among those of the clock
	FollowUp   string      `json:"follow_up,omitempty"`
	Duties     string      `json:"duties,omitempty"`
	Source     string      `json:"source,omitempty"`
	Basis      Basis       `json:"basis,omitzero"` // custom if it is left out
	Thresholds []Threshold `json:"thresholds,omitempty"`
	None       *reasonForm `json:"none,omitempty"` // why there is no term
}

func formOfTerm(t Term) termForm {
	return termForm{Metric: t.Metric, Severity: t.Severity, Target: t.Target, FollowUp: t.FollowUp, Duties: t.Duties, Source: t.Source, Basis: t.Basis, Thresholds: t.Thresholds}
}

// calendarForm is a calendar with the holidays of some years.
type calendarForm struct {
	Name     string    `json:"name,omitempty"`
	Zone     string    `json:"zone"`
	Hours    string    `json:"hours"`
	Holidays []setForm `json:"holidays,omitempty"`
}

// setForm is a set of holidays: its days in some years, and where to look for
// those of others.
type setForm struct {
	Code string `json:"code"`
	// Library says that the days of other years are those of the library's set of
	// that code. Otherwise nobody knows them.
	Library bool      `json:"library,omitempty"`
	Covers  years     `json:"covers"`
	Years   years     `json:"years"` // of Days
	Days    []dayForm `json:"days"`
}

type dayForm struct {
	Date        calendar.Date `json:"date"`
	Name        string        `json:"name,omitempty"`
	MakeUp      bool          `json:"make_up,omitempty"`
	Provisional bool          `json:"provisional,omitempty"`
}

func formOfHoliday(h calendar.Holiday) dayForm {
	return dayForm{h.Date, strings.ToValidUTF8(h.Name, "\ufffd"), h.MakeUp, h.Provisional}
}

// years are the first of some years and the last, of those that calendars have.
type years struct {
	First int `json:"first"`
	Last  int `json:"last"`
}

// check returns what is wrong with years that were read.
func (y years) check() error {
	if y.First < firstYear || y.Last > lastYear || y.First > y.Last {
		return fmt.Errorf("sla: years %d to %d: want a first and a last one from %d to %d", y.First, y.Last, firstYear, lastYear)
	}
	return nil
}

func (y years) has(year int) bool { return y.First <= year && year <= y.Last }

// keep says of which years a clock keeps the holidays: of a set that the library
// knows, those that it is about, and of any other ten years at least, as those
// that are not kept are lost.
func (y years) keep(library bool) years {
	if !library {
		y.Last = min(max(y.Last, y.First+10), lastYear)
	}
	return y
}

// isLibrarys reports whether a set is the one that the library has under its code,
// at least outside some years.
func isLibrarys(set calendar.HolidaySet, but years) bool {
	known, err := holiday.Lookup(set.Code())
	if err != nil || set == known {
		return err == nil
	}
	first, last := set.Covers()
	if f, l := known.Covers(); f != first || l != last {
		return false
	}
	for year := first; year <= last; year++ {
		if !but.has(year) && !slices.Equal(set.Year(year), known.Year(year)) {
			return false
		}
	}
	return true
}

func formOfSet(set calendar.HolidaySet, kept years, library bool) setForm {
	f := setForm{Code: set.Code(), Library: library, Years: kept, Days: []dayForm{}}
	f.Covers.First, f.Covers.Last = set.Covers()
	if !library {
		f.Covers.First, f.Covers.Last = max(f.Covers.First, kept.First), min(f.Covers.Last, kept.Last)
	}
	for year := kept.First; year <= kept.Last; year++ {
		for _, h := range set.Year(year) {
			f.Days = append(f.Days, formOfHoliday(h))
		}
	}
	return f
}

func formOfCalendar(c *calendar.Calendar, about years) calendarForm {
	f := calendarForm{Name: c.Name(), Zone: c.Zone().String(), Hours: c.Hours()}
	for _, set := range c.HolidaySets() {
		library := isLibrarys(set, about)
		f.Holidays = append(f.Holidays, formOfSet(set, about.keep(library), library))
	}
	return f
}

// is reports whether f is the form of a calendar.
func (f calendarForm) is(c *calendar.Calendar) bool {
	sets := c.HolidaySets()
	if f.Name != c.Name() || f.Zone != c.Zone().String() || f.Hours != c.Hours() || len(f.Holidays) != len(sets) {
		return false
	}
	for i, set := range sets {
		if g := f.Holidays[i]; !g.Library || g.Code != set.Code() || !reflect.DeepEqual(g, formOfSet(set, g.Years, true)) {
			return false
		}
	}
	return true
}

// calendar returns the calendar of a form: one of the published terms if it is
// the same, so that clocks share it.
func (f calendarForm) calendar() (*calendar.Calendar, error) {
	if len(f.Holidays) > maxSets {
		return nil, fmt.Errorf("sla: %d sets of holidays: want %d at the most", len(f.Holidays), maxSets)
	}
	for _, s := range f.Holidays {
		if err := s.check(); err != nil {
			return nil, err
		}
	}
	for _, t := range Published().Terms() {
		if f.is(t.Calendar) {
			return t.Calendar, nil
		}
	}
	var sets []calendar.HolidaySet
	for _, s := range f.Holidays {
		sets = append(sets, s.set())
	}
	return calendar.New(f.Zone, f.Hours, calendar.Named(f.Name), calendar.Holidays(sets...))
}

// check returns what is wrong with a set that was read.
func (f setForm) check() error {
	if err := f.Years.check(); err != nil {
		return err
	}
	for _, d := range f.Days {
		if d.Date.IsZero() || !f.Years.has(d.Date.Year()) {
			return fmt.Errorf("sla: holiday %q on %q: want a date from %d to %d", d.Name, d.Date, f.Years.First, f.Years.Last)
		}
	}
	return nil
}

func (f setForm) set() calendar.HolidaySet {
	kept := map[int][]calendar.Holiday{}
	for _, d := range f.Days {
		kept[d.Date.Year()] = append(kept[d.Date.Year()], calendar.Holiday(d))
	}
	var known calendar.HolidaySet // empty
	covers := f.Covers
	if f.Library {
		var err error
		if known, err = holiday.Lookup(f.Code); err != nil { // no longer known
			covers = years{max(covers.First, f.Years.First), min(covers.Last, f.Years.Last)}
		}
	}
	return calendar.NewHolidaySet(f.Code, func(year int) []calendar.Holiday {
		if f.Years.has(year) {
			return kept[year]
		}
		return known.Year(year)
	}).Covering(covers.First, covers.Last)
}

// clockForm is all that a clock follows from.
type clockForm struct {
	Format         int            `json:"clock"` // of this form: 1
	Catalog        string         `json:"catalog"`
	DefaultPlan    bool           `json:"default_plan"`
	Request        requestForm    `json:"request"`
	SeverityChange SeverityMode   `json:"severity_change"`
	Reopening      ReopenMode     `json:"reopening"`
	Terms          []termForm     `json:"terms"`      // by severity, from A
	Calendars      []calendarForm `json:"calendars"`  // those of the terms
	Thresholds     []Threshold    `json:"thresholds"` // beside those of the terms
	Events         []Event        `json:"events"`
}

const (
	clockFormat = 1
	maxSets     = 16 // of holidays in a calendar that is read
)

func (c Clock) form() (clockForm, error) {
	if c.commitment == nil {
		return clockForm{}, errNoDeadline
	}
	if err := c.broken(); err != nil {
		return clockForm{}, err
	}
	d := c.deadline
	f := clockForm{
		Format: clockFormat, Catalog: d.Catalog, DefaultPlan: d.policy != nil && d.policy.isDefault, Request: formOfRequest(d.Request),
		SeverityChange: c.modes.severityChange, Reopening: c.modes.reopening,
		Terms: make([]termForm, len(c.terms)), Calendars: []calendarForm{}, Thresholds: append([]Threshold{}, c.thresholds...), Events: append([]Event{}, c.Events()...),
	}
	about := c.years()
	for i, e := range c.terms {
		if e.err != nil {
			f.Terms[i] = termForm{Severity: SeverityA + Severity(i), None: formOfError(e.err)}
			continue
		}
		f.Terms[i] = formOfTerm(e.term)
		f.Terms[i].Severity = SeverityA + Severity(i)
		form := formOfCalendar(e.term.Calendar, about)
		n := slices.IndexFunc(f.Calendars, func(g calendarForm) bool { return reflect.DeepEqual(g, form) })
		if n < 0 {
			n = len(f.Calendars)
			f.Calendars = append(f.Calendars, form)
		}
		f.Terms[i].Calendar = n + 1
	}
	return f, nil
}

// years returns those whose holidays the clock is about: from its opening to its
// due time and last event, and the year after.
func (c Clock) years() years {
	const margin = 3 // days that a zone and a night shift can shift a date by
	end := c.last().at
	for i := range c.steps {
		end = later(end, c.steps[i].due)
	}
	return years{
		max(c.deadline.Request.Opened.UTC().AddDate(0, 0, -margin).Year(), firstYear),
		min(end.UTC().AddDate(0, 0, margin).Year()+1, lastYear),
	}
}

// MarshalJSON returns all that the clock follows from: the request, the version of
// the catalog, the terms for each severity, their calendars with the holidays of
// the years it is about, and the events. So it says the same after the catalog, or
// the holidays known to the library, have changed.
//
// A clock whose deadline has no calendar, or an opening out of range, has no JSON
// form; the error says so.
func (c Clock) MarshalJSON() ([]byte, error) {
	f, err := c.form()
	if err != nil {
		return nil, err
	}
	return json.Marshal(f)
}

// UnmarshalJSON reads what [Clock.MarshalJSON] writes, and applies the events
// again. Times are in the offset that they were written with. In the years whose
// holidays were not written, the clock goes by what the library knows, if the set
// was the library's; the days of any other set are written for ten years from the
// opening, and those after them are not covered, which Status.Provisional says.
//
// Texts from anywhere can be read: a clock has 4,096 events at the most.
func (c *Clock) UnmarshalJSON(data []byte) error {
	var f clockForm
	if err := strictly("clock", data, &f); err != nil {
		return err
	}
	read, err := f.clock()
	if err == nil {
		*c = read
	}
	return err
}

func (f clockForm) clock() (Clock, error) {
	if f.Format != clockFormat {
		return Clock{}, fmt.Errorf("sla: clock: format %d: want %d", f.Format, clockFormat)
	}
	// What is bounded here bounds the work that a text can ask for.
	switch {
	case len(f.Terms) != len(row{}):
		return Clock{}, fmt.Errorf("sla: clock: %d terms: want one for each severity", len(f.Terms))
	case len(f.Calendars) > len(f.Terms):
		return Clock{}, fmt.Errorf("sla: clock: %d calendars: want no more than terms", len(f.Calendars))
	case len(f.Events) > maxEvents:
		return Clock{}, fmt.Errorf("sla: clock: %d events: want %d at the most", len(f.Events), maxEvents)
	}
	if !f.Request.Severity.valid() {
		return Clock{}, unknownSeverity(f.Request.Severity.String())
	}
	calendars := make([]*calendar.Calendar, len(f.Calendars))
	for i, form := range f.Calendars {
		var err error
		if calendars[i], err = form.calendar(); err != nil {
			return Clock{}, fmt.Errorf("sla: clock: calendar %d: %w", i+1, err)
		}
	}
	p := &policy{
		moniker: region.Moniker(f.Request.Moniker), plan: f.Request.Plan,
		modes: modes{f.SeverityChange, f.Reopening}, isDefault: f.DefaultPlan,
	}
	d := Deadline{Catalog: f.Catalog, Request: f.Request.request(), policy: p}
	entries := &p.entries[f.Request.Category]
	for i, form := range f.Terms {
		fault := func(format string, args ...any) (Clock, error) {
			return Clock{}, fmt.Errorf("sla: clock: term %d: %w", i+1, fmt.Errorf(format, args...))
		}
		if err := form.None.check(); err != nil {
			return fault("%w", err)
		}
		switch {
		case form.Severity != SeverityA+Severity(i):
			return fault("severity %v: want %v", form.Severity, SeverityA+Severity(i))
		case form.None != nil:
			entries[i].err = form.None.error()
			continue
		case form.Calendar < 1 || form.Calendar > len(calendars):
			return fault("calendar %d: want 1 to %d", form.Calendar, len(calendars))
		case form.Target.IsZero():
			return fault("want a target")
		}
		entries[i].term = Term{
			Metric: form.Metric, Category: f.Request.Category, Severity: form.Severity, Target: form.Target,
			Calendar: calendars[form.Calendar-1], FollowUp: form.FollowUp, Duties: form.Duties, Source: form.Source, Basis: form.Basis, Thresholds: form.Thresholds,
		}
		if err := checkThresholds(form.Thresholds); err != nil {
			return fault("%w", err)
		}
	}
	if own := entries[f.Request.Severity-SeverityA]; own.err == nil {
		d.Term = own.term
	}
	c, err := NewClock(d).WithThresholds(f.Thresholds...)
	if err != nil {
		return Clock{}, fmt.Errorf("sla: clock: %w", err)
	}
	return c.Apply(f.Events...)
}

// MarshalText returns the JSON form.
func (c Clock) MarshalText() ([]byte, error) { return c.MarshalJSON() }

// UnmarshalText reads the JSON form.
func (c *Clock) UnmarshalText(text []byte) error { return c.UnmarshalJSON(text) }

// Equal reports whether two clocks follow from the same: version of the catalog,
// request, modes, terms with their calendars, thresholds and events. It does not
// matter in which zones their times are written. Clocks that have no JSON form are
// not equal to any.
func (c Clock) Equal(other Clock) bool {
	var texts [2][]byte
	for i, clock := range []Clock{c, other} {
		f, err := clock.form()
		if err != nil {
			return false
		}
		f.Request.Opened.Time = f.Request.Opened.UTC()
		for i := range f.Events {
			f.Events[i].At = f.Events[i].At.UTC()
		}
		if texts[i], err = json.Marshal(f); err != nil {
			return false
		}
	}
	return bytes.Equal(texts[0], texts[1])
}

// Value returns the JSON form as a string, for a database.
func (c Clock) Value() (driver.Value, error) {
	text, err := c.MarshalJSON()
	return string(text), err
}

// Scan reads the JSON form from a database: a string or []byte. NULL is an error.
func (c *Clock) Scan(src any) error { return scanText(c, src) }
