package sla_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla"
)

func TestLint(t *testing.T) {
	const always = `"always": {"zone": "UTC", "hours": "24/7"}`
	policy := func(fields string) string {
		return `{"moniker": "acme", ` + fields + `, "terms": [{"target": "1h", "calendar": "always"}]}`
	}
	side := func(target, calendar string) string {
		return `{"moniker": "acme", "terms": [{"target": "1h", "calendar": "always"}, {"metric": "resolution", "target": "` + target + `", "calendar": "` + calendar + `"}]}`
	}
	for _, row := range []struct {
		why, calendars, policies string
		want                     []string
	}{
		{"nothing to say", always, policy(`"plan": "gold"`), nil},
		{"a cut-off in the hours", always + `, "desk": {"zone": "UTC", "hours": "Mo-Su 09:00-17:00"}`, side("0bd@close before 14:00 else 1bd@close", "desk"), nil},
		{"a cut-off before the hours", always + `, "desk": {"zone": "UTC", "hours": "Mo-Su 09:00-17:00"}`, side("1h before 09:00 else 2h", "desk"), only(`policies[0]: acme: resolution 1h before 09:00 else 2h in calendar "desk": no hours in the year from 2020-05-27 on begin before that, so 1h never holds (one-sided-target)`)},
		{"a cut-off in the first minute", always + `, "desk": {"zone": "UTC", "hours": "Mo-Su 09:00-17:00"}`, side("1h before 09:01 else 2h", "desk"), nil},
		{"a cut-off at closing", always + `, "desk": {"zone": "UTC", "hours": "Mo-Su 09:00-17:00"}`, side("1h before 17:00 else 2h", "desk"), only(`policies[0]: acme: resolution 1h before 17:00 else 2h in calendar "desk": all hours in the year from 2020-05-27 on end by then, so 2h never holds (one-sided-target)`)},
		{"a cut-off in the last minute", always + `, "desk": {"zone": "UTC", "hours": "Mo-Su 09:00-17:00"}`, side("1h before 16:59 else 2h", "desk"), nil},
		{"a cut-off in hours of one day a year", always + `, "desk": {"zone": "UTC", "hours": "Mo-Su 09:00-17:00; Dec 24 08:00-12:00"}`, side("1h before 09:00 else 2h", "desk"), nil},
		{"a cut-off in a night shift", always + `, "desk": {"zone": "UTC", "hours": "Mo-Su 22:00-06:00"}`, side("1h before 26:00 else 2h", "desk"), nil},
		{"a cut-off in the morning of a night shift, which is in the evening", always + `, "desk": {"zone": "UTC", "hours": "Mo-Su 22:00-06:00"}`, side("1h before 02:00 else 2h", "desk"), only(`policies[0]: acme: resolution 1h before 02:00 else 2h in calendar "desk": no hours in the year from 2020-05-27 on begin before that, so 1h never holds (one-sided-target)`)},
		{"in hours that end", always + `, "desk": {"zone": "UTC", "hours": "Mo-Su 09:00-17:00"}`, side("1h in hours else 0bd@12:00", "desk"), nil},
		{"in hours that never end", always + `, "desk": {"zone": "UTC", "hours": "24/7"}`, side("1h in hours else 0bd@12:00", "desk"), only(`policies[0]: acme: resolution 1h in hours else 0bd@12:00 in calendar "desk": open all the year from 2020-05-27 on, so 0bd@12:00 never holds (one-sided-target)`)},
		{"two sides that are one", always + `, "desk": {"zone": "UTC", "hours": "Mo-Su 09:00-17:00"}`, side("1h in hours else 60m", "desk"), only(`policies[0]: acme: resolution 1h in hours else 1h in calendar "desk": both sides are the same (one-sided-target)`)},
		{"calendar days around the clock", always + `, "desk": {"zone": "UTC", "hours": "24/7"}`, side("3d", "desk"), nil},
		{
			"no default among several plans", always,
			policy(`"plan": "gold"`) + "," + policy(`"plan": "silver"`),
			[]string{`policies[0]: acme, plan gold: none of its plans is the default: "gold", "silver" (no-default-plan)`},
		},
		{"one is marked, in one of its versions", always, policy(`"plan": "gold"`) + "," + policy(`"plan": "silver"`) + "," + policy(`"plan": "silver", "default": true, "from": "2026-01-01"`), nil},
		{"the plan without a name is the default", always, policy(`"plan": "gold"`) + "," + policy(`"courses": {"": {"reopening": "ignore"}}`), nil},
		{
			"but if another is, nobody can name it", always,
			policy(`"plan": "gold", "default": true`) + "," + policy(`"courses": {"": {"reopening": "ignore"}}`),
			[]string{`policies[1]: acme: requests without a plan are judged by the default plan, and those of plan "" cannot name it (unreachable)`},
		},
		{
			"overlap", always,
			policy(`"until": "2026-02-01"`) + "," + policy(`"from": "2026-01-01"`),
			[]string{"policies[0]: acme: in force until 2026-02-01, though the next version is from 2026-01-01 on (overlapping-versions)"},
		},
		{
			"the next version is the next in time, not in the text", always,
			policy(`"from": "2026-03-01"`) + "," + policy(`"until": "2026-01-01"`) + "," + policy(`"from": "2026-02-01T00:00:00+01:00"`),
			[]string{"policies[1]: acme: in force until 2026-01-01, and the next version from 2026-02-01T00:00:00+01:00 on: none in between (version-gap)"},
		},
		{
			"a temporary version: the one before it is in force again", always,
			policy(`"from": "2025-01-01"`) + "," + policy(`"from": "2026-01-01", "until": "2026-02-01"`) + "," + policy(`"from": "2026-06-01"`), nil,
		},
		{
			"a gap after what overlaps", always,
			policy(`"until": "2026-03-01"`) + "," + policy(`"from": "2026-01-01", "until": "2026-02-01"`) + "," + policy(`"from": "2026-06-01"`),
			[]string{
				"policies[0]: acme: in force until 2026-03-01, though the next version is from 2026-01-01 on (overlapping-versions)",
				"policies[0]: acme: in force until 2026-03-01, and the next version from 2026-06-01 on: none in between (version-gap)",
			},
		},
		{
			"versions around other policies", always,
			`{"moniker": "other", "terms": [{"target": "1h", "calendar": "always"}]},` + policy(`"plan": "gold", "default": true, "until": "2026-02-01"`) + `,{"moniker": "other", "plan": "x", "terms": [{"target": "1h", "calendar": "always"}]},` + policy(`"plan": "silver"`) + "," + policy(`"plan": "gold", "from": "2026-01-01"`),
			[]string{"policies[1]: acme, plan gold: in force until 2026-02-01, though the next version is from 2026-01-01 on (overlapping-versions)"},
		},
		{"as early as there is", always, policy(`"until": "1900-02-01"`), nil},
		{"one after the other", always, policy(`"until": "2026-01-01"`) + "," + policy(`"from": "2026-01-01"`), nil},
		{
			"no holidays", `"shop": {"zone": "UTC", "hours": "Mo-Fr 09:00-17:00"}`,
			`{"moniker": "acme", "terms": [{"target": "1h", "calendar": "shop"}]}`,
			[]string{`calendars.shop: business days (Mo-Fr 09:00-17:00) and no holidays (no-holidays)`},
		},
		{"every day of the week needs none", `"shop": {"zone": "UTC", "hours": "Mo-Su 09:00-17:00"}`, `{"moniker": "acme", "terms": [{"target": "1h", "calendar": "shop"}]}`, nil},
		{
			"own days end, and some are provisional", `"shop": {"zone": "UTC", "hours": "Mo-Fr 09:00-17:00", "days": [{"date": "2026-12-24"}, {"date": "2027-12-24", "provisional": true}]}`,
			`{"moniker": "acme", "terms": [{"target": "1h", "calendar": "shop"}]}`,
			[]string{"calendars.shop: own days end in 2027 (no-holidays)", "calendars.shop: holidays own are provisional in 2027 (provisional-holidays)"},
		},
		{
			"two provisional years", `"shop": {"zone": "UTC", "hours": "Mo-Fr 09:00-17:00", "days": [{"date": "2026-12-24", "provisional": true}, {"date": "2027-12-24", "provisional": true}, {"date": "2199-12-24"}]}`,
			`{"moniker": "acme", "terms": [{"target": "1h", "calendar": "shop"}]}`,
			[]string{"calendars.shop: holidays own are provisional from 2026 to 2027 (provisional-holidays)"},
		},
		{
			"a version that ended before the day that is else looked at", `"fair": {"zone": "UTC", "hours": "2010 May 05-09 09:00-17:00", "years": {"last": 2199}}`,
			`{"moniker": "acme", "until": "2010-05-20", "terms": [{"severities": ["A"], "target": "1h", "calendar": "fair"}]}`,
			nil,
		},
		{
			"own days of a year, and a due time beyond it is provisional", `"shop": {"zone": "UTC", "hours": "Mo-Fr 09:00-17:00", "days": [{"date": "2026-12-24"}], "years": {"last": 2026}}`,
			`{"moniker": "acme", "terms": [{"target": "1h", "calendar": "shop"}]}`,
			[]string{"calendars.shop: own days are known up to 2026 only (no-holidays)"},
		},
		{
			"China", `"Beijing": {"zone": "Asia/Shanghai", "hours": "Mo-Fr 09:00-17:00", "holidays": ["CN"]}`,
			`{"moniker": "acme", "terms": [{"target": "1h", "calendar": "Beijing"}]}`,
			[]string{`calendars["Beijing"]: holidays CN are not known after 2099 (no-holidays)`, `calendars["Beijing"]: holidays CN are provisional from 2027 to 2099 (provisional-holidays)`},
		},
		{
			"Malawi", `"Blantyre": {"zone": "Africa/Blantyre", "hours": "Mo-Fr 09:00-17:00", "holidays": ["MW"]}`,
			`{"moniker": "acme", "terms": [{"target": "1h", "calendar": "Blantyre"}]}`,
			[]string{`calendars["Blantyre"]: holidays MW lack days that no rule gives, in every year (provisional-holidays)`},
		},
		{
			"a part of a union is used", always + `, "shop": {"zone": "UTC", "hours": "Sa-Mo 09:00-17:00"}, "idle": {"zone": "UTC", "hours": "24/7"}, "both": {"union": ["shop", "always"]}`,
			`{"moniker": "acme", "terms": [{"target": "1h", "calendar": "both"}]}`,
			[]string{"calendars.idle: no term counts in it (unused-calendar)", "calendars.shop: business days (Sa-Mo 09:00-17:00) and no holidays (no-holidays)"},
		},
		{
			"hours that are only taken from others need no holidays",
			always + `, "shop": {"zone": "UTC", "hours": "Mo-Fr 09:00-17:00", "holidays": ["DE"]}, "window": {"zone": "UTC", "hours": "We 08:00-10:00"}, "open": {"calendar": "shop", "without": ["window"]}`,
			`{"moniker": "acme", "terms": [{"severities": ["A"], "target": "1h", "calendar": "always"}, {"severities": ["B"], "target": "9bd", "calendar": "open"}]}`,
			nil,
		},
		{
			"but hours that count elsewhere do",
			always + `, "shop": {"zone": "UTC", "hours": "Mo-Fr 09:00-17:00"}, "window": {"zone": "UTC", "hours": "We 08:00-10:00"}, "open": {"calendar": "always", "without": ["window"]}, "spare": {"zone": "UTC", "hours": "Su 09:00-10:00"}`,
			`{"moniker": "acme", "terms": [{"severities": ["A"], "target": "1h", "calendar": "open"}, {"severities": ["B"], "target": "9bd", "calendar": {"calendar": "shop", "without": ["window"]}}, {"severities": ["C"], "target": "90bd", "calendar": "window"}]}`,
			[]string{
				"calendars.shop: business days (Mo-Fr 09:00-17:00) and no holidays (no-holidays)", "calendars.spare: no term counts in it (unused-calendar)",
				"calendars.spare: business days (Su 09:00-10:00) and no holidays (no-holidays)", "calendars.window: business days (We 08:00-10:00) and no holidays (no-holidays)",
			},
		},
		{
			"a calendar that is closed for what is taken from it", `"shop": {"zone": "UTC", "hours": "Mo-Su 09:00-17:00"}, "open": {"calendar": "shop", "without": [{"zone": "UTC", "hours": "24/7; 1900 Jan 01-2025 Dec 31 off"}]}`,
			`{"moniker": "acme", "from": "2026-01-01", "terms": [{"target": "1h", "calendar": "open"}]}`,
			[]string{`policies[0]: acme, from 2026-01-01: calendar "open" does not open in the ten years from 2026-01-01 on (unreachable)`},
		},
		{
			"A looser than B, on some days only", always + `, "shop": {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00", "holidays": ["DE-BE"]}`,
			`{"moniker": "acme", "terms": [{"severities": ["A"], "target": "4h", "calendar": "shop"}, {"severities": ["B"], "target": "1bd", "calendar": "always"}, {"severities": ["C"], "target": "2bd", "calendar": "always"}]}`,
			[]string{
				"policies[0]: acme: technical, billing, pre-sales, first-response: opened Fri 2020-05-29 13:10, severity A (4h) is due Tue 2020-06-02 09:10 and severity B (1bd) already Sat 2020-05-30 13:10 (looser-target)",
			},
		},
		{
			"A looser than C, where there is no B", always,
			`{"moniker": "acme", "terms": [{"categories": ["billing"], "metric": "resolution", "severities": ["A"], "target": "4h", "calendar": "always"}, {"categories": ["billing"], "metric": "resolution", "severities": ["C"], "target": "3h", "calendar": "always"}]}`,
			[]string{"policies[0]: acme: billing, resolution: opened Wed 2020-05-27 00:00, severity A (4h) is due Wed 2020-05-27 04:00 and severity C (3h) already Wed 2020-05-27 03:00 (looser-target)"},
		},
		{
			"a calendar that has closed for good", `"fair": {"zone": "UTC", "hours": "2025 May 05-2025 May 09 09:00-17:00"}`,
			`{"moniker": "acme", "from": "2026-01-01", "terms": [{"target": "1h", "calendar": "fair"}]}`,
			[]string{`policies[0]: acme, from 2026-01-01: calendar "fair" does not open in the ten years from 2026-01-01 on (unreachable)`},
		},
		{
			"what opened before, in a version without a beginning", `"fair": {"zone": "UTC", "hours": "2005 May 05-2005 May 09 09:00-17:00"}`,
			`{"moniker": "acme", "until": "2010-05-20", "terms": [{"target": "1h", "calendar": "fair"}]}`,
			nil,
		},
		{
			"what opens in some years", `"fair": {"zone": "UTC", "hours": "2026 Jan 01-2027 Dec 31 09:00-17:00"}`,
			`{"moniker": "acme", "terms": [{"target": "1h", "calendar": "fair"}]}`,
			nil,
		},
		{
			"what opens eight years later", `"fair": {"zone": "UTC", "hours": "2034 May 05-2034 May 09 09:00-17:00"}`,
			`{"moniker": "acme", "from": "2026-01-01", "terms": [{"target": "1h", "calendar": "fair"}]}`,
			nil,
		},
		{
			"the last day of all", `"last": {"zone": "UTC", "hours": "Mo-Su 09:00-17:00"}`,
			`{"moniker": "acme", "from": "2198-12-31T12:00:00Z", "terms": [{"target": "1h", "calendar": "last"}]}`,
			nil,
		},
		{
			"what never is due is not due earlier", always + `, "fair": {"zone": "UTC", "hours": "2025 May 05-2025 May 09 09:00-17:00"}`,
			`{"moniker": "acme", "from": "2026-01-01", "terms": [{"severities": ["A"], "target": "1h", "calendar": "always"}, {"severities": ["B"], "target": "1h", "calendar": "fair"}]}`,
			[]string{`policies[0]: acme, from 2026-01-01: calendar "fair" does not open in the ten years from 2026-01-01 on (unreachable)`},
		},
		{
			"looser in two ways", always,
			`{"moniker": "acme", "terms": [{"severities": ["A"], "target": "4h", "calendar": "always"}, {"categories": ["technical"], "severities": ["B"], "target": "3h", "calendar": "always"}, {"categories": ["billing"], "severities": ["B"], "target": "2h", "calendar": "always"}]}`,
			[]string{
				"policies[0]: acme: technical, first-response: opened Wed 2020-05-27 00:00, severity A (4h) is due Wed 2020-05-27 04:00 and severity B (3h) already Wed 2020-05-27 03:00 (looser-target)",
				"policies[0]: acme: billing, first-response: opened Wed 2020-05-27 00:00, severity A (4h) is due Wed 2020-05-27 04:00 and severity B (2h) already Wed 2020-05-27 02:00 (looser-target)",
			},
		},
	} {
		catalog, err := sla.ParseCatalog(fmt.Appendf(nil, `{"version": "1", "calendars": {%s}, "policies": [%s]}`, row.calendars, row.policies))
		require.NoError(t, err, row.why)
		var got []string
		for _, f := range catalog.Lint() {
			got = append(got, f.String())
		}
		if assert.Len(t, got, len(row.want), "%s: %q", row.why, got) {
			for i, want := range row.want {
				assert.True(t, strings.HasPrefix(got[i], want), "%s:\n%s\n%s", row.why, got[i], want)
			}
		}
	}
	assert.Nil(t, (*sla.Catalog)(nil).Lint())
}

func TestLintPublished(t *testing.T) {
	var kinds []string
	for _, f := range sla.Published().Lint() {
		kinds = append(kinds, f.String())
	}
	assert.Equal(t, []string{
		`calendars["21Vianet, business hours"]: holidays CN are not known after 2099 (no-holidays)`,
		`calendars["21Vianet, business hours"]: holidays CN are provisional from 2027 to 2099 (provisional-holidays)`,
	}, kinds)
	own, err := sla.ParseCatalog([]byte(`{"version": "1", "extends": "published 2020-05-27"}`))
	require.NoError(t, err)
	assert.Empty(t, own.Lint(), "what is extended is not looked at")
	own, err = sla.ParseCatalog([]byte(`{"version": "1", "extends": "published 2020-05-27", "policies": [{"moniker": "acme", "terms": [{"target": "10m", "calendar": "21Vianet, business hours"}]}]}`))
	require.NoError(t, err)
	assert.Empty(t, own.Lint(), "nor are its calendars, where they are used")
}

// A catalog of Go values has calendars without names, and sets without days.
func TestLintGoValues(t *testing.T) {
	hours := calendar.Must(calendar.New("UTC", "Mo-Fr 09:00-17:00", calendar.Holidays(calendar.HolidayList("none"))))
	c, err := sla.NewCatalog("1", sla.Policy{Moniker: "acme", Terms: []sla.Term{{Severities: only(a), Target: targetOf("1ns"), Calendar: hours}}})
	require.NoError(t, err)
	assert.Empty(t, c.Lint(), "no days are a statement, too")
	hours = calendar.Must(calendar.New("UTC", "Mo-Fr 09:00-17:00"))
	c, err = sla.NewCatalog("1", sla.Policy{Moniker: "acme", Terms: []sla.Term{{Severities: only(a), Target: targetOf("1ns"), Calendar: hours}, {Severities: only(b), Target: targetOf("1ns"), Calendar: hours}}})
	require.NoError(t, err)
	require.Len(t, c.Lint(), 1)
	assert.Equal(t, "policies[0]: business days (Mo-Fr 09:00-17:00) and no holidays (no-holidays)", c.Lint()[0].String())
}

func TestCompare(t *testing.T) {
	opened := in(t, "2026-03-02T09:00:00Z")
	requests := []sla.Request{
		{Moniker: china, Severity: a, Opened: opened},
		{Moniker: germany, Severity: b, Opened: opened},
		{Moniker: germany, Severity: b, Opened: opened.AddDate(0, 0, 1), Category: billing},
		{Moniker: germany, Severity: a, Opened: opened, Category: billing},
		{Moniker: "acme", Severity: a, Opened: opened},
	}
	text := `{"version": "1", "extends": "published 2020-05-27", "policies": [{"moniker": "o365-germany", "plan": "standard", "terms": [
		{"categories": ["technical"], "target": "2h", "calendar": "24/7"},
		{"categories": ["billing"], "severities": ["B"], "target": "1bd", "calendar": "Office 365 Germany, business hours"}]}]}`
	edited, err := sla.ParseCatalog([]byte(text))
	require.NoError(t, err)
	changes := slices.Collect(sla.Compare(sla.Published(), edited, slices.Values(requests)))
	require.Len(t, changes, 2, "an unknown moniker is so by both, whatever they have instead")
	assert.Equal(t, requests[1], changes[0].Request)
	assert.Equal(t, changes[0].New.Due.Sub(changes[0].Old.Due), changes[0].By())
	assert.Negative(t, changes[0].By())
	assert.EqualError(t, changes[1].NewErr, "sla: no commitment: o365-germany, plan standard, billing, severity A: the catalog has no term for it", "not offered becomes no commitment")
	assert.Zero(t, changes[1].By())
	assert.Zero(t, sla.Change{OldErr: changes[1].OldErr, New: changes[0].New}.By())
	assert.Zero(t, sla.Change{NewErr: changes[1].OldErr, Old: changes[0].New}.By())
	for range sla.Compare(sla.Published(), edited, slices.Values(requests)) {
		break // ends without a word
	}
	assert.Empty(t, slices.Collect(sla.Compare(edited, edited, slices.Values(requests))))

	// Of two reasons for which there is no due time, each may be another one.
	catalogs := map[string]*sla.Catalog{}
	for name, policy := range map[string]string{
		"other moniker": `"moniker": "other"`, "other plan": `"moniker": "acme", "plan": "gold"`,
		"later": `"moniker": "acme", "plan": "acme", "from": "2027-01-01"`, "earlier": `"moniker": "acme", "plan": "acme", "until": "2026-01-01"`, "silent": `"moniker": "acme", "plan": "acme"`,
	} {
		catalogs[name] = catalogOf(t, `{"version": "1", "policies": [{`+policy+`, "terms": [{"none": "no-commitment", "reason": "as time allows"}]}]}`)
	}
	request := slices.Values([]sla.Request{{Moniker: "acme", Plan: "acme", Severity: a, Opened: opened}})
	for _, row := range []struct {
		old, new string
		changes  int
		why      string
	}{
		{"other moniker", "other plan", 1, `unknown are the moniker "acme" and then the plan "acme"`},
		{"other plan", "silent", 1, "the plan is unknown, and then has no term"},
		{"later", "earlier", 0, "in force in neither"},
		{"later", "silent", 1, "in force now, without a term"},
		{"later", "other plan", 1, "not in force, and then unknown"},
	} {
		assert.Len(t, slices.Collect(sla.Compare(catalogs[row.old], catalogs[row.new], request)), row.changes, row.why)
		assert.Len(t, slices.Collect(sla.Compare(catalogs[row.new], catalogs[row.old], request)), row.changes, row.why)
	}
}
