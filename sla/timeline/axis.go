package timeline

import (
	"strconv"
	"time"

	"github.com/duetime/duetime/sla/internal/text"
)

// tick is an hour of a clock, or the end of its day.
type tick struct {
	at    time.Time
	label string
}

// ticks returns the hours of a day on the clock of a zone, every so many hours. The zone of
// the days has 24 at the end, even if the clock shows another hour.
func (p *picture) ticks(d *day, zone *time.Location, apart int) (list []tick) {
	at := d.from.In(zone)
	for at.Before(d.to) || at.Equal(d.to) && zone == p.Second {
		past := time.Duration(at.Minute())*time.Minute + time.Duration(at.Second())*time.Second
		if past == 0 && at.Hour()%apart == 0 {
			list = append(list, tick{at, strconv.Itoa(at.Hour())})
		}
		at = at.Add(time.Hour - past)
	}
	if zone == p.Zone {
		list = append(list, tick{d.to, "24"})
	}
	return list
}

// zones returns the zones whose hours are shown.
func (p *picture) zones() []*time.Location {
	if p.Second == nil {
		return []*time.Location{p.Zone}
	}
	return []*time.Location{p.Zone, p.Second}
}

// zoneName returns the name of a zone, or its offset if other people do not know the name.
func zoneName(zone *time.Location, at time.Time) string {
	if name := text.OneLine(zone.String()); name != "" && name != "Local" {
		return name
	}
	return "UTC" + offset(at.In(zone))
}

// offset returns the offset of the zone of an instant.
func offset(t time.Time) string {
	if _, seconds := t.Zone(); seconds%60 != 0 { // local solar time, long ago
		return t.Format("-07:00:00")
	}
	return t.Format("-07:00")
}

// timeOfDay returns the time of day of an instant, with seconds only if there are any.
func timeOfDay(t time.Time) string {
	if t.Second() != 0 {
		return t.Format("15:04:05")
	}
	return t.Format("15:04")
}
