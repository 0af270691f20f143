package main

import "flag"

var full = flag.Bool("full", false, "compile the library for browsers, wait for a build that hangs, and send ten thousand hostile requests")
