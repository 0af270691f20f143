package ticket

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/text"
)

// moment is an event of a ticket, or its opening, and what holds after it.
type moment struct {
	event     Event
	at        time.Time
	word      string // that acts: a status that holds already does nothing
	status    string // that holds
	isStatus  bool   // the event told it, and another held before
	cancelled bool
	changed   bool // the event changed the request
	given     int  // while it is told: its number among the events given, from 1
	rules     *rules
}

// rules are what judges a request, until it is changed.
type rules struct {
	request sla.Request // the policy is the one in force at its Opened
	since   time.Time   // when that came into force
	of      []rule      // by the number of the metric
}

// rule is what holds for the clock of a metric.
type rule struct {
	listed bool // the policy has the metric, or the ticket follows it alone
	course sla.Course
	term   *sla.Term
	err    error // why there is no term
	// numbers has the number of each threshold of the term. In all terms of the ticket, a
	// threshold has the same number.
	numbers []int
}

// rule returns what holds for the clock of a number. A metric that came later has no term.
func (m *moment) rule(i int) *rule {
	if i < len(m.rules.of) {
		return &m.rules.of[i]
	}
	return new(rule)
}

// rulesOf returns what judges a request, for metrics and for those that its policy has
// besides. The request comes with the Opened by which its policy is chosen.
func (t *Ticket) rulesOf(r sla.Request, metrics []sla.Metric, only bool) (*rules, []sla.Metric, error) {
	of, c := &rules{request: r}, t.catalog
	listed := c.Metrics(r)
	if !only {
		for _, m := range listed {
			if !slices.Contains(metrics, m) {
				metrics = append(metrics, m)
			}
		}
	}
	if len(metrics) == 0 {
		metrics = []sla.Metric{sla.FirstResponse}
	}
	of.of = slices.Grow(of.of, len(metrics))
	for _, m := range metrics {
		r.Metric = m
		is := rule{listed: only || slices.Contains(listed, m)}
		term, err := c.Term(r)
		if _, none := err.(sla.TermError); err != nil && !none {
			return nil, nil, err
		}
		if is.err = err; err == nil {
			is.term = &term
			is.numbers = t.number(term.Thresholds)
		}
		if is.course, err = c.Course(r); err != nil {
			return nil, nil, err
		}
		of.of = append(of.of, is)
	}
	if t.bounds != nil {
		if err := t.bounds.check(of, cmp.Or(t.request.Opened, r.Opened)); err != nil {
			return nil, nil, err
		}
	}
	r.Metric = metrics[0]
	d, err := c.Deadline(r) // for the request filled in
	if _, none := err.(sla.TermError); err != nil && !none {
		return nil, nil, err
	}
	d.Request.Metric = of.request.Metric
	of.request, of.since = d.Request, d.InForceSince
	return of, metrics, nil
}

// number returns the numbers of thresholds.
func (t *Ticket) number(list []sla.Threshold) []int {
	numbers := make([]int, len(list))
	for i, threshold := range list {
		n, ok := t.numbers[threshold]
		if !ok {
			n = len(t.numbers)
			t.numbers[threshold] = n
		}
		numbers[i] = n
	}
	return numbers
}

// same reports whether two rules promise the same (R17): the same target and thresholds in
// the same hours, or nothing.
func (r *rule) same(other *rule, opened time.Time) bool {
	if r.term == nil || other.term == nil {
		return r.term == other.term
	}
	return r.term.Target == other.term.Target && slices.Equal(r.term.Thresholds, other.term.Thresholds) &&
		sameHours(r.term.Calendar, other.term.Calendar, opened)
}

// sameHours reports whether two calendars are alike in the years that a stored ticket can
// reach.
func sameHours(a, b *calendar.Calendar, opened time.Time) bool {
	if a == b {
		return true
	}
	how, parts := partsOf(a)
	otherwise, otherParts := partsOf(b)
	switch {
	case how != otherwise:
		return false
	case parts != nil:
		return slices.EqualFunc(parts, otherParts, func(a, b *calendar.Calendar) bool { return sameHours(a, b, opened) })
	}
	return a.Zone().String() == b.Zone().String() && a.Hours() == b.Hours() && slices.Equal(a.FormerHours(), b.FormerHours()) &&
		sameDays(a.HolidaySets(), b.HolidaySets(), opened) && sameDays(a.OwnDays(), b.OwnDays(), opened)
}

// sameDays reports whether sets have the same days in these years. Names do not count.
func sameDays(sets, others []calendar.HolidaySet, opened time.Time) bool {
	if slices.Equal(sets, others) {
		return true
	}
	for year := opened.UTC().Year() - 1; year <= opened.UTC().Year()+maxLife; year++ {
		if !slices.EqualFunc(daysOf(sets, year), daysOf(others, year), func(a, b calendar.Holiday) bool {
			return a.Date == b.Date && a.Workday == b.Workday && a.Hours == b.Hours
		}) {
			return false
		}
	}
	return true
}

// partsOf returns the calendars that another is made of, and how.
func partsOf(c *calendar.Calendar) (how string, parts []*calendar.Calendar) {
	if parts = c.UnionOf(); parts != nil {
		return "union", parts
	}
	if parts = c.IntersectionOf(); parts != nil {
		return "intersection", parts
	}
	if from, less := c.SubtractionOf(); from != nil {
		return "subtraction", append([]*calendar.Calendar{from}, less...)
	}
	return "", nil
}

// daysOf returns the days that sets have together in a year.
func daysOf(sets []calendar.HolidaySet, year int) []calendar.Holiday {
	var days []calendar.Holiday
	for _, s := range sets {
		days = append(days, s.Year(year)...)
	}
	return calendar.HolidayList("", days...).Year(year)
}

// words are the words of the policy at the opening of a ticket.
type words struct{ statuses, happenings []string }

// check returns what is wrong with a word, and whether it is a status.
func (w *words) check(word string) (isStatus bool, err error) {
	switch {
	case slices.Contains(w.statuses, word):
		return true, nil
	case word == "" || word == sla.WordCancelled || slices.Contains(w.happenings, word):
		return false, nil
	}
	known := append(slices.Concat(w.statuses, w.happenings), sla.WordCancelled)
	return false, &region.UnknownError{What: "word", Text: word, Want: "a word of the policy", Known: known}
}

// errStored ends the error of a change that leaves what a stored ticket has.
var errStored = errors.New(": a stored ticket has the plans and countries that it has had: for another, Open it again from its catalog and Apply its Events")

// next returns the moment of an event after another, and the metrics of the ticket then.
func (t *Ticket) next(before *moment, e Event) (moment, []sla.Metric, error) {
	m := moment{event: e, at: e.At, status: before.status, cancelled: before.cancelled, rules: before.rules}
	isStatus, err := t.words.check(e.Word)
	if err != nil {
		return m, nil, err
	}
	if m.word = e.Word; isStatus && e.Word == before.status {
		m.word = ""
	} else if isStatus {
		m.status, m.isStatus = e.Word, true
	}
	metrics := t.metrics
	r := before.rules.request
	changed := e.Change.of(r)
	if changed != r {
		if changed.Moniker != r.Moniker || changed.Plan != r.Plan {
			changed.Opened = e.At
		}
		if t.kept != nil && changed.Country != r.Country && !slices.Contains(t.kept.countries, changed.Country) {
			return m, nil, fmt.Errorf("country %s%w", text.Quote(changed.Country), errStored)
		}
		if t.kept != nil && changed.Plan == "" && changed.Moniker != r.Moniker && !slices.Contains(t.kept.defaults, changed.Moniker) {
			return m, nil, fmt.Errorf("moniker %s without a plan%w", text.Quote(string(changed.Moniker)), errStored)
		}
		if known := t.judged[changed]; known != nil && len(known.of) == len(metrics) {
			m.rules = known
		} else if m.rules, metrics, err = t.rulesOf(changed, t.metrics, t.request.Metric != ""); err != nil {
			if t.kept != nil {
				err = fmt.Errorf("%w%w", err, errStored)
			}
			return m, nil, err
		}
		t.judged[changed] = m.rules
		m.changed = true
	}
	if e.Word == sla.WordCancelled {
		m.cancelled = true
	}
	return m, metrics, nil
}
