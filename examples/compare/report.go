package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// A tally is how an engine did with the questions of one desk and kind.
type tally struct {
	asked, wrong, convention, panics, stuck int

	silent  bool   // as in answers
	example string // of a wrong answer, or of none where there is one
}

func (t tally) plus(u tally) tally {
	return tally{
		t.asked + u.asked, t.wrong + u.wrong, t.convention + u.convention,
		t.panics + u.panics, t.stuck + u.stuck, t.silent || u.silent, "",
	}
}

// String is "-" for what is not offered, else the wrong answers of those asked, and
// what else there is to say.
func (t tally) String() string {
	if t.asked == 0 {
		return "-"
	}
	text := []string{fmt.Sprintf("%d/%d", t.wrong, t.asked)}
	if t.silent {
		text[0] += "*"
	}
	for _, more := range []struct {
		n    int
		what string
	}{{t.panics, "panic"}, {t.stuck, "hang"}, {t.convention, "conv"}} {
		if more.n > 0 {
			text = append(text, fmt.Sprintf("%d %s", more.n, more.what))
		}
	}
	return strings.Join(text, " ")
}

// results are the tallies by engine, desk and kind.
type results [][][]tally

// mark compares what each engine answered with what is right.
func (x exam) mark(got [][]string) (results, error) {
	all := make(results, len(engines))
	for e := range all {
		all[e] = make([][]tally, len(x.desks))
		for d := range all[e] {
			opened, err := engines[e].open(x.desks[d])
			if err != nil {
				return nil, err
			}
			all[e][d] = make([]tally, len(kinds))
			for k := range kinds {
				all[e][d][k].silent = opened.silent
			}
		}
	}
	var o, nominal *oracle
	for i, q := range x.questions {
		if i == 0 || x.questions[i-1].desk != q.desk {
			o = newOracle(x.desks[q.desk])
			nominal = o.nominal()
		}
		right := o.right(q)
		for e := range engines {
			t := &all[e][q.desk][slices.Index(kinds, q.kind)]
			t.mark(o, nominal, q, got[e][i], right)
		}
	}
	return all, nil
}

// mark counts one answer, "" for what is not offered.
func (t *tally) mark(o, nominal *oracle, q question, got, right string) {
	if got == "" || got == notAsked {
		return
	}
	t.asked++
	switch {
	case got == right:
		return
	case got == noReturn:
		t.stuck++
	case strings.HasPrefix(got, panicked):
		t.panics++
	case o.closingInstant(q, got) || nominal.asNamed(q, got):
		t.convention++
		return
	default:
		t.wrong++
	}
	if t.example == "" || got == noReturn {
		t.example = fmt.Sprintf("%v: %s, right is %s", q, got, right)
	}
}

// printCorrectness prints the marks as a table by cause and one by kind, and below
// them an example of each cause and kind that an engine is wrong in.
func (x exam) printCorrectness(w io.Writer, marks results) error {
	fmt.Fprintf(w, "Correctness: wrong answers / questions asked, by cause and by question (seed %d, %d of each kind for each cause)\n\n", x.seed, x.n)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	row := func(first string, cell func(e int) string) {
		fmt.Fprint(table, first)
		for e := range engines {
			fmt.Fprint(table, "\t", cell(e))
		}
		fmt.Fprintln(table)
	}
	row("cause", func(e int) string { return engines[e].name })
	for d := range x.desks {
		row(x.desks[d].cause, func(e int) string { return sum(marks[e][d]).String() })
	}
	fmt.Fprintln(table)
	row("question", func(e int) string { return engines[e].name })
	for k := range kinds {
		row(string(kinds[k]), func(e int) string {
			var t tally
			for d := range x.desks {
				t = t.plus(marks[e][d][k])
			}
			return t.String()
		})
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, `
-      not offered, and so not asked (see below)
*      hours that its documentation does not provide for; it accepts them without an error
hang   no return within %v; the questions of that cause and kind after it are not asked
conv   another convention, not counted as wrong: the instant of closing is open, or hours count as they are named, though the clock changes in them
open, closed   whether the desk is when the clock changes

The hours behind the causes:
`, limit)
	for _, d := range x.desks {
		fmt.Fprintf(table, "  %s\t%v\n", d.cause, d)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprint(w, "\nAn example of each:\n")
	for e := range engines {
		for d := range x.desks {
			for k := range kinds {
				t := marks[e][d][k]
				if t.example == "" {
					continue
				}
				fmt.Fprintf(w, "  %s, %s, %s: %v\n    %s\n", engines[e].name, x.desks[d].cause, kinds[k], t, t.example)
			}
		}
	}
	return nil
}

func sum(tallies []tally) tally {
	var all tally
	for _, t := range tallies {
		all = all.plus(t)
	}
	return all
}

// printProbes prints what the engines say to each probe.
func (x exam) printProbes(w io.Writer, got [][]string) error {
	fmt.Fprint(w, "\nAsked once:\n")
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for i, p := range probes {
		fmt.Fprintf(table, "  %s\n", p.question)
		for e := range engines {
			if text := got[e][len(x.questions)+i]; text != "" {
				fmt.Fprintf(table, "    %s\t%s\n", engines[e].name, text)
			}
		}
	}
	return table.Flush()
}
