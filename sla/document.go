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
)

// ParseCatalog reads a catalog from JSON, as [Catalog.MarshalJSON] writes it. The
// text looks like this; catalog.schema.json beside this file describes all of it,
// and the published terms are such a text, published.json:
//
//	{
//	  "version": "2026-01",
//	  "severities": ["P1", {"name": "P2", "also": ["high", "sev 2"]}, "P3", "P4"],
//	  "categories": ["incident", "request"],
//	  "calendars": {
//	    "Berlin":  {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00", "holidays": ["DE-BE"],
//	      "days": [{"date": "2026-12-24", "name": "closed"}, {"date": "2026-12-19", "workday": true}], "years": {"last": 2026}},
//	    "Chicago": {"zone": "America/Chicago", "hours": "Mo-Fr 08:00-12:00,13:00-17:00",
//	      "holidays": [{"code": "US", "without": ["Columbus Day", "Veterans Day"]}]},
//	    "both":    {"union": ["Berlin", "Chicago"]}
//	  },
//	  "policies": [
//	    {"moniker": "acme", "plan": "gold", "default": true, "from": "2026-01-01", "reopening": "new-cycle",
//	      "clocks": {"resolution": {"reopening": "continue"}},
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
// A calendar's days are all that it closes on besides the holidays, in the years that it
// names if it names any; due times that count on others are provisional. A set of
// holidays can leave out days by name, or those of another set: {"code": "DE"}.
//
// A catalog that extends the published terms ("extends": "published 2020-05-27") has them
// as well, and their calendars by name; its own policy for a moniker and plan of theirs
// replaces theirs.
//
// The error is a [CatalogError] that has all faults of the text, each with its path and
// place: invalid JSON, unknown and duplicate fields, unknown names of calendars, zones and
// holidays, and all that [NewCatalog] finds. It has no more than 200, nor more after 16
// calendars that never open. The time to read a text is linear in its length, but for the
// holidays of each country, which take some ms once in a program.
func ParseCatalog(text []byte) (*Catalog, error) { return parseCatalog(text, published) }

// UnmarshalJSON reads what [ParseCatalog] reads, with the same errors, into a Catalog
// that is empty: one that has something never changes.
func (c *Catalog) UnmarshalJSON(text []byte) error {
	if c == nil {
		return errors.New("sla: catalog: want a Catalog to read into, not nil")
	}
	if c.version != "" || c.policies != nil || c.err != nil {
		return fmt.Errorf("sla: catalog %s: want an empty Catalog to read into, as one never changes", quote(c.version))
	}
	read, err := ParseCatalog(text)
	if err == nil {
		*c = *read
	}
	return err
}

// parseCatalog reads a catalog that may extend that of a function. Published's own
// text extends none.
func parseCatalog(text []byte, published func() *Catalog) (*Catalog, error) {
	root, notJSON := parseTree(text)
	if notJSON != nil {
		return nil, &CatalogError{[]Fault{*notJSON}}
	}
	b := &builder{catalog: new(Catalog), root: root, lines: linesOf(string(text))}
	if err := b.document(root, published); err != nil {
		return nil, err
	}
	b.sortFaults()
	return b.build()
}

const (
	textWanted     = "a text, which is not empty"
	versionWanted  = `a text that tells this catalog from others, such as "2026-01"`
	policiesWanted = "a list of policies"
	termsWanted    = "a list of terms"
)

func (b *builder) document(n *node, published func() *Catalog) error {
	o, ok := b.object(n, "a catalog", "$schema", "version", "extends", "severities", "categories", "calendars", "policies")
	if !ok {
		return nil
	}
	b.catalog.schema = o.text("$schema", "the address of a schema")
	b.catalog.version = o.label("version", versionWanted)
	if o.of["version"] == nil {
		o.missing("version", versionWanted)
	}
	usual := usualScale()
	if n := o.of["extends"]; n != nil {
		base := published()
		if base.err != nil {
			return base.err
		}
		b.catalog.base = base
		switch {
		case n.kind != 's' || n.text != base.version:
			b.wrong(n, n.String(), quote(base.version))
		case b.catalog.version == base.version:
			b.wrong(o.of["version"], quote(base.version), "another version than that of the published terms")
		}
		if len(base.policies) > 0 {
			usual = base.policies[0].scale
		}
	}
	own := b.scale(o, usual)
	calendars := b.calendars(o.of["calendars"])
	if o.of["policies"] == nil {
		if b.catalog.base == nil {
			o.missing("policies", policiesWanted)
		}
		return nil
	}
	for _, p := range o.list("policies", policiesWanted) {
		if !b.tooMany() {
			b.policy(p, own, calendars)
		}
	}
	return nil
}

// scale returns the scale that a catalog or a policy declares, with what it does not
// declare from another.
func (b *builder) scale(o object, usual *scale) *scale {
	if o.of["severities"] == nil && o.of["categories"] == nil {
		return usual
	}
	s := *usual
	faults := len(b.faults)
	if o.of["severities"] != nil {
		s.severities, s.severitySynonyms, s.severityNames = scaleNames[Severity](o, "severities", maxSeverities, `a list of severities, the most severe first, such as ["P1", "P2"]`)
	}
	if o.of["categories"] != nil {
		s.categories, s.categorySynonyms, s.categoryNames = scaleNames[region.Category](o, "categories", maxCategories, `a list of categories, the default first, such as ["incident", "request"]`)
	}
	s.bad = s.bad || len(b.faults) > faults
	return &s
}

// scaleNames reads the names on a scale, each with its synonyms.
func scaleNames[T ~string](o object, field string, most int, want string) (names []T, synonyms map[string]T, at map[string]int) {
	nodes := map[string]*node{} // the first of each name and synonym
	items := o.list(field, want)
	if text, want, many := tooMany(len(items), most); many {
		o.b.wrong(o.of[field], text, want)
		items = items[:most]
	}
	note := func(n *node) string {
		if n.kind != 's' {
			o.b.wrong(n, n.String(), fmt.Sprintf("a name, such as %q", "P1"))
			return ""
		}
		if nodes[n.text] == nil {
			nodes[n.text] = n
		}
		return n.text
	}
	synonyms = map[string]T{}
	faults := len(o.b.faults)
	for _, item := range items {
		if item.kind != '{' {
			if name := note(item); name != "" || item.kind == 's' {
				names = append(names, T(name))
			}
			continue
		}
		level, _ := o.b.object(item, "a name with synonyms", "name", "also")
		n := level.of["name"]
		if n == nil {
			level.missing("name", someName)
			continue
		}
		name := T(note(n))
		names = append(names, name)
		synonymsOf := level.list("also", `a list of synonyms, such as "high"`)
		if text, want, many := tooMany(len(synonymsOf), maxSynonyms); many {
			o.b.wrong(level.of["also"], text, want)
			continue
		}
		for _, also := range synonymsOf {
			text := note(also)
			if other, taken := synonyms[text]; taken && other != name {
				o.b.wrong(also, also.String(), fmt.Sprintf("a name that is not one of %s too", quote(string(other))))
			} else if also.kind == 's' {
				synonyms[text] = name
			}
		}
	}
	if len(o.b.faults) > faults {
		return names, nil, map[string]int{}
	}
	at = namesOf(names, synonyms, func(text, want string) {
		n := nodes[text]
		for _, item := range items { // of a name that is there twice, the second
			if item.kind == 's' && item.text == text {
				n = item
			}
		}
		o.b.wrong(n, quote(text), want)
	})
	return names, synonyms, at
}

const (
	dateWanted    = "a date from 1900-01-01 to 2199-12-31"
	instantWanted = `a date, or an instant such as "2026-01-01T00:00:00+01:00", from 1900 to 2199`
)

func (b *builder) policy(n *node, own *scale, calendars *calendarReader) {
	o, ok := b.object(n, "a policy", "moniker", "plan", "default", "from", "until", "severities", "categories", "severity_change", "reopening", "clocks", "terms")
	if !ok {
		return
	}
	d := draft{path: n.path(), scale: b.scale(o, own)}
	d.Severities, d.Categories = d.scale.severities, d.scale.categories
	d.SeveritySynonyms, d.CategorySynonyms = d.scale.severitySynonyms, d.scale.categorySynonyms
	faults := len(b.faults)
	d.Moniker = region.Moniker(o.need("moniker", `a name, such as "o365-germany"`))
	d.Plan = Plan(o.text("plan", someName))
	d.From = o.instant("from")
	d.unknown = len(b.faults) > faults
	d.Until = o.instant("until")
	d.Default = o.truth("default")
	o.read("severity_change", &d.SeverityChange)
	o.read("reopening", &d.Reopening)
	b.courses(&d, o.of["clocks"])
	if o.of["terms"] == nil {
		o.missing("terms", termsWanted)
	}
	for _, item := range o.list("terms", termsWanted) {
		if !b.tooMany() {
			b.promise(&d, item, calendars)
		}
	}
	b.add(d)
}

// courses reads the modes of single metrics. What one does not say is as in the policy.
func (b *builder) courses(d *draft, n *node) {
	if n == nil {
		return
	}
	if n.kind != '{' || len(n.nodes) == 0 {
		b.wrong(n, n.String(), `an object: by metric, such as {"resolution": {"reopening": "continue"}}`)
		return
	}
	seen := map[string]bool{}
	for _, f := range n.nodes {
		if seen[f.name] {
			b.second(f)
			continue
		}
		seen[f.name] = true
		o, _ := b.object(f, "what becomes of the clocks of a metric", "severity_change", "reopening")
		c := Course{Metric(f.name), d.SeverityChange, d.Reopening}
		o.read("severity_change", &c.SeverityChange)
		o.read("reopening", &c.Reopening)
		if f.name == "" {
			b.wrong(f, `""`, someName)
			continue
		}
		d.Courses = append(d.Courses, c)
	}
}

// instant returns a field that is a date or an instant.
func (o object) instant(name string) time.Time {
	n := o.of[name]
	if n == nil {
		return time.Time{}
	}
	var at stamp
	if n.kind == 's' {
		if d, err := calendar.ParseDate(n.text); err == nil {
			at.Time = time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
		} else if at.UnmarshalText([]byte(n.text)) != nil {
			at = stamp{}
		}
	}
	if !inRange(at.Time) {
		o.b.wrong(n, n.String(), instantWanted)
		return time.Time{}
	}
	return at.Time
}

// The fields of a term, and those of a reason why there is none.
var (
	termFields      = []string{"target", "calendar", "alarms", "follow_up", "duties", "basis"}
	exclusionFields = []string{"highest", "reason"}
	promiseFields   = []string{"metric", "categories", "severities", "source", "none", "target", "calendar", "alarms", "follow_up", "duties", "basis", "highest", "reason"}
)

// promise reads a term or an exclusion.
func (b *builder) promise(d *draft, n *node, calendars *calendarReader) {
	o, ok := b.object(n, "a term", promiseFields...)
	if !ok {
		return
	}
	// What has a reason and nothing of a term is one without its "none".
	isExclusion := o.of["none"] != nil || o.of["reason"] != nil && o.of["target"] == nil && o.of["calendar"] == nil
	others, why := exclusionFields, `it only with "none"`
	if isExclusion {
		others, why = termFields, `it only without "none"`
	}
	for _, name := range others {
		if f := o.of[name]; f != nil {
			b.wrong(f, "a field too many", why)
		}
	}
	faults := len(b.faults)
	metric := FirstResponse
	if f := o.of["metric"]; f != nil {
		if metric = Metric(f.text); f.kind != 's' || !isName(f.text) {
			b.wrong(f, f.String(), `a name, such as "resolution"`)
		}
	}
	isSeverity := func(name Severity) error {
		if _, ok := d.scale.severity(name); ok || d.scale.bad {
			return nil
		}
		if i, ok := d.scale.severityNames[fold(string(name))]; ok {
			return fmt.Errorf(": want %s", quote(string(d.scale.severities[i])))
		}
		return d.scale.unknownSeverity(string(name), d.name())
	}
	severities := readNames(o, "severities", "a list of severities", isSeverity)
	categories := readNames(o, "categories", "a list of categories", func(name region.Category) error {
		if _, ok := d.scale.category(name); ok && name != "" || d.scale.bad {
			return nil
		}
		if i, ok := d.scale.categoryNames[fold(string(name))]; ok {
			return fmt.Errorf(": want %s", quote(string(d.scale.categories[i])))
		}
		return d.scale.unknownCategory(string(name), d.name())
	})
	source := o.text("source", textWanted)
	if isExclusion {
		e := Exclusion{
			Metric: metric, Severities: severities, Categories: categories, Source: source,
			Reason: o.need("reason", "the reason in words"), Highest: severityOf(o, "highest", isSeverity),
		}
		switch none := o.need("none", "no-commitment or not-offered"); none {
		case "no-commitment":
			e.Err = ErrNoCommitment
		case "not-offered":
			e.Err = ErrNotOffered
		case "":
		default:
			b.wrong(o.of["none"], o.of["none"].String(), "no-commitment or not-offered")
		}
		if len(b.faults) == faults && !d.scale.bad {
			d.None, d.none = append(d.None, e), append(d.none, n.path())
		}
		return
	}
	t := Term{
		Metric: metric, Severities: severities, Categories: categories, Source: source,
		FollowUp: o.text("follow_up", textWanted), Duties: o.text("duties", textWanted),
	}
	if o.of["target"] == nil {
		o.missing("target", targetForms+`, or "none" and "reason"`)
	}
	o.read("target", &t.Target)
	if f := o.of["calendar"]; f != nil {
		t.Calendar, t.Countries = calendars.ofTerm(f)
	} else {
		o.missing("calendar", "the name of a calendar")
	}
	o.read("basis", &t.Basis)
	t.Thresholds = o.thresholds()
	// A calendar with faults is nil, and they have been reported.
	if len(b.faults) == faults && !d.scale.bad && (t.Calendar != nil || t.Countries != nil) {
		d.Terms, d.terms = append(d.Terms, t), append(d.terms, n.path())
	}
}

// severityOf reads a field that is a severity.
func severityOf(o object, field string, check func(Severity) error) Severity {
	n := o.of[field]
	if n == nil {
		return ""
	}
	name := Severity(n.text)
	if err := check(name); n.kind != 's' {
		o.b.wrong(n, n.String(), wantedName(check))
	} else if err != nil {
		o.b.wrong(n, n.String(), wanted(err))
	}
	return name
}

// readNames reads a field that is a list of names, each of them once, and nil where it
// is missing.
func readNames[T ~string](o object, field, want string, check func(T) error) []T {
	var names []T
	seen := map[T]bool{}
	for _, item := range o.list(field, want) {
		if o.b.tooMany() {
			break
		}
		name := T(item.text)
		err := check(name)
		switch {
		case item.kind != 's':
			o.b.wrong(item, item.String(), wantedName(check))
		case err != nil:
			o.b.wrong(item, item.String(), wanted(err))
		case seen[name]:
			o.b.wrong(item, item.String(), "the name once")
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
		o.b.wrong(o.of["alarms"], fmt.Sprintf("a list of %d", len(items)), fmt.Sprintf("%d at the most", maxThresholds))
		return nil
	}
	var list []Threshold
	for _, item := range items {
		var t Threshold
		if !o.b.read(item, &t) { // 60m is 1h
			continue
		}
		if slices.Contains(list, t) {
			o.b.wrong(item, item.String(), "the threshold once")
			continue
		}
		list = append(list, t)
	}
	return list
}

// object is a node whose fields are asked for by name.
type object struct {
	b  *builder
	n  *node
	of map[string]*node
}

// object returns the fields of a node, and whether it is an object at all. It reports
// fields with other names.
func (b *builder) object(n *node, what string, names ...string) (object, bool) {
	o := object{b, n, map[string]*node{}}
	if n.kind != '{' {
		b.wrong(n, n.String(), "an object: "+what)
		return o, false
	}
	for _, f := range n.nodes {
		switch {
		case !slices.Contains(names, f.name):
			b.wrong(f, "unknown field", "one of "+strings.Join(names, ", "))
		case o.of[f.name] != nil:
			b.second(f)
		default:
			o.of[f.name] = f
		}
	}
	return o, true
}

// text returns a field that is a string and not empty, and where it is missing "".
func (o object) text(name, want string) string {
	n := o.of[name]
	if n == nil {
		return ""
	}
	if n.kind != 's' || n.text == "" {
		o.b.wrong(n, n.String(), want)
		return ""
	}
	return n.text
}

// label is text for a field that names something.
func (o object) label(name, want string) string {
	text := o.text(name, want)
	if !isLabel(text) {
		o.b.wrong(o.of[name], quote(text), labelWanted)
	}
	return text
}

// need is text for a field that has to be there.
func (o object) need(name, want string) string {
	if o.of[name] == nil {
		o.missing(name, want)
	}
	return o.text(name, want)
}

func (o object) missing(name, want string) {
	if o.b.tooMany() {
		return
	}
	f := Fault{Path: join(o.n.path(), name), Text: "missing", Want: want}
	f.Line, f.Column = o.b.lines.place(o.n.at)
	o.b.keep(f)
}

// truth returns a field that is true or false.
func (o object) truth(name string) bool {
	n := o.of[name]
	if n != nil && n.kind != 'b' {
		o.b.wrong(n, n.String(), "true or false")
	}
	return n != nil && n.text == "true"
}

// list returns the items of a field that is a list; it has at least one.
func (o object) list(name, want string) []*node {
	n := o.of[name]
	if n == nil {
		return nil
	}
	if n.kind != '[' || len(n.nodes) == 0 {
		o.b.wrong(n, n.String(), want)
		return nil
	}
	return n.nodes
}

// whole returns a field that is a whole number from least to most. A missing field has
// the value missing.
func (o object) whole(name string, least, most, missing int) int {
	n := o.of[name]
	if n == nil {
		return missing
	}
	number, err := strconv.ParseFloat(n.text, 64) // 2026.0 is a whole number to JSON
	if n.kind != 'n' || err != nil || number != math.Trunc(number) || number < float64(least) || number > float64(most) {
		o.b.wrong(n, n.String(), fmt.Sprintf("a year from %d to %d", least, most))
		return missing
	}
	return int(number)
}

// textValue is a value that has one canonical text.
type textValue interface {
	UnmarshalText([]byte) error
	MarshalText() ([]byte, error)
}

// read reads a field by the UnmarshalText of v.
func (o object) read(name string, v textValue) {
	if n := o.of[name]; n != nil {
		o.b.read(n, v)
	}
}

// read reads a node by the UnmarshalText of v, and reports whether it is good.
func (b *builder) read(n *node, v textValue) bool {
	if n.kind != 's' || n.text == "" {
		b.wrong(n, n.String(), wanted(v.UnmarshalText([]byte("?"))))
		return false
	}
	if err := v.UnmarshalText([]byte(n.text)); err != nil {
		b.wrong(n, n.String(), wanted(err))
		return false
	}
	return true
}

// wantedName returns which names there are, as a check says it of none.
func wantedName[T ~string](check func(T) error) string {
	if err := check(""); err != nil {
		return wanted(err)
	}
	return someName
}
