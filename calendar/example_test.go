package calendar_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/duetime/duetime/calendar"
)

func Example() {
	berlin, err := calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00")
	if err != nil {
		fmt.Println(err)
		return
	}
	friday := time.Date(2024, time.March, 8, 16, 0, 0, 0, berlin.Zone())
	due, _ := berlin.Add(friday, 2*time.Hour)
	next, _ := berlin.AddDays(friday, 1)
	open, _ := berlin.Between(friday, next)
	fmt.Println(due)
	fmt.Println(next)
	fmt.Println(open, berlin.IsOpen(due), berlin.IsOpen(friday.Add(time.Hour)))
	// Output:
	// 2024-03-11 10:00:00 +0100 CET
	// 2024-03-11 16:00:00 +0100 CET
	// 8h0m0s true false
}

// A night shift over the change to summer time has seven hours, and belongs to
// the date it begins on.
func ExampleCalendar() {
	night := calendar.Must(calendar.New("Europe/Berlin", "Mo-Su 22:00-06:00"))
	start := time.Date(2024, time.March, 30, 22, 0, 0, 0, night.Zone())
	end, _ := night.NextClose(start)
	shift, _ := night.Between(start, end)
	date, _ := night.BusinessDate(end.Add(-time.Minute))
	fmt.Println(end, shift, date)
	// Output: 2024-03-31 06:00:00 +0200 CEST 7h0m0s 2024-03-30
}

func ExampleOption() {
	closing := calendar.HolidayFunc("inventory", func(year int) []calendar.Holiday {
		d, _ := calendar.NewDate(year, time.June, 30)
		return []calendar.Holiday{{Date: d, Name: "Inventory"}}
	})
	c, _ := calendar.New("Europe/Vienna", "Mo-Fr 08:00-16:00; PH 10:00-12:00", calendar.Named("Shop"), calendar.Holidays(closing))
	fmt.Println(c)
	// Output: Shop: Mo-Fr 08:00-16:00; PH 10:00-12:00 Europe/Vienna, holidays inventory
}

// The desk is closed on Vienna's holidays and on a bridge day of its own.
func ExampleHolidaySet_With() {
	day := func(text, name string) calendar.Holiday {
		d, _ := calendar.ParseDate(text)
		return calendar.Holiday{Date: d, Name: name}
	}
	austria := calendar.HolidayList("AT", day("2026-05-14", "Christi Himmelfahrt"), day("2026-10-26", "Nationalfeiertag"))
	company := calendar.HolidayList("company", day("2026-05-15", "bridge day"), day("2026-10-26", "party"))
	for _, h := range austria.With("AT+company", company).Year(2026) {
		fmt.Println(h.Date, h.Name)
	}
	// Output:
	// 2026-05-14 Christi Himmelfahrt
	// 2026-05-15 bridge day
	// 2026-10-26 Nationalfeiertag
}

// A desk that works on one of the holidays.
func ExampleHolidaySet_Without() {
	day := func(text string) calendar.Holiday {
		d, _ := calendar.ParseDate(text)
		return calendar.Holiday{Date: d}
	}
	all := calendar.HolidayList("all", day("2026-10-26"), day("2026-12-08"), day("2026-12-25"))
	open := all.Without("open on 8 December", calendar.HolidayList("worked", day("2026-12-08")))
	for _, h := range open.Year(2026) {
		fmt.Println(h.Date)
	}
	// Output:
	// 2026-10-26
	// 2026-12-25
}

// A day of the calendar's own beats its rules, those for holidays too.
func ExampleOwnDays() {
	short, err := calendar.ParseDayHours("09:00-12:00")
	if err != nil {
		fmt.Println(err)
		return
	}
	eve, _ := calendar.NewDate(2026, time.December, 24)
	inventory, _ := calendar.NewDate(2026, time.December, 29)
	own := calendar.HolidayList("own",
		calendar.Holiday{Date: eve, Name: "Christmas Eve", Hours: short},
		calendar.Holiday{Date: inventory, Name: "inventory"})
	desk := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00; PH 10:00-14:00", calendar.OwnDays(own)))
	opened := time.Date(2026, time.December, 28, 16, 0, 0, 0, desk.Zone())
	due, _ := desk.Add(opened, 2*time.Hour)
	fmt.Println(due)
	fmt.Println(desk.Day(eve).Spans[0].Duration())
	// Output:
	// 2026-12-30 10:00:00 +0100 CET
	// 3h0m0s
}

// The part of a day that is closed, and the hours of a short day.
func ExampleDayHours() {
	for _, text := range []string{"09:00-12:00", "18:00-24:00 off"} {
		h, err := calendar.ParseDayHours(text)
		fmt.Println(h, h.IsPart(), err)
	}
	// Output:
	// 09:00-12:00 false <nil>
	// 18:00-24:00 off true <nil>
}

// The Emirates moved their weekend in 2022. What was counted before stays as it was.
func ExampleFormer() {
	change, _ := calendar.NewDate(2022, time.January, 1)
	dubai := calendar.Must(calendar.New("Asia/Dubai", "Mo-Th 09:00-17:00, Fr 09:00-12:00", calendar.Until(change, "Su-Th 09:00-17:00")))
	for _, opened := range []time.Time{
		time.Date(2021, time.December, 16, 16, 0, 0, 0, dubai.Zone()), // Thursdays
		time.Date(2022, time.January, 13, 16, 0, 0, 0, dubai.Zone()),
	} {
		due, _ := dubai.Add(opened, 2*time.Hour)
		fmt.Println(due.Format("Mon 15:04"))
	}
	fmt.Println(dubai.Hours(), dubai.FormerHours())
	// Output:
	// Sun 10:00
	// Fri 10:00
	// Mo-Th 09:00-17:00; Fr 09:00-12:00 [{2022-01-01 Su-Th 09:00-17:00}]
}

func ExampleHolidayList() {
	d, _ := calendar.ParseDate("2026-12-24")
	company := calendar.HolidayList("company", calendar.Holiday{Date: d, Name: "Christmas party"})
	desk := calendar.Must(calendar.New("Europe/London", "Mo-Fr 09:00-17:00", calendar.OwnDays(company)))
	fmt.Println(desk.Day(d).Business, desk.Day(d).Holiday.Name)
	days, ok := company.Listed()
	fmt.Println(len(days), ok)
	// Output:
	// false Christmas party
	// 1 true
}

// The company has announced its days off for 2026, and not yet for later years.
func ExampleHolidaySet_WithYears() {
	d, _ := calendar.ParseDate("2026-06-05")
	company := calendar.HolidayList("company", calendar.Holiday{Date: d, Name: "bridge day"}).WithYears(2026, 2026)
	fmt.Println(company.Provisional(2026), company.Provisional(2027))

	desk := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00", calendar.Holidays(company)))
	opened := time.Date(2026, time.December, 29, 16, 0, 0, 0, desk.Zone())
	due, _ := desk.AddDays(opened, 5)
	fmt.Println(due.Format(time.DateOnly), "may still change:", desk.Provisional(opened, due))
	// Output:
	// false true
	// 2027-01-05 may still change: true
}

// A day is known, but its authority has yet to announce it.
func ExampleHolidaySet_Provisional() {
	d, _ := calendar.ParseDate("2028-03-20")
	set := calendar.HolidayList("JP", calendar.Holiday{Date: d, Name: "Vernal Equinox Day", Provisional: true})
	fmt.Println(set.Provisional(2028), set.Provisional(2029))
	// Output: true false
}

// The days that the moon sets are missing, in each year.
func ExampleHolidaySet_WithGaps() {
	d, _ := calendar.ParseDate("2026-12-12")
	set := calendar.HolidayList("KE", calendar.Holiday{Date: d, Name: "Jamhuri Day"}).WithGaps()
	fmt.Println(set.HasGaps(), set.Provisional(2026), len(set.Year(2026)))
	// Output: true true 1
}

// Dates alone, without a time of day. n == 0 is the date itself, or the next business day.
func ExampleCalendar_AddBusinessDays() {
	c := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00"))
	thursday, _ := calendar.ParseDate("2024-03-07")
	for _, n := range []int{3, 0, -4} {
		d, _ := c.AddBusinessDays(thursday, n)
		fmt.Println(d.Weekday(), d)
	}
	// Output:
	// Tuesday 2024-03-12
	// Thursday 2024-03-07
	// Friday 2024-03-01
}

// Noon of the next business day, or its closing if that comes before.
func ExampleCalendar_At() {
	c := calendar.Must(calendar.New("Europe/Berlin", "Mo-Th 09:00-17:00; Fr 09:00-11:30"))
	opened := time.Date(2024, time.March, 7, 15, 30, 0, 0, c.Zone())
	today, _ := c.BusinessDate(opened)
	tomorrow, _ := c.AddBusinessDays(today, 1)
	noon, _ := c.At(tomorrow, 12*time.Hour)
	fmt.Println(noon.Format("Mon 15:04"))

	saturday := tomorrow.AddDays(1)
	_, err := c.At(saturday, 12*time.Hour)
	fmt.Println(err)
	// Output:
	// Fri 11:30
	// calendar: 2024-03-09 is not a business day of Mo-Th 09:00-17:00; Fr 09:00-11:30 Europe/Berlin
}

// Friday's night shift ends on Saturday.
func ExampleCalendar_Closing() {
	night := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 22:00-06:00"))
	friday, _ := calendar.ParseDate("2024-03-08")
	closing, _ := night.Closing(friday)
	fmt.Println(closing.Format("Mon 15:04"))
	// Output: Sat 06:00
}

func ExampleCalendar_AddDays() {
	c := calendar.Must(calendar.New("Europe/Berlin", "Mo-Th 09:00-17:00; Fr 09:00-13:00"))
	thursday := time.Date(2024, time.March, 7, 15, 30, 0, 0, c.Zone())
	for _, n := range []int{1, 2, -1} {
		due, _ := c.AddDays(thursday, n)
		fmt.Println(due.Format("Mon 15:04"))
	}
	// Output:
	// Fri 13:00
	// Mon 15:30
	// Wed 15:30
}

func ExampleCalendar_BusinessDaysBetween() {
	c := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00"))
	march, _ := calendar.ParseDate("2024-03-01")
	april, _ := calendar.ParseDate("2024-04-01")
	fmt.Println(c.BusinessDaysBetween(march, april))
	// Output: 21 <nil>
}

func ExampleCalendar_NextClose() {
	_, err := calendar.AlwaysOpen().NextClose(time.Date(2024, time.March, 7, 15, 30, 0, 0, time.UTC))
	fmt.Println(errors.Is(err, calendar.ErrNeverCloses), err)
	// Output: true the calendar never closes
}

// The desk has been open since Monday 09:00, and was closed from Friday 17:00 on.
func ExampleCalendar_PrevOpen() {
	c := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00"))
	monday := time.Date(2024, time.March, 11, 9, 20, 0, 0, c.Zone())
	opened, _ := c.PrevOpen(monday)
	closed, _ := c.PrevClose(monday)
	fmt.Println(opened.Format("Mon 15:04"))
	fmt.Println(closed.Format("Mon 15:04"))
	// Output:
	// Mon 09:00
	// Fri 17:00
}

// A closing is the latest closing at that very instant.
func ExampleCalendar_PrevClose() {
	c := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00"))
	minute := time.Date(2024, time.March, 8, 17, 0, 0, 0, c.Zone())
	closed, _ := c.PrevClose(minute)
	fmt.Println(closed.Equal(minute), c.IsOpen(minute))
	// Output: true false
}

// A request came on Friday afternoon, and is answered in the hours of Monday.
func ExampleCalendar_Between() {
	c := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00"))
	opened := time.Date(2024, time.March, 8, 16, 0, 0, 0, c.Zone())
	answered := time.Date(2024, time.March, 11, 9, 20, 0, 0, c.Zone())
	fmt.Println(c.Between(opened, answered))
	// Output: 1h20m0s <nil>
}

func ExampleSpan() {
	c := calendar.Must(calendar.New("Asia/Shanghai", "Mo-Su 09:00-12:00,13:00-24:00"))
	from := time.Date(2024, time.March, 7, 11, 0, 0, 0, c.Zone())
	for s := range c.Spans(from, from.Add(24*time.Hour)) {
		fmt.Println(s.Start.Format("Mon 15:04"), s.End.Format("Mon 15:04"), s.Duration())
	}
	// Output:
	// Thu 11:00 Thu 12:00 1h0m0s
	// Thu 13:00 Fri 00:00 11h0m0s
	// Fri 09:00 Fri 11:00 2h0m0s
}

func ExampleDay() {
	c := calendar.Must(calendar.New("Europe/Berlin", "24/7; Dec 25 off"))
	for _, text := range []string{"2024-03-31", "2024-12-25"} {
		d, _ := calendar.ParseDate(text)
		day := c.Day(d)
		fmt.Print(day.Date, " ", day.Business)
		for _, s := range day.Spans {
			fmt.Print(" ", s.Duration())
		}
		fmt.Println()
	}
	// Output:
	// 2024-03-31 true 23h0m0s
	// 2024-12-25 false
}

func ExampleDate() {
	d, err := calendar.ParseDate("2024-02-28")
	fmt.Println(d.AddDays(2), d.Weekday(), err)
	_, err = calendar.NewDate(2023, time.February, 29)
	fmt.Println(err)
	// Output:
	// 2024-03-01 Wednesday <nil>
	// calendar: no date 2023-02-29: want a real day of the years 0001 to 9999
}

func ExampleHoliday() {
	off, _ := calendar.ParseDate("2026-10-01")
	work, _ := calendar.ParseDate("2026-10-10")
	set := calendar.HolidayFunc("own", func(int) []calendar.Holiday {
		return []calendar.Holiday{
			{Date: off, Name: "National Day"},
			{Date: work, Name: "National Day", Workday: true},
		}
	})
	c := calendar.Must(calendar.New("Asia/Shanghai", "Mo-Fr 09:00-18:00", calendar.Holidays(set)))
	fmt.Println(off.Weekday(), c.Day(off).Business)
	fmt.Println(work.Weekday(), c.Day(work).Business)
	// Output:
	// Thursday false
	// Saturday true
}

func ExampleHolidaySet() {
	set := calendar.HolidayFunc("company", func(year int) []calendar.Holiday {
		d, _ := calendar.NewDate(year, time.December, 24)
		return []calendar.Holiday{{Date: d, Name: "Christmas Eve"}}
	})
	d, _ := calendar.ParseDate("2026-12-24")
	h, ok := set.On(d)
	fmt.Println(set.Code(), len(set.Year(2026)), h.Name, ok)
	// Output: company 1 Christmas Eve true
}

func ExampleParseError() {
	_, err := calendar.New("Europe/Berlin", "Mo-Fr 9-17")
	if parse, ok := errors.AsType[*calendar.ParseError](err); ok {
		fmt.Println(parse.Offset, parse.Want)
	}
	fmt.Println(err)
	// Output:
	// 6 a time as hh:mm, such as 09:00
	// calendar: parse hours "Mo-Fr 9-17" at byte 6: want a time as hh:mm, such as 09:00
}

func ExampleUnion() {
	sun, err := calendar.Union("follow the sun",
		calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00")),
		calendar.Must(calendar.New("Asia/Shanghai", "Mo-Fr 09:00-18:00")),
		calendar.Must(calendar.New("America/Denver", "Mo-Fr 09:00-17:00")))
	if err != nil {
		fmt.Println(err)
		return
	}
	opened := time.Date(2024, time.January, 12, 16, 0, 0, 0, sun.Zone()) // a Friday
	twelve, _ := sun.Add(opened, 12*time.Hour)
	nextDay, _ := sun.AddDays(opened, 1)
	fmt.Println("12 hours:", twelve.Format("Mon 15:04"))
	fmt.Println("1 business day:", nextDay.Format("Mon 15:04"))
	// Output:
	// 12 hours: Mon 05:00
	// 1 business day: Mon 16:00
}

func ExampleIntersect() {
	berlin := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00"))
	shanghai := calendar.Must(calendar.New("Asia/Shanghai", "Mo-Fr 09:00-18:00"))
	meeting, err := calendar.Intersect("both are there", berlin, shanghai)
	if err != nil {
		fmt.Println(err)
		return
	}
	d, _ := calendar.ParseDate("2024-07-08")
	for _, s := range meeting.Day(d).Spans {
		fmt.Println(s.Start.Format("15:04"), "to", s.End.Format("15:04"))
	}
	// Output: 09:00 to 12:00
}

// A desk without the maintenance on Wednesday morning.
func ExampleSubtract() {
	desk := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00"))
	maintenance := calendar.Must(calendar.New("UTC", "We 09:00-10:30"))
	c, err := calendar.Subtract("open desk", desk, maintenance)
	if err != nil {
		fmt.Println(err)
		return
	}
	opened := time.Date(2024, time.January, 10, 9, 30, 0, 0, c.Zone()) // a Wednesday
	due, _ := c.Add(opened, time.Hour)
	fmt.Println(due.Format("Mon 15:04"))
	fmt.Println(c)
	// Output:
	// Wed 12:00
	// open desk: Mo-Fr 09:00-17:00 Europe/Berlin without We 09:00-10:30 UTC
}

func ExampleCalendar_SubtractionOf() {
	desk := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00"))
	maintenance := calendar.Must(calendar.New("UTC", "We 09:00-10:30"))
	from, less := calendar.Must(calendar.Subtract("", desk, maintenance)).SubtractionOf()
	fmt.Println(from)
	fmt.Println(less[0])
	// Output:
	// Mo-Fr 09:00-17:00 Europe/Berlin
	// We 09:00-10:30 UTC
}

func ExampleCalendar_UnionOf() {
	berlin := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00"))
	c := calendar.Must(calendar.Union("", berlin, calendar.AlwaysOpen()))
	for _, part := range c.UnionOf() {
		fmt.Println(part)
	}
	fmt.Println(len(c.IntersectionOf()))
	// Output:
	// Mo-Fr 09:00-17:00 Europe/Berlin
	// 24/7: 24/7 UTC
	// 0
}
