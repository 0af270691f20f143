// Catalog looks after catalogs of terms, files as sla.ParseCatalog reads them:
//
//	go run ./examples/catalog lint examples/catalog/acme.json
//	go run ./examples/catalog show examples/catalog/acme.json
//	go run ./examples/catalog diff examples/catalog/acme.json examples/catalog/acme-2027.json examples/catalog/tickets.csv
//
// Lint prints all that is wrong with each file, as file:line:column, or else what is
// legal in it but may be meant otherwise, except for the kinds after -ignore. Show
// prints a catalog as tables or, with -canonical, as the JSON that sla writes:
//
//	go run ./examples/catalog show -canonical acme.json > acme.json.new
//
// Diff prints which requests of a file are due at another time by a new catalog than
// by the old one, so that an edit can be tried on last year's tickets. The file is
// CSV as examples/due reads it. It is streamed: a table begins anew after each 500
// changes. A row that is no request, or none that either catalog knows, is
// reported with its line.
//
// In this folder, acme.json extends the published terms, and desk.json has priorities,
// categories and holidays of a desk in two countries.
//
// Instead of a file, published is the published terms, and - is standard input.
//
// The exit status is 1 for a catalog with faults, for rows that were reported and,
// with lint -strict, for findings. It is 2 for wrong flags and for a file that
// cannot be read to its end.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	_ "time/tzdata" // so that it runs on a machine without zone data

	"github.com/duetime/duetime/examples/internal/input"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

const (
	exitBad   = 1 // a catalog or a row is wrong
	exitUsage = 2
)

const usage = `usage: catalog lint [-strict] [-ignore KINDS] FILE...
       catalog show [-canonical] FILE
       catalog diff [-zone ZONE] [-csv] OLD NEW TICKETS.csv
A FILE, OLD or NEW is a catalog as JSON, published for the published terms, or - for standard input.
`

// program is what all commands touch.
type program struct {
	files  input.Files
	stdout *bufio.Writer
	stderr io.Writer
	flags  *flag.FlagSet
}

// run is main with everything it touches passed in.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	p := &program{files: input.Files{Stdin: stdin}, stdout: bufio.NewWriter(stdout), stderr: stderr}
	p.flags = flag.NewFlagSet("catalog", flag.ContinueOnError)
	p.flags.SetOutput(stderr)
	p.flags.Usage = func() { // once the flags of a command are set, with them
		fmt.Fprint(stderr, usage)
		p.flags.PrintDefaults()
	}
	status := p.command(args)
	if err := p.stdout.Flush(); err != nil {
		return p.fail(err)
	}
	return status
}

func (p *program) command(args []string) int {
	name := ""
	if len(args) > 0 {
		name = args[0]
	}
	switch name {
	case "lint":
		return p.lint(args[1:])
	case "show":
		return p.show(args[1:])
	case "diff":
		return p.diff(args[1:])
	case "-h", "-help", "--help":
		p.flags.Usage()
		return 0
	case "":
		p.flags.Usage()
		return exitUsage
	}
	return p.fail(fmt.Errorf("%q: want lint, show or diff; -h says more", name))
}

// parse reads the flags and reports whether the command goes on; if not, it ends
// with status.
func (p *program) parse(args []string) (status int, ok bool) {
	switch err := p.flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0, false
	case err != nil:
		return exitUsage, false
	}
	return 0, true
}

// fail says what is wrong, and returns the status for it.
func (p *program) fail(err error) int {
	if bad, ok := errors.AsType[*input.Faults](err); ok {
		fmt.Fprintln(p.stderr, bad)
		return exitBad
	}
	fmt.Fprintf(p.stderr, "catalog: %v\n", err)
	return exitUsage
}
