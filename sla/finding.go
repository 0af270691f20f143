package sla

import "fmt"

// Finding is something in a catalog that is legal but may be meant otherwise.
type Finding struct {
	Kind string // such as "no-holidays", see [Catalog.Lint]
	Path string // where, such as policies[2] or calendars["Vienna"]
	Text string // one line
}

// String returns one line: path, text and kind.
func (f Finding) String() string { return fmt.Sprintf("%s: %s (%s)", f.Path, f.Text, f.Kind) }
