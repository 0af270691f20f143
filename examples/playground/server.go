package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"embed"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/duetime/duetime/examples/playground/page"
	"github.com/duetime/duetime/sla/timeline"
)

//go:embed static
var static embed.FS

// maxAddress bounds the head of a request, whose address can have a catalog in it: that of
// examples/catalog has 14 KB there.
const maxAddress = 128 << 10

// wasm is the name of the library in the page. The file has .gz behind it.
const wasm = "duetime.wasm"

// patience limits how long a page waits for its turn and is computed. The rest of
// writeTimeout is for the error to arrive.
const patience = writeTimeout - 5*time.Second

// handler answers all requests, given the time that it is.
func handler(now func() time.Time) http.Handler {
	mux := http.NewServeMux()
	// A page can take some seconds, for the most laborious catalog: not many at a time.
	turn := make(chan bool, runtime.GOMAXPROCS(0))
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), patience)
		defer cancel()
		var b bytes.Buffer
		var err error
		select {
		case turn <- true:
			err = func() error {
				defer func() { <-turn }() // before a slow client has read the answer
				return page.Write(ctx, &b, page.Parse(r.URL.RawQuery), now(), timeline.DefaultWidth)
			}()
		case <-ctx.Done():
			err = ctx.Err()
		}
		switch {
		case errors.Is(err, context.Canceled): // the client has gone; to return would send an empty page
			panic(http.ErrAbortHandler)
		case errors.Is(err, context.DeadlineExceeded):
			w.Header().Set("Retry-After", strconv.Itoa(int(patience/time.Second)))
			problem(w, http.StatusServiceUnavailable, fmt.Sprintf("there is no answer within %v: other questions are before this one, or it is too laborious", patience))
			return
		case err != nil:
			problem(w, http.StatusInternalServerError, err.Error())
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write(b.Bytes())
	})
	for _, name := range []string{"style.css", "app.js", "wasm_exec.js"} {
		mux.HandleFunc("GET /"+name, func(w http.ResponseWriter, r *http.Request) {
			text, err := static.ReadFile("static/" + name)
			if err != nil {
				problem(w, http.StatusInternalServerError, err.Error())
				return
			}
			serveFile(w, r, name, identity, bytes.NewReader(text))
		})
	}
	mux.HandleFunc("GET /"+wasm, serveWasm)
	mux.HandleFunc("GET /v1/due", due)
	mux.HandleFunc("POST /v1/clock", clock)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer") // an address has the whole question
		h.Set("Cache-Control", "no-cache")      // an answer is about the time that it is
		if r.URL.Path == "" && r.URL.Host != "" {
			r = r.Clone(r.Context())
			r.URL.Path = "/" // which http://localhost means (RFC 9110, 4.2.3)
		}
		if path.Clean(r.URL.Path) != r.URL.Path { // to which the mux would redirect
			notFound(w, r)
		} else if _, pattern := mux.Handler(r); pattern == "" {
			notAllowed(w, r, mux)
		} else {
			mux.ServeHTTP(w, r)
		}
	})
}

// notAllowed answers a method that no handler takes, or that there is none at all.
func notAllowed(w http.ResponseWriter, r *http.Request, mux *http.ServeMux) {
	for method, allow := range map[string]string{http.MethodGet: "GET, HEAD, OPTIONS", http.MethodPost: "POST, OPTIONS"} {
		other := r.Clone(r.Context())
		other.Method = method
		if _, pattern := mux.Handler(other); pattern == "" {
			continue
		}
		w.Header().Set("Allow", allow)
		if r.Method == http.MethodOptions {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		problem(w, http.StatusMethodNotAllowed, page.Clip(r.Method+" "+r.URL.EscapedPath())+": want "+allow)
		return
	}
	notFound(w, r)
}

func notFound(w http.ResponseWriter, r *http.Request) {
	problem(w, http.StatusNotFound, page.Clip(r.URL.EscapedPath())+": want /, /v1/due or /v1/clock")
}

// version tells the files of one build from those of another.
var version = sync.OnceValue(func() string {
	sum := sha256.New()
	entries, _ := static.ReadDir("static") // which is embedded
	for _, e := range entries {
		text, _ := static.ReadFile("static/" + e.Name())
		sum.Write(text)
	}
	return fmt.Sprintf("%x", sum.Sum(nil)[:8])
})

// serveFile serves a file of the page in a coding. A browser can keep the file, and asks
// each time whether it is still the same. Each coding has its own tag.
func serveFile(w http.ResponseWriter, r *http.Request, name, coding string, content io.ReadSeeker) {
	h := w.Header()
	h.Set("Content-Type", kindOf(name))
	h.Set("ETag", fmt.Sprintf("%q", version()+"-"+coding))
	if coding != identity {
		h.Set("Content-Encoding", coding)
	}
	// Package http looks at the first line of a list only.
	for _, list := range []string{"If-Match", "If-None-Match"} {
		if lines := r.Header.Values(list); len(lines) > 1 {
			r = r.Clone(r.Context())
			r.Header.Set(list, strings.Join(lines, ", "))
		}
	}
	http.ServeContent(w, r, name, time.Time{}, content)
}

// kindOf returns the content type of a file. The types that package mime knows differ
// between machines.
func kindOf(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	}
	return "application/wasm"
}

// serveWasm serves the library as it is embedded, or unpacked to a client that does not
// take gzip.
func serveWasm(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Vary", "Accept-Encoding")
	var text []byte
	var err error
	coding := negotiate(r.Header.Values("Accept-Encoding"))
	switch coding {
	case packed:
		text, err = static.ReadFile("static/" + wasm + ".gz")
	case identity:
		text, err = unpacked()
	default:
		problem(w, http.StatusNotAcceptable, "Accept-Encoding: want gzip or identity")
		return
	}
	if err != nil {
		problem(w, http.StatusInternalServerError, err.Error())
		return
	}
	serveFile(w, r, wasm, coding, bytes.NewReader(text))
}

// unpacked returns the library as it is without gzip.
var unpacked = sync.OnceValues(func() ([]byte, error) {
	file, err := static.Open("static/" + wasm + ".gz")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := gzip.NewReader(file)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(text)
})

// writeStatic writes the page of no question, and all that it needs, into a folder.
func writeStatic(ctx context.Context, folder string, now time.Time) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := page.Write(ctx, &b, page.Question{}, now, timeline.DefaultWidth); err != nil {
		return err
	}
	files := map[string][]byte{"index.html": b.Bytes()}
	entries, err := static.ReadDir("static")
	if err != nil {
		return err
	}
	for _, e := range entries {
		text, err := static.ReadFile("static/" + e.Name())
		if err != nil {
			return err
		}
		name := e.Name()
		if name == wasm+".gz" {
			name = wasm
			if text, err = unpacked(); err != nil {
				return err
			}
		}
		files[name] = text
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
