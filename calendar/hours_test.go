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
		{"Mo-Fr 09:00-17:00; 2026 Dec 24,2027 Jan 04-08,11 off", "Mo-Fr 09:00-17:00; 2026 Dec 24,2027 Jan 04-08,11 off", "year and month are inherited"},
		{"Mo-Fr 09:00-17:00; 2026 Dec 24-24 off", "Mo-Fr 09:00-17:00; 2026 Dec 24 off", "a range of one date"},
		{"Mo-Fr 09:00-17:00; Feb 29 off", "Mo-Fr 09:00-17:00; Feb 29 off", "a date of some years"},
		{"Su,PH 10:00-14:00; Mo-Sa 09:00-17:00", "Su,PH 10:00-14:00; Mo-Sa 09:00-17:00", "weekdays and holidays in one list"},
		{"  Mo - Fr   09:00 - 17:00 ;\n Sa 10:00-14:00\n", "Mo-Fr 09:00-17:00; Sa 10:00-14:00", "white space does not matter"},
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
		{"", 0, "a weekday (Mo, Tu, We, Th, Fr, Sa, Su), PH, a date such as Dec 24 or 2026 Dec 24, or 24/7"},
		{"Mon-Fri 09:00-17:00", 0, "a weekday (Mo, Tu, We, Th, Fr, Sa, Su), PH, a date such as Dec 24 or 2026 Dec 24, or 24/7"},
		{"09:00-17:00", 0, "a weekday (Mo, Tu, We, Th, Fr, Sa, Su), PH, a date such as Dec 24 or 2026 Dec 24, or 24/7"},
		{"Mo-Fr", 5, "a time as hh:mm, 00:00 to 48:00"},
		{"Mo-Fr 9-17", 6, "a time as hh:mm, 00:00 to 48:00"},
		{"Mo-Fr 09:00", 11, `"-" and a closing time`},
		{"Mo-Fr 09:00–17:00", 11, `"-" and a closing time`},
		{"Mo-Fr 09:00-17:60", 12, "a time as hh:mm, 00:00 to 48:00"},
		{"Mo-Fr 09:00-48:01", 12, "a time as hh:mm, 00:00 to 48:00"},
		{"Mo-Fr 09:00-09:00", 12, "a closing time other than the opening time (00:00-24:00 is a whole day)"},
		{"Mo-Fr 26:00-25:00", 12, "a closing time after the opening time, up to 48:00"},
		{"Mo-Xx 09:00-17:00", 3, `a weekday (Mo, Tu, We, Th, Fr, Sa, Su) after "-"`},
		{"Mo,Dec 24 09:00-17:00", 3, "a weekday (Mo, Tu, We, Th, Fr, Sa, Su) or PH"},
		{"Mo-Fr 09:00-17:00;", 18, "a weekday (Mo, Tu, We, Th, Fr, Sa, Su), PH, a date such as Dec 24 or 2026 Dec 24, or 24/7"},
		{"Mo-Fr 09:00-17:00 Sa 10:00-14:00", 18, `";" or the end after a rule`},
		{"Mo-Fr 09:00-17:00; Feb 30 off", 23, "a day that Feb has"},
		{"Mo-Fr 09:00-17:00; 2026 Feb 29 off", 28, "a day that Feb has in 2026"},
		{"Mo-Fr 09:00-17:00; 1899 Dec 31 off", 19, "a year from 1900 to 2199"},
		{"Mo-Fr 09:00-17:00; 2026 off", 24, "a month (Jan to Dec) after the year"},
		{"Mo-Fr 09:00-17:00; Dec off", 23, "a day of the month"},
		{"Mo-Fr 09:00-17:00; Dec 24-2027 Jan 02 off", 26, "a range with a year at its beginning too"},
		{"Mo-Fr 09:00-17:00; 2026 Dec 24-Jan 02 off", 31, "a range that ends on or after the day it begins on"},
		{"Mo-Fr 09:00-17:00; 2026 Dec 24,Jan 02 off", 31, "a year before the month, as the date before it has one"},
		{"Mo-Fr 09:00-17:00; easter off", 19, "a weekday (Mo, Tu, We, Th, Fr, Sa, Su), PH, a date such as Dec 24 or 2026 Dec 24, or 24/7"},
		{"Mo-Fr 09:00-17:00; Dec 241 off", 23, "a day of the month"},
		{"Moz 09:00-17:00", 0, "a weekday (Mo, Tu, We, Th, Fr, Sa, Su), PH, a date such as Dec 24 or 2026 Dec 24, or 24/7"},
		{"Mo~ 09:00-17:00", 2, "a time as hh:mm, 00:00 to 48:00"},
		{"Mo :30-17:00", 3, "a time as hh:mm, 00:00 to 48:00"},
		{"Mo 09", 3, "a time as hh:mm, 00:00 to 48:00"},
		{"Mo 09:", 3, "a time as hh:mm, 00:00 to 48:00"},
		{"Mo 09: 30-17:00", 3, "a time as hh:mm, 00:00 to 48:00"},
		{"Mo 24:00-06:00", 9, "a closing time after the opening time, up to 48:00"},
		{"Mo-Fr off", 0, "hours that open at least once from 1900 to 2199; these never open"},
		{"PH 10:00-14:00", 0, "hours that open at least once from 1900 to 2199; these never open"},
		{"Mo-Fr 09:00-17:00; Mo-Su off", 0, "hours that open at least once from 1900 to 2199; these never open"},
		{strings.Repeat("Mo off; ", 1000) + "Mo off", 7999, "at most 1000 rules, or dates in rules"},
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
	assert.EqualError(t, err, `calendar: parse hours "Mo-Fr 9-17" at byte 6: want a time as hh:mm, 00:00 to 48:00`)
	_, err = calendar.New("Europe/Bärlin", "Mo-Fr 9-17")
	assert.EqualError(t, err, `calendar: unknown zone "Europe/Bärlin": want a name of the IANA time zone database, such as Europe/Berlin, or UTC; `+
		`calendar: parse hours "Mo-Fr 9-17" at byte 6: want a time as hh:mm, 00:00 to 48:00`, "both faults at once")
	for _, zone := range []string{"", "Local", "localtime", "posixrules", "right/Europe/Berlin", "posix/Europe/Berlin"} {
		_, err = calendar.New(zone, "24/7")
		assert.EqualError(t, err, `calendar: zone "`+zone+`": want a name of the IANA time zone database, such as Europe/Berlin, or UTC`)
	}
}

// FuzzHours holds that parsing never panics, that what parses has a canonical
// text, and that the canonical text parses to itself.
func FuzzHours(f *testing.F) {
	for _, seed := range []string{
		"24/7", "Mo-Fr 09:00-12:00,13:00-17:00; Sa 10:00-14:00", "Mo-Su 09:00-24:00", "Su-Th 10:00-18:00; PH off", "Mo-Fr 22:00-06:00",
		"Mo-Fr 09:00-17:00; Dec 24,31 09:00-12:00; 2026 Dec 28-2027 Jan 02 off; PH 10:00-14:00", "Su,PH 22:00-25:00,25:30-48:00",
		"2026 Dec 24-26,31,2027 Jan 04 off; Feb 29 closed", "PH off", "Mo off; Mo-Su off",
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
