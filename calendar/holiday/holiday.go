// Package holiday has holiday sets for [calendar.Holidays], by ISO 3166 code.
//
// [Lookup] returns a ready-made set, and [FromRules] makes one of any rules of
// the rickar/cal packages, which cover many more countries:
//
//	de, err := holiday.Lookup("DE-BE")
//	at := holiday.FromRules("AT", at.Holidays...)
//	c, err := calendar.New("Europe/Vienna", "Mo-Fr 09:00-17:00", calendar.Holidays(at))
//
// # Sets
//
// CN is mainland China: the days off and make-up workdays of the State
// Council's notices for 2004 to 2026, and for 2027 to 2099 the statutory days,
// which no notice covers yet. Those are marked [calendar.Holiday.Provisional]:
// the notice for a year, given in the last months of the one before, moves
// working days to weekends and adds days off around them. The set covers no other
// years. Sources stand beside the data in cn.txt.
//
// DE-BE is Berlin: the rules of rickar/cal's package de, with what they miss.
// It covers 1995, when the Day of Repentance and Prayer had ceased to be a public
// holiday, and later years; in those to come it is the law of today.
//
// [calendar.HolidaySet.Settled] tells whether a year is covered and final.
package holiday

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rickar/cal/v2"

	"github.com/duetime/duetime/calendar"
)

// ErrUnknownCode is under every error of [Lookup].
var ErrUnknownCode = errors.New("unknown holiday code")

// CodeError is the error of [Lookup]: the code and those that there are.
type CodeError struct {
	Code  string
	Known []string
}

// Error returns one line that quotes the code and lists what there is.
func (e *CodeError) Error() string {
	return fmt.Sprintf("holiday: unknown code %q: want one of %s", e.Code, strings.Join(e.Known, ", "))
}

// Unwrap returns [ErrUnknownCode].
func (e *CodeError) Unwrap() error { return ErrUnknownCode }

// Lookup returns the set of an ISO 3166 code of a country or a part of it:
// "CN" or "DE-BE". For any other the error is a *[CodeError].
func Lookup(code string) (calendar.HolidaySet, error) {
	switch code {
	case "CN":
		return china(), nil
	case "DE-BE":
		return berlin(), nil
	}
	return calendar.HolidaySet{}, &CodeError{code, []string{"CN", "DE-BE"}}
}

// FromRules returns the set of some rules of rickar/cal under a code of the
// caller's. It contains each day that a rule gives for a year or for the ones
// around it, the actual and the observed one, from 1900 to 2199. The rules are
// copied: changing them later does not change the set. A nil rule gives none.
//
// The days are those that rickar/cal computes, and so need its rules to be
// right; the package's tests compare the ready-made sets with official lists.
func FromRules(code string, rules ...*cal.Holiday) calendar.HolidaySet {
	var own []cal.Holiday
	for _, r := range rules {
		if r != nil {
			c := *r
			c.Except, c.Observed = slices.Clone(r.Except), slices.Clone(r.Observed)
			own = append(own, c)
		}
	}
	return calendar.NewHolidaySet(code, func(year int) []calendar.Holiday {
		var days []calendar.Holiday
		for i := range own {
			for y := year - 1; y <= year+1; y++ {
				actual, observed := own[i].Calc(y)
				for _, day := range []struct {
					t    time.Time
					name string
				}{{actual, own[i].Name}, {observed, own[i].Name + " (observed)"}} {
					if d := dateOf(day.t); !d.IsZero() && d.Year() == year {
						days = append(days, calendar.Holiday{Date: d, Name: day.name})
					}
				}
			}
		}
		return days
	})
}

// dateOf returns the date of a rule's result, which is a midnight in cal's
// DefaultLoc or, where the clock skips that midnight, up to an hour off it. The
// zero time, which says that there is no such day, gives the zero Date.
func dateOf(t time.Time) calendar.Date {
	if t.IsZero() {
		return calendar.Date{}
	}
	return calendar.DateOf(t.Add(12 * time.Hour))
}
