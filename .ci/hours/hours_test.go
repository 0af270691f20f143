// Package hours_test compares the hours that package calendar reads with the reference
// implementation of OpenStreetMap's opening_hours, the npm package opening_hours in the
// version of package.json. It needs node and npm, and installs that package in node_modules
// here. It is a module of its own, so that the library does not require what it tests with.
//
// A text that package calendar reads must mean the same to the reference, minute by minute.
// The texts are those of the reference's own tests (suite.txt), and random ones. A text of
// suite.txt that package calendar refuses stands in outside.txt, with the reason.
//
// The two differ in three things by design. The reference is asked for another text then.
//
// Zones: both read the wall clock of UTC. Clock changes do not belong to the notation.
//
// Holidays: both have the holidays that the reference knows for Berlin. Hours without a PH
// rule close on them here (R11), but not there: the reference gets the text with "; PH off"
// at the end. PH -1 day is no PH rule.
//
// Nights: here a night belongs, whole, to the date it begins on (R6). The reference splits it
// at midnight. Rules for the next date cut the second part there, and rules that close the
// first part leave the second. So it gets two texts, with the parts before midnight and the
// parts after it, both as hours of the date the night begins on. See askOwnDates.
//
// The reference also misreads or refuses some texts. The generator of random hours names
// them, and writes them in another way for the reference.
package hours_test

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
)

const (
	suite   = "suite.txt"
	outside = "outside.txt"

	// refusedToo is the reason of texts that the reference cannot read either.
	refusedToo = "[refused by the reference, too]"
)

// The reference's own tests: each text means the same here, or is outside the notation.
func TestSuite(t *testing.T) {
	holidays := readHolidays(t)
	reasons := readOutside(t)
	days := daysOf(sampled(2016, 2012), 2016) // 2015 and 2026 have 53 weeks, 2016 a leap day
	days = append(days, daysOf(sampled(2026, 2024), 2026)...)
	var read []hours
	var refused []question
	for line := range strings.Lines(readFile(t, suite)) {
		text := strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(text, "#") {
			continue
		}
		h := hours{ours: text, theirs: text, days: days}
		if strings.Contains(text, "PH") {
			h.theirs, h.holidays = closedOnHolidays(text), holidays
		}
		reason, isOutside := reasons[text]
		switch err := h.parse(); {
		case err == nil && isOutside:
			t.Errorf("%s has %q %s, which package calendar reads", outside, text, reason)
		case err == nil:
			read = append(read, h)
		case !isOutside:
			t.Errorf("%s does not have %v", outside, err)
		default:
			refused = append(refused, question{text, nil})
		}
	}
	for i, a := range askReference(t, refused) {
		text := refused[i].Text
		assert.Equal(t, reasons[text] == refusedToo, a.Error != "", "%s: %q %s: the reference says %q", outside, text, reasons[text], a.Error)
		delete(reasons, text)
	}
	for text, reason := range reasons {
		t.Errorf("%s has %q %s, which no text of %s needs", outside, text, reason, suite)
	}
	instants := compare(t, read)
	t.Logf("%s: compared %d texts over %d instants; %d texts are outside the notation", suite, len(read), instants, len(refused))
	assert.Greater(t, len(read), 50)
}

// Random hours mean the same to the reference, and so does their canonical text.
func TestRandom(t *testing.T) {
	holidays := readHolidays(t)
	seed := newSeed()
	for _, nights := range []bool{false, true} {
		g := newGenerator(seed, nights, holidays)
		var texts, canonical []hours
		for range sampled(40, 1000) {
			h := g.hours()
			if err := h.parse(); err != nil {
				t.Errorf("%v", err)
				continue
			}
			texts = append(texts, h)
			if h.calendar != nil {
				h.theirs = closedOnHolidays(h.calendar.Hours())
				canonical = append(canonical, h)
			}
		}
		run := func(name string, all []hours) {
			t.Run(fmt.Sprintf("%s, nights %t", name, nights), func(t *testing.T) {
				instants := compare(t, all)
				t.Logf("compared %d texts over %d instants; seed %d", len(all), instants, seed)
			})
		}
		run("texts", texts)
		run("canonical texts", canonical)
	}
}

// hours is a text, and the text that the reference is asked for in its place.
type hours struct {
	ours, theirs string
	days         []int
	holidays     []calendar.Holiday
	calendar     *calendar.Calendar // nil if it never opens
}

const neverOpen = "these never open"

func (h *hours) parse() (err error) {
	h.calendar, err = calendar.New("UTC", h.ours, calendar.Holidays(calendar.HolidayList("test", h.holidays...)))
	if parse, ok := errors.AsType[*calendar.ParseError](err); ok && strings.HasSuffix(parse.Want, neverOpen) {
		return nil
	}
	return err
}

// open returns the minutes of a day from which and up to which it is open.
func (h *hours) open(day int) (spans []int) {
	if h.calendar == nil {
		return nil
	}
	midnight := time.Unix(int64(day)*24*60*60, 0).UTC()
	for span := range h.calendar.Spans(midnight, midnight.Add(24*time.Hour)) {
		spans = append(spans, int(span.Start.Sub(midnight).Minutes()), int(span.End.Sub(midnight).Minutes()))
	}
	return spans
}

// compare compares hours with the reference on all their days, and returns the number of
// instants. It shows the differences with the shortest texts.
func compare(t *testing.T, all []hours) (instants int) {
	var questions []question
	for _, h := range all {
		questions = append(questions, question{h.theirs, h.days})
	}
	var different []string
	for i, a := range askOwnDates(t, questions) {
		if d := difference(all[i], a); d != "" {
			different = append(different, d)
		}
		instants += a.Asked
	}
	slices.SortFunc(different, func(a, b string) int { return len(a) - len(b) })
	const most = 20
	for _, d := range different[:min(len(different), most)] {
		t.Error(d)
	}
	if len(different) > most {
		t.Errorf("%d texts more differ", len(different)-most)
	}
	return instants
}

// difference describes the first day on which hours and the answer of the reference differ.
func difference(h hours, a answer) string {
	question := fmt.Sprintf("%q", h.ours)
	if h.theirs != h.ours {
		question += fmt.Sprintf(", as %q", h.theirs)
	}
	if a.Error != "" {
		return fmt.Sprintf("%s: the reference says %s", question, a.Error)
	}
	_, after := cutAtMidnight(h.theirs)
	for i, day := range h.days {
		ours, theirs := h.open(day), a.Open[i]
		if after != "" {
			ours, theirs = upTo(ours, lastMinute), upTo(theirs, lastMinute)
		}
		if !slices.Equal(ours, theirs) {
			date := time.Unix(int64(day)*24*60*60, 0).UTC()
			return fmt.Sprintf("%s: on %s ours is open %v, theirs %v", question, date.Format("Mon 2006-01-02"), clocks(ours), clocks(theirs))
		}
	}
	return ""
}

func clocks(spans []int) (texts []string) {
	for pair := range slices.Chunk(spans, 2) {
		texts = append(texts, fmt.Sprintf("%02d:%02d-%02d:%02d", pair[0]/60, pair[0]%60, pair[1]/60, pair[1]%60))
	}
	return texts
}

var shiftedPH = regexp.MustCompile(`PH\s*[-+]\s*\d+\s*days?`)

// closedOnHolidays returns a text with the rule that R11 adds.
func closedOnHolidays(text string) string {
	if strings.Contains(shiftedPH.ReplaceAllString(text, ""), "PH") {
		return text
	}
	return text + "; PH off"
}

// readHolidays returns the holidays that the reference has.
func readHolidays(t *testing.T) (holidays []calendar.Holiday) {
	days := daysOf(2011, 2030)
	answers := askReference(t, []question{{"PH 00:00-24:00", days}})
	require.Empty(t, answers[0].Error)
	for i, spans := range answers[0].Open {
		if len(spans) > 0 {
			holidays = append(holidays, calendar.Holiday{Date: dateOf(days[i]), Name: "holiday"})
		}
	}
	require.Greater(t, len(holidays), 20*9)
	return holidays
}

func dateOf(day int) calendar.Date {
	return calendar.DateOf(time.Unix(int64(day)*24*60*60, 0).UTC())
}

// daysOf returns the days of some years, counted from 1970-01-01.
func daysOf(first, last int) (days []int) {
	for day := dayNumber(first, 1, 1); day < dayNumber(last+1, 1, 1); day++ {
		days = append(days, day)
	}
	return days
}

func dayNumber(year int, month time.Month, day int) int {
	return int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// readOutside returns the texts outside the notation, each with its reason.
func readOutside(t *testing.T) map[string]string {
	reasons := map[string]string{}
	reason, texts := "", 1
	for line := range strings.Lines(readFile(t, outside)) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
			continue
		case strings.HasPrefix(line, "["):
			require.NotZero(t, texts, "%s: no text under %s", outside, reason)
			reason, texts = line, 0
			continue
		}
		require.NotContains(t, reasons, line, "%s: twice", outside)
		reasons[line] = reason
		texts++
	}
	require.NotZero(t, texts, "%s: no text under %s", outside, reason)
	return reasons
}

func readFile(t *testing.T, name string) string {
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(text)
}
