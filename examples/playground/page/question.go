// Package page is the page of the playground: a question in, HTML out. The server and
// the browser, to which it is compiled, have it from here alike.
package page

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

// Question is what the form asks, each field as it was entered, without the blanks around
// it. An empty one is not in the address.
type Question struct {
	Language string // en, de or zh
	Moniker  string
	Category string
	Plan     string
	Severity string
	Country  string
	Metric   string
	Opened   string // by the clock of Zone: 2006-01-02T15:04, or with seconds
	Zone     string
	Second   string // a zone whose hours are shown, too
	Now      string // as Opened; "" is the time that it is
	Events   []Event
	Catalog  string // the text of one's own, as JSON

	usual   string   // the metric where none is chosen
	unknown []string // names in the address that are of no field
	fault   error    // what of the address cannot be read
}

// Event is what happens to the request: a word of its policy, or severityChanged.
type Event struct{ At, Word, Severity, Note string }

// severityChanged stands in place of a word for a change of severity. If a policy declares
// this word, the event is both.
const severityChanged = "severity-changed"

// names are those of the fields in the address.
func (q *Question) names() map[string]*string {
	return map[string]*string{
		"lang": &q.Language, "moniker": &q.Moniker, "category": &q.Category, "plan": &q.Plan, "severity": &q.Severity,
		"country": &q.Country, "metric": &q.Metric, "opened": &q.Opened, "zone": &q.Zone, "second": &q.Second,
		"now": &q.Now, "catalog": &q.Catalog,
	}
}

// Parse reads the question in an address, without the question mark. What is wrong with
// the address is said on the page.
func Parse(address string) (q Question) {
	v, err := Query("address", address)
	if err != nil {
		q.fault = err
	}
	fields := q.names()
	for _, name := range slices.Sorted(maps.Keys(v)) {
		field := fields[name]
		switch {
		case name == "at" || name == "event" || name == "to" || name == "note": // one for each event
		case field == nil:
			q.unknown = append(q.unknown, name)
		case len(v[name]) > 1:
			q.fault = fmt.Errorf("address: %s is there %d times: want it once", name, len(v[name]))
			fallthrough
		default:
			*field = strings.TrimSpace(v.Get(name))
		}
	}
	if q.Catalog != "" {
		q.Catalog = v.Get("catalog") // in which faults have their lines
	}
	for i := range max(len(v["at"]), len(v["event"]), len(v["to"]), len(v["note"])) {
		list := func(name string) string {
			if i < len(v[name]) {
				return strings.TrimSpace(v[name][i])
			}
			return ""
		}
		if e := (Event{list("at"), list("event"), list("to"), list("note")}); e != (Event{}) {
			q.Events = append(q.Events, e)
		}
	}
	return q
}

// Values returns the question as it stands in an address.
func (q Question) Values() url.Values {
	v := url.Values{}
	for name, field := range q.names() {
		if *field != "" {
			v.Set(name, *field)
		}
	}
	for _, e := range q.Events {
		v.Add("at", e.At)
		v.Add("event", e.Word)
		v.Add("to", e.Severity)
		v.Add("note", e.Note)
	}
	return v
}

// filled returns the question with what was left out of it: English and Germany.
func (q Question) filled() Question {
	if q.Language = strings.ToLower(q.Language); q.Language != "de" && q.Language != "zh" {
		q.Language = "en"
	}
	if q.Moniker == "" && q.Catalog == "" {
		q.Moniker = string(region.Germany)
	}
	q.Country = strings.ToUpper(q.Country)
	q.Events = slices.Clone(q.Events)
	return q
}

// placed returns the question with what was left out of its times: the clock is that of
// the desk, and the request is opened now.
func (q Question) placed(now time.Time) Question {
	if q.Zone == "" {
		zone, err := region.Moniker(q.Moniker).Zone(q.Country)
		if err != nil {
			zone = "UTC"
		}
		q.Zone = zone
	}
	if q.Opened == "" {
		zone, err := time.LoadLocation(q.Zone)
		if err != nil {
			zone = time.UTC // until there is a good one
		}
		q.Opened = now.In(zone).Format(wall)
	}
	return q
}

// wall is how a browser writes a date with a time of day.
const wall = "2006-01-02T15:04"

// instant reads a wall time in a zone. One that a change of the clock skips is the first
// instant after the gap, a repeated one the first, as everywhere in duetime (R7).
func instant(text, zone string) (time.Time, error) {
	always, err := calendar.New(zone, "24/7")
	if err != nil {
		return time.Time{}, err
	}
	var t time.Time
	for _, layout := range []string{wall, "2006-01-02T15:04:05"} {
		if t, err = time.Parse(layout, text); err == nil && t.Format(layout) == text { // package time takes a fraction, too
			break
		}
		err = fmt.Errorf("time %q: want a date and a time of day, such as 2024-03-28T15:00", text)
	}
	if err != nil {
		return time.Time{}, err
	}
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	at, err := always.At(calendar.DateOf(t), t.Sub(day))
	if errors.Is(err, calendar.ErrOutOfRange) {
		err = fmt.Errorf("time %q is %w", text, calendar.ErrOutOfRange)
	}
	return at, err
}

// catalog returns the terms that the question is judged by, and what is wrong with them.
func (q Question) catalog() (*sla.Catalog, []sla.Fault, error) {
	if q.Catalog == "" {
		return sla.Published(), nil, nil
	}
	c, err := sla.ParseCatalog([]byte(q.Catalog))
	if bad, ok := errors.AsType[*sla.CatalogError](err); ok {
		return nil, bad.Faults, nil
	}
	return c, nil, err
}

// request returns what is asked of the catalog, in whose names the question is.
func (q Question) request() (r sla.Request, err error) {
	r = q.form()
	r.Category, r.Severity = region.Category(q.Category), sla.Severity(q.Severity)
	r.Country, r.Metric = q.Country, sla.Metric(cmp.Or(q.Metric, q.usual))
	r.Opened, err = instant(q.Opened, q.Zone)
	return r, err
}

// form returns what decides which severities, categories and metrics there are. An opening
// that cannot be read is left out.
func (q Question) form() sla.Request {
	r := sla.Request{Moniker: region.Moniker(q.Moniker), Plan: sla.Plan(q.Plan)}
	if opened, err := instant(q.Opened, q.Zone); err == nil {
		r.Opened = opened
	}
	return r
}

// ticket returns the ticket of the request, which has the clock of one metric, with its
// events.
func (q Question) ticket(c *sla.Catalog) (ticket.Ticket, error) {
	if q.fault != nil {
		return ticket.Ticket{}, q.fault
	}
	r, err := q.request()
	if err != nil {
		return ticket.Ticket{}, err
	}
	if _, err := c.Deadline(r); err != nil && len(q.Events) == 0 {
		return ticket.Ticket{}, err // of a severity without a term too, as nothing changes it
	}
	if len(q.Events) > mostEvents {
		return ticket.Ticket{}, fmt.Errorf("%d events: want %d at the most", len(q.Events), mostEvents)
	}
	words := slices.Concat(c.Words(r))
	events := make([]ticket.Event, len(q.Events))
	for i, e := range q.Events {
		if events[i], err = e.event(q.Zone, words); err != nil {
			return ticket.Ticket{}, fmt.Errorf("event %d: %w", i+1, err)
		}
	}
	t, err := ticket.Open(c, r)
	if err == nil {
		t, err = t.Apply(events...)
	}
	if bad, ok := errors.AsType[*ticket.EventError](err); ok {
		text := strings.TrimPrefix(err.Error(), fmt.Sprintf("ticket: event %d, ", bad.Index))
		err = fmt.Errorf("event %d: %s", bad.Index+1, text)
	}
	return t, err
}

// mostEvents are more than people enter.
const mostEvents = 256

// event returns what was entered, by the clock of a zone and the words of a policy. An
// unknown word stays, for the ticket to reject.
func (e Event) event(zone string, words []string) (event ticket.Event, err error) {
	if e.At == "" || e.Word == "" {
		return event, errors.New("want a time and what happened")
	}
	event.Word, event.Note, event.Change.Severity = e.Word, e.Note, sla.Severity(e.Severity)
	if e.Word == severityChanged && !slices.Contains(words, e.Word) {
		if event.Word = ""; e.Severity == "" {
			return event, errors.New("want the new severity")
		}
	}
	event.At, err = instant(e.At, zone)
	return event, err
}
