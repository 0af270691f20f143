package region

import (
	"maps"
	"slices"
	"strings"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
)

// listPages are the pages that the offices are from.
const listPages = "MicrosoftDocs/OfficeDocs-O365ITPro, Office365-Admin/support, commit 1b435f20, 2020-02-20"

// Office is how to reach worldwide support from a country or region, as the page for it
// says. [LookupOffice] finds one office, [Offices] returns all.
type Office struct {
	// Name is the page list's name, such as "Algeria" or "UAE (United Arab Emirates)".
	Name string

	// Country is the ISO 3166-1 alpha-2 code, such as "DZ". Three offices share SH,
	// three BQ and two SJ. Kosovo has XK, a code that ISO 3166-1 leaves to its users.
	Country string

	// Zone is the name of a zone in the IANA database, such as "Africa/Algiers". The
	// pages give no zones. This one is inferred: the zone of the capital or main city.
	Zone string

	// Zones counts the country's zones in the IANA database's zone.tab. If there are
	// several, some customers of the country read another clock than [Office.Zone]. If
	// there are 0, the country uses another country's zone.
	Zones int

	// Phones are what to dial: a number, then each option to select and each code to
	// enter after it, or several numbers with their purposes. Nepal's only entry says
	// that it has no telephone support.
	Phones []string

	// AlternativePhones are the numbers that the page calls alternatives.
	AlternativePhones []string

	// Notes are further remarks of the page, such as "Local call charges apply". A text
	// in brackets names the lines that the note is about.
	Notes []string

	// Technical has the languages of technical support, in the page's order. Japan's
	// last one is "Other Plans": the page gives Japanese and English for Office 365
	// Enterprise, and one line without a language for other plans.
	Technical []Line

	// Billing has the languages of billing and pre-sales support.
	Billing []Line

	// Source is the page that the facts are from.
	Source string
}

// Line is a language that an office speaks, and when.
type Line struct {
	Language string // such as "English"
	Hours    string // for [calendar.New], such as "Su-Th 09:00-17:00"
	Zone     string // of the hours: [Office.Zone], unless the wording names another
	Wording  string // the page's words, such as "Sun-Thu 9 AM-5 PM"
}

// agrees reports whether two lines have the same hours in the same zone.
func (l Line) agrees(m Line) bool { return l.Hours == m.Hours && l.Zone == m.Zone }

// Offices returns the offices in the order of the help page's list.
func Offices() []Office {
	var list []Office
	for _, o := range offices().all {
		list = append(list, o.clone())
	}
	return list
}

// LookupOffice returns the office of a name or an ISO 3166-1 alpha-2 code. It ignores
// case and white space around the text.
//
// The error is an *[UnknownError]. Several offices share the codes SH, BQ and SJ: the error
// lists their names.
func LookupOffice(nameOrCode string) (Office, error) {
	list, err := findOffices(nameOrCode)
	if err != nil {
		return Office{}, err
	}
	if len(list) > 1 {
		return Office{}, sharedCode(nameOrCode, list)
	}
	return list[0].clone(), nil
}

// clone returns a copy that the caller may change.
func (o *Office) clone() Office {
	c := *o
	c.Phones, c.AlternativePhones, c.Notes = slices.Clone(o.Phones), slices.Clone(o.AlternativePhones), slices.Clone(o.Notes)
	c.Technical, c.Billing = slices.Clone(o.Technical), slices.Clone(o.Billing)
	return c
}

// findOffices returns the offices of a name or code: several for a shared code.
func findOffices(nameOrCode string) ([]*Office, error) {
	if list := offices().find(nameOrCode); list != nil {
		return list, nil
	}
	names := slices.Sorted(maps.Keys(offices().byCode))
	for _, o := range offices().all {
		names = append(names, o.Name)
	}
	want := "a name or ISO 3166-1 code of the page's country list"
	if near := nearest(nameOrCode, names); near != nil {
		want += ", such as " + strings.Join(near, ", ")
	}
	return nil, &UnknownError{What: "country", Text: nameOrCode, Want: want}
}

// sharedCode is the error for a code of several offices.
func sharedCode(code string, list []*Office) error {
	var names []string
	for _, o := range list {
		names = append(names, o.Name)
	}
	return &UnknownError{What: "country", Text: code, Want: "one of those that share the code", Known: names}
}

// Hours returns the calendar of the hours in which the office supports a category in a
// language. It ignores the language's case. Every call builds the calendar anew: keep
// it to ask it often.
//
// The language may be "" if all languages have the same hours in the same zone. If they
// differ, the error is an *[UnknownError] that lists the languages with their hours, and
// so it is for an unknown language, for a category that the help page does not have, and
// for an office without telephone support, such as Nepal's. Without zone data, Hours
// returns the error of [calendar.New].
//
// The times are those published in 2020. Odd times, such as 4 AM to noon on Aruba, stand as
// published, and so do weekdays: English lines have Monday to Friday in countries that close
// on Friday and Saturday, such as SA, and the Arabic line of AE has Sunday to Thursday,
// though AE closes on Saturday and Sunday since 2022. The method Catalog.Lint of package
// sla finds such hours and says what to write.
//
// The pages mention holidays for Japan's billing only. For the others it is inferred
// that an office keeps the holidays of its country: the set of [holiday.Lookup] for
// [Office.Country], or for the main city's part of it: AU-NSW, CH-ZH and DE-BE. A
// country without a set has no known holidays. A line keeps no holidays if it is open
// round the clock, or if its zone differs from the office's: somebody answers it
// elsewhere, and their holidays are not known.
func (o Office) Hours(c Category, language string) (*calendar.Calendar, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	lines, support := o.Billing, Billing
	if c == Technical || c == "" {
		lines, support = o.Technical, Technical
	}
	line, err := o.line(lines, language)
	if err != nil {
		return nil, err
	}
	name := o.Name + ", " + string(support) + " support"
	var languages []string
	for _, l := range lines {
		if l.agrees(line) {
			languages = append(languages, l.Language)
		}
	}
	if len(languages) < len(lines) {
		name += " (" + strings.Join(languages, ", ") + ")"
	}
	options := []calendar.Option{calendar.Named(name)}
	if line.Hours != "24/7" && line.Zone == o.Zone {
		if set, err := holiday.Lookup(o.holidayCode()); err == nil { // else its country has no set
			options = append(options, calendar.Holidays(set))
		}
	}
	return calendar.New(line.Zone, line.Hours, options...)
}

// line returns the line of a language, or for "" the first if all agree.
func (o Office) line(lines []Line, language string) (Line, error) {
	if len(lines) == 0 {
		want := "an office with phone support"
		if o.Name != "" {
			want += "; " + o.Name + " has none"
		}
		return Line{}, &UnknownError{What: "country", Text: o.Country, Want: want}
	}
	s := strings.TrimSpace(language)
	agreed := true
	var have []string
	for _, l := range lines {
		if s != "" && strings.EqualFold(l.Language, s) {
			return l, nil
		}
		agreed = agreed && l.agrees(lines[0])
		hours := l.Hours
		if l.Zone != o.Zone {
			hours += " " + l.Zone
		}
		have = append(have, l.Language+" ("+hours+")")
	}
	if s == "" && agreed {
		return lines[0], nil
	}
	return Line{}, &UnknownError{What: "language", Text: language, Want: "a language of " + o.Name, Known: have}
}

// holidayCode returns the code of the office's holidays: the country's or, if the
// country's parts have their own sets, the code of the main city's part.
func (o Office) holidayCode() string {
	switch o.Country {
	case "AU":
		return "AU-NSW"
	case "CH":
		return "CH-ZH"
	case "DE":
		return "DE-BE"
	}
	return o.Country
}
