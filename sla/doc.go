// Package sla tells when the answer to a support request is due.
//
// For the published terms of the three clouds, one call is enough:
//
//	due, err := sla.Due(sla.SeverityB, opened, region.China)
//
// [Due] takes the moniker's default plan and technical support. A [Request] says
// the rest, and the [Deadline] of a [Catalog] says what the due time follows
// from: the [Term] with its target, hours, source and basis, and when its clock
// starts. [Deadline.Explain] accounts for every stretch from the opening to the
// due time.
//
//	d, err := sla.Published().Deadline(sla.Request{
//		Moniker:  region.Germany,
//		Category: region.Billing,
//		Severity: sla.SeverityC,
//		Opened:   opened,
//	})
//	fmt.Println(d.Due, d.Term.Target, d.Term.Basis, d.Term.Source)
//
// Zones are read from the time zone data of the machine. A program for a machine
// without them, such as an empty container, imports them with import _ "time/tzdata".
// Without zones, calls fail with an error that names this import.
//
// # From Due to Clock
//
// A due time is computed once; a request lives for days, in which it waits for
// the customer, changes its severity, is answered and reopened. A [Clock] is the
// deadline and these events, and says of any instant what holds: State and
// Outcome, the due time as it stands, what is used and what is left, in business
// time and on the wall.
//
//	clock, err := sla.NewClock(d).Apply(
//		sla.Event{At: asked, Kind: sla.Paused, Note: "asked for the log"},
//		sla.Event{At: answered, Kind: sla.Resumed},
//	)
//	status := clock.At(now)
//
// It is a pure function of deadline, events and now: nothing in it has to be kept
// up to date, and nothing is lost when a term changes. [Clock.Alarms] lists the
// thresholds that were reached ("50%", "-30m", "breach"), each with a key by which
// a backend knows whether it has acted on it; [Clock.Next] says when something
// will change, so that one timer is enough; [Clock.Explain] accounts for every
// stretch of time. A clock is stored as JSON ([Clock.MarshalJSON]), which
// holds the terms and holidays that it goes by.
//
//	for _, alarm := range clock.Alarms(now) { ... } // by alarm.Key()
//	if at, ok := clock.Next(now); ok { ... }        // wake up then
//
// What a change of severity and a reopening do, the policy of the catalog says:
// [SeverityMode] and [ReopenMode].
//
// # Your own catalog
//
// The published terms are a [Catalog] that is read from JSON, and so is any other:
// customers, contracts, calendars and holidays, kept by people who do not write Go.
// [ParseCatalog] describes the text and reports all its faults at once;
// [Catalog.Lint] finds what is legal in it but may be meant otherwise, and [Compare]
// tries an edit on requests before it goes live.
//
//	own, err := sla.ParseCatalog(text)
//	due, err := own.Due("P2", opened, "acme")
//	d, err := own.Deadline(sla.Request{Moniker: "acme", Plan: "gold", Severity: "P2", Metric: sla.Resolution, Opened: opened})
//
// A catalog declares its severities and categories under any names, the most severe
// severity first. It has terms for any [Metric], calendars by the customer's country,
// and versions of a policy: the one in force at the opening judges a request.
// [Catalog.Severities] and its siblings return what a form can offer, and
// [Catalog.ParseSeverity] reads what people type.
//
// # Rules
//
// The rules R1 to R13 are in the comment of package calendar, all in one place:
// what is open, what business time and a business day are, and, for deadlines, what
// pauses do to a target of business days (R12) and when a clock starts (R13).
//
// # Conventions other systems have
//
// A due time that is right by one convention is wrong by another. By the rules,
// "1bd" is the same time of day on the next business day, and business time that
// ends at closing time is due at closing time. All else has a name, and can be had:
//
//   - A day is 24 hours: the target "24h", in a calendar that is always open.
//   - A day is as many hours as the desk is open on one: "8h".
//   - Due by the end of the next business day: "1bd@close"; of the same, "0bd@close".
//   - Due by a time on the next business day: "1bd@16:00".
//   - Due when the desk opens on the next business day: "1bd@00:00", which is before
//     its hours (R7).
//   - The day of the request is the first of three: "2bd".
//   - A request that comes after hours counts from the day on which it came, and not
//     from the next opening (R13): [calendar.Calendar.AddBusinessDays] from its date,
//     then [calendar.Calendar.Closing] or [calendar.Calendar.At].
//   - What would be due at closing time is due at the next opening:
//     [calendar.Calendar.NextOpen] of the due time (R8).
//   - The instant of closing is open: [calendar.Calendar.IsOpen] of it, or of the
//     nanosecond before.
//   - Due times are whole minutes: due.Add(time.Minute-1).Truncate(time.Minute) to
//     round up. Nothing is rounded here.
//   - Hours keep to standard time all year: a zone without summer time, such as
//     "Etc/GMT-1" for Berlin.
//   - A shift counts the hours that it is named, though the clock changes in it (R3):
//     a calendar in UTC, asked with what the wall clock shows written as UTC.
//   - A night shift is two days, which midnight parts: "Mo 22:00-24:00;
//     Tu-Fr 00:00-06:00,22:00-24:00; Sa 00:00-06:00" (R6).
//   - A holiday is a half day: "Mo-Fr 09:00-17:00; PH 09:00-12:00; Sa,Su off", in
//     which the last rule is for holidays at weekends. It does not count at all: a
//     calendar without sets of them, or [calendar.HolidaySet.Without] (R11).
//
// # What is promised and what is not
//
// A [Basis] tells a published promise from a figure that was adopted from a
// neighbouring case. That the publisher promises nothing is an answer too: a
// [TermError] of [ErrNoCommitment], which names the case, the source and what
// to do; a severity that is not available is [ErrNotOffered].
//
// The terms are response targets as published in 2020. They say nothing about
// resolution, service credits or availability, and nobody's contract is changed
// by a library.
package sla
