package sla_test

import (
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

// clockOf returns the clock of a request after some events.
func clockOf(t testing.TB, c *sla.Catalog, r sla.Request, events ...ticket.Event) ticket.Clock {
	t.Helper()
	clock, err := ticket.NewClock(c, r)
	require.NoError(t, err)
	clock, err = clock.Apply(events...)
	require.NoError(t, err)
	return clock
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
