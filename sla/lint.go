package sla

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
)

// FindingKind says what a [Finding] is about.
type FindingKind string

const (
	// Unreachable: no request can be judged by it, as its plan cannot be named or its
	// calendar does not open any more.
	Unreachable FindingKind = "unreachable"
	// LooserTarget: a request is due later at a higher severity than at a lower one.
	LooserTarget FindingKind = "looser-target"
	// OverlappingVersions: a version of a policy ends after the next one has begun,
	// which then counts.
	OverlappingVersions FindingKind = "overlapping-versions"
	// VersionGap: between two versions of a policy none is in force.
	VersionGap FindingKind = "version-gap"
	// NoDefaultPlan: a moniker has several plans, and none for requests that name
	// none.
	NoDefaultPlan FindingKind = "no-default-plan"
	// NoHolidays: a calendar has business days and no holidays, or none beyond some
	// year.
	NoHolidays FindingKind = "no-holidays"
	// ProvisionalHolidays: a calendar has holidays that are yet to be announced, or a
	// set that lacks days in every year.
	ProvisionalHolidays FindingKind = "provisional-holidays"
	// UnusedCalendar: a calendar is of no term, nor part of one that is.
	UnusedCalendar FindingKind = "unused-calendar"
)

// Finding is something in a catalog that is legal but may be meant otherwise.
type Finding struct {
	Kind FindingKind
	Path string // where, such as policies[2] or calendars["Vienna"]
	Text string // one line
}

// String returns one line: path, text and kind.
func (f Finding) String() string { return fmt.Sprintf("%s: %s (%s)", f.Path, f.Text, f.Kind) }

// Lint returns what is legal in the catalog but suspicious, in the order of its
// policies and then of its calendars. What it has from the catalog that it
// extends is not looked at.
func (c *Catalog) Lint() []Finding {
	if c == nil {
		return nil
	}
	l := linter{catalog: c}
	for i := range c.given {
		l.policy(i)
	}
	l.calendars()
	return l.findings
}

type linter struct {
	catalog  *Catalog
	findings []Finding
}

func (l *linter) find(kind FindingKind, path, format string, args ...any) {
	l.findings = append(l.findings, Finding{kind, path, fmt.Sprintf(format, args...)})
}

// name returns what a policy is called.
func (p *Policy) name() string {
	s := planOf(p.Moniker, p.Plan)
	if !p.From.IsZero() {
		s += ", from " + dayOrInstant(p.From)
	}
	return s
}

func (l *linter) policy(i int) {
	p, given := &l.catalog.given[i], l.catalog.given
	path := fmt.Sprintf("policies[%d]", i)
	find := func(kind FindingKind, format string, args ...any) {
		l.find(kind, path, "%s: %s", p.name(), fmt.Sprintf(format, args...))
	}
	var next *Policy  // the version that comes into force next
	var after *Policy // the first that does so after the end of this one
	covered := false  // another version is in force when this one ends
	isFirst := true   // of its moniker
	for j := range given {
		q := &given[j]
		if q.Moniker != p.Moniker {
			continue
		}
		isFirst = isFirst && j >= i
		if q.Plan != p.Plan {
			continue
		}
		if q.From.After(p.From) && (next == nil || q.From.Before(next.From)) {
			next = q
		}
		if q.From.After(p.Until) && (after == nil || q.From.Before(after.From)) {
			after = q
		}
		covered = covered || !q.From.After(p.Until) && (q.Until.IsZero() || q.Until.After(p.Until))
	}
	var plans []Plan
	isDefault, hasDefault := false, false
	for j := range l.catalog.policies { // with those of the base
		q := &l.catalog.policies[j]
		if q.moniker != p.Moniker {
			continue
		}
		if n := len(plans); n == 0 || plans[n-1] != q.plan { // versions stand together
			plans = append(plans, q.plan)
		}
		hasDefault = hasDefault || q.isDefault
		isDefault = isDefault || q.isDefault && q.plan == p.Plan
	}
	if isFirst && !hasDefault {
		find(NoDefaultPlan, "none of its plans is the default: %q", plans)
	}
	if p.Plan == "" && !isDefault {
		find(Unreachable, `requests without a plan are judged by the default plan, and those of plan "" cannot name it`)
	}
	if !p.Until.IsZero() {
		if next != nil && p.Until.After(next.From) {
			find(OverlappingVersions, "in force until %s, though the next version is from %s on", dayOrInstant(p.Until), dayOrInstant(next.From))
		}
		if after != nil && !covered {
			find(VersionGap, "in force until %s, and the next version from %s on: none in between", dayOrInstant(p.Until), dayOrInstant(after.From))
		}
	}
	l.terms(p, find)
}

// terms looks at the terms of a policy, beside each other.
func (l *linter) terms(p *Policy, find func(FindingKind, string, ...any)) {
	begin := p.From
	if begin.IsZero() {
		// Any time of the calendars' range; this one is of the published terms.
		begin = time.Date(2020, time.May, 27, 0, 0, 0, 0, time.UTC)
		if !p.Until.IsZero() && p.Until.Before(begin) {
			begin = later(p.Until.AddDate(0, 0, -samples/4), time.Date(firstYear, time.January, 1, 0, 0, 0, 0, time.UTC))
		}
	}
	var closed []*calendar.Calendar
	for _, t := range p.Terms {
		if _, err := t.Calendar.NextOpen(begin); err != nil && !slices.Contains(closed, t.Calendar) {
			closed = append(closed, t.Calendar)
			find(Unreachable, "calendar %q does not open from %s on", t.Calendar.Name(), dayOrInstant(begin))
		}
	}
	for _, metric := range l.catalog.metrics {
		var pairs []pairOfTerms
		for category := region.Technical; category <= region.PreSales; category++ {
			var higher *Term
			for s := SeverityA; s <= SeverityC; s++ {
				i := slices.IndexFunc(p.Terms, func(t Term) bool { return t.Metric == metric && t.Category == category && t.Severity == s })
				if i < 0 {
					continue
				}
				lower := &p.Terms[i]
				if higher != nil {
					pairs = addPair(pairs, pairOfTerms{higher, lower, category.String()})
				}
				higher = lower
			}
		}
		for _, pair := range pairs {
			if opened, due1, due2, ok := pair.looser(begin); ok {
				zone := pair.lower.Calendar.Zone()
				const layout = "Mon 2006-01-02 15:04"
				find(LooserTarget, "%s, %s: opened %s, severity %v (%v) is due %s and severity %v (%v) already %s", pair.categories, metric,
					opened.In(zone).Format(layout), pair.higher.Severity, pair.higher.Target, due1.In(zone).Format(layout), pair.lower.Severity, pair.lower.Target, due2.In(zone).Format(layout))
			}
		}
	}
}

// pairOfTerms is the terms of two severities, and the categories in which they are
// the same.
type pairOfTerms struct {
	higher, lower *Term
	categories    string
}

func addPair(pairs []pairOfTerms, p pairOfTerms) []pairOfTerms {
	same := func(t, u *Term) bool {
		return t.Severity == u.Severity && t.Target == u.Target && t.Calendar == u.Calendar
	}
	for i := range pairs {
		if q := &pairs[i]; same(p.higher, q.higher) && same(p.lower, q.lower) {
			q.categories += ", " + p.categories
			return pairs
		}
	}
	return append(pairs, p)
}

// samples are the openings that two terms are compared at, six hours and a bit
// apart, so that they are at all times of day and week.
const samples = 240

// looser looks for an opening at which the term of the higher severity is due later
// than that of the lower one.
func (p pairOfTerms) looser(begin time.Time) (opened, due1, due2 time.Time, ok bool) {
	const step = 6*time.Hour + 7*time.Minute
	for i := range time.Duration(samples) {
		opened = begin.Add(i * step)
		_, due1, err1 := p.higher.due(opened)
		_, due2, err2 := p.lower.due(opened)
		if err1 == nil && err2 == nil && due1.After(due2) {
			return opened, due1, due2, true
		}
	}
	return
}

func (l *linter) calendars() {
	used := map[*calendar.Calendar]bool{}
	var order []*calendar.Calendar
	var use func(c *calendar.Calendar)
	use = func(c *calendar.Calendar) {
		if !used[c] {
			used[c] = true
			order = append(order, c)
			_, parts := c.Parts()
			for _, part := range parts {
				use(part)
			}
		}
	}
	for _, p := range l.catalog.given {
		for _, t := range p.Terms {
			use(t.Calendar)
		}
	}
	if named := l.catalog.named; named != nil {
		order = named
	}
	for _, c := range order {
		if base := l.catalog.base; base != nil && slices.Contains(base.named, c) {
			continue // nor is the rest of the base looked at
		}
		path := join("calendars", c.Name())
		if c.Name() == "" {
			path = "calendars"
		}
		if !used[c] {
			l.find(UnusedCalendar, path, "no term counts in it")
		}
		if how, _ := c.Parts(); how == "" {
			l.holidays(path, c)
		}
	}
}

func (l *linter) holidays(path string, c *calendar.Calendar) {
	sets := c.HolidaySets()
	if len(sets) == 0 && closesOnWeekdays(c) {
		l.find(NoHolidays, path, "business days (%s) and no holidays", c.Hours())
	}
	for _, s := range sets {
		_, last := s.Covers()
		days, fixed := s.Fixed()
		switch {
		case fixed && last == lastYear && len(days) > 0:
			if last = days[len(days)-1].Date.Year(); last < lastYear {
				l.find(NoHolidays, path, "no days of its own after %d", last)
			}
		case fixed && last < lastYear:
			l.find(NoHolidays, path, "days of its own are not known after %d", last)
		case last < lastYear:
			l.find(NoHolidays, path, "holidays %s are not known after %d", s.Code(), last)
		}
		var open []string
		for year := firstYear; year <= last; year++ {
			if slices.ContainsFunc(s.Year(year), func(h calendar.Holiday) bool { return h.Provisional }) {
				open = append(open, fmt.Sprint(year))
			}
		}
		switch n := len(open); {
		case s.IsPartial():
			l.find(ProvisionalHolidays, path, "holidays %s lack days that no rule gives, in every year", s.Code())
		case n > 2:
			l.find(ProvisionalHolidays, path, "holidays %s are provisional from %s to %s", s.Code(), open[0], open[n-1])
		case n > 0:
			l.find(ProvisionalHolidays, path, "holidays %s are provisional in %s", s.Code(), strings.Join(open, " and "))
		}
	}
}

// closesOnWeekdays reports whether there is a weekday on which a calendar has no
// hours at any time of a year in which it has some.
func closesOnWeekdays(c *calendar.Calendar) bool {
	var open [7]bool
	first, _ := calendar.NewDate(2024, time.January, 1)
	for i := range 366 {
		if d := first.AddDays(i); c.Day(d).Business {
			open[d.Weekday()] = true
		}
	}
	return slices.Contains(open[:], false) && slices.Contains(open[:], true)
}
