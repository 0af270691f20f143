package sla

import (
	"cmp"
	"strings"

	"github.com/duetime/duetime/region"
)

// Course says what becomes of the clocks of a metric when the severity of the request
// changes, and when the request is reopened after the answer.
type Course struct {
	// Metric names the clocks that follow the course. "" stands for every metric without
	// its own course.
	Metric Metric
	// An empty mode is filled in from the course of "", or else with ReopenContinue and
	// ChangeFromOpening.
	Reopening ReopenMode
	Change    ChangeMode
}

// ReopenMode says what becomes of a stopped clock when its request is reopened.
type ReopenMode string

const (
	// ReopenContinue lets the clock go on where it stopped, like the end of a pause.
	ReopenContinue ReopenMode = "continue"
	// ReopenNewCycle starts a new cycle at the reopening.
	ReopenNewCycle ReopenMode = "new-cycle"
	// ReopenIgnore leaves the clock stopped.
	ReopenIgnore ReopenMode = "ignore"
)

// ChangeMode says what becomes of a clock when the severity of its request changes.
type ChangeMode string

const (
	// ChangeFromOpening counts the new term from the opening of the request (in a later
	// cycle, from the reopening), in its own hours, without the time paused. If its due
	// time has passed by then, the change is a breach.
	ChangeFromOpening ChangeMode = "from-opening"
	// ChangeCarryElapsed counts the new term's target from the change, less the business
	// time used under the terms before. That time is taken off the end of a target in
	// business days.
	ChangeCarryElapsed ChangeMode = "carry-elapsed"
	// ChangeRestart starts a new cycle at the change.
	ChangeRestart ChangeMode = "restart"
)

// or fills in empty modes from another course, or else with the usual ones.
func (c Course) or(others Course) Course {
	c.Reopening = cmp.Or(c.Reopening, others.Reopening, ReopenContinue)
	c.Change = cmp.Or(c.Change, others.Change, ChangeFromOpening)
	return c
}

// oneOf returns an error for a text that is not one of some names.
func oneOf[T ~string](what string, text T, names ...T) error {
	known := make([]string, len(names))
	for i, name := range names {
		if name == text {
			return nil
		}
		known[i] = string(name)
	}
	return &region.UnknownError{What: what, Text: string(text), Want: strings.Join(known, ", ")}
}

func (m ReopenMode) check() error {
	return oneOf("mode", m, ReopenContinue, ReopenNewCycle, ReopenIgnore)
}

func (m ChangeMode) check() error {
	return oneOf("mode", m, ChangeFromOpening, ChangeCarryElapsed, ChangeRestart)
}
