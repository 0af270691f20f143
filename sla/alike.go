package sla

import (
	"encoding/json"

	"github.com/duetime/duetime/region"
)

// alike tells which policies of a catalog have the same of something, such as their words.
type alike struct {
	group []int // by policy, from 0
	// By group:
	text  []string
	count []int // of policies
	first []int // of these
}

// alikeOf groups n policies by a text that says what they have. Policies of one identity
// have the same text, which is made once.
func alikeOf[K comparable](n int, identity func(i int) K, text func(i int) string) alike {
	a := alike{group: make([]int, n)}
	byIdentity, byText := map[K]int{}, map[string]int{}
	for i := range n {
		id := identity(i)
		g, known := byIdentity[id]
		if !known {
			s := text(i)
			if g, known = byText[s]; !known {
				g = len(a.text)
				byText[s] = g
				a.text, a.count, a.first = append(a.text, s), append(a.count, 0), append(a.first, i)
			}
			byIdentity[id] = g
		}
		a.group[i] = g
		a.count[g]++
	}
	return a
}

// shared returns the first policy of the group whose text the catalog says for all. That group
// saves the most text. A catalog of many policies stays as short as the text that it was read
// from. shared returns -1 if a policy has no text, as a text for all would hide that. The text
// of usual is left out.
func (a alike) shared(usual string) int {
	best, most := -1, -1
	for g, text := range a.text {
		saved := (a.count[g] - 1) * len(text)
		switch text {
		case "":
			return -1
		case usual:
			saved += len(text)
		}
		if saved > most {
			best, most = g, saved
		}
	}
	if best < 0 {
		return -1
	}
	return a.first[best]
}

// first returns a pointer to the first of a list, which tells its array from others, or nil.
func first[T any](list []T) *T {
	if len(list) == 0 {
		return nil
	}
	return &list[0]
}

// wordsWriter writes the words and the courses of policies: those that several share, once.
type wordsWriter struct {
	list           []Policy
	words, courses alike
	// wordsOf and coursesOf are the policies whose words and courses the catalog says, or -1.
	wordsOf, coursesOf int
}

func newWordsWriter(list []Policy) *wordsWriter {
	w := &wordsWriter{list: list, words: alikeWords(list), courses: alikeCourses(list)}
	w.wordsOf, w.coursesOf = w.words.shared(""), w.courses.shared("")
	return w
}

// shared returns what the catalog says for all.
func (w *wordsWriter) shared() (f wordsForm) {
	if w.wordsOf >= 0 {
		f.Statuses, f.Happenings = w.list[w.wordsOf].Statuses, w.list[w.wordsOf].Happenings
	}
	if w.coursesOf >= 0 {
		f.Courses = formOfCourses(w.list[w.coursesOf].Courses)
	}
	return f
}

// own returns what a policy says itself.
func (w *wordsWriter) own(i int) (f wordsForm) {
	if w.wordsOf < 0 || w.words.group[i] != w.words.group[w.wordsOf] {
		f.Statuses, f.Happenings = w.list[i].Statuses, w.list[i].Happenings
	}
	if w.coursesOf < 0 || w.courses.group[i] != w.courses.group[w.coursesOf] {
		f.Courses = formOfCourses(w.list[i].Courses)
	}
	return f
}

// alikeWords groups policies by their words.
func alikeWords(list []Policy) alike {
	type identity struct{ statuses, happenings *string }
	return alikeOf(len(list),
		func(i int) identity { return identity{first(list[i].Statuses), first(list[i].Happenings)} },
		func(i int) string {
			if len(list[i].Statuses)+len(list[i].Happenings) == 0 {
				return ""
			}
			return textOf([][]string{list[i].Statuses, list[i].Happenings})
		})
}

// alikeCourses groups policies by their courses.
func alikeCourses(list []Policy) alike {
	return alikeOf(len(list),
		func(i int) *Course { return first(list[i].Courses) },
		func(i int) string {
			if len(list[i].Courses) == 0 {
				return ""
			}
			return textOf(formOfCourses(list[i].Courses))
		})
}

// sharedScale returns the scale that a catalog says for all its policies. What usual has is
// left out.
func sharedScale(scales []*scale, usual *scale) *scale {
	all := *usual
	severities := func(s *scale) string { return textOf(formsOf(s.severities, s.severitySynonyms)) }
	categories := func(s *scale) string { return textOf(formsOf(s.categories, s.categorySynonyms)) }
	if i := alikeOf(len(scales), func(i int) *Severity { return first(scales[i].severities) }, func(i int) string { return severities(scales[i]) }).shared(severities(usual)); i >= 0 {
		all.severities, all.severitySynonyms = scales[i].severities, scales[i].severitySynonyms
	}
	if i := alikeOf(len(scales), func(i int) *region.Category { return first(scales[i].categories) }, func(i int) string { return categories(scales[i]) }).shared(categories(usual)); i >= 0 {
		all.categories, all.categorySynonyms = scales[i].categories, scales[i].categorySynonyms
	}
	return &all
}

// textOf returns the JSON of a form that always has one.
func textOf(form any) string {
	b, _ := json.Marshal(form)
	return string(b)
}
