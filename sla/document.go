package sla

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
	"github.com/duetime/duetime/region"
)

// ParseCatalog reads a catalog from JSON, as [Catalog.MarshalJSON] writes it. The
// text looks like this; catalog.schema.json beside this file describes all of it,
// and the published terms are such a text, published.json:
//
//	{
//	  "version": "2026-01",
//	  "extends": "published 2020-05-27",
//	  "calendars": {
//	    "Berlin": {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00", "holidays": ["DE-BE"],
//	      "days": [{"date": "2026-12-24", "name": "closed"}, {"date": "2026-12-19", "make_up": true}], "years": {"last": 2026}},
//	    "Denver": {"zone": "America/Denver", "hours": "Mo-Fr 09:00-17:00", "holidays": ["US"]},
//	    "both":   {"union": ["Berlin", "Denver"]}
//	  },
//	  "policies": [
//	    {"moniker": "acme", "plan": "gold", "default": true, "from": "2026-01-01", "reopening": "new-cycle",
//	      "terms": [
//	        {"categories": ["technical"], "severities": ["A"], "target": "1h", "calendar": "both", "alarms": ["50%", "breach"]},
//	        {"metric": "resolution", "target": "3bd", "calendar": "Berlin", "source": "contract 7, section 2"},
//	        {"categories": ["billing"], "severities": ["A"], "none": "not-offered", "highest": "B", "reason": "technical only"}
//	      ]}
//	  ]
//	}
//
// A term is for all categories and severities that it names, and for all that
// there are where it names none; its metric is first-response if it has none. Instead
// of a target and a calendar it can say why there is none. From and until are
// instants as RFC 3339 has them, or dates, which stand for midnight UTC. A calendar's
// days are all that it closes on besides the holidays, in the years that it names if
// it names any; due times that count on others are provisional.
//
// A catalog that extends the published terms has them as well, and their calendars
// by name; a policy of its own for a moniker and plan of theirs replaces them.
//
// The error is a [CatalogError] that has all faults of the text, if they are not
// more than 200, each with its path and place: what is no JSON, unknown fields and
// what is there twice, names of calendars, zones and holidays that there are not,
// and all that [NewCatalog] finds.
func ParseCatalog(text []byte) (*Catalog, error) { return parseCatalog(text, Published) }

// UnmarshalJSON reads what [ParseCatalog] reads, with the same errors, into a Catalog
// that is empty: one that has something never changes.
func (c *Catalog) UnmarshalJSON(text []byte) error {
	if c.version != "" || c.policies != nil {
		return fmt.Errorf("sla: catalog %q: want an empty Catalog to read into, as one never changes", c.version)
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
	places := map[string]int{}
	root.places(places)
	b := &builder{catalog: new(Catalog), lines: linesOf(text), where: func(path string) int {
		for {
			if at, ok := places[path]; ok {
				return at
			}
			// What is missing is at what it is missing from.
			path = path[:max(0, strings.LastIndexAny(path, ".["))]
		}
	}}
	b.document(root, published)
	b.sortFaults()
	return b.build()
}

// sortFaults puts the faults in the order in which they stand in the text, and
// leaves out those that are too many.
func (b *builder) sortFaults() {
	slices.SortStableFunc(b.faults, func(f, g Fault) int {
		return cmp.Or(f.Line-g.Line, f.Column-g.Column)
	})
	if b.tooMany() {
		b.faults = append(b.faults[:maxFaults], Fault{Text: fmt.Sprintf("more than %d faults", maxFaults), Want: "these mended first"})
	}
}

// maxFaults is how many faults of a text are looked for: nobody reads more, and a
// calendar that never opens takes 10 ms to find out.
const maxFaults = 200

func (b *builder) tooMany() bool { return len(b.faults) > maxFaults }

const (
	nameWanted     = "a name, which is not empty"
	textWanted     = "a text, which is not empty"
	versionWanted  = `a text that tells this catalog from others, such as "2026-01"`
	policiesWanted = "a list of policies"
	termsWanted    = "a list of terms"
)

func (b *builder) document(n *node, published func() *Catalog) {
	o, ok := b.object(n, "a catalog", "$schema", "version", "extends", "calendars", "policies")
	if !ok {
		return
	}
	b.catalog.schema = o.text("$schema", "the address of a schema")
	b.catalog.version = o.need("version", versionWanted)
	if n := o.of["extends"]; n != nil {
		b.catalog.base = published()
		switch base := b.catalog.base.version; {
		case n.kind != 's' || n.text != base:
			b.fault(n.path, n.String(), quote(base))
		case b.catalog.version == base:
			b.fault(o.of["version"].path, quote(base), "another version than that of the published terms")
		}
	}
	calendars := b.calendars(o.of["calendars"])
	if o.of["policies"] == nil {
		if b.catalog.base == nil {
			o.missing("policies", policiesWanted)
		}
		return
	}
	for _, p := range o.list("policies", policiesWanted) {
		b.policy(p, calendars)
	}
}

// calendarReader reads the calendars of a catalog, of which some are made of others.
type calendarReader struct {
	b     *builder
	nodes map[string]*node
	done  map[string]*calendar.Calendar // nil for one that has a fault
	doing []string

	unreadable bool   // so that nobody knows which there are
	names      string // what list gives
}

func (b *builder) calendars(n *node) *calendarReader {
	r := &calendarReader{b, map[string]*node{}, map[string]*calendar.Calendar{}, nil, false, ""}
	if b.catalog.base != nil {
		for _, c := range b.catalog.base.named {
			r.done[c.Name()] = c
		}
	}
	if n == nil {
		return r
	}
	if n.kind != '{' {
		b.fault(n.path, n.String(), "an object: calendars by name")
		r.unreadable = true
		return r
	}
	for _, f := range n.fields {
		switch {
		case f.name == "":
			b.fault(f.path, `""`, nameWanted)
		case r.nodes[f.name] != nil:
			b.second(f)
		case r.done[f.name] != nil:
			b.fault(f.path, quote(f.name), "a name that the published terms do not have")
		default:
			r.nodes[f.name] = f.node
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.nodes)) {
		if c := r.get(name); c != nil {
			b.catalog.named = append(b.catalog.named, c)
		}
	}
	return r
}

// get returns the calendar of a name, which there is, or nil if it has a fault.
func (r *calendarReader) get(name string) *calendar.Calendar {
	if c, ok := r.done[name]; ok || r.b.tooMany() {
		return c
	}
	r.doing = append(r.doing, name)
	c := r.read(name, r.nodes[name])
	r.doing = r.doing[:len(r.doing)-1]
	r.done[name] = c
	return c
}

// named returns the calendar that a node names, or nil if there is none or it has
// a fault.
func (r *calendarReader) named(n *node) *calendar.Calendar {
	if n.kind != 's' || r.nodes[n.text] == nil && r.done[n.text] == nil {
		if n.kind == 's' && r.unreadable {
			return nil
		}
		if r.names == "" {
			r.names = r.list()
		}
		r.b.fault(n.path, n.String(), r.names)
		return nil
	}
	if slices.Contains(r.doing, n.text) {
		r.b.fault(n.path, n.String(), "a calendar that is not made of this one")
		return nil
	}
	return r.get(n.text)
}

// list says which calendars there are.
func (r *calendarReader) list() string {
	of := maps.Clone(r.nodes)
	for name := range r.done {
		of[name] = nil
	}
	names := slices.Sorted(maps.Keys(of))
	const most = 12
	switch {
	case len(names) == 0:
		return "a calendar, of which there is none"
	case len(names) > most:
		return fmt.Sprintf("the name of a calendar: %s and %d more", quoteAll(names[:most]), len(names)-most)
	}
	return "the name of a calendar: " + quoteAll(names)
}

func quoteAll(names []string) string {
	var quoted []string
	for _, name := range names {
		quoted = append(quoted, quote(name))
	}
	return strings.Join(quoted, ", ")
}

func (r *calendarReader) read(name string, n *node) *calendar.Calendar {
	o, ok := r.b.object(n, "a calendar", "zone", "hours", "holidays", "days", "years", "union", "intersection")
	if !ok {
		return nil
	}
	faults := len(r.b.faults)
	var c *calendar.Calendar
	var err error
	union, intersection := o.of["union"], o.of["intersection"]
	if union == nil && intersection == nil {
		c = r.single(name, o)
	} else {
		for _, other := range []string{"zone", "hours", "holidays", "days", "years", "intersection"} {
			if f := o.of[other]; f != nil && f != union && (f != intersection || union != nil) {
				r.b.fault(f.path, "a field too many", "union or intersection alone")
			}
		}
		field, combine := "union", calendar.Union
		if union == nil {
			field, combine = "intersection", calendar.Intersect
		}
		var parts []*calendar.Calendar
		for _, item := range o.list(field, "a list of calendars") {
			if part := r.named(item); part != nil {
				parts = append(parts, part)
			}
		}
		if len(r.b.faults) == faults && len(parts) == len(o.of[field].items) {
			if c, err = combine(name, parts...); err != nil {
				text, want := "never open together", "calendars that are open at the same time"
				if count, most, ok := strings.Cut(strings.TrimPrefix(err.Error(), fmt.Sprintf("calendar: %s %q: ", field, name)), ": want "); ok {
					text, want = count, most
				}
				r.b.fault(o.of[field].path, text, want)
			}
		}
	}
	if len(r.b.faults) > faults {
		return nil
	}
	return c
}

// ownDays is the code of the set of a calendar's own dates.
const ownDays = "own"

func (r *calendarReader) single(name string, o object) *calendar.Calendar {
	var sets []calendar.HolidaySet
	var codes []string
	for _, item := range o.list("holidays", "a list of codes, such as DE-BE") {
		set, err := holiday.Lookup(item.text)
		switch {
		case item.kind != 's':
			r.b.fault(item.path, item.String(), "the code of a country or a part of it, such as DE-BE")
		case err != nil:
			r.b.fault(item.path, item.String(), wanted(err))
		case slices.Contains(codes, item.text):
			r.b.fault(item.path, item.String(), "the code once")
		default:
			sets, codes = append(sets, set), append(codes, item.text)
		}
	}
	covers := r.years(o)
	if days := r.days(o, covers); days != nil || o.of["years"] != nil {
		sets = append(sets, calendar.FixedHolidays(ownDays, days...).Covering(covers.First, covers.Last))
	}
	const hoursWanted = `hours such as "Mo-Fr 09:00-17:00"`
	const zoneWanted = "a name of the IANA time zone database, such as Europe/Berlin, or UTC"
	zone, hours := o.need("zone", zoneWanted), o.need("hours", hoursWanted)
	// Where one of the two has a fault already, the other is looked at all the same.
	c, err := calendar.New(cmp.Or(zone, "UTC"), cmp.Or(hours, "24/7"), calendar.Named(name), calendar.Holidays(sets...))
	if err == nil {
		return c
	}
	if bad, ok := errors.AsType[*calendar.ParseError](err); ok {
		r.b.fault(o.of["hours"].path, o.of["hours"].String()+fmt.Sprintf(" at byte %d", bad.Offset), bad.Want)
	}
	if _, err := calendar.New(cmp.Or(zone, "UTC"), "24/7"); err != nil {
		r.b.fault(o.of["zone"].path, o.of["zone"].String(), wanted(err))
	}
	return nil
}

// years returns the years of which a calendar has all its own dates: those that it
// names, or else all.
func (r *calendarReader) years(o object) years {
	all := years{firstYear, lastYear}
	n := o.of["years"]
	if n == nil {
		return all
	}
	y, ok := r.b.object(n, "a first and a last year", "first", "last")
	if !ok {
		return all
	}
	faults := len(r.b.faults)
	covers := years{y.year("first", firstYear), y.year("last", lastYear)}
	if len(r.b.faults) > faults {
		return all
	}
	if covers.First > covers.Last {
		r.b.fault(join(n.path, "last"), fmt.Sprint(covers.Last), fmt.Sprintf("a year from %d, the first, on", covers.First))
		return all
	}
	return covers
}

// year returns a field that is a year, or the one that stands for it if there is
// none.
func (o object) year(name string, missing int) int {
	n := o.of[name]
	if n == nil {
		return missing
	}
	year, err := strconv.ParseFloat(n.text, 64) // 2026.0 is a whole number to JSON
	if n.kind != 'n' || err != nil || year != math.Trunc(year) || year < firstYear || year > lastYear {
		o.b.fault(n.path, n.String(), fmt.Sprintf("a year from %d to %d", firstYear, lastYear))
	}
	return int(year)
}

// days returns a calendar's own dates.
func (r *calendarReader) days(o object, covers years) []calendar.Holiday {
	var days []calendar.Holiday
	for _, item := range o.list("days", "a list of days") {
		d, ok := r.b.object(item, "a day", "date", "name", "make_up", "provisional")
		if !ok {
			continue
		}
		h := calendar.Holiday{Name: d.text("name", nameWanted), MakeUp: d.truth("make_up"), Provisional: d.truth("provisional")}
		n := d.of["date"]
		switch {
		case n == nil:
			d.missing("date", dateWanted)
		case !r.b.readExact(n, &h.Date):
		case h.Date.Year() < firstYear || h.Date.Year() > lastYear:
			r.b.fault(n.path, n.String(), dateWanted)
		case !covers.has(h.Date.Year()):
			r.b.fault(n.path, n.String(), fmt.Sprintf("a date of the years %d to %d", covers.First, covers.Last))
		case slices.ContainsFunc(days, func(other calendar.Holiday) bool { return other.Date == h.Date }):
			r.b.fault(n.path, n.String(), "the date once")
		default:
			days = append(days, h)
		}
	}
	return days
}

const (
	dateWanted    = "a date from 1900-01-01 to 2199-12-31"
	instantWanted = `a date, or an instant such as "2026-01-01T00:00:00+01:00", from 1900 to 2199`
)

func (b *builder) policy(n *node, calendars *calendarReader) {
	o, ok := b.object(n, "a policy", "moniker", "plan", "default", "from", "until", "severity_change", "reopening", "terms")
	if !ok {
		return
	}
	d := draft{path: n.path}
	faults := len(b.faults)
	d.Moniker = region.Moniker(o.need("moniker", `a name, such as "o365-germany"`))
	d.Plan = Plan(o.text("plan", nameWanted))
	d.From = o.instant("from")
	d.unknown = len(b.faults) > faults
	d.Until = o.instant("until")
	d.Default = o.truth("default")
	o.read("severity_change", &d.SeverityChange)
	o.read("reopening", &d.Reopening)
	if o.of["terms"] == nil {
		o.missing("terms", termsWanted)
	}
	for _, item := range o.list("terms", termsWanted) {
		b.term(&d, item, calendars)
	}
	b.add(d)
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
		} else if at.UnmarshalJSON([]byte(n.String())) != nil {
			at = stamp{}
		}
	}
	if !inRange(at.Time) {
		o.b.fault(n.path, n.String(), instantWanted)
		return time.Time{}
	}
	return at.Time
}

// The fields of a term, and those of a reason why there is none.
var (
	termFields   = []string{"target", "calendar", "alarms", "follow_up", "duties", "basis"}
	reasonFields = []string{"highest", "reason"}
)

func (b *builder) term(d *draft, n *node, calendars *calendarReader) {
	o, ok := b.object(n, "a term", slices.Concat([]string{"metric", "categories", "severities", "source", "none"}, termFields, reasonFields)...)
	if !ok {
		return
	}
	// What has a reason and nothing of a term is one without its "none".
	isReason := o.of["none"] != nil || o.of["reason"] != nil && o.of["target"] == nil && o.of["calendar"] == nil
	others, why := reasonFields, `it only with "none"`
	if isReason {
		others, why = termFields, `it only without "none"`
	}
	for _, name := range others {
		if f := o.of[name]; f != nil {
			b.fault(f.path, "a field too many", why)
		}
	}
	faults := len(b.faults)
	metric := FirstResponse
	if f := o.of["metric"]; f != nil {
		if metric = Metric(f.text); f.kind != 's' || metric.check() != nil {
			b.fault(f.path, f.String(), wanted(Metric("").check()))
		}
	}
	categories := []region.Category{region.Technical, region.Billing, region.PreSales}
	if o.of["categories"] != nil {
		categories = readList[region.Category](o, "categories", "a list of categories: technical, billing or pre-sales")
	}
	severities := []Severity{SeverityA, SeverityB, SeverityC}
	if o.of["severities"] != nil {
		severities = readList[Severity](o, "severities", "a list of severities: A, B or C")
	}
	source := o.text("source", textWanted)
	if isReason {
		e := TermError{Metric: metric, Source: source, Reason: o.need("reason", "a text that says why there is no term")}
		switch none := o.need("none", "no-commitment or not-offered"); none {
		case "no-commitment":
			e.Err = ErrNoCommitment
		case "not-offered":
			e.Err = ErrNotOffered
		case "":
		default:
			b.fault(o.of["none"].path, o.of["none"].String(), "no-commitment or not-offered")
		}
		if f := o.of["highest"]; f != nil {
			b.readExact(f, &e.Highest)
		}
		for _, e.Category = range categories {
			for _, e.Severity = range severities {
				if len(b.faults) == faults {
					d.None, d.none = append(d.None, e), append(d.none, n.path)
				}
			}
		}
		return
	}
	t := Term{
		Metric: metric, Source: source,
		FollowUp: o.text("follow_up", textWanted), Duties: o.text("duties", textWanted),
	}
	if o.of["target"] == nil {
		o.missing("target", targetForms+`, or "none" and "reason"`)
	}
	o.read("target", &t.Target)
	if f := o.of["calendar"]; f != nil {
		t.Calendar = calendars.named(f)
	} else {
		o.missing("calendar", "the name of a calendar")
	}
	o.read("basis", &t.Basis)
	t.Thresholds = readList[Threshold](o, "alarms", `a list of thresholds, such as "50%"`)
	if err := checkThresholds(t.Thresholds); err != nil {
		f := o.of["alarms"]
		b.fault(f.path, fmt.Sprintf("a list of %d", len(f.items)), wanted(err))
	}
	for _, t.Category = range categories {
		for _, t.Severity = range severities {
			// A calendar with a fault of its own is none, and has been reported.
			if len(b.faults) == faults && t.Calendar != nil {
				d.Terms, d.terms = append(d.Terms, t), append(d.terms, n.path)
			}
		}
	}
}

// readList reads a field that is a list of values, each of them once.
func readList[T comparable, P interface {
	*T
	textValue
}](o object, name, want string) []T {
	var values []T
	for _, item := range o.list(name, want) {
		var v T
		_, lenient := any(&v).(*Threshold) // 60m is 1h
		switch {
		case lenient && !o.b.read(item, P(&v)), !lenient && !o.b.readExact(item, P(&v)):
		case slices.Contains(values, v):
			o.b.fault(item.path, item.String(), "the value once")
		default:
			values = append(values, v)
		}
	}
	return values
}
