package sla

import (
	"bytes"
	"cmp"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
)

// A clock is stored as all that it follows from: its request, the terms for each
// severity, their calendars with the holidays of the years it is about, and its
// events.

type termForm struct {
	Metric     Metric      `json:"metric,omitempty"`
	Severity   Severity    `json:"severity,omitzero"`
	Target     Target      `json:"target,omitzero"`
	Calendar   int         `json:"calendar,omitempty"` // a number from 1, among those of the clock
	FollowUp   string      `json:"follow_up,omitempty"`
	Duties     string      `json:"duties,omitempty"`
	Source     string      `json:"source,omitempty"`
	Basis      Basis       `json:"basis,omitzero"` // custom if it is left out
	Thresholds []Threshold `json:"thresholds,omitempty"`
	None       *reasonForm `json:"none,omitempty"` // why there is no term
}

func formOfTerm(t Term) termForm {
	return termForm{Metric: t.Metric, Severity: t.Severity, Target: t.Target, FollowUp: t.FollowUp, Duties: t.Duties, Source: t.Source, Basis: t.Basis, Thresholds: t.Thresholds}
}

// calendarForm is a calendar with the holidays of some years.
type calendarForm struct {
	Name     string    `json:"name,omitempty"`
	Zone     string    `json:"zone,omitempty"`
	Hours    string    `json:"hours,omitempty"`
	Holidays []setForm `json:"holidays,omitempty"`

	// Of one that is made of others, instead of zone, hours and holidays.
	Combination calendar.Combination `json:"combination,omitempty"`
	Parts       []calendarForm       `json:"parts,omitempty"`
}

// setForm is a set of holidays: its days in some years, and where to look for
// those of others.
type setForm struct {
	Code string `json:"code"`
	// Library says that the days of other years are those of the library's set of
	// that code. Otherwise nobody knows them.
	Library bool      `json:"library,omitempty"`
	Covers  years     `json:"covers"`
	Partial bool      `json:"partial,omitempty"` // it lacks days, in every year
	Years   years     `json:"years"`             // of Days
	Days    []dayForm `json:"days"`
}

type dayForm struct {
	Date        calendar.Date `json:"date"`
	Name        string        `json:"name,omitempty"`
	MakeUp      bool          `json:"make_up,omitempty"`
	Provisional bool          `json:"provisional,omitempty"`
}

func formOfHoliday(h calendar.Holiday) dayForm {
	return dayForm{h.Date, strings.ToValidUTF8(h.Name, "\ufffd"), h.MakeUp, h.Provisional}
}

// years are the first of some years and the last, of those that calendars have.
type years struct {
	First int `json:"first"`
	Last  int `json:"last"`
}

// check returns what is wrong with years that were read.
func (y years) check() error {
	if y.First < firstYear || y.Last > lastYear || y.First > y.Last {
		return fmt.Errorf("sla: years %d to %d: want a first and a last one from %d to %d", y.First, y.Last, firstYear, lastYear)
	}
	return nil
}

func (y years) has(year int) bool { return y.First <= year && year <= y.Last }

// keep says of which years a clock keeps the holidays: of a set that the library
// knows, those that it is about, and of any other ten years at least, as those
// that are not kept are lost.
func (y years) keep(library bool) years {
	if !library {
		y.Last = min(max(y.Last, y.First+10), lastYear)
	}
	return y
}

// isLibrarys reports whether a set is the one that the library has under its code,
// at least outside some years.
func isLibrarys(set calendar.HolidaySet, but years) bool {
	known, err := holiday.Lookup(set.Code())
	if err != nil || set == known {
		return err == nil
	}
	first, last := set.Covers()
	if f, l := known.Covers(); f != first || l != last {
		return false
	}
	for year := first; year <= last; year++ {
		if !but.has(year) && !slices.Equal(set.Year(year), known.Year(year)) {
			return false
		}
	}
	return true
}

func formOfSet(set calendar.HolidaySet, kept years, library bool) setForm {
	f := setForm{Code: set.Code(), Library: library, Years: kept, Days: []dayForm{}}
	f.Covers.First, f.Covers.Last = set.Covers()
	if !library {
		f.Covers.First, f.Covers.Last = max(f.Covers.First, kept.First), min(f.Covers.Last, kept.Last)
	}
	for year := kept.First; year <= kept.Last; year++ {
		provisional := false
		for _, h := range set.Year(year) {
			f.Days = append(f.Days, formOfHoliday(h))
			provisional = provisional || h.Provisional
		}
		f.Partial = f.Partial || f.Covers.has(year) && !provisional && !set.Settled(year)
	}
	return f
}

func formOfCalendar(c *calendar.Calendar, about years) calendarForm {
	if how, parts := c.Parts(); how != "" {
		f := calendarForm{Name: c.Name(), Combination: how}
		for _, part := range parts {
			f.Parts = append(f.Parts, formOfCalendar(part, about))
		}
		return f
	}
	f := calendarForm{Name: c.Name(), Zone: c.Zone().String(), Hours: c.Hours()}
	for _, set := range c.HolidaySets() {
		library := isLibrarys(set, about)
		f.Holidays = append(f.Holidays, formOfSet(set, about.keep(library), library))
	}
	return f
}

// is reports whether f is the form of a calendar.
func (f calendarForm) is(c *calendar.Calendar) bool {
	if how, _ := c.Parts(); how != "" || f.Combination != "" {
		return false
	}
	sets := c.HolidaySets()
	if f.Name != c.Name() || f.Zone != c.Zone().String() || f.Hours != c.Hours() || len(f.Holidays) != len(sets) {
		return false
	}
	for i, set := range sets {
		if g := f.Holidays[i]; !reflect.DeepEqual(g, formOfSet(set, g.Years, true)) {
			return false
		}
	}
	return true
}

// calendar returns the calendar of a form: one of the published terms if it is
// the same, so that clocks share it.
func (f calendarForm) calendar() (*calendar.Calendar, error) {
	if len(f.Holidays) > maxSets {
		return nil, fmt.Errorf("sla: %d sets of holidays: want %d at the most", len(f.Holidays), maxSets)
	}
	for _, s := range f.Holidays {
		if err := s.check(); err != nil {
			return nil, err
		}
	}
	for _, c := range Published().named {
		if f.is(c) {
			return c, nil
		}
	}
	if f.Combination != "" {
		return f.combined()
	}
	var sets []calendar.HolidaySet
	for _, s := range f.Holidays {
		sets = append(sets, s.set())
	}
	return calendar.New(f.Zone, f.Hours, calendar.Named(f.Name), calendar.Holidays(sets...))
}

// count returns how many calendars a form has in it.
func (f calendarForm) count() int {
	n := 1
	for _, part := range f.Parts {
		n += part.count()
	}
	return n
}

// combined returns the calendar of the form of one that is made of others.
func (f calendarForm) combined() (*calendar.Calendar, error) {
	combine, ok := map[calendar.Combination]func(string, ...*calendar.Calendar) (*calendar.Calendar, error){
		calendar.UnionOf: calendar.Union, calendar.IntersectionOf: calendar.Intersect,
	}[f.Combination]
	if !ok {
		return nil, fmt.Errorf("sla: combination %q: want union or intersection", f.Combination)
	}
	if f.Zone != "" || f.Hours != "" || f.Holidays != nil {
		return nil, fmt.Errorf("sla: %s %q: want no zone, hours and holidays but those of the parts", f.Combination, f.Name)
	}
	var parts []*calendar.Calendar
	for i, part := range f.Parts {
		c, err := part.calendar()
		if err != nil {
			return nil, fmt.Errorf("part %d: %w", i+1, err)
		}
		parts = append(parts, c)
	}
	return combine(f.Name, parts...)
}

// check returns what is wrong with a set that was read.
func (f setForm) check() error {
	if err := f.Years.check(); err != nil {
		return err
	}
	for _, d := range f.Days {
		if d.Date.IsZero() || !f.Years.has(d.Date.Year()) {
			return fmt.Errorf("sla: holiday %q on %q: want a date from %d to %d", d.Name, d.Date, f.Years.First, f.Years.Last)
		}
	}
	return nil
}

func (f setForm) set() calendar.HolidaySet {
	kept := map[int][]calendar.Holiday{}
	for _, d := range f.Days {
		kept[d.Date.Year()] = append(kept[d.Date.Year()], calendar.Holiday(d))
	}
	var known calendar.HolidaySet // empty
	covers := f.Covers
	if f.Library {
		var err error
		if known, err = holiday.Lookup(f.Code); err != nil { // no longer known
			covers = years{max(covers.First, f.Years.First), min(covers.Last, f.Years.Last)}
		}
	}
	set := calendar.NewHolidaySet(f.Code, func(year int) []calendar.Holiday {
		if f.Years.has(year) {
			return kept[year]
		}
		return known.Year(year)
	}).Covering(covers.First, covers.Last)
	if f.Partial {
		set = set.Partial()
	}
	return set
}

// clockForm is all that a clock follows from.
type clockForm struct {
	Format         int            `json:"clock"` // of this form: 1
	Catalog        string         `json:"catalog"`
	PolicyFrom     stamp          `json:"policy_from,omitzero"`
	DefaultPlan    bool           `json:"default_plan"`
	Request        requestForm    `json:"request"`
	SeverityChange SeverityMode   `json:"severity_change"`
	Reopening      ReopenMode     `json:"reopening"`
	Terms          []termForm     `json:"terms"`      // by severity, from A
	Calendars      []calendarForm `json:"calendars"`  // those of the terms
	Thresholds     []Threshold    `json:"thresholds"` // beside those of the terms
	Events         []Event        `json:"events"`
}

const (
	clockFormat = 1
	maxSets     = 128 // of holidays in a calendar that is read
	maxParts    = 65  // of such a calendar, with itself: what package calendar bounds, too
)

func (c Clock) form() (clockForm, error) {
	if c.commitment == nil {
		return clockForm{}, errNoDeadline
	}
	if err := c.broken(); err != nil {
		return clockForm{}, err
	}
	d := c.deadline
	f := clockForm{
		Format: clockFormat, Catalog: d.Catalog, PolicyFrom: stamp{d.PolicyFrom}, DefaultPlan: d.policy != nil && d.policy.isDefault, Request: formOfRequest(d.Request),
		SeverityChange: c.modes.severityChange, Reopening: c.modes.reopening,
		Terms: make([]termForm, len(c.terms)), Calendars: []calendarForm{}, Thresholds: append([]Threshold{}, c.thresholds...), Events: append([]Event{}, c.Events()...),
	}
	about := c.years()
	for i, e := range c.terms {
		if e.err != nil {
			f.Terms[i] = termForm{Severity: SeverityA + Severity(i), None: formOfError(e.err)}
			continue
		}
		f.Terms[i] = formOfTerm(e.term)
		f.Terms[i].Severity = SeverityA + Severity(i)
		form := formOfCalendar(e.term.Calendar, about)
		n := slices.IndexFunc(f.Calendars, func(g calendarForm) bool { return reflect.DeepEqual(g, form) })
		if n < 0 {
			n = len(f.Calendars)
			f.Calendars = append(f.Calendars, form)
		}
		f.Terms[i].Calendar = n + 1
	}
	return f, nil
}

// years returns those whose holidays the clock is about: from its opening to its
// due time and last event, and the year after.
func (c Clock) years() years {
	const margin = 3 // days that a zone and a night shift can shift a date by
	end := c.last().at
	for i := range c.steps {
		end = later(end, c.steps[i].due)
	}
	return years{
		max(c.deadline.Request.Opened.UTC().AddDate(0, 0, -margin).Year(), firstYear),
		min(end.UTC().AddDate(0, 0, margin).Year()+1, lastYear),
	}
}

// MarshalJSON returns all that the clock follows from: the request, the version of
// the catalog, the terms for each severity, their calendars with the holidays of
// the years it is about, and the events. So it says the same after the catalog, or
// the holidays known to the library, have changed.
//
// A clock whose deadline has no calendar, or an opening out of range, has no JSON
// form; the error says so.
func (c Clock) MarshalJSON() ([]byte, error) {
	f, err := c.form()
	if err != nil {
		return nil, err
	}
	return json.Marshal(f)
}

// UnmarshalJSON reads what [Clock.MarshalJSON] writes, and applies the events
// again. Times are in the offset that they were written with. In the years whose
// holidays were not written, the clock goes by what the library knows, if the set
// was the library's; the days of any other set are written for ten years from the
// opening, and those after them are not covered, which Status.Provisional says.
//
// Texts from anywhere can be read: a clock has 4,096 events at the most.
func (c *Clock) UnmarshalJSON(data []byte) error {
	var f clockForm
	if err := strictly("clock", data, &f); err != nil {
		return err
	}
	read, err := f.clock()
	if err == nil {
		*c = read
	}
	return err
}

func (f clockForm) clock() (Clock, error) {
	if f.Format != clockFormat {
		return Clock{}, fmt.Errorf("sla: clock: format %d: want %d", f.Format, clockFormat)
	}
	// What is bounded here bounds the work that a text can ask for.
	switch {
	case len(f.Terms) != len(row{}):
		return Clock{}, fmt.Errorf("sla: clock: %d terms: want one for each severity", len(f.Terms))
	case len(f.Calendars) > len(f.Terms):
		return Clock{}, fmt.Errorf("sla: clock: %d calendars: want no more than terms", len(f.Calendars))
	case len(f.Events) > maxEvents:
		return Clock{}, fmt.Errorf("sla: clock: %d events: want %d at the most", len(f.Events), maxEvents)
	}
	if !f.Request.Severity.valid() {
		return Clock{}, unknownSeverity(f.Request.Severity.String())
	}
	calendars := make([]*calendar.Calendar, len(f.Calendars))
	for i, form := range f.Calendars {
		if n := form.count(); n > maxParts {
			return Clock{}, fmt.Errorf("sla: clock: calendar %d: %d parts: want %d at the most", i+1, n, maxParts)
		}
		var err error
		if calendars[i], err = form.calendar(); err != nil {
			return Clock{}, fmt.Errorf("sla: clock: calendar %d: %w", i+1, err)
		}
	}
	r := f.Request.request()
	r.Metric = cmp.Or(r.Metric, FirstResponse)
	p := &policy{
		moniker: r.Moniker, plan: r.Plan, from: f.PolicyFrom.Time,
		metrics: []commitments{{metric: r.Metric}}, modes: modes{f.SeverityChange, f.Reopening}, isDefault: f.DefaultPlan,
	}
	d := Deadline{Catalog: f.Catalog, PolicyFrom: f.PolicyFrom.Time, Request: r, policy: p}
	entries := p.row(r.Category, r.Metric)
	for i, form := range f.Terms {
		fault := func(format string, args ...any) (Clock, error) {
			return Clock{}, fmt.Errorf("sla: clock: term %d: %w", i+1, fmt.Errorf(format, args...))
		}
		if err := form.None.check(); err != nil {
			return fault("%w", err)
		}
		switch {
		case form.Severity != SeverityA+Severity(i):
			return fault("severity %v: want %v", form.Severity, SeverityA+Severity(i))
		case form.None != nil:
			entries[i].err = form.None.error()
			continue
		case form.Calendar < 1 || form.Calendar > len(calendars):
			return fault("calendar %d: want 1 to %d", form.Calendar, len(calendars))
		case form.Target.IsZero():
			return fault("want a target")
		}
		entries[i].term = Term{
			Metric: form.Metric, Category: f.Request.Category, Severity: form.Severity, Target: form.Target,
			Calendar: calendars[form.Calendar-1], FollowUp: form.FollowUp, Duties: form.Duties, Source: form.Source, Basis: form.Basis, Thresholds: form.Thresholds,
		}
		if err := checkThresholds(form.Thresholds); err != nil {
			return fault("%w", err)
		}
	}
	if own := entries[f.Request.Severity-SeverityA]; own.err == nil {
		d.Term = own.term
	}
	c, err := NewClock(d).WithThresholds(f.Thresholds...)
	if err != nil {
		return Clock{}, fmt.Errorf("sla: clock: %w", err)
	}
	return c.Apply(f.Events...)
}

// MarshalText returns the JSON form.
func (c Clock) MarshalText() ([]byte, error) { return c.MarshalJSON() }

// UnmarshalText reads the JSON form.
func (c *Clock) UnmarshalText(text []byte) error { return c.UnmarshalJSON(text) }

// Equal reports whether two clocks follow from the same: version of the catalog,
// request, modes, terms with their calendars, thresholds and events. It does not
// matter in which zones their times are written. Clocks that have no JSON form are
// not equal to any.
func (c Clock) Equal(other Clock) bool {
	var texts [2][]byte
	for i, clock := range []Clock{c, other} {
		f, err := clock.form()
		if err != nil {
			return false
		}
		f.Request.Opened.Time = f.Request.Opened.UTC()
		for i := range f.Events {
			f.Events[i].At = f.Events[i].At.UTC()
		}
		if texts[i], err = json.Marshal(f); err != nil {
			return false
		}
	}
	return bytes.Equal(texts[0], texts[1])
}

// Value returns the JSON form as a string, for a database.
func (c Clock) Value() (driver.Value, error) {
	text, err := c.MarshalJSON()
	return string(text), err
}

// Scan reads the JSON form from a database: a string or []byte. NULL is an error.
func (c *Clock) Scan(src any) error { return scanText(c, src) }
