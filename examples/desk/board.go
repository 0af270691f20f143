package main

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"net/http"
	"sync"
	"time"
)

// board tells the pages that are open that something has changed. They ask for what they show.
type board struct {
	mu   sync.Mutex
	next chan struct{}   // is closed at the next change
	stop context.Context // ends all pages' streams
}

func newBoard(ctx context.Context) *board { return &board{next: make(chan struct{}), stop: ctx} }

func (b *board) changed() {
	b.mu.Lock()
	defer b.mu.Unlock()
	close(b.next)
	b.next = make(chan struct{})
}

const (
	heartbeat = 15 * time.Second       // how often a page hears something
	calm      = 500 * time.Millisecond // and how often at the most
)

// ServeHTTP sends events to one page until it closes.
func (b *board) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(b.stop, cancel)()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	control := http.NewResponseController(w)
	for ctx.Err() == nil {
		b.mu.Lock()
		next := b.next
		b.mu.Unlock()
		control.SetWriteDeadline(time.Now().Add(2 * heartbeat))
		if _, err := fmt.Fprint(w, "data: changed\n\n"); err != nil || control.Flush() != nil {
			return
		}
		rest(ctx, calm)
		select {
		case <-ctx.Done():
		case <-next:
		case <-time.After(heartbeat):
		}
	}
}

//go:embed page
var files embed.FS

// page serves the board's files.
func page() http.Handler {
	sub, err := fs.Sub(files, "page")
	if err != nil {
		panic(err) // the folder is in the program
	}
	return http.FileServerFS(sub)
}
