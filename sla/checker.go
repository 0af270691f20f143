package sla

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla/internal/instant"
	"github.com/duetime/duetime/sla/internal/jsontree"
	"github.com/duetime/duetime/sla/internal/text"
)

// draft is a policy that is yet to be checked, its scale, and the path of it and of each of
// its terms.
type draft struct {
	Policy
	scale       *scale
	path        string
	terms, none []string
	coursesAt   string // what precedes "courses" in the path of its courses
	badWords    bool   // its words have faults, so that nobody knows which there are
	// unknown says that moniker, plan or from have a fault, so that nobody knows
	// which policies are alike.
	unknown bool
}

// checker checks the policies of a catalog, each by itself and beside those before.
type checker struct {
	*faults
	byVersion map[version]*draft
	defaults  map[region.Moniker]*draft // those that are marked as the default

	made    map[*calendar.Calendar]bool // those that are by package calendar
	checked map[wordsKey]bool           // words and courses
	listed  map[coursesKey]*listed
}

// version is what no two policies have in common.
type version struct {
	planKey
	from int64 // in Unix nanoseconds; the least of all if it was always in force
}

// check adds the faults of policies and of what their catalog says for all, and fills in
// what their zero values stand for.
func check(drafts []*draft, shared *draft, found *faults) {
	c := checker{faults: found, made: map[*calendar.Calendar]bool{}, checked: map[wordsKey]bool{}, listed: map[coursesKey]*listed{}}
	if len(shared.Courses) > 0 {
		c.listedIn(shared)
	}
	for _, d := range drafts {
		c.policy(d)
	}
}

// scaleOf returns the scale of a draft that was given as Go values.
func scaleOf(d *draft, found *faults) *scale {
	if d.Severities == nil && d.Categories == nil && d.SeveritySynonyms == nil && d.CategorySynonyms == nil {
		return usualScale()
	}
	s := &scale{
		severities: slices.Clone(usualScale().severities), categories: slices.Clone(usualScale().categories),
		severitySynonyms: d.SeveritySynonyms, categorySynonyms: d.CategorySynonyms,
	}
	if d.Severities != nil {
		s.severities = d.Severities
	}
	if d.Categories != nil {
		s.categories = d.Categories
	}
	bad := func(field string) func(bad, want string) {
		return func(bad, want string) { found.add(d.path+"."+field, text.Quote(bad), want) }
	}
	if bad, want, many := tooMany(len(s.severities), maxSeverities); many {
		found.add(d.path+".severities", bad, want)
		s.severities = s.severities[:maxSeverities]
	}
	if bad, want, many := tooMany(len(s.categories), maxCategories); many {
		found.add(d.path+".categories", bad, want)
		s.categories = s.categories[:maxCategories]
	}
	if len(s.severities) == 0 {
		found.add(d.path+".severities", "an empty list", "at least one severity")
	}
	if len(s.categories) == 0 {
		found.add(d.path+".categories", "an empty list", "at least one category")
	}
	s.severityNames = namesOf(s.severities, s.severitySynonyms, bad("severities"))
	s.categoryNames = namesOf(s.categories, s.categorySynonyms, bad("categories"))
	return s
}

// policy checks a policy.
func (c *checker) policy(d *draft) {
	if d.Moniker == "" && !d.unknown {
		c.add(d.path+".moniker", "missing", `a name, such as "o365-germany"`)
		d.unknown = true
	}
	for _, name := range []struct{ field, name string }{{"moniker", string(d.Moniker)}, {"plan", string(d.Plan)}} {
		if !text.IsLabel(name.name) {
			c.add(d.path+"."+name.field, text.Quote(name.name), text.LabelWanted)
		}
	}
	for _, bound := range []struct {
		field string
		at    time.Time
	}{{"from", d.From}, {"until", d.Until}} {
		if !bound.at.IsZero() && !instant.InRange(bound.at) {
			c.add(d.path+"."+bound.field, text.Quote(text.DayOrInstant(bound.at)), instantWanted)
			d.unknown = d.unknown || bound.field == "from"
		}
	}
	if !d.Until.IsZero() && !d.From.Before(d.Until) {
		c.add(d.path+".until", text.Quote(text.DayOrInstant(d.Until)), "an instant after from, "+text.DayOrInstant(d.From))
	}
	if !d.unknown {
		c.alone(d)
	}
	c.courses(d)
	taken := map[Metric]*seen{}
	check := func(path string, metric *Metric, severities []Severity, categories []region.Category) (cases, bool) {
		if *metric == "" {
			*metric = FirstResponse
		}
		return c.cases(d, taken, path, *metric, severities, categories)
	}
	for i := range d.Terms {
		t, path := &d.Terms[i], d.terms[i]
		check(path, &t.Metric, t.Severities, t.Categories)
		c.term(t, path)
	}
	for i := range d.None {
		e, path := &d.None[i], d.none[i]
		k, ok := check(path, &e.Metric, e.Severities, e.Categories)
		c.exclusion(d, e, path, k, ok)
	}
}

// alone checks that a policy is the only one of its plan and From, and its plan the
// only default.
func (c *checker) alone(d *draft) {
	if c.byVersion == nil {
		c.byVersion, c.defaults = map[version]*draft{}, map[region.Moniker]*draft{}
	}
	v := version{planKey{d.Moniker, d.Plan}, math.MinInt64}
	if !d.From.IsZero() {
		v.from = d.From.UnixNano()
	}
	if other := c.byVersion[v]; other != nil {
		c.add(d.path, fmt.Sprintf("%s, plan %s, from %s", text.Quote(string(d.Moniker)), text.Quote(string(d.Plan)), text.DayOrInstant(d.From)), "another moniker, plan or from, as "+other.path+" has these")
	} else {
		c.byVersion[v] = d
	}
	if !d.Default {
		return
	}
	switch other := c.defaults[d.Moniker]; {
	case other == nil:
		c.defaults[d.Moniker] = d
	case other.Plan != d.Plan:
		c.add(d.path+".default", "true", fmt.Sprintf("one default plan of %s, which is %s (%s)", text.Quote(string(d.Moniker)), text.Quote(string(other.Plan)), other.path))
	}
}

// cases returns the cases that a term or an exclusion names, and checks that they exist
// and that no other has them.
func (c *checker) cases(d *draft, taken map[Metric]*seen, path string, metric Metric, severities []Severity, categories []region.Category) (k cases, ok bool) {
	before := len(c.list)
	if !text.IsName(string(metric)) {
		c.add(path+".metric", text.Quote(string(metric)), text.NameWanted)
	}
	for _, name := range severities {
		if _, known := d.scale.severity(name); !known {
			c.add(path+".severities", text.Quote(string(name)), wanted(d.scale.unknownSeverity(string(name), d.name())))
		}
	}
	for _, name := range categories {
		if _, known := d.scale.category(name); !known || name == "" {
			c.add(path+".categories", text.Quote(string(name)), wanted(d.scale.unknownCategory(string(name), d.name())))
		}
	}
	if len(c.list) > before {
		return k, false
	}
	k = d.scale.casesOf(severities, categories)
	if k.severities == 0 || k.categories == 0 {
		c.add(path, "no severity or no category", "at least one of each, or none to name all")
		return k, false
	}
	if taken[metric] == nil {
		taken[metric] = new(seen)
	}
	if severity, category, twice := taken[metric].add(k); twice {
		c.add(path, fmt.Sprintf("%s, severity %s, %s", text.Shorten(string(d.scale.categories[category])), text.Shorten(string(d.scale.severities[severity])), text.Shorten(string(metric))),
			"a case without a term: "+d.first(metric, severity, category)+" has this one")
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
func (c *checker) term(t *Term, path string) {
	if t.Target.IsZero() {
		c.add(path+".target", "missing", targetForms)
	}
	missing := func(hours *calendar.Calendar) bool { // nil, or not made by package calendar
		if c.made[hours] {
			return false
		}
		_, err := hours.NextOpen(time.Time{})
		c.made[hours] = err != calendar.ErrNoCalendar
		return !c.made[hours]
	}
	if missing(t.Calendar) && (t.Calendar != nil || len(t.Countries) == 0) {
		c.add(path+".calendar", "missing", "a calendar")
	}
	for _, country := range sortedKeys(t.Countries) {
		if err := isCountry(country); err != nil {
			c.add(jsontree.Join(path+".calendar", country), text.Quote(country), wanted(err))
		} else if missing(t.Countries[country]) {
			c.add(jsontree.Join(path+".calendar", country), "missing", "a calendar")
		}
	}
	if len(t.Countries) == 0 {
		t.Countries = nil
	}
	t.Basis = cmp.Or(t.Basis, BasisCustom)
	if err := t.Basis.check(); err != nil {
		c.add(path+".basis", text.Quote(string(t.Basis)), wanted(err))
	}
	if err := checkThresholds(t.Thresholds); err != nil {
		c.add(path+".alarms", fmt.Sprint(t.Thresholds), wanted(err))
	}
}

// exclusion checks what else there is to an exclusion of some cases, if those are good.
func (c *checker) exclusion(d *draft, e *Exclusion, path string, k cases, ok bool) {
	highest, known := d.scale.severity(e.HighestOffered)
	switch {
	case e.Err != ErrNoCommitment && e.Err != ErrNotOffered:
		c.add(path+".none", text.Quote(fmt.Sprint(e.Err)), "no-commitment or not-offered")
	case e.Err == ErrNoCommitment && e.HighestOffered != "":
		c.add(path+".highest_offered", text.Quote(string(e.HighestOffered)), `it only with "not-offered"`)
	case e.Err == ErrNoCommitment || !ok:
	case k.leastSevere() == len(d.scale.severities)-1:
		c.add(path+".none", `"not-offered"`, "no-commitment for severity "+text.Quote(string(d.scale.severities[k.leastSevere()]))+", as no lower one can be the highest")
	case e.HighestOffered == "":
		c.add(path+".highest_offered", "missing", "the highest severity that is offered")
	case !known || highest <= k.leastSevere():
		c.add(path+".highest_offered", text.Quote(string(e.HighestOffered)), "a lower severity than "+text.Quote(string(d.scale.severities[k.leastSevere()]))+", which is the highest offered")
	}
	switch {
	case e.Reason == "":
		c.add(path+".reason", "missing", "the reason in words")
	case !text.IsLine(e.Reason):
		c.add(path+".reason", text.Quote(e.Reason), text.LineWanted)
	}
}
