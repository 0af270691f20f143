package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	_ "embed" // the files of the page
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/duetime/duetime/examples/playground/page"
)

//go:embed static/style.css
var style string

//go:embed static/app.js
var app string

// serverOnly is app.js while there is no library. The page then works as in a browser without
// scripts, and asks for no file that is missing.
const serverOnly = `console.info("The server computes this page: duetime.wasm is not compiled.");` + "\n"

// The files of the library.
const (
	wasm    = "duetime.wasm"
	starter = "wasm_exec.js" // part of Go
)

// pageFiles returns the files of the page by name, without index.html. The library is nil if
// it is not compiled.
func pageFiles(library map[string][]byte) map[string][]byte {
	files := map[string][]byte{"style.css": []byte(style), "app.js": []byte(serverOnly)}
	if library != nil {
		files["app.js"] = []byte(app)
	}
	maps.Copy(files, library)
	return files
}

// writeStatic compiles the library and writes the page into a folder, with an empty question.
func writeStatic(ctx context.Context, folder string, now time.Time) error {
	t, err := findToolchain()
	if err != nil {
		return err
	}
	library, err := t.compile(ctx)
	if err != nil {
		return err
	}
	var index bytes.Buffer
	if err := page.Write(ctx, &index, page.Question{}, now, 0); err != nil {
		return err
	}
	files := pageFiles(library)
	files["index.html"] = index.Bytes()
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// site holds the files that the server has, by name.
type site map[string]file

// file is a file and its gzip form, which is nil for a small one.
type file struct {
	text, zip []byte
	hash      string
}

// newSite packs the files of the page. The library is nil if it is not compiled.
func newSite(library map[string][]byte) *site {
	s := site{}
	for name, text := range pageFiles(library) {
		f := file{text: text, hash: fmt.Sprintf("%x", sha256.Sum256(text))[:16]}
		if name == wasm {
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			z.Write(text) // a buffer takes everything
			z.Close()
			f.zip = b.Bytes()
		}
		s[name] = f
	}
	return &s
}

// addLibrary compiles the library and adds it to the site. If it cannot, the server goes on
// without.
func addLibrary(ctx context.Context, s *atomic.Pointer[site], log *slog.Logger) {
	t, err := findToolchain()
	var library map[string][]byte
	if err == nil {
		log.Info("compiling the library for browsers; the server computes the page until then")
		library, err = t.compile(ctx)
	}
	switch {
	case ctx.Err() != nil: // the server stops
	case err != nil:
		log.Warn("the server computes the page, without a library for browsers", "error", err)
	default:
		s.Store(newSite(library))
	}
}

// serve serves the file. A browser may keep it, and asks each time whether it has changed.
// Each coding has its own tag.
func (f file) serve(w http.ResponseWriter, r *http.Request, name string) {
	h := w.Header()
	coding, text := identity, f.text
	if f.zip != nil {
		h.Set("Vary", "Accept-Encoding")
		switch coding = negotiate(r.Header.Values("Accept-Encoding")); coding {
		case packed:
			text = f.zip
			h.Set("Content-Encoding", packed)
		case "":
			problem(w, http.StatusNotAcceptable, "Accept-Encoding: want gzip or identity")
			return
		}
	}
	h.Set("Content-Type", kindOf(name))
	h.Set("ETag", fmt.Sprintf("%q", f.hash+"-"+coding))
	// Package http looks at the first line of a list only.
	for _, list := range []string{"If-Match", "If-None-Match"} {
		if lines := r.Header.Values(list); len(lines) > 1 {
			r = r.Clone(r.Context())
			r.Header.Set(list, strings.Join(lines, ", "))
		}
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(text))
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
