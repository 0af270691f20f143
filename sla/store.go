package sla

import (
	"bytes"
	"cmp"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
	"github.com/duetime/duetime/region"
)

// A clock is stored as all that it follows from: its request, the terms for each
// severity, their calendars with the holidays of the years it is about, and its
// events.

type termForm struct {
	Metric     Metric      `json:"metric,omitempty"`
	Severity   Severity    `json:"severity,omitempty"`
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
	return termForm{Metric: t.Metric, Target: t.Target, FollowUp: t.FollowUp, Duties: t.Duties, Source: t.Source, Basis: t.Basis, Thresholds: t.Thresholds}
}

// alwaysHours are the hours of a calendar that is written without its empty holidays.
const alwaysHours = "24/7"

// calendarForm is a calendar with the holidays of some years.
type calendarForm struct {
	Name     string    `json:"name,omitempty"`
	Zone     string    `json:"zone,omitempty"`
	Hours    string    `json:"hours,omitempty"`
	Holidays []setForm `json:"holidays,omitzero"` // always written, but for plain 24/7

	// Of one that is made of others, instead of zone, hours and holidays.
	Combination string         `json:"combination,omitempty"`
	Parts       []calendarForm `json:"parts,omitempty"`
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
	Workday     bool          `json:"workday,omitempty"`
	Provisional bool          `json:"provisional,omitempty"`
}

func formOfHoliday(h calendar.Holiday) dayForm {
	return dayForm{h.Date, strings.ToValidUTF8(h.Name, "\ufffd"), h.Workday, h.Provisional}
}

// years are the first of some years and the last, of those that calendars have.
type years struct {
	First int `json:"first"`
	Last  int `json:"last"`
}

// check returns what is wrong with years that were read.
func (y years) check() error {
	if y.First < firstYear || y.Last > lastYear || y.First > y.Last {
		return fmt.Errorf("years %d to %d: want a first and a last one from %d to %d", y.First, y.Last, firstYear, lastYear)
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
	first, last := set.Years()
	if f, l := known.Years(); f != first || l != last {
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
	f.Covers.First, f.Covers.Last = set.Years()
	if !library {
		f.Covers.First, f.Covers.Last = max(f.Covers.First, kept.First), min(f.Covers.Last, kept.Last)
	}
	if f.Covers.First > f.Covers.Last { // it knows no year
		f.Covers, f.Partial = kept, true
	}
	for year := kept.First; year <= kept.Last; year++ {
		provisional := false
		for _, h := range set.Year(year) {
			f.Days = append(f.Days, formOfHoliday(h))
			provisional = provisional || h.Provisional
		}
		f.Partial = f.Partial || f.Covers.has(year) && !provisional && set.Provisional(year)
	}
	return f
}

func formOfCalendar(c *calendar.Calendar, about years) calendarForm {
	if parts := partsOf(c); parts != nil {
		f := calendarForm{Name: c.Name(), Combination: "union"}
		if c.UnionOf() == nil {
			f.Combination = "intersection"
		}
		for _, part := range parts {
			f.Parts = append(f.Parts, formOfCalendar(part, about))
		}
		return f
	}
	f := calendarForm{Name: c.Name(), Zone: c.Zone().String(), Hours: c.Hours()}
	if f.Hours != alwaysHours {
		f.Holidays = []setForm{}
	}
	for _, set := range c.HolidaySets() {
		library := isLibrarys(set, about)
		f.Holidays = append(f.Holidays, formOfSet(set, about.keep(library), library))
	}
	return f
}

// is reports whether f is the form of a calendar.
func (f calendarForm) is(c *calendar.Calendar) bool {
	if partsOf(c) != nil || f.Combination != "" {
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
	if f.Combination == "" && f.Holidays == nil && f.Hours != alwaysHours {
		return nil, errors.New("holidays: missing")
	}
	for _, s := range f.Holidays {
		if err := s.check(); err != nil {
			return nil, err
		}
	}
	for _, c := range append([]*calendar.Calendar{alwaysOpen()}, Published().named...) {
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

// checkSize returns an error for too many calendars in forms, or sets of holidays.
func checkSize(forms []calendarForm) error {
	calendars, sets := 0, 0
	var count func(forms []calendarForm)
	count = func(forms []calendarForm) {
		for _, f := range forms {
			calendars++
			sets += len(f.Holidays)
			count(f.Parts)
		}
	}
	switch count(forms); {
	case calendars > maxParts:
		return errTooManyParts
	case sets > maxSets:
		return errTooManySets
	}
	return nil
}

// combined returns the calendar of the form of one that is made of others.
func (f calendarForm) combined() (*calendar.Calendar, error) {
	combine, ok := map[string]func(string, ...*calendar.Calendar) (*calendar.Calendar, error){
		"union": calendar.Union, "intersection": calendar.Intersect,
	}[f.Combination]
	if !ok {
		return nil, fmt.Errorf("combination %q: want union or intersection", f.Combination)
	}
	if f.Zone != "" || f.Hours != "" || f.Holidays != nil {
		return nil, fmt.Errorf("%s %q: want no zone, hours and holidays but those of the parts", f.Combination, f.Name)
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
	for _, y := range []years{f.Years, f.Covers} {
		if err := y.check(); err != nil {
			return err
		}
	}
	if !f.Library && (f.Covers.First < f.Years.First || f.Covers.Last > f.Years.Last) {
		return fmt.Errorf("covers %d to %d: want years of %d to %d, as the holidays of others are not here", f.Covers.First, f.Covers.Last, f.Years.First, f.Years.Last)
	}
	for _, d := range f.Days {
		if d.Date.IsZero() || !f.Years.has(d.Date.Year()) {
			return fmt.Errorf("holiday %q on %q: want a date from %d to %d", d.Name, d.Date, f.Years.First, f.Years.Last)
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
	set := calendar.HolidayFunc(f.Code, func(year int) []calendar.Holiday {
		if f.Years.has(year) {
			return kept[year]
		}
		return known.Year(year)
	}).WithYears(covers.First, covers.Last)
	if f.Partial {
		set = set.WithGaps()
	}
	return set
}

// clockForm is all that a clock follows from.
type clockForm struct {
	Format         int            `json:"clock"` // of this form: 1
	Catalog        string         `json:"catalog"`
	PolicyFrom     stamp          `json:"policy_from,omitzero"`
	DefaultPlan    bool           `json:"default_plan"`
	Request        storedRequest  `json:"request"`
	SeverityChange SeverityMode   `json:"severity_change"`
	Reopening      ReopenMode     `json:"reopening"`
	Terms          []termForm     `json:"terms"`      // by severity, the most severe first
	Calendars      []calendarForm `json:"calendars"`  // those of the terms
	Thresholds     []Threshold    `json:"thresholds"` // beside those of the terms
	Events         []eventForm    `json:"events"`
}

// storedRequest is a requestForm in which a clock's category and severity always are.
type storedRequest struct {
	Moniker  string          `json:"moniker"`
	Category region.Category `json:"category"`
	Plan     Plan            `json:"plan,omitempty"`
	Severity Severity        `json:"severity"`
	Opened   stamp           `json:"opened"`
	Country  string          `json:"country,omitempty"`
	Metric   metricForm      `json:"metric,omitempty"`
}

const (
	clockFormat = 1
	maxSets     = 65 // of holidays in the calendars of a clock that is read
	maxParts    = 65 // calendars in a clock that is read, with those that they are made of
	maxLife     = 10 // years from the opening to the last event or due time
)

var (
	errTooManyParts = errors.New("calendars of more than 65 parts: want 65 at the most")
	errTooManySets  = errors.New("calendars with more than 65 sets of holidays: want 65 at the most")
)

// A stored clock bounds the work of reading it: a calendar costs 0.1 ms for each year
// that it is asked about.

// checkLife returns an error for an event long after the opening.
func checkLife(opened, last time.Time) error {
	if last.After(opened.AddDate(maxLife, 0, 0)) {
		return fmt.Errorf("event at %s: want it within %d years of the opening", last.Format(time.RFC3339Nano), maxLife)
	}
	return nil
}

// checkReach returns an error for a term whose target or thresholds are more than
// maxLife years from an opening, as its calendar is open in the year after that.
func (t *Term) checkReach(opened time.Time, more []Threshold) error {
	// A month is enough for nearly all, and costs a tenth.
	if t.tooFar(opened, 32, more) == "" {
		return nil
	}
	if what := t.tooFar(opened, 366, more); what != "" {
		return fmt.Errorf("%s in calendar %s: want it within %d years", what, quote(cmp.Or(t.Calendar.Name(), t.Calendar.Hours())), maxLife)
	}
	return nil
}

// tooFar returns what is more than maxLife years away, as the calendar is open in some
// days after an opening.
func (t *Term) tooFar(opened time.Time, days int, more []Threshold) string {
	end := opened.AddDate(0, 0, days)
	open, err := t.Calendar.Between(opened, end)
	if err != nil {
		return "" // at the end of the range
	}
	most := time.Duration(maxLife * 366 / days)
	target := t.Target.within
	if target == 0 {
		zone := t.Calendar.Zone()
		n, err := t.Calendar.BusinessDaysBetween(calendar.DateOf(opened.In(zone)), calendar.DateOf(end.In(zone)))
		if err != nil || n == 0 || time.Duration(t.Target.days) > most*time.Duration(n) {
			return "target " + t.Target.String()
		}
		target = open / time.Duration(n) * time.Duration(t.Target.days)
	}
	if target/most > open {
		return "target " + t.Target.String()
	}
	for _, threshold := range slices.Concat(t.Thresholds, more) {
		far := threshold.kind == wall && threshold.offset/maxLife > year
		if threshold.kind == share || threshold.kind == used {
			goal, ok := threshold.goal(target)
			far = !ok || goal/most > open
		}
		if far {
			return "threshold " + threshold.String()
		}
	}
	return ""
}

func (c Clock) form() (clockForm, error) {
	if c.commitment == nil {
		return clockForm{}, errNoDeadline
	}
	if err := c.broken(); err != nil {
		return clockForm{}, err
	}
	d := c.deadline
	f := clockForm{
		Format: clockFormat, Catalog: d.Catalog, PolicyFrom: stamp{d.PolicyFrom}, DefaultPlan: d.policy != nil && d.policy.isDefault, Request: storedRequest(formOfRequest(d.Request)),
		SeverityChange: c.modes.severityChange, Reopening: c.modes.reopening,
		Terms: make([]termForm, len(c.scale.severities)), Calendars: []calendarForm{}, Thresholds: append([]Threshold{}, c.thresholds...), Events: []eventForm{},
	}
	for _, e := range c.Events() {
		f.Events = append(f.Events, eventForm{stamp{e.At}, e.Kind, e.Severity, e.Note})
	}
	about := c.years()
	for i, severity := range c.scale.severities {
		term, err := c.term(i)
		if err != nil {
			f.Terms[i] = termForm{Severity: severity, None: formOfError(err)}
			continue
		}
		f.Terms[i] = formOfTerm(*term)
		f.Terms[i].Severity = severity
		form := formOfCalendar(term.Calendar, about)
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
// The error is for a clock without a JSON form: one whose deadline has no calendar or an
// opening out of range, or that spans more than ten years.
func (c Clock) MarshalJSON() ([]byte, error) {
	f, err := c.form()
	if err == nil {
		err = c.checkBounds(f)
	}
	if err != nil {
		return nil, err
	}
	return json.Marshal(f)
}

// checkBounds returns why a form could not be read again.
func (c Clock) checkBounds(f clockForm) error {
	opened := f.Request.Opened.Time
	err := cmp.Or(checkSize(f.Calendars), checkLife(opened, c.last().at))
	for i := 0; i < len(c.scale.severities) && err == nil; i++ {
		if term, none := c.term(i); none == nil {
			err = term.checkReach(opened, c.thresholds)
		}
	}
	if err != nil {
		return fmt.Errorf("sla: clock: %w", err)
	}
	return nil
}

// UnmarshalJSON reads what [Clock.MarshalJSON] writes, and applies the events
// again. Times are in the offset that they were written with. In the years whose
// holidays were not written, the clock goes by what the library knows, if the set
// was the library's; the days of any other set are written for ten years from the
// opening, and those after them are not covered, which Status.Provisional says.
//
// Texts from anywhere can be read: a clock has at most 4,096 events, 65 calendars, 65
// sets of holidays, and ten years from its opening to its last event and its due time.
func (c *Clock) UnmarshalJSON(data []byte) error {
	var f clockForm
	if err := unmarshalStrictly("clock", data, &f); err != nil {
		return err
	}
	read, err := f.clock()
	if err != nil {
		return fmt.Errorf("sla: clock: %w", err)
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

func (f clockForm) clock() (Clock, error) {
	// What is bounded here bounds the work that a text can ask for.
	switch {
	case f.Format != clockFormat:
		return Clock{}, fmt.Errorf("format %d: want %d", f.Format, clockFormat)
	case len(f.Terms) == 0 || len(f.Terms) > maxSeverities:
		return Clock{}, fmt.Errorf("%d terms: want one for each severity, of 1 to %d", len(f.Terms), maxSeverities)
	case len(f.Calendars) > len(f.Terms):
		return Clock{}, fmt.Errorf("%d calendars: want no more than terms", len(f.Calendars))
	case len(f.Events) > maxEvents:
		return Clock{}, fmt.Errorf("%d events: want %d at the most", len(f.Events), maxEvents)
	}
	for _, e := range f.Events {
		if err := checkLife(f.Request.Opened.Time, e.At.Time); err != nil {
			return Clock{}, err
		}
	}
	if err := checkSize(f.Calendars); err != nil {
		return Clock{}, err
	}
	calendars := make([]*calendar.Calendar, len(f.Calendars))
	for i, form := range f.Calendars {
		var err error
		if calendars[i], err = form.calendar(); err != nil {
			return Clock{}, fmt.Errorf("calendar %d: %w", i+1, err)
		}
	}
	r := requestForm(f.Request).request()
	r.Metric = cmp.Or(r.Metric, FirstResponse)
	s := &scale{categories: []region.Category{r.Category}}
	p := &policy{
		moniker: r.Moniker, plan: r.Plan, from: f.PolicyFrom.Time, scale: s,
		modes: modes{f.SeverityChange, f.Reopening}, isDefault: f.DefaultPlan,
	}
	of := commitments{metric: r.Metric, modes: p.modes}
	for i, form := range f.Terms {
		if _, twice := s.severity(form.Severity); twice || form.Severity == "" {
			return Clock{}, fmt.Errorf("term %d: severity %s: want another severity than those before", i+1, quote(string(form.Severity)))
		}
		s.severities = append(s.severities, form.Severity)
		is := promise{cases: cases{1 << i, 1}}
		var err error
		if form.None != nil {
			is.err, err = form.None.error(), form.None.check()
			if !form.Target.IsZero() || form.Calendar != 0 {
				err = errors.New("none: want it only without a target and a calendar")
			}
		} else {
			if is.term, err = form.term(r, calendars); err == nil {
				err = is.term.checkReach(r.Opened, f.Thresholds)
			}
		}
		if err != nil {
			return Clock{}, fmt.Errorf("term %d: %w", i+1, err)
		}
		of.list = append(of.list, is)
	}
	for i := range calendars {
		if !slices.ContainsFunc(f.Terms, func(t termForm) bool { return t.Calendar == i+1 }) {
			return Clock{}, fmt.Errorf("calendar %d: want a calendar that a term counts in", i+1)
		}
	}
	p.commitments = []commitments{of}
	d := Deadline{Catalog: f.Catalog, PolicyFrom: f.PolicyFrom.Time, Request: r, policy: p}
	own, ok := s.severity(r.Severity)
	if !ok {
		return Clock{}, fmt.Errorf("request: %w", s.unknownSeverity(string(r.Severity), planOf(r.Moniker, r.Plan)))
	}
	if t := of.list[own].term; t != nil {
		d.Term, d.of = t.forOne(), r.Severity
	}
	return NewClock(d).WithThresholds(f.Thresholds...)
}

// term returns the term of a form, for a request.
func (f termForm) term(r Request, calendars []*calendar.Calendar) (*Term, error) {
	switch {
	case cmp.Or(f.Metric, FirstResponse) != r.Metric:
		return nil, fmt.Errorf("metric %s: want %s, as in the request", quote(string(f.Metric)), quote(string(r.Metric)))
	case f.Calendar < 1 || f.Calendar > len(calendars):
		return nil, fmt.Errorf("calendar %d: want 1 to %d", f.Calendar, len(calendars))
	case f.Target.IsZero():
		return nil, errors.New("target: missing")
	}
	return &Term{
		Metric: f.Metric, Target: f.Target, Calendar: calendars[f.Calendar-1],
		FollowUp: f.FollowUp, Duties: f.Duties, Source: f.Source, Basis: f.Basis, Thresholds: f.Thresholds,
	}, checkThresholds(f.Thresholds)
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
			f.Events[i].At.Time = f.Events[i].At.UTC()
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
