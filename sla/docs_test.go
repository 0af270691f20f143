package sla_test

import (
	"errors"
	"go/ast"
	"go/doc"
	"go/token"
	"os"
	"path"
	"regexp"
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
