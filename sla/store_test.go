package sla_test

import (
	"bytes"
	"database/sql"
	"database/sql/driver"
	"encoding"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla"
)

var updateFlag = flag.Bool("update", false, "write the golden files anew")

// lives are clocks whose stored forms are pinned.
func lives(t *testing.T) map[string]sla.Clock {
	life := func(r sla.Request, list string, alarms ...sla.Threshold) sla.Clock {
		d, err := sla.Published().Deadline(r)
		require.NoError(t, err)
		clock, err := sla.NewClock(d).WithThresholds(alarms...)
		require.NoError(t, err)
		clock, err = clock.Apply(events(t, list)...)
		require.NoError(t, err)
		return clock
	}
	own := scenario{b: "1bd@16:00", c: "", severity: sla.CarryElapsed, reopening: sla.NewCycle, hours: "Mo-Fr 22:00-06:00; Mar 29 off", alarms: "50%, +4h wall in hours"}
	return map[string]sla.Clock{
		"germany":   life(sla.Request{Moniker: germany, Severity: b, Opened: moment(t, "Thu3 16:30")}, "Thu3 16:45 paused, Thu4 10:45 resumed, Thu4 11:00 severity-changed C", sla.Share(50), sla.Breach()),
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
			t.Errorf("%s, line %d: %s (go test ./sla -update writes it anew; stored clocks depend on it)", name, i+1, line)
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
			last := clock.Deadline().Request.Opened
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
			var back sla.Clock
			require.NoError(t, json.Unmarshal(stored, &back))
			assert.True(t, back.Equal(clock))
			assert.Equal(t, string(text), jsonOf(t, back), "the same bytes again")
			for _, now := range []time.Time{last, last.Add(time.Hour), last.AddDate(3, 0, 0)} {
				assert.Equal(t, jsonOf(t, clock.At(now)), jsonOf(t, back.At(now)))
			}
			var status sla.Status
			require.NoError(t, json.Unmarshal([]byte(jsonOf(t, clock.At(last))), &status))
			assert.Equal(t, jsonOf(t, clock.At(last)), jsonOf(t, status))
			if err := clock.At(last).Err; err != nil {
				assert.EqualError(t, status.Err, err.Error())
				assert.ErrorIs(t, status.Err, sla.ErrNoCommitment)
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
	var back sla.Clock
	require.NoError(t, json.Unmarshal([]byte(other), &back))
	assert.Equal(t, "Fri3 16:30", named(back.At(moment(t, "Thu3 16:30")).Due.In(moment(t, "Thu3 16:30").Location())))
	assert.Equal(t, "Tue4 16:30", named(clock.At(moment(t, "Thu3 16:30")).Due))
	assert.False(t, back.Equal(clock))
	assert.Equal(t, other, jsonOf(t, back))
	// The years that were not written are what the library knows.
	later := time.Date(2031, time.April, 10, 12, 0, 0, 0, time.UTC) // before Good Friday
	left, err := back.Deadline().Term.Calendar.Between(later, later.AddDate(0, 0, 7))
	require.NoError(t, err)
	same, err := clock.Deadline().Term.Calendar.Between(later, later.AddDate(0, 0, 7))
	require.NoError(t, err)
	assert.Equal(t, same, left)

	// A set that the library knows no more is known for the years that were written.
	unknown := strings.Replace(text, `"code":"DE-BE"`, `"code":"DE-XX"`, 1)
	require.NoError(t, json.Unmarshal([]byte(unknown), &back))
	assert.False(t, back.At(moment(t, "Thu3 16:30")).Provisional)
	forever, err := back.Apply(sla.Event{At: moment(t, "Fri4 16:30"), Kind: sla.Paused})
	require.NoError(t, err)
	assert.True(t, forever.At(later.AddDate(0, 0, 7)).Provisional)

	// The years are those up to the due time and the last event, and the one after.
	answered, err := clock.Apply(sla.Event{At: moment(t, "Thu3 16:30").AddDate(3, 0, 0), Kind: sla.Responded})
	require.NoError(t, err)
	assert.Contains(t, jsonOf(t, answered), `"years":{"first":2024,"last":2028}`)

	// Times are in the offset that was written, and not in the machine's own zone if
	// that has the same offset.
	local := time.Local
	t.Cleanup(func() { time.Local = local })
	time.Local = moment(t, "Mon 10:00").Location()
	require.NoError(t, json.Unmarshal([]byte(text), &back))
	assert.Equal(t, "", back.Deadline().Request.Opened.Location().String())
	time.Local = local

	// A clock that is unchanged shares its calendar with the catalog.
	require.NoError(t, json.Unmarshal([]byte(text), &back))
	assert.Same(t, clock.Deadline().Term.Calendar, back.Deadline().Term.Calendar)

	// Of holidays of one's own, the years that were not written are not covered.
	set := calendar.HolidayFunc("own", func(year int) []calendar.Holiday {
		d, _ := calendar.NewDate(year, time.March, 12)
		return []calendar.Holiday{{Date: d, Name: "company day"}}
	})
	hours := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00", calendar.Holidays(set), calendar.Named("desk")))
	catalog, err := sla.NewCatalog("own", sla.Policy{Moniker: "acme", Terms: []sla.Term{{Severities: only(b), Target: sla.BusinessDays(1), Calendar: hours}}})
	require.NoError(t, err)
	d, err := catalog.Deadline(sla.Request{Moniker: "acme", Severity: b, Opened: moment(t, "Mon 10:00")})
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal([]byte(jsonOf(t, sla.NewClock(d))), &back))
	assert.Equal(t, "Wed 10:00", named(back.At(moment(t, "Mon 10:00")).Due))
	assert.Equal(t, "own", back.Deadline().Catalog)
	paused, err := back.Apply(sla.Event{At: moment(t, "Mon 11:00"), Kind: sla.Paused})
	require.NoError(t, err)
	assert.False(t, paused.At(moment(t, "Fri 10:00")).Provisional)
	assert.False(t, paused.At(moment(t, "Fri 10:00").AddDate(10, 0, 0)).Provisional)
	assert.True(t, paused.At(moment(t, "Fri 10:00").AddDate(11, 0, 0)).Provisional, "nobody knows the holidays of 2035")
}

func TestStoredFaults(t *testing.T) {
	good := jsonOf(t, lives(t)["germany"])
	for _, row := range []struct{ old, new, want string }{
		{`{"clock":1,`, `{"clock":2,`, "sla: clock: format 2: want 1"},
		{`{"clock":1,`, `{"clock":1,"colour":1,`, "sla: clock: colour: unknown field: want one of clock, catalog, policy_from, default_plan, request, severity_change, reopening, terms, calendars, thresholds, events"},
		{`"paused"`, `"slept"`, `sla: clock: events[0].event: "slept": want paused, resumed, responded, severity-changed, reopened, cancelled`},
		{`"event":"resumed"`, `"event":"paused"`, "sla: event 1, 2024-04-04T10:45:00+02:00 paused: the clock is paused already (the last event, paused, was at 2024-03-28T16:45:00+01:00)"},
		{`"zone":"Europe/Berlin"`, `"zone":"Mars"`, ""},
		{`"hours":"Mo-Fr 09:00-17:00"`, `"hours":"never"`, ""},
		{`"date":"2024-03-29"`, `"date":"2024-02-30"`, ""},
		{`{"date":"2024-03-29"`, `{"day":"2024-03-29"`, "sla: clock: calendars[1].holidays[0].days[2].day: unknown field: want one of date, name, workday, provisional"},
		{`{"date":"2024-03-29","name"`, `{"name"`, "sla: clock: calendars[1].holidays[0].days[2].date: missing"},
		{`"date":"2024-03-29"`, `"date":"2026-03-29"`, `sla: clock: calendar 2: holiday "Karfreitag" on "2026-03-29": want a date from 2024 to 2025`},
		{`"years":{"first":2024,"last":2025}`, `"years":{"first":2024,"last":2000000000}`, "sla: clock: calendar 2: years 2024 to 2000000000: want a first and a last one from 1900 to 2199"},
		{`"years":{"first":2024,"last":2025}`, `"years":{"first":1899,"last":2025}`, "sla: clock: calendar 2: years 1899 to 2025: want a first and a last one from 1900 to 2199"},
		{`"years":{"first":2024,"last":2025}`, `"years":{"first":2025,"last":2024}`, "sla: clock: calendar 2: years 2025 to 2024: want a first and a last one from 1900 to 2199"},
		{`"terms":[`, `"terms":[{},`, `sla: clock: term 1: severity "": want another severity than those before`},
		{`"terms":[`, `"terms":[` + strings.Repeat(`{},`, 14), "sla: clock: 17 terms: want one for each severity, of 1 to 16"},
		{`"terms":[`, `"terms":[],"x":[`, ""},
		{`"years":{"first":2024,"last":2025}`, `"years":{"first":2024}`, "sla: clock: calendars[1].holidays[0].years.last: missing"},
		{`"covers":{"first":1995,"last":2199}`, `"covers":{"first":2199,"last":1995}`, "sla: clock: calendar 2: years 2199 to 1995: want a first and a last one from 1900 to 2199"},
		{`"covers":{"first":1995,"last":2199},`, ``, "sla: clock: calendars[1].holidays[0].covers: missing"},
		{`"covers":{"first":1995,"last":2199}`, `"covers":null`, "sla: clock: calendars[1].holidays[0].covers: null: want an object"},
		{`"default_plan":true,`, ``, "sla: clock: default_plan: missing"},
		{`"default_plan":true`, `"default_plan":null`, "sla: clock: default_plan: null: want true or false"},
		{`"severity_change":"from-opening",`, ``, "sla: clock: severity_change: missing"},
		{`"severity_change":"from-opening"`, `"severity_change":null`, "sla: clock: severity_change: null: want a text in quotes"},
		{`"thresholds":["50%","breach"],`, ``, "sla: clock: thresholds: missing"},
		{`"thresholds":["50%","breach"]`, `"thresholds":null`, "sla: clock: thresholds: null: want a list"},
		{`"category":"technical",`, ``, "sla: clock: request.category: missing"},
		{`"metric":"first-response","severity":"C"`, `"metric":"resolution","severity":"C"`, `sla: clock: term 3: metric "resolution": want "first-response", as in the request`},
		{`"opened":"2024-03-28T16:30:00+01:00"}`, `"opened":"2024-03-28T16:30:00+01:00","metric":"resolution"}`, `sla: clock: term 1: metric "first-response": want "resolution", as in the request`},
		{`"calendars":[`, `"calendars":[{},{},`, "sla: clock: 4 calendars: want no more than terms"},
		{`"holidays":[`, `"holidays":[` + strings.Repeat(`{"code":"x","covers":{"first":1900,"last":1900},"years":{"first":1900,"last":1900},"days":[]},`, 128), "sla: clock: calendars with more than 65 sets of holidays: want 65 at the most"},
		{`"library":true,`, ``, "sla: clock: calendar 2: covers 1995 to 2199: want years of 2024 to 2025, as the holidays of others are not here"},
		{`"severity":"A","target":"1h","calendar":1`, `"severity":"A","none":{"kind":"other","text":"x"},"target":"1h","calendar":1`, "sla: clock: term 1: none: want it only without a target and a calendar"},
		{`"severity":"A","target":"1h","calendar":1`, `"severity":"A","none":{"kind":"other"}`, `sla: clock: term 1: error of kind "other": want a text`},
		{`"severity":"A","target":"1h","calendar":1`, `"severity":"A","target":"1h","calendar":2`, "sla: clock: calendar 1: want a calendar that a term counts in"},
		{`"default_plan":true`, `"default_plan,omitempty":true`, "sla: clock: [\"default_plan,omitempty\"]: unknown field: want one of clock, catalog, policy_from, default_plan, request, severity_change, reopening, terms, calendars, thresholds, events"},
		{`"plan":"standard"`, `"plan,omitempty":"standard"`, "sla: clock: request[\"plan,omitempty\"]: unknown field: want one of moniker, category, plan, severity, opened, country, metric"},
		{`"opened":"2024-03-28T16:30:00+01:00"`, `"opened":"2024-03-28T16:30:00-24:00"`, `sla: clock: request.opened: "2024-03-28T16:30:00-24:00": want an instant such as "2024-03-08T16:00:00+01:00"`},
		{`"opened":"2024-03-28T16:30:00+01:00"`, `"opened":"2024-03-28T16:30:00+24:00"`, `sla: clock: request.opened: "2024-03-28T16:30:00+24:00": want an instant such as "2024-03-08T16:00:00+01:00"`},
		{`"opened":"2024-03-28T16:30:00+01:00"`, `"opened":"2024-03-28T6:30:00Z"`, ""},
		{`"opened":"2024-03-28T16:30:00+01:00"`, `"opened":"2024-03-28T16:30:00+00:60"`, `sla: clock: request.opened: "2024-03-28T16:30:00+00:60": want an instant such as "2024-03-08T16:00:00+01:00"`},
		{`"zone":"Europe/Berlin"`, `"combination":"union","zone":"Europe/Berlin"`, `sla: clock: calendar 2: union "Office 365 Germany, business hours": want no zone, hours and holidays but those of the parts`},
		{`{"name":"24/7",`, `{"combination":"sum","parts":[{}],"name":"24/7",`, `sla: clock: calendar 1: combination "sum": want union or intersection`},
		{`{"name":"24/7","zone":"UTC","hours":"24/7"}`, `{"combination":"union"}`, `sla: clock: calendar 1: calendar: union "": want at least one calendar`},
		{`{"name":"24/7","zone":"UTC","hours":"24/7"}`, `{"combination":"union","parts":[{"zone":"Mars","hours":"24/7"}]}`, `sla: clock: calendar 1: part 1: calendar: unknown zone "Mars": want a name of the IANA time zone database, such as Europe/Berlin, or UTC`},
		{`{"name":"24/7","zone":"UTC","hours":"24/7"}`, strings.Repeat(`{"combination":"union","parts":[`, 600) + `{}` + strings.Repeat(`]}`, 600), ""},
		{`{"name":"24/7","zone":"UTC","hours":"24/7"}`, `{"combination":"union","parts":[` + strings.Repeat(`{},`, 99) + `{}]}`, `sla: clock: calendars of more than 65 parts: want 65 at the most`},
		{`"target":"3bd","calendar":2`, `"target":"3bd","calendar":3`, "sla: clock: term 3: calendar 3: want 1 to 2"},
		{`"target":"3bd","calendar":2`, `"calendar":2`, "sla: clock: term 3: target: missing"},
		{`"metric":"first-response","severity":"C"`, `"metric":"first-response","severity":"B"`, `sla: clock: term 3: severity "B": want another severity than those before`},
		{`"severity":"A","target":"1h","calendar":1`, `"severity":"A","none":{"kind":"unlucky"}`, `sla: clock: term 1: unknown kind of error "unlucky"`},
		{`"thresholds":["50%"`, `"thresholds":["50%","50%"`, "sla: clock: sla: threshold 50%: there twice: want it once"},
		{`"thresholds":["50%"`, `"thresholds":["soon"`, ""},
		{`"opened":"2024`, `"opened":"1824`, ""},
		{`"opened":"2024-03-28T16:30:00+01:00"`, `"opened":""`, ""},
		{`"opened":"2024-03-28T16:30:00+01:00"`, `"opened":null`, `sla: clock: request.opened: null: want a value`},
		{`"opened":"2024-03-28T16:30:00+01:00"`, `"opened":"2024-03-28T16:30:00,5+01:00"`, ""},
		{`"plan":"standard","severity":"B"`, `"plan":"standard"`, ""},
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
		assert.True(t, before.Equal(clock), "unchanged")
	}
	for _, bad := range []string{"", "null", "[]", "{}", `{"at":"2024-03-08T16:00:00Z","event":"paused"} x`, `{"at":"2024-03-08T16:00:00Z"}`, `{"at":"2024-03-08T16:00:00Z","event":"paused","severity":"B"}`, `{"at":"1","event":"paused"}`, `{"at":"2024-03-08T16:00:00Z","event":"paused"}}`, `{"at":"2024-03-08T16:00:00Z","event":"paused"}]x`, `{"at":"2024-03-08T16:00:00Z","event":"paused","why":""}`} {
		var e sla.Event
		assert.Error(t, e.UnmarshalText([]byte(bad)), bad)
		var k sla.Clock
		assert.Error(t, k.UnmarshalText([]byte(bad)), bad)
	}
}

// A field that is there again, or in other letters, is refused wherever it stands:
// encoding/json would take the last of them.
func TestStoredFieldsAreExact(t *testing.T) {
	key := regexp.MustCompile(`[{,]("[^"]+"):`)
	for name, clock := range lives(t) {
		now := moment(t, "Fri8 12:00")
		for _, what := range []any{clock, clock.At(now), clock.Deadline().Request, clock.Events(), clock.Alarms(now)} {
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
						assert.ErrorContains(t, read(text[:at[2]]+other+" "+text[at[3]:]), "unknown field: want one of ", name)
					}
				}
				tried++
			}
			assert.Equal(t, text == "[]" || text == "null", tried == 0, text)
		}
	}
	var event sla.Event
	require.NoError(t, json.Unmarshal([]byte(`{"at":"2024-03-08T16:00:00Z","event":"paused","note":"\"note\":\\"}`), &event))
	assert.Equal(t, `"note":\`, event.Note)
	assert.NoError(t, json.Unmarshal([]byte(`{"\u0061t":"2024-03-08T16:00:00Z","event":"paused"}`), &event), "the same name, written in another way")
}

// The smaller forms read what they write, and nothing else.
func TestStoredParts(t *testing.T) {
	clock := lives(t)["germany"]
	alarm := clock.Alarms(moment(t, "Fri8 12:00"))[0]
	var back sla.Alarm
	require.NoError(t, json.Unmarshal([]byte(jsonOf(t, alarm)), &back))
	assert.Equal(t, jsonOf(t, alarm), jsonOf(t, back))
	assert.Equal(t, alarm.Key(), back.Key())
	assert.True(t, alarm.At.Equal(back.At) && alarm.Due.Equal(back.Due))
	assert.EqualError(t, json.Unmarshal([]byte(strings.Replace(jsonOf(t, alarm), `"1/50%"`, `"2/50%"`, 1)), &back), `sla: alarm: key "2/50%": want "1/50%"`)
	assert.ErrorContains(t, json.Unmarshal([]byte(`{"colour":1}`), &back), "sla: alarm: ")

	request := sla.Request{Moniker: "acme", Category: billing, Plan: "gold", Severity: a, Opened: moment(t, "Mon 10:00"), Country: "AT"}
	var again sla.Request
	require.NoError(t, json.Unmarshal([]byte(jsonOf(t, request)), &again))
	assert.True(t, again.Opened.Equal(request.Opened))
	again.Opened = request.Opened
	assert.Equal(t, request, again)
	require.NoError(t, json.Unmarshal([]byte(`{"moniker":"acme","severity":"B","opened":"2024-03-11T10:00:00Z"}`), &again))
	assert.Equal(t, sla.Request{Moniker: "acme", Severity: b, Opened: time.Date(2024, 3, 11, 10, 0, 0, 0, time.UTC)}, again)
	assert.EqualError(t, json.Unmarshal([]byte(`{"subject":"help"}`), &again), "sla: request: subject: unknown field: want one of moniker, category, plan, severity, opened, country, metric")

	var event sla.Event
	good := jsonOf(t, clock.Events()[0])
	assert.EqualError(t, event.UnmarshalText(nil), "sla: event: line 1, column 1: the end of the text: want a JSON value")
	assert.EqualError(t, event.UnmarshalText([]byte(good[:9])), "sla: event: line 1, column 10: the end of the text: want a closing quotation mark")
	assert.EqualError(t, event.UnmarshalText([]byte(good+"1")), `sla: event: line 1, column 52: "1": want the end of the text, after one value`)
	require.NoError(t, event.UnmarshalText([]byte(" "+good+"\n")))

	var status sla.Status
	silent := jsonOf(t, lives(t)["worldwide"].At(moment(t, "Fri 12:00")))
	assert.EqualError(t, json.Unmarshal([]byte(strings.Replace(silent, "no-commitment", "unlucky", 1)), &status), `sla: status: unknown kind of error "unlucky"`)
	for _, clock := range []sla.Clock{{}, lives(t)["own"]} {
		st := clock.At(time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC))
		require.NoError(t, json.Unmarshal([]byte(jsonOf(t, st)), &status))
		require.Error(t, st.Err)
		assert.EqualError(t, status.Err, st.Err.Error())
		assert.Equal(t, errors.Is(st.Err, calendar.ErrOutOfRange), errors.Is(status.Err, calendar.ErrOutOfRange))
	}

	// The instants make a clock, not the zones that they are written in.
	d := clock.Deadline()
	d.Request.Opened = d.Request.Opened.UTC()
	abroad, err := sla.NewClock(d).WithThresholds(sla.Share(50), sla.Breach())
	require.NoError(t, err)
	for _, e := range clock.Events() {
		e.At = e.At.In(time.FixedZone("", -3*60*60))
		abroad, err = abroad.Apply(e)
		require.NoError(t, err)
	}
	assert.NotEqual(t, jsonOf(t, clock), jsonOf(t, abroad))
	assert.True(t, clock.Equal(abroad) && abroad.Equal(clock))
	require.NoError(t, json.Unmarshal([]byte(jsonOf(t, abroad)), &abroad))
	assert.True(t, clock.Equal(abroad))
	_, offset := abroad.Events()[0].At.Zone()
	assert.Equal(t, -3*60*60, offset, "read in the offset that was written")

	// Days that nobody has announced yet are stored as such.
	d, err = sla.Published().Deadline(sla.Request{Moniker: china, Category: billing, Severity: b, Opened: time.Date(2027, 1, 6, 4, 0, 0, 0, time.UTC)})
	require.NoError(t, err)
	require.True(t, d.Provisional)
	// As if the catalog had another name for its desk, so that it is not the same.
	other := strings.Replace(jsonOf(t, sla.NewClock(d)), "21Vianet, business hours", "desk", 1)
	require.NoError(t, json.Unmarshal([]byte(other), &clock))
	assert.True(t, clock.Deadline().Provisional)
	assert.True(t, clock.At(d.Request.Opened).Provisional)
	assert.Equal(t, other, jsonOf(t, clock))
	kept := strings.ReplaceAll(other, `,"provisional":true`, "")
	require.NoError(t, json.Unmarshal([]byte(kept), &clock))
	assert.False(t, clock.Deadline().Provisional, "announced, as far as this clock knows")
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
				{Severities: only(b), Target: sla.BusinessDays(1), Calendar: hours()}, {Severities: only(c), Target: sla.BusinessDays(3), Calendar: hours()},
			}})
			require.NoError(t, err)
			d, err := catalog.Deadline(sla.Request{Moniker: "O365-Germany", Severity: b, Opened: term.opened})
			require.NoError(t, err)
			clock, err := sla.NewClock(d).Apply(sla.Event{At: term.opened, Kind: sla.Paused, Note: "\xff"})
			require.NoError(t, err)
			assert.Equal(t, 1, strings.Count(jsonOf(t, clock), `"zone"`), "the two calendars are the same")
			var back sla.Clock
			require.NoError(t, json.Unmarshal([]byte(jsonOf(t, clock)), &back))
			assert.Equal(t, jsonOf(t, clock), jsonOf(t, back))
			assert.True(t, back.Equal(clock))
			assert.True(t, back.Deadline().Request.Opened.Equal(term.opened))
			assert.Equal(t, sla.Plan(" Standard"), back.Deadline().Request.Plan)
			for _, e := range []sla.Event{{At: term.opened.AddDate(2, 0, 0), Kind: sla.SeverityChanged, Severity: c}, {At: term.opened.AddDate(2, 0, 0), Kind: sla.Resumed}} {
				clock, err = clock.Apply(e)
				require.NoError(t, err)
				back, err = back.Apply(e)
				require.NoError(t, err)
				assert.True(t, back.Equal(clock), "and goes on to be the same")
				assert.Equal(t, jsonOf(t, clock.At(e.At)), jsonOf(t, back.At(e.At)))
			}
			late := term.opened.AddDate(40, 0, 0)
			if name == "a code that the library has" {
				assert.Equal(t, 0, strings.Count(jsonOf(t, back), `"library":true`))
				_, err = back.Deadline().Term.Calendar.AddDays(late, 1)
				require.NoError(t, err)
			}
		})
	}
}

// A set is the library's where it has its code, its years and its days; else its
// own days are stored.
func TestStoredSets(t *testing.T) {
	known := lookup(t, "CN") // of 2004 to 2099
	own := func(first, last int, but ...int) calendar.HolidaySet {
		return calendar.HolidayFunc("CN", func(year int) []calendar.Holiday {
			if slices.Contains(but, year) {
				return nil
			}
			return known.Year(year)
		}).WithYears(first, last)
	}
	for _, row := range []struct {
		set     calendar.HolidaySet
		library bool
		why     string
	}{
		{known, true, "the set itself"},
		{own(2004, 2099), true, "one like it"},
		{own(2004, 2099, 2024), true, "other days in a year that is stored"},
		{own(2004, 2099, 2090), false, "other days in one that is not"},
		{own(2004, 2099, 2099), false, "nor in the last one"},
		{own(2005, 2099), false, "another first year"},
		{own(2004, 2098), false, "another last year"},
	} {
		hours := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00", calendar.Holidays(row.set)))
		clock := sla.NewClock(sla.Deadline{Request: sla.Request{Severity: b, Opened: moment(t, "Mon 10:00")}, Term: sla.Term{Target: sla.Within(1), Calendar: hours}})
		assert.Equal(t, row.library, strings.Contains(jsonOf(t, clock), `"library":true`), row.why)
		var back sla.Clock
		require.NoError(t, json.Unmarshal([]byte(jsonOf(t, clock)), &back))
		assert.True(t, back.Equal(clock), row.why)
	}
}

// The most that a clock can have is read, and what is in a combination besides its
// parts is not.
func TestStoredCalendars(t *testing.T) {
	stored := func(c *calendar.Calendar, opened time.Time) string {
		return jsonOf(t, sla.NewClock(sla.Deadline{Request: sla.Request{Severity: b, Opened: opened}, Term: sla.Term{Target: sla.Within(1), Calendar: c}}))
	}
	var parts []*calendar.Calendar
	var sets []calendar.HolidaySet
	for i := range 65 {
		if i < 64 {
			parts = append(parts, calendar.Must(calendar.New("UTC", fmt.Sprintf("Mo 08:%02d-17:00", i%60))))
		}
		sets = append(sets, calendar.HolidayList(fmt.Sprint(i)))
	}
	union := stored(calendar.Must(calendar.Union("all", parts...)), moment(t, "Mon 10:00"))
	var clock sla.Clock
	assert.NoError(t, json.Unmarshal([]byte(union), &clock), "64 parts")
	assert.NoError(t, json.Unmarshal([]byte(stored(calendar.Must(calendar.New("UTC", "24/7", calendar.Holidays(sets...))), moment(t, "Mon 10:00"))), &clock), "65 sets")
	for _, field := range []string{`"zone":"UTC"`, `"hours":"24/7"`, `"holidays":[]`} {
		err := json.Unmarshal([]byte(strings.Replace(union, `"combination":`, field+`,"combination":`, 1)), &clock)
		assert.ErrorContains(t, err, `union "all": want no zone, hours and holidays but those of the parts`, field)
	}
	germany := jsonOf(t, lives(t)["germany"])
	both := strings.Replace(germany, `"hours":"Mo-Fr 09:00-17:00",`, `"hours":"Mo-Fr 09:00-17:00","combination":"union",`, 1)
	require.NotEqual(t, germany, both)
	assert.ErrorContains(t, json.Unmarshal([]byte(both), &clock), "want no zone, hours and holidays but those of the parts", "though it has all that a published calendar has")

	// A night shift, and a zone, reach into the year before.
	shop := calendar.Must(calendar.New("UTC", "Mo-Fr 09:00-17:00", calendar.Holidays(lookup(t, "DE-BE"))))
	assert.Contains(t, stored(shop, time.Date(2024, 1, 3, 10, 0, 0, 0, time.UTC)), `"years":{"first":2023,"last":2025}`)
	assert.Contains(t, stored(shop, time.Date(2024, 1, 4, 10, 0, 0, 0, time.UTC)), `"years":{"first":2024,"last":2025}`)
}

// Clocks at the ends of the range are stored as well.
func TestStoredAtTheEnds(t *testing.T) {
	for _, opened := range []time.Time{time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2199, 12, 20, 0, 0, 0, 0, time.UTC)} {
		for _, s := range []sla.Severity{a, b} {
			d, err := sla.Published().Deadline(sla.Request{Moniker: germany, Severity: s, Opened: opened})
			require.NoError(t, err)
			var back sla.Clock
			require.NoError(t, json.Unmarshal([]byte(jsonOf(t, sla.NewClock(d))), &back))
			assert.True(t, back.Equal(sla.NewClock(d)), opened)
		}
	}
}

// What is stored in a column is read back as it was.
func TestDatabase(t *testing.T) {
	type column interface {
		driver.Valuer
		sql.Scanner
	}
	three := sla.BusinessDays(3)
	for _, row := range []struct {
		value, into column
		stored      driver.Value
	}{
		{&three, new(sla.Target), "3bd"},
		{new(sla.Target), new(three), nil},
	} {
		stored, err := row.value.Value()
		require.NoError(t, err)
		assert.Equal(t, row.stored, stored)
		require.NoError(t, row.into.Scan(stored))
		assert.Equal(t, row.value, row.into)
		if s, ok := stored.(string); ok {
			require.NoError(t, row.into.Scan([]byte(s)))
			assert.Equal(t, row.value, row.into)
		}
		assert.ErrorContains(t, row.into.Scan(7), "sla: scan int into")
	}
	clock := lives(t)["own"]
	stored, err := clock.Value()
	require.NoError(t, err)
	var back sla.Clock
	require.NoError(t, back.Scan(stored))
	assert.True(t, back.Equal(clock))
	assert.Error(t, back.Scan(nil))
	_, err = sla.Clock{}.Value()
	assert.Error(t, err)
}

// Everything that a clock is made of reads the text that it writes.
func TestTexts(t *testing.T) {
	clock := lives(t)["germany"]
	for _, row := range []struct {
		value encoding.TextMarshaler
		into  encoding.TextUnmarshaler
	}{
		{clock, new(sla.Clock)},
		{clock.Events()[2], new(sla.Event)},
		{clock.At(moment(t, "Thu4 12:00")), new(sla.Status)},
		{sla.BusinessDays(1).AtClose(), new(sla.Target)},
		{sla.StateStopped, new(sla.State)},
		{sla.OutcomeMet, new(sla.Outcome)},
		{sla.Reopened, new(sla.EventKind)},
		{sla.CarryElapsed, new(sla.SeverityMode)},
		{sla.NewCycle, new(sla.ReopenMode)},
		{sla.ReasonAnswered, new(sla.Reason)},
		{sla.WallAfterDue(90 * time.Minute).InHours(), new(sla.Threshold)},
		{sla.BasisAdopted, new(sla.Basis)},
	} {
		text, err := row.value.MarshalText()
		require.NoError(t, err)
		require.NoError(t, row.into.UnmarshalText(text))
		again, err := row.into.(encoding.TextMarshaler).MarshalText()
		require.NoError(t, err)
		assert.Equal(t, string(text), string(again))
		viaJSON := row.into
		require.NoError(t, json.Unmarshal([]byte(jsonOf(t, row.value)), viaJSON))
		assert.Equal(t, jsonOf(t, row.value), jsonOf(t, viaJSON))
		err = row.into.UnmarshalText([]byte("{"))
		assert.Error(t, err, "%T", row.into)
	}
	for v := range 256 { // none panics
		for _, value := range []encoding.TextMarshaler{sla.State(v), sla.Outcome(v), sla.EventKind(v), sla.SeverityMode(v), sla.ReopenMode(v), sla.Reason(v), sla.Basis(v)} {
			if text, err := value.MarshalText(); err == nil {
				assert.Equal(t, fmt.Sprint(value), string(text))
			} else {
				assert.Contains(t, err.Error(), fmt.Sprint(value))
			}
		}
	}
	for _, bad := range []encoding.TextMarshaler{sla.State(9), sla.Outcome(9), sla.EventKind(0), sla.SeverityMode(9), sla.ReopenMode(9), sla.Reason(9), sla.Basis(9)} {
		_, err := bad.MarshalText()
		assert.ErrorIs(t, err, sla.ErrUnknownName)
	}
}

func TestThresholds(t *testing.T) {
	for text, want := range map[string]sla.Threshold{
		"50%": sla.Share(50), "10000%": sla.Share(10000), "-30m": sla.BeforeDue(30 * time.Minute), "+1h30m": sla.AfterDue(90 * time.Minute),
		"-2h wall": sla.WallBeforeDue(2 * time.Hour), "+1.5s wall in hours": sla.WallAfterDue(1500 * time.Millisecond).InHours(), "breach": sla.Breach(), "breach in hours": sla.Breach().InHours(),
	} {
		got, err := sla.ParseThreshold(text)
		require.NoError(t, err)
		assert.Equal(t, want, got)
		assert.Equal(t, text, got.String())
	}
	for _, bad := range []string{"", "0%", "10001%", "-1%", "+5%", "05%", "50 %", "30m", "-", "+", "-0s", "330m", "--5m", "-+5m", "+-5m", "- 5m", "-5m  wall", "wall", "in hours", " in hours", "breach in hours in hours", "Breach", "50%wall", "50% wall", "-300000000h"} {
		_, err := sla.ParseThreshold(bad)
		assert.ErrorIs(t, err, sla.ErrBadThreshold, bad)
	}
	var many []sla.Threshold
	for i := range 33 {
		many = append(many, sla.Share(1+i))
	}
	_, err := lives(t)["own"].WithThresholds(many[1:]...)
	require.NoError(t, err)
	_, err = lives(t)["own"].WithThresholds(many...)
	assert.EqualError(t, err, "sla: threshold: 33 of them: want 32 at the most")
	for _, none := range []sla.Threshold{sla.Share(0), sla.Share(10001), sla.BeforeDue(0), sla.AfterDue(-1), sla.WallBeforeDue(0), sla.WallAfterDue(-time.Hour), sla.Threshold{}.InHours()} {
		assert.True(t, none.IsZero())
		assert.Empty(t, none.String())
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
		var clock, back sla.Clock
		read := false
		bounded(t, len(text), func() {
			if read = json.Unmarshal(text, &clock) == nil; !read {
				return
			}
			for _, now := range []time.Time{clock.Deadline().Request.Opened, clock.Deadline().Due.Add(time.Hour)} {
				clock.At(now)
				clock.Next(now)
				_ = clock.Explain(now).String()
			}
		})
		if !read {
			return
		}
		if err := json.Unmarshal([]byte(jsonOf(t, clock)), &back); err != nil || !back.Equal(clock) {
			t.Fatalf("%s\nis read, written as\n%s\nand read as another: %v", text, jsonOf(t, clock), err)
		}
	})
}

// What could not be read again, for the work that it would take, is not written.
func TestStoredBounds(t *testing.T) {
	shop := calendar.Must(calendar.New("UTC", "Mo-Fr 09:00-17:00", calendar.Named("shop")))
	rare := calendar.Must(calendar.New("UTC", "Dec 24 09:00-12:00"))
	opened := moment(t, "Mon 10:00")
	clock := func(c *calendar.Calendar, target string, thresholds ...string) sla.Clock {
		parsed, err := sla.ParseTarget(target)
		require.NoError(t, err)
		k := sla.NewClock(sla.Deadline{Request: sla.Request{Severity: b, Opened: opened}, Term: sla.Term{Target: parsed, Calendar: c}})
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
		{Severities: only(a), Target: sla.Within(1), Calendar: calendar.Must(calendar.Union("", desks[:32]...))},
		{Severities: only(b), Target: sla.Within(1), Calendar: calendar.Must(calendar.Union("", desks[28:]...))},
	}})
	require.NoError(t, err)
	d, err := catalog.Deadline(sla.Request{Moniker: "m", Severity: b, Opened: opened})
	require.NoError(t, err)
	two := sla.NewClock(d)
	late, err := clock(shop, "1h").Apply(sla.Event{At: opened.AddDate(10, 0, 0).Add(1), Kind: sla.Paused})
	require.NoError(t, err)
	inTime, err := clock(shop, "1h").Apply(sla.Event{At: opened.AddDate(10, 0, 0), Kind: sla.Paused})
	require.NoError(t, err)
	for _, row := range []struct {
		clock sla.Clock
		want  string
	}{
		{inTime, ""},
		{late, "sla: clock: event at 2034-03-11T10:00:00.000000001+01:00: want it within 10 years of the opening"},
		{clock(shop, "2000bd"), ""},
		{clock(shop, "20000bd"), `sla: clock: target 20000bd in calendar "shop": want it within 10 years`},
		{clock(shop, "200000h"), `sla: clock: target 200000h in calendar "shop": want it within 10 years`},
		{clock(rare, "9bd"), ""},
		{clock(rare, "11bd@close"), `sla: clock: target 11bd@close in calendar "Dec 24 09:00-12:00": want it within 10 years`},
		{clock(rare, "2h", "100%", "1000%", "+20h"), ""},
		{clock(rare, "2h", "2000%"), `sla: clock: threshold 2000% in calendar "Dec 24 09:00-12:00": want it within 10 years`},
		{clock(shop, "2h", "+100000h"), `sla: clock: threshold +100000h in calendar "shop": want it within 10 years`},
		{clock(shop, "2h", "+100000h wall"), `sla: clock: threshold +100000h wall in calendar "shop": want it within 10 years`},
		{clock(calendar.Must(calendar.Union("all", desks...)), "1h"), ""},
		{two, "sla: clock: calendars of more than 65 parts: want 65 at the most"},
	} {
		text, err := row.clock.MarshalJSON()
		assert.True(t, row.clock.Equal(row.clock), "whether it can be stored or not")
		if row.want != "" {
			assert.EqualError(t, err, row.want)
			continue
		}
		var back sla.Clock
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(text, &back))
		assert.True(t, back.Equal(row.clock))
	}
}
