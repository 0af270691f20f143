package input

import (
	"fmt"
	"strings"
	"time"

	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
)

// Request is a request as text, from flags or from a row.
type Request struct{ Moniker, Category, Plan, Severity, Opened, Country, Metric string }

// Parse returns the request that the texts say. Moniker and plan are those of the
// published terms, in any case; with own, they are names of a catalog of one's own,
// as it has them.
func (in Request) Parse(own bool) (sla.Request, error) {
	r := sla.Request{
		Moniker: region.Moniker(strings.TrimSpace(in.Moniker)),
		Plan:    sla.Plan(strings.TrimSpace(in.Plan)),
		Country: strings.ToUpper(strings.TrimSpace(in.Country)),
		Metric:  sla.Metric(strings.TrimSpace(in.Metric)),
	}
	var err error
	if !own {
		if r.Moniker, err = region.ParseMoniker(in.Moniker); err != nil {
			return sla.Request{}, err
		}
	}
	if r.Category, err = region.ParseCategory(in.Category); err != nil {
		return sla.Request{}, err
	}
	if !own {
		if r.Plan, err = sla.ParsePlan(in.Plan); err != nil {
			return sla.Request{}, err
		}
	}
	if r.Severity, err = sla.ParseSeverity(in.Severity); err != nil {
		return sla.Request{}, err
	}
	if r.Opened, err = Instant(in.Opened); err != nil {
		return sla.Request{}, fmt.Errorf("opened %w", err)
	}
	return r, nil
}

// Instant reads a time as RFC 3339 has it. Package time takes more: an hour of one digit,
// a comma, an offset of sixty minutes, and one of a day, which it cannot write then.
func Instant(text string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, text)
	if err == nil {
		_, err = t.MarshalText()
	}
	const hour = len("2020-05-27T20")
	if err != nil || text[hour] != ':' || strings.Contains(text, ",") || !strings.HasSuffix(text, "Z") && text[len(text)-len("00")] >= '6' {
		return time.Time{}, fmt.Errorf("%q: want a time with its offset, such as 2020-05-27T20:00:00+08:00", text)
	}
	return t, nil
}
