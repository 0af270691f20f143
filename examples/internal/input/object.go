package input

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// ErrNoObject is the error of [Object] for a text that does not begin as a JSON object.
var ErrNoObject = errors.New("want one JSON object")

// Object reads one JSON object into the fields of these names. Each may be there once
// and in no other spelling: encoding/json would take the last of several, in any case.
// On an error, some of the fields can be filled.
//
// The error is [ErrNoObject], [io.ErrUnexpectedEOF] for a text that ends too early, or the
// error of r, or of a field's UnmarshalJSON or UnmarshalText, unchanged. Any other error
// names the place or the field. Object shows no text of encoding/json, as these differ
// between versions of Go; only such a method can have wrapped one.
func Object(r io.Reader, fields map[string]any) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if _, err := Names(text); err != nil { // before any field is read
		return err
	}
	seen := map[string]bool{}
	return object(text, func(s *scanner, name string) error {
		field := fields[name]
		switch {
		case field == nil:
			return fmt.Errorf("unknown field %q: want %s", name, strings.Join(slices.Sorted(maps.Keys(fields)), ", "))
		case seen[name]:
			return fmt.Errorf("field %q: there twice: want it once", name)
		}
		seen[name] = true
		begin := s.at
		if err := s.value(1); err != nil {
			return err
		}
		err := json.Unmarshal(text[begin:s.at], field)
		if _, ok := err.(*json.UnmarshalTypeError); ok { // itself: a method can have wrapped another
			return fmt.Errorf("%s: field %q: want %s", s.place(begin), name, wanted(reflect.TypeOf(field).Elem()))
		}
		return err
	})
}

// Names returns the names of the fields of one JSON object, in their order. Its errors are
// those that [Object] has for any fields.
func Names(text []byte) (names []string, err error) {
	err = object(text, func(s *scanner, name string) error {
		names = append(names, name)
		return s.value(1)
	})
	return names, err
}

// object steps through one JSON object and calls field at the value of each field.
func object(text []byte, field func(s *scanner, name string) error) error {
	s := &scanner{text: text}
	switch s.space(); {
	case s.at == len(text):
		return io.ErrUnexpectedEOF
	case s.peek() != '{':
		return ErrNoObject
	}
	err := s.items('}', func() error {
		name, err := s.name()
		if err != nil {
			return err
		}
		return field(s, name)
	})
	if err != nil {
		return err
	}
	if s.space(); s.at < len(text) {
		return errors.New("want nothing after the object")
	}
	return nil
}

// wanted says what a type is read from.
func wanted(t reflect.Type) string {
	const text = "a string"
	switch reflect.New(t).Interface().(type) {
	case json.Unmarshaler: // it has its own errors
		return "another value"
	case encoding.TextUnmarshaler:
		return text
	}
	switch {
	case t.Kind() == reflect.String:
		return text
	case t.Kind() == reflect.Slice && wanted(t.Elem()) == text:
		return "a list of strings"
	case t.Kind() == reflect.Slice:
		return "a list"
	}
	return "another value"
}
