package holiday_test

import (
	"fmt"
	"strings"

	"github.com/rickar/cal/v2/ecb"

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
		fmt.Println(h.Date, h.Name, "make-up workday:", h.Workday, "provisional:", h.Provisional)
	}
	// Output:
	// 2026-02-14 Spring Festival 春节 make-up workday: true provisional: false
	// 2026-02-17 Spring Festival 春节 make-up workday: false provisional: false
	// 2027-02-06 Spring Festival 春节 make-up workday: false provisional: true
}

// The closing days of the European Central Bank's payment system, of which
// rickar/cal has rules, and a desk that goes by them.
func ExampleFromRules() {
	set := holiday.FromRules("ECB", ecb.Holidays...)
	c := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00", calendar.Holidays(set)))
	d, _ := calendar.ParseDate("2026-04-03")
	fmt.Println(c.Day(d).Holiday.Name, c.Day(d).Business)
	// Output: Good Friday false
}

func ExampleCodeError() {
	_, err := holiday.Lookup("GB-LND")
	fmt.Println(err)
	// Output: holiday: unknown code "GB-LND": want one of GB, GB-ENG, GB-NIR, GB-SCT, GB-WLS
}

func ExampleCodes() {
	for _, code := range holiday.Codes() {
		if strings.HasPrefix(code, "AU-") {
			set, _ := holiday.Lookup(code)
			fmt.Println(code, len(set.Year(2026)))
		}
	}
	// Output:
	// AU-ACT 15
	// AU-NSW 13
	// AU-NT 15
	// AU-QLD 13
	// AU-SA 15
	// AU-TAS 9
	// AU-VIC 14
	// AU-WA 13
}

// What Scotland keeps and England does not.
func ExampleLookup_parts() {
	scotland, _ := holiday.Lookup("GB-SCT")
	england, _ := holiday.Lookup("GB-ENG")
	for _, h := range scotland.Without("only Scotland", england).Year(2025) {
		fmt.Println(h.Date, h.Name)
	}
	// Output:
	// 2025-01-02 2nd January
	// 2025-08-04 Summer Bank Holiday
	// 2025-12-01 St Andrew's Day (observed)
}
