package sla_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"slices"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

const acme = `{
  "version": "2026-01",
  "extends": "published 2020-05-27",
  "calendars": {
    "Vienna": {"zone": "Europe/Vienna", "hours": "Mo-Fr 08:00-12:00,13:00-18:00", "days": [{"date": "2026-12-24", "name": "closed"}]}
  },
  "policies": [
    {
      "moniker": "acme",
      "plan": "gold",
      "terms": [
        {"categories": ["technical"], "severities": ["A"], "target": "1h", "calendar": "24/7"},
        {"categories": ["technical"], "severities": ["B", "C"], "target": "1bd@close", "calendar": "Vienna", "alarms": ["50%", "breach"]},
        {"metric": "resolution", "target": "3bd", "calendar": "Vienna", "source": "contract 7, section 2"}
      ]
    }
  ]
}`

func ExampleParseCatalog() {
	catalog, err := sla.ParseCatalog([]byte(acme))
	if err != nil {
		fmt.Println(err)
		return
	}
	opened := time.Date(2026, time.December, 23, 15, 0, 0, 0, time.UTC)
	due, err := catalog.Due(sla.SeverityB, opened, "acme")
	fmt.Println(due, err)
	d, err := catalog.Deadline(sla.Request{Moniker: "acme", Severity: sla.SeverityB, Metric: sla.Resolution, Opened: opened})
	fmt.Println(d.Due, d.Term.Source, err)
	// Output:
	// 2026-12-25 17:00:00 +0000 UTC <nil>
	// 2026-12-29 15:00:00 +0000 UTC contract 7, section 2 <nil>
}

func ExampleCatalog_MarshalJSON() {
	catalog, err := sla.ParseCatalog([]byte(acme))
	if err != nil {
		fmt.Println(err)
		return
	}
	text, err := json.Marshal(catalog) // catalog.MarshalJSON lays it out in lines
	fmt.Println(string(text[:60]), err)
	// Output: {"version":"2026-01","extends":"published 2020-05-27","calen <nil>
}

// The excerpt has the policy of one request, with the holidays of its years.
func ExampleCatalog_Excerpt() {
	request := sla.Request{Moniker: region.Germany, Severity: sla.SeverityB, Opened: time.Date(2024, time.March, 28, 15, 0, 0, 0, time.UTC)}
	text, err := sla.Published().Excerpt([]time.Time{request.Opened.AddDate(0, 1, 0)}, request)
	if err != nil {
		fmt.Println(err)
		return
	}
	excerpt, err := sla.ParseCatalog(text)
	if err != nil {
		fmt.Println(err)
		return
	}
	due, err := excerpt.Deadline(request)
	fmt.Println(excerpt.Monikers(), due.Due, err)
	// Output: [o365-germany] 2024-04-02 14:00:00 +0000 UTC <nil>
}

// Without words of its own, a policy has the usual ones.
func ExampleCatalog_Course() {
	course, err := sla.Published().Course(sla.Request{Moniker: region.Germany})
	fmt.Println(course.Metric, course.Stop, course.Pause, course.Reopening, course.Change, err)
	// Output: first-response [responded] [paused] ignore from-opening <nil>
}

// A form that tells a ticket what happened offers these.
func ExampleCatalog_Words() {
	statuses, happenings := sla.Published().Words(sla.Request{Moniker: region.Germany})
	fmt.Println(statuses, happenings)
	// Output: [resolved reopened paused resumed] [responded]
}

func ExampleCatalog_Calendar() {
	catalog, err := sla.ParseCatalog([]byte(`{
  "version": "2026-07",
  "calendars": {"Berlin": {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00", "holidays": ["DE-BE"]}},
  "policies": [{"moniker": "acme", "terms": [{"target": "4h", "calendar": "Berlin"}]}]
}`))
	if err != nil {
		log.Fatal(err)
	}
	berlin, err := catalog.Calendar("Berlin")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(berlin.IsOpen(time.Date(2026, time.July, 6, 10, 0, 0, 0, berlin.Zone())))
	_, err = catalog.Calendar("Vienna")
	fmt.Println(err)
	// Output:
	// true
	// sla: unknown calendar "Vienna": want the name of a calendar: 24/7, Berlin
}

func ExampleCatalogError() {
	_, err := sla.ParseCatalog([]byte(`{"version": "1", "policies": [{"moniker": "acme", "terms": [{"target": "1 day"}]}]}`))
	fmt.Println(err)
	// Output:
	// sla: catalog: policies[0].terms[0].calendar: missing: want the name of a calendar
	// sla: catalog: policies[0].terms[0].target: "1 day": want "1bd" for business days, or "1d" for calendar days
}

func ExampleFault() {
	_, err := sla.ParseCatalog([]byte("{\n\"version\": 7,\n\"policies\": []}"))
	if bad, ok := errors.AsType[*sla.CatalogError](err); ok {
		for _, f := range bad.Faults {
			fmt.Printf("line %d, column %d: %v\n", f.Line, f.Column, f)
		}
	}
	// Output:
	// line 2, column 12: version: 7: want a text that tells this catalog from others, such as "2026-01"
	// line 3, column 13: policies: an empty list: want a list of policies
}

func ExampleCatalog_Lint() {
	catalog, err := sla.ParseCatalog([]byte(acme))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, finding := range catalog.Lint() {
		fmt.Println(finding)
	}
	// Output:
	// calendars["Vienna"]: own days end in 2026 (no-holidays)
}

func ExampleFinding() {
	for _, finding := range sla.Published().Lint() {
		if finding.Kind == "provisional-holidays" {
			fmt.Println(finding.Text)
		}
	}
	// Output:
	// holidays CN are provisional from 2027 to 2099
}

func ExampleFinding_String() {
	shop := calendar.Must(calendar.New("Europe/Vienna", "Mo-Fr 08:00-18:00", calendar.Named("shop")))
	catalog, err := sla.NewCatalog("2026", sla.Policy{Moniker: "acme", Terms: []sla.Term{
		{Severities: only(sla.SeverityA), Target: sla.MustParseTarget("8h"), Calendar: shop},
		{Severities: only(sla.SeverityB), Target: sla.MustParseTarget("1bd@close"), Calendar: calendar.AlwaysOpen()},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, finding := range catalog.Lint() {
		fmt.Println(finding.Kind)
	}
	// Output:
	// looser-target
	// no-holidays
}

func ExampleCompare() {
	old, err := sla.ParseCatalog([]byte(acme))
	if err != nil {
		fmt.Println(err)
		return
	}
	edited, err := sla.ParseCatalog([]byte(strings.Replace(acme, `"1bd@close"`, `"1bd@16:00"`, 1)))
	if err != nil {
		fmt.Println(err)
		return
	}
	monday := time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)
	requests := []sla.Request{
		{Moniker: "acme", Severity: sla.SeverityA, Opened: monday},
		{Moniker: "acme", Severity: sla.SeverityB, Opened: monday},
	}
	for change := range sla.Compare(old, edited, slices.Values(requests)) {
		fmt.Println(change.Request.Severity, change.Old.Due.Format("Mon 15:04"), "to", change.New.Due.Format("Mon 15:04"), change.By())
	}
	// Output:
	// B Tue 17:00 to Tue 15:00 -2h0m0s
}

func ExampleChange() {
	own, err := sla.ParseCatalog([]byte(acme))
	if err != nil {
		fmt.Println(err)
		return
	}
	request := sla.Request{Moniker: "acme", Severity: sla.SeverityA, Opened: time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)}
	for change := range sla.Compare(sla.Published(), own, slices.Values([]sla.Request{request})) {
		fmt.Println(change.OldErr)
		fmt.Println(change.New.Due)
	}
	// Output:
	// region: unknown moniker "acme": want one of the catalog: o365-worldwide, o365-21vianet, o365-germany
	// 2026-03-02 10:00:00 +0000 UTC
}

// A company that offers nothing but first responses to what is urgent at night.
func ExampleExclusion() {
	night := calendar.Must(calendar.New("Europe/Vienna", "Mo-Fr 22:00-06:00"))
	own, err := sla.NewCatalog("2026", sla.Policy{
		Moniker:    "night watch",
		Severities: []sla.Severity{"urgent", "normal"},
		Terms:      []sla.Term{{Severities: []sla.Severity{"urgent"}, Target: sla.MustParseTarget("1h"), Calendar: night}},
		None:       []sla.Exclusion{{Severities: []sla.Severity{"normal"}, Err: sla.ErrNoCommitment, Reason: "it can wait until the morning"}},
	})
	if err != nil {
		log.Fatal(err)
	}
	_, err = own.Due("normal", time.Date(2026, time.March, 2, 23, 0, 0, 0, time.UTC), "night watch")
	fmt.Println(err)
	// Output: sla: no commitment: night watch, technical, severity normal: it can wait until the morning
}

// A desk needs two courses: a reply is the first response, and the resolution pauses while the
// customer has to do something.
func ExampleCourse() {
	always := calendar.AlwaysOpen()
	desk, err := sla.NewCatalog("2026", sla.Policy{
		Moniker: "acme",
		Terms: []sla.Term{
			{Metric: sla.FirstResponse, Target: sla.MustParseTarget("1h"), Calendar: always},
			{Metric: sla.Resolution, Target: sla.MustParseTarget("8h"), Calendar: always},
		},
		Statuses:   []string{"open", "pending", "solved"},
		Happenings: []string{"reply"},
		Courses: []sla.Course{
			{Metric: sla.FirstResponse, Stop: []string{"reply"}},
			{Metric: sla.Resolution, Stop: []string{"solved"}, Pause: []string{"pending"}},
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	opened := time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)
	t, err := ticket.Open(desk, sla.Request{Moniker: "acme", Severity: sla.SeverityA, Opened: opened})
	if err != nil {
		log.Fatal(err)
	}
	t, err = t.Apply(
		ticket.Event{At: opened.Add(30 * time.Minute), Word: "reply"},
		ticket.Event{At: opened.Add(1 * time.Hour), Word: "pending"},
		ticket.Event{At: opened.Add(3 * time.Hour), Word: "open"},
	)
	if err != nil {
		log.Fatal(err)
	}
	for metric, clock := range t.Clocks() {
		fmt.Println(metric, clock.At(opened.Add(4*time.Hour)))
	}
	// Output:
	// first-response stopped, met: due 2026-03-02T10:00:00Z, 30m of 1h used, 30m left
	// resolution running: due 2026-03-02T19:00:00Z, 2h of 8h used, 6h left
}

// The same change of severity, from 8 to 4 hours after 5 hours of use.
func ExampleChangeMode() {
	for _, mode := range []sla.ChangeMode{sla.ChangeFromOpening, sla.ChangeCarryElapsed, sla.ChangeRestart, sla.ChangeReplace} {
		catalog, err := sla.NewCatalog("", sla.Policy{Moniker: "acme", Courses: []sla.Course{{Change: mode}}, Terms: []sla.Term{
			{Severities: only(sla.SeverityA), Target: sla.MustParseTarget("4h"), Calendar: calendar.AlwaysOpen()},
			{Severities: only(sla.SeverityB), Target: sla.MustParseTarget("8h"), Calendar: calendar.AlwaysOpen()},
		}})
		if err != nil {
			log.Fatal(err)
		}
		opened := time.Date(2024, time.March, 11, 9, 0, 0, 0, time.UTC)
		t, err := ticket.Open(catalog, sla.Request{Moniker: "acme", Severity: sla.SeverityB, Opened: opened})
		if err != nil {
			log.Fatal(err)
		}
		changed := opened.Add(5 * time.Hour)
		t, err = t.Apply(ticket.Event{At: changed, Change: ticket.Change{Severity: sla.SeverityA}})
		if err != nil {
			log.Fatal(err)
		}
		clock, _ := t.Clock(sla.FirstResponse)
		status := clock.At(changed.Add(time.Minute))
		fmt.Println(mode, "cycle", status.Cycle, status.Outcome, "due", status.Due.Format("15:04"), status.BreachedAt.Format("15:04"))
	}
	// Output:
	// from-opening cycle 1 breached due 13:00 14:00
	// carry-elapsed cycle 1 breached due 14:00 14:00
	// restart cycle 2 open due 18:00 00:00
	// replace cycle 1 breached due 13:00 13:00
}

// A ticket that was solved for three hours is opened again.
func ExampleReopenMode() {
	hours := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00"))
	for _, mode := range []sla.ReopenMode{sla.ReopenContinue, sla.ReopenNewCycle, sla.ReopenIgnore} {
		catalog, err := sla.NewCatalog("", sla.Policy{Moniker: "acme", Courses: []sla.Course{{Reopening: mode}}, Terms: []sla.Term{
			{Metric: sla.Resolution, Target: sla.MustParseTarget("4h"), Calendar: hours},
		}})
		if err != nil {
			log.Fatal(err)
		}
		opened := time.Date(2024, time.March, 11, 9, 0, 0, 0, hours.Zone())
		t, err := ticket.Open(catalog, sla.Request{Moniker: "acme", Severity: sla.SeverityB, Opened: opened})
		if err != nil {
			log.Fatal(err)
		}
		reopened := opened.Add(6 * time.Hour)
		t, err = t.Apply(
			ticket.Event{At: opened.Add(3 * time.Hour), Word: sla.WordResolved},
			ticket.Event{At: reopened, Word: sla.WordReopened, Note: "it happens again"},
		)
		if err != nil {
			log.Fatal(err)
		}
		clock, _ := t.Clock(sla.Resolution)
		status := clock.At(reopened)
		fmt.Println(mode, status.State, status.Outcome, status.Cycle, status.Due.Format("Mon 15:04"))
	}
	// Output:
	// continue running open 1 Mon 16:00
	// new-cycle running open 2 Tue 11:00
	// ignore stopped met 1 Mon 13:00
}

func ExampleThreshold() {
	for _, text := range []string{"50%", "-30m", "+4h wall in hours", "+1h every 1h", "breach", "soon"} {
		threshold, err := sla.ParseThreshold(text)
		fmt.Println(threshold, err)
	}
	// Output:
	// 50% <nil>
	// -30m <nil>
	// +4h wall in hours <nil>
	// +1h every 1h <nil>
	// breach <nil>
	//  sla: threshold "soon": want 50%, -30m, +2h, "-2h wall", "+4h wall" or breach, each with or without " every 1h" (but for breach) and " in hours"
}
