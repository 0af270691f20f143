package calendar_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/duetime/duetime/calendar"
)

var sinkTime time.Time
var sinkDur time.Duration
var sinkInt int

func BenchmarkX(b *testing.B) {
	c := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00"))
	l := c.Zone()
	t := time.Date(2024, 3, 5, 10, 0, 0, 0, l)
	b.Run("R", func(b *testing.B) {
		for b.Loop() {
			sinkTime = t.Add(8 * time.Hour)
		}
	})
	for _, d := range []time.Duration{time.Minute, 8 * time.Hour, 100 * time.Hour, 2000 * time.Hour, 20000 * time.Hour, 87600 * time.Hour} {
		b.Run("Add/"+d.String(), func(b *testing.B) {
			for b.Loop() {
				sinkTime, _ = c.Add(t, d)
			}
		})
		u := t.Add(d)
		b.Run("Between/"+d.String(), func(b *testing.B) {
			for b.Loop() {
				sinkDur, _ = c.Between(t, u)
			}
		})
	}
	for _, d := range []int{1, 3, 10, 250, 2500} {
		b.Run("AddDays", func(b *testing.B) {
			for b.Loop() {
				sinkTime, _ = c.AddDays(t, d)
			}
		})
	}
	ts := make([]time.Time, 4096)
	for i := range ts {
		ts[i] = time.Unix(rand.Int64N(60*365*86400), 0).In(l)
	}
	i := 0
	b.Run("RandDate", func(b *testing.B) {
		for b.Loop() {
			sinkInt, _, _ = ts[i&4095].Date()
			i++
		}
	})
	b.Run("RandAdd", func(b *testing.B) {
		for b.Loop() {
			sinkTime, _ = c.Add(ts[i&4095], 8*time.Hour)
			i++
		}
	})
	b.Run("RandBetween", func(b *testing.B) {
		for b.Loop() {
			sinkDur, _ = c.Between(ts[i&4095], ts[(i+1)&4095])
			i++
		}
	})
	b.Run("RandAddDays", func(b *testing.B) {
		for b.Loop() {
			sinkTime, _ = c.AddDays(ts[i&4095], 1)
			i++
		}
	})
	b.Run("NewAndFirst", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			c := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00"))
			sinkTime, _ = c.Add(t, 8*time.Hour)
		}
	})
}
