package calendar_test

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
)

// date is a date written in a test.
func date(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Every day of the range, in a row, against package time.
func TestDateEveryDay(t *testing.T) {
	t.Parallel()
	day := time.Date(1900, 1, 1, 12, 0, 0, 0, time.UTC)
	d := date("1900-01-01")
	for day.Year() < 2200 {
		if calendar.DateOf(day) != d || d.Year() != day.Year() || d.Month() != day.Month() || d.Day() != day.Day() || d.Weekday() != day.Weekday() {
			t.Fatalf("%v is taken for %v", day, d)
		}
		if s := day.Format(time.DateOnly); d.String() != s || date(s) != d {
			t.Fatalf("%v formats as %q", d, d.String())
		}
		made, err := calendar.NewDate(day.Date())
		if err != nil || made != d {
			t.Fatalf("NewDate gives %v, %v for %v", made, err, day)
		}
		next := d.AddDays(1)
		if next.Sub(d) != 1 || next.Compare(d) != 1 || d.Compare(next) != -1 || next.AddDays(-1) != d {
			t.Fatalf("%v is not a day after %v", next, d)
		}
		day, d = day.AddDate(0, 0, 1), next
	}
	assert.Equal(t, "2200-01-01", d.String())
}

func TestDate(t *testing.T) {
	_, err := calendar.NewDate(2026, time.February, 30)
	assert.EqualError(t, err, "calendar: no date 2026-02-30: want a real day of the years 0001 to 9999")
	_, err = calendar.NewDate(2026, 13, 1)
	assert.EqualError(t, err, "calendar: no date 2026-13-01: want a real day of the years 0001 to 9999")
	_, err = calendar.NewDate(2026, 0, 31)
	assert.Error(t, err)
	_, err = calendar.NewDate(0, time.January, 1)
	assert.Error(t, err)
	for _, end := range []string{"0001-01-01", "9999-12-31"} {
		made, err := calendar.NewDate(date(end).Year(), date(end).Month(), date(end).Day())
		require.NoError(t, err)
		assert.Equal(t, date(end), made)
	}
	_, err = calendar.NewDate(10000, time.January, 1)
	assert.Error(t, err)
	for _, s := range []string{"", "2026-2-3", "2026-02-30", "2026-13-01", "26-01-01", "2026-01-01T00:00:00Z", "0000-01-01"} {
		_, err = calendar.ParseDate(s)
		assert.Error(t, err, s)
	}
	_, err = calendar.ParseDate("2026-02-30")
	assert.EqualError(t, err, `calendar: parse date "2026-02-30" at byte 0: want a real day written as 2006-01-02`)

	// The date is that of the time's own Location.
	newYear := time.Date(2026, 1, 1, 3, 0, 0, 0, time.FixedZone("", 9*3600))
	assert.Equal(t, date("2026-01-01"), calendar.DateOf(newYear))
	assert.Equal(t, date("2025-12-31"), calendar.DateOf(newYear.UTC()))
	assert.True(t, calendar.DateOf(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero())

	var zero calendar.Date
	assert.True(t, zero.IsZero())
	assert.Equal(t, "", zero.String())
	assert.True(t, zero.AddDays(1).IsZero())
	assert.True(t, date("9999-12-31").AddDays(1).IsZero())
	assert.True(t, date("0001-01-01").AddDays(-1).IsZero())
	assert.Equal(t, date("9999-12-31"), date("0001-01-01").AddDays(3652058))
	assert.Equal(t, date("0001-01-01"), date("9999-12-31").AddDays(-3652058))
	assert.True(t, date("0001-01-01").AddDays(math.MinInt).IsZero() && date("9999-12-31").AddDays(math.MaxInt).IsZero(), "no sum overflows")
	assert.Equal(t, date("2024-02-29"), date("2024-02-28").AddDays(1), "a leap day")
	assert.Equal(t, date("2100-03-01"), date("2100-02-28").AddDays(1), "not a leap year")

	type holder struct {
		Set   calendar.Date            `json:"set"`
		Unset calendar.Date            `json:"unset,omitzero"`
		Keys  map[calendar.Date]string `json:"keys"`
	}
	in := holder{Set: date("2026-11-22"), Keys: map[calendar.Date]string{date("2026-12-24"): "x"}}
	text, err := json.Marshal(in)
	require.NoError(t, err)
	assert.Equal(t, `{"set":"2026-11-22","keys":{"2026-12-24":"x"}}`, string(text))
	var out holder
	require.NoError(t, json.Unmarshal(text, &out))
	assert.Equal(t, in, out)
	assert.Error(t, json.Unmarshal([]byte(`{"set":"2026-11-31"}`), &out))
	require.NoError(t, json.Unmarshal([]byte(`{"set":""}`), &out))
	assert.True(t, out.Set.IsZero())
}

func FuzzDate(f *testing.F) {
	for _, seed := range []string{"2026-11-22", "", "0001-01-01", "9999-12-31", "2026-02-29", "+026-01-01"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := calendar.ParseDate(text)
		if (err == nil) == d.IsZero() {
			t.Fatalf("%q gives %v, %v", text, d, err)
		}
		if err == nil && d.String() != text {
			t.Fatalf("%q formats as %q", text, d)
		}
	})
}
