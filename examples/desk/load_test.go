package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/sla"
)

// TestLoad prints how much one process does in a second, over HTTP with 16 connections.
func TestLoadSQLite(t *testing.T)   { load(t, filepath.Join(t.TempDir(), "desk.db")) }
func TestLoadPostgres(t *testing.T) { load(t, newCluster(t).database("desk")) }

func load(t *testing.T, db string) {
	receiver := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer receiver.Close()
	d, server := newTestDesk(t, settings{db: db, webhook: receiver.URL, secret: testSecret})
	server.Client().Transport.(*http.Transport).MaxIdleConnsPerHost = 16
	each := func(name string, do func(int)) {
		const clients = 16
		var n atomic.Int64
		var working sync.WaitGroup
		began := time.Now()
		for range clients {
			working.Go(func() {
				for time.Since(began) < *loadFor {
					do(int(n.Add(1)))
				}
			})
		}
		working.Wait()
		t.Logf("%s: %.0f a second", name, float64(n.Load())/time.Since(began).Seconds())
	}
	var opened atomic.Int64
	each("open", func(n int) {
		status, answer := call(t, server, http.MethodPost, "/tickets", fmt.Sprintf(`{"id": "%d", "moniker": "acme", "severity": "P1"}`, n))
		if status != http.StatusCreated {
			t.Error(answer)
		}
		opened.Add(1)
	})
	each("event", func(n int) {
		body := fmt.Sprintf(`{"id": "%d", "word": "%s"}`, n, []string{"reply", "customer-reply", "pending", "open"}[n%4])
		status, answer := call(t, server, http.MethodPost, fmt.Sprintf("/tickets/%d/events", int64(n)%opened.Load()+1), body)
		if status != http.StatusCreated {
			t.Error(answer)
		}
	})
	// Tickets that breach at the same instant, with one alarm each.
	const breaching = 2000
	catalog, err := sla.ParseCatalog([]byte(strings.ReplaceAll(testCatalog, `"4s", "calendar": "24/7", "alarms": ["50%", "-1s", "breach"]`, `"1h", "calendar": "24/7", "alarms": ["breach"]`)))
	require.NoError(t, err)
	d.catalog = catalog
	at := time.Now().Add(-time.Hour + 5*time.Second)
	for n := range breaching {
		_, err := d.open(t.Context(), fmt.Sprint("w", n), "", sla.Request{Moniker: "m", Severity: "low", Opened: at, Metric: sla.FirstResponse})
		require.NoError(t, err)
	}
	time.Sleep(time.Until(at.Add(time.Hour + 10*time.Millisecond)))
	began, woken := time.Now(), 0
	for {
		settled, err := d.wake(context.Background())
		require.NoError(t, err)
		if settled == 0 {
			break
		}
		woken += settled
	}
	t.Logf("wake-ups: %.0f a second", float64(woken)/time.Since(began).Seconds())
}
