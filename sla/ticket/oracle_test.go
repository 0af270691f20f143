package ticket_test

import (
	"cmp"
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
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

// The oracle walks from minute to minute and asks a calendar for nothing but
// whether it is open, and a target of business days for its due time. All that
// happens does so on whole minutes, and so do clock changes in the zones and
// years used, so that within a minute every figure stands still or runs with the
// time. Instants are nanoseconds since 1970.

const minute = int64(time.Minute)

func instant(at int64) time.Time { return time.Unix(0, at).UTC() }

// oracleHours is a calendar, asked once for each minute.
type oracleHours struct {
	calendar *calendar.Calendar
	days     []*[24 * 60]int8 // from oracleDays on; 0 for not asked yet
}

// oracleDays is 1 January 2011, well before the first of clockAnchors.
const oracleDays = 14975

func (h *oracleHours) open(at int64) bool {
	day, m := at/minute/(24*60)-oracleDays, at/minute%(24*60)
	if h.days[day] == nil {
		h.days[day] = new([24 * 60]int8)
	}
	page := h.days[day]
	if page[m] == 0 {
		page[m] = -1
		if h.calendar.IsOpen(instant(at - at%minute)) {
			page[m] = 1
		}
	}
	return page[m] > 0
}

func (h *oracleHours) firstOpen(at int64) int64 {
	for !h.open(at) {
		at += minute - at%minute
	}
	return at
}

// add is R4: the earliest instant for d > 0, the latest for d < 0.
func (h *oracleHours) add(at, d int64) int64 {
	for d > 0 {
		next := at + minute - at%minute
		if h.open(at) {
			if d <= next-at {
				return at + d
			}
			d -= next - at
		}
		at = next
	}
	for d < 0 {
		last := (at - 1) - (at-1)%minute
		if h.open(last) {
			if -d <= at-last {
				return at + d
			}
			d += at - last
		}
		at = last
	}
	return at
}

// between is 0 where to is not after from.
func (h *oracleHours) between(from, to int64) (sum int64) {
	for from < to {
		next := min(from+minute-from%minute, to)
		if h.open(from) {
			sum += next - from
		}
		from = next
	}
	return sum
}

type oracleThreshold struct {
	text    string
	kind    string // "%", "-", "+", "-wall", "+wall" or "breach"
	n       int64  // percent, or nanoseconds
	inHours bool
}

func parseOracleThreshold(text string) oracleThreshold {
	th := oracleThreshold{text: text}
	s, inHours := strings.CutSuffix(text, " in hours")
	th.inHours = inHours
	s, wall := strings.CutSuffix(s, " wall")
	switch {
	case s == "breach":
		th.kind = s
	case strings.HasSuffix(s, "%"):
		th.kind = "%"
		if _, err := fmt.Sscanf(s, "%d%%", &th.n); err != nil {
			panic(err)
		}
	default:
		d, err := time.ParseDuration(s[1:])
		if err != nil {
			panic(err)
		}
		th.kind, th.n = s[:1], int64(d)
		if wall {
			th.kind += "wall"
		}
	}
	return th
}

type oracleTerm struct {
	*oracleHours
	target sla.Target
	span   int64 // of a target in business time, else 0
	alarms []oracleThreshold
}

// due returns when the target is due for a clock that starts at start, and the
// business time until then.
func (t *oracleTerm) due(start int64) (due, allowed int64) {
	if t.span > 0 {
		return t.add(start, t.span), t.span
	}
	at, err := t.target.Due(t.calendar, instant(start))
	if err != nil {
		panic(err)
	}
	return at.UnixNano(), t.between(start, at.UnixNano())
}

type oracleAlarm struct {
	cycle   int
	text    string
	at, due int64
	seen    int64 // the first instant at which it has been reached: for a breach, after at
}

// oracleFigures is what the oracle says of an instant.
type oracleFigures struct {
	state    ticket.State
	outcome  ticket.Outcome
	cycle    int
	severity sla.Severity
	breaches int
	breached int64 // or 0
	term     *oracleTerm

	start, due, originalDue  int64
	allowed, elapsed, wall   int64
	remaining, remainingWall int64
	overdue, overdueWall     int64
	open                     bool
}

// oracleClock is stepped from minute to minute. The due time is kept as all holds
// that have ended have it.
type oracleClock struct {
	terms     map[sla.Severity]*oracleTerm
	mode      sla.ChangeMode
	reopening sla.ReopenMode

	now  int64 // a whole minute
	last int64 // the last event or the opening

	severity                     sla.Severity // of the request
	paused, responded, cancelled bool
	stopped                      *oracleFigures // of the instant of the stop
	heldSince                    int64          // or -1
	holds                        [][2]int64     // of the cycle, ended

	cycle, breaches int
	opening         int64 // of the cycle
	term            *oracleTerm
	inForce         sla.Severity
	start           int64 // or -1
	due, allowed    int64
	originalDue     int64 // or 0
	dueMade         int64 // when a change of severity or a reopening made the due time what it is
	elapsed         int64
	breached        int64 // the instant to report, or 0
	breachSeen      int64 // the first instant at which it is breached

	alarms  []oracleAlarm
	changes []int64 // instants at which the status changes
	shown   string  // of the minute before, what a caller of Next waits for
}

func newOracleClock(terms map[sla.Severity]*oracleTerm, mode sla.ChangeMode, reopening sla.ReopenMode, severity sla.Severity, opened int64) *oracleClock {
	o := &oracleClock{terms: terms, mode: mode, reopening: reopening, severity: severity, last: opened, heldSince: -1}
	o.now = opened - 3*60*minute
	o.beginCycle(opened)
	return o
}

// held says so also of a clock without a term, which counts nothing.
func (o *oracleClock) held() bool { return o.paused || o.responded || o.cancelled }

// beginCycle begins a cycle, to which a hold that goes on is as new as all else.
func (o *oracleClock) beginCycle(at int64) {
	if o.breached != 0 {
		o.breaches++
	}
	o.cycle++
	o.opening, o.holds, o.originalDue, o.breached, o.heldSince = at, nil, 0, 0, -1
	if o.held() {
		o.heldSince = at
	}
	o.fromOpening(at)
}

// fromOpening computes the cycle anew under the term of the severity, with the
// holds that it has had.
func (o *oracleClock) fromOpening(at int64) {
	o.term, o.inForce, o.dueMade = o.terms[o.severity], o.severity, at
	o.start, o.elapsed = -1, 0
	if o.term == nil {
		return
	}
	o.start = o.term.firstOpen(o.opening)
	o.due, o.allowed = o.term.due(o.start)
	if o.originalDue == 0 {
		o.originalDue = o.due
	}
	for _, hold := range o.holds {
		o.due = o.moved(hold[0], hold[1])
	}
	for m := o.start; m < at; m += minute {
		counts := o.term.open(m) && (o.heldSince < 0 || m < o.heldSince)
		for _, hold := range o.holds {
			counts = counts && (m < hold[0] || m >= hold[1])
		}
		if counts {
			o.elapsed += minute
		}
	}
}

// carry goes on under the term of the severity with the time used before. The
// start that is shown stays, if it is past; the holds before are in that time.
func (o *oracleClock) carry(at int64) {
	o.term, o.inForce, o.dueMade = o.terms[o.severity], o.severity, at
	if at <= o.start {
		o.start = -1
	}
	if o.held() {
		o.heldSince = at
	}
	if o.term == nil {
		return
	}
	from := o.term.firstOpen(at)
	if o.start < 0 {
		o.start = from
	}
	o.due, o.allowed = o.term.due(from)
	if o.originalDue == 0 {
		o.originalDue = o.due
	}
	if o.term.span > 0 {
		o.due = o.term.add(from, o.term.span-o.elapsed)
	} else {
		o.due = o.term.add(o.due, -o.elapsed)
	}
}

// moved returns the due time after a hold of [from, to).
func (o *oracleClock) moved(from, to int64) int64 {
	if from < 0 || from >= o.due {
		return o.due
	}
	due := o.term.add(o.due, o.term.between(max(from, o.start), to))
	if due < to {
		due = o.term.firstOpen(to)
	}
	return due
}

// moving reports whether the due time moves on with the time. It cannot be passed
// then, and nothing else that hangs on it is reached while the clock is held.
func (o *oracleClock) moving() bool { return o.heldSince >= 0 && o.heldSince < o.due }

func (o *oracleClock) release() {
	if o.term != nil {
		o.due = o.moved(o.heldSince, o.now)
	}
	o.holds = append(o.holds, [2]int64{o.heldSince, o.now})
	o.heldSince = -1
}

// changeSeverity puts the term of the severity in force, if it is not: a severity
// that was changed and changed back while the clock was stopped is as it was.
func (o *oracleClock) changeSeverity() {
	switch {
	case o.severity == o.inForce:
	case o.mode == sla.ChangeFromOpening:
		o.fromOpening(o.now)
	case o.mode == sla.ChangeCarryElapsed:
		o.carry(o.now)
	default:
		o.beginCycle(o.now)
	}
}

// faults returns what may be said against an event.
func (o *oracleClock) faults(e ticket.Event) (errs []error) {
	say := func(wrong bool, err error) {
		if wrong {
			errs = append(errs, err)
		}
	}
	say(e.At.UnixNano() < o.last, ticket.ErrEventOrder)
	say(o.cancelled, ticket.ErrUnchanged)
	say(e.Kind == ticket.Paused && o.paused, ticket.ErrUnchanged)
	say(e.Kind == ticket.Resumed && !o.paused, ticket.ErrUnchanged)
	say(e.Kind == ticket.Reopened && !o.responded, ticket.ErrUnchanged)
	say(e.Kind == ticket.SeverityChanged && e.Severity == o.severity, ticket.ErrUnchanged)
	say(e.Kind != ticket.SeverityChanged && e.Severity != "", errors.New("only a change of severity has a severity"))
	return errs
}

// apply takes an event that has no fault, at the minute that the walk has come to.
func (o *oracleClock) apply(e ticket.Event) {
	// What this instant reaches without the event has been reached: someone who asked
	// in time has been told so already.
	o.settle()
	o.last = o.now
	o.changes = append(o.changes, o.now)
	hold := func() {
		if o.heldSince < 0 {
			o.heldSince = o.now
		}
	}
	stop := func() {
		hold()
		if o.stopped == nil {
			f := o.figures(o.now)
			if f.outcome == "" && e.Kind == ticket.Responded && o.term != nil {
				f.outcome = ticket.OutcomeMet
			}
			o.stopped = &f
		}
	}
	switch e.Kind {
	case ticket.Paused:
		o.paused = true
		hold()
	case ticket.Resumed:
		o.paused = false
		if !o.responded {
			o.release()
		}
	case ticket.Responded:
		stop()
		o.responded = true
	case ticket.Cancelled:
		stop()
		o.cancelled = true
	case ticket.SeverityChanged:
		o.severity = e.Severity
		if !o.responded {
			o.changeSeverity()
		}
	case ticket.Reopened:
		if o.reopening == sla.ReopenIgnore {
			break
		}
		o.responded, o.stopped = false, nil
		if o.reopening == sla.ReopenNewCycle {
			o.beginCycle(o.now)
			break
		}
		if !o.paused {
			o.release()
		}
		o.dueMade = o.now
		o.changeSeverity()
	}
}

// settle sees to what the walk finds reached at the minute that it has come to. That
// it does so again at the same minute changes nothing.
func (o *oracleClock) settle() {
	if o.term != nil && o.stopped == nil && !o.moving() {
		due := o.due
		if o.breached == 0 && o.now > due && o.now >= o.opening {
			o.breached, o.breachSeen = max(due, o.dueMade), o.now
			o.changes = append(o.changes, o.now)
		}
		for _, th := range o.term.alarms {
			at := o.now
			reached := false
			switch th.kind {
			case "%":
				reached = o.elapsed*100 >= o.allowed*th.n
			case "-":
				reached = o.elapsed >= o.allowed-th.n
			case "+":
				reached = o.elapsed >= o.allowed+th.n
			case "-wall":
				reached = o.now >= due-th.n
			case "+wall":
				reached = o.now >= due+th.n
			case "breach":
				reached = o.breached != 0 && o.breachSeen <= o.now
				if o.breachSeen == o.now {
					at = o.breached
				}
			}
			if reached && (th.kind == "breach" || o.now >= o.start) && o.rings(th) {
				o.alarm(th, at, o.now)
			}
		}
	}
	shown := o.shown
	switch {
	case o.stopped != nil || o.term == nil: // what changes then, an event changes
	case o.term.open(o.now):
		shown = string(o.state(o.now)) + " in hours"
	default:
		shown = string(o.state(o.now))
	}
	if shown != o.shown {
		o.changes = append(o.changes, o.now)
	}
	o.shown = shown
}

// rings reports whether a threshold can be reached in this minute. A breach can
// while the clock is held, unless its due time is moving.
func (o *oracleClock) rings(th oracleThreshold) bool {
	return (o.heldSince < 0 || th.kind == "breach") && (!th.inHours || o.term.open(o.now))
}

func (o *oracleClock) alarm(th oracleThreshold, at, seen int64) {
	if slices.ContainsFunc(o.alarms, func(a oracleAlarm) bool { return a.cycle == o.cycle && a.text == th.text }) {
		return
	}
	o.alarms = append(o.alarms, oracleAlarm{o.cycle, th.text, at, o.due, seen})
	o.changes = append(o.changes, seen)
}

// step sees to what happens strictly within the minute, and goes on to the next.
func (o *oracleClock) step() {
	o.settle()
	if o.term != nil && o.stopped == nil && !o.moving() {
		if o.breached == 0 && o.now == o.due && o.now >= o.opening {
			o.breached, o.breachSeen = max(o.due, o.dueMade), o.now+1
			o.changes = append(o.changes, o.breachSeen)
		}
		counts := o.heldSince < 0 && o.now >= o.start && o.term.open(o.now)
		for _, th := range o.term.alarms {
			need := int64(-1) // from here, in the time that the threshold is in
			switch th.kind {
			case "%":
				need = o.allowed/100*th.n - o.elapsed // whole minutes have no remainder
			case "-":
				need = o.allowed - th.n - o.elapsed
			case "+":
				need = o.allowed + th.n - o.elapsed
			case "-wall":
				need = o.due - th.n - o.now
			case "+wall":
				need = o.due + th.n - o.now
			case "breach":
				if o.breached != 0 && o.breachSeen == o.now+1 && o.rings(th) {
					o.alarm(th, o.breached, o.breachSeen)
				}
				continue
			}
			wall := strings.HasSuffix(th.kind, "wall")
			if need > 0 && need < minute && o.now >= o.start && o.rings(th) && (wall || counts) {
				o.alarm(th, o.now+need, o.now+need)
			}
		}
		if counts {
			o.elapsed += minute
		}
	}
	o.now += minute
}

func (o *oracleClock) state(at int64) ticket.State {
	switch {
	case o.cancelled:
		return ticket.StateCancelled
	case o.responded:
		return ticket.StateStopped
	case o.paused:
		return ticket.StatePaused
	case at < o.start:
		return ticket.StatePending
	}
	return ticket.StateRunning
}

// figures are those of an instant in the minute that the walk has come to, which
// has been settled.
func (o *oracleClock) figures(at int64) oracleFigures {
	if o.stopped != nil {
		f := *o.stopped
		f.state, f.severity = o.state(at), o.severity
		return f
	}
	f := oracleFigures{state: o.state(at), cycle: o.cycle, severity: o.severity, breaches: o.breaches, term: o.term}
	if o.breached != 0 && at >= o.breachSeen {
		f.breached, f.outcome = o.breached, ticket.OutcomeBreached
	}
	if o.term == nil {
		return f
	}
	f.open = o.term.open(at)
	f.start, f.due, f.originalDue, f.allowed, f.elapsed = o.start, o.moved(o.heldSince, at), o.originalDue, o.allowed, o.elapsed
	if f.breached == 0 && at > f.due && at >= o.opening {
		f.breached, f.outcome = max(f.due, o.dueMade), ticket.OutcomeBreached
	}
	if o.heldSince < 0 && at >= o.start && f.open {
		f.elapsed += at - o.now
	}
	f.wall = max(0, at-o.start)
	if at > f.due {
		f.overdue, f.overdueWall = max(0, f.elapsed-f.allowed), at-f.due
	} else {
		f.remaining, f.remainingWall = max(0, f.allowed-f.elapsed), f.due-at
	}
	return f
}

// A commitment, and what happens to it.

type oracleCaseTerm struct {
	hours  int // in clockHours
	target string
	alarms []string
}

type clockCase struct {
	seed, n   uint64
	terms     map[sla.Severity]oracleCaseTerm
	mode      sla.ChangeMode
	reopening sla.ReopenMode
	severity  sla.Severity
	opened    int64
	alarms    []string // for every term
	events    []ticket.Event
}

func (k clockCase) String() string {
	var s strings.Builder
	fmt.Fprintf(&s, "seed %d, case %d: severity %v opened %s, change %v, reopening %v, alarms %q\n",
		k.seed, k.n, k.severity, instant(k.opened).Format(time.RFC3339), k.mode, k.reopening, k.alarms)
	for _, severity := range []sla.Severity{a, b, c} {
		if term, ok := k.terms[severity]; ok {
			fmt.Fprintf(&s, "  %v: %s in %q, %s, alarms %q\n", severity, term.target,
				clockHours[term.hours][1], clockHours[term.hours][0], term.alarms)
		}
	}
	for _, e := range k.events {
		fmt.Fprintf(&s, "  %v\n", e)
	}
	return s.String()
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
		"1m", "7m", "30m", "1h", "90m", "2h", "4h", "8h", "10h", "20h",
		"1bd", "2bd", "3bd", "0bd@close", "0bd@close", "1bd@close", "1bd@12:00", "1bd@09:00", "2bd@24:00", "1bd@00:00",
	}
	clockThresholds = []string{
		"1%", "33%", "50%", "75%", "99%", "100%", "150%", "-10m", "-30m", "-2h", "-1m30s", "+1m", "+30m", "+3h",
		"-30m wall", "-2h wall", "-20h wall", "-1m40s wall", "+1m wall", "+2h wall", "+24h wall", "breach",
	}
	parsedThresholds = map[string]sla.Threshold{}
	oracleThresholds = map[string]oracleThreshold{}
	clockCalendars   []*calendar.Calendar
	clockLocations   = []*time.Location{time.UTC, time.FixedZone("+05:45", 20700)}
)

var prepareClocks = sync.OnceFunc(func() {
	for _, text := range clockThresholds {
		for _, text := range []string{text, text + " in hours"} {
			th, err := sla.ParseThreshold(text)
			if err != nil {
				panic(err)
			}
			parsedThresholds[text], oracleThresholds[text] = th, parseOracleThreshold(text)
		}
	}
	for _, hours := range clockHours {
		calendar := calendar.Must(calendar.New(hours[0], hours[1]))
		clockCalendars = append(clockCalendars, calendar)
		clockLocations = append(clockLocations, calendar.Zone())
	}
})

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

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

func (w *oracleWorker) oracle(k clockCase) *oracleClock {
	terms := map[sla.Severity]*oracleTerm{}
	for severity, term := range k.terms {
		target, err := sla.ParseTarget(term.target)
		if err != nil {
			panic(err)
		}
		t := &oracleTerm{oracleHours: w.hours[term.hours], target: target}
		if d, err := time.ParseDuration(term.target); err == nil {
			t.span = int64(d)
		}
		for _, text := range slices.Concat(term.alarms, k.alarms) {
			t.alarms = append(t.alarms, oracleThresholds[text])
		}
		terms[severity] = t
	}
	return newOracleClock(terms, k.mode, k.reopening, k.severity, k.opened)
}

// lastOf returns the instant of the event before a wrong one, as its error says it.
func lastOf(why *ticket.EventError) int64 {
	_, text, _ := strings.Cut(why.Error(), " was at ")
	at, err := time.Parse(time.RFC3339Nano, strings.TrimSuffix(text, ")"))
	if err != nil {
		return -1
	}
	return at.UnixNano()
}

// makeCase makes a case. It has an oracle follow along, so that events can be at the
// instants that matter.
func (w *oracleWorker) makeCase(seed, n uint64) clockCase {
	r := rand.New(rand.NewPCG(seed, n))
	k := clockCase{
		seed: seed, n: n, terms: map[sla.Severity]oracleCaseTerm{},
		mode: []sla.ChangeMode{sla.ChangeFromOpening, sla.ChangeCarryElapsed, sla.ChangeRestart}[r.IntN(3)], reopening: []sla.ReopenMode{sla.ReopenContinue, sla.ReopenNewCycle, sla.ReopenIgnore}[r.IntN(5)%3],
	}
	thresholds := func(most int) (list []string) {
		for range r.IntN(most + 1) {
			text := pick(r, clockThresholds)
			if r.IntN(3) == 0 {
				text += " in hours"
			}
			if !slices.Contains(list, text) {
				list = append(list, text)
			}
		}
		return list
	}
	severities := []sla.Severity{a, b, c}
	r.Shuffle(3, func(i, j int) { severities[i], severities[j] = severities[j], severities[i] })
	k.severity = severities[0]
	if r.IntN(3) == 0 {
		severities = severities[:2]
	}
	hours := r.IntN(len(clockHours))
	for _, severity := range severities {
		if r.IntN(2) == 0 {
			hours = r.IntN(len(clockHours))
		}
		k.terms[severity] = oracleCaseTerm{hours, pick(r, clockTargets), thresholds(4)}
	}
	k.alarms = thresholds(3)

	first := w.hours[k.terms[k.severity].hours]
	change := pick(r, clockAnchors)
	for change[0] != first.calendar.Zone().String() && r.IntN(8) > 0 {
		change = pick(r, clockAnchors)
	}
	anchor, err := time.Parse(time.RFC3339, change[1])
	if err != nil {
		panic(err)
	}
	k.opened = w.near(r, first, anchor.UnixNano()+pick(r, []int64{r.Int64N(8*24*60) - 4*24*60, r.Int64N(4*60) - 2*60})*minute)

	o := w.oracle(k)
	for range r.IntN(11) {
		at := o.last
		f := o.figures(max(o.now, o.last))
		hours := first
		if f.term != nil {
			hours = f.term.oracleHours
		}
		switch r.IntN(8) {
		case 0: // again
		case 1: // at what would be the due time under another term, or again
			if term := o.terms[pick(r, []sla.Severity{a, b, c})]; term != nil {
				at, _ = term.due(term.firstOpen(o.opening))
			}
		case 2, 3: // at the due time, or at what alarms hang on
			at = f.due - f.due%minute
			switch r.IntN(5) {
			case 0:
				at = f.start
			case 1:
				at -= pick(r, []int64{-120, -30, -1, 1, 10, 30, 120}) * minute
			case 2:
				if f.term != nil {
					at = f.term.add(f.start, f.allowed/2)
					at -= at % minute
				}
			}
		case 4, 5: // near a closing or an opening
			at = w.near(r, hours, at+r.Int64N(2*24*60)*minute)
		case 6:
			at += r.Int64N(120) * minute
		case 7:
			at += r.Int64N(3*24*60) * minute
		}
		if at > o.last+12*24*60*minute {
			at = o.last + minute
		}
		e := ticket.Event{Kind: pick(r, []ticket.EventKind{
			ticket.Paused, ticket.Paused, ticket.Resumed, ticket.Resumed, ticket.Responded, ticket.Responded,
			ticket.SeverityChanged, ticket.SeverityChanged, ticket.SeverityChanged, ticket.Reopened, ticket.Reopened, ticket.Cancelled,
		})}
		if e.Kind == ticket.Cancelled && r.IntN(3) > 0 {
			e.Kind = ticket.SeverityChanged
		}
		if n := len(k.events); n > 0 && r.IntN(10) == 0 { // back at once
			if back := map[ticket.EventKind]ticket.EventKind{
				ticket.Paused: ticket.Resumed, ticket.Resumed: ticket.Paused, ticket.Responded: ticket.Reopened, ticket.Reopened: ticket.Responded,
			}[k.events[n-1].Kind]; back != "" {
				at, e.Kind = o.last, back
			}
		}
		if e.Kind == ticket.SeverityChanged {
			e.Severity = pick(r, []sla.Severity{a, b, c})
		}
		e.At = instant(max(at, o.last)).In(pick(r, clockLocations))
		if r.IntN(30) == 0 {
			e.At = instant(o.last - 1)
		}
		if r.IntN(30) == 0 {
			e.Severity = b
		}
		// Most of those that cannot be are left out, as they say little.
		if len(o.faults(e)) == 0 {
			o.walkTo(e.At.UnixNano())
			o.apply(e)
		} else if r.IntN(4) > 0 {
			continue
		}
		k.events = append(k.events, e)
	}
	return k
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

func (o *oracleClock) walkTo(at int64) {
	for o.now < at {
		o.step()
	}
}

// check compares a clock with the oracle, and returns what differs first.
func (w *oracleWorker) check(k clockCase) (difference string) {
	r := rand.New(rand.NewPCG(k.seed, ^k.n))
	defer func() {
		if p := recover(); p != nil {
			trace := make([]byte, 3000)
			difference = fmt.Sprintf("panic: %v\n%s", p, trace[:runtime.Stack(trace, false)])
		}
	}()

	policy := sla.Policy{Moniker: "acme", Courses: []sla.Course{{Change: k.mode, Reopening: k.reopening}}}
	for _, severity := range []sla.Severity{a, b, c} {
		if term, ok := k.terms[severity]; ok {
			target, err := sla.ParseTarget(term.target)
			if err != nil {
				return err.Error()
			}
			made := sla.Term{Categories: only(technical), Severities: only(severity), Target: target, Calendar: clockCalendars[term.hours]}
			for _, text := range term.alarms {
				made.Thresholds = append(made.Thresholds, parsedThresholds[text])
			}
			policy.Terms = append(policy.Terms, made)
		}
	}
	catalog, err := sla.NewCatalog("oracle", policy)
	if err != nil {
		return err.Error()
	}
	request := sla.Request{Moniker: "acme", Category: technical, Severity: k.severity, Opened: instant(k.opened)}
	if _, err := catalog.Deadline(request); err != nil {
		return err.Error()
	}
	var list []sla.Threshold
	for _, text := range k.alarms {
		list = append(list, parsedThresholds[text])
	}
	plain, err := ticket.NewClock(catalog, request)
	if err != nil {
		return err.Error()
	}
	clock, err := plain.WithThresholds(list...)
	if err != nil {
		return err.Error()
	}

	// The first walk applies the events, and says which instants matter.
	o := w.oracle(k)
	clocks := []ticket.Clock{clock} // after each event
	var events []ticket.Event
	matters := []int64{k.opened, o.start, o.due}
	for _, e := range k.events {
		after, err := clock.Apply(e)
		faults := o.faults(e)
		var why *ticket.EventError
		switch {
		case len(faults) == 0 && err != nil:
			return fmt.Sprintf("%v: the error is %v", e, err)
		case len(faults) > 0 && err == nil:
			return fmt.Sprintf("%v: no error, but want %v", e, faults)
		case len(faults) > 0:
			if !errors.As(err, &why) || !slices.ContainsFunc(faults, func(f error) bool { return errors.Is(err, f) || why.Err.Error() == f.Error() }) {
				return fmt.Sprintf("%v: want %v, but the error is %v", e, faults, err)
			}
			if why.Index != 0 || why.Event != e || lastOf(why) != o.last {
				return fmt.Sprintf("%v: the error has %+v", e, *why)
			}
			if _, err := clocks[0].Apply(append(slices.Clone(events), e)...); !errors.As(err, &why) || why.Index != len(events) {
				return fmt.Sprintf("%v: applied with those before, the error is %v", e, err)
			}
			if !slices.Equal(after.Events(), events) {
				return fmt.Sprintf("%v: is refused, but changes the clock", e)
			}
		default:
			events, clocks = append(events, e), append(clocks, after)
			o.walkTo(e.At.UnixNano())
			o.apply(e)
			f := o.figures(o.now)
			matters = append(matters, o.now, f.due-f.due%minute, max(f.start, 0))
		}
		clock = after
	}
	together, err := plain.Apply(events...)
	if err == nil {
		together, err = together.WithThresholds(list...)
	}
	if err != nil {
		return fmt.Sprintf("all events together: %v", err)
	}
	if !slices.Equal(clock.Events(), events) || !slices.Equal(together.Events(), events) {
		return fmt.Sprintf("the clock has %v", clock.Events())
	}
	end := o.now
	if f := o.figures(o.now); f.term != nil {
		end = max(end, min(f.due, end+20*24*60*minute))
	}
	end += 4 * 24 * 60 * minute
	end -= end % minute
	o.walkTo(end)
	for _, a := range o.alarms {
		matters = append(matters, a.at, a.seen)
	}
	slices.Sort(o.changes)
	changes := o.changes

	// The second one asks.
	var asks []int64
	for range 40 {
		at := pick(r, matters)
		switch r.IntN(5) {
		case 0:
			at = k.opened + r.Int64N((end-k.opened)/minute)*minute
		case 1:
			at = pick(r, changes)
		}
		at += pick(r, []int64{0, 0, 0, 1, 1, -1, -1, minute, -minute, r.Int64N(minute), -r.Int64N(minute)})
		if at >= k.opened-2*60*minute && at < end {
			asks = append(asks, at)
		}
	}
	slices.Sort(asks)
	o = w.oracle(k)
	rest := events
	var before []ticket.Alarm
	for _, at := range slices.Compact(asks) {
		for len(rest) > 0 && rest[0].At.UnixNano() <= at {
			o.walkTo(rest[0].At.UnixNano())
			o.apply(rest[0])
			rest = rest[1:]
		}
		o.walkTo(at - at%minute)
		o.settle()
		// A clock without the later events says the same, until the next of them.
		ask, until := pick(r, []ticket.Clock{clock, together}), end
		if len(rest) > 0 && r.IntN(2) == 0 {
			ask, until = clocks[len(events)-len(rest)], rest[0].At.UnixNano()
		}
		now := instant(at).In(pick(r, clockLocations))
		w.asked++

		if s := w.status(o.figures(at), ask.At(now), now); s != "" {
			return s
		}
		alarms := ask.Alarms(now)
		// Those of this minute that come after at are known only after a step.
		ahead := *o
		ahead.alarms, ahead.changes, ahead.holds = slices.Clone(o.alarms), nil, slices.Clone(o.holds)
		if at > o.now {
			ahead.step()
		}
		if s := w.alarms(ahead.alarms, alarms, now); s != "" {
			return s
		}
		if len(alarms) < len(before) {
			return fmt.Sprintf("at %s: alarms %v, but %v before", stamp(now), alarms, before)
		}
		for i := range before {
			if before[i].Key() != alarms[i].Key() || !before[i].At.Equal(alarms[i].At) || !before[i].Due.Equal(alarms[i].Due) {
				return fmt.Sprintf("at %s: alarms %v, but %v before", stamp(now), alarms, before)
			}
		}
		before = alarms

		w.figures++
		i, _ := slices.BinarySearch(changes, at+1)
		next, ok := ask.Next(now)
		switch {
		case ok && next.Location() != now.Location():
			return fmt.Sprintf("after %s: next is in %v", stamp(now), next.Location())
		case i < len(changes) && changes[i] < until:
			if !ok || next.UnixNano() != changes[i] {
				return fmt.Sprintf("after %s: next is %s, %t; want %s", stamp(now), stamp(next), ok, stamp(instant(changes[i])))
			}
		case ok && (next.UnixNano() < until || o.stopped != nil || o.term == nil):
			return fmt.Sprintf("after %s: next is %s; want none before %s", stamp(now), stamp(next), stamp(instant(until)))
		}
	}
	return ""
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return "none"
	}
	return t.UTC().Format("2006-01-02T15:04:05.999999999Z")
}

// status returns how a status differs from the oracle's figures.
func (w *oracleWorker) status(f oracleFigures, st ticket.Status, now time.Time) string {
	var wrong []string
	same := func(name string, want, got any) {
		w.figures++
		if want != got {
			wrong = append(wrong, fmt.Sprintf("%s: want %v, the clock has %v", name, want, got))
		}
	}
	sameTime := func(name string, want int64, got time.Time) {
		text := "none"
		if want != 0 {
			text = stamp(instant(want))
		}
		same(name, text, stamp(got))
		if !got.IsZero() && got.Location() != now.Location() {
			wrong = append(wrong, name+" is in "+got.Location().String())
		}
	}
	sameTime("At", now.UnixNano(), st.At)
	same("State", f.state, st.State)
	same("Outcome", cmp.Or(f.outcome, ticket.OutcomeOpen), st.Outcome)
	same("Cycle", f.cycle, st.Cycle)
	same("Severity", f.severity, st.Severity)
	same("Breaches", f.breaches, st.Breaches)
	sameTime("BreachedAt", f.breached, st.BreachedAt)
	if f.term == nil {
		var why sla.TermError
		if !errors.As(st.Err, &why) || !errors.Is(st.Err, sla.ErrNoCommitment) {
			wrong = append(wrong, fmt.Sprintf("Err: want a TermError, the clock has %v", st.Err))
		}
	} else {
		same("Err", error(nil), st.Err)
		same("Target", f.term.target.String(), st.Target.String())
		sameTime("Start", f.start, st.Start)
		sameTime("Due", f.due, st.Due)
		sameTime("OriginalDue", f.originalDue, st.OriginalDue)
		same("Allowed", time.Duration(f.allowed), st.TargetTime)
		same("Elapsed", time.Duration(f.elapsed), st.Elapsed)
		same("WallElapsed", time.Duration(f.wall), st.WallElapsed)
		same("Remaining", time.Duration(f.remaining), st.Remaining)
		same("WallRemaining", time.Duration(f.remainingWall), st.WallRemaining)
		same("Overdue", time.Duration(f.overdue), st.Overdue)
		same("WallOverdue", time.Duration(f.overdueWall), st.WallOverdue)
		same("WithinHours", f.open, st.Open)
		same("Provisional", false, st.Provisional)
		if f.allowed > 0 {
			same("Used", float64(f.elapsed)/float64(f.allowed), st.ElapsedShare)
		}
	}
	if wrong == nil {
		return ""
	}
	return "at " + stamp(now) + ":\n    " + strings.Join(wrong, "\n    ")
}

// alarms returns how alarms differ from the oracle's. The oracle has no order for
// those of one instant.
func (w *oracleWorker) alarms(want []oracleAlarm, got []ticket.Alarm, now time.Time) string {
	var wanted, gotten []string
	for _, a := range want {
		if a.seen <= now.UnixNano() {
			wanted = append(wanted, fmt.Sprint(a.cycle, "/", a.text)+" at "+stamp(instant(a.at))+" due "+stamp(instant(a.due)))
		}
	}
	for i, a := range got {
		gotten = append(gotten, a.Key()+" at "+stamp(a.At)+" due "+stamp(a.Due))
		if a.At.Location() != now.Location() || a.Due.Location() != now.Location() {
			return "at " + stamp(now) + ": alarms are in " + a.At.Location().String()
		}
		if i > 0 && a.At.Before(got[i-1].At) {
			return fmt.Sprintf("at %s: alarms are not in order: %v", stamp(now), gotten)
		}
	}
	slices.Sort(wanted)
	slices.Sort(gotten)
	w.figures += int64(len(wanted)) + 1
	if slices.Equal(wanted, gotten) {
		return ""
	}
	return fmt.Sprintf("at %s: alarms\n    want          %q\n    the clock has %q", stamp(now), wanted, gotten)
}

// shrink leaves out what a difference does not need.
func (w *oracleWorker) shrink(k clockCase) clockCase {
	for smaller := true; smaller; {
		smaller = false
		try := func(next clockCase) bool {
			if w.check(next) == "" {
				return false
			}
			k, smaller = next, true
			return true
		}
		for i := len(k.events) - 1; i >= 0; i-- {
			next := k
			next.events = slices.Delete(slices.Clone(k.events), i, i+1)
			try(next)
		}
		for i := len(k.alarms) - 1; i >= 0; i-- {
			next := k
			next.alarms = slices.Delete(slices.Clone(k.alarms), i, i+1)
			try(next)
		}
		for _, severity := range []sla.Severity{a, b, c} {
			for i := len(k.terms[severity].alarms) - 1; i >= 0; i-- {
				next := k
				next.terms = map[sla.Severity]oracleCaseTerm{}
				for s, term := range k.terms {
					if s == severity {
						term.alarms = slices.Delete(slices.Clone(term.alarms), i, i+1)
					}
					next.terms[s] = term
				}
				try(next)
			}
		}
	}
	return k
}

// TestClockAgainstOracle compares clocks with an oracle that walks from minute to
// minute, for random terms and random events.
func TestClockAgainstOracle(t *testing.T) {
	cases := uint64(sampled(500, 12_000))
	seed := newSeed()
	const most = 5 // differences to report
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
	t.Logf("seed %d: %d figures compared, at %d instants", seed, figures.Load(), asked.Load())
}
