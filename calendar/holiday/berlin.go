package holiday

import (
	"sync"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/de"

	"github.com/duetime/duetime/calendar"
)

// berlin is the law of Berlin: § 1 of the Gesetz über die Sonn- und Feiertage
// of 28 October 1954 (GVBl. S. 615) as amended. The rules of rickar/cal give
// the yearly holidays; what they lack is added, with the amendment beside it.
var berlin = sync.OnceValue(func() calendar.HolidaySet {
	rules := []*cal.Holiday{
		once(2017, time.October, 31, "500. Jahrestag der Reformation"),                 // 14 October 2015, GVBl. S. 378
		once(2020, time.May, 8, "75. Jahrestag der Befreiung vom Nationalsozialismus"), // 30 January 2019, GVBl. S. 22
		once(2025, time.May, 8, "80. Jahrestag der Befreiung vom Nationalsozialismus"), // 10 July 2024, GVBl. S. 460
		once(2028, time.June, 17, "75. Jahrestag des Aufstandes vom 17. Juni 1953"),    // 10 July 2024, GVBl. S. 460
	}
	for _, r := range de.HolidaysBE {
		if r == de.Frauentag {
			r = r.Clone(&cal.Holiday{StartYear: 2019}) // 30 January 2019, GVBl. S. 22
		}
		rules = append(rules, r)
	}
	return FromRules("DE-BE", rules...).Covering(1995, 2199)
})

// once is the rule for a holiday of one year.
func once(year int, month time.Month, day int, name string) *cal.Holiday {
	return &cal.Holiday{
		Name: name, Type: cal.ObservancePublic, StartYear: year, EndYear: year,
		Month: month, Day: day, Func: cal.CalcDayOfMonth,
	}
}
