package ticket

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/instant"
	"github.com/duetime/duetime/sla/internal/text"
)

// State says whether a clock runs.
type State string

const (
	// StatePending is the state of a clock that has not started yet (R13).
	StatePending State = "pending"
	// StateRunning is the state of a clock whose business time counts. A clock whose
	// severity has no term is running, too, if it is nothing else; Status.Err says that
	// nothing counts.
	StateRunning State = "running"
	// StatePaused is the state of a clock that waits for the customer, also before its
	// start.
	StatePaused State = "paused"
	// StateStopped is the state of a clock whose answer was given.
	StateStopped State = "stopped"
	// StateCancelled is the state of a clock for which nothing is due any more.
	StateCancelled State = "cancelled"
)

// Outcome says whether a commitment was kept.
type Outcome string

const (
	// OutcomeOpen is not decided yet. It never will be on a cancelled clock or without a
	// term.
	OutcomeOpen Outcome = "open"
	// OutcomeMet means that the answer was given by the due time.
	OutcomeMet Outcome = "met"
	// OutcomeBreached means that the due time passed without an answer.
	OutcomeBreached Outcome = "breached"
)

// Status describes a [Clock] at an instant. A stopped or cancelled clock keeps the figures
// of the instant at which it stopped.
//
// With an Err, only At, State, Outcome, Cycle, Severity, BreachedAt, Breaches and Elapsed
// are set.
type Status struct {
	At       time.Time // the instant asked for
	State    State
	Outcome  Outcome
	Cycle    int // from 1, see [sla.ChangeRestart] and [sla.ReopenNewCycle]
	Severity sla.Severity
	Target   sla.Target // of the term in force

	Start       time.Time // of the cycle (R13)
	Due         time.Time // with the pauses so far; while paused, as if resumed now
	OriginalDue time.Time // the first due time of the cycle, without pauses
	Provisional bool      // Due can still change, as for sla.Deadline

	// TargetTime is the business time from the start to the due time, without pauses: the
	// target itself if it is one in business time. Elapsed and Remaining, less Overdue,
	// add up to it.
	TargetTime time.Duration
	// Elapsed is the business time since the start, without pauses, Remaining that until
	// the due time, and Overdue that since the due time. Remaining or Overdue is 0.
	Elapsed, Remaining, Overdue time.Duration
	// WallElapsed, WallRemaining and WallOverdue are the same by the clock on the wall,
	// pauses and all.
	WallElapsed, WallRemaining, WallOverdue time.Duration
	// ElapsedShare is Elapsed as a share of TargetTime: 1 is all of it.
	ElapsedShare float64

	// Open says that the instant lies in the hours of the term.
	Open bool

	// BreachedAt is the due time that passed without an answer, or the event that made
	// the due time one that had passed. It is zero if the cycle is not breached.
	BreachedAt time.Time
	// Breaches counts the breaches of the cycles before.
	Breaches int

	// Err explains a missing due time: an [sla.TermError] for a severity without a term,
	// [calendar.ErrOutOfRange] for an instant or a due time outside the years 1900 to 2199,
	// and for more business time than a time.Duration can hold.
	Err error
}

// String returns one line for people, such as
//
//	running, open: due 2024-03-12T10:00:00+01:00, 2h of 8h used, 6h left
func (st Status) String() string {
	s := string(st.State) + ", " + string(st.Outcome) + ": "
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
	s := fmt.Sprintf("%s of %s used, ", text.Duration(st.Elapsed), text.Duration(st.TargetTime))
	if st.WallOverdue > 0 {
		return s + fmt.Sprintf("overdue by %s of business time", text.Duration(st.Overdue))
	}
	return s + fmt.Sprintf("%s left", text.Duration(st.Remaining))
}

// At returns the status of the clock at an instant, as its events up to then have
// it: those after it have not happened yet, and those at it have. Times are in
// now's Location (R10).
func (c Clock) At(now time.Time) (st Status) {
	now = now.Round(0)
	i := c.index(now)
	if i < 0 {
		return Status{At: now, Err: errNoClock}
	}
	s := &c.steps[i].state
	st.At, st.Cycle, st.Severity, st.Breaches = now, s.cycle, s.severity, s.breaches
	loc := now.Location()
	st.State, st.Outcome = StatePending, OutcomeOpen
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
	st.Elapsed = s.used
	if st.Err = s.err; st.Err == nil {
		if st.Err = st.figures(s, t); st.Err == nil && breachedAt.IsZero() && st.Due.Before(t) && !t.Before(s.dueSince) {
			breachedAt = instant.Later(st.Due, s.dueSince)
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
	if !instant.InRange(st.At) {
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
	st.Target, st.TargetTime = s.term.Target, s.target
	st.Start, st.Due, st.OriginalDue = s.start.In(loc), due.In(loc), s.original.In(loc)
	st.Provisional = s.term.Calendar.Provisional(s.opened, due)
	st.Elapsed = used
	if t.After(s.start) {
		st.WallElapsed = t.Sub(s.start)
	}
	if due.Before(t) {
		st.Overdue, st.WallOverdue = max(used-s.target, 0), t.Sub(due)
	} else {
		st.Remaining, st.WallRemaining = max(s.target-used, 0), due.Sub(t)
	}
	if st.ElapsedShare = 1; s.target > 0 {
		st.ElapsedShare = float64(used) / float64(s.target)
	}
	st.Open = s.term.Calendar.IsOpen(t)
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
// A breach begins a nanosecond after the due time. A caller who stores the instant in a
// coarser form rounds it up. Next returns false outside the range of calendars.
//
// The figures that run are Elapsed, Remaining and Overdue, and while the clock is
// paused, Due and Provisional. The result is in now's Location.
func (c Clock) Next(now time.Time) (time.Time, bool) {
	i := c.index(now)
	if i < 0 || !instant.InRange(now) {
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
			sooner(instant.Later(s.due.Add(1), s.dueSince))
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
	return fmt.Errorf("ticket: now %s is %w", t.Format(time.RFC3339Nano), calendar.ErrOutOfRange)
}

type statusForm struct {
	At            instant.Stamp    `json:"at"`
	State         State            `json:"state"`
	Outcome       Outcome          `json:"outcome"`
	Cycle         int              `json:"cycle"`
	Severity      sla.Severity     `json:"severity,omitempty"`
	Target        sla.Target       `json:"target,omitzero"`
	Start         instant.Stamp    `json:"start,omitzero"`
	Due           instant.Stamp    `json:"due,omitzero"`
	OriginalDue   instant.Stamp    `json:"original_due,omitzero"`
	Provisional   bool             `json:"provisional,omitempty"`
	TargetTime    instant.Duration `json:"target_time"`
	Elapsed       instant.Duration `json:"elapsed"`
	Remaining     instant.Duration `json:"remaining"`
	Overdue       instant.Duration `json:"overdue"`
	WallElapsed   instant.Duration `json:"wall_elapsed"`
	WallRemaining instant.Duration `json:"wall_remaining"`
	WallOverdue   instant.Duration `json:"wall_overdue"`
	ElapsedShare  float64          `json:"elapsed_share"`
	Open          bool             `json:"open"`
	BreachedAt    instant.Stamp    `json:"breached_at,omitzero"`
	Breaches      int              `json:"breaches,omitempty"`
	Error         *errorForm       `json:"error,omitempty"`
}

// errorForm is why there are no figures.
type errorForm struct {
	Kind string `json:"kind"` // no-commitment, not-offered, out-of-range or other
	Text string `json:"text"`
}

func formOfError(err error) *errorForm {
	if err == nil {
		return nil
	}
	f := &errorForm{"other", err.Error()}
	switch {
	case errors.Is(err, sla.ErrNoCommitment):
		f.Kind = "no-commitment"
	case errors.Is(err, sla.ErrNotOffered):
		f.Kind = "not-offered"
	case errors.Is(err, calendar.ErrOutOfRange):
		f.Kind = "out-of-range"
	}
	return f
}

// MarshalJSON returns the status as an object with the fields' names in snake case,
// durations as text ("1h30m0s") and without the times that are zero.
func (st Status) MarshalJSON() ([]byte, error) {
	stamp := func(t time.Time) instant.Stamp { return instant.Stamp{Time: t} }
	return json.Marshal(statusForm{
		stamp(st.At), st.State, st.Outcome, st.Cycle, st.Severity, st.Target,
		stamp(st.Start), stamp(st.Due), stamp(st.OriginalDue), st.Provisional,
		instant.Duration(st.TargetTime),
		instant.Duration(st.Elapsed), instant.Duration(st.Remaining), instant.Duration(st.Overdue),
		instant.Duration(st.WallElapsed), instant.Duration(st.WallRemaining), instant.Duration(st.WallOverdue),
		st.ElapsedShare, st.Open, stamp(st.BreachedAt), st.Breaches, formOfError(st.Err),
	})
}
