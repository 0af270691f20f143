package sla

import (
	"cmp"
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla/internal/text"
)

// A policy has few severities and categories, so that sets of them are words of bits.
const (
	maxSeverities = 16
	maxCategories = 64
	maxSynonyms   = 64 // of a name
)

// scale is the severities and categories of a policy. Several policies share one.
type scale struct {
	severities []Severity        // the most severe first
	categories []region.Category // the default first

	// Synonyms, as they were given.
	severitySynonyms map[string]Severity
	categorySynonyms map[string]region.Category

	// severityNames and categoryNames hold the place of each name and synonym, folded.
	severityNames, categoryNames map[string]int

	bad bool // it has faults, so that nobody knows which names are on it
}

// usualScale returns the scale of a policy that declares none, always the same one.
var usualScale = sync.OnceValue(func() *scale {
	return &scale{
		severities:    []Severity{SeverityA, SeverityB, SeverityC},
		categories:    []region.Category{region.Technical, region.Billing, region.PreSales},
		severityNames: map[string]int{"a": 0, "b": 1, "c": 2},
		categoryNames: map[string]int{"technical": 0, "billing": 1, "presales": 2},
	}
})

// fold returns a name as names are compared: "Sev 2", "SEV-2" and "sev_2" are alike.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' || r == '_' {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

// namesOf returns the places of names and their synonyms, folded. It passes on each
// name and synonym that is no name or is taken.
func namesOf[T ~string](names []T, synonyms map[string]T, bad func(text, want string)) map[string]int {
	at := make(map[string]int, len(names)+len(synonyms))
	add := func(name string, place int) {
		folded := fold(name)
		switch other, taken := at[folded]; {
		case !text.IsName(name) || folded == "":
			bad(name, text.NameWanted)
		case taken && other != place:
			bad(name, fmt.Sprintf("a name that %s does not have: case, blanks, hyphens and underscores do not count", text.Quote(string(names[other]))))
		default:
			at[folded] = place
		}
	}
	for i, name := range names {
		if j := slices.Index(names, name); j < i {
			bad(string(name), "the name once")
			continue
		}
		add(string(name), i)
	}
	count := map[T]int{}
	for _, synonym := range sortedKeys(synonyms) {
		if count[synonyms[synonym]]++; count[synonyms[synonym]] == maxSynonyms+1 {
			bad(string(synonyms[synonym]), fmt.Sprintf("at most %d synonyms of it", maxSynonyms))
		}
		if i := slices.Index(names, synonyms[synonym]); i >= 0 {
			add(synonym, i)
		} else {
			bad(synonym, fmt.Sprintf("a synonym of a name on the scale; %s is not", text.Quote(string(synonyms[synonym]))))
		}
	}
	return at
}

// tooMany returns what is wrong with the length of a scale.
func tooMany(n, most int) (text, want string, bad bool) {
	if n <= most {
		return "", "", false
	}
	return fmt.Sprintf("%d of them", n), fmt.Sprintf("at most %d", most), true
}

// severity returns the place of a severity.
func (s *scale) severity(name Severity) (int, bool) {
	i := slices.Index(s.severities, name)
	return i, i >= 0
}

// category returns the place of a category: that of the first for "".
func (s *scale) category(name region.Category) (int, bool) {
	if name == "" {
		return 0, true
	}
	i := slices.Index(s.categories, name)
	return i, i >= 0
}

func (s *scale) unknownSeverity(name, policy string) error {
	return &region.UnknownError{What: "severity", Text: name, Want: partOf("a severity", policy), Known: textsOf(s.severities)}
}

func (s *scale) unknownCategory(name, policy string) error {
	return &region.UnknownError{What: "category", Text: name, Want: partOf("a category", policy), Known: textsOf(s.categories)}
}

func partOf(what, policy string) string {
	if policy == "" {
		return what
	}
	return what + " of " + policy
}

// textsOf returns names as plain strings.
func textsOf[T ~string](names []T) []string {
	texts := make([]string, len(names))
	for i, name := range names {
		texts[i] = string(name)
	}
	return texts
}

// cases is a set of pairs of a severity and a category, by their places on a scale:
// each of the severities with each of the categories.
type cases struct {
	severities uint16
	categories uint64
}

// has reports whether a pair is in the set.
func (c cases) has(severity, category int) bool {
	return c.severities>>severity&1 != 0 && c.categories>>category&1 != 0
}

// leastSevere returns the place of the least severe one.
func (c cases) leastSevere() int { return bits.Len16(c.severities) - 1 }

// all returns the set of all pairs.
func (s *scale) all() cases {
	return cases{1<<len(s.severities) - 1, 1<<len(s.categories) - 1}
}

// seen is a set of any pairs: for each severity, the categories.
type seen [maxSeverities]uint64

// add adds pairs, and returns one that was there, if any was.
func (s *seen) add(c cases) (severity, category int, twice bool) {
	for i := range s {
		if c.severities>>i&1 == 0 {
			continue
		}
		if both := s[i] & c.categories; both != 0 && !twice {
			severity, category, twice = i, bits.TrailingZeros64(both), true
		}
		s[i] |= c.categories
	}
	return severity, category, twice
}

// casesOf returns the set that a term names, of names that are on the scale.
func (s *scale) casesOf(severities []Severity, categories []region.Category) cases {
	k := s.all()
	if severities != nil {
		k.severities = 0
		for _, name := range severities {
			i, _ := s.severity(name)
			k.severities |= 1 << i
		}
	}
	if categories != nil {
		k.categories = 0
		for _, name := range categories {
			i, _ := s.category(name)
			k.categories |= 1 << i
		}
	}
	return k
}

// sortedKeys returns the keys of a map in their order.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	if len(m) == 0 {
		return nil // without four allocations
	}
	return slices.Sorted(maps.Keys(m))
}
