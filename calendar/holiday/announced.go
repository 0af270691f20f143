package holiday

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/duetime/duetime/calendar"
)

// The folder announced has the days that an authority announces year by year, in one file
// for each country:
//
//	[MY] Malaysia                      a set: its code, and its name
//	= N New Year's Day                 a key, and the name of the day that it stands for
//	# 2026: Federal Gazette P.U. ...   the source of the year's line
//	2026 H 0321-0322, N 0101 +0104     days off by key, and make-up workdays
//	2027~ N 0101                       a year that is not announced yet
//	2027 H 0310~                       a day that is not announced yet, or depends on the moon
//	2026 E 1224@13:00                  a day that is closed from 13:00 on
//	[MY-01 MY] Johor                   a set that has the days of MY as well
//	2026 -0101                         and a day of MY that it has not
//	2026 NO 0102                       a key that ends in O: New Year's Day (observed)
//	= O (observed) (public sector)     a set in which such days have another ending
//	[CN-HK HK]                         a set without years has the days of HK, under its code
//
// A set that is based on its own code, [HU HU], adds to the rules of the country. The set of
// a part, [ES-MD ES-MD], adds to the rules of the part. A part may use the keys of its country.
//
//go:embed announced
var announcedFiles embed.FS

// announced is a set of a file.
type announced struct {
	code, base, name string
	names            map[string]string // by key
	years            map[int]*announcedYear
}

// announcedYear is what a line says.
type announcedYear struct {
	provisional bool
	days        []calendar.Holiday
	dropped     []calendar.Date // of the base
}

// announcedSets has each set by its code. A file is parsed when one of its sets is first needed.
var announcedSets = sync.OnceValue(func() map[string]func() *announced {
	sets := map[string]func() *announced{}
	files, err := announcedFiles.ReadDir("announced")
	for _, file := range files {
		text, wrong := announcedFiles.ReadFile("announced/" + file.Name())
		err = errors.Join(err, wrong)
		parsed := sync.OnceValue(func() map[string]*announced {
			all := map[string]*announced{}
			if err := parseAnnounced(file.Name(), string(text), all); err != nil {
				panic(err) // not with the files that the tests have read
			}
			return all
		})
		for _, section := range strings.Split(string(text), "\n[")[1:] {
			code, _, _ := strings.Cut(section[:strings.IndexByte(section, ']')], " ")
			sets[code] = func() *announced { return parsed()[code] }
		}
	}
	if err != nil {
		panic(err) // the files are in the program
	}
	return sets
})

// parseAnnounced adds the sets of a file to those read before.
func parseAnnounced(file, text string, all map[string]*announced) error {
	var a *announced
	number := 0
	for line := range strings.Lines(text) {
		number++
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		head, rest, _ := strings.Cut(line, " ")
		var err error
		switch {
		case line[0] == '[':
			a, err = newAnnounced(line, all)
		case a == nil:
			err = fmt.Errorf("want a set first, such as [SG] Singapore")
		case head == "=":
			key, name, _ := strings.Cut(rest, " ")
			if key == "" || name == "" || a.names[key] != "" {
				err = fmt.Errorf("want a new key and a name, such as = N New Year's Day")
			}
			a.names[key] = name
		default:
			err = a.line(head, rest)
		}
		if err != nil {
			return fmt.Errorf("holiday: %s:%d: %q: %w", file, number, line, err)
		}
	}
	return nil
}

// newAnnounced begins a set. It may use the keys of its base, or of its country.
func newAnnounced(line string, all map[string]*announced) (*announced, error) {
	codes, name, ok := strings.Cut(strings.TrimPrefix(line, "["), "]")
	code, base, _ := strings.Cut(codes, " ")
	name = strings.TrimSpace(name)
	if !ok || code == "" || all[code] != nil || name == "" && base == "" {
		return nil, fmt.Errorf("want a new code and a name, such as [SG] Singapore")
	}
	a := &announced{code: code, base: base, name: name, names: map[string]string{}, years: map[int]*announcedYear{}}
	country, _, _ := strings.Cut(code, "-")
	from := all[country]
	if base != "" && base != code {
		if from = all[base]; from == nil {
			return nil, fmt.Errorf("want %s before it", base)
		}
	}
	if from != nil {
		a.names = maps.Clone(from.names)
	}
	all[code] = a
	return a, nil
}

// line reads the line of a year.
func (a *announced) line(head, rest string) error {
	number, provisional := strings.CutSuffix(head, "~")
	year, err := strconv.Atoi(number)
	if err != nil || a.years[year] != nil {
		return fmt.Errorf("want a year, and one line for it")
	}
	y := &announcedYear{provisional: provisional}
	a.years[year] = y
	for group := range strings.SplitSeq(rest, ",") {
		key := ""
		for i, word := range strings.Fields(group) {
			if i == 0 && a.dayName(word) != "" {
				key = word
				continue
			}
			if err := y.word(year, word, a.dayName(key)); err != nil {
				return err
			}
		}
	}
	return nil
}

// dayName returns the name of a key, or "".
func (a *announced) dayName(key string) string {
	if name := a.names[key]; name != "" {
		return name
	}
	if of, ok := strings.CutSuffix(key, "O"); ok && a.names[of] != "" {
		return a.names[of] + " " + cmp.Or(a.names["O"], "(observed)")
	}
	return ""
}

// word reads a day or a range of days.
func (y *announcedYear) word(year int, word, name string) error {
	days, dropped := strings.CutPrefix(word, "-")
	days, makeUp := strings.CutPrefix(days, "+")
	days, provisional := strings.CutSuffix(days, "~")
	days, clock, isPart := strings.Cut(days, "@")
	from, to, isRange := strings.Cut(days, "-")
	if !isRange {
		to = from
	}
	first, err1 := monthDay(year, from)
	last, err2 := monthDay(year, to)
	if err1 != nil || err2 != nil || last.Sub(first) < 0 {
		return fmt.Errorf("want a key that is named, or days as 0215 or 0215-0223, not %q", word)
	}
	var hours calendar.DayHours
	if isPart {
		var err error
		if hours, err = closedFrom(clock); err != nil {
			return fmt.Errorf("want a time such as @13:00, not %q", word)
		}
	}
	if name == "" && !dropped {
		return fmt.Errorf("want a key that is named before %q", word)
	}
	for d := first; d.Compare(last) <= 0; d = d.AddDays(1) {
		if dropped {
			y.dropped = append(y.dropped, d)
			continue
		}
		y.days = append(y.days, calendar.Holiday{Date: d, Name: name, Hours: hours, Workday: makeUp, Provisional: provisional || y.provisional})
	}
	return nil
}

func monthDay(year int, mmdd string) (calendar.Date, error) {
	n, err := strconv.Atoi(mmdd)
	if err != nil || len(mmdd) != 4 {
		return calendar.Date{}, fmt.Errorf("no day: %q", mmdd)
	}
	return calendar.NewDate(year, time.Month(n/100), n%100)
}

// set returns the set, on that of its base. Rules go on beyond the years that are
// announced, and are provisional there.
func (a *announced) set(base calendar.HolidaySet) calendar.HolidaySet {
	first, last := base.Years()
	if len(a.years) == 0 {
		return calendar.HolidayFunc(a.code, base.Year).WithYears(first, last)
	}
	days := func(year int) []calendar.Holiday {
		y := a.years[year]
		if y == nil {
			y = &announcedYear{provisional: true}
		}
		var all []calendar.Holiday
		if a.base != "" {
			all = base.Year(year)
		}
		all = slices.DeleteFunc(all, func(h calendar.Holiday) bool { return slices.Contains(y.dropped, h.Date) })
		for i := range all {
			all[i].Provisional = all[i].Provisional || y.provisional
		}
		return append(all, y.days...)
	}
	if a.base != a.code {
		years := slices.Sorted(maps.Keys(a.years))
		first, last = years[0], years[len(years)-1]
	}
	return calendar.HolidayFunc(a.code, days).WithYears(first, last)
}
