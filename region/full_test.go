package region_test

import "flag"

var full = flag.Bool("full", false, "run every test in full; otherwise tests take samples, the same each time")
