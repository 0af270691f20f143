package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla/ticket"
	"github.com/duetime/duetime/sla/timeline"
)

// show prints the ticket at r.now, after something happened.
func (r *replay) show(what string) error {
	var rows []string
	for metric, clock := range r.ticket.Clocks() {
		st := clock.At(r.now)
		if errors.Is(st.Err, calendar.ErrOutOfRange) {
			return st.Err
		}
		rows = append(rows, string(metric)+"\t"+row(st))
	}
	fmt.Fprintf(r.out, "== %s  %s\n", stamp(r.now), what)
	r.table(rows)
	if metric, first, ok := r.ticket.First(r.now); ok && len(rows) > 1 {
		fmt.Fprintf(r.out, "first: %s, due %s\n", metric, stamp(first.Due))
	}
	due, withdrawn := ticket.Reconcile(r.acted, r.ticket.Alarms(r.now))
	for _, key := range withdrawn {
		r.acted = slices.DeleteFunc(r.acted, func(acted string) bool { return acted == key })
		fmt.Fprintf(r.out, "take back: %s\n", key)
	}
	for _, alarm := range due {
		r.acted = append(r.acted, alarm.Key())
		fmt.Fprintf(r.out, "act on: %s, reached %s\n", alarm.Key(), stamp(alarm.At))
	}
	fmt.Fprintf(r.out, "next: %s\n\n", r.next())
	return nil
}

// row returns the cells of a clock in the table of all.
func row(st ticket.Status) string {
	is := string(st.State)
	if st.State == ticket.StateIdle {
		return is
	}
	if st.Cycle > 1 {
		is += fmt.Sprintf(", cycle %d", st.Cycle)
	}
	if st.Outcome != ticket.OutcomeOpen {
		is += ", " + string(st.Outcome)
	}
	if st.Err != nil {
		return is + "\tnever due: " + st.Err.Error()
	}
	left := amount(st.Remaining) + " left"
	if st.WallOverdue > 0 {
		left = amount(st.Overdue) + " over"
	}
	var notes []string
	note := func(that bool, text string) {
		if that {
			notes = append(notes, text)
		}
	}
	note(st.State == ticket.StatePaused && st.BreachedAt.IsZero(), "due if resumed now")
	note(st.Paused > 0, amount(st.Paused)+" paused")
	note(!st.OriginalDue.Equal(st.Due), "first due "+stamp(st.OriginalDue))
	note(st.Provisional, "provisional: holidays can still change")
	note(!st.BreachedAt.IsZero(), "breached since "+stamp(st.BreachedAt))
	cells := []string{is, "due " + stamp(st.Due), amount(st.Elapsed) + " of " + amount(st.TargetTime), left}
	if len(notes) > 0 {
		cells = append(cells, strings.Join(notes, ", "))
	}
	return strings.Join(cells, "\t")
}

// next returns when the ticket changes if nobody does anything, and how.
func (r *replay) next() string {
	at, ok := r.ticket.Next(r.now)
	if !ok {
		return "nothing without an event"
	}
	breaches := func(st ticket.Status) int {
		if st.BreachedAt.IsZero() {
			return st.Breaches
		}
		return st.Breaches + 1
	}
	var what []string
	for metric, clock := range r.ticket.Clocks() {
		switch now, then := clock.At(r.now), clock.At(at); {
		case breaches(then) > breaches(now):
			what = append(what, string(metric)+" is breached")
		case then.State != now.State:
			what = append(what, string(metric)+" starts")
		}
	}
	due, _ := ticket.Reconcile(r.acted, r.ticket.Alarms(at))
	for _, alarm := range due {
		what = append(what, "alarm "+alarm.Key())
	}
	return stamp(at) + ": " + strings.Join(what, ", ")
}

// end prints the whole life as of the last line, and draws it into a file, if there is one.
func (r *replay) end(picture string) error {
	clocks := r.ticket.Explain(r.now)
	rows := []string{"cycle\tfrom\tdue\tended\toutcome\tused\tpaused"}
	for _, e := range clocks {
		for _, st := range e.Cycles {
			rows = append(rows, fmt.Sprintf("%s %d\t%s", e.Metric, st.Cycle, cycle(st)))
		}
	}
	fmt.Fprintf(r.out, "== the ticket is %s\n", r.ticket.Outcome(r.now))
	if len(rows) > 1 {
		r.table(rows)
	}
	options := timeline.Options{Zone: r.zone, All: !r.fold}
	if !r.brief {
		for _, e := range clocks {
			if r.fold {
				e = e.Fold()
			}
			fmt.Fprintf(r.out, "\n== %s\n%s", e.Metric, e)
		}
		fmt.Fprintln(r.out)
		if err := timeline.Text(r.out, clocks, options); err != nil {
			return err
		}
	}
	if err := r.out.Flush(); err != nil || picture == "" {
		return err
	}
	var b bytes.Buffer
	if err := timeline.SVG(&b, clocks, options); err != nil {
		return err
	}
	return os.WriteFile(picture, b.Bytes(), 0o644)
}

// cycle returns the cells of a cycle that is over.
func cycle(st ticket.Status) string {
	if st.Err != nil {
		return st.Err.Error()
	}
	return fmt.Sprintf("%s\t%s\t%s\t%s\t%s of %s\t%s", stamp(st.Start), stamp(st.Due), stamp(st.At), st.Outcome, amount(st.Elapsed), amount(st.TargetTime), amount(st.Paused))
}

// table prints rows whose cells are separated by tabs. The last cell of a row can be wider
// than its column.
func (r *replay) table(rows []string) {
	widths := map[int]int{}
	for _, row := range rows {
		cells := strings.Split(row, "\t")
		for i, cell := range cells[:len(cells)-1] {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range rows {
		cells := strings.Split(row, "\t")
		for i, cell := range cells[:len(cells)-1] {
			fmt.Fprintf(r.out, "%-*s  ", widths[i], cell)
		}
		fmt.Fprintln(r.out, cells[len(cells)-1])
	}
}

// stamp returns an instant with its day of the week, and the instant right after a due time
// in these words.
func stamp(t time.Time) string {
	switch {
	case t.Nanosecond() == 1:
		return "right after " + stamp(t.Add(-1))
	case t.Second() == 0 && t.Nanosecond() == 0:
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
