package holiday

import (
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/ch"
)

// switzerland is a list of rickar/cal's with changes. The national day is a
// holiday since 1994 (Verordnung über den Bundesfeiertag, SR 116). The days of
// the cantons are listed by the Federal Office of Justice (Gesetzliche Feiertage
// und Tage, die in der Schweiz wie gesetzliche Feiertage behandelt werden);
// what rickar/cal lacks of that list is added under the names used there.
func switzerland(rules []*cal.Holiday, changes ...change) country {
	return country{rules: rules, changes: append([]change{since(1994, ch.Bundesfeiertag)}, changes...)}
}

func geneva() country {
	return switzerland(
		ch.HolidaysGE,
		drop(ch.Fronleichnam),
		add(
			next(time.Thursday, time.September, 5, "Jeûne genevois"), // after the first Sunday
			day(time.December, 31, "Restauration de la République"),
		),
	)
}

func glarus() country {
	// The first Thursday in April, or the second if that is in Holy Week.
	ride := nth(1, time.Thursday, time.April, "Näfelser Fahrt")
	calc := ride.Func
	ride.Func = func(h *cal.Holiday, year int) time.Time {
		t := calc(h, year)
		if dateOf(t) == dateOf(cal.CalcEasterOffset(&cal.Holiday{Offset: -3}, year)) {
			return t.AddDate(0, 0, 7)
		}
		return t
	}
	return switzerland(ch.HolidaysGL, add(ride))
}

func jura() country {
	return switzerland(ch.HolidaysJU, add(day(time.June, 23, "Commémoration du plébiscite jurassien")))
}

func neuchatel() country {
	return switzerland(ch.HolidaysNE, add(
		day(time.March, 1, "Instauration de la République"),
		when(day(time.January, 2, "2 janvier"), time.Monday),
		when(day(time.December, 26, "26 décembre"), time.Monday),
	))
}

func obwalden() country {
	return switzerland(ch.HolidaysOW, add(day(time.September, 25, "Bruder Klaus")))
}

func ticino() country {
	return switzerland(ch.HolidaysTI, add(day(time.June, 29, "San Pietro e Paolo")))
}

func vaud() country {
	return switzerland(ch.HolidaysVD, add(next(time.Monday, time.September, 16, "Lundi du Jeûne fédéral"))) // after the third Sunday
}

// zug has Catholic holidays: rickar/cal gives it those of Glarus.
func zug() country {
	return switzerland(
		ch.HolidaysZG,
		drop(ch.Ostermontag), drop(ch.Pfingstmontag), drop(ch.ZweiterWeihnachtsfeiertag),
		add(ch.Fronleichnam, ch.MariaHimmelfahrt, ch.MariaEmpfangnis),
	)
}
