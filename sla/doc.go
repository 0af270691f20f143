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
// # Rules
//
// Business time and business days are those of package calendar, whose rules R1
// to R11 hold here too. Two more are about deadlines:
//
// R12 Day targets with pauses: the due time of a target of business days is
// computed without pauses first, then moved on by the business time spent paused.
//
// R13 Start. A clock starts at the first open instant of the term's calendar at
// or after the opening of the request.
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
