package ticket

import (
	"fmt"
	"slices"
	"time"

	"github.com/duetime/duetime/sla"
)

// This file has what the words of a course and a change of the request do to a clock (R15,
// R17).

// tell adds the steps for the last of a ticket's moments, if it concerns the clock: one for a
// change, and then one for a word.
func (c *Clock) tell(moments []moment) error {
	c.moments = moments
	m, before := moments[len(moments)-1], &moments[len(moments)-2]
	if before.cancelled {
		return nil
	}
	if m.changed {
		idle := c.last().idle
		change := m
		change.word, change.status, change.isStatus, change.cancelled = "", before.status, false, false
		if err := c.step(&change, before); err != nil {
			return err
		}
		m.changed, before = false, &change
		if s := c.last(); idle && !s.idle && slices.Contains(s.rule.course.Stop, before.status) {
			if err := c.stop(m.at); err != nil {
				return err
			}
		}
	}
	return c.step(&m, before)
}

// stop adds the step for a status that holds already, as the clock begins.
func (c *Clock) stop(at time.Time) error {
	if err := c.wake(at); err != nil {
		return err
	}
	s := *c.steps[len(c.steps)-1].looking()
	s.mark(at)
	if err := s.settle(at); err != nil {
		return err
	}
	if err := s.turn(turn{at, s.paused, true}); err != nil {
		return err
	}
	c.add(step{at: at, moment: len(c.moments) - 1}, s)
	return nil
}

// step adds the step for a change or a word, if it concerns the clock.
func (c *Clock) step(m, before *moment) error {
	former, rule := c.last().rule, m.rule(c.number)
	acts := c.concerns(m, before, former, rule)
	if !acts && !m.changed {
		return nil
	}
	if err := c.wake(m.at); err != nil {
		return err
	}
	s := *c.steps[len(c.steps)-1].looking()
	st := step{at: m.at, moment: len(c.moments) - 1}
	s.mark(m.at)
	s.rules, s.rule, s.severity = m.rules, rule, m.rules.request.Severity
	if !acts {
		if s.cycle > 0 && !s.over() && s.term == nil {
			s.err, s.of = rule.err, s.severity
		}
		c.add(st, s)
		return nil
	}
	if err := s.settle(m.at); err != nil {
		return err
	}
	if m.changed {
		if err := c.change(&s, &st, m, former); err != nil {
			return err
		}
	}
	if err := c.hear(&s, &st, m, before); err != nil {
		return err
	}
	if m.cancelled && !s.idle && !s.over() {
		if s.runs() {
			s.heldAt = m.at
		}
		s.cancelled, s.stoppedAt = true, m.at
	}
	c.add(st, s)
	return nil
}

// concerns reports whether an event can do anything to the clock but by its severity.
func (c *Clock) concerns(m, before *moment, former, rule *rule) bool {
	s, course := c.last(), &rule.course
	return m.cancelled || begins(s, rule) || m.changed && (s.term != rule.term || !rule.same(former, c.request.Opened)) ||
		slices.Contains(course.Pause, m.status) != s.paused || leaves(course, m, before) ||
		slices.Contains(course.Start, m.word) || slices.Contains(course.Stop, m.word) || slices.Contains(course.Reset, m.word)
}

// begins reports whether a change begins a clock that is idle: its policy has the metric
// anew, or lets the opening start it.
func begins(s *state, rule *rule) bool {
	return s.idle && rule.listed && (s.absent || startsByItself(rule.course))
}

// leaves reports whether an event leaves a status that stops a clock which its opening
// started.
func leaves(course *sla.Course, m, before *moment) bool {
	return m.isStatus && len(course.Start) == 0 && slices.Contains(course.Stop, before.status) && !slices.Contains(course.Stop, m.status)
}

// eventOf returns what an event is called where a clock counts from it.
func eventOf(e *Event) string {
	if e.Word == "" {
		return "change"
	}
	return e.Word
}

// hear does what a word does: it stops the clock, then resets it, then starts it, then
// pauses it.
func (c *Clock) hear(s *state, st *step, m, before *moment) error {
	course, word := &s.rule.course, m.word
	to := turn{m.at, slices.Contains(course.Pause, m.status), s.stopped}
	cycle := s.cycle
	if s.idle || s.cancelled {
		s.paused = to.paused
	}
	begin := func() error {
		s.paused = to.paused
		to.stopped = false
		return c.begin(s, st, OutcomeMet, m.at, eventOf(&m.event))
	}
	if slices.Contains(course.Stop, word) && !s.idle && !s.over() {
		to.stopped = true
	}
	if slices.Contains(course.Reset, word) && !s.idle && !s.over() && !to.stopped {
		if err := begin(); err != nil {
			return err
		}
	}
	starts := slices.Contains(course.Start, word)
	if starts || leaves(course, m, before) {
		switch {
		case s.idle:
			if starts && !s.absent {
				return begin()
			}
		case !to.stopped || s.cancelled || course.Reopening == sla.ReopenIgnore:
		case course.Reopening == sla.ReopenNewCycle:
			st.mode = string(course.Reopening)
			if err := begin(); err != nil {
				return err
			}
		default:
			st.mode = string(course.Reopening)
			to.stopped = false
			s.dueSince = m.at
		}
	}
	if s.idle || s.cancelled || s.cycle != cycle {
		return nil
	}
	return s.turn(to)
}

// ends returns the outcome of a cycle that ends, which is another if it is breached or had
// no term.
func (s *state) ends(as Outcome) Outcome {
	switch {
	case !s.breachedAt.IsZero():
		return OutcomeBreached
	case s.err != nil && as == OutcomeMet:
		return OutcomeOpen
	}
	return as
}

// change lets the term of a changed request take over. A clock that is idle or stopped takes
// it with its next cycle.
func (c *Clock) change(s *state, st *step, m *moment, former *rule) error {
	switch {
	case begins(s, s.rule):
		return c.appear(s, st)
	case s.idle || s.over():
		return nil
	case s.rule.same(&rule{term: s.term}, c.request.Opened):
		s.takeTerm()
		return nil
	}
	mode := former.course.Change
	st.mode = string(mode)
	switch mode {
	case sla.ChangeRestart:
		return c.begin(s, st, OutcomeSuperseded, m.at, eventOf(&m.event))
	case sla.ChangeCarryElapsed:
		return c.carryElapsed(s, m)
	}
	var show func(*state, time.Time)
	if mode == sla.ChangeReplace {
		show = func(*state, time.Time) {} // the alarms that it has reached
	}
	as, err := relive(*s, c.steps, m.at, show)
	if err != nil {
		return err
	}
	if mode == sla.ChangeReplace {
		*s, st.anew = as, true
		return nil
	}
	as.breachedAt, as.done, as.original, as.dueSince = s.breachedAt, s.done, s.original, m.at
	if as.original.IsZero() {
		as.original = as.base
	}
	*s = as
	return nil
}

// A change goes through what has happened in the cycle. These bound the work of all changes
// in the life of a ticket, in proportion to its events.
const (
	maxLookBack      = 16384
	lookBackPerEvent = 256
)

// checkLookBack returns an error if the changes of a ticket have gone through too much.
func (t *Ticket) checkLookBack(looked int) error {
	events := len(t.moments) - 1
	if most := maxLookBack + lookBackPerEvent*events; looked > most {
		return fmt.Errorf("changes that go through more than %d pauses and stops, with their alarms: want %d at the most, and %d for each event", most, maxLookBack, lookBackPerEvent)
	}
	return nil
}

// relive returns what the cycle of a state would be at t if its rule had held from where it
// counts, given the steps before. With a function, it looks for alarms, too, and shows each
// stretch of time by the state in it and its end.
func relive(now state, steps []step, t time.Time, show func(s *state, end time.Time)) (state, error) {
	s := now
	turns := slices.Grow(slices.Clone(now.earlier), max(len(steps)-now.first, 1))
	s.done = nil
	s.paused, s.stopped = false, false
	if now.first < len(steps) {
		if len(turns) == 0 {
			s.paused = steps[now.first].paused
		}
		s.done = doneBefore(steps, now.first)
		for i := now.first + 1; i < len(steps); i++ {
			st := &steps[i]
			turns = append(turns, turn{st.at, st.paused, st.stopped})
		}
	}
	turns = append(turns, turn{t, now.paused, false})
	s.breachedAt, s.original = time.Time{}, time.Time{}
	if err := s.count(); err != nil {
		return s, err
	}
	s.looked += len(turns)
	if show != nil && s.term != nil {
		s.looked += len(turns) * len(s.term.Thresholds) / 2 // which take half as long each
	}
	var room []aheadAlarm
	for _, to := range turns {
		if show != nil {
			s.lookAhead(room)
			room = s.ahead
			show(&s, to.at)
			s.mark(to.at)
		} else if to.paused == s.paused && to.stopped == s.stopped && to.at.Before(t) {
			continue
		}
		if err := s.settle(to.at); err != nil {
			return s, err
		}
		if err := s.turn(to); err != nil {
			return s, err
		}
	}
	return s, nil
}

// doneBefore returns what the cycle before had reached if it counts from the same instant.
func doneBefore(steps []step, first int) []uint8 {
	if first > 0 && steps[first-1].cycle > 0 && steps[first-1].from.Equal(steps[first].from) {
		s := *steps[first-1].looking()
		s.mark(steps[first].at)
		return s.done
	}
	return nil
}

// appear begins an idle clock by a change: at the opening of the ticket. Under a course with
// start words, it stays idle.
func (c *Clock) appear(s *state, st *step) error {
	before := c.moments[:len(c.moments)-1]
	m := &c.moments[len(before)]
	s.absent = false
	course := &s.rule.course
	if !startsByItself(*course) {
		return nil
	}
	s.paused = false
	if err := c.begin(s, st, OutcomeOpen, c.request.Opened, ""); err != nil {
		return err
	}
	for _, m := range before {
		s.paused = slices.Contains(course.Pause, m.status)
		s.earlier = append(s.earlier, turn{m.at, s.paused, false})
	}
	as, err := relive(*s, c.steps, m.at, nil)
	if err != nil {
		return err
	}
	as.breachedAt, as.done, as.dueSince = time.Time{}, nil, m.at
	*s = as
	return nil
}

// carryElapsed puts a term in force at t with what has been used before. The start
// stays, if it is past: at the start itself nothing has counted yet.
func (c *Clock) carryElapsed(s *state, m *moment) error {
	used, start := s.used, s.start
	if err := s.takeOver(m.at); err != nil {
		return err
	}
	from := s.start                                 // of the term
	s.used, s.heldAt, s.dueSince = used, m.at, m.at // held, if it is
	if !start.IsZero() && m.at.After(start) {
		s.start = start
	} else {
		s.counts, s.countsEvent = m.at, eventOf(&m.event)
	}
	if s.err != nil {
		return nil
	}
	var err error
	within, _ := s.side.Duration()
	days, _ := s.side.Days()
	switch {
	case used > 0 && used >= s.target: // used up
		s.due, s.target = m.at, used
	case s.wall: // counts from the change on, or from a start after it
		s.due, err = s.after(m.at, s.target-used)
	case within > 0 && days == 0:
		s.due, err = s.term.Calendar.Add(from, s.target-used)
	default:
		s.due, err = s.term.Calendar.Add(s.due, -used)
	}
	s.base = s.due
	return err
}
