package ticket_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/bound"
	"github.com/duetime/duetime/sla/ticket"
)

// choices makes a ticket of bytes, so that the fuzzer can look for one.
type choices struct{ bytes []byte }

// below returns a number from 0 to n-1, and 0 when the bytes have run out.
func (c *choices) below(n int) int {
	v := 0
	for range 2 {
		if len(c.bytes) > 0 {
			v, c.bytes = v<<8|int(c.bytes[0]), c.bytes[1:]
		}
	}
	return v % n
}

func oneOf[T any](c *choices, list ...T) T { return list[c.below(len(list))] }

func (c *choices) thresholds() []sla.Threshold {
	var list []sla.Threshold
	for range c.below(4) {
		d := time.Duration(1+c.below(600)) * time.Minute
		t := oneOf(c, sla.Threshold{Percent: 1 + c.below(150)}, thresholdOf("50%"), thresholdOf("breach"), sla.Threshold{Offset: -d}, sla.Threshold{Offset: d}, sla.Threshold{Offset: -d, Wall: true}, sla.Threshold{Offset: d, Wall: true})
		t.InHours = c.below(4) == 0
		if !t.Breach && c.below(4) == 0 {
			t.Every = time.Duration(10+c.below(600)) * time.Minute
		}
		if !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	return list
}

func (c *choices) target() sla.Target {
	days, minutes := 1+c.below(4), c.below(2880)
	return oneOf(c, within(time.Duration(1+c.below(1<<16))*time.Minute/10), targetOf("8h"), targetOf("1ns"),
		businessDays(days, ""), businessDays(days, "@close"), businessDays(days, fmt.Sprintf("@%02d:%02d", minutes/60, minutes%60)), targetOf("0bd@close"),
		targetOf(fmt.Sprintf("%dm wall", 1+minutes)), targetOf(fmt.Sprintf("%dbd %dm", days, 1+minutes)), targetOf(fmt.Sprintf("%dd", days)), targetOf(fmt.Sprintf("%dd@%02d:%02d", days, minutes/60, minutes%60)),
		targetOf("0bd@close before 14:00 else 1bd@close"), targetOf("4h wall in hours else 0bd@12:00"), targetOf("1h before 22:00 else 8h wall"))
}

// courses are of all kinds. The clocks of a metric change alike in all plans.
func (c *choices) courses() []sla.Course {
	change := oneOf(c, sla.ChangeFromOpening, sla.ChangeCarryElapsed, sla.ChangeRestart, sla.ChangeReplace)
	reopening := oneOf(c, sla.ReopenContinue, sla.ReopenNewCycle, sla.ReopenIgnore)
	return []sla.Course{
		{Metric: sla.FirstResponse, Start: oneOf(c, nil, only(sla.WordOpened, "customer")), Stop: only("agent"), Pause: oneOf(c, nil, only("pending")), Reopening: reopening, Change: change},
		{Metric: sla.NextResponse, Start: only("customer"), Stop: only("agent", "solved"), Pause: only("pending"), Change: change},
		{Metric: sla.Resolution, Stop: only("solved"), Pause: only("pending"), Reopening: reopening, Change: change},
		{Metric: "update", Reset: oneOf(c, only("agent"), only("agent", sla.WordDue)), Stop: only("solved"), Pause: oneOf(c, nil, only("pending")), Change: change},
	}
}

// lawCase is a ticket and what it was made of.
type lawCase struct {
	catalog *sla.Catalog
	fresh   ticket.Ticket
	ticket  ticket.Ticket
	opened  time.Time
}

// ticket returns one of a random catalog, after some events.
func (c *choices) ticket(t *testing.T) (k lawCase, ok bool) {
	courses := c.courses()
	var policies []sla.Policy
	for i, plan := range []sla.Plan{"basic", "gold"} {
		p := sla.Policy{Moniker: "acme", Plan: plan, Default: i == 0, Statuses: only("open", "pending", "solved"), Happenings: only("customer", "agent"), Courses: courses}
		for _, m := range []sla.Metric{sla.FirstResponse, sla.NextResponse, sla.Resolution, "update"} {
			if m != sla.FirstResponse && c.below(3) == 0 {
				continue // the plan lacks the metric
			}
			for _, s := range only(a, b, sla.SeverityC) {
				if s == b || c.below(4) > 0 {
					p.Terms = append(p.Terms, sla.Term{Metric: m, Severities: only(s), Calendar: oneOf(c, troublesome...), Thresholds: c.thresholds(), Target: c.target()})
				}
			}
		}
		policies = append(policies, p)
	}
	var err error
	k.catalog, err = sla.NewCatalog("test", policies...)
	require.NoError(t, err)
	k.opened = time.Date(2024, oneOf(c, time.March, time.October, time.January), 25+c.below(10), c.below(24), oneOf(c, 0, 0, 30, c.below(60)), 0, oneOf(c, 0, 1), time.UTC)
	k.fresh, err = ticket.Open(k.catalog, sla.Request{Moniker: "acme", Severity: oneOf(c, a, b, b), Opened: k.opened})
	if err != nil {
		require.ErrorIs(t, err, calendar.ErrOutOfRange)
		return k, false
	}
	k.ticket = k.fresh
	last := k.opened
	for range 1 + c.below(10) {
		e := c.event(k.ticket, last)
		next, err := k.ticket.Apply(e)
		if err != nil {
			require.ErrorIs(t, err, calendar.ErrOutOfRange)
			continue
		}
		k.ticket, last = next, e.At
	}
	return k, true
}

// event returns an event, most often at an instant at which something else happens.
func (c *choices) event(k ticket.Ticket, last time.Time) ticket.Event {
	next, _ := k.Next(last)
	_, st, _ := k.First(last)
	at := oneOf(c, last, next, st.Due, st.Due.Add(1), last.Add(time.Duration(c.below(1<<15))*time.Minute/8), last.Add(time.Duration(1+c.below(90))*time.Minute))
	if at.Before(last) || at.Year() > 2030 {
		at = last.Add(time.Hour)
	}
	e := word(at, oneOf(c, "open", "pending", "open", "pending", "solved", "customer", "agent", "customer", "agent", ""))
	if e.Word == "" || c.below(6) == 0 {
		e.Change.Severity = oneOf(c, a, b, sla.SeverityC)
		e.Change.Plan = oneOf[sla.Plan](c, "", "", "basic", "gold")
	}
	if c.below(40) == 0 {
		e.Word = sla.WordCancelled
	}
	e.Note = oneOf(c, "", "waiting")
	return e
}

// checkTicket holds what must be true of any ticket and its explanations.
func checkTicket(t *testing.T, c *choices) {
	k, ok := c.ticket(t)
	if !ok {
		return
	}
	fail := func(law string, got ...any) {
		t.Helper()
		t.Fatalf("%s: got %v\nfor %s\n%s", law, got, k.fresh, jsonOf(t, k.ticket))
	}
	k.checkDeadlines(fail)
	events := k.ticket.Events()
	last := events[max(0, len(events)-1):]
	end := k.opened
	if len(last) > 0 {
		end = last[0].At
	}
	k.checkPrefix(t, c.below(len(events)+1), fail)
	for _, now := range []time.Time{end, end.Add(time.Duration(c.below(1<<15)) * time.Minute / 4), k.opened.Add(end.Sub(k.opened) / 8 * time.Duration(c.below(8)))} {
		for m, clock := range k.ticket.Clocks() {
			say := func(law string, got ...any) {
				t.Helper()
				fail(fmt.Sprintf("%s at %s: %s", m, now, law), got...)
			}
			k.checkStatus(clock.At(now), say)
			k.checkExplanation(clock, now, say)
		}
	}
	k.checkClosedPause(t, c, fail)
}

// checkDeadlines holds that a clock that its opening starts has the figures of the deadline.
func (k lawCase) checkDeadlines(fail func(string, ...any)) {
	r := k.fresh.Request()
	for m, clock := range k.fresh.Clocks() {
		r.Metric = m
		course, _ := k.catalog.Course(r)
		st := clock.At(k.opened)
		if len(course.Start) > 0 && !slices.Contains(course.Start, sla.WordOpened) {
			if st.State != ticket.StateIdle {
				fail("a clock waits for its start", m, st)
			}
			continue
		}
		d, err := k.catalog.Deadline(r)
		if _, none := errors.AsType[sla.TermError](err); none {
			if st.Err == nil || st.Err.Error() != err.Error() {
				fail("a clock has the error of the deadline", m, st.Err, err)
			}
			continue
		}
		if !st.Start.Equal(d.Start) || !st.Due.Equal(d.Due) || !st.OriginalDue.Equal(d.Due) || st.Provisional != d.Provisional || st.Target != chosen(d) {
			fail("a clock starts and is due with the deadline", m, st, d)
		}
	}
}

// chosen returns the side of a deadline's target that holds.
func chosen(d sla.Deadline) sla.Target {
	t, _ := d.Term.Target.Choose(d.Term.Calendar, d.Request.Opened)
	return t
}

// checkPrefix holds that events to come change nothing before them.
func (k lawCase) checkPrefix(t *testing.T, n int, fail func(string, ...any)) {
	events := k.ticket.Events()
	if n == len(events) {
		return
	}
	before := events[n].At.Add(-1)
	for n > 0 && events[n-1].At.After(before) {
		n--
	}
	prefix := apply(t, k.fresh, events[:n]...)
	for m, clock := range prefix.Clocks() {
		whole := clockOf(t, k.ticket, m)
		if jsonOf(t, clock.At(before)) != jsonOf(t, whole.At(before)) || jsonOf(t, clock.Alarms(before)) != jsonOf(t, whole.Alarms(before)) {
			fail("events to come change nothing before them", m, before, jsonOf(t, clock.At(before)), jsonOf(t, whole.At(before)), clock.Alarms(before), whole.Alarms(before))
		}
	}
}

// over reports whether a clock counts no more.
func over(st ticket.Status) bool {
	return st.State == ticket.StateStopped || st.State == ticket.StateCancelled
}

// checkStatus holds what a due time says of a status.
func (k lawCase) checkStatus(st ticket.Status, fail func(string, ...any)) {
	if st.Err != nil || st.State == ticket.StateIdle {
		return
	}
	if late := st.WallOverdue > 0; late && st.Outcome != ticket.OutcomeBreached || !over(st) && late != st.Due.Before(st.At) {
		fail("late is breached", st)
	}
	if st.Due.Before(st.Start) && st.Outcome == ticket.OutcomeOpen {
		fail("due after the start", st)
	}
	if st.State == ticket.StatePending != st.At.Before(st.Start) && !over(st) && st.State != ticket.StatePaused {
		fail("pending until the start", st)
	}
}

// checkExplanation holds that segments follow each other and add up to the status.
func (k lawCase) checkExplanation(clock ticket.Clock, now time.Time, fail func(string, ...any)) {
	st, e := clock.At(now), clock.Explain(now)
	for _, e := range []ticket.Explanation{e, e.Fold()} {
		at, cycle, total := k.opened, 0, time.Duration(0)
		for _, g := range e.Segments {
			if g.Cycle != cycle {
				if g.Cycle < cycle {
					fail("cycles follow each other", g, cycle)
				}
				cycle, total = g.Cycle, 0
			}
			if !g.From.Equal(at) || !g.From.Before(g.To) {
				fail("segments follow each other", g, at)
			}
			used, length := g.Total-total, g.To.Sub(g.From)
			total = g.Total
			switch {
			case !g.Counted && used != 0, g.Counted && g.Closed == 0 && used != length, used < g.Business && g.Counted, used > length:
				fail("counted segments add up", g, used)
			case g.Counted && g.Reason != ticket.ReasonOpen && g.Reason != ticket.ReasonClosed, g.Reason == ticket.ReasonOpen && !g.Counted:
				fail("hours count", g)
			}
			if _, wall := st.Target.Duration(); wall == 0 && st.Err == nil && g.Counted && g.Reason == ticket.ReasonClosed && g.Cycle == st.Cycle && e.CarriedAt.IsZero() {
				fail("closed time counts for real time only", g)
			}
			if (g.Reason == ticket.ReasonIdle) != (g.Cycle == 0) {
				fail("a clock is idle in no cycle", g)
			}
			at = g.To
			if g.Cycle == st.Cycle && at.Equal(now) && total != st.Elapsed && st.Err == nil {
				fail("to what is used by now", g, st.Elapsed)
			}
			if g.Cycle == st.Cycle && at.Equal(st.Due) && !now.After(st.Due) && !over(st) && total != st.TargetTime {
				fail("and to the target at the due time", g, st.TargetTime)
			}
			if g.Ahead != !g.From.Before(now) {
				fail("what is ahead begins now", g)
			}
			for _, h := range g.Holidays {
				if h.Workday && g.Reason != ticket.ReasonOpen && g.Reason != ticket.ReasonClosed {
					fail("make-up workdays are open", g)
				}
			}
		}
		if over(st) && st.Err == nil && total != st.Elapsed && cycle == st.Cycle {
			fail("to what was used when the clock stopped", total, st.Elapsed)
		}
	}
	if len(e.Fold().Segments) > len(e.Segments) {
		fail("folding makes it shorter")
	}
	until := now
	if st.Due.After(now) {
		until = st.Due
	}
	if over(st) {
		until = e.Cycles[len(e.Cycles)-1].At
	}
	at := k.opened
	if n := len(e.Segments); n > 0 {
		at = e.Segments[n-1].To
	}
	if !errors.Is(st.Err, calendar.ErrOutOfRange) && !at.Equal(until) && until.After(k.opened) {
		fail("segments end at the stop, or at now or the due time", at, until)
	}
	k.checkOrigin(e, fail)
	_ = e.String()
}

// checkOrigin holds that what is said to have begun the start, and the term, did.
func (k lawCase) checkOrigin(e ticket.Explanation, fail func(string, ...any)) {
	if e.CountsFrom.IsZero() {
		if e.CountsFromEvent != "" || !e.CarriedAt.IsZero() {
			fail("without a term there is no origin", e.CountsFromEvent, e.CarriedAt)
		}
		return
	}
	changed := func(at time.Time) bool {
		return slices.ContainsFunc(e.Events, func(f ticket.EventEffect) bool { return f.Event.At.Equal(at) && f.Event.Change != ticket.Change{} })
	}
	told := func(at time.Time, word string) bool {
		return slices.ContainsFunc(e.Events, func(f ticket.EventEffect) bool { return f.Event.At.Equal(at) && f.Event.Word == word })
	}
	switch {
	case e.CountsFromEvent == "" && !e.CountsFrom.Equal(k.opened):
		fail("the opening is at the opening", e.CountsFrom)
	case e.CountsFromEvent == sla.WordDue && e.Status.Cycle < 2:
		fail("a due time begins a second cycle", e.CountsFrom)
	case e.CountsFromEvent == "change" && !changed(e.CountsFrom):
		fail("no change then", e.CountsFrom)
	case e.CountsFromEvent != "" && e.CountsFromEvent != sla.WordDue && e.CountsFromEvent != "change" && !told(e.CountsFrom, e.CountsFromEvent):
		fail("nobody told that then", e.CountsFromEvent, e.CountsFrom)
	case !e.CarriedAt.IsZero() && (e.Course.Change != sla.ChangeCarryElapsed || !changed(e.CarriedAt)):
		fail("time is carried where a term came into force", e.Course.Change, e.CarriedAt)
	case e.CountsFromEvent == "change" && e.Course.Change != sla.ChangeRestart && e.Course.Change != sla.ChangeCarryElapsed:
		fail("a change does what the course says", e.Course.Change)
	}
	if e.Status.Err != nil {
		return
	}
	if e.CarriedAt.IsZero() {
		if open, err := e.Term.Calendar.NextOpen(e.CountsFrom); err != nil || !open.Equal(e.Status.Start) {
			fail("the start is the first open instant from what began it on", e.CountsFrom, e.Status.Start)
		}
	} else if e.Status.Start.Before(e.CountsFrom) || e.Status.Start.After(e.CarriedAt) {
		fail("what is carried began before", e.CountsFrom, e.Status.Start, e.CarriedAt)
	}
	if e.Status.Due.Before(e.DueWithoutPauses) {
		fail("pauses make nothing due earlier", e.DueWithoutPauses, e.Status.Due)
	}
}

// checkClosedPause holds that a pause without business time moves nothing but a target in
// real time.
func (k lawCase) checkClosedPause(t *testing.T, c *choices, fail func(string, ...any)) {
	from := k.opened.Add(time.Duration(c.below(96)) * time.Hour)
	to := from.Add(time.Duration(1+c.below(48)) * time.Hour)
	paused, err := k.fresh.Apply(word(from, "pending"), word(to, "open"))
	if err != nil {
		require.ErrorIs(t, err, calendar.ErrOutOfRange)
		return
	}
	for m, clock := range paused.Clocks() {
		term := clock.Explain(to).Term
		without, with := clockOf(t, k.fresh, m).At(to), clock.At(to)
		if _, wall := with.Target.Duration(); wall > 0 || term.Calendar == nil || without.Err != nil || with.Err != nil || without.Cycle != with.Cycle {
			continue
		}
		if d, err := term.Calendar.Between(from, to); err == nil && d == 0 && !with.Due.Equal(without.Due) {
			fail("a pause in closed hours moves nothing", m, from, to, without.Due, with.Due)
		}
	}
}

// TestTicketLaws holds what must be true of any ticket, for many.
func TestTicketLaws(t *testing.T) {
	seed := newSeed()
	t.Logf("-seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 7))
	bytes := make([]byte, 1200)
	for range sampled(400, 6000) {
		for i := range bytes {
			bytes[i] = byte(rng.Uint32())
		}
		checkTicket(t, &choices{bytes})
	}
}

// FuzzTicket holds the laws for tickets that the fuzzer looks for.
func FuzzTicket(f *testing.F) {
	rng := rand.New(rand.NewPCG(1, 1))
	for range 8 {
		bytes := make([]byte, 1000)
		for i := range bytes {
			bytes[i] = byte(rng.Uint32())
		}
		f.Add(bytes)
	}
	f.Fuzz(func(t *testing.T, bytes []byte) {
		bound.Work(t, len(bytes), func() { checkTicket(t, &choices{bytes}) })
	})
}
