package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The environment of a fake go command: what it does with build, and its GOROOT.
const fakeMode, fakeRoot = "PLAYGROUND_FAKE_GO", "PLAYGROUND_FAKE_GOROOT"

func TestMain(m *testing.M) {
	if mode := os.Getenv(fakeMode); mode != "" {
		os.Exit(fakeGo(mode, os.Args[1:]))
	}
	os.Exit(m.Run())
}

// fakeGo is the test binary as the go command.
func fakeGo(mode string, args []string) int {
	if slices.Equal(args, []string{"env", "GOROOT"}) {
		fmt.Println(os.Getenv(fakeRoot))
		return 0
	}
	switch mode {
	case "fails":
		fmt.Fprintln(os.Stderr, "main.go:1:1: a fault")
		return 1
	case "hangs":
		signal.Ignore(os.Interrupt)
		if err := os.Mkdir(filepath.Join(os.Getenv(fakeRoot), mode), 0o755); err != nil {
			panic(err)
		}
		time.Sleep(time.Minute)
	}
	text := fmt.Sprintf("%s %s %s %q", mode, os.Getenv("GOOS"), os.Getenv("GOARCH"), args)
	if err := os.WriteFile(args[slices.Index(args, "-o")+1], []byte(text), 0o644); err != nil {
		panic(err)
	}
	return 0
}

// useGo leaves one go command in PATH, a fake one, or none if mode is empty.
func useGo(t *testing.T, mode string) {
	t.Helper()
	folder := t.TempDir()
	t.Setenv("PATH", folder)
	if mode == "" {
		return
	}
	self, err := os.Executable()
	require.NoError(t, err)
	require.NoError(t, os.Symlink(self, filepath.Join(folder, "go")))
	t.Setenv(fakeMode, mode)
	t.Setenv(fakeRoot, folder)
	require.NoError(t, os.MkdirAll(filepath.Join(folder, "lib", "wasm"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "lib", "wasm", starter), []byte("starts it"), 0o644))
}

// compiled returns the site with a library.
func compiled() *atomic.Pointer[site] {
	var files atomic.Pointer[site]
	files.Store(newSite(map[string][]byte{wasm: []byte("\x00asm"), starter: []byte("starts it")}))
	return &files
}

// The files of the page, packed and not.
func TestFiles(t *testing.T) {
	for name, kind := range map[string]string{"style.css": "text/css; charset=utf-8", "app.js": "text/javascript; charset=utf-8", starter: "text/javascript; charset=utf-8", wasm: "application/wasm"} {
		w := ask("GET", "/"+name, "", "")
		assert.Equal(t, http.StatusOK, w.Code, name)
		assert.Equal(t, kind, w.Header().Get("Content-Type"), name)
		assert.NotEmpty(t, w.Body.Bytes(), name)
	}
	w := header("GET", "/"+wasm, "Accept-Encoding", "gzip, br")
	assert.Equal(t, "gzip", w.Header().Get("Content-Encoding"))
	unpacked, err := gzip.NewReader(w.Body)
	require.NoError(t, err)
	text, err := io.ReadAll(unpacked)
	require.NoError(t, err)
	assert.Equal(t, ask("GET", "/"+wasm, "", "").Body.Bytes(), text)
}

// Without a library, the page is whole, asks for no file that is missing, and a browser sees
// that app.js is another one later.
func TestWithoutLibrary(t *testing.T) {
	var files atomic.Pointer[site]
	files.Store(newSite(nil))
	server := handler(then, &files)
	get := func(target string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		server.ServeHTTP(w, httptest.NewRequest("GET", target, nil))
		return w
	}
	for _, name := range []string{wasm, starter} {
		w := get("/" + name)
		assert.Equal(t, http.StatusNotFound, w.Code, name)
		assert.Equal(t, "application/problem+json", w.Header().Get("Content-Type"), name)
		assert.Contains(t, w.Body.String(), "/"+name+": the library is not compiled; the server computes the page")
		assert.Empty(t, w.Header().Get("ETag"), name)
	}
	page, script := get("/?severity=B&opened=2024-03-28T15:00&zone=Europe/Berlin").Body.String(), get("/app.js")
	assert.Contains(t, page, `<button type="submit" id="submit"`)
	assert.Contains(t, page, ">Computed by the server.</p>")
	assert.Contains(t, page, "<time datetime=")
	assert.NotContains(t, page, starter)
	assert.Equal(t, http.StatusOK, script.Code)
	assert.Equal(t, serverOnly, script.Body.String())

	files.Store(compiled().Load())
	assert.Equal(t, http.StatusOK, get("/"+wasm).Code)
	later := get("/app.js")
	assert.Equal(t, app, later.Body.String())
	assert.NotEqual(t, script.Header().Get("ETag"), later.Header().Get("ETag"))
}

// command runs the command to its end and returns its exit status and what it says.
func command(t *testing.T, args ...string) (int, string) {
	t.Helper()
	var out, errs bytes.Buffer
	status := run(t.Context(), func() {}, args, &out, &errs)
	assert.Empty(t, out.String())
	return status, errs.String()
}

// With -static, the command compiles the library each time.
func TestStatic(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new", "page")
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join(folder, name))
		require.NoError(t, err)
		return string(text)
	}
	for _, source := range []string{"old", "new"} {
		useGo(t, source)
		t.Setenv("GOFLAGS", "-race")
		status, errs := command(t, "-static", folder)
		require.Zero(t, status, errs)
		assert.Empty(t, errs)
		entries, err := os.ReadDir(folder)
		require.NoError(t, err)
		var names []string
		for _, e := range entries {
			names = append(names, e.Name())
		}
		assert.Equal(t, []string{"app.js", wasm, "index.html", "style.css", starter}, names)
		assert.Regexp(t, `^`+source+` js wasm \["build" "-trimpath" "-buildvcs=false" "-ldflags=-s -w" "-o" ".*" "./wasm"\]$`, read(wasm))
		assert.Equal(t, "starts it", read(starter))
		assert.Equal(t, app, read("app.js"))
		assert.Equal(t, style, read("style.css"))
		assert.Contains(t, read("index.html"), "<time datetime=")
	}
}

// Where the library cannot be compiled, -static writes nothing and says what to do.
func TestStaticFails(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "page")
	for mode, want := range map[string]string{
		"":      "playground: no go command: install Go from https://go.dev/dl and add it to PATH\n",
		"fails": "playground: go build: exit status 1: main.go:1:1: a fault\n",
	} {
		useGo(t, mode)
		status, errs := command(t, "-static", folder)
		assert.Equal(t, exitBad, status)
		assert.Equal(t, want, errs)
		assert.NoDirExists(t, folder)
	}
	useGo(t, "works")
	require.NoError(t, os.Remove(filepath.Join(os.Getenv(fakeRoot), "lib", "wasm", starter)))
	status, errs := command(t, "-static", folder)
	assert.Equal(t, exitBad, status)
	assert.Contains(t, errs, filepath.Join("lib", "wasm", starter))
	assert.NoDirExists(t, folder)
}

// The real library starts as WebAssembly does, and is of the same Go as its starter.
func TestStaticByGo(t *testing.T) {
	if !*full {
		t.Skip("run with -full: go build takes 11 s for the first time")
	}
	folder := t.TempDir()
	status, errs := command(t, "-static", folder)
	require.Zero(t, status, errs)
	library, err := os.ReadFile(filepath.Join(folder, wasm))
	require.NoError(t, err)
	assert.True(t, bytes.HasPrefix(library, []byte("\x00asm\x01\x00\x00\x00")))
	assert.True(t, bytes.Contains(library, []byte(runtime.Version())), "compiled by %s", runtime.Version())
	root, err := exec.Command("go", "env", "GOROOT").Output()
	require.NoError(t, err)
	want, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", starter))
	require.NoError(t, err)
	got, err := os.ReadFile(filepath.Join(folder, starter))
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got))
	packed := (*newSite(map[string][]byte{wasm: library}))[wasm].zip
	assert.Less(t, len(packed), len(library)/3)
	t.Logf("%s: %.1f MB, %.1f MB as gzip", wasm, float64(len(library))/1e6, float64(len(packed))/1e6)
}

// The server answers at once, whatever becomes of the library. It says in one line that it
// compiles the library, and in one line that it cannot.
func TestServerCompiles(t *testing.T) {
	const begin = "compiling the library for browsers; the server computes the page until then"
	const without = "the server computes the page, without a library for browsers"
	for _, row := range []struct {
		mode   string
		served bool
		lines  []string
	}{
		{"works", true, []string{begin}},
		{"hangs", false, []string{begin}},
		{"fails", false, []string{begin, without + `" error="go build: exit status 1: main.go:1:1: a fault"`}},
		{"", false, []string{without + `" error="no go command`}},
	} {
		t.Run("go "+row.mode, func(t *testing.T) {
			if row.mode == "hangs" && !*full {
				t.Skip("run with -full: the server waits 2 s for the build")
			}
			useGo(t, row.mode)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			reader, out := io.Pipe()
			said, errs := io.Pipe()
			done := make(chan int, 1)
			go func() {
				done <- run(ctx, cancel, []string{"-addr", "localhost:0"}, out, errs)
				errs.Close()
			}()
			address, err := bufio.NewReader(reader).ReadString('\n')
			require.NoError(t, err)
			get := func(name string) int {
				response, err := http.Get(strings.TrimSpace(address) + name)
				if err != nil {
					return 0
				}
				response.Body.Close()
				return response.StatusCode
			}
			assert.Equal(t, http.StatusOK, get(""))
			lines := bufio.NewScanner(said)
			for _, line := range row.lines {
				require.True(t, lines.Scan())
				assert.Contains(t, lines.Text(), line)
			}
			if row.served {
				require.Eventually(t, func() bool { return get(wasm) == http.StatusOK }, time.Minute, 10*time.Millisecond)
				assert.Equal(t, http.StatusOK, get(starter))
			} else {
				assert.Equal(t, http.StatusNotFound, get(wasm))
				assert.Equal(t, http.StatusNotFound, get(starter))
			}
			assert.Equal(t, http.StatusOK, get(""))
			if row.mode == "hangs" { // and ignores interrupts from now on
				require.Eventually(t, func() bool {
					_, err := os.Stat(filepath.Join(os.Getenv(fakeRoot), row.mode))
					return err == nil
				}, time.Minute, 10*time.Millisecond)
			}
			cancel()
			assert.False(t, lines.Scan(), "another line: %s", lines.Text())
			select {
			case status := <-done:
				assert.Zero(t, status)
			case <-time.After(30 * time.Second): // the build takes a minute
				t.Fatal("the server does not stop")
			}
		})
	}
}

// The first view weighs less than 60 KB without the library, and has an answer in it.
func TestFirstView(t *testing.T) {
	for _, query := range []string{"", "?moniker=o365-worldwide&lang=zh", "?moniker=o365-21vianet&lang=de", "?terms=own", "?page=offices"} {
		view := ask("GET", "/"+query, "", "").Body.String()
		if !strings.Contains(query, "offices") {
			assert.Contains(t, view, "<time datetime=", query)
		}
		weight := len(view) + len(style) + len(app)
		assert.Less(t, weight, 60_000, query)
		t.Logf("%q: %d bytes, of them %d of the page", query, weight, len(view))
	}
}
