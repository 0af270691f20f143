package sla_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/slow"
)

// targetMaker makes targets of all forms.
type targetMaker struct{ *rand.Rand }

func (m targetMaker) duration() string {
	return sla.MustParseTarget((time.Duration(1+m.IntN(30*60)) * []time.Duration{time.Minute, time.Minute, time.Second}[m.IntN(3)]).String()).String()
}

func (m targetMaker) clock(first int) string {
	minute := first + m.IntN(48*60+1-first)
	if m.IntN(2) == 0 {
		minute = max(first, m.IntN(33)*60)
	}
	return fmt.Sprintf("%02d:%02d", minute/60, minute%60)
}

// side returns a target without a condition.
func (m targetMaker) side() string {
	days := 1 + m.IntN(5)
	switch m.IntN(9) {
	case 0:
		return m.duration()
	case 1:
		return m.duration() + " wall"
	case 2:
		return fmt.Sprintf("%dbd", days)
	case 3:
		return fmt.Sprintf("%dbd %s", days, m.duration())
	case 4:
		return fmt.Sprintf("%dbd@close", days-1)
	case 5:
		return fmt.Sprintf("%dbd@%s", days, m.clock(0))
	case 6:
		return fmt.Sprintf("%dd@%s", days, m.clock(0))
	}
	return fmt.Sprintf("%dd", days)
}

func (m targetMaker) target() string {
	switch m.IntN(7) {
	case 0:
		return m.side() + " in hours else " + m.side()
	case 1:
		return m.side() + " in hours else 0bd@" + m.clock(0)
	case 2:
		return m.side() + " before " + m.clock(1) + " else " + m.side()
	case 3:
		before, at := m.clock(1), m.clock(1)
		return "0bd@" + max(before, at) + " before " + min(before, at) + " else " + m.side()
	}
	return m.side()
}

// TestTargetOracle compares targets of all forms with a slow reading of their rules, in odd
// hours, near clock changes and holidays.
func TestTargetOracle(t *testing.T) {
	t.Parallel()
	own := calendar.HolidayList("own",
		calendar.Holiday{Date: date(t, "2024-04-01")}, calendar.Holiday{Date: date(t, "2024-10-28")}, calendar.Holiday{Date: date(t, "2024-10-26"), Workday: true})
	var calendars []*calendar.Calendar
	for _, hours := range [][2]string{
		{"UTC", "24/7"},
		{"Europe/Berlin", "24/7"},
		{"Europe/Berlin", "Mo-Fr 09:00-17:00"},
		{"Europe/Berlin", "Mo-Fr 09:00-12:00,13:00-17:00; Sa 22:00-26:30"},
		{"Europe/Berlin", "Mo-Fr 22:00-06:00"},
		{"Europe/Berlin", "Mo-Su 20:00-02:30"},
		{"Europe/Berlin", "Mo-Su 02:30-12:00"},
		{"Europe/Berlin", "Mo-Su 00:00-01:00,33:00-41:00"},
		{"Europe/Berlin", "Tu 33:00-41:00; We 00:00-01:00; Fr 20:00-48:00; Sa 10:00-44:00"},
		{"America/New_York", "Mo-Su 22:00-01:30"},
		{"America/Sao_Paulo", "Mo-Su 23:00-01:00"},
		{"America/Sao_Paulo", "Mo-Su 00:00-24:00"},
		{"Australia/Lord_Howe", "Mo-Su 01:00-02:15,03:00-09:00"},
		{"Pacific/Apia", "Tu-Sa 08:00-16:00"},
		{"Pacific/Apia", "Mo-Su 20:00-32:00"},
	} {
		calendars = append(calendars, calendar.Must(calendar.New(hours[0], hours[1])), calendar.Must(calendar.New(hours[0], hours[1], calendar.Holidays(own))))
	}
	calendars = append(calendars, calendar.Must(calendar.Union("", calendars[4], calendars[19])), calendar.Must(calendar.Intersect("", calendars[6], calendars[24])))
	var anchors []time.Time
	for _, at := range []string{"2024-03-31T01:00:00Z", "2024-10-27T01:00:00Z", "2024-03-10T07:00:00Z", "2018-11-04T03:00:00Z", "2018-02-18T02:00:00Z", "2024-04-06T15:00:00Z", "2024-10-05T15:30:00Z", "2011-12-30T10:00:00Z", "2024-06-12T12:00:00Z"} {
		anchors = append(anchors, in(t, at))
	}
	seed := newSeed()
	rng := rand.New(rand.NewPCG(seed, 1))
	m := targetMaker{rng}
	for range sampled(4_000, 400_000) {
		c := calendars[rng.IntN(len(calendars))]
		from := anchors[rng.IntN(len(anchors))].Add(time.Duration(rng.IntN(10*24*60)-5*24*60) * time.Minute)
		if rng.IntN(4) == 0 {
			from = from.Add(time.Duration(rng.Int64N(int64(time.Minute))))
		}
		switch day := c.Day(calendar.DateOf(from.In(c.Zone()))); {
		case rng.IntN(3) > 0 || !day.Business:
		case rng.IntN(2) == 0:
			from = day.Spans[0].Start
		default:
			from = day.Spans[len(day.Spans)-1].End
		}
		from = from.In([]*time.Location{time.UTC, c.Zone()}[rng.IntN(2)])
		text := m.target()
		target, err := sla.ParseTarget(text)
		require.NoError(t, err, text)
		require.Equal(t, text, target.String())
		side, start, due := slow.HoursOf(c).Target(text, from)
		chosen, err := target.Choose(c, from)
		require.NoError(t, err)
		what := fmt.Sprintf("-seed %d: %s from %s in %s", seed, text, from.Format(time.RFC3339Nano), c)
		require.Equal(t, side, chosen.String(), what)
		got, err := target.Due(c, from)
		require.NoError(t, err, what)
		require.Equal(t, due.UTC().Format(time.RFC3339Nano), got.UTC().Format(time.RFC3339Nano), what)
		require.Equal(t, from.Location(), got.Location(), "R10: %s", what)
		require.False(t, got.Before(start), "due before the start: %s", what)
		again, err := chosen.Due(c, from)
		require.NoError(t, err)
		require.Equal(t, got, again, what)
		first, other := target.Sides()
		require.True(t, chosen == first || chosen == other, what)
		require.Equal(t, other.IsZero(), first == target, what)
	}
}
