package holiday

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
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

// meetings are the observed days that fall on another holiday of their set and are right
// to have no day of their own, by set and names.
var meetings = map[string]string{
	"AU-ACT: ANZAC Day (observed), Easter Monday":       "2038: secondary, vacanza/holidays: the following Monday, and no other day",
	"AU-NT: ANZAC Day (observed), Easter Monday":        "2038: the act gives the following Monday, and no other day",
	"AU-QLD: ANZAC Day (observed), Easter Monday":       "2038: the act gives the following Monday, and no other day",
	"AU-WA: ANZAC Day (observed), Easter Monday":        "2038: the act gives the following Monday; in 2011 a day was added by its own notice",
	"NZ: ANZAC Day (observed), Easter Monday":           "2038: the act gives the following Monday, and no other day",
	"AU-NT: Boxing Day, Christmas Day (observed)":       "Boxing Day on a Monday has the Tuesday",
	"AU-SA: Christmas Day (observed), Proclamation Day": "Proclamation Day on a Monday has the Tuesday",
	"AU-WA: Boxing Day, Christmas Day (observed)":       "Boxing Day on a Monday has the Tuesday",
	"CA: Boxing Day, Christmas Day (observed)":          "Boxing Day on a Monday has the Tuesday",
	"ZA: Christmas Day (observed), Day of Goodwill":     "no day is added: the President declared 27 December in 2011, 2016 and 2022, and not in 2005",
}

// An observed day that falls on another holiday is lost: a set has one day for a date. So
// none does, unless the law says that it is lost, or the other holiday moves on.
func TestObservedDaysMeetNoHoliday(t *testing.T) {
	const suffix = " (observed)"
	used := map[string]bool{}
	for code, c := range countries() {
		rules := c.all()
		first, last := max(c.first, 1990), 2100
		if c.last != 0 {
			last = min(last, c.last)
		}
		for year := first; year <= last; year++ {
			names := map[calendar.Date]map[string]bool{}
			put := func(d calendar.Date, name string) {
				if !d.IsZero() {
					if names[d] == nil {
						names[d] = map[string]bool{}
					}
					names[d][name] = true
				}
			}
			for _, r := range rules {
				actual, observed := datesOf(*r, year)
				put(actual, r.Name)
				if observed != actual {
					put(observed, r.Name+suffix)
				}
			}
			for d, on := range names {
				both := slices.Sorted(maps.Keys(on))
				if len(both) > 1 && slices.ContainsFunc(both, func(name string) bool { return strings.HasSuffix(name, suffix) }) {
					if strings.HasPrefix(code, "NZ-") {
						code = "NZ" // whose days it has
					}
					key := code + ": " + strings.Join(both, ", ")
					used[key] = true
					assert.Contains(t, meetings, key, "%v", d)
				}
			}
		}
	}
	for key := range meetings {
		assert.True(t, used[key], "%s do not meet", key)
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
