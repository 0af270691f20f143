package timeline

import (
	"bufio"
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
	dateWidth   = 104 // of the dates beside the strips
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
	`.dt-counted{fill:#0a5fb4;fill:var(--count)}.dt-hatch{stroke:#0a5fb4;stroke:var(--count)}.dt-dots{fill:#57606a;fill:var(--quiet)}.dt-lines{stroke:#57606a;stroke:var(--quiet)}.dt-ahead,.dt-paused,.dt-answered,.dt-none{stroke:#57606a;stroke:var(--quiet);stroke-width:.5}` +
	`.dt-mark{stroke:#1b1f24;stroke:var(--text);stroke-width:1.5;fill:#fff;fill:var(--ground)}.dt-mark text{stroke:none}.dt-due .dt-shape{fill:#1b1f24;fill:var(--text)}` +
	`.dt-breached .dt-shape{fill:#b3261e;fill:var(--warn);stroke:#b3261e;stroke:var(--warn)}.dt-now .dt-line{stroke-dasharray:3 2}`

// SVG writes an explanation as a picture: one SVG element of the width of the options
// and as high as it has to be, which an HTML page can have in it and a file can be. It
// has a title and a description for those who do not see it. Each day that is not folded
// is an element of class dt-day with its date and its instants, each mark one of class
// dt-mark with its own.
//
// The error is that of w, or says what is wrong with the options, or is [ErrNothing].
func SVG(w io.Writer, e ticket.Explanation, o Options) error {
	p, err := newPicture(e, o)
	if err != nil {
		return err
	}
	s := drawing{picture: p, y: margin}
	s.left, s.apart = margin+dateWidth, 3
	if p.Width < narrow {
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
		`<pattern id="%[1]s-answered" width="6" height="6" patternUnits="userSpaceOnUse"><path class="dt-lines" d="M0 3H6"/></pattern>`+
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
			for _, line := range s.wrap(s.foldedText(d), fontSize) {
				s.line(`class="dt-quiet" `, line)
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

// label is a text beside a mark.
type label struct {
	x, from, to float64
	before      bool // it ends at the mark
	lane        int
	text        string
}

// day draws the strip of a day with its date, and its labels above it.
func (s *drawing) day(d *day) {
	fmt.Fprintf(&s.body, "<g class=\"dt-day\" data-date=\"%s\" data-from=\"%s\" data-to=\"%s\">\n", d.date, stamp(d.from), stamp(d.to))
	if s.left == margin {
		s.line("", s.Words.day(d))
	}
	labels, lanes := s.labels(d)
	top := s.y + lanes*lineHeight
	if s.left > margin {
		fmt.Fprintf(&s.body, "<text x=\"%d\" y=\"%d\">%s</text>\n", margin, top+stripHeight-6, escape(s.Words.day(d)))
	}
	right := s.x(d, d.to)
	for _, t := range s.ticks(d, s.Zone, s.apart) {
		fmt.Fprintf(&s.body, "<path class=\"dt-tick\" d=\"M%s %dV%d\"/>\n", number(s.x(d, t.at)), top, top+stripHeight)
	}
	for _, t := range d.stretches {
		s.stretch(d, t, top)
	}
	fmt.Fprintf(&s.body, "<rect class=\"dt-strip\" x=\"%d\" y=\"%d\" width=\"%s\" height=\"%d\"/>\n", s.left, top, number(right-float64(s.left)), stripHeight)
	for i := range d.holidays {
		fmt.Fprintf(&s.body, "<text class=\"dt-holiday\" x=\"%s\" y=\"%d\">%s</text>\n", number(labels[i].from), s.y+(labels[i].lane+1)*lineHeight-4, escape(labels[i].text))
	}
	for i, m := range d.marks {
		s.mark(m, labels[len(d.holidays)+i], top)
	}
	s.body.WriteString("</g>\n")
	s.y = top + stripHeight + gap
}

// labels finds a place for the holidays and the marks of a day, in lanes above its strip.
func (s *drawing) labels(d *day) (list []label, lanes int) {
	var ends []float64 // of the lanes
	put := func(l label) {
		l.text = clip(l.text, (s.Width-2*margin)*10/(fontSize*columnTenths)) // the list has it all
		wide := textWidth(l.text)
		l.from = max(float64(margin), min(l.from, float64(s.Width-margin)-wide))
		l.to = l.from + wide
		l.lane = slices.IndexFunc(ends, func(end float64) bool { return end+6 <= l.from })
		if l.lane < 0 {
			l.lane, ends = len(ends), append(ends, 0)
		}
		ends[l.lane] = l.to // they come from left to right
		list = append(list, l)
	}
	for _, h := range d.holidays {
		put(label{from: float64(s.left), text: s.Words.holiday(h)})
	}
	for _, m := range d.marks {
		l := label{x: s.x(d, m.at), text: s.label(d, m)}
		l.from = l.x + 8
		if wide := textWidth(l.text); l.from+wide > float64(s.Width-margin) && l.x-8-wide >= margin {
			l.from, l.before = l.x-8-wide, true
		}
		put(l)
	}
	return list, len(ends)
}

// stretch draws what becomes of a part of a day.
func (s *drawing) stretch(d *day, t stretch, top int) {
	x := s.x(d, t.from)
	s.fill(t, x, s.x(d, t.to)-x, top, fmt.Sprintf("%s–%s %s", clock(t.from.In(s.Zone)), clock(t.to.In(s.Zone)), s.Words.use(t)))
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
var fillings = [...]string{ahead: "ahead", paused: "paused", answered: "answered", none: "none"}

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

func (s *drawing) mark(m mark, l label, top int) {
	y := s.y + l.lane*lineHeight + lineHeight/2
	fmt.Fprintf(&s.body, "<g class=\"dt-mark dt-%s\" data-at=\"%s\"><path class=\"dt-line\" d=\"M%s %dV%d\"/><path class=\"dt-shape\" d=\"M%[3]s %[4]d%[6]s\"/>",
		kinds[m.kind], stamp(m.at), number(l.x), y, top+stripHeight+3, shapes[m.kind])
	x, anchor := l.from, ""
	if l.before {
		x, anchor = l.to, ` text-anchor="end"`
	}
	fmt.Fprintf(&s.body, "<text x=\"%s\" y=\"%d\"%s>%s</text></g>\n", number(x), y+4, anchor, escape(l.text))
}

// legend says what the fillings mean that are there.
func (s *drawing) legend() {
	var seen []stretch
	for i := range s.days {
		for _, t := range s.days[i].stretches {
			if s.days[i].days == 1 && (t.open || t.use >= paused) &&
				!slices.ContainsFunc(seen, func(o stretch) bool { return s.Words.use(o) == s.Words.use(t) }) {
				seen = append(seen, t)
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
	for _, line := range s.wrap(s.used(), fontSize) {
		s.line("", line)
	}
}

// description says in words what is in the picture.
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
