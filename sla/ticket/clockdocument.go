package ticket

import (
	"cmp"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/jsontree"
	"github.com/duetime/duetime/sla/internal/text"
)

// clockForm is the document of a stored clock: all that the clock follows from.
type clockForm struct {
	Format  int             `json:"format"` // 1
	Catalog json.RawMessage `json:"catalog"`
	Request sla.Request     `json:"request"`
	Alarms  []sla.Threshold `json:"alarms"` // besides the terms' thresholds
	Events  []eventForm     `json:"events"`
}

// storedForm is a clockForm that is read.
type storedForm struct {
	Format  int             `json:"format"`
	Catalog sla.Catalog     `json:"catalog"`
	Request sla.Request     `json:"request"`
	Alarms  []sla.Threshold `json:"alarms"`
	Events  []eventForm     `json:"events"`
}

// MarshalJSON returns all that the clock follows from: the request, the [sla.Catalog.Excerpt]
// about it, and the events. So a stored clock says the same after the catalog, or the
// holidays known to the library, have changed. A year that the library's holidays do not
// cover yet stays open.
//
// The error is for a clock without a document: the zero Clock, one whose catalog has no
// version or has holidays without a JSON form, or one beyond the bounds that
// [Clock.UnmarshalJSON] names.
func (c Clock) MarshalJSON() ([]byte, error) {
	if c.commitment == nil {
		return nil, errNoClock
	}
	f := clockForm{Format: format, Request: c.request, Alarms: append([]sla.Threshold{}, c.thresholds...), Events: []eventForm{}}
	for _, e := range c.Events() {
		f.Events = append(f.Events, formOfEvent(e))
	}
	if err := c.checkBounds(); err != nil {
		return nil, fmt.Errorf("ticket: clock: %w", err)
	}
	var err error
	if f.Catalog, err = c.catalog.Excerpt(c.request, c.times()...); err != nil {
		return nil, fmt.Errorf("ticket: clock: %w", err)
	}
	return json.Marshal(f)
}

// UnmarshalJSON reads what [Clock.MarshalJSON] writes, and applies the events again. Times
// are in the offset that they were written with. In years whose holidays were not written,
// the clock goes by what the library knows. The days of a set that is not the library's are
// written for ten years from the opening; later years are provisional.
//
// Texts from anywhere can be read: a clock has at most 4,096 events, 65 calendars, 65 sets
// of holidays, and ten years from its opening to its last event, its due time and its
// thresholds.
func (c *Clock) UnmarshalJSON(data []byte) error {
	var f storedForm
	if err := jsontree.Unmarshal("ticket: clock", data, &f); err != nil {
		if bad, ok := errors.AsType[*sla.CatalogError](err); ok {
			return fmt.Errorf("ticket: clock: catalog%w", &firstFault{bad})
		}
		return err
	}
	read, err := f.clock()
	if err != nil {
		return fmt.Errorf("ticket: clock: %w", err)
	}
	events := make([]Event, len(f.Events))
	for i, e := range f.Events {
		events[i] = e.event()
	}
	if read, err = read.Apply(events...); err != nil {
		return err
	}
	*c = read
	return nil
}

// firstFault is an error of one line about the catalog of a clock.
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

// clock returns the clock of a document, without its events.
func (f *storedForm) clock() (Clock, error) {
	// These bounds limit the work that a text can ask for.
	switch {
	case f.Format != format:
		return Clock{}, fmt.Errorf("format %d: want %d", f.Format, format)
	case len(f.Events) > maxEvents:
		return Clock{}, fmt.Errorf("%d events: want %d at the most", len(f.Events), maxEvents)
	}
	r := f.Request
	for _, e := range f.Events {
		if err := checkLife(r.Opened, e.At.Time); err != nil {
			return Clock{}, err
		}
	}
	if err := checkThresholds(f.Alarms); err != nil {
		return Clock{}, err
	}
	if err := checkTerms(&f.Catalog, r, f.Alarms); err != nil {
		return Clock{}, err
	}
	c, err := NewClock(&f.Catalog, r)
	if err != nil {
		return Clock{}, fmt.Errorf("request: %w", err)
	}
	return c.WithThresholds(f.Alarms...)
}

// Value returns the document of the clock as a string, for a database.
func (c Clock) Value() (driver.Value, error) {
	b, err := c.MarshalJSON()
	return string(b), err
}

// Scan reads the document of a clock from a database: a string or []byte. NULL is an error.
func (c *Clock) Scan(src any) error {
	switch s := src.(type) {
	case string:
		return c.UnmarshalJSON([]byte(s))
	case []byte:
		return c.UnmarshalJSON(s)
	}
	return fmt.Errorf("ticket: scan %T into a Clock: want a string or []byte", src)
}

const (
	format   = 1
	maxSets  = 65 // of holidays in the calendars of a stored clock
	maxParts = 65 // calendars in a stored clock, with those that they are made of
	maxLife  = 10 // years from the opening to the last event or due time
)

// A stored clock bounds the work of reading it: a calendar costs 0.1 ms for each year that
// it is asked about.

// times returns the instants of the events, and when the answer was due after each. A change
// that carries what has elapsed can make that earlier than the opening.
func (c Clock) times() []time.Time {
	var list []time.Time
	for i := range c.steps {
		list = append(list, c.steps[i].at)
		if !c.steps[i].due.IsZero() {
			list = append(list, c.steps[i].due)
		}
	}
	return list
}

// checkBounds returns why the document of a clock could not be read again.
func (c Clock) checkBounds() error {
	if err := checkLife(c.request.Opened, c.last().at); err != nil {
		return err
	}
	for _, t := range c.times() {
		if t.Before(c.request.Opened.UTC().AddDate(-maxLife, 0, 0)) {
			return fmt.Errorf("due at %s: want it within %d years of the opening", t.Format(time.RFC3339Nano), maxLife)
		}
	}
	return checkTerms(c.catalog, c.request, c.thresholds)
}

// checkTerms returns an error for terms that are too much for a stored clock: the terms of a
// request at each severity, with more thresholds.
func checkTerms(catalog *sla.Catalog, r sla.Request, more []sla.Threshold) error {
	seen := map[*calendar.Calendar]bool{}
	calendars, sets := 0, 0
	var count func(c *calendar.Calendar)
	count = func(c *calendar.Calendar) {
		if calendars++; seen[c] || calendars > maxParts {
			return
		}
		seen[c] = true
		parts := slices.Concat(c.UnionOf(), c.IntersectionOf())
		for _, part := range parts {
			count(part)
		}
		if parts == nil {
			sets += len(c.HolidaySets())
		}
	}
	var terms []*sla.Term
	for _, severity := range catalog.Severities(r) {
		r.Severity = severity
		t, err := catalog.Term(r)
		if err != nil {
			continue // which NewClock or an event reports, if it matters
		}
		terms = append(terms, &t)
		if !seen[t.Calendar] {
			count(t.Calendar)
		}
	}
	switch {
	case calendars > maxParts:
		return fmt.Errorf("calendars of more than %d parts: want %d at the most", maxParts, maxParts)
	case sets > maxSets:
		return fmt.Errorf("calendars with more than %d sets of holidays: want %d at the most", maxSets, maxSets)
	}
	for _, t := range terms {
		if err := checkReach(t, r.Opened, more); err != nil {
			return err
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

// checkReach returns an error for a term whose target or thresholds are more than
// maxLife years from an opening, as its calendar is open in the year after that.
func checkReach(t *sla.Term, opened time.Time, more []sla.Threshold) error {
	// A month is enough for nearly all, and costs a tenth.
	if tooFar(t, opened, 32, more) == "" {
		return nil
	}
	if what := tooFar(t, opened, 366, more); what != "" {
		return fmt.Errorf("%s in calendar %s: want it within %d years", what, text.Quote(cmp.Or(t.Calendar.Name(), t.Calendar.Hours())), maxLife)
	}
	return nil
}

// tooFar returns what is more than maxLife years away, as the calendar is open in some
// days after an opening.
func tooFar(t *sla.Term, opened time.Time, days int, more []sla.Threshold) string {
	end := opened.UTC().AddDate(0, 0, days)
	open, err := t.Calendar.Between(opened, end)
	if err != nil {
		return "" // at the end of the range
	}
	most := time.Duration(maxLife * 366 / days)
	target := t.Target.Duration()
	if target == 0 {
		zone := t.Calendar.Zone()
		n, err := t.Calendar.BusinessDaysBetween(calendar.DateOf(opened.In(zone)), calendar.DateOf(end.In(zone)))
		if err != nil || n == 0 || time.Duration(t.Target.Days()) > most*time.Duration(n) {
			return "target " + t.Target.String()
		}
		target = open / time.Duration(n) * time.Duration(t.Target.Days())
	}
	if target/most > open {
		return "target " + t.Target.String()
	}
	for _, threshold := range slices.Concat(t.Thresholds, more) {
		const year = 366 * 24 * time.Hour
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
