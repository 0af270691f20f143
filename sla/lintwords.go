package sla

import (
	"slices"
	"time"

	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla/internal/text"
)

// wordsLinter looks at the words and the courses of policies. What several policies share,
// such as the courses of their catalog, is of use if one of them uses it, and is reported once.
type wordsLinter struct {
	policies       []Policy
	words, courses alike
	metrics        map[int]map[Metric]bool // for which policies of the same courses have terms
	listed         map[int]map[string]bool // words that courses of policies of the same words list
	seen           map[wordsClock]bool     // those that were reported

	// The policies of each moniker by their words, in their order, and until when each policy
	// is in force.
	others map[region.Moniker][]sameWords
	until  []time.Time
	pairs  int // how many more pairs of policies are compared
}

// sameWords are policies of one moniker and of one group.
type sameWords struct {
	group    int
	policies []int
}

// wordsClock tells clocks apart by what happens to them.
type wordsClock struct {
	words, courses int
	metric         Metric
}

func newWordsLinter(policies []Policy) *wordsLinter {
	l := &wordsLinter{
		policies: policies, words: alikeWords(policies), courses: alikeCourses(policies), pairs: 64 + 8*len(policies),
		metrics: map[int]map[Metric]bool{}, listed: map[int]map[string]bool{}, seen: map[wordsClock]bool{}, others: map[region.Moniker][]sameWords{},
	}
	byPlan := map[planKey][]int{}
	looked := map[wordsClock]bool{}
	type moniker struct {
		region.Moniker
		words int
	}
	groups := map[moniker]int{} // in l.others
	for i := range policies {
		p := &policies[i]
		w, c := l.words.group[i], l.courses.group[i]
		if l.metrics[c] == nil {
			l.metrics[c] = map[Metric]bool{}
		}
		if l.listed[w] == nil {
			l.listed[w] = map[string]bool{}
		}
		for j := range p.Terms {
			key := wordsClock{w, c, p.Terms[j].Metric}
			if looked[key] {
				continue
			}
			looked[key] = true
			l.metrics[c][key.metric] = true
			course := p.course(key.metric)
			for _, list := range [][]string{course.Start, course.Stop, course.Reset, course.Pause} {
				for _, word := range list {
					l.listed[w][word] = true
				}
			}
		}
		byPlan[planKey{p.Moniker, p.Plan}] = append(byPlan[planKey{p.Moniker, p.Plan}], i)
		key := moniker{p.Moniker, w}
		at, known := groups[key]
		if !known {
			at = len(l.others[p.Moniker])
			groups[key] = at
			l.others[p.Moniker] = append(l.others[p.Moniker], sameWords{group: w})
		}
		l.others[p.Moniker][at].policies = append(l.others[p.Moniker][at].policies, i)
	}
	l.until = make([]time.Time, len(policies))
	for _, list := range byPlan {
		slices.SortFunc(list, func(i, j int) int { return policies[i].From.Compare(policies[j].From) })
		for n, i := range list {
			l.until[i] = policies[i].ends()
			if n+1 < len(list) && policies[list[n+1]].From.Before(l.until[i]) {
				l.until[i] = policies[list[n+1]].From
			}
		}
	}
	return l
}

// policy looks at a policy that has terms for some metrics.
func (l *wordsLinter) policy(i int, metrics []Metric, find func(string, string, ...any)) {
	p := &l.policies[i]
	w, c := l.words.group[i], l.courses.group[i]
	if l.courses.first[c] == i {
		for _, course := range p.Courses {
			if course.Metric != "" && !l.metrics[c][course.Metric] {
				find(unusedCourse, "a course of %s, which has no term", text.Quote(string(course.Metric)))
			}
		}
	}
	statuses, happenings := p.words()
	for _, metric := range metrics {
		if key := (wordsClock{w, c, metric}); !l.seen[key] {
			l.seen[key] = true
			clock(p.course(metric), statuses, find)
		}
	}
	if l.words.first[w] == i && l.words.text[w] != "" && len(metrics) > 0 {
		for _, word := range happenings {
			if !l.listed[w][word] {
				find(unusedWord, "no course lists the happening %s", text.Quote(word))
			}
		}
		// A status that no course lists ends the others.
		if len(statuses) > 0 && !slices.ContainsFunc(statuses, func(word string) bool { return l.listed[w][word] }) {
			find(unusedWord, "no course lists a status, such as %s", text.Quote(statuses[0]))
		}
	}
	if other := l.differing(i); other != nil {
		find(differingWords, "its statuses and happenings are not those of %s", other.title())
	}
}

// clock looks at the clocks of a course.
func clock(course Course, statuses []string, find func(string, string, ...any)) {
	if len(course.Stop) == 0 {
		find(endlessClock, "no word stops %s", text.Quote(string(course.Metric)))
	}
	pauses := map[string]bool{}
	for _, word := range course.Pause {
		pauses[word] = true
	}
	if len(pauses) > 0 && !slices.ContainsFunc(statuses, func(word string) bool { return !pauses[word] }) {
		find(endlessPause, "each status pauses %s: no other ends the pause", text.Quote(string(course.Metric)))
	}
}

// differing returns a policy before another, of another plan of its moniker, that has other
// words and is in force with it at some time.
func (l *wordsLinter) differing(i int) *Policy {
	p := &l.policies[i]
	best := -1
	for _, others := range l.others[p.Moniker] {
		if first := others.policies[0]; first >= i || best >= 0 && first > best || l.pairs < 0 {
			break
		}
		if others.group == l.words.group[i] {
			continue
		}
		for _, j := range others.policies {
			if l.pairs--; j >= i || best >= 0 && j > best || l.pairs < 0 {
				break
			}
			if q := &l.policies[j]; q.Plan != p.Plan && p.From.Before(l.until[j]) && q.From.Before(l.until[i]) {
				best = j
				break
			}
		}
	}
	if best < 0 {
		return nil
	}
	return &l.policies[best]
}
