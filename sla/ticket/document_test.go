package ticket_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/bound"
	"github.com/duetime/duetime/sla/ticket"
)

var updateFlag = flag.Bool("update", false, "write the golden files anew")

// lives are tickets whose stored forms are pinned.
func lives(t testing.TB) map[string]ticket.Ticket {
	t.Helper()
	life := func(r sla.Request, list string) ticket.Ticket {
		return ticketOf(t, sla.Published(), r, events(t, list)...)
	}
	own := scenario{b: "1bd@16:00", c: "", severity: sla.ChangeCarryElapsed, reopening: sla.ReopenNewCycle, hours: "Mo-Fr 22:00-06:00; Mar 29 off", alarms: "50%, +4h wall in hours"}
	return map[string]ticket.Ticket{
		"germany": ticketOf(t, watched(t, germany), sla.Request{Moniker: germany, Severity: b, Opened: moment(t, "Thu3 16:30")},
			events(t, "Thu3 16:45 paused, Thu4 10:45 resumed, Thu4 11:00 severity C")...),
		"china":     life(sla.Request{Moniker: china, Category: billing, Severity: c, Opened: time.Date(2026, 2, 13, 4, 0, 0, 0, time.UTC), Country: "CN"}, ""),
		"worldwide": life(sla.Request{Moniker: worldwide, Severity: b, Opened: moment(t, "Mon 10:00")}, "Mon 12:00 severity C, Tue 12:00 responded, Tue 13:00 cancelled"),
		"own":       own.ticket(t, "Mon 23:00", "Tue 01:00 paused, Tue 01:00 responded, Wed 23:00 reopened"),
		"helpdesk":  helpdeskTicket(t),
	}
}

// watched returns the published policies of a moniker with the thresholds 50% and breach.
func watched(t testing.TB, moniker region.Moniker) *sla.Catalog {
	t.Helper()
	var policies []sla.Policy
	for p := range sla.Published().Policies() {
		if p.Moniker != moniker {
			continue
		}
		for i := range p.Terms {
			p.Terms[i].Thresholds = only(thresholdOf("50%"), thresholdOf("breach"))
		}
		policies = append(policies, p)
	}
	catalog, err := sla.NewCatalog(sla.Published().Version(), policies...)
	require.NoError(t, err)
	return catalog
}

// helpdesk is a catalog with words, two plans and four metrics, each with its own course.
const helpdesk = `{
	"version": "helpdesk 1",
	"severities": ["P1", "P2", "P3"],
	"categories": ["incident", "request"],
	"statuses": ["new", "open", "pending", "solved", "closed"],
	"happenings": ["customer-reply", "agent-reply"],
	"courses": {
		"first-response": {"stop": ["agent-reply", "solved", "closed"]},
		"next-response": {"start": ["customer-reply"], "stop": ["agent-reply", "solved", "closed"]},
		"update": {"reset": ["agent-reply", "due"], "stop": ["solved", "closed"], "pause": ["pending"], "change": "restart"},
		"resolution": {"stop": ["solved", "closed"], "pause": ["pending"], "change": "carry-elapsed"}
	},
	"calendars": {
		"Berlin": {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00", "holidays": ["DE-BE"]},
		"Vienna": {"zone": "Europe/Vienna", "hours": "Mo-Fr 08:00-16:00", "holidays": ["AT"]}
	},
	"policies": [
		{"moniker": "acme", "plan": "basic", "default": true, "terms": [
			{"severities": ["P1"], "target": "2h", "calendar": {"AT": "Vienna", "": "Berlin"}, "alarms": ["50%", "breach"]},
			{"severities": ["P2"], "target": "4h", "calendar": {"AT": "Vienna", "": "Berlin"}, "alarms": ["50%", "breach"]},
			{"metric": "next-response", "target": "4h", "calendar": {"AT": "Vienna", "": "Berlin"}, "alarms": ["-30m"]},
			{"metric": "update", "severities": ["P1", "P2"], "target": "8h", "calendar": {"AT": "Vienna", "": "Berlin"}},
			{"metric": "resolution", "severities": ["P1", "P2"], "target": "3bd", "calendar": {"AT": "Vienna", "": "Berlin"}, "alarms": ["75%", "+2h every 2h"]}
		]},
		{"moniker": "acme", "plan": "gold", "terms": [
			{"severities": ["P1", "P2"], "target": "1h", "calendar": "24/7", "alarms": ["50%", "breach"]},
			{"metric": "next-response", "target": "2h", "calendar": {"AT": "Vienna", "": "Berlin"}},
			{"metric": "update", "severities": ["P1", "P2"], "target": "4h", "calendar": {"AT": "Vienna", "": "Berlin"}},
			{"metric": "resolution", "severities": ["P1", "P2"], "target": "1bd", "calendar": {"AT": "Vienna", "": "Berlin"}, "alarms": ["75%", "+2h every 2h"]}
		]}
	]
}`

// helpdeskTicket returns a ticket of four metrics and ten events, of all kinds.
func helpdeskTicket(t testing.TB) ticket.Ticket {
	t.Helper()
	catalog, err := sla.ParseCatalog([]byte(helpdesk))
	require.NoError(t, err)
	at := func(s string) time.Time { return moment(t, s) }
	return ticketOf(t, catalog, sla.Request{Moniker: "acme", Severity: "P2", Opened: at("Mon 10:00")},
		word(at("Mon 10:00"), "new"),
		ticket.Event{ID: "101", At: at("Mon 11:30"), Word: "agent-reply", Note: "asked for the log"},
		ticket.Event{ID: "102", At: at("Mon 11:30"), Word: "pending"},
		ticket.Event{ID: "104", At: at("Tue 09:30"), Word: "customer-reply", Note: "here it is"},
		ticket.Event{ID: "103", At: at("Tue 09:30"), Word: "open"},
		ticket.Event{At: at("Tue 10:00"), Change: ticket.Change{Plan: "gold", Country: "AT"}, Note: "upgraded"},
		ticket.Event{At: at("Tue 12:00"), Word: "agent-reply", Change: ticket.Change{Severity: "P1"}, Note: "it is down"},
		ticket.Event{At: at("Wed 16:30"), Word: "solved"},
		ticket.Event{At: at("Thu 08:15"), Word: "open", Note: "not at all"},
		ticket.Event{At: at("Thu 08:15"), Word: "customer-reply"},
	)
}

// golden compares JSON, indented, with a file of testdata, or writes it with -update.
func golden(t *testing.T, name string, text []byte) {
	t.Helper()
	var pretty bytes.Buffer
	require.NoError(t, json.Indent(&pretty, text, "", "\t"))
	pretty.WriteByte('\n')
	goldenText(t, name, pretty.String())
}

// goldenText compares a text with a file of testdata, or writes it with -update.
func goldenText(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *updateFlag {
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	wanted := strings.Split(string(want), "\n")
	for i, line := range strings.Split(text, "\n") {
		if i >= len(wanted) || line != wanted[i] {
			t.Errorf("%s, line %d: %s (go test ./sla/ticket -update writes it anew; stored tickets depend on it)", name, i+1, line)
			break
		}
	}
	assert.Equal(t, len(want), len(text), name)
}

func TestStoredForms(t *testing.T) {
	for name, k := range lives(t) {
		t.Run(name, func(t *testing.T) {
			text, err := json.Marshal(k)
			require.NoError(t, err)
			golden(t, name+".ticket.json", text)
			last := k.Request().Opened
			if list := k.Events(); len(list) > 0 {
				last = list[len(list)-1].At
			}
			var folded []ticket.Explanation
			for _, e := range k.Explain(last.In(time.UTC)) {
				folded = append(folded, e.Fold())
			}
			e, err := json.Marshal(folded)
			require.NoError(t, err)
			golden(t, name+".explanation.json", e)
			at := last.Add(time.Hour + 30*time.Second + time.Millisecond)
			var tables []string
			for _, clock := range k.Clocks() {
				tables = append(tables, clock.Explain(at).String(), clock.Explain(at.AddDate(0, 0, 7)).Fold().String())
			}
			goldenText(t, name+".explanation.txt", strings.Join(tables, "\n"))

			stored, err := os.ReadFile(filepath.Join("testdata", name+".ticket.json"))
			require.NoError(t, err)
			var back ticket.Ticket
			require.NoError(t, json.Unmarshal(stored, &back))
			assert.True(t, same(back, k))
			assert.Equal(t, string(text), jsonOf(t, back), "the same bytes again")
			for _, now := range []time.Time{k.Request().Opened, last, last.Add(time.Hour), last.AddDate(3, 0, 0)} {
				sameText(t, answersOf(k, now), answersOf(back, now))
			}
		})
	}
}

// answersOf returns what a ticket says at an instant, but for its explanations. Cycles are in
// the Location of the opening; a stored ticket keeps its offset alone.
func answersOf(k ticket.Ticket, now time.Time) string {
	var list []any
	for m, clock := range k.Clocks() {
		next, ok := clock.Next(now)
		var cycles []ticket.Status
		for _, st := range clock.Cycles() {
			st.At, st.Start, st.Due, st.OriginalDue, st.BreachedAt = st.At.UTC(), st.Start.UTC(), st.Due.UTC(), st.OriginalDue.UTC(), st.BreachedAt.UTC()
			cycles = append(cycles, st)
		}
		list = append(list, m, clock.At(now), cycles, next, ok)
	}
	m, st, ok := k.First(now)
	next, more := k.Next(now)
	list = append(list, m, st, ok, next, more, k.Alarms(now), k.Outcome(now))
	text, err := json.Marshal(list)
	if err != nil { // a year of five digits
		return fmt.Sprint(list...)
	}
	return string(text)
}

// A ticket says the same after its catalog has changed, and after the holidays
// that the library knows have.
func TestStoredTicketKeepsItsTerms(t *testing.T) {
	k := lives(t)["germany"]
	text := jsonOf(t, k)
	opened := moment(t, "Thu3 16:30")
	// Suppose that the library did not know Good Friday when it was written.
	other := strings.Replace(text, `{"date":"2024-03-29","name":"Karfreitag"},`, "", 1)
	require.NotEqual(t, text, other)
	var back ticket.Ticket
	require.NoError(t, json.Unmarshal([]byte(other), &back))
	assert.Equal(t, "Fri3 16:30", named(first(back).At(opened).Due))
	assert.Equal(t, "Tue4 16:30", named(first(k).At(opened).Due))
	assert.False(t, same(back, k))
	assert.Equal(t, other, jsonOf(t, back))
	// The years that were not written are what the library knows.
	later := time.Date(2031, time.April, 10, 12, 0, 0, 0, time.UTC) // before Good Friday
	left, err := first(back).Explain(opened).Term.Calendar.Between(later, later.AddDate(0, 0, 7))
	require.NoError(t, err)
	kept, err := first(k).Explain(opened).Term.Calendar.Between(later, later.AddDate(0, 0, 7))
	require.NoError(t, err)
	assert.Equal(t, kept, left)

	// A set that the library knows no more is known for the years that were written.
	unknown := strings.Replace(text, `"code":"DE-BE"`, `"code":"DE-XX"`, 1)
	require.NoError(t, json.Unmarshal([]byte(unknown), &back))
	assert.False(t, first(back).At(opened).Provisional)
	forever := first(apply(t, back, word(moment(t, "Fri4 16:30"), "paused")))
	assert.True(t, forever.At(later.AddDate(0, 0, 7)).Provisional)

	// The years are those up to the due time and the last event, and the one after.
	assert.Contains(t, jsonOf(t, apply(t, k, word(opened.AddDate(3, 0, 0), "responded"))), `"years":{"first":2024,"last":2028}`)

	// Times are in the offset that was written, and not in the machine's own zone if
	// that has the same offset.
	local := time.Local
	t.Cleanup(func() { time.Local = local })
	time.Local = moment(t, "Mon 10:00").Location()
	require.NoError(t, json.Unmarshal([]byte(text), &back))
	assert.Equal(t, "", back.Request().Opened.Location().String())
	time.Local = local

	// A ticket that is unchanged shares its calendar with the catalog.
	require.NoError(t, json.Unmarshal([]byte(text), &back))
	assert.Same(t, first(k).Explain(opened).Term.Calendar, first(back).Explain(opened).Term.Calendar)

	// Own holidays are not covered in the years that were not written.
	set := calendar.HolidayFunc("own", func(year int) []calendar.Holiday {
		d, _ := calendar.NewDate(year, time.March, 12)
		return []calendar.Holiday{{Date: d, Name: "company day"}}
	})
	hours := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00", calendar.Holidays(set), calendar.Named("desk")))
	catalog, err := sla.NewCatalog("own", sla.Policy{Moniker: "acme", Terms: []sla.Term{{Severities: only(b), Target: targetOf("1bd"), Calendar: hours}}})
	require.NoError(t, err)
	back = readAgain(t, ticketOf(t, catalog, sla.Request{Moniker: "acme", Severity: b, Opened: moment(t, "Mon 10:00")}))
	assert.Equal(t, "Wed 10:00", named(first(back).At(moment(t, "Mon 10:00")).Due))
	assert.Equal(t, "own", first(back).Explain(moment(t, "Mon 10:00")).Catalog)
	paused := first(apply(t, back, word(moment(t, "Mon 11:00"), "paused")))
	assert.False(t, paused.At(moment(t, "Fri 10:00")).Provisional)
	assert.False(t, paused.At(moment(t, "Fri 10:00").AddDate(10, 0, 0)).Provisional)
	assert.True(t, paused.At(moment(t, "Fri 10:00").AddDate(11, 0, 0)).Provisional, "nobody knows the holidays of 2035")
}

// A stored ticket goes on as it would have, with what it was stored with: the policies that it
// has been under, all their severities, categories and metrics, and its countries.
func TestStoredTicketGoesOn(t *testing.T) {
	k := helpdeskTicket(t)
	back := readAgain(t, k)
	at := moment(t, "Fri 09:00")
	for _, e := range []ticket.Event{
		word(at, "solved"),
		severity(at, "P3"),
		{At: at, Change: ticket.Change{Plan: "basic"}},
		{At: at, Change: ticket.Change{Category: "request", Country: ""}},
		{At: at, Change: ticket.Change{Plan: "basic", Severity: "P1"}, Word: "customer-reply"},
		word(moment(t, "Mon 10:30"), "agent-reply"),                                                   // told late
		{ID: "101", At: moment(t, "Mon 11:30").UTC(), Word: "agent-reply", Note: "asked for the log"}, // told again
		{ID: "x", At: moment(t, "Tue 09:00"), Change: ticket.Change{Plan: "gold"}},
	} {
		going, gone := apply(t, k, e), apply(t, back, e)
		sameText(t, jsonOf(t, going), jsonOf(t, gone), e)
		for _, now := range []time.Time{moment(t, "Tue 13:00"), at, at.AddDate(0, 0, 10)} {
			sameText(t, answersOf(going, now), answersOf(gone, now), e)
		}
	}
	const again = ": a stored ticket has the plans and countries that it has had: for another, Open it again from its catalog and Apply its Events"
	gold := ticketOf(t, catalogOf(t, helpdesk), sla.Request{Moniker: "acme", Plan: "gold", Severity: "P1", Opened: moment(t, "Mon 10:00"), Country: "AT"})
	gold = readAgain(t, gold)
	for _, row := range []struct {
		change ticket.Change
		want   string
	}{
		{ticket.Change{Plan: "basic"}, `ticket: event 0, 2024-03-15T09:00:00+01:00 plan basic: sla: unknown plan "basic": want a plan of acme: gold` + again},
		{ticket.Change{Country: "DE"}, `ticket: event 0, 2024-03-15T09:00:00+01:00 country DE: country "DE"` + again},
		{ticket.Change{Moniker: "other", Plan: "gold"}, `ticket: event 0, 2024-03-15T09:00:00+01:00 plan gold, moniker other: region: unknown moniker "other": want one of the catalog: acme` + again},
		{ticket.Change{Moniker: "other"}, `ticket: event 0, 2024-03-15T09:00:00+01:00 moniker other: moniker "other" without a plan` + again},
	} {
		after, err := gold.Apply(ticket.Event{At: at, Change: row.change})
		assert.EqualError(t, err, row.want)
		assert.True(t, same(after, gold))
	}
	// The error says what to do.
	fresh := ticketOf(t, catalogOf(t, helpdesk), gold.Request(), gold.Events()...)
	fresh = apply(t, fresh, ticket.Event{At: at, Change: ticket.Change{Plan: "basic", Country: "DE"}})
	assert.Equal(t, "3bd", clockOf(t, fresh, sla.Resolution).At(at).Target.String())
	assert.Equal(t, "1bd", clockOf(t, gold, sla.Resolution).At(at).Target.String())
}

// catalogOf returns the catalog of a text.
func catalogOf(t testing.TB, text string) *sla.Catalog {
	t.Helper()
	catalog, err := sla.ParseCatalog([]byte(text))
	require.NoError(t, err)
	return catalog
}

func TestStoredFaults(t *testing.T) {
	germany, helpdesk := jsonOf(t, lives(t)["germany"]), jsonOf(t, lives(t)["helpdesk"])
	for _, row := range []struct{ old, new, want string }{
		{`{"format":1,`, `{"format":2,`, "ticket: format 2: want 1"},
		{`{"format":1,`, `{"format":1.0,`, "ticket: format: 1.0: want a whole number"},
		{`{"format":1,`, `{"clock":1,`, "ticket: clock: unknown field: want one of format, catalog, request, events"},
		{`"events":[`, `"alarms":["50%"],"events":[`, "ticket: alarms: unknown field: want one of format, catalog, request, events"},
		{`"events":[`, `"event":[`, "ticket: event: unknown field: want one of format, catalog, request, events"},
		{`"events":[`, `"events":[{},`, "ticket: events[0].at: missing"},
		{`"events":[`, `"events":[null,`, "ticket: events[0]: null: want an object"},
		{`"word":"paused"`, `"word":"slept"`, `ticket: event 0, 2024-03-28T16:45:00+01:00 slept: unknown word "slept": want a word of the policy: resolved, reopened, paused, resumed, responded, cancelled`},
		{`"word":"paused"`, `"kind":"paused"`, "ticket: events[0].kind: unknown field: want one of id, at, word, severity, category, plan, moniker, country, note"},
		{`"word":"paused"`, `"word":""`, "ticket: event 0, 2024-03-28T16:45:00+01:00: nothing happened: want a word or a change"},
		{`"word":"paused"`, `"word":1`, "ticket: events[0].word: 1: want a text in quotes"},
		{`"word":"paused"`, `"word":"cancelled","severity":"D"`, `ticket: event 0, 2024-03-28T16:45:00+01:00 cancelled, severity D: sla: unknown severity "D": want a severity of o365-germany, plan standard: A, B, C`},
		{`"word":"paused"`, `"moniker":"o365-mars"`, `ticket: event 0, 2024-03-28T16:45:00+01:00 moniker o365-mars: region: unknown moniker "o365-mars": want one of the catalog: o365-germany`},
		{`"word":"paused"`, `"country":"XX"`, `ticket: event 0, 2024-03-28T16:45:00+01:00 country XX: region: unknown country "XX": want an ISO 3166-1 code that o365-germany serves: AT, BE, BG, CY, CZ, DE, DK, EE, ES, FI, FR, GR, HR, HU, IE, IS, IT, LI, LT, LU, LV, MT, NL, NO, PL, PT, RO, SE, SI, SK`},
		{`"at":"2024-03-28T16:45:00+01:00"`, `"at":"2024-03-28T16:29:00+01:00"`, "ticket: event 0, 2024-03-28T16:29:00+01:00 paused: before the opening, 2024-03-28T16:30:00+01:00"},
		{`"at":"2024-03-28T16:45:00+01:00"`, `"at":"2034-03-28T16:30:00.1+01:00"`, "ticket: event at 2034-03-28T16:30:00.1+01:00: want it within 10 years of the opening"},
		{`"at":"2024-03-28T16:45:00+01:00"`, `"at":"2200-03-28T16:30:00.1+01:00"`, "ticket: event at 2200-03-28T16:30:00.1+01:00: want it within 10 years of the opening"},
		{`"at":"2024-03-28T16:45:00+01:00"`, `"at":"yesterday"`, `ticket: events[0].at: "yesterday": want an instant such as "2024-03-08T16:00:00+01:00"`},
		{`"at":"2024-03-28T16:45:00+01:00",`, ``, "ticket: events[0].at: missing"},
		{`"zone":"Europe/Berlin"`, `"zone":"Mars"`, `ticket: catalog.calendars["Office 365 Germany, business hours"].zone: "Mars": want a name of the IANA time zone database, such as Europe/Berlin, or UTC`},
		{`"hours":"Mo-Fr 09:00-17:00"`, `"hours":"never"`, `ticket: catalog.calendars["Office 365 Germany, business hours"].hours: "never" at byte 0: want a weekday (Mo, Tu, We, Th, Fr, Sa, Su), PH, a date such as Dec 24 or 2026 Dec 24, a month, a week, or 24/7`},
		{`"date":"2024-03-29"`, `"date":"2024-02-30"`, `ticket: catalog.calendars["Office 365 Germany, business hours"].holidays[0].days[2].date: "2024-02-30": want a real day written as 2006-01-02`},
		{`{"date":"2024-03-29"`, `{"day":"2024-03-29"`, `ticket: catalog.calendars["Office 365 Germany, business hours"].holidays[0].days[2].date: missing: want a date from 1900-01-01 to 2199-12-31 (first of 2 faults)`},
		{`"date":"2024-03-29"`, `"date":"2026-03-29"`, `ticket: catalog.calendars["Office 365 Germany, business hours"].holidays[0].days[2].date: "2026-03-29": want a date of the years 2024 to 2025`},
		{`"years":{"first":2024,"last":2025}`, `"years":{"first":2024,"last":2000000000}`, `ticket: catalog.calendars["Office 365 Germany, business hours"].holidays[0].years.last: 2000000000: want a year from 1900 to 2199`},
		{`"years":{"first":2024,"last":2025}`, `"years":{"first":2025,"last":2024}`, `ticket: catalog.calendars["Office 365 Germany, business hours"].holidays[0].years.last: 2024: want a year from 2025, the first, on`},
		{`"years":{"first":2024,"last":2025},`, ``, `ticket: catalog.calendars["Office 365 Germany, business hours"].holidays[0].years: missing: want the years of the days, such as {"first": 2027, "last": 2027}`},
		{`"terms":[`, `"terms":[],"x":[`, "ticket: catalog.policies[0].terms: an empty list: want a list of terms (first of 2 faults)"},
		{`"terms":[`, `"terms":[{},`, `ticket: catalog.policies[0].terms[0].target: missing: want 1h30m, 3bd, "1bd 4h", 1bd@close, 1bd@16:00, 3d, "8h wall", or two such as "0bd@close before 14:00 else 1bd@close", or "none" and "reason" (first of 2 faults)`},
		{`"alarms":["50%"`, `"alarms":["50%","50%"`, `ticket: catalog.policies[0].terms[0].alarms[1]: "50%": want the threshold once`},
		{`"alarms":["50%"`, `"alarms":["soon"`, `ticket: catalog.policies[0].terms[0].alarms[0]: "soon": want 50%, -30m, +2h, "-2h wall", "+4h wall" or breach, each with or without " every 1h" (but for breach) and " in hours"`},
		{`"moniker":"o365-germany","category"`, `"moniker":"o365-mars","category"`, `ticket: request: region: unknown moniker "o365-mars": want one of the catalog: o365-germany`},
		{`"opened":"2024-03-28T16:30:00+01:00"}`, `"opened":"2024-03-28T16:30:00+01:00","metric":"resolution"}`, `ticket: request: sla: unknown metric "resolution": want one of the catalog: first-response`},
		{`"holidays":[`, `"holidays":[` + strings.Repeat(`{"code":"x","years":{"first":1900,"last":1900}},`, 128), `ticket: catalog.calendars["Office 365 Germany, business hours"].holidays[1].code: "x": want the code once (first of 127 faults)`},
		{`"plan":"standard","severity"`, `"plan,omitempty":"standard","severity"`, `ticket: request: sla: request: ["plan,omitempty"]: unknown field: want one of moniker, category, plan, severity, opened, country, metric`},
		{`"opened":"2024-03-28T16:30:00+01:00"`, `"opened":"2024-03-28T16:30:00-24:00"`, `ticket: request: sla: request: opened: "2024-03-28T16:30:00-24:00": want an instant such as "2024-03-08T16:00:00+01:00"`},
		{`"opened":"2024-03-28T16:30:00+01:00"`, `"opened":"2024-03-28T16:30:00+24:00"`, `ticket: request: sla: request: opened: "2024-03-28T16:30:00+24:00": want an instant such as "2024-03-08T16:00:00+01:00"`},
		{`"opened":"2024-03-28T16:30:00+01:00"`, `"opened":"2024-03-28T6:30:00Z"`, `ticket: request: sla: request: opened: "2024-03-28T6:30:00Z": want an instant such as "2024-03-08T16:00:00+01:00"`},
		{`"opened":"2024-03-28T16:30:00+01:00"`, `"opened":"2024-03-28T16:30:00+00:60"`, `ticket: request: sla: request: opened: "2024-03-28T16:30:00+00:60": want an instant such as "2024-03-08T16:00:00+01:00"`},
		{`"opened":"2024`, `"opened":"1824`, ""},
		{`"opened":"2024-03-28T16:30:00+01:00"`, `"opened":""`, `ticket: request: sla: request: opened: "": want an instant such as "2024-03-08T16:00:00+01:00"`},
		{`"opened":"2024-03-28T16:30:00+01:00"`, `"opened":null`, "ticket: request: sla: request: opened: null: want a value"},
		{`"opened":"2024-03-28T16:30:00+01:00"`, `"opened":"2024-03-28T16:30:00,5+01:00"`, `ticket: request: sla: request: opened: "2024-03-28T16:30:00,5+01:00": want an instant such as "2024-03-08T16:00:00+01:00"`},
		{`"severity":"B","opened"`, `"opened"`, "ticket: request: sla: no severity given: want a severity of o365-germany, plan standard: A, B, C"},
		{`"severity":"B","opened"`, `"severity":"D","opened"`, `ticket: request: sla: unknown severity "D": want a severity of o365-germany, plan standard: A, B, C`},
		{`"calendar":"24/7"`, `"calendar":{"union":[` + strings.Repeat(`{"zone":"UTC","hours":"24/7"},`, 99) + `"24/7"]}`, "ticket: catalog.policies[0].terms[0].calendar.union: 100 calendars: want 64 at the most"},
		{`"catalog":{`, `"catalog":null,"x":{`, "ticket: catalog: null: want an object"},
		{`"catalog":{`, `"catalog":{},"x":{`, "ticket: x: unknown field: want one of format, catalog, request, events"},
		{`"catalog":{"version":"published 2020-05-27",`, `"catalog":{`, `ticket: catalog.version: missing: want a text that tells this catalog from others, such as "2026-01"`},
		{`"request":{`, `"request":null,"x":{`, "ticket: request: null: want a value"},
		{`"id":"101"`, `"id":"104"`, `ticket: event 3, 2024-03-12T09:30:00+01:00 customer-reply: here it is: "104" is the ID of another event, 2024-03-11T11:30:00+01:00 agent-reply: asked for the log`},
		{`"id":"101"`, `"id":101`, "ticket: events[1].id: 101: want a text in quotes"},
		{`{"id":"101","at":"2024-03-11T11:30:00+01:00","word":"agent-reply","note":"asked for the log"},`, `{"id":"101","at":"2024-03-11T11:30:00+01:00","word":"agent-reply","note":"asked for the log"},{"id":"101","at":"2024-03-11T11:30:00+01:00","word":"agent-reply","note":"asked for the log"},`, "ticket: events: an ID is there twice: want each once"},
		{`"plan":"gold","country":"AT"`, `"plan":"silver","country":"AT"`, `ticket: event 5, 2024-03-12T10:00:00+01:00 plan silver, country AT: upgraded: sla: unknown plan "silver": want a plan of acme: basic, gold`},
		{`"statuses":["new",`, `"statuses":["new","new",`, `ticket: catalog.statuses[1]: "new": want the word once, as a status or a happening`},
		{`"statuses":["new",`, `"statuses":["due",`, `ticket: catalog.statuses[0]: "due": want another word: every policy has this one`},
		{`"change":"restart"`, `"change":"later"`, `ticket: catalog.courses.update.change: "later": want from-opening, carry-elapsed, restart, replace`},
		{`"stop":["solved","closed"]`, `"stop":["solved","done"]`, `ticket: catalog.courses.resolution.stop[1]: "done": want a word of acme, plan basic: new, open, pending, solved, closed, customer-reply, agent-reply`},
		{`"pause":["pending"]`, `"pause":["agent-reply"]`, `ticket: catalog.courses.resolution.pause[0]: "agent-reply": want a status, which holds until the next: a happening is over at once`},
		{`"+2h every 2h"`, `"+2h every 2s"`, `ticket: catalog.policies[0].terms[4].alarms[1]: "+2h every 2s": want a minute at the least after "every", and a breach once: "+1h every 1h" repeats after it`},
	} {
		good := germany
		if !strings.Contains(good, row.old) {
			good = helpdesk
		}
		bad := strings.Replace(good, row.old, row.new, 1)
		require.NotEqual(t, good, bad, row.old)
		k := lives(t)["china"]
		before := jsonOf(t, k)
		err := json.Unmarshal([]byte(bad), &k)
		if assert.Error(t, err, row.new) {
			assert.NotContains(t, err.Error(), "\n")
			if row.want != "" {
				assert.EqualError(t, err, row.want)
			}
		}
		assert.Equal(t, before, jsonOf(t, k), "unchanged")
	}
	// Every field is required. Events can come in any order.
	var parts map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(helpdesk), &parts))
	for field := range parts {
		less := maps.Clone(parts)
		delete(less, field)
		var k ticket.Ticket
		assert.EqualError(t, k.UnmarshalJSON([]byte(jsonOf(t, less))), "ticket: "+field+": missing")
	}
	own := lives(t)["own"]
	require.NoError(t, json.Unmarshal([]byte(jsonOf(t, own)), &parts))
	var told []json.RawMessage
	require.NoError(t, json.Unmarshal(parts["events"], &told))
	told = append(told[2:], told[:2]...) // the last before the two of one instant
	parts["events"] = json.RawMessage(jsonOf(t, told))
	var back ticket.Ticket
	require.NoError(t, json.Unmarshal([]byte(jsonOf(t, parts)), &back))
	assert.True(t, same(back, own))
	for _, bad := range []string{"", "null", "[]", "{}", `{"at":"2024-03-08T16:00:00Z","word":"paused"} x`, `{"at":"2024-03-08T16:00:00Z"}`, `{"at":"2024-03-08T16:00:00Z","note":"hm"}`, `{"at":"2024-03-08T16:00:00Z","word":""}`, `{"word":"paused"}`, `{"at":"1","word":"paused"}`, `{"at":"2200-03-08T16:00:00Z","word":"paused"}`, `{"at":"2024-03-08T16:00:00Z","word":"paused"}}`, `{"at":"2024-03-08T16:00:00Z","word":"paused"}]x`, `{"at":"2024-03-08T16:00:00Z","kind":"paused"}`, `{"at":"2024-03-08T16:00:00Z","word":"paused","why":""}`} {
		e := ticket.Event{ID: "before"}
		assert.Error(t, e.UnmarshalJSON([]byte(bad)), bad)
		assert.Equal(t, ticket.Event{ID: "before"}, e, "unchanged")
		var k ticket.Ticket
		assert.Error(t, k.UnmarshalJSON([]byte(bad)), bad)
	}
}

// A field that is there again, or in other letters, is refused wherever it stands:
// encoding/json would take the last of them.
func TestStoredFieldsAreExact(t *testing.T) {
	key := regexp.MustCompile(`[{,]("[^"]+"):`)
	for name, k := range lives(t) {
		now := moment(t, "Fri8 12:00")
		for _, what := range []any{k, k.Request(), k.Events(), k.Alarms(now)} {
			text, tried := jsonOf(t, what), 0
			read := func(text string) error {
				return json.Unmarshal([]byte(text), reflect.New(reflect.TypeOf(what)).Interface())
			}
			require.NoError(t, read(text), text)
			for _, at := range key.FindAllStringSubmatchIndex(text, -1) {
				field := text[at[2]:at[3]]
				var value json.RawMessage
				require.NoError(t, json.NewDecoder(strings.NewReader(text[at[1]:])).Decode(&value))
				assert.ErrorContains(t, read(text[:at[2]]+field+":"+string(value)+" , "+text[at[2]:]), "duplicate field: want it once", name)
				var course sla.Metric
				_ = json.Unmarshal([]byte(field), &course)
				_, isMetric := k.Clock(course) // a name, and there may be others
				for _, other := range []string{strings.ToUpper(field), strings.Replace(field, "s", "ſ", 1)} {
					if other != field && !isMetric {
						assert.Error(t, read(text[:at[2]]+other+" "+text[at[3]:]), name)
					}
				}
				tried++
			}
			assert.Equal(t, text == "[]" || text == "null", tried == 0, text)
		}
	}
	var event ticket.Event
	require.NoError(t, json.Unmarshal([]byte(`{"at":"2024-03-08T16:00:00Z","word":"paused","note":"\"note\":\\"}`), &event))
	assert.Equal(t, `"note":\`, event.Note)
	assert.NoError(t, json.Unmarshal([]byte(`{"\u0061t":"2024-03-08T16:00:00Z","word":"paused"}`), &event), "the same name, written in another way")
}

// The smaller forms read what they write, and nothing else.
func TestStoredParts(t *testing.T) {
	k := lives(t)["germany"]
	alarm := k.Alarms(moment(t, "Fri8 12:00"))[0]
	var back ticket.Alarm
	require.NoError(t, json.Unmarshal([]byte(jsonOf(t, alarm)), &back))
	assert.Equal(t, jsonOf(t, alarm), jsonOf(t, back))
	assert.Equal(t, alarm.Key(), back.Key())
	assert.True(t, alarm.At.Equal(back.At) && alarm.Due.Equal(back.Due) && alarm.CountsFrom.Equal(back.CountsFrom))
	assert.EqualError(t, json.Unmarshal([]byte(strings.Replace(jsonOf(t, alarm), `/50%"`, `/51%"`, 1)), &back), `ticket: alarm: key "first-response/2024-03-28T15:30:00Z/51%": want "first-response/2024-03-28T15:30:00Z/50%"`)
	repeated := alarm
	repeated.Metric, repeated.Threshold, repeated.Number = sla.Resolution, thresholdOf("+1h every 30m"), 3
	require.NoError(t, json.Unmarshal([]byte(jsonOf(t, repeated)), &back))
	assert.Equal(t, "resolution/2024-03-28T15:30:00Z/+1h every 30m/3", back.Key())
	assert.Error(t, json.Unmarshal([]byte(strings.Replace(jsonOf(t, repeated), `"number":3`, `"number":4`, 1)), &back))
	assert.ErrorContains(t, json.Unmarshal([]byte(`{"colour":1}`), &back), "ticket: alarm: ")

	request := sla.Request{Moniker: "acme", Category: billing, Plan: "gold", Severity: a, Opened: moment(t, "Mon 10:00"), Country: "AT"}
	var again sla.Request
	require.NoError(t, json.Unmarshal([]byte(jsonOf(t, request)), &again))
	assert.True(t, again.Opened.Equal(request.Opened))
	again.Opened = request.Opened
	assert.Equal(t, request, again)
	require.NoError(t, json.Unmarshal([]byte(`{"moniker":"acme","severity":"B","opened":"2024-03-11T10:00:00Z"}`), &again))
	assert.Equal(t, sla.Request{Moniker: "acme", Severity: b, Opened: time.Date(2024, 3, 11, 10, 0, 0, 0, time.UTC)}, again)
	assert.EqualError(t, json.Unmarshal([]byte(`{"subject":"help"}`), &again), "sla: request: subject: unknown field: want one of moniker, category, plan, severity, opened, country, metric")

	var event ticket.Event
	good := jsonOf(t, k.Events()[0])
	assert.EqualError(t, event.UnmarshalJSON(nil), "ticket: event: line 1, column 1: the end of the text: want a JSON value")
	assert.EqualError(t, event.UnmarshalJSON([]byte(good[:9])), "ticket: event: line 1, column 10: the end of the text: want a closing quotation mark")
	assert.EqualError(t, event.UnmarshalJSON([]byte(good+"1")), `ticket: event: line 1, column 51: "1": want the end of the text, after one value`)
	require.NoError(t, event.UnmarshalJSON([]byte(" "+good+"\n")))

	full := ticket.Event{ID: "4711", At: moment(t, "Fri 16:00"), Word: "reply", Change: ticket.Change{Severity: "P2", Category: billing, Plan: "gold", Moniker: "acme", Country: "AT"}, Note: "<hm>"}
	assert.Equal(t, `{"id":"4711","at":"2024-03-15T16:00:00+01:00","word":"reply","severity":"P2","category":"billing","plan":"gold","moniker":"acme","country":"AT","note":"\u003chm\u003e"}`, jsonOf(t, full))
	require.NoError(t, json.Unmarshal([]byte(jsonOf(t, full)), &event))
	event.At = event.At.In(full.At.Location())
	assert.Equal(t, full, event)
	assert.Equal(t, "2024-03-15T16:00:00+01:00 reply, severity P2, category billing, plan gold, moniker acme, country AT: <hm>", full.String())

	// Instants are read in the offset that they were written in.
	r := k.Request()
	r.Opened = r.Opened.UTC()
	abroad := ticketOf(t, watched(t, germany), r)
	for _, e := range k.Events() {
		e.At = e.At.In(time.FixedZone("", -3*60*60))
		abroad = apply(t, abroad, e)
	}
	now := moment(t, "Fri8 12:00")
	assert.NotEqual(t, jsonOf(t, k), jsonOf(t, abroad))
	assert.Equal(t, jsonOf(t, first(k).At(now)), jsonOf(t, first(abroad).At(now)))
	abroad = readAgain(t, abroad)
	assert.Equal(t, jsonOf(t, first(k).At(now)), jsonOf(t, first(abroad).At(now)))
	_, offset := abroad.Events()[0].At.Zone()
	assert.Equal(t, -3*60*60, offset)

	// Days that nobody has announced yet are stored as such.
	late := sla.Request{Moniker: china, Category: billing, Severity: b, Opened: time.Date(2027, 1, 6, 4, 0, 0, 0, time.UTC)}
	k = ticketOf(t, sla.Published(), late)
	require.True(t, first(k).At(late.Opened).Provisional)
	assert.Contains(t, jsonOf(t, k), `"name":"New Year's Day 元旦","provisional":true}`)
	assert.True(t, first(readAgain(t, k)).At(late.Opened).Provisional)

	// So are own days.
	soon := sla.Request{Moniker: "acme", Severity: b, Opened: moment(t, "Mon 10:00")}
	expected := calendar.HolidayList("feasts", calendar.Holiday{Date: date(t, "2024-03-12"), Name: "feast", Provisional: true})
	k = ticketOf(t, catalogIn(t, calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00", calendar.Holidays(expected)))), soon)
	require.True(t, first(k).At(soon.Opened).Provisional)
	assert.True(t, first(readAgain(t, k)).At(soon.Opened).Provisional)
	require.NoError(t, json.Unmarshal([]byte(strings.ReplaceAll(jsonOf(t, k), `,"provisional":true`, "")), &k))
	assert.False(t, first(k).At(soon.Opened).Provisional, "announced, as far as this ticket knows")
}

// catalogIn returns a catalog of one term, which counts in a calendar.
func catalogIn(t testing.TB, c *calendar.Calendar) *sla.Catalog {
	catalog, err := sla.NewCatalog("one", sla.Policy{Moniker: "acme", Terms: []sla.Term{{Target: targetOf("1bd"), Calendar: c}}})
	require.NoError(t, err)
	return catalog
}

// Oddities of a ticket are kept, too.
func TestStoredOddities(t *testing.T) {
	day := func(code, name string) calendar.HolidaySet {
		return calendar.HolidayFunc(code, func(year int) []calendar.Holiday {
			d, _ := calendar.NewDate(year, time.March, 12)
			return []calendar.Holiday{{Date: d, Name: name}}
		})
	}
	for name, term := range map[string]struct {
		set    calendar.HolidaySet
		opened time.Time
	}{
		"a name that looks like a flag":  {day("own", "provisional: make-up workday: \xff"), moment(t, "Mon 10:00")},
		"a code that the library has":    {day("CN", "company day"), moment(t, "Mon 10:00")},
		"seconds in the offset":          {day("own", "day"), moment(t, "Mon 10:00").In(time.FixedZone("", 3630))},
		"an offset of less than minutes": {day("own", "day"), moment(t, "Mon 10:00").In(time.FixedZone("", -7))},
		"an offset of a day":             {day("own", "day"), moment(t, "Mon 10:00").In(time.FixedZone("", 24*60*60))},
		"an offset of a day, west":       {day("own", "day"), moment(t, "Mon 10:00").In(time.FixedZone("", -24*60*60))},
	} {
		t.Run(name, func(t *testing.T) {
			hours := func() *calendar.Calendar { // another one each time
				return calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00", calendar.Holidays(term.set)))
			}
			catalog, err := sla.NewCatalog("odd", sla.Policy{Moniker: "O365-Germany", Plan: " Standard", Terms: []sla.Term{
				{Severities: only(b), Target: targetOf("1bd"), Calendar: hours()}, {Severities: only(c), Target: targetOf("3bd"), Calendar: hours()},
			}})
			require.NoError(t, err)
			k := ticketOf(t, catalog, sla.Request{Moniker: "O365-Germany", Severity: b, Opened: term.opened}, ticket.Event{ID: "\xfe", At: term.opened, Word: "paused", Note: "\xff"})
			back := readAgain(t, k)
			assert.True(t, back.Request().Opened.Equal(term.opened))
			assert.Equal(t, sla.Plan(" Standard"), back.Request().Plan)
			assert.Equal(t, "\ufffd", k.Events()[0].ID, "as it is read from JSON")
			for _, e := range []ticket.Event{severity(term.opened.AddDate(2, 0, 0), c), word(term.opened.AddDate(2, 0, 0), "resumed")} {
				k, back = apply(t, k, e), apply(t, back, e)
				assert.True(t, same(back, k), "and goes on to be the same")
				sameText(t, answersOf(k, e.At), answersOf(back, e.At))
			}
		})
	}
}

// A set is written as what it is: the library's by its code, another by its days.
func TestStoredSets(t *testing.T) {
	known := lookup(t, "CN") // of 2004 to 2099
	own := func(code string, first, last int) calendar.HolidaySet {
		return calendar.HolidayFunc(code, known.Year).WithYears(first, last)
	}
	opened := time.Date(2024, 4, 3, 4, 0, 0, 0, time.UTC)
	for _, row := range []struct {
		sets []calendar.HolidaySet
		want string
	}{
		{[]calendar.HolidaySet{known}, `"holidays":[{"code":"CN","years":{"first":2024,"last":2025},"days":[`},
		{[]calendar.HolidaySet{own("company", 2004, 2099)}, `"holidays":[{"code":"company","years":{"first":2024,"last":2034},"days":[`},
		{[]calendar.HolidaySet{own("company", 2004, 2024)}, `"holidays":[{"code":"company","years":{"first":2024,"last":2024},"days":[`},
		{[]calendar.HolidaySet{own("company", 2004, 2010)}, `"holidays":[{"code":"company","gaps":true,"years":{"first":2024,"last":2034}}]`},
		{[]calendar.HolidaySet{own("CN", 2004, 2099)}, `"years":{"first":2024,"last":2034}`},
		{[]calendar.HolidaySet{own("", 2004, 2099)}, `"years":{"first":2024,"last":2034}`},
		{[]calendar.HolidaySet{known, known.Without("rest", lookup(t, "US")), calendar.HolidayList("bridge", calendar.Holiday{Date: date(t, "2024-04-08")})}, `{"code":"bridge","years":{"first":2024,"last":2034},"days":[{"date":"2024-04-08"}]}`},
		{[]calendar.HolidaySet{own("", 2004, 2099), own("CN", 2004, 2024)}, `"holidays":[{"code":"holidays","years":{"first":2024,"last":2034},"days":[`},
		{[]calendar.HolidaySet{lookup(t, "MW")}, `"holidays":[{"code":"MW","gaps":true,"years":{"first":2024,"last":2025},"days":[`},
	} {
		k := ticketOf(t, catalogIn(t, calendar.Must(calendar.New("Asia/Shanghai", "Mo-Fr 09:00-18:00", calendar.Holidays(row.sets...)))), sla.Request{Moniker: "acme", Severity: b, Opened: opened})
		assert.Contains(t, jsonOf(t, k), row.want)
		back := readAgain(t, k)
		for d := range time.Duration(40) {
			now := opened.Add(d * 9 * time.Hour)
			assert.Equal(t, jsonOf(t, first(k).At(now)), jsonOf(t, first(back).At(now)), row.want)
		}
	}
}

// The most that a ticket can have is read.
func TestStoredCalendars(t *testing.T) {
	stored := func(c *calendar.Calendar, opened time.Time) string {
		return jsonOf(t, ticketOf(t, catalogIn(t, c), sla.Request{Moniker: "acme", Severity: b, Opened: opened}))
	}
	var parts []*calendar.Calendar
	var sets []calendar.HolidaySet
	for i := range 65 {
		if i < 64 {
			parts = append(parts, calendar.Must(calendar.New("UTC", fmt.Sprintf("Mo 08:%02d-17:00", i%60))))
		}
		sets = append(sets, calendar.HolidayList(fmt.Sprint(i)))
	}
	var k ticket.Ticket
	assert.NoError(t, json.Unmarshal([]byte(stored(calendar.Must(calendar.Union("all", parts...)), moment(t, "Mon 10:00"))), &k), "64 parts")
	assert.NoError(t, json.Unmarshal([]byte(stored(calendar.Must(calendar.New("UTC", "24/7", calendar.Holidays(sets...))), moment(t, "Mon 10:00"))), &k), "65 sets")

	// A night shift, and a zone, reach into the year before.
	shop := calendar.Must(calendar.New("UTC", "Mo-Fr 09:00-17:00", calendar.Holidays(lookup(t, "DE-BE"))))
	assert.Contains(t, stored(shop, time.Date(2024, 1, 3, 10, 0, 0, 0, time.UTC)), `"years":{"first":2023,"last":2025}`)
	assert.Contains(t, stored(shop, time.Date(2024, 1, 4, 10, 0, 0, 0, time.UTC)), `"years":{"first":2024,"last":2025}`)
}

// Tickets at the ends of the range are stored as well.
func TestStoredAtTheEnds(t *testing.T) {
	for _, opened := range []time.Time{time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2199, 12, 20, 0, 0, 0, 0, time.UTC)} {
		for _, s := range []sla.Severity{a, b} {
			k := ticketOf(t, sla.Published(), sla.Request{Moniker: germany, Severity: s, Opened: opened})
			sameText(t, answersOf(k, opened), answersOf(readAgain(t, k), opened))
		}
	}
}

// A ticket is read from a column as it was written.
func TestDatabase(t *testing.T) {
	k := lives(t)["helpdesk"]
	stored, err := k.Value()
	require.NoError(t, err)
	assert.Equal(t, jsonOf(t, k), stored, "as a string")
	var back ticket.Ticket
	require.NoError(t, back.Scan(stored))
	assert.True(t, same(back, k))
	back = ticket.Ticket{}
	require.NoError(t, back.Scan([]byte(stored.(string))))
	assert.True(t, same(back, k))
	assert.EqualError(t, back.Scan(nil), "ticket: scan <nil> into a Ticket: want a string or []byte")
	assert.EqualError(t, back.Scan(7), "ticket: scan int into a Ticket: want a string or []byte")
	assert.ErrorContains(t, back.Scan("{}"), "ticket: ")
	assert.True(t, same(back, k), "unchanged")
	_, err = ticket.Ticket{}.Value()
	assert.Error(t, err)
}

func TestThresholds(t *testing.T) {
	for text, want := range map[string]sla.Threshold{
		"50%": {Percent: 50}, "10000%": {Percent: 10000}, "-30m": {Offset: -30 * time.Minute}, "+1h30m": {Offset: 90 * time.Minute},
		"-2h wall": {Offset: -2 * time.Hour, Wall: true}, "+1.5s wall in hours": {Offset: 1500 * time.Millisecond, Wall: true, InHours: true},
		"breach": {Breach: true}, "breach in hours": {Breach: true, InHours: true},
		"50% every 30m": {Percent: 50, Every: 30 * time.Minute}, "+4h wall every 1h in hours": {Offset: 4 * time.Hour, Wall: true, Every: time.Hour, InHours: true},
	} {
		got, err := sla.ParseThreshold(text)
		require.NoError(t, err)
		assert.Equal(t, want, got)
		assert.Equal(t, text, got.String())
	}
	for _, bad := range []string{
		"", "0%", "10001%", "-1%", "+5%", "05%", "50 %", "30m", "-", "+", "-0s", "330m", "--5m", "-+5m", "+-5m", "- 5m", "-5m  wall", "wall", "in hours", " in hours", "breach in hours in hours", "Breach", "50%wall", "50% wall", "-300000000h",
		"breach every 1h", "every 1h", "50% every", "50% every ", "50% every 0s", "50% every 59s", "50% every -1h", "50% every +1h", "50% every 1h every 1h", "50% in hours every 1h", "+1h every 1h wall", "50%  every 1h", "50% every 1d",
	} {
		_, err := sla.ParseThreshold(bad)
		assert.Error(t, err, bad)
	}
	with := func(list ...sla.Threshold) error {
		_, err := sla.NewCatalog("1", sla.Policy{Moniker: "m", Terms: []sla.Term{{Target: targetOf("1h"), Calendar: calendar.AlwaysOpen(), Thresholds: list}}})
		return err
	}
	var many []sla.Threshold
	for i := range 33 {
		many = append(many, sla.Threshold{Percent: 1 + i})
	}
	require.NoError(t, with(many[1:]...))
	assert.ErrorContains(t, with(many...), "33")
	for _, bad := range []sla.Threshold{
		{},
		{Percent: 10001},
		{Percent: -1},
		{Wall: true},
		{InHours: true},
		{Percent: 50, Breach: true},
		{Percent: 50, Offset: 1},
		{Breach: true, Wall: true},
		{Every: time.Hour},
		{Breach: true, Every: time.Hour},
		{Percent: 50, Every: time.Second},
		{Percent: 50, Every: -time.Hour},
	} {
		assert.Error(t, with(bad), "%+v", bad)
	}
	assert.Error(t, with(many[0], many[0]), "a duplicate")
}

// FuzzStored reads anything as a ticket: what is read can be asked, and is
// written as it was read.
func FuzzStored(f *testing.F) {
	for _, name := range []string{"germany", "china", "worldwide", "own", "helpdesk"} {
		text, err := os.ReadFile(filepath.Join("testdata", name+".ticket.json"))
		require.NoError(f, err)
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var k ticket.Ticket
		read := false
		bound.Work(t, len(text), func() {
			err := json.Unmarshal(text, &k)
			if read = err == nil; !read {
				bound.Error(t, "Unmarshal", string(text), err)
				return
			}
			opened := k.Request().Opened
			checkAnswers(t, k, opened, first(k).At(opened).Due.Add(time.Hour))
		})
		if read {
			readAgain(t, k)
		}
	})
}

// MarshalJSON rejects a ticket that would be too much work to read.
func TestStoredBounds(t *testing.T) {
	shop := calendar.Must(calendar.New("UTC", "Mo-Fr 09:00-17:00", calendar.Named("shop")))
	rare := calendar.Must(calendar.New("UTC", "Dec 24 09:00-12:00"))
	opened := moment(t, "Mon 10:00")
	of := func(c *calendar.Calendar, target string, thresholds ...string) ticket.Ticket {
		parsed, err := sla.ParseTarget(target)
		require.NoError(t, err)
		term := sla.Term{Target: parsed, Calendar: c}
		for _, text := range thresholds {
			term.Thresholds = append(term.Thresholds, thresholdOf(text))
		}
		return of(t, sla.Deadline{Request: sla.Request{Moniker: "acme", Severity: b, Opened: opened}, Term: term})
	}
	var desks []*calendar.Calendar
	for i := range 64 {
		desks = append(desks, calendar.Must(calendar.New("UTC", fmt.Sprintf("Mo 08:%02d-17:%02d", i/60, i%60))))
	}
	catalog, err := sla.NewCatalog("1", sla.Policy{Moniker: "m", Terms: []sla.Term{
		{Severities: only(a), Target: targetOf("1ns"), Calendar: calendar.Must(calendar.Union("", desks[:33]...))},
		{Severities: only(b), Target: targetOf("1ns"), Calendar: calendar.Must(calendar.Union("", desks[31:]...))},
	}})
	require.NoError(t, err)
	two := ticketOf(t, catalog, sla.Request{Moniker: "m", Severity: a, Opened: opened})
	readAgain(t, two) // it has come to one of the terms, and so to 34 calendars
	two = apply(t, two, severity(opened, b))
	late := apply(t, of(shop, "1h"), word(opened.AddDate(10, 0, 0).Add(1), "paused"))
	inTime := apply(t, of(shop, "1h"), word(opened.AddDate(10, 0, 0), "paused"))
	metrics := func(n int, thresholds ...sla.Threshold) ticket.Ticket {
		p := sla.Policy{Moniker: "m"}
		for i := range n {
			p.Terms = append(p.Terms, sla.Term{Metric: sla.Metric(fmt.Sprint("m", i)), Target: targetOf("1h"), Calendar: shop, Thresholds: thresholds})
		}
		catalog, err := sla.NewCatalog("1", p)
		require.NoError(t, err)
		return ticketOf(t, catalog, sla.Request{Moniker: "m", Severity: a, Opened: opened})
	}
	sets := func(n int) ticket.Ticket {
		var list []calendar.HolidaySet
		for i := range n {
			list = append(list, calendar.HolidayList(fmt.Sprint(i)))
		}
		return of(calendar.Must(calendar.New("UTC", "24/7", calendar.Holidays(list...))), "1h")
	}
	for _, row := range []struct {
		ticket ticket.Ticket
		want   string
	}{
		{inTime, ""},
		{late, "ticket: event at 2034-03-11T10:00:00.000000001+01:00: want it within 10 years of the opening"},
		{of(shop, "2000bd"), ""},
		{of(shop, "20000bd"), `ticket: target 20000bd in calendar "shop": want it within 10 years`},
		{of(shop, "200000h"), `ticket: target 200000h in calendar "shop": want it within 10 years`},
		{of(rare, "9bd"), ""},
		{of(rare, "11bd@close"), `ticket: target 11bd@close in calendar "Dec 24 09:00-12:00": want it within 10 years`},
		{of(rare, "2h", "100%", "1000%", "+20h"), ""},
		{of(rare, "2h", "2000%"), `ticket: threshold 2000% in calendar "Dec 24 09:00-12:00": want it within 10 years`},
		{of(shop, "2h", "+100000h"), `ticket: threshold +100000h in calendar "shop": want it within 10 years`},
		{of(shop, "2h", "+100000h wall"), `ticket: threshold +100000h wall in calendar "shop": want it within 10 years`},
		{of(calendar.Must(calendar.Union("all", desks...)), "1h"), ""},
		{two, "ticket: calendars of more than 65 parts: want 65 at the most"},
		{metrics(16), ""},
		{metrics(17), "ticket: 17 metrics: want 16 at the most"},
		{metrics(4, percents(32)...), ""},
		{metrics(5, percents(26)...), "ticket: 5 metrics with 130 thresholds: want 128 at the most"},
		{sets(65), ""},
		{sets(66), "ticket: calendars with more than 65 sets of holidays: want 65 at the most"},
	} {
		_, err := row.ticket.MarshalJSON()
		if row.want != "" {
			assert.EqualError(t, err, row.want)
			continue
		}
		require.NoError(t, err)
		readAgain(t, row.ticket)
	}
}
