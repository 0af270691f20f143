package region

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// UnknownError reports a name that does not exist, or that a region or a policy does not
// have. Package sla returns it too. To ask for one kind of name:
//
//	errors.Is(err, &region.UnknownError{What: "country"})
type UnknownError struct {
	What  string   // moniker, category, country, language, severity, plan, metric or calendar
	Text  string   // the name; "" if none was given
	Want  string   // what to give instead
	Known []string // the names that exist, if Want does not say them
}

// Error returns one line: the name, what to give instead and the names that exist: all if
// they are few, or else the nearest.
func (e *UnknownError) Error() string {
	prefix := ""
	switch e.What {
	case "moniker", "category", "country", "language":
		prefix = "region: "
	case "severity", "plan", "metric", "calendar":
		prefix = "sla: "
	}
	if e.Text == "" {
		return prefix + "no " + e.What + " given: want " + e.Wanted()
	}
	return fmt.Sprintf("%sunknown %s %q: want %s", prefix, e.What, shorten(e.Text), e.Wanted())
}

// Is reports whether target is an UnknownError of the same What, without a Text.
func (e *UnknownError) Is(target error) bool {
	other, ok := target.(*UnknownError)
	return ok && other.What == e.What && other.Text == ""
}

// Wanted returns what to give instead, with the names that Error shows.
func (e *UnknownError) Wanted() string {
	const (
		few   = 12
		short = 120 // bytes of all names together
	)
	switch country := e.What == "country"; {
	case country && e.Text == "UK":
		return `"GB", the ISO 3166-1 code of the United Kingdom`
	case country && e.Text == "EL":
		return `"GR", the ISO 3166-1 code of Greece`
	}
	if len(e.Known) == 0 {
		return e.Want
	} else if len(e.Known) <= few || len(e.Known) < short && len(strings.Join(e.Known, ", ")) <= short {
		return e.Want + ": " + list(e.Known)
	} else if near := nearest(e.Text, e.Known); near != nil {
		return e.Want + ", such as " + list(near)
	}
	return fmt.Sprintf("%s: %s and %d more", e.Want, list(e.Known[:few/2]), len(e.Known)-few/2)
}

// list joins names with commas. It quotes them if that could not be read otherwise.
func list(names []string) string {
	plain := func(r rune) bool { return unicode.IsGraphic(r) && r != ',' && r != '"' }
	for _, name := range names {
		if name == "" || len(name) > longest || strings.ContainsFunc(name, func(r rune) bool { return !plain(r) }) {
			quoted := make([]string, len(names))
			for i, name := range names {
				quoted[i] = strconv.Quote(shorten(name))
			}
			return strings.Join(quoted, ", ")
		}
	}
	return strings.Join(names, ", ")
}

// longest is how much of a name is quoted, in bytes.
const longest = 80

// shorten cuts a text that is too long to quote.
func shorten(s string) string {
	if len(s) <= longest {
		return s
	}
	cut := longest
	for cut > longest-utf8.UTFMax && !utf8.RuneStart(s[cut]) { // what is not UTF-8 may have no start
		cut--
	}
	return s[:cut] + "..."
}

// nearest returns the names that a mistyped one can mean, the likeliest first: those
// that differ in case or in up to two letters, that begin alike, or that have the text
// in them.
func nearest(text string, names []string) []string {
	const (
		most = 5
		long = 40 // bytes: of longer names, nobody has mistyped just two letters
	)
	if text = strings.TrimSpace(text); text == "" || len(text) > long {
		return nil
	}
	type candidate struct {
		name  string
		score int
	}
	var near []candidate
	for _, name := range names {
		if name == "" || len(name) > long {
			continue
		}
		differ := distance(text, name)
		score := 2 * differ
		switch short, long := min(len(text), len(name)), max(len(text), len(name)); {
		case differ <= 1 && 2*differ < short: // fewer than half of the letters
		case short > 1 && 2*short >= long && strings.EqualFold(text[:short], name[:short]):
			score = 3
		case differ == 2 && 2*differ < short:
		case short > 2 && contains(name, text):
			score = 5
		default:
			continue
		}
		near = append(near, candidate{name, score})
	}
	slices.SortStableFunc(near, func(a, b candidate) int { return cmp.Compare(a.score, b.score) })
	var found []string
	for _, c := range near[:min(most, len(near))] {
		found = append(found, c.name)
	}
	return found
}

// contains reports whether a name has a text in it, in any case.
func contains(name, text string) bool {
	for i := range len(name) - len(text) + 1 {
		if strings.EqualFold(name[i:i+len(text)], text) {
			return true
		}
	}
	return false
}

// distance returns how many letters of a are to be changed, added or taken away to
// make b, or 3 if more than two. It takes small and capital letters of ASCII for the
// same; the texts have up to 40 bytes.
func distance(a, b string) int {
	const tooMany = 3
	if len(a)-len(b) >= tooMany || len(b)-len(a) >= tooMany {
		return tooMany
	}
	var space [64]int
	row := space[:len(b)+1]
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		least := row[0]
		for j := range len(b) {
			change := diagonal
			if lower(a[i]) != lower(b[j]) {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, diagonal+1, row[j]+1)
			least = min(least, row[j+1])
		}
		if least >= tooMany {
			return tooMany
		}
	}
	return min(row[len(b)], tooMany)
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c |= 0x20
	}
	return c
}
