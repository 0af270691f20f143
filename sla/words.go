package sla

import (
	"fmt"
	"slices"

	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla/internal/jsontree"
	"github.com/duetime/duetime/sla/internal/text"
)

// The words that every policy has (R14).
const (
	// WordOpened is told by the opening itself. It may stand in Course.Start.
	WordOpened = "opened"
	// WordCancelled ends all clocks of a ticket. No course lists it.
	WordCancelled = "cancelled"
	// WordDue is the passing of a clock's own due time. It may stand in Course.Reset, and
	// nobody tells it.
	WordDue = "due"
)

// The words of a policy that declares none (R14). WordResponded is a happening, and the
// others are statuses.
const (
	// WordResponded stops the first response and the next response.
	WordResponded = "responded"
	// WordResolved stops every other metric.
	WordResolved = "resolved"
	// WordReopened leaves WordResolved, and so reopens what that stopped.
	WordReopened = "reopened"
	// WordPaused pauses every metric.
	WordPaused = "paused"
	// WordResumed leaves WordPaused.
	WordResumed = "resumed"
)

// Limits of the words and courses of a policy: each course is checked against the words.
const (
	maxWords   = 64 // statuses, and happenings
	maxCourses = 32
)

// words returns the statuses and the happenings of a policy.
func (p *Policy) words() (statuses, happenings []string) {
	if len(p.Statuses)+len(p.Happenings) == 0 {
		return []string{WordResolved, WordReopened, WordPaused, WordResumed}, []string{WordResponded}
	}
	return p.Statuses, p.Happenings
}

// usualCourse returns what the course of a metric is where the policy does not say.
func (p *Policy) usualCourse(m Metric) Course {
	c := Course{Reopening: ReopenContinue, Change: ChangeFromOpening}
	switch m {
	case FirstResponse:
		c.Reopening = ReopenIgnore
	case NextResponse:
		c.Reopening = ReopenNewCycle
	}
	if len(p.Statuses)+len(p.Happenings) == 0 {
		c.Stop, c.Pause = []string{WordResolved}, []string{WordPaused}
		if m == FirstResponse || m == NextResponse {
			c.Stop = []string{WordResponded}
		}
	}
	return c
}

// course returns the course of a metric, filled in.
func (p *Policy) course(m Metric) Course {
	var own, others Course
	for _, c := range p.Courses {
		if c.Metric == m {
			own = c
		}
		if c.Metric == "" {
			others = c
		}
	}
	own.Metric = m
	return own.or(others).or(p.usualCourse(m))
}

// checkWords adds the faults of the words that are declared at a path, and reports whether
// there are any.
func checkWords(found *faults, path string, statuses, happenings []string) (bad bool) {
	before := len(found.list)
	seen := map[string]bool{}
	for _, list := range []struct {
		field string
		words []string
	}{{"statuses", statuses}, {"happenings", happenings}} {
		if bad, want, many := tooMany(len(list.words), maxWords); many {
			found.add(path+list.field, bad, want)
			continue
		}
		for i, word := range list.words {
			want := ""
			switch {
			case !text.IsName(word):
				want = text.NameWanted
			case word == WordOpened || word == WordCancelled || word == WordDue:
				want = "another word: every policy has this one"
			case seen[word]:
				want = "the word once, as a status or a happening"
			}
			if want != "" {
				found.add(fmt.Sprintf("%s%s[%d]", path, list.field, i), text.Quote(word), want)
			}
			seen[word] = true
		}
	}
	return len(found.list) > before
}

// courses checks the courses of a policy. Policies share the words and the courses of their
// catalog, which are checked once.
func (c *checker) courses(d *draft) {
	key := wordsKey{first(d.Courses), first(d.Statuses), first(d.Happenings)}
	if key.courses == nil || c.checked[key] {
		return
	}
	c.checked[key] = true
	if of := c.listedIn(d); !d.badWords {
		c.words(d, of)
	}
}

// wordsKey tells the words and the courses of a policy from others.
type wordsKey struct {
	courses              *Course
	statuses, happenings *string
}

// coursesKey tells courses from others, and whether their policy declares words.
type coursesKey struct {
	courses  *Course
	declares bool
}

// listed is what courses say of words. Each word of a list that was found to be missing is
// reported once, and not again for another policy with the same courses.
type listed struct {
	words []*listedWord // of each kind of list, each word once
	both  []*listedWord // in start and in stop of one course
}

type listedWord struct {
	list, word string
	places     []listedAt
	reported   bool
}

// listedAt is a place in a list of a course, or the course.
type listedAt struct {
	course, list string
	index        int
}

func (p listedAt) path() string {
	if p.list == "" {
		return p.course
	}
	return fmt.Sprintf("%s.%s[%d]", p.course, p.list, p.index)
}

// listedIn checks courses but for the words that their policy has.
func (c *checker) listedIn(d *draft) *listed {
	key := coursesKey{first(d.Courses), len(d.Statuses)+len(d.Happenings) > 0}
	if of := c.listed[key]; of != nil {
		return of
	}
	of := new(listed)
	c.listed[key] = of
	path := d.coursesAt + "courses"
	if bad, want, many := tooMany(len(d.Courses), maxCourses); many {
		c.add(path, bad, want)
		return of
	}
	known := map[[2]string]*listedWord{} // by list and word
	note := func(to *[]*listedWord, word string, at listedAt) {
		l := known[[2]string{at.list, word}]
		if l == nil {
			l = &listedWord{list: at.list, word: word}
			known[[2]string{at.list, word}] = l
			*to = append(*to, l)
		}
		l.places = append(l.places, at)
	}
	metrics := map[Metric]bool{}
	for i := range d.Courses {
		course := &d.Courses[i]
		path := jsontree.Join(path, string(course.Metric))
		switch {
		case course.Metric != "" && !text.IsName(string(course.Metric)):
			c.add(path, text.Quote(string(course.Metric)), text.NameWanted)
		case metrics[course.Metric]:
			c.add(path, text.Quote(string(course.Metric)), "the metric once")
		}
		metrics[course.Metric] = true
		if mode := course.Change; mode != "" && mode.check() != nil {
			c.add(path+".change", text.Quote(string(mode)), wanted(mode.check()))
		}
		if mode := course.Reopening; mode != "" && mode.check() != nil {
			c.add(path+".reopening", text.Quote(string(mode)), wanted(mode.check()))
		}
		for _, list := range []struct {
			field string
			words []string
		}{{"start", course.Start}, {"stop", course.Stop}, {"reset", course.Reset}, {"pause", course.Pause}} {
			if bad, want, many := tooMany(len(list.words), maxWords); many {
				c.add(path+"."+list.field, bad, want)
				continue
			}
			for i, word := range list.words {
				at := listedAt{path, list.field, i}
				bad := ""
				switch {
				case slices.Index(list.words, word) < i:
					bad = "the word once"
				case word == WordOpened && list.field == "start" || word == WordDue && list.field == "reset":
					continue
				case word == WordOpened:
					bad = "another word: only start can have this one"
				case word == WordDue:
					bad = "another word: only reset can have this one"
				case word == WordCancelled:
					bad = "another word: this one ends all clocks"
				case !text.IsName(word):
					bad = text.NameWanted
				default:
					note(&of.words, word, at)
					continue
				}
				c.add(at.path(), text.Quote(word), bad)
			}
		}
		whole := d.course(course.Metric)
		for _, word := range whole.Stop {
			if slices.Contains(whole.Start, word) {
				note(&of.both, word, listedAt{course: path})
			}
		}
	}
	return of
}

// words checks that a policy has the words that its courses list.
func (c *checker) words(d *draft, of *listed) {
	statuses, happenings := d.words()
	isStatus := map[string]bool{}
	for _, word := range happenings {
		isStatus[word] = false
	}
	for _, word := range statuses {
		isStatus[word] = true
	}
	for _, l := range of.words {
		status, known := isStatus[l.word]
		switch {
		case l.reported || c.full():
		case l.list == "pause" && known && !status:
			c.report(l, text.Quote(l.word), "a status, which holds until the next: a happening is over at once")
		case !known:
			offered := slices.Concat(statuses, happenings)
			switch l.list {
			case "pause":
				offered = statuses
			case "start":
				offered = append(offered, WordOpened)
			case "reset":
				offered = append(offered, WordDue)
			}
			c.report(l, text.Quote(l.word), c.nearest(&region.UnknownError{What: "word", Text: l.word, Want: partOf("a word", d.name()), Known: offered}))
		}
	}
	for _, l := range of.both {
		if isStatus[l.word] && !l.reported {
			c.report(l, text.Quote(l.word)+" in start and in stop", "a status in one of them")
		}
	}
}

// report adds the fault of a word at all its places.
func (c *checker) report(l *listedWord, found, want string) {
	l.reported = true
	for _, at := range l.places {
		c.add(at.path(), found, want)
	}
}
