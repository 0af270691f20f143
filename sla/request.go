package sla

import (
	"encoding/json"
	"sync"
	"time"

	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla/internal/instant"
	"github.com/duetime/duetime/sla/internal/jsontree"
)

// Request is a support request, as far as its due time depends on it.
type Request struct {
	Moniker  region.Moniker
	Category region.Category // "" is the first of the policy: Technical in the published terms
	Plan     Plan            // "" is the default of the moniker
	Severity Severity
	Opened   time.Time
	Country  string // ISO 3166-1 alpha-2, or "" where it does not matter; any two capital letters in a catalog of your own
	Metric   Metric // "" is FirstResponse
}

type requestForm struct {
	Moniker  region.Moniker  `json:"moniker"`
	Category region.Category `json:"category,omitempty"`
	Plan     Plan            `json:"plan,omitempty"`
	Severity Severity        `json:"severity,omitempty"`
	Opened   instant.Stamp   `json:"opened"`
	Country  string          `json:"country,omitempty"`
	Metric   Metric          `json:"metric,omitempty"`
}

var requestForms = sync.OnceValue(jsontree.FormsOf[requestForm])

// MarshalJSON returns the request as an object, without what is empty:
//
//	{"moniker": "o365-germany", "category": "billing", "plan": "standard", "severity": "B", "opened": "2024-03-08T16:00:00+01:00", "country": "DE"}
func (r Request) MarshalJSON() ([]byte, error) {
	return json.Marshal(requestForm{r.Moniker, r.Category, r.Plan, r.Severity, instant.Stamp{Time: r.Opened}, r.Country, r.Metric})
}

// UnmarshalJSON reads what [Request.MarshalJSON] writes. A field that requests do not have
// is an error.
func (r *Request) UnmarshalJSON(data []byte) error {
	var f requestForm
	err := jsontree.Unmarshal("sla: request", data, &f, requestForms())
	if err == nil {
		*r = Request{f.Moniker, f.Category, f.Plan, f.Severity, f.Opened.Time, f.Country, f.Metric}
	}
	return err
}
