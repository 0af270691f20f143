package sla

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
)

// builder puts a catalog together and collects what is wrong with it.
type builder struct {
	catalog *Catalog
	drafts  []*draft
	faults  []Fault
	seen    map[Fault]bool // those of faults

	neverOpen int // how many combined calendars never open
	guessed   int // how many unknown names were compared with those that exist

	byVersion map[version]*draft
	defaults  map[region.Moniker]*draft // those that are marked as the default

	// The text, if there is one.
	root  *node
	lines lines
}

// version is what no two policies have in common.
type version struct {
	planKey
	from int64 // in Unix nanoseconds; the least of all if it was always in force
}

// draft is a policy, its scale, and the path of it and of each of its terms.
type draft struct {
	Policy
	scale       *scale
	path        string
	terms, none []string
	// unknown says that moniker, plan or from have a fault, so that nobody knows
	// which policies are alike.
	unknown bool
}

// maxFaults is how many faults of a catalog are looked for: nobody reads more.
const maxFaults = 200

// tooMany reports whether the rest of the text is not looked at: there are enough
// faults, or enough that took long to find.
func (b *builder) tooMany() bool { return len(b.faults) > maxFaults || b.neverOpen > maxNeverOpen }

// maxNeverOpen bounds the combined calendars that are found to be never open, which takes
// 0.1 ms for each.
const maxNeverOpen = 16

// fault keeps a fault once: several cases may be of one term.
func (b *builder) fault(path, text, want string) {
	if b.tooMany() {
		return
	}
	f := Fault{Path: path, Text: text, Want: want}
	if b.root != nil {
		f.Line, f.Column = b.lines.place(b.place(path))
	}
	b.keep(f)
}

// wrong is the fault of a node.
func (b *builder) wrong(n *node, text, want string) {
	if b.tooMany() {
		return
	}
	f := Fault{Path: n.path(), Text: text, Want: want}
	f.Line, f.Column = b.lines.place(n.at)
	b.keep(f)
}

// unknown is the fault of a node that names nothing that exists. The nearest names are
// looked for only a few times, as there may be many.
func (b *builder) unknown(n *node, err *region.UnknownError) {
	if b.tooMany() {
		return
	}
	const few = 8
	if b.guessed++; b.guessed > few {
		err.Text = ""
	}
	b.wrong(n, n.String(), err.Wanted())
}

// second is the fault of a field that stands there again.
func (b *builder) second(n *node) {
	if b.tooMany() {
		return
	}
	f := Fault{Path: n.path(), Text: "a second time", Want: "the field once"}
	f.Line, f.Column = b.lines.place(n.at)
	b.keep(f)
}

func (b *builder) keep(f Fault) {
	if b.seen == nil {
		b.seen = map[Fault]bool{}
	}
	if !b.seen[f] && !b.tooMany() {
		b.seen[f] = true
		b.faults = append(b.faults, f)
	}
}

// place returns where in the text a path is: a missing field is where it is missing.
func (b *builder) place(path string) int {
	n, at := b.root, ""
	for at != path {
		i := slices.IndexFunc(n.nodes, func(child *node) bool {
			rest, ok := strings.CutPrefix(path, child.below(at))
			return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
		})
		if i < 0 {
			break
		}
		n, at = n.nodes[i], n.nodes[i].below(at)
	}
	return n.at
}

// sortFaults puts the faults in the order in which they stand in the text.
func (b *builder) sortFaults() {
	slices.SortStableFunc(b.faults, func(f, g Fault) int {
		return cmp.Or(f.Line-g.Line, f.Column-g.Column)
	})
}

// wanted returns what an error of this module says was wanted.
func wanted(err error) string {
	if unknown, ok := errors.AsType[*region.UnknownError](err); ok {
		return unknown.Wanted()
	}
	text := err.Error()
	// What the error quotes before it may say so too.
	if i := strings.LastIndex(text, ": want "); i >= 0 {
		return text[i+len(": want "):]
	}
	return text
}

// scaleOf returns the scale of a draft that was given as Go values.
func (b *builder) scaleOf(d *draft) *scale {
	if d.Severities == nil && d.Categories == nil && d.SeveritySynonyms == nil && d.CategorySynonyms == nil {
		return usualScale()
	}
	s := &scale{
		severities: usualScale().severities, categories: usualScale().categories,
		severitySynonyms: maps.Clone(d.SeveritySynonyms), categorySynonyms: maps.Clone(d.CategorySynonyms),
	}
	if d.Severities != nil {
		s.severities = slices.Clone(d.Severities)
	}
	if d.Categories != nil {
		s.categories = slices.Clone(d.Categories)
	}
	bad := func(field string) func(text, want string) {
		return func(text, want string) { b.fault(d.path+"."+field, quote(text), want) }
	}
	if text, want, many := tooMany(len(s.severities), maxSeverities); many {
		b.fault(d.path+".severities", text, want)
		s.severities = s.severities[:maxSeverities]
	}
	if text, want, many := tooMany(len(s.categories), maxCategories); many {
		b.fault(d.path+".categories", text, want)
		s.categories = s.categories[:maxCategories]
	}
	if len(s.severities) == 0 {
		b.fault(d.path+".severities", "an empty list", "at least one severity")
	}
	if len(s.categories) == 0 {
		b.fault(d.path+".categories", "an empty list", "at least one category")
	}
	s.severityNames = namesOf(s.severities, s.severitySynonyms, bad("severities"))
	s.categoryNames = namesOf(s.categories, s.categorySynonyms, bad("categories"))
	return s
}

// add checks a policy and keeps it.
func (b *builder) add(d draft) {
	if d.Moniker == "" && !d.unknown {
		b.fault(d.path+".moniker", "missing", `a name, such as "o365-germany"`)
		d.unknown = true
	}
	for _, name := range []struct{ field, text string }{{"moniker", string(d.Moniker)}, {"plan", string(d.Plan)}} {
		if !isLabel(name.text) {
			b.fault(d.path+"."+name.field, quote(name.text), labelWanted)
		}
	}
	for _, bound := range []struct {
		field string
		at    time.Time
	}{{"from", d.From}, {"until", d.Until}} {
		if !bound.at.IsZero() && !inRange(bound.at) {
			b.fault(d.path+"."+bound.field, quote(dayOrInstant(bound.at)), instantWanted)
			d.unknown = d.unknown || bound.field == "from"
		}
	}
	if !d.Until.IsZero() && !d.From.Before(d.Until) {
		b.fault(d.path+".until", quote(dayOrInstant(d.Until)), "an instant after from, "+dayOrInstant(d.From))
	}
	if !d.unknown {
		b.alone(&d)
	}
	b.modes(&d)
	taken := map[Metric]*seen{}
	check := func(path string, metric *Metric, severities []Severity, categories []region.Category) (cases, bool) {
		if *metric == "" {
			*metric = FirstResponse
		}
		return b.cases(&d, taken, path, *metric, severities, categories)
	}
	for i := range d.Terms {
		t, path := &d.Terms[i], d.terms[i]
		check(path, &t.Metric, t.Severities, t.Categories)
		b.term(t, path)
	}
	for i := range d.None {
		e, path := &d.None[i], d.none[i]
		k, ok := check(path, &e.Metric, e.Severities, e.Categories)
		b.exclusion(&d, e, path, k, ok)
	}
	b.drafts = append(b.drafts, &d)
}

// alone checks that a policy is the only one of its plan and From, and its plan the
// only default.
func (b *builder) alone(d *draft) {
	if b.byVersion == nil {
		b.byVersion, b.defaults = map[version]*draft{}, map[region.Moniker]*draft{}
	}
	v := version{planKey{d.Moniker, d.Plan}, math.MinInt64}
	if !d.From.IsZero() {
		v.from = d.From.UnixNano()
	}
	if other := b.byVersion[v]; other != nil {
		b.fault(d.path, fmt.Sprintf("%s, plan %s, from %s", quote(string(d.Moniker)), quote(string(d.Plan)), dayOrInstant(d.From)), "another moniker, plan or from than "+other.path)
	} else {
		b.byVersion[v] = d
	}
	if !d.Default {
		return
	}
	switch other := b.defaults[d.Moniker]; {
	case other == nil:
		b.defaults[d.Moniker] = d
	case other.Plan != d.Plan:
		b.fault(d.path+".default", "true", fmt.Sprintf("one default plan of %s, which is %s (%s)", quote(string(d.Moniker)), quote(string(other.Plan)), other.path))
	}
}

// modes checks what a policy says of changes of severity and of reopening.
func (b *builder) modes(d *draft) {
	check := func(path string, severityChange SeverityMode, reopening ReopenMode) {
		if _, err := severityChange.MarshalText(); err != nil {
			b.fault(path+".severity_change", quote(severityChange.String()), wanted(err))
		}
		if _, err := reopening.MarshalText(); err != nil {
			b.fault(path+".reopening", quote(reopening.String()), wanted(err))
		}
	}
	check(d.path, d.SeverityChange, d.Reopening)
	metrics := map[Metric]bool{}
	for i := range d.Courses {
		c := &d.Courses[i]
		c.Metric = cmp.Or(c.Metric, FirstResponse)
		path := join(d.path+".clocks", string(c.Metric))
		switch {
		case !isName(string(c.Metric)):
			b.fault(path, quote(string(c.Metric)), nameWanted)
		case metrics[c.Metric]:
			b.fault(path, quote(string(c.Metric)), "the metric once")
		}
		metrics[c.Metric] = true
		check(path, c.SeverityChange, c.Reopening)
	}
}

// cases returns the cases that a term or an exclusion names, and checks that they exist
// and that no other has them.
func (b *builder) cases(d *draft, taken map[Metric]*seen, path string, metric Metric, severities []Severity, categories []region.Category) (k cases, ok bool) {
	faults := len(b.faults)
	if !isName(string(metric)) {
		b.fault(path+".metric", quote(string(metric)), nameWanted)
	}
	k = d.scale.all()
	if severities != nil {
		k.severities = 0
		for _, s := range severities {
			i, known := d.scale.severity(s)
			if !known {
				b.fault(path+".severities", quote(string(s)), wanted(d.scale.unknownSeverity(string(s), d.name())))
				continue
			}
			k.severities |= 1 << i
		}
	}
	if categories != nil {
		k.categories = 0
		for _, c := range categories {
			i, known := d.scale.category(c)
			if !known || c == "" {
				b.fault(path+".categories", quote(string(c)), wanted(d.scale.unknownCategory(string(c), d.name())))
				continue
			}
			k.categories |= 1 << i
		}
	}
	if len(b.faults) > faults {
		return k, false
	}
	if k.severities == 0 || k.categories == 0 {
		b.fault(path, "no severity or no category", "at least one of each, or none to name all")
		return k, false
	}
	if taken[metric] == nil {
		taken[metric] = new(seen)
	}
	if severity, category, twice := taken[metric].add(k); twice {
		b.fault(path, fmt.Sprintf("%s, severity %s, %s", shorten(string(d.scale.categories[category])), shorten(string(d.scale.severities[severity])), shorten(string(metric))),
			"what has no term yet; this one is "+d.first(metric, severity, category))
		return k, false
	}
	return k, true
}

// first returns the path of the first term or exclusion of a case.
func (d *draft) first(m Metric, severity, category int) string {
	names := func(metric Metric, severities []Severity, categories []region.Category) bool {
		return cmp.Or(metric, FirstResponse) == m &&
			(severities == nil || slices.Contains(severities, d.scale.severities[severity])) &&
			(categories == nil || slices.Contains(categories, d.scale.categories[category]))
	}
	for i, t := range d.Terms {
		if names(t.Metric, t.Severities, t.Categories) {
			return d.terms[i]
		}
	}
	for i, e := range d.None {
		if names(e.Metric, e.Severities, e.Categories) {
			return d.none[i]
		}
	}
	return d.path
}

// term checks what else there is to a term.
func (b *builder) term(t *Term, path string) {
	if t.Target.IsZero() {
		b.fault(path+".target", "missing", targetForms)
	}
	missing := func(c *calendar.Calendar) bool { // nil, or not made by package calendar
		_, err := c.NextOpen(time.Time{})
		return err == calendar.ErrNoCalendar
	}
	if missing(t.Calendar) && (t.Calendar != nil || len(t.Countries) == 0) {
		b.fault(path+".calendar", "missing", "a calendar")
	}
	for _, country := range sortedKeys(t.Countries) {
		if err := isCountry(country); err != nil {
			b.fault(join(path+".calendar", country), quote(country), wanted(err))
		} else if missing(t.Countries[country]) {
			b.fault(join(path+".calendar", country), "missing", "a calendar")
		}
	}
	if len(t.Countries) == 0 {
		t.Countries = nil
	}
	if _, err := t.Basis.MarshalText(); err != nil {
		b.fault(path+".basis", quote(t.Basis.String()), wanted(err))
	}
	if err := checkThresholds(t.Thresholds); err != nil {
		b.fault(path+".alarms", fmt.Sprint(t.Thresholds), wanted(err))
	}
}

// exclusion checks what else there is to an exclusion of some cases, if those are good.
func (b *builder) exclusion(d *draft, e *Exclusion, path string, k cases, ok bool) {
	highest, known := d.scale.severity(e.Highest)
	switch {
	case e.Err != ErrNoCommitment && e.Err != ErrNotOffered:
		b.fault(path+".none", quote(fmt.Sprint(e.Err)), "no-commitment or not-offered")
	case e.Err == ErrNoCommitment && e.Highest != "":
		b.fault(path+".highest", quote(string(e.Highest)), `it only with "not-offered"`)
	case e.Err == ErrNoCommitment || !ok:
	case k.leastSevere() == len(d.scale.severities)-1:
		b.fault(path+".none", `"not-offered"`, "no-commitment for severity "+quote(string(d.scale.severities[k.leastSevere()]))+", as no lower one can be the highest")
	case e.Highest == "":
		b.fault(path+".highest", "missing", "the highest severity that is offered")
	case !known || highest <= k.leastSevere():
		b.fault(path+".highest", quote(string(e.Highest)), "a lower severity than "+quote(string(d.scale.severities[k.leastSevere()]))+", which is the highest offered")
	}
	switch {
	case e.Reason == "":
		b.fault(path+".reason", "missing", "the reason in words")
	case !isLine(e.Reason):
		b.fault(path+".reason", quote(e.Reason), lineWanted)
	}
}

// build returns the catalog, or what is wrong with it.
func (b *builder) build() (*Catalog, error) {
	if len(b.faults) > 0 {
		if b.tooMany() {
			most := min(maxFaults, len(b.faults))
			b.faults = append(b.faults[:most], Fault{Text: fmt.Sprintf("more than %d faults", most), Want: "these mended first"})
		}
		return nil, &CatalogError{b.faults}
	}
	c := b.catalog
	c.metrics, c.known = []Metric{FirstResponse}, map[Metric]bool{FirstResponse: true}
	c.given = make([]Policy, len(b.drafts))
	for i, d := range b.drafts {
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
	return c, nil
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

// findUsual finds the default plans of which there is but one version, which was
// always in force.
func (c *Catalog) findUsual() {
	for i := range c.policies {
		p, versions := &c.policies[i], 0
		for range c.versions(p.moniker, "") {
			versions++
		}
		if !p.isDefault || !p.always || versions != 1 {
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
		modes: modes{given.SeverityChange, given.Reopening},
	}
	courses := map[Metric]modes{}
	for _, c := range given.Courses {
		courses[c.Metric] = modes{c.SeverityChange, c.Reopening}
	}
	places := map[Metric]int{}
	of := func(m Metric) *commitments {
		i, ok := places[m]
		if !ok {
			i = len(p.commitments)
			places[m] = i
			own, ok := courses[m]
			if !ok {
				own = p.modes
			}
			p.commitments = append(p.commitments, commitments{metric: m, modes: own})
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

// name returns what a policy is called.
func (p *Policy) name() string { return planOf(p.Moniker, p.Plan) }
