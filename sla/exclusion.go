package sla

import "github.com/duetime/duetime/region"

// Exclusion is a reason why a policy has no term for each of some severities in each of
// some categories.
type Exclusion struct {
	Metric         Metric            // "" is FirstResponse
	Categories     []region.Category // nil: all of the policy
	Severities     []Severity        // nil: all of the policy
	Err            error             // ErrNoCommitment or ErrNotOffered
	HighestOffered Severity          // with ErrNotOffered, the most severe one that is offered
	Reason         string            // what the publisher says, and what to do
	Source         string            // where it says that
}
