package sla_test

import (
	"fmt"
	"time"

	"github.com/duetime/duetime/sla"
)

// ownTerms is the catalog in the README.
const ownTerms = `{
  "version": "2026-07",
  "extends": "published 2020-05-27",
  "calendars": {
    "Berlin": {"zone": "Europe/Berlin", "hours": "Mo-Fr 08:00-12:00,13:00-17:00", "holidays": ["DE-BE"],
      "days": [{"date": "2026-12-24", "name": "company holidays"}]},
    "Denver": {"zone": "America/Denver", "hours": "Mo-Fr 07:00-16:00", "holidays": ["US"]},
    "follow the sun": {"union": ["Berlin", "Denver"]}
  },
  "policies": [
    {"moniker": "acme", "plan": "gold", "from": "2026-07-01", "reopening": "new-cycle", "terms": [
      {"severities": ["A"], "target": "30m", "calendar": "24/7", "alarms": ["50%", "breach"]},
      {"severities": ["B"], "target": "2h", "calendar": "follow the sun"},
      {"severities": ["C"], "target": "1bd@close", "calendar": "Berlin"},
      {"metric": "resolution", "severities": ["A", "B"], "target": "3bd", "calendar": "Berlin", "source": "Support terms, 2.3"},
      {"metric": "resolution", "severities": ["C"], "none": "no-commitment", "reason": "fixed in the next release"}
    ]}
  ]
}
`

func Example_ownCatalog() {
	text := []byte(ownTerms)

	catalog, err := sla.ParseCatalog(text)
	if err != nil {
		fmt.Println(err) // a line for each fault
		return
	}
	opened := time.Date(2026, time.December, 23, 15, 30, 0, 0, time.UTC) // a Wednesday, 16:30 in Berlin
	due, err := catalog.Due(sla.SeverityC, opened, "acme")
	fmt.Println(due, err)
	d, err := catalog.Deadline(sla.Request{Moniker: "acme", Severity: sla.SeverityB, Metric: sla.Resolution, Opened: opened})
	fmt.Println(d.Due, d.Term.Source, err)
	// Output:
	// 2026-12-28 16:00:00 +0000 UTC <nil>
	// 2026-12-30 15:30:00 +0000 UTC Support terms, 2.3 <nil>
}
