package sla

// Plan names what the customer has bought. The zero Plan stands for the moniker's default
// plan. [Catalog.Plans] lists a moniker's plans.
type Plan string

const (
	// PlanAdvanced is for customers who have signed an advanced online service
	// agreement with 21Vianet. It is the default of o365-21vianet.
	PlanAdvanced Plan = "advanced"
	// PlanStandard is for all others of o365-21vianet, and for o365-germany.
	PlanStandard Plan = "standard"
	// PlanBusiness stands for Microsoft 365 Business Basic and Business Standard, and
	// Microsoft 365 Apps for business.
	PlanBusiness Plan = "business"
	// PlanEnterprise stands for the enterprise (E, F, K), government, education and
	// standalone plans. It is the default of o365-worldwide.
	PlanEnterprise Plan = "enterprise"
	// PlanElevated stands for the paid support options, such as Premier and
	// Professional Direct Support.
	PlanElevated Plan = "elevated"
)
