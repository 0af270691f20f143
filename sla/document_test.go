package sla_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
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

// catalogCase is a case of the files in testdata/catalogs, which say how they are
// written.
type catalogCase struct {
	title, schema string
	text          string // of the catalog
	// want are the faults of a broken catalog, and the lines of the canonical text
	// of a good one, if that is another.
	want []string
}

// catalogCases returns the cases of a file, or writes their wants anew with
// -update, as actual gives them.
func catalogCases(t *testing.T, name string, actual func(catalogCase) []string) []catalogCase {
	t.Helper()
	file := filepath.Join("testdata", "catalogs", name)
	content, err := os.ReadFile(file)
	require.NoError(t, err)
	var cases []catalogCase
	var out strings.Builder
	base := ""
	for block := range strings.SplitSeq(strings.TrimSuffix(string(content), "\n"), "\n\n") {
		c := catalogCase{}
		var old, lines []string
		isText, kept, mark := false, []string{}, "!"
		for line := range strings.SplitSeq(block, "\n") {
			kind, rest, _ := strings.Cut(line, " ")
			switch kind {
			case "==":
				c.title = rest
			case "schema:":
				c.schema = rest
			case "|":
				isText, lines = true, append(lines, rest)
			case "-":
				old, lines = append(old, rest), append(lines, "")
			case "+":
				require.NotEmpty(t, old, "%s: %s", c.title, line)
				lines[len(old)-1] += "\n" + rest
			case "!", ">":
				c.want, mark = append(c.want, rest), kind
				continue
			default:
				require.True(t, kind == "#" || line == "#", "%s: %s", c.title, line)
			}
			kept = append(kept, line)
		}
		if c.text = strings.Join(lines, "\n"); !isText {
			c.text = base
			for i, o := range old {
				require.Equal(t, 1, strings.Count(base, o), "%s: - %s", c.title, o)
				c.text = strings.Replace(c.text, o, strings.TrimPrefix(lines[i], "\n"), 1)
			}
		}
		c.text = repeats.ReplaceAllStringFunc(c.text, func(s string) string {
			m := repeats.FindStringSubmatch(s)
			n, err := strconv.Atoi(m[1])
			require.NoError(t, err)
			return strings.Repeat(m[2], n)
		})
		c.text = rawBytes.ReplaceAllStringFunc(c.text, func(s string) string {
			b, err := strconv.ParseUint(s[2:], 16, 8)
			require.NoError(t, err)
			return string([]byte{byte(b)})
		})
		switch {
		case c.title == "base":
			base = c.text
		case c.title != "":
			if *updateFlag {
				if name == "good.txt" {
					mark = ">"
				}
				if got := actual(c); !sameFaults(c.want, got) {
					c.want = got
				}
				for _, w := range c.want {
					kept = append(kept, mark+" "+w)
				}
			}
			cases = append(cases, c)
		}
		out.WriteString(strings.Join(kept, "\n") + "\n\n")
	}
	if *updateFlag {
		require.NoError(t, os.WriteFile(file, []byte(strings.TrimSuffix(out.String(), "\n")), 0o644))
	}
	return cases
}

var (
	repeats  = regexp.MustCompile(`<(\d+) ([^>]+)>`)
	rawBytes = regexp.MustCompile(`\\x[0-9a-f]{2}`)
)

// sameFaults reports whether faults are those that were wanted, of which one may
// go on as it likes behind "...".
func sameFaults(want, got []string) bool {
	if len(want) != len(got) {
		return false
	}
	for i, w := range want {
		if start, open := strings.CutSuffix(w, "want ..."); w != got[i] && !(open && strings.HasPrefix(got[i], start+"want ")) {
			return false
		}
	}
	return true
}

// faultsOf returns the faults of a catalog with their places.
func faultsOf(t *testing.T, text string) []string {
	_, err := sla.ParseCatalog([]byte(text))
	bad, ok := errors.AsType[*sla.CatalogError](err)
	if !assert.True(t, ok, "error %v: %s", err, text) {
		return nil
	}
	var list, lines []string
	for _, f := range bad.Faults {
		list = append(list, fmt.Sprintf("%d:%d %s", f.Line, f.Column, f))
		lines = append(lines, "sla: catalog: "+f.String())
		assert.NotEmpty(t, f.Text)
		assert.NotEmpty(t, f.Want)
		assert.NotContains(t, f.String(), "\n", "one line")
		assert.Less(t, len(f.String()), 1000, "what is long is cut")
	}
	assert.Equal(t, strings.Join(lines, "\n"), err.Error())
	return list
}

// What is wrong with a catalog is all that is wrong with it, in order, each with
// its place.
func TestBrokenCatalogs(t *testing.T) {
	cases := catalogCases(t, "broken.txt", func(c catalogCase) []string { return faultsOf(t, c.text) })
	titles := map[string]bool{}
	for _, c := range cases {
		assert.False(t, titles[c.title], "%s: there twice", c.title)
		titles[c.title] = true
		assert.Regexp(t, `^(rejects|cannot say - .+)$`, c.schema, c.title)
		if got := faultsOf(t, c.text); !sameFaults(c.want, got) {
			assert.Equal(t, strings.Join(c.want, "\n"), strings.Join(got, "\n"), c.title)
		}
	}
}

// The canonical text of a catalog is its own canonical text, and says the same.
func TestGoodCatalogs(t *testing.T) {
	canonical := func(c catalogCase) []string {
		catalog, err := sla.ParseCatalog([]byte(c.text))
		require.NoError(t, err, c.title)
		text, err := catalog.MarshalJSON()
		require.NoError(t, err, c.title)
		if lines := strings.TrimSuffix(string(text), "\n"); lines != c.text {
			return strings.Split(lines, "\n")
		}
		return nil
	}
	cases := catalogCases(t, "good.txt", canonical)
	for _, c := range cases {
		t.Run(c.title, func(t *testing.T) {
			require.Equal(t, strings.Join(c.want, "\n"), strings.Join(canonical(c), "\n"))
			given, err := sla.ParseCatalog([]byte(c.text))
			require.NoError(t, err)
			text, err := given.MarshalJSON()
			require.NoError(t, err)
			assertSameAnswers(t, given, assertFixedPoint(t, text))
		})
	}
}

// published.json is what the published terms are written as.
func TestPublishedText(t *testing.T) {
	text, err := os.ReadFile("published.json")
	require.NoError(t, err)
	published, err := sla.Published().MarshalJSON()
	require.NoError(t, err)
	assert.Equal(t, string(text), string(published))
	assertSameAnswers(t, sla.Published(), assertFixedPoint(t, text))
}

// assertSameAnswers holds that two catalogs have the same terms, and promise the
// same for requests of all kinds at instants that matter to them.
func assertSameAnswers(t *testing.T, one, other *sla.Catalog) {
	t.Helper()
	assert.Equal(t, one.Version(), other.Version())
	var requests, others []sla.Request
	metrics, opened := []sla.Metric{""}, []time.Time{in(t, "2020-05-27T20:00:00+08:00"), in(t, "2026-12-24T10:00:00Z")}
	for r := range one.Terms() {
		r.Opened = r.Opened.UTC()
		requests = append(requests, r)
		if !slices.Contains(metrics, r.Metric) {
			metrics = append(metrics, r.Metric)
		}
		if at := r.Opened; !at.IsZero() && !slices.Contains(opened, at) {
			opened = append(opened, at, at.Add(-1))
		}
	}
	for r := range other.Terms() {
		r.Opened = r.Opened.UTC()
		others = append(others, r)
	}
	require.Equal(t, fmt.Sprint(requests), fmt.Sprint(others))
	for _, r := range requests {
		for _, plan := range []sla.Plan{r.Plan, ""} {
			for _, r.Metric = range metrics {
				for r.Category = region.Technical; r.Category <= region.PreSales; r.Category++ {
					for r.Severity = sla.SeverityA; r.Severity <= sla.SeverityC; r.Severity++ {
						for _, r.Opened = range opened {
							r.Plan = plan
							assertSameDeadline(t, one, other, r)
						}
					}
				}
			}
		}
	}
}

// assertSameDeadline holds that two catalogs say the same of a request.
func assertSameDeadline(t *testing.T, one, other *sla.Catalog, r sla.Request) {
	t.Helper()
	d, err := one.Deadline(r)
	e, otherErr := other.Deadline(r)
	require.Equal(t, fmt.Sprint(err), fmt.Sprint(otherErr), "%+v", r)
	require.True(t, d.Due.Equal(e.Due) && d.Start.Equal(e.Start) && d.Provisional == e.Provisional && d.PolicyFrom.Equal(e.PolicyFrom), "%+v: %v, %v", r, d, e)
	a, b := d.Term, e.Term
	require.Equal(t, a.Calendar.Name() == "", b.Calendar.Name() == "")
	a.Calendar, b.Calendar = nil, nil
	require.Equal(t, fmt.Sprintf("%+v", a), fmt.Sprintf("%+v", b), "%+v", r)
}

// What Go values can say and a text cannot is an error, and not a text that nobody
// reads.
func TestCatalogsWithoutText(t *testing.T) {
	hours := calendar.AlwaysOpen()
	own := func(calendars ...*calendar.Calendar) sla.Policy {
		p := sla.Policy{Moniker: "acme"}
		for i, c := range calendars {
			p.Terms = append(p.Terms, sla.Term{Severity: sla.SeverityA, Category: region.Category(i), Target: sla.Within(1), Calendar: c})
		}
		return p
	}
	with := func(sets ...calendar.HolidaySet) sla.Policy {
		return own(calendar.Must(calendar.New("UTC", "24/7", calendar.Named("x"), calendar.Holidays(sets...))))
	}
	fixed := calendar.FixedHolidays("company", calendar.Holiday{Date: date(t, "2026-05-08"), Name: "bridge"})
	for _, row := range []struct {
		name, version string
		policies      []sla.Policy
		want          string
	}{
		{"no version", "", []sla.Policy{own(hours)}, `sla: catalog: version: missing: want a text that tells this catalog from others, such as "2026-01"`},
		{"no policies", "1", nil, "sla: catalog: policies: missing: want a list of policies"},
		{"no terms", "1", []sla.Policy{own()}, "sla: catalog: policies[0].terms: missing: want a list of terms"},
		{"days of rules", "1", []sla.Policy{with(calendar.NewHolidaySet("mine", nil))}, `sla: catalog: calendar "x": holidays "mine" have no JSON form: want those of holiday.Lookup or calendar.FixedHolidays`},
		{"days of some years", "1", []sla.Policy{with(fixed.Covering(2020, 2030))}, ""},
		{"days of some years and of others", "1", []sla.Policy{with(fixed.Covering(2020, 2030), calendar.FixedHolidays("other"))}, `sla: catalog: calendar "x": holidays "other" have no JSON form: want those of holiday.Lookup or calendar.FixedHolidays`},
		{"days of no year", "1", []sla.Policy{with(fixed.Covering(2030, 2020))}, `sla: catalog: calendar "x": holidays "company" have no JSON form: want those of holiday.Lookup or calendar.FixedHolidays`},
		{"a part of the days", "1", []sla.Policy{with(fixed.Partial())}, `sla: catalog: calendar "x": holidays "company" have no JSON form: want those of holiday.Lookup or calendar.FixedHolidays`},
		{"a set twice, and two sets with one date", "1", []sla.Policy{with(lookup(t, "CN"), lookup(t, "CN"), fixed, calendar.FixedHolidays("other", calendar.Holiday{Date: date(t, "2026-05-08"), MakeUp: true}))}, ""},
		{"calendars of one name", "1", []sla.Policy{own(hours, calendar.AlwaysOpen(), calendar.Must(calendar.New("UTC", "24/7")))}, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			catalog, err := sla.NewCatalog(row.version, row.policies...)
			require.NoError(t, err)
			text, err := catalog.MarshalJSON()
			if row.want != "" {
				assert.EqualError(t, err, row.want)
				return
			}
			require.NoError(t, err)
			assertFixedPoint(t, text)
		})
	}
	text, err := (*sla.Catalog)(nil).MarshalJSON()
	assert.Equal(t, "null", string(text))
	assert.NoError(t, err)

	_, err = sla.NewCatalog("1",
		sla.Policy{Moniker: "acme", From: time.Date(1899, 12, 31, 23, 59, 59, 0, time.UTC)},
		sla.Policy{Moniker: "acme", Plan: "gold", Until: time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)})
	assert.EqualError(t, err, `sla: catalog: policies[0].from: "1899-12-31T23:59:59Z": want a date, or an instant such as "2026-01-01T00:00:00+01:00", from 1900 to 2199
sla: catalog: policies[1].until: "2200-01-01": want a date, or an instant such as "2026-01-01T00:00:00+01:00", from 1900 to 2199`)
}

// Two promises whose fields run together to the same text are two.
func TestPromisesAreNotMixedUp(t *testing.T) {
	term := sla.Term{Target: sla.Within(time.Hour), Calendar: calendar.AlwaysOpen()}
	one, other := term, term
	one.Severity, one.FollowUp = sla.SeverityA, "call Duties:wait"
	other.Severity, other.FollowUp, other.Duties = sla.SeverityB, "call", "wait Duties:"
	catalog, err := sla.NewCatalog("1", sla.Policy{Moniker: "acme", Terms: []sla.Term{one, other}})
	require.NoError(t, err)
	text, err := catalog.MarshalJSON()
	require.NoError(t, err)
	assert.Equal(t, 2, strings.Count(string(text), `"target"`), string(text))
}

// assertFixedPoint holds that a text is canonical: what it says is written as it
// is. It returns the catalog.
func assertFixedPoint(t *testing.T, text []byte) *sla.Catalog {
	t.Helper()
	catalog, err := sla.ParseCatalog(text)
	require.NoError(t, err, string(text))
	again, err := catalog.MarshalJSON()
	require.NoError(t, err)
	require.Equal(t, string(text), string(again))
	return catalog
}

func date(t *testing.T, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	require.NoError(t, err)
	return d
}

func lookup(t *testing.T, code string) calendar.HolidaySet {
	t.Helper()
	set, err := holiday.Lookup(code)
	require.NoError(t, err)
	return set
}
