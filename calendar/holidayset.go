package calendar

import (
	"maps"
	"slices"
	"sync"
)

// HolidaySet is a named set of holidays and make-up workdays, for the option
// [Holidays]. Package holiday has sets by country; [HolidayList] makes one of dates,
// and [HolidayFunc] one that is computed year by year. Sets are immutable and safe for
// concurrent use. The zero HolidaySet is empty.
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

// HolidayFunc returns a set whose days a function computes. For a list of dates, use
// [HolidayList].
//
// The function returns all days of a year from 1900 to 2199, in any order. It is
// called when a year is first needed. It must always return the same days for a year,
// be safe for concurrent use, and not use a calendar that has the set. Days of another
// year are dropped. If several entries have one date, a make-up workday counts, else a day
// that is closed, else one with hours, else all parts that are closed (R11). Of two alike
// the first counts.
func HolidayFunc(code string, year func(year int) []Holiday) HolidaySet {
	return HolidaySet{&holidaySet{code: code, first: firstYear, last: lastYear, year: year}}
}

// HolidayList returns the set of a caller's own dates: company days, a bridge
// day, an inventory. Pass them to [OwnDays], or to [Holidays] if they are public holidays.
// The days may be in any order. The set covers all years. Use
// [HolidaySet.WithYears] for a list that is complete in some years only.
//
// If several entries have one date, the one counts that [HolidayFunc] names. Days without
// a date or outside the years 1900 to 2199 are dropped.
func HolidayList(code string, days ...Holiday) HolidaySet {
	years := map[int][]Holiday{}
	for _, h := range days {
		years[h.Date.Year()] = append(years[h.Date.Year()], h)
	}
	s := HolidayFunc(code, func(year int) []Holiday { return years[year] })
	s.set.finite, s.set.fixed = true, slices.Sorted(maps.Keys(years))
	return s
}

// WithYears returns the set limited to the years first to last, those for which its
// days are known. In other years it has no days and is [HolidaySet.Provisional].
func (s HolidaySet) WithYears(first, last int) HolidaySet {
	if s.set == nil {
		s = HolidayFunc("", nil)
	}
	c := s.set.copy()
	c.first, c.last = max(first, firstYear), min(last, lastYear)
	return HolidaySet{c}
}

// WithGaps returns the set marked as lacking days in every year, such as days that the
// moon or a decree sets. Every year of it is [HolidaySet.Provisional].
func (s HolidaySet) WithGaps() HolidaySet {
	if s.set == nil {
		s = HolidayFunc("", nil)
	}
	c := s.set.copy()
	c.gaps = true
	return HolidaySet{c}
}

// HasGaps reports whether the set, or one that it is made of, was made by
// [HolidaySet.WithGaps].
func (s HolidaySet) HasGaps() bool { return s.set != nil && s.set.gaps }

func (s *holidaySet) copy() *holidaySet {
	return &holidaySet{
		code: s.code, first: s.first, last: s.last, year: s.year,
		gaps: s.gaps, of: s.of, finite: s.finite, fixed: s.fixed,
	}
}

// Years returns the first and the last year that the set covers: 1900 and 2199
// unless [HolidaySet.WithYears] limits them.
func (s HolidaySet) Years() (first, last int) {
	if s.set == nil {
		return firstYear, lastYear
	}
	return s.set.first, s.set.last
}

// Provisional reports whether the days of a year can still change: the set does not
// cover the year, it has gaps, or one of the days is provisional. A set made by
// [HolidaySet.With] or [HolidaySet.Without] is provisional in a year if one of its
// sets is.
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

// Year returns the days of a year, in order. It is empty for a year that the set does
// not cover. The slice is the caller's.
func (s HolidaySet) Year(year int) []Holiday { return slices.Clone(s.days(year)) }

// On returns the set's entry for a date, and whether it has one.
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
	slices.SortStableFunc(days, func(a, b Holiday) int { return a.Date.Compare(b.Date) })
	one := days[:0] // for a date
	for _, h := range days {
		if n := len(one); n > 0 && one[n-1].Date == h.Date {
			one[n-1] = one[n-1].and(h)
		} else {
			one = append(one, h)
		}
	}
	days = one
	y := &knownYear{days, slices.ContainsFunc(days, func(h Holiday) bool { return h.Provisional }) ||
		slices.ContainsFunc(s.set.of, func(part HolidaySet) bool { return part.Provisional(year) })}
	s.set.years.Store(year, y)
	return y
}

// Listed returns all days of a set that [HolidayList] made, in the years that it
// covers: in order, and one for a date. For a set that computes its days year by year,
// ok is false.
func (s HolidaySet) Listed() (days []Holiday, ok bool) {
	if s.set == nil {
		return nil, true
	}
	for _, year := range s.set.fixed {
		days = append(days, s.days(year)...)
	}
	return days, s.set.finite
}

// With returns the set of all holidays and make-up workdays of s and the others. If
// several have an entry for a date, the one counts that [HolidayFunc] names, with its name.
//
// The result covers the years that all of them cover. If they have no year in common,
// the first year of [HolidaySet.Years] is after the last.
func (s HolidaySet) With(code string, others ...HolidaySet) HolidaySet {
	all := append([]HolidaySet{s}, others...)
	return combine(code, all, func(year int) (days []Holiday) {
		for _, set := range all {
			days = append(days, set.days(year)...)
		}
		return days
	})
}

// Without returns the set of the days of s on dates for which no other has an entry:
// Berlin's holidays that are not all Germany's. An entry for a holiday and one for a
// make-up workday count alike.
//
// The result covers the years that all of them cover, as for [HolidaySet.With]. A year
// is provisional if it is provisional in any of them, as a day that another set has yet
// to announce would be taken away.
func (s HolidaySet) Without(code string, others ...HolidaySet) HolidaySet {
	others = slices.Clone(others)
	return combine(code, append([]HolidaySet{s}, others...), func(year int) []Holiday {
		return slices.DeleteFunc(s.Year(year), func(h Holiday) bool {
			return slices.ContainsFunc(others, func(o HolidaySet) bool {
				_, ok := o.On(h.Date)
				return ok
			})
		})
	})
}

// combine returns a set made of others. It keeps them, because the days that are left do
// not tell whether a year is provisional.
func combine(code string, of []HolidaySet, year func(year int) []Holiday) HolidaySet {
	c := HolidayFunc(code, year)
	for _, s := range of {
		first, last := s.Years()
		c = c.WithYears(max(first, c.set.first), min(last, c.set.last))
		c.set.gaps = c.set.gaps || s.HasGaps()
	}
	c.set.of = of
	return c
}
