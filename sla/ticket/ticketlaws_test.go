package ticket_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

// lawTicket is a random ticket, as the oracle makes them. The laws ask no oracle.
type lawTicket struct {
	ticketCase
	catalog *sla.Catalog
	plain   ticket.Ticket // without events
	whole   ticket.Ticket
	times   []time.Time // at which to ask
	r       *rand.Rand
}

// forLaws calls do with random tickets. N tells the laws' tickets apart.
func forLaws(t *testing.T, n uint64, do func(t *testing.T, k *lawTicket)) {
	seed := newSeed()
	w := newOracleWorker()
	for i := range uint64(sampled(25, 400)) {
		k := &lawTicket{ticketCase: w.makeCase(seed, n<<32|i), r: rand.New(rand.NewPCG(seed, n<<32|i))}
		var err error
		k.catalog, err = k.ticketCase.catalog()
		require.NoError(t, err, k)
		k.plain, err = ticket.Open(k.catalog, k.request)
		require.NoError(t, err, k)
		k.whole = k.apply(t, k.plain, k.events...)
		k.times = []time.Time{k.request.Opened, k.request.Opened.Add(time.Hour)}
		for _, e := range k.events {
			k.times = append(k.times, e.At, e.At.Add(-1), e.At.Add(1), e.At.Add(time.Duration(k.r.IntN(3000))*time.Minute))
		}
		k.times = slices.DeleteFunc(k.times, func(now time.Time) bool { return now.Before(k.request.Opened) })
		slices.SortFunc(k.times, time.Time.Compare)
		do(t, k)
		if t.Failed() {
			return
		}
	}
}

func (k *lawTicket) apply(t *testing.T, to ticket.Ticket, events ...ticket.Event) ticket.Ticket {
	t.Helper()
	after, err := to.Apply(events...)
	require.NoError(t, err, k)
	return after
}

// allSaid returns all that a ticket says at an instant.
func allSaid(tk ticket.Ticket, now time.Time) string {
	var s strings.Builder
	for m, c := range tk.Clocks() {
		next, ok := c.Next(now)
		fmt.Fprintf(&s, "%s: %s\n  alarms %v\n  next %s %t\n", m, lawJSON(c.At(now)), c.Alarms(now), stamp(next), ok)
		for _, st := range c.Cycles() { // in the Location of the opening, which JSON does not keep
			fmt.Fprintf(&s, "  over: %s %s, cycle %d: %s of %s, %s paused, %s overdue, breached at %s\n",
				stamp(st.At), st.Outcome, st.Cycle, st.Elapsed, st.TargetTime, st.Paused, st.Overdue, stamp(st.BreachedAt))
		}
	}
	next, ok := tk.Next(now)
	first, st, some := tk.First(now)
	fmt.Fprintf(&s, "ticket: %s, next %s %t, first %s %s %t, alarms %v", tk.Outcome(now), stamp(next), ok, first, st, some, tk.Alarms(now))
	return s.String()
}

func lawJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// sameTickets requires that two tickets say the same at all times and are stored alike.
func (k *lawTicket) sameTickets(t *testing.T, law string, one, other ticket.Ticket) {
	t.Helper()
	require.Equal(t, lawJSON(one), lawJSON(other), "%s\n%s", law, k)
	for range min(6, len(k.times)) {
		now := pick(k.r, k.times)
		if first, second := allSaid(one, now), allSaid(other, now); first != second {
			require.Equal(t, first, second, "%s, at %s\n%s", law, stamp(now), k)
		}
	}
	now := pick(k.r, k.times)
	if first, second := lawJSON(one.Explain(now)), lawJSON(other.Explain(now)); first != second {
		require.Equal(t, first, second, "%s, explained at %s\n%s", law, stamp(now), k)
	}
}

// TestTicketOfEventsInAnyOrder: the order of telling does not matter but among those of
// one instant, and neither does how many are told at once (R16).
func TestTicketOfEventsInAnyOrder(t *testing.T) {
	forLaws(t, 1, func(t *testing.T, k *lawTicket) {
		events := k.inOrder()
		k.sameTickets(t, "all at once, in order", k.whole, k.apply(t, k.plain, events...))
		one := k.plain
		for _, e := range events {
			one = k.apply(t, one, e)
		}
		k.sameTickets(t, "one by one, in order", k.whole, one)

		// Another order: those of one instant stay in theirs.
		groups := [][]ticket.Event{}
		for i, e := range events {
			if i > 0 && e.At.Equal(events[i-1].At) {
				groups[len(groups)-1] = append(groups[len(groups)-1], e)
			} else {
				groups = append(groups, []ticket.Event{e})
			}
		}
		k.r.Shuffle(len(groups), func(i, j int) { groups[i], groups[j] = groups[j], groups[i] })
		mixed := k.plain
		for _, group := range groups {
			mixed = k.apply(t, mixed, group...)
		}
		k.sameTickets(t, "in another order", k.whole, mixed)
	})
}

// TestTicketOfRepeatedEvents: telling an event with an ID again changes nothing, in
// whatever zone (R16).
func TestTicketOfRepeatedEvents(t *testing.T) {
	forLaws(t, 2, func(t *testing.T, k *lawTicket) {
		var again []ticket.Event
		for _, e := range k.events {
			if e.ID != "" {
				e.At = e.At.In(pick(k.r, clockLocations))
				again = append(again, e)
			}
		}
		k.sameTickets(t, "told again", k.whole, k.apply(t, k.whole, again...))
		k.sameTickets(t, "told twice at once", k.whole, k.apply(t, k.plain, slices.Concat(k.inOrder(), again)...))
	})
}

// TestApplyLeavesTickets: Apply changes no ticket, also where it fails.
func TestApplyLeavesTickets(t *testing.T) {
	forLaws(t, 3, func(t *testing.T, k *lawTicket) {
		before := lawJSON(k.plain)
		said := allSaid(k.plain, k.times[0])
		k.apply(t, k.plain, k.events...)
		after, err := k.plain.Apply(append(slices.Clone(k.events), ticket.Event{At: k.request.Opened, Word: "unheard-of"})...)
		require.Error(t, err)
		require.Equal(t, before, lawJSON(after))
		require.Equal(t, before, lawJSON(k.plain))
		require.Equal(t, said, allSaid(k.plain, k.times[0]))
	})
}

// TestTicketThatIsStored: a ticket read from its JSON says the same, has the same bytes,
// and goes on alike, within the policies and countries that it has had.
func TestTicketThatIsStored(t *testing.T) {
	forLaws(t, 4, func(t *testing.T, k *lawTicket) {
		var read ticket.Ticket
		require.NoError(t, json.Unmarshal([]byte(lawJSON(k.whole)), &read), k)
		k.sameTickets(t, "stored", k.whole, read)

		statuses, happenings := k.catalog.Words(k.request)
		last := k.times[len(k.times)-1]
		var more []ticket.Event
		for range 1 + k.r.IntN(5) {
			last = last.Add(time.Duration(k.r.IntN(2000)) * time.Minute)
			e := ticket.Event{At: pick(k.r, append(k.times, last)), Word: pick(k.r, slices.Concat(statuses, happenings)), ID: pick(k.r, []string{"", fmt.Sprint("more", len(more))})}
			if k.r.IntN(3) == 0 {
				e.Change = ticket.Change{Severity: pick(k.r, clockSeverities), Category: pick(k.r, ticketCategories)}
			}
			more = append(more, e)
		}
		for _, e := range more {
			k.times = append(k.times, e.At)
		}
		k.sameTickets(t, "stored, and told more", k.apply(t, k.whole, more...), k.apply(t, read, more...))
	})
}

// TestTicketFigures: what the figures of a status owe each other.
func TestTicketFigures(t *testing.T) {
	forLaws(t, 5, func(t *testing.T, k *lawTicket) {
		for m, c := range k.whole.Clocks() {
			list := slices.Clone(c.Cycles())
			for _, now := range k.times {
				list = append(list, c.At(now))
			}
			for _, st := range list {
				say := fmt.Sprintf("%s at %s: %s\n%s", m, stamp(st.At), lawJSON(st), k)
				for _, d := range []time.Duration{st.Elapsed, st.Remaining, st.Overdue, st.WallElapsed, st.WallRemaining, st.WallOverdue, st.Paused, st.WallPaused, st.Age, st.TargetTime} {
					require.GreaterOrEqual(t, d, time.Duration(0), say)
				}
				require.LessOrEqual(t, st.Paused, st.WallPaused, say)
				require.Equal(t, st.State == ticket.StateIdle, st.Cycle == 0, say)
				require.Equal(t, st.Outcome == ticket.OutcomeBreached, !st.BreachedAt.IsZero(), say)
				if st.Err != nil || st.State == ticket.StateIdle {
					require.True(t, st.Due.IsZero(), say)
					continue
				}
				require.Equal(t, st.TargetTime, st.Elapsed+st.Remaining-st.Overdue, say)
				if st.WallOverdue == 0 {
					require.Equal(t, st.TargetTime, st.Elapsed+st.Remaining, say)
				} else {
					require.NotEqual(t, ticket.OutcomeMet, st.Outcome, say)
				}
			}
		}
	})
}

// TestTicketBetweenTwoNexts: between two calls of Next nothing but running figures
// changes, and at Next something does, or an event happens.
func TestTicketBetweenTwoNexts(t *testing.T) {
	still := func(st ticket.Status) ticket.Status {
		st.At, st.Err = time.Time{}, nil
		st.Elapsed, st.Remaining, st.Overdue, st.ElapsedShare = 0, 0, 0, 0
		st.WallElapsed, st.WallRemaining, st.WallOverdue = 0, 0, 0
		st.Paused, st.WallPaused, st.Age, st.Open = 0, 0, 0, false
		if st.State == ticket.StatePaused {
			st.Due, st.Provisional = time.Time{}, false
		}
		return st
	}
	forLaws(t, 6, func(t *testing.T, k *lawTicket) {
		for m, c := range k.whole.Clocks() {
			now := k.request.Opened.UTC()
			for range 60 {
				st, alarms := still(c.At(now)), len(c.Alarms(now))
				next, ok := c.Next(now)
				until := next
				if !ok {
					until = now.AddDate(0, 1, 0)
				}
				require.True(t, until.After(now), k)
				for _, between := range []time.Time{now.Add(1), now.Add(until.Sub(now) / 3), now.Add(time.Duration(k.r.Int64N(int64(until.Sub(now))))), until.Add(-1)} {
					if between.After(now) && between.Before(until) {
						require.Equal(t, st, still(c.At(between)), "%s from %s to %s, at %s\n%s", m, stamp(now), stamp(until), stamp(between), k)
						require.Equal(t, alarms, len(c.Alarms(between)), "%s from %s to %s, at %s\n%s", m, stamp(now), stamp(until), stamp(between), k)
					}
				}
				if !ok {
					break
				}
				isEvent := slices.ContainsFunc(k.events, func(e ticket.Event) bool { return e.At.Equal(next) })
				if !isEvent && still(c.At(next)) == st && len(c.Alarms(next)) == alarms {
					t.Fatalf("%s: nothing changes at %s, the next after %s\n%s", m, stamp(next), stamp(now), k)
				}
				now = next
			}
		}
	})
}

// TestTicketAlarmsInOrder: alarms come in order, each key once, and none is lost but by a
// change that replaces the term.
func TestTicketAlarmsInOrder(t *testing.T) {
	forLaws(t, 7, func(t *testing.T, k *lawTicket) {
		replaces := false
		for _, p := range k.policies {
			for _, m := range ticketMetrics {
				replaces = replaces || p.course(m).Change == sla.ChangeReplace
			}
		}
		before := map[string]bool{}
		for _, now := range k.times {
			keys := map[string]bool{}
			var last time.Time
			for _, a := range k.whole.Alarms(now) {
				require.False(t, a.At.After(now), "%s at %s\n%s", a.Key(), stamp(now), k)
				require.False(t, a.At.Before(last), "%s at %s\n%s", a.Key(), stamp(now), k)
				require.False(t, keys[a.Key()], "%s twice at %s\n%s", a.Key(), stamp(now), k)
				last, keys[a.Key()] = a.At, true
			}
			for key := range before {
				require.True(t, replaces || keys[key], "%s lost at %s\n%s", key, stamp(now), k)
			}
			before = keys
		}
	})
}

// TestTicketReconcile: acting on what is due, and taking back what is withdrawn, leaves
// nothing to do, whatever is told late.
func TestTicketReconcile(t *testing.T) {
	forLaws(t, 8, func(t *testing.T, k *lawTicket) {
		acted := map[string]bool{}
		tk := k.plain
		for _, e := range k.events {
			tk = k.apply(t, tk, e)
			now := pick(k.r, k.times)
			reached := tk.Alarms(now)
			isReached := map[string]bool{}
			for _, a := range reached {
				isReached[a.Key()] = true
			}
			due, withdrawn := ticket.Reconcile(slices.Sorted(maps.Keys(acted)), reached)
			for _, a := range due {
				require.False(t, acted[a.Key()], "%s was acted on\n%s", a.Key(), k)
				require.True(t, isReached[a.Key()], "%s is not reached\n%s", a.Key(), k)
				acted[a.Key()] = true
			}
			for _, key := range withdrawn {
				require.True(t, acted[key], "%s was not acted on\n%s", key, k)
				require.False(t, isReached[key], "%s is reached\n%s", key, k)
				delete(acted, key)
			}
			require.True(t, maps.Equal(acted, isReached), "after acting at %s\n%s", stamp(now), k)
			due, withdrawn = ticket.Reconcile(slices.Sorted(maps.Keys(acted)), reached)
			require.Empty(t, due, k)
			require.Empty(t, withdrawn, k)
		}
	})
}

// TestTicketWithAPauseMore: a pause that is added never makes a due time earlier, for
// metrics that the status only pauses.
func TestTicketWithAPauseMore(t *testing.T) {
	forLaws(t, 9, func(t *testing.T, k *lawTicket) {
		// Every policy has two more statuses, of which one pauses.
		policies := make([]*oraclePolicy, len(k.policies))
		for i, p := range k.policies {
			q := *p
			q.statuses, q.happenings = p.words()
			q.statuses = append(slices.Clone(q.statuses), "waiting", "waited")
			q.courses = nil
			for _, m := range ticketMetrics {
				c := p.course(m)
				// A clock that resets itself begins later with a pause, and one that is
				// judged anew has the pauses of statuses: both can be earlier.
				c.Reset = nil
				c.Pause = append(slices.Clone(c.Pause), "waiting")
				if c.Change == sla.ChangeRestart {
					c.Change = sla.ChangeFromOpening
				}
				c.Start, c.Stop, c.Reset = notNil(c.Start), notNil(c.Stop), notNil(c.Reset)
				q.courses = append(q.courses, c)
			}
			policies[i] = &q
		}
		k.policies = policies
		var err error
		k.catalog, err = k.ticketCase.catalog()
		require.NoError(t, err, k)
		k.plain, err = ticket.Open(k.catalog, k.request)
		require.NoError(t, err, k)
		var words []ticket.Event // happenings: a status would be left for the pause
		statuses, _ := k.catalog.Words(k.request)
		for _, e := range k.events {
			if !slices.Contains(statuses, e.Word) {
				words = append(words, e)
			}
		}
		without := k.apply(t, k.plain, words...)
		from := pick(k.r, k.times)
		to := from.Add(time.Duration(k.r.IntN(5000)) * time.Minute)
		with := k.apply(t, k.plain, append(slices.Clone(words), ticket.Event{At: from, Word: "waiting"}, ticket.Event{At: to, Word: "waited"})...)
		for m, c := range with.Clocks() {
			other, _ := without.Clock(m)
			for _, now := range append(k.times, from, to, to.Add(time.Hour)) {
				a, b := other.At(now), c.At(now)
				if a.Err != nil || b.Err != nil || a.Cycle != b.Cycle || a.Target != b.Target {
					continue
				}
				require.False(t, b.Due.Before(a.Due), "%s at %s: due %s, and with a pause from %s to %s %s\n%s", m, stamp(now), stamp(a.Due), stamp(from), stamp(to), stamp(b.Due), k)
			}
		}
	})
}

func notNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
