// Package schema_test holds catalog.schema.json against sla.ParseCatalog and against what
// reads the tickets of package ticket: what one refuses, the other does. It is a module of its
// own, so that the library does not require what it tests with.
package schema_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/sla"
)

const (
	schemaFile  = "../../sla/catalog.schema.json"
	casesFolder = "../../sla/testdata/catalogs/"
)

// published are the catalogs that come with the library and its examples.
var published = []string{
	"../../sla/published.json", "../../examples/catalog/acme.json", "../../examples/catalog/acme-2027.json", "../../examples/catalog/desk.json",
	"../../examples/catalog/testdata/forms.json", "../../examples/ticket/desk.json", "../../examples/ticket/newcomer.json",
}

func compile(t *testing.T) *jsonschema.Schema {
	s, err := jsonschema.NewCompiler().Compile(schemaFile)
	require.NoError(t, err)
	return s
}

// refusal returns why the schema refuses a text, or nil. What is no JSON, it
// never sees.
func refusal(s *jsonschema.Schema, text string) error {
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		return err
	}
	return s.Validate(v)
}

type catalogCase struct{ title, schema, text string }

var (
	repeats  = regexp.MustCompile(`<(\d+) ([^>]+)>`)
	rawBytes = regexp.MustCompile(`\\x[0-9a-f]{2}`)
)

// read returns the cases of a file, which says how they are written.
func read(t *testing.T, name string) []catalogCase {
	content, err := os.ReadFile(casesFolder + name)
	require.NoError(t, err)
	var cases []catalogCase
	base := ""
	for block := range strings.SplitSeq(string(content), "\n\n") {
		var c catalogCase
		var own, old, replaced []string
		for line := range strings.Lines(block) {
			kind, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
			switch kind {
			case "==":
				c.title = rest
			case "schema:":
				c.schema = rest
			case "|":
				own = append(own, rest)
			case "-":
				old, replaced = append(old, rest), append(replaced, "")
			case "+":
				replaced[len(old)-1] += "\n" + rest
			}
		}
		if c.text = strings.Join(own, "\n"); own == nil {
			c.text = base
		}
		for i := range old {
			c.text = strings.Replace(c.text, old[i], strings.TrimPrefix(replaced[i], "\n"), 1)
		}
		c.text = repeats.ReplaceAllStringFunc(c.text, func(s string) string {
			m := repeats.FindStringSubmatch(s)
			n, _ := strconv.Atoi(m[1])
			return strings.Repeat(m[2], n)
		})
		c.text = rawBytes.ReplaceAllStringFunc(c.text, func(s string) string {
			b, _ := strconv.ParseUint(s[2:], 16, 8)
			return string([]byte{byte(b)})
		})
		switch c.title {
		case "":
		case "base":
			base = c.text
			_, err := sla.ParseCatalog([]byte(base))
			require.NoError(t, err, "the base")
		default:
			cases = append(cases, c)
		}
	}
	return cases
}

func TestBroken(t *testing.T) {
	s := compile(t)
	cases := read(t, "broken.txt")
	assert.Greater(t, len(cases), 120)
	for _, c := range cases {
		_, err := sla.ParseCatalog([]byte(c.text))
		assert.Error(t, err, c.title)
		if why := refusal(s, c.text); c.schema == "rejects" {
			assert.Error(t, why, "%s: the schema should refuse it", c.title)
		} else {
			assert.NoError(t, why, "%s: the schema can say it after all", c.title)
		}
	}
}

// Schema and ParseCatalog have the same bounds.
func TestBounds(t *testing.T) {
	s := compile(t)
	list := func(n int, each string) string {
		list := make([]string, n)
		for i := range list {
			list[i] = strconv.Quote("n"+strconv.Itoa(i)) + each
		}
		return strings.Join(list, ", ")
	}
	names := func(n int) string { return "[" + list(n, "") + "]" }
	for field, most := range map[string]int{
		`"severities": %`: 16, `"categories": %`: 64, `"severities": [{"name": "x", "also": %}]`: 64, `"categories": [{"name": "x", "also": %}]`: 64,
		`"statuses": %`: 64, `"happenings": %`: 64,
		`"statuses": ["x"], "happenings": %, "courses": {"": {"stop": %}}`: 64, `"statuses": %, "courses": {"": {"start": %, "pause": %}}`: 64, `"happenings": %, "courses": {"": {"reset": %}}`: 64,
		`"courses": {#}`: 32,
	} {
		for n := most - 1; n <= most+1; n++ {
			for _, form := range []string{
				`{"version": "1", FIELD, "policies": [{"moniker": "m", "terms": [{"target": "1h", "calendar": "24/7"}]}]}`,
				`{"version": "1", "policies": [{"moniker": "m", FIELD, "terms": [{"target": "1h", "calendar": "24/7"}]}]}`,
			} {
				text := strings.Replace(form, "FIELD", strings.NewReplacer("%", names(n), "#", list(n, ": {}")).Replace(field), 1)
				_, err := sla.ParseCatalog([]byte(text))
				assert.Equal(t, n > most, err != nil, "%s, %d", field, n)
				assert.Equal(t, n > most, refusal(s, text) != nil, "%s, %d", field, n)
			}
		}
	}
}

func TestGood(t *testing.T) {
	s := compile(t)
	for _, text := range good(t) {
		catalog, err := sla.ParseCatalog([]byte(text))
		require.NoError(t, err, text)
		assert.NoError(t, refusal(s, text), text)
		canonical, err := catalog.MarshalJSON()
		require.NoError(t, err)
		assert.NoError(t, refusal(s, string(canonical)), "%s", canonical)
	}
}

// good returns the good texts, those of published among them.
func good(t *testing.T) []string {
	var texts []string
	for _, c := range read(t, "good.txt") {
		texts = append(texts, c.text)
	}
	assert.GreaterOrEqual(t, len(texts), 25)
	for _, name := range published {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		texts = append(texts, string(text))
	}
	return texts
}

// The examples that the schema gives are what it describes.
func TestExamples(t *testing.T) {
	content, err := os.ReadFile(schemaFile)
	require.NoError(t, err)
	root, err := jsonschema.UnmarshalJSON(bytes.NewReader(content))
	require.NoError(t, err)
	examples := 0
	var walk func(v any, pointer string)
	walk = func(v any, pointer string) {
		switch v := v.(type) {
		case []any:
			for i, item := range v {
				walk(item, pointer+"/"+strconv.Itoa(i))
			}
		case map[string]any:
			list, _ := v["examples"].([]any)
			if def, ok := v["default"]; ok && v["properties"] == nil {
				list = append(list, def)
			}
			if len(list) > 0 && !strings.HasSuffix(pointer, "/properties") {
				s, err := jsonschema.NewCompiler().Compile(schemaFile + "#" + pointer)
				require.NoError(t, err, pointer)
				for _, e := range list {
					assert.NoError(t, s.Validate(e), pointer)
					examples++
				}
			}
			for name, of := range v {
				walk(of, pointer+"/"+strings.ReplaceAll(name, "/", "~1"))
			}
		}
	}
	walk(root, "")
	assert.Greater(t, examples, 20)
}

// onlyParsed says of which faults a schema knows nothing: what is about two places
// at once, or needs more than a pattern.
var onlyParsed = []rule{
	{`^policies`, `.*`, `^one default plan`},
	{`^policies\[\d+\]$`, `.*`, `^another moniker, plan or from`},
	{`^policies.*until$`, `.*`, `^an instant after from`},
	{`(\.calendar(\["[A-Z]*"\])?|(union|intersection|without)\[\d+\])$`, `^"[^"]`, `^the name of a calendar[:,]`},
	{`holidays\[\d+\]\.without\[\d+\]$`, `^"[^"]`, `^the name of a day in `},
	{`(union|intersection|without)$`, `.*`, `^(calendars that are open at the same time|calendars that leave some time open|64 at the most)$`},
	{`((union|intersection|without)\[\d+\]|\.calendar)$`, `^"`, `^a calendar that is not made of this one`},
	{`days\[\d+\]\.date$`, `.*`, `^(the date once|a date of the years )`},
	{`years\.last$`, `.*`, `^a year from \d+, the first, on$`},
	{`holidays\[\d+\]\.years$`, `^\d`, `^years next to `},
	{`^calendars[^.]*$`, `^"`, `^a name that the published terms do not have`},
	{`zone$`, `^"[^"]`, `^a name of the IANA`},
	{`hours$`, ` at byte \d+$`, `.*`},
	{`courses.*\.(start|stop|reset|pause)\[\d+\]$`, `^"`, `^(a word of |a status, which holds until the next)`},
	{`courses(\.|\[).*$`, `^".* in start and in stop$`, `^a status in one of them$`},
	{`(statuses|happenings)\[\d+\]$`, `^"`, `^the word once, as a status or a happening$`},
	{`alarms\[\d+\]$`, `^"[^b].* every `, `^a minute at the least after "every"`},
}

// sometimesKnown are faults that a schema knows in some texts: that a name is there twice, if
// neither is in an object; and which severities and categories there are, if they are A, B
// and C, technical, billing and pre-sales. A second term for a case may lack its severities.
// With two names on a scale that are alike, ParseCatalog does not look at what the terms name.
var sometimesKnown = []rule{
	{`(severities|categories)(\[\d+\](\.name|\.also\[\d+\])?)?$`, `^"`, `^a name that .* does not have`},
	{`(severities|categories)\[\d+\](\.name)?$`, `^"`, `^the name once$`},
	{`holidays\[\d+\](\.code)?$`, `^"`, `^the code once$`},
	{`^policies.*terms\[\d+\]$`, `.*`, `^a case without a term`},
	{`^policies\[\d+\]\.terms.*(severities\[\d+\]|categories\[\d+\]|highest_offered)$`, `^"[^"]`, `^(a (severity|category)( of |: )|"[^"]+"$)`},
	{`^policies.*highest_offered$`, `^"`, `^a lower severity than `},
	{`^policies.*none$`, `^"not-offered"$`, `^no-commitment for severity `},
	{`(statuses|happenings)\[\d+\]$`, `^"`, `^the word once, as a status or a happening$`}, // a happening that is a status
}

type rule struct{ path, text, want string }

func matches(rules []rule, f sla.Fault) bool {
	return slices.ContainsFunc(rules, func(r rule) bool {
		return regexp.MustCompile(r.path).MatchString(f.Path) && regexp.MustCompile(r.text).MatchString(f.Text) && regexp.MustCompile(r.want).MatchString(f.Want)
	})
}

func schemaKnows(f sla.Fault) bool { return !matches(onlyParsed, f) && !matches(sometimesKnown, f) }

func schemaMayKnow(f sla.Fault) bool { return matches(sometimesKnown, f) }

// What becomes of a good catalog when something in it is left out, added, moved,
// or made another type, the schema and ParseCatalog judge alike, but for faults
// that a schema cannot know of.
func TestMutations(t *testing.T) {
	s := compile(t)
	rng := rand.New(rand.NewPCG(1, 2))
	texts := good(t)
	alike, refused := 0, 0
	for range 6000 {
		root, err := jsonschema.UnmarshalJSON(strings.NewReader(texts[rng.IntN(len(texts))]))
		require.NoError(t, err)
		for range 1 + rng.IntN(2) {
			root = mutate(rng, root)
		}
		text, err := json.Marshal(root)
		require.NoError(t, err)
		why := refusal(s, string(text))
		_, err = sla.ParseCatalog(text)
		bad, _ := errors.AsType[*sla.CatalogError](err)
		switch {
		case err == nil:
			require.NoError(t, why, "ParseCatalog reads %s", text)
			alike++
		case slices.ContainsFunc(bad.Faults, schemaKnows):
			require.Error(t, why, "%s\n%s", err, text)
			refused++
		case slices.ContainsFunc(bad.Faults, schemaMayKnow):
		default:
			require.NoError(t, why, "the schema knows of %s\n%s", err, text)
		}
	}
	t.Logf("%d mutations are good, %d refused by both", alike, refused)
	assert.Greater(t, alike, 500)
	assert.Greater(t, refused, 2000)
}

// junk are values that a mutation puts in.
var junk = []string{
	`null`, `true`, `false`, `0`, `1e400`, `""`, `"x"`, `"A"`, `"B"`, `"C"`, `"technical"`, `"no-commitment"`, `"not-offered"`, `[]`, `{}`,
	`[null]`, `["A"]`, `["A", "B"]`, `["A", "A"]`, `["x"]`, `"1h"`, `"1bd"`, `"1bd  4h"`, `"3d@close"`, `"8h wall"`, `"0bd@16:00"`, `"0bd@16:00 before 16:00 else 8h wall"`, `"1bd 4h in hours else 0bd@00:00"`, `"1h before 00:00 else 3d"`, `"2026-01-01"`, `"50%"`, `["50%"]`, `"+1h every 1h"`, `["breach every 1h", "+1h every 30s"]`, `"restart"`, `"carry-elapsed"`, `"replace"`, `"new-cycle"`, `2027`,
	`"P1"`, `"P4"`, `"-"`, `" x"`, `"\u202e"`, `"24/7"`, `{"name": "P1"}`, `{"name": "P1", "also": ["x"]}`, `{"name": "C", "also": ["A"]}`, `["P1", "P2"]`, `["A", "B", "C"]`, `["technical", "billing"]`,
	`{"code": "US"}`, `{"code": "DE", "without": [{"code": "US"}]}`, `{"": "24/7"}`, `{"US": "24/7", "UK": "24/7"}`, `{"zone": "UTC", "hours": "24/7"}`, `{"union": ["24/7"]}`, `{"calendar": "24/7", "without": [{"zone": "UTC", "hours": "We 08:00-09:00"}]}`, `{"resolution": {"reopening": "continue"}}`,
	`{"": {"change": "restart"}, "resolution": {}}`, `{"": {"stop": ["resolved"], "pause": ["paused"]}}`, `{"resolution": {"start": ["opened", "reply"], "stop": [], "reset": ["due"]}}`, `{"stop": ["solved"]}`, `{"start": []}`,
	`"open"`, `"pending"`, `"solved"`, `"reply"`, `"opened"`, `"due"`, `"cancelled"`, `"resolved"`, `"paused"`, `["open", "pending", "solved"]`, `["reply"]`, `["resolved"]`, `["due"]`, `["opened"]`, `["open", "open"]`,
	`{"first": 2027, "last": 2027}`, `{"last": 2026}`, `[{"date": "2027-01-01"}]`, `{"date": "2027-02-06", "workday": true}`,
	`{"code": "CN", "years": {"first": 2027, "last": 2027}, "days": [{"date": "2027-01-01"}]}`, `{"code": "UA", "years": {"first": 2022}, "gaps": true}`,
	`"2024-03-11T12:00:00Z"`, `{"at": "2030-03-11T12:00:00Z", "word": "paused"}`, `{"at": "2030-03-11T12:00:00Z", "word": "open"}`, `{"at": "2030-03-11T12:00:00Z", "severity": "A"}`, `{"at": "2030-03-11T12:00:00Z", "word": ""}`,
	`{"id": "7", "at": "2030-03-11T12:00:00Z", "word": "cancelled", "country": "DE"}`, `{"at": "2030-03-11T12:00:00Z", "plan": "gold"}`, `"resumed"`, `1`,
}

// names are fields that a mutation adds.
var names = []string{
	"version", "extends", "calendars", "policies", "zone", "hours", "holidays", "days", "union", "intersection", "moniker", "plan", "default", "from", "until",
	"statuses", "happenings", "courses", "start", "stop", "reset", "pause", "reopening", "change", "terms", "metric", "categories", "severities", "target", "calendar", "alarms", "follow_up", "duties", "source", "basis",
	"also", "code", "without", "years", "first", "last", "gaps", "US", "GB", "UK", "first-response", "none", "highest_offered", "reason", "date", "name", "workday", "provisional", "x", "",
	"format", "catalog", "request", "events", "id", "at", "word", "event", "severity", "category", "opened", "country", "note", "clocks", "resolution",
}

// mutate changes a value or, more often, one of those in it.
func mutate(rng *rand.Rand, v any) any {
	switch v := v.(type) {
	case map[string]any:
		keys := slices.Sorted(maps.Keys(v))
		switch n := rng.IntN(12); {
		case n == 0:
			v[names[rng.IntN(len(names))]] = anything(rng)
			return v
		case len(keys) == 0 || n == 1 && rng.IntN(3) == 0:
			return anything(rng)
		case n == 1:
			delete(v, keys[rng.IntN(len(keys))])
			return v
		default:
			key := keys[rng.IntN(len(keys))]
			v[key] = mutate(rng, v[key])
			return v
		}
	case []any:
		switch n := rng.IntN(12); {
		case n == 0:
			return append(v, anything(rng))
		case len(v) == 0 || n == 1:
			return anything(rng)
		case n == 2:
			return append(v, v[rng.IntN(len(v))])
		case n == 3:
			i := rng.IntN(len(v))
			return slices.Delete(slices.Clone(v), i, i+1)
		default:
			i := rng.IntN(len(v))
			v[i] = mutate(rng, v[i])
			return v
		}
	}
	return anything(rng)
}

func anything(rng *rand.Rand) any {
	v, _ := jsonschema.UnmarshalJSON(strings.NewReader(junk[rng.IntN(len(junk))]))
	return v
}
