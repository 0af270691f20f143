package main

import (
	_ "embed" // for newcomer.json
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

//go:embed newcomer.json
var newcomerJSON []byte

// helpDesk is the module that a newcomer writes: tickets of four priorities, three categories
// and two plans, each with three commitments.
type helpDesk struct{ catalog *sla.Catalog }

// open returns the ticket of a form, which has the names that people type.
func (d helpDesk) open(priority, category, plan string, opened time.Time) (t ticket.Ticket, err error) {
	r := sla.Request{Moniker: "desk", Plan: sla.Plan(plan), Opened: opened}
	if r.Severity, err = d.catalog.ParseSeverity(r, priority); err != nil {
		return t, err
	}
	if r.Category, err = d.catalog.ParseCategory(r, category); err != nil {
		return t, err
	}
	return ticket.Open(d.catalog, r)
}

// show prints what an agent sees. It returns the alarms acted on and the ticket to store.
func (d helpDesk) show(out io.Writer, t ticket.Ticket, now time.Time, acted []string) ([]string, []byte, error) {
	for metric, clock := range t.Clocks() {
		s := clock.At(now)
		fmt.Fprintf(out, "%s: %s, %s, due %s, %s left\n", metric, s.State, s.Outcome, s.Due.Format("Mon 15:04"), s.Remaining)
	}
	if metric, _, ok := t.First(now); ok {
		fmt.Fprintln(out, "first:", metric)
	}
	due, withdrawn := ticket.Reconcile(acted, t.Alarms(now))
	acted = slices.DeleteFunc(acted, func(key string) bool { return slices.Contains(withdrawn, key) })
	for _, alarm := range due {
		acted = append(acted, alarm.Key())
		fmt.Fprintln(out, "act on:", alarm.Key())
	}
	if next, ok := t.Next(now); ok {
		fmt.Fprintln(out, "look again:", next.Format("Mon 15:04"))
	}
	stored, err := json.Marshal(t)
	return acted, stored, err
}

func TestNewcomer(t *testing.T) {
	catalog, err := sla.ParseCatalog(newcomerJSON)
	require.NoError(t, err)
	require.Empty(t, catalog.Lint())
	at := func(day, hour, minute int) time.Time { // November 2026; the 24th is a Tuesday
		return time.Date(2026, time.November, day, hour, minute, 0, 0, time.FixedZone("CET", 60*60))
	}
	desk := helpDesk{catalog}
	high, err := desk.open("high", "Incident", "gold", at(24, 10, 0))
	require.NoError(t, err)
	high, err = high.Apply(
		ticket.Event{ID: "1", At: at(24, 10, 30), Word: "reply"},
		ticket.Event{ID: "2", At: at(24, 10, 30), Word: "pending"},
		ticket.Event{ID: "3", At: at(24, 14, 30), Word: "customer"},
		ticket.Event{ID: "4", At: at(24, 14, 30), Word: "open"},
	)
	require.NoError(t, err)

	var out strings.Builder
	acted, stored, err := desk.show(&out, high, at(25, 11, 0), nil)
	require.NoError(t, err)
	// The first response was due within an hour, at 11:00, and came half an hour before. The
	// customer wrote at 14:30: one business day is Wednesday 14:30, in three and a half hours.
	// Eight hours of resolution from 10:00 are 7 on Tuesday and 1 on Wednesday, and the pause
	// of 4 hours moves Wednesday 10:00 to 14:00. Half of it was used at 10:00: half an hour
	// before the pause, two and a half after it on Tuesday, and one on Wednesday.
	want := `first-response: stopped, met, due Tue 11:00, 30m0s left
next-response: running, open, due Wed 14:30, 3h30m0s left
resolution: running, open, due Wed 14:00, 3h0m0s left
first: resolution
act on: resolution/2026-11-24T09:00:00Z/50%
look again: Wed 14:00
`
	require.Equal(t, want, out.String())

	var again ticket.Ticket
	require.NoError(t, json.Unmarshal(stored, &again))
	out.Reset()
	_, _, err = desk.show(&out, again, at(25, 11, 0), acted)
	require.NoError(t, err)
	require.Equal(t, strings.Replace(want, "act on: "+acted[0]+"\n", "", 1), out.String(), "the stored ticket has the same figures, and no alarm twice")
}

// The module, with the imports of its tests, and the catalog are short.
func TestNewcomerIsShort(t *testing.T) {
	text, err := os.ReadFile("newcomer_test.go")
	require.NoError(t, err)
	module, _, ok := strings.Cut(string(text), "\nfunc Test")
	require.True(t, ok)
	require.Less(t, strings.Count(module, "\n"), 60, "lines of Go")
	require.Less(t, strings.Count(string(newcomerJSON), "\n"), 45, "lines of JSON")
}
