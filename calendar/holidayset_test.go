package calendar_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
)

func TestHolidayList(t *testing.T) {
	given := []calendar.Holiday{
		{Date: date("2027-01-04"), Name: "bridge"},
		{Date: date("2026-12-24"), Name: "closed"},
		{},
		{Date: date("2026-12-24"), Name: "again"},
		{Date: date("1899-12-31"), Name: "too early"},
		{Date: date("2200-01-01"), Name: "too late"},
		{Date: date("2199-12-31"), Name: "last"},
		{Date: date("1900-01-01"), Name: "first"},
		{Date: date("2026-12-19"), Name: "off"},
		{Date: date("2026-12-19"), Name: "work", Workday: true},
	}
	want := []calendar.Holiday{
		{Date: date("1900-01-01"), Name: "first"},
		{Date: date("2026-12-19"), Name: "work", Workday: true},
		{Date: date("2026-12-24"), Name: "closed"},
		{Date: date("2027-01-04"), Name: "bridge"},
		{Date: date("2199-12-31"), Name: "last"},
	}
	s := calendar.HolidayList("own", given...)
	clear(given)
	assert.Equal(t, "own", s.Code())
	for range 2 {
		days, ok := s.Listed()
		assert.True(t, ok)
		assert.Equal(t, want, days, "in order, one a date, with a real date in range")
		clear(days) // the caller's
	}
	assert.Equal(t, want[1:3], s.Year(2026))
	assert.True(t, !s.Provisional(1900) && !s.Provisional(2199), "it covers all years")

	again, _ := s.Listed()
	assert.Equal(t, s.Year(2026), calendar.HolidayList("own", again...).Year(2026), "the list makes the same set again")
	days, ok := s.WithYears(2027, 2030).Listed()
	assert.True(t, ok)
	assert.Equal(t, want[3:4], days, "what is covered")

	days, ok = calendar.HolidayList("none").Listed()
	assert.True(t, ok && days == nil)
	days, ok = calendar.HolidaySet{}.Listed()
	assert.True(t, ok && days == nil)
	for _, other := range []calendar.HolidaySet{calendar.HolidayFunc("year by year", nil), s.With("u"), s.Without("d"), s.With("u").WithYears(2026, 2027)} {
		days, ok = other.Listed()
		assert.True(t, !ok && days == nil, other.Code())
	}
	provisional := calendar.HolidayList("own", calendar.Holiday{Date: date("2026-05-01"), Provisional: true})
	assert.True(t, provisional.Provisional(2026) && !provisional.Provisional(2027))
}

// algebra draws sets of few dates in few years, so that they often meet.
func algebra(r *rand.Rand, code string) calendar.HolidaySet {
	var days []calendar.Holiday
	for range r.IntN(12) {
		d := date(fmt.Sprintf("%d-05-%02d", 2020+r.IntN(4), 1+r.IntN(5)))
		days = append(days, calendar.Holiday{Date: d, Name: code, Workday: r.IntN(4) == 0, Provisional: r.IntN(8) == 0})
	}
	s := calendar.HolidayList(code, days...)
	if r.IntN(3) == 0 {
		s = s.WithYears(2020+r.IntN(2), 2022+r.IntN(2))
	}
	if r.IntN(8) == 0 {
		s = calendar.HolidaySet{}
	}
	return s
}

// said is what a set says of the dates that algebra draws from, but for names:
// 0 nothing, 1 holiday, 2 make-up workday. It is the oracle's form of a set, as
// are the years that it covers and those that are provisional.
func said(s calendar.HolidaySet) (kinds []int, covered, provisional []bool) {
	first, last := s.Years()
	for year := 2019; year <= 2025; year++ {
		covered = append(covered, first <= year && year <= last)
		provisional = append(provisional, s.Provisional(year))
		for d := date(fmt.Sprintf("%d-05-01", year)); d.Day() <= 6; d = d.AddDays(1) {
			h, ok := s.On(d)
			switch {
			case !ok:
				kinds = append(kinds, 0)
			case !h.Workday:
				kinds = append(kinds, 1)
			default:
				kinds = append(kinds, 2)
			}
		}
	}
	return kinds, covered, provisional
}

// TestSetOperations compares With and Without with what each set says of each date.
func TestSetOperations(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(35, 7))
	met := map[string]int{}
	for round := range 2000 {
		a, b, c := algebra(r, "a"), algebra(r, "b"), algebra(r, "c")
		union, difference := a.With("u", b, c), a.Without("d", b, c)
		assert.Equal(t, "u d", union.Code()+" "+difference.Code())
		uk, uc, us := said(union)
		dk, dc, ds := said(difference)
		ak, ac, as := said(a)
		bk, bc, bs := said(b)
		ck, cc, cs := said(c)
		for i := range ac {
			all := ac[i] && bc[i] && cc[i]
			provisional := as[i] || bs[i] || cs[i]
			assert.Equal(t, []bool{all, all, provisional, provisional}, []bool{uc[i], dc[i], us[i], ds[i]}, "round %d, year %d", round, 2019+i)
		}
		for i := range ak {
			wantU, wantD := 0, 0
			if year := i / 6; ac[year] && bc[year] && cc[year] {
				wantU = max(ak[i], bk[i], ck[i])
				if bk[i] == 0 && ck[i] == 0 {
					wantD = ak[i]
				}
			}
			assert.Equal(t, []int{wantU, wantD}, []int{uk[i], dk[i]}, "round %d, date %d", round, i)
			met[fmt.Sprintf("union %d", wantU)]++
			met[fmt.Sprintf("difference %d", wantD)]++
		}
		if t.Failed() {
			t.FailNow()
		}
	}
	for _, kind := range []string{"union 0", "union 1", "union 2", "difference 0", "difference 1", "difference 2"} {
		assert.Greater(t, met[kind], 500, "the test draws too few of %s", kind)
	}
}

// TestSetOperationLaws holds the laws of sets, up to names.
func TestSetOperationLaws(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(35, 8))
	same := func(law string, a, b calendar.HolidaySet) {
		t.Helper()
		ak, ac, as := said(a)
		bk, bc, bs := said(b)
		assert.Equal(t, ak, bk, law)
		assert.Equal(t, ac, bc, law)
		assert.Equal(t, as, bs, law)
	}
	for range 500 {
		a, b, c := algebra(r, "a"), algebra(r, "b"), algebra(r, "c")
		none := calendar.HolidayList("none")
		same("union commutes", a.With("", b), b.With("", a))
		same("union associates", a.With("", b).With("", c), a.With("", b.With("", c)))
		same("union with itself", a.With("", a), a)
		same("union with none", a.With("", none, calendar.HolidaySet{}), a)
		same("difference from none", a.Without("", none, calendar.HolidaySet{}), a)
		same("one after the other", a.Without("", b).Without("", c), a.Without("", b, c))
		same("all at once", a.Without("", b, c), a.Without("", b.With("", c)))
		rest, _, _ := said(a.Without("", b).With("", b))
		whole, _, _ := said(a.With("", b))
		for i := range whole {
			assert.Equal(t, whole[i] == 0, rest[i] == 0, "taken apart and joined, they have the same dates")
		}
		for year := 2019; year <= 2025; year++ {
			assert.Empty(t, a.Without("", a).Year(year), "without itself")
			assert.Empty(t, none.Without("", a).Year(year), "none without some")
			for _, h := range a.Without("", b).Year(year) {
				_, inB := b.On(h.Date)
				was, inA := a.On(h.Date)
				assert.True(t, inA && !inB && was == h, "%v is a's as it was, and not b's", h.Date)
			}
			for _, h := range a.With("", b).Year(year) {
				if of, ok := a.On(h.Date); ok && (of.Workday || !h.Workday) {
					assert.Equal(t, of, h, "the first name")
				}
			}
		}
		if t.Failed() {
			t.FailNow()
		}
	}
}

// The sets given are copied, and a calendar with the union is one with all.
func TestSetOperationsInCalendars(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(35, 9))
	for range 50 {
		sets := []calendar.HolidaySet{algebra(r, "a"), algebra(r, "b")}
		want, _, _ := said(sets[0].Without("d", sets[1]))
		whole, rest := sets[0].With("u", sets[1:]...), sets[0].Without("d", sets[1:]...)
		one := calendar.Must(calendar.New("UTC", "Mo-Fr 09:00-17:00", calendar.Holidays(whole)))
		two := calendar.Must(calendar.New("UTC", "Mo-Fr 09:00-17:00", calendar.Holidays(slices.Clone(sets)...)))
		sets[1] = calendar.HolidayList("changed", calendar.Holiday{Date: date("2021-05-06")})
		got, _, _ := said(rest)
		assert.Equal(t, want, got)
		first, last := whole.Years()
		for d := date("2020-05-01"); d.Compare(date("2023-05-07")) < 0; d = d.AddDays(1) {
			if first <= d.Year() && d.Year() <= last {
				assert.Equal(t, two.Day(d), one.Day(d))
			}
		}
		from, to := time.Date(2020, 5, 1, 0, 0, 0, 0, time.UTC), time.Date(2023, 5, 1, 0, 0, 0, 0, time.UTC)
		assert.Equal(t, two.Provisional(from, to), one.Provisional(from, to))
	}
}

// An empty set can cover some years only, too.
func TestYearsOfNothing(t *testing.T) {
	s := calendar.HolidaySet{}.WithYears(2000, 2010)
	first, last := s.Years()
	assert.Equal(t, []int{2000, 2010}, []int{first, last})
	assert.True(t, !s.Provisional(2005) && s.Provisional(1990) && s.Provisional(2011))
	assert.False(t, calendar.HolidaySet{}.Provisional(1990))
}

// A set that lacks days says so of each year, and so does what is made of it.
func TestPartial(t *testing.T) {
	whole := calendar.HolidayList("whole", calendar.Holiday{Date: date("2026-05-01")})
	partial := whole.WithGaps()
	for _, s := range []calendar.HolidaySet{partial, partial.WithYears(2000, 2030), whole.With("", partial), partial.Without("", whole), calendar.HolidaySet{}.WithGaps()} {
		assert.True(t, s.HasGaps())
		for _, year := range []int{1999, 2026, 2027} {
			assert.True(t, s.Provisional(year))
		}
	}
	assert.False(t, whole.Provisional(2026))
	assert.False(t, whole.HasGaps() || calendar.HolidaySet{}.HasGaps() || whole.WithYears(1, 2).HasGaps())
	assert.Equal(t, whole.Year(2026), partial.Year(2026))
	_, ok := partial.Listed()
	assert.True(t, ok)
}

// A set of sets that share parts is asked once for each of them, not once for each way
// to it: 40 unions of a set with itself have 2^40 ways.
func TestSetsOfSharedParts(t *testing.T) {
	calls := 0
	one := calendar.HolidayFunc("one", func(int) []calendar.Holiday {
		calls++
		return []calendar.Holiday{{Date: date("2024-05-01")}}
	})
	for name, row := range map[string]struct {
		of      calendar.HolidaySet
		settled bool
	}{
		"settled": {one, true},
		"partial": {one.WithGaps(), false},
		"covered": {one.WithYears(2025, 2026), false},
	} {
		set := row.of
		for range 40 {
			set = set.With("more", set)
		}
		assert.Equal(t, row.settled, !set.Provisional(2024), name)
		assert.Equal(t, name == "partial", set.HasGaps(), name)
	}
	assert.Equal(t, 1, calls)
}

// A make-up workday that is closed in part, and a day of the calendar's own that closes another
// part: both are closed.
func TestPartsOfOneDate(t *testing.T) {
	part := func(text string) calendar.DayHours {
		h, err := calendar.ParseDayHours(text)
		require.NoError(t, err)
		return h
	}
	saturday := date("2024-04-06")
	c := calendar.Must(calendar.New("UTC", "Mo-Fr 09:00-17:00",
		calendar.Holidays(calendar.HolidayList("public", calendar.Holiday{Date: saturday, Workday: true, Hours: part("15:00-24:00 off")})),
		calendar.OwnDays(calendar.HolidayList("own", calendar.Holiday{Date: saturday, Hours: part("09:00-10:00 off")}))))
	spans := c.Day(saturday).Spans
	require.Len(t, spans, 1)
	assert.Equal(t, "10:00 15:00", spans[0].Start.Format("15:04 ")+spans[0].End.Format("15:04"))
}
