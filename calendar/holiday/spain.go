package holiday

import (
	"slices"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/es"
)

// community is an autonomous community of Spain: the national days, and those that it has
// every year. A national day on a Sunday stays in the set. The file announced/es.txt has
// what the resolution of a year adds: the Monday after, or another day in its place. In
// other years that is not known, and all days are provisional.
//
// The law is article 45 of Real Decreto 2001/1983 (its resolution of 15 October 2024 for
// 2025, on zahoribo.com). The days that a community has every year are secondary: vacanza/holidays, and the
// reports that announced/es.txt names.
func community(own ...*cal.Holiday) country {
	return country{rules: slices.Concat(es.Holidays, own)}
}

// communities returns what is made of each autonomous community and city. Canarias lacks
// the day of each island, and Cataluña has 26 December, which Arán replaces by 17 June.
func communities() map[string]country {
	thursday := easter(-3, "Jueves Santo")
	monday := easter(1, "Lunes de Pascua")
	joseph := day(time.March, 19, "San José")
	john := day(time.June, 24, "San Juan")
	return map[string]country{
		"ES-AN": community(thursday, day(time.February, 28, "Día de Andalucía")),
		"ES-AR": community(thursday, day(time.April, 23, "San Jorge, Día de Aragón")),
		"ES-AS": community(thursday, day(time.September, 8, "Día de Asturias")),
		"ES-CB": community(thursday, day(time.July, 28, "Día de las Instituciones de Cantabria"), day(time.September, 15, "La Bien Aparecida")),
		"ES-CE": community(
			thursday, day(time.June, 13, "San Antonio"), day(time.August, 5, "Nuestra Señora de África"),
			day(time.September, 2, "Día de Ceuta"),
		),
		"ES-CL": community(thursday, day(time.April, 23, "Fiesta de Castilla y León")),
		"ES-CM": community(thursday, easter(60, "Corpus Christi"), day(time.May, 31, "Día de Castilla-La Mancha")),
		"ES-CN": community(thursday, day(time.May, 30, "Día de Canarias")),
		"ES-CT": community(monday, john, day(time.September, 11, "Fiesta Nacional de Cataluña"), day(time.December, 26, "San Esteban")),
		"ES-EX": community(thursday, day(time.September, 8, "Día de Extremadura")),
		"ES-GA": community(thursday, day(time.May, 17, "Día de las Letras Gallegas"), day(time.July, 25, "Día Nacional de Galicia")),
		"ES-IB": community(day(time.March, 1, "Día de las Islas Baleares"), thursday, monday),
		"ES-MC": community(joseph, thursday, day(time.June, 9, "Día de la Región de Murcia")),
		"ES-MD": community(thursday, day(time.May, 2, "Fiesta de la Comunidad de Madrid")),
		"ES-ML": community(thursday, day(time.September, 8, "Virgen de la Victoria"), day(time.September, 17, "Día de Melilla")),
		"ES-NC": community(thursday, monday, day(time.December, 3, "San Francisco Javier")),
		"ES-PV": community(thursday, monday, day(time.July, 25, "Santiago Apóstol")),
		"ES-RI": community(thursday, monday, day(time.June, 9, "Día de La Rioja")),
		"ES-VC": community(joseph, monday, john, day(time.October, 9, "Día de la Comunidad Valenciana")),
	}
}
