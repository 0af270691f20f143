package ticket_test

import (
	"flag"
	"testing"
	"time"
)

var (
	full     = flag.Bool("full", false, "run every test in full; otherwise tests take samples, the same each time")
	seedFlag = flag.Uint64("seed", 0, "the seed of random tests; 0 takes 1, or with -full a new one")
)

// sampled returns how many cases a test takes: a sample, a quarter of it with -short, or all
// with -full. If all is the smaller number, it is the step from one case to the next.
func sampled(sample, all int) int {
	switch {
	case *full:
		return all
	case testing.Short() && sample > all:
		return 4 * sample
	case testing.Short():
		return (sample + 3) / 4
	}
	return sample
}

func newSeed() uint64 {
	switch {
	case *seedFlag != 0:
		return *seedFlag
	case *full:
		return uint64(time.Now().UnixNano())
	}
	return 1
}
