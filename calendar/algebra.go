package calendar

import (
	"maps"
	"slices"
)

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
