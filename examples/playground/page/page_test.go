package page

import (
	"context"
	"html"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// No word is missing in any language, and each says as much as in the others.
func TestWords(t *testing.T) {
	for i := range languages {
		v, english := reflect.ValueOf(languages[i]), reflect.ValueOf(languages[0])
		for f := range v.NumField() {
			name := v.Type().Field(f).Name
			assert.False(t, v.Field(f).IsZero(), "%s in %s", name, languages[i].Name)
			if v.Field(f).Kind() == reflect.String {
				for _, verb := range []string{"%s", "%d", "%"} {
					assert.Equal(t, strings.Count(english.Field(f).String(), verb), strings.Count(v.Field(f).String(), verb), name)
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
		{"2024-03-28 15:00", "Europe/Berlin", `time "2024-03-28 15:00": want a date and a time of day, such as 2024-03-28T15:00`, "not as a browser writes it"},
		{"2024-03-28T15:00", "Berlin", `calendar: unknown zone "Berlin": want a name of the IANA time zone database, such as Europe/Berlin, or UTC`, "no such zone"},
		{"2011-12-30T12:00", "Pacific/Apia", "calendar: 2011-12-30 is not a business day of 24/7 Pacific/Apia", "no such date there"},
		{"1899-12-31T12:00", "UTC", `time "1899-12-31T12:00" is outside 1900-01-01 to 2199-12-31 UTC`, "R9"},
	} {
		got, err := instant(row.text, row.zone)
		if want, bad := time.Parse(time.RFC3339, row.want); bad != nil {
			assert.EqualError(t, err, row.want, row.why)
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
	for left, begun := range []string{"", "", "status", "status and reasons", "status and reasons", "status, reasons, picture and text"} {
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
		"severity=B&opened=2199-12-31T12:00&zone=Pacific/Apia", "catalog=%7B%22version%22:%221%22%7D", "severity=A&opened=1900-01-01T00:00&now=2199-12-31T00:00&zone=UTC",
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
		_, left, found := strings.Cut(page.String(), `<p id="countdown" role="timer">`)
		if left, _, _ = strings.Cut(left, "</p>"); found {
			require.Equal(t, html.UnescapeString(left), Countdown(q, now)(now))
		}
	})
}
