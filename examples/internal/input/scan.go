package input

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// maxDepth limits how deep objects and lists stand in each other.
const maxDepth = 100

// scanner steps through JSON (RFC 8259). Its faults have the same texts and places in all
// versions of Go.
type scanner struct {
	text []byte
	at   int // the next byte
}

// place returns the line and the column of a byte, each from 1. Columns count bytes.
func (s *scanner) place(at int) string {
	before := s.text[:at]
	return fmt.Sprintf("line %d, column %d", 1+bytes.Count(before, []byte("\n")), at-bytes.LastIndexByte(before, '\n'))
}

// fault returns the error for the next character, or for the end of the text.
func (s *scanner) fault(want string) error {
	if s.at == len(s.text) {
		return io.ErrUnexpectedEOF
	}
	_, size := utf8.DecodeRune(s.text[s.at:])
	return fmt.Errorf("%s: %q: want %s", s.place(s.at), s.text[s.at:s.at+size], want)
}

// peek returns the next byte, or 0 at the end, which no JSON has outside of strings.
func (s *scanner) peek() byte {
	if s.at == len(s.text) {
		return 0
	}
	return s.text[s.at]
}

func (s *scanner) space() {
	for s.at < len(s.text) && strings.IndexByte(" \t\r\n", s.text[s.at]) >= 0 {
		s.at++
	}
}

// items steps over an object or a list up to its end, and calls item at each item.
func (s *scanner) items(end byte, item func() error) error {
	s.at++
	if s.space(); s.peek() == end {
		s.at++
		return nil
	}
	for {
		s.space()
		if err := item(); err != nil {
			return err
		}
		switch s.space(); s.peek() {
		case end:
			s.at++
			return nil
		case ',':
			s.at++
		default:
			return s.fault(fmt.Sprintf("a comma or %c", end))
		}
	}
}

// name steps over the name of a field and its colon, up to the value.
func (s *scanner) name() (name string, err error) {
	begin := s.at
	if s.peek() != '"' {
		return "", s.fault("a name in double quotes")
	}
	if err = s.string(); err != nil {
		return "", err
	}
	if err = json.Unmarshal(s.text[begin:s.at], &name); err != nil {
		return "", fmt.Errorf("%s: want another name", s.place(begin)) // it is a good string
	}
	if s.space(); s.peek() != ':' {
		return "", s.fault("a colon")
	}
	s.at++
	s.space()
	return name, nil
}

// value steps over a value, which stands so deep in others.
func (s *scanner) value(depth int) error {
	c := s.peek()
	if (c == '{' || c == '[') && depth == maxDepth {
		return s.fault(fmt.Sprintf("%d objects and lists in each other at the most", maxDepth))
	}
	switch {
	case c == '{':
		return s.items('}', func() error {
			if _, err := s.name(); err != nil {
				return err
			}
			return s.value(depth + 1)
		})
	case c == '[':
		return s.items(']', func() error { return s.value(depth + 1) })
	case c == '"':
		return s.string()
	case c == '-', '0' <= c && c <= '9':
		return s.number()
	}
	for _, word := range []string{"true", "false", "null"} {
		rest := s.text[s.at:]
		if bytes.HasPrefix(rest, []byte(word)) {
			s.at += len(word)
			return nil
		}
		if len(rest) > 0 && strings.HasPrefix(word, string(rest[:min(len(rest), len(word))])) {
			return io.ErrUnexpectedEOF
		}
	}
	return s.fault("a value")
}

func (s *scanner) string() error {
	for s.at++; s.at < len(s.text); s.at++ {
		switch c := s.text[s.at]; {
		case c == '"':
			s.at++
			return nil
		case c < ' ':
			return s.fault(fmt.Sprintf(`\u%04x for it in a string`, c))
		case c == '\\':
			if err := s.escape(); err != nil {
				return err
			}
		}
	}
	return io.ErrUnexpectedEOF
}

// escape steps up to the last byte of an escape.
func (s *scanner) escape() error {
	s.at++
	switch c := s.peek(); {
	case c == 'u':
		for range 4 {
			s.at++
			if !bytes.ContainsAny([]byte{s.peek()}, "0123456789abcdefABCDEF") {
				return s.fault("one of four hex digits")
			}
		}
	case strings.IndexByte(`"\/bfnrt`, c) < 0:
		return s.fault(`an escape: \", \\, \/, \b, \f, \n, \r, \t or \u and four hex digits`)
	}
	return nil
}

func (s *scanner) number() error {
	if s.peek() == '-' {
		s.at++
	}
	if s.peek() == '0' {
		s.at++
	} else if err := s.digits(); err != nil {
		return err
	}
	if s.peek() == '.' {
		s.at++
		if err := s.digits(); err != nil {
			return err
		}
	}
	if c := s.peek(); c == 'e' || c == 'E' {
		s.at++
		if c := s.peek(); c == '+' || c == '-' {
			s.at++
		}
		return s.digits()
	}
	return nil
}

// digits steps over one digit or more.
func (s *scanner) digits() error {
	begin := s.at
	for c := s.peek(); '0' <= c && c <= '9'; c = s.peek() {
		s.at++
	}
	if s.at == begin {
		return s.fault("a digit")
	}
	return nil
}
