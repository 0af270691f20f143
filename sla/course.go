package sla

import (
	"cmp"
	"slices"
	"strings"

	"github.com/duetime/duetime/region"
)

// Course says which words start, stop, reset and pause the clock of a metric, and what a
// reopening and a change of the request do to it (R15). All words of a list do the same. A
// word in several lists stops first, then resets, then starts, then pauses.
//
// The common desk sets two:
//
//	Statuses:   []string{"open", "pending", "solved"},
//	Happenings: []string{"reply"},
//	Courses: []sla.Course{
//		{Metric: sla.FirstResponse, Stop: []string{"reply"}},
//		{Metric: sla.Resolution, Stop: []string{"solved"}, Pause: []string{"pending"}},
//	},
//
// A nil list and an empty mode are filled in from the course of "", and then with what
// is usual. A list that is empty and not nil has no words. Usually, the opening starts
// the clock and nothing resets it. In a policy that declares no words, [WordResponded]
// stops the first response and the next response, [WordResolved] stops all others, and
// [WordPaused] pauses all. In a policy that declares words, only lists stop and pause.
type Course struct {
	// Metric names the clocks that follow the course. "" stands for every metric without
	// its own course.
	Metric Metric

	// Start has the words that start the clock. Without any, the opening starts it. With
	// some, the clock is idle until the first of them. [WordOpened] may be one. A start
	// while the clock runs changes nothing, and one of a stopped clock reopens it.
	Start []string
	// Stop has the words that stop the clock. The first stop stands. Leaving a status that
	// stops reopens a clock without words in Start.
	Stop []string
	// Reset has the words that end the cycle of a clock that runs, and begin the next one.
	// With [WordDue], a cycle whose due time has passed ends by itself, 256 times at most.
	Reset []string
	// Pause has the statuses that pause the clock.
	Pause []string

	// Reopening is usually ReopenIgnore for FirstResponse, ReopenNewCycle for NextResponse
	// and ReopenContinue for others.
	Reopening ReopenMode
	// Change is usually ChangeFromOpening.
	Change ChangeMode
}

// ReopenMode says what becomes of a stopped clock when it is reopened: by a word that
// starts it, or by leaving a status that stops it.
type ReopenMode string

const (
	// ReopenContinue lets the clock go on where it stopped, like the end of a pause.
	ReopenContinue ReopenMode = "continue"
	// ReopenNewCycle starts a new cycle at the reopening.
	ReopenNewCycle ReopenMode = "new-cycle"
	// ReopenIgnore leaves the clock stopped.
	ReopenIgnore ReopenMode = "ignore"
)

// ChangeMode says what becomes of a clock that runs when its request gets another term
// (R17): by a change of severity, category, plan, moniker or country.
type ChangeMode string

const (
	// ChangeFromOpening counts the new term from the instant from which the cycle counts,
	// in its own hours, without the time paused. If its due time has passed by then, the
	// change is a breach.
	ChangeFromOpening ChangeMode = "from-opening"
	// ChangeCarryElapsed counts the new term's target from the change, less the time used
	// under the terms before, as each of them counted it: business time, or real time
	// under a target such as "8h wall". From a target with days, that time is taken off the
	// end as business time. Calendar days count from the date of the change. A condition
	// is judged as for a request opened at the change. A clock that has started goes on
	// under "8h wall" at the change, in hours or not.
	ChangeCarryElapsed ChangeMode = "carry-elapsed"
	// ChangeRestart starts a new cycle at the change.
	ChangeRestart ChangeMode = "restart"
	// ChangeReplace judges the cycle as if the new term had held all along. It withdraws
	// a breach and the alarms of the term before.
	ChangeReplace ChangeMode = "replace"
)

// or fills in empty modes and nil lists from another course.
func (c Course) or(others Course) Course {
	list := func(own, other []string) []string {
		if own == nil {
			return other
		}
		return own
	}
	c.Start, c.Stop = list(c.Start, others.Start), list(c.Stop, others.Stop)
	c.Reset, c.Pause = list(c.Reset, others.Reset), list(c.Pause, others.Pause)
	c.Reopening, c.Change = cmp.Or(c.Reopening, others.Reopening), cmp.Or(c.Change, others.Change)
	return c
}

// clone returns a copy that shares nothing that a caller could change.
func (c Course) clone() Course {
	c.Start, c.Stop, c.Reset, c.Pause = slices.Clone(c.Start), slices.Clone(c.Stop), slices.Clone(c.Reset), slices.Clone(c.Pause)
	return c
}

// oneOf returns an error for a text that is not one of some names.
func oneOf[T ~string](what string, text T, names ...T) error {
	if slices.Contains(names, text) {
		return nil
	}
	known := make([]string, len(names))
	for i, name := range names {
		known[i] = string(name)
	}
	return &region.UnknownError{What: what, Text: string(text), Want: strings.Join(known, ", ")}
}

func (m ReopenMode) check() error {
	return oneOf("mode", m, ReopenContinue, ReopenNewCycle, ReopenIgnore)
}

func (m ChangeMode) check() error {
	return oneOf("mode", m, ChangeFromOpening, ChangeCarryElapsed, ChangeRestart, ChangeReplace)
}
