package timeline

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/text"
	"github.com/duetime/duetime/sla/ticket"
)

// The lines of text in this file are the same in SVG and in Text.

// title says what is due next, and for which request.
func (p *picture) title() string {
	w, e := p.Words, p.lanes[0]
	title := w.NotDue
	if next := p.next(); next != nil {
		title = named(next.name, w.Due+" "+w.instant(next.Status.Due, p.Zone))
	}
	if slices.ContainsFunc(p.lanes, func(l *lane) bool { return l.Status.State == ticket.StateCancelled }) {
		title = w.word(sla.WordCancelled)
	}
	about := text.OneLine(string(e.Request.Moniker))
	if s := w.severity(e.Status.Severity); s != "" {
		about += ", " + s
	}
	return title + " (" + about + ")"
}

// next returns the lane that is due next, or nil. Among several lanes, only clocks that run
// are due.
func (p *picture) next() (next *lane) {
	for _, l := range p.lanes {
		st := &l.Status
		runs := st.State == ticket.StatePending || st.State == ticket.StateRunning
		if (runs || !p.several()) && !st.Due.IsZero() && (next == nil || st.Due.Before(next.Status.Due)) {
			next = l
		}
	}
	return next
}

// named returns a text with the name of its lane, if it has one.
func named(name, text string) string {
	if name == "" {
		return text
	}
	return name + " " + text
}

// list has a line for each mark, with its instant in both zones. Marks that all lanes share
// come first, then each lane with its progress and its marks.
func (p *picture) list() []string {
	lines := p.listOf("", p.marks)
	if p.several() {
		for _, l := range p.lanes {
			lines = append(lines, l.name+": "+p.progress(l))
			lines = append(lines, p.listOf(l.name, l.marks)...)
		}
	}
	return lines
}

func (p *picture) listOf(name string, marks []mark) (lines []string) {
	for _, m := range marks {
		line := named(name, m.text) + ": " + p.Words.instant(m.at, p.Zone)
		if p.Second != nil {
			line += " = " + p.Words.instant(m.at, p.Second)
		}
		if m.note != "" {
			line += ": " + m.note
		}
		lines = append(lines, line)
	}
	return lines
}

// used returns the progress of a single lane, if it has a due time.
func (p *picture) used() string {
	if l := p.lanes[0]; !p.several() && l.Status.Err == nil && !l.Status.Due.IsZero() {
		return p.progress(l)
	}
	return ""
}

// progress says how much of the target is used, or why nothing is due.
func (p *picture) progress(l *lane) string {
	w, st := p.Words, &l.Status
	_, noTerm := errors.AsType[sla.TermError](st.Err)
	switch {
	case st.State == ticket.StateIdle:
		return w.Times[ticket.ReasonIdle]
	case noTerm:
		return w.Times[ticket.ReasonNoTerm]
	case st.Err != nil || st.Due.IsZero():
		return w.NotDue
	}
	return fmt.Sprintf(w.Used, amount(st.Elapsed), amount(st.TargetTime))
}

// folded says how many days are folded, and what they have. Several lanes have a line with
// the days, and one line each.
func (p *picture) folded(d *day) []string {
	days := p.Words.days(d)
	if !p.several() {
		return []string{days + ": " + p.foldedStrip(d, &d.strips[0])}
	}
	lines := []string{days}
	for i := range d.strips {
		s := &d.strips[i]
		line := p.foldedStrip(d, s)
		if use := s.use(); s.business == 0 && use != unused { // without a term, there are no hours
			line = p.Words.use(stretch{use: use})
		}
		lines = append(lines, s.lane.name+": "+line)
	}
	return lines
}

func (p *picture) foldedStrip(d *day, s *strip) string {
	line := fmt.Sprintf(p.Words.Days, d.days, s.business)
	if sum := s.total(); sum > 0 {
		line += ", " + amount(sum.Round(time.Second))
	}
	if use := s.use(); use != unused {
		line += ", " + p.Words.use(stretch{use: use})
	}
	return line
}

// label returns the text at a mark, with the time of day. It cuts the text to fit a width,
// but never the time.
func (p *picture) label(d *day, m mark, most int) string {
	at := " 24:00"
	if !m.at.Equal(d.to) {
		at = " " + timeOfDay(m.at.In(p.Zone))
	}
	return clip(m.text, max(1, most-width(at))) + at
}

// description says in words what the picture shows.
func (p *picture) description() string {
	list := p.list()
	for i := range p.days {
		for _, h := range p.days[i].holidays {
			list = append(list, p.Words.date(h.Date)+": "+p.Words.holiday(h))
		}
	}
	if used := p.used(); used != "" {
		list = append(list, used)
	}
	return strings.Join(list, "; ")
}

// days returns the date of a day with its weekday, or the first and the last of several.
func (w *Words) days(d *day) string {
	text := w.date(d.date)
	if d.last != d.date {
		text += " – " + w.date(d.last)
	}
	return text
}

func (w *Words) date(d calendar.Date) string { return w.Weekdays[d.Weekday()] + " " + d.String() }

// instant returns an instant in a zone, with weekday, date, time of day and offset.
func (w *Words) instant(t time.Time, zone *time.Location) string {
	t = t.In(zone)
	return w.date(calendar.DateOf(t)) + " " + timeOfDay(t) + " " + offset(t)
}

// holiday returns the name of a day, with its hours as a calendar writes them.
func (w *Words) holiday(h calendar.Holiday) string {
	name := text.OneLine(h.Name)
	if h.Workday {
		name = w.Workday + " " + name
	}
	if !h.Hours.IsZero() {
		name += " (" + h.Hours.String() + ")"
	}
	return name
}

// amount returns a duration as sla writes it, such as 1h30m.
func amount(d time.Duration) string {
	if d == 0 {
		return "0"
	}
	return text.Duration(d)
}
