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

// berlin returns an instant of March 2024 in Berlin's winter time.
func berlin(day, hour, minute int) time.Time {
	return time.Date(2024, time.March, day, hour, minute, 0, 0, time.FixedZone("CET", 60*60))
}

// openedClock returns a clock of severity B, opened on Monday at 10:00: due on Tuesday
// at 10:00.
func openedClock() ticket.Clock {
	clock, err := ticket.NewClock(sla.Published(), sla.Request{Moniker: region.Germany, Severity: sla.SeverityB, Opened: berlin(11, 10, 0)})
	if err != nil {
		panic(err)
	}
	return clock
}

func Example() {
	opened := time.Date(2024, time.March, 11, 10, 0, 0, 0, time.FixedZone("CET", 60*60)) // a Monday in Berlin
	clock, err := ticket.NewClock(sla.Published(), sla.Request{Moniker: region.Germany, Severity: sla.SeverityB, Opened: opened})
	if err != nil {
		log.Fatal(err)
	}
	clock, err = clock.WithThresholds(sla.MustParseThreshold("50%"), sla.MustParseThreshold("-30m"), sla.MustParseThreshold("breach"))
	if err != nil {
		log.Fatal(err)
	}
	clock, err = clock.Apply(
		ticket.Event{At: opened.Add(2 * time.Hour), Kind: ticket.Paused, Note: "asked for the log"},
		ticket.Event{At: opened.Add(4 * time.Hour), Kind: ticket.Resumed},
	)
	if err != nil {
		log.Fatal(err)
	}
	now := opened.Add(6 * time.Hour)
	fmt.Println(clock.At(now))
	for _, alarm := range clock.Alarms(now) { // notify once for each alarm.Key()
		fmt.Println("reached:", alarm.Key(), "at", alarm.At)
	}
	next, ok := clock.Next(now) // set one timer: the desk closes, which changes the status
	fmt.Println("next:", next, ok)

	stored, err := json.Marshal(clock)
	if err != nil {
		log.Fatal(err)
	}
	var restored ticket.Clock
	if err := json.Unmarshal(stored, &restored); err != nil {
		log.Fatal(err)
	}
	fmt.Println("restored:", restored.At(now).State)
	// Output:
	// running, open: due 2024-03-12T12:00:00+01:00, 4h of 8h used, 4h left
	// reached: 1/50% at 2024-03-11 16:00:00 +0100 CET
	// next: 2024-03-11 17:00:00 +0100 CET true
	// restored: running
}

func ExampleClock() {
	opened := time.Date(2024, time.March, 11, 10, 0, 0, 0, time.FixedZone("CET", 60*60)) // a Monday, in Berlin
	clock, err := ticket.NewClock(sla.Published(), sla.Request{Moniker: region.Germany, Severity: sla.SeverityB, Opened: opened})
	if err != nil {
		log.Fatal(err)
	}
	clock, err = clock.Apply(
		ticket.Event{At: opened.Add(2 * time.Hour), Kind: ticket.Paused, Note: "asked for the log"},
		ticket.Event{At: opened.Add(5*time.Hour + 30*time.Minute), Kind: ticket.Resumed, Note: "got it"},
	)
	if err != nil {
		log.Fatal(err)
	}
	status := clock.At(opened.Add(6 * time.Hour))
	fmt.Println(status.State, status.Outcome, status.Elapsed, "used,", status.Remaining, "left")
	fmt.Println("due", status.Due, "instead of", status.OriginalDue)
	// Output:
	// running open 2h30m0s used, 5h30m0s left
	// due 2024-03-12 13:30:00 +0100 CET instead of 2024-03-12 10:00:00 +0100 CET
}

// One timer for a clock, set to what Next says.
func ExampleClock_Next() {
	opened := time.Date(2024, time.March, 11, 10, 0, 0, 0, time.FixedZone("CET", 60*60)) // a Monday, in Berlin
	clock, err := ticket.NewClock(sla.Published(), sla.Request{Moniker: region.Germany, Severity: sla.SeverityB, Opened: opened})
	if err != nil {
		log.Fatal(err)
	}
	clock, err = clock.WithThresholds(sla.MustParseThreshold("50%"), sla.MustParseThreshold("-30m"), sla.MustParseThreshold("breach"))
	if err != nil {
		log.Fatal(err)
	}
	done := map[string]bool{} // what a backend stores
	for now, ok := opened, true; ok && now.Before(opened.AddDate(0, 0, 2)); now, ok = clock.Next(now) {
		for _, alarm := range clock.Alarms(now) {
			if !done[alarm.Key()] {
				done[alarm.Key()] = true
				fmt.Println(alarm.Key(), "at", alarm.At.Format("Mon 15:04"))
			}
		}
	}
	// Output:
	// 1/50% at Mon 14:00
	// 1/-30m at Tue 09:30
	// 1/breach at Tue 10:00
}

func ExampleEvent() {
	lowered := ticket.Event{At: berlin(11, 11, 0), Kind: ticket.SeverityChanged, Severity: sla.SeverityC, Note: "no answer from the customer"}
	fmt.Println(lowered)
	text, err := json.Marshal(lowered)
	fmt.Println(string(text), err)
	// Output:
	// 2024-03-11T11:00:00+01:00 severity-changed C: no answer from the customer
	// {"at":"2024-03-11T11:00:00+01:00","event":"severity-changed","severity":"C","note":"no answer from the customer"} <nil>
}

func ExampleEventKind() {
	clock, err := openedClock().Apply(ticket.Event{At: berlin(12, 10, 0), Kind: ticket.Responded})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(clock.At(berlin(20, 9, 0)).Outcome, "at the due time is in time")
	// Output: met at the due time is in time
}

func ExampleEventError() {
	_, err := openedClock().Apply(ticket.Event{At: berlin(11, 11, 0), Kind: ticket.Resumed})
	if wrong, ok := errors.AsType[*ticket.EventError](err); ok {
		fmt.Println(wrong.Index, wrong.Event.Kind, errors.Is(err, ticket.ErrUnchanged))
	}
	fmt.Println(err)
	// Output:
	// 0 resumed true
	// ticket: event 0, 2024-03-11T11:00:00+01:00 resumed: the clock is not paused (the opening was at 2024-03-11T10:00:00+01:00)
}

func ExampleStatus() {
	status := openedClock().At(berlin(12, 11, 30))
	fmt.Println(status.Outcome, status.BreachedAt.Format("15:04"), status.Overdue, status.ElapsedShare)
	fmt.Println(status)
	fmt.Println(openedClock().At(berlin(11, 12, 0)))
	// Output:
	// breached 10:00 1h30m0s 1.1875
	// running, breached: due 2024-03-12T10:00:00+01:00, 9h30m of 8h used, overdue by 1h30m of business time
	// running, open: due 2024-03-12T10:00:00+01:00, 2h of 8h used, 6h left
}

func ExampleState() {
	clock := openedClock()
	for _, at := range []time.Time{berlin(11, 8, 0), berlin(11, 10, 0), berlin(12, 18, 0)} {
		status := clock.At(at)
		fmt.Println(status.State, status.Open)
	}
	// Output:
	// pending false
	// running true
	// running false
}

func ExampleOutcome() {
	clock, _ := openedClock().Apply(ticket.Event{At: berlin(12, 12, 0), Kind: ticket.Responded})
	fmt.Println(clock.At(berlin(12, 9, 0)).Outcome, clock.At(berlin(12, 11, 0)).Outcome, clock.At(berlin(12, 12, 0)).Outcome)
	// Output: open breached breached
}

// Act on each alarm once: keep the keys of the alarms that were handled.
func ExampleClock_Alarms() {
	clock, err := openedClock().WithThresholds(sla.MustParseThreshold("50%"), sla.MustParseThreshold("breach"))
	if err != nil {
		log.Fatal(err)
	}
	handled := map[string]bool{}
	for _, now := range []time.Time{berlin(11, 12, 0), berlin(11, 15, 0), berlin(12, 11, 0)} {
		for _, alarm := range clock.Alarms(now) {
			if !handled[alarm.Key()] {
				handled[alarm.Key()] = true
				fmt.Println(now.Format("Mon 15:04"), "new:", alarm.Key(), "reached", alarm.At.Format("Mon 15:04"))
			}
		}
	}
	// Output:
	// Mon 15:00 new: 1/50% reached Mon 14:00
	// Tue 11:00 new: 1/breach reached Tue 10:00
}

func ExampleAlarm() {
	clock, _ := openedClock().WithThresholds(sla.MustParseThreshold("50%"))
	for _, alarm := range clock.Alarms(berlin(12, 9, 0)) {
		fmt.Println(alarm.Key(), alarm.At, alarm.Due)
	}
	// Output: 1/50% 2024-03-11 14:00:00 +0100 CET 2024-03-12 10:00:00 +0100 CET
}

// Why it is due on Tuesday at 13:30.
func ExampleClock_Explain() {
	clock, _ := openedClock().Apply(
		ticket.Event{At: berlin(11, 12, 0), Kind: ticket.Paused, Note: "asked for the log"},
		ticket.Event{At: berlin(11, 15, 30), Kind: ticket.Resumed},
	)
	for _, s := range clock.Explain(berlin(11, 16, 0)).Fold().Segments {
		fmt.Println(s.From.Format("Mon 15:04"), s.To.Format("Mon 15:04"), s.Counted, s.Reason, s.Note, s.Total)
	}
	// Output:
	// Mon 10:00 Mon 12:00 true open  2h0m0s
	// Mon 12:00 Mon 15:30 false paused asked for the log 2h0m0s
	// Mon 15:30 Mon 16:00 true open  2h30m0s
	// Mon 16:00 Tue 13:30 true open  8h0m0s
}

func ExampleReason() {
	clock, _ := ticket.NewClock(sla.Published(), sla.Request{Moniker: region.Germany, Severity: sla.SeverityB, Opened: berlin(28, 18, 0)})
	first := clock.Explain(berlin(28, 18, 0)).Segments[0]
	fmt.Println(first.Reason, first.Holidays[0].Date, first.Holidays[0].Name)
	// Output: before-start 2024-03-29 Karfreitag
}

func ExampleEventEffect() {
	clock, _ := openedClock().Apply(ticket.Event{At: berlin(11, 11, 0), Kind: ticket.SeverityChanged, Severity: sla.SeverityC})
	for _, effect := range clock.Explain(berlin(11, 11, 0)).Events {
		fmt.Println(effect.Event.Kind, effect.Due.Format("Mon 15:04"))
	}
	// Output: severity-changed Thu 10:00
}

// A clock is stored as what it follows from, and says the same when it is read
// again, whatever has become of the catalog since.
func ExampleClock_MarshalJSON() {
	clock, _ := openedClock().Apply(ticket.Event{At: berlin(11, 12, 0), Kind: ticket.Paused})
	text, err := json.Marshal(clock)
	if err != nil {
		log.Fatal(err)
	}
	var back ticket.Clock
	if err := json.Unmarshal(text, &back); err != nil {
		log.Fatal(err)
	}
	fmt.Println(back.Explain(berlin(11, 12, 0)).Catalog, back.At(berlin(11, 12, 0)).State)
	// Output: published 2020-05-27 paused
}

// What counts, what does not, and why.
func ExampleExplanation() {
	clock, _ := ticket.NewClock(sla.Published(), sla.Request{
		Moniker:  region.Germany,
		Category: region.Billing,
		Severity: sla.SeverityB,
		Opened:   time.Date(2024, time.March, 28, 17, 0, 0, 0, time.UTC),
	})
	for _, s := range clock.Explain(clock.Request().Opened).Segments {
		fmt.Println(s.From.Format("Jan 02 15:04"), s.To.Format("Jan 02 15:04"), s.Total, s.Reason)
	}
	// Output:
	// Mar 28 17:00 Apr 02 07:00 0s before-start
	// Apr 02 07:00 Apr 02 15:00 8h0m0s open
	// Apr 02 15:00 Apr 03 07:00 8h0m0s closed
}

func ExampleSegment() {
	clock, _ := ticket.NewClock(sla.Published(), sla.Request{
		Moniker:  region.China,
		Severity: sla.SeverityA,
		Opened:   time.Date(2020, time.May, 27, 12, 0, 0, 0, time.UTC),
	})
	s := clock.Explain(clock.Request().Opened).Segments[0]
	fmt.Println(s.Counted, s.Business, s.Reason)
	// Output: true 1h0m0s open
}

// A deadline without a catalog has a clock, too.
func ExampleOf() {
	clock, err := ticket.Of(sla.Deadline{
		Request: sla.Request{Moniker: "acme", Severity: "P1", Opened: berlin(11, 16, 0)},
		Term: sla.Term{
			Target:   sla.MustParseTarget("2h"),
			Calendar: calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00")),
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(clock.At(berlin(11, 16, 30)))
	// Output: running, open: due 2024-03-12T10:00:00+01:00, 30m of 2h used, 1h30m left
}
