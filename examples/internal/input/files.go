// Package input reads what the examples are given: catalogs of terms, and files of
// requests.
package input

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/duetime/duetime/sla"
)

// Published is the name under which [Files.Catalog] has the published terms. A file
// that is called so is ./published.
const Published = "published"

// maxCatalog is how long the text of a catalog may be, in bytes.
const maxCatalog = 16 << 20

// Files opens files by name, and standard input for -, which can be read only
// once.
type Files struct {
	Stdin io.Reader
	taken bool
}

// Open returns a file, and the name by which messages call it.
func (f *Files) Open(name string) (file io.ReadCloser, called string, err error) {
	if name != "-" {
		file, err = os.Open(name)
		return file, name, err
	}
	if f.taken {
		return nil, "", errors.New("-: want standard input once")
	}
	f.taken = true
	return io.NopCloser(f.Stdin), "stdin", nil
}

// Catalog reads a catalog from a file. The error is a *[Faults] where there is a
// text, and it is no catalog.
func (f *Files) Catalog(name string) (*sla.Catalog, error) {
	if name == Published {
		return sla.Published(), nil
	}
	file, called, err := f.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxCatalog+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", called, err)
	case len(text) > maxCatalog:
		return nil, fmt.Errorf("%s: want a catalog of %d MB at the most", called, maxCatalog>>20)
	}
	c, err := sla.ParseCatalog(bytes.TrimPrefix(text, []byte("\ufeff"))) // as some editors begin a file
	if bad, ok := errors.AsType[*sla.CatalogError](err); ok {
		return nil, &Faults{called, bad}
	}
	return c, err
}

// Faults is what is wrong with the catalog in a file.
type Faults struct {
	File string
	*sla.CatalogError
}

// Error returns a line for each fault, with its place in the form that editors jump
// to.
func (e *Faults) Error() string {
	lines := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		lines[i] = fmt.Sprintf("%s:%d:%d: %v", e.File, f.Line, f.Column, f)
	}
	return strings.Join(lines, "\n")
}
