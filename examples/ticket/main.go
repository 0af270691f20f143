// Ticket replays the life of a support request. After the opening and after each event it
// prints the status of every commitment, the alarms to act on, and what comes next:
//
//	go run ./examples/ticket examples/ticket/germany.jsonl
//	go run ./examples/ticket -catalog examples/ticket/desk.json examples/ticket/desk.jsonl
//	go run ./examples/ticket -brief -zone America/New_York - < life.jsonl
//
// At the end it prints the cycles that are over, explains each due time, and draws the
// ticket day by day. -brief leaves out the explanations and the drawing; -svg writes the
// drawing to a file.
//
// A file has one JSON object a line. The first is the request. It can add alarms to those of
// the catalog. The others are events, and instants at which to look although nothing
// happened:
//
//	{"request": {"moniker": "o365-germany", "category": "technical", "severity": "B", "opened": "2024-03-28T15:00:00+01:00"}, "alarms": ["50%", "-30m", "breach"]}
//	{"id": "17", "at": "2024-03-28T16:00:00+01:00", "word": "paused", "note": "asked for the log"}
//	{"at": "2024-03-28T16:30:00+01:00", "severity": "A"}
//	{"look": "2024-03-29T12:00:00+01:00"}
//
// An event with an earlier instant than a line before it is told late: it takes effect at its
// own instant, and the program prints which alarms it withdraws. An event with the ID of an
// earlier one changes nothing.
//
// The program skips empty lines and those that begin with #. It keeps the keys of the alarms
// it has acted on, as a backend would, and so prints each alarm once.
//
// The exit status is 1 for a wrong line, which ends the replay, and 2 for wrong flags, a wrong
// catalog, and a file that cannot be opened.
package main

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // so that it runs on a machine without zone data

	"github.com/duetime/duetime/calendar"
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
	catalog := flags.String("catalog", input.Published, "a file with a catalog of your own as JSON, or published for the published terms")
	zone := flags.String("zone", "", "the zone of all times printed, such as Europe/Berlin (default: that of the first term's calendar)")
	flags.BoolVar(&r.fold, "fold", true, "fold the quiet stretches of the explanations")
	flags.BoolVar(&r.brief, "brief", false, "leave out the explanations and the timeline")
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
	files := input.Files{Stdin: stdin}
	c, err := files.Catalog(*catalog)
	if err != nil {
		return usage(firstOf(err))
	}
	r.terms = input.NewTerms(c)
	in, name, err := files.Open(cmp.Or(flags.Arg(0), "-"))
	if err != nil {
		return usage(err)
	}
	defer in.Close()
	if line, err := r.read(in); err != nil {
		// Each line is JSON by itself, so that the place in it begins with line 1.
		fmt.Fprintf(stderr, "ticket: %s:%d: %s\n", name, line, input.Line(strings.TrimPrefix(err.Error(), "line 1, ")))
		return exitBad
	}
	if err := r.end(*picture); err != nil {
		return usage(err)
	}
	return 0
}

// replay is a ticket and what has been done about it.
type replay struct {
	out         *bufio.Writer
	terms       *input.Terms
	zone        *time.Location
	fold, brief bool

	opened bool
	ticket ticket.Ticket
	now    time.Time // the latest instant so far
	acted  []string  // the keys of the alarms acted on
}

// maxLine is how long a line may be, in bytes.
const maxLine = 1 << 20

var errNoRequest = errors.New(`want {"request": {...}, "alarms": [...]} before anything else`)

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
	case err == nil && !r.opened:
		return number, errNoRequest
	default:
		return number, err
	}
}

// line replays one line.
func (r *replay) line(text []byte) error {
	names, err := input.Names(text)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the line ends too early: want one JSON object")
	case err != nil:
		return err
	case r.opened && slices.Equal(names, []string{"look"}):
		return r.look(text)
	case r.opened:
		return r.tell(text)
	case slices.Contains(names, "request"):
		return r.open(text)
	}
	return errNoRequest
}

// open begins the replay with the line of the request.
func (r *replay) open(text []byte) error {
	var request sla.Request
	var alarms []sla.Threshold
	if err := input.Object(bytes.NewReader(text), map[string]any{"request": &request, "alarms": &alarms}); err != nil {
		return err
	}
	request, err := r.terms.Spell(request)
	if err != nil {
		return err
	}
	catalog, err := withAlarms(r.terms.Catalog, alarms)
	if err != nil {
		return err
	}
	if r.ticket, err = ticket.Open(catalog, request); err != nil {
		return err
	}
	request = r.ticket.Request()
	for _, e := range r.ticket.Explain(request.Opened) {
		if c := e.Term.Calendar; c != nil && r.zone == nil {
			r.zone = c.Zone()
		}
	}
	r.zone = cmp.Or(r.zone, time.UTC)
	r.opened, r.now = true, request.Opened.In(r.zone)
	what := fmt.Sprintf("opened: %s, plan %s, %s, severity %s", request.Moniker, request.Plan, request.Category, request.Severity)
	return r.show(strings.Replace(what, ", plan ,", ",", 1))
}

// withAlarms returns a catalog with more alarms in each of its terms.
func withAlarms(c *sla.Catalog, alarms []sla.Threshold) (*sla.Catalog, error) {
	if len(alarms) == 0 {
		return c, nil
	}
	var policies []sla.Policy
	for p := range c.Policies() {
		for i := range p.Terms {
			list := &p.Terms[i].Thresholds
			for _, alarm := range alarms {
				if !slices.Contains(*list, alarm) {
					*list = append(*list, alarm)
				}
			}
		}
		policies = append(policies, p)
	}
	with, err := sla.NewCatalog(c.Version(), policies...)
	if err != nil {
		return nil, firstOf(err)
	}
	return with, nil
}

// firstOf returns the first line of an error about a catalog, which can have many faults.
func firstOf(err error) error {
	first, others, more := strings.Cut(err.Error(), "\n")
	if !more {
		return err
	}
	return fmt.Errorf("%s (first of %d faults)", first, strings.Count(others, "\n")+2)
}

// look shows the ticket at an instant.
func (r *replay) look(text []byte) error {
	var at string
	if err := input.Object(bytes.NewReader(text), map[string]any{"look": &at}); err != nil {
		return err
	}
	now, err := input.Instant(at)
	if err != nil {
		return fmt.Errorf("look %w", err)
	}
	if _, err := calendar.AlwaysOpen().NextOpen(now); err != nil {
		return fmt.Errorf("look %q: want one of the years 1900 to 2199", at)
	}
	if now.Before(r.now) {
		return fmt.Errorf("look %q: want an instant at or after the lines before, %s", at, r.now.Format(time.RFC3339Nano))
	}
	r.now = now.In(r.zone)
	return r.show("look")
}

// tell applies an event to the ticket.
func (r *replay) tell(text []byte) error {
	var event ticket.Event
	if err := event.UnmarshalJSON(text); err != nil {
		return err
	}
	event = r.terms.SpellEvent(r.ticket.RequestAt(event.At), event)
	after, err := r.ticket.Apply(event)
	if wrong, ok := errors.AsType[*ticket.EventError](err); ok { // its own text counts events, not lines
		return fmt.Errorf("%s: %w", wrong.Event, wrong.Err)
	} else if err != nil {
		return err
	}
	_, what, _ := strings.Cut(event.String(), " ") // without the instant
	switch at := event.At.In(r.zone); {
	case len(after.Events()) == len(r.ticket.Events()):
		what = "told again: " + what
	case at.Before(r.now):
		what = "told late, for " + stamp(at) + ": " + what
	default:
		r.now = at
	}
	r.ticket = after
	return r.show(what)
}
