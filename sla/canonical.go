package sla

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
	"github.com/duetime/duetime/region"
)

type catalogForm struct {
	Schema     string               `json:"$schema,omitempty"`
	Version    string               `json:"version"`
	Extends    string               `json:"extends,omitempty"`
	Severities []any                `json:"severities,omitempty"` // names, or levelForms
	Categories []any                `json:"categories,omitempty"`
	Calendars  map[string]namedForm `json:"calendars,omitempty"`
	Policies   []policyForm         `json:"policies,omitempty"`
}

// levelForm is a name on a scale that has synonyms.
type levelForm struct {
	Name string   `json:"name"`
	Also []string `json:"also"`
}

// namedForm is a calendar of a catalog. Parts are names, or namedForms.
type namedForm struct {
	Zone         string    `json:"zone,omitempty"`
	Hours        string    `json:"hours,omitempty"`
	Holidays     []any     `json:"holidays,omitempty"` // codes, or holidayForms
	Days         []dayForm `json:"days,omitempty"`
	Years        years     `json:"years,omitzero"` // of Days
	Union        []any     `json:"union,omitempty"`
	Intersection []any     `json:"intersection,omitempty"`
}

// holidayForm is a set of holidays. Without are names of days and other holidayForms.
type holidayForm struct {
	Code    string `json:"code"`
	Without []any  `json:"without,omitempty"`
}

type policyForm struct {
	Moniker        region.Moniker         `json:"moniker"`
	Plan           Plan                   `json:"plan,omitempty"`
	Default        bool                   `json:"default,omitempty"`
	From           dayStamp               `json:"from,omitzero"`
	Until          dayStamp               `json:"until,omitzero"`
	Severities     []any                  `json:"severities,omitempty"`
	Categories     []any                  `json:"categories,omitempty"`
	SeverityChange SeverityMode           `json:"severity_change,omitzero"`
	Reopening      ReopenMode             `json:"reopening,omitzero"`
	Clocks         map[Metric]*courseForm `json:"clocks,omitempty"`
	Terms          []promiseForm          `json:"terms"`
}

type courseForm struct {
	SeverityChange SeverityMode `json:"severity_change"`
	Reopening      ReopenMode   `json:"reopening"`
}

// promiseForm is a term or an exclusion.
type promiseForm struct {
	Metric     Metric            `json:"metric,omitempty"`
	Categories []region.Category `json:"categories,omitempty"`
	Severities []Severity        `json:"severities,omitempty"`
	Target     Target            `json:"target,omitzero"`
	Calendar   any               `json:"calendar,omitempty"` // a name, a namedForm, or these by country
	Alarms     []Threshold       `json:"alarms,omitempty"`
	FollowUp   string            `json:"follow_up,omitempty"`
	Duties     string            `json:"duties,omitempty"`
	None       string            `json:"none,omitempty"`
	Highest    Severity          `json:"highest,omitempty"`
	Reason     string            `json:"reason,omitempty"`
	Source     string            `json:"source,omitempty"`
	Basis      Basis             `json:"basis,omitzero"`
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
// reads: the calendars in the order of their names, policies and terms as they were
// given, and the names that a term has in the order of the scale, left out if they are
// all of it. The catalog takes its scale from the first policy. A catalog that
// extends another is written without what it has from that.
//
// The error is for what has no text: a calendar with a set of holidays that is
// neither one of [holiday.Lookup] nor of [calendar.HolidayList], or of two such that
// cover different years, and, as a [CatalogError], a catalog without a version or
// policies, or a policy without terms.
func (c *Catalog) MarshalJSON() ([]byte, error) {
	if c == nil {
		return []byte("null"), nil
	}
	if c.err != nil {
		return nil, c.err
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
	w := &catalogWriter{of: c, forms: map[string]namedForm{}, names: map[*calendar.Calendar]string{}, taken: map[string]bool{}, again: map[string]int{}}
	w.taken[alwaysHours] = true
	f := catalogForm{Schema: c.schema, Version: c.version, Calendars: w.forms}
	usual := usualScale()
	if c.base != nil {
		f.Extends = c.base.version
		for _, known := range c.base.named {
			w.name(known, known.Name())
		}
		usual = c.base.policies[0].scale
	}
	for _, own := range c.named {
		w.calendar(own)
	}
	for i := range c.given {
		p := &c.given[i]
		s := c.scales[i]
		if i == 0 {
			f.Severities, f.Categories = s.forms(usual)
			usual = s
		}
		form := policyForm{
			Moniker: p.Moniker, Plan: p.Plan, Default: p.Default, From: dayStamp{p.From}, Until: dayStamp{p.Until},
			SeverityChange: p.SeverityChange, Reopening: p.Reopening, Terms: w.terms(p, s),
		}
		form.Severities, form.Categories = s.forms(usual)
		for _, course := range p.Courses {
			if form.Clocks == nil {
				form.Clocks = map[Metric]*courseForm{}
			}
			form.Clocks[course.Metric] = &courseForm{course.SeverityChange, course.Reopening}
		}
		f.Policies = append(f.Policies, form)
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

// catalogWriter writes the parts of a catalog.
type catalogWriter struct {
	of    *Catalog
	forms map[string]namedForm // of the calendars, by name
	names map[*calendar.Calendar]string
	taken map[string]bool // those of names
	again map[string]int  // how many more calendars had a name
	err   error           // the first
}

// forms returns how the names on a scale are written, and nil for those that are the
// usual ones.
func (s *scale) forms(usual *scale) (severities, categories []any) {
	if s == usual { // as nearly always
		return nil, nil
	}
	if !same(s.severities, usual.severities) && (!slices.Equal(s.severities, usual.severities) || !maps.Equal(s.severitySynonyms, usual.severitySynonyms)) {
		severities = formsOf(s.severities, s.severitySynonyms)
	}
	if !same(s.categories, usual.categories) && (!slices.Equal(s.categories, usual.categories) || !maps.Equal(s.categorySynonyms, usual.categorySynonyms)) {
		categories = formsOf(s.categories, s.categorySynonyms)
	}
	return severities, categories
}

// same reports whether two scales share the names, and so the synonyms.
func same[T any](a, b []T) bool { return len(a) > 0 && len(a) == len(b) && &a[0] == &b[0] }

func formsOf[T ~string](names []T, synonyms map[string]T) (forms []any) {
	also := map[T][]string{}
	for _, synonym := range sortedKeys(synonyms) {
		also[synonyms[synonym]] = append(also[synonyms[synonym]], synonym)
	}
	for _, name := range names {
		if also[name] == nil {
			forms = append(forms, name)
		} else {
			forms = append(forms, levelForm{string(name), also[name]})
		}
	}
	return forms
}

// name notes the name of a calendar.
func (w *catalogWriter) name(c *calendar.Calendar, name string) {
	w.names[c] = name
	w.taken[name] = true
}

// calendar returns the name of a calendar, under which its form is, or, if it has none,
// the form itself.
func (w *catalogWriter) calendar(c *calendar.Calendar) any {
	if name, ok := w.names[c]; ok {
		return name
	} else if isAlwaysOpen(c) {
		return alwaysHours
	}
	if c.Name() == "" {
		return w.form(c)
	}
	name := c.Name()
	for w.taken[name] {
		w.again[c.Name()]++
		name = fmt.Sprintf("%s (%d)", c.Name(), w.again[c.Name()]+1)
	}
	w.name(c, name)
	w.forms[name] = w.form(c)
	return name
}

// form returns the form of a calendar.
func (w *catalogWriter) form(c *calendar.Calendar) (f namedForm) {
	for _, part := range c.UnionOf() {
		f.Union = append(f.Union, w.calendar(part))
	}
	for _, part := range c.IntersectionOf() {
		f.Intersection = append(f.Intersection, w.calendar(part))
	}
	if f.Union != nil || f.Intersection != nil {
		return f
	}
	f.Zone, f.Hours = c.Zone().String(), c.Hours()
	var own []calendar.Holiday
	var covers years
	seen := map[string]bool{}
	for _, set := range c.HolidaySets() {
		form, lacks := w.of.without[set]
		known, err := holiday.Lookup(set.Code())
		days, fixed := set.Listed()
		first, last := set.Years()
		switch {
		case lacks:
			f.Holidays = append(f.Holidays, form)
		case err == nil && known == set:
			if !seen[set.Code()] {
				f.Holidays = append(f.Holidays, set.Code())
			}
			seen[set.Code()] = true
		case fixed && !set.HasGaps() && first <= last && (covers == years{} || covers == years{first, last}):
			own, covers = append(own, days...), years{first, last}
		default:
			w.fail(fmt.Errorf("sla: catalog: calendar %s: holidays %s have no JSON form: want those of holiday.Lookup or calendar.HolidayList", quote(c.Name()), quote(set.Code())))
		}
	}
	// Of several sets, one: a date is there once, and provisional if it is so in any.
	provisional := map[calendar.Date]bool{}
	for _, h := range own {
		provisional[h.Date] = provisional[h.Date] || h.Provisional
	}
	for i := range own {
		own[i].Provisional = provisional[own[i].Date]
	}
	days, _ := calendar.HolidayList(ownDays, own...).Listed()
	for _, h := range days {
		f.Days = append(f.Days, formOfHoliday(h))
	}
	if covers != (years{firstYear, lastYear}) || days == nil {
		f.Years = covers
	}
	return f
}

func (w *catalogWriter) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

// terms returns the terms and exclusions of a policy, in the order of their metrics,
// categories and severities.
func (w *catalogWriter) terms(p *Policy, s *scale) []promiseForm {
	type placed struct {
		metric, category, severity int
		form                       promiseForm
	}
	var list []placed
	metrics := map[Metric]int{FirstResponse: 0}
	add := func(metric Metric, severities []Severity, categories []region.Category, f promiseForm) {
		if metric != FirstResponse {
			f.Metric = metric
		}
		if _, ok := metrics[metric]; !ok {
			metrics[metric] = len(metrics)
		}
		k := s.casesOf(severities, categories)
		f.Severities = inOrder(s.severities, severities)
		f.Categories = inOrder(s.categories, categories)
		list = append(list, placed{metrics[metric], bits.TrailingZeros64(k.categories), bits.TrailingZeros16(k.severities), f})
	}
	for _, t := range p.Terms {
		f := promiseForm{Target: t.Target, Alarms: t.Thresholds, FollowUp: t.FollowUp, Duties: t.Duties, Source: t.Source, Basis: t.Basis}
		if t.Countries == nil {
			f.Calendar = w.calendar(t.Calendar)
		} else {
			byCountry := map[string]any{}
			for country, c := range t.Countries {
				byCountry[country] = w.calendar(c)
			}
			if t.Calendar != nil {
				byCountry[""] = w.calendar(t.Calendar)
			}
			f.Calendar = byCountry
		}
		add(t.Metric, t.Severities, t.Categories, f)
	}
	for _, e := range p.None {
		none := "no-commitment"
		if e.Err == ErrNotOffered {
			none = "not-offered"
		}
		add(e.Metric, e.Severities, e.Categories, promiseForm{None: none, Highest: e.Highest, Reason: e.Reason, Source: e.Source})
	}
	slices.SortStableFunc(list, func(a, b placed) int {
		return cmp.Or(a.metric-b.metric, a.category-b.category, a.severity-b.severity)
	})
	forms := make([]promiseForm, len(list))
	for i, p := range list {
		forms[i] = p.form
	}
	return forms
}

// inOrder returns the names in the order of a scale, and nil if they are all of it.
func inOrder[T comparable](scale, names []T) []T {
	var list []T
	for _, name := range scale {
		if slices.Contains(names, name) {
			list = append(list, name)
		}
	}
	if len(list) == len(scale) {
		return nil
	}
	return list
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
