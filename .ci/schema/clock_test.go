package schema_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

func compileClock(t *testing.T) *jsonschema.Schema {
	s, err := jsonschema.NewCompiler().Compile(schemaFile + "#/$defs/clock")
	require.NoError(t, err)
	return s
}

// clocks returns stored clocks: the golden files, and one for each metric and severity of
// the catalogs that come with the library.
func clocks(t *testing.T) []string {
	files, err := filepath.Glob("../../sla/ticket/testdata/*.clock.json")
	require.NoError(t, err)
	assert.GreaterOrEqual(t, len(files), 4)
	var texts []string
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		texts = append(texts, string(text))
	}
	opened := time.Date(2026, 12, 23, 14, 0, 0, 0, time.UTC)
	for _, name := range published {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		c, err := sla.ParseCatalog(text)
		require.NoError(t, err)
		for p := range c.Policies() {
			r := sla.Request{Moniker: p.Moniker, Plan: p.Plan, Opened: opened}
			if r.Moniker == "a" { // its terms have calendars by country
				r.Country = "US"
			}
			severities := c.Severities(r)
			for _, r.Metric = range c.Metrics(r) {
				for _, r.Severity = range severities {
					clock, err := ticket.NewClock(c, r)
					require.NoError(t, err)
					clock, err = clock.WithThresholds(sla.MustParseThreshold("75%"))
					require.NoError(t, err)
					clock, err = clock.Apply(
						ticket.Event{At: opened.Add(time.Minute), Kind: ticket.Paused, Note: "asked for the log"},
						ticket.Event{At: opened.Add(time.Hour), Kind: ticket.Resumed},
					)
					require.NoError(t, err)
					if raised := severities[0]; raised != r.Severity {
						clock, err = clock.Apply(ticket.Event{At: opened.Add(2 * time.Hour), Kind: ticket.SeverityChanged, Severity: raised})
						require.NoError(t, err)
					}
					text, err := clock.MarshalJSON()
					require.NoError(t, err)
					texts = append(texts, string(text))
				}
			}
		}
	}
	return texts
}

func TestGoodClocks(t *testing.T) {
	s := compileClock(t)
	for _, text := range clocks(t) {
		var clock ticket.Clock
		require.NoError(t, clock.UnmarshalJSON([]byte(text)), text)
		assert.NoError(t, refusal(s, text), text)
	}
}

// Each refuses a clock for what the other refuses it for.
func TestBrokenClocks(t *testing.T) {
	s := compileClock(t)
	const good = `{"format": 1, "catalog": {"version": "1", "policies": [{"moniker": "m", "terms": [{"target": "1h", "calendar": "24/7"}]}]}, "request": {"moniker": "m", "severity": "A", "opened": "2026-03-02T10:00:00Z"}, "alarms": ["50%"], "events": [{"at": "2026-03-02T10:10:00Z", "event": "severity-changed", "severity": "B"}]}`
	many := strings.Repeat(`{"at": "2026-03-02T10:10:00Z", "event": "responded"}, `, 4096)
	for _, row := range []struct {
		old, new string
		rejects  bool // the schema can know
	}{
		{`"A"`, `"A"`, false},
		{`"format": 1`, `"format": 2`, true},
		{`"format": 1, `, ``, true},
		{`"format": 1`, `"clock": 1`, true},
		{`"version": "1", `, ``, true},
		{`"1h"`, `"1 hour"`, true},
		{`"1h"`, `"1000000h"`, false},
		{`"moniker": "m", "severity"`, `"moniker": "", "severity"`, true},
		{`"moniker": "m", "severity"`, `"moniker": "n", "severity"`, false},
		{`"severity": "A"`, `"severity": ""`, true},
		{`"severity": "A", `, ``, true},
		{`"opened": "2026-03-02T10:00:00Z"`, `"opened": "2026-03-02"`, true},
		{`"opened": "2026-03-02T10:00:00Z"`, `"opened": "2026-03-02T10:00:00+24:00"`, true},
		{`"opened": "2026-03-02T10:00:00Z"`, `"opened": "1026-03-02T10:00:00Z"`, true},
		{`"opened": "2026-03-02T10:00:00Z"`, `"opened": "2200-01-01T10:00:00Z"`, false},
		{`"opened": "2026-03-02T10:00:00Z"`, `"opened": "2026-03-02T10:00:00Z", "country": "UK"`, true},
		{`"opened": "2026-03-02T10:00:00Z"`, `"opened": "2026-03-02T10:00:00Z", "country": "USA"`, true},
		{`"opened": "2026-03-02T10:00:00Z"`, `"opened": "2026-03-02T10:00:00Z", "metric": "resolution"`, false},
		{`"opened": "2026-03-02T10:00:00Z"`, `"opened": "2026-03-02T10:00:00Z", "priority": 1`, true},
		{`["50%"]`, `["50%", "50%"]`, true},
		{`["50%"]`, `["60m"]`, true},
		{`["50%"]`, `["-60m", "-1h"]`, false},
		{`["50%"]`, `null`, true},
		{`"alarms": ["50%"], `, ``, true},
		{`, "severity": "B"}`, `}`, true},
		{`, "severity": "B"}`, `, "severity": ""}`, true},
		{`, "severity": "B"}`, `, "severity": "D"}`, false},
		{`, "severity": "B"}`, `, "severity": "A"}`, false},
		{`"severity-changed"`, `"paused"`, true},
		{`"severity-changed"`, `"snoozed"`, true},
		{`"severity-changed"`, `true`, true},
		{`"2026-03-02T10:10:00Z"`, `"2026-03-02T09:10:00Z"`, false},
		{`"2026-03-02T10:10:00Z"`, `"2037-03-02T09:10:00Z"`, false},
		{`"2026-03-02T10:10:00Z"`, `"3026-03-02T09:10:00Z"`, true},
		{`"events": [`, `"events": [` + many, true},
		{`"events": [`, `"events": [7, `, true},
	} {
		require.Contains(t, good, row.old)
		text := strings.Replace(good, row.old, row.new, 1)
		err, why := new(ticket.Clock).UnmarshalJSON([]byte(text)), refusal(s, text)
		assert.Equal(t, row.old == row.new, err == nil, "%s: %v", row.new, err)
		assert.Equal(t, row.rejects, why != nil, "%s: %v", row.new, why)
	}
}

// unknownToSchema are errors about a clock that a schema knows nothing of: the names that
// its catalog has, what its events mean, and how long it takes. With a country or a threshold
// that is there twice, it depends: the schema knows how they are written.
var (
	unknownToSchema = regexp.MustCompile(strings.Join([]string{
		`^ticket: clock: request: (sla|region): unknown (moniker|plan|category|severity|metric) `,
		`^ticket: clock: request: (sla: not in force|region: no country given|sla: opened .* is outside|sla: due )`,
		`^ticket: event \d+, .*: (before the last event|the clock|the severity is|sla: unknown severity)`,
		`^ticket: clock: (target|threshold|event at) .*: want it within 10 years`,
		`^ticket: clock: calendars (of|with) more than`,
	}, "|"))
	sometimesUnknownToSchema = regexp.MustCompile(`^ticket: clock: (request: region: unknown country|threshold .*: there twice)`)
)

// A stored clock with one thing changed is judged alike by the schema and by the library, but
// for errors that a schema cannot know of.
func TestClockMutations(t *testing.T) {
	s := compileClock(t)
	rng := rand.New(rand.NewPCG(3, 4))
	texts := clocks(t)
	alike, refused := 0, 0
	for range 6000 {
		root, err := jsonschema.UnmarshalJSON(strings.NewReader(texts[rng.IntN(len(texts))]))
		require.NoError(t, err)
		text, err := json.Marshal(mutate(rng, root))
		require.NoError(t, err)
		why := refusal(s, string(text))
		err = new(ticket.Clock).UnmarshalJSON(text)
		bad, inCatalog := errors.AsType[*sla.CatalogError](err)
		switch {
		case err == nil:
			require.NoError(t, why, "the library reads %s", text)
			alike++
		case inCatalog && slices.ContainsFunc(bad.Faults, schemaKnows):
			require.Error(t, why, "%s\n%s", err, text)
			refused++
		case inCatalog && slices.ContainsFunc(bad.Faults, schemaMayKnow), sometimesUnknownToSchema.MatchString(err.Error()):
		case inCatalog || unknownToSchema.MatchString(err.Error()):
			require.NoError(t, why, "the schema knows of %s\n%s", err, text)
		default:
			require.Error(t, why, "%s\n%s", err, text)
			refused++
		}
	}
	t.Logf("%d mutations are good, %d refused by both", alike, refused)
	assert.Greater(t, alike, 200)
	assert.Greater(t, refused, 2000)
}
