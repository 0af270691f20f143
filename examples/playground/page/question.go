package page

import (
	"cmp"
	_ "embed" // for the example
	"errors"
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
	Page     string // "offices", or "" for due times
	Terms    string // "own" or "published"; "" is own with a catalog, and published without
	Moniker  string
	Category string
	Plan     string
	Severity string
	Country  string
	Metric   string
	Opened   string // by the clock of Zone: 2006-01-02T15:04, or with seconds
	Zone     string
	Second   string // a zone whose hours are shown, too
	Now      string // as Opened; "" is the current time
	Events   []Event
	Catalog  string // the text of one's own, as JSON

	usual   string   // the metric where none is chosen
	metrics int      // how many the policy has
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
		"lang": &q.Language, "page": &q.Page, "terms": &q.Terms, "moniker": &q.Moniker, "category": &q.Category, "plan": &q.Plan, "severity": &q.Severity,
		"country": &q.Country, "metric": &q.Metric, "opened": &q.Opened, "zone": &q.Zone, "second": &q.Second,
		"now": &q.Now, "catalog": &q.Catalog,
	}
}

// Parse reads the question in an address, without the question mark. What is wrong with
// the address is said on the page.
func Parse(address string) (q Question) {
	v, err := Query("address", address)
	if err != nil {
		q.fault = problem{kind: "address"}
	}
	fields := q.names()
	for _, name := range slices.Sorted(maps.Keys(v)) {
		field := fields[name]
		switch {
		case name == "at" || name == "event" || name == "to" || name == "note": // one for each event
		case field == nil:
			q.unknown = append(q.unknown, name)
		case len(v[name]) > 1:
			q.fault = problem{"twice", []any{name}}
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

// example is the catalog to start one's own from.
//
//go:embed example.json
var example string

// filled returns the question with what was left out of it: English, Germany, and the example
// if the terms are the reader's own.
func (q Question) filled() Question {
	if q.Language = strings.ToLower(q.Language); q.Language != "de" && q.Language != "zh" {
		q.Language = "en"
	}
	if q.Page != "offices" {
		q.Page = ""
	}
	switch {
	case q.Terms == "published":
		q.Catalog = ""
	case q.Terms == "own" && q.Catalog == "":
		q.Catalog = example
	}
	if q.Terms = ""; q.Moniker == "" && q.Catalog == "" {
		q.Moniker = string(region.Germany)
	}
	q.Country = strings.ToUpper(q.Country)
	q.Events = slices.Clone(q.Events)
	return q
}

// placed fills in the zone of the desk and the current time, if the question has no zone or no
// opening.
func (q Question) placed(desk string, now time.Time) Question {
	q.Zone = cmp.Or(q.Zone, desk)
	if q.Opened == "" {
		zone, err := time.LoadLocation(q.Zone)
		if err != nil {
			zone = time.UTC // until there is a good one
		}
		q.Opened = now.In(zone).Format(wall)
	}
	return q
}

// zoneOf returns the zone of the desk that a question is about: that of the cloud or, for own
// terms, of the first hours that close.
func (q Question) zoneOf(c *sla.Catalog) string {
	if zone, err := region.Moniker(q.Moniker).Zone(q.Country); err == nil {
		return zone
	}
	if c != nil {
		for p := range c.Policies() {
			for _, t := range p.Terms {
				if string(p.Moniker) == q.Moniker && t.Calendar != nil && !alwaysOpen(t.Calendar) {
					return t.Calendar.Zone().String()
				}
			}
		}
	}
	return "UTC"
}

// wall is how a browser writes a date with a time of day.
const wall = "2006-01-02T15:04"

// instant reads a wall time in a zone. One that a change of the clock skips is the first
// instant after the gap, a repeated one the first, as everywhere in duetime (R7).
func instant(text, zone string) (time.Time, error) {
	always, err := always(zone)
	if err != nil {
		return time.Time{}, err
	}
	for _, layout := range []string{wall, "2006-01-02T15:04:05"} {
		t, err := time.Parse(layout, text)
		if err != nil || t.Format(layout) != text { // package time takes a fraction, too
			continue
		}
		day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
		at, err := always.At(calendar.DateOf(t), t.Sub(day))
		if err != nil && !errors.Is(err, calendar.ErrOutOfRange) { // a date that the zone skipped
			err = problem{"date", []any{text, zone}}
		}
		return at, err
	}
	return time.Time{}, problem{"time", []any{text}}
}

// Moved returns a time of the form by the clock of another zone, and a text that is no time as
// it is.
func Moved(text, from, to string) string {
	at, err := instant(text, from)
	if err != nil {
		return text
	}
	if moved := Wall(at, to); moved != "" {
		return moved
	}
	return text
}

// Wall returns an instant as the form has it, by the clock of a zone: "" if there is no such
// zone.
func Wall(t time.Time, zone string) string {
	c, err := always(zone)
	if err != nil {
		return ""
	}
	return t.In(c.Zone()).Format(wall)
}

// always returns the calendar of a zone that never closes.
func always(zone string) (*calendar.Calendar, error) {
	c, err := calendar.New(zone, "24/7")
	if err == nil {
		return c, nil
	}
	if _, none := calendar.New("Europe/Berlin", "24/7"); none != nil { // a machine without zone data
		return nil, err
	}
	return nil, problem{"zone", []any{zone}}
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

// ticket returns the ticket of the request with its events. It has the clocks of all metrics
// or, if these are too many for a picture, of one.
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
		return ticket.Ticket{}, problem{"events", []any{len(q.Events), mostEvents}}
	}
	words := slices.Concat(c.Words(r))
	events := make([]ticket.Event, len(q.Events))
	for i, e := range q.Events {
		if events[i], err = e.event(q.Zone, words); err != nil {
			return ticket.Ticket{}, problem{"event", []any{i + 1, err}}
		}
	}
	if q.metrics > 1 && q.metrics <= mostLanes {
		r.Metric = "" // all of them
	}
	t, err := ticket.Open(c, r)
	if err == nil {
		t, err = t.Apply(events...)
	}
	if bad, ok := errors.AsType[*ticket.EventError](err); ok {
		err = problem{"event", []any{bad.Index + 1, bad.Err}}
	}
	return t, err
}

// mostEvents are more than people enter, and mostLanes more than a picture can show.
const (
	mostEvents = 256
	mostLanes  = 6
)

// event returns what was entered, by the clock of a zone and the words of a policy. An
// unknown word stays, for the ticket to reject.
func (e Event) event(zone string, words []string) (event ticket.Event, err error) {
	if e.At == "" || e.Word == "" {
		return event, problem{kind: "half"}
	}
	event.Word, event.Note, event.Change.Severity = e.Word, e.Note, sla.Severity(e.Severity)
	if e.Word == severityChanged && !slices.Contains(words, e.Word) {
		if event.Word = ""; e.Severity == "" {
			return event, problem{kind: "severity"}
		}
	}
	event.At, err = instant(e.At, zone)
	return event, err
}
