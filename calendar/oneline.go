package calendar

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// nameWanted is what a calendar's name must be, so that String and errors stay one line on
// a terminal and in a log.
const nameWanted = "want a name of one line without control or bidi characters"

// isOneLine reports whether a text neither breaks a line nor reorders it.
func isOneLine(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, breaksLine)
}

// breaksLine reports whether a rune ends a line, controls a terminal, or changes the
// direction of the text that follows.
func breaksLine(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp)
}

// oneLine returns a text, such as the code of a holiday set, without the characters that
// isOneLine rejects.
func oneLine(text string) string {
	if isOneLine(text) {
		return text
	}
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, "\uFFFD"), breaksLine), " ")
}

// joinErrors returns the errors that are not nil as one, on one line. It wraps each.
func joinErrors(errs ...error) error {
	var all lineErrors
	for _, err := range errs {
		if err != nil {
			all = append(all, err)
		}
	}
	switch len(all) {
	case 0:
		return nil
	case 1:
		return all[0]
	}
	return all
}

// lineErrors is what errors.Join returns, on one line.
type lineErrors []error

func (e lineErrors) Error() string { return strings.ReplaceAll(errors.Join(e...).Error(), "\n", "; ") }

func (e lineErrors) Unwrap() []error { return e }
