package rickar_test

import (
	"encoding/binary"
	"math"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/rickar/cal/v2"

	"github.com/duetime/duetime/calendar/rickar"
)

// fuzzZones are zones with what makes trouble: changes at midnight, of half an hour,
// of a whole day, of the standard time, none, and far from UTC on either side. Finds in
// testdata name them by their place.
var fuzzZones = []string{
	"UTC", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Kiritimati", "Africa/Casablanca",
	"Antarctica/Troll", "Asia/Kathmandu", "America/Scoresbysund", "Asia/Manila", "Europe/Dublin", "Africa/Monrovia", "Pacific/Pago_Pago",
}

// fuzzBusiness is a calendar of rickar/cal that some bytes describe, with functions
// that answer by the date, or as they like.
func fuzzBusiness(text []byte) *cal.BusinessCalendar {
	next := func() int64 {
		var b [8]byte
		text = text[copy(b[:], text):]
		return int64(binary.LittleEndian.Uint64(b[:]))
	}
	hostile := func(v int64, date time.Time) time.Time {
		switch v % 5 {
		case 0:
			return date.Add(time.Duration(v))
		case 1:
			return time.Unix(v, v).In(date.Location())
		case 2:
			return time.Time{}
		case 3:
			return time.Date(date.Year(), date.Month(), date.Day(), int(v%50), int(v>>8%60), 0, 0, date.Location())
		}
		panic("no answer")
	}
	b := cal.NewBusinessCalendar()
	shape := next()
	for day := range time.Saturday + 1 {
		b.SetWorkday(day, shape>>day&1 != 0)
	}
	if shape>>7&1 != 0 {
		b.SetWorkHours(time.Duration(next()), time.Duration(next()))
	} else if shape>>8&1 != 0 {
		b.SetWorkHours(time.Duration(next()%3000)*time.Minute, time.Duration(next()%3000)*time.Minute)
	}
	if shape>>9&1 != 0 {
		v := next()
		b.WorkdayFunc = func(date time.Time) bool { return v>>(date.YearDay()%64)&1 != 0 }
	}
	if shape>>10&1 != 0 {
		v := next()
		b.WorkdayStartFunc = func(date time.Time) time.Time { return hostile(v, date) }
	}
	if shape>>11&1 != 0 {
		v := next()
		b.WorkdayEndFunc = func(date time.Time) time.Time { return hostile(v+int64(date.YearDay()%3)*5, date) }
	}
	for range shape >> 12 & 3 {
		v := next()
		h := &cal.Holiday{
			Name: "holiday\n", Month: time.Month(v % 14), Day: int(v >> 8 % 40), Offset: int(v >> 16 % 9), Weekday: time.Weekday(v >> 24 % 8),
			StartYear: int(v >> 40 % 2200), Julian: v>>62&1 != 0, Observed: []cal.AltDay{{Day: time.Weekday(v >> 32 % 7), Offset: int(v >> 56 % 99)}},
		}
		h.Func = []cal.HolidayFn{cal.CalcDayOfMonth, cal.CalcWeekdayOffset, cal.CalcWeekdayFrom, cal.CalcEasterOffset, nil}[uint64(v)%5]
		b.AddHoliday(h)
	}
	if shape>>14&7 == 7 {
		b.AddHoliday(nil)
	}
	return b
}

// FuzzCalendar makes calendars of whatever rickar/cal's can be: each is refused, or has
// an answer for every day.
func FuzzCalendar(f *testing.F) {
	f.Add(uint8(1), 2024, 2025, []byte{0b0111110, 0})
	f.Add(uint8(2), 2018, 2018, []byte{0b0111110, 0b10_0001, 0, 0, 0, 0, 0, 0, 228, 2, 0, 0, 0, 0, 0, 0, 88, 7, 0, 0, 0, 0, 0, 0, 3, 24, 8, 9, 1, 2, 3, 4})
	f.Add(uint8(4), 2011, 2011, []byte{0xff, 0xff, 0xff})
	f.Add(uint8(1), 1899, 2200, []byte{})
	f.Add(uint8(0), math.MinInt, math.MaxInt, []byte{})
	f.Add(uint8(0), 2025, 2024, []byte{})
	f.Fuzz(func(t *testing.T, zone uint8, first, last int, text []byte) {
		if first >= 1900 && last <= 2199 {
			last = min(last, first+1) // the work is by the year
		}
		const most = 64 << 20 // bytes, for two years
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		name := fuzzZones[int(zone)%len(fuzzZones)]
		from := fuzzBusiness(text)
		c, err := rickar.Calendar(name, from, first, last)
		runtime.ReadMemStats(&after)
		if bytes := after.TotalAlloc - before.TotalAlloc; bytes > most {
			t.Fatalf("%d bytes allocated for %d bytes", bytes, len(text))
		}
		if (c == nil) == (err == nil) {
			t.Fatalf("Calendar(%q, %d, %d) = %v, %v", name, first, last, c, err)
		}
		if err != nil {
			for line := range strings.Lines(err.Error()) {
				if !strings.HasPrefix(line, "rickar: ") {
					t.Fatalf("an error is not one line each: %q", err)
				}
			}
			return
		}
		if first < 1900 || last > 2199 || first > last {
			t.Fatalf("Calendar for %d to %d", first, last)
		}
		sameDays(t, c, from, first, last)
	})
}
