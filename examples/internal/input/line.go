package input

import (
	"strings"
	"unicode"
)

// Line returns a text in one line, without what would break it or steer a terminal.
func Line(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || steers(r) }), " ")
}

// Plain returns a text with a blank for each character that would break a line or steer
// a terminal.
func Plain(text string) string {
	return strings.Map(func(r rune) rune {
		if steers(r) {
			return ' '
		}
		return r
	}, text)
}

// steers reports whether a character breaks a line or changes how the rest is shown.
func steers(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp)
}
