package input

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

const desk = `{
  "version": "desk",
  "severities": ["P1", {"name": "P2", "also": ["high", "Sev 2"]}, "P3", {"name": "P4", "also": ["4", "low"]}],
  "categories": ["incident", {"name": "service request", "also": ["request"]}],
  "policies": [
    {"moniker": "Desk", "plan": "Gold", "default": true, "terms": [{"target": "1h", "calendar": "24/7"}]},
    {"moniker": "Desk", "plan": "Silver", "terms": [{"target": "2h", "calendar": "24/7"}]},
    {"moniker": "Desk", "plan": "Silver", "from": "2027-01-01", "severities": ["major", "minor"], "terms": [{"target": "3h", "calendar": "24/7"}]},
    {"moniker": "Élan", "terms": [{"target": "1h", "calendar": "24/7"}]},
    {"moniker": "X-Ray", "terms": [{"target": "1h", "calendar": "24/7"}]},
    {"moniker": "X-RAY", "terms": [{"target": "2h", "calendar": "24/7"}]},
    {"moniker": "yard", "terms": [{"target": "1h", "calendar": "24/7"}]},
    {"moniker": "YARD", "terms": [{"target": "2h", "calendar": "24/7"}]}
  ]
}`

func TestTerms(t *testing.T) {
	own, err := sla.ParseCatalog([]byte(desk))
	require.NoError(t, err)
	terms, published := NewTerms(own), NewTerms(sla.Published())
	const opened = "2026-07-14T16:00:00+02:00"
	request := func(r sla.Request) sla.Request {
		r.Opened, _ = time.Parse(time.RFC3339, opened)
		return r
	}
	for _, row := range []struct {
		terms *Terms
		in    Request
		want  sla.Request
		err   string
	}{
		{terms, Request{Moniker: "Desk", Severity: "P1"}, sla.Request{Moniker: "Desk", Severity: "P1"}, ""},
		{terms, Request{Moniker: " desk ", Plan: " SILVER", Severity: " HIGH ", Category: " Request ", Country: " us", Metric: " resolution "}, sla.Request{Moniker: "Desk", Plan: "Silver", Severity: "P2", Category: "service request", Country: "US", Metric: "resolution"}, ""},
		{terms, Request{Moniker: "DESK", Severity: "sev-2", Category: "Service-Request"}, sla.Request{Moniker: "Desk", Severity: "P2", Category: "service request"}, ""},
		{terms, Request{Moniker: "desk", Severity: "4", Category: "  "}, sla.Request{Moniker: "Desk", Severity: "P4"}, ""},
		{terms, Request{Moniker: "élan", Severity: "p3"}, sla.Request{Moniker: "Élan", Severity: "P3"}, ""},
		{terms, Request{Moniker: "X-Ray", Severity: "P3"}, sla.Request{Moniker: "X-Ray", Severity: "P3"}, ""},
		{terms, Request{Moniker: "x-ray", Severity: "P3"}, sla.Request{}, `region: unknown moniker "x-ray": want one of the catalog: Desk, Élan, X-Ray, X-RAY, yard, YARD`},
		{terms, Request{Moniker: "yard", Severity: "P3"}, sla.Request{Moniker: "yard", Severity: "P3"}, ""},
		{terms, Request{Moniker: "YARD", Severity: "P3"}, sla.Request{Moniker: "YARD", Severity: "P3"}, ""},
		{terms, Request{Moniker: "desk", Severity: "5"}, sla.Request{}, `sla: unknown severity "5": want a severity of Desk, plan Gold: P1, P2, P3, P4`},
		{terms, Request{Moniker: "desk"}, sla.Request{}, `sla: no severity given: want a severity of Desk, plan Gold: P1, P2, P3, P4`},
		{terms, Request{Moniker: "desk", Severity: "1", Category: "billing"}, sla.Request{}, `region: unknown category "billing": want a category of Desk, plan Gold: incident, service request`},
		{terms, Request{Moniker: "desk", Plan: "bronze", Severity: "1"}, sla.Request{}, `sla: unknown plan "bronze": want a plan of Desk: Gold, Silver`},
		{terms, Request{Severity: "P1"}, sla.Request{}, `region: no moniker given: want one of the catalog: Desk, Élan, X-Ray, X-RAY, yard, YARD`},
		{terms, Request{Moniker: "desk", Plan: "silver", Severity: "minor", Opened: "2027-07-14T16:00:00Z"}, sla.Request{Moniker: "Desk", Plan: "Silver", Severity: "minor"}, ""},
		{terms, Request{Moniker: "desk", Plan: "silver", Severity: "P2", Opened: "2027-07-14T16:00:00Z"}, sla.Request{}, `sla: unknown severity "P2": want a severity of Desk, plan Silver: major, minor`},
		{terms, Request{Moniker: "desk", Severity: "P2", Opened: "noon"}, sla.Request{}, `opened "noon": want a time with its offset, such as 2020-05-27T20:00:00+08:00`},
		{published, Request{Moniker: "O365-Germany", Plan: "Standard", Severity: "Sev A", Category: "Pre Sales"}, sla.Request{Moniker: "o365-germany", Plan: "standard", Severity: "A", Category: "pre-sales"}, ""},
		{published, Request{Moniker: "o365-germany", Severity: "Non-Critical"}, sla.Request{Moniker: "o365-germany", Severity: "C"}, ""},
	} {
		if row.in.Opened == "" {
			row.in.Opened = opened
		}
		got, err := row.terms.Request(row.in)
		if row.err != "" {
			assert.EqualError(t, err, row.err)
			assert.Zero(t, got)
			continue
		}
		require.NoError(t, err, row.in)
		want := request(row.want)
		assert.Equal(t, row.in.Opened, got.Opened.Format(time.RFC3339))
		got.Opened = want.Opened
		assert.Equal(t, want, got)
	}
	_, err = NewTerms(nil).Deadline(Request{Moniker: "desk", Opened: opened})
	assert.EqualError(t, err, `region: unknown moniker "desk": want a catalog with terms; this one has none`)
}

// The change of an event has the names of the plan that it changes to.
func TestSpellEvent(t *testing.T) {
	desk, err := sla.ParseCatalog([]byte(`{"version": "1", "calendars": {}, "policies": [
		{"moniker": "desk", "plan": "silver", "default": true, "severities": [{"name": "P1", "also": ["high"]}], "categories": [{"name": "incident", "also": ["fault"]}], "terms": [{"target": "4h", "calendar": "24/7"}]},
		{"moniker": "desk", "plan": "gold", "severities": [{"name": "G1", "also": ["high"]}], "terms": [{"target": "1h", "calendar": "24/7"}]},
		{"moniker": "shop", "severities": [{"name": "S1", "also": ["high"]}], "terms": [{"target": "8h", "calendar": "24/7"}]}
	]}`))
	require.NoError(t, err)
	terms := NewTerms(desk)
	for _, row := range []struct{ change, want ticket.Change }{
		{ticket.Change{}, ticket.Change{}},
		{ticket.Change{Severity: "High", Category: "Fault"}, ticket.Change{Severity: "P1", Category: "incident"}},
		{ticket.Change{Plan: "Gold", Severity: "high"}, ticket.Change{Plan: "gold", Severity: "G1"}},
		{ticket.Change{Moniker: "Desk", Severity: "high"}, ticket.Change{Moniker: "desk", Severity: "P1"}},
		{ticket.Change{Moniker: "SHOP", Severity: "high"}, ticket.Change{Moniker: "shop", Severity: "S1"}},
		{ticket.Change{Plan: "bronze", Severity: "high"}, ticket.Change{Plan: "bronze", Severity: "high"}},
		{ticket.Change{Severity: "7", Category: "7", Country: "de"}, ticket.Change{Severity: "7", Category: "7", Country: "de"}},
	} {
		event := ticket.Event{ID: "1", Word: "paused", Change: row.change, Note: "n"}
		want := event
		want.Change = row.want
		assert.Equal(t, want, terms.SpellEvent(sla.Request{Moniker: "desk", Plan: "silver"}, event))
	}
}

// To read a request whose names are spelled as in the catalog allocates nothing, and in
// other words little.
func TestTermsAllocate(t *testing.T) {
	terms := NewTerms(sla.Published())
	for in, most := range map[Request]float64{
		{Moniker: "o365-germany", Category: "technical", Plan: "standard", Severity: "B", Opened: "2026-07-14T16:00:00Z", Country: "DE"}: 0,
		{Moniker: "O365-Germany", Category: "Technical", Plan: "Standard", Severity: "High", Opened: "2026-07-14T16:00:00Z"}:             4,
	} {
		_, err := terms.Request(in)
		require.NoError(t, err)
		assert.LessOrEqual(t, testing.AllocsPerRun(100, func() { terms.Request(in) }), most)
	}
}

func TestLine(t *testing.T) {
	for text, want := range map[string][2]string{
		"plain":              {"plain", "plain"},
		"a\nb\tc  d":         {"a b c d", "a b c  d"},
		"\u202eright":        {"right", " right"},
		"a\u2028b\u2029c":    {"a b c", "a b c"},
		"\u2066x\u2069 \x1b": {"x", " x   "},
		"\u200fmark":         {"mark", " mark"},
	} {
		assert.Equal(t, want[0], Line(text))
		assert.Equal(t, want[1], Plain(text))
	}
}
