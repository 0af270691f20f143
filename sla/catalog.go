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
	// ErrNoCommitment is wrapped by the error for a request to which the publisher
	// promises no response time. That is a published fact, not a failure.
	ErrNoCommitment = errors.New("sla: no commitment")

	// ErrNotOffered is wrapped by the error for a severity that is not available to
	// the request; the error's Highest is the most severe one that is.
	ErrNotOffered = errors.New("sla: not offered")

	// ErrNotInForce is wrapped by the error for a request that was opened when no
	// version of its policy was in force.
	ErrNotInForce = errors.New("sla: not in force")
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
	Metric   Metric
	Highest  Severity // with ErrNotOffered, the most severe one that is offered
	Reason   string   // what the publisher says, and what to do
	Source   string   // where it says that
}

// Error returns one line that names the case, the reason and what to do.
func (e TermError) Error() string {
	// Put together without fmt, as files have many such rows.
	s := e.Err.Error() + ": " + caseOf(e.Moniker, e.Plan, e.Category, e.Severity)
	if e.Metric != "" && e.Metric != FirstResponse {
		s += ", " + oneLine(string(e.Metric))
	}
	s += ": " + oneLine(e.Reason)
	if e.Highest != "" {
		s += "; the highest severity offered is " + oneLine(string(e.Highest))
	}
	return s
}

// Unwrap returns e.Err.
func (e TermError) Unwrap() error { return e.Err }

// Catalog is a set of terms by moniker, plan, category, severity and metric.
// Catalogs are immutable and safe for concurrent use. [Published] returns the
// built-in one, [ParseCatalog] reads one from JSON, and [NewCatalog] makes one of
// Go values; nil and the zero Catalog have no terms.
type Catalog struct {
	err     error // why the published terms cannot be had on this machine, if so
	version string
	schema  string                              // the address that its text names, if any
	base    *Catalog                            // that it extends, if any
	given   []Policy                            // its own policies as they were given
	scales  []*scale                            // of these
	named   []*calendar.Calendar                // those that its text names
	without map[calendar.HolidaySet]holidayForm // how its text writes sets that lack days

	// policies are its own and those of base that it does not replace. Those of one
	// moniker and plan stand together, the one in force last first.
	policies []policy
	monikers []region.Moniker // of all policies
	metrics  []Metric         // of all policies, FirstResponse first
	known    map[Metric]bool

	// usual holds the terms that Due asks for, of the monikers whose default plan has
	// one version, which was always in force: without them, Due takes as long as
	// Deadline, four times as long (81 ns and 18 when written). Where they are many,
	// usualOf holds those of each moniker.
	usual   []usualTerms
	usualOf map[region.Moniker][]usualTerms

	// index holds where in policies those of a plan begin, and those of the default
	// plan under "".
	index map[planKey]int
}

// usualTerms are those of a moniker's default plan for the first response to
// requests of the default category from no country, and their severities.
type usualTerms struct {
	moniker    region.Moniker
	severities []Severity
	terms      []*Term
}

type planKey struct {
	moniker region.Moniker
	plan    Plan
}

// NewCatalog returns a catalog of Go values, under a version by which clocks that
// have been stored can tell it from others, such as a date. A Term's zero Basis is
// [BasisCustom]. What has neither a Term nor an Exclusion is [ErrNoCommitment].
//
// The error is a [CatalogError] that has all faults, or the first 200: a policy without
// a moniker, with a bound outside the years 1900 to 2199 (R9), or from the same instant
// as another of its plan; a scale with a name twice or with more than 16 severities or
// 64 categories; a term without a calendar or a target, of a severity or category that
// is not on the scale, or for a case that has one; the least severe severity "not
// offered"; an invalid mode or threshold; and a name of more than 256 characters, or
// with control or bidi characters.
func NewCatalog(version string, policies ...Policy) (*Catalog, error) {
	b := builder{catalog: &Catalog{version: version}}
	if !isLabel(version) {
		b.fault("version", quote(version), labelWanted)
	}
	for i, p := range policies {
		d := draft{Policy: p.clone(), path: fmt.Sprintf("policies[%d]", i)}
		d.scale = b.scaleOf(&d)
		for j := range p.Terms {
			d.terms = append(d.terms, fmt.Sprintf("%s.terms[%d]", d.path, j))
		}
		for j := range p.None {
			d.none = append(d.none, fmt.Sprintf("%s.none[%d]", d.path, j))
		}
		b.add(d)
	}
	return b.build()
}

// Due returns the instant by which the first response to a technical request is
// due under the published terms, for the moniker's default plan: advanced for
// o365-21vianet, standard for o365-germany, enterprise for o365-worldwide. It is
// in opened's Location.
//
// For other plans, categories and countries, and for what the due time follows
// from, use [Catalog.Deadline], whose errors it returns. On a machine without time
// zone data, the error names the package time/tzdata, which brings them.
func Due(severity Severity, opened time.Time, moniker region.Moniker) (time.Time, error) {
	return published().Due(severity, opened, moniker)
}

// Due returns the instant by which the first response is due, in opened's Location. The
// request is of the moniker's default plan and the policy's first category. The errors
// are the same as from [Catalog.Deadline].
func (c *Catalog) Due(severity Severity, opened time.Time, moniker region.Moniker) (time.Time, error) {
	if c != nil {
		usual := c.usual
		if c.usualOf != nil {
			usual = c.usualOf[moniker]
		}
		for i := range usual {
			u := &usual[i]
			if u.moniker != moniker {
				continue
			}
			for k, s := range u.severities {
				if s != severity {
					continue
				}
				// From a closed instant the target counts from the next opening, which
				// is where the clock starts (R13).
				if due, err := u.terms[k].Target.Due(u.terms[k].Calendar, opened); err == nil {
					return due, nil
				}
			}
			break // Deadline says what is wrong
		}
	}
	d, err := c.Deadline(Request{Moniker: moniker, Severity: severity, Opened: opened})
	return d.Due, err
}

// Deadline returns the deadline for what a request asks, such as the first response.
//
// The error is a [TermError] of [ErrNoCommitment] or [ErrNotOffered] where the
// catalog has no term for the request, a *[region.UnknownError] where the
// request names something unknown (a moniker, plan, category, severity, metric or
// country) or no severity, [ErrNotInForce] where no version of its policy was in force
// at the opening, and [calendar.ErrOutOfRange] where the opening or the due time is
// outside the years 1900 to 2199. With a TermError comes a Deadline without a Term,
// of which a [Clock] can be made that follows the request to a severity that has
// one.
func (c *Catalog) Deadline(r Request) (Deadline, error) {
	if err := c.broken(); err != nil {
		return Deadline{}, err
	}
	p, err := c.policy(r.Moniker, r.Plan, r.Opened)
	if err != nil {
		return Deadline{}, err
	}
	r.Plan = p.plan
	if r.Metric == "" {
		r.Metric = FirstResponse
	}
	if !c.known[r.Metric] {
		return Deadline{}, &region.UnknownError{Err: ErrUnknownMetric, Text: string(r.Metric), Want: "one of the catalog", Known: textsOf(c.metrics)}
	}
	if err := checkCountry(r.Moniker, r.Country); err != nil {
		return Deadline{}, err
	}
	category, ok := p.scale.category(r.Category)
	if !ok {
		return Deadline{}, p.scale.unknownCategory(string(r.Category), p.String())
	}
	r.Category = p.scale.categories[category]
	severity, ok := p.scale.severity(r.Severity)
	if !ok {
		return Deadline{}, p.scale.unknownSeverity(string(r.Severity), p.String())
	}
	term, err := p.term(r.Metric, severity, category, r.Country)
	if err != nil {
		if !inRange(r.Opened) {
			return Deadline{}, openedOutOfRange(r.Opened)
		}
		if _, ok := errors.AsType[TermError](err); ok {
			return Deadline{Catalog: c.version, PolicyFrom: p.from, Request: r, policy: p}, err
		}
		return Deadline{}, err
	}
	start, due, err := term.due(r.Opened)
	if err != nil {
		return Deadline{}, err
	}
	return Deadline{c.version, p.from, r, term.forOne(), start, due, term.Calendar.Provisional(r.Opened, due), p, r.Severity}, nil
}

// checkCountry returns what is wrong with a country: any code will do for a moniker
// that is not published.
func checkCountry(m region.Moniker, country string) error {
	if country == "" {
		return nil
	}
	if err := m.CheckCountry(country); !errors.Is(err, region.ErrUnknownMoniker) {
		return err
	}
	return isCountry(country)
}

// isCountry returns what is wrong with a text as the ISO 3166-1 code of a country.
func isCountry(text string) error {
	if len(text) == 2 && 'A' <= text[0] && text[0] <= 'Z' && 'A' <= text[1] && text[1] <= 'Z' && text != "UK" && text != "EL" {
		return nil
	}
	return &region.UnknownError{Err: region.ErrUnknownCountry, Text: text, Want: "an ISO 3166-1 code of two capital letters", Known: region.Worldwide.Countries()}
}

// policy returns that of a moniker's plan, or of its default plan for "", which
// was in force at an instant.
func (c *Catalog) policy(m region.Moniker, plan Plan, at time.Time) (*policy, error) {
	if c == nil {
		c = new(Catalog)
	}
	for p := range c.versions(m, plan) {
		if p.always || p.inForce(at) {
			return p, nil
		}
	}
	return nil, c.noPolicy(m, plan, at)
}

// versions returns the policies of a plan, or of the default plan for "", the one in
// force last first.
func (c *Catalog) versions(m region.Moniker, plan Plan) iter.Seq[*policy] {
	return func(yield func(*policy) bool) {
		first, ok := c.index[planKey{m, plan}]
		for i := first; ok && i < len(c.policies); i++ {
			// They stand together.
			if p := &c.policies[i]; p.moniker != m || !p.has(plan) || !yield(p) {
				return
			}
		}
	}
}

// noPolicy returns why there is no policy.
func (c *Catalog) noPolicy(m region.Moniker, plan Plan, at time.Time) error {
	var versions []string
	for p := range c.versions(m, plan) {
		plan = p.plan
		versions = append(versions, p.span())
	}
	plans := textsOf(c.plans(m))
	monikers := textsOf(c.Monikers())
	switch {
	case len(monikers) == 0:
		return &region.UnknownError{Err: region.ErrUnknownMoniker, Text: string(m), Want: "a catalog with terms; this one has none"}
	case len(plans) == 0:
		return &region.UnknownError{Err: region.ErrUnknownMoniker, Text: string(m), Want: "one of the catalog", Known: monikers}
	case versions != nil && !inRange(at):
		return openedOutOfRange(at)
	case versions != nil:
		slices.Reverse(versions)
		const few = 8
		if n := len(versions) - few; n == 1 {
			versions = append(versions[:few], "in one more version")
		} else if n > 1 {
			versions = append(versions[:few], fmt.Sprintf("in one of %d more versions", n))
		}
		return fmt.Errorf("%w: %s, opened %s: want an opening %s", ErrNotInForce, planOf(m, plan), at.Format(time.RFC3339Nano), strings.Join(versions, ", or "))
	case plan == "":
		return &region.UnknownError{Err: ErrUnknownPlan, Text: "", Want: fmt.Sprintf("a plan of %s, as none is its default", oneLine(string(m))), Known: plans}
	}
	return &region.UnknownError{Err: ErrUnknownPlan, Text: string(plan), Want: "a plan of " + oneLine(string(m)), Known: plans}
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

// broken returns why no request can be judged, which only the published terms have.
func (c *Catalog) broken() error {
	if c == nil {
		return nil
	}
	return c.err
}

// Version returns the version of the catalog: "published 2020-05-27" of the
// published terms.
func (c *Catalog) Version() string {
	if c == nil {
		return ""
	}
	return c.version
}

// Policies returns the policies of the catalog and, if it extends another, the others
// from there, the versions of one plan together and the one in force last first.
func (c *Catalog) Policies() iter.Seq[Policy] {
	return func(yield func(Policy) bool) {
		if c == nil {
			return
		}
		for i := range c.policies {
			if !yield(c.policies[i].given.clone()) {
				return
			}
		}
	}
}
