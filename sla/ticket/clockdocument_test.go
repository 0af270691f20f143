package ticket_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/bound"
	"github.com/duetime/duetime/sla/ticket"
)

var updateFlag = flag.Bool("update", false, "write the golden files anew")

// lives are clocks whose stored forms are pinned.
func lives(t *testing.T) map[string]ticket.Clock {
	life := func(r sla.Request, list string, alarms ...sla.Threshold) ticket.Clock {
		clock, err := clockOf(t, sla.Published(), r).WithThresholds(alarms...)
		require.NoError(t, err)
		clock, err = clock.Apply(events(t, list)...)
		require.NoError(t, err)
		return clock
	}
	own := scenario{b: "1bd@16:00", c: "", severity: sla.ChangeCarryElapsed, reopening: sla.ReopenNewCycle, hours: "Mo-Fr 22:00-06:00; Mar 29 off", alarms: "50%, +4h wall in hours"}
	return map[string]ticket.Clock{
		"germany":   life(sla.Request{Moniker: germany, Severity: b, Opened: moment(t, "Thu3 16:30")}, "Thu3 16:45 paused, Thu4 10:45 resumed, Thu4 11:00 severity-changed C", thresholdOf("50%"), thresholdOf("breach")),
		"china":     life(sla.Request{Moniker: china, Category: billing, Severity: c, Opened: time.Date(2026, 2, 13, 4, 0, 0, 0, time.UTC), Country: "CN"}, ""),
		"worldwide": life(sla.Request{Moniker: worldwide, Severity: b, Opened: moment(t, "Mon 10:00")}, "Mon 12:00 severity-changed C, Tue 12:00 responded, Tue 13:00 cancelled"),
		"own":       own.clock(t, "Mon 23:00", "Tue 01:00 paused, Tue 01:00 responded, Wed 23:00 reopened"),
	}
}

// golden compares JSON, indented, with a file of testdata, or writes it with -update.
func golden(t *testing.T, name string, text []byte) {
	t.Helper()
	var pretty bytes.Buffer
	require.NoError(t, json.Indent(&pretty, text, "", "\t"))
	pretty.WriteByte('\n')
	goldenText(t, name, pretty.String())
}

// goldenText compares a text with a file of testdata, or writes it with -update.
func goldenText(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *updateFlag {
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	wanted := strings.Split(string(want), "\n")
	for i, line := range strings.Split(text, "\n") {
		if i >= len(wanted) || line != wanted[i] {
			t.Errorf("%s, line %d: %s (go test ./sla/ticket -update writes it anew; stored clocks depend on it)", name, i+1, line)
			break
		}
	}
	assert.Equal(t, len(want), len(text), name)
}

func TestStoredForms(t *testing.T) {
	for name, clock := range lives(t) {
		t.Run(name, func(t *testing.T) {
			text, err := json.Marshal(clock)
			require.NoError(t, err)
			golden(t, name+".clock.json", text)
			last := clock.Request().Opened
			if list := clock.Events(); len(list) > 0 {
				last = list[len(list)-1].At
			}
			e, err := json.Marshal(clock.Explain(last.In(time.UTC)).Fold())
			require.NoError(t, err)
			golden(t, name+".explanation.json", e)
			at := last.Add(time.Hour + 30*time.Second + time.Millisecond)
			goldenText(t, name+".explanation.txt", clock.Explain(at).String()+"\n"+clock.Explain(at.AddDate(0, 0, 7)).Fold().String())

			stored, err := os.ReadFile(filepath.Join("testdata", name+".clock.json"))
			require.NoError(t, err)
			var back ticket.Clock
			require.NoError(t, json.Unmarshal(stored, &back))
			assert.True(t, same(back, clock))
			assert.Equal(t, string(text), jsonOf(t, back), "the same bytes again")
			for _, now := range []time.Time{last, last.Add(time.Hour), last.AddDate(3, 0, 0)} {
				assert.Equal(t, jsonOf(t, clock.At(now)), jsonOf(t, back.At(now)))
			}
		})
	}
}

// A clock says the same after its catalog has changed, and after the holidays
// that the library knows have.
func TestStoredClockKeepsItsTerms(t *testing.T) {
	clock := lives(t)["germany"]
	text := jsonOf(t, clock)
	// As if the library had known nothing of Good Friday when it was written.
	other := strings.Replace(text, `{"date":"2024-03-29","name":"Karfreitag"},`, "", 1)
	require.NotEqual(t, text, other)
	var back ticket.Clock
	require.NoError(t, json.Unmarshal([]byte(other), &back))
	assert.Equal(t, "Fri3 16:30", named(back.At(moment(t, "Thu3 16:30")).Due.In(moment(t, "Thu3 16:30").Location())))
	assert.Equal(t, "Tue4 16:30", named(clock.At(moment(t, "Thu3 16:30")).Due))
	assert.False(t, same(back, clock))
	assert.Equal(t, other, jsonOf(t, back))
	// The years that were not written are what the library knows.
	later := time.Date(2031, time.April, 10, 12, 0, 0, 0, time.UTC) // before Good Friday
	left, err := back.Explain(moment(t, "Thu3 16:30")).Term.Calendar.Between(later, later.AddDate(0, 0, 7))
	require.NoError(t, err)
	kept, err := clock.Explain(moment(t, "Thu3 16:30")).Term.Calendar.Between(later, later.AddDate(0, 0, 7))
	require.NoError(t, err)
	assert.Equal(t, kept, left)

	// A set that the library knows no more is known for the years that were written.
	unknown := strings.Replace(text, `"code":"DE-BE"`, `"code":"DE-XX"`, 1)
	require.NoError(t, json.Unmarshal([]byte(unknown), &back))
	assert.False(t, back.At(moment(t, "Thu3 16:30")).Provisional)
	forever, err := back.Apply(ticket.Event{At: moment(t, "Fri4 16:30"), Kind: ticket.Paused})
	require.NoError(t, err)
	assert.True(t, forever.At(later.AddDate(0, 0, 7)).Provisional)

	// The years are those up to the due time and the last event, and the one after.
	answered, err := clock.Apply(ticket.Event{At: moment(t, "Thu3 16:30").AddDate(3, 0, 0), Kind: ticket.Responded})
	require.NoError(t, err)
	assert.Contains(t, jsonOf(t, answered), `"years":{"first":2024,"last":2028}`)

	// Times are in the offset that was written, and not in the machine's own zone if
	// that has the same offset.
	local := time.Local
	t.Cleanup(func() { time.Local = local })
	time.Local = moment(t, "Mon 10:00").Location()
	require.NoError(t, json.Unmarshal([]byte(text), &back))
	assert.Equal(t, "", back.Request().Opened.Location().String())
	time.Local = local

	// A clock that is unchanged shares its calendar with the catalog.
	require.NoError(t, json.Unmarshal([]byte(text), &back))
	assert.Same(t, clock.Explain(moment(t, "Thu3 16:30")).Term.Calendar, back.Explain(moment(t, "Thu3 16:30")).Term.Calendar)

	// Of holidays of one's own, the years that were not written are not covered.
	set := calendar.HolidayFunc("own", func(year int) []calendar.Holiday {
		d, _ := calendar.NewDate(year, time.March, 12)
		return []calendar.Holiday{{Date: d, Name: "company day"}}
	})
	hours := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00", calendar.Holidays(set), calendar.Named("desk")))
	catalog, err := sla.NewCatalog("own", sla.Policy{Moniker: "acme", Terms: []sla.Term{{Severities: only(b), Target: targetOf("1bd"), Calendar: hours}}})
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal([]byte(jsonOf(t, clockOf(t, catalog, sla.Request{Moniker: "acme", Severity: b, Opened: moment(t, "Mon 10:00")}))), &back))
	assert.Equal(t, "Wed 10:00", named(back.At(moment(t, "Mon 10:00")).Due))
	assert.Equal(t, "own", back.Explain(moment(t, "Mon 10:00")).Catalog)
	paused, err := back.Apply(ticket.Event{At: moment(t, "Mon 11:00"), Kind: ticket.Paused})
	require.NoError(t, err)
	assert.False(t, paused.At(moment(t, "Fri 10:00")).Provisional)
	assert.False(t, paused.At(moment(t, "Fri 10:00").AddDate(10, 0, 0)).Provisional)
	assert.True(t, paused.At(moment(t, "Fri 10:00").AddDate(11, 0, 0)).Provisional, "nobody knows the holidays of 2035")
}

func TestStoredFaults(t *testing.T) {
	good := jsonOf(t, lives(t)["germany"])
	for _, row := range []struct{ old, new, want string }{
		{`{"format":1,`, `{"format":2,`, "ticket: clock: format 2: want 1"},
		{`{"format":1,`, `{"clock":1,`, "ticket: clock: clock: unknown field: want one of format, catalog, request, alarms, events"},
		{`"paused"`, `"slept"`, `ticket: event 0, 2024-03-28T16:45:00+01:00 slept: unknown event "slept": want paused, resumed, responded, severity-changed, reopened, cancelled (the opening was at 2024-03-28T16:30:00+01:00)`},
		{`"event":"resumed"`, `"event":"paused"`, "ticket: event 1, 2024-04-04T10:45:00+02:00 paused: the clock is paused already (the last event, paused, was at 2024-03-28T16:45:00+01:00)"},
		{`"zone":"Europe/Berlin"`, `"zone":"Mars"`, ""},
		{`"hours":"Mo-Fr 09:00-17:00"`, `"hours":"never"`, ""},
		{`"date":"2024-03-29"`, `"date":"2024-02-30"`, ""},
		{`{"date":"2024-03-29"`, `{"day":"2024-03-29"`, ""},
		{`"date":"2024-03-29"`, `"date":"2026-03-29"`, `ticket: clock: catalog.calendars["Office 365 Germany, business hours"].holidays[0].days[2].date: "2026-03-29": want a date of the years 2024 to 2025`},
		{`"years":{"first":2024,"last":2025}`, `"years":{"first":2024,"last":2000000000}`, ""},
		{`"years":{"first":2024,"last":2025}`, `"years":{"first":2025,"last":2024}`, ""},
		{`"years":{"first":2024,"last":2025},`, ``, ""},
		{`"terms":[`, `"terms":[],"x":[`, ""},
		{`"terms":[`, `"terms":[{},`, ""},
		{`"alarms":["50%","breach"],`, ``, "ticket: clock: alarms: missing"},
		{`"alarms":["50%","breach"]`, `"alarms":null`, "ticket: clock: alarms: null: want a list"},
		{`"alarms":["50%"`, `"alarms":["50%","50%"`, "ticket: clock: threshold 50%: there twice: want it once"},
		{`"alarms":["50%"`, `"alarms":["soon"`, ""},
		{`"moniker":"o365-germany","category"`, `"moniker":"o365-mars","category"`, `ticket: clock: request: region: unknown moniker "o365-mars": want one of the catalog: o365-germany`},
		{`"opened":"2024-03-28T16:30:00+01:00"}`, `"opened":"2024-03-28T16:30:00+01:00","metric":"resolution"}`, `ticket: clock: request: sla: unknown metric "resolution": want one of the catalog: first-response`},
		{`"holidays":[`, `"holidays":[` + strings.Repeat(`{"code":"x","years":{"first":1900,"last":1900}},`, 128), ""},
		{`"plan":"standard","severity"`, `"plan,omitempty":"standard","severity"`, `ticket: clock: request: sla: request: ["plan,omitempty"]: unknown field: want one of moniker, category, plan, severity, opened, country, metric`},
		{`"opened":"2024-03-28T16:30:00+01:00"`, `"opened":"2024-03-28T16:30:00-24:00"`, `ticket: clock: request: sla: request: opened: "2024-03-28T16:30:00-24:00": want an instant such as "2024-03-08T16:00:00+01:00"`},
		{`"opened":"2024-03-28T16:30:00+01:00"`, `"opened":"2024-03-28T16:30:00+24:00"`, ""},
		{`"opened":"2024-03-28T16:30:00+01:00"`, `"opened":"2024-03-28T6:30:00Z"`, ""},
		{`"opened":"2024-03-28T16:30:00+01:00"`, `"opened":"2024-03-28T16:30:00+00:60"`, ""},
		{`"opened":"2024`, `"opened":"1824`, ""},
		{`"opened":"2024-03-28T16:30:00+01:00"`, `"opened":""`, ""},
		{`"opened":"2024-03-28T16:30:00+01:00"`, `"opened":null`, `ticket: clock: request: sla: request: opened: null: want a value`},
		{`"opened":"2024-03-28T16:30:00+01:00"`, `"opened":"2024-03-28T16:30:00,5+01:00"`, ""},
		{`"severity":"B","opened"`, `"opened"`, `ticket: clock: request: sla: no severity given: want a severity of o365-germany, plan standard: A, B, C`},
		{`"severity":"B","opened"`, `"severity":"D","opened"`, ""},
		{`"calendar":"24/7"`, `"calendar":{"union":[` + strings.Repeat(`{"zone":"UTC","hours":"24/7"},`, 99) + `"24/7"]}`, ""},
		{`"catalog":{`, `"catalog":null,"x":{`, ""},
	} {
		bad := strings.Replace(good, row.old, row.new, 1)
		require.NotEqual(t, good, bad, row.old)
		clock := lives(t)["china"]
		before := clock
		err := json.Unmarshal([]byte(bad), &clock)
		if assert.Error(t, err, row.new) {
			assert.NotContains(t, err.Error(), "\n")
			if row.want != "" {
				assert.EqualError(t, err, row.want)
			}
		}
		assert.True(t, same(before, clock), "unchanged")
	}
	for _, bad := range []string{"", "null", "[]", "{}", `{"at":"2024-03-08T16:00:00Z","event":"paused"} x`, `{"at":"2024-03-08T16:00:00Z"}`, `{"at":"2024-03-08T16:00:00Z","event":"paused","severity":"B"}`, `{"at":"1","event":"paused"}`, `{"at":"2024-03-08T16:00:00Z","event":"paused"}}`, `{"at":"2024-03-08T16:00:00Z","event":"paused"}]x`, `{"at":"2024-03-08T16:00:00Z","event":"paused","why":""}`} {
		var e ticket.Event
		assert.Error(t, e.UnmarshalJSON([]byte(bad)), bad)
		var k ticket.Clock
		assert.Error(t, k.UnmarshalJSON([]byte(bad)), bad)
	}
}

// A field that is there again, or in other letters, is refused wherever it stands:
// encoding/json would take the last of them.
func TestStoredFieldsAreExact(t *testing.T) {
	key := regexp.MustCompile(`[{,]("[^"]+"):`)
	for name, clock := range lives(t) {
		now := moment(t, "Fri8 12:00")
		for _, what := range []any{clock, clock.Request(), clock.Events(), clock.Alarms(now)} {
			text, tried := jsonOf(t, what), 0
			read := func(text string) error {
				return json.Unmarshal([]byte(text), reflect.New(reflect.TypeOf(what)).Interface())
			}
			require.NoError(t, read(text), text)
			for _, at := range key.FindAllStringSubmatchIndex(text, -1) {
				field := text[at[2]:at[3]]
				var value json.RawMessage
				require.NoError(t, json.NewDecoder(strings.NewReader(text[at[1]:])).Decode(&value))
				assert.ErrorContains(t, read(text[:at[2]]+field+":"+string(value)+" , "+text[at[2]:]), "duplicate field: want it once", name)
				for _, other := range []string{strings.ToUpper(field), strings.Replace(field, "s", "ſ", 1)} {
					if other != field {
						assert.Error(t, read(text[:at[2]]+other+" "+text[at[3]:]), name)
					}
				}
				tried++
			}
			assert.Equal(t, text == "[]" || text == "null", tried == 0, text)
		}
	}
	var event ticket.Event
	require.NoError(t, json.Unmarshal([]byte(`{"at":"2024-03-08T16:00:00Z","event":"paused","note":"\"note\":\\"}`), &event))
	assert.Equal(t, `"note":\`, event.Note)
	assert.NoError(t, json.Unmarshal([]byte(`{"\u0061t":"2024-03-08T16:00:00Z","event":"paused"}`), &event), "the same name, written in another way")
}

// The smaller forms read what they write, and nothing else.
func TestStoredParts(t *testing.T) {
	clock := lives(t)["germany"]
	alarm := clock.Alarms(moment(t, "Fri8 12:00"))[0]
	var back ticket.Alarm
	require.NoError(t, json.Unmarshal([]byte(jsonOf(t, alarm)), &back))
	assert.Equal(t, jsonOf(t, alarm), jsonOf(t, back))
	assert.Equal(t, alarm.Key(), back.Key())
	assert.True(t, alarm.At.Equal(back.At) && alarm.Due.Equal(back.Due))
	assert.EqualError(t, json.Unmarshal([]byte(strings.Replace(jsonOf(t, alarm), `"1/50%"`, `"2/50%"`, 1)), &back), `ticket: alarm: key "2/50%": want "1/50%"`)
	assert.ErrorContains(t, json.Unmarshal([]byte(`{"colour":1}`), &back), "ticket: alarm: ")

	request := sla.Request{Moniker: "acme", Category: billing, Plan: "gold", Severity: a, Opened: moment(t, "Mon 10:00"), Country: "AT"}
	var again sla.Request
	require.NoError(t, json.Unmarshal([]byte(jsonOf(t, request)), &again))
	assert.True(t, again.Opened.Equal(request.Opened))
	again.Opened = request.Opened
	assert.Equal(t, request, again)
	require.NoError(t, json.Unmarshal([]byte(`{"moniker":"acme","severity":"B","opened":"2024-03-11T10:00:00Z"}`), &again))
	assert.Equal(t, sla.Request{Moniker: "acme", Severity: b, Opened: time.Date(2024, 3, 11, 10, 0, 0, 0, time.UTC)}, again)
	assert.EqualError(t, json.Unmarshal([]byte(`{"subject":"help"}`), &again), "sla: request: subject: unknown field: want one of moniker, category, plan, severity, opened, country, metric")

	var event ticket.Event
	good := jsonOf(t, clock.Events()[0])
	assert.EqualError(t, event.UnmarshalJSON(nil), "ticket: event: line 1, column 1: the end of the text: want a JSON value")
	assert.EqualError(t, event.UnmarshalJSON([]byte(good[:9])), "ticket: event: line 1, column 10: the end of the text: want a closing quotation mark")
	assert.EqualError(t, event.UnmarshalJSON([]byte(good+"1")), `ticket: event: line 1, column 52: "1": want the end of the text, after one value`)
	require.NoError(t, event.UnmarshalJSON([]byte(" "+good+"\n")))

	// Instants are read in the offset that they were written in.
	r := clock.Request()
	r.Opened = r.Opened.UTC()
	abroad, err := clockOf(t, sla.Published(), r).WithThresholds(thresholdOf("50%"), thresholdOf("breach"))
	require.NoError(t, err)
	for _, e := range clock.Events() {
		e.At = e.At.In(time.FixedZone("", -3*60*60))
		abroad, err = abroad.Apply(e)
		require.NoError(t, err)
	}
	now := moment(t, "Fri8 12:00")
	assert.NotEqual(t, jsonOf(t, clock), jsonOf(t, abroad))
	assert.Equal(t, jsonOf(t, clock.At(now)), jsonOf(t, abroad.At(now)))
	require.NoError(t, json.Unmarshal([]byte(jsonOf(t, abroad)), &abroad))
	assert.Equal(t, jsonOf(t, clock.At(now)), jsonOf(t, abroad.At(now)))
	_, offset := abroad.Events()[0].At.Zone()
	assert.Equal(t, -3*60*60, offset)

	// Days that nobody has announced yet are stored as such.
	late := sla.Request{Moniker: china, Category: billing, Severity: b, Opened: time.Date(2027, 1, 6, 4, 0, 0, 0, time.UTC)}
	clock = clockOf(t, sla.Published(), late)
	require.True(t, clock.At(late.Opened).Provisional)
	text := jsonOf(t, clock)
	assert.Contains(t, text, `"name":"New Year's Day 元旦","provisional":true}`)
	require.NoError(t, json.Unmarshal([]byte(text), &clock))
	assert.True(t, clock.At(late.Opened).Provisional)
	assert.Equal(t, text, jsonOf(t, clock))

	// So are those of one's own.
	soon := sla.Request{Moniker: "acme", Severity: b, Opened: moment(t, "Mon 10:00")}
	expected := calendar.HolidayList("feasts", calendar.Holiday{Date: date(t, "2024-03-12"), Name: "feast", Provisional: true})
	clock = clockOf(t, catalogIn(t, calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00", calendar.Holidays(expected)))), soon)
	require.True(t, clock.At(soon.Opened).Provisional)
	text = jsonOf(t, clock)
	require.NoError(t, json.Unmarshal([]byte(text), &clock))
	assert.True(t, clock.At(soon.Opened).Provisional)
	require.NoError(t, json.Unmarshal([]byte(strings.ReplaceAll(text, `,"provisional":true`, "")), &clock))
	assert.False(t, clock.At(soon.Opened).Provisional, "announced, as far as this clock knows")
}

// catalogIn returns a catalog of one term, which counts in a calendar.
func catalogIn(t testing.TB, c *calendar.Calendar) *sla.Catalog {
	catalog, err := sla.NewCatalog("one", sla.Policy{Moniker: "acme", Terms: []sla.Term{{Target: targetOf("1bd"), Calendar: c}}})
	require.NoError(t, err)
	return catalog
}

// What is odd in a clock is kept, too.
func TestStoredOddities(t *testing.T) {
	day := func(code, name string) calendar.HolidaySet {
		return calendar.HolidayFunc(code, func(year int) []calendar.Holiday {
			d, _ := calendar.NewDate(year, time.March, 12)
			return []calendar.Holiday{{Date: d, Name: name}}
		})
	}
	for name, term := range map[string]struct {
		set    calendar.HolidaySet
		opened time.Time
	}{
		"a name that looks like a flag":  {day("own", "provisional: make-up workday: \xff"), moment(t, "Mon 10:00")},
		"a code that the library has":    {day("CN", "company day"), moment(t, "Mon 10:00")},
		"seconds in the offset":          {day("own", "day"), moment(t, "Mon 10:00").In(time.FixedZone("", 3630))},
		"an offset of less than minutes": {day("own", "day"), moment(t, "Mon 10:00").In(time.FixedZone("", -7))},
		"an offset of a day":             {day("own", "day"), moment(t, "Mon 10:00").In(time.FixedZone("", 24*60*60))},
		"an offset of a day, west":       {day("own", "day"), moment(t, "Mon 10:00").In(time.FixedZone("", -24*60*60))},
	} {
		t.Run(name, func(t *testing.T) {
			hours := func() *calendar.Calendar { // another one each time
				return calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00", calendar.Holidays(term.set)))
			}
			catalog, err := sla.NewCatalog("odd", sla.Policy{Moniker: "O365-Germany", Plan: " Standard", Terms: []sla.Term{
				{Severities: only(b), Target: targetOf("1bd"), Calendar: hours()}, {Severities: only(c), Target: targetOf("3bd"), Calendar: hours()},
			}})
			require.NoError(t, err)
			clock := clockOf(t, catalog, sla.Request{Moniker: "O365-Germany", Severity: b, Opened: term.opened}, ticket.Event{At: term.opened, Kind: ticket.Paused, Note: "\xff"})
			var back ticket.Clock
			require.NoError(t, json.Unmarshal([]byte(jsonOf(t, clock)), &back))
			assert.Equal(t, jsonOf(t, clock), jsonOf(t, back))
			assert.True(t, same(back, clock))
			assert.True(t, back.Request().Opened.Equal(term.opened))
			assert.Equal(t, sla.Plan(" Standard"), back.Request().Plan)
			for _, e := range []ticket.Event{{At: term.opened.AddDate(2, 0, 0), Kind: ticket.SeverityChanged, Severity: c}, {At: term.opened.AddDate(2, 0, 0), Kind: ticket.Resumed}} {
				clock, err = clock.Apply(e)
				require.NoError(t, err)
				back, err = back.Apply(e)
				require.NoError(t, err)
				assert.True(t, same(back, clock), "and goes on to be the same")
				assert.Equal(t, jsonOf(t, clock.At(e.At)), jsonOf(t, back.At(e.At)))
			}
		})
	}
}

// A set is written as what it is: the library's by its code, another by its days.
func TestStoredSets(t *testing.T) {
	known := lookup(t, "CN") // of 2004 to 2099
	own := func(code string, first, last int) calendar.HolidaySet {
		return calendar.HolidayFunc(code, known.Year).WithYears(first, last)
	}
	opened := time.Date(2024, 4, 3, 4, 0, 0, 0, time.UTC)
	for _, row := range []struct {
		sets []calendar.HolidaySet
		want string
	}{
		{[]calendar.HolidaySet{known}, `"holidays":[{"code":"CN","years":{"first":2024,"last":2025},"days":[`},
		{[]calendar.HolidaySet{own("company", 2004, 2099)}, `"holidays":[{"code":"company","years":{"first":2024,"last":2034},"days":[`},
		{[]calendar.HolidaySet{own("company", 2004, 2024)}, `"holidays":[{"code":"company","years":{"first":2024,"last":2024},"days":[`},
		{[]calendar.HolidaySet{own("company", 2004, 2010)}, `"holidays":[{"code":"company","gaps":true,"years":{"first":2024,"last":2034}}]`},
		{[]calendar.HolidaySet{own("CN", 2004, 2099)}, `"years":{"first":2024,"last":2034}`},
		{[]calendar.HolidaySet{own("", 2004, 2099)}, `"years":{"first":2024,"last":2034}`},
		{[]calendar.HolidaySet{known, known.Without("rest", lookup(t, "US")), calendar.HolidayList("bridge", calendar.Holiday{Date: date(t, "2024-04-08")})}, `{"code":"bridge","years":{"first":2024,"last":2034},"days":[{"date":"2024-04-08"}]}`},
		{[]calendar.HolidaySet{own("", 2004, 2099), own("CN", 2004, 2024)}, `"holidays":[{"code":"own (2)","years":{"first":2024,"last":2034},"days":[`},
		{[]calendar.HolidaySet{lookup(t, "TH")}, `"holidays":[{"code":"TH","gaps":true,"years":{"first":2024,"last":2025},"days":[`},
	} {
		clock := clockOf(t, catalogIn(t, calendar.Must(calendar.New("Asia/Shanghai", "Mo-Fr 09:00-18:00", calendar.Holidays(row.sets...)))), sla.Request{Moniker: "acme", Severity: b, Opened: opened})
		text := jsonOf(t, clock)
		assert.Contains(t, text, row.want)
		var back ticket.Clock
		require.NoError(t, json.Unmarshal([]byte(text), &back), text)
		assert.Equal(t, text, jsonOf(t, back))
		for d := range time.Duration(40) {
			now := opened.Add(d * 9 * time.Hour)
			assert.Equal(t, jsonOf(t, clock.At(now)), jsonOf(t, back.At(now)), row.want)
		}
	}
}

// The most that a clock can have is read.
func TestStoredCalendars(t *testing.T) {
	stored := func(c *calendar.Calendar, opened time.Time) string {
		return jsonOf(t, clockOf(t, catalogIn(t, c), sla.Request{Moniker: "acme", Severity: b, Opened: opened}))
	}
	var parts []*calendar.Calendar
	var sets []calendar.HolidaySet
	for i := range 65 {
		if i < 64 {
			parts = append(parts, calendar.Must(calendar.New("UTC", fmt.Sprintf("Mo 08:%02d-17:00", i%60))))
		}
		sets = append(sets, calendar.HolidayList(fmt.Sprint(i)))
	}
	var clock ticket.Clock
	assert.NoError(t, json.Unmarshal([]byte(stored(calendar.Must(calendar.Union("all", parts...)), moment(t, "Mon 10:00"))), &clock), "64 parts")
	assert.NoError(t, json.Unmarshal([]byte(stored(calendar.Must(calendar.New("UTC", "24/7", calendar.Holidays(sets...))), moment(t, "Mon 10:00"))), &clock), "65 sets")

	// A night shift, and a zone, reach into the year before.
	shop := calendar.Must(calendar.New("UTC", "Mo-Fr 09:00-17:00", calendar.Holidays(lookup(t, "DE-BE"))))
	assert.Contains(t, stored(shop, time.Date(2024, 1, 3, 10, 0, 0, 0, time.UTC)), `"years":{"first":2023,"last":2025}`)
	assert.Contains(t, stored(shop, time.Date(2024, 1, 4, 10, 0, 0, 0, time.UTC)), `"years":{"first":2024,"last":2025}`)
}

// Clocks at the ends of the range are stored as well.
func TestStoredAtTheEnds(t *testing.T) {
	for _, opened := range []time.Time{time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2199, 12, 20, 0, 0, 0, 0, time.UTC)} {
		for _, s := range []sla.Severity{a, b} {
			clock := clockOf(t, sla.Published(), sla.Request{Moniker: germany, Severity: s, Opened: opened})
			var back ticket.Clock
			require.NoError(t, json.Unmarshal([]byte(jsonOf(t, clock)), &back))
			assert.True(t, same(back, clock), opened)
		}
	}
}

// What is stored in a column is read back as it was.
func TestDatabase(t *testing.T) {
	clock := lives(t)["own"]
	stored, err := clock.Value()
	require.NoError(t, err)
	var back ticket.Clock
	require.NoError(t, back.Scan(stored))
	assert.True(t, same(back, clock))
	require.NoError(t, back.Scan([]byte(stored.(string))))
	assert.True(t, same(back, clock))
	assert.ErrorContains(t, back.Scan(nil), "ticket: scan <nil> into a Clock: want a string or []byte")
	_, err = ticket.Clock{}.Value()
	assert.Error(t, err)
}

func TestThresholds(t *testing.T) {
	for text, want := range map[string]sla.Threshold{
		"50%": thresholdOf("50%"), "10000%": thresholdOf("10000%"), "-30m": thresholdOf("-30m"), "+1h30m": thresholdOf("+1h30m"),
		"-2h wall": thresholdOf("-2h wall"), "+1.5s wall in hours": thresholdOf("+1.5s wall in hours"), "breach": thresholdOf("breach"), "breach in hours": thresholdOf("breach in hours"),
	} {
		got, err := sla.ParseThreshold(text)
		require.NoError(t, err)
		assert.Equal(t, want, got)
		assert.Equal(t, text, got.String())
	}
	for _, bad := range []string{"", "0%", "10001%", "-1%", "+5%", "05%", "50 %", "30m", "-", "+", "-0s", "330m", "--5m", "-+5m", "+-5m", "- 5m", "-5m  wall", "wall", "in hours", " in hours", "breach in hours in hours", "Breach", "50%wall", "50% wall", "-300000000h"} {
		_, err := sla.ParseThreshold(bad)
		assert.Error(t, err, bad)
	}
	var many []sla.Threshold
	for i := range 33 {
		many = append(many, sla.Threshold{Percent: 1 + i})
	}
	_, err := lives(t)["own"].WithThresholds(many[1:]...)
	require.NoError(t, err)
	_, err = lives(t)["own"].WithThresholds(many...)
	assert.EqualError(t, err, "ticket: 33 thresholds: want 32 at the most")
	for _, bad := range []sla.Threshold{{}, {Percent: 10001}, {Percent: -1}, {Wall: true}, {InHours: true}, {Percent: 50, Breach: true}, {Percent: 50, Offset: 1}, {Breach: true, Wall: true}} {
		_, err := lives(t)["own"].WithThresholds(bad)
		assert.Error(t, err, "%+v", bad)
		_, err = sla.NewCatalog("1", sla.Policy{Moniker: "m", Terms: []sla.Term{{Target: targetOf("1h"), Calendar: calendar.AlwaysOpen(), Thresholds: only(bad)}}})
		assert.Error(t, err, "%+v", bad)
	}
}

// FuzzStoredClock reads anything as a clock: what is read can be asked, and is
// written as it was read.
func FuzzStoredClock(f *testing.F) {
	for _, name := range []string{"germany", "china", "worldwide", "own"} {
		text, err := os.ReadFile(filepath.Join("testdata", name+".clock.json"))
		require.NoError(f, err)
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var clock, back ticket.Clock
		read := false
		bound.Work(t, len(text), func() {
			if read = json.Unmarshal(text, &clock) == nil; !read {
				return
			}
			for _, now := range []time.Time{clock.Request().Opened, clock.At(clock.Request().Opened).Due.Add(time.Hour)} {
				clock.At(now)
				clock.Next(now)
				_ = clock.Explain(now).String()
			}
		})
		if !read {
			return
		}
		if err := json.Unmarshal([]byte(jsonOf(t, clock)), &back); err != nil || !same(back, clock) {
			t.Fatalf("%s\nis read, written as\n%s\nand read as another: %v", text, jsonOf(t, clock), err)
		}
	})
}

// What could not be read again, for the work that it would take, is not written.
func TestStoredBounds(t *testing.T) {
	shop := calendar.Must(calendar.New("UTC", "Mo-Fr 09:00-17:00", calendar.Named("shop")))
	rare := calendar.Must(calendar.New("UTC", "Dec 24 09:00-12:00"))
	opened := moment(t, "Mon 10:00")
	clock := func(c *calendar.Calendar, target string, thresholds ...string) ticket.Clock {
		parsed, err := sla.ParseTarget(target)
		require.NoError(t, err)
		k := of(t, sla.Deadline{Request: sla.Request{Moniker: "acme", Severity: b, Opened: opened}, Term: sla.Term{Target: parsed, Calendar: c}})
		for _, text := range thresholds {
			threshold, err := sla.ParseThreshold(text)
			require.NoError(t, err)
			k, err = k.WithThresholds(threshold)
			require.NoError(t, err)
		}
		return k
	}
	var desks []*calendar.Calendar
	for i := range 60 {
		desks = append(desks, calendar.Must(calendar.New("UTC", fmt.Sprintf("Mo 08:00-17:%02d", i))))
	}
	catalog, err := sla.NewCatalog("1", sla.Policy{Moniker: "m", Terms: []sla.Term{
		{Severities: only(a), Target: targetOf("1ns"), Calendar: calendar.Must(calendar.Union("", desks[:32]...))},
		{Severities: only(b), Target: targetOf("1ns"), Calendar: calendar.Must(calendar.Union("", desks[28:]...))},
	}})
	require.NoError(t, err)
	two := clockOf(t, catalog, sla.Request{Moniker: "m", Severity: b, Opened: opened})
	late, err := clock(shop, "1h").Apply(ticket.Event{At: opened.AddDate(10, 0, 0).Add(1), Kind: ticket.Paused})
	require.NoError(t, err)
	inTime, err := clock(shop, "1h").Apply(ticket.Event{At: opened.AddDate(10, 0, 0), Kind: ticket.Paused})
	require.NoError(t, err)
	for _, row := range []struct {
		clock ticket.Clock
		want  string
	}{
		{inTime, ""},
		{late, "ticket: clock: event at 2034-03-11T10:00:00.000000001+01:00: want it within 10 years of the opening"},
		{clock(shop, "2000bd"), ""},
		{clock(shop, "20000bd"), `ticket: clock: target 20000bd in calendar "shop": want it within 10 years`},
		{clock(shop, "200000h"), `ticket: clock: target 200000h in calendar "shop": want it within 10 years`},
		{clock(rare, "9bd"), ""},
		{clock(rare, "11bd@close"), `ticket: clock: target 11bd@close in calendar "Dec 24 09:00-12:00": want it within 10 years`},
		{clock(rare, "2h", "100%", "1000%", "+20h"), ""},
		{clock(rare, "2h", "2000%"), `ticket: clock: threshold 2000% in calendar "Dec 24 09:00-12:00": want it within 10 years`},
		{clock(shop, "2h", "+100000h"), `ticket: clock: threshold +100000h in calendar "shop": want it within 10 years`},
		{clock(shop, "2h", "+100000h wall"), `ticket: clock: threshold +100000h wall in calendar "shop": want it within 10 years`},
		{clock(calendar.Must(calendar.Union("all", desks...)), "1h"), ""},
		{two, "ticket: clock: calendars of more than 65 parts: want 65 at the most"},
	} {
		text, err := row.clock.MarshalJSON()
		if row.want != "" {
			assert.EqualError(t, err, row.want)
			continue
		}
		var back ticket.Clock
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(text, &back))
		assert.True(t, same(back, row.clock))
	}
}
