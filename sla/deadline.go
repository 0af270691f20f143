package sla

import (
	"encoding/json"
	"time"

	"github.com/duetime/duetime/sla/internal/instant"
)

// Deadline is a due time and what it follows from.
type Deadline struct {
	Catalog string // its version
	// InForceSince is when the version of the policy came into force that was in force
	// at the opening. It is zero for a policy without a beginning.
	InForceSince time.Time
	Request      Request   // with its Plan, Category and Metric filled in
	Term         Term      // as it holds for the request: without Categories, Severities and Countries
	Start        time.Time // the first open instant of Term.Calendar at or after the opening (R13)
	Due          time.Time // when the target is due for that start
	// Provisional says that the due time can still change: the holidays of a year
	// between the opening and it have not all been announced, or the calendar's set does
	// not cover the year.
	Provisional bool
}

// MarshalJSON returns the deadline as an object without empty fields. It cannot be read back:
// store a ticket of package ticket, or the request.
//
//	{"catalog": "2026-07", "request": {...}, "term": {...}, "start": "2026-07-06T10:00:00+02:00", "due": "2026-07-06T14:00:00+02:00"}
func (d Deadline) MarshalJSON() ([]byte, error) {
	var term *Term
	if d.Term.Calendar != nil {
		term = &d.Term
	}
	return json.Marshal(struct {
		Catalog      string        `json:"catalog"`
		InForceSince instant.Stamp `json:"in_force_since,omitzero"`
		Request      Request       `json:"request"`
		Term         *Term         `json:"term,omitempty"`
		Start        instant.Stamp `json:"start,omitzero"`
		Due          instant.Stamp `json:"due,omitzero"`
		Provisional  bool          `json:"provisional,omitempty"`
	}{d.Catalog, instant.Stamp{Time: d.InForceSince}, d.Request, term, instant.Stamp{Time: d.Start}, instant.Stamp{Time: d.Due}, d.Provisional})
}
