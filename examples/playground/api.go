package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/duetime/duetime/examples/internal/input"
	"github.com/duetime/duetime/examples/playground/page"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

// maxBody bounds a request for a clock: its 4096 events have a line each.
const maxBody = 1 << 20

// terms returns the published terms.
var terms = sync.OnceValue(func() *input.Terms { return input.NewTerms(sla.Published()) })

// due answers with the deadline of the request in the query, which has the fields of examples/due.
func due(w http.ResponseWriter, r *http.Request) {
	var in input.Request
	fields := map[string]*string{
		"moniker": &in.Moniker, "category": &in.Category, "plan": &in.Plan, "severity": &in.Severity,
		"opened": &in.Opened, "country": &in.Country, "metric": &in.Metric,
	}
	query, err := page.Query("query", r.URL.RawQuery)
	if err != nil {
		problem(w, http.StatusBadRequest, err.Error())
		return
	}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		field := fields[name]
		if field == nil || len(query[name]) > 1 {
			problem(w, http.StatusBadRequest, fmt.Sprintf("query %q: want each of moniker, category, plan, severity, opened, country and metric once", name))
			return
		}
		*field = cmp.Or(query[name][0], *field)
	}
	if strings.Contains(in.Opened, " ") {
		problem(w, http.StatusBadRequest, fmt.Sprintf("opened %q: want the + of its offset as %%2B in an address", in.Opened))
		return
	}
	d, err := terms().Deadline(in)
	if err != nil {
		refuse(w, err)
		return
	}
	reply(w, http.StatusOK, "application/json", d)
}

const wantQuestion = `want {"request": {...}, "now": "..."}, with "events": [...] if there are any`

// clock answers how the clock of a request's metric stands, with what has happened to it.
func clock(w http.ResponseWriter, r *http.Request) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		problem(w, http.StatusUnsupportedMediaType, fmt.Sprintf("content type %q: want application/json", r.Header.Get("Content-Type")))
		return
	}
	if codings := strings.Join(r.Header.Values("Content-Encoding"), ", "); codings != "" && !strings.EqualFold(codings, identity) {
		w.Header().Set("Accept-Encoding", identity)
		problem(w, http.StatusUnsupportedMediaType, fmt.Sprintf("content encoding %q: want a body without any", codings))
		return
	}
	var (
		request sla.Request
		events  []ticket.Event
		text    string // of now
	)
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if long, ok := errors.AsType[*http.MaxBytesError](err); ok {
		problem(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("body: want %d bytes at the most", long.Limit))
		return
	} else if errors.Is(err, os.ErrDeadlineExceeded) {
		w.Header().Set("Connection", "close") // the rest of the body would be taken for a request
		problem(w, http.StatusRequestTimeout, fmt.Sprintf("body: want the whole of it within %v", readTimeout))
		return
	} else if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		problem(w, http.StatusBadRequest, "body: want one that can be read to its end")
		return
	}
	if err == nil {
		err = input.Object(bytes.NewReader(body), map[string]any{"request": &request, "events": &events, "now": &text})
	}
	var now time.Time
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		err = errors.New("the body ends too early: " + wantQuestion)
	case errors.Is(err, input.ErrNoObject), err == nil && (request == sla.Request{} || text == ""):
		err = errors.New(wantQuestion)
	case err == nil && (request.Moniker == "" || request.Severity == "" || request.Opened.IsZero()):
		err = errors.New("request: want its moniker, severity and opened")
	case err == nil:
		if now, err = input.Instant(text); err != nil {
			err = fmt.Errorf("now %w", err)
		} else {
			request, err = terms().Spell(request)
		}
	}
	if err != nil {
		problem(w, http.StatusBadRequest, err.Error())
		return
	}
	if _, err := terms().Catalog.Deadline(request); err != nil && len(events) == 0 {
		refuse(w, err) // of a severity without a term too, as nothing changes it
		return
	}
	request.Metric = cmp.Or(request.Metric, sla.FirstResponse)
	t, err := ticket.Open(terms().Catalog, request)
	if err != nil {
		refuse(w, err)
		return
	}
	for i := range events {
		events[i] = terms().SpellEvent(request, events[i])
	}
	if t, err = t.Apply(events...); err != nil {
		problem(w, http.StatusBadRequest, err.Error())
		return
	}
	stored, err := t.MarshalJSON()
	if err != nil { // an event is long after the opening
		problem(w, http.StatusBadRequest, err.Error())
		return
	}
	c, _ := t.Clock(request.Metric)
	out := struct {
		Status ticket.Status   `json:"status"`
		Alarms []ticket.Alarm  `json:"alarms"`
		Next   *time.Time      `json:"next,omitempty"` // when the status says something else
		Ticket json.RawMessage `json:"ticket"`         // to be stored
	}{Status: c.At(now), Alarms: append([]ticket.Alarm{}, c.Alarms(now)...), Ticket: stored}
	if next, ok := c.Next(now); ok {
		out.Next = &next
	}
	reply(w, http.StatusOK, "application/json", out)
}

// refuse answers that there is no deadline: the request is wrong, or nothing is promised.
func refuse(w http.ResponseWriter, err error) {
	status := http.StatusBadRequest
	if _, none := errors.AsType[sla.TermError](err); none {
		status = http.StatusUnprocessableEntity
	}
	problem(w, status, err.Error())
}

// problem answers with what is wrong, as RFC 9457 has it.
func problem(w http.ResponseWriter, status int, detail string) {
	reply(w, status, "application/problem+json", struct {
		Title  string `json:"title"`
		Status int    `json:"status"`
		Detail string `json:"detail"`
	}{http.StatusText(status), status, page.Clip(detail)})
}

func reply(w http.ResponseWriter, status int, kind string, v any) {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil { // no request is known that has such an answer
		problem(w, http.StatusInternalServerError, "the answer cannot be written as JSON")
		return
	}
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	w.Write(append(text, '\n'))
}
