package calendar_test

import (
	"fmt"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
)

// breakers are runes and bytes that must not come into a text of one line.
func breakers() (all []string) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp) {
			all = append(all, string(r))
		}
	}
	return append(all, "\r\n", "\xff", "\xed\xa0\x80")
}

func requireOneLine(t *testing.T, text string) {
	t.Helper()
	require.True(t, utf8.ValidString(text), "%q", text)
	for _, r := range text {
		require.False(t, unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp), "%q", text)
	}
}

// A name of more than a line is refused, and the error is one line that quotes it.
func TestNamesOfOneLine(t *testing.T) {
	const want = "want a name of one line without control or bidi characters"
	require.Greater(t, len(breakers()), 70)
	for _, b := range breakers() {
		name := "Support" + b + "desk"
		_, err := calendar.New("UTC", "24/7", calendar.Named(name))
		assert.EqualError(t, err, fmt.Sprintf("calendar: name %q: %s", name, want))
		requireOneLine(t, err.Error())
		for how, combine := range map[calendar.Combination]func(string, ...*calendar.Calendar) (*calendar.Calendar, error){
			calendar.UnionOf: calendar.Union, calendar.IntersectionOf: calendar.Intersect,
		} {
			for _, parts := range [][]*calendar.Calendar{{calendar.AlwaysOpen()}, nil} {
				_, err = combine(name, parts...)
				assert.EqualError(t, err, fmt.Sprintf("calendar: %s %q: %s", how, name, want))
				requireOneLine(t, err.Error())
			}
		}
	}
	for _, name := range []string{"", "Berlin", "ヘルプデスク", "مكتب المساعدة", "קו תמיכה", "a  b", "no\u00a0break", "👩\u200d💻"} {
		c, err := calendar.New("UTC", "24/7", calendar.Named(name))
		require.NoError(t, err)
		assert.Equal(t, name, c.Name())
		_, err = calendar.Union(name, c)
		require.NoError(t, err)
	}
	_, err := calendar.New("Nowhere", "25", calendar.Named("a\nb"))
	assert.EqualError(t, err, `calendar: name "a\nb": `+want+
		`; calendar: unknown zone "Nowhere": want a name of the IANA time zone database, such as Europe/Berlin, or UTC`+
		`; calendar: parse hours "25" at byte 0: want days before the times: Mo-Su 09:00-17:00 for every day`)
	var parse *calendar.ParseError
	assert.ErrorAs(t, err, &parse, "each is wrapped")
}

// Texts that others wrote are shown without what breaks a line, and errors quote them.
func TestTextsOfOneLine(t *testing.T) {
	t.Parallel()
	for _, b := range breakers() {
		code := b + "DE" + b + b + "own" + b
		set := calendar.HolidayList(code, calendar.Holiday{Date: date("2026-01-01"), Name: "New" + b + "Year"})
		c, err := calendar.New("UTC", "Mo-Fr 09:00-17:00", calendar.Holidays(set, set))
		require.NoError(t, err)
		assert.Equal(t, code, c.HolidaySets()[0].Code(), "as it was written")
		shown := "DE own"
		if !utf8.ValidString(b) {
			shown = "\uFFFDDE\uFFFDown\uFFFD"
		}
		assert.Equal(t, "Mo-Fr 09:00-17:00 UTC, holidays "+shown+"+"+shown, c.String())
		all := calendar.Must(calendar.Union("all", c, calendar.AlwaysOpen()))
		for _, c := range []*calendar.Calendar{c, all} {
			requireOneLine(t, c.String())
			requireOneLine(t, c.Hours())
			text, err := c.MarshalText()
			require.NoError(t, err)
			requireOneLine(t, string(text))
		}
		_, err = c.Closing(date("2026-01-01"))
		requireOneLine(t, err.Error())
		_, err = c.At(date("2026-01-01"), 0)
		requireOneLine(t, err.Error())
		_, err = calendar.Intersect("", c, calendar.Must(calendar.New("UTC", "Sa 09:00-10:00", calendar.Holidays(set))))
		requireOneLine(t, err.Error())

		_, err = calendar.New("Europe"+b+"/Berlin", "Mo-Fr"+b+" 09:00-17:00 "+b)
		requireOneLine(t, err.Error())
		_, err = calendar.ParseDate("2026" + b)
		requireOneLine(t, err.Error())
	}
}
