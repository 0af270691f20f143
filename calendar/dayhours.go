package calendar

import "strings"

// DayHours are the hours of one date, for [Holiday.Hours]. They are times such as
// "09:00-12:00", or a closed part of the day such as "18:00-24:00 off". [ParseDayHours] reads
// them. They are comparable. The zero DayHours means no hours.
type DayHours struct {
	text string // canonical
}

// ParseDayHours returns the hours of a text: times as in the notation of the package comment,
// up to 48:00, and "off" after them if they are the part that is closed. Like all hours, a
// part belongs to the date (R6): 18:00-48:00 also closes the rest of a night shift. The error
// is a *[ParseError].
func ParseDayHours(text string) (DayHours, error) {
	p := &hoursParser{text: text}
	times, err := p.times()
	if err != nil {
		return DayHours{}, err
	}
	d := timesText(times)
	if p.oneOf("off", "closed") >= 0 {
		d += closedPart
	}
	if p.next() != 0 {
		return DayHours{}, p.want(`the end after the times, or "off"`)
	}
	return DayHours{d}, nil
}

const closedPart = " off"

// String returns the canonical text, which [ParseDayHours] reads, and "" for the zero DayHours.
func (d DayHours) String() string { return d.text }

// IsZero reports whether d is the zero DayHours.
func (d DayHours) IsZero() bool { return d == DayHours{} }

// IsPart reports whether d is the part of a day that is closed.
func (d DayHours) IsPart() bool { return strings.HasSuffix(d.text, closedPart) }

// MarshalText returns the form of [DayHours.String]. The error is always nil.
func (d DayHours) MarshalText() ([]byte, error) { return []byte(d.text), nil }

// UnmarshalText reads what [ParseDayHours] reads, and "" as the zero DayHours.
func (d *DayHours) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = DayHours{}
		return nil
	}
	v, err := ParseDayHours(string(text))
	if err == nil {
		*d = v
	}
	return err
}

// times returns the open times, or the times of the closed part.
func (d DayHours) times() []span {
	if d.IsZero() {
		return nil
	}
	p := &hoursParser{text: d.text}
	times, _ := p.times() // which ParseDayHours has read
	return times
}

// and returns a closed part that has both.
func (d DayHours) and(e DayHours) DayHours {
	return DayHours{timesText(joinSpans(append(d.times(), e.times()...))) + closedPart}
}
