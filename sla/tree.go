package sla

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A catalog is written by people, who want to hear of all that is wrong with it at
// once, and where. So it is not decoded into structs, which stops at the first
// fault and drops the second of two fields of one name, but into a tree that
// knows its places.

// node is a JSON value.
type node struct {
	kind   byte    // '{', '[', 's'tring, 'n'umber, 'b'ool or '0' for null
	text   string  // of a string, number or bool
	fields []field // of an object, as they stand
	items  []*node // of an array
	path   string
	at     int // where it begins, in bytes
}

type field struct {
	name string
	*node
}

// parseTree returns the tree of one JSON value, or the fault that it is none.
func parseTree(data []byte) (*node, *Fault) {
	fault := func(at int, text, want string) (*node, *Fault) {
		f := &Fault{Text: text, Want: want}
		f.Line, f.Column = lineOf(data, at)
		return nil, f
	}
	if !utf8.Valid(data) {
		at := 0
		for r, size := utf8.DecodeRune(data); r != utf8.RuneError || size != 1; r, size = utf8.DecodeRune(data[at:]) {
			at += size
		}
		return fault(at, fmt.Sprintf("byte %d", at), "UTF-8")
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	t := &treeReader{data: data, dec: dec}
	root, err := t.value("")
	if err == nil {
		if _, err = dec.Token(); err == io.EOF {
			return root, nil
		}
		return fault(t.next(), "a second value", "one JSON object, and nothing behind it")
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		at := max(0, int(syntax.Offset)-1)
		line, column := lineOf(data, at)
		return fault(at, fmt.Sprintf("line %d, column %d: %v", line, column, err), "JSON")
	}
	return fault(len(data), "the end of the text", "the rest of the JSON")
}

type treeReader struct {
	data []byte
	dec  *json.Decoder
}

// next returns where the next token begins.
func (t *treeReader) next() int {
	at := int(t.dec.InputOffset())
	for at < len(t.data) && strings.IndexByte(" \t\r\n,:", t.data[at]) >= 0 {
		at++
	}
	return at
}

func (t *treeReader) value(path string) (*node, error) {
	n := &node{path: path, at: t.next()}
	token, err := t.dec.Token()
	if err != nil {
		return nil, err
	}
	switch v := token.(type) {
	case nil:
		n.kind, n.text = '0', "null"
	case string:
		n.kind, n.text = 's', v
	case json.Number:
		n.kind, n.text = 'n', v.String()
	case bool:
		n.kind, n.text = 'b', strconv.FormatBool(v)
	case json.Delim:
		n.kind = byte(v)
		for t.dec.More() {
			if v == '[' {
				item, err := t.value(fmt.Sprintf("%s[%d]", path, len(n.items)))
				if err != nil {
					return nil, err
				}
				n.items = append(n.items, item)
				continue
			}
			name, err := t.dec.Token()
			if err != nil {
				return nil, err
			}
			f := field{name: name.(string)}
			if f.node, err = t.value(join(path, f.name)); err != nil {
				return nil, err
			}
			n.fields = append(n.fields, f)
		}
		if _, err := t.dec.Token(); err != nil { // the end of it
			return nil, err
		}
	}
	return n, nil
}

// join returns the path of a field.
func join(path, name string) string {
	plain := name != "" && !strings.ContainsFunc(name, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') })
	switch {
	case !plain:
		return path + "[" + strconv.Quote(name) + "]"
	case path == "":
		return name
	}
	return path + "." + name
}

// lineOf returns the line and the column of a byte, from 1.
func lineOf(data []byte, at int) (line, column int) {
	before := data[:min(at, len(data))]
	return bytes.Count(before, []byte("\n")) + 1, len(before) - bytes.LastIndexByte(before, '\n')
}

// String returns the value as a fault quotes it: a string or a number as it is,
// something larger by what it is.
func (n *node) String() string {
	switch n.kind {
	case '{':
		return "an object"
	case '[':
		return "a list"
	case 's':
		return strconv.Quote(shorten(n.text))
	}
	return shorten(n.text)
}

// shorten cuts a text that is too long to quote.
func shorten(s string) string {
	const most = 80
	if len(s) <= most {
		return s
	}
	cut := most
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "..."
}

// places returns where each path of a tree begins.
func (n *node) places(at map[string]int) {
	at[n.path] = n.at
	for _, f := range n.fields {
		f.places(at)
	}
	for _, item := range n.items {
		item.places(at)
	}
}

// object is a node whose fields are asked for by name.
type object struct {
	b    *builder
	path string
	of   map[string]*node
}

// object returns the fields of a node, of which there are no others than names,
// and reports whether it is an object at all.
func (b *builder) object(n *node, what string, names ...string) (object, bool) {
	o := object{b, n.path, map[string]*node{}}
	if n.kind != '{' {
		b.fault(n.path, n.String(), "an object: "+what)
		return o, false
	}
	for _, f := range n.fields {
		switch {
		case !slices.Contains(names, f.name):
			b.fault(f.path, "unknown field", "one of "+strings.Join(names, ", "))
		case o.of[f.name] != nil:
			b.fault(f.path, "a second time", "the field once")
		default:
			o.of[f.name] = f.node
		}
	}
	return o, true
}

// text returns a field that is a string and not empty, and where it is missing "".
func (o object) text(name, want string) string {
	n := o.of[name]
	if n == nil {
		return ""
	}
	if n.kind != 's' || n.text == "" {
		o.b.fault(n.path, n.String(), want)
		return ""
	}
	return n.text
}

// need returns a field that is a string, and it is a fault if it is missing.
func (o object) need(name, want string) string {
	if o.of[name] == nil {
		o.missing(name, want)
	}
	return o.text(name, want)
}

func (o object) missing(name, want string) { o.b.fault(join(o.path, name), "missing", want) }

// truth returns a field that is true or false.
func (o object) truth(name string) bool {
	n := o.of[name]
	if n != nil && n.kind != 'b' {
		o.b.fault(n.path, n.String(), "true or false")
	}
	return n != nil && n.text == "true"
}

// list returns the items of a field that is a list; it has at least one.
func (o object) list(name, want string) []*node {
	n := o.of[name]
	if n == nil {
		return nil
	}
	if n.kind != '[' || len(n.items) == 0 {
		text := n.String()
		if n.kind == '[' {
			text = "an empty list"
		}
		o.b.fault(n.path, text, want)
	}
	return n.items
}

// read reads a field by the UnmarshalText of v, and reports whether it is there and
// good.
func (o object) read(name string, v textValue) bool {
	n := o.of[name]
	return n != nil && o.b.read(n, v)
}

// textValue is a value that has one canonical text.
type textValue interface {
	UnmarshalText([]byte) error
	MarshalText() ([]byte, error)
}

// readExact is read for a value that has no other text than its own: elsewhere
// people may type "critical" for A.
func (b *builder) readExact(n *node, v textValue) bool {
	if !b.read(n, v) {
		return false
	}
	if text, err := v.MarshalText(); err != nil || string(text) != n.text {
		b.fault(n.path, n.String(), fmt.Sprintf("%q", text))
		return false
	}
	return true
}

// read reads a node by the UnmarshalText of v.
func (b *builder) read(n *node, v textValue) bool {
	if n.kind != 's' || n.text == "" || v.UnmarshalText([]byte(n.text)) != nil {
		b.fault(n.path, n.String(), wanted(v.UnmarshalText([]byte("?"))))
		return false
	}
	return true
}
