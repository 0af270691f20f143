package sla

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
)

var (
	// ErrNoCommitment is under the error for a request to which the publisher
	// promises no response time. That is a published fact, not a failure.
	ErrNoCommitment = errors.New("sla: no commitment")

	// ErrNotOffered is under the error for a severity that is not available to
	// the request; the error's Highest is the highest one that is.
	ErrNotOffered = errors.New("sla: not offered")
)

// TermError says why there is no term for a request. It is a value, so that what
// a catalog hands out cannot be changed:
//
//	if why, ok := errors.AsType[sla.TermError](err); ok { ... }
type TermError struct {
	Err      error // ErrNoCommitment or ErrNotOffered
	Moniker  region.Moniker
	Plan     Plan
	Category region.Category
	Severity Severity
	Highest  Severity // with ErrNotOffered, the highest severity that is offered
	Reason   string   // what the publisher says, and what to do
	Source   string   // where it says so
}

// Error returns one line that names the case, the reason and what to do.
func (e TermError) Error() string {
	// Put together without fmt, as files have many such rows.
	s := e.Err.Error() + ": " + string(e.Moniker) + ", plan " + string(e.Plan) + ", " + e.Category.String() +
		", severity " + e.Severity.String() + ": " + e.Reason
	if e.Highest.valid() {
		s += "; the highest severity offered is " + e.Highest.String()
	}
	return s
}

// Unwrap returns e.Err.
func (e TermError) Unwrap() error { return e.Err }

// Catalog is a set of terms by moniker, plan, category and severity. Catalogs
// are immutable and safe for concurrent use. [Published] returns the built-in
// one; the zero Catalog has no terms.
type Catalog struct {
	policies []policy // of a moniker, its default plan comes first
}

// policy is what one plan of one moniker promises.
type policy struct {
	moniker region.Moniker
	plan    Plan
	entries [3]row // by category
}

// row is what a policy has for each severity, from A.
type row [3]entry

// entry is a term or the reason why there is none.
type entry struct {
	term Term
	err  error
}

// Due returns the instant by which the first response to a technical request is
// due under the published terms, for the moniker's default plan: advanced for
// o365-21vianet, standard for o365-germany, enterprise for o365-worldwide. It is
// in opened's Location.
//
// For other plans, categories and countries, and for what the due time follows
// from, use [Catalog.Deadline], whose errors it returns.
func Due(severity Severity, opened time.Time, moniker region.Moniker) (time.Time, error) {
	p, err := publishedCatalog().policy(moniker, "")
	if err != nil {
		return time.Time{}, err
	}
	e, err := p.entry(region.Technical, severity)
	if err != nil {
		return time.Time{}, err
	}
	// From a closed instant the target counts from the next opening, which is
	// where the clock starts (R13).
	due, err := e.term.Target.Due(e.term.Calendar, opened)
	if err != nil {
		return time.Time{}, e.term.explain(opened, err)
	}
	return due, nil
}

// Deadline returns the deadline for the response to a request.
//
// The error is a [TermError] of [ErrNoCommitment] or [ErrNotOffered] where the
// catalog has no term for the request, a *[region.UnknownError] where the
// request names what there is not (a moniker, plan, category, severity or
// country), and [calendar.ErrOutOfRange] where the opening or the due time is
// outside the years 1900 to 2199.
func (c *Catalog) Deadline(r Request) (Deadline, error) {
	p, err := c.policy(r.Moniker, r.Plan)
	if err != nil {
		return Deadline{}, err
	}
	r.Plan = p.plan
	e, err := p.entry(r.Category, r.Severity)
	if err != nil {
		return Deadline{}, err
	}
	if r.Country != "" {
		where, err := region.Lookup(r.Moniker)
		if err == nil {
			err = where.CheckCountry(r.Country)
		}
		if err != nil {
			return Deadline{}, err
		}
	}
	start, due, err := e.term.due(r.Opened)
	if err != nil {
		return Deadline{}, err
	}
	return Deadline{r, e.term, start, due}, nil
}

// policy returns that of a moniker's plan, "" being its first.
func (c *Catalog) policy(m region.Moniker, plan Plan) (*policy, error) {
	for i := range c.policies {
		if p := &c.policies[i]; p.moniker == m && (p.plan == plan || plan == "") {
			return p, nil
		}
	}
	if _, err := region.Lookup(m); err != nil {
		return nil, err
	}
	var plans []string
	for _, p := range c.policies {
		if p.moniker == m {
			plans = append(plans, string(p.plan))
		}
	}
	want := fmt.Sprintf("a plan of %s: %s", m, cmp.Or(strings.Join(plans, ", "), "it has none here"))
	return nil, &region.UnknownError{Err: ErrUnknownPlan, Text: string(plan), Want: want}
}

// entry returns the term of a category and a severity, or why there is none.
func (p *policy) entry(c region.Category, s Severity) (*entry, error) {
	if int(c) >= len(p.entries) {
		return nil, &region.UnknownError{Err: region.ErrUnknownCategory, Text: c.String(), Want: "technical, billing or pre-sales"}
	}
	if !s.valid() {
		return nil, unknownSeverity(s.String())
	}
	e := &p.entries[c][s-SeverityA]
	return e, e.err
}

// due returns when the term's clock starts (R13) and when its target is due.
func (t *Term) due(opened time.Time) (start, due time.Time, err error) {
	start, err = t.Calendar.NextOpen(opened)
	if err == nil {
		due, err = t.Target.Due(t.Calendar, start)
	}
	if err != nil {
		return time.Time{}, time.Time{}, t.explain(opened, err)
	}
	return start, due, nil
}

// explain says what of a request an error of its calendar is about.
func (t *Term) explain(opened time.Time, err error) error {
	if errors.Is(err, calendar.ErrOutOfRange) {
		return fmt.Errorf("sla: opened %s, or due %v later, is %w", opened.Format(time.RFC3339Nano), t.Target, calendar.ErrOutOfRange)
	}
	return fmt.Errorf("sla: opened %s: %w", opened.Format(time.RFC3339Nano), err)
}

// Terms returns the catalog's terms, each with the moniker and plan that it is
// for, as a request without an opening.
func (c *Catalog) Terms() iter.Seq2[Request, Term] {
	return func(yield func(Request, Term) bool) {
		for _, p := range c.policies {
			for category := range p.entries {
				for severity, e := range p.entries[category] {
					r := Request{Moniker: p.moniker, Plan: p.plan, Category: region.Category(category), Severity: SeverityA + Severity(severity)}
					if e.err == nil && !yield(r, e.term) {
						return
					}
				}
			}
		}
	}
}
