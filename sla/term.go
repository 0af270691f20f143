package sla

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
)

// Term is one commitment: what is due how soon, counted in which hours. It holds for
// each of its severities in each of its categories.
type Term struct {
	Metric     Metric            // "" is FirstResponse
	Categories []region.Category // nil: all of the policy
	Severities []Severity        // nil: all of the policy
	Target     Target
	// Calendar holds the hours in which the target counts. Requests from a country in
	// Countries, by its ISO 3166-1 alpha-2 code, count in the calendar given there. If
	// Calendar is nil, requests from other countries are an error.
	Calendar  *calendar.Calendar
	Countries map[string]*calendar.Calendar
	FollowUp  string // what comes after the response
	Duties    string // what the customer has to do
	Source    string // where the figures are from
	Basis     Basis  // "" is BasisCustom
	// Thresholds are the points on the way to the due time, and beyond, at which somebody
	// wants to know. A catalog calls them "alarms". A term has 32 at the most, and 4 that repeat. The published
	// terms have none.
	Thresholds []Threshold
}

// MarshalJSON returns the term as an object without empty fields. The fields have the names of a
// catalog. Each calendar is one line for people.
func (t Term) MarshalJSON() ([]byte, error) {
	line := func(c *calendar.Calendar) string {
		if c == nil {
			return ""
		}
		return c.String()
	}
	var countries map[string]string
	for code, c := range t.Countries {
		if countries == nil {
			countries = map[string]string{}
		}
		countries[code] = line(c)
	}
	return json.Marshal(struct {
		Metric     Metric            `json:"metric"`
		Categories []region.Category `json:"categories,omitempty"`
		Severities []Severity        `json:"severities,omitempty"`
		Target     Target            `json:"target,omitzero"`
		Calendar   string            `json:"calendar,omitempty"`
		Countries  map[string]string `json:"countries,omitempty"`
		Alarms     []Threshold       `json:"alarms,omitempty"`
		FollowUp   string            `json:"follow_up,omitempty"`
		Duties     string            `json:"duties,omitempty"`
		Source     string            `json:"source,omitempty"`
		Basis      Basis             `json:"basis"`
	}{
		cmp.Or(t.Metric, FirstResponse), t.Categories, t.Severities, t.Target, line(t.Calendar), countries,
		t.Thresholds, t.FollowUp, t.Duties, t.Source, cmp.Or(t.Basis, BasisCustom),
	})
}

// clone returns a copy that shares nothing that a caller could change.
func (t Term) clone() Term {
	t.Categories, t.Severities = slices.Clone(t.Categories), slices.Clone(t.Severities)
	t.Countries, t.Thresholds = maps.Clone(t.Countries), slices.Clone(t.Thresholds)
	return t
}

// forOne returns a copy of the term for one case, which a Request tells.
func (t *Term) forOne() Term {
	c := *t
	c.Categories, c.Severities, c.Countries = nil, nil, nil
	c.Thresholds = slices.Clone(t.Thresholds)
	return c
}

// in returns the term as it holds in a country, in whose calendar it counts.
func (t *Term) in(country string) (*Term, error) {
	if t.Countries == nil {
		return t, nil
	}
	c := *t
	c.Countries = nil
	if own := t.Countries[country]; own != nil {
		c.Calendar = own
	}
	if c.Calendar == nil {
		return nil, &region.UnknownError{What: "country", Text: country, Want: "a country that the term counts in", Known: sortedKeys(t.Countries)}
	}
	return &c, nil
}
