package region

import (
	"fmt"
	"strings"
)

// Category is what a support request is about. The zero Category is Technical.
type Category uint8

// The categories of the help page.
const (
	// Technical support: installation, setup, configuration and general use.
	Technical Category = iota
	// Billing and subscription management: signing up, buying, renewing and
	// cancelling, licences, and understanding the bill.
	Billing
	// PreSales advice: features, plans, prices, licensing, trials and partners.
	PreSales
)

var categoryNames = [...]string{"technical", "billing", "pre-sales"}

func (c Category) valid() bool { return int(c) < len(categoryNames) }

// ParseCategory returns the category that a text names: technical, billing or
// pre-sales (or presales), in any case. For any other text the error is an
// *[UnknownError] of [ErrUnknownCategory].
func ParseCategory(s string) (Category, error) {
	name := s
	for range 2 {
		switch name {
		case "technical":
			return Technical, nil
		case "billing":
			return Billing, nil
		case "pre-sales", "presales":
			return PreSales, nil
		}
		name = strings.ToLower(strings.TrimSpace(s))
	}
	return 0, unknownCategory(s)
}

func unknownCategory(s string) error {
	return &UnknownError{ErrUnknownCategory, s, "technical, billing or pre-sales"}
}

// String returns "technical", "billing" or "pre-sales".
func (c Category) String() string {
	if !c.valid() {
		return fmt.Sprintf("Category(%d)", uint8(c))
	}
	return categoryNames[c]
}

// AppendText appends the form of [Category.String] to b. A value that is no
// category is an *[UnknownError].
func (c Category) AppendText(b []byte) ([]byte, error) {
	if !c.valid() {
		return b, unknownCategory(c.String())
	}
	return append(b, categoryNames[c]...), nil
}

// MarshalText returns the form of [Category.String], as AppendText.
func (c Category) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads what [ParseCategory] reads.
func (c *Category) UnmarshalText(text []byte) error {
	v, err := ParseCategory(string(text))
	if err == nil {
		*c = v
	}
	return err
}
