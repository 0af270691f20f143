package sla_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
	"github.com/duetime/duetime/sla"
)

// hoursKinds are the kinds of findings in zones, hours and the times of targets.
var hoursKinds = []string{"unlikely-zone", "missing-minute", "swapped-times", "open-weekend", "replaced-rule", "ending-dates", "overlapping-hours", "doubled-part", "moved-time"}

// hoursFindings returns what Lint says of the hours in a catalog.
func hoursFindings(c *sla.Catalog) (found []string) {
	for _, f := range c.Lint() {
		if slices.Contains(hoursKinds, f.Kind) {
			found = append(found, f.String())
		}
	}
	return found
}

func TestLintZones(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ zone, holidays, want, why string }{
		{"EST", "", "zone EST is UTC-05:00 all year, without summer time: write the desk's city, such as America/New_York", "winter time in New York"},
		{"EST", "CA", "zone EST is UTC-05:00 all year, without summer time: write the desk's city, such as America/Toronto", "the city of the country"},
		{"MST", "US", "zone MST is UTC-07:00 all year, without summer time: write the desk's city, such as America/Denver", "New York has another time"},
		{"HST", "US", "zone HST (UTC-10:00) is no place's: write the desk's city, such as Pacific/Honolulu", "Hawaii has no summer time"},
		{"CET", "", "zone CET (UTC+01:00 or UTC+02:00) is no place's: write the desk's city, such as Europe/Berlin", "a rule of its own"},
		{"CET", "PL", "zone CET (UTC+01:00 or UTC+02:00) is no place's: write the desk's city, such as Europe/Warsaw", "the city of the country"},
		{"MET", "", "zone MET (UTC+01:00 or UTC+02:00) is no place's: write the desk's city, such as Europe/Berlin", "a rule of its own"},
		{"EET", "", "zone EET (UTC+02:00 or UTC+03:00) is no place's: write the desk's city, such as Europe/Athens", "a rule of its own"},
		{"WET", "", "zone WET (UTC+00:00 or UTC+01:00) is no place's: write the desk's city, such as Europe/Lisbon", "a rule of its own"},
		{"EST5EDT", "US", "zone EST5EDT (UTC-04:00 or UTC-05:00) is no place's: write the desk's city, such as America/New_York", "a rule of its own"},
		{"CST6CDT", "", "zone CST6CDT (UTC-05:00 or UTC-06:00) is no place's: write the desk's city, such as America/Chicago", "a rule of its own"},
		{"PST8PDT", "", "zone PST8PDT (UTC-07:00 or UTC-08:00) is no place's: write the desk's city, such as America/Los_Angeles", "a rule of its own"},
		{"Etc/GMT-1", "DE-BE", "zone Etc/GMT-1 is UTC+01:00 all year, without summer time: write the desk's city, such as Europe/Berlin", "winter time in Berlin"},
		{"Etc/GMT+1", "DE-BE", "zone Etc/GMT+1 is UTC-01:00 all year, without summer time: write the desk's city, such as Europe/Berlin", "the sign is the other way"},
		{"Etc/GMT+8", "CN", "zone Etc/GMT+8 is UTC-08:00, and CN has UTC+08:00: write the desk's city, such as Asia/Shanghai", "the sign is the other way"},
		{"Etc/GMT+7", "VN", "zone Etc/GMT+7 is UTC-07:00, and VN has UTC+07:00: write the desk's city, such as Asia/Ho_Chi_Minh", "the sign is the other way"},
		{"Etc/GMT-5", "IN", "zone Etc/GMT-5 is UTC+05:00, and IN has UTC+05:30: write the desk's city, such as Asia/Kolkata", "half an hour is missing"},
		{"Etc/GMT-6", "CN", "", "China has a city of this time"},
		{"Etc/GMT-8", "CN", "", "the time of the country, all year"},
		{"Etc/GMT-1", "", "", "standard time all year is a convention, and no place is known"},
		{"GMT", "GB", "zone GMT is UTC+00:00 all year, without summer time: write the desk's city, such as Europe/London", "winter time in London"},
		{"GMT", "IS", "", "Iceland has no summer time"},
		{"GMT", "", "", "no place is known"},
		{"UTC", "DE-BE", "", "who writes UTC means it"},
		{"Etc/UTC", "GB", "", "the same"},
		{"America/Phoenix", "US", "", "a city without summer time"},
		{"Africa/Lagos", "DE-BE", "", "a desk elsewhere"},
		{"Europe/Berlin", "DE-BE", "", "as it should be"},
	} {
		holidays := ""
		if row.holidays != "" {
			holidays = fmt.Sprintf(`, "holidays": [%q]`, row.holidays)
		}
		c := catalogOf(t, fmt.Sprintf(`{"version": "1", "calendars": {"desk": {"zone": %q, "hours": "Mo-Fr 09:00-17:00"%s}}, "policies": [{"moniker": "acme", "terms": [{"target": "1h", "calendar": "desk"}]}]}`, row.zone, holidays))
		var want []string
		if row.want != "" {
			want = []string{"calendars.desk: " + row.want + " (unlikely-zone)"}
		}
		assert.Equal(t, want, hoursFindings(c), "%s %s: %s", row.zone, row.holidays, row.why)
	}
	own := catalogOf(t, `{"version": "1", "calendars": {"desk": {"zone": "GMT", "hours": "Mo-Fr 09:00-17:00", "holidays": [{"code": "works council", "years": {"first": 2026, "last": 2199}}, {"code": "GB", "without": ["Good Friday"]}]}}, "policies": [{"moniker": "acme", "terms": [{"target": "1h", "calendar": "desk"}]}]}`)
	assert.Len(t, hoursFindings(own), 1, "the first set that has a country")
	own = catalogOf(t, `{"version": "1", "calendars": {"desk": {"zone": "GMT", "hours": "Mo-Fr 09:00-17:00", "holidays": [{"code": "XX", "years": {"first": 2026, "last": 2199}}]}}, "policies": [{"moniker": "acme", "terms": [{"target": "1h", "calendar": "desk"}]}]}`)
	assert.Empty(t, hoursFindings(own), "no office has this code")
}

func TestLintHours(t *testing.T) {
	t.Parallel()
	const last = ": write the rules for holidays and dates last (replaced-rule)"
	for _, row := range []struct {
		hours, holidays string
		want            []string
		why             string
	}{
		{"Mo-Fr 09:00-17:00", "DE-BE", nil, "plain"},
		{"24/7", "", nil, "plain"},

		{"Mo-Fr 09:00-23:59", "DE-BE", []string{"Mo-Fr 09:00-23:59 lacks the minute before midnight: write Mo-Fr 09:00-24:00 (missing-minute)"}, "23:59 is no midnight"},
		{"Mo-Su 00:00-12:00,13:00-23:59", "", []string{"Mo-Su 00:00-12:00,13:00-23:59 lacks the minute before midnight: write Mo-Su 00:00-12:00,13:00-24:00 (missing-minute)"}, "the last of several"},
		{"Mo-Su 09:00-24:00; PH 12:00-23:59 off", "DE-BE", []string{"PH 12:00-23:59 off lacks the minute before midnight: write PH 12:00-24:00 off (missing-minute)"}, "a closed part"},
		{"Mo-Fr 09:00-23:58", "DE-BE", nil, "as odd, but not the end of a day"},
		{"Mo-Fr 09:00-24:00", "DE-BE", nil, "midnight"},

		{"Mo-Fr 21:00-18:00", "DE-BE", []string{"Mo-Fr 21:00-18:00 is open for 21h, past midnight: if its times are swapped, write Mo-Fr 18:00-21:00 (swapped-times)"}, "swapped"},
		{"Mo-Fr 17:00-09:00", "DE-BE", []string{"Mo-Fr 17:00-09:00 is open for 16h, past midnight: if its times are swapped, write Mo-Fr 09:00-17:00 (swapped-times)"}, "swapped"},
		{"Mo-Fr 08:00-12:00,17:30-13:00; Sa 10:00-12:00", "DE-BE", []string{
			"Mo-Fr 08:00-12:00,17:30-13:00 is open for 19h30m, past midnight: if its times are swapped, write Mo-Fr 08:00-12:00,13:00-17:30 (swapped-times)",
			"2020-05-27 is open to 13:00 on the next date, which opens at 08:00: end its hours there (overlapping-hours)",
		}, "one of several"},
		{"Mo-Fr 13:00-05:00", "DE-BE", []string{"Mo-Fr 13:00-05:00 is open for 16h, past midnight: if its times are swapped, write Mo-Fr 05:00-13:00 (swapped-times)"}, "swapped"},
		{"Mo-Fr 17:00-07:00", "DE-BE", nil, "14 hours are a night"},
		{"Mo-Fr 22:00-06:00", "DE-BE", nil, "a night"},
		{"Mo-Fr 06:00-02:00", "DE-BE", nil, "from 02:00 to 06:00 is no desk's time"},
		{"Mo-Fr 17:00-09:00; Sa,Su 00:00-24:00", "DE-BE", nil, "a desk for the time when the other one is closed"},

		{"Mo-Fr 09:00-17:00; Dec 24 09:00-12:00", "DE-BE", []string{"Dec 24 09:00-12:00 opens on Saturday too, such as 2022-12-24, and other rules only on Mo-Fr: write Dec 24 Mo-Fr 09:00-12:00 (open-weekend)"}, "in some years"},
		{"Mo-Fr 09:00-17:00; Jun 01-Aug 31 08:00-15:00", "DE-BE", []string{"Jun-Aug 08:00-15:00 opens on Saturday too, such as 2020-06-06, and other rules only on Mo-Fr: write Jun-Aug Mo-Fr 08:00-15:00 (open-weekend)"}, "a season"},
		{"Mo-Sa 09:00-17:00; week 01-53/2 10:00-12:00", "DE-BE", []string{"week 01-53/2 10:00-12:00 opens on Sunday too, such as 2020-06-07, and other rules only on Mo-Sa: write week 01-53/2 Mo-Sa 10:00-12:00 (open-weekend)"}, "weeks"},
		{"Mo-Fr 09:00-17:00; 1990 Dec 20-31 09:00-12:00", "DE-BE", []string{"1990 Dec 20-31 09:00-12:00 opens on Saturday too, such as 1990-12-22, and other rules only on Mo-Fr: write 1990 Dec 20-31 Mo-Fr 09:00-12:00 (open-weekend)"}, "a range of one year, and long ago"},
		{"Mo-Fr 09:00-17:00; 2026 Jan 03,2026 Jan 10 09:00-12:00", "DE-BE", nil, "Saturdays that somebody chose"},
		{"Mo-Fr 09:00-17:00; 2026 Dec 28-30 09:00-12:00", "DE-BE", nil, "Monday to Wednesday"},
		{"Mo-Fr 09:00-17:00; Dec 24 Mo-Fr 09:00-12:00", "DE-BE", nil, "the cure"},
		{"Mo-Fr 09:00-17:00; Dec 24 12:00-24:00 off", "DE-BE", nil, "another cure"},
		{"Mo-Fr 09:00-17:00; Jun-Aug 08:00-15:00; Sa,Su off", "DE-BE", nil, "another one, for a five-day desk"},
		{"Mo-Fr 09:00-17:00; Jun-Aug Sa 10:00-12:00", "DE-BE", nil, "a Saturday that is named"},
		{"Mo-Su 09:00-17:00; Dec 24 09:00-12:00", "DE-BE", nil, "open on each day"},
		{"Jun-Aug 08:00-15:00", "DE-BE", nil, "no weekday is named"},
		{"Mo-Fr 09:00-17:00, Dec 24 18:00-20:00", "DE-BE", nil, "an addition is for what is open already, or meant"},
		{"Mo-Fr 09:00-17:00; PH 10:00-14:00", "DE-BE", []string{"PH 10:00-14:00 opens on Saturday too, such as 2020-10-03, and other rules only on Mo-Fr: write the part that is closed, PH 14:00-24:00 off (open-weekend)"}, "a holiday at a weekend"},
		{"Mo-Fr 09:00-17:00; PH -1 day 09:00-12:00", "DE-BE", []string{"PH -1 day 09:00-12:00 opens on Sunday too, such as 2020-05-31, and other rules only on Mo-Fr: write the part that is closed, PH -1 day 12:00-24:00 off (open-weekend)"}, "Whit Sunday"},
		{"Mo-Fr 20:00-23:00; PH 18:00-02:00", "DE-BE", []string{"PH 18:00-02:00 opens on Saturday too, such as 2020-10-03, and other rules only on Mo-Fr: write the part that is closed (open-weekend)"}, "a night"},
		{"Mo-Fr 09:00-17:00; PH 12:00-24:00 off", "DE-BE", nil, "the cure"},
		{"Mo-Fr 09:00-17:00; PH -1 day 12:00-24:00 off", "DE-BE", nil, "the cure"},
		{"Mo-Sa 09:00-17:00; Su,PH 10:00-14:00", "DE-BE", nil, "Sunday is open"},
		{"Mo-Fr 09:00-17:00; PH 10:00-14:00", "", nil, "no holidays"},

		{"PH off; Mo-Fr 09:00-17:00", "DE-BE", []string{"PH off has no effect on Mo-Fr, as Mo-Fr 09:00-17:00 after it replaces it" + last}, "open on each holiday"},
		{"Dec 24-31 off; Mo-Fr 09:00-17:00", "DE-BE", []string{"Dec 24-31 off has no effect on Mo-Fr, as Mo-Fr 09:00-17:00 after it replaces it" + last}, "open on each of the days"},
		{"PH 10:00-12:00; Mo-Sa 09:00-17:00", "DE-BE", []string{"PH 10:00-12:00 has no effect on Mo-Sa, as Mo-Sa 09:00-17:00 after it replaces it" + last}, "but on Sundays"},
		{"PH -1 day 09:00-12:00; Mo-Su 09:00-17:00", "US", []string{"PH -1 day 09:00-12:00 has no effect, as Mo-Su 09:00-17:00 after it replaces it" + last}, "the days before holidays"},
		{"PH 12:00-24:00 off; Mo-Fr 09:00-17:00", "DE-BE", []string{"PH 12:00-24:00 off has no effect on Mo-Fr, as Mo-Fr 09:00-17:00 after it replaces it" + last}, "a closed part"},
		{"Aug off; Mo-Th 08:00-18:00; Fr 08:00-15:00", "DE-BE", []string{"Aug off has no effect on Mo-Fr, as the rules after it replace it" + last}, "a month"},
		{"week 30-33 off; Mo-Fr 09:00-17:00", "DE-BE", []string{"week 30-33 off has no effect on Mo-Fr, as Mo-Fr 09:00-17:00 after it replaces it" + last}, "weeks"},
		{"Fr[-1] off; Mo-Fr 09:00-17:00", "DE-BE", []string{"Fr[-1] off has no effect on Mo-Fr, as Mo-Fr 09:00-17:00 after it replaces it" + last}, "an nth weekday"},
		{"Sa[1] off; Mo-Fr 09:00-17:00; Sa off", "DE-BE", []string{"Sa[1] off has no effect, as the rules after it replace it" + last}, "on a day that is closed anyway"},
		{"Mo-Fr 09:00-17:00; Dec 24 Mo-Fr 09:00-12:00; Dec 20-31 off", "DE-BE", []string{"Dec 24 Mo-Fr 09:00-12:00 has no effect on Mo-Fr, as Dec 20-31 off after it replaces it" + last}, "dates in dates"},
		{"PH off, Mo-Fr 09:00-17:00", "DE-BE", []string{"PH off has no effect on Mo-Fr, as Mo-Fr 09:00-17:00 after it replaces it" + last}, "an addition to what is closed"},
		{"Mo-Fr 09:00-17:00; Dec 25 10:00-12:00", "DE-BE", []string{
			"Dec 25 10:00-12:00 is for holidays alone, which are closed (R11): write PH off before it (replaced-rule)",
		}, "a holiday in each year"},
		{"Mo-Fr 09:00-17:00; PH off; Dec 25 Mo-Fr 10:00-12:00", "DE-BE", nil, "the cure"},
		{"Mo-Fr 09:00-17:00; Dec 25 off", "DE-BE", nil, "closed in each way"},
		{"Mo-Fr 09:00-17:00; PH off", "DE-BE", nil, "last"},
		{"Mo-Fr 09:00-17:00; Dec 24-31 off", "DE-BE", nil, "last"},
		{"Mo-Fr 09:00-17:00; Dec 20-31 off; Dec 24 Mo-Fr 09:00-12:00", "DE-BE", nil, "the smaller one last"},
		{"Mo-Fr 09:00-17:00; Jul-Aug Mo-Fr 08:00-15:00; Aug 10-14 off", "DE-BE", nil, "a part of the dates"},
		{"Mo-Sa 09:00-17:00; PH 10:00-12:00; Su off", "DE-BE", nil, "holidays at weekends"},
		{"Mo-Fr 09:00-17:00; Jan-Jun Mo-Fr 08:00-15:00; Jul-Dec Mo-Fr 09:00-16:00", "DE-BE", nil, "the week comes first"},
		{"Mo-Fr 09:00-17:00; week 01-53/2 Fr off; Fr[-1] 09:00-12:00", "DE-BE", nil, "some Fridays are both"},
		{"Dec 24 Mo-Fr 09:00-12:00, Mo-Fr 13:00-17:00", "DE-BE", nil, "an addition leaves what is open"},
		{"Jul-Aug 08:00-15:00; We 09:00-12:00", "DE-BE", nil, "a Wednesday that is shorter all year"},
		{"Jul-Aug off; We 09:00-12:00", "DE-BE", []string{"Jul-Aug off has no effect on We, as We 09:00-12:00 after it replaces it" + last}, "closed in summer"},
		{"PH off; Mo-Fr 09:00-17:00", "", nil, "no holidays"},

		{"Mo-Fr 09:00-17:00; 2026 Jan 03,2026 Feb 07,2027 Jan 02 10:00-12:00", "DE-BE", []string{"the dates in its hours end in 2027: write those of later years, or rules for all years (ending-dates)"}, "Saturdays of two years"},
		{"Mo-Fr 09:00-17:00; 2025 Dec 29-2026 Jan 02 off; 2026 Dec 28-2027 Jan 01 off", "DE-BE", []string{"the dates in its hours end in 2027: write those of later years, or rules for all years (ending-dates)"}, "closed in each winter"},
		{"Mo-Fr 09:00-17:00; 2026 Jan 03,2026 Jan 10,2026 Jan 17,2026 Jan 24,2026 Jan 31,2026 Feb 07,2026 Feb 14,2026 Feb 21 10:00-12:00", "DE-BE", []string{"the dates in its hours end in 2026: write those of later years, or rules for all years (ending-dates)"}, "many of one year"},
		{"Mo-Fr 09:00-17:00; 2026 Dec 28-2027 Jan 02 off", "DE-BE", nil, "once"},
		{"Mo-Fr 09:00-17:00; 2026 Jan 03,2026 Feb 07 10:00-12:00", "DE-BE", nil, "twice"},
		{"2025 Jan 01-2026 Dec 31 Mo-Fr 09:00-17:00; 2027 Jan 01-2199 Dec 31 Mo-Fr 08:00-16:00", "DE-BE", nil, "to the end of the range"},

		{"Mo-Su 08:00-32:00", "", []string{"Mo-Su 08:00-32:00 never closes: write 24/7 (overlapping-hours)"}, "24 hours each"},
		{"Mo-Th 22:00-08:00; Fr 06:00-12:00", "DE-BE", []string{"2020-05-28 is open to 08:00 on the next date, which opens at 06:00: end its hours there (overlapping-hours)"}, "a night too long"},
		{"Mo-Th 22:00-06:00; Fr 06:00-12:00", "DE-BE", nil, "one after the other"},
		{"Mo-Fr 06:00-30:00", "DE-BE", nil, "round the clock, from Monday to Saturday"},
		{"Mo-Su 22:00-06:00; PH 00:00-24:00", "DE-BE", nil, "a whole day takes the night over"},
	} {
		holidays := ""
		if row.holidays != "" {
			holidays = fmt.Sprintf(`, "holidays": [%q]`, row.holidays)
		}
		c, err := sla.ParseCatalog(fmt.Appendf(nil, `{"version": "1", "calendars": {"desk": {"zone": "Europe/Berlin", "hours": %q%s}}, "policies": [{"moniker": "acme", "terms": [{"target": "1h", "calendar": "desk"}]}]}`, row.hours, holidays))
		require.NoError(t, err, row.hours)
		var want []string
		for _, text := range row.want {
			want = append(want, "calendars.desk: "+text)
		}
		assert.Equal(t, want, hoursFindings(c), "%s: %s", row.hours, row.why)
	}
}

// Former hours, hours of own days, hours that are only taken from others, and policies that
// ended.
func TestLintHoursElsewhere(t *testing.T) {
	t.Parallel()
	const minute = " lacks the minute before midnight: write "
	for _, row := range []struct {
		calendars, policy string
		want              []string
		why               string
	}{
		{
			`"desk": {"zone": "Europe/Berlin", "hours": [{"until": "2025-01-01", "hours": "Mo-Su 08:00-23:59"}, {"until": "2026-01-01", "hours": "Mo-Su 09:00-23:59"}, {"hours": "Mo-Su 09:00-23:59; PH off"}]}`, "",
			[]string{"calendars.desk: Mo-Su 08:00-23:59" + minute + "Mo-Su 08:00-24:00 (missing-minute)", "calendars.desk: Mo-Su 09:00-23:59" + minute + "Mo-Su 09:00-24:00 (missing-minute)"},
			"former hours, and the same thing once",
		},
		{
			`"desk": {"zone": "Europe/Berlin", "hours": "Mo-Su 09:00-17:00", "days": [{"date": "2026-12-24", "hours": "09:00-23:59"}, {"date": "2026-12-30"}, {"date": "2026-12-31", "hours": "18:00-09:00 off"}, {"date": "2027-01-02", "hours": "18:00-09:00"}]}`, "",
			[]string{"calendars.desk: 2026-12-24: 09:00-23:59" + minute + "09:00-24:00 (missing-minute)", "calendars.desk: 2027-01-02: 18:00-09:00 is open for 15h, past midnight: if its times are swapped, write 09:00-18:00 (swapped-times)"},
			"own days",
		},
		{`"desk": {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00; 2025 Dec 29-2026 Jan 02 off; 2026 Dec 28-2027 Jan 01 off", "holidays": ["DE-BE"]}`, `"until": "2028-01-01", `, nil, "no request is later"},
		{
			`"desk": {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00; 2025 Dec 29-2026 Jan 02 off; 2026 Dec 28-2027 Jan 01 off", "holidays": ["DE-BE"]}`, `"until": "2028-01-02", `,
			[]string{"calendars.desk: the dates in its hours end in 2027: write those of later years, or rules for all years (ending-dates)"},
			"a day later",
		},
		{
			`"window": {"zone": "UTC", "hours": "Mo-Fr 09:00-17:00; Dec 24 09:00-12:00"}, "desk": {"calendar": "24/7", "without": ["window", {"zone": "UTC", "hours": "Mo-Su 08:00-32:00; 2026 Jan 01 off"}]}`, "", nil,
			"hours that are only taken from others",
		},
	} {
		c := catalogOf(t, `{"version": "1", "calendars": {`+row.calendars+`}, "policies": [{"moniker": "acme", `+row.policy+`"terms": [{"target": "1h", "calendar": "desk"}]}]}`)
		assert.Equal(t, row.want, hoursFindings(c), row.why)
	}
}

// Lint says once that a desk is open at the weekend.
func TestLintWeekendOnce(t *testing.T) {
	t.Parallel()
	findings := func(hours string) []string {
		c := catalogOf(t, fmt.Sprintf(`{"version": "1", "calendars": {"desk": {"zone": "Asia/Riyadh", "hours": %q, "holidays": ["SA"]}}, "policies": [{"moniker": "acme", "terms": [{"target": "1h", "calendar": "desk"}]}]}`, hours))
		return append(hoursFindings(c), weekendFindings(c)...)
	}
	const odd = "calendars.desk: Jun-Aug 08:00-15:00 opens on "
	assert.Equal(t, []string{odd + "Friday too, such as 2020-06-05, and other rules only on Su-Th: write Jun-Aug Su-Th 08:00-15:00 (open-weekend)"}, findings("Su-Th 09:00-17:00; Jun-Aug 08:00-15:00"))
	assert.Equal(t, []string{
		odd + "Saturday too, such as 2020-06-06, and other rules only on Mo-Fr: write Jun-Aug Mo-Fr 08:00-15:00 (open-weekend)",
		"calendars.desk: open on Friday, the weekend in SA, and closed on Sunday, worked there: write Su-Th",
	}, findings("Mo-Fr 09:00-17:00; Jun-Aug 08:00-15:00"), "these are two things")
	assert.Equal(t, []string{"calendars.desk: open on Friday, the weekend in SA: write Su-Th"}, findings("Su-Th 09:00-17:00; Jun-Aug Fr 08:00-15:00"), "a Friday that is named")
}

func TestLintParts(t *testing.T) {
	t.Parallel()
	const calendars = `"day": {"zone": "UTC", "hours": "Mo-Fr 09:00-17:00", "holidays": ["DE-BE"]},
		"again": {"zone": "UTC", "hours": "Mo-Fr 09:00-17:00", "holidays": ["DE-BE"]},
		"US": {"zone": "UTC", "hours": "Mo-Fr 09:00-17:00", "holidays": ["US"]},
		"Berlin": {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00", "holidays": ["DE-BE"]},
		"changed": {"zone": "UTC", "hours": [{"until": "2026-01-01", "hours": "Mo-Fr 10:00-17:00"}, {"hours": "Mo-Fr 09:00-17:00"}], "holidays": ["DE-BE"]},
		"inventory": {"zone": "UTC", "hours": "Mo-Fr 09:00-17:00", "holidays": ["DE-BE"], "days": [{"date": "2026-12-30"}]},
		"nested": {"union": ["day"]}`
	for _, row := range []struct{ calendar, want, why string }{
		{`{"union": ["day", "US", "again"]}`, `"day" and "again" in the union are the same: leave one out, or write what it has of its own`, "the same hours and holidays"},
		{`{"intersection": ["day", "day"]}`, `"day" and "day" in the intersection are the same: leave one out, or write what it has of its own`, "the same calendar"},
		{`{"union": ["day", "US", "Berlin", "changed", "inventory", "nested"]}`, "", "each has something of its own"},
		{`{"calendar": "day", "without": [{"zone": "UTC", "hours": "Mo 09:00-10:00"}]}`, "", "no union"},
	} {
		c := catalogOf(t, `{"version": "1", "calendars": {`+calendars+`}, "policies": [{"moniker": "acme", "terms": [{"target": "1h", "calendar": `+row.calendar+`}]}]}`)
		var want []string
		if row.want != "" {
			want = []string{"policies[0]: " + row.want + " (doubled-part)"}
		}
		assert.Equal(t, want, hoursFindings(c), row.why)
	}
}

func TestLintTimesOfTargets(t *testing.T) {
	t.Parallel()
	const (
		early = "no day is open that early, so it is due at the opening: write "
		late  = "no day is open that late, so it is due at the closing: write "
	)
	for _, row := range []struct{ target, hours, want, why string }{
		{"1bd@03:00", "Mo-Fr 09:00-17:00", early + "1bd@00:00", "before the opening"},
		{"2bd@18:00", "Mo-Fr 09:00-17:00", late + "2bd@close", "after the closing"},
		{"1bd@12:30", "Mo-Fr 09:00-12:00,13:00-17:00", "no day is open then, so it is due at the closing before: write a time in the hours", "in the break"},
		{"1bd@03:00", "Mo-Fr 22:00-06:00", early + "1bd@00:00", "the night's 03:00 is 27:00"},
		{"1bd@24:00", "Mo-Fr 09:00-17:00", late + "1bd@close", "midnight"},
		{"3d@03:00", "Mo-Fr 09:00-17:00", early + "3d@00:00", "calendar days"},
		{"3d@18:00", "Mo-Fr 09:00-17:00", late + "3d", "calendar days, which are due at the closing"},
		{"1bd@27:00", "Mo-Fr 22:00-06:00", "", "in the night"},
		{"1bd@00:00", "Mo-Fr 09:00-17:00", "", "a way to write the opening"},
		{"1bd@09:00", "Mo-Fr 09:00-17:00", "", "the opening"},
		{"1bd@17:00", "Mo-Fr 09:00-17:00", "", "the closing"},
		{"1bd@18:00", "Mo-Th 09:00-17:00; Fr 12:00-20:00", "", "open on Fridays"},
		{"1bd@18:00", "Mo-Fr 09:00-17:00; Aug Mo-Fr 12:00-20:00", "", "open in August"},
		{"1bd@close", "Mo-Fr 09:00-17:00", "", "no time of day"},
		{"1bd", "Mo-Fr 09:00-17:00", "", "no time of day"},
		{"8h", "Mo-Fr 09:00-17:00", "", "no time of day"},
		{"1bd@03:00", "24/7", "", "always open"},
		{"1bd@03:00", "2026 Jan 05 09:00-17:00", "", "not open in the year that is looked at"},
	} {
		c := catalogOf(t, fmt.Sprintf(`{"version": "1", "calendars": {"desk": {"zone": "Europe/Berlin", "hours": %q, "holidays": ["DE-BE"]}}, "policies": [{"moniker": "acme", "terms": [{"target": %q, "calendar": "desk"}]}]}`, row.hours, row.target))
		var want []string
		if row.want != "" {
			want = []string{fmt.Sprintf(`policies[0]: acme: first-response %s in calendar "desk": %s (moved-time)`, row.target, row.want)}
		}
		assert.Equal(t, want, hoursFindings(c), "%s in %s: %s", row.target, row.hours, row.why)
	}
	c := catalogOf(t, `{"version": "1", "calendars": {"desk": {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00", "holidays": ["DE-BE"]}}, "policies": [{"moniker": "acme", "terms": [
		{"severities": ["A"], "target": "1h in hours else 0bd@08:00", "calendar": "desk"},
		{"severities": ["B"], "target": "1bd@18:00 before 14:00 else 2bd@19:00", "calendar": "desk"},
		{"severities": ["C"], "target": "0bd@17:00 before 14:00 else 2bd@12:00", "calendar": "desk"}]}]}`)
	const of = `policies[0]: acme: first-response `
	assert.Equal(t, []string{
		of + `0bd@08:00 in calendar "desk": ` + early + "0bd@00:00 (moved-time)",
		of + `1bd@18:00 in calendar "desk": ` + late + "1bd@close (moved-time)",
		of + `2bd@19:00 in calendar "desk": ` + late + "2bd@close (moved-time)",
	}, hoursFindings(c), "both sides of a condition")
}

// piece is a rule in the texts of TestLintReplacedRules.
type piece struct {
	selector, times string
	named           string // the weekdays that it names, if it has hours
}

var pieces = []piece{
	{"Mo-Fr", "09:00-17:00", "Mo Tu We Th Fr"},
	{"Mo-Sa", "09:00-17:00", "Mo Tu We Th Fr Sa"},
	{"Sa,Su", "off", ""},
	{"We", "09:00-12:00", "We"},
	{"PH", "off", ""},
	{"PH", "10:00-12:00", ""},
	{"PH", "12:00-24:00 off", ""},
	{"Su,PH", "10:00-12:00", "Su"},
	{"PH -1 day", "09:00-12:00", ""},
	{"Dec 24", "09:00-12:00", ""},
	{"Dec 24", "off", ""},
	{"Dec 25", "10:00-12:00", ""},
	{"Dec 20-31", "off", ""},
	{"Dec Mo-Fr", "10:00-16:00", "Mo Tu We Th Fr"},
	{"Jul-Aug", "08:00-15:00", ""},
	{"Aug Mo-Fr", "08:00-14:00", "Mo Tu We Th Fr"},
	{"week 30-33", "off", ""},
	{"week 01-53/2 Fr", "off", ""},
	{"Fr[-1]", "off", ""},
	{"Fr[1],Fr[2],Fr[3],Fr[4],Fr[5]", "09:00-13:00", "Fr"},
	{"Sa[1]", "10:00-12:00", "Sa"},
	{"2026 Dec 24", "off", ""},
	{"2026 Dec 24-31", "off", ""},
	{"2026 Jan 03,2026 Jan 10", "10:00-12:00", ""},
	{"2030 Dec 25", "10:00-12:00", ""},
}

// dated reports whether a piece is for more than weekdays.
func (p piece) dated() bool {
	return !slices.Contains([]string{"Mo-Fr", "Mo-Sa", "Sa,Su", "We"}, p.selector)
}

func (p piece) opens() bool { return !strings.HasSuffix(p.times, "off") }

// listed reports whether somebody chose each date of a piece.
func (p piece) listed() bool {
	return strings.HasPrefix(p.selector, "20") && !strings.Contains(p.selector, "-")
}

// TestLintReplacedRules compares what Lint says of rules with a count of their dates, day by
// day.
func TestLintReplacedRules(t *testing.T) {
	t.Parallel()
	set, err := holiday.Lookup("DE-BE")
	require.NoError(t, err)
	type daysKey struct {
		selector string
		ph       bool
	}
	first, err := calendar.ParseDate("2020-01-01")
	require.NoError(t, err)
	const days = 28*365 + 7
	known := map[daysKey][]bool{}
	daysOf := func(selector string, ph bool) []bool {
		key := daysKey{selector, ph}
		if known[key] == nil {
			hours := selector + " 00:00-24:00"
			if ph {
				hours = "PH off; " + hours
			}
			list := make([]bool, days)
			c, err := calendar.New("UTC", hours, calendar.Holidays(set))
			for i := range list {
				if err != nil { // never open
					break
				}
				n, err := c.BusinessDaysBetween(first.AddDays(i), first.AddDays(i+1))
				require.NoError(t, err)
				list[i] = n == 1
			}
			known[key] = list
		}
		return known[key]
	}
	rng := rand.New(rand.NewPCG(2, 6))
	found, checked := 0, 0
	for range sampled(400, 5_000) {
		var rules []piece
		weekly := false
		for range 2 + rng.IntN(3) {
			p := pieces[rng.IntN(len(pieces))]
			if weekly && !p.dated() {
				continue // the canonical text joins weekdays
			}
			rules, weekly = append(rules, p), weekly || !p.dated()
		}
		var texts []string
		ph, named := false, ""
		for i, p := range rules {
			texts = append(texts, p.selector+" "+p.times)
			named += p.named
			last := i == len(rules)-1 && p.selector == "PH" && p.times == "off" // holidays close anyway
			ph = ph || strings.HasSuffix(p.selector, "PH") && !(last && !ph)
		}
		hours := strings.Join(texts, "; ")
		desk, err := calendar.New("Europe/Berlin", hours, calendar.Holidays(set))
		if err != nil || strings.Contains(desk.Hours(), "Mo-Su off") || desk.Hours() != strings.TrimSuffix(hours, "; PH off") && desk.Hours() != hours {
			continue // never open, or other rules
		}
		c, err := sla.NewCatalog("1", sla.Policy{Moniker: "acme", Terms: []sla.Term{{Target: targetOf("1h"), Calendar: desk}}})
		require.NoError(t, err)
		var got, want []string
		for _, f := range c.Lint() {
			if f.Kind == "replaced-rule" {
				rule, _, _ := strings.Cut(f.Text, " has no effect")
				rule, _, _ = strings.Cut(rule, " is for holidays")
				got = append(got, rule)
			}
		}
		for i, p := range rules {
			if !p.dated() || i == len(rules)-1 && texts[i] == "PH off" && !ph {
				continue
			}
			own := daysOf(p.selector, ph)
			after := 0
			left := slices.Clone(own)
			for _, later := range rules[i+1:] {
				if later.listed() && p.listed() || strings.HasSuffix(later.times, " off") {
					continue
				}
				after++
				for d, matches := range daysOf(later.selector, true) {
					left[d] = left[d] && !matches
				}
			}
			count := func(list []bool, usual bool) (n int) {
				for d, matches := range list {
					if matches && (!usual || strings.Contains(named, first.AddDays(d).Weekday().String()[:2])) {
						n++
					}
				}
				return n
			}
			week := 0
			for d := range time.Weekday(7) {
				if strings.Contains(named, d.String()[:2]) {
					week++
				}
			}
			usual := week > 0 && (week > 3 || !p.opens()) && !p.listed() && count(own, true) > 0
			closed := p.opens() && !ph && count(own, false) == 0
			if closed || after > 0 && count(own, false) > 0 && count(left, usual) == 0 {
				want = append(want, texts[i])
			}
		}
		checked++
		found += len(want)
		once := func(list []string) []string { return slices.Compact(slices.Sorted(slices.Values(list))) }
		assert.Equal(t, once(want), once(got), hours)
	}
	assert.Greater(t, checked, 100)
	assert.Greater(t, found, 50)
}

// The way that the package comment gives to half holidays opens no weekend, and closes no
// Saturday of a desk with six days.
func TestHalfHolidays(t *testing.T) {
	t.Parallel()
	set, err := holiday.Lookup("DE-BE")
	require.NoError(t, err)
	for _, row := range []struct{ hours, date, want, why string }{
		{"Mo-Fr 09:00-17:00; PH 12:00-24:00 off", "2026-05-01", "09:00-12:00", "a Friday"},
		{"Mo-Fr 09:00-17:00; PH 12:00-24:00 off", "2026-10-03", "", "a holiday on a Saturday"},
		{"Mo-Sa 09:00-17:00; PH 12:00-24:00 off", "2026-10-03", "09:00-12:00", "a holiday on a Saturday"},
		{"Mo-Sa 09:00-17:00; PH 12:00-24:00 off", "2026-10-10", "09:00-17:00", "any Saturday"},
		{"Mo-Sa 09:00-17:00; PH 12:00-24:00 off", "2027-10-03", "", "a holiday on a Sunday"},
		{"Mo-Sa 09:00-17:00; PH -1 day 12:00-24:00 off", "2026-05-24", "", "Whit Sunday"},
		{"Mo-Sa 09:00-17:00; PH -1 day 12:00-24:00 off", "2026-05-13", "09:00-12:00", "the day before Ascension Day"},
		{"Mo-Sa 09:00-17:00; Dec 24 12:00-24:00 off", "2028-12-24", "", "a Sunday"},
		{"Mo-Sa 09:00-17:00; Dec 24 12:00-24:00 off", "2026-12-24", "09:00-12:00", "a Thursday"},
	} {
		c, err := calendar.New("Europe/Berlin", row.hours, calendar.Holidays(set))
		require.NoError(t, err)
		date, err := calendar.ParseDate(row.date)
		require.NoError(t, err)
		var got strings.Builder
		for _, span := range c.Day(date).Spans {
			got.WriteString(span.Start.Format("15:04") + "-" + span.End.Format("15:04"))
		}
		assert.Equal(t, row.want, got.String(), "%s, %s: %s", row.hours, row.date, row.why)
	}
}
