package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
	"time"
	"unicode/utf8"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/examples/internal/input"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
	"github.com/duetime/duetime/sla/timeline"
)

// show prints how the clock stands at r.now, where something happened.
func (r *replay) show(what, note string) error {
	if err := r.clock.At(r.now).Err; errors.Is(err, calendar.ErrOutOfRange) {
		return err
	}
	e := r.clock.Explain(r.now)
	fmt.Fprintf(r.out, "== %s  %s\n", stamp(r.now), what)
	if note = input.Line(note); note != "" {
		r.field("note", note)
	}
	r.status(e)
	label := "alarms"
	for _, a := range e.Alarms {
		if !r.done[a.Key()] {
			r.done[a.Key()] = true
			r.field(label, a.Key()+" at "+stamp(a.At))
			label = ""
		}
	}
	if label != "" {
		r.field(label, "none new")
	}
	r.field("next", r.next(e.Status))
	if !r.brief {
		r.explain(e)
	}
	fmt.Fprintln(r.out)
	return nil
}

// status prints whether the clock runs, when it is due and how far that is.
func (r *replay) status(e ticket.Explanation) {
	st := e.Status
	state := string(st.State)
	switch {
	case st.State == ticket.StateStopped || st.State == ticket.StateCancelled: // it is over
	case st.Err != nil && st.State == ticket.StateRunning:
		state = "no term" // so nothing runs
	case st.Open:
		state += " in hours"
	case st.Err == nil:
		state += " out of hours"
	}
	outcome := string(st.Outcome)
	if !st.BreachedAt.IsZero() {
		outcome += " since " + stamp(st.BreachedAt)
	}
	r.field("status", fmt.Sprintf("severity %v, %s, outcome %s", st.Severity, state, outcome))
	if st.Err != nil {
		r.field("due", "never: "+st.Err.Error())
		return
	}
	due := stamp(st.Due)
	switch {
	case st.State == ticket.StateCancelled:
		due = "never; it was " + due
	case st.State == ticket.StatePaused && st.BreachedAt.IsZero():
		due += " if resumed now"
	}
	if st.Provisional {
		due += ", provisional: some holidays up to then can still change"
	}
	r.field("due", due)
	if !st.Due.Equal(st.OriginalDue) {
		was := "originally " + stamp(st.OriginalDue)
		if moved := st.Due.Sub(e.DueWithoutPauses); moved != 0 {
			inHours, _ := e.Term.Calendar.Between(e.DueWithoutPauses, st.Due) // a status has no due time out of range
			was += fmt.Sprintf("; moved by pauses: %s in hours, %s on the wall", amount(inHours), amount(moved))
		}
		r.field("", was)
	}
	word, far, wall := "left", st.Remaining, st.WallRemaining
	if st.WallOverdue > 0 {
		word, far, wall = "overdue by", st.Overdue, st.WallOverdue
	}
	r.field("used", fmt.Sprintf("%s of %s (%.1f%%), %s %s in hours, %s on the wall",
		amount(st.Elapsed), amount(st.TargetTime), st.ElapsedShare*100, word, amount(far), amount(wall)))
}

// next returns when the clock will say something else than now, and what: it is
// simply asked how it stands then.
func (r *replay) next(st ticket.Status) string {
	at, ok := r.clock.Next(r.now)
	if !ok {
		return "nothing without an event"
	}
	then := r.clock.At(at)
	when := stamp(at)
	if at.Equal(then.Due.Add(1)) {
		when = "right after " + stamp(then.Due)
	}
	var what []string
	switch {
	case then.State != st.State:
		what = append(what, "the clock starts")
	case then.Open && !st.Open:
		what = append(what, "the hours begin")
	case st.Open && !then.Open:
		what = append(what, "the hours end")
	}
	if then.Outcome != st.Outcome {
		what = append(what, "breached if not answered")
	}
	for _, a := range r.clock.Alarms(at) {
		if !r.done[a.Key()] {
			what = append(what, "alarm "+a.Key())
		}
	}
	return when + ": " + strings.Join(what, ", ")
}

// explain prints the term in force where it is not the one printed last, and what
// became of every stretch of time, and will if nothing else happens.
func (r *replay) explain(e ticket.Explanation) {
	t := e.Term
	if s := e.Status.Severity; s != r.severity {
		r.severity = s
		if why, none := errors.AsType[sla.TermError](e.Status.Err); none {
			r.field("term", fmt.Sprintf("severity %v: none", s))
			r.field("source", why.Source)
		} else {
			r.field("term", fmt.Sprintf("severity %v: %v %v, %v, catalog %s", s, t.Metric, t.Target, t.Basis, e.Catalog))
			r.field("hours", t.Calendar.String())
			r.field("source", t.Source)
		}
	}
	if r.fold {
		e = e.Fold()
	}
	if len(e.Segments) == 0 {
		return
	}
	w := tabwriter.NewWriter(r.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "from\tuntil\tused\ttotal\twhy")
	for i, g := range e.Segments {
		if g.Ahead && i > 0 && !e.Segments[i-1].Ahead {
			fmt.Fprintln(w, "\t\t\t\t(from here on, if nothing else happens)")
		}
		used := "-"
		if g.Counted {
			used = amount(g.Business)
		}
		why := g.Why()
		if g.To.Equal(e.Status.Due) {
			why += "; until due"
		}
		lines := wrap(why, 60)
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", stamp(g.From), stamp(g.To), used, amount(g.Total), lines[0])
		for _, line := range lines[1:] {
			fmt.Fprintf(w, "\t\t\t\t%s\n", line)
		}
	}
	w.Flush() // to a writer that keeps its error
}

// timeline shows the life of the request as of the last line, and draws it into a file,
// if there is one.
func (r *replay) timeline(picture string) error {
	e, o := r.clock.Explain(r.now), timeline.Options{Zone: r.zone, All: !r.fold}
	if !r.brief {
		if err := errors.Join(timeline.Text(r.out, e, o), r.out.Flush()); err != nil {
			return err
		}
	}
	if picture == "" {
		return nil
	}
	var b bytes.Buffer
	if err := timeline.SVG(&b, e, o); err != nil {
		return err
	}
	return os.WriteFile(picture, b.Bytes(), 0o644)
}

// field prints a line with its label, and more lines where it gets too wide.
func (r *replay) field(label, text string) {
	for _, line := range wrap(text, 100) {
		fmt.Fprintf(r.out, "%-8s %s\n", label, line)
		label = ""
	}
}

// wrap breaks a text between words into lines of a width, or of one longer word.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line+" "+word) > width:
			lines = append(lines, line)
			line = word
		default:
			line += " " + word
		}
	}
	return append(lines, line)
}

func stamp(t time.Time) string {
	if t.Second() == 0 && t.Nanosecond() == 0 {
		return t.Format("Mon 2006-01-02 15:04 -07:00")
	}
	return t.Format("Mon 2006-01-02 15:04:05.999999999 -07:00")
}

// amount returns a duration without the minutes and seconds that it does not have.
func amount(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
