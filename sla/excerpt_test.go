package sla_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
)

// TestExcerptOutOfRange asks for excerpts about openings that no calendar knows.
func TestExcerptOutOfRange(t *testing.T) {
	for _, opened := range []time.Time{{}, time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC), time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC), time.Unix(math.MaxInt64, 0)} {
		r := sla.Request{Moniker: region.Germany, Severity: sla.SeverityB, Opened: opened}
		_, want := sla.Published().Deadline(r)
		_, err := sla.Published().Excerpt(only(time.Date(2024, 3, 8, 0, 0, 0, 0, time.UTC)), r)
		require.ErrorIs(t, err, calendar.ErrOutOfRange)
		assert.Equal(t, want.Error(), err.Error())
	}
}

// TestLeastOffset makes a threshold whose text cannot be read, as no Duration is its
// opposite.
func TestLeastOffset(t *testing.T) {
	for _, wall := range []bool{false, true} {
		term := sla.Term{Target: targetOf("1h"), Calendar: calendar.AlwaysOpen(), Thresholds: only(sla.Threshold{Offset: math.MinInt64, Wall: wall})}
		_, err := sla.NewCatalog("1", sla.Policy{Moniker: "acme", Terms: only(term)})
		require.ErrorContains(t, err, "policies[0].terms[0].alarms: [-2562047h47m16.854775808s")
		term.Thresholds[0].Offset++
		c, err := sla.NewCatalog("1", sla.Policy{Moniker: "acme", Terms: only(term)})
		require.NoError(t, err)
		text, err := c.MarshalJSON()
		require.NoError(t, err)
		_, err = sla.ParseCatalog(text)
		require.NoError(t, err)
	}
}

// excerptOf returns the excerpt of a catalog about requests, and its text. That of the excerpt
// is the same.
func excerptOf(t *testing.T, c *sla.Catalog, times []time.Time, requests ...sla.Request) (*sla.Catalog, string) {
	t.Helper()
	text, err := c.Excerpt(times, requests...)
	require.NoError(t, err)
	require.NotContains(t, string(text), "\n", "in one line")
	back, err := sla.ParseCatalog(text)
	require.NoError(t, err, string(text))
	again, err := back.Excerpt(times, requests...)
	require.NoError(t, err)
	require.Equal(t, string(text), string(again), "an excerpt of an excerpt")
	return back, string(text)
}

// shifted is a catalog with two monikers, plans, versions, countries, and words.
const shifted = `{"version": "1", "severities": ["P1", {"name": "P2", "also": ["high"]}], "categories": ["incident", "request"],
	"statuses": ["open", "solved"], "happenings": ["reply"], "courses": {"": {"stop": ["solved"]}},
	"calendars": {
		"Berlin": {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00", "holidays": ["DE-BE"], "days": [{"date": "2026-12-24"}]},
		"Denver": {"zone": "America/Denver", "hours": "Mo-Fr 09:00-17:00", "holidays": ["US"]},
		"night": {"zone": "Europe/Berlin", "hours": "Mo-Fr 22:00-06:00", "holidays": ["DE-BE"]}},
	"policies": [
		{"moniker": "m", "plan": "gold", "from": "2026-01-01", "terms": [
			{"severities": ["P1"], "target": "1h", "calendar": "24/7", "alarms": ["+1h every 1h"]},
			{"severities": ["P2"], "target": "4h", "calendar": {"DE": "Berlin", "US": "Denver", "": "night"}},
			{"metric": "resolution", "categories": ["incident"], "target": "3bd", "calendar": {"DE": "Berlin", "US": "Denver"}},
			{"metric": "resolution", "categories": ["request"], "none": "no-commitment", "reason": "r"}]},
		{"moniker": "m", "plan": "gold", "from": "2026-07-01", "courses": {"": {"stop": ["solved", "reply"], "change": "replace"}, "update": {"reset": ["due"], "pause": []}}, "terms": [
			{"target": "30m", "calendar": "Berlin"}, {"metric": "update", "target": "2h", "calendar": "Berlin"}]},
		{"moniker": "m", "plan": "silver", "default": true, "statuses": ["new", "done"], "courses": {"": {"stop": ["done"]}}, "terms": [{"target": "8h", "calendar": "Berlin"}]},
		{"moniker": "n", "severities": ["x"], "terms": [{"target": "1h", "calendar": "Denver"}]},
		{"moniker": "n", "plan": "later", "from": "2027-01-01", "until": "2028-01-01", "terms": [{"target": "1h", "calendar": "Denver"}]}
	]}`

func TestExcerpt(t *testing.T) {
	c := catalogOf(t, shifted)
	march, august := in(t, "2026-03-02T10:00:00+01:00"), in(t, "2026-08-03T10:00:00+02:00")
	gold := sla.Request{Moniker: "m", Plan: "gold", Opened: march, Country: "DE"}
	for _, row := range []struct {
		why      string
		requests []sla.Request
		want     string // what the text has behind the version, without the days of its holidays
	}{
		{
			"one policy, one country: until the next version comes into force, without synonyms and other calendars", only(gold),
			`"severities":["P1","P2"],"categories":["incident","request"],"statuses":["open","solved"],"happenings":["reply"],"courses":{"":{"stop":["solved"]}},` +
				`"calendars":{"Berlin":{"zone":"Europe/Berlin","hours":"Mo-Fr 09:00-17:00","holidays":[DE-BE],"days":[{"date":"2026-12-24"}],"years":{"first":2026,"last":2036}}},` +
				`"policies":[{"moniker":"m","plan":"gold","from":"2026-01-01","until":"2026-07-01","terms":[` +
				`{"severities":["P1"],"target":"1h","calendar":"24/7","alarms":["+1h every 1h"]},{"severities":["P2"],"target":"4h","calendar":{"DE":"Berlin"}},` +
				`{"metric":"resolution","categories":["incident"],"target":"3bd","calendar":{"DE":"Berlin"}},{"metric":"resolution","categories":["request"],"none":"no-commitment","reason":"r"}]}]`,
		},
		{
			"a country that has no calendar of its own, and a term that does not count in it", only(sla.Request{Moniker: "m", Plan: "gold", Opened: march, Country: "FR"}),
			`"severities":["P1","P2"],"categories":["incident","request"],"statuses":["open","solved"],"happenings":["reply"],"courses":{"":{"stop":["solved"]}},` +
				`"calendars":{"Berlin":{"zone":"Europe/Berlin","hours":"Mo-Fr 09:00-17:00","holidays":[DE-BE],"days":[{"date":"2026-12-24"}],"years":{"first":2026,"last":2036}},"Denver":{"zone":"America/Denver","hours":"Mo-Fr 09:00-17:00","holidays":[US]},"night":{"zone":"Europe/Berlin","hours":"Mo-Fr 22:00-06:00","holidays":[DE-BE]}},` +
				`"policies":[{"moniker":"m","plan":"gold","from":"2026-01-01","until":"2026-07-01","terms":[` +
				`{"severities":["P1"],"target":"1h","calendar":"24/7","alarms":["+1h every 1h"]},{"severities":["P2"],"target":"4h","calendar":"night"},` +
				`{"metric":"resolution","categories":["incident"],"target":"3bd","calendar":{"DE":"Berlin","US":"Denver"}},{"metric":"resolution","categories":["request"],"none":"no-commitment","reason":"r"}]}]`,
		},
		{
			"two versions and two plans, a metric that is missing, and the default plan is marked",
			[]sla.Request{{Moniker: "m", Plan: "silver", Opened: march, Metric: "update"}, {Moniker: "m", Plan: "gold", Opened: august}, {Moniker: "m", Opened: august, Metric: "update"}},
			`"severities":["P1","P2"],"categories":["incident","request"],"statuses":["new","done"],"courses":{"":{"stop":["done"]}},` +
				`"calendars":{"Berlin":{"zone":"Europe/Berlin","hours":"Mo-Fr 09:00-17:00","holidays":[DE-BE],"days":[{"date":"2026-12-24"}],"years":{"first":2026,"last":2036}}},` +
				`"policies":[{"moniker":"m","plan":"silver","default":true,"terms":[{"target":"8h","calendar":"Berlin"},{"metric":"update","none":"no-commitment","reason":"the catalog has no term for it"}]},` +
				`{"moniker":"m","plan":"gold","from":"2026-07-01","statuses":["open","solved"],"happenings":["reply"],"courses":{"":{"stop":["solved","reply"],"change":"replace"},"update":{"reset":["due"],"pause":[]}},"terms":[{"target":"30m","calendar":"Berlin"},{"metric":"update","target":"2h","calendar":"Berlin"}]}]`,
		},
		{
			"two monikers, and two countries of one policy",
			[]sla.Request{gold, {Moniker: "n", Opened: march}, {Moniker: "m", Plan: "gold", Opened: march.AddDate(0, 1, 0), Country: "US"}},
			`"severities":["P1","P2"],"categories":["incident","request"],"statuses":["open","solved"],"happenings":["reply"],"courses":{"":{"stop":["solved"]}},` +
				`"calendars":{"Berlin":{"zone":"Europe/Berlin","hours":"Mo-Fr 09:00-17:00","holidays":[DE-BE],"days":[{"date":"2026-12-24"}],"years":{"first":2026,"last":2036}},"Denver":{"zone":"America/Denver","hours":"Mo-Fr 09:00-17:00","holidays":[US]}},` +
				`"policies":[{"moniker":"m","plan":"gold","from":"2026-01-01","until":"2026-07-01","terms":[` +
				`{"severities":["P1"],"target":"1h","calendar":"24/7","alarms":["+1h every 1h"]},{"severities":["P2"],"target":"4h","calendar":{"DE":"Berlin","US":"Denver"}},` +
				`{"metric":"resolution","categories":["incident"],"target":"3bd","calendar":{"DE":"Berlin","US":"Denver"}},{"metric":"resolution","categories":["request"],"none":"no-commitment","reason":"r"}]},` +
				`{"moniker":"n","severities":["x"],"terms":[{"target":"1h","calendar":"Denver"}]}]`,
		},
	} {
		back, text := excerptOf(t, c, nil, row.requests...)
		assert.Equal(t, `{"version":"1",`+row.want+`}`, withoutHolidays(t, text), row.why)
		for _, r := range row.requests {
			assertSameAnswer(t, c, back, r)
		}
	}

	// Each year from the earliest instant to the one after the last is written out.
	_, text := excerptOf(t, c, only(in(t, "2028-12-30T00:00:00Z")), gold)
	assert.Contains(t, text, `{"code":"DE-BE","years":{"first":2026,"last":2030},"days":[{"date":"2026-01-01"`)
	_, text = excerptOf(t, c, only(in(t, "2025-01-02T00:00:00Z")), gold)
	assert.Contains(t, text, `{"code":"DE-BE","years":{"first":2024,"last":2027},"days":[{"date":"2024-01-01"`)

	for _, row := range []struct {
		c        *sla.Catalog
		requests []sla.Request
		want     string
	}{
		{c, nil, "sla: catalog: policies: missing: want a list of policies"},
		{c, []sla.Request{gold, {Moniker: "m", Plan: "bronze", Opened: march}}, `sla: unknown plan "bronze": want a plan of m: gold, silver`},
		{c, []sla.Request{{Moniker: "m", Plan: "gold", Opened: march.AddDate(-1, 0, 0)}}, `sla: not in force: m, plan gold, opened 2025-03-02T10:00:00+01:00: want an opening from 2026-01-01 on, or from 2026-07-01 on`},
		{nil, only(gold), `region: unknown moniker "m": want a catalog with terms; this one has none`},
		{nil, nil, `sla: catalog: version: missing: want a text that tells this catalog from others, such as "2026-01"`},
	} {
		_, err := row.c.Excerpt(nil, row.requests...)
		assert.EqualError(t, err, row.want)
	}
	unnamed, err := sla.NewCatalog("", resolved(sla.Policy{}))
	require.NoError(t, err)
	_, err = unnamed.Excerpt(nil, sla.Request{Moniker: "m", Opened: march})
	assert.EqualError(t, err, `sla: catalog: version: missing: want a text that tells this catalog from others, such as "2026-01"`)
	rules, err := sla.NewCatalog("1", sla.Policy{Moniker: "m", Terms: []sla.Term{{Target: targetOf("1h"), Calendar: calendar.Must(calendar.New("UTC", "24/7", calendar.Holidays(calendar.HolidayFunc("DE", func(int) []calendar.Holiday { return nil }))))}}})
	require.NoError(t, err)
	_, text = excerptOf(t, rules, nil, sla.Request{Moniker: "m", Opened: march})
	assert.Contains(t, text, `"years":{"first":2026,"last":2036}`, "of holidays by rules, the days of ten years")
}

// withoutHolidays returns the text of an excerpt without the days of each code.
func withoutHolidays(t *testing.T, text string) string {
	for {
		before, rest, found := strings.Cut(text, `{"code":"`)
		if !found {
			return text
		}
		code, rest, _ := strings.Cut(rest, `","years":{"first":2026,"last":2027},"days":[`)
		_, rest, found = strings.Cut(rest, `]}`)
		require.True(t, found, text)
		text = before + code + rest
	}
}

// assertSameAnswer holds that two catalogs say the same of a request: of any severity, category
// and metric of its policy, in its country.
func assertSameAnswer(t *testing.T, c, excerpt *sla.Catalog, r sla.Request) {
	t.Helper()
	metrics := c.Metrics(r)
	if r.Metric != "" {
		metrics = append(metrics, r.Metric)
	}
	assert.Equal(t, c.Severities(r), excerpt.Severities(r))
	assert.Equal(t, c.Categories(r), excerpt.Categories(r))
	for _, r.Metric = range metrics {
		assertSameCourse(t, c, excerpt, r)
		for _, r.Severity = range c.Severities(r) {
			for _, r.Category = range c.Categories(r) {
				assertSameDeadline(t, c, excerpt, r)
			}
		}
	}
}

// A version comes into force again after a temporary one. The excerpt for a request after that
// has it without the end that it had before.
func TestExcerptAfterATemporaryVersion(t *testing.T) {
	desk := calendar.AlwaysOpen()
	version := func(target string, from, until time.Time) sla.Policy {
		return sla.Policy{Moniker: "m", From: from, Until: until, Terms: []sla.Term{{Target: targetOf(target), Calendar: desk}}}
	}
	january, november := time.Date(2026, 1, 3, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)
	c, err := sla.NewCatalog("1", version("1h", time.Time{}, time.Time{}), version("2h", january, november))
	require.NoError(t, err)
	for opened, want := range map[time.Time]string{
		january.AddDate(0, 0, -1): `{"moniker":"m","until":"2026-01-03",`,
		january.AddDate(0, 1, 0):  `{"moniker":"m","from":"2026-01-03","until":"2026-11-28",`,
		november:                  `{"moniker":"m","terms":`,
	} {
		r := sla.Request{Moniker: "m", Severity: a, Opened: opened}
		back, text := excerptOf(t, c, only(opened), r)
		assert.Contains(t, text, want)
		assertSameAnswer(t, c, back, r)
		_, err := json.Marshal(ticketOf(t, c, r))
		assert.NoError(t, err)
	}
}

// An excerpt says the same as a random catalog of the requests that it is about.
func TestExcerptsOfRandomCatalogs(t *testing.T) {
	m := catalogMaker{rand.New(rand.NewPCG(5, 7)), t}
	made := 0
	for range sampled(8, 60) {
		c := m.catalog()
		for range 10 {
			var requests []sla.Request
			for range 1 + m.IntN(3) {
				r := sla.Request{
					Moniker: []sla.Request{{Moniker: "acme"}, {Moniker: "o365-germany"}, {Moniker: "Ümlaut & Co."}}[m.IntN(3)].Moniker, Plan: sla.Plan(m.one("", "gold", "silver")),
					Metric: sla.Metric(m.one("", "resolution", "a b")), Opened: time.Date(2025, 11, 1, 0, 0, m.IntN(400*24*3600), 0, time.UTC),
				}
				if len(c.Metrics(r)) > 0 && (r.Metric == "" || slices.ContainsFunc(slices.Collect(c.Policies()), func(p sla.Policy) bool {
					return slices.ContainsFunc(p.Terms, func(t sla.Term) bool { return t.Metric == r.Metric })
				})) {
					requests = append(requests, r)
				}
			}
			if requests == nil {
				continue
			}
			back, _ := excerptOf(t, c, only(time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)), requests...)
			for _, r := range requests {
				assertSameAnswer(t, c, back, r)
			}
			made++
		}
	}
	assert.Greater(t, made, 20)
}
