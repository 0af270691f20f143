package region_test

import (
	"errors"
	"fmt"

	"github.com/duetime/duetime/region"
)

func ExampleRegion() {
	for _, r := range region.All() {
		hours, err := r.Hours(region.Billing, "")
		if err != nil {
			hours, _ = r.Hours(region.Billing, "AU")
		}
		fmt.Println(hours)
	}
	// Output:
	// Australia, billing support: Mo-Fr 09:00-18:00 Australia/Sydney
	// 21Vianet, business hours: Mo-Fr 09:00-18:00 Asia/Shanghai, holidays CN
	// Office 365 Germany, business hours: Mo-Fr 09:00-17:00 Europe/Berlin, holidays DE-BE
}

func ExampleMoniker() {
	m, err := region.ParseMoniker("O365-21Vianet")
	fmt.Println(m, err)
	r, _ := region.Lookup(m)
	fmt.Println(r.Name(), "by", r.Operator())
	// Output:
	// o365-21vianet <nil>
	// Office 365 operated by 21Vianet by 21Vianet
}

func ExampleCategory() {
	var c region.Category
	fmt.Println(c)
	c, _ = region.ParseCategory("presales")
	fmt.Println(c)
	// Output:
	// technical
	// pre-sales
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

func ExampleUnknownError() {
	_, err := region.ParseMoniker("o365")
	if unknown, ok := errors.AsType[*region.UnknownError](err); ok {
		fmt.Println(unknown.Text, errors.Is(err, region.ErrUnknownMoniker))
	}
	fmt.Println(err)
	// Output:
	// o365 true
	// region: unknown moniker "o365": want o365-worldwide, o365-21vianet or o365-germany
}
