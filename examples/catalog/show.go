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
	"unicode/utf8"

	"github.com/duetime/duetime/examples/internal/input"
	"github.com/duetime/duetime/sla"
)

// document is a catalog as its canonical JSON has it, which is more than requests
// can ask of one: calendars by name, and the reasons for what is not promised.
type document struct {
	Version   string
	Extends   string
	Calendars map[string]desk
	Policies  []policy
	scale
	words
}

// scale is the severities and categories that a catalog or a policy declares.
type scale struct{ Severities, Categories []level }

// level is a name on a scale, with its synonyms.
type level struct {
	Name string
	Also []string
}

// UnmarshalJSON reads a name, or an object with it and its synonyms.
func (l *level) UnmarshalJSON(text []byte) error {
	if text[0] == '"' {
		return json.Unmarshal(text, &l.Name)
	}
	type plain level
	return json.Unmarshal(text, (*plain)(l))
}

// orElse returns the scale, with what it does not declare from another.
func (s scale) orElse(other scale) scale {
	if s.Severities == nil {
		s.Severities = other.Severities
	}
	if s.Categories == nil {
		s.Categories = other.Categories
	}
	return s
}

// usualScale is the scale of a catalog that declares none.
var usualScale = scale{[]level{{Name: "A"}, {Name: "B"}, {Name: "C"}}, []level{{Name: "technical"}, {Name: "billing"}, {Name: "pre-sales"}}}

// desk is a calendar: its name or, if it has none, what it is made of.
type desk struct {
	Name        string `json:"-"`
	Zone, Hours string
	Holidays    []holidays
	days
	Union, Intersection []desk
	Calendar            *desk
	Without             []desk // the hours that are taken from those of Calendar
}

// UnmarshalJSON reads the name of a calendar, or a calendar that is written out.
func (d *desk) UnmarshalJSON(text []byte) error {
	if text[0] == '"' {
		return json.Unmarshal(text, &d.Name)
	}
	type plain desk
	return json.Unmarshal(text, (*plain)(d))
}

// hours are the calendar of a term, or its calendars by country.
type hours struct {
	desk
	countries map[string]desk
}

// UnmarshalJSON reads a calendar, or an object of calendars by country.
func (h *hours) UnmarshalJSON(text []byte) error {
	if err := json.Unmarshal(text, &h.desk); err != nil || h.Name != "" || h.Zone != "" || h.combined() {
		return err
	}
	return json.Unmarshal(text, &h.countries)
}

// holidays is a set of holidays, perhaps without some days or other sets, and with other
// days in some years.
type holidays struct {
	Code    string
	Without []holidays // of a day, the name is the code
	days
}

// UnmarshalJSON reads a code or the name of a day, or an object.
func (s *holidays) UnmarshalJSON(text []byte) error {
	if text[0] == '"' {
		return json.Unmarshal(text, &s.Code)
	}
	type plain holidays
	return json.Unmarshal(text, (*plain)(s))
}

func (s holidays) String() string {
	var differences []string
	if s.Without != nil {
		differences = append(differences, "without "+join(s.Without, ", "))
	}
	if own := s.days.String(); own != "" {
		differences = append(differences, "own days "+own)
	}
	if differences == nil {
		return s.Code
	}
	return s.Code + " (" + strings.Join(differences, "; ") + ")"
}

// days are own days of a calendar, or the days of a set in some years.
type days struct {
	Days  []struct{ Workday bool }
	Years struct{ First, Last int } // zero for all
	Gaps  bool
}

// words are what a catalog or a policy says of the life of tickets.
type words struct {
	Statuses, Happenings []string
	Courses              map[string]course // by metric
}

// course says what the words do to the clock of a metric.
type course struct {
	Start, Stop, Reset, Pause []string
	Reopening, Change         string
}

// String returns what the text says of a course.
func (c course) String() string {
	var parts []string
	for _, list := range []struct {
		what  string
		words []string
	}{{"start", c.Start}, {"stop", c.Stop}, {"reset", c.Reset}, {"pause", c.Pause}} {
		if list.words != nil {
			parts = append(parts, list.what+" "+cmp.Or(strings.Join(list.words, ", "), "never"))
		}
	}
	if c.Change != "" {
		parts = append(parts, "on a change "+c.Change)
	}
	if c.Reopening != "" {
		parts = append(parts, "when reopened "+c.Reopening)
	}
	return cmp.Or(strings.Join(parts, "; "), "as usual")
}

// words prints the words of a catalog or a policy, and what they do.
func (p *program) words(w words) {
	if w.Statuses != nil {
		p.wrap("statuses: "+strings.Join(w.Statuses, ", "), "  ")
	}
	if w.Happenings != nil {
		p.wrap("happenings: "+strings.Join(w.Happenings, ", "), "  ")
	}
	others := "all metrics"
	if len(w.Courses) > 1 {
		others = "other metrics"
	}
	for _, metric := range slices.Sorted(maps.Keys(w.Courses)) {
		p.wrap("course of "+cmp.Or(metric, others)+": "+w.Courses[metric].String(), "  ")
	}
}

type policy struct {
	Moniker, Plan string
	Default       bool
	From, Until   string
	Terms         []term
	scale
	words
}

type term struct {
	Metric                 string
	Categories, Severities []string // none: all
	Target                 string
	Calendar               *hours
	Alarms                 []string
	FollowUp               string `json:"follow_up"`
	Duties                 string
	None, Reason           string
	Highest                string `json:"highest_offered"`
	Source, Basis          string
}

// has reports whether a term is for a category and a severity.
func (t *term) has(category, severity string) bool {
	return (t.Categories == nil || slices.Contains(t.Categories, category)) && (t.Severities == nil || slices.Contains(t.Severities, severity))
}

// join returns the texts of values with a separator between them.
func join[T fmt.Stringer](list []T, separator string) string {
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = v.String()
	}
	return strings.Join(texts, separator)
}

func (l level) String() string {
	if l.Also == nil {
		return l.Name
	}
	return l.Name + " (also " + strings.Join(l.Also, ", ") + ")"
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
	usual := usualScale
	if d.Extends != "" {
		fmt.Fprintf(p.stdout, "extends %s: see show published\n", d.Extends)
		var base document
		if text, err = sla.Published().MarshalJSON(); err == nil {
			err = json.Unmarshal(text, &base)
		}
		if err != nil {
			return p.fail(err)
		}
		usual = base.orElse(usual)
	}
	usual = d.orElse(usual)
	p.scale(usual)
	p.words(d.words)
	p.desks(d.Calendars)
	for _, policy := range d.Policies {
		p.policy(policy, usual)
	}
	return 0
}

// scale prints the severities and categories of a scale.
func (p *program) scale(s scale) {
	if s.Severities != nil {
		p.wrap("severities: "+join(s.Severities, ", "), "  ")
	}
	if s.Categories != nil {
		p.wrap("categories: "+join(s.Categories, ", "), "  ")
	}
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
		if d.combined() {
			combined = append(combined, name+": open when "+d.made())
			continue
		}
		line(tw, name, d.Hours, d.Zone, cmp.Or(join(d.Holidays, ", "), "-"), cmp.Or(d.days.String(), "-"))
	}
	tw.Flush()
	for _, line := range combined {
		p.wrap(line, "  ")
	}
}

// String returns the name of a calendar or, if it has none, what it is made of.
func (d desk) String() string {
	if d.Name != "" {
		return d.Name
	}
	return "(" + d.made() + ")"
}

// combined reports whether a calendar is made of others.
func (d desk) combined() bool { return d.Union != nil || d.Intersection != nil || d.Without != nil }

// made returns what a calendar is made of.
func (d desk) made() string {
	switch {
	case d.Union != nil:
		return "any is of " + join(d.Union, " | ")
	case d.Intersection != nil:
		return "all are of " + join(d.Intersection, " & ")
	case d.Without != nil:
		return d.Calendar.String() + " is and none is of " + join(d.Without, " | ")
	}
	text := d.Hours + " " + d.Zone
	if d.Holidays != nil {
		text += ", holidays " + join(d.Holidays, ", ")
	}
	if own := d.days.String(); own != "" {
		text += ", own days " + own
	}
	return text
}

// short returns what hours are called in a table.
func (h *hours) short() string {
	switch {
	case h.countries != nil:
		return "by country"
	case h.Name == "":
		return "own hours"
	}
	return h.Name
}

// long returns what hours without a name are.
func (h *hours) long() string {
	if h == nil || h.Name != "" {
		return ""
	}
	if h.countries == nil {
		return "own hours: " + h.made()
	}
	var list []string
	for _, country := range slices.Sorted(maps.Keys(h.countries)) {
		if country != "" {
			list = append(list, country+" "+h.countries[country].String())
		}
	}
	if other, ok := h.countries[""]; ok {
		list = append(list, "others "+other.String())
	}
	return "by country: " + strings.Join(list, "; ")
}

// String counts the days, and names their years unless they are of all years. It returns ""
// if a catalog says nothing of days.
func (d days) String() string {
	if d.Days == nil && d.Years.Last == 0 && !d.Gaps {
		return ""
	}
	makeUp := 0
	for _, day := range d.Days {
		if day.Workday {
			makeUp++
		}
	}
	text := fmt.Sprintf("%d closed", len(d.Days)-makeUp)
	if makeUp > 0 {
		text += fmt.Sprintf(", %d made up", makeUp)
	}
	if y := d.Years; y.First < y.Last {
		text += fmt.Sprintf(" (%d-%d)", y.First, y.Last)
	} else if y.Last > 0 {
		text += fmt.Sprintf(" (%d)", y.Last)
	}
	if d.Gaps {
		text += ", others unknown"
	}
	return text
}

// policy prints what a policy promises: a line for each metric and its categories, with
// a column for each severity, and the sources and reasons as notes. Categories for which
// all is the same share a line.
func (p *program) policy(q policy, usual scale) {
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
	p.scale(q.scale)
	p.words(q.words)

	usual = q.orElse(usual)
	var notes []string
	var metrics []string
	for _, t := range q.Terms {
		if !slices.Contains(metrics, t.Metric) {
			metrics = append(metrics, t.Metric)
		}
	}
	tw := p.table()
	head := []string{"metric", "category"}
	for _, severity := range usual.Severities {
		head = append(head, severity.Name)
	}
	line(tw, head...)
	for _, metric := range metrics {
		for _, row := range rowsOf(q.Terms, metric, usual) {
			terms, alarms := []string{cmp.Or(metric, "first-response"), row.label(usual)}, []string{"", "  alarms"}
			for _, t := range row.terms {
				if t == nil {
					terms, alarms = append(terms, "-"), append(alarms, "-")
					continue
				}
				terms = append(terms, t.promise()+noteOf(&notes, t.note())+noteOf(&notes, t.Calendar.long()))
				alarms = append(alarms, cmp.Or(strings.Join(t.Alarms, ", "), "-"))
			}
			line(tw, terms...)
			if strings.Trim(strings.Join(alarms[2:], ""), "-") != "" {
				line(tw, alarms...)
			}
		}
	}
	tw.Flush()
	for i, note := range notes {
		p.wrap(fmt.Sprintf("[%d] %s", i+1, note), "    ")
	}
}

// row is the terms for some categories, by severity.
type row struct {
	categories []string
	terms      []*term // nil where the policy says nothing
}

// rowsOf returns the rows of a metric, without an empty one.
func rowsOf(terms []term, metric string, s scale) (rows []row) {
	for _, category := range s.Categories {
		r := row{categories: []string{category.Name}}
		for _, severity := range s.Severities {
			i := slices.IndexFunc(terms, func(t term) bool { return t.Metric == metric && t.has(category.Name, severity.Name) })
			if i < 0 {
				r.terms = append(r.terms, nil)
			} else {
				r.terms = append(r.terms, &terms[i])
			}
		}
		if i := slices.IndexFunc(rows, func(other row) bool { return slices.EqualFunc(r.terms, other.terms, alike) }); i >= 0 {
			rows[i].categories = append(rows[i].categories, category.Name)
		} else if slices.ContainsFunc(r.terms, func(t *term) bool { return t != nil }) {
			rows = append(rows, r)
		}
	}
	return rows
}

// alike reports whether two terms are shown alike.
func alike(a, b *term) bool {
	if a == nil || b == nil || a == b {
		return a == b
	}
	return a.promise() == b.promise() && a.Calendar.long() == b.Calendar.long() && a.note() == b.note() && slices.Equal(a.Alarms, b.Alarms)
}

// label returns the categories of a row.
func (r row) label(s scale) string {
	if len(r.categories) == len(s.Categories) && len(r.categories) > 1 {
		return "all"
	}
	return strings.Join(r.categories, ", ")
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
	return target + ", " + t.Calendar.short()
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
		cells[i] = input.Plain(c)
	}
	_, err := fmt.Fprintln(w, strings.Join(cells, "\t"))
	return err
}

// wrap prints a text in lines of some 100 columns, or of one longer word, those
// after the first indented.
func (p *program) wrap(text, indent string) {
	const width = 100
	line := ""
	for word := range strings.FieldsSeq(input.Plain(text)) {
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
