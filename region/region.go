// Package region has the facts of Microsoft's help page about business support of
// 2020: three clouds, each with its own support, and how to reach it.
//
// A [Moniker] names a cloud and answers questions about countries. [Lookup] returns
// the facts about one cloud. The worldwide cloud has 246 support offices, one for each
// country or region of the page's list. [LookupOffice] finds the office to call:
//
//	office, err := region.LookupOffice("FR")
//	fmt.Println(office.Phones)
//	hours, err := office.Hours(region.Technical, "French") // Mo-Fr 08:00-21:00 Europe/Paris
//	open := hours.IsOpen(time.Now())
//
// China and Germany have one desk each. [Region] has its telephone numbers and the
// page's wording of its hours. The published terms of package sla have the calendars
// of these desks, because due times count in them.
//
// Results belong to the caller, who may change them. [Office.Hours] reads zones from
// the time zone data of the machine. For a machine without them, such as an empty
// container, import _ "time/tzdata".
package region

import "strings"

// Region holds the facts about one cloud, as the help page states them. A field is
// empty if the page does not say. The zero Region has no facts.
type Region struct {
	Name     string              // such as "Office 365 Germany"
	Operator string              // who gives support: "Microsoft" or "21Vianet"
	Contacts []Contact           // the desk's own country first; worldwide four of the [Offices]
	Wording  map[Category]string // the page's words for the hours of a category
	Source   string              // the pages that the facts are from
}

// Lookup returns the region of a moniker. For a moniker that the help page does not
// have, the error is an *[UnknownError].
func Lookup(m Moniker) (Region, error) {
	switch m {
	case Worldwide:
		return worldwide(), nil
	case China:
		return china(), nil
	case Germany:
		return germany(), nil
	}
	return Region{}, unknownMoniker(m)
}

// The pages that the facts below are from.
const (
	helpPage  = "Contact support for business products - Admin Help, 2020-05-27, https://docs.microsoft.com/en-us/microsoft-365/admin/contact-support-for-business-products"
	chinaPage = "Contact support for China (PRC), 2020-05-27, https://docs.microsoft.com/en-us/microsoft-365/admin/support/china-prc"
)

// economicArea lists the countries of the European Economic Area on the day of the
// page, without Germany: the 26 others of the European Union, and Iceland,
// Liechtenstein and Norway (EFTA, EEA Agreement, as of 2020-02-01).
const economicArea = "AT BE BG CY CZ DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"

func worldwide() Region {
	return Region{
		Name:     "Microsoft 365, worldwide",
		Operator: "Microsoft",
		Source:   helpPage + "; offices: " + listPages,
		// The country list in offices.txt has the same hours, and more: a second number
		// for Australia and the United Kingdom, and French for Canada. It writes
		// Australia's number as 1800 197 503.
		Contacts: []Contact{
			{Countries: []string{"AU"}, Phone: "1 800 197 503", Languages: []string{"English"}},
			{Countries: []string{"CA"}, Phone: "1 800 865 9408", Languages: []string{"English"}},
			{Countries: []string{"GB"}, Phone: "0800 032 6417", Languages: []string{"English"}},
			{Countries: []string{"US"}, Phone: "1 800 865 9408", Languages: []string{"English"}},
		},
		Wording: map[Category]string{
			Technical: "24 hours a day, 7 days a week",
			Billing:   "9 AM-5 PM (9 AM-6 PM in Australia), Monday-Friday",
		},
	}
}

func china() Region {
	return Region{
		Name:     "Office 365 operated by 21Vianet",
		Operator: "21Vianet",
		Source:   helpPage + "; billing hours: " + chinaPage,
		Contacts: []Contact{
			{Countries: []string{"CN"}, Phone: "(86) 400-089-0365"},
		},
		// The help page gives no times for business hours. The page for China has them
		// for billing, and offices.txt has that page's wording under CN.
		Wording: map[Category]string{
			Technical: "Severity A: 24*7 continuous service; Severity B/C: 9:00 ~24:00 (Beijing Time) a day, 365 days",
			Billing:   "China business hours (Beijing Time), Monday through Friday",
			PreSales:  "local business hours, Monday through Friday",
		},
	}
}

func germany() Region {
	return Region{
		Name:     "Office 365 Germany",
		Operator: "Microsoft",
		Source:   helpPage,
		Contacts: []Contact{
			{
				Countries: []string{"DE"}, Phone: "0800 589 2330", AlternativePhone: "069 380 789 305", Languages: []string{"German", "English"},
				Note: "local call charges apply to the alternative number",
			},
			{
				Countries: strings.Fields(economicArea), Phone: "+49 69 380 789 305", Languages: []string{"German", "English"},
				Note: "an international call to Germany; a request through the admin center costs no call",
			},
		},
		Wording: map[Category]string{
			Technical: "24 hours a day, 7 days a week",
			Billing:   "Mon-Fri 9-5 Berlin",
		},
	}
}
