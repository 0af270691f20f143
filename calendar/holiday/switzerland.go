package holiday

import (
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/ch"
)

// switzerland is a list of rickar/cal's with changes. The national day is a
// holiday since 1994 (Verordnung über den Bundesfeiertag, SR 116). A set has the days that
// the law of the canton has in all its communes, under the names of the Federal Office of
// Justice's list (Gesetzliche Feiertage und Tage, die in der Schweiz wie gesetzliche
// Feiertage behandelt werden). Days of some communes or districts, and half days, are left
// out. Where a canton's law was opened it stands beside the set.
func switzerland(rules []*cal.Holiday, changes ...change) country {
	return country{rules: rules, changes: append([]change{since(1994, ch.Bundesfeiertag)}, changes...)}
}

// drops is the change that takes out some rules.
func drops(rules ...*cal.Holiday) (changes []change) {
	for _, r := range rules {
		changes = append(changes, drop(r))
	}
	return changes
}

// aargau has nine days in each district, and five of them in the whole canton: New Year's
// Day, Good Friday, Ascension Day, 1 August and Christmas Day (hallo-aargau.ch,
// Öffnungszeiten / Feiertage).
func aargau() country {
	return switzerland(ch.HolidaysAG, drops(
		ch.Berchtoldstag, ch.Ostermontag, ch.Pfingstmontag, ch.Fronleichnam, ch.MariaHimmelfahrt,
		ch.Allerheiligen, ch.MariaEmpfangnis, ch.ZweiterWeihnachtsfeiertag,
	)...)
}

// twoDays is a canton in which 26 December is a holiday unless three days of rest follow
// each other: not if Christmas Day is a Monday or a Friday (AI: Ruhetagsgesetz of 25 April
// 1982, article 2; AR: hallo-ar.ch, Öffnungszeiten / Feiertage; UR, secondary:
// vacanza/holidays and holidays/definitions of the list named above, as the text of law
// 70.1421 could not be read).
func twoDays(rules []*cal.Holiday) country {
	return switzerland(rules, replace(ch.ZweiterWeihnachtsfeiertag, when(
		ch.ZweiterWeihnachtsfeiertag, time.Sunday, time.Monday, time.Wednesday, time.Thursday, time.Friday,
	)))
}

// baselLandschaft is § 3 of the Gesetz über die öffentlichen Ruhetage, as amended on 23
// September 2004 (minutes of the Landrat of that day).
func baselLandschaft() country {
	return switzerland(ch.HolidaysBL, drops(ch.Fronleichnam, ch.MariaHimmelfahrt)...)
}

// fribourg has the days of its Catholic part (fr.ch, Jour férié, dimanche, jour chômé,
// jour travaillé). Ten places in the district of the Lake have others.
func fribourg() country {
	return switzerland(ch.HolidaysFR, drop(ch.TagderArbeit), add(ch.MariaEmpfangnis))
}

// grisons is article 2 of the Ruhetagsgesetz of 22 September 1985, and 1 August. Its
// communes have Catholic holidays by article 3.
func grisons() country {
	return switzerland(ch.HolidaysGR, drops(
		ch.HeiligeDreiKoenige, ch.Josefstag, ch.Fronleichnam, ch.MariaHimmelfahrt, ch.Allerheiligen, ch.MariaEmpfangnis,
	)...)
}

// lucerne is § 1a of the Ruhetags- und Ladenschlussgesetz of 23 November 1987, without 19
// March. 26 December is secondary: feiertagskalender.ch, Kanton Luzern.
func lucerne() country { return switzerland(ch.HolidaysLU, drop(ch.Josefstag)) }

// solothurn is § 2 of the Ruhetagsgesetz of 18 May 2014: it has neither Whit Monday nor 26
// December, and 1 May is a holiday from noon.
// The district of Bucheggberg does not have three Catholic days.
func solothurn() country {
	c := switzerland(ch.HolidaysSO, drops(ch.TagderArbeit, ch.Pfingstmontag, ch.ZweiterWeihnachtsfeiertag)...)
	c.parts = []part{{"12:00", []*cal.Holiday{ch.TagderArbeit}}}
	return c
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

// neuchatel is article 3 of the law of 30 September 1991 on Sundays and holidays (941.02):
// 2 January and 26 December are holidays if the day before is a Sunday. It has no Corpus
// Christi: Le Landeron and Le Cerneux-Péquignot do.
func neuchatel() country {
	return switzerland(ch.HolidaysNE, drop(ch.Fronleichnam), add(
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
