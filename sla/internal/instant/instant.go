// Package instant has the instants and durations of JSON documents, and the range of those
// that calendars know.
package instant

import (
	"bytes"
	"fmt"
	"time"

	"github.com/duetime/duetime/sla/internal/text"
)

// Stamp is an instant as RFC 3339 has it. What is read back is in the offset that was
// written, and not in the zone of the machine where that has the same offset.
type Stamp struct{ time.Time }

// MarshalJSON returns an instant in UTC if the offset of its zone has seconds, which
// RFC 3339 cannot say.
func (s Stamp) MarshalJSON() ([]byte, error) {
	if _, offset := s.Zone(); offset%60 != 0 || offset <= -daySeconds || offset >= daySeconds {
		s.Time = s.UTC()
	}
	return s.Time.MarshalJSON()
}

const daySeconds = 24 * 60 * 60

const instantWanted = `an instant such as "2024-03-08T16:00:00+01:00"`

// UnmarshalText reads what MarshalJSON writes, without the quotes.
func (s *Stamp) UnmarshalText(b []byte) error {
	t, err := time.Parse(time.RFC3339, string(b))
	_, offset := t.Zone()
	// Package time takes more than RFC 3339 has: an hour of one digit, a comma, an
	// offset of a day, or of sixty minutes.
	const hour = len("2024-03-08T16")
	if err != nil || len(b) <= hour || b[hour] != ':' || bytes.ContainsRune(b, ',') || offset <= -daySeconds || offset >= daySeconds || !bytes.HasSuffix(b, []byte("Z")) && b[len(b)-len("00")] >= '6' {
		return fmt.Errorf("%s: want %s", text.Quote(string(b)), instantWanted)
	}
	if s.Time = t.In(time.FixedZone("", offset)); offset == 0 {
		s.Time = t.UTC()
	}
	return nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (s *Stamp) UnmarshalJSON(data []byte) error {
	if len(data) < 2 || data[0] != '"' {
		return fmt.Errorf("%s: want %s", text.Shorten(string(data)), instantWanted)
	}
	return s.UnmarshalText(data[1 : len(data)-1]) // an instant needs no escapes
}

// DayStamp is an instant, or a date if it is midnight UTC.
type DayStamp struct{ time.Time }

// MarshalJSON returns a date or an instant.
func (d DayStamp) MarshalJSON() ([]byte, error) {
	if d.Equal(d.UTC().Truncate(24 * time.Hour)) {
		return []byte(d.UTC().Format(`"2006-01-02"`)), nil
	}
	return Stamp(d).MarshalJSON()
}

// FirstYear and LastYear limit the range of calendars (R9).
const FirstYear, LastYear = 1900, 2199

// InRange reports whether a time is in the range of calendars (R9).
func InRange(t time.Time) bool {
	year := t.UTC().Year()
	return FirstYear <= year && year <= LastYear
}

// Later returns the later of two instants.
func Later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// Duration is a duration as text, such as "8h0m0s".
type Duration time.Duration

// MarshalText returns the text of the duration.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }
