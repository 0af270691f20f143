// Playground serves a page on which to try the terms, published or one's own: choose a
// cloud, a plan, a category and a severity, an opening, pauses and changes of severity,
// and see when the answer is due, why, and how the time goes there. A second page shows the
// support offices of the worldwide cloud: whether one is open, and on which number.
//
//	go run ./examples/playground
//	go run ./examples/playground -addr :8080
//	go run ./examples/playground -static folder
//
// The server computes the page, and answers at once. In the background, it compiles the
// library to WebAssembly, with the go command and the source that are there; from then on,
// the page computes in the browser. The address has the whole question. With -static, the
// files are written into a folder, which any web server can serve: this needs Go.
//
// The server also answers programs, with JSON, and problem+json (RFC 9457) where it
// cannot:
//
//	GET /v1/due?moniker=o365-germany&severity=B&opened=2024-03-28T15:00:00%2B01:00
//	POST /v1/clock   {"request": {...}, "events": [{"at": "...", "word": "paused"}], "now": "..."}
//
// The times in an answer have the offset of the opening, or of now.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
	_ "time/tzdata" // so that it runs on a machine without zone data
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, stop, os.Args[1:], os.Stdout, os.Stderr))
}

const (
	exitBad   = 1 // the server cannot begin, or the files not be written
	exitUsage = 2
)

// run is main with everything it touches passed in. It serves until ctx is done, and then
// calls stop.
func run(ctx context.Context, stop func(), args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("playground", flag.ContinueOnError)
	flags.SetOutput(stderr)
	addr := flags.String("addr", "localhost:8080", "the address to serve at; port 0 is any that is free")
	static := flags.String("static", "", "a folder to write the page into, instead of serving it")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return exitUsage
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(stderr, "playground: %q: want flags only\n", flags.Arg(0))
		return exitUsage
	}
	fail := func(err error) int {
		fmt.Fprintf(stderr, "playground: %v\n", err)
		return exitBad
	}
	if *static != "" {
		if err := writeStatic(ctx, *static, time.Now()); err != nil {
			return fail(err)
		}
		return 0
	}
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		return fail(err)
	}
	at := listener.Addr().(*net.TCPAddr)
	host := at.IP.String()
	if at.IP.IsUnspecified() || at.IP.IsLoopback() {
		host = "localhost"
	}
	fmt.Fprintf(stdout, "http://%s/\n", net.JoinHostPort(host, strconv.Itoa(at.Port)))
	log := slog.New(slog.NewTextHandler(stderr, nil))
	var files atomic.Pointer[site]
	files.Store(newSite(nil))
	ctx, cancel := context.WithCancel(ctx)
	var compiling sync.WaitGroup
	compiling.Go(func() { addLibrary(ctx, &files, log) })
	err = serve(ctx, stop, listener, handler(time.Now, &files), log)
	cancel()
	compiling.Wait()
	if err != nil {
		return fail(err)
	}
	return 0
}

const (
	readTimeout  = 10 * time.Second // for a client to send a request
	writeTimeout = 30 * time.Second // from then until the answer is written
)

// serve answers at a listener until ctx is done, and then what it has begun to.
func serve(ctx context.Context, stop func(), listener net.Listener, answer http.Handler, log *slog.Logger) error {
	server := &http.Server{
		Handler:           answer,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    maxAddress,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelError),
	}
	done := make(chan error, 1)
	go func() {
		<-ctx.Done()
		stop() // a second signal ends it at once
		rest, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		done <- server.Shutdown(rest)
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-done
}
