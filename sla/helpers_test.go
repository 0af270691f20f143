package sla_test

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"iter"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

var updateFlag = flag.Bool("update", false, "write the golden files anew")

// only returns a list of what it is given.
func only[T any](list ...T) []T { return list }

// requestsOf returns a request, without an opening, for each case for which a catalog
// has a term.
func requestsOf(c *sla.Catalog) iter.Seq2[sla.Request, sla.Term] {
	return func(yield func(sla.Request, sla.Term) bool) {
		for p := range c.Policies() {
			r := sla.Request{Moniker: p.Moniker, Plan: p.Plan, Opened: p.From}
			for _, t := range p.Terms {
				severities, categories := t.Severities, t.Categories
				if severities == nil {
					severities = c.Severities(r)
				}
				if categories == nil {
					categories = c.Categories(r)
				}
				for _, category := range categories {
					for _, severity := range severities {
						r.Metric, r.Category, r.Severity = t.Metric, category, severity
						of := t
						of.Categories, of.Severities = only(category), only(severity)
						if !yield(r, of) {
							return
						}
					}
				}
			}
		}
	}
}

func targetOf(text string) sla.Target { return sla.MustParseTarget(text) }

func thresholdOf(text string) sla.Threshold { return sla.MustParseThreshold(text) }

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

// ticketOf returns the ticket of a request after some events.
func ticketOf(t testing.TB, c *sla.Catalog, r sla.Request, events ...ticket.Event) ticket.Ticket {
	t.Helper()
	tk, err := ticket.Open(c, r)
	require.NoError(t, err)
	tk, err = tk.Apply(events...)
	require.NoError(t, err)
	return tk
}

// clockOf returns the clock of a request's metric after some events.
func clockOf(t testing.TB, c *sla.Catalog, r sla.Request, events ...ticket.Event) ticket.Clock {
	t.Helper()
	return clockIn(t, ticketOf(t, c, r, events...), r.Metric)
}

// clockIn returns the clock of a metric in a ticket, that of first responses for "".
func clockIn(t testing.TB, tk ticket.Ticket, m sla.Metric) ticket.Clock {
	t.Helper()
	clock, ok := tk.Clock(cmp.Or(m, sla.FirstResponse))
	require.True(t, ok, m)
	return clock
}

// stored returns a ticket as it is after it was stored and read, and its text.
func stored(t testing.TB, tk ticket.Ticket) (back ticket.Ticket, text string) {
	t.Helper()
	text = jsonOf(t, tk)
	require.NoError(t, json.Unmarshal([]byte(text), &back), text)
	require.Equal(t, text, jsonOf(t, back))
	return back, text
}

// told returns the event of a word at an instant.
func told(t testing.TB, at, word string) ticket.Event {
	t.Helper()
	return ticket.Event{At: in(t, at), Word: word}
}

// raised returns the event of another severity at an instant.
func raised(at time.Time, s sla.Severity) ticket.Event {
	return ticket.Event{At: at, Change: ticket.Change{Severity: s}}
}

// explained returns the account of a deadline of a catalog, as of its opening.
func explained(t testing.TB, c *sla.Catalog, d sla.Deadline) ticket.Explanation {
	t.Helper()
	return clockOf(t, c, d.Request).Explain(d.Request.Opened)
}

func jsonOf(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return string(b)
}
