package ticket

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla/internal/instant"
	"github.com/duetime/duetime/sla/internal/text"
)

// Segment is a stretch of time in which one thing holds.
type Segment struct {
	From, To time.Time
	Cycle    int
	Counted  bool // its business time is used up, or all of it for a target in real time
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

// Reason explains why a segment counts or does not count.
type Reason string

const (
	// ReasonOpen is in the hours of the term. Only this counts for a target that is not in
	// real time.
	ReasonOpen Reason = "open"
	// ReasonClosed is outside the hours of the term. Segment.Holidays has the holidays that
	// are the cause. It counts for a target in real time.
	ReasonClosed Reason = "closed"
	// ReasonBeforeStart is between an opening outside the hours and the start (R13).
	ReasonBeforeStart Reason = "before-start"
	// ReasonIdle is before a word that starts the clock.
	ReasonIdle Reason = "idle"
	// ReasonPaused is in a status that pauses.
	ReasonPaused Reason = "paused"
	// ReasonStopped is between a stop and the reopening.
	ReasonStopped Reason = "stopped"
	// ReasonNoTerm is without a term for the severity.
	ReasonNoTerm Reason = "no-term"
)

// Why returns the reason of a segment in words, with the holidays, the note and
// the business time that did not count.
func (g Segment) Why() string {
	s := strings.ReplaceAll(string(g.Reason), "-", " ")
	if g.Counted && g.Reason == ReasonClosed {
		s += ", counted in real time"
	}
	if g.Closed > 0 {
		s += fmt.Sprintf(" %d times", g.Closed+1)
	}
	var about []string
	for list := g.Holidays; len(list) > 0; {
		first, n := list[0], 1
		for n < len(list) && list[n].Name == first.Name && list[n].Workday == first.Workday && list[n].Hours == first.Hours && list[n].Date == first.Date.AddDays(n) {
			n++
		}
		day := first.Date.String()
		if n > 1 {
			day += " to " + list[n-1].Date.String()
		}
		if first.Workday {
			day += " make-up workday,"
		}
		day += " " + text.OneLine(first.Name)
		if !first.Hours.IsZero() {
			day += " (" + first.Hours.String() + ")"
		}
		about, list = append(about, day), list[n:]
	}
	if g.Note != "" {
		about = append(about, text.OneLine(g.Note))
	}
	if len(about) > 0 {
		s += ": " + strings.Join(about, ", ")
	}
	if !g.Counted && g.Business > 0 {
		s += fmt.Sprintf(" (%s of business time)", text.Duration(g.Business))
	}
	return s
}

// account puts the segments of an explanation together.
type account struct {
	loc      *time.Location
	cuts     [2]time.Time // at which a segment ends
	segments []Segment
	number   int                // of the cycle
	total    time.Duration      // that the cycle has used
	of       *calendar.Calendar // that was asked for holidays last, and its sets
	sets     []calendar.HolidaySet
	moments  []moment  // of the ticket
	inForce  []*state  // of the cycle
	notes    [2]string // of the last pause, and of the stop
}

// cycle adds the segments of a cycle, given its steps and its end.
func (a *account) cycle(steps []step, end time.Time) {
	a.number, a.total = steps[0].cycle, 0
	steps = sinceBegin(steps)
	a.inForce = inForce(steps)
	for i := 0; i < len(steps); {
		// What lies between two events is held, or it is not.
		next := i + 1
		a.note(steps, i)
		for next < len(steps) && steps[next].paused == steps[i].paused && steps[next].over() == steps[i].over() {
			a.note(steps, next)
			next++
		}
		from, to, held := steps[i].at, end, steps[i].state
		if next < len(steps) {
			if at := steps[next].at; at.Before(end) { // what happens after it stopped is not in it
				to = at
			}
		} else if now := a.cuts[0]; held.paused && !held.idle && now.Before(end) {
			a.stretch(&held, from, now)
			from, held.paused = now, false // the due time is as if it were resumed now
		}
		a.stretch(&held, from, to)
		i = next
	}
}

// inForce returns the states of a cycle whose terms count in the end, in the order of the
// instants from which they do. A term that counts from an instant replaces for good those
// that count from it or later.
func inForce(steps []step) []*state {
	var list []*state
	for i := range steps {
		s := &steps[i].state
		for len(list) > 0 && !list[len(list)-1].run.Before(s.run) {
			list = list[:len(list)-1]
		}
		list = append(list, s)
	}
	return list
}

// sinceBegin returns the steps of a cycle from the instant on from which it counts: that is
// before the first one if the clock came with a change, or with a due time.
func sinceBegin(steps []step) []step {
	first := steps[0]
	if first.idle || first.at.Equal(first.from) {
		return steps
	}
	begin := first
	begin.at, begin.moment = first.from, none
	if len(first.earlier) == 0 {
		return append([]step{begin}, steps[1:]...)
	}
	var all []step
	begin.stopped = false
	for _, t := range first.earlier {
		begin.at, begin.paused = t.at, t.paused
		all = append(all, begin)
	}
	return append(all, steps...)
}

// note keeps the note of step i if the step pauses or stops the clock.
func (a *account) note(steps []step, i int) {
	s := &steps[i]
	if s.moment <= 0 {
		return
	}
	note := a.moments[s.moment].event.Note
	if s.paused && (i == 0 || !steps[i-1].paused) {
		a.notes[0] = note
	}
	if s.over() && i > 0 && !steps[i-1].over() {
		a.notes[1] = note
	}
}

// stretch adds what lies between two instants, in which the clock is held
// throughout or not at all.
func (a *account) stretch(held *state, from, to time.Time) {
	if held.idle {
		a.piece(held, ReasonIdle, from, to)
		return
	}
	// The first term that counts after from, if not the last of all.
	i, _ := slices.BinarySearchFunc(a.inForce, from, func(s *state, from time.Time) int {
		if s.run.After(from) {
			return +1
		}
		return -1
	})
	for i = max(i-1, 0); i < len(a.inForce) && a.inForce[i].run.Before(to); i++ {
		s := a.inForce[i]
		begin, end := instant.Later(from, s.run), to
		if i+1 < len(a.inForce) && a.inForce[i+1].run.Before(to) {
			end = a.inForce[i+1].run
		}
		switch {
		case s.err != nil:
			a.piece(s, ReasonNoTerm, begin, end)
		case held.over():
			a.piece(s, ReasonStopped, begin, end)
		case held.paused:
			a.piece(s, ReasonPaused, begin, end)
		default:
			a.hours(s, begin, end)
		}
	}
}

// hours adds the open spans and what lies between them.
func (a *account) hours(s *state, from, to time.Time) {
	if from.Before(s.start) {
		start := s.start
		if to.Before(start) {
			start = to
		}
		a.piece(s, ReasonBeforeStart, from, start)
		from = start
	}
	for span := range s.term.Calendar.Spans(from, to) {
		a.piece(s, ReasonClosed, from, span.Start)
		a.piece(s, ReasonOpen, span.Start, span.End)
		from = span.End
	}
	a.piece(s, ReasonClosed, from, to)
}

// piece adds a segment, or two or three where now or the due time lies in it.
func (a *account) piece(s *state, reason Reason, from, to time.Time) {
	if !from.Before(to) {
		return
	}
	for _, cut := range a.cuts {
		if from.Before(cut) && cut.Before(to) {
			a.piece(s, reason, from, cut)
			a.piece(s, reason, cut, to)
			return
		}
	}
	g := Segment{From: from.In(a.loc), To: to.In(a.loc), Cycle: a.number, Reason: reason, Ahead: !from.Before(a.cuts[0])}
	switch reason {
	case ReasonOpen:
		g.Counted, g.Business = true, to.Sub(from)
		a.total += g.Business
		g.Holidays = a.holidaysIn(s.term.Calendar, from, to, true)
	case ReasonClosed, ReasonBeforeStart:
		if reason == ReasonClosed && s.wall {
			g.Counted = true
			a.total += to.Sub(from)
		}
		g.Holidays = a.holidaysIn(s.term.Calendar, from, to, false)
	case ReasonPaused:
		g.Note = a.notes[0]
	case ReasonStopped:
		g.Note = a.notes[1]
	}
	if s.term != nil && !g.Counted {
		g.Business, _ = s.term.Calendar.Between(from, to)
	}
	g.Total = a.total
	a.segments = append(a.segments, g)
}

// holidaysIn returns what the holiday sets know of the dates of a stretch that is
// open or closed, as far as it has to do with that. A day that is closed in part has to do
// with both.
func (a *account) holidaysIn(c *calendar.Calendar, from, to time.Time, open bool) []calendar.Holiday {
	if c != a.of {
		a.of, a.sets = c, slices.Concat(c.HolidaySets(), c.OwnDays())
	}
	if len(a.sets) == 0 {
		return nil
	}
	var list []calendar.Holiday
	last := calendar.DateOf(to.Add(-1).In(c.Zone()))
	for d := calendar.DateOf(from.In(c.Zone())); d.Compare(last) <= 0; d = d.AddDays(1) {
		// The sets are asked first: a Day costs ten times as much, and few are holidays.
		if !slices.ContainsFunc(a.sets, func(s calendar.HolidaySet) bool { _, ok := s.On(d); return ok }) {
			continue
		}
		if day := c.Day(d); !day.Holiday.Date.IsZero() && (day.Business == open || !day.Holiday.Hours.IsZero()) {
			list = append(list, day.Holiday)
		}
	}
	return list
}
