// Compare puts duetime and other Go engines for business time side by side, on the
// same work in one run:
//
//	cd examples/compare && go run .
//
// It prints how many answers of each are wrong, by cause, beside an oracle that
// reads the wall clock minute by minute; what each says to some single questions;
// how long each takes and how often it allocates, by the span that is computed over;
// and which versions were compared, and which engines could not be had.
//
// The questions are drawn from -seed, -n of each kind for each cause. With
// -speed=false the times are left out, and the report is the same on every machine.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"time"
	_ "time/tzdata" // so that it runs on a machine without zone data
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is main with everything it touches passed in.
func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("compare", flag.ContinueOnError)
	flags.SetOutput(stderr)
	seed := flags.Uint64("seed", 1, "what the questions are drawn from")
	n := flags.Int("n", 500, "questions of each kind for each cause")
	speed := flags.Bool("speed", true, "measure times")
	child := flags.String("child", "", "print the answers of this engine (used by the program itself)")
	from := flags.Int("from", 0, "with -child, the first question")
	to := flags.Int("to", 0, "with -child, the one after the last question")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	err := func() error {
		switch {
		case flags.NArg() > 0:
			return fmt.Errorf("unexpected argument %q, want none", flags.Arg(0))
		case *n < 1 || *n > maxQuestions:
			return fmt.Errorf("-n %d, want 1 to %d", *n, maxQuestions)
		}
		x, err := newExam(*seed, *n)
		if err != nil {
			return err
		}
		if *child == "" {
			return x.report(stdout, *speed)
		}
		e := slices.IndexFunc(engines, func(e engine) bool { return e.name == *child })
		if end := len(x.questions) + len(probes); e < 0 || *from < 0 || *from > *to || *to > end {
			return fmt.Errorf("-child %q -from %d -to %d, want the name of an engine and questions up to %d", *child, *from, *to, end)
		}
		go endWithParent()
		return x.sit(engines[e], *from, *to, stdout)
	}()
	if err != nil {
		fmt.Fprintf(stderr, "compare: %v\n", err)
		return 2
	}
	return 0
}

// maxQuestions bounds what is kept in memory.
const maxQuestions = 10_000

// report asks all engines and prints everything.
func (x exam) report(w io.Writer, speed bool) error {
	got, err := x.ask()
	if err != nil {
		return err
	}
	marks, err := x.mark(got)
	if err != nil {
		return err
	}
	if err := x.printCorrectness(w, marks); err != nil {
		return err
	}
	if err := x.printProbes(w, got); err != nil {
		return err
	}
	if speed {
		if err := printSpeed(w, 10*time.Millisecond, 5); err != nil {
			return err
		}
	}
	return printVersions(w)
}
