package sla

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla/internal/instant"
	"github.com/duetime/duetime/sla/internal/jsontree"
	"github.com/duetime/duetime/sla/internal/text"
)

// ParseCatalog reads a catalog from JSON, as [Catalog.MarshalJSON] writes it. The
// text looks like this; catalog.schema.json beside this file describes all of it,
// and the published terms are such a text, published.json:
//
//	{
//	  "version": "2026-01",
//	  "severities": ["P1", {"name": "P2", "also": ["high", "sev 2"]}, "P3", "P4"],
//	  "categories": ["incident", "request"],
//	  "statuses": ["open", "pending", "solved"],
//	  "happenings": ["reply"],
//	  "courses": {
//	    "first-response": {"stop": ["reply", "solved"]},
//	    "resolution": {"stop": ["solved"], "pause": ["pending"], "reopening": "continue"}
//	  },
//	  "calendars": {
//	    "Berlin":  {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00", "holidays": ["DE-BE"],
//	      "days": [{"date": "2026-12-29", "name": "inventory"}, {"date": "2026-12-24", "hours": "09:00-12:00"}], "years": {"last": 2026}},
//	    "Chicago": {"zone": "America/Chicago", "hours": "Mo-Fr 08:00-12:00,13:00-17:00",
//	      "holidays": [{"code": "US", "without": ["Columbus Day", "Veterans Day"]}]},
//	    "both":    {"union": ["Berlin", "Chicago"]}
//	  },
//	  "policies": [
//	    {"moniker": "acme", "plan": "gold", "default": true, "from": "2026-01-01",
//	      "terms": [
//	        {"severities": ["P1"], "target": "1h", "calendar": "24/7", "alarms": ["50%", "breach"]},
//	        {"severities": ["P2", "P3"], "target": "4h", "calendar": {"US": "Chicago", "DE": "Berlin", "": "both"}},
//	        {"metric": "resolution", "target": "3bd", "calendar": "Berlin", "source": "contract 7, section 2"},
//	        {"categories": ["request"], "severities": ["P4"], "none": "no-commitment", "reason": "as time permits"}
//	      ]}
//	  ]
//	}
//
// Severities and categories are the scale of all policies that have none of their own:
// the most severe severity and the default category first. Without them a scale is A,
// B, C and technical, billing, pre-sales, or that of the published terms with its
// synonyms in a catalog that extends them.
//
// A term is for all categories and severities that it names, or for all on the
// scale; its metric is first-response if it names none. Instead of a target and a
// calendar it can give the reason for having none. A term's calendar is a name, a calendar
// written out, or calendars by country, "" for all others. 24/7 is a calendar of every
// catalog. From and until are instants as RFC 3339 has them, or dates, which stand for
// midnight UTC.
//
// The days of a calendar are its own dates. They beat holidays and the rules for them
// ([calendar.OwnDays]). A day is closed, unless it has "hours": times, or a closed part such as
// "18:00-24:00 off". A day with "workday" is worked for a holiday elsewhere. Hours that change are a list, each
// until a date, the last without one ([calendar.Until]):
//
//	"hours": [{"until": "2026-07-01", "hours": "Mo-Fr 08:00-16:00"}, {"hours": "Mo-Fr 09:00-17:00"}]
//
// The years of a calendar say for which years
// its days are complete: due times that count on other years are provisional. With "gaps",
// all of them are. A set of holidays can leave out days by name, or the days of another set:
// {"code": "DE"}. It can replace the library's days of some years:
//
//	{"code": "CN", "years": {"first": 2027, "last": 2027}, "days": [{"date": "2027-01-01", "name": "元旦"}]}
//
// A code that the library does not have, with years and days, makes a set of your own.
//
// A calendar made of others is a union, an intersection, or a calendar without the hours of
// others, such as those of maintenance:
//
//	{"calendar": "Berlin", "without": [{"zone": "UTC", "hours": "We 07:00-08:30"}]}
//
// Statuses and happenings are the words by which a backend tells what happens to a ticket.
// A course says which of them start, stop, reset and pause the clock of a metric, and what a
// reopening and a change do to it: see [Course]. That of "" is for all other metrics. What a
// policy does not say of words and of courses is as the catalog says.
//
// A catalog that extends the published terms ("extends": "published 2020-05-27") has them
// as well, and their calendars by name; its own policy for a moniker and plan of theirs
// replaces theirs.
//
// The error is a *[CatalogError] that has all faults of the text, each with its path and
// place: invalid JSON, unknown and duplicate fields, unknown names of calendars, zones and
// holidays, and all that [NewCatalog] finds. It has no more than 200, nor more after 16
// calendars that never open. The time to read a text is linear in its length, but for the
// holidays of each country, which take some ms once in a program.
func ParseCatalog(b []byte) (*Catalog, error) { return parseCatalog(b, published) }

// UnmarshalJSON reads what [ParseCatalog] reads, with the same errors, into a Catalog
// that is empty: one that has something never changes.
func (c *Catalog) UnmarshalJSON(b []byte) error {
	if c == nil {
		return errors.New("sla: catalog: want a Catalog to read into, not nil")
	}
	if c.version != "" || c.policies != nil || c.err != nil {
		return fmt.Errorf("sla: catalog %s: want an empty Catalog to read into, as one never changes", text.Quote(c.version))
	}
	read, err := ParseCatalog(b)
	if err == nil {
		*c = *read
	}
	return err
}

// parseCatalog reads a catalog that may extend that of a function. Published's own
// text extends none.
func parseCatalog(b []byte, published func() *Catalog) (*Catalog, error) {
	whole := string(b)
	root, err := jsontree.Parse(whole)
	if bad, ok := errors.AsType[*jsontree.Error](err); ok {
		return nil, &CatalogError{[]Fault{{Line: bad.Line, Column: bad.Column, Text: bad.Text, Want: bad.Want}}}
	}
	r := reader{faults: &faults{root: root, lines: jsontree.LinesOf(whole)}, text: whole, catalog: new(Catalog), published: published}
	if err := r.document(root); err != nil {
		return nil, err
	}
	check(r.drafts, &r.shared, r.faults)
	if err := r.err(); err != nil {
		return nil, err
	}
	return assemble(r.catalog, r.drafts), nil
}

// reader reads the document of a catalog: what its calendars and policies are, and the
// faults of their fields.
type reader struct {
	*faults
	text    string
	catalog *Catalog // with all but its policies
	drafts  []*draft // these
	shared  draft    // the words and courses that the catalog says for them
	desks   *calendarReader

	published func() *Catalog
}

const (
	textWanted     = "a text, which is not empty"
	versionWanted  = `a text that tells this catalog from others, such as "2026-01"`
	policiesWanted = "a list of policies"
	termsWanted    = "a list of terms"
)

func (r *reader) document(n *jsontree.Node) error {
	o, ok := r.object(n, "a catalog", "$schema", "version", "extends", "severities", "categories", "statuses", "happenings", "courses", "calendars", "policies")
	if !ok {
		return nil
	}
	r.catalog.schema = o.text("$schema", "the address of a schema")
	r.catalog.version = o.label("version", versionWanted)
	if o.get("version") == nil {
		o.missing("version", versionWanted)
	}
	usual := usualScale()
	if n := o.get("extends"); n != nil {
		base := r.published()
		if base.err != nil {
			return base.err
		}
		r.catalog.base = base
		switch {
		case n.Kind != 's' || n.Text != base.version:
			r.at(n, n.String(), text.Quote(base.version))
		case r.catalog.version == base.version:
			r.at(o.get("version"), text.Quote(base.version), "another version than that of the published terms")
		}
		if len(base.policies) > 0 {
			usual = base.policies[0].scale
		}
	}
	own := shared{scale: r.scale(o, usual)}
	r.words(o, &own)
	r.shared.Statuses, r.shared.Happenings, r.shared.Courses = own.statuses, own.happenings, own.courses
	r.desks = r.calendars(o.get("calendars"))
	if o.get("policies") == nil {
		if r.catalog.base == nil {
			o.missing("policies", policiesWanted)
		}
		return nil
	}
	for _, p := range o.list("policies", policiesWanted) {
		if !r.full() {
			r.policy(p, own)
		}
	}
	return nil
}

// shared is what a policy takes from its catalog if it does not say its own.
type shared struct {
	scale                *scale
	statuses, happenings []string
	courses              []Course
	coursesAt            string // what precedes "courses" in their path
	badWords             bool   // statuses and happenings have faults
}

// words reads the words and the courses that a catalog or a policy has.
func (r *reader) words(o object, own *shared) {
	path := ""
	if p := o.n.Path(); p != "" {
		path = p + "."
	}
	if o.get("statuses") != nil || o.get("happenings") != nil {
		before := len(r.list)
		own.statuses = o.texts("statuses", `a list of statuses, such as ["open", "pending", "solved"]`)
		own.happenings = o.texts("happenings", `a list of happenings, such as ["agent-reply"]`)
		own.badWords = checkWords(r.faults, path, own.statuses, own.happenings) || len(r.list) > before
	}
	if n := o.get("courses"); n != nil {
		own.courses, own.coursesAt = r.courses(n), path
	}
}

// texts returns a field that is a list of strings.
func (o object) texts(name, want string) (list []string) {
	items := o.list(name, want)
	list = slices.Grow(list, len(items))
	for _, n := range items {
		if n.Kind != 's' {
			o.r.at(n, n.String(), "a string")
			continue
		}
		list = append(list, n.Text)
	}
	return list
}

// scale returns the scale that a catalog or a policy declares, with what it does not
// declare from another.
func (r *reader) scale(o object, usual *scale) *scale {
	if o.get("severities") == nil && o.get("categories") == nil {
		return usual
	}
	s := *usual
	before := len(r.list)
	if o.get("severities") != nil {
		s.severities, s.severitySynonyms, s.severityNames = scaleNames[Severity](o, "severities", maxSeverities, `a list of severities, the most severe first, such as ["P1", "P2"]`)
	}
	if o.get("categories") != nil {
		s.categories, s.categorySynonyms, s.categoryNames = scaleNames[region.Category](o, "categories", maxCategories, `a list of categories, the default first, such as ["incident", "request"]`)
	}
	s.bad = s.bad || len(r.list) > before
	return &s
}

// scaleNames reads the names on a scale, each with its synonyms.
func scaleNames[T ~string](o object, field string, most int, want string) (names []T, synonyms map[string]T, at map[string]int) {
	nodes := map[string]*jsontree.Node{} // the first of each name and synonym
	items := o.list(field, want)
	if found, want, many := tooMany(len(items), most); many {
		o.r.at(o.get(field), found, want)
		items = items[:most]
	}
	note := func(n *jsontree.Node) string {
		if n.Kind != 's' {
			o.r.at(n, n.String(), fmt.Sprintf("a name, such as %q", "P1"))
			return ""
		}
		if nodes[n.Text] == nil {
			nodes[n.Text] = n
		}
		return n.Text
	}
	synonyms = map[string]T{}
	before := len(o.r.list)
	for _, item := range items {
		if item.Kind != '{' {
			if name := note(item); name != "" || item.Kind == 's' {
				names = append(names, T(name))
			}
			continue
		}
		level, _ := o.r.object(item, "a name with synonyms", "name", "also")
		n := level.get("name")
		if n == nil {
			level.missing("name", text.SomeName)
			continue
		}
		name := T(note(n))
		names = append(names, name)
		synonymsOf := level.list("also", `a list of synonyms, such as "high"`)
		if found, want, many := tooMany(len(synonymsOf), maxSynonyms); many {
			o.r.at(level.get("also"), found, want)
			continue
		}
		for _, also := range synonymsOf {
			synonym := note(also)
			if other, taken := synonyms[synonym]; taken && other != name {
				o.r.at(also, also.String(), fmt.Sprintf("a name that %s does not have", text.Quote(string(other))))
			} else if also.Kind == 's' {
				synonyms[synonym] = name
			}
		}
	}
	if len(o.r.list) > before {
		return names, nil, map[string]int{}
	}
	at = namesOf(names, synonyms, func(bad, want string) {
		n := nodes[bad]
		for _, item := range items { // of a name that is there twice, the second
			if item.Kind == 's' && item.Text == bad {
				n = item
			}
		}
		o.r.at(n, text.Quote(bad), want)
	})
	return names, synonyms, at
}

const (
	dateWanted    = "a date from 1900-01-01 to 2199-12-31"
	instantWanted = `a date, or an instant such as "2026-01-01T00:00:00+01:00", from 1900 to 2199`
)

func (r *reader) policy(n *jsontree.Node, own shared) {
	o, ok := r.object(n, "a policy", "moniker", "plan", "default", "from", "until", "severities", "categories", "statuses", "happenings", "courses", "terms")
	if !ok {
		return
	}
	own.scale = r.scale(o, own.scale)
	r.words(o, &own)
	d := &draft{path: n.Path(), scale: own.scale, coursesAt: own.coursesAt, badWords: own.badWords}
	d.Statuses, d.Happenings, d.Courses = own.statuses, own.happenings, own.courses
	d.Severities, d.Categories = d.scale.severities, d.scale.categories
	d.SeveritySynonyms, d.CategorySynonyms = d.scale.severitySynonyms, d.scale.categorySynonyms
	before := len(r.list)
	d.Moniker = region.Moniker(o.need("moniker", `a name, such as "o365-germany"`))
	d.Plan = Plan(o.text("plan", text.SomeName))
	d.From = o.instant("from")
	d.unknown = len(r.list) > before
	d.Until = o.instant("until")
	d.Default = o.truth("default")
	if o.get("terms") == nil {
		o.missing("terms", termsWanted)
	}
	items := o.list("terms", termsWanted)
	d.Terms, d.terms = slices.Grow(d.Terms, len(items)), slices.Grow(d.terms, len(items))
	for _, item := range items {
		if !r.full() {
			r.promise(d, item)
		}
	}
	r.drafts = append(r.drafts, d)
}

// courses reads the courses of a policy by metric.
func (r *reader) courses(n *jsontree.Node) []Course {
	if n.Kind != '{' || len(n.Nodes) == 0 {
		r.at(n, n.String(), `an object: by metric, such as {"first-response": {"stop": ["reply", "solved"]}, "resolution": {"stop": ["solved"], "pause": ["pending"]}}`)
		return nil
	}
	var list []Course
	seen := map[string]bool{}
	for _, f := range n.Nodes {
		if seen[f.Name] {
			r.second(f)
			continue
		}
		seen[f.Name] = true
		o, _ := r.object(f, "the course of a metric", "start", "stop", "reset", "pause", "reopening", "change")
		list = append(list, Course{
			Metric: Metric(f.Name),
			Start:  o.wordsOf("start"), Stop: o.wordsOf("stop"), Reset: o.wordsOf("reset"), Pause: o.wordsOf("pause"),
			Reopening: ReopenMode(o.oneOf("reopening", func(name string) error { return ReopenMode(name).check() })),
			Change:    ChangeMode(o.oneOf("change", func(name string) error { return ChangeMode(name).check() })),
		})
	}
	return list
}

// wordsOf returns a field that is a list of words, which can be empty, and nil where it is
// missing.
func (o object) wordsOf(name string) []string {
	n := o.get(name)
	if n == nil {
		return nil
	}
	if n.Kind == '[' && len(n.Nodes) == 0 {
		return []string{}
	}
	list := o.texts(name, `a list of words, such as ["solved"], or [] for none`)
	if list == nil {
		list = []string{}
	}
	return list
}

// oneOf returns a field that is one of some names, and "" if it is missing or another.
func (o object) oneOf(field string, check func(string) error) string {
	n := o.get(field)
	if n == nil {
		return ""
	}
	if err := check(n.Text); err != nil || n.Kind != 's' {
		o.r.at(n, n.String(), wanted(check("?")))
		return ""
	}
	return n.Text
}

// instant returns a field that is a date or an instant.
func (o object) instant(name string) time.Time {
	n := o.get(name)
	if n == nil {
		return time.Time{}
	}
	var at instant.Stamp
	if n.Kind == 's' {
		if d, err := calendar.ParseDate(n.Text); err == nil {
			at.Time = time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
		} else if at.UnmarshalText([]byte(n.Text)) != nil {
			at = instant.Stamp{}
		}
	}
	if !instant.InRange(at.Time) {
		o.r.at(n, n.String(), instantWanted)
		return time.Time{}
	}
	return at.Time
}

// The fields of a term, and the fields of an exclusion.
var (
	termFields      = []string{"target", "calendar", "alarms", "follow_up", "duties", "basis"}
	exclusionFields = []string{"highest_offered", "reason"}
	promiseFields   = []string{"metric", "categories", "severities", "source", "none", "target", "calendar", "alarms", "follow_up", "duties", "basis", "highest_offered", "reason"}
)

// promise reads a term or an exclusion.
func (r *reader) promise(d *draft, n *jsontree.Node) {
	o, ok := r.object(n, "a term", promiseFields...)
	if !ok {
		return
	}
	// An object with a reason, but no target and no calendar, is an exclusion whose "none" is missing.
	isExclusion := o.get("none") != nil || o.get("reason") != nil && o.get("target") == nil && o.get("calendar") == nil
	others, why := exclusionFields, `it only with "none"`
	if isExclusion {
		others, why = termFields, `it only without "none"`
	}
	for _, name := range others {
		if f := o.get(name); f != nil {
			r.at(f, "a field too many", why)
		}
	}
	before := len(r.list)
	metric := FirstResponse
	if f := o.get("metric"); f != nil {
		if metric = Metric(f.Text); f.Kind != 's' || !text.IsName(f.Text) {
			r.at(f, f.String(), `a name, such as "resolution"`)
		}
	}
	isSeverity := func(name Severity) error {
		if _, ok := d.scale.severity(name); ok || d.scale.bad {
			return nil
		}
		if i, ok := d.scale.severityNames[fold(string(name))]; ok {
			return fmt.Errorf(": want %s", text.Quote(string(d.scale.severities[i])))
		}
		return d.scale.unknownSeverity(string(name), d.name())
	}
	severities := readNames(o, "severities", "a list of severities", isSeverity)
	categories := readNames(o, "categories", "a list of categories", func(name region.Category) error {
		if _, ok := d.scale.category(name); ok && name != "" || d.scale.bad {
			return nil
		}
		if i, ok := d.scale.categoryNames[fold(string(name))]; ok {
			return fmt.Errorf(": want %s", text.Quote(string(d.scale.categories[i])))
		}
		return d.scale.unknownCategory(string(name), d.name())
	})
	source := o.text("source", textWanted)
	if isExclusion {
		e := Exclusion{
			Metric: metric, Severities: severities, Categories: categories, Source: source,
			Reason: o.need("reason", "the reason in words"), HighestOffered: severityOf(o, "highest_offered", isSeverity),
		}
		switch none := o.need("none", "no-commitment or not-offered"); none {
		case "no-commitment":
			e.Err = ErrNoCommitment
		case "not-offered":
			e.Err = ErrNotOffered
		case "":
		default:
			r.at(o.get("none"), o.get("none").String(), "no-commitment or not-offered")
		}
		if len(r.list) == before && !d.scale.bad {
			d.None, d.none = append(d.None, e), append(d.none, n.Path())
		}
		return
	}
	t := Term{
		Metric: metric, Severities: severities, Categories: categories, Source: source,
		FollowUp: o.text("follow_up", textWanted), Duties: o.text("duties", textWanted),
	}
	if o.get("target") == nil {
		o.missing("target", targetForms+`, or "none" and "reason"`)
	}
	if f := o.get("target"); f != nil {
		read(r, f, &t.Target, ParseTarget)
	}
	if f := o.get("calendar"); f != nil {
		t.Calendar, t.Countries = r.desks.ofTerm(f)
	} else {
		o.missing("calendar", "the name of a calendar")
	}
	t.Basis = Basis(o.oneOf("basis", func(name string) error { return Basis(name).check() }))
	t.Thresholds = o.thresholds()
	// A calendar with faults is nil, and they have been reported.
	if len(r.list) == before && !d.scale.bad && (t.Calendar != nil || t.Countries != nil) {
		d.Terms, d.terms = append(d.Terms, t), append(d.terms, n.Path())
	}
}

// severityOf reads a field that is a severity.
func severityOf(o object, field string, check func(Severity) error) Severity {
	n := o.get(field)
	if n == nil {
		return ""
	}
	name := Severity(n.Text)
	if err := check(name); n.Kind != 's' {
		o.r.at(n, n.String(), wantedName(check))
	} else if err != nil {
		o.r.at(n, n.String(), wanted(err))
	}
	return name
}

// readNames reads a field that is a list of names, each of them once, and nil where it
// is missing.
func readNames[T ~string](o object, field, want string, check func(T) error) []T {
	var names []T
	seen := map[T]bool{}
	for _, item := range o.list(field, want) {
		if o.r.full() {
			break
		}
		name := T(item.Text)
		err := check(name)
		switch {
		case item.Kind != 's':
			o.r.at(item, item.String(), wantedName(check))
		case err != nil:
			o.r.at(item, item.String(), wanted(err))
		case seen[name]:
			o.r.at(item, item.String(), "the name once")
		default:
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}

// thresholds reads the alarms of a term.
func (o object) thresholds() []Threshold {
	items := o.list("alarms", `a list of thresholds, such as "50%"`)
	if len(items) > maxThresholds {
		o.r.at(o.get("alarms"), fmt.Sprintf("a list of %d", len(items)), fmt.Sprintf("%d at the most", maxThresholds))
		return nil
	}
	list := make([]Threshold, 0, len(items))
	for _, item := range items {
		n := len(list)
		list = append(list, Threshold{})
		if ok := read(o.r, item, &list[n], ParseThreshold); !ok || slices.Contains(list[:n], list[n]) { // 60m is 1h
			if ok {
				o.r.at(item, item.String(), "the threshold once")
			}
			list = list[:n]
		}
	}
	if len(list) == 0 {
		return nil
	}
	return list
}

// object is a node whose fields are asked for by name.
type object struct {
	r *reader
	n *jsontree.Node
}

// object returns a node, and whether it is an object at all. It reports fields with other
// names than some, and those that are there again.
func (r *reader) object(n *jsontree.Node, what string, names ...string) (object, bool) {
	if n.Kind != '{' {
		r.at(n, n.String(), "an object: "+what)
		return object{r, n}, false
	}
	var seen uint32 // which of the names
	for _, f := range n.Nodes {
		switch i := slices.Index(names, f.Name); {
		case i < 0:
			r.at(f, "unknown field", "one of "+strings.Join(names, ", "))
		case seen>>i&1 != 0:
			r.second(f)
		default:
			seen |= 1 << i
		}
	}
	return object{r, n}, true
}

// get returns the first field of a name, or nil.
func (o object) get(name string) *jsontree.Node {
	if o.n == nil {
		return nil
	}
	for _, f := range o.n.Nodes {
		if f.Name == name {
			return f
		}
	}
	return nil
}

func (o object) has(name string) bool { return o.get(name) != nil }

// text returns a field that is a string and not empty, and where it is missing "".
func (o object) text(name, want string) string {
	n := o.get(name)
	if n == nil {
		return ""
	}
	if n.Kind != 's' || n.Text == "" {
		o.r.at(n, n.String(), want)
		return ""
	}
	return n.Text
}

// label is text for a field that names something.
func (o object) label(name, want string) string {
	label := o.text(name, want)
	if !text.IsLabel(label) {
		o.r.at(o.get(name), text.Quote(label), text.LabelWanted)
	}
	return label
}

// need is text for a field that has to be there.
func (o object) need(name, want string) string {
	if o.get(name) == nil {
		o.missing(name, want)
	}
	return o.text(name, want)
}

func (o object) missing(name, want string) { o.r.missing(o.n, name, want) }

// truth returns a field that is true or false.
func (o object) truth(name string) bool {
	n := o.get(name)
	if n != nil && n.Kind != 'b' {
		o.r.at(n, n.String(), "true or false")
	}
	return n != nil && n.Text == "true"
}

// list returns the items of a field that is a list; it has at least one.
func (o object) list(name, want string) []*jsontree.Node {
	n := o.get(name)
	if n == nil {
		return nil
	}
	if n.Kind != '[' || len(n.Nodes) == 0 {
		o.r.at(n, n.String(), want)
		return nil
	}
	return n.Nodes
}

// whole returns a field that is a whole number from least to most. A missing field has
// the value missing.
func (o object) whole(name string, least, most, missing int) int {
	n := o.get(name)
	if n == nil {
		return missing
	}
	number, err := strconv.ParseFloat(n.Text, 64) // 2026.0 is a whole number to JSON
	if n.Kind != 'n' || err != nil || number != math.Trunc(number) || number < float64(least) || number > float64(most) {
		o.r.at(n, n.String(), fmt.Sprintf("a year from %d to %d", least, most))
		return missing
	}
	return int(number)
}

// read sets v to what a node says, and reports whether it is good.
func read[T any](r *reader, n *jsontree.Node, v *T, parse func(string) (T, error)) bool {
	said := n.Text
	if n.Kind != 's' || said == "" {
		said = "?"
	}
	got, err := parse(said)
	if err != nil {
		r.at(n, n.String(), wanted(err))
		return false
	}
	*v = got
	return true
}

// wantedName returns which names there are, as a check says it of none.
func wantedName[T ~string](check func(T) error) string {
	if err := check(""); err != nil {
		return wanted(err)
	}
	return text.SomeName
}
