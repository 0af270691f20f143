package timeline

import (
	"strings"
	"unicode"
)

// ruler measures texts: in columns of a terminal, or in pixels with a font of so many pixels.
type ruler float64

// A bold letter is wider by an eighth at the most.
const (
	columns ruler = 0
	letters ruler = fontSize
	bold    ruler = fontSize * 1.125
	titles  ruler = titleSize * 1.125
)

// width returns how wide a text is.
func (size ruler) width(text string) (sum float64) {
	for _, r := range text {
		sum += size.of(r)
	}
	return sum
}

// of returns how wide a character is.
func (size ruler) of(r rune) float64 {
	if size > columns {
		return float64(size) * ems(r)
	}
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul),
		0x3000 <= r && r <= 0x303f, 0xff01 <= r && r <= 0xff60, r >= 0x1f300:
		return 2
	}
	return 1
}

// ems returns how many times the size of the font a character is wide. It takes the widest of
// the usual fonts of screens, such as DejaVu Sans: a text may be narrower, and is hardly ever
// wider.
func ems(r rune) float64 {
	switch {
	case columns.of(r) == 0:
		return 0
	case r >= 0x1f300:
		return 1.4
	case strings.ContainsRune("ijlI'", r):
		return 0.32
	case strings.ContainsRune(" .,:;!()[]|-/ftr", r):
		return 0.42
	case strings.ContainsRune("mMW%@ÆŒ", r):
		return 1
	case unicode.IsDigit(r) || unicode.In(r, unicode.Latin) && unicode.IsLower(r) && r != 'w':
		return 0.65
	case r < 0x7f && unicode.IsUpper(r) && !strings.ContainsRune("GOQDHNU", r):
		return 0.76
	case unicode.In(r, unicode.Latin) || r < 0x7f || r == '–' || r == '→':
		return 0.85
	case unicode.IsLetter(r):
		return 1.1
	}
	return 1
}

// wrap breaks a text between words into lines of a width; a longer word is broken, too.
func wrap(text string, most float64, size ruler) []string {
	var lines []string
	begin, space, sum := 0, 0, 0.0 // where the line begins, what follows its last space, its width so far
	for i, r := range text {
		if sum+size.of(r) > most && r != ' ' && i > begin {
			end := i
			if space > begin {
				end = space
			}
			lines = append(lines, strings.TrimRight(text[begin:end], " "))
			begin, sum = end, size.width(text[end:i])
		}
		sum += size.of(r)
		if r == ' ' {
			space = i + 1
		}
	}
	return append(lines, strings.TrimRight(text[begin:], " "))
}

// between stands between the parts of a line.
const between = " · "

// flow puts the parts of a text in lines of a width.
func flow(parts []string, most float64, size ruler) []string { return fill(parts, between, most, size) }

// fill puts parts in lines of a width, with a text between two in a line. Only a part that is
// too long for a line is broken.
func fill(parts []string, between string, most float64, size ruler) (lines []string) {
	line := ""
	for _, part := range parts {
		switch {
		case line == "":
			line = part
		case size.width(line+between+part) <= most:
			line += between + part
		default:
			lines, line = append(lines, wrap(line, most, size)...), part
		}
	}
	return append(lines, wrap(line, most, size)...)
}

// clip cuts a text that is too wide, and ends it with an ellipsis.
func clip(text string, most float64, size ruler) string {
	if size.width(text) <= most {
		return text
	}
	return strings.TrimRight(wrap(text, most-size.of('…'), size)[0], ", ") + "…"
}
