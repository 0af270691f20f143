package main

import (
	"bytes"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
)

var update = flag.Bool("update", false, "rewrite the golden file")

// TestMain lets the test binary be the child that the program starts itself as.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "-child" {
		os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// The report of `go run . -speed=false` is the golden file.
func TestGolden(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for what does not return")
	}
	var out, errs bytes.Buffer
	require.Zero(t, run([]string{"-speed=false"}, &out, &errs), errs.String())
	const golden = "testdata/correctness.golden"
	if *update {
		require.NoError(t, os.WriteFile(golden, out.Bytes(), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), out.String())
}

// The table in .github/CHECKS.md is that of the report.
func TestPage(t *testing.T) {
	page, err := os.ReadFile("../../.github/CHECKS.md")
	require.NoError(t, err)
	golden, err := os.ReadFile("testdata/correctness.golden")
	require.NoError(t, err)
	_, table, found := strings.Cut(string(page), "```text\nquestion ")
	require.True(t, found)
	table, _, found = strings.Cut(table, "\n```\n")
	require.True(t, found)
	assert.Contains(t, string(golden), "\nquestion "+table+"\n\n")
}

// duetime has no wrong answer, whatever is asked.
func TestDuetime(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	x, err := newExam(seed, 300)
	require.NoError(t, err)
	require.Equal(t, "duetime", engines[0].name)
	var lines bytes.Buffer
	require.NoError(t, x.sit(engines[0], 0, len(x.questions), &lines))
	got := make([][]string, len(engines))
	for e := range got {
		got[e] = make([]string, len(x.questions))
	}
	got[0] = strings.Split(lines.String(), "\n")
	marks, err := x.mark(got)
	require.NoError(t, err)
	for d := range x.desks {
		for k, its := range marks[0][d] {
			assert.Equal(t, tally{asked: 300}, its, "seed %d, %s, %s", seed, x.desks[d].cause, kinds[k])
		}
	}
	assert.Equal(t, tally{}, sum(marks[1][0]), "an engine that answers nothing is not asked")
}

// Each way of not being right is counted as what it is.
func TestMark(t *testing.T) {
	all, err := desks()
	require.NoError(t, err)
	o := newOracle(all[0])
	closing := question{kind: isOpen, t: time.Date(2024, time.March, 11, 17, 0, 0, 0, time.UTC)}
	for _, row := range []struct {
		got  string
		want tally
		why  string
	}{
		{"closed", tally{asked: 1}, "right"},
		{"open", tally{asked: 1, convention: 1}, "the instant of closing"},
		{"perhaps", tally{asked: 1, wrong: 1}, "wrong"},
		{"panic: index", tally{asked: 1, panics: 1}, "it panicked"},
		{noReturn, tally{asked: 1, stuck: 1}, "it hung"},
		{notAsked, tally{}, "one before it hung"},
		{"", tally{}, "not offered"},
	} {
		var got tally
		got.mark(o, o.nominal(), closing, row.got, "closed")
		assert.Equal(t, row.want.wrong+row.want.panics+row.want.stuck > 0, got.example != "", row.why)
		got.example = ""
		assert.Equal(t, row.want, got, row.why)
	}
	later := closing
	later.t = later.t.Add(time.Minute)
	var got tally
	got.mark(o, o.nominal(), later, "open", "closed")
	assert.Equal(t, 1, got.wrong, "a minute after closing is no convention")

	night := newOracle(all[slices.IndexFunc(all, func(d desk) bool { return d.cause == "clock change, open" })])
	from := time.Date(2024, time.March, 30, 12, 0, 0, 0, night.zone)
	for _, row := range []struct {
		q    question
		got  string
		want tally
	}{
		{question{kind: between, t: from, u: from.AddDate(0, 0, 1)}, "5h0m0s", tally{asked: 1}},
		{question{kind: between, t: from, u: from.AddDate(0, 0, 1)}, "6h0m0s", tally{asked: 1, convention: 1}},
		{question{kind: between, t: from, u: from.AddDate(0, 0, 1)}, "7h0m0s", tally{asked: 1, wrong: 1}},
		{question{kind: add, t: from, d: 4 * time.Hour}, "Sun 2024-03-31 05:00:00 +0200", tally{asked: 1}},
		{question{kind: add, t: from, d: 4 * time.Hour}, "Sun 2024-03-31 04:00:00 +0200", tally{asked: 1, convention: 1}},
		{question{kind: add, t: from, d: 4 * time.Hour}, "Sun 2024-03-31 03:00:00 +0200", tally{asked: 1, wrong: 1}},
	} {
		var got tally
		got.mark(night, night.nominal(), row.q, row.got, night.right(row.q))
		got.example = ""
		assert.Equal(t, row.want, got, "%v: %s", row.q, row.got)
	}
}

// A panic is an answer, and one line.
func TestPanic(t *testing.T) {
	a := answers{isOpen: func(time.Time) bool { panic("no\nsuch day") }}
	assert.Equal(t, "panic: no such day", a.answer(desk{}, question{kind: isOpen}))
	assert.Empty(t, a.answer(desk{}, question{kind: add}), "not offered")
}

// The engines are given the same holidays as the oracle.
func TestBerlinHolidays(t *testing.T) {
	ours, err := holiday.Lookup("DE-BE")
	require.NoError(t, err)
	theirs := newCal(desk{holidays: true})
	d := desk{year: 2024}
	for date := d.from().Add(-margin); date.Before(d.to().Add(margin)); date = date.AddDate(0, 0, 1) {
		want := slices.Contains(berlinHolidays, date.Format(time.DateOnly))
		_, ok := ours.On(calendar.DateOf(date))
		assert.Equal(t, want, ok, "duetime, %v", date)
		_, observed, _ := theirs.IsHoliday(date)
		assert.Equal(t, want, observed, "cal/v2, %v", date)
	}
}

// The table of times has all rows, and a time for whatever is offered.
func TestSpeed(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, printSpeed(&out, time.Microsecond, 1))
	var rows []string
	for line := range strings.Lines(out.String()) {
		if strings.Contains(line, "x, ") {
			rows = append(rows, line)
		}
	}
	require.Len(t, rows, 15, out.String())
	for i, row := range rows {
		assert.Contains(t, row, "s, 1.0x, 0", "duetime allocates nothing, row %d", i)
	}
	assert.Equal(t, 2, strings.Count(rows[0], "  -"), "two engines do not add: %s", rows[0])
}

func TestUsage(t *testing.T) {
	for _, row := range []struct {
		args []string
		want string
	}{
		{[]string{"x"}, `unexpected argument "x", want none`},
		{[]string{"-n", "0"}, "-n 0, want 1 to 10000"},
		{[]string{"-child", "none"}, `-child "none" -from 0 -to 0, want the name of an engine and questions up to`},
		{[]string{"-child", "bdc", "-to", "1", "-from", "2"}, `-child "bdc" -from 2 -to 1, want`},
	} {
		var out, errs bytes.Buffer
		assert.Equal(t, 2, run(row.args, &out, &errs))
		assert.Contains(t, errs.String(), row.want)
		assert.Empty(t, out.String())
	}
	assert.Zero(t, run([]string{"-h"}, &bytes.Buffer{}, &bytes.Buffer{}))
}
