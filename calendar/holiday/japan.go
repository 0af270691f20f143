package holiday

import (
	"strings"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/jp"

	"github.com/duetime/duetime/calendar"
)

// japan is the Act on National Holidays (国民の祝日に関する法律, law 178 of 1948)
// as it stood from 1989 on, under the names of the act. The rules are written
// out, as those of rickar/cal are the act's of today, in English and without the
// September holidays after 2032. A holiday on a Sunday stays one, and the next day that
// is not a holiday is off too (article 3 (2); iuris.jp has the text). The Cabinet Office
// lists all days since 1955 (内閣府, 国民の祝日について, syukujitsu.csv), which the tests
// compare some of.
//
// The equinoxes are rickar/cal's, by a formula for 1980 to 2150, and set by the
// gazette of February for the next year: after 2027 they are provisional, and so
// is what follows from them.
func japan() country {
	const (
		between = "国民の休日" // a day between two holidays, article 3 (3)
		spring  = "春分の日"
		autumn  = "秋分の日"
		last    = 2027 // year of the equinoxes announced
	)
	sunday := func(r *cal.Holiday) *cal.Holiday { return moved(r, sundayOn...) } // article 3 (2)
	autumnal := named(jp.AutumnalEquinoxDay, autumn)
	rules := []*cal.Holiday{
		sunday(day(time.January, 1, "元日")),
		to(1999, sunday(day(time.January, 15, "成人の日"))),
		from(2000, nth(2, time.Monday, time.January, "成人の日")),
		sunday(day(time.February, 11, "建国記念の日")),
		from(2020, sunday(day(time.February, 23, "天皇誕生日"))),
		to(2018, sunday(day(time.December, 23, "天皇誕生日"))),
		named(jp.VernalEquinoxDay, spring),
		to(2006, sunday(day(time.April, 29, "みどりの日"))),
		from(2007, sunday(day(time.April, 29, "昭和の日"))),
		// Since 2007 a Sunday's holiday is observed on the next day that is not a holiday.
		to(2006, sunday(day(time.May, 3, "憲法記念日"))),
		from(2007, moved(day(time.May, 3, "憲法記念日"), cal.AltDay{Day: time.Sunday, Offset: 3})),
		to(2006, when(day(time.May, 4, between), time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday)),
		from(2007, moved(day(time.May, 4, "みどりの日"), cal.AltDay{Day: time.Sunday, Offset: 2})),
		sunday(day(time.May, 5, "こどもの日")),
		from(1996, to(2002, sunday(day(time.July, 20, "海の日")))),
		from(2003, not(nth(3, time.Monday, time.July, "海の日"), 2020, 2021)),
		from(2016, not(sunday(day(time.August, 11, "山の日")), 2020, 2021)),
		to(2002, sunday(day(time.September, 15, "敬老の日"))),
		from(2003, nth(3, time.Monday, time.September, "敬老の日")),
		autumnal,
		// The Tuesday between the third Monday and an equinox on that Wednesday.
		{Name: between, StartYear: 2003, Func: func(_ *cal.Holiday, year int) time.Time {
			if d, _ := datesOf(*autumnal, year); d.Weekday() == time.Wednesday && d.Day() <= 23 {
				return time.Date(year, time.September, d.Day()-1, 0, 0, 0, 0, time.UTC)
			}
			return time.Time{}
		}},
		to(1999, sunday(day(time.October, 10, "体育の日"))),
		from(2000, to(2019, nth(2, time.Monday, time.October, "体育の日"))),
		from(2022, nth(2, time.Monday, time.October, "スポーツの日")),
		sunday(day(time.November, 3, "文化の日")),
		sunday(day(time.November, 23, "勤労感謝の日")),

		once(1989, time.February, 24, "昭和天皇の大喪の礼"), // law 4 of 1989
		once(1990, time.November, 12, "即位礼正殿の儀"),   // law 24 of 1990
		once(1993, time.June, 9, "結婚の儀"),           // law 32 of 1993
		// Law 99 of 2018, and the days between by the act itself.
		once(2019, time.April, 30, between),
		once(2019, time.May, 1, "天皇の即位の日"),
		once(2019, time.May, 2, between),
		once(2019, time.October, 22, "即位礼正殿の儀"),
		// The games of Tokyo: law 55 of 2018 for 2020, law 68 of 2020 for 2021.
		once(2020, time.July, 23, "海の日"),
		once(2020, time.July, 24, "スポーツの日"),
		once(2020, time.August, 10, "山の日"),
		once(2021, time.July, 22, "海の日"),
		once(2021, time.July, 23, "スポーツの日"),
		sunday(once(2021, time.August, 8, "山の日")),
	}
	return country{rules: rules, first: 1989, last: 2150, provisional: func(h calendar.Holiday) bool {
		byGazette := strings.HasPrefix(h.Name, spring) || strings.HasPrefix(h.Name, autumn) || h.Name == between
		return byGazette && h.Date.Year() > last
	}}
}
