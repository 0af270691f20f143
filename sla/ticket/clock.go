package ticket

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/instant"
	"github.com/duetime/duetime/sla/internal/text"
)

// Clock follows one commitment from the opening of a request on. It is a request that a
// catalog judges, and the events since, in their order. All that it says of an instant
// follows from these, so a clock can be asked about the past and the future, stored, and
// built again.
//
// A clock is immutable and safe for concurrent use; [Clock.Apply] returns another. The
// zero Clock rejects events, and its status has an error.
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
// # In time and late
//
// An answer at the due time is in time. One nanosecond later the clock is breached, and
// stays so in its cycle. Only [sla.ChangeRestart] and [sla.ReopenNewCycle] end a cycle.
type Clock struct {
	*commitment
	steps []step // the first for the opening, then one for each event
}

// commitment is what stays the same in the life of a clock.
type commitment struct {
	catalog      *sla.Catalog
	request      sla.Request // with its Plan, Category and Metric filled in
	inForceSince time.Time
	severities   []sla.Severity
	course       sla.Course
	thresholds   []sla.Threshold // besides the terms' thresholds
}

// term returns the term of a severity, or why the severity lacks one.
func (k *commitment) term(severity sla.Severity) (*sla.Term, error) {
	r := k.request
	r.Severity = severity
	t, err := k.catalog.Term(r)
	if err != nil {
		return nil, err
	}
	return &t, nil
}

// step is an event and the clock after it.
type step struct {
	event   Event
	reached []Alarm // since the event before
	state
}

// state is what a clock is like after an event, until the next one.
type state struct {
	at       time.Time    // of the event, or the opening
	cycle    int          // from 1
	opened   time.Time    // of the cycle
	severity sla.Severity // of the request

	term *sla.Term    // the one in force, if any
	of   sla.Severity // of the term in force: another than the request's while the clock is stopped
	err  error        // why there is no term

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

	done  []sla.Threshold // reached in this cycle before at
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

// NewClock returns the clock of a request that a catalog judges, without events.
//
// A severity without a term is no error: the clock follows the request to a severity that
// has one, and until then its status has the [sla.TermError]. All other errors are those
// of [sla.Catalog.Deadline].
func NewClock(c *sla.Catalog, r sla.Request) (Clock, error) {
	d, err := c.Deadline(r)
	if _, none := errors.AsType[sla.TermError](err); err != nil && !none {
		return Clock{}, err
	}
	course, err := c.Course(d.Request)
	if err != nil {
		return Clock{}, err
	}
	k := commitment{catalog: c, request: d.Request, inForceSince: d.InForceSince, severities: c.Severities(d.Request), course: course}
	return k.clock()
}

// Of returns a clock for a deadline without a catalog. The clock rejects changes of severity.
// It reads the deadline's Request and Term, and computes Start and Due anew. Use [NewClock] if
// you have a catalog.
func Of(d sla.Deadline) (Clock, error) {
	r := d.Request
	p := sla.Policy{Moniker: r.Moniker, Plan: r.Plan, From: d.InForceSince, Severities: []sla.Severity{r.Severity}, Terms: []sla.Term{d.Term}}
	if r.Category != "" {
		p.Categories = []region.Category{r.Category}
	}
	c, err := sla.NewCatalog(cmp.Or(d.Catalog, "one term"), p)
	if err != nil {
		return Clock{}, err
	}
	r.Metric = d.Term.Metric
	return NewClock(c, r)
}

// clock returns the clock of a commitment, without events.
func (k *commitment) clock() (Clock, error) {
	at := k.request.Opened.Round(0)
	s := state{at: at, severity: k.request.Severity, cycle: 1, opened: at}
	if err := s.begin(k, at); err != nil {
		return Clock{}, err
	}
	s.lookAhead(k)
	return Clock{k, []step{{state: s}}}, nil
}

// WithThresholds returns the clock with more thresholds, which hold for every term and from
// the opening on. It rejects an invalid threshold, a duplicate, and more than 32.
func (c Clock) WithThresholds(list ...sla.Threshold) (Clock, error) {
	if c.commitment == nil {
		return c, errNoClock
	}
	k := *c.commitment
	k.thresholds = slices.Concat(k.thresholds, list)
	if err := checkThresholds(k.thresholds); err != nil {
		return c, fmt.Errorf("ticket: %w", err)
	}
	with, err := k.clock()
	if err != nil {
		return c, err
	}
	return with.Apply(c.Events()...)
}

var errNoClock = errors.New("ticket: zero Clock: want one of NewClock")

// Thresholds returns the thresholds that [Clock.WithThresholds] added. The slice is the
// caller's.
func (c Clock) Thresholds() []sla.Threshold {
	if c.commitment == nil {
		return nil
	}
	return slices.Clone(c.thresholds)
}

// Request returns the request that the clock follows, as it was opened, with its Plan,
// Category and Metric filled in.
func (c Clock) Request() sla.Request {
	if c.commitment == nil {
		return sla.Request{}
	}
	return c.request
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

// Apply returns the clock after more events, in the order given. Events of one instant
// happen in that order, too. It does not matter whether they are applied together or one by
// one.
//
// Apply is all or nothing: on an error, an *[EventError], the clock returned is c. A caller
// who may have sent an event before can skip what is [ErrUnchanged]. A clock takes 4,096
// events at the most.
func (c Clock) Apply(events ...Event) (Clock, error) {
	if c.commitment == nil {
		return c, errNoClock
	}
	steps := make([]step, len(c.steps), len(c.steps)+len(events))
	copy(steps, c.steps)
	after := Clock{c.commitment, steps}
	for i, e := range events {
		e.At = e.At.Round(0)                           // without a monotonic clock reading
		e.Note = strings.ToValidUTF8(e.Note, "\ufffd") // as it would be read from JSON
		if err := after.apply(e); err != nil {
			last := &after.steps[len(after.steps)-1]
			return c, &EventError{Index: i, Event: e, Err: err, last: last.event.Kind, at: last.at}
		}
	}
	return after, nil
}

// maxEvents bounds what a clock can cost: a change of severity goes through the
// pauses before it.
const maxEvents = 4096

func (c *Clock) last() *state { return &c.steps[len(c.steps)-1].state }

// apply appends a step for an event.
func (c *Clock) apply(e Event) error {
	if err := e.check(); err != nil {
		return err
	}
	s := *c.last()
	switch {
	case len(c.steps) > maxEvents:
		return errTooManyEvents
	case e.At.Before(s.at):
		return ErrEventOrder
	case s.cancelled:
		return errCancelled
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
			return errPaused
		}
		s.hold(e.At)
		s.paused = true
	case Resumed:
		if !s.paused {
			return errNotPaused
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
		if !slices.Contains(c.severities, e.Severity) {
			_, err := c.term(e.Severity)
			return err
		}
		if s.severity == e.Severity {
			return errSameSeverity
		}
		s.severity = e.Severity
		if !s.responded {
			err = c.changeSeverity(&s, e.At)
		}
	case Reopened:
		if !s.responded {
			return errNotStopped
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
		s.breachedAt = instant.Later(due, s.dueSince)
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
		err = fmt.Errorf("ticket: the business time used by %s is %w", t.Format(time.RFC3339Nano), calendar.ErrOutOfRange)
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
	s.of = s.severity
	s.term, s.err = k.term(s.severity)
	s.start, s.base, s.due, s.target, s.used = time.Time{}, time.Time{}, time.Time{}, 0, 0
	s.run, s.dueSince = from, from
	if s.err != nil {
		return nil
	}
	var err error
	if s.start, err = s.term.Calendar.NextOpen(from); err != nil {
		return err
	}
	if s.due, err = s.term.Target.Due(s.term.Calendar, s.start); err != nil {
		return fmt.Errorf("due %v after %s: %w", s.term.Target, from.Format(time.RFC3339Nano), err)
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

// reopen takes back that the clock was stopped, as the course says.
func (c *Clock) reopen(s *state, t time.Time) error {
	switch c.course.Reopening {
	case sla.ReopenIgnore:
		return nil
	case sla.ReopenNewCycle:
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

// changeSeverity puts the term of s.severity in force at t, as the course
// says.
func (c *Clock) changeSeverity(s *state, t time.Time) error {
	switch c.course.Change {
	case sla.ChangeRestart:
		return c.newCycle(s, t)
	case sla.ChangeCarryElapsed:
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
	if target := s.term.Target.Duration(); target > 0 {
		s.due, err = s.term.Calendar.Add(from, target-used)
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

// String returns one line for people: the request and how many events there were.
func (c Clock) String() string {
	if c.commitment == nil {
		return "no clock"
	}
	r := c.request
	events := "events"
	if len(c.steps) == 2 {
		events = "event"
	}
	return fmt.Sprintf("%s, %s, severity %s, opened %s, %d %s", planOf(r), text.OneLine(string(r.Category)), text.OneLine(string(r.Severity)), r.Opened.Format(time.RFC3339Nano), len(c.steps)-1, events)
}

// planOf returns what the plan of a request is called.
func planOf(r sla.Request) string {
	if r.Plan == "" {
		return text.OneLine(string(r.Moniker))
	}
	return text.OneLine(string(r.Moniker)) + ", plan " + text.OneLine(string(r.Plan))
}
