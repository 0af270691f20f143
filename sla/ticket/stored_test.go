package ticket_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

// ticketIn returns the ticket of a term of three business days in a calendar.
func ticketIn(t *testing.T, c *calendar.Calendar, opened time.Time) ticket.Ticket {
	t.Helper()
	catalog, err := sla.NewCatalog("1", sla.Policy{Moniker: "acme", Terms: []sla.Term{{Target: targetOf("3bd"), Calendar: c}}})
	require.NoError(t, err)
	return ticketOf(t, catalog, sla.Request{Moniker: "acme", Severity: a, Opened: opened})
}

// TestStoredNames stores calendars and holidays of Go values, whose names can be longer
// than a catalog takes, and have control characters.
func TestStoredNames(t *testing.T) {
	opened := time.Date(2024, 3, 8, 15, 0, 0, 0, time.UTC)
	long := strings.Repeat("n", 300)
	for _, name := range []string{"a\nb\x00\u202e", long, "\x00", "bad \xff"} {
		days := calendar.HolidayList("days", calendar.Holiday{Date: date(t, "2024-03-11"), Name: name})
		k := ticketIn(t, calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00", calendar.Holidays(days))), opened)
		require.Equal(t, first(k).At(opened), first(readAgain(t, k)).At(opened), "%q", name)
	}
	one := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00", calendar.Named(long)))
	two := calendar.Must(calendar.New("Asia/Tokyo", "Mo-Fr 09:00-17:00", calendar.Named(long)))
	k := ticketIn(t, calendar.Must(calendar.Union(long, one, two)), opened)
	require.Equal(t, first(k).At(opened), first(readAgain(t, k)).At(opened))
}

// TestStoredCoverage stores sets of holidays that are known for different years.
func TestStoredCoverage(t *testing.T) {
	opened := time.Date(2024, 3, 8, 15, 0, 0, 0, time.UTC)
	list := func(code, day string, last int) calendar.HolidaySet {
		return calendar.HolidayList(code, calendar.Holiday{Date: date(t, day), Name: day}).WithYears(2024, last)
	}
	for _, code := range []string{"", "own", "L", "\x00", "DE-BE", " blank ", strings.Repeat("n", 256)} {
		sets := []calendar.HolidaySet{list(code, "2024-03-11", 2024), list(code, "2024-03-12", 2025), list(code, "2026-03-12", 2026)}
		k := ticketIn(t, calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00", calendar.Holidays(sets...))), opened)
		read := first(readAgain(t, k))
		for _, at := range []time.Time{opened, opened.AddDate(1, 0, 0), opened.AddDate(3, 0, 0)} {
			require.Equal(t, first(k).At(at), read.At(at), "%q", code)
		}
	}
}

// TestStoredCode stores a set of the library behind another of its code.
func TestStoredCode(t *testing.T) {
	opened := time.Date(2024, 3, 28, 15, 0, 0, 0, time.UTC)
	known := lookup(t, "DE-BE")
	k := ticketIn(t, calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00", calendar.Holidays(known.WithYears(2025, 2030), known))), opened)
	require.Equal(t, first(k).At(opened), first(readAgain(t, k)).At(opened))
}

// TestStoredOrder stores sets that have the same date: the first one gives it its name.
func TestStoredOrder(t *testing.T) {
	opened := time.Date(2024, 3, 8, 15, 0, 0, 0, time.UTC)
	named := func(code, name string) calendar.HolidaySet {
		return calendar.HolidayList(code, calendar.Holiday{Date: date(t, "2024-03-29"), Name: name})
	}
	for _, sets := range [][]calendar.HolidaySet{
		{named("", "first"), lookup(t, "DE-BE"), named("L", "last")}, {named("DE-BE", "first"), lookup(t, "DE-BE")}, {named("", "first"), named("", "last")},
	} {
		k := ticketIn(t, calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00", calendar.Holidays(sets...))), opened)
		read := first(readAgain(t, k))
		require.Equal(t, first(k).Explain(opened.AddDate(0, 1, 0)).Segments, read.Explain(opened.AddDate(0, 1, 0)).Segments)
	}
}

// TestStoredProvisional stores a set that leaves out a provisional day: the year is still
// provisional, as the announcement decides which day is left out.
func TestStoredProvisional(t *testing.T) {
	opened := time.Date(2024, 3, 8, 15, 0, 0, 0, time.UTC)
	left := calendar.HolidayList("left out", calendar.Holiday{Date: date(t, "2024-03-29"), Provisional: true})
	k := ticketIn(t, calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00", calendar.Holidays(lookup(t, "DE-BE").Without("rest", left)))), opened)
	require.True(t, first(k).At(opened).Provisional)
	require.True(t, first(readAgain(t, k)).At(opened).Provisional)
}

// TestStoredSharing stores terms that share a calendar without a name, which has many
// parts: to read it is not more work than the document is allowed.
func TestStoredSharing(t *testing.T) {
	var parts []*calendar.Calendar
	for i := range 10 {
		parts = append(parts, calendar.Must(calendar.New("Europe/Berlin", fmt.Sprintf("Mo-Fr 09:00-17:%02d", i))))
	}
	shared, err := calendar.Union("", parts...)
	require.NoError(t, err)
	p := sla.Policy{Moniker: "acme"}
	for i := range 16 {
		s := sla.Severity(fmt.Sprint("S", i))
		p.Severities = append(p.Severities, s)
		p.Terms = append(p.Terms, sla.Term{Severities: only(s), Target: within(time.Duration(i+1) * time.Hour), Calendar: shared})
	}
	catalog, err := sla.NewCatalog("1", p)
	require.NoError(t, err)
	readAgain(t, ticketOf(t, catalog, sla.Request{Moniker: "acme", Severity: "S3", Opened: time.Date(2024, 3, 8, 15, 0, 0, 0, time.UTC)}))
}

// TestStoredLife stores an event ten years after the opening, by the clocks of a zone whose
// offset is another one then.
func TestStoredLife(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	c := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00"))
	for _, opened := range []time.Time{time.Date(2021, 3, 28, 12, 0, 0, 0, berlin), time.Date(2020, 10, 25, 12, 0, 0, 0, berlin)} {
		_, offset := opened.Zone()
		end := opened.In(time.FixedZone("", offset)).AddDate(10, 0, 0)
		for minutes := -90; minutes <= 90; minutes += 30 {
			k := apply(t, ticketIn(t, c, opened), word(opened.AddDate(10, 0, 0).Add(time.Duration(minutes)*time.Minute), "responded"))
			_, err = k.MarshalJSON()
			require.Equal(t, !k.Events()[0].At.After(end), err == nil, "%v", err)
			if err == nil {
				readAgain(t, k)
			}
		}
	}
}

// TestStoredUsedUp stores a clock whose new target is much shorter than what has elapsed: it
// is due at the change, and not in the year before the opening.
func TestStoredUsedUp(t *testing.T) {
	days := calendar.HolidayList("own", calendar.Holiday{Date: date(t, "2025-12-25")}, calendar.Holiday{Date: date(t, "2025-12-24")})
	p := sla.Policy{
		Moniker: "acme",
		Courses: []sla.Course{{Change: sla.ChangeCarryElapsed}},
		Terms: []sla.Term{
			{Severities: only(a), Target: targetOf("1000h"), Calendar: calendar.AlwaysOpen()},
			{Severities: only(b), Target: targetOf("1h"), Calendar: calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00", calendar.Holidays(days)))},
			{Severities: only(c), Target: targetOf("1bd"), Calendar: calendar.Must(calendar.New("Europe/Berlin", "Mo 09:00-09:10"))},
		},
	}
	catalog, err := sla.NewCatalog("1", p)
	require.NoError(t, err)
	opened := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	changed := opened.AddDate(0, 0, 7)
	for _, s := range only(b, c) {
		k := ticketOf(t, catalog, sla.Request{Moniker: "acme", Severity: a, Opened: opened}, severity(changed, s))
		require.Equal(t, changed, first(k).At(changed).Due)
		require.Equal(t, changed, first(readAgain(t, k)).At(changed).Due)
	}
}

// TestStoredOddHours stores a clock that starts in hours of the year before its opening: they
// lie a day after their date.
func TestStoredOddHours(t *testing.T) {
	days := calendar.HolidayList("own", calendar.Holiday{Date: date(t, "2023-12-30")})
	c := calendar.Must(calendar.New("Europe/Berlin", "Mo-Su 00:00-01:00,33:00-41:00", calendar.Holidays(days)))
	catalog, err := sla.NewCatalog("1", sla.Policy{Moniker: "acme", Terms: []sla.Term{{Target: targetOf("1bd@00:00"), Calendar: c}}})
	require.NoError(t, err)
	opened := time.Date(2024, 1, 1, 8, 0, 0, 0, time.UTC) // 33:00 of 31 December, where 1 January begins before
	k := ticketOf(t, catalog, sla.Request{Moniker: "acme", Severity: a, Opened: opened})
	require.Equal(t, "2024-01-01T23:00:00Z", first(k).At(opened).Due.Format(time.RFC3339))
	require.Equal(t, first(k).At(opened), first(readAgain(t, k)).At(opened))
	require.Contains(t, jsonOf(t, k), `"2023-12-30"`)
}

// TestStoredTexts stores what people wrote in bytes that are not UTF-8.
func TestStoredTexts(t *testing.T) {
	p := sla.Policy{
		Moniker: "acme",
		Terms:   []sla.Term{{Severities: only(a), Target: targetOf("1h"), Calendar: calendar.AlwaysOpen(), FollowUp: "\xff", Duties: "\xff", Source: "a\n\xff"}},
		None:    []sla.Exclusion{{Severities: only(b), Err: sla.ErrNoCommitment, Reason: "none", Source: "\xff\x00"}},
	}
	catalog, err := sla.NewCatalog("1", p)
	require.NoError(t, err)
	readAgain(t, ticketOf(t, catalog, sla.Request{Moniker: "acme", Severity: a, Opened: time.Date(2024, 3, 8, 15, 0, 0, 0, time.UTC)}))
}

// TestCombinedHours changes a ticket to calendars made of others. Those that are made alike
// have the same hours, so that nothing changes (R17).
func TestCombinedHours(t *testing.T) {
	const hours = `{"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00"}`
	const window = `{"zone": "UTC", "hours": "Fr 08:00-09:00"}`
	c := catalogOf(t, `{"version": "1", "severities": ["A", "alike", "other hours", "the other way round", "more", "union", "intersection", "plain"],
		"courses": {"": {"change": "restart"}}, "policies": [{"moniker": "acme", "terms": [
		{"severities": ["A"], "target": "4h", "calendar": {"calendar": `+hours+`, "without": [`+window+`]}},
		{"severities": ["alike"], "target": "4h", "calendar": {"without": [ `+window+`], "calendar": `+hours+`}},
		{"severities": ["other hours"], "target": "4h", "calendar": {"calendar": `+hours+`, "without": [{"zone": "UTC", "hours": "Fr 08:00-09:30"}]}},
		{"severities": ["the other way round"], "target": "4h", "calendar": {"calendar": `+window+`, "without": [{"zone": "UTC", "hours": "Mo 08:00-09:00"}]}},
		{"severities": ["more"], "target": "4h", "calendar": {"calendar": `+hours+`, "without": [`+window+`, `+window+`]}},
		{"severities": ["union"], "target": "4h", "calendar": {"union": [`+hours+`, `+window+`]}},
		{"severities": ["intersection"], "target": "4h", "calendar": {"intersection": [`+hours+`, `+window+`]}},
		{"severities": ["plain"], "target": "4h", "calendar": `+hours+`}]}]}`)
	opened := time.Date(2024, 3, 8, 12, 0, 0, 0, time.UTC)
	for severity, ended := range map[sla.Severity]int{"alike": 0, "other hours": 1, "the other way round": 1, "more": 1, "union": 1, "intersection": 1, "plain": 1} {
		tk := ticketOf(t, c, sla.Request{Moniker: "acme", Severity: "A", Opened: opened},
			ticket.Event{At: opened.Add(time.Hour), Change: ticket.Change{Severity: severity}})
		require.Len(t, first(tk).Cycles(), ended, severity)
		require.Len(t, first(readAgain(t, tk)).Cycles(), ended, severity)
	}
}
