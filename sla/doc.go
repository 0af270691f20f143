// Package sla computes when a support request is due.
//
// For the published targets of Microsoft's three clouds, call [Due]:
//
//	due, err := sla.Due(sla.SeverityB, opened, region.China)
//
// Due takes the moniker's default plan, technical support and the first response. A
// [Request] can have a plan, a category, a country and a metric too. [Catalog.Deadline]
// takes one and returns a [Deadline]: the due time, the start of the clock, and the [Term]
// with its target, hours, source and basis.
//
//	d, err := sla.Published().Deadline(sla.Request{
//		Moniker:  region.Germany,
//		Category: region.Billing,
//		Severity: sla.SeverityC,
//		Opened:   opened,
//	})
//	fmt.Println(d.Due, d.Term.Target, d.Term.Basis, d.Term.Source)
//
// Package ticket follows a request after its opening: pauses, answers, alarms.
//
// Calls read zones from the time zone data of the machine. A program for a machine without
// them, such as an empty container, imports them with import _ "time/tzdata". Without them,
// calls return an error that names this import.
//
// # Your own catalog
//
// [Published] returns a [Catalog] that is read from JSON. [ParseCatalog] reads yours. It
// describes the text, and reports all faults at once.
//
//	own, err := sla.ParseCatalog(text)
//	due, err := own.Due("P2", opened, "acme")
//	d, err := own.Deadline(sla.Request{Moniker: "acme", Plan: "gold", Severity: "P2", Metric: sla.Resolution, Opened: opened})
//
// A catalog declares severities and categories under any names, the most severe severity
// first. It has terms for any [Metric], calendars by the customer's country, and versions
// of a policy. The version in force at the opening judges a request. For package ticket, it
// declares the words of your backend, and what they do to the clocks of a metric: see [Course].
//
//   - [Catalog.Lint] finds what is legal in a catalog but looks like a mistake.
//   - [Compare] tries an edit on requests before it goes live.
//   - [Catalog.Severities], [Catalog.Plans] and similar methods list what a form can offer.
//   - [Catalog.ParseSeverity] reads what people type.
//   - [NewCatalog] makes a catalog of Go values.
//
// # Rules
//
// The comment of package calendar has the rules R1 to R13: what is open, what business
// time and a business day are, and when the clock of a deadline starts (R13).
//
// # Conventions of other systems
//
// Other systems count differently. By the rules, "1bd" is the same time of day on the next
// business day, and business time that ends at closing time is due at closing time. This is
// how to get the conventions of other systems:
//
//   - A day is 24 hours: target "24h" in a calendar that is always open. If the clock of
//     a request out of hours starts with the next hours, but then runs day and night:
//     "24h wall".
//   - A day is as many hours as the desk is open on a day: target "8h".
//   - Due at the end of the next business day: "1bd@close". At the end of the same
//     business day: "0bd@close".
//   - Due at a time on the next business day: "1bd@16:00".
//   - Due when the desk opens on the next business day: "1bd@00:00". Midnight is before
//     its hours, so the due time moves to the opening (R7).
//   - The day of the request is the first of three days: "2bd".
//   - Days of the calendar, Saturdays and Sundays included: "3d". They count from the date
//     of the request, in hours or not, as periods do by § 187 to § 193 BGB: see [Target].
//   - A request before 14:00 is due today, a later one tomorrow: "0bd@close before 14:00
//     else 1bd@close".
//   - A request after hours is due by noon of the next business day: "1h in hours else
//     0bd@12:00".
//   - A day and some hours more: "1bd 4h".
//   - Business days count from the date of a request after hours, not from the next opening
//     (R13): call [calendar.Calendar.AddBusinessDays] with its date, then
//     [calendar.Calendar.Closing] or [calendar.Calendar.At].
//   - Due at closing time means due at the next opening: call [calendar.Calendar.NextOpen]
//     with the due time (R8).
//   - The instant of closing is open: call [calendar.Calendar.IsOpen] with the instant, and
//     with the nanosecond before it.
//   - Due times are whole minutes: due.Add(time.Minute-1).Truncate(time.Minute) rounds up.
//     This package rounds nothing.
//   - Hours follow standard time all year: use a zone without summer time, such as
//     "Etc/GMT-1" for Berlin. Lint asks about it if the calendar keeps Berlin's holidays.
//   - A shift has the hours that its name says, though the clock changes in it (R3): use a
//     calendar in UTC, and pass the reading of the wall clock as UTC.
//   - A night shift is two days, divided at midnight (R6): "Mo 22:00-24:00; Tu-Fr
//     00:00-06:00,22:00-24:00; Sa 00:00-06:00".
//   - A holiday is half a day: "Mo-Fr 09:00-17:00; PH 12:00-24:00 off". The part of the day
//     that is closed opens no weekend. So it is for a day before a holiday ("PH -1 day
//     12:00-24:00 off") and for a date ("Dec 24 12:00-24:00 off").
//   - A holiday is a day like others: use a calendar without holiday sets, or
//     [calendar.HolidaySet.Without] (R11).
//
// # What is promised
//
// A [Basis] says whether the publisher states a figure or it was adopted from a
// neighbouring case. If the publisher promises nothing, the error is a [TermError] that
// wraps [ErrNoCommitment]. It names the case, the source and what to do. If a severity is
// not available, the error wraps [ErrNotOffered].
//
// The published terms are response targets of 2020. They say nothing about resolution,
// service credits or availability. A library changes nobody's contract.
package sla
