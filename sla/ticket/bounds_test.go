package ticket_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

// twoTerms returns a catalog of some metrics that all follow one course, with a term for A and
// another for B.
func twoTerms(t testing.TB, metrics int, course sla.Course, thresholds ...sla.Threshold) *sla.Catalog {
	t.Helper()
	p := sla.Policy{Moniker: "m", Statuses: only("open", "pending"), Happenings: only("reply"), Courses: only(course)}
	for i := range metrics {
		for s, target := range map[sla.Severity]string{a: "40h", b: "80h"} {
			p.Terms = append(p.Terms, sla.Term{Metric: sla.Metric(fmt.Sprint("m", i)), Severities: only(s), Target: targetOf(target), Calendar: troublesome[1], Thresholds: thresholds})
		}
	}
	catalog, err := sla.NewCatalog("1", p)
	require.NoError(t, err)
	return catalog
}

// pausesAndChanges returns events a minute apart: pauses and resumptions, and between them
// changes of severity, as many for each event.
func pausesAndChanges(opened time.Time, events int, isChange func(i int) bool) []ticket.Event {
	list := make([]ticket.Event, events)
	changes := 0
	for i := range list {
		at := opened.Add(time.Duration(i) * time.Minute)
		if isChange(i) {
			list[i] = severity(at, only(b, a)[changes%2])
			changes++
			continue
		}
		list[i] = word(at, only("pending", "open")[i%2])
	}
	return list
}

// TestLookBack bounds the pauses and stops that the changes of a ticket go through: 16,384 in
// all its clocks, and 256 more for each event. Each change after n steps of 16 clocks goes
// through n of each.
func TestLookBack(t *testing.T) {
	opened := moment(t, "Mon 10:00")
	const wrong = "changes that go through more than %d pauses and stops, with their alarms: want 16384 at the most, and 256 for each event"
	everyEighth := func(i int) bool { return i%8 == 7 }
	for _, row := range []struct {
		mode       sla.ChangeMode
		thresholds int
		fails      int // the number of the event that is refused; -1 for none
	}{
		// After the change that is event 8k the clocks have gone through 16 * (8 + 16 + ... + 8k),
		// which is 64 * k * (k + 1), and may have gone through 16384 + 256 * 8k: k can be 42.
		{sla.ChangeFromOpening, 8, 8*43 - 1},
		// The alarms of 8 thresholds count as 4 more: 320 * k * (k + 1), and k can be 11.
		{sla.ChangeReplace, 8, 8*12 - 1},
		{sla.ChangeReplace, 0, 8*43 - 1},
		{sla.ChangeRestart, 8, -1},
		{sla.ChangeCarryElapsed, 8, -1},
	} {
		catalog := twoTerms(t, 16, sla.Course{Pause: only("pending"), Change: row.mode}, percents(row.thresholds)...)
		fresh := ticketOf(t, catalog, sla.Request{Moniker: "m", Severity: a, Opened: opened})
		list := pausesAndChanges(opened.Add(time.Minute), 400, everyEighth)
		_, err := fresh.Apply(list...)
		if row.fails < 0 {
			require.NoError(t, err, row.mode)
			continue
		}
		bad := new(ticket.EventError)
		require.ErrorAs(t, err, &bad, "%s", row.mode)
		require.Equal(t, row.fails, bad.Index, "%s", row.mode)
		require.EqualError(t, bad.Err, fmt.Sprintf(wrong, 16384+256*(row.fails+1)))
		readAgain(t, apply(t, fresh, list[:row.fails]...))
	}
}

// TestLongLife holds that the bounds do not hinder a ticket of 6 metrics, 2,000 pauses and
// resumptions, 10 changes after all of them, and an update every two hours for a month.
func TestLongLife(t *testing.T) {
	opened := moment(t, "Mon 10:00")
	thresholds := only(thresholdOf("50%"), thresholdOf("90%"), thresholdOf("-30m"), thresholdOf("breach"), thresholdOf("+2h wall every 2h"))
	for _, mode := range only(sla.ChangeFromOpening, sla.ChangeReplace, sla.ChangeCarryElapsed, sla.ChangeRestart) {
		catalog := twoTerms(t, 6, sla.Course{Pause: only("pending"), Change: mode}, thresholds...)
		k := ticketOf(t, catalog, sla.Request{Moniker: "m", Severity: a, Opened: opened}, pausesAndChanges(opened.Add(time.Minute), 2000, func(i int) bool { return i >= 1990 })...)
		readAgain(t, k)
	}
	updates := twoTerms(t, 6, sla.Course{Reset: only("reply")}, thresholds...)
	k := ticketOf(t, updates, sla.Request{Moniker: "m", Severity: a, Opened: opened})
	for i := range 12 * 30 {
		k = apply(t, k, word(opened.Add(time.Duration(i+1)*2*time.Hour), "reply"))
	}
	readAgain(t, k)
}

// TestRepeats bounds how often a clock repeats its thresholds. A cycle of a day reaches each
// of the four 100 times, and so repeats 4 * 99 times: the third one comes after 792 repeats,
// more than 500, and reaches each once.
func TestRepeats(t *testing.T) {
	opened := moment(t, "Mon 10:00")
	for _, row := range []struct {
		words  []string
		alarms [5]int // by the end of the first four days, and of the last
	}{
		{only("reply"), [...]int{400, 800, 804, 808, 876}},
		// With due, the first cycle of a day ends after 100 minutes, with 100 + 99 + 98 + 97
		// alarms and 390 repeats, and 14 follow with 4 alarms each. The third day repeats
		// nothing: it has 15 * 4 alarms. 18 days have 252 resets by due times, the 19th has
		// the last 4, and the others have none: 900 + 16 * 60 + 5 * 4 + 4 + 4.
		{only("reply", sla.WordDue), [...]int{450, 900, 960, 1020, 1888}},
	} {
		term := sla.Term{Target: targetOf("100m"), Calendar: calendar.AlwaysOpen()}
		for i := range 4 {
			term.Thresholds = append(term.Thresholds, sla.Threshold{Percent: i + 1, Every: time.Minute})
		}
		catalog, err := sla.NewCatalog("1", sla.Policy{Moniker: "m", Happenings: only("reply"), Courses: only(sla.Course{Reset: row.words}), Terms: only(term)})
		require.NoError(t, err)
		const days = 20
		k := ticketOf(t, catalog, sla.Request{Moniker: "m", Severity: a, Opened: opened})
		for i := range days {
			k = apply(t, k, word(opened.AddDate(0, 0, i+1), "reply"))
		}
		count := func(day int) int { return len(k.Alarms(opened.AddDate(0, 0, day).Add(-1))) }
		require.Equal(t, row.alarms, [...]int{count(1), count(2), count(3), count(4), count(days + 1)})
		require.Equal(t, k.Alarms(opened.AddDate(1, 0, 0)), readAgain(t, k).Alarms(opened.AddDate(1, 0, 0)))
	}
}
