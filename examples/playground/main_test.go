package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"html"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files")

// then is when the tests take place.
func then() time.Time { return time.Date(2024, 3, 28, 14, 0, 30, 0, time.UTC) }

// ask sends a request to the handler.
func ask(method, target, kind, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	w := httptest.NewRecorder()
	handler(then, compiled()).ServeHTTP(w, r)
	return w
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), got, name)
}

// plain returns the text of a page, as a reader sees it.
func plain(page string) string {
	text := html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page, " "))
	return strings.NewReplacer(" .", ".").Replace(strings.Join(strings.Fields(text), " "))
}

// The page is in the reader's first language that it has, unless the address names one.
func TestReaderLanguage(t *testing.T) {
	for _, row := range []struct{ header, query, want string }{
		{"", "", "en"},
		{"de-AT,de;q=0.9,en;q=0.8", "", "de"},
		{"fr-FR, zh-CN;q=0.8, en;q=0.5", "", "zh"},
		{"fr", "", "en"},
		{"*", "", "en"},
		{"de", "?lang=zh", "zh"},
		{"ZH;q=1", "?page=offices", "zh"},
	} {
		r := httptest.NewRequest("GET", "/"+row.query, nil)
		r.Header.Set("Accept-Language", row.header)
		w := httptest.NewRecorder()
		handler(then, compiled()).ServeHTTP(w, r)
		assert.Contains(t, w.Body.String(), `<html lang="`+row.want+`">`, row.header)
		assert.Equal(t, "Accept-Language", w.Header().Get("Vary"))
	}
}

// Without a script, the form is answered by the server.
func TestForm(t *testing.T) {
	w := ask("GET", "/", "", "")
	require.Equal(t, http.StatusOK, w.Code)
	assert.Contains(t, w.Body.String(), `name="opened" value="2024-03-28T15:00"`, "in Berlin")
	for name, row := range map[string]struct{ query, want string }{
		"each cloud: Germany":                  {"moniker=o365-germany&severity=B&opened=2024-03-28T15:00&zone=Europe/Berlin", "<time datetime=\"2024-04-02T15:00:00&#43;02:00\"><b>15:00</b> <span>Tuesday, 2 April 2024</span>"},
		"each cloud: China":                    {"moniker=o365-21vianet&severity=B&opened=2020-05-27T20:00&zone=Asia/Shanghai", "Due 20:00 Thursday, 28 May 2020 Asia/Shanghai, UTC+8"},
		"each cloud: worldwide":                {"moniker=o365-worldwide&severity=B&opened=2020-05-27T20:00&zone=UTC", "Due 20:00 Thursday, 28 May 2020 UTC Overdue"},
		"in German":                            {"lang=de&moniker=o365-germany&severity=B&opened=2024-03-28T15:00&zone=Europe/Berlin", "<time datetime=\"2024-04-02T15:00:00&#43;02:00\"><b>15:00</b> <span>Dienstag, 2. April 2024</span>"},
		"in Chinese":                           {"lang=zh&moniker=o365-germany&severity=B&opened=2024-03-28T15:00&zone=Europe/Berlin", "截止时间 15:00 2024年4月2日星期二 Europe/Berlin, UTC+2"},
		"a pause":                              {"severity=B&opened=2024-03-28T10:00&zone=Europe/Berlin&at=2024-03-28T11:00&event=paused&to=&note=log&at=2024-03-28T13:00&event=resumed&to=&note=", "Pauses have moved it. Without them: Tuesday, 2 April 2024, 10:00."},
		"a second zone":                        {"severity=B&opened=2024-03-28T10:00&zone=Europe/Berlin&second=America/New_York", "Tuesday, 2 April 2024, 04:00 (America/New_York, UTC-4)"},
		"as of":                                {"severity=B&opened=2024-03-28T10:00&zone=Europe/Berlin&now=2024-04-08T12:00", "Overdue 6 days 2 h late, 34 h of it in support hours"},
		"a gap":                                {"severity=A&opened=2024-03-31T02:30&zone=Europe/Berlin", "Due 04:00 Sunday, 31 March 2024 Europe/Berlin, UTC+2"},
		"no commitment":                        {"moniker=o365-worldwide&severity=C&opened=2020-05-27T20:00&zone=UTC", "No response time is promised These terms set no time for the first response of a severity C request. No commitment"},
		"a bad zone":                           {"severity=A&opened=2024-03-31T02:30&zone=Berlin", "There is no time zone “Berlin”. Write it like Europe/Berlin, or UTC."},
		"a bad event":                          {"severity=A&opened=2024-03-31T02:30&zone=UTC&at=2024-03-31T03:00&event=waiting", "Event 1: The event “waiting” is not known here. There is: resolved, reopened, paused, resumed, answered, cancelled."},
		"markup":                               {"severity=A&opened=2024-03-31T02:30&zone=UTC&moniker=%3Cscript%3E", "&lt;script&gt; is not offered here; Office 365 Germany is shown."},
		"another cloud's plan":                 {"severity=A&plan=elevated&country=US&moniker=o365-21vianet", "elevated is not offered here; Advanced agreement is shown. US is not offered here; any is shown."},
		"half an event":                        {"severity=A&opened=2024-03-31T02:30&zone=UTC&at=2024-03-31T03:00", "Event 1: It needs a time and what happened."},
		"a long life":                          {"severity=B&opened=2000-03-31T12:30&zone=UTC&now=2024-03-31T12:30", "This is longer than 400 days"},
		"an event of this minute":              {"severity=B&opened=2024-03-28T10:00&at=2024-03-28T12:00:30&event=severity-changed&to=A&now=2024-03-28T12:00:45", "<time datetime=\"2024-03-28T11:00:00&#43;01:00\">"},
		"a breach of this minute":              {"severity=A&opened=2024-03-28T10:00:30&now=2024-03-28T11:00:45", "Overdue 15 s late"},
		"no such cloud":                        {"moniker=foo&severity=B&opened=2024-03-28T15:00", "<time datetime=\"2024-04-02T15:00:00&#43;02:00\">"},
		"out of range":                         {"severity=C&opened=2199-12-01T10:00&at=2199-12-02T10:00&event=paused&now=2199-12-31T20:00", "Times must be between 1900 and 2199."},
		"before the first date":                {"severity=C&opened=1900-01-01T00:00", "Times must be between 1900 and 2199."},
		"in the year 0":                        {"severity=C&opened=0000-01-01T00:00", "Times must be between 1900 and 2199."},
		"answered long ago":                    {"severity=A&opened=2024-03-28T10:00&at=2024-03-28T10:20&event=responded&now=2026-03-28T10:20", "<figure"},
		"a field twice":                        {"severity=A&opened=2024-03-28T10:00&opened=2024-03-28T11:00", "The address has “opened” several times."},
		"a field of no form":                   {"severity=A&opnd=2024-03-28T10:00", "This page has no field opnd, and leaves it out."},
		"a bad escape":                         {"severity=%zz", "The address cannot be read. After a % sign there are two hex digits (%25 is the sign itself), and a semicolon is %3B."},
		"an event without a time":              {"severity=A&opened=2024-03-28T10:00&event=paused", "Event 1: It needs a time and what happened."},
		"answered, then cancelled":             {"severity=A&opened=2024-03-28T10:00&at=2024-03-28T10:20&event=responded&at=2026-03-28T10:20&event=cancelled&now=2026-11-01T10:20", "<figure"},
		"too many events":                      {"severity=A&opened=2024-03-28T10:00" + strings.Repeat("&at=2024-03-28T10:20&event=paused&at=2024-03-28T10:20&event=resumed", 129), "There are 258 events. There may be 256."},
		"a wrong zone, opened now":             {"zone=Foo", `name="opened" value="2024-03-28T14:00"`},
		"before the opening":                   {"severity=B&opened=2024-03-28T15:00&now=2024-03-27T15:00", "5 days 23 h left, 8 h of it in support hours"},
		"a name without end":                   {strings.Repeat("x", 5000) + "=1", "xxx…"},
		"no terms":                             {"catalog=" + url.QueryEscape(`{"version":"1","policies":[{"moniker":"acme","terms":[{"none":"no-commitment","reason":"x"}]}]}`), "No response time is promised These terms set no time for the first response of a severity B request."},
		"a broken catalog and a wrong address": {"severity=A&severity=B&catalog=%7B", "“severity” several times"},
		"by the hours of then":                 {"zone=Europe/Berlin&severity=A&opened=2024-03-25T20:00&at=2024-03-25T20:30&event=severity-changed&to=B&now=2024-03-25T21:00&catalog=" + url.QueryEscape(`{"version":"1","calendars":{"o":{"zone":"Europe/Berlin","hours":"Mo-Fr 09:00-17:00"},"x":{"zone":"UTC","hours":"24/7"}},"policies":[{"moniker":"m","courses":{"":{"change":"carry-elapsed"}},"terms":[{"severities":["A"],"target":"8h","calendar":"x"},{"severities":["B"],"target":"1bd","calendar":"o"}]}]}`), "By the hours in force then, the clock started Monday, 25 March 2024, 20:00."},
		"a note alone":                         {"severity=A&opened=2024-03-28T10:00&at=&event=&to=&note=log", "Event 1: It needs a time and what happened."},
		"a pause to A":                         {"severity=B&opened=2024-03-28T10:00&at=2024-03-28T10:10&event=paused&to=A&now=2024-03-28T11:10", "<time datetime=\"2024-03-28T12:00:00&#43;01:00\">"},
		"events in any order":                  {"severity=A&opened=2024-03-28T10:00&at=2024-03-28T10:40&event=responded&at=2024-03-28T10:20&event=resumed&at=2024-03-28T10:10&event=paused", "Done in time 30 min before the due time"},
		"what has happened already":            {"severity=A&opened=2024-03-28T10:00&at=2024-03-28T10:10&event=resumed&to=&at=2024-03-28T10:20&event=severity-changed&to=A&now=2024-03-28T10:30", "<time datetime=\"2024-03-28T11:00:00&#43;01:00\">"},
		"cancelled":                            {"severity=A&opened=2024-03-28T10:00&at=2024-03-28T10:20&event=cancelled", "Nothing is due Cancelled"},
		"an hour of one digit":                 {"severity=A&opened=2024-03-28T5:00", "“2024-03-28T5:00” is not a date with a time of day."},
		"a fraction of a second":               {"severity=A&opened=2024-03-28T15:00:00.999", "is not a date with a time of day."},
		"a list with a fault":                  {"severity=B&moniker=mine&plan=gold&category=billing&catalog=%0A%0A%7B%22version%22:1%7D", "data-line=\"3\" data-column=\"12\""},
		"a catalog with faults":                {"severity=B&catalog=%7B%22version%22:1%7D", "data-line=\"1\" data-column=\"12\""},
	} {
		w := ask("GET", "/?"+row.query, "", "")
		assert.Equal(t, http.StatusOK, w.Code, name)
		assert.Contains(t, w.Body.String()+plain(w.Body.String()), row.want, name)
		assert.NotContains(t, w.Body.String(), "<script>", name)
	}
	// What the form lists is what the catalog has for the cloud and the plan at the opening,
	// and what is not offered is taken back. Names of the published terms are translated.
	desk := `{"version": "1", "severities": ["P1", {"name": "P2", "also": ["high"]}, "P3", {"name": "P4", "also": ["4"]}], "categories": ["incident", {"name": "service request", "also": ["request"]}, "billing"], "policies": [
		{"moniker": "desk", "plan": "gold", "default": true, "terms": [{"target": "1h", "calendar": "24/7"}, {"metric": "resolution", "target": "5h", "calendar": "24/7"}]},
		{"moniker": "desk", "plan": "silver", "severities": ["urgent"], "terms": [{"target": "2h", "calendar": "24/7"}]},
		{"moniker": "desk", "plan": "silver", "from": "2025-01-01", "severities": ["now", "later"], "terms": [{"target": "3h", "calendar": "24/7"}]},
		{"moniker": "two", "plan": "x", "terms": [{"target": "1h", "calendar": "24/7"}]},
		{"moniker": "two", "plan": "y", "terms": [{"target": "2h", "calendar": "24/7"}]}]}`
	for name, row := range map[string]struct {
		query string
		want  []string
	}{
		"the second severity and the first category, where none is given": {"moniker=DESK", []string{
			`name="severity" value="P2" checked`, `name="severity" value="P4">`, `<option value="" selected>incident</option><option value="service request">service request</option><option value="billing">Billing</option>`,
			`<option value="" selected>first response</option><option value="resolution">resolution</option>`, `<option value="P3">P3</option>`, "severity=P2", "<time datetime=\"2024-03-28T16:00:00Z\">",
		}},
		"synonyms, and a translation": {"lang=de&moniker=desk&severity=4&category=Request&at=2024-03-28T15:10&event=severity-changed&to=HIGH", []string{
			`name="severity" value="P4" checked`, `<option value="service request" selected>`, `<option value="billing">Abrechnung</option>`, `<option value="P2" selected>P2</option>`, "severity=P4", "to=P2",
		}},
		"another version": {"moniker=desk&plan=Silver&opened=2025-06-01T10:00&severity=P1&metric=resolution&category=pre-sales&at=2025-06-01T10:10&event=severity-changed&to=P3", []string{
			`name="severity" value="now"`, `name="severity" value="later" checked`, "P1 is not offered here; later is shown.", "resolution is not offered here; first response is shown.", "pre-sales is not offered here; incident is shown.",
			"P3 is not offered here; none is shown.", "Event 1: It needs the new severity.",
		}},
		"a version that is alone":      {"moniker=desk&plan=silver&severity=later", []string{`name="severity" value="urgent" checked`, "later is not offered here; urgent is shown."}},
		"no time, so the last version": {"moniker=desk&plan=silver&opened=soon", []string{`name="severity" value="later" checked`, "One detail is missing or wrong"}},
		"no default":                   {"moniker=two", []string{`<option value="x" selected>x</option><option value="y">y</option></select>`, "plan=x", "<time datetime=\"2024-03-28T16:00:00Z\">"}},
		"no such plan, and no default": {"moniker=two&plan=gold", []string{"gold is not offered here; x is shown."}},
		"what would turn the line":     {"moniker=two&plan=a%E2%80%AEb%E2%81%A9", []string{"<p class=\"notice\">ab is not offered here; x is shown.</p>"}},
	} {
		query := row.query + "&zone=UTC&catalog=" + url.QueryEscape(desk)
		if !strings.Contains(query, "opened=") {
			query += "&opened=2024-03-28T15:00"
		}
		body := html.UnescapeString(ask("GET", "/?"+query, "", "").Body.String())
		for _, want := range row.want {
			assert.Contains(t, body+plain(body), want, name)
		}
	}
	// Events have the words of the policy. Of the usual words, only those that do something to
	// the clock of the metric are offered, and they are translated.
	tickets := `{"version": "1", "policies": [
		{"moniker": "usual", "terms": [{"target": "1h", "calendar": "24/7"}, {"metric": "resolution", "target": "5h", "calendar": "24/7"}]},
		{"moniker": "own", "statuses": ["open", "pending", "solved"], "happenings": ["customer", "reply"], "courses": {"": {"start": ["customer"], "stop": ["solved"], "pause": ["pending"]}, "resolution": {"start": [], "stop": ["solved"], "reset": ["due"]}},
			"terms": [{"target": "1h", "calendar": "24/7"}, {"metric": "resolution", "target": "5h", "calendar": "24/7"}]},
		{"moniker": "changes", "happenings": ["severity-changed"], "courses": {"": {"stop": ["severity-changed"]}}, "terms": [{"target": "1h", "calendar": "24/7"}]}]}`
	for name, row := range map[string]struct {
		query string
		want  []string
	}{
		"the published terms": {"severity=A&lang=de", []string{
			`name="event" aria-label="Ereignis"><option value="">was geschah?</option><option value="paused">pausiert</option><option value="resumed">fortgesetzt</option><option value="responded">beantwortet</option><option value="cancelled">abgebrochen</option><option value="severity-changed">neuer Schweregrad</option></select>`,
		}},
		"the usual words": {"catalog&moniker=usual&metric=resolution&at=2024-03-28T15:10&event=resolved&now=2024-03-28T15:30", []string{
			`<option value="">what happened?</option><option value="resolved" selected>resolved</option><option value="reopened">reopened</option><option value="paused">paused</option><option value="resumed">resumed</option><option value="cancelled">cancelled</option><option value="severity-changed">severity changed</option></select>`, "Done in time",
		}},
		"a usual word that is not offered": {"catalog&moniker=usual&at=2024-03-28T15:10&event=resolved&now=2024-03-28T15:30", []string{
			`<option value="severity-changed">severity changed</option><option value="resolved" selected>resolved</option></select>`, "<time datetime=\"2024-03-28T16:00:00Z\">",
		}},
		"a desk's own words": {"catalog&lang=zh&moniker=own&at=2024-03-28T15:10&event=customer&at=2024-03-28T15:20&event=pending&now=2024-03-28T15:30", []string{
			`<option value="">发生了什么？</option><option value="open">open</option><option value="pending" selected>pending</option><option value="solved">solved</option><option value="customer">customer</option><option value="reply">reply</option><option value="cancelled">已取消</option><option value="severity-changed">级别变更</option></select>`,
			`<time datetime="2024-03-28T16:20:00Z">`, "customer后立即开始计时。",
		}},
		"idle":                       {"catalog&moniker=own&now=2024-03-28T15:30", []string{"Nothing is due", "The clock starts with: customer."}},
		"a clock that resets itself": {"catalog&moniker=own&metric=resolution&now=2024-03-28T21:30", []string{"The last one ended: the clock starts at once.", "<time datetime=\"2024-03-29T01:00:00Z\">"}},
		"words of another catalog": {"moniker=o365-germany&at=2024-03-28T15:10&event=reply", []string{
			`<option value="severity-changed">severity changed</option><option value="reply" selected>reply</option></select>`, "Event 1: The event “reply” is not known here.",
		}},
		"a word of the name that a change has": {"catalog&moniker=changes&at=2024-03-28T15:10&event=severity-changed&now=2024-03-28T15:30", []string{
			`<option value="">what happened?</option><option value="severity-changed" selected>severity-changed</option><option value="cancelled">cancelled</option></select>`, "Done in time",
		}},
		"a broken catalog": {"moniker=own&at=2024-03-28T15:10&event=reply&catalog=%7B", []string{`<option value="reply" selected>reply</option></select>`, `id="events" class="card" data-offer="keep"`}},
	} {
		query := strings.Replace(row.query, "catalog&", "catalog="+url.QueryEscape(tickets)+"&", 1)
		body := html.UnescapeString(ask("GET", "/?opened=2024-03-28T15:00&zone=UTC&"+query, "", "").Body.String())
		for _, want := range row.want {
			assert.Contains(t, body+plain(body), want, name)
		}
	}
	// What was chosen of a catalog that has a fault now stays.
	kept := ask("GET", "/?moniker=desk&severity=P3&category=incident&plan=gold&at=2024-03-28T15:10&event=severity-changed&to=P1&catalog=%7B", "", "").Body.String()
	for _, want := range []string{`name="severity" value="P3" checked`, `<option value="incident" selected>`, `<option value="gold" selected>`, `<option value="P1" selected>P1</option>`, `id="severities" data-live="keep"`} {
		assert.Contains(t, kept, want)
	}

	// What is written in other words is the same question, and stands so in the form.
	known := ask("GET", "/?moniker=o365-21vianet&category=billing&severity=B&opened=2024-03-28T15:00&at=2024-03-28T15:05&event=severity-changed&to=C", "", "").Body.String()
	assert.Equal(t, known, ask("GET", "/?moniker=O365-21Vianet&category=Billing&severity=High&opened=2024-03-28T15:00&at=2024-03-28T15:05&event=severity-changed&to=non-critical", "", "").Body.String())
	assert.Contains(t, known, `value="billing" selected`)
	wrong := ask("GET", "/?zone=Mars", "", "").Body.String()
	assert.NotContains(t, wrong, "Nothing is due")
	assert.Equal(t, 2, strings.Count(wrong, "One detail is missing or wrong"), "in the answer and in the bar")

	// A catalog of one metric, which is not the usual one.
	update := `{"version": "1", "calendars": {"x": {"zone": "UTC", "hours": "24/7"}}, "policies": [{"moniker": "mine", "terms": [{"severities": ["B"], "metric": "update", "target": "1h", "calendar": "x"}]}]}`
	own := ask("GET", "/?"+url.Values{"catalog": {update}, "opened": {"2024-03-28T15:00"}}.Encode(), "", "").Body.String()
	assert.Contains(t, own, `<option value="" selected>update</option>`)
	assert.Contains(t, own, "<time datetime=\"2024-03-28T16:00:00Z\">")
	assert.NotContains(t, own, "not offered here", "nothing was chosen")

	for target, want := range map[string][]string{
		"8h wall":                        {"first response within 8 h of real time.", "Due 8 h of real time after that: Wednesday, 27 March 2024, 23:00.", "Running 7 h left"},
		"3d":                             {"first response within 3 calendar days.", " of it in support hours"},
		"1bd 4h":                         {"first response within 1 business day, 4 h."},
		"2h before 14:00 else 1bd@close": {"first response within 2 h if it starts before 14:00, otherwise 1 business day, at closing time.", "Due time: Thursday, 28 March 2024, 17:00."},
	} {
		text := `{"version":"1","policies":[{"moniker":"m","terms":[{"target":"` + target + `","calendar":{"zone":"UTC","hours":"Mo-Fr 09:00-17:00"}}]}]}`
		page := ask("GET", "/?"+url.Values{"catalog": {text}, "severity": {"A"}, "zone": {"UTC"}, "opened": {"2024-03-27T15:00"}, "now": {"2024-03-27T16:00"}}.Encode(), "", "").Body.String()
		for _, part := range want {
			assert.Contains(t, plain(page), part, target)
		}
	}
	text, err := os.ReadFile("../catalog/acme.json")
	require.NoError(t, err)
	w = ask("GET", "/?"+url.Values{"catalog": {string(text)}, "severity": {"B"}, "plan": {"gold"}, "opened": {"2026-07-14T16:00"}, "zone": {"Europe/Berlin"}}.Encode(), "", "")
	assert.Contains(t, w.Body.String(), "No faults.")
	assert.Contains(t, w.Body.String(), "<time datetime=")
}

// A page whose client has gone is not written, nor one that took too long.
func TestPageStops(t *testing.T) {
	for _, row := range []struct {
		why    string
		stop   func(context.Context) (context.Context, context.CancelFunc)
		status int // 0 where nobody reads it
	}{
		{"gone while it is computed", context.WithCancel, 0},
		{"out of time", func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithDeadline(ctx, then())
		}, 503},
	} {
		ctx, cancel := row.stop(t.Context())
		server := handler(func() time.Time { // which is asked for when a page has its turn
			cancel()
			return then()
		}, compiled())
		for range 20 { // a turn is not kept
			w := httptest.NewRecorder()
			r := httptest.NewRequest("GET", "/", nil).WithContext(ctx)
			if row.status == 0 {
				assert.PanicsWithValue(t, http.ErrAbortHandler, func() { server.ServeHTTP(w, r) }, row.why)
				assert.Zero(t, w.Body.Len(), row.why)
				continue
			}
			server.ServeHTTP(w, r)
			assert.Equal(t, row.status, w.Code, row.why)
			assert.Contains(t, w.Body.String(), "there is no answer within 25s", row.why)
			assert.Equal(t, "25", w.Header().Get("Retry-After"), row.why)
		}
		cancel()
	}

	// A fault of ours takes no turn for good.
	faults := runtime.GOMAXPROCS(0)
	server := handler(func() time.Time {
		if faults--; faults >= 0 {
			panic("a fault")
		}
		return then()
	}, compiled())
	for range faults {
		assert.Panics(t, func() { server.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil)) })
	}
	w := httptest.NewRecorder()
	server.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	assert.Equal(t, http.StatusOK, w.Code)
}

// life is the body of a good request for a clock.
const life = `{"request": {"moniker": "o365-germany", "severity": "B", "opened": "2024-03-28T15:00:00+01:00"},
		"events": [{"at": "2024-03-28T16:00:00+01:00", "word": "paused", "note": "log"}], "now": "2024-03-29T12:00:00+01:00"}`

func TestAPI(t *testing.T) {
	for name, row := range map[string]struct {
		method, target, kind, body string
		status                     int
	}{
		"due":            {"GET", "/v1/due?moniker=o365-germany&severity=B&opened=2024-03-28T15:00:00%2B01:00", "", "", 200},
		"clock":          {"POST", "/v1/clock", "application/json", life, 200},
		"due-synonyms":   {"GET", "/v1/due?moniker=O365-Germany&plan=Standard&category=Pre+Sales&severity=Sev+B&opened=2024-03-28T15:00:00%2B01:00", "", "", 422},
		"clock-synonyms": {"POST", "/v1/clock", "application/json", strings.NewReplacer("o365-germany", "O365-Germany", `"B"`, `"High"`, `"word": "paused"`, `"severity": "critical"`).Replace(life), 200},
		"bad-change":     {"POST", "/v1/clock", "application/json", strings.Replace(life, `"word": "paused"`, `"severity": "P1"`, 1), 400},
		"no-severity":    {"GET", "/v1/due?moniker=o365-germany&opened=2024-03-28T15:00:00%2B01:00", "", "", 400},
		"no-commitment":  {"GET", "/v1/due?moniker=o365-worldwide&severity=C&opened=2024-03-28T15:00:00%2B01:00", "", "", 422},
		"bad-severity":   {"GET", "/v1/due?moniker=o365-germany&severity=X&opened=2024-03-28T15:00:00%2B01:00", "", "", 400},
		"bad-field":      {"GET", "/v1/due?severty=B&zeverity=A", "", "", 400},
		"bad-query":      {"GET", "/v1/due?moniker=o365-germany&country=%zz", "", "", 400},
		"bad-plus":       {"GET", "/v1/due?moniker=o365-germany&severity=B&opened=2024-03-28T15:00:00+01:00", "", "", 400},
		"bad-path":       {"GET", "/v1//due", "", "", 404},
		"no-body":        {"POST", "/v1/clock", "application/json", "", 400},
		"a-list":         {"POST", "/v1/clock", "application/json; charset=utf-8", "[1]", 400},
		"bad-body":       {"POST", "/v1/clock", "application/json", `{"request": {"moniker": 7}}`, 400},
		"bad-json":       {"POST", "/v1/clock", "application/json", `{"request": {}, "now": x}`, 400},
		"bad-word":       {"POST", "/v1/clock", "application/json", "soon", 400},
		"bad-value":      {"POST", "/v1/clock", "application/json", "{\n  \"now\": 7}", 400},
		"bad-events":     {"POST", "/v1/clock", "application/json", `{"events": "paused"}`, 400},
		"bad-semicolon":  {"GET", "/v1/due?moniker=o365-germany;severity=B", "", "", 400},
		"bad-more":       {"POST", "/v1/clock", "application/json", life + "{}", 400},
		"no-now":         {"POST", "/v1/clock", "application/json", `{"request": {"moniker": "o365-germany", "severity": "B", "opened": "2024-03-28T15:00:00+01:00"}}`, 400},
		"bad-now":        {"POST", "/v1/clock", "application/json", strings.Replace(life, "2024-03-29T12:00:00+01:00", "tomorrow", 1), 400},
		"bad-offset":     {"POST", "/v1/clock", "application/json", strings.Replace(life, "12:00:00+01:00", "12:00:00+24:00", 1), 400},
		"cut-off":        {"POST", "/v1/clock", "application/json", strings.TrimSuffix(life, "}"), 400},
		"bad-minutes":    {"POST", "/v1/clock", "application/json", strings.Replace(life, "12:00:00+01:00", "12:00:00+00:60", 1), 400},
		"bad-twice":      {"POST", "/v1/clock", "application/json", strings.Replace(life, `"now"`, `"events": [], "now"`, 1), 400},
		"bad-capitals":   {"POST", "/v1/clock", "application/json", strings.Replace(life, `"now"`, `"NOW"`, 1), 400},
		"bad-request":    {"POST", "/v1/clock", "application/json", strings.Replace(life, `"severity": "B", `, "", 1), 400},
		"bad-opened":     {"GET", "/v1/due?moniker=o365-germany&severity=B&opened=2024-03-28T15:00:00%2B24:00", "", "", 400},
		"bad-hour":       {"GET", "/v1/due?moniker=o365-germany&severity=B&opened=2024-03-28T5:00:00Z", "", "", 400},
		"no-category":    {"GET", "/v1/due?category=&plan=&moniker=o365-germany&severity=B&opened=2024-03-28T15:00:00%2B01:00", "", "", 200},
		"bad-event":      {"POST", "/v1/clock", "application/json", strings.Replace(life, "paused", "waiting", 1), 400},
		"bad-late":       {"POST", "/v1/clock", "application/json", strings.Replace(life, "2024-03-28T16", "2034-03-29T16", 1), 400},
		"form":           {"POST", "/v1/clock", "application/x-www-form-urlencoded", "a=b", 415},
		"method":         {"DELETE", "/v1/due", "", "", 405},
		"no-such-page":   {"GET", "/v2/due", "", "", 404},
		"a-body-too-big": {"POST", "/v1/clock", "application/json", `{"request":"` + strings.Repeat("x", maxBody) + `"}`, 413},
	} {
		w := ask(row.method, row.target, row.kind, row.body)
		assert.Equal(t, row.status, w.Code, name)
		kind := "application/json"
		if row.status != http.StatusOK {
			kind = "application/problem+json"
		}
		assert.Equal(t, kind, w.Header().Get("Content-Type"), name)
		golden(t, name+".json", w.Body.String())
	}
	assert.Equal(t, "GET, HEAD, OPTIONS", ask("DELETE", "/v1/due", "", "").Header().Get("Allow"))
	assert.Equal(t, http.StatusNoContent, ask("OPTIONS", "/v1/clock", "", "").Code)
	assert.Equal(t, http.StatusOK, ask("HEAD", "/", "", "").Code)
	long := ask("GET", "/v1/due?moniker="+strings.Repeat("x", 50_000), "", "")
	assert.Less(t, long.Body.Len(), 2000)
}

// Each response has the headers that keep a browser safe, and an error says what was asked
// for as it was asked for.
func TestServer(t *testing.T) {
	for _, row := range []struct {
		method, target string
		status         int
		allow, kind    string
		detail, why    string
	}{
		{"GET", "http://localhost", 200, "", "text/html; charset=utf-8", "", "no path is the root"},
		{"GET", "http://localhost?severity=A", 200, "", "text/html; charset=utf-8", "", "no path, but a question"},
		{"HEAD", "/v1/due?moniker=o365-germany&severity=B&opened=2024-03-28T15:00:00%2B01:00", 200, "", "application/json", "", "as GET"},
		{"POST", "/", 405, "GET, HEAD, OPTIONS", "application/problem+json", "POST /: want GET, HEAD, OPTIONS", "the page"},
		{"PUT", "/app.js", 405, "GET, HEAD, OPTIONS", "application/problem+json", "PUT /app.js: want GET, HEAD, OPTIONS", "a file"},
		{"HEAD", "/v1/clock", 405, "POST, OPTIONS", "application/problem+json", "HEAD /v1/clock: want POST, OPTIONS", "there is no GET"},
		{"TRACE", "/v1/due", 405, "GET, HEAD, OPTIONS", "application/problem+json", "TRACE /v1/due: want GET, HEAD, OPTIONS", "a method that nothing takes"},
		{"OPTIONS", "/v1/due", 204, "GET, HEAD, OPTIONS", "", "", "what there is"},
		{"OPTIONS", "/v1/clock", 204, "POST, OPTIONS", "", "", "what there is"},
		{"OPTIONS", "/v1", 404, "", "application/problem+json", "/v1: want /, /v1/due or /v1/clock", "there is nothing"},
		{"GET", "/v1/due/", 404, "", "application/problem+json", "/v1/due/: want /, /v1/due or /v1/clock", "a slash too many"},
		{"GET", "/v1%2Fdue", 404, "", "application/problem+json", "/v1%2Fdue: want /, /v1/due or /v1/clock", "a slash that parts nothing"},
		{"GET", "/%0A%E2%80%AE%FF", 404, "", "application/problem+json", "/%0A%E2%80%AE%FF: want /, /v1/due or /v1/clock", "what would steer a terminal"},
		{"GET", "/static/app.js", 404, "", "application/problem+json", "/static/app.js: want /, /v1/due or /v1/clock", "the folder of the files"},
	} {
		w := ask(row.method, row.target, "", "")
		h := w.Header()
		assert.Equal(t, row.status, w.Code, row.why)
		assert.Equal(t, row.allow, h.Get("Allow"), row.why)
		assert.Equal(t, row.kind, h.Get("Content-Type"), row.why)
		assert.Equal(t, "nosniff", h.Get("X-Content-Type-Options"), row.why)
		assert.Equal(t, "no-referrer", h.Get("Referrer-Policy"), row.why)
		assert.Equal(t, "no-cache", h.Get("Cache-Control"), row.why)
		assert.Contains(t, h.Get("Content-Security-Policy"), "default-src 'none'", row.why)
		if row.detail != "" {
			var problem struct{ Detail string }
			require.NoError(t, json.Unmarshal(w.Body.Bytes(), &problem), row.why)
			assert.Equal(t, row.detail, problem.Detail, row.why)
		}
	}
}

// No text is that of a package which has others in the next version of Go: a body can fail
// in many ways, each of which has a text of its own.
func TestBodies(t *testing.T) {
	for _, row := range []struct {
		body   io.Reader
		coding string
		status int
		detail string
	}{
		{iotest.ErrReader(errors.New("malformed chunked encoding")), "", 400, "body: want one that can be read to its end"},
		{iotest.ErrReader(io.ErrUnexpectedEOF), "", 400, "the body ends too early: want {"},
		{io.MultiReader(strings.NewReader(life), iotest.ErrReader(io.ErrUnexpectedEOF)), "", 400, "the body ends too early: want {"},
		{iotest.ErrReader(fmt.Errorf("read tcp: %w", os.ErrDeadlineExceeded)), "", 408, "body: want the whole of it within 10s"},
		{strings.NewReader("\x1f\x8b"), "gzip", 415, `content encoding "gzip": want a body without any`},
		{strings.NewReader(""), "Identity", 400, "the body ends too early: want {"},
	} {
		r := httptest.NewRequest("POST", "/v1/clock", row.body)
		r.Header.Set("Content-Type", "application/json")
		if row.coding != "" {
			r.Header.Set("Content-Encoding", row.coding)
		}
		w := httptest.NewRecorder()
		handler(then, compiled()).ServeHTTP(w, r)
		assert.Equal(t, row.status, w.Code, row.detail)
		assert.Contains(t, w.Body.String(), `"detail": `+strings.TrimSuffix(fmt.Sprintf("%q", row.detail), `"`))
	}
	w := httptest.NewRecorder()
	reply(w, http.StatusOK, "application/json", func() {})
	assert.Equal(t, http.StatusInternalServerError, w.Code)
	assert.Contains(t, w.Body.String(), `"detail": "the answer cannot be written as JSON"`)
}

// The command serves until it is told to stop, and then answers what it has begun to.
func TestRun(t *testing.T) {
	var out, errs bytes.Buffer
	assert.Equal(t, exitUsage, run(t.Context(), func() {}, []string{"x"}, &out, &errs))
	assert.Contains(t, errs.String(), `playground: "x": want flags only`)
	assert.Equal(t, exitBad, run(t.Context(), func() {}, []string{"-addr", "256.0.0.1:0"}, &out, &errs))

	ctx, cancel := context.WithCancel(t.Context())
	listener, err := net.Listen("tcp", "localhost:0")
	require.NoError(t, err)
	done := make(chan error)
	go func() { done <- serve(ctx, cancel, listener, handler(then, compiled()), slog.New(slog.DiscardHandler)) }()
	response, err := http.Get("http://" + listener.Addr().String() + "/v1/due?moniker=o365-germany&severity=B&opened=2024-03-28T15:00:00%2B01:00")
	require.NoError(t, err)
	assert.Equal(t, http.StatusOK, response.StatusCode)
	response.Body.Close()
	cancel()
	require.NoError(t, <-done)
}

// The most laborious questions that an address can hold allocate little, as the page leaves
// out what would take long.
func TestLaboriousQuestion(t *testing.T) {
	var times []string
	for i := range 48 {
		times = append(times, fmt.Sprintf("%02d:%02d-%02d:%02d", i/2, i%2*30, i/2, i%2*30+20))
	}
	catalog := fmt.Sprintf(`{"version": "1", "calendars": {"x": {"zone": "Europe/Berlin", "hours": "Mo-Su %s"}}, "policies": [{"moniker": "m", "courses": {"": {"change": "restart"}}, "terms": [{"severities": ["B"], "target": "1h", "calendar": "x"}]}]}`, strings.Join(times, ","))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for _, now := range []string{"2000-12-31T12:00", "2199-12-01T12:00"} {
		w := ask("GET", "/?"+url.Values{"catalog": {catalog}, "severity": {"B"}, "opened": {"2000-01-01T12:00"}, "zone": {"Europe/Berlin"}, "now": {now}}.Encode(), "", "")
		assert.Equal(t, http.StatusOK, w.Code)
		assert.Contains(t, w.Body.String(), "<time datetime=")
		assert.Less(t, w.Body.Len(), 2<<20)
	}
	// A cycle ends by itself, 256 times, and each reaches an alarm 100 times.
	repeats := `{"version": "1", "statuses": ["x"], "courses": {"": {"reset": ["due"]}}, "policies": [{"moniker": "m", "terms": [{"target": "200m", "calendar": "24/7", "alarms": ["1% every 1m"]}]}]}`
	for now, want := range map[string]string{"2000-01-01T12:00": "<figure", "2000-12-31T12:00": "closings or alarms"} {
		w := ask("GET", "/?"+url.Values{"catalog": {repeats}, "opened": {"2000-01-01T12:00"}, "zone": {"UTC"}, "now": {now}}.Encode(), "", "")
		assert.Contains(t, w.Body.String(), want)
		assert.Contains(t, w.Body.String(), "<time datetime=")
		assert.Less(t, w.Body.Len(), 2<<20)
	}
	// Nothing is due any more, after all that time.
	w := ask("GET", "/?"+url.Values{"catalog": {catalog}, "severity": {"B"}, "opened": {"1901-01-01T12:00"}, "zone": {"Europe/Berlin"}, "at": {"2190-01-01T12:00"}, "event": {"severity-changed"}, "to": {"C"}, "now": {"2190-01-02T12:00"}}.Encode(), "", "")
	assert.Contains(t, w.Body.String(), "This is longer than 400 days")
	runtime.ReadMemStats(&after)
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(72<<20), "bytes: twice what it takes; without one of the bounds it takes more than 110 MB")
}

// A thousand requests, of which many are broken, have answers that are no fault of the
// server's, and leave it no larger. With -full, there are ten thousand.
func TestHostileRequests(t *testing.T) {
	requests := 1000
	if *full {
		requests = 10_000
	}
	server := httptest.NewServer(handler(then, compiled()))
	defer server.Close()
	rng := rand.New(rand.NewPCG(6, 6))
	pick := func(list ...string) string { return list[rng.IntN(len(list))] }
	noise := func() string {
		b := make([]byte, rng.IntN(40))
		for i := range b {
			b[i] = byte(rng.Uint32())
		}
		return string(b)
	}
	life := `{"request": {"moniker": "o365-germany", "severity": "B", "opened": "2024-03-28T15:00:00+01:00"}, "events": [{"at": "2024-03-28T16:00:00+01:00", "word": "paused"}], "now": "2024-03-29T12:00:00+01:00"}`
	one := func() (*http.Request, error) {
		query := url.Values{}
		for range rng.IntN(9) {
			query.Add(pick("moniker", "severity", "opened", "zone", "category", "plan", "country", "now", "second", "lang", "at", "event", "to", "note", "catalog", noise()),
				pick("o365-germany", "o365-worldwide", "A", "B", "C", "2024-03-28T15:00:00+01:00", "2024-03-28T15:00", "Europe/Berlin", "9999-12-31T23:59", "0001-01-01T00:00", "1900-01-01T00:00", "2199-12-31T00:00", "paused", "resumed", `{"version": "1"}`, noise()))
		}
		switch rng.IntN(3) {
		case 0:
			return http.NewRequest(pick("GET", "POST", "PUT", "HEAD"), server.URL+"/?"+query.Encode(), nil)
		case 1:
			if rng.IntN(2) == 0 { // a good one, perhaps with a fault
				query = url.Values{"moniker": {pick("o365-germany", "o365-worldwide", "o365-21vianet")}, "severity": {pick("A", "B", "C", "D")}, "opened": {"2024-03-28T15:00:00+01:00"}}
				query.Set(pick("moniker", "severity", "opened", "plan", "country", "metric"), pick("", "DE", noise()))
			}
			return http.NewRequest("GET", server.URL+"/v1/due?"+query.Encode(), nil)
		}
		body := []byte(life)
		for range rng.IntN(4) {
			at := rng.IntN(len(body))
			switch rng.IntN(3) {
			case 0:
				body[at] = byte(rng.Uint32())
			case 1:
				body = append(body[:at], body[at+1:]...)
			case 2:
				body = append(body[:at:at], append([]byte(noise()), body[at:]...)...)
			}
		}
		r, err := http.NewRequest("POST", server.URL+"/v1/clock", bytes.NewReader(body))
		if err == nil && rng.IntN(10) > 0 {
			r.Header.Set("Content-Type", "application/json")
		}
		return r, err
	}
	statuses := map[int]int{}
	send := func(n int) {
		for range n {
			r, err := one()
			require.NoError(t, err)
			response, err := server.Client().Do(r)
			require.NoError(t, err, r.URL)
			body, err := io.ReadAll(response.Body)
			require.NoError(t, err)
			response.Body.Close()
			statuses[response.StatusCode]++
			require.Less(t, response.StatusCode, 500, "%s %s: %s", r.Method, r.URL, body)
			if strings.HasPrefix(r.URL.Path, "/v1/") {
				require.True(t, json.Valid(body), "%s: %s", r.URL, body)
			}
		}
	}
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	send(requests / 5) // what is worked out once, such as the calendars of the terms
	before := heap()
	send(requests - requests/5)
	after := heap()
	assert.Less(t, float64(after), float64(before)+2<<20, "bytes")
	for _, status := range []int{200, 400, 405, 415, 422} {
		assert.Positive(t, statuses[status], "status %d", status)
	}
	t.Logf("%d requests: %v; %.1f MB before, %.1f MB after", requests, statuses, float64(before)/1e6, float64(after)/1e6)
}
