package holiday

import (
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/de"
)

// germany is a list of rickar/cal's for a state, or of what all states have. It
// begins in 1995, when the Day of Repentance and Prayer had ceased to be a public
// holiday (but in Saxony).
func germany(rules []*cal.Holiday, changes ...change) country {
	return country{rules: rules, changes: changes, first: 1995}
}

// luther adds 31 October 2017, which every state's law on holidays made one for
// that year, where it was not one each year.
func luther() change {
	return add(once(2017, time.October, 31, "500. Jahrestag der Reformation"))
}

// northern is for Bremen, Hamburg, Lower Saxony and Schleswig-Holstein: their
// laws of 2018 made Reformation Day a holiday.
func northern() change { return since(2018, de.Reformationstag) }

// berlin is the law of Berlin: § 1 of the Gesetz über die Sonn- und Feiertage
// of 28 October 1954 (GVBl. S. 615) as amended. The rules of rickar/cal give
// the yearly holidays; what they lack is added, with the amendment beside it.
func berlin() country {
	return germany(
		de.HolidaysBE,
		add(
			once(2017, time.October, 31, "500. Jahrestag der Reformation"),                 // 14 October 2015, GVBl. S. 378
			once(2020, time.May, 8, "75. Jahrestag der Befreiung vom Nationalsozialismus"), // 30 January 2019, GVBl. S. 22
			once(2025, time.May, 8, "80. Jahrestag der Befreiung vom Nationalsozialismus"), // 10 July 2024, GVBl. S. 460
			once(2028, time.June, 17, "75. Jahrestag des Aufstandes vom 17. Juni 1953"),    // 10 July 2024, GVBl. S. 460
		),
		since(2019, de.Frauentag), // 30 January 2019, GVBl. S. 22
	)
}
