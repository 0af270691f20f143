package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/duetime/duetime/examples/internal/input"
	"github.com/duetime/duetime/sla"
)

// kinds are those of findings.
var kinds = []string{
	"unreachable", "looser-target", "one-sided-target", "overlapping-versions", "version-gap",
	"no-default-plan", "no-holidays", "provisional-holidays", "differing-weekend",
	"unlikely-zone", "missing-minute", "swapped-times", "open-weekend", "replaced-rule", "ending-dates", "overlapping-hours", "doubled-part", "moved-time",
	"unused-calendar", "unused-course", "unused-word", "endless-pause", "endless-clock", "differing-words",
}

// lint prints what is wrong with each catalog or, where nothing is, what may be
// meant otherwise.
func (p *program) lint(args []string) int {
	strict := p.flags.Bool("strict", false, "exit with status 1 for findings too")
	ignored := p.flags.String("ignore", "", "kinds of findings to leave out, such as no-holidays,unused-calendar")
	if status, ok := p.parse(args); !ok {
		return status
	}
	if p.flags.NArg() == 0 {
		return p.fail(errors.New("no file: want one to lint, or more"))
	}
	ignore := strings.Split(*ignored, ",")
	for _, kind := range ignore {
		if kind != "" && !slices.Contains(kinds, kind) {
			return p.fail(fmt.Errorf("-ignore: unknown kind %q: want some of %v", kind, kinds))
		}
	}
	status := 0
	for _, name := range p.flags.Args() {
		c, err := p.files.Catalog(name)
		if bad, ok := errors.AsType[*input.Faults](err); ok {
			fmt.Fprintln(p.stdout, bad)
			status = max(status, exitBad)
			continue
		} else if err != nil {
			status = p.fail(err)
			continue
		}
		findings := slices.DeleteFunc(c.Lint(), func(f sla.Finding) bool { return slices.Contains(ignore, f.Kind) })
		for _, f := range findings {
			fmt.Fprintf(p.stdout, "%s: %s\n", name, input.Plain(f.String()))
		}
		switch {
		case len(findings) == 0:
			fmt.Fprintf(p.stdout, "%s: %q is fine\n", name, c.Version())
		case *strict:
			status = max(status, exitBad)
		}
	}
	return status
}
