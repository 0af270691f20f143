package calendar

import (
	"maps"
	"slices"
	"sync"
)

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

// HolidayList returns the set of a caller's own dates: company days, a bridge
// day, an inventory. It covers all years, and has nothing but those dates. The
// days may be in any order. As in [HolidayFunc], the make-up workday counts of
// two entries for one date, else the first; days without a date or outside the
// years 1900 to 2199 are dropped.
func HolidayList(code string, days ...Holiday) HolidaySet {
	years := map[int][]Holiday{}
	for _, h := range days {
		years[h.Date.Year()] = append(years[h.Date.Year()], h)
	}
	s := HolidayFunc(code, func(year int) []Holiday { return years[year] })
	s.set.finite, s.set.fixed = true, slices.Sorted(maps.Keys(years))
	return s
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

// Listed returns the days of a set that [HolidayList] made, in order and one for a
// date: those of the years that the set covers. The zero set has none. For any other
// set, which computes its days year by year, ok is false.
func (s HolidaySet) Listed() (days []Holiday, ok bool) {
	if s.set == nil {
		return nil, true
	}
	for _, year := range s.set.fixed {
		days = append(days, s.days(year)...)
	}
	return days, s.set.finite
}

// With returns the set of what s or any of the others says: all their holidays
// and make-up workdays. On a date of which several say something, a make-up
// workday beats a holiday (R11), else the first set's word counts, with its name.
//
// It covers the years that all of them cover, and has no days in others; there may
// be none, and then the first year of [HolidaySet.Years] is after the last. A
// year is provisional if it is so in any of them.
func (s HolidaySet) With(code string, others ...HolidaySet) HolidaySet {
	all := append([]HolidaySet{s}, others...)
	return combine(code, all, func(year int) (days []Holiday) {
		for _, set := range all {
			days = append(days, set.days(year)...)
		}
		return days
	})
}

// Without returns the set of the days of s, holidays and make-up workdays, on
// dates of which none of the others says anything: Berlin's holidays that are not
// all Germany's. What the others say of a date makes no difference.
//
// It covers the years that all of them cover, as [HolidaySet.With] does. A year is
// provisional if it is so in any of them: a day that one of the others is yet to
// announce would be taken away.
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

// combine returns a set made of others. Whether a year is provisional does not follow
// from the days that are left, so it keeps them.
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
