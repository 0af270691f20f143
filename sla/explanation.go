package sla

import (
	"cmp"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/duetime/duetime/calendar"
)

// Explanation accounts for a due time: which term applies and why, why its clock
// started when it did, what happened since, and what became of every stretch of
// time. It is data; String makes a table of it for people.
type Explanation struct {
	// Deadline is the one that the clock began with.
	Deadline Deadline
	// Term is the one in force at the instant which is explained, and Severity the one
	// that it is for: another than the request's while the clock is stopped. Both are
	// zero if no term is in force.
	Term     Term
	Severity Severity
	// DefaultPlan says that the plan is the default of the moniker.
	DefaultPlan bool
	// SeverityChange and Reopening are the modes of the policy, by which a change of
	// severity chose the term that is in force, and a reopening the cycle.
	SeverityChange SeverityMode
	Reopening      ReopenMode
	// Origin is the instant that the start is the first open one after (R13), in the
	// hours of the term that was in force then: the opening of the cycle, or a change of
	// severity where nothing counted before.
	Origin time.Time
	// OriginKind says what happened at Origin: Reopened, SeverityChanged, or, if it is
	// zero, that the request was opened.
	OriginKind EventKind
	// Carried is when the time used before was carried into the term (CarryElapsed): at
	// a change of severity or, if the request was answered then, when it was reopened.
	// It is zero if the term counts from the start.
	Carried time.Time
	// Unmoved is when the target of Term is due without what R12 moves it on by: the
	// time paused, and the time answered where a reopening continues the clock (since
	// Carried, if there is that). Status.OriginalDue differs from it where a change of
	// severity has put another term in force.
	Unmoved time.Time
	// Status is that of the instant which is explained: of a Deadline, the opening.
	Status Status
	// Events are those up to then, each with what it did to the due time.
	Events []Effect
	// Alarms are those reached by then.
	Alarms []Alarm
	// Segments follow each other from the opening to the instant explained, or to
	// the due time where that is later (as though nothing else happened, and a paused
	// clock were resumed now), or to the instant at which the clock stopped. The
	// business time of the counted ones in a cycle adds up to Status.Elapsed where
	// they end at that instant, and to Status.Allowed where they end at the due time.
	//
	// They are those of the terms that are in force in the end: after a change of
	// severity that counts from the opening, the new term's hours from there on.
	Segments []Segment
}

// Effect is an event and the due time after it.
type Effect struct {
	Event Event
	Cycle int
	Due   time.Time // zero where no term is in force after it
}

// Segment is a stretch of time in which one thing holds.
type Segment struct {
	From, To time.Time
	Cycle    int
	Counted  bool // its business time is used up
	Ahead    bool // after the instant explained: so it goes if nothing else happens
	Reason   Reason
	// Holidays are those in the segment: days off if it is closed, make-up workdays
	// and days with hours of their own if it is open.
	Holidays []calendar.Holiday
	Note     string        // of the event that paused or stopped the clock
	Business time.Duration // the open time in the segment, counted or not
	Total    time.Duration // what the cycle has used at the end of the segment
	Closed   int           // of a folded segment, the closed stretches in it
}

// Reason says why a segment counts or not.
type Reason uint8

const (
	// ReasonOpen: in the hours of the term. Only this counts.
	ReasonOpen Reason = iota
	// ReasonClosed: outside the hours of the term. Segment.Holidays says which
	// holidays have to do with it.
	ReasonClosed
	// ReasonBeforeStart: opened outside the hours, and not begun yet (R13).
	ReasonBeforeStart
	// ReasonPaused: waiting for the customer.
	ReasonPaused
	// ReasonAnswered: stopped by an answer, until it was reopened.
	ReasonAnswered
	// ReasonNoTerm: nothing is promised for the severity.
	ReasonNoTerm
)

var reasons = names{"open", "closed", "before-start", "paused", "answered", "no-term"}

// String returns "open", "closed", "before-start", "paused", "answered" or
// "no-term".
func (r Reason) String() string { return reasons.text("Reason", uint8(r)) }

// MarshalText returns the form of [Reason.String]. A value that is no reason is a
// *[region.UnknownError].
func (r Reason) MarshalText() ([]byte, error) { return reasons.marshal("Reason", uint8(r)) }

// UnmarshalText reads what [Reason.MarshalText] writes.
func (r *Reason) UnmarshalText(text []byte) error { return unmarshal(reasons, r, text) }

// Explain returns the account of d as of its opening: that of a clock without
// events.
func (d Deadline) Explain() Explanation { return NewClock(d).Explain(d.Request.Opened) }

// Explain returns the account of the clock as of an instant, with what it computes
// in now's Location. It has a segment for every open span and every stretch between
// two, from the request up to now, and on to the due time while the clock runs. So it
// takes time and memory in proportion to that length, as no other answer of a clock
// does: a service that lets strangers choose targets and instants bounds it, by
// [Status.Due], before it asks. [Explanation.Fold] makes it shorter.
func (c Clock) Explain(now time.Time) Explanation {
	e := Explanation{Deadline: c.Deadline(), Status: c.At(now)}
	last := c.index(now)
	if last < 0 || c.broken() != nil {
		return e
	}
	e.DefaultPlan = e.Deadline.policy != nil && e.Deadline.policy.isDefault
	e.SeverityChange, e.Reopening = c.modes.severityChange, c.modes.reopening
	if s := &c.steps[last]; s.term != nil {
		origin := &c.steps[s.origin]
		e.Term, e.Severity = s.term.forOne(), s.of
		e.Origin, e.OriginKind, e.Unmoved = origin.at.In(now.Location()), origin.event.Kind, s.base.In(now.Location())
		if !s.run.Equal(origin.at) {
			e.Carried = s.run.In(now.Location())
		}
	}
	e.Alarms = c.Alarms(now)
	for _, s := range c.steps[1 : last+1] {
		f := Effect{Event: s.event, Cycle: s.cycle}
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
		end := later(now, e.Status.Due)
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
			if g.Reason > ReasonClosed || len(g.Holidays) > 0 || g.Cycle != first.Cycle {
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
	amount := func(d time.Duration) string { return string(appendDuration(nil, d)) }
	var b strings.Builder
	r, t, st := e.Deadline.Request, e.Term, e.Status
	request := oneLine(string(r.Moniker))
	switch {
	case r.Plan == "":
		request += ", the default plan"
	case e.DefaultPlan:
		request += ", plan " + oneLine(string(r.Plan)) + " (the default)"
	default:
		request += ", plan " + oneLine(string(r.Plan))
	}
	if r.Category != "" {
		request += ", " + oneLine(string(r.Category))
	}
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "request\t%s, severity %s, opened %s\n", request, oneLine(string(r.Severity)), at(r.Opened))
	if t.Calendar != nil {
		fmt.Fprintf(w, "term\tseverity %s: %s %v, %v", oneLine(string(e.Severity)), oneLine(string(cmp.Or(t.Metric, FirstResponse))), t.Target, t.Basis)
		if e.Deadline.Catalog != "" {
			fmt.Fprintf(w, ", catalog %s", oneLine(e.Deadline.Catalog))
		}
		if from := e.Deadline.PolicyFrom; !from.IsZero() {
			fmt.Fprintf(w, ", in force since %s", dayOrInstant(from))
		}
		if t.Source != "" {
			fmt.Fprintf(w, " (%s)", oneLine(t.Source))
		}
		fmt.Fprintf(w, "\nhours\t%s\n", oneLine(t.Calendar.String()))
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
			what += fmt.Sprintf(" (%v)", e.SeverityChange)
		case Reopened:
			what += fmt.Sprintf(" (%v)", e.Reopening)
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
		row := fmt.Sprintf("%s\t%s\t%s\t%s\t%s", at(g.From), at(g.To), amount(counted), amount(g.Total), g.Why())
		if i > 0 && g.Ahead && !e.Segments[i-1].Ahead {
			row = at(g.From) + "\t\t\t\t(from here on, if nothing else happens)\n" + row
		}
		return row
	})
	return b.String()
}

func (e Explanation) whyStart() string {
	s := "opened"
	switch e.OriginKind {
	case Reopened:
		s = "reopened"
	case SeverityChanged:
		s = "severity changed"
	}
	if e.Status.Cycle > 1 {
		s = fmt.Sprintf("cycle %d, %s", e.Status.Cycle, s)
	}
	hours := "hours"
	if !e.Carried.IsZero() {
		hours = "the hours in force then"
	}
	if e.Status.Start.Equal(e.Origin) {
		return s + " in " + hours + ", so at once (R13)"
	}
	return s + " out of " + hours + ", so at the next opening (R13)"
}

// whyDue returns why the due time is that, in which at writes an instant.
func (e Explanation) whyDue(at func(time.Time) string) string {
	s := fmt.Sprintf("%v of business time after the start (R4)", e.Status.Target)
	if e.Status.Target.within == 0 {
		s = fmt.Sprintf("%v from the start, by the business days of the calendar (R6, R7)", e.Status.Target)
	}
	if !e.Carried.IsZero() {
		s = fmt.Sprintf("%v from %s, when the term came into force, less what was used before", e.Status.Target, at(e.Carried))
	}
	if !e.Status.Due.Equal(e.Unmoved) {
		s += ", moved on by the business time paused or answered (R12)"
	}
	if e.Status.Provisional {
		s += "; provisional: the holidays of a year in between are not settled"
	}
	return s
}

// Why returns the reason of a segment in words, with the holidays, the note and
// the business time that did not count.
func (g Segment) Why() string {
	s := strings.ReplaceAll(g.Reason.String(), "-", " ")
	if g.Closed > 0 {
		s += fmt.Sprintf(" %d times", g.Closed+1)
	}
	var about []string
	for list := g.Holidays; len(list) > 0; {
		first, n := list[0], 1
		for n < len(list) && list[n].Name == first.Name && list[n].Workday == first.Workday && list[n].Date == first.Date.AddDays(n) {
			n++
		}
		day := first.Date.String()
		if n > 1 {
			day += " to " + list[n-1].Date.String()
		}
		if first.Workday {
			day += " make-up workday,"
		}
		about, list = append(about, day+" "+oneLine(first.Name)), list[n:]
	}
	if g.Note != "" {
		about = append(about, oneLine(g.Note))
	}
	if len(about) > 0 {
		s += ": " + strings.Join(about, ", ")
	}
	if !g.Counted && g.Business > 0 {
		s += fmt.Sprintf(" (%s of business time)", appendDuration(nil, g.Business))
	}
	return s
}
