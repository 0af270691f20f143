package sla

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla/internal/instant"
	"github.com/duetime/duetime/sla/internal/jsontree"
	"github.com/duetime/duetime/sla/internal/text"
)

// The kinds of findings, as they are described at [Catalog.Lint].
const (
	unreachable         = "unreachable"
	looserTarget        = "looser-target"
	oneSidedTarget      = "one-sided-target"
	overlappingVersions = "overlapping-versions"
	versionGap          = "version-gap"
	noDefaultPlan       = "no-default-plan"
	noHolidays          = "no-holidays"
	provisionalHolidays = "provisional-holidays"
	unusedCalendar      = "unused-calendar"
	unusedCourse        = "unused-course"
	unusedWord          = "unused-word"
	endlessPause        = "endless-pause"
	endlessClock        = "endless-clock"
	differingWords      = "differing-words"
	differingWeekend    = "differing-weekend"
	unlikelyZone        = "unlikely-zone"
	missingMinute       = "missing-minute"
	swappedTimes        = "swapped-times"
	openWeekend         = "open-weekend"
	replacedRule        = "replaced-rule"
	endingDates         = "ending-dates"
	overlappingHours    = "overlapping-hours"
	doubledPart         = "doubled-part"
	movedTime           = "moved-time"
)

// Lint returns what is legal in the catalog but suspicious, in the order of its
// policies and then of its calendars. What it has from the catalog that it
// extends is not looked at.
//
//	unreachable           no request is judged by it: its plan cannot be named, or its
//	                      calendar does not open in ten years
//	looser-target         a request is due later at a higher severity than at a lower one
//	one-sided-target      one side of a target never holds in its hours, or both are the same
//	overlapping-versions  a version of a policy ends after the next one has begun
//	version-gap           between two versions of a policy, none is in force
//	no-default-plan       a moniker has several plans, and none for requests without one
//	no-holidays           a calendar has business days and no holidays in some years
//	provisional-holidays  holidays are yet to be announced, or lack in every year
//	differing-weekend     a calendar is open on the weekend of the place whose holidays it keeps, or
//	                      closed on a working day there: SA closes on Friday and Saturday
//	unlikely-zone         a calendar has a zone of no place, such as EST, where a city is meant
//	missing-minute        hours end at 23:59
//	swapped-times         hours of more than 14 hours run past midnight, such as 17:00-09:00
//	open-weekend          a rule for dates or holidays opens on weekdays without hours
//	replaced-rule         a rule for dates or holidays has no effect, such as in PH off; Mo-Fr 09:00-17:00
//	ending-dates          hours list dates of some years, and requests can be later
//	overlapping-hours     hours of a date run into the hours of the next, or never close
//	doubled-part          two calendars in a union or an intersection are the same
//	moved-time            a target has a time of day at which no day is open
//	unused-calendar       a calendar is in no term, nor part of one that is
//	unused-course         no policy with a course has a term for its metric
//	unused-word           no course lists a happening, or any of the statuses
//	endless-pause         each status of a policy pauses a clock: no other ends the pause
//	endless-clock         no word stops a clock
//	differing-words       two plans of a moniker have different words, and a ticket keeps
//	                      the words of its first plan
//
// It takes time linear in the length of the catalog, and so does not look at all: not at
// targets that are due in many years, nor at calendars made of 8 others or more, and in
// catalogs with many countries, mixed terms or cut-offs only at the first of them. It looks
// only at the first of many rules for dates, of calendars with nights, and of times of day.
func (c *Catalog) Lint() []Finding {
	if c == nil {
		return nil
	}
	l := linter{catalog: c, closed: map[closedKey]bool{}, hours: map[closedKey]hoursOfYear{}, offsets: map[string][]string{}, far: 16, pairs: 64, days: 16 * daysOfYear, reads: 4096}
	l.versions()
	l.words = newWordsLinter(c.given)
	for i := range c.given {
		l.policy(i)
	}
	l.calendars()
	return l.findings
}

type linter struct {
	catalog  *Catalog
	findings []Finding
	follows  []follow // by policy
	first    map[region.Moniker]int
	plans    map[region.Moniker][]Plan // of monikers without a default
	words    *wordsLinter
	closed   map[closedKey]bool
	hours    map[closedKey]hoursOfYear // of at most mostYears calendars
	far      int                       // how many more calendars are looked at for ten years
	pairs    int                       // how many more pairs of terms are compared, each in a pair of calendars
	days     int                       // how many more dates are looked at
	reads    int                       // how many more rules of hours are read to compare them with others
	offsets  map[string][]string       // by zone
}

// follow is what comes after a version of a policy.
type follow struct {
	next    *Policy // comes into force next, while this one is still in force
	after   *Policy // the first one after the end of this one
	covered bool    // another version is in force when this one ends
}

func (l *linter) find(kind string, path, format string, args ...any) {
	l.findings = append(l.findings, Finding{kind, path, fmt.Sprintf(format, args...)})
}

// title returns what a policy is called, with when it comes into force.
func (p *Policy) title() string {
	s := p.name()
	if !p.From.IsZero() {
		s += ", from " + text.DayOrInstant(p.From)
	}
	return s
}

// versions works out how the policies of each plan follow each other.
func (l *linter) versions() {
	c := l.catalog
	l.follows = make([]follow, len(c.given))
	l.first, l.plans = map[region.Moniker]int{}, map[region.Moniker][]Plan{}
	byPlan := map[planKey][]int{}
	for i := range c.given {
		p := &c.given[i]
		byPlan[planKey{p.Moniker, p.Plan}] = append(byPlan[planKey{p.Moniker, p.Plan}], i)
		if _, ok := l.first[p.Moniker]; !ok {
			l.first[p.Moniker] = i
		}
	}
	for _, list := range byPlan {
		slices.SortFunc(list, func(i, j int) int { return c.given[i].From.Compare(c.given[j].From) })
		// longest[n] is until when the longest of the first n versions is in force.
		longest := make([]time.Time, len(list)+1)
		for n, i := range list {
			longest[n+1] = longest[n]
			if until := c.given[i].ends(); until.After(longest[n]) {
				longest[n+1] = until
			}
		}
		for n, i := range list {
			p, f := &c.given[i], &l.follows[i]
			if p.Until.IsZero() {
				continue
			}
			if n+1 < len(list) {
				if next := &c.given[list[n+1]]; p.Until.After(next.From) {
					f.next = next
				}
			}
			begun, _ := slices.BinarySearchFunc(list, p.Until, func(j int, until time.Time) int {
				if c.given[j].From.After(until) {
					return +1
				}
				return -1
			})
			if begun < len(list) {
				f.after = &c.given[list[begun]]
			}
			f.covered = longest[begun].After(p.Until)
		}
	}
	hasDefault := map[region.Moniker]bool{}
	for i := range c.policies {
		p := &c.policies[i]
		if list := l.plans[p.moniker]; len(list) == 0 || list[len(list)-1] != p.plan { // versions stand together
			l.plans[p.moniker] = append(list, p.plan)
		}
		hasDefault[p.moniker] = hasDefault[p.moniker] || p.isDefault
	}
	for m := range hasDefault {
		if hasDefault[m] {
			delete(l.plans, m)
		}
	}
}

func (l *linter) policy(i int) {
	p := &l.catalog.given[i]
	path := fmt.Sprintf("policies[%d]", i)
	find := func(kind string, format string, args ...any) {
		l.find(kind, path, "%s: %s", p.title(), fmt.Sprintf(format, args...))
	}
	if plans, none := l.plans[p.Moniker]; none && l.first[p.Moniker] == i {
		quoted := textsOf(plans)
		for i := range quoted {
			quoted[i] = text.Quote(quoted[i])
		}
		find(noDefaultPlan, "none of its plans is the default: %s", fewOf(quoted))
	}
	if p.Plan == "" && !l.isDefault(p) {
		find(unreachable, `requests without a plan are judged by the default plan, and those of plan "" cannot name it`)
	}
	f := &l.follows[i]
	if f.next != nil {
		find(overlappingVersions, "in force until %s, though the next version is from %s on", text.DayOrInstant(p.Until), text.DayOrInstant(f.next.From))
	}
	if f.after != nil && !f.covered {
		find(versionGap, "in force until %s, and the next version from %s on: none in between", text.DayOrInstant(p.Until), text.DayOrInstant(f.after.From))
	}
	l.terms(i, find)
}

// isDefault reports whether a policy is of the default plan of its moniker.
func (l *linter) isDefault(p *Policy) bool {
	for q := range l.catalog.versions(p.Moniker, "") {
		return q.plan == p.Plan
	}
	return false
}

// closedKey is a calendar as of an instant.
type closedKey struct {
	c     *calendar.Calendar
	begin int64
}

// opens reports whether a calendar opens in the ten years from an instant on. It does not
// look at large calendars, and only a few times farther than a year.
func (l *linter) opens(c *calendar.Calendar, begin time.Time) bool {
	key := closedKey{c, begin.Unix()}
	closed, known := l.closed[key]
	if known {
		return !closed
	}
	if parts := c.UnionOf(); parts != nil {
		closed = !slices.ContainsFunc(parts, func(part *calendar.Calendar) bool { return l.opens(part, begin) })
	} else if madeOf(c) <= mostParts {
		closed = closedFor(c, begin, year)
		if closed {
			l.far--
			closed = l.far >= 0 && closedFor(c, begin, 10*year)
		}
	}
	l.closed[key] = closed
	return !closed
}

// closedFor reports whether a calendar is closed for some time, or to the end of the range.
func closedFor(c *calendar.Calendar, begin time.Time, d time.Duration) bool {
	end := begin.Add(d)
	if last := time.Date(instant.LastYear, time.December, 31, 23, 59, 59, 0, time.UTC); end.After(last) {
		end = last
	}
	open, err := c.Between(begin, end)
	return err == nil && open == 0
}

const year = 366 * 24 * time.Hour

// mostParts bounds the calendars in one that Lint asks for due times: a year of it costs
// some 10 µs for each.
const mostParts = 8

// partsOf returns the calendars that another is made of.
func partsOf(c *calendar.Calendar) []*calendar.Calendar {
	if from, less := c.SubtractionOf(); from != nil {
		return append([]*calendar.Calendar{from}, less...)
	}
	return slices.Concat(c.UnionOf(), c.IntersectionOf())
}

// madeOf returns how many calendars there are in one, or more than mostParts.
func madeOf(c *calendar.Calendar) int {
	n := 1
	for _, part := range partsOf(c) {
		if n += madeOf(part); n > mostParts {
			break
		}
	}
	return n
}

// ends returns the end of a policy, or an instant after all others.
func (p *Policy) ends() time.Time {
	if p.Until.IsZero() {
		return time.Date(instant.LastYear+1, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	return p.Until
}

// usualBegin returns an instant like any other; this one is of the published terms.
func usualBegin() time.Time { return time.Date(2020, time.May, 27, 0, 0, 0, 0, time.UTC) }

// begin returns an instant at which a policy is in force, or will be.
func (p *Policy) begin() time.Time {
	begin := p.From
	if begin.IsZero() {
		begin = usualBegin()
		if !p.Until.IsZero() && p.Until.Before(begin) {
			begin = instant.Later(p.Until.AddDate(0, 0, -samples/4), time.Date(instant.FirstYear, time.January, 1, 0, 0, 0, 0, time.UTC))
		}
	}
	if last := time.Date(instant.LastYear, time.January, 1, 0, 0, 0, 0, time.UTC); begin.After(last) {
		return last.Add(-year)
	}
	return begin
}

// calendarsOf returns the calendars of a term, without those that are there twice.
func (t *Term) calendarsOf() (list []*calendar.Calendar) {
	if t.Calendar != nil {
		list = append(list, t.Calendar)
	}
	for _, country := range sortedKeys(t.Countries) {
		list = append(list, t.Countries[country])
	}
	return list
}

// terms looks at the terms of a policy, beside each other.
func (l *linter) terms(i int, find func(string, string, ...any)) {
	p, s := &l.catalog.given[i], l.catalog.scales[i]
	begin := p.begin()
	reported := map[*calendar.Calendar]bool{}
	l.pairs += 2 * len(p.Terms)
	byMetric := map[Metric][]*Term{}
	var metrics []Metric
	for i := range p.Terms {
		t := &p.Terms[i]
		if byMetric[t.Metric] == nil {
			metrics = append(metrics, t.Metric)
		}
		byMetric[t.Metric] = append(byMetric[t.Metric], t)
		for _, c := range t.calendarsOf() {
			// Without a From, a request may be older than the first opening.
			if !p.From.IsZero() && !reported[c] && !l.opens(c, begin) {
				reported[c] = true
				find(unreachable, "calendar %s does not open in the ten years from %s on", text.Quote(titleOf(c)), text.DayOrInstant(begin))
			}
			if why := l.oneSided(t.Target, c, begin); why != "" {
				find(oneSidedTarget, "%s %v in calendar %s: %s", text.OneLine(string(t.Metric)), t.Target, text.Quote(titleOf(c)), why)
			}
		}
		l.pairs += len(t.Countries) / 8
		l.movedTimes(t, begin, find)
	}
	l.words.policy(i, metrics, find)
	if i := slices.Index(metrics, FirstResponse); i > 0 { // comes first
		metrics = slices.Insert(slices.Delete(metrics, i, i+1), 0, FirstResponse)
	}
	for _, metric := range metrics {
		if len(byMetric[metric]) < 2 {
			continue
		}
		for _, pair := range pairsOf(s, byMetric[metric]) {
			if opened, due1, due2, zone, ok := pair.looser(l, begin); ok {
				const layout = "Mon 2006-01-02 15:04"
				find(looserTarget, "%s, %s: opened %s, severity %s (%v) is due %s and severity %s (%v) already %s", fewOf(pair.categories), metric,
					opened.In(zone).Format(layout), pair.severities[0], pair.higher.Target, due1.In(zone).Format(layout), pair.severities[1], pair.lower.Target, due2.In(zone).Format(layout))
			}
		}
	}
}

// hoursOfYear are the first opening and the last closing of any day in a year, in minutes
// from its midnight. In hours that never close, the year is open.
type hoursOfYear struct {
	first, last int
	open        bool
}

// mostYears bounds the calendars whose days are looked at one by one, and with them the work.
const mostYears = 16

// hoursIn returns the hours of a calendar in the year from an instant on, and whether it has
// looked at them.
func (l *linter) hoursIn(c *calendar.Calendar, begin time.Time) (h hoursOfYear, ok bool) {
	key := closedKey{c, begin.Unix()}
	if h, ok := l.hours[key]; ok || len(l.hours) == mostYears || madeOf(c) > mostParts {
		return h, ok
	}
	open, err := c.Between(begin, begin.Add(year))
	h = hoursOfYear{first: 48 * 60, open: err == nil && open == year}
	date := calendar.DateOf(begin.In(c.Zone()))
	for i := range 366 {
		d := date.AddDays(i)
		for _, span := range c.Day(d).Spans {
			minute := func(t time.Time) int { return calendar.DateOf(t).Sub(d)*24*60 + t.Hour()*60 + t.Minute() }
			h.first, h.last = min(h.first, minute(span.Start)), max(h.last, minute(span.End))
		}
	}
	l.hours[key] = h
	return h, true
}

// oneSided returns why a target with a condition is as good as one without, if it is.
func (l *linter) oneSided(t Target, c *calendar.Calendar, begin time.Time) string {
	first, other := t.Sides()
	if t.when == always {
		return ""
	}
	if first == other {
		return "both sides are the same"
	}
	h, ok := l.hoursIn(c, begin)
	since := text.DayOrInstant(begin)
	switch {
	case !ok || h.last == 0: // never open
	case t.when == inHours && h.open:
		return fmt.Sprintf("open all the year from %s on, so %v never holds", since, other)
	case t.when == inHours:
	case h.first >= int(t.when):
		return fmt.Sprintf("no hours in the year from %s on begin before that, so %v never holds", since, first)
	case h.last <= int(t.when):
		return fmt.Sprintf("all hours in the year from %s on end by then, so %v never holds", since, other)
	}
	return ""
}

// pairOfTerms is two terms that follow each other on the scale in some categories, and
// the first two severities for which they do.
type pairOfTerms struct {
	higher, lower *Term
	severities    [2]Severity
	categories    []string
}

// pairsOf returns the pairs among the terms of a metric.
func pairsOf(s *scale, terms []*Term) (pairs []*pairOfTerms) {
	type both struct{ higher, lower *Term }
	known := map[both]*pairOfTerms{}
	cases := make([]cases, len(terms))
	for i, t := range terms {
		cases[i] = s.casesOf(t.Severities, t.Categories)
	}
	for category := range s.categories {
		var row [maxSeverities]*Term
		for i, t := range terms {
			for severity := range s.severities {
				if cases[i].has(severity, category) {
					row[severity] = t
				}
			}
		}
		higher := -1
		for severity := range s.severities {
			if row[severity] == nil {
				continue
			}
			if higher >= 0 && row[higher] != row[severity] {
				key := both{row[higher], row[severity]}
				pair := known[key]
				if pair == nil {
					pair = &pairOfTerms{higher: key.higher, lower: key.lower, severities: [2]Severity{s.severities[higher], s.severities[severity]}}
					known[key] = pair
					pairs = append(pairs, pair)
				}
				if name := string(s.categories[category]); len(pair.categories) == 0 || pair.categories[len(pair.categories)-1] != name {
					pair.categories = append(pair.categories, name)
				}
			}
			higher = severity
		}
	}
	return pairs
}

// samples are the openings that two terms are compared at, six hours and a bit
// apart, so that they are at all times of day and week.
const samples = 240

// looser looks for an opening at which the term of the higher severity is due later
// than that of the lower one, in any country that they name.
func (p *pairOfTerms) looser(l *linter, begin time.Time) (opened, due1, due2 time.Time, zone *time.Location, ok bool) {
	countries := map[string]bool{"": true}
	for _, t := range []*Term{p.higher, p.lower} {
		for country := range t.Countries {
			countries[country] = true
		}
	}
	type desks struct{ higher, lower *calendar.Calendar }
	seen := map[desks]bool{}
	for _, country := range sortedKeys(countries) {
		higher, err1 := p.higher.in(country)
		lower, err2 := p.lower.in(country)
		if err1 != nil || err2 != nil || seen[desks{higher.Calendar, lower.Calendar}] {
			continue
		}
		seen[desks{higher.Calendar, lower.Calendar}] = true
		within1, _ := higher.Target.Duration()
		within2, _ := lower.Target.Duration()
		if higher.Calendar == lower.Calendar && within1 > 0 && within2 >= within1 && lower.Target.days >= higher.Target.days ||
			!soon(higher, begin) || !soon(lower, begin) {
			continue
		}
		if l.pairs--; l.pairs < 0 {
			break
		}
		const step = 6*time.Hour + 7*time.Minute
		for i := range time.Duration(samples) {
			opened = begin.Add(i * step)
			_, due1, err1 = higher.due(opened)
			_, due2, err2 = lower.due(opened)
			if err1 == nil && err2 == nil && due1.After(due2) {
				return opened, due1, due2, lower.Calendar.Zone(), true
			}
		}
	}
	return opened, due1, due2, nil, false
}

// soon reports whether a term is due within a few years, as its calendar is open two
// months from an instant on: farther ahead, it is not worth the work to look.
func soon(t *Term, begin time.Time) bool {
	if madeOf(t.Calendar) > mostParts {
		return false
	}
	const months, most = 60 * 24 * time.Hour, 24
	end := begin.Add(months)
	zone := t.Calendar.Zone()
	open, err1 := t.Calendar.Between(begin, end)
	days, err2 := t.Calendar.BusinessDaysBetween(calendar.DateOf(begin.In(zone)), calendar.DateOf(end.In(zone)))
	if err1 != nil || err2 != nil {
		return false
	}
	first, other := t.Target.Sides()
	for _, side := range []Target{first, other} {
		within, wall := side.Duration()
		business, other := side.Days()
		if within > 0 && within/most >= open || business > 0 && business/most >= days ||
			wall/most >= months || time.Duration(other)/most >= months/(24*time.Hour) {
			return false
		}
	}
	return true
}

func (l *linter) calendars() {
	used := map[*calendar.Calendar]*use{}
	var order []*calendar.Calendar
	var mark func(c *calendar.Calendar, path, country string, counts bool)
	mark = func(c *calendar.Calendar, path, country string, counts bool) {
		u, seen := used[c]
		if !seen {
			u = &use{path: path}
			used[c] = u
			order = append(order, c)
		}
		if country != "" && !slices.Contains(u.countries, country) {
			u.countries = append(u.countries, country)
		}
		if seen && (u.counts || !counts) {
			return // nor do its parts tell anything new
		}
		u.counts = counts
		_, less := c.SubtractionOf()
		for _, part := range partsOf(c) {
			mark(part, path, "", counts && !slices.Contains(less, part))
		}
	}
	var until func(c *calendar.Calendar, end time.Time)
	until = func(c *calendar.Calendar, end time.Time) {
		if u := used[c]; u.until.IsZero() {
			u.until = end
			for _, part := range partsOf(c) {
				until(part, end)
			}
		}
	}
	policies := make([]*Policy, len(l.catalog.given))
	for i := range policies {
		p := &l.catalog.given[i]
		policies[i] = p
		path := fmt.Sprintf("policies[%d]", i)
		for j := range p.Terms {
			t := &p.Terms[j]
			if t.Calendar != nil {
				mark(t.Calendar, path, "", true)
			}
			for _, country := range sortedKeys(t.Countries) {
				mark(t.Countries[country], path, country, true)
			}
		}
	}
	// The last policy with a calendar comes first, so each calendar is seen once.
	slices.SortStableFunc(policies, func(p, q *Policy) int { return q.ends().Compare(p.ends()) })
	for _, p := range policies {
		for j := range p.Terms {
			for _, c := range p.Terms[j].calendarsOf() {
				until(c, p.ends())
			}
		}
	}
	// Those that the text names, in its order, and then those that it writes out.
	known := map[*calendar.Calendar]bool{}
	if base := l.catalog.base; base != nil {
		for _, c := range base.named {
			known[c] = true // nor is the rest of the base looked at
		}
	}
	for _, c := range slices.Concat(l.catalog.named, order) {
		if known[c] || isAlwaysOpen(c) {
			continue
		}
		known[c] = true
		u := used[c]
		if u == nil {
			u = &use{until: new(Policy).ends(), counts: true}
		}
		path := u.path
		if c.Name() != "" {
			path = jsontree.Join("calendars", c.Name())
		}
		if u.path == "" {
			l.find(unusedCalendar, path, "no term counts in it")
		}
		if partsOf(c) != nil {
			l.parts(path, c)
			continue
		}
		l.zone(path, c)
		l.holidays(path, c, u.counts)
		odd := l.hoursText(path, c, u)
		if u.counts {
			l.weekend(path, c, u, odd)
		}
	}
}

// holidays looks at the sets of a calendar, and for one whose hours count, at whether it has
// any.
func (l *linter) holidays(path string, c *calendar.Calendar, counts bool) {
	sets := slices.Concat(c.HolidaySets(), c.OwnDays())
	if counts && len(sets) == 0 && closesOnWeekdays(c) {
		l.find(noHolidays, path, "business days (%s) and no holidays", c.Hours())
	}
	for _, s := range sets {
		if form, lacks := l.catalog.sets[s]; lacks {
			s, _ = holiday.Lookup(form.Code) // what it leaves out settles no year
		}
		findings := findingsOf
		if known, err := holiday.Lookup(s.Code()); err == nil && known == s {
			findings = func(s calendar.HolidaySet) []Finding { return libraryFindings()[s.Code()]() }
		}
		for _, f := range findings(s) {
			l.find(f.Kind, path, "%s", f.Text)
		}
	}
}

// libraryFindings returns what is suspicious in a set of the library, by its code.
var libraryFindings = sync.OnceValue(func() map[string]func() []Finding { return bySet(findingsOf) })

// findingsOf returns what is suspicious in a set of holidays, without a path.
func findingsOf(s calendar.HolidaySet) (findings []Finding) {
	find := func(kind string, format string, args ...any) {
		findings = append(findings, Finding{Kind: kind, Text: fmt.Sprintf(format, args...)})
	}
	first, last := s.Years()
	days, fixed := s.Listed()
	findings = dayFindings(days)
	switch {
	case fixed && last == instant.LastYear && len(days) > 0:
		if last = days[len(days)-1].Date.Year(); last < instant.LastYear {
			find(noHolidays, "own days end in %d", last)
		}
	case fixed && last < instant.LastYear:
		find(noHolidays, "own days are known up to %d only", last)
	case last < instant.LastYear:
		find(noHolidays, "holidays %s are not known after %d", s.Code(), last)
	}
	var open []string // runs of years
	from := 0
	for year := first; year <= last+1; year++ {
		switch provisional := year <= last && slices.ContainsFunc(s.Year(year), func(h calendar.Holiday) bool { return h.Provisional }); {
		case provisional && from == 0:
			from = year
		case !provisional && from == year-1:
			open, from = append(open, fmt.Sprintf("in %d", from)), 0
		case !provisional && from != 0:
			open, from = append(open, fmt.Sprintf("from %d to %d", from, year-1)), 0
		}
	}
	switch n := len(open); {
	case s.HasGaps():
		find(provisionalHolidays, "holidays %s lack days that no rule gives, in every year", s.Code())
	case n > 0:
		find(provisionalHolidays, "holidays %s are provisional %s", s.Code(), fewOf(open))
	}
	return findings
}

// closesOnWeekdays reports whether there is a weekday on which a calendar has no hours in
// some months, in which it has some on others. A year would cost three times as much.
func closesOnWeekdays(c *calendar.Calendar) bool {
	open := openWeekdays(c, calendar.DateOf(usualBegin()))
	return slices.Contains(open[:], false) && slices.Contains(open[:], true)
}

// titleOf returns what a calendar is called.
func titleOf(c *calendar.Calendar) string {
	if name := c.Name(); name != "" {
		return name
	}
	return c.Hours()
}

// fewOf joins the first names of a list.
func fewOf(names []string) string {
	const few = 8
	if n := len(names) - few; n > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:few], ", "), n)
	}
	return strings.Join(names, ", ")
}
