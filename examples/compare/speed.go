package main

import (
	"fmt"
	"io"
	"math"
	"runtime"
	"testing"
	"text/tabwriter"
	"time"
)

// timed is one way of using an engine, ready for the desk that is timed.
type timed struct {
	name string
	answers
}

// speedDesk is what is timed: 8 hours a day from Monday to Friday, with holidays.
func speedDesk() (desk, error) {
	zone, err := time.LoadLocation("Europe/Berlin")
	return desk{zone: zone, days: []time.Weekday{1, 2, 3, 4, 5}, spans: []span{{9 * 60, 17 * 60}}, holidays: true}, err
}

// speedQuestions are the rows of the table. A week is 40 hours and 5 business days,
// and a year 52 weeks. They begin on a Thursday morning in 2014.
func speedQuestions(zone *time.Location) (spans []string, asked []question) {
	const week = 7 * 24 * time.Hour
	t := time.Date(2014, time.March, 6, 10, 0, 0, 0, zone)
	for _, k := range []kind{add, between, days} {
		for _, s := range []struct {
			name       string
			work, wall time.Duration
			days       int
		}{
			{"1 minute", time.Minute, time.Minute, 0},
			{"8 hours", 8 * time.Hour, 24 * time.Hour, 1},
			{"1 week", 40 * time.Hour, week, 5},
			{"1 year", 52 * 40 * time.Hour, 52 * week, 52 * 5},
			{"10 years", 520 * 40 * time.Hour, 520 * week, 520 * 5},
		} {
			if k == days && s.days == 0 {
				continue
			}
			spans = append(spans, s.name)
			asked = append(asked, question{kind: k, t: t, u: t.Add(s.wall), d: s.work, n: s.days})
		}
	}
	return append(spans, ""), append(asked, question{kind: isOpen, t: t})
}

// call returns a function that asks the question, nil where it is not offered.
func (a answers) call(q question) func() {
	switch {
	case q.kind == add && a.add != nil:
		return func() { a.add(q.t, q.d) }
	case q.kind == between && a.between != nil:
		return func() { a.between(q.t, q.u) }
	case q.kind == days && a.days != nil:
		return func() { a.days(q.t, q.n) }
	case q.kind == isOpen && a.isOpen != nil:
		return func() { a.isOpen(q.t) }
	}
	return nil
}

// openTimed opens every engine, cal/v2 without its cache besides, and timeinterval
// without holidays, which it does not know.
func openTimed(d desk) ([]timed, error) {
	var all []timed
	for _, e := range engines {
		its := d
		its.holidays = d.holidays && e.name != "timeinterval"
		a, err := e.open(its)
		if err != nil {
			return nil, err
		}
		all = append(all, timed{e.name, a})
	}
	uncached := newCal(d) // whose hours are from nine to five anyway
	uncached.Cacheable = false
	return append(all, timed{"cal/v2 uncached", calAnswers(uncached, d)}), nil
}

// printSpeed prints times and allocations. A time is the best of some rounds of
// about the given length, which the engines take in turn.
func printSpeed(w io.Writer, round time.Duration, rounds int) error {
	d, err := speedDesk()
	if err != nil {
		return err
	}
	all, err := openTimed(d)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\nSpeed: %s %s, holidays DE-BE; %s, %s/%s\n\n", d.hours(), d.zone, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(table, "question\tspan")
	for _, e := range all {
		fmt.Fprint(table, "\t", e.name)
	}
	fmt.Fprintln(table)
	spans, asked := speedQuestions(d.zone)
	for i, q := range asked {
		calls := make([]func(), len(all))
		for e := range all {
			calls[e] = all[e].call(q)
		}
		fmt.Fprintf(table, "%s\t%s", q.kind, spans[i])
		times := best(calls, round, rounds)
		for e, ns := range times {
			if calls[e] == nil {
				fmt.Fprint(table, "\t-")
				continue
			}
			fmt.Fprintf(table, "\t%s, %sx, %.0f", unit(ns), short(ns/times[0]), testing.AllocsPerRun(1, calls[e]))
		}
		fmt.Fprintln(table)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err = fmt.Fprintln(w, "\nEach is a time, the multiple of duetime's, and the allocations.")
	return err
}

// best returns the shortest time of each call in nanoseconds, 0 for nil.
func best(calls []func(), round time.Duration, rounds int) []float64 {
	times := make([]float64, len(calls))
	runs := make([]int, len(calls))
	measure := func(call func(), n int) time.Duration {
		start := time.Now()
		for range n {
			call()
		}
		return time.Since(start)
	}
	for i, call := range calls {
		if call == nil {
			continue
		}
		for runs[i] = 1; measure(call, runs[i]) < round; runs[i] *= 2 {
		}
		times[i] = math.Inf(1)
	}
	for range rounds {
		for i, call := range calls {
			if call != nil {
				times[i] = min(times[i], float64(measure(call, runs[i]).Nanoseconds())/float64(runs[i]))
			}
		}
	}
	return times
}

// short prints two digits that count.
func short(x float64) string {
	if x < 9.95 {
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.0f", x)
}

// unit prints nanoseconds in the unit that leaves up to three digits.
func unit(ns float64) string {
	switch {
	case ns < 1e3:
		return short(ns) + " ns"
	case ns < 1e6:
		return short(ns/1e3) + " µs"
	}
	return short(ns/1e6) + " ms"
}
