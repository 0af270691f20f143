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

	// ErrNotInForce is under the error for a request that was opened when no
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
	Highest  Severity // with ErrNotOffered, the highest severity that is offered
	Reason   string   // what the publisher says, and what to do
	Source   string   // where it says so
}

// Error returns one line that names the case, the reason and what to do.
func (e TermError) Error() string {
	// Put together without fmt, as files have many such rows.
	s := e.Err.Error() + ": " + planOf(e.Moniker, e.Plan) + ", " + e.Category.String() + ", severity " + e.Severity.String()
	if e.Metric != "" && e.Metric != FirstResponse {
		s += ", " + string(e.Metric)
	}
	s += ": " + e.Reason
	if e.Highest.valid() {
		s += "; the highest severity offered is " + e.Highest.String()
	}
	return s
}

// planOf returns what a plan of a moniker is called.
func planOf(m region.Moniker, p Plan) string {
	if p == "" {
		return string(m)
	}
	return string(m) + ", plan " + string(p)
}

// Unwrap returns e.Err.
func (e TermError) Unwrap() error { return e.Err }

// Catalog is a set of terms by moniker, plan, category, severity and metric.
// Catalogs are immutable and safe for concurrent use. [Published] returns the
// built-in one, [ParseCatalog] reads one from JSON, and [NewCatalog] makes one of
// Go values; nil and the zero Catalog have no terms.
type Catalog struct {
	version string
	schema  string               // the address that its text names, if any
	base    *Catalog             // that it extends, if any
	given   []Policy             // its own policies as they were given
	named   []*calendar.Calendar // those that its text names

	// policies are its own and those of base that it does not replace. Those of one
	// moniker and plan stand together, the one in force last first.
	policies []policy
	metrics  []Metric // of all policies, FirstResponse first

	// usual are the terms that Due asks for, of the monikers whose default plan has
	// one version, which was always in force: without them, Due takes as long as
	// Deadline, four times as long (81 ns and 18 when written). Large catalogs have
	// none, as each is looked at.
	usual []usualTerms

	// index holds where in policies those of a plan begin, and those of the default
	// plan under "".
	index map[planKey]int
}

// usualTerms are those of a moniker's default plan for the first response to
// technical requests.
type usualTerms struct {
	moniker region.Moniker
	terms   *row
}

type planKey struct {
	moniker region.Moniker
	plan    Plan
}

// policy is what one plan of one moniker promises.
type policy struct {
	moniker     region.Moniker
	plan        Plan
	isDefault   bool
	always      bool // in force: there is no from and no until
	from, until time.Time
	metrics     []commitments // those that it has, FirstResponse first
	modes       modes
}

// commitments are what a policy has for a metric, by category.
type commitments struct {
	metric     Metric
	categories [3]row
}

// row is what a policy has for each severity, from A.
type row [3]entry

// entry is a term or the reason why there is none.
type entry struct {
	term Term
	err  error
}

// Policy is what a catalog of one's own promises to one plan of one moniker. The
// policies of one plan are its versions: a request is judged by the one in force
// when it was opened, of several the one that came into force last.
type Policy struct {
	Moniker region.Moniker // any text, not only those of the three clouds
	Plan    Plan           // any text, or "" where there are no plans

	// Default marks the plan of requests that name none. If it is the only one of
	// the moniker, or "", it need not be marked, nor if it replaces the default plan
	// of a catalog that is extended.
	Default bool

	// From and Until are the instants between which the policy is in force, From
	// included and Until not. Zero ones are no bound.
	From, Until time.Time

	Terms []Term      // at most one for each category, severity and metric
	None  []TermError // reasons why there is no term for others, of which Moniker and Plan are not read

	// What becomes of a Clock when the severity changes, and when the request is
	// opened again after the answer.
	SeverityChange SeverityMode
	Reopening      ReopenMode
}

// NewCatalog returns a catalog of one's own, under a version by which clocks that
// have been stored can tell it from others, such as a date. A Term's zero Metric stands for
// [FirstResponse], and its zero Basis is [BasisCustom]. What has neither a Term
// nor a reason why is [ErrNoCommitment].
//
// The error is a [CatalogError] that has all faults: a policy without a moniker,
// with a bound outside the years 1900 to 2199 (R9), or from the same instant as
// another of its plan, a term without a calendar, a target, a category or a
// severity, or there twice, a severity C that is "not offered", and what is no mode
// or threshold.
func NewCatalog(version string, policies ...Policy) (*Catalog, error) {
	b := builder{catalog: &Catalog{version: version}}
	for i, p := range policies {
		d := draft{Policy: p, path: fmt.Sprintf("policies[%d]", i)}
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
// from, use [Catalog.Deadline], whose errors it returns.
func Due(severity Severity, opened time.Time, moniker region.Moniker) (time.Time, error) {
	return publishedCatalog().Due(severity, opened, moniker)
}

// Due returns the instant by which the first response to a technical request is
// due under the catalog's terms, for the moniker's default plan, in opened's
// Location. Its errors are those of [Catalog.Deadline].
func (c *Catalog) Due(severity Severity, opened time.Time, moniker region.Moniker) (time.Time, error) {
	if c != nil && severity.valid() {
		for i := range c.usual {
			// From a closed instant the target counts from the next opening, which
			// is where the clock starts (R13).
			if u := &c.usual[i]; u.moniker == moniker {
				t := &u.terms[severity-SeverityA].term
				if due, err := t.Target.Due(t.Calendar, opened); err == nil {
					return due, nil
				}
				break // why, Deadline says: without a term there is no target
			}
		}
	}
	d, err := c.Deadline(Request{Moniker: moniker, Severity: severity, Opened: opened})
	return d.Due, err
}

// Deadline returns the deadline for what a request asks, such as the first response.
//
// The error is a [TermError] of [ErrNoCommitment] or [ErrNotOffered] where the
// catalog has no term for the request, a *[region.UnknownError] where the
// request names what there is not (a moniker, plan, category, severity, metric or
// country), under [ErrNotInForce] where no version of its policy was in force at
// the opening, and [calendar.ErrOutOfRange] where the opening or the due time is
// outside the years 1900 to 2199. With a TermError comes a Deadline without a Term,
// of which a [Clock] can be made that follows the request to a severity that has
// one.
func (c *Catalog) Deadline(r Request) (Deadline, error) {
	p, err := c.policy(r.Moniker, r.Plan, r.Opened)
	if err != nil {
		return Deadline{}, err
	}
	r.Plan = p.plan
	if r.Metric == "" {
		r.Metric = FirstResponse
	}
	if !slices.Contains(c.metrics, r.Metric) {
		return Deadline{}, c.unknownMetric(r.Metric)
	}
	if p.row(region.Technical, r.Metric) == nil { // other policies have it
		with := *p
		with.metrics = append(slices.Clone(p.metrics), p.noTerms(r.Metric))
		p = &with
	}
	if r.Country != "" {
		// A moniker that no region has serves whom it likes.
		if where, err := region.Lookup(r.Moniker); err == nil {
			if err := where.CheckCountry(r.Country); err != nil {
				return Deadline{}, err
			}
		}
	}
	row := p.row(r.Category, r.Metric)
	if row == nil {
		_, err := r.Category.MarshalText() // says that there is no such category
		return Deadline{}, err
	}
	e, err := row.entry(r.Severity)
	if err != nil {
		if !inRange(r.Opened) {
			return Deadline{}, openedOutOfRange(r.Opened)
		}
		if _, ok := errors.AsType[TermError](err); ok {
			return Deadline{Catalog: c.version, PolicyFrom: p.from, Request: r, policy: p}, err
		}
		return Deadline{}, err
	}
	start, due, err := e.term.due(r.Opened)
	if err != nil {
		return Deadline{}, err
	}
	term := e.term
	term.Thresholds = slices.Clone(term.Thresholds)
	return Deadline{c.version, p.from, r, term, start, due, !e.term.Calendar.Settled(r.Opened, due), p}, nil
}

// policy returns that of a moniker's plan, or of its default plan for "", which
// was in force at an instant.
func (c *Catalog) policy(m region.Moniker, plan Plan, at time.Time) (*policy, error) {
	if c == nil {
		c = new(Catalog)
	}
	first, ok := c.index[planKey{m, plan}]
	for i := first; ok && i < len(c.policies); i++ {
		p := &c.policies[i]
		if p.moniker != m || !p.has(plan) {
			break // its versions stand together
		}
		if p.always || p.inForce(at) {
			return p, nil
		}
	}
	return nil, c.noPolicy(m, plan, at)
}

// has reports whether requests of a plan, or of none for "", are judged by the
// policy.
func (p *policy) has(plan Plan) bool {
	if plan == "" {
		return p.isDefault
	}
	return p.plan == plan
}

func (p *policy) inForce(at time.Time) bool {
	return !at.Before(p.from) && (p.until.IsZero() || at.Before(p.until))
}

// noPolicy returns why there is no policy.
func (c *Catalog) noPolicy(m region.Moniker, plan Plan, at time.Time) error {
	var monikers, plans, versions []string
	for i := range c.policies {
		p := &c.policies[i]
		if !slices.Contains(monikers, string(p.moniker)) {
			monikers = append(monikers, string(p.moniker))
		}
		if p.moniker == m && !slices.Contains(plans, string(p.plan)) {
			plans = append(plans, string(p.plan))
		}
		if p.moniker == m && p.has(plan) {
			plan = p.plan
			versions = append(versions, p.span())
		}
	}
	switch {
	case monikers == nil:
		return &region.UnknownError{Err: region.ErrUnknownMoniker, Text: string(m), Want: "a catalog with terms; this one has none"}
	case plans == nil:
		return &region.UnknownError{Err: region.ErrUnknownMoniker, Text: string(m), Want: "one of the catalog: " + strings.Join(monikers, ", ")}
	case versions != nil && !inRange(at):
		return openedOutOfRange(at)
	case versions != nil:
		slices.Reverse(versions)
		return fmt.Errorf("%w: %s, opened %s: want an opening %s", ErrNotInForce, planOf(m, plan), at.Format(time.RFC3339Nano), strings.Join(versions, ", or "))
	case plan == "":
		return &region.UnknownError{Err: ErrUnknownPlan, Text: "", Want: fmt.Sprintf("a plan of %s, as none is its default: %s", m, strings.Join(plans, ", "))}
	}
	return &region.UnknownError{Err: ErrUnknownPlan, Text: string(plan), Want: fmt.Sprintf("a plan of %s: %s", m, strings.Join(plans, ", "))}
}

// span returns when the policy is in force.
func (p *policy) span() string {
	switch {
	case p.until.IsZero():
		return "from " + dayOrInstant(p.from) + " on"
	case p.from.IsZero():
		return "before " + dayOrInstant(p.until)
	}
	return "from " + dayOrInstant(p.from) + " until before " + dayOrInstant(p.until)
}

func (c *Catalog) unknownMetric(m Metric) error {
	var texts []string
	for _, known := range c.metrics {
		texts = append(texts, string(known))
	}
	return &region.UnknownError{Err: ErrUnknownMetric, Text: string(m), Want: "one of the catalog: " + strings.Join(texts, ", ")}
}

// entry returns the term of a severity, or why there is none.
func (r *row) entry(s Severity) (*entry, error) {
	if !s.valid() {
		return nil, unknownSeverity(s.String())
	}
	e := &r[s-SeverityA]
	return e, e.err
}

// row returns what the policy has for a category and a metric.
func (p *policy) row(c region.Category, m Metric) *row {
	for i := range p.metrics {
		if p.metrics[i].metric == m && int(c) < len(p.metrics[i].categories) {
			return &p.metrics[i].categories[c]
		}
	}
	return nil
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

// Terms returns the catalog's terms, each with the moniker, plan and metric that
// it is for, as a request without an opening. Those of a policy that is in force
// from an instant on have that as the opening.
func (c *Catalog) Terms() iter.Seq2[Request, Term] {
	return func(yield func(Request, Term) bool) {
		if c == nil {
			return
		}
		for i := range c.policies {
			p := &c.policies[i]
			for e := range p.entries() {
				t := e.term
				t.Thresholds = slices.Clone(t.Thresholds)
				r := Request{Moniker: p.moniker, Plan: p.plan, Category: t.Category, Severity: t.Severity, Opened: p.from, Metric: t.Metric}
				if e.err == nil && !yield(r, t) {
					return
				}
			}
		}
	}
}

// entries returns those of all metrics, categories and severities.
func (p *policy) entries() iter.Seq[*entry] {
	return func(yield func(*entry) bool) {
		for m := range p.metrics {
			for category := range p.metrics[m].categories {
				for s := range p.metrics[m].categories[category] {
					if !yield(&p.metrics[m].categories[category][s]) {
						return
					}
				}
			}
		}
	}
}
