package ticket

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/instant"
	"github.com/duetime/duetime/sla/internal/text"
)

// Explanation accounts for a due time: which term applies and why, why its clock started
// when it did, what happened since, and what became of every stretch of time. It is data;
// String makes a table of it for people, and package timeline a picture.
type Explanation struct {
	Catalog      string      // the version of the catalog
	InForceSince time.Time   // when the policy came into force, as in sla.Deadline
	Request      sla.Request // as it was opened
	// Term is in force at the instant explained, for Severity. While the clock is stopped,
	// that can differ from the request's severity. Both are zero without a term.
	Term     sla.Term
	Severity sla.Severity
	// Course has the modes by which a change of severity chose the term in force, and a
	// reopening the cycle.
	Course sla.Course
	// CountsFrom is the instant after which the start is the first open one (R13): the
	// opening of the cycle, or a change of severity where nothing counted before.
	CountsFrom time.Time
	// CountsFromEvent says what happened at CountsFrom: Reopened, SeverityChanged, or ""
	// for the opening of the request.
	CountsFromEvent EventKind
	// CarriedAt is when the time used before was carried into the term
	// ([sla.ChangeCarryElapsed]): at a change of severity or, if the request was answered
	// then, at the reopening. It is zero if the term counts from the start.
	CarriedAt time.Time
	// DueWithoutPauses is when the target of Term is due without what R12 moves it on by:
	// the time paused, and the time answered if a reopening continues the clock. Unlike
	// Status.OriginalDue it is about the term in force.
	DueWithoutPauses time.Time
	Status           Status        // of the instant explained
	Events           []EventEffect // those up to then
	Alarms           []Alarm       // those reached by then
	// Segments follow each other from the opening to the end of the account: the instant
	// explained, the due time if that is later, or the instant at which the clock stopped.
	// A due time ahead assumes that nothing else happens, and that a paused clock resumes
	// now. The business time counted in a cycle adds up to Status.Elapsed at the instant
	// explained, and to Status.TargetTime at the due time.
	//
	// Segments show the hours of the term in force at the end: a change of severity that
	// counts from the opening shows the new term's hours from the opening on.
	Segments []Segment
}

// EventEffect is an event and the due time after it.
type EventEffect struct {
	Event Event
	Cycle int
	Due   time.Time // zero if no term is in force after it
}

// Explain returns the account of the clock as of an instant, with what it computes
// in now's Location. It has a segment for every open span and every stretch between
// two, from the request up to now, and on to the due time while the clock runs. So it
// takes time and memory in proportion to that length, as no other answer of a clock
// does: a service that lets strangers choose targets and instants bounds it, by
// [Status.Due], before it asks. [Explanation.Fold] makes it shorter.
func (c Clock) Explain(now time.Time) Explanation {
	e := Explanation{Status: c.At(now)}
	last := c.index(now)
	if last < 0 {
		return e
	}
	e.Catalog, e.InForceSince, e.Request, e.Course = c.catalog.Version(), c.inForceSince, c.request, c.course
	if s := &c.steps[last]; s.term != nil {
		from := &c.steps[s.origin]
		e.Term, e.Severity = *s.term, s.of
		e.Term.Thresholds = slices.Clone(s.term.Thresholds)
		e.CountsFrom, e.CountsFromEvent, e.DueWithoutPauses = from.at.In(now.Location()), from.event.Kind, s.base.In(now.Location())
		if !s.run.Equal(from.at) {
			e.CarriedAt = s.run.In(now.Location())
		}
	}
	e.Alarms = c.Alarms(now)
	for _, s := range c.steps[1 : last+1] {
		f := EventEffect{Event: s.event, Cycle: s.cycle}
		if s.err == nil {
			due, _ := s.dueAt(s.until(s.at))
			f.Due = due.In(now.Location())
		}
		e.Events = append(e.Events, f)
	}
	if e.Status.Err != nil && c.steps[last].err == nil {
		return e // now, or the due time, is out of range
	}
	a := account{loc: now.Location(), cuts: [2]time.Time{now, e.Status.Due}, segments: make([]Segment, 0, 8)}
	for first := 0; first <= last; {
		cycle := c.steps[first].cycle
		after := first
		for after <= last && c.steps[after].cycle == cycle {
			after++
		}
		end := instant.Later(now, e.Status.Due)
		switch s := &c.steps[after-1].state; {
		case after <= last:
			end = c.steps[after].at
		case s.stopped():
			end = s.stoppedAt
		}
		a.cycle(c.steps[first:after], end)
		first = after
	}
	e.Segments = a.segments
	return e
}

// Fold returns e with its quiet stretches shortened: where open and closed
// segments follow each other (no holiday, no pause, not the instant explained and
// not the due time), all of them from the first open one to the last become one
// segment, which counts the open time in it and says how many closed stretches it
// has.
func (e Explanation) Fold() Explanation {
	var list []Segment
	for i := 0; i < len(e.Segments); {
		first := e.Segments[i]
		last := i
		for j := i; first.Reason == ReasonOpen && j < len(e.Segments); j++ {
			g := e.Segments[j]
			if g.Reason != ReasonOpen && g.Reason != ReasonClosed || len(g.Holidays) > 0 || g.Cycle != first.Cycle {
				break
			}
			if g.Reason == ReasonOpen {
				last = j
			}
			if g.To.Equal(e.Status.At) || g.To.Equal(e.Status.Due) {
				break
			}
		}
		for _, g := range e.Segments[i+1 : last+1] {
			first.To, first.Total = g.To, g.Total
			if g.Counted {
				first.Business += g.Business
			} else {
				first.Closed++
			}
		}
		list = append(list, first)
		i = last + 1
	}
	e.Segments = list
	return e
}

// String returns a table that a person can check, in the Location of the instant
// that is explained.
func (e Explanation) String() string {
	zone := e.Status.At.Location()
	at := func(t time.Time) string {
		switch t = t.In(zone); {
		case t.IsZero():
			return "none"
		case t.Second() == 0 && t.Nanosecond() == 0:
			return t.Format("Mon 2006-01-02 15:04 -07:00")
		}
		return t.Format("Mon 2006-01-02 15:04:05.999999999 -07:00")
	}
	var b strings.Builder
	r, t, st := e.Request, e.Term, e.Status
	request := planOf(r)
	if r.Category != "" {
		request += ", " + text.OneLine(string(r.Category))
	}
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "request\t%s, severity %s, opened %s\n", request, text.OneLine(string(r.Severity)), at(r.Opened))
	if t.Calendar != nil {
		fmt.Fprintf(w, "term\tseverity %s: %s %v, %v", text.OneLine(string(e.Severity)), text.OneLine(string(cmp.Or(t.Metric, sla.FirstResponse))), t.Target, t.Basis)
		if e.Catalog != "" {
			fmt.Fprintf(w, ", catalog %s", text.OneLine(e.Catalog))
		}
		if from := e.InForceSince; !from.IsZero() {
			fmt.Fprintf(w, ", in force since %s", text.DayOrInstant(from))
		}
		if t.Source != "" {
			fmt.Fprintf(w, " (%s)", text.OneLine(t.Source))
		}
		fmt.Fprintf(w, "\nhours\t%s\n", text.OneLine(t.Calendar.String()))
	}
	if !st.Start.IsZero() {
		fmt.Fprintf(w, "start\t%s: %s\n", at(st.Start), e.whyStart())
		fmt.Fprintf(w, "due\t%s: %s\n", at(st.Due), e.whyDue(at))
	}
	fmt.Fprintf(w, "status\t%s: %v, %v", at(st.At), st.State, st.Outcome)
	if !st.BreachedAt.IsZero() {
		fmt.Fprintf(w, " since %s", at(st.BreachedAt))
	}
	fmt.Fprintf(w, "; %s\n", st.figuresText())
	w.Flush() // to a strings.Builder, which takes everything
	table := func(heading string, rows int, row func(i int) string) {
		if rows == 0 {
			return
		}
		fmt.Fprintln(w, heading)
		for i := range rows {
			fmt.Fprintln(w, row(i))
		}
		w.Flush()
	}
	table("event\twhat\tdue after it", len(e.Events), func(i int) string {
		f := e.Events[i]
		what := f.Event.what()
		switch f.Event.Kind {
		case SeverityChanged:
			what += fmt.Sprintf(" (%v)", e.Course.Change)
		case Reopened:
			what += fmt.Sprintf(" (%v)", e.Course.Reopening)
		}
		if f.Cycle > 1 {
			what += fmt.Sprintf(", cycle %d", f.Cycle)
		}
		return at(f.Event.At) + "\t" + what + "\t" + at(f.Due)
	})
	table("alarm\tkey\twith the due time", len(e.Alarms), func(i int) string {
		a := e.Alarms[i]
		return at(a.At) + "\t" + a.Key() + "\t" + at(a.Due)
	})
	table("from\tto\tcounted\ttotal\twhy", len(e.Segments), func(i int) string {
		g := e.Segments[i]
		counted := time.Duration(0)
		if g.Counted {
			counted = g.Business
		}
		row := fmt.Sprintf("%s\t%s\t%s\t%s\t%s", at(g.From), at(g.To), text.Duration(counted), text.Duration(g.Total), g.Why())
		if i > 0 && g.Ahead && !e.Segments[i-1].Ahead {
			row = at(g.From) + "\t\t\t\t(from here on, if nothing else happens)\n" + row
		}
		return row
	})
	return b.String()
}

func (e Explanation) whyStart() string {
	s := "opened"
	switch e.CountsFromEvent {
	case Reopened:
		s = "reopened"
	case SeverityChanged:
		s = "severity changed"
	}
	if e.Status.Cycle > 1 {
		s = fmt.Sprintf("cycle %d, %s", e.Status.Cycle, s)
	}
	hours := "hours"
	if !e.CarriedAt.IsZero() {
		hours = "the hours in force then"
	}
	if e.Status.Start.Equal(e.CountsFrom) {
		return s + " in " + hours + ", so at once (R13)"
	}
	return s + " out of " + hours + ", so at the next opening (R13)"
}

// whyDue returns why the due time is that, in which at writes an instant.
func (e Explanation) whyDue(at func(time.Time) string) string {
	s := fmt.Sprintf("%v of business time after the start (R4)", e.Status.Target)
	if e.Status.Target.Duration() == 0 {
		s = fmt.Sprintf("%v from the start, by the business days of the calendar (R6, R7)", e.Status.Target)
	}
	if !e.CarriedAt.IsZero() {
		s = fmt.Sprintf("%v from %s, when the term came into force, less what was used before", e.Status.Target, at(e.CarriedAt))
	}
	if !e.Status.Due.Equal(e.DueWithoutPauses) {
		s += ", moved on by the business time paused or answered (R12)"
	}
	if e.Status.Provisional {
		s += "; provisional: the holidays of a year in between can still change"
	}
	return s
}

// MarshalJSON returns the account as an object. Durations are text ("1h30m0s"), and the
// term has the line of its calendar.
func (e Explanation) MarshalJSON() ([]byte, error) {
	stamp := func(t time.Time) instant.Stamp { return instant.Stamp{Time: t} }
	type effect struct {
		Event Event         `json:"event"`
		Cycle int           `json:"cycle"`
		Due   instant.Stamp `json:"due,omitzero"`
	}
	type holiday struct {
		Date        calendar.Date `json:"date"`
		Name        string        `json:"name,omitempty"`
		Workday     bool          `json:"workday,omitempty"`
		Provisional bool          `json:"provisional,omitempty"`
	}
	type segment struct {
		From     instant.Stamp    `json:"from"`
		To       instant.Stamp    `json:"to"`
		Cycle    int              `json:"cycle"`
		Counted  bool             `json:"counted"`
		Ahead    bool             `json:"ahead,omitempty"`
		Reason   Reason           `json:"reason"`
		Holidays []holiday        `json:"holidays,omitempty"`
		Note     string           `json:"note,omitempty"`
		Business instant.Duration `json:"business"`
		Total    instant.Duration `json:"total"`
		Closed   int              `json:"closed,omitempty"`
	}
	type term struct {
		Metric   sla.Metric      `json:"metric"`
		Severity sla.Severity    `json:"severity"`
		Target   sla.Target      `json:"target"`
		Calendar string          `json:"calendar"`
		Alarms   []sla.Threshold `json:"alarms,omitempty"`
		FollowUp string          `json:"follow_up,omitempty"`
		Duties   string          `json:"duties,omitempty"`
		Source   string          `json:"source,omitempty"`
		Basis    sla.Basis       `json:"basis"`
	}
	form := struct {
		Catalog          string         `json:"catalog"`
		InForceSince     instant.Stamp  `json:"in_force_since,omitzero"`
		Request          sla.Request    `json:"request"`
		Term             *term          `json:"term,omitempty"`
		Change           sla.ChangeMode `json:"change"`
		Reopening        sla.ReopenMode `json:"reopening"`
		CountsFrom       instant.Stamp  `json:"counts_from,omitzero"`
		CountsFromEvent  EventKind      `json:"counts_from_event,omitempty"`
		CarriedAt        instant.Stamp  `json:"carried_at,omitzero"`
		DueWithoutPauses instant.Stamp  `json:"due_without_pauses,omitzero"`
		Status           Status         `json:"status"`
		Events           []effect       `json:"events"`
		Alarms           []Alarm        `json:"alarms"`
		Segments         []segment      `json:"segments"`
	}{
		Catalog: e.Catalog, InForceSince: stamp(e.InForceSince), Request: e.Request,
		Change: e.Course.Change, Reopening: e.Course.Reopening,
		CountsFrom: stamp(e.CountsFrom), CountsFromEvent: e.CountsFromEvent, CarriedAt: stamp(e.CarriedAt), DueWithoutPauses: stamp(e.DueWithoutPauses),
		Status: e.Status, Events: []effect{}, Alarms: append([]Alarm{}, e.Alarms...), Segments: []segment{},
	}
	if t := e.Term; t.Calendar != nil {
		form.Term = &term{cmp.Or(t.Metric, sla.FirstResponse), e.Severity, t.Target, t.Calendar.String(), t.Thresholds, t.FollowUp, t.Duties, t.Source, t.Basis}
	}
	for _, f := range e.Events {
		form.Events = append(form.Events, effect{f.Event, f.Cycle, stamp(f.Due)})
	}
	for _, g := range e.Segments {
		s := segment{stamp(g.From), stamp(g.To), g.Cycle, g.Counted, g.Ahead, g.Reason, nil, g.Note, instant.Duration(g.Business), instant.Duration(g.Total), g.Closed}
		for _, h := range g.Holidays {
			s.Holidays = append(s.Holidays, holiday(h))
		}
		form.Segments = append(form.Segments, s)
	}
	return json.Marshal(form)
}
