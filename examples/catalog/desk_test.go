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
// time, and the ticket of a request that turns out to be more severe.
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
	life, err := ticket.Open(desk, chicago)
	require.NoError(t, err)
	life, err = life.Apply(
		ticket.Event{At: at("2026-11-25T15:45:00-06:00"), Word: "customer-reply"},
		ticket.Event{At: at("2026-11-27T10:00:00-06:00"), Change: ticket.Change{Severity: "P1"}},
		ticket.Event{At: at("2026-11-27T10:05:00-06:00"), Word: "solved"},
		ticket.Event{At: at("2026-11-28T09:00:00-06:00"), Word: "open"},
	)
	require.NoError(t, err)
	for _, row := range []struct {
		metric                  sla.Metric
		before, after, reopened string
		state                   ticket.State // in the end
	}{
		// An hour and a half of Wednesday, then Friday from 8 on, as Thursday is Thanksgiving.
		// Opened 15:30, P1 has 15 minutes. Solving stops it, and no reopening starts it again.
		{sla.FirstResponse, "2026-11-27T10:30:00-06:00", "2026-11-25T15:45:00-06:00", "2026-11-25T15:45:00-06:00", ticket.StateStopped},
		// The message of 15:45 has 4 hours: 75 minutes of Wednesday, and Friday until 10:45. P1 has an hour.
		{sla.NextResponse, "2026-11-27T10:45:00-06:00", "2026-11-25T16:45:00-06:00", "2026-11-25T16:45:00-06:00", ticket.StateStopped},
		// The three and a half hours used before count, and the clock goes on when reopened.
		{sla.Resolution, "2026-12-01T15:30:00-06:00", "2026-11-27T10:30:00-06:00", "2026-11-28T09:25:00-06:00", ticket.StateRunning},
	} {
		clock, ok := life.Clock(row.metric)
		require.True(t, ok, row.metric)
		st := clock.At(at("2026-11-27T09:59:00-06:00"))
		assert.Equal(t, row.before, st.Due.Format(time.RFC3339), row.metric)
		assert.Equal(t, sla.Severity("P3"), st.Severity, row.metric)
		st = clock.At(at("2026-11-27T10:00:00-06:00"))
		assert.Equal(t, row.after, st.Due.Format(time.RFC3339), row.metric)
		assert.Equal(t, sla.Severity("P1"), st.Severity, row.metric)
		st = clock.At(at("2026-11-28T09:00:00-06:00"))
		assert.Equal(t, row.reopened, st.Due.Format(time.RFC3339), row.metric)
		assert.Equal(t, row.state, st.State, row.metric)
	}
}
