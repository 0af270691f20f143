package sla_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
)

// berlin returns an instant of March 2024 in Berlin's winter time.
func berlin(day, hour, minute int) time.Time {
	return time.Date(2024, time.March, day, hour, minute, 0, 0, time.FixedZone("CET", 60*60))
}

// openedClock returns a clock of severity B, opened on Monday at 10:00: due on Tuesday
// at 10:00.
func openedClock() sla.Clock {
	d, err := sla.Published().Deadline(sla.Request{Moniker: region.Germany, Severity: sla.SeverityB, Opened: berlin(11, 10, 0)})
	if err != nil {
		panic(err)
	}
	return sla.NewClock(d)
}

func ExampleClock() {
	opened := time.Date(2024, time.March, 11, 10, 0, 0, 0, time.FixedZone("CET", 60*60)) // a Monday, in Berlin
	d, err := sla.Published().Deadline(sla.Request{Moniker: region.Germany, Severity: sla.SeverityB, Opened: opened})
	if err != nil {
		fmt.Println(err)
		return
	}
	clock, err := sla.NewClock(d).Apply(
		sla.Event{At: opened.Add(2 * time.Hour), Kind: sla.Paused, Note: "asked for the log"},
		sla.Event{At: opened.Add(5*time.Hour + 30*time.Minute), Kind: sla.Resumed, Note: "got it"},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	status := clock.At(opened.Add(6 * time.Hour))
	fmt.Println(status.State, status.Outcome, status.Elapsed.Business, "used,", status.Remaining.Business, "left")
	fmt.Println("due", status.Due, "instead of", status.OriginalDue)
	// Output:
	// running open 2h30m0s used, 5h30m0s left
	// due 2024-03-12 13:30:00 +0100 CET instead of 2024-03-12 10:00:00 +0100 CET
}

// One timer for a clock, set to what Next says.
func ExampleClock_Next() {
	opened := time.Date(2024, time.March, 11, 10, 0, 0, 0, time.FixedZone("CET", 60*60)) // a Monday, in Berlin
	d, err := sla.Published().Deadline(sla.Request{Moniker: region.Germany, Severity: sla.SeverityB, Opened: opened})
	if err != nil {
		fmt.Println(err)
		return
	}
	clock, err := sla.NewClock(d).WithThresholds(sla.Share(50), sla.BeforeDue(30*time.Minute), sla.Breach())
	if err != nil {
		fmt.Println(err)
		return
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
	lowered := sla.Event{At: berlin(11, 11, 0), Kind: sla.SeverityChanged, Severity: sla.SeverityC, Note: "no answer from the customer"}
	fmt.Println(lowered)
	text, err := json.Marshal(lowered)
	fmt.Println(string(text), err)
	// Output:
	// 2024-03-11T11:00:00+01:00 severity-changed C: no answer from the customer
	// {"at":"2024-03-11T11:00:00+01:00","event":"severity-changed","severity":"C","note":"no answer from the customer"} <nil>
}

func ExampleEventKind() {
	clock, err := openedClock().Apply(sla.Event{At: berlin(12, 10, 0), Kind: sla.Responded})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(clock.At(berlin(20, 9, 0)).Outcome, "at the due time is in time")
	// Output: met at the due time is in time
}

func ExampleEventError() {
	_, err := openedClock().Apply(sla.Event{At: berlin(11, 11, 0), Kind: sla.Resumed})
	if wrong, ok := errors.AsType[*sla.EventError](err); ok {
		fmt.Println(wrong.Index, wrong.Event.Kind, errors.Is(err, sla.ErrNotPaused))
	}
	fmt.Println(err)
	// Output:
	// 0 resumed true
	// sla: event 0, 2024-03-11T11:00:00+01:00 resumed: the clock is not paused (the opening was at 2024-03-11T10:00:00+01:00)
}

func ExampleStatus() {
	status := openedClock().At(berlin(12, 11, 30))
	fmt.Println(status.Outcome, status.BreachedAt.Format("15:04"), status.Overdue.Business, status.Used)
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
		fmt.Println(status.State, status.WithinHours)
	}
	// Output:
	// pending false
	// running true
	// running false
}

func ExampleOutcome() {
	clock, _ := openedClock().Apply(sla.Event{At: berlin(12, 12, 0), Kind: sla.Responded})
	fmt.Println(clock.At(berlin(12, 9, 0)).Outcome, clock.At(berlin(12, 11, 0)).Outcome, clock.At(berlin(12, 12, 0)).Outcome)
	// Output: open breached breached
}

func ExampleMeasure() {
	left := openedClock().At(berlin(11, 16, 0)).Remaining
	fmt.Println(left.Business, "of business time,", left.Wall, "on the wall")
	// Output: 2h0m0s of business time, 18h0m0s on the wall
}

func ExampleThreshold() {
	for _, text := range []string{"50%", "-30m", "+4h wall in hours", "breach", "soon"} {
		threshold, err := sla.ParseThreshold(text)
		fmt.Println(threshold, err)
	}
	// Output:
	// 50% <nil>
	// -30m <nil>
	// +4h wall in hours <nil>
	// breach <nil>
	//  sla: threshold "soon": want 50%, -30m, +2h, "-2h wall", "+4h wall" or breach, each with or without " in hours"
}

func ExampleAlarm() {
	clock, _ := openedClock().WithThresholds(sla.Share(50))
	for _, alarm := range clock.Alarms(berlin(12, 9, 0)) {
		fmt.Println(alarm.Key(), alarm.At, alarm.Due)
	}
	// Output: 1/50% 2024-03-11 14:00:00 +0100 CET 2024-03-12 10:00:00 +0100 CET
}

// The same change of severity, from 8 to 4 hours after 2 hours of use.
func ExampleSeverityMode() {
	hours := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00"))
	for _, mode := range []sla.SeverityMode{sla.FromOpening, sla.CarryElapsed, sla.Restart} {
		catalog, err := sla.NewCatalog("", sla.Policy{Moniker: "acme", SeverityChange: mode, Terms: []sla.Term{
			{Severities: only(sla.SeverityA), Target: sla.Within(4 * time.Hour), Calendar: calendar.AlwaysOpen()},
			{Severities: only(sla.SeverityB), Target: sla.Within(8 * time.Hour), Calendar: hours},
		}})
		if err != nil {
			fmt.Println(err)
			return
		}
		d, _ := catalog.Deadline(sla.Request{Moniker: "acme", Severity: sla.SeverityB, Opened: berlin(11, 7, 0)})
		clock, _ := sla.NewClock(d).Apply(sla.Event{At: berlin(11, 11, 0), Kind: sla.SeverityChanged, Severity: sla.SeverityA})
		status := clock.At(berlin(11, 11, 0))
		fmt.Println(mode, status.Cycle, status.Elapsed.Business, status.Due.Format("15:04"))
	}
	// Output:
	// from-opening 1 4h0m0s 11:00
	// carry-elapsed 1 2h0m0s 13:00
	// restart 2 0s 15:00
}

func ExampleReopenMode() {
	hours := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00"))
	for _, mode := range []sla.ReopenMode{sla.Continue, sla.NewCycle, sla.Ignore} {
		catalog, err := sla.NewCatalog("", sla.Policy{Moniker: "acme", Reopening: mode, Terms: []sla.Term{
			{Severities: only(sla.SeverityB), Target: sla.Within(4 * time.Hour), Calendar: hours},
		}})
		if err != nil {
			fmt.Println(err)
			return
		}
		d, _ := catalog.Deadline(sla.Request{Moniker: "acme", Severity: sla.SeverityB, Opened: berlin(11, 9, 0)})
		clock, _ := sla.NewClock(d).Apply(
			sla.Event{At: berlin(11, 12, 0), Kind: sla.Responded},
			sla.Event{At: berlin(11, 15, 0), Kind: sla.Reopened, Note: "that was no answer"},
		)
		status := clock.At(berlin(11, 15, 0))
		fmt.Println(mode, status.State, status.Outcome, status.Cycle, status.Due.Format("Mon 15:04"))
	}
	// Output:
	// continue running open 1 Mon 16:00
	// new-cycle running open 2 Tue 11:00
	// ignore stopped met 1 Mon 13:00
}

// Why it is due on Tuesday at 13:30.
func ExampleClock_Explain() {
	clock, _ := openedClock().Apply(
		sla.Event{At: berlin(11, 12, 0), Kind: sla.Paused, Note: "asked for the log"},
		sla.Event{At: berlin(11, 15, 30), Kind: sla.Resumed},
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
	d, _ := sla.Published().Deadline(sla.Request{Moniker: region.Germany, Severity: sla.SeverityB, Opened: berlin(28, 18, 0)})
	first := d.Explain().Segments[0]
	fmt.Println(first.Reason, first.Holidays[0].Date, first.Holidays[0].Name)
	// Output: before-start 2024-03-29 Karfreitag
}

func ExampleEffect() {
	clock, _ := openedClock().Apply(sla.Event{At: berlin(11, 11, 0), Kind: sla.SeverityChanged, Severity: sla.SeverityC})
	for _, effect := range clock.Explain(berlin(11, 11, 0)).Events {
		fmt.Println(effect.Event.Kind, effect.Due.Format("Mon 15:04"))
	}
	// Output: severity-changed Thu 10:00
}

// A clock is stored as what it follows from, and says the same when it is read
// again, whatever has become of the catalog since.
func ExampleClock_MarshalJSON() {
	clock, _ := openedClock().Apply(sla.Event{At: berlin(11, 12, 0), Kind: sla.Paused})
	text, err := json.Marshal(clock)
	if err != nil {
		fmt.Println(err)
		return
	}
	var back sla.Clock
	if err := json.Unmarshal(text, &back); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(back.Equal(clock), back.Deadline().Catalog, back.At(berlin(11, 12, 0)).State)
	// Output: true published 2020-05-27 paused
}
