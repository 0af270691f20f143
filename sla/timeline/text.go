package timeline

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/duetime/duetime/sla/ticket"
)

// The columns of a line of text: the date, half-hours of the day, and what counts in it.
const (
	columnsOfText = 80
	dateColumn    = 16
	stripColumns  = 50 // 25 hours, where a clock goes back
	halfHour      = 30 * time.Minute
)

// Text writes lanes as lines of at most 80 columns: a strip of half-hours for each day and
// lane, with the marks that all lanes share above it and its own below it. A half-hour in
// which several things hold shows what matters most: time after a breach, then other time
// that counts, then time that will count, then a pause. A day of more than 25 hours has
// longer steps. Text returns errors as [SVG] does.
func Text(w io.Writer, lanes []ticket.Explanation, o Options) error {
	p, err := newPicture(lanes, o)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	p.text(b)
	return b.Flush()
}

func (p *picture) text(b *bufio.Writer) {
	write(b, p.title())
	for _, parts := range p.caption() {
		write(b, parts...)
	}
	fmt.Fprintln(b)
	axes := ""
	for i := range p.days {
		d := &p.days[i]
		if d.days > 1 {
			parts := p.folded(d)
			parts[0] = "~ " + parts[0]
			write(b, parts...)
			continue
		}
		if now := p.axesText(d); now != axes {
			axes = now
			b.WriteString(axes)
		}
		p.day(b, d)
	}
	fmt.Fprintln(b)
	for _, line := range fill(p.characterLegend(), "   ", columnsOfText, columns) {
		fmt.Fprintln(b, line)
	}
}

// day writes the strips of a day with their marks. A strip's own marks are below it. Marks
// that all strips share are above them.
func (p *picture) day(b *bufio.Writer, d *day) {
	date := p.dates(d)
	common := rows{pointer: "v"}
	if p.several() {
		common.put(0, date)
	}
	for _, h := range d.holidays {
		common.put(dateColumn, p.Words.holiday(h))
	}
	for _, m := range inOrder(slices.Concat(d.changes, d.marks)) {
		common.point(p, d, m)
	}
	common.write(b)
	for i := range d.strips {
		s := &d.strips[i]
		name := date
		if p.several() {
			name = s.lane.name
		}
		p.writeStrip(b, d, s, name)
		own := rows{pointer: "^"}
		for _, m := range s.marks {
			own.point(p, d, m)
		}
		own.write(b)
	}
}

// writeStrip writes a strip with its name and the time that counts. A long name has a
// separate line.
func (p *picture) writeStrip(b *bufio.Writer, d *day, s *strip, name string) {
	if width(name) >= dateColumn {
		fmt.Fprintln(b, clip(name, columnsOfText, columns))
		name = ""
	}
	line := pad(name, dateColumn) + d.characters(s)
	if sum := s.total(counted, late, ahead); sum > 0 {
		line = clip(pad(line+" ", dateColumn+stripColumns-1)+p.Words.Duration(sum.Round(time.Minute)), columnsOfText, columns)
	}
	fmt.Fprintln(b, strings.TrimRight(line, " "))
}

// characters lists the characters of strips. The last of those in a step wins.
const characters = ".xi-spP+#!"

// character returns the character of a stretch.
func (s stretch) character() byte {
	switch s.use {
	case counted:
		return '#'
	case late:
		return '!'
	case ahead:
		return '+'
	case paused:
		if s.open {
			return 'P'
		}
		return 'p'
	case stopped:
		if s.open {
			return 's'
		}
	case idle:
		return 'i'
	case none:
		return 'x'
	}
	if s.open {
		return '-'
	}
	return '.'
}

// step returns how much time a character of a day covers.
func (d *day) step() time.Duration {
	step := halfHour
	for d.to.Sub(d.from) > stripColumns*step {
		step *= 2
	}
	return step
}

// column returns the column of a mark.
func (d *day) column(m mark) int {
	return dateColumn + int(min(m.at.Sub(d.from), d.to.Sub(d.from)-1)/d.step())
}

// characters returns a character for each step of the day.
func (d *day) characters(s *strip) string {
	var b strings.Builder
	stretches := s.stretches
	step := d.step()
	for at := d.from; at.Before(d.to); at = at.Add(step) {
		for len(stretches) > 1 && !at.Before(stretches[0].to) {
			stretches = stretches[1:]
		}
		best := byte('.')
		for _, s := range stretches {
			if !s.from.Before(at.Add(step)) {
				break
			}
			if c := s.character(); strings.IndexByte(characters, c) > strings.IndexByte(characters, best) {
				best = c
			}
		}
		b.WriteByte(best)
	}
	return b.String()
}

// characterLegend explains the characters that were used.
func (p *picture) characterLegend() (list []string) {
	w := p.Words
	texts := map[byte]string{
		'#': w.Times[ticket.ReasonOpen], '!': w.Late, '+': w.Ahead, 'P': w.Times[ticket.ReasonPaused], 'p': w.Times[ticket.ReasonPaused] + ", " + w.Times[ticket.ReasonClosed],
		's': w.Times[ticket.ReasonStopped], '-': w.Unused, 'i': w.Times[ticket.ReasonIdle], 'x': w.Times[ticket.ReasonNoTerm], '.': w.Times[ticket.ReasonClosed],
	}
	var seen strings.Builder
	for i := range p.days {
		if d := &p.days[i]; d.days == 1 {
			for j := range d.strips {
				seen.WriteString(d.characters(&d.strips[j]))
			}
		}
	}
	for i := len(characters) - 1; i >= 0; i-- {
		if c := characters[i]; strings.IndexByte(seen.String(), c) >= 0 {
			list = append(list, string(c)+" "+texts[c])
		}
	}
	return list
}

// axesText returns the hours above the strip of a day, in both zones.
func (p *picture) axesText(d *day) string {
	var b strings.Builder
	for _, zone := range p.zones() {
		line := ""
		if p.Second != nil {
			line = clip(zoneName(zone, d.from), columnsOfText, columns)
		}
		if width(line) >= dateColumn {
			fmt.Fprintln(&b, line)
			line = ""
		}
		for _, t := range p.ticks(d, zone, 3) {
			at := dateColumn + int(t.at.Sub(d.from)/d.step())
			if width(line) < at {
				line = pad(line, at) + t.label
			}
		}
		fmt.Fprintln(&b, line)
	}
	return b.String()
}

// rows are lines of texts. Texts are put from left to right, into the first line with room.
type rows struct {
	pointer string // points to a strip
	lines   []string
	ends    []int // the columns at which the lines end
}

// put adds a text at a column, or as near to it as the text fits.
func (r *rows) put(at int, text string) {
	text = clip(text, columnsOfText, columns)
	at = max(0, min(at, columnsOfText-width(text)))
	i := slices.IndexFunc(r.ends, func(end int) bool { return end <= max(0, at-2) })
	if i < 0 {
		i, r.lines, r.ends = len(r.lines), append(r.lines, ""), append(r.ends, 0)
	}
	r.lines[i] += strings.Repeat(" ", at-r.ends[i]) + text
	r.ends[i] = at + width(text)
}

// point adds a pointer to a mark, with the label behind it or, for lack of room, before it.
func (r *rows) point(p *picture, d *day, m mark) {
	at := d.column(m)
	before, behind := at-1, columnsOfText-at-2
	label := shorten(p.label(d, m), float64(max(before, behind)), columns)
	if width(label) <= behind {
		r.put(at, r.pointer+" "+label)
	} else {
		r.put(at-1-width(label), label+" "+r.pointer)
	}
}

func (r *rows) write(b *bufio.Writer) {
	for _, line := range r.lines {
		fmt.Fprintln(b, line)
	}
}

// write writes the parts of a text in lines of the width of a terminal. The lines after the
// first are indented.
func write(b *bufio.Writer, parts ...string) {
	for i, line := range flow(parts, columnsOfText-2, columns) {
		if i > 0 {
			b.WriteString("  ")
		}
		fmt.Fprintln(b, line)
	}
}

// pad adds spaces up to a column.
func pad(text string, column int) string {
	return text + strings.Repeat(" ", max(0, column-width(text)))
}

// width returns how many columns a terminal needs for a text.
func width(text string) int { return int(columns.width(text)) }
