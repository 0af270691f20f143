package sla

import "errors"

// Plan is what the customer has bought, by name. The zero Plan stands for the default
// of the request's moniker. [Catalog.Plans] returns those of a moniker.
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

// ErrUnknownPlan is wrapped by the error for a plan that the moniker does not have.
var ErrUnknownPlan = errors.New("sla: unknown plan")
