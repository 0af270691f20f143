// Due tells when the first response to a support request is due, for one request
// given by flags or for a file of them:
//
//	go run ./examples/due -moniker o365-21vianet -severity B -opened 2020-05-27T20:00:00+08:00
//	go run ./examples/due examples/due/tickets.csv
//	go run ./examples/due - < tickets.csv > due.csv
//
// A file is CSV with a header that names some of id, moniker, category, plan,
// severity, opened and country in any order; other columns are passed through.
// What a column would say is taken from the flag of its name where the column is
// missing or its cell empty. The rows are streamed out in constant memory, with
// start, due, target, basis and error added; times have the offset of the opening.
//
// A row that cannot be answered keeps its place, with the reason in its error
// column; the exit status is then 1, and standard error says how many such rows
// there are. That the publisher makes no commitment is an answer: it stands in the
// error column too, and does not count.
//
// The exit status is 2 where nothing can be computed at all: for wrong flags, or
// for a file that cannot be read to its end.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"
	_ "time/tzdata" // so that it runs on a machine without zone data

	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

const (
	exitBad   = 1 // a request or a row of the file is wrong
	exitUsage = 2
)

// run is main with everything it touches passed in.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var in request
	flags := flag.NewFlagSet("due", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: due -moniker M -severity S -opened T [flags]\n       due [flags] tickets.csv    (- for standard input)")
		flags.PrintDefaults()
	}
	flags.StringVar(&in.moniker, "moniker", "", "o365-worldwide, o365-21vianet or o365-germany")
	flags.StringVar(&in.severity, "severity", "", "A, B or C")
	flags.StringVar(&in.opened, "opened", "", "when the request was opened, as 2020-05-27T20:00:00+08:00")
	flags.StringVar(&in.category, "category", "technical", "technical, billing or pre-sales")
	flags.StringVar(&in.plan, "plan", "", "advanced, standard, business, enterprise or elevated (default: that of the moniker)")
	flags.StringVar(&in.country, "country", "", "where the customer is, as an ISO 3166-1 alpha-2 code such as US")
	zone := flags.String("zone", "Local", "the caller's zone, in which times are shown beside the region's")
	asJSON := flags.Bool("json", false, "print one request as JSON")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return exitUsage
	}
	usage := func(err error) int {
		fmt.Fprintf(stderr, "due: %v\n", err)
		return exitUsage
	}
	switch flags.NArg() {
	case 0:
		caller, err := time.LoadLocation(*zone)
		if err != nil {
			return usage(fmt.Errorf("unknown zone %q: want a name such as Europe/Berlin", *zone))
		}
		if in.moniker == "" && in.severity == "" && in.opened == "" {
			flags.Usage()
			return exitUsage
		}
		d, err := in.deadline()
		if err != nil {
			fmt.Fprintf(stderr, "due: %v\n", err)
			return exitBad
		}
		if *asJSON {
			err = printJSON(stdout, d)
		} else {
			err = printText(stdout, d, caller)
		}
		if err != nil {
			return usage(err)
		}
		return 0
	case 1:
		if *asJSON {
			return usage(errors.New("-json is for one request, not for a file"))
		}
		input := stdin
		if name := flags.Arg(0); name != "-" {
			f, err := os.Open(name)
			if err != nil {
				return usage(err)
			}
			defer f.Close()
			input = f
		}
		counts, err := file(input, stdout, in, progressOn(stderr))
		if err != nil {
			return usage(err)
		}
		if counts.bad > 0 {
			fmt.Fprintf(stderr, "due: rows that could not be answered: %d of %d\n", counts.bad, counts.rows)
			return exitBad
		}
		return 0
	}
	return usage(fmt.Errorf("%d files: want one, or - for standard input", flags.NArg()))
}

// request is a request as text, from flags or from a row.
type request struct{ moniker, category, plan, severity, opened, country string }

func (in request) deadline() (sla.Deadline, error) {
	var r sla.Request
	var err error
	if r.Moniker, err = region.ParseMoniker(in.moniker); err != nil {
		return sla.Deadline{}, err
	}
	if r.Category, err = region.ParseCategory(in.category); err != nil {
		return sla.Deadline{}, err
	}
	if r.Plan, err = sla.ParsePlan(in.plan); err != nil {
		return sla.Deadline{}, err
	}
	if r.Severity, err = sla.ParseSeverity(in.severity); err != nil {
		return sla.Deadline{}, err
	}
	if r.Opened, err = time.Parse(time.RFC3339, in.opened); err != nil {
		return sla.Deadline{}, fmt.Errorf("opened %q: want a time with its offset, such as 2020-05-27T20:00:00+08:00", in.opened)
	}
	r.Country = strings.ToUpper(strings.TrimSpace(in.country))
	return sla.Published().Deadline(r)
}

// zoneOf returns the zone of the region's desk, which is that of the hours unless
// these are round the clock in no particular zone.
func zoneOf(d sla.Deadline) *time.Location {
	r, err := region.Lookup(d.Request.Moniker)
	if err == nil {
		if zone, err := r.Zone(d.Request.Country); err == nil {
			return zone
		}
	}
	return d.Term.Calendar.Zone()
}

// printText prints a deadline so that a person can check it.
func printText(w io.Writer, d sla.Deadline, caller *time.Location) error {
	const layout = "Mon 2006-01-02 15:04:05.999999999 -07:00"
	r, t, zone := d.Request, d.Term, zoneOf(d)
	where, err := region.Lookup(r.Moniker)
	if err != nil {
		return err
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	line := func(label, format string, args ...any) {
		fmt.Fprintf(tw, "%s\t%s\n", label, fmt.Sprintf(format, args...))
	}
	line("request", "%v, plan %v, %v, severity %v (%s)", r.Moniker, r.Plan, r.Category, r.Severity, where.Name())
	line("target", "%v, %v", t.Target, t.Metric)
	line("hours", "%s %v%s", t.Calendar.Hours(), t.Calendar.Zone(), holidaysOf(d))
	tw.Flush()
	fmt.Fprintln(w)
	fmt.Fprintf(tw, "\t%v\t%v\n", zone, caller)
	for _, row := range []struct {
		label string
		t     time.Time
	}{{"opened", r.Opened}, {"started", d.Start}, {"due", d.Due}} {
		fmt.Fprintf(tw, "%s\t%s\t%s\n", row.label, row.t.In(zone).Format(layout), row.t.In(caller).Format(layout))
	}
	tw.Flush()
	fmt.Fprintln(w)
	if d.Provisional {
		line("note", "provisional: the holidays of a year up to the due time are not settled")
	}
	line("basis", "%v", t.Basis)
	line("source", "%s", t.Source)
	if t.FollowUp != "" {
		line("follow-up", "%s", t.FollowUp)
	}
	line("customer", "%s", t.Duties)
	return tw.Flush()
}

func holidaysOf(d sla.Deadline) string {
	var codes []string
	for _, s := range d.Term.Calendar.HolidaySets() {
		codes = append(codes, s.Code())
	}
	if codes == nil {
		return ", no holidays"
	}
	return ", holidays " + strings.Join(codes, ", ")
}

// printJSON prints a deadline as one object.
func printJSON(w io.Writer, d sla.Deadline) error {
	r, t, zone := d.Request, d.Term, zoneOf(d)
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(struct {
		Moniker  region.Moniker  `json:"moniker"`
		Plan     sla.Plan        `json:"plan"`
		Category region.Category `json:"category"`
		Severity sla.Severity    `json:"severity"`
		Country  string          `json:"country,omitempty"`
		Zone     string          `json:"zone"`
		Opened   time.Time       `json:"opened"`
		Start    time.Time       `json:"start"`
		Due      time.Time       `json:"due"`
		Settled  bool            `json:"holidays_settled"`
		Metric   sla.Metric      `json:"metric"`
		Target   sla.Target      `json:"target"`
		Hours    string          `json:"hours"`
		Basis    sla.Basis       `json:"basis"`
		Source   string          `json:"source"`
		FollowUp string          `json:"follow_up,omitempty"`
		Duties   string          `json:"duties"`
	}{
		r.Moniker, r.Plan, r.Category, r.Severity, r.Country, zone.String(), r.Opened.In(zone), d.Start.In(zone), d.Due.In(zone),
		!d.Provisional, t.Metric, t.Target, t.Calendar.String(), t.Basis, t.Source, t.FollowUp, t.Duties,
	})
}
