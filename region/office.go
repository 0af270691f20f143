package region

import (
	"errors"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
)

// listPages are the pages that the offices are from.
const listPages = "MicrosoftDocs/OfficeDocs-O365ITPro, Office365-Admin/support, commit 1b435f20, 2020-02-20"

// Office is how support is reached from a country or region of the help page's
// list, and when it answers there in which language: what the list's page for it
// says ([Office.Source]). Offices are immutable, and comparable with ==. The zero
// Office is none: its methods return what is empty, and errors.
type Office struct{ of *office }

type office struct {
	name, slug                 string
	country, zone              string
	zones                      int
	phones, alternative, notes []string
	technical, billing         []line
	always                     hours // 24/7 in its zone
}

// line is a language in which an office answers, and when.
type line struct {
	language string
	wording
	calendar hours
}

// wording is what the hours of a line are, and what a page says of them. The zone is
// that of the office unless the page names one.
type wording struct{ hours, zone, published string }

// agrees reports whether two lines have the same hours in the same zone.
func (l *line) agrees(m *line) bool { return l.hours == m.hours && l.zone == m.zone }

// add adds a line. Lines of one category that agree have one calendar.
func (o *office) add(c Category, l line) {
	lines := o.answering(c)
	for i := range *lines {
		if m := &(*lines)[i]; m.agrees(&l) {
			l.calendar = m.calendar
		}
	}
	if l.calendar == nil {
		l.calendar = sync.OnceValues(func() (*calendar.Calendar, error) { return o.build(c, l) })
	}
	*lines = append(*lines, l)
}

// holidayCode returns the code of the holidays that an office keeps: those of its
// country or, where holiday sets are of parts of it, those of its main city's.
func (o *office) holidayCode() string {
	switch o.country {
	case "AU":
		return "AU-NSW"
	case "CH":
		return "CH-ZH"
	case "DE":
		return "DE-BE"
	}
	return o.country
}

// build returns the calendar of a line. One that is answered round the clock, or in
// a zone that is not the office's, keeps no holidays of the country.
func (o *office) build(c Category, l line) (*calendar.Calendar, error) {
	var languages []string
	lines := *o.answering(c)
	for i := range lines {
		if m := &lines[i]; m.agrees(&l) {
			languages = append(languages, m.language)
		}
	}
	name := o.name + ", " + string(c) + " support"
	if len(languages) < len(lines) {
		name += " (" + strings.Join(languages, ", ") + ")"
	}
	options := []calendar.Option{calendar.Named(name)}
	if l.hours != "24/7" && l.zone == o.zone {
		switch set, err := holiday.Lookup(o.holidayCode()); {
		case err == nil:
			options = append(options, calendar.Holidays(set))
		case !errors.Is(err, holiday.ErrUnknownCode):
			return nil, err
		}
	}
	return calendar.New(l.zone, l.hours, options...)
}

// answering returns the lines of a category: pre-sales support has those of billing.
func (o *office) answering(c Category) *[]line {
	if c == Technical || c == "" {
		return &o.technical
	}
	return &o.billing
}

// line returns the line of a category and a language: for "" the first, if all
// agree.
func (o *office) line(c Category, language string) (*line, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	lines := *o.answering(c)
	if len(lines) == 0 {
		return nil, &UnknownError{Err: ErrUnknownCountry, Text: o.country, Want: "an office with phone support; " + o.name + " has none"}
	}
	s := strings.TrimSpace(language)
	agreed := true
	for i := range lines {
		l := &lines[i]
		if s != "" && strings.EqualFold(l.language, s) {
			return l, nil
		}
		agreed = agreed && l.agrees(&lines[0])
	}
	if s == "" && agreed {
		return &lines[0], nil
	}
	var have []string
	for _, l := range lines {
		hours := l.hours
		if l.zone != o.zone {
			hours += " " + l.zone
		}
		have = append(have, l.language+" ("+hours+")")
	}
	return nil, &UnknownError{Err: ErrUnknownLanguage, Text: language, Want: "a language of " + o.name, Known: have}
}

func (o Office) get() *office {
	if o.of == nil {
		return &office{}
	}
	return o.of
}

// Name returns what the list calls the country or region, such as "Algeria" or
// "UAE (United Arab Emirates)".
func (o Office) Name() string { return o.get().name }

// Country returns the ISO 3166-1 alpha-2 code, such as "DZ". Of the offices, three
// share SH, three BQ and two SJ. Kosovo has XK, one of the codes that ISO 3166-1
// leaves to its users.
func (o Office) Country() string { return o.get().country }

// Zone returns the name of the office's zone in the IANA database, such as
// "Africa/Algiers". The pages give no zones, except where the wording of hours
// names one; this one is inferred: the zone of the capital or main city.
func (o Office) Zone() string { return o.get().zone }

// Zones returns how many zones the IANA database lists for the country, in its
// zone.tab. Where it is more than one, customers elsewhere in the country may read
// another clock than [Office.Zone]; where it is 0, that is the zone of another
// country.
func (o Office) Zones() int { return o.get().zones }

// Phones returns what to dial, as published: a number and, each on its own, the
// options to select and codes to enter after it, or several numbers with what each is
// for. Nepal's only entry says that there is no phone support. The slice is the
// caller's.
func (o Office) Phones() []string { return slices.Clone(o.get().phones) }

// AlternativePhones returns the numbers published as alternatives, or none. The
// slice is the caller's.
func (o Office) AlternativePhones() []string { return slices.Clone(o.get().alternative) }

// Notes returns what else the page says, such as "Local call charges apply". What
// stands in brackets says which lines a note is about. The slice is the caller's.
func (o Office) Notes() []string { return slices.Clone(o.get().notes) }

// Source returns where the page is that the facts are from.
func (o Office) Source() string {
	if o.of == nil {
		return ""
	}
	return listPages + ", " + o.of.slug + ".md"
}

// Languages returns the languages in which the office answers requests of a
// category, in the page's order; pre-sales support has those of billing. Those of
// Japan's technical support are Japanese, English and "Other Plans": the page
// gives the first two for Office 365 Enterprise, and one line for other plans,
// which names no language. The slice is the caller's.
func (o Office) Languages(c Category) []string {
	var languages []string
	if c.check() != nil {
		return nil
	}
	for _, l := range *o.get().answering(c) {
		languages = append(languages, l.language)
	}
	return languages
}

// Published returns the page's wording of when the office answers requests of a
// category in a language, such as "Sun-Thu 9 AM-5 PM". For the language "" it is
// that of the first language where [Office.Hours] takes "", and the wording is ""
// for what the office does not answer.
func (o Office) Published(c Category, language string) string {
	l, err := o.get().line(c, language)
	if err != nil {
		return ""
	}
	return l.published
}

// Hours returns when the office answers requests of a category in a language, one
// of [Office.Languages] in any case. Every call returns the same calendar.
//
// The language may be "" where it does not matter: where all languages have the
// same hours in the same zone. Where they differ, and for any other language, the
// error is an *[UnknownError] of [ErrUnknownLanguage], which lists the languages with
// their hours. It is one of [ErrUnknownCountry] for an office without phone
// support, which is Nepal's, of [ErrUnknownCategory], or the error of
// [calendar.New] on a machine without zone data.
//
// The times are the published ones, taken to be in [Office.Zone] unless the wording
// names another: Moscow or London. (ET, in Canada, is the zone of its own office.)
// Wall times that look odd, such as 4 AM to noon on Aruba, stand as they are
// published.
//
// That a line keeps the holidays of its country is inferred; the pages say so for
// Japan's billing lines alone. The set is that of [holiday.Lookup] for the country,
// mainland China's with its make-up workdays, or for the part of it with the main
// city: AU-NSW, CH-ZH and DE-BE; where it has none, no holiday is known. A line that is answered round the clock closes on no holiday, and neither
// does one whose wording names a zone that is not the office's: it is answered
// elsewhere, and by which holidays is not known.
func (o Office) Hours(c Category, language string) (*calendar.Calendar, error) {
	if o.of == nil {
		return nil, &UnknownError{Err: ErrUnknownCountry, Want: "an office of Region.Offices"}
	}
	l, err := o.of.line(c, language)
	if err != nil {
		return nil, err
	}
	return l.calendar()
}

// Offices returns the support offices of the help page's country list, in its
// order: 246 worldwide. China and Germany are served by one desk each, of which
// [Region.Hours] and [Region.Contacts] tell; they have none.
func (r Region) Offices() iter.Seq[Office] {
	return func(yield func(Office) bool) {
		if !r.isWorldwide() {
			return
		}
		for _, o := range offices().all {
			if !yield(Office{o}) {
				return
			}
		}
	}
}

// Office returns the office of a name or an ISO 3166-1 alpha-2 code, in any case
// and with white space around it. The error is an *[UnknownError] of
// [ErrUnknownCountry]: for a text that names none, for a code that several
// offices share (SH, BQ and SJ), which it names, and for every text in a region
// without offices. For the zero Region it is one of [ErrUnknownMoniker].
func (r Region) Office(nameOrCode string) (Office, error) {
	list, err := r.officesOf(nameOrCode)
	if err != nil {
		return Office{}, err
	}
	if len(list) > 1 {
		return Office{}, sharedCode(nameOrCode, list)
	}
	return Office{list[0]}, nil
}

// listWant says what names an office.
const listWant = "a name or ISO 3166-1 code of the page's country list"

// officesOf returns the offices that a text names: more than one for a code that
// is shared.
func (r Region) officesOf(nameOrCode string) ([]*office, error) {
	if r.facts == nil {
		return nil, unknownMoniker("")
	}
	if !r.isWorldwide() {
		return nil, &UnknownError{Err: ErrUnknownCountry, Text: nameOrCode, Want: "a region with offices; " + string(r.facts.moniker) + " has one desk for all"}
	}
	if list := offices().find(nameOrCode); list != nil {
		return list, nil
	}
	names := slices.Sorted(maps.Keys(offices().byCode))
	for _, o := range offices().all {
		names = append(names, o.name)
	}
	want := listWant
	if near := nearest(nameOrCode, names); near != nil {
		want += ", such as " + strings.Join(near, ", ")
	}
	return nil, &UnknownError{Err: ErrUnknownCountry, Text: nameOrCode, Want: want}
}

// sharedCode is the error for a code of several offices where they differ.
func sharedCode(code string, list []*office) error {
	var names []string
	for _, o := range list {
		names = append(names, o.name)
	}
	return &UnknownError{Err: ErrUnknownCountry, Text: code, Want: "one of those that share the code", Known: names}
}

// officeHours is Hours in a region with offices.
func (r Region) officeHours(c Category, country, language string) (*calendar.Calendar, error) {
	list, err := r.officesOf(country)
	if err != nil {
		return nil, err
	}
	first, err := list[0].line(c, language)
	for _, o := range list[1:] {
		l, otherErr := o.line(c, language)
		if (err == nil) != (otherErr == nil) || err == nil && !l.agrees(first) {
			return nil, sharedCode(country, list)
		}
	}
	if err != nil {
		return nil, err
	}
	return first.calendar()
}

// officeZone is Zone in a region with offices.
func (r Region) officeZone(country string) (*calendar.Calendar, error) {
	list, err := r.officesOf(country)
	if err != nil {
		return nil, err
	}
	for _, o := range list[1:] {
		if o.zone != list[0].zone {
			return nil, sharedCode(country, list)
		}
	}
	return list[0].always()
}
