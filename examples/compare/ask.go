package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// limit is how long a child may think about one question. The slowest answer takes less
// than a thousandth of it; some never come. start is what it may take to its first.
const (
	limit = 2 * time.Second
	start = 10 * time.Second
)

// noReturn stands for an answer that did not come, and notAsked for one that was
// spared because the question before it, of the same desk and kind, did not return.
const (
	noReturn = "no return"
	notAsked = "not asked"
)

// An exam is what every engine is asked: the questions, then the probes.
type exam struct {
	seed      uint64
	n         int
	desks     []desk
	questions []question
}

func newExam(seed uint64, n int) (exam, error) {
	all, err := desks()
	if err != nil {
		return exam{}, err
	}
	return exam{seed, n, all, questions(all, seed, n)}, nil
}

// parts returns where the questions of each desk begin, where the probes do, and the
// end of them.
func (x exam) parts() []int {
	var starts []int
	for i, q := range x.questions {
		if i == 0 || x.questions[i-1].desk != q.desk {
			starts = append(starts, i)
		}
	}
	return append(starts, len(x.questions), len(x.questions)+len(probes))
}

// sit writes the engine's answers to [from, to) to w: a line for each as soon as it
// is known.
func (x exam) sit(e engine, from, to int, w io.Writer) error {
	opened := make([]answers, len(x.desks))
	for i, d := range x.desks {
		a, err := e.open(d)
		if err != nil {
			return fmt.Errorf("%s: %v: %w", e.name, d, err)
		}
		opened[i] = a
	}
	for i := from; i < to; i++ {
		var text string
		if j := i - len(x.questions); j >= 0 {
			if ask := probes[j].ask[e.name]; ask != nil {
				text = ask()
			}
		} else {
			q := x.questions[i]
			text = opened[q.desk].answer(x.desks[q.desk], q)
		}
		if _, err := fmt.Fprintln(w, text); err != nil {
			return err
		}
	}
	return nil
}

// ask returns the answers of every engine. They come from child processes of this
// program, as a process that never returns can be ended, and a goroutine cannot.
func (x exam) ask() ([][]string, error) {
	all := make([][]string, len(engines))
	parts := x.parts()
	var (
		group sync.WaitGroup
		turn  = make(chan struct{}, 8) // children at a time; those that take long are those that hang
		errs  = make([]error, len(engines)*len(parts))
	)
	for e := range engines {
		all[e] = make([]string, parts[len(parts)-1])
		for p, to := range parts[1:] {
			group.Go(func() {
				turn <- struct{}{}
				defer func() { <-turn }()
				from := parts[p]
				errs[e*len(parts)+p] = x.askPart(engines[e], from, all[e][from:to])
			})
		}
	}
	group.Wait()
	return all, errors.Join(errs...)
}

// askPart fills got with the answers from the given one on.
func (x exam) askPart(e engine, from int, got []string) error {
	for len(got) > 0 {
		n, err := x.child(e, from, got)
		if err != nil || n == len(got) {
			return err
		}
		stuck := from + n
		from, got = stuck+1, got[n:]
		got[0], got = noReturn, got[1:]
		for len(got) > 0 && from < len(x.questions) && x.questions[from].kind == x.questions[stuck].kind {
			got[0], got = notAsked, got[1:]
			from++
		}
	}
	return nil
}

// text is a question, or a probe, as text.
func (x exam) text(i int) string {
	if j := i - len(x.questions); j >= 0 {
		return probes[min(j, len(probes)-1)].question
	}
	q := x.questions[i]
	return fmt.Sprintf("%s, %s, %v", x.desks[q.desk].cause, q.kind, q)
}

// child fills got with the answers from the given one on until one does not come in
// time, and returns how many came.
func (x exam) child(e engine, from int, got []string) (n int, err error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	cmd := exec.Command(self, "-child", e.name, "-from", strconv.Itoa(from), "-to", strconv.Itoa(from+len(got)), "-seed", strconv.FormatUint(x.seed, 10), "-n", strconv.Itoa(x.n))
	cmd.Stderr = os.Stderr
	if _, err := cmd.StdinPipe(); err != nil { // see endWithParent
		return 0, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	var late atomic.Bool
	timer := time.AfterFunc(start, func() {
		late.Store(true)
		_ = cmd.Process.Kill() // it may have ended just now
	})
	defer timer.Stop()
	for lines := bufio.NewScanner(out); n < len(got) && lines.Scan(); timer.Reset(limit) {
		got[n] = lines.Text()
		n++
	}
	err = cmd.Wait()
	if late.Load() {
		return n, nil
	}
	if err == nil && n < len(got) {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return n, fmt.Errorf("%s, at %s: %w", e.name, x.text(from+n), err)
	}
	return n, nil
}

// endWithParent ends a child whose parent has gone, though a question may never
// return. The parent writes nothing, so that stdin ends with it.
func endWithParent() {
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(1)
}
