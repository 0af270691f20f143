package input

import "flag"

var full = flag.Bool("full", false, "compare the scanner with encoding/json ten times as often")
