package sla

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
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
		f.Line, f.Column = linesOf(data).place(at)
		return nil, f
	}
	if bytes.HasPrefix(data, []byte("\ufeff")) {
		return fault(0, "a byte order mark", "JSON without it")
	}
	if !utf8.Valid(data) {
		at := 0
		for r, size := utf8.DecodeRune(data); r != utf8.RuneError || size != 1; r, size = utf8.DecodeRune(data[at:]) {
			at += size
		}
		return fault(at, fmt.Sprintf("byte %d", at), "UTF-8")
	}
	// Looking at the whole first says in one way what is wrong and where, and leaves
	// nothing to fail below.
	var whole json.RawMessage
	if err := json.Unmarshal(data, &whole); err != nil {
		syntax, _ := errors.AsType[*json.SyntaxError](err)
		if strings.HasPrefix(err.Error(), "unexpected end") || syntax == nil {
			return fault(len(data), "the end of the text", "the rest of the JSON")
		}
		at := max(0, int(syntax.Offset)-1)
		line, column := linesOf(data).place(at)
		return fault(at, fmt.Sprintf("line %d, column %d: %v", line, column, err), "one JSON object")
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	t := &treeReader{data: data, dec: dec}
	return t.value("", 0), nil
}

// maxDepth is more than catalogs have of objects and lists in each other. What is
// deeper lies within something that is a fault, and nobody asks for it.
const maxDepth = 10

// treeReader makes a tree of JSON that is known to be good.
type treeReader struct {
	data []byte
	dec  *json.Decoder
}

// next returns where the next token begins.
func (t *treeReader) next() int {
	return len(t.data) - len(bytes.TrimLeft(t.data[t.dec.InputOffset():], " \t\r\n,:"))
}

func (t *treeReader) value(path string, depth int) *node {
	n := &node{path: path, at: t.next()}
	if depth == maxDepth {
		var skipped json.RawMessage
		_ = t.dec.Decode(&skipped)
		return n
	}
	token, _ := t.dec.Token()
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
				n.items = append(n.items, t.value(fmt.Sprintf("%s[%d]", path, len(n.items)), depth+1))
				continue
			}
			token, _ := t.dec.Token()
			name, _ := token.(string)
			n.fields = append(n.fields, field{name, t.value(join(path, name), depth+1)})
		}
		_, _ = t.dec.Token() // the end of it
	}
	return n
}

// join returns the path of a field.
func join(path, name string) string {
	plain := name != "" && len(name) <= longest && !strings.ContainsFunc(name, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') })
	switch {
	case !plain:
		return path + "[" + strconv.Quote(shorten(name)) + "]"
	case path == "":
		return name
	}
	return path + "." + name
}

// lines are where the lines of a text begin, in bytes.
type lines []int

func linesOf(data []byte) lines {
	l := lines{0}
	for i, c := range data {
		if c == '\n' {
			l = append(l, i+1)
		}
	}
	return l
}

// place returns the line and the column of a byte, from 1.
func (l lines) place(at int) (line, column int) {
	line, _ = slices.BinarySearch(l, at+1)
	return line, at - l[line-1] + 1
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

// longest is how much of a text is quoted, in bytes.
const longest = 80

// shorten cuts a text that is too long to quote.
func shorten(s string) string {
	if len(s) <= longest {
		return s
	}
	cut := longest
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "..."
}

// places returns where each path of a tree begins: of two fields of one name, that
// of the first, which is the one that is read.
func (n *node) places(at map[string]int) {
	at[n.path] = n.at
	for _, f := range n.fields {
		if _, again := at[f.path]; !again {
			f.places(at)
		}
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
			b.second(f)
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
