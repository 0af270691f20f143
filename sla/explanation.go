package sla

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/duetime/duetime/calendar"
)

// Explanation accounts for a deadline: which term applies and why, why its
// clock started when it did, and what became of the time from the opening to
// the due time.
type Explanation struct {
	Deadline Deadline
	Term     string // which term applies, and its basis
	Start    string // why the clock started at Deadline.Start (R13)
	Due      string // how Deadline.Due follows from the start
	// Segments follow each other from the opening to the due time. The business
	// time in them adds up to that from the start to the due time.
	Segments []Segment
}

// Segment is a stretch of time that counts as business time or does not.
type Segment struct {
	From, To time.Time
	Counted  bool
	Reason   string        // "open", "closed" with the holidays in it, or "before the start"
	Business time.Duration // the business time in the segment
	Total    time.Duration // the business time from the start to the segment's end
}

// Explain returns the account of d. It has a segment for every open span and
// every stretch between two, so it grows with the deadline's length. Of a Deadline
// without a calendar or a start, such as the zero one, it has no segments.
func (d Deadline) Explain() Explanation {
	r, t := d.Request, d.Term
	e := Explanation{
		Deadline: d,
		Term:     fmt.Sprintf("%v, plan %v, %v, severity %v: %v %v, %v (%v)", r.Moniker, r.Plan, r.Category, r.Severity, t.Metric, t.Target, t.Basis, t.Source),
		Start:    "opened while open, so the clock starts at once (R13)",
		Due:      fmt.Sprintf("%v of business time after the start (R4)", t.Target),
	}
	if !d.Start.Equal(r.Opened) {
		e.Start = "opened while closed, so the clock starts at the next opening (R13)"
	}
	if t.Target.within == 0 {
		e.Due = fmt.Sprintf("%v from the start, by the business days of the calendar (R6, R7)", t.Target)
	}
	if d.Provisional {
		e.Due += "; provisional: the holidays of a year in between are not settled"
	}
	add := func(from, to time.Time, counted bool, reason string) {
		if !from.Before(to) {
			return
		}
		s := Segment{From: from, To: to, Counted: counted, Reason: reason}
		if n := len(e.Segments); n > 0 {
			s.Total = e.Segments[n-1].Total
		}
		if counted {
			s.Business = to.Sub(from)
			s.Total += s.Business
		}
		e.Segments = append(e.Segments, s)
	}
	if t.Calendar == nil || d.Start.IsZero() {
		return e
	}
	add(r.Opened, d.Start, false, "before the start, "+closedReason(t.Calendar, r.Opened, d.Start))
	at := d.Start
	for s := range t.Calendar.Spans(d.Start, d.Due) {
		add(at, s.Start, false, closedReason(t.Calendar, at, s.Start))
		add(s.Start, s.End, true, "open")
		at = s.End
	}
	add(at, d.Due, false, closedReason(t.Calendar, at, d.Due))
	return e
}

// closedReason names the holidays in a stretch that is closed.
func closedReason(c *calendar.Calendar, from, to time.Time) string {
	var holidays []string
	last := calendar.DateOf(to.Add(-1).In(c.Zone()))
	for d := calendar.DateOf(from.In(c.Zone())); d.Compare(last) <= 0; d = d.AddDays(1) {
		if day := c.Day(d); !day.Business && !day.Holiday.Date.IsZero() {
			holidays = append(holidays, fmt.Sprintf("%v %s", d, day.Holiday.Name))
		}
	}
	if holidays == nil {
		return "closed"
	}
	return "closed: " + strings.Join(holidays, ", ")
}

// String returns a table that a person can check, in the zone of the term's
// calendar.
func (e Explanation) String() string {
	const layout = "Mon 2006-01-02 15:04:05.999999999 -07:00"
	zone := e.Deadline.Term.Calendar.Zone()
	var b strings.Builder
	fmt.Fprintf(&b, "term   %s\nhours  %v\n", e.Term, e.Deadline.Term.Calendar)
	fmt.Fprintf(&b, "start  %s: %s\n", e.Deadline.Start.In(zone).Format(layout), e.Start)
	fmt.Fprintf(&b, "due    %s: %s\n", e.Deadline.Due.In(zone).Format(layout), e.Due)
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "from\tto\tcounted\ttotal\twhy")
	for _, s := range e.Segments {
		fmt.Fprintf(w, "%s\t%s\t%v\t%v\t%s\n", s.From.In(zone).Format(layout), s.To.In(zone).Format(layout), s.Business, s.Total, s.Reason)
	}
	w.Flush() // to a strings.Builder, which takes everything
	return b.String()
}

// MarshalJSON returns the account as an object: the texts, the start and the due
// time, and the segments with durations as text, such as "1h30m0s".
func (e Explanation) MarshalJSON() ([]byte, error) {
	type segment struct {
		From     time.Time `json:"from"`
		To       time.Time `json:"to"`
		Counted  bool      `json:"counted"`
		Reason   string    `json:"reason"`
		Business string    `json:"business"`
		Total    string    `json:"total"`
	}
	segments := make([]segment, len(e.Segments))
	for i, s := range e.Segments {
		segments[i] = segment{s.From, s.To, s.Counted, s.Reason, s.Business.String(), s.Total.String()}
	}
	return json.Marshal(struct {
		Term     string    `json:"term"`
		Hours    string    `json:"hours"`
		Opened   time.Time `json:"opened"`
		Start    time.Time `json:"start"`
		WhyStart string    `json:"why_start"`
		Due      time.Time `json:"due"`
		WhyDue   string    `json:"why_due"`
		Segments []segment `json:"segments"`
	}{e.Term, e.Deadline.Term.Calendar.String(), e.Deadline.Request.Opened, e.Deadline.Start, e.Start, e.Deadline.Due, e.Due, segments})
}
