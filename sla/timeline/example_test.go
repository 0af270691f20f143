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
	// due Tue 2024-04-02 15:00 +02:00 (o365-germany, severity B)
	// Europe/Berlin   0     3     6     9     12    15    18    21    24
	// Thu 2024-03-28  ..................------------++++..............   2h
	//                                               ^ opened, start 15:00
	// Fri 2024-03-29  ................................................
	//                 Karfreitag
	// Sat 2024-03-30  ................................................
	// Europe/Berlin   0   3     6     9     12    15    18    21    24
	// Sun 2024-03-31  ..............................................
	// Europe/Berlin   0     3     6     9     12    15    18    21    24
	// Mon 2024-04-01  ................................................
	//                 Ostermontag
	// Tue 2024-04-02  ..................++++++++++++----..............   6h
	//                                               ^ due 15:00
	//
	// + will count   - open, not counted   . closed
	// used 0, allowed 8h
	// opened: Thu 2024-03-28 15:00 +01:00
	// start: Thu 2024-03-28 15:00 +01:00
	// due: Tue 2024-04-02 15:00 +02:00
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
	    "first-response": {"stop": ["reply"]},
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
	// resolution due Wed 2026-07-15 12:30 +02:00 (acme, severity normal)
	// Europe/Berlin   0     3     6     9     12    15    18    21    24
	// Tue 2026-07-14                      v opened 10:00
	//                                        v reply, pending 11:30
	//                                             v open 14:00
	//                                               v now 15:00
	// first-response  ..................--###-----------..............   1h30m
	//                                         ^ due 12:00
	// resolution      ..................--###PPPPP##++++..............   4h30m
	// Wed 2026-07-15
	// resolution      ..................+++++++---------..............   3h30m
	//                                     ^ due at first 10:00
	//                                          ^ due 12:30
	//
	// # counted   + will count   P paused   - open, not counted   . closed
	// opened: Tue 2026-07-14 10:00 +02:00
	// reply: Tue 2026-07-14 11:30 +02:00
	// pending: Tue 2026-07-14 11:30 +02:00: asked for the log
	// open: Tue 2026-07-14 14:00 +02:00
	// now: Tue 2026-07-14 15:00 +02:00
	// first-response: used 1h30m, allowed 2h
	// first-response due: Tue 2026-07-14 12:00 +02:00
	// resolution: used 2h30m, allowed 8h
	// resolution due at first: Wed 2026-07-15 10:00 +02:00
	// resolution due: Wed 2026-07-15 12:30 +02:00
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
	// due Wed 2026-07-15 15:30 +01:00 (o365-21vianet, severity B)
	// Europe/London   0     3     6     9     12    15    18    21    24
	// Asia/Shanghai       9     12    15    18    21    0     3     6
	// Tue 2026-07-14  ....---------------------------+++..............   1h30m
	//                                                ^ opened, start 15:30
	// Wed 2026-07-15  ....+++++++++++++++++++++++++++---..............   13h30m
	//                                                ^ due 15:30
	//
	// + will count   - open, not counted   . closed
	// used 0, allowed 15h
	// opened: Tue 2026-07-14 15:30 +01:00 = Tue 2026-07-14 22:30 +08:00
	// start: Tue 2026-07-14 15:30 +01:00 = Tue 2026-07-14 22:30 +08:00
	// due: Wed 2026-07-15 15:30 +01:00 = Wed 2026-07-15 22:30 +08:00
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
	// first answer by Tue 2026-07-14 23:30 +00:00 (o365-worldwide, severity A)
	// UTC             0     3     6     9     12    15    18    21    24
	// Tue 2026-07-14  ---------------------------------------------++-   1h
	//                                          opened, start 22:30 ^
	//                                          first answer by 23:30 ^
	//
	// + will count   - open, not counted
	// used 0, allowed 1h
	// opened: Tue 2026-07-14 22:30 +00:00
	// start: Tue 2026-07-14 22:30 +00:00
	// first answer by: Tue 2026-07-14 23:30 +00:00
}
