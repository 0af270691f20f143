// Package jsontree reads JSON into a tree that knows the places of its values, so that
// errors can say where a fault is. Package encoding/json stops at the first fault, drops
// the first of two fields of one name, and words its errors differently from one version
// of Go to the next.
package jsontree

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/duetime/duetime/sla/internal/text"
)

// Node is a JSON value.
type Node struct {
	Kind   byte    // '{', '[', 's'tring, 'n'umber, 'b'ool or '0' for null
	At     int     // where it begins, in bytes
	End    int     // and ends
	Text   string  // of a string, without quotes and escapes; of a number or bool, as it stands
	Name   string  // of a field
	parent *Node   // nil for the whole
	index  int     // among the parent's nodes
	Nodes  []*Node // the fields of an object or the items of an array, as they stand
}

// maxDepth bounds the objects and lists within each other. Catalogs have 8.
const maxDepth = 32

// Error is what is wrong with a text that is no JSON, and where.
type Error struct {
	Line, Column int    // from 1, in bytes
	Text         string // what stands there
	Want         string
}

// Error returns one line.
func (e *Error) Error() string {
	return fmt.Sprintf("line %d, column %d: %s: want %s", e.Line, e.Column, e.Text, e.Want)
}

// Parse returns the tree of one JSON value, or an *[Error].
func Parse(whole string) (*Node, error) { return parse(whole, nil) }

func parse(whole string, raw func(name string) bool) (*Node, error) {
	p := &parser{text: whole, raw: raw}
	root := p.whole()
	if p.fault != nil {
		p.fault.Line, p.fault.Column = LinesOf(p.text).Place(p.pos)
		return nil, p.fault
	}
	return root, nil
}

// parser is a cursor over a text. After the first fault, it stays there.
type parser struct {
	text  string
	pos   int
	fault *Error
	spare []Node                 // to allocate many at once
	open  []*Node                // the members so far of the objects and lists that are open
	lists []*Node                // to allocate many lists at once
	raw   func(name string) bool // says which fields of the whole are not looked into, if any
}

// want sets the fault at the cursor.
func (p *parser) want(want string) {
	if p.fault != nil {
		return
	}
	found := "the end of the text"
	if rest := p.text[p.pos:]; rest != "" {
		// A word is quoted whole, anything else as one character.
		end := strings.IndexFunc(rest, func(r rune) bool { return !isWord(r) })
		switch {
		case end < 0:
			end = len(rest)
		case end == 0:
			_, end = utf8.DecodeRuneInString(rest)
		}
		if found = text.Quote(rest[:end]); rest[0] == '"' {
			found = "a text in quotes"
		}
	}
	p.fault = &Error{Text: found, Want: want}
}

func isWord(r rune) bool {
	return r == '_' || r == '.' || r == '-' || r == '+' || '0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z'
}

func (p *parser) whole() *Node {
	if strings.HasPrefix(p.text, "\ufeff") {
		p.fault = &Error{Text: "a byte order mark", Want: "JSON without it"}
		return nil
	}
	if !utf8.ValidString(p.text) {
		for r, size := utf8.DecodeRuneInString(p.text); r != utf8.RuneError || size != 1; r, size = utf8.DecodeRuneInString(p.text[p.pos:]) {
			p.pos += size
		}
		p.fault = &Error{Text: fmt.Sprintf("byte %#02x", p.text[p.pos]), Want: "UTF-8"}
		return nil
	}
	root := p.value(nil, 0)
	if p.space(); p.fault == nil && p.pos < len(p.text) {
		p.want("the end of the text, after one value")
	}
	return root
}

func (p *parser) space() {
	for p.pos < len(p.text) {
		switch p.text[p.pos] {
		case ' ', '\t', '\r', '\n':
			p.pos++
		default:
			return
		}
	}
}

// eat skips white space and then a character, if it is there.
func (p *parser) eat(c byte) bool {
	p.space()
	if p.fault != nil || p.pos == len(p.text) || p.text[p.pos] != c {
		return false
	}
	p.pos++
	return true
}

func (p *parser) newNode() *Node {
	if len(p.spare) == 0 {
		p.spare = make([]Node, min(64, 8+len(p.text)/32))
	}
	n := &p.spare[0]
	p.spare = p.spare[1:]
	return n
}

// list returns a copy of some members.
func (p *parser) list(members []*Node) []*Node {
	n := len(members)
	if len(p.lists) < n {
		p.lists = make([]*Node, max(n, min(64, 8+len(p.text)/32)))
	}
	list := p.lists[:n:n]
	p.lists = p.lists[n:]
	copy(list, members)
	return list
}

func (p *parser) value(parent *Node, depth int) *Node {
	p.space()
	n := p.newNode()
	n.parent, n.At = parent, p.pos
	c := byte(0)
	if p.pos < len(p.text) {
		c = p.text[p.pos]
	}
	switch {
	case p.fault != nil:
	case c == '{' || c == '[':
		if depth == maxDepth {
			p.want(fmt.Sprintf("objects and lists at most %d deep", maxDepth))
			break
		}
		n.Kind = c
		p.pos++
		p.members(n, depth)
	case c == '"':
		n.Kind, n.Text = 's', p.quoted()
	case c == '-' || '0' <= c && c <= '9':
		n.Kind, n.Text = 'n', p.number()
	default:
		for word, kind := range map[string]byte{"true": 'b', "false": 'b', "null": '0'} {
			if rest, ok := strings.CutPrefix(p.text[p.pos:], word); ok && (rest == "" || !isWord(rune(rest[0]))) {
				n.Kind, n.Text = kind, word
				p.pos += len(word)
			}
		}
		if n.Kind == 0 {
			p.want("a JSON value")
		}
	}
	n.End = p.pos
	return n
}

// members reads the fields of an object or the items of a list, and its end.
func (p *parser) members(n *Node, depth int) {
	end, next := byte(']'), `"," or "]"`
	if n.Kind == '{' {
		end, next = '}', `"," or "}"`
	}
	if p.eat(end) {
		return
	}
	first := len(p.open)
	for p.fault == nil {
		name := ""
		if n.Kind == '{' {
			p.space()
			if p.pos == len(p.text) || p.text[p.pos] != '"' {
				p.want("the name of a field, in quotes")
				return
			}
			if name = p.quoted(); p.fault == nil && !p.eat(':') {
				p.want(`":"`)
			}
		}
		var child *Node
		if depth == 0 && p.raw != nil && p.raw(name) {
			child = p.skip(n)
		} else {
			child = p.value(n, depth+1)
		}
		child.Name, child.index = name, len(p.open)-first
		p.open = append(p.open, child)
		if p.eat(end) {
			n.Nodes = p.list(p.open[first:])
			p.open = p.open[:first]
			return
		}
		if p.fault == nil && !p.eat(',') {
			p.want(next)
		}
	}
}

// skip passes over a value, which is yet to be read. Of an object or a list it knows only
// where it ends.
func (p *parser) skip(parent *Node) *Node {
	p.space()
	if p.pos == len(p.text) || p.text[p.pos] != '{' {
		return p.value(parent, 1)
	}
	n := p.newNode()
	n.Kind, n.parent, n.At = '{', parent, p.pos
	for depth := 0; p.fault == nil && p.pos < len(p.text); {
		switch p.text[p.pos] {
		case '"':
			p.quoted()
			continue
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				p.pos++
				n.End = p.pos
				return n
			}
		}
		p.pos++
	}
	p.want(`"}"`)
	return n
}

// quoted reads a string.
func (p *parser) quoted() string {
	p.pos++
	start := p.pos
	for p.pos < len(p.text) {
		switch c := p.text[p.pos]; {
		case c == '"':
			p.pos++
			return p.text[start : p.pos-1]
		case c == '\\':
			return p.escaped(start)
		case c < ' ':
			p.want(`an escape such as \n in place of a control character`)
			return ""
		}
		p.pos++
	}
	p.want(`a closing quotation mark`)
	return ""
}

// escaped goes on with a string from its first escape on.
func (p *parser) escaped(start int) string {
	b := []byte(p.text[start:p.pos])
	for p.pos < len(p.text) {
		c := p.text[p.pos]
		switch {
		case c == '"':
			p.pos++
			return string(b)
		case c < ' ':
			p.want(`an escape such as \n in place of a control character`)
			return ""
		case c != '\\':
			b = append(b, c)
			p.pos++
			continue
		}
		if rest := p.text[p.pos:]; len(rest) > 1 {
			if i := strings.IndexByte(`"\/bfnrt`, rest[1]); i >= 0 {
				b = append(b, "\"\\/\b\f\n\r\t"[i])
				p.pos += 2
				continue
			}
		}
		r, ok := p.unicode()
		if !ok {
			p.want(`an escape such as \n or \u00e9`)
			return ""
		}
		p.pos += len(`\u0000`)
		if utf16.IsSurrogate(r) {
			low, _ := p.unicode()
			if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
				p.pos += len(`\u0000`)
			}
		}
		b = utf8.AppendRune(b, r)
	}
	p.want(`a closing quotation mark`)
	return ""
}

// unicode returns the code in an escape at the cursor.
func (p *parser) unicode() (rune, bool) {
	rest := p.text[p.pos:]
	if len(rest) < len(`\u0000`) || rest[:2] != `\u` {
		return 0, false
	}
	var code rune
	for _, c := range []byte(rest[2:6]) {
		digit := strings.IndexByte("0123456789abcdef", c|0x20)
		if c < '0' || digit < 0 || c < 'A' && digit > 9 {
			return 0, false
		}
		code = code<<4 | rune(digit)
	}
	return code, true
}

// number reads a number.
func (p *parser) number() string {
	start := p.pos
	digits := func() bool {
		from := p.pos
		for p.pos < len(p.text) && '0' <= p.text[p.pos] && p.text[p.pos] <= '9' {
			p.pos++
		}
		return p.pos > from
	}
	one := func(of string) bool {
		if p.pos < len(p.text) && strings.IndexByte(of, p.text[p.pos]) >= 0 {
			p.pos++
			return true
		}
		return false
	}
	one("-")
	good := one("0") || digits()
	if one(".") {
		good = digits() && good
	}
	if one("eE") {
		one("+-")
		good = digits() && good
	}
	if !good || p.pos < len(p.text) && isWord(rune(p.text[p.pos])) {
		p.pos = start
		p.want("a number as JSON writes it, such as 20 or 0.5")
	}
	return p.text[start:p.pos]
}

// Path returns where the node is, such as policies[0].terms[2].target.
func (n *Node) Path() string {
	if n.parent == nil {
		return ""
	}
	return n.Below(n.parent.Path())
}

// Below returns the path of a Node whose parent has a path.
func (n *Node) Below(path string) string {
	if n.parent.Kind == '[' {
		return path + "[" + strconv.Itoa(n.index) + "]"
	}
	return Join(path, n.Name)
}

// Join returns the path of a field.
func Join(path, name string) string {
	const longest = 80
	plain := name != "" && len(name) <= longest && !strings.ContainsFunc(name, func(r rune) bool { return r != '_' && r != '$' && (r < 'a' || r > 'z') })
	switch {
	case !plain:
		return path + "[" + text.Quote(name) + "]"
	case path == "":
		return name
	}
	return path + "." + name
}

// Lines are where the lines of a text begin, in bytes.
type Lines []int

// LinesOf returns the beginnings of the lines of a text.
func LinesOf(whole string) Lines {
	l := Lines{0}
	for at := 0; ; {
		i := strings.IndexByte(whole[at:], '\n')
		if i < 0 {
			return l
		}
		at += i + 1
		l = append(l, at)
	}
}

// Place returns the line and the column of a byte, from 1.
func (l Lines) Place(at int) (line, column int) {
	line, _ = slices.BinarySearch(l, at+1)
	return line, at - l[line-1] + 1
}

// String returns the value as a fault quotes it: a string or a number as it is,
// something larger by what it is.
func (n *Node) String() string {
	switch n.Kind {
	case '{':
		if len(n.Nodes) == 0 {
			return "an empty object"
		}
		return "an object"
	case '[':
		if len(n.Nodes) == 0 {
			return "an empty list"
		}
		return "a list"
	case 's':
		return text.Quote(n.Text)
	}
	return text.Shorten(n.Text)
}
