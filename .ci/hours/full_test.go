package hours_test

import (
	"flag"
	"time"
)

var (
	full     = flag.Bool("full", false, "compare over a million instants of random hours; otherwise a sample, the same each time")
	seedFlag = flag.Uint64("seed", 0, "the seed of random tests; 0 takes 1, or with -full a new one")
)

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
