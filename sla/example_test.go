package sla_test

import (
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
)

func Example() {
	beijing := time.FixedZone("CST", 8*60*60)
	opened := time.Date(2020, time.May, 27, 20, 0, 0, 0, beijing)
	due, err := sla.Due(sla.SeverityB, opened, region.China)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("answer by", due)
	// Output: answer by 2020-05-28 20:00:00 +0800 CST
}

func ExampleDue() {
	opened := time.Date(2024, time.March, 28, 16, 30, 0, 0, time.UTC) // Maundy Thursday, 17:30 in Berlin
	due, err := sla.Due(sla.SeverityB, opened, region.Germany)
	fmt.Println(due, err)
	_, err = sla.Due(sla.SeverityC, opened, region.Worldwide)
	fmt.Println(errors.Is(err, sla.ErrNoCommitment))
	// Output:
	// 2024-04-03 07:00:00 +0000 UTC <nil>
	// true
}

func ExampleCatalog() {
	d, err := sla.Published().Deadline(sla.Request{
		Moniker:  region.Germany,
		Category: region.Billing,
		Severity: sla.SeverityC,
		Opened:   time.Date(2024, time.March, 28, 10, 0, 0, 0, time.UTC),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(d.Due, d.Term.Target, d.Term.Basis)
	// Output: 2024-04-04 09:00:00 +0000 UTC 3bd adopted
}

func ExampleRequest() {
	opened := time.Date(2026, time.February, 13, 4, 0, 0, 0, time.UTC)
	for _, r := range []sla.Request{
		{Moniker: region.China, Severity: sla.SeverityC, Opened: opened},
		{Moniker: region.China, Severity: sla.SeverityC, Opened: opened, Category: region.Billing},
		{Moniker: region.Worldwide, Severity: sla.SeverityC, Opened: opened, Plan: sla.PlanElevated, Country: "FR"},
	} {
		d, _ := sla.Published().Deadline(r)
		fmt.Println(d.Due, d.Term.Calendar.Hours())
	}
	// Output:
	// 2026-02-16 04:00:00 +0000 UTC Mo-Su 09:00-24:00
	// 2026-02-25 04:00:00 +0000 UTC Mo-Fr 09:00-18:00
	// 2026-02-13 08:00:00 +0000 UTC 24/7
}

func ExampleSeverity() {
	catalog, err := sla.ParseCatalog([]byte(`{"version": "1", "severities": ["P1", {"name": "P2", "also": ["high", "sev 2"]}, "P3"],
		"policies": [{"moniker": "acme", "terms": [{"severities": ["P1", "P2"], "target": "1h", "calendar": "24/7"}]}]}`))
	if err != nil {
		log.Fatal(err)
	}
	r := sla.Request{Moniker: "acme"}
	fmt.Println(catalog.Severities(r))
	r.Severity, err = catalog.ParseSeverity(r, "Sev-2")
	fmt.Println(r.Severity, err)
	_, err = catalog.ParseSeverity(r, "urgent")
	fmt.Println(err)
	// Output:
	// [P1 P2 P3]
	// P2 <nil>
	// sla: unknown severity "urgent": want a severity of acme: P1, P2, P3
}

func ExamplePlan() {
	r := sla.Request{Moniker: region.China, Plan: sla.PlanStandard, Severity: sla.SeverityA, Opened: time.Date(2020, time.May, 27, 12, 0, 0, 0, time.UTC)}
	_, err := sla.Published().Deadline(r)
	fmt.Println(err)
	// Output: sla: not offered: o365-21vianet, plan standard, technical, severity A: severity A needs an advanced online service agreement with 21Vianet; the highest severity offered is B
}

func ExampleTermError() {
	_, err := sla.Due(sla.SeverityC, time.Date(2020, time.May, 27, 12, 0, 0, 0, time.UTC), region.Worldwide)
	if why, ok := errors.AsType[sla.TermError](err); ok {
		fmt.Println(why.Request.Plan, why.Reason)
	}
	// Output: enterprise the publisher promises no response time; bring a catalog of your own
}

// The same words, a day or a business day, and what systems mean by them.
func ExampleTarget() {
	c := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00"))
	start := time.Date(2024, time.March, 8, 15, 0, 0, 0, c.Zone()) // a Friday
	for _, text := range []string{"8h", "8h wall", "1bd", "1bd 4h", "1bd@close", "1bd@12:00", "0bd@close", "3d", "0bd@close before 14:00 else 1bd@close", "1h in hours else 0bd@12:00"} {
		target, _ := sla.ParseTarget(text)
		due, _ := target.Due(c, start)
		fmt.Println(target, due.Format("Mon 15:04"))
	}
	_, err := sla.ParseTarget("P3DT4H")
	fmt.Println(err)
	// Output:
	// 8h Mon 15:00
	// 8h wall Fri 23:00
	// 1bd Mon 15:00
	// 1bd 4h Tue 11:00
	// 1bd@close Mon 17:00
	// 1bd@12:00 Mon 12:00
	// 0bd@close Fri 17:00
	// 3d Mon 17:00
	// 0bd@close before 14:00 else 1bd@close Mon 17:00
	// 1h in hours else 0bd@12:00 Fri 16:00
	// sla: target "P3DT4H": want "3bd 4h"
}

func ExampleDeadline() {
	d, _ := sla.Published().Deadline(sla.Request{
		Moniker:  region.China,
		Severity: sla.SeverityB,
		Opened:   time.Date(2020, time.May, 27, 18, 0, 0, 0, time.UTC), // 02:00 in Beijing
	})
	fmt.Println(d.Request.Plan, d.Start, d.Due)
	// Output: advanced 2020-05-28 01:00:00 +0000 UTC 2020-05-29 01:00:00 +0000 UTC
}

func ExampleTerm() {
	for policy := range sla.Published().Policies() {
		if policy.Moniker != region.Germany {
			continue
		}
		for _, term := range policy.Terms {
			fmt.Println(term.Categories, term.Severities, term.Target, term.Basis)
		}
	}
	// Output:
	// [technical] [A] 1h adopted
	// [technical billing] [B] 1bd adopted
	// [technical billing] [C] 3bd adopted
}

func ExampleMetric() {
	fmt.Println(sla.Published().Metrics(sla.Request{Moniker: region.Germany}))
	// Output: [first-response]
}

func ExampleBasis() {
	count := map[sla.Basis]int{}
	for policy := range sla.Published().Policies() {
		for _, term := range policy.Terms {
			count[term.Basis]++
		}
	}
	fmt.Println(count[sla.BasisPublished], "published,", count[sla.BasisAdopted], "adopted")
	// Output: 11 published, 7 adopted
}

func ExamplePolicy() {
	hours := calendar.Must(calendar.New("Europe/Vienna", "Mo-Fr 08:00-18:00"))
	own, err := sla.NewCatalog("2024-01", sla.Policy{Moniker: "acme", Plan: "gold", Terms: []sla.Term{
		{Severities: []sla.Severity{sla.SeverityB}, Target: sla.MustParseTarget("1bd@close"), Calendar: hours, Source: "contract 7"},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	d, err := own.Deadline(sla.Request{Moniker: "acme", Severity: sla.SeverityB, Opened: time.Date(2024, time.March, 8, 16, 0, 0, 0, time.UTC)})
	fmt.Println(d.Due, d.Term.Basis, err)
	// Output: 2024-03-11 17:00:00 +0000 UTC custom <nil>
}

// What other systems may mean by the same promise: the desk closes at 15:00 on
// Fridays, and the request comes in on a Friday at 14:00.
func Example_conventions() {
	desk := calendar.Must(calendar.New("Europe/Berlin", "Mo-Th 09:00-17:00; Fr 09:00-15:00"))
	opened := time.Date(2024, time.March, 8, 14, 0, 0, 0, desk.Zone())
	due := func(target string, c *calendar.Calendar) time.Time {
		t, err := sla.ParseTarget(target)
		if err != nil {
			fmt.Println(err)
		}
		at, err := t.Due(c, opened)
		if err != nil {
			fmt.Println(err)
		}
		return at
	}
	show := func(meaning string, at time.Time) { fmt.Printf("%-42s %s\n", meaning, at.Format("Mon 15:04")) }
	show("1bd: the same time of day", due("1bd", desk))
	show("24h, always open: a day is 24 hours", due("24h", calendar.AlwaysOpen()))
	show("8h: a day is a day's worth of hours", due("8h", desk))
	show("1bd@close: the end of the next day", due("1bd@close", desk))
	show("0bd@close: the end of the same day", due("0bd@close", desk))
	show("1bd@16:00: a time on the next day", due("1bd@16:00", desk))
	show("1bd@00:00: when the desk opens", due("1bd@00:00", desk))
	show("1h: ends at closing time, and stays there", due("1h", desk))
	next, err := desk.NextOpen(due("1h", desk))
	if err != nil {
		fmt.Println(err)
	}
	show("NextOpen of that: at the next opening", next)

	opened = opened.Add(2 * time.Hour)
	show("1bd after hours: from the next opening", due("1bd", desk))
	day, err := desk.AddBusinessDays(calendar.DateOf(opened), 1)
	if err != nil {
		fmt.Println(err)
	}
	at, err := desk.Closing(day)
	if err != nil {
		fmt.Println(err)
	}
	show("Closing of 1 day after the date it came", at)
	// Output:
	// 1bd: the same time of day                  Mon 14:00
	// 24h, always open: a day is 24 hours        Sat 14:00
	// 8h: a day is a day's worth of hours        Mon 16:00
	// 1bd@close: the end of the next day         Mon 17:00
	// 0bd@close: the end of the same day         Fri 15:00
	// 1bd@16:00: a time on the next day          Mon 16:00
	// 1bd@00:00: when the desk opens             Mon 09:00
	// 1h: ends at closing time, and stays there  Fri 15:00
	// NextOpen of that: at the next opening      Mon 09:00
	// 1bd after hours: from the next opening     Tue 09:00
	// Closing of 1 day after the date it came    Mon 17:00
}
