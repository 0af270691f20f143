package sla_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/bound"
)

func in(tb testing.TB, s string) time.Time {
	tb.Helper()
	t, err := time.Parse(time.RFC3339Nano, s)
	require.NoError(tb, err)
	return t
}

const (
	china, germany, worldwide  = region.China, region.Germany, region.Worldwide
	technical, billing, advice = region.Technical, region.Billing, region.PreSales
	a, b, c                    = sla.SeverityA, sla.SeverityB, sla.SeverityC
)

// TestPublishedTerms has a row for every cell of the table of terms.
func TestPublishedTerms(t *testing.T) {
	const (
		always  = "24/7 UTC"
		beijing = "Mo-Su 09:00-24:00 Asia/Shanghai"
		billed  = "Mo-Fr 09:00-18:00 Asia/Shanghai, holidays CN"
		berlin  = "Mo-Fr 09:00-17:00 Europe/Berlin, holidays DE-BE"

		none, refused = "no commitment", "not offered"
	)
	seen := 0
	for _, row := range []struct {
		moniker  region.Moniker
		plans    []sla.Plan
		category region.Category
		severity sla.Severity
		want     string // target, or none or refused
		hours    string
		basis    sla.Basis
	}{
		{china, []sla.Plan{"", sla.PlanAdvanced}, technical, a, "1h", always, sla.BasisPublished},
		{china, []sla.Plan{sla.PlanStandard}, technical, a, refused, "", ""},
		{china, []sla.Plan{"", sla.PlanAdvanced, sla.PlanStandard}, technical, b, "1bd", beijing, sla.BasisPublished},
		{china, []sla.Plan{"", sla.PlanAdvanced, sla.PlanStandard}, technical, c, "3bd", beijing, sla.BasisPublished},
		{china, []sla.Plan{"", sla.PlanAdvanced, sla.PlanStandard}, billing, a, refused, "", ""},
		{china, []sla.Plan{"", sla.PlanAdvanced, sla.PlanStandard}, billing, b, "1bd", billed, sla.BasisAdopted},
		{china, []sla.Plan{"", sla.PlanAdvanced, sla.PlanStandard}, billing, c, "3bd", billed, sla.BasisAdopted},
		{china, []sla.Plan{"", sla.PlanAdvanced, sla.PlanStandard}, advice, a, none, "", ""},
		{china, []sla.Plan{"", sla.PlanAdvanced, sla.PlanStandard}, advice, b, none, "", ""},
		{china, []sla.Plan{"", sla.PlanAdvanced, sla.PlanStandard}, advice, c, none, "", ""},
		{germany, []sla.Plan{"", sla.PlanStandard}, technical, a, "1h", always, sla.BasisAdopted},
		{germany, []sla.Plan{"", sla.PlanStandard}, technical, b, "1bd", berlin, sla.BasisAdopted},
		{germany, []sla.Plan{"", sla.PlanStandard}, technical, c, "3bd", berlin, sla.BasisAdopted},
		{germany, []sla.Plan{"", sla.PlanStandard}, billing, a, refused, "", ""},
		{germany, []sla.Plan{"", sla.PlanStandard}, billing, b, "1bd", berlin, sla.BasisAdopted},
		{germany, []sla.Plan{"", sla.PlanStandard}, billing, c, "3bd", berlin, sla.BasisAdopted},
		{germany, []sla.Plan{"", sla.PlanStandard}, advice, a, none, "", ""},
		{germany, []sla.Plan{"", sla.PlanStandard}, advice, b, none, "", ""},
		{germany, []sla.Plan{"", sla.PlanStandard}, advice, c, none, "", ""},
		{worldwide, []sla.Plan{sla.PlanBusiness}, technical, a, "1h", always, sla.BasisPublished},
		{worldwide, []sla.Plan{sla.PlanBusiness}, technical, b, none, "", ""},
		{worldwide, []sla.Plan{sla.PlanBusiness}, technical, c, none, "", ""},
		{worldwide, []sla.Plan{"", sla.PlanEnterprise}, technical, a, "1h", always, sla.BasisPublished},
		{worldwide, []sla.Plan{"", sla.PlanEnterprise}, technical, b, "1bd", always, sla.BasisPublished},
		{worldwide, []sla.Plan{"", sla.PlanEnterprise}, technical, c, none, "", ""},
		{worldwide, []sla.Plan{sla.PlanElevated}, technical, a, "1h", always, sla.BasisPublished},
		{worldwide, []sla.Plan{sla.PlanElevated}, technical, b, "2h", always, sla.BasisPublished},
		{worldwide, []sla.Plan{sla.PlanElevated}, technical, c, "4h", always, sla.BasisPublished},
		{worldwide, []sla.Plan{"", sla.PlanBusiness, sla.PlanEnterprise, sla.PlanElevated}, billing, a, refused, "", ""},
		{worldwide, []sla.Plan{"", sla.PlanBusiness, sla.PlanEnterprise, sla.PlanElevated}, billing, b, none, "", ""},
		{worldwide, []sla.Plan{"", sla.PlanBusiness, sla.PlanEnterprise, sla.PlanElevated}, billing, c, none, "", ""},
		{worldwide, []sla.Plan{"", sla.PlanBusiness, sla.PlanEnterprise, sla.PlanElevated}, advice, a, refused, "", ""},
		{worldwide, []sla.Plan{"", sla.PlanBusiness, sla.PlanEnterprise, sla.PlanElevated}, advice, b, none, "", ""},
		{worldwide, []sla.Plan{"", sla.PlanBusiness, sla.PlanEnterprise, sla.PlanElevated}, advice, c, none, "", ""},
	} {
		for _, plan := range row.plans {
			if plan != "" {
				seen++
			}
			r := sla.Request{Moniker: row.moniker, Plan: plan, Category: row.category, Severity: row.severity, Opened: in(t, "2020-05-27T20:00:00+08:00")}
			d, err := sla.Published().Deadline(r)
			switch row.want {
			case none, refused:
				sentinel, highest := sla.ErrNoCommitment, sla.Severity("")
				if row.want == refused {
					sentinel, highest = sla.ErrNotOffered, b
				}
				var why sla.TermError
				require.ErrorAs(t, err, &why, "%+v", r)
				assert.ErrorIs(t, err, sentinel, "%+v", r)
				assert.Equal(t, highest, why.HighestOffered)
				assert.Equal(t, []any{row.moniker, row.category, row.severity}, []any{why.Request.Moniker, why.Request.Category, why.Request.Severity})
				assert.NotEmpty(t, why.Request.Plan)
				assert.Contains(t, why.Source, "https://")
			default:
				require.NoError(t, err, "%+v", r)
				assert.Equal(t, row.want, d.Term.Target.String(), "%+v", r)
				assert.Equal(t, d.Term.Calendar.Name()+": "+row.hours, d.Term.Calendar.String(), "%+v", r)
				assert.Equal(t, row.basis, d.Term.Basis, "%+v", r)
				assert.Equal(t, []any{sla.FirstResponse, row.category, row.severity}, []any{d.Term.Metric, d.Request.Category, d.Request.Severity})
				assert.Contains(t, d.Term.Source, "https://")
				assert.NotEmpty(t, d.Term.Duties)
				assert.NotEmpty(t, d.Request.Plan, "the default is filled in")
			}
		}
	}
	assert.Equal(t, 6*9, seen, "six plans, three categories, three severities")
}

func TestDeadlines(t *testing.T) {
	for _, row := range []struct {
		name               string
		request            sla.Request
		opened, start, due string
		why                string
	}{
		{"the README's", sla.Request{Moniker: china, Severity: b}, "2020-05-27T20:00:00+08:00", "2020-05-27T20:00:00+08:00", "2020-05-28T20:00:00+08:00", "the same time on the next day, as every day is a business day"},
		{"Beijing at night", sla.Request{Moniker: china, Severity: b}, "2020-05-28T00:30:00+08:00", "2020-05-28T09:00:00+08:00", "2020-05-29T09:00:00+08:00", "R13: starts at 09:00"},
		{"Beijing at 24:00", sla.Request{Moniker: china, Severity: c}, "2020-05-28T00:00:00+08:00", "2020-05-28T09:00:00+08:00", "2020-05-31T09:00:00+08:00", "R2: 24:00 is closed"},
		{"Beijing in National Week", sla.Request{Moniker: china, Severity: b}, "2025-10-03T10:00:00+08:00", "2025-10-03T10:00:00+08:00", "2025-10-04T10:00:00+08:00", "365 days: no holidays"},
		{"Beijing, severity A at night", sla.Request{Moniker: china, Severity: a}, "2020-05-28T03:00:00+08:00", "2020-05-28T03:00:00+08:00", "2020-05-28T04:00:00+08:00", "24/7"},
		{"Beijing, billing in National Week", sla.Request{Moniker: china, Category: billing, Severity: b}, "2025-10-03T10:00:00+08:00", "2025-10-09T09:00:00+08:00", "2025-10-10T09:00:00+08:00", "closed from 1 to 8 October"},
		{"Beijing, billing on a make-up Saturday", sla.Request{Moniker: china, Category: billing, Severity: b}, "2025-10-10T17:30:00+08:00", "2025-10-10T17:30:00+08:00", "2025-10-11T17:30:00+08:00", "11 October 2025 is worked"},
		{"Beijing, billing before Spring Festival", sla.Request{Moniker: china, Category: billing, Severity: c}, "2026-02-13T12:00:00+08:00", "2026-02-13T12:00:00+08:00", "2026-02-25T12:00:00+08:00", "14 February is worked, 15 to 23 are off"},
		{"Berlin on Friday", sla.Request{Moniker: germany, Severity: b}, "2020-05-29T16:30:00+02:00", "2020-05-29T16:30:00+02:00", "2020-06-02T16:30:00+02:00", "1 June 2020 is Whit Monday"},
		{"Berlin on a Saturday", sla.Request{Moniker: germany, Severity: c}, "2020-05-30T12:00:00+02:00", "2020-06-02T09:00:00+02:00", "2020-06-05T09:00:00+02:00", "from Tuesday, three days on"},
		{"Berlin over the change to summer", sla.Request{Moniker: germany, Category: billing, Severity: b}, "2024-03-28T10:00:00+01:00", "2024-03-28T10:00:00+01:00", "2024-04-02T10:00:00+02:00", "Good Friday, Easter Monday, and the clock's change between"},
		{"Berlin on 8 May 2025", sla.Request{Moniker: germany, Severity: b}, "2025-05-07T10:00:00+02:00", "2025-05-07T10:00:00+02:00", "2025-05-09T10:00:00+02:00", "a holiday of one year"},
		{"Berlin on 8 May 2026", sla.Request{Moniker: germany, Severity: b}, "2026-05-07T10:00:00+02:00", "2026-05-07T10:00:00+02:00", "2026-05-08T10:00:00+02:00", "and of no other"},
		{"Berlin, severity A on a Sunday", sla.Request{Moniker: germany, Severity: a}, "2024-03-31T01:30:00+01:00", "2024-03-31T01:30:00+01:00", "2024-03-31T03:30:00+02:00", "24/7, in elapsed time"},
		{"worldwide, next day", sla.Request{Moniker: worldwide, Severity: b}, "2024-03-09T12:00:00-05:00", "2024-03-09T12:00:00-05:00", "2024-03-10T13:00:00-04:00", "1bd on 24/7 in UTC"},
		{"worldwide, elevated", sla.Request{Moniker: worldwide, Plan: sla.PlanElevated, Severity: c, Country: "US"}, "2024-03-09T23:00:00-05:00", "2024-03-09T23:00:00-05:00", "2024-03-10T04:00:00-04:00", "four hours, one of them skipped"},
		{"worldwide, a country of the list", sla.Request{Moniker: worldwide, Severity: a, Country: "FR"}, "2024-03-09T23:00:00+01:00", "2024-03-09T23:00:00+01:00", "2024-03-10T00:00:00+01:00", "24/7 needs no country's hours"},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.request.Opened = in(t, row.opened)
			d, err := sla.Published().Deadline(row.request)
			require.NoError(t, err)
			assert.True(t, in(t, row.start).Equal(d.Start), "starts %v: %s", d.Start, row.why)
			assert.True(t, in(t, row.due).Equal(d.Due), "due %v: %s", d.Due, row.why)
			assert.Equal(t, row.request.Opened.Location(), d.Due.Location(), "R10")
			if row.request.Plan == "" && row.request.Category == technical {
				due, err := sla.Due(row.request.Severity, row.request.Opened, row.request.Moniker)
				require.NoError(t, err)
				assert.Equal(t, d.Due, due)
			}
			checkSegments(t, sla.Published(), d)
		})
	}
}

// checkSegments holds that the segments of the explanation follow each other from
// the opening to the due time, and add up to the business time between.
func checkSegments(t *testing.T, c *sla.Catalog, d sla.Deadline) {
	t.Helper()
	e := explained(t, c, d)
	at, total := d.Request.Opened, time.Duration(0)
	for _, s := range e.Segments {
		assert.True(t, at.Equal(s.From) && s.From.Before(s.To), "%v", e)
		if s.Counted {
			total += s.To.Sub(s.From)
			assert.Equal(t, s.To.Sub(s.From), s.Business)
		} else {
			assert.Zero(t, s.Business)
		}
		assert.Equal(t, total, s.Total)
		at = s.To
	}
	assert.True(t, at.Equal(d.Due), "%v", e)
	between, err := d.Term.Calendar.Between(d.Start, d.Due)
	require.NoError(t, err)
	assert.Equal(t, between, total)
	assert.NotContains(t, e.String(), "%!")
	text, err := json.Marshal(e)
	require.NoError(t, err)
	assert.True(t, json.Valid(text))
}

// inBerlin is in, on Berlin's clock.
func inBerlin(t *testing.T, s string) time.Time {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	return in(t, s).In(berlin)
}

func TestExplain(t *testing.T) {
	d, err := sla.Published().Deadline(sla.Request{Moniker: germany, Category: billing, Severity: b, Opened: inBerlin(t, "2024-03-28T18:00:00+01:00")})
	require.NoError(t, err)
	assert.Equal(t, `request  o365-germany, plan standard, billing, severity B, opened Thu 2024-03-28 18:00 +01:00
term     severity B: first-response 1bd, adopted, catalog published 2020-05-27 (Contact support for business products - Admin Help, 2020-05-27, https://docs.microsoft.com/en-us/microsoft-365/admin/contact-support-for-business-products, o365-germany, publishes support hours and no response times; those of o365-21vianet are applied, business days to Berlin's business hours)
hours    Office 365 Germany, business hours: Mo-Fr 09:00-17:00 Europe/Berlin, holidays DE-BE
start    Tue 2024-04-02 09:00 +02:00: opened out of hours, so at the next opening (R13)
due      Wed 2024-04-03 09:00 +02:00: 1bd from the start, by the business days of the calendar (R6, R7)
status   Thu 2024-03-28 18:00 +01:00: pending; 0s of 8h used, 8h left
from                         to                           counted  total  why
Thu 2024-03-28 18:00 +01:00  Tue 2024-04-02 09:00 +02:00  0s       0s     before start: 2024-03-29 Karfreitag, 2024-04-01 Ostermontag
Tue 2024-04-02 09:00 +02:00  Tue 2024-04-02 17:00 +02:00  8h       8h     open
Tue 2024-04-02 17:00 +02:00  Wed 2024-04-03 09:00 +02:00  0s       8h     closed
`, explained(t, sla.Published(), d).String())
	logged, err := json.Marshal(d)
	require.NoError(t, err)
	assert.Contains(t, string(logged), `"calendar":"Office 365 Germany, business hours: Mo-Fr 09:00-17:00 Europe/Berlin, holidays DE-BE"`)
}

func TestRequestErrors(t *testing.T) {
	opened := in(t, "2020-05-27T20:00:00+08:00")
	for _, row := range []struct {
		request sla.Request
		is      error
		want    string
	}{
		{sla.Request{Moniker: "o365-mars", Severity: a, Opened: opened}, &region.UnknownError{What: "moniker"}, `region: unknown moniker "o365-mars": want one of the catalog: o365-worldwide, o365-21vianet, o365-germany`},
		{sla.Request{Severity: a, Opened: opened}, &region.UnknownError{What: "moniker"}, `region: no moniker given: want one of the catalog: o365-worldwide, o365-21vianet, o365-germany`},
		{sla.Request{Moniker: china, Opened: opened}, &region.UnknownError{What: "severity"}, `sla: no severity given: want a severity of o365-21vianet, plan advanced: A, B, C`},
		{sla.Request{Moniker: china, Severity: "4", Opened: opened}, &region.UnknownError{What: "severity"}, `sla: unknown severity "4": want a severity of o365-21vianet, plan advanced: A, B, C`},
		{sla.Request{Moniker: china, Severity: a, Category: "sales", Opened: opened}, &region.UnknownError{What: "category"}, `region: unknown category "sales": want a category of o365-21vianet, plan advanced: technical, billing, pre-sales`},
		{sla.Request{Moniker: china, Plan: "gold", Severity: a, Opened: opened}, &region.UnknownError{What: "plan"}, `sla: unknown plan "gold": want a plan of o365-21vianet: advanced, standard`},
		{sla.Request{Moniker: germany, Plan: sla.PlanElevated, Severity: a, Opened: opened}, &region.UnknownError{What: "plan"}, `sla: unknown plan "elevated": want a plan of o365-germany: standard`},
		{sla.Request{Moniker: china, Severity: a, Country: "US", Opened: opened}, &region.UnknownError{What: "country"}, `region: unknown country "US": want an ISO 3166-1 code that o365-21vianet serves: CN`},
		{sla.Request{Moniker: worldwide, Severity: a, Country: "XX", Opened: opened}, &region.UnknownError{What: "country"}, `region: unknown country "XX": want an ISO 3166-1 code that o365-worldwide serves: AD, AE, AF, AG, AI, AL and 235 more`},
		{sla.Request{Moniker: china, Severity: b}, calendar.ErrOutOfRange, `sla: opened 0001-01-01T00:00:00Z is outside 1900-01-01 to 2199-12-31 UTC`},
		{sla.Request{Moniker: china, Severity: c, Opened: in(t, "2199-12-30T00:00:00Z")}, calendar.ErrOutOfRange, `sla: due 3bd after opened 2199-12-30T00:00:00Z is outside 1900-01-01 to 2199-12-31 UTC`},
		{sla.Request{Moniker: china, Category: billing, Severity: a, Opened: opened}, sla.ErrNotOffered, `sla: not offered: o365-21vianet, plan advanced, billing, severity A: severity A is for technical support only; the highest severity offered is B`},
		{sla.Request{Moniker: china, Plan: sla.PlanStandard, Severity: a, Opened: opened}, sla.ErrNotOffered, `sla: not offered: o365-21vianet, plan standard, technical, severity A: severity A needs an advanced online service agreement with 21Vianet; the highest severity offered is B`},
		{sla.Request{Moniker: worldwide, Plan: sla.PlanBusiness, Severity: b, Opened: opened}, sla.ErrNoCommitment, `sla: no commitment: o365-worldwide, plan business, technical, severity B: the publisher promises no response time; bring a catalog of your own`},
	} {
		_, err := sla.Published().Deadline(row.request)
		assert.EqualError(t, err, row.want)
		assert.ErrorIs(t, err, row.is)
	}
	_, err := sla.Due(b, opened, "o365-mars")
	assert.ErrorIs(t, err, &region.UnknownError{What: "moniker"})
	_, err = sla.Due("", opened, china)
	assert.ErrorIs(t, err, &region.UnknownError{What: "severity"})
	_, err = sla.Due(c, opened, worldwide)
	assert.ErrorIs(t, err, sla.ErrNoCommitment)
	_, err = sla.Due(a, time.Time{}, china)
	assert.ErrorIs(t, err, calendar.ErrOutOfRange)
	for _, none := range []*sla.Catalog{nil, new(sla.Catalog)} {
		_, err = none.Deadline(sla.Request{Moniker: china, Severity: a, Opened: opened})
		assert.EqualError(t, err, `region: unknown moniker "o365-21vianet": want a catalog with terms; this one has none`)
		_, err = none.Due(a, opened, china)
		assert.ErrorIs(t, err, &region.UnknownError{What: "moniker"})
		for range none.Policies() {
			t.Error("a policy")
		}
		assert.Empty(t, none.Monikers())
		assert.Empty(t, none.Plans(sla.Request{Moniker: china}))
		assert.Empty(t, none.Severities(sla.Request{Moniker: china}))
	}
	// What is wrong with a request is said before what it would not be promised.
	_, err = sla.Published().Deadline(sla.Request{Moniker: worldwide, Category: billing, Severity: b, Opened: opened, Country: "XX"})
	assert.ErrorIs(t, err, &region.UnknownError{What: "country"})
	_, err = sla.Published().Deadline(sla.Request{Moniker: worldwide, Category: billing, Severity: b})
	assert.ErrorIs(t, err, calendar.ErrOutOfRange)
}

func TestProvisional(t *testing.T) {
	for opened, want := range map[string]bool{
		"2003-12-30T10:00:00+08:00": true,  // before the set begins
		"2026-06-30T10:00:00+08:00": false, // announced
		"2026-12-31T17:30:00+08:00": true,  // due in 2027, which no notice covers yet
		"2027-02-04T15:00:00+08:00": true,
		"2100-09-30T15:00:00+08:00": true, // after it ends
	} {
		d, err := sla.Published().Deadline(sla.Request{Moniker: china, Category: billing, Severity: b, Opened: in(t, opened)})
		require.NoError(t, err)
		assert.Equal(t, want, d.Provisional, opened)
		assert.Equal(t, want, strings.Contains(explained(t, sla.Published(), d).String(), "provisional"), opened)
		d, err = sla.Published().Deadline(sla.Request{Moniker: china, Severity: b, Opened: in(t, opened)})
		require.NoError(t, err)
		assert.False(t, d.Provisional, "365 days need no holidays")
	}
}

func TestNewCatalog(t *testing.T) {
	hours := calendar.Must(calendar.New("Europe/Vienna", "Mo-Fr 08:00-18:00"))
	catalog, err := sla.NewCatalog("contract 7",
		sla.Policy{Moniker: "acme", Plan: "gold", Default: true, Terms: []sla.Term{
			{Severities: only(a), Target: targetOf("1h"), Calendar: calendar.AlwaysOpen()},
			{Severities: only(b), Target: targetOf("1bd@close"), Calendar: hours, Source: "contract 7, annex 2"},
			{Categories: only(billing), Severities: only(c), Target: targetOf("2bd"), Calendar: hours},
		}},
		sla.Policy{Moniker: "acme", Plan: "silver", Terms: []sla.Term{{Severities: only(b), Target: targetOf("2bd"), Calendar: hours}}},
		sla.Policy{Moniker: china, Terms: []sla.Term{{Severities: only(b), Target: targetOf("4h"), Calendar: hours}}},
	)
	require.NoError(t, err)
	opened := in(t, "2024-03-08T17:00:00+01:00")
	d, err := catalog.Deadline(sla.Request{Moniker: "acme", Severity: b, Opened: opened, Country: "ZZ"})
	require.NoError(t, err)
	assert.True(t, in(t, "2024-03-11T18:00:00+01:00").Equal(d.Due), "%v", d.Due)
	assert.Equal(t, []any{sla.Plan("gold"), sla.BasisCustom, sla.FirstResponse, "contract 7, annex 2"}, []any{d.Request.Plan, d.Term.Basis, d.Term.Metric, d.Term.Source})
	checkSegments(t, catalog, d)
	_, err = catalog.Deadline(sla.Request{Moniker: "acme", Plan: "silver", Severity: a, Opened: opened})
	assert.EqualError(t, err, "sla: no commitment: acme, plan silver, technical, severity A: the catalog has no term for it")
	_, err = catalog.Deadline(sla.Request{Moniker: "acme", Plan: "bronze", Severity: a, Opened: opened})
	assert.EqualError(t, err, `sla: unknown plan "bronze": want a plan of acme: gold, silver`)
	_, err = catalog.Deadline(sla.Request{Moniker: germany, Severity: a, Opened: opened})
	assert.EqualError(t, err, `region: unknown moniker "o365-germany": want one of the catalog: acme, o365-21vianet`)
	_, err = catalog.Deadline(sla.Request{Moniker: china, Severity: b, Opened: opened, Country: "US"})
	assert.ErrorIs(t, err, &region.UnknownError{What: "country"})

	good := sla.Term{Severities: only(a), Target: targetOf("1ns"), Calendar: hours}
	with := func(change func(*sla.Term)) sla.Term {
		t := good
		change(&t)
		return t
	}
	at := in(t, "2026-01-01T00:00:00Z")
	_, err = sla.NewCatalog("",
		sla.Policy{Plan: "x", Courses: []sla.Course{{Change: "7", Reopening: "8"}}},
		sla.Policy{Moniker: "m"}, sla.Policy{Moniker: "m"},
		sla.Policy{Moniker: "n", Terms: []sla.Term{
			good, good,
			with(func(t *sla.Term) { t.Metric = " resolution" }),
			with(func(t *sla.Term) { t.Categories = only[region.Category]("7") }),
			with(func(t *sla.Term) { t.Severities = only[sla.Severity]("") }),
			with(func(t *sla.Term) { t.Severities, t.Target = only(b), sla.Target{} }),
			with(func(t *sla.Term) { t.Severities, t.Calendar = only(c), nil }),
			with(func(t *sla.Term) { t.Metric, t.Basis = "y", "rumour" }),
			with(func(t *sla.Term) { t.Metric, t.Severities, t.Thresholds = "y", only(b), []sla.Threshold{{}} }),
			with(func(t *sla.Term) {
				t.Metric, t.Severities, t.Thresholds = "y", only(c), []sla.Threshold{thresholdOf("breach"), thresholdOf("50%"), thresholdOf("breach")}
			}),
		}, None: []sla.Exclusion{
			{Err: sla.ErrNoCommitment, Severities: only(a), Reason: "there is a term"},
			{Severities: only(a), Metric: "x"},
			{Err: sla.ErrNoCommitment, Severities: only(b), Metric: "x", HighestOffered: c, Reason: "-"},
			{Err: sla.ErrNotOffered, Severities: only(c), Metric: "x", HighestOffered: b, Reason: "-"},
		}},
		sla.Policy{Moniker: "o", Plan: "1", Default: true, Until: at},
		sla.Policy{Moniker: "o", Plan: "2", Default: true, From: at, Until: at},
		sla.Policy{Moniker: "o", Plan: "2", From: at.Local()},
	)
	assert.EqualError(t, err, strings.TrimSpace(`
sla: catalog: policies[0].moniker: missing: want a name, such as "o365-germany"
sla: catalog: policies[0].courses[""].change: "7": want from-opening, carry-elapsed, restart, replace
sla: catalog: policies[0].courses[""].reopening: "8": want continue, new-cycle, ignore
sla: catalog: policies[2]: "m", plan "", from the beginning: want another moniker, plan or from, as policies[1] has these
sla: catalog: policies[3].terms[1]: technical, severity A, first-response: want a case without a term: policies[3].terms[0] has this one
sla: catalog: policies[3].terms[2].metric: " resolution": want a name: one line of at most 256 characters, without blanks around it or control or bidi characters
sla: catalog: policies[3].terms[3].categories: "7": want a category of n: technical, billing, pre-sales
sla: catalog: policies[3].terms[4].severities: "": want a severity of n: A, B, C
sla: catalog: policies[3].terms[5].target: missing: want `+targetForms+`
sla: catalog: policies[3].terms[6].calendar: missing: want a calendar
sla: catalog: policies[3].terms[7].basis: "rumour": want custom, published, adopted
sla: catalog: policies[3].terms[8].alarms: []: want 50%, -30m, +2h, "-2h wall", "+4h wall" or breach, each with or without " every 1h" (but for breach) and " in hours"
sla: catalog: policies[3].terms[9].alarms: [breach 50% breach]: want it once
sla: catalog: policies[3].none[0]: technical, severity A, first-response: want a case without a term: policies[3].terms[0] has this one
sla: catalog: policies[3].none[1].none: "<nil>": want no-commitment or not-offered
sla: catalog: policies[3].none[1].reason: missing: want the reason in words
sla: catalog: policies[3].none[2].highest_offered: "C": want it only with "not-offered"
sla: catalog: policies[3].none[3].none: "not-offered": want no-commitment for severity "C", as no lower one can be the highest
sla: catalog: policies[5].until: "2026-01-01": want an instant after from, 2026-01-01
sla: catalog: policies[5].default: true: want one default plan of "o", which is "1" (policies[4])
sla: catalog: policies[6]: "o", plan "2", from 2026-01-01: want another moniker, plan or from, as policies[5] has these`))
}

func TestTerms(t *testing.T) {
	n := 0
	for r, term := range requestsOf(sla.Published()) {
		r.Opened = in(t, "2020-05-27T20:00:00+08:00")
		d, err := sla.Published().Deadline(r)
		require.NoError(t, err)
		term.Categories, term.Severities = nil, nil // which the request has
		assert.Equal(t, term, d.Term)
		n++
	}
	assert.Equal(t, 20, n)
	for range sla.Published().Policies() {
		break
	}
	assert.Same(t, sla.Published(), sla.Published())
}

// targetForms are the forms of targets, as errors list them.
const targetForms = `1h30m, 3bd, "1bd 4h", 1bd@close, 1bd@16:00, 3d, "8h wall", or two such as "0bd@close before 14:00 else 1bd@close"`

func TestTargets(t *testing.T) {
	berlin := calendar.Must(calendar.New("Europe/Berlin", "Mo-Th 09:00-17:00; Fr 09:00-13:00"))
	start := "2024-03-07T15:30:00+01:00" // a Thursday
	for _, row := range []struct{ text, canonical, due, why string }{
		{"1h", "1h", "2024-03-07T16:30:00+01:00", "business time"},
		{"90m", "1h30m", "2024-03-07T17:00:00+01:00", "R4: at closing"},
		{"15h", "15h", "2024-03-12T10:30:00+01:00", "business time over days: 1.5 hours, 4 on Friday, 8 on Monday, 1.5"},
		{"1h0m1s", "1h0m1s", "2024-03-07T16:30:01+01:00", "seconds"},
		{"1ns", "1ns", "2024-03-07T15:30:00.000000001+01:00", "nanoseconds"},
		{"10m0s", "10m", "2024-03-07T15:40:00+01:00", "minutes"},
		{"1bd", "1bd", "2024-03-08T13:00:00+01:00", "R7: Friday closes before 15:30"},
		{"3bd", "3bd", "2024-03-12T15:30:00+01:00", "R7"},
		{"0bd@close", "0bd@close", "2024-03-07T17:00:00+01:00", "the end of the business day"},
		{"1bd@close", "1bd@close", "2024-03-08T13:00:00+01:00", "the end of the next one"},
		{"2bd@close", "2bd@close", "2024-03-11T17:00:00+01:00", "and of the one after"},
		{"1bd@16:00", "1bd@16:00", "2024-03-08T13:00:00+01:00", "no later than its closing"},
		{"2bd@16:00", "2bd@16:00", "2024-03-11T16:00:00+01:00", "within the hours"},
		{"2bd@08:00", "2bd@08:00", "2024-03-11T09:00:00+01:00", "before the hours: the opening"},
		{"2bd@00:00", "2bd@00:00", "2024-03-11T09:00:00+01:00", "midnight is a time of day"},
		{"1bd   2h", "1bd 2h", "2024-03-11T11:00:00+01:00", "13:00 on Friday, which is its closing, and 2 hours more"},
		{"8h  wall", "8h wall", "2024-03-07T23:30:00+01:00", "real time, through the night"},
		{"1d", "1d", "2024-03-08T13:00:00+01:00", "the closing of the day after the opening"},
		{"2d@close", "2d", "2024-03-11T17:00:00+01:00", "Saturday is no business day"},
		{"3d", "3d", "2024-03-11T17:00:00+01:00", "nor is Sunday"},
		{"4d@12:00", "4d@12:00", "2024-03-11T12:00:00+01:00", "a time on the last day"},
		{"0bd@close before 15:31 else 1bd@close", "0bd@close before 15:31 else 1bd@close", "2024-03-07T17:00:00+01:00", "the start is before"},
		{"0bd@close before 15:30 else 1bd@close", "0bd@close before 15:30 else 1bd@close", "2024-03-08T13:00:00+01:00", "at 15:30 is not before 15:30"},
		{"0bd@16:00 before 16:00 else  2bd@16:00", "0bd@16:00 before 16:00 else 2bd@16:00", "2024-03-07T16:00:00+01:00", "a time today, as the start is before it"},
		{"1h in  hours else 0bd@12:00", "1h in hours else 0bd@12:00", "2024-03-07T16:30:00+01:00", "opened in hours"},
	} {
		target, err := sla.ParseTarget(row.text)
		require.NoError(t, err, row.text)
		assert.Equal(t, row.canonical, target.String())
		again, err := sla.ParseTarget(target.String())
		require.NoError(t, err)
		assert.Equal(t, target, again)
		due, err := target.Due(berlin, in(t, start))
		require.NoError(t, err, row.text)
		assert.True(t, in(t, row.due).Equal(due), "%s is due %v: %s", row.text, due, row.why)
		assert.Equal(t, in(t, start).Location(), due.Location(), "R10")
	}
	night := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 22:00-06:00"))
	desk := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00", calendar.Holidays(lookup(t, "DE"))))
	lunch := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-12:00,13:00-17:00"))
	late := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 14:00-22:00"))
	for _, row := range []struct {
		c                      *calendar.Calendar
		text, opened, due, why string
	}{
		{desk, "1bd 2h", "2024-03-08T15:30:00+01:00", "2024-03-12T09:30:00+01:00", "Friday 15:30, Monday 15:30, and 2 hours more"},
		{desk, "8h wall", "2024-03-08T20:00:00+01:00", "2024-03-11T17:00:00+01:00", "starts on Monday at 09:00"},
		{desk, "24h wall", "2024-03-30T20:00:00+01:00", "2024-04-03T09:00:00+02:00", "after Easter Monday"},
		{desk, "3d", "2026-05-14T10:00:00+02:00", "2026-05-18T17:00:00+02:00", "17 May is a Sunday: § 193 BGB"},
		{desk, "3d", "2026-05-14T23:59:00+02:00", "2026-05-18T17:00:00+02:00", "the date counts, not the time (Ascension Day)"},
		{desk, "3d", "2026-05-16T00:00:00+02:00", "2026-05-19T17:00:00+02:00", "from Saturday, not from the start on Monday"},
		{desk, "3d", "2026-05-15T22:30:00Z", "2026-05-19T17:00:00+02:00", "the date is that of the zone of the calendar"},
		{desk, "1d@09:00", "2024-03-08T20:00:00+01:00", "2024-03-11T09:00:00+01:00", "at the start, as Saturday becomes Monday"},
		{desk, "1h in hours else 0bd@12:00", "2024-03-08T20:00:00+01:00", "2024-03-11T12:00:00+01:00", "the next business day"},
		{desk, "1h in hours else 0bd@12:00", "2024-03-11T08:00:00+01:00", "2024-03-11T12:00:00+01:00", "before the hours: the same day"},
		{desk, "1h in hours else 0bd@12:00", "2024-03-11T09:00:00+01:00", "2024-03-11T10:00:00+01:00", "the opening is open"},
		{desk, "1h in hours else 0bd@12:00", "2024-03-11T17:00:00+01:00", "2024-03-12T12:00:00+01:00", "the closing is not"},
		{lunch, "1h in hours else 0bd@12:00", "2024-03-11T12:30:00+01:00", "2024-03-12T12:00:00+01:00", "12:00 is before the start at 13:00: the next business day"},
		{lunch, "1h in hours else 0bd@00:00", "2024-03-11T20:00:00+01:00", "2024-03-12T09:00:00+01:00", "as the desk opens"},
		{late, "1h in hours else 0bd@12:00", "2024-03-11T09:00:00+01:00", "2024-03-11T14:00:00+01:00", "12:00 is before the hours: the opening, at the start"},
		{desk, "0bd@close before 14:00 else 1bd@close", "2024-03-08T13:59:59.999999999+01:00", "2024-03-08T17:00:00+01:00", "the last instant before"},
		{desk, "0bd@close before 14:00 else 1bd@close", "2024-03-08T17:00:00+01:00", "2024-03-11T17:00:00+01:00", "starts on Monday at 09:00"},
		{night, "0bd@close before 26:00 else 1bd@close", "2024-03-08T01:59:00+01:00", "2024-03-08T06:00:00+01:00", "25:59 of 7 March"},
		{night, "0bd@close before 26:00 else 1bd@close", "2024-03-08T02:00:00+01:00", "2024-03-09T06:00:00+01:00", "26:00 of 7 March"},
		{night, "1d", "2024-03-08T02:00:00+01:00", "2024-03-12T06:00:00+01:00", "the day after the date of the opening, 8 March, is a Saturday"},
	} {
		due, err := targetOf(row.text).Due(row.c, in(t, row.opened))
		require.NoError(t, err, row.text)
		assert.True(t, in(t, row.due).Equal(due), "%s opened %s is due %v: %s", row.text, row.opened, due, row.why)
	}
	target, err := sla.ParseTarget("1bd@26:00")
	require.NoError(t, err)
	due, err := target.Due(night, in(t, "2024-03-07T02:00:00+01:00"))
	require.NoError(t, err)
	assert.True(t, in(t, "2024-03-08T02:00:00+01:00").Equal(due), "26:00 of the shift of 7 March: %v", due)

	fold := calendar.Must(calendar.New("Europe/Berlin", "Mo-Su 00:00-02:30"))
	target, err = sla.ParseTarget("0bd@close")
	require.NoError(t, err)
	due, err = target.Due(fold, in(t, "2024-10-27T02:10:00+01:00"))
	require.NoError(t, err)
	assert.True(t, in(t, "2024-10-27T02:30:00+01:00").Equal(due), "the closing of the second time round: %v", due)

	for _, text := range []string{"", "bd", "-1bd", "1bd@", "1bd@16:60", "1bd@48:01", "1bd@16:0x", "1bd@closed", "110001bd", "1.5bd", "1bd 16:00", "1bd@close 4h", "4h 1bd wall 1", "wall", "1h30"} {
		_, err := sla.ParseTarget(text)
		assert.EqualError(t, err, `sla: target "`+text+`": want `+targetForms)
	}
	assert.Equal(t, "1bd@16:30", targetOf("1bd@16:30").String())
	assert.Equal(t, "3bd@close", targetOf("3bd@close").String())
	assert.Equal(t, "110000bd", businessDays(110_000, "").String(), "the most")
	for _, zero := range []sla.Target{{}, within(0), within(-1), businessDays(0, ""), businessDays(-1, ""), businessDays(1<<30, "")} {
		assert.True(t, zero.IsZero())
		_, err := zero.Due(berlin, in(t, start))
		assert.EqualError(t, err, "sla: target: not set: want "+targetForms)
	}
	for _, text := range []string{"1h", "1bd", "1bd@close", "0bd@close", "8h wall", "1bd 4h", "3d", "3d@16:00", "1h before 14:00 else 2h", "1h in hours else 2h"} {
		target, _ := sla.ParseTarget(text)
		_, err := target.Due(nil, in(t, start))
		assert.ErrorIs(t, err, calendar.ErrNoCalendar)
		_, err = target.Due(berlin, time.Time{})
		assert.ErrorIs(t, err, calendar.ErrOutOfRange)
		_, err = target.Due(berlin, in(t, "2199-12-31T23:00:00Z"))
		assert.ErrorIs(t, err, calendar.ErrOutOfRange)
		opened := in(t, "2024-03-08T20:00:00+01:00")
		assert.Zero(t, testing.AllocsPerRun(10, func() { _, _ = target.Due(berlin, opened) }), text)
	}
	for _, text := range []string{"2500000h wall", "110000bd 1h", "110000d"} {
		_, err := targetOf(text).Due(berlin, in(t, start))
		assert.ErrorIs(t, err, calendar.ErrOutOfRange, text)
	}
}

// A target says what it is made of.
func TestPartsOfTargets(t *testing.T) {
	for _, row := range []struct {
		text           string
		business, days int
		within, wall   time.Duration
		first, other   string
	}{
		{"1h30m", 0, 0, 90 * time.Minute, 0, "1h30m", ""},
		{"8h wall", 0, 0, 0, 8 * time.Hour, "8h wall", ""},
		{"3bd", 3, 0, 0, 0, "3bd", ""},
		{"1bd 4h", 1, 0, 4 * time.Hour, 0, "1bd 4h", ""},
		{"0bd@close", 0, 0, 0, 0, "0bd@close", ""},
		{"2bd@16:00", 2, 0, 0, 0, "2bd@16:00", ""},
		{"3d", 0, 3, 0, 0, "3d", ""},
		{"3d@16:00", 0, 3, 0, 0, "3d@16:00", ""},
		{"2bd before 14:00 else 8h wall", 0, 0, 0, 0, "2bd", "8h wall"},
		{"1h in hours else 0bd@12:00", 0, 0, 0, 0, "1h", "0bd@12:00"},
	} {
		target := targetOf(row.text)
		business, days := target.Days()
		within, wall := target.Duration()
		first, other := target.Sides()
		assert.Equal(t, row.business, business, row.text)
		assert.Equal(t, row.days, days, row.text)
		assert.Equal(t, row.within, within, row.text)
		assert.Equal(t, row.wall, wall, row.text)
		assert.Equal(t, row.first, first.String(), row.text)
		assert.Equal(t, row.other, other.String(), row.text)
	}
}

// Catalogs give targets the opening, not the start: the one on Sunday makes three days end
// on Wednesday, and is out of hours.
func TestTargetsCountFromTheOpening(t *testing.T) {
	desk := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00"))
	c, err := sla.NewCatalog("1", sla.Policy{Moniker: "acme", Terms: []sla.Term{
		{Severities: only(a), Target: targetOf("1h in hours else 0bd@12:00"), Calendar: desk},
		{Severities: only(b), Target: targetOf("3d"), Calendar: desk},
		{Severities: only[sla.Severity]("C"), Target: targetOf("0bd@close before 14:00 else 1bd@close"), Calendar: desk},
	}})
	require.NoError(t, err)
	opened := in(t, "2024-03-10T15:00:00+01:00")
	for s, want := range map[sla.Severity]string{a: "2024-03-11T12:00:00+01:00", b: "2024-03-13T17:00:00+01:00", "C": "2024-03-11T17:00:00+01:00"} {
		due, err := c.Due(s, opened, "acme")
		require.NoError(t, err)
		assert.True(t, in(t, want).Equal(due), "%s is due %v", s, due)
		d, err := c.Deadline(sla.Request{Moniker: "acme", Severity: s, Opened: opened})
		require.NoError(t, err)
		assert.Equal(t, due, d.Due)
		assert.Equal(t, in(t, "2024-03-11T09:00:00+01:00").UTC(), d.Start.UTC())
		assert.Equal(t, due, clockIn(t, ticketOf(t, c, d.Request), sla.FirstResponse).At(opened).Due)
	}
}

func TestTextForms(t *testing.T) {
	published := sla.Published()
	anyone := sla.Request{Moniker: china}
	for text, want := range map[string]sla.Severity{"A": a, "a": a, "Sev A": a, "sev-a": a, "Severity A": a, "critical": a, " b ": b, "High": b, "SevC": c, "medium": c, "Non-critical": c} {
		s, err := published.ParseSeverity(anyone, text)
		require.NoError(t, err, text)
		assert.Equal(t, want, s, text)
	}
	for _, text := range []string{"D", "1", "sev", "urgent", "AB", "severity sev a"} {
		_, err := published.ParseSeverity(anyone, text)
		assert.EqualError(t, err, `sla: unknown severity "`+text+`": want a severity of o365-21vianet, plan advanced: A, B, C`)
	}
	_, err := published.ParseSeverity(anyone, "")
	assert.EqualError(t, err, `sla: no severity given: want a severity of o365-21vianet, plan advanced: A, B, C`)
	for text, want := range map[string]region.Category{"": technical, "technical": technical, "Billing": billing, "PRE-SALES": advice, "presales": advice} {
		s, err := published.ParseCategory(anyone, text)
		require.NoError(t, err, text)
		assert.Equal(t, want, s, text)
	}
	_, err = published.ParseCategory(anyone, "sales")
	assert.EqualError(t, err, `region: unknown category "sales": want a category of o365-21vianet, plan advanced: technical, billing, pre-sales`)

	type holder struct {
		S sla.Severity `json:"s"`
		T sla.Target   `json:"t,omitzero"`
		B sla.Basis    `json:"b"`
	}
	var text []byte
	text, err = json.Marshal(holder{b, targetOf("1bd@close"), sla.BasisAdopted})
	require.NoError(t, err)
	assert.Equal(t, `{"s":"B","t":"1bd@close","b":"adopted"}`, string(text))
	var back holder
	require.NoError(t, json.Unmarshal(text, &back))
	assert.Equal(t, b, back.S)
	assert.Equal(t, targetOf("1bd@close"), back.T)
	require.NoError(t, json.Unmarshal([]byte(`{"t":""}`), &back))
	assert.True(t, back.T.IsZero())
	assert.Error(t, json.Unmarshal([]byte(`{"t":"soon"}`), &back))
	require.NoError(t, json.Unmarshal([]byte(`{"s":"P1"}`), &back))
	assert.Equal(t, sla.Severity("P1"), back.S, "any name, as catalogs have their own")
	assert.Equal(t, sla.BasisAdopted, back.B)
}

// A later opening never gives an earlier due time for targets of business time,
// and the Location of the opening never changes the instant.
func TestLaterIsNeverEarlier(t *testing.T) {
	tokyo := time.FixedZone("JST", 9*3600)
	for r, term := range requestsOf(sla.Published()) {
		var last time.Time
		for at := in(t, "2025-03-27T00:00:00Z"); at.Before(in(t, "2025-05-12T00:00:00Z")); at = at.Add(37*time.Minute + 1) {
			r.Opened = at
			d, err := sla.Published().Deadline(r)
			require.NoError(t, err)
			if term.Target == targetOf("1h") || term.Target == targetOf("2h") || term.Target == targetOf("4h") {
				assert.False(t, d.Due.Before(last), "%+v", d)
			}
			assert.False(t, d.Due.Before(d.Start) || d.Start.Before(at), "%+v", d)
			last = d.Due
			r.Opened = at.In(tokyo)
			e, err := sla.Published().Deadline(r)
			require.NoError(t, err)
			assert.True(t, e.Due.Equal(d.Due))
			assert.Equal(t, tokyo, e.Due.Location())
		}
	}
}

func TestNoAllocations(t *testing.T) {
	opened := in(t, "2020-05-27T20:00:00+08:00")
	for _, m := range []region.Moniker{china, germany, worldwide} {
		for _, s := range []sla.Severity{a, b} {
			assert.Zero(t, testing.AllocsPerRun(100, func() { sla.Due(s, opened, m) }), "%v %v", m, s)
		}
	}
	r := sla.Request{Moniker: germany, Category: billing, Severity: c, Opened: opened, Country: "NO"}
	assert.Zero(t, testing.AllocsPerRun(100, func() { sla.Published().Deadline(r) }))
	tk := ticketOfTenEvents(t)
	last := tk.Events()[9].At
	for _, clock := range tk.Clocks() {
		for _, at := range []time.Time{last, last.Add(-time.Minute), last.AddDate(1, 0, 0)} {
			assert.Zero(t, testing.AllocsPerRun(100, func() { clock.At(at) }), at)
			assert.Zero(t, testing.AllocsPerRun(100, func() { clock.Next(at) }), at)
		}
	}
}

func FuzzTarget(f *testing.F) {
	for _, seed := range []string{"1h30m", "3bd", "1bd@close", "1bd@16:00", "0bd@close", "90m", "1 day", "", "1bd 4h", "8h wall", "3d", "3d@16:00", "0bd@close before 14:00 else 1bd@close", "1h in hours else 0bd@12:00", "0bd@00:00 before 14:00 else 3d", "P3DT4H", "1bd+2h", "2BD", "next business day"} {
		f.Add(seed)
	}
	berlin := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00; Sa 22:00-30:00"))
	start := time.Date(2024, 3, 8, 16, 0, 0, 0, berlin.Zone())
	f.Fuzz(func(t *testing.T, text string) {
		target, err := sla.ParseTarget(text)
		if (err == nil) == target.IsZero() {
			t.Fatalf("%q is %v, %v", text, target, err)
		}
		if err != nil {
			return
		}
		if again, err := sla.ParseTarget(target.String()); err != nil || again != target {
			t.Fatalf("%q is %q, which is %v, %v", text, target, again, err)
		}
		if due, err := target.Due(berlin, start); err == nil && due.Before(start) {
			t.Fatalf("%q is due %v", text, due)
		}
	})
}

// FuzzNames reads anything as a severity and a category of scales on which names are
// alike: what is read is on the scale, and its name is read as itself.
func FuzzNames(f *testing.F) {
	for _, seed := range []string{"A", "Sev B", "non-critical", "severity severity a", "P1", " p-2 ", "ſ", ""} {
		f.Add(seed)
	}
	own, err := sla.ParseCatalog([]byte(`{"version": "1", "severities": ["P1", {"name": "P2", "also": ["high", "sev 2", "ſev-2x"]}, "Ⅲ", "4"], "categories": ["incident", {"name": "service request", "also": ["request"]}],
		"policies": [{"moniker": "acme", "terms": [{"target": "1h", "calendar": "24/7"}]}]}`))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, catalog := range []*sla.Catalog{own, sla.Published()} {
			r := sla.Request{Moniker: catalog.Monikers()[0]}
			if s, err := catalog.ParseSeverity(r, text); err == nil {
				again, err := catalog.ParseSeverity(r, string(s))
				if err != nil || again != s || !slices.Contains(catalog.Severities(r), s) {
					t.Fatalf("%q is %v, which is %v, %v", text, s, again, err)
				}
			} else {
				bound.Error(t, "ParseSeverity", text, err)
			}
			if c, err := catalog.ParseCategory(r, text); err == nil {
				again, err := catalog.ParseCategory(r, string(c))
				if err != nil || again != c || !slices.Contains(catalog.Categories(r), c) {
					t.Fatalf("%q is %v, which is %v, %v", text, c, again, err)
				}
			} else {
				bound.Error(t, "ParseCategory", text, err)
			}
		}
	})
}

// A term has few thresholds that repeat, as each does so a hundred times.
func TestRepeatingThresholds(t *testing.T) {
	term := sla.Term{Target: targetOf("8h"), Calendar: calendar.AlwaysOpen()}
	for i := range 5 {
		_, err := sla.NewCatalog("1", sla.Policy{Moniker: "m", Terms: []sla.Term{term}})
		require.NoError(t, err)
		term.Thresholds = append(term.Thresholds, sla.MustParseThreshold(fmt.Sprintf("+%dh every 1h", i+1)))
	}
	_, err := sla.NewCatalog("1", sla.Policy{Moniker: "m", Terms: []sla.Term{term}})
	assert.ErrorContains(t, err, "want 4 at the most")
}
