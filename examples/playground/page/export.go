package page

import (
	"fmt"
	"hash/fnv"
	"html/template"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

// calendarFile returns an appointment at the due time (RFC 5545) as the address of a file, or
// "" if nothing is due.
func (v *view) calendarFile() template.URL {
	if v.Due == "" {
		return ""
	}
	stamp := func(t time.Time) string { return t.UTC().Format("20060102T150405Z") }
	id := fnv.New64a()
	id.Write([]byte(v.Address()))
	text := func(s string) string {
		return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`, "\r", "").Replace(s)
	}
	var b strings.Builder
	for _, line := range []string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//duetime//playground//EN", "BEGIN:VEVENT",
		fmt.Sprintf("UID:%x@duetime", id.Sum64()), "DTSTAMP:" + stamp(v.State.At), "DTSTART:" + stamp(v.State.Due), "DTEND:" + stamp(v.State.Due),
		"SUMMARY:" + text(v.W.Due+": "+v.known(string(v.metric()))), "DESCRIPTION:" + text(v.Asked()),
		"TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR",
	} {
		b.WriteString(fold(line))
	}
	return template.URL("data:text/calendar;charset=utf-8," + strings.ReplaceAll(url.QueryEscape(b.String()), "+", "%20"))
}

// fold ends a line of a calendar file, in pieces of 75 bytes.
func fold(line string) string {
	var b strings.Builder
	room := 75
	for _, r := range line {
		if n := len(string(r)); n > room {
			b.WriteString("\r\n ")
			room = 74
		}
		b.WriteRune(r)
		room -= len(string(r))
	}
	return b.String() + "\r\n"
}

// goCode returns the lines of Go that give the due time.
func (v *view) goCode(asked ticket.Ticket) string {
	r := asked.Request()
	stamp := func(t time.Time) string { return strconv.Quote(t.Format(time.RFC3339)) }
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("opened, err := time.Parse(time.RFC3339, %s)", stamp(r.Opened))
	monikers := map[region.Moniker]string{region.Worldwide: "region.Worldwide", region.China: "region.China", region.Germany: "region.Germany"}
	severities := map[sla.Severity]string{sla.SeverityA: "sla.SeverityA", sla.SeverityB: "sla.SeverityB", sla.SeverityC: "sla.SeverityC"}
	name := func(known, name string) string {
		if v.Own() || known == "" {
			return strconv.Quote(name)
		}
		return known
	}
	moniker, severity := name(monikers[r.Moniker], string(r.Moniker)), name(severities[r.Severity], string(r.Severity))
	if !v.Own() && v.Plan == "" && v.Category == "" && v.Country == "" && len(v.Events) == 0 {
		line("due, err := sla.Due(%s, opened, %s)", severity, moniker)
		line("fmt.Println(due, err)")
		return b.String()
	}
	catalog := "sla.Published()"
	if v.Own() {
		catalog = "own"
		line("own, err := sla.ParseCatalog(text) // the JSON of your terms")
	}
	list := []string{"Moniker: " + moniker, "Severity: " + severity, "Opened: opened"}
	for _, f := range []struct{ name, value string }{{"Plan", v.Plan}, {"Category", v.Category}, {"Country", v.Country}, {"Metric", string(v.metric())}} {
		if f.value != "" && f.value != string(sla.FirstResponse) {
			list = append(list, fmt.Sprintf("%s: %q", f.name, f.value))
		}
	}
	fields := strings.Join(list, ", ")
	if len(v.Events) == 0 {
		line("d, err := %s.Deadline(sla.Request{%s})", catalog, fields)
		line("fmt.Println(d.Due, err)")
		return b.String()
	}
	line("t, err := ticket.Open(%s, sla.Request{%s})", catalog, fields)
	for _, e := range asked.Events() {
		line("at, err := time.Parse(time.RFC3339, %s)", stamp(e.At))
		event := "At: at"
		if e.Word != "" {
			event += fmt.Sprintf(", Word: %q", e.Word)
		}
		if e.Change.Severity != "" {
			event += fmt.Sprintf(", Change: ticket.Change{Severity: %q}", e.Change.Severity)
		}
		line("t, err = t.Apply(ticket.Event{%s})", event)
	}
	line("clock, _ := t.Clock(%q)", v.metric())
	now := "time.Now()"
	if v.Now != "" {
		now = "now"
		line("now, err := time.Parse(time.RFC3339, %s)", stamp(v.State.At))
	}
	line("fmt.Println(clock.At(%s).Due, err)", now)
	text := b.String()
	if first := strings.Index(text, "at, err :="); first >= 0 { // the others assign
		text = text[:first+2] + strings.ReplaceAll(text[first+2:], "\nat, err := ", "\nat, err = ")
	}
	return text
}
