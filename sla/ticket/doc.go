// Package ticket follows a support request after its opening: it waits for the customer,
// changes its severity, is answered and reopened.
//
// A [Clock] is a request and its events. [Clock.At] returns its [Status] at an instant: the
// state, whether it is met or breached, the due time, and the time used and left.
//
//	clock, err := ticket.NewClock(sla.Published(), sla.Request{Moniker: region.Germany, Severity: sla.SeverityB, Opened: opened})
//	clock, err = clock.Apply(
//		ticket.Event{At: asked, Kind: ticket.Paused, Note: "asked for the log"},
//		ticket.Event{At: answered, Kind: ticket.Resumed},
//	)
//	status := clock.At(now)
//
// The status follows from the catalog, the request and the events alone. A backend has
// nothing to update as time passes. Most backends call three methods after each event:
//
//   - [Clock.Alarms] returns the thresholds that were reached ("50%", "-30m", "breach").
//     Store the key of each alarm that you have handled.
//   - [Clock.Next] returns when something changes next: set one timer for it.
//   - [Clock.MarshalJSON] and [Clock.Value] store the clock with its terms and holidays. A
//     stored clock does not change with the catalog.
//
// [Clock.Explain] accounts for every stretch of time; package timeline draws the result.
// [Of] returns a clock of a deadline that no catalog has.
//
// The catalog decides what a change of severity and a reopening do: see [sla.ChangeMode]
// and [sla.ReopenMode]. The comment of package calendar has the rules R1 to R13; R12 is
// about pauses, and R13 about the start of a clock.
package ticket
