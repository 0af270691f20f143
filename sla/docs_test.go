package sla_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/doc"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
)

// Every package has one package comment, which begins as Go wants it to.
func TestPackageComments(t *testing.T) {
	for _, s := range sources(t).packages {
		var comments []string
		for _, f := range s.files {
			if f.Doc != nil {
				comments = append(comments, f.Doc.Text())
			}
		}
		require.Len(t, comments, 1, s.dir)
		begin := "Package " + s.types.Name() + " "
		if s.types.Name() == "main" {
			begin = strings.ToUpper(path.Base(s.dir)[:1]) + path.Base(s.dir)[1:] + " "
		}
		assert.True(t, strings.HasPrefix(comments[0], begin), "%s: want %q, not %.40q", s.dir, begin, comments[0])
	}
}

// Every exported name has a comment that begins with it, and every exported type an
// Example.
func TestDocumentation(t *testing.T) {
	for _, dir := range libraries {
		fset := token.NewFileSet()
		files, err := parse(fset, dir, true) // the tests have the Examples
		require.NoError(t, err)
		d, err := doc.NewFromFiles(fset, files, module+dir)
		require.NoError(t, err)
		check := func(name, comment string) {
			bare := name[strings.LastIndex(name, ".")+1:]
			assert.Regexp(t, `^(A |An |The )?`+regexp.QuoteMeta(bare)+`\b`, comment, "%s.%s", dir, name)
		}
		values := func(list []*doc.Value) {
			for _, v := range list {
				for _, spec := range v.Decl.Specs {
					s := spec.(*ast.ValueSpec)
					for _, name := range s.Names {
						if name.IsExported() {
							assert.NotEmpty(t, v.Doc+s.Doc.Text()+s.Comment.Text(), "%s.%s", dir, name)
						}
					}
				}
			}
		}
		functions := func(prefix string, list []*doc.Func) {
			for _, f := range list {
				check(prefix+f.Name, f.Doc)
			}
		}
		values(append(d.Consts, d.Vars...))
		functions("", d.Funcs)
		for _, typ := range d.Types {
			check(typ.Name, typ.Doc)
			values(append(typ.Consts, typ.Vars...))
			functions("", typ.Funcs)
			functions(typ.Name+".", typ.Methods)
			examples := len(typ.Examples)
			for _, m := range typ.Methods {
				examples += len(m.Examples)
			}
			assert.Positive(t, examples, "%s.%s has no Example", dir, typ.Name)
		}
	}
}

// papers returns the README and the pages under .github, by their paths.
func papers(t *testing.T) map[string]string {
	names, err := filepath.Glob("../.github/*.md")
	require.NoError(t, err)
	texts := map[string]string{}
	for _, name := range append(names, "../README.md") {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		texts[name] = string(text)
	}
	return texts
}

var (
	goBlock     = regexp.MustCompile("(?s)```go\n(.*?)```")
	mainProgram = regexp.MustCompile("(?s)```go\n(package main\n.*?)```\n(?:\n[^`]*)?```text\n(.*?)```")
	shBlock     = regexp.MustCompile("(?s)```sh\n(.*?)```")
	code        = regexp.MustCompile("`([^`\n]+)`")
	relative    = regexp.MustCompile(`\]\(([^):]+)\)`)
	declared    = regexp.MustCompile("`(\\w+)` \\(([\\w/]+\\.go)\\)")
	filePath    = regexp.MustCompile(`^[\w.-]+(/[\w.*-]+)+\.(go|json|jsonl|txt|golden|svg|csv)$`)
	testFunc    = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	goCommand   = regexp.MustCompile(`^(?:\(?cd (\S+) && )?go (run|test|doc) (.*?)\)?$`)
)

// Every snippet of Go in the README and the pages stands in an Example, which the tests run.
func TestReadmeSnippetsAreExamples(t *testing.T) {
	var examples strings.Builder
	require.NoError(t, filepath.WalkDir("..", func(path string, _ fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, "example_test.go") {
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			examples.WriteString(trimLines(string(text)))
		}
		return err
	}))
	found := 0
	for name, text := range papers(t) {
		for _, s := range goBlock.FindAllStringSubmatch(text, -1) {
			found++
			if !strings.HasPrefix(s[1], "package main\n") {
				assert.True(t, strings.Contains(examples.String(), trimLines(s[1])), "%s: not in any Example:\n%s", name, s[1])
			}
		}
	}
	assert.GreaterOrEqual(t, found, 3)
}

// The README's program prints what the README says.
func TestReadmeProgram(t *testing.T) {
	texts := papers(t)
	programs := mainProgram.FindAllStringSubmatch(texts["../README.md"], -1)
	require.Len(t, programs, 1)
	total := 0
	for _, text := range texts {
		total += strings.Count(text, "```go\npackage main\n")
	}
	require.Equal(t, 1, total, "each program has its output in a text block, and is in the README")
	file := filepath.Join(t.TempDir(), "main.go")
	require.NoError(t, os.WriteFile(file, []byte(programs[0][1]), 0o644))
	run := exec.Command("go", "run", file)
	run.Dir = ".." // the module that the imports are from
	out, err := run.CombinedOutput()
	require.NoError(t, err, "%s", out)
	assert.Equal(t, programs[0][2], string(out))
}

// The README is short.
func TestReadmeLength(t *testing.T) {
	assert.LessOrEqual(t, len(strings.Fields(papers(t)["../README.md"])), 1400)
}

// Files, functions and tests that the README and the pages name exist.
func TestPapers(t *testing.T) {
	exists := func(page, path string) {
		found, err := filepath.Glob(path)
		assert.NoError(t, err)
		assert.NotEmpty(t, found, "%s names %s", page, path)
	}
	tests := map[string]bool{} // of the module
	require.NoError(t, filepath.WalkDir("..", func(path string, _ fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, "_test.go") {
			for _, name := range testNames(t, path) {
				tests[name] = true
			}
		}
		return err
	}))
	checked := map[string]int{}
	for page, text := range papers(t) {
		for _, link := range relative.FindAllStringSubmatch(text, -1) {
			checked["link"]++
			exists(page, filepath.Join(filepath.Dir(page), link[1]))
		}
		for _, d := range declared.FindAllStringSubmatch(text, -1) {
			checked["function"]++
			source, err := os.ReadFile(filepath.Join("..", d[2]))
			if assert.NoError(t, err, page) {
				named := regexp.MustCompile(`(?m)^(func (\([^)]*\) )?|type |const |\t)` + d[1] + `\b`)
				assert.True(t, named.Match(source), "%s names %s", page, d[0])
			}
		}
		var commands []string
		for _, c := range code.FindAllStringSubmatch(shBlock.ReplaceAllString(text, ""), -1) {
			if filePath.MatchString(c[1]) {
				checked["file"]++
				exists(page, filepath.Join("..", c[1]))
			}
			if strings.HasPrefix(c[1], "Test") && !strings.Contains(c[1], " ") {
				checked["test"]++
				assert.True(t, tests[c[1]], "%s names %s", page, c[1])
			}
			commands = append(commands, c[1])
		}
		for _, block := range shBlock.FindAllStringSubmatch(text, -1) {
			commands = append(commands, strings.Split(block[1], "\n")...)
		}
		for _, command := range commands {
			if m := goCommand.FindStringSubmatch(command); m != nil {
				checked["go "+m[2]]++
				checkCommand(t, filepath.Join("..", m[1]), m[2], m[3], command)
			}
		}
	}
	for _, what := range []string{"link", "function", "file", "test", "go run", "go test", "go doc"} {
		assert.Positive(t, checked[what], what)
	}
}

// The limits that SECURITY.md and CHECKS.md name are those of the code.
func TestPapersHaveTheFigures(t *testing.T) {
	texts := papers(t)
	rows := regexp.MustCompile("(?m)^\\| .* \\| (\\d+) \\| `(\\w+)` \\(([\\w/]+\\.go)\\) \\|$").FindAllStringSubmatch(texts["../.github/SECURITY.md"], -1)
	assert.GreaterOrEqual(t, len(rows), 10)
	for _, row := range rows {
		source, err := os.ReadFile(filepath.Join("..", row[3]))
		require.NoError(t, err)
		limit := regexp.MustCompile(`(?m)^(const |\t)` + row[2] + ` += ` + row[1] + `\b`)
		assert.True(t, limit.Match(source), row[0])
	}
	_, table, _ := strings.Cut(texts["../.github/CHECKS.md"], "\n| call | limit |\n|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	var limits strings.Builder
	for _, l := range speedLimits {
		fmt.Fprintf(&limits, "| %s | %.0f R |\n", l.name, l.limit)
	}
	assert.Equal(t, limits.String(), table+"\n")
}

// .ci/run has the commands that CONTRIBUTING.md tells to run.
func TestPapersCommandsAreRun(t *testing.T) {
	run, err := os.ReadFile("../.ci/run")
	require.NoError(t, err)
	_, section, found := strings.Cut(papers(t)["../.github/CONTRIBUTING.md"], "\n## Before you send a change\n")
	require.True(t, found)
	commands := strings.Split(strings.TrimSpace(shBlock.FindStringSubmatch(section)[1]), "\n")
	assert.Contains(t, commands, "go test ./...")
	for _, command := range commands {
		line := regexp.MustCompile(`(?m)^(quiet )?` + regexp.QuoteMeta(command) + `$`)
		assert.True(t, line.Match(run), command)
	}
}

// testNames returns the tests and fuzz targets of a file.
func testNames(t *testing.T, file string) (names []string) {
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	for _, f := range testFunc.FindAllSubmatch(text, -1) {
		names = append(names, string(f[1]))
	}
	return names
}

// checkCommand checks the packages, files and tests that a go command names.
func checkCommand(t *testing.T, dir, verb, arguments, command string) {
	words := strings.Fields(arguments)
	var names []string // of the tests, examples and fuzz targets of the package
	for i, word := range words {
		word = strings.Trim(word, "'")
		path := filepath.Join(dir, strings.TrimSuffix(word, "/..."))
		if strings.HasPrefix(word, "./") || strings.HasPrefix(word, "examples/") {
			_, err := os.Stat(path)
			assert.NoError(t, err, command)
			files, err := filepath.Glob(filepath.Join(path, "*_test.go"))
			require.NoError(t, err)
			for _, file := range files {
				names = append(names, testNames(t, file)...)
			}
		}
		if i > 0 && verb == "test" && (words[i-1] == "-run" || words[i-1] == "-fuzz") && word != "^$" {
			for alternative := range strings.SplitSeq(word, "|") {
				pattern, err := regexp.Compile(alternative)
				require.NoError(t, err, command)
				assert.True(t, slices.ContainsFunc(names, pattern.MatchString), "%s: no test %s", command, alternative)
			}
		}
	}
	if i := slices.IndexFunc(words, func(word string) bool { return strings.HasPrefix(word, "./") }); verb == "doc" && i >= 0 && i+1 < len(words) {
		p := slices.IndexFunc(sources(t).packages, func(s source) bool { return "./"+s.dir == words[i] })
		if assert.GreaterOrEqual(t, p, 0, command) {
			assert.True(t, has(sources(t).packages[p].types, words[i+1], true), command)
		}
	}
}

// trimLines takes the indentation from every line.
func trimLines(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		b.WriteString(strings.TrimSpace(line) + "\n")
	}
	return b.String()
}

// The table in the comment of Published says what the catalog answers, cell by cell.
func TestPublishedTable(t *testing.T) {
	source, err := os.ReadFile("published.go")
	require.NoError(t, err)
	plans := map[region.Moniker][]string{china: {"advanced", "standard"}, germany: {"standard"}, worldwide: {"business", "enterprise", "elevated"}}
	columns := []string{"moniker", "plan", "category", "A", "B", "C"}
	var from []int // where each column begins
	var moniker region.Moniker
	compared := 0
	for line := range strings.Lines(string(source)) {
		row, inTable := strings.CutPrefix(strings.TrimRight(line, "\n"), "//\t")
		if !inTable {
			continue
		}
		if strings.HasPrefix(row, columns[0]) {
			require.Equal(t, columns, strings.Fields(row))
			for _, column := range columns {
				from = append(from, strings.Index(row, column))
			}
			continue
		}
		require.NotEmpty(t, from, row)
		cells := make([]string, len(columns))
		for i := range cells {
			end := len(row)
			if i+1 < len(from) {
				end = min(end, from[i+1])
			}
			cells[i] = strings.TrimSpace(row[min(from[i], end):end])
			if i > 3 && cells[i] == "" {
				cells[i] = cells[i-1] // for the severities below, too
			}
		}
		if cells[0] != "" {
			moniker = region.Moniker(cells[0])
		}
		plan, isDefault := strings.CutPrefix(cells[1], "*")
		those := []string{plan}
		if plan == "both" || plan == "all" {
			those = plans[moniker]
		}
		categories := []string{cells[2]}
		if cells[2] == "others" {
			categories = []string{"billing", "pre-sales"}
		}
		for _, plan := range those {
			for _, category := range categories {
				for i, s := range []sla.Severity{sla.SeverityA, sla.SeverityB, sla.SeverityC} {
					r := sla.Request{Moniker: moniker, Plan: sla.Plan(plan), Category: region.Category(category), Severity: s, Opened: in(t, "2020-05-27T20:00:00+08:00")}
					d, err := sla.Published().Deadline(r)
					got := d.Term.Target.String()
					switch {
					case errors.Is(err, sla.ErrNoCommitment):
						got = "no commitment"
					case errors.Is(err, sla.ErrNotOffered):
						got = "not offered"
					case d.Term.Basis == sla.BasisAdopted:
						got += " adopted"
					}
					assert.Equal(t, got, cells[3+i], "%+v", r)
					if isDefault {
						r.Plan = ""
						standard, _ := sla.Published().Deadline(r)
						assert.Equal(t, d, standard, "the default plan of %s", moniker)
					}
					compared++
				}
			}
		}
	}
	assert.Equal(t, 6*9, compared, "six plans, three categories, three severities")
}
