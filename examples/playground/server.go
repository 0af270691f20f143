package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/duetime/duetime/examples/playground/page"
)

// maxAddress bounds the head of a request, whose address can have a catalog in it: that of
// examples/catalog has 14 KB there.
const maxAddress = 128 << 10

// patience limits how long a page waits for its turn and is computed. The rest of
// writeTimeout is for the error to arrive.
const patience = writeTimeout - 5*time.Second

// handler answers all requests, with the current time and the files of the site.
func handler(now func() time.Time, files *atomic.Pointer[site]) http.Handler {
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
				return page.Write(ctx, &b, question(r), now(), 0)
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
		w.Header().Set("Vary", "Accept-Language")
		w.Write(b.Bytes())
	})
	for _, name := range []string{"style.css", "app.js", starter, wasm} {
		mux.HandleFunc("GET /"+name, func(w http.ResponseWriter, r *http.Request) {
			f, ok := (*files.Load())[name]
			if !ok {
				problem(w, http.StatusNotFound, "/"+name+": the library is not compiled; the server computes the page")
				return
			}
			f.serve(w, r, name)
		})
	}
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

// question returns the question of a request, in the first language of the reader that the
// page has if the address names none.
func question(r *http.Request) page.Question {
	q := page.Parse(r.URL.RawQuery)
	for tag := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		language, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		language, _, _ = strings.Cut(language, ";")
		if q.Language == "" && slices.Contains(page.Languages(), language) {
			q.Language = language
		}
	}
	return q
}

// notAllowed answers a request whose method its path does not take, or whose path is unknown.
func notAllowed(w http.ResponseWriter, r *http.Request, mux *http.ServeMux) {
	for _, known := range []struct{ method, allow string }{{http.MethodGet, "GET, HEAD, OPTIONS"}, {http.MethodPost, "POST, OPTIONS"}} {
		other := r.Clone(r.Context())
		other.Method = known.method
		if _, pattern := mux.Handler(other); pattern == "" {
			continue
		}
		w.Header().Set("Allow", known.allow)
		if r.Method == http.MethodOptions {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		problem(w, http.StatusMethodNotAllowed, page.Clip(r.Method+" "+r.URL.EscapedPath())+": want "+known.allow)
		return
	}
	notFound(w, r)
}

func notFound(w http.ResponseWriter, r *http.Request) {
	problem(w, http.StatusNotFound, page.Clip(r.URL.EscapedPath())+": want /, /v1/due or /v1/clock")
}
