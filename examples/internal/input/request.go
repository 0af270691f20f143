package input

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

// Request is a request as text, from flags or from a row.
type Request struct{ Moniker, Category, Plan, Severity, Opened, Country, Metric string }

// Terms is a catalog, with its monikers and plans as people type them.
type Terms struct {
	Catalog  *sla.Catalog
	monikers map[string]region.Moniker
	plans    map[typedPlan]sla.Plan
}

type typedPlan struct {
	moniker region.Moniker
	text    string
}

// NewTerms returns the terms of a catalog.
func NewTerms(c *sla.Catalog) *Terms {
	t := &Terms{c, map[string]region.Moniker{}, map[typedPlan]sla.Plan{}}
	for p := range c.Policies() {
		t.monikers[string(p.Moniker)] = p.Moniker
		t.plans[typedPlan{p.Moniker, string(p.Plan)}] = p.Plan
	}
	for p := range c.Policies() {
		lower := strings.ToLower(string(p.Moniker))
		alike(t.monikers, lower, lower, p.Moniker)
		lower = strings.ToLower(string(p.Plan))
		alike(t.plans, typedPlan{p.Moniker, lower}, lower, p.Plan)
	}
	return t
}

// alike adds a name in lower case. If two names are alike in it, it stands for neither.
func alike[K comparable, V ~string](names map[K]V, key K, lower string, name V) {
	switch other, taken := names[key]; {
	case !taken:
		names[key] = name
	case other != name && string(other) != lower:
		names[key] = ""
	}
}

// Request returns the request that the texts name, as [Terms.Spell] has it.
func (t *Terms) Request(in Request) (sla.Request, error) {
	r, err := in.named()
	if err != nil {
		return sla.Request{}, err
	}
	return t.Spell(r)
}

// Spell returns a request in the names of the catalog: moniker and plan are taken in any
// case, severity and category by the synonyms of the catalog, too. A category that is left
// out stays so: it is the default of the policy. An unknown moniker or plan is a
// *[region.UnknownError] of the catalog.
func (t *Terms) Spell(r sla.Request) (sla.Request, error) {
	r = t.spellPlan(r)
	var err error
	if r.Category != "" {
		if r.Category, err = t.Catalog.ParseCategory(r, string(r.Category)); err != nil {
			return sla.Request{}, err
		}
	}
	if r.Severity, err = t.Catalog.ParseSeverity(r, string(r.Severity)); err != nil {
		return sla.Request{}, err
	}
	return r, nil
}

// spellPlan returns a request with its moniker and plan in the names of the catalog. Unknown
// ones stay.
func (t *Terms) spellPlan(r sla.Request) sla.Request {
	if m := t.monikers[string(r.Moniker)]; m != "" {
		r.Moniker = m
	} else if m := t.monikers[strings.ToLower(string(r.Moniker))]; m != "" {
		r.Moniker = m
	}
	if p := t.plans[typedPlan{r.Moniker, string(r.Plan)}]; p != "" {
		r.Plan = p
	} else if p := t.plans[typedPlan{r.Moniker, strings.ToLower(string(r.Plan))}]; p != "" {
		r.Plan = p
	}
	return r
}

// SpellEvent returns an event of a request with its change in the names of the catalog.
// Unknown names stay, for the ticket to reject.
func (t *Terms) SpellEvent(r sla.Request, e ticket.Event) ticket.Event {
	c := &e.Change
	if c.Moniker != "" {
		r.Moniker, r.Plan = c.Moniker, ""
	}
	r.Plan = cmp.Or(c.Plan, r.Plan)
	r = t.spellPlan(r)
	if c.Moniker != "" {
		c.Moniker = r.Moniker
	}
	if c.Plan != "" {
		c.Plan = r.Plan
	}
	if s, err := t.Catalog.ParseSeverity(r, string(c.Severity)); err == nil && c.Severity != "" {
		c.Severity = s
	}
	if s, err := t.Catalog.ParseCategory(r, string(c.Category)); err == nil && c.Category != "" {
		c.Category = s
	}
	return e
}

// named returns the request that the texts are if each is a name as the catalog has it.
func (in Request) named() (sla.Request, error) {
	opened, err := Instant(in.Opened)
	if err != nil {
		return sla.Request{}, fmt.Errorf("opened %w", err)
	}
	return sla.Request{
		Moniker:  region.Moniker(strings.TrimSpace(in.Moniker)),
		Category: region.Category(strings.TrimSpace(in.Category)),
		Plan:     sla.Plan(strings.TrimSpace(in.Plan)),
		Severity: sla.Severity(strings.TrimSpace(in.Severity)),
		Opened:   opened,
		Country:  strings.ToUpper(strings.TrimSpace(in.Country)),
		Metric:   sla.Metric(strings.TrimSpace(in.Metric)),
	}, nil
}

// Deadline returns the deadline of the request that the texts name. It tries the texts as
// names of the catalog first, as most rows of a large file have these.
func (t *Terms) Deadline(in Request) (sla.Deadline, error) {
	r, err := in.named()
	if err == nil {
		d, err := t.Catalog.Deadline(r)
		if _, unknown := errors.AsType[*region.UnknownError](err); !unknown {
			return d, err
		}
	}
	if r, err = t.Request(in); err != nil {
		return sla.Deadline{}, err
	}
	return t.Catalog.Deadline(r)
}

// Instant reads a time as RFC 3339 has it. Package time takes more: an hour of one digit,
// a comma, an offset of sixty minutes, and one of a day, which it cannot write then.
func Instant(text string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, text)
	if err == nil {
		_, err = t.MarshalText()
	}
	const hour = len("2020-05-27T20")
	if err != nil || text[hour] != ':' || strings.Contains(text, ",") || !strings.HasSuffix(text, "Z") && text[len(text)-len("00")] >= '6' {
		return time.Time{}, fmt.Errorf("%q: want a time with its offset, such as 2020-05-27T20:00:00+08:00", text)
	}
	return t, nil
}
