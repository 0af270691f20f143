package calendar_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
)

// in parses an instant written with its offset.
func in(tb testing.TB, s string) time.Time {
	tb.Helper()
	t, err := time.Parse(time.RFC3339Nano, s)
	require.NoError(tb, err)
	return t
}

// holidays is a set of the dates given; "+2026-02-14" is a make-up workday.
func holidays(dates ...string) calendar.Option {
	return calendar.Holidays(calendar.HolidayFunc("test", func(int) []calendar.Holiday {
		var days []calendar.Holiday
		for _, d := range dates {
			if d[0] == '+' {
				days = append(days, calendar.Holiday{Date: date(d[1:]), Name: "make-up " + d[1:], Workday: true})
			} else {
				days = append(days, calendar.Holiday{Date: date(d), Name: "holiday " + d})
			}
		}
		return days
	}))
}

const (
	beijing = "Asia/Shanghai"
	berlin  = "Europe/Berlin"
)

func TestRows(t *testing.T) {
	t.Parallel()
	const allDay, night = "Mo-Su 09:00-24:00", "Mo-Su 22:00-06:00"
	for _, row := range []struct {
		name, zone, hours string
		holidays          []string
		ask, t            string // "open", "next open", "next close", a duration or "2bd"
		want              string // an instant, "yes" or "no", or an error
		why               string
	}{
		{"Beijing/before opening", beijing, allDay, nil, "open", "2020-05-27T08:59:59.999999999+08:00", "no", "R2: closed until 09:00"},
		{"Beijing/opening", beijing, allDay, nil, "open", "2020-05-27T09:00:00+08:00", "yes", "R2: the opening is in"},
		{"Beijing/last nanosecond", beijing, allDay, nil, "open", "2020-05-27T23:59:59.999999999+08:00", "yes", "R2: open until 24:00"},
		{"Beijing/24:00", beijing, allDay, nil, "open", "2020-05-28T00:00:00+08:00", "no", "R2: the closing is out"},
		{"Beijing/next open at 08:59:59.999999999", beijing, allDay, nil, "next open", "2020-05-27T08:59:59.999999999+08:00", "2020-05-27T09:00:00+08:00", "R8"},
		{"Beijing/next open at 09:00", beijing, allDay, nil, "next open", "2020-05-27T09:00:00+08:00", "2020-05-27T09:00:00+08:00", "R8: includes t"},
		{"Beijing/next close in the last nanosecond", beijing, allDay, nil, "next close", "2020-05-27T23:59:59.999999999+08:00", "2020-05-28T00:00:00+08:00", "R8: 24:00 is a closing"},
		{"Beijing/next close at 24:00", beijing, allDay, nil, "next close", "2020-05-28T00:00:00+08:00", "2020-05-29T00:00:00+08:00", "R8: of the next span"},
		{"Beijing/ends at 24:00", beijing, allDay, nil, "1h", "2020-05-27T23:00:00+08:00", "2020-05-28T00:00:00+08:00", "R4: stays at closing"},
		{"Beijing/a nanosecond more", beijing, allDay, nil, "1h0m0.000000001s", "2020-05-27T23:00:00+08:00", "2020-05-28T09:00:00.000000001+08:00", "R4: past closing"},
		{"Beijing/1bd in the evening", beijing, allDay, nil, "1bd", "2020-05-27T20:00:00+08:00", "2020-05-28T20:00:00+08:00", "R7"},
		{"Beijing/1bd in the night", beijing, allDay, nil, "1bd", "2020-05-27T03:00:00+08:00", "2020-05-28T09:00:00+08:00", "R7: from the next opening"},
		{"Beijing/1bd at 24:00", beijing, allDay, nil, "1bd", "2020-05-28T00:00:00+08:00", "2020-05-29T09:00:00+08:00", "R7: 24:00 is closed, so from 28 May 09:00"},
		{"Beijing/-1bd at 24:00", beijing, allDay, nil, "-1bd", "2020-05-28T00:00:00+08:00", "2020-05-27T00:00:00+08:00", "R7: back to the latest open time, the end of 27 May; 24:00 of 26 May"},
		{"Beijing/before 1992, with summer time", beijing, allDay, nil, "2h", "1991-04-13T23:00:00+08:00", "1991-04-14T10:00:00+09:00", "the clock went forward on 14 April at 02:00, while it was closed"},

		{"Berlin/Friday 17:00 is closed", berlin, "Mo-Fr 09:00-17:00", nil, "open", "2024-03-08T17:00:00+01:00", "no", "R2"},
		{"Berlin/Friday 16:00 and an hour", berlin, "Mo-Fr 09:00-17:00", nil, "1h", "2024-03-08T16:00:00+01:00", "2024-03-08T17:00:00+01:00", "R4: stays at closing"},
		{"Berlin/Friday 17:00 and a nanosecond", berlin, "Mo-Fr 09:00-17:00", nil, "1ns", "2024-03-08T17:00:00+01:00", "2024-03-11T09:00:00.000000001+01:00", "R4: over the weekend"},
		{"Berlin/Monday 09:00 less a nanosecond", berlin, "Mo-Fr 09:00-17:00", nil, "-1ns", "2024-03-11T09:00:00+01:00", "2024-03-08T16:59:59.999999999+01:00", "R4 backwards"},
		{"Berlin/Friday 17:00 less eight hours", berlin, "Mo-Fr 09:00-17:00", nil, "-8h", "2024-03-08T17:00:00+01:00", "2024-03-08T09:00:00+01:00", "R4: the latest instant, so the opening and not Thursday's closing"},
		{"Berlin/Friday 17:00 and 1bd", berlin, "Mo-Fr 09:00-17:00", nil, "1bd", "2024-03-08T17:00:00+01:00", "2024-03-12T09:00:00+01:00", "R7: from Monday 09:00"},
		{"Berlin/Friday 16:59 and 1bd", berlin, "Mo-Fr 09:00-17:00", nil, "1bd", "2024-03-08T16:59:00+01:00", "2024-03-11T16:59:00+01:00", "R7: the same time of day"},
		{"Berlin/over the change to summer", berlin, "Mo-Fr 09:00-17:00", nil, "8h", "2024-03-29T12:00:00+01:00", "2024-04-01T12:00:00+02:00", "the wall clock decides (R1)"},
		{"Berlin/1bd from Saturday", berlin, "Mo-Fr 09:00-17:00", nil, "1bd", "2024-03-09T12:00:00+01:00", "2024-03-12T09:00:00+01:00", "R7: Saturday is no business day"},
		{"Berlin/0bd from Saturday", berlin, "Mo-Fr 09:00-17:00", nil, "0bd", "2024-03-09T12:00:00+01:00", "2024-03-11T09:00:00+01:00", "R7: the next open instant"},
		{"Berlin/-1bd from Saturday", berlin, "Mo-Fr 09:00-17:00", nil, "-1bd", "2024-03-09T12:00:00+01:00", "2024-03-07T17:00:00+01:00", "R7: from Friday's closing, to Thursday's"},
		{"Berlin/+1bd to a short Friday", berlin, "Mo-Th 09:00-17:00; Fr 09:00-13:00", nil, "1bd", "2024-03-07T15:00:00.5+01:00", "2024-03-08T13:00:00+01:00", "R7: the latest closing before 15:00, to the nanosecond"},
		{"Berlin/+1bd to a closing, and half a second", berlin, "Mo 09:00-18:00; Tu 09:00-17:00", nil, "1bd", "2024-03-11T17:00:00.5+01:00", "2024-03-12T17:00:00+01:00", "R7: the latest closing before it, to the nanosecond"},
		{"Berlin/+1bd into the lunch break", berlin, "Mo 09:00-17:00; Tu 09:00-12:00,13:00-17:00", nil, "1bd", "2024-03-11T12:30:00+01:00", "2024-03-12T12:00:00+01:00", "R7: the latest closing before it"},
		{"Berlin/+1bd before the opening", berlin, "Mo 09:00-17:00; Tu 13:00-17:00", nil, "1bd", "2024-03-11T10:00:00+01:00", "2024-03-12T13:00:00+01:00", "R7: else the first opening"},
		{"Berlin/a holiday", berlin, "Mo-Fr 09:00-17:00", []string{"2024-03-11"}, "2h", "2024-03-08T16:00:00+01:00", "2024-03-12T10:00:00+01:00", "R11"},
		{"Berlin/a holiday with a PH rule", berlin, "Mo-Fr 09:00-17:00; PH 10:00-14:00", []string{"2024-03-11"}, "2h", "2024-03-08T16:00:00+01:00", "2024-03-11T11:00:00+01:00", "R11: unless a PH rule says otherwise"},
		{"Berlin/a holiday and a rule for its date", berlin, "Mo-Fr 09:00-17:00; Dec 24 09:00-12:00", []string{"2024-12-24"}, "open", "2024-12-24T10:00:00+01:00", "no", "R11: only a PH rule opens a holiday"},
		{"Berlin/a make-up workday", berlin, "Mo-Fr 09:00-17:00", []string{"+2024-03-09"}, "2h", "2024-03-08T16:00:00+01:00", "2024-03-09T10:00:00+01:00", "R11: opens with Monday's hours"},
		{"Berlin/a make-up workday beats a holiday", berlin, "Mo-Fr 09:00-17:00", []string{"2024-03-09", "+2024-03-09"}, "open", "2024-03-09T10:00:00+01:00", "yes", "R11"},
		{"Berlin/a make-up workday without a Monday", berlin, "We-Fr 09:00-17:00; Fr 10:00-12:00", []string{"+2024-03-09"}, "next close", "2024-03-09T10:00:00+01:00", "2024-03-09T17:00:00+01:00", "R11: the hours of Wednesday, the first weekday that has any"},
		{"Berlin/a make-up workday with another Tuesday", berlin, "Mo 09:00-17:00; Tu 10:00-12:00", []string{"+2024-03-09"}, "next open", "2024-03-09T00:00:00+01:00", "2024-03-09T09:00:00+01:00", "R11: Monday's hours, as it has some"},
		{"Berlin/a make-up workday with Monday off", berlin, "Mo-Fr 09:00-17:00; Mo off; Tu 10:00-12:00", []string{"+2024-03-09"}, "next open", "2024-03-09T00:00:00+01:00", "2024-03-09T10:00:00+01:00", "R11: Tuesday is the first with hours, by its last rule"},
		{"Berlin/a make-up workday that the hours close", berlin, "Mo-Fr 09:00-17:00; 2024 Mar 09 off", []string{"+2024-03-09"}, "open", "2024-03-09T10:00:00+01:00", "no", "R11: rules for dates still apply"},

		{"night shift/over the change to summer", berlin, night, nil, "8h", "2024-03-30T22:00:00+01:00", "2024-03-31T23:00:00+02:00", "R3: the shift of 30 March has seven hours, the eighth is the next one's first"},
		{"night shift/over the change to winter", berlin, night, nil, "8h", "2024-10-26T22:00:00+02:00", "2024-10-27T05:00:00+01:00", "R3: nine hours, so the eighth ends at 05:00"},
		{"night shift/the skipped hour", berlin, night, nil, "next close", "2024-03-31T03:00:00+02:00", "2024-03-31T06:00:00+02:00", "R1: 02:00 to 03:00 never happens"},
		{"night shift/1bd onto a skipped time", berlin, night, nil, "1bd", "2024-03-30T02:30:00+01:00", "2024-03-31T03:00:00+02:00", "R7: 26:30 of 30 March is skipped: the first instant after the gap"},
		{"night shift/1bd onto the first skipped second", berlin, night, nil, "1bd", "2024-03-30T02:00:00.5+01:00", "2024-03-31T03:00:00+02:00", "R7: skipped too, and with it the half second"},
		{"night shift/1bd onto the first second after", berlin, night, nil, "1bd", "2024-03-30T03:00:00.5+01:00", "2024-03-31T03:00:00.5+02:00", "R7: the same time of day"},
		{"night shift/1bd onto the end of the repeated hour", berlin, night, nil, "1bd", "2024-10-26T03:00:00+02:00", "2024-10-27T03:00:00+01:00", "R7: 03:00 comes once"},
		{"night shift/1bd onto a repeated time", berlin, night, nil, "1bd", "2024-10-26T02:30:00+02:00", "2024-10-27T02:30:00+02:00", "R7: the first of the two"},
		{"night shift/1bd from 02:00", berlin, night, nil, "1bd", "2024-03-06T02:00:00+01:00", "2024-03-07T02:00:00+01:00", "R7: 02:00 is 26:00 of the evening before"},
		{"night shift/Friday's belongs to Friday", berlin, "Mo-Fr 22:00-06:00", nil, "1bd", "2024-03-09T02:00:00+01:00", "2024-03-12T02:00:00+01:00", "R6: Saturday 02:00 is Friday 26:00, then Monday 26:00"},
		{"night shift/a holiday cancels it whole", berlin, night, []string{"2024-03-06"}, "open", "2024-03-07T02:00:00+01:00", "no", "R6"},
		{"night shift/and none of the one before", berlin, night, []string{"2024-03-06"}, "open", "2024-03-06T02:00:00+01:00", "yes", "R6"},
		{"night shift/before a day shift", berlin, "Mo-Su 22:00-06:00,06:00-07:00", nil, "next close", "2024-03-06T23:00:00+01:00", "2024-03-07T07:00:00+01:00", "R2: touching hours are one span"},

		{"São Paulo/no midnight", "America/Sao_Paulo", "Mo-Su 00:00-24:00; Sa off", nil, "next open", "2018-11-03T12:00:00-03:00", "2018-11-04T01:00:00-02:00", "the clock went from 24:00 to 01:00"},
		{"São Paulo/a day of 23 hours", "America/Sao_Paulo", "24/7", nil, "1bd", "2018-11-03T00:30:00-03:00", "2018-11-04T01:00:00-02:00", "R7: 00:30 is skipped"},
		{"São Paulo/weekend over it", "America/Sao_Paulo", "Mo-Fr 09:00-17:00", nil, "2h", "2018-11-02T16:00:00-03:00", "2018-11-05T10:00:00-02:00", "a walk by time.Date hangs here"},
		{"Cairo/no midnight", "Africa/Cairo", "Mo-Su 00:00-06:00", nil, "6h", "2024-04-26T00:00:00+02:00", "2024-04-27T01:00:00+03:00", "the clock went from 24:00 of 25 April to 01:00 of the 26th, so that day has five hours"},
		{"Beirut/no midnight", "Asia/Beirut", "Mo-Su 00:00-06:00", nil, "6h", "2022-03-26T23:00:00+02:00", "2022-03-28T01:00:00+03:00", "27 March 2022 begins at 01:00"},
		{"Lord Howe/half an hour forward", "Australia/Lord_Howe", "Mo-Su 01:00-03:00", nil, "2h", "2024-10-06T01:00:00+10:30", "2024-10-07T01:30:00+11:00", "02:00 to 02:30 is skipped, half an hour is left for the next day"},
		{"Lord Howe/half an hour back", "Australia/Lord_Howe", "Mo-Su 01:00-03:00", nil, "2h30m", "2024-04-07T01:00:00+11:00", "2024-04-07T03:00:00+10:30", "01:30 to 02:00 happens twice"},
		{"Apia/no 30 December 2011", "Pacific/Apia", "Mo-Su 09:00-17:00", nil, "1bd", "2011-12-29T10:00:00-10:00", "2011-12-31T10:00:00+14:00", "R6: the date does not exist"},
		{"Apia/nor its hours", "Pacific/Apia", "Mo-Su 09:00-17:00", nil, "8h", "2011-12-29T16:00:00-10:00", "2011-12-31T16:00:00+14:00", "R1"},
		{"Apia/across the date line at 24:00", "Pacific/Apia", "24/7", nil, "next open", "2011-12-29T23:59:59.999999999-10:00", "2011-12-29T23:59:59.999999999-10:00", "R1"},

		{"leap day/a rule for it", "UTC", "Mo-Su 09:00-17:00; Feb 29 off", nil, "2h", "2024-02-28T16:00:00Z", "2024-03-01T10:00:00Z", "29 February 2024 is closed"},
		{"leap day/in no leap year", "UTC", "Mo-Su 09:00-17:00; Feb 29 off", nil, "2h", "2100-02-28T16:00:00Z", "2100-03-01T10:00:00Z", "2100 is no leap year"},
		{"leap day/a range over it", "UTC", "Mo-Su 09:00-17:00; Feb 28-Mar 01 off", nil, "next open", "2024-02-27T18:00:00Z", "2024-03-02T09:00:00Z", "three days"},

		{"range/zero time", berlin, "24/7", nil, "1h", "0001-01-01T00:00:00Z", "calendar: t 0001-01-01T00:00:00Z is outside 1900-01-01 to 2199-12-31 UTC", "R9"},
		{"range/first instant", "UTC", "24/7", nil, "1h", "1900-01-01T00:00:00Z", "1900-01-01T01:00:00Z", "R9"},
		{"range/before it", "UTC", "24/7", nil, "0s", "1899-12-31T23:59:59.999999999Z", "calendar: t 1899-12-31T23:59:59.999999999Z is outside 1900-01-01 to 2199-12-31 UTC", "R9: even for d == 0"},
		{"range/last instant", "UTC", "24/7", nil, "-1h", "2199-12-31T23:59:59.999999999Z", "2199-12-31T22:59:59.999999999Z", "R9"},
		{"range/up to the last instant", "UTC", "24/7", nil, "1h", "2199-12-31T22:59:59.999999999Z", "2199-12-31T23:59:59.999999999Z", "R9"},
		{"range/past it", "UTC", "24/7", nil, "1h", "2199-12-31T23:00:00Z", "calendar: Add(2199-12-31T23:00:00Z, 1h0m0s) is outside 1900-01-01 to 2199-12-31 UTC", "R9"},
		{"range/back before the first", "UTC", "24/7", nil, "-1ns", "1900-01-01T00:00:00Z", "calendar: Add(1900-01-01T00:00:00Z, -1ns) is outside 1900-01-01 to 2199-12-31 UTC", "R9"},
		{"range/days past it", "UTC", "24/7", nil, "1bd", "2199-12-31T12:00:00Z", "calendar: AddDays(2199-12-31T12:00:00Z, 1) is outside 1900-01-01 to 2199-12-31 UTC", "R9"},
		{"range/very many days", "UTC", "24/7", nil, fmt.Sprintf("%dbd", math.MaxInt), "2026-01-01T12:00:00Z", fmt.Sprintf("calendar: AddDays(2026-01-01T12:00:00Z, %d) is outside 1900-01-01 to 2199-12-31 UTC", math.MaxInt), "R9"},
		{"range/very many days back", "UTC", "Mo-Fr 09:00-17:00", nil, fmt.Sprintf("%dbd", math.MinInt), "2026-01-01T12:00:00Z", fmt.Sprintf("calendar: AddDays(2026-01-01T12:00:00Z, %d) is outside 1900-01-01 to 2199-12-31 UTC", math.MinInt), "R9"},
		{"range/the longest duration", "UTC", "24/7", nil, "2562047h47m16.854775807s", "1900-01-01T00:00:00Z", "2192-04-10T23:47:16.854775807Z", "no sum overflows"},
		{"range/the longest duration back", "UTC", "24/7", nil, "-2562047h47m16.854775808s", "2199-12-31T00:00:00Z", "1907-09-22T00:12:43.145224192Z", "no sum overflows"},
		{"range/the longest duration too late", "UTC", "24/7", nil, "2562047h47m16.854775807s", "2026-01-01T00:00:00Z", "calendar: Add(2026-01-01T00:00:00Z, 2562047h47m16.854775807s) is outside 1900-01-01 to 2199-12-31 UTC", "R9"},
		{"range/closing past it", "America/Los_Angeles", "Mo-Su 09:00-17:00", nil, "next close", "2199-12-31T20:00:00Z", "calendar: NextClose(2199-12-31T20:00:00Z) is outside 1900-01-01 to 2199-12-31 UTC", "R9: it closes at 01:00 UTC of 1 January 2200"},
		{"range/open after it", "UTC", "Mo 09:00-17:00; Jan 01-Jan 31 00:00-24:00; 2027 Jan 01-2199 Dec 31 off", nil, "next close", "2027-01-01T00:00:00Z", "calendar: NextClose(2027-01-01T00:00:00Z) is outside 1900-01-01 to 2199-12-31 UTC", "R9: what opens after 2199 has no end in the tables"},
		{"range/the hours are over", "UTC", "2026 Dec 28 10:00-12:00", nil, "next open", "2026-12-28T12:00:00Z", "calendar: NextOpen(2026-12-28T12:00:00Z) is outside 1900-01-01 to 2199-12-31 UTC", "R9: nothing opens again"},
		{"range/no hours before", "UTC", "2026 Dec 28 10:00-12:00", nil, "-1h", "2026-01-01T12:00:00Z", "calendar: Add(2026-01-01T12:00:00Z, -1h0m0s) is outside 1900-01-01 to 2199-12-31 UTC", "R9"},
		{"range/no business day after", "UTC", "2150 Dec 28 10:00-12:00", nil, "1bd", "2150-12-29T00:00:00Z", "calendar: AddDays(2150-12-29T00:00:00Z, 1) is outside 1900-01-01 to 2199-12-31 UTC", "R9: nothing opens again"},
		{"range/the only opening, from far", "UTC", "2150 Dec 28 10:00-12:00", nil, "next open", "1900-01-01T00:00:00Z", "2150-12-28T10:00:00Z", "R8, though no table has open time yet"},
		{"range/the only hours, from far", "UTC", "2150 Dec 28 10:00-12:00", nil, "30m", "1900-01-01T00:00:00Z", "2150-12-28T10:30:00Z", "R9: found, not walked to"},

		{"seasons/a range over the year's end begins", "UTC", "Mo-Su 09:00-17:00; Dec 24-Jan 02 off", nil, "next open", "2026-12-23T18:00:00Z", "2027-01-03T09:00:00Z", "both ends are in it"},
		{"seasons/the day before it", "UTC", "Mo-Su 09:00-17:00; Dec 24-Jan 02 off", nil, "next open", "2026-12-23T08:00:00Z", "2026-12-23T09:00:00Z", "not in it"},

		{"two days of hours/back from a change at midnight", "America/Argentina/Buenos_Aires", "Mo,Tu,Th,Sa 02:30-03:30,26:30-48:00", nil, "-1bd", "1974-05-02T00:00:00-03:00", "1974-05-01T00:00:00-03:00", "R7: 48:00 of Monday, when the clock had just gone back to Tuesday's 23:00"},

		{"back/at the opening", berlin, "Mo-Fr 09:00-17:00", nil, "prev open", "2024-03-08T09:00:00+01:00", "2024-03-08T09:00:00+01:00", "R8: at or before"},
		{"back/a nanosecond before it", berlin, "Mo-Fr 09:00-17:00", nil, "prev open", "2024-03-08T08:59:59.999999999+01:00", "2024-03-07T09:00:00+01:00", "R8: of the last span"},
		{"back/while it is open", berlin, "Mo-Fr 09:00-17:00", nil, "prev open", "2024-03-08T12:34:56.5+01:00", "2024-03-08T09:00:00+01:00", "R8: of the span, to the nanosecond"},
		{"back/at the closing", berlin, "Mo-Fr 09:00-17:00", nil, "prev close", "2024-03-08T17:00:00+01:00", "2024-03-08T17:00:00+01:00", "R8: at or before"},
		{"back/a nanosecond before the closing", berlin, "Mo-Fr 09:00-17:00", nil, "prev close", "2024-03-08T16:59:59.999999999+01:00", "2024-03-07T17:00:00+01:00", "R8: before the span"},
		{"back/on Sunday", berlin, "Mo-Fr 09:00-17:00", nil, "prev close", "2024-03-10T12:00:00.5+01:00", "2024-03-08T17:00:00+01:00", "R8: to the nanosecond"},
		{"back/closing at 24:00", beijing, "Mo-Su 09:00-24:00", nil, "prev close", "2024-03-10T00:00:00+08:00", "2024-03-10T00:00:00+08:00", "R2"},
		{"back/opening at 00:00", beijing, "Mo-Su 00:00-12:00", nil, "prev open", "2024-03-10T11:00:00+08:00", "2024-03-10T00:00:00+08:00", "R8: with a slot that begins open"},
		{"back/hours that touch at 00:00", beijing, "Mo-Su 00:00-12:00,18:00-24:00", nil, "prev open", "2024-03-10T11:00:00+08:00", "2024-03-09T18:00:00+08:00", "R2: one span"},
		{"back/and the closing before them", beijing, "Mo-Su 00:00-12:00,18:00-24:00", nil, "prev close", "2024-03-10T00:00:00+08:00", "2024-03-09T12:00:00+08:00", "R2: one span"},
		{"back/hours that touch in the night", berlin, "Mo-Su 22:00-06:00,06:00-07:00", nil, "prev open", "2024-03-07T06:30:00+01:00", "2024-03-06T22:00:00+01:00", "R2: one span"},
		{"back/over the change to summer", berlin, night, nil, "prev open", "2024-03-31T06:00:00+02:00", "2024-03-30T22:00:00+01:00", "R8: seven hours before"},
		{"back/days that are open throughout", "UTC", "24/7; We off", nil, "prev open", "2024-03-12T12:00:00Z", "2024-03-07T00:00:00Z", "R8: since Wednesday"},
		{"back/and the closing before", "UTC", "24/7; We off", nil, "prev close", "2024-03-12T12:00:00Z", "2024-03-06T00:00:00Z", "R8: Tuesday, 24:00"},
		{"back/24/7", "UTC", "24/7", nil, "prev open", "2026-01-01T12:00:00Z", "the calendar never closes", "R8"},
		{"back/24/7, closing", "UTC", "24/7", nil, "prev close", "2026-01-01T12:00:00Z", "the calendar never closes", "R8"},
		{"back/24/7 but for a day", "UTC", "24/7; 1950 Dec 25 off", nil, "prev open", "2026-01-01T12:00:00Z", "1950-12-26T00:00:00Z", "R8"},
		{"back/24/7 but for a day, closing", "UTC", "24/7; 1950 Dec 25 off", nil, "prev close", "2026-01-01T12:00:00Z", "1950-12-25T00:00:00Z", "R8"},
		{"back/24/7 but for a day, before it", "UTC", "24/7; 1950 Dec 25 off", nil, "prev open", "1950-12-25T12:00:00Z", "the calendar never closes", "R8: the span before that day has no beginning"},
		{"back/24/7 but for a day, closing on it", "UTC", "24/7; 1950 Dec 25 off", nil, "prev close", "1950-12-25T12:00:00Z", "1950-12-25T00:00:00Z", "R8: the span before has an end"},
		{"back/24/7 but for a day, closing before it", "UTC", "24/7; 1950 Dec 25 off", nil, "prev close", "1950-12-24T12:00:00Z", "the calendar never closes", "R8"},
		{"back/24/7 but for the last day of its table", "UTC", "24/7; 2026 Jan 01 off", nil, "prev open", "2025-12-31T12:00:00Z", "the calendar never closes", "R8, whatever the slots after it are like"},
		{"back/zero time", berlin, "24/7", nil, "prev open", "0001-01-01T00:00:00Z", "calendar: t 0001-01-01T00:00:00Z is outside 1900-01-01 to 2199-12-31 UTC", "R9"},
		{"back/after the range", berlin, "24/7", nil, "prev close", "2200-01-01T00:00:00Z", "calendar: t 2200-01-01T00:00:00Z is outside 1900-01-01 to 2199-12-31 UTC", "R9"},
		{"back/no hours before", "UTC", "2026 Dec 28 10:00-12:00", nil, "prev open", "2026-12-28T09:59:59Z", "calendar: PrevOpen(2026-12-28T09:59:59Z) is outside 1900-01-01 to 2199-12-31 UTC", "R9: nothing opens before"},
		{"back/no closing before", "UTC", "2026 Dec 28 10:00-12:00", nil, "prev close", "2026-12-28T11:59:59Z", "calendar: PrevClose(2026-12-28T11:59:59Z) is outside 1900-01-01 to 2199-12-31 UTC", "R9: nothing closes before"},
		{"back/the only opening, from far", "UTC", "1907 Dec 28 10:00-12:00", nil, "prev open", "2199-12-31T00:00:00Z", "1907-12-28T10:00:00Z", "R8, though no table has open time yet"},
		{"back/the only closing, from far", "UTC", "1907 Dec 28 10:00-12:00", nil, "prev close", "2199-12-31T00:00:00Z", "1907-12-28T12:00:00Z", "R8"},
		{"back/at the first instant", "UTC", "Mo-Su 00:00-12:00", nil, "prev open", "1900-01-01T00:00:00Z", "1900-01-01T00:00:00Z", "R9"},
		{"back/closing at the first instant", "Etc/GMT-1", "Mo-Su 00:30-01:00", nil, "prev close", "1900-01-01T12:00:00Z", "1900-01-01T00:00:00Z", "R9: the closing is in the range"},
		{"back/closing before the first instant", "Etc/GMT-1", "Mo-Su 00:00-00:30", nil, "prev close", "1900-01-01T12:00:00Z", "calendar: PrevClose(1900-01-01T12:00:00Z) is outside 1900-01-01 to 2199-12-31 UTC", "R9: the closing is not in the range"},
		{"back/opening before the first instant", "Etc/GMT-1", "Mo-Su 00:30-01:00", nil, "prev open", "1900-01-01T12:00:00Z", "calendar: PrevOpen(1900-01-01T12:00:00Z) is outside 1900-01-01 to 2199-12-31 UTC", "R9: the opening is not"},
		{"back/open before the range", "UTC", "Mo 09:00-17:00; 24/7; 1900 Jan 01-2026 Dec 31 off", nil, "prev open", "2026-01-01T00:00:00Z", "calendar: PrevOpen(2026-01-01T00:00:00Z) is outside 1900-01-01 to 2199-12-31 UTC", "R9: what closes before 1900 has no beginning in the tables"},

		{"24/7 never closes", "UTC", "24/7", nil, "next close", "2026-01-01T12:00:00Z", "the calendar never closes", "R8"},
		{"24/7 but for a day", "UTC", "24/7; 2150 Dec 25 off", nil, "next close", "2026-01-01T12:00:00Z", "2150-12-25T00:00:00Z", "R8"},
		{"24/7 but for a day, after it", "UTC", "24/7; 2150 Dec 25 off", nil, "next close", "2150-12-25T12:00:00Z", "the calendar never closes", "R8"},
		{"24/7 but for the first day of its table", "UTC", "24/7; 2026 Jan 01 off", nil, "next close", "2026-02-02T12:00:00Z", "the calendar never closes", "R8, whatever the first slot is like"},
		{"24/7 and holidays", "UTC", "24/7", []string{"2026-12-25"}, "next close", "2026-01-01T12:00:00Z", "2026-12-25T00:00:00Z", "R11"},
	} {
		t.Run(row.name, func(t *testing.T) {
			c, err := calendar.New(row.zone, row.hours, holidays(row.holidays...))
			require.NoError(t, err)
			at := in(t, row.t)
			var got time.Time
			var n int
			switch _, scanErr := fmt.Sscanf(row.ask, "%dbd", &n); {
			case row.ask == "open":
				assert.Equal(t, row.want == "yes", c.IsOpen(at), row.why)
				return
			case row.ask == "next open":
				got, err = c.NextOpen(at)
			case row.ask == "next close":
				got, err = c.NextClose(at)
			case row.ask == "prev open":
				got, err = c.PrevOpen(at)
			case row.ask == "prev close":
				got, err = c.PrevClose(at)
			case scanErr == nil:
				got, err = c.AddDays(at, n)
			default:
				d, parseErr := time.ParseDuration(row.ask)
				require.NoError(t, parseErr)
				got, err = c.Add(at, d)
			}
			if want, parseErr := time.Parse(time.RFC3339Nano, row.want); parseErr != nil {
				assert.EqualError(t, err, row.want, row.why)
			} else if assert.NoError(t, err) {
				assert.True(t, want.Equal(got), "got %v, want %v: %s", got.In(c.Zone()), want.In(c.Zone()), row.why)
				assert.Equal(t, at.Location(), got.Location(), "R10")
			}
		})
	}
}

// On the last day of a leap year past the transitions that zone data lists,
// Time.ZoneBounds can return an end that is not after its input, which a walk
// along it would never get past.
func TestLeapYearsLastDayInEveryZone(t *testing.T) {
	t.Parallel()
	for _, zone := range zones(t) {
		c := calendar.Must(calendar.New(zone, "Mo-Su 09:00-17:00"))
		at := time.Date(2040, 12, 31, 12, 0, 0, 0, c.Zone())
		got, err := c.AddDays(at, 1)
		require.NoError(t, err)
		if want := time.Date(2041, 1, 1, 12, 0, 0, 0, c.Zone()); !got.Equal(want) {
			t.Errorf("%s: a business day after %v is %v", zone, at, got)
		}
		if d, err := c.Between(at, got); err != nil || d != 8*time.Hour {
			t.Errorf("%s: from %v to %v is %v, %v", zone, at, got, d, err)
		}
	}
}

func TestBetween(t *testing.T) {
	t.Parallel()
	c := calendar.Must(calendar.New(berlin, "Mo-Fr 09:00-17:00"))
	friday, monday := in(t, "2024-03-08T16:00:00.25+01:00"), in(t, "2024-03-11T10:00:00.5+01:00")
	d, err := c.Between(friday, monday)
	require.NoError(t, err)
	assert.Equal(t, 2*time.Hour+250*time.Millisecond, d)
	d, err = c.Between(monday, friday)
	require.NoError(t, err)
	assert.Equal(t, -2*time.Hour-250*time.Millisecond, d, "R5: signed")
	_, err = c.Between(time.Time{}, monday)
	assert.EqualError(t, err, "calendar: from 0001-01-01T00:00:00Z is outside 1900-01-01 to 2199-12-31 UTC")
	_, err = c.Between(monday, time.Time{})
	assert.EqualError(t, err, "calendar: to 0001-01-01T00:00:00Z is outside 1900-01-01 to 2199-12-31 UTC")

	first, last := in(t, "1900-01-01T00:00:00Z"), in(t, "2199-12-31T23:59:59.999999999Z")
	_, err = calendar.AlwaysOpen().Between(first, last)
	assert.ErrorIs(t, err, calendar.ErrOutOfRange)
	assert.EqualError(t, err, "calendar: Between(1900-01-01T00:00:00Z, 2199-12-31T23:59:59.999999999Z) is more than the 292 years that a time.Duration holds")
	_, err = calendar.AlwaysOpen().Between(last, first)
	assert.ErrorIs(t, err, calendar.ErrOutOfRange)
	d, err = calendar.AlwaysOpen().Between(first.Add(time.Second-1), first.Add(time.Second))
	require.NoError(t, err)
	assert.Equal(t, time.Duration(1), d)
	for _, half := range []time.Duration{0, time.Second / 2} { // so that the last second is borrowed from, or not
		for from, longest := range map[time.Time]time.Duration{first.Add(half): math.MaxInt64, last.Add(-half): math.MinInt64} {
			to := from.Add(longest)
			d, err = calendar.AlwaysOpen().Between(from, to)
			require.NoError(t, err, "R5: a time.Duration holds it")
			assert.Equal(t, longest, d)
			for _, beyond := range []time.Duration{1, time.Second, 2 * time.Second, time.Hour} {
				if longest < 0 {
					beyond = -beyond
				}
				_, err = calendar.AlwaysOpen().Between(from, to.Add(beyond))
				assert.ErrorIs(t, err, calendar.ErrOutOfRange, "%v more than it holds", beyond)
			}
		}
	}
	d, err = calendar.AlwaysOpen().Between(first, first.Add(292*365*24*time.Hour))
	require.NoError(t, err)
	assert.Equal(t, 292*365*24*time.Hour, d)
	d, err = c.Between(first, last)
	require.NoError(t, err)
	assert.Equal(t, 78_267*8*time.Hour, d, "the weekdays of 300 years")
}

func TestDay(t *testing.T) {
	c := calendar.Must(calendar.New(berlin, "Mo-Fr 22:00-06:00; PH 10:00-14:00", holidays("2024-04-01", "+2024-04-06")))
	at := func(s string) time.Time { return in(t, s).In(c.Zone()) }
	day := c.Day(date("2024-03-30"))
	assert.Equal(t, calendar.Day{Date: date("2024-03-30")}, day, "a Saturday")
	day = c.Day(date("2024-03-29"))
	assert.Equal(t, []calendar.Span{{at("2024-03-29T22:00:00+01:00"), at("2024-03-30T06:00:00+01:00")}}, day.Spans, "the night is whole")
	day = c.Day(date("2024-04-01"))
	assert.True(t, day.Business)
	assert.Equal(t, "holiday 2024-04-01", day.Holiday.Name)
	assert.Equal(t, []calendar.Span{{at("2024-04-01T10:00:00+02:00"), at("2024-04-01T14:00:00+02:00")}}, day.Spans)
	day = c.Day(date("2024-04-06"))
	assert.True(t, day.Business && day.Holiday.Workday)
	assert.Equal(t, 8*time.Hour, day.Spans[0].Duration())

	always := calendar.Must(calendar.New(berlin, "24/7"))
	assert.Equal(t, 23*time.Hour, always.Day(date("2024-03-31")).Spans[0].Duration(), "a day of 23 hours")
	auckland := calendar.Must(calendar.New("Pacific/Auckland", "24/7"))
	assert.Equal(t, 23*time.Hour, auckland.Day(date("2024-09-29")).Spans[0].Duration(), "changed before the date's midnight in UTC")
	day = always.Day(date("2024-10-27"))
	require.Len(t, day.Spans, 1, "R2: the repeated hour touches the first")
	assert.Equal(t, 25*time.Hour, day.Spans[0].Duration())
	split := calendar.Must(calendar.New(berlin, "Mo-Su 00:00-01:00,02:30-06:00")).Day(date("2024-10-27")).Spans
	var lengths []time.Duration
	for _, s := range split {
		lengths = append(lengths, s.Duration())
	}
	assert.Equal(t, []time.Duration{time.Hour, 30 * time.Minute, 3*time.Hour + 30*time.Minute}, lengths, "02:30 to 03:00 comes twice")
	small := calendar.Must(calendar.New(berlin, "Mo-Su 02:15-02:45"))
	assert.Len(t, small.Day(date("2024-10-27")).Spans, 2, "R1: a repeated time counts twice")
	assert.False(t, small.Day(date("2024-03-31")).Business, "R6: the hours are skipped from end to end")
	early := calendar.Must(calendar.New(berlin, "Mo-Su 03:00-06:00")).Day(date("2024-10-27"))
	assert.Len(t, early.Spans, 1, "none that begins and ends with the change of the clock")
	assert.False(t, calendar.Must(calendar.New("Pacific/Apia", "24/7")).Day(date("2011-12-30")).Business, "R6: no such date")

	assert.True(t, always.Day(date("1900-01-01")).Business && always.Day(date("2199-12-31")).Business, "R9: the first date and the last")
	assert.Equal(t, calendar.Day{}, c.Day(calendar.Date{}))
	assert.Equal(t, calendar.Day{Date: date("1899-12-31")}, c.Day(date("1899-12-31")))
}

func TestBusinessDates(t *testing.T) {
	c := calendar.Must(calendar.New(berlin, "Mo-Fr 22:00-06:00", holidays("2024-04-01")))
	d, err := c.BusinessDate(in(t, "2024-03-30T02:00:00+01:00"))
	require.NoError(t, err)
	assert.Equal(t, date("2024-03-29"), d, "Saturday 02:00 is in Friday's shift")
	d, err = c.BusinessDate(in(t, "2024-03-30T12:00:00+01:00"))
	require.NoError(t, err)
	assert.Equal(t, date("2024-04-02"), d, "the next shift is Tuesday's, as Monday is a holiday")
	overlap := calendar.Must(calendar.New(berlin, "Mo-Su 20:00-34:00"))
	d, err = overlap.BusinessDate(in(t, "2024-03-06T20:00:00+01:00"))
	require.NoError(t, err)
	assert.Equal(t, date("2024-03-06"), d)
	overlap = calendar.Must(calendar.New(berlin, "Mo-Su 09:00-34:00"))
	d, err = overlap.BusinessDate(in(t, "2024-03-06T09:30:00+01:00"))
	require.NoError(t, err)
	assert.Equal(t, date("2024-03-06"), d, "R7: the later of two dates")

	for _, row := range []struct {
		from string
		n    int
		want string
	}{
		{"2024-03-28", 0, "2024-03-28"},
		{"2024-03-30", 0, "2024-04-02"},
		{"2024-03-30", 1, "2024-04-02"},
		{"2024-03-29", 1, "2024-04-02"},
		{"2024-03-30", -1, "2024-03-29"},
		{"2024-04-02", -1, "2024-03-29"},
		{"2024-04-02", 260, "2025-04-01"},
	} {
		d, err := c.AddBusinessDays(date(row.from), row.n)
		require.NoError(t, err)
		assert.Equal(t, date(row.want), d, "%s and %d business days", row.from, row.n)
	}
	_, err = c.AddBusinessDays(date("2199-12-31"), 1)
	assert.EqualError(t, err, "calendar: AddBusinessDays(2199-12-31, 1) is outside 1900-01-01 to 2199-12-31 UTC")
	_, err = calendar.AlwaysOpen().AddBusinessDays(date("1900-01-01"), -1)
	assert.EqualError(t, err, "calendar: AddBusinessDays(1900-01-01, -1) is outside 1900-01-01 to 2199-12-31 UTC")
	only := calendar.Must(calendar.New("UTC", "2150 Dec 28 10:00-12:00"))
	d, err = only.AddBusinessDays(date("1900-01-05"), 1)
	require.NoError(t, err)
	assert.Equal(t, date("2150-12-28"), d, "the only one, from where no table has any")
	d, err = calendar.Must(calendar.New(berlin, "24/7")).BusinessDate(in(t, "2024-07-03T00:00:00+02:00"))
	require.NoError(t, err)
	assert.Equal(t, date("2024-07-03"), d, "R7: 24:00 of one date is 00:00 of the next, also in summer")
	_, err = c.AddBusinessDays(calendar.Date{}, 1)
	assert.EqualError(t, err, `calendar: date "" is outside 1900-01-01 to 2199-12-31 UTC`)

	for _, row := range []struct {
		from, to string
		want     int
		why      string
	}{
		{"2024-03-29", "2024-03-30", 1, "R6: from counts"},
		{"2024-03-28", "2024-03-29", 1, "and to does not"},
		{"2024-03-29", "2024-03-29", 0, "nothing is in [d, d)"},
		{"2024-03-30", "2024-04-02", 0, "a weekend and a holiday"},
		{"2024-03-30", "2024-03-29", -1, "negative, as the first row turned round"},
		{"2024-04-02", "2025-04-01", 260, "as AddBusinessDays"},
	} {
		n, err := c.BusinessDaysBetween(date(row.from), date(row.to))
		require.NoError(t, err)
		assert.Equal(t, row.want, n, "%s to %s: %s", row.from, row.to, row.why)
	}
	_, err = c.BusinessDaysBetween(date("2024-03-29"), date("2200-01-01"))
	assert.EqualError(t, err, `calendar: date "2200-01-01" is outside 1900-01-01 to 2199-12-31 UTC`)
	_, err = c.BusinessDaysBetween(date("1899-12-31"), date("2024-03-29"))
	assert.EqualError(t, err, `calendar: date "1899-12-31" is outside 1900-01-01 to 2199-12-31 UTC`)

	at, err := c.At(date("2024-03-29"), 48*time.Hour)
	require.NoError(t, err)
	assert.Equal(t, in(t, "2024-03-30T06:00:00+01:00").In(c.Zone()), at, "the latest closing before it")
	closing, err := c.Closing(date("2024-03-29"))
	require.NoError(t, err)
	assert.Equal(t, at, closing)
	closing, err = calendar.Must(calendar.New(berlin, "Mo-Su 00:00-02:30")).Closing(date("2024-10-27"))
	require.NoError(t, err)
	assert.Equal(t, in(t, "2024-10-27T02:30:00+01:00").In(c.Zone()), closing, "the last of the two")
	_, err = c.Closing(date("2024-03-30"))
	assert.EqualError(t, err, "calendar: 2024-03-30 is not a business day of Mo-Fr 22:00-06:00 Europe/Berlin, holidays test")
	_, err = calendar.AlwaysOpen().Closing(date("2199-12-31"))
	assert.EqualError(t, err, "calendar: Closing(2199-12-31) is outside 1900-01-01 to 2199-12-31 UTC")
	at, err = c.At(date("2024-03-29"), 23*time.Hour+250*time.Millisecond)
	require.NoError(t, err)
	assert.Equal(t, in(t, "2024-03-29T23:00:00.25+01:00").In(c.Zone()), at)
	at, err = c.At(date("2024-03-29"), 0)
	require.NoError(t, err)
	assert.Equal(t, in(t, "2024-03-29T22:00:00+01:00").In(c.Zone()), at, "the first opening")
	_, err = c.At(date("2024-03-30"), 0)
	assert.EqualError(t, err, "calendar: 2024-03-30 is not a business day of Mo-Fr 22:00-06:00 Europe/Berlin, holidays test")
	_, err = c.At(date("2024-03-29"), 48*time.Hour+1)
	assert.EqualError(t, err, "calendar: time of day 48h0m0.000000001s: want 0 to 48h")
}

// At the ends of the range, the date that an instant belongs to, or the next
// opening, can lie outside it.
func TestRangeEnds(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		zone, hours, t string
		n              int
	}{
		{"UTC", "Dec 28 22:00-06:00", "1900-01-02T00:00:00Z", -1},
		{"Asia/Kolkata", "Dec 28 23:52-24:00", "1900-01-02T00:00:00Z", -1},
		{"Australia/Sydney", "Jan 05 00:00-01:00", "2199-12-31T00:00:00Z", 1},
		{"UTC", "Jan 02 09:00-17:00", "2199-12-31T00:00:00Z", 1},
	} {
		c := calendar.Must(calendar.New(row.zone, row.hours))
		_, err := c.AddDays(in(t, row.t), row.n)
		assert.ErrorIs(t, err, calendar.ErrOutOfRange, "%s %s", row.zone, row.hours)
		if row.n > 0 {
			_, err = c.BusinessDate(in(t, row.t))
			assert.ErrorIs(t, err, calendar.ErrOutOfRange, "%s %s", row.zone, row.hours)
		}
	}
	for _, zone := range zones(t) {
		for _, hours := range []string{"24/7", "Mo-Su 22:00-06:00", "Mo-Su 20:00-43:00", "We 00:00-00:01"} {
			for _, text := range []string{"1900-01-01T00:00:00Z", "1900-01-02T06:00:00Z", "2199-12-30T18:00:00Z", "2199-12-31T23:59:59Z"} {
				c := calendar.Must(calendar.New(zone, hours)) // with a table of that end only
				at := in(t, text)
				for _, n := range []int{-2, -1, 0, 1, 2} {
					if r, err := c.AddDays(at, n); err != nil && !assert.ErrorIs(t, err, calendar.ErrOutOfRange) || err == nil && r.IsZero() {
						t.Errorf("%s %s: AddDays(%v, %d) = %v, %v", zone, hours, at, n, r, err)
					}
				}
				c.NextOpen(at)
				c.NextClose(at)
				c.PrevOpen(at)
				c.PrevClose(at)
				c.BusinessDate(at)
				c.Add(at, time.Hour)
				c.Add(at, -time.Hour)
				c.Day(calendar.DateOf(at))
				c.Closing(calendar.DateOf(at))
			}
		}
	}
	for _, hours := range []string{"1900 Jan 05 09:00-12:00", "1900 Jan 01-Apr 24 09:00-17:00", "2199 Dec 31 22:00-23:00"} {
		_, err := calendar.New("UTC", hours)
		assert.NoError(t, err, "%s opens", hours)
	}
}

// Short days among long ones make buckets of many slots; what lies in one is
// searched, not walked.
func TestSparseHours(t *testing.T) {
	c := calendar.Must(calendar.New("UTC", "1900 Jan 01-2100 Dec 31 00:00-24:00; 2101 Jul 04 00:00-00:01; 2198 Jul 04 00:00-00:01; 2199 Jul 04 00:00-00:01; 2199 Dec 01 00:00-24:00"))
	for d, want := range map[time.Duration]string{90 * time.Second: "2101-07-04T00:00:30Z", 150 * time.Second: "2198-07-04T00:00:30Z", 4 * time.Minute: "2199-12-01T00:00:00Z"} {
		got, err := c.Add(in(t, "2100-12-31T23:59:00Z"), d)
		require.NoError(t, err)
		if d == 4*time.Minute {
			want = "2199-07-04T00:01:00Z" // R4: a sum that ends at closing stays there
		}
		assert.Equal(t, in(t, want), got, "%v", d)
	}
}

func TestNoCalendar(t *testing.T) {
	now := in(t, "2024-03-29T12:00:00Z")
	for _, c := range []*calendar.Calendar{nil, new(calendar.Calendar)} {
		assert.False(t, c.IsOpen(now))
		assert.Equal(t, time.UTC, c.Zone())
		assert.Equal(t, "", c.Name()+c.Hours())
		assert.Equal(t, "no calendar", c.String())
		assert.Nil(t, c.HolidaySets())
		assert.Equal(t, calendar.Day{Date: date("2024-03-29")}, c.Day(date("2024-03-29")))
		for range c.Spans(now, now.Add(time.Hour)) {
			t.Error("a span without a calendar")
		}
		_, err := c.NextOpen(now)
		assert.Equal(t, calendar.ErrNoCalendar, err)
		_, err = c.NextClose(now)
		assert.Equal(t, calendar.ErrNoCalendar, err)
		_, err = c.PrevOpen(now)
		assert.Equal(t, calendar.ErrNoCalendar, err)
		_, err = c.PrevClose(now)
		assert.Equal(t, calendar.ErrNoCalendar, err)
		_, err = c.Add(now, 1)
		assert.Equal(t, calendar.ErrNoCalendar, err)
		_, err = c.AddDays(now, 1)
		assert.Equal(t, calendar.ErrNoCalendar, err)
		_, err = c.Between(now, now)
		assert.Equal(t, calendar.ErrNoCalendar, err)
		_, err = c.BusinessDate(now)
		assert.Equal(t, calendar.ErrNoCalendar, err)
		_, err = c.AddBusinessDays(date("2024-03-29"), 1)
		assert.Equal(t, calendar.ErrNoCalendar, err)
		_, err = c.BusinessDaysBetween(date("2024-03-29"), date("2024-03-30"))
		assert.Equal(t, calendar.ErrNoCalendar, err)
		_, err = c.At(date("2024-03-29"), 0)
		assert.Equal(t, calendar.ErrNoCalendar, err)
		_, err = c.Closing(date("2024-03-29"))
		assert.Equal(t, calendar.ErrNoCalendar, err)
		assert.False(t, c.Provisional(now, now), "it has no holidays that could change")
	}
}

func TestCalendarText(t *testing.T) {
	c := calendar.Must(calendar.New(berlin, "Mo-Fr 09:00-17:00", calendar.Named("Berlin desk"), holidays()))
	assert.Equal(t, "Berlin desk", c.Name())
	assert.Equal(t, "Berlin desk: Mo-Fr 09:00-17:00 Europe/Berlin, holidays test", c.String())
	assert.Equal(t, "24/7: 24/7 UTC", calendar.AlwaysOpen().String())
	assert.Len(t, c.HolidaySets(), 1)
	assert.Panics(t, func() { calendar.Must(calendar.New("", "")) })
}

func TestMonotonicReadingIsDropped(t *testing.T) {
	now := time.Now()
	for _, d := range []time.Duration{0, time.Hour} {
		sum, err := calendar.AlwaysOpen().Add(now, d)
		require.NoError(t, err)
		assert.Equal(t, now.Round(0).Add(d), sum, "R10")
	}
	next, err := calendar.AlwaysOpen().NextOpen(now)
	require.NoError(t, err)
	assert.Equal(t, now.Round(0), next, "R10")
}

func TestSpans(t *testing.T) {
	c := calendar.Must(calendar.New(berlin, "Mo-Fr 09:00-12:00,13:00-17:00"))
	from, to := in(t, "2024-03-08T16:00:00+01:00"), in(t, "2024-03-11T14:00:00+01:00")
	var got []string
	for s := range c.Spans(from, to) {
		got = append(got, s.Start.Format("Mon 15:04")+s.End.Format("-15:04"))
	}
	assert.Equal(t, []string{"Fri 16:00-17:00", "Mon 09:00-12:00", "Mon 13:00-14:00"}, got, "the parts in [from, to)")
	for s := range c.Spans(from, to) {
		assert.Equal(t, from, s.Start)
		break
	}
	for range c.Spans(to, from) {
		t.Error("a span backwards")
	}
	n := 0
	for s := range calendar.AlwaysOpen().Spans(from, to) {
		assert.Equal(t, calendar.Span{Start: from, End: to}, calendar.Span{Start: s.Start, End: s.End.In(from.Location())})
		n++
	}
	assert.Equal(t, 1, n, "R2: midnights do not part it")
	n = 0
	for s := range c.Spans(in(t, "2199-12-31T15:30:00Z"), in(t, "2300-01-01T00:00:00Z")) {
		assert.Equal(t, 30*time.Minute, s.Duration())
		n++
	}
	assert.Equal(t, 1, n, "the sequence ends with the range")
	for _, always := range []*calendar.Calendar{calendar.AlwaysOpen(), calendar.Must(calendar.New("Pacific/Honolulu", "Mo-Su 09:00-17:00"))} {
		for s := range always.Spans(in(t, "2199-12-31T20:00:00Z"), in(t, "2300-01-01T00:00:00Z")) {
			assert.Equal(t, in(t, "2200-01-01T00:00:00Z"), s.End, "and so do its spans")
		}
	}
}

// Samoa had no 30 December 2011, and its night shift is open all the same.
func TestBusinessDateThatWasSkipped(t *testing.T) {
	c := calendar.Must(calendar.New("Pacific/Apia", "Fr 01:00-30:00"))
	at := time.Date(2011, time.December, 31, 0, 30, 0, 0, c.Zone())
	got, err := c.BusinessDate(at)
	if err != nil || got != date("2011-12-30") || !c.IsOpen(at) || c.Day(got).Business {
		t.Errorf("%v is open %v on %v, %v, business day %v", at, c.IsOpen(at), got, err, c.Day(got).Business)
	}
}

// All that a calendar says of a date that its zone skipped agrees: the date is no
// business day, and its hours that run past its midnight are open and belong to it.
func TestDateThatWasSkipped(t *testing.T) {
	for _, row := range []struct{ zone, skipped, from string }{ // from is its midnight, with which the next date begins
		{"Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00"},
		{"Pacific/Fakaofo", "2011-12-30", "2011-12-31T00:00:00+13:00"},
		{"Pacific/Enderbury", "1994-12-31", "1995-01-01T00:00:00+13:00"},
		{"Pacific/Kiritimati", "1994-12-31", "1995-01-01T00:00:00+14:00"},
		{"Pacific/Kwajalein", "1993-08-21", "1993-08-22T00:00:00+12:00"},
	} {
		night := calendar.Must(calendar.New(row.zone, "Mo-Su 22:00-30:00"))
		union := calendar.Must(calendar.Union("", night))
		both := calendar.Must(calendar.Intersect("", night, calendar.Must(calendar.New(row.zone, "24/7"))))
		for _, c := range []*calendar.Calendar{night, union, both} {
			d, from := date(row.skipped), in(t, row.from)
			at, to := from.Add(2*time.Hour), from.Add(6*time.Hour)
			assert.True(t, c.IsOpen(at), "R1: %v, %v", row, c)
			got, err := c.BusinessDate(at)
			assert.True(t, err == nil && got == d, "%v, %v: %v, %v", row, c, got, err)
			day := c.Day(d)
			assert.False(t, day.Business, "R6: %v, %v", row, c)
			assert.Equal(t, []calendar.Span{{Start: from.In(c.Zone()), End: to.In(c.Zone())}}, day.Spans, "%v, %v", row, c)
			var spans []calendar.Span
			for s := range c.Spans(from.Add(-time.Hour), from.Add(12*time.Hour)) {
				spans = append(spans, s)
			}
			require.Len(t, spans, 1, "the night before is cut by its end, and touches")
			assert.True(t, spans[0].Start.Equal(from.Add(-time.Hour)) && spans[0].End.Equal(to), "%v, %v: %v", row, c, spans)

			n, err := c.BusinessDaysBetween(d.AddDays(-1), d.AddDays(1))
			assert.True(t, err == nil && n == 1, "%v, %v: %d, %v", row, c, n, err)
			next, err := c.AddBusinessDays(d, 0)
			assert.True(t, err == nil && next == d.AddDays(1), "%v, %v: %v, %v", row, c, next, err)
			next, err = c.AddBusinessDays(d.AddDays(-1), 1)
			assert.True(t, err == nil && next == d.AddDays(1), "%v, %v: %v, %v", row, c, next, err)
			later, err := c.AddDays(at, 1)
			assert.True(t, err == nil && later.Equal(from.Add(26*time.Hour)), "R7: 26:00 of the next business day: %v, %v: %v, %v", row, c, later, err)
			earlier, err := c.AddDays(at, -1)
			want, _ := c.Closing(d.AddDays(-1))
			if n, _ := c.At(d.AddDays(-1), 26*time.Hour); err != nil || !earlier.Equal(n) {
				t.Errorf("R7: 26:00 of the business day before: %v, %v: %v, %v, which closes at %v", row, c, earlier, err, want)
			}
			_, err = c.At(d, 26*time.Hour)
			assert.ErrorContains(t, err, "is not a business day", "%v, %v", row, c)
			_, err = c.Closing(d)
			assert.ErrorContains(t, err, "is not a business day", "%v, %v", row, c)
		}
	}
}
