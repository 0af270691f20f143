package main

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// A kind is what a question asks.
type kind string

const (
	add     kind = "add"           // when will d have been open?
	back    kind = "add backwards" // since when has d been open?
	between kind = "between"       // how long is it open from t to u?
	isOpen  kind = "is open"       // is it open at t?
	days    kind = "business days" // what date is n business days after that of t, which is open?
	count   kind = "count days"    // how many business days are there from t to u, both noons included?
)

var kinds = []kind{add, back, between, isOpen, days, count}

// A question is about one desk. All instants are whole minutes in its zone.
type question struct {
	desk int // of desks
	kind kind
	t, u time.Time
	d    time.Duration
	n    int
}

// questions returns n questions of each kind for each desk, in the order of both.
// A third of the instants are at an opening or a closing or a minute beside it, a
// third within twelve hours of a clock change where the zone has any, and the others
// anywhere in the year.
func questions(all []desk, seed uint64, n int) []question {
	var asked []question
	for i, d := range all {
		changes := d.changes()
		for j, k := range kinds {
			rng := rand.New(rand.NewPCG(seed, uint64(i*len(kinds)+j)))
			for range n {
				q := d.question(rng, k, changes)
				q.desk, q.kind = i, k
				asked = append(asked, q)
			}
		}
	}
	return asked
}

// question returns a question of kind k, without its desk and kind.
func (d desk) question(rng *rand.Rand, k kind, changes []time.Time) question {
	minutes := func(below time.Duration) time.Duration {
		return time.Duration(rng.Int64N(int64(below/time.Minute))) * time.Minute
	}
	anywhere := func() time.Time { return d.from().Add(minutes(d.to().Sub(d.from()))).In(d.zone) }
	instant := func(before time.Duration) time.Time {
		switch choice := rng.IntN(3); {
		case choice == 0 && len(changes) > 0:
			return changes[rng.IntN(len(changes))].Add(minutes(before+12*time.Hour) - before).In(d.zone)
		case choice == 1:
			s := d.spans[rng.IntN(len(d.spans))]
			edge := []int{s.opens, s.closes}[rng.IntN(2)] + rng.IntN(3) - 1
			y, m, day := anywhere().Date()
			return time.Date(y, m, day, 0, edge, 0, 0, d.zone)
		}
		return anywhere()
	}
	// Half of the lengths are whole hours.
	length := func() time.Duration {
		if rng.IntN(2) == 0 {
			return time.Duration(1+rng.IntN(40)) * time.Hour
		}
		return time.Minute + minutes(40*time.Hour)
	}
	const day = 24 * time.Hour
	switch k {
	case between:
		t := instant(12 * time.Hour)
		return question{t: t, u: t.Add(minutes(30 * day))}
	case isOpen:
		return question{t: instant(12 * time.Hour)}
	case days:
		// An open instant in the hours that begin on its date, from which all
		// conventions count alike.
		for {
			t := instant(14 * day)
			if d.isOpen(t) && d.isBusinessDay(d.noon(t)) && t.Hour()*60+t.Minute() >= d.spans[0].opens {
				return question{t: t, n: 1 + rng.IntN(20)}
			}
		}
	case count:
		noon := func(t time.Time) time.Time {
			y, m, day := t.Date()
			return time.Date(y, m, day, 12, 0, 0, 0, d.zone)
		}
		t := instant(14 * day)
		return question{t: noon(t), u: noon(t.Add(minutes(30 * day)))}
	}
	return question{t: instant(12 * time.Hour), d: length()}
}

const layout = "Mon 2006-01-02 15:04:05.999999999 -0700"

// String says what is asked, without the desk.
func (q question) String() string {
	switch q.kind {
	case add:
		return fmt.Sprintf("%s + %v", q.t.Format(layout), q.d)
	case back:
		return fmt.Sprintf("%s - %v", q.t.Format(layout), q.d)
	case isOpen:
		return q.t.Format(layout)
	case days:
		return fmt.Sprintf("%s + %d business days", q.t.Format(layout), q.n)
	}
	return fmt.Sprintf("%s to %s", q.t.Format(layout), q.u.Format(layout))
}

// right returns the right answer, as text.
func (o *oracle) right(q question) string {
	switch q.kind {
	case add:
		return o.add(q.t, q.d).In(o.zone).Format(layout)
	case back:
		return o.back(q.t, q.d).In(o.zone).Format(layout)
	case between:
		return o.between(q.t, q.u).String()
	case isOpen:
		return openText(o.isOpen(q.t))
	case days:
		return o.businessDaysAfter(q.t, q.n).Format(time.DateOnly)
	}
	return fmt.Sprint(o.countDays(q.t, q.u))
}

// Two conventions are not counted as wrong: an engine may take the instant of closing
// to be open still, and it may count hours as they are named, so that a shift over a
// clock change is as long as any other.

func (o *oracle) closingInstant(q question, got string) bool {
	return q.kind == isOpen && got == openText(true) && !o.isOpen(q.t) && o.isOpen(q.t.Add(-time.Minute))
}

// nominal is the oracle of the same desk by a clock that is never changed.
func (o *oracle) nominal() *oracle {
	d := o.desk
	d.zone = time.UTC
	return newOracle(d)
}

// asNamed reports whether the answer is right by the names of the hours; o is nominal.
func (o *oracle) asNamed(q question, got string) bool {
	named := func(t time.Time) time.Time {
		return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), 0, 0, time.UTC)
	}
	if q.t = named(q.t); q.kind == between {
		q.u = named(q.u)
		return got == o.right(q)
	}
	const offset = len(" -0700")
	right := o.right(q)
	return (q.kind == add || q.kind == back) && len(got) > offset && got[:len(got)-offset] == right[:len(right)-offset]
}

func openText(open bool) string {
	if open {
		return "open"
	}
	return "closed"
}
