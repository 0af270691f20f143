package calendar

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestNoZoneData(t *testing.T) {
	none := func(string) (*time.Location, error) { return nil, errors.New("none") }
	_, err := loadZone("Europe/Berlin", none)
	assert.EqualError(t, err, `calendar: zone "Europe/Berlin": want time zone data, which this machine lacks: import _ "time/tzdata" in package main`)
	_, err = loadZone("Europe/Bärlin", time.LoadLocation)
	assert.EqualError(t, err, `calendar: unknown zone "Europe/Bärlin": want a name of the IANA time zone database, such as Europe/Berlin, or UTC`)
}

// Names are taken as the zone data spells them, with data in files, which a file system
// finds by other names too, as with data that is embedded.
func TestZoneNames(t *testing.T) {
	asked := 0
	files := func(name string) (*time.Location, error) { // ignores case, and takes paths
		asked++
		return time.LoadLocation("Europe/Berlin")
	}
	for _, name := range []string{
		"Europe//Berlin", "Europe/./Berlin", "Europe/Berlin/", "../zoneinfo/Europe/Berlin", "Europe/../Europe/Berlin",
		"Europe\\Berlin", "C:\\Windows", "Europe/Berlin\x00", "Europe/Ber lin",
		" Europe/Berlin", "Europe/Berlin\n", "Europe/Bärlin", ".", "..", "LocalTime/", "Posix/../UTC",
		"Europe/Berlin.tab", "tzdata.zi", "+VERSION", "-", "Europe/-", "Europe/\u202eBerlin", "\xff",
	} {
		for _, load := range []func(string) (*time.Location, error){files, time.LoadLocation, func(string) (*time.Location, error) { return nil, errors.New("none") }} {
			_, err := loadZone(name, load)
			assert.EqualError(t, err, fmt.Sprintf("calendar: unknown zone %q: want a name of the IANA time zone database, such as Europe/Berlin, or UTC", name))
		}
	}
	for _, name := range []string{"", "Local", "localtime", "posixrules", "posix/Europe/Berlin", "right/Europe/Berlin", "/", "/Europe/Berlin"} {
		_, err := loadZone(name, files)
		assert.EqualError(t, err, fmt.Sprintf("calendar: zone %q: want a name of the IANA time zone database, such as Europe/Berlin, or UTC", name))
	}
	assert.Zero(t, asked, "no file is looked for by such a name")
	for name, want := range map[string]string{
		"europe/berlin": "Europe/Berlin", "Europe/berlin": "Europe/Berlin", "america/new_york": "America/New_York",
		"utc": "a name of the IANA time zone database, such as Europe/Berlin, or UTC", "mars/base": "a name of the IANA time zone database, such as Europe/Berlin, or UTC",
	} {
		_, err := loadZone(name, time.LoadLocation)
		assert.EqualError(t, err, fmt.Sprintf("calendar: unknown zone %q: want %s", name, want))
	}
	for _, name := range []string{"UTC", "Europe/Berlin", "America/Port-au-Prince", "Africa/Dar_es_Salaam", "Etc/GMT+5", "America/Argentina/Buenos_Aires", "EST5EDT", "NZ-CHAT", "W-SU", "GMT0"} {
		_, err := loadZone(name, time.LoadLocation)
		assert.NoError(t, err)
	}
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
