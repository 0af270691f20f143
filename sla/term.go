package sla

import (
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
)

// Metric says what is to happen by the due time. Catalogs may have any; the zero
// Metric stands for FirstResponse.
type Metric string

const (
	// FirstResponse is the initial response to a request, the metric of all
	// published terms.
	FirstResponse Metric = "first-response"
	// NextResponse is the response to what the customer has written since.
	NextResponse Metric = "next-response"
	// Resolution is the end of the problem, or a way round it.
	Resolution Metric = "resolution"
)

// ErrUnknownMetric is wrapped by the error for a metric that a catalog has no term for.
var ErrUnknownMetric = errors.New("sla: unknown metric")

// Basis says where a term is from, so that a promise can be told from an
// inference. The zero Basis is BasisCustom.
type Basis uint8

const (
	// BasisCustom: from a catalog of the caller's own.
	BasisCustom Basis = iota
	// BasisPublished: the publisher states the figure for just this case.
	BasisPublished
	// BasisAdopted: the publisher is silent on this case, and the figure is that of a
	// neighbouring one, as Term.Source says.
	BasisAdopted
)

var bases = names{"custom", "published", "adopted"}

// String returns "custom", "published" or "adopted".
func (b Basis) String() string { return bases.text("Basis", uint8(b)) }

// MarshalText returns the form of [Basis.String]. A value that is no basis is a
// *[region.UnknownError].
func (b Basis) MarshalText() ([]byte, error) { return bases.marshal("Basis", uint8(b)) }

// UnmarshalText reads what [Basis.MarshalText] writes.
func (b *Basis) UnmarshalText(text []byte) error { return unmarshal(bases, b, text) }

// Term is one commitment: what is due how soon, counted in which hours. It holds for
// each of its severities in each of its categories.
type Term struct {
	Metric     Metric            // "" is FirstResponse
	Categories []region.Category // nil: all of the policy
	Severities []Severity        // nil: all of the policy
	Target     Target
	// Calendar holds the hours in which the target counts. Requests from a country in
	// Countries, by its ISO 3166-1 alpha-2 code, count in the calendar given there. If
	// Calendar is nil, requests from other countries are ErrUnknownCountry.
	Calendar  *calendar.Calendar
	Countries map[string]*calendar.Calendar
	FollowUp  string // what comes after the response
	Duties    string // what the customer has to do
	Source    string // where the figures are from
	Basis     Basis
	// Thresholds are the points on the way to the due time, and beyond, at which
	// somebody wants to know. The published terms have none; Clock.WithThresholds adds
	// some.
	Thresholds []Threshold
}

// clone returns a copy that shares nothing that a caller could change.
func (t Term) clone() Term {
	t.Categories, t.Severities = slices.Clone(t.Categories), slices.Clone(t.Severities)
	t.Countries, t.Thresholds = maps.Clone(t.Countries), slices.Clone(t.Thresholds)
	return t
}

// forOne returns a copy of the term for one case, which a Request tells.
func (t *Term) forOne() Term {
	c := *t
	c.Categories, c.Severities, c.Countries = nil, nil, nil
	c.Thresholds = slices.Clone(t.Thresholds)
	return c
}

// in returns the term as it holds in a country, in whose calendar it counts.
func (t *Term) in(country string) (*Term, error) {
	if t.Countries == nil {
		return t, nil
	}
	c := *t
	c.Countries = nil
	if own := t.Countries[country]; own != nil {
		c.Calendar = own
	}
	if c.Calendar == nil {
		return nil, &region.UnknownError{Err: region.ErrUnknownCountry, Text: country, Want: "a country that the term counts in", Known: sortedKeys(t.Countries)}
	}
	return &c, nil
}

// Request is a support request, as far as its due time depends on it.
type Request struct {
	Moniker  region.Moniker
	Category region.Category // "" is the first of the policy: Technical in the published terms
	Plan     Plan            // "" is the default of the moniker
	Severity Severity
	Opened   time.Time
	Country  string // ISO 3166-1 alpha-2, or "" where it does not matter
	Metric   Metric // "" is FirstResponse
}

// Deadline is a due time and what it follows from.
type Deadline struct {
	Catalog string // the version of the catalog that it is of
	// PolicyFrom is since when the policy is in force that the request is judged by:
	// the version in force at its opening. It is zero for one that always was.
	PolicyFrom time.Time
	Request    Request   // with its Plan, Category and Metric filled in
	Term       Term      // as it holds for the request: without Categories, Severities and Countries
	Start      time.Time // the first open instant of Term.Calendar at or after the opening (R13)
	Due        time.Time // when the target is due for that start
	// Provisional says that the due time may yet change, or is wrong: between the
	// opening and it lie days of a year whose holidays are not settled, as no
	// notice has announced them yet or the calendar's set does not cover the year.
	Provisional bool

	policy *policy  // of the catalog, nil for a deadline made by hand
	of     Severity // of the term, which a catalog has given
}
