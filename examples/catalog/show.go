package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"unicode"
	"unicode/utf8"
)

// document is a catalog as its canonical JSON has it, which is more than requests
// can ask of one: calendars by name, and the reasons for what is not promised.
type document struct {
	Version   string
	Extends   string
	Calendars map[string]desk
	Policies  []policy
}

type desk struct {
	Zone, Hours         string
	Holidays            []string
	Days                []day
	Years               struct{ First, Last int } // of Days; zero for all
	Union, Intersection []string
}

type day struct {
	MakeUp bool `json:"make_up"`
}

type policy struct {
	Moniker, Plan  string
	Default        bool
	From, Until    string
	SeverityChange string `json:"severity_change"`
	Reopening      string
	Terms          []term
}

type term struct {
	Metric                 string
	Categories, Severities []string
	Target, Calendar       string
	Alarms                 []string
	FollowUp               string `json:"follow_up"`
	Duties                 string
	None, Highest, Reason  string
	Source, Basis          string
}

// show prints a catalog for people, or in its canonical form.
func (p *program) show(args []string) int {
	canonical := p.flags.Bool("canonical", false, "print the JSON that is written for the catalog")
	if status, ok := p.parse(args); !ok {
		return status
	}
	if p.flags.NArg() != 1 {
		return p.fail(fmt.Errorf("%d files: want one to show", p.flags.NArg()))
	}
	c, err := p.files.Catalog(p.flags.Arg(0))
	if err != nil {
		return p.fail(err)
	}
	text, err := c.MarshalJSON()
	if err != nil {
		return p.fail(err)
	}
	if *canonical {
		p.stdout.Write(text)
		return 0
	}
	var d document
	if err := json.Unmarshal(text, &d); err != nil {
		return p.fail(err)
	}
	p.wrap("catalog "+d.Version, "  ")
	if d.Extends != "" {
		fmt.Fprintf(p.stdout, "extends %s: see show published\n", d.Extends)
	}
	p.desks(d.Calendars)
	for _, policy := range d.Policies {
		p.policy(policy)
	}
	return 0
}

// table returns what aligns cells, which end with tabs.
func (p *program) table() *tabwriter.Writer { return tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0) }

// desks prints the calendars: first those of a zone, then those made of others.
func (p *program) desks(desks map[string]desk) {
	if len(desks) == 0 {
		return
	}
	fmt.Fprintln(p.stdout)
	tw := p.table()
	line(tw, "calendar", "hours", "zone", "holidays", "own days (years)")
	var combined []string
	for _, name := range slices.Sorted(maps.Keys(desks)) {
		d := desks[name]
		switch {
		case d.Union != nil:
			combined = append(combined, fmt.Sprintf("%s: open when any is of %s", name, strings.Join(d.Union, " | ")))
			continue
		case d.Intersection != nil:
			combined = append(combined, fmt.Sprintf("%s: open when all are of %s", name, strings.Join(d.Intersection, " & ")))
			continue
		}
		line(tw, name, d.Hours, d.Zone, cmp.Or(strings.Join(d.Holidays, ", "), "-"), d.own())
	}
	tw.Flush()
	for _, line := range combined {
		p.wrap(line, "  ")
	}
}

// own counts the days that a calendar has of its own, with the years that they are
// all of if it says so.
func (d desk) own() string {
	makeUp := 0
	for _, day := range d.Days {
		if day.MakeUp {
			makeUp++
		}
	}
	text := fmt.Sprintf("%d closed", len(d.Days)-makeUp)
	if makeUp > 0 {
		text += fmt.Sprintf(", %d made up", makeUp)
	}
	switch y := d.Years; {
	case y.Last == 0 && d.Days == nil:
		return "-"
	case y.Last == 0:
		return text
	case y.First == y.Last:
		return fmt.Sprintf("%s (%d)", text, y.First)
	default:
		return fmt.Sprintf("%s (%d-%d)", text, y.First, y.Last)
	}
}

// policy prints what a policy promises: a line for each metric and category, with
// a column for each severity, and the sources and reasons as notes.
func (p *program) policy(q policy) {
	title := q.Moniker
	if q.Plan != "" {
		title += ", plan " + q.Plan
	}
	if q.Default {
		title += " (default)"
	}
	if q.From != "" {
		title += ", from " + q.From
	}
	if q.Until != "" {
		title += ", until " + q.Until
	}
	fmt.Fprintln(p.stdout)
	p.wrap(title, "  ")
	fmt.Fprintf(p.stdout, "on a change of severity: %s; when reopened: %s\n", cmp.Or(q.SeverityChange, "from-opening"), cmp.Or(q.Reopening, "continue"))

	var notes []string
	var metrics []string
	for _, t := range q.Terms {
		if !slices.Contains(metrics, t.Metric) {
			metrics = append(metrics, t.Metric)
		}
	}
	tw := p.table()
	line(tw, "metric", "category", "A", "B", "C")
	for _, metric := range metrics {
		for _, category := range []string{"technical", "billing", "pre-sales"} {
			terms, alarms := []string{cmp.Or(metric, "first-response"), category}, []string{"", "  alarms"}
			for _, severity := range []string{"A", "B", "C"} {
				i := slices.IndexFunc(q.Terms, func(t term) bool {
					return t.Metric == metric && slices.Contains(t.Categories, category) && slices.Contains(t.Severities, severity)
				})
				if i < 0 {
					terms, alarms = append(terms, "-"), append(alarms, "-")
					continue
				}
				t := q.Terms[i]
				terms, alarms = append(terms, t.promise()+noteOf(&notes, t.note())), append(alarms, cmp.Or(strings.Join(t.Alarms, ", "), "-"))
			}
			for _, cells := range [][]string{terms, alarms} {
				if strings.Join(cells[2:], "") != "---" {
					line(tw, cells...)
				}
			}
		}
	}
	tw.Flush()
	for i, note := range notes {
		p.wrap(fmt.Sprintf("[%d] %s", i+1, note), "    ")
	}
}

// promise returns what a term promises, in a few words.
func (t term) promise() string {
	switch t.None {
	case "not-offered":
		return "not offered"
	case "no-commitment":
		return "no commitment"
	}
	target := t.Target
	if t.Basis != "" && t.Basis != "custom" {
		target += " " + t.Basis
	}
	return target + ", " + t.Calendar
}

// note returns what else a term says.
func (t term) note() string {
	var parts []string
	for _, part := range []struct{ label, text string }{
		{"", t.Reason},
		{"highest: ", t.Highest},
		{"follow-up: ", t.FollowUp},
		{"customer: ", t.Duties},
		{"source: ", t.Source},
	} {
		if part.text != "" {
			parts = append(parts, part.label+part.text)
		}
	}
	return strings.Join(parts, "; ")
}

// noteOf returns the mark of a note, which it adds to the notes if it is new.
func noteOf(notes *[]string, note string) string {
	if note == "" {
		return ""
	}
	i := slices.Index(*notes, note)
	if i < 0 {
		i = len(*notes)
		*notes = append(*notes, note)
	}
	return fmt.Sprintf(" [%d]", i+1)
}

// line prints the cells of a table.
func line(w io.Writer, cells ...string) error {
	for i, c := range cells {
		cells[i] = plain(c)
	}
	_, err := fmt.Fprintln(w, strings.Join(cells, "\t"))
	return err
}

// plain returns a text without what would break a line or steer a terminal.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
}

// wrap prints a text in lines of some 100 columns, or of one longer word, those
// after the first indented.
func (p *program) wrap(text, indent string) {
	const width = 100
	line := ""
	for word := range strings.FieldsSeq(plain(text)) {
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line+" "+word) > width:
			fmt.Fprintln(p.stdout, line)
			line = indent + word
		default:
			line += " " + word
		}
	}
	fmt.Fprintln(p.stdout, line)
}
