package region

import (
	"maps"
	"slices"
	"sync"
)

// Moniker names a cloud, as the help page's sections are named. A catalog of package
// sla can have other monikers. The zero Moniker is not set.
//
// For a moniker that the help page does not have, Countries returns nothing, and
// CheckCountry and Zone return an *[UnknownError].
type Moniker string

// The monikers of the help page.
const (
	Worldwide Moniker = "o365-worldwide"
	China     Moniker = "o365-21vianet"
	Germany   Moniker = "o365-germany"
)

func unknownMoniker(m Moniker) error {
	return &UnknownError{What: "moniker", Text: string(m), Want: "a moniker", Known: []string{string(Worldwide), string(China), string(Germany)}}
}

// served returns the countries that each cloud serves, in order.
var served = sync.OnceValue(func() map[Moniker][]string {
	countries := map[Moniker][]string{Worldwide: slices.Sorted(maps.Keys(offices().byCode))}
	for m, r := range map[Moniker]Region{China: china(), Germany: germany()} {
		for _, c := range r.Contacts {
			countries[m] = append(countries[m], c.Countries...)
		}
		slices.Sort(countries[m])
	}
	return countries
})

// Countries returns the ISO 3166-1 codes of the countries that the cloud serves, in
// order. Worldwide these are the countries of [Offices]. Germany serves the European
// Economic Area.
func (m Moniker) Countries() []string { return slices.Clone(served()[m]) }

// CheckCountry returns nil for "" and for each of [Moniker.Countries]. For any other text,
// also a code in lower case, the error is an *[UnknownError].
func (m Moniker) CheckCountry(country string) error {
	countries, ok := served()[m]
	if !ok {
		return unknownMoniker(m)
	}
	if _, ok := slices.BinarySearch(countries, country); ok || country == "" {
		return nil
	}
	return &UnknownError{What: "country", Text: country, Want: "an ISO 3166-1 code that " + string(m) + " serves", Known: slices.Clone(countries)}
}

// Zone returns the name of the zone in which support for a country works. In China and
// Germany it is the zone of the one desk, and the country may be "". Worldwide it is
// [Office.Zone] for a code or a name, and "UTC" for "".
//
// The error is an *[UnknownError]. The code SJ is an error too, because its two offices have
// different zones.
func (m Moniker) Zone(country string) (string, error) {
	if m != Worldwide {
		r, err := Lookup(m)
		if err != nil {
			return "", err
		}
		if err := m.CheckCountry(country); err != nil {
			return "", err
		}
		country = r.Contacts[0].Countries[0] // the desk's own
	}
	if country == "" {
		return "UTC", nil
	}
	list, err := findOffices(country)
	if err != nil {
		return "", err
	}
	for _, o := range list {
		if o.Zone != list[0].Zone {
			return "", sharedCode(country, list)
		}
	}
	return list[0].Zone, nil
}
