package sla

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla/internal/jsontree"
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

// maxFaults is how many faults of a catalog are looked for: nobody reads more.
const maxFaults = 200

// maxNeverOpen bounds the calendars that are found to be never open, combined or because of
// their holidays. That takes 0.1 ms for each, and up to 5 ms for one of many times a day,
// which counts as several.
const maxNeverOpen = 16

// faults collects what is wrong with a catalog.
type faults struct {
	list []Fault
	seen map[Fault]bool // those of list

	neverOpen int // how many calendars never open; see maxNeverOpen
	guessed   int // how many unknown names were compared with those that exist

	// The text, if there is one.
	root  *jsontree.Node
	lines jsontree.Lines
}

// full reports whether the rest of a catalog is not looked at: there are enough faults, or
// enough that took long to find.
func (f *faults) full() bool { return len(f.list) > maxFaults || f.neverOpen > maxNeverOpen }

// add adds the fault at a path.
func (f *faults) add(path, found, want string) {
	if f.full() {
		return
	}
	at := -1
	if f.root != nil {
		at = f.place(path)
	}
	f.keep(Fault{Path: path, Text: found, Want: want}, at)
}

// at adds the fault of a value.
func (f *faults) at(n *jsontree.Node, found, want string) {
	if !f.full() {
		f.keep(Fault{Path: n.Path(), Text: found, Want: want}, n.At)
	}
}

// missing adds the fault of an object that lacks a field.
func (f *faults) missing(n *jsontree.Node, field, want string) {
	if !f.full() {
		f.keep(Fault{Path: jsontree.Join(n.Path(), field), Text: "missing", Want: want}, n.At)
	}
}

// second adds the fault of a field that stands there again.
func (f *faults) second(n *jsontree.Node) { f.at(n, "duplicate field", "it once") }

// unknown adds the fault of a value that names nothing that exists.
func (f *faults) unknown(n *jsontree.Node, err *region.UnknownError) {
	if !f.full() {
		f.at(n, n.String(), f.nearest(err))
	}
}

// nearest returns which names there are. It looks for the nearest only a few times, as there
// may be many.
func (f *faults) nearest(err *region.UnknownError) string {
	const few = 8
	if f.guessed++; f.guessed > few {
		err.Text = ""
	}
	return err.Wanted()
}

// keep keeps a fault once: several cases may be of one term.
func (f *faults) keep(fault Fault, at int) {
	if at >= 0 {
		fault.Line, fault.Column = f.lines.Place(at)
	}
	if f.seen == nil {
		f.seen = map[Fault]bool{}
	}
	if !f.seen[fault] {
		f.seen[fault] = true
		f.list = append(f.list, fault)
	}
}

// place returns where in the text a path is: a missing field is where it is missing.
func (f *faults) place(path string) int {
	n, at := f.root, ""
	for at != path {
		i := slices.IndexFunc(n.Nodes, func(child *jsontree.Node) bool {
			rest, ok := strings.CutPrefix(path, child.Below(at))
			return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
		})
		if i < 0 {
			break
		}
		n, at = n.Nodes[i], n.Nodes[i].Below(at)
	}
	return n.At
}

// err returns the faults in the order in which they stand in the text, or nil.
func (f *faults) err() error {
	if len(f.list) == 0 {
		return nil
	}
	slices.SortStableFunc(f.list, func(a, b Fault) int {
		return cmp.Or(a.Line-b.Line, a.Column-b.Column)
	})
	if f.full() {
		most := min(maxFaults, len(f.list))
		f.list = append(f.list[:most], Fault{Text: fmt.Sprintf("more than %d faults", most), Want: "these mended first"})
	}
	return &CatalogError{f.list}
}

// wanted returns what an error of this module says was wanted.
func wanted(err error) string {
	if unknown, ok := errors.AsType[*region.UnknownError](err); ok {
		return unknown.Wanted()
	}
	message := err.Error()
	// The text that the error quotes may contain it too: the last one counts.
	if i := strings.LastIndex(message, ": want "); i >= 0 {
		return message[i+len(": want "):]
	}
	return message
}
