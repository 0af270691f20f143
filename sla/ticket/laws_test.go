package ticket_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/bound"
	"github.com/duetime/duetime/sla/ticket"
)

// choices makes a clock of bytes, so that the fuzzer can look for one.
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

// lawCalendars are calendars with what makes trouble: breaks, night shifts, clock
// changes, holidays, 24:00, and none of it.
var lawCalendars = func() []*calendar.Calendar {
	berlin, _ := holiday.Lookup("DE-BE")
	china, _ := holiday.Lookup("CN")
	own := calendar.HolidayFunc("own", func(year int) []calendar.Holiday {
		d, _ := calendar.NewDate(year, time.March, 29)
		return []calendar.Holiday{{Date: d, Name: "stocktaking: all day"}, {Date: d.AddDays(2), Name: "make-up", Workday: true}}
	})
	list := []*calendar.Calendar{calendar.AlwaysOpen()}
	for _, c := range []struct {
		zone, hours string
		sets        []calendar.HolidaySet
	}{
		{"Europe/Berlin", "Mo-Fr 09:00-17:00", []calendar.HolidaySet{berlin}},
		{"Asia/Shanghai", "Mo-Fr 09:00-18:00", []calendar.HolidaySet{china}},
		{"Asia/Shanghai", "Mo-Su 09:00-24:00", nil},
		{"Europe/Berlin", "Mo-Fr 22:00-06:00", []calendar.HolidaySet{berlin, own}},
		{"America/New_York", "Mo-Sa 09:00-12:00,13:00-24:00", []calendar.HolidaySet{own}},
		{"Australia/Lord_Howe", "Sa,Su 01:45-02:15,10:00-14:00", nil},
		{"America/Sao_Paulo", "Mo-Su 00:00-24:00; PH off", []calendar.HolidaySet{own}},
	} {
		list = append(list, calendar.Must(calendar.New(c.zone, c.hours, calendar.Holidays(c.sets...))))
	}
	return list
}()

func (c *choices) threshold() sla.Threshold {
	d := time.Duration(1+c.below(600)) * time.Minute
	t := oneOf(c, sla.Threshold{Percent: 1 + c.below(150)}, thresholdOf("50%"), thresholdOf("breach"), sla.Threshold{Offset: -d}, sla.Threshold{Offset: d}, sla.Threshold{Offset: -d, Wall: true}, sla.Threshold{Offset: d, Wall: true})
	t.InHours = c.below(4) == 0
	return t
}

func (c *choices) thresholds() []sla.Threshold {
	var list []sla.Threshold
	for range c.below(4) {
		if t := c.threshold(); !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	return list
}

// deadline returns one of a random catalog, for a term that it has.
func (c *choices) deadline() (*sla.Catalog, sla.Deadline, error) {
	p := sla.Policy{
		Moniker: "acme",
		Courses: []sla.Course{{
			Change:    oneOf(c, sla.ChangeFromOpening, sla.ChangeCarryElapsed, sla.ChangeRestart),
			Reopening: oneOf(c, sla.ReopenContinue, sla.ReopenNewCycle, sla.ReopenIgnore),
		}},
	}
	severity := oneOf(c, a, b, sla.SeverityC)
	for _, s := range []sla.Severity{a, b, sla.SeverityC} {
		days, minutes := 1+c.below(4), c.below(2880)
		t := sla.Term{
			Severities: only(s), Calendar: oneOf(c, lawCalendars...), Thresholds: c.thresholds(),
			Target: oneOf(c, within(time.Duration(1+c.below(1<<16))*time.Minute/10), targetOf("8h"), targetOf("1ns"),
				businessDays(days, ""), businessDays(days, "@close"), businessDays(days, fmt.Sprintf("@%02d:%02d", minutes/60, minutes%60)), targetOf("0bd@close")),
		}
		if s == severity || c.below(4) > 0 {
			p.Terms = append(p.Terms, t)
		}
	}
	catalog, err := sla.NewCatalog("test", p)
	if err != nil {
		return nil, sla.Deadline{}, err
	}
	opened := time.Date(2024, oneOf(c, time.March, time.October, time.January), 25+c.below(10), c.below(24), oneOf(c, 0, 0, 30, c.below(60)), 0, oneOf(c, 0, 1), time.UTC)
	d, err := catalog.Deadline(sla.Request{Moniker: "acme", Severity: severity, Opened: opened})
	return catalog, d, err
}

// event returns an event that may well not be possible, most often at an instant
// at which something else happens.
func (c *choices) event(k ticket.Clock, last time.Time) ticket.Event {
	st := k.At(last)
	next, _ := k.Next(last)
	at := oneOf(c, last, next, st.Due, st.Due.Add(1), last.Add(time.Duration(c.below(1<<15))*time.Minute/8), last.Add(time.Duration(1+c.below(90))*time.Minute))
	if at.Before(last) || at.Year() > 2030 {
		at = last.Add(time.Hour)
	}
	kind := oneOf(c, ticket.Paused, ticket.Resumed, ticket.Paused, ticket.Resumed, ticket.Responded, ticket.SeverityChanged, ticket.Reopened, ticket.Reopened, ticket.SeverityChanged)
	if c.below(40) == 0 {
		kind = ticket.Cancelled
	}
	e := ticket.Event{At: at, Kind: kind, Note: oneOf(c, "", "waiting")}
	if kind == ticket.SeverityChanged {
		e.Severity = oneOf(c, a, b, sla.SeverityC)
	}
	return e
}

// lawCase is a clock and what it was made of.
type lawCase struct {
	catalog  *sla.Catalog
	deadline sla.Deadline
	alarms   []sla.Threshold
	events   []ticket.Event
	clock    ticket.Clock
}

// build applies events to the clock of the case, all at once.
func (k lawCase) build(t *testing.T, events []ticket.Event) ticket.Clock {
	clock, err := clockOf(t, k.catalog, k.deadline.Request).WithThresholds(k.alarms...)
	require.NoError(t, err)
	clock, err = clock.Apply(events...)
	require.NoError(t, err, "the same events are possible again")
	return clock
}

// sameStatus reports whether two statuses in one Location say the same.
func sameStatus(a, b ticket.Status) bool {
	errs := []error{a.Err, b.Err}
	a.Err, b.Err = nil, nil
	return a == b && fmt.Sprint(errs[0]) == fmt.Sprint(errs[1])
}

// samePrefix reports whether a list of alarms begins with another.
func samePrefix(list, prefix []ticket.Alarm) bool {
	return len(list) >= len(prefix) && slices.EqualFunc(list[:len(prefix)], prefix, func(a, b ticket.Alarm) bool {
		return a.Key() == b.Key() && a.At.Equal(b.At) && a.Due.Equal(b.Due)
	})
}

// changes returns what Next promises to tell of a status: all but the figures that
// run with the time.
func changes(st ticket.Status) ticket.Status {
	st.At, st.Elapsed, st.Remaining, st.Overdue, st.ElapsedShare = time.Time{}, 0, 0, 0, 0
	st.WallElapsed, st.WallRemaining, st.WallOverdue = 0, 0, 0
	if st.State == ticket.StatePaused {
		st.Due, st.Provisional = time.Time{}, false
	}
	return st
}

func checkClock(t *testing.T, c *choices) {
	catalog, d, err := c.deadline()
	if err != nil {
		if !errors.Is(err, calendar.ErrOutOfRange) {
			t.Fatal(err)
		}
		return
	}
	k := lawCase{catalog: catalog, deadline: d, alarms: c.thresholds()}
	if k.clock, err = clockOf(t, catalog, d.Request).WithThresholds(k.alarms...); err != nil {
		t.Fatal(err)
	}
	fail := func(law string, got ...any) {
		t.Helper()
		t.Fatalf("%s: got %v\nfor %s\n%s, alarms %v, events %v", law, got, jsonOf(t, k.clock), d.Request.Opened, k.alarms, k.events)
	}
	if st := k.clock.At(d.Request.Opened); !st.Start.Equal(d.Start) || !st.Due.Equal(d.Due) || !st.OriginalDue.Equal(d.Due) {
		fail("the clock of a deadline starts and is due with it", st.Start, st.Due)
	}
	last := d.Request.Opened
	stored := k.clock // read back from JSON now and then
	for range 1 + c.below(10) {
		e := c.event(k.clock, last)
		next, err := k.clock.Apply(e)
		if _, typed := errors.AsType[*ticket.EventError](err); err != nil && !typed {
			fail("the error of an event is typed", err)
		} else if err != nil {
			if !same(next, k.clock) {
				fail("an event that cannot be leaves the clock as it was", err)
			}
			continue
		}
		// What had been reached by the event stays reached.
		before, after := k.clock.Alarms(e.At), next.Alarms(e.At)
		if !samePrefix(after, before) {
			fail("an event takes back no alarm", e, before, after)
		}
		if st, then := k.clock.At(e.At), next.At(e.At); st.Outcome == ticket.OutcomeBreached && st.Cycle == then.Cycle && (then.Outcome != ticket.OutcomeBreached || !then.BreachedAt.Equal(st.BreachedAt)) {
			fail("an event takes back no breach", e, st.Outcome, then.Outcome, then.BreachedAt)
		}
		k.clock, k.events, last = next, append(k.events, e), e.At
		if stored, err = stored.Apply(e); err != nil {
			fail("a clock that was stored goes on", e, err)
		}
		if c.below(6) == 0 {
			if !same(stored, k.clock) {
				fail("as it would have", e)
			}
			if err := json.Unmarshal([]byte(jsonOf(t, stored)), &stored); err != nil {
				fail("what is written can be read", err)
			}
		}
	}
	end := last.Add(time.Duration(c.below(1<<15)) * time.Minute / 4)

	again := k.build(t, k.events)
	if !same(again, k.clock) || jsonOf(t, again.Explain(end)) != jsonOf(t, k.clock.Explain(end)) {
		fail("replay equals increments", again)
	}
	var back ticket.Clock
	if err := json.Unmarshal([]byte(jsonOf(t, k.clock)), &back); err != nil || !same(back, k.clock) {
		fail("what is written reads back as an equal clock", err, back)
	}
	if jsonOf(t, back.Explain(end)) != jsonOf(t, k.clock.Explain(end)) {
		fail("and explains the same", end)
	}
	for _, now := range []time.Time{last, end.AddDate(1, 0, 0), d.Request.Opened} {
		if !sameStatus(back.At(now), k.clock.At(now)) || !samePrefix(back.Alarms(now), k.clock.Alarms(now)) {
			fail("and says the same", now, jsonOf(t, back.At(now)), jsonOf(t, k.clock.At(now)))
		}
	}
	if n := c.below(len(k.events) + 1); n < len(k.events) {
		before := k.events[n].At.Add(-1)
		if prefix := k.build(t, k.events[:n]); !sameStatus(prefix.At(before), k.clock.At(before)) || len(prefix.Alarms(before)) != len(k.clock.Alarms(before)) || !samePrefix(prefix.Alarms(before), k.clock.Alarms(before)) {
			fail("events to come change nothing before them", before)
		}
	}

	// Walk from change to change.
	now := d.Request.Opened.Add(-time.Hour)
	keys := map[string]bool{}
	var seen []ticket.Alarm
	for range 40 {
		st := k.clock.At(now)
		k.checkFigures(st, fail)
		reached := k.clock.Alarms(now)
		if !samePrefix(reached, seen) {
			fail("alarms stay, with their instants", now, seen, reached)
		}
		for _, alarm := range reached[len(seen):] {
			if keys[alarm.Key()] {
				fail("an alarm is reached once", alarm.Key())
			}
			if alarm.At.After(now) || len(seen) > 0 && alarm.At.Before(seen[len(seen)-1].At) {
				fail("alarms are reached in their order", alarm.At, now, seen)
			}
			keys[alarm.Key()], seen = true, append(seen, alarm)
		}
		next, ok := k.clock.Next(now)
		until := next
		if !ok {
			until = now.AddDate(0, 1, 0)
		} else if !next.After(now) {
			fail("Next is after now", now, next)
		}
		for _, between := range []time.Time{now.Add(1), now.Add(until.Sub(now) / 2), now.Add(until.Sub(now) / 7 * 5), until.Add(-1)} {
			if !between.After(now) || !between.Before(until) {
				continue
			}
			st2 := k.clock.At(between)
			if !sameStatus(changes(st), changes(st2)) || len(reached) != len(k.clock.Alarms(between)) {
				fail("nothing changes between two calls of Next", now, between, until, jsonOf(t, st), jsonOf(t, st2))
			}
			k.checkFigures(st2, fail)
		}
		if !ok {
			break
		}
		isEvent := slices.ContainsFunc(k.events, func(e ticket.Event) bool { return e.At.Equal(next) })
		if !isEvent && sameStatus(changes(st), changes(k.clock.At(next))) && len(k.clock.Alarms(next)) == len(reached) {
			fail("something changes at Next", now, next)
		}
		now = next
	}
	k.checkExplanation(t, end, fail)
	k.checkPause(t, c, end, fail)
}

// checkFigures holds what the figures of a status owe each other.
func (k lawCase) checkFigures(st ticket.Status, fail func(string, ...any)) {
	if st.Err != nil {
		return
	}
	if st.Elapsed+st.Remaining-st.Overdue != st.TargetTime || st.WallOverdue == 0 && st.Elapsed+st.Remaining != st.TargetTime {
		fail("elapsed + remaining == target while not overdue", st)
	}
	if st.Elapsed < 0 || st.WallElapsed < 0 || st.Remaining < 0 || st.WallRemaining < 0 || st.Overdue < 0 || st.WallOverdue < 0 {
		fail("no figure is negative", st)
	}
	stopped := st.State == ticket.StateStopped || st.State == ticket.StateCancelled
	if late := st.WallOverdue > 0; late && st.Outcome != ticket.OutcomeBreached || !stopped && late != st.Due.Before(st.At) {
		fail("late is breached", st)
	}
	if (st.Outcome == ticket.OutcomeBreached) == st.BreachedAt.IsZero() {
		fail("a breach has an instant", st)
	}
	if st.Due.Before(st.Start) && st.Outcome == ticket.OutcomeOpen {
		fail("due after the start", st)
	}
}

// checkExplanation holds that segments follow each other and add up to the status.
func (k lawCase) checkExplanation(t *testing.T, now time.Time, fail func(string, ...any)) {
	st, e := k.clock.At(now), k.clock.Explain(now)
	for _, e := range []ticket.Explanation{e, e.Fold()} {
		at, cycle, total := k.deadline.Request.Opened, 1, time.Duration(0)
		for _, g := range e.Segments {
			if g.Cycle != cycle {
				cycle, total = g.Cycle, 0
			}
			if !g.From.Equal(at) || !g.From.Before(g.To) {
				fail("segments follow each other", g, at)
			}
			if g.Counted {
				total += g.Business
			}
			if g.Counted != (g.Reason == ticket.ReasonOpen) || g.Total != total {
				fail("counted segments add up", g, total)
			}
			at = g.To
			if g.Cycle == st.Cycle && at.Equal(now) && total != st.Elapsed && st.Err == nil {
				fail("to what is used by now", g, st.Elapsed)
			}
			if g.Cycle == st.Cycle && at.Equal(st.Due) && !now.After(st.Due) && !stopped(st) && total != st.TargetTime {
				fail("and to the target at the due time", g, st.TargetTime)
			}
		}
		if stopped(st) && st.Err == nil && total != st.Elapsed && cycle == st.Cycle {
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
	if stopped := stopOf(e); !stopped.IsZero() {
		until = stopped
	}
	at := k.deadline.Request.Opened
	if n := len(e.Segments); n > 0 {
		at = e.Segments[n-1].To
	}
	if st.Err == nil && !at.Equal(until) && until.After(k.deadline.Request.Opened) {
		fail("segments end at the stop, or at now or the due time", at, until)
	}
	k.checkOrigin(t, e, fail)
	_ = e.String()
}

// stopped reports whether a clock counts no more.
func stopped(st ticket.Status) bool {
	return st.State == ticket.StateStopped || st.State == ticket.StateCancelled
}

// stopOf returns when the clock of an account stopped, if it has.
func stopOf(e ticket.Explanation) (stopped time.Time) {
	for _, f := range e.Events {
		switch kind := f.Event.Kind; {
		case (kind == ticket.Responded || kind == ticket.Cancelled) && stopped.IsZero():
			stopped = f.Event.At
		case kind == ticket.Reopened && e.Course.Reopening != sla.ReopenIgnore:
			stopped = time.Time{}
		}
	}
	return stopped
}

// checkOrigin holds that what is said to have begun the start, and the term, did.
func (k lawCase) checkOrigin(t *testing.T, e ticket.Explanation, fail func(string, ...any)) {
	if e.CountsFrom.IsZero() {
		if e.CountsFromEvent != "" || !e.CarriedAt.IsZero() {
			fail("without a term there is no origin", e.CountsFromEvent, e.CarriedAt)
		}
		return
	}
	// The term that was in force then, after any of the events of that instant.
	var began []sla.Term
	if e.CountsFromEvent == "" && e.CountsFrom.Equal(k.deadline.Request.Opened) {
		began = append(began, k.deadline.Term)
	}
	for i, f := range e.Events {
		if f.Event.Kind == e.CountsFromEvent && f.Event.At.Equal(e.CountsFrom) {
			began = append(began, k.build(t, k.events[:i+1]).Explain(e.CountsFrom).Term)
		}
	}
	if len(began) > 0 && e.Course.Change == sla.ChangeFromOpening {
		began = []sla.Term{e.Term} // it counts from there on, whatever was in force
	}
	starts := func(term sla.Term) bool {
		if term.Calendar == nil {
			return false
		}
		open, err := term.Calendar.NextOpen(e.CountsFrom)
		return err == nil && open.Equal(e.Status.Start)
	}
	switch kind := e.CountsFromEvent; {
	case e.Status.Err == nil && !slices.ContainsFunc(began, starts):
		fail("the start is the first open instant from what began it on", kind, e.CountsFrom, e.Status.Start)
	case kind == ticket.SeverityChanged && e.Course.Change == sla.ChangeFromOpening || kind != "" && kind != ticket.SeverityChanged && kind != ticket.Reopened:
		fail("a change does what the policy says", e.Course.Change, kind)
	case e.CarriedAt.IsZero():
	case e.Course.Change != sla.ChangeCarryElapsed || !slices.ContainsFunc(e.Events, func(f ticket.EventEffect) bool {
		return f.Event.At.Equal(e.CarriedAt) && (f.Event.Kind == ticket.SeverityChanged || f.Event.Kind == ticket.Reopened)
	}):
		fail("time is carried where a term came into force", e.Course.Change, e.CarriedAt)
	}
}

// checkPause adds a pause somewhere and holds that it makes nothing due earlier,
// and where it has no business time, nothing at all.
func (k lawCase) checkPause(t *testing.T, c *choices, end time.Time, fail func(string, ...any)) {
	i := c.below(len(k.events) + 1)
	from, to := k.deadline.Request.Opened, end
	if i > 0 {
		from = k.events[i-1].At
	}
	if i < len(k.events) {
		to = k.events[i].At
	}
	gap := to.Sub(from)
	from, to = from.Add(gap/8*time.Duration(c.below(4))), to.Add(-gap/8*time.Duration(c.below(4)))
	if at := k.clock.At(from); at.State == ticket.StatePaused || at.State == ticket.StateCancelled {
		return
	}
	events := slices.Insert(slices.Clone(k.events), i, ticket.Event{At: from, Kind: ticket.Paused}, ticket.Event{At: to, Kind: ticket.Resumed})
	clock, err := clockOf(t, k.catalog, k.deadline.Request).Apply(events...)
	if err != nil {
		if !errors.Is(err, ticket.ErrUnchanged) {
			fail("a pause can be added", err)
		}
		return // paused and stopped
	}
	without, with := k.clock.At(end), clock.At(end)
	if without.Err != nil || with.Err != nil {
		return
	}
	if with.Due.Before(without.Due) {
		fail("an added pause never makes the due time earlier", from, to, without.Due, with.Due)
	}
	if len(k.events) == 0 {
		if d, err := k.deadline.Term.Calendar.Between(from, to); err == nil && d == 0 && !with.Due.Equal(without.Due) {
			fail("a pause in closed hours moves nothing", from, to, without.Due, with.Due)
		}
	}
}

// TestClockLaws holds what must be true of any clock, for many.
func TestClockLaws(t *testing.T) {
	seed := newSeed()
	t.Logf("-seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 7))
	n := sampled(200, 3000)
	bytes := make([]byte, 400)
	for range n {
		for i := range bytes {
			bytes[i] = byte(rng.Uint32())
		}
		checkClock(t, &choices{bytes})
	}
}

// FuzzClock holds the laws for clocks that the fuzzer looks for.
func FuzzClock(f *testing.F) {
	rng := rand.New(rand.NewPCG(1, 1))
	for range 8 {
		bytes := make([]byte, 200)
		for i := range bytes {
			bytes[i] = byte(rng.Uint32())
		}
		f.Add(bytes)
	}
	f.Fuzz(func(t *testing.T, bytes []byte) {
		bound.Work(t, len(bytes), func() { checkClock(t, &choices{bytes}) })
	})
}
