// Ticket replays the life of a support request and prints, after the opening and
// after each event, how its clock stands, which alarms are new, what comes next and
// what the due time follows from:
//
//	go run ./examples/ticket examples/ticket/germany.jsonl
//	go run ./examples/ticket -brief -zone America/New_York - < life.jsonl
//
// A file has one JSON object a line. The first is the request, with thresholds if
// somebody wants to be told of them; the others are events, and instants at which
// to look though nothing happened:
//
//	{"request": {"moniker": "o365-germany", "category": "technical", "severity": "B", "opened": "2024-03-28T15:00:00+01:00"}, "thresholds": ["50%", "-30m", "breach"]}
//	{"at": "2024-03-28T16:00:00+01:00", "event": "paused", "note": "asked for the log"}
//	{"look": "2024-03-29T12:00:00+01:00"}
//
// At the end it shows the whole life day by day, and with -svg draws it into a file.
//
// Lines that begin with # and empty ones are skipped. The terms are the published
// ones. Each alarm is printed once, at the first look that finds it reached: as a
// backend would, the program keeps the keys of those that it has acted upon.
//
// The first line that is wrong ends the replay with exit status 1. The exit status
// is 2 for wrong flags and for a file that cannot be opened.
package main

import (
	"bufio"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // so that it runs on a machine without zone data

	"github.com/duetime/duetime/examples/internal/input"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

const (
	exitBad   = 1 // a line of the file is wrong
	exitUsage = 2
)

// run is main with everything it touches passed in.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	r := replay{out: bufio.NewWriter(stdout)}
	flags := flag.NewFlagSet("ticket", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: ticket [flags] [life.jsonl]    (standard input without a file, or for -)")
		flags.PrintDefaults()
	}
	zone := flags.String("zone", "", "the zone of all times printed, such as Europe/Berlin (default: that of the first term's calendar)")
	flags.BoolVar(&r.fold, "fold", true, "fold the quiet stretches of the explanation")
	flags.BoolVar(&r.brief, "brief", false, "leave out the explanations, the terms and the timeline")
	picture := flags.String("svg", "", "a file for a picture of the life as of the last line, as SVG")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return exitUsage
	}
	usage := func(err error) int {
		fmt.Fprintf(stderr, "ticket: %v\n", err)
		return exitUsage
	}
	if flags.NArg() > 1 {
		return usage(fmt.Errorf("%d files: want one, or - for standard input", flags.NArg()))
	}
	if *zone != "" {
		var err error
		if r.zone, err = input.Zone(*zone); err != nil {
			return usage(err)
		}
	}
	in, name := stdin, "stdin"
	if flags.NArg() == 1 && flags.Arg(0) != "-" {
		name = flags.Arg(0)
		f, err := os.Open(name)
		if err != nil {
			return usage(err)
		}
		defer f.Close()
		in = f
	}
	if line, err := r.read(in); err != nil {
		// Each line is JSON by itself, so that the place in it begins with line 1.
		fmt.Fprintf(stderr, "ticket: %s:%d: %s\n", name, line, input.Line(strings.TrimPrefix(err.Error(), "line 1, ")))
		return exitBad
	}
	if err := r.timeline(*picture); err != nil {
		return usage(err)
	}
	return 0
}

// replay is a clock and what has been done about it.
type replay struct {
	out         *bufio.Writer
	zone        *time.Location
	fold, brief bool

	clock    ticket.Clock
	now      time.Time       // of the last line
	done     map[string]bool // keys of the alarms that have been printed; nil before the request
	severity sla.Severity    // whose term was printed last
}

// maxLine is how long a line may be, in bytes.
const maxLine = 1 << 20

var errNoRequest = errors.New(`want {"request": {...}, "thresholds": [...]} before anything else`)

// read replays a file. An error is about the line whose number it returns.
func (r *replay) read(in io.Reader) (number int, err error) {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine)
	for number = 1; lines.Scan(); number++ {
		text := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), []byte("\ufeff"))) // as some editors begin a file
		if len(text) == 0 || text[0] == '#' {
			continue
		}
		// Each line is answered at once: the file may be a pipe that somebody watches.
		if err := errors.Join(r.line(text), r.out.Flush()); err != nil {
			return number, err
		}
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return number, fmt.Errorf("the line does not end within %d KB", maxLine>>10)
	case err == nil && r.done == nil:
		return number, errNoRequest
	default:
		return number, err
	}
}

// line replays one line.
func (r *replay) line(text []byte) error {
	names, err := input.Names(text)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the line ends too early: want one JSON object")
	} else if err != nil {
		return err
	}
	if r.done == nil {
		if !slices.Contains(names, "request") {
			return errNoRequest
		}
		return r.open(text)
	}
	var event ticket.Event
	look := slices.Equal(names, []string{"look"})
	if look {
		var at string
		if err = input.Object(bytes.NewReader(text), map[string]any{"look": &at}); err == nil {
			if event.At, err = input.Instant(at); err != nil {
				err = fmt.Errorf("look %w", err)
			}
		}
	} else {
		err = event.UnmarshalJSON(text)
	}
	if err != nil {
		return err
	}
	// The clock can be asked about any instant, but an alarm that was acted upon at
	// one cannot be taken back by an event before it.
	if event.At.Before(r.now) {
		return fmt.Errorf("%s is earlier than the line before, at %s", event.At.Format(time.RFC3339Nano), r.now.Format(time.RFC3339Nano))
	}
	what := "look"
	if !look {
		event = terms().SpellEvent(r.clock.Request(), event)
		if r.clock, err = r.clock.Apply(event); err != nil {
			if wrong, ok := errors.AsType[*ticket.EventError](err); ok { // its own text counts events, not lines
				return errors.New(strings.TrimPrefix(err.Error(), fmt.Sprintf("ticket: event %d, ", wrong.Index)))
			}
			return err
		}
		if what = strings.ReplaceAll(string(event.Kind), "-", " "); event.Severity != "" {
			what += " to " + string(event.Severity)
		}
	}
	r.now = event.At.In(r.zone)
	return r.show(what, event.Note)
}

// terms returns the published terms.
var terms = sync.OnceValue(func() *input.Terms { return input.NewTerms(sla.Published()) })

// open begins the replay with the line of the request.
func (r *replay) open(text []byte) error {
	var request sla.Request
	var thresholds []sla.Threshold
	if err := input.Object(bytes.NewReader(text), map[string]any{"request": &request, "thresholds": &thresholds}); err != nil {
		return err
	}
	request, err := terms().Spell(request)
	if err != nil {
		return err
	}
	if r.clock, err = ticket.NewClock(terms().Catalog, request); err != nil {
		return err
	}
	if r.clock, err = r.clock.WithThresholds(thresholds...); err != nil {
		return err
	}
	q := r.clock.Request()
	if r.zone == nil {
		r.zone = time.UTC
		if t, err := terms().Catalog.Term(q); err == nil {
			r.zone = t.Calendar.Zone()
		}
	}
	r.now, r.done = q.Opened.In(r.zone), map[string]bool{}
	return r.show(fmt.Sprintf("opened: %v, plan %v, %v", q.Moniker, q.Plan, q.Category), "")
}
