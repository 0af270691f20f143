package sla

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/duetime/duetime/region"
)

// ErrUnknownName is under the error for a text or value that is no name of its
// kind, such as a [State] or an [EventKind].
var ErrUnknownName = errors.New("sla: unknown name")

// names are those of the values 0, 1, 2 and so on of a kind. An empty name is no
// value.
type names []string

func (n names) unknown(text string) error {
	return &region.UnknownError{Err: ErrUnknownName, Text: text, Want: strings.Join(slices.DeleteFunc(slices.Clone(n), isEmpty), ", ")}
}

func isEmpty(s string) bool { return s == "" }

// text returns the name of a value, and for any other value what Go would call
// it.
func (n names) text(kind string, v uint8) string {
	if int(v) < len(n) && n[v] != "" {
		return n[v]
	}
	return fmt.Sprintf("%s(%d)", kind, v)
}

func (n names) marshal(kind string, v uint8) ([]byte, error) {
	text := n.text(kind, v)
	if int(v) >= len(n) || n[v] == "" {
		return nil, n.unknown(text)
	}
	return []byte(text), nil
}

func (n names) parse(text []byte) (uint8, error) {
	i := slices.Index(n, string(text))
	if i < 0 || n[i] == "" {
		return 0, n.unknown(string(text))
	}
	return uint8(i), nil
}

// unmarshal sets *v to the value of a name.
func unmarshal[T ~uint8](n names, v *T, text []byte) error {
	i, err := n.parse(text)
	if err == nil {
		*v = T(i)
	}
	return err
}
