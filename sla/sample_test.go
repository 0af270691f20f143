package sla_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

// The catalog of a support company in examples/catalog has everything that a
// catalog can have; here each part of it is driven. All due times are worked out by
// hand, from a calendar on paper.

const (
	acmeCo = region.Moniker("acme")
	watch  = region.Moniker("acme night watch")
	joint  = sla.Metric("joint call")
)

func sampleText(tb testing.TB, name string) []byte {
	tb.Helper()
	text, err := os.ReadFile("../examples/catalog/" + name)
	require.NoError(tb, err)
	return text
}

func sampleCatalog(tb testing.TB, name string) *sla.Catalog {
	tb.Helper()
	c, err := sla.ParseCatalog(sampleText(tb, name))
	require.NoError(tb, err)
	return c
}

// sampleRequest returns a request of a moniker's plan.
func sampleRequest(tb testing.TB, m region.Moniker, plan sla.Plan, category region.Category, metric sla.Metric, s sla.Severity, opened string) sla.Request {
	return sla.Request{Moniker: m, Plan: plan, Category: category, Metric: metric, Severity: s, Opened: in(tb, opened)}
}

// Berlin works Mo-Fr 08-12 and 13-17, its night shift from Sunday to Thursday 22-06,
// and Denver Mo-Fr 07:00-11:30 and 12:30-16:00, which is eight hours later: 15:00 to
// 19:30 and 20:30 to 24:00 in Berlin. From 8 to 29 March and from 25 October to 1
// November 2026 it is seven hours. Following the sun is all three.
var sampleDue = []struct {
	m        region.Moniker
	plan     sla.Plan
	category region.Category
	metric   sla.Metric
	severity sla.Severity
	opened   string
	due      string
	why      string
}{
	// Gold, as of January.
	{acmeCo, "gold", technical, "", a, "2026-02-14T03:12:44+01:00", "2026-02-14T04:12:44+01:00", "round the clock, on a Saturday night"},
	{acmeCo, "gold", technical, "", a, "2026-06-30T23:59:59.999999999+02:00", "2026-07-01T00:59:59.999999999+02:00", "the last instant of January's terms, 1h"},
	{acmeCo, "gold", technical, "", b, "2026-03-13T15:20:00+01:00", "2026-03-13T20:20:00+01:00", "Denver opens at 14:00 in Berlin that Friday; 3h10m until its lunch at 18:30, 50m from 19:30 on"},
	{acmeCo, "gold", technical, "", c, "2026-04-02T10:30:00+02:00", "2026-04-07T10:30:00+02:00", "Thursday; then Good Friday, the weekend and Easter Monday"},
	{acmeCo, "gold", billing, "", b, "2026-05-13T11:00:00+02:00", "2026-05-18T11:00:00+02:00", "Wednesday; then Ascension and Acme's own bridge day"},
	{acmeCo, "gold", billing, "", c, "2026-05-08T12:30:00+02:00", "2026-05-09T13:00:00+02:00", "from the lunch break to 13:00, and Saturday 9 May is worked"},

	// Gold, as of July.
	{acmeCo, "gold", technical, "", a, "2026-07-01T00:00:00+02:00", "2026-07-01T00:30:00+02:00", "the first instant of July's terms, 30m"},
	{acmeCo, "gold", technical, "", a, "2026-06-30T22:00:00Z", "2026-06-30T22:30:00Z", "the same instant elsewhere"},
	{acmeCo, "gold", technical, "", b, "2026-07-09T12:10:00+02:00", "2026-07-09T15:00:00+02:00", "Berlin is at lunch until 13:00 and Denver asleep"},
	{acmeCo, "gold", technical, "", b, "2026-07-09T20:00:00+02:00", "2026-07-09T22:30:00+02:00", "Denver's lunch until 20:30, then Denver, and the night shift beside it from 22:00 on counts once"},
	{acmeCo, "gold", technical, "", b, "2026-07-17T21:40:00-06:00", "2026-07-19T16:00:00-06:00", "the weekend, until Sunday's night shift begins: 22:00 in Berlin, 14:00 in Denver"},
	{acmeCo, "gold", technical, "", b, "2026-12-24T10:00:00+01:00", "2026-12-24T17:00:00+01:00", "Berlin has company holidays; Denver opens at 15:00 in Berlin"},
	{acmeCo, "gold", technical, "", b, "2026-12-25T03:00:00+01:00", "2026-12-25T05:00:00+01:00", "Thursday's night shift goes on through the morning of the holiday"},
	{acmeCo, "gold", technical, "", b, "2026-12-25T05:00:00+01:00", "2026-12-27T23:00:00+01:00", "an hour of that, and all are closed until Sunday's night shift"},
	{acmeCo, "gold", technical, "", c, "2026-09-17T16:45:00+02:00", "2026-09-18T17:00:00+02:00", "the closing of the next business day"},
	{acmeCo, "gold", technical, "", c, "2026-12-23T16:59:00+01:00", "2027-01-04T17:00:00+01:00", "24, 28, 29, 30 and 31 December are company holidays, 25 and 1 are public ones"},
	{acmeCo, "gold", billing, "", b, "2026-07-10T09:00:00+02:00", "2026-07-13T09:00:00+02:00", "Friday to Monday"},
	{acmeCo, "gold", technical, sla.NextResponse, a, "2026-10-25T01:30:00+02:00", "2026-10-25T02:30:00+02:00", "the night in which the clock goes back at 03:00"},
	{acmeCo, "gold", technical, sla.NextResponse, b, "2026-11-11T15:00:00+01:00", "2026-11-12T00:00:00+01:00", "2h of Berlin, Denver has Veterans Day, 2h of the night shift"},
	{acmeCo, "gold", technical, sla.NextResponse, c, "2026-10-22T09:30:00+02:00", "2026-10-26T09:30:00+01:00", "Thursday to Monday, when the clock has gone back: the same time of day"},
	{acmeCo, "gold", technical, sla.Resolution, a, "2026-09-20T04:00:00+02:00", "2026-09-20T12:00:00+02:00", "eight hours of a Sunday"},
	{acmeCo, "gold", technical, sla.Resolution, b, "2026-09-17T16:45:00+02:00", "2026-09-22T16:45:00+02:00", "Thursday; then Friday, Monday, Tuesday"},
	{acmeCo, "gold", technical, joint, b, "2026-10-16T09:30:00+02:00", "2026-10-16T17:00:00+02:00", "both are there from 15:00 to 17:00 in Berlin"},
	{acmeCo, "gold", technical, joint, a, "2026-10-27T09:30:00+01:00", "2026-10-27T16:00:00+01:00", "in the week between the two changes of the clock from 14:00 on"},
	{acmeCo, "gold", technical, joint, b, "2026-11-25T16:00:00+01:00", "2026-11-30T16:00:00+01:00", "an hour before Thanksgiving and the day after it, and one on Monday"},

	// Silver, which is the default.
	{acmeCo, "", technical, "", a, "2026-07-03T16:40:00+02:00", "2026-07-06T01:40:00+02:00", "20m of Friday; Denver has Independence Day, observed; 3h40m of Sunday's night shift"},
	{acmeCo, "silver", technical, "", b, "2026-07-03T11:59:00+02:00", "2026-07-06T11:59:00+02:00", "Friday to Monday; Denver's holiday is not Berlin's"},
	{acmeCo, "silver", technical, "", b, "2026-07-03T12:00:00+02:00", "2026-07-06T13:00:00+02:00", "at noon lunch has begun, so it starts at 13:00"},
	{acmeCo, "silver", technical, "", c, "2026-12-21T09:00:00+01:00", "2027-01-04T09:00:00+01:00", "Tuesday, Wednesday, and the third is next year"},
	{acmeCo, "silver", billing, "", b, "2026-11-10T10:00:00+01:00", "2026-11-12T10:00:00+01:00", "Veterans Day is not Berlin's"},
	{acmeCo, "silver", technical, sla.NextResponse, a, "2026-11-12T18:00:00+01:00", "2026-11-16T16:00:00+01:00", "starts on Friday at 08:00; 16:00 on Monday"},
	{acmeCo, "silver", technical, sla.Resolution, a, "2026-04-01T09:00:00+02:00", "2026-04-07T09:00:00+02:00", "Thursday, and Tuesday after Easter"},

	// Bronze.
	{acmeCo, "bronze", technical, "", b, "2026-05-07T14:00:00+02:00", "2026-05-09T14:00:00+02:00", "Friday and the Saturday that is worked"},
	{acmeCo, "bronze", technical, "", c, "2026-06-08T14:00:00+02:00", "2026-06-15T14:00:00+02:00", "Monday to Monday"},

	// The night watch, which has no plans.
	{watch, "", technical, "", a, "2026-02-02T05:30:00+01:00", "2026-02-02T23:30:00+01:00", "half an hour until 06:00, the rest from 22:00 on"},
	{watch, "", technical, "", a, "2026-05-14T05:00:00+02:00", "2026-05-17T23:00:00+02:00", "the shift that began before Ascension ends at 06:00; that of Ascension is cancelled; Friday and Saturday have none"},
	{watch, "", technical, "", c, "2026-02-03T02:00:00+01:00", "2026-02-04T02:00:00+01:00", "02:00 of Monday's shift to that of Tuesday's"},
	{watch, "", technical, "", c, "2026-05-14T02:00:00+02:00", "2026-05-18T02:00:00+02:00", "Wednesday's shift; the next one begins on Sunday"},
	{watch, "", technical, "", b, "2019-07-01T22:00:00+02:00", "2019-07-02T00:00:00+02:00", "these terms were always in force"},
}

func TestSampleDue(t *testing.T) {
	own := sampleCatalog(t, "acme.json")
	january, july := in(t, "2026-01-01T00:00:00+01:00"), in(t, "2026-07-01T00:00:00+02:00")
	driven := map[string]bool{}
	promise := func(r sla.Request, from time.Time, term sla.Term) string {
		return fmt.Sprintf("%s, %s, %v, %v, %s %v in %s", r.Moniker, r.Plan, from.UTC(), r.Category, term.Metric, term.Target, term.Calendar.Name())
	}
	for _, row := range sampleDue {
		r := sampleRequest(t, row.m, row.plan, row.category, row.metric, row.severity, row.opened)
		d, err := own.Deadline(r)
		require.NoError(t, err, row.why)
		assert.Equal(t, in(t, row.due).UTC(), d.Due.UTC(), "%s %v", row.why, r)
		assert.Equal(t, "acme 2026-07", d.Catalog)
		assert.Equal(t, d.Due.Year() == 2027, d.Provisional, "%s: when it closes in 2027, the company has not said", row.why)
		from := january
		switch {
		case row.m == watch:
			from = time.Time{}
		case row.plan == "gold" && !r.Opened.Before(july):
			from = july
		}
		assert.True(t, from.Equal(d.InForceSince), "%s: %v", row.why, d.InForceSince)
		if row.plan == "" && row.m == acmeCo {
			assert.Equal(t, sla.Plan("silver"), d.Request.Plan)
		}
		driven[promise(d.Request, d.InForceSince, d.Term)] = true
	}
	promises := 0
	for r, term := range requestsOf(own) {
		if r.Moniker == acmeCo || r.Moniker == watch {
			promises++
			assert.True(t, driven[promise(r, r.Opened, term)], "no row for %s", promise(r, r.Opened, term))
		}
	}
	assert.Equal(t, 30, promises, "5 and 12 of gold, 8 of silver, 2 of bronze, 3 of the night watch")
}

// The short call takes the default plan and the first response to technical requests.
func TestSampleDueOfThree(t *testing.T) {
	own := sampleCatalog(t, "acme.json")
	called := 0
	for _, row := range sampleDue {
		if row.category != technical || row.metric != "" || row.plan != "" && row.plan != "silver" {
			continue
		}
		due, err := own.Due(row.severity, in(t, row.opened), row.m)
		require.NoError(t, err, row.why)
		assert.Equal(t, row.due, due.Format(time.RFC3339Nano), row.why)
		called++
	}
	assert.Equal(t, 9, called, "4 of silver, 5 of the night watch")
	_, err := own.Due(a, in(t, "2025-12-31T23:59:59+01:00"), acmeCo)
	assert.ErrorIs(t, err, sla.ErrNotInForce)
}

func TestSampleReasons(t *testing.T) {
	own := sampleCatalog(t, "acme.json")
	const opened = "2026-07-09T12:10:00+02:00"
	for _, row := range []struct {
		r      sla.Request
		is     error
		want   string
		source string
	}{
		{sampleRequest(t, acmeCo, "gold", billing, "", a, opened), sla.ErrNotOffered, "sla: not offered: acme, plan gold, billing, severity A: severity A is for what is down; the highest severity offered is B", "Support terms 2026-07, 1.3"},
		{sampleRequest(t, acmeCo, "gold", billing, "", a, "2026-06-01T00:00:00Z"), sla.ErrNotOffered, "sla: not offered: acme, plan gold, billing, severity A: severity A is for what is down; the highest severity offered is B", "Support terms 2026-01, 1.3"},
		{sampleRequest(t, acmeCo, "gold", technical, sla.Resolution, c, opened), sla.ErrNoCommitment, "sla: no commitment: acme, plan gold, technical, severity C, resolution: it is fixed in the next release, whenever that is", "Support terms 2026-07, 2.3"},
		{sampleRequest(t, acmeCo, "gold", technical, sla.Resolution, b, "2026-06-01T00:00:00Z"), sla.ErrNoCommitment, "sla: no commitment: acme, plan gold, technical, severity B, resolution: the catalog has no term for it", ""},
		{sampleRequest(t, acmeCo, "", technical, sla.Resolution, b, opened), sla.ErrNoCommitment, "sla: no commitment: acme, plan silver, technical, severity B, resolution: only gold has a target for it", "Support terms 2026-01, 3.3"},
		{sampleRequest(t, acmeCo, "bronze", technical, "", a, opened), sla.ErrNotOffered, "sla: not offered: acme, plan bronze, technical, severity A: severity A is for gold and silver; the highest severity offered is B", "Support terms 2026-01, 1.3"},
		{sampleRequest(t, acmeCo, "bronze", advice, "", b, opened), sla.ErrNoCommitment, "sla: no commitment: acme, plan bronze, pre-sales, severity B: answered as time allows", "Support terms 2026-01, 3.4"},
		{sampleRequest(t, watch, "", billing, "", b, opened), sla.ErrNoCommitment, "sla: no commitment: acme night watch, billing, severity B: the catalog has no term for it", ""},
		{sampleRequest(t, acmeCo, "gold", technical, "", b, "2025-12-31T22:59:59Z"), sla.ErrNotInForce, "sla: not in force: acme, plan gold, opened 2025-12-31T22:59:59Z: want an opening from 2026-01-01T00:00:00+01:00 until before 2026-07-01T00:00:00+02:00, or from 2026-07-01T00:00:00+02:00 on", ""},
		{sampleRequest(t, acmeCo, "platinum", technical, "", b, opened), &region.UnknownError{What: "plan"}, `sla: unknown plan "platinum": want a plan of acme: gold, silver, bronze`, ""},
		{sampleRequest(t, acmeCo, "", technical, "uptime", b, opened), &region.UnknownError{What: "metric"}, `sla: unknown metric "uptime": want one of the catalog: first-response, next-response, resolution, joint call`, ""},
		{sampleRequest(t, "zenith", "", technical, "", b, opened), &region.UnknownError{What: "moniker"}, `region: unknown moniker "zenith": want one of the catalog: acme, acme night watch, o365-worldwide, o365-21vianet, o365-germany`, ""},
	} {
		_, err := own.Deadline(row.r)
		assert.ErrorIs(t, err, row.is)
		assert.EqualError(t, err, row.want)
		why, _ := errors.AsType[sla.TermError](err)
		assert.Equal(t, row.source, why.Source, row.want)
	}
}

// The terms that the sample extends answer as though it were not there.
func TestSampleExtendsPublished(t *testing.T) {
	own, compared := sampleCatalog(t, "acme.json"), 0
	for _, m := range []region.Moniker{china, germany, worldwide} {
		for _, plan := range []sla.Plan{"", sla.PlanAdvanced, sla.PlanStandard, sla.PlanBusiness, sla.PlanEnterprise, sla.PlanElevated} {
			for _, category := range []region.Category{technical, billing, advice} {
				for _, s := range []sla.Severity{a, b, c} {
					for _, opened := range []string{"2020-05-27T20:00:00+08:00", "2026-12-24T17:00:00+01:00"} {
						r := sampleRequest(t, m, plan, category, "", s, opened)
						want, wantErr := sla.Published().Deadline(r)
						got, gotErr := own.Deadline(r)
						assert.Equal(t, wantErr, gotErr, "%v", r)
						assert.Equal(t, want.Due, got.Due, "%v", r)
						assert.Equal(t, want.Start, got.Start, "%v", r)
						assert.Equal(t, want.Term, got.Term, "%v", r)
						assert.Equal(t, want.Request, got.Request, "%v", r)
						if plan == "" && category == technical && wantErr == nil {
							due, err := own.Due(s, r.Opened, m)
							require.NoError(t, err)
							assert.Equal(t, want.Due, due)
						}
						compared++
					}
				}
			}
		}
	}
	assert.Equal(t, 3*6*3*3*2, compared)
}

func TestSampleAlarms(t *testing.T) {
	own := sampleCatalog(t, "acme.json")
	for _, row := range []struct {
		r    sla.Request
		want []string
		why  string
	}{
		{
			sampleRequest(t, acmeCo, "gold", technical, "", a, "2026-08-01T22:05:00-06:00"),
			[]string{"50% 2026-08-01T22:20:00-06:00", "-10m 2026-08-01T22:25:00-06:00", "breach 2026-08-01T22:35:00-06:00"},
			"30m round the clock",
		},
		{
			sampleRequest(t, acmeCo, "gold", technical, "", a, "2026-02-14T03:00:00+01:00"),
			[]string{"50% 2026-02-14T03:30:00+01:00", "breach 2026-02-14T04:00:00+01:00"},
			"those of January's terms",
		},
		{
			sampleRequest(t, acmeCo, "gold", technical, sla.Resolution, b, "2026-09-17T16:45:00+02:00"),
			[]string{"-4h 2026-09-22T11:45:00+02:00", "breach in hours 2026-09-22T16:45:00+02:00"},
			"4h before 16:45 with lunch in between",
		},
		{
			sampleRequest(t, acmeCo, "gold", technical, sla.Resolution, a, "2026-09-20T04:00:00+02:00"),
			[]string{"50% 2026-09-20T08:00:00+02:00", "90% 2026-09-20T11:12:00+02:00", "+2h wall 2026-09-20T14:00:00+02:00"},
			"8h; nine tenths are 7h12m",
		},
		{
			sampleRequest(t, acmeCo, "silver", technical, "", b, "2026-07-03T12:00:00+02:00"),
			[]string{"-2h 2026-07-06T10:00:00+02:00"},
			"2h before 13:00, which is after lunch: 10:00",
		},
		{
			sampleRequest(t, watch, "", technical, "", a, "2026-02-02T05:30:00+01:00"),
			[]string{"+30m 2026-02-03T00:00:00+01:00"},
			"due at 23:30",
		},
		{sampleRequest(t, acmeCo, "bronze", technical, "", b, "2026-05-07T14:00:00+02:00"), nil, "bronze has none"},
	} {
		clock := clockOf(t, own, row.r)
		var got []string
		now := row.r.Opened
		for ok := true; ok && now.Before(row.r.Opened.AddDate(0, 0, 14)); now, ok = clock.Next(now) {
			for _, alarm := range clock.Alarms(now)[len(got):] {
				got = append(got, alarm.Threshold.String()+" "+alarm.At.Format(time.RFC3339Nano))
			}
		}
		assert.Equal(t, row.want, got, row.why)
	}
}

// What a word and a change of severity do differs by plan.
func TestSampleModes(t *testing.T) {
	own := sampleCatalog(t, "acme.json")
	to := func(s sla.Severity, at string) ticket.Event { return raised(in(t, at), s) }
	for _, row := range []struct {
		why    string
		r      sla.Request
		events []ticket.Event
		due    string
		cycle  int
		state  ticket.State
		result ticket.Outcome
	}{
		{
			"gold carries over the 20m that B has used: 10m of A's 30m are left",
			sampleRequest(t, acmeCo, "gold", technical, "", b, "2026-07-09T13:00:00+02:00"),
			[]ticket.Event{to(a, "2026-07-09T13:20:00+02:00")},
			"2026-07-09T13:30:00+02:00", 1, ticket.StateRunning, ticket.OutcomeOpen,
		},
		{
			"silver starts again with A: an hour until lunch, three from 13:00",
			sampleRequest(t, acmeCo, "silver", technical, "", b, "2026-07-13T09:00:00+02:00"),
			[]ticket.Event{to(a, "2026-07-13T11:00:00+02:00")},
			"2026-07-13T16:00:00+02:00", 2, ticket.StateRunning, ticket.OutcomeOpen,
		},
		{
			"bronze counts B's two days from the opening on Monday",
			sampleRequest(t, acmeCo, "bronze", technical, "", c, "2026-06-08T14:00:00+02:00"),
			[]ticket.Event{to(b, "2026-06-09T10:00:00+02:00")},
			"2026-06-10T14:00:00+02:00", 1, ticket.StateRunning, ticket.OutcomeOpen,
		},
		{
			"gold before July counts A's hour from the opening, also in July: that is over",
			sampleRequest(t, acmeCo, "gold", technical, "", b, "2026-06-30T23:30:00+02:00"),
			[]ticket.Event{to(a, "2026-07-01T00:45:00+02:00")},
			"2026-07-01T00:30:00+02:00", 1, ticket.StateRunning, ticket.OutcomeBreached,
		},
		{
			"the customer's second message begins another hour",
			sampleRequest(t, acmeCo, "gold", technical, sla.NextResponse, a, "2026-07-13T09:00:00+02:00"),
			[]ticket.Event{told(t, "2026-07-13T09:05:00+02:00", "customer-reply"), told(t, "2026-07-13T09:10:00+02:00", "reply"), told(t, "2026-07-13T10:00:00+02:00", "customer-reply")},
			"2026-07-13T11:00:00+02:00", 2, ticket.StateRunning, ticket.OutcomeOpen,
		},
		{
			"10 to 14 was spent waiting, three hours of Berlin, which move Thursday 09:00 to noon",
			sampleRequest(t, acmeCo, "gold", technical, sla.Resolution, b, "2026-07-13T09:00:00+02:00"),
			[]ticket.Event{told(t, "2026-07-13T10:00:00+02:00", "waiting"), told(t, "2026-07-13T14:00:00+02:00", "open")},
			"2026-07-16T12:00:00+02:00", 1, ticket.StateRunning, ticket.OutcomeOpen,
		},
		{
			"a reply is no joint call",
			sampleRequest(t, acmeCo, "gold", technical, joint, b, "2026-10-16T09:30:00+02:00"),
			[]ticket.Event{told(t, "2026-10-16T10:00:00+02:00", "reply")},
			"2026-10-16T17:00:00+02:00", 1, ticket.StatePending, ticket.OutcomeOpen,
		},
		{
			"the resolution goes on: 10 to 14 was solved, three hours of Berlin, which move Wednesday 09:00 to noon",
			sampleRequest(t, acmeCo, "silver", technical, sla.Resolution, a, "2026-07-13T09:00:00+02:00"),
			[]ticket.Event{told(t, "2026-07-13T10:00:00+02:00", "solved"), told(t, "2026-07-13T14:00:00+02:00", "open")},
			"2026-07-15T12:00:00+02:00", 1, ticket.StateRunning, ticket.OutcomeOpen,
		},
		{
			"a first response stays one, also if the request is opened again",
			sampleRequest(t, acmeCo, "bronze", technical, "", b, "2026-07-13T09:00:00+02:00"),
			[]ticket.Event{told(t, "2026-07-13T10:00:00+02:00", "solved"), told(t, "2026-07-13T14:00:00+02:00", "open")},
			"2026-07-15T09:00:00+02:00", 1, ticket.StateStopped, ticket.OutcomeMet,
		},
	} {
		clock := clockOf(t, own, row.r, row.events...)
		st := clock.At(row.events[len(row.events)-1].At)
		require.NoError(t, st.Err, row.why)
		assert.Equal(t, row.due, st.Due.Format(time.RFC3339Nano), row.why)
		assert.Equal(t, row.cycle, st.Cycle, row.why)
		assert.Equal(t, row.state, st.State, row.why)
		assert.Equal(t, row.result, st.Outcome, row.why)
	}

	// Bronze has no severity A to be raised to.
	clock := clockOf(t, own, sampleRequest(t, acmeCo, "bronze", technical, "", b, "2026-07-13T09:00:00+02:00"), to(a, "2026-07-13T10:00:00+02:00"))
	assert.ErrorIs(t, clock.At(in(t, "2026-07-13T10:00:00+02:00")).Err, sla.ErrNotOffered)
}

// What a term says beside its figures comes with the deadline.
func TestSampleTexts(t *testing.T) {
	d, err := sampleCatalog(t, "acme.json").Deadline(sampleRequest(t, acmeCo, "gold", technical, "", a, "2026-08-01T22:05:00-06:00"))
	require.NoError(t, err)
	assert.Equal(t, "a report every hour until there is a way round", d.Term.FollowUp)
	assert.Equal(t, "somebody who may restart the system stays on the phone", d.Term.Duties)
	assert.Equal(t, "Support terms 2026-07, 2.1", d.Term.Source)
	assert.Equal(t, sla.BasisCustom, d.Term.Basis)
	assert.Equal(t, "-06:00", d.Due.Format("-07:00"), "in the caller's zone (R10)")
}

func TestSampleLint(t *testing.T) {
	assert.Equal(t, []sla.Finding{
		{Kind: "no-holidays", Path: `calendars["Berlin"]`, Text: "own days are known up to 2026 only"},
		{Kind: "no-holidays", Path: `calendars["Denver"]`, Text: "own days are known up to 2026 only"},
	}, sampleCatalog(t, "acme.json").Lint(), "when it closes in 2027, the company has not said")
	assert.Equal(t, []sla.Finding{
		{Kind: "no-holidays", Path: `calendars["Berlin"]`, Text: "own days are known up to 2027 only"},
		{Kind: "no-holidays", Path: `calendars["Denver"]`, Text: "own days are known up to 2027 only"},
	}, sampleCatalog(t, "acme-2027.json").Lint(), "the edit says so")
}

// The edit closes Berlin at 14:00 on Fridays, and changes some terms.
func TestSampleCompare(t *testing.T) {
	rows := []struct {
		r        sla.Request
		old, new string // a due time, why there is none, or both "" where nothing changes
		by       time.Duration
		why      string
	}{
		{sampleRequest(t, acmeCo, "gold", technical, "", a, "2026-07-10T16:00:00+02:00"), "", "", 0, "round the clock"},
		{sampleRequest(t, acmeCo, "gold", technical, "", b, "2026-07-09T12:10:00+02:00"), "2026-07-09T15:00:00+02:00", "2026-07-09T14:00:00+02:00", -time.Hour, "1h instead of 2h"},
		{sampleRequest(t, acmeCo, "gold", technical, "", b, "2026-06-30T13:00:00+02:00"), "", "", 0, "before July the terms are the old ones"},
		{sampleRequest(t, acmeCo, "gold", technical, "", c, "2026-09-17T16:45:00+02:00"), "2026-09-18T17:00:00+02:00", "2026-09-18T14:00:00+02:00", -3 * time.Hour, "a Friday closes earlier"},
		{sampleRequest(t, acmeCo, "gold", technical, joint, b, "2026-10-16T09:30:00+02:00"), "2026-10-16T17:00:00+02:00", "2026-10-19T17:00:00+02:00", 72 * time.Hour, "on a Friday Berlin has gone before Denver comes"},
		{sampleRequest(t, acmeCo, "", technical, "", a, "2026-07-03T16:40:00+02:00"), "2026-07-06T01:40:00+02:00", "2026-07-06T02:00:00+02:00", 20 * time.Minute, "all four hours are Sunday's night shift"},
		{sampleRequest(t, acmeCo, "silver", billing, "", b, "2026-11-10T10:00:00+01:00"), "2026-11-12T10:00:00+01:00", "2026-11-11T16:00:00+01:00", -18 * time.Hour, "1bd@16:00 instead of 2bd"},
		{sampleRequest(t, acmeCo, "silver", technical, sla.Resolution, b, "2026-11-10T10:00:00+01:00"), "sla: no commitment: acme, plan silver, technical, severity B, resolution: only gold has a target for it", "2026-11-17T10:00:00+01:00", 0, "a term now"},
		{sampleRequest(t, acmeCo, "bronze", technical, "", c, "2026-06-08T14:00:00+02:00"), "2026-06-15T14:00:00+02:00", "sla: no commitment: acme, plan bronze, technical, severity C: answered as time allows", 0, "no term any more"},
		{sampleRequest(t, acmeCo, "bronze", billing, "", c, "2026-06-08T14:00:00+02:00"), "sla: no commitment: acme, plan bronze, billing, severity C: answered as time allows", "sla: no commitment: acme, plan bronze, billing, severity C: the customer portal answers", 0, "for another reason"},
		{sampleRequest(t, watch, "", technical, "", b, "2026-10-25T01:30:00+02:00"), "", "", 0, "the night watch is as it was"},
		{sampleRequest(t, germany, "", technical, "", b, "2026-07-10T16:00:00+02:00"), "", "", 0, "and so are the published terms"},
	}
	var requests []sla.Request
	for _, row := range rows {
		requests = append(requests, row.r)
	}
	changes := slices.Collect(sla.Compare(sampleCatalog(t, "acme.json"), sampleCatalog(t, "acme-2027.json"), slices.Values(requests)))
	say := func(d sla.Deadline, err error) string {
		if err != nil {
			return err.Error()
		}
		return d.Due.Format(time.RFC3339)
	}
	for _, row := range rows {
		if row.old == "" {
			assert.False(t, slices.ContainsFunc(changes, func(change sla.Change) bool { return change.Request == row.r }), row.why)
			continue
		}
		require.NotEmpty(t, changes, row.why)
		change := changes[0]
		changes = changes[1:]
		assert.Equal(t, row.r, change.Request, row.why)
		assert.Equal(t, row.old, say(change.Old, change.OldErr), row.why)
		assert.Equal(t, row.new, say(change.New, change.NewErr), row.why)
		assert.Equal(t, row.by, change.By(), row.why)
	}
	assert.Empty(t, changes)
}

// A ticket that follows the sun is stored with all that it goes by, the catalog is
// edited, and it says what it said.
func TestSampleStoredTicket(t *testing.T) {
	back, _ := stored(t, ticketOf(t, sampleCatalog(t, "acme.json"), sampleRequest(t, acmeCo, "gold", technical, "", b, "2026-07-09T12:10:00+02:00"),
		told(t, "2026-07-09T14:00:00+02:00", "waiting"), told(t, "2026-07-09T20:00:00+02:00", "open")))
	got := clockIn(t, back, "")
	e := got.Explain(back.Request().Opened)
	assert.Equal(t, "acme 2026-07", e.Catalog)
	assert.True(t, in(t, "2026-07-01T00:00:00+02:00").Equal(e.InForceSince))

	// An hour from 13:00 on, and one behind Denver's lunch, from 20:30 on.
	st := got.At(in(t, "2026-07-09T21:00:00+02:00"))
	assert.Equal(t, "2026-07-09T21:30:00+02:00", st.Due.Format(time.RFC3339))
	assert.Equal(t, 90*time.Minute, st.Elapsed)
	assert.Equal(t, "first-response/2026-07-09T10:10:00Z/75% 2026-07-09T21:00:00+02:00", func() string {
		alarm := got.Alarms(st.At)[0]
		return alarm.Key() + " " + alarm.At.Format(time.RFC3339)
	}())

	// It knows the terms of the other severities, and the mode of its policy: an hour
	// and three quarters are used, more than the 30m of A.
	back, err := back.Apply(raised(in(t, "2026-07-09T21:15:00+02:00"), a))
	require.NoError(t, err)
	assert.Equal(t, ticket.OutcomeBreached, clockIn(t, back, "").At(in(t, "2026-07-09T21:15:00.000000001+02:00")).Outcome)
}

// The sample and its edit are written as they stand in their files.
func TestSampleRoundTrip(t *testing.T) {
	for _, name := range []string{"acme.json", "acme-2027.json"} {
		c := sampleCatalog(t, name)
		text, err := c.MarshalJSON()
		require.NoError(t, err)
		assert.Equal(t, string(sampleText(t, name)), string(text), name)

		// What is read from it again answers the same.
		again, err := sla.ParseCatalog(text)
		require.NoError(t, err)
		var requests []sla.Request
		for _, row := range sampleDue {
			requests = append(requests, sampleRequest(t, row.m, row.plan, row.category, row.metric, row.severity, row.opened))
		}
		assert.Empty(t, slices.Collect(sla.Compare(c, again, slices.Values(requests))), name)
	}
}

// The catalog in the README is that of an Example.
func TestReadmeCatalog(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	assert.Contains(t, string(readme), "```json\n"+ownTerms+"```\n")
}
