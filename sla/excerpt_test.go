package sla_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
)

// TestExcerptOutOfRange asks for excerpts about openings that no calendar knows.
func TestExcerptOutOfRange(t *testing.T) {
	for _, opened := range []time.Time{{}, time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC), time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC), time.Unix(math.MaxInt64, 0)} {
		r := sla.Request{Moniker: region.Germany, Severity: sla.SeverityB, Opened: opened}
		_, want := sla.Published().Deadline(r)
		_, err := sla.Published().Excerpt(r, time.Date(2024, 3, 8, 0, 0, 0, 0, time.UTC))
		require.ErrorIs(t, err, calendar.ErrOutOfRange)
		assert.Equal(t, want.Error(), err.Error())
	}
}

// TestLeastOffset makes a threshold whose text cannot be read, as no Duration is its
// opposite.
func TestLeastOffset(t *testing.T) {
	for _, wall := range []bool{false, true} {
		term := sla.Term{Target: targetOf("1h"), Calendar: calendar.AlwaysOpen(), Thresholds: only(sla.Threshold{Offset: math.MinInt64, Wall: wall})}
		_, err := sla.NewCatalog("1", sla.Policy{Moniker: "acme", Terms: only(term)})
		require.ErrorContains(t, err, "policies[0].terms[0].alarms: [-2562047h47m16.854775808s")
		term.Thresholds[0].Offset++
		c, err := sla.NewCatalog("1", sla.Policy{Moniker: "acme", Terms: only(term)})
		require.NoError(t, err)
		text, err := c.MarshalJSON()
		require.NoError(t, err)
		_, err = sla.ParseCatalog(text)
		require.NoError(t, err)
	}
}
