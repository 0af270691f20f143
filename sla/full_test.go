package sla_test

import (
	"flag"
	"time"
)

var (
	full     = flag.Bool("full", false, "run every test in full; otherwise tests take samples, the same each time")
	seedFlag = flag.Uint64("seed", 0, "the seed of random tests that print theirs; 0 takes 1, or with -full a new one")
)

// sampled returns how many cases a test takes: a sample, or with -full all.
func sampled(sample, all int) int {
	if *full {
		return all
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
