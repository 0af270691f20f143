package browser

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "keep new pictures in testdata/kept")

// The kept pictures have these fonts. Debian's packages are fonts-dejavu-core and fonts-noto-cjk.
const (
	latin = "DejaVu Sans"
	han   = "Noto Sans CJK SC"
)

// fixed sets these fonts, hides what each browser words in its own way, and gives the picture
// the same height after a change of the window as at first.
const fixed = `document.head.append(Object.assign(document.createElement("style"), {textContent:
	'* { font-family: "` + latin + `", "` + han + `" !important; } [type="datetime-local"] { color: transparent !important; } #picture { min-height: 0 !important; }'})) ?? true`

// hasFonts reports whether this machine has the fonts of the kept pictures.
func hasFonts() bool {
	for _, font := range []string{latin, han} {
		out, err := exec.Command("fc-match", font).Output()
		if err != nil || !strings.Contains(string(out), `"`+font+`"`) {
			return false
		}
	}
	return true
}

// On a phone and on a desk, in light and dark, in each language, all of the page is there and
// nothing sticks out. It looks as it did when its kept pictures were made, in the states that
// matter most. With -screenshots, the pictures are left in that folder.
func TestScreenshots(t *testing.T) {
	fonts := hasFonts()
	if !fonts {
		require.Empty(t, os.Getenv("CI"), "fonts %s and %s are missing", latin, han)
		t.Logf("fonts %s and %s are missing, so no pictures are compared", latin, han)
	}
	for _, state := range []string{"running", "offices"} {
		p := page(t, "?lang=en&"+states[state], 1440, 900)
		for _, language := range languages {
			p.choose("lang", language)
			require.Equal(t, language, value[string](p, `document.documentElement.lang`))
			for i, theme := range []string{"light", "dark"} {
				call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
				value[bool](p, fixed)
				assert.Equal(t, []string{"rgb(243, 245, 248)", "rgb(5, 8, 13)"}[i], value[string](p, `getComputedStyle(document.body).backgroundColor`))
				for _, width := range []int64{1440, 768, 360} {
					p.do(chromedp.EmulateViewport(width, 900))
					get(p, chromedp.Poll[bool](drawn)) // the picture is as large as it was made for
					assert.LessOrEqual(t, value[int64](p, `document.documentElement.scrollWidth`), width)
					if name := fmt.Sprintf("%s-%s-%s-%d", state, language, theme, width); fonts {
						compare(t, name, get(p, chromedp.FullScreenshot(100)))
					}
				}
			}
		}
	}
}

const drawn = `[...document.querySelectorAll("figure svg")].every((e) => Math.abs(e.closest("figure").clientWidth - e.getAttribute("width")) < 3)`

// compare compares a picture with the kept one of that name. Both are coarse, so that the
// edges of letters, which each browser draws a little differently, do not count.
func compare(t *testing.T, name string, picture []byte) {
	t.Helper()
	keep(t, name+".png", picture)
	seen, err := png.Decode(bytes.NewReader(picture))
	require.NoError(t, err)
	got := coarse(seen)
	file := filepath.Join("testdata", "kept", name+".png")
	if *update {
		var b bytes.Buffer
		require.NoError(t, (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, got))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, b.Bytes(), 0o644))
		return
	}
	kept, err := os.ReadFile(file)
	require.NoError(t, err, "run with -update to keep it")
	decoded, err := png.Decode(bytes.NewReader(kept))
	require.NoError(t, err)
	if n := different(decoded.(*image.Gray), got); n > tolerated {
		t.Errorf("%s: %d cells differ from the kept picture: look at it with -screenshots, and run with -update if it is right", name, n)
	}
}

const (
	cell      = 8  // pixels in each direction become one
	tolerated = 20 // cells that differ; a badge has some more
)

// coarse returns a picture in grey, with one pixel for each cell.
func coarse(p image.Image) *image.Gray {
	size := p.Bounds().Size()
	small := image.NewGray(image.Rect(0, 0, size.X/cell, size.Y/cell))
	for y := range small.Rect.Max.Y {
		for x := range small.Rect.Max.X {
			sum := 0
			for i := range cell * cell {
				sum += int(color.GrayModel.Convert(p.At(x*cell+i%cell, y*cell+i/cell)).(color.Gray).Y)
			}
			small.SetGray(x, y, color.Gray{uint8(sum / (cell * cell))})
		}
	}
	return small
}

// different returns how many pixels differ by more than a tenth of the way from black to
// white. One row or column more or less is the rounding of a size.
func different(a, b *image.Gray) int {
	count := 0
	for y := range max(a.Rect.Max.Y, b.Rect.Max.Y) - 1 {
		for x := range max(a.Rect.Max.X, b.Rect.Max.X) - 1 {
			if d := int(a.GrayAt(x, y).Y) - int(b.GrayAt(x, y).Y); max(d, -d) > 25 {
				count++
			}
		}
	}
	return count
}

// The comparison sees what readers would see: a button of another colour, or a line that has
// moved.
func TestDifferent(t *testing.T) {
	p := page(t, easter, 768, 900)
	shot := func() *image.Gray {
		picture, err := png.Decode(bytes.NewReader(get(p, chromedp.FullScreenshot(100))))
		require.NoError(t, err)
		return coarse(picture)
	}
	before := shot()
	assert.LessOrEqual(t, different(before, shot()), tolerated, "twice the same")
	for _, change := range []string{
		`document.querySelector("#submit").style.background = "#0a0"`,
		`document.querySelector(".badge").style.background = "#c00"`,
		`document.querySelector("#why ol").style.paddingLeft = "30px"`,
		`document.querySelector("#why li:last-child").remove()`,
		`document.querySelector("#due b").style.fontSize = "62px"`,
		`document.querySelector("figure").style.transform = "translateX(6px)"`,
	} {
		value[bool](p, "("+change+", true)")
		after := shot()
		assert.Greater(t, different(before, after), tolerated, change)
		before = after
	}
}
