package sla_test

import (
	"encoding/json"
	"fmt"
	"log"
	"time"

	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

// ownTerms is the catalog in the README.
const ownTerms = `{
  "version": "2026-07",
  "severities": ["P1", {"name": "P2", "also": ["high", "sev 2"]}, "P3", "P4"],
  "statuses": ["open", "pending", "solved"],
  "happenings": ["reply"],
  "courses": {
    "first-response": {"stop": ["reply", "solved"]},
    "resolution": {"stop": ["solved"], "pause": ["pending"]}
  },
  "calendars": {
    "Berlin": {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00", "holidays": ["DE-BE"]}
  },
  "policies": [
    {"moniker": "acme", "terms": [
      {"severities": ["P1"], "target": "1h", "calendar": "24/7", "alarms": ["50%", "breach"]},
      {"severities": ["P2"], "target": "4h", "calendar": "Berlin"},
      {"severities": ["P3", "P4"], "target": "1bd", "calendar": "Berlin"},
      {"metric": "resolution", "severities": ["P1", "P2"], "target": "8h", "calendar": "Berlin", "alarms": ["50%", "breach"]},
      {"metric": "resolution", "severities": ["P3", "P4"], "none": "no-commitment", "reason": "fixed in the next release"}
    ]}
  ]
}
`

func Example_ownCatalog() {
	text := []byte(ownTerms)

	catalog, err := sla.ParseCatalog(text)
	if err != nil {
		fmt.Println(err) // one line for each fault
		return
	}
	r := sla.Request{Moniker: "acme", Opened: time.Date(2026, time.December, 23, 15, 0, 0, 0, time.UTC)} // 16:00 in Berlin
	if r.Severity, err = catalog.ParseSeverity(r, "sev 2"); err != nil {
		fmt.Println(err)
		return
	}
	response, err := catalog.Deadline(r)
	fmt.Println(response.Request.Severity, response.Due, err)
	r.Metric = sla.Resolution
	resolution, err := catalog.Deadline(r)
	fmt.Println(r.Metric, resolution.Due, err)
	r.Severity = "P4"
	_, err = catalog.Deadline(r)
	fmt.Println(err)
	// Output:
	// P2 2026-12-24 11:00:00 +0000 UTC <nil>
	// resolution 2026-12-24 15:00:00 +0000 UTC <nil>
	// sla: no commitment: acme, technical, severity P4, resolution: fixed in the next release
}

func Example_ownTicket() {
	catalog, err := sla.ParseCatalog([]byte(ownTerms))
	if err != nil {
		log.Fatal(err)
	}
	opened := time.Date(2026, time.July, 6, 10, 0, 0, 0, time.FixedZone("CEST", 2*60*60)) // a Monday in Berlin
	t, err := ticket.Open(catalog, sla.Request{Moniker: "acme", Severity: "P2", Opened: opened})
	if err != nil {
		log.Fatal(err)
	}
	t, err = t.Apply(
		ticket.Event{At: opened.Add(1 * time.Hour), Word: "reply"},
		ticket.Event{At: opened.Add(2 * time.Hour), Word: "pending", Note: "asked for the log"},
		ticket.Event{At: opened.Add(4 * time.Hour), Word: "open"},
	)
	if err != nil {
		log.Fatal(err)
	}
	now := opened.Add(6 * time.Hour)
	for metric, clock := range t.Clocks() {
		fmt.Println(metric, clock.At(now))
	}
	var acted []string // the keys of those sent, from your database
	due, withdrawn := ticket.Reconcile(acted, t.Alarms(now))
	for _, alarm := range due {
		fmt.Println("send", alarm.Key())
	}
	next, ok := t.Next(now) // set one timer
	fmt.Println(len(withdrawn), "withdrawn, next", next, ok)

	stored, err := json.Marshal(t) // or pass it to database/sql
	fmt.Println(len(stored) > 0, err)
	// Output:
	// first-response stopped, met: due 2026-07-06T14:00:00+02:00, 1h of 4h used, 3h left
	// resolution running: due 2026-07-07T12:00:00+02:00, 4h of 8h used, 4h left
	// send resolution/2026-07-06T08:00:00Z/50%
	// 0 withdrawn, next 2026-07-07 12:00:00.000000001 +0200 CEST true
	// true <nil>
}
