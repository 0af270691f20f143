package main

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// The content codings that the server has.
const (
	identity = "identity" // the file itself
	packed   = "gzip"
)

// negotiate returns the coding for a client with these lines of Accept-Encoding, or "" if the
// client accepts neither. It follows RFC 9110, section 12.5.3.
func negotiate(lines []string) string {
	if len(lines) == 0 {
		return identity // the client accepts both, and perhaps has never heard of gzip
	}
	weights := map[string]float64{}
	for item := range strings.SplitSeq(strings.Join(lines, ","), ",") {
		if m := weighted().FindStringSubmatch(item); m != nil {
			weights[strings.ToLower(m[1])], _ = strconv.ParseFloat(cmp.Or(m[2], "1"), 64)
		}
	}
	weight := func(fallback float64, names ...string) float64 {
		for _, name := range names {
			if w, ok := weights[name]; ok {
				return w
			}
		}
		return fallback
	}
	zip, plain := weight(0, packed, "x-gzip", "*"), weight(0.001, identity, "*")
	switch {
	case zip > 0 && zip >= plain:
		return packed
	case plain > 0:
		return identity
	}
	return ""
}

// weighted matches an item of Accept-Encoding: a coding, and perhaps its weight. Items that
// do not match are ignored.
var weighted = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[ \t]*([^ \t;]+)[ \t]*(?:;[ \t]*[qQ]=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)[ \t]*)?$`)
})
