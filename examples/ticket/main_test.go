package main

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// replayed runs the command.
func replayed(stdin string, args ...string) (stdout, stderr string, status int) {
	var out, errs bytes.Buffer
	status = run(args, strings.NewReader(stdin), &out, &errs)
	return out.String(), errs.String(), status
}

func sample(t *testing.T, name string) string {
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
		{"worldwide-brief.golden", []string{"-brief", "-zone", "America/Los_Angeles", "worldwide.jsonl"}},
		{"breach-unfolded.golden", []string{"-fold=false", "breach.jsonl"}},
	} {
		stdout, stderr, status := replayed("", row.args...)
		golden(t, row.golden, stdout)
		assert.Empty(t, stderr, row.golden)
		assert.Zero(t, status, row.golden)
	}
}

// The picture is that of the last line.
func TestPicture(t *testing.T) {
	file := filepath.Join(t.TempDir(), "life.svg")
	stdout, stderr, status := replayed("", "-brief", "-svg", file, "germany.jsonl")
	assert.NotContains(t, stdout, "Europe/Berlin   0", "a brief replay has no timeline")
	assert.Empty(t, stderr)
	assert.Zero(t, status)
	golden(t, "germany.svg", sample(t, file))

	_, stderr, status = replayed("", "-svg", filepath.Join(file, "no", "such", "folder.svg"), "germany.jsonl")
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
	stdout, stderr, status := replayed(`{"request":{"moniker":"o365-worldwide","severity":"C","opened":"2024-03-11T10:00:00Z"},"thresholds":["50%"]}
{"at":"2024-03-11T12:00:00Z","event":"severity-changed","severity":"B"}
`, "-brief")
	assert.Equal(t, `== Mon 2024-03-11 10:00 +00:00  opened: o365-worldwide, plan enterprise, technical
status   severity C, no term, outcome open
due      never: sla: no commitment: o365-worldwide, plan enterprise, technical, severity C: the publisher
         promises no response time; bring a catalog of your own
alarms   none new
next     nothing without an event

== Mon 2024-03-11 12:00 +00:00  severity changed to B
status   severity B, running in hours, outcome open
due      Tue 2024-03-12 10:00 +00:00
used     2h of 24h (8.3%), left 22h in hours, 22h on the wall
alarms   none new
next     Mon 2024-03-11 22:00 +00:00: alarm 1/50%

`, stdout)
	assert.Empty(t, stderr)
	assert.Zero(t, status)
}

// Each alarm is printed once, whatever moves the due time afterwards.
func TestAlarmsOnce(t *testing.T) {
	for _, row := range []struct {
		file string
		keys []string
	}{
		{"china.jsonl", []string{"1/50%", "1/90%"}},
		{"germany.jsonl", []string{"1/50%", "1/90%", "1/-30m"}},
		{"worldwide.jsonl", []string{"1/50%", "1/-1h"}},
		{"breach.jsonl", []string{"1/50%", "1/breach", "1/+4h", "1/+12h wall in hours"}},
	} {
		stdout, _, _ := replayed("", "-brief", row.file)
		var keys []string
		for line := range strings.Lines(stdout) {
			label, rest := line[:min(9, len(line))], line[min(9, len(line)):]
			if key, _, ok := strings.Cut(rest, " at "); ok && (label == "alarms   " || label == "         ") {
				keys = append(keys, key)
			}
		}
		assert.Equal(t, row.keys, keys, row.file)
	}
}

const opening = `{"request": {"moniker": "o365-germany", "category": "technical", "severity": "B", "opened": "2024-03-11T10:00:00+01:00"}}` + "\n"

// The case that a pause is under way, with the fractions of a second that some
// systems have.
func TestPausedAndFractions(t *testing.T) {
	stdout, stderr, status := replayed(opening+`{"at":"2024-03-11T11:00:00.25+01:00","event":"paused"}`+"\n"+`{"look":"2024-03-11T11:30:00+01:00"}`, "-brief")
	assert.Empty(t, stderr)
	assert.Zero(t, status)
	_, last, _ := strings.Cut(stdout, "look\n")
	assert.Equal(t, `status   severity B, paused in hours, outcome open
due      Tue 2024-03-12 10:29:59.75 +01:00 if resumed now
         originally Tue 2024-03-12 10:00 +01:00; moved by pauses: 29m59.75s in hours, 29m59.75s on the wall
used     1h0m0.25s of 8h (12.5%), left 6h59m59.75s in hours, 22h59m59.75s on the wall
alarms   none new
next     Mon 2024-03-11 17:00 +01:00: the hours end

`, last)
}

// A raised severity is due earlier, and a year without a notice of its holidays is
// provisional.
func TestOtherDueTimes(t *testing.T) {
	stdout, _, _ := replayed(opening+`{"at":"2024-03-11T10:15:00+01:00","event":"severity-changed","severity":"A","note":"two\nlines, \u001b[31m"}`, "-brief")
	assert.Contains(t, stdout, "\nnote     two lines, [31m\n")
	assert.Contains(t, stdout, "\ndue      Mon 2024-03-11 11:00 +01:00\n         originally Tue 2024-03-12 10:00 +01:00\n")

	stdout, _, _ = replayed(`{"request": {"moniker": "o365-21vianet", "category": "billing", "severity": "C", "opened": "2027-09-30T10:00:00+08:00"}}`, "-brief")
	assert.Contains(t, stdout, ", provisional: some holidays up to then can still change\n")
}

// Severities and categories can have the synonyms that the terms have, and a note steers no
// terminal.
func TestSynonyms(t *testing.T) {
	plain, _, _ := replayed(opening+`{"at":"2024-03-11T12:00:00+01:00","event":"severity-changed","severity":"A"}`, "-brief")
	typed, stderr, status := replayed(strings.NewReplacer("o365-germany", "O365-Germany", "technical", "Technical", `"B"`, `"High"`).Replace(opening)+`{"at":"2024-03-11T12:00:00+01:00","event":"severity-changed","severity":"sev a"}`, "-brief")
	assert.Equal(t, plain, typed)
	assert.Contains(t, plain, "severity changed to A\n")
	assert.Empty(t, stderr)
	assert.Zero(t, status)
	stdout, _, _ := replayed(opening+`{"at":"2024-03-11T12:00:00+01:00","event":"paused","note":"\u202elog\u2028x"}`, "-brief")
	assert.Contains(t, stdout, "\nnote     log x\n")
}

func TestBadLines(t *testing.T) {
	const (
		paused = `{"at":"2024-03-11T12:00:00+01:00","event":"paused"}` + "\n"
		want   = `want {"request": {...}, "thresholds": [...]} before anything else`
	)
	for _, row := range []struct {
		name, in, err string
		blocks        int // printed before the error
	}{
		{"empty", "", "1: " + want, 0},
		{"only comments", "# nothing\n\n", "3: " + want, 0},
		{"an event first", paused, "1: " + want, 0},
		{"no request", `{"thresholds": ["50%"]}`, "1: " + want, 0},
		{"no JSON", "soon\n", "1: want one JSON object", 0},
		{"no object", opening + "[1]\n", "2: want one JSON object", 1},
		{"cut off", opening + "\n" + `{"at":`, "3: the line ends too early: want one JSON object", 1},
		{"two objects in a line", opening + `{"look":"2024-03-11T12:00:00+01:00"} {}`, "2: want nothing after the object", 1},
		{"unknown field of the opening", `{"alarm":["50%"],"request":{}}`, `1: unknown field "alarm": want request, thresholds`, 0},
		{"unknown field of the request", `{"request":{"moniker":"o365-germany","priority":"B"}}`, `1: sla: request: priority: unknown field: want one of moniker, category, plan, severity, opened, country, metric`, 0},
		{"unknown field of an event", opening + `{"at":"2024-03-11T12:00:00+01:00","event":"paused","by":"me"}`, `2: ticket: event: by: unknown field: want one of at, event, severity, note`, 1},
		{"look with another field", opening + `{"look":"2024-03-11T12:00:00+01:00","note":"x"}`, `2: ticket: event: look: unknown field: want one of at, event, severity, note`, 1},
		{"look at no time", opening + `{"look":"noon"}`, `2: look "noon": want a time with its offset, such as 2020-05-27T20:00:00+08:00`, 1},
		{"a second request", opening + opening, `2: ticket: event: request: unknown field: want one of at, event, severity, note`, 1},
		{"unknown moniker", `{"request":{"moniker":"o365-mars","category":"technical","severity":"B","opened":"2024-03-11T10:00:00+01:00"}}`, `1: region: unknown moniker "o365-mars": want one of the catalog: o365-worldwide, o365-21vianet, o365-germany`, 0},
		{"no time", `{"request":{"moniker":"o365-germany","category":"technical","severity":"B"}}`, "1: sla: request: opened: missing", 0},
		{"no threshold", strings.Replace(opening, "}}", `}, "thresholds": ["half"]}`, 1), `1: sla: threshold "half": want 50%, -30m, +2h, "-2h wall", "+4h wall" or breach, each with or without " in hours"`, 0},
		{"a threshold without its sign", strings.Replace(opening, "}}", `}, "thresholds": ["60m"]}`, 1), `1: sla: threshold "60m": want 50%, -30m, +2h, "-2h wall", "+4h wall" or breach, each with or without " in hours"`, 0},
		{"a threshold twice", strings.Replace(opening, "}}", `}, "thresholds": ["-60m", "-1h"]}`, 1), "1: ticket: threshold -1h: there twice: want it once", 0},
		{"before the opening", opening + `{"at":"2024-03-11T08:59:59Z","event":"paused"}`, "2: 2024-03-11T08:59:59Z is earlier than the line before, at 2024-03-11T10:00:00+01:00", 1},
		{"an event before the last one", opening + paused + `{"at":"2024-03-11T11:00:00+01:00","event":"resumed"}`, "3: 2024-03-11T11:00:00+01:00 is earlier than the line before, at 2024-03-11T12:00:00+01:00", 2},
		{"an event before a look", opening + `{"look":"2024-03-12T12:00:00+01:00"}` + "\n" + paused, "3: 2024-03-11T12:00:00+01:00 is earlier than the line before, at 2024-03-12T12:00:00+01:00", 2},
		{"paused twice", opening + paused + "# again\n" + paused, "4: 2024-03-11T12:00:00+01:00 paused: the clock is paused already (the last event, paused, was at 2024-03-11T12:00:00+01:00)", 2},
		{"no JSON in an event", opening + `{"at": x}`, `2: column 8: "x": want a value`, 1},
		{"no severity given", strings.Replace(opening, `"severity": "B"`, `"severity": ""`, 1), "1: sla: no severity given: want a severity of o365-germany, plan standard: A, B, C", 0},
		{"unknown severity", opening + `{"at":"2024-03-11T12:00:00+01:00","event":"severity-changed","severity":"P1"}`, `2: 2024-03-11T12:00:00+01:00 severity-changed P1: sla: unknown severity "P1": want a severity of o365-germany, plan standard: A, B, C (the opening was at 2024-03-11T10:00:00+01:00)`, 1},
		{"no kind of event", opening + `{"at":"2024-03-11T12:00:00+01:00","event":"snoozed"}`, `2: ticket: event 2024-03-11T12:00:00+01:00 snoozed: unknown event "snoozed": want paused, resumed, responded, severity-changed, reopened, cancelled`, 1},
		{"null", opening + "null", "2: want one JSON object", 1},
		{"out of range", opening + `{"look":"2200-01-01T00:00:00Z"}`, "2: ticket: now 2200-01-01T01:00:00+01:00 is outside 1900-01-01 to 2199-12-31 UTC", 1},
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
	} {
		stdout, stderr, status := replayed("", strings.Fields(row.args)...)
		assert.Empty(t, stdout, row.args)
		assert.True(t, strings.HasPrefix(stderr, row.stderr), "%s: %s", row.args, stderr)
		assert.Equal(t, row.status, status, row.args)
	}
}

// FuzzReplay holds that no file makes the command panic, and that what it has to
// say about a wrong one is a line.
func FuzzReplay(f *testing.F) {
	for _, name := range []string{"china.jsonl", "germany.jsonl", "worldwide.jsonl", "breach.jsonl"} {
		text, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, stderr, status := replayed(text)
		if lines := strings.Count(stderr, "\n"); lines != status || !strings.HasSuffix("\n"+stderr, "\n") {
			t.Fatalf("%q: status %d, %q", text, status, stderr)
		}
	})
}
