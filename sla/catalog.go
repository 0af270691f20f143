package sla

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla/internal/instant"
	"github.com/duetime/duetime/sla/internal/text"
)

// Catalog is a set of terms by moniker, plan, category, severity and metric.
// Catalogs are immutable and safe for concurrent use. [Published] returns the
// built-in one, [ParseCatalog] reads one from JSON, and [NewCatalog] makes one of
// Go values; nil and the zero Catalog have no terms.
type Catalog struct {
	err     error // why the published terms cannot be had on this machine, if so
	version string
	schema  string                               // the address that its text names, if any
	base    *Catalog                             // that it extends, if any
	given   []Policy                             // its own policies as they were given
	scales  []*scale                             // of these
	named   []*calendar.Calendar                 // those that its text names
	sets    map[calendar.HolidaySet]holidaysForm // how its text writes sets that are not the library's own

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

// ErrNotInForce is wrapped by the error for a request that was opened when no version of
// its policy was in force.
var ErrNotInForce = errors.New("sla: not in force")

// NewCatalog returns a catalog of Go values, under a version by which tickets that
// have been stored can tell it from others, such as a date. A Term's zero Basis is
// [BasisCustom]. What has neither a Term nor an Exclusion is [ErrNoCommitment].
//
// The error is a *[CatalogError] that has all faults, or the first 200: a policy without
// a moniker, with a bound outside the years 1900 to 2199 (R9), or from the same instant
// as another of its plan; a scale with a name twice or with more than 16 severities or
// 64 categories; a term without a calendar or a target, of a severity or category that
// is not on the scale, or for a case that has one; the least severe severity "not
// offered"; an invalid mode or threshold; a word that a course lists and its policy does
// not declare, a happening that pauses, a status that starts and stops one clock, and more
// than 64 statuses, 64 happenings or 32 courses; and a name of more than 256 characters, or
// with control or bidi characters.
func NewCatalog(version string, policies ...Policy) (*Catalog, error) {
	found := new(faults)
	if !text.IsLabel(version) {
		found.add("version", text.Quote(version), text.LabelWanted)
	}
	var drafts []*draft
	for i, p := range policies {
		d := &draft{Policy: p.clone(), path: fmt.Sprintf("policies[%d]", i)}
		d.scale = scaleOf(d, found)
		d.coursesAt = d.path + "."
		d.badWords = checkWords(found, d.path+".", p.Statuses, p.Happenings)
		for j := range p.Terms {
			d.terms = append(d.terms, fmt.Sprintf("%s.terms[%d]", d.path, j))
		}
		for j := range p.None {
			d.none = append(d.none, fmt.Sprintf("%s.none[%d]", d.path, j))
		}
		drafts = append(drafts, d)
	}
	check(drafts, new(draft), found)
	if err := found.err(); err != nil {
		return nil, err
	}
	return assemble(&Catalog{version: version}, drafts), nil
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
				if due, err := u.terms[k].Target.dueFrom(u.terms[k].Calendar, opened); err == nil {
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
// Most callers that have more than a severity and an opening want it.
//
// The error is a [TermError] of [ErrNoCommitment] or [ErrNotOffered] if the catalog has no
// term for the request, a *[region.UnknownError] if the request names something unknown (a
// moniker, plan, category, severity, metric or country) or no severity, [ErrNotInForce] if
// no version of its policy was in force at the opening, and [calendar.ErrOutOfRange] if the
// opening or the due time is outside the years 1900 to 2199. With a TermError, the Deadline
// has its Request filled in.
func (c *Catalog) Deadline(r Request) (Deadline, error) {
	p, term, r, err := c.judge(r)
	if err != nil {
		if !instant.InRange(r.Opened) && p != nil {
			return Deadline{}, openedOutOfRange(r.Opened)
		}
		if why, ok := errors.AsType[TermError](err); ok {
			return Deadline{Catalog: c.version, InForceSince: p.from, Request: r}, why
		}
		return Deadline{}, err
	}
	start, due, err := term.due(r.Opened)
	if err != nil {
		return Deadline{}, err
	}
	return Deadline{c.version, p.from, r, term.forOne(), start, due, term.Calendar.Provisional(r.Opened, due)}, nil
}

// Term returns the term that judges a request, without Categories, Severities and
// Countries. It returns the errors of [Catalog.Deadline], except that the due time may be
// out of range.
func (c *Catalog) Term(r Request) (Term, error) {
	_, term, _, err := c.judge(r)
	if err != nil {
		return Term{}, err
	}
	return term.forOne(), nil
}

// Course returns the course of a request's Metric, filled in, from the policy that judges
// the request.
// It returns the errors of [Catalog.Deadline] about the policy.
func (c *Catalog) Course(r Request) (Course, error) {
	p, err := c.formPolicy(r)
	if err != nil {
		return Course{}, err
	}
	return p.courseOf(cmp.Or(r.Metric, FirstResponse)).clone(), nil
}

// Calendar returns the calendar that the catalog knows by a name, such as to tell whether a
// desk is open now. It can be one of the catalog's calendars, one of a term, or "24/7". For
// another name, the error is a *[region.UnknownError].
func (c *Catalog) Calendar(name string) (*calendar.Calendar, error) {
	if err := c.broken(); err != nil {
		return nil, err
	}
	if c == nil {
		c = new(Catalog)
	}
	known := map[string]*calendar.Calendar{alwaysHours: alwaysOpen()}
	add := func(all ...*calendar.Calendar) {
		for _, one := range all {
			if one != nil && known[one.Name()] == nil {
				known[one.Name()] = one
			}
		}
	}
	add(c.named...)
	if c.base != nil {
		add(c.base.named...)
	}
	for p := range c.Policies() {
		for _, t := range p.Terms {
			add(t.Calendar)
			for _, country := range sortedKeys(t.Countries) {
				add(t.Countries[country])
			}
		}
	}
	delete(known, "") // calendars without a name
	if found := known[name]; found != nil {
		return found, nil
	}
	return nil, &region.UnknownError{What: "calendar", Text: name, Want: calendarWanted, Known: sortedKeys(known)}
}

// judge returns the policy that judges a request, its term, and the request with its Plan,
// Category and Metric filled in. The policy comes with the error, if it is known.
func (c *Catalog) judge(r Request) (*policy, *Term, Request, error) {
	if err := c.broken(); err != nil {
		return nil, nil, r, err
	}
	p, err := c.policy(r.Moniker, r.Plan, r.Opened)
	if err != nil {
		return nil, nil, r, err
	}
	r.Plan = p.plan
	if r.Metric == "" {
		r.Metric = FirstResponse
	}
	if !c.known[r.Metric] {
		return nil, nil, r, &region.UnknownError{What: "metric", Text: string(r.Metric), Want: "one of the catalog", Known: textsOf(c.metrics)}
	}
	if err := checkCountry(r.Moniker, r.Country); err != nil {
		return nil, nil, r, err
	}
	category, ok := p.scale.category(r.Category)
	if !ok {
		return nil, nil, r, p.scale.unknownCategory(string(r.Category), p.String())
	}
	r.Category = p.scale.categories[category]
	severity, ok := p.scale.severity(r.Severity)
	if !ok {
		return nil, nil, r, p.scale.unknownSeverity(string(r.Severity), p.String())
	}
	term, err := p.term(r.Metric, severity, category, r.Country)
	if why, ok := errors.AsType[TermError](err); ok {
		why.Request = r
		err = why
	}
	return p, term, r, err
}

// checkCountry returns what is wrong with a country: any code will do for a moniker
// that is not published.
func checkCountry(m region.Moniker, country string) error {
	if country == "" {
		return nil
	}
	err := m.CheckCountry(country)
	if err != nil && errors.Is(err, &region.UnknownError{What: "moniker"}) {
		return isCountry(country)
	}
	return err
}

// isCountry returns what is wrong with a text as the ISO 3166-1 code of a country.
func isCountry(text string) error {
	if len(text) == 2 && 'A' <= text[0] && text[0] <= 'Z' && 'A' <= text[1] && text[1] <= 'Z' && text != "UK" && text != "EL" {
		return nil
	}
	return &region.UnknownError{What: "country", Text: text, Want: "an ISO 3166-1 code of two capital letters", Known: region.Worldwide.Countries()}
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
		return &region.UnknownError{What: "moniker", Text: string(m), Want: "a catalog with terms; this one has none"}
	case len(plans) == 0:
		return &region.UnknownError{What: "moniker", Text: string(m), Want: "one of the catalog", Known: monikers}
	case versions != nil && !instant.InRange(at):
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
		return &region.UnknownError{What: "plan", Text: "", Want: fmt.Sprintf("a plan of %s, as none is its default", text.OneLine(string(m))), Known: plans}
	}
	return &region.UnknownError{What: "plan", Text: string(plan), Want: "a plan of " + text.OneLine(string(m)), Known: plans}
}

// due returns when the term's clock starts (R13) and when its target is due.
func (t *Term) due(opened time.Time) (start, due time.Time, err error) {
	start, err = t.Calendar.NextOpen(opened)
	if err == nil {
		due, err = t.Target.Due(t.Calendar, opened)
	}
	if err != nil {
		return time.Time{}, time.Time{}, t.explain(opened, err)
	}
	return start, due, nil
}

// explain says what of a request an error of its calendar is about.
func (t *Term) explain(opened time.Time, err error) error {
	switch {
	case !instant.InRange(opened):
		return openedOutOfRange(opened)
	case errors.Is(err, calendar.ErrOutOfRange):
		return fmt.Errorf("sla: due %v after opened %s is %w", t.Target, opened.Format(time.RFC3339Nano), calendar.ErrOutOfRange)
	}
	return fmt.Errorf("sla: opened %s: %w", opened.Format(time.RFC3339Nano), err)
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

// assemble fills in a catalog from policies without faults.
func assemble(c *Catalog, drafts []*draft) *Catalog {
	c.metrics, c.known = []Metric{FirstResponse}, map[Metric]bool{FirstResponse: true}
	c.given = make([]Policy, len(drafts))
	for i, d := range drafts {
		c.given[i] = d.Policy
		c.scales = append(c.scales, d.scale)
		c.policies = append(c.policies, policyOf(&c.given[i], d.scale))
	}
	if c.base != nil {
		own := map[planKey]bool{}
		for _, p := range c.policies {
			own[planKey{p.moniker, p.plan}] = true
		}
		for _, p := range c.base.policies {
			if !own[planKey{p.moniker, p.plan}] {
				c.policies = append(c.policies, p)
			}
		}
	}
	c.findDefaults()
	c.order()
	for _, p := range c.policies {
		for i := range p.commitments {
			if m := p.commitments[i].metric; !c.known[m] {
				c.known[m] = true
				c.metrics = append(c.metrics, m)
			}
		}
	}
	c.findUsual()
	return c
}

// findDefaults finds the default plan of each moniker: the marked one or else, if no plan
// is marked, the one without a name or the only one. A mark in the base counts where the
// catalog itself has no mark.
func (c *Catalog) findDefaults() {
	marked := map[region.Moniker]Plan{}
	only := map[region.Moniker]bool{}
	plans := map[region.Moniker]Plan{}
	mark := func(list []Policy) {
		here := map[region.Moniker]Plan{}
		for _, p := range list {
			if p.Default {
				here[p.Moniker] = p.Plan
			}
		}
		for m, plan := range here {
			if _, ok := marked[m]; !ok {
				marked[m] = plan
			}
		}
	}
	mark(c.given)
	if c.base != nil {
		mark(c.base.given)
	}
	for i := range c.policies {
		p := &c.policies[i]
		other, ok := plans[p.moniker]
		only[p.moniker] = !ok || only[p.moniker] && other == p.plan
		plans[p.moniker] = p.plan
	}
	for i := range c.policies {
		p := &c.policies[i]
		if plan, ok := marked[p.moniker]; ok {
			p.isDefault = p.plan == plan
		} else {
			p.isDefault = p.plan == "" || only[p.moniker]
		}
	}
}

// order puts the versions of a plan together, the one in force last first, and notes
// where they begin.
func (c *Catalog) order() {
	rank := map[planKey]int{}
	monikers := map[region.Moniker]bool{}
	for i, p := range c.policies {
		if _, ok := rank[planKey{p.moniker, p.plan}]; !ok {
			rank[planKey{p.moniker, p.plan}] = i
		}
		if !monikers[p.moniker] {
			monikers[p.moniker] = true
			c.monikers = append(c.monikers, p.moniker)
		}
	}
	slices.SortStableFunc(c.policies, func(p, q policy) int {
		if byPlan := rank[planKey{p.moniker, p.plan}] - rank[planKey{q.moniker, q.plan}]; byPlan != 0 {
			return byPlan
		}
		return q.from.Compare(p.from)
	})
	c.index = map[planKey]int{}
	for i := len(c.policies) - 1; i >= 0; i-- {
		p := &c.policies[i]
		c.index[planKey{p.moniker, p.plan}] = i
	}
	for i := len(c.policies) - 1; i >= 0; i-- {
		if p := &c.policies[i]; p.isDefault {
			c.index[planKey{p.moniker, ""}] = i
		}
	}
}

// findUsual finds the default plans that have one version only, which was always in force.
func (c *Catalog) findUsual() {
	for i := range c.policies {
		p := &c.policies[i]
		if !p.isDefault || !p.always { // first, as a plan can have many versions to count
			continue
		}
		versions := 0
		for range c.versions(p.moniker, "") {
			versions++
		}
		if versions != 1 {
			continue
		}
		u := usualTerms{moniker: p.moniker}
		for i, s := range p.scale.severities {
			if t, err := p.term(FirstResponse, i, 0, ""); err == nil {
				u.severities, u.terms = append(u.severities, s), append(u.terms, t)
			}
		}
		c.usual = append(c.usual, u)
	}
	const few = 8 // which are compared faster than a map finds one
	if len(c.usual) > few {
		c.usualOf = map[region.Moniker][]usualTerms{}
		for i, u := range c.usual {
			c.usualOf[u.moniker] = c.usual[i : i+1]
		}
	}
}

// policyOf returns a policy that has no faults, as requests are judged by it.
func policyOf(given *Policy, s *scale) policy {
	p := policy{
		given: given, moniker: given.Moniker, plan: given.Plan, scale: s,
		always: given.From.IsZero() && given.Until.IsZero(), from: given.From, until: given.Until,
	}
	places := map[Metric]int{}
	of := func(m Metric) *commitments {
		i, ok := places[m]
		if !ok {
			i = len(p.commitments)
			places[m] = i
			p.commitments = append(p.commitments, commitments{metric: m, course: given.course(m)})
		}
		return &p.commitments[i]
	}
	if slices.ContainsFunc(given.Terms, func(t Term) bool { return t.Metric == FirstResponse }) ||
		slices.ContainsFunc(given.None, func(e Exclusion) bool { return e.Metric == FirstResponse }) {
		of(FirstResponse) // comes first
	}
	for i := range given.Terms {
		t := &given.Terms[i]
		c := of(t.Metric)
		is := promise{cases: s.casesOf(t.Severities, t.Categories), term: t}
		if t.Countries != nil {
			is.in = map[string]*Term{}
			for country := range t.Countries {
				is.in[country], _ = t.in(country)
			}
			is.in[""], _ = t.in("") // nil if others have none
		}
		c.list = append(c.list, is)
	}
	for i := range given.None {
		e := &given.None[i]
		c := of(e.Metric)
		c.list = append(c.list, promise{cases: s.casesOf(e.Severities, e.Categories), none: e})
	}
	const few = 8
	if len(p.commitments) > few {
		p.byMetric = places
	}
	return p
}
