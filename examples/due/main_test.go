package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/examples/internal/input"
	"github.com/duetime/duetime/sla"
)

var (
	update  = flag.Bool("update", false, "rewrite the golden files")
	million = flag.Bool("million", false, "compare a million rows with encoding/csv alone, and print the figure")
)

var published = input.NewTerms(sla.Published())

// due runs the command.
func due(stdin string, args ...string) (stdout, stderr string, status int) {
	var out, errs bytes.Buffer
	status = run(args, strings.NewReader(stdin), &out, &errs)
	return out.String(), errs.String(), status
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), got, name)
}

func TestGolden(t *testing.T) {
	china := []string{"-zone", "UTC", "-moniker", "o365-21vianet", "-severity", "B", "-opened", "2020-05-27T20:00:00+08:00"}
	for _, row := range []struct {
		file   string
		status int
		stderr string
		args   []string
	}{
		{"one.txt", 0, "", china},
		{"one.json", 0, "", append([]string{"-json"}, china...)},
		{"germany.txt", 0, "", []string{"-zone", "America/New_York", "-moniker", "o365-germany", "-severity", "a", "-opened", "2020-05-27T20:00:00+08:00", "-country", "IE"}},
		{"explain.txt", 0, "", append([]string{"-explain"}, china...)},
		{"billing.txt", 0, "", []string{"-zone", "UTC", "-moniker", "o365-21vianet", "-category", "billing", "-severity", "C", "-opened", "2026-02-13T12:00:00+08:00"}},
		{"tickets.due.csv", exitBad, "due: rows that could not be answered: 11 of 42\n", []string{"tickets.csv"}},
	} {
		stdout, stderr, status := due("", row.args...)
		golden(t, row.file, stdout)
		assert.Equal(t, row.stderr, stderr, row.file)
		assert.Equal(t, row.status, status, row.file)
	}
	sample, err := os.ReadFile("tickets.csv")
	require.NoError(t, err)
	stdout, _, status := due(string(sample), "-")
	golden(t, "tickets.due.csv", stdout)
	assert.Equal(t, exitBad, status, "the same from standard input")
}

// The picture goes into a file, beside the answer in whatever form.
func TestPicture(t *testing.T) {
	file := filepath.Join(t.TempDir(), "due.svg")
	args := []string{"-zone", "America/New_York", "-moniker", "o365-germany", "-severity", "C", "-opened", "2024-03-27T18:00:00+01:00"}
	plain, _, _ := due("", append([]string{"-json"}, args...)...)
	stdout, stderr, status := due("", append([]string{"-json", "-svg", file}, args...)...)
	assert.Equal(t, plain, stdout)
	assert.Empty(t, stderr)
	assert.Zero(t, status)
	picture, err := os.ReadFile(file)
	require.NoError(t, err)
	golden(t, "germany.svg", string(picture))

	_, stderr, status = due("", append([]string{"-svg", filepath.Join(file, "no", "such", "folder.svg")}, args...)...)
	assert.Contains(t, stderr, "due: open ")
	assert.Equal(t, exitUsage, status)
	for _, row := range [][]string{
		{"due: -explain is for people: want it without -json\n", "-json", "-explain", "-moniker", "m"},
		{"due: -explain is for one request, not for a file\n", "-explain", "tickets.csv"},
		{"due: -svg is for one request, not for a file\n", "-svg", "x.svg", "tickets.csv"},
	} {
		_, stderr, status = due("", row[1:]...)
		assert.Equal(t, row[0], stderr)
		assert.Equal(t, exitUsage, status)
	}
}

// With a catalog of one's own, the same for what that has.
func TestOwnCatalog(t *testing.T) {
	const acme = "../catalog/acme.json"
	gold := []string{"-zone", "America/Denver", "-catalog", acme, "-moniker", "acme", "-plan", "gold", "-severity", "B", "-opened", "2026-07-09T12:10:00+02:00"}
	for _, row := range []struct {
		file   string
		status int
		stderr string
		args   []string
	}{
		{"acme.txt", 0, "", gold},
		{"acme.own.json", 0, "", append([]string{"-json", "-metric", "resolution"}, gold...)},
		{"acme.watch.txt", 0, "", []string{"-zone", "UTC", "-catalog", acme, "-moniker", "acme night watch", "-severity", "C", "-opened", "2026-10-25T02:30:00+02:00"}},
		{"acme.due.csv", exitBad, "due: rows that could not be answered: 5 of 29\n", []string{"-catalog", acme, "../catalog/tickets.csv"}},
	} {
		stdout, stderr, status := due("", row.args...)
		golden(t, row.file, stdout)
		assert.Equal(t, row.stderr, stderr, row.file)
		assert.Equal(t, row.status, status, row.file)
	}

	stdout, stderr, status := due(`{"version": "1", "calendars": {"open": {"calendar": {"zone": "UTC", "hours": "Mo-Fr 09:00-17:00"}, "without": [{"zone": "UTC", "hours": "Th 10:00-12:00"}]}},
		"policies": [{"moniker": "acme", "terms": [{"target": "1h", "calendar": "open"}]}]}`, strings.Fields("-zone UTC -catalog - -moniker acme -severity A -opened 2026-07-09T09:30:00Z")...)
	assert.Zero(t, status, stderr)
	assert.Contains(t, stdout, "\nhours    open, Mo-Fr 09:00-17:00 UTC, without\n         Th 10:00-12:00 UTC\n")
	assert.Regexp(t, `(?m)^due +Thu 2026-07-09 12:30:00 `, stdout)

	// What the published terms say, a catalog that extends them says too.
	sample, err := os.ReadFile("tickets.csv")
	require.NoError(t, err)
	rows, _, _ := strings.Cut(string(sample), "BAD-1")
	want, _, _ := due(rows, "-")
	for _, name := range []string{acme, "published"} {
		got, stderr, _ := due(rows, "-catalog", name, "-")
		assert.Equal(t, want, got, name)
		assert.Equal(t, "due: rows that could not be answered: 4 of 35\n", stderr)
	}

	const request = " -moniker acme -severity A -opened 2026-07-09T12:10:00+02:00"
	for _, row := range []struct{ why, catalog, args, stderr string }{
		{"every fault in its place", "{\n\"version\": 7,\n\"policies\": []}", "-catalog -" + request, "stdin:2:12: version: 7: want a text that tells this catalog from others, such as \"2026-01\"\nstdin:3:13: policies: an empty list: want a list of policies\n"},
		{"before anything else", "[]", "-catalog - missing.csv", "stdin:1:1: an empty list: want an object: a catalog\n"},
		{"no file", "", "-catalog missing.json" + request, "due: open missing.json: no such file or directory\n"},
		{"standard input for both", string(must(os.ReadFile(acme))), "-catalog - -", "due: -: want standard input once\n"},
	} {
		stdout, stderr, status := due(row.catalog, strings.Fields(row.args)...)
		assert.Empty(t, stdout, row.why)
		assert.Equal(t, row.stderr, stderr, row.why)
		assert.Equal(t, exitUsage, status, row.why)
	}
	for _, row := range []struct{ args, stderr string }{
		{"-moniker zenith", `region: unknown moniker "zenith": want one of the catalog: acme, acme night watch, o365-worldwide, o365-21vianet, o365-germany`},
		{"-moniker acme -plan goldd", `sla: unknown plan "goldd": want a plan of acme: gold, silver, bronze`},
		{"-moniker acme -metric uptime", `sla: unknown metric "uptime": want one of the catalog: first-response, next-response, resolution, joint call`},
		{"-moniker acme -plan bronze", "sla: not offered: acme, plan bronze, technical, severity A: severity A is for gold and silver; the highest severity offered is B"},
		{"-moniker o365-germany -country CH", `region: unknown country "CH": want an ISO 3166-1 code that o365-germany serves`},
	} {
		_, stderr, status := due("", append([]string{"-catalog", acme, "-severity", "A", "-opened", "2026-07-09T12:10:00+02:00"}, strings.Fields(row.args)...)...)
		assert.True(t, strings.HasPrefix(stderr, "due: "+row.stderr), "%s: %s", row.args, stderr)
		assert.Equal(t, exitBad, status, row.args)
	}
	stdout, _, status = due("", "-zone", "UTC", "-catalog", "published", "-moniker", "O365-21VIANET", "-severity", "B", "-opened", "2020-05-27T20:00:00+08:00")
	golden(t, "one.txt", stdout)
	assert.Zero(t, status, "people may type the published monikers in any case")
	_, stderr, _ = due("", "-moniker", "o365-germany", "-severity", "A", "-opened", "2026-07-09T12:10:00+02:00", "-metric", "resolution")
	assert.Equal(t, "due: sla: unknown metric \"resolution\": want one of the catalog: first-response\n", stderr)
}

func must(text []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return text
}

// Every row of the sample comes out in its place, unchanged except for what is added.
func TestRowsKeepTheirPlace(t *testing.T) {
	sample, err := os.ReadFile("tickets.csv")
	require.NoError(t, err)
	in := csv.NewReader(bytes.NewReader(sample))
	in.FieldsPerRecord = -1
	want, err := in.ReadAll()
	require.NoError(t, err)
	stdout, _, _ := due(string(sample), "-")
	got, err := csv.NewReader(strings.NewReader(stdout)).ReadAll()
	require.NoError(t, err)
	require.Len(t, got, len(want))
	for i := range want {
		assert.Equal(t, want[i], got[i][:len(want[i])])
		hasDue, hasError := got[i][8] != "", got[i][11] != ""
		assert.True(t, i == 0 || hasDue != hasError, "%v", got[i])
	}
}

func TestFile(t *testing.T) {
	for _, row := range []struct {
		name, in, out, stderr string
		args                  []string
		status                int
	}{
		{
			"columns in any order, others passed through", "note,opened,Severity,moniker\n\"a, b\",2020-05-27T20:00:00+08:00,sev b,O365-21VIANET\n",
			"note,opened,Severity,moniker,start,due,target,basis,error\n\"a, b\",2020-05-27T20:00:00+08:00,sev b,O365-21VIANET,2020-05-27T20:00:00+08:00,2020-05-28T20:00:00+08:00,1bd,published,\n", "", nil, 0,
		},
		{
			"flags give what is missing", "opened,severity\n2020-05-27T20:00:00+08:00,\n2020-05-27T20:00:00+08:00,A\n",
			"opened,severity,start,due,target,basis,error\n2020-05-27T20:00:00+08:00,,2020-05-27T20:00:00+08:00,2020-05-28T20:00:00+08:00,1bd,published,\n2020-05-27T20:00:00+08:00,A,2020-05-27T20:00:00+08:00,2020-05-27T21:00:00+08:00,1h,published,\n", "",
			[]string{"-moniker", "o365-21vianet", "-severity", "B"},
			0,
		},
		{
			"no commitment is no fault of the row", "\ufeffmoniker,severity,opened\r\no365-worldwide,C,2020-05-27T20:00:00+08:00\r\n",
			"moniker,severity,opened,start,due,target,basis,error\no365-worldwide,C,2020-05-27T20:00:00+08:00,,,,,\"sla: no commitment: o365-worldwide, plan enterprise, technical, severity C: the publisher promises no response time; bring a catalog of your own\"\n", "", nil, 0,
		},
		{
			"a row that is no CSV keeps its place", "moniker,severity,opened\no365-21vianet,B\"x,2020-05-27T20:00:00+08:00\no365-21vianet,A,2020-05-27T20:00:00+08:00\n",
			"moniker,severity,opened,start,due,target,basis,error\n,,,,,,,\"record on line 2; parse error on line 2, column 16: bare \"\" in non-quoted field\"\no365-21vianet,A,2020-05-27T20:00:00+08:00,2020-05-27T20:00:00+08:00,2020-05-27T21:00:00+08:00,1h,published,\n", "due: rows that could not be answered: 1 of 2\n", nil, exitBad,
		},
		{
			"a byte order mark before a quote, and a country in lower case", "\ufeff\"moniker\",severity,opened,country\no365-worldwide,A,2020-05-27T20:00:00+08:00,us\n",
			"moniker,severity,opened,country,start,due,target,basis,error\no365-worldwide,A,2020-05-27T20:00:00+08:00,us,2020-05-27T20:00:00+08:00,2020-05-27T21:00:00+08:00,1h,published,\n", "", nil, 0,
		},
		{"too many fields", "moniker,severity,opened\na,b,c,d\n", "moniker,severity,opened,start,due,target,basis,error\na,b,c,,,,,\"row of length 4: want 3 fields, as in the header\"\n", "due: rows that could not be answered: 1 of 1\n", nil, exitBad},
		{"only a header", "moniker,severity,opened\n", "moniker,severity,opened,start,due,target,basis,error\n", "", nil, 0},
		{"nothing", "", "", "due: no header: want one of id,moniker,category,plan,severity,opened,country,metric\n", nil, exitUsage},
		{"a column too few", "moniker,opened\n", "", "due: header \"moniker,opened\": no column \"severity\", and no flag -severity\n", nil, exitUsage},
		{"a column twice", "moniker,severity,opened,Opened\n", "", "due: header: column \"opened\" appears twice\n", nil, exitUsage},
		{"a column that is added", "moniker,severity,opened,due\n", "", "due: header: column \"due\" is one of those that are added\n", nil, exitUsage},
		{"a file as JSON", "", "", "due: -json is for one request, not for a file\n", []string{"-json"}, exitUsage},
		{"two files", "", "", "due: 2 files: want one, or - for standard input\n", []string{"tickets.csv"}, exitUsage},
	} {
		t.Run(row.name, func(t *testing.T) {
			stdout, stderr, status := due(row.in, append(row.args, "-")...)
			if row.name != "a row that is no CSV keeps its place" {
				assert.Equal(t, row.out, stdout)
			} else { // the wording is encoding/csv's
				assert.Contains(t, stdout, `,"parse error on line 2`)
				assert.Contains(t, stdout, "o365-21vianet,A,2020-05-27T20:00:00+08:00,2020-05-27T20:00:00+08:00")
			}
			assert.Equal(t, row.stderr, stderr)
			assert.Equal(t, row.status, status)
		})
	}
}

func TestUsage(t *testing.T) {
	for _, row := range []struct {
		args   string
		stderr string
		status int
	}{
		{"", "usage: due", exitUsage},
		{"-h", "usage: due", 0},
		{"-x", "flag provided but not defined: -x", exitUsage},
		{"missing.csv", "due: open missing.csv: ", exitUsage},
		{"-zone Mars -moniker o365-germany", `due: unknown zone "Mars": want a name such as Europe/Berlin`, exitUsage},
		{"-moniker o365-germany -opened 2020-05-27T20:00:00Z", "due: sla: no severity given: want a severity of o365-germany, plan standard: A, B, C\n", exitBad},
		{"-moniker o365-germany -severity B", `due: opened "": want a time with its offset, such as 2020-05-27T20:00:00+08:00`, exitBad},
		{"-moniker o365-germany -severity B -opened 2020-05-27T20:00:00", `due: opened "2020-05-27T20:00:00": want a time with its offset`, exitBad},
		{"-moniker o365-germany -category sales -opened 2020-05-27T20:00:00Z", `due: region: unknown category "sales": want a category of o365-germany, plan standard: technical, billing, pre-sales`, exitBad},
		{"-moniker o365-germany -plan gold -opened 2020-05-27T20:00:00Z", `due: sla: unknown plan "gold": want a plan of o365-germany: standard`, exitBad},
		{"-moniker o365-germany -category billing -severity A -opened 2020-05-27T20:00:00Z", "due: sla: not offered: o365-germany", exitBad},
	} {
		stdout, stderr, status := due("", strings.Fields(row.args)...)
		assert.Empty(t, stdout, row.args)
		assert.True(t, strings.HasPrefix(stderr, row.stderr), "%s: %s", row.args, stderr)
		assert.Equal(t, row.status, status, row.args)
	}
	assert.True(t, json.Valid([]byte(func() string {
		s, _, _ := due("", "-json", "-moniker", "o365-germany", "-severity", "B", "-opened", "2020-05-27T20:00:00Z")
		return s
	}())))
}

// rows writes n rows of the sample, without the bad ones, over and over.
func rows(tb testing.TB, n int) []byte {
	sample, err := os.ReadFile("tickets.csv")
	require.NoError(tb, err)
	head, body, _ := strings.Cut(string(sample), "\n")
	body, _, _ = strings.Cut(body, "BAD-1")
	lines := strings.SplitAfter(body, "\n")
	lines = lines[:len(lines)-1]
	b := bytes.NewBufferString(head + "\n")
	for i := range n {
		b.WriteString(lines[i%len(lines)])
	}
	return b.Bytes()
}

// copyCSV reads rows and writes them again, which is the least there is to do.
func copyCSV(in io.Reader, out io.Writer) error {
	r, w := csv.NewReader(in), csv.NewWriter(out)
	r.ReuseRecord = true
	for {
		record, err := r.Read()
		if err == io.EOF {
			w.Flush()
			return w.Error()
		}
		if err != nil {
			return err
		}
		if err := w.Write(record); err != nil {
			return err
		}
	}
}

// endless is a header and then rows, over and over, so that a file need not be in
// memory. It ends after n rows.
type endless struct {
	body       []byte
	perBody, n int
	left       []byte
}

func newEndless(tb testing.TB, n int) *endless {
	const perBody = 350 // a multiple of what the sample has
	header, body, _ := bytes.Cut(rows(tb, perBody), []byte("\n"))
	return &endless{body: body, perBody: perBody, n: n - n%perBody, left: append(header, '\n')}
}

func (e *endless) Read(b []byte) (int, error) {
	if len(e.left) == 0 {
		if e.n <= 0 {
			return 0, io.EOF
		}
		e.left, e.n = e.body, e.n-e.perBody
	}
	n := copy(b, e.left)
	e.left = e.left[n:]
	return n, nil
}

// TestConstantMemory holds that the heap is as large after a hundred thousand
// rows as after ten thousand, and that a quote that is never closed, which makes
// the rest of the file one field, is an error before it fills the memory.
func TestConstantMemory(t *testing.T) {
	heap := func() int {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc)
	}
	var early, most int
	_, err := file(newEndless(t, 100_000), io.Discard, published, input.Request{}, func(rows int) {
		if rows == 10_000 {
			early = heap()
		}
		if rows > 10_000 && rows%10_000 == 0 {
			most = max(most, heap())
		}
	})
	require.NoError(t, err)
	assert.Positive(t, early)
	assert.Less(t, most, early+12<<20, "a few thousand rows are on their way; a hundred thousand would take 40 MB")

	in := io.MultiReader(strings.NewReader("moniker,severity,opened\no365-germany,\"B,2020-05-27T20:00:00+08:00\n"), newEndless(t, 1_000_000))
	_, err = file(in, io.Discard, published, input.Request{}, func(int) {})
	assert.EqualError(t, err, "the row that begins at byte 24 does not end within 1024 KB: is a quote not closed?")
}

// TestMillionRows prints how long a million rows take beside encoding/csv alone:
//
//	go test ./examples/due -run TestMillionRows -million -v
func TestMillionRows(t *testing.T) {
	if !*million {
		t.Skip("run with -million")
	}
	const n = 1_000_000
	text := rows(t, n)
	best := func(f func()) time.Duration {
		least := time.Hour
		for range 3 {
			start := time.Now()
			f()
			least = min(least, time.Since(start))
		}
		return least
	}
	alone := best(func() { require.NoError(t, copyCSV(bytes.NewReader(text), io.Discard)) })
	ours := best(func() {
		_, err := file(bytes.NewReader(text), io.Discard, published, input.Request{}, func(int) {})
		require.NoError(t, err)
	})
	ratio := float64(ours) / float64(alone)
	fmt.Printf("a million rows: encoding/csv alone %v, due %v, %.2f times\n", alone.Round(time.Millisecond), ours.Round(time.Millisecond), ratio)
	assert.LessOrEqual(t, ratio, 3.0)
}

func BenchmarkFile(b *testing.B) {
	text := rows(b, 10_000)
	b.Run("encoding=csv alone", func(b *testing.B) {
		for b.Loop() {
			copyCSV(bytes.NewReader(text), io.Discard)
		}
	})
	b.Run("encoding=due", func(b *testing.B) {
		for b.Loop() {
			file(bytes.NewReader(text), io.Discard, published, input.Request{}, func(int) {})
		}
	})
}

// FuzzFile holds that no file makes the command panic, and that where there is a
// header that it takes, as many rows come out as went in.
func FuzzFile(f *testing.F) {
	f.Add("moniker,severity,opened\no365-germany,B,2020-05-27T20:00:00+08:00\n\"x\n")
	f.Add("\ufeffseverity,opened,moniker,\r\n\r\nA,,,\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		var out bytes.Buffer
		n, err := file(strings.NewReader(text), &out, published, input.Request{}, func(int) {})
		if err != nil {
			return
		}
		r := csv.NewReader(&out)
		rows, err := r.ReadAll()
		if err != nil || len(rows) != n.rows+1 || n.bad > n.rows {
			t.Fatalf("%q gives %d rows of %d, %v", text, len(rows)-1, n.rows, err)
		}
	})
}
