package ticket_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/slow"
	"github.com/duetime/duetime/sla/ticket"
)

// The oracle walks from minute to minute. It asks a calendar only whether it is open, and
// package slow for due times without pauses. All events are on whole minutes, and
// so are clock changes in the zones and years used. Within a minute, every figure
// stands still or runs with the time, except for breaches: they begin one nanosecond
// after a due time. Instants are nanoseconds since 1970.

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

// between returns the business time from one instant to another, and 0 if to is not
// after from.
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
	every   int64  // of a repeating threshold, else 0
	inHours bool
}

// mostRepeats is how often a repeating threshold is reached in a cycle at most, and
// mostClockRepeats after how many repeats of the cycles before a cycle repeats none.
const mostRepeats, mostClockRepeats = 100, 500

func parseOracleThreshold(text string) oracleThreshold {
	th := oracleThreshold{text: text}
	s, inHours := strings.CutSuffix(text, " in hours")
	th.inHours = inHours
	s, every, repeats := strings.Cut(s, " every ")
	if repeats {
		th.every = nanoseconds(every)
	}
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
		th.kind, th.n = s[:1], nanoseconds(s[1:])
		if wall {
			th.kind += "wall"
		}
	}
	return th
}

func nanoseconds(text string) int64 {
	d, err := time.ParseDuration(text)
	if err != nil {
		panic(err)
	}
	return int64(d)
}

// oracleTerm is a term in the hours of a country.
type oracleTerm struct {
	*oracleHours
	target     string
	thresholds []oracleThreshold
}

// due returns when the target is due for a clock that counts from an instant, when the clock
// starts, and the side of the target that holds.
func (t *oracleTerm) due(from int64) (side string, start, due int64) {
	hours := slow.Hours{Calendar: t.calendar, Open: func(minute time.Time) bool { return t.open(minute.UnixNano()) }}
	side, begin, end := hours.Target(t.target, instant(from))
	return side, begin.UnixNano(), end.UnixNano()
}

// sameTerm reports whether two terms judge alike (R17). Nil is no term.
func sameTerm(a, b *oracleTerm) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.oracleHours == b.oracleHours && a.target == b.target && slices.Equal(a.thresholds, b.thresholds)
}

type oracleAlarm struct {
	cycle      int
	countsFrom int64
	text       string
	number     int
	at, due    int64
	seen       int64 // the first instant at which it has been reached: of a breach, after at
}

func (a oracleAlarm) key(m sla.Metric) string {
	key := fmt.Sprintf("%s/%s/%s", m, instant(a.countsFrom).Format(time.RFC3339Nano), a.text)
	if a.number > 1 {
		key += fmt.Sprintf("/%d", a.number)
	}
	return key
}

// oracleFigures is what the oracle says of a clock at an instant.
type oracleFigures struct {
	state    ticket.State
	outcome  ticket.Outcome
	cycle    int
	breaches int
	breached int64 // or 0
	term     *oracleTerm
	side     string // of its target

	start, due, originalDue  int64
	allowed, elapsed, wall   int64
	remaining, remainingWall int64
	overdue, overdueWall     int64
	paused, pausedWall, age  int64
	open                     bool
}

// oracleClock is stepped from minute to minute. Its due time is moved on by the holds
// that have ended. A hold is time that does not count: a pause, or the time between a
// stop and a continued cycle.
type oracleClock struct {
	course sla.Course  // in force
	offer  *oracleTerm // for the request as it is now; the next cycle takes it
	opened int64       // of the ticket

	now       int64 // a whole minute
	idle      bool
	paused    bool           // the status of the ticket is a pausing one
	stopped   *oracleFigures // of the instant of the stop or the cancellation
	cancelled bool
	muted     bool // reaches nothing
	again     bool // walks its cycle again

	cycle, breaches int
	resets          int // by its own due time, in all
	countsFrom      int64
	byDue           bool // the cycle begins by the due time of the one before
	bornAfter       bool // the cycle is there from one nanosecond after countsFrom on
	term            *oracleTerm
	side            string // of its target
	start           int64  // or -1
	due, allowed    int64
	originalDue     int64 // or 0
	dueMade         int64 // the event that made the due time what it is
	elapsed         int64
	pausedTime      int64
	pauses          [][2]int64 // of the cycle, in minutes that have been walked
	heldSince       int64      // or -1
	holdBegan       int64      // before heldSince, if time used was carried since
	holds           [][2]int64 // of the cycle, ended
	breached        int64      // the instant to report, or 0
	breachSeen      int64      // the first instant at which it is breached

	moment int          // counts the changes and words told to the clock
	began  *oracleClock // as it was when the cycle began
	log    []oracleStep // since then

	alarms  []oracleAlarm
	reached map[string]int  // how often each threshold was reached since countsFrom
	repeats int             // of the cycles before
	cycles  []oracleFigures // those that are over
	changes []int64         // instants at which the status changes
	shown   ticket.State    // of the minute before
}

// oracleStep is what an event does to a clock within its cycle.
type oracleStep struct {
	at     int64
	moment int
	what   string // "pause", "go on", "stop", "continue" or "course"
	course sla.Course
}

// copy returns a clock that can be walked without changing o.
func (o *oracleClock) copy() *oracleClock {
	c := *o
	c.pauses, c.holds, c.log = slices.Clone(o.pauses), slices.Clone(o.holds), slices.Clone(o.log)
	c.reached = maps.Clone(o.reached)
	c.alarms, c.cycles, c.changes = slices.Clip(o.alarms), slices.Clip(o.cycles), slices.Clip(o.changes)
	return &c
}

func newOracleClock(course sla.Course, offer *oracleTerm, opened int64) *oracleClock {
	o := &oracleClock{course: course, offer: offer, opened: opened, now: opened - 3*60*minute, idle: true, heldSince: -1}
	if startsByOpening(course) {
		o.begin(opened)
	}
	return o
}

func startsByOpening(c sla.Course) bool {
	return len(c.Start) == 0 || slices.Contains(c.Start, "opened")
}

func (o *oracleClock) note(at int64) { o.changes = append(o.changes, at) }

func (o *oracleClock) held() bool { return o.paused || o.stopped != nil }

// counts reports whether the clock can reach anything.
func (o *oracleClock) counts() bool {
	return !o.idle && o.stopped == nil && !o.muted && o.term != nil
}

// moving reports whether the due time moves on with the time. It cannot be passed
// then, and nothing else is reached while the clock is held.
func (o *oracleClock) moving() bool { return o.heldSince >= 0 && o.heldSince < o.due }

// ownDue reports whether the clock resets itself when its due time has passed.
func (o *oracleClock) ownDue() bool {
	return slices.Contains(o.course.Reset, "due") && o.resets < 256 && !o.again
}

// seen returns the first instant in the minute at which the cycle is there.
func (o *oracleClock) seen() int64 {
	if o.bornAfter && o.now == o.countsFrom {
		return o.now + 1
	}
	return o.now
}

// begin begins a cycle that counts from an instant.
func (o *oracleClock) begin(at int64) {
	o.idle, o.stopped = false, nil
	o.cycle++
	o.countsFrom, o.bornAfter, o.byDue = at, false, false
	o.reached, o.repeats = map[string]int{}, 0
	for _, a := range o.alarms { // cycles that count from one instant share what was reached
		if a.countsFrom == at {
			o.reached[a.text]++
		} else if a.number > 1 {
			o.repeats++
		}
	}
	o.count()
	o.began, o.log = nil, nil
	o.began = o.copy()
}

// count counts a cycle from its beginning under the term for the request. A pause that
// goes on begins anew with it.
func (o *oracleClock) count() {
	o.originalDue, o.breached, o.holds, o.pauses = 0, 0, nil, nil
	o.heldSince = -1
	if o.held() {
		o.heldSince, o.holdBegan = o.countsFrom, o.countsFrom
	}
	o.fromOpening(o.countsFrom)
}

// end ends a cycle. Its outcome is breached, or the one given, or open without a term.
func (o *oracleClock) end(outcome ticket.Outcome) {
	f := o.figures(o.now)
	switch {
	case o.breached != 0:
		f.outcome, f.breached = ticket.OutcomeBreached, o.breached
		o.breaches++
	case o.stopped != nil:
	case o.term != nil || outcome == ticket.OutcomeSuperseded:
		f.outcome = outcome
	}
	f.state = ticket.StateStopped
	o.cycles = append(o.cycles, f)
}

// fromOpening computes the cycle anew under the term for the request, with the holds
// that it has had.
func (o *oracleClock) fromOpening(at int64) {
	o.term, o.dueMade = o.offer, at
	o.start, o.elapsed, o.pausedTime = -1, 0, 0
	if o.heldSince >= 0 {
		o.heldSince = o.holdBegan
	}
	if o.term == nil {
		return
	}
	o.side, o.start, o.due = o.term.due(o.countsFrom)
	o.allowed = o.between(o.start, o.due)
	if o.originalDue == 0 {
		o.originalDue = o.due
	}
	for _, hold := range o.holds {
		o.due = o.moved(hold[0], hold[1])
	}
	for m := o.start; m < at; m += minute {
		counts := (o.isWall() || o.term.open(m)) && (o.heldSince < 0 || m < o.heldSince)
		for _, hold := range o.holds {
			counts = counts && (m < hold[0] || m >= hold[1])
		}
		if counts {
			o.elapsed += minute
		}
	}
	for _, pause := range o.pauses {
		o.pausedTime += o.between(pause[0], pause[1])
	}
}

// isWall reports whether the target is in real time.
func (o *oracleClock) isWall() bool { return strings.HasSuffix(o.side, " wall") }

// between returns the time that counts for the target: business time, or the real time since
// the start.
func (o *oracleClock) between(from, to int64) int64 {
	if o.isWall() {
		return max(0, to-max(from, o.start))
	}
	return o.term.between(from, to)
}

// carry goes on under the term for the request with the time used before. The start
// that is shown stays, if it is past. The holds before are in that time.
func (o *oracleClock) carry(at int64) {
	o.term, o.dueMade = o.offer, at
	if at <= o.start {
		o.start = -1
	}
	if o.held() {
		o.heldSince = at
	}
	if o.term == nil {
		return
	}
	side, from, due := o.term.due(at)
	if o.side = side; o.start < 0 {
		o.start = from
	}
	o.due, o.allowed = due, o.term.between(from, due)
	if o.isWall() {
		o.allowed = due - from
	}
	if o.originalDue == 0 {
		o.originalDue = o.due
	}
	switch {
	case o.elapsed >= o.allowed && o.elapsed > 0:
		o.due, o.allowed = at, o.elapsed
	case o.isWall(): // a clock that has started goes on at once
		o.due = max(at, o.start) + o.allowed - o.elapsed
	case !strings.Contains(side, "d"):
		o.due = o.term.add(from, o.allowed-o.elapsed)
	default:
		o.due = o.term.add(o.due, -o.elapsed)
	}
}

// replace judges the cycle as if the term for the request had held from where the cycle
// counts. It walks the cycle again. A due time that has passed is one that the change
// made so: the clock resets itself at the change, if it does.
func (o *oracleClock) replace() {
	now, moment, offer, log, changes := o.now, o.moment, o.offer, o.log, o.changes
	*o = *o.began.copy()
	o.offer = offer
	o.count()
	o.began = o.copy()
	o.again = true
	for _, s := range log {
		if s.moment != o.moment { // what one word does, it does at once
			o.walkTo(s.at)
			o.settle()
		}
		o.moment = s.moment
		o.do(s)
	}
	o.walkTo(now)
	o.moment = moment
	o.changes, o.again = changes, false
}

// moved returns the due time after a hold of [from, to).
func (o *oracleClock) moved(from, to int64) int64 {
	if from < 0 || from >= o.due {
		return o.due
	}
	if o.isWall() {
		return o.due + o.between(from, to)
	}
	due := o.term.add(o.due, o.between(from, to))
	if due < to {
		due = o.term.firstOpen(to)
	}
	return due
}

// do does what an event does to a clock within its cycle.
func (o *oracleClock) do(s oracleStep) {
	s.at, s.moment = o.now, o.moment
	o.log = append(o.log, s)
	switch s.what {
	case "pause":
		o.paused = true
		o.hold()
	case "go on":
		o.paused = false
		o.release()
	case "stop":
		if o.stopped != nil {
			break
		}
		f := o.figures(o.now)
		if f.outcome == ticket.OutcomeOpen && o.term != nil {
			f.outcome = ticket.OutcomeMet
		}
		o.stopped = &f
		o.hold()
	case "continue":
		o.stopped, o.dueMade = nil, o.now
		o.release()
	case "course":
		o.course = s.course
	}
}

func (o *oracleClock) hold() {
	if o.heldSince < 0 && !o.idle {
		o.heldSince, o.holdBegan = o.now, o.now
	}
}

// release ends a hold, if nothing else holds the clock.
func (o *oracleClock) release() {
	if o.held() || o.heldSince < 0 {
		return
	}
	if o.term != nil {
		o.due = o.moved(o.heldSince, o.now)
	}
	o.holds = append(o.holds, [2]int64{o.holdBegan, o.now})
	o.heldSince = -1
}

func (o *oracleClock) happen(what string) { o.do(oracleStep{what: what}) }

// pauseBy pauses the clock or lets it go on, by the status of the ticket.
func (o *oracleClock) pauseBy(status string) {
	switch pauses := slices.Contains(o.course.Pause, status); {
	case pauses && !o.paused:
		o.happen("pause")
	case !pauses && o.paused:
		o.happen("go on")
	}
}

// tell takes a word (R15). Before is the status before it; of a happening, the word is
// no status.
func (o *oracleClock) tell(word, before string, isStatus bool) {
	runs := func() bool { return !o.idle && o.stopped == nil }
	if slices.Contains(o.course.Stop, word) && runs() {
		o.happen("stop")
	}
	if slices.Contains(o.course.Reset, word) && runs() {
		o.end(ticket.OutcomeMet)
		o.begin(o.now)
	}
	starts := slices.Contains(o.course.Start, word)
	leaves := isStatus && len(o.course.Start) == 0 &&
		slices.Contains(o.course.Stop, before) && !slices.Contains(o.course.Stop, word)
	switch {
	case starts && o.idle:
		o.begin(o.now)
	case (starts || leaves) && o.stopped != nil:
		if isStatus && slices.Contains(o.course.Pause, word) && !o.paused {
			o.happen("pause") // the hold goes on
		}
		o.reopen()
	}
	if isStatus {
		o.pauseBy(word)
	}
}

func (o *oracleClock) reopen() {
	switch o.course.Reopening {
	case sla.ReopenContinue:
		o.happen("continue")
	case sla.ReopenNewCycle:
		o.end(o.stopped.outcome)
		o.begin(o.now)
	}
}

// cancel ends the clock, if it is not idle or stopped.
func (o *oracleClock) cancel() {
	if o.idle || o.stopped != nil {
		return
	}
	f := o.figures(o.now)
	o.stopped, o.cancelled = &f, true
}

// change takes the term for the request as it is now, and the course after a change,
// under a status.
func (o *oracleClock) change(offer *oracleTerm, course sla.Course, status string) {
	mode := o.course.Change
	o.offer = offer
	if !o.idle && o.stopped == nil && !sameTerm(offer, o.term) {
		switch mode {
		case sla.ChangeFromOpening:
			o.fromOpening(o.now)
		case sla.ChangeCarryElapsed:
			o.carry(o.now)
		case sla.ChangeRestart:
			o.end(ticket.OutcomeSuperseded)
			o.begin(o.now)
		case sla.ChangeReplace:
			o.replace()
		default:
			panic("no mode")
		}
	}
	o.do(oracleStep{what: "course", course: course})
	o.pauseBy(status)
}

// settle sees to what is reached at the minute that the walk has come to. Doing so
// again at the same minute changes nothing.
func (o *oracleClock) settle() {
	for {
		o.reach()
		if !o.counts() || o.moving() || !o.ownDue() || o.now <= o.due || o.now < o.countsFrom {
			break
		}
		o.resetItself(o.bornAfter && o.now == o.countsFrom)
	}
	if state := o.state(o.now); state != o.shown {
		o.note(o.seen())
		o.shown = state
	}
}

// resetItself ends the cycle, whose due time has passed, and begins the next at the
// minute that the walk has come to, or one nanosecond after it.
func (o *oracleClock) resetItself(after bool) {
	o.resets++
	o.end(ticket.OutcomeBreached)
	o.begin(o.now)
	o.bornAfter, o.began.bornAfter = after, after
	o.byDue, o.began.byDue = true, true
	o.note(o.seen())
}

// reach sees to the breach and the thresholds of the cycle.
func (o *oracleClock) reach() {
	if !o.counts() || o.moving() {
		return
	}
	if o.breached == 0 && o.now > o.due && o.now >= o.countsFrom {
		o.breached, o.breachSeen = max(o.due, o.dueMade), o.seen()
		o.note(o.breachSeen)
	}
	for _, th := range o.term.thresholds {
		for {
			number, more := o.next(th)
			if !more || !o.rings(th) {
				break
			}
			at := o.now
			if th.kind == "breach" {
				if o.breached == 0 || o.breachSeen > o.seen() {
					break
				}
				if o.breachSeen == o.seen() {
					at = o.breached
				}
			} else if need, _ := o.need(th, number); need > 0 || o.now < o.start {
				break
			}
			o.alarm(th, at, o.seen())
		}
	}
}

// need returns how much time is missing until a threshold is reached, and whether that
// is wall time.
func (o *oracleClock) need(th oracleThreshold, number int) (need int64, wall bool) {
	more := int64(number-1) * th.every
	switch th.kind {
	case "%":
		return o.allowed/100*th.n + more - o.elapsed, false // whole minutes have no remainder
	case "-":
		return o.allowed - th.n + more - o.elapsed, false
	case "+":
		return o.allowed + th.n + more - o.elapsed, false
	case "-wall":
		return o.due - th.n + more - o.now, true
	case "+wall":
		return o.due + th.n + more - o.now, true
	}
	panic(th.kind)
}

// rings reports whether a threshold can be reached in this minute. A breach can be
// reached while the clock is held, unless its due time is moving.
func (o *oracleClock) rings(th oracleThreshold) bool {
	return (o.heldSince < 0 || th.kind == "breach") && (!th.inHours || o.term.open(o.now))
}

// next returns the number of a threshold to reach next, and whether there is one.
func (o *oracleClock) next(th oracleThreshold) (number int, ok bool) {
	number = o.reached[th.text] + 1
	return number, number == 1 || th.every > 0 && number <= mostRepeats && !o.byDue && o.repeats < mostClockRepeats
}

// alarm reaches a threshold.
func (o *oracleClock) alarm(th oracleThreshold, at, seen int64) {
	o.reached[th.text]++
	o.alarms = append(o.alarms, oracleAlarm{o.cycle, o.countsFrom, th.text, o.reached[th.text], at, o.due, seen})
	o.note(seen)
}

// after sees to what happens one nanosecond after the minute that the walk has come to.
func (o *oracleClock) after() {
	for o.counts() && !o.moving() && o.now == o.due && o.now >= o.countsFrom {
		if o.breached == 0 {
			o.breached, o.breachSeen = max(o.due, o.dueMade), o.now+1
			o.note(o.breachSeen)
			for _, th := range o.term.thresholds {
				if _, more := o.next(th); more && th.kind == "breach" && o.rings(th) {
					o.alarm(th, o.breached, o.breachSeen)
				}
			}
		}
		if !o.ownDue() {
			return
		}
		o.resetItself(true)
		o.settle()
	}
}

// within sees to the thresholds that are reached between this minute and the next.
func (o *oracleClock) within() {
	if !o.counts() || o.moving() {
		return
	}
	for _, th := range o.term.thresholds {
		if th.kind == "breach" || !o.rings(th) || o.now < o.start {
			continue
		}
		for {
			number, more := o.next(th)
			if !more {
				break
			}
			need, wall := o.need(th, number)
			if need >= minute || !wall && !o.isWall() && !o.term.open(o.now) {
				break
			}
			o.alarm(th, o.now+need, o.now+need)
		}
	}
}

// step goes on to the next minute.
func (o *oracleClock) step() {
	o.settle()
	o.after()
	o.within()
	if !o.idle && o.stopped == nil {
		if o.term != nil && o.heldSince < 0 && o.now >= o.start && (o.isWall() || o.term.open(o.now)) {
			o.elapsed += minute
		}
		if o.paused && o.now >= o.countsFrom {
			if n := len(o.pauses); n > 0 && o.pauses[n-1][1] == o.now {
				o.pauses[n-1][1] += minute
			} else {
				o.pauses = append(o.pauses, [2]int64{o.now, o.now + minute})
			}
			if o.term != nil {
				o.pausedTime += o.between(o.now, o.now+minute)
			}
		}
	}
	o.now += minute
}

func (o *oracleClock) walkTo(at int64) {
	for o.now < at {
		o.step()
	}
}

func (o *oracleClock) state(at int64) ticket.State {
	switch {
	case o.cancelled:
		return ticket.StateCancelled
	case o.idle:
		return ticket.StateIdle
	case o.stopped != nil:
		return ticket.StateStopped
	case o.paused:
		return ticket.StatePaused
	case at < o.start:
		return ticket.StatePending
	}
	return ticket.StateRunning
}

// figures returns those of an instant in the minute that the walk has come to. Later
// than the minute itself, what happens one nanosecond after it must have happened.
func (o *oracleClock) figures(at int64) oracleFigures {
	if o.stopped != nil {
		f := *o.stopped
		f.state = o.state(at)
		return f
	}
	f := oracleFigures{state: o.state(at), outcome: ticket.OutcomeOpen, cycle: o.cycle, breaches: o.breaches, age: max(0, at-o.opened)}
	if o.idle {
		return f
	}
	f.term = o.term
	if o.breached != 0 && at >= o.breachSeen {
		f.breached, f.outcome = o.breached, ticket.OutcomeBreached
	}
	for _, pause := range o.pauses {
		f.pausedWall += pause[1] - pause[0]
	}
	if o.paused && o.now >= o.countsFrom {
		f.pausedWall += at - o.now
	}
	if o.term == nil {
		return f
	}
	f.open, f.side = o.term.open(at), o.side
	f.start, f.due, f.originalDue, f.allowed, f.elapsed = o.start, o.moved(o.heldSince, at), o.originalDue, o.allowed, o.elapsed
	if f.breached == 0 && at > f.due && at >= o.countsFrom {
		f.breached, f.outcome = max(f.due, o.dueMade), ticket.OutcomeBreached
	}
	if o.heldSince < 0 && at >= o.start {
		f.elapsed += o.between(o.now, at)
	}
	f.paused = o.pausedTime
	if o.paused && o.now >= o.countsFrom {
		f.paused += o.between(o.now, at)
	}
	f.wall = max(0, at-o.start)
	if at > f.due {
		f.overdue, f.overdueWall = max(0, f.elapsed-f.allowed), at-f.due
	} else {
		f.remaining, f.remainingWall = max(0, f.allowed-f.elapsed), f.due-at
	}
	return f
}

// oraclePolicy is a policy as it is written down in a case.
type oraclePolicy struct {
	moniker              region.Moniker
	plan                 sla.Plan
	from                 int64 // or 0
	statuses, happenings []string
	courses              []sla.Course
	terms                []oraclePromise
}

// oraclePromise is a term for one severity in one category.
type oraclePromise struct {
	metric     sla.Metric
	category   region.Category
	severity   sla.Severity
	target     string
	hours      int            // in clockHours
	countries  map[string]int // other hours, by country
	thresholds []string
}

// words returns the words that can be told besides "cancelled".
func (p *oraclePolicy) words() (statuses, happenings []string) {
	if p.ownWords() {
		return p.statuses, p.happenings
	}
	return []string{"resolved", "reopened", "paused", "resumed"}, []string{"responded"}
}

func (p *oraclePolicy) ownWords() bool { return p.statuses != nil || p.happenings != nil }

// course returns the course of a metric, filled in.
func (p *oraclePolicy) course(m sla.Metric) sla.Course {
	var own, others, usual sla.Course
	for _, c := range p.courses {
		switch c.Metric {
		case m:
			own = c
		case "":
			others = c
		}
	}
	if !p.ownWords() {
		usual.Stop, usual.Pause = []string{"resolved"}, []string{"paused"}
		if m == sla.FirstResponse || m == sla.NextResponse {
			usual.Stop = []string{"responded"}
		}
	}
	usual.Change = sla.ChangeFromOpening
	switch m {
	case sla.FirstResponse:
		usual.Reopening = sla.ReopenIgnore
	case sla.NextResponse:
		usual.Reopening = sla.ReopenNewCycle
	default:
		usual.Reopening = sla.ReopenContinue
	}
	list := func(lists ...[]string) []string {
		for _, l := range lists {
			if l != nil {
				return l
			}
		}
		return nil
	}
	return sla.Course{
		Metric:    m,
		Start:     list(own.Start, others.Start),
		Stop:      list(own.Stop, others.Stop, usual.Stop),
		Reset:     list(own.Reset, others.Reset),
		Pause:     list(own.Pause, others.Pause, usual.Pause),
		Reopening: cmp.Or(own.Reopening, others.Reopening, usual.Reopening),
		Change:    cmp.Or(own.Change, others.Change, usual.Change),
	}
}

// metrics returns those that the policy has terms for, first-response first.
func (p *oraclePolicy) metrics() (list []sla.Metric) {
	for _, t := range p.terms {
		if !slices.Contains(list, t.metric) {
			list = append(list, t.metric)
		}
	}
	if i := slices.Index(list, sla.FirstResponse); i > 0 {
		list = slices.Insert(slices.Delete(list, i, i+1), 0, sla.FirstResponse)
	}
	return list
}

// oracleTicket walks through the life of a ticket.
type oracleTicket struct {
	hours    []*oracleHours
	policies []*oraclePolicy
	request  sla.Request // as it is now
	only     sla.Metric  // the metric of the request, or "" for all
	opened   int64
	policy   *oraclePolicy

	statuses  []string // that can be told
	status    string   // that holds
	told      []oracleStatus
	cancelled bool

	now     int64
	metrics []sla.Metric // in the order of clocks
	clocks  map[sla.Metric]*oracleClock
	events  []int64 // instants
}

// oracleStatus is a status and since when it holds.
type oracleStatus struct {
	at   int64
	word string
}

func newOracleTicket(hours []*oracleHours, policies []*oraclePolicy, request sla.Request) *oracleTicket {
	t := &oracleTicket{hours: hours, policies: policies, request: request, only: request.Metric, opened: request.Opened.UnixNano()}
	t.now = t.opened - 3*60*minute
	t.policy = t.inForce(t.opened)
	t.statuses, _ = t.policy.words()
	t.clocks = map[sla.Metric]*oracleClock{}
	for _, m := range t.policyMetrics() {
		t.metrics = append(t.metrics, m)
		t.clocks[m] = newOracleClock(t.policy.course(m), t.term(m), t.opened)
	}
	return t
}

// copy returns a ticket that can be walked without changing t.
func (t *oracleTicket) copy() *oracleTicket {
	c := *t
	c.metrics, c.told, c.events = slices.Clip(t.metrics), slices.Clip(t.told), slices.Clip(t.events)
	c.clocks = map[sla.Metric]*oracleClock{}
	for m, o := range t.clocks {
		c.clocks[m] = o.copy()
	}
	return &c
}

func (t *oracleTicket) policyMetrics() []sla.Metric {
	if t.only != "" {
		return []sla.Metric{t.only}
	}
	return t.policy.metrics()
}

// inForce returns the policy of the request's plan in force at an instant.
func (t *oracleTicket) inForce(at int64) (found *oraclePolicy) {
	for _, p := range t.policies {
		if p.moniker == t.request.Moniker && p.plan == t.request.Plan && p.from <= at && (found == nil || p.from > found.from) {
			found = p
		}
	}
	if found == nil {
		panic("no policy")
	}
	return found
}

// usualPlan returns the plan of requests that name none: the one written down first.
func (t *oracleTicket) usualPlan(m region.Moniker) sla.Plan {
	for _, p := range t.policies {
		if p.moniker == m {
			return p.plan
		}
	}
	panic("no plan")
}

// term returns that of the request for a metric, or nil.
func (t *oracleTicket) term(m sla.Metric) *oracleTerm {
	for _, is := range t.policy.terms {
		if is.metric != m || is.category != t.request.Category || is.severity != t.request.Severity {
			continue
		}
		hours := is.hours
		if own, ok := is.countries[t.request.Country]; ok {
			hours = own
		}
		term := &oracleTerm{oracleHours: t.hours[hours], target: is.target}
		for _, text := range is.thresholds {
			term.thresholds = append(term.thresholds, parseOracleThreshold(text))
		}
		return term
	}
	return nil
}

// settle sees to what is reached before the next change or word is told.
func (t *oracleTicket) settle() {
	for _, o := range t.clocks {
		o.settle()
		o.moment++
	}
}

func (t *oracleTicket) walkTo(at int64) {
	for _, o := range t.clocks {
		o.walkTo(at)
	}
	t.now = max(t.now, at)
}

// apply takes an event at the minute that the walk has come to. What the instant
// reaches without the event has been reached before it.
func (t *oracleTicket) apply(e ticket.Event) {
	t.events = append(t.events, t.now)
	t.settle()
	if t.cancelled {
		return
	}
	t.change(e.Change)
	t.settle()
	switch {
	case e.Word == "":
	case e.Word == "cancelled":
		t.cancelled = true
		for _, o := range t.clocks {
			o.cancel()
		}
	case !slices.Contains(t.statuses, e.Word):
		for _, o := range t.clocks {
			o.tell(e.Word, "", false)
		}
	case e.Word != t.status: // the same status again changes nothing
		before := t.status
		t.status = e.Word
		t.told = append(t.told, oracleStatus{t.now, e.Word})
		for _, o := range t.clocks {
			o.tell(e.Word, before, true)
		}
	}
}

func (t *oracleTicket) change(c ticket.Change) {
	was := t.request
	t.request.Severity = cmp.Or(c.Severity, was.Severity)
	t.request.Category = cmp.Or(c.Category, was.Category)
	t.request.Country = cmp.Or(c.Country, was.Country)
	t.request.Plan = cmp.Or(c.Plan, was.Plan)
	if c.Moniker != "" && c.Moniker != was.Moniker {
		t.request.Moniker, t.request.Plan = c.Moniker, cmp.Or(c.Plan, t.usualPlan(c.Moniker))
	}
	if t.request == was {
		return
	}
	if t.request.Plan != was.Plan || t.request.Moniker != was.Moniker {
		t.policy = t.inForce(t.now)
	}
	for m, o := range t.clocks {
		course := t.policy.course(m)
		byItself := len(course.Start) == 0 || slices.Contains(course.Start, "opened")
		if o.idle && byItself && slices.Contains(t.policyMetrics(), m) {
			t.clocks[m] = t.newClock(m) // as if the policy had it anew
			continue
		}
		o.change(t.term(m), course, t.status)
	}
	for _, m := range t.policyMetrics() {
		if t.clocks[m] == nil {
			t.metrics = append(t.metrics, m)
			t.clocks[m] = t.newClock(m)
		}
	}
}

// newClock returns the clock of a metric that a policy has anew. It begins at the
// opening, with the pauses since, but has reached nothing before the change.
func (t *oracleTicket) newClock(m sla.Metric) *oracleClock {
	o := newOracleClock(t.policy.course(m), t.term(m), t.opened)
	if o.idle {
		o.now = t.now
		o.pauseBy(t.status)
		return o
	}
	o.muted = true
	for _, s := range t.told {
		o.walkTo(s.at)
		o.moment++
		o.pauseBy(s.word)
	}
	o.walkTo(t.now)
	o.moment++
	o.muted, o.changes, o.dueMade = false, nil, t.now
	o.settle()
	if slices.Contains(o.course.Stop, t.status) {
		o.happen("stop")
	}
	return o
}

// first returns the clock that is due first of those that are pending or running.
func (t *oracleTicket) first(at int64) (first sla.Metric, due int64) {
	for _, m := range t.metrics {
		f := t.clocks[m].figures(at)
		if f.term != nil && (f.state == ticket.StatePending || f.state == ticket.StateRunning) && (due == 0 || f.due < due) {
			first, due = m, f.due
		}
	}
	return first, due
}

// outcome is that over all cycles of all clocks.
func (t *oracleTicket) outcome(at int64) ticket.Outcome {
	met, breached, open := false, false, false
	for _, o := range t.clocks {
		f := o.figures(at)
		for _, f := range append(slices.Clone(o.cycles), f) {
			met = met || f.outcome == ticket.OutcomeMet
			breached = breached || f.outcome == ticket.OutcomeBreached
		}
		switch f.state {
		case ticket.StatePending, ticket.StateRunning, ticket.StatePaused:
			open = open || f.term != nil
		}
	}
	switch {
	case met && breached:
		return ticket.OutcomePartlyMet
	case breached:
		return ticket.OutcomeBreached
	case met && !open:
		return ticket.OutcomeMet
	}
	return ticket.OutcomeOpen
}
