package sla_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla"
)

// resolved is a policy that has a term for resolutions, and for other metrics if it is
// given them.
func resolved(p sla.Policy, metrics ...sla.Metric) sla.Policy {
	if p.Moniker == "" {
		p.Moniker = "m"
	}
	for _, m := range append(metrics, sla.Resolution) {
		p.Terms = append(p.Terms, sla.Term{Metric: m, Target: targetOf("1h"), Calendar: calendar.AlwaysOpen()})
	}
	return p
}

// The words that a form offers, by policy.
func TestWords(t *testing.T) {
	c := catalogOf(t, `{"version": "1", "extends": "published 2020-05-27", "statuses": ["open", "solved"], "happenings": ["reply"], "policies": [
		{"moniker": "m", "plan": "gold", "terms": [{"target": "1h", "calendar": "24/7"}]},
		{"moniker": "m", "plan": "silver", "default": true, "from": "2026-01-01", "until": "2026-07-01", "statuses": ["new"], "terms": [{"target": "1h", "calendar": "24/7"}]},
		{"moniker": "m", "plan": "silver", "from": "2026-07-01", "happenings": ["call"], "terms": [{"target": "1h", "calendar": "24/7"}]}]}`)
	for _, row := range []struct {
		r                    sla.Request
		statuses, happenings []string
		why                  string
	}{
		{sla.Request{Moniker: "m", Plan: "gold"}, []string{"open", "solved"}, []string{"reply"}, "those of the catalog"},
		{sla.Request{Moniker: "m"}, nil, []string{"call"}, "the default plan as it is in force last"},
		{sla.Request{Moniker: "m", Plan: "silver", Opened: in(t, "2026-06-30T23:59:59Z")}, []string{"new"}, nil, "a policy's own: both lists together"},
		{sla.Request{Moniker: "m", Plan: "silver", Opened: in(t, "2025-06-30T23:59:59Z")}, nil, nil, "not in force"},
		{sla.Request{Moniker: "m", Plan: "bronze"}, nil, nil, "no such plan"},
		{sla.Request{Moniker: germany}, []string{sla.WordResolved, sla.WordReopened, sla.WordPaused, sla.WordResumed}, []string{sla.WordResponded}, "a policy that declares none; those of the catalog are for its own policies"},
	} {
		statuses, happenings := c.Words(row.r)
		assert.Equal(t, row.statuses, statuses, row.why)
		assert.Equal(t, row.happenings, happenings, row.why)
	}
	statuses, happenings := (*sla.Catalog)(nil).Words(sla.Request{Moniker: "m"})
	assert.Nil(t, statuses)
	assert.Nil(t, happenings)
}

// A course is filled in from that of "", and then with what is usual for the metric.
func TestCourse(t *testing.T) {
	type course = sla.Course
	list := func(words ...string) []string { return append([]string{}, words...) }
	own := sla.Policy{Statuses: list("open", "pending", "solved"), Happenings: list("reply", "customer")}
	with := func(p sla.Policy, courses ...course) sla.Policy { p.Courses = courses; return p }
	for _, row := range []struct {
		why    string
		policy sla.Policy
		metric sla.Metric
		want   course
	}{
		{"the usual first response", sla.Policy{}, "", course{Metric: sla.FirstResponse, Stop: list("responded"), Pause: list("paused"), Reopening: sla.ReopenIgnore, Change: sla.ChangeFromOpening}},
		{"the usual next response", sla.Policy{}, sla.NextResponse, course{Metric: sla.NextResponse, Stop: list("responded"), Pause: list("paused"), Reopening: sla.ReopenNewCycle, Change: sla.ChangeFromOpening}},
		{"the usual resolution", sla.Policy{}, sla.Resolution, course{Metric: sla.Resolution, Stop: list("resolved"), Pause: list("paused"), Reopening: sla.ReopenContinue, Change: sla.ChangeFromOpening}},
		{"a metric without a term", sla.Policy{}, "update", course{Metric: "update", Stop: list("resolved"), Pause: list("paused"), Reopening: sla.ReopenContinue, Change: sla.ChangeFromOpening}},

		{"of one's own words, none is usual", own, sla.FirstResponse, course{Metric: sla.FirstResponse, Reopening: sla.ReopenIgnore, Change: sla.ChangeFromOpening}},
		{"the same for a resolution", own, sla.Resolution, course{Metric: sla.Resolution, Reopening: sla.ReopenContinue, Change: sla.ChangeFromOpening}},
		{"a happening alone is a word of one's own", sla.Policy{Happenings: list("reply")}, sla.NextResponse, course{Metric: sla.NextResponse, Reopening: sla.ReopenNewCycle, Change: sla.ChangeFromOpening}},
		{"lists that are empty, and not nil, declare none", sla.Policy{Statuses: list(), Happenings: list()}, sla.Resolution, course{Metric: sla.Resolution, Stop: list("resolved"), Pause: list("paused"), Reopening: sla.ReopenContinue, Change: sla.ChangeFromOpening}},

		{
			"each list and each mode by itself", with(own, course{Metric: sla.Resolution, Stop: list("solved"), Change: sla.ChangeReplace}, course{Start: list("open"), Pause: list("pending"), Reopening: sla.ReopenIgnore, Change: sla.ChangeRestart}),
			sla.Resolution,
			course{Metric: sla.Resolution, Start: list("open"), Stop: list("solved"), Pause: list("pending"), Reopening: sla.ReopenIgnore, Change: sla.ChangeReplace},
		},
		{
			"an empty list is none, a nil one is that of all others", with(own, course{Metric: sla.Resolution, Start: list(), Pause: list()}, course{Start: list("open"), Stop: list("solved"), Reset: list("due", "reply"), Pause: list("pending")}),
			sla.Resolution,
			course{Metric: sla.Resolution, Start: list(), Stop: list("solved"), Reset: list("due", "reply"), Pause: list(), Reopening: sla.ReopenContinue, Change: sla.ChangeFromOpening},
		},
		{
			"an empty list also keeps off what is usual", with(sla.Policy{}, course{Stop: list()}),
			sla.FirstResponse,
			course{Metric: sla.FirstResponse, Stop: list(), Pause: list("paused"), Reopening: sla.ReopenIgnore, Change: sla.ChangeFromOpening},
		},
		{
			"another metric has that of all others", with(own, course{Metric: sla.Resolution, Start: list("customer")}, course{Stop: list("solved")}),
			sla.NextResponse,
			course{Metric: sla.NextResponse, Stop: list("solved"), Reopening: sla.ReopenNewCycle, Change: sla.ChangeFromOpening},
		},
	} {
		c, err := sla.NewCatalog("1", resolved(row.policy, sla.FirstResponse))
		require.NoError(t, err, row.why)
		got, err := c.Course(sla.Request{Moniker: "m", Metric: row.metric})
		require.NoError(t, err, row.why)
		assert.Equal(t, row.want, got, row.why)
	}

	// The errors are those of the policy.
	c, err := sla.NewCatalog("1", resolved(sla.Policy{Plan: "gold", From: in(t, "2026-01-01T00:00:00Z")}))
	require.NoError(t, err)
	_, err = c.Course(sla.Request{Moniker: "m", Plan: "silver"})
	assert.EqualError(t, err, `sla: unknown plan "silver": want a plan of m: gold`)
	_, err = c.Course(sla.Request{Moniker: "m", Opened: in(t, "2025-01-01T00:00:00Z")})
	assert.ErrorIs(t, err, sla.ErrNotInForce)
}

// What is wrong with words and courses of Go values. Of texts, see testdata/catalogs/broken.txt.
func TestFaultsOfWords(t *testing.T) {
	many := func(n int, prefix string) (list []string) {
		for i := range n {
			list = append(list, fmt.Sprint(prefix, i))
		}
		return list
	}
	own := func(courses ...sla.Course) sla.Policy {
		return sla.Policy{Statuses: []string{"open", "solved"}, Happenings: []string{"reply"}, Courses: courses}
	}
	var courses []sla.Course
	for i := range 33 {
		courses = append(courses, sla.Course{Metric: sla.Metric(fmt.Sprint(i))})
	}
	for _, row := range []struct {
		policy sla.Policy
		want   string // behind the path of the policy
	}{
		{sla.Policy{Statuses: []string{" open"}}, `statuses[0]: " open": want a name: one line of at most 256 characters, without blanks around it or control or bidi characters`},
		{sla.Policy{Statuses: []string{"open", "due"}}, `statuses[1]: "due": want another word: every policy has this one`},
		{sla.Policy{Happenings: []string{"cancelled"}}, `happenings[0]: "cancelled": want another word: every policy has this one`},
		{sla.Policy{Statuses: []string{"open"}, Happenings: []string{"reply", "open"}}, `happenings[1]: "open": want the word once, as a status or a happening`},
		{sla.Policy{Statuses: many(65, "s")}, `statuses: 65 of them: want at most 64`},
		{sla.Policy{Statuses: many(64, "s"), Happenings: many(64, "h"), Courses: []sla.Course{{Stop: many(64, "h"), Pause: many(64, "s")}}}, ``},
		{sla.Policy{Statuses: many(64, "s"), Courses: []sla.Course{{Stop: many(65, "s")}}}, `courses[""].stop: 65 of them: want at most 64`},
		{sla.Policy{Courses: courses}, `courses: 33 of them: want at most 32`},
		{sla.Policy{Courses: courses[:32]}, ``},
		{own(sla.Course{Metric: "a b", Stop: []string{"solvd"}}), `courses["a b"].stop[0]: "solvd": want a word of m: open, solved, reply`},
		{own(sla.Course{Metric: "a", Start: []string{"opend"}}), `courses.a.start[0]: "opend": want a word of m: open, solved, reply, opened`},
		{own(sla.Course{Metric: "a", Reset: []string{"de"}}), `courses.a.reset[0]: "de": want a word of m: open, solved, reply, due`},
		{own(sla.Course{Metric: "a", Pause: []string{"pending"}}), `courses.a.pause[0]: "pending": want a word of m: open, solved`},
		{own(sla.Course{Metric: "a", Pause: []string{"reply"}}), `courses.a.pause[0]: "reply": want a status, which holds until the next: a happening is over at once`},
		{own(sla.Course{Metric: "a", Stop: []string{"solved", "reply", "solved"}}), `courses.a.stop[2]: "solved": want the word once`},
		{own(sla.Course{Stop: []string{"solved"}}, sla.Course{Metric: "a", Start: []string{"solved"}}), `courses.a: "solved" in start and in stop: want a status in one of them`},
		{own(sla.Course{Metric: "a", Start: []string{"reply"}, Stop: []string{"reply"}}), ``},
		{sla.Policy{Courses: []sla.Course{{Metric: sla.Resolution, Start: []string{"resolved"}}}}, `courses.resolution: "resolved" in start and in stop: want a status in one of them`},
	} {
		_, err := sla.NewCatalog("1", resolved(row.policy))
		if row.want == "" {
			assert.NoError(t, err)
		} else {
			assert.EqualError(t, err, "sla: catalog: policies[0]."+row.want)
		}
	}
	// Policies that share their courses each have faults of their own.
	list := []sla.Course{{Stop: []string{"solved"}}}
	_, err := sla.NewCatalog("1", resolved(sla.Policy{Moniker: "m", Courses: list}), resolved(sla.Policy{Moniker: "n", Courses: list}))
	assert.EqualError(t, err, `sla: catalog: policies[0].courses[""].stop[0]: "solved": want a word of m: resolved, reopened, paused, resumed, responded
sla: catalog: policies[1].courses[""].stop[0]: "solved": want a word of n: resolved, reopened, paused, resumed, responded`)
}

// Synonyms stay with their policy, also where its scale is the usual one.
func TestSynonymsOfTheUsualScale(t *testing.T) {
	other := resolved(sla.Policy{Moniker: "n"})
	other.SeveritySynonyms = map[string]sla.Severity{"high": "B"}
	for _, policies := range [][]sla.Policy{{resolved(sla.Policy{}), other}, {other, resolved(sla.Policy{})}} {
		c, err := sla.NewCatalog("1", policies...)
		require.NoError(t, err)
		text, err := c.MarshalJSON()
		require.NoError(t, err)
		back := assertFixedPoint(t, text)
		_, err = back.ParseSeverity(sla.Request{Moniker: "m"}, "high")
		assert.Error(t, err)
		s, err := back.ParseSeverity(sla.Request{Moniker: "n"}, "high")
		require.NoError(t, err)
		assert.Equal(t, b, s)
	}
}

func TestEvery(t *testing.T) {
	for text, want := range map[string]sla.Threshold{
		"+1h every 1h":                  {Offset: time.Hour, Every: time.Hour},
		"-30m every 1m":                 {Offset: -30 * time.Minute, Every: time.Minute},
		"50% every 30m":                 {Percent: 50, Every: 30 * time.Minute},
		"+4h wall every 1h30m":          {Offset: 4 * time.Hour, Wall: true, Every: 90 * time.Minute},
		"+4h wall every 1h30m in hours": {Offset: 4 * time.Hour, Wall: true, Every: 90 * time.Minute, InHours: true},
		"-2h every 2562047h in hours":   {Offset: -2 * time.Hour, Every: 2562047 * time.Hour, InHours: true},
	} {
		got, err := sla.ParseThreshold(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, got, text)
		assert.Equal(t, text, got.String())
		var back sla.Threshold
		require.NoError(t, back.UnmarshalText([]byte(text)))
		assert.Equal(t, want, back)
	}
	same, err := sla.ParseThreshold("+60m every 3600s")
	require.NoError(t, err)
	assert.Equal(t, thresholdOf("+1h every 1h"), same)
	for _, th := range []sla.Threshold{{Offset: time.Hour, Every: time.Minute - 1}, {Offset: time.Hour, Every: -time.Hour}, {Breach: true, Every: time.Hour}} {
		_, err := sla.NewCatalog("1", sla.Policy{Moniker: "m", Terms: []sla.Term{{Target: targetOf("1h"), Calendar: calendar.AlwaysOpen(), Thresholds: only(th)}}})
		assert.EqualError(t, err, `sla: catalog: policies[0].terms[0].alarms: [`+th.String()+`]: want a minute at the least after "every", and a breach once: "+1h every 1h" repeats after it`)
		_, err = sla.ParseThreshold(th.String())
		assert.Error(t, err, th.String())
	}
	for _, th := range []sla.Threshold{{Every: time.Hour}, {Wall: true, Every: time.Hour}, {Percent: 50, Offset: time.Hour, Every: time.Hour}} {
		_, err := sla.NewCatalog("1", sla.Policy{Moniker: "m", Terms: []sla.Term{{Target: targetOf("1h"), Calendar: calendar.AlwaysOpen(), Thresholds: only(th)}}})
		assert.ErrorContains(t, err, "policies[0].terms[0].alarms: ["+th.String()+"]: want ")
	}
	assert.True(t, slices.Contains([]sla.Threshold{same}, thresholdOf("+1h every 1h")), "comparable")
}
