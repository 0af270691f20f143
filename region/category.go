package region

import "slices"

// Category is what a support request is about, by name. The zero Category is not set:
// [Office.Hours] takes it for [Technical], and package sla for the first category of
// the policy. A catalog can declare other categories.
type Category string

// The categories of the help page.
const (
	// Technical support: installation, setup, configuration and general use.
	Technical Category = "technical"
	// Billing and subscription management: signing up, buying, renewing and
	// cancelling, licences, and understanding the bill.
	Billing Category = "billing"
	// PreSales advice: features, plans, prices, licensing, trials and partners.
	PreSales Category = "pre-sales"
)

// categories lists the categories of the help page.
var categories = []string{string(Technical), string(Billing), string(PreSales)}

// check rejects categories that the help page does not have.
func (c Category) check() error {
	if c == "" || slices.Contains(categories, string(c)) {
		return nil
	}
	return &UnknownError{What: "category", Text: string(c), Want: "one of the help page", Known: categories}
}
