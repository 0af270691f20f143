package region

import (
	"strings"
	"sync"
)

// The pages that the facts below are from.
const (
	helpPage  = "Contact support for business products - Admin Help, 2020-05-27, https://docs.microsoft.com/en-us/microsoft-365/admin/contact-support-for-business-products"
	chinaPage = "Contact support for China (PRC), 2020-05-27, https://docs.microsoft.com/en-us/microsoft-365/admin/support/china-prc"
)

// economicArea are the countries of the European Economic Area on the day of the
// page, without Germany: the 26 others of the European Union, and Iceland,
// Liechtenstein and Norway (EFTA, EEA Agreement, as of 2020-02-01).
const economicArea = "AT BE BG CY CZ DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"

var (
	english       = []string{"English"}
	germanEnglish = []string{"German", "English"}
)

// What is known of each moniker is put together when it is first asked for.

var worldwide = sync.OnceValue(func() *facts {
	return &facts{
		moniker:     Worldwide,
		name:        "Microsoft 365, worldwide",
		operator:    "Microsoft",
		adminCenter: "https://admin.microsoft.com",
		source:      helpPage + "; offices: " + listPages,
		// The four that the help page itself names. Its country list, which is in
		// offices.txt, says the same of their hours, and more: a second number for
		// Australia and the United Kingdom, and French for Canada. It writes Australia's
		// number as 1800 197 503.
		contacts: []Contact{
			{Countries: []string{"AU"}, Phone: "1 800 197 503", Languages: english},
			{Countries: []string{"CA"}, Phone: "1 800 865 9408", Languages: english},
			{Countries: []string{"GB"}, Phone: "0800 032 6417", Languages: english},
			{Countries: []string{"US"}, Phone: "1 800 865 9408", Languages: english},
		},
		desks: map[desk]hours{
			{Technical, ""}: once("UTC", "24/7", "worldwide, technical support"),
		},
	}
})

var china = sync.OnceValue(func() *facts {
	return &facts{
		moniker:  China,
		name:     "Office 365 operated by 21Vianet",
		operator: "21Vianet",
		source:   helpPage + "; billing hours: " + chinaPage,
		contacts: []Contact{
			{Countries: []string{"CN"}, Phone: "(86) 400-089-0365"},
		},
		home: "CN",
		desks: map[desk]hours{
			// "9:00 ~24:00 (Beijing Time) a day, 365 days", for severities B and C.
			{Technical, "CN"}: once("Asia/Shanghai", "Mo-Su 09:00-24:00", "21Vianet, technical support"),
			// "China business hours (Beijing Time), Monday through Friday"; the times
			// are those of the page for China, which has them for billing. That the
			// days are the statutory working days is 21Vianet's wording for its other
			// products.
			{Billing, "CN"}: once("Asia/Shanghai", "Mo-Fr 09:00-18:00", "21Vianet, business hours", "CN"),
		},
	}
})

var germany = sync.OnceValue(func() *facts {
	return &facts{
		moniker:      Germany,
		name:         "Office 365 Germany",
		operator:     "Microsoft",
		domainSuffix: "onmicrosoft.de",
		source:       helpPage,
		contacts: []Contact{
			{
				Countries: []string{"DE"}, Phone: "0800 589 2330", AlternativePhone: "069 380 789 305", Languages: germanEnglish,
				Note: "local call charges apply to the alternative number",
			},
			{
				Countries: strings.Fields(economicArea), Phone: "+49 69 380 789 305", Languages: germanEnglish,
				Note: "an international call to Germany; a request through the admin center costs no call",
			},
		},
		home: "DE",
		desks: map[desk]hours{
			{Technical, "DE"}: once("Europe/Berlin", "24/7", "Office 365 Germany, technical support"),
			{Billing, "DE"}:   once("Europe/Berlin", "Mo-Fr 09:00-17:00", "Office 365 Germany, business hours", "DE-BE"),
		},
	}
})
