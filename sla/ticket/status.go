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
	// StateIdle is the state of a clock that waits for a word that starts it. It has no due
	// time.
	StateIdle State = "idle"
	// StatePending is the state of a clock that has not started yet (R13).
	StatePending State = "pending"
	// StateRunning is the state of a clock whose time counts. A clock whose
	// severity has no term is running, too, if it is nothing else; Status.Err says that
	// nothing counts.
	StateRunning State = "running"
	// StatePaused is the state of a clock while a status pauses it, also before its start.
	StatePaused State = "paused"
	// StateStopped is the state of a clock that a word has stopped.
	StateStopped State = "stopped"
	// StateCancelled is the state of a clock for which nothing is due any more.
	StateCancelled State = "cancelled"
)

// Outcome says whether a commitment was kept in a cycle, or in a whole ticket.
type Outcome string

const (
	// OutcomeOpen is not decided yet. It never will be on a cancelled clock or without a
	// term.
	OutcomeOpen Outcome = "open"
	// OutcomeMet means that the cycle was stopped or reset by the due time.
	OutcomeMet Outcome = "met"
	// OutcomeBreached means that the due time passed before that.
	OutcomeBreached Outcome = "breached"
	// OutcomeSuperseded means that a change of the request ended the cycle before it was
	// decided: see [sla.ChangeRestart].
	OutcomeSuperseded Outcome = "superseded"
	// OutcomePartlyMet means that some commitments of a ticket were met and some were breached:
	// see [Ticket.Outcome].
	OutcomePartlyMet Outcome = "partly-met"
)

// Status describes a [Clock] at an instant. A stopped or cancelled clock keeps the figures
// of the instant at which it stopped.
//
// While idle, only At, State, Outcome, Severity and Age are set. With an Err, Cycle,
// BreachedAt, Breaches and Elapsed are, too.
type Status struct {
	At       time.Time // the instant asked for
	State    State
	Outcome  Outcome
	Cycle    int // from 1: see [Clock.Cycles]
	Severity sla.Severity
	Target   sla.Target // of the term in force; if that has a condition, the chosen side

	Start       time.Time // of the cycle (R13)
	Due         time.Time // with the pauses so far; while paused, as if resumed now
	OriginalDue time.Time // the first due time of the cycle, without pauses
	Provisional bool      // Due can still change, as for sla.Deadline

	// TargetTime is the business time from the start to the due time, without pauses: the
	// target itself if it is one in business time, or the time used if a change found all of
	// it used up ([sla.ChangeCarryElapsed]). Elapsed and Remaining, less Overdue,
	// add up to it. If Target is in real time ("8h wall"), TargetTime, Elapsed, Remaining,
	// Overdue and Paused are real time from the start on.
	TargetTime time.Duration
	// Elapsed is the business time since the start, without pauses, Remaining that until
	// the due time, and Overdue that since the due time. Remaining or Overdue is 0.
	Elapsed, Remaining, Overdue time.Duration
	// WallElapsed, WallRemaining and WallOverdue are the same by the clock on the wall,
	// pauses and all.
	WallElapsed, WallRemaining, WallOverdue time.Duration
	// Paused is the business time of the cycle spent paused, and WallPaused the time by the
	// clock on the wall. The time between a stop and a reopening is not in them.
	Paused, WallPaused time.Duration
	// Age is the time by the clock on the wall since the opening of the ticket.
	Age time.Duration
	// ElapsedShare is Elapsed as a share of TargetTime: 1 is all of it.
	ElapsedShare float64

	// Open says that the instant lies in the hours of the term.
	Open bool

	// BreachedAt is the due time that passed, or the event that made
	// the due time one that had passed. It is zero if the cycle is not breached.
	BreachedAt time.Time
	// Breaches counts the breaches of the cycles before.
	Breaches int

	// Err explains a missing due time: an [sla.TermError] for a severity without a term,
	// [calendar.ErrOutOfRange] for an instant or a due time outside the years 1900 to 2199,
	// and for more time than a time.Duration can hold.
	Err error
}

// String returns one line for people, such as
//
//	running: due 2024-03-12T10:00:00+01:00, 2h of 8h used, 6h left
//
// An outcome follows the state once there is one: "stopped, met".
func (st Status) String() string {
	if st.State == StateIdle {
		return string(st.State)
	}
	s := st.stateText() + ": "
	if st.Err == nil {
		s += "due " + st.Due.Format(time.RFC3339Nano) + ", "
	}
	return s + st.figuresText()
}

// stateText returns the state, and the outcome once there is one.
func (st Status) stateText() string {
	if st.Outcome == OutcomeOpen {
		return string(st.State)
	}
	return string(st.State) + ", " + string(st.Outcome)
}

// figuresText returns how much of the target is used, or why that cannot be said.
func (st Status) figuresText() string {
	if st.Err != nil {
		return st.Err.Error()
	}
	s := fmt.Sprintf("%s of %s used, ", text.Duration(st.Elapsed), text.Duration(st.TargetTime))
	_, wall := st.Target.Duration()
	switch {
	case st.WallOverdue > 0 && wall > 0:
		return s + fmt.Sprintf("overdue by %s of real time", text.Duration(st.Overdue))
	case st.WallOverdue > 0:
		return s + fmt.Sprintf("overdue by %s of business time", text.Duration(st.Overdue))
	}
	return s + fmt.Sprintf("%s left", text.Duration(st.Remaining))
}

// At returns the status of the clock at an instant, as its events up to then have
// it: those after it have not happened yet, and those at it have. Times are in
// now's Location (R10).
func (c Clock) At(now time.Time) Status {
	now = now.Round(0)
	steps := c.upTo(now)
	if steps == nil {
		return Status{At: now, Err: errNoClock}
	}
	return c.status(&steps[len(steps)-1].state, now)
}

// status returns the status at an instant of a state that holds then.
func (c Clock) status(s *state, now time.Time) Status {
	st := Status{At: now, Cycle: s.cycle, Severity: s.severity, Breaches: s.breaches, State: StatePending, Outcome: OutcomeOpen}
	switch {
	case s.idle:
		st.State = StateIdle
	case s.cancelled:
		st.State = StateCancelled
	case s.stopped:
		st.State = StateStopped
	case s.paused:
		st.State = StatePaused
	case s.err != nil || !now.Before(s.start):
		st.State = StateRunning
	}
	t := s.until(now)
	if t.After(c.request.Opened) {
		st.Age = t.Sub(c.request.Opened)
	}
	if s.idle {
		return st
	}
	breachedAt := s.breachedAt
	st.Elapsed = s.used
	if st.Err = s.err; st.Err == nil {
		if st.Err = st.figures(s, t); st.Err == nil && breachedAt.IsZero() && st.Due.Before(t) && !t.Before(s.dueSince) {
			breachedAt = instant.Later(st.Due, s.dueSince)
		}
	}
	if !breachedAt.IsZero() {
		st.Outcome, st.BreachedAt = OutcomeBreached, breachedAt.In(now.Location())
	} else if s.stopped && s.err == nil {
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
	st.Target, st.TargetTime = s.side, s.target
	st.Start, st.Due, st.OriginalDue = s.start.In(loc), due.In(loc), s.original.In(loc)
	st.Provisional = s.term.Calendar.Provisional(s.from, due)
	st.Elapsed = used
	if st.Paused, err = s.pausedAt(t); err != nil {
		return err
	}
	if st.WallPaused = s.pausedWall; s.paused && !s.over() && t.After(s.counted) {
		st.WallPaused += t.Sub(s.counted)
	}
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

// Cycles returns how the cycles ended that are over by the last event, each as of its end:
// by a stop, a reset, a restart or the cancellation. Their State is stopped or cancelled. Those
// that have ended by their own due time since are in [Explanation.Cycles]. Times are in the
// Location of the opening.
func (c Clock) Cycles() []Status {
	if c.commitment == nil {
		return nil
	}
	loc := c.request.Opened.Location()
	list := c.cycles(c.steps, loc)
	if s := c.last(); s.over() && s.cycle > 0 {
		list = append(list, c.status(s, s.stoppedAt.In(loc)))
	}
	return list
}

// cycles returns how the cycles of some steps ended, but for the last one.
func (c Clock) cycles(steps []step, loc *time.Location) (list []Status) {
	for i := 1; i < len(steps); i++ {
		if steps[i].ended == "" {
			continue
		}
		before := &steps[i-1].state
		st := c.status(before, before.until(steps[i].from).In(loc))
		st.State, st.Outcome = StateStopped, steps[i].ended
		if st.Outcome == OutcomeBreached {
			st.BreachedAt = steps[i].breachedBefore.In(loc)
		}
		list = append(list, st)
	}
	return list
}

// Next returns the next instant after now at which the status changes, other than in
// figures that run with the time, or an alarm is reached: the start, the instant after the
// due time, the alarms, and the events after now that the ticket has. It returns false if
// nothing will change, as once the clock is stopped. Hours that begin and end are not in it:
// they are the calendar's.
//
// A breach begins a nanosecond after the due time. A caller who stores the instant in a
// coarser form rounds it up. Next returns false outside the range of calendars.
//
// The figures that run are the durations, ElapsedShare and Open. Due and Provisional run while
// the clock is paused. The result is in now's Location.
func (c Clock) Next(now time.Time) (time.Time, bool) {
	if c.commitment == nil || !instant.InRange(now) {
		return time.Time{}, false
	}
	var next time.Time
	sooner := func(t time.Time) {
		if t.After(now) && (next.IsZero() || t.Before(next)) {
			next = t
		}
	}
	told := len(c.moments)
	for told > 1 && c.moments[told-1].at.After(now) {
		told--
	}
	if told < len(c.moments) {
		sooner(c.moments[told].at)
	}
	steps := c.upTo(now)
	s := steps[len(steps)-1].looking()
	if s.err == nil && !s.idle && !s.over() {
		if !s.paused {
			sooner(s.start)
		}
		if (s.breachedAt.IsZero() || s.resetsItself()) && (s.runs() || !s.dueWaits()) {
			sooner(instant.Later(s.due.Add(1), s.dueSince))
		}
		for i := range s.ahead {
			if s.ahead[i].first.After(now) {
				sooner(s.ahead[i].first)
				break // the others are later
			}
			if s.every(&s.ahead[i]) > 0 {
				next, _ := s.upcoming(&s.ahead[i], now)
				sooner(next.first)
			}
		}
	}
	if next.IsZero() || !instant.InRange(next) {
		return time.Time{}, false
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
	Paused        instant.Duration `json:"paused"`
	WallPaused    instant.Duration `json:"wall_paused"`
	Age           instant.Duration `json:"age"`
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
		instant.Duration(st.Paused), instant.Duration(st.WallPaused), instant.Duration(st.Age),
		st.ElapsedShare, st.Open, stamp(st.BreachedAt), st.Breaches, formOfError(st.Err),
	})
}
