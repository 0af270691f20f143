package sla_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
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
	"github.com/duetime/duetime/sla/internal/bound"
)

// catalogCase is a case of the files in testdata/catalogs, which say how they are
// written.
type catalogCase struct {
	title, schema string
	text          string // of the catalog
	// want are the faults of a broken catalog, and the lines of the canonical text
	// of a good one, if that is another.
	want []string
	// block are the other lines of the case.
	block []string
}

// parseCases returns the cases of a file.
func parseCases(t testing.TB, name string) []catalogCase {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", "catalogs", name))
	require.NoError(t, err)
	var cases []catalogCase
	base := ""
	for block := range strings.SplitSeq(strings.TrimSuffix(string(content), "\n"), "\n\n") {
		c := catalogCase{}
		var own, old, replaced []string
		for line := range strings.SplitSeq(block, "\n") {
			switch kind, rest, _ := strings.Cut(line, " "); kind {
			case "==":
				c.title = rest
			case "schema:":
				c.schema = rest
			case "|":
				own = append(own, rest)
			case "-":
				old, replaced = append(old, rest), append(replaced, "")
			case "+":
				require.NotEmpty(t, old, "%s: %s", c.title, line)
				replaced[len(old)-1] += "\n" + rest
			case "!", ">":
				c.want = append(c.want, rest)
				continue
			default:
				require.Equal(t, "#", kind, "%s: %s", c.title, line)
			}
			c.block = append(c.block, line)
		}
		if c.text = strings.Join(own, "\n"); own == nil {
			c.text = base
		}
		for i, o := range old {
			require.Equal(t, 1, strings.Count(base, o), "%s: - %s", c.title, o)
			c.text = strings.Replace(c.text, o, strings.TrimPrefix(replaced[i], "\n"), 1)
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
		if c.title == "base" {
			base = c.text
		}
		cases = append(cases, c)
	}
	return cases
}

// catalogCases returns the cases of a file, and writes it with what actual gives of
// them with -update.
func catalogCases(t *testing.T, name, mark string, actual func(catalogCase) []string) []catalogCase {
	t.Helper()
	var cases []catalogCase
	var blocks []string
	for _, c := range parseCases(t, name) {
		if c.title != "" && c.title != "base" {
			if got := actual(c); *updateFlag && !sameFaults(c.want, got) {
				c.want = got
			}
			cases = append(cases, c)
		}
		for _, line := range c.want {
			c.block = append(c.block, mark+" "+line)
		}
		blocks = append(blocks, strings.Join(c.block, "\n"))
	}
	if *updateFlag {
		file := filepath.Join("testdata", "catalogs", name)
		require.NoError(t, os.WriteFile(file, []byte(strings.Join(blocks, "\n\n")+"\n"), 0o644))
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
		place := "" // said once: by the path or, where that is empty, by the line and column
		if f.Path == "" {
			place = fmt.Sprintf("line %d, column %d: ", f.Line, f.Column)
		}
		lines = append(lines, "sla: catalog: "+place+f.String())
		assert.NotContains(t, f.String(), "column")
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
	cases := catalogCases(t, "broken.txt", "!", func(c catalogCase) []string { return faultsOf(t, c.text) })
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
	cases := catalogCases(t, "good.txt", ">", canonical)
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
	for r := range requestsOf(one) {
		r.Opened = r.Opened.UTC()
		requests = append(requests, r)
		if !slices.Contains(metrics, r.Metric) {
			metrics = append(metrics, r.Metric)
		}
		if at := r.Opened; !at.IsZero() && !slices.Contains(opened, at) {
			opened = append(opened, at, at.Add(-1))
		}
	}
	for r := range requestsOf(other) {
		r.Opened = r.Opened.UTC()
		others = append(others, r)
	}
	require.Equal(t, sortedTexts(requests), sortedTexts(others))
	for _, r := range requests {
		for _, plan := range []sla.Plan{r.Plan, ""} {
			for _, r.Metric = range metrics {
				assertSameCourse(t, one, other, sla.Request{Moniker: r.Moniker, Plan: plan, Metric: r.Metric, Opened: r.Opened})
				for _, r.Category = range append(one.Categories(r), "") {
					for _, r.Severity = range append(one.Severities(r), "") {
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

// assertSameCourse holds that two catalogs do the same with the words of a request's ticket.
func assertSameCourse(t *testing.T, one, other *sla.Catalog, r sla.Request) {
	t.Helper()
	statuses, happenings := one.Words(r)
	otherStatuses, otherHappenings := other.Words(r)
	require.Equal(t, [][]string{statuses, happenings}, [][]string{otherStatuses, otherHappenings}, "%+v", r)
	course, err := one.Course(r)
	otherCourse, otherErr := other.Course(r)
	require.Equal(t, fmt.Sprint(err), fmt.Sprint(otherErr), "%+v", r)
	require.Equal(t, course, otherCourse, "%+v", r)
}

// sortedTexts returns requests as texts in their order.
func sortedTexts(requests []sla.Request) []string {
	var texts []string
	for _, r := range requests {
		texts = append(texts, fmt.Sprint(r))
	}
	slices.Sort(texts)
	return texts
}

// assertSameDeadline holds that two catalogs say the same of a request. Calendars
// without a name, and those of one name, have others in a text.
func assertSameDeadline(t *testing.T, one, other *sla.Catalog, r sla.Request) {
	t.Helper()
	d, err := one.Deadline(r)
	e, otherErr := other.Deadline(r)
	require.Equal(t, fmt.Sprint(err), fmt.Sprint(otherErr), "%+v", r)
	require.True(t, d.Due.Equal(e.Due) && d.Start.Equal(e.Start) && d.Provisional == e.Provisional && d.InForceSince.Equal(e.InForceSince), "%+v: %v, %v", r, d, e)
	a, b := d.Term, e.Term
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
			p.Terms = append(p.Terms, sla.Term{Severities: only(sla.SeverityA), Categories: only([]region.Category{technical, billing, advice}[i]), Target: targetOf("1ns"), Calendar: c})
		}
		return p
	}
	with := func(sets ...calendar.HolidaySet) sla.Policy {
		return own(calendar.Must(calendar.New("UTC", "24/7", calendar.Named("x"), calendar.Holidays(sets...))))
	}
	usual := func() *calendar.Calendar {
		return calendar.Must(calendar.New("UTC", "Mo-Fr 09:00-17:00", calendar.Named("x")))
	}
	fixed := calendar.HolidayList("company", calendar.Holiday{Date: date(t, "2026-05-08"), Name: "bridge"})
	for _, row := range []struct {
		name, version string
		policies      []sla.Policy
		want          string
	}{
		{"no version", "", []sla.Policy{own(hours)}, `sla: catalog: version: missing: want a text that tells this catalog from others, such as "2026-01"`},
		{"no policies", "1", nil, "sla: catalog: policies: missing: want a list of policies"},
		{"no terms", "1", []sla.Policy{own()}, "sla: catalog: policies[0].terms: missing: want a list of terms"},
		{"days of rules", "1", []sla.Policy{with(calendar.HolidayFunc("mine", nil))}, `sla: catalog: calendar "x": holidays "mine" have no JSON form: want those of holiday.Lookup or calendar.HolidayList`},
		{"days of rules under a code of the library", "1", []sla.Policy{with(calendar.HolidayFunc("DE", nil))}, `sla: catalog: calendar "x": holidays "DE" have no JSON form: want those of holiday.Lookup or calendar.HolidayList`},
		{"days of some years", "1", []sla.Policy{with(fixed.WithYears(2020, 2030))}, ""},
		{"days of no year", "1", []sla.Policy{with(fixed.WithYears(2030, 2020))}, `sla: catalog: calendar "x": holidays "company" have no JSON form: want those of holiday.Lookup or calendar.HolidayList`},
		{"a set twice, and two sets with one date", "1", []sla.Policy{with(lookup(t, "CN"), lookup(t, "CN"), fixed, calendar.HolidayList("other", calendar.Holiday{Date: date(t, "2026-05-08"), Workday: true}))}, ""},
		{"three calendars of one name", "1", []sla.Policy{own(hours, usual(), usual())}, ""},
		{"calendars that are always open", "1", []sla.Policy{own(calendar.AlwaysOpen(), calendar.AlwaysOpen())}, ""},
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
			switch row.name {
			case "three calendars of one name":
				assert.Contains(t, string(text), `"x (2)"`, "they are counted")
			case "calendars that are always open":
				assert.NotContains(t, string(text), "calendars", "24/7 has one name")
			}
		})
	}
	assert.EqualError(t, (*sla.Catalog)(nil).UnmarshalJSON([]byte("{}")), "sla: catalog: want a Catalog to read into, not nil")
	text, err := (*sla.Catalog)(nil).MarshalJSON()
	assert.Equal(t, "null", string(text))
	assert.NoError(t, err)

	_, err = sla.NewCatalog("1",
		sla.Policy{Moniker: "acme", From: time.Date(1899, 12, 31, 23, 59, 59, 0, time.UTC)},
		sla.Policy{Moniker: "acme", Plan: "gold", Until: time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)})
	assert.EqualError(t, err, `sla: catalog: policies[0].from: "1899-12-31T23:59:59Z": want a date, or an instant such as "2026-01-01T00:00:00+01:00", from 1900 to 2199
sla: catalog: policies[1].until: "2200-01-01": want a date, or an instant such as "2026-01-01T00:00:00+01:00", from 1900 to 2199`)
}

// What has up to 120 bytes, without blanks, stands in one line.
func TestWidth(t *testing.T) {
	lines := 0
	for n := range 100 {
		reason := strings.Repeat("x", 1+n)
		catalog, err := sla.NewCatalog("1", sla.Policy{Moniker: "acme", None: []sla.Exclusion{{Err: sla.ErrNoCommitment, Severities: only(a), Reason: reason}}})
		require.NoError(t, err)
		text, err := catalog.MarshalJSON()
		require.NoError(t, err)
		short := len(`{"severities":["A"],"none":"no-commitment","reason":""}`)+len(reason) <= 120
		assert.Equal(t, short, strings.Contains(string(text), reason+`"}`), "%s", text)
		if short {
			lines++
		}
	}
	assert.Equal(t, 65, lines)
}

// Two promises whose fields run together to the same text are two.
func TestPromisesAreNotMixedUp(t *testing.T) {
	term := sla.Term{Target: targetOf("1h"), Calendar: calendar.AlwaysOpen()}
	one, other := term, term
	one.Severities, one.FollowUp = only(sla.SeverityA), "call Duties:wait"
	other.Severities, other.FollowUp, other.Duties = only(sla.SeverityB), "call", "wait Duties:"
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

// catalogMaker makes catalogs of Go values.
type catalogMaker struct {
	*rand.Rand
	t *testing.T
}

func (m catalogMaker) one(list ...string) string { return list[m.IntN(len(list))] }

// calendar returns a calendar of its own, or one made of others.
func (m catalogMaker) calendar(depth int) *calendar.Calendar {
	name := m.one("office", "Büro", "x.y[0]", "", "a \"desk\"")
	if depth > 0 && m.IntN(3) == 0 {
		parts := []*calendar.Calendar{m.calendar(depth - 1), m.calendar(depth - 1)}
		c, err := calendar.Intersect(name, parts...)
		if m.IntN(2) == 0 {
			c, err = calendar.Subtract(name, parts[0], parts[1:]...)
		}
		if err != nil || m.IntN(2) == 0 {
			c, err = calendar.Union(name, parts...)
		}
		require.NoError(m.t, err)
		return c
	}
	var sets []calendar.HolidaySet
	var options []calendar.Option
	for range m.IntN(3) {
		switch m.IntN(3) {
		case 0:
			sets = append(sets, lookup(m.t, m.one("CN", "DE-BE")))
		default:
			var days []calendar.Holiday
			for range m.IntN(4) {
				days = append(days, calendar.Holiday{
					Date: date(m.t, "2026-12-01").AddDays(m.IntN(40)), Name: m.one("", "closed", "stock"), Workday: m.IntN(3) == 0, Provisional: m.IntN(4) == 0,
				})
				if m.IntN(3) == 0 {
					hours := m.one("09:00-12:00", "18:00-24:00 off", "13:00-48:00 off", "00:00-24:00")
					require.NoError(m.t, days[len(days)-1].Hours.UnmarshalText([]byte(hours)))
				}
			}
			if set := calendar.HolidayList("own", days...); m.IntN(2) == 0 {
				options = append(options, calendar.OwnDays(set))
			} else {
				sets = append(sets, set)
			}
		}
	}
	if m.IntN(4) == 0 {
		options = append(options, calendar.Until(date(m.t, "2026-07-01"), "Mo-Th 08:00-18:00, Fr 08:00-15:00"), calendar.Until(date(m.t, "2024-01-01"), "24/7"))
	}
	c, err := calendar.New(m.one("UTC", "Europe/Berlin", "America/Denver", "Asia/Kathmandu"),
		m.one("24/7", "Mo-Fr 09:00-17:00", "Mo-Fr 22:00-06:00; PH off", "Mo-Su 09:00-24:00", "Tu-Sa 08:00-12:00,13:00-18:00; PH 10:00-12:00; Dec 24,31 off"),
		append(options, calendar.Named(name), calendar.Holidays(sets...))...)
	require.NoError(m.t, err)
	return c
}

func (m catalogMaker) target() sla.Target {
	days := 1 + m.IntN(20)
	switch m.IntN(8) {
	case 0:
		return businessDays(days, "")
	case 1:
		return businessDays(days, "@close")
	case 2:
		minutes := m.IntN(48*60 + 1)
		return businessDays(days, fmt.Sprintf("@%02d:%02d", minutes/60, minutes%60))
	case 3, 4, 5:
		return targetOf(targetMaker{m.Rand}.target())
	}
	return within(time.Duration(1 + m.Int64N(int64(100*time.Hour))))
}

func (m catalogMaker) thresholds() []sla.Threshold {
	var list []sla.Threshold
	for range m.IntN(4) {
		d := time.Duration(1 + m.Int64N(int64(10*time.Hour)))
		th := []sla.Threshold{{Percent: 1 + m.IntN(200)}, {Offset: -d}, {Offset: d}, {Offset: -d, Wall: true}, {Offset: d, Wall: true}, {Breach: true}}[m.IntN(6)]
		th.InHours = m.IntN(2) == 0
		if !th.Breach && m.IntN(3) == 0 {
			th.Every = time.Minute + time.Duration(m.Int64N(int64(10*time.Hour)))
		}
		if !slices.Contains(list, th) {
			list = append(list, th)
		}
	}
	return list
}

// words are those that a policy declares, if any, and parts of them that its courses can list.
type words struct {
	statuses, happenings []string
	starting, stopping   []string // no status is in both
}

func (m catalogMaker) words() words {
	switch m.IntN(4) {
	case 0:
		return words{nil, nil, []string{sla.WordReopened, sla.WordResponded, sla.WordOpened}, []string{sla.WordResolved, sla.WordResponded}}
	case 1:
		return words{[]string{"open", "solved"}, nil, []string{"open"}, []string{"solved"}}
	case 2:
		return words{nil, []string{"a\"b", "<&>"}, []string{"a\"b", sla.WordOpened}, []string{"a\"b", "<&>"}}
	}
	return words{[]string{"open", "waiting for Ümlaut", "solved", "closed"}, []string{"reply", "customer"}, []string{"open", "reply", "customer", sla.WordOpened}, []string{"solved", "closed", "reply", "customer"}}
}

// some returns a few of some words, in any order, or none: nil or an empty list.
func (m catalogMaker) some(list []string) []string {
	switch m.IntN(4) {
	case 0:
		return nil
	case 1:
		return []string{}
	}
	some := []string{}
	for _, i := range m.Perm(len(list))[:m.IntN(len(list)+1)] {
		some = append(some, list[i])
	}
	return some
}

// courses returns courses for some metrics, in any order.
func (m catalogMaker) courses(w words) (list []sla.Course) {
	statuses, happenings := w.statuses, w.happenings
	if statuses == nil && happenings == nil {
		statuses, happenings = []string{sla.WordResolved, sla.WordReopened, sla.WordPaused, sla.WordResumed}, []string{sla.WordResponded}
	}
	metrics := []sla.Metric{"", sla.FirstResponse, sla.Resolution, "a b"}
	for _, i := range m.Perm(len(metrics))[:m.IntN(len(metrics)+1)] {
		list = append(list, sla.Course{
			Metric: metrics[i], Start: m.some(w.starting), Stop: m.some(w.stopping), Reset: m.some(slices.Concat(statuses, happenings, []string{sla.WordDue})), Pause: m.some(statuses),
			Change:    []sla.ChangeMode{"", sla.ChangeFromOpening, sla.ChangeCarryElapsed, sla.ChangeRestart, sla.ChangeReplace}[m.IntN(5)],
			Reopening: []sla.ReopenMode{"", sla.ReopenContinue, sla.ReopenNewCycle, sla.ReopenIgnore}[m.IntN(4)],
		})
	}
	return list
}

func (m catalogMaker) catalog() *sla.Catalog {
	shared := m.words() // by some policies
	courses := m.courses(shared)
	calendars := []*calendar.Calendar{m.calendar(2), m.calendar(2), m.calendar(0)}
	var policies []sla.Policy
	marked := map[region.Moniker]sla.Plan{}
	for i := range 1 + m.IntN(4) {
		p := sla.Policy{
			Moniker: region.Moniker(m.one("acme", "o365-germany", "Ümlaut & Co.")), Plan: sla.Plan(m.one("", "gold", "silver")),
		}
		if p.Statuses, p.Happenings, p.Courses = shared.statuses, shared.happenings, courses; m.IntN(3) == 0 {
			own := m.words()
			p.Statuses, p.Happenings, p.Courses = own.statuses, own.happenings, m.courses(own)
		} else if m.IntN(3) == 0 {
			p.Courses = m.courses(shared)
		}
		if i > 0 {
			// No two are from the same instant.
			p.From = time.Date(2026, 1, i, m.IntN(24), 0, 0, m.IntN(2), time.FixedZone("", (m.IntN(27)-12)*3600))
		}
		if m.IntN(3) == 0 {
			p.Until = time.Date(2026, 11, 1+m.IntN(60), 0, 0, 0, 0, time.UTC)
		}
		if plan, ok := marked[p.Moniker]; (!ok || plan == p.Plan) && m.IntN(2) == 0 {
			p.Default, marked[p.Moniker] = true, p.Plan
		}
		for _, metric := range []sla.Metric{"", sla.Resolution, "a b"}[:1+m.IntN(3)] {
			for _, category := range []region.Category{technical, billing, advice} {
				for i, s := range []sla.Severity{a, b, sla.SeverityC} {
					switch m.IntN(5) {
					case 0:
					case 1:
						e := sla.Exclusion{Metric: metric, Categories: only(category), Severities: only(s), Err: sla.ErrNoCommitment, Reason: m.one("-", "<&>"), Source: m.one("", "s")}
						if i < 2 && m.IntN(2) == 0 {
							e.Err, e.HighestOffered = sla.ErrNotOffered, sla.SeverityC
						}
						p.None = append(p.None, e)
					default:
						p.Terms = append(p.Terms, sla.Term{
							Metric: metric, Categories: only(category), Severities: only(s), Target: m.target(), Calendar: calendars[m.IntN(3)], Thresholds: m.thresholds(),
							FollowUp: m.one("", "weekly"), Duties: m.one("", "answer\nsoon"), Source: m.one("", "contract 7"), Basis: []sla.Basis{"", sla.BasisCustom, sla.BasisPublished, sla.BasisAdopted}[m.IntN(4)],
						})
					}
				}
			}
		}
		if len(p.Terms)+len(p.None) > 0 {
			policies = append(policies, p)
		}
	}
	if policies == nil {
		return m.catalog()
	}
	m.Shuffle(len(policies), func(i, j int) { policies[i], policies[j] = policies[j], policies[i] })
	catalog, err := sla.NewCatalog(m.one("1", "2026-01"), policies...)
	require.NoError(m.t, err)
	return catalog
}

// A catalog of Go values says the same once it has been written and read, for
// requests of all kinds at random instants.
func TestCatalogsOfGoValues(t *testing.T) {
	catalogs := sampled(4, 30)
	m := catalogMaker{rand.New(rand.NewPCG(7, 11)), t}
	due := 0
	for range catalogs {
		catalog := m.catalog()
		text, err := catalog.MarshalJSON()
		require.NoError(t, err)
		back := assertFixedPoint(t, text)
		assertSameAnswers(t, catalog, back)
		for range 300 {
			r := sla.Request{
				Moniker: region.Moniker(m.one("acme", "o365-germany", "Ümlaut & Co.")), Plan: sla.Plan(m.one("", "gold", "silver")),
				Metric: sla.Metric(m.one("", "resolution", "a b")), Category: []region.Category{technical, billing, advice}[m.IntN(3)], Severity: []sla.Severity{a, b, sla.SeverityC}[m.IntN(3)],
				Opened: time.Date(2025, 11, 1, 0, 0, m.IntN(400*24*3600), 0, time.UTC),
			}
			assertSameDeadline(t, catalog, back, r)
			if _, err := back.Deadline(r); err == nil {
				due++
			}
		}
	}
	assert.Greater(t, due, 20*catalogs, "most say nothing")
}

// checkParsed holds of any text that it is a catalog, with a canonical text, or
// has faults that say what was wanted.
func checkParsed(t *testing.T, text []byte) {
	t.Helper()
	catalog, err := sla.ParseCatalog(text)
	if err != nil {
		bad, ok := errors.AsType[*sla.CatalogError](err)
		require.True(t, ok)
		require.NotEmpty(t, bad.Faults)
		end := 1 + bytes.Count(text, []byte("\n"))
		for i, f := range bad.Faults {
			require.NotEmpty(t, f.Text)
			require.NotEmpty(t, f.Want)
			require.NotContains(t, f.String(), "\n")
			require.True(t, 1 <= f.Line && f.Line <= end && f.Column >= 1, "%d:%d %v", f.Line, f.Column, f)
			require.NotContains(t, bad.Faults[:i], f)
		}
		return
	}
	canonical, err := catalog.MarshalJSON()
	require.NoError(t, err)
	assertFixedPoint(t, canonical)
}

// catalogTexts returns the texts of all cases, and the published terms.
func catalogTexts(t testing.TB) (texts []string) {
	for _, name := range []string{"good.txt", "broken.txt"} {
		for _, c := range parseCases(t, name) {
			if len(c.text) < 20_000 {
				texts = append(texts, c.text)
			}
		}
	}
	published, err := os.ReadFile("published.json")
	require.NoError(t, err)
	return append(texts, string(published))
}

// What is left of a text when a token of it is lost, doubled or put elsewhere is a
// catalog, or it has faults.
func TestMangledCatalogs(t *testing.T) {
	token := regexp.MustCompile(`"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+|\s+`)
	rng := rand.New(rand.NewPCG(3, 5))
	texts := catalogTexts(t)
	for range sampled(500, 3000) {
		tokens := token.FindAllString(texts[rng.IntN(len(texts))], -1)
		for range 1 + rng.IntN(2) {
			if len(tokens) == 0 {
				break
			}
			switch i, j := rng.IntN(len(tokens)), rng.IntN(len(tokens)); rng.IntN(4) {
			case 0:
				tokens = slices.Delete(tokens, i, i+1)
			case 1:
				tokens = slices.Insert(tokens, i, tokens[i])
			case 2:
				tokens[i] = tokens[j]
			default:
				tokens[i], tokens[j] = tokens[j], tokens[i]
			}
		}
		checkParsed(t, []byte(strings.Join(tokens, "")))
	}
}

// FuzzParseCatalog holds that no text makes ParseCatalog panic, and that what it
// reads has a canonical text.
func FuzzParseCatalog(f *testing.F) {
	for _, text := range catalogTexts(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		bound.Work(t, len(text), func() { checkParsed(t, []byte(text)) })
	})
}

// A large text takes work in proportion, whatever is wrong with it.
func TestLargeCatalogs(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("[", 1_000_000),
		`{"policies": [` + strings.Repeat("0,", 100_000) + `0]}`,
		`{"policies": [` + strings.Repeat("\n0,", 100_000) + `0]}`,
		`{` + strings.Repeat(`"x": 1,`, 100_000) + `"y": 1}`,
		`{"x": ` + strings.Repeat(`{"x": [`, 4000) + strings.Repeat(`]}`, 4000) + `}`,
	} {
		var err error
		bound.Work(t, len(text), func() { _, err = sla.ParseCatalog([]byte(text)) })
		bad, ok := errors.AsType[*sla.CatalogError](err)
		require.True(t, ok)
		if last := bad.Faults[len(bad.Faults)-1]; len(bad.Faults) > 10 {
			assert.Len(t, bad.Faults, 201)
			assert.Equal(t, "more than 200 faults: want these mended first", last.String())
		}
	}
}

// What nobody asks for takes no room, however deep it is.
func TestDeepCatalogs(t *testing.T) {
	const deep = 9000 // package json takes 10000
	for _, text := range []string{
		strings.Repeat("[", deep) + strings.Repeat("]", deep),
		strings.Repeat(`{"x": `, deep) + "1" + strings.Repeat("}", deep),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := sla.ParseCatalog([]byte(text))
		runtime.ReadMemStats(&after)
		assert.Error(t, err)
		assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(10<<20), text[:10])
	}
}

// As many faults as are looked for are none too many.
func TestMostFaults(t *testing.T) {
	text := `{"version": "1"`
	for i := range 202 {
		bad, ok := errors.AsType[*sla.CatalogError](func() error { _, err := sla.ParseCatalog([]byte(text + "}")); return err }())
		require.True(t, ok, text)
		assert.Len(t, bad.Faults, min(1+i, 201), "%d unknown fields, and no policies", i)
		assert.Equal(t, i >= 200, bad.Faults[len(bad.Faults)-1].String() == "more than 200 faults: want these mended first")
		text += fmt.Sprintf(`, "x%d": 1`, i)
	}
}

// The published terms are read once, when they are first needed.
func BenchmarkParseCatalog(b *testing.B) {
	text, err := os.ReadFile("published.json")
	require.NoError(b, err)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := sla.ParseCatalog(text); err != nil {
			b.Fatal(err)
		}
	}
}
