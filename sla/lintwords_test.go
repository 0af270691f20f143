package sla_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla"
)

// findingsOfWords are the kinds that are about words and courses.
var findingsOfWords = map[string]bool{"unused-course": true, "unused-word": true, "endless-pause": true, "endless-clock": true, "differing-words": true}

func TestLintWords(t *testing.T) {
	const (
		terms    = `"terms": [{"target": "1h", "calendar": "24/7"}, {"metric": "resolution", "target": "1h", "calendar": "24/7"}]`
		response = `"terms": [{"target": "1h", "calendar": "24/7"}]`
		none     = `"terms": [{"none": "no-commitment", "reason": "r"}]`
		words    = `"statuses": ["open", "pending", "solved"], "happenings": ["reply"]`
		courses  = `"courses": {"first-response": {"stop": ["reply"]}, "resolution": {"stop": ["solved"], "pause": ["pending"]}}`
	)
	for _, row := range []struct {
		why, catalog, policies string
		want                   []string
	}{
		{"the desk of two lines", words + ", " + courses, `{"moniker": "m", ` + terms + `}`, nil},
		{"no words, no courses", "", `{"moniker": "m", ` + terms + `}`, nil},
		{"courses of the usual words", `"courses": {"": {"pause": ["paused", "reopened"]}, "resolution": {"reset": ["responded", "due"]}}`, `{"moniker": "m", ` + terms + `}`, nil},
		{
			"a course that no policy has a term for", words + `, "courses": {"": {"stop": ["solved", "reply"]}, "update": {"reset": ["reply"]}}`, `{"moniker": "m", ` + terms + `}, {"moniker": "n", ` + response + `}`,
			[]string{`policies[0]: m: a course of "update", which has no term (unused-course)`},
		},
		{"one that some have", words + ", " + courses, `{"moniker": "m", ` + response + `}, {"moniker": "n", ` + terms + `}`, nil},
		{
			"the same, where each policy has its own courses", "",
			`{"moniker": "m", ` + words + ", " + courses + ", " + response + `}, {"moniker": "n", ` + words + `, "courses": {"": {"stop": ["reply"], "pause": ["pending"]}}, ` + terms + `}`,
			[]string{`policies[0]: m: a course of "resolution", which has no term (unused-course)`},
		},
		{
			"a reason is no term", `"courses": {"first-response": {"change": "restart"}}`, `{"moniker": "m", ` + none + `}`,
			[]string{`policies[0]: m: a course of "first-response", which has no term (unused-course)`},
		},
		{
			"a happening without a course", `"statuses": ["solved"], "happenings": ["reply", "customer"], "courses": {"": {"stop": ["solved", "reply"]}}`, `{"moniker": "m", ` + terms + `}, {"moniker": "n", ` + terms + `}`,
			[]string{`policies[0]: m: no course lists the happening "customer" (unused-word)`},
		},
		{"it is in the course of one plan", `"statuses": ["solved"], "happenings": ["reply", "customer"], "courses": {"": {"stop": ["solved", "reply"]}}`, `{"moniker": "m", ` + response + `}, {"moniker": "n", "courses": {"": {"start": ["customer"], "stop": ["solved"]}}, ` + response + `}`, nil},
		{
			"it is in the course of a metric without a term", `"statuses": ["solved"], "happenings": ["reply", "customer"], "courses": {"": {"stop": ["solved", "reply"]}, "update": {"reset": ["customer"]}}`, `{"moniker": "m", ` + terms + `}`,
			[]string{`policies[0]: m: a course of "update", which has no term (unused-course)`, `policies[0]: m: no course lists the happening "customer" (unused-word)`},
		},
		{
			"no course lists a status", `"statuses": ["open", "closed"], "happenings": ["reply"], "courses": {"": {"stop": ["reply"]}}`, `{"moniker": "m", ` + terms + `}`,
			[]string{`policies[0]: m: no course lists a status, such as "open" (unused-word)`},
		},
		{"one does, and the others end it", `"statuses": ["open", "pending", "waiting", "closed"], "courses": {"": {"stop": ["closed"]}}`, `{"moniker": "m", ` + terms + `}`, nil},
		{"words that nobody needs, as nothing is promised", words, `{"moniker": "m", ` + none + `}`, nil},
		{
			"words without courses", words, `{"moniker": "m", ` + response + `}`,
			[]string{`policies[0]: m: no word stops "first-response" (endless-clock)`, `policies[0]: m: no course lists the happening "reply" (unused-word)`, `policies[0]: m: no course lists a status, such as "open" (unused-word)`},
		},
		{
			"a metric that nothing stops, once", words + `, "courses": {"first-response": {"stop": ["reply"], "pause": ["pending"]}, "resolution": {"reset": ["reply"]}}`, `{"moniker": "m", ` + terms + `}, {"moniker": "n", ` + terms + `}`,
			[]string{`policies[0]: m: no word stops "resolution" (endless-clock)`},
		},
		{
			"nothing stops it by intent", `"courses": {"": {"stop": []}}`, `{"moniker": "m", ` + response + `}`,
			[]string{`policies[0]: m: no word stops "first-response" (endless-clock)`},
		},
		{
			"a pause without an end", `"statuses": ["pending", "waiting"], "happenings": ["reply"], "courses": {"": {"stop": ["reply"], "pause": ["waiting", "pending"]}}`, `{"moniker": "m", ` + response + `}, {"moniker": "n", ` + response + `}`,
			[]string{`policies[0]: m: each status pauses "first-response": no other ends the pause (endless-pause)`},
		},
		{
			"plans with other words", words + ", " + courses, `{"moniker": "m", "plan": "gold", "default": true, ` + terms + `}, {"moniker": "m", "plan": "silver", "statuses": ["open", "pending", "solved", "closed"], "happenings": ["reply"], ` + terms + `}`,
			[]string{`policies[1]: m, plan silver: its statuses and happenings are not those of m, plan gold (differing-words)`},
		},
		{
			"and one that has none", "", `{"moniker": "m", "plan": "gold", "default": true, ` + words + ", " + courses + ", " + terms + `}, {"moniker": "m", "plan": "silver", ` + terms + `}, {"moniker": "m", "plan": "bronze", ` + terms + `}`,
			[]string{`policies[1]: m, plan silver: its statuses and happenings are not those of m, plan gold (differing-words)`, `policies[2]: m, plan bronze: its statuses and happenings are not those of m, plan gold (differing-words)`},
		},
		{"other monikers have other words", words + ", " + courses, `{"moniker": "m", ` + terms + `}, {"moniker": "n", "statuses": ["solved"], "courses": {"": {"stop": ["solved"]}}, ` + terms + `}`, nil},
		{
			"all plans change their words in July: none differs from another at any time", words + ", " + courses,
			`{"moniker": "m", "plan": "gold", "default": true, ` + terms + `}, {"moniker": "m", "plan": "silver", "until": "2026-07-01", ` + terms + `}, ` +
				`{"moniker": "m", "plan": "gold", "from": "2026-07-01", "statuses": ["solved"], "courses": {"": {"stop": ["solved"]}}, ` + terms + `}, {"moniker": "m", "plan": "silver", "from": "2026-07-01", "statuses": ["solved"], "courses": {"": {"stop": ["solved"]}}, ` + terms + `}`,
			nil,
		},
		{
			"one changes them", words + ", " + courses,
			`{"moniker": "m", "plan": "gold", "default": true, ` + terms + `}, {"moniker": "m", "plan": "silver", ` + terms + `}, {"moniker": "m", "plan": "gold", "from": "2026-07-01", "statuses": ["solved"], "courses": {"": {"stop": ["solved"]}}, ` + terms + `}`,
			[]string{`policies[2]: m, plan gold, from 2026-07-01: its statuses and happenings are not those of m, plan silver (differing-words)`},
		},
		{"what the published terms have is not looked at", `"extends": "published 2020-05-27", ` + words + ", " + courses, `{"moniker": "o365-germany", "plan": "gold", ` + terms + `}`, nil},
	} {
		text := `{"version": "1", `
		if row.catalog != "" {
			text += row.catalog + ", "
		}
		c, err := sla.ParseCatalog([]byte(text + `"policies": [` + row.policies + `]}`))
		require.NoError(t, err, row.why)
		var got []string
		for _, f := range c.Lint() {
			got = append(got, f.String())
			assert.True(t, findingsOfWords[f.Kind], "%s: %v", row.why, f)
		}
		assert.Equal(t, row.want, got, row.why)

		// The same of Go values, where nothing is shared. Policies come in another order where
		// there are versions.
		if strings.Contains(row.policies, `"from"`) || strings.Contains(row.catalog, `"extends"`) {
			continue
		}
		c, err = sla.NewCatalog("1", slices.Collect(c.Policies())...)
		require.NoError(t, err, row.why)
		got = nil
		for _, f := range c.Lint() {
			got = append(got, f.String())
		}
		assert.Equal(t, row.want, got, row.why)
	}
}

// Of very many plans with other words, each is found to differ from the first.
func TestLintWordsOfManyPlans(t *testing.T) {
	var policies []sla.Policy
	for i := range 2000 {
		word := fmt.Sprint("solved", i/1000)
		policies = append(policies, sla.Policy{
			Moniker: "m", Plan: sla.Plan(fmt.Sprint(i)), Default: i == 0, Statuses: []string{word, "open"}, Courses: []sla.Course{{Stop: []string{word}}},
			Terms: []sla.Term{{Target: targetOf("1h"), Calendar: calendar.AlwaysOpen()}},
		})
	}
	c, err := sla.NewCatalog("1", policies...)
	require.NoError(t, err)
	findings := c.Lint()
	require.Len(t, findings, 1000)
	assert.Equal(t, "policies[1000]: m, plan 1000: its statuses and happenings are not those of m, plan 0 (differing-words)", findings[0].String())
}

// Of the published terms and of the examples' catalogs, Lint has nothing to say of words.
func TestLintWordsOfExamples(t *testing.T) {
	names, err := filepath.Glob("../examples/*/*.json")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(names), 5)
	for _, name := range append(names, "published.json") {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		var c *sla.Catalog
		if name == "published.json" {
			c = sla.Published()
		} else if c, err = sla.ParseCatalog(text); err != nil {
			t.Fatal(name, err)
		}
		for _, f := range c.Lint() {
			assert.False(t, findingsOfWords[f.Kind], "%s: %v", name, f)
		}
	}
}
