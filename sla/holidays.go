package sla

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla/internal/instant"
	"github.com/duetime/duetime/sla/internal/jsontree"
	"github.com/duetime/duetime/sla/internal/text"
)

// ownDays is the code of the set of a calendar's own dates.
const ownDays = "own"

// holidays reads the sets of a calendar: codes, or codes with what they leave out.
func (r *calendarReader) holidays(o object) []calendar.HolidaySet {
	var sets []calendar.HolidaySet
	seen := map[string]bool{}
	for _, item := range o.list("holidays", "a list of codes, such as DE-BE") {
		if r.full() {
			break
		}
		code, form := item, object{}
		if item.Kind == '{' {
			form, _ = r.object(item, "a set of holidays", "code", "without", "years", "days", "gaps")
			if code = form.get("code"); code == nil {
				form.missing("code", codeWanted)
				continue
			}
		}
		if seen[code.Text] {
			r.at(code, code.String(), "the code once")
			continue
		}
		written := holidaysForm{Code: code.Text}
		if _, err := holiday.Lookup(code.Text); err != nil && code.Kind == 's' && form.get("years") != nil && form.get("without") == nil && text.IsName(code.Text) {
			seen[code.Text] = true
			sets = append(sets, r.ownSet(&written, form))
			continue
		}
		set, ok := r.set(code)
		if !ok {
			continue
		}
		seen[code.Text] = true
		if form.get("without") != nil {
			set = r.lacking(&written, set, form.list("without", `a list of days to leave out, such as "Columbus Day", or of sets: {"code": "DE"}`))
		}
		if form.get("years") != nil || form.get("days") != nil || form.get("gaps") != nil {
			set = r.replaced(&written, set, form)
		}
		sets = append(sets, set)
	}
	return sets
}

// ownSet returns a set that the library does not have: the days of some years.
func (r *calendarReader) ownSet(written *holidaysForm, o object) calendar.HolidaySet {
	written.Years, written.Gaps = r.years(o), o.truth("gaps")
	set := calendar.HolidayList(written.Code, r.ownDays(o, written.Years)...).WithYears(written.Years.First, written.Years.Last)
	if written.Gaps {
		set = set.WithGaps()
	}
	listed, _ := set.Listed()
	written.Days = formsOfDays(listed)
	r.catalog.sets[set] = *written
	return set
}

// replaced returns a set that has other days in some years, as the text says them: those
// that a notice has announced since, or those that held when a ticket was stored.
func (r *calendarReader) replaced(written *holidaysForm, set calendar.HolidaySet, o object) calendar.HolidaySet {
	if o.get("years") == nil {
		o.missing("years", `the years of the days, such as {"first": 2027, "last": 2027}`)
		return set
	}
	before := len(r.list)
	replaced := r.years(o)
	days := r.ownDays(o, replaced)
	gaps := o.truth("gaps")
	first, last := set.Years()
	if replaced.First > last+1 || replaced.Last < first-1 {
		r.at(o.get("years"), fmt.Sprintf("%d to %d", replaced.First, replaced.Last), fmt.Sprintf("years next to %d to %d, which the set covers", first, last))
	}
	if len(r.list) > before {
		return set
	}
	list := calendar.HolidayList(written.Code, days...)
	// A stored ticket has some ten years. More are not compared, as that takes long.
	const most = 32
	same := gaps == set.HasGaps() && first <= replaced.First && replaced.Last <= last && replaced.Last-replaced.First < most
	for year := replaced.First; same && year <= replaced.Last; year++ {
		same = slices.Equal(list.Year(year), set.Year(year))
	}
	if same {
		return set
	}
	other := calendar.HolidayFunc(set.Code(), func(year int) []calendar.Holiday {
		if replaced.has(year) {
			return list.Year(year)
		}
		days := set.Year(year)
		for i := range days {
			days[i].Provisional = days[i].Provisional || !gaps && set.Provisional(year)
		}
		return days
	}).WithYears(min(first, replaced.First), max(last, replaced.Last))
	if gaps {
		other = other.WithGaps()
	}
	written.Years, written.Gaps = replaced, gaps
	listed, _ := list.Listed()
	written.Days = formsOfDays(listed)
	r.catalog.sets[other] = *written
	return other
}

const codeWanted = "the code of a country or a part of it, such as DE-BE"

// set returns the set whose code a node is.
func (r *calendarReader) set(n *jsontree.Node) (calendar.HolidaySet, bool) {
	if n.Kind != 's' {
		r.at(n, n.String(), codeWanted)
		return calendar.HolidaySet{}, false
	}
	set, err := holiday.Lookup(n.Text)
	if err != nil {
		r.at(n, n.String(), wanted(err))
	}
	return set, err == nil
}

// lacking returns a set without some of its days: those of some names, actual and
// observed, and those of other sets.
func (r *calendarReader) lacking(form *holidaysForm, set calendar.HolidaySet, items []*jsontree.Node) calendar.HolidaySet {
	code := form.Code
	names, codes := map[string]bool{}, map[string]bool{}
	var others []calendar.HolidaySet
	var left []string
	for _, item := range items {
		if r.full() {
			break
		}
		if item.Kind == '{' {
			o, _ := r.object(item, "a set of holidays to leave out", "code")
			n := o.get("code")
			if n == nil {
				o.missing("code", codeWanted)
			} else if other, ok := r.set(n); ok && codes[n.Text] {
				r.at(n, n.String(), "the code once")
			} else if ok {
				codes[n.Text] = true
				others = append(others, other)
				form.Without = append(form.Without, codeForm{n.Text})
				left = append(left, n.Text)
			}
			continue
		}
		switch {
		case item.Kind != 's' || item.Text == "":
			r.at(item, item.String(), "the name of a day in the set")
		case names[item.Text]:
			r.at(item, item.String(), "the name once")
		case !dayNames()[code]()[item.Text]:
			r.unknown(item, &region.UnknownError{Text: item.Text, Want: "the name of a day in " + code, Known: sortedKeys(dayNames()[code]())})
		default:
			names[item.Text] = true
			form.Without = append(form.Without, item.Text)
			left = append(left, item.Text)
		}
	}
	if len(names) > 0 {
		others = append(others, calendar.HolidayFunc(code, func(year int) []calendar.Holiday {
			return slices.DeleteFunc(set.Year(year), func(h calendar.Holiday) bool { return !names[nameOf(h)] })
		}))
	}
	lacking := set.Without(code+" without "+strings.Join(left, ", "), others...)
	r.catalog.sets[lacking] = *form
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
	all := years{instant.FirstYear, instant.LastYear}
	n := o.get("years")
	if n == nil {
		return all
	}
	y, ok := r.object(n, "a first and a last year", "first", "last")
	if !ok {
		return all
	}
	before := len(r.list)
	covers := years{y.whole("first", instant.FirstYear, instant.LastYear, instant.FirstYear), y.whole("last", instant.FirstYear, instant.LastYear, instant.LastYear)}
	if len(r.list) > before {
		return all
	}
	if covers.First > covers.Last {
		r.at(cmp.Or(y.get("last"), n), fmt.Sprint(covers.Last), fmt.Sprintf("a year from %d, the first, on", covers.First))
		return all
	}
	return covers
}

// ownDays returns a calendar's own dates.
func (r *calendarReader) ownDays(o object, covers years) []calendar.Holiday {
	items := o.list("days", "a list of days")
	days := slices.Grow([]calendar.Holiday(nil), len(items))
	seen := make(map[calendar.Date]bool, len(items))
	for _, item := range items {
		d, ok := r.object(item, "a day", "date", "name", "hours", "workday", "provisional")
		if !ok {
			continue
		}
		h := calendar.Holiday{Name: d.label("name", text.SomeName), Workday: d.truth("workday"), Provisional: d.truth("provisional")}
		if n := d.get("hours"); n != nil {
			read(r.reader, n, &h.Hours, calendar.ParseDayHours)
		}
		n := d.get("date")
		switch {
		case n == nil:
			d.missing("date", dateWanted)
		case !read(r.reader, n, &h.Date, calendar.ParseDate):
		case h.Date.Year() < instant.FirstYear || h.Date.Year() > instant.LastYear:
			r.at(n, n.String(), dateWanted)
		case !covers.has(h.Date.Year()):
			r.at(n, n.String(), fmt.Sprintf("a date of the years %d to %d", covers.First, covers.Last))
		case seen[h.Date]:
			r.at(n, n.String(), "the date once")
		default:
			seen[h.Date] = true
			days = append(days, h)
		}
	}
	return days
}
