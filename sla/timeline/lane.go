package timeline

import (
	"cmp"
	"slices"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/instant"
	"github.com/duetime/duetime/sla/internal/text"
	"github.com/duetime/duetime/sla/ticket"
)

// lane shows one clock.
type lane struct {
	*ticket.Explanation
	name  string    // of the metric
	marks []mark    // of the clock, in order
	until time.Time // from here on, there is nothing to show
}

func newLane(e *ticket.Explanation, w *Words) *lane {
	l := &lane{Explanation: e, name: w.metric(cmp.Or(e.Metric, sla.FirstResponse)), marks: clockMarks(e, w), until: e.Request.Opened}
	for _, g := range e.Segments {
		l.until = instant.Later(l.until, g.To)
	}
	for _, m := range l.marks {
		l.until = instant.Later(l.until, m.at)
	}
	return l
}

// key returns the metric of the clock.
func (l *lane) key() string { return text.OneLine(string(cmp.Or(l.Metric, sla.FirstResponse))) }

// isEmpty reports whether the lane has nothing to show. An idle clock at the opening has
// nothing.
func (l *lane) isEmpty() bool { return len(l.Segments) == 0 && len(l.marks) == 0 }

// omitStart removes the start of the clock if it is at the opening or at an event.
func (l *lane) omitStart(common []mark) {
	l.marks = slices.DeleteFunc(l.marks, func(m mark) bool {
		return m.kind == start && slices.ContainsFunc(common, func(c mark) bool { return c.kind != now && c.at.Equal(m.at) })
	})
}

// stretch is a part of a lane in which one thing holds.
type stretch struct {
	from, to time.Time
	open     bool // in the hours
	use      use
}

// use is what becomes of a stretch of time.
type use uint8

const (
	unused  use = iota // before the start, after the end, or closed and not counted
	counted            // used up
	late               // used up after a breach
	ahead              // will be used up, if nothing else happens
	paused             // in a status that pauses
	stopped            // stopped, until it was reopened
	idle               // before the word that starts the clock
	none               // nothing is promised for the severity
)

// stretches returns the segments of the clock, and the hours of its term before and after
// them, from one instant to another.
func (l *lane) stretches(from, to time.Time) []stretch {
	var list []stretch
	c := l.Term.Calendar
	// hours adds a stretch, split into its open and its closed parts.
	hours := func(from, to time.Time, use use) {
		if c != nil {
			for span := range c.Spans(from, to) {
				list = append(list, stretch{from, span.Start, false, use}, stretch{span.Start, span.End, true, use})
				from = span.End
			}
		}
		list = append(list, stretch{from, to, false, use})
	}
	breaches := map[int]time.Time{l.Status.Cycle: l.Status.BreachedAt}
	for _, c := range l.Cycles {
		breaches[c.Cycle] = c.BreachedAt
	}
	at := from
	for _, g := range l.Segments {
		hours(at, g.From, unused)
		switch at = g.To; g.Reason {
		case ticket.ReasonOpen, ticket.ReasonClosed:
			open := g.Reason == ticket.ReasonOpen
			switch breach := breaches[g.Cycle]; {
			case !g.Counted:
				list = append(list, stretch{g.From, g.To, open, unused})
			case g.Ahead:
				list = append(list, stretch{g.From, g.To, open, ahead})
			case breach.IsZero() || !breach.Before(g.To):
				list = append(list, stretch{g.From, g.To, open, counted})
			default:
				breach = instant.Later(g.From, breach)
				list = append(list, stretch{g.From, breach, open, counted}, stretch{breach, g.To, open, late})
			}
		case ticket.ReasonPaused:
			hours(g.From, g.To, paused)
		case ticket.ReasonStopped:
			hours(g.From, g.To, stopped)
		case ticket.ReasonIdle:
			hours(g.From, g.To, idle)
		case ticket.ReasonNoTerm:
			list = append(list, stretch{g.From, g.To, false, none})
		default:
			list = append(list, stretch{g.From, g.To, false, unused})
		}
	}
	hours(at, to, unused)
	return slices.DeleteFunc(list, func(s stretch) bool { return !s.from.Before(s.to) })
}

// stretchesOf splits a list at the end of a day. A stretch that goes on is in both parts.
func stretchesOf(d *day, list []stretch) (of, after []stretch) {
	for len(list) > 0 && list[0].from.Before(d.to) {
		s := list[0]
		s.from = instant.Later(s.from, d.from)
		if s.to.After(d.to) {
			s.to = d.to
			return append(of, s), list
		}
		of, list = append(of, s), list[1:]
	}
	return of, list
}

// holidays returns the holidays of the segments by date. An earlier term may have had other
// holidays than the one in force.
func (l *lane) holidays() map[calendar.Date][]calendar.Holiday {
	list := map[calendar.Date][]calendar.Holiday{}
	for _, g := range l.Segments {
		for _, h := range g.Holidays {
			if !slices.Contains(list[h.Date], h) {
				list[h.Date] = append(list[h.Date], h)
			}
		}
	}
	return list
}
