package sla

import (
	"slices"

	"github.com/duetime/duetime/region"
)

// This file has what a form asks of a catalog.

// Monikers returns the monikers that the catalog has policies for, in their order.
func (c *Catalog) Monikers() []region.Moniker {
	if c == nil {
		return nil
	}
	return slices.Clone(c.monikers)
}

// Plans returns the plans of a request's moniker, the default first if it has one.
func (c *Catalog) Plans(r Request) []Plan {
	if c == nil {
		return nil
	}
	plans := c.plans(r.Moniker)
	for p := range c.versions(r.Moniker, "") {
		if i := slices.Index(plans, p.plan); i > 0 {
			plans = slices.Insert(slices.Delete(plans, i, i+1), 0, p.plan)
		}
		break
	}
	return plans
}

// plans returns the plans of a moniker, in their order.
func (c *Catalog) plans(m region.Moniker) (plans []Plan) {
	if c == nil {
		return nil
	}
	for i := range c.policies {
		// The versions of a plan stand together.
		if p := &c.policies[i]; p.moniker == m && (len(plans) == 0 || plans[len(plans)-1] != p.plan) {
			plans = append(plans, p.plan)
		}
	}
	return plans
}

// Severities returns the scale that a request is judged by, the most severe first.
// Like [Catalog.Categories] and [Catalog.Metrics] it reads the request's Moniker, Plan
// and Opened: a zero Opened stands for the version in force last. It returns nil
// if no policy fits.
func (c *Catalog) Severities(r Request) []Severity {
	p, err := c.formPolicy(r)
	if err != nil {
		return nil
	}
	return slices.Clone(p.scale.severities)
}

// Categories returns the categories that a request can have, the default first.
func (c *Catalog) Categories(r Request) []region.Category {
	p, err := c.formPolicy(r)
	if err != nil {
		return nil
	}
	return slices.Clone(p.scale.categories)
}

// Metrics returns the metrics that the policy of a request has terms for, or reasons for
// having none, FirstResponse first.
func (c *Catalog) Metrics(r Request) (metrics []Metric) {
	p, err := c.formPolicy(r)
	if err != nil {
		return nil
	}
	for i := range p.commitments {
		metrics = append(metrics, p.commitments[i].metric)
	}
	return metrics
}

// Words returns the words of the policy in force at a request's opening. Its ticket can be
// told these and [WordCancelled].
func (c *Catalog) Words(r Request) (statuses, happenings []string) {
	p, err := c.formPolicy(r)
	if err != nil {
		return nil, nil
	}
	statuses, happenings = p.given.words()
	return slices.Clone(statuses), slices.Clone(happenings)
}

// ParseSeverity returns the severity that a text names, for a request's Moniker, Plan
// and Opened: a name on the scale or a synonym. It ignores case, blanks, hyphens and
// underscores. The error is a *[region.UnknownError], or one of those of [Catalog.Deadline] if no policy fits.
func (c *Catalog) ParseSeverity(r Request, text string) (Severity, error) {
	p, err := c.formPolicy(r)
	if err != nil {
		return "", err
	}
	if i, ok := p.scale.severity(Severity(text)); ok {
		return p.scale.severities[i], nil
	}
	if i, ok := p.scale.severityNames[fold(text)]; ok {
		return p.scale.severities[i], nil
	}
	return "", p.scale.unknownSeverity(text, p.String())
}

// ParseCategory is [Catalog.ParseSeverity] for a category, with the same errors. "" is the
// first category.
func (c *Catalog) ParseCategory(r Request, text string) (region.Category, error) {
	p, err := c.formPolicy(r)
	if err != nil {
		return "", err
	}
	if i, ok := p.scale.category(region.Category(text)); ok {
		return p.scale.categories[i], nil
	}
	if i, ok := p.scale.categoryNames[fold(text)]; ok {
		return p.scale.categories[i], nil
	}
	return "", p.scale.unknownCategory(text, p.String())
}

// formPolicy returns the policy of a request that may have no opening yet.
func (c *Catalog) formPolicy(r Request) (*policy, error) {
	if c == nil {
		c = new(Catalog)
	}
	if err := c.broken(); err != nil {
		return nil, err
	}
	if r.Opened.IsZero() {
		for p := range c.versions(r.Moniker, r.Plan) {
			return p, nil
		}
	}
	return c.policy(r.Moniker, r.Plan, r.Opened)
}
