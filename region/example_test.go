package region_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/duetime/duetime/region"
)

// Whom to call from France, and whether somebody answers now.
func Example() {
	office, err := region.LookupOffice("FR")
	if err != nil {
		fmt.Println(err)
		return
	}
	hours, err := office.Hours(region.Technical, "French")
	if err != nil {
		fmt.Println(err)
		return
	}
	now := time.Date(2024, time.March, 8, 19, 30, 0, 0, time.UTC) // 20:30 in Paris
	fmt.Println(office.Name, office.Phones, "open now:", hours.IsOpen(now))
	// Output:
	// France [0805 540 594] open now: true
}

// The languages of Algeria's office, each with its hours.
func ExampleLine() {
	office, err := region.LookupOffice("Algeria")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range office.Technical {
		fmt.Println(line.Language, line.Hours, line.Zone)
	}
	// Output:
	// Arabic Su-Th 09:00-17:00 Africa/Algiers
	// French Mo-Fr 08:00-21:00 Africa/Algiers
	// English 24/7 Africa/Algiers
}

func ExampleRegion() {
	china, err := region.Lookup(region.China)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(china.Name)
	fmt.Println(china.Contacts[0].Phone)
	fmt.Println(china.Wording[region.Billing])
	// Output:
	// Office 365 operated by 21Vianet
	// (86) 400-089-0365
	// China business hours (Beijing Time), Monday through Friday
}

func ExampleMoniker() {
	fmt.Println(region.Germany.Zone("AT"))
	fmt.Println(region.Worldwide.Zone("AT"))
	fmt.Println(region.China.CheckCountry("AT"))
	// Output:
	// Europe/Berlin <nil>
	// Europe/Vienna <nil>
	// region: unknown country "AT": want an ISO 3166-1 code that o365-21vianet serves: CN
}

func ExampleCategory() {
	germany, err := region.LookupOffice("Germany")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range []region.Category{region.Technical, region.Billing, region.PreSales} {
		hours, err := germany.Hours(c, "German")
		fmt.Println(c, hours.Hours(), err)
	}
	// Output:
	// technical Mo-Fr 08:00-21:00 <nil>
	// billing Mo-Fr 09:00-17:00 <nil>
	// pre-sales Mo-Fr 09:00-17:00 <nil>
}

func ExampleContact() {
	germany, err := region.Lookup(region.Germany)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range germany.Contacts {
		fmt.Println(len(c.Countries), c.Phone, c.Languages)
	}
	// Output:
	// 1 0800 589 2330 [German English]
	// 29 +49 69 380 789 305 [German English]
}

// An office's hours in a language. Without one, Hours guesses nothing.
func ExampleOffice_Hours() {
	france, err := region.LookupOffice("France")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(france.Hours(region.Technical, "French"))
	fmt.Println(france.Hours(region.Technical, ""))
	// Output:
	// France, technical support (French): Mo-Fr 08:00-21:00 Europe/Paris, holidays FR <nil>
	// no calendar region: no language given: want a language of France: French (Mo-Fr 08:00-21:00), English (24/7)
}

// Who answers about a bill in Spanish now?
func ExampleOffices() {
	now := time.Date(2024, time.March, 8, 22, 30, 0, 0, time.UTC) // a Friday
	for _, office := range region.Offices() {
		hours, err := office.Hours(region.Billing, "Spanish")
		if err != nil {
			continue // not in Spanish
		}
		if hours.IsOpen(now) {
			fmt.Println(office.Name, office.Phones[0])
		}
	}
	// Output:
	// Costa Rica 0800 012 1447
	// Dominica +1 312 843 5150
	// El Salvador 800 6676
	// Guatemala 1 800 300 0069
	// Honduras 800 0123
	// Mexico 01 800 563 0605
	// Nicaragua 1800 0164
}

func ExampleUnknownError() {
	_, err := region.Lookup("o365")
	if unknown, ok := errors.AsType[*region.UnknownError](err); ok {
		fmt.Println(unknown.Text, errors.Is(err, &region.UnknownError{What: "moniker"}))
	}
	fmt.Println(err)
	// Output:
	// o365 true
	// region: unknown moniker "o365": want a moniker: o365-worldwide, o365-21vianet, o365-germany
}
