// Due tells when the first response to a support request is due, for one request
// given by flags or for a file of them:
//
//	go run ./examples/due -moniker o365-21vianet -severity B -opened 2020-05-27T20:00:00+08:00
//	go run ./examples/due examples/due/tickets.csv
//	go run ./examples/due - < tickets.csv > due.csv
//
// With -explain, it also shows each day from the opening to the due time, with the
// hours and holidays between them, and with -svg it draws that into a file:
//
//	go run ./examples/due -explain -svg due.svg -moniker o365-germany -severity C -opened 2024-03-27T18:00:00+01:00
//
// A file is CSV with a header that names some of id, moniker, category, plan,
// severity, opened, country and metric in any order; other columns are passed through.
// What a column would say is taken from the flag of its name where the column is
// missing or its cell empty. The rows are streamed out in constant memory, with
// start, due, target, basis and error added; times have the offset of the opening.
//
// A row that cannot be answered keeps its place, with the reason in its error
// column; the exit status is then 1, and standard error says how many such rows
// there are. That the publisher makes no commitment is an answer: it stands in the
// error column too, and does not count.
//
// With -catalog, requests are judged by the catalog in a file, as sla.ParseCatalog reads
// it. Its severities and categories can be given by their synonyms, monikers and plans in
// any case:
//
//	go run ./examples/due -catalog examples/catalog/acme.json -moniker acme -plan gold -severity B -opened 2026-07-14T16:00:00+02:00
//
// What is wrong with the catalog is printed one fault a line, as file:line:column.
//
// The exit status is 2 where nothing can be computed at all: for wrong flags, or
// for a file that cannot be read to its end, or is no catalog.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
	_ "time/tzdata" // so that it runs on a machine without zone data

	"github.com/duetime/duetime/examples/internal/input"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
	"github.com/duetime/duetime/sla/timeline"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

const (
	exitBad   = 1 // a request or a row of the file is wrong
	exitUsage = 2
)

// run is main with everything it touches passed in.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var in input.Request
	flags := flag.NewFlagSet("due", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: due -moniker M -severity S -opened T [flags]\n       due [flags] tickets.csv    (- for standard input)")
		flags.PrintDefaults()
	}
	flags.StringVar(&in.Moniker, "moniker", "", "one of the catalog, such as o365-worldwide, o365-21vianet or o365-germany")
	flags.StringVar(&in.Severity, "severity", "", "one of the catalog, such as A, B or C, or a synonym such as high")
	flags.StringVar(&in.Opened, "opened", "", "when the request was opened, as 2020-05-27T20:00:00+08:00")
	flags.StringVar(&in.Category, "category", "", "one of the catalog, such as technical, billing or pre-sales (default: the first)")
	flags.StringVar(&in.Plan, "plan", "", "one of the catalog, such as enterprise or standard (default: that of the moniker)")
	flags.StringVar(&in.Country, "country", "", "where the customer is, as an ISO 3166-1 alpha-2 code such as US")
	flags.StringVar(&in.Metric, "metric", "", "what is to be due, such as resolution, where the catalog has it (default first-response)")
	catalog := flags.String("catalog", input.Published, "a file with a catalog of your own as JSON, or published for the published terms")
	zone := flags.String("zone", "Local", "the caller's zone, in which times are shown beside the region's")
	asJSON := flags.Bool("json", false, "print one request as JSON")
	var view view
	flags.BoolVar(&view.text, "explain", false, "show day by day how one request comes to its due time")
	flags.StringVar(&view.svg, "svg", "", "a file for a picture of that, as SVG")
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
	files := input.Files{Stdin: stdin}
	c, err := files.Catalog(*catalog)
	if bad, ok := errors.AsType[*input.Faults](err); ok {
		fmt.Fprintln(stderr, bad)
		return exitUsage
	} else if err != nil {
		return usage(err)
	}
	terms := input.NewTerms(c)
	switch flags.NArg() {
	case 0:
		if *asJSON && view.text {
			return usage(errors.New("-explain is for people: want it without -json"))
		}
		caller, err := input.Zone(*zone)
		if err != nil {
			return usage(err)
		}
		if in.Moniker == "" && in.Severity == "" && in.Opened == "" {
			flags.Usage()
			return exitUsage
		}
		d, err := terms.Deadline(in)
		if err != nil {
			fmt.Fprintf(stderr, "due: %v\n", err)
			return exitBad
		}
		if *asJSON {
			err = printJSON(stdout, d)
		} else {
			err = printText(stdout, d, caller)
		}
		if err == nil {
			err = view.show(stdout, d, caller)
		}
		if err != nil {
			return usage(err)
		}
		return 0
	case 1:
		for name, given := range map[string]bool{"json": *asJSON, "explain": view.text, "svg": view.svg != ""} {
			if given {
				return usage(fmt.Errorf("-%s is for one request, not for a file", name))
			}
		}
		requests, _, err := files.Open(flags.Arg(0))
		if err != nil {
			return usage(err)
		}
		defer requests.Close()
		counts, err := file(requests, stdout, terms, in, progressOn(stderr))
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

// ownCatalog returns the version of a deadline's catalog, or "" if it is of the published
// terms.
func ownCatalog(d sla.Deadline) string {
	if d.Catalog == sla.Published().Version() {
		return ""
	}
	return d.Catalog
}

// zoneOf returns the zone of the region's desk, which is that of the hours unless
// these are round the clock in no particular zone.
func zoneOf(d sla.Deadline) *time.Location {
	if name, err := d.Request.Moniker.Zone(d.Request.Country); err == nil {
		if zone, err := time.LoadLocation(name); err == nil {
			return zone
		}
	}
	return d.Term.Calendar.Zone()
}

// printText prints a deadline so that a person can check it.
func printText(w io.Writer, d sla.Deadline, caller *time.Location) error {
	const layout = "Mon 2006-01-02 15:04:05.999999999 -07:00"
	r, t, zone := d.Request, d.Term, zoneOf(d)
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	line := func(label, format string, args ...any) {
		fmt.Fprintf(tw, "%s\t%s\n", label, input.Line(fmt.Sprintf(format, args...)))
	}
	of := []string{string(r.Moniker)}
	if r.Plan != "" {
		of = append(of, "plan "+string(r.Plan))
	}
	request := fmt.Sprintf("%s, %v, severity %v", strings.Join(of, ", "), r.Category, r.Severity)
	if where, err := region.Lookup(r.Moniker); err == nil { // a catalog may have others
		request += " (" + where.Name + ")"
	}
	line("request", "%s", request)
	line("target", "%v, %v", t.Target, t.Metric)
	union, intersection := t.Calendar.UnionOf(), t.Calendar.IntersectionOf()
	from, less := t.Calendar.SubtractionOf()
	if parts := slices.Concat(union, intersection, less); parts != nil {
		how := "the union of"
		switch {
		case intersection != nil:
			how = "the intersection of"
		case from != nil:
			how = from.String() + ", without"
		}
		name := ""
		if t.Calendar.Name() != "" { // a calendar that is written out in a term has none
			name = t.Calendar.Name() + ", "
		}
		line("hours", "%s%s", name, how)
		for _, part := range parts {
			line("", "%v", part)
		}
	} else {
		line("hours", "%s %v%s", t.Calendar.Hours(), t.Calendar.Zone(), holidaysOf(d))
	}
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
		line("note", "provisional: the holidays of a year up to the due time can still change")
	}
	if own := ownCatalog(d); own != "" {
		since := ""
		if !d.InForceSince.IsZero() {
			since = ", policy in force since " + d.InForceSince.Format(time.RFC3339)
		}
		line("catalog", "%s%s", own, since)
	}
	line("basis", "%v", t.Basis)
	for _, text := range []struct{ label, text string }{{"source", t.Source}, {"follow-up", t.FollowUp}, {"customer", t.Duties}} {
		if text.text != "" {
			line(text.label, "%s", text.text)
		}
	}
	return tw.Flush()
}

// view says how else to show an answer.
type view struct {
	text bool
	svg  string // a file
}

// show shows the days up to a due time in the zone of the desk, with the hours of the
// caller beside them.
func (v view) show(w io.Writer, d sla.Deadline, caller *time.Location) error {
	clock, err := ticket.Of(d)
	if err != nil {
		return err
	}
	explained := clock.Explain(d.Request.Opened)
	o := timeline.Options{Zone: zoneOf(d)}
	if caller.String() != o.Zone.String() {
		o.Second = caller
	}
	if v.text {
		fmt.Fprintln(w) // to a writer whose errors the next line has, too
		if err := timeline.Text(w, explained, o); err != nil {
			return err
		}
	}
	if v.svg == "" {
		return nil
	}
	var b bytes.Buffer
	if err := timeline.SVG(&b, explained, o); err != nil {
		return err
	}
	return os.WriteFile(v.svg, b.Bytes(), 0o644)
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
		Catalog     string          `json:"catalog,omitempty"`
		Moniker     region.Moniker  `json:"moniker"`
		Plan        sla.Plan        `json:"plan"`
		Category    region.Category `json:"category"`
		Severity    sla.Severity    `json:"severity"`
		Country     string          `json:"country,omitempty"`
		Zone        string          `json:"zone"`
		Opened      time.Time       `json:"opened"`
		Start       time.Time       `json:"start"`
		Due         time.Time       `json:"due"`
		Provisional bool            `json:"provisional,omitempty"`
		Metric      sla.Metric      `json:"metric"`
		Target      sla.Target      `json:"target"`
		Hours       string          `json:"hours"`
		Basis       sla.Basis       `json:"basis"`
		Source      string          `json:"source,omitempty"`
		FollowUp    string          `json:"follow_up,omitempty"`
		Duties      string          `json:"duties,omitempty"`
	}{
		ownCatalog(d), r.Moniker, r.Plan, r.Category, r.Severity, r.Country, zone.String(), r.Opened.In(zone), d.Start.In(zone), d.Due.In(zone),
		d.Provisional, t.Metric, t.Target, t.Calendar.String(), t.Basis, t.Source, t.FollowUp, t.Duties,
	})
}
