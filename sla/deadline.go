package sla

import "time"

// Deadline is a due time and what it follows from.
type Deadline struct {
	Catalog string // its version
	// InForceSince is when the version of the policy came into force that was in force
	// at the opening. It is zero for a policy without a beginning.
	InForceSince time.Time
	Request      Request   // with its Plan, Category and Metric filled in
	Term         Term      // as it holds for the request: without Categories, Severities and Countries
	Start        time.Time // the first open instant of Term.Calendar at or after the opening (R13)
	Due          time.Time // when the target is due for that start
	// Provisional says that the due time can still change: the holidays of a year
	// between the opening and it have not all been announced, or the calendar's set does
	// not cover the year.
	Provisional bool
}
