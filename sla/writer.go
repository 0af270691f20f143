package sla

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strings"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla/internal/instant"
	"github.com/duetime/duetime/sla/internal/jsontree"
	"github.com/duetime/duetime/sla/internal/text"
)

type catalogForm struct {
	Schema     string `json:"$schema,omitempty"`
	Version    string `json:"version"`
	Extends    string `json:"extends,omitempty"`
	Severities []any  `json:"severities,omitempty"` // names, or levelForms
	Categories []any  `json:"categories,omitempty"`
	wordsForm
	Calendars map[string]namedForm `json:"calendars,omitempty"`
	Policies  []policyForm         `json:"policies,omitempty"`
}

// levelForm is a name on a scale that has synonyms.
type levelForm struct {
	Name string   `json:"name"`
	Also []string `json:"also"`
}

// namedForm is a calendar of a catalog. Parts are names, or namedForms.
type namedForm struct {
	Zone         string    `json:"zone,omitempty"`
	Hours        any       `json:"hours,omitempty"`    // a text, or hoursForms
	Holidays     []any     `json:"holidays,omitempty"` // codes, or holidaysForms
	Days         []dayForm `json:"days,omitempty"`
	Years        years     `json:"years,omitzero"` // of Days
	Gaps         bool      `json:"gaps,omitempty"` // they lack some, in every year
	Union        []any     `json:"union,omitempty"`
	Intersection []any     `json:"intersection,omitempty"`
	Calendar     any       `json:"calendar,omitempty"` // a part
	Without      []any     `json:"without,omitempty"`  // the parts that are taken from it
}

// holidaysForm is a set of holidays: a set of the library, without some days and with other
// days in some years, or the caller's own set, which has the days of some years.
type holidaysForm struct {
	Code    string    `json:"code"`
	Without []any     `json:"without,omitempty"` // names of days, and codeForms
	Gaps    bool      `json:"gaps,omitempty"`    // it lacks days, in every year
	Years   years     `json:"years,omitzero"`
	Days    []dayForm `json:"days,omitempty"` // all of these years
}

type codeForm struct {
	Code string `json:"code"`
}

// form returns the code alone if that says all.
func (f holidaysForm) form() any {
	if f.Without == nil && !f.Gaps && f.Years == (years{}) {
		return f.Code
	}
	return f
}

// hoursForm is hours until a date that has others, or the last ones.
type hoursForm struct {
	Until calendar.Date `json:"until,omitzero"`
	Hours string        `json:"hours"`
}

type dayForm struct {
	Date        calendar.Date     `json:"date"`
	Name        string            `json:"name,omitempty"`
	Hours       calendar.DayHours `json:"hours,omitzero"`
	Workday     bool              `json:"workday,omitempty"`
	Provisional bool              `json:"provisional,omitempty"`
}

func formOfDay(h calendar.Holiday) dayForm {
	return dayForm{h.Date, text.Label(h.Name, ""), h.Hours, h.Workday, h.Provisional}
}

func formsOfDays(days []calendar.Holiday) (forms []dayForm) {
	for _, h := range days {
		forms = append(forms, formOfDay(h))
	}
	return forms
}

// years are the first of some years and the last.
type years struct {
	First int `json:"first"`
	Last  int `json:"last"`
}

func (y years) has(year int) bool { return y.First <= year && year <= y.Last }

// and returns the years that are in both.
func (y years) and(first, last int) years { return years{max(y.First, first), min(y.Last, last)} }

type policyForm struct {
	Moniker    region.Moniker   `json:"moniker"`
	Plan       Plan             `json:"plan,omitempty"`
	Default    bool             `json:"default,omitempty"`
	From       instant.DayStamp `json:"from,omitzero"`
	Until      instant.DayStamp `json:"until,omitzero"`
	Severities []any            `json:"severities,omitempty"`
	Categories []any            `json:"categories,omitempty"`
	wordsForm
	Terms []promiseForm `json:"terms"`
}

// wordsForm is the words and the courses of a catalog or a policy.
type wordsForm struct {
	Statuses   []string              `json:"statuses,omitempty"`
	Happenings []string              `json:"happenings,omitempty"`
	Courses    map[Metric]courseForm `json:"courses,omitempty"`
}

// courseForm is a course. It has the lists that are there, also those that are empty.
type courseForm struct {
	Start     []string   `json:"start,omitzero"`
	Stop      []string   `json:"stop,omitzero"`
	Reset     []string   `json:"reset,omitzero"`
	Pause     []string   `json:"pause,omitzero"`
	Reopening ReopenMode `json:"reopening,omitempty"`
	Change    ChangeMode `json:"change,omitempty"`
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
	Highest    Severity          `json:"highest_offered,omitempty"`
	Reason     string            `json:"reason,omitempty"`
	Source     string            `json:"source,omitempty"`
	Basis      Basis             `json:"basis,omitempty"`
}

// MarshalJSON returns the canonical text of the catalog, which [ParseCatalog]
// reads: the calendars in the order of their names, policies and terms as they were
// given, and the names that a term has in the order of the scale, left out if they are
// all of it. Scales, words and courses that several policies share are written once, where
// that is shorter. A catalog that extends another is written without what it has from that.
//
// The error is for what has no text: a calendar with a set of holidays that is neither one
// of [holiday.Lookup] nor of [calendar.HolidayList], and, as a *[CatalogError], a catalog
// without a version or policies, or a policy without terms.
func (c *Catalog) MarshalJSON() ([]byte, error) {
	if c == nil {
		return []byte("null"), nil
	}
	if c.err != nil {
		return nil, c.err
	}
	found := new(faults)
	if c.version == "" {
		found.add("version", "missing", versionWanted)
	}
	if len(c.given) == 0 && c.base == nil {
		found.add("policies", "missing", policiesWanted)
	}
	for i, p := range c.given {
		if len(p.Terms)+len(p.None) == 0 {
			found.add(fmt.Sprintf("policies[%d].terms", i), "missing", termsWanted)
		}
	}
	if err := found.err(); err != nil {
		return nil, err
	}
	w := newWriter(c)
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
	scale, words := sharedScale(c.scales, usual), newWordsWriter(c.given)
	f.Severities, f.Categories = scale.forms(usual)
	f.wordsForm = words.shared()
	for i := range c.given {
		p := &c.given[i]
		form := policyForm{
			Moniker: p.Moniker, Plan: p.Plan, Default: p.Default, From: instant.DayStamp{Time: p.From}, Until: instant.DayStamp{Time: p.Until},
			wordsForm: words.own(i), Terms: w.terms(p, c.scales[i]),
		}
		form.Severities, form.Categories = c.scales[i].forms(scale)
		f.Policies = append(f.Policies, form)
	}
	if w.err != nil {
		return nil, w.err
	}
	b, err := json.Marshal(f)
	if err != nil {
		return nil, err
	}
	return jsontree.LayOut(b), nil
}

func formOfCourses(courses []Course) map[Metric]courseForm {
	if len(courses) == 0 {
		return nil
	}
	forms := map[Metric]courseForm{}
	for _, c := range courses {
		forms[c.Metric] = courseForm{c.Start, c.Stop, c.Reset, c.Pause, c.Reopening, c.Change}
	}
	return forms
}

// catalogWriter writes the parts of a catalog.
type catalogWriter struct {
	of    *Catalog
	about years                // whose holidays are written out, if any
	forms map[string]namedForm // of the calendars, by name
	names map[*calendar.Calendar]string
	taken map[string]bool // those of names
	again map[string]int  // how many more calendars had a name
	err   error           // the first
}

func newWriter(c *Catalog) *catalogWriter {
	return &catalogWriter{of: c, forms: map[string]namedForm{}, names: map[*calendar.Calendar]string{}, taken: map[string]bool{alwaysHours: true}, again: map[string]int{}}
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
	name := text.Label(c.Name(), "")
	for w.taken[name] {
		w.again[c.Name()]++
		name = numbered(c.Name(), w.again[c.Name()]+1)
	}
	w.name(c, name)
	w.forms[name] = w.form(c)
	return name
}

// numbered returns a name for the second, third and so on of a name.
func numbered(name string, n int) string { return text.Label(name, fmt.Sprintf(" (%d)", n)) }

// form returns the form of a calendar.
func (w *catalogWriter) form(c *calendar.Calendar) (f namedForm) {
	for _, part := range c.UnionOf() {
		f.Union = append(f.Union, w.calendar(part))
	}
	for _, part := range c.IntersectionOf() {
		f.Intersection = append(f.Intersection, w.calendar(part))
	}
	from, less := c.SubtractionOf()
	if from != nil {
		f.Calendar = w.calendar(from)
	}
	for _, part := range less {
		f.Without = append(f.Without, w.calendar(part))
	}
	if f.Union != nil || f.Intersection != nil || f.Without != nil {
		return f
	}
	f.Zone, f.Hours = c.Zone().String(), formOfHours(c)
	seen := map[string]bool{} // codes that are written
	for _, set := range c.HolidaySets() {
		form, read := w.of.sets[set]
		known, err := holiday.Lookup(cmp.Or(form.Code, set.Code()))
		switch {
		case read && (err == nil || w.about == years{}):
			seen[form.Code] = true
			f.Holidays = append(f.Holidays, w.spelled(form, set).form())
			continue
		case err == nil && known == set:
			if !seen[set.Code()] {
				seen[set.Code()] = true
				f.Holidays = append(f.Holidays, w.spelled(holidaysForm{Code: set.Code()}, set).form())
			}
			continue
		}
		form, ok := w.ownSet(set)
		if !ok {
			w.noForm(c, set)
			continue
		}
		// The code must not name another set.
		code := set.Code()
		if !text.IsName(code) {
			code = otherDays
		}
		form.Code = code
		for n := 2; seen[form.Code] || err == nil && form.Code == set.Code(); n++ {
			form.Code = numbered(code, n)
		}
		seen[form.Code] = true
		f.Holidays = append(f.Holidays, form)
	}
	if own := c.OwnDays(); own != nil {
		set := own[0]
		if len(own) > 1 {
			set = set.With(ownDays, own[1:]...)
			if days, ok := listedIn(own); ok {
				first, last := set.Years()
				set = calendar.HolidayList(ownDays, days...).WithYears(first, last)
			}
		}
		form, ok := w.ownSet(set)
		if !ok || slices.ContainsFunc(own, func(s calendar.HolidaySet) bool { return !sameYears(s, own[0]) }) {
			w.noForm(c, set)
		}
		f.Days, f.Gaps = form.Days, form.Gaps
		if form.Years != (years{instant.FirstYear, instant.LastYear}) || form.Days == nil && !f.Gaps {
			f.Years = form.Years
		}
	}
	return f
}

// otherDays is the code of a set of holidays that has none.
const otherDays = "holidays"

// formOfHours returns the text of the hours, or all texts with the dates until which they hold.
func formOfHours(c *calendar.Calendar) any {
	former := c.FormerHours()
	if former == nil {
		return c.Hours()
	}
	var forms []hoursForm
	for _, f := range former {
		forms = append(forms, hoursForm(f))
	}
	return append(forms, hoursForm{Hours: c.Hours()})
}

func (w *catalogWriter) noForm(c *calendar.Calendar, set calendar.HolidaySet) {
	w.fail(fmt.Errorf("sla: catalog: calendar %s: holidays %s have no JSON form: want those of holiday.Lookup or calendar.HolidayList", text.Quote(c.Name()), text.Quote(set.Code())))
}

// listedIn returns the days of sets that calendar.HolidayList made. A date is provisional if any set
// has it as provisional.
func listedIn(sets []calendar.HolidaySet) (days []calendar.Holiday, ok bool) {
	provisional := map[calendar.Date]bool{}
	for _, s := range sets {
		listed, ok := s.Listed()
		if !ok {
			return nil, false
		}
		days = append(days, listed...)
		for _, h := range listed {
			provisional[h.Date] = provisional[h.Date] || h.Provisional
		}
	}
	for i := range days {
		days[i].Provisional = provisional[days[i].Date]
	}
	return days, true
}

func sameYears(a, b calendar.HolidaySet) bool {
	first, last := a.Years()
	otherFirst, otherLast := b.Years()
	return first == otherFirst && last == otherLast
}

// ownSet returns the form of a set that is not the library's, and whether it has one: a
// list of all its days or, in an excerpt, the days of ten years, as those of others are lost.
func (w *catalogWriter) ownSet(set calendar.HolidaySet) (f holidaysForm, ok bool) {
	first, last := set.Years()
	f = holidaysForm{Code: set.Code(), Gaps: set.HasGaps(), Years: years{first, last}}
	days, ok := set.Listed()
	if w.about != (years{}) {
		kept := years{w.about.First, min(max(w.about.Last, w.about.First+10), instant.LastYear)}
		if f.Years = kept.and(first, last); f.Years.First > f.Years.Last { // it knows none of them
			f.Years, f.Gaps = kept, true
		}
		days, ok = nil, true
		for year := f.Years.First; year <= f.Years.Last; year++ {
			of := set.Year(year)
			days = append(days, of...)
			// A provisional day that the set leaves out is as good as a gap.
			f.Gaps = f.Gaps || set.Provisional(year) && !slices.ContainsFunc(of, func(h calendar.Holiday) bool { return h.Provisional })
		}
	}
	f.Days = formsOfDays(days)
	return f, ok && f.Years.First <= f.Years.Last
}

// spelled returns the form of a set with the days of the years written out that an excerpt
// is about. A year that the set does not cover stays open.
func (w *catalogWriter) spelled(f holidaysForm, set calendar.HolidaySet) holidaysForm {
	if w.about == (years{}) {
		return f
	}
	kept := w.about.and(set.Years())
	if kept.First > kept.Last {
		return holidaysForm{Code: f.Code, Without: f.Without}
	}
	// Replaced years have to adjoin the library's: an excerpt has all of them or none.
	if f.Years.First <= kept.Last && kept.First <= f.Years.Last {
		kept = years{min(kept.First, f.Years.First), max(kept.Last, f.Years.Last)}
	}
	f.Gaps, f.Years, f.Days = set.HasGaps(), kept, nil
	for year := kept.First; year <= kept.Last; year++ {
		f.Days = append(f.Days, formsOfDays(set.Year(year))...)
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
		f := promiseForm{Target: t.Target, Alarms: t.Thresholds, FollowUp: inUTF8(t.FollowUp), Duties: inUTF8(t.Duties), Source: inUTF8(t.Source)}
		if t.Basis != BasisCustom {
			f.Basis = t.Basis
		}
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
		add(e.Metric, e.Severities, e.Categories, promiseForm{None: none, Highest: e.HighestOffered, Reason: e.Reason, Source: inUTF8(e.Source)})
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

// inUTF8 returns a text as it is read again.
func inUTF8(text string) string { return strings.ToValidUTF8(text, "\ufffd") }

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
