package sla_test

import (
	"errors"
	"fmt"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
	"github.com/duetime/duetime/sla/timeline"
)

// scribble writes over whatever a caller can reach from a value: the elements of
// slices and maps and what is behind pointers, however deep.
func scribble(v reflect.Value) {
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			scribble(v.Index(i))
			if v.Index(i).CanSet() {
				v.Index(i).SetZero()
			}
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			scribble(v.MapIndex(key))
		}
		v.Clear()
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				scribble(v.Field(i))
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			scribble(v.Elem())
			for i := 0; v.Elem().Kind() == reflect.Struct && i < v.Elem().NumField(); i++ {
				if f := v.Elem().Field(i); f.CanSet() {
					f.SetZero()
				}
			}
		}
	case reflect.Interface:
		scribble(v.Elem())
	}
}

// written is a value as text, with everything in it.
func written(v any) string { return fmt.Sprintf("%#v", v) }

// Nobody changes what the library keeps by what it gives away: who writes over a
// result does not change the next one.
func TestNothingIsShared(t *testing.T) {
	opened := in(t, "2024-03-28T16:30:00+01:00")
	desk := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-12:00,13:00-17:00", calendar.Holidays(lookup(t, "DE-BE"), lookup(t, "CN"))))
	both := calendar.Must(calendar.Union("both", desk, calendar.AlwaysOpen()))
	own := calendar.HolidayList("own", calendar.Holiday{Date: date(t, "2024-03-28"), Name: "closed"}, calendar.Holiday{Date: date(t, "2025-01-02")})
	d, err := sla.Published().Deadline(sla.Request{Moniker: germany, Category: billing, Severity: c, Opened: opened})
	require.NoError(t, err)
	catalog, err := sla.NewCatalog("1",
		sla.Policy{
			Moniker: "acme", Plan: "x", Statuses: []string{"open", "waiting", "solved"}, Happenings: []string{"customer", "reply"},
			Courses: []sla.Course{{
				Metric: sla.FirstResponse, Start: []string{sla.WordOpened, "customer"}, Stop: []string{"reply", "solved"}, Reset: []string{sla.WordDue}, Pause: []string{"waiting"},
				Reopening: sla.ReopenNewCycle,
			}},
			Terms: []sla.Term{{Severities: only(b), Target: targetOf("9bd"), Calendar: desk, Thresholds: []sla.Threshold{
				thresholdOf("10%"), thresholdOf("50%"), thresholdOf("breach"), thresholdOf("+1h wall every 1h"),
			}}},
		},
		sla.Policy{Moniker: "acme", Plan: "y", Until: opened, Terms: []sla.Term{{Severities: only(b), Target: targetOf("9bd"), Calendar: desk}}},
	)
	require.NoError(t, err)
	request := sla.Request{Moniker: "acme", Plan: "x", Severity: b, Opened: opened}
	tk := ticketOf(t, catalog, request, told(t, "2024-03-28T16:45:00+01:00", "waiting"), told(t, "2024-04-04T10:45:00+02:00", "open"), told(t, "2024-04-04T11:00:00+02:00", "reply"), told(t, "2024-04-04T12:00:00+02:00", "customer"))
	clock := clockIn(t, tk, "")
	late := opened.AddDate(0, 0, 40)
	acted := []string{clock.Alarms(late)[0].Key(), "withdrawn"}
	changes := func() []sla.Change {
		return slices.Collect(sla.Compare(sla.Published(), catalog, slices.Values([]sla.Request{request, {Moniker: germany, Severity: b, Opened: opened}})))
	}

	results := map[string]func() any{
		"calendar.Calendar.Day": func() any { return desk.Day(date(t, "2024-03-28")) },
		"calendar.Calendar.FormerHours": func() any {
			return calendar.Must(calendar.New("UTC", "24/7", calendar.Until(date(t, "2024-03-28"), "Mo 09:00-10:00"))).FormerHours()
		},
		"calendar.Calendar.OwnDays":        func() any { return calendar.Must(calendar.New("UTC", "24/7", calendar.OwnDays(own))).OwnDays() },
		"calendar.Calendar.HolidaySets":    func() any { return desk.HolidaySets() },
		"calendar.Calendar.UnionOf":        func() any { return both.UnionOf() },
		"calendar.Calendar.IntersectionOf": func() any { return calendar.Must(calendar.Intersect("", both, desk)).IntersectionOf() },
		"calendar.Calendar.SubtractionOf": func() any {
			from, less := calendar.Must(calendar.Subtract("", both, desk)).SubtractionOf()
			return append(less, from)
		},
		"calendar.HolidaySet.Listed": func() any { days, _ := own.Listed(); return days },
		"calendar.HolidaySet.Year":   func() any { return lookup(t, "DE-BE").Year(2024) },
		"holiday.Codes":              func() any { return holiday.Codes() },
		"region.Lookup":              func() any { r, _ := region.Lookup(region.Germany); return r },
		"region.LookupOffice":        func() any { o, _ := region.LookupOffice("BR"); return o },
		"region.Moniker.Countries":   func() any { return append(region.Worldwide.Countries(), region.Germany.Countries()...) },
		"region.Offices":             func() any { return region.Offices() },
		"sla.Catalog.Deadline":       func() any { d, _ := catalog.Deadline(request); return d.Term },
		"sla.Catalog.Lint":           func() any { return catalog.Lint() },
		"sla.Catalog.Policies":       func() any { return slices.Collect(catalog.Policies()) },
		"sla.Catalog.Monikers":       func() any { return catalog.Monikers() },
		"sla.Catalog.Plans":          func() any { return catalog.Plans(request) },
		"sla.Catalog.Severities":     func() any { return catalog.Severities(request) },
		"sla.Catalog.Categories":     func() any { return catalog.Categories(request) },
		"sla.Catalog.Metrics":        func() any { return catalog.Metrics(request) },
		"sla.Catalog.Words":          func() any { statuses, happenings := catalog.Words(request); return [][]string{statuses, happenings} },
		"sla.Catalog.Course":         func() any { course, _ := catalog.Course(request); return course },
		"ticket.Clock.Cycles":        func() any { return clock.Cycles() },
		"ticket.Ticket.Clocks":       func() any { return maps.Collect(tk.Clocks()) },
		"ticket.Ticket.Alarms":       func() any { return tk.Alarms(late) },
		"ticket.Reconcile":           func() any { due, withdrawn := ticket.Reconcile(acted, tk.Alarms(late)); return []any{due, withdrawn} },
		"ticket.Clock.Alarms":        func() any { return clock.Alarms(late) },
		"timeline.English":           func() any { return timeline.English().Events },
		"timeline.German":            func() any { return timeline.German().Events },
		"timeline.Chinese":           func() any { return timeline.Chinese().Events },
		"sla.Catalog.Term":           func() any { term, _ := catalog.Term(request); return term },
		"sla.Catalog.Excerpt":        func() any { b, _ := catalog.Excerpt(only(late), request); return b },
		"ticket.Ticket.Events":       func() any { return tk.Events() },
		"ticket.Clock.Explain":       func() any { return account(clock.Explain(late)) },
		"ticket.Ticket.Explain":      func() any { return account(tk.Explain(late)[0]) },
		"sla.Compare": func() any {
			var all []any
			for _, c := range changes() {
				all = append(all, c.Old.Term, c.New.Term)
			}
			return all
		},
		"sla.Deadline.Explain":    func() any { return account(explained(t, sla.Published(), d)) },
		"ticket.Explanation.Fold": func() any { return account(clock.Explain(late).Fold()) },
		// What errors have.
		"holiday.Lookup": func() any { _, err := holiday.Lookup("XX"); return err },
		"sla.ParseCatalog": func() any {
			_, err := sla.ParseCatalog([]byte(`{"x": 1}`))
			bad, _ := errors.AsType[*sla.CatalogError](err)
			return bad.Faults
		},
	}
	for name, result := range results {
		t.Run(name, func(t *testing.T) {
			want, given := written(result()), result()
			scribble(reflect.ValueOf(&given).Elem())
			require.NotEqual(t, want, written(given), "there is nothing to write over")
			assert.Equal(t, want, written(result()))
		})
	}

	// No result with a slice or a map in it is forgotten.
	missing := slices.DeleteFunc(sharing(sources(t)), func(name string) bool { return results[name] != nil })
	assert.Empty(t, missing, "not in this test")
}

// account is what an explanation has beside its deadline, of which Catalog.Deadline
// is the test.
func account(e ticket.Explanation) []any {
	return []any{e.Term, e.Course, e.Cycles, e.Events, e.Alarms, e.Segments}
}

// sharing returns the functions and methods of the library that return something with
// a slice or a map in it, which they could keep: bytes are made for the caller.
func sharing(m *moduleSource) []string {
	var names []string
	for _, s := range m.packages {
		if !s.isLibrary() {
			continue
		}
		for _, o := range s.info.Defs {
			f, ok := o.(*types.Func)
			if !ok || !f.Exported() {
				continue
			}
			name := s.types.Name() + "." + f.Name()
			if r := f.Signature().Recv(); r != nil {
				of := strings.TrimPrefix(types.TypeString(r.Type(), short(s.types)), "*")
				if o := s.types.Scope().Lookup(of); o == nil || !o.Exported() {
					continue
				}
				name = s.types.Name() + "." + of + "." + f.Name()
			}
			if slices.ContainsFunc(slices.Collect(f.Signature().Results().Variables()), func(v *types.Var) bool { return hasParts(v.Type()) }) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// hasParts reports whether a caller can reach a slice or a map from a value. Errors and
// what types refer to again are left out.
func hasParts(t types.Type, seen ...types.Type) bool {
	if slices.Contains(seen, t) || types.Implements(t, types.Universe.Lookup("error").Type().Underlying().(*types.Interface)) {
		return false
	}
	seen = append(seen, t)
	switch u := t.Underlying().(type) {
	case *types.Slice:
		return u.String() != "[]byte"
	case *types.Map, *types.Chan:
		return true
	case *types.Interface:
		return t == u // any; one with a name, such as driver.Value, says what it is
	case *types.Array:
		return hasParts(u.Elem(), seen...)
	case *types.Pointer:
		if _, isArray := u.Elem().Underlying().(*types.Array); isArray {
			return true
		}
		return hasParts(u.Elem(), seen...)
	case *types.Struct:
		for f := range u.Fields() {
			if f.Exported() && hasParts(f.Type(), seen...) {
				return true
			}
		}
	case *types.Signature: // of an iterator
		for v := range u.Params().Variables() {
			if hasParts(v.Type(), seen...) {
				return true
			}
		}
	}
	return false
}

// Nobody changes what the library has been given by keeping the slice it came in.
func TestArgumentsAreCopied(t *testing.T) {
	opened := in(t, "2024-03-28T16:30:00+01:00")
	desk := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00"))
	always := calendar.AlwaysOpen()
	berlin, china := lookup(t, "DE-BE"), lookup(t, "CN")
	ask := sla.Request{Moniker: "acme", Severity: b, Opened: opened}
	policies := func() []sla.Policy {
		return []sla.Policy{{
			Moniker: "acme", Statuses: []string{"open", "waiting", "solved"}, Happenings: []string{"customer", "reply"},
			Courses: []sla.Course{{Start: []string{sla.WordOpened, "customer"}, Stop: []string{"reply", "solved"}, Reset: []string{sla.WordDue}, Pause: []string{"waiting"}}},
			Terms:   []sla.Term{{Severities: only(b), Target: targetOf("2bd"), Calendar: desk, Thresholds: []sla.Threshold{thresholdOf("50%"), thresholdOf("breach")}}},
			None:    []sla.Exclusion{{Err: sla.ErrNoCommitment, Severities: only(c), Reason: "x"}},
		}}
	}
	deadline := func(c *sla.Catalog) sla.Deadline { d, _ := c.Deadline(ask); return d }
	made, err := sla.NewCatalog("1", policies()...)
	require.NoError(t, err)

	// Each makes something of arguments, and returns these and what is asked of it.
	for name, make := range map[string]func() (args any, result func() any){
		"calendar.Holidays": func() (any, func() any) {
			sets := []calendar.HolidaySet{berlin, china}
			c := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00", calendar.Holidays(sets...)))
			return sets, func() any { return c.HolidaySets() }
		},
		"calendar.HolidayList": func() (any, func() any) {
			days := []calendar.Holiday{{Date: date(t, "2024-03-28"), Name: "closed"}}
			set := calendar.HolidayList("own", days...)
			return days, func() any { return set.Year(2024) }
		},
		"calendar.HolidayFunc": func() (any, func() any) {
			days := []calendar.Holiday{{Date: date(t, "2024-03-28"), Name: "closed"}}
			set := calendar.HolidayFunc("own", func(int) []calendar.Holiday { return days })
			set.Year(2024)
			return days, func() any { return set.Year(2024) }
		},
		"calendar.HolidaySet.With": func() (any, func() any) {
			others := []calendar.HolidaySet{china}
			set := berlin.With("both", others...)
			return others, func() any { return set.Year(2024) }
		},
		"calendar.HolidaySet.Without": func() (any, func() any) {
			others := []calendar.HolidaySet{lookup(t, "DE")}
			set := berlin.Without("rest", others...)
			return others, func() any { return set.Year(2024) }
		},
		"calendar.Union": func() (any, func() any) {
			parts := []*calendar.Calendar{desk, always}
			c := calendar.Must(calendar.Union("", parts...))
			return parts, func() any { return []any{slices.Concat(c.UnionOf(), c.IntersectionOf()), c.Hours()} }
		},
		"calendar.Subtract": func() (any, func() any) {
			less := []*calendar.Calendar{desk}
			c := calendar.Must(calendar.Subtract("", always, less...))
			return less, func() any { _, less := c.SubtractionOf(); return []any{less, c.Hours()} }
		},
		"holiday.FromRules": func() (any, func() any) {
			rules := []*cal.Holiday{{Name: "x", Month: time.March, Day: 9, Func: cal.CalcDayOfMonth, Observed: []cal.AltDay{{Day: time.Saturday, Offset: 2}}}}
			set := holiday.FromRules("x", rules...)
			return rules, func() any { return set.Year(2024) }
		},
		"sla.NewCatalog": func() (any, func() any) {
			policies := policies()
			c, err := sla.NewCatalog("1", policies...)
			require.NoError(t, err)
			return policies, func() any { text, _ := c.MarshalJSON(); return []any{deadline(c).Due, deadline(c).Term, string(text)} }
		},
		"ticket.Of": func() (any, func() any) {
			d := deadline(made)
			tk, err := ticket.Of(d)
			require.NoError(t, err)
			return d.Term.Thresholds, func() any { return tk.Alarms(opened.AddDate(0, 0, 9)) }
		},
		"ticket.Ticket.Apply": func() (any, func() any) {
			list := []ticket.Event{told(t, "2024-03-28T16:45:00+01:00", "waiting"), told(t, "2024-04-04T10:45:00+02:00", "open")}
			tk, err := ticketOf(t, made, ask).Apply(list...)
			require.NoError(t, err)
			return list, func() any { return []any{tk.Events(), tk.Explain(opened.AddDate(0, 0, 9))[0].Segments} }
		},
		"sla.Catalog.Excerpt": func() (any, func() any) {
			times := make([]time.Time, 1, 8)
			times[0] = opened
			_, err := made.Excerpt(times, ask)
			require.NoError(t, err)
			return []int{1}, func() any { return times[:2][1] } // nothing is written behind the slice
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, fresh := make()
			want := written(fresh())
			args, result := make()
			scribble(reflect.ValueOf(&args).Elem())
			assert.Equal(t, want, written(result()))
		})
	}
}
