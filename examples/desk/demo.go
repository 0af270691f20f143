package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	random "math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	webhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

// demoSpeed is how many times faster the demonstration's time goes by.
const demoSpeed = 100

// stage makes what a demonstration needs: a new database, and a receiver that prints.
func stage(s settings, out io.Writer) (settings, func(), error) {
	folder, err := os.MkdirTemp("", "desk")
	if err != nil {
		return s, nil, err
	}
	s.db, s.secret = filepath.Join(folder, "desk.db"), "whsec_"+base64.StdEncoding.EncodeToString([]byte(rand.Text()))
	handler, err := newReceiver(s.secret, func(m delivery) {
		fmt.Fprintf(out, "%s  %-15s %s %-6s %-15s %s (due %s)\n", m.At.Format(time.TimeOnly), m.Type, m.Severity, m.Ticket, m.Metric, m.Threshold, m.Due.Format(time.TimeOnly))
	})
	if err != nil {
		return s, nil, err
	}
	listener, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		return s, nil, err
	}
	server := &http.Server{Handler: handler, ReadTimeout: time.Minute}
	go server.Serve(listener)
	s.webhook = "http://" + listener.Addr().String()
	return s, func() { server.Close(); os.RemoveAll(folder) }, nil
}

// newReceiver takes messages: it checks who has sent them, and acts once on those that come
// twice. A real one keeps the turns in its database, in the transaction in which it acts.
func newReceiver(secret string, act func(delivery)) (http.Handler, error) {
	key, err := webhooks.NewWebhook(secret)
	var mu sync.Mutex
	turns := map[string]int{} // by ticket and key
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var message struct{ Data delivery }
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil || key.Verify(body, r.Header) != nil || json.Unmarshal(body, &message) != nil {
			http.Error(w, "not signed by the desk", http.StatusBadRequest)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		m := message.Data
		if name := m.Ticket + "\n" + m.Key; m.Turn > turns[name] {
			act(m)
			turns[name] = m.Turn
		}
	}), err
}

// story is a ticket that plays itself: words follow each other, by the desk's time.
type story struct {
	subject  string
	severity sla.Severity
	age      time.Duration // when it begins
	words    []string
}

var stories = []story{
	{"The shop is down", "P1", 4 * time.Minute, nil},
	{"Payments fail now and then", "P2", 50 * time.Minute, []string{"reply"}},
	{"An export has a column too many", "P3", 26 * time.Hour, []string{"reply", "pending"}},
	{"How do I invite a colleague?", "P4", 5 * time.Hour, nil},
	{"Orders are sent twice", "P1", 5 * time.Hour, []string{"reply", "customer-reply"}},
}

// sampleTickets opens a few tickets if the database has none.
func (d *desk) sampleTickets(ctx context.Context) error {
	now, next, err := d.next(ctx)
	for i, s := range stories {
		if err != nil || !next.IsZero() {
			break
		}
		err = d.tellStory(ctx, fmt.Sprintf("SAMPLE-%d", i+1), s, func(n int) time.Time { return now.Add(-s.age + time.Duration(n)*s.age/8) })
	}
	if errors.Is(err, errTaken) { // they were opened before
		return nil
	}
	return err
}

// demonstrate opens a ticket every few seconds: it is answered, in time or not, waits for the
// customer, and is solved.
func (d *desk) demonstrate(ctx context.Context) {
	for n := 1; ctx.Err() == nil; n++ {
		s := stories[random.IntN(len(stories))]
		s.severity = sla.Severity([]string{"P2", "P1"}[n%2])
		s.words = []string{"reply", "pending", "customer-reply", "open", "reply", "solved"}
		go func() {
			err := d.tellStory(ctx, fmt.Sprintf("T-%d", n), s, func(n int) time.Time {
				if n > 0 {
					rest(ctx, time.Duration(6+random.IntN(20))*time.Second)
				}
				return time.Time{} // is now
			})
			if err != nil && ctx.Err() == nil {
				d.log.Error("demonstrating", "error", err)
			}
		}()
		rest(ctx, 3*time.Second)
	}
}

func (d *desk) tellStory(ctx context.Context, id string, s story, at func(int) time.Time) error {
	_, err := d.open(ctx, id, s.subject, sla.Request{Moniker: "acme", Severity: s.severity, Opened: at(0)})
	for i, word := range s.words {
		if err == nil {
			_, err = d.tell(ctx, id, ticket.Event{ID: fmt.Sprint(i + 1), At: at(i + 1), Word: word})
		}
	}
	return err
}

func rest(ctx context.Context, span time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(span):
	}
}
