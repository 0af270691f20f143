// Desk is a service for the commitments of support tickets: it opens tickets, takes their
// events, raises each alarm once, sends it to a receiver, and shows a board.
//
//	go run .                                  # SQLite in desk.db, http://localhost:8080
//	go run . -demo                            # a hundredfold speed, with a receiver that prints
//	go run . -db postgres://localhost/desk    # as many processes as you like
//
// README.md says what it promises and how to run it. Each flag can be set in the environment:
// -webhook-secret is DESK_WEBHOOK_SECRET.
package main

import (
	"context"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"
	_ "time/tzdata" // so that it runs on a machine without zone data

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
	"github.com/riverqueue/rivercontrib/otelriver"

	"github.com/duetime/duetime/sla"
)

// settings are the flags.
type settings struct {
	addr, db, catalog, tokens, webhook, secret string

	timeout time.Duration
	demo    bool
}

func main() {
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	s, err := parse(os.Args[1:], os.Stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return
	case err != nil:
		fmt.Fprintln(os.Stderr, "desk:", err)
		os.Exit(2)
	}
	if err := run(ctx, s, log, os.Stdout); err != nil {
		log.Error("stopped", "error", err)
		os.Exit(1)
	}
}

// parse reads the flags. One that is missing is taken from the environment.
func parse(args []string, errs io.Writer) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("desk", flag.ContinueOnError)
	flags.SetOutput(errs)
	flags.StringVar(&s.addr, "addr", "localhost:8080", "where to listen")
	flags.StringVar(&s.db, "db", "desk.db", "a file for SQLite, or postgres://...")
	flags.StringVar(&s.catalog, "catalog", "", "a file with your catalog (default: a sample, with a few tickets to look at)")
	flags.StringVar(&s.tokens, "tokens", "", "the bearer tokens that may use the desk, with commas between; none is for localhost only")
	flags.StringVar(&s.webhook, "webhook", "", "the URL to which alarms are posted (default: alarms are kept and shown, and sent nowhere)")
	flags.StringVar(&s.secret, "webhook-secret", "", "the secret with which they are signed: whsec_ and base64")
	flags.DurationVar(&s.timeout, "webhook-timeout", 10*time.Second, "how long the receiver may take")
	flags.BoolVar(&s.demo, "demo", false, "open tickets at a hundredfold speed in a new database, and print the alarms that a receiver gets")
	var wrong error
	flags.VisitAll(func(f *flag.Flag) {
		name := "DESK_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		if value := os.Getenv(name); value != "" {
			if err := flags.Set(f.Name, value); err != nil {
				wrong = errors.Join(wrong, fmt.Errorf("%s=%q: %w", name, value, err))
			}
		}
	})
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	switch {
	case wrong != nil:
		return s, wrong
	case flags.NArg() > 0:
		return s, fmt.Errorf("%q: want flags only", flags.Arg(0))
	case s.webhook != "" && s.secret == "":
		return s, errors.New("-webhook needs -webhook-secret, such as whsec_$(openssl rand -base64 24)")
	case s.timeout < time.Second:
		return s, fmt.Errorf("-webhook-timeout %v: want 1s or more", s.timeout)
	case s.webhook != "" && !strings.HasPrefix(s.webhook, "http://") && !strings.HasPrefix(s.webhook, "https://"):
		return s, fmt.Errorf("-webhook %q: want http:// or https://", s.webhook)
	case s.demo && (s.catalog != "" || s.webhook != ""):
		return s, errors.New("-demo brings a catalog and a receiver: leave out -catalog and -webhook")
	}
	return s, nil
}

// sample is the catalog of those who have not brought one.
//
//go:embed sample.json
var sample []byte

// run serves until the context is done, and then lets requests and deliveries end.
func run(ctx context.Context, s settings, log *slog.Logger, out io.Writer) error {
	text := sample
	if s.catalog != "" {
		var err error
		if text, err = os.ReadFile(s.catalog); err != nil {
			return err
		}
	}
	catalog, err := sla.ParseCatalog(text)
	if err != nil {
		return fmt.Errorf("catalog %s: %w", s.catalog, err)
	}
	listener, err := net.Listen("tcp", s.addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	tokens := strings.FieldsFunc(s.tokens, func(r rune) bool { return r == ',' || r == ' ' })
	if a, ok := listener.Addr().(*net.TCPAddr); len(tokens) == 0 && !(ok && a.IP.IsLoopback()) {
		return fmt.Errorf("-addr %s can be reached from elsewhere: set DESK_TOKENS", s.addr)
	}
	var p pace
	if s.demo {
		var end func()
		if s, end, err = stage(s, out); err != nil {
			return err
		}
		defer end()
		p = pace{from: time.Now(), speed: demoSpeed}
	}
	db, err := openStore(ctx, s.db)
	if err != nil {
		return fmt.Errorf("database: %w", err)
	}
	defer db.close()
	d, err := newDesk(ctx, db, catalog, p, s, log)
	if err != nil {
		return err
	}
	// The background work ends before the database closes.
	var background sync.WaitGroup
	defer background.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	handler, err := d.handler(ctx, tokens)
	if err != nil {
		return err
	}
	if d.sends {
		if err := d.jobs.Start(ctx); err != nil {
			return err
		}
		background.Go(func() { <-d.jobs.Stopped() })
	}
	background.Go(func() { d.timer.run(ctx) })
	background.Go(func() { d.timer.listen(ctx) })
	if s.demo {
		background.Go(func() { d.demonstrate(ctx) })
	} else if s.catalog == "" {
		if err := d.sampleTickets(ctx); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "http://%s\n", listener.Addr())
	return serve(ctx, listener, handler)
}

// newDesk returns a desk whose background work has not begun.
func newDesk(ctx context.Context, db *store, catalog *sla.Catalog, p pace, s settings, log *slog.Logger) (*desk, error) {
	d := &desk{store: db, catalog: catalog, pace: p, log: log, board: newBoard(ctx), sends: s.webhook != ""}
	d.timer, d.metrics = newTimer(d), newMetrics(d)
	config := &river.Config{
		Logger:               slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
		JobTimeout:           2 * s.timeout,
		RescueStuckJobsAfter: 3 * s.timeout, // of a process that died
		SoftStopTimeout:      s.timeout,
		Middleware:           []rivertype.Middleware{otelriver.NewMiddleware(nil)},
	}
	if d.sends {
		sender, err := newSender(d, s)
		if err != nil {
			return nil, err
		}
		config.Workers = river.NewWorkers()
		config.Queues = map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 16}}
		river.AddWorker(config.Workers, sender)
	}
	var err error
	d.jobs, err = river.NewClient(db.driver, config)
	return d, err
}

// serve answers requests until the context is done. Those under way may end.
func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       2 * time.Minute,
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return server.Shutdown(late)
}
