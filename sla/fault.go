package sla

import (
	"fmt"
	"strings"
)

// Fault is one thing that is wrong with a catalog.
type Fault struct {
	// Path is where, such as "policies[2].terms[0].target"; "" is the whole.
	Path string
	// Text is what stands there: a value, quoted, or "missing".
	Text string
	// Want is what was wanted instead.
	Want string
	// Line and Column are where that is in the text of a catalog, from 1; they are
	// 0 for a catalog of Go values. Columns count bytes.
	Line, Column int
}

// String returns one line: path, text and what was wanted.
func (f Fault) String() string {
	s := f.Text + ": want " + f.Want
	if f.Path != "" {
		s = f.Path + ": " + s
	}
	return s
}

// CatalogError is all that is wrong with a catalog, in the order in which it
// stands there.
type CatalogError struct{ Faults []Fault }

// Error returns a line for each fault: with its path or, if it has none, its place.
func (e *CatalogError) Error() string {
	lines := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		place := ""
		if f.Path == "" && f.Line > 0 {
			place = fmt.Sprintf("line %d, column %d: ", f.Line, f.Column)
		}
		lines[i] = "sla: catalog: " + place + f.String()
	}
	return strings.Join(lines, "\n")
}
