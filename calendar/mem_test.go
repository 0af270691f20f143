package calendar_test

import (
	"runtime"
	"testing"
	"time"

	"github.com/duetime/duetime/calendar"
)

func TestMem(t *testing.T) {
	var a, b runtime.MemStats
	cs := make([]*calendar.Calendar, 200)
	runtime.GC()
	runtime.ReadMemStats(&a)
	for i := range cs {
		cs[i] = calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-12:00,13:00-17:00"))
	}
	runtime.GC()
	runtime.ReadMemStats(&b)
	t.Log(int(b.HeapAlloc-a.HeapAlloc) / len(cs))
	for i := range cs {
		for d := range 1096 {
			cs[i].IsOpen(time.Date(2024, 1, 1+d, 0, 0, 0, 0, time.UTC))
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&b)
	t.Log(int(b.HeapAlloc-a.HeapAlloc) / len(cs))
	runtime.KeepAlive(cs)
}
