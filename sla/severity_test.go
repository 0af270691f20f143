package sla_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

// desk is the catalog of a company with priorities and categories of its own, and an
// office that works on Columbus Day.
const desk = `{
  "version": "2026-01",
  "severities": ["P1", {"name": "P2", "also": ["high", "sev 2"]}, "P3", {"name": "P4", "also": ["low", "4"]}],
  "categories": ["incident", "request", "problem"],
  "calendars": {
    "Chicago": {"zone": "America/Chicago", "hours": "Mo-Fr 08:00-12:00,13:00-17:00", "holidays": [{"code": "US", "without": ["Columbus Day"]}]},
    "Berlin": {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00", "holidays": ["DE-BE"]}
  },
  "policies": [
    {"moniker": "acme", "plan": "silver", "default": true, "courses": {"": {"change": "carry-elapsed"}, "next-response": {"change": "restart", "reopening": "new-cycle"}}, "terms": [
      {"severities": ["P1"], "target": "1h", "calendar": "24/7"},
      {"severities": ["P2"], "target": "4h", "calendar": {"DE": "Berlin", "": "Chicago"}},
      {"severities": ["P3", "P4"], "target": "1bd", "calendar": "Chicago"},
      {"metric": "next-response", "severities": ["P1"], "target": "2h", "calendar": "24/7"},
      {"metric": "next-response", "severities": ["P2", "P3", "P4"], "target": "8h", "calendar": "Chicago"},
      {"metric": "resolution", "severities": ["P1", "P2"], "target": "16h", "calendar": "Chicago"},
      {"metric": "resolution", "severities": ["P3", "P4"], "target": "5bd", "calendar": "Chicago"}]},
    {"moniker": "acme", "plan": "gold", "terms": [{"target": "30m", "calendar": "24/7"}]}
  ]
}`

func deskCatalog(tb testing.TB) *sla.Catalog {
	tb.Helper()
	c, err := sla.ParseCatalog([]byte(desk))
	require.NoError(tb, err)
	return c
}

func TestOwnScale(t *testing.T) {
	c := deskCatalog(t)
	anyone := sla.Request{Moniker: "acme"}
	assert.Equal(t, []region.Moniker{"acme"}, c.Monikers())
	assert.Equal(t, []sla.Plan{"silver", "gold"}, c.Plans(anyone))
	assert.Equal(t, []sla.Severity{"P1", "P2", "P3", "P4"}, c.Severities(anyone))
	assert.Equal(t, []region.Category{"incident", "request", "problem"}, c.Categories(anyone))
	assert.Equal(t, []sla.Metric{sla.FirstResponse, sla.NextResponse, sla.Resolution}, c.Metrics(anyone))
	assert.Equal(t, []sla.Metric{sla.FirstResponse}, c.Metrics(sla.Request{Moniker: "acme", Plan: "gold"}))
	assert.Empty(t, c.Severities(sla.Request{Moniker: "acme", Plan: "bronze"}))
	for text, want := range map[string]sla.Severity{"P1": "P1", " p-2": "P2", "HIGH": "P2", "Sev2": "P2", "4": "P4", "Low": "P4"} {
		s, err := c.ParseSeverity(anyone, text)
		require.NoError(t, err, text)
		assert.Equal(t, want, s, text)
	}
	_, err := c.ParseSeverity(anyone, "A")
	assert.EqualError(t, err, `sla: unknown severity "A": want a severity of acme, plan silver: P1, P2, P3, P4`)
	_, err = c.ParseSeverity(sla.Request{Moniker: "acne"}, "P1")
	assert.EqualError(t, err, `region: unknown moniker "acne": want one of the catalog: acme`)

	monday := in(t, "2026-10-12T11:30:00-05:00") // Columbus Day
	for _, row := range []struct {
		severity sla.Severity
		due, why string
	}{
		{"P1", "2026-10-12T12:30:00-05:00", "round the clock"},
		{"P2", "2026-10-12T16:30:00-05:00", "half an hour, lunch, and three and a half"},
		{"P3", "2026-10-13T11:30:00-05:00", "the next business day"},
		{"P4", "2026-10-13T11:30:00-05:00", "as P3"},
	} {
		due, err := c.Due(row.severity, monday, "acme")
		require.NoError(t, err)
		assert.Equal(t, row.due, due.Format(time.RFC3339), row.why)
	}
	_, err = c.Due("P5", monday, "acme")
	assert.EqualError(t, err, `sla: unknown severity "P5": want a severity of acme, plan silver: P1, P2, P3, P4`)
	_, err = c.Due("", monday, "acme")
	assert.EqualError(t, err, `sla: no severity given: want a severity of acme, plan silver: P1, P2, P3, P4`)
	d, err := c.Deadline(sla.Request{Moniker: "acme", Severity: "P2", Opened: monday})
	require.NoError(t, err)
	assert.Equal(t, region.Category("incident"), d.Request.Category, "the first is the default")
	assert.Equal(t, "Chicago: Mo-Fr 08:00-12:00,13:00-17:00 America/Chicago, holidays US without Columbus Day", d.Term.Calendar.String())
	assert.Zero(t, testing.AllocsPerRun(100, func() { c.Due("P4", monday, "acme") }))

	// P3 to P1: what was used of the business day counts, and a due time in the past is
	// one at the change.
	tk := ticketOf(t, c, sla.Request{Moniker: "acme", Severity: "P3", Opened: monday}, raised(monday.Add(10*time.Minute), "P1"))
	status := clockIn(t, tk, "").At(monday.Add(20 * time.Minute))
	assert.Equal(t, sla.Severity("P1"), status.Severity)
	assert.Equal(t, "2026-10-12T12:30:00-05:00", status.Due.Format(time.RFC3339), "an hour, less ten minutes, from 11:40")
	_, err = tk.Apply(raised(monday.Add(time.Hour), "high"))
	assert.EqualError(t, err, `ticket: event 0, 2026-10-12T12:30:00-05:00 severity high: sla: unknown severity "high": want a severity of acme, plan silver: P1, P2, P3, P4`)

	// A stored ticket has the scale with it.
	back, _ := stored(t, tk)
	for _, severity := range []sla.Severity{"P2", "P4"} {
		e := raised(monday.Add(time.Hour), severity)
		one, err := tk.Apply(e)
		require.NoError(t, err)
		other, err := back.Apply(e)
		require.NoError(t, err)
		for metric, clock := range one.Clocks() {
			assert.Equal(t, clock.At(monday.AddDate(0, 0, 1)).Due.UTC(), clockIn(t, other, metric).At(monday.AddDate(0, 0, 1)).Due.UTC())
		}
	}
	_, err = back.Apply(raised(monday.Add(time.Hour), "A"))
	assert.ErrorIs(t, err, &region.UnknownError{What: "severity"})
}

// The place on the scale decides which severity is higher, never its name.
func TestOrderIsThePlaceOnTheScale(t *testing.T) {
	catalog := func(scale string) (*sla.Catalog, error) {
		return sla.ParseCatalog([]byte(`{"version": "1", "severities": ` + scale + `, "policies": [{"moniker": "m", "terms": [
			{"severities": ["A"], "target": "8h", "calendar": "24/7"},
			{"severities": ["B"], "target": "4h", "calendar": "24/7"},
			{"severities": ["C"], "none": "not-offered", "highest_offered": "B", "reason": "r"}]}]}`))
	}
	_, err := catalog(`["A", "B", "C"]`)
	assert.ErrorContains(t, err, `want no-commitment for severity "C", as no lower one can be the highest`)
	c, err := catalog(`["C", "B", "A"]`)
	require.NoError(t, err)
	assert.Empty(t, c.Lint(), "B is due before A, as it is more severe")
	c, err = catalog(`["C", "A", "B"]`)
	require.NoError(t, err)
	require.Len(t, c.Lint(), 1)
	assert.Contains(t, c.Lint()[0].Text, "severity A (8h) is due Wed 2020-05-27 08:00 and severity B (4h) already Wed 2020-05-27 04:00")

	d, err := c.Deadline(sla.Request{Moniker: "m", Severity: "A", Opened: in(t, "2026-03-02T09:00:00Z")})
	require.NoError(t, err)
	text := jsonOf(t, ticketOf(t, c, d.Request))
	var order []int
	for _, s := range []string{`"severity":"C"`, `"severity":"A","target"`, `"severity":"B"`} {
		order = append(order, strings.Index(text, s))
	}
	assert.True(t, slices.IsSorted(order), "a stored ticket has its terms in the order of the scale: %s", text)
}

// The customer's country chooses the hours.
func TestCountries(t *testing.T) {
	c, err := sla.ParseCatalog([]byte(`{"version": "1", "calendars": {
		"Denver": {"zone": "America/Denver", "hours": "Mo-Fr 09:00-17:00"}, "Berlin": {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00"}},
		"policies": [{"moniker": "m", "terms": [
			{"severities": ["A"], "target": "1h", "calendar": {"US": "Denver", "DE": "Berlin", "": "24/7"}},
			{"severities": ["B"], "target": "1h", "calendar": {"US": "Denver", "DE": "Berlin"}}]}]}`))
	require.NoError(t, err)
	opened := in(t, "2026-03-02T05:00:00Z") // 06:00 in Berlin, 22:00 in Denver
	for _, row := range []struct {
		severity sla.Severity
		country  string
		want     string
	}{
		{"A", "DE", "2026-03-02T09:00:00Z"},
		{"A", "US", "2026-03-02T17:00:00Z"},
		{"A", "FR", "2026-03-02T06:00:00Z"},
		{"A", "", "2026-03-02T06:00:00Z"},
		{"B", "DE", "2026-03-02T09:00:00Z"},
		{"B", "FR", `region: unknown country "FR": want a country that the term counts in: DE, US`},
		{"B", "", "region: no country given: want a country that the term counts in: DE, US"},
		{"A", "de", `region: unknown country "de": want an ISO 3166-1 code of two capital letters, such as DE`},
		{"A", "USA", `region: unknown country "USA": want an ISO 3166-1 code of two capital letters, such as US`},
		{"A", "UK", `region: unknown country "UK": want "GB", the ISO 3166-1 code of the United Kingdom`},
	} {
		d, err := c.Deadline(sla.Request{Moniker: "m", Severity: row.severity, Country: row.country, Opened: opened})
		if err != nil {
			assert.EqualError(t, err, row.want)
			assert.ErrorIs(t, err, &region.UnknownError{What: "country"})
			continue
		}
		assert.Equal(t, row.want, d.Due.UTC().Format(time.RFC3339), "%+v", row)
		assert.Nil(t, d.Term.Countries)

		// A change of severity stays in the country. The other term has to have hours for it.
		other := map[sla.Severity]sla.Severity{"A": "B", "B": "A"}[row.severity]
		tk, err := ticketOf(t, c, d.Request).Apply(raised(opened, other))
		if row.country != "DE" && row.country != "US" {
			assert.ErrorIs(t, err, &region.UnknownError{What: "country"}, "%+v", row)
			continue
		}
		require.NoError(t, err)
		st := clockIn(t, tk, "").At(opened.Add(time.Hour))
		assert.True(t, d.Due.Equal(st.Due), "%+v", row)
		back, _ := stored(t, tk)
		assert.Equal(t, jsonOf(t, st), jsonOf(t, clockIn(t, back, "").At(opened.Add(time.Hour))))
	}
	_, err = c.Due("B", opened, "m")
	assert.ErrorIs(t, err, &region.UnknownError{What: "country"}, "the short call names no country")
}

// Each metric has modes of its own, or those of the policy.
func TestModesByMetric(t *testing.T) {
	c := deskCatalog(t)
	opened := in(t, "2026-03-02T09:00:00-06:00")
	for metric, want := range map[sla.Metric]struct {
		severity sla.Severity
		due      string
		cycles   int
	}{
		sla.FirstResponse: {"P2", "2026-03-02T14:00:00-06:00", 1}, // carried: 4h less one, over lunch
		sla.NextResponse:  {"P1", "2026-03-02T12:00:00-06:00", 2}, // restarted: 2h from 10:00
	} {
		tk := ticketOf(t, c, sla.Request{Moniker: "acme", Severity: "P3", Metric: metric, Opened: opened}, raised(opened.Add(time.Hour), want.severity))
		clock := clockIn(t, tk, metric)
		st := clock.At(opened.Add(2 * time.Hour))
		assert.Equal(t, want.due, st.Due.Format(time.RFC3339), metric)
		assert.Equal(t, want.cycles, st.Cycle, metric)
		back, _ := stored(t, tk)
		assert.Equal(t, jsonOf(t, clock.Explain(opened)), jsonOf(t, clockIn(t, back, metric).Explain(opened)), metric)
	}
	_, err := sla.NewCatalog("1", sla.Policy{Moniker: "m", Courses: []sla.Course{{Change: "soon"}, {Metric: " "}, {Metric: sla.FirstResponse, Change: sla.ChangeRestart, Reopening: "never"}, {Metric: sla.FirstResponse, Change: sla.ChangeRestart}}})
	assert.EqualError(t, err, `sla: catalog: policies[0].courses[""].change: "soon": want from-opening, carry-elapsed, restart, replace
sla: catalog: policies[0].courses[" "]: " ": want a name: one line of at most 256 characters, without blanks around it or control or bidi characters
sla: catalog: policies[0].courses["first-response"].reopening: "never": want continue, new-cycle, ignore
sla: catalog: policies[0].courses["first-response"]: "first-response": want the metric once`)
	unused, err := sla.NewCatalog("1", sla.Policy{Moniker: "m", Courses: []sla.Course{{Metric: sla.Resolution}}, Terms: []sla.Term{{Target: targetOf("1ns"), Calendar: calendar.AlwaysOpen()}}})
	require.NoError(t, err)
	assert.Equal(t, []sla.Finding{{Kind: "unused-course", Path: "policies[0]", Text: `m: a course of "resolution", which has no term`}}, unused.Lint())
}

// Go values declare a scale as a text does.
func TestScaleOfGoValues(t *testing.T) {
	always := calendar.AlwaysOpen()
	p := sla.Policy{
		Moniker: "m", Severities: only[sla.Severity]("P1", "P2"), Categories: only[region.Category]("incident"),
		SeveritySynonyms: map[string]sla.Severity{"high": "P2"}, CategorySynonyms: map[string]region.Category{"fire": "incident"},
		Terms: []sla.Term{{Severities: only[sla.Severity]("P2"), Target: targetOf("1h"), Countries: map[string]*calendar.Calendar{"DE": always}}},
	}
	c, err := sla.NewCatalog("1", p)
	require.NoError(t, err)
	p.Severities[0], p.SeveritySynonyms["high"], p.Terms[0].Countries["DE"] = "X", "X", nil
	for handed := range c.Policies() {
		handed.Severities[0], handed.SeveritySynonyms["high"], handed.Terms[0].Countries["DE"], handed.Terms[0].Severities[0] = "Y", "Y", nil, "Y"
	}
	s, err := c.ParseSeverity(sla.Request{Moniker: "m"}, "High")
	require.NoError(t, err)
	assert.Equal(t, sla.Severity("P2"), s)
	assert.Equal(t, []sla.Severity{"P1", "P2"}, c.Severities(sla.Request{Moniker: "m"}))
	text, err := c.MarshalJSON()
	require.NoError(t, err)
	assertFixedPoint(t, text)
	assert.Contains(t, string(text), `"severities": ["P1", {"name": "P2", "also": ["high"]}]`)

	many := make([]sla.Severity, 17)
	for i := range many {
		many[i] = sla.Severity(fmt.Sprint(i))
	}
	synonyms := map[string]sla.Severity{}
	for i := range 65 {
		synonyms[fmt.Sprint("s", i)] = "P1"
	}
	for _, row := range []struct {
		policy sla.Policy
		want   string
	}{
		{sla.Policy{Severities: []sla.Severity{}}, `severities: an empty list: want at least one severity`},
		{sla.Policy{Categories: []region.Category{}}, `categories: an empty list: want at least one category`},
		{sla.Policy{Severities: many}, `severities: 17 of them: want at most 16`},
		{sla.Policy{Severities: only[sla.Severity]("a", "A")}, `severities: "A": want a name that "a" does not have: case, blanks, hyphens and underscores do not count`},
		{sla.Policy{Severities: only[sla.Severity]("a", "a")}, `severities: "a": want the name once`},
		{sla.Policy{Severities: only[sla.Severity]("a", "b\n")}, `severities: "b\n": want a name: one line of at most 256 characters, without blanks around it or control or bidi characters`},
		{sla.Policy{Severities: only[sla.Severity]("a", "\u202eb")}, `severities: "\u202eb": want a name: one line of at most 256 characters, without blanks around it or control or bidi characters`},
		{sla.Policy{SeveritySynonyms: map[string]sla.Severity{"high": "P1"}}, `severities: "high": want a synonym of a name on the scale; "P1" is not`},
		{sla.Policy{SeveritySynonyms: map[string]sla.Severity{"b": "A"}}, `severities: "b": want a name that "B" does not have: case, blanks, hyphens and underscores do not count`},
		{sla.Policy{Severities: only[sla.Severity]("P1"), SeveritySynonyms: synonyms}, `severities: "P1": want at most 64 synonyms of it`},
		{sla.Policy{CategorySynonyms: map[string]region.Category{"-": "billing"}}, `categories: "-": want a name: one line of at most 256 characters, without blanks around it or control or bidi characters`},
	} {
		row.policy.Moniker = "m"
		_, err := sla.NewCatalog("1", row.policy)
		assert.EqualError(t, err, "sla: catalog: policies[0]."+row.want)
	}
	for _, country := range []string{"de", "UK", "", "DEU"} {
		_, err := sla.NewCatalog("1", sla.Policy{Moniker: "m", Terms: []sla.Term{{Target: targetOf("1ns"), Calendar: always, Countries: map[string]*calendar.Calendar{country: always}}}})
		assert.ErrorContains(t, err, "sla: catalog: policies[0].terms[0].calendar", country)
	}
}

// First response is the first metric also where there is only a reason for having none.
func TestFirstMetric(t *testing.T) {
	c, err := sla.ParseCatalog([]byte(`{"version": "1", "policies": [{"moniker": "m", "terms": [
		{"metric": "resolution", "none": "no-commitment", "reason": "r"},
		{"metric": "next-response", "target": "1h", "calendar": "24/7"},
		{"none": "no-commitment", "reason": "r"}]}]}`))
	require.NoError(t, err)
	want := []sla.Metric{sla.FirstResponse, sla.NextResponse, sla.Resolution}
	assert.Equal(t, want, c.Metrics(sla.Request{Moniker: "m"}))
	text, err := c.MarshalJSON()
	require.NoError(t, err)
	back, err := sla.ParseCatalog(text)
	require.NoError(t, err)
	assert.Equal(t, want, back.Metrics(sla.Request{Moniker: "m"}))
}

// A calendar whose own days are all that there are never opens, whether it has hours or not.
func TestClosedForGood(t *testing.T) {
	var days []string
	for day := time.Date(1900, time.January, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2200; day = day.AddDate(0, 0, 1) {
		days = append(days, day.Format(`{"date": "2006-01-02"}`))
	}
	for hours, want := range map[string]string{
		``:                  `sla: catalog: calendars.c.hours: missing: want hours such as "Mo-Fr 09:00-17:00"`,
		`"hours": "24/7", `: `sla: catalog: calendars.c.hours: "24/7" at byte 0: want hours that open at least once from 1900 to 2199; these never open`,
	} {
		_, err := sla.ParseCatalog([]byte(`{"version": "1", "calendars": {"c": {"zone": "UTC", ` + hours + `"days": [` + strings.Join(days, ",") + `]}},
			"policies": [{"moniker": "m", "terms": [{"target": "1h", "calendar": "c"}]}]}`))
		assert.EqualError(t, err, want)
	}
}

// What people write breaks no line and steers no terminal.
func TestOneLineTexts(t *testing.T) {
	const evil = "a\r\n\x1b[31mb\u202ec\u2028d"
	always := calendar.AlwaysOpen()
	steers := func(text string) bool { return strings.ContainsAny(text, "\r\x1b\u202e\u2028") }
	_, err := sla.NewCatalog(evil, sla.Policy{Moniker: "m", Terms: []sla.Term{{Target: targetOf("1ns"), Calendar: always}}})
	assert.EqualError(t, err, `sla: catalog: version: "a\r\n\x1b[31mb\u202ec\u2028d": want one line of at most 256 characters, without control or bidi characters`)
	c, err := sla.NewCatalog("1", sla.Policy{Moniker: "m", Terms: []sla.Term{{Severities: only(a), Target: targetOf("1h"), Calendar: always, Source: evil, FollowUp: evil, Duties: evil}}})
	require.NoError(t, err)
	d, err := c.Deadline(sla.Request{Moniker: "m", Severity: a, Opened: in(t, "2026-03-02T09:00:00Z")})
	require.NoError(t, err)
	assert.Contains(t, explained(t, c, d).String(), "(a [31mb c d)")

	// What a catalog does not check, a ticket can say.
	tk := ticketOf(t, c, sla.Request{Moniker: "m", Severity: a, Opened: d.Request.Opened}, ticket.Event{ID: evil, At: d.Request.Opened, Word: sla.WordPaused, Note: evil})
	clock := clockIn(t, tk, "")
	_, refused := tk.Apply(ticket.Event{At: d.Request.Opened, Change: ticket.Change{Severity: evil + "x"}, Note: evil})
	_, unknown := tk.Apply(ticket.Event{At: d.Request.Opened, Word: evil, Note: evil})
	_, other := tk.Apply(ticket.Event{ID: evil, At: d.Request.Opened, Word: sla.WordResumed, Note: evil})
	_, hand := ticket.Of(sla.Deadline{Request: sla.Request{Moniker: evil, Plan: evil, Category: evil, Severity: evil, Opened: d.Request.Opened}, Term: d.Term})
	for _, text := range []string{tk.String(), clock.Explain(d.Due).String(), clock.At(d.Due).String(), tk.Events()[0].String(), refused.Error(), unknown.Error(), other.Error(), hand.Error()} {
		assert.False(t, steers(text), "%q", text)
	}

	why := sla.TermError{Err: sla.ErrNoCommitment, Request: sla.Request{Moniker: evil, Plan: evil, Category: evil, Severity: evil, Metric: evil}, HighestOffered: evil, Reason: evil}
	assert.False(t, steers(why.Error()), why.Error())
	assert.NotContains(t, why.Error(), "\n")
	for _, r := range []sla.Request{
		{Moniker: evil}, {Moniker: "m", Plan: evil}, {Moniker: "m", Severity: evil}, {Moniker: "m", Category: evil}, {Moniker: "m", Metric: evil}, {Moniker: "m", Country: evil},
	} {
		_, err := c.Deadline(r)
		require.Error(t, err)
		assert.False(t, steers(err.Error()) || strings.Contains(err.Error(), "\n"), err.Error())
	}
}

// On a machine without time zone data, what needs them says what to import.
func TestNoZoneData(t *testing.T) {
	if runtime.GOOS != "linux" || os.Getuid() != 0 {
		t.Skip("changes the root of a program that it builds")
	}
	dir := t.TempDir()
	main := filepath.Join(dir, "main.go")
	stored, err := os.ReadFile("ticket/testdata/germany.ticket.json")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(main, []byte(`package main

import (
	"fmt"
	"time"

	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

func main() {
	opened := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	_, err := sla.Due(sla.SeverityB, opened, region.Germany)
	fmt.Println(err)
	published := sla.Published()
	_, err = published.Deadline(sla.Request{Moniker: region.Germany, Severity: sla.SeverityA, Opened: opened})
	fmt.Println(err)
	_, err = published.ParseSeverity(sla.Request{Moniker: region.Germany}, "A")
	fmt.Println(err)
	_, err = published.MarshalJSON()
	fmt.Println(err)
	_, err = sla.ParseCatalog([]byte(`+"`"+`{"version": "1", "extends": "published 2020-05-27"}`+"`"+`))
	fmt.Println(err)
	_, err = sla.ParseCatalog([]byte(`+"`"+`{"version": "1", "policies": [{"moniker": "m", "terms": [{"target": "1h", "calendar": {"zone": "Europe/Berlin", "hours": "24/7"}}]}]}`+"`"+`))
	fmt.Println(err)
	fmt.Println(new(ticket.Ticket).UnmarshalJSON([]byte(`+"`"+string(stored)+"`"+`)))
	own, err := sla.ParseCatalog([]byte(`+"`"+`{"version": "1", "policies": [{"moniker": "m", "terms": [{"target": "1h", "calendar": "24/7"}]}]}`+"`"+`))
	fmt.Println(own.Lint(), len(published.Lint()), err)
	due, err := own.Due("A", opened, "m")
	fmt.Println(due, err)
}
`), 0o644))
	program := filepath.Join(dir, "program")
	build := exec.Command("go", "build", "-trimpath", "-o", program, main)
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := build.CombinedOutput()
	require.NoError(t, err, string(out))
	run := exec.Command("/program")
	run.Env, run.Dir = []string{}, "/"
	run.SysProcAttr = chroot(dir)
	out, err = run.CombinedOutput()
	require.NoError(t, err, string(out))
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	require.Len(t, lines, 9, string(out))
	for _, line := range lines[:7] {
		assert.Contains(t, line, `import _ "time/tzdata" in package main`)
	}
	assert.Equal(t, []string{"[] 0 <nil>", "2026-03-02 10:00:00 +0000 UTC <nil>"}, lines[7:])
}

// What people write for a target in other systems gets a line that says what to write here,
// and what it says can be read.
func TestWhatToWriteInsteadOfATarget(t *testing.T) {
	for text, want := range map[string]string{
		"1w":                          `"5bd" for business days, or "7d" for calendar days`,
		"2w":                          `"10bd" for business days, or "14d" for calendar days`,
		"1mo":                         `"30d"`,
		"1M":                          `"30d"`,
		"1y":                          `"365d"`,
		"P1D":                         `"1bd" for business days, or "1d" for calendar days`,
		"P2W":                         `"10bd" for business days, or "14d" for calendar days`,
		"P1M":                         `"30d"`,
		"PT8H":                        `"8h"`,
		"PT1H30M":                     `"1h30m"`,
		"P3DT4H":                      `"3bd 4h"`,
		"1 day":                       `"1bd" for business days, or "1d" for calendar days`,
		"3 business days":             `"3bd"`,
		"8 hours":                     `"8h"`,
		"8 hours wall":                `"8h wall"`,
		"1bd wall":                    `"24h wall"`,
		"30 min":                      `"30m"`,
		"4h 30m":                      `"4h30m"`,
		"2BD":                         `"2bd"`,
		"8H WALL":                     `"8h wall"`,
		"1BD@CLOSE":                   `"1bd@close"`,
		"1bd2h":                       `"1bd 2h"`,
		"1bd+2h":                      `"1bd 2h"`,
		"1bd  +  2h":                  `"1bd 2h"`,
		"3d 4h":                       `"3bd 4h"`,
		"2d12h":                       `"2bd 12h"`,
		"02d":                         `"2bd" for business days, or "2d" for calendar days`,
		"01bd":                        `"1bd"`,
		"+1bd":                        `"1bd"`,
		"+1h":                         `"1h"`,
		"4h business":                 `"4h"`,
		"4 business hours":            `"4h"`,
		"24x7":                        `how soon, such as "4h": "24/7" are hours of a calendar`,
		"next business day":           `"1bd" for the same time of day on it, or "1bd@close" for its end`,
		"NBD":                         `"1bd" for the same time of day on it, or "1bd@close" for its end`,
		"0bd":                         `"0bd@close" for the end of the business day of the start`,
		"0d":                          `"0bd@close" for the end of the business day of the start`,
		"0bd 4h":                      `"4h"`,
		"0bd@16:00":                   `"0bd@16:00 before 16:00 else 1bd@16:00"`,
		"0bd@00:00":                   `"1bd@00:00"`,
		" 1h":                         `"1h"`,
		"1bd@close ":                  `"1bd@close"`,
		"0bd@close before 14:00":      `"else" and a second target behind it, such as "0bd@close before 14:00 else 1bd@close"`,
		"1h in hours":                 `"else" and a second target behind it, such as "0bd@close before 14:00 else 1bd@close"`,
		"1bd @close":                  `"1bd@close"`,
		"1bd @ 17:00":                 `"1bd@17:00"`,
		"1bd@17":                      `"1bd@17:00"`,
		"1bd@5pm":                     `"1bd@17:00"`,
		"2d@9:30 AM":                  `"2d@09:30"`,
		"1bd@1:00":                    `"1bd@01:00"`,
		"1bd 16:00":                   targetForms,
		"0bd@5pm":                     `"0bd@17:00 before 17:00 else 1bd@17:00"`,
		"1bd@noon":                    targetForms,
		"@close":                      targetForms,
		"0h":                          `more than 0, such as "1h"`,
		"-1h":                         `more than 0, such as "1h"`,
		"":                            targetForms,
		"999999d":                     targetForms,
		"1 1h":                        targetForms,
		"1h30":                        targetForms,
		"1mo 4h":                      targetForms,
		strings.Repeat("9999h", 1000): targetForms,
		strings.Repeat("PT", 1000):    targetForms,
	} {
		_, err := sla.ParseTarget(text)
		assert.ErrorContains(t, err, ": want "+want, text)
		assert.True(t, strings.HasSuffix(err.Error(), ": want "+want), "%v", err)
		for i, quoted := range strings.Split(want, `"`) {
			if i%2 == 1 && quoted != "else" && quoted != "24/7" {
				_, err := sla.ParseTarget(quoted)
				assert.NoError(t, err, "what to write instead of %q", text)
			}
		}
	}
	for text, want := range map[string]string{
		"1w before 14:00 else 2bd":                 `"1w": want "5bd" for business days, or "7d" for calendar days`,
		"1h in hours else next business day":       `"next business day": want "1bd" for the same time of day on it, or "1bd@close" for its end`,
		"0bd@12:00 before 14:00 else 1bd":          `the start can be after 12:00: want "0bd@12:00 before 12:00 else 1bd@12:00"`,
		"0bd@16:00 in hours else 1bd":              `the start can be after 16:00: want "0bd@16:00 before 16:00 else 1bd@16:00"`,
		"0bd@00:00 in hours else 1bd":              `the start can be after 00:00: want "1bd@00:00"`,
		"0bd@close before 14:00 else 0bd@16:00":    `the start can be after 16:00: want "1bd@16:00" behind "else"`,
		"1h before 10:00 else 2h in hours else 3h": `want "else" once`,
		"1h before noon else 2h":                   `want a time of day behind "before", such as 14:00, up to 48:00`,
		"1h before 00:00 else 2h":                  `want a time of day behind "before", such as 14:00, up to 48:00`,
		"before 14:00 else 1h":                     `want "in hours" or "before 14:00" in front of "else"`,
		"1h else 2h":                               `want "in hours" or "before 14:00" in front of "else"`,
		"1h in hours else":                         `want a target behind "else"`,
		strings.Repeat("\xbb", 300):                "want " + targetForms, // bytes that no character begins with
	} {
		_, err := sla.ParseTarget(text)
		assert.ErrorContains(t, err, ": "+want)
	}
	_, err := sla.ParseTarget(strings.Repeat("\xbb", 300))
	assert.EqualError(t, err, `sla: target "`+strings.Repeat(`\xbb`, 76)+`...": want `+targetForms)
	for text, want := range map[string]string{
		"-1d":      `sla: threshold "-1d": want hours, such as "-24h"`,
		"50":       `sla: threshold "50": want "50%"`,
		"50 %":     `sla: threshold "50 %": want "50%"`,
		"Breached": `sla: threshold "Breached": want "breach"`,
		"30m":      `sla: threshold "30m": want "-30m" for a time before the due time, or "+30m" for one after it`,
		"+2d wall": `sla: threshold "+2d wall": want hours, such as "+48h wall"`,
		"1d":       `sla: threshold "1d": want 50%, -30m, +2h, "-2h wall", "+4h wall" or breach, each with or without " every 1h" (but for breach) and " in hours"`,
	} {
		_, err := sla.ParseThreshold(text)
		assert.EqualError(t, err, want)
	}
	_, err = sla.ParseCatalog([]byte("{\n \"version\": x}"))
	assert.EqualError(t, err, `sla: catalog: line 2, column 13: "x": want a JSON value`)
	tk, err := ticket.Of(sla.Deadline{Request: sla.Request{Moniker: "m", Severity: "A", Opened: in(t, "2026-03-02T09:00:00Z")}, Term: sla.Term{Target: targetOf("1ns"), Calendar: calendar.AlwaysOpen()}})
	require.NoError(t, err)
	tk, err = tk.Apply(told(t, "2026-03-02T09:00:00Z", sla.WordPaused))
	require.NoError(t, err)
	assert.Equal(t, "m, technical, severity A, opened 2026-03-02T09:00:00Z, 1 event", tk.String())
}
