package sla_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
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
	start := time.Now()
	calendars := differentCalendars(t, n)
	built := time.Since(start) / time.Duration(n)
	empty := (heap() - before) / n
	seen := map[string]bool{}
	start = time.Now()
	for _, c := range calendars {
		_, err := c.Add(at, 8*time.Hour)
		require.NoError(t, err)
	}
	asked := time.Since(start) / time.Duration(n)
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

// Due times on all cores: nothing that they share slows them down.
func TestScaleDue(t *testing.T) {
	n, cores := 20_000, runtime.GOMAXPROCS(0)
	if *speedFlag {
		n = 10_000_000
	}
	rng := rand.New(rand.NewPCG(6, 6))
	opened := make([]time.Time, 1<<12)
	for i := range opened {
		opened[i] = time.Unix(1_577_836_800+rng.Int64N(10*365*86400), rng.Int64N(1e9)).UTC() // 2020 to 2029
	}
	severities := []sla.Severity{a, b, c_, a, b, c_, a, b}
	monikers := []region.Moniker{china, china, china, germany, germany, germany, worldwide, worldwide}
	sums := map[int]int64{}
	run := func(workers int) time.Duration {
		parts := make([]int64, workers)
		var wg sync.WaitGroup
		start := time.Now()
		for w := range workers {
			wg.Go(func() {
				var sum int64
				for i := w; i < n; i += workers {
					due, _ := sla.Due(severities[i&7], opened[i&(1<<12-1)], monikers[i&7])
					sum += due.UnixNano()
				}
				parts[w] = sum
			})
		}
		wg.Wait()
		elapsed := time.Since(start)
		sums[workers] = 0
		for _, part := range parts {
			sums[workers] += part
		}
		return elapsed
	}
	one, all := time.Hour, time.Hour
	for range 5 {
		one, all = min(one, run(1)), min(all, run(cores))
	}
	require.Equal(t, sums[1], sums[cores], "the same due times")
	perSecond := func(d time.Duration) float64 { return float64(n) / d.Seconds() / 1e6 }
	t.Logf("%d due times: %.1f million a second on one core, %.1f on %d, %.2f times", n, perSecond(one), perSecond(all), cores, one.Seconds()/all.Seconds())
	if *speedFlag && cores > 1 {
		require.GreaterOrEqual(t, one.Seconds()/all.Seconds(), 0.9*float64(cores))
	}
}
