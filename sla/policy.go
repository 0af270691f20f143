package sla

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla/internal/text"
)

// Policy is what a catalog promises to one plan of one moniker. The policies of one
// plan are its versions: a request is judged by the version in force when it was opened
// or, if there are several, by the last to come into force.
type Policy struct {
	Moniker region.Moniker // any name; the three clouds are examples
	Plan    Plan           // any name, or "" where there are no plans

	// Default marks the plan of requests that name none. If it is the only one of
	// the moniker, or "", it need not be marked, nor if it replaces the default plan
	// of a catalog that is extended.
	Default bool

	// From and Until are the instants between which the policy is in force, From
	// included and Until not. Zero ones are no bound.
	From, Until time.Time

	// Severities is the scale of the policy, the most severe first: at most 16. Nil is
	// A, B, C. Only the place on the scale says which of two is more severe.
	Severities []Severity
	// Categories lists the categories of the policy, at most 64. A request without a
	// category has the first. Nil is technical, billing, pre-sales.
	Categories []region.Category
	// SeveritySynonyms holds other names that people type: "high" for "P2". A severity
	// has at most 64, and no two names of a scale may differ only in case, blanks,
	// hyphens and underscores.
	SeveritySynonyms map[string]Severity
	// CategorySynonyms holds other names for categories, under the same limits.
	CategorySynonyms map[string]region.Category

	Terms []Term      // at most one for each category, severity and metric
	None  []Exclusion // why there is no term for others

	// Statuses and Happenings are the words by which the backend tells what happens to a
	// ticket (R14), at most 64 of each. One status holds until the next is told; a
	// happening is an instant. Without any, the policy has WordResponded, WordResolved,
	// WordReopened, WordPaused and WordResumed.
	Statuses, Happenings []string
	// Courses say what the words do to the clocks of a metric, at most one for each and
	// 32 in all.
	Courses []Course
}

// clone returns a copy that shares nothing that a caller could change.
func (p Policy) clone() Policy {
	p.Terms, p.None = slices.Clone(p.Terms), slices.Clone(p.None)
	for i := range p.Terms {
		p.Terms[i] = p.Terms[i].clone()
	}
	for i := range p.None {
		p.None[i].Categories, p.None[i].Severities = slices.Clone(p.None[i].Categories), slices.Clone(p.None[i].Severities)
	}
	p.Severities, p.Categories = slices.Clone(p.Severities), slices.Clone(p.Categories)
	p.Statuses, p.Happenings, p.Courses = slices.Clone(p.Statuses), slices.Clone(p.Happenings), slices.Clone(p.Courses)
	for i := range p.Courses {
		p.Courses[i] = p.Courses[i].clone()
	}
	p.SeveritySynonyms, p.CategorySynonyms = maps.Clone(p.SeveritySynonyms), maps.Clone(p.CategorySynonyms)
	return p
}

// policy is a Policy as requests are judged by it.
type policy struct {
	given       *Policy
	moniker     region.Moniker
	plan        Plan
	isDefault   bool
	always      bool // in force: there is no from and no until
	from, until time.Time
	scale       *scale
	commitments []commitments  // by metric, FirstResponse first
	byMetric    map[Metric]int // where in commitments, if they are many
}

// commitments are what a policy has for a metric.
type commitments struct {
	metric Metric
	course Course
	list   []promise
}

// promise is a term or an exclusion, and the cases for which it holds.
type promise struct {
	cases
	term *Term
	in   map[string]*Term // by country, if that matters; the others under ""
	none *Exclusion
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

// metric returns what the policy has for a metric, or nil.
func (p *policy) metric(m Metric) *commitments {
	if p.byMetric != nil {
		if i, ok := p.byMetric[m]; ok {
			return &p.commitments[i]
		}
		return nil
	}
	for i := range p.commitments {
		if p.commitments[i].metric == m {
			return &p.commitments[i]
		}
	}
	return nil
}

// promise returns what holds for a case, by its places on the scale, or nil.
func (c *commitments) promise(severity, category int) *promise {
	if c != nil {
		for i := range c.list {
			if p := &c.list[i]; p.has(severity, category) {
				return p
			}
		}
	}
	return nil
}

// term returns the term for a country and for a severity and a category, by their places on
// the scale. The error gives the reason for having no term.
func (p *policy) term(m Metric, severity, category int, country string) (*Term, error) {
	is := p.metric(m).promise(severity, category)
	switch {
	case is == nil:
	case is.term != nil:
		if t := cmp.Or(is.in[country], is.in[""]); t != nil {
			return t, nil
		}
		return is.term.in(country)
	}
	e := TermError{
		Err:     ErrNoCommitment,
		Request: Request{Moniker: p.moniker, Plan: p.plan, Metric: m, Category: p.scale.categories[category], Severity: p.scale.severities[severity], Country: country},
		Reason:  noTerm,
	}
	if is != nil {
		e.Err, e.HighestOffered, e.Reason, e.Source = is.none.Err, is.none.HighestOffered, is.none.Reason, is.none.Source
	}
	return nil, e
}

const noTerm = "the catalog has no term for it"

// courseOf returns the course of a metric.
func (p *policy) courseOf(m Metric) Course {
	if c := p.metric(m); c != nil {
		return c.course
	}
	return p.given.course(m)
}

// span returns when the policy is in force.
func (p *policy) span() string {
	switch {
	case p.until.IsZero():
		return "from " + text.DayOrInstant(p.from) + " on"
	case p.from.IsZero():
		return "before " + text.DayOrInstant(p.until)
	}
	return "from " + text.DayOrInstant(p.from) + " until before " + text.DayOrInstant(p.until)
}

// String returns what a policy is called.
func (p *policy) String() string { return planOf(p.moniker, p.plan) }

// planOf returns what a plan of a moniker is called.
func planOf(m region.Moniker, p Plan) string {
	if p == "" {
		return text.Shorten(text.OneLine(string(m)))
	}
	return text.Shorten(text.OneLine(string(m))) + ", plan " + text.Shorten(text.OneLine(string(p)))
}

// caseOf returns what a case of a plan is called.
func caseOf(m region.Moniker, p Plan, c region.Category, s Severity) string {
	name := planOf(m, p)
	if c != "" { // as it is for a request that no catalog has judged
		name += ", " + text.OneLine(string(c))
	}
	return name + ", severity " + text.OneLine(string(s))
}

// name returns what a policy is called.
func (p *Policy) name() string { return planOf(p.Moniker, p.Plan) }
