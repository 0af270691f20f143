package ticket_test

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/bound"
	"github.com/duetime/duetime/sla/ticket"
)

// hostile makes of bytes what no caller should pass, and some do.
type hostile struct{ bytes []byte }

func (h *hostile) number() int64 {
	var b [8]byte
	h.bytes = h.bytes[copy(b[:], h.bytes):]
	return int64(binary.LittleEndian.Uint64(b[:]))
}

func (h *hostile) small(n int) int {
	if len(h.bytes) == 0 {
		return 0
	}
	v := int(h.bytes[0])
	h.bytes = h.bytes[1:]
	return v % n
}

// instant returns one near those of before, or any.
func (h *hostile) instant(before time.Time) time.Time {
	first, last := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)
	switch h.small(10) {
	case 0:
		return time.Time{}
	case 1:
		return time.Unix(h.number(), h.number())
	case 2:
		return time.Unix(h.number(), 0).In(time.FixedZone("far", int(h.number())))
	case 3:
		return first.Add(time.Duration(h.number()) % time.Hour)
	case 4:
		return last.Add(time.Duration(h.number()) % time.Hour)
	case 5:
		return before.Add(time.Duration(h.number()))
	case 6:
		return before
	}
	return before.Add(time.Duration(h.small(200)) * time.Hour)
}

func (h *hostile) duration() time.Duration {
	switch h.small(4) {
	case 0:
		return time.Duration(h.number())
	case 1:
		return []time.Duration{math.MinInt64, math.MaxInt64, -1, 0}[h.small(4)]
	}
	return time.Duration(h.small(256)) * time.Hour
}

func (h *hostile) thresholds() (list []sla.Threshold) {
	for range h.small(5) {
		list = append(list, []sla.Threshold{
			{Percent: int(h.number())},
			{Percent: h.small(200)},
			{Breach: true},
			{Offset: h.duration()},
			{Offset: h.duration(), Wall: true},
			{},
			{Wall: true},
			{Percent: 50, Breach: true},
		}[h.small(8)])
		last := &list[len(list)-1]
		last.InHours = h.small(3) == 0
		if h.small(4) == 0 {
			last.Every = h.duration()
		}
	}
	return list
}

// troublesome are calendars with what makes trouble: breaks, night shifts, clock changes,
// holidays, 24:00, and none of it.
var troublesome = func() []*calendar.Calendar {
	berlin, _ := holiday.Lookup("DE-BE")
	china, _ := holiday.Lookup("CN")
	own := calendar.HolidayFunc("own", func(year int) []calendar.Holiday {
		d, _ := calendar.NewDate(year, time.March, 29)
		return []calendar.Holiday{{Date: d, Name: "stocktaking: all day"}, {Date: d.AddDays(2), Name: "make-up", Workday: true}}
	})
	list := []*calendar.Calendar{calendar.AlwaysOpen()}
	for _, c := range []struct {
		zone, hours string
		sets        []calendar.HolidaySet
	}{
		{"Europe/Berlin", "Mo-Fr 09:00-17:00", []calendar.HolidaySet{berlin}},
		{"Asia/Shanghai", "Mo-Fr 09:00-18:00", []calendar.HolidaySet{china}},
		{"Asia/Shanghai", "Mo-Su 09:00-24:00", nil},
		{"Europe/Berlin", "Mo-Fr 22:00-06:00", []calendar.HolidaySet{berlin, own}},
		{"America/New_York", "Mo-Sa 09:00-12:00,13:00-24:00", []calendar.HolidaySet{own}},
		{"Australia/Lord_Howe", "Sa,Su 01:45-02:15,10:00-14:00", nil},
		{"America/Sao_Paulo", "Mo-Su 00:00-24:00; PH off", []calendar.HolidaySet{own}},
	} {
		list = append(list, calendar.Must(calendar.New(c.zone, c.hours, calendar.Holidays(c.sets...))))
	}
	return list
}()

// hostileWords are the words of some policies: statuses and happenings.
var hostileWords = [][2][]string{
	{nil, nil}, // the usual ones
	{{"paused", "resumed"}, {"responded", "reopened"}},
	{{"new", "open", "pending", "solved", "closed"}, {"agent", "customer"}},
	{{"open", "solved"}, nil},
	{nil, {"agent", "customer"}},
	{{"open", "open"}, {"due"}},
}

// hostileMetrics are the metrics of a policy, as many as the bytes want.
var hostileMetrics = []sla.Metric{"", sla.Resolution, sla.NextResponse, "update"}

func (h *hostile) severity() sla.Severity {
	return []sla.Severity{"", a, b, c, "no such severity"}[h.small(5)]
}

// words returns some of the words that a policy has, and now and then others. Nil stands for a
// list that the course lacks.
func (h *hostile) words(known [2][]string) (list []string) {
	pool := append(slices.Concat(known[0], known[1]), sla.WordOpened, sla.WordDue)
	if known[0] == nil && known[1] == nil {
		pool = append(pool, sla.WordResponded, sla.WordResolved, sla.WordReopened, sla.WordPaused, sla.WordResumed)
	}
	n := h.small(8)
	if n < 3 { // mostly what is usual
		return nil
	}
	list = []string{}
	for range n - 3 {
		list = append(list, append(pool, "no such word")[h.small(len(pool)+h.small(2))])
	}
	return list
}

// course returns the course of a metric, most often one that a policy can have.
func (h *hostile) course(m sla.Metric, known [2][]string) sla.Course {
	course := sla.Course{
		Metric:    m,
		Change:    []sla.ChangeMode{"", sla.ChangeFromOpening, sla.ChangeCarryElapsed, sla.ChangeRestart, sla.ChangeReplace, "no such mode"}[h.small(5+h.small(2))],
		Reopening: []sla.ReopenMode{"", sla.ReopenContinue, sla.ReopenNewCycle, sla.ReopenIgnore, "no such mode"}[h.small(4+h.small(2))],
	}
	course.Start, course.Stop, course.Reset, course.Pause = h.words(known), h.words(known), h.words(known), h.words(known)
	if h.small(8) == 0 {
		return course
	}
	// Most faults are repaired: a policy with one is refused, and then there is no ticket.
	keep := func(list []string, ok func(word string) bool) []string {
		if list == nil {
			return nil
		}
		kept := []string{}
		for _, word := range list {
			if ok(word) && !slices.Contains(kept, word) {
				kept = append(kept, word)
			}
		}
		return kept
	}
	statuses, happenings := known[0], known[1]
	if statuses == nil && happenings == nil {
		statuses, happenings = only(sla.WordResolved, sla.WordReopened, sla.WordPaused, sla.WordResumed), only(sla.WordResponded)
	}
	is := func(word string) bool { return slices.Contains(statuses, word) || slices.Contains(happenings, word) }
	course.Stop = keep(course.Stop, is)
	course.Start = keep(course.Start, func(w string) bool {
		return w == sla.WordOpened || slices.Contains(happenings, w) || is(w) && course.Stop != nil && !slices.Contains(course.Stop, w)
	})
	course.Reset = keep(course.Reset, func(w string) bool { return w == sla.WordDue || is(w) })
	course.Pause = keep(course.Pause, func(w string) bool { return slices.Contains(statuses, w) })
	return course
}

// term returns a term, most often one that a policy can have.
func (h *hostile) term(m sla.Metric, s sla.Severity, days int) sla.Term {
	return sla.Term{
		Metric: m, Severities: only(s), Thresholds: h.thresholds(), Calendar: append(troublesome, nil)[h.small(len(troublesome)+h.small(2))],
		Target: []sla.Target{within(h.duration()), businessDays(h.small(9), ""), businessDays(h.small(9), "@close"), within(time.Duration(1+h.small(200)) * time.Minute), businessDays(days, ""), businessDays(h.small(9), fmt.Sprintf("@%02d:00", h.small(60))), {}, formOf("%dh wall", 1+h.small(90)), formOf("%dd", 1+h.small(9)), formOf("%dbd 40h before 14:00 else 3d", h.small(9)), formOf("8h wall in hours else 0bd@%02d:00", h.small(49))}[h.small(4+7*h.small(2))],
	}
}

// formOf returns the target of a form with a number, or the zero Target.
func formOf(form string, n int) sla.Target {
	t, _ := sla.ParseTarget(fmt.Sprintf(form, n))
	return t
}

// ticket returns one of a catalog made of the bytes, and the words that may be told. If the
// bytes make no catalog or no request, that has an error, and the ticket is one of a plainer
// catalog or request.
func (h *hostile) ticket(t *testing.T) (made ticket.Ticket, words []string) {
	days := int(h.number())
	opened := h.instant(time.Date(2024, 3, 28, 10, 0, 0, 0, time.UTC))
	var policies []sla.Policy
	words = []string{"", sla.WordCancelled}
	for i := range 1 + h.small(3) {
		known := hostileWords[h.small(len(hostileWords)-1+h.small(2))]
		p := sla.Policy{Moniker: "acme", Plan: []sla.Plan{"", "gold", "silver"}[i], Statuses: known[0], Happenings: known[1]}
		p.Default = i == 0 && h.small(2) == 0
		if i > 0 && h.small(4) == 0 {
			p.Moniker = "other"
		}
		if h.small(8) == 0 {
			p.From = h.instant(opened)
		}
		metrics := hostileMetrics[:1+h.small(len(hostileMetrics))]
		for _, m := range metrics {
			if h.small(4) > 0 {
				p.Courses = append(p.Courses, h.course(m, known))
			}
			for _, s := range only(a, b, c) {
				if h.small(8) > 0 {
					p.Terms = append(p.Terms, h.term(m, s, days))
				}
			}
		}
		policies = append(policies, p)
	}
	r := sla.Request{Moniker: "acme", Severity: h.severity(), Opened: opened}
	if h.small(8) == 0 {
		r.Metric = hostileMetrics[h.small(len(hostileMetrics))]
	}
	catalog, err := sla.NewCatalog("test", policies...)
	if err != nil {
		bound.Error(t, "NewCatalog", strings.Repeat("x", 3000), err)
		term := sla.Term{}
		if list := policies[0].Terms; len(list) > 0 {
			term = list[h.small(len(list))]
		}
		if made, err = ticket.Of(sla.Deadline{Request: r, Term: term}); err == nil {
			return made, append(words, sla.WordResponded, sla.WordPaused, sla.WordResumed)
		}
		bound.Error(t, "Of", strings.Repeat("x", 3000), err)
		for i := range policies {
			p := &policies[i]
			p.Moniker, p.Default, p.From, p.Statuses, p.Happenings, p.Courses = "acme", i == 0, time.Time{}, nil, nil, nil
			for j := range p.Terms {
				p.Terms[j].Target, p.Terms[j].Thresholds = businessDays(1+h.small(9), ""), nil
				p.Terms[j].Calendar = troublesome[h.small(len(troublesome))]
			}
			if p.Terms == nil {
				p.Terms = only(sla.Term{Target: businessDays(1, ""), Calendar: troublesome[1]})
			}
		}
		catalog, err = sla.NewCatalog("test", policies...)
		require.NoError(t, err)
	}
	if made, err = ticket.Open(catalog, r); err != nil {
		bound.Error(t, "Open", "", err)
		r.Severity, r.Opened, r.Metric = b, time.Date(2024, 3, 28, 10, 0, 0, 0, time.UTC), ""
		if made, err = ticket.Open(catalog, r); err != nil {
			bound.Error(t, "Open", "", err) // its target is beyond the range
			return made, words
		}
	}
	statuses, happenings := catalog.Words(made.Request())
	return made, slices.Concat(words, statuses, happenings, only("no such word"))
}

// event returns an event, most often one that a ticket can take.
func (h *hostile) event(words []string, opened, last time.Time) ticket.Event {
	e := ticket.Event{Word: words[h.small(len(words))]}
	switch h.small(8) {
	case 0:
		e.At = h.instant(last)
	case 1:
		e.At = last
	case 2: // told late
		e.At = opened.Add(last.Sub(opened) / 8 * time.Duration(h.small(8)))
	default:
		e.At = last.Add(time.Duration(h.small(256)) * time.Minute)
	}
	if h.small(8) == 0 {
		e.ID = []string{"1", "2", "\xff"}[h.small(3)]
	}
	if h.small(16) == 0 {
		e.Note = string(h.bytes[:h.small(4)%(len(h.bytes)+1)])
	}
	if h.small(4) == 0 {
		e.Change.Severity = h.severity()
	}
	if h.small(8) == 0 {
		e.Change.Plan = []sla.Plan{"", "gold", "silver", "no such plan"}[h.small(4)]
		e.Change.Moniker = []region.Moniker{"", "acme", "other", "mars"}[h.small(4)]
		e.Change.Category = []region.Category{"", "", billing, "sales"}[h.small(4)]
		e.Change.Country = []string{"", "", "DE", "no such country"}[h.small(4)]
	}
	return e
}

// TestHostileTickets holds that random bytes make tickets, and events that these accept.
// Otherwise FuzzEvents would try nothing.
func TestHostileTickets(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	const all = 500
	tickets, accepted, several := 0, 0, 0
	told := map[string]bool{}
	for range all {
		h := &hostile{make([]byte, 800)}
		for i := range h.bytes {
			h.bytes[i] = byte(rng.Uint32())
		}
		k, words := h.ticket(t)
		if k.Request().Moniker == "" {
			continue
		}
		tickets++
		if len(slices.Collect(metricsOf(k))) > 1 {
			several++
		}
		opened := k.Request().Opened
		for last := opened; len(h.bytes) > 0; {
			e := h.event(words, opened, last)
			if next, err := k.Apply(e); err == nil {
				k, last = next, e.At
				told[e.Word] = true
			}
		}
		if len(k.Events()) > 9 {
			accepted++
		}
	}
	require.Greater(t, tickets, all*9/10)
	require.Greater(t, several, all/3)
	require.Greater(t, accepted, all/3)
	require.Greater(t, len(told), 8)
}

func metricsOf(k ticket.Ticket) iter.Seq[sla.Metric] {
	return func(yield func(sla.Metric) bool) {
		for m := range k.Clocks() {
			if !yield(m) {
				return
			}
		}
	}
}

// TestFarDue asks clocks that are due in another century, which once took an account of
// every day between.
func TestFarDue(t *testing.T) {
	opened := time.Date(2024, 9, 1, 9, 43, 2, 407139376, time.UTC)
	for _, c := range troublesome {
		term := sla.Term{Target: targetOf("644279h39m51.620833328s"), Calendar: c}
		k, err := ticket.Of(sla.Deadline{Request: sla.Request{Moniker: "acme", Severity: a, Opened: opened}, Term: term})
		if err != nil {
			bound.Error(t, "Of", "", err) // beyond the range
			continue
		}
		due := first(k).At(opened).Due
		require.Greater(t, due.Year(), 2090)
		bound.Work(t, 0, func() {
			checkStored(t, k)
			checkAnswers(t, k, opened, opened.AddDate(2, 0, 0), due, due.Add(1), time.Time{})
		})
	}
}

// TestManyCycles asks a clock that its own due time has reset as often as it may, with
// thresholds that repeat.
func TestManyCycles(t *testing.T) {
	opened := moment(t, "Mon 10:00")
	course := sla.Course{Reset: only(sla.WordDue)}
	thresholds := only(thresholdOf("25% every 25m"), thresholdOf("breach"))
	p := sla.Policy{Moniker: "acme", Courses: only(course), Terms: only(sla.Term{Target: targetOf("100m"), Calendar: troublesome[1], Thresholds: thresholds})}
	catalog, err := sla.NewCatalog("1", p)
	require.NoError(t, err)
	later := opened.AddDate(2, 0, 0)
	bound.Work(t, 0, func() {
		k := ticketOf(t, catalog, sla.Request{Moniker: "acme", Severity: a, Opened: opened})
		require.Equal(t, 257, first(k).At(later).Cycle, "256 resets")
		require.Equal(t, ticket.OutcomeBreached, first(k).At(later).Outcome, "and then it stays breached")
		require.Equal(t, 256, first(k).At(later).Breaches)
		require.Empty(t, first(k).Cycles(), "over by the last event")
		require.Len(t, first(k).Explain(later).Cycles, 256)
		require.Len(t, first(k).Alarms(later), (4+1)+256*(1+1), "four times and a breach in the first cycle, and one of each in those that a due time begins")
		k = apply(t, k, severity(later, b))
		require.Len(t, first(k).Cycles(), 256, "over by the last event")
		k = apply(t, k, severity(opened, b)) // told late
		back := readAgain(t, k)
		require.Equal(t, answersOf(k, later), answersOf(back, later))
	})
	// Each event costs what it changes, however many cycles are over.
	k := ticketOf(t, catalog, sla.Request{Moniker: "acme", Severity: a, Opened: opened}, word(later, "responded"))
	bound.Work(t, 0, func() {
		for i := range 20 {
			k = apply(t, k, word(later.Add(time.Duration(i)*time.Hour), "responded"))
		}
	})
}

// FuzzEvents applies any events to any ticket and asks it at any instant: a bad event leaves the
// ticket as it was, and the answers agree with each other in any order of telling.
func FuzzEvents(f *testing.F) {
	for i := range byte(6) {
		seed := make([]byte, 600)
		for j := range seed {
			seed[j] = byte(j*j)*(2*i+1) + i*byte(j)
		}
		f.Add(seed)
	}
	rng := rand.New(rand.NewPCG(2, 2))
	for range 30 {
		seed := make([]byte, 700)
		for j := range seed {
			seed[j] = byte(rng.Uint32())
		}
		f.Add(seed)
	}
	f.Add([]byte{})
	f.Fuzz(checkEvents)
}

// TestEvents holds the same for random bytes.
func TestEvents(t *testing.T) {
	seed := newSeed()
	t.Logf("-seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 9))
	for range sampled(100, 4000) {
		bytes := make([]byte, 500+rng.IntN(1000))
		for i := range bytes {
			bytes[i] = byte(rng.Uint32())
		}
		checkEvents(t, bytes)
	}
}

// checkEvents makes a ticket and its events of bytes, and asks it.
func checkEvents(t *testing.T, bytes []byte) {
	bound.Work(t, len(bytes), func() {
		h := &hostile{bytes}
		fresh, words := h.ticket(t)
		opened := fresh.Request().Opened
		k, last := fresh, opened
		for len(h.bytes) > 0 {
			e := h.event(words, opened, last)
			before, at, said := k, last, ""
			if h.small(4) == 0 {
				said = answersOf(before, at)
			}
			next, err := k.Apply(e)
			switch {
			case err != nil:
				bound.Error(t, "Apply", e.Note, err)
				if len(next.Events()) != len(before.Events()) {
					t.Fatalf("%v is refused and changes the ticket: %v", e, err)
				}
			case e.At.Before(opened):
				t.Fatalf("%v is applied before %v", e, opened)
			default:
				last = e.At
			}
			if k = next; said != "" && answersOf(before, at) != said {
				t.Fatalf("%v changes the ticket that it is applied to", e)
			}
		}
		checkOrder(t, fresh, k, h.instant(last))
		checkStored(t, k)
		due := last
		for _, clock := range k.Clocks() {
			due = clock.At(last).Due
			if h.small(2) == 0 {
				break
			}
		}
		checkAnswers(t, k, h.instant(last), last, due, opened, time.Time{})
	})
}

// checkOrder holds that it does not matter in which order the events of a ticket were told,
// but for those of one instant.
func checkOrder(t *testing.T, fresh, k ticket.Ticket, now time.Time) {
	list := k.Events()
	if len(list) == 0 {
		return
	}
	var order []ticket.Event
	for end := len(list); end > 0; {
		begin := end - 1
		for begin > 0 && list[begin-1].At.Equal(list[begin].At) {
			begin--
		}
		order = append(order, list[begin:end]...)
		end = begin
	}
	again, err := fresh.Apply(order...)
	if err != nil {
		t.Fatalf("%v in the order %v: %v", fresh, order, err)
	}
	for _, at := range []time.Time{now, list[len(list)-1].At} {
		if got, want := answersOf(again, at), answersOf(k, at); got != want {
			t.Fatalf("%v says at %v, in the order %v,\n%s\nand otherwise\n%s", fresh, at, order, got, want)
		}
	}
}

// checkStored holds that a ticket is read as it was written, if it has a document.
func checkStored(t *testing.T, k ticket.Ticket) {
	text, err := json.Marshal(k)
	if err != nil {
		bound.Error(t, "Marshal", "", err)
		return
	}
	var back ticket.Ticket
	if err := json.Unmarshal(text, &back); err != nil || !same(back, k) {
		t.Fatalf("%s\nis read as another ticket: %v", text, err)
	}
	for _, e := range k.Events() {
		if said, want := answersOf(back, e.At), answersOf(k, e.At); said != want {
			t.Fatalf("%s\nis read as a ticket that says at %v\n%s\nand not\n%s", text, e.At, said, want)
		}
	}
}

// standing returns what Next promises to tell of a status: all but the figures that run with
// the time.
func standing(st ticket.Status) ticket.Status {
	st.At, st.Elapsed, st.Remaining, st.Overdue, st.ElapsedShare = time.Time{}, 0, 0, 0, 0
	st.WallElapsed, st.WallRemaining, st.WallOverdue = 0, 0, 0
	st.Paused, st.WallPaused, st.Age, st.Open = 0, 0, 0, false
	if st.State == ticket.StatePaused {
		st.Due, st.Provisional = time.Time{}, false
	}
	return st
}

// checkAnswers asks a ticket all there is at some instants.
func checkAnswers(t *testing.T, k ticket.Ticket, instants ...time.Time) {
	for _, now := range instants {
		said := []any{k.Alarms(now), k.Outcome(now)}
		_, _, _ = k.First(now)
		soonest, has := k.Next(now)
		for m, clock := range k.Clocks() {
			said = append(said, checkClock(t, k, m, clock, now)...)
			if next, ok := clock.Next(now); ok && (!has || next.Before(soonest)) {
				t.Fatalf("Next(%v) of %s is %v, and of the ticket %v", now, m, next, soonest)
			}
		}
		for _, v := range said {
			// Package time writes no year of five digits.
			if _, err := json.Marshal(v); err != nil && !strings.Contains(err.Error(), "year outside of range") {
				t.Fatalf("at %v: %v of %+v", now, err, v)
			}
		}
	}
}

// checkClock asks a clock all there is at an instant. It returns the answers.
func checkClock(t *testing.T, k ticket.Ticket, m sla.Metric, clock ticket.Clock, now time.Time) []any {
	st := clock.At(now)
	if st.Err != nil {
		bound.Error(t, "At", "", st.Err)
	}
	alarms := clock.Alarms(now)
	keys := map[string]bool{}
	for i, alarm := range alarms {
		if alarm.At.After(now) || i > 0 && alarm.At.Before(alarms[i-1].At) || keys[alarm.Key()] || alarm.Metric != m {
			t.Fatalf("Alarms(%v) = %v", now, alarms)
		}
		keys[alarm.Key()] = true
	}
	next, ok := clock.Next(now)
	if ok && (!next.After(now) || next.Location() != now.Location()) {
		t.Fatalf("Next(%v) = %v", now, next)
	}
	if !ok {
		next = now.AddDate(0, 1, 0)
	}
	for _, between := range []time.Time{now.Add(1), now.Add(next.Sub(now) / 2), next.Add(-1)} {
		if !between.After(now) || !between.Before(next) || between.Year() > 2199 || now.Year() < 1900 {
			continue
		}
		then := clock.At(between)
		if errors.Is(then.Err, calendar.ErrOutOfRange) || errors.Is(st.Err, calendar.ErrOutOfRange) {
			continue // a paused clock's due time moves out of it
		}
		if one, other := standing(st), standing(then); jsonOf(t, one) != jsonOf(t, other) {
			t.Fatalf("%s changes between %v and its Next %v, %t, at %v:\n%s\n%s", m, now, next, ok, between, jsonOf(t, one), jsonOf(t, other))
		}
		if got := clock.Alarms(between); len(got) != len(alarms) {
			t.Fatalf("%s reaches %v between %v and its Next %v", m, got[len(alarms):], now, next)
		}
	}
	said := []any{st, alarms, clock.Cycles()}
	// An account has a line for each opening and closing from the request to now,
	// and on to the due time where that is later.
	const years = 3 * 365 * 24 * time.Hour
	opened := k.Request().Opened
	if now.Sub(opened).Abs() < years && (st.Due.IsZero() || st.Due.Sub(opened) < years) {
		e := clock.Explain(now)
		_, _ = e.String(), e.Fold().String()
		said = append(said, e)
	}
	return said
}
