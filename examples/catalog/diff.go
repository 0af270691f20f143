package main

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/duetime/duetime/examples/internal/input"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
)

// diff prints which requests change from one catalog to another, and how many.
func (p *program) diff(args []string) int {
	zone := p.flags.String("zone", "", "the zone of all times, such as Europe/Berlin (default: the offset of each opening)")
	asCSV := p.flags.Bool("csv", false, "print the changes as CSV, and their count on standard error")
	if status, ok := p.parse(args); !ok {
		return status
	}
	if p.flags.NArg() != 3 {
		return p.fail(fmt.Errorf("%d files: want OLD, NEW and TICKETS.csv", p.flags.NArg()))
	}
	var in *time.Location
	if *zone != "" {
		var err error
		if in, err = input.Zone(*zone); err != nil {
			return p.fail(err)
		}
	}
	old, err := p.files.Catalog(p.flags.Arg(0))
	if err != nil {
		return p.fail(err)
	}
	edited, err := p.files.Catalog(p.flags.Arg(1))
	if err != nil {
		return p.fail(err)
	}
	file, name, err := p.files.Open(p.flags.Arg(2))
	if err != nil {
		return p.fail(err)
	}
	defer file.Close()
	rows, err := input.NewReader(file, input.Request{})
	if err != nil {
		return p.fail(fmt.Errorf("%s: %w", name, err))
	}

	var out printer = &tablePrinter{w: p.table()}
	report := io.Writer(p.stdout)
	if *asCSV {
		out, report = newCSVPrinter(p.stdout), p.stderr
	}
	t := tickets{rows: rows, old: input.NewTerms(old), edited: input.NewTerms(edited), bad: func(line int, err error) {
		fmt.Fprintf(p.stderr, "%s:%d: %s\n", name, line, strings.ReplaceAll(err.Error(), "\n", "; "))
	}}
	var n counts
	for change := range sla.Compare(old, edited, t.requests()) {
		n.add(change)
		if err := out.change(t.id, change, in); err != nil {
			return p.fail(err)
		}
	}
	if err := out.flush(); err != nil {
		return p.fail(err)
	}
	if t.end != nil {
		return p.fail(fmt.Errorf("%s: %w", name, t.end))
	}
	fmt.Fprintf(report, "%d of %d requests change: %v\n", n.all, t.judged, n)
	if t.unread > 0 {
		fmt.Fprintf(p.stderr, "catalog: rows that could not be judged: %d of %d\n", t.unread, t.unread+t.judged)
		return exitBad
	}
	return 0
}

// tickets are the requests of a file.
type tickets struct {
	rows        *input.Reader
	old, edited *input.Terms
	bad         func(line int, err error)

	id             string // of the request that was handed out last
	judged, unread int
	end            error // why the file was not read to its end, if so
}

// requests returns those that can be judged by either catalog, and reports the other
// rows as bad.
func (t *tickets) requests() iter.Seq[sla.Request] {
	return func(yield func(sla.Request) bool) {
		for row := range t.rows.Rows() {
			if row.End != nil {
				t.end = row.End
				return
			}
			var r sla.Request
			err := row.Err
			if err == nil {
				r, err = t.request(t.rows.Request(row.Fields))
			}
			if err != nil {
				t.unread++
				t.bad(row.Line, err)
				continue
			}
			t.judged++
			t.id = t.rows.ID(row.Fields)
			if !yield(r) {
				return
			}
		}
	}
}

// request returns the request of a row, by the names of the new catalog or, if that does
// not know what it asks for, of the old one. The comparison shows what one of them does not
// promise, or does not know.
func (t *tickets) request(in input.Request) (sla.Request, error) {
	r, err := judge(t.edited, in)
	if err != nil {
		if old, before := judge(t.old, in); before == nil {
			return old, nil
		}
	}
	return r, err
}

// judge returns the request that a catalog knows by the texts.
func judge(terms *input.Terms, in input.Request) (sla.Request, error) {
	r, err := terms.Request(in)
	if err == nil {
		_, err = terms.Catalog.Deadline(r)
	}
	if _, reason := errors.AsType[sla.TermError](err); reason { // which the comparison shows
		err = nil
	}
	return r, err
}

// counts says how many requests change, and how.
type counts struct{ all, later, earlier, lost, won, other int }

func (n *counts) add(c sla.Change) {
	n.all++
	switch by := c.By(); {
	case c.OldErr != nil && c.NewErr != nil:
		n.other++
	case c.NewErr != nil:
		n.lost++
	case c.OldErr != nil:
		n.won++
	case by > 0:
		n.later++
	default:
		n.earlier++
	}
}

func (n counts) String() string {
	return fmt.Sprintf("%d later, %d earlier, %d without a term now, %d with one now, %d without one for another reason",
		n.later, n.earlier, n.lost, n.won, n.other)
}

// printer prints changes.
type printer interface {
	change(id string, c sla.Change, in *time.Location) error
	flush() error
}

// tablePrinter prints changes in columns. These are as wide as what has been
// printed at once, which has to be kept until then: so it is no more than a page.
type tablePrinter struct {
	w    *tabwriter.Writer
	rows int
}

const page = 500

func (p *tablePrinter) change(id string, c sla.Change, in *time.Location) error {
	if p.rows%page == 0 {
		if p.rows > 0 {
			p.w.Flush()
			fmt.Fprintln(p.w)
		}
		line(p.w, "id", "request", "old due", "new due", "change")
	}
	p.rows++
	r := c.Request
	request := string(r.Moniker)
	if r.Plan != "" {
		request += ", " + string(r.Plan)
	}
	request += fmt.Sprintf(", %s, %s", categoryOf(c), r.Severity)
	if r.Metric != "" {
		request += ", " + string(r.Metric)
	}
	by := "another reason"
	switch d := c.By(); {
	case d != 0:
		by = map[bool]string{true: "+", false: "-"}[d > 0] + sla.MustParseTarget(d.Abs().String()).String() // 2h, not 2h0m0s
	case c.NewErr != nil && c.OldErr == nil:
		by = "no term now"
	case c.OldErr != nil && c.NewErr == nil:
		by = "a term now"
	}
	return line(p.w, id, request, when(c.Old, c.OldErr, in), when(c.New, c.NewErr, in), by)
}

func (p *tablePrinter) flush() error {
	if p.rows > 0 {
		fmt.Fprintln(p.w)
	}
	return p.w.Flush()
}

// when returns a due time, or in two words why there is none.
func when(d sla.Deadline, err error, in *time.Location) string {
	switch {
	case err == nil:
		return inZone(d.Due, in).Format("Mon 2006-01-02 15:04 -07:00")
	case errors.Is(err, sla.ErrNoCommitment):
		return "no commitment"
	case errors.Is(err, sla.ErrNotOffered):
		return "not offered"
	case errors.Is(err, sla.ErrNotInForce):
		return "not in force"
	}
	return "unknown"
}

// categoryOf returns the category of a request: that of the new catalog if it names none.
func categoryOf(c sla.Change) region.Category {
	return cmp.Or(c.Request.Category, c.New.Request.Category, c.Old.Request.Category)
}

func inZone(t time.Time, zone *time.Location) time.Time {
	if zone == nil {
		return t
	}
	return t.In(zone)
}

// csvPrinter prints changes with the whole reasons where there is no due time.
type csvPrinter struct{ w *csv.Writer }

func newCSVPrinter(w io.Writer) csvPrinter {
	p := csvPrinter{csv.NewWriter(w)}
	p.w.Write([]string{"id", "moniker", "category", "plan", "severity", "opened", "country", "metric", "old_due", "new_due", "by", "old_error", "new_error"})
	return p
}

func (p csvPrinter) change(id string, c sla.Change, in *time.Location) error {
	r := c.Request
	due := func(d sla.Deadline, err error) (at, reason string) {
		if err != nil {
			return "", err.Error()
		}
		return inZone(d.Due, in).Format(time.RFC3339Nano), ""
	}
	oldDue, oldErr := due(c.Old, c.OldErr)
	newDue, newErr := due(c.New, c.NewErr)
	by := ""
	if c.OldErr == nil && c.NewErr == nil {
		by = c.By().String()
	}
	return p.w.Write([]string{
		id, string(r.Moniker), string(categoryOf(c)), string(r.Plan), string(r.Severity),
		inZone(r.Opened, in).Format(time.RFC3339Nano), r.Country, string(r.Metric),
		oldDue, newDue, by, oldErr, newErr,
	})
}

func (p csvPrinter) flush() error {
	p.w.Flush()
	return p.w.Error()
}
