package ticket

import (
	"bytes"
	"cmp"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/jsontree"
	"github.com/duetime/duetime/sla/internal/text"
)

// storedForm is the document of a stored ticket: all that the ticket follows from.
type storedForm struct {
	Format  int          `json:"format"` // 1
	Catalog jsontree.Raw `json:"catalog"`
	Request sla.Request  `json:"request"`
	Events  []eventForm  `json:"events"`
}

var storedForms = sync.OnceValue(jsontree.FormsOf[storedForm])

// MarshalJSON returns all that the ticket follows from: the request, the
// [sla.Catalog.Excerpt] about it, and the events. So a stored ticket says the same after the
// catalog, or the holidays known to the library, have changed. A year that the library's
// holidays do not cover yet stays open.
//
// A stored ticket has the policies that it has been under, with all their severities,
// categories and metrics, and the countries that it has had. To change to another plan,
// moniker or country, open it again: [Open] with the catalog and [Ticket.Request], and
// [Ticket.Apply] with [Ticket.Events].
//
// The error is for a ticket without a document: the zero Ticket, one whose catalog has no
// version or has holidays without a JSON form, or one beyond the bounds that
// [Ticket.UnmarshalJSON] names.
func (t Ticket) MarshalJSON() ([]byte, error) {
	if t.catalog == nil {
		return nil, errNoTicket
	}
	if err := t.checkBounds(); err != nil {
		return nil, fmt.Errorf("ticket: %w", err)
	}
	catalog, err := t.catalog.Excerpt(t.times(), t.requests()...)
	if err != nil {
		return nil, fmt.Errorf("ticket: %w", err)
	}
	events := []eventForm{}
	for _, m := range t.moments[1:] {
		events = append(events, formOfEvent(m.event))
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, `{"format":%d,"catalog":%s`, format, catalog)
	for _, part := range []struct {
		name string
		of   any
	}{{"request", t.request}, {"events", events}} {
		text, err := json.Marshal(part.of)
		if err != nil {
			return nil, fmt.Errorf("ticket: %w", err)
		}
		fmt.Fprintf(&b, `,"%s":%s`, part.name, text)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// requests returns a request for each policy that the ticket has been under, from each of
// its countries: it may come back to a policy from another one.
func (t Ticket) requests() []sla.Request {
	var list []sla.Request
	countries := t.keeps().countries
	seen := map[sla.Request]bool{}
	for i := range t.moments {
		r := t.moments[i].rules.request
		r.Severity, r.Category, r.Country = "", "", ""
		if seen[r] {
			continue
		}
		seen[r] = true
		for _, r.Country = range countries {
			list = append(list, r)
		}
	}
	return list
}

// kept is what the excerpt of a stored ticket's catalog can judge.
type kept struct {
	countries []string         // that the request has been from
	defaults  []region.Moniker // to whose default plan it has changed
}

// keeps returns what the excerpt of a ticket's catalog can judge.
func (t Ticket) keeps() *kept {
	k := new(kept)
	if t.kept != nil {
		k.countries, k.defaults = slices.Clone(t.kept.countries), slices.Clone(t.kept.defaults)
	}
	for i := range t.moments {
		m := &t.moments[i]
		if country := m.rules.request.Country; !slices.Contains(k.countries, country) {
			k.countries = append(k.countries, country)
		}
		if to := m.event.Change; i > 0 && m.changed && to.Plan == "" && to.Moniker != "" && to.Moniker != t.moments[i-1].rules.request.Moniker && !slices.Contains(k.defaults, to.Moniker) {
			k.defaults = append(k.defaults, to.Moniker)
		}
	}
	return k
}

// UnmarshalJSON reads what [Ticket.MarshalJSON] writes, and applies the events again. Times
// are in the offset that they were written with. In years whose holidays were not written,
// the ticket goes by what the library knows. The days of a set that is not the library's are
// written for ten years from the opening; later years are provisional.
//
// Texts from anywhere can be read: a ticket has at most 4,096 events, 16 metrics with 128
// thresholds, 65 calendars, 65 sets of holidays, and ten years from its opening to its last event, its due
// times and its thresholds.
func (t *Ticket) UnmarshalJSON(data []byte) error {
	var f storedForm
	if err := jsontree.Unmarshal("ticket", data, &f, storedForms()); err != nil {
		return err
	}
	catalog, err := sla.ParseCatalog(f.Catalog)
	if bad, ok := errors.AsType[*sla.CatalogError](err); ok {
		if _, err := jsontree.Parse(string(data)); err != nil { // whose place is one in the whole text
			return fmt.Errorf("ticket: %w", err)
		}
		return fmt.Errorf("ticket: catalog%w", &firstFault{bad})
	}
	if err != nil {
		return fmt.Errorf("ticket: catalog: %w", err)
	}
	read, err := f.ticket(catalog)
	if err != nil {
		return err
	}
	*t = read
	return nil
}

// ticket returns the ticket of a document.
func (f *storedForm) ticket(catalog *sla.Catalog) (Ticket, error) {
	// These bounds limit the work that a text can ask for.
	switch {
	case f.Format != format:
		return Ticket{}, fmt.Errorf("ticket: format %d: want %d", f.Format, format)
	case len(f.Events) > maxEvents:
		return Ticket{}, fmt.Errorf("ticket: %d events: want %d at the most", len(f.Events), maxEvents)
	}
	events := make([]Event, len(f.Events))
	for i, e := range f.Events {
		events[i] = e.event()
		if err := checkLife(f.Request.Opened, events[i].At); err != nil {
			return Ticket{}, fmt.Errorf("ticket: %w", err)
		}
		if err := events[i].check(); err != nil {
			return Ticket{}, &EventError{Index: i, Event: events[i], Err: err}
		}
	}
	t, err := open(catalog, f.Request, true)
	if err != nil {
		return Ticket{}, fmt.Errorf("ticket: request: %w", err)
	}
	if t, err = t.Apply(events...); err != nil {
		return Ticket{}, err
	}
	if len(t.moments) != len(events)+1 {
		return Ticket{}, errors.New("ticket: events: an ID is there twice: want each once")
	}
	t.kept, t.bounds = t.keeps(), nil
	return t, nil
}

// firstFault is an error of one line about the catalog of a ticket.
type firstFault struct{ of *sla.CatalogError }

func (e *firstFault) Unwrap() error { return e.of }

func (e *firstFault) Error() string {
	s := ": " + e.of.Faults[0].String()
	if e.of.Faults[0].Path != "" {
		s = "." + s[len(": "):]
	}
	if n := len(e.of.Faults); n > 1 {
		s += fmt.Sprintf(" (first of %d faults)", n)
	}
	return s
}

// Value returns the document of the ticket as a string, for a database.
func (t Ticket) Value() (driver.Value, error) {
	b, err := t.MarshalJSON()
	return string(b), err
}

// Scan reads the document of a ticket from a database: a string or []byte. NULL is an error.
// It takes about half a millisecond. If you list many tickets, keep what the list shows, such
// as the due time, in columns.
func (t *Ticket) Scan(src any) error {
	switch s := src.(type) {
	case string:
		return t.UnmarshalJSON([]byte(s))
	case []byte:
		return t.UnmarshalJSON(s)
	}
	return fmt.Errorf("ticket: scan %T into a Ticket: want a string or []byte", src)
}

const (
	format     = 1
	maxSets    = 65  // of holidays in the calendars of a stored ticket
	maxParts   = 65  // calendars in a stored ticket, with those that they are made of
	maxMetrics = 16  // of a stored ticket
	maxAlarms  = 128 // thresholds of all its metrics
	maxLife    = 10  // years from the opening to the last event or due time
)

// A stored ticket bounds the work of reading it: a calendar costs 0.1 ms for each year that
// it is asked about.

// times returns the instants of the events, and when the clocks were due after each.
func (t Ticket) times() []time.Time {
	var list []time.Time
	for _, m := range t.moments {
		list = append(list, m.at)
	}
	for _, c := range t.clocks {
		for i := range c.steps {
			if s := &c.steps[i]; !s.due.IsZero() {
				list = append(list, s.due)
			}
		}
	}
	return list
}

// checkBounds returns why the document of a ticket could not be read again.
func (t Ticket) checkBounds() error {
	if err := checkLife(t.request.Opened, t.moments[len(t.moments)-1].at); err != nil {
		return err
	}
	var all calendars
	var last *rules
	for i := range t.moments {
		if of := t.moments[i].rules; of != last {
			if last = of; all.check(of, t.request.Opened) != nil {
				return all.check(of, t.request.Opened)
			}
		}
	}
	return nil
}

// checkLife returns an error for an event long after the opening.
func checkLife(opened, last time.Time) error {
	if last.After(opened.UTC().AddDate(maxLife, 0, 0)) { // the same before and after it is stored
		return fmt.Errorf("event at %s: want it within %d years of the opening", last.Format(time.RFC3339Nano), maxLife)
	}
	return nil
}

// calendars counts the calendars of a ticket, their parts, and their sets of holidays.
type calendars struct {
	seen        map[*calendar.Calendar]bool
	parts, sets int
}

// count counts a calendar that has not been counted.
func (k *calendars) count(c *calendar.Calendar) {
	if k.parts > maxParts || k.seen[c] {
		return
	}
	if k.seen == nil {
		k.seen = map[*calendar.Calendar]bool{}
	}
	k.seen[c] = true
	k.parts++
	_, parts := partsOf(c)
	for _, part := range parts {
		k.count(part)
	}
	if parts == nil {
		k.sets += len(c.HolidaySets()) + len(c.OwnDays())
	}
}

// check returns an error for rules that are too much for a stored ticket.
func (k *calendars) check(of *rules, opened time.Time) error {
	if len(of.of) > maxMetrics {
		return fmt.Errorf("%d metrics: want %d at the most", len(of.of), maxMetrics)
	}
	thresholds := 0
	for i := range of.of {
		if t := of.of[i].term; t != nil {
			k.count(t.Calendar)
			thresholds += len(t.Thresholds)
		}
	}
	switch {
	case thresholds > maxAlarms:
		return fmt.Errorf("%d metrics with %d thresholds: want %d at the most", len(of.of), thresholds, maxAlarms)
	case k.parts > maxParts:
		return fmt.Errorf("calendars of more than %d parts: want %d at the most", maxParts, maxParts)
	case k.sets > maxSets:
		return fmt.Errorf("calendars with more than %d sets of holidays: want %d at the most", maxSets, maxSets)
	}
	for i := range of.of {
		if t := of.of[i].term; t != nil {
			if err := checkReach(t, opened); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkReach returns an error for a term whose target or thresholds are more than
// maxLife years from an opening, as its calendar is open in the year after that.
func checkReach(t *sla.Term, opened time.Time) error {
	// A month is enough for nearly all, and costs a tenth.
	if tooFar(t, opened, 32) == "" {
		return nil
	}
	if what := tooFar(t, opened, 366); what != "" {
		return fmt.Errorf("%s in calendar %s: want it within %d years", what, text.Quote(cmp.Or(t.Calendar.Name(), t.Calendar.Hours())), maxLife)
	}
	return nil
}

// tooFar returns what is more than maxLife years away, as the calendar is open in some
// days after an opening.
func tooFar(t *sla.Term, opened time.Time, days int) string {
	end := opened.UTC().AddDate(0, 0, days)
	open, err := t.Calendar.Between(opened, end)
	if err != nil {
		return "" // at the end of the range
	}
	most := time.Duration(maxLife * 366 / days)
	const year = 366 * 24 * time.Hour
	target := time.Duration(0) // of the side that has more
	first, other := t.Target.Sides()
	for _, side := range []sla.Target{first, other} {
		within, wall := side.Duration()
		days, calendarDays := side.Days()
		if wall/maxLife > year || time.Duration(calendarDays)/maxLife > year/(24*time.Hour) {
			return "target " + t.Target.String()
		}
		if days > 0 {
			zone := t.Calendar.Zone()
			n, err := t.Calendar.BusinessDaysBetween(calendar.DateOf(opened.In(zone)), calendar.DateOf(end.In(zone)))
			if err != nil || n == 0 || time.Duration(days) > most*time.Duration(n) {
				return "target " + t.Target.String()
			}
			within += open / time.Duration(n) * time.Duration(days)
		}
		if within < 0 || within/most > open {
			return "target " + t.Target.String()
		}
		target = max(target, within, wall)
	}
	for i := range t.Thresholds {
		threshold := &t.Thresholds[i]
		far := threshold.Wall && threshold.Offset/maxLife > year
		if !threshold.Wall && !threshold.Breach {
			goal, ok := goalOf(threshold, target)
			far = !ok || goal/most > open
		}
		if far {
			return "threshold " + threshold.String()
		}
	}
	return ""
}
