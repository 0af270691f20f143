// Package region has the facts about the three support organisations whose
// terms duetime knows: for each [Moniker] the calendars that support keeps by
// [Category] and country, and phones, languages and the like.
//
//	r, err := region.Lookup(region.Germany)
//	hours, err := r.Hours(region.Billing, "DE") // Mo-Fr 09:00-17:00 Europe/Berlin
//
// Worldwide, support has an [Office] for each country or region of the help page's
// list, 246 in all, and its hours can depend on the language:
//
//	r, err := region.Lookup(region.Worldwide)
//	hours, err := r.Hours(region.Technical, "FR", "French") // Mo-Fr 08:00-21:00 Europe/Paris
//
// The facts are those of the help page 'Contact support for business products'
// of 2020-05-27 ([Region.Source]), and for the offices those of the pages that it
// lists ([Office.Source]); where something was inferred, the method that returns it
// says so. What response a customer is promised in these hours is the matter of
// package sla.
//
// Zones are read from the time zone data of the machine. A program for a machine
// without them, such as an empty container, imports them with import _ "time/tzdata".
package region

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
)

// Region is what is known of one moniker. The zero Region is no region: its
// methods return what is empty, and errors. Regions are immutable.
type Region struct{ facts *facts }

type facts struct {
	moniker                Moniker
	name, operator, source string
	adminCenter            string
	domainSuffix           string
	contacts               []Contact
	home                   string // the country whose desk serves all others
	desks                  map[desk]hours
}

// desk is who answers requests of a category from a country, or, under "", from
// a country that is not given. Pre-sales support has the hours of billing.
type desk struct {
	category Category
	country  string
}

// hours returns a calendar, always the same one.
type hours func() (*calendar.Calendar, error)

func once(zone, text, name string, codes ...string) hours {
	return sync.OnceValues(func() (*calendar.Calendar, error) {
		var sets []calendar.HolidaySet
		for _, code := range codes {
			set, err := holiday.Lookup(code)
			if err != nil {
				return nil, err
			}
			sets = append(sets, set)
		}
		return calendar.New(zone, text, calendar.Named(name), calendar.Holidays(sets...))
	})
}

// Contact is how to call a region's support from some countries.
type Contact struct {
	Countries        []string // ISO 3166-1 alpha-2
	Phone            string   // as published
	AlternativePhone string
	Languages        []string // none where the page does not say
	Note             string
}

// Lookup returns the region of a moniker. For any other the error is an
// *[UnknownError] of [ErrUnknownMoniker].
func Lookup(m Moniker) (Region, error) {
	switch m {
	case Worldwide:
		return Region{worldwide()}, nil
	case China:
		return Region{china()}, nil
	case Germany:
		return Region{germany()}, nil
	}
	return Region{}, unknownMoniker(m)
}

// All returns the regions: worldwide, China, Germany.
func All() []Region { return []Region{{worldwide()}, {china()}, {germany()}} }

func (r Region) get() *facts {
	if r.facts == nil {
		return &facts{}
	}
	return r.facts
}

func (r Region) isWorldwide() bool { return r.get().moniker == Worldwide }

// Moniker returns the region's moniker.
func (r Region) Moniker() Moniker { return r.get().moniker }

// Name returns what the cloud is called, such as "Office 365 Germany".
func (r Region) Name() string { return r.get().name }

// Operator returns who operates it and gives support: "Microsoft" or "21Vianet".
func (r Region) Operator() string { return r.get().operator }

// Source returns the pages that the region's facts are from.
func (r Region) Source() string { return r.get().source }

// AdminCenter returns the address of the admin center, in which a request can be
// opened online, or "" where the page does not give it.
func (r Region) AdminCenter() string { return r.get().adminCenter }

// DomainSuffix returns what the domains of the region's customers end in, or ""
// where the page does not say.
func (r Region) DomainSuffix() string { return r.get().domainSuffix }

// Contacts returns how to call support, by country. Worldwide these are the four
// countries that the help page itself names; [Region.Offices] has all. The slice is
// the caller's.
func (r Region) Contacts() []Contact {
	contacts := slices.Clone(r.get().contacts)
	for i, c := range contacts {
		contacts[i].Countries, contacts[i].Languages = slices.Clone(c.Countries), slices.Clone(c.Languages)
	}
	return contacts
}

// Countries returns the ISO 3166-1 codes of the countries whose hours
// [Region.Hours] knows, in order. For many of those worldwide it wants a language
// too, and a name for a few codes that several offices share.
func (r Region) Countries() []string {
	if !r.isWorldwide() {
		return r.called()
	}
	var countries []string
	for code, list := range offices().byCode {
		if slices.ContainsFunc(list, func(o *office) bool { return o.technical != nil || o.billing != nil }) {
			countries = append(countries, code)
		}
	}
	slices.Sort(countries)
	return countries
}

// called returns the countries of the contacts, in order.
func (r Region) called() []string {
	var countries []string
	for _, c := range r.get().contacts {
		countries = append(countries, c.Countries...)
	}
	slices.Sort(countries)
	return countries
}

// Hours returns when support answers requests of a category from a country and,
// where it matters, in a language: one at most. Every call returns the same
// calendar.
//
// In China and Germany one desk serves all, and the country, an ISO 3166-1 alpha-2
// code, may be "". China's technical support is that for severities B and C; severity
// A is served round the clock. Germany's technical support is published as 24/7, its
// billing support as Mon-Fri 9-5 Berlin; that it keeps the holidays of Berlin is
// inferred. So is that China's billing support works on statutory working days. A
// language changes nothing there: it may be one of the region's contacts, of which
// China's have none.
//
// Worldwide, the country is what [Region.Office] takes, and the hours are those of
// [Office.Hours]: without a language, those that all languages have in common. A
// code that several offices share stands for all of them where they agree on hours
// and zone, and has the calendar of the first. With neither country nor language,
// technical support is 24/7 in UTC. Pre-sales support has the hours of billing.
//
// The error is an *[UnknownError] of [ErrUnknownCountry], [ErrUnknownLanguage] or
// [ErrUnknownCategory], of [ErrUnknownMoniker] for the zero Region, or the error of
// [calendar.New] on a machine without zone data.
func (r Region) Hours(c Category, country string, language ...string) (*calendar.Calendar, error) {
	if r.facts == nil {
		return nil, unknownMoniker("")
	}
	if err := c.check(); err != nil {
		return nil, err
	}
	if len(language) > 1 {
		return nil, &UnknownError{Err: ErrUnknownLanguage, Text: strings.Join(language, ", "), Want: "one language at most"}
	}
	if r.isWorldwide() && country != "" {
		return r.officeHours(c, country, strings.Join(language, ""))
	}
	if err := r.CheckCountry(country); err != nil {
		return nil, err
	}
	if err := r.checkLanguage(strings.Join(language, "")); err != nil {
		return nil, err
	}
	switch c {
	case "":
		c = Technical
	case PreSales:
		c = Billing
	}
	h, ok := r.facts.desks[desk{c, r.facts.home}]
	if !ok {
		return nil, &UnknownError{Err: ErrUnknownCountry, Text: country, Want: listWant}
	}
	return h()
}

// checkLanguage returns nil for "" and for a language of the region's contacts,
// where one desk serves all of them.
func (r Region) checkLanguage(language string) error {
	s := strings.TrimSpace(language)
	if s == "" {
		return nil
	}
	want := "none without a country"
	if r.facts.home != "" {
		want = "none, as the page gives none for " + string(r.facts.moniker)
		for _, c := range r.facts.contacts {
			if slices.ContainsFunc(c.Languages, func(l string) bool { return strings.EqualFold(l, s) }) {
				return nil
			}
			if c.Languages != nil {
				want = "a language of " + string(r.facts.moniker) + ": " + strings.Join(c.Languages, ", ")
			}
		}
	}
	return &UnknownError{Err: ErrUnknownLanguage, Text: language, Want: want}
}

// Zone returns the zone of the region's desk for a country, that of [Office.Zone]
// worldwide, and UTC for a worldwide request whose country is not given. The error
// is an *[UnknownError] of [ErrUnknownCountry], for a code that offices in several
// zones share too, or one of those of [Region.Hours].
func (r Region) Zone(country string) (*time.Location, error) {
	var c *calendar.Calendar
	var err error
	if r.isWorldwide() && country != "" {
		c, err = r.officeZone(country)
	} else {
		c, err = r.Hours(Technical, country)
	}
	if err != nil {
		return nil, err
	}
	return c.Zone(), nil
}

// CheckCountry returns nil for "" and for the ISO 3166-1 alpha-2 code, in upper
// case, of a country that the region serves: worldwide those of the page's country
// list, of China China, and of Germany the European Economic Area. For any other
// text the error is an *[UnknownError] of [ErrUnknownCountry].
func (r Region) CheckCountry(country string) error {
	if r.facts == nil {
		return unknownMoniker("")
	}
	if country == "" || country == r.facts.home {
		return nil
	}
	if r.isWorldwide() {
		if offices().byCode[country] != nil {
			return nil
		}
	} else {
		for _, c := range r.facts.contacts {
			if slices.Contains(c.Countries, country) {
				return nil
			}
		}
	}
	known := r.called()
	want := "an ISO 3166-1 code that " + string(r.facts.moniker) + " serves"
	if r.isWorldwide() {
		known = slices.Sorted(maps.Keys(offices().byCode))
	}
	return &UnknownError{Err: ErrUnknownCountry, Text: country, Want: want, Known: known}
}
