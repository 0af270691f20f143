package input

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// ErrNoObject is the error of [Object] for another JSON value than an object.
var ErrNoObject = errors.New("want one JSON object")

// Object reads one JSON object into the fields of these names. Each may be there once
// and in no other spelling: encoding/json would take the last of several, in any case.
// What ends too early is [io.ErrUnexpectedEOF].
func Object(r io.Reader, fields map[string]any) error {
	decoder := json.NewDecoder(r)
	if err := object(decoder, fields); err == io.EOF {
		return io.ErrUnexpectedEOF
	} else if err != nil {
		return err
	}
	if _, err := decoder.Token(); err == io.EOF {
		return nil
	} else if err != nil {
		return err
	}
	return errors.New("want nothing after the object")
}

// object reads an object that the decoder is at.
func object(decoder *json.Decoder, fields map[string]any) error {
	token, err := decoder.Token()
	if err != nil {
		return err
	} else if token != json.Delim('{') {
		return ErrNoObject
	}
	seen := map[string]bool{}
	for decoder.More() {
		if token, err = decoder.Token(); err != nil {
			return err
		}
		name, _ := token.(string) // of a field, as it is good JSON so far
		switch field := fields[name]; {
		case field == nil:
			return fmt.Errorf("unknown field %q: want %s", name, strings.Join(slices.Sorted(maps.Keys(fields)), ", "))
		case seen[name]:
			return fmt.Errorf("field %q: there twice: want it once", name)
		default:
			err = decoder.Decode(field)
		}
		if _, nameless := err.(*json.UnmarshalTypeError); nameless {
			return fmt.Errorf("field %q: %w", name, err)
		} else if err != nil {
			return err
		}
		seen[name] = true
	}
	_, err = decoder.Token() // the end of it
	return err
}
