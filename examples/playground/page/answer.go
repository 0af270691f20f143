package page

import (
	"cmp"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
	"github.com/duetime/duetime/sla/timeline"
)

//go:embed page.html
var files embed.FS

var document = sync.OnceValue(func() *template.Template {
	return template.Must(template.ParseFS(files, "page.html"))
})

// Write writes the page with a question and its answer as of an instant, for a window
// so many pixels wide. Once ctx is done, it stops before the next step, writes nothing and
// returns the error of ctx. Reading a catalog is one step.
func Write(ctx context.Context, w io.Writer, q Question, now time.Time, width int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	v, catalog, err := read(q, now)
	if catalog != nil {
		err = v.answer(ctx, catalog, now, width)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err != nil {
		v.Problem = Clip(err.Error())
	}
	return document().Execute(w, v)
}

// read returns the form of a question and the catalog that it is asked of, or nil where
// that has faults or cannot be read.
func read(q Question, now time.Time) (*view, *sla.Catalog, error) {
	q = q.filled()
	catalog, faults, err := q.catalog()
	v := &view{Question: q, W: wordsOf(q.Language), Faults: faults}
	if len(q.unknown) > 0 {
		v.Notices = append(v.Notices, fmt.Sprintf(v.W.Unknown, Clip(fmt.Sprintf("%q", q.unknown))))
	}
	if catalog != nil && catalog.Monikers() == nil { // on a machine without zone data
		_, err = catalog.Deadline(sla.Request{})
		catalog = nil
	}
	if catalog == nil {
		v.keep()
		v.Question = v.placed(now)
		return v, nil, cmp.Or(q.fault, err)
	}
	v.choosePlan(catalog)
	v.chooseCountry()
	v.Question = v.placed(now)
	v.chooseTerm(catalog)
	return v, catalog, err
}

// Countdown returns a function that says how far away the due time of a question is at an
// instant: "" where there is none.
func Countdown(q Question, now time.Time) func(now time.Time) string {
	none := func(time.Time) string { return "" }
	v, catalog, _ := read(q, now)
	if catalog == nil {
		return none
	}
	asked, err := v.ticket(catalog)
	if err != nil {
		return none
	}
	clock := onlyClock(asked)
	if v.Now == "" {
		return func(now time.Time) string { return v.countdown(clock.At(now.Truncate(time.Second))) }
	}
	if now, err = instant(v.Now, v.Zone); err != nil {
		return none
	}
	text := v.countdown(clock.At(now))
	return func(time.Time) string { return text }
}

// onlyClock returns the clock of a ticket of one metric.
func onlyClock(t ticket.Ticket) (only ticket.Clock) {
	for _, only = range t.Clocks() {
	}
	return only
}

// view is what the page shows.
type view struct {
	Question
	W       words
	Faults  []sla.Fault
	Problem string // why there is no answer, in English
	Keep    bool   // the choices of the form are to stay, whatever is listed here
	Notices []string

	Monikers, Plans, Severities, Categories, Metrics, Countries []option
	Words                                                       []option // that events can have

	Due, DueSecond, Left string
	State                ticket.Status
	Why                  []template.HTML
	Picture              template.HTML
	Text, JSON           string
}

// option is one of the things that can be chosen.
type option struct {
	Value, Text string
	Chosen      bool
}

// Languages returns the languages of the page.
func (v *view) Languages() []words { return slices.Clone(languages[:]) }

// Slots returns the events, and an empty one to fill in.
func (v *view) Slots() []Event { return append(slices.Clone(v.Events), Event{}) }

// Zones returns names of zones to choose from: any other can be entered.
func (v *view) Zones() []string {
	return []string{
		"Africa/Cairo", "Africa/Johannesburg", "Africa/Lagos", "America/Bogota", "America/Chicago", "America/Denver", "America/Los_Angeles",
		"America/Mexico_City", "America/New_York", "America/Sao_Paulo", "America/Toronto", "Asia/Dubai", "Asia/Hong_Kong", "Asia/Kolkata",
		"Asia/Seoul", "Asia/Shanghai", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney", "Europe/Berlin", "Europe/London", "Europe/Madrid",
		"Europe/Moscow", "Europe/Paris", "Europe/Warsaw", "Pacific/Auckland", "UTC",
	}
}

func options[T ~string](chosen string, values ...T) (list []option) {
	for _, value := range values {
		list = append(list, option{string(value), string(value), string(value) == chosen})
	}
	return list
}

// listWords lists what events can be: words of a policy, the cancellation and a change of
// severity.
func (v *view) listWords(words []string) {
	for _, word := range append(words, sla.WordCancelled) {
		v.Words = append(v.Words, option{word, v.word(word), false})
	}
	if !slices.Contains(words, severityChanged) {
		v.Words = append(v.Words, option{severityChanged, v.W.Changed, false})
	}
}

// word returns a word of the usual ones in the language of the page, and any other as it is.
func (v *view) word(word string) string {
	return cmp.Or(v.W.timeline().Events[word], word)
}

// WordsWith returns what an event can be, and the word that it has, offered or not.
func (v *view) WordsWith(word string) []option {
	list := slices.Clone(v.Words)
	i := slices.IndexFunc(list, func(o option) bool { return o.Value == word })
	if i < 0 && word != "" {
		i, list = len(list), append(list, option{Value: word, Text: v.word(word)})
	}
	if i >= 0 {
		list[i].Chosen = true
	}
	return list
}

// keep lists what was chosen alone, which stays until the catalog can be read.
func (v *view) keep() {
	v.Keep = true
	v.Monikers = options(v.Moniker, v.Moniker)
	v.Plans = []option{{v.Plan, cmp.Or(v.Plan, v.W.Default), true}}
	v.Categories = []option{{v.Category, cmp.Or(v.known(v.Category), v.W.Default), true}}
	severities := []string{v.Severity}
	for _, e := range v.Events {
		severities = append(severities, e.Severity)
	}
	slices.Sort(severities)
	severities = slices.DeleteFunc(slices.Compact(severities), func(s string) bool { return s == "" })
	v.Severities = options(v.Severity, severities...)
	v.listWords(nil)
}

// takeBack replaces a value that the catalog does not offer, such as the plan of another
// cloud, and adds a notice.
func (v *view) takeBack(field *string, instead, shown string) {
	if *field != "" {
		v.Notices = append(v.Notices, fmt.Sprintf(v.W.TakenBack, inLine(Clip(*field)), shown))
	}
	*field = instead
}

// inLine returns a text without what would turn the rest of its line round.
func inLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, text)
}

// spell sets a field to the name in a list that it is in another case, and reports whether
// there is one.
func spell[T ~string](list []T, field *string) bool {
	i := slices.Index(list, T(*field))
	if i < 0 {
		i = slices.IndexFunc(list, func(s T) bool { return strings.EqualFold(string(s), *field) })
	}
	if i >= 0 {
		*field = string(list[i])
	}
	return i >= 0
}

// choosePlan lists the monikers that a catalog offers, and the plans of the chosen one.
func (v *view) choosePlan(c *sla.Catalog) {
	monikers := c.Monikers()
	if !spell(monikers, &v.Moniker) {
		instead := monikers[0]
		if slices.Contains(monikers, region.Germany) {
			instead = region.Germany
		}
		v.takeBack(&v.Moniker, string(instead), string(instead))
	}
	v.Monikers = options(v.Moniker, monikers...)
	for i := range v.Monikers {
		v.Monikers[i].Text = v.known(v.Monikers[i].Text)
	}
	form := sla.Request{Moniker: region.Moniker(v.Moniker)}
	plans := slices.DeleteFunc(c.Plans(form), func(p sla.Plan) bool { return p == "" })
	// Without a default, the first plan is as good as any.
	instead, shown := "", v.W.Default
	if c.Severities(form) == nil {
		instead, shown = string(plans[0]), string(plans[0])
	}
	if !spell(plans, &v.Plan) {
		v.takeBack(&v.Plan, instead, shown)
	}
	v.Plans = options(v.Plan, plans...)
	if instead == "" {
		v.Plans = append([]option{{"", v.W.Default, v.Plan == ""}}, v.Plans...)
	}
}

// chooseCountry lists the countries that the chosen cloud serves. One of your own serves
// whom it will.
func (v *view) chooseCountry() {
	cloud := region.Moniker(v.Moniker)
	countries := cloud.Countries()
	if countries == nil {
		return
	}
	if cloud.CheckCountry(v.Country) != nil {
		v.takeBack(&v.Country, "", v.W.AnyCountry)
	}
	for _, code := range countries {
		name := code
		if o, err := region.LookupOffice(code); err == nil {
			name = o.Name
		}
		v.Countries = append(v.Countries, option{code, name, code == v.Country})
	}
}

// chooseTerm lists the severities, categories, metrics and words of the version of the plan
// that is in force at the opening or, if none is, of the last one.
func (v *view) chooseTerm(c *sla.Catalog) {
	form := v.form()
	if c.Severities(form) == nil {
		form.Opened = time.Time{}
	}
	severities, categories, metrics := c.Severities(form), c.Categories(form), c.Metrics(form)

	usual := string(severities[min(1, len(severities)-1)]) // B, or what is in its place
	severity := func(field *string, instead, shown string) {
		if s, err := c.ParseSeverity(form, *field); err == nil {
			*field = string(s)
		} else {
			v.takeBack(field, instead, shown)
		}
	}
	severity(&v.Severity, usual, usual)
	for i := range v.Events {
		severity(&v.Events[i].Severity, "", v.W.None)
	}
	v.Severities = options(v.Severity, severities...)

	if name, err := c.ParseCategory(form, v.Category); err != nil {
		v.takeBack(&v.Category, "", v.known(string(categories[0])))
	} else if v.Category = string(name); name == categories[0] {
		v.Category = ""
	}
	v.Categories = options(cmp.Or(v.Category, string(categories[0])), categories...)
	for i := range v.Categories {
		v.Categories[i].Text = v.known(v.Categories[i].Text)
	}
	v.Categories[0].Value = "" // so that another cloud has its own

	if len(metrics) == 0 {
		metrics = []sla.Metric{sla.FirstResponse}
	}
	v.usual = string(metrics[0])
	if !spell(metrics, &v.Metric) {
		v.takeBack(&v.Metric, "", v.known(v.usual))
	} else if v.Metric == v.usual {
		v.Metric = ""
	}
	if len(metrics) > 1 || v.usual != string(sla.FirstResponse) {
		v.Metrics = options(cmp.Or(v.Metric, v.usual), metrics...)
		for i := range v.Metrics {
			v.Metrics[i].Text = v.known(v.Metrics[i].Text)
		}
		v.Metrics[0].Value = "" // as with categories
	}

	form.Metric = sla.Metric(cmp.Or(v.Metric, v.usual))
	v.listWords(wordsFor(c, form))
}

// wordsFor returns the words of a request's policy. If the policy declares none, it returns
// the usual words that do something to the clock of the metric.
func wordsFor(c *sla.Catalog, r sla.Request) []string {
	words := slices.Concat(c.Words(r))
	if !slices.Equal(words, []string{sla.WordResolved, sla.WordReopened, sla.WordPaused, sla.WordResumed, sla.WordResponded}) {
		return words
	}
	course, err := c.Course(r)
	if err != nil {
		return words
	}
	listed := slices.Concat(course.Start, course.Stop, course.Reset, course.Pause)
	ends := map[string]string{sla.WordReopened: sla.WordResolved, sla.WordResumed: sla.WordPaused}
	return slices.DeleteFunc(words, func(w string) bool {
		return !slices.Contains(listed, w) && !slices.Contains(listed, ends[w])
	})
}

// known returns a name of the published terms in the language of the page, and any other
// name as it is.
func (v *view) known(name string) string {
	switch name {
	case string(region.Worldwide):
		return v.W.Worldwide
	case string(region.China):
		return v.W.China
	case string(region.Germany):
		return v.W.Germany
	case string(region.Technical):
		return v.W.Technical
	case string(region.Billing):
		return v.W.Billing
	case string(region.PreSales):
		return v.W.PreSales
	case string(sla.FirstResponse):
		return v.W.FirstResponse
	}
	return name
}

// answer computes the answer, step by step until ctx is done.
func (v *view) answer(ctx context.Context, c *sla.Catalog, now time.Time, width int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	asked, err := v.ticket(c)
	if err != nil {
		return err
	}
	clock := onlyClock(asked)
	if v.Now != "" {
		if now, err = instant(v.Now, v.Zone); err != nil {
			return err
		}
	}
	zone := asked.Request().Opened.Location() // that of the opening
	o := timeline.Options{Zone: zone, Words: v.W.timeline(), Width: max(timeline.MinWidth, min(width, 1600))}
	if v.Second != "" {
		second, err := calendar.New(v.Second, "24/7")
		if err != nil {
			return err
		}
		o.Second = second.Zone()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	v.State = clock.At(now.In(zone).Truncate(time.Second))
	if _, none := errors.AsType[sla.TermError](v.State.Err); v.State.Err != nil && !none {
		return v.State.Err
	}
	v.setDue(o)
	v.Left = v.countdown(v.State)
	at := v.State.At
	if opened := asked.Request().Opened; at.Before(opened) {
		at = opened
	}
	var e ticket.Explanation
	long := alarmsOf(c, asked.Request())*v.State.Cycle > mostAlarms || accountOf(ctx, asked, v.State) > longest
	if err := ctx.Err(); err != nil {
		return err
	}
	if !long {
		e = clock.Explain(at)
		long = len(e.Segments) > mostSegments
	}
	if long {
		v.Notices = append(v.Notices, v.W.TooLong)
		return nil
	}
	v.why(e)
	if err := ctx.Err(); err != nil {
		return err
	}
	var svg, text strings.Builder
	lanes := []ticket.Explanation{e}
	if err := timeline.SVG(&svg, lanes, o); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := timeline.Text(&text, lanes, o); err != nil {
		return err
	}
	v.Picture, v.Text = template.HTML(svg.String()), text.String() // which escapes what it is given
	if list, err := json.MarshalIndent(v.State, "", "  "); err == nil {
		v.JSON = string(list)
	}
	return nil
}

// longest is how long a life can be that is accounted for, and mostSegments how broken
// up: in 400 days, five calendars of 48 times a day have 200,000 beginnings and ends. 32
// alarms that repeat 100 times, in 256 cycles, are 819,200.
const (
	longest      = 400 * 24 * time.Hour
	mostSegments = 20_000
	mostAlarms   = 2_000
)

// alarmsOf returns the largest number of alarms that a cycle can have, at any severity.
func alarmsOf(c *sla.Catalog, r sla.Request) (most int) {
	for _, r.Severity = range c.Severities(r) {
		term, _ := c.Term(r) // without one, there are no alarms
		n := 0
		for _, t := range term.Thresholds {
			if n++; t.Every > 0 {
				n += 99
			}
		}
		most = max(most, n)
	}
	return most
}

// accountOf returns how long the account of a ticket's clock is whose status is given, or
// any duration once ctx is done.
func accountOf(ctx context.Context, t ticket.Ticket, st ticket.Status) time.Duration {
	end := st.At
	if st.Due.After(end) {
		end = st.Due
	}
	if stopped(st) { // by the first of the events since which it is
		clock := onlyClock(t)
		for _, e := range slices.Backward(t.Events()) {
			if e.At.After(st.At) {
				continue
			}
			if ctx.Err() != nil || !stopped(clock.At(e.At)) {
				break
			}
			end = e.At
		}
	}
	return end.Sub(t.Request().Opened)
}

// stopped reports whether a clock does not go on.
func stopped(st ticket.Status) bool {
	return st.State == ticket.StateStopped || st.State == ticket.StateCancelled
}

// setDue says when what is due, unless nothing is any more.
func (v *view) setDue(o timeline.Options) {
	if v.State.Due.IsZero() || v.State.State == ticket.StateCancelled {
		return
	}
	text := func(at time.Time) string {
		return o.Words.Weekdays[at.Weekday()] + " " + at.Format("2006-01-02 15:04:05 -07:00")
	}
	v.Due = text(v.State.Due.In(o.Zone))
	if o.Second != nil {
		v.DueSecond = text(v.State.Due.In(o.Second)) + " " + o.Second.String()
	}
}

// countdown says how much time is left, or over.
func (v *view) countdown(st ticket.Status) string {
	switch {
	case st.Err != nil || st.Due.IsZero():
		return ""
	case st.State == ticket.StateStopped && st.Outcome == ticket.OutcomeMet:
		return v.W.Answered
	case st.State == ticket.StateStopped:
		return v.W.Stopped
	case st.State == ticket.StateCancelled:
		return v.word(sla.WordCancelled)
	case st.WallOverdue > 0 && isWall(st.Target):
		return fmt.Sprintf(v.W.OverdueWall, v.span(st.WallOverdue))
	case isWall(st.Target):
		return fmt.Sprintf(v.W.RemainingWall, v.span(st.WallRemaining))
	case st.WallOverdue > 0:
		return fmt.Sprintf(v.W.Overdue, v.span(st.WallOverdue), v.span(st.Overdue))
	}
	return fmt.Sprintf(v.W.Remaining, v.span(st.WallRemaining), v.span(st.Remaining))
}

// isWall reports whether a target is in real time.
func isWall(t sla.Target) bool {
	_, wall := t.Duration()
	return wall > 0
}

// span returns a duration to the second, such as 2d 03:04:05.
func (v *view) span(d time.Duration) string {
	d = d.Truncate(time.Second)
	text := fmt.Sprintf("%02d:%02d:%02d", d/time.Hour%24, d/time.Minute%60, d/time.Second%60)
	if days := d / (24 * time.Hour); days > 0 {
		text = fmt.Sprintf("%d%s %s", days, v.W.Day, text)
	}
	return text
}

// why lists the reasons in the language of the page.
func (v *view) why(e ticket.Explanation) {
	add := func(format string, args ...any) { v.Why = append(v.Why, v.html(format, args...)) }
	w, t, st := v.W, e.Term, e.Status
	if none, ok := errors.AsType[sla.TermError](st.Err); ok {
		add("%s", english(none.Error()))
	}
	if st.State == ticket.StateIdle {
		add(w.Idle, strings.Join(e.Course.Start, ", "))
	}
	if t.Calendar == nil {
		return
	}
	at := func(t time.Time) string { return t.Format("2006-01-02 15:04:05 -07:00") }
	add(w.Term, e.Severity, v.known(string(e.Metric)), t.Target)
	add(w.Hours, english(t.Calendar.String()))
	origins := map[string]string{"": w.AtOpening, sla.WordReopened: w.AtReopening, "change": w.AtChange, sla.WordDue: w.AtDue}
	origin := cmp.Or(origins[e.CountsFromEvent], v.word(e.CountsFromEvent))
	switch {
	case !e.CarriedAt.IsZero():
		add(w.StartThen, at(st.Start))
	case st.Start.Equal(e.CountsFrom):
		add(w.StartNow, origin, at(st.Start))
	default:
		add(w.StartLater, origin, at(st.Start))
	}
	target := cmp.Or(st.Target, t.Target)
	within, _ := target.Duration()
	days, calendarDays := target.Days()
	switch {
	case !e.CarriedAt.IsZero():
		add("%s", w.Carried)
	case isWall(target):
		add(w.Wall, target)
	case calendarDays > 0:
		add(w.Dates, target)
	case within > 0 && days == 0:
		add(w.Within, target)
	default:
		add(w.Days, target)
	}
	if !st.Due.Equal(e.DueWithoutPauses) {
		add(w.Moved, at(e.DueWithoutPauses))
	}
	if st.Provisional {
		add("%s", w.Provisional)
	}
	if !st.BreachedAt.IsZero() {
		add(w.Breach, at(st.BreachedAt))
	}
	add(w.Basis, map[sla.Basis]string{sla.BasisPublished: w.Published, sla.BasisAdopted: w.Adopted, sla.BasisCustom: w.Own}[t.Basis])
	for _, row := range []struct{ format, text string }{{w.Source, t.Source}, {w.FollowUp, t.FollowUp}, {w.Duties, t.Duties}} {
		if row.text != "" {
			add(row.format, english(row.text))
		}
	}
}

// english is a text that there is in no other language.
type english string

// html returns a text of the page, in which what is English says so to those who read it
// aloud.
func (v *view) html(format string, args ...any) template.HTML {
	for i, arg := range args {
		text := template.HTMLEscapeString(fmt.Sprint(arg))
		if _, ok := arg.(english); ok && v.Language != "en" {
			text = `<span lang="en">` + text + `</span>`
		}
		args[i] = text
	}
	return template.HTML(fmt.Sprintf(template.HTMLEscapeString(format), args...))
}

// FaultText returns a fault of the catalog in the language of the page.
func (v *view) FaultText(f sla.Fault) template.HTML {
	what := f.Text
	if f.Path != "" {
		what = f.Path + ": " + what
	}
	return v.html(v.W.Fault, f.Line, f.Column, english(what), english(f.Want))
}

// Address returns the question as it stands in the address bar.
func (v *view) Address() string { return "?" + v.Values().Encode() }

// Clip shortens a text that quotes an input of any length.
func Clip(text string) string {
	const most = 1000
	if len(text) > most {
		return strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}
