package sla

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
)

// Clock follows one commitment through the life of a request: it is a [Deadline]
// and the events that have happened since, in their order. What it says of any
// instant follows from these alone, so a clock can be asked about the past and
// the future, thrown away and built again.
//
// A clock is immutable and safe for concurrent use; [Clock.Apply] returns
// another. The zero Clock is none: its status says so, and it takes no events.
//
// # Pauses
//
// Time spent paused does not count, where it is business time: a pause over a
// weekend moves nothing. The due time moves on by the business time paused, and
// so does that of a target in business days (R12). While a clock is paused, its
// due time is what it would be if it were resumed now.
//
// A pause that begins before the due time cannot lead to a breach by itself. Where
// no business time was left when it began, as between the closing and an
// opening at which the target is due, the moved due time can lie within the pause;
// it is then the first open instant after it. A pause that begins at the due
// time or later moves nothing, and the time in it is not counted as overdue.
//
// A pause may begin before the start; it counts from the start on, which it does
// not move.
//
// # In time and late
//
// An answer at the due time is in time. One instant later the clock is breached,
// and stays so in its cycle: nothing that happens afterwards takes that back. A
// cycle ends only where the policy says so, with [Restart] or [NewCycle].
type Clock struct {
	*commitment
	steps []step // the first for the opening, then one for each event
}

// commitment is what stays the same in the life of a clock.
type commitment struct {
	deadline   Deadline
	own        *Term   // the deadline's own, if it has one
	policy     *policy // nil for a deadline of no catalog
	scale      *scale
	category   int // its place on the scale
	modes      modes
	thresholds []Threshold // beside those of the terms
}

// term returns the term of a severity, by its place on the scale, or an error that says
// why it has none.
func (k *commitment) term(severity int) (*Term, error) {
	r := &k.deadline.Request
	if k.own != nil && k.scale.severities[severity] == r.Severity {
		return k.own, nil
	}
	if k.policy != nil {
		return k.policy.term(r.Metric, severity, k.category, r.Country)
	}
	return nil, TermError{
		Err: ErrNoCommitment, Moniker: r.Moniker, Plan: r.Plan, Category: r.Category, Severity: k.scale.severities[severity], Metric: r.Metric,
		Reason: "the deadline is of no catalog, which would have a term for it",
	}
}

// unknownSeverity returns the error for a severity that the clock's scale lacks.
func (k *commitment) unknownSeverity(s Severity) error {
	return k.scale.unknownSeverity(string(s), planOf(k.deadline.Request.Moniker, k.deadline.Request.Plan))
}

// step is an event and the clock after it.
type step struct {
	event   Event
	reached []Alarm // since the event before
	state
}

// state is what a clock is like after an event, until the next one.
type state struct {
	at       time.Time // of the event, or the opening
	cycle    int       // from 1
	opened   time.Time // of the cycle
	severity Severity  // of the request

	term *Term    // the one in force, if any
	of   Severity // of the term in force: another than the request's while the clock is stopped
	err  error    // why there is no term

	start    time.Time     // of the cycle
	origin   int           // the step whose instant the start is the first open one after
	run      time.Time     // since when its term counts: its opening, or a change that carries the time used
	target   time.Duration // the business time from the start to the due time, without pauses
	used     time.Duration // the business time counted up to at
	base     time.Time     // when the target is due without pauses
	due      time.Time     // without the hold that goes on, if any
	dueSince time.Time     // since when the due time has been that, other than by pauses
	original time.Time     // the first of the cycle

	// A clock that is paused or stopped, or both, is held since heldAt.
	paused, responded, cancelled bool
	heldAt                       time.Time
	stoppedAt                    time.Time

	breachedAt time.Time // zero if the cycle is not breached before at
	breaches   int       // of the cycles before

	done  []Threshold // reached in this cycle before at
	ahead []aheadAlarm
}

// counting reports whether the clock is neither paused nor stopped.
func (s *state) counting() bool { return !s.paused && !s.stopped() }

// stopped reports whether nothing changes any more but by an event.
func (s *state) stopped() bool { return s.responded || s.cancelled }

// until returns t, or when the clock stopped.
func (s *state) until(t time.Time) time.Time {
	if s.stopped() {
		return s.stoppedAt
	}
	return t
}

// dueWaits reports whether the due time moves on while the clock is held.
func (s *state) dueWaits() bool { return s.heldAt.Before(s.due) }

// NewClock returns the clock of a deadline that a [Catalog] has given, without
// events; the one that comes with a [TermError] will do, too. It follows from the
// deadline's Request and Term, and from what the catalog has for other
// severities; what else the deadline says is computed anew. Where there is
// nothing to follow, as the deadline has no calendar, the clock's status says why.
func NewClock(d Deadline) Clock {
	d.Term.Thresholds = slices.Clone(d.Term.Thresholds)
	k := &commitment{deadline: d, policy: d.policy, scale: usualScale()}
	if d.policy != nil {
		k.scale, k.modes = d.policy.scale, d.policy.modesOf(d.Request.Metric)
		k.category, _ = k.scale.category(d.Request.Category) // an unknown one is an error below
	} else if _, ok := k.scale.severity(d.Request.Severity); !ok && d.Request.Severity != "" {
		k.scale = &scale{severities: []Severity{d.Request.Severity}}
	}
	if d.policy == nil || d.Term.Calendar != nil {
		k.own = &k.deadline.Term
	}
	return k.clock()
}

// clock returns the clock of a commitment, without events.
func (k *commitment) clock() Clock {
	r, term := &k.deadline.Request, &k.deadline.Term
	s := state{at: r.Opened.Round(0), severity: r.Severity}
	err := checkThresholds(term.Thresholds)
	if _, known := k.scale.severity(r.Severity); !known || r.Severity == "" {
		err = k.unknownSeverity(r.Severity)
	} else if !inRange(r.Opened) {
		err = openedOutOfRange(r.Opened) // also where no term would report it
	} else if of := k.deadline.of; of != "" && of != r.Severity {
		err = fmt.Errorf("sla: the deadline has a term for severity %s and a request of severity %s", quote(string(of)), quote(string(r.Severity)))
	} else if _, known := k.scale.category(r.Category); k.policy != nil && !known {
		err = k.scale.unknownCategory(string(r.Category), k.policy.String())
	} else if k.own != nil && k.own.Countries != nil {
		if k.own, err = k.own.in(r.Country); err != nil {
			k.own = term
		}
	}
	if _, bad := term.Basis.MarshalText(); bad != nil {
		err = bad
	}
	if err == nil {
		s.cycle, s.opened = 1, s.at
		err = s.begin(k, s.at)
	}
	if err != nil {
		s = state{at: s.at, severity: s.severity, err: err}
	}
	if s.err == nil {
		k.deadline.Start, k.deadline.Due = s.start, s.due
		k.deadline.Provisional = s.term.Calendar.Provisional(s.opened, s.due)
	}
	s.lookAhead(k)
	return Clock{k, []step{{state: s}}}
}

// WithThresholds returns the clock with more thresholds than its terms name: those
// given hold for every term. The clock is as if it had had them from its opening
// on. The error is [ErrBadThreshold] for the zero Threshold, for one that it has
// been given before, and for more than 32 of them.
func (c Clock) WithThresholds(list ...Threshold) (Clock, error) {
	if c.commitment == nil {
		return c, errNoDeadline
	}
	k := *c.commitment
	k.thresholds = slices.Concat(k.thresholds, list)
	if err := checkThresholds(k.thresholds); err != nil {
		return c, err
	}
	return k.clock().Apply(c.Events()...)
}

var errNoDeadline = errors.New("sla: clock without a deadline (use NewClock)")

// Thresholds returns what the clock has beside the thresholds of its terms. The
// slice is the caller's.
func (c Clock) Thresholds() []Threshold {
	if c.commitment == nil {
		return nil
	}
	return slices.Clone(c.thresholds)
}

// Deadline returns the deadline that the clock was made of, with its start and due
// time as the clock has computed them.
func (c Clock) Deadline() Deadline {
	if c.commitment == nil {
		return Deadline{}
	}
	d := c.deadline
	d.Term = d.Term.clone()
	return d
}

// Events returns the events of the clock, in their order. The slice is the
// caller's.
func (c Clock) Events() []Event {
	if len(c.steps) < 2 {
		return nil
	}
	events := make([]Event, 0, len(c.steps)-1)
	for _, s := range c.steps[1:] {
		events = append(events, s.event)
	}
	return events
}

// Apply returns the clock after more events, in the order given; those of the same
// instant happen in that order, too. It is the same whether they are applied
// together or one by one.
//
// Where one of them cannot be, none is applied: the clock that is returned is c,
// and the error is an *[EventError], which says which and why. A caller who may
// have sent an event before can skip what is [ErrPaused], [ErrNotPaused] or
// [ErrSameSeverity]. A clock that is none, as its status says, takes no events, and
// the error is that of its status. 4,096 events are the most.
func (c Clock) Apply(events ...Event) (Clock, error) {
	if c.commitment == nil {
		return c, errNoDeadline
	}
	if err := c.broken(); err != nil {
		return c, err
	}
	steps := make([]step, len(c.steps), len(c.steps)+len(events))
	copy(steps, c.steps)
	after := Clock{c.commitment, steps}
	for i, e := range events {
		e.At = e.At.Round(0)                           // without a monotonic clock reading
		e.Note = strings.ToValidUTF8(e.Note, "\ufffd") // as it would be read from JSON
		if err := after.apply(e); err != nil {
			return c, &EventError{Index: i, Event: e, After: after.last().at, Kind: after.steps[len(after.steps)-1].event.Kind, Err: err}
		}
	}
	return after, nil
}

// maxEvents bounds what a clock can cost: a change of severity goes through the
// pauses before it.
const maxEvents = 4096

// broken returns why a clock has never begun.
func (c Clock) broken() error {
	if s := &c.steps[0]; s.cycle == 0 {
		return s.err
	}
	return nil
}

func (c *Clock) last() *state { return &c.steps[len(c.steps)-1].state }

// apply appends a step for an event.
func (c *Clock) apply(e Event) error {
	if err := e.check(); err != nil {
		return err
	}
	s := *c.last()
	switch {
	case len(c.steps) > maxEvents:
		return ErrTooManyEvents
	case e.At.Before(s.at):
		return ErrEventOrder
	case s.cancelled:
		return ErrCancelled
	}
	reached := s.reach(e.At)
	for _, a := range reached {
		s.done = append(s.done[:len(s.done):len(s.done)], a.Threshold)
	}
	if err := s.settle(e.At); err != nil {
		return err
	}
	var err error
	switch e.Kind {
	case Paused:
		if s.paused {
			return ErrPaused
		}
		s.hold(e.At)
		s.paused = true
	case Resumed:
		if !s.paused {
			return ErrNotPaused
		}
		s.paused = false
		if !s.responded {
			err = s.release(e.At)
		}
	case Responded, Cancelled:
		if !s.responded {
			s.hold(e.At)
			s.stoppedAt = e.At
		}
		s.responded = s.responded || e.Kind == Responded
		s.cancelled = e.Kind == Cancelled
	case SeverityChanged:
		if _, known := c.scale.severity(e.Severity); !known {
			return c.unknownSeverity(e.Severity)
		}
		if s.severity == e.Severity {
			return ErrSameSeverity
		}
		s.severity = e.Severity
		if !s.responded {
			err = c.changeSeverity(&s, e.At)
		}
	case Reopened:
		if !s.responded {
			return ErrNotStopped
		}
		err = c.reopen(&s, e.At)
	}
	if err != nil {
		return err
	}
	s.at = e.At
	s.lookAhead(c.commitment)
	c.steps = append(c.steps, step{e, reached, s})
	return nil
}

// settle counts what has passed since s.at, up to t.
func (s *state) settle(t time.Time) error {
	if s.err != nil || s.stopped() {
		return nil
	}
	due, err := s.dueAt(t)
	if err != nil {
		return err
	}
	if s.breachedAt.IsZero() && due.Before(t) {
		s.breachedAt = later(due, s.dueSince)
	}
	s.used, err = s.usedAt(t)
	return err
}

// usedAt returns the business time that the cycle has counted up to t.
func (s *state) usedAt(t time.Time) (time.Duration, error) {
	if s.err != nil || !s.counting() || !s.at.Before(t) {
		return s.used, nil
	}
	d, err := s.term.Calendar.Between(s.at, t)
	if err == nil && s.used > math.MaxInt64-d {
		err = fmt.Errorf("sla: the business time used by %s is %w", t.Format(time.RFC3339Nano), calendar.ErrOutOfRange)
	}
	return s.used + d, err
}

// dueAt returns the due time if the clock goes on at t, where it is held.
func (s *state) dueAt(t time.Time) (time.Time, error) {
	if s.err != nil || s.counting() || !s.dueWaits() {
		return s.due, nil
	}
	return movedOn(s.term.Calendar, s.due, s.heldAt, t)
}

// movedOn returns a due time moved on by the business time from an instant before
// it to another (R12), and never back into the time between.
func movedOn(c *calendar.Calendar, due, from, to time.Time) (time.Time, error) {
	d, err := c.Between(from, to)
	if err != nil {
		return due, err
	}
	if due, err = c.Add(due, d); err == nil && due.Before(to) {
		due, err = c.NextOpen(to)
	}
	return due, err
}

// hold stops counting at t.
func (s *state) hold(t time.Time) {
	if s.counting() {
		s.heldAt = t
	}
}

// release goes on at t after a hold. The flags say already that s is counting.
func (s *state) release(t time.Time) error {
	if s.err != nil || !s.dueWaits() {
		return nil
	}
	var err error
	s.due, err = movedOn(s.term.Calendar, s.due, s.heldAt, t)
	return err
}

// begin starts to count for the severity's term from an instant on: at the first
// open instant, with nothing used and the whole target ahead.
func (s *state) begin(k *commitment, from time.Time) error {
	place, _ := k.scale.severity(s.severity)
	s.of = s.severity
	s.term, s.err = k.term(place)
	s.start, s.base, s.due, s.target, s.used = time.Time{}, time.Time{}, time.Time{}, 0, 0
	s.run, s.dueSince = from, from
	if s.err != nil {
		return nil
	}
	var err error
	if s.start, s.due, err = s.term.due(from); err != nil {
		return err
	}
	if s.target, err = s.term.Calendar.Between(s.start, s.due); err != nil {
		return err
	}
	s.target = max(s.target, 0) // R7 can answer earlier than it was asked, where hours lie a day after their date
	s.base = s.due
	if s.original.IsZero() {
		s.original = s.due
	}
	return nil
}

// newCycle begins a cycle at t, of which the next step of c is the first.
func (c *Clock) newCycle(s *state, t time.Time) error {
	if !s.breachedAt.IsZero() {
		s.breaches++
	}
	s.cycle++
	s.opened, s.original, s.breachedAt, s.done = t, time.Time{}, time.Time{}, nil
	s.origin = len(c.steps)
	s.heldAt = t // if it is held
	return s.begin(c.commitment, t)
}

// reopen takes back that the clock was stopped, as the policy's mode says.
func (c *Clock) reopen(s *state, t time.Time) error {
	switch c.modes.reopening {
	case Ignore:
		return nil
	case NewCycle:
		s.responded = false
		return c.newCycle(s, t)
	}
	s.responded = false
	if !s.paused {
		if err := s.release(t); err != nil {
			return err
		}
	}
	s.dueSince = t
	if s.severity == s.of {
		return nil
	}
	return c.changeSeverity(s, t)
}

// changeSeverity puts the term of s.severity in force at t, as the policy's mode
// says.
func (c *Clock) changeSeverity(s *state, t time.Time) error {
	switch c.modes.severityChange {
	case Restart:
		return c.newCycle(s, t)
	case CarryElapsed:
		return c.carryElapsed(s, t)
	}
	if err := s.begin(c.commitment, s.opened); err != nil || s.err != nil {
		return err
	}
	s.dueSince = t
	until := t
	if !s.counting() {
		until = s.heldAt
	}
	var err error
	if s.used, err = s.term.Calendar.Between(s.opened, until); err != nil {
		return err
	}
	for _, h := range c.holds(s.cycle, t, s.counting()) {
		d, err := s.term.Calendar.Between(h.Start, h.End)
		if err != nil {
			return err
		}
		s.used -= d
		if h.Start.Before(s.due) {
			if s.due, err = movedOn(s.term.Calendar, s.due, h.Start, h.End); err != nil {
				return err
			}
		}
	}
	return nil
}

// holds returns the stretches of a cycle, the last one, in which it was held and
// that are over; one that goes on is over at t if the clock goes on then.
func (c *Clock) holds(cycle int, t time.Time, goesOn bool) []calendar.Span {
	var list []calendar.Span
	for i := 1; i < len(c.steps); i++ {
		before, s := &c.steps[i-1], &c.steps[i]
		if before.cycle == cycle && !before.counting() && s.counting() {
			list = append(list, calendar.Span{Start: before.heldAt, End: s.at})
		}
	}
	if s := c.last(); s.cycle == cycle && !s.counting() && goesOn {
		list = append(list, calendar.Span{Start: s.heldAt, End: t})
	}
	return list
}

// carryElapsed puts a term in force at t with what has been used before. The start
// stays, if it is past: at the start itself nothing has counted yet.
func (c *Clock) carryElapsed(s *state, t time.Time) error {
	used, start := s.used, s.start
	if err := s.begin(c.commitment, t); err != nil {
		return err
	}
	from := s.start
	s.used, s.heldAt = used, t // if it is held
	if !start.IsZero() && t.After(start) {
		s.start = start
	} else {
		s.origin = len(c.steps)
	}
	if s.err != nil {
		return nil
	}
	var err error
	if target := s.term.Target; target.within > 0 {
		s.due, err = s.term.Calendar.Add(from, target.within-used)
	} else {
		s.due, err = s.term.Calendar.Add(s.due, -used)
	}
	s.base = s.due
	return err
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

// later returns the later of two instants.
func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// String returns one line for people: the request and how many events there were.
func (c Clock) String() string {
	if c.commitment == nil {
		return "no clock"
	}
	r := c.deadline.Request
	events := "events"
	if len(c.steps) == 2 {
		events = "event"
	}
	return fmt.Sprintf("%s, opened %s, %d %s", caseOf(r.Moniker, r.Plan, r.Category, r.Severity), r.Opened.Format(time.RFC3339Nano), len(c.steps)-1, events)
}
