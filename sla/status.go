package sla

import (
	"fmt"
	"time"

	"github.com/duetime/duetime/calendar"
)

// State says whether a clock runs.
type State uint8

const (
	// StatePending: the clock has not started yet (R13).
	StatePending State = iota
	// StateRunning: business time counts. A clock whose severity has no term is
	// running, too, if it is nothing else; Status.Err says that nothing counts.
	StateRunning
	// StatePaused: the clock waits for the customer, be it before its start or later.
	StatePaused
	// StateStopped: the answer was given.
	StateStopped
	// StateCancelled: nothing is due any more.
	StateCancelled
)

var states = names{"pending", "running", "paused", "stopped", "cancelled"}

// String returns "pending", "running", "paused", "stopped" or "cancelled".
func (s State) String() string { return states.text("State", uint8(s)) }

// MarshalText returns the form of [State.String]. A value that is no state is a
// *[region.UnknownError].
func (s State) MarshalText() ([]byte, error) { return states.marshal("State", uint8(s)) }

// UnmarshalText reads what [State.MarshalText] writes.
func (s *State) UnmarshalText(text []byte) error { return unmarshal(states, s, text) }

// Outcome says whether a commitment was kept.
type Outcome uint8

const (
	// OutcomeOpen: not decided, or, of a cancelled clock and of one without a term,
	// never to be.
	OutcomeOpen Outcome = iota
	// OutcomeMet: the answer was given by the due time.
	OutcomeMet
	// OutcomeBreached: the due time passed without an answer.
	OutcomeBreached
)

var outcomes = names{"open", "met", "breached"}

// String returns "open", "met" or "breached".
func (o Outcome) String() string { return outcomes.text("Outcome", uint8(o)) }

// MarshalText returns the form of [Outcome.String]. A value that is no outcome is
// a *[region.UnknownError].
func (o Outcome) MarshalText() ([]byte, error) { return outcomes.marshal("Outcome", uint8(o)) }

// UnmarshalText reads what [Outcome.MarshalText] writes.
func (o *Outcome) UnmarshalText(text []byte) error { return unmarshal(outcomes, o, text) }

// Measure is an amount of time, counted in two ways.
type Measure struct {
	Business time.Duration // in the hours of the term, pauses left out
	Wall     time.Duration // by the clock on the wall, pauses and all
}

// Status is what a [Clock] says of an instant. Of a clock that is stopped or
// cancelled, all figures are those of the instant at which that happened.
//
// A status has figures only where Err is nil: otherwise State, Outcome, Cycle,
// Severity, BreachedAt, Breaches and Elapsed.Business are all that is set.
type Status struct {
	At       time.Time // the instant asked for
	State    State
	Outcome  Outcome
	Cycle    int // from 1, see [Restart] and [NewCycle]
	Severity Severity
	Target   Target // of the term in force

	Start       time.Time // of the cycle (R13)
	Due         time.Time // with the pauses so far; while paused, as if resumed now
	OriginalDue time.Time // the first due time of the cycle, without pauses
	// Provisional says of Due what Deadline.Provisional says.
	Provisional bool

	// Allowed is the business time from the start to the due time, pauses left
	// out: the target itself if it is one in business time. Elapsed.Business and
	// Remaining.Business, less Overdue.Business, add up to it.
	Allowed   time.Duration
	Elapsed   Measure // since the start
	Remaining Measure // until the due time, else 0
	Overdue   Measure // since the due time, else 0
	Used      float64 // Elapsed.Business as a share of Allowed: 1 is all of it

	// WithinHours says that the hours of the term are open.
	WithinHours bool

	// BreachedAt is the due time that passed without an answer, or the event that
	// made the due time one that had passed; zero if the cycle is not breached.
	BreachedAt time.Time
	// Breaches counts the breaches of the cycles before.
	Breaches int

	// Err says why there is no due time: a [TermError] where the severity has no
	// term, [calendar.ErrOutOfRange] for an instant or a due time outside the years
	// 1900 to 2199 and for more business time than a time.Duration can say, or what is
	// wrong with the deadline that the clock was made of.
	Err error
}

// String returns one line for people, such as
//
//	running, open: due 2024-03-12T10:00:00+01:00, 2h of 8h used, 6h left
func (st Status) String() string {
	s := st.State.String() + ", " + st.Outcome.String() + ": "
	if st.Err == nil {
		s += "due " + st.Due.Format(time.RFC3339Nano) + ", "
	}
	return s + st.figuresText()
}

// figuresText returns how much of the target is used, or why that cannot be said.
func (st Status) figuresText() string {
	if st.Err != nil {
		return st.Err.Error()
	}
	s := fmt.Sprintf("%s of %s used, ", appendDuration(nil, st.Elapsed.Business), appendDuration(nil, st.Allowed))
	if st.Overdue.Wall > 0 {
		return s + fmt.Sprintf("overdue by %s of business time", appendDuration(nil, st.Overdue.Business))
	}
	return s + fmt.Sprintf("%s left", appendDuration(nil, st.Remaining.Business))
}

// At returns the status of the clock at an instant, as its events up to then have
// it: those after it have not happened yet, and those at it have. Times are in
// now's Location (R10).
func (c Clock) At(now time.Time) (st Status) {
	now = now.Round(0)
	i := c.index(now)
	if i < 0 {
		return Status{At: now, Err: errNoDeadline}
	}
	s := &c.steps[i].state
	st.At, st.Cycle, st.Severity, st.Breaches = now, s.cycle, s.severity, s.breaches
	loc := now.Location()
	switch {
	case s.cancelled:
		st.State = StateCancelled
	case s.responded:
		st.State = StateStopped
	case s.paused:
		st.State = StatePaused
	case s.err != nil || !now.Before(s.start):
		st.State = StateRunning
	}
	t := s.until(now)
	breachedAt := s.breachedAt
	st.Elapsed.Business = s.used
	if st.Err = s.err; st.Err == nil {
		if st.Err = st.figures(s, t); st.Err == nil && breachedAt.IsZero() && st.Due.Before(t) && !t.Before(s.dueSince) {
			breachedAt = later(st.Due, s.dueSince)
		}
	}
	if !breachedAt.IsZero() {
		st.Outcome, st.BreachedAt = OutcomeBreached, breachedAt.In(loc)
	} else if s.responded && s.err == nil {
		st.Outcome = OutcomeMet
	}
	return st
}

// figures fills in what a state with a term says at t.
func (st *Status) figures(s *state, t time.Time) error {
	if !inRange(st.At) {
		return nowOutOfRange(st.At)
	}
	loc := st.At.Location()
	due, err := s.dueAt(t)
	if err != nil {
		return err
	}
	used, err := s.usedAt(t)
	if err != nil {
		return err
	}
	st.Target, st.Allowed = s.term.Target, s.target
	st.Start, st.Due, st.OriginalDue = s.start.In(loc), due.In(loc), s.original.In(loc)
	st.Provisional = s.term.Calendar.Provisional(s.opened, due)
	st.Elapsed.Business = used
	if t.After(s.start) {
		st.Elapsed.Wall = t.Sub(s.start)
	}
	if due.Before(t) {
		st.Overdue = Measure{max(used-s.target, 0), t.Sub(due)}
	} else {
		st.Remaining = Measure{max(s.target-used, 0), due.Sub(t)}
	}
	if st.Used = 1; s.target > 0 {
		st.Used = float64(used) / float64(s.target)
	}
	st.WithinHours = s.term.Calendar.IsOpen(t)
	return nil
}

// Next returns the next instant after now at which the status changes, other than
// in figures that run with the time, or an alarm is reached: the start, the
// instant after the due time, the alarms, the beginning and the end of hours, and
// the events after now that the clock has. It returns false if nothing will
// change, as once the clock is stopped. So a caller needs one timer for a clock,
// set anew after each event:
//
//	if at, ok := clock.Next(now); ok { ... }
//
// As the due time itself is in time, a breach begins a nanosecond later: a caller
// who stores the instant in something coarser has to round it up. Outside the
// range of calendars the answer is false.
//
// The figures that run are Elapsed, Remaining, Overdue and Used, and while the
// clock is paused, Due and Provisional. The result is in now's Location.
func (c Clock) Next(now time.Time) (time.Time, bool) {
	i := c.index(now)
	if i < 0 || !inRange(now) {
		return time.Time{}, false
	}
	s := &c.steps[i].state
	var next time.Time
	sooner := func(t time.Time) {
		if t.After(now) && (next.IsZero() || t.Before(next)) {
			next = t
		}
	}
	if i+1 < len(c.steps) {
		sooner(c.steps[i+1].at)
	}
	if s.err == nil && !s.stopped() {
		if !s.paused {
			sooner(s.start)
		}
		if s.breachedAt.IsZero() && (s.counting() || !s.dueWaits()) {
			sooner(later(s.due.Add(1), s.dueSince))
		}
		for i := range s.ahead {
			sooner(s.ahead[i].first)
		}
		turn := s.term.Calendar.NextOpen
		if s.term.Calendar.IsOpen(now) {
			turn = s.term.Calendar.NextClose
		}
		if t, err := turn(now); err == nil {
			sooner(t)
		}
	}
	if next.IsZero() {
		return next, false
	}
	return next.In(now.Location()), true
}

func nowOutOfRange(t time.Time) error {
	return fmt.Errorf("sla: now %s is %w", t.Format(time.RFC3339Nano), calendar.ErrOutOfRange)
}
