package page

import (
	"context"
	"flag"
	"fmt"
	"go/format"
	"html"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
)

// No word is missing in any language, and each says as much as in the others.
func TestWords(t *testing.T) {
	for i := range languages() {
		v, english := reflect.ValueOf(*languages()[i]), reflect.ValueOf(*languages()[0])
		for f := range v.NumField() {
			name := v.Type().Field(f).Name
			if name != "Texts" && name != "Fields" { // which are English
				assert.False(t, v.Field(f).IsZero(), "%s in %s", name, languages()[i].Name)
			}
			switch v.Field(f).Kind() {
			case reflect.String:
				for _, verb := range []string{"%[1]", "%[2]", "%[3]"} { // each once, or not at all, in any order
					assert.Equal(t, strings.Count(english.Field(f).String(), verb), strings.Count(v.Field(f).String(), verb), name)
				}
			case reflect.Map:
				assert.True(t, name != "Fields" || i == 0 || v.Field(f).Len() == reflect.ValueOf(*languages()[1]).Field(f).Len(), name)
				for _, key := range english.Field(f).MapKeys() {
					assert.True(t, v.Field(f).MapIndex(key).IsValid(), "%s of %s in %s", key, name, languages()[i].Name)
				}
			case reflect.Array:
				for k := range v.Field(f).Len() {
					assert.NotEmpty(t, v.Field(f).Index(k).String(), "%s in %s", name, languages()[i].Name)
				}
			}
		}
	}
}

// A wall time is an instant as in R7, wherever the clock is changed.
func TestInstant(t *testing.T) {
	for _, row := range []struct{ text, zone, want, why string }{
		{"2024-03-28T15:00", "Europe/Berlin", "2024-03-28T15:00:00+01:00", "winter"},
		{"2024-03-28T15:00:30", "Europe/Berlin", "2024-03-28T15:00:30+01:00", "with seconds"},
		{"2024-03-31T02:30", "Europe/Berlin", "2024-03-31T03:00:00+02:00", "skipped: the first after it"},
		{"2024-10-27T02:30", "Europe/Berlin", "2024-10-27T02:30:00+02:00", "repeated: the first"},
		{"2018-11-04T00:30", "America/Sao_Paulo", "2018-11-04T01:00:00-02:00", "a midnight that is skipped"},
		{"2024-03-28 15:00", "Europe/Berlin", "“2024-03-28 15:00” is not a date with a time of day. Write it like 2024-03-28T15:00.", "not as a browser writes it"},
		{"2024-03-28T15:00", "Berlin", "There is no time zone “Berlin”. Write it like Europe/Berlin, or UTC.", "no such zone"},
		{"2011-12-30T12:00", "Pacific/Apia", "There was no such day as “2011-12-30T12:00” in “Pacific/Apia”.", "no such date there"},
		{"1899-12-31T12:00", "UTC", "Times must be between 1900 and 2199.", "R9"},
	} {
		got, err := instant(row.text, row.zone)
		if want, bad := time.Parse(time.RFC3339, row.want); bad != nil {
			require.Error(t, err, row.why)
			assert.Equal(t, row.want, languages()[0].say(err), row.why)
		} else if assert.NoError(t, err) {
			assert.True(t, want.Equal(got), "%v, want %v: %s", got, want, row.why)
		}
	}
}

// doneAfter is a context that is done once it was asked so many times.
type doneAfter struct {
	context.Context
	left, asked int
}

func (c *doneAfter) Err() error {
	if c.asked++; c.asked > c.left {
		return context.Canceled
	}
	return nil
}

// A page whose reader has gone is left after the step that it is in.
func TestWriteStops(t *testing.T) {
	now := time.Date(2024, 3, 28, 14, 0, 30, 0, time.UTC)
	for _, row := range []struct {
		address string
		checks  int // whether it is done: before and after all, and between the steps
		why     string
	}{
		{"severity=B&opened=2024-03-28T10:00", 7, "all of it: catalog, clock, status, explanation, picture, text"},
		{"severity=B&opened=2024-03-28T10:00&at=2024-03-28T10:10&event=responded&at=2024-03-28T10:20&event=paused&now=2024-03-28T12:00", 9, "two events, too, which tell how long the picture is"},
		{"severity=B&opened=2000-03-28T10:00", 5, "no explanation, as it would be too long"},
		{"severity=B&opened=never", 3, "no status, as there is no clock"},
		{"catalog=%7B", 2, "no clock, as there is no catalog"},
	} {
		var page strings.Builder
		for left := range row.checks {
			ctx := &doneAfter{t.Context(), left, 0}
			require.ErrorIs(t, Write(ctx, &page, Parse(row.address), now, 360), context.Canceled, "%s: %d", row.why, left)
			require.Zero(t, page.Len(), row.why)
			require.LessOrEqual(t, ctx.asked, left+3, "%s: %d: it goes on", row.why, left) // each caller looks
		}
		ctx := &doneAfter{t.Context(), row.checks, 0}
		require.NoError(t, Write(ctx, &page, Parse(row.address), now, 360), row.why)
		require.NotZero(t, page.Len(), row.why)
	}
	// What was not begun is not there.
	for left, begun := range []string{"", "", "status", "status and reasons", "status, reasons and picture", "status, reasons, picture and text"} {
		v, catalog, err := read(Parse(""), now)
		require.NoError(t, err)
		err = v.answer(&doneAfter{t.Context(), left, 0}, catalog, now, 360)
		if left < 5 {
			require.ErrorIs(t, err, context.Canceled)
		} else {
			require.NoError(t, err)
		}
		assert.Equal(t, strings.Contains(begun, "status"), !v.State.At.IsZero(), left)
		assert.Equal(t, strings.Contains(begun, "reasons"), v.Why != nil, left)
		assert.Equal(t, strings.Contains(begun, "picture"), v.Picture != "", left)
		assert.Equal(t, strings.Contains(begun, "text"), v.Text != "", left)
	}
}

// Whatever stands in an address, there is a page, and the address of the page asks the
// same.
func FuzzPage(f *testing.F) {
	for _, seed := range []string{
		"", "lang=zh&moniker=o365-21vianet&severity=B&opened=2020-05-27T20:00&zone=Asia/Shanghai&second=Europe/London",
		"severity=C&opened=2024-03-28T15:00&zone=Europe/Berlin&now=2024-04-08T15:00&at=2024-03-28T16:00&event=severity-changed&to=B&note=%3Cscript%3E",
		"severity=B&opened=2199-12-31T12:00&zone=Pacific/Apia", "catalog=%7B%22version%22:%221%22%7D", "second=0", "lang=de&page=offices&country=jp", "terms=own&severity=P3&metric=resolution&opened=2024-03-28T15:00&now=2024-04-28T15:00", "severity=A&opened=1900-01-01T00:00&now=2199-12-31T00:00&zone=UTC",
	} {
		f.Add(seed)
	}
	now := time.Date(2024, 3, 28, 14, 0, 30, 0, time.UTC)
	f.Fuzz(func(t *testing.T, address string) {
		q := Parse(address)
		var page, again strings.Builder
		require.NoError(t, Write(t.Context(), &page, q, now, 360))
		require.NoError(t, Write(t.Context(), &again, Parse(q.Values().Encode()), now, 360))
		if q.fault == nil && len(q.unknown) == 0 {
			require.Equal(t, page.String(), again.String())
		}
		require.NotContains(t, page.String(), "<script>")
		_, left, found := strings.Cut(page.String(), `<span id="countdown" role="timer">`)
		require.True(t, found || !strings.Contains(page.String(), "<time datetime"), "a due time has a countdown")
		if left, _, _ = strings.Cut(left, "</span>"); found {
			require.Equal(t, html.UnescapeString(left), Countdown(q, now)(now.Truncate(time.Minute)))
		}
	})
}

// Each text of the published terms and offices that a reader sees is there in each language.
func TestTexts(t *testing.T) {
	var texts, names []string
	for policy := range sla.Published().Policies() {
		for _, term := range policy.Terms {
			texts = append(texts, term.FollowUp, term.Duties, sourceOf(term.Source).Note)
		}
		for _, none := range policy.None {
			texts = append(texts, none.Reason, sourceOf(none.Source).Note)
		}
		names = append(names, string(policy.Moniker), string(policy.Plan))
	}
	for _, o := range region.Offices() {
		texts = append(texts, o.Notes...)
		for _, l := range slices.Concat(o.Technical, o.Billing) {
			names = append(names, l.Language)
			for i := range languages() {
				if l.Hours != "Mo 12:00-24:00; Tu-Fr 00:00-24:00; Sa 00:00-12:00" {
					_, ok := languages()[i].openings(l.Hours)
					assert.True(t, ok, l.Hours)
				}
			}
		}
	}
	for i := range languages()[1:] {
		w := languages()[i+1]
		for _, text := range texts {
			assert.True(t, text == "" || w.text(text) != "", "%q in %s", text, w.Name)
		}
		for _, name := range names {
			assert.NotEmpty(t, w.Names[name], "%q in %s", name, w.Name)
		}
	}
}

// Each holiday of the published clouds has a name in the language of the page.
func TestHolidayNames(t *testing.T) {
	for _, code := range []string{"CN", "DE-BE"} {
		set, err := holiday.Lookup(code)
		require.NoError(t, err)
		for year := 1950; year < 2100; year++ {
			for _, h := range set.Year(year) {
				for _, w := range languages() {
					assert.NotEmpty(t, w.Holidays[h.Name], "%q in %s", h.Name, w.Name)
				}
			}
		}
	}
}

// Dates, times and durations have one form in each language, and business time has no days.
func TestFormats(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	at := time.Date(2024, 4, 2, 15, 0, 0, 0, berlin)
	for i, want := range []string{"Tuesday, 2 April 2024, 15:00", "Dienstag, 2. April 2024, 15:00 Uhr", "2024年4月2日星期二 15:00"} {
		assert.Equal(t, want, languages()[i].moment(at))
	}
	assert.Equal(t, "15:00:30", clock(at.Add(30*time.Second)))
	assert.Equal(t, "2024-04-02T09:00", Wall(at, "America/New_York"))
	assert.Empty(t, Wall(at, "Mars"))
	assert.Equal(t, "2024-04-02T21:00", Moved("2024-04-02T15:00", "Europe/Berlin", "Asia/Shanghai"))
	for _, zones := range [][2]string{{"Mars", "UTC"}, {"UTC", "Mars"}} {
		assert.Equal(t, "2024-04-02T15:00", Moved("2024-04-02T15:00", zones[0], zones[1]), "as it is")
	}
	assert.Equal(t, "soon", Moved("soon", "UTC", "UTC"))
	for zone, want := range map[string]string{"Europe/Berlin": "Europe/Berlin, UTC+2", "Asia/Kathmandu": "Asia/Kathmandu, UTC+5:45", "America/St_Johns": "America/St_Johns, UTC-2:30", "UTC": "UTC"} {
		there, err := time.LoadLocation(zone)
		require.NoError(t, err)
		assert.Equal(t, want, place(at.In(there)))
	}
	en, de, zh := languages()[0], languages()[1], languages()[2]
	hours := func(zone, text string) *calendar.Calendar { return calendar.Must(calendar.New(zone, text)) }
	of := func(target, text string) sla.Term {
		return sla.Term{Target: sla.MustParseTarget(target), Calendar: hours("UTC", text)}
	}
	for _, row := range []struct{ got, want, why string }{
		{en.hours(37*time.Hour + 30*time.Minute), "37 h 30 min", "five business days of which 13:30 are used: no days"},
		{en.hours(59*time.Minute + 59*time.Second), "59 min", "no seconds"},
		{en.hours(9*time.Minute + 59*time.Second), "9 min 59 s", "seconds in the last minutes"},
		{en.hours(0), "0 s", "nothing"},
		{en.span(102*time.Hour + 30*time.Minute), "4 days 6 h 30 min", "on the wall a day is 24 hours"},
		{en.span(24 * time.Hour), "1 day", "one"},
		{de.span(25 * time.Hour), "1 Tag 1 h", "in German"},
		{zh.hours(90 * time.Minute), "1 小时 30 分钟", "in Chinese"},
		{en.target(of("1bd", "Mo-Fr 09:00-17:00")), "1 business day", ""},
		{de.target(of("5bd", "Mo-Fr 09:00-17:00")), "5 Arbeitstage", ""},
		{en.target(of("90m", "Mo-Fr 09:00-17:00")), "1 h 30 min", ""},
		{en.target(of("0bd@close", "Mo-Fr 09:00-17:00")), "the same business day, at closing time", ""},
		{en.target(of("8h wall", "Mo-Fr 09:00-17:00")), "8 h of real time", ""},
		{en.target(of("1bd 4h", "Mo-Fr 09:00-17:00")), "1 business day, 4 h", ""},
		{de.target(of("3d@16:00", "Mo-Fr 09:00-17:00")), "3 Kalendertage, 16:00", ""},
		{en.target(of("2h before 14:00 else 1bd@close", "Mo-Fr 09:00-17:00")), "2 h if it starts before 14:00, otherwise 1 business day, at closing time", ""},
		{zh.target(of("1h in hours else 0bd@12:00", "Mo-Fr 09:00-17:00")), "服务时间内提交则为 1 小时，否则为 同一工作日、12:00", ""},
		{en.target(of("1bd@16:00", "Mo-Fr 09:00-17:00")), "1 business day, 16:00", ""},
		{en.target(of("1bd", "24/7")), "1 day, weekends included", "each day is one of business"},
		{de.target(of("2bd", "24/7")), "2 Tage, auch am Wochenende", ""},
		{en.momentIn(at, hours("UTC", "Mo 09:00-17:00")), "Tuesday, 2 April 2024, 15:00 (13:00 UTC)", "by another clock, too"},
		{en.momentIn(at, hours("UTC", "24/7")), "Tuesday, 2 April 2024, 15:00", "which does not matter where nothing closes"},
		{de.momentIn(at.Add(8*time.Hour), hours("Asia/Tokyo", "Mo 09:00-17:00")), "Dienstag, 2. April 2024, 23:00 Uhr (Mittwoch, 06:00 Asia/Tokyo)", "on another day"},
		{en.momentIn(at, hours("Europe/Paris", "Mo 09:00-17:00")), "Tuesday, 2 April 2024, 15:00", "once"},
	} {
		assert.Equal(t, row.want, row.got, row.why)
	}
	for hours, want := range map[string][3]string{
		"24/7":                      {"round the clock", "rund um die Uhr", "全天候"},
		"Mo-Fr 09:00-17:00":         {"Monday to Friday 09:00–17:00", "Montag bis Freitag 09:00–17:00", "周一至周五 09:00–17:00"},
		"Mo-Su 09:00-24:00":         {"every day 09:00–24:00", "täglich 09:00–24:00", "每天 09:00–24:00"},
		"Mo,We 09:00-12:00; Fr off": {"Monday, Wednesday 09:00–12:00; Friday closed", "Montag, Mittwoch 09:00–12:00; Freitag geschlossen", "周一、周三 09:00–12:00; 周五 关闭"},
	} {
		for i := range languages() {
			got, ok := languages()[i].openings(hours)
			assert.True(t, ok, hours)
			assert.Equal(t, want[i], got)
		}
	}
	set, err := holiday.Lookup("DE-BE")
	require.NoError(t, err)
	v := &view{Question: Question{Language: "en"}, W: en}
	assert.Equal(t, "round the clock", string(v.calendar(hours("Europe/Berlin", "24/7"))))
	kept := calendar.Must(calendar.New("Europe/Berlin", "24/7", calendar.Holidays(set)))
	assert.Equal(t, "round the clock (Europe/Berlin), except public holidays (Berlin)", string(v.calendar(kept)), "it closes")
	_, ok := en.openings("Aug off")
	assert.False(t, ok, "the notation is shown")
}

// In no language an error has words of the library, such as its prefixes.
func TestProblems(t *testing.T) {
	now := time.Date(2024, 3, 28, 14, 0, 30, 0, time.UTC)
	for _, address := range []string{
		"zone=Mars", "opened=soon", "opened=2199-12-31T23:59&zone=Europe/Berlin", "severity=%zz", "zone=UTC&zone=UTC",
		"severity=B&opened=2024-03-28T15:00&at=2024-03-28T16:00&event=reply", "severity=B&opened=2024-03-28T15:00&at=2024-03-28T14:00&event=paused", "severity=B&opened=2024-03-28T15:00&at=2024-03-28T14:00",
		"moniker=o365-worldwide&severity=C&opened=2024-03-28T15:00", "moniker=o365-germany&category=billing&severity=A&opened=2024-03-28T15:00",
	} {
		for _, language := range []string{"en", "de", "zh"} {
			q := Parse(address + "&lang=" + language).filled()
			v, catalog, err := read(q, now)
			if catalog != nil {
				err = v.answer(t.Context(), catalog, now, 720)
			}
			text := v.Problem
			if err != nil {
				text = v.W.say(err)
			}
			require.NotEmpty(t, text, address)
			for _, prefix := range []string{"sla:", "calendar:", "region:", "ticket:", "want ", "%!"} {
				assert.NotContains(t, text, prefix, address)
			}
			assert.NotEqual(t, language == "zh", strings.IndexFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) < 0, "%s: %s", address, text)
		}
	}
}

// A calendar file is one that RFC 5545 describes, and the code in Go gives the due time.
func TestExports(t *testing.T) {
	now := time.Date(2024, 3, 28, 14, 30, 0, 0, time.UTC)
	of := func(address string) *view {
		v, catalog, err := read(Parse(address).filled(), now)
		require.NoError(t, err)
		require.NoError(t, v.answer(t.Context(), catalog, now, 720))
		return v
	}
	v := of("lang=zh&severity=B&opened=2024-03-28T15:00&zone=Europe/Berlin")
	file, err := url.PathUnescape(strings.TrimPrefix(string(v.CalendarFile), "data:text/calendar;charset=utf-8,"))
	require.NoError(t, err)
	for line := range strings.SplitSeq(strings.TrimSuffix(file, "\r\n"), "\r\n") {
		assert.LessOrEqual(t, len(line), 75, line)
		assert.NotContains(t, line, "\n")
	}
	unfolded := strings.ReplaceAll(file, "\r\n ", "")
	assert.Contains(t, unfolded, "\r\nDTSTART:20240402T130000Z\r\n")
	assert.Contains(t, unfolded, "\r\nDESCRIPTION:"+v.Asked()+"\r\n")
	assert.Equal(t, `opened, err := time.Parse(time.RFC3339, "2024-03-28T15:00:00+01:00")
due, err := sla.Due(sla.SeverityB, opened, region.Germany)
fmt.Println(due, err)
`, v.GoCode)
	var program strings.Builder
	program.WriteString("package main\n\nfunc main() {\n")
	for _, address := range []string{
		"severity=B", "moniker=o365-21vianet&plan=standard&category=billing&severity=C", "moniker=o365-worldwide&country=FR&severity=A",
		"severity=C&at=2024-03-28T16:00&event=paused&to=&at=2024-04-02T10:00&event=severity-changed&to=A", "terms=own&severity=P3&metric=resolution",
	} {
		v := of(address + "&opened=2024-03-28T15:00&zone=Europe/Berlin")
		require.NotEmpty(t, v.GoCode, address)
		fmt.Fprintf(&program, "{\n%s}\n", v.GoCode)
	}
	program.WriteString("}\n")
	_, err = format.Source([]byte(program.String()))
	require.NoError(t, err, program.String())
}

var update = flag.Bool("update", false, "write the golden file anew")

// The answer and its reasons, in each language and each state that a request can be in. The
// sentences are for readers to judge; that they are the same as before is what the test says.
func TestReasons(t *testing.T) {
	var b strings.Builder
	for _, row := range []struct{ name, address string }{
		{"Germany, B, before Easter", "severity=B&opened=2024-03-28T15:00&now=2024-03-28T15:30"},
		{"Germany, A, at night", "severity=A&opened=2024-03-28T22:00&now=2024-03-28T22:30"},
		{"Germany, C, on a holiday", "severity=C&opened=2024-04-01T11:00&now=2024-04-01T11:30"},
		{"Germany, B, outside the hours while it runs", "severity=B&opened=2024-03-28T15:00&now=2024-03-30T12:00"},
		{"Germany, B, not opened yet", "severity=B&opened=2024-03-28T15:00&now=2024-03-27T15:00"},
		{"Germany, A, paused", "severity=A&opened=2024-03-28T10:00&at=2024-03-28T10:20&event=paused&now=2024-03-28T11:30"},
		{"Germany, B, paused and resumed", "severity=B&opened=2024-03-28T10:00&at=2024-03-28T11:00&event=paused&at=2024-03-28T13:00&event=resumed&now=2024-03-28T14:00"},
		{"Germany, C, changed to A too late", "severity=C&opened=2024-03-28T10:00&at=2024-03-28T15:00&event=severity-changed&to=A&now=2024-03-28T16:00"},
		{"Germany, B, answered in time", "severity=B&opened=2024-03-28T15:00&at=2024-03-28T16:00&event=responded&now=2024-03-29T12:00"},
		{"Germany, A, answered too late", "severity=A&opened=2024-03-28T10:00&at=2024-03-28T14:00&event=responded&now=2024-03-28T15:00"},
		{"Germany, B, at night before Christmas", "severity=B&opened=2024-12-24T20:00&now=2024-12-24T20:30"},
		{"Germany, A, paused after the due time", "severity=A&opened=2024-03-28T10:00&at=2024-03-28T12:00&event=paused&now=2024-03-28T15:00"},
		{"Germany, B, with an event to come", "severity=B&opened=2024-03-28T10:00&at=2024-03-29T12:00&event=paused&now=2024-03-28T15:00"},
		{"Germany, B, with events that change nothing", "severity=B&opened=2024-03-28T10:00&at=2024-03-28T11:00&event=resumed&at=2024-03-28T12:00&event=paused&at=2024-03-28T12:30&event=paused&at=2024-03-28T13:00&event=severity-changed&to=&to=&to=&to=B&now=2024-03-28T15:00"},
		{"Germany, B, overdue", "severity=B&opened=2024-03-28T15:00&now=2024-04-03T12:00"},
		{"Germany, B, cancelled", "severity=B&opened=2024-03-28T15:00&at=2024-03-28T16:00&event=cancelled&now=2024-03-29T12:00"},
		{"Germany, A, at a time that was skipped", "severity=A&opened=2024-03-31T02:30&now=2024-03-31T04:00"},
		{"China, B, seen from Berlin", "moniker=o365-21vianet&severity=B&opened=2026-11-28T18:00&zone=Europe/Berlin&now=2026-11-28T18:10"},
		{"China, A, in Beijing", "moniker=o365-21vianet&severity=A&opened=2026-11-28T18:00&now=2026-11-28T18:10"},
		{"China, standard, C, billing, over National Day", "moniker=o365-21vianet&plan=standard&category=billing&severity=C&opened=2024-09-30T16:00&now=2024-09-30T16:30"},
		{"Worldwide, B, over a change of the clock", "moniker=o365-worldwide&severity=B&opened=2024-10-26T20:00&zone=Europe/Berlin&now=2024-10-26T20:10"},
		{"Worldwide, A", "moniker=o365-worldwide&severity=A&opened=2024-03-28T10:00&zone=UTC&now=2024-03-28T10:10"},
		{"Worldwide, C", "moniker=o365-worldwide&severity=C&opened=2024-03-28T10:00&zone=UTC&now=2024-03-28T10:10"},
		{"Germany, billing, A", "category=billing&severity=A&opened=2024-03-28T10:00&now=2024-03-28T10:10"},
		{"own terms", "terms=own&severity=P2&metric=resolution&opened=2026-03-26T15:00&zone=Europe/Berlin&now=2026-03-26T15:30"},
	} {
		fmt.Fprintf(&b, "# %s\n?%s\n", row.name, row.address)
		for _, w := range languages() {
			var page strings.Builder
			q := Parse(row.address + "&lang=" + w.Code)
			require.NoError(t, Write(t.Context(), &page, q, time.Now(), 720))
			_, answer, _ := strings.Cut(page.String(), `<section id="answer"`)
			answer, rest, _ := strings.Cut(answer, "</section>")
			_, why, _ := strings.Cut(rest, `<section id="why"`)
			why, _, _ = strings.Cut(why, "</section>")
			b.WriteString("\n")
			for line := range strings.SplitSeq("<x"+answer+"\n<x"+why, "\n") {
				if text := strings.TrimSpace(html.UnescapeString(tags.ReplaceAllString(line, ""))); text != "" {
					b.WriteString(text + "\n")
				}
			}
		}
		b.WriteString("\n")
	}
	file := filepath.Join("testdata", "reasons.golden")
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), b.String(), "run with -update if the new sentences are better")
}

var tags = regexp.MustCompile("<[^>]*>")

// An office is open if one of its lines is, until the last of them closes. Otherwise it opens
// with the first.
func TestOffice(t *testing.T) {
	of := func(country, now string) *officeView {
		at, err := time.Parse(time.RFC3339, now)
		require.NoError(t, err)
		return officesPage(Question{Language: "en", Country: country}, at).Office
	}
	for _, row := range []struct {
		country, now string
		open         bool
		when         string
	}{
		{"FR", "2024-04-02T10:00:00Z", true, "French until Tuesday, 2 April 2024, 21:00 · English round the clock"},
		{"fr", "2024-04-01T10:00:00Z", true, "English round the clock"}, // Easter Monday
		{"DE", "2026-12-01T09:00:00Z", true, "German until Tuesday, 1 December 2026, 21:00 · English round the clock"},
		{"JP", "2024-04-02T01:00:00Z", true, "Japanese, English round the clock · Other Plans until Tuesday, 2 April 2024, 17:30"},
	} {
		o := of(row.country, row.now)
		assert.Equal(t, row.open, o.Open, row.country)
		assert.Equal(t, row.when, o.When, row.country)
	}
	v := officesPage(Question{Language: "en", Country: "DE", Now: "2024-03-28T18:30"}, time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC))
	assert.Equal(t, "Times of Europe/Berlin, UTC+1, as of Thursday, 28 March 2024, 18:30.", v.Office.AsOf, "the time asked for, in the zone of the office")
	v = officesPage(Question{Language: "en", Country: "DE", Now: "soon"}, time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC))
	assert.Equal(t, []string{"“soon” is not a date with a time of day. Write it like 2024-03-28T15:00."}, v.Notices)
	assert.Contains(t, v.Office.AsOf, "28 November 2026")
	var o officeView
	early, late := time.Date(2024, 4, 2, 9, 0, 0, 0, time.UTC), time.Date(2024, 4, 2, 17, 0, 0, 0, time.UTC)
	o.sum([]line{{When: "late", next: late}, {When: "early", next: early}}, ", ")
	assert.Equal(t, officeView{When: "early"}, o)
	o = officeView{}
	o.sum([]line{{Language: "x", Open: true, When: "early", next: early}, {When: "soon"}, {Language: "y", Open: true, When: "late", next: late}, {Language: "z", Open: true, When: "early", next: early}}, ", ")
	assert.Equal(t, officeView{Open: true, When: "x, z early · y late"}, o)
	for _, office := range region.Offices() {
		shown := of(office.Name, "2024-04-02T10:00:00Z")
		for _, p := range slices.Concat(shown.Phones, shown.Others) {
			assert.Regexp(t, `^\+?\d{3,}$`, p.Address, office.Name)
		}
	}
	assert.Equal(t, []phone{{Number: "157 0011", Address: "1570011", Then: "then 877 857 3235"}}, of("BD", "2024-04-02T10:00:00Z").Phones)
	nepal := of("NP", "2024-04-02T10:00:00Z")
	assert.Empty(t, nepal.Phones)
	assert.Empty(t, nepal.Support)
}

// A fault of a catalog says in each language what the field has, by its path.
func TestFaultText(t *testing.T) {
	for language, want := range map[string]string{
		"en": `Line 3, column 31 <code>calendars.x.zone</code>: &#34;Berlin&#34; – wanted: a name`,
		"de": `Zeile 3, Spalte 31 <code>calendars.x.zone</code> – Das passt hier nicht. Erwartet: eine Zeitzone, etwa „Europe/Berlin“ oder „UTC“<br><small><span lang="en">&#34;Berlin&#34;: want a name</span></small>`,
		"zh": `第 3 行，第 31 列 <code>calendars.x.zone</code> – 此处不适用。 应为： 时区，例如“Europe/Berlin”或“UTC”<br><small><span lang="en">&#34;Berlin&#34;: want a name</span></small>`,
	} {
		v := &view{Question: Question{Language: language}, W: wordsOf(language)}
		assert.Equal(t, want, string(v.FaultText(sla.Fault{Path: "calendars.x.zone", Text: `"Berlin"`, Want: "a name", Line: 3, Column: 31})))
		list := string(v.FaultText(sla.Fault{Path: "policies[0].terms[1].alarms[2]", Text: "missing", Want: "a name"}))
		assert.Contains(t, list, v.W.Missing)
		assert.Contains(t, list, v.W.Fields["alarms"])
	}
}
