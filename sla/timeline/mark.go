package timeline

import (
	"cmp"
	"slices"
	"time"

	"github.com/duetime/duetime/sla/internal/text"
	"github.com/duetime/duetime/sla/ticket"
)

// mark shows something that happened, or will happen, at an instant.
type mark struct {
	at   time.Time
	kind kind
	text string // short, for the label
	note string // more, for the list
}

// kind says what a mark shows. A mark of several things has the shape of the last kind.
type kind uint8

const (
	opened kind = iota
	start
	alarm
	event
	now
	firstDue
	due
	breached
)

// ends reports whether the mark shows the end of a time. At midnight, it belongs to the day
// before.
func (k kind) ends() bool { return k >= firstDue }

// add adds a mark to a list, unless its instant is zero.
func add(list []mark, kind kind, at time.Time, label, note string) []mark {
	if at.IsZero() {
		return list
	}
	return append(list, mark{at, kind, label, text.OneLine(note)})
}

// commonMarks returns the marks of the ticket, which the explanations of all clocks share, in
// order.
func commonMarks(e *ticket.Explanation, w *Words) []mark {
	list := add(nil, opened, e.Request.Opened, w.Opened, "")
	for _, f := range e.Events {
		list = add(list, event, f.Event.At, w.event(f.Event), f.Event.Note)
	}
	if !e.Status.At.Equal(e.Request.Opened) {
		list = add(list, now, e.Status.At, w.Now, "")
	}
	return inOrder(list)
}

// clockMarks returns the marks of one clock, in order. Of the cycles that are over, only the
// breaches have marks.
func clockMarks(e *ticket.Explanation, w *Words) []mark {
	st := e.Status
	list := add(nil, start, st.Start, w.Start, "")
	for _, a := range e.Alarms {
		list = add(list, alarm, a.At, w.Alarm+" "+a.Threshold.String(), "")
	}
	if !st.OriginalDue.Equal(st.Due) {
		list = add(list, firstDue, st.OriginalDue, w.FirstDue, "")
	}
	list = add(list, due, st.Due, w.Due, "")
	list = add(list, breached, st.BreachedAt, w.Breached, "")
	for _, c := range e.Cycles {
		if c.Cycle != st.Cycle {
			list = add(list, breached, c.BreachedAt, w.Breached, "")
		}
	}
	return inOrder(list)
}

// inOrder sorts marks by their instants. At one instant, ends come first: they may belong to
// the day before.
func inOrder(list []mark) []mark {
	ended := func(m mark) int {
		if m.kind.ends() {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(list, func(a, b mark) int {
		return cmp.Or(a.at.Compare(b.at), ended(a)-ended(b), cmp.Compare(a.kind, b.kind))
	})
	return list
}

// marksUntil splits a list at the end of a day. It merges the day's marks that have the same
// instant.
func marksUntil(end time.Time, list []mark) (of, after []mark) {
	for len(list) > 0 && (list[0].at.Before(end) || list[0].kind.ends() && list[0].at.Equal(end)) {
		m := list[0]
		list = list[1:]
		if n := len(of); n > 0 && of[n-1].at.Equal(m.at) {
			last := &of[n-1]
			last.text += ", " + m.text
			last.kind = max(last.kind, m.kind)
			continue
		}
		of = append(of, m)
	}
	return of, list
}
