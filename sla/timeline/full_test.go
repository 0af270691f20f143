package timeline_test

import (
	"flag"
	"testing"
)

var full = flag.Bool("full", false, "run every test in full; otherwise tests take samples, the same each time")

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
