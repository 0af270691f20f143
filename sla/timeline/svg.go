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
	titleSize   = 16
	lineHeight  = 16
	stripHeight = 20
	gap         = 12  // below a day
	laneGap     = 4   // between two strips of a day
	dateWidth   = 104 // of the dates beside the strips, at least
	narrow      = 560 // below this width, they are above them
	wide        = 900 // from this width on, there are more ticks
)

// dateClass is the class of dates, which are bold.
const dateClass = "dt-date"

// style has the colours, on light and dark ground; the patterns are told apart without
// them. Each stands there twice, for programs that know no variables. The names begin
// with dt-, as a page may have the picture in it.
const style = `.dt-svg{--ground:#fff;--text:#1b1f24;--quiet:#57606a;--line:#d0d7de;--hours:#e6ebf1;--count:#0a5fb4;--warn:#b3261e;--alert:#fbe3e1;` +
	`max-width:100%;height:auto;font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}` +
	`@media(prefers-color-scheme:dark){.dt-svg{--ground:#0d1117;--text:#e6edf3;--quiet:#9198a1;--line:#3d444d;--hours:#262d36;--count:#4c9cf1;--warn:#ff8880;--alert:#4a1d1b}}` +
	`@media print{.dt-svg{--ground:#fff;--text:#000;--quiet:#333;--line:#999;--hours:#e8e8e8;--count:#555;--warn:#000;--alert:#fff}}` +
	`.dt-ground{fill:#fff;fill:var(--ground)}.dt-svg text{fill:#1b1f24;fill:var(--text)}.dt-svg .dt-quiet,.dt-svg .dt-holiday{fill:#57606a;fill:var(--quiet)}.dt-title{font-weight:600;font-size:16px}` +
	`.dt-strip,.dt-fold{fill:none;stroke:#d0d7de;stroke:var(--line)}.dt-fold{stroke-dasharray:2 3}.dt-tick{fill:none;stroke:#d0d7de;stroke:var(--line)}.dt-open{fill:#e6ebf1;fill:var(--hours)}` +
	`.dt-counted{fill:#0a5fb4;fill:var(--count)}.dt-hatch{stroke:#0a5fb4;stroke:var(--count)}.dt-dots{fill:#57606a;fill:var(--quiet)}.dt-lines{fill:none;stroke:#57606a;stroke:var(--quiet)}` +
	`.dt-alert{fill:#fbe3e1;fill:var(--alert)}.dt-cross{fill:none;stroke:#b3261e;stroke:var(--warn)}.dt-late{stroke:#b3261e;stroke:var(--warn)}.dt-closed{opacity:.4}.dt-ahead{stroke:#0a5fb4;stroke:var(--count)}` +
	`.dt-mark{stroke:#1b1f24;stroke:var(--text);stroke-width:1.5;fill:#fff;fill:var(--ground)}.dt-line{fill:none}.dt-mark text{stroke:none}.dt-due .dt-shape{fill:#1b1f24;fill:var(--text)}` +
	`.dt-breached .dt-shape{fill:none;stroke:#b3261e;stroke:var(--warn);stroke-width:2.5}.dt-breached .dt-line{stroke:#b3261e;stroke:var(--warn)}.dt-svg .dt-breached text{fill:#b3261e;fill:var(--warn)}.dt-date{font-weight:600}.dt-now .dt-line,.dt-clock .dt-line{stroke-dasharray:3 2}`

// SVG writes lanes as a picture: one SVG element of the width of the options and as high as
// it has to be, which an HTML page can have in it and a file can be. It becomes smaller with
// its page. It has a title and a description for those who do not see it. Each day that is
// not folded is an element of class dt-day with its date and its instants. In it, each lane is
// one of class dt-lane with its metric, and each mark one of class dt-mark with its instant.
// Marks that all lanes share are outside the lanes. Marks less than a pixel apart are one.
//
// The custom properties of the class dt-svg are the colours: --ground, --text, --quiet,
// --line, --hours, --count, and --warn and --alert for a breach.
//
// SVG returns the errors of w, and errors about the options and the lanes. [ErrNothing] is
// one of them.
func SVG(w io.Writer, lanes []ticket.Explanation, o Options) error {
	p, err := newPicture(lanes, o)
	if err != nil {
		return err
	}
	s := newDrawing(p)
	s.draw()
	b := bufio.NewWriter(w)
	id, high := escape(p.ID), s.y+margin
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" class="dt-svg" role="img" viewBox="0 0 %d %d" width="%[1]d" height="%[2]d" aria-labelledby="%[3]s-title" aria-describedby="%[3]s-desc">`+"\n", p.Width, high, id)
	fmt.Fprintf(b, "<title id=\"%s-title\">%s</title>\n", id, escape(p.title()))
	fmt.Fprintf(b, "<desc id=\"%s-desc\">%s</desc>\n", id, escape(p.description()))
	fmt.Fprintf(b, "<style>%s</style>\n", style)
	fmt.Fprintf(b, `<defs><pattern id="%s-ahead" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="dt-hatch" d="M1.5 0V6" stroke-width="2"/></pattern>`+
		`<pattern id="%[1]s-late" width="7" height="7" patternUnits="userSpaceOnUse"><path class="dt-alert" d="M0 0h7v7h-7z"/><path class="dt-cross" d="M0 0l7 7M7 0l-7 7" stroke-width="1.5"/></pattern>`+
		`<pattern id="%[1]s-paused" width="6" height="6" patternUnits="userSpaceOnUse"><circle class="dt-dots" cx="3" cy="3" r="1.2"/></pattern>`+
		`<pattern id="%[1]s-stopped" width="6" height="6" patternUnits="userSpaceOnUse"><path class="dt-lines" d="M0 3H6"/></pattern>`+
		`<pattern id="%[1]s-idle" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><path class="dt-lines" d="M4 0V9"/></pattern>`+
		`<pattern id="%[1]s-none" width="9" height="9" patternUnits="userSpaceOnUse"><path class="dt-lines" d="M3 4.5h3"/></pattern></defs>`+"\n", id)
	fmt.Fprintf(b, `<rect class="dt-ground" width="%d" height="%d"/>`+"\n", p.Width, high)
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
	texts   []box // of the day that is drawn
}

// box is where a text is.
type box struct {
	from, to    float64
	top, bottom int
}

func newDrawing(p *picture) *drawing {
	s := &drawing{picture: p, y: margin}
	beside, longest := float64(dateWidth), 24*time.Hour
	for _, l := range p.lanes {
		if p.several() {
			beside = max(beside, letters.width(l.name)+8)
		}
	}
	if p.Second != nil {
		for _, zone := range p.zones() {
			beside = max(beside, letters.width(zoneName(zone, p.days[0].from))+8)
		}
	}
	for i := range p.days {
		if d := &p.days[i]; d.days == 1 {
			longest = max(longest, d.to.Sub(d.from))
			beside = max(beside, bold.width(p.dates(d))+8)
		}
	}
	s.left, s.apart = margin+int(beside), 3
	if p.Width < narrow || beside > float64(p.Width/3) {
		s.left, s.apart = margin, 6
	} else if p.Width >= wide {
		s.apart = 2
	}
	s.perHour = float64(p.Width-s.left-margin) / longest.Hours()
	return s
}

// isNarrow reports whether dates and names stand above the strips, not beside them.
func (s *drawing) isNarrow() bool { return s.left == margin }

func (s *drawing) draw() {
	for _, line := range wrap(s.title(), float64(s.Width-2*margin), titles) {
		s.y += titleSize + 4
		s.text("dt-title", margin, s.y-5, line)
	}
	for _, parts := range s.caption() {
		s.paragraph(parts)
	}
	s.y += gap
	axes := ""
	for i := range s.days {
		d := &s.days[i]
		if d.days > 1 {
			s.fold(d)
			continue
		}
		if now := s.axes(d); now != axes {
			axes = now
			s.putAxes(d)
		}
		s.day(d)
	}
	s.putLegend()
}

// text writes a text, and keeps where it is.
func (s *drawing) text(class string, x float64, y int, text string) {
	attribute := ""
	if class != "" {
		attribute = ` class="` + class + `"`
	}
	fmt.Fprintf(&s.body, "<text%s x=\"%s\" y=\"%d\">%s</text>\n", attribute, number(x), y, escape(text))
	s.texts = append(s.texts, box{x, x + measure(class, text), y - 12, y + 4})
}

// measure returns how wide a text of a class is in a day.
func measure(class, text string) float64 {
	if class == dateClass {
		return bold.width(text)
	}
	return letters.width(text)
}

// paragraph writes the parts of a text in lines that fit. The lines after the first are
// indented.
func (s *drawing) paragraph(parts []string) {
	indent := 0.0
	for _, line := range flow(parts, float64(s.Width-3*margin), letters) {
		s.y += lineHeight
		s.text("dt-quiet", margin+indent, s.y-4, line)
		indent = margin
	}
}

// fold draws several days as a thin row that says what they have.
func (s *drawing) fold(d *day) {
	lines := flow(s.folded(d), float64(s.Width-4*margin), letters)
	high := len(lines)*lineHeight + 6
	fmt.Fprintf(&s.body, "<rect class=\"dt-fold\" x=\"%d.5\" y=\"%d.5\" width=\"%d\" height=\"%d\" rx=\"3\"/>\n", margin, s.y, s.Width-2*margin-1, high)
	for i, line := range lines {
		s.text("dt-quiet", 2*margin, s.y+i*lineHeight+15, line)
	}
	s.y += high + gap
}

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

// putAxes writes the hours of the zones above the strip of a day. Two zones have their names.
func (s *drawing) putAxes(d *day) {
	for _, zone := range s.zones() {
		name := zoneName(zone, d.from)
		fmt.Fprintf(&s.body, "<g class=\"dt-axis\" data-zone=\"%s\">\n", escape(name))
		if s.Second != nil {
			s.paragraph([]string{name})
			if letters.width(name) < float64(s.left-2*margin) {
				s.y -= lineHeight // the hours go beside the name
			}
		}
		free, list := 0.0, s.ticks(d, zone, s.apart)
		s.y += lineHeight
		for i, t := range list {
			half, last := letters.width(t.label)/2, list[len(list)-1]
			end := min(s.x(d, last.at), float64(s.Width-margin)) - letters.width(last.label)
			x := min(max(s.x(d, t.at), float64(s.left)+half), float64(s.Width-margin)-half)
			// The last one has the right of way: a clock that goes back at a minute past
			// midnight shows 0 before the day is over.
			if x-half < free || i < len(list)-1 && x+half+4 > end {
				continue
			}
			free = x + half + 4
			fmt.Fprintf(&s.body, "<text class=\"dt-quiet\" x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>\n", number(x), s.y-4, t.label)
		}
		s.body.WriteString("</g>\n")
	}
}

// day draws what all lanes share, and the strips below it.
func (s *drawing) day(d *day) {
	fmt.Fprintf(&s.body, "<g class=\"dt-day\" data-date=\"%s\" data-from=\"%s\" data-to=\"%s\">\n", d.date, stamp(d.from), stamp(d.to))
	s.texts = nil
	date := s.dates(d)
	var texts []label
	if s.several() || s.isNarrow() {
		texts = append(texts, label{from: margin, text: date, class: dateClass})
	}
	for _, h := range d.holidays {
		texts = append(texts, label{from: float64(s.left), text: clip(s.Words.holiday(h), float64(s.Width-2*margin), letters), class: "dt-holiday"})
	}
	labels, rows := s.place(d, inOrder(slices.Concat(d.changes, d.marks)), texts)
	s.y += rows * lineHeight
	base := s.y - 2
	y := func(row int) int { return base - row*lineHeight - 4 }
	s.y += min(rows, 1) * 2
	var tops []int
	for i := range d.strips {
		if i > 0 {
			s.y += laneGap
		}
		tops = append(tops, s.strip(d, &d.strips[i], date))
	}
	for i := range labels {
		if l := &labels[i]; l.class != "" {
			s.text(l.class, l.from, y(l.row), l.text)
		}
	}
	for i := range labels {
		if l := &labels[i]; l.class == "" {
			s.marks(d, l, y(l.row), tops[0], tops[len(tops)-1]+stripHeight)
		}
	}
	s.body.WriteString("</g>\n")
	s.y += gap
}

// strip draws a strip with the labels of its marks below it, and returns where it begins. In
// a wide picture, the name of the lane stands beside the strip, or the date if there is one
// lane. In a narrow picture, the name stands above the strip.
func (s *drawing) strip(d *day, of *strip, date string) (top int) {
	fmt.Fprintf(&s.body, "<g class=\"dt-lane\" data-metric=\"%s\">\n", escape(of.lane.key()))
	name := date
	if s.several() {
		name = clip(of.lane.name, float64(s.Width-2*margin), letters)
	}
	switch {
	case !s.isNarrow():
		class := ""
		if !s.several() {
			class = dateClass
		}
		s.text(class, margin, s.y+stripHeight-6, name)
	case s.several():
		s.y += lineHeight
		s.text("dt-quiet", margin, s.y-4, name)
	}
	top = s.y
	s.y += stripHeight
	for _, t := range of.stretches {
		s.stretch(d, t, top)
	}
	var ticks strings.Builder
	for _, t := range s.ticks(d, s.Zone, s.apart) {
		fmt.Fprintf(&ticks, "M%s %dv%d", number(s.x(d, t.at)), top, stripHeight)
	}
	fmt.Fprintf(&s.body, "<path class=\"dt-tick\" d=\"%s\"/>\n", ticks.String())
	fmt.Fprintf(&s.body, "<rect class=\"dt-strip\" x=\"%d\" y=\"%d\" width=\"%s\" height=\"%d\"/>\n", s.left, top, number(s.x(d, d.to)-float64(s.left)), stripHeight)
	labels, rows := s.place(d, of.marks, nil)
	for i := range labels {
		s.marks(d, &labels[i], s.y+labels[i].row*lineHeight+14, top, s.y)
	}
	s.y += rows*lineHeight + min(rows, 1)*2
	s.body.WriteString("</g>\n")
	return top
}

// stretch draws a box that looks as what becomes of a part of a day.
func (s *drawing) stretch(d *day, t stretch, top int) {
	x := s.x(d, t.from)
	title := fmt.Sprintf("%s–%s %s", timeOfDay(t.from.In(s.Zone)), timeOfDay(t.to.In(s.Zone)), s.Words.use(t))
	s.fill(t, x, s.x(d, t.to)-x, top, "<title>"+escape(title)+"</title>")
}

func (s *drawing) fill(t stretch, x, wide float64, top int, inside string) {
	place := fmt.Sprintf(`x="%s" y="%d" width="%s" height="%d"`, number(x), top, number(wide), stripHeight)
	if t.open && t.use != counted && t.use != late {
		fmt.Fprintf(&s.body, "<rect class=\"dt-open\" %s/>\n", place)
	}
	switch name := fillings[t.use]; {
	case t.use == counted:
		fmt.Fprintf(&s.body, "<rect class=\"dt-counted\" %s>%s</rect>\n", place, inside)
	case name != "":
		class := "dt-" + name
		if !t.open && t.use >= paused {
			class += " dt-closed"
		}
		fmt.Fprintf(&s.body, "<rect class=\"%s\" fill=\"url(#%s-%s)\" %s>%s</rect>\n", class, escape(s.ID), name, place, inside)
	}
}

// fillings are the patterns of the uses that have one.
var fillings = [...]string{ahead: "ahead", late: "late", paused: "paused", stopped: "stopped", idle: "idle", none: "none"}

// shapes are the paths of marks. The line of a mark begins at their point 0,0.
var shapes = [...]string{
	clock:    "m-4 -3h8m-8 6h8",                     // two bars
	opened:   "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z", // a ring
	start:    "m-3 -5l7 5l-7 5z",                    // a triangle on its way
	event:    "m-4 -4h8v8h-8z",                      // a square
	alarm:    "m0 -5l5 9h-10z",                      // a triangle that warns
	firstDue: "m0 -5l5 5l-5 5l-5 -5z",               // a diamond
	due:      "m0 -5l5 5l-5 5l-5 -5z",               // a full one
	breached: "m-4 -4l8 8m0 -8l-8 8",                // a cross
	now:      "m-4 -4h8l-4 7z",                      // an arrow down
}

var kinds = [...]string{clock: "clock", opened: "opened", start: "start", event: "event", alarm: "alarm", firstDue: "first-due", due: "due", breached: "breached", now: "now"}

// marks draws the marks of a label. The line of the lead goes from the label, whose text is
// at a height, over the strips. The other marks have lines over the strips.
func (s *drawing) marks(d *day, l *label, y, top, bottom int) {
	last := -1.0
	for _, m := range l.marks {
		x := s.x(d, m.at)
		isLead := m == l.lead
		if !isLead && (x-last < 1 || max(x-l.x, l.x-x) < 1) {
			continue
		}
		from, to := top, bottom
		if last = x; isLead {
			from, to = min(top, y-4), max(bottom, y-4)
		}
		fmt.Fprintf(&s.body, "<g class=\"dt-mark dt-%s\" data-at=\"%s\"><path class=\"dt-line\" d=\"%s\"/>", kinds[m.kind], stamp(m.at), s.line(x, from, to))
		if isLead {
			fmt.Fprintf(&s.body, "<path class=\"dt-shape\" d=\"M%s %d%s\"/>\n", number(x), y-4, shapes[m.kind])
			s.text("", l.from, y, l.text)
		}
		s.body.WriteString("</g>\n")
	}
}

// line returns a path down from one height to another, which leaves out the texts there.
func (s *drawing) line(x float64, from, to int) string {
	var inTheWay []box
	for _, t := range s.texts {
		if t.from-2 < x && x < t.to+2 && from < t.bottom && t.top < to {
			inTheWay = append(inTheWay, t)
		}
	}
	slices.SortFunc(inTheWay, func(a, b box) int { return a.top - b.top })
	var b strings.Builder
	for _, t := range append(inTheWay, box{top: to, bottom: to}) {
		if from < t.top {
			fmt.Fprintf(&b, "M%s %dV%d", number(x), from, t.top)
		}
		from = max(from, t.bottom)
	}
	return b.String()
}

// putLegend says what the fillings mean that are there.
func (s *drawing) putLegend() {
	x := float64(margin)
	for i, t := range s.legend() {
		text := s.Words.use(t)
		need := 24 + letters.width(text) + 14
		if i > 0 && x+need > float64(s.Width) {
			x, s.y = margin, s.y+stripHeight+4
		}
		t.open = t.open || t.use >= paused
		s.fill(t, x, 18, s.y, "")
		s.text("", x+24, s.y+stripHeight-6, text)
		x += need
	}
	s.y += stripHeight
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
