package timeline

import (
	"bufio"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/duetime/duetime/sla/ticket"
)

// The measures of an SVG in pixels.
const (
	margin      = 12
	fontSize    = 12
	lineHeight  = 17
	stripHeight = 20
	gap         = 9   // below a day
	laneGap     = 5   // between two strips of a day
	dateWidth   = 104 // of the dates beside the strips, at least
	narrow      = 560 // below this width, they are above them
	wide        = 900 // from this width on, there are more ticks
)

// style has the colours, on light and dark ground; the patterns are told apart without
// them. Each stands there twice, for programs that know no variables. The names begin
// with dt-, as a page may have the picture in it.
const style = `.dt-svg{--ground:#fff;--text:#1b1f24;--quiet:#57606a;--line:#d0d7de;--hours:#eaeef2;--count:#0a5fb4;--warn:#b3261e;` +
	`font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}` +
	`@media(prefers-color-scheme:dark){.dt-svg{--ground:#0d1117;--text:#e6edf3;--quiet:#9198a1;--line:#3d444d;--hours:#212830;--count:#4c9cf1;--warn:#ff8880}}` +
	`@media print{.dt-svg{--ground:#fff;--text:#000;--quiet:#333;--line:#999;--hours:#eee;--count:#000;--warn:#000}}` +
	`.dt-ground{fill:#fff;fill:var(--ground)}.dt-svg text{fill:#1b1f24;fill:var(--text)}.dt-svg .dt-quiet{fill:#57606a;fill:var(--quiet)}.dt-title{font-weight:600;font-size:14px}` +
	`.dt-strip{fill:none;stroke:#d0d7de;stroke:var(--line)}.dt-tick{stroke:#d0d7de;stroke:var(--line)}.dt-open{fill:#eaeef2;fill:var(--hours);stroke:#57606a;stroke:var(--quiet);stroke-width:.5}` +
	`.dt-counted{fill:#0a5fb4;fill:var(--count)}.dt-hatch{stroke:#0a5fb4;stroke:var(--count)}.dt-dots{fill:#57606a;fill:var(--quiet)}.dt-lines{stroke:#57606a;stroke:var(--quiet)}.dt-ahead,.dt-paused,.dt-stopped,.dt-idle,.dt-none{stroke:#57606a;stroke:var(--quiet);stroke-width:.5}` +
	`.dt-mark{stroke:#1b1f24;stroke:var(--text);stroke-width:1.5;fill:#fff;fill:var(--ground)}.dt-mark text{stroke:none}.dt-due .dt-shape{fill:#1b1f24;fill:var(--text)}` +
	`.dt-breached .dt-shape{fill:#b3261e;fill:var(--warn);stroke:#b3261e;stroke:var(--warn)}.dt-now .dt-line{stroke-dasharray:3 2}`

// SVG writes lanes as a picture: one SVG element of the width of the options and as high as
// it has to be, which an HTML page can have in it and a file can be. It has a title and a
// description for those who do not see it. Each day that is not folded is an element of
// class dt-day with its date and its instants. In it, each lane is one of class dt-lane with
// its metric, and each mark one of class dt-mark with its instant. Marks that all lanes share
// are outside the lanes, and so are all marks of a single lane.
//
// SVG returns the errors of w, and errors about the options and the lanes. [ErrNothing] is
// one of them.
func SVG(w io.Writer, lanes []ticket.Explanation, o Options) error {
	p, err := newPicture(lanes, o)
	if err != nil {
		return err
	}
	s := drawing{picture: p, y: margin}
	beside := float64(dateWidth)
	if p.several() {
		beside = max(beside, textWidth(p.Words.days(&p.days[0]))+8)
		for _, l := range p.lanes {
			beside = max(beside, textWidth(l.name)+8)
		}
	}
	s.left, s.apart = margin+int(beside), 3
	if p.Width < narrow || beside > float64(p.Width/3) {
		s.left, s.apart = margin, 6
	} else if p.Width >= wide {
		s.apart = 1
	}
	longest := 24 * time.Hour
	for i := range p.days {
		if d := &p.days[i]; d.days == 1 {
			longest = max(longest, d.to.Sub(d.from))
		}
	}
	s.perHour = float64(p.Width-s.left-margin) / longest.Hours()
	s.draw()
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" class="dt-svg" role="img" viewBox="0 0 %d %d" width="%d" height="%d" aria-labelledby="%s-title" aria-describedby="%[5]s-desc">`+"\n",
		p.Width, s.y+margin, p.Width, s.y+margin, escape(p.ID))
	fmt.Fprintf(b, "<title id=\"%s-title\">%s</title>\n", escape(p.ID), escape(p.title()))
	fmt.Fprintf(b, "<desc id=\"%s-desc\">%s</desc>\n", escape(p.ID), escape(p.description()))
	fmt.Fprintf(b, "<style>%s</style>\n", style)
	fmt.Fprintf(b, `<defs><pattern id="%s-ahead" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="dt-hatch" d="M1.5 0V6" stroke-width="3"/></pattern>`+
		`<pattern id="%[1]s-paused" width="6" height="6" patternUnits="userSpaceOnUse"><circle class="dt-dots" cx="3" cy="3" r="1.4"/></pattern>`+
		`<pattern id="%[1]s-stopped" width="6" height="6" patternUnits="userSpaceOnUse"><path class="dt-lines" d="M0 3H6"/></pattern>`+
		`<pattern id="%[1]s-idle" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><path class="dt-lines" d="M4 0V9"/></pattern>`+
		`<pattern id="%[1]s-none" width="8" height="8" patternUnits="userSpaceOnUse"><path class="dt-lines" d="M2 2l4 4m0-4l-4 4"/></pattern></defs>`+"\n", escape(p.ID))
	fmt.Fprintf(b, `<rect class="dt-ground" width="%d" height="%d"/>`+"\n", p.Width, s.y+margin)
	b.WriteString(s.body.String())
	b.WriteString("</svg>\n")
	return b.Flush()
}

// drawing is an SVG on which something is drawn from top to bottom.
type drawing struct {
	*picture
	body    strings.Builder
	y       int // the upper end of what is free
	left    int // where the strips begin
	apart   int // the hours between two ticks
	perHour float64
}

func (s *drawing) draw() {
	for _, line := range s.wrap(s.title(), 14) {
		s.line(`class="dt-title" `, line)
	}
	s.y += gap / 2
	axes := ""
	for i := range s.days {
		d := &s.days[i]
		if d.days > 1 {
			for _, text := range s.folded(d) {
				for _, line := range s.wrap(text, fontSize) {
					s.line(`class="dt-quiet" `, line)
				}
			}
			s.y += gap
			continue
		}
		if now := s.axes(d); now != axes {
			axes = now
			s.putAxes(d)
		}
		s.day(d)
	}
	s.legend()
	for _, text := range s.list() {
		for i, line := range s.wrap(text, fontSize) {
			if i > 0 {
				line = "\u2003" + line
			}
			s.line("", line)
		}
	}
}

// line writes a line of text.
func (s *drawing) line(attributes, text string) {
	fmt.Fprintf(&s.body, "<text %sx=\"%d\" y=\"%d\">%s</text>\n", attributes, margin, s.y+lineHeight-4, escape(text))
	s.y += lineHeight
}

// wrap breaks a text into lines that fit, less room for the indent of those after the first.
func (s *drawing) wrap(text string, size int) []string {
	return wrap(text, (s.Width-2*margin)*10/(size*columnTenths)-2)
}

// columnTenths is how wide a letter is at the most, in tenths of the size of the font:
// a little more than a letter is on average.
const columnTenths = 6

// textWidth is how wide a text may be in the picture.
func textWidth(text string) float64 { return float64(width(text)*fontSize*columnTenths) / 10 }

// columnsIn returns how many columns of text fit in a width.
func columnsIn(wide float64) int { return int(wide * 10 / (fontSize * columnTenths)) }

// x returns the place of an instant of a day.
func (s *drawing) x(d *day, at time.Time) float64 {
	return float64(s.left) + at.Sub(d.from).Hours()*s.perHour
}

// axes returns where the ticks of a day are, so that those of two days can be compared.
func (s *drawing) axes(d *day) string {
	var b strings.Builder
	for _, zone := range s.zones() {
		for _, t := range s.ticks(d, zone, s.apart) {
			fmt.Fprint(&b, t.at.Sub(d.from), t.label, " ")
		}
	}
	return b.String()
}

// putAxes writes the hours of the zones above the strip of a day.
func (s *drawing) putAxes(d *day) {
	for _, zone := range s.zones() {
		name := zoneName(zone, d.from)
		fmt.Fprintf(&s.body, "<g class=\"dt-axis\" data-zone=\"%s\">\n", escape(name))
		for _, line := range s.wrap(name, fontSize) {
			s.line(`class="dt-quiet" `, line)
		}
		if s.left > margin && textWidth(name) < dateWidth {
			s.y -= lineHeight // the hours go beside the name
		}
		free, list := 0.0, s.ticks(d, zone, s.apart)
		for i, t := range list {
			half := textWidth(t.label) / 2
			x := min(max(s.x(d, t.at), float64(s.left)+half), float64(s.Width-margin)-half)
			// The last one has the right of way: a clock that goes back at a minute past
			// midnight shows 0 before the day is over.
			if x-half < free || i < len(list)-1 && s.x(d, list[len(list)-1].at)-x < textWidth("24") {
				continue
			}
			free = x + half + 2
			fmt.Fprintf(&s.body, "<text class=\"dt-quiet\" x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>\n", number(x), s.y+lineHeight-4, t.label)
		}
		s.body.WriteString("</g>\n")
		s.y += lineHeight
	}
}

// day draws the marks that all lanes share, and the strips below them.
func (s *drawing) day(d *day) {
	fmt.Fprintf(&s.body, "<g class=\"dt-day\" data-date=\"%s\" data-from=\"%s\" data-to=\"%s\">\n", d.date, stamp(d.from), stamp(d.to))
	date := s.Words.days(d)
	var texts []label
	if s.several() {
		texts = append(texts, label{from: margin, text: date})
	} else if s.left == margin {
		s.line("", date)
	}
	for _, h := range d.holidays {
		texts = append(texts, label{from: float64(s.left), text: s.Words.holiday(h), class: "dt-holiday"})
	}
	labels := s.labels(d, texts, d.marks)
	bottom := s.y // of the labels
	var tops []int
	for i := range d.strips {
		if i > 0 {
			s.y += laneGap
		}
		tops = append(tops, s.strip(d, &d.strips[i], date))
	}
	s.texts(labels[:len(texts)])
	for i, m := range d.marks {
		s.mark(m, labels[len(texts)+i], bottom, tops...)
	}
	s.body.WriteString("</g>\n")
	s.y += gap
}

// strip draws a strip below the labels of its marks, and returns where it begins. In a wide
// picture, the name of the lane stands beside the strip, or the date if there is one lane. In
// a narrow picture, the name stands above the strip.
func (s *drawing) strip(d *day, of *strip, date string) (top int) {
	fmt.Fprintf(&s.body, "<g class=\"dt-lane\" data-metric=\"%s\">\n", escape(metricOf(of.lane.Explanation)))
	var texts []label
	if s.left == margin && s.several() {
		texts = append(texts, label{from: margin, text: of.lane.name})
	}
	labels := s.labels(d, texts, of.marks)
	top = s.y
	s.y += stripHeight
	if s.left > margin {
		fmt.Fprintf(&s.body, "<text x=\"%d\" y=\"%d\">%s</text>\n", margin, s.y-6, escape(cmp.Or(of.lane.name, date)))
	}
	right := s.x(d, d.to)
	for _, t := range s.ticks(d, s.Zone, s.apart) {
		fmt.Fprintf(&s.body, "<path class=\"dt-tick\" d=\"M%s %dV%d\"/>\n", number(s.x(d, t.at)), top, s.y)
	}
	for _, t := range of.stretches {
		s.stretch(d, t, top)
	}
	fmt.Fprintf(&s.body, "<rect class=\"dt-strip\" x=\"%d\" y=\"%d\" width=\"%s\" height=\"%d\"/>\n", s.left, top, number(right-float64(s.left)), stripHeight)
	s.texts(labels[:len(texts)])
	for i, m := range of.marks {
		s.mark(m, labels[len(texts)+i], top, top)
	}
	s.body.WriteString("</g>\n")
	return top
}

// label is a text above a strip, with or without a mark.
type label struct {
	x, from, to float64
	y           int  // the upper end
	before      bool // it ends at the mark
	text, class string
}

// labels places texts and the marks of a day in rows. What is drawn next is below them.
func (s *drawing) labels(d *day, texts []label, marks []mark) (list []label) {
	var ends []float64 // of the rows
	right := float64(s.Width - margin)
	put := func(l label) {
		l.text = clip(l.text, columnsIn(right-margin)) // the list has it all
		wide := textWidth(l.text)
		l.from = max(margin, min(l.from, right-wide))
		l.to = l.from + wide
		row := slices.IndexFunc(ends, func(end float64) bool { return end+6 <= l.from })
		if row < 0 {
			row, ends = len(ends), append(ends, 0)
		}
		if ends[row] = l.to; l.before { // they come from left to right
			ends[row] = l.x + 8
		}
		l.y = s.y + row*lineHeight
		list = append(list, l)
	}
	for _, l := range texts {
		put(l)
	}
	for _, m := range marks {
		x := s.x(d, m.at)
		before, behind := x-8-margin, right-x-8
		l := label{x: x, from: x + 8, text: s.label(d, m, columnsIn(max(before, behind)))}
		if wide := textWidth(l.text); wide > behind {
			l.from, l.before = x-8-wide, true
		}
		put(l)
	}
	s.y += len(ends) * lineHeight
	return list
}

// texts writes labels without marks.
func (s *drawing) texts(list []label) {
	for _, l := range list {
		class := ""
		if l.class != "" {
			class = fmt.Sprintf(`class="%s" `, l.class)
		}
		fmt.Fprintf(&s.body, "<text %sx=\"%s\" y=\"%d\">%s</text>\n", class, number(l.from), l.y+lineHeight-4, escape(l.text))
	}
}

// stretch draws what becomes of a part of a day.
func (s *drawing) stretch(d *day, t stretch, top int) {
	x := s.x(d, t.from)
	s.fill(t, x, s.x(d, t.to)-x, top, fmt.Sprintf("%s–%s %s", timeOfDay(t.from.In(s.Zone)), timeOfDay(t.to.In(s.Zone)), s.Words.use(t)))
}

// fill draws a box that looks as what becomes of a stretch of time.
func (s *drawing) fill(t stretch, x, wide float64, top int, title string) {
	box := func(attributes string) {
		fmt.Fprintf(&s.body, "<rect %s x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"><title>%s</title></rect>\n",
			attributes, number(x), top, number(wide), stripHeight, escape(title))
	}
	if t.use == counted {
		box(`class="dt-counted"`)
		return
	}
	if t.open {
		box(`class="dt-open"`)
	}
	if name := fillings[t.use]; name != "" {
		box(fmt.Sprintf(`class="dt-%s" fill="url(#%s-%[1]s)"`, name, escape(s.ID)))
	}
}

// fillings are the patterns of the uses that have one.
var fillings = [...]string{ahead: "ahead", paused: "paused", stopped: "stopped", idle: "idle", none: "none"}

// shapes are those of the marks, around the point at which their line meets the strip.
var shapes = [...]string{
	opened:   "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z", // a ring
	start:    "m-3 -5l7 5l-7 5z",                    // a triangle on its way
	event:    "m-4 -4h8v8h-8z",                      // a square
	alarm:    "m0 -5l5 9h-10z",                      // a triangle that warns
	firstDue: "m0 -5l5 5l-5 5l-5 -5z",               // a diamond
	due:      "m0 -5l5 5l-5 5l-5 -5z",               // a full one
	breached: "m-5 -5l10 10m0 -10l-10 10",           // a cross
	now:      "m-4 -4h8l-4 7z",                      // an arrow down
}

var kinds = [...]string{opened: "opened", start: "start", event: "event", alarm: "alarm", firstDue: "first-due", due: "due", breached: "breached", now: "now"}

// mark draws a mark with its label. Its line goes down to the end of the labels, and crosses
// the strips. It leaves out labels between strips.
func (s *drawing) mark(m mark, l label, down int, tops ...int) {
	x, y := number(l.x), l.y+lineHeight/2
	var line strings.Builder
	fmt.Fprintf(&line, "M%s %d", x, y)
	for _, top := range tops {
		if top > down+laneGap {
			fmt.Fprintf(&line, "V%dM%s %d", down, x, top)
		}
		down = top + stripHeight + 3
	}
	fmt.Fprintf(&s.body, "<g class=\"dt-mark dt-%s\" data-at=\"%s\"><path class=\"dt-line\" d=\"%sV%d\"/><path class=\"dt-shape\" d=\"M%s %d%s\"/>",
		kinds[m.kind], stamp(m.at), line.String(), down, x, y, shapes[m.kind])
	from, anchor := l.from, ""
	if l.before {
		from, anchor = l.to, ` text-anchor="end"`
	}
	fmt.Fprintf(&s.body, "<text x=\"%s\" y=\"%d\"%s>%s</text></g>\n", number(from), y+4, anchor, escape(l.text))
}

// legend says what the fillings mean that are there.
func (s *drawing) legend() {
	var seen []stretch
	for i := range s.days {
		for _, strip := range s.days[i].strips {
			for _, t := range strip.stretches {
				if s.days[i].days == 1 && (t.open || t.use != unused) &&
					!slices.ContainsFunc(seen, func(o stretch) bool { return s.Words.use(o) == s.Words.use(t) }) {
					seen = append(seen, t)
				}
			}
		}
	}
	slices.SortStableFunc(seen, func(a, b stretch) int { return int(a.use) - int(b.use) })
	x := float64(margin)
	s.y += gap / 2
	for _, t := range seen {
		text := s.Words.use(t)
		need := 24 + textWidth(text) + 14
		if x > margin && x+need > float64(s.Width) {
			x, s.y = margin, s.y+stripHeight+4
		}
		s.fill(t, x, 18, s.y, text)
		fmt.Fprintf(&s.body, "<text x=\"%s\" y=\"%d\">%s</text>\n", number(x+24), s.y+stripHeight-6, escape(text))
		x += need
	}
	if len(seen) > 0 {
		s.y += stripHeight + gap
	}
	if used := s.used(); used != "" {
		for _, line := range s.wrap(used, fontSize) {
			s.line("", line)
		}
	}
}

// number returns a coordinate, to a hundredth of a pixel.
func number(x float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(x, 'f', 2, 64), "0"), ".")
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

func escape(text string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(text)) // to a builder, which takes everything
	return b.String()
}
