package region

import "slices"

// Category is what a support request is about, by name. In a [Region], "" stands for
// [Technical]; in a request of package sla it stands for the first category of the
// policy. A catalog can declare other categories.
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

// check returns what is wrong with a category of a region.
func (c Category) check() error {
	if c == "" || slices.Contains(categories, string(c)) {
		return nil
	}
	return &UnknownError{Err: ErrUnknownCategory, Text: string(c), Want: "one of the help page", Known: categories}
}
