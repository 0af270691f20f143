// Package holiday has the holidays of countries, by ISO 3166 code, for
// [calendar.Holidays].
//
// Most callers want [Lookup]: it returns the set of a country or of a part of one.
//
//	set, err := holiday.Lookup("GB-SCT")
//	if err != nil {
//		return err
//	}
//	c, err := calendar.New("Europe/London", "Mo-Fr 09:00-17:00", calendar.Holidays(set))
//
// [Codes] lists the codes, and [Name] says whose days a code has. [FromRules] makes a set of your own rules, in the form of
// rickar/cal. For a list of dates, use [calendar.HolidayList].
//
// # Sets
//
// Every list of holidays that rickar/cal has is a set here: 47 countries, all states of
// Germany, the states and territories of Australia, and the cantons of Switzerland. This
// package adds the parts of the United Kingdom, the provinces and territories of Canada,
// the autonomous communities of Spain, the regions of New Zealand and Portugal that have
// days of their own, FR-57, FR-67 and FR-68, which are Alsace and Moselle, and 21 places of
// the next section.
//
// GB is England and Wales. CA has the days of the federal public service: for others use
// the set of the province. DE has the days that all its states have, ES, NZ and PT those of
// the whole country. CH mixes the days of cantons, and no canton keeps it: use the set of
// the canton. The set of a canton has the days that all its communes have, so that CH-AG
// has five; CH-FR is its Catholic part, and CH-SO is without the district of
// Bucheggberg. Australia has no set as a whole. The European
// Central Bank has no set, because it is not a country. CN-HK and CN-MO are HK and MO under
// their codes of ISO 3166-2.
//
// Days of one commune or island are in no set. Put them in the own days of a catalog of
// package sla, beside the set: 15 August, which the law of Bavaria gives to communes with a
// Catholic majority, 8 August, which it gives to the city of Augsburg (Feiertagsgesetz,
// article 1, on gesetze-bayern.de), the local days of Spain, or the anniversary day of
// South Canterbury. FR-57, FR-67 and FR-68 have Good Friday, which communes without a
// Protestant church do not have.
//
// Some days are closed from a time on: the eves of feasts in TR, MO and IS, 1 May in CH-SO, the
// evenings before Christmas and New Year in AU-NT, AU-QLD and AU-SA. Their entries have Hours.
// US has the federal holidays. The states have no sets: leave out what yours does not keep, as
// described for NL below, and write the days that it has as own days, or in the hours:
// "Mo-Fr 08:00-17:00; Oct Mo[1] off".
//
// The days of EE that are three hours shorter are in no set, as their hours depend on yours:
// write PH -1 day, or days of your own.
//
// Unless this comment says otherwise, a set applies the law of today to all years, as
// rickar/cal knows it. Faults and gaps that were found are corrected, with the law or
// list beside each correction in the source: days of one year only, such as royal
// funerals and elections; days that began or ended since 1990; days that the rules have
// wrong. Some sets begin in the year from which their law is known: AR in 2017, AU-ACT in
// 2011, DE and its states in 1995, HR in 2002, JP in 1989, RS in 2012, RU in 2005, ZA in
// 1995. Sets with Orthodox Easter end in 2099 and JP in 2150. UA covers 1992 to 2021:
// holidays have been worked since, under martial law. It has the working days that the
// Cabinet recommended to swap with Saturdays since 2012, under the name "Перенесений робочий
// день", and BG those of decisions from 2010 to 2016. Their days before are provisional.
//
// This is not legal advice, and the history of some of these countries has not been
// checked. The dates of the corrections were compared with the Python library holidays
// (vacanza/holidays, July 2026) for 1990 to 2030; many of the laws that are named were
// not opened. A comment that names a site has the law or list from there. A comment that
// says secondary has it from the work that it names. The tests compare AU-NSW, CA, CN, DE,
// DE-BE, FR, GB, JP, NZ, its regions and US with official lists, and the provinces of CA and
// the communities of ES with those lists or reports of them.
//
// Rules cannot give every day. MW lacks those set by the moon in every year, and is
// [calendar.HolidaySet.WithGaps]. Offices also close on days that are not public holidays, such as closings of the US
// government by executive order. No set has them. Some sets have customary days off that
// the law does not list, or not for all: the eves of SE and FI, both days of Carnival and
// Corpus Christi of BR, 1 May of TH for private employers. DE-BY lacks 15 August: most of
// its communes keep it, but not all.
//
// NL has Good Friday and 5 May, as the law lists them (Algemene termijnenwet, article 3).
// It obliges nobody to close on them. If the desk is open, take them out: by
// [calendar.HolidaySet.Without], or by "without": ["Goede Vrijdag", "Bevrijdingsdag"] in a
// catalog of package sla.
//
// Days that an authority sets for each year, and has not set yet, are marked
// [calendar.Holiday.Provisional]: the equinoxes of JP after 2027, the King's
// Birthday of AU-WA after 2027, with Labour Day and Western Australia Day, which a bill
// of 2025 is to move, the football Friday of AU-VIC after 2026, 1 May of GR after 2026
// if it is a Sunday, Easter Monday or in Holy Week, and all of NZ after 2052, when the
// schedule of Matariki ends.
// [calendar.HolidaySet.Provisional] tells whether the days of a year can still change.
//
// # Days that are announced
//
// These sets have what an authority announces year by year. Nothing in them is computed
// from the moon. Their files, in the folder announced, have the source of each year:
//
//	AE CL CN CO EG HK ID IL IN KR KW MO MY PE PH QA SA SG TR TW VN    places that no rule gives
//	MY-01 to MY-16                                                    the states of MY
//	AR HU KE LV RU TH                                                 decrees that add to rules
//	ES-AN to ES-VC                                                    resolutions that add to rules
//
// Most begin in 2018, EG, KW and QA in 2021, and CN in 2004. A set that adds to rules goes
// on before and after the years of its file, and is provisional there. The others do not
// cover such years. A year that is not announced is not in a file, and due times that need
// it are provisional; so is a day that depends on a sighting.
//
// A name says what not everybody has: "(public sector)", "(special)" of PH, "(central
// list)" of IN, "(cuti bersama)" of ID. If your desk works on such days, take them out as
// described for NL above. HK has the general holidays, which offices keep. SA has the days
// of private employers. MY has the days that all states have: use the
// set of the state. ES-CE
// and ES-ML have the days of the city too.
//
// For most years the official list could not be opened. The files then say "secondary" and
// name what was read in its place. The days were compared with the Python library holidays
// (vacanza/holidays, July 2026), and the differences were looked into.
//
// CN is mainland China. For 2004 to 2026 it has the days off and make-up workdays of the
// State Council's notices. For 2027 to 2099 it has the statutory days, which are
// provisional: the notice for a year, given in the last months of the year before, moves
// working days to weekends and adds days off around them.
//
// # Some sets
//
// DE-BE is Berlin: the rules of rickar/cal's package de, with corrections. It begins in
// 1995, when the Day of Repentance and Prayer had ceased to be a public holiday.
//
// # Weekends
//
// A set has no weekends: they are in the hours, such as "Su-Th 09:00-17:00" for SA. The
// method Catalog.Lint of package sla knows where offices close on other days than Saturday
// and Sunday.
//
// The law decides what becomes of a holiday at a weekend. Some laws move it: Australia
// Day, the King's Birthday of NL, bank holidays of GB that are proclaimed, a Sunday's Canada
// Day, and all days of KE. Its own day is then not in the set, and a desk that is open all
// week works on it. Other laws add a weekday, and both days are in the set: BG, JP, LV, MW,
// RS, RU, TH, UA, ZA, and most days of AU and GB. Both are in CA, CA-NL, CA-YT, NZ and US
// too, where one counts for who works at weekends and the other for who does not. In BG,
// MW, RS and UA the weekday is the next that is not a holiday. In the other provinces of CA
// the employer chooses another day: no set has it.
//
// # Names
//
// Days have the names of rickar/cal, in the language of the country or one of its
// languages: Dutch for BE, English for CA, French for CA-QC, German for most days of CH. rickar/cal has the
// days of JP and MX in English, and one wrong name each in GR and RU; those have the names
// that law or custom gives them there. A day on which a holiday is observed has
// " (observed)" after the name.
//
// # Cost
//
// A program that looks up a set links the rules of all countries. A small one is
// 3.88 MB then, and 2.92 MB if it imports package calendar only, which links none
// of them (go build with Go 1.26.8 for linux/amd64; with -ldflags="-s -w" 2.70 and
// 1.95 MB). At its start the rules take some 0.2 ms and 57 kB
// (GODEBUG=inittrace=1). Sets are made when first asked for, files are parsed when one of
// their sets is, and years are computed when first needed.
package holiday

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/rickar/cal/v2"

	"github.com/duetime/duetime/calendar"
)

// CodeError is the error of [Lookup] for an unknown code.
type CodeError struct {
	Code string

	// Known are the codes that it may stand for, in order: of the place with its name
	// ("Germany", "Scotland"), the code in capitals ("de-by"), codes that differ in one
	// letter ("USA"), or else all codes of its country ("DE-XX"). It is empty if no code is
	// near; [Codes] lists all.
	Known []string
}

// Error returns one line that quotes the code and lists a few of those known.
func (e *CodeError) Error() string {
	const most = 5
	want := "an ISO 3166 code such as DE or GB-SCT"
	switch n := len(e.Known); {
	case n == 1 && len(e.Code) > len("DE-") && strings.HasPrefix(e.Code, e.Known[0]+"-"):
		want = e.Known[0] + ", the days of the whole country, as its parts have no sets"
	case n == 1:
		want = e.Known[0]
	case n > most:
		country, _, _ := strings.Cut(e.Known[0], "-")
		want = fmt.Sprintf("one of %s and %d more of %s", strings.Join(e.Known[:most], ", "), n-most, country)
	case n > 0:
		want = "one of " + strings.Join(e.Known, ", ")
	}
	return fmt.Sprintf("holiday: unknown code %q: want %s", e.Code, want)
}

// Lookup returns the set of an ISO 3166 code of a country or a part of it, such as
// "US" or "DE-BE". It always returns the same set for a code. For a code that is not
// among [Codes], the error is a *[CodeError].
func Lookup(code string) (calendar.HolidaySet, error) {
	if set, ok := sets()[code]; ok {
		return set(), nil
	}
	return calendar.HolidaySet{}, &CodeError{code, nearest(code, codes())}
}

// Codes returns the codes that [Lookup] knows, in order. The slice is the
// caller's.
func Codes() []string { return slices.Clone(codes()) }

var codes = sync.OnceValue(func() []string { return slices.Sorted(maps.Keys(sets())) })

// sets has how each set is made: when it is first asked for, and then kept.
var sets = sync.OnceValue(func() map[string]func() calendar.HolidaySet {
	all := map[string]func() calendar.HolidaySet{}
	for code, c := range countries() {
		all[code] = sync.OnceValue(func() calendar.HolidaySet { return c.set(code) })
	}
	for code, announced := range announcedSets() {
		rules := all[code]
		all[code] = sync.OnceValue(func() calendar.HolidaySet {
			a := announced()
			switch a.base {
			case "":
				return a.set(calendar.HolidaySet{})
			case code:
				return a.set(rules())
			}
			return a.set(all[a.base]())
		})
	}
	return all
})

// FromRules returns the set of some rules of rickar/cal, under a code of the
// caller's choice, for the years 1900 to 2199. A rule gives the actual and the observed
// day. The rules are copied: changing them later does not change the set. A nil rule is
// ignored.
//
// The days are right if the rules are. rickar/cal computes in cal.DefaultLoc, the
// machine's zone: a date that does not exist there is lost, as 30 December 2011 in Apia.
func FromRules(code string, rules ...*cal.Holiday) calendar.HolidaySet {
	var own []cal.Holiday
	for _, r := range rules {
		if r != nil {
			c := *r
			c.Except, c.Observed = slices.Clone(r.Except), slices.Clone(r.Observed)
			own = append(own, c)
		}
	}
	return calendar.HolidayFunc(code, func(year int) []calendar.Holiday {
		// The set drops what is of another year, and of the two dates of a day that is
		// not moved the second.
		var days []calendar.Holiday
		for i := range own {
			for y := year - 1; y <= year+1; y++ {
				actual, observed := datesOf(own[i], y)
				days = append(
					days,
					calendar.Holiday{Date: actual, Name: own[i].Name},
					calendar.Holiday{Date: observed, Name: own[i].Name + " (observed)"},
				)
			}
		}
		return days
	})
}

// datesOf returns the date of a rule in a year and the date on which it is
// observed, as Calc does, or zero Dates. The weekday of the date decides, not that
// of the rule's result, which is on the day before if the clock skips a midnight
// in cal's DefaultLoc. The rule is a copy, as one may write to itself while it is
// computed (Japan's vernal equinox does).
func datesOf(r cal.Holiday, year int) (actual, observed calendar.Date) {
	moves := r.Observed
	r.Observed = nil
	t, _ := r.Calc(year)
	actual = dateOf(t)
	for _, move := range moves {
		if !actual.IsZero() && move.Day == actual.Weekday() {
			return actual, actual.AddDays(move.Offset)
		}
	}
	return actual, actual
}

// dateOf returns the date of a rule's result, which is a midnight in cal's
// DefaultLoc or, if the clock skips that midnight, up to an hour off it. The
// zero time, for a year without the day, gives the zero Date.
func dateOf(t time.Time) calendar.Date {
	if t.IsZero() {
		return calendar.Date{}
	}
	return calendar.DateOf(t.Add(12 * time.Hour))
}
