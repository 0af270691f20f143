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
	mu    sync.Mutex
	pages map[chan struct{}]struct{}
	stop  context.Context // ends all pages' streams
}

func newBoard(ctx context.Context) *board {
	return &board{pages: map[chan struct{}]struct{}{}, stop: ctx}
}

// changed tells all pages. A page that has not read the last word needs no other.
func (b *board) changed() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for page := range b.pages {
		select {
		case page <- struct{}{}:
		default:
		}
	}
}

const (
	heartbeat = 15 * time.Second       // how often a page hears something
	calm      = 500 * time.Millisecond // and how often at the most
)

// ServeHTTP sends events to one page until it closes.
func (b *board) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	page := make(chan struct{}, 1)
	b.mu.Lock()
	b.pages[page] = struct{}{}
	b.mu.Unlock()
	defer func() {
		b.mu.Lock()
		delete(b.pages, page)
		b.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	control := http.NewResponseController(w)
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(b.stop, cancel)()
	for {
		if err := control.SetWriteDeadline(time.Now().Add(2 * heartbeat)); err != nil {
			return
		}
		if _, err := fmt.Fprint(w, "data: changed\n\n"); err != nil || control.Flush() != nil {
			return
		}
		if rest(ctx, calm); ctx.Err() != nil {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-page:
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
