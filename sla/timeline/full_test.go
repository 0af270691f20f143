package timeline_test

import "flag"

var full = flag.Bool("full", false, "run every test in full; otherwise tests take samples, the same each time")

// sampled returns how many cases a test takes: a sample, or with -full all.
func sampled(sample, all int) int {
	if *full {
		return all
	}
	return sample
}
