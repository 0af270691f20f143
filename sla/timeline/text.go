package timeline

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/duetime/duetime/sla/ticket"
)

// The columns of a line of text: the date, half-hours of the day, and what counts in it.
const (
	columns      = 80
	dateColumn   = 16
	stripColumns = 50 // 25 hours, where a clock goes back
	halfHour     = 30 * time.Minute
)

// Text writes an explanation as lines of at most 80 columns: a strip of half-hours for
// each day, the marks below it, and a list of the marks with their instants. A half-hour
// in which several things hold shows the one that matters most: what counts, then what
// will, then a pause. A day of more than 25 hours has longer steps. The error is that of
// w, or one for Options as of [SVG].
func Text(w io.Writer, e ticket.Explanation, o Options) error {
	p, err := newPicture(e, o)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	p.text(b)
	return b.Flush()
}

func (p *picture) text(b *bufio.Writer) {
	for _, line := range wrap(p.title(), columns) {
		fmt.Fprintln(b, line)
	}
	axes := ""
	for i := range p.days {
		d := &p.days[i]
		if d.days > 1 {
			for _, line := range wrap(p.foldedText(d), columns) {
				fmt.Fprintln(b, line)
			}
			continue
		}
		if now := p.axesText(d); now != axes {
			axes = now
			b.WriteString(axes)
		}
		line := pad(clip(p.Words.day(d), dateColumn-1), dateColumn) + d.strip()
		if sum := d.total(); sum > 0 {
			line = pad(line, dateColumn+stripColumns+1) + amount(sum.Round(time.Second))
		}
		fmt.Fprintln(b, strings.TrimRight(line, " "))
		for _, line := range p.labels(d) {
			fmt.Fprintln(b, line)
		}
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

// characters has that of each use of open time, by rising weight.
const characters = ".x-apP+#"

// character returns which one a stretch has.
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
	case answered:
		if s.open {
			return 'a'
		}
	case none:
		return 'x'
	}
	if s.open {
		return '-'
	}
	return '.'
}

// step returns how long a character of a day stands for.
func (d *day) step() time.Duration {
	step := halfHour
	for d.to.Sub(d.from) > stripColumns*step {
		step *= 2
	}
	return step
}

// strip returns a character for each step of the day.
func (d *day) strip() string {
	var b strings.Builder
	stretches := d.stretches
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

// legend says what the characters mean that are there.
func (p *picture) legend() []string {
	w := p.Words
	texts := map[byte]string{
		'#': w.Times[ticket.ReasonOpen], '+': w.Ahead, 'P': w.Times[ticket.ReasonPaused], 'p': w.Times[ticket.ReasonPaused] + ", " + w.Times[ticket.ReasonClosed],
		'a': w.Times[ticket.ReasonAnswered], '-': w.Unused, 'x': w.Times[ticket.ReasonNoTerm], '.': w.Times[ticket.ReasonClosed],
	}
	var seen strings.Builder
	for i := range p.days {
		if d := &p.days[i]; d.days == 1 {
			seen.WriteString(d.strip())
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

// labels returns lines with the holidays and the marks of a day below its strip.
func (p *picture) labels(d *day) []string {
	var lines []string
	var ends []int // the columns at which they do
	put := func(at int, text string) {
		text = clip(text, columns)
		at = max(0, min(at, columns-width(text)))
		i := slices.IndexFunc(ends, func(end int) bool { return end <= max(0, at-2) })
		if i < 0 {
			i, lines, ends = len(lines), append(lines, ""), append(ends, 0)
		}
		lines[i] += strings.Repeat(" ", at-ends[i]) + text
		ends[i] = at + width(text)
	}
	for _, h := range d.holidays {
		put(dateColumn, p.Words.holiday(h))
	}
	for _, m := range d.marks {
		at := dateColumn + int(min(m.at.Sub(d.from), d.to.Sub(d.from)-1)/d.step())
		text := p.label(d, m)
		if at+2+width(text) <= columns {
			put(at, "^ "+text)
		} else {
			put(at-1-width(text), text+" ^")
		}
	}
	return lines
}

func (p *picture) foldedText(d *day) string {
	text := fmt.Sprintf("%s: "+p.Words.Days, p.Words.day(d), d.days, d.business)
	if sum := d.total(); sum > 0 {
		text += ", " + amount(sum.Round(time.Second))
	}
	if use := d.use(); use != unused {
		text += ", " + p.Words.use(stretch{use: use})
	}
	return text
}

// wrap breaks a text between words into lines of a width; a longer word is broken, too.
func wrap(text string, most int) []string {
	var lines []string
	line := ""
	for _, word := range strings.SplitAfter(text, " ") {
		for width(strings.TrimRight(line+word, " ")) > most {
			if line == "" {
				n := 0
				for i, r := range word {
					if n = i + utf8.RuneLen(r); width(word[:n]) >= most {
						break
					}
				}
				line, word = word[:n], word[n:]
			}
			lines = append(lines, strings.TrimRight(line, " "))
			line = ""
		}
		line += word
	}
	return append(lines, strings.TrimRight(line, " "))
}

// clip cuts a text off where it gets too wide, and shows that.
func clip(text string, most int) string {
	if width(text) <= most {
		return text
	}
	return wrap(text, most-1)[0] + "…"
}

// pad adds spaces up to a column.
func pad(text string, column int) string {
	return text + strings.Repeat(" ", max(0, column-width(text)))
}

// width returns how many columns a terminal needs for a text.
func width(text string) (n int) {
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul), 0x3000 <= r && r <= 0x303f, 0xff01 <= r && r <= 0xff60, r >= 0x1f300:
			n += 2
		default:
			n++
		}
	}
	return n
}
