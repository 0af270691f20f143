package calendar_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
)

func TestHoursCanonical(t *testing.T) {
	for _, row := range []struct{ in, want, why string }{
		{"24/7", "24/7", "as in the notation"},
		{"Mo-Su 00:00-24:00", "24/7", "says the same"},
		{"Mo-Fr 00:00-24:00; Sa,Su 00:00-24:00", "24/7", "rules for weekdays are joined"},
		{"Mo-Su 09:00-24:00", "Mo-Su 09:00-24:00", "24:00 is a closing time"},
		{"Fr,Mo-We,Th 9:00-17:00", "", "hours have two digits"},
		{"Fr,Mo-We,Th 09:00-17:00", "Mo-Fr 09:00-17:00", "weekdays are joined into ranges"},
		{"Mo-Fr 09:00-12:00,13:00-17:00; Sa 10:00-14:00", "Mo-Fr 09:00-12:00,13:00-17:00; Sa 10:00-14:00", "as written"},
		{"Su-Th 10:00-18:00; PH off", "Su-Th 10:00-18:00", "a last PH off says what holds anyway"},
		{"PH off; Su-Th 10:00-18:00", "PH off; Su-Th 10:00-18:00", "not last: Su-Th opens holidays"},
		{"Fr-Mo 10:00-18:00", "Fr-Mo 10:00-18:00", "ranges wrap"},
		{"Mo-Fr 22:00-06:00", "Mo-Fr 22:00-06:00", "runs past midnight"},
		{"Mo-Fr 22:00-30:00", "Mo-Fr 22:00-06:00", "the same shift"},
		{"Mo-Fr 22:00-25:00,25:30-30:00", "Mo-Fr 22:00-01:00,25:30-30:00", "a break after midnight"},
		{"Mo 00:00-48:00", "Mo 00:00-48:00", "two whole days"},
		{"Mo 24:00-30:00", "Mo 24:00-30:00", "from the next date's midnight; 24:00-06:00 is no range"},
		{"Mo 09:00-33:00", "Mo 09:00-33:00", "24 hours on end"},
		{"Mo 09:00-12:00,11:00-14:00,14:00-15:00", "Mo 09:00-15:00", "overlapping and touching hours are one (R2)"},
		{"Mo-Fr 09:00-17:00; We off", "Mo-Tu,Th-Fr 09:00-17:00", "a later rule replaces"},
		{"Mo-Fr 09:00-17:00; We closed", "Mo-Tu,Th-Fr 09:00-17:00", "closed is off"},
		{"Mo-Fr 09:00-17:00; Dec 24,31 09:00-12:00; 2026 Dec 28-2027 Jan 02 off; PH 10:00-14:00", "Mo-Fr 09:00-17:00; Dec 24,31 09:00-12:00; 2026 Dec 28-2027 Jan 02 off; PH 10:00-14:00", "as written"},
		{"Mo-Fr 09:00-17:00; Dec 31,24 off", "Mo-Fr 09:00-17:00; Dec 24,31 off", "dates are sorted"},
		{"Mo-Fr 09:00-17:00; Dec 24-Jan 02 off", "Mo-Fr 09:00-17:00; Dec 24-Jan 02 off", "ranges wrap at the year's end"},
		{"Mo-Fr 09:00-17:00; 2026 Dec 24,2027 Jan 04-08,11 off", "Mo-Fr 09:00-17:00; 2026 Dec 24,2027 Jan 04-08,2027 Jan 11 off", "year and month are inherited; the reference wants them each time"},
		{"Mo-Fr 09:00-17:00; 2026 Dec 24-24 off", "Mo-Fr 09:00-17:00; 2026 Dec 24 off", "a range of one date"},
		{"Mo-Fr 09:00-17:00; Feb 29 off", "Mo-Fr 09:00-17:00; Feb 29 off", "a date of some years"},
		{"Su,PH 10:00-14:00; Mo-Sa 09:00-17:00", "Su,PH 10:00-14:00; Mo-Sa 09:00-17:00", "weekdays and holidays in one list"},
		{"  Mo - Fr   09:00 - 17:00 ;\n Sa 10:00-14:00\n", "Mo-Fr 09:00-17:00; Sa 10:00-14:00", "white space does not matter"},
		{"Mo-Th 08:00-18:00, Fr 08:00-15:00", "Mo-Th 08:00-18:00; Fr 08:00-15:00", "a rule that adds to days without hours"},
		{"Mo-Fr 08:00-12:00, We 14:00-18:00", "Mo-Tu,Th-Fr 08:00-12:00; We 08:00-12:00,14:00-18:00", "one that adds, on weekdays alone"},
		{"Mo-Fr 08:00-18:00; Mo-Fr 12:00-13:00 off", "Mo-Fr 08:00-12:00,13:00-18:00", "one that cuts"},
		{"Mo-Fr 08:00-18:00, Fr off", "Mo-Th 08:00-18:00", "off closes the day after a comma too"},
		{"Mo-Fr 08:00-18:00; Dec 24 12:00-24:00 off", "Mo-Fr 08:00-18:00; Dec 24 12:00-24:00 off", "a part of some dates"},
		{"Mo-Fr 08:00-12:00; Dec 24 off, PH 10:00-11:00, Sa 09:00-10:00", "Mo-Fr 08:00-12:00; Dec 24 off, PH 10:00-11:00, Sa 09:00-10:00", "a holiday can be a Saturday"},
		{"Mo-Fr 08:00-17:00; Jul-Aug Mo-Fr 08:00-15:00", "Mo-Fr 08:00-17:00; Jul-Aug Mo-Fr 08:00-15:00", "as written"},
		{"Mo-Fr 08:00-17:00; Jul 01-Aug 31 off", "Mo-Fr 08:00-17:00; Jul-Aug off", "whole months"},
		{"Mo-Fr 08:00-17:00; Feb 01-29 off; Feb 01-28 off", "Mo-Fr 08:00-17:00; Feb off; Feb 01-Feb 28 off", "29 February is in February"},
		{"Mo-Fr 08:00-17:00; Dec 24,Nov-Mar Mo off", "Mo-Fr 08:00-17:00; Nov-Mar,Dec 24 Mo off", "months first"},
		{"Mo-Fr 08:00-17:00; 2026 Jul-Aug off", "Mo-Fr 08:00-17:00; 2026 Jul 01-2026 Aug 31 off", "months of one year are its days"},
		{"Mo-Fr 08:00-17:00; 2026 Nov-2027 Feb off", "Mo-Fr 08:00-17:00; 2026 Nov 01-2027 Feb 28 off", "over the year's end"},
		{"Mo-Fr 08:00-17:00; Fr[ -1 ],Fr[3-4], Th[1] off", "Mo-Fr 08:00-17:00; Th[1],Fr[3,4,-1] off", "numbers in the order of the month"},
		{"Mo-Fr 08:00-17:00; Fr[1],PH,Mo,PH -1 day 09:00-12:00", "Mo-Fr 08:00-17:00; Mo,Fr[1],PH,PH -1 day 09:00-12:00", "in one order"},
		{"Mo-Fr 08:00-17:00; week 20,01-53/2 Fr off", "Mo-Fr 08:00-17:00; week 01-53/2,20 Fr off", "weeks"},
		{"Mo-Fr 08:00-17:00; Dec week 53 off", "Mo-Fr 08:00-17:00; Dec week 53 off", "the dates that are in both"},
		{"Mo-Fr 08:00-17:00 open \"by phone; or mail\"; PH off \"closed\"", "Mo-Fr 08:00-17:00", "a comment is read and not kept"},
		{"Mo-Fr open", "Mo-Fr 00:00-24:00", "all day"},
		{"24/7, Dec 24 20:00-26:00", "Mo-Su 00:00-24:00, Dec 24 20:00-02:00", "the reference wants no comma after 24/7"},
		{"24/7; Dec 25 off", "24/7; Dec 25 off", "24/7 is a rule like others"},
		{"Mo-Fr 09:00-17:00; Dec 24 off; We 10:00-12:00", "Mo-Fr 09:00-17:00; Dec 24 off; We 10:00-12:00", "after a date rule, weekdays are a block of their own"},
	} {
		t.Run(row.in, func(t *testing.T) {
			c, err := calendar.New("UTC", row.in)
			if row.want == "" {
				require.Error(t, err, row.why)
				return
			}
			require.NoError(t, err, row.why)
			assert.Equal(t, row.want, c.Hours(), row.why)
			again, err := calendar.New("UTC", c.Hours())
			require.NoError(t, err)
			assert.Equal(t, row.want, again.Hours(), "the canonical form is stable")
		})
	}
}

func TestHoursErrors(t *testing.T) {
	for _, row := range []struct {
		in     string
		offset int
		want   string
	}{
		{"", 0, "a weekday (Mo, Tu, We, Th, Fr, Sa, Su), PH, a date such as Dec 24 or 2026 Dec 24, a month, a week, or 24/7"},
		{"Mo-Fr 09:00", 11, `"-" and a closing time`},
		{"Mo-Fr 09:00-17:60", 12, "a time as hh:mm, 00:00 to 48:00"},
		{"Mo-Fr 09:00-48:01", 12, "a time as hh:mm, 00:00 to 48:00"},
		{"Mo-Fr 09:00-09:00", 12, "a closing time other than the opening time (00:00-24:00 is a whole day)"},
		{"Mo-Fr 26:00-25:00", 12, "a closing time after the opening time, up to 48:00"},
		{"Mo-Xx 09:00-17:00", 3, `a weekday (Mo, Tu, We, Th, Fr, Sa, Su) after "-"`},
		{"Mo,Dec 24 09:00-17:00", 3, "a weekday (Mo, Tu, We, Th, Fr, Sa, Su) or PH"},
		{"Mo-Fr 09:00-17:00 Sa 10:00-14:00", 18, `";" or the end after a rule`},
		{"Mo-Fr 09:00-17:00; Feb 30 off", 23, "a day that Feb has"},
		{"Mo-Fr 09:00-17:00; 2026 Feb 29 off", 28, "a day that Feb has in 2026"},
		{"Mo-Fr 09:00-17:00; 1899 Dec 31 off", 19, "a year from 1900 to 2199"},
		{"Mo-Fr 09:00-17:00; 2026 off", 24, "a month (Jan to Dec)"},
		{"Mo-Fr 09:00-17:00; Dec 24-2027 Jan 02 off", 26, "a range with a year at its beginning too"},
		{"Mo-Fr 09:00-17:00; 2026 Dec 24-Jan 02 off", 31, "a range that ends on or after the day it begins on"},
		{"Mo-Fr 09:00-17:00; 2026 Dec 24,Jan 02 off", 31, "a year before the month, as the date before it has one"},
		{"Mo-Fr 09:00-17:00; Dec 241 off", 23, "a day of the month"},
		{"Moz 09:00-17:00", 0, "a weekday (Mo, Tu, We, Th, Fr, Sa, Su), PH, a date such as Dec 24 or 2026 Dec 24, a month, a week, or 24/7"},
		{"Mo~ 09:00-17:00", 2, `"-" instead of "~"`},
		{"Mo :30-17:00", 3, "a time as hh:mm, 00:00 to 48:00"},
		{"Mo 09", 3, "a time as hh:mm, such as 09:00"},
		{"Mo 09:", 3, "a time as hh:mm, 00:00 to 48:00"},
		{"Mo 09: 30-17:00", 3, "a time as hh:mm, 00:00 to 48:00"},
		{"Mo 24:00-06:00", 9, "a closing time after the opening time, up to 48:00"},
		{"Mo-Fr off", 0, "hours that open at least once from 1900 to 2199; these never open"},
		{"PH 10:00-14:00", 0, "hours that open at least once from 1900 to 2199; these never open"},
		{"Mo-Fr 09:00-17:00; Mo-Su off", 0, "hours that open at least once from 1900 to 2199; these never open"},
		{strings.Repeat("Mo off; ", 1000) + "Mo off", 8000, "at most 1000 rules, or dates in rules"},
		{"Mo 09:00-17:00; Dec 24" + strings.Repeat(",24", 1000) + " off", 3016, "at most 1000 rules, or dates in rules"},
		{"2199 Dec 31 22:00-23:00", 0, "hours that open at least once from 1900 to 2199; these never open"},
	} {
		zone := "UTC"
		if row.in == "2199 Dec 31 22:00-23:00" {
			zone = "America/New_York" // where that is in 2200 by UTC
		}
		_, err := calendar.New(zone, row.in)
		parse, ok := errors.AsType[*calendar.ParseError](err)
		if assert.True(t, ok, "%q gives %v", row.in, err) {
			assert.Equal(t, &calendar.ParseError{What: "hours", Text: row.in, Offset: row.offset, Want: row.want}, parse, row.in)
		}
	}
	_, err := calendar.New("UTC", "Mo-Fr 9-17")
	assert.EqualError(t, err, `calendar: parse hours "Mo-Fr 9-17" at byte 6: want a time as hh:mm, such as 09:00`)
	_, err = calendar.New("Europe/Bärlin", "Mo-Fr 9-17")
	assert.EqualError(t, err, `calendar: unknown zone "Europe/Bärlin": want a name of the IANA time zone database, such as Europe/Berlin, or UTC; `+
		`calendar: parse hours "Mo-Fr 9-17" at byte 6: want a time as hh:mm, such as 09:00`, "both faults at once")
	for _, zone := range []string{"", "Local", "localtime", "posixrules", "right/Europe/Berlin", "posix/Europe/Berlin"} {
		_, err = calendar.New(zone, "24/7")
		assert.EqualError(t, err, `calendar: zone "`+zone+`": want a name of the IANA time zone database, such as Europe/Berlin, or UTC`)
	}
}

// Common slips get a line that says what to write instead.
func TestHoursAdvice(t *testing.T) {
	for _, row := range []struct {
		in     string
		offset int
		want   string
	}{
		{"Mo-Fr 9:00-17:00", 6, `a time as hh:mm, such as 09:00`},
		{"Mo-Fr: 09:00-17:00", 5, `no colon here: write Mo-Fr 09:00-17:00`},
		{"Mo–Fr 09:00-17:00", 2, `"-" instead of "–"`},
		{"Mo-Fr 09:00–17:00", 11, `"-" instead of "–"`},
		{"Mo-Fr 9-17", 6, `a time as hh:mm, such as 09:00`},
		{"Mo-Fr 09-17", 6, `a time as hh:mm, such as 09:00`},
		{"Mo-Fr 09:00-17:00;", 18, `a rule after ";", or no ";" at the end`},
		{"Mo-Fr 09:00-17:00,", 18, `times such as 09:00-17:00, or off`},
		{"09:00-17:00", 0, `days before the times: Mo-Su 09:00-17:00 for every day`},
		{"9-17", 0, `days before the times: Mo-Su 09:00-17:00 for every day`},
		{"Mo-Fr 09:00-12:00, foo", 19, `a weekday (Mo, Tu, We, Th, Fr, Sa, Su), PH, a date such as Dec 24 or 2026 Dec 24, a month, a week, or 24/7`},
		{"Mo-Fr 09:00-12:00, 13-17", 19, `a time as hh:mm, such as 13:00`},
		{"Mon-Fri 09:00-17:00", 0, `Mo instead of "Mon"`},
		{"Montag 09:00-17:00", 0, `Mo instead of "Montag"`},
		{"Mo-Freitag 09:00-17:00", 3, `Fr instead of "Freitag"`},
		{"Di,Mi 09:00-17:00", 0, `Tu instead of "Di"`},
		{"Mo,Di 09:00-17:00", 3, `Tu instead of "Di"`},
		{"Mo-Fr 9am-5pm", 6, `times of 24 hours instead of "am", such as 17:00 for 5 pm`},
		{"Mo-Fr 09:00 AM-05:00 PM", 12, `times of 24 hours instead of "AM", such as 17:00 for 5 pm`},
		{"Mo-Fr 9:00am-5:00pm", 6, `times of 24 hours instead of "am", such as 17:00 for 5 pm`},
		{"Mo-Fr 00:00-00:00", 12, `a closing time other than the opening time (00:00-24:00 is a whole day)`},
		{"mo-fr 09:00-17:00", 0, `Mo instead of "mo"`},
		{"MO-FR 09:00-17:00", 0, `Mo instead of "MO"`},
		{"Mo-Fr 09.00-17.00", 6, `a time as hh:mm, such as 09:00`},
		{"Mo-Fr 0900-1700", 6, `a time as hh:mm, such as 09:00`},
		{"Mo-Fr 09:00-17:00 Uhr", 18, `no "Uhr" after the time`},
		{"Mo-Fr 09:00-17:00+", 17, `a closing time: an open end ("+") is not supported`},
		{"Mo-Fr 09:00+", 11, `a closing time: an open end ("+") is not supported`},
		{"Mo-Fr sunrise-sunset", 6, `a time as hh:mm: times of the sun are not supported`},
		{"SH off", 0, `dates such as 2026 Jul 20-Aug 31: school holidays are not supported`},
		{"Mo-Fr 09:00-17:00; SH off", 19, `dates such as 2026 Jul 20-Aug 31: school holidays are not supported`},
		{"easter off", 0, `PH, or a date such as 2026 Apr 05: "easter" is not supported`},
		{"Mo-Fr 09:00-17:00 || 10:00-12:00", 18, `";" and a later rule: a rule after "||" is not supported`},
		{"Mo-Fr 09:00-17:00 \"by phone\"", 18, `"open" or "off" before a comment: a comment alone makes hours uncertain`},
		{"daily 09:00-17:00", 0, `Mo-Su instead of "daily"`},
		{"weekends 09:00-12:00", 0, `Sa,Su instead of "weekends"`},
		{"Mo to Fr 09:00-17:00", 3, `"-" instead of "to"`},
		{"Mo-Fr 09:00 to 17:00", 12, `"-" instead of "to"`},
		{"Mo and We 09:00-17:00", 3, `"," instead of "and"`},
		{"24x7", 0, `24/7`},
		{"24h", 0, `24/7`},
		{"24/7 off", 5, `";" or the end after a rule`},
		{"Mo-Fr OFF", 6, `off instead of "OFF"`},
		{"Mo-Fr 09:00-17:00; ph off", 19, `PH instead of "ph"`},
		{"Mo-Fr 09:00-17:00; Mai 01 off", 19, `May instead of "Mai"`},
		{"Mo-Fr 09:00-17:00; December 24 off", 19, `Dec instead of "December"`},
		{"Mo-Fr 09:00-17:00; 24 Dec off", 19, `the month before the day: Dec 24`},
		{"Mo-Fr 09:00-17:00; 24.12. off", 19, `a date such as Dec 24`},
		{"Mo-Fr 09:00-17:00; 2026-12-24 off", 23, `a date such as 2026 Dec 24`},
		{"Mo-Fr 09:00-17:00; 2026 off", 24, `a month (Jan to Dec)`},
		{"Mo-Fr 09:00-17:00; Dec 24,Fr off", 26, `another date, or a blank instead of the comma: Dec 24 Mo-Fr`},
		{"Mo-Fr 09:00-17:00; Jul-Aug 15 off", 23, `a range of months or a range of days, such as Jul-Aug or Jul 01-Aug 15`},
		{"Mo-Fr 09:00-17:00; PH -2 days off", 23, `1 day, as in PH -1 day`},
		{"Mo-Fr 09:00-17:00; Dec 15-09 off", 26, `a range that ends on or after the day it begins on`},
		{"Mo-Fr 09:00-17:00; Aug,31 off", 23, `a month (Jan to Dec)`},
		{"Mo-Fr 09:00-17:00; PH -1 day,Mo off", 29, `weekdays before PH -1 day or PH +1 day in a list`},
		{"Mo-Fr 09:00-17:00; Fr[6] off", 22, `a number from 1 to 5, or from -1 for the last one to -5`},
		{"Mo-Fr 09:00-17:00; week 54 off", 24, `a week from 1 to 53`},
		{"Mo-Fr 09:00-17:00; week 53-02 off", 27, `a week from 53 on: a range ends with the year, as in week 50-53,01-02`},
		{"PH Mo-Fr 10:00-12:00", 3, `"," between weekdays and PH, or times`},
		{"Mo-Fr PH 10:00-12:00", 6, `"," between weekdays and PH, or times`},
		{"Mo-Fr", 5, `times such as 09:00-17:00, or off`},
		{"Mo-Fr 09:00-17:00; 12:00-13:00 off", 19, `days before the times: Mo-Su 09:00-17:00 for every day`},
		{"Mo-Fr 09:00-17:00 closed Sa", 25, `";" or the end after a rule`},
		{"Mo-Fr 09:00-17:00; Th-Fr[-1] off", 24, `one weekday before "[", as in Fr[-1]`},
		{"always", 0, `24/7 instead of "always"`},
		{"open", 0, `days before "open", such as Mo-Su`},
		{"off", 0, `days before "off", such as Mo-Su`},
		{"Mo-Fr 09:00-17:00; Feiertage geschlossen", 19, `PH instead of "Feiertage"`},
		{"Mo-Fr 24/7", 6, `24/7 without days, or 00:00-24:00 after them`},
		{"Mo-Fr 09:00/17:00", 11, `"-" and a closing time`},
		{"Mo-Fr 09:00-12:00 13:00-17:00", 18, `"," between times, or ";" after a rule`},
		{"Mo-Fr 09:00-17:00/18:00", 17, `";" or the end after a rule`},
		{"Monday 09:00-17:00", 0, `Mo instead of "Monday"`},
		{"So 10:00-12:00", 0, `Su instead of "So"`},
		{"Mo 9h-17h", 3, `a time as hh:mm, such as 09:00`},
		{"Mo-Fr 09h00-17h00", 6, `a time as hh:mm, such as 09:00`},
		{"Mo-Fr 09:00 - 17:00 Sat 10:00-12:00", 20, `Sa instead of "Sat"`},
		{"Mo-Fr 25:00", 11, `"-" and a closing time`},
		{"Mo-Fr 09:00-17:00. Sa 10:00-12:00", 17, `";" or the end after a rule`},
	} {
		_, err := calendar.New("UTC", row.in)
		assert.Equal(t, &calendar.ParseError{What: "hours", Text: row.in, Offset: row.offset, Want: row.want}, err, row.in)
	}
}

// FuzzHours holds that parsing never panics, that what parses has a canonical
// text, and that the canonical text parses to itself.
func FuzzHours(f *testing.F) {
	for _, seed := range []string{
		"24/7", "Mo-Fr 09:00-12:00,13:00-17:00; Sa 10:00-14:00", "Mo-Su 09:00-24:00", "Su-Th 10:00-18:00; PH off", "Mo-Fr 22:00-06:00",
		"Mo-Fr 09:00-17:00; Dec 24,31 09:00-12:00; 2026 Dec 28-2027 Jan 02 off; PH 10:00-14:00", "Su,PH 22:00-25:00,25:30-48:00",
		"2026 Dec 24-26,31,2027 Jan 04 off; Feb 29 closed", "PH off", "Mo off; Mo-Su off",
		"Jul-Aug Mo-Fr 08:00-15:00, Fr[-1] 16:00-18:00; week 01-53/2 We 12:00-13:00 off; PH -1 day 09:00-12:00 open \"short\"",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var canonical string
		var err error
		bounded(t, len(text), func() { canonical, err = calendar.ParseHours(text) })
		if err != nil {
			parse, ok := errors.AsType[*calendar.ParseError](err)
			if !ok || parse.Text != text || parse.Offset < 0 || parse.Offset > len(text) || strings.Contains(err.Error(), "\n") {
				t.Fatalf("%q gives a bad error: %v", text, err)
			}
			return
		}
		again, err := calendar.ParseHours(canonical)
		if err != nil || again != canonical {
			t.Fatalf("%q is %q, which is %q, %v", text, canonical, again, err)
		}
	})
}
