// Package holidays_test compares the sets of package holiday with the npm package
// date-holidays, in the version of package.json. It needs node and npm, and installs that
// package in node_modules here. It is a module of its own, so that the library does not
// require what it tests with.
//
// Only whole days off are compared, by date, on all weekdays. Of the other source these are
// the days of type "public". Types "bank", "optional", "school" and "observance" are left
// out, and so is a day that begins after midnight. Make-up workdays of ours are left out.
// A set is compared in the years that it covers.
package holidays_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
)

const (
	firstYear = 2018
	lastYear  = 2028

	explained = "differences.txt"
)

// lacking are the places that the other source does not have.
var lacking = []string{"KW", "MO", "QA"}

// days are days off with their names.
type days map[calendar.Date]string

// a difference is a day that one side has off and the other has not.
type difference struct {
	set  string
	side string // who has the day: "ours" or "theirs"
	date calendar.Date
	name string // of the day, on that side
	as   string // the type under which the other source has the day, if it is left out for that
	near int    // how many days it is from a day off of the other side, at most 9
}

func (d difference) String() string {
	s := fmt.Sprintf("%s | %s %v %.2s %q near %d", d.set, d.side, d.date, d.date.Weekday(), d.name, d.near)
	if d.as != "" {
		s += " as " + d.as
	}
	return s
}

// Every difference is explained, and every explanation is needed.
func TestHolidays(t *testing.T) {
	explanations := readExplanations(t)
	theirs, others := readTheirs(t)
	same, sides, right := 0, map[string]int{}, map[string]int{}
	for _, code := range holiday.Codes() {
		ours := readOurs(t, code)
		assert.Equal(t, slices.Contains(lacking, code), len(theirs[code]) == 0, "%s: days of the other source", code)
		for date := range ours {
			if _, ok := theirs[code][date]; ok {
				same++
			}
		}
		for _, d := range differences(t, code, ours, theirs[code], others[code]) {
			sides[d.side]++
			i := slices.IndexFunc(explanations, func(e *explanation) bool { return e.takes(d) })
			if i < 0 {
				t.Errorf("%s does not explain: %v", explained, d)
				continue
			}
			right[explanations[i].right]++
		}
	}
	for _, e := range explanations {
		for _, part := range e.unneeded() {
			t.Errorf("%s:%d: no difference needs %s", explained, e.line, part)
		}
	}
	t.Logf("%d sets: %d days alike, %d are ours only, %d theirs only; %d explanations", len(holiday.Codes()), same, sides["ours"], sides["theirs"], len(explanations))
	t.Logf("who is right: %v", right)
	assert.Greater(t, same, 15000)
}

// readOurs returns the days off of a set.
func readOurs(t *testing.T, code string) days {
	set, err := holiday.Lookup(code)
	require.NoError(t, err)
	off := days{}
	for year := firstYear; year <= lastYear; year++ {
		for _, h := range set.Year(year) {
			if !h.Workday && h.Hours.IsZero() {
				off[h.Date] = h.Name
			}
		}
	}
	return off
}

// readTheirs returns the days off of the other source, and the type of days that it has under
// another type, by code. Two processes share the work.
func readTheirs(t *testing.T) (off, others map[string]days) {
	npm := exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
	out, err := npm.CombinedOutput()
	require.NoError(t, err, "npm ci: %s", out)
	var outs [2]bytes.Buffer
	var errs [2]error
	var wait sync.WaitGroup
	for i := range outs {
		args := []string{"list.cjs", strconv.Itoa(firstYear), strconv.Itoa(lastYear)}
		for j, code := range holiday.Codes() {
			if j%len(outs) == i {
				args = append(args, code)
			}
		}
		node := exec.Command("node", args...)
		node.Env = append(os.Environ(), "TZ=UTC")
		node.Stdout, node.Stderr = &outs[i], os.Stderr
		wait.Go(func() { errs[i] = node.Run() })
	}
	wait.Wait()
	require.NoError(t, errs[0])
	require.NoError(t, errs[1])
	off, others = map[string]days{}, map[string]days{}
	for _, code := range holiday.Codes() {
		off[code], others[code] = days{}, days{}
	}
	for line := range strings.Lines(outs[0].String() + outs[1].String()) {
		field := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		require.Len(t, field, 5, line)
		code, kind, name := field[0], field[3], field[4]
		date, err := calendar.ParseDate(field[1])
		require.NoError(t, err)
		n, err := strconv.Atoi(field[2])
		require.NoError(t, err)
		if n == 0 {
			others[code][date] = "half"
		}
		for range n {
			if kind == "public" {
				off[code][date] = name
			} else {
				others[code][date] = kind
			}
			date = date.AddDays(1)
		}
	}
	return off, others
}

// differences returns those of a set, in the years that ours covers.
func differences(t *testing.T, code string, ours, theirs, others days) (all []difference) {
	set, err := holiday.Lookup(code)
	require.NoError(t, err)
	from, to := set.Years()
	add := func(side string, has, lacks days) {
		for date, name := range has {
			if _, ok := lacks[date]; !ok && date.Year() >= max(from, firstYear) && date.Year() <= min(to, lastYear) {
				all = append(all, difference{code, side, date, name, others[date], distance(date, lacks)})
			}
		}
	}
	add("ours", ours, theirs)
	add("theirs", theirs, ours)
	slices.SortFunc(all, func(a, b difference) int { return a.date.Compare(b.date) })
	return all
}

// distance returns how many days a date is from the nearest of some days, at most 9.
func distance(date calendar.Date, others days) int {
	n := 1
	for ; n < 9; n++ {
		_, before := others[date.AddDays(-n)]
		_, after := others[date.AddDays(n)]
		if before || after {
			break
		}
	}
	return n
}

// an explanation is a line of the file, which says how they are written.
type explanation struct {
	line    int
	sets    []part
	side    string
	choices []part
	right   string
}

// part is something of a line that has to be needed.
type part struct {
	text   string
	holds  func(difference) bool
	needed bool
}

func readExplanations(t *testing.T) (all []*explanation) {
	text, err := os.ReadFile(explained)
	require.NoError(t, err)
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		field := strings.SplitN(line, " | ", 4)
		require.Len(t, field, 4, "%s:%d: want sets | side days | who is right | why", explained, number)
		side, choices, _ := strings.Cut(field[1], " ")
		require.Contains(t, []string{"ours", "theirs"}, side, "%s:%d", explained, number)
		require.Contains(t, []string{"ours", "both", "open"}, field[2], "%s:%d", explained, number)
		e := &explanation{line: number, side: side, right: field[2]}
		for code := range strings.FieldsSeq(field[0]) {
			start, open := strings.CutSuffix(code, "*")
			e.sets = append(e.sets, part{text: code, holds: func(d difference) bool {
				return d.set == code || open && strings.HasPrefix(d.set, start)
			}})
		}
		for choice := range strings.SplitSeq(choices, ", ") {
			var terms []func(difference) bool
			for _, match := range term.FindAllStringSubmatch(choice, -1) {
				terms = append(terms, condition(match))
			}
			rest := strings.TrimSpace(term.ReplaceAllString(choice, ""))
			require.True(t, rest == "" && len(terms) > 0, "%s:%d: unknown days %q in %q", explained, number, rest, choice)
			e.choices = append(e.choices, part{text: choice, holds: func(d difference) bool {
				return !slices.ContainsFunc(terms, func(holds func(difference) bool) bool { return !holds(d) })
			}})
		}
		all = append(all, e)
	}
	return all
}

// term is a condition on a day: a date, a weekday, a name, a type or a distance.
var term = regexp.MustCompile(`"([^"]+)"|\bas (\w+)|\bnear (\d)|\b(Mo|Tu|We|Th|Fr|Sa|Su)\b|(\*|\d{4})(?:\.\.(\d{4}))?-(\d\d-\d\d|\*)|\b(all)\b`)

func condition(match []string) func(difference) bool {
	name, as, near, weekday, first, last, day := match[1], match[2], match[3], match[4], match[5], match[6], match[7]
	switch {
	case name != "":
		return func(d difference) bool { return strings.Contains(d.name, name) }
	case as != "":
		return func(d difference) bool { return d.as == as }
	case near != "":
		return func(d difference) bool { return strconv.Itoa(d.near) <= near }
	case weekday != "":
		return func(d difference) bool { return d.date.Weekday().String()[:2] == weekday }
	case day != "":
		if last == "" {
			last = first
		}
		return func(d difference) bool {
			year := strconv.Itoa(d.date.Year())
			return (first == "*" || first <= year && year <= last) && (day == "*" || day == d.date.String()[5:])
		}
	}
	return func(difference) bool { return true }
}

// takes reports whether the line explains a difference, and marks what it needs for that.
func (e *explanation) takes(d difference) bool {
	holds := func(p part) bool { return p.holds(d) }
	set, choice := slices.IndexFunc(e.sets, holds), slices.IndexFunc(e.choices, holds)
	if d.side != e.side || set < 0 || choice < 0 {
		return false
	}
	e.sets[set].needed, e.choices[choice].needed = true, true
	return true
}

// unneeded returns the parts of a line that have explained nothing.
func (e *explanation) unneeded() (texts []string) {
	for _, p := range slices.Concat(e.sets, e.choices) {
		if !p.needed {
			texts = append(texts, strconv.Quote(p.text))
		}
	}
	return texts
}
