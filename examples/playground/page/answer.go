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

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
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
	v.offer()
	if catalog != nil && !v.choose(catalog) {
		catalog, err = nil, errors.New("the catalog has no terms, so that nothing is promised")
	}
	if catalog == nil { // what was chosen stays, until the catalog can be read
		v.Keep = true
		v.Monikers = options(v.Moniker, v.Moniker)
		v.Plans = options(v.Plan, v.Plan)
		err = cmp.Or(q.fault, err)
	}
	v.Question = v.placed(now)
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
	clock, err := v.clock(catalog)
	if err != nil {
		return none
	}
	if v.Now == "" {
		return func(now time.Time) string { return v.countdown(clock.At(now.Truncate(time.Second))) }
	}
	if now, err = instant(v.Now, v.Zone); err != nil {
		return none
	}
	text := v.countdown(clock.At(now))
	return func(time.Time) string { return text }
}

// view is what the page shows.
type view struct {
	Question
	W       words
	Faults  []sla.Fault
	Problem string // why there is no answer, in English
	Keep    bool   // the choices of the form are to stay, whatever is listed here
	Notices []string

	Monikers, Plans, Categories, Metrics, Countries, Kinds []option

	Due, DueSecond, Left string
	State                sla.Status
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

// Severities returns those that there are.
func (v *view) Severities() []option { return options(v.Severity, "A", "B", "C") }

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

func options(chosen string, values ...string) (list []option) {
	for _, value := range values {
		list = append(list, option{value, value, value == chosen})
	}
	return list
}

// offer lists what there is in all catalogs.
func (v *view) offer() {
	v.Categories = []option{
		{"", v.W.Technical, v.Category == "" || v.Category == "technical"},
		{"billing", v.W.Billing, v.Category == "billing"},
		{"pre-sales", v.W.PreSales, v.Category == "pre-sales"},
	}
	words := v.W.timeline()
	for _, k := range []struct {
		kind sla.EventKind
		text string
	}{
		{sla.Paused, words.Paused},
		{sla.Resumed, words.Resumed},
		{sla.SeverityChanged, words.Severity},
		{sla.Responded, words.Responded},
		{sla.Reopened, words.Reopened},
		{sla.Cancelled, words.Cancelled},
	} {
		v.Kinds = append(v.Kinds, option{k.kind.String(), k.text, false})
	}
}

// choose lists what the catalog offers, and takes back what it does not have, such as a
// plan that was chosen for another cloud: it says so. It reports whether the catalog
// offers anything.
func (v *view) choose(c *sla.Catalog) bool {
	var monikers, plans, metrics []string
	add := func(list []string, text string) []string {
		if slices.Contains(list, text) {
			return list
		}
		return append(list, text)
	}
	for r := range c.Terms() {
		monikers = add(monikers, string(r.Moniker))
	}
	if len(monikers) == 0 {
		return false
	}
	takeBack := func(field *string, instead, shown string) {
		if *field != instead && *field != "" {
			v.Notices = append(v.Notices, fmt.Sprintf(v.W.TakenBack, *field, shown))
		}
		*field = instead
	}
	// has reports whether a list has a field, and spells it as the list does.
	has := func(list []string, field *string) bool {
		if !slices.Contains(list, *field) {
			i := slices.IndexFunc(list, func(s string) bool { return strings.EqualFold(s, *field) })
			if i < 0 {
				return false
			}
			*field = list[i]
		}
		return true
	}
	if !has(monikers, &v.Moniker) {
		instead := monikers[0]
		if slices.Contains(monikers, string(region.Germany)) {
			instead = string(region.Germany)
		}
		takeBack(&v.Moniker, instead, instead)
	}
	for r := range c.Terms() {
		if string(r.Moniker) == v.Moniker {
			plans, metrics = add(plans, string(r.Plan)), add(metrics, string(r.Metric))
		}
	}
	plans = slices.DeleteFunc(plans, func(s string) bool { return s == "" })
	if !has(plans, &v.Plan) {
		takeBack(&v.Plan, "", v.W.Default)
	}
	if v.usual = string(sla.FirstResponse); !slices.Contains(metrics, v.usual) {
		v.usual = metrics[0]
	}
	if !has(metrics, &v.Metric) {
		takeBack(&v.Metric, "", v.usual)
	} else if v.Metric == v.usual {
		v.Metric = ""
	}
	v.Monikers = options(v.Moniker, monikers...)
	for i, o := range v.Monikers {
		switch region.Moniker(o.Value) {
		case region.Worldwide:
			v.Monikers[i].Text = v.W.Worldwide
		case region.China:
			v.Monikers[i].Text = v.W.China
		case region.Germany:
			v.Monikers[i].Text = v.W.Germany
		}
	}
	v.Plans = append([]option{{"", v.W.Default, v.Plan == ""}}, options(v.Plan, plans...)...)
	if len(metrics) > 1 || v.usual != string(sla.FirstResponse) {
		v.Metrics = options(cmp.Or(v.Metric, v.usual), metrics...)
		v.Metrics[slices.Index(metrics, v.usual)].Value = "" // none is chosen, so that another cloud has its own
	}
	r, err := region.Lookup(region.Moniker(v.Moniker))
	if err != nil {
		return true // a cloud of one's own serves whom it will
	}
	if v.Country != "" && r.CheckCountry(v.Country) != nil {
		takeBack(&v.Country, "", v.W.AnyCountry)
	}
	world, err := region.Lookup(region.Worldwide)
	if err != nil {
		return true
	}
	for _, code := range r.Countries() {
		name := code
		if o, err := world.Office(code); err == nil {
			name = o.Name()
		}
		v.Countries = append(v.Countries, option{code, name, code == v.Country})
	}
	return true
}

// answer computes the answer, step by step until ctx is done.
func (v *view) answer(ctx context.Context, c *sla.Catalog, now time.Time, width int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	clock, err := v.clock(c)
	if err != nil {
		return err
	}
	if v.Now != "" {
		if now, err = instant(v.Now, v.Zone); err != nil {
			return err
		}
	}
	zone := clock.Deadline().Request.Opened.Location() // that of the opening
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
	if opened := clock.Deadline().Request.Opened; at.Before(opened) {
		at = opened
	}
	var e sla.Explanation
	long := accountOf(ctx, clock, v.State) > longest
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
	if err := timeline.SVG(&svg, e, o); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := timeline.Text(&text, e, o); err != nil {
		return err
	}
	v.Picture, v.Text = template.HTML(svg.String()), text.String() // which escapes what it is given
	if list, err := json.MarshalIndent(v.State, "", "  "); err == nil {
		v.JSON = string(list)
	}
	return nil
}

// longest is how long a life can be that is accounted for, and mostSegments how broken
// up: in 400 days, five calendars of 48 times a day have 200,000 beginnings and ends.
const (
	longest      = 400 * 24 * time.Hour
	mostSegments = 20_000
)

// accountOf returns how long the account of a clock is whose status is given, or any
// duration once ctx is done.
func accountOf(ctx context.Context, clock sla.Clock, st sla.Status) time.Duration {
	end := st.At
	if st.Due.After(end) {
		end = st.Due
	}
	if st.State >= sla.StateStopped { // by the first of the events since which it is
		for _, e := range slices.Backward(clock.Events()) {
			if e.At.After(st.At) {
				continue
			}
			if ctx.Err() != nil || clock.At(e.At).State < sla.StateStopped {
				break
			}
			end = e.At
		}
	}
	return end.Sub(clock.Deadline().Request.Opened)
}

// setDue says when what is due, unless nothing is any more.
func (v *view) setDue(o timeline.Options) {
	if v.State.Due.IsZero() || v.State.State == sla.StateCancelled {
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
func (v *view) countdown(st sla.Status) string {
	switch {
	case st.Err != nil || st.Due.IsZero():
		return ""
	case st.State == sla.StateStopped && st.Outcome == sla.OutcomeMet:
		return v.W.Answered
	case st.State == sla.StateStopped:
		return v.W.Stopped
	case st.State == sla.StateCancelled:
		return v.W.timeline().Cancelled
	case st.Overdue.Wall > 0:
		return fmt.Sprintf(v.W.Overdue, v.span(st.Overdue.Wall), v.span(st.Overdue.Business))
	}
	return fmt.Sprintf(v.W.Remaining, v.span(st.Remaining.Wall), v.span(st.Remaining.Business))
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
func (v *view) why(e sla.Explanation) {
	add := func(format string, args ...any) { v.Why = append(v.Why, v.html(format, args...)) }
	w, t, st := v.W, e.Term, e.Status
	if none, ok := errors.AsType[sla.TermError](st.Err); ok {
		add("%s", english(none.Error()))
	}
	if t.Calendar == nil {
		return
	}
	at := func(t time.Time) string { return t.Format("2006-01-02 15:04:05 -07:00") }
	metric := string(t.Metric)
	if t.Metric == sla.FirstResponse {
		metric = w.FirstResponse
	}
	add(w.Term, t.Severity, metric, t.Target)
	add(w.Hours, english(t.Calendar.String()))
	origin := map[sla.EventKind]string{0: w.AtOpening, sla.Reopened: w.AtReopening, sla.SeverityChanged: w.AtChange}[e.OriginKind]
	switch {
	case !e.Carried.IsZero():
		add(w.StartThen, at(st.Start))
	case st.Start.Equal(e.Origin):
		add(w.StartNow, origin, at(st.Start))
	default:
		add(w.StartLater, origin, at(st.Start))
	}
	switch {
	case !e.Carried.IsZero():
		add("%s", w.Carried)
	case strings.Contains(t.Target.String(), "bd"):
		add(w.Days, t.Target)
	default:
		add(w.Within, t.Target)
	}
	if !st.Due.Equal(e.Unmoved) {
		add(w.Moved, at(e.Unmoved))
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
