package sla

import (
	"errors"
	"fmt"
	"iter"
	"slices"
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
// one, [NewCatalog] makes one of terms of one's own; nil and the zero Catalog
// have no terms.
type Catalog struct {
	version  string
	policies []policy // of a moniker, the default plan comes first
}

// policy is what one plan of one moniker promises.
type policy struct {
	moniker region.Moniker
	plan    Plan
	entries [3]row // by category
	modes   modes

	isDefault bool // the first of its moniker
}

// row is what a policy has for each severity, from A.
type row [3]entry

// entry is a term or the reason why there is none.
type entry struct {
	term Term
	err  error
}

// Policy is what a catalog of one's own promises to one plan of one moniker.
type Policy struct {
	Moniker region.Moniker // any text, not only those of the three clouds
	Plan    Plan           // any text; the first policy of a moniker has its default plan
	Terms   []Term         // at most one for each category and severity

	// What becomes of a Clock when the severity changes, and when the request is
	// opened again after the answer.
	SeverityChange SeverityMode
	Reopening      ReopenMode
}

// NewCatalog returns a catalog of one's own, under a version by which clocks that
// have been stored can tell it from others, such as a date. A Term's zero Metric stands for
// [FirstResponse], the only one so far, and its zero Basis is [BasisCustom]. What
// has no Term is [ErrNoCommitment].
//
// The error names all faults: a policy without a moniker or there twice, a term
// without a calendar, a target, a category or a severity, or there twice, and what
// is no mode or threshold.
func NewCatalog(version string, policies ...Policy) (*Catalog, error) {
	c := &Catalog{version: version}
	var faults []error
	for i, given := range policies {
		fault := func(format string, args ...any) {
			faults = append(faults, fmt.Errorf("sla: policy %d (%v, plan %v): %w", i, given.Moniker, given.Plan, fmt.Errorf(format, args...)))
		}
		if given.Moniker == "" {
			fault("want a moniker")
		}
		if slices.ContainsFunc(c.policies, func(p policy) bool { return p.moniker == given.Moniker && p.plan == given.Plan }) {
			fault("there is one already")
		}
		if _, err := given.SeverityChange.MarshalText(); err != nil {
			fault("severity change: %w", err)
		}
		if _, err := given.Reopening.MarshalText(); err != nil {
			fault("reopening: %w", err)
		}
		p := policy{moniker: given.Moniker, plan: given.Plan, modes: modes{given.SeverityChange, given.Reopening}}
		for category := range p.entries {
			p.entries[category] = all(entry{err: TermError{Err: ErrNoCommitment, Reason: "the catalog has no term for it"}})
		}
		for j, t := range given.Terms {
			t.Thresholds = slices.Clone(t.Thresholds)
			switch {
			case t.Metric != "" && t.Metric != FirstResponse:
				fault("term %d: metric %q: want %s", j, t.Metric, FirstResponse)
			case int(t.Category) >= len(p.entries):
				fault("term %d: no category: %v", j, t.Category)
			case !t.Severity.valid():
				fault("term %d: no severity: %v", j, t.Severity)
			case t.Target.IsZero():
				fault("term %d: want a target", j)
			case t.Calendar == nil:
				fault("term %d: want a calendar", j)
			case t.Basis > BasisAdopted:
				fault("term %d: no basis: %v", j, t.Basis)
			case checkThresholds(t.Thresholds) != nil:
				fault("term %d: %w", j, checkThresholds(t.Thresholds))
			case p.entries[t.Category][t.Severity-SeverityA].err == nil:
				fault("term %d: there is one for %v, severity %v already", j, t.Category, t.Severity)
			default:
				p.entries[t.Category][t.Severity-SeverityA] = entry{term: t}
			}
		}
		c.policies = append(c.policies, p)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	c.fillIn()
	return c, nil
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
// outside the years 1900 to 2199. With a TermError comes a Deadline without a Term,
// of which a [Clock] can be made that follows the request to a severity that has
// one.
func (c *Catalog) Deadline(r Request) (Deadline, error) {
	p, err := c.policy(r.Moniker, r.Plan)
	if err != nil {
		return Deadline{}, err
	}
	r.Plan = p.plan
	if r.Country != "" {
		// A moniker that no region has serves whom it likes.
		if where, err := region.Lookup(r.Moniker); err == nil {
			if err := where.CheckCountry(r.Country); err != nil {
				return Deadline{}, err
			}
		}
	}
	e, err := p.entry(r.Category, r.Severity)
	if err != nil {
		if !inRange(r.Opened) {
			return Deadline{}, openedOutOfRange(r.Opened)
		}
		if _, ok := errors.AsType[TermError](err); ok {
			return Deadline{Catalog: c.version, Request: r, policy: p}, err
		}
		return Deadline{}, err
	}
	start, due, err := e.term.due(r.Opened)
	if err != nil {
		return Deadline{}, err
	}
	term := e.term
	term.Thresholds = slices.Clone(term.Thresholds)
	return Deadline{c.version, r, term, start, due, !e.term.Calendar.Settled(r.Opened, due), p}, nil
}

// policy returns that of a moniker's plan, "" being its first.
func (c *Catalog) policy(m region.Moniker, plan Plan) (*policy, error) {
	if c == nil {
		c = new(Catalog)
	}
	for i := range c.policies {
		if p := &c.policies[i]; p.moniker == m && (p.plan == plan || plan == "") {
			return p, nil
		}
	}
	var monikers, plans []string
	for _, p := range c.policies {
		if !slices.Contains(monikers, string(p.moniker)) {
			monikers = append(monikers, string(p.moniker))
		}
		if p.moniker == m {
			plans = append(plans, string(p.plan))
		}
	}
	switch {
	case monikers == nil:
		return nil, &region.UnknownError{Err: region.ErrUnknownMoniker, Text: string(m), Want: "a catalog with terms; this one has none"}
	case plans == nil:
		return nil, &region.UnknownError{Err: region.ErrUnknownMoniker, Text: string(m), Want: "one of the catalog: " + strings.Join(monikers, ", ")}
	}
	return nil, &region.UnknownError{Err: ErrUnknownPlan, Text: string(plan), Want: fmt.Sprintf("a plan of %s: %s", m, strings.Join(plans, ", "))}
}

// entry returns the term of a category and a severity, or why there is none.
func (p *policy) entry(c region.Category, s Severity) (*entry, error) {
	if int(c) >= len(p.entries) {
		_, err := c.MarshalText() // says that there is no such category
		return nil, err
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
	switch {
	case !inRange(opened):
		return openedOutOfRange(opened)
	case errors.Is(err, calendar.ErrOutOfRange):
		return fmt.Errorf("sla: due %v after opened %s is %w", t.Target, opened.Format(time.RFC3339Nano), calendar.ErrOutOfRange)
	}
	return fmt.Errorf("sla: opened %s: %w", opened.Format(time.RFC3339Nano), err)
}

// firstYear and lastYear are those of calendars (R9).
const firstYear, lastYear = 1900, 2199

// inRange reports whether a time is in the range of calendars (R9).
func inRange(t time.Time) bool {
	year := t.UTC().Year()
	return firstYear <= year && year <= lastYear
}

func openedOutOfRange(t time.Time) error {
	return fmt.Errorf("sla: opened %s is %w", t.Format(time.RFC3339Nano), calendar.ErrOutOfRange)
}

// Version returns the version of the catalog: "published 2020-05-27" of the
// published terms.
func (c *Catalog) Version() string {
	if c == nil {
		return ""
	}
	return c.version
}

// Terms returns the catalog's terms, each with the moniker and plan that it is
// for, as a request without an opening.
func (c *Catalog) Terms() iter.Seq2[Request, Term] {
	return func(yield func(Request, Term) bool) {
		if c == nil {
			return
		}
		for _, p := range c.policies {
			for category := range p.entries {
				for severity, e := range p.entries[category] {
					r := Request{Moniker: p.moniker, Plan: p.plan, Category: region.Category(category), Severity: SeverityA + Severity(severity)}
					e.term.Thresholds = slices.Clone(e.term.Thresholds)
					if e.err == nil && !yield(r, e.term) {
						return
					}
				}
			}
		}
	}
}
