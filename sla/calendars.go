package sla

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla/internal/instant"
	"github.com/duetime/duetime/sla/internal/jsontree"
	"github.com/duetime/duetime/sla/internal/text"
)

// calendarReader reads the calendars of a catalog. Some are made of others.
type calendarReader struct {
	*reader
	nodes  map[string]*jsontree.Node
	done   map[string]*calendar.Calendar // nil for one that has a fault
	doing  map[string]bool
	inline map[string]*calendar.Calendar // those written out in a term or another, by their text

	unreadable bool     // so that nobody knows which calendars exist
	names      []string // of the calendars that exist
}

// alwaysHours is the name of a calendar of every catalog, and its hours.
const alwaysHours = "24/7"

// alwaysOpen returns 24/7, a calendar of every catalog.
var alwaysOpen = sync.OnceValue(calendar.AlwaysOpen)

// isAlwaysOpen reports whether a calendar is 24/7, as [calendar.AlwaysOpen] returns
// another one each time.
func isAlwaysOpen(c *calendar.Calendar) bool {
	return c.Name() == alwaysHours && partsOf(c) == nil && c.Zone().String() == "UTC" &&
		len(c.HolidaySets())+len(c.OwnDays())+len(c.FormerHours()) == 0 && c.Hours() == alwaysHours
}

// calendars reads those that a catalog names.
func (r *reader) calendars(n *jsontree.Node) *calendarReader {
	c := &calendarReader{reader: r, nodes: map[string]*jsontree.Node{}, done: map[string]*calendar.Calendar{}, doing: map[string]bool{}, inline: map[string]*calendar.Calendar{}}
	r.catalog.sets = map[calendar.HolidaySet]holidaysForm{}
	if r.catalog.base != nil {
		for _, known := range r.catalog.base.named {
			c.done[known.Name()] = known
		}
	}
	if n != nil && n.Kind != '{' {
		r.at(n, n.String(), "an object: calendars by name")
		c.unreadable = true
	} else if n != nil {
		for _, f := range n.Nodes {
			switch {
			case f.Name == "":
				r.at(f, `""`, text.SomeName)
			case !text.IsLabel(f.Name):
				r.at(f, text.Quote(f.Name), text.LabelWanted)
			case c.nodes[f.Name] != nil:
				r.second(f)
			case c.done[f.Name] != nil:
				r.at(f, text.Quote(f.Name), "a name that the published terms do not have")
			default:
				c.nodes[f.Name] = f
			}
		}
	}
	c.done[alwaysHours] = alwaysOpen()
	always := c.nodes[alwaysHours]
	delete(c.nodes, alwaysHours)
	own := sortedKeys(c.nodes)
	c.names = slices.Clone(own)
	for name := range c.done {
		c.names = append(c.names, name)
	}
	slices.Sort(c.names)
	if always != nil { // the text may say what it is
		if hours := c.build(alwaysHours, always); hours != nil && !isAlwaysOpen(hours) {
			r.at(always, text.Quote(alwaysHours), "another name, as 24/7 is a calendar of every catalog, open at all times")
		}
	}
	for _, name := range own {
		if hours := c.get(name); hours != nil {
			r.catalog.named = append(r.catalog.named, hours)
		}
	}
	return c
}

// get returns the calendar of a name that exists, or nil if it has a fault.
func (r *calendarReader) get(name string) *calendar.Calendar {
	if c, ok := r.done[name]; ok || r.full() {
		return c
	}
	r.doing[name] = true
	c := r.build(name, r.nodes[name])
	delete(r.doing, name)
	r.done[name] = c
	return c
}

const calendarWanted = "the name of a calendar"

// calendar returns the calendar that a node names or writes out, or nil if it has a
// fault.
func (r *calendarReader) calendar(n *jsontree.Node) *calendar.Calendar {
	switch {
	case n.Kind == '{':
		// Terms that share one write it out each.
		written := r.text[n.At:n.End]
		c := r.inline[written]
		if c == nil {
			c = r.build("", n)
			r.inline[written] = c
		}
		return c
	case n.Kind != 's':
		r.unknown(n, &region.UnknownError{Want: calendarWanted, Known: r.names})
	case r.doing[n.Text]:
		r.at(n, n.String(), "a calendar that is not made of this one")
	case r.nodes[n.Text] != nil || r.done[n.Text] != nil:
		const deepest = 16 // more than calendars can be made of each other
		if len(r.doing) > deepest {
			r.at(n, n.String(), fmt.Sprintf("calendars that are made of each other at most %d deep", deepest))
			return nil
		}
		return r.get(n.Text)
	case !r.unreadable:
		r.unknown(n, &region.UnknownError{Text: n.Text, Want: calendarWanted, Known: r.names})
	}
	return nil
}

// ofTerm returns the calendar of a term, and those by country.
func (r *calendarReader) ofTerm(n *jsontree.Node) (other *calendar.Calendar, countries map[string]*calendar.Calendar) {
	byCountry := n.Kind == '{' && !slices.ContainsFunc(n.Nodes, func(f *jsontree.Node) bool { return slices.Contains(calendarFields, f.Name) })
	if !byCountry {
		return r.calendar(n), nil
	}
	if len(n.Nodes) == 0 {
		r.at(n, "an empty object", `a calendar, or calendars by country, such as {"DE": "Berlin", "": "24/7"}`)
		return nil, nil
	}
	seen := map[string]bool{}
	for _, f := range n.Nodes {
		if r.full() {
			break
		}
		if seen[f.Name] {
			r.second(f)
			continue
		}
		seen[f.Name] = true
		c := r.calendar(f)
		if f.Name == "" {
			other = c
		} else if err := isCountry(f.Name); err != nil {
			r.at(f, text.Quote(f.Name), wanted(err))
		} else if c != nil {
			if countries == nil {
				countries = map[string]*calendar.Calendar{}
			}
			countries[f.Name] = c
		}
	}
	return other, countries
}

var calendarFields = []string{"zone", "hours", "holidays", "days", "years", "gaps", "union", "intersection", "calendar", "without"}

// build returns the calendar that a node writes out.
func (r *calendarReader) build(name string, n *jsontree.Node) *calendar.Calendar {
	o, ok := r.object(n, "a calendar", calendarFields...)
	if !ok {
		return nil
	}
	before := len(r.list)
	var c *calendar.Calendar
	if i := slices.IndexFunc(combinations, func(m combination) bool { return slices.ContainsFunc(m.fields, o.has) }); i >= 0 {
		c = r.combined(name, o, combinations[i])
	} else {
		c = r.simple(name, o)
	}
	if len(r.list) > before {
		return nil
	}
	return c
}

// combination is a way to make a calendar of others.
type combination struct {
	how         string
	fields      []string // the last is a list of calendars, another one calendar
	alone       string   // what the fields are, without others
	found, want string   // of calendars that never open so
	combine     func(name string, parts ...*calendar.Calendar) (*calendar.Calendar, error)
}

var combinations = []combination{
	{"union", []string{"union"}, "union or intersection alone", "", "", calendar.Union},
	{"intersection", []string{"intersection"}, "union or intersection alone", "never open together", "calendars that are open at the same time", calendar.Intersect},
	{
		"subtraction",
		[]string{"calendar", "without"},
		"calendar and without alone", "never open without these", "calendars that leave some time open",
		func(name string, parts ...*calendar.Calendar) (*calendar.Calendar, error) {
			return calendar.Subtract(name, parts[0], parts[1:]...)
		},
	},
}

// combined reads a calendar that is made of others.
func (r *calendarReader) combined(name string, o object, m combination) *calendar.Calendar {
	const listWanted = "a list of calendars"
	before := len(r.list)
	for _, other := range calendarFields {
		if f := o.get(other); f != nil && !slices.Contains(m.fields, other) {
			r.at(f, "a field too many", m.alone)
		}
	}
	var items []*jsontree.Node
	list := m.fields[len(m.fields)-1]
	for _, field := range m.fields {
		switch f := o.get(field); {
		case f == nil && field == list:
			o.missing(field, listWanted)
		case f == nil:
			o.missing(field, calendarWanted)
		case field == list:
			items = append(items, o.list(field, listWanted)...)
		default:
			items = append(items, f)
		}
	}
	var parts []*calendar.Calendar
	for _, item := range items {
		if part := r.calendar(item); part != nil {
			parts = append(parts, part)
		}
		if r.full() {
			return nil
		}
	}
	if len(r.list) > before || len(parts) != len(items) {
		return nil
	}
	c, err := m.combine(name, parts...)
	if err != nil {
		found, want := m.found, m.want
		if count, most, ok := strings.Cut(strings.TrimPrefix(err.Error(), fmt.Sprintf("calendar: %s %q: ", m.how, name)), ": want "); ok {
			found, want = count, most
		} else {
			const usual = 256 // bytes of hours, which the error has
			r.neverOpen += 1 + len(err.Error())/usual
		}
		r.at(o.get(list), found, want)
	}
	return c
}

// simple reads a calendar of a zone.
func (r *calendarReader) simple(name string, o object) *calendar.Calendar {
	options := []calendar.Option{calendar.Named(name), calendar.Holidays(r.holidays(o)...)}
	covers, gaps := r.years(o), o.truth("gaps")
	if days := r.ownDays(o, covers); days != nil || o.get("years") != nil || gaps {
		own := calendar.HolidayList(ownDays, days...).WithYears(covers.First, covers.Last)
		if gaps {
			own = own.WithGaps()
		}
		options = append(options, calendar.OwnDays(own))
	}
	const zoneWanted = "a name of the IANA time zone database, such as Europe/Berlin, or UTC"
	zone, hours, former := o.need("zone", zoneWanted), o.get("hours"), []calendar.Option(nil)
	if hours != nil && hours.Kind == '[' {
		hours, former = r.formerHours(o)
	} else {
		o.need("hours", hoursWanted)
	}
	text := alwaysHours
	if hours != nil && hours.Kind == 's' && hours.Text != "" {
		text = hours.Text
	}
	// A fault in the zone does not hide one in the hours, nor the other way round.
	c, err := calendar.New(cmp.Or(zone, "UTC"), text, append(options, former...)...)
	if err == nil {
		return r.shared(c)
	}
	if bad, ok := errors.AsType[*calendar.ParseError](err); ok && hours != nil {
		r.at(hours, hours.String()+fmt.Sprintf(" at byte %d", bad.Offset), bad.Want)
		if _, err := calendar.New("UTC", text); err == nil {
			r.neverOpen++ // because of its holidays
		}
	}
	if _, err := calendar.New(cmp.Or(zone, "UTC"), alwaysHours); err != nil {
		r.at(o.get("zone"), o.get("zone").String(), wanted(err))
	}
	return nil
}

const hoursWanted = `hours such as "Mo-Fr 09:00-17:00"`

// formerHours reads hours that changed: each until a date, in order, but the last.
func (r *calendarReader) formerHours(o object) (last *jsontree.Node, former []calendar.Option) {
	const listWanted = `hours with the date until which they hold, and the last without: [{"until": "2026-07-01", "hours": "Mo-Fr 08:00-16:00"}, {"hours": "Mo-Fr 09:00-17:00"}]`
	items := o.list("hours", listWanted)
	var before calendar.Date
	for i, item := range items {
		f, ok := r.object(item, "hours with the date until which they hold", "until", "hours")
		if !ok {
			continue
		}
		hours := f.need("hours", hoursWanted)
		until := f.get("until")
		switch {
		case i == len(items)-1:
			if until != nil {
				r.at(until, until.String(), "no date for the last hours, which hold on")
			}
			last = f.get("hours")
			continue
		case until == nil:
			f.missing("until", dateWanted)
			continue
		}
		var d calendar.Date
		switch {
		case !read(r.reader, until, &d, calendar.ParseDate):
		case d.Year() < instant.FirstYear || d.Year() > instant.LastYear:
			r.at(until, until.String(), dateWanted)
		case d.Compare(before) <= 0:
			r.at(until, until.String(), fmt.Sprintf("a date after %v, until which the hours before it hold", before))
		case hours == "":
		default:
			before = d
			if _, err := calendar.New("UTC", alwaysHours, calendar.Until(d, hours)); err != nil {
				bad, _ := errors.AsType[*calendar.ParseError](err)
				r.at(f.get("hours"), f.get("hours").String()+fmt.Sprintf(" at byte %d", bad.Offset), bad.Want)
				continue
			}
			former = append(former, calendar.Until(d, hours))
		}
	}
	return last, former
}

// shared returns the calendar of the published terms that is the same as another in the
// text of an excerpt of them, so that all tickets share it; or else the other.
func (r *calendarReader) shared(c *calendar.Calendar) *calendar.Calendar {
	if r.catalog.version == publishedVersion {
		for _, known := range r.published().named {
			if known.Name() == c.Name() && known.Zone().String() == c.Zone().String() && known.Hours() == c.Hours() && slices.Equal(known.HolidaySets(), c.HolidaySets()) && len(c.OwnDays())+len(c.FormerHours()) == 0 {
				return known
			}
		}
	}
	return c
}
