package holiday

import (
	"slices"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/ca"
)

// canada is the days of the federal public service, as rickar/cal's are. It had
// 19 September 2022 too (Prime Minister's statement of 13 September 2022). For who does
// not work at a weekend, a holiday there is made up by another day, and it stays one
// (Canada Labour Code, section 193). Canada Day is 2 July if 1 July is a Sunday, which is
// then as any other (Holidays Act, section 2, on hullandhull.com).
func canada() country {
	return country{rules: ca.Holidays, changes: []change{
		replace(ca.CanadaDay, instead(ca.CanadaDay, time.Sunday)...),
		add(once(2022, time.September, 19, "National Day of Mourning")),
	}}
}

// The set of a province or territory has the days that its law on employment standards makes
// holidays for all, and not those that employers may choose. The public service often has
// more. MB and NS also have 11 November, on which another act forbids most work.
//
// A holiday at a weekend stays there. Most laws then give another day off, which the
// employer chooses, or pay: a set has no such day. It has a weekday only if the law names
// its date. Canada Day is 2 July if 1 July is a Sunday, which is then as any other, by
// federal law (Holidays Act, section 2, on hullandhull.com), but not in Nova Scotia and
// Newfoundland (gowlingwlg.com, Canada Day and the Holidays Act).
//
// The National Day for Truth and Reconciliation is no holiday in AB, NB, NL, NS, ON, QC and
// SK.

// canadaDay is 1 July, or 2 July instead of a Sunday.
func canadaDay() []*cal.Holiday { return instead(moved(ca.CanadaDay, sundayOn...)) }

// inAllProvinces returns the days that every province and territory has, but Canada Day.
func inAllProvinces() []*cal.Holiday {
	return []*cal.Holiday{moved(ca.NewYear), ca.GoodFriday, ca.LabourDay, moved(ca.ChristmasDay)}
}

// province adds the days of a province to those of all, and Canada Day by the federal law.
func province(own ...*cal.Holiday) country {
	return country{rules: slices.Concat(inAllProvinces(), canadaDay(), own)}
}

// february is the holiday on the third Monday in February.
func february(year int, name string) *cal.Holiday {
	return from(year, nth(3, time.Monday, time.February, name))
}

// august is the holiday on the first Monday in August.
func august(name string) *cal.Holiday { return nth(1, time.Monday, time.August, name) }

// reconciliation is 30 September, from the first year on in which the province's law has it.
func reconciliation(year int, name string) *cal.Holiday {
	return from(year, day(time.September, 30, name))
}

const (
	truth      = "National Day for Truth and Reconciliation"
	indigenous = "National Indigenous Peoples Day"
)

// alberta is the Employment Standards Code (alberta.ca, Alberta general holidays). Family
// Day is one since 1990 (secondary: stlawyers.ca). No day is added for a weekend: who does not work on
// the day of a holiday is not paid for it.
func alberta() country {
	return province(february(1990, "Family Day"), ca.VictoriaDay, ca.ThanksgivingDay, moved(ca.RemembranceDay))
}

// britishColumbia is the Employment Standards Act, section 1 (secondary: go2hr.ca, BC
// Statutory Holidays). Family Day was the second Monday in February from 2013 to 2018, and
// is the third by B.C. Reg. 75/2018 (secondary: blg.com). 30 September is by the National
// Day for Truth and Reconciliation Act of 9 March 2023 (secondary: laborrelationscounsel.com).
// No day is added for a weekend: the holiday is paid (secondary: pcmlawyers.ca).
func britishColumbia() country {
	return province(
		from(2013, to(2018, nth(2, time.Monday, time.February, "Family Day"))), february(2019, "Family Day"),
		ca.VictoriaDay, august("British Columbia Day"), reconciliation(2023, truth), ca.ThanksgivingDay, moved(ca.RemembranceDay),
	)
}

// manitoba is the Employment Standards Code, section 21 (secondary: mgeu.thelizardlab.net).
// On web2.gov.mb.ca are the acts that added Louis Riel Day (S.M. 2007, c. 18, of 8 November
// 2007) and Orange Shirt Day (S.M. 2023, c. 50, of 7 December 2023), for which schools alone
// close on the Monday after a weekend. Remembrance Day is no general holiday, but most
// industries may not operate on it (Remembrance Day Act, C.C.S.M. c. R80, section 2, and its
// fact sheet, both on gov.mb.ca). Shops may open at 13:00. Hotels, transport, the press and
// businesses that never stop are exempt. If a holiday is at a weekend, the employer gives another day (secondary:
// legalbrief.ca).
func manitoba() country {
	return province(
		february(2008, "Louis Riel Day"), ca.VictoriaDay, reconciliation(2024, "Orange Shirt Day"), ca.ThanksgivingDay,
		moved(ca.RemembranceDay),
	)
}

// newBrunswick is the Employment Standards Act (gnb.ca, Paid public holidays). Family Day
// is one since 2018 (gnb.ca, news release 2018.01.0108) and Remembrance Day since 2004
// (secondary: workrights.ca). Victoria Day, Thanksgiving Day and Boxing Day are days of
// rest for shops. For a holiday at a weekend the employer gives another day.
func newBrunswick() country {
	return province(february(2018, "Family Day"), august("New Brunswick Day"), from(2004, moved(ca.RemembranceDay)))
}

// newfoundland is the Labour Standards Act, section 14 (gov.nl.ca, Public Holidays). 1 July
// is Memorial Day, also on a Sunday. Who does not work on the day of a holiday does not work
// on the next working day (secondary: legalbrief.ca; vacanza/holidays): the Monday is in the
// set, beside the holiday.
func newfoundland() country {
	return country{rules: []*cal.Holiday{
		moved(ca.NewYear, toMonday...), ca.GoodFriday, moved(day(time.July, 1, "Memorial Day"), toMonday...), ca.LabourDay,
		moved(ca.RemembranceDay, toMonday...), moved(ca.ChristmasDay, toMonday...),
	}}
}

// novaScotia is the Labour Standards Code (novascotia.ca, Canada Day; secondary:
// halifaxwac.ca). Heritage Day is one since 2015 (secondary: restaurantscanada.org), and
// Canada Day is 1 July also on a Sunday since 2018 (the same). Remembrance Day is no
// general holiday, but the Remembrance Day Act (R.S., c. 396) generally forbids work on it:
// a business that is not exempt has to close (gov.ns.ca; remembranceday.novascotia.ca). If a holiday is at a weekend, the employer gives the
// next working day or another (novascotia.ca, 10 Most Frequently Asked Questions about
// Holidays). So none is added.
func novaScotia() country {
	until2017 := instead(to(2017, moved(ca.CanadaDay, sundayOn...)))
	return country{rules: append(
		slices.Concat(inAllProvinces(), until2017),
		february(2015, "Nova Scotia Heritage Day"), from(2018, moved(ca.CanadaDay)), moved(ca.RemembranceDay),
	)}
}

// northwest is the Employment Standards Act, section 22 (secondary: legalbrief.ca). 21 June
// is one since 2001 (secondary: vacanza/holidays; it was in 2002, nnsl-archive.blackpress.ca)
// and 30 September since 2022 (gov.nt.ca, news of July 2022). A holiday is paid, whether it
// falls on a day of work or not, and no day is added.
func northwest() country {
	return province(
		ca.VictoriaDay, from(2001, day(time.June, 21, indigenous)), august("Civic Holiday"), reconciliation(2022, truth),
		ca.ThanksgivingDay, moved(ca.RemembranceDay),
	)
}

// nunavut is the Labour Standards Act (nu-lsco.ca, General holidays, before 2020). Nunavut
// Day is one since 2020 (gov.nu.ca, 16 June 2020) and 30 September since 2022 (secondary:
// vacanza/holidays; the bill is in nunatsiaq.com). What a weekend gives was not found: no
// day is added.
func nunavut() country {
	return province(
		ca.VictoriaDay, from(2020, day(time.July, 9, "Nunavut Day")), august("Civic Holiday"), reconciliation(2022, truth),
		ca.ThanksgivingDay, moved(ca.RemembranceDay),
	)
}

// ontario is the Employment Standards Act, 2000, section 1 (secondary: ottawaemploymentlaw.com).
// Family Day is one since 2008 (docslib.org, Statutory Holidays: What is the Law?). For a
// holiday at a weekend the employer gives another day (secondary: duttonlaw.ca).
func ontario() country {
	return province(february(2008, "Family Day"), ca.VictoriaDay, ca.ThanksgivingDay, moved(ca.BoxingDay))
}

// princeEdward is the Employment Standards Act (princeedwardisland.ca, Paid Holidays).
// Islander Day was the second Monday in February in 2009 (Treasury Board of Canada, 19
// January 2009), and is the third (secondary: calendrier.live). Remembrance Day is one
// since 2004 (secondary: workrights.ca) and 30 September since 2022 (secondary:
// vacanza/holidays; announced in exbulletin.com). 19 September 2022 was one for all (cbc.ca,
// 2022). For a holiday on a day off the employer gives the next working day, or the day after
// the employee's vacation (secondary: legalbrief.ca, sections 6 to 10; another day that both
// agree on, cfib-fcei.ca): none is added.
func princeEdward() country {
	const islander = "Islander Day"
	return province(
		from(2009, to(2009, nth(2, time.Monday, time.February, islander))), february(2010, islander),
		reconciliation(2022, truth), from(2004, moved(ca.RemembranceDay)),
		once(2022, time.September, 19, "Day of Mourning for Queen Elizabeth II"),
	)
}

// quebec is the Loi sur les normes du travail, article 60 (cnesst.gouv.qc.ca), and the
// National Holiday Act (legisquebec.gouv.qc.ca): 24 June is a holiday, and if it is a Sunday
// 25 June too. The employer chooses Good Friday or Easter Monday: the set has Good Friday.
// The Monday before 25 May is the Journée nationale des patriotes since 2003 (décret
// 1322-2002). No day is added for other holidays at a weekend.
func quebec() country {
	const patriots = "Journée nationale des patriotes"
	rules := instead(named(moved(ca.CanadaDay, sundayOn...), "Fête du Canada"))
	return country{rules: append(
		rules,
		named(moved(ca.NewYear), "Jour de l'An"), named(ca.GoodFriday, "Vendredi saint"),
		to(2002, named(ca.VictoriaDay, "Fête de Dollard")), from(2003, named(ca.VictoriaDay, patriots)),
		moved(day(time.June, 24, "Fête nationale du Québec"), sundayOn...),
		named(ca.LabourDay, "Fête du Travail"), named(ca.ThanksgivingDay, "Action de grâces"), named(moved(ca.ChristmasDay), "Noël"),
	)}
}

// saskatchewan is the Saskatchewan Employment Act, section 2-30 (secondary: cfib-fcei.ca and
// canada-stat-holidays.com). New Year's Day, Remembrance Day and Christmas Day on a Sunday
// have the Monday too, for who does not work on Sundays; a Saturday gives nothing. Family
// Day is one since 2007 (secondary: vacanza/holidays; the guide of 2006 does not have it).
func saskatchewan() country {
	return country{rules: append(
		canadaDay(), moved(ca.NewYear, sundayOn...), february(2007, "Family Day"), ca.GoodFriday, ca.VictoriaDay,
		august("Saskatchewan Day"), ca.LabourDay, ca.ThanksgivingDay, moved(ca.RemembranceDay, sundayOn...), moved(ca.ChristmasDay, sundayOn...),
	)}
}

// yukon is the Employment Standards Act (yukon.ca, Find a Yukon statutory holiday). A
// holiday on a day off is made up by the next working day: the Monday is in the set, beside
// the holiday. 21 June is one since 2017 (yukon-news.com, May 2017) and 30 September since
// 2023 (theturtleislandnews.com, 24 November 2022).
func yukon() country {
	return country{rules: append(
		instead(ca.CanadaDay, time.Sunday),
		moved(ca.NewYear, toMonday...), ca.GoodFriday, ca.VictoriaDay,
		from(2017, moved(day(time.June, 21, indigenous), toMonday...)),
		nth(3, time.Monday, time.August, "Discovery Day"), ca.LabourDay,
		moved(reconciliation(2023, truth), toMonday...), ca.ThanksgivingDay,
		moved(ca.RemembranceDay, toMonday...), moved(ca.ChristmasDay, toMonday...),
	)}
}
