package sla_test

import (
	"errors"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
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

// packages are the library's, each with what it may import of its own module.
var packages = []struct {
	dir     string
	imports []string
}{
	{"calendar", nil},
	{"calendar/holiday", []string{"calendar"}},
	{"region", []string{"calendar", "calendar/holiday"}},
	{"sla", []string{"calendar", "calendar/holiday", "region"}},
}

const module = "github.com/duetime/duetime/"

// parse returns the files of a package, the tests among them.
func parse(t *testing.T, dir string) (*token.FileSet, []*ast.File) {
	fset := token.NewFileSet()
	names, err := filepath.Glob(filepath.Join("..", dir, "*.go"))
	require.NoError(t, err)
	var files []*ast.File
	for _, name := range names {
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		require.NoError(t, err)
		files = append(files, f)
	}
	return fset, files
}

// Imports point one way: calendar <- calendar/holiday <- region <- sla.
func TestImportDirection(t *testing.T) {
	for _, p := range packages {
		fset, files := parse(t, p.dir)
		for _, f := range files {
			name := fset.Position(f.Pos()).Filename
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			for _, spec := range f.Imports {
				path := strings.Trim(spec.Path.Value, `"`)
				if own, ok := strings.CutPrefix(path, module); ok {
					assert.Contains(t, p.imports, own, "%s imports %s", name, path)
				} else if strings.Contains(path, ".") {
					// calendar knows rickar/cal's types, and only calendar/holiday its countries.
					assert.True(t, path == "github.com/rickar/cal/v2" && p.dir == "calendar" ||
						strings.HasPrefix(path, "github.com/rickar/cal/v2") && p.dir == "calendar/holiday", "%s imports %s", name, path)
				}
			}
		}
	}
}

// Every package has one package comment, every exported name a comment that
// begins with it, and every exported type an Example.
func TestDocumentation(t *testing.T) {
	for _, p := range packages {
		fset, files := parse(t, p.dir)
		comments := 0
		for _, f := range files {
			if f.Doc != nil && !strings.HasSuffix(f.Name.Name, "_test") {
				comments++
			}
		}
		assert.Equal(t, 1, comments, "package comments of %s", p.dir)
		d, err := doc.NewFromFiles(fset, files, module+p.dir)
		require.NoError(t, err)
		check := func(name, comment string) {
			bare := name[strings.LastIndex(name, ".")+1:]
			assert.Regexp(t, `^(A |An |The )?`+regexp.QuoteMeta(bare)+`\b`, comment, "%s.%s", p.dir, name)
		}
		values := func(list []*doc.Value) {
			for _, v := range list {
				for _, spec := range v.Decl.Specs {
					s := spec.(*ast.ValueSpec)
					for _, name := range s.Names {
						if name.IsExported() {
							assert.NotEmpty(t, v.Doc+s.Doc.Text()+s.Comment.Text(), "%s.%s", p.dir, name)
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
			assert.Positive(t, examples, "%s.%s has no Example", p.dir, typ.Name)
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
				c, err := region.ParseCategory(category)
				require.NoError(t, err, line)
				for i, s := range []sla.Severity{sla.SeverityA, sla.SeverityB, sla.SeverityC} {
					r := sla.Request{Moniker: moniker, Plan: sla.Plan(plan), Category: c, Severity: s, Opened: in(t, "2020-05-27T20:00:00+08:00")}
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
