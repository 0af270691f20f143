package sla_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
)

// A calendar is found by its name, whether the catalog names it, extends one that does, or
// has it in a term alone.
func TestCatalogCalendar(t *testing.T) {
	extended, err := sla.ParseCatalog([]byte(acme))
	require.NoError(t, err)
	tokyo := calendar.Must(calendar.New("Asia/Tokyo", "Mo-Fr 09:00-17:00", calendar.Named("Tokyo")))
	values, err := sla.NewCatalog("1", sla.Policy{Moniker: "m", Terms: []sla.Term{{Target: targetOf("1h"), Calendar: calendar.AlwaysOpen(), Countries: map[string]*calendar.Calendar{"JP": tokyo}}}})
	require.NoError(t, err)
	for _, row := range []struct {
		catalog    *sla.Catalog
		name, zone string
	}{
		{extended, "Vienna", "Europe/Vienna"},
		{extended, "Office 365 Germany, business hours", "Europe/Berlin"},
		{sla.Published(), "Office 365 Germany, business hours", "Europe/Berlin"},
		{values, "Tokyo", "Asia/Tokyo"},
		{values, "24/7", "UTC"},
		{nil, "24/7", "UTC"},
	} {
		c, err := row.catalog.Calendar(row.name)
		require.NoError(t, err, row.name)
		assert.Equal(t, row.name, c.Name())
		assert.Equal(t, row.zone, c.Zone().String())
	}
	for _, catalog := range []*sla.Catalog{nil, new(sla.Catalog), values, extended, sla.Published()} {
		for _, name := range []string{"", "Nowhere"} {
			_, err := catalog.Calendar(name)
			assert.ErrorIs(t, err, &region.UnknownError{What: "calendar"})
		}
	}
}
