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

var kinds = []ticket.EventKind{ticket.Paused, ticket.Resumed, ticket.Responded, ticket.SeverityChanged, ticket.Reopened, ticket.Cancelled}

// only returns a list of what it is given.
func only[T any](list ...T) []T { return list }

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

// clockOf returns the clock of a request after some events.
func clockOf(t testing.TB, c *sla.Catalog, r sla.Request, events ...ticket.Event) ticket.Clock {
	t.Helper()
	clock, err := ticket.NewClock(c, r)
	require.NoError(t, err)
	clock, err = clock.Apply(events...)
	require.NoError(t, err)
	return clock
}

// of returns the clock of a deadline without a catalog, after some events.
func of(t testing.TB, d sla.Deadline, events ...ticket.Event) ticket.Clock {
	t.Helper()
	clock, err := ticket.Of(d)
	require.NoError(t, err)
	clock, err = clock.Apply(events...)
	require.NoError(t, err)
	return clock
}

func jsonOf(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return string(b)
}

// same reports whether two clocks have the same document.
func same(one, other ticket.Clock) bool {
	first, err1 := one.MarshalJSON()
	second, err2 := other.MarshalJSON()
	return err1 == nil && err2 == nil && string(first) == string(second)
}
