package timeline

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/duetime/duetime/sla/ticket"
)

// The columns of a line of text: the date, half-hours of the day, and what counts in it.
const (
	columns      = 80
	dateColumn   = 16
	stripColumns = 50 // 25 hours, where a clock goes back
	halfHour     = 30 * time.Minute
)

// Text writes lanes as lines of at most 80 columns: a strip of half-hours for each day and
// lane, the marks below it, and a list of the marks with their instants. Marks of several
// lanes, such as events, are above the strips of their day. A half-hour in which several
// things hold shows what matters most: time that counts, then time that will count, then a
// pause. A day of more than 25 hours has longer steps. Text returns errors as [SVG] does.
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
	write(b, p.title(), columns)
	axes := ""
	for i := range p.days {
		d := &p.days[i]
		if d.days > 1 {
			for _, line := range p.folded(d) {
				write(b, line, columns)
			}
			continue
		}
		if now := p.axesText(d); now != axes {
			axes = now
			b.WriteString(axes)
		}
		p.day(b, d)
	}
	fmt.Fprintln(b)
	for _, line := range append(p.legend(), p.list()...) {
		for i, part := range wrap(line, columns-2) {
			if i > 0 {
				b.WriteString("  ")
			}
			fmt.Fprintln(b, part)
		}
	}
}

// day writes the strips of a day with their marks. A strip's own marks are below it. Marks
// that several strips share are above them.
func (p *picture) day(b *bufio.Writer, d *day) {
	date := p.Words.days(d)
	common := rows{pointer: "^"}
	if p.several() {
		common.pointer = "v"
		common.put(0, date)
	}
	for _, h := range d.holidays {
		common.put(dateColumn, p.Words.holiday(h))
	}
	for _, m := range d.marks {
		common.point(p, d, m)
	}
	if !p.several() {
		writeStrip(b, d, &d.strips[0], clip(date, dateColumn-1))
		common.write(b)
		return
	}
	common.write(b)
	for i := range d.strips {
		s := &d.strips[i]
		writeStrip(b, d, s, s.lane.name)
		own := rows{pointer: "^"}
		for _, m := range s.marks {
			own.point(p, d, m)
		}
		own.write(b)
	}
}

// writeStrip writes a strip with its name and the time that counts. A long name has a
// separate line.
func writeStrip(b *bufio.Writer, d *day, s *strip, name string) {
	if width(name) >= dateColumn {
		fmt.Fprintln(b, clip(name, columns))
		name = ""
	}
	line := pad(name, dateColumn) + d.characters(s)
	if sum := s.total(); sum > 0 {
		line = pad(line, dateColumn+stripColumns+1) + amount(sum.Round(time.Second))
	}
	fmt.Fprintln(b, strings.TrimRight(line, " "))
}

// characters lists the characters of strips. The last of those in a step wins.
const characters = ".xi-spP+#"

// character returns the character of a stretch.
func (s stretch) character() byte {
	switch s.use {
	case counted:
		return '#'
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

// legend explains the characters that were used.
func (p *picture) legend() []string {
	w := p.Words
	texts := map[byte]string{
		'#': w.Times[ticket.ReasonOpen], '+': w.Ahead, 'P': w.Times[ticket.ReasonPaused], 'p': w.Times[ticket.ReasonPaused] + ", " + w.Times[ticket.ReasonClosed],
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
	var list []string
	for i := len(characters) - 1; i >= 0; i-- {
		if c := characters[i]; strings.IndexByte(seen.String(), c) >= 0 {
			list = append(list, string(c)+" "+texts[c])
		}
	}
	lines := []string{strings.Join(list, "   ")}
	if used := p.used(); used != "" {
		lines = append(lines, used)
	}
	return lines
}

// axesText returns the hours above the strip of a day, in both zones.
func (p *picture) axesText(d *day) string {
	var b strings.Builder
	for _, zone := range p.zones() {
		line := clip(zoneName(zone, d.from), columns)
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
	text = clip(text, columns)
	at = max(0, min(at, columns-width(text)))
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
	before, behind := at-1, columns-at-2
	label := p.label(d, m, max(before, behind))
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

// write writes a text in lines of at most so many columns.
func write(b *bufio.Writer, text string, most int) {
	for _, line := range wrap(text, most) {
		fmt.Fprintln(b, line)
	}
}

// wrap breaks a text between words into lines of a width; a longer word is broken, too.
func wrap(text string, most int) []string {
	var lines []string
	begin, space, columns := 0, 0, 0 // where the line begins, what follows its last space, its width so far
	for i, r := range text {
		wide := runeWidth(r)
		if columns+wide > most && r != ' ' && i > begin {
			end := i
			if space > begin {
				end = space
			}
			lines = append(lines, strings.TrimRight(text[begin:end], " "))
			begin, columns = end, width(text[end:i])
		}
		columns += wide
		if r == ' ' {
			space = i + 1
		}
	}
	return append(lines, strings.TrimRight(text[begin:], " "))
}

// clip cuts a text that is too wide, and ends it with an ellipsis.
func clip(text string, most int) string {
	if width(text) <= most {
		return text
	}
	return strings.TrimRight(wrap(text, most-1)[0], ", ") + "…"
}

// pad adds spaces up to a column.
func pad(text string, column int) string {
	return text + strings.Repeat(" ", max(0, column-width(text)))
}

// width returns how many columns a terminal needs for a text.
func width(text string) (n int) {
	for _, r := range text {
		n += runeWidth(r)
	}
	return n
}

func runeWidth(r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul), 0x3000 <= r && r <= 0x303f, 0xff01 <= r && r <= 0xff60, r >= 0x1f300:
		return 2
	}
	return 1
}
