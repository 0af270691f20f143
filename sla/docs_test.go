package sla_test

import (
	"errors"
	"go/ast"
	"go/doc"
	"go/token"
	"io/fs"
	"os"
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

// Every snippet of Go in the README stands in an Example, which the tests run.
func TestReadmeSnippetsAreExamples(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	var examples strings.Builder
	require.NoError(t, filepath.WalkDir("..", func(path string, _ fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, "example_test.go") {
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			examples.WriteString(trimLines(string(text)))
		}
		return err
	}))
	snippets := regexp.MustCompile("(?s)```go\n(.*?)```").FindAllStringSubmatch(string(readme), -1)
	require.NotEmpty(t, snippets)
	for _, s := range snippets {
		assert.True(t, strings.Contains(examples.String(), trimLines(s[1])), "not in any Example:\n%s", s[1])
	}
	assert.True(t, slices.ContainsFunc(strings.Split(string(readme), "\n"), func(line string) bool { return line == "go test ./..." }))
}

// trimLines takes the indentation from every line.
func trimLines(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		b.WriteString(strings.TrimSpace(line) + "\n")
	}
	return b.String()
}

// The README's table of terms says what the catalog answers, cell by cell.
func TestReadmeTermsArePublished(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	plans := map[region.Moniker][]string{china: {"advanced", "standard"}, germany: {"standard"}, worldwide: {"business", "enterprise", "elevated"}}
	var moniker region.Moniker
	compared := 0
	for line := range strings.Lines(string(readme)) {
		cells := strings.Split(line, "|")
		if len(cells) != 9 || strings.Contains(line, "---") || strings.Contains(line, "moniker") {
			continue
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if cells[1] != "" {
			moniker = region.Moniker(cells[1])
		}
		plan, isDefault := strings.CutPrefix(cells[2], "*")
		of := []string{plan}
		if plan == "both" || plan == "all" {
			of = plans[moniker]
		}
		for _, plan := range of {
			for category := range strings.SplitSeq(cells[3], ", ") {
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
					assert.Equal(t, got, strings.TrimSuffix(cells[4+i], ` ("next day")`), "%+v", r)
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
