// Command score reads what gremlins says of a package and the explanations of the
// mutants that may survive, and prints the score and what is left to do:
//
//	go run .ci/mutants/score.go calendar calendar.json
//
// The explanations of calendar/holiday are in .ci/mutants/holiday.txt, and so on. A
// block is the reason, in comment lines, and then the mutants that it is for: file,
// type and source line, so that they outlive edits elsewhere.
//
//	# Where the two are equal, both branches give the same.
//	hours.go CONDITIONALS_BOUNDARY | if last := &joined[len(joined)-1]; s.open <= last.close {
//
// Of several mutants of one type in a line, CONDITIONALS_BOUNDARY#2 is the second
// from the left. An entry is for all lines of the file that read the same.
package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
)

// report is gremlins' output, as far as it matters here.
type report struct {
	Files []struct {
		Name    string   `json:"file_name"`
		Mutants []mutant `json:"mutations"`
	} `json:"files"`
}

type mutant struct {
	Type   string `json:"type"`
	Status string `json:"status"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

func main() {
	if len(os.Args) < 3 {
		fail("score: want a package and the files that gremlins wrote for it, such as: calendar calendar.json")
	}
	name := os.Args[1]
	explained := explanations(".ci/mutants/" + path.Base(name) + ".txt")
	count := map[string]int{}
	seen, used := map[string]bool{}, map[string]bool{} // files and entries
	total, excused := 0, 0
	var left []string
	for _, output := range os.Args[2:] {
		var r report
		if err := json.Unmarshal(read(output), &r); err != nil {
			fail("score: %s: %v: want what gremlins --output writes", output, err)
		}
		for _, f := range r.Files {
			seen[f.Name] = true
			source := strings.Split(string(read(path.Join(name, f.Name))), "\n")
			for entry, m := range entries(f.Name, source, f.Mutants) {
				switch m.Status {
				case "NOT VIABLE": // it does not compile
					continue
				case "KILLED":
				case "TIMED OUT": // a slow machine may end what is explained as slower
					used[entry] = true
				case "LIVED", "NOT COVERED":
					if used[entry] = true; explained[entry] {
						excused++
					} else {
						left = append(left, fmt.Sprintf("%s:%d:%d: %s: %s", path.Join(name, f.Name), m.Line, m.Column, strings.ToLower(m.Status), entry))
					}
				default:
					fail("score: %s: a mutant is %q: want those that were run", output, m.Status)
				}
				total++
				count[m.Status]++
			}
		}
	}
	for entry := range explained {
		if file, _, _ := strings.Cut(entry, " "); seen[file] && !used[entry] {
			left = append(left, "stale: no mutant survives that is "+entry)
		}
	}
	dead := count["KILLED"] + count["TIMED OUT"]
	fmt.Printf("%s: %d mutants, %d killed, %d timed out, %d not covered, %d survived; %d of these explained; score %s of all, %s of those not explained\n",
		name, total, count["KILLED"], count["TIMED OUT"], count["NOT COVERED"], count["LIVED"], excused, percent(dead, total), percent(dead, total-excused))
	slices.Sort(left)
	for _, line := range left {
		fmt.Println(line)
	}
	if len(left) > 0 {
		os.Exit(1)
	}
}

// entries yields the mutants of a file by how the explanations name them. A name
// stands for several only if their lines read the same.
func entries(file string, source []string, mutants []mutant) func(yield func(string, mutant) bool) {
	slices.SortFunc(mutants, func(a, b mutant) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Type, b.Type), cmp.Compare(a.Column, b.Column))
	})
	return func(yield func(string, mutant) bool) {
		for i, n := 0, 0; i < len(mutants); i++ {
			m := mutants[i]
			same := func(j int) bool {
				return j >= 0 && j < len(mutants) && mutants[j].Line == m.Line && mutants[j].Type == m.Type
			}
			kind := m.Type
			if n++; !same(i - 1) {
				n = 1
			}
			if same(i-1) || same(i+1) {
				kind = fmt.Sprintf("%s#%d", m.Type, n)
			}
			if !yield(fmt.Sprintf("%s %s | %s", file, kind, strings.TrimSpace(source[m.Line-1])), m) {
				return
			}
		}
	}
}

// explanations returns the entries of a file. Each must follow a reason.
func explanations(file string) map[string]bool {
	found := map[string]bool{}
	reason := false
	for i, line := range strings.Split(string(read(file)), "\n") {
		switch line = strings.TrimSpace(line); {
		case strings.HasPrefix(line, "#"):
			reason = true
		case line == "":
			reason = false
		case !reason || found[line] || !strings.Contains(line, " | "):
			fail("score: %s:%d: %q: want FILE TYPE | SOURCE LINE, once, after its reason in lines that begin with #", file, i+1, line)
		default:
			found[line] = true
		}
	}
	return found
}

func percent(n, of int) string {
	if of == 0 {
		return "none"
	}
	return fmt.Sprintf("%.1f%%", float64(n)*100/float64(of))
}

func read(file string) []byte {
	text, err := os.ReadFile(file)
	if err != nil {
		fail("score: %v", err)
	}
	return text
}

func fail(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
	os.Exit(2)
}
