// Package bound holds tests to what is promised of bad input: bounded work, and errors of
// one line.
package bound

import (
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/duetime/duetime/sla"
)

// Work does some work on an input of n bytes. It fails if that allocates or computes far
// more than the most laborious input that is known.
func Work(tb testing.TB, n int, work func()) {
	tb.Helper()
	const (
		most = 128 << 20   // bytes: all terms, and some calendars with all their years
		each = 8 << 10     // bytes: a date of twenty bytes can make another shape of a day
		soon = time.Minute // of the processor
	)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := CPUTime()
	work()
	took := CPUTime() - start
	runtime.ReadMemStats(&after)
	if bytes := after.TotalAlloc - before.TotalAlloc; bytes > most+each*uint64(n) {
		tb.Fatalf("%d bytes allocated for an input of %d bytes", bytes, n)
	}
	if took > soon {
		tb.Fatalf("%v computed for an input of %d bytes", took, n)
	}
}

// Error fails if an error is not one line, or for a catalog one line for each fault, or is
// much longer than the text that it quotes.
func Error(tb testing.TB, what, text string, err error) {
	tb.Helper()
	_, many := errors.AsType[*sla.CatalogError](err)
	if message := err.Error(); !many && strings.Contains(message, "\n") || len(message) > 12*len(text)+4000 || message == "" {
		tb.Fatalf("%s of %q: a bad error: %v", what, text, message)
	}
}
