package main

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/duetime/duetime/examples/internal/input"
	"github.com/duetime/duetime/sla"
)

// added are the columns that a file gets.
var added = []string{"start", "due", "target", "basis", "error"}

type counts struct{ rows, bad int }

// file reads requests as CSV from in and writes them to out with the added
// columns, one by one. What a row leaves out it has from defaults.
func file(in io.Reader, out io.Writer, terms *input.Terms, defaults input.Request, progress func(rows int)) (counts, error) {
	reader, err := input.NewReader(in, defaults, added...)
	if none, ok := errors.AsType[*input.NoColumn](err); ok {
		return counts{}, fmt.Errorf("%w, and no flag -%s", none, none.Name)
	} else if err != nil {
		return counts{}, err
	}
	writer := csv.NewWriter(bufio.NewWriterSize(out, 1<<16))
	if err := writer.Write(append(slices.Clone(reader.Header), added...)); err != nil {
		return counts{}, err
	}
	var n counts
	for a := range ahead(answers(ahead(reader.Rows()), reader, terms)) {
		if err = a.err; err != nil {
			break
		}
		n.rows++
		if a.bad {
			n.bad++
		}
		if err = writer.Write(a.row); err != nil {
			break
		}
		progress(n.rows)
	}
	progress(-1)
	writer.Flush()
	return n, cmp.Or(err, writer.Error())
}

// answer is a row of a file with what is added to it, or the error that ends the
// file.
type answer struct {
	row []string
	bad bool // the request could not be answered
	err error
}

// answers returns the rows that a reader has, answered.
func answers(rows iter.Seq[input.Row], reader *input.Reader, terms *input.Terms) iter.Seq[answer] {
	width := len(reader.Header)
	return func(yield func(answer) bool) {
		var scratch []byte
		for r := range rows {
			if r.End != nil {
				yield(answer{err: r.End})
				return
			}
			a := answer{row: make([]string, width+len(added))}
			copy(a.row[:width], r.Fields)
			err := r.Err
			var d sla.Deadline
			if err == nil {
				d, err = terms.Deadline(reader.Request(r.Fields))
			}
			result := a.row[width:]
			if err == nil {
				scratch = d.Start.AppendFormat(scratch[:0], time.RFC3339Nano)
				start := len(scratch)
				scratch = d.Due.AppendFormat(scratch, time.RFC3339Nano)
				due := len(scratch)
				scratch = append(scratch, d.Term.Target.String()...)
				text := string(scratch) // one allocation for the three
				result[0], result[1], result[2], result[3] = text[:start], text[start:due], text[due:], string(d.Term.Basis)
			} else {
				result[4] = strings.ReplaceAll(err.Error(), "\n", "; ")
				a.bad = !errors.Is(err, sla.ErrNoCommitment)
			}
			if !yield(a) {
				return
			}
		}
	}
}

// progressOn returns a function that shows, on a terminal and once a second, how
// many rows are done; called with -1 it wipes that away. On anything else than a
// terminal it shows nothing.
func progressOn(w io.Writer) func(rows int) {
	f, ok := w.(*os.File)
	if !ok {
		return func(int) {}
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return func(int) {}
	}
	last, shown := time.Now(), false
	return func(rows int) {
		switch {
		case rows < 0 && shown:
			fmt.Fprint(f, "\r\033[K")
		case rows > 0 && rows%4096 == 0 && time.Since(last) > time.Second:
			last, shown = time.Now(), true
			fmt.Fprintf(f, "\rdue: %d rows", rows)
		}
	}
}
