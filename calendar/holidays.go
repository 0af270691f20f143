package calendar

import (
	"slices"
	"sync"
)

// Holiday is a date that a [HolidaySet] knows something of: a day off, or a
// make-up workday.
type Holiday struct {
	Date Date
	// Name is what the day is called where it is kept.
	Name string
	// Workday marks a working day that makes up for a holiday elsewhere, such as
	// the 调休 weekends of mainland China. It opens (R11).
	Workday bool
	// Provisional marks a day that the law or the custom gives, but that the
	// authority which sets it each year has not announced yet.
	Provisional bool
}

// HolidaySet is a named set of holidays and make-up workdays. Sets are
// immutable and safe for concurrent use. The zero HolidaySet is empty.
type HolidaySet struct{ set *holidaySet }

type holidaySet struct {
	code        string
	first, last int // the years that it covers
	year        func(year int) []Holiday
	gaps        bool         // it lacks days, in every year
	of          []HolidaySet // those it is made of, by With or Without
	finite      bool         // HolidayList made it,
	fixed       []int        // with days in these years, in order
	years       sync.Map     // int -> *knownYear, what year gave
}

type knownYear struct {
	days        []Holiday // in order, one for a date
	provisional bool      // one of them is, or a set that this one is made of is provisional
}

// HolidayFunc returns the set that code names and that year computes: all
// days of a year from 1900 to 2199, in any order. The function must always
// give the same days for the same year, and be safe for concurrent use; it is
// called when a year is first needed, and must not use a calendar that has the
// set. Days that it gives for another year are dropped. Of two entries for one
// date the make-up workday counts (R11), else the first.
//
// A list of dates is more simply made into a set by [HolidayList]. Ready-made
// sets are in package holiday.
func HolidayFunc(code string, year func(year int) []Holiday) HolidaySet {
	return HolidaySet{&holidaySet{code: code, first: firstYear, last: lastYear, year: year}}
}

// WithYears returns the set with a statement of the years it covers, first to
// last. In other years it has no days and is [HolidaySet.Provisional].
func (s HolidaySet) WithYears(first, last int) HolidaySet {
	if s.set == nil {
		s = HolidayFunc("", nil)
	}
	c := s.set.copy()
	c.first, c.last = max(first, firstYear), min(last, lastYear)
	return HolidaySet{c}
}

// WithGaps returns the set with a statement that it lacks days in every year, such
// as those that the moon sets, or a decree. Every year is [HolidaySet.Provisional].
func (s HolidaySet) WithGaps() HolidaySet {
	if s.set == nil {
		s = HolidayFunc("", nil)
	}
	c := s.set.copy()
	c.gaps = true
	return HolidaySet{c}
}

// HasGaps reports whether the set, or one that it is made of, lacks days in every year.
func (s HolidaySet) HasGaps() bool { return s.set != nil && s.set.gaps }

func (s *holidaySet) copy() *holidaySet {
	return &holidaySet{
		code: s.code, first: s.first, last: s.last, year: s.year,
		gaps: s.gaps, of: s.of, finite: s.finite, fixed: s.fixed,
	}
}

// Years returns the first and the last year that the set covers: 1900 and 2199
// unless [HolidaySet.WithYears] has said otherwise.
func (s HolidaySet) Years() (first, last int) {
	if s.set == nil {
		return firstYear, lastYear
	}
	return s.set.first, s.set.last
}

// Provisional reports whether the days of a year can still change: the set does not
// cover the year, it has gaps, or one of the days is provisional. A set made of others
// is provisional where one of them is.
func (s HolidaySet) Provisional(year int) bool {
	if s.set == nil {
		return false // no set, no days
	}
	return year < s.set.first || year > s.set.last || s.set.gaps || s.known(year).provisional
}

// Code returns the name the set was made with, such as "DE-BE".
func (s HolidaySet) Code() string {
	if s.set == nil {
		return ""
	}
	return s.set.code
}

// Year returns the days of a year in their order: none for a year that the set
// knows nothing of, and none outside 1900 to 2199. The slice is the caller's.
func (s HolidaySet) Year(year int) []Holiday { return slices.Clone(s.days(year)) }

// On returns what the set knows of a date, and whether it knows anything.
func (s HolidaySet) On(d Date) (Holiday, bool) {
	days := s.days(d.Year())
	i, ok := slices.BinarySearchFunc(days, d, func(h Holiday, d Date) int { return h.Date.Compare(d) })
	if !ok {
		return Holiday{}, false
	}
	return days[i], true
}

func (s HolidaySet) days(year int) []Holiday { return s.known(year).days }

// known returns what the set knows of a year, which it computes once.
func (s HolidaySet) known(year int) *knownYear {
	if s.set == nil || s.set.year == nil || year < s.set.first || year > s.set.last {
		return new(knownYear)
	}
	if y, ok := s.set.years.Load(year); ok {
		return y.(*knownYear)
	}
	days := slices.Clone(s.set.year(year))
	days = slices.DeleteFunc(days, func(h Holiday) bool { return h.Date.IsZero() || h.Date.Year() != year })
	slices.SortStableFunc(days, func(a, b Holiday) int {
		if c := a.Date.Compare(b.Date); c != 0 || a.Workday == b.Workday {
			return c
		}
		if a.Workday {
			return -1
		}
		return +1
	})
	days = slices.CompactFunc(days, func(a, b Holiday) bool { return a.Date == b.Date })
	y := &knownYear{days, slices.ContainsFunc(days, func(h Holiday) bool { return h.Provisional }) ||
		slices.ContainsFunc(s.set.of, func(part HolidaySet) bool { return part.Provisional(year) })}
	s.set.years.Store(year, y)
	return y
}

// holidayOn returns what the sets together say of a date: a make-up workday of
// any of them, else the holiday of the first that has one.
func holidayOn(sets []HolidaySet, d Date) (Holiday, dayKind) {
	var found Holiday
	kind := ordinaryDay
	for _, s := range sets {
		switch h, ok := s.On(d); {
		case ok && h.Workday:
			return h, makeUpDay
		case ok && kind == ordinaryDay:
			found, kind = h, holidayDay
		}
	}
	return found, kind
}
