package holiday

import (
	"time"

	"github.com/rickar/cal/v2"
)

// anniversary is New Zealand with the anniversary day of a province. No law fixes when it is
// kept: councils do, by custom. The rules follow teara.govt.nz (Provincial anniversary days).
// They give the dates that employment.govt.nz has for 2023 (Previous years: Public holidays
// and anniversary dates). No such day is at a weekend.
func anniversary(rules ...*cal.Holiday) country {
	c := newZealand()
	c.changes = append(c.changes, add(rules...))
	return c
}

// provinces returns New Zealand's regions that have a day of their own. The day of South
// Canterbury, the fourth Monday in September, has no code, as ISO 3166 has none for it.
// Regions without a code here keep the day of a neighbour: Northland that of Auckland, for
// example (employers.co.nz).
func provinces() map[string]country {
	after := func(days int, r *cal.Holiday) *cal.Holiday {
		r.CalcOffset = days
		return r
	}
	const southland = "Southland Anniversary Day"
	return map[string]country{
		"NZ-AUK": anniversary(next(time.Monday, time.January, 26, "Auckland Anniversary Day")), // nearest to 29 January
		// The second Friday after the first Tuesday in November.
		"NZ-CAN": anniversary(after(10, nth(1, time.Tuesday, time.November, "Canterbury Anniversary Day"))),
		"NZ-CIT": anniversary(next(time.Monday, time.November, 27, "Chatham Islands Anniversary Day")), // nearest to 30 November
		// The Friday before Labour Day, and the Monday after it.
		"NZ-HKB": anniversary(after(-3, nth(4, time.Monday, time.October, "Hawke's Bay Anniversary Day"))),
		"NZ-MBH": anniversary(after(7, nth(4, time.Monday, time.October, "Marlborough Anniversary Day"))),
		"NZ-NSN": anniversary(next(time.Monday, time.January, 29, "Nelson Anniversary Day")), // nearest to 1 February
		"NZ-OTA": anniversary(otago()),
		// Easter Tuesday by the mayors' decision of December 2011 (secondary:
		// officeholidays.com); before, the Monday nearest to 17 January, which the Department
		// of Labour still listed for 2012 and 2013 (textilecare.co.nz).
		"NZ-STL": anniversary(to(2011, next(time.Monday, time.January, 14, southland)), from(2012, easter(2, southland))),
		"NZ-TKI": anniversary(nth(2, time.Monday, time.March, "Taranaki Anniversary Day")),
		"NZ-WGN": anniversary(next(time.Monday, time.January, 19, "Wellington Anniversary Day")), // nearest to 22 January
		// Nearest to 1 December, but for 2005 (secondary: vacanza/holidays).
		"NZ-WTC": anniversary(
			not(next(time.Monday, time.November, 28, "Westland Anniversary Day"), 2005),
			once(2005, time.December, 5, "Westland Anniversary Day"),
		),
	}
}

// otago is the Monday nearest to 23 March, and Tuesday if that is Easter Monday (secondary:
// vacanza/holidays). Employers and workers can agree on another day (officeholidays.com).
func otago() *cal.Holiday {
	r := next(time.Monday, time.March, 20, "Otago Anniversary Day")
	calc := r.Func
	r.Func = func(h *cal.Holiday, year int) time.Time {
		t := calc(h, year)
		if dateOf(t) == dateOf(cal.CalcEasterOffset(&cal.Holiday{Offset: 1}, year)) {
			return t.AddDate(0, 0, 1)
		}
		return t
	}
	return r
}
