package rickar_test

import (
	"fmt"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/us"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/rickar"
)

// The function's short Fridays become hours.
func ExampleCalendar() {
	desk := cal.NewBusinessCalendar()
	desk.AddHoliday(us.Holidays...)
	desk.WorkdayEndFunc = func(date time.Time) time.Time {
		hour := 17
		if date.Weekday() == time.Friday {
			hour = 13
		}
		return time.Date(date.Year(), date.Month(), date.Day(), hour, 0, 0, 0, date.Location())
	}
	c, err := rickar.Calendar("America/New_York", desk, 2024, 2030, calendar.Named("US desk"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c)
	// Output: US desk: Mo-Th 09:00-17:00; Fr 09:00-13:00 America/New_York, holidays cal
}

// What hours cannot say, such as a night shift that ends before it starts, is an
// error that names the first date.
func ExampleCalendar_error() {
	desk := cal.NewBusinessCalendar()
	desk.SetWorkHours(22*time.Hour, 6*time.Hour)
	_, err := rickar.Calendar("America/New_York", desk, 2026, 2026)
	fmt.Println(err)
	desk.SetWorkHours(22*time.Hour, 30*time.Hour)
	c, err := rickar.Calendar("America/New_York", desk, 2026, 2026)
	fmt.Println(c.Hours(), err)
	// Output:
	// rickar: 2026-01-01: work is from 22:00 to 06:00: want an end after the start, and past midnight one on the next date, as 30:00 (first of 261 such dates)
	// Mo-Fr 22:00-06:00 <nil>
}
