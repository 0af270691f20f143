package main

import (
	"time"

	bdc "github.com/bobadilla-tech/business-days-calculator"
	calv1 "github.com/rickar/cal"
	"github.com/rickar/cal/v2"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
)

// A probe is one question that the report asks once, of the engines that have an answer.
// The right answer can be a matter of convention.
type probe struct {
	question string
	ask      map[string]func() string // by the name of the engine
}

// monday is 2024-03-11 in UTC, and what the probes are about.
func monday(hour int) time.Time { return time.Date(2024, time.March, 11, hour, 0, 0, 0, time.UTC) }

func friday(hour int) time.Time { return monday(hour).AddDate(0, 0, -3) }

// eve is 05:00 in Berlin before the day of 25 hours in 2024.
func eve() time.Time {
	return time.Date(2024, time.October, 26, 5, 0, 0, 0, must(time.LoadLocation("Europe/Berlin")))
}

func utc(hours string) *calendar.Calendar { return calendar.Must(calendar.New("UTC", hours)) }

// calOf returns a calendar of cal/v2 from Monday to Friday.
func calOf(opens, closes time.Duration) *cal.BusinessCalendar {
	c := cal.NewBusinessCalendar()
	c.SetWorkHours(opens, closes)
	return c
}

func calV1Of(opens, closes time.Duration) *calv1.Calendar {
	c := calv1.NewCalendar()
	c.SetWorkingHours(opens, closes)
	return c
}

// business returns how long duetime's hours of Monday are.
func business(hours string) string {
	c := utc(hours)
	var sum time.Duration
	for _, s := range c.Day(calendar.DateOf(monday(12))).Spans {
		sum += s.End.Sub(s.Start)
	}
	return sum.String()
}

const (
	h9, h17, h6, h22, h24 = 9 * time.Hour, 17 * time.Hour, 6 * time.Hour, 22 * time.Hour, 24 * time.Hour
)

var probes = []probe{
	{"length of a day of Mo-Fr 22:00-06:00", map[string]func() string{
		"duetime": func() string { return business("Mo-Fr 22:00-06:00") },
		"cal/v2":  func() string { return calOf(h22, h6).WorkHours(monday(12)).String() },
		"cal v1":  func() string { return calV1Of(h22, h6).DailyWorkedTime().String() },
	}},
	{"Monday 22:00 + 1h in Mo-Fr 22:00-06:00", map[string]func() string{
		"duetime": func() string { return must(utc("Mo-Fr 22:00-06:00").Add(monday(22), time.Hour)).Format(layout) },
		"cal/v2":  func() string { return calOf(h22, h6).AddWorkHours(monday(22), time.Hour).Format(layout) },
		"cal v1":  func() string { return calV1Of(h22, h6).AddWorkHours(monday(22), time.Hour).Format(layout) },
	}},
	{"length of a day of Mo-Fr 09:00-24:00", map[string]func() string{
		"duetime": func() string { return business("Mo-Fr 09:00-24:00") },
		"cal/v2":  func() string { return calOf(h9, h24).WorkHours(monday(12)).String() },
		"cal v1":  func() string { return calV1Of(h9, h24).DailyWorkedTime().String() },
	}},
	{"Saturday 2024-10-26 05:00 + 1h30m in Mo-Su 00:00-06:00 of Berlin, where Sunday has 25 hours", map[string]func() string{
		"duetime": func() string {
			c := must(calendar.New("Europe/Berlin", "Mo-Su 00:00-06:00"))
			return must(c.Add(eve(), 90*time.Minute)).Format(layout)
		},
		"cal/v2": func() string {
			c := calOf(0, h6)
			c.WorkdayFunc = func(time.Time) bool { return true }
			return c.AddWorkHours(eve(), 90*time.Minute).Format(layout)
		},
		"cal v1": func() string {
			c := calV1Of(0, h6)
			c.WorkdayFunc = func(time.Time) bool { return true }
			return c.AddWorkHours(eve(), 90*time.Minute).Format(layout)
		},
	}},
	{"next opening where no day is a working day", map[string]func() string{
		"duetime": func() string {
			if _, err := calendar.New("UTC", "Mo-Su off"); err == nil {
				return "New makes such a calendar"
			}
			return "New refuses such a calendar"
		},
		"cal/v2": func() string {
			c := calOf(h9, h17)
			c.WorkdayFunc = func(time.Time) bool { return false }
			return c.NextWorkdayStart(monday(12)).Format(layout)
		},
		"cal v1": func() string {
			c := calV1Of(h9, h17)
			c.WorkdayFunc = func(time.Time) bool { return false }
			return c.NextWorkStart(monday(12)).Format(layout)
		},
	}},
	{"Monday 10:00 - 2h in Mo-Fr 09:00-17:00", map[string]func() string{
		"duetime": func() string { return must(utc("Mo-Fr 09:00-17:00").Add(monday(10), -2*time.Hour)).Format(layout) },
		"cal/v2":  func() string { return calOf(h9, h17).AddWorkHours(monday(10), -2*time.Hour).Format(layout) },
		"cal v1":  func() string { return calV1Of(h9, h17).AddWorkHours(monday(10), -2*time.Hour).Format(layout) },
	}},
	{"Friday 20:00 + 1 business day in Mo-Fr 09:00-17:00", map[string]func() string{
		"duetime": func() string { return must(utc("Mo-Fr 09:00-17:00").AddDays(friday(20), 1)).Format(layout) },
		"cal/v2":  func() string { return calOf(h9, h17).WorkdaysFrom(friday(20), 1).Format(layout) },
		"cal v1":  func() string { return calV1Of(h9, h17).WorkdaysFrom(friday(20), 1).Format(layout) },
		"bdc":     func() string { return bdc.AddBusinessDaysWithHolidays(friday(20), 1, berlin).Format(layout) },
	}},
	{"Monday 10:00 - 1 business day in Mo-Fr 09:00-17:00", map[string]func() string{
		"duetime": func() string { return must(utc("Mo-Fr 09:00-17:00").AddDays(monday(10), -1)).Format(layout) },
		"cal/v2":  func() string { return calOf(h9, h17).WorkdaysFrom(monday(10), -1).Format(layout) },
		"cal v1":  func() string { return calV1Of(h9, h17).WorkdaysFrom(monday(10), -1).Format(layout) },
		"bdc":     func() string { return bdc.AddBusinessDaysWithHolidays(monday(10), -1, berlin).Format(layout) },
	}},
	{"Monday 09:00 + 1ns in Mo-Fr 09:00-17:00", map[string]func() string{
		"duetime": func() string { return must(utc("Mo-Fr 09:00-17:00").Add(monday(9), 1)).Format(layout) },
		"cal/v2":  func() string { return calOf(h9, h17).AddWorkHours(monday(9), 1).Format(layout) },
		"cal v1":  func() string { return calV1Of(h9, h17).AddWorkHours(monday(9), 1).Format(layout) },
	}},
	{"Friday 2024-02-02 17:00 + 1h in Mo-Fr 09:00-17:00, where Sunday the 4th is worked", map[string]func() string{
		"duetime": func() string {
			set := must(holiday.Lookup("CN"))
			c := must(calendar.New("UTC", "Mo-Fr 09:00-17:00", calendar.Holidays(set)))
			return must(c.Add(time.Date(2024, time.February, 2, 17, 0, 0, 0, time.UTC), time.Hour)).Format(layout)
		},
		"cal/v2": func() string {
			c := calOf(h9, h17)
			c.WorkdayFunc = worked
			return c.AddWorkHours(time.Date(2024, time.February, 2, 17, 0, 0, 0, time.UTC), time.Hour).Format(layout)
		},
		"cal v1": func() string {
			c := calV1Of(h9, h17)
			c.WorkdayFunc = worked
			return c.AddWorkHours(time.Date(2024, time.February, 2, 17, 0, 0, 0, time.UTC), time.Hour).Format(layout)
		},
	}},
}

// worked is a WorkdayFunc of the weekdays and Sunday 2024-02-04.
func worked(t time.Time) bool {
	return t.Weekday() >= time.Monday && t.Weekday() <= time.Friday || t.Format(time.DateOnly) == "2024-02-04"
}
