package sla_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
)

// weekendFindings returns what Lint says of the weekends in a catalog.
func weekendFindings(c *sla.Catalog) (found []string) {
	for _, f := range c.Lint() {
		if f.Kind == "differing-weekend" {
			found = append(found, f.Path+": "+f.Text)
		}
	}
	return found
}

func TestLintWeekends(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ zone, hours, holidays, policy, want, why string }{
		{"Asia/Riyadh", "Mo-Fr 09:00-17:00", `"SA"`, "", "open on Friday, the weekend in SA, and closed on Sunday, worked there: write Su-Th 09:00-17:00", "Friday and Saturday"},
		{"Asia/Riyadh", "Su-Th 09:00-17:00", `"SA"`, "", "", "as offices there"},
		{"Asia/Riyadh", "Mo-Su 09:00-17:00", `"SA"`, "", "", "no weekend"},
		{"Asia/Riyadh", "Sa-Th 09:00-17:00", `"SA"`, "", "open on Saturday, the weekend in SA: write Su-Th 09:00-17:00", "one day more"},
		{"Asia/Riyadh", "Mo-Th 09:00-17:00", `"SA"`, "", "closed on Sunday, worked in SA: write Su-Th 09:00-17:00", "one day less"},
		{"Asia/Riyadh", "Mo-Fr 09:00-12:00,13:00-17:00; Dec 24 off", `"SA"`, "", "open on Friday, the weekend in SA, and closed on Sunday, worked there: write Su-Th", "several rules: the days alone"},
		{"Asia/Riyadh", "Mo-Fr 09:00-17:00", `{"code": "SA", "without": ["Eid al-Fitr"]}`, "", "open on Friday, the weekend in SA, and closed on Sunday, worked there: write Su-Th 09:00-17:00", "some days are left out"},
		{"Europe/Berlin", "Mo-Fr 09:00-17:00", `"DE-BE", "SA"`, "", "", "a desk in Berlin that keeps other holidays too"},
		{"Asia/Dubai", "Su-Th 09:00-17:00", `"AE"`, "", "open on Sunday, the weekend in AE since 2022-01-01, and closed on Friday, worked there: write Mo-Fr 09:00-17:00", "the weekend of today"},
		{"Asia/Dubai", "Mo-Fr 09:00-17:00", `"AE"`, "", "", "the same"},
		{"Asia/Dubai", "Su-Th 09:00-17:00", `"AE"`, `"until": "2022-01-01", `, "", "the weekend then"},
		{"Asia/Dubai", "Mo-Fr 09:00-17:00", `"AE"`, `"until": "2022-01-01", `, "open on Friday, the weekend in AE, and closed on Sunday, worked there: write Su-Th 09:00-17:00", "the weekend then"},
		{"Asia/Jerusalem", "Su-Fr 09:00-13:00", `"IL"`, "", "", "Friday is worked by some"},
		{"Asia/Jerusalem", "Mo-Fr 09:00-17:00", `"IL"`, "", "closed on Sunday, worked in IL: write Su-Th 09:00-17:00", "but Sunday by all"},
		{"Asia/Kuala_Lumpur", "Mo-Fr 09:00-17:00", `"MY-03"`, "", "open on Friday, the weekend in MY-03, and closed on Sunday, worked there: write Su-Th 09:00-17:00", "a state with another weekend"},
		{"Asia/Kuala_Lumpur", "Mo-Fr 09:00-17:00", `"MY-14"`, "", "", "Kuala Lumpur"},
		{"Asia/Kuala_Lumpur", "Su-Th 09:00-17:00", `"MY-01"`, "", "open on Sunday, the weekend in MY-01 since 2025-01-01, and closed on Friday, worked there: write Mo-Fr 09:00-17:00", "Johor changed back"},
		{"Asia/Dhaka", "Mo-Fr 09:00-17:00", `{"code": "BD", "years": {"first": 2026, "last": 2026}, "days": [{"date": "2026-03-26"}]}`, "", "open on Friday, the weekend in BD, and closed on Sunday, worked there: write Su-Th 09:00-17:00", "own days under the code of a country"},
		{"Asia/Kolkata", "Mo-Sa 09:00-17:00", `"IN"`, "", "", "six days are usual in many places"},
	} {
		text := fmt.Sprintf(`{"version": "1", "calendars": {"desk": {"zone": %q, "hours": %q, "holidays": [%s]}}, "policies": [{"moniker": "acme", %s"terms": [{"target": "1h", "calendar": "desk"}]}]}`,
			row.zone, row.hours, row.holidays, row.policy)
		c, err := sla.ParseCatalog([]byte(text))
		require.NoError(t, err, row.why)
		var want []string
		if row.want != "" {
			want = []string{"calendars.desk: " + row.want}
		}
		assert.Equal(t, want, weekendFindings(c), row.why)
	}
}

// A calendar without holidays is the desk of a country if it serves it and has the zone of
// its office.
func TestLintWeekendsOfCountries(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ zone, calendar, want, why string }{
		{"Asia/Dhaka", `{"BD": "desk", "": "24/7"}`, "calendars.desk: open on Friday, the weekend in BD, and closed on Sunday, worked there: write Su-Th 09:00-17:00", "a desk in Dhaka"},
		{"Europe/London", `{"BD": "desk", "": "24/7"}`, "", "a desk in London"},
		{"Asia/Dhaka", `"desk"`, "", "for whom is not known"},
	} {
		c, err := sla.ParseCatalog(fmt.Appendf(nil, `{"version": "1", "calendars": {"desk": {"zone": %q, "hours": "Mo-Fr 09:00-17:00"}}, "policies": [{"moniker": "acme", "terms": [{"target": "1h", "calendar": %s}]}]}`, row.zone, row.calendar))
		require.NoError(t, err, row.why)
		assert.Equal(t, row.want, strings.Join(weekendFindings(c), "\n"), row.why)
	}
	// A part of a union counts to the end of the last policy that uses it, in either order.
	const part = `"desk": {"zone": "Asia/Dubai", "hours": "Mo-Fr 09:00-17:00", "holidays": ["AE"]}, "both": {"union": ["desk", "24/7"]}`
	policies := []string{
		`{"moniker": "old", "until": "2021-01-01", "terms": [{"target": "1h", "calendar": "desk"}]}`,
		`{"moniker": "new", "terms": [{"target": "1h", "calendar": "both"}]}`,
	}
	for _, order := range []string{policies[0] + "," + policies[1], policies[1] + "," + policies[0]} {
		assert.Empty(t, weekendFindings(catalogOf(t, `{"version": "1", "calendars": {`+part+`}, "policies": [`+order+`]}`)))
	}
	assert.Len(t, weekendFindings(catalogOf(t, `{"version": "1", "calendars": {`+part+`}, "policies": [`+policies[0]+`]}`)), 1)
}

// The page of the offices is of 2020. Lint tells which of its hours differ from the weekend
// of today.
func TestLintWeekendsOfOffices(t *testing.T) {
	t.Parallel()
	var found []string
	for _, o := range region.Offices() {
		for _, line := range o.Billing {
			hours, err := o.Hours(region.Billing, line.Language)
			require.NoError(t, err)
			c, err := sla.NewCatalog("1", sla.Policy{Moniker: "acme", Terms: []sla.Term{{Target: targetOf("1h"), Countries: map[string]*calendar.Calendar{o.Country: hours}}}})
			require.NoError(t, err, o.Name)
			for _, f := range weekendFindings(c) {
				_, text, _ := strings.Cut(f, ": ")
				found = append(found, fmt.Sprintf("%s, %s: %s", o.Name, line.Language, text))
			}
		}
	}
	assert.Len(t, found, 21)
	assert.Contains(t, found, "Saudi Arabia, English: open on Friday, the weekend in SA, and closed on Sunday, worked there: write Su-Th 10:00-18:00")
	assert.Contains(t, found, "UAE (United Arab Emirates), Arabic: open on Sunday, the weekend in AE since 2022-01-01, and closed on Friday, worked there: write Mo-Fr 10:00-18:00")
	assert.Contains(t, found, "Bangladesh, English: open on Friday, the weekend in BD, and closed on Sunday, worked there: write Su-Th 09:00-17:00")
	assert.Contains(t, found, "Mauritania, Arabic: open on Sunday, the weekend in MR since 2014-10-01, and closed on Friday, worked there: write Mo-Fr 08:00-16:00")
	assert.Contains(t, found, "Afghanistan, English: open on Friday, the weekend in AF, and closed on Saturday and Sunday, worked there: write Sa-We 10:00-18:00")
}
