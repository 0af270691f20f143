package sla_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// program builds a command that imports some packages, and does nothing.
func program(t *testing.T, name string, imports []string) string {
	dir := t.TempDir()
	text := []byte("package main\n")
	for _, path := range imports {
		text = fmt.Appendf(text, "import _ %q\n", path)
	}
	file := filepath.Join(dir, name+".go")
	require.NoError(t, os.WriteFile(file, append(text, "func main() {}\n"...), 0o644))
	build := exec.Command("go", "build", "-o", filepath.Join(dir, name), file)
	build.Dir = ".."
	out, err := build.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return filepath.Join(dir, name)
}

// A program that imports the library starts nearly as fast as an empty one: what there
// is to do is for package time and others of std, and for the variables of rickar/cal's
// countries. The two programs run in turn, so that what else the machine does slows both.
func TestStartUp(t *testing.T) {
	if !*speedFlag {
		t.Skip("go test ./sla -run TestStartUp -speed -v")
	}
	programs := []string{program(t, "without", nil), program(t, "with", []string{module + "sla"})}
	var times [2][]time.Duration
	for range 500 {
		for i, name := range programs {
			start := time.Now()
			require.NoError(t, exec.Command(name).Run())
			times[i] = append(times[i], time.Since(start))
		}
	}
	var median [2]time.Duration
	for i := range times {
		slices.Sort(times[i])
		median[i] = times[i][len(times[i])/2]
	}
	ratio := float64(median[1]) / float64(median[0])
	t.Logf("an empty program starts and ends in %v, one that imports sla in %v: %.2f times", median[0], median[1], ratio)

	// What initialisation took, as Go itself counts it, by whose packages they are.
	trace := exec.Command(programs[1])
	trace.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	out, err := trace.CombinedOutput()
	require.NoError(t, err)
	clock, allocs, bytes := map[string]float64{}, map[string]int{}, map[string]int{}
	for _, line := range regexp.MustCompile(`(?m)^init (\S+) @\S+ ms, (\S+) ms clock, (\d+) bytes, (\d+) allocs$`).FindAllStringSubmatch(string(out), -1) {
		whose := "std"
		switch {
		case strings.HasPrefix(line[1], module):
			whose = "duetime"
			t.Log(line[0])
		case strings.Contains(line[1], "."):
			whose = "rickar/cal"
		}
		ms, _ := strconv.ParseFloat(line[2], 64)
		n, _ := strconv.Atoi(line[3])
		m, _ := strconv.Atoi(line[4])
		clock[whose], bytes[whose], allocs[whose] = clock[whose]+ms, bytes[whose]+n, allocs[whose]+m
	}
	for _, whose := range []string{"std", "rickar/cal", "duetime"} {
		t.Logf("%-10s %.3f ms, %d bytes in %d allocations", whose, clock[whose], bytes[whose], allocs[whose])
	}
	require.Positive(t, allocs["std"])
	assert.Less(t, bytes["duetime"], 1024, "of functions that do their work when they are first called")
	assert.Less(t, ratio, 2.0)
}
