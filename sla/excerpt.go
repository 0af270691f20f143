package sla

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla/internal/instant"
)

// Excerpt returns the catalog cut down to what a request is about, as a JSON text that
// [ParseCatalog] reads: the policy in force at its opening with the terms of its Metric,
// Category and Country for each severity, and their calendars. The holidays of the years
// that have the opening and the times, and of those between them, are written out. So the
// excerpt says the same after the catalog, or the holidays known to the library, have
// changed. It is written in one line.
//
// Excerpt returns the errors of [Catalog.Deadline] about the request, but no [TermError],
// and the errors of [Catalog.MarshalJSON].
func (c *Catalog) Excerpt(r Request, times ...time.Time) ([]byte, error) {
	p, _, r, err := c.judge(r)
	if p == nil {
		return nil, err
	}
	if !instant.InRange(r.Opened) {
		return nil, openedOutOfRange(r.Opened)
	}
	if c.version == "" {
		return nil, &CatalogError{[]Fault{{Path: "version", Text: "missing", Want: versionWanted}}}
	}
	w := newWriter(c)
	times = append(times[:len(times):len(times)], r.Opened)
	first, last := slices.MinFunc(times, time.Time.Compare), slices.MaxFunc(times, time.Time.Compare)
	const margin = 3 // days that a zone and a night shift can shift a date by
	w.about = years{
		max(first.UTC().AddDate(0, 0, -margin).Year(), instant.FirstYear),
		min(last.UTC().AddDate(0, 0, margin).Year()+1, instant.LastYear),
	}
	f := catalogForm{Version: c.version, Categories: []any{r.Category}, Calendars: w.forms}
	if !slices.Equal(p.scale.severities, usualScale().severities) {
		f.Severities = formsOf(p.scale.severities, nil)
	}
	form := policyForm{Moniker: p.moniker, Plan: p.plan, From: instant.DayStamp{Time: p.from}, Until: instant.DayStamp{Time: p.until}, Terms: []promiseForm{}}
	if course := p.courseOf(r.Metric); course.Change != ChangeFromOpening || course.Reopening != ReopenContinue {
		course.Metric = ""
		form.Courses = formOfCourses(course)
	}
	cut := Policy{Severities: p.scale.severities, Categories: []region.Category{r.Category}}
	category, _ := p.scale.category(r.Category)
	terms, reasons := map[*Term]int{}, map[*Exclusion]int{}
	for i, severity := range p.scale.severities {
		is := p.metric(r.Metric).promise(i, category)
		if is == nil {
			continue
		}
		if is.none != nil {
			at, known := reasons[is.none]
			if !known {
				at = len(cut.None)
				reasons[is.none] = at
				cut.None = append(cut.None, *is.none)
				cut.None[at].Severities, cut.None[at].Categories = nil, nil
			}
			cut.None[at].Severities = append(cut.None[at].Severities, severity)
			continue
		}
		at, known := terms[is.term]
		if !known {
			at = len(cut.Terms)
			terms[is.term] = at
			if t, err := is.term.in(r.Country); err == nil {
				cut.Terms = append(cut.Terms, *t)
			} else { // it counts in other countries only
				cut.Terms = append(cut.Terms, *is.term)
			}
			cut.Terms[at].Severities, cut.Terms[at].Categories = nil, nil
		}
		cut.Terms[at].Severities = append(cut.Terms[at].Severities, severity)
	}
	form.Terms = w.terms(&cut, &scale{severities: cut.Severities, categories: cut.Categories})
	if len(form.Terms) == 0 { // a list of terms has at least one
		none := promiseForm{None: "no-commitment", Reason: noTerm}
		if r.Metric != FirstResponse {
			none.Metric = r.Metric
		}
		form.Terms = append(form.Terms, none)
	}
	f.Policies = []policyForm{form}
	if w.err != nil {
		return nil, w.err
	}
	return json.Marshal(f)
}
