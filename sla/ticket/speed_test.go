package ticket_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

var (
	keepTime   time.Time
	keepStatus ticket.Status
	keepInt    int
	keepTicket ticket.Ticket
)

// busy is the catalog of the tickets that are measured: four metrics, each with its course.
const busy = `{
	"version": "1",
	"severities": ["P1", "P2"],
	"statuses": ["new", "open", "pending", "solved", "closed"],
	"happenings": ["customer-reply", "agent-reply"],
	"courses": {
		"first-response": {"stop": ["agent-reply", "solved", "closed"]},
		"next-response": {"start": ["customer-reply"], "stop": ["agent-reply", "solved", "closed"]},
		"update": {"reset": ["agent-reply"], "stop": ["solved", "closed"], "pause": ["pending"]},
		"resolution": {"stop": ["solved", "closed"], "pause": ["pending"]}
	},
	"calendars": {"Berlin": {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00", "holidays": ["DE-BE"]}},
	"policies": [{"moniker": "acme", "terms": [
		{"severities": ["P1"], "target": "1h", "calendar": "Berlin", "alarms": ["50%", "breach"]},
		{"severities": ["P2"], "target": "4h", "calendar": "Berlin", "alarms": ["50%", "90%", "-30m", "breach", "+4h wall in hours"]},
		{"metric": "next-response", "target": "4h", "calendar": "Berlin", "alarms": ["50%", "90%", "-30m", "breach", "+4h wall in hours"]},
		{"metric": "update", "target": "8h", "calendar": "Berlin", "alarms": ["50%", "90%", "-30m", "breach", "+4h wall in hours"]},
		{"metric": "resolution", "severities": ["P1"], "target": "1bd", "calendar": "Berlin", "alarms": ["50%", "90%", "-30m", "breach", "+4h wall in hours"]},
		{"metric": "resolution", "severities": ["P2"], "target": "3bd", "calendar": "Berlin", "alarms": ["50%", "90%", "-30m", "breach", "+4h wall in hours"]}
	]}]
}`

// busyTicket returns a ticket that has been through a lot. All its clocks but that of the
// first response run in the end.
func busyTicket(tb testing.TB) ticket.Ticket {
	tb.Helper()
	opened := time.Date(2024, time.March, 28, 10, 0, 0, 0, time.UTC)
	k := ticketOf(tb, catalogOf(tb, busy), sla.Request{Moniker: "acme", Severity: "P2", Opened: opened})
	for i, w := range []string{"open", "customer-reply", "pending", "open", "agent-reply", "customer-reply", "solved", "customer-reply", "pending", "open"} {
		e := ticket.Event{ID: fmt.Sprint(1000 + i), At: opened.Add(time.Duration(i) * 40 * time.Minute), Word: w}
		switch i {
		case 3:
			e.Change.Severity = "P1"
		case 7:
			e.Change.Severity, e.Note = "P2", "it was not that bad"
		}
		k = apply(tb, k, e)
	}
	for m, clock := range k.Clocks() {
		if m != sla.FirstResponse {
			require.Equal(tb, ticket.StateRunning, clock.At(opened.Add(10*time.Hour)).State, m)
		}
	}
	return k
}

// TestStoredSize bounds what a ticket of four metrics and ten events takes in a database.
func TestStoredSize(t *testing.T) {
	assert.Len(t, helpdeskTicket(t).Events(), 10)
	assert.Less(t, len(jsonOf(t, helpdeskTicket(t))), 6<<10)
	assert.Len(t, busyTicket(t).Events(), 10)
	assert.Less(t, len(jsonOf(t, busyTicket(t))), 6<<10)
}

// allocated returns the bytes and the number of allocations of some work: the least of
// several runs, as others allocate, too.
func allocated(work func()) (bytes, count uint64) {
	bytes, count = 1<<63, 1<<63
	for range 5 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		work()
		runtime.ReadMemStats(&after)
		bytes, count = min(bytes, after.TotalAlloc-before.TotalAlloc), min(count, after.Mallocs-before.Mallocs)
	}
	return bytes, count
}

// longTicket returns a ticket with many events. Each clock is changed by some of them.
func longTicket(tb testing.TB, events int) (ticket.Ticket, []ticket.Event) {
	tb.Helper()
	opened := time.Date(2024, time.March, 28, 10, 0, 0, 0, time.UTC)
	list := make([]ticket.Event, events)
	for i := range list {
		list[i] = word(opened.Add(time.Duration(i)*time.Minute), []string{"open", "customer-reply", "pending", "agent-reply"}[i%4])
	}
	fresh := ticketOf(tb, catalogOf(tb, busy), sla.Request{Moniker: "acme", Severity: "P2", Opened: opened})
	return apply(tb, fresh, list...), list
}

// TestApplyWork holds that an event after all others costs the same, except that the events
// before it are copied: as many allocations, whose bytes grow with the events and no faster.
func TestApplyWork(t *testing.T) {
	var bytes, counts []uint64
	for _, n := range []int{500, 1000, 2000, 4000} {
		k, list := longTicket(t, n)
		e := word(list[n-1].At.Add(time.Minute), "open")
		b, c := allocated(func() { keepTicket = apply(t, k, e) })
		bytes, counts = append(bytes, b), append(counts, c)
	}
	t.Log("bytes", bytes, "allocations", counts)
	most := counts[0] + 4 // a map or a list can be one step larger
	for i := range counts {
		assert.LessOrEqual(t, counts[i], most)
	}
	// Twice the events take twice the bytes, with something for sizes that are rounded up.
	for i := 1; i < len(bytes); i++ {
		assert.Less(t, bytes[i], bytes[i-1]*5/2)
	}
	// To tell all anew takes allocations for each event.
	k, list := longTicket(t, 1000)
	fresh := ticketOf(t, catalogOf(t, busy), k.Request())
	_, all := allocated(func() { keepTicket = apply(t, fresh, list...) })
	assert.Greater(t, all, 1000+most)
}

// TestAnswersWork holds that At and Next allocate nothing, however many events came before.
func TestAnswersWork(t *testing.T) {
	few, _ := longTicket(t, 100)
	many, list := longTicket(t, 4000)
	now := list[len(list)-1].At.Add(time.Hour)
	for m, clock := range many.Clocks() {
		other := clockOf(t, few, m)
		assert.Zero(t, testing.AllocsPerRun(100, func() { keepStatus = clock.At(now) }), "%s", m)
		assert.Zero(t, testing.AllocsPerRun(100, func() { keepStatus = other.At(now) }), "%s", m)
		assert.Zero(t, testing.AllocsPerRun(100, func() { keepTime, _ = clock.Next(now) }), "%s", m)
	}
}

// BenchmarkTicket measures what a backend does with a ticket of four metrics and ten events.
func BenchmarkTicket(b *testing.B) {
	k := busyTicket(b)
	text, err := k.MarshalJSON()
	require.NoError(b, err)
	opened := k.Request().Opened
	now := opened.Add(30 * time.Hour)
	b.Run("R", func(b *testing.B) { // time.Time.Add with a Berlin time
		berlin := first(k).Explain(opened).Term.Calendar.Zone()
		start := time.Date(2024, time.March, 5, 10, 0, 0, 0, berlin)
		for b.Loop() {
			keepTime = start.Add(8 * time.Hour)
		}
	})
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			if err := keepTicket.UnmarshalJSON(text); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("read/catalog", func(b *testing.B) { // the catalog in it alone
		excerpt := text[strings.Index(string(text), `"catalog":`)+len(`"catalog":`) : strings.Index(string(text), `,"request":`)]
		b.ReportAllocs()
		b.SetBytes(int64(len(excerpt)))
		for b.Loop() {
			if _, err := sla.ParseCatalog(excerpt); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("write", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			if _, err := k.MarshalJSON(); err != nil {
				b.Fatal(err)
			}
		}
	})
	for m, clock := range k.Clocks() {
		b.Run("at/metric="+string(m), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				keepStatus = clock.At(now)
			}
		})
	}
	b.Run("next", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			keepTime, _ = k.Next(now)
		}
	})
	b.Run("alarms", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			keepInt = len(k.Alarms(now))
		}
	})
	b.Run("first", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, keepStatus, _ = k.First(now)
		}
	})
	for _, late := range []struct {
		name string
		at   time.Time
	}{{"in order", now}, {"late", opened}} {
		b.Run("apply/"+late.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				keepTicket, err = k.Apply(ticket.Event{ID: "7", At: late.at, Word: "agent-reply"})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
