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

func compileTicket(t *testing.T) *jsonschema.Schema {
	s, err := jsonschema.NewCompiler().Compile(schemaFile + "#/$defs/ticket")
	require.NoError(t, err)
	return s
}

// tickets returns stored tickets: the golden files, and one for each severity of the catalogs
// that come with the library and its examples, told all words of its policy.
func tickets(t *testing.T) []string {
	files, err := filepath.Glob("../../sla/ticket/testdata/*.ticket.json")
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
			severities, categories := c.Severities(r), c.Categories(r)
			statuses, happenings := c.Words(r)
			for i, severity := range severities {
				r.Severity = severity
				if r.Metric = ""; i == 0 {
					r.Metric = c.Metrics(r)[0]
				}
				tk, err := ticket.Open(c, r)
				require.NoError(t, err)
				at := opened
				for _, word := range slices.Concat(statuses, happenings) {
					at = at.Add(time.Hour)
					tk, err = tk.Apply(ticket.Event{ID: word, At: at, Word: word, Note: "asked for the log"})
					require.NoError(t, err)
				}
				tk, err = tk.Apply(
					ticket.Event{At: at.Add(time.Hour), Change: ticket.Change{Severity: severities[0], Category: categories[len(categories)-1]}},
					ticket.Event{At: at.Add(2 * time.Hour), Word: sla.WordCancelled, Change: ticket.Change{Moniker: r.Moniker, Plan: r.Plan, Country: r.Country}},
				)
				require.NoError(t, err)
				text, err := tk.MarshalJSON()
				require.NoError(t, err)
				texts = append(texts, string(text))
			}
		}
	}
	return texts
}

func TestGoodTickets(t *testing.T) {
	s := compileTicket(t)
	for _, text := range tickets(t) {
		var tk ticket.Ticket
		require.NoError(t, tk.UnmarshalJSON([]byte(text)), text)
		assert.NoError(t, refusal(s, text), text)
	}
}

// Each refuses a ticket for what the other refuses it for.
func TestBrokenTickets(t *testing.T) {
	s := compileTicket(t)
	const good = `{"format": 1, "catalog": {"version": "1", "policies": [{"moniker": "m", "terms": [{"target": "1h", "calendar": "24/7", "alarms": ["50%"]}]}]}, "request": {"moniker": "m", "severity": "A", "opened": "2026-03-02T10:00:00Z"}, "events": [{"id": "7", "at": "2026-03-02T10:10:00Z", "word": "paused", "severity": "B", "note": "n"}]}`
	many := strings.Repeat(`{"at": "2026-03-02T10:10:00Z", "word": "responded"}, `, 4096)
	for _, row := range []struct {
		old, new string
		good     bool
		rejects  bool // the schema can know
	}{
		{`"A"`, `"A"`, true, false},
		{`"format": 1`, `"format": 2`, false, true},
		{`"format": 1, `, ``, false, true},
		{`"format": 1`, `"ticket": 1`, false, true},
		{`"catalog": {`, `"catalog": 7, "x": {`, false, true},
		{`"version": "1", `, ``, false, true},
		{`"1h"`, `"1 hour"`, false, true},
		{`"1h"`, `"1000000h"`, false, false},
		{`"moniker": "m", "severity"`, `"moniker": "", "severity"`, false, true},
		{`"moniker": "m", "severity"`, `"moniker": "n", "severity"`, false, false},
		{`"severity": "A"`, `"severity": ""`, false, true},
		{`"severity": "A", `, ``, false, true},
		{`"opened": "2026-03-02T10:00:00Z"`, `"opened": "2026-03-02"`, false, true},
		{`"opened": "2026-03-02T10:00:00Z"`, `"opened": "2026-03-02T10:00:00+24:00"`, false, true},
		{`"opened": "2026-03-02T10:00:00Z"`, `"opened": "1026-03-02T10:00:00Z"`, false, true},
		{`"opened": "2026-03-02T10:00:00Z"`, `"opened": "2200-01-01T10:00:00Z"`, false, false},
		{`"opened": "2026-03-02T10:00:00Z"`, `"opened": "2026-03-02T10:00:00Z", "country": "UK"`, false, true},
		{`"opened": "2026-03-02T10:00:00Z"`, `"opened": "2026-03-02T10:00:00Z", "country": "USA"`, false, true},
		{`"opened": "2026-03-02T10:00:00Z"`, `"opened": "2026-03-02T10:00:00Z", "metric": "resolution"`, false, false},
		{`"opened": "2026-03-02T10:00:00Z"`, `"opened": "2026-03-02T10:00:00Z", "metric": "first-response"`, true, false},
		{`"opened": "2026-03-02T10:00:00Z"`, `"opened": "2026-03-02T10:00:00Z", "metric": "", "category": "", "plan": ""`, true, false},
		{`"opened": "2026-03-02T10:00:00Z"`, `"opened": "2026-03-02T10:00:00Z", "priority": 1`, false, true},
		{`"events": [`, `"alarms": [], "events": [`, false, true},
		{`"events": [{`, `"x": [{`, false, true},
		{`"events": [`, `"events": null, "x": [`, false, true},
		{`"id": "7", `, ``, true, false},
		{`"id": "7"`, `"id": 7`, false, true},
		{`"word": "paused", `, ``, true, false},
		{`"word": "paused", "severity": "B", `, ``, false, true},
		{`"word": "paused", "severity": "B"`, `"word": "", "severity": "", "category": "", "plan": "", "moniker": "", "country": ""`, false, true},
		{`"word": "paused", "severity": "B"`, `"country": "DE"`, true, false},
		{`"word": "paused", "severity": "B"`, `"country": "UK"`, false, true},
		{`"word": "paused", "severity": "B"`, `"plan": "gold"`, false, false},
		{`"word": "paused", "severity": "B"`, `"moniker": "n"`, false, false},
		{`"word": "paused", "severity": "B"`, `"category": "billing"`, true, false},
		{`"word": "paused", "severity": "B"`, `"category": "bills"`, false, false},
		{`"severity": "B"`, `"severity": "A"`, true, false},
		{`"severity": "B"`, `"severity": "D"`, false, false},
		{`"paused"`, `"cancelled"`, true, false},
		{`"paused"`, `"opened"`, false, false},
		{`"paused"`, `"due"`, false, false},
		{`"paused"`, `"snoozed"`, false, false},
		{`"paused"`, `true`, false, true},
		{`"word"`, `"event"`, false, true},
		{`"2026-03-02T10:10:00Z"`, `"2026-03-02T09:10:00Z"`, false, false},
		{`"2026-03-02T10:10:00Z"`, `"2037-03-02T09:10:00Z"`, false, false},
		{`"2026-03-02T10:10:00Z"`, `"3026-03-02T09:10:00Z"`, false, true},
		{`"at": "2026-03-02T10:10:00Z", `, ``, false, true},
		{`"events": [`, `"events": [{"id": "7", "at": "2026-03-02T10:10:00Z", "word": "resumed"}, `, false, false},
		{`"events": [`, `"events": [` + many, false, true},
		{`"events": [`, `"events": [7, `, false, true},
	} {
		require.Contains(t, good, row.old)
		text := strings.Replace(good, row.old, row.new, 1)
		err, why := new(ticket.Ticket).UnmarshalJSON([]byte(text)), refusal(s, text)
		assert.Equal(t, row.good, err == nil, "%s: %v", row.new, err)
		assert.Equal(t, row.rejects, why != nil, "%s: %v", row.new, why)
	}
}

// unknownToSchema are errors about a ticket that a schema knows nothing of: the names and words
// that its catalog has, what its events mean, and how long it takes. With a country, it depends:
// the schema knows how one is written.
var (
	unknownToSchema = regexp.MustCompile(strings.Join([]string{
		`^ticket: request: (sla|region): unknown (moniker|plan|category|severity|metric) `,
		`^ticket: request: (sla: not in force|region: no country given|sla: opened .* is outside|sla: due |due )`,
		`^ticket: request: (target|threshold) .*: want it within 10 years`,
		`^ticket: request: calendars (of|with) more than`,
		`^ticket: event \d+, .*: (before the opening|unknown word|sla: unknown|sla: not in force|region: unknown (moniker|category)|region: no country given|sla: no severity given|country "..": a stored)`,
		`^ticket: event \d+, .*: ("[^"]*" is the ID of another event|after it, )`,
		`^ticket: event at .*: want it within 10 years`,
		`^ticket: events: an ID is there twice`,
	}, "|"))
	sometimesUnknownToSchema = regexp.MustCompile(`^ticket: (request|event \d+, .*): region: unknown country`)
)

// A stored ticket with one thing changed is judged alike by the schema and by the library, but
// for errors that a schema cannot know of.
func TestTicketMutations(t *testing.T) {
	s := compileTicket(t)
	rng := rand.New(rand.NewPCG(3, 4))
	texts := tickets(t)
	alike, refused := 0, 0
	for range 6000 {
		root, err := jsonschema.UnmarshalJSON(strings.NewReader(texts[rng.IntN(len(texts))]))
		require.NoError(t, err)
		text, err := json.Marshal(mutate(rng, root))
		require.NoError(t, err)
		why := refusal(s, string(text))
		err = new(ticket.Ticket).UnmarshalJSON(text)
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
