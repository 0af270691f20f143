package ticket_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

// ticketCase is a ticket under some policies, and what is told of it.
type ticketCase struct {
	seed, n  uint64
	policies []*oraclePolicy
	request  sla.Request
	events   []ticket.Event // in the order in which they are told
}

func (k ticketCase) String() string {
	var s strings.Builder
	r := k.request
	fmt.Fprintf(&s, "-seed %d, case %d: %s, plan %s, %s, severity %s, country %q, metric %q, opened %s\n",
		k.seed, k.n, r.Moniker, r.Plan, r.Category, r.Severity, r.Country, r.Metric, r.Opened.Format(time.RFC3339))
	for _, p := range k.policies {
		fmt.Fprintf(&s, "  policy %s, plan %s", p.moniker, p.plan)
		if p.from != 0 {
			fmt.Fprintf(&s, " from %s", stamp(instant(p.from)))
		}
		fmt.Fprintf(&s, ": statuses %q, happenings %q\n", p.statuses, p.happenings)
		for _, m := range p.metrics() {
			c := p.course(m)
			fmt.Fprintf(&s, "    course %s: start %q, stop %q, reset %q, pause %q, reopening %s, change %s\n", m, c.Start, c.Stop, c.Reset, c.Pause, c.Reopening, c.Change)
		}
		for _, t := range p.terms {
			fmt.Fprintf(&s, "    %s, %s, %s: %s in %s", t.metric, t.category, t.severity, t.target, hoursText(t.hours))
			for _, country := range slices.Sorted(maps.Keys(t.countries)) {
				fmt.Fprintf(&s, ", for %s in %s", country, hoursText(t.countries[country]))
			}
			if len(t.thresholds) > 0 {
				fmt.Fprintf(&s, ", thresholds %q", t.thresholds)
			}
			s.WriteByte('\n')
		}
	}
	for _, e := range k.events {
		fmt.Fprintf(&s, "  %s\n", eventText(e))
	}
	return s.String()
}

func hoursText(i int) string { return fmt.Sprintf("%q %s", clockHours[i][1], clockHours[i][0]) }

func eventText(e ticket.Event) string {
	s := stamp(e.At)
	if e.Word != "" {
		s += " " + e.Word
	}
	if e.Change != (ticket.Change{}) {
		s += fmt.Sprintf(" %+v", e.Change)
	}
	if e.ID != "" {
		s += " ID " + e.ID
	}
	if e.Note != "" {
		s += " (" + e.Note + ")"
	}
	return s
}

// inOrder returns the events as they count: each ID once, in the order of their instants,
// those of one instant as they were told (R16).
func (k ticketCase) inOrder() (list []ticket.Event) {
	for _, e := range k.events {
		if e.ID == "" || !slices.ContainsFunc(list, func(o ticket.Event) bool { return o.ID == e.ID }) {
			list = append(list, e)
		}
	}
	slices.SortStableFunc(list, func(a, b ticket.Event) int { return a.At.Compare(b.At) })
	return list
}

func (k ticketCase) opened() int64 { return k.request.Opened.UnixNano() }

// catalog returns the policies as the library has them. The first plan of a moniker is
// its default.
func (k ticketCase) catalog() (*sla.Catalog, error) {
	var list []sla.Policy
	usual := map[region.Moniker]sla.Plan{}
	for _, p := range k.policies {
		if _, ok := usual[p.moniker]; !ok {
			usual[p.moniker] = p.plan
		}
		made := sla.Policy{
			Moniker: p.moniker, Plan: p.plan, Default: usual[p.moniker] == p.plan,
			Statuses: p.statuses, Happenings: p.happenings, Courses: p.courses,
		}
		if p.from != 0 {
			made.From = instant(p.from)
		}
		for _, t := range p.terms {
			term := sla.Term{
				Metric: t.metric, Categories: []region.Category{t.category}, Severities: []sla.Severity{t.severity},
				Target: sla.MustParseTarget(t.target), Calendar: clockCalendars[t.hours],
			}
			for country, hours := range t.countries {
				if term.Countries == nil {
					term.Countries = map[string]*calendar.Calendar{}
				}
				term.Countries[country] = clockCalendars[hours]
			}
			for _, text := range t.thresholds {
				term.Thresholds = append(term.Thresholds, sla.MustParseThreshold(text))
			}
			made.Terms = append(made.Terms, term)
		}
		list = append(list, made)
	}
	return sla.NewCatalog("oracle", list...)
}

var (
	clockHours = [][2]string{
		{"UTC", "24/7"},
		{"UTC", "Mo-Fr 09:00-17:00"},
		{"Europe/Berlin", "Mo-Fr 09:00-17:00"},
		{"Europe/Berlin", "Mo-Fr 22:00-06:00"},
		{"Europe/Berlin", "Mo-Su 09:00-12:00,13:00-24:00"},
		{"Europe/Berlin", "Mo-Su 20:00-02:30"}, // a closing that is skipped or repeated
		{"Europe/Berlin", "Mo-Su 02:30-12:00"},
		{"Europe/Berlin", "Mo-Su 00:00-01:00,33:00-41:00"}, // 1bd@00:00 is due before the start
		{"Asia/Shanghai", "Mo-Su 09:00-24:00"},
		{"Asia/Shanghai", "Mo-Su 09:00-12:00,13:00-24:00"},
		{"America/New_York", "Mo-Fr 09:00-12:00,13:00-17:00"},
		{"America/New_York", "Mo-Su 22:00-01:30"},
		{"America/New_York", "Sa,Su 10:00-14:00"},
		{"America/New_York", "Mo-Su 00:00-24:00"},
		{"Asia/Kolkata", "Mo-Sa 09:30-10:00,18:15-18:45"},
		{"Australia/Lord_Howe", "Mo-Su 01:00-02:15,03:00-09:00"}, // clock changes of half an hour
		{"Australia/Lord_Howe", "Mo-Su 22:00-01:45"},
		{"America/Sao_Paulo", "Mo-Su 23:00-01:00"}, // midnight skipped
		{"Pacific/Apia", "Tu-Sa 08:00-16:00"},      // a Friday skipped
	}
	// Openings are near these clock changes, mostly of the zone of the hours.
	clockAnchors = [][2]string{
		{"Europe/Berlin", "2024-03-31T01:00:00Z"},
		{"Europe/Berlin", "2024-10-27T01:00:00Z"},
		{"America/New_York", "2024-03-10T07:00:00Z"},
		{"America/New_York", "2024-11-03T06:00:00Z"},
		{"America/Sao_Paulo", "2018-11-04T03:00:00Z"},
		{"America/Sao_Paulo", "2018-02-18T02:00:00Z"},
		{"Australia/Lord_Howe", "2024-04-06T15:00:00Z"},
		{"Australia/Lord_Howe", "2024-10-05T15:30:00Z"},
		{"Pacific/Apia", "2011-12-30T10:00:00Z"},
		{"UTC", "2024-06-12T12:00:00Z"}, // none
	}
	clockTargets = []string{
		"1m", "7m", "30m", "1h", "1h30m", "2h", "4h", "8h", "10h", "20h",
		"1bd", "2bd", "3bd", "0bd@close", "0bd@close", "1bd@close", "1bd@12:00", "1bd@09:00", "2bd@24:00", "1bd@00:00",
		"30m wall", "8h wall", "8h wall", "20h wall", "1bd 1h", "1bd 4h", "2bd 30m", "1d", "2d", "1d@12:00", "3d@09:00",
		"0bd@close before 12:00 else 1bd@close", "0bd@16:00 before 10:00 else 1bd@12:00", "1h in hours else 0bd@12:00", "30m in hours else 8h wall",
		"8h wall before 23:00 else 1bd 1h", "2h in hours else 1d",
	}
	clockThresholds = []string{
		"1%", "33%", "50%", "75%", "99%", "100%", "150%", "-10m", "-30m", "-2h", "-1m30s", "+1m", "+30m", "+3h",
		"-30m wall", "-2h wall", "-20h wall", "-1m40s wall", "+1m wall", "+2h wall", "+24h wall", "breach", "breach",
	}
	clockRepeats     = []string{"1m", "30m", "1h", "1m15s", "4h", "24h"}
	clockCalendars   []*calendar.Calendar
	clockLocations   = []*time.Location{time.UTC, time.FixedZone("+05:45", 20700)}
	clockSeverities  = []sla.Severity{sla.SeverityA, sla.SeverityB, sla.SeverityC}
	ticketMetrics    = []sla.Metric{sla.FirstResponse, sla.NextResponse, sla.Resolution, "update"}
	ticketCategories = []region.Category{region.Technical, region.Billing}
)

var prepareClocks = sync.OnceFunc(func() {
	for _, hours := range clockHours {
		calendar := calendar.Must(calendar.New(hours[0], hours[1]))
		clockCalendars = append(clockCalendars, calendar)
		clockLocations = append(clockLocations, calendar.Zone())
	}
})

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// some returns a few elements of a list in their order, maybe none.
func some[T any](r *rand.Rand, list []T) []T {
	few := []T{}
	n := 1 + r.IntN(3)
	for _, v := range list {
		if r.IntN(len(list)) < n {
			few = append(few, v)
		}
	}
	return few
}

// ticketWords are words of a policy, and what courses may use them for.
type ticketWords struct {
	statuses, happenings        []string // declared
	starters, stoppers, pausers []string // statuses
	stopHappenings              []string
}

var (
	ownWords = ticketWords{
		[]string{"new", "open", "pending", "on-hold", "solved", "closed"},
		[]string{"customer", "agent", "note"},
		[]string{"new", "open"},
		[]string{"solved", "closed", "pending"},
		[]string{"pending", "on-hold", "open", "solved"},
		[]string{"customer", "agent", "note"},
	}
	usualWords = ticketWords{
		nil, nil,
		[]string{"reopened", "resumed"},
		[]string{"resolved"},
		[]string{"paused", "resumed"},
		[]string{"responded"},
	}
)

// oracleWorker has hours of its own, as they are filled while they are used.
type oracleWorker struct {
	hours   []*oracleHours
	figures int64 // that were compared
	asked   int64 // instants
}

func newOracleWorker() *oracleWorker {
	prepareClocks()
	w := &oracleWorker{}
	for _, calendar := range clockCalendars {
		w.hours = append(w.hours, &oracleHours{calendar, make([]*[24 * 60]int8, 15*366)})
	}
	return w
}

func (w *oracleWorker) oracle(k ticketCase) *oracleTicket {
	return newOracleTicket(w.hours, k.policies, k.request)
}

// makeCourse makes a course of some words. A list can be left to the course of "" or to
// the defaults.
func makeCourse(r *rand.Rand, m sla.Metric, words ticketWords) sla.Course {
	c := sla.Course{
		Metric:    m,
		Reopening: pick(r, []sla.ReopenMode{"", sla.ReopenContinue, sla.ReopenContinue, sla.ReopenNewCycle, sla.ReopenIgnore}),
		Change:    pick(r, []sla.ChangeMode{"", sla.ChangeFromOpening, sla.ChangeCarryElapsed, sla.ChangeRestart, sla.ChangeReplace}),
	}
	if r.IntN(3) == 0 {
		c.Start = some(r, slices.Concat(words.starters, words.stopHappenings))
		if r.IntN(4) == 0 {
			c.Start = append(c.Start, "opened")
		}
	}
	if r.IntN(4) > 0 {
		c.Stop = some(r, slices.Concat(words.stoppers, words.stopHappenings))
	}
	if r.IntN(3) == 0 {
		c.Reset = some(r, slices.Concat(words.starters, words.stoppers, words.pausers[:1], words.stopHappenings))
		slices.Sort(c.Reset)
		c.Reset = slices.Compact(c.Reset)
	}
	if r.IntN(5) == 0 {
		c.Reset = append(c.Reset, "due")
	}
	if r.IntN(4) > 0 {
		c.Pause = some(r, words.pausers)
	}
	return c
}

func makeCourses(r *rand.Rand, metrics []sla.Metric, words ticketWords) (list []sla.Course) {
	for _, m := range append([]sla.Metric{""}, metrics...) {
		if r.IntN(4) > 0 {
			list = append(list, makeCourse(r, m, words))
		}
	}
	return list
}

func makeThresholds(r *rand.Rand) (list []string) {
	for range r.IntN(5) {
		text := pick(r, clockThresholds)
		if text != "breach" && r.IntN(4) == 0 {
			text += " every " + pick(r, clockRepeats)
		}
		if r.IntN(3) == 0 {
			text += " in hours"
		}
		if !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	slices.Sort(list)
	return list
}

// makeTerms makes terms for most severities and categories of a metric.
func makeTerms(r *rand.Rand, m sla.Metric) (list []oraclePromise) {
	hours := r.IntN(len(clockHours))
	last := oraclePromise{hours: hours, target: pick(r, clockTargets), thresholds: makeThresholds(r)}
	for _, category := range ticketCategories {
		for _, severity := range clockSeverities {
			if r.IntN(4) > 0 { // else the same as the one before
				if r.IntN(2) == 0 {
					hours = r.IntN(len(clockHours))
				}
				last = oraclePromise{hours: hours, target: pick(r, clockTargets), thresholds: makeThresholds(r)}
				if r.IntN(5) == 0 {
					last.countries = map[string]int{"DE": r.IntN(len(clockHours))}
				}
			}
			last.metric, last.category, last.severity = m, category, severity
			if r.IntN(8) > 0 {
				list = append(list, last)
			}
		}
	}
	return list
}

func makePolicies(r *rand.Rand, opened int64) (list []*oraclePolicy) {
	metrics := slices.Clone(ticketMetrics)
	r.Shuffle(len(metrics), func(i, j int) { metrics[i], metrics[j] = metrics[j], metrics[i] })
	metrics = metrics[:1+r.IntN(3)]
	make := func(moniker region.Moniker, plan sla.Plan, from int64) {
		p := &oraclePolicy{moniker: moniker, plan: plan, from: from}
		if len(list) > 0 && r.IntN(2) == 0 { // with the words and courses of the first
			p.statuses, p.happenings, p.courses = list[0].statuses, list[0].happenings, list[0].courses
		} else {
			words := pick(r, []ticketWords{ownWords, ownWords, usualWords})
			p.statuses, p.happenings, p.courses = words.statuses, words.happenings, makeCourses(r, metrics, words)
		}
		its := metrics
		if len(list) > 0 && r.IntN(3) == 0 {
			its = slices.Clone(ticketMetrics)[:1+r.IntN(3)]
		}
		for _, m := range its {
			p.terms = append(p.terms, makeTerms(r, m)...)
		}
		if len(list) > 0 && r.IntN(3) == 0 {
			p.terms = list[0].terms
		}
		if len(p.terms) == 0 {
			p.terms = []oraclePromise{{metric: metrics[0], category: region.Technical, severity: sla.SeverityA, target: "4h"}}
		}
		list = append(list, p)
	}
	make("acme", "silver", 0)
	if r.IntN(2) == 0 {
		make("acme", "gold", 0)
		if r.IntN(3) == 0 {
			make("acme", "gold", opened+r.Int64N(5*24*60)*minute)
		}
		if r.IntN(3) == 0 {
			make("acme", "silver", opened+r.Int64N(5*24*60)*minute)
		}
		if r.IntN(3) == 0 {
			make("other", "gold", 0)
			make("other", "silver", 0)
		}
	}
	return list
}

// makeCase makes a case. It has an oracle follow along, so that events can be at the
// instants that matter.
func (w *oracleWorker) makeCase(seed, n uint64) ticketCase {
	r := rand.New(rand.NewPCG(seed, n))
	k := ticketCase{seed: seed, n: n}
	anchor := pick(r, clockAnchors)
	about, err := time.Parse(time.RFC3339, anchor[1])
	if err != nil {
		panic(err)
	}
	opened := about.UnixNano() + pick(r, []int64{r.Int64N(8*24*60) - 4*24*60, r.Int64N(4*60) - 2*60})*minute
	k.policies = makePolicies(r, opened)
	first := k.policies[0]
	k.request = sla.Request{Moniker: "acme", Plan: "silver", Category: pick(r, ticketCategories), Severity: pick(r, clockSeverities)}
	if r.IntN(3) > 0 {
		is := pick(r, first.terms)
		k.request.Category, k.request.Severity = is.category, is.severity
	}
	if r.IntN(4) == 0 {
		k.request.Country = pick(r, []string{"DE", "FR"})
	}
	if r.IntN(10) == 0 {
		k.request.Metric = pick(r, first.metrics())
	}
	// Some terms are in the hours of the zone whose clocks change.
	for i := range first.terms {
		if h := &first.terms[i].hours; clockHours[*h][0] != anchor[0] && r.IntN(3) == 0 {
			for range 8 {
				if other := r.IntN(len(clockHours)); clockHours[other][0] == anchor[0] {
					*h = other
					break
				}
			}
		}
	}
	opened = w.near(r, w.hours[first.terms[0].hours], opened)
	k.request.Opened = instant(opened).In(pick(r, clockLocations))

	o := w.oracle(k)
	statuses, happenings := o.policy.words()
	var plans []sla.Plan
	var monikers []region.Moniker
	for _, p := range k.policies {
		plans, monikers = append(plans, p.plan), append(monikers, p.moniker)
	}
	last := opened
	for range r.IntN(13) {
		o.walkTo(last)
		e := ticket.Event{At: instant(w.eventAt(r, o, last)).In(pick(r, clockLocations))}
		if r.IntN(4) > 0 {
			e.Word = pick(r, slices.Concat(statuses, statuses, happenings))
			if r.IntN(30) == 0 {
				e.Word = "cancelled"
			}
		}
		if e.Word == "" || r.IntN(8) == 0 {
			c := &e.Change
			for *c == (ticket.Change{}) || r.IntN(4) == 0 {
				switch r.IntN(8) {
				case 0:
					c.Category = pick(r, ticketCategories)
				case 1:
					c.Country = pick(r, []string{"DE", "FR"})
				case 2, 3:
					c.Plan = pick(r, plans)
				case 4:
					c.Moniker = pick(r, monikers)
				default:
					c.Severity = pick(r, clockSeverities)
				}
			}
		}
		if r.IntN(3) == 0 {
			e.ID = fmt.Sprint("e", len(k.events))
		}
		if r.IntN(6) == 0 {
			e.Note = "for people"
		}
		last = e.At.UnixNano()
		o.walkTo(last)
		o.apply(e)
		k.events = append(k.events, e)
	}
	// Some are told late, and some again.
	switch r.IntN(3) {
	case 0:
		r.Shuffle(len(k.events), func(i, j int) { k.events[i], k.events[j] = k.events[j], k.events[i] })
	case 1:
		for range r.IntN(3) {
			if n := len(k.events); n > 0 {
				i := r.IntN(n)
				e := k.events[i]
				k.events = slices.Delete(k.events, i, i+1)
				k.events = slices.Insert(k.events, r.IntN(n), e)
			}
		}
	}
	for i := len(k.events) - 1; i >= 0; i-- {
		if e := k.events[i]; e.ID != "" && r.IntN(4) == 0 {
			e.At = e.At.In(pick(r, clockLocations))
			k.events = slices.Insert(k.events, r.IntN(len(k.events)+1), e)
		}
	}
	return k
}

// eventAt returns an instant for the event after the last one.
func (w *oracleWorker) eventAt(r *rand.Rand, o *oracleTicket, last int64) int64 {
	at := last
	clock := o.clocks[pick(r, o.metrics)]
	f := clock.figures(max(o.now, last))
	hours := w.hours[0]
	if f.term != nil {
		hours = f.term.oracleHours
	}
	switch r.IntN(8) {
	case 0: // again
	case 1: // at what would be the due time under another term
		p := pick(r, o.policies)
		if len(p.terms) > 0 && !clock.idle {
			is := pick(r, p.terms)
			other := *o
			other.policy, other.request.Severity, other.request.Category = p, is.severity, is.category
			if term := other.term(is.metric); term != nil {
				_, _, at = term.due(clock.countsFrom)
			}
		}
	case 2, 3: // at the due time, or at what alarms hang on
		if f.term == nil {
			break
		}
		at = f.due - f.due%minute
		switch r.IntN(5) {
		case 0:
			at = f.start
		case 1:
			at -= pick(r, []int64{-120, -30, -1, 1, 10, 30, 120}) * minute
		case 2:
			at = f.term.add(f.start, f.allowed/2)
			at -= at % minute
		}
	case 4, 5: // near a closing or an opening
		at = w.near(r, hours, at+r.Int64N(24*60)*minute)
	case 6:
		at += r.Int64N(120) * minute
	case 7:
		at += r.Int64N(2*24*60) * minute
	}
	if at > last+6*24*60*minute {
		at = last + minute
	}
	return max(at, last)
}

// near returns an instant, often moved to the opening or closing after it.
func (w *oracleWorker) near(r *rand.Rand, h *oracleHours, at int64) int64 {
	if r.IntN(3) == 0 {
		return at
	}
	was := h.open(at)
	for range 4 * 24 * 60 {
		if at += minute; h.open(at) != was {
			break
		}
	}
	return at + pick(r, []int64{0, 0, 0, -1, 1, -30})*minute
}

// check compares a ticket with the oracle, and returns what differs first.
func (w *oracleWorker) check(k ticketCase) (difference string) {
	r := rand.New(rand.NewPCG(k.seed, ^k.n))
	defer func() {
		if p := recover(); p != nil {
			trace := make([]byte, 3000)
			difference = fmt.Sprintf("panic: %v\n%s", p, trace[:runtime.Stack(trace, false)])
		}
	}()
	catalog, err := k.catalog()
	if err != nil {
		return err.Error()
	}
	plain, err := ticket.Open(catalog, k.request)
	if err != nil {
		return err.Error()
	}
	events := k.inOrder()
	whole := plain
	for rest := k.events; len(rest) > 0; {
		n := 1 + r.IntN(len(rest))
		if whole, err = whole.Apply(rest[:n]...); err != nil {
			return fmt.Sprintf("%d events, of which %s: %v", n, eventText(rest[0]), err)
		}
		rest = rest[n:]
	}
	if !sameEvents(whole.Events(), events) {
		return fmt.Sprintf("the ticket has the events %v", whole.Events())
	}
	if s := w.refused(r, k, whole); s != "" {
		return s
	}
	stored := ticket.Ticket{}
	if text, err := whole.MarshalJSON(); err != nil {
		return err.Error()
	} else if err := json.Unmarshal(text, &stored); err != nil {
		return fmt.Sprintf("reading %s: %v", text, err)
	}

	// The first walk says which instants matter.
	o := w.oracle(k)
	matters := []int64{k.opened()}
	for _, e := range events {
		o.walkTo(e.At.UnixNano())
		o.apply(e)
		for _, m := range o.metrics {
			matters = append(matters, o.now)
			if f := o.clocks[m].figures(o.now); f.term != nil {
				matters = append(matters, f.due-f.due%minute, f.start)
			}
		}
	}
	end := o.now
	for _, clock := range o.clocks {
		if f := clock.figures(o.now); f.term != nil {
			end = max(end, min(f.due, o.now+10*24*60*minute))
		}
	}
	end += 2 * 24 * 60 * minute
	end -= end % minute
	o.walkTo(end)
	order := o.metrics
	changes := map[sla.Metric][]int64{}
	for _, m := range order {
		clock := o.clocks[m]
		for _, a := range clock.alarms[:min(len(clock.alarms), 40)] {
			matters = append(matters, a.at, a.seen)
		}
		changes[m] = slices.Concat(clock.changes, o.events)
		slices.Sort(changes[m])
		matters = append(matters, changes[m][:min(len(changes[m]), 40)]...)
	}

	// The second one asks.
	var asks []int64
	for range 30 {
		at := pick(r, matters)
		if r.IntN(4) == 0 {
			at = k.opened() + r.Int64N((end-k.opened())/minute)*minute
		}
		at += pick(r, []int64{0, 0, 0, 1, 1, 1, -1, -1, minute, -minute, r.Int64N(minute), -r.Int64N(minute)})
		if at >= k.opened()-2*60*minute && at < end {
			asks = append(asks, at)
		}
	}
	slices.Sort(asks)
	o = w.oracle(k)
	rest := events
	for _, at := range slices.Compact(asks) {
		for len(rest) > 0 && rest[0].At.UnixNano() <= at {
			o.walkTo(rest[0].At.UnixNano())
			o.apply(rest[0])
			rest = rest[1:]
		}
		o.walkTo(at - at%minute)
		o.settle()
		// A ticket without the later events says the same, until the next of them.
		ask, until, prefix := pick(r, []ticket.Ticket{whole, stored}), end, false
		if len(rest) > 0 && r.IntN(3) == 0 {
			if ask, err = plain.Apply(events[:len(events)-len(rest)]...); err != nil {
				return err.Error()
			}
			until, prefix = rest[0].At.UnixNano(), true
		}
		now := instant(at).In(pick(r, clockLocations))
		w.asked++
		if s := w.ask(o, ask, now, order, prefix, r.IntN(4) == 0); s != "" {
			return "at " + stamp(now) + ": " + s
		}
		for _, m := range o.metrics {
			list := changes[m]
			i, _ := slices.BinarySearch(list, at+1)
			clock, _ := ask.Clock(m)
			next, ok := clock.Next(now)
			w.figures++
			switch {
			case ok && next.Location() != now.Location():
				return fmt.Sprintf("%s after %s: next is in %v", m, stamp(now), next.Location())
			case i < len(list) && list[i] < until:
				if !ok || next.UnixNano() != list[i] {
					return fmt.Sprintf("%s after %s: next is %s, %t; want %s", m, stamp(now), stamp(next), ok, stamp(instant(list[i])))
				}
			case ok && next.UnixNano() < until:
				return fmt.Sprintf("%s after %s: next is %s; want none before %s", m, stamp(now), stamp(next), stamp(instant(until)))
			}
		}
	}
	return ""
}

// refused tells a ticket an event that is an error.
func (w *oracleWorker) refused(r *rand.Rand, k ticketCase, whole ticket.Ticket) string {
	statuses := w.oracle(k).statuses
	at := k.request.Opened.Add(time.Duration(r.IntN(5000)) * time.Minute)
	good := ticket.Event{At: at, Word: statuses[0]}
	bad := pick(r, []ticket.Event{
		{At: at},
		{At: at, ID: "empty", Note: "nothing"},
		{At: at, Word: "opened"},
		{At: at, Word: "due"},
		{At: at, Word: "unheard-of"},
		{At: k.request.Opened.Add(-1), Word: statuses[0]},
		{At: at, Change: ticket.Change{Severity: "Z"}},
		{At: at, Change: ticket.Change{Category: "Z"}},
		{At: at, Change: ticket.Change{Plan: "Z"}},
		{At: at, Change: ticket.Change{Moniker: "Z"}},
		{At: at, Change: ticket.Change{Country: "Z"}},
		{Word: statuses[0]},
	})
	for _, e := range k.events {
		if e.ID != "" && r.IntN(3) == 0 {
			bad = e
			bad.At = e.At.Add(time.Minute)
			if r.IntN(3) == 0 {
				bad = e
				bad.Note += "!"
			}
		}
	}
	after, err := whole.Apply(good, bad)
	why, ok := errors.AsType[*ticket.EventError](err)
	switch {
	case err == nil:
		return fmt.Sprintf("%s: want an error", eventText(bad))
	case !ok || why.Index != 1 || !sameEvents([]ticket.Event{why.Event}, []ticket.Event{bad}):
		return fmt.Sprintf("%s: the error is %#v", eventText(bad), err)
	case !sameEvents(after.Events(), whole.Events()):
		return fmt.Sprintf("%s: is refused, but changes the ticket", eventText(bad))
	}
	return ""
}

func sameEvents(a, b []ticket.Event) bool {
	return slices.EqualFunc(a, b, func(a, b ticket.Event) bool {
		same := a.At.Equal(b.At)
		a.At, b.At = time.Time{}, time.Time{}
		return same && a == b
	})
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return "none"
	}
	return t.UTC().Format("2006-01-02T15:04:05.999999999Z")
}

// ask compares what a ticket says at an instant with the oracle that has walked to its
// minute. Order has the metrics that the ticket has in the end; a prefix of its events
// can have fewer.
func (w *oracleWorker) ask(o *oracleTicket, ask ticket.Ticket, now time.Time, order []sla.Metric, prefix, explain bool) string {
	at := now.UnixNano()
	o = o.copy()
	if at > o.now {
		for _, clock := range o.clocks {
			clock.after()
			clock.within()
		}
	}
	var metrics []sla.Metric
	var alarms []ticket.Alarm
	var nexts []time.Time
	for m, clock := range ask.Clocks() {
		metrics = append(metrics, m)
		st := clock.At(now)
		if is := o.clocks[m]; is == nil {
			if st.State != ticket.StateIdle || st.Cycle != 0 || st.Outcome != ticket.OutcomeOpen || len(clock.Alarms(now)) > 0 {
				return fmt.Sprintf("%s: want an idle clock, as no policy has the metric yet; the clock has %v", m, st)
			}
		} else {
			if s := w.status(is.figures(at), o.request.Severity, st, now); s != "" {
				return fmt.Sprintf("%s: %s", m, s)
			}
			if s := w.alarms(m, is.alarms, clock.Alarms(now), now); s != "" {
				return fmt.Sprintf("%s: %s", m, s)
			}
			if explain {
				if s := w.explanation(m, is, clock, now); s != "" {
					return fmt.Sprintf("%s, explained: %s", m, s)
				}
			}
		}
		if same, ok := ask.Clock(m); !ok || same.At(now).String() != st.String() {
			return fmt.Sprintf("%s: Clock and Clocks differ", m)
		}
		alarms = append(alarms, clock.Alarms(now)...)
		if next, ok := clock.Next(now); ok {
			nexts = append(nexts, next)
		}
	}
	want := order
	if prefix {
		want = o.metrics
	}
	// A change after the cancellation changes nothing, but can bring idle clocks.
	for _, m := range want {
		if !slices.Contains(metrics, m) {
			return fmt.Sprintf("metrics %q; want %q", metrics, want)
		}
	}

	o.metrics = slices.DeleteFunc(metrics, func(m sla.Metric) bool { return o.clocks[m] == nil })
	w.figures += 4
	first, due := o.first(at)
	m, st, ok := ask.First(now)
	if ok != (due != 0) || ok && (m != first || st.Due.UnixNano() != due) {
		return fmt.Sprintf("first is %s due %s, %t; want %s due %d", m, stamp(st.Due), ok, first, due)
	}
	if got, want := ask.Outcome(now), o.outcome(at); got != want {
		return fmt.Sprintf("the outcome is %s; want %s", got, want)
	}
	slices.SortStableFunc(alarms, func(a, b ticket.Alarm) int { return a.At.Compare(b.At) })
	if got := ask.Alarms(now); !slices.EqualFunc(got, alarms, sameAlarm) {
		return fmt.Sprintf("alarms of the ticket %v; want %v", got, alarms)
	}
	next, ok := ask.Next(now)
	if ok != (len(nexts) > 0) || ok && !next.Equal(slices.MinFunc(nexts, time.Time.Compare)) {
		return fmt.Sprintf("next of the ticket is %v, %t; want the least of %v", next, ok, nexts)
	}
	return ""
}

func sameAlarm(a, b ticket.Alarm) bool {
	return a.Key() == b.Key() && a.At.Equal(b.At) && a.Due.Equal(b.Due) && a.Cycle == b.Cycle
}

// comparer collects differences.
type comparer struct {
	w     *oracleWorker
	loc   *time.Location
	wrong []string
}

func (c *comparer) same(name string, want, got any) {
	c.w.figures++
	if want != got {
		c.wrong = append(c.wrong, fmt.Sprintf("%s: want %v, the clock has %v", name, want, got))
	}
}

func (c *comparer) sameTime(name string, want int64, got time.Time) {
	text := "none"
	if want != 0 {
		text = stamp(instant(want))
	}
	c.same(name, text, stamp(got))
	if !got.IsZero() && got.Location() != c.loc {
		c.wrong = append(c.wrong, name+" is in "+got.Location().String())
	}
}

// status returns how a status differs from the oracle's figures.
func (w *oracleWorker) status(f oracleFigures, severity sla.Severity, st ticket.Status, now time.Time) string {
	c := &comparer{w: w, loc: now.Location()}
	c.sameTime("At", now.UnixNano(), st.At)
	c.same("Severity", severity, st.Severity)
	return c.status(f, st)
}

// status compares what statuses of now and of cycles that are over have.
func (c *comparer) status(f oracleFigures, st ticket.Status) string {
	c.same("State", f.state, st.State)
	c.same("Outcome", f.outcome, st.Outcome)
	c.same("Cycle", f.cycle, st.Cycle)
	c.same("Breaches", f.breaches, st.Breaches)
	c.sameTime("BreachedAt", f.breached, st.BreachedAt)
	switch {
	case f.state == ticket.StateIdle:
		c.sameTime("Start", 0, st.Start)
		c.sameTime("Due", 0, st.Due)
		c.same("Elapsed", time.Duration(0), st.Elapsed)
	case f.term == nil:
		var why sla.TermError
		if !errors.As(st.Err, &why) || !errors.Is(st.Err, sla.ErrNoCommitment) {
			c.wrong = append(c.wrong, fmt.Sprintf("Err: want a TermError, the clock has %v", st.Err))
		}
	default:
		c.same("Err", error(nil), st.Err)
		c.same("Target", f.side, st.Target.String())
		c.sameTime("Start", f.start, st.Start)
		c.sameTime("Due", f.due, st.Due)
		c.sameTime("OriginalDue", f.originalDue, st.OriginalDue)
		c.same("TargetTime", time.Duration(f.allowed), st.TargetTime)
		c.same("Elapsed", time.Duration(f.elapsed), st.Elapsed)
		c.same("WallElapsed", time.Duration(f.wall), st.WallElapsed)
		c.same("Remaining", time.Duration(f.remaining), st.Remaining)
		c.same("WallRemaining", time.Duration(f.remainingWall), st.WallRemaining)
		c.same("Overdue", time.Duration(f.overdue), st.Overdue)
		c.same("WallOverdue", time.Duration(f.overdueWall), st.WallOverdue)
		c.same("Paused", time.Duration(f.paused), st.Paused)
		c.same("WallPaused", time.Duration(f.pausedWall), st.WallPaused)
		c.same("Age", time.Duration(f.age), st.Age)
		c.same("Open", f.open, st.Open)
		c.same("Provisional", false, st.Provisional)
		if f.allowed > 0 {
			c.same("ElapsedShare", float64(f.elapsed)/float64(f.allowed), st.ElapsedShare)
		}
	}
	if c.wrong == nil {
		return ""
	}
	return strings.Join(c.wrong, "\n    ")
}

// alarms returns how alarms differ from the oracle's. The oracle has no order for those
// of one instant.
func (w *oracleWorker) alarms(m sla.Metric, want []oracleAlarm, got []ticket.Alarm, now time.Time) string {
	var wanted, gotten []string
	line := func(key string, cycle, number int, at, due time.Time) string {
		return fmt.Sprintf("%s, cycle %d, number %d, at %s, due %s", key, cycle, number, stamp(at), stamp(due))
	}
	for _, a := range want {
		if a.seen <= now.UnixNano() {
			number := a.number
			wanted = append(wanted, line(a.key(m), a.cycle, number, instant(a.at), instant(a.due)))
		}
	}
	for i, a := range got {
		number := a.Number
		if a.Threshold.Every == 0 {
			number = 1
		}
		gotten = append(gotten, line(a.Key(), a.Cycle, number, a.At, a.Due))
		if a.At.Location() != now.Location() || a.Due.Location() != now.Location() {
			return "alarms are in " + a.At.Location().String()
		}
		if i > 0 && a.At.Before(got[i-1].At) {
			return fmt.Sprintf("alarms are not in order: %v", gotten)
		}
	}
	slices.Sort(wanted)
	slices.Sort(gotten)
	w.figures += 4*int64(len(wanted)) + 1
	if slices.Equal(wanted, gotten) {
		return ""
	}
	only := func(list, other []string) []string {
		list = slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(other, s) })
		return list[:min(len(list), 5)]
	}
	return fmt.Sprintf("of %d alarms, the clock lacks\n    %s\n  and has\n    %s", len(wanted),
		strings.Join(only(wanted, gotten), "\n    "), strings.Join(only(gotten, wanted), "\n    "))
}

// explanation compares the cycles that are over, and what an explanation repeats.
func (w *oracleWorker) explanation(m sla.Metric, o *oracleClock, clock ticket.Clock, now time.Time) string {
	e := clock.Explain(now)
	if e.Metric != m || e.Status.String() != clock.At(now).String() || !slices.EqualFunc(e.Alarms, clock.Alarms(now), sameAlarm) {
		return "not what the clock says"
	}
	over := slices.Clone(o.cycles)
	if o.stopped != nil {
		over = append(over, o.figures(now.UnixNano()))
	}
	if len(e.Cycles) != len(over) {
		return fmt.Sprintf("%d cycles are over; want %d", len(e.Cycles), len(over))
	}
	for i, f := range over {
		c := &comparer{w: w, loc: now.Location()}
		if s := c.status(f, e.Cycles[i]); s != "" {
			return fmt.Sprintf("cycle %d:\n    %s", i+1, s)
		}
	}
	return ""
}

// shrink leaves out what a difference does not need.
func (w *oracleWorker) shrink(k ticketCase) ticketCase {
	kind := func(difference string) string { // of a ticket that the case needs to make first
		start, _, _ := strings.Cut(difference, " ")
		return start
	}
	was, tries := kind(w.check(k)), 0
	for smaller := true; smaller; {
		smaller = false
		try := func(next ticketCase) {
			if tries++; tries < 400 && kind(w.check(next)) == was {
				k, smaller = next, true
			}
		}
		for i := len(k.events) - 1; i >= 0; i-- {
			next := k
			next.events = slices.Delete(slices.Clone(k.events), i, i+1)
			try(next)
		}
		for i := len(k.policies) - 1; i >= 0; i-- {
			edit := func(do func(p *oraclePolicy)) {
				p := *k.policies[i]
				p.terms, p.courses = slices.Clone(p.terms), slices.Clone(p.courses)
				do(&p)
				next := k
				next.policies = slices.Clone(k.policies)
				next.policies[i] = &p
				try(next)
			}
			if i > 0 {
				next := k
				next.policies = slices.Delete(slices.Clone(k.policies), i, i+1)
				try(next)
				if i >= len(k.policies) {
					continue
				}
			}
			for j := len(k.policies[i].terms) - 1; j >= 0 && len(k.policies[i].terms) > 1; j-- {
				edit(func(p *oraclePolicy) { p.terms = slices.Delete(p.terms, j, j+1) })
			}
			for j := len(k.policies[i].courses) - 1; j >= 0; j-- {
				edit(func(p *oraclePolicy) { p.courses = slices.Delete(p.courses, j, j+1) })
			}
			for j := range k.policies[i].terms {
				for n := len(k.policies[i].terms[j].thresholds) - 1; n >= 0; n-- {
					edit(func(p *oraclePolicy) {
						p.terms[j].thresholds = slices.Delete(slices.Clone(p.terms[j].thresholds), n, n+1)
					})
				}
				if k.policies[i].terms[j].countries != nil {
					edit(func(p *oraclePolicy) { p.terms[j].countries = nil })
				}
			}
		}
	}
	return k
}

// TestTicketOracle compares tickets with an oracle that walks from minute to minute, for
// random policies and random events.
func TestTicketOracle(t *testing.T) {
	cases := uint64(sampled(150, 3_000))
	seed := newSeed()
	const most = 4 // differences to report
	var (
		next, figures, asked atomic.Int64
		mu                   sync.Mutex
		reports              = map[uint64]string{}
		wg                   sync.WaitGroup
	)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			w := newOracleWorker()
			defer func() { figures.Add(w.figures); asked.Add(w.asked) }()
			for {
				n := uint64(next.Add(1)) - 1
				if n >= cases {
					return
				}
				k := w.makeCase(seed, n)
				if w.check(k) == "" {
					continue
				}
				k = w.shrink(k)
				report := w.check(k)
				mu.Lock()
				reports[n] = k.String() + "  " + report
				done := len(reports) >= most
				mu.Unlock()
				if done {
					next.Store(int64(cases))
				}
			}
		})
	}
	wg.Wait()
	for _, n := range slices.Sorted(maps.Keys(reports)) {
		t.Error(reports[n])
	}
	t.Logf("-seed %d: %d figures compared, at %d instants", seed, figures.Load(), asked.Load())
}
