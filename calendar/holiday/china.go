package holiday

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/duetime/duetime/calendar"
)

// cn.txt has a line for each year, "2026 N 0101-0103 +0104, S 0215-0223": lists
// of days off and make-up workdays under the letter of what they are for. A ~
// after the year marks it as provisional. Lines that begin with = name a letter.
//
//go:embed cn.txt
var cnText string

// china is the set of the days in cn.txt. The text is parsed once.
var china = sync.OnceValue(func() calendar.HolidaySet {
	years, err := parseChina(cnText)
	if err != nil {
		panic(err) // not with the text that the tests have read
	}
	return calendar.HolidayFunc("CN", func(year int) []calendar.Holiday { return years[year] }).WithYears(2004, 2099)
})

func parseChina(text string) (map[int][]calendar.Holiday, error) {
	names := map[string]string{}
	years := map[int][]calendar.Holiday{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		head, rest, _ := strings.Cut(line, " ")
		if head == "=" {
			letter, name, _ := strings.Cut(rest, " ")
			names[letter] = name
			continue
		}
		number, provisional := strings.CutSuffix(head, "~")
		year, err := strconv.Atoi(number)
		if err != nil {
			return nil, fmt.Errorf("holiday: line %q: want a year", line)
		}
		for group := range strings.SplitSeq(rest, ", ") {
			letter, days, _ := strings.Cut(group, " ")
			if names[letter] == "" {
				return nil, fmt.Errorf("holiday: line %q: want a letter that is named, not %q", line, letter)
			}
			for word := range strings.FieldsSeq(days) {
				word, makeUp := strings.CutPrefix(word, "+")
				from, to, isRange := strings.Cut(word, "-")
				if !isRange {
					to = from
				}
				first, err1 := monthDay(year, from)
				last, err2 := monthDay(year, to)
				if err1 != nil || err2 != nil || last.Sub(first) < 0 {
					return nil, fmt.Errorf("holiday: line %q: want days as 0215 or 0215-0223, not %q", line, word)
				}
				for d := first; d.Compare(last) <= 0; d = d.AddDays(1) {
					years[year] = append(years[year], calendar.Holiday{Date: d, Name: names[letter], Workday: makeUp, Provisional: provisional})
				}
			}
		}
	}
	return years, nil
}

func monthDay(year int, mmdd string) (calendar.Date, error) {
	n, err := strconv.Atoi(mmdd)
	if err != nil {
		return calendar.Date{}, err
	}
	return calendar.NewDate(year, time.Month(n/100), n%100)
}
