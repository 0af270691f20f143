package sla_test

import (
	"database/sql"
	"encoding"
	"encoding/json"
	"fmt"
	"go/types"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/bound"
	"github.com/duetime/duetime/sla/ticket"
)

// decoders are all types that read themselves from text, JSON or a database: each
// makes a zero one.
var decoders = map[string]func() any{
	"calendar.Date":     func() any { return new(calendar.Date) },
	"calendar.DayHours": func() any { return new(calendar.DayHours) },
	"sla.Catalog":       func() any { return new(sla.Catalog) },
	"sla.Request":       func() any { return new(sla.Request) },
	"sla.Target":        func() any { return new(sla.Target) },
	"sla.Threshold":     func() any { return new(sla.Threshold) },
	"ticket.Alarm":      func() any { return new(ticket.Alarm) },
	"ticket.Event":      func() any { return new(ticket.Event) },
	"ticket.Ticket":     func() any { return new(ticket.Ticket) },
}

// parsers are all functions that read a text, and look-ups of what it names.
var parsers = map[string]func(text string) (any, error){
	"calendar.New":           func(s string) (any, error) { return calendar.New(s, "Mo 09:00-17:00") },
	"calendar.ParseDayHours": func(s string) (any, error) { return calendar.ParseDayHours(s) },
	"calendar.ParseDate":     func(s string) (any, error) { return calendar.ParseDate(s) },
	"holiday.Lookup":         func(s string) (any, error) { return holiday.Lookup(s) },
	"region.Lookup":          func(s string) (any, error) { return region.Lookup(region.Moniker(s)) },
	"sla.ParseCatalog":       func(s string) (any, error) { return sla.ParseCatalog([]byte(s)) },
	"sla.Catalog.ParseSeverity": func(s string) (any, error) {
		return sla.Published().ParseSeverity(sla.Request{Moniker: region.China}, s)
	},
	"sla.Catalog.ParseCategory": func(s string) (any, error) {
		return sla.Published().ParseCategory(sla.Request{Moniker: region.China}, s)
	},
	"sla.ParseTarget":             func(s string) (any, error) { return sla.ParseTarget(s) },
	"sla.ParseThreshold":          func(s string) (any, error) { return sla.ParseThreshold(s) },
	"region.LookupOffice":         func(s string) (any, error) { return region.LookupOffice(s) },
	"region.Moniker.CheckCountry": func(s string) (any, error) { return nil, region.Germany.CheckCountry(s) },
	"region.Moniker.Zone":         func(s string) (any, error) { return region.Worldwide.Zone(s) },
	"region.Office.Hours": func(s string) (any, error) {
		country, language, _ := strings.Cut(s, "/")
		o, err := region.LookupOffice(country)
		if err != nil {
			return nil, err
		}
		return o.Hours(region.Technical, language)
	},
}

// No parser and no decoder that the library exports is forgotten.
func TestAllDecodersAreFuzzed(t *testing.T) {
	var missing []string
	for _, s := range sources(t).packages {
		if !s.isLibrary() {
			continue
		}
		for _, name := range s.types.Scope().Names() {
			switch o := s.types.Scope().Lookup(name).(type) {
			case *types.Func:
				if name = s.types.Name() + "." + name; o.Exported() && (strings.HasPrefix(o.Name(), "Parse") || strings.HasPrefix(o.Name(), "Lookup")) && parsers[name] == nil {
					missing = append(missing, name)
				}
			case *types.TypeName:
				for _, method := range []string{"UnmarshalText", "UnmarshalJSON", "UnmarshalBinary", "GobDecode", "Scan", "Set"} {
					m, _, _ := types.LookupFieldOrMethod(o.Type(), true, s.types, method)
					if name := s.types.Name() + "." + name; m != nil && o.Exported() && decoders[name] == nil {
						missing = append(missing, name+"."+method)
					}
				}
			}
		}
	}
	assert.Empty(t, missing)
	for name, zero := range decoders {
		assert.Equal(t, "*"+name, reflect.TypeOf(zero()).String())
	}
}

// FuzzDecoders reads a text as everything that can be read: what is read can be
// written, and reads back as the same; what is not leaves the value as it was, and has
// an error of a line.
func FuzzDecoders(f *testing.F) {
	for _, seed := range []string{
		"", "A", "sev b", "3bd", "1bd@close", "2bd@16:00", "1h30m", "50%", "breach", "-30m", "+4h wall in hours", "+1h every 1h", "+4h wall every 90m in hours", "2024-02-29", "DE-BE", "Europe/Berlin", "o365-germany", "pre-sales",
		"paused", "running", "met", "published", "carry-elapsed", "replace", "new-cycle", "CH", "DZ/english", "Korea", "elevated", strings.Repeat("\xbb", 100), `"B"`, "null", "0", "[]", "{}",
		`{"id":"7","at":"2024-03-08T16:00:00+01:00","word":"reply","severity":"C","note":"x"}`,
		`{"key":"resolution/2024-03-08T15:00:00Z/50%","metric":"resolution","cycle":1,"counts_from":"2024-03-08T16:00:00+01:00","threshold":"50%","number":1,"at":"2024-03-08T16:00:00Z","due":"2024-03-09T16:00:00Z"}`,
		`{"moniker":"o365-germany","category":"billing","plan":"standard","severity":"B","opened":"2024-03-08T16:00:00+01:00","country":"DE","metric":"resolution"}`,
		`{"version": "1", "calendars": {"x": {"zone": "UTC", "hours": "24/7"}}, "policies": [{"moniker": "m", "terms": [{"severities": ["A"], "target": "1h", "calendar": "x"}]}]}`,
		`{"version": "1", "calendars": {"x": {"zone": "UTC", "hours": "Mo-Fr 09:00-17:00"}, "y": {"calendar": "x", "without": [{"calendar": "24/7", "without": ["x"]}, {"zone": "Europe/Berlin", "hours": "We 08:00-09:00"}]}}, "policies": [{"moniker": "m", "terms": [{"target": "1bd", "calendar": "y"}]}]}`,
		`{"version": "1", "statuses": ["s"], "happenings": ["h"], "courses": {"": {"start": ["opened", "h"], "stop": ["s"], "reset": ["h", "due"], "pause": []}}, "policies": [{"moniker": "m", "terms": [{"target": "1h", "calendar": "24/7"}]}]}`,
	} {
		f.Add([]byte(seed))
	}
	var parts, names []string
	for i := range 62 {
		parts = append(parts, fmt.Sprintf(`"c%d": {"zone": "Europe/Berlin", "hours": "Mo-Fr %02d:00-%02d:00"}`, i, i%24, i%24+1))
		names = append(names, fmt.Sprintf(`"c%d"`, i))
	}
	f.Add(fmt.Appendf(nil, `{"version": "1", "calendars": {%s, "all": {"union": [%s]}}, "policies": [{"moniker": "m", "terms": [{"severities": ["A"], "target": "1h", "calendar": "all"}]}]}`,
		strings.Join(parts, ", "), strings.Join(names, ", ")))
	for _, name := range []string{"own", "germany"} {
		text, err := os.ReadFile("ticket/testdata/" + name + ".ticket.json")
		require.NoError(f, err)
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var catalog *sla.Catalog
		bound.Work(t, len(text), func() {
			for name, parse := range parsers {
				v, err := parse(string(text))
				if err != nil {
					bound.Error(t, name, string(text), err)
				} else if c, ok := v.(*sla.Catalog); ok {
					catalog = c
				}
			}
			for name, zero := range decoders {
				checkDecoder(t, name, zero, text)
			}
		})
		if catalog != nil { // 13 MB for a calendar of 70 bytes, to ask it for all years
			bound.Work(t, 30*len(text), func() { askFar(t, catalog) })
		}
	})
}

// askFar asks a catalog for due times so far apart that its calendars need all their
// years.
func askFar(t *testing.T, c *sla.Catalog) {
	t.Helper()
	n := 0
	for r := range requestsOf(c) {
		for _, year := range []int{1901, 2198} {
			r.Opened = time.Date(year, time.July, 1, 12, 0, 0, 0, time.UTC)
			if _, err := c.Deadline(r); err != nil {
				bound.Error(t, "Deadline", "", err)
			}
		}
		if n++; n == 8 {
			return
		}
	}
}

func checkDecoder(t *testing.T, name string, zero func() any, text []byte) {
	t.Helper()
	read := func(how string, decode func(v any) error, encode func(v any) ([]byte, error)) {
		t.Helper()
		v := zero()
		if err := decode(v); err != nil {
			bound.Error(t, name+" "+how, string(text), err)
			if !reflect.DeepEqual(v, zero()) {
				t.Fatalf("%s %s: %q is refused, %v, and leaves %v", name, how, text, err, v)
			}
			return
		}
		if encode == nil {
			return
		}
		written, err := encode(v)
		if err != nil {
			t.Fatalf("%s %s: %q is read as %v, and not written: %v", name, how, text, v, err)
		}
		back := zero()
		again, ok := back.(encoding.TextUnmarshaler)
		if how == "JSON" {
			err = json.Unmarshal(written, back)
		} else if ok {
			err = again.UnmarshalText(written)
		}
		if err != nil {
			t.Fatalf("%s %s: %q is written as %q, which is not read: %v", name, how, text, written, err)
		}
		if twice, err := encode(back); err != nil || string(twice) != string(written) {
			t.Fatalf("%s %s: %q is written as %q, and then as %q, %v", name, how, text, written, twice, err)
		}
	}
	if _, ok := zero().(encoding.TextUnmarshaler); ok {
		marshal := func(v any) ([]byte, error) { return v.(encoding.TextMarshaler).MarshalText() }
		read("text", func(v any) error { return v.(encoding.TextUnmarshaler).UnmarshalText(text) }, marshal)
	}
	if _, ok := zero().(json.Unmarshaler); ok {
		read("JSON", func(v any) error { return v.(json.Unmarshaler).UnmarshalJSON(text) }, json.Marshal)
	}
	if _, ok := zero().(sql.Scanner); ok {
		read("bytes of a database", func(v any) error { return v.(sql.Scanner).Scan(text) }, nil)
		read("string of a database", func(v any) error { return v.(sql.Scanner).Scan(string(text)) }, nil)
	}
}
