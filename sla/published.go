package sla

import (
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
)

// The published terms, from two pages and what they are silent on.
const (
	helpPage = "Contact support for business products - Admin Help, 2020-05-27, " +
		"https://docs.microsoft.com/en-us/microsoft-365/admin/contact-support-for-business-products"
	servicePage = "Office 365 platform service description, Support, 2020-05-01, " +
		"https://docs.microsoft.com/en-us/office365/servicedescriptions/office-365-platform-service-description/support"

	chinaResponses = helpPage + ", o365-21vianet, Technical support initial response times"

	// The Chinese column of the page has 1 hour for severity B. The English
	// original has 1 business day, and so have the eleven other translations that
	// were compared (zh-TW, nl, de, ja, ru, fr, es, it, pt-BR, ko and sv) and
	// 21Vianet's own page for Dynamics 365. 1 business day it is.
	chinaResponseB = chinaResponses + " (English; the Chinese text of the page says 1 hour, against the original and eleven other translations)"

	chinaBilling = helpPage + ", o365-21vianet: billing has business hours and severity B at the highest; " +
		"the response times are those of the table for technical support; the hours are those of " +
		"Contact support for China (PRC), 2020-05-27, https://docs.microsoft.com/en-us/microsoft-365/admin/support/china-prc, " +
		"on statutory working days, as 21Vianet words it for its other products"

	germanHours = helpPage + ", o365-germany, publishes support hours and no response times; " +
		"those of o365-21vianet are applied, business days to Berlin's business hours"

	// "Next day" is read as the same time of day on the day after.
	nextDay = servicePage + `, Technical support initial response times ("next day", available 24/7)`

	responses = servicePage + ", Technical support initial response times"

	untilResolved = "continuous effort until the problem is resolved"

	accurateContact = "give accurate contact information and stay reachable for the life of the request"
	criticalDuties  = "state the business impact; assign people to the joint investigation; " + accurateContact
	accountDetails  = "an administrator calls, with the account details at hand"
)

// Published returns the catalog of the published terms of the three clouds, as
// they stood on 2020-05-27. Every call returns the same catalog.
//
//	moniker         plan        category   A            B            C
//	o365-21vianet   *advanced   technical  1h           1bd          3bd
//	                standard    technical  not offered  1bd          3bd
//	                both        billing    not offered  1bd adopted  3bd adopted
//	                both        pre-sales  no commitment
//	o365-germany    *standard   technical  1h adopted   1bd adopted  3bd adopted
//	                standard    billing    not offered  1bd adopted  3bd adopted
//	                standard    pre-sales  no commitment
//	o365-worldwide  business    technical  1h           no commitment
//	                *enterprise technical  1h           1bd          no commitment
//	                elevated    technical  1h           2h           4h
//	                all         others     not offered  no commitment
//
// The plan with the star is the moniker's default. Severity A counts round the
// clock, and so does everything worldwide; 21Vianet's technical support from
// 09:00 to 24:00 in Beijing, every day of the year, and its billing support from
// Monday to Friday, 09:00 to 18:00 on China's statutory working days; Germany's
// from Monday to Friday, 09:00 to 17:00 in Berlin, except Berlin's holidays.
//
// The page publishes Germany's technical support as 24/7, but no response times.
// As business days of round-the-clock hours would be no more than days, the
// adopted business days are those of Berlin's business hours.
func Published() *Catalog { return publishedCatalog() }

var publishedCatalog = sync.OnceValue(func() *Catalog {
	always := desk{calendar: calendar.AlwaysOpen()}
	beijing := deskOf(region.China, region.Technical)
	beijingBilling := deskOf(region.China, region.Billing)
	berlin := deskOf(region.Germany, region.Billing)

	chinaB := beijing.term(Term{Target: BusinessDays(1), Duties: accurateContact, Source: chinaResponseB, Basis: BasisPublished})
	chinaC := beijing.term(Term{Target: BusinessDays(3), Duties: accurateContact, Source: chinaResponses, Basis: BasisPublished})
	chinaBilled := row{
		notOffered("severity A is for technical support only", chinaResponses+", note 2"),
		beijingBilling.term(Term{Target: BusinessDays(1), Duties: accurateContact, Source: chinaBilling, Basis: BasisAdopted}),
		beijingBilling.term(Term{Target: BusinessDays(3), Duties: accurateContact, Source: chinaBilling, Basis: BasisAdopted}),
	}
	chinaAdvice := all(noCommitment("the publisher gives pre-sales support hours and no response time", helpPage))

	german := func(t Term) Term {
		t.Duties, t.Source, t.Basis = accountDetails, germanHours, BasisAdopted
		return t
	}
	germanB := berlin.term(german(Term{Target: BusinessDays(1)}))
	germanC := berlin.term(german(Term{Target: BusinessDays(3)}))

	silent := noCommitment("the publisher promises no response time", servicePage)
	worldwideA := always.term(Term{Target: Within(time.Hour), Duties: accountDetails, Source: responses, Basis: BasisPublished})
	worldwideOther := row{notOffered("severity A is for technical support only", servicePage), silent, silent}

	c := &Catalog{"published 2020-05-27", []policy{
		{moniker: region.Worldwide, plan: Enterprise, entries: [3]row{
			region.Technical: {worldwideA, always.term(Term{Target: BusinessDays(1), Duties: accountDetails, Source: nextDay, Basis: BasisPublished}), silent},
			region.Billing:   worldwideOther,
			region.PreSales:  worldwideOther,
		}},
		{moniker: region.Worldwide, plan: Business, entries: [3]row{
			region.Technical: {worldwideA, silent, silent},
			region.Billing:   worldwideOther,
			region.PreSales:  worldwideOther,
		}},
		{moniker: region.Worldwide, plan: Elevated, entries: [3]row{
			region.Technical: {
				worldwideA,
				always.term(Term{Target: Within(2 * time.Hour), Duties: accountDetails, Source: responses, Basis: BasisPublished}),
				always.term(Term{Target: Within(4 * time.Hour), Duties: accountDetails, Source: responses, Basis: BasisPublished}),
			},
			region.Billing:  worldwideOther,
			region.PreSales: worldwideOther,
		}},
		{moniker: region.China, plan: Advanced, entries: [3]row{
			region.Technical: {
				always.term(Term{Target: Within(time.Hour), FollowUp: untilResolved, Duties: criticalDuties, Source: chinaResponses, Basis: BasisPublished}),
				chinaB, chinaC,
			},
			region.Billing:  chinaBilled,
			region.PreSales: chinaAdvice,
		}},
		{moniker: region.China, plan: Standard, entries: [3]row{
			region.Technical: {
				notOffered("severity A needs an advanced online service agreement with 21Vianet", chinaResponses+", note 2"),
				chinaB, chinaC,
			},
			region.Billing:  chinaBilled,
			region.PreSales: chinaAdvice,
		}},
		{moniker: region.Germany, plan: Standard, entries: [3]row{
			region.Technical: {always.term(german(Term{Target: Within(time.Hour), FollowUp: untilResolved})), germanB, germanC},
			region.Billing:   {notOffered("severity A is for technical support only, as with o365-21vianet", germanHours), germanB, germanC},
			region.PreSales:  all(noCommitment("the publisher gives pre-sales support and no response time", helpPage)),
		}},
	}}
	c.fillIn()
	return c
})

// desk is a calendar to count in, or why there is none.
type desk struct {
	calendar *calendar.Calendar
	err      error
}

// deskOf returns the desk of a region in which one desk serves all countries.
func deskOf(m region.Moniker, category region.Category) desk {
	r, err := region.Lookup(m)
	if err != nil {
		return desk{err: err}
	}
	c, err := r.Hours(category, "")
	return desk{c, err}
}

func (d desk) term(t Term) entry {
	t.Calendar = d.calendar
	return entry{t, d.err}
}

func noCommitment(reason, source string) entry {
	return entry{err: TermError{Err: ErrNoCommitment, Reason: reason + "; bring a catalog of your own (NewCatalog)", Source: source}}
}

func notOffered(reason, source string) entry {
	return entry{err: TermError{Err: ErrNotOffered, Highest: SeverityB, Reason: reason, Source: source}}
}

func all(e entry) row { return row{e, e, e} }

// fillIn writes into every entry what its place in the table says.
func (c *Catalog) fillIn() {
	for i := range c.policies {
		p := &c.policies[i]
		p.isDefault = !slices.ContainsFunc(c.policies[:i], func(q policy) bool { return q.moniker == p.moniker })
		for category := range p.entries {
			for s := range p.entries[category] {
				e := &p.entries[category][s]
				e.term.Metric, e.term.Category, e.term.Severity = FirstResponse, region.Category(category), SeverityA+Severity(s)
				if why, ok := errors.AsType[TermError](e.err); ok {
					why.Moniker, why.Plan, why.Category, why.Severity = p.moniker, p.plan, e.term.Category, e.term.Severity
					e.err = why
				}
			}
		}
	}
}
