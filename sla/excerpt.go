package sla

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla/internal/instant"
)

// Excerpt returns the catalog cut down to what requests are about, as a JSON text that
// [ParseCatalog] reads: the policies that judge them, with all metrics, severities and
// categories, and with the calendars of the requests' countries. A request's Metric that its
// policy lacks is in it, as one without a commitment. The holidays of the years that have
// the openings and the times, and of those between them, are written out. So the excerpt
// says the same after the catalog, or the holidays known to the library, have changed. It
// is written in one line.
//
// Excerpt returns the errors of [Catalog.Deadline] about the policy of a request, and the
// errors of [Catalog.MarshalJSON].
func (c *Catalog) Excerpt(times []time.Time, requests ...Request) ([]byte, error) {
	times = slices.Clone(times)
	type part struct {
		policy    *policy
		countries map[string]bool
		metrics   []Metric  // that the policy lacks
		last      time.Time // when the last of its requests was opened
	}
	var parts []part
	for _, r := range requests {
		if err := c.broken(); err != nil {
			return nil, err
		}
		p, err := c.policy(r.Moniker, r.Plan, r.Opened)
		switch {
		case err != nil:
			return nil, err
		case !instant.InRange(r.Opened):
			return nil, openedOutOfRange(r.Opened)
		}
		times = append(times, r.Opened)
		i := slices.IndexFunc(parts, func(q part) bool { return q.policy == p })
		if i < 0 {
			i, parts = len(parts), append(parts, part{p, map[string]bool{}, nil, r.Opened})
		}
		parts[i].last = instant.Later(parts[i].last, r.Opened)
		parts[i].countries[r.Country] = true
		if m := r.Metric; m != "" && p.metric(m) == nil && !slices.Contains(parts[i].metrics, m) {
			parts[i].metrics = append(parts[i].metrics, m)
		}
	}
	if c.Version() == "" {
		return nil, &CatalogError{[]Fault{{Path: "version", Text: "missing", Want: versionWanted}}}
	}
	if parts == nil {
		return nil, &CatalogError{[]Fault{{Path: "policies", Text: "missing", Want: policiesWanted}}}
	}
	w := newWriter(c)
	first, last := slices.MinFunc(times, time.Time.Compare), slices.MaxFunc(times, time.Time.Compare)
	const margin = 3 // days that a zone and a night shift can shift a date by
	w.about = years{
		max(first.UTC().AddDate(0, 0, -margin).Year(), instant.FirstYear),
		min(last.UTC().AddDate(0, 0, margin).Year()+1, instant.LastYear),
	}
	plans := map[region.Moniker][]Plan{}
	for _, part := range parts {
		if m := part.policy.moniker; !slices.Contains(plans[m], part.policy.plan) {
			plans[m] = append(plans[m], part.policy.plan)
		}
	}
	cut := make([]Policy, len(parts))
	for i, part := range parts {
		cut[i] = *part.policy.given
		// The only plan needs no mark. Excerpts of excerpts are the same.
		cut[i].Default = part.policy.isDefault && part.policy.plan != "" && len(plans[part.policy.moniker]) > 1
		cut[i].Until = c.endOf(part.policy, part.last)
		cut[i].Terms = slices.Clone(cut[i].Terms)
		for j := range cut[i].Terms {
			cut[i].Terms[j].cut(part.countries)
		}
		cut[i].None = slices.Clone(cut[i].None)
		for _, m := range part.metrics {
			cut[i].None = append(cut[i].None, Exclusion{Metric: m, Err: ErrNoCommitment, Reason: noTerm})
		}
	}
	f := catalogForm{Version: c.version, Calendars: w.forms}
	scales := make([]*scale, len(parts))
	for i, part := range parts {
		s := *part.policy.scale
		s.severitySynonyms, s.categorySynonyms = nil, nil // which nobody types here
		scales[i] = &s
	}
	usual, words := sharedScale(scales, usualScale()), newWordsWriter(cut)
	f.Severities, f.Categories = usual.forms(usualScale())
	f.wordsForm = words.shared()
	for i := range cut {
		p := &cut[i]
		form := policyForm{
			Moniker: p.Moniker, Plan: p.Plan, Default: p.Default, From: instant.DayStamp{Time: p.From}, Until: instant.DayStamp{Time: p.Until},
			wordsForm: words.own(i), Terms: w.terms(p, scales[i]),
		}
		form.Severities, form.Categories = scales[i].forms(usual)
		if len(form.Terms) == 0 { // a list of terms has at least one
			form.Terms = []promiseForm{{None: "no-commitment", Reason: noTerm}}
		}
		f.Policies = append(f.Policies, form)
	}
	if w.err != nil {
		return nil, w.err
	}
	return json.Marshal(f)
}

// endOf returns until when a policy is in force after a request that it judges: until the next
// version is, too. A version that was over by then does not count.
func (c *Catalog) endOf(p *policy, judged time.Time) time.Time {
	end := p.until
	for q := range c.versions(p.moniker, p.plan) {
		if q == p {
			break
		}
		if q.from.After(judged) && (end.IsZero() || q.from.Before(end)) {
			end = q.from
		}
	}
	return end
}

// cut leaves out the calendars of other countries than some. That of "" counts for those
// that have none of their own.
func (t *Term) cut(countries map[string]bool) {
	if t.Countries == nil {
		return
	}
	kept := map[string]*calendar.Calendar{}
	others := false
	for _, country := range slices.Sorted(maps.Keys(countries)) {
		if c := t.Countries[country]; c != nil {
			kept[country] = c
		} else {
			others = true
		}
	}
	switch {
	case len(kept) == 0 && t.Calendar == nil: // it counts in other countries only
	case len(kept) == 0:
		t.Countries = nil
	default:
		t.Countries = kept
		if !others {
			t.Calendar = nil
		}
	}
}
