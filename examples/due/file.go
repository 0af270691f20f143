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

	"github.com/duetime/duetime/sla"
)

// added are the columns that a file gets.
var added = []string{"start", "due", "target", "basis", "error"}

type counts struct{ rows, bad int }

// file reads requests as CSV from in and writes them to out with the added
// columns, one by one. What a row leaves out it has from defaults.
func file(in io.Reader, out io.Writer, defaults request, progress func(rows int)) (counts, error) {
	limit := &recordLimit{r: in}
	input := bufio.NewReaderSize(limit, 1<<16)
	if mark, _ := input.Peek(3); string(mark) == "\ufeff" {
		input.Discard(len(mark)) // as spreadsheets write it
	}
	reader := csv.NewReader(input)
	reader.FieldsPerRecord = -1 // a row of the wrong length is that row's fault
	writer := csv.NewWriter(bufio.NewWriterSize(out, 1<<16))

	header, err := reader.Read()
	if err == io.EOF {
		return counts{}, errors.New("no header: want one of id,moniker,category,plan,severity,opened,country")
	} else if err != nil {
		return counts{}, fmt.Errorf("header: %w", err)
	}
	columns, err := columnsOf(header, defaults)
	if err != nil {
		return counts{}, err
	}
	width := len(header)
	if err := writer.Write(append(slices.Clone(header), added...)); err != nil {
		return counts{}, err
	}
	var n counts
	for a := range ahead(answers(ahead(records(reader, limit)), width, columns, defaults)) {
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

// record is what a reader has for a row, or the error that ends the file.
type record struct {
	fields []string
	err    error
}

// isRowError reports whether an error of a csv.Reader is that of one row, after
// which it can go on.
func isRowError(err error) bool {
	return errors.Is(err, csv.ErrQuote) || errors.Is(err, csv.ErrBareQuote)
}

// records returns what reader has, up to an error that is not one row's.
func records(reader *csv.Reader, limit *recordLimit) iter.Seq[record] {
	return func(yield func(record) bool) {
		for {
			limit.begin = reader.InputOffset()
			fields, err := reader.Read()
			if err == io.EOF || !yield(record{fields, err}) || err != nil && !isRowError(err) {
				return
			}
		}
	}
}

// answers returns the rows that records have, answered.
func answers(records iter.Seq[record], width int, columns columns, defaults request) iter.Seq[answer] {
	return func(yield func(answer) bool) {
		var scratch []byte
		for r := range records {
			err := r.err
			if err != nil && !isRowError(err) {
				yield(answer{err: err})
				return
			}
			a := answer{row: make([]string, width+len(added))}
			copy(a.row[:width], r.fields)
			if err == nil && len(r.fields) != width {
				err = fmt.Errorf("row of length %d: want %d fields, as in the header", len(r.fields), width)
			}
			var d sla.Deadline
			if err == nil {
				d, err = columns.request(r.fields, defaults).deadline()
			}
			result := a.row[width:]
			if err == nil {
				scratch = d.Start.AppendFormat(scratch[:0], time.RFC3339Nano)
				start := len(scratch)
				scratch = d.Due.AppendFormat(scratch, time.RFC3339Nano)
				due := len(scratch)
				scratch, _ = d.Term.Target.AppendText(scratch)
				text := string(scratch) // one allocation for the three
				result[0], result[1], result[2], result[3] = text[:start], text[start:due], text[due:], d.Term.Basis.String()
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

// maxRecord is how long a row may be, in bytes: the quote of a field that is never
// closed would else swallow the rest of the file.
const maxRecord = 1 << 20

// recordLimit passes on what it reads until a row is too long.
type recordLimit struct {
	r     io.Reader
	read  int64 // so far
	begin int64 // of the row that is being read
}

func (l *recordLimit) Read(b []byte) (int, error) {
	if l.read-l.begin > maxRecord {
		return 0, fmt.Errorf("the row that begins at byte %d does not end within %d KB: is a quote not closed?", l.begin, maxRecord>>10)
	}
	n, err := l.r.Read(b)
	l.read += int64(n)
	return n, err
}

// columns has the place of each column in a row, or -1.
type columns struct{ moniker, category, plan, severity, opened, country int }

// columnsOf finds the columns in a header. Those that a request cannot do without
// have to be there, or given by a flag.
func columnsOf(header []string, defaults request) (columns, error) {
	at := map[string]int{}
	for i, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		if _, twice := at[name]; twice && name != "" {
			return columns{}, fmt.Errorf("header: column %q appears twice", name)
		}
		if slices.Contains(added, name) {
			return columns{}, fmt.Errorf("header: column %q is one of those that are added", name)
		}
		at[name] = i
	}
	find := func(name string) int {
		if i, ok := at[name]; ok {
			return i
		}
		return -1
	}
	c := columns{find("moniker"), find("category"), find("plan"), find("severity"), find("opened"), find("country")}
	for _, must := range []struct {
		name, flag string
		column     int
	}{{"moniker", defaults.moniker, c.moniker}, {"severity", defaults.severity, c.severity}, {"opened", defaults.opened, c.opened}} {
		if must.column < 0 && must.flag == "" {
			return columns{}, fmt.Errorf("header %q: no column %q, and no flag -%s", strings.Join(header, ","), must.name, must.name)
		}
	}
	return c, nil
}

// request returns the request in a row.
func (c columns) request(record []string, defaults request) request {
	cell := func(i int, otherwise string) string {
		if i >= 0 && record[i] != "" {
			return record[i]
		}
		return otherwise
	}
	return request{
		cell(c.moniker, defaults.moniker), cell(c.category, defaults.category), cell(c.plan, defaults.plan),
		cell(c.severity, defaults.severity), cell(c.opened, defaults.opened), cell(c.country, defaults.country),
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
