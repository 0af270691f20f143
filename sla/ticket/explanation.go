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
	Metric       sla.Metric
	Catalog      string      // the version of the catalog
	InForceSince time.Time   // when the policy came into force, as in sla.Deadline
	Request      sla.Request // as it was opened
	// Term is in force at the instant explained, for Severity. While the clock is stopped,
	// that can differ from the request's severity. Both are zero without a term.
	Term     sla.Term
	Severity sla.Severity
	// Course is the course of the policy in force then.
	Course sla.Course
	// CountsFrom is the instant after which the start is the first open one (R13): the one
	// from which the cycle counts, or a change where nothing counted before.
	CountsFrom time.Time
	// CountsFromEvent says what happened at CountsFrom: the word that was told, "change",
	// "due" for the due time of the cycle before, or "" for the opening of the ticket.
	CountsFromEvent string
	// CarriedAt is when the time used before was carried into the term
	// ([sla.ChangeCarryElapsed]). It is zero if the term counts from the start.
	CarriedAt time.Time
	// DueWithoutPauses is when the target of Term is due without what R12 moves it on by:
	// the time paused, and the time stopped if a reopening continues the clock. Unlike
	// Status.OriginalDue it is about the term in force.
	DueWithoutPauses time.Time
	Status           Status        // of the instant explained
	Cycles           []Status      // those that are over by then: see Clock.Cycles
	Events           []EventEffect // those up to then
	Alarms           []Alarm       // those reached by then
	// Segments follow each other from the opening to the end of the account: the instant
	// explained, the due time if that is later, or the instant at which the clock stopped.
	// A due time ahead assumes that nothing else happens, and that a paused clock resumes
	// now. The time counted in a cycle adds up to Status.Elapsed at the instant
	// explained, and to Status.TargetTime at the due time.
	//
	// Segments show the hours of the term in force at the end: a change that counts from
	// the opening shows the new term's hours from the opening on.
	Segments []Segment
}

// EventEffect is an event and the due time after it.
type EventEffect struct {
	Event Event
	Cycle int
	Due   time.Time // zero while idle, and if no term is in force after it
	Mode  string    // the ReopenMode or ChangeMode by which it acted, or ""
}

// Explain returns the account of the clock as of an instant, with what it computes
// in now's Location. It has a segment for every open span and every stretch between
// two, from the request up to now, and on to the due time while the clock runs. So it
// takes time and memory in proportion to that length, as no other answer of a clock
// does: a service that lets strangers choose targets and instants bounds it, by
// [Status.Due], before it asks. [Explanation.Fold] makes it shorter.
func (c Clock) Explain(now time.Time) Explanation {
	e := Explanation{Status: c.At(now)}
	steps := c.upTo(now)
	if steps == nil {
		return e
	}
	loc := now.Location()
	s := &steps[len(steps)-1].state
	e.Metric, e.Catalog, e.InForceSince, e.Request, e.Course = c.metric, c.catalog, s.rules.since, c.request, s.rule.course
	for _, words := range []*[]string{&e.Course.Start, &e.Course.Stop, &e.Course.Reset, &e.Course.Pause} {
		*words = slices.Clone(*words) // they are the caller's
	}
	if s.term != nil {
		e.Term, e.Severity = *s.term, s.of
		e.Term.Thresholds = slices.Clone(s.term.Thresholds)
		e.CountsFrom, e.CountsFromEvent, e.DueWithoutPauses = s.counts.In(loc), s.countsEvent, s.base.In(loc)
		if !s.run.Equal(s.counts) {
			e.CarriedAt = s.run.In(loc)
		}
	}
	e.Cycles, e.Alarms = c.cycles(steps, loc), c.Alarms(now)
	if s.over() && s.cycle > 0 {
		e.Cycles = append(e.Cycles, c.status(s, s.stoppedAt.In(loc)))
	}
	e.Events = c.effects(steps, now)
	if e.Status.Err != nil && s.err == nil {
		return e // now, or the due time, is out of range
	}
	a := account{moments: c.moments, loc: loc, cuts: [2]time.Time{now, e.Status.Due}, segments: make([]Segment, 0, 8)}
	for first := 0; first < len(steps); {
		cycle := steps[first].cycle
		after := first
		for after < len(steps) && steps[after].cycle == cycle {
			after++
		}
		end := instant.Later(now, e.Status.Due)
		switch s := &steps[after-1].state; {
		case after < len(steps):
			end = steps[after].from
		case s.over():
			end = s.stoppedAt
		case s.idle:
			end = now
		}
		a.cycle(steps[first:after], end)
		first = after
	}
	e.Segments = a.segments
	return e
}

// effects returns the events up to now, each with what it leaves of the clock.
func (c Clock) effects(steps []step, now time.Time) (list []EventEffect) {
	at := 0
	for i := 1; i < len(c.moments) && !c.moments[i].at.After(now); i++ {
		m := &c.moments[i]
		for next := at + 1; next < len(steps) && !steps[next].at.After(m.at) && steps[next].moment <= i; next++ {
			if steps[next].moment != none || steps[next].at.Before(m.at) {
				at = next
			}
		}
		st := &steps[at]
		f := EventEffect{Event: m.event, Cycle: st.cycle}
		for j := at; j > 0 && !steps[j].at.Before(m.at); j-- {
			if steps[j].moment == i {
				f.Mode = cmp.Or(f.Mode, steps[j].mode)
			}
		}
		if st.err == nil && !st.idle {
			due, _ := st.dueAt(st.until(m.at))
			f.Due = due.In(now.Location())
		}
		list = append(list, f)
	}
	return list
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
			if g.Reason == ReasonOpen {
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
	fmt.Fprintf(w, "status\t%s: %s", at(st.At), st.stateText())
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
		if f.Mode != "" {
			what += " (" + f.Mode + ")"
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
		counted := g.Total
		if i > 0 && e.Segments[i-1].Cycle == g.Cycle {
			counted -= e.Segments[i-1].Total
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
	s := cmp.Or(text.OneLine(e.CountsFromEvent), sla.WordOpened)
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
	target := e.Status.Target
	business, wall := target.Duration()
	days, calendarDays := target.Days()
	s, moves := "by the business days of the calendar (R6, R7)", "business time"
	switch {
	case wall > 0:
		s, moves = "in real time (R13)", "real time"
	case calendarDays > 0:
		s = "by the calendar, and then to a business day (R6)"
	case days > 0 && business > 0:
		s = "by the business days of the calendar (R6, R7), and then in business time (R4)"
	}
	switch from := "the start"; {
	case !e.CarriedAt.IsZero():
		s = fmt.Sprintf("%v from %s, when the term came into force, less what was used before", target, at(e.CarriedAt))
	case business > 0 && days == 0:
		s = fmt.Sprintf("%v of business time after the start (R4)", target)
	default:
		if calendarDays > 0 {
			from = "the date of " + at(e.CountsFrom)
		}
		s = fmt.Sprintf("%v from %s, %s", target, from, s)
	}
	if target != e.Term.Target {
		s += fmt.Sprintf(", as %v has it", e.Term.Target)
	}
	if !e.Status.Due.Equal(e.DueWithoutPauses) {
		s += ", moved on by the " + moves + " paused or stopped (R12)"
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
		Mode  string        `json:"mode,omitempty"`
	}
	type holiday struct {
		Date        calendar.Date     `json:"date"`
		Name        string            `json:"name,omitempty"`
		Hours       calendar.DayHours `json:"hours,omitzero"`
		Workday     bool              `json:"workday,omitempty"`
		Provisional bool              `json:"provisional,omitempty"`
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
	form := struct {
		Metric           sla.Metric     `json:"metric"`
		Catalog          string         `json:"catalog"`
		InForceSince     instant.Stamp  `json:"in_force_since,omitzero"`
		Request          sla.Request    `json:"request"`
		Severity         sla.Severity   `json:"severity,omitempty"`
		Term             *sla.Term      `json:"term,omitempty"`
		Change           sla.ChangeMode `json:"change"`
		Reopening        sla.ReopenMode `json:"reopening"`
		CountsFrom       instant.Stamp  `json:"counts_from,omitzero"`
		CountsFromEvent  string         `json:"counts_from_event,omitempty"`
		CarriedAt        instant.Stamp  `json:"carried_at,omitzero"`
		DueWithoutPauses instant.Stamp  `json:"due_without_pauses,omitzero"`
		Status           Status         `json:"status"`
		Cycles           []Status       `json:"cycles"`
		Events           []effect       `json:"events"`
		Alarms           []Alarm        `json:"alarms"`
		Segments         []segment      `json:"segments"`
	}{
		Metric: e.Metric, Catalog: e.Catalog, InForceSince: stamp(e.InForceSince), Request: e.Request,
		Change: e.Course.Change, Reopening: e.Course.Reopening,
		CountsFrom: stamp(e.CountsFrom), CountsFromEvent: e.CountsFromEvent, CarriedAt: stamp(e.CarriedAt), DueWithoutPauses: stamp(e.DueWithoutPauses),
		Status: e.Status, Cycles: append([]Status{}, e.Cycles...), Events: []effect{}, Alarms: append([]Alarm{}, e.Alarms...), Segments: []segment{},
	}
	if e.Term.Calendar != nil {
		form.Severity, form.Term = e.Severity, &e.Term
	}
	for _, f := range e.Events {
		form.Events = append(form.Events, effect{f.Event, f.Cycle, stamp(f.Due), f.Mode})
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
