// Package ticket follows a support request after its opening: it is answered, waits for the
// customer, gets another severity, is solved and opened again.
//
// A [Ticket] is a request and its events. It has a [Clock] for each metric that its policy
// promises: first response, next response, resolution, or your own. Most callers need five
// calls:
//
//	t, err := ticket.Open(catalog, request)
//	t, err = t.Apply(ticket.Event{ID: "mail-7", At: at, Word: "pending"}) // when something happens
//	due, withdrawn := ticket.Reconcile(acted, t.Alarms(now))              // what to send
//	next, ok := t.Next(now)                                               // when to look again
//	text, err := t.Value()                                                // to a database, and back by Scan
//
// [Clock.At] returns the [Status] of a clock at an instant: the state, whether it is met or
// breached, the due time, and the time used, left and paused. [Ticket.First] returns the
// clock that is due first. [Ticket.Explain] accounts for every stretch of time; package
// timeline draws the result. [Of] returns a ticket of a deadline that no catalog has.
//
// All answers follow from the catalog, the request and the events alone. A backend has
// nothing to update as time passes.
//
// # The rules
//
// The rules R1 to R13 are in the comment of package calendar; R12 is about pauses, and R13
// about the start of a clock. These are about tickets:
//
// R14, words. An event tells what happened in the backend's own words, which the policy
// declares. A status holds until the next one is told; a happening is an instant. A ticket
// has the words of the policy under which it was opened. To tell the status that holds
// already does nothing. [sla.Policy] has the words of a policy that declares none.
//
// R15, courses. For each metric, an [sla.Course] says which words start, stop, reset and
// pause its clock. A word in several lists acts in the order stop, reset, start, pause.
//
//   - Start: without start words, the opening starts the clock. With them, it is idle until
//     the first. A start while the clock runs changes nothing: of several messages without
//     an answer, the oldest counts. A start of a stopped clock reopens it.
//   - Stop: the first stop stands, so closing what is solved is no reopening. To leave a
//     status that stops for one that does not reopens a clock without start words.
//   - Reset: ends the cycle of a clock that runs, met or breached, and begins the next. With
//     [sla.WordDue], the passing of the due time does so, too: 256 times in a clock.
//   - Pause: while the status of the ticket is one that pauses, also before the start.
//   - [sla.WordCancelled] cancels the clocks that run. Nothing changes after it.
//
// R16, order. Events count in the order of their instants, those of one instant as they
// were told. One that is told late is put where it belongs. One whose ID was told before
// changes nothing.
//
// R17, changes. A change of severity, category, plan, moniker or country comes before the
// word of its event. A term with the same target, hours and thresholds changes nothing.
// Another takes over by the [sla.ChangeMode] of the course in force before the change. A
// clock that is idle or stopped takes it with its next cycle. A new plan or moniker counts
// by its policy in force at the change. A metric that only the new policy has counts from
// the opening of the ticket, or is idle. A breach by a change is one from the change on,
// except for [sla.ChangeReplace].
//
// R18, alarms. A cycle reaches a threshold once. [Alarm.Key] does not change when a late
// event makes other cycles. What is reached at the instant of an event is reached before it.
package ticket
