package sla_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
)

// A deadline and a term are objects with the names of a catalog, and without what is empty.
func TestDeadlineJSON(t *testing.T) {
	catalog, err := sla.ParseCatalog([]byte(`{"version": "2026-07", "calendars": {"Berlin": {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00", "holidays": ["DE-BE"]}},
		"policies": [{"moniker": "acme", "from": "2026-01-01", "terms": [{"severities": ["A"], "target": "4h", "calendar": {"DE": "Berlin", "": "24/7"}, "alarms": ["50%"]}, {"severities": ["B", "C"], "none": "no-commitment", "reason": "best effort"}]}]}`))
	require.NoError(t, err)
	r := sla.Request{Moniker: "acme", Severity: "A", Country: "DE", Opened: in(t, "2026-07-06T10:00:00+02:00")}
	d, err := catalog.Deadline(r)
	require.NoError(t, err)
	got, err := json.Marshal(d)
	require.NoError(t, err)
	assert.Equal(t, `{"catalog":"2026-07","in_force_since":"2026-01-01T00:00:00Z",`+
		`"request":{"moniker":"acme","category":"technical","severity":"A","opened":"2026-07-06T10:00:00+02:00","country":"DE","metric":"first-response"},`+
		`"term":{"metric":"first-response","target":"4h","calendar":"Berlin: Mo-Fr 09:00-17:00 Europe/Berlin, holidays DE-BE","alarms":["50%"],"basis":"custom"},`+
		`"start":"2026-07-06T10:00:00+02:00","due":"2026-07-06T14:00:00+02:00"}`, string(got))

	r.Severity = "B"
	d, err = catalog.Deadline(r)
	require.ErrorIs(t, err, sla.ErrNoCommitment)
	got, err = json.Marshal(d)
	require.NoError(t, err)
	assert.NotContains(t, string(got), `"term"`)
	assert.NotContains(t, string(got), `"due"`)

	for policy := range catalog.Policies() {
		got, err = json.Marshal(policy.Terms[0])
		require.NoError(t, err)
		assert.Equal(t, `{"metric":"first-response","severities":["A"],"target":"4h","calendar":"24/7: 24/7 UTC","countries":{"DE":"Berlin: Mo-Fr 09:00-17:00 Europe/Berlin, holidays DE-BE"},"alarms":["50%"],"basis":"custom"}`, string(got))
	}
	for _, zero := range []any{sla.Deadline{}, sla.Term{}} {
		_, err := json.Marshal(zero)
		assert.NoError(t, err)
	}
	d, err = sla.Published().Deadline(sla.Request{Moniker: region.China, Category: region.Billing, Severity: "B", Opened: in(t, "2090-02-01T10:00:00+08:00")})
	require.NoError(t, err)
	require.True(t, d.Provisional)
	got, err = json.Marshal(d)
	require.NoError(t, err)
	assert.Contains(t, string(got), `,"provisional":true}`)
}
