package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

// newTestDesk returns a desk with an API, whose timer and deliveries do not run: a test says
// when they do.
func newTestDesk(t *testing.T, s settings, tokens ...string) (*desk, *httptest.Server) {
	t.Helper()
	if s.db == "" {
		s.db = filepath.Join(t.TempDir(), "desk.db")
	}
	s.timeout = time.Second
	db, err := openStore(t.Context(), s.db)
	require.NoError(t, err)
	catalog, err := sla.ParseCatalog(sample)
	require.NoError(t, err)
	d, err := newDesk(t.Context(), db, catalog, pace{}, s, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	handler, err := d.handler(t.Context(), tokens)
	require.NoError(t, err)
	server := httptest.NewServer(handler)
	t.Cleanup(func() { server.Close(); db.close() })
	return d, server
}

// call sends a request and returns the status and the body.
func call(t *testing.T, server *httptest.Server, method, path, body string, header ...string) (int, string) {
	t.Helper()
	request, err := http.NewRequest(method, server.URL+path, strings.NewReader(body))
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	response, err := server.Client().Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	if response.StatusCode >= 400 && strings.HasPrefix(path, "/tickets") {
		assert.Equal(t, "application/problem+json", response.Header.Get("Content-Type"), string(text))
	}
	return response.StatusCode, string(text)
}

func TestAPI(t *testing.T) {
	t.Parallel()
	_, server := newTestDesk(t, settings{})
	opened := `{"id": "a", "subject": "Help", "moniker": "acme", "severity": "P1", "opened": "2026-03-02T10:00:00+01:00"`
	for _, step := range []struct {
		method, path, body string
		status             int
		want               string // in the answer
	}{
		{"POST", "/tickets", opened + `}`, 201, ""},
		{"POST", "/tickets", opened + `}`, 200, ""},
		{"POST", "/tickets", `{"id": "a", "subject": "Help", "moniker": "acme", "severity": "P1"}`, 200, ""}, // the opening is the one that it has
		{"POST", "/tickets", `{"id": "a", "subject": "Help", "moniker": "acme", "severity": "P2"}`, 409, "something else"},
		{"POST", "/tickets", `{"id": "a", "subject": "Help!", "moniker": "acme", "severity": "P1"}`, 409, "something else"},
		{"POST", "/tickets", `{"id": "b", "moniker": "acme", "severity": "P7"}`, 422, `unknown severity \"P7\"`},
		{"POST", "/tickets", `{"id": "b", "moniker": "acmee", "severity": "P1"}`, 422, `unknown moniker \"acmee\"`},
		{"POST", "/tickets", `{"id": "b", "moniker": "acme", "severity": "P1", "sevrity": "P1"}`, 422, "sevrity"},
		{"POST", "/tickets", `{"id": "b/c", "moniker": "acme", "severity": "P1"}`, 422, "body.id"},
		{"POST", "/tickets", `{"id": "..", "moniker": "acme", "severity": "P1"}`, 422, "body.id"}, // a browser would take it for a folder
		{"POST", "/tickets", `{"id": "b\u0000", "moniker": "acme", "severity": "P1"}`, 422, "body.id"},
		{"POST", "/tickets", `{"id": "b", "subject": "a\u0000", "moniker": "acme", "severity": "P1"}`, 422, "body.subject"},
		{"POST", "/tickets", `{"id": "b", "moniker": "acme", "severity": "P1", "opened": "0001-01-01T00:00:00Z"}`, 422, "1900"}, // none, for some programs
		{"POST", "/tickets", `{"id": "b", "moniker": "acme", "severity": "P1", "opened": "2200-01-01T00:00:00Z"}`, 422, "1900"},
		{"POST", "/tickets", `{"id": "b", "subject": "` + strings.Repeat("x", maxBody) + `"}`, 413, "limit"},
		{"POST", "/tickets", `{"id": "b",`, 400, "unexpected end"},
		{"POST", "/tickets/a/events", `{"id": "1", "at": "2026-03-02T10:05:00+01:00", "word": "reply"}`, 201, ""},
		{"POST", "/tickets/a/events", `{"id": "1", "at": "2026-03-02T10:05:00+01:00", "word": "reply"}`, 200, ""},
		{"POST", "/tickets/a/events", `{"id": "1", "word": "reply"}`, 200, ""}, // the instant is the one that it has
		{"POST", "/tickets/a/events", `{"id": "1", "word": "solved"}`, 409, "the ID of another event"},
		{"POST", "/tickets/a/events", `{"id": "2", "word": "sovled"}`, 422, `unknown word \"sovled\"`},
		{"POST", "/tickets/a/events", `{"id": "2", "word": "reply", "at": "2026-03-02T09:05:00+01:00"}`, 422, "before the opening"},
		{"POST", "/tickets/a/events", `{"id": "2"}`, 422, "want"},
		{"POST", "/tickets/z/events", `{"id": "1", "word": "reply"}`, 404, "no such ticket"},
		{"GET", "/tickets/a", "", 200, `"told"`},
		{"GET", "/tickets/a", "", 200, `"key":"resolution/2026-03-02T09:00:00Z/breach"`},
		{"GET", "/tickets/z", "", 404, "no such ticket"},
		{"GET", "/tickets/a/picture?width=320", "", 200, "<svg"},
		{"GET", "/tickets/a/picture?width=1", "", 422, "320"},
		{"GET", "/tickets?severity=P1", "", 200, `"id":"a"`},
		{"GET", "/tickets?severity=P2", "", 200, `"tickets":[]`},
		{"GET", "/tickets?state=late", "", 422, "state"},
		{"GET", "/tickets?outcome=partly-met&moniker=acme&state=running", "", 200, `"id":"a"`},
		{"GET", "/openapi.json", "", 200, `"/tickets/{id}/events"`},
		{"POST", "/tickets/a/events", `{"id": "a\n", "word": "reply"}`, 422, "body.id"},
		{"GET", "/tickets/a%00", "", 404, "no such ticket"},
		{"GET", "/metrics", "", 200, "desk_overdue_seconds 0"},
		{"GET", "/metrics", "", 200, `desk_clocks{metric="first-response",outcome="met",severity="P1",state="stopped"} 1`},
		{"GET", "/healthz", "", 200, ""},
		{"GET", "/readyz", "", 200, ""},
		{"GET", "/river/", "", 200, "<title>"},
		{"GET", "/", "", 200, "<title>"},
	} {
		status, answer := call(t, server, step.method, step.path, step.body)
		assert.Equal(t, step.status, status, "%s %s %s: %s", step.method, step.path, step.body, answer)
		assert.Contains(t, answer, step.want, "%s %s %s", step.method, step.path, step.body)
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	_, server := newTestDesk(t, settings{}, "secret", "other")
	basic := func(password string) string {
		request := httptest.NewRequest(http.MethodGet, "/", nil)
		request.SetBasicAuth("me", password)
		return request.Header.Get("Authorization")
	}
	for _, step := range []struct {
		path, authorization string
		status              int
	}{
		{"/tickets", "", 401},
		{"/tickets", "Bearer wrong", 401},
		{"/tickets", "Bearer ", 401},
		{"/tickets", "Bearer secret", 200},
		{"/tickets", "Bearer other", 200},
		{"/tickets", basic("other"), 200}, // as a browser asks for it
		{"/tickets", basic("wrong"), 401},
		{"/", "", 401},
		{"/metrics", "", 401},
		{"/changes", "", 401},
		{"/river/", "", 401},
		{"/openapi.json", "", 401},
		{"/healthz", "", 200},
		{"/readyz", "", 200},
	} {
		status, answer := call(t, server, http.MethodGet, step.path, "", "Authorization", step.authorization)
		assert.Equal(t, step.status, status, "%s %q: %s", step.path, step.authorization, answer)
	}
	// A page from elsewhere cannot use the password that the browser keeps.
	status, _ := call(t, server, http.MethodPost, "/", "{}", "Authorization", basic("other"), "Sec-Fetch-Site", "cross-site")
	assert.Equal(t, http.StatusForbidden, status)
}

// turnsOf returns the rows of table alarm as key, turn and whether it is withdrawn.
func turnsOf(t *testing.T, d *desk) map[string]string {
	t.Helper()
	type row struct {
		key       string
		turn      int
		withdrawn moment
	}
	found, err := query(t.Context(), d.store, func(r *row) []any { return []any{&r.key, &r.turn, &r.withdrawn} }, "SELECT key, turn, withdrawn FROM alarm")
	require.NoError(t, err)
	turns := map[string]string{}
	for _, r := range found {
		name := r.key[:strings.Index(r.key, "/")] + r.key[strings.LastIndex(r.key, "/"):]
		turns[name] = fmt.Sprint(r.turn)
		if !r.withdrawn.IsZero() {
			turns[name] += " withdrawn"
		}
	}
	return turns
}

// TestRebinding has a page from elsewhere whose name leads to this machine.
func TestRebinding(t *testing.T) {
	t.Parallel()
	d, _ := newTestDesk(t, settings{})
	handler, err := d.handler(t.Context(), nil)
	require.NoError(t, err)
	for host, status := range map[string]int{"localhost:8080": 200, "127.0.0.1": 200, "[::1]:8080": 200, "evil.example": 401, "localhost.evil.example:8080": 401} {
		request := httptest.NewRequest(http.MethodGet, "/tickets", nil)
		request.Host = host
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, request)
		assert.Equal(t, status, answer.Code, host)
	}
}

// TestNewCatalog has a desk that starts again with another catalog: its tickets keep their terms.
func TestNewCatalog(t *testing.T) {
	t.Parallel()
	d, _ := newTestDesk(t, settings{})
	opened := time.Now().Add(-10 * time.Minute).Truncate(time.Second)
	asked := sla.Request{Moniker: "acme", Severity: "P1", Opened: opened}
	_, err := d.open(t.Context(), "a", "", asked)
	require.NoError(t, err)
	d.catalog, err = sla.ParseCatalog([]byte(strings.NewReplacer(`"standard"`, `"new"`, `"15m"`, `"5m"`).Replace(string(sample))))
	require.NoError(t, err)
	isNew, err := d.open(t.Context(), "a", "", asked)
	assert.NoError(t, err, "the same again")
	assert.False(t, isNew)
	_, err = d.tell(t.Context(), "a", ticket.Event{ID: "1", Word: "open", Change: ticket.Change{Plan: "standard"}})
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"first-response/50%": "1"}, turnsOf(t, d), "a plan that it has is no new one")
	_, err = d.tell(t.Context(), "a", ticket.Event{ID: "2", Word: "open", Change: ticket.Change{Plan: "newer"}})
	assert.ErrorContains(t, err, `unknown plan "newer"`)
}

// TestWithdrawn has an alarm that an event told late takes back, and another raises again.
func TestWithdrawn(t *testing.T) {
	t.Parallel()
	var got []string
	receiver, err := newReceiver(testSecret, func(m delivery) { got = append(got, fmt.Sprint(m.Type, " ", m.Turn)) })
	require.NoError(t, err)
	server := httptest.NewServer(receiver)
	defer server.Close()
	d, _ := newTestDesk(t, settings{webhook: server.URL, secret: testSecret})
	opened := time.Now().Add(-20 * time.Minute).Truncate(time.Second)
	_, err = d.open(t.Context(), "a", "", sla.Request{Moniker: "acme", Severity: "P1", Opened: opened})
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"first-response/50%": "1", "first-response/breach": "1"}, turnsOf(t, d))

	tell := func(id, word string, after time.Duration) {
		_, err := d.tell(t.Context(), "a", ticket.Event{ID: id, Word: word, At: opened.Add(after)})
		require.NoError(t, err)
	}
	tell("reply", "reply", 10*time.Minute)
	assert.Equal(t, map[string]string{"first-response/50%": "1", "first-response/breach": "2 withdrawn"}, turnsOf(t, d))
	tell("earlier", "solved", 5*time.Minute)
	assert.Equal(t, map[string]string{"first-response/50%": "2 withdrawn", "first-response/breach": "2 withdrawn"}, turnsOf(t, d))

	// Each turn is one job, and one message.
	require.NoError(t, d.jobs.Start(t.Context()))
	require.Eventually(t, func() bool {
		var n int
		require.NoError(t, d.store.QueryRow("SELECT count(*) FROM river_job WHERE state <> 'completed'").Scan(&n))
		return n == 0
	}, time.Minute, 20*time.Millisecond)
	require.NoError(t, d.jobs.Stop(t.Context()))
	server.Close()
	assert.Contains(t, got, "alarm.withdrawn 2")
}

// TestRaisedAgain has a change that takes a breach back, and one that makes it one again.
func TestRaisedAgain(t *testing.T) {
	t.Parallel()
	d, _ := newTestDesk(t, settings{})
	opened := time.Now().Add(-20 * time.Minute).Truncate(time.Second)
	_, err := d.open(t.Context(), "a", "", sla.Request{Moniker: "acme", Severity: "P2", Opened: opened})
	require.NoError(t, err)
	assert.Empty(t, turnsOf(t, d))
	_, err = d.tell(t.Context(), "a", ticket.Event{ID: "up", At: opened.Add(time.Second), Change: ticket.Change{Severity: "P1"}})
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"first-response/50%": "1", "first-response/breach": "1"}, turnsOf(t, d))
	_, err = d.tell(t.Context(), "a", ticket.Event{ID: "down", At: opened.Add(2 * time.Second), Change: ticket.Change{Severity: "P2"}})
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"first-response/50%": "2 withdrawn", "first-response/breach": "2 withdrawn"}, turnsOf(t, d))
	_, err = d.tell(t.Context(), "a", ticket.Event{ID: "up again", At: opened.Add(3 * time.Second), Change: ticket.Change{Severity: "P1"}})
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"first-response/50%": "3", "first-response/breach": "3"}, turnsOf(t, d))
}

// TestClockGoesBack has a database whose clock is set back: what was raised stays raised.
func TestClockGoesBack(t *testing.T) {
	t.Parallel()
	d, _ := newTestDesk(t, settings{})
	_, err := d.open(t.Context(), "a", "", sla.Request{Moniker: "acme", Severity: "P1", Opened: time.Now().Add(-10 * time.Minute)})
	require.NoError(t, err)
	want := map[string]string{"first-response/50%": "1"}
	require.Equal(t, want, turnsOf(t, d))
	d.store.now = "(" + d.store.now + " - 300000000000)"
	_, err = d.tell(t.Context(), "a", ticket.Event{ID: "1", Word: "open"})
	require.NoError(t, err)
	assert.Equal(t, want, turnsOf(t, d))
}

// TestUnreadable has a ticket that cannot be read: the others are not held up.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	d, server := newTestDesk(t, settings{})
	for _, id := range []string{"a", "b"} {
		_, err := d.open(t.Context(), id, "", sla.Request{Moniker: "acme", Severity: "P1", Opened: time.Now().Add(-14 * time.Minute)})
		require.NoError(t, err)
	}
	_, err := d.store.Exec("UPDATE ticket SET document = '{}' WHERE id = 'a'")
	require.NoError(t, err)
	_, err = d.store.Exec("UPDATE ticket SET wake = 1")
	require.NoError(t, err)
	settled, err := d.wake(t.Context())
	require.NoError(t, err)
	assert.Equal(t, 2, settled)
	settled, err = d.wake(t.Context())
	require.NoError(t, err)
	assert.Zero(t, settled)
	status, answer := call(t, server, http.MethodGet, "/tickets/a", "")
	assert.Equal(t, http.StatusInternalServerError, status)
	assert.Contains(t, answer, "cannot be read")
}

// TestFullDisk has a disk without room: each call says so, and nothing that was taken is lost.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	d, server := newTestDesk(t, settings{})
	var pages int
	require.NoError(t, d.store.writer.QueryRow("PRAGMA page_count").Scan(&pages))
	limit := func(n int) {
		var is int
		require.NoError(t, d.store.writer.QueryRow(fmt.Sprintf("PRAGMA max_page_count = %d", n)).Scan(&is))
	}
	limit(pages + 20)
	var taken []string
	full := 0
	for i := range 100 {
		id := fmt.Sprint(i)
		status, answer := call(t, server, http.MethodPost, "/tickets", `{"id": "`+id+`", "moniker": "acme", "severity": "P1"}`)
		switch status {
		case http.StatusCreated:
			taken = append(taken, id)
		case http.StatusServiceUnavailable:
			assert.Contains(t, answer, "send the same again")
			full++
		default:
			assert.Fail(t, "answer", "%d %s", status, answer)
		}
	}
	assert.NotZero(t, full)
	assert.NotEmpty(t, taken)
	settled, err := d.wake(t.Context())
	require.NoError(t, err, "nothing is due")
	assert.Zero(t, settled)
	limit(1 << 30)
	status, _ := call(t, server, http.MethodPost, "/tickets", `{"id": "later", "moniker": "acme", "severity": "P1"}`)
	assert.Equal(t, http.StatusCreated, status)
	var n int
	require.NoError(t, d.store.QueryRow("SELECT count(*) FROM ticket").Scan(&n))
	assert.Equal(t, len(taken)+1, n)
	for _, id := range taken {
		status, _ := call(t, server, http.MethodGet, "/tickets/"+id, "")
		assert.Equal(t, http.StatusOK, status)
	}
	require.NoError(t, d.store.tx(t.Context(), func(tx *sql.Tx) error {
		var verdict string
		err := tx.QueryRow("PRAGMA integrity_check").Scan(&verdict)
		assert.Equal(t, "ok", verdict)
		return err
	}))
}

func TestFlags(t *testing.T) {
	for _, row := range []struct {
		args string
		env  string
		want string // the error, or "" for none
	}{
		{"", "", ""},
		{"-webhook http://x -webhook-secret " + testSecret, "", ""},
		{"-webhook http://x", "", "-webhook needs -webhook-secret"},
		{"-webhook http://x -webhook-timeout 1ms", testSecret, "-webhook-timeout 1ms: want 1s or more"},
		{"-webhook pager.internal", testSecret, `-webhook "pager.internal": want http:// or https://`},
		{"-demo -catalog x", "", "-demo brings a catalog"},
		{"serve", "", `"serve": want flags only`},
		{"-webhook http://x", testSecret, ""},
	} {
		if row.env != "" {
			t.Setenv("DESK_WEBHOOK_SECRET", row.env)
		}
		_, err := parse(strings.Fields(row.args), io.Discard)
		if row.want == "" {
			assert.NoError(t, err, row.args)
		} else if assert.Error(t, err, row.args) {
			assert.Contains(t, err.Error(), row.want)
		}
	}
	t.Setenv("DESK_DB", "")
	s, err := parse(nil, io.Discard)
	assert.NoError(t, err)
	assert.Equal(t, "desk.db", s.db, "an empty variable is none")
	t.Setenv("DESK_WEBHOOK_TIMEOUT", "soon")
	_, err = parse(nil, io.Discard)
	assert.ErrorContains(t, err, `DESK_WEBHOOK_TIMEOUT="soon"`)

	for _, secret := range []string{"whsec_", "whsec_AA==", "secret"} {
		_, err = newSender(nil, settings{secret: secret})
		assert.ErrorContains(t, err, "24 bytes", secret)
	}
	_, err = openStore(t.Context(), "postgres://localhost/x?pool_max_conns=1")
	assert.ErrorContains(t, err, "want 4 or more")
	err = run(t.Context(), settings{addr: "0.0.0.0:0", tokens: " , ", db: filepath.Join(t.TempDir(), "x.db")}, slog.Default(), io.Discard)
	assert.ErrorContains(t, err, "set DESK_TOKENS")
}

// TestDemo waits for the first alarms of the demonstration.
func TestDemo(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	r, w := io.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- run(ctx, settings{addr: "localhost:0", demo: true, timeout: time.Second}, slog.New(slog.DiscardHandler), w)
		w.Close()
	}()
	var seen bytes.Buffer
	buffer := make([]byte, 4096)
	for strings.Count(seen.String(), alarmRaised) < 3 {
		n, err := r.Read(buffer)
		require.NoError(t, err, seen.String())
		seen.Write(buffer[:n])
	}
	go io.Copy(io.Discard, r)
	cancel()
	assert.NoError(t, <-done)
	assert.Contains(t, seen.String(), "P1 T-1    first-response  50%")
}

// TestMessage pins what a receiver gets.
func TestMessage(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 7, 30, 0, time.UTC)
	m := delivery{Type: alarmRaised, Ticket: "4711", Severity: "P1", Metric: "first-response", Threshold: "50%", Key: "first-response/2026-03-02T09:00:00Z/50%", Turn: 1, At: at, Due: at, Noticed: at}
	text, err := json.Marshal(m)
	require.NoError(t, err)
	assert.JSONEq(t, `{"type": "alarm.raised", "ticket": "4711", "severity": "P1", "metric": "first-response", "threshold": "50%",
		"key": "first-response/2026-03-02T09:00:00Z/50%", "turn": 1, "at": "2026-03-02T09:07:30Z", "due": "2026-03-02T09:07:30Z", "noticed": "2026-03-02T09:07:30Z"}`, string(text))
	assert.Equal(t, m.id(), m.id())
	again := m
	again.Turn = 3
	assert.NotEqual(t, m.id(), again.id())
}
