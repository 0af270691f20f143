package sla_test

import (
	"fmt"
	"go/types"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// api returns a line for each thing that a package exports. Names of parameters are
// among them: that from comes before to is a promise, too.
func api(p *types.Package) []string {
	var lines []string
	add := func(format string, args ...any) { lines = append(lines, p.Name()+": "+fmt.Sprintf(format, args...)) }
	text := func(t types.Type) string { return types.TypeString(t, short(p)) }
	for _, name := range p.Scope().Names() {
		o := p.Scope().Lookup(name)
		if !o.Exported() {
			continue
		}
		switch o := o.(type) {
		case *types.Const:
			add("const %s %s = %s", name, text(o.Type()), o.Val().ExactString())
		case *types.Var:
			add("var %s %s", name, text(o.Type()))
		case *types.Func:
			add("func %s%s", name, strings.TrimPrefix(text(o.Type()), "func"))
		case *types.TypeName:
			add("type %s", typeText(o, text))
			for f := range fields(o) {
				if f.Exported() {
					add("type %s field %s", name, fieldText(f, text))
				}
			}
			pointer := types.NewMethodSet(types.NewPointer(o.Type()))
			if types.IsInterface(o.Type()) {
				pointer = types.NewMethodSet(o.Type())
			}
			for m := range pointer.Methods() {
				if f := m.Obj().(*types.Func); f.Exported() {
					receiver := name
					if isPointer(f.Signature().Recv().Type()) {
						receiver = "*" + name
					}
					add("func (%s) %s%s", receiver, f.Name(), strings.TrimPrefix(text(f.Type()), "func"))
				}
			}
		}
	}
	slices.Sort(lines)
	return lines
}

// short writes the names of other packages as code does.
func short(p *types.Package) types.Qualifier {
	return func(other *types.Package) string {
		if other == p {
			return ""
		}
		return other.Name()
	}
}

// typeText says of what kind a type is, and whether == compares its values.
func typeText(o *types.TypeName, text func(types.Type) string) string {
	name, kind := o.Name(), ""
	switch u := o.Type().Underlying().(type) {
	case *types.Struct:
		kind = "struct"
	case *types.Interface:
		kind = "interface"
	default:
		kind = text(u)
	}
	if o.IsAlias() {
		name += " ="
	}
	if types.Comparable(o.Type()) {
		kind += ", comparable"
	}
	return name + " " + kind
}

// fields are those of a struct.
func fields(o *types.TypeName) func(yield func(*types.Var) bool) {
	return func(yield func(*types.Var) bool) {
		if s, ok := o.Type().Underlying().(*types.Struct); ok {
			s.Fields()(yield)
		}
	}
}

func fieldText(f *types.Var, text func(types.Type) string) string {
	if f.Embedded() {
		return "(embedded) " + text(f.Type())
	}
	return f.Name() + " " + text(f.Type())
}

// What the library exports is in testdata/api.txt, so that nobody changes it without
// seeing it.
func TestAPI(t *testing.T) {
	const file = "testdata/api.txt"
	var got []string
	for _, s := range sources(t).packages {
		if s.isLibrary() {
			got = append(got, api(s.types)...)
		}
	}
	if *updateFlag {
		require.NoError(t, os.WriteFile(file, []byte(strings.Join(got, "\n")+"\n"), 0o644))
	}
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	want := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	var changes []string
	for _, line := range want {
		if !slices.Contains(got, line) {
			changes = append(changes, "- "+line)
		}
	}
	for _, line := range got {
		if !slices.Contains(want, line) {
			changes = append(changes, "+ "+line)
		}
	}
	assert.Empty(t, changes, "the API has changed:\n%s\n(go test ./sla -run TestAPI -update writes it down)", strings.Join(changes, "\n"))
	assert.True(t, len(changes) > 0 || slices.Equal(want, got), "the order of %s has changed", file)
}
