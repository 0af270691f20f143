package sla

import (
	"errors"
	"strings"

	"github.com/duetime/duetime/region"
)

// Plan is what the customer has bought, as far as the terms depend on it. The
// zero Plan stands for the default of the request's moniker.
type Plan string

const (
	// Advanced is for customers who have signed an advanced online service
	// agreement with 21Vianet. It is the default of o365-21vianet.
	Advanced Plan = "advanced"
	// Standard is for all others of o365-21vianet, and for o365-germany.
	Standard Plan = "standard"
	// Business stands for Microsoft 365 Business Basic and Business Standard, and
	// Microsoft 365 Apps for business.
	Business Plan = "business"
	// Enterprise stands for the enterprise (E, F, K), government, education and
	// standalone plans. It is the default of o365-worldwide.
	Enterprise Plan = "enterprise"
	// Elevated stands for the paid support options, such as Premier and
	// Professional Direct Support.
	Elevated Plan = "elevated"
)

// ErrUnknownPlan is under the error for a plan that the moniker does not have.
var ErrUnknownPlan = errors.New("sla: unknown plan")

// ParsePlan returns the plan that a text names, in any case, and the zero Plan
// for "". Which plans a moniker has, the catalog says. For any other text the
// error is a *[region.UnknownError] of [ErrUnknownPlan].
func ParsePlan(s string) (Plan, error) {
	p := Plan(s)
	for range 2 {
		switch p {
		case "", Advanced, Standard, Business, Enterprise, Elevated:
			return p, nil
		}
		p = Plan(strings.ToLower(strings.TrimSpace(s)))
	}
	return "", &region.UnknownError{Err: ErrUnknownPlan, Text: s, Want: "advanced, standard, business, enterprise or elevated"}
}

// String returns the plan as it is written.
func (p Plan) String() string { return string(p) }

// MarshalText returns the plan as it is written. The error is always nil.
func (p Plan) MarshalText() ([]byte, error) { return []byte(p), nil }

// UnmarshalText reads a plan as it is written: there are catalogs with plans of
// their own. [ParsePlan] is for what people type. The error is always nil.
func (p *Plan) UnmarshalText(text []byte) error {
	*p = Plan(text)
	return nil
}
