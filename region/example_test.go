package region_test

import (
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/duetime/duetime/region"
)

func ExampleRegion() {
	for _, r := range region.All() {
		hours, err := r.Hours(region.Billing, "")
		if err != nil {
			hours, _ = r.Hours(region.Billing, "SG")
		}
		fmt.Println(hours)
	}
	// Output:
	// Singapore, billing support: Mo-Fr 09:00-18:00 Asia/Singapore
	// 21Vianet, business hours: Mo-Fr 09:00-18:00 Asia/Shanghai, holidays CN
	// Office 365 Germany, business hours: Mo-Fr 09:00-17:00 Europe/Berlin, holidays DE-BE
}

func ExampleMoniker() {
	r, err := region.Lookup("o365-21vianet")
	fmt.Println(r.Name(), "by", r.Operator(), err)
	// Output:
	// Office 365 operated by 21Vianet by 21Vianet <nil>
}

func ExampleCategory() {
	germany, err := region.Lookup(region.Germany)
	if err != nil {
		log.Fatal(err)
	}
	for _, c := range []region.Category{region.Technical, region.Billing, region.PreSales} {
		hours, err := germany.Hours(c, "DE")
		fmt.Println(c, hours.Hours(), err)
	}
	// Output:
	// technical 24/7 <nil>
	// billing Mo-Fr 09:00-17:00 <nil>
	// pre-sales Mo-Fr 09:00-17:00 <nil>
}

func ExampleContact() {
	germany, _ := region.Lookup(region.Germany)
	for _, c := range germany.Contacts() {
		fmt.Println(len(c.Countries), c.Phone, c.Languages)
	}
	fmt.Println(germany.DomainSuffix())
	// Output:
	// 1 0800 589 2330 [German English]
	// 29 +49 69 380 789 305 [German English]
	// onmicrosoft.de
}

func ExampleOffice() {
	worldwide, _ := region.Lookup(region.Worldwide)
	algeria, err := worldwide.Office("DZ")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(algeria.Name(), algeria.Phones())
	for _, language := range algeria.Languages(region.Technical) {
		hours, _ := algeria.Hours(region.Technical, language)
		fmt.Println(language, hours.Hours(), hours.Zone())
	}
	_, err = worldwide.Hours(region.Technical, "DZ")
	fmt.Println(err)
	// Output:
	// Algeria [021 89 10 70 Select option 1 Select option 9 Enter code 7703]
	// Arabic Su-Th 09:00-17:00 Africa/Algiers
	// French Mo-Fr 08:00-21:00 Africa/Algiers
	// English 24/7 Africa/Algiers
	// region: no language given: want a language of Algeria: Arabic (Su-Th 09:00-17:00), French (Mo-Fr 08:00-21:00), English (24/7)
}

func ExampleRegion_Offices() {
	worldwide, _ := region.Lookup(region.Worldwide)
	// Who answers about a bill on a Saturday at two in the morning?
	for office := range worldwide.Offices() {
		hours, err := office.Hours(region.Billing, "English")
		if err != nil {
			continue // not in English
		}
		if saturday := time.Date(2024, time.March, 9, 2, 0, 0, 0, hours.Zone()); hours.IsOpen(saturday) {
			fmt.Println(office.Name(), office.Published(region.Billing, "English"))
		}
	}
	// Output:
	// French Polynesia Sun-Fri 10 PM-6 AM
	// New Caledonia Mon-Fri 7 PM-3 AM
	// Timor-Leste Mon-Fri 9 PM-5 AM
	// Togo Mon-Fri 8 AM-4 AM
	// Wallis and Futuna Sun-Fri 8 PM-4 AM
}

func ExampleUnknownError() {
	_, err := region.Lookup("o365")
	if unknown, ok := errors.AsType[*region.UnknownError](err); ok {
		fmt.Println(unknown.Text, errors.Is(err, region.ErrUnknownMoniker))
	}
	fmt.Println(err)
	// Output:
	// o365 true
	// region: unknown moniker "o365": want a moniker: o365-worldwide, o365-21vianet, o365-germany
}
