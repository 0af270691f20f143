package calendar

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// advised are words that people write, in small letters, and what the notation has for them.
var advised = []struct{ instead, words string }{
	{"Mo", "mo mon monday mondays montag montags"},
	{"Tu", "tu tue tues tuesday tuesdays di dienstag dienstags"},
	{"We", "we wed weds wednesday wednesdays mi mittwoch mittwochs"},
	{"Th", "th thu thur thurs thursday thursdays do donnerstag donnerstags"},
	{"Fr", "fr fri friday fridays freitag freitags"},
	{"Sa", "sa sat saturday saturdays samstag samstags sonnabend sonnabends"},
	{"Su", "su sun sunday sundays so sonntag sonntags"},
	{"Mo-Su", "daily everyday täglich"},
	{"Mo-Fr", "weekdays workdays werktags werktage"},
	{"Sa,Su", "weekend weekends wochenende"},
	{"Jan", "jan january januar"},
	{"Feb", "feb february februar"},
	{"Mar", "mar march märz mär mrz"},
	{"Apr", "apr april"},
	{"May", "may mai"},
	{"Jun", "jun june juni"},
	{"Jul", "jul july juli"},
	{"Aug", "aug august"},
	{"Sep", "sep sept september"},
	{"Oct", "oct october okt oktober"},
	{"Nov", "nov november"},
	{"Dec", "dec december dez dezember"},
	{"PH", "ph holiday holidays feiertag feiertage"},
	{"off", "off close ruhetag geschlossen frei"},
	{"closed", "closed"},
	{"open", "open opened offen geöffnet"},
	{"week", "week"},
	{"24/7", "always immer"},
	{`","`, "and und"},
	{`"-"`, "to till until bis"},
}

// adviceOn returns what to write instead of a common slip at a byte of a text, where a rule
// begins or elsewhere, or "". An error has "want" before it.
func adviceOn(text string, at int, atRule bool) string {
	rest := text[at:]
	if rest == "" {
		return ""
	}
	if advice := adviceOnSign(rest); advice != "" {
		return advice
	}
	if isDigit(rest[0]) {
		return adviceOnNumber(rest, atRule)
	}
	word := leading(rest, unicode.IsLetter)
	switch small := strings.ToLower(word); {
	case small == "sh" || small == "school":
		return "dates such as 2026 Jul 20-Aug 31: school holidays are not supported"
	case small == "easter":
		return `PH, or a date such as 2026 Apr 05: "easter" is not supported`
	case small == "sunrise" || small == "sunset" || small == "dawn" || small == "dusk":
		return "a time as hh:mm: times of the sun are not supported"
	case small == "am" || small == "pm":
		return fmt.Sprintf("times of 24 hours instead of %q, such as 17:00 for 5 pm", word)
	case small == "h" || small == "uhr":
		return fmt.Sprintf("no %q after the time", word)
	case atRule && (word == "open" || word == "off" || word == "closed"):
		return fmt.Sprintf("days before %q, such as Mo-Su", word)
	default:
		for _, a := range advised {
			if a.instead != word && slices.Contains(strings.Fields(a.words), small) {
				return fmt.Sprintf("%s instead of %q", a.instead, word)
			}
		}
	}
	return ""
}

// adviceOnSign is adviceOn for what is neither a word nor a number.
func adviceOnSign(rest string) string {
	switch first := leading(rest, func(r rune) bool { return strings.ContainsRune("–—−‐‑~", r) }); {
	case first != "":
		return fmt.Sprintf(`"-" instead of %q`, first)
	case rest[0] == '&':
		return `"," instead of "&"`
	case rest[0] == '"':
		return `"open" or "off" before a comment: a comment alone makes hours uncertain`
	case rest[0] == '+':
		return `a closing time: an open end ("+") is not supported`
	case rest[0] == '(':
		return "a time as hh:mm: times of the sun are not supported"
	case rest[0] == '[':
		return `one weekday before "[", as in Fr[-1]`
	case strings.HasPrefix(rest, "||"):
		return `";" and a later rule: a rule after "||" is not supported`
	case rest[0] == ':' && !looksLike(rest, ":00-"):
		return "no colon here: write Mo-Fr 09:00-17:00"
	case looksLike(rest, "-00-00"):
		return "a date such as 2026 Dec 24"
	}
	return ""
}

// adviceOnNumber is adviceOn for what begins with a digit.
func adviceOnNumber(rest string, atRule bool) string {
	number := leading(rest, func(r rune) bool { return '0' <= r && r <= '9' })
	after := strings.TrimLeft(rest[len(number):], " ")
	word := leading(after, unicode.IsLetter)
	small := strings.ToLower(word)
	always := number == "24" && (small == "h" || small == "x" || strings.HasPrefix(after, "/7")) || looksLike(rest, "0/0")
	switch {
	case always && atRule:
		return "24/7"
	case always:
		return "24/7 without days, or 00:00-24:00 after them"
	case atRule && len(number) <= 2 && len(word) > 2:
		return "the month before the day: Dec 24"
	case atRule && (looksLike(rest, "00.00.") || looksLike(rest, "0.0.") || looksLike(rest, "0.00.") || looksLike(rest, "00.0.")):
		return "a date such as Dec 24"
	case atRule:
		return "days before the times: Mo-Su 09:00-17:00 for every day"
	case looksLike(after, ":00"):
		word = leading(after[3:], unicode.IsLetter)
		small = strings.ToLower(word)
	}
	hour, minute := number, "00"
	switch {
	case small == "am" || small == "pm" || small == "a" || small == "p":
		return fmt.Sprintf("times of 24 hours instead of %q, such as 17:00 for 5 pm", word)
	case looksLike(after, ".00") || looksLike(after, "h00") || looksLike(after, ":00"):
		minute = after[1:3]
	case len(number) == 4:
		hour, minute = number[:2], number[2:]
	case strings.HasPrefix(after, ":"):
		return ""
	}
	if len(hour) > 2 || len(number) == 2 && strings.HasPrefix(after, ":") {
		return ""
	}
	if len(hour) == 1 {
		hour = "0" + hour
	}
	return fmt.Sprintf("a time as hh:mm, such as %s:%s", hour, minute)
}

// looksLike reports whether a text begins as a form does, in which 0 stands for any digit.
func looksLike(text, form string) bool {
	if len(text) < len(form) {
		return false
	}
	for i := range len(form) {
		if c := text[i]; c != form[i] && (form[i] != '0' || !isDigit(c)) {
			return false
		}
	}
	return true
}

// leading returns the runes that a text begins with.
func leading(text string, is func(rune) bool) string {
	if i := strings.IndexFunc(text, func(r rune) bool { return !is(r) }); i >= 0 {
		return text[:i]
	}
	return text
}
