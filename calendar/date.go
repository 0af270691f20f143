package calendar

import (
	"fmt"
	"time"
)

// Date is a day of the Gregorian calendar without a time of day and without a
// zone. Dates are comparable with == and usable as map keys; they order by
// [Date.Compare].
//
// The zero Date means "not set": [Date.IsZero] reports it, it formats as the
// empty text, and no other value of the type is invalid.
type Date struct {
	// n counts days with 0001-01-01 as 1, so that the zero value is no date.
	n int32
}

const (
	minYear = 1
	maxYear = 9999
	// epochDay is the count n of 1970-01-01.
	epochDay = 719163
)

// NewDate returns the date of a year (1 to 9999), month and day. Unlike
// [time.Date] it does not normalise: 30 February is an error, as is a year
// outside the range.
func NewDate(year int, month time.Month, day int) (Date, error) {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if _, m, d := t.Date(); m != month || d != day || year < minYear || year > maxYear {
		return Date{}, fmt.Errorf("calendar: no date %04d-%02d-%02d: want a real day of the years 0001 to 9999", year, int(month), day)
	}
	return dateOfUnixDay(t.Unix() / daySeconds), nil
}

// DateOf returns the date that the wall clock of t's own Location shows at t. For
// the date in a calendar's zone, pass t.In(c.Zone()). A year outside 1 to 9999
// gives the zero Date.
func DateOf(t time.Time) Date {
	_, offset := t.Zone()
	d := dateOfUnixDay(floorDiv(t.Unix()+int64(offset), daySeconds))
	if y := t.Year(); y < minYear || y > maxYear {
		return Date{}
	}
	return d
}

// ParseDate parses the form 2006-01-02. The error is a *[ParseError].
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || len(s) != len(time.DateOnly) || t.Year() < minYear {
		return Date{}, &ParseError{What: "date", Text: s, Want: "a real day written as 2006-01-02"}
	}
	return DateOf(t), nil
}

func dateOfUnixDay(day int64) Date { return Date{int32(day + epochDay)} }

// unixDay counts days from 1970-01-01.
func (d Date) unixDay() int { return int(d.n) - epochDay }

// midnight is the date's midnight in UTC, for the arithmetic of package time.
func (d Date) midnight() time.Time {
	return time.Unix(int64(d.unixDay())*daySeconds, 0).UTC()
}

// IsZero reports whether d is the zero Date, which means "not set".
func (d Date) IsZero() bool { return d.n == 0 }

// Year returns the year, 1 to 9999.
func (d Date) Year() int { return d.midnight().Year() }

// Month returns the month.
func (d Date) Month() time.Month { return d.midnight().Month() }

// Day returns the day of the month, 1 to 31.
func (d Date) Day() int { return d.midnight().Day() }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return time.Weekday(d.n % 7) } // 0001-01-01 is a Monday

// AddDays returns the date n calendar days later, or earlier if n is negative. For
// business days, use [Calendar.AddBusinessDays]. A result outside the years 1 to 9999,
// and any sum with the zero Date, is the zero Date.
func (d Date) AddDays(n int) Date {
	const last = 3652059 // 9999-12-31
	n += int(d.n)        // too large a sum wraps, and is negative
	if d.IsZero() || n < 1 || n > last {
		return Date{}
	}
	return Date{int32(n)}
}

// Sub returns the number of calendar days from e to d, negative if d is the
// earlier one.
func (d Date) Sub(e Date) int { return int(d.n) - int(e.n) }

// Compare returns -1, 0 or +1 as d is before, the same as or after e. The zero
// Date is before every other.
func (d Date) Compare(e Date) int {
	switch {
	case d.n < e.n:
		return -1
	case d.n > e.n:
		return +1
	}
	return 0
}

// String returns the form 2006-01-02, and "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.midnight().Format(time.DateOnly)
}

// MarshalText returns the form of [Date.String]. The error is always nil.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText parses the form of [ParseDate], or an empty text for the zero Date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	v, err := ParseDate(string(text))
	if err == nil {
		*d = v
	}
	return err
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
