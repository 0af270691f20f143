package ticket

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/instant"
	"github.com/duetime/duetime/sla/internal/jsontree"
)

// Alarm is a threshold that a clock has reached.
type Alarm struct {
	Metric     sla.Metric
	Cycle      int       // of the clock, from 1
	CountsFrom time.Time // from which instant the cycle counts
	Threshold  sla.Threshold
	Number     int // from 1: how often a threshold that repeats has been reached
	// At is when the threshold was reached: for a breach, the due time, which is
	// the last instant in time. It is never before the event that made it so: where
	// a change finds the threshold behind it, At is the change, but for
	// [sla.ChangeReplace].
	At time.Time
	// Due is the due time as it stood then.
	Due time.Time
}

// Key returns a name for the alarm that no other alarm of the ticket has: the metric, the
// instant from which the cycle counts, and the threshold, such as
// "resolution/2026-03-05T10:00:00Z/50%". From the second time on, the number of a threshold
// that repeats follows: ".../+1h every 1h/2".
func (a Alarm) Key() string {
	key := string(a.Metric) + "/" + a.CountsFrom.UTC().Format(time.RFC3339Nano) + "/" + a.Threshold.String()
	if a.Number > 1 {
		key += "/" + strconv.Itoa(a.Number)
	}
	return key
}

// Alarms returns the alarms that have been reached by now, in their order. Each cycle
// reaches a threshold once: a later due time takes no alarm back, and repeats none. An event
// that is told late can: [Reconcile] tells which. So can [sla.ChangeReplace].
//
// While a clock is paused, it reaches none but the breach of one that was paused too late;
// those that it finds behind it when it goes on are reached then. What is reached at the
// instant of an event, the event does not take back. Times are in now's Location.
func (c Clock) Alarms(now time.Time) []Alarm { return c.alarms(nil, now) }

// alarms adds the alarms of the clock to a list.
func (c Clock) alarms(list []Alarm, now time.Time) []Alarm {
	steps := c.upTo(now)
	most := 0 // without repeats
	for i := range steps {
		end := now
		if i+1 < len(steps) {
			end = steps[i+1].at
		}
		for n := range steps[i].ahead {
			if steps[i].ahead[n].first.After(end) {
				break
			}
			most++
		}
	}
	list = slices.Grow(list, most)
	begin := len(list) // of the last cycle
	first, loc := begin, now.Location()
	var room []aheadAlarm
	for i := range steps {
		st, end := &steps[i], now
		if st.anew {
			list = list[:begin]
			as := steps[i-1].state
			as.rules, as.rule, as.severity = st.rules, st.rule, st.severity
			// It was without an error when the event was told.
			_, _ = relive(as, steps[:i], st.at, func(s *state, t time.Time) { list = s.reach(list, t) })
		}
		if st.first == i {
			begin = len(list)
		}
		if i+1 < len(steps) {
			end = steps[i+1].at
		}
		if s := &st.state; st.looks() {
			list = s.reach(list, end)
		} else {
			own := *s
			own.lookAhead(room)
			list, room = own.reach(list, end), own.ahead
		}
	}
	for i := first; i < len(list); i++ {
		a := &list[i]
		a.Metric = c.metric
		a.CountsFrom, a.At, a.Due = a.CountsFrom.In(loc), a.At.In(loc), a.Due.In(loc)
	}
	return list
}

// Reconcile compares the alarms that a backend has acted on, by their keys, with those that
// are reached. It returns the alarms to act on now, and the keys of those that an event told
// late has withdrawn, in their orders.
func Reconcile(acted []string, reached []Alarm) (due []Alarm, withdrawn []string) {
	before, now := map[string]bool{}, map[string]bool{}
	for _, key := range acted {
		before[key] = true
	}
	for _, a := range reached {
		key := a.Key()
		if !before[key] && !now[key] {
			due = append(due, a)
		}
		now[key] = true
	}
	for _, key := range acted {
		if !now[key] {
			withdrawn = append(withdrawn, key)
		}
		now[key] = true // once
	}
	return due, withdrawn
}

// aheadAlarm is an alarm that a state will reach if nothing else happens.
type aheadAlarm struct {
	threshold int // of the term in force
	number    int // as Alarm.Number
	at        time.Time
	// first is the first instant at which it is reached: at, and of a breach the
	// instant after the due time, which itself is in time.
	first time.Time
}

// alarm returns an alarm ahead of s.
func (s *state) alarm(a *aheadAlarm) Alarm {
	return Alarm{Cycle: s.cycle, CountsFrom: s.from, Threshold: s.term.Thresholds[a.threshold], Number: a.number, At: a.at, Due: s.due}
}

// maxRepeats bounds how often a cycle reaches a threshold that repeats. A cycle that begins
// by a due time reaches it once, as there can be many. So does each cycle of a clock that has
// repeated maxClockRepeats times before.
const (
	maxRepeats      = 100
	maxClockRepeats = 500
)

// times returns how often the cycle has reached a threshold of the term.
func (s *state) times(threshold int) int {
	if n := s.numbers[threshold]; n < len(s.done) {
		return int(s.done[n])
	}
	return 0
}

// mark notes how often the thresholds ahead have been reached by t.
func (s *state) mark(t time.Time) {
	if len(s.ahead) == 0 || s.ahead[0].first.After(t) {
		return
	}
	done := make([]uint8, max(len(s.done), slices.Max(s.numbers)+1))
	copy(done, s.done)
	s.done = done
	for i := range s.ahead {
		a := &s.ahead[i]
		if a.first.After(t) {
			break
		}
		_, times := s.upcoming(a, t)
		done[s.numbers[a.threshold]] = uint8(times)
	}
}

// reach adds the alarms ahead of s that are behind it at now.
func (s *state) reach(list []Alarm, now time.Time) []Alarm {
	n, repeats := 0, false // of those ahead, which are in order
	for ; n < len(s.ahead) && !s.ahead[n].first.After(now); n++ {
		repeats = repeats || s.every(&s.ahead[n]) > 0
	}
	if !repeats {
		list = slices.Grow(list, n)
		for i := range n {
			list = append(list, s.alarm(&s.ahead[i]))
		}
		return list
	}
	var reached []aheadAlarm
	for _, a := range s.ahead[:n] {
		for ok := true; ok && !a.first.After(now); {
			reached = append(reached, a)
			if ok = s.every(&a) > 0; ok {
				a, ok = s.reaches(a.threshold, a.number)
			}
		}
	}
	inOrder(reached)
	list = slices.Grow(list, len(reached))
	for i := range reached {
		list = append(list, s.alarm(&reached[i]))
	}
	return list
}

// inOrder puts alarms in the order in which they are reached.
func inOrder(list []aheadAlarm) {
	slices.SortStableFunc(list, func(a, b aheadAlarm) int {
		if first := a.first.Compare(b.first); first != 0 {
			return first
		}
		return a.at.Compare(b.at)
	})
}

// every returns after how long an alarm ahead repeats, or zero.
func (s *state) every(a *aheadAlarm) time.Duration { return s.term.Thresholds[a.threshold].Every }

// upcoming returns the first alarm after now of a threshold ahead, or a zero one, and how often
// the threshold has been reached by now.
func (s *state) upcoming(a *aheadAlarm, now time.Time) (next aheadAlarm, times int) {
	t := &s.term.Thresholds[a.threshold]
	switch {
	case a.first.After(now):
		return *a, a.number - 1
	case t.Every == 0 || s.repeatsNever():
		return aheadAlarm{}, 1
	}
	times = a.number // as often as it has been reached for sure
	switch {
	case t.InHours && (t.Wall || s.wall): // held while closed
	case t.Wall:
		times = max(times, int(now.Sub(s.due.Add(t.Offset))/t.Every))
	default:
		if used, err := s.usedAt(now); err == nil {
			goal, _ := goalOf(t, s.target)
			times = max(times, int((used-goal)/t.Every))
		}
	}
	for times = min(times, maxRepeats); ; times++ {
		next, ok := s.reaches(a.threshold, times)
		if !ok || next.first.After(now) {
			return next, times
		}
	}
}

// looks reports whether a step has the alarms ahead of it. That of a due time lacks them.
func (st *step) looks() bool { return st.moment != none || st.split }

// looking returns the state of a step with the alarms ahead of it.
func (st *step) looking() *state {
	if st.looks() {
		return &st.state
	}
	s := st.state
	s.lookAhead(nil)
	return &s
}

// lookAhead sets the alarms ahead of s, in the room of others if there is enough.
func (s *state) lookAhead(room []aheadAlarm) {
	s.ahead = room[:0]
	if s.idle || s.err != nil || s.over() {
		return
	}
	s.ahead = slices.Grow(s.ahead, len(s.term.Thresholds))
	for i := range s.term.Thresholds {
		if times := s.times(i); times == 0 || s.term.Thresholds[i].Every > 0 {
			if a, ok := s.reaches(i, times); ok {
				s.ahead = append(s.ahead, a)
			}
		}
	}
	inOrder(s.ahead)
}

// reaches returns the alarm of a threshold of the term that has been reached some times, and
// whether it is reached again if nothing else happens.
func (s *state) reaches(threshold, times int) (a aheadAlarm, ok bool) {
	t := &s.term.Thresholds[threshold]
	if !s.runs() && (!t.Breach || s.dueWaits()) || times == maxRepeats || times > 0 && s.repeatsNever() {
		return a, false
	}
	earliest := instant.Later(s.counted, s.start)
	var at, first time.Time
	var err error
	more := time.Duration(times) * t.Every
	switch {
	case t.Breach:
		if earliest = s.counted; s.breachedAt.IsZero() && !s.due.Before(s.counted) {
			at, first = s.due, s.due.Add(1)
		}
	case t.Wall:
		at = s.due.Add(t.Offset).Add(more)
	default:
		goal, fits := goalOf(t, s.target)
		if !fits || goal+more < goal {
			return a, false
		}
		if goal += more; goal > s.used {
			at, err = s.after(earliest, goal-s.used)
		}
	}
	at, first = instant.Later(at, earliest), instant.Later(first, earliest)
	if t.InHours && err == nil {
		at, err = s.term.Calendar.NextOpen(at)
	}
	first = instant.Later(first, at)
	if err != nil || !instant.InRange(first) {
		return a, false
	}
	return aheadAlarm{threshold, times + 1, at, first}, true
}

// repeatsNever reports whether the cycle reaches each threshold once.
func (s *state) repeatsNever() bool {
	return s.fromEvent == sla.WordDue || s.repeats >= maxClockRepeats
}

// goalOf returns the time of a target at which a threshold without wall is reached, and whether a time.Duration can say it.
func goalOf(t *sla.Threshold, target time.Duration) (goal time.Duration, ok bool) {
	if t.Percent == 0 {
		goal = target + t.Offset
		return goal, t.Offset < 0 || goal >= target
	}
	percent := time.Duration(t.Percent)
	if target/100 > math.MaxInt64/percent-2 {
		return 0, false
	}
	return target/100*percent + (target%100*percent+99)/100, true
}

type alarmForm struct {
	Key        string        `json:"key"`
	Metric     sla.Metric    `json:"metric"`
	Cycle      int           `json:"cycle"`
	CountsFrom instant.Stamp `json:"counts_from"`
	Threshold  sla.Threshold `json:"threshold"`
	Number     int           `json:"number"`
	At         instant.Stamp `json:"at"`
	Due        instant.Stamp `json:"due"`
}

var alarmForms = sync.OnceValue(jsontree.FormsOf[alarmForm])

// MarshalJSON returns the alarm as an object, its key among the rest.
func (a Alarm) MarshalJSON() ([]byte, error) {
	return json.Marshal(alarmForm{a.Key(), a.Metric, a.Cycle, instant.Stamp{Time: a.CountsFrom}, a.Threshold, a.Number, instant.Stamp{Time: a.At}, instant.Stamp{Time: a.Due}})
}

// UnmarshalJSON reads what [Alarm.MarshalJSON] writes.
func (a *Alarm) UnmarshalJSON(data []byte) error {
	var f alarmForm
	if err := jsontree.Unmarshal("ticket: alarm", data, &f, alarmForms()); err != nil {
		return err
	}
	read := Alarm{f.Metric, f.Cycle, f.CountsFrom.Time, f.Threshold, f.Number, f.At.Time, f.Due.Time}
	if read.Key() != f.Key {
		return fmt.Errorf("ticket: alarm: key %q: want %q", f.Key, read.Key())
	}
	*a = read
	return nil
}
