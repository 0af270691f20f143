package ticket

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/instant"
)

// Clock follows one commitment of a [Ticket]. It is immutable and safe for concurrent use.
// The zero Clock's status has an error.
//
// # Pauses
//
// Time spent paused does not count if it is business time: a pause over a weekend moves
// nothing. The due time moves on by the business time paused, also that of a target in
// business days (R12). While a clock is paused, its due time is what it would be if it
// were resumed now.
//
// A pause that begins before the due time cannot lead to a breach by itself. If no
// business time was left when it began, the moved due time can lie within the pause; it is
// then the first open instant after it. A pause that begins at the due time or later moves
// nothing, and its time is not counted as overdue.
//
// A pause may begin before the start. It counts from the start on, which it does not move.
//
// A target in real time ("8h wall") counts all time from the start on, open or not. Its due
// time moves on by the real time paused since the start.
//
// # In time and late
//
// A stop at the due time is in time. One nanosecond later the clock is breached, and
// stays so in its cycle, but for [sla.ChangeReplace] and for what is told late. A reset,
// [sla.ChangeRestart] and [sla.ReopenNewCycle] end a cycle.
type Clock struct {
	*commitment
	moments []moment // of the ticket
	steps   []step
}

// commitment is what stays the same in the life of a clock.
type commitment struct {
	catalog string // its version
	request sla.Request
	metric  sla.Metric
	number  int // of the metric
}

// step is what the opening, an event that concerns the clock, or its own due time makes of
// it.
type step struct {
	at     time.Time // from which instant it holds
	moment int       // the number of the event, or none
	mode   string    // by which the event reopened the clock or changed its term, if it did
	anew   bool      // the cycle has reached other alarms than before: see relive
	split  bool      // another step follows at the same instant
	ended  Outcome   // of the cycle before, if a cycle begins
	// breachedBefore is when that was breached, if it was.
	breachedBefore time.Time
	state
}

// none is the moment of a step that no event made.
const none = -1

// state is what a clock is like after a step, until the next one.
type state struct {
	rules    *rules       // that judge the request
	rule     *rule        // of these, the clock's
	severity sla.Severity // of the request
	counted  time.Time    // up to when used and paused time is counted
	resets   int          // by due times, so far

	cycle     int       // from 1; 0 while idle
	first     int       // the step that begins it
	from      time.Time // from which instant it counts
	fromEvent string    // the word told then, "change", "due" or ""
	earlier   []turn    // what happened between from and the first step

	term    *sla.Term    // the one in force, if any
	numbers []int        // of its thresholds, as rule.numbers
	of      sla.Severity // of the term in force: another than the request's while the clock is stopped
	err     error        // why there is no term

	start       time.Time     // of the cycle
	counts      time.Time     // the instant after which the start is the first open one
	countsEvent string        // what happened then, as fromEvent
	run         time.Time     // since when its term counts: from, or a change that carries the time used
	side        sla.Target    // the chosen side of the term's target
	wall        bool          // which is in real time
	target      time.Duration // the time from the start to the due time, without pauses: see between
	used        time.Duration // the time counted
	base        time.Time     // when the target is due without pauses
	due         time.Time     // without the hold that goes on, if any
	dueSince    time.Time     // since when the due time has been that, other than by pauses
	original    time.Time     // the first of the cycle

	absent    bool // no policy has had the metric yet
	idle      bool
	paused    bool
	stopped   bool
	cancelled bool
	// A clock that is paused or stopped, or both, is held since heldAt.
	heldAt    time.Time
	stoppedAt time.Time

	pausedTime, pausedWall time.Duration // of the cycle

	breachedAt time.Time // zero if the cycle is not breached before counted
	breaches   int       // of the cycles before

	done  []uint8 // how often the cycle has reached each threshold, by its number
	ahead []aheadAlarm

	repeats int // of thresholds in the cycles before
	looked  int // back, by changes so far
}

// runs reports whether the clock is neither idle nor paused nor stopped.
func (s *state) runs() bool { return !s.idle && !s.paused && !s.over() }

// over reports whether nothing changes any more but by an event.
func (s *state) over() bool { return s.stopped || s.cancelled }

// until returns t, or when the clock stopped.
func (s *state) until(t time.Time) time.Time {
	if s.over() {
		return s.stoppedAt
	}
	return t
}

// dueWaits reports whether the due time moves on while the clock is held.
func (s *state) dueWaits() bool { return s.heldAt.Before(s.due) }

// resetsItself reports whether the passing of the due time ends the cycle.
func (s *state) resetsItself() bool {
	return !s.idle && !s.over() && s.err == nil && s.resets < maxResets && slices.Contains(s.rule.course.Reset, sla.WordDue)
}

// maxResets bounds the cycles that end by themselves.
const maxResets = 256

// clockOf returns the clock of a metric at the opening.
func (t *Ticket) clockOf(number int) (Clock, error) {
	m := &t.moments[0]
	c := Clock{&commitment{t.catalog.Version(), t.request, t.metrics[number], number}, t.moments, nil}
	st := step{at: m.at}
	s := state{rules: m.rules, rule: m.rule(number), severity: t.request.Severity, counted: m.at, idle: true}
	if startsByItself(s.rule.course) {
		if err := c.begin(&s, &st, OutcomeOpen, m.at, ""); err != nil {
			return Clock{}, err
		}
	}
	c.add(st, s)
	return c, nil
}

// absentClock returns the clock of a metric that no policy has had, up to the last moment.
func (t *Ticket) absentClock(number int) Clock {
	c := Clock{&commitment{t.catalog.Version(), t.request, t.metrics[number], number}, t.moments, nil}
	for i, m := range t.moments {
		if i > 0 && !m.changed {
			continue
		}
		c.add(step{at: m.at, moment: i}, state{rules: m.rules, rule: m.rule(number), severity: m.rules.request.Severity, counted: m.at, idle: true, absent: true})
	}
	return c
}

// add adds a step with the state that it leaves.
func (c *Clock) add(st step, s state) {
	s.lookAhead(nil)
	st.state = s
	c.steps = append(c.steps, st)
}

// startsByItself reports whether the opening starts the clocks of a course.
func startsByItself(c sla.Course) bool {
	return len(c.Start) == 0 || slices.Contains(c.Start, sla.WordOpened)
}

func (c *Clock) last() *state { return &c.steps[len(c.steps)-1].state }

// before returns the clock without what follows from the moment of a number on, and with
// room for more steps.
func (c Clock) before(moment, more int) Clock {
	n := len(c.steps)
	for c.steps[n-1].moment == none || c.steps[n-1].moment >= moment {
		n--
	}
	c.steps = slices.Grow(c.steps[:n:n], more) // a copy
	return c
}

// begin ends a cycle, if there is one, and starts the next, which counts from an instant by
// the rule in force: at the first open instant, with nothing used and the whole target ahead.
func (c *Clock) begin(s *state, st *step, ended Outcome, from time.Time, event string) error {
	if st.ended != "" { // a second one at this instant
		first := *st
		first.moment, first.split, first.state = none, true, *s
		first.ahead = nil
		c.steps = append(c.steps, first)
		*st = step{at: st.at, moment: st.moment}
	}
	if s.cycle > 0 {
		st.ended, st.breachedBefore = s.ends(ended), s.breachedAt
	}
	if !s.breachedAt.IsZero() {
		s.breaches++
	}
	if s.cycle == 0 || !from.Equal(s.from) { // two cycles from one instant share their alarms
		for _, times := range s.done {
			s.repeats += max(int(times)-1, 0)
		}
		s.done = nil
	}
	s.idle, s.absent, s.stopped = false, false, false
	s.cycle++
	s.first, s.from, s.fromEvent, s.earlier = len(c.steps), from, event, nil
	s.original, s.breachedAt = time.Time{}, time.Time{}
	return s.count()
}

// count begins to count the cycle from its instant, by the rule in force.
func (s *state) count() error {
	s.pausedTime, s.pausedWall = 0, 0
	s.heldAt = s.from // if it is held
	s.counts, s.countsEvent, s.counted = s.from, s.fromEvent, s.from
	s.dueSince = s.from
	return s.takeOver(s.from)
}

// takeTerm puts the term of the rule in force, without its times.
func (s *state) takeTerm() {
	s.term, s.numbers, s.err, s.of = s.rule.term, s.rule.numbers, s.rule.err, s.severity
}

// takeOver puts the term of the rule in force, which counts from an instant on.
func (s *state) takeOver(from time.Time) error {
	s.takeTerm()
	s.start, s.base, s.due, s.target, s.used = time.Time{}, time.Time{}, time.Time{}, 0, 0
	s.side, s.wall = sla.Target{}, false
	s.run = from
	if s.term == nil {
		return nil
	}
	var err error
	if s.start, err = s.term.Calendar.NextOpen(from); err != nil {
		return err
	}
	if s.side, err = s.term.Target.Choose(s.term.Calendar, from); err == nil {
		s.due, err = s.side.Due(s.term.Calendar, from)
	}
	if err != nil {
		return fmt.Errorf("due %v after %s: %w", s.term.Target, from.Format(time.RFC3339Nano), err)
	}
	_, wall := s.side.Duration()
	s.wall = wall > 0
	if s.target, err = s.between(s.start, s.due); err != nil {
		return err
	}
	s.base = s.due
	if s.original.IsZero() {
		s.original = s.due
	}
	return nil
}

// settle counts what has passed since the last count, up to t.
func (s *state) settle(t time.Time) error {
	if !s.idle && !s.over() && s.err == nil {
		due, err := s.dueAt(t)
		if err != nil {
			return err
		}
		if s.breachedAt.IsZero() && due.Before(t) {
			s.breachedAt = instant.Later(due, s.dueSince)
		}
		if s.used, err = s.usedAt(t); err != nil {
			return err
		}
		if s.pausedTime, err = s.pausedAt(t); err != nil {
			return err
		}
	}
	if s.paused && !s.idle && !s.over() {
		s.pausedWall += t.Sub(s.counted)
	}
	s.counted = t
	return nil
}

// between returns the time between two instants that counts for the target: business time,
// or the real time since the start.
func (s *state) between(from, to time.Time) (time.Duration, error) {
	if !s.wall {
		return s.term.Calendar.Between(from, to)
	}
	d := to.Sub(instant.Later(from, s.start))
	if d == math.MaxInt64 {
		return 0, tooLong(to)
	}
	return max(d, 0), nil
}

// after returns the instant by which some time counts after another, as between counts it.
func (s *state) after(from time.Time, d time.Duration) (time.Time, error) {
	if !s.wall {
		return s.term.Calendar.Add(from, d)
	}
	at := instant.Later(from, s.start).Add(d)
	if !instant.InRange(at) {
		return at, fmt.Errorf("ticket: %v after %s is %w", d, from.Format(time.RFC3339Nano), calendar.ErrOutOfRange)
	}
	return at, nil
}

func tooLong(t time.Time) error {
	return fmt.Errorf("ticket: the time used by %s is %w", t.Format(time.RFC3339Nano), calendar.ErrOutOfRange)
}

// usedAt returns the time that the cycle has counted up to t.
func (s *state) usedAt(t time.Time) (time.Duration, error) {
	if s.err != nil || !s.runs() || !s.counted.Before(t) {
		return s.used, nil
	}
	d, err := s.between(s.counted, t)
	if err == nil && s.used > math.MaxInt64-d {
		err = tooLong(t)
	}
	return s.used + d, err
}

// pausedAt returns the time that the cycle was paused up to t, as between counts it.
func (s *state) pausedAt(t time.Time) (time.Duration, error) {
	if s.err != nil || !s.paused || s.idle || s.over() || !s.counted.Before(t) {
		return s.pausedTime, nil
	}
	d, err := s.between(s.counted, t)
	return s.pausedTime + d, err
}

// dueAt returns the due time if the clock goes on at t, where it is held.
func (s *state) dueAt(t time.Time) (time.Time, error) {
	if s.err != nil || s.runs() || !s.dueWaits() {
		return s.due, nil
	}
	return s.movedOn(t)
}

// movedOn returns the due time moved on by the time held up to an instant (R12), and never
// back into that time.
func (s *state) movedOn(to time.Time) (time.Time, error) {
	d, err := s.between(s.heldAt, to)
	if err != nil {
		return s.due, err
	}
	due, err := s.after(s.due, d)
	if err == nil && due.Before(to) {
		due, err = s.term.Calendar.NextOpen(to)
	}
	return due, err
}

// turn is an instant at which a clock is paused, stopped or goes on.
type turn struct {
	at              time.Time
	paused, stopped bool
}

// turn pauses the clock, stops it or lets it go on. What has passed is settled.
func (s *state) turn(to turn) error {
	ran := s.runs()
	switch {
	case to.stopped && !s.stopped:
		s.stoppedAt = to.at
	case s.stopped && !to.stopped:
		s.dueSince = to.at
	}
	s.paused, s.stopped = to.paused, to.stopped
	switch {
	case ran && !s.runs():
		s.heldAt = to.at
	case !ran && s.runs() && s.err == nil && s.dueWaits():
		var err error
		s.due, err = s.movedOn(to.at)
		return err
	}
	return nil
}

// index returns the number of the last step that is not after t: 0 if all are, and
// -1 if there is none.
func (c Clock) index(t time.Time) int {
	i := len(c.steps) - 1
	for i > 0 && c.steps[i].at.After(t) {
		i--
	}
	return i
}

// upTo returns the steps of the clock up to an instant.
func (c Clock) upTo(now time.Time) []step {
	i := c.index(now)
	if i < 0 {
		return nil
	}
	c.steps = c.steps[: i+1 : i+1]
	if !instant.InRange(now) {
		return c.steps
	}
	// An error leaves the clock at the last reset that can be computed.
	_ = c.wake(now)
	return c.steps
}

// wake adds a step for each due time up to now that resets the clock. There can be many, so
// they do not look for the alarms ahead: see [step.looking].
func (c *Clock) wake(now time.Time) error {
	for {
		if !c.last().resetsItself() {
			return nil
		}
		s := *c.last()
		if !s.runs() && s.dueWaits() {
			return nil
		}
		from, at := s.due, s.due.Add(1)
		if last := &c.steps[len(c.steps)-1]; !at.After(last.at) { // which made it pass
			if from, at = last.at, last.at; last.moment == none {
				from = last.from
			}
		}
		if at.After(now) {
			return nil
		}
		st := step{at: at, moment: none}
		if from.Equal(s.from) || !s.repeatsNever() { // the next cycle shares the alarms, or counts them
			s.lookAhead(nil)
			s.mark(at)
		}
		if err := s.settle(at); err != nil {
			return err
		}
		s.resets++
		if err := c.begin(&s, &st, OutcomeBreached, from, sla.WordDue); err != nil {
			return err
		}
		s.ahead, st.state = nil, s
		c.steps = append(c.steps, st)
	}
}

var errNoClock = errors.New("ticket: zero Clock: want one of a Ticket")
