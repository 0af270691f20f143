package calendar_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
)

// reference is how long it takes to build one laborious calendar with all its years, the
// shortest of three times. It measures the machine as it is now.
var reference = sync.OnceValue(func() (least time.Duration) {
	hours := "Mo-Su " + repeated(48, ",", func(i int) string { return fmt.Sprintf("%02d:00-%02d:59", i, i) })
	for range 3 {
		start := time.Now()
		c := calendar.Must(calendar.New("Africa/Casablanca", hours))
		c.IsOpen(firstInstant)
		c.IsOpen(lastInstant)
		if took := time.Since(start); least == 0 || took < least {
			least = took
		}
	}
	return least
})

// inTime does some work and holds that it takes no longer than some such calendars:
// some times what it takes, and far from what work without bound would.
func inTime(t *testing.T, calendars int, work func()) {
	t.Helper()
	limit := time.Duration(calendars) * reference()
	start := time.Now()
	work()
	took := time.Since(start)
	t.Logf("%.1f times as long as a laborious calendar", float64(took)/float64(reference()))
	if took > limit {
		t.Fatalf("%v taken, which is more than %d times the %v of a laborious calendar", took, calendars, reference())
	}
}

// bounded does some work on an input of n bytes, and holds that it ends soon and
// takes no more memory than it may.
func bounded(t *testing.T, n int, work func()) {
	t.Helper()
	const (
		most = 128 << 20 // some calendars, each with all its years
		each = 8 << 10   // a date of twenty bytes can make another shape of a day
		soon = 2000      // calendars
	)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	inTime(t, soon, work)
	runtime.ReadMemStats(&after)
	if bytes := after.TotalAlloc - before.TotalAlloc; bytes > most+each*uint64(n) {
		t.Fatalf("%d bytes allocated for an input of %d bytes", bytes, n)
	}
}

// repeated joins n texts.
func repeated(n int, separator string, text func(i int) string) string {
	list := make([]string, n)
	for i := range list {
		list[i] = text(i)
	}
	return strings.Join(list, separator)
}

// The most that hours can say is still soon worked out, for all years there are.
func TestLaboriousHours(t *testing.T) {
	if testing.Short() {
		t.Skip("does one thing at a time")
	}
	months := strings.Fields("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
	times := repeated(48, ",", func(i int) string { return fmt.Sprintf("%02d:00-%02d:59", i, i) })
	for _, row := range []struct {
		name, hours string
		fault       string // of New, if it fails
	}{
		{"many times", "Mo-Su " + times, ""},
		{"too many times", "Mo-Su " + times + ", 00:00-00:01", "at byte 583: want at most 48 times in a rule"},
		{"never open", repeated(1000, ";", func(int) string { return "Mo off" }), "these never open"},
		{"open once, at the end", "2199 Dec 31 10:00-11:00;" + repeated(990, ";", func(int) string { return "Mo off" }), ""},
		{"each date its own hours", repeated(336, ";", func(i int) string {
			return fmt.Sprintf("%s %02d %02d:%02d-%02d:%02d", months[i/28], i%28+1, i%24, i%60, i%24+24, i*7%60)
		}), ""},
		{"each year its own hours", repeated(490, ";", func(i int) string {
			return fmt.Sprintf("%d Jan %02d %02d:%02d-%02d:%02d", 1900+i%300, i%28+1, i%24, i%60, i%24+24, i*7%60)
		}), ""},
		{"each date cut in its own way", "Mo-Su 09:00-21:00" + repeated(24, "", func(i int) string {
			return "; " + repeated(40, ",", func(k int) string {
				return fmt.Sprintf("%s %02d", months[k%12], (k*k+i*7*k)%28+1)
			}) + fmt.Sprintf(" %02d:%02d-%02d:%02d off", 9+i/2, i%2*30, 9+i/2, i%2*30+20)
		}), ""},
		{"too many rules that cut", "Mo-Su 09:00-21:00" + repeated(33, "", func(i int) string { return "; Fr[1] 10:00-11:00 off" }), "want at most 32 rules that add times or cut them, with 48 times together"},
	} {
		t.Run(row.name, func(t *testing.T) {
			bounded(t, len(row.hours), func() {
				c, err := calendar.New("Africa/Casablanca", row.hours)
				if row.fault != "" {
					assert.ErrorContains(t, err, row.fault)
					return
				}
				require.NoError(t, err)
				c.IsOpen(firstInstant)
				c.IsOpen(lastInstant) // and so all years between
			})
		})
	}
}

// The hours that many calendars have together are, too.
func TestLaboriousUnion(t *testing.T) {
	hours := "Mo-Su " + repeated(4, ",", func(i int) string { return fmt.Sprintf("%02d:00-%02d:59", 5*i, 5*i) })
	var parts []*calendar.Calendar
	for i := range 63 {
		parts = append(parts, calendar.Must(calendar.New(fuzzZones[i%len(fuzzZones)], hours)))
	}
	bounded(t, len(parts)*len(hours), func() {
		all := calendar.Must(calendar.Union("all", parts...))
		all.IsOpen(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC))
		all.IsOpen(time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC))
	})
	inTime(t, 2000, func() { // all years, for which each of the 63 makes a table of its own
		all := calendar.Must(calendar.Union("all", parts[:sampled(9, 63)]...))
		all.IsOpen(firstInstant)
		all.IsOpen(lastInstant)
	})
	inTime(t, 2000, func() {
		rest := calendar.Must(calendar.Subtract("rest", calendar.AlwaysOpen(), parts[:sampled(9, 63)]...))
		rest.IsOpen(firstInstant)
		rest.IsOpen(lastInstant)
	})

	// Nor to see that calendars are never open together, which takes all years.
	inTime(t, 2000, func() {
		apart := []*calendar.Calendar{calendar.Must(calendar.New("UTC", "Mo-Su 00:00-12:00")), calendar.Must(calendar.New("UTC", "Mo-Su 12:00-24:00"))}
		_, err := calendar.Intersect("apart", append(apart, calendar.Must(calendar.Union("", parts[:59]...)))...)
		require.ErrorContains(t, err, `calendar: intersection "apart": never open from 1900 to 2199: `)
	})

	// Nor where they have many times a day, and there are many such calendars: a text of
	// a few lines took minutes.
	busy := func(from, to int) *calendar.Calendar {
		return calendar.Must(calendar.New("Europe/Berlin", "Mo-Su "+repeated(48, ",", func(i int) string {
			return fmt.Sprintf("%02d:%02d-%02d:%02d", i/2, i%2*30+from, i/2, i%2*30+to)
		})))
	}
	early, late := busy(0, 8), busy(12, 20)
	inTime(t, 2000, func() {
		for range 20 {
			_, err := calendar.Intersect("busy", early, early, early, early, late)
			require.ErrorContains(t, err, "never open from 1900 to 2199: ")
			_, err = calendar.Subtract("busy", early, late, late, calendar.Must(calendar.New("America/New_York", "Mo-Su 00:00-24:00")))
			require.ErrorContains(t, err, "never open from 1900 to 2199: ")
			_, err = calendar.Intersect("nested", calendar.Must(calendar.Union("", early, early, early, early)), late)
			require.ErrorContains(t, err, "never open from 1900 to 2199: ")
		}
	})

	more := calendar.Must(calendar.New("UTC", "Mo-Su 01:00-02:00,03:00-04:00,05:00-06:00,07:00-08:00,09:00-10:00"))
	_, err := calendar.Union("more", append(parts, more)...)
	require.EqualError(t, err, `calendar: union "more": calendars with 257 times a day: want 256 at the most`)

	dated := repeated(490, ";", func(i int) string { return fmt.Sprintf("%d Jan %02d 10:00-11:00", 1900+i%300, i%28+1) })
	_, err = calendar.Union("dates", slices.Repeat([]*calendar.Calendar{calendar.Must(calendar.New("UTC", dated))}, 5)...)
	require.EqualError(t, err, `calendar: union "dates": calendars with 4900 rules and dates: want 4096 at the most`)
}

// Nor do combinations in combinations take more than they are worth: a chain of 64 took
// 5 seconds.
func TestLaboriousNesting(t *testing.T) {
	berlin := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00"))
	bounded(t, 20*8, func() {
		for range 20 {
			c := berlin
			for range 8 {
				c = calendar.Must(calendar.Union("", c))
			}
			_, err := calendar.Union("", c)
			require.EqualError(t, err, `calendar: union "": combinations 9 deep: want 8 at the most`)
		}
	})
}
