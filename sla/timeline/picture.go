package timeline

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla/internal/instant"
	"github.com/duetime/duetime/sla/ticket"
)

// ErrNothing is wrapped by errors about lanes that cannot be drawn: an empty list, a clock
// without a ticket, and instants outside the years 1900 to 2199.
var ErrNothing = errors.New("nothing to draw")

// maxLanes is how many lanes a picture has at most.
const maxLanes = 32

// picture holds what SVG and Text show.
type picture struct {
	Options
	lanes []*lane
	marks []mark // those that all lanes share, in order
	days  []day
}

func newPicture(lanes []ticket.Explanation, o Options) (*picture, error) {
	if err := check(lanes); err != nil {
		return nil, err
	}
	o, err := o.filledIn(lanes)
	if err != nil {
		return nil, err
	}
	p := &picture{Options: o, marks: commonMarks(&lanes[0], o.Words)}
	for i := range lanes {
		if l := newLane(&lanes[i], o.Words); !l.isEmpty() {
			p.lanes = append(p.lanes, l)
		}
	}
	if len(p.lanes) == 0 {
		p.lanes = []*lane{newLane(&lanes[0], o.Words)}
	}
	for _, l := range p.lanes {
		l.omitStart(p.marks)
	}
	first := lanes[0].Request.Opened
	last := first
	for _, m := range p.marks {
		last = instant.Later(last, m.at)
	}
	for _, l := range p.lanes {
		last = instant.Later(last, l.until)
	}
	for _, t := range []time.Time{first, last} {
		if !instant.InRange(t) {
			return nil, fmt.Errorf("timeline: %w: %s is %w", ErrNothing, t.Format(time.RFC3339Nano), calendar.ErrOutOfRange)
		}
	}
	p.setDays(first, last)
	return p, nil
}

// check rejects lanes that do not belong in one picture.
func check(lanes []ticket.Explanation) error {
	switch {
	case len(lanes) == 0:
		return fmt.Errorf("timeline: no lanes: %w", ErrNothing)
	case len(lanes) > maxLanes:
		return fmt.Errorf("timeline: %d lanes: want %d or fewer", len(lanes), maxLanes)
	}
	for i := range lanes {
		if !lanes[i].Request.Opened.Equal(lanes[0].Request.Opened) || !lanes[i].Status.At.Equal(lanes[0].Status.At) {
			return fmt.Errorf("timeline: lane %d: want the ticket and the instant of lane 0", i)
		}
	}
	return nil
}

// filledIn returns the options with their defaults.
func (o Options) filledIn(lanes []ticket.Explanation) (Options, error) {
	o.Width = cmp.Or(o.Width, DefaultWidth)
	if o.Width < MinWidth {
		return o, fmt.Errorf("timeline: width %d: want %d or more", o.Width, MinWidth)
	}
	if o.Words == nil {
		o.Words = English()
	}
	o.ID = cmp.Or(o.ID, "timeline")
	if o.Zone == nil {
		o.Zone = zoneOf(lanes)
	}
	if o.Second != nil && o.Second.String() == o.Zone.String() {
		o.Second = nil
	}
	return o, nil
}

// zoneOf returns the zone of the first calendar that closes, or else of the first calendar.
// A calendar that never closes is usually in UTC, which is nobody's zone.
func zoneOf(lanes []ticket.Explanation) *time.Location {
	var zone *time.Location
	for i := range lanes {
		c := lanes[i].Term.Calendar
		if c == nil {
			continue
		}
		if _, err := c.NextClose(lanes[i].Request.Opened); err == nil {
			return c.Zone()
		}
		if zone == nil {
			zone = c.Zone()
		}
	}
	return cmp.Or(zone, lanes[0].Status.At.Location())
}

// several reports whether there is more than one lane.
func (p *picture) several() bool { return len(p.lanes) > 1 }
