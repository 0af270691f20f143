package sla

import (
	"errors"

	"github.com/duetime/duetime/sla/internal/text"
)

var (
	// ErrNoCommitment is wrapped by the error for a request to which the publisher
	// promises no response time. That is a published fact, not a failure.
	ErrNoCommitment = errors.New("sla: no commitment")

	// ErrNotOffered is wrapped by the error for a severity that is not available to the
	// request. HighestOffered of the error is the most severe one that is.
	ErrNotOffered = errors.New("sla: not offered")
)

// TermError gives the reason why a request has no term. Errors wrap it by value:
//
//	if why, ok := errors.AsType[sla.TermError](err); ok { ... }
type TermError struct {
	Err            error    // ErrNoCommitment or ErrNotOffered
	Request        Request  // with its Plan, Category and Metric filled in
	HighestOffered Severity // with ErrNotOffered, the most severe one that is offered
	Reason         string   // what the publisher says, and what to do
	Source         string   // where it says that
}

// Error returns one line that names the case, the reason and what to do.
func (e TermError) Error() string {
	// Put together without fmt, as files have many such rows.
	r := &e.Request
	s := e.Err.Error() + ": " + caseOf(r.Moniker, r.Plan, r.Category, r.Severity)
	if r.Metric != "" && r.Metric != FirstResponse {
		s += ", " + text.OneLine(string(r.Metric))
	}
	s += ": " + text.OneLine(e.Reason)
	if e.HighestOffered != "" {
		s += "; the highest severity offered is " + text.OneLine(string(e.HighestOffered))
	}
	return s
}

// Unwrap returns e.Err.
func (e TermError) Unwrap() error { return e.Err }
