package sla_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"runtime"
	"strconv"
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

func catalogOf(t *testing.T, text string) *sla.Catalog {
	t.Helper()
	c, err := sla.ParseCatalog([]byte(text))
	require.NoError(t, err)
	return c
}

// A request is judged by the version in force at its opening, and stays so.
func TestVersions(t *testing.T) {
	c := catalogOf(t, `{"version": "1", "calendars": {"always": {"zone": "UTC", "hours": "24/7"}}, "policies": [
		{"moniker": "acme", "plan": "gold", "default": true, "from": "2026-01-01", "terms": [{"target": "2h", "calendar": "always"}]},
		{"moniker": "acme", "plan": "gold", "from": "2026-07-01T00:00:00+02:00", "until": "2027-01-01", "terms": [{"target": "3h", "calendar": "always"}]},
		{"moniker": "acme", "plan": "silver", "from": "2026-01-01", "until": "2026-02-01", "terms": [{"target": "4h", "calendar": "always"}]},
		{"moniker": "acme", "plan": "silver", "from": "2026-03-01", "terms": [{"target": "5h", "calendar": "always"}]}]}`)
	for _, row := range []struct {
		plan         sla.Plan
		opened, want string
		why          string
	}{
		{"", "2026-01-01T00:00:00Z", "2h from 2026-01-01T00:00:00Z", "the first instant"},
		{"gold", "2026-06-30T21:59:59.999999999Z", "2h from 2026-01-01T00:00:00Z", "the last before the next version"},
		{"gold", "2026-06-30T22:00:00Z", "3h from 2026-07-01T00:00:00+02:00", "of two in force the one that began last"},
		{"gold", "2027-01-01T00:00:00Z", "2h from 2026-01-01T00:00:00Z", "until is not included, and the one before is still in force"},
		{"silver", "2026-01-31T23:59:59.999999999Z", "4h from 2026-01-01T00:00:00Z", "the last instant"},
		{"silver", "2026-02-01T00:00:00Z", "sla: not in force: acme, plan silver, opened 2026-02-01T00:00:00Z: want an opening from 2026-01-01 until before 2026-02-01, or from 2026-03-01 on", "between"},
		{"", "2025-12-31T23:59:59.999999999Z", "sla: not in force: acme, plan gold, opened 2025-12-31T23:59:59.999999999Z: want an opening from 2026-01-01 on, or from 2026-07-01T00:00:00+02:00 until before 2027-01-01", "before"},
		{"bronze", "2026-01-01T00:00:00Z", `sla: unknown plan "bronze": want a plan of acme: gold, silver`, "each plan once"},
	} {
		d, err := c.Deadline(sla.Request{Moniker: "acme", Plan: row.plan, Severity: b, Opened: in(t, row.opened)})
		got := fmt.Sprint(d.Term.Target, " from ", d.InForceSince.Format(time.RFC3339))
		if err != nil {
			got = err.Error()
			assert.Equal(t, row.plan != "bronze", errors.Is(err, sla.ErrNotInForce), row.why)
		}
		assert.Equal(t, row.want, got, row.why)
	}
	due, err := c.Due(a, in(t, "2026-08-01T00:00:00Z"), "acme")
	require.NoError(t, err)
	assert.True(t, in(t, "2026-08-01T03:00:00Z").Equal(due))
	_, err = c.Due(a, in(t, "2025-08-01T00:00:00Z"), "acme")
	assert.ErrorIs(t, err, sla.ErrNotInForce)

	// A change of severity is judged by the same version, also after it has been read.
	d, err := c.Deadline(sla.Request{Moniker: "acme", Severity: b, Opened: in(t, "2026-06-30T20:00:00Z")})
	require.NoError(t, err)
	e := explained(t, c, d)
	assert.Contains(t, jsonOf(t, e), `"in_force_since":"2026-01-01T00:00:00Z"`)
	assert.Contains(t, e.String(), "catalog 1, in force since 2026-01-01")
	back, _ := stored(t, ticketOf(t, c, d.Request))
	assert.True(t, d.InForceSince.Equal(clockIn(t, back, "").Explain(d.Request.Opened).InForceSince))
	back, err = back.Apply(raised(in(t, "2026-06-30T23:00:00Z"), a))
	require.NoError(t, err)
	assert.Equal(t, "2h", clockIn(t, back, "").At(in(t, "2026-06-30T23:00:00Z")).Target.String())
}

func TestMetrics(t *testing.T) {
	c := catalogOf(t, `{"version": "1", "calendars": {"always": {"zone": "UTC", "hours": "24/7"}}, "policies": [
		{"moniker": "acme", "plan": "gold", "default": true, "terms": [
			{"severities": ["A", "B"], "target": "1h", "calendar": "always"},
			{"metric": "resolution", "severities": ["A"], "target": "8h", "calendar": "always"},
			{"metric": "work around", "categories": ["billing"], "none": "not-offered", "severities": ["A"], "highest_offered": "C", "reason": "why"}]},
		{"moniker": "acme", "plan": "silver", "terms": [{"metric": "next-response", "target": "2h", "calendar": "always"}]}]}`)
	opened := in(t, "2026-03-02T09:00:00Z")
	for _, row := range []struct {
		r    sla.Request
		want string
	}{
		{sla.Request{Severity: a}, "1h first-response"},
		{sla.Request{Severity: a, Metric: sla.FirstResponse}, "1h first-response"},
		{sla.Request{Severity: a, Metric: sla.Resolution}, "8h resolution"},
		{sla.Request{Severity: b, Metric: sla.Resolution}, "sla: no commitment: acme, plan gold, technical, severity B, resolution: the catalog has no term for it"},
		{sla.Request{Severity: a, Metric: "work around", Category: billing}, "sla: not offered: acme, plan gold, billing, severity A, work around: why; the highest severity offered is C"},
		{sla.Request{Severity: a, Plan: "silver"}, "sla: no commitment: acme, plan silver, technical, severity A: the catalog has no term for it"},
		{sla.Request{Severity: a, Plan: "silver", Metric: sla.NextResponse}, "2h next-response"},
		{sla.Request{Severity: a, Metric: "uptime"}, `sla: unknown metric "uptime": want one of the catalog: first-response, resolution, work around, next-response`},
		{sla.Request{Severity: a, Category: "sales"}, `region: unknown category "sales": want a category of acme, plan gold: technical, billing, pre-sales`},
	} {
		row.r.Moniker, row.r.Opened = "acme", opened
		d, err := c.Deadline(row.r)
		got := fmt.Sprint(d.Term.Target, " ", d.Term.Metric)
		if err != nil {
			got = err.Error()
		}
		assert.Equal(t, row.want, got)
		if d.Catalog == "" {
			continue
		}
		// The clock of a metric follows the request to other severities of it.
		first := ticketOf(t, c, d.Request)
		back, _ := stored(t, first)
		assert.Equal(t, d.Request.Metric, back.Request().Metric)
		for _, tk := range []ticket.Ticket{back, first} {
			severity := b
			if row.r.Severity == b {
				severity = a
			}
			tk, err = tk.Apply(raised(opened, severity))
			require.NoError(t, err)
			clock := clockIn(t, tk, d.Request.Metric)
			other := row.r
			other.Severity = severity
			want, err := c.Deadline(other)
			assert.Equal(t, want.Due, clock.At(opened).Due)
			if _, none := clock.At(opened).Err.(sla.TermError); err != nil {
				assert.True(t, none) // of the severity before, if that has no term either
			}
		}
	}
}

// Due, Deadline and an independent choice of the version agree, whatever versions and
// default plans there are, and whether they are few or many.
func TestDueIsDeadline(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 8))
	asked := 0
	for range 300 {
		var policies []sla.Policy
		instant := func() time.Time {
			if rng.IntN(3) == 0 {
				return time.Time{}
			}
			return time.Date(2020+rng.IntN(6), time.Month(1+rng.IntN(12)), 1, 0, 0, 0, 0, time.UTC)
		}
		known := map[string]bool{}
		marked := map[region.Moniker]sla.Plan{}
		for range 1 + rng.IntN(24) {
			p := sla.Policy{
				Moniker: []region.Moniker{"m", "n", germany}[rng.IntN(3)], Plan: []sla.Plan{"", "gold", "standard"}[rng.IntN(3)],
				From: instant(), Until: instant(),
				Terms: []sla.Term{{Severities: only(a), Target: within(time.Duration(1+len(policies)) * time.Hour), Calendar: calendar.AlwaysOpen()}},
			}
			if rng.IntN(4) == 0 {
				if other, ok := marked[p.Moniker]; !ok || other == p.Plan {
					p.Default, marked[p.Moniker] = true, p.Plan
				}
			}
			key := fmt.Sprint(p.Moniker, p.Plan, p.From)
			if known[key] || !p.Until.IsZero() && !p.Until.After(p.From) {
				continue
			}
			known[key] = true
			policies = append(policies, p)
		}
		catalog, err := sla.NewCatalog("random", policies...)
		require.NoError(t, err)
		for range 20 {
			r := sla.Request{Moniker: []region.Moniker{"m", "n", germany, "o"}[rng.IntN(4)], Severity: a, Opened: time.Date(2019+rng.IntN(9), time.Month(1+rng.IntN(12)), 1, 0, 0, 0, rng.IntN(3)-1, time.UTC)}
			d, err1 := catalog.Deadline(r)
			due, err2 := catalog.Due(r.Severity, r.Opened, r.Moniker)
			require.True(t, due.Equal(d.Due) && (err1 == nil) == (err2 == nil) && (err1 == nil || err1.Error() == err2.Error()), "%v: %v, %v and %v, %v", r, d.Due, err1, due, err2)
			asked++
			if err1 != nil {
				continue
			}
			var best *sla.Policy
			for i, p := range policies {
				if p.Moniker == r.Moniker && p.Plan == d.Request.Plan && !r.Opened.Before(p.From) && (p.Until.IsZero() || r.Opened.Before(p.Until)) && (best == nil || p.From.After(best.From)) {
					best = &policies[i]
				}
			}
			require.NotNil(t, best)
			require.Equal(t, best.Terms[0].Target, d.Term.Target, "%v", r)
		}
	}
	require.Greater(t, asked, 5000)
}

// What a catalog says of the default plan of a moniker that it extends.
func TestExtendedDefault(t *testing.T) {
	at := in(t, "2026-11-04T10:00:00Z")
	const head = `{"version": "1", "extends": "published 2020-05-27", "policies": [{"moniker": "o365-worldwide", "terms": [{"severities": ["A"], "target": "10m", "calendar": "24/7"}], `
	for fields, want := range map[string]sla.Plan{
		`"plan": "platinum"}]}`:                                        "enterprise",
		`"plan": "platinum", "default": true}]}`:                       "platinum",
		`"plan": "platinum", "default": true, "from": "2026-07-01"}]}`: "platinum",
		`"plan": "enterprise"}]}`:                                      "enterprise",
		`"plan": "enterprise", "from": "2026-07-01"}]}`:                "enterprise",
		`"plan": "business", "default": true}]}`:                       "business",
		`"plan": "platinum"}, {"moniker": "o365-worldwide", "plan": "enterprise", "terms": [{"target": "9m", "calendar": "24/7"}]}]}`:           "enterprise",
		`"plan": "enterprise"}, {"moniker": "o365-worldwide", "plan": "x", "default": true, "terms": [{"target": "9m", "calendar": "24/7"}]}]}`: "x",
	} {
		c := catalogOf(t, head+fields)
		d, err := c.Deadline(sla.Request{Moniker: worldwide, Severity: a, Opened: at})
		require.NoError(t, err, fields)
		assert.Equal(t, want, d.Request.Plan, fields)
		due, err := c.Due(a, at, worldwide)
		require.NoError(t, err)
		assert.Equal(t, d.Due, due, fields)
		text, err := c.MarshalJSON()
		require.NoError(t, err)
		d, err = catalogOf(t, string(text)).Deadline(sla.Request{Moniker: worldwide, Severity: a, Opened: at})
		require.NoError(t, err)
		assert.Equal(t, want, d.Request.Plan, fields)
	}
	_, err := catalogOf(t, head+`"plan": "platinum", "default": true, "from": "2026-07-01"}]}`).Due(a, at.AddDate(-1, 0, 0), worldwide)
	assert.ErrorIs(t, err, sla.ErrNotInForce, "no quiet fall back to another plan")
}

// What replaces a policy of a catalog that is extended replaces all of it, and
// nothing else.
func TestReplacedPolicy(t *testing.T) {
	const head = `{"version": "1", "extends": "published 2020-05-27", "policies": [{"plan": "standard", "from": "2026-01-01", "terms": [{"target": "10m", "calendar": "24/7"}], "moniker": `
	request := sla.Request{Moniker: germany, Severity: b, Opened: in(t, "2025-11-04T10:00:00Z")}
	_, err := catalogOf(t, head+`"o365-germany"}]}`).Deadline(request)
	assert.ErrorIs(t, err, sla.ErrNotInForce, "no quiet fall back to the published terms")
	d, err := catalogOf(t, head+`"o365-21vianet"}]}`).Deadline(request)
	require.NoError(t, err, "a plan of the same name of another moniker")
	assert.Equal(t, targetOf("1bd"), d.Term.Target)
}

// A policy takes room for its own metrics only.
func TestManyMetrics(t *testing.T) {
	var policies []sla.Policy
	for i := range 400 {
		policies = append(policies, sla.Policy{Moniker: region.Moniker(fmt.Sprint(i)), Terms: []sla.Term{{Metric: sla.Metric(fmt.Sprint(i)), Severities: only(a), Target: targetOf("1ns"), Calendar: calendar.AlwaysOpen()}}})
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	c, err := sla.NewCatalog("many", policies...)
	require.NoError(t, err)
	runtime.ReadMemStats(&after)
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(20<<20))
	d, err := c.Deadline(sla.Request{Moniker: "1", Severity: a, Metric: "2", Opened: in(t, "2026-11-04T10:00:00Z")})
	assert.EqualError(t, err, "sla: no commitment: 1, technical, severity A, 2: the catalog has no term for it")
	assert.Equal(t, err, clockOf(t, c, d.Request).At(in(t, "2026-11-04T10:00:00Z")).Err)
}

func TestOutOfRange(t *testing.T) {
	c := catalogOf(t, `{"version": "1", "extends": "published 2020-05-27", "policies": [{"moniker": "acme", "from": "2026-01-01", "terms": [{"target": "1h", "calendar": "24/7"}]}]}`)
	for _, m := range []region.Moniker{"acme", worldwide} {
		for _, at := range []time.Time{{}, in(t, "2200-01-01T00:00:00Z")} {
			_, err := c.Due(b, at, m)
			assert.ErrorIs(t, err, calendar.ErrOutOfRange)
			_, other := c.Deadline(sla.Request{Moniker: m, Severity: b, Opened: at})
			assert.Equal(t, other, err)
		}
	}
}

// A catalog is read as part of a larger text, too, and never changed.
func TestCatalogInJSON(t *testing.T) {
	var config struct{ Terms *sla.Catalog }
	text := `{"Terms": ` + acme + `}`
	require.NoError(t, json.Unmarshal([]byte(text), &config))
	assert.Equal(t, "2026-01", config.Terms.Version())
	again, err := json.Marshal(config)
	require.NoError(t, err)
	var read struct{ Terms *sla.Catalog }
	require.NoError(t, json.Unmarshal(again, &read))
	want, err := config.Terms.MarshalJSON()
	require.NoError(t, err)
	got, err := read.Terms.MarshalJSON()
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got))
	assert.EqualError(t, json.Unmarshal(again, &read), `sla: catalog "2026-01": want an empty Catalog to read into, as one never changes`)
	for version, policies := range map[string][]sla.Policy{"": {{Moniker: "acme"}}, "1": nil} {
		c, err := sla.NewCatalog(version, policies...)
		require.NoError(t, err)
		assert.ErrorContains(t, c.UnmarshalJSON([]byte(acme)), "want an empty Catalog to read into", "one without a version, or without policies, is one")
	}
	var bad *sla.CatalogError
	assert.ErrorAs(t, json.Unmarshal([]byte(`{}`), new(sla.Catalog)), &bad)
}

// What a catalog was made of, and what it hands out, is the caller's.
func TestCatalogStaysAsItIs(t *testing.T) {
	terms := []sla.Term{{Severities: only(a), Target: targetOf("1h"), Calendar: calendar.AlwaysOpen(), Thresholds: []sla.Threshold{thresholdOf("50%"), thresholdOf("breach")}}}
	none := []sla.Exclusion{{Err: sla.ErrNoCommitment, Severities: only(b), Reason: "why"}}
	c, err := sla.NewCatalog("1", sla.Policy{Moniker: "acme", Terms: terms, None: none})
	require.NoError(t, err)
	before, err := c.MarshalJSON()
	require.NoError(t, err)
	terms[0].Thresholds[0] = thresholdOf("10%")
	terms[0].Target, none[0].Reason = targetOf("1ns"), ""
	d, err := c.Deadline(sla.Request{Moniker: "acme", Severity: a, Opened: in(t, "2026-03-02T09:00:00Z")})
	require.NoError(t, err)
	d.Term.Thresholds[0] = thresholdOf("20%")
	for p := range c.Policies() {
		p.Terms[0].Thresholds[0], p.Terms[0].Severities[0], p.None[0].Severities[0] = thresholdOf("30%"), "x", "x"
	}
	after, err := c.MarshalJSON()
	require.NoError(t, err)
	assert.Equal(t, string(before), string(after))
	d, err = c.Deadline(sla.Request{Moniker: "acme", Severity: a, Opened: in(t, "2026-03-02T09:00:00Z")})
	require.NoError(t, err)
	assert.Equal(t, []sla.Threshold{thresholdOf("50%"), thresholdOf("breach")}, d.Term.Thresholds)
	for p := range c.Policies() {
		assert.Equal(t, []sla.Threshold{thresholdOf("50%"), thresholdOf("breach")}, p.Terms[0].Thresholds)
	}
}

// However many policies there are, each is found as among a few.
func TestManyPolicies(t *testing.T) {
	always := calendar.AlwaysOpen()
	var policies []sla.Policy
	for i := range 300 {
		for v, plan := range []sla.Plan{"gold", "silver", "gold", ""} {
			policies = append(policies, sla.Policy{
				Moniker: region.Moniker(fmt.Sprint("customer ", i)), Plan: plan, Default: v == 0 && i%2 == 0,
				From:  time.Date(2020+v, time.January, i%28, 0, 0, 0, 0, time.UTC),
				Terms: []sla.Term{{Severities: only(a), Target: within(time.Duration(4*i+v+1) * time.Minute), Calendar: always}},
			})
		}
	}
	many, err := sla.NewCatalog("many", policies...)
	require.NoError(t, err)
	for i := range 300 {
		few, err := sla.NewCatalog("many", policies[4*i:4*i+4]...)
		require.NoError(t, err)
		for _, plan := range []sla.Plan{"gold", "silver", "", "bronze"} {
			for year := 2019; year < 2025; year++ {
				r := sla.Request{Moniker: policies[4*i].Moniker, Plan: plan, Severity: a, Opened: time.Date(year, time.June, 1, 0, 0, 0, 0, time.UTC)}
				got, err1 := many.Deadline(r)
				want, err2 := few.Deadline(r)
				require.True(t, (err1 == nil) == (err2 == nil) && (err1 == nil || err1.Error() == err2.Error()), "%v: %v and %v", r, err1, err2)
				require.Equal(t, want.Due, got.Due)
				if plan == "" {
					due1, err1 := many.Due(r.Severity, r.Opened, r.Moniker)
					require.True(t, (err1 == nil) == (err2 == nil) && due1.Equal(want.Due))
				}
			}
		}
	}
	_, err = many.Due(a, time.Now(), "nobody")
	assert.ErrorIs(t, err, &region.UnknownError{What: "moniker"})
}

// A ticket in a desk that is made of others is stored with all of it.
func TestStoredCombination(t *testing.T) {
	c := catalogOf(t, `{"version": "1", "calendars": {
		"Berlin": {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00", "holidays": ["DE-BE"], "days": [{"date": "2026-12-24", "name": "closed"}]},
		"Beijing": {"zone": "Asia/Shanghai", "hours": "Mo-Fr 09:00-18:00", "holidays": ["CN"]},
		"building": {"zone": "Europe/Berlin", "hours": "Mo-Fr 08:00-16:30"},
		"sun": {"union": ["open desk", "Beijing"]}, "desk": {"intersection": ["Berlin", "building"]},
		"open desk": {"calendar": "desk", "without": [{"zone": "UTC", "hours": "We,Fr 09:00-10:00", "holidays": ["CN"], "days": [{"date": "2026-12-25"}]}]}},
		"policies": [{"moniker": "acme", "terms": [{"target": "2bd", "calendar": "sun"}]}]}`)
	first := ticketOf(t, c, sla.Request{Moniker: "acme", Severity: b, Opened: in(t, "2026-12-22T15:00:00Z")}, told(t, "2026-12-23T03:00:00Z", sla.WordPaused), told(t, "2026-12-23T08:30:00Z", sla.WordResumed))
	back, _ := stored(t, first)
	want, got := clockIn(t, first, ""), clockIn(t, back, "")
	for now := in(t, "2026-12-22T15:00:00Z"); now.Before(in(t, "2027-01-03T00:00:00Z")); now = now.Add(53 * time.Minute) {
		assert.Equal(t, want.At(now).Due.UTC(), got.At(now).Due.UTC())
		assert.Equal(t, want.At(now).Elapsed, got.At(now).Elapsed)
	}
}

// A due time that goes by a set that lacks days is provisional, and stays so.
func TestStoredPartialSet(t *testing.T) {
	c := catalogOf(t, `{"version": "1", "calendars": {"Blantyre": {"zone": "Africa/Blantyre", "hours": "Mo-Fr 09:00-17:00", "holidays": ["MW"]}},
		"policies": [{"moniker": "acme", "terms": [{"target": "2bd", "calendar": "Blantyre"}]}]}`)
	own, err := sla.NewCatalog("own", sla.Policy{Moniker: "acme", Terms: []sla.Term{{
		Severities: only(b), Target: targetOf("2bd"),
		Calendar: calendar.Must(calendar.New("UTC", "Mo-Fr 09:00-17:00", calendar.Holidays(calendar.HolidayList("some").WithGaps()))),
	}}})
	require.NoError(t, err)
	for _, c := range []*sla.Catalog{c, own} {
		d, err := c.Deadline(sla.Request{Moniker: "acme", Severity: b, Opened: in(t, "2026-03-02T05:00:00Z")})
		require.NoError(t, err)
		assert.True(t, d.Provisional)
		back, _ := stored(t, ticketOf(t, c, d.Request))
		assert.True(t, clockIn(t, back, "").At(d.Start).Provisional)
	}
}

// A company's own days are known for some years; a due time that counts on others
// is provisional.
func TestOwnYears(t *testing.T) {
	c := catalogOf(t, `{"version": "1", "calendars": {"shop": {"zone": "UTC", "hours": "Mo-Fr 09:00-17:00", "days": [{"date": "2026-12-24"}], "years": {"last": 2026}}},
		"policies": [{"moniker": "acme", "terms": [{"target": "2bd", "calendar": "shop"}]}]}`)
	for opened, provisional := range map[string]bool{"2026-12-23T10:00:00Z": false, "2026-12-30T10:00:00Z": true, "2027-03-01T10:00:00Z": true} {
		d, err := c.Deadline(sla.Request{Moniker: "acme", Severity: b, Opened: in(t, opened)})
		require.NoError(t, err)
		assert.Equal(t, provisional, d.Provisional, opened)
	}
}

// The calendars of the published terms follow the help page's wording, which package
// region has.
// A day of the calendar's own beats the rules for holidays, and hours that change count on both
// sides of the change.
func TestOwnDays(t *testing.T) {
	for _, row := range []struct{ calendar, opened, target, due, why string }{
		{`"hours": "Mo-Fr 09:00-17:00; PH 10:00-14:00", "days": [{"date": "2026-12-29"}]`, "2026-12-28T16:00:00+01:00", "2h", "2026-12-30T10:00:00+01:00", "a day that is closed is closed"},
		{`"hours": "Mo-Fr 09:00-17:00; PH 10:00-14:00", "holidays": [{"code": "own", "years": {}, "days": [{"date": "2026-12-29"}]}]`, "2026-12-28T16:00:00+01:00", "2h", "2026-12-29T11:00:00+01:00", "and a holiday has the rule for holidays"},
		{`"hours": "Mo-Fr 09:00-17:00", "days": [{"date": "2026-12-24", "hours": "09:00-12:00"}]`, "2026-12-24T11:00:00+01:00", "2h", "2026-12-25T10:00:00+01:00", "a short day"},
		{`"hours": "Mo-Fr 09:00-17:00", "holidays": ["DE-BE"], "days": [{"date": "2026-12-25", "hours": "09:00-12:00"}]`, "2026-12-24T16:00:00+01:00", "2h", "2026-12-25T10:00:00+01:00", "hours on a holiday"},
		{`"hours": "Mo-Fr 09:00-17:00", "days": [{"date": "2026-12-24", "hours": "12:00-13:00 off"}]`, "2026-12-24T11:00:00+01:00", "2h", "2026-12-24T14:00:00+01:00", "a part that is closed"},
		{`"hours": "Mo-Fr 09:00-17:00", "days": [{"date": "2026-12-26", "workday": true, "hours": "10:00-12:00"}]`, "2026-12-25T16:00:00+01:00", "2h", "2026-12-26T11:00:00+01:00", "a Saturday that is worked, by its own hours"},
		{`"hours": [{"until": "2026-07-01", "hours": "Mo-Fr 08:00-16:00"}, {"hours": "Mo-Fr 09:00-17:00"}]`, "2026-06-30T15:00:00+02:00", "2h", "2026-07-01T10:00:00+02:00", "an hour by the old hours, one by the new"},
		{`"hours": [{"until": "2026-07-01", "hours": "Mo-Fr 22:00-06:00"}, {"hours": "Mo-Fr 09:00-17:00"}]`, "2026-07-01T05:00:00+02:00", "2h", "2026-07-01T10:00:00+02:00", "the last night ends by the old hours (R6)"},
	} {
		c := catalogOf(t, `{"version": "1", "calendars": {"x": {"zone": "Europe/Berlin", `+row.calendar+`}}, "policies": [{"moniker": "m", "terms": [{"target": "`+row.target+`", "calendar": "x"}]}]}`)
		opened, err := time.Parse(time.RFC3339, row.opened)
		require.NoError(t, err)
		due, err := c.Due(b, opened, "m")
		require.NoError(t, err)
		assert.Equal(t, row.due, due.Format(time.RFC3339), row.why)
		text, err := c.Excerpt(nil, sla.Request{Moniker: "m", Severity: b, Opened: opened})
		require.NoError(t, err)
		again, err := catalogOf(t, string(text)).Due(b, opened, "m")
		require.NoError(t, err)
		assert.Equal(t, due, again, "in an excerpt: %s", row.why)
	}
}

func TestPublishedDesks(t *testing.T) {
	desks := map[string]bool{}
	for r, term := range requestsOf(sla.Published()) {
		where, err := region.Lookup(r.Moniker)
		require.NoError(t, err)
		wording := where.Wording[r.Category]
		if r.Moniker == germany && r.Severity != a {
			wording = where.Wording[region.Billing] // adopted: business days of the business hours
		}
		for part := range strings.SplitSeq(wording, "; ") { // 21Vianet's technical support has two
			if severities, hours, ok := strings.Cut(strings.TrimPrefix(part, "Severity "), ": "); ok && strings.Contains(severities, string(r.Severity)) {
				wording = hours
			}
		}
		got := strings.TrimPrefix(term.Calendar.String(), term.Calendar.Name()+": ")
		assert.Equal(t, readWording(t, wording), got, "%v, %v, %v: %q", r.Moniker, r.Category, r.Severity, wording)
		if desks[got] = true; got != "24/7 UTC" {
			zone, err := r.Moniker.Zone("")
			require.NoError(t, err)
			assert.Equal(t, zone, term.Calendar.Zone().String())
		}
	}
	assert.Len(t, desks, 4)
}

// readWording returns the hours, the zone and the holidays that a wording means, as a
// calendar writes them.
func readWording(t *testing.T, text string) string {
	if strings.HasPrefix(text, "24*7") || text == "24 hours a day, 7 days a week" {
		return "24/7 UTC"
	}
	zone, holidays := "Asia/Shanghai", ", holidays CN" // statutory working days
	if !strings.Contains(text, "Beijing Time") {
		require.Contains(t, text, "Berlin")
		zone, holidays = "Europe/Berlin", ", holidays DE-BE"
	}
	days := "Mo-Fr"
	if strings.HasSuffix(text, "a day, 365 days") {
		days, holidays = "Mo-Su", ""
	} else {
		require.Regexp(t, "Mon-Fri|Monday through Friday", text)
	}
	if strings.HasPrefix(text, "China business hours") { // with times on the page for China only
		office, err := region.LookupOffice("CN")
		require.NoError(t, err)
		text = office.Billing[0].Wording
		require.Contains(t, text, "Mon-Fri ")
	}
	m := regexp.MustCompile(`(\d+)(?: AM|:00 |)[-~](\d+)(?: PM|(:00)|)\b`).FindStringSubmatch(text)
	require.NotNil(t, m, text)
	from, err1 := strconv.Atoi(m[1])
	to, err2 := strconv.Atoi(m[2])
	require.NoError(t, errors.Join(err1, err2))
	if m[3] == "" { // 9-5
		to += 12
	}
	return fmt.Sprintf("%s %02d:00-%02d:00 %s%s", days, from, to, zone, holidays)
}
