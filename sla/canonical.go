package sla

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
	"github.com/duetime/duetime/region"
)

type catalogForm struct {
	Schema    string               `json:"$schema,omitempty"`
	Version   string               `json:"version"`
	Extends   string               `json:"extends,omitempty"`
	Calendars map[string]namedForm `json:"calendars,omitempty"`
	Policies  []policyForm         `json:"policies,omitempty"`
}

// namedForm is a calendar of a catalog.
type namedForm struct {
	Zone         string    `json:"zone,omitempty"`
	Hours        string    `json:"hours,omitempty"`
	Holidays     []string  `json:"holidays,omitempty"`
	Days         []dayForm `json:"days,omitempty"`
	Years        years     `json:"years,omitzero"` // of Days
	Union        []string  `json:"union,omitempty"`
	Intersection []string  `json:"intersection,omitempty"`
}

type policyForm struct {
	Moniker        region.Moniker `json:"moniker"`
	Plan           Plan           `json:"plan,omitempty"`
	Default        bool           `json:"default,omitempty"`
	From           dayStamp       `json:"from,omitzero"`
	Until          dayStamp       `json:"until,omitzero"`
	SeverityChange SeverityMode   `json:"severity_change,omitzero"`
	Reopening      ReopenMode     `json:"reopening,omitzero"`
	Terms          []promiseForm  `json:"terms"`
}

// promiseForm is a term of some categories and severities, or why there is none.
type promiseForm struct {
	Metric     Metric            `json:"metric,omitempty"`
	Categories []region.Category `json:"categories"`
	Severities []Severity        `json:"severities"`
	promise
}

type promise struct {
	Target   Target      `json:"target,omitzero"`
	Calendar string      `json:"calendar,omitempty"`
	Alarms   []Threshold `json:"alarms,omitempty"`
	FollowUp string      `json:"follow_up,omitempty"`
	Duties   string      `json:"duties,omitempty"`
	None     string      `json:"none,omitempty"`
	Highest  Severity    `json:"highest,omitzero"`
	Reason   string      `json:"reason,omitempty"`
	Source   string      `json:"source,omitempty"`
	Basis    Basis       `json:"basis,omitzero"`
}

// dayStamp is an instant, or a date if it is midnight UTC.
type dayStamp struct{ time.Time }

func (d dayStamp) MarshalJSON() ([]byte, error) {
	if d.Equal(d.UTC().Truncate(24 * time.Hour)) {
		return json.Marshal(d.UTC().Format(time.DateOnly))
	}
	return stamp(d).MarshalJSON()
}

// MarshalJSON returns the canonical text of the catalog, which [ParseCatalog]
// reads: the calendars in the order of their names, the policies as they were
// given, and of each the terms by metric, category and severity, with those that
// promise the same in one. A catalog that extends another is written without what
// it has from that.
//
// The error is for what has no text: a calendar with a set of holidays that is
// neither one of [holiday.Lookup] nor of [calendar.FixedHolidays], or of two such that
// cover other years, and, as a
// [CatalogError], a catalog without a version or policies, or a policy without terms.
func (c *Catalog) MarshalJSON() ([]byte, error) {
	if c == nil {
		return []byte("null"), nil
	}
	b := &builder{}
	if c.version == "" {
		b.fault("version", "missing", versionWanted)
	}
	if len(c.given) == 0 && c.base == nil {
		b.fault("policies", "missing", policiesWanted)
	}
	for i, p := range c.given {
		if len(p.Terms)+len(p.None) == 0 {
			b.fault(fmt.Sprintf("policies[%d].terms", i), "missing", termsWanted)
		}
	}
	if len(b.faults) > 0 {
		return nil, &CatalogError{b.faults}
	}
	w := &calendarWriter{of: c, forms: map[string]namedForm{}, names: map[*calendar.Calendar]string{}}
	f := catalogForm{Schema: c.schema, Version: c.version, Calendars: w.forms}
	if c.base != nil {
		f.Extends = c.base.version
		for _, known := range c.base.named {
			w.names[known] = known.Name()
		}
	}
	for _, own := range c.named {
		w.name(own)
	}
	for _, p := range c.given {
		f.Policies = append(f.Policies, policyForm{
			p.Moniker, p.Plan, p.Default, dayStamp{p.From}, dayStamp{p.Until}, p.SeverityChange, p.Reopening, w.terms(p),
		})
	}
	if w.err != nil {
		return nil, w.err
	}
	text, err := json.Marshal(f)
	if err != nil {
		return nil, err
	}
	return layOut(text), nil
}

// calendarWriter gives names to calendars.
type calendarWriter struct {
	of    *Catalog
	forms map[string]namedForm
	names map[*calendar.Calendar]string
	err   error // the first
}

// name returns the name of a calendar, under which its form is.
func (w *calendarWriter) name(c *calendar.Calendar) string {
	if name, ok := w.names[c]; ok {
		return name
	}
	name := cmp.Or(c.Name(), "calendar")
	taken := slices.Collect(maps.Values(w.names))
	for i := 2; slices.Contains(taken, name); i++ {
		name = fmt.Sprintf("%s (%d)", cmp.Or(c.Name(), "calendar"), i)
	}
	w.names[c] = name
	var f namedForm
	how, parts := c.Parts()
	var of []string
	var own []calendar.Holiday
	var covers years
	for _, p := range parts {
		of = append(of, w.name(p))
	}
	switch how {
	case calendar.UnionOf:
		f.Union = of
	case calendar.IntersectionOf:
		f.Intersection = of
	default:
		f.Zone, f.Hours = c.Zone().String(), c.Hours()
		for _, set := range c.HolidaySets() {
			known, err := holiday.Lookup(set.Code())
			days, fixed := set.Fixed()
			first, last := set.Covers()
			switch {
			case err == nil && known == set:
				if !slices.Contains(f.Holidays, set.Code()) {
					f.Holidays = append(f.Holidays, set.Code())
				}
			case fixed && !set.IsPartial() && first <= last && (covers == years{} || covers == years{first, last}):
				own, covers = append(own, days...), years{first, last}
			default:
				w.fail(fmt.Errorf("sla: catalog: calendar %q: holidays %q have no JSON form: want those of holiday.Lookup or calendar.FixedHolidays", name, set.Code()))
			}
		}
	}
	// Of several sets, one: a date is there once, and provisional if it is so in any.
	for i, h := range own {
		own[i].Provisional = slices.ContainsFunc(own, func(o calendar.Holiday) bool { return o.Date == h.Date && o.Provisional })
	}
	days, _ := calendar.FixedHolidays(ownDays, own...).Fixed()
	for _, h := range days {
		f.Days = append(f.Days, formOfHoliday(h))
	}
	if covers != (years{firstYear, lastYear}) || days == nil {
		f.Years = covers
	}
	w.forms[name] = f
	return name
}

func (w *calendarWriter) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

// terms returns those of a policy, in order, with what promises the same in one.
func (w *calendarWriter) terms(p Policy) []promiseForm {
	promises := map[caseKey]promise{}
	for _, t := range p.Terms {
		promises[caseKey{t.Metric, t.Category, t.Severity}] = promise{
			Target: t.Target, Calendar: w.name(t.Calendar), Alarms: t.Thresholds, FollowUp: t.FollowUp, Duties: t.Duties, Source: t.Source, Basis: t.Basis,
		}
	}
	for _, e := range p.None {
		none := "no-commitment"
		if e.Err == ErrNotOffered {
			none = "not-offered"
		}
		promises[caseKey{e.Metric, e.Category, e.Severity}] = promise{None: none, Highest: e.Highest, Reason: e.Reason, Source: e.Source}
	}
	same := func(q, r promise) bool {
		alarms := slices.Equal(q.Alarms, r.Alarms)
		q.Alarms, r.Alarms = nil, nil
		return alarms && fmt.Sprintf("%#v", q) == fmt.Sprintf("%#v", r)
	}
	var forms []promiseForm
	for _, metric := range w.of.metrics {
		var of []promiseForm
		for category := region.Technical; category <= region.PreSales; category++ {
			var own []promiseForm
			for s := SeverityA; s <= SeverityC; s++ {
				q, ok := promises[caseKey{metric, category, s}]
				if !ok {
					continue
				}
				if i := slices.IndexFunc(own, func(f promiseForm) bool { return same(f.promise, q) }); i >= 0 {
					own[i].Severities = append(own[i].Severities, s)
				} else {
					own = append(own, promiseForm{Categories: []region.Category{category}, Severities: []Severity{s}, promise: q})
				}
			}
			for _, f := range own {
				if metric != FirstResponse {
					f.Metric = metric
				}
				if i := slices.IndexFunc(of, func(g promiseForm) bool {
					return slices.Equal(f.Severities, g.Severities) && same(f.promise, g.promise)
				}); i >= 0 {
					of[i].Categories = append(of[i].Categories, category)
				} else {
					of = append(of, f)
				}
			}
		}
		forms = append(forms, of...)
	}
	return forms
}

// layOut returns JSON in lines: an object or a list stands in one line if that is
// short, else each part of it in lines of its own.
func layOut(compact []byte) []byte {
	const width = 120
	var out []byte
	// closing returns where the object or list that begins at i ends.
	closing := func(i int) int {
		depth, inText := 0, false
		for ; ; i++ {
			switch c := compact[i]; {
			case inText && c == '\\':
				i++
			case c == '"':
				inText = !inText
			case !inText && (c == '{' || c == '['):
				depth++
			case !inText && (c == '}' || c == ']'):
				if depth--; depth == 0 {
					return i
				}
			}
		}
	}
	indent, inText, short := 0, false, 0 // short is where a short one ends
	line := func() {
		out = append(out, '\n')
		for range indent {
			out = append(out, ' ', ' ')
		}
	}
	for i := 0; i < len(compact); i++ {
		c := compact[i]
		out = append(out, c)
		switch {
		case inText && c == '\\':
			i++
			out = append(out, compact[i])
		case c == '"':
			inText = !inText
		case inText:
		case c == ':':
			out = append(out, ' ')
		case i < short && c == ',':
			out = append(out, ' ')
		case i <= short && i > 0:
		case c == '{' || c == '[':
			if end := closing(i); end-i < width && indent > 0 {
				short = end
			} else {
				indent++
				line()
			}
		case c == ',':
			line()
		case c == '}' || c == ']':
			out = out[:len(out)-1]
			indent--
			line()
			out = append(out, c)
		}
	}
	return append(out, '\n')
}
