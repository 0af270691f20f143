package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/examples/internal/input"
	"github.com/duetime/duetime/sla"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// replayed runs the command.
func replayed(stdin string, args ...string) (stdout, stderr string, status int) {
	var out, errs bytes.Buffer
	status = run(args, strings.NewReader(stdin), &out, &errs)
	return out.String(), errs.String(), status
}

func sample(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(text)
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	assert.Equal(t, sample(t, file), got, name)
}

func TestGolden(t *testing.T) {
	for _, row := range []struct {
		golden string
		args   []string
	}{
		{"china.golden", []string{"china.jsonl"}},
		{"germany.golden", []string{"germany.jsonl"}},
		{"worldwide.golden", []string{"worldwide.jsonl"}},
		{"breach.golden", []string{"breach.jsonl"}},
		{"desk.golden", []string{"-catalog", "desk.json", "desk.jsonl"}},
		{"worldwide-brief.golden", []string{"-brief", "-zone", "America/Los_Angeles", "worldwide.jsonl"}},
		{"breach-unfolded.golden", []string{"-fold=false", "breach.jsonl"}},
	} {
		stdout, stderr, status := replayed("", row.args...)
		golden(t, row.golden, stdout)
		assert.Empty(t, stderr, row.golden)
		assert.Zero(t, status, row.golden)
	}
}

// spaced returns a text with one blank between its columns.
func spaced(text string) string { return blanks.ReplaceAllString(text, " ") }

var blanks = regexp.MustCompile(" +")

// The figures of the desk, each worked out by hand from desk.json and desk.jsonl. The rest of
// the golden file is as the program printed it. The hours are Monday to Friday, 9 to 17; the
// week has no holidays.
func TestDeskByHand(t *testing.T) {
	stdout := sample(t, filepath.Join("testdata", "desk.golden"))
	for _, row := range []struct{ block, line, why string }{
		{"Tue 2026-11-24 10:00 +01:00  opened", "first-response  running  due Tue 2026-11-24 12:00 +01:00  0s of 2h", "2h from 10:00"},
		{"Tue 2026-11-24 10:00 +01:00  opened", "next-response   idle\n", "the customer has written nothing since"},
		{"Tue 2026-11-24 10:00 +01:00  opened", "resolution      running  due Thu 2026-11-26 10:00 +01:00  0s of 16h", "16h are 7h on Tuesday, 8h on Wednesday, 1h on Thursday"},
		{"Tue 2026-11-24 10:40 +01:00  reply", "first-response  stopped, met            due Tue 2026-11-24 12:00 +01:00  40m of 2h   1h20m left", "10:00 to 10:40"},
		{"Tue 2026-11-24 10:40 +01:00  reply", "update          running, cycle 2  due Tue 2026-11-24 12:40 +01:00", "2h from the reply"},
		{"Tue 2026-11-24 10:40 +01:00  reply", "next: Tue 2026-11-24 12:10 +01:00: alarm update/2026-11-24T09:40:00Z/-30m\n", "30m before the update is due"},
		{"Tue 2026-11-24 11:00 +01:00  customer", "next-response   running           due Tue 2026-11-24 15:00 +01:00", "4h from the message"},
		{"Tue 2026-11-24 13:00 +01:00  look", "update          running, cycle 3  due Tue 2026-11-24 14:40 +01:00  20m of 2h", "missed at 12:40, from which the next 2h count"},
		{"Tue 2026-11-24 13:00 +01:00  look", "act on: update/2026-11-24T09:40:00Z/breach, reached Tue 2026-11-24 12:40 +01:00\n", "a breach is named for its due time"},
		{"Tue 2026-11-24 13:00 +01:00  told late", "update          running, cycle 3  due Tue 2026-11-24 14:30 +01:00  30m of 2h", "the reply was at 12:30"},
		{"Tue 2026-11-24 13:00 +01:00  told late", "next-response   stopped, met            due Tue 2026-11-24 15:00 +01:00  1h30m of 4h  2h30m left", "11:00 to 12:30"},
		{"Tue 2026-11-24 13:00 +01:00  told late", "take back: update/2026-11-24T09:40:00Z/breach\n", "the update of 12:30 was 10m early; the alarm at 12:10 stays"},
		{"Tue 2026-11-24 14:00 +01:00  reply", "act on: update/2026-11-24T11:30:00Z/-30m, reached Tue 2026-11-24 14:00 +01:00\n", "reached at the very instant of the reply, so before it"},
		{"Tue 2026-11-24 14:00 +01:00  pending", "next: nothing without an event\n", "nothing runs"},
		{"Wed 2026-11-25 09:30 +01:00  open", "update          running, cycle 4  due Wed 2026-11-25 11:30 +01:00  0s of 2h   2h left   3h30m paused", "14 to 17 and 9 to 9:30 are 3h30m, and nothing is used"},
		{"Wed 2026-11-25 09:30 +01:00  open", "resolution      running           due Thu 2026-11-26 13:30 +01:00  4h of 16h  12h left  3h30m paused", "Thursday 10:00 and 3h30m"},
		{"Wed 2026-11-25 09:30 +01:00  open", "next-response   running, cycle 2  due Wed 2026-11-25 13:30 +01:00", "4h from the message of 9:30"},
		{"Wed 2026-11-25 11:00 +01:00  plan gold", "next-response   running, cycle 2  due Wed 2026-11-25 11:30 +01:00  1h30m of 2h  30m left", "2h from the message of 9:30"},
		{"Wed 2026-11-25 11:00 +01:00  plan gold", "resolution      running           due Wed 2026-11-25 13:30 +01:00  5h30m of 8h  2h30m left", "4h on Tuesday and 1h30m are carried"},
		{"Wed 2026-11-25 11:00 +01:00  plan gold", "act on: resolution/2026-11-24T09:00:00Z/50%, reached Wed 2026-11-25 11:00 +01:00\n", "4h of 8h were used at 14:00, but that is the change's doing"},
		{"Wed 2026-11-25 11:40 +01:00  look", "next-response   running, cycle 2, breached  due Wed 2026-11-25 11:30 +01:00  2h10m of 2h  10m over", "since 9:30"},
		{"Wed 2026-11-25 11:40 +01:00  look", "update          running, cycle 5      due Wed 2026-11-25 13:30 +01:00  10m of 2h    1h50m left", "missed at 11:30, from which the next 2h count"},
		{"Wed 2026-11-25 12:15 +01:00  reply", "+15m every 15m, reached Wed 2026-11-25 11:45 +01:00\n", "15m after 11:30"},
		{"Wed 2026-11-25 12:15 +01:00  reply", "+15m every 15m/3, reached Wed 2026-11-25 12:15 +01:00\n", "45m after 11:30, the instant of the reply"},
		{"Wed 2026-11-25 13:20 +01:00  solved", "resolution      stopped, met                due Wed 2026-11-25 13:30 +01:00  7h50m of 8h  10m left", "10m early"},
		{"Thu 2026-11-26 09:10 +01:00  open", "resolution      running               due Thu 2026-11-26 09:20 +01:00  7h50m of 8h  10m left", "10m were left"},
		{"Thu 2026-11-26 09:10 +01:00  open", "update          running, cycle 6      due Thu 2026-11-26 10:05 +01:00  1h5m of 2h   55m left", "12:15 to 13:20 are 1h5m"},
		{"Thu 2026-11-26 09:15 +01:00  severity P3", "resolution      running               due Mon 2026-11-30 09:20 +01:00  7h55m of 24h  16h5m left", "3bd are Tuesday 9:15, and 7h55m before that is Monday 9:20"},
		{"Fri 2026-11-27 15:00 +01:00  solved", "resolution      stopped, met                due Mon 2026-11-30 09:20 +01:00  21h40m of 24h  2h20m left", "7h55m, 7h45m on Thursday and 6h on Friday"},
		{"Mon 2026-11-30 12:00 +01:00  closed", "resolution      stopped, met                due Mon 2026-11-30 09:20 +01:00  21h40m of 24h  2h20m left", "solved, then closed: the first stop stands"},
		{"the ticket is partly-met", "update 4          Tue 2026-11-24 14:00 +01:00  Wed 2026-11-25 11:30 +01:00  Wed 2026-11-25 11:30 +01:00  breached  2h of 2h       3h30m\n", "one of two breaches"},
		{"the ticket is partly-met", "next-response 2   Wed 2026-11-25 09:30 +01:00  Wed 2026-11-25 11:30 +01:00  Wed 2026-11-25 12:15 +01:00  breached  2h45m of 2h    0s\n", "the other"},
	} {
		_, block, ok := strings.Cut("\n"+stdout, "\n== "+row.block)
		require.True(t, ok, row.block)
		block, _, _ = strings.Cut(block, "\n\n")
		assert.Contains(t, spaced(block+"\n"), spaced(row.line), "%s: %s", row.block, row.why)
	}
	again := "Tue 2026-11-24 11:00 +01:00  "
	_, once, _ := strings.Cut(stdout, again+"customer")
	_, twice, _ := strings.Cut(stdout, again+"told again: customer")
	once, _, _ = strings.Cut(once, "\n\n")
	twice, _, _ = strings.Cut(twice, "\n\n")
	assert.Equal(t, once, twice, "what is told again changes nothing")
}

// The catalog of the desk has nothing to complain about.
func TestDeskLint(t *testing.T) {
	c, err := sla.ParseCatalog([]byte(sample(t, "desk.json")))
	require.NoError(t, err)
	assert.Empty(t, c.Lint())
}

// The picture is that of the last line.
func TestPicture(t *testing.T) {
	file := filepath.Join(t.TempDir(), "life.svg")
	for golds, args := range map[string][]string{
		"germany.svg": {"germany.jsonl"},
		"desk.svg":    {"-catalog", "desk.json", "desk.jsonl"},
	} {
		stdout, stderr, status := replayed("", append([]string{"-brief", "-svg", file}, args...)...)
		assert.NotContains(t, stdout, "Europe/Berlin   0", "a brief replay has no timeline")
		assert.Empty(t, stderr)
		assert.Zero(t, status)
		golden(t, golds, sample(t, file))
	}
	_, stderr, status := replayed("", "-svg", filepath.Join(file, "no", "such", "folder.svg"), "germany.jsonl")
	assert.Contains(t, stderr, "ticket: open ")
	assert.Equal(t, exitUsage, status)
}

// However a file comes, and wherever the machine is, the answer is the same.
func TestSameAnswer(t *testing.T) {
	text := sample(t, "germany.jsonl")
	want := sample(t, filepath.Join("testdata", "germany.golden"))
	for _, row := range []struct {
		name, stdin string
		args        []string
	}{
		{"standard input", text, nil},
		{"a dash", text, []string{"-"}},
		{"CRLF", strings.ReplaceAll(text, "\n", "\r\n"), nil},
		{"no newline at the end", strings.TrimRight(text, "\n"), nil},
		{"a byte order mark", "\ufeff" + text, nil},
		{"space around the lines", " " + strings.ReplaceAll(text, "\n", "\t\n  "), nil},
		{"a line of just 1 MB", text + "#" + strings.Repeat(" ", maxLine-2) + "\n", nil},
	} {
		stdout, stderr, status := replayed(row.stdin, row.args...)
		assert.Equal(t, want, stdout, row.name)
		assert.Empty(t, stderr, row.name)
		assert.Zero(t, status, row.name)
	}

	local := time.Local
	t.Cleanup(func() { time.Local = local })
	for _, name := range []string{"UTC", "Europe/Berlin", "Asia/Shanghai", "America/Los_Angeles", "Australia/Lord_Howe"} {
		zone, err := time.LoadLocation(name)
		require.NoError(t, err)
		time.Local = zone // TZ is read only once
		for _, file := range []string{"china", "germany", "worldwide", "breach"} {
			stdout, _, _ := replayed("", file+".jsonl")
			assert.Equal(t, sample(t, filepath.Join("testdata", file+".golden")), stdout, "%s on a machine in %s", file, name)
		}
	}
}

// A request may be opened at a severity that nothing is promised for, and be raised.
func TestNoCommitmentAtFirst(t *testing.T) {
	stdout, stderr, status := replayed(`{"request":{"moniker":"o365-worldwide","severity":"C","opened":"2024-03-11T10:00:00Z"},"alarms":["50%"]}
{"at":"2024-03-11T12:00:00Z","severity":"B"}
`, "-brief")
	assert.Equal(t, `== Mon 2024-03-11 10:00 +00:00  opened: o365-worldwide, plan enterprise, technical, severity C
first-response  running  never due: sla: no commitment: o365-worldwide, plan enterprise, technical, severity C: the publisher promises no response time; bring a catalog of your own
next: nothing without an event

== Mon 2024-03-11 12:00 +00:00  severity B
first-response  running  due Tue 2024-03-12 10:00 +00:00  2h of 24h  22h left
next: Mon 2024-03-11 22:00 +00:00: alarm first-response/2024-03-11T10:00:00Z/50%

== the ticket is open
`, stdout)
	assert.Empty(t, stderr)
	assert.Zero(t, status)
}

// Each alarm is printed once, whatever moves the due time afterwards.
func TestAlarmsOnce(t *testing.T) {
	for _, row := range []struct {
		args []string
		keys []string
	}{
		{[]string{"china.jsonl"}, []string{"50%", "90%"}},
		{[]string{"germany.jsonl"}, []string{"50%", "90%", "-30m"}},
		{[]string{"worldwide.jsonl"}, []string{"50%", "-1h"}},
		{[]string{"breach.jsonl"}, []string{"50%", "breach", "+4h", "+12h wall in hours"}},
		{[]string{"-catalog", "desk.json", "desk.jsonl"}, []string{
			"-30m", "breach", "-30m", "-30m", "50%", "breach", "breach", "+15m every 15m", "+15m every 15m/2", "+15m every 15m/3",
		}},
	} {
		stdout, _, _ := replayed("", append([]string{"-brief"}, row.args...)...)
		var all, keys []string
		for line := range strings.Lines(stdout) {
			if key, ok := strings.CutPrefix(line, "act on: "); ok {
				key, _, _ = strings.Cut(key, ", ")
				all, keys = append(all, key), append(keys, strings.SplitN(key, "/", 3)[2])
			}
		}
		assert.Equal(t, row.keys, keys, row.args)
		slices.Sort(all)
		assert.Equal(t, slices.Compact(slices.Clone(all)), all, row.args)
	}

	// A reply that is told late withdraws a breach, once.
	const breach = "update/2026-11-24T09:00:00Z/breach"
	stdout, stderr, status := replayed(`{"request":{"moniker":"desk","severity":"high","opened":"2026-11-24T10:00:00+01:00"}}
{"look":"2026-11-24T12:01:00+01:00"}
{"at":"2026-11-24T11:00:00+01:00","word":"reply"}
{"look":"2026-11-24T12:01:00+01:00"}
`, "-catalog", "desk.json", "-brief")
	assert.Empty(t, stderr)
	assert.Zero(t, status)
	assert.Equal(t, 1, strings.Count(stdout, "act on: "+breach+","))
	assert.Equal(t, 1, strings.Count(stdout, "take back: "+breach+"\n"))
}

const opening = `{"request": {"moniker": "o365-germany", "category": "technical", "severity": "B", "opened": "2024-03-11T10:00:00+01:00"}}` + "\n"

// The case that a pause is under way, with the fractions of a second that some
// systems have.
func TestPausedAndFractions(t *testing.T) {
	stdout, stderr, status := replayed(opening+`{"at":"2024-03-11T11:00:00.25+01:00","word":"paused"}`+"\n"+`{"look":"2024-03-11T11:30:00+01:00"}`, "-brief")
	assert.Empty(t, stderr)
	assert.Zero(t, status)
	_, last, _ := strings.Cut(stdout, "look\n")
	assert.Equal(t, `first-response  paused  due Tue 2024-03-12 10:29:59.75 +01:00  1h0m0.25s of 8h  6h59m59.75s left  due if resumed now, 29m59.75s paused, first due Tue 2024-03-12 10:00 +01:00
next: nothing without an event

== the ticket is open
`, last)
}

// A raised severity is due earlier, and a year without a notice of its holidays is
// provisional.
func TestOtherDueTimes(t *testing.T) {
	stdout, _, _ := replayed(opening+`{"at":"2024-03-11T10:15:00+01:00","severity":"A","note":"two\nlines, \u001b[31m"}`, "-brief")
	assert.Contains(t, stdout, "severity A: two lines, [31m\n")
	assert.Contains(t, stdout, "due Mon 2024-03-11 11:00 +01:00  15m of 1h  45m left  first due Tue 2024-03-12 10:00 +01:00\n")

	stdout, _, _ = replayed(`{"request": {"moniker": "o365-21vianet", "category": "billing", "severity": "C", "opened": "2027-09-30T10:00:00+08:00"}}`, "-brief")
	assert.Contains(t, stdout, "provisional: holidays can still change\n")
}

// Alarms of the line come after those of the catalog; what is there already is there once.
func TestAlarmsOfTheLine(t *testing.T) {
	life := `{"request":{"moniker":"desk","severity":"P4","opened":"2026-11-24T10:00:00+01:00","metric":"first-response"},"alarms":["breach","50%","50%"]}
{"look":"2026-11-25T10:00:01+01:00"}
`
	stdout, stderr, _ := replayed(life, "-catalog", "desk.json", "-brief")
	assert.Empty(t, stderr)
	assert.Equal(t, 2, strings.Count(stdout, "act on: "))
	assert.NotContains(t, stdout, "resolution", "a request can be about one metric")
	assert.NotContains(t, stdout, "first: ", "and the first of one is no news")
}

// Names can have the synonyms and the case that people type, and a note steers no terminal.
func TestSynonyms(t *testing.T) {
	plain, _, _ := replayed(opening+`{"at":"2024-03-11T12:00:00+01:00","severity":"A"}`, "-brief")
	typed, stderr, status := replayed(strings.NewReplacer("o365-germany", "O365-Germany", "technical", "Technical", `"B"`, `"High"`).Replace(opening)+`{"at":"2024-03-11T12:00:00+01:00","severity":"sev a"}`, "-brief")
	assert.Equal(t, plain, typed)
	assert.Contains(t, plain, "severity A\n")
	assert.Empty(t, stderr)
	assert.Zero(t, status)
	stdout, _, _ := replayed(opening+`{"at":"2024-03-11T12:00:00+01:00","word":"paused","note":"\u202elog\u2028x"}`, "-brief")
	assert.Contains(t, stdout, "paused: log x\n")
}

// After a change of plan, events are spelled as the new plan has it.
func TestSynonymsOfThePlan(t *testing.T) {
	file := filepath.Join(t.TempDir(), "plans.json")
	require.NoError(t, os.WriteFile(file, []byte(`{"version": "1", "policies": [
		{"moniker": "acme", "plan": "basic", "default": true, "severities": ["low", "high"], "terms": [{"target": "2h", "calendar": "24/7"}]},
		{"moniker": "acme", "plan": "gold", "severities": ["low", {"name": "high", "also": ["urgent"]}], "terms": [{"target": "1h", "calendar": "24/7"}]}]}`), 0o644))
	_, stderr, status := replayed(`{"request": {"moniker": "acme", "severity": "low", "opened": "2026-03-02T10:00:00Z"}}
		{"at": "2026-03-02T10:10:00Z", "plan": "gold"}
		{"at": "2026-03-02T10:20:00Z", "severity": "urgent"}`, "-brief", "-catalog", file)
	assert.Empty(t, stderr)
	assert.Zero(t, status)
}

func TestBadLines(t *testing.T) {
	const (
		paused = `{"at":"2024-03-11T12:00:00+01:00","word":"paused"}` + "\n"
		want   = `want {"request": {...}, "alarms": [...]} before anything else`
		fields = "want one of id, at, word, severity, category, plan, moniker, country, note"
	)
	for _, row := range []struct {
		name, in, err string
		blocks        int // printed before the error
	}{
		{"empty", "", "1: " + want, 0},
		{"only comments", "# nothing\n\n", "3: " + want, 0},
		{"an event first", paused, "1: " + want, 0},
		{"no request", `{"alarms": ["50%"]}`, "1: " + want, 0},
		{"no JSON", "soon\n", "1: want one JSON object", 0},
		{"no object", opening + "[1]\n", "2: want one JSON object", 1},
		{"cut off", opening + "\n" + `{"at":`, "3: the line ends too early: want one JSON object", 1},
		{"two objects in a line", opening + `{"look":"2024-03-11T12:00:00+01:00"} {}`, "2: want nothing after the object", 1},
		{"unknown field of the opening", `{"alarm":["50%"],"request":{}}`, `1: unknown field "alarm": want alarms, request`, 0},
		{"unknown field of the request", `{"request":{"moniker":"o365-germany","priority":"B"}}`, `1: sla: request: priority: unknown field: want one of moniker, category, plan, severity, opened, country, metric`, 0},
		{"unknown field of an event", opening + `{"at":"2024-03-11T12:00:00+01:00","word":"paused","by":"me"}`, `2: ticket: event: by: unknown field: ` + fields, 1},
		{"look with another field", opening + `{"look":"2024-03-11T12:00:00+01:00","note":"x"}`, `2: ticket: event: look: unknown field: ` + fields, 1},
		{"look at no time", opening + `{"look":"noon"}`, `2: look "noon": want a time with its offset, such as 2020-05-27T20:00:00+08:00`, 1},
		{"a second request", opening + opening, `2: ticket: event: request: unknown field: ` + fields, 1},
		{"unknown moniker", `{"request":{"moniker":"o365-mars","category":"technical","severity":"B","opened":"2024-03-11T10:00:00+01:00"}}`, `1: region: unknown moniker "o365-mars": want one of the catalog: o365-worldwide, o365-21vianet, o365-germany`, 0},
		{"no time", `{"request":{"moniker":"o365-germany","category":"technical","severity":"B"}}`, "1: sla: request: opened: missing", 0},
		{"no threshold", strings.Replace(opening, "}}", `}, "alarms": ["half"]}`, 1), `1: sla: threshold "half": want 50%, -30m, +2h, "-2h wall", "+4h wall" or breach, each with or without " every 1h" (but for breach) and " in hours"`, 0},
		{"a threshold without its sign", strings.Replace(opening, "}}", `}, "alarms": ["60m"]}`, 1), `1: sla: threshold "60m": want "-60m" for a time before the due time, or "+60m" for one after it`, 0},
		{"33 thresholds", strings.Replace(opening, "}}", `}, "alarms": [`+manyThresholds(33)+`]}`, 1), `1: sla: catalog: policies[0].terms[0].alarms: [1% 2% 3% 4% 5% 6% 7% 8% 9% 10% 11% 12% 13% 14% 15% 16% 17% 18% 19% 20% 21% 22% 23% 24% 25% 26% 27% 28% 29% 30% 31% 32% 33%]: want 32 at the most (first of 18 faults)`, 0},
		{"before the opening", opening + `{"at":"2024-03-11T08:59:59Z","word":"paused"}`, "2: 2024-03-11T08:59:59Z paused: before the opening, 2024-03-11T10:00:00+01:00", 1},
		{"a look before the last event", opening + paused + `{"look":"2024-03-11T11:00:00+01:00"}`, `3: look "2024-03-11T11:00:00+01:00": want an instant at or after the lines before, 2024-03-11T12:00:00+01:00`, 2},
		{"nothing happens", opening + `{"at":"2024-03-11T12:00:00+01:00","note":"x"}`, "2: ticket: event 2024-03-11T12:00:00+01:00 x: nothing happened: want a word or a change", 1},
		{"no JSON in an event", opening + `{"at": x}`, `2: column 8: "x": want a value`, 1},
		{"no severity given", strings.Replace(opening, `"severity": "B"`, `"severity": ""`, 1), "1: sla: no severity given: want a severity of o365-germany, plan standard: A, B, C", 0},
		{"unknown severity", opening + `{"at":"2024-03-11T12:00:00+01:00","severity":"P1"}`, `2: 2024-03-11T12:00:00+01:00 severity P1: sla: unknown severity "P1": want a severity of o365-germany, plan standard: A, B, C`, 1},
		{"unknown plan", opening + `{"at":"2024-03-11T12:00:00+01:00","plan":"gold"}`, `2: 2024-03-11T12:00:00+01:00 plan gold: sla: unknown plan "gold": want a plan of o365-germany: standard`, 1},
		{"unknown word", opening + `{"at":"2024-03-11T12:00:00+01:00","word":"snoozed"}`, `2: 2024-03-11T12:00:00+01:00 snoozed: unknown word "snoozed": want a word of the policy: resolved, reopened, paused, resumed, responded, cancelled`, 1},
		{"an event that a late one makes wrong", opening + `{"at":"2024-03-11T12:00:00+01:00","plan":"standard"}` + "\n" + `{"at":"2024-03-11T11:00:00+01:00","moniker":"o365-worldwide"}`, `3: 2024-03-11T11:00:00+01:00 moniker o365-worldwide: after it, 2024-03-11T12:00:00+01:00 plan standard: sla: unknown plan "standard": want a plan of o365-worldwide: enterprise, business, elevated`, 2},
		{"another event of the same ID", opening + strings.Replace(paused, "{", `{"id":"7",`, 1) + `{"id":"7","at":"2024-03-11T12:00:00+01:00","word":"resumed"}`, `3: 2024-03-11T12:00:00+01:00 resumed: "7" is the ID of another event, 2024-03-11T12:00:00+01:00 paused`, 2},
		{"null", opening + "null", "2: want one JSON object", 1},
		{"out of range", opening + `{"look":"2200-01-01T00:00:00Z"}`, `2: look "2200-01-01T00:00:00Z": want one of the years 1900 to 2199`, 1},
		{"an event out of range", opening + `{"at":"2200-01-01T00:00:00Z","word":"paused"}`, `2: ticket: event 2200-01-01T00:00:00Z paused: outside 1900-01-01 to 2199-12-31 UTC`, 1},
		{"too long", opening + "#" + strings.Repeat("x", maxLine) + "\n" + paused, "2: the line does not end within 1024 KB", 1},
	} {
		t.Run(row.name, func(t *testing.T) {
			stdout, stderr, status := replayed(row.in)
			assert.Equal(t, "ticket: stdin:"+row.err+"\n", stderr)
			assert.Equal(t, exitBad, status)
			assert.Equal(t, row.blocks, strings.Count(stdout, "== "), stdout)
		})
	}

	file := filepath.Join(t.TempDir(), "life.jsonl")
	require.NoError(t, os.WriteFile(file, []byte(opening+"?"), 0o644))
	_, stderr, status := replayed("", file)
	assert.Equal(t, "ticket: "+file+":2: want one JSON object\n", stderr, "with the name of the file")
	assert.Equal(t, exitBad, status)
}

// manyThresholds returns a list of thresholds, each another.
func manyThresholds(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf(`"%d%%"`, i+1)
	}
	return strings.Join(list, ",")
}

type broken struct{}

func (broken) Read([]byte) (int, error)  { return 0, errors.New("cable cut") }
func (broken) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestBrokenInputAndOutput(t *testing.T) {
	var errs bytes.Buffer
	assert.Equal(t, exitBad, run(nil, io.MultiReader(strings.NewReader(opening), broken{}), io.Discard, &errs))
	assert.Equal(t, exitBad, run(nil, strings.NewReader(opening), broken{}, &errs))
	assert.Equal(t, "ticket: stdin:2: cable cut\nticket: stdin:1: disk full\n", errs.String())
}

func TestUsage(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "bad.json")
	require.NoError(t, os.WriteFile(bad, []byte(`{"version": "x", "policies": [{"moniker": "m", "statuses": ["due"], "terms": [{"target": "1x", "calendar": "24/7"}]}]}`), 0o644))
	for _, row := range []struct {
		args   string
		stderr string
		status int
	}{
		{"-h", "usage: ticket", 0},
		{"-x", "flag provided but not defined: -x\nusage: ticket", exitUsage},
		{"missing.jsonl", "ticket: open missing.jsonl: ", exitUsage},
		{"china.jsonl germany.jsonl", "ticket: 2 files: want one, or - for standard input\n", exitUsage},
		{"-zone Mars china.jsonl", "ticket: unknown zone \"Mars\": want a name such as Europe/Berlin\n", exitUsage},
		{"-catalog missing.json china.jsonl", "ticket: open missing.json: ", exitUsage},
		{"-catalog - -", "ticket: stdin:1:1: ", exitUsage},
		{"-catalog " + bad + " desk.jsonl", "ticket: " + bad + ":1:", exitUsage},
	} {
		stdout, stderr, status := replayed("", strings.Fields(row.args)...)
		assert.Empty(t, stdout, row.args)
		assert.True(t, strings.HasPrefix(stderr, row.stderr), "%s: %s", row.args, stderr)
		assert.Equal(t, row.status, status, row.args)
		if strings.Contains(row.args, "-catalog") {
			assert.Equal(t, 1, strings.Count(stderr, "\n"), stderr)
		}
	}
	_, stderr, _ := replayed("", "-catalog", bad, "desk.jsonl")
	assert.Contains(t, stderr, "(first of 2 faults)\n")
}

// FuzzReplay holds that no file makes the command panic, and that what it has to
// say about a wrong one is a line.
func FuzzReplay(f *testing.F) {
	for _, name := range []string{"china.jsonl", "germany.jsonl", "worldwide.jsonl", "breach.jsonl", "desk.jsonl"} {
		f.Add(sample(f, name), name == "desk.jsonl")
	}
	f.Fuzz(func(t *testing.T, text string, own bool) {
		catalog := input.Published
		if own {
			catalog = "desk.json"
		}
		_, stderr, status := replayed(text, "-catalog", catalog)
		if lines := strings.Count(stderr, "\n"); lines != status || !strings.HasSuffix("\n"+stderr, "\n") {
			t.Fatalf("%q: status %d, %q", text, status, stderr)
		}
	})
}
