package sla_test

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/de"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

var speedFlag = flag.Bool("speed", false, "measure and print the table of speeds, and fail where a limit is not met")

var (
	keepTime     time.Time
	keepDuration time.Duration
	keepInt      int
	keepStatus   ticket.Status
)

// bench is something to measure: run does it n times.
type bench struct {
	name string
	run  func(n int)
}

func berlinWithHolidays(tb testing.TB) *calendar.Calendar {
	set, err := holiday.Lookup("DE-BE")
	require.NoError(tb, err)
	return calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00", calendar.Holidays(set)))
}

// ticketOfTenEvents returns a ticket of four metrics that has been through a lot, and whose
// clocks all still run.
func ticketOfTenEvents(tb testing.TB) ticket.Ticket {
	c, err := sla.ParseCatalog([]byte(`{"version": "1", "severities": ["P1", "P2"], "statuses": ["open", "pending", "solved"], "happenings": ["customer", "reply"],
		"courses": {
			"": {"stop": ["solved"], "pause": ["pending"], "change": "carry-elapsed"},
			"next-response": {"start": ["customer"], "stop": ["reply", "solved"], "pause": []},
			"first-response": {"reopening": "continue"},
			"update": {"reset": ["reply"]}
		},
		"calendars": {"Berlin": {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00", "holidays": ["DE-BE"]}},
		"policies": [{"moniker": "acme", "terms": [` + several(4, ", ", func(i int) string {
		metric := []string{"first-response", "next-response", "update", "resolution"}[i]
		return fmt.Sprintf(`{"metric": "%s", "severities": ["P1"], "target": "16h", "calendar": "Berlin", "alarms": ["50%%", "90%%", "-30m", "breach", "+4h wall in hours"]}, `+
			`{"metric": "%s", "severities": ["P2"], "target": "3bd", "calendar": "Berlin", "alarms": ["50%%", "90%%", "-30m", "breach", "+4h wall in hours"]}`, metric, metric)
	}) + `]}]}`))
	require.NoError(tb, err)
	opened := time.Date(2024, time.March, 28, 10, 0, 0, 0, time.UTC)
	tk, err := ticket.Open(c, sla.Request{Moniker: "acme", Severity: "P2", Opened: opened})
	require.NoError(tb, err)
	for i, word := range []string{"customer", "pending", "open", "reply", "solved", "open", "customer", "pending", "open"} {
		tk, err = tk.Apply(ticket.Event{At: opened.Add(time.Duration(i) * 40 * time.Minute), Word: word})
		require.NoError(tb, err)
	}
	tk, err = tk.Apply(raised(opened.Add(390*time.Minute), "P1"))
	require.NoError(tb, err)
	for metric, clock := range tk.Clocks() {
		require.Equal(tb, ticket.StateRunning, clock.At(opened.Add(10*time.Hour)).State, metric)
	}
	return tk
}

// benches are what has a limit, by the group of the limit.
func benches(tb testing.TB) map[string][]bench {
	c := berlinWithHolidays(tb)
	t := time.Date(2024, time.March, 5, 10, 0, 0, 0, c.Zone())
	all := map[string][]bench{
		"R": {{"time.Time.Add", func(n int) {
			for range n {
				keepTime = t.Add(8 * time.Hour)
			}
		}}},
	}
	for _, span := range []struct {
		name string
		d    time.Duration
	}{{"1 minute", time.Minute}, {"8 hours", 8 * time.Hour}, {"1 week", 7 * 24 * time.Hour}, {"1 year", 365 * 24 * time.Hour}, {"10 years", 3652 * 24 * time.Hour}} {
		all["Add"] = append(all["Add"], bench{"span=" + span.name, func(n int) {
			for range n {
				keepTime, _ = c.Add(t, span.d)
			}
		}})
		u := t.Add(span.d)
		all["Between"] = append(all["Between"], bench{"span=" + span.name, func(n int) {
			for range n {
				keepDuration, _ = c.Between(t, u)
			}
		}})
	}
	sun := calendar.Must(calendar.Union("", c, calendar.Must(calendar.New("Asia/Shanghai", "Mo-Fr 09:00-18:00")), calendar.Must(calendar.New("America/Denver", "Mo-Fr 09:00-17:00"))))
	all["Add in two spans a day"] = append(all["Add in two spans a day"], bench{"union of three desks, span=1 year", func(n int) {
		for range n {
			keepTime, _ = sun.Add(t, 365*24*time.Hour)
		}
	}})
	all["AddDays"] = append(all["AddDays"], bench{"union of three desks, days=3", func(n int) {
		for range n {
			keepTime, _ = sun.AddDays(t, 3)
		}
	}})
	for _, days := range []int{1, 3, 20, 250, 2500} {
		all["AddDays"] = append(all["AddDays"], bench{fmt.Sprintf("days=%d", days), func(n int) {
			for range n {
				keepTime, _ = c.AddDays(t, days)
			}
		}})
	}
	for _, r := range []struct {
		s sla.Severity
		m region.Moniker
	}{{a, china}, {b, china}, {c_, china}, {a, germany}, {b, germany}, {c_, germany}, {a, worldwide}, {b, worldwide}} {
		all["Due"] = append(all["Due"], bench{fmt.Sprintf("severity=%v moniker=%v", r.s, r.m), func(n int) {
			for range n {
				keepTime, _ = sla.Due(r.s, t, r.m)
			}
		}})
	}
	weekend := time.Date(2024, time.March, 9, 10, 0, 0, 0, c.Zone())
	all["Due"] = append(all["Due"], bench{"severity=B moniker=o365-germany on a Saturday", func(n int) {
		for range n {
			keepTime, _ = sla.Due(b, weekend, germany)
		}
	}})
	own := deskCatalog(tb)
	for _, s := range own.Severities(sla.Request{Moniker: "acme"}) {
		all["Catalog.Due"] = append(all["Catalog.Due"], bench{"severity=" + string(s), func(n int) {
			for range n {
				keepTime, _ = own.Due(s, t, "acme")
			}
		}})
	}
	policies := make([]sla.Policy, 1000)
	for i := range policies {
		policies[i] = sla.Policy{Moniker: region.Moniker(fmt.Sprint("customer ", i)), Terms: []sla.Term{{Target: targetOf("8h"), Calendar: c}}}
	}
	many, err := sla.NewCatalog("1", policies...)
	require.NoError(tb, err)
	all["Catalog.Due"] = append(all["Catalog.Due"], bench{"the last of 1000 monikers", func(n int) {
		for range n {
			keepTime, _ = many.Due(c_, t, "customer 999")
		}
	}})

	tk := ticketOfTenEvents(tb)
	opened := tk.Request().Opened
	last := tk.Events()[9].At
	for metric, clock := range tk.Clocks() {
		for _, at := range []struct {
			when string
			t    time.Time
		}{{"after the last event", last.Add(time.Minute)}, {"in a pause", opened.Add(5 * time.Hour)}, {"at the opening", opened}, {"two years later", last.AddDate(2, 0, 0)}} {
			name := fmt.Sprintf("%s after 10 events, %s", metric, at.when)
			all["At"] = append(all["At"], bench{name, func(n int) {
				for range n {
					keepStatus = clock.At(at.t)
				}
			}})
			all["Next"] = append(all["Next"], bench{name, func(n int) {
				for range n {
					keepTime, _ = clock.Next(at.t)
				}
			}})
			alarms := "Alarms"
			if len(clock.Alarms(at.t)) > 3 {
				alarms = "Alarms, more than three"
			}
			all[alarms] = append(all[alarms], bench{name, func(n int) {
				for range n {
					keepInt = len(clock.Alarms(at.t))
				}
			}})
		}
	}
	days3 := clockOf(tb, sla.Published(), sla.Request{Moniker: germany, Severity: c_, Opened: t})
	easter := clockOf(tb, sla.Published(), sla.Request{Moniker: germany, Severity: c_, Opened: t.AddDate(0, 0, 23)})
	all["Explain"] = []bench{
		{"3bd", func(n int) {
			for range n {
				keepInt = len(days3.Explain(t).Segments)
			}
		}},
		{"3bd over Easter", func(n int) {
			for range n {
				keepInt = len(easter.Explain(t.AddDate(0, 0, 23)).Segments)
			}
		}},
	}

	rng := rand.New(rand.NewPCG(1, 2))
	random := make([]time.Time, 1<<12)
	for i := range random {
		random[i] = time.Unix(rng.Int64N(60*365*86400), rng.Int64N(1e9)).In(c.Zone())
	}
	all["random Date"] = []bench{{"60 years", func(n int) {
		for i := range n {
			keepInt, _, _ = random[i%len(random)].Date()
		}
	}}}
	all["random Add"] = []bench{{"60 years", func(n int) {
		for i := range n {
			keepTime, _ = c.Add(random[i%len(random)], 8*time.Hour)
		}
	}}}

	peer := cal.NewBusinessCalendar()
	peer.AddHoliday(de.HolidaysBE...)
	all["peer"] = []bench{{"rickar/cal AddWorkHours(8h)", func(n int) {
		for range n {
			keepTime = peer.AddWorkHours(t, 8*time.Hour)
		}
	}}}
	cached := cal.NewBusinessCalendar()
	cached.Cacheable = true
	cached.AddHoliday(de.HolidaysBE...)
	all["peer, cached"] = []bench{{"rickar/cal AddWorkHours(8h), Cacheable", func(n int) {
		for range n {
			keepTime = cached.AddWorkHours(t, 8*time.Hour)
		}
	}}}
	all["New"] = []bench{{"New and the first Add", func(n int) {
		for range n {
			keepTime, _ = berlinWithHolidays(tb).Add(t, 8*time.Hour)
		}
	}}}
	return all
}

const c_ = sla.SeverityC // c is a calendar here

func BenchmarkAll(b *testing.B) {
	all := benches(b)
	for _, group := range slices.Sorted(maps.Keys(all)) {
		for _, one := range all[group] {
			b.Run(group+"/"+one.name, func(b *testing.B) {
				b.ReportAllocs()
				one.run(1)
				b.ResetTimer()
				one.run(b.N)
			})
		}
	}
}

// speedLimits are what TestSpeed holds, in times of time.Time.Add.
var speedLimits = []struct {
	name      string
	limit     float64
	slower    int // runs are fewer by this factor
	allocates bool
}{
	{"Add", 3, 1, false},
	{"Add in two spans a day", 4, 1, false},
	{"Between", 3, 1, false},
	{"AddDays", 6, 1, false},
	{"Due", 10, 1, false},
	{"Catalog.Due", 12, 1, false},
	{"At", 60, 10, false},
	{"Next", 60, 10, false},
	{"Alarms", 60, 10, true},
	{"Alarms, more than three", 120, 10, true},
	{"Explain", 1000, 100, true},
}

// TestSpeed prints each figure beside its limit. Ratios are to the best of many
// short runs of time.Time.Add with a Berlin time, taken turn by turn with those
// of what is measured, as machines are noisy. Run it alone:
//
//	go test ./sla -run TestSpeed -speed -v
func TestSpeed(t *testing.T) {
	if !*speedFlag {
		t.Skip("run with -speed")
	}
	all := benches(t)
	per := func(one bench, n int) float64 {
		start := time.Now()
		one.run(n)
		return float64(time.Since(start).Nanoseconds()) / float64(n)
	}
	// against returns the time of one, and its ratio to other, each the best of
	// rounds taken in turn.
	against := func(one, other bench, n, m int) (ns, ratio float64) {
		one.run(1)
		other.run(1)
		ns, base := 1e18, 1e18
		for range 60 {
			base = min(base, per(other, m))
			ns = min(ns, per(one, n))
		}
		return ns, ns / base
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	defer w.Flush()
	row := func(name, got, limit string, ok bool) {
		verdict := "ok"
		if !ok {
			verdict = "MISSED"
			t.Errorf("%s: %s, limit %s", name, got, limit)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", name, got, limit, verdict)
	}
	fmt.Fprintln(w, "what\tmeasured\tlimit\t")
	r := all["R"][0]
	const n = 50_000
	for _, group := range speedLimits {
		for _, one := range all[group.name] {
			ns, ratio := against(one, r, n/group.slower, n)
			allocs := testing.AllocsPerRun(100, func() { one.run(1) })
			row(group.name+" "+one.name, fmt.Sprintf("%.1f ns, %.2f R, %.0f allocs", ns, ratio, allocs), fmt.Sprintf("%.0f R", group.limit), ratio <= group.limit && (allocs == 0 || group.allocates))
		}
	}
	all["random Add"][0].run(n) // the table is built
	ns, ratio := against(all["random Add"][0], all["random Date"][0], n, n)
	row("Add at random instants of 60 years", fmt.Sprintf("%.1f ns, %.2f of Date", ns, ratio), "1 of reading the Berlin date", ratio <= 1)
	for _, peer := range []string{"peer", "peer, cached"} {
		ns, ratio = against(all[peer][0], all["Add"][1], 1000, n)
		limit, ok := "300 times", ratio >= 300
		if peer != "peer" {
			limit, ok = "none", true
		}
		row(all[peer][0].name, fmt.Sprintf("%.0f ns, %.0f times Add", ns, ratio), limit, ok)
	}
	ns, _ = against(all["New"][0], r, 1, n)
	row("New and the first Add", fmt.Sprintf("%.0f µs", ns/1000), "1000 µs", ns <= 1e6)
	for _, hours := range []string{"Mo-Fr 09:00-17:00", "Mo-Su 09:00-12:00,13:00-24:00", "24/7"} {
		size := sizeAfterThreeYears(t, hours)
		row("memory of "+hours+" after three years", fmt.Sprintf("%.1f KB", float64(size)/1024), "32 KB", size < 32<<10)
	}
}

// sizeAfterThreeYears returns the memory that a calendar keeps after a query for
// each day of three years, on average over many.
func sizeAfterThreeYears(tb testing.TB, hours string) int {
	set, err := holiday.Lookup("DE-BE")
	require.NoError(tb, err)
	use := func(c *calendar.Calendar) {
		for day := range 3 * 365 {
			c.NextOpen(time.Date(2024, time.January, 1+day, 12, 0, 0, 0, time.UTC))
		}
	}
	use(calendar.Must(calendar.New("Europe/Berlin", hours, calendar.Holidays(set))))
	calendars := make([]*calendar.Calendar, 100)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range calendars {
		calendars[i] = calendar.Must(calendar.New("Europe/Berlin", hours, calendar.Holidays(set)))
		use(calendars[i])
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(calendars)
	return int(after.HeapAlloc-before.HeapAlloc) / len(calendars)
}
