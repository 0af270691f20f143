package sla

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/duetime/duetime/region"
)

// builder puts a catalog together and collects what is wrong with it.
type builder struct {
	catalog *Catalog
	drafts  []draft
	faults  []Fault
	seen    map[Fault]bool // those of faults

	// where returns the place of a path in the text, and lines are its lines, if
	// there is one.
	where func(path string) int
	lines lines
}

// draft is a policy, and the path of it and of each of its terms.
type draft struct {
	Policy
	path        string
	terms, none []string
	// unknown says that moniker, plan or from have a fault, so that nobody knows
	// which policies are alike.
	unknown bool
}

func (b *builder) fault(path, text, want string) {
	f := Fault{Path: path, Text: text, Want: want}
	if b.where != nil {
		f.Line, f.Column = b.lines.place(b.where(path))
	}
	b.keep(f)
}

// second is the fault of a field that is there again.
func (b *builder) second(f field) {
	again := Fault{Path: f.path, Text: "a second time", Want: "the field once"}
	again.Line, again.Column = b.lines.place(f.at)
	b.keep(again)
}

// keep keeps a fault once: several terms may be of one entry of a text.
func (b *builder) keep(f Fault) {
	if b.seen == nil {
		b.seen = map[Fault]bool{}
	}
	if !b.seen[f] {
		b.seen[f] = true
		b.faults = append(b.faults, f)
	}
}

// wanted returns what an error of this module says was wanted.
func wanted(err error) string {
	text := err.Error()
	// What the error quotes before it may say so too.
	if i := strings.LastIndex(text, ": want "); i >= 0 {
		return text[i+len(": want "):]
	}
	return text
}

func quote(s any) string { return strconv.Quote(shorten(fmt.Sprint(s))) }

// add checks a policy and keeps it.
func (b *builder) add(d draft) {
	if d.Moniker == "" && !d.unknown {
		b.fault(d.path+".moniker", "missing", `a name, such as "o365-germany"`)
		d.unknown = true
	}
	// Errors are lines, and JSON is UTF-8.
	for _, name := range []struct{ name, text string }{{"moniker", string(d.Moniker)}, {"plan", string(d.Plan)}} {
		if !isLine(name.text) {
			b.fault(d.path+"."+name.name, quote(name.text), "a name of one line")
		}
	}
	for _, bound := range []struct {
		name string
		at   time.Time
	}{{"from", d.From}, {"until", d.Until}} {
		if !bound.at.IsZero() && !inRange(bound.at) {
			b.fault(d.path+"."+bound.name, quote(dayOrInstant(bound.at)), instantWanted)
		}
	}
	if !d.Until.IsZero() && !d.From.Before(d.Until) {
		b.fault(d.path+".until", quote(dayOrInstant(d.Until)), "an instant after from, "+dayOrInstant(d.From))
	}
	for _, other := range b.drafts {
		switch {
		case other.unknown || d.unknown || other.Moniker != d.Moniker:
		case other.Plan == d.Plan && other.From.Equal(d.From):
			b.fault(d.path, fmt.Sprintf("%s, plan %s, from %s", quote(d.Moniker), quote(d.Plan), dayOrInstant(d.From)), "another moniker, plan or from than "+other.path)
		case other.Plan != d.Plan && other.Default && d.Default:
			b.fault(d.path+".default", "true", fmt.Sprintf("one default plan of %s, which is %s (%s)", quote(d.Moniker), quote(other.Plan), other.path))
		}
	}
	if _, err := d.SeverityChange.MarshalText(); err != nil {
		b.fault(d.path+".severity_change", quote(d.SeverityChange), wanted(err))
	}
	if _, err := d.Reopening.MarshalText(); err != nil {
		b.fault(d.path+".reopening", quote(d.Reopening), wanted(err))
	}
	d.Terms, d.None = slices.Clone(d.Terms), slices.Clone(d.None)
	taken := map[caseKey]string{}
	for i := range d.Terms {
		t := &d.Terms[i]
		t.Thresholds = slices.Clone(t.Thresholds)
		if t.Metric == "" {
			t.Metric = FirstResponse
		}
		path := d.terms[i]
		b.checkCase(taken, path, caseKey{t.Metric, t.Category, t.Severity})
		if t.Target.IsZero() {
			b.fault(path+".target", "missing", targetForms)
		}
		if t.Calendar.Hours() == "" { // nil, or not made by package calendar
			b.fault(path+".calendar", "missing", "a calendar")
		}
		if _, err := t.Basis.MarshalText(); err != nil {
			b.fault(path+".basis", quote(t.Basis), wanted(err))
		}
		if err := checkThresholds(t.Thresholds); err != nil {
			b.fault(path+".alarms", fmt.Sprint(t.Thresholds), wanted(err))
		}
	}
	for i := range d.None {
		e := &d.None[i]
		if e.Metric == "" {
			e.Metric = FirstResponse
		}
		e.Moniker, e.Plan = d.Moniker, d.Plan
		path := d.none[i]
		b.checkCase(taken, path, caseKey{e.Metric, e.Category, e.Severity})
		switch {
		case e.Err != ErrNoCommitment && e.Err != ErrNotOffered:
			b.fault(path+".none", quote(fmt.Sprint(e.Err)), "no-commitment or not-offered")
		case e.Err == ErrNoCommitment && e.Highest != 0:
			b.fault(path+".highest", quote(e.Highest), `it only with "not-offered"`)
		case e.Err == ErrNotOffered && e.Severity == SeverityC:
			b.fault(path+".none", `"not-offered"`, "no-commitment for severity C, as no lower one can be the highest")
		case e.Err == ErrNotOffered && e.Highest == 0:
			b.fault(path+".highest", "missing", "the highest severity that is offered")
		case e.Err == ErrNotOffered && (!e.Highest.valid() || e.Highest <= e.Severity):
			b.fault(path+".highest", quote(e.Highest), "a lower severity than "+e.Severity.String()+", which is the highest offered")
		}
		switch {
		case e.Reason == "":
			b.fault(path+".reason", "missing", "a text that says why there is no term")
		case !isLine(e.Reason):
			b.fault(path+".reason", quote(e.Reason), "a text of one line")
		}
	}
	b.drafts = append(b.drafts, d)
}

// isLine reports whether a text is one line of UTF-8.
func isLine(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, unicode.IsControl)
}

// caseKey is what a policy has one term for.
type caseKey struct {
	metric   Metric
	category region.Category
	severity Severity
}

// checkCase finds what is no case, and what is there twice.
func (b *builder) checkCase(taken map[caseKey]string, path string, k caseKey) {
	faults := len(b.faults)
	if err := k.metric.check(); err != nil {
		b.fault(path+".metric", quote(k.metric), wanted(err))
	}
	if _, err := k.category.MarshalText(); err != nil {
		b.fault(path+".categories", quote(k.category), wanted(err))
	}
	if !k.severity.valid() {
		b.fault(path+".severities", quote(k.severity), wanted(unknownSeverity("")))
	}
	if len(b.faults) > faults {
		return
	}
	if first, ok := taken[k]; ok {
		b.fault(path, fmt.Sprintf("%v, severity %v, %s", k.category, k.severity, shorten(string(k.metric))), "what has no term yet; this one is "+first)
		return
	}
	taken[k] = path
}

// build returns the catalog, or what is wrong with it.
func (b *builder) build() (*Catalog, error) {
	if len(b.faults) > 0 {
		return nil, &CatalogError{b.faults}
	}
	c := b.catalog
	c.metrics = []Metric{FirstResponse}
	for _, d := range b.drafts {
		for _, t := range d.Terms {
			c.addMetric(t.Metric)
		}
		for _, e := range d.None {
			c.addMetric(e.Metric)
		}
		c.given = append(c.given, d.Policy)
	}
	given := c.given
	if c.base != nil {
		for _, m := range c.base.metrics {
			c.addMetric(m)
		}
		given = extend(c.base.given, c.given)
	}
	for _, p := range given {
		c.policies = append(c.policies, c.policyOf(p, isDefaultPlan(p, given)))
	}
	rank := map[planKey]int{}
	for i, p := range given {
		if _, ok := rank[planKey{p.Moniker, p.Plan}]; !ok {
			rank[planKey{p.Moniker, p.Plan}] = i
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
	const few = 16
	if len(c.policies) <= few {
		c.findUsual()
	}
	return c, nil
}

// extend returns the policies of a catalog's own, and those of its base that they do
// not replace. A plan that the catalog marks as the default is that, instead of the
// base's; else what replaces the base's default plan is.
func extend(base, own []Policy) []Policy {
	policies := slices.Clone(own)
	for _, p := range base {
		marked, replaced := false, false
		for _, q := range own {
			marked = marked || q.Moniker == p.Moniker && q.Default
			replaced = replaced || q.Moniker == p.Moniker && q.Plan == p.Plan
		}
		if !replaced {
			p.Default = p.Default && !marked
			policies = append(policies, p)
			continue
		}
		for i := range own {
			if q := &policies[i]; q.Moniker == p.Moniker && q.Plan == p.Plan && !marked {
				q.Default = p.Default
			}
		}
	}
	return policies
}

// findUsual finds the default plans of which there is but one version, which was
// always in force.
func (c *Catalog) findUsual() {
	for i := range c.policies {
		p, versions := &c.policies[i], 0
		for _, q := range c.policies {
			if q.moniker == p.moniker && q.isDefault {
				versions++
			}
		}
		if p.isDefault && p.always && versions == 1 {
			c.usual = append(c.usual, usualTerms{p.moniker, p.row(region.Technical, FirstResponse)})
		}
	}
}

// isDefaultPlan reports whether requests of a policy's moniker that name no plan
// are judged by its plan: it is marked as the default in any version or, if no plan
// is, it has no name or is the only one.
func isDefaultPlan(p Policy, policies []Policy) bool {
	only := true
	for _, q := range policies {
		if q.Moniker == p.Moniker {
			if q.Default {
				return slices.ContainsFunc(policies, func(r Policy) bool { return r.Moniker == p.Moniker && r.Plan == p.Plan && r.Default })
			}
			only = only && q.Plan == p.Plan
		}
	}
	return only || p.Plan == ""
}

func (c *Catalog) addMetric(m Metric) {
	if !slices.Contains(c.metrics, m) {
		c.metrics = append(c.metrics, m)
	}
}

// policyOf returns a policy with an entry for every case of its own metrics.
func (c *Catalog) policyOf(given Policy, isDefault bool) policy {
	p := policy{
		moniker: given.Moniker, plan: given.Plan, isDefault: isDefault,
		always: given.From.IsZero() && given.Until.IsZero(), from: given.From, until: given.Until,
		modes: modes{given.SeverityChange, given.Reopening},
	}
	add := func(m Metric) {
		if p.row(region.Technical, m) == nil {
			p.metrics = append(p.metrics, p.noTerms(m))
		}
	}
	add(FirstResponse)
	for _, t := range given.Terms {
		add(t.Metric)
	}
	for _, e := range given.None {
		add(e.Metric)
	}
	for _, t := range given.Terms {
		p.row(t.Category, t.Metric)[t.Severity-SeverityA] = entry{term: t}
	}
	for _, e := range given.None {
		p.row(e.Category, e.Metric)[e.Severity-SeverityA].err = e
	}
	return p
}

// noTerms returns what a policy has for a metric that it has no terms for.
func (p *policy) noTerms(metric Metric) commitments {
	m := commitments{metric: metric}
	for category := range m.categories {
		for s := range m.categories[category] {
			e := &m.categories[category][s]
			e.term.Metric, e.term.Category, e.term.Severity = metric, region.Category(category), SeverityA+Severity(s)
			e.err = TermError{
				Err: ErrNoCommitment, Moniker: p.moniker, Plan: p.plan, Category: e.term.Category, Severity: e.term.Severity, Metric: metric,
				Reason: "the catalog has no term for it",
			}
		}
	}
	return m
}

// dayOrInstant returns a midnight of UTC as its date, and any other instant as
// RFC 3339 has it.
func dayOrInstant(t time.Time) string {
	switch {
	case t.IsZero():
		return "the beginning"
	case t.Equal(t.UTC().Truncate(24 * time.Hour)):
		return t.UTC().Format(time.DateOnly)
	}
	return t.Format(time.RFC3339Nano)
}
