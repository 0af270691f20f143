package timeline

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/text"
	"github.com/duetime/duetime/sla/ticket"
)

// The lines of text in this file are the same in SVG and in Text.

// title says what is due next, or what became of a single clock.
func (p *picture) title() string {
	next := p.next()
	switch {
	case slices.ContainsFunc(p.lanes, func(l *lane) bool { return l.Status.State == ticket.StateCancelled }):
		return capital(p.Words.word(sla.WordCancelled))
	case next == nil:
		return capital(p.Words.NotDue)
	}
	return capital(p.named(next, p.state(next)))
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

// named returns a text with the name of its lane, if there are several.
func (p *picture) named(l *lane, text string) string {
	if !p.several() {
		return text
	}
	return l.name + ": " + text
}

// state says what becomes of a clock, or why nothing is due.
func (p *picture) state(l *lane) string {
	w, st := p.Words, &l.Status
	_, noTerm := errors.AsType[sla.TermError](st.Err)
	form := w.DueAt
	switch breached := !st.BreachedAt.IsZero(); {
	case st.State == ticket.StateIdle:
		return w.Times[ticket.ReasonIdle]
	case st.State == ticket.StateCancelled:
		return w.word(sla.WordCancelled)
	case noTerm:
		return w.Times[ticket.ReasonNoTerm]
	case st.Err != nil || st.Due.IsZero():
		return w.NotDue
	case breached && st.State == ticket.StateStopped:
		form = w.Missed
	case breached:
		return fmt.Sprintf(w.Overdue, w.Time(st.BreachedAt.In(p.Zone)))
	case st.State == ticket.StateStopped:
		form = w.Met
	case st.State == ticket.StatePaused:
		form = w.DuePaused
	}
	return fmt.Sprintf(form, w.Time(st.Due.In(p.Zone)))
}

// caption says which request it is, in whose time, and how much of each target is used. Each
// line has parts. The title has the state of the next lane.
func (p *picture) caption() (lines [][]string) {
	w, e, next := p.Words, p.lanes[0], p.next()
	about := text.OneLine(string(e.Request.Moniker))
	if r, err := region.Lookup(e.Request.Moniker); err == nil {
		about = cmp.Or(w.Names[r.Name], r.Name)
	}
	if s := w.severity(e.Status.Severity); s != "" {
		about += w.Comma + s
	}
	lines = append(lines, []string{about, fmt.Sprintf(w.Zone, zoneName(p.Zone, e.Request.Opened))})
	if next != nil && p.Second != nil {
		lines = append(lines, []string{zoneName(p.Second, next.Status.Due) + ": " + w.Due + " " + w.Time(next.Status.Due.In(p.Second))})
	}
	for _, l := range p.lanes {
		var parts []string
		if p.several() && l != next {
			parts = append(parts, p.state(l))
		}
		if parts = append(parts, p.used(l)...); len(parts) > 0 {
			parts[0] = capital(p.named(l, parts[0]))
			lines = append(lines, parts)
		}
	}
	return lines
}

// used says how much of the target is used, left or used beyond it.
func (p *picture) used(l *lane) (parts []string) {
	w, st := p.Words, &l.Status
	if st.Err != nil || st.Due.IsZero() {
		return nil
	}
	used := fmt.Sprintf(w.Used, w.Duration(st.Elapsed), w.Duration(st.TargetTime))
	switch {
	case st.State == ticket.StateStopped || st.State == ticket.StateCancelled:
	case st.Overdue > 0:
		used += w.Comma + fmt.Sprintf(w.Over, w.Duration(st.Overdue))
	default:
		used += w.Comma + fmt.Sprintf(w.Left, w.Duration(st.Remaining))
	}
	if parts = append(parts, used); st.Provisional && st.BreachedAt.IsZero() {
		parts = append(parts, w.Provisional)
	}
	return parts
}

// mostNames is how many names of holidays a line has at most.
const mostNames = 5

// date returns a day, without its year if all days have the same.
func (p *picture) date(d calendar.Date) string {
	layout := p.Words.Day
	if p.days[0].date.Year() != p.days[len(p.days)-1].last.Year() {
		layout = p.Words.Date
	}
	return p.Words.format(layout, time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC))
}

// dates returns a day, or the first and the last of several.
func (p *picture) dates(d *day) string {
	if d.last == d.date {
		return p.date(d.date)
	}
	return p.date(d.date) + " – " + p.date(d.last)
}

// folded says which days are folded, and what they have: once if all lanes have the same,
// otherwise lane by lane.
func (p *picture) folded(d *day) (parts []string) {
	w := p.Words
	var texts []string
	same := true
	for i := range d.strips {
		texts = append(texts, p.foldedStrip(&d.strips[i]))
		same = same && texts[i] == texts[0]
	}
	parts = []string{p.dates(d), fmt.Sprintf(w.Days, d.days)}
	if same {
		parts[1] += w.Comma + texts[0]
	} else {
		for i, text := range texts {
			parts = append(parts, d.strips[i].lane.name+": "+text)
		}
	}
	var names []string
	for _, h := range d.holidays {
		if name := w.holiday(h); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if more := len(names) - mostNames; more > 0 {
		names = append(names[:mostNames], fmt.Sprintf("+%d", more))
	}
	if len(names) > 0 {
		parts = append(parts, strings.Join(names, w.Comma))
	}
	for _, c := range d.changes {
		parts = append(parts, p.date(calendar.DateOf(c.at.Add(-1).In(p.Zone)))+": "+c.text)
	}
	return parts
}

// foldedStrip says what a lane has on folded days.
func (p *picture) foldedStrip(s *strip) string {
	w := p.Words
	var parts []string
	if s.business > 0 {
		parts = append(parts, fmt.Sprintf(w.OpenDays, s.business))
	}
	for _, use := range []use{counted, late, ahead} {
		if sum := s.total(use); sum > 0 {
			parts = append(parts, w.Duration(sum)+" "+w.use(stretch{use: use}))
		}
	}
	if use := s.use(); use != unused {
		parts = append(parts, w.use(stretch{use: use}))
	}
	if len(parts) == 0 {
		return w.Times[ticket.ReasonClosed]
	}
	return strings.Join(parts, w.Comma)
}

// label returns the text at a mark, with the time of day at its end.
func (p *picture) label(d *day, m mark) string {
	switch {
	case m.kind == clock:
		return m.text
	case m.at.Equal(d.to):
		return m.text + " 24:00"
	}
	return m.text + " " + timeOfDay(m.at.In(p.Zone))
}

// shorten cuts a label to fit, but never what is at its end: the time of day, and how many
// more marks there are.
func shorten(label string, most float64, size ruler) string {
	if size.width(label) <= most {
		return label
	}
	cut := strings.LastIndexByte(label, ' ')
	if cut > 0 && label[cut+1] == '+' {
		cut = strings.LastIndexByte(label[:cut], ' ')
	}
	if cut < 0 {
		return clip(label, most, size)
	}
	return clip(label[:cut], most-size.width(label[cut:]), size) + label[cut:]
}

// mostMarks is how many marks a description lists.
const mostMarks = 100

// description says in words what the picture shows.
func (p *picture) description() string {
	var list []string
	for _, parts := range p.caption() {
		list = append(list, strings.Join(parts, between))
	}
	add := func(name string, marks []mark) {
		for i, m := range marks {
			if i == mostMarks {
				list = append(list, fmt.Sprintf("+%d", len(marks)-i))
				break
			}
			line := m.text + ": " + p.Words.Time(m.at.In(p.Zone))
			if name != "" {
				line = name + ": " + line
			}
			if m.note != "" {
				line += ": " + m.note
			}
			list = append(list, line)
		}
	}
	add("", p.marks)
	for _, l := range p.lanes {
		name := l.name
		if !p.several() {
			name = ""
		}
		add(name, l.marks)
	}
	for i := range p.days {
		if d := &p.days[i]; d.days > 1 {
			list = append(list, strings.Join(p.folded(d), between))
			continue
		}
		for _, h := range p.days[i].holidays {
			list = append(list, p.date(h.Date)+": "+p.Words.holiday(h))
		}
	}
	return strings.Join(list, "; ")
}

// legend returns the looks of the time that is drawn, each once.
func (p *picture) legend() (seen []stretch) {
	for i := range p.days {
		for _, strip := range p.days[i].strips {
			for _, t := range strip.stretches {
				t.from, t.to = time.Time{}, time.Time{}
				if t.use != unused {
					t.open = false
				}
				if p.days[i].days == 1 && (t.open || t.use != unused) && !slices.Contains(seen, t) {
					seen = append(seen, t)
				}
			}
		}
	}
	slices.SortStableFunc(seen, func(a, b stretch) int { return int(a.use) - int(b.use) })
	return seen
}
