package holiday

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A change that finds no rule to change would be no correction.
func TestChangesFindTheirRules(t *testing.T) {
	for code, c := range countries() {
		rules := c.rules
		for i, ch := range c.changes {
			if ch.rule != nil {
				assert.Contains(t, rules, ch.rule, "%s, change %d", code, i)
				rules = slices.DeleteFunc(slices.Clone(rules), func(r *cal.Holiday) bool { return r == ch.rule })
			}
		}
	}
}

// rickar/cal computes in cal.DefaultLoc, the machine's zone unless somebody has
// set it: the days are the same in all, also where the clock skips midnights.
func TestDefaultLoc(t *testing.T) {
	saved := cal.DefaultLoc
	defer func() { cal.DefaultLoc = saved }()
	step := 10
	if *full {
		step = 1
	}
	for code, c := range countries() {
		cal.DefaultLoc = time.UTC
		want := c.set(code)
		for year := 1990; year <= 2060; year += step {
			want.Year(year) // while it is UTC
		}
		for _, zone := range []string{"America/Sao_Paulo", "Asia/Beirut", "Africa/Cairo"} {
			loc, err := time.LoadLocation(zone)
			require.NoError(t, err)
			cal.DefaultLoc = loc
			got := c.set(code)
			for year := 1990; year <= 2060; year += step {
				assert.Equal(t, want.Year(year), got.Year(year), "%s %d in %s", code, year, zone)
			}
		}
	}
}

// Rules may write to themselves, as Japan's vernal equinox does: sets that share
// them are safe for concurrent use all the same. The race detector looks on.
func TestConcurrentYears(t *testing.T) {
	set := countries()["JP"].set("JP")
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for year := 1990; year < 2060; year++ {
				if len(set.Year(year)) < 13 {
					t.Errorf("%d has too few", year)
				}
			}
		})
	}
	all.Wait()
}
