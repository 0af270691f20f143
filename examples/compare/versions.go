package main

import (
	"fmt"
	"io"
	"runtime/debug"
	"text/tabwriter"
)

// tried is when each of unavailable was last tried.
const tried = "2026-11-22"

// unavailable are Go engines, found by searching for such, that the module proxy at
// hand answered 403 for. A version is one that the engine's documentation names;
// where it names none, the newest was asked for.
var unavailable = []struct{ module, version, offers string }{
	{"github.com/zkrebbekx/sundial", "v0.1.0", "SLA clock: business hours between and added, pauses"},
	{"github.com/TheCasualDoctor/workhourcalc", "v1.0.1", "work hours between and added, is open"},
	{"github.com/brennii96/sla-checker", "v1.0.2", "SLA deadline in business hours"},
	{"github.com/xinau/go-businesshours", "the newest", "is open"},
	{"github.com/yauhen-l/openhours", "v0.4.1", "is open, next change"},
	{"github.com/chneau/openhours", "51e93e3", "is open, next change"},
	{"github.com/runningmaster/openhours", "the newest", "is open"},
	{"github.com/edgelaboratories/calendar", "v0.7.0", "business days"},
	{"github.com/cxtuttle/go-bitcal", "a904340", "business days"},
	{"github.com/aidapedia/gdk", "v0.0.6", "business days"},
	{"github.com/yut-kt/goholiday", "v0.1.0", "business days of Japan"},
	{"github.com/kenzo0107/goholiday", "v0.1.6", "business days of Japan"},
}

// printVersions prints what was compared, as the program was built, and what could
// not be.
func printVersions(w io.Writer) error {
	versions := map[string]string{}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			versions[m.Path] = m.Version
			if m.Replace != nil {
				versions[m.Path] = "this tree"
			}
		}
	}
	fmt.Fprint(w, "\nEngines:\n")
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, e := range engines {
		fmt.Fprintf(table, "  %s\t%s %s: %s\n", e.name, e.module, versions[e.module], e.use)
		if e.lacks != "" {
			fmt.Fprintf(table, "  \tdoes not offer: %s\n", e.lacks)
		}
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "\nCould not be had: the module proxy answered 403 on %s, and nothing is said of them here.\n", tried)
	for _, u := range unavailable {
		fmt.Fprintf(table, "  %s\t%s\t%s\n", u.module, u.version, u.offers)
	}
	return table.Flush()
}
