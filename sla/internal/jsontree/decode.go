package jsontree

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/duetime/duetime/region"
)

// Unmarshal sets *v to a JSON value. Each field of a struct that is always written must
// be there, once, and not null; no other field may. The error says which value of what
// is wrong.
//
// Unmarshal does not look into a [Raw] field of v.
func Unmarshal(what string, data []byte, v any, forms Forms) error {
	d := decoder{data, forms}
	fields := forms[reflect.TypeOf(v).Elem()]
	root, err := parse(string(data), func(name string) bool {
		return slices.ContainsFunc(fields, func(f field) bool { return f.name == name && f.raw })
	})
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if err := d.decode(root, reflect.ValueOf(v).Elem()); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// Raw is the text of an object that another reader reads.
type Raw []byte

// decoder sets values to what a tree says.
type decoder struct {
	data  []byte
	forms Forms
}

func (d decoder) decode(n *Node, v reflect.Value) error {
	switch x := v.Addr().Interface().(type) {
	case *Raw:
		if n.Kind != '{' {
			return n.wants("an object")
		}
		*x = d.data[n.At:n.End]
		return nil
	case json.Unmarshaler:
		if n.Kind == '0' {
			return n.wants("a value")
		}
		return n.wrap(x.UnmarshalJSON(d.data[n.At:n.End]))
	case encoding.TextUnmarshaler:
		if n.Kind != 's' {
			return n.wants("a text in quotes")
		}
		return n.wrap(x.UnmarshalText([]byte(n.Text)))
	}
	switch v.Kind() {
	case reflect.Struct:
		return d.object(n, v)
	case reflect.Slice:
		if n.Kind != '[' {
			return n.wants("a list")
		}
		v.Set(reflect.MakeSlice(v.Type(), len(n.Nodes), len(n.Nodes)))
		for i, item := range n.Nodes {
			if err := d.decode(item, v.Index(i)); err != nil {
				return err
			}
		}
	case reflect.String:
		if n.Kind != 's' {
			return n.wants("a text in quotes")
		}
		v.SetString(strings.Clone(n.Text)) // which does not keep the whole text
	case reflect.Int:
		i, err := strconv.Atoi(n.Text)
		if n.Kind != 'n' || err != nil {
			return n.wants("a whole number")
		}
		v.SetInt(int64(i))
	default:
		panic(fmt.Sprintf("jsontree: a form has a %v", v.Type()))
	}
	return nil
}

// object sets the fields of a struct.
func (d decoder) object(n *Node, v reflect.Value) error {
	if n.Kind != '{' {
		return n.wants("an object")
	}
	fields := d.forms[v.Type()]
	seen := make([]bool, len(fields))
	for _, f := range n.Nodes {
		i := slices.IndexFunc(fields, func(known field) bool { return known.name == f.Name })
		switch {
		case i < 0:
			var names []string
			for _, known := range fields {
				names = append(names, known.name)
			}
			return fmt.Errorf("%s: unknown field: want one of %s", f.Path(), strings.Join(names, ", "))
		case seen[i]:
			return fmt.Errorf("%s: duplicate field: want it once", f.Path())
		}
		seen[i] = true
		if err := d.decode(f, v.Field(i)); err != nil {
			return err
		}
	}
	for i, known := range fields {
		if !seen[i] && !known.optional {
			return fmt.Errorf("%s: missing", Join(n.Path(), known.name))
		}
	}
	return nil
}

// field is what JSON calls a field of a struct, whether it can be missing, and whether it
// is a [Raw].
type field struct {
	name          string
	optional, raw bool
}

// Forms are the fields of structs, in their order. To read their tags takes as long as to
// read a short document into them.
type Forms map[reflect.Type][]field

// FormsOf returns the fields of a struct, and of those in it that do not read themselves.
func FormsOf[T any]() Forms {
	forms := Forms{}
	forms.add(reflect.TypeFor[T]())
	return forms
}

func (forms Forms) add(t reflect.Type) {
	if t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if p := reflect.PointerTo(t); t.Kind() != reflect.Struct || p.Implements(reflect.TypeFor[json.Unmarshaler]()) || p.Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) {
		return
	}
	for f := range t.Fields() {
		name, option, _ := strings.Cut(f.Tag.Get("json"), ",")
		forms[t] = append(forms[t], field{name, option != "", f.Type == reflect.TypeFor[Raw]()})
		forms.add(f.Type)
	}
}

// wants returns the error for a node that is something else.
func (n *Node) wants(want string) error {
	if path := n.Path(); path != "" {
		return fmt.Errorf("%s: %s: want %s", path, n, want)
	}
	return fmt.Errorf("%s: want %s", n, want)
}

// wrap returns an error with the path of the node that it is about.
func (n *Node) wrap(err error) error {
	if err == nil {
		return nil
	}
	if unknown, ok := errors.AsType[*region.UnknownError](err); ok {
		return &formError{n.wants(unknown.Wanted()).Error(), err}
	}
	if path := n.Path(); path != "" {
		return fmt.Errorf("%s: %w", path, err)
	}
	return err
}

// formError is an error about a node that says its path instead of its kind.
type formError struct {
	text string
	err  error
}

func (e *formError) Error() string { return e.text }
func (e *formError) Unwrap() error { return e.err }
