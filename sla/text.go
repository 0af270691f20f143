package sla

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A fact stays one line in errors, logs and tables: names with characters that break a
// line or steer a terminal are refused, other texts are shown without them.

// steers reports whether a character breaks a line or changes how the rest is shown.
func steers(r rune) bool {
	if r < 0x7f { // as nearly always: the tables cost more
		return r < ' '
	}
	return unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp)
}

// isLine reports whether a text is one line of UTF-8.
func isLine(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, steers)
}

// oneLine returns a text without what would break the line or steer a terminal.
func oneLine(text string) string {
	if isLine(text) {
		return text
	}
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || steers(r) }), " ")
}

// maxName is how many characters a name has at most, as errors and findings repeat it.
const maxName = 256

// isLabel reports whether a text can name something, or be empty.
func isLabel(text string) bool { return isLine(text) && utf8.RuneCountInString(text) <= maxName }

// isName reports whether a text can name something: a label, not empty, without white
// space around it.
func isName(text string) bool {
	return text != "" && strings.TrimSpace(text) == text && isLabel(text)
}

const (
	someName    = "a name, which is not empty"
	nameWanted  = "a name: one line of at most 256 characters, without blanks around it or control or bidi characters"
	labelWanted = "one line of at most 256 characters, without control or bidi characters"
	lineWanted  = "a text of one line, without control or bidi characters"
)
