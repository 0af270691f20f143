package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The oracle's answers are those that one works out by hand.
func TestOracle(t *testing.T) {
	all, err := desks()
	require.NoError(t, err)
	byCause := map[string]*oracle{}
	for _, d := range all {
		byCause[d.cause] = newOracle(d)
	}
	// A time is of the desk's clock; +0200 and the like tell the two of a fold apart.
	for _, row := range []struct {
		cause, kind, t, arg, want string
		why                       string
	}{
		{"nothing special", "add", "2024-03-08 16:00", "2h", "Mon 2024-03-11 10:00:00 +0000", "one on Friday, one on Monday"},
		{"nothing special", "add", "2024-03-08 16:00", "1h", "Fri 2024-03-08 17:00:00 +0000", "a sum that ends at closing stays there"},
		{"nothing special", "add", "2024-03-09 12:00", "8h", "Mon 2024-03-11 17:00:00 +0000", "nothing on Saturday, all of Monday"},
		{"nothing special", "add backwards", "2024-03-11 09:30", "1h", "Fri 2024-03-08 16:30:00 +0000", "half on Monday, half on Friday"},
		{"nothing special", "add backwards", "2024-03-11 10:00", "1h", "Mon 2024-03-11 09:00:00 +0000", "the latest instant is the opening"},
		{"nothing special", "between", "2024-03-08 16:00", "2024-03-11 10:00", "2h0m0s", "a weekend between"},
		{"nothing special", "is open", "2024-03-08 09:00", "", "open", "the opening is open"},
		{"nothing special", "is open", "2024-03-08 17:00", "", "closed", "the closing is closed"},
		{"nothing special", "business days", "2024-03-08 16:00", "1", "2024-03-11", "from Friday to Monday"},
		{"nothing special", "count days", "2024-03-08 12:00", "2024-03-11 12:00", "2", "Friday and Monday"},
		{"holidays, in Berlin", "add", "2024-03-28 16:00", "2h", "Tue 2024-04-02 10:00:00 +0200", "Easter from Friday to Monday"},
		{"holidays, in Berlin", "count days", "2024-03-28 12:00", "2024-04-02 12:00", "2", "Easter again"},
		{"lunch break", "add", "2024-03-08 11:30", "1h", "Fri 2024-03-08 13:30:00 +0000", "half before and half after"},
		{"lunch break", "is open", "2024-03-08 12:00", "", "closed", "the break begins"},
		{"to 24:00", "add", "2024-03-08 23:00", "1h", "Sat 2024-03-09 00:00:00 +0800", "24:00 is the closing"},
		{"to 24:00", "between", "2024-03-08 23:00", "2024-03-09 10:00", "2h0m0s", "one before midnight, one after nine"},
		{"round the clock", "add", "2024-03-08 23:00", "25h", "Sun 2024-03-10 00:00:00 +0000", "as on the clock"},
		{"night shift", "is open", "2024-03-09 05:59", "", "open", "Friday's shift ends on Saturday"},
		{"night shift", "is open", "2024-03-11 05:59", "", "closed", "no shift begins on Sunday"},
		{"night shift", "add", "2024-03-09 05:00", "2h", "Mon 2024-03-11 23:00:00 +0000", "from Friday's shift to Monday's"},
		{"night shift", "business days", "2024-03-08 23:00", "1", "2024-03-11", "the date a shift begins on"},
		{"clock change, closed", "between", "2024-03-30 16:00", "2024-03-31 10:00", "2h0m0s", "09:00 is what the clock shows"},
		{"clock change, open", "between", "2024-03-31 00:00", "2024-03-31 06:00", "5h0m0s", "an hour is skipped"},
		{"clock change, open", "between", "2024-10-27 00:00", "2024-10-27 06:00", "7h0m0s", "an hour comes twice"},
		{"clock change, open", "add", "2024-03-31 01:30", "1h", "Sun 2024-03-31 03:30:00 +0200", "over the gap"},
		{"clock change, open", "add backwards", "2024-10-27 03:00", "1h", "Sun 2024-10-27 02:00:00 +0100", "the second 02:00"},
		{"half an hour's change, open", "between", "2024-04-07 00:00", "2024-04-07 06:00", "6h30m0s", "half an hour comes twice"},
		{"half an hour's change, open", "between", "2024-10-06 00:00", "2024-10-06 06:00", "5h30m0s", "half an hour is skipped"},
		{"no midnight, open (Beirut)", "between", "2021-03-27 23:00", "2021-03-28 06:00", "5h0m0s", "it begins at 01:00"},
		{"no midnight, open (Beirut)", "business days", "2021-03-27 00:00", "1", "2021-03-28", "the date has hours still"},
		{"no midnight, open (São Paulo)", "add", "2018-11-03 23:00", "1h", "Sun 2018-11-04 02:00:00 -0200", "it begins at 01:00"},
		{"no midnight, open (São Paulo)", "count days", "2018-11-01 12:00", "2018-11-05 12:00", "4", "not on Monday"},
		{"no midnight, closed (São Paulo)", "add", "2018-11-03 16:00", "2h", "Sun 2018-11-04 10:00:00 -0200", "09:00 is what the clock shows"},
	} {
		o := byCause[row.cause]
		require.NotNil(t, o, row.cause)
		at := func(text string) time.Time {
			t.Helper()
			when, err := time.ParseInLocation("2006-01-02 15:04", text, o.zone)
			require.NoError(t, err)
			return when
		}
		q := question{kind: kind(row.kind), t: at(row.t)}
		switch q.kind {
		case add, back:
			q.d, err = time.ParseDuration(row.arg)
		case between, count:
			q.u = at(row.arg)
		case days:
			q.n = int(row.arg[0] - '0')
		}
		require.NoError(t, err)
		assert.Equal(t, row.want, o.right(q), "%s, %s %v: %s", row.cause, row.kind, q, row.why)
	}
}

// Questions reach every clock change, and the edges of the hours.
func TestQuestions(t *testing.T) {
	all, err := desks()
	require.NoError(t, err)
	want := map[string]int{"Europe/Berlin": 2, "Australia/Lord_Howe": 2, "Asia/Beirut": 2, "America/Sao_Paulo": 2}
	asked := questions(all, 1, 100)
	assert.Equal(t, asked, questions(all, 1, 100), "drawn from the seed alone")
	assert.NotEqual(t, asked, questions(all, 2, 100))
	for i, d := range all {
		changes := d.changes()
		assert.Len(t, changes, want[d.zone.String()], d.cause)
		near, edges := 0, 0
		for _, q := range asked {
			if q.desk != i || q.kind != add {
				continue
			}
			assert.False(t, q.t.Before(d.from().AddDate(0, 0, -3)) || q.t.After(d.to().AddDate(0, 0, 3)), q)
			assert.True(t, q.d > 0 && q.d <= 40*time.Hour, q)
			for _, c := range changes {
				if q.t.Sub(c).Abs() <= 12*time.Hour {
					near++
				}
			}
			minute := q.t.Hour()*60 + q.t.Minute()
			for _, s := range d.spans {
				if off := (minute - s.opens + 1) % (24 * 60); 0 <= off && off <= 2 {
					edges++
				}
			}
		}
		assert.Greater(t, edges, 10, d.cause)
		if len(changes) > 0 {
			assert.Greater(t, near, 20, d.cause)
		}
	}
}
