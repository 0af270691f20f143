package sla_test

import (
	"iter"

	"github.com/duetime/duetime/sla"
)

// only returns a list of what it is given.
func only[T any](list ...T) []T { return list }

// requestsOf returns a request, without an opening, for each case for which a catalog
// has a term.
func requestsOf(c *sla.Catalog) iter.Seq2[sla.Request, sla.Term] {
	return func(yield func(sla.Request, sla.Term) bool) {
		for p := range c.Policies() {
			r := sla.Request{Moniker: p.Moniker, Plan: p.Plan, Opened: p.From}
			for _, t := range p.Terms {
				severities, categories := t.Severities, t.Categories
				if severities == nil {
					severities = c.Severities(r)
				}
				if categories == nil {
					categories = c.Categories(r)
				}
				for _, category := range categories {
					for _, severity := range severities {
						r.Metric, r.Category, r.Severity = t.Metric, category, severity
						of := t
						of.Categories, of.Severities = only(category), only(severity)
						if !yield(r, of) {
							return
						}
					}
				}
			}
		}
	}
}
