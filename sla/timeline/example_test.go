package timeline_test

import (
	"os"
	"time"

	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
	"github.com/duetime/duetime/sla/timeline"
)

// A request that is opened in the evening before the Easter holidays in Germany.
func Example() {
	berlin, _ := time.LoadLocation("Europe/Berlin")
	t, err := ticket.Open(sla.Published(), sla.Request{
		Moniker: region.Germany, Severity: sla.SeverityB, Opened: time.Date(2024, 3, 28, 15, 0, 0, 0, berlin),
	})
	if err != nil {
		panic(err)
	}
	_ = timeline.Text(os.Stdout, t.Explain(t.Request().Opened), timeline.Options{})
	// Output:
	// Due Tue 2 Apr 2024, 15:00
	// Office 365 Germany, severity B · times of Europe/Berlin
	// 0 min of 8 h used, 8 h left
	//
	//                 0     3     6     9     12    15    18    21    24
	//                                               v opened 15:00
	// Thu 28 Mar      ..................------------++++.............. 2 h
	// ~ Fri 29 Mar – Mon 1 Apr · 4 days, closed · Karfreitag, Ostermontag
	//   Sun 31 Mar: clock 02:00 → 03:00
	// Tue 2 Apr       ..................++++++++++++----.............. 6 h
	//                                               ^ due 15:00
	//
	// + will count   - other support hours   . closed
}

// A ticket with two commitments. What happened to the ticket is above the strips, and what
// became of each commitment is below its own.
func Example_lanes() {
	catalog, err := sla.ParseCatalog([]byte(`{
	  "version": "1",
	  "severities": ["high", "normal"],
	  "statuses": ["open", "pending", "solved"],
	  "happenings": ["reply"],
	  "courses": {
	    "first-response": {"stop": ["reply", "solved"]},
	    "resolution": {"stop": ["solved"], "pause": ["pending"]}
	  },
	  "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00"}},
	  "policies": [{"moniker": "acme", "terms": [
	    {"target": "2h", "calendar": "office"},
	    {"metric": "resolution", "target": "8h", "calendar": "office"}
	  ]}]
	}`))
	if err != nil {
		panic(err)
	}
	berlin, _ := time.LoadLocation("Europe/Berlin")
	at := func(hour, minute int) time.Time { return time.Date(2026, 7, 14, hour, minute, 0, 0, berlin) }
	t, err := ticket.Open(catalog, sla.Request{Moniker: "acme", Severity: "normal", Opened: at(10, 0)})
	if err != nil {
		panic(err)
	}
	t, err = t.Apply(
		ticket.Event{At: at(11, 30), Word: "reply"},
		ticket.Event{At: at(11, 30), Word: "pending", Note: "asked for the log"},
		ticket.Event{At: at(14, 0), Word: "open"},
	)
	if err != nil {
		panic(err)
	}
	_ = timeline.Text(os.Stdout, t.Explain(at(15, 0)), timeline.Options{})
	// Output:
	// Resolution: due Wed 15 Jul 2026, 12:30
	// acme, severity normal · times of Europe/Berlin
	// First response: in time (due Tue 14 Jul 2026, 12:00) · 1 h 30 min of 2 h used
	// Resolution: 2 h 30 min of 8 h used, 5 h 30 min left
	//
	//                 0     3     6     9     12    15    18    21    24
	// Tue 14 Jul                          v opened 10:00
	//                                        v reply, pending 11:30
	//                                             v open 14:00
	//                                               v now 15:00
	// first response  ..................--###-----------.............. 1 h 30 min
	//                                         ^ due 12:00
	// resolution      ..................--###PPPPP##++++.............. 4 h 30 min
	// Wed 15 Jul
	// resolution      ..................+++++++---------.............. 3 h 30 min
	//                                     ^ first due 10:00
	//                                          ^ due 12:30
	//
	// # counted   + will count   P paused   - other support hours   . closed
}

// What a customer overseas gets to see of a clock, in other words.
func ExampleOptions() {
	shanghai, _ := time.LoadLocation("Asia/Shanghai")
	london, _ := time.LoadLocation("Europe/London")
	t, err := ticket.Open(sla.Published(), sla.Request{
		Moniker: region.China, Severity: sla.SeverityB, Opened: time.Date(2026, 7, 14, 22, 30, 0, 0, shanghai),
	})
	if err != nil {
		panic(err)
	}
	_ = timeline.Text(os.Stdout, t.Explain(t.Request().Opened), timeline.Options{Zone: london, Second: shanghai})
	// Output:
	// Due Wed 15 Jul 2026, 15:30
	// Office 365 operated by 21Vianet, severity B · times of Europe/London
	// Asia/Shanghai: due Wed 15 Jul 2026, 22:30
	// 0 min of 15 h used, 15 h left
	//
	// Europe/London   0     3     6     9     12    15    18    21    24
	// Asia/Shanghai       9     12    15    18    21    0     3     6
	//                                                v opened 15:30
	// Tue 14 Jul      ....---------------------------+++.............. 1 h 30 min
	// Wed 15 Jul      ....+++++++++++++++++++++++++++---.............. 13 h 30 min
	//                                                ^ due 15:30
	//
	// + will count   - other support hours   . closed
}

func ExampleWords() {
	words := timeline.English()
	words.Due = "first answer by"
	t, err := ticket.Open(sla.Published(), sla.Request{
		Moniker: region.Worldwide, Severity: sla.SeverityA, Opened: time.Date(2026, 7, 14, 22, 30, 0, 0, time.UTC),
	})
	if err != nil {
		panic(err)
	}
	_ = timeline.Text(os.Stdout, t.Explain(t.Request().Opened), timeline.Options{Words: words})
	// Output:
	// Due Tue 14 Jul 2026, 23:30
	// Microsoft 365, worldwide, severity A · times of UTC
	// 0 min of 1 h used, 1 h left
	//
	//                 0     3     6     9     12    15    18    21    24
	//                                                              v opened 22:30
	// Tue 14 Jul      ---------------------------------------------++- 1 h
	//                                          first answer by 23:30 ^
	//
	// + will count   - other support hours
}
