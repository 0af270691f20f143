// Command try runs the tests of a package for each mutant that gremlins has found
// in a dry run, and writes to its output what came of it:
//
//	go run .ci/mutants/try.go calendar calendar.json
//
// It writes as it goes, and leaves out what the file says was tried before: a run that
// was ended goes on where it was.
//
// Gremlins v0.6.0 could run them itself, but it takes a mutant that does not compile
// for one that a test has killed, all of them with --test-cpu, and tries none in the
// condition of a case or in a constant, as these are in no coverage profile.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"
)

// becomes has what gremlins makes of each token, by the type of the mutant.
var becomes = map[string]map[string]string{
	"ARITHMETIC_BASE":       {"+": "-", "-": "+", "*": "/", "/": "*", "%": "*"},
	"CONDITIONALS_BOUNDARY": {"<=": "<", "<": "<=", ">=": ">", ">": ">="},
	"CONDITIONALS_NEGATION": {"==": "!=", "!=": "==", "<=": ">", "<": ">=", ">=": "<", ">": "<="},
	"INCREMENT_DECREMENT":   {"++": "--", "--": "++"},
	"INVERT_ASSIGNMENTS":    {"+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=", "%=": "%="}, // the last is no change
	"INVERT_BITWISE":        {"<<": ">>", ">>": "<<", "&^": "&", "&": "|", "|": "&", "^": "&"},
	"INVERT_BWASSIGN":       {"<<=": ">>=", ">>=": "<<=", "&^=": "&=", "&=": "|=", "|=": "&=", "^=": "&="},
	"INVERT_LOGICAL":        {"&&": "||", "||": "&&"},
	"INVERT_LOOPCTRL":       {"break": "continue", "continue": "break"},
}

func main() {
	if len(os.Args) != 3 {
		fail(errors.New("want a package and the file that gremlins wrote for it, such as: calendar calendar.json"))
	}
	name, output := os.Args[1], os.Args[2]
	text, err := os.ReadFile(output)
	fail(err)
	var r struct {
		Files []struct {
			Name    string `json:"file_name"`
			Mutants []struct {
				Type   string `json:"type"`
				Status string `json:"status"`
				Line   int    `json:"line"`
				Column int    `json:"column"`
			} `json:"mutations"`
		} `json:"files"`
	}
	fail(json.Unmarshal(text, &r))
	begin := time.Now()
	if survives, out := test(name, time.Hour); survives != "LIVED" {
		fail(fmt.Errorf("the tests of %s fail as they are:\n%s", name, out))
	}
	timeout := 2*time.Since(begin) + 5*time.Second
	write := func() {
		text, err := json.Marshal(r)
		fail(err)
		fail(os.WriteFile(output+".new", text, 0o644))
		fail(os.Rename(output+".new", output))
	}
	var work []func()
	var mutex sync.Mutex // of tried and of what is written
	tried := 0
	for _, f := range r.Files {
		for i := range f.Mutants {
			m := &f.Mutants[i]
			before := m.Status
			if before != "RUNNABLE" && before != "NOT COVERED" {
				continue
			}
			work = append(work, func() {
				status := try(name, f.Name, m.Type, m.Line, m.Column, timeout)
				mutex.Lock()
				defer mutex.Unlock()
				if status != "LIVED" || before != "NOT COVERED" {
					m.Status = status
				}
				if tried++; tried%50 == 0 {
					fmt.Fprintf(os.Stderr, "%s: %d of %d mutants tried after %v\n", name, tried, len(work), time.Since(begin).Round(time.Second))
					write()
				}
			})
		}
	}
	var wg sync.WaitGroup
	turn := make(chan bool, runtime.NumCPU())
	for _, one := range work {
		turn <- true
		wg.Go(func() {
			defer func() { <-turn }()
			one()
		})
	}
	wg.Wait()
	write()
}

// try runs the tests of a package with one token of a file changed.
func try(name, file, kind string, line, column int, timeout time.Duration) (status string) {
	file, err := filepath.Abs(filepath.Join(name, file))
	fail(err)
	source, err := os.ReadFile(file)
	fail(err)
	at := column - 1
	for l := range bytes.Lines(source) {
		if line--; line == 0 {
			break
		}
		at += len(l)
	}
	var token string
	for t := range becomes[kind] {
		if len(t) > len(token) && bytes.HasPrefix(source[at:], []byte(t)) {
			token = t
		}
	}
	if token == "" {
		fail(fmt.Errorf("%s: no token for %s at byte %d", file, kind, at))
	}
	if becomes[kind][token] == token {
		return "NOT VIABLE"
	}
	work, err := os.MkdirTemp("", "mutant")
	fail(err)
	defer os.RemoveAll(work)
	mutant, overlay := filepath.Join(work, "mutant.go"), filepath.Join(work, "overlay.json")
	fail(os.WriteFile(mutant, []byte(string(source[:at])+becomes[kind][token]+string(source[at+len(token):])), 0o644))
	text, err := json.Marshal(map[string]any{"Replace": map[string]string{file: mutant}})
	fail(err)
	fail(os.WriteFile(overlay, text, 0o644))
	status, _ = test(name, timeout, "-overlay", overlay)
	return status
}

// test runs the tests of a package in their short form.
func test(name string, timeout time.Duration, flags ...string) (status, output string) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout+10*time.Second)
	defer cancel()
	args := append([]string{"test", "-ldflags=-s -w", "-count", "1", "-failfast", "-vet", "off", "-cpu", "1", "-timeout", timeout.String()}, flags...)
	cmd := exec.CommandContext(ctx, "go", append(args, "./"+name)...)
	cmd.WaitDelay = time.Second // the test may outlive the go command, and hold its output
	out, err := cmd.CombinedOutput()
	switch output = string(out); {
	case err == nil:
		return "LIVED", output
	case ctx.Err() != nil, strings.Contains(output, "panic: test timed out"):
		return "TIMED OUT", output
	case strings.Contains(output, "[build failed]"):
		return "NOT VIABLE", output
	}
	return "KILLED", output
}

func fail(err error) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "try: %v\n", err)
		os.Exit(2)
	}
}
