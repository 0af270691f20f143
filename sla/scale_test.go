package sla_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/bound"
)

// What a large backend does with the library: a calendar for each of its
// customers, and due times on all cores. With -speed the numbers are those of the
// limits, which are then held. (That one calendar serves many goroutines is in
// calendar's tests.)
//
//	go test ./sla -run TestScale -speed -v

// differentCalendars returns n of which no two have the same hours.
func differentCalendars(tb testing.TB, n int) []*calendar.Calendar {
	zones := []string{"Europe/Berlin", "Asia/Shanghai", "America/Denver", "UTC", "Australia/Lord_Howe", "Africa/Casablanca", "America/Sao_Paulo"}
	var sets []calendar.HolidaySet
	for _, code := range []string{"DE-BE", "CN", "US", "GB", "AU-NSW", "FR"} {
		set, err := holiday.Lookup(code)
		require.NoError(tb, err)
		sets = append(sets, set)
	}
	calendars := make([]*calendar.Calendar, n)
	for i := range calendars {
		open, long := i%600, i/600
		closing := open + 300 + long%600
		hours := fmt.Sprintf("Mo-Fr %02d:%02d-%02d:%02d; Sa 10:00-13:%02d", open/60, open%60, closing/60, closing%60, long/600)
		calendars[i] = calendar.Must(calendar.New(zones[i%len(zones)], hours, calendar.Holidays(sets[i%len(sets)])))
	}
	return calendars
}

func TestScaleCalendars(t *testing.T) {
	n := 2_000
	if *speedFlag {
		n = 100_000
	}
	at := time.Date(2026, time.November, 20, 16, 0, 0, 0, time.UTC)
	heap := func() int {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc)
	}
	differentCalendars(t, 6)
	before := heap()
	start := bound.CPUTime()
	calendars := differentCalendars(t, n)
	built := (bound.CPUTime() - start) / time.Duration(n)
	empty := (heap() - before) / n
	seen := map[string]bool{}
	start = bound.CPUTime()
	for _, c := range calendars {
		_, err := c.Add(at, 8*time.Hour)
		require.NoError(t, err)
	}
	asked := (bound.CPUTime() - start) / time.Duration(n)
	full := (heap() - before) / n
	for _, c := range calendars {
		seen[c.String()] = true
	}
	require.Len(t, seen, n, "all different")
	t.Logf("%d calendars: %v to build, %v for the first query; %d bytes each, %d after it", n, built, asked, empty, full)
	if *speedFlag {
		require.Less(t, built+asked, time.Millisecond)
		require.Less(t, full, 8<<10)
	}
}

// Due times on all cores: nothing that they share slows them down, so that they gain
// from more cores what a loop gains that shares nothing. Each request is opened at
// another time of 2020 to 2029.
func TestScaleDue(t *testing.T) {
	n, cores := 20_000, runtime.GOMAXPROCS(0)
	if *speedFlag {
		n = 10_000_000
	}
	severities := []sla.Severity{a, b, c_, a, b, c_, a, b}
	monikers := []region.Moniker{china, china, china, germany, germany, germany, worldwide, worldwide}
	due := func(i int) int64 {
		const tenYears = 10 * 365 * 86400
		at, err := sla.Due(severities[i&7], time.Unix(1_577_836_800+int64(i)*2_654_435_761%tenYears, int64(i)).UTC(), monikers[i&7])
		if err != nil {
			t.Error(err)
		}
		return at.UnixNano()
	}
	loop := func(i int) (sum int64) {
		for k := range int64(20) {
			sum += int64(i) % (k + 7)
		}
		return sum
	}
	// run does some work n times, and returns the sum of what comes of it.
	run := func(workers int, work func(int) int64) (sum int64, took time.Duration) {
		parts := make(chan int64, workers)
		start := time.Now()
		for w := range workers {
			go func() {
				var part int64
				for i := w; i < n; i += workers {
					part += work(i)
				}
				parts <- part
			}()
		}
		for range workers {
			sum += <-parts
		}
		return sum, time.Since(start)
	}
	// gain returns how many a second there are on one core and on all, the best of
	// several runs in turn.
	gain := func(work func(int) int64) (one, all float64) {
		for range 5 {
			sum1, took1 := run(1, work)
			sumAll, tookAll := run(cores, work)
			require.Equal(t, sum1, sumAll, "the same answers")
			one, all = max(one, float64(n)/took1.Seconds()), max(all, float64(n)/tookAll.Seconds())
		}
		return one, all
	}
	alone, together := gain(loop)
	one, all := gain(due)
	t.Logf("%d due times: %.1f million a second on one core, %.1f on %d: %.2f times; a loop that shares nothing %.2f times",
		n, one/1e6, all/1e6, cores, all/one, together/alone)
	if *speedFlag {
		require.GreaterOrEqual(t, all/one, 0.9*together/alone, "of what the machine gives")
	}
}
