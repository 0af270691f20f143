package ticket

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/instant"
	"github.com/duetime/duetime/sla/internal/jsontree"
)

// Alarm is a threshold that a clock has reached.
type Alarm struct {
	Cycle     int // of the clock, from 1
	Threshold sla.Threshold
	// At is when the threshold was reached: for a breach, the due time, which is
	// the last instant in time. It is never before the event that made it so: where
	// a change of severity finds the threshold behind it, At is the change.
	At time.Time
	// Due is the due time as it stood then.
	Due time.Time
}

// Key returns a name for the alarm that no other alarm of the clock has, now or
// later: the cycle and the threshold, such as "1/50%".
func (a Alarm) Key() string { return strconv.Itoa(a.Cycle) + "/" + a.Threshold.String() }

// Alarms returns the alarms that have been reached by now, in their order. Each
// cycle reaches a threshold at most once: a later due time takes no alarm back, and
// repeats none. While a
// clock is paused, it reaches none but the breach of one that was paused too late;
// those that it finds behind it when it goes on are reached then. What is reached
// at the instant of an event, the event does not take back. Times are in now's
// Location.
func (c Clock) Alarms(now time.Time) []Alarm {
	var list []Alarm
	i := c.index(now)
	for _, s := range c.steps[:i+1] {
		list = append(list, s.reached...)
	}
	if i >= 0 {
		list = append(list, c.steps[i].reach(now)...)
	}
	for i := range list {
		list[i].At, list[i].Due = list[i].At.In(now.Location()), list[i].Due.In(now.Location())
	}
	return list
}

// aheadAlarm is an alarm that will be reached if nothing else happens.
type aheadAlarm struct {
	Alarm
	// first is the first instant at which it is reached: Alarm.At, and of a breach
	// the instant after the due time, which itself is in time.
	first time.Time
}

// reach returns the alarms ahead of s that are behind it at now.
func (s *state) reach(now time.Time) []Alarm {
	var list []Alarm
	for _, a := range s.ahead {
		if a.first.After(now) {
			break
		}
		list = append(list, a.Alarm)
	}
	return list
}

// lookAhead sets the alarms ahead of s.
func (s *state) lookAhead(k *commitment) {
	s.ahead = nil
	if s.err != nil || s.stopped() {
		return
	}
	for _, list := range [][]sla.Threshold{s.term.Thresholds, k.thresholds} {
		for _, t := range list {
			if slices.Contains(s.done, t) || slices.ContainsFunc(s.ahead, func(a aheadAlarm) bool { return a.Threshold == t }) {
				continue
			}
			if at, first, ok := s.reaches(t); ok {
				s.ahead = append(s.ahead, aheadAlarm{Alarm{s.cycle, t, at, s.due}, first})
			}
		}
	}
	slices.SortStableFunc(s.ahead, func(a, b aheadAlarm) int { return cmp.Or(a.first.Compare(b.first), a.At.Compare(b.At)) })
}

// reaches returns the instant of a threshold, the first one at which it is
// reached, and whether that is so at all if nothing else happens.
func (s *state) reaches(t sla.Threshold) (at, first time.Time, ok bool) {
	if !s.counting() && (!t.Breach || s.dueWaits()) {
		return
	}
	earliest := instant.Later(s.at, s.start)
	var err error
	switch {
	case t.Breach:
		if earliest = s.at; s.breachedAt.IsZero() && !s.due.Before(s.at) {
			at, first = s.due, s.due.Add(1)
		}
	case t.Wall:
		at = s.due.Add(t.Offset)
	default:
		goal, fits := goalOf(t, s.target)
		if !fits {
			return
		}
		if goal > s.used {
			at, err = s.term.Calendar.Add(earliest, goal-s.used)
		}
	}
	at, first = instant.Later(at, earliest), instant.Later(first, earliest)
	if t.InHours && err == nil {
		at, err = s.term.Calendar.NextOpen(at)
	}
	first = instant.Later(first, at)
	return at, first, err == nil && instant.InRange(first)
}

// goalOf returns the business time of a target at which a threshold of business time is
// reached, and whether a time.Duration can say it.
func goalOf(t sla.Threshold, target time.Duration) (goal time.Duration, ok bool) {
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

// checkThresholds returns what is wrong with thresholds: too many, one that is not valid,
// or one that is there twice.
func checkThresholds(list []sla.Threshold) error {
	const most = 32 // which bounds the work for an event
	if len(list) > most {
		return fmt.Errorf("%d thresholds: want %d at the most", len(list), most)
	}
	for i, t := range list {
		if same, err := sla.ParseThreshold(t.String()); err != nil {
			return err
		} else if same != t {
			return fmt.Errorf("threshold %+v: want one that sla.ParseThreshold returns", t)
		}
		if slices.Contains(list[:i], t) {
			return fmt.Errorf("threshold %s: there twice: want it once", t)
		}
	}
	return nil
}

type alarmForm struct {
	Key       string        `json:"key"`
	Cycle     int           `json:"cycle"`
	Threshold sla.Threshold `json:"threshold"`
	At        instant.Stamp `json:"at"`
	Due       instant.Stamp `json:"due"`
}

// MarshalJSON returns the alarm as an object, its key among the rest.
func (a Alarm) MarshalJSON() ([]byte, error) {
	return json.Marshal(alarmForm{a.Key(), a.Cycle, a.Threshold, instant.Stamp{Time: a.At}, instant.Stamp{Time: a.Due}})
}

// UnmarshalJSON reads what [Alarm.MarshalJSON] writes.
func (a *Alarm) UnmarshalJSON(data []byte) error {
	var f alarmForm
	if err := jsontree.Unmarshal("ticket: alarm", data, &f); err != nil {
		return err
	}
	read := Alarm{f.Cycle, f.Threshold, f.At.Time, f.Due.Time}
	if read.Key() != f.Key {
		return fmt.Errorf("ticket: alarm: key %q: want %q", f.Key, read.Key())
	}
	*a = read
	return nil
}
