package calendar

import (
	"iter"
	"slices"
)

// Holiday is an entry of a [HolidaySet]. It is a day off, a day with other hours, or a
// make-up workday.
type Holiday struct {
	Date Date
	// Name is what the day is called where it is kept.
	Name string
	// Hours replace the hours of the date, or close a part of them. Without Hours, a day
	// off is closed all day, and a make-up workday has the hours of a Monday (R11).
	Hours DayHours
	// Workday marks a working day that makes up for a holiday elsewhere, such as
	// the 调休 weekends of mainland China. It opens (R11).
	Workday bool
	// Provisional marks a day by law or custom that an authority announces each
	// year, and has not announced yet.
	Provisional bool
}

// dayKind is what the holiday sets say of a date, as far as rules ask.
type dayKind uint8

const (
	ordinaryDay dayKind = iota
	holidayDay
	makeUpDay
)

// beats reports whether an entry counts rather than another for the same date: a make-up
// workday, else a whole holiday, else hours, else a closed part.
func (h Holiday) beats(other Holiday) bool { return h.rank() > other.rank() }

func (h Holiday) rank() int {
	switch {
	case h.Workday:
		return 3
	case h.Hours.IsZero():
		return 2
	case !h.Hours.IsPart():
		return 1
	}
	return 0
}

// and joins two entries for one date. The one that beats the other counts. Two closed parts
// make one entry with both. Otherwise the first counts.
func (h Holiday) and(other Holiday) Holiday {
	switch {
	case other.beats(h):
		return other
	case h.rank() == 0 && other.rank() == 0:
		h.Hours = h.Hours.and(other.Hours)
	}
	return h
}

// entry returns what the calendar's sets say of a date: its own days, else its holidays.
func (c *Calendar) entry(d Date) (h Holiday) {
	for _, sets := range [][]HolidaySet{c.own, c.sets} {
		for _, s := range sets {
			switch day, ok := s.On(d); {
			case !ok:
			case h.Date.IsZero():
				h = day
			default:
				h = h.and(day)
			}
		}
		if !h.Date.IsZero() {
			return h
		}
	}
	return h
}

// verdict is what the sets of a calendar say of a date.
type verdict struct {
	kind dayKind
	// hours replace all others if fixed is set.
	hours []span
	fixed bool
	// off is the part of a holiday that is closed. PH rules apply in it.
	off []span
	// closed is the part that a day of the calendar's own closes.
	closed []span
}

// verdicts returns what the sets say of n dates from day on, or nil if there are no sets.
func (c *Calendar) verdicts(day, n int) []verdict {
	if len(c.sets)+len(c.own) == 0 {
		return nil
	}
	verdicts := make([]verdict, n)
	for i, h := range entries(c.sets, day, n) {
		verdicts[i].add(h)
	}
	for i, h := range entries(c.own, day, n) {
		verdicts[i].addOwn(h)
	}
	return verdicts
}

// entries returns the entries of sets for n dates from day on, by their distance from it.
func entries(sets []HolidaySet, day, n int) iter.Seq2[int, Holiday] {
	return func(yield func(int, Holiday) bool) {
		if len(sets) == 0 {
			return
		}
		found := make([]Holiday, n)
		for _, set := range sets {
			for year := dateOfUnixDay(int64(day)).Year(); year <= dateOfUnixDay(int64(day+n)).Year(); year++ {
				for _, h := range set.days(year) {
					i := h.Date.unixDay() - day
					switch {
					case uint(i) >= uint(n): // of other dates, before or after
					case found[i].Date.IsZero():
						found[i] = h
					default:
						found[i] = found[i].and(h)
					}
				}
			}
		}
		for i, h := range found {
			if !h.Date.IsZero() && !yield(i, h) {
				return
			}
		}
	}
}

// add adds the entry of a public holiday.
func (v *verdict) add(h Holiday) {
	switch {
	case h.Workday:
		v.kind = makeUpDay
	case h.Hours.IsZero():
		v.kind = holidayDay
	}
	switch times := h.Hours.times(); {
	case times == nil:
	case !h.Hours.IsPart():
		v.hours, v.fixed = times, true
	case h.Workday:
		v.closed = times
	default:
		v.off = times
	}
}

// addOwn adds the entry of a day of the calendar's own, which beats rules and holidays.
func (v *verdict) addOwn(h Holiday) {
	switch {
	case h.Workday:
		*v = verdict{}
		v.add(h)
	case h.Hours.IsPart(): // beside that of a make-up workday
		v.closed = joinSpans(slices.Concat(v.closed, h.Hours.times()))
	default:
		*v = verdict{kind: v.kind, hours: h.Hours.times(), fixed: true}
	}
}

// isPlain reports whether the kind is all there is.
func (v *verdict) isPlain() bool { return !v.fixed && v.off == nil && v.closed == nil }

// times returns the hours of the date. The caller must not change them.
func (v *verdict) times(h *hours, f *dateFacts) []span {
	times := v.hours
	if !v.fixed {
		f.kind = v.kind
		times = h.times(h.decide(f))
	}
	if v.off != nil && v.kind == ordinaryDay && !v.fixed {
		f.kind = holidayDay
		rest, holiday := subtractSpans(times, v.off), h.times(h.decide(f))
		times = joinSpans(append(rest, subtractSpans(holiday, subtractSpans(holiday, v.off))...))
	}
	if v.closed == nil {
		return times
	}
	return subtractSpans(times, v.closed)
}
