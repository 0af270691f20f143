package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	random "math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	webhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

// demoSpeed is how many times faster the demonstration's time goes by.
const demoSpeed = 100

// stage is what the demonstration needs: a new database and a receiver.
type stage struct {
	folder, db, url, secret string
	receiver                *http.Server
}

func newStage(out io.Writer) (*stage, error) {
	folder, err := os.MkdirTemp("", "desk")
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		return nil, err
	}
	key := make([]byte, 24)
	rand.Read(key)
	s := &stage{
		folder: folder, db: filepath.Join(folder, "desk.db"), url: "http://" + listener.Addr().String(),
		secret: "whsec_" + base64.StdEncoding.EncodeToString(key),
	}
	handler, err := newReceiver(s.secret, func(m delivery) {
		fmt.Fprintf(out, "%s  %-15s %s %-6s %-15s %s (due %s)\n", m.At.Format(time.TimeOnly), m.Type, m.Severity, m.Ticket, m.Metric, m.Threshold, m.Due.Format(time.TimeOnly))
	})
	if err != nil {
		return nil, err
	}
	s.receiver = &http.Server{Handler: handler, ReadTimeout: time.Minute}
	go s.receiver.Serve(listener)
	return s, nil
}

func (s *stage) close() {
	s.receiver.Close()
	os.RemoveAll(s.folder)
}

// newReceiver takes messages: it checks who has sent them, and acts once on those that come
// twice. One that restarts keeps the turns in a database.
func newReceiver(secret string, act func(delivery)) (http.Handler, error) {
	key, err := webhooks.NewWebhook(secret)
	if err != nil {
		return nil, err
	}
	turns := make(chan map[string]int, 1) // by ticket and key; whoever holds it may act
	turns <- map[string]int{}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			return
		}
		var message struct{ Data delivery }
		if key.Verify(body, r.Header) != nil || json.Unmarshal(body, &message) != nil {
			http.Error(w, "not signed by the desk", http.StatusBadRequest)
			return
		}
		m := message.Data
		last := <-turns
		defer func() { turns <- last }()
		if name := m.Ticket + "\n" + m.Key; m.Turn > last[name] {
			act(m)
			last[name] = m.Turn
		}
	}), nil
}

// play opens sample tickets. A demonstration goes on with it; else there are a few, if the
// database has none.
func (d *desk) play(ctx context.Context, on bool) {
	if on {
		for n := 1; ctx.Err() == nil; n++ {
			go d.live(ctx, fmt.Sprintf("T-%d", n))
			rest(ctx, 3*time.Second)
		}
		return
	}
	var n int
	if err := d.store.QueryRowContext(ctx, "SELECT count(*) FROM ticket").Scan(&n); err != nil || n > 0 {
		return
	}
	now := time.Now()
	for _, t := range []struct {
		id, subject, severity string
		age                   time.Duration
		words                 []string
	}{
		{"SAMPLE-1", "The shop is down", "P1", 4 * time.Minute, nil},
		{"SAMPLE-2", "Payments fail now and then", "P2", 50 * time.Minute, []string{"reply"}},
		{"SAMPLE-3", "Export has a column too many", "P3", 26 * time.Hour, []string{"reply", "pending"}},
		{"SAMPLE-4", "How do I invite a colleague?", "P4", 5 * time.Hour, nil},
		{"SAMPLE-5", "Orders are sent twice", "P1", 5 * time.Hour, []string{"reply", "customer-reply"}},
	} {
		if !d.played(d.open(ctx, t.id, t.subject, sla.Request{Moniker: "acme", Severity: sla.Severity(t.severity), Opened: now.Add(-t.age)})) {
			return
		}
		for i, word := range t.words {
			at := now.Add(-t.age + time.Duration(i+1)*t.age/8)
			if !d.played(d.tell(ctx, t.id, ticket.Event{ID: word, At: at, Word: word})) {
				return
			}
		}
	}
}

// live is the life of a ticket: it is answered, in time or not, waits, and is solved.
func (d *desk) live(ctx context.Context, id string) {
	subjects := []string{"The shop is down", "Payments fail", "Login is slow", "A report is empty", "Mails come late"}
	severity := sla.Severity([]string{"P1", "P1", "P2"}[random.IntN(3)])
	if !d.played(d.open(ctx, id, subjects[random.IntN(len(subjects))], sla.Request{Moniker: "acme", Severity: severity})) {
		return
	}
	for i, word := range []string{"reply", "pending", "customer-reply", "open", "reply", "solved"} {
		rest(ctx, time.Duration(2+random.IntN(20))*time.Second)
		if !d.played(d.tell(ctx, id, ticket.Event{ID: fmt.Sprint(i), Word: word})) {
			return
		}
	}
}

func (d *desk) played(_ bool, err error) bool {
	if err != nil {
		d.log.Warn("sample tickets", "error", err)
	}
	return err == nil
}

func rest(ctx context.Context, span time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(span):
	}
}
