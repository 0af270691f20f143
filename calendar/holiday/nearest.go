package holiday

import "strings"

// nearest returns the codes that an unknown one may stand for, in order, or nil. It tries
// the name of a place, a language and its country ("en-GB"), the code in capitals, codes of
// its country that differ in one letter, all codes of its country, parts with its name, and
// other codes that differ in one letter.
func nearest(code string, codes []string) []string {
	const longest = 40 // bytes; no name is as long
	if len(code) > longest {
		return nil
	}
	if found := placesNamed(strings.TrimSpace(code), codes); found != nil {
		return found
	}
	if language, country, ok := strings.Cut(strings.ReplaceAll(code, "_", "-"), "-"); ok && len(language) == 2 &&
		language == strings.ToLower(language) && len(country) == 2 && country == strings.ToUpper(country) {
		code = country
	}
	code = strings.Trim(strings.NewReplacer("_", "-", " ", "-").Replace(strings.ToUpper(code)), "-")
	country, part, hasPart := strings.Cut(code, "-")
	switch country {
	case "UK": // the United Kingdom, on the Internet
		country = "GB"
	case "EL": // Greece, in the European Union
		country = "GR"
	}
	if code = country; hasPart {
		code += "-" + part
	}
	var own, parts []string
	for _, c := range codes {
		of, name, _ := strings.Cut(c, "-")
		switch {
		case c == code:
			return []string{c}
		case of == country:
			own = append(own, c)
		case name != "" && name == code:
			parts = append(parts, c)
		}
	}
	switch {
	case own == nil && parts == nil:
		return closest(code, codes)
	case own == nil:
		return parts
	}
	if near := closest(code, own); hasPart && near != nil {
		return near
	}
	return own
}

// closest returns the codes that differ from another in one letter, but not the first. If
// there are several, it returns those that begin most like it.
func closest(code string, codes []string) []string {
	best := 1
	var found []string
	for _, c := range codes {
		n := commonPrefix(code, c)
		if n < best || !oneApart(code, c) {
			continue
		}
		if n > best {
			best, found = n, nil
		}
		found = append(found, c)
	}
	return found
}

// oneApart reports whether two texts differ in one byte: another byte, or one more.
func oneApart(a, b string) bool {
	n := commonPrefix(a, b)
	a, b = a[n:], b[n:]
	switch {
	case len(a) == len(b):
		return a != "" && a[1:] == b[1:]
	case len(a) == len(b)+1:
		return a[1:] == b
	}
	return len(a)+1 == len(b) && a == b[1:]
}

func commonPrefix(a, b string) (n int) {
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}
