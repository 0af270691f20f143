package sla_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What holds of the source of all packages of the module.

const module = "github.com/duetime/duetime/"

// packages are the library's, each with what it may import of its own module, and
// behind them those of the examples, which import what everybody can.
var packages = []struct {
	dir     string
	imports []string
}{
	{"calendar", nil},
	{"calendar/holiday", []string{"calendar"}},
	{"calendar/rickar", []string{"calendar"}},
	{"region", []string{"calendar", "calendar/holiday"}},
	{"sla/internal/text", nil},
	{"sla/internal/instant", []string{"sla/internal/text"}},
	{"sla/internal/jsontree", []string{"region", "sla/internal/text"}},
	{"sla/internal/bound", []string{"sla"}},
	{"sla/internal/slow", []string{"calendar"}},
	{"sla", []string{"calendar", "calendar/holiday", "region", "sla/internal/text", "sla/internal/instant", "sla/internal/jsontree"}},
	{"sla/ticket", []string{"calendar", "region", "sla", "sla/internal/text", "sla/internal/instant", "sla/internal/jsontree"}},
	{"sla/timeline", []string{"calendar", "region", "sla", "sla/ticket", "sla/internal/text", "sla/internal/instant"}},
	{"examples/internal/input", libraries},
	{"examples/due", slices.Concat(libraries, []string{"examples/internal/input"})},
	{"examples/catalog", slices.Concat(libraries, []string{"examples/internal/input"})},
	{"examples/ticket", slices.Concat(libraries, []string{"examples/internal/input"})},
	{"examples/playground", slices.Concat(libraries, []string{"examples/internal/input", "examples/playground/page"})},
	{"examples/playground/page", libraries},
}

// libraries are the packages that others can import.
var libraries = []string{"calendar", "calendar/holiday", "calendar/rickar", "region", "sla", "sla/ticket", "sla/timeline"}

// source is a package without its tests, as the compiler understands it.
type source struct {
	dir   string
	files []*ast.File
	types *types.Package
	info  *types.Info
}

// module's source, and what its packages import. Positions are relative to this
// directory.
type moduleSource struct {
	fset     *token.FileSet
	packages []source
	imported types.Importer
}

// parse returns the files of a package, with its tests or without.
func parse(fset *token.FileSet, dir string, tests bool) ([]*ast.File, error) {
	names, err := filepath.Glob(filepath.Join("..", dir, "*.go"))
	if err != nil {
		return nil, err
	}
	var files []*ast.File
	for _, name := range names {
		fits, err := build.Default.MatchFile(filepath.Split(name))
		if err != nil {
			return nil, err
		}
		if fits && (tests || !strings.HasSuffix(name, "_test.go")) {
			f, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
			if err != nil {
				return nil, err
			}
			files = append(files, f)
		}
	}
	return files, nil
}

// readModule reads all packages, once.
var readModule = sync.OnceValues(func() (*moduleSource, error) {
	// The compiler has written down what each package exports. One more is named in
	// comments alone.
	list := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}", "./...", "database/sql")
	list.Dir = ".."
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("%v: %w", list, err)
	}
	exports := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), " ")
		exports[path] = file
	}
	m := &moduleSource{fset: token.NewFileSet()}
	m.imported = importer.ForCompiler(m.fset, "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, errors.New("the module does not import " + path)
		}
		return os.Open(exports[path])
	})
	for _, p := range packages {
		s := source{dir: p.dir, info: &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}}}
		if s.files, err = parse(m.fset, p.dir, false); err != nil {
			return nil, err
		}
		config := types.Config{Importer: m.imported}
		if s.types, err = config.Check(module+p.dir, m.fset, s.files, s.info); err != nil {
			return nil, err
		}
		m.packages = append(m.packages, s)
	}
	return m, nil
})

func sources(t *testing.T) *moduleSource {
	m, err := readModule()
	require.NoError(t, err)
	return m
}

// isLibrary reports whether others can import the package.
func (s *source) isLibrary() bool { return slices.Contains(libraries, s.dir) }

// at returns the place of something as file:line.
func (m *moduleSource) at(p token.Pos) string {
	at := m.fset.Position(p)
	return fmt.Sprintf("%s:%d", filepath.ToSlash(strings.TrimPrefix(at.Filename, ".."+string(filepath.Separator))), at.Line)
}

// No package is forgotten here.
func TestPackagesAreKnown(t *testing.T) {
	var found, known []string
	require.NoError(t, filepath.WalkDir("..", func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != ".." {
			if _, err := os.Stat(filepath.Join(path, "go.mod")); err == nil || d.Name()[0] == '.' {
				return filepath.SkipDir // a module of its own
			}
		}
		dir := filepath.ToSlash(strings.TrimPrefix(filepath.Dir(path), ".."+string(filepath.Separator)))
		if strings.HasSuffix(path, ".go") && !slices.Contains(found, dir) {
			found = append(found, dir)
		}
		return nil
	}))
	known = append(known, "examples/playground/wasm") // for browsers: .ci/run vets it
	for _, p := range packages {
		known = append(known, p.dir)
	}
	assert.ElementsMatch(t, known, found)
}

// pure are the packages of std that the library imports: they do no I/O but what is
// asked of them, and next to no work when a program starts.
var pure = strings.Fields("bufio bytes cmp database/sql/driver embed encoding encoding/json encoding/xml errors fmt io iter maps math math/bits reflect slices sort strconv strings sync sync/atomic text/tabwriter time unicode unicode/utf16 unicode/utf8")

// Imports point one way: calendar <- calendar/{holiday,rickar} <- region <- sla <-
// sla/ticket <- sla/timeline <- examples.
func TestImportDirection(t *testing.T) {
	m := sources(t)
	for i, s := range m.packages {
		for _, f := range s.files {
			for _, spec := range f.Imports {
				path := strings.Trim(spec.Path.Value, `"`)
				if own, ok := strings.CutPrefix(path, module); ok {
					assert.Contains(t, packages[i].imports, own, "%s imports %s", m.at(spec.Pos()), path)
				} else if strings.Contains(path, ".") {
					// calendar/rickar knows rickar/cal's types, and calendar/holiday its countries too.
					assert.True(t, path == "github.com/rickar/cal/v2" && s.dir == "calendar/rickar" ||
						strings.HasPrefix(path, "github.com/rickar/cal/v2") && s.dir == "calendar/holiday", "%s imports %s", m.at(spec.Pos()), path)
				} else if s.isLibrary() {
					assert.Contains(t, pure, path, "%s imports %s", m.at(spec.Pos()), path)
				}
			}
		}
	}
}

// Package calendar needs the standard library and nothing else.
func TestCalendarDependencies(t *testing.T) {
	list := exec.Command("go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", "./calendar")
	list.Dir = ".."
	out, err := list.Output()
	require.NoError(t, err)
	assert.Equal(t, module+"calendar", strings.TrimSpace(string(out)))
}

// A program that imports the library pays nothing before it uses it: no package has
// an init function, and variables are made of constants, errors, and functions that
// do their work once, when they are first called.
func TestNoWorkAtStart(t *testing.T) {
	m := sources(t)
	free := []string{"errors.New", "sync.OnceValue", "sync.OnceValues"}
	for _, s := range m.packages {
		for _, f := range s.files {
			for _, d := range f.Decls {
				switch d := d.(type) {
				case *ast.FuncDecl:
					assert.False(t, d.Recv == nil && d.Name.Name == "init", "%s: a function init", m.at(d.Pos()))
				case *ast.GenDecl:
					if d.Tok != token.VAR {
						continue
					}
					ast.Inspect(d, func(n ast.Node) bool {
						switch n := n.(type) {
						case *ast.FuncLit:
							return false // does nothing yet
						case *ast.CallExpr:
							if f := types.ExprString(n.Fun); !slices.Contains(free, f) && !s.info.Types[n.Fun].IsType() {
								t.Errorf("%s: %s is called at the start of a program", m.at(n.Pos()), f)
							}
						case *ast.CompositeLit:
							if _, isMap := s.info.TypeOf(n).Underlying().(*types.Map); isMap {
								t.Errorf("%s: a map is filled at the start of a program", m.at(n.Pos()))
							}
						}
						return true
					})
				}
			}
		}
	}
}

// Nothing global can be changed: the exported variables are errors, which stand
// for themselves, and no code assigns to a variable of a package or to a part of it,
// clears it, or gives away its address. What is written through another name for it,
// TestNothingIsShared has to find.
func TestNoGlobalState(t *testing.T) {
	m := sources(t)
	for _, s := range m.packages {
		scope := s.types.Scope()
		for _, name := range scope.Names() {
			if v, ok := scope.Lookup(name).(*types.Var); ok && v.Exported() {
				assert.Equal(t, "error", v.Type().String(), "%s: %s is exported, and no error", m.at(v.Pos()), name)
			}
		}
		// global returns the variable of the package that an expression is, or is a part of.
		var global func(e ast.Expr) types.Object
		global = func(e ast.Expr) types.Object {
			switch e := e.(type) {
			case *ast.Ident:
				if v, ok := s.info.Uses[e].(*types.Var); ok && v.Parent() == v.Pkg().Scope() {
					return v
				}
			case *ast.SelectorExpr:
				if v := global(e.Sel); v != nil {
					return v // of another package
				}
				return global(e.X)
			case *ast.IndexExpr:
				return global(e.X)
			case *ast.SliceExpr:
				return global(e.X)
			case *ast.ParenExpr:
				return global(e.X)
			case *ast.StarExpr:
				return global(e.X)
			}
			return nil
		}
		unchanged := func(e ast.Expr) {
			if v := global(e); v != nil {
				t.Errorf("%s: changes %v", m.at(e.Pos()), v)
			}
		}
		for _, f := range s.files {
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.AssignStmt:
					for _, e := range n.Lhs {
						unchanged(e)
					}
				case *ast.IncDecStmt:
					unchanged(n.X)
				case *ast.RangeStmt:
					if n.Tok == token.ASSIGN {
						unchanged(n.Key)
						unchanged(n.Value)
					}
				case *ast.CallExpr:
					if f, ok := n.Fun.(*ast.Ident); ok && s.info.Types[n.Fun].IsBuiltin() && slices.Contains([]string{"append", "clear", "copy", "delete"}, f.Name) {
						unchanged(n.Args[0])
					}
				case *ast.UnaryExpr:
					if n.Op == token.AND {
						unchanged(n.X)
					}
				case *ast.SelectorExpr:
					if method := s.info.Selections[n]; method != nil && method.Kind() == types.MethodVal && !isPointer(method.Recv()) &&
						isPointer(method.Obj().Type().(*types.Signature).Recv().Type()) {
						unchanged(n.X) // a method that takes its address
					}
				}
				return true
			})
		}
	}
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}
