package sla

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
)

// cityOf returns a city for a zone that has the clock of no place: "CET" differs from Berlin
// in some years, and "EST" from New York in summer. It returns "" for other zones.
func cityOf(zone string) string {
	switch zone {
	case "CET", "MET":
		return "Europe/Berlin"
	case "EET":
		return "Europe/Athens"
	case "WET":
		return "Europe/Lisbon"
	case "EST", "EST5EDT":
		return "America/New_York"
	case "CST6CDT":
		return "America/Chicago"
	case "MST", "MST7MDT":
		return "America/Denver"
	case "PST8PDT":
		return "America/Los_Angeles"
	case "HST":
		return "Pacific/Honolulu"
	}
	return ""
}

// isOffset reports whether a zone is an offset and no place, other than UTC. Who writes UTC
// means it: a team in several places counts so, and no country's clock has this name. GMT is
// also what people call the clock of London.
func isOffset(zone string) bool {
	name := strings.TrimPrefix(zone, "Etc/")
	return name == "Greenwich" || strings.HasPrefix(name, "GMT")
}

// zone looks for a zone that is no place's, though a place is meant.
func (l *linter) zone(path string, c *calendar.Calendar) {
	zone := c.Zone().String()
	city := cityOf(zone)
	if city == "" && !isOffset(zone) {
		return
	}
	own := offsetsOf(c.Zone())
	office, there := l.clockOf(c)
	if len(there) > 0 && (city == "" || slices.Contains(there, own[0])) {
		city = office.Zone
	} else if city != "" {
		there = l.offsetsIn(city)
	}
	switch has := strings.Join(own, " or "); {
	case len(there) > len(own):
		l.find(unlikelyZone, path, "zone %s is %s all year, without summer time: write the desk's city, such as %s", zone, has, city)
	case cityOf(zone) != "":
		l.find(unlikelyZone, path, "zone %s (%s) is no place's: write the desk's city, such as %s", zone, has, city)
	case len(there) > 0 && !slices.Equal(own, there) && (office.Zones <= 1 || slices.Contains(there, otherSign(own[0]))):
		l.find(unlikelyZone, path, "zone %s is %s, and %s has %s: write the desk's city, such as %s", zone, has, office.Country, strings.Join(there, " or "), city)
	}
}

// otherSign returns an offset with the other sign: Etc/GMT-1 is UTC+01:00.
func otherSign(offset string) string {
	return strings.NewReplacer("+", "-", "-", "+").Replace(offset)
}

// clockOf returns the office of the first country whose holidays a calendar keeps, and its
// offsets. It returns no offsets if it finds no office.
func (l *linter) clockOf(c *calendar.Calendar) (office region.Office, offsets []string) {
	sets := c.HolidaySets()
	for _, s := range sets[:min(len(sets), 8)] {
		code := s.Code()
		if form, ok := l.catalog.sets[s]; ok {
			code = form.Code
		}
		country, _, _ := strings.Cut(code, "-")
		if len(country) != len("DE") {
			continue
		}
		if office, err := region.LookupOffice(country); err == nil {
			return office, l.offsetsIn(office.Zone)
		}
	}
	return region.Office{}, nil
}

// offsetsIn returns the offsets of the zone of a name, and none without zone data.
func (l *linter) offsetsIn(zone string) []string {
	if _, known := l.offsets[zone]; !known {
		l.offsets[zone] = nil
		if location, err := time.LoadLocation(zone); err == nil {
			l.offsets[zone] = offsetsOf(location)
		}
	}
	return l.offsets[zone]
}

// offsetsOf returns the offsets of a zone in a recent year, such as UTC+01:00 and UTC+02:00.
func offsetsOf(zone *time.Location) (offsets []string) {
	for _, month := range []time.Month{time.January, time.July} {
		_, seconds := time.Date(2026, month, 1, 0, 0, 0, 0, time.UTC).In(zone).Zone()
		sign := '+'
		if seconds < 0 {
			sign, seconds = '-', -seconds
		}
		offsets = append(offsets, fmt.Sprintf("UTC%c%02d:%02d", sign, seconds/3600, seconds/60%60))
	}
	slices.Sort(offsets)
	return slices.Compact(offsets)
}
