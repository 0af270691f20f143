// Package text has what errors, logs and tables need to keep a fact in one line: names
// with characters that break a line or steer a terminal are rejected, other texts are
// shown without them.
package text

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// steers reports whether a character breaks a line or changes how the rest is shown.
func steers(r rune) bool {
	if r < 0x7f { // as nearly always: the tables cost more
		return r < ' '
	}
	return unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp)
}

// IsLine reports whether a text is one line of UTF-8.
func IsLine(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, steers)
}

// OneLine returns a text without what would break the line or steer a terminal.
func OneLine(text string) string {
	if IsLine(text) {
		return text
	}
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || steers(r) }), " ")
}

// maxName is how many characters a name has at most, as errors and findings repeat it.
const maxName = 256

// IsLabel reports whether a text can name something, or be empty.
func IsLabel(text string) bool { return IsLine(text) && utf8.RuneCountInString(text) <= maxName }

// Label makes a label of a text and something behind it. It puts the text in one line, and
// cuts it if it is too long.
func Label(text, behind string) string {
	if len(text)+len(behind) <= maxName && IsLine(text) { // as nearly always
		return text + behind
	}
	text = OneLine(strings.ToValidUTF8(text, "\ufffd"))
	if most := maxName - utf8.RuneCountInString(behind); utf8.RuneCountInString(text) > most {
		text = string([]rune(text)[:most])
	}
	return text + behind
}

// IsName reports whether a text can name something: a label, not empty, without white
// space around it.
func IsName(text string) bool {
	return text != "" && strings.TrimSpace(text) == text && IsLabel(text)
}

// These say what an error wants instead of a text that is no name, label or line.
const (
	SomeName    = "a name, which is not empty"
	NameWanted  = "a name: one line of at most 256 characters, without blanks around it or control or bidi characters"
	LabelWanted = "one line of at most 256 characters, without control or bidi characters"
	LineWanted  = "a text of one line, without control or bidi characters"
)

// longest is how much of a text is quoted, in bytes.
const longest = 80

// Shorten cuts a text that is too long to quote.
func Shorten(s string) string {
	if len(s) <= longest {
		return s
	}
	cut := longest
	for cut > longest-utf8.UTFMax && !utf8.RuneStart(s[cut]) { // what is not UTF-8 may have no start
		cut--
	}
	return s[:cut] + "..."
}

// Quote returns a text in quotes, cut if it is long, with escapes for characters that
// break a line or steer a terminal.
func Quote(s string) string { return strconv.Quote(Shorten(s)) }

// Duration returns the form of [time.Duration.String], without zero minutes and seconds
// behind hours: "8h", "1h30m".
func Duration(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// DayOrInstant returns a midnight of UTC as its date, and any other instant as RFC 3339
// has it. The zero time is "the beginning".
func DayOrInstant(t time.Time) string {
	switch {
	case t.IsZero():
		return "the beginning"
	case t.Equal(t.UTC().Truncate(24 * time.Hour)):
		return t.UTC().Format(time.DateOnly)
	}
	return t.Format(time.RFC3339Nano)
}
