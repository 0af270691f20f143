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
func Unmarshal(what string, data []byte, v any) error {
	d := decoder{data, map[reflect.Type][]field{}}
	t, raw := reflect.TypeOf(v).Elem(), reflect.TypeFor[Raw]()
	root, err := parse(string(data), func(name string) bool {
		i := slices.IndexFunc(d.fieldsOf(t), func(f field) bool { return f.name == name })
		return i >= 0 && t.Field(i).Type == raw
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
	known map[reflect.Type][]field // of each struct that was there, as tags take long to read
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
	fields := d.fieldsOf(v.Type())
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

// field is what JSON calls a field of a struct, and whether it can be missing.
type field struct {
	name     string
	optional bool
}

// fieldsOf returns the fields of a struct, in their order.
func (d decoder) fieldsOf(t reflect.Type) []field {
	if list, ok := d.known[t]; ok {
		return list
	}
	var list []field
	for f := range t.Fields() {
		name, option, _ := strings.Cut(f.Tag.Get("json"), ",")
		list = append(list, field{name, option != ""})
	}
	d.known[t] = list
	return list
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
