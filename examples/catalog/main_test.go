package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// catalog runs the command.
func catalog(stdin string, args ...string) (stdout, stderr string, status int) {
	var out, errs bytes.Buffer
	status = run(args, strings.NewReader(stdin), &out, &errs)
	return out.String(), errs.String(), status
}

func sample(tb testing.TB, name string) string {
	tb.Helper()
	text, err := os.ReadFile(name)
	require.NoError(tb, err)
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

// What cannot be judged in the sample's tickets: the last three.
const badTickets = `tickets.csv:28: sla: unknown plan "platinum": want a plan of acme: gold, silver, bronze
tickets.csv:29: opened "14.07.2026 16:00": want a time with its offset, such as 2020-05-27T20:00:00+08:00
tickets.csv:30: sla: unknown severity "urgent": want a severity of acme, plan gold: A, B, C
`

func TestGolden(t *testing.T) {
	const (
		bad     = badTickets + "catalog: rows that could not be judged: 3 of 29\n"
		summary = "10 of 26 requests change: 2 later, 5 earlier, 1 without a term now, 1 with one now, 1 without one for another reason\n"
	)
	for _, row := range []struct {
		golden, args string
		status       int
		stderr       string
	}{
		{"lint.golden", "lint acme.json acme-2027.json", 0, ""},
		{"lint-faults.golden", "lint testdata/faults.json testdata/suspicious.json published", exitBad, ""},
		{"show.golden", "show acme.json", 0, ""},
		{"show-suspicious.golden", "show testdata/suspicious.json", 0, ""},
		{"show-published.golden", "show published", 0, ""},
		{"show-desk.golden", "show desk.json", 0, ""},
		{"show-forms.golden", "show testdata/forms.json", 0, ""},
		{"diff.golden", "diff acme.json acme-2027.json tickets.csv", exitBad, bad},
		{"diff-berlin.golden", "diff -zone Europe/Berlin acme.json acme-2027.json tickets.csv", exitBad, bad},
		{"diff.csv", "diff -csv acme.json acme-2027.json tickets.csv", exitBad, badTickets + summary + "catalog: rows that could not be judged: 3 of 29\n"},
		{"diff-published.golden", "diff published acme.json tickets.csv", exitBad, bad},
	} {
		stdout, stderr, status := catalog("", strings.Fields(row.args)...)
		golden(t, row.golden, stdout)
		assert.Equal(t, row.stderr, stderr, row.args)
		assert.Equal(t, row.status, status, row.args)
		for line := range strings.Lines(stdout) {
			assert.Equal(t, strings.TrimRight(line, " \n")+"\n", line, row.golden)
		}
	}
}

// The sample catalogs are in the form that show -canonical prints, so that an edit
// of one changes no other line.
func TestCanonical(t *testing.T) {
	for _, name := range []string{"acme.json", "acme-2027.json", "desk.json", "../../sla/published.json"} {
		stdout, stderr, status := catalog("", "show", "-canonical", name)
		assert.Equal(t, sample(t, name), stdout, name)
		assert.Empty(t, stderr)
		assert.Zero(t, status)
	}
	stdout, _, _ := catalog("", "show", "-canonical", "published")
	assert.Equal(t, sample(t, "../../sla/published.json"), stdout)
	for _, name := range []string{"testdata/suspicious.json", "testdata/forms.json"} {
		canonical, _, _ := catalog("", "show", "-canonical", name)
		again, _, _ := catalog(canonical, "show", "-canonical", "-")
		assert.Equal(t, canonical, again, name)
	}
}

func TestStandardInput(t *testing.T) {
	text := "\ufeff" + sample(t, "acme.json")
	stdout, _, status := catalog(text, "show", "-")
	assert.Equal(t, sample(t, "testdata/show.golden"), stdout)
	assert.Zero(t, status)
	stdout, _, _ = catalog(text, "diff", "-", "acme-2027.json", "tickets.csv")
	assert.Equal(t, sample(t, "testdata/diff.golden"), stdout)
	stdout, stderr, _ := catalog(strings.ReplaceAll(sample(t, "tickets.csv"), "\n", "\r\n"), "diff", "acme.json", "acme-2027.json", "-")
	assert.Equal(t, sample(t, "testdata/diff.golden"), stdout)
	assert.True(t, strings.HasPrefix(stderr, "stdin:28: "), stderr)
}

const sound = `{"version": "1", "policies": [{"moniker": "acme", "terms": [{"target": "1h", "calendar": "all"}]}], "calendars": {"all": {"zone": "UTC", "hours": "24/7"}}}`

func TestLint(t *testing.T) {
	for _, row := range []struct {
		why, stdin, args, stdout, stderr string
		status                           int
	}{
		{"nothing to find", sound, "lint -strict -", "-: \"1\" is fine\n", "", 0},
		{"nothing to find in a sample", "", "lint -strict desk.json", "desk.json: \"desk 2026-11\" is fine\n", "", 0},
		{"modes of nothing", strings.Replace(sound, `"terms"`, `"courses": {"resolution": {"reopening": "ignore"}}, "terms"`, 1), "lint -", "-: policies[0]: acme: a course of \"resolution\", which has no term (unused-course)\n", "", 0},
		{"modes of nothing, ignored", strings.Replace(sound, `"terms"`, `"courses": {"resolution": {"reopening": "ignore"}}, "terms"`, 1), "lint -strict -ignore unused-course -", "-: \"1\" is fine\n", "", 0},
		{"findings", "", "lint -strict acme.json", `acme.json: calendars["Berlin"]: own days are known up to 2026 only (no-holidays)
acme.json: calendars["Denver"]: own days are known up to 2026 only (no-holidays)
`, "", exitBad},
		{"findings that are ignored", "", "lint -strict -ignore unused-calendar,no-holidays acme.json", "acme.json: \"acme 2026-07\" is fine\n", "", 0},
		{"no such kind", "", "lint -ignore holidays acme.json", "", `catalog: -ignore: unknown kind "holidays": want some of [unreachable looser-target one-sided-target overlapping-versions version-gap no-default-plan no-holidays provisional-holidays differing-weekend unlikely-zone missing-minute swapped-times open-weekend replaced-rule ending-dates overlapping-hours doubled-part moved-time unused-calendar unused-course unused-word endless-pause endless-clock differing-words]` + "\n", exitUsage},
		{"no JSON", "{\n  \"version\": x}", "lint -", "stdin:2:14: \"x\": want a JSON value\n", "", exitBad},
		{"empty", "", "lint -", "stdin:1:1: the end of the text: want a JSON value\n", "", exitBad},
		{"no object", "[]", "lint -", "stdin:1:1: an empty list: want an object: a catalog\n", "", exitBad},
		{"a finding is no fault", strings.Replace(sound, `"hours": "24/7"`, `"hours": "Mo 10:00-11:00"`, 1), "lint -", "-: calendars.all: business days (Mo 10:00-11:00) and no holidays (no-holidays)\n", "", 0},
		{"the other files are read", sound, "lint missing.json -", "-: \"1\" is fine\n", "catalog: open missing.json: no such file or directory\n", exitUsage},
		{"a second time", sound, "lint - -", "-: \"1\" is fine\n", "catalog: -: want standard input once\n", exitUsage},
	} {
		stdout, stderr, status := catalog(row.stdin, strings.Fields(row.args)...)
		assert.Equal(t, row.stdout, stdout, row.why)
		assert.Equal(t, row.stderr, stderr, row.why)
		assert.Equal(t, row.status, status, row.why)
	}
}

// What is written in a catalog breaks no line and steers no terminal.
func TestPlain(t *testing.T) {
	text := strings.Replace(sound, `"target"`, `"source": "\u001b[31mred\n\u202eltr\u2028\u2069", "target"`, 1)
	stdout, _, status := catalog(text, "show", "-")
	assert.Zero(t, status)
	assert.Equal(t, `catalog 1
severities: A, B, C
categories: technical, billing, pre-sales

calendar  hours  zone  holidays  own days (years)
all       24/7   UTC   -         -

acme
metric          category  A            B            C
first-response  all       1h, all [1]  1h, all [1]  1h, all [1]
[1] source: [31mred ltr
`, trimLines(stdout))
	stdout, stderr, status := catalog(strings.Replace(sound, `"1"`, `"\u202e1"`, 1), "show", "-")
	assert.Empty(t, stdout)
	assert.Equal(t, "stdin:1:13: version: \"\\u202e1\": want one line of at most 256 characters, without control or bidi characters\n", stderr)
	assert.Equal(t, exitBad, status)
}

// Tables have a column for each of as many severities as there can be.
func TestManySeverities(t *testing.T) {
	var names []string
	for i := range 16 {
		names = append(names, fmt.Sprintf(`"P%d"`, i+1))
	}
	stdout, stderr, status := catalog(`{"severities": [`+strings.Join(names, ", ")+`], "categories": ["all of it"], `+strings.TrimPrefix(sound, "{"), "show", "-")
	assert.Empty(t, stderr)
	assert.Zero(t, status)
	assert.Regexp(t, `(?m)^metric +category +P1 +P2 .* P15 +P16$`, stdout)
	assert.Regexp(t, `(?m)^first-response  all of it( +1h, all){16}$`, stdout)
}

func trimLines(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		b.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
	return b.String()
}

func TestDiffRows(t *testing.T) {
	const header = "moniker,severity,opened\n"
	for _, row := range []struct {
		why, in, stdout, stderr string
		status                  int
	}{
		{"nothing changes", header + "o365-germany,A,2026-03-02T09:00:00Z\n", "0 of 1 requests change: 0 later, 0 earlier, 0 without a term now, 0 with one now, 0 without one for another reason\n", "", 0},
		{"no rows", header, "0 of 0 requests change: 0 later, 0 earlier, 0 without a term now, 0 with one now, 0 without one for another reason\n", "", 0},
		{
			"a row of another length, and a quote in the middle", header + "acme,A\nac\"me,A,2026-03-02T09:00:00Z\n",
			"0 of 0 requests change: 0 later, 0 earlier, 0 without a term now, 0 with one now, 0 without one for another reason\n",
			"stdin:2: row of length 2: want 3 fields, as in the header\nstdin:3: parse error on line 3, column 3: " + csv.ErrBareQuote.Error() + "\ncatalog: rows that could not be judged: 2 of 2\n", exitBad,
		},
		{
			"what neither catalog knows", header + "acme,A,2025-12-31T22:59:59Z\nzenith,A,2026-03-02T09:00:00Z\nacme,A,2200-01-01T00:00:00Z\n",
			"0 of 0 requests change: 0 later, 0 earlier, 0 without a term now, 0 with one now, 0 without one for another reason\n",
			"stdin:2: sla: not in force: acme, plan silver, opened 2025-12-31T22:59:59Z: want an opening from 2026-01-01T00:00:00+01:00 on\n" +
				"stdin:3: region: unknown moniker \"zenith\": want one of the catalog: acme, acme night watch, o365-worldwide, o365-21vianet, o365-germany\n" +
				"stdin:4: sla: opened 2200-01-01T00:00:00Z is outside 1900-01-01 to 2199-12-31 UTC\n" +
				"catalog: rows that could not be judged: 3 of 3\n", exitBad,
		},
		{"no header", "", "", "catalog: stdin: no header: want one of id,moniker,category,plan,severity,opened,country,metric\n", exitUsage},
		{"a column too few", "moniker,opened\n", "", "catalog: stdin: header \"moniker,opened\": no column \"severity\"\n", exitUsage},
		{"a column twice", "moniker,severity,opened,Opened\n", "", "catalog: stdin: header: column \"opened\" appears twice\n", exitUsage},
		{"a quote that is never closed", header + "\"" + strings.Repeat("x", 2<<20), "", "catalog: stdin: the row that begins at byte 24 does not end within 1024 KB: is a quote not closed?\n", exitUsage},
	} {
		stdout, stderr, status := catalog(row.in, "diff", "acme.json", "acme-2027.json", "-")
		assert.Equal(t, row.stdout, stdout, row.why)
		assert.Equal(t, row.stderr, stderr, row.why)
		assert.Equal(t, row.status, status, row.why)
	}
}

// What only one of the catalogs knows is a change, and the table says in two words
// why the other has no due time.
func TestDiffOfOne(t *testing.T) {
	file := filepath.Join(t.TempDir(), "tickets.csv")
	require.NoError(t, os.WriteFile(file, []byte(`id,moniker,severity,opened,category
1,acme,A,2026-02-02T09:00:00+01:00,
2,acme,A,2026-08-03T09:00:00+02:00,
3,acme,A,2026-08-03T09:00:00+02:00,billing
4,acme night watch,A,2026-08-03T22:00:00+02:00,
`), 0o644))
	const spring = `{"version": "spring", "calendars": {"all": {"zone": "UTC", "hours": "24/7"}}, "policies": [
		{"moniker": "acme", "until": "2026-06-01", "terms": [{"target": "4h", "calendar": "all"}]},
		{"moniker": "acme night watch", "from": "2026-08-01", "terms": [{"severities": ["A"], "target": "1h30m", "calendar": "all"}]}]}`
	stdout, stderr, status := catalog(spring, "diff", "-", "acme.json", file)
	assert.Equal(t, `id  request                         old due                      new due                      change
1   acme, technical, A              Mon 2026-02-02 13:00 +01:00  Mon 2026-02-02 14:00 +01:00  +1h
2   acme, technical, A              not in force                 Mon 2026-08-03 14:00 +02:00  a term now
3   acme, billing, A                not in force                 not offered                  another reason
4   acme night watch, technical, A  Mon 2026-08-03 23:30 +02:00  Tue 2026-08-04 00:00 +02:00  +30m

4 of 4 requests change: 2 later, 0 earlier, 0 without a term now, 1 with one now, 1 without one for another reason
`, stdout)
	assert.Empty(t, stderr)
	assert.Zero(t, status)

	// Rows are read by the names of the new catalog, or else by those of the old one.
	require.NoError(t, os.WriteFile(file, []byte("id,moniker,severity,opened,category\n1,DESK,high,2026-08-03T09:00:00+02:00,\n2,desk,sev C,2026-08-03T09:00:00+02:00,\n"), 0o644))
	const before = `{"version": "before", "extends": "published 2020-05-27", "policies": [{"moniker": "desk", "terms": [{"target": "4h", "calendar": "24/7"}]}]}`
	stdout, stderr, status = catalog(before, "diff", "-", "desk.json", file)
	assert.Equal(t, `id  request             old due                      new due                      change
1   desk, incident, P2  unknown                      Mon 2026-08-03 10:00 +02:00  a term now
2   desk, technical, C  Mon 2026-08-03 13:00 +02:00  unknown                      no term now

2 of 2 requests change: 0 later, 0 earlier, 1 without a term now, 1 with one now, 0 without one for another reason
`, stdout)
	assert.Empty(t, stderr)
	assert.Zero(t, status)

	require.NoError(t, os.WriteFile(file, []byte("id,moniker,severity,opened\n2,acme,A,2026-08-03T09:00:00+02:00\n"), 0o644))
	stdout, _, _ = catalog("", "diff", "acme.json", "published", file)
	assert.Contains(t, stdout, "2   acme, technical, A  Mon 2026-08-03 14:00 +02:00  unknown  no term now\n")
}

func TestUsage(t *testing.T) {
	const usage = "usage: catalog lint [-strict] [-ignore KINDS] FILE...\n"
	for _, row := range []struct {
		args, stderr string
		status       int
	}{
		{"-h", usage, 0},
		{"lint -h", usage, 0},
		{"diff -h", usage, 0},
		{"", usage, exitUsage},
		{"lint -x", "flag provided but not defined: -x\n" + usage, exitUsage},
		{"check acme.json", `catalog: "check": want lint, show or diff; -h says more` + "\n", exitUsage},
		{"lint", "catalog: no file: want one to lint, or more\n", exitUsage},
		{"show", "catalog: 0 files: want one to show\n", exitUsage},
		{"show acme.json acme.json", "catalog: 2 files: want one to show\n", exitUsage},
		{"show missing.json", "catalog: open missing.json: ", exitUsage},
		{"show testdata", "catalog: testdata: read testdata: is a directory\n", exitUsage},
		{"show testdata/faults.json", "testdata/faults.json:5:24: ", exitBad},
		{"diff acme.json acme-2027.json", "catalog: 2 files: want OLD, NEW and TICKETS.csv\n", exitUsage},
		{"diff missing.json acme.json tickets.csv", "catalog: open missing.json: ", exitUsage},
		{"diff acme.json testdata/faults.json tickets.csv", "testdata/faults.json:5:24: ", exitBad},
		{"diff acme.json acme-2027.json missing.csv", "catalog: open missing.csv: ", exitUsage},
		{"diff - - tickets.csv", "stdin:1:1: ", exitBad},
		{"diff -zone Mars acme.json acme-2027.json tickets.csv", "catalog: unknown zone \"Mars\": want a name such as Europe/Berlin\n", exitUsage},
	} {
		stdout, stderr, status := catalog("", strings.Fields(row.args)...)
		assert.Empty(t, stdout, row.args)
		assert.True(t, strings.HasPrefix(stderr, row.stderr), "%s: %s", row.args, stderr)
		assert.Equal(t, row.status, status, row.args)
	}
	stdout, stderr, status := catalog(strings.Repeat(" ", 16<<20+1), "show", "-")
	assert.Equal(t, "catalog: stdin: want a catalog of 16 MB at the most\n", stderr)
	assert.Empty(t, stdout)
	assert.Equal(t, exitUsage, status)
}

type broken struct{}

func (broken) Read([]byte) (int, error)  { return 0, errors.New("cable cut") }
func (broken) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestBrokenInputAndOutput(t *testing.T) {
	for _, row := range []struct {
		args string
		in   io.Reader
		out  io.Writer
		want string
	}{
		{"show -", broken{}, io.Discard, "stdin: cable cut"},
		{"diff acme.json acme-2027.json -", broken{}, io.Discard, "stdin: header: cable cut"},
		{"diff acme.json acme-2027.json -", io.MultiReader(strings.NewReader("moniker,severity,opened\n"), broken{}), io.Discard, "stdin: cable cut"},
		{"show acme.json", broken{}, broken{}, "disk full"},
		{"lint acme.json", broken{}, broken{}, "disk full"},
	} {
		var errs bytes.Buffer
		assert.Equal(t, exitUsage, run(strings.Fields(row.args), row.in, row.out, &errs), row.args)
		assert.Equal(t, "catalog: "+row.want+"\n", errs.String(), row.args)
	}
}

// many is a file of n rows, each of which changes, that is nowhere in memory.
type many struct {
	n    int
	left string
}

func (m *many) Read(b []byte) (int, error) {
	if m.left == "" {
		if m.n == 0 {
			return 0, io.EOF
		}
		m.n--
		m.left = fmt.Sprintf("AC-%d,acme,gold,B,2026-07-09T12:10:00+02:00\n", m.n)
	}
	n := copy(b, m.left)
	m.left = m.left[n:]
	return n, nil
}

// counting is a writer that looks at the heap now and then.
type counting struct {
	lines int
	most  uint64
}

func (c *counting) Write(b []byte) (int, error) {
	before := c.lines
	c.lines += bytes.Count(b, []byte("\n"))
	if c.lines/10_000 > before/10_000 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		c.most = max(c.most, m.HeapAlloc)
	}
	return len(b), nil
}

// However many rows change, no more than a page of them is kept.
func TestManyChanges(t *testing.T) {
	const n = 40_000
	var early runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&early)
	var out counting
	var errs bytes.Buffer
	in := io.MultiReader(strings.NewReader("id,moniker,plan,severity,opened\n"), &many{n: n})
	assert.Zero(t, run([]string{"diff", "acme.json", "acme-2027.json", "-"}, in, &out, &errs))
	assert.Empty(t, errs.String())
	assert.Equal(t, n+2*n/page+1, out.lines, "the changes, a header and an empty line for each page, and the summary")
	assert.Less(t, out.most, early.HeapAlloc+4<<20, "all of it would take more than 8 MB")
}

// FuzzDiff holds that no file of tickets makes the command panic, that what it says
// of the rows adds up, and that the CSV that comes out is such.
func FuzzDiff(f *testing.F) {
	f.Add(sample(f, "tickets.csv"))
	f.Add("\ufeffseverity,opened,moniker\r\n\r\nA,,\r\n\"x\n")
	said := regexp.MustCompile(`(?m)^(\d+) of \d+ requests change.*\n(?:catalog: rows that could not be judged: (\d+) of \d+\n)?\z`)
	f.Fuzz(func(t *testing.T, text string) {
		stdout, stderr, status := catalog(text, "diff", "-csv", "acme.json", "acme-2027.json", "-")
		if status == exitUsage {
			return
		}
		rows, err := csv.NewReader(strings.NewReader(stdout)).ReadAll()
		require.NoError(t, err)
		counts := said.FindStringSubmatch(stderr)
		require.NotNil(t, counts, "%q", stderr)
		require.Equal(t, counts[1], strconv.Itoa(len(rows)-1))
		bad := strings.Count("\n"+stderr, "\nstdin:")
		require.Equal(t, cmp.Or(counts[2], "0"), strconv.Itoa(bad), "%q", stderr)
		require.Equal(t, min(bad, exitBad), status)
	})
}
