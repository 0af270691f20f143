package timeline

import (
	"cmp"
	"slices"
	"sort"
	"time"

	"github.com/duetime/duetime/sla/internal/text"
	"github.com/duetime/duetime/sla/ticket"
)

// mark shows something that happened, or will happen, at an instant.
type mark struct {
	at   time.Time
	kind kind
	text string // short, for the label
	note string // more, for the description
}

// kind says what a mark shows. A mark of several things has the shape of the last kind.
type kind uint8

const (
	clock kind = iota // the clock of the zone is set
	opened
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
// breaches have marks. A breach stands for the due time and the alarm at its instant.
func clockMarks(e *ticket.Explanation, w *Words) []mark {
	st := e.Status
	list := add(nil, start, st.Start, w.Start, "")
	breaches := []time.Time{st.BreachedAt}
	for _, c := range e.Cycles {
		if c.Cycle != st.Cycle {
			breaches = append(breaches, c.BreachedAt)
		}
	}
	isBreach := func(at time.Time) bool { return slices.ContainsFunc(breaches, at.Equal) }
	for _, at := range breaches {
		list = add(list, breached, at, w.Breached, "")
	}
	for _, a := range e.Alarms {
		if a.Threshold.Breach && isBreach(a.At) {
			continue
		}
		list = add(list, alarm, a.At, w.alarm(a.Threshold), "")
	}
	if !st.OriginalDue.Equal(st.Due) {
		list = add(list, firstDue, st.OriginalDue, w.FirstDue, "")
	}
	if !isBreach(st.Due) {
		list = add(list, due, st.Due, w.Due, "")
	}
	return inOrder(list)
}

// changeOf returns the change of the clock on a day, at the most one: the time that the clock
// shows then, and the time to which it is set.
func (w *Words) changeOf(d *day) []mark {
	_, before := d.from.Zone()
	if _, after := d.to.Zone(); before == after {
		return nil
	}
	n := sort.Search(int(d.to.Sub(d.from)/time.Second), func(i int) bool {
		_, seconds := d.from.Add(time.Duration(i) * time.Second).Zone()
		return seconds != before
	})
	at := d.from.Add(time.Duration(n) * time.Second)
	was := timeOfDay(at.In(time.FixedZone("", before)))
	return []mark{{at: at, kind: clock, text: w.Clock + " " + was + " → " + timeOfDay(at)}}
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
