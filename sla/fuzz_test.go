package sla_test

import (
	"database/sql"
	"encoding"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"go/types"
	"math"
	"os"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
)

// bounded does some work on an input of n bytes, and holds that it ends soon and
// takes no more memory than it may: some times what the most laborious input takes,
// and far from what work without bound would.
func bounded(t *testing.T, n int, work func()) {
	t.Helper()
	const (
		most = 128 << 20   // all terms, and some calendars with all their years
		each = 8 << 10     // a date of twenty bytes can make another shape of a day
		soon = time.Minute // on a machine with other things to do
	)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	work()
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	if bytes := after.TotalAlloc - before.TotalAlloc; bytes > most+each*uint64(n) {
		t.Fatalf("%d bytes allocated for an input of %d bytes", bytes, n)
	}
	if took > soon {
		t.Fatalf("%v taken for an input of %d bytes", took, n)
	}
}

// decoders are all types that read themselves from text, JSON or a database: each
// makes a zero one.
var decoders = map[string]func() any{
	"calendar.Date":    func() any { return new(calendar.Date) },
	"region.Category":  func() any { return new(region.Category) },
	"region.Moniker":   func() any { return new(region.Moniker) },
	"sla.Alarm":        func() any { return new(sla.Alarm) },
	"sla.Basis":        func() any { return new(sla.Basis) },
	"sla.Catalog":      func() any { return new(sla.Catalog) },
	"sla.Clock":        func() any { return new(sla.Clock) },
	"sla.Event":        func() any { return new(sla.Event) },
	"sla.EventKind":    func() any { return new(sla.EventKind) },
	"sla.Outcome":      func() any { return new(sla.Outcome) },
	"sla.Reason":       func() any { return new(sla.Reason) },
	"sla.ReopenMode":   func() any { return new(sla.ReopenMode) },
	"sla.Request":      func() any { return new(sla.Request) },
	"sla.SeverityMode": func() any { return new(sla.SeverityMode) },
	"sla.State":        func() any { return new(sla.State) },
	"sla.Status":       func() any { return new(sla.Status) },
	"sla.Target":       func() any { return new(sla.Target) },
	"sla.Threshold":    func() any { return new(sla.Threshold) },
}

// parsers are all functions that read a text, and look-ups of what it names.
var parsers = map[string]func(text string) (any, error){
	"calendar.New":       func(s string) (any, error) { return calendar.New(s, "Mo 09:00-17:00") },
	"calendar.ParseDate": func(s string) (any, error) { return calendar.ParseDate(s) },
	"holiday.Lookup":     func(s string) (any, error) { return holiday.Lookup(s) },
	"region.Lookup":      func(s string) (any, error) { return region.Lookup(region.Moniker(s)) },
	"sla.ParseCatalog":   func(s string) (any, error) { return sla.ParseCatalog([]byte(s)) },
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

// checkError holds that an error is a line, or for a catalog a line for each fault,
// and not much longer than the text that it quotes.
func checkError(t *testing.T, what, text string, err error) {
	t.Helper()
	_, many := errors.AsType[*sla.CatalogError](err)
	if message := err.Error(); !many && strings.Contains(message, "\n") || len(message) > 12*len(text)+4000 || message == "" {
		t.Fatalf("%s of %q: a bad error: %v", what, text, message)
	}
}

// FuzzDecoders reads a text as everything that can be read: what is read can be
// written, and reads back as the same; what is not leaves the value as it was, and has
// an error of a line.
func FuzzDecoders(f *testing.F) {
	for _, seed := range []string{
		"", "A", "sev b", "3bd", "1bd@close", "2bd@16:00", "1h30m", "50%", "breach", "-30m", "+4h wall in hours", "2024-02-29", "DE-BE", "Europe/Berlin", "o365-germany", "pre-sales",
		"paused", "severity-changed", "running", "met", "published", "carry-elapsed", "new-cycle", "before-start", "CH", "DZ/english", "Korea", "elevated", `"B"`, "null", "0", "[]", "{}",
		`{"at":"2024-03-08T16:00:00+01:00","event":"severity-changed","severity":"C","note":"x"}`,
		`{"key":"1/50%","cycle":1,"threshold":"50%","at":"2024-03-08T16:00:00Z","due":"2024-03-09T16:00:00Z"}`,
		`{"moniker":"o365-germany","category":"billing","plan":"standard","severity":"B","opened":"2024-03-08T16:00:00+01:00","country":"DE","metric":"resolution"}`,
		`{"version": "1", "calendars": {"x": {"zone": "UTC", "hours": "24/7"}}, "policies": [{"moniker": "m", "terms": [{"severities": ["A"], "target": "1h", "calendar": "x"}]}]}`,
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
	for _, clock := range []string{"own", "germany"} {
		text, err := os.ReadFile("testdata/" + clock + ".clock.json")
		require.NoError(f, err)
		f.Add(text)
	}
	d, err := sla.Published().Deadline(sla.Request{Moniker: germany, Severity: b, Opened: time.Date(2024, 3, 8, 16, 0, 0, 0, time.UTC)})
	require.NoError(f, err)
	status, err := json.Marshal(sla.NewClock(d).At(d.Due.Add(time.Hour)))
	require.NoError(f, err)
	f.Add(status)

	f.Fuzz(func(t *testing.T, text []byte) {
		var catalog *sla.Catalog
		bounded(t, len(text), func() {
			for name, parse := range parsers {
				v, err := parse(string(text))
				if err != nil {
					checkError(t, name, string(text), err)
				} else if c, ok := v.(*sla.Catalog); ok {
					catalog = c
				}
			}
			for name, zero := range decoders {
				checkDecoder(t, name, zero, text)
			}
		})
		if catalog != nil { // 13 MB for a calendar of 70 bytes, to ask it for all years
			bounded(t, 30*len(text), func() { askFar(t, catalog) })
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
				checkError(t, "Deadline", "", err)
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
			checkError(t, name+" "+how, string(text), err)
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

// hostile makes of bytes what no caller should pass, and some do.
type hostile struct{ bytes []byte }

func (h *hostile) number() int64 {
	var b [8]byte
	h.bytes = h.bytes[copy(b[:], h.bytes):]
	return int64(binary.LittleEndian.Uint64(b[:]))
}

func (h *hostile) small(n int) int {
	if len(h.bytes) == 0 {
		return 0
	}
	v := int(h.bytes[0])
	h.bytes = h.bytes[1:]
	return v % n
}

// instant returns one near those of before, or any.
func (h *hostile) instant(before time.Time) time.Time {
	first, last := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)
	switch h.small(10) {
	case 0:
		return time.Time{}
	case 1:
		return time.Unix(h.number(), h.number())
	case 2:
		return time.Unix(h.number(), 0).In(time.FixedZone("far", int(h.number())))
	case 3:
		return first.Add(time.Duration(h.number()) % time.Hour)
	case 4:
		return last.Add(time.Duration(h.number()) % time.Hour)
	case 5:
		return before.Add(time.Duration(h.number()))
	case 6:
		return before
	}
	return before.Add(time.Duration(h.small(200)) * time.Hour)
}

func (h *hostile) duration() time.Duration {
	switch h.small(4) {
	case 0:
		return time.Duration(h.number())
	case 1:
		return []time.Duration{math.MinInt64, math.MaxInt64, -1, 0}[h.small(4)]
	}
	return time.Duration(h.small(256)) * time.Hour
}

func (h *hostile) thresholds() (list []sla.Threshold) {
	for range h.small(5) {
		t := []sla.Threshold{
			sla.Share(int(h.number())), sla.Share(h.small(200)), sla.Breach(), sla.BeforeDue(h.duration()), sla.AfterDue(h.duration()),
			sla.WallBeforeDue(h.duration()), sla.WallAfterDue(h.duration()),
			{},
		}[h.small(8)]
		if h.small(3) == 0 {
			t = t.InHours()
		}
		list = append(list, t)
	}
	return list
}

func (h *hostile) severity() sla.Severity {
	return []sla.Severity{"", a, b, sla.SeverityC, "no such severity"}[h.small(5)]
}

// clock returns one with a term of a catalog, if there is one, or with any.
func (h *hostile) clock(t *testing.T) sla.Clock {
	days := int(h.number())
	opened := h.instant(time.Date(2024, 3, 28, 10, 0, 0, 0, time.UTC))
	p := sla.Policy{Moniker: "acme", SeverityChange: sla.SeverityMode(h.small(4)), Reopening: sla.ReopenMode(h.small(4))}
	for _, s := range []sla.Severity{a, b, sla.SeverityC} {
		p.Terms = append(p.Terms, sla.Term{
			Severities: only(s), Thresholds: h.thresholds(), Calendar: append(lawCalendars, nil)[h.small(len(lawCalendars)+1)],
			Target: []sla.Target{sla.Within(h.duration()), sla.BusinessDays(days), sla.BusinessDays(h.small(9)), sla.BusinessDays(h.small(9)).AtClose(), sla.BusinessDays(h.small(9)).At(h.duration()), {}}[h.small(6)],
		})
	}
	r := sla.Request{Moniker: "acme", Severity: h.severity(), Opened: opened}
	catalog, err := sla.NewCatalog("test", p)
	if err != nil {
		checkError(t, "NewCatalog", strings.Repeat("x", 3000), err)
		// The clock of what is no catalog's deadline.
		return sla.NewClock(sla.Deadline{Request: r, Term: p.Terms[h.small(3)]})
	}
	d, err := catalog.Deadline(r)
	if err != nil {
		checkError(t, "Deadline", "", err)
	}
	return sla.NewClock(d)
}

// FuzzEvents applies any events to any clock and asks it at any instant: what cannot
// be is refused and leaves the clock as it was, and what a clock says is of one piece.
func FuzzEvents(f *testing.F) {
	for i := range byte(6) {
		seed := make([]byte, 160)
		for j := range seed {
			seed[j] = byte(j*j)*(2*i+1) + i*byte(j)
		}
		f.Add(seed)
	}
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, bytes []byte) {
		bounded(t, len(bytes), func() {
			h := &hostile{bytes}
			clock := h.clock(t)
			last := clock.Deadline().Request.Opened
			if list := h.thresholds(); len(list) > 0 {
				more, err := clock.WithThresholds(list...)
				if err != nil && !errors.Is(err, sla.ErrBadThreshold) && clock.At(last).Err == nil {
					t.Fatalf("WithThresholds(%v): %v", list, err)
				}
				clock = more
			}
			for len(h.bytes) > 0 {
				e := sla.Event{At: h.instant(last), Kind: sla.EventKind(h.small(9)), Severity: h.severity(), Note: string(h.bytes[:h.small(4)%(len(h.bytes)+1)])}
				if h.small(4) > 0 && e.Kind != sla.SeverityChanged {
					e.Severity = ""
				}
				next, err := clock.Apply(e)
				if err != nil {
					checkError(t, "Apply", e.Note, err)
					if !reflect.DeepEqual(next, clock) {
						t.Fatalf("%v is refused and changes the clock: %v", e, err)
					}
				} else if e.At.Before(last) && len(clock.Events()) > 0 {
					t.Fatalf("%v is applied after %v", e, last)
				} else {
					last = e.At
				}
				clock = next
			}
			checkStored(t, clock)
			checkAnswers(t, clock, h.instant(last), last, clock.At(last).Due, time.Time{})
		})
	})
}

// checkStored holds that a clock is read as it was written, if it has begun.
func checkStored(t *testing.T, clock sla.Clock) {
	text, err := json.Marshal(clock)
	if err != nil {
		checkError(t, "Marshal", "", err)
		return
	}
	var back sla.Clock
	if err := json.Unmarshal(text, &back); err != nil || !back.Equal(clock) {
		t.Fatalf("%s\nis read as another clock: %v", text, err)
	}
}

// checkAnswers asks a clock all there is at some instants.
func checkAnswers(t *testing.T, clock sla.Clock, instants ...time.Time) {
	_, err := clock.Apply()
	none := err != nil
	for _, now := range instants {
		st := clock.At(now)
		if st.Err != nil {
			checkError(t, "At", "", st.Err)
		}
		if next, ok := clock.Next(now); ok && (!next.After(now) || next.Location() != now.Location()) {
			t.Fatalf("Next(%v) = %v", now, next)
		}
		alarms := clock.Alarms(now)
		for i, alarm := range alarms {
			if alarm.At.After(now) || i > 0 && alarm.At.Before(alarms[i-1].At) {
				t.Fatalf("Alarms(%v) = %v", now, alarms)
			}
		}
		said := []any{st, alarms}
		// An account has a line for each opening and closing from the request to now,
		// and on to the due time where that is later.
		const years = 3 * 365 * 24 * time.Hour
		opened := clock.Deadline().Request.Opened
		if now.Sub(opened).Abs() < years && (st.Due.IsZero() || st.Due.Sub(opened) < years) {
			e := clock.Explain(now)
			_, _ = e.String(), e.Fold().String()
			said = append(said, e)
		}
		for _, v := range said {
			// A clock that is none may be of what JSON cannot say: severity 120. And package
			// time writes no year of five digits.
			if _, err := json.Marshal(v); err != nil && !none && !strings.Contains(err.Error(), "year outside of range") {
				t.Fatalf("at %v: %v of %+v", now, err, v)
			}
		}
	}
}
