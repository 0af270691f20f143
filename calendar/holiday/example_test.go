package holiday_test

import (
	"fmt"

	"github.com/rickar/cal/v2/at"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
)

func ExampleLookup() {
	set, err := holiday.Lookup("CN")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, text := range []string{"2026-02-14", "2026-02-17", "2027-02-06"} {
		d, _ := calendar.ParseDate(text)
		h, _ := set.On(d)
		fmt.Println(h.Date, h.Name, "make-up workday:", h.MakeUp, "provisional:", h.Provisional)
	}
	// Output:
	// 2026-02-14 Spring Festival 春节 make-up workday: true provisional: false
	// 2026-02-17 Spring Festival 春节 make-up workday: false provisional: false
	// 2027-02-06 Spring Festival 春节 make-up workday: false provisional: true
}

func ExampleFromRules() {
	set := holiday.FromRules("AT", at.Holidays...)
	c := calendar.Must(calendar.New("Europe/Vienna", "Mo-Fr 09:00-17:00", calendar.Holidays(set)))
	d, _ := calendar.ParseDate("2026-10-26")
	fmt.Println(c.Day(d).Holiday.Name, c.Day(d).Business)
	// Output: Nationalfeiertag false
}

func ExampleCodeError() {
	_, err := holiday.Lookup("XX")
	fmt.Println(err)
	// Output: holiday: unknown code "XX": want one of CN, DE-BE
}
