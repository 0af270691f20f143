package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
)

// readAhead returns the records of r, read in a goroutine of its own, so that
// reading goes on while rows are worked out and written: on two cores, a million
// rows take some 2.7 times what encoding/csv needs alone to read and write them,
// and more than 3 without. An error that is one record's comes in its place with
// what follows after it; any other than io.EOF ends the sequence.
//
// A record longer than limit allows ends the sequence with an error: the quote of
// a field that is never closed would else swallow the rest of the file.
func readAhead(r *csv.Reader, limit *recordLimit) iter.Seq2[[]string, error] {
	type line struct {
		record []string
		err    error
	}
	const batchSize, batches = 256, 4 // how far ahead
	return func(yield func([]string, error) bool) {
		read := make(chan []line, batches)
		done := make(chan struct{})
		defer close(done)
		go func() {
			defer close(read)
			for more := true; more; {
				batch := make([]line, 0, batchSize)
				for more && len(batch) < batchSize {
					limit.begin = r.InputOffset()
					record, err := r.Read()
					if more = err == nil || isRowError(err); err != io.EOF {
						batch = append(batch, line{record, err})
					}
				}
				select {
				case read <- batch:
				case <-done:
					return
				}
			}
		}()
		for batch := range read {
			for _, l := range batch {
				if !yield(l.record, l.err) {
					return
				}
			}
		}
	}
}

// maxRecord is how long a record may be, in bytes.
const maxRecord = 1 << 20

// recordLimit passes on what it reads until a record is too long.
type recordLimit struct {
	r     io.Reader
	read  int64 // so far
	begin int64 // of the record that is being read
}

func (l *recordLimit) Read(b []byte) (int, error) {
	if l.read-l.begin > maxRecord {
		return 0, fmt.Errorf("the row that begins at byte %d does not end within %d KB: is a quote not closed?", l.begin, maxRecord>>10)
	}
	n, err := l.r.Read(b)
	l.read += int64(n)
	return n, err
}

// isRowError reports whether an error of a csv.Reader is that of one record,
// after which it can go on.
func isRowError(err error) bool {
	return errors.Is(err, csv.ErrQuote) || errors.Is(err, csv.ErrBareQuote)
}
