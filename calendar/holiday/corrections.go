package holiday

import (
	"slices"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/ar"
	"github.com/rickar/cal/v2/au"
	"github.com/rickar/cal/v2/bg"
	"github.com/rickar/cal/v2/br"
	"github.com/rickar/cal/v2/cz"
	"github.com/rickar/cal/v2/dk"
	"github.com/rickar/cal/v2/ee"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gr"
	"github.com/rickar/cal/v2/hr"
	"github.com/rickar/cal/v2/hu"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/is"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/ke"
	"github.com/rickar/cal/v2/lt"
	"github.com/rickar/cal/v2/lu"
	"github.com/rickar/cal/v2/lv"
	"github.com/rickar/cal/v2/mw"
	"github.com/rickar/cal/v2/mx"
	"github.com/rickar/cal/v2/nl"
	"github.com/rickar/cal/v2/nz"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/pt"
	"github.com/rickar/cal/v2/ro"
	"github.com/rickar/cal/v2/rs"
	"github.com/rickar/cal/v2/ru"
	"github.com/rickar/cal/v2/se"
	"github.com/rickar/cal/v2/si"
	"github.com/rickar/cal/v2/sk"
	"github.com/rickar/cal/v2/th"
	"github.com/rickar/cal/v2/ua"
	"github.com/rickar/cal/v2/za"

	"github.com/duetime/duetime/calendar"
)

// The calendars of the Orthodox churches and of the West lie 13 days apart from
// March 1900 to February 2100, and rickar/cal counts so for all years: sets with
// Orthodox Easter end in 2099.
const lastOrthodox = 2099

// argentina is Decreto 52/2017 and Ley 27.399 of 2017, by which four days move to
// a Monday. Good Friday is one; rickar/cal has it on the Thursday. The bridge days
// that a decree adds each year are not in it.
func argentina() country {
	// movable is a day that moves back to Monday from a Tuesday or Wednesday, and
	// on to Monday from a Thursday or Friday, unless that Monday is 20 June.
	movable := func(month time.Month, d int, name string) *cal.Holiday {
		r := day(month, d, name)
		r.Func = func(h *cal.Holiday, year int) time.Time {
			t := time.Date(year, h.Month, h.Day, 0, 0, 0, 0, time.UTC)
			switch day := t.Weekday(); {
			case day == time.Tuesday || day == time.Wednesday:
				return cal.WeekdayNFrom(t, time.Monday, -1)
			case day == time.Thursday || day == time.Friday && t.Month() != time.June:
				return cal.WeekdayNFrom(t, time.Monday, 1)
			}
			return t
		}
		return r
	}
	return country{rules: ar.Holidays, changes: []change{
		replace(ar.EasternsDay, easter(-2, "Viernes Santo")),
		replace(ar.GuemesDay, movable(time.June, 17, ar.GuemesDay.Name)),
		observed(ar.BelgranoDay),
		replace(ar.SanMartinDay, movable(time.August, 17, ar.SanMartinDay.Name)),
		replace(ar.DiversityDay, movable(time.October, 12, ar.DiversityDay.Name)),
		replace(ar.SovereigntyDay, movable(time.November, 20, ar.SovereigntyDay.Name)),
		replace(ar.MalvinasVeterans, not(ar.MalvinasVeterans, 2020), once(2020, time.March, 31, ar.MalvinasVeterans.Name)), // Decreto 297/2020
		add(
			once(2022, time.May, 18, "Censo Nacional"),                           // Decreto 42/2022
			once(2022, time.December, 20, "Campeonato Mundial de Fútbol, Qatar"), // Decreto 842/2022
		),
	}, first: 2017, gaps: true}
}

// kings changes the name of the day to the King's from a year on.
func kings(year int, r *cal.Holiday) change {
	return replace(r, to(year-1, r), from(year, named(r, "King's Birthday")))
}

// The acts of the Australian states move Australia Day from a weekend to Monday, so that
// 26 January is then no public holiday, and most of them add a day for the others. What
// each act says stands beside its set. Years from which a rule holds are secondary where
// no act is named: vacanza/holidays, which lists the acts.

// capitalTerritory begins in 2011. It is the Holidays Act 1958. Australia Day moves, and
// until 2014 New Year's Day, Christmas Day and Boxing Day did (Holidays (Amendment) Act
// 1992); since then their Mondays and Tuesdays are added (Holidays Amendment Act 2014).
// Anzac Day moves from a Sunday (secondary: vacanza/holidays). A Monday after a Saturday
// is proclaimed, as in 2009 (ags.gov.au, Express law 90). Three days were declared for it
// (2020: citynews.com.au, 2019; 2021 and 2026 are secondary: vacanza/holidays).
// Reconciliation Day took the place of a day that the territory's government set each
// year (Holidays (Reconciliation Day) Amendment Act 2017).
func capitalTerritory() country {
	const family = "Family & Community Day"
	return country{rules: au.HolidaysACT, changes: []change{
		replace(au.NewYear, append(instead(to(2014, au.NewYear)), from(2015, au.NewYear))...),
		replace(au.AustraliaDay, instead(au.AustraliaDay)...),
		replace(au.AnzacDayActWa, append(
			instead(moved(au.AnzacDay, sundayOn...)),
			once(2020, time.April, 27, "ANZAC Day (observed)"),
			once(2021, time.April, 25, au.AnzacDay.Name),
			once(2026, time.April, 27, "ANZAC Day (observed)"),
		)...),
		replace(au.ChristmasDay, append(instead(to(2013, au.ChristmasDay)), from(2014, moved(au.ChristmasDay, twoDaysOn...)))...),
		replace(au.BoxingDay, append(instead(to(2013, au.BoxingDay)), from(2014, moved(au.BoxingDay, twoDaysOn...)))...),
		kings(2023, au.QueensBirthday),
		since(2016, au.EasterSunday),
		add(
			once(2011, time.October, 10, family), once(2012, time.October, 8, family),
			once(2013, time.September, 30, family), once(2014, time.September, 29, family),
			once(2015, time.September, 28, family), once(2016, time.September, 26, family),
			once(2017, time.September, 25, family),
		),
	}, first: 2011}
}

// newSouthWales is the Public Holidays Act 2010, section 4: there is no public holiday on
// 26 January when it is a Saturday or Sunday, but on the Monday; New Year's Day, Christmas
// Day and Boxing Day have an additional day, and Anzac Day none. By section 5 a Monday is
// added to Anzac Day in 2026 and 2027 (Public Holidays Order).
func newSouthWales() country {
	return country{rules: au.HolidaysNSW, changes: []change{
		replace(au.AustraliaDay, append(instead(from(2011, au.AustraliaDay)), to(2010, au.AustraliaDay))...),
		observed(au.ChristmasDay, twoDaysOn...),
		observed(au.BoxingDay, twoDaysOn...),
		kings(2023, au.QueensBirthday),
		since(2011, au.EasterSunday),
		add(
			once(2026, time.April, 27, "Additional Public Holiday for Anzac Day"),
			once(2027, time.April, 26, "Additional Public Holiday for Anzac Day"),
		),
	}}
}

// northernTerritory is the Public Holidays Act 1981. Australia Day moves from a weekend
// and Anzac Day from a Sunday, and the others did (Office of the Commissioner for Public
// Employment, Public Holidays, 2013 to 2015). The Public Holidays Amendment Act 2016 keeps
// Christmas Day and New Year's Day as holidays beside their Mondays. Boxing Day is kept
// since 2023 (secondary: vacanza/holidays), and was in 2020 (Chief Minister, November
// 2020; secondary: qppstudio.net). The evenings of 24 and 31 December are holidays from 19:00
// since 2016 (secondary: 9news.com.au, 25 October 2016; publicholidays.com.au, to 2027).
func northernTerritory() country {
	return country{rules: au.HolidaysNT, changes: []change{
		replace(au.NewYear, append(instead(to(2016, au.NewYear)), from(2017, au.NewYear))...),
		replace(au.AustraliaDay, instead(au.AustraliaDay)...),
		replace(au.AnzacDayNtQldSa, instead(au.AnzacDayNtQldSa)...),
		replace(au.ChristmasDay, append(instead(to(2015, au.ChristmasDay)), from(2016, au.ChristmasDay))...),
		replace(au.BoxingDay, append(
			instead(to(2022, au.BoxingDay)), from(2023, au.BoxingDay),
			once(2020, time.December, 26, au.BoxingDay.Name),
		)...),
		kings(2023, au.QueensBirthday),
		add(from(2024, au.EasterSunday)),
	}, parts: []part{{"19:00", []*cal.Holiday{
		from(2016, day(time.December, 24, christmasEve)), from(2016, day(time.December, 31, newYearsEve)),
	}}}}
}

const (
	christmasEve = "Christmas Eve"
	newYearsEve  = "New Year's Eve"
)

// queensland is the Holidays Act 1983, schedule: Australia Day moves from a weekend, and
// Anzac Day from a Sunday; for New Year's Day, Christmas Day and Boxing Day a day is added.
// Two days moved to October and back: the Queen's Birthday in 2012 and again from 2016,
// Labour Day from 2013 to 2015 (amendments of 2011, 2012 and 2015). Since 2019 the evening
// of 24 December is one from 18:00, for what employees are due (Holidays and Other
// Legislation Amendment Act 2019, as acfa.net.au reports it).
func queensland() country {
	october := nth(1, time.Monday, time.October, "Labour Day")
	june := nth(2, time.Monday, time.June, "Queen's Birthday")
	return country{rules: au.HolidaysQLD, changes: []change{
		replace(au.AustraliaDay, instead(au.AustraliaDay)...),
		replace(au.AnzacDayNtQldSa, instead(au.AnzacDayNtQldSa)...),
		observed(au.ChristmasDay, twoDaysOn...),
		observed(au.BoxingDay, twoDaysOn...),
		since(2017, au.EasterSunday),
		replace(au.LabourDayNtQld, not(au.LabourDayNtQld, 2013, 2014, 2015), from(2013, to(2015, october))),
		replace(
			au.QueensBirthdayQld, to(2015, not(june, 2012)),
			once(2012, time.June, 11, "Queen's Diamond Jubilee"), once(2012, time.October, 1, "Queen's Birthday"),
			from(2016, to(2021, au.QueensBirthdayQld)), from(2022, nth(1, time.Monday, time.October, "King's Birthday")),
		),
	}, parts: []part{{"18:00", []*cal.Holiday{from(2019, day(time.December, 24, christmasEve))}}}}
}

// southAustralia was the Holidays Act 1910: a holiday on a Saturday moved to Monday, and
// one on a Sunday was kept beside the Monday (yoursay.sa.gov.au, Reviewing SA's public
// holiday laws, 2023). Since 2024 it is the Public Holidays Act 2023, by which New Year's
// Day, Christmas Day and Proclamation Day are kept (its second reading on 16 November
// 2023, and SafeWork SA of that month in myosh.com), Anzac Day has no Monday (South
// Australian Business Chamber, 2026) and Easter Sunday is one. That Australia Day moves
// is secondary: vacanza/holidays. The Adelaide Cup's day moved in 2006. The evenings of 24 and
// 31 December are holidays from 19:00 since 2012 (yoursay.sa.gov.au).
func southAustralia() country {
	// saturdays is a rule that moved from a Saturday until 2023.
	saturdays := func(r *cal.Holiday) []*cal.Holiday { return append(instead(to(2023, r), time.Saturday), from(2024, r)) }
	return country{rules: au.HolidaysSA, changes: []change{
		replace(au.NewYear, saturdays(au.NewYear)...),
		replace(au.AustraliaDay, slices.Concat(instead(to(2023, au.AustraliaDay), time.Saturday), instead(from(2024, au.AustraliaDay)))...),
		replace(au.ChristmasDay, saturdays(au.ChristmasDay)...),
		replace(au.ProclamationDay, saturdays(au.ProclamationDay)...),
		replace(au.MarchPublicHoliday, to(2005, nth(3, time.Monday, time.May, "Adelaide Cup Day")), from(2006, au.MarchPublicHoliday)),
		replace(au.AnzacDayNtQldSa, to(2023, au.AnzacDayNtQldSa), from(2024, au.AnzacDay)),
		kings(2023, au.QueensBirthday),
		add(from(2024, au.EasterSunday)),
	}, parts: []part{{"19:00", []*cal.Holiday{
		from(2012, day(time.December, 24, christmasEve)), from(2012, day(time.December, 31, newYearsEve)),
	}}}}
}

// tasmania is the Statutory Holidays Act 2000, section 4: New Year's Day and Australia Day
// are holidays "unless that day falls on a Saturday or Sunday, in which case the following
// Monday". Christmas Day has a day added since the Statutory Holidays Amendment Act 2010,
// and Anzac Day none. Boxing Day moves to Monday or Tuesday (worksafe.tas.gov.au, Public
// Holidays in Tasmania).
func tasmania() country {
	christmas := moved(au.ChristmasDay, twoDaysOn...)
	return country{rules: au.HolidaysTAS, changes: []change{
		replace(au.NewYear, instead(au.NewYear)...),
		replace(au.AustraliaDay, instead(au.AustraliaDay)...),
		replace(au.ChristmasDay, append(instead(to(2009, christmas)), from(2010, christmas))...),
		replace(au.BoxingDay, instead(moved(au.BoxingDay, twoDaysOn...))...),
		kings(2023, au.QueensBirthday),
	}}
}

// victoria is the Public Holidays Act 1993, section 6 (Acts 55 of 2008 and 29 of 2019):
// Australia Day moves from a weekend, for New Year's Day and Boxing Day a day is added,
// and for Christmas Day since 2019. It moved before, but the day itself was declared in
// 2016 (sbs.com.au, November 2016). The Friday before the football final is set each year;
// after 2026 it is provisional. That and Easter Sunday were gazetted in August 2015.
func victoria() country {
	christmas := moved(au.ChristmasDay, twoDaysOn...)
	return country{
		rules: au.HolidaysVIC, changes: []change{
			replace(au.AustraliaDay, instead(au.AustraliaDay)...),
			replace(au.ChristmasDay, append(
				instead(to(2018, christmas)), from(2019, christmas),
				once(2016, time.December, 25, au.ChristmasDay.Name),
			)...),
			observed(au.BoxingDay, twoDaysOn...),
			kings(2023, au.QueensBirthday), since(2016, au.EasterSunday),
		},
		provisional: func(h calendar.Holiday) bool {
			return h.Name == au.FridayBeforeAflFinal.Name && h.Date.Year() > 2026
		},
	}
}

// westernAustralia is the Public and Bank Holidays Act 1972: "when New Year's Day, Anzac
// Day, or Christmas Day falls on a Saturday or Sunday, the next following Monday is also a
// public holiday" (the state's government in abc.net.au, 22 April 2021). Australia Day
// moves (secondary: vacanza/holidays). The Queen's or King's Birthday is proclaimed, twice
// on other days than the usual, and there was one day more in 2011 when Anzac Day was
// Easter Monday.
//
// The Public and Bank Holidays Amendment Bill 2025 is to move Labour Day, Western
// Australia Day and the King's Birthday from 2028, and to add Easter Saturday and a Show
// Day (wa.gov.au, Outcomes of the public holiday review). No source was found by which it
// passed: the set has the days of today's act, and the three are provisional from
// 2028.
func westernAustralia() country {
	open := []string{au.LabourDayWa.Name, au.WesternAustraliaDay.Name, au.KingsBirthdayWa.Name}
	return country{rules: au.HolidaysWA, changes: []change{
		replace(au.AustraliaDay, instead(au.AustraliaDay)...),
		replace(
			au.QueensBirthdayWa, not(au.QueensBirthdayWa, 2011, 2012),
			once(2011, time.October, 28, "Queen's Birthday"), once(2012, time.October, 1, "Queen's Birthday"),
		),
		add(once(2011, time.April, 26, "Special Public Holiday"), from(2022, au.EasterSunday)),
	}, provisional: func(h calendar.Holiday) bool {
		return slices.Contains(open, h.Name) && h.Date.Year() > 2027
	}}
}

// bulgaria is article 154 of the Labour Code. Since 2017 (State Gazette 105/2016), when
// one of its days but those of Easter is at a weekend, the first or the first two working
// days after it are off too (article 154 (2); mnogoznaiko.com has the text). Labour Day
// does not move with Easter, as it does in rickar/cal.
//
// Until 2016 the Council of Ministers swapped working days with Saturdays. The set has its
// decisions for 2010 (secondary: vacanza/holidays; as planned on mediapool.bg), 2011 (878 of
// 2010, State Gazette 100/2010: 4 March on chancexpress.blogspot.com, the rest secondary:
// vacanza/holidays), 2012 (834 of 17 November 2011, on bgstuff.net), 2013 (945 of 15
// November 2012, on ppni.bg; 11 May became 18 May, offnews.bg; 698 of 14 November 2013, on
// dv.parliament.bg), 2014 (697 of 14 November 2013, on bia-bg.com), 2015 (748 of 5 November
// 2014, on dv.parliament.bg) and 2016 (935 of 30 November 2015, on trudipravo.bg). Those of
// the years before are not in it, and the days until 2009 are provisional.
func bulgaria() country {
	const firstSwaps, lastSwaps = 2010, 2016
	// weekends gives a rule the next working day since 2017.
	weekends := func(r *cal.Holiday) []*cal.Holiday {
		return []*cal.Holiday{to(lastSwaps, moved(r)), from(lastSwaps+1, moved(r, toMonday...))}
	}
	// orthodox is the rule for a day counted from Easter Sunday.
	orthodox := func(offset int, name string) *cal.Holiday {
		r := easter(offset, name)
		r.Julian = true
		return r
	}
	return country{rules: bg.Holidays, onward: true, changes: []change{
		replace(bg.NewYear, weekends(bg.NewYear)...),
		replace(bg.LiberationDay, weekends(bg.LiberationDay)...),
		since(2010, bg.OrthodoxGoodFriday), // State Gazette 15/2010
		replace(bg.LabourDay, weekends(day(time.May, 1, bg.LabourDay.Name))...),
		replace(bg.StGeorgesDay, weekends(from(1999, bg.StGeorgesDay))...), // State Gazette 22/1998 and 108/1998
		replace(bg.StCyrilAndMethodiusDay, weekends(bg.StCyrilAndMethodiusDay)...),
		replace(bg.UnificationDay, weekends(from(1998, bg.UnificationDay))...),   // State Gazette 22/1998
		replace(bg.IndependenceDay, weekends(from(1998, bg.IndependenceDay))...), // State Gazette 108/1998
		replace(bg.ChristmasEve, weekends(bg.ChristmasEve)...),
		replace(bg.ChristmasDay, weekends(bg.ChristmasDay)...),
		replace(bg.ChristmasDay2, weekends(bg.ChristmasDay2)...),
		add(
			from(2010, orthodox(-1, "Велика събота")), // State Gazette 15/2010
			orthodox(0, bg.OrthodoxEasterMonday.Name),
			// The euro: Council of Ministers, decision 808 of 19 November 2025.
			once(2025, time.December, 31, "Неприсъствен ден"),
			once(2026, time.January, 2, "Неприсъствен ден"),
		),
	}, last: lastOrthodox, provisional: func(h calendar.Holiday) bool { return h.Date.Year() < firstSwaps }, swaps: swaps{"Разместен почивен ден", map[int]string{
		firstSwaps: "0507 +0515 1231 +1211",
		2011:       "0304 +0319 0523 +0528 0905 +0903 0923 +0917",
		2012:       "0102 +0121 0430 +0421 0525 +0519 0907 +0929 1231 +1215",
		2013:       "0502 +0518 1223 +1221 1231 +1214",
		2014:       "0502 +0510 0505 +0531 1231 +1213",
		2015:       "0102 +0124 0302 +0321 0921 +0912 1231 +1212",
		lastSwaps:  "0304 +0312 0523 +0514 0905 +0910 0923 +0917",
	}}}
}

// brazil has the Day of Black Awareness since Lei 14.759 of 2023. Both days of Carnival
// and Corpus Christi are no national holidays, but optional (ponto facultativo) in the
// list that the ministry gives each year (for 2026: odia.ig.com.br, 30 December 2025).
func brazil() country {
	monday := *br.Carnaval
	monday.Offset--
	return country{rules: br.Holidays, changes: []change{
		since(2024, br.ConscienciaNegra),
		add(&monday),
	}}
}

// czechia is zákon 245/2000 Sb., with Good Friday since zákon 359/2015 Sb.
func czechia() country {
	return country{rules: cz.Holidays, changes: []change{
		since(2016, cz.GoodFriday),
		since(2000, cz.SaintWenceslasDay),
	}}
}

// denmark has no holiday on 5 June: shops close by the law on shops, and others work or
// not by their contracts (norden.org, Helgidagar í Danmörku).
func denmark() country {
	return country{rules: dk.Holidays, changes: []change{
		drop(dk.Grundlovsdag),
		sundays("Påskedag", "Pinsedag"),
	}}
}

// croatia is the law of 2002 (Narodne novine 136/2002), and of 2019 for 2020 on
// (Narodne novine 110/2019).
func croatia() country {
	return country{rules: hr.Holidays, changes: []change{
		since(2020, hr.DanDrzavnosti),
		since(2020, hr.DanSjecanjaNaZrtveDomovinskogRata),
		add(to(2019, day(time.June, 25, "Dan državnosti")), to(2019, day(time.October, 8, "Dan neovisnosti"))),
	}, first: 2002}
}

// alsaceMoselle is France with two days more: 26 December, and Good Friday in communes that
// have a Protestant church or one that both confessions use, which the set has (ordinance
// of 16 August 1892, on drelsassblogfumernest-emile.hautetfort.com; now Code du travail,
// article L3134-13; secondary: france3-regions.francetvinfo.fr).
func alsaceMoselle() country {
	return country{rules: fr.Holidays, changes: []change{add(easter(-2, "Vendredi saint"), day(time.December, 26, "Saint-Étienne"))}}
}

// estonia has the Day of Restoration of Independence since the law on holidays
// of 1998, and Christmas Eve since 2005.
func estonia() country {
	return country{rules: ee.Holidays, changes: []change{
		since(1998, ee.Taasiseseisvuspaev),
		since(2005, ee.Joululaupaev),
	}}
}

// iceland is closed from 13:00 on 24 and 31 December: article 6 of law 88/1971, as asi.is
// quotes it (Aukafrídagar skv. lögum um 40 stunda vinnuviku).
func iceland() country {
	return country{
		rules:   is.Holidays,
		changes: append(drops(is.Adfangadagur, is.Gamarsdagur), sundays("Páskadagur", "Hvítasunnudagur")),
		parts:   []part{{"13:00", []*cal.Holiday{is.Adfangadagur, is.Gamarsdagur}}},
	}
}

// greece moves Labour Day by a decision of the minister, if it is a Sunday, Easter Monday
// or in Holy Week, to another working day: article 1 of law 380/1968, since law 4468/2017
// (article 14). The decisions: 9280/196 of 1 April 2013, for shops and industry, while the
// public services kept 1 May (texnologistiki.com); of 2016 (trikalaview.gr); 18743 of 2021
// (Gazette B 1661); of 2022 (B 1785); of 2024 (B 1836). Decisions of before 2013 were not
// looked for. After 2026, 1 May is provisional in those years. rickar/cal calls New
// Year's Day Christmas.
func greece() country {
	const lastDecision = 2026
	labour := gr.ErgatikiProtomagia
	return country{rules: gr.Holidays, changes: []change{
		rename(gr.Protoxronia, "Πρωτοχρονιά"),
		replace(
			labour, not(labour, 2013, 2016, 2021, 2022, 2024),
			once(2013, time.May, 7, labour.Name), once(2016, time.May, 3, labour.Name),
			once(2021, time.May, 4, labour.Name), once(2022, time.May, 2, labour.Name),
			once(2024, time.May, 7, labour.Name),
		),
	}, last: lastOrthodox, provisional: func(h calendar.Holiday) bool {
		if h.Name != labour.Name || h.Date.Year() <= lastDecision {
			return false
		}
		e := dateOf(cal.CalcEasterOffset(&cal.Holiday{Julian: true}, h.Date.Year()))
		fromEaster := h.Date.Sub(e)
		return h.Date.Weekday() == time.Sunday || -6 <= fromEaster && fromEaster <= 1
	}}
}

// hungary has Good Friday since 2017 (Act I of 2012, section 102, as amended that
// year) and Christmas Eve since 2026 (secondary: vacanza/holidays, change 4159, in the notes
// on its release 0.109 of 17 November 2026; the act was not opened). The days that a decree swaps with Saturdays each year are not in it.
func hungary() country {
	return country{rules: hu.Holidays, changes: []change{since(2017, hu.Nagypentek), add(from(2026, day(time.December, 24, "Szenteste")))}, gaps: true}
}

// ireland has the first Monday in May since 1994, and had the last day of 1999
// (Public Holidays regulations of 1993 and 1999). A holiday at a weekend neither moves
// nor has a day added (Organisation of Working Time Act 1997, second schedule): an
// employer may give any of four things for it, so that no day is off for all.
func ireland() country {
	return country{rules: ie.Holidays, changes: []change{
		since(1994, ie.FirstMondayMay),
		add(once(1999, time.December, 31, "Millennium Holiday")),
	}}
}

// italy has the Day of the Republic on 2 June again since Legge 336/2000, and had
// the day of unity in 2011 (D.L. 5/2011).
func italy() country {
	return country{rules: it.Holidays, changes: []change{
		since(2001, it.FestaDellaRepubblica),
		add(once(2011, time.March, 17, "Festa nazionale dei 150 anni dell'Unità d'Italia")),
	}}
}

// kenya is the Public Holidays Act (Cap. 110), and the Constitution of 2010, whose article
// 9 renamed one day and left one out. By section 4 of the act, if a holiday is a Sunday,
// "the first succeeding day, not being a public holiday, shall be a public holiday and the
// first-mentioned day shall cease to be a public holiday" (nairobinews.nation.africa,
// December 2022, quotes it). Idd-ul-Fitr, by the moon, and days that the minister declares
// are not in it.
func kenya() country {
	sunday := func(r *cal.Holiday) []*cal.Holiday { return instead(moved(r, sundayOn...)) }
	c := country{rules: ke.Holidays, gaps: true}
	for _, r := range ke.Holidays {
		switch {
		case r == ke.ChristmasDay: // Boxing Day is on the Monday
			c.changes = append(c.changes, replace(r, instead(moved(r, cal.AltDay{Day: time.Sunday, Offset: 2}))...))
		case r.Observed != nil:
			c.changes = append(c.changes, replace(r, sunday(r)...))
		}
	}
	c.changes = append(c.changes, add(slices.Concat(
		sunday(to(2009, day(time.October, 20, "Kenyatta Day"))),
		sunday(to(2009, from(1989, day(time.October, 10, "Moi Day")))),
		sunday(to(2020, from(2018, day(time.October, 10, "Moi Day")))), // again, as a court ruled in 2017
		sunday(from(2021, ke.UtamaduniDay)),
	)...))
	return c
}

// lithuania has All Souls' Day since 2020 and St. John's Day since 2003 (Labour
// Code, article 123, and before it article 162).
func lithuania() country {
	return country{rules: lt.Holidays, changes: []change{
		since(2020, lt.AllSoulsDay),
		since(2003, lt.SaintJohnsEve),
		add(easter(0, "Šv. Velykos")),
	}}
}

// luxembourg has the Day of Europe since the law of 25 April 2019.
func luxembourg() country {
	return country{rules: lu.Holidays, changes: []change{add(from(2019, day(time.May, 9, "Europadag")))}}
}

// latvia is the law of 3 October 1990 on holidays, as amended: on 21 March 2002
// (4 May), on 24 May 2007 (days observed on Monday, Christmas Eve), on 21 June
// 2018 and 28 May 2023 (a day each), and on 2 October 2014 (the last day of the Song
// Festival). If 4 May, that day or 18 November is at a weekend, the next working day is off
// too (section 1; ligatne.lv has the text). The festival of 2028 is to end on 9 July
// (thelatviatime.com, 11 March 2026, by the ministry's draft of the order). The days that
// a decree swaps with Saturdays are not in it.
func latvia() country {
	const festival = "Vispārējie latviešu Dziesmu un deju svētki"
	return country{rules: lv.Holidays, changes: []change{
		replace(lv.StateRestorationDay, from(2002, to(2007, moved(lv.StateRestorationDay))), from(2008, lv.StateRestorationDay)),
		observedSince(2007, lv.StateProclamationDay),
		since(2007, lv.ChristmasEve),
		add(
			moved(once(2018, time.July, 8, festival), toMonday...),
			once(2018, time.September, 24, "Viņa Svētības pāvesta Franciska vizīte"),
			once(2023, time.May, 29, "Hokeja komandas bronzas medaļa"),
			moved(once(2023, time.July, 9, festival), toMonday...),
			moved(once(2028, time.July, 9, festival), toMonday...),
		),
	}, gaps: true}
}

// malawi observes a holiday at a weekend, or on the date of another holiday, on the next
// working day too (the government's statement on 2018's holidays, on malawiana.net).
// Holidays by the moon, and days declared once, are not in it.
func malawi() country {
	return country{rules: mw.Holidays, changes: []change{observed(mw.BoxingDay, toMonday...)}, onward: true, gaps: true}
}

// mexico is article 74 of the Ley Federal del Trabajo, which has no substitutes
// for weekends, and since the reform of 17 January 2006 three Mondays. rickar/cal
// has its days as banks and offices of other countries would keep them, and in
// English.
func mexico() country {
	// inauguration is every sixth year: 1994, 2000.
	inauguration := func(month time.Month) *cal.Holiday {
		r := day(month, 1, "Transmisión del Poder Ejecutivo Federal")
		r.Func = func(h *cal.Holiday, year int) time.Time {
			if year%6 == 2 {
				return cal.CalcDayOfMonth(h, year)
			}
			return time.Time{}
		}
		return r
	}
	return country{rules: mx.Holidays, changes: []change{
		replace(mx.NewYear, day(time.January, 1, "Año Nuevo")),
		replace(
			mx.ConstitutionDay, to(2005, day(time.February, 5, "Día de la Constitución")),
			from(2006, nth(1, time.Monday, time.February, "Día de la Constitución")),
		),
		replace(
			// Not yet moved in 2006, two hundred years after his birth.
			mx.BenitoJuarezDay, to(2006, day(time.March, 21, "Natalicio de Benito Juárez")),
			from(2007, nth(3, time.Monday, time.March, "Natalicio de Benito Juárez")),
		),
		replace(mx.LabourDay, day(time.May, 1, "Día del Trabajo")),
		replace(mx.IndependenceDay, day(time.September, 16, "Día de la Independencia")),
		replace(
			mx.RevolutionDay, to(2005, day(time.November, 20, "Día de la Revolución")),
			from(2006, nth(3, time.Monday, time.November, "Día de la Revolución")),
		),
		replace(mx.ChristmasDay, day(time.December, 25, "Navidad")),
		add(to(2018, inauguration(time.December)), from(2024, inauguration(time.October))),
	}}
}

// netherlands is article 3 of the Algemene termijnenwet (wvhl.nl has the text): it lists 5
// May, and Good Friday in its second part, and "the day on which the King's birthday is
// celebrated". By a royal decree of 1980 that is never a Sunday, but the Saturday before
// (gemeente.groningen.nl, Koningsdag 2025), so that 27 April is then none. It was 30 April
// until the King took his mother's place in 2013. The law obliges nobody to give a day off
// (staatsrechtpraktijk.nl).
func netherlands() country {
	saturday := cal.AltDay{Day: time.Sunday, Offset: -1}
	queen := moved(day(time.April, 30, "Koninginnedag"), saturday)
	return country{rules: nl.Holidays, changes: []change{
		replace(nl.Koningsdag, append(instead(to(2013, queen)), instead(from(2014, nl.Koningsdag))...)...),
		sundays(nl.EerstePaasdag.Name, nl.EerstePinksterDag.Name),
	}}
}

// newZealand has Matariki by the schedule of the Te Kāhui o Matariki Public
// Holiday Act 2022, which ends in 2052, so that all later days are provisional;
// and the Queen Elizabeth II Memorial Day Act 2022 added one day.
//
// By sections 45 and 45A of the Holidays Act 2003 a holiday at a weekend stays there for
// who would work on it, and for the others it is the Monday, or the Tuesday after a Sunday
// of Christmas or the New Year (docslib.org, a guide to section 45). Both days are in the
// set. Waitangi Day and Anzac Day do so since the Holidays (Full Recognition of Waitangi
// Day and ANZAC Day) Amendment Act 2013.
func newZealand() country {
	const lastMatariki = 2052
	return country{rules: nz.Holidays, changes: []change{
		observed(nz.NewYear, twoDaysOn...),
		observed(nz.DayAfterNewYear, twoDaysOn...),
		observed(nz.ChristmasDay, twoDaysOn...),
		observed(nz.BoxingDay, twoDaysOn...),
		observedSince(2014, nz.WaitangiDay),
		observedSince(2014, nz.AnzacDay),
		kings(2023, nz.QueensBirthday),
		add(
			from(2022, to(lastMatariki, nz.Matariki)),
			once(2022, time.September, 26, "Queen Elizabeth II Memorial Day"),
		),
	}, provisional: func(h calendar.Holiday) bool { return h.Date.Year() > lastMatariki }}
}

// poland has Epiphany again since the law of 24 September 2010, and had one day
// more in 2018 (Dz.U. 2018 poz. 2117).
func poland() country {
	return country{rules: pl.Holidays, changes: []change{
		since(2011, pl.ThreeKings),
		sundays("pierwszy dzień Wielkiej Nocy", "pierwszy dzień Zielonych Świątek"),
		add(once(2018, time.November, 12, "Święto Narodowe z okazji Setnej Rocznicy Odzyskania Niepodległości")),
	}}
}

// portugal left out four days in three years (Lei 23/2012, Lei 8/2016).
func portugal() country {
	return country{rules: pt.Holidays, changes: []change{
		except(pt.CorpoDeDeus, 2013, 2014, 2015),
		except(pt.ImplantacaoDaRepublica, 2013, 2014, 2015),
		except(pt.TodosOsSantos, 2013, 2014, 2015),
		except(pt.RestauracaoDaIndependencia, 2013, 2014, 2015),
	}}
}

// azores is Portugal with the Monday after Whit Sunday (Decreto Regional 13/80/A of 21
// August 1980; secondary: calendarios.info). Portugal's holidays do not move.
func azores() country {
	c := portugal()
	c.changes = append(c.changes, add(from(1981, easter(50, "Dia da Região Autónoma dos Açores"))))
	return c
}

// madeira is Portugal with 1 July (Decreto Regional 27/79/M of 9 November 1979), 26 December
// (Decreto Legislativo Regional 18/2002/M of 8 November 2002) and 2 April (Decreto
// Legislativo Regional 17/2024/M of 16 December 2024), all on dre.tretas.org.
func madeira() country {
	c := portugal()
	c.changes = append(c.changes, add(
		from(1980, day(time.July, 1, "Dia da Região Autónoma da Madeira")),
		from(2002, day(time.December, 26, "Primeira Oitava")),
		from(2025, day(time.April, 2, "Dia da Autonomia")),
	))
	return c
}

// romania is article 139 of the Labour Code, with the laws that added to it.
func romania() country {
	return country{rules: ro.Holidays, changes: []change{
		since(2017, ro.ZiuaUniriiPrincipatelorRomane), // Legea 176/2016
		since(2009, ro.Rusalii),                       // Legea 202/2008
		since(2009, ro.LuniDupaRusalii),               // Legea 202/2008
		since(2009, ro.AdormireaMaiciiDomnului),       // Legea 202/2008
		since(2012, ro.SfantulAndrei),                 // Legea 147/2012
	}, last: lastOrthodox}
}

// serbia is the law on state and other holidays (Službeni glasnik 43/2001, 101/2007), of
// 2012 on with Armistice Day (92/2011). When one of the state holidays is a Sunday, the
// next working day is off too (article 3a): in 2021 it was 4 May for 2 May, after Easter
// (opinion 011-00-530/2020-02 of the ministry of labour, on paragraf.rs). The law has four
// days of Easter, from Good Friday to Easter Monday (article 2).
func serbia() country {
	saturday := *rs.VelikiPetak
	saturday.Name, saturday.Offset = "Velika subota", -1
	c := country{rules: rs.Holidays, changes: []change{add(&saturday)}, onward: true, first: 2012, last: lastOrthodox}
	for _, r := range []*cal.Holiday{
		rs.NovaGodina, rs.DrugiDanNoveGodine, rs.DanDrzavnosti, rs.DrugiDanDrzavnosti,
		rs.PraznikRada, rs.DrugiDanPraznikaRada, rs.DanPrimirja,
	} {
		c.changes = append(c.changes, observed(r, sundayOn...))
	}
	return c
}

// russia is article 112 of the Labour Code: since 2005 with 1 to 5 January and
// National Unity Day (Federal Law 201-FZ of 2004), since 2013 with all days from 1
// to 8 January (Federal Law 35-FZ of 2012). When a holiday is at a weekend, the day of
// rest moves to the next working day, and the holiday stays. Where days of rest in
// January, and some others, move to is decided each year by a decree, and not in it.
func russia() country {
	const name = "Новогодние каникулы"
	return country{rules: ru.Holidays, changes: []change{
		observed(ru.NewYear),
		replace(ru.OrthodoxChristmas, to(2012, ru.OrthodoxChristmas), from(2013, moved(ru.OrthodoxChristmas))),
		rename(ru.UnionDay, "День народного единства"), // rickar/cal misspells it
		add(
			day(time.January, 2, name), day(time.January, 3, name), day(time.January, 4, name), day(time.January, 5, name),
			from(2013, day(time.January, 6, name)), from(2013, day(time.January, 8, name)),
		),
	}, first: 2005, gaps: true}
}

// sweden took 6 June for Whit Monday in 2005 (lag 1989:253 as amended in 2004).
func sweden() country {
	return country{rules: se.Holidays, changes: []change{
		since(2005, se.Nationaldagen),
		add(to(2004, easter(50, "Annandag pingst"))),
	}}
}

// slovenia worked on 2 January from 2013 to 2016 (Uradni list 40/2012), and had a
// day of solidarity after the floods of 2023.
func slovenia() country {
	return country{rules: si.Holidays, changes: []change{
		except(si.NovoLeto2, 2013, 2014, 2015, 2016),
		add(once(2023, time.August, 14, "dan solidarnosti")),
	}}
}

// slovakia is zákon 241/1993 Z. z. Its state holidays that were days off no more
// are left out: by zákon 530/2023 and zákon 261/2025, which also took two from
// 2026. One was added in 2018.
func slovakia() country {
	return country{rules: sk.Holidays, changes: []change{
		until(2023, sk.Constitution),
		replace(sk.Freedom, from(2001, to(2024, sk.Freedom))),
		except(sk.Liberation, 2026),
		except(sk.LadyOfSorrows, 2026),
		add(once(2018, time.October, 30, "Výročie Deklarácie slovenského národa")),
	}}
}

// thailand has Labour Day for private employers: section 29 of the Labour Protection Act
// B.E. 2541 wants it among their thirteen days a year, and the next working day for one
// that is a day of rest (msnagroup.com, Annual Public Holiday per Thai Labor Law). Civil
// servants work on it. The three days of Songkran have one day for those at a weekend, the
// next working day after them (secondary: vacanza/holidays), as 17 April 2023 (tnews.co.th)
// and 16 April 2024 (moneyandbanking.co.th). Days by the moon, and those that the cabinet
// adds, are not in it.
func thailand() country {
	return country{rules: th.Holidays, changes: []change{
		add(th.LaborDay),
		observed(th.ElderlyDay, cal.AltDay{Day: time.Sunday, Offset: 3}), // on a Saturday, the Sunday's is the one
		observed(th.ThaiNewYear, cal.AltDay{Day: time.Saturday, Offset: 2}),
	}, gaps: true}
}

// ukraine ends in 2021: under martial law, since 2022, the holidays of the Labour
// Code are worked (law 2136-IX, article 6). It has 25 December since law 2211-VIII of 2017.
//
// Easter and Trinity are Sundays, and when a holiday is at a weekend, the day of rest moves
// to the day after the holidays (article 67; eag.court.gov.ua quotes it): one day for two
// holidays on one Sunday, as in 2016 (the ministry's letter 10846/0/14-15/13 of 20 July
// 2015, on ridna.ua), and 3 and 4 May in 2021 (sb.lg.court.gov.ua).
//
// The Cabinet recommended for each year to swap working days with Saturdays, but not to
// banks, the post, the treasury and the pension fund. The set has its orders for 2012 (1210
// of 28 November 2011, on consultant.parus.ua; dates by objectiv.tv, sq.com.ua and
// tochka.net; without the cities of Euro 2012), 2013 (unian.net, 753638), 2014 (920 of 21
// November 2013, on qdpro.com.ua), 2015 (1084 of 12 November 2014, on profkom.info), 2016
// (1155 of 11 November 2015, on kadrovik.ua), 2017 (850 of 16 November 2016, on
// kievskiysud.od.ua), 2018 (1 of 11 January 2018, by from-ua.com of the government's site),
// 2019 (7 of 10 January 2019, by for-ua.com and chmnu.edu.ua), 2020 (995 of 23 October 2019,
// by interfax.com.ua) and 2021 (1191 of 30 September 2020, by korets.rayon.in.ua). Those of
// the years before are not in it, and the days until 2011 are provisional.
func ukraine() country {
	const firstSwaps = 2012
	sunday := *ua.OrthodoxEasterMonday
	sunday.Offset = 0
	return country{rules: ua.Holidays, onward: true, changes: []change{
		replace(ua.OrthodoxEasterMonday, moved(&sunday, sundayOn...)),
		replace(ua.CatholicChristmas, from(2017, moved(ua.CatholicChristmas, toMonday...))),
		observed(ua.OrthodoxPentecostMonday, sundayOn...),
		since(1997, ua.ConstitutionDay),
	}, first: 1992, last: 2021, provisional: func(h calendar.Holiday) bool { return h.Date.Year() < firstSwaps }, swaps: swaps{"Перенесений робочий день", map[int]string{
		firstSwaps: "0309 +0303 0430 +0428 0629 +0707 1231 +1229",
		2013:       "0503 +0518 0510 +0601",
		2014:       "0102 +0111 0103 +0125 0106 +0208",
		2015:       "0102 +0117 0108 +0131 0109 +0214",
		2016:       "0108 +0116 0307 +0312 0627 +0702",
		2017:       "0508 +0513 0825 +0819",
		2018:       "0309 +0303 0430 +0505 0629 +0623 1224 +1222 1231 +1229",
		2019:       "0430 +0511 1230 +1221 1231 +1228",
		2020:       "0106 +0111",
		2021:       "0108 +0116 0823 +0828 1015 +1023",
	}}}
}

// southAfrica is the Public Holidays Act 36 of 1994, of 1995 on, with the days that
// the President declared: those for elections and a few others (gov.za, Public
// holidays). The election of 4 November 2026 was gazetted on 7 August 2026 (secondary:
// focus-shift/jollyday, issue 1477; nager/Nager.Date, issue 1138). "Whenever any public
// holiday falls on a Sunday, the following Monday shall be a public holiday" (section
// 2 (1)), and so is the Sunday (Randfontein Estates v NUM, Labour Appeal Court, on wylie.co.za). If that
// Monday is one already, none is added, but the President may declare the Tuesday.
func southAfrica() country {
	const election, extra = "Election Day", "Public holiday"
	return country{rules: za.Holidays, changes: []change{
		observed(za.GoodwillDay, sundayOn...),
		add(
			once(1999, time.June, 2, election),
			once(1999, time.December, 31, extra),
			moved(once(2000, time.January, 2, extra), sundayOn...),
			once(2004, time.April, 14, election),
			once(2006, time.March, 1, election),
			once(2008, time.May, 2, extra),
			once(2009, time.April, 22, election),
			once(2011, time.May, 18, election),
			once(2011, time.December, 27, extra),
			once(2014, time.May, 7, election),
			once(2016, time.August, 3, election),
			once(2016, time.December, 27, extra),
			once(2019, time.May, 8, election),
			once(2021, time.November, 1, election),
			once(2022, time.December, 27, extra),
			once(2023, time.December, 15, extra),
			once(2024, time.May, 29, election),
			once(2026, time.November, 4, election),
		),
	}, first: 1995}
}
