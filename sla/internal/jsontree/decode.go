package jsontree

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/duetime/duetime/region"
)

// Unmarshal sets *v to a JSON value. Each field of a struct that is always written must
// be there, once, and not null; no other field may. The error says which value of what
// is wrong.
func Unmarshal(what string, data []byte, v any) error {
	root, err := Parse(data)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if err := (decoder{data}).decode(root, reflect.ValueOf(v).Elem()); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// decoder sets values to what a tree says.
type decoder struct{ data []byte }

func (d decoder) decode(n *Node, v reflect.Value) error {
	switch x := v.Addr().Interface().(type) {
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
	seen := make([]bool, v.NumField())
	for _, f := range n.Nodes {
		i := fieldOf(v.Type(), f.Name)
		switch {
		case i < 0:
			return fmt.Errorf("%s: unknown field: want one of %s", f.Path(), strings.Join(fieldsOf(v.Type()), ", "))
		case seen[i]:
			return fmt.Errorf("%s: duplicate field: want it once", f.Path())
		}
		seen[i] = true
		if err := d.decode(f, v.Field(i)); err != nil {
			return err
		}
	}
	for i := range seen {
		name, option, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		if !seen[i] && option == "" {
			return fmt.Errorf("%s: missing", Join(n.Path(), name))
		}
	}
	return nil
}

// fieldOf returns the index of the field that JSON calls so, or -1.
func fieldOf(t reflect.Type, name string) int {
	for i := range t.NumField() {
		if tag, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); tag == name && name != "" {
			return i
		}
	}
	return -1
}

// fieldsOf returns what JSON calls the fields of a struct.
func fieldsOf(t reflect.Type) (names []string) {
	for field := range t.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
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
