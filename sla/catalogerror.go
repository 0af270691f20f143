package sla

import (
	"fmt"
	"strings"
)

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
