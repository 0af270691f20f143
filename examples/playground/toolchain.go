package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// toolchain compiles the library for browsers.
type toolchain struct {
	command string // the go command
	source  string // the folder of this package
}

// findToolchain returns an error that says what to do if there is no go command or no source.
//
// The compiler writes the path of this file into the program. After go run, go build and go
// install, the path leads to the source in a clone or in the module cache. The current folder
// does not matter. On another machine the file does not exist, and after -trimpath the path is
// not absolute.
func findToolchain() (toolchain, error) {
	command, err := exec.LookPath("go")
	if err != nil {
		return toolchain{}, errors.New("no go command: install Go from https://go.dev/dl and add it to PATH")
	}
	_, file, _, _ := runtime.Caller(0)
	t := toolchain{command, filepath.Dir(file)}
	if _, err := os.Stat(filepath.Join(t.source, "wasm", "main.go")); err != nil || !filepath.IsAbs(file) {
		return toolchain{}, fmt.Errorf("no source in %s: use go run ./examples/playground in a clone of github.com/duetime/duetime, without -trimpath", t.source)
	}
	return t, nil
}

// compile returns the files of the library. It never returns an older build: go build
// compares the source with its cache, and compiles what has changed.
func (t toolchain) compile(ctx context.Context) (map[string][]byte, error) {
	folder, err := os.MkdirTemp("", "duetime-playground")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	compiled := filepath.Join(folder, wasm)
	if _, err := t.run(ctx, "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", compiled, "./wasm"); err != nil {
		return nil, err
	}
	root, err := t.run(ctx, "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for name, path := range map[string]string{wasm: compiled, starter: filepath.Join(root, "lib", "wasm", starter)} {
		if files[name], err = os.ReadFile(path); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// run returns the output of the go command. Once ctx is done, it interrupts the command.
func (t toolchain) run(ctx context.Context, args ...string) (string, error) {
	c := exec.CommandContext(ctx, t.command, args...)
	c.Dir = t.source
	c.Env = append(c.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=") // -race, say, is not for browsers
	c.Cancel = func() error { return c.Process.Signal(os.Interrupt) } // go then removes its temporary files
	c.WaitDelay = 2 * time.Second
	out, err := c.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return "", fmt.Errorf("go %s: %w: %s", args[0], err, bytes.TrimSpace(exit.Stderr))
	}
	return strings.TrimSpace(string(out)), err
}
