package calendar_test

import (
	"testing"
	"time"

	"github.com/duetime/duetime/calendar"
)

// BenchmarkQueries is the cost of a question, to a calendar and to one that is made of
// three.
func BenchmarkQueries(b *testing.B) {
	at := in(b, "2024-03-08T16:00:00+01:00")
	to := at.AddDate(1, 0, 0)
	for name, c := range map[string]*calendar.Calendar{
		"calendar=one":   calendar.Must(calendar.New(berlin, "Mo-Fr 09:00-12:00,13:00-17:00")),
		"calendar=night": calendar.Must(calendar.New(berlin, "Mo-Fr 22:00-06:00")),
		"calendar=union": followTheSun(b),
	} {
		for query, ask := range map[string]func(){
			"Add":       func() { c.Add(at, 80*time.Hour) },
			"Between":   func() { c.Between(at, to) },
			"NextOpen":  func() { c.NextOpen(at.Add(10 * time.Hour)) },
			"NextClose": func() { c.NextClose(at.Add(10 * time.Hour)) },
			"PrevOpen":  func() { c.PrevOpen(at.Add(10 * time.Hour)) },
			"PrevClose": func() { c.PrevClose(at.Add(10 * time.Hour)) },
			"AddDays":   func() { c.AddDays(at, 3) },
		} {
			b.Run(query+"/"+name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					ask()
				}
			})
		}
	}
}

// BenchmarkTable is the cost of the tables of all years.
func BenchmarkTable(b *testing.B) {
	for name, make := range map[string]func() *calendar.Calendar{
		"calendar=one":   func() *calendar.Calendar { return calendar.Must(calendar.New(berlin, "Mo-Fr 09:00-17:00")) },
		"calendar=union": func() *calendar.Calendar { return followTheSun(b) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c := make()
				c.IsOpen(firstInstant)
				c.IsOpen(lastInstant)
			}
		})
	}
}
