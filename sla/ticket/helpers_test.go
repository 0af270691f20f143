package ticket_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

const (
	china, germany, worldwide = region.China, region.Germany, region.Worldwide
	technical, billing        = region.Technical, region.Billing
	a, b, c                   = sla.SeverityA, sla.SeverityB, sla.SeverityC
)

// only returns a list of what it is given.
func only[T any](list ...T) []T { return list }

func targetOf(text string) sla.Target { return sla.MustParseTarget(text) }

func thresholdOf(text string) sla.Threshold { return sla.MustParseThreshold(text) }

// percents returns the thresholds 1%, 2% and so on.
func percents(n int) (list []sla.Threshold) {
	for i := range n {
		list = append(list, sla.Threshold{Percent: i + 1})
	}
	return list
}

// within returns the target of some business time, or the zero Target.
func within(d time.Duration) sla.Target {
	t, _ := sla.ParseTarget(d.String())
	return t
}

// businessDays returns the target of some business days with what stands behind them, or
// the zero Target.
func businessDays(n int, behind string) sla.Target {
	t, _ := sla.ParseTarget(fmt.Sprintf("%dbd%s", n, behind))
	return t
}

func date(t testing.TB, s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	require.NoError(t, err)
	return d
}

func lookup(t testing.TB, code string) calendar.HolidaySet {
	set, err := holiday.Lookup(code)
	require.NoError(t, err)
	return set
}

// word returns the event of a word.
func word(at time.Time, word string) ticket.Event { return ticket.Event{At: at, Word: word} }

// severity returns the event of another severity.
func severity(at time.Time, s sla.Severity) ticket.Event {
	return ticket.Event{At: at, Change: ticket.Change{Severity: s}}
}

// ticketOf returns the ticket of a request after some events.
func ticketOf(t testing.TB, c *sla.Catalog, r sla.Request, events ...ticket.Event) ticket.Ticket {
	t.Helper()
	opened, err := ticket.Open(c, r)
	require.NoError(t, err)
	return apply(t, opened, events...)
}

// of returns the ticket of a deadline without a catalog, after some events.
func of(t testing.TB, d sla.Deadline, events ...ticket.Event) ticket.Ticket {
	t.Helper()
	opened, err := ticket.Of(d)
	require.NoError(t, err)
	return apply(t, opened, events...)
}

func apply(t testing.TB, before ticket.Ticket, events ...ticket.Event) ticket.Ticket {
	t.Helper()
	after, err := before.Apply(events...)
	require.NoError(t, err)
	return after
}

// first returns the first clock of a ticket: that of sla.FirstResponse, if it has it.
func first(of ticket.Ticket) (clock ticket.Clock) {
	for _, clock = range of.Clocks() {
		break
	}
	return clock
}

// clockOf returns the clock of a metric.
func clockOf(t testing.TB, of ticket.Ticket, m sla.Metric) ticket.Clock {
	t.Helper()
	clock, ok := of.Clock(m)
	require.True(t, ok, m)
	return clock
}

func jsonOf(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return string(b)
}

// same reports whether two tickets have the same document.
func same(one, other ticket.Ticket) bool {
	first, err1 := one.MarshalJSON()
	second, err2 := other.MarshalJSON()
	return err1 == nil && err2 == nil && string(first) == string(second)
}

// readAgain returns a ticket that was stored and read, and checks that it is stored again
// as the same bytes.
func readAgain(t testing.TB, stored ticket.Ticket) ticket.Ticket {
	t.Helper()
	text := jsonOf(t, stored)
	var read ticket.Ticket
	require.NoError(t, read.UnmarshalJSON([]byte(text)), text)
	require.Equal(t, text, jsonOf(t, read))
	return read
}

// segmentsOf returns what an explanation says of each segment.
func segmentsOf(clock ticket.Clock, now time.Time) (list []string) {
	for _, g := range clock.Explain(now).Segments {
		list = append(list, fmt.Sprint(g.From, g.To, g.Cycle, g.Counted, g.Ahead, g.Total, g.Why()))
	}
	return list
}

// sameText fails where two long texts differ, and shows where they begin to.
func sameText(t testing.TB, want, got string, why ...any) {
	t.Helper()
	at := 0
	for at < min(len(want), len(got)) && want[at] == got[at] {
		at++
	}
	if want == got {
		return
	}
	around := func(s string) string { return s[max(0, at-200):min(len(s), at+300)] }
	t.Errorf("want ...%s...\ngot ...%s...\n%s", around(want), around(got), fmt.Sprint(why...))
}
