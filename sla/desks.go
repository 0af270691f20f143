package sla

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
	"github.com/duetime/duetime/region"
)

// calendarReader reads the calendars of a catalog. Some are made of others.
type calendarReader struct {
	b       *builder
	nodes   map[string]*node
	done    map[string]*calendar.Calendar // nil for one that has a fault
	doing   map[string]bool
	without map[calendar.HolidaySet]holidayForm

	unreadable bool     // so that nobody knows which calendars exist
	names      []string // of the calendars that exist
}

// alwaysOpen returns 24/7, a calendar of every catalog.
var alwaysOpen = sync.OnceValue(calendar.AlwaysOpen)

// isAlwaysOpen reports whether a calendar is 24/7, as [calendar.AlwaysOpen] returns
// another one each time.
func isAlwaysOpen(c *calendar.Calendar) bool {
	return c.Name() == alwaysHours && partsOf(c) == nil && c.Zone().String() == "UTC" && len(c.HolidaySets()) == 0 && c.Hours() == alwaysHours
}

func (b *builder) calendars(n *node) *calendarReader {
	r := &calendarReader{
		b: b, nodes: map[string]*node{}, done: map[string]*calendar.Calendar{}, doing: map[string]bool{},
		without: map[calendar.HolidaySet]holidayForm{},
	}
	b.catalog.without = r.without
	if b.catalog.base != nil {
		for _, c := range append([]*calendar.Calendar{alwaysOpen()}, b.catalog.base.named...) {
			r.done[c.Name()] = c
		}
	}
	if n != nil && n.kind != '{' {
		b.wrong(n, n.String(), "an object: calendars by name")
		r.unreadable = true
	} else if n != nil {
		for _, f := range n.nodes {
			switch {
			case f.name == "":
				b.wrong(f, `""`, someName)
			case !isLabel(f.name):
				b.wrong(f, quote(f.name), labelWanted)
			case r.nodes[f.name] != nil:
				b.second(f)
			case r.done[f.name] != nil && f.name != alwaysHours:
				b.wrong(f, quote(f.name), "a name that the published terms do not have")
			default:
				r.nodes[f.name] = f
			}
		}
	}
	r.done[alwaysHours] = alwaysOpen()
	always := r.nodes[alwaysHours]
	delete(r.nodes, alwaysHours)
	own := sortedKeys(r.nodes)
	r.names = slices.Clone(own)
	for name := range r.done {
		r.names = append(r.names, name)
	}
	slices.Sort(r.names)
	if always != nil { // the text may say what it is
		if c := r.read(alwaysHours, always); c != nil && !isAlwaysOpen(c) {
			b.wrong(always, quote(alwaysHours), "another name, as 24/7 is a calendar of every catalog, open at all times")
		}
	}
	for _, name := range own {
		if c := r.get(name); c != nil {
			b.catalog.named = append(b.catalog.named, c)
		}
	}
	return r
}

// get returns the calendar of a name that exists, or nil if it has a fault.
func (r *calendarReader) get(name string) *calendar.Calendar {
	if c, ok := r.done[name]; ok || r.b.tooMany() {
		return c
	}
	r.doing[name] = true
	c := r.read(name, r.nodes[name])
	delete(r.doing, name)
	r.done[name] = c
	return c
}

const calendarWanted = "the name of a calendar"

// calendar returns the calendar that a node names or writes out, or nil if it has a
// fault.
func (r *calendarReader) calendar(n *node) *calendar.Calendar {
	switch {
	case n.kind == '{':
		return r.read("", n)
	case n.kind != 's':
		r.b.unknown(n, &region.UnknownError{Want: calendarWanted, Known: r.names})
	case r.doing[n.text]:
		r.b.wrong(n, n.String(), "a calendar that is not made of this one")
	case r.nodes[n.text] != nil || r.done[n.text] != nil:
		const deepest = 16 // more than calendars can be made of each other
		if len(r.doing) > deepest {
			r.b.wrong(n, n.String(), fmt.Sprintf("calendars that are made of each other at most %d deep", deepest))
			return nil
		}
		return r.get(n.text)
	case !r.unreadable:
		r.b.unknown(n, &region.UnknownError{Text: n.text, Want: calendarWanted, Known: r.names})
	}
	return nil
}

// ofTerm returns the calendar of a term, and those by country.
func (r *calendarReader) ofTerm(n *node) (other *calendar.Calendar, countries map[string]*calendar.Calendar) {
	byCountry := n.kind == '{' && !slices.ContainsFunc(n.nodes, func(f *node) bool { return slices.Contains(calendarFields, f.name) })
	if !byCountry {
		return r.calendar(n), nil
	}
	if len(n.nodes) == 0 {
		r.b.wrong(n, "an empty object", `a calendar, or calendars by country, such as {"DE": "Berlin", "": "24/7"}`)
		return nil, nil
	}
	seen := map[string]bool{}
	for _, f := range n.nodes {
		if r.b.tooMany() {
			break
		}
		if seen[f.name] {
			r.b.second(f)
			continue
		}
		seen[f.name] = true
		c := r.calendar(f)
		if f.name == "" {
			other = c
		} else if err := isCountry(f.name); err != nil {
			r.b.wrong(f, quote(f.name), wanted(err))
		} else if c != nil {
			if countries == nil {
				countries = map[string]*calendar.Calendar{}
			}
			countries[f.name] = c
		}
	}
	return other, countries
}

var calendarFields = []string{"zone", "hours", "holidays", "days", "years", "union", "intersection"}

func (r *calendarReader) read(name string, n *node) *calendar.Calendar {
	o, ok := r.b.object(n, "a calendar", calendarFields...)
	if !ok {
		return nil
	}
	faults := len(r.b.faults)
	var c *calendar.Calendar
	if o.of["union"] == nil && o.of["intersection"] == nil {
		c = r.simple(name, o)
	} else {
		c = r.combined(name, o)
	}
	if len(r.b.faults) > faults {
		return nil
	}
	return c
}

// combined reads a calendar that is made of others.
func (r *calendarReader) combined(name string, o object) *calendar.Calendar {
	faults := len(r.b.faults)
	field, combine := "union", calendar.Union
	if o.of["union"] == nil {
		field, combine = "intersection", calendar.Intersect
	}
	for _, other := range calendarFields {
		if f := o.of[other]; f != nil && other != field {
			r.b.wrong(f, "a field too many", "union or intersection alone")
		}
	}
	var parts []*calendar.Calendar
	for _, item := range o.list(field, "a list of calendars") {
		if part := r.calendar(item); part != nil {
			parts = append(parts, part)
		}
		if r.b.tooMany() {
			return nil
		}
	}
	if len(r.b.faults) > faults || len(parts) != len(o.of[field].nodes) {
		return nil
	}
	c, err := combine(name, parts...)
	if err != nil {
		text, want := "never open together", "calendars that are open at the same time"
		if count, most, ok := strings.Cut(strings.TrimPrefix(err.Error(), fmt.Sprintf("calendar: %s %q: ", field, name)), ": want "); ok {
			text, want = count, most
		} else {
			r.b.neverOpen++
		}
		r.b.wrong(o.of[field], text, want)
	}
	return c
}

// ownDays is the code of the set of a calendar's own dates.
const ownDays = "own"

// simple reads a calendar of a zone.
func (r *calendarReader) simple(name string, o object) *calendar.Calendar {
	sets := r.holidays(o)
	covers := r.years(o)
	if days := r.ownDays(o, covers); days != nil || o.of["years"] != nil {
		sets = append(sets, calendar.HolidayList(ownDays, days...).WithYears(covers.First, covers.Last))
	}
	const hoursWanted = `hours such as "Mo-Fr 09:00-17:00"`
	const zoneWanted = "a name of the IANA time zone database, such as Europe/Berlin, or UTC"
	zone, hours := o.need("zone", zoneWanted), o.need("hours", hoursWanted)
	// A fault in the zone does not hide one in the hours, nor the other way round.
	c, err := calendar.New(cmp.Or(zone, "UTC"), cmp.Or(hours, "24/7"), calendar.Named(name), calendar.Holidays(sets...))
	if err == nil {
		return c
	}
	if bad, ok := errors.AsType[*calendar.ParseError](err); ok {
		if n := o.of["hours"]; n != nil {
			r.b.wrong(n, n.String()+fmt.Sprintf(" at byte %d", bad.Offset), bad.Want)
		}
		if _, err := calendar.New("UTC", hours); err == nil {
			r.b.neverOpen++ // because of its holidays
		}
	}
	if _, err := calendar.New(cmp.Or(zone, "UTC"), "24/7"); err != nil {
		r.b.wrong(o.of["zone"], o.of["zone"].String(), wanted(err))
	}
	return nil
}

// holidays reads the sets of a calendar: codes, or codes with what they leave out.
func (r *calendarReader) holidays(o object) []calendar.HolidaySet {
	var sets []calendar.HolidaySet
	seen := map[string]bool{}
	for _, item := range o.list("holidays", "a list of codes, such as DE-BE") {
		if r.b.tooMany() {
			break
		}
		code, without := item, []*node(nil)
		if item.kind == '{' {
			form, _ := r.b.object(item, "a set of holidays", "code", "without")
			if code = form.of["code"]; code == nil {
				form.missing("code", codeWanted)
				continue
			}
			without = form.list("without", `a list of days to leave out, such as "Columbus Day", or of sets: {"code": "DE"}`)
		}
		set, ok := r.set(code)
		switch {
		case !ok:
			continue
		case seen[code.text]:
			r.b.wrong(code, code.String(), "the code once")
			continue
		}
		seen[code.text] = true
		if without != nil {
			set = r.lacking(code.text, set, without)
		}
		sets = append(sets, set)
	}
	return sets
}

const codeWanted = "the code of a country or a part of it, such as DE-BE"

// set returns the set whose code a node is.
func (r *calendarReader) set(n *node) (calendar.HolidaySet, bool) {
	if n.kind != 's' {
		r.b.wrong(n, n.String(), codeWanted)
		return calendar.HolidaySet{}, false
	}
	set, err := holiday.Lookup(n.text)
	if err != nil {
		r.b.wrong(n, n.String(), wanted(err))
	}
	return set, err == nil
}

// lacking returns a set without some of its days: those of some names, actual and
// observed, and those of other sets.
func (r *calendarReader) lacking(code string, set calendar.HolidaySet, items []*node) calendar.HolidaySet {
	form := holidayForm{Code: code}
	names, codes := map[string]bool{}, map[string]bool{}
	var others []calendar.HolidaySet
	var left []string
	for _, item := range items {
		if r.b.tooMany() {
			break
		}
		if item.kind == '{' {
			o, _ := r.b.object(item, "a set of holidays to leave out", "code")
			n := o.of["code"]
			if n == nil {
				o.missing("code", codeWanted)
			} else if other, ok := r.set(n); ok && codes[n.text] {
				r.b.wrong(n, n.String(), "the code once")
			} else if ok {
				codes[n.text] = true
				others = append(others, other)
				form.Without = append(form.Without, holidayForm{Code: n.text})
				left = append(left, n.text)
			}
			continue
		}
		switch {
		case item.kind != 's' || item.text == "":
			r.b.wrong(item, item.String(), "the name of a day in the set")
		case names[item.text]:
			r.b.wrong(item, item.String(), "the name once")
		case !dayNames()[code]()[item.text]:
			r.b.unknown(item, &region.UnknownError{Text: item.text, Want: "the name of a day in " + code, Known: sortedKeys(dayNames()[code]())})
		default:
			names[item.text] = true
			form.Without = append(form.Without, item.text)
			left = append(left, item.text)
		}
	}
	if len(names) > 0 {
		others = append(others, calendar.HolidayFunc(code, func(year int) []calendar.Holiday {
			return slices.DeleteFunc(set.Year(year), func(h calendar.Holiday) bool { return !names[nameOf(h)] })
		}))
	}
	lacking := set.Without(code+" without "+strings.Join(left, ", "), others...)
	r.without[lacking] = form
	return lacking
}

// nameOf returns the name of a day, whether it is the actual or the observed one.
func nameOf(h calendar.Holiday) string { return strings.TrimSuffix(h.Name, " (observed)") }

// dayNames returns the names of the days that a set of the library has in any year, by
// its code.
var dayNames = sync.OnceValue(func() map[string]func() map[string]bool {
	return bySet(func(set calendar.HolidaySet) map[string]bool {
		names := map[string]bool{}
		first, last := set.Years()
		for year := first; year <= last; year++ {
			for _, h := range set.Year(year) {
				names[nameOf(h)] = true
			}
		}
		return names
	})
})

// bySet returns what is computed of each set of the library, by its code, and remembered:
// all years of a set take some ms.
func bySet[T any](compute func(calendar.HolidaySet) T) map[string]func() T {
	of := map[string]func() T{}
	for _, code := range holiday.Codes() {
		of[code] = sync.OnceValue(func() T {
			set, _ := holiday.Lookup(code)
			return compute(set)
		})
	}
	return of
}

// years reads the years that a calendar's own dates cover: all, unless it names some.
func (r *calendarReader) years(o object) years {
	all := years{firstYear, lastYear}
	n := o.of["years"]
	if n == nil {
		return all
	}
	y, ok := r.b.object(n, "a first and a last year", "first", "last")
	if !ok {
		return all
	}
	faults := len(r.b.faults)
	covers := years{y.whole("first", firstYear, lastYear, firstYear), y.whole("last", firstYear, lastYear, lastYear)}
	if len(r.b.faults) > faults {
		return all
	}
	if covers.First > covers.Last {
		r.b.wrong(cmp.Or(y.of["last"], n), fmt.Sprint(covers.Last), fmt.Sprintf("a year from %d, the first, on", covers.First))
		return all
	}
	return covers
}

// ownDays returns a calendar's own dates.
func (r *calendarReader) ownDays(o object, covers years) []calendar.Holiday {
	var days []calendar.Holiday
	seen := map[calendar.Date]bool{}
	for _, item := range o.list("days", "a list of days") {
		d, ok := r.b.object(item, "a day", "date", "name", "workday", "provisional")
		if !ok {
			continue
		}
		h := calendar.Holiday{Name: d.label("name", someName), Workday: d.truth("workday"), Provisional: d.truth("provisional")}
		n := d.of["date"]
		switch {
		case n == nil:
			d.missing("date", dateWanted)
		case !r.b.read(n, &h.Date):
		case h.Date.Year() < firstYear || h.Date.Year() > lastYear:
			r.b.wrong(n, n.String(), dateWanted)
		case !covers.has(h.Date.Year()):
			r.b.wrong(n, n.String(), fmt.Sprintf("a date of the years %d to %d", covers.First, covers.Last))
		case seen[h.Date]:
			r.b.wrong(n, n.String(), "the date once")
		default:
			seen[h.Date] = true
			days = append(days, h)
		}
	}
	return days
}
