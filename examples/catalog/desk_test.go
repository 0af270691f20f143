package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

// The sample desk.json, as a program uses it: a severity by what people call it, its due
// time, and the clocks of a request that turns out to be more severe.
func TestDesk(t *testing.T) {
	desk, err := sla.ParseCatalog([]byte(sample(t, "desk.json")))
	require.NoError(t, err)
	at := func(text string) time.Time {
		at, err := time.Parse(time.RFC3339, text)
		require.NoError(t, err)
		return at
	}
	due, err := desk.Due("P2", at("2026-11-24T16:30:00+01:00"), "desk")
	require.NoError(t, err)
	assert.Equal(t, "2026-11-25T09:30:00+01:00", due.Format(time.RFC3339), "an hour of Berlin")

	chicago := sla.Request{Moniker: "desk", Opened: at("2026-11-25T15:30:00-06:00"), Country: "US"}
	chicago.Severity, err = desk.ParseSeverity(chicago, "Medium")
	require.NoError(t, err)
	assert.Equal(t, sla.Severity("P3"), chicago.Severity)
	raised := ticket.Event{At: at("2026-11-27T10:00:00-06:00"), Kind: ticket.SeverityChanged, Severity: "P1"}
	reopened := []ticket.Event{{At: at("2026-11-27T10:05:00-06:00"), Kind: ticket.Responded}, {At: at("2026-11-28T09:00:00-06:00"), Kind: ticket.Reopened}}
	for _, row := range []struct {
		metric                  sla.Metric
		before, after, reopened string
		severity                sla.Severity
		cycle                   int
	}{
		// An hour and a half of Wednesday, then Friday from 8 on, as Thursday is Thanksgiving.
		{sla.FirstResponse, "2026-11-27T10:30:00-06:00", "2026-11-25T15:45:00-06:00", "2026-11-28T09:15:00-06:00", "P1", 2},
		{sla.NextResponse, "2026-11-27T10:30:00-06:00", "2026-11-25T16:30:00-06:00", "2026-11-28T10:00:00-06:00", "P1", 2},
		// The three and a half hours used before count, and the clock goes on when reopened.
		{sla.Resolution, "2026-12-01T15:30:00-06:00", "2026-11-27T10:30:00-06:00", "2026-11-28T09:25:00-06:00", "P1", 1},
	} {
		r := chicago
		r.Metric = row.metric
		d, err := desk.Deadline(r)
		require.NoError(t, err, row.metric)
		assert.Equal(t, row.before, d.Due.Format(time.RFC3339), row.metric)
		assert.Equal(t, sla.Severity("P3"), d.Request.Severity, row.metric)
		clock, err := ticket.NewClock(desk, r)
		require.NoError(t, err, row.metric)
		clock, err = clock.Apply(raised)
		require.NoError(t, err, row.metric)
		st := clock.At(raised.At)
		assert.Equal(t, row.severity, st.Severity, row.metric)
		assert.Equal(t, row.after, st.Due.Format(time.RFC3339), row.metric)
		clock, err = clock.Apply(reopened...)
		require.NoError(t, err, row.metric)
		st = clock.At(reopened[1].At)
		assert.Equal(t, row.cycle, st.Cycle, row.metric)
		assert.Equal(t, row.reopened, st.Due.Format(time.RFC3339), row.metric)
	}
}
