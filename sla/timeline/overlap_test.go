package timeline_test

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/sla/ticket"
	"github.com/duetime/duetime/sla/timeline"
)

// Whatever happened to a ticket, no text of its picture is on another one or outside the
// picture, and no line, shape or bar touches a text.
func TestNothingOverlaps(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 6))
	for n := range sampled(100, 1000) {
		life, now := randomTicket(rng)
		if rng.IntN(3) == 0 {
			life, now = randomLife(rng)
		}
		o := timeline.Options{Width: []int{320, 360, 720, 768, 1440}[rng.IntN(5)], All: rng.IntN(3) == 0}
		o.Words = []*timeline.Words{timeline.English(), timeline.German(), timeline.Chinese()}[rng.IntN(3)]
		if rng.IntN(4) == 0 {
			o.Second = time.UTC
		}
		var b bytes.Buffer
		require.NoError(t, timeline.SVG(&b, life.Explain(now), o))
		faults := overlaps(t, parse(t, b.Bytes()))
		require.Empty(t, faults, "ticket %d of width %d:\n%s", n, o.Width, strings.Join(faults, "\n"))
	}
}

// A day can have more marks than it has room for.
func TestNothingOverlapsOnABusyDay(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	words := []string{"open", "pending", "resolved", "customer-comment", "agent-reply"}
	for range sampled(10, 200) {
		lanes := threeLanes(t)
		r := lanes[0].Request
		var events []ticket.Event
		at := r.Opened
		for range rng.IntN(60) {
			at = at.Add(time.Duration(rng.Int64N(int64(30 * time.Minute))))
			events = append(events, ticket.Event{At: at, Word: words[rng.IntN(len(words))]})
		}
		lanes = ticketOf(t, parseCatalog(t, desk), r, events...).Explain(at.Add(time.Hour))
		width := []int{320, 768, 1440}[rng.IntN(3)]
		var b bytes.Buffer
		require.NoError(t, timeline.SVG(&b, lanes, timeline.Options{Width: width}))
		require.Empty(t, overlaps(t, parse(t, b.Bytes())), "%d events, width %d", len(events), width)
	}
}

// area is a rectangle with what is in it. That of a line is thin.
type area struct {
	left, top, right, bottom float64
	what                     string
}

func (a area) touches(o area) bool {
	return a.left < o.right && o.left < a.right && a.top < o.bottom && o.top < a.bottom
}

func (a area) String() string {
	return fmt.Sprintf("%s (%.1f,%.1f to %.1f,%.1f)", a.what, a.left, a.top, a.right, a.bottom)
}

// overlaps lists the texts that are on others or outside, or that a line, shape or bar
// touches.
func overlaps(t *testing.T, root element) (faults []string) {
	t.Helper()
	var texts, others []area
	var walk func(e element, in string)
	walk = func(e element, in string) {
		class := e.attribute("class")
		switch name := e.XMLName.Local; {
		case name == "text":
			texts = append(texts, textArea(t, e))
		case name == "defs" || class == "dt-ground":
			return
		case class == "dt-fold": // the texts are in it
			x, y, w, h := e.number(t, "x"), e.number(t, "y"), e.number(t, "width"), e.number(t, "height")
			others = append(others, area{x, y, x + w, y + 0.5, class}, area{x, y + h, x + w, y + h + 0.5, class}, area{x, y, x + 0.5, y + h, class}, area{x + w, y, x + w + 0.5, y + h, class})
		case name == "rect":
			x, y := e.number(t, "x"), e.number(t, "y")
			others = append(others, area{x, y, x + e.number(t, "width"), y + e.number(t, "height"), class})
		case name == "path":
			for _, a := range pathAreas(t, e.attribute("d"), class) {
				a.what += " of " + in
				others = append(others, a)
			}
		}
		for _, child := range e.Children {
			walk(child, class)
		}
	}
	walk(root, "")
	picture := area{0, 0, root.number(t, "width"), root.number(t, "height"), "the picture"}
	for i, text := range texts {
		if text.left < picture.left || text.right > picture.right || text.top < 0 || text.bottom > picture.bottom {
			faults = append(faults, text.String()+" is outside")
		}
		for _, o := range append(texts[:i:i], others...) {
			if text.touches(o) {
				faults = append(faults, text.String()+" touches "+o.String())
			}
		}
	}
	return faults
}

// textArea returns where a text may have ink.
func textArea(t *testing.T, e element) area {
	t.Helper()
	size, weight := 12.0, 1.0
	if e.has("dt-title") {
		size = 16
	}
	if e.has("dt-title") || e.has("dt-date") {
		weight = 1.125
	}
	x, y, wide := e.number(t, "x"), e.number(t, "y"), timeline.TextWidth(e.Content, size*weight)
	switch e.attribute("text-anchor") {
	case "middle":
		x -= wide / 2
	case "end":
		x -= wide
	}
	return area{x, y - 0.85*size, x + wide, y + 0.24*size, strconv.Quote(e.Content)}
}

var step = regexp.MustCompile(`([A-Za-z])([^A-Za-z]*)`)

// pathAreas returns the areas of the parts of a path that has straight lines and half circles.
func pathAreas(t *testing.T, d, what string) (list []area) {
	t.Helper()
	var x, y float64
	for _, part := range step.FindAllStringSubmatch(d, -1) {
		var n []float64
		for text := range strings.FieldsSeq(strings.NewReplacer("-", " -", ",", " ").Replace(part[2])) {
			number, err := strconv.ParseFloat(text, 64)
			require.NoError(t, err, d)
			n = append(n, number)
		}
		toX, toY := x, y
		switch part[1] {
		case "M":
			x, y = n[0], n[1]
			continue
		case "m":
			x, y = x+n[0], y+n[1]
			continue
		case "V":
			toY = n[0]
		case "v":
			toY += n[0]
		case "h":
			toX += n[0]
		case "l":
			for ; len(n) > 2; n = n[2:] {
				list = append(list, between(x, y, x+n[0], y+n[1], what))
				x, y = x+n[0], y+n[1]
			}
			toX, toY = x+n[0], y+n[1]
		case "a":
			toX, toY = x+n[5], y+n[6]
			list = append(list, between(x, y-n[1], toX, toY+n[1], what))
		}
		list = append(list, between(x, y, toX, toY, what))
		x, y = toX, toY
	}
	return list
}

func between(x, y, toX, toY float64, what string) area {
	return area{min(x, toX) - 0.1, min(y, toY) - 0.1, math.Max(x, toX) + 0.1, math.Max(y, toY) + 0.1, what}
}

// Texts stand out from what is behind them as WCAG 2 wants it for AA, on light ground, on dark
// ground and in print; and so do the bars, as it wants it for graphics.
func TestContrast(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, timeline.SVG(&b, threeLanes(t), timeline.Options{}))
	grounds := regexp.MustCompile(`\.dt-svg\{(--ground[^}]*)`).FindAllStringSubmatch(b.String(), -1)
	require.Len(t, grounds, 3)
	for _, ground := range grounds {
		colour := map[string]float64{}
		for _, m := range regexp.MustCompile(`--([a-z]+):#([0-9a-f]+)`).FindAllStringSubmatch(ground[1], -1) {
			colour[m[1]] = luminance(t, m[2])
		}
		contrast := func(a, b string) float64 {
			return (max(colour[a], colour[b]) + 0.05) / (min(colour[a], colour[b]) + 0.05)
		}
		for _, text := range []string{"text", "quiet", "warn"} {
			assert.GreaterOrEqual(t, contrast(text, "ground"), 4.5, "%s on %s", text, ground[1])
		}
		assert.GreaterOrEqual(t, contrast("count", "ground"), 3.0, ground[1])
		assert.GreaterOrEqual(t, contrast("count", "hours"), 3.0, ground[1])
		assert.GreaterOrEqual(t, contrast("quiet", "hours"), 3.0, ground[1])
		assert.GreaterOrEqual(t, contrast("warn", "alert"), 3.0, ground[1])
	}
}

// luminance returns the relative luminance of a colour such as fff or d0d7de.
func luminance(t *testing.T, hex string) (sum float64) {
	t.Helper()
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		require.NoError(t, err, hex)
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
