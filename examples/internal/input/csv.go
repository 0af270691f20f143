package input

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
)

// Reader reads requests as CSV with a header that names some of id, moniker,
// category, plan, severity, opened, country and metric in any order, in constant
// memory.
type Reader struct {
	Header   []string
	csv      *csv.Reader
	limit    *recordLimit
	columns  columns
	defaults Request
}

// NewReader reads the header. What a row leaves out, its request has from
// defaults; a column of a name that is added to the file is an error.
func NewReader(in io.Reader, defaults Request, added ...string) (*Reader, error) {
	limit := &recordLimit{r: in}
	input := bufio.NewReaderSize(limit, 1<<16)
	if mark, _ := input.Peek(3); string(mark) == "\ufeff" {
		input.Discard(len(mark)) // as spreadsheets write it
	}
	r := &Reader{csv: csv.NewReader(input), limit: limit, defaults: defaults}
	r.csv.FieldsPerRecord = -1 // a row of the wrong length is that row's fault
	var err error
	if r.Header, err = r.csv.Read(); err == io.EOF {
		return nil, errors.New("no header: want one of id,moniker,category,plan,severity,opened,country,metric")
	} else if err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	r.columns, err = columnsOf(r.Header, defaults, added)
	return r, err
}

// Row is a row of a file.
type Row struct {
	Line   int // on which it begins
	Fields []string
	Err    error // what is wrong with it, if anything
	End    error // why the file cannot be read on, if so
}

// Rows returns the rows behind the header, up to one with an End.
func (r *Reader) Rows() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for {
			r.limit.begin = r.csv.InputOffset()
			var row Row
			var err error
			row.Fields, err = r.csv.Read()
			bad, isParseError := errors.AsType[*csv.ParseError](err)
			switch {
			case err == io.EOF:
				return
			case err == nil:
				row.Line, _ = r.csv.FieldPos(0)
				if want := len(r.Header); len(row.Fields) != want {
					row.Err = fmt.Errorf("row of length %d: want %d fields, as in the header", len(row.Fields), want)
				}
			// After these the reader can go on.
			case isParseError && (bad.Err == csv.ErrQuote || bad.Err == csv.ErrBareQuote):
				row.Line, row.Err = bad.StartLine, err
			default:
				row.End = err
			}
			if !yield(row) || row.End != nil {
				return
			}
		}
	}
}

// Request returns the request in the fields of a row that has no Err.
func (r *Reader) Request(fields []string) Request {
	cell := func(i int, otherwise string) string {
		if i >= 0 && fields[i] != "" {
			return fields[i]
		}
		return otherwise
	}
	c, d := &r.columns, &r.defaults
	return Request{
		cell(c.moniker, d.Moniker), cell(c.category, d.Category), cell(c.plan, d.Plan),
		cell(c.severity, d.Severity), cell(c.opened, d.Opened), cell(c.country, d.Country), cell(c.metric, d.Metric),
	}
}

// ID returns the id in the fields of a row that has no Err, or "".
func (r *Reader) ID(fields []string) string {
	if r.columns.id < 0 {
		return ""
	}
	return fields[r.columns.id]
}

// columns has the place of each column in a row, or -1.
type columns struct{ id, moniker, category, plan, severity, opened, country, metric int }

// columnsOf finds the columns in a header. Those that a request cannot do without
// have to be there, or in the defaults.
func columnsOf(header []string, defaults Request, added []string) (columns, error) {
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
	c := columns{
		find("id"), find("moniker"), find("category"), find("plan"),
		find("severity"), find("opened"), find("country"), find("metric"),
	}
	for _, must := range []struct {
		name, otherwise string
		column          int
	}{{"moniker", defaults.Moniker, c.moniker}, {"severity", defaults.Severity, c.severity}, {"opened", defaults.Opened, c.opened}} {
		if must.column < 0 && must.otherwise == "" {
			return columns{}, &NoColumn{header, must.name}
		}
	}
	return c, nil
}

// NoColumn is the error for a header without a column that requests need.
type NoColumn struct {
	Header []string
	Name   string
}

// Error returns one line with the header and the column.
func (e *NoColumn) Error() string {
	return fmt.Sprintf("header %q: no column %q", strings.Join(e.Header, ","), e.Name)
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
