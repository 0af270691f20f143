package ticket_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

// service is the catalog of the examples.
const service = `{
	"version": "1",
	"severities": ["P1", "P2"],
	"statuses": ["open", "pending", "solved"],
	"happenings": ["message", "reply"],
	"courses": {
		"first-response": {"stop": ["reply", "solved"]},
		"next-response": {"start": ["message"], "stop": ["reply"]},
		"resolution": {"stop": ["solved"], "pause": ["pending"]}
	},
	"calendars": {"Berlin": {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00", "holidays": ["DE-BE"]}},
	"policies": [{"moniker": "acme", "terms": [
		{"severities": ["P1"], "target": "1h", "calendar": "Berlin"},
		{"severities": ["P2"], "target": "2h", "calendar": "Berlin", "alarms": ["50%", "breach"]},
		{"metric": "next-response", "target": "4h", "calendar": "Berlin"},
		{"metric": "resolution", "severities": ["P1"], "target": "8h", "calendar": "Berlin"},
		{"metric": "resolution", "severities": ["P2"], "target": "16h", "calendar": "Berlin", "alarms": ["75%", "+1h every 1h"]}
	]}]
}`

// berlin returns an instant of March 2024 in Berlin's winter time. The 11th is a Monday.
func berlin(day, hour, minute int) time.Time {
	return time.Date(2024, time.March, day, hour, minute, 0, 0, time.FixedZone("CET", 60*60))
}

// opened returns a ticket of severity P2, opened on Monday at 10:00, after some events.
func opened(events ...ticket.Event) ticket.Ticket {
	catalog, err := sla.ParseCatalog([]byte(service))
	if err != nil {
		panic(err)
	}
	t, err := ticket.Open(catalog, sla.Request{Moniker: "acme", Severity: "P2", Opened: berlin(11, 10, 0)})
	if err != nil {
		panic(err)
	}
	if t, err = t.Apply(events...); err != nil {
		panic(err)
	}
	return t
}

// A ticket has a clock for each metric of its policy.
func ExampleOpen() {
	catalog, err := sla.ParseCatalog([]byte(service))
	if err != nil {
		log.Fatal(err)
	}
	t, err := ticket.Open(catalog, sla.Request{Moniker: "acme", Severity: "P2", Opened: berlin(11, 10, 0)})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(t)
	for metric, clock := range t.Clocks() {
		fmt.Println(metric, clock.At(berlin(11, 11, 0)))
	}
	// Output:
	// acme, technical, severity P2, opened 2024-03-11T10:00:00+01:00, 0 events
	// first-response running: due 2024-03-11T12:00:00+01:00, 1h of 2h used, 1h left
	// next-response idle
	// resolution running: due 2024-03-13T10:00:00+01:00, 1h of 16h used, 15h left
}

// The published terms declare no words of their own: responded stops the first response.
func ExampleOpen_published() {
	t, err := ticket.Open(sla.Published(), sla.Request{Moniker: region.Germany, Severity: sla.SeverityB, Opened: berlin(11, 10, 0)})
	if err != nil {
		log.Fatal(err)
	}
	t, err = t.Apply(
		ticket.Event{At: berlin(11, 12, 0), Word: sla.WordPaused, Note: "asked for the log"},
		ticket.Event{At: berlin(11, 15, 30), Word: sla.WordResumed, Note: "got it"},
		ticket.Event{At: berlin(12, 13, 30), Word: sla.WordResponded},
	)
	if err != nil {
		log.Fatal(err)
	}
	for metric, clock := range t.Clocks() {
		fmt.Println(metric, clock.At(berlin(15, 9, 0)))
	}
	// Output:
	// first-response stopped, met: due 2024-03-12T13:30:00+01:00, 8h of 8h used, 0s left
}

// A ticket of one commitment needs no catalog.
func ExampleOf() {
	t, err := ticket.Of(sla.Deadline{
		Request: sla.Request{Moniker: "acme", Severity: "P1", Opened: berlin(11, 16, 0)},
		Term: sla.Term{
			Target:   sla.MustParseTarget("2h"),
			Calendar: calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00")),
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	clock, _ := t.Clock(sla.FirstResponse)
	fmt.Println(clock.At(berlin(11, 16, 30)))
	// Output: running: due 2024-03-12T10:00:00+01:00, 30m of 2h used, 1h30m left
}

func ExampleTicket() {
	t := opened(
		ticket.Event{At: berlin(11, 11, 30), Word: "reply"},
		ticket.Event{At: berlin(11, 11, 30), Word: "pending", Note: "asked for the log"},
		ticket.Event{At: berlin(12, 9, 30), Word: "message"},
		ticket.Event{At: berlin(12, 9, 30), Word: "open", Note: "got it"},
	)
	now := berlin(12, 11, 0)
	for metric, clock := range t.Clocks() {
		fmt.Println(metric, clock.At(now))
	}
	fmt.Println("all in all", t.Outcome(now))
	// Output:
	// first-response stopped, met: due 2024-03-11T12:00:00+01:00, 1h30m of 2h used, 30m left
	// next-response running: due 2024-03-12T13:30:00+01:00, 1h30m of 4h used, 2h30m left
	// resolution running: due 2024-03-13T16:00:00+01:00, 3h of 16h used, 13h left
	// all in all open
}

// Events can be told late and twice, as mail servers and webhooks do.
func ExampleTicket_Apply() {
	t := opened(ticket.Event{ID: "mail-2", At: berlin(11, 13, 0), Word: "reply"})
	clock, _ := t.Clock(sla.FirstResponse)
	fmt.Println(clock.At(berlin(11, 14, 0)))

	t, err := t.Apply(
		ticket.Event{ID: "mail-1", At: berlin(11, 11, 0), Word: "reply"}, // the first answer, told late
		ticket.Event{ID: "mail-2", At: berlin(11, 13, 0), Word: "reply"}, // told again
	)
	if err != nil {
		log.Fatal(err)
	}
	clock, _ = t.Clock(sla.FirstResponse)
	fmt.Println(clock.At(berlin(11, 14, 0)))
	for _, e := range t.Events() {
		fmt.Println(e.ID, e)
	}
	// Output:
	// stopped, breached: due 2024-03-11T12:00:00+01:00, 3h of 2h used, overdue by 1h of business time
	// stopped, met: due 2024-03-11T12:00:00+01:00, 1h of 2h used, 1h left
	// mail-1 2024-03-11T11:00:00+01:00 reply
	// mail-2 2024-03-11T13:00:00+01:00 reply
}

// A queue is sorted by what is due first.
func ExampleTicket_First() {
	t := opened(
		ticket.Event{At: berlin(11, 11, 0), Word: "reply"},
		ticket.Event{At: berlin(11, 15, 0), Word: "message"},
		ticket.Event{At: berlin(12, 10, 0), Word: "reply"},
		ticket.Event{At: berlin(13, 9, 0), Word: "solved"},
	)
	for _, now := range []time.Time{berlin(11, 10, 30), berlin(11, 12, 0), berlin(11, 16, 0), berlin(13, 10, 0)} {
		metric, status, ok := t.First(now)
		if !ok {
			fmt.Println("nothing is due")
			continue
		}
		fmt.Println(metric, "is due", status.Due.Format("Mon 15:04"))
	}
	// Output:
	// first-response is due Mon 12:00
	// resolution is due Wed 10:00
	// next-response is due Tue 11:00
	// nothing is due
}

// Act on each alarm once: keep the keys of those that were handled.
func ExampleTicket_Alarms() {
	t := opened(ticket.Event{At: berlin(11, 14, 0), Word: "reply"})
	handled := map[string]bool{} // what a backend stores
	for _, now := range []time.Time{berlin(11, 11, 30), berlin(11, 13, 0), berlin(13, 12, 30)} {
		for _, alarm := range t.Alarms(now) {
			if !handled[alarm.Key()] {
				handled[alarm.Key()] = true
				fmt.Println(now.Format("Mon 15:04"), alarm.Key(), "reached", alarm.At.Format("Mon 15:04"))
			}
		}
	}
	// Output:
	// Mon 11:30 first-response/2024-03-11T09:00:00Z/50% reached Mon 11:00
	// Mon 13:00 first-response/2024-03-11T09:00:00Z/breach reached Mon 12:00
	// Wed 12:30 resolution/2024-03-11T09:00:00Z/75% reached Tue 14:00
	// Wed 12:30 resolution/2024-03-11T09:00:00Z/+1h every 1h reached Wed 11:00
	// Wed 12:30 resolution/2024-03-11T09:00:00Z/+1h every 1h/2 reached Wed 12:00
}

// A reply that is told late takes back the alarm that was sent without it.
func ExampleReconcile() {
	t := opened()
	due, _ := ticket.Reconcile(nil, t.Alarms(berlin(11, 12, 30)))
	var acted []string
	for _, alarm := range due {
		fmt.Println("send", alarm.Key())
		acted = append(acted, alarm.Key())
	}
	t, err := t.Apply(ticket.Event{At: berlin(11, 11, 30), Word: "reply"})
	if err != nil {
		log.Fatal(err)
	}
	due, withdrawn := ticket.Reconcile(acted, t.Alarms(berlin(11, 12, 45)))
	fmt.Println(len(due), "to send, withdrawn:", withdrawn)
	// Output:
	// send first-response/2024-03-11T09:00:00Z/50%
	// send first-response/2024-03-11T09:00:00Z/breach
	// 0 to send, withdrawn: [first-response/2024-03-11T09:00:00Z/breach]
}

// One timer for all clocks of a ticket, set to what Next returns.
func ExampleTicket_Next() {
	t := opened(ticket.Event{At: berlin(11, 11, 30), Word: "reply"})
	now := berlin(11, 12, 0)
	for range 4 {
		next, ok := t.Next(now)
		if !ok {
			break
		}
		now = next
		fmt.Println(now.Format("Mon 15:04:05.999999999"), len(t.Alarms(now)), "alarms", t.Outcome(now))
	}
	// Output:
	// Tue 14:00:00 2 alarms open
	// Wed 10:00:00.000000001 2 alarms partly-met
	// Wed 11:00:00 3 alarms partly-met
	// Wed 12:00:00 4 alarms partly-met
}

// Some commitments were kept and others were not.
func ExampleTicket_Outcome() {
	t := opened(
		ticket.Event{At: berlin(11, 11, 0), Word: "reply"},
		ticket.Event{At: berlin(14, 9, 0), Word: "solved"},
	)
	for _, day := range []int{11, 12, 14} {
		fmt.Println(t.Outcome(berlin(day, 12, 0)))
	}
	// Output:
	// open
	// open
	// partly-met
}

// A stored ticket has its request, its events and an excerpt of the catalog. So it says the
// same after the catalog has changed.
func ExampleTicket_MarshalJSON() {
	t := opened(ticket.Event{At: berlin(11, 11, 30), Word: "pending"})
	text, err := json.Marshal(t)
	if err != nil {
		log.Fatal(err)
	}
	var back ticket.Ticket
	if err := json.Unmarshal(text, &back); err != nil {
		log.Fatal(err)
	}
	clock, _ := back.Clock(sla.Resolution)
	fmt.Println(clock.Explain(berlin(11, 12, 0)).Catalog, clock.At(berlin(11, 12, 0)).State)
	// Output: 1 paused
}

func ExampleTicket_Explain() {
	t := opened(ticket.Event{At: berlin(11, 11, 0), Word: "reply"})
	for _, e := range t.Explain(berlin(11, 12, 0)) {
		fmt.Println(e.Metric, e.Status.State, len(e.Cycles), len(e.Segments))
	}
	// Output:
	// first-response stopped 1 1
	// next-response idle 0 1
	// resolution running 0 6
}

func ExampleClock() {
	t := opened(
		ticket.Event{At: berlin(11, 12, 0), Word: "pending", Note: "asked for the log"},
		ticket.Event{At: berlin(11, 15, 30), Word: "open", Note: "got it"},
	)
	clock, ok := t.Clock(sla.Resolution)
	status := clock.At(berlin(11, 16, 0))
	fmt.Println(ok, status.State, status.Outcome, status.Elapsed, "used,", status.Paused, "paused,", status.Remaining, "left")
	fmt.Println("due", status.Due, "instead of", status.OriginalDue)
	// Output:
	// true running open 2h30m0s used, 3h30m0s paused, 13h30m0s left
	// due 2024-03-13 13:30:00 +0100 CET instead of 2024-03-13 10:00:00 +0100 CET
}

// Each message that waits for a reply begins a cycle.
func ExampleClock_Cycles() {
	t := opened(
		ticket.Event{At: berlin(11, 11, 0), Word: "message"},
		ticket.Event{At: berlin(11, 12, 0), Word: "message"}, // the older one counts
		ticket.Event{At: berlin(11, 14, 0), Word: "reply"},
		ticket.Event{At: berlin(11, 16, 0), Word: "message"},
		ticket.Event{At: berlin(12, 15, 0), Word: "reply"},
		ticket.Event{At: berlin(13, 9, 0), Word: "message"},
	)
	clock, _ := t.Clock(sla.NextResponse)
	for _, st := range clock.Cycles() {
		fmt.Println(st.Cycle, st.Start.Format("Mon 15:04"), st.Outcome, "after", st.Elapsed)
	}
	fmt.Println(clock.At(berlin(13, 9, 0)).Cycle)
	// Output:
	// 1 Mon 11:00 met after 3h0m0s
	// 2 Mon 16:00 breached after 7h0m0s
	// 3
}

// Why the resolution is due on Wednesday at 13:30.
func ExampleClock_Explain() {
	t := opened(
		ticket.Event{At: berlin(11, 12, 0), Word: "pending", Note: "asked for the log"},
		ticket.Event{At: berlin(11, 15, 30), Word: "open"},
	)
	clock, _ := t.Clock(sla.Resolution)
	for _, s := range clock.Explain(berlin(11, 16, 0)).Fold().Segments {
		fmt.Println(s.From.Format("Mon 15:04"), s.To.Format("Mon 15:04"), s.Counted, s.Total, s.Why())
	}
	// Output:
	// Mon 10:00 Mon 12:00 true 2h0m0s open
	// Mon 12:00 Mon 15:30 false 2h0m0s paused: asked for the log (3h30m of business time)
	// Mon 15:30 Mon 16:00 true 2h30m0s open
	// Mon 16:00 Wed 13:30 true 16h0m0s open 3 times
}

func ExampleEvent() {
	lowered := ticket.Event{
		ID: "4711", At: berlin(11, 11, 0), Word: "pending", Change: ticket.Change{Severity: "P2"}, Note: "no answer from the customer",
	}
	fmt.Println(lowered)
	text, err := json.Marshal(lowered)
	fmt.Println(string(text), err)
	// Output:
	// 2024-03-11T11:00:00+01:00 pending, severity P2: no answer from the customer
	// {"id":"4711","at":"2024-03-11T11:00:00+01:00","word":"pending","severity":"P2","note":"no answer from the customer"} <nil>
}

// A request is raised to a severity with 8 hours when its clock has used 3 of 16 hours.
func ExampleChange() {
	raised := ticket.Event{At: berlin(11, 13, 0), Change: ticket.Change{Severity: "P1"}}
	for _, mode := range []sla.ChangeMode{sla.ChangeFromOpening, sla.ChangeCarryElapsed, sla.ChangeRestart, sla.ChangeReplace} {
		hours := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00"))
		catalog, err := sla.NewCatalog("1", sla.Policy{
			Moniker: "acme", Severities: []sla.Severity{"P1", "P2"},
			Terms: []sla.Term{
				{Severities: []sla.Severity{"P1"}, Target: sla.MustParseTarget("8h"), Calendar: hours},
				{Severities: []sla.Severity{"P2"}, Target: sla.MustParseTarget("16h"), Calendar: hours},
			},
			Courses: []sla.Course{{Change: mode}},
		})
		if err != nil {
			log.Fatal(err)
		}
		t, _ := ticket.Open(catalog, sla.Request{Moniker: "acme", Severity: "P2", Opened: berlin(11, 10, 0)})
		t, err = t.Apply(raised)
		if err != nil {
			log.Fatal(err)
		}
		_, status, _ := t.First(berlin(11, 14, 0))
		fmt.Printf("%-13s cycle %d: %v used, due %s\n", mode, status.Cycle, status.Elapsed, status.Due.Format("Mon 15:04"))
	}
	// Output:
	// from-opening  cycle 1: 4h0m0s used, due Tue 10:00
	// carry-elapsed cycle 1: 4h0m0s used, due Tue 10:00
	// restart       cycle 2: 1h0m0s used, due Tue 13:00
	// replace       cycle 1: 4h0m0s used, due Tue 10:00
}

// A change that comes too late for the new target: the modes differ in what is a breach.
func ExampleChange_late() {
	raised := ticket.Event{At: berlin(11, 13, 0), Change: ticket.Change{Severity: "P1"}}
	lowered := ticket.Event{At: berlin(11, 13, 30), Change: ticket.Change{Severity: "P2"}, Note: "by mistake"}
	for _, mode := range []sla.ChangeMode{sla.ChangeFromOpening, sla.ChangeCarryElapsed, sla.ChangeRestart, sla.ChangeReplace} {
		hours := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00"))
		catalog, err := sla.NewCatalog("1", sla.Policy{
			Moniker: "acme", Severities: []sla.Severity{"P1", "P2"},
			Terms: []sla.Term{
				{Severities: []sla.Severity{"P1"}, Target: sla.MustParseTarget("2h"), Calendar: hours},
				{Severities: []sla.Severity{"P2"}, Target: sla.MustParseTarget("16h"), Calendar: hours},
			},
			Courses: []sla.Course{{Change: mode}},
		})
		if err != nil {
			log.Fatal(err)
		}
		t, _ := ticket.Open(catalog, sla.Request{Moniker: "acme", Severity: "P2", Opened: berlin(11, 10, 0)})
		t, err = t.Apply(raised, lowered)
		if err != nil {
			log.Fatal(err)
		}
		clock, _ := t.Clock(sla.FirstResponse)
		st := clock.At(berlin(11, 13, 15))
		fmt.Printf("%-13s P1 %s", mode, st.Outcome)
		if !st.BreachedAt.IsZero() {
			fmt.Print(" since ", st.BreachedAt.Format("15:04"))
		}
		fmt.Println(", then P2", clock.At(berlin(11, 14, 0)).Outcome)
	}
	// Output:
	// from-opening  P1 breached since 13:00, then P2 breached
	// carry-elapsed P1 breached since 13:00, then P2 breached
	// restart       P1 open, then P2 open
	// replace       P1 breached since 12:00, then P2 open
}

func ExampleEventError() {
	_, err := opened().Apply(
		ticket.Event{At: berlin(11, 11, 0), Word: "pending"},
		ticket.Event{At: berlin(11, 12, 0), Word: "resumed"},
	)
	if wrong, ok := errors.AsType[*ticket.EventError](err); ok {
		fmt.Println(wrong.Index, wrong.Event.Word, errors.Is(err, &region.UnknownError{What: "word"}))
	}
	fmt.Println(err)
	// Output:
	// 1 resumed true
	// ticket: event 1, 2024-03-11T12:00:00+01:00 resumed: unknown word "resumed": want a word of the policy: open, pending, solved, message, reply, cancelled
}

func ExampleStatus() {
	clock, _ := opened().Clock(sla.FirstResponse)
	status := clock.At(berlin(11, 13, 30))
	fmt.Println(status.Outcome, status.BreachedAt.Format("15:04"), status.Overdue, status.ElapsedShare)
	fmt.Println(status)
	// Output:
	// breached 12:00 1h30m0s 1.75
	// running, breached: due 2024-03-11T12:00:00+01:00, 3h30m of 2h used, overdue by 1h30m of business time
}

func ExampleState() {
	t := opened(
		ticket.Event{At: berlin(11, 18, 0), Word: "message"},
		ticket.Event{At: berlin(12, 10, 0), Word: "reply"},
		ticket.Event{At: berlin(12, 11, 0), Word: "message"},
		ticket.Event{At: berlin(12, 12, 0), Word: sla.WordCancelled},
	)
	clock, _ := t.Clock(sla.NextResponse)
	for _, at := range []time.Time{berlin(11, 12, 0), berlin(11, 20, 0), berlin(12, 9, 30), berlin(12, 10, 30), berlin(12, 13, 0)} {
		fmt.Println(at.Format("Mon 15:04"), clock.At(at).State)
	}
	// Output:
	// Mon 12:00 idle
	// Mon 20:00 pending
	// Tue 09:30 running
	// Tue 10:30 stopped
	// Tue 13:00 cancelled
}

// The due time is in time, and one nanosecond later is not.
func ExampleOutcome() {
	for _, replied := range []time.Time{berlin(11, 12, 0), berlin(11, 12, 0).Add(1)} {
		clock, _ := opened(ticket.Event{At: replied, Word: "reply"}).Clock(sla.FirstResponse)
		fmt.Println(clock.At(berlin(11, 11, 0)).Outcome, clock.At(berlin(11, 13, 0)).Outcome)
	}
	// Output:
	// open met
	// open breached
}

func ExampleAlarm() {
	alarm := opened().Alarms(berlin(11, 11, 0))[0]
	fmt.Println(alarm.Key())
	fmt.Println(alarm.Threshold, "of the way to", alarm.Due.Format("15:04"), "was", alarm.At.Format("15:04"))
	// Output:
	// first-response/2024-03-11T09:00:00Z/50%
	// 50% of the way to 12:00 was 11:00
}

func ExampleReason() {
	t, _ := ticket.Open(sla.Published(), sla.Request{Moniker: region.Germany, Severity: sla.SeverityB, Opened: berlin(28, 18, 0)})
	clock, _ := t.Clock(sla.FirstResponse)
	segment := clock.Explain(berlin(28, 18, 0)).Segments[0]
	fmt.Println(segment.Reason, segment.Holidays[0].Date, segment.Holidays[0].Name)
	// Output: before-start 2024-03-29 Karfreitag
}

func ExampleEventEffect() {
	t := opened(
		ticket.Event{At: berlin(11, 11, 0), Change: ticket.Change{Severity: "P1"}},
		ticket.Event{At: berlin(11, 12, 0), Word: "pending"},
		ticket.Event{At: berlin(11, 13, 0), Word: "open"},
	)
	clock, _ := t.Clock(sla.Resolution)
	for _, effect := range clock.Explain(berlin(11, 13, 0)).Events {
		fmt.Println(effect.Event, effect.Mode, effect.Due.Format("Mon 15:04"))
	}
	// Output:
	// 2024-03-11T11:00:00+01:00 severity P1 from-opening Tue 10:00
	// 2024-03-11T12:00:00+01:00 pending  Tue 10:00
	// 2024-03-11T13:00:00+01:00 open  Tue 11:00
}

// Segments say what counts, what does not, and why.
func ExampleExplanation() {
	t, _ := ticket.Open(sla.Published(), sla.Request{
		Moniker:  region.Germany,
		Category: region.Billing,
		Severity: sla.SeverityB,
		Opened:   time.Date(2024, time.March, 28, 17, 0, 0, 0, time.UTC),
	})
	e := t.Explain(t.Request().Opened)[0]
	for _, s := range e.Segments {
		fmt.Println(s.From.Format("Jan 02 15:04"), s.To.Format("Jan 02 15:04"), s.Total, s.Reason)
	}
	// Output:
	// Mar 28 17:00 Apr 02 07:00 0s before-start
	// Apr 02 07:00 Apr 02 15:00 8h0m0s open
	// Apr 02 15:00 Apr 03 07:00 8h0m0s closed
}

func ExampleSegment() {
	clock, _ := opened().Clock(sla.FirstResponse)
	s := clock.Explain(berlin(11, 11, 0)).Segments[0]
	fmt.Println(s.Counted, s.Business, s.Reason)
	// Output: true 1h0m0s open
}
