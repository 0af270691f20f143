package region_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
	"github.com/duetime/duetime/region"
)

// stretch is a part of a day in minutes from its midnight; past 1440 is the next.
type stretch struct{ from, to int }

// oracleWeek has the stretches of each weekday.
type oracleWeek [7][]stretch

var wordingForm = regexp.MustCompile(`^(?:(\w{3})-(\w{3}) )?([\w: ]+)-([\w: ]+?)(?: (Local|Moscow|London|ET))?$`)

// readWording reads the published wording: the hours, and the zone that it names
// or "". It knows nothing of the opening_hours text that calendars are made of.
func readWording(t *testing.T, text string) (week oracleWeek, zone string) {
	every := func(first, last time.Weekday, s stretch) {
		for d := first; ; d = (d + 1) % 7 {
			week[d] = append(week[d], s)
			if d == last {
				return
			}
		}
	}
	switch {
	case text == "24 hours a day, 7 days a week":
		every(time.Sunday, time.Saturday, stretch{0, 1440})
		return week, ""
	case text == "24 hours a day, between Mon noon and Sat noon":
		every(time.Monday, time.Friday, stretch{720, 2160})
		return week, ""
	case strings.HasPrefix(text, "Telephone technical support is available from 9:00-17:30 on weekdays."):
		every(time.Monday, time.Friday, stretch{540, 1050})
		return week, ""
	}
	m := wordingForm.FindStringSubmatch(text)
	require.NotNil(t, m, text)
	s := stretch{readTime(t, m[3]), readTime(t, m[4])}
	if s.to <= s.from {
		s.to += 1440
	}
	days := map[string]time.Weekday{"Mon": time.Monday, "Thu": time.Thursday, "Fri": time.Friday, "Sun": time.Sunday}
	first, last := time.Sunday, time.Saturday // "8 AM-9 PM" names no days
	if m[1] != "" {
		first, last = days[m[1]], days[m[2]]
	}
	every(first, last, s)
	return week, map[string]string{"Moscow": "Europe/Moscow", "London": "Europe/London", "ET": "America/Toronto"}[m[5]]
}

// readTime reads "9 AM", "7AM", "noon", "midnight" or "9:00".
func readTime(t *testing.T, text string) int {
	switch text {
	case "noon":
		return 720
	case "midnight":
		return 0
	}
	if hour, minute, ok := strings.Cut(text, ":"); ok {
		h, err1 := strconv.Atoi(hour)
		m, err2 := strconv.Atoi(minute)
		require.NoError(t, errors.Join(err1, err2), text)
		return h*60 + m
	}
	number, afternoon := strings.CutSuffix(text, "PM")
	h, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(number, "AM")))
	require.NoError(t, err, text)
	if h %= 12; afternoon {
		h += 12
	}
	return h * 60
}

// wall is a reading of a wall clock.
type wall struct {
	date   calendar.Date
	minute int
}

// readings are what the wall clock of a zone shows at each minute of some days.
type readings struct {
	start time.Time
	walls []wall
}

func read(start time.Time, zone *time.Location, days int) readings {
	r := readings{start: start, walls: make([]wall, days*1440)}
	var last calendar.Date
	lastDay := 0
	for i := range r.walls {
		at := start.Add(time.Duration(i) * time.Minute).In(zone)
		if at.YearDay() != lastDay {
			last, lastDay = calendar.DateOf(at), at.YearDay()
		}
		hour, minute, _ := at.Clock()
		r.walls[i] = wall{last, hour*60 + minute}
	}
	return r
}

// on returns the stretches of a date.
func (week oracleWeek) on(d calendar.Date, holidays calendar.HolidaySet) []stretch {
	switch h, known := holidays.On(d); {
	case known && h.Workday:
		return week[time.Monday]
	case known && !h.Hours.IsZero(): // all that the library has are closed from a time on
		var hour, minute int
		if n, err := fmt.Sscanf(h.Hours.String(), "%d:%d-48:00 off", &hour, &minute); n != 2 || err != nil {
			panic(h.Hours.String())
		}
		var left []stretch
		for _, s := range week[d.Weekday()] {
			if s.to = min(s.to, 60*hour+minute); s.from < s.to {
				left = append(left, s)
			}
		}
		return left
	case known:
		return nil
	}
	return week[d.Weekday()]
}

// open reports for each reading whether the desk is open (R1, R6, R11).
func (r readings) open(week oracleWeek, holidays calendar.HolidaySet) []bool {
	open := make([]bool, len(r.walls))
	var today, yesterday []stretch
	var of calendar.Date
	for i, w := range r.walls {
		if w.date != of {
			of = w.date
			today, yesterday = week.on(of, holidays), week.on(of.AddDays(-1), holidays)
		}
		for _, s := range today {
			open[i] = open[i] || s.from <= w.minute && w.minute < s.to
		}
		for _, s := range yesterday {
			open[i] = open[i] || s.from <= w.minute+1440 && w.minute+1440 < s.to
		}
	}
	return open
}

// clockChanges returns when a zone's clock changes from 2019 to 2027.
func clockChanges(zone *time.Location) []time.Time {
	var changes []time.Time
	end := time.Date(2028, time.January, 1, 0, 0, 0, 0, time.UTC)
	for at := time.Date(2019, time.January, 1, 0, 0, 0, 0, time.UTC); ; {
		_, next := at.In(zone).ZoneBounds()
		if next.IsZero() || !next.After(at) || !next.Before(end) {
			return changes
		}
		changes = append(changes, next)
		at = next
	}
}

// Every office answers, in every category and language, what its published wording
// says: IsOpen, NextOpen and Add are compared with a walk over the minutes of days
// around clock changes, holidays and years' ends, and of any others.
func TestOfficesAgainstOracle(t *testing.T) {
	const seed, days = 246, 9
	rng := rand.New(rand.NewPCG(seed, 0))
	lines, compared := 0, 0
	for _, o := range region.Offices() {
		// The readings of a zone and a start serve all lines.
		cache := map[string]readings{}
		in := func(zone string, start time.Time) readings {
			key := fmt.Sprint(zone, start.Unix())
			r, ok := cache[key]
			if !ok {
				loc, err := time.LoadLocation(zone)
				require.NoError(t, err)
				r = read(start, loc, days)
				cache[key] = r
			}
			return r
		}
		code := o.Country
		if part := map[string]string{"AU": "AU-NSW", "CH": "CH-ZH", "DE": "DE-BE"}[code]; part != "" {
			code = part // of Sydney, Zurich and Berlin
		}
		holidays, err := holiday.Lookup(code)
		if err != nil {
			require.ErrorContains(t, err, "holiday: unknown code")
		}
		starts := oracleStarts(t, rng, o.Zone, holidays)
		for _, c := range []region.Category{region.Technical, region.Billing, region.PreSales} {
			for _, line := range linesOf(o, c) {
				language, text := line.Language, line.Wording
				hours, err := o.Hours(c, language)
				require.NoError(t, err)
				week, zone := readWording(t, text)
				kept := holidays
				if zone == "" {
					zone = o.Zone
				}
				assert.Equal(t, zone, hours.Zone().String(), "%s, %q", o.Name, text)
				assert.Equal(t, zone, line.Zone, "%s, %q", o.Name, text)
				if zone != o.Zone || strings.HasPrefix(text, "24 hours a day, 7") {
					kept = calendar.HolidaySet{}
				}
				lines++
				for _, start := range starts {
					r := in(zone, start)
					n, wrong := compare(rng, hours, start, r.open(week, kept))
					if wrong != "" {
						t.Fatalf("%s, %v, %s, %q, seed %d: %s", o.Name, c, language, text, seed, wrong)
					}
					compared += n
				}
			}
		}
	}
	assert.Equal(t, 705+351, lines, "pre-sales has the lines of billing")
	t.Logf("%d lines, %d answers compared", lines, compared)
}

// oracleStarts are when to begin to read a zone's clock: some days before changes
// of it, before holidays, and anywhere.
func oracleStarts(t *testing.T, rng *rand.Rand, zone string, holidays calendar.HolidaySet) []time.Time {
	loc, err := time.LoadLocation(zone)
	require.NoError(t, err)
	first := time.Date(2019, time.January, 1, 0, 0, 0, 0, time.UTC)
	anywhere := first.Add(time.Duration(rng.IntN(9*365*24*60)) * time.Minute)
	around := func(at time.Time) time.Time { return at.Add(-time.Duration(rng.IntN(72*60)) * time.Minute) }
	starts := []time.Time{anywhere}
	if !*full {
		return starts
	}
	changes := clockChanges(loc)
	for range 3 {
		year := 2019 + rng.IntN(9)
		starts = append(starts, around(time.Date(year, time.December, 31, 0, 0, 0, 0, time.UTC)))
		if len(changes) > 0 {
			starts = append(starts, around(changes[rng.IntN(len(changes))]))
		}
		if days := holidays.Year(year); len(days) > 0 {
			d := days[rng.IntN(len(days))].Date
			starts = append(starts, around(time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)))
		}
	}
	return starts
}

// compare asks a calendar at some minutes, those at which it opens and closes among
// them, and returns how many answers it compared and the first that is wrong.
func compare(rng *rand.Rand, c *calendar.Calendar, start time.Time, open []bool) (n int, wrong string) {
	at := func(i int) time.Time { return start.Add(time.Duration(i) * time.Minute) }
	var minutes []int
	for i := 1; i < len(open)/2; i++ {
		if open[i] != open[i-1] {
			minutes = append(minutes, i-1, i)
		}
	}
	for range 4 {
		minutes = append(minutes, rng.IntN(len(open)))
	}
	for _, i := range minutes {
		t := at(i)
		if got := c.IsOpen(t.Add(time.Duration(rng.IntN(60)) * time.Second)); got != open[i] {
			return n, fmt.Sprintf("IsOpen(%v) = %v", t.UTC(), got)
		}

		j := i
		for j < len(open) && !open[j] {
			j++
		}
		// What lies past the minutes read is only known to be there.
		got, err := c.NextOpen(t)
		if err != nil || j < len(open) && !got.Equal(at(j)) || j == len(open) && got.Before(at(j)) {
			return n, fmt.Sprintf("NextOpen(%v) = %v, %v, not %v", t.UTC(), got.UTC(), err, at(j).UTC())
		}

		work := 1 + rng.IntN(20*60)
		left := work
		for j = i; j < len(open) && left > 0; j++ {
			if open[j] {
				left--
			}
		}
		got, err = c.Add(t, time.Duration(work)*time.Minute)
		if err != nil || left == 0 && !got.Equal(at(j)) || left > 0 && got.Before(at(j)) {
			return n, fmt.Sprintf("Add(%v, %d min) = %v, %v, not %v", t.UTC(), work, got.UTC(), err, at(j).UTC())
		}
		n += 3
	}
	return n, ""
}
