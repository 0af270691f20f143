// Package page is the page of the playground: a question in, HTML out. The server and
// the browser, to which it is compiled, have it from here alike.
package page

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

//go:embed page.html
var files embed.FS

var document = sync.OnceValue(func() *template.Template {
	return template.Must(template.ParseFS(files, "page.html"))
})

// phoneWidth is the width of a picture on a phone of 360 pixels.
const phoneWidth = 320

// Write writes the page with a question and its answer as of an instant. The picture is so
// many pixels wide. If the width is 0, the page has two pictures, for phones and for larger
// windows.
//
// Write stops once ctx is done, before the next step. It then writes nothing and returns the
// error of ctx. Reading a catalog is one step.
func Write(ctx context.Context, w io.Writer, q Question, now time.Time, width int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	q = q.filled()
	if q.Page == "offices" {
		return document().Execute(w, officesPage(q, now))
	}
	v, catalog, err := read(q, now)
	if catalog != nil {
		err = v.answer(ctx, catalog, now, width)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	switch {
	case err != nil:
		v.Kind, v.Headline, v.Problem = "wrong", v.W.Wrong, Clip(v.W.say(err))
	case v.Faults != nil:
		v.Kind, v.Headline = "wrong", v.W.Broken
	}
	return document().Execute(w, v)
}

// read returns the form of a question and the catalog that it is asked of, or nil where
// that has faults or cannot be read.
func read(q Question, now time.Time) (*view, *sla.Catalog, error) {
	catalog, faults, err := q.catalog()
	v := &view{Question: q, W: wordsOf(q.Language), Faults: faults}
	if len(q.unknown) > 0 {
		v.Notices = append(v.Notices, fmt.Sprintf(v.W.Unknown, inLine(Clip(strings.Join(q.unknown, v.W.Comma)))))
	}
	if catalog != nil && catalog.Monikers() == nil { // on a machine without zone data
		_, err = catalog.Deadline(sla.Request{})
		catalog = nil
	}
	if catalog == nil {
		v.keep()
		v.place(nil, now)
		return v, nil, cmp.Or(q.fault, err)
	}
	v.choosePlan(catalog)
	v.chooseCountry()
	v.place(catalog, now)
	v.chooseTerm(catalog)
	return v, catalog, err
}

// place fills in the times of the question, and keeps which zone was given.
func (v *view) place(catalog *sla.Catalog, now time.Time) {
	v.ZoneGiven, v.DeskZone = v.Zone, v.zoneOf(catalog)
	v.Question = v.placed(v.DeskZone, now)
}

// Countdown returns a function that says how far away the due time of a question is. Without
// a due time it returns "".
func Countdown(q Question, now time.Time) func(now time.Time) string {
	none := func(time.Time) string { return "" }
	v, catalog, _ := read(q.filled(), now)
	if catalog == nil {
		return none
	}
	asked, err := v.ticket(catalog)
	if err != nil {
		return none
	}
	clock, _ := asked.Clock(v.metric())
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
	W       *words
	Faults  []sla.Fault
	Keep    bool // the form keeps its choices
	Notices []string

	Monikers, Plans, Severities, Categories, Metrics, Countries []option
	Words                                                       []option // that events can have
	ZoneGiven, DeskZone                                         string

	Kind               string // of the state, a key of words.States
	Headline           string // where there is no due time
	Problem            string // why there is no answer
	DueLabel           string
	Due, DueDay        string
	DuePlace, DueOther string
	Left               string
	State              ticket.Status
	Source             *source
	FollowUp, Duties   string

	Why                   []template.HTML
	Others                []commitment
	Picture               template.HTML
	PhonePicture          template.HTML // the same for a phone; empty if the window is known
	Text, JSON, GoCode    string
	CalendarFile          template.URL
	Office                *officeView
	OfficeList, OtherDesk []option
}

// commitment is one of several of a request.
type commitment struct {
	Metric, Due, State string
	Chosen             bool
}

// Languages returns the languages of the page.
func (v *view) Languages() (list []option) {
	for _, w := range languages() {
		list = append(list, option{w.Code, w.Name, w.Code == v.Language})
	}
	return list
}

// StateText returns the state in words.
func (v *view) StateText() string { return v.W.States[v.Kind] }

// Asked returns the question in a sentence.
func (v *view) Asked() string {
	opened, err := instant(v.Opened, v.Zone)
	if err != nil || v.Keep {
		return ""
	}
	text := fmt.Sprintf(v.W.Asked, v.Severity, v.W.name(v.Moniker), v.W.moment(opened))
	if now := string(v.State.Severity); now != "" && now != v.Severity {
		text += fmt.Sprintf(v.W.AskedNow, inLine(now))
	}
	return text
}

// Own reports whether the terms are the reader's own.
func (v *view) Own() bool { return v.Catalog != "" }

// Address returns the question as it stands in the address bar.
func (v *view) Address() string { return "?" + v.Values().Encode() }

// OtherPage returns the address of another page in the same language.
func (v *view) OtherPage(page string) string {
	return "?" + Question{Language: v.Language, Page: page}.Values().Encode()
}

type (
	inEnglish string // a text in English alone
	code      string // a notation
)

// html returns a text of the page. It marks English parts for screen readers.
func (v *view) html(format string, args ...any) template.HTML {
	escaped := make([]any, len(args))
	for i, arg := range args {
		text := template.HTMLEscapeString(fmt.Sprint(arg))
		switch arg := arg.(type) {
		case template.HTML:
			text = string(arg)
		case code:
			text = "<code>" + text + "</code>"
		case inEnglish:
			if v.Language != "en" {
				text = `<span lang="en">` + text + `</span>`
			}
		}
		escaped[i] = text
	}
	return template.HTML(fmt.Sprintf(template.HTMLEscapeString(format), escaped...))
}

// FaultText returns a fault of the catalog: where it is, and what the field has. Other
// languages than English have the message of the library below.
func (v *view) FaultText(f sla.Fault) template.HTML {
	w := v.W
	text := v.html("%s", fmt.Sprintf(w.FaultOf, fmt.Sprint(f.Line), fmt.Sprint(f.Column)))
	if f.Path != "" {
		text += v.html(" %s", code(f.Path))
	}
	if v.Language == "en" {
		return text + v.html(": %s – %s %s", f.Text, w.Want, f.Want)
	}
	switch {
	case f.Path == "":
		text += v.html(" – %s", w.NotJSON)
	case f.Text == "missing":
		text += v.html(" – %s", w.Missing)
	default:
		text += v.html(" – %s", w.Misfit)
	}
	if m := lastField().FindStringSubmatch(f.Path); m != nil && w.Fields[m[1]] != "" {
		text += v.html(" %s %s", w.Want, w.Fields[m[1]])
	}
	return text + "<br><small>" + v.html("%s", inEnglish(f.Text+": want "+f.Want)) + "</small>"
}

var lastField = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`([a-z_]+)(?:\[[0-9]+\])*$`) })

// Clip shortens a text that quotes an input of any length.
func Clip(text string) string {
	const most = 1000
	if len(text) > most {
		return strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}

// termError returns why there is no term, if that is what an error says.
func termError(err error) (sla.TermError, bool) { return errors.AsType[sla.TermError](err) }
