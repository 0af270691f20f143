package calendar

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"
)

// loadZone is load, which is [time.LoadLocation], for the names of the IANA
// database and UTC alone. Others that it may know differ between machines, or
// count leap seconds.
func loadZone(name string, load func(string) (*time.Location, error)) (*time.Location, error) {
	top, _, _ := strings.Cut(name, "/")
	if slices.Contains([]string{"", "Local", "localtime", "posixrules", "posix", "right"}, top) {
		return nil, fmt.Errorf("calendar: zone %q: want a name of the IANA time zone database, such as Europe/Berlin, or UTC", name)
	}
	if !isZoneName(name) {
		if usual := capitals(name); isZoneName(usual) {
			if _, err := load(usual); err == nil {
				return nil, fmt.Errorf("calendar: unknown zone %q: want %s", name, usual)
			}
		}
		return nil, unknownZone(name)
	}
	loc, err := load(name)
	if err == nil {
		return loc, nil
	}
	if _, none := load("Europe/London"); none != nil {
		return nil, fmt.Errorf("calendar: zone %q: want time zone data, which this machine lacks: import _ \"time/tzdata\" in package main", name)
	}
	return nil, unknownZone(name)
}

// capitals returns a name with the usual capitals: at the beginning of each word.
func capitals(name string) string {
	b := []byte(strings.ToLower(name))
	for i, c := range b {
		if isLetter(c) && (i == 0 || !isLetter(b[i-1])) {
			b[i] = c &^ 0x20
		}
	}
	return string(b)
}

func unknownZone(name string) error {
	return fmt.Errorf("calendar: unknown zone %q: want a name of the IANA time zone database, such as Europe/Berlin, or UTC", name)
}

// isZoneName reports whether a name has the form of those in the IANA database: parts of
// letters, digits, "_", "-" and "+", each beginning with a capital letter, as in
// America/Port-au-Prince and Etc/GMT+5. Zone data in files would also be found as
// Europe//Berlin, Europe/./Berlin and Europe/Berlin/, and data that is embedded would not.
//
// A file system that ignores case finds names in other letters too. The capitals at the
// beginning refuse the usual ones, such as europe/berlin. Capitals within a part are left
// to the file system.
func isZoneName(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if part == "" || part[0] < 'A' || part[0] > 'Z' {
			return false
		}
		for i := range len(part) {
			if c := part[i]; !isLetter(c) && !isDigit(c) && c != '_' && c != '-' && c != '+' {
				return false
			}
		}
	}
	return true
}

// offsetSpan is a stretch of physical time, [from, to) in Unix seconds, during
// which the wall clock of a zone is offset seconds ahead of UTC.
type offsetSpan struct{ from, to, offset int64 }

// offsetSpans returns the stretches of constant offset that make up [from, to). Each
// differs in offset from the one before.
//
// Time.ZoneBounds serves as a hint only. Past the last transition that the
// zone's data lists, it also gives the ends of years, where no offset changes,
// and on 31 December of a leap year an end that is not after its input.
func offsetSpans(loc *time.Location, from, to int64) []offsetSpan {
	var spans []offsetSpan
	for at := from; at < to; {
		t := time.Unix(at, 0).In(loc)
		_, offset := t.Zone()
		next := to
		if _, end := t.ZoneBounds(); !end.IsZero() {
			next = min(to, end.Unix())
		}
		if next <= at {
			next = min(to, (floorDiv(at, daySeconds)+1)*daySeconds)
		}
		if n := len(spans); n > 0 && spans[n-1].offset == int64(offset) {
			spans[n-1].to = next
		} else {
			spans = append(spans, offsetSpan{at, next, int64(offset)})
		}
		at = next
	}
	return spans
}

// A date and the hours that begin on it, up to its 48:00, lie within a day before its
// midnight in UTC to three days after it: no clock is a day from UTC.
const (
	nearBefore = 1 * daySeconds
	nearAfter  = 3 * daySeconds
)

// near returns the spans that a date, with all hours that begin on it, can touch.
func near(spans []offsetSpan, unixDay int) []offsetSpan {
	midnight := int64(unixDay) * daySeconds
	from := sort.Search(len(spans), func(i int) bool { return spans[i].to > midnight-nearBefore })
	to := sort.Search(len(spans), func(i int) bool { return spans[i].from >= midnight+nearAfter })
	return spans[from:to]
}

// holds reports whether the span is all that near returns for a date.
func (s offsetSpan) holds(unixDay int) bool {
	midnight := int64(unixDay) * daySeconds
	return s.from <= midnight-nearBefore && midnight+nearAfter <= s.to
}

// firstReaching returns the earliest instant, in Unix seconds, at which the
// wall clock shows wall or later, where wall counts seconds since 1970-01-01
// on that clock. It is the rule of R7 for naming an instant: a skipped wall
// time becomes the first instant after the gap (exact is false), a repeated
// one its first occurrence. The spans must begin before the clock shows wall.
func firstReaching(spans []offsetSpan, wall int64) (unix int64, exact bool) {
	var s offsetSpan
	for _, s = range spans {
		if wall-s.offset < s.to {
			break
		}
	}
	at := wall - s.offset
	return max(at, s.from), at >= s.from
}
