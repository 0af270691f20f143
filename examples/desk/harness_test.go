package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	webhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

var (
	killFor = flag.Duration("kill", 30*time.Second, "how long the harness kills processes")
	logs    = flag.Bool("logs", false, "show what the processes log")
	loadFor = flag.Duration("load", time.Second, "how long the load test does each thing")
	tickets = flag.Int("tickets", 300, "how many tickets the harness opens")
)

// TestMain runs the desk itself in the processes that the harness starts. The machine's clock
// of each is 30 seconds behind the database's.
func TestMain(m *testing.M) {
	if os.Getenv("DESK_TEST_PROCESS") != "" {
		postgresNow = "(" + postgresNow + " + 30000000000)"
		main()
		return
	}
	os.Exit(m.Run())
}

const testSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

// testCatalog has targets of seconds.
const testCatalog = `{
	"version": "harness",
	"severities": ["high", "low"],
	"statuses": ["open", "waiting", "solved"],
	"happenings": ["reply", "customer-reply"],
	"courses": {
		"": {"stop": ["reply", "solved"]},
		"next-response": {"start": ["customer-reply"]},
		"resolution": {"stop": ["solved"], "pause": ["waiting"], "change": "replace"}
	},
	"policies": [
		{"moniker": "m", "plan": "silver", "default": true, "terms": [
			{"target": "4s", "calendar": "24/7", "alarms": ["50%", "-1s", "breach"], "source": "test"},
			{"metric": "next-response", "target": "3s", "calendar": "24/7", "alarms": ["breach"], "source": "test"},
			{"metric": "resolution", "severities": ["high"], "target": "8s", "calendar": "24/7", "alarms": ["50%", "breach", "+1s wall"], "source": "test"},
			{"metric": "resolution", "severities": ["low"], "target": "12s", "calendar": "24/7", "alarms": ["25%", "breach"], "source": "test"}
		]},
		{"moniker": "m", "plan": "gold", "terms": [
			{"target": "2s", "calendar": "24/7", "alarms": ["50%", "breach"], "source": "test"},
			{"metric": "resolution", "target": "5s", "calendar": "24/7", "alarms": ["50%", "90%", "breach"], "source": "test"}
		]}
	]
}`

func TestKillSQLite(t *testing.T) {
	t.Parallel()
	h := newHarness(t, filepath.Join(t.TempDir(), "desk.db"), 2)
	h.run(nil)
}

func TestKillPostgres(t *testing.T) {
	t.Parallel()
	c := newCluster(t)
	h := newHarness(t, c.database("desk"), 5)
	h.ahead = 30 * time.Second
	h.run(c)
}

// harness runs several processes of the desk, kills them at random while clients open tickets
// and tell events, and then compares what is in the database with what should be.
type harness struct {
	t       *testing.T
	db      string
	catalog *sla.Catalog
	flags   []string
	seed    uint64
	ahead   time.Duration // of the database's clock

	mu        sync.Mutex
	processes []*process
	tickets   map[string]*life
	received  map[string]int // by message
	kills     int
	down, up  time.Time // while the database was stopped
}

// life is what a client has been told is done.
type life struct {
	request sla.Request
	plain   bool // no event came late, and none changed the past: its alarms tell how late the desk was
	events  []ticket.Event
}

type process struct {
	address atomic.Value // where it listens: a string, other after each start
	command *exec.Cmd
}

func newHarness(t *testing.T, db string, processes int) *harness {
	h := &harness{t: t, db: db, tickets: map[string]*life{}, received: map[string]int{}, seed: rand.Uint64()}
	t.Logf("seed %d", h.seed)
	var err error
	h.catalog, err = sla.ParseCatalog([]byte(testCatalog))
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "catalog.json")
	require.NoError(t, os.WriteFile(file, []byte(testCatalog), 0o600))
	receiver := httptest.NewServer(h.receiver())
	t.Cleanup(receiver.Close)
	h.flags = []string{"-db", db, "-catalog", file, "-webhook", receiver.URL, "-webhook-secret", testSecret, "-webhook-timeout", "1s"}
	for range processes {
		p := &process{}
		h.processes = append(h.processes, p)
		h.start(p)
	}
	t.Cleanup(func() {
		for _, p := range h.processes {
			p.command.Process.Kill()
			p.command.Wait()
		}
	})
	return h
}

func (h *harness) start(p *process) {
	p.command = exec.Command(os.Args[0], append([]string{"-addr", "localhost:0"}, h.flags...)...)
	p.command.Env = append(os.Environ(), "DESK_TEST_PROCESS=1")
	if *logs {
		p.command.Stderr = os.Stderr
	}
	out, err := p.command.StdoutPipe()
	require.NoError(h.t, err)
	require.NoError(h.t, p.command.Start())
	go func() {
		if address, err := bufio.NewReader(out).ReadString('\n'); err == nil {
			p.address.Store(strings.TrimSpace(address))
		}
	}()
}

// receiver refuses some messages at first, and hangs on others.
func (h *harness) receiver() http.Handler {
	key, err := webhooks.NewWebhook(testSecret)
	require.NoError(h.t, err)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		var message struct{ Data delivery }
		if !assert.NoError(h.t, key.Verify(body, r.Header)) || !assert.NoError(h.t, json.Unmarshal(body, &message)) {
			return
		}
		m := message.Data
		id := r.Header.Get(webhooks.HeaderWebhookID)
		assert.Equal(h.t, m.id(), id)
		h.mu.Lock()
		first := h.received[id] == 0
		h.received[id]++
		h.mu.Unlock()
		switch roll := rand.IntN(40); {
		case first && roll < 2:
			w.WriteHeader(http.StatusServiceUnavailable)
		case first && roll == 2:
			<-r.Context().Done() // hangs until the desk gives up
		}
	})
}

// run kills processes while ten clients work, then lets the desk come to rest and compares.
func (h *harness) run(c *cluster) {
	end := time.Now().Add(*killFor)
	ctx, cancel := context.WithDeadline(context.Background(), end)
	defer cancel()
	var working sync.WaitGroup
	for client := range 10 {
		working.Go(func() { h.client(client, end) })
	}
	working.Go(func() {
		r := rand.New(rand.NewPCG(h.seed, 1))
		for rest(ctx, time.Second); ctx.Err() == nil; rest(ctx, time.Duration(800+r.IntN(1000))*time.Millisecond) {
			p := h.processes[r.IntN(len(h.processes))]
			p.command.Process.Kill()
			p.command.Wait()
			h.start(p)
			h.kills++
		}
	})
	if c != nil {
		working.Go(func() {
			rest(ctx, *killFor/2)
			h.down = time.Now().Add(h.ahead)
			c.stop()
			time.Sleep(time.Second)
			c.start()
			h.up = time.Now().Add(h.ahead)
		})
	}
	working.Wait()
	h.settle()
	h.compare()
}

// client opens its share of the tickets and tells their events.
func (h *harness) client(n int, end time.Time) {
	r := rand.New(rand.NewPCG(h.seed, uint64(100+n)))
	share := *tickets / 10
	span := time.Until(end) / time.Duration(share)
	var lives sync.WaitGroup
	for i := range share {
		began := time.Now()
		life := rand.New(rand.NewPCG(h.seed, r.Uint64()))
		lives.Go(func() { h.live(life, fmt.Sprintf("%d-%d", n, i)) })
		time.Sleep(time.Until(began.Add(span)))
	}
	lives.Wait()
}

// live is the life of one ticket.
func (h *harness) live(r *rand.Rand, id string) {
	at := func() time.Time { return time.Now().Add(h.ahead).UTC() }
	told := &life{
		request: sla.Request{Moniker: "m", Severity: pick[sla.Severity](r, "high", "low"), Plan: pick[sla.Plan](r, "silver", "gold"), Opened: at()},
		plain:   r.IntN(2) == 0,
	}
	h.post(r, "/tickets", ticketBody{ID: id, Moniker: told.request.Moniker, Severity: told.request.Severity, Plan: told.request.Plan, Opened: &told.request.Opened})
	h.mu.Lock()
	h.tickets[id] = told
	h.mu.Unlock()
	var events []ticket.Event
	for i := range r.IntN(7) {
		time.Sleep(time.Duration(r.IntN(1500)) * time.Millisecond)
		e := ticket.Event{ID: fmt.Sprint(i), At: at(), Word: pick(r, "reply", "customer-reply", "waiting", "open", "solved", "reply")}
		if !told.plain && r.IntN(5) == 0 {
			e.Change = pick(r, ticket.Change{Severity: "high"}, ticket.Change{Severity: "low"}, ticket.Change{Plan: "gold"}, ticket.Change{Plan: "silver"})
		}
		if told.plain {
			h.tell(r, id, e)
		} else {
			e.At = e.At.Add(-time.Duration(r.IntN(5000)) * time.Millisecond)
			if e.At.Before(told.request.Opened) {
				e.At = told.request.Opened.Add(time.Duration(i)) // no two at one instant: those count as they were told
			}
			events = append(events, e)
		}
		told.events = append(told.events, e)
	}
	// The others are told late, in any order, some twice.
	r.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
	for _, e := range events {
		h.tell(r, id, e)
		if r.IntN(3) == 0 {
			h.tell(r, id, e)
		}
	}
}

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

func (h *harness) tell(r *rand.Rand, id string, e ticket.Event) {
	h.post(r, "/tickets/"+id+"/events", eventBody{ID: e.ID, At: &e.At, Word: e.Word, Severity: e.Change.Severity, Plan: e.Change.Plan})
}

// post sends a request to any of the processes until one has done it.
func (h *harness) post(r *rand.Rand, path string, body any) {
	text, err := json.Marshal(body)
	require.NoError(h.t, err)
	client := http.Client{Timeout: 5 * time.Second}
	for {
		address, _ := h.processes[r.IntN(len(h.processes))].address.Load().(string)
		response, err := client.Post(address+path, "application/json", bytes.NewReader(text))
		if err == nil {
			answer, err := io.ReadAll(response.Body)
			response.Body.Close()
			switch {
			case err == nil && response.StatusCode < 300:
				return
			case response.StatusCode != http.StatusServiceUnavailable:
				assert.Fail(h.t, "refused", "%s %s: %s: %s", path, text, response.Status, answer)
				return
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// settle waits until nothing is due any more and each message has arrived.
func (h *harness) settle() {
	db := h.open()
	defer db.close()
	require.EventuallyWithT(h.t, func(c *assert.CollectT) {
		for _, query := range []string{"SELECT count(*) FROM ticket WHERE wake IS NOT NULL", "SELECT count(*) FROM river_job WHERE state <> 'completed'", "SELECT count(*) FROM alarm WHERE delivered IS NULL"} {
			var n int
			require.NoError(c, db.QueryRow(query).Scan(&n))
			require.Zero(c, n, query)
		}
	}, 4*time.Minute, 250*time.Millisecond)
}

func (h *harness) open() *store {
	db, err := openStore(context.Background(), h.db)
	require.NoError(h.t, err)
	return db
}

// compare compares the database with what the clients were told: no ticket and no event is
// lost, and the alarms are those that the library gives for the same events in another order,
// none missing, none doubled, and none at another instant.
func (h *harness) compare() {
	t := h.t
	db := h.open()
	defer db.close()
	type alarm struct {
		at, due int64
		turn    int
		raised  int64
	}
	rows := map[string]map[string]alarm{}
	found, err := db.Query("SELECT ticket, key, at, due, turn, raised FROM alarm")
	require.NoError(t, err)
	defer found.Close()
	turns := map[string]bool{}
	for found.Next() {
		var id, key string
		var a alarm
		require.NoError(t, found.Scan(&id, &key, &a.at, &a.due, &a.turn, &a.raised))
		for turn := 1; turn <= a.turn; turn++ {
			turns[delivery{Ticket: id, Key: key, Turn: turn}.id()] = true
		}
		if a.turn%2 == 1 {
			if rows[id] == nil {
				rows[id] = map[string]alarm{}
			}
			rows[id][key] = a
		}
	}
	require.NoError(t, found.Err())
	var late []time.Duration
	var caughtUp time.Duration
	documents, err := db.Query("SELECT id, document, settled FROM ticket")
	require.NoError(t, err)
	defer documents.Close()
	n, alarms := 0, 0
	for documents.Next() {
		n++
		var id, document string
		var settled int64
		require.NoError(t, documents.Scan(&id, &document, &settled))
		life := h.tickets[id]
		require.NotNil(t, life, "%s: nobody opened it", id)
		anew, err := ticket.Open(h.catalog, life.request)
		require.NoError(t, err)
		rand.Shuffle(len(life.events), func(i, j int) { life.events[i], life.events[j] = life.events[j], life.events[i] })
		anew, err = anew.Apply(life.events...)
		require.NoError(t, err)
		var stored ticket.Ticket
		require.NoError(t, stored.Scan(document))
		assert.Len(t, stored.Events(), len(life.events), "%s: events", id)
		now := time.Unix(0, settled)
		want := anew.Alarms(now)
		assert.Equal(t, len(want), len(stored.Alarms(now)), "%s: alarms of the document", id)
		for _, a := range want {
			row, ok := rows[id][a.Key()]
			if assert.True(t, ok, "%s: %s is missing", id, a.Key()) {
				assert.Equal(t, a.At.UnixNano(), row.at, "%s: %s", id, a.Key())
				assert.Equal(t, a.Due.UnixNano(), row.due, "%s: %s", id, a.Key())
				raised := time.Unix(0, row.raised)
				switch {
				case !life.plain:
				case a.At.After(h.down) && a.At.Before(h.up.Add(3*time.Second)):
					caughtUp = max(caughtUp, raised.Sub(later(a.At, h.up)))
				default:
					late = append(late, raised.Sub(a.At))
				}
			}
		}
		assert.Len(t, rows[id], len(want), "%s: %v", id, rows[id])
		alarms += len(want)
	}
	require.NoError(t, documents.Err())
	assert.Equal(t, len(h.tickets), n, "tickets")
	h.jobs(db, turns)
	missing, twice := 0, 0
	for id := range turns {
		switch n := h.received[id]; {
		case n == 0:
			missing++
		case n > 1:
			twice += n - 1
		}
	}
	assert.Zero(t, missing, "messages that did not arrive")
	slices.Sort(late)
	require.NotEmpty(t, late)
	if !h.down.IsZero() {
		t.Logf("database away for %v; alarms of then and of the 3s after it were late by %v at the most", h.up.Sub(h.down), caughtUp)
	}
	t.Logf("%d processes, %d kills, %d tickets, %d alarms; late by %v (median), %v (99th percentile), %v (maximum); %d messages, %d sent again",
		len(h.processes), h.kills, n, alarms, late[len(late)/2], late[len(late)*99/100], late[len(late)-1], len(turns), twice)
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// jobs checks that each turn of an alarm has one job.
func (h *harness) jobs(db *store, turns map[string]bool) {
	text := "args::text"
	if db.pool == nil {
		text = "json(args)"
	}
	found, err := db.Query("SELECT " + text + " FROM river_job WHERE kind = 'alarm'")
	require.NoError(h.t, err)
	defer found.Close()
	jobs := map[string]bool{}
	for found.Next() {
		var args []byte
		require.NoError(h.t, found.Scan(&args))
		var m delivery
		require.NoError(h.t, json.Unmarshal(args, &m), string(args))
		assert.False(h.t, jobs[m.id()], "two jobs: %s", args)
		jobs[m.id()] = true
	}
	require.NoError(h.t, found.Err())
	assert.Equal(h.t, turns, jobs, "jobs")
}
