package sla

// Severity is how badly a problem hurts the customer, by name: "A" in the published
// terms, "P1" or "urgent" in a catalog of your own. The zero Severity is not set; no
// request can go without one.
//
// Which severities there are, and which is more severe, is up to the policy: see
// [Policy.Severities] and [Catalog.Severities]. [Catalog.ParseSeverity] reads what
// people type.
type Severity string

// The levels of the help page of 2020-05-27 and of the Office 365 platform service
// description of 2020-05-01. Support assigns one when a case is opened, and 21Vianet
// may lower it later if the customer does not cooperate in reasonable time.
const (
	// SeverityA, critical: a service is down or cannot be reached, for many, and
	// production, operations or a deployment suffer for it. Examples of the page:
	// widespread problems sending or receiving mail; a SharePoint site down; no
	// user can send instant messages, join or schedule Skype for Business
	// meetings, or make calls.
	SeverityA Severity = "A"
	// SeverityB, high: the service works, but not as it should; the business
	// feels it and can wait for business hours. One user, customer or service is
	// affected in part. Examples of the page: the Send button in Outlook is
	// garbled; a setting cannot be made in the Exchange admin center but can in
	// PowerShell.
	SeverityB Severity = "B"
	// SeverityC, non-critical (or medium, as the page's table of responses calls
	// it): little impact, productivity hardly suffers, and there is a way round.
	// Examples of the page: how to set a password that never expires; a user
	// cannot delete contact information in Exchange Online.
	SeverityC Severity = "C"
)
