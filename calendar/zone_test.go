package calendar

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestNoZoneData(t *testing.T) {
	none := func(string) (*time.Location, error) { return nil, errors.New("none") }
	_, err := loadZone("Europe/Berlin", none)
	assert.EqualError(t, err, `calendar: zone "Europe/Berlin": want time zone data, of which this machine has none: import _ "time/tzdata" in package main`)
	_, err = loadZone("Europe/Bärlin", time.LoadLocation)
	assert.EqualError(t, err, `calendar: unknown zone "Europe/Bärlin": want a name of the IANA time zone database, such as Europe/Berlin, or UTC`)
}

// The stretches of constant offset are all that a zone does: nothing in between
// differs from what package time says, and no two in a row have one offset.
func TestOffsetSpans(t *testing.T) {
	for _, zone := range []string{"UTC", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia", "Africa/Casablanca", "Australia/Lord_Howe", "Asia/Kathmandu", "Antarctica/Troll"} {
		loc, err := time.LoadLocation(zone)
		assert.NoError(t, err)
		spans := offsetSpans(loc, firstUnix, endUnix)
		at := int64(firstUnix)
		for i, s := range spans {
			assert.Equal(t, at, s.from, zone)
			assert.Less(t, s.from, s.to, zone)
			assert.True(t, i == 0 || spans[i-1].offset != s.offset, "%s: no change at %d", zone, s.from)
			for probe := s.from; probe < s.to; probe += 9*daySeconds + 3601 {
				if _, offset := time.Unix(probe, 0).In(loc).Zone(); int64(offset) != s.offset {
					t.Fatalf("%s: offset %d at %d, not %d", zone, offset, probe, s.offset)
				}
			}
			if _, offset := time.Unix(s.to-1, 0).In(loc).Zone(); int64(offset) != s.offset {
				t.Fatalf("%s: the stretch from %d ends before %d", zone, s.from, s.to)
			}
			at = s.to
		}
		assert.Equal(t, int64(endUnix), at, zone)
	}
}
