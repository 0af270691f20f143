package ticket_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/bound"
	"github.com/duetime/duetime/sla/ticket"
)

// The scenarios are in Berlin in March 2024: "Mon 10:00" is Monday the 11th,
// "Mon2 10:00" a week later. The clock goes forward on Sun3, the 31st, at 02:00.
func moment(t testing.TB, s string) time.Time {
	t.Helper()
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	day, clock, ok := strings.Cut(s, " ")
	week := 0
	if n := len(day) - 1; day[n] >= '2' && day[n] <= '9' {
		day, week = day[:n], int(day[n]-'1')
	}
	i := strings.Index("Mon Tue Wed Thu Fri Sat Sun", day)
	at, err := time.ParseInLocation("15:04:05.999999999", clock, time.UTC)
	if err != nil {
		at, err = time.ParseInLocation("15:04", clock, time.UTC)
	}
	require.True(t, ok && i >= 0 && err == nil, s)
	return time.Date(2024, time.March, 11+i/4+7*week, at.Hour(), at.Minute(), at.Second(), at.Nanosecond(), berlin)
}

// named returns what moment reads.
func named(t time.Time) string {
	week := int(t.Sub(time.Date(2024, time.March, 11, 0, 0, 0, 0, t.Location()))/time.Hour+1) / 24 / 7
	s := t.Format("Mon")
	if week > 0 {
		s += fmt.Sprint(week + 1)
	}
	return s + strings.TrimSuffix(t.Format(" 15:04:05.999999999"), ":00")
}

// events reads a list such as "Mon 12:00 paused, Mon 13:00 severity C".
func events(t testing.TB, list string) []ticket.Event {
	t.Helper()
	var events []ticket.Event
	for text := range strings.SplitSeq(list, ", ") {
		if text == "" {
			continue
		}
		words := strings.Fields(text)
		e := word(moment(t, words[0]+" "+words[1]), words[2])
		if len(words) > 3 {
			e = severity(e.At, sla.Severity(words[3]))
		}
		events = append(events, e)
	}
	return events
}

// reopens returns a policy whose clocks are started by the opening and by reopened, stopped by
// responded, and paused from paused to resumed. As responded and reopened are happenings, a
// pause outlasts them.
func reopens(course sla.Course, terms ...sla.Term) sla.Policy {
	course.Start, course.Stop, course.Pause = only(sla.WordOpened, "reopened"), only("responded"), only("paused")
	return sla.Policy{
		Moniker: "acme", Statuses: only("paused", "resumed"), Happenings: only("responded", "reopened"),
		Courses: only(course), Terms: terms,
	}
}

// scenario is a policy of one clock that [reopens]: A in one hour of all hours, B and C in
// Berlin's business hours, and nothing for a severity whose target is "".
type scenario struct {
	b, c      string // targets
	severity  sla.ChangeMode
	reopening sla.ReopenMode // "" is sla.ReopenContinue
	hours     string         // of B, if not the usual ones
	alarms    string         // of B
}

func (s scenario) ticket(t testing.TB, opened, list string) ticket.Ticket {
	t.Helper()
	hours := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00"))
	p := reopens(sla.Course{Change: s.severity, Reopening: cmp.Or(s.reopening, sla.ReopenContinue)}, sla.Term{
		Severities: only(a), Target: targetOf("1h"), Calendar: calendar.AlwaysOpen(),
	})
	for i, text := range []string{s.b, s.c} {
		if text == "" {
			continue
		}
		target, err := sla.ParseTarget(text)
		require.NoError(t, err)
		term := sla.Term{Severities: only([]sla.Severity{b, c}[i]), Target: target, Calendar: hours}
		if i == 0 {
			if s.hours != "" {
				term.Calendar = calendar.Must(calendar.New("Europe/Berlin", s.hours))
			}
			for text := range strings.SplitSeq(s.alarms, ", ") {
				if text != "" {
					threshold, err := sla.ParseThreshold(text)
					require.NoError(t, err)
					term.Thresholds = append(term.Thresholds, threshold)
				}
			}
		}
		p.Terms = append(p.Terms, term)
	}
	catalog, err := sla.NewCatalog("scenario", p)
	require.NoError(t, err)
	return ticketOf(t, catalog, sla.Request{Moniker: "acme", Severity: b, Opened: moment(t, opened)}, events(t, list)...)
}

// clock returns the clock of the ticket.
func (s scenario) clock(t *testing.T, opened, list string) ticket.Clock {
	t.Helper()
	return first(s.ticket(t, opened, list))
}

// told returns the figures of a status in one line.
func told(st ticket.Status) string {
	s := fmt.Sprintf("%v %v", st.State, st.Outcome)
	if st.Err != nil {
		s += " no figures"
	} else {
		s += fmt.Sprintf(", %v of %v, due %s", st.Elapsed, st.TargetTime, named(st.Due))
		if !st.Due.Equal(st.OriginalDue) {
			s += " was " + named(st.OriginalDue)
		}
		if st.WallOverdue > 0 {
			s += fmt.Sprintf(", overdue %v wall %v", st.Overdue, st.WallOverdue)
		}
	}
	if !st.BreachedAt.IsZero() {
		s += ", breached " + named(st.BreachedAt)
	}
	if st.Cycle != 1 {
		s += fmt.Sprintf(", cycle %d", st.Cycle)
	}
	if st.Breaches != 0 {
		s += fmt.Sprintf(", %d breaches before", st.Breaches)
	}
	return s
}

func TestScenarios(t *testing.T) {
	hours8, day := scenario{b: "8h", c: "24h"}, scenario{b: "1bd", c: "3bd"}
	from, carry, restart := day, day, day
	carry.severity, restart.severity = sla.ChangeCarryElapsed, sla.ChangeRestart
	hoursCarry := scenario{b: "8h", c: "24h", severity: sla.ChangeCarryElapsed}
	newCycle, ignore := day, day
	newCycle.reopening, ignore.reopening = sla.ReopenNewCycle, sla.ReopenIgnore
	silent := scenario{b: "1bd"}
	for _, row := range []struct {
		name   string
		policy scenario
		opened string
		events string
		at     string
		want   string
		why    string
	}{
		// State
		{"pending", day, "Sun 20:00", "", "Sun 21:00", "pending open, 0s of 8h0m0s, due Tue2 09:00", "opened on a Sunday, it starts on Monday at 09:00"},
		{"before the opening", day, "Mon 10:00", "Mon 12:00 paused", "Mon 09:00", "pending open, 0s of 8h0m0s, due Tue 10:00", "what has not happened yet changes nothing"},
		{"running at the start", day, "Sun 20:00", "", "Mon2 09:00", "running open, 0s of 8h0m0s, due Tue2 09:00", "the start is the first running instant"},
		{"running at night", day, "Mon 10:00", "", "Mon 20:00", "running open, 7h0m0s of 8h0m0s, due Tue 10:00", "the clock runs, and its time does not"},
		{"before an event", day, "Mon 10:00", "Mon 12:00 paused, Mon 14:00 resumed", "Mon 11:00", "running open, 1h0m0s of 8h0m0s, due Tue 10:00", "the pause is still to come"},
		{"stopped", day, "Mon 10:00", "Mon 12:00 responded", "Fri 12:00", "stopped met, 2h0m0s of 8h0m0s, due Tue 10:00", "all figures are those of the answer"},
		{"answered before the start", day, "Sun 18:00", "Sun 19:00 responded", "Mon2 12:00", "stopped met, 0s of 8h0m0s, due Tue2 09:00", "before it was due is before it was due"},
		{"answered twice", day, "Mon 10:00", "Mon 12:00 responded, Wed 12:00 responded", "Fri 12:00", "stopped met, 2h0m0s of 8h0m0s, due Tue 10:00", "the first answer counts"},
		{"cancelled", day, "Mon 10:00", "Mon 12:00 cancelled", "Fri 12:00", "cancelled open, 2h0m0s of 8h0m0s, due Tue 10:00", "never to be decided"},
		{"cancelled after the breach", day, "Mon 10:00", "Tue 12:00 cancelled", "Fri 12:00", "cancelled breached, 10h0m0s of 8h0m0s, due Tue 10:00, overdue 2h0m0s wall 2h0m0s, breached Tue 10:00", "a breach stays"},
		{"cancelled after the answer", day, "Mon 10:00", "Mon 12:00 responded, Tue 12:00 cancelled", "Fri 12:00", "stopped met, 2h0m0s of 8h0m0s, due Tue 10:00", "a stopped clock stays stopped, and its answer in time"},
		{"reopened after it was cancelled", day, "Mon 10:00", "Mon 12:00 responded, Tue 12:00 cancelled, Tue 13:00 reopened", "Fri 12:00", "stopped met, 2h0m0s of 8h0m0s, due Tue 10:00", "nothing counts any more (R15)"},
		{"paused and answered after it was cancelled", day, "Mon 10:00", "Mon 12:00 cancelled, Mon 13:00 paused, Mon 14:00 responded, Mon 15:00 cancelled", "Fri 12:00", "cancelled open, 2h0m0s of 8h0m0s, due Tue 10:00", "what is told after it changes nothing"},
		{"paused twice, resumed twice", day, "Mon 10:00", "Mon 11:00 paused, Mon 12:00 paused, Mon 13:00 resumed, Mon 14:00 resumed", "Mon 15:00", "running open, 3h0m0s of 8h0m0s, due Tue 12:00 was Tue 10:00", "a status that holds already changes nothing (R14)"},
		{"reopened while it runs", day, "Mon 10:00", "Mon 12:00 reopened, Mon 13:00 resumed, Mon 14:00 severity B", "Mon 15:00", "running open, 5h0m0s of 8h0m0s, due Tue 10:00", "a start while it runs changes nothing, nor does the severity that it has"},

		// Outcome
		{"at the due time", day, "Mon 10:00", "", "Tue 10:00", "running open, 8h0m0s of 8h0m0s, due Tue 10:00", "the due time is in time"},
		{"right after the due time", day, "Mon 10:00", "", "Tue 10:00:00.000000001", "running breached, 8h0m0.000000001s of 8h0m0s, due Tue 10:00, overdue 1ns wall 1ns, breached Tue 10:00", "and one instant later is not"},
		{"answered at the due time", day, "Mon 10:00", "Tue 10:00 responded", "Fri 12:00", "stopped met, 8h0m0s of 8h0m0s, due Tue 10:00", "the due time is in time"},
		{"answered late", day, "Mon 10:00", "Tue 11:00 responded", "Fri 12:00", "stopped breached, 9h0m0s of 8h0m0s, due Tue 10:00, overdue 1h0m0s wall 1h0m0s, breached Tue 10:00", "late is late"},
		{"due at closing", hours8, "Mon 09:00", "", "Mon 20:00", "running breached, 8h0m0s of 8h0m0s, due Mon 17:00, overdue 0s wall 3h0m0s, breached Mon 17:00", "8 hours end at closing (R4); overdue on the wall, not yet in business time"},
		{"due at opening", day, "Mon 09:00", "", "Tue 08:00", "running open, 8h0m0s of 8h0m0s, due Tue 09:00", "one business day on is the next opening (R7), with no business time left in the night before it"},

		// Pauses
		{"a pause over the weekend, hours", hours8, "Fri 15:00", "Fri 17:00 paused, Mon2 09:00 resumed", "Mon2 10:00", "running open, 3h0m0s of 8h0m0s, due Mon2 15:00", "it moves nothing"},
		{"a pause over the weekend, day", day, "Fri 15:00", "Sat 12:00 paused, Sun 12:00 resumed", "Mon2 10:00", "running open, 3h0m0s of 8h0m0s, due Mon2 15:00", "it moves nothing (R12)"},
		{"a pause in hours", hours8, "Mon 10:00", "Mon 12:00 paused, Mon 15:30 resumed", "Mon 16:00", "running open, 2h30m0s of 8h0m0s, due Tue 13:30 was Tue 10:00", "moved on by 3h30m"},
		{"a pause overnight", hours8, "Mon 10:00", "Mon 15:00 paused, Tue 11:00 resumed", "Tue 12:00", "running open, 6h0m0s of 8h0m0s, due Tue 14:00 was Tue 10:00", "only the 2+2 hours in business time count"},
		{"R12", day, "Mon 10:00", "Mon 15:00 paused, Tue 11:00 resumed", "Tue 12:00", "running open, 6h0m0s of 8h0m0s, due Tue 14:00 was Tue 10:00", "the day first, then the business time spent paused"},
		{"R12 at closing", scenario{b: "1bd@close"}, "Mon 10:00", "Mon 16:00 paused, Tue 10:00 resumed", "Tue 10:00", "running open, 6h0m0s of 15h0m0s, due Wed 11:00 was Tue 17:00", "a due time at closing moves on into the next day, as R4 adds"},
		{"two pauses", day, "Mon 10:00", "Mon 11:00 paused, Mon 12:00 resumed, Tue 09:30 paused, Tue 10:30 resumed", "Tue 10:30", "running open, 6h30m0s of 8h0m0s, due Tue 12:00 was Tue 10:00", "the first moves the due time to 11:00, so that the second begins before it"},
		{"paused from the first instant", hours8, "Mon 10:00", "Mon 10:00 paused", "Mon 12:00", "paused open, 0s of 8h0m0s, due Tue 12:00 was Tue 10:00", "nothing counts; due as if resumed now"},
		{"paused now", hours8, "Mon 10:00", "Mon 12:00 paused", "Mon 12:00", "paused open, 2h0m0s of 8h0m0s, due Tue 10:00", "a pause of no length moves nothing yet"},
		{"paused, at night", hours8, "Mon 10:00", "Mon 12:00 paused", "Mon 22:00", "paused open, 2h0m0s of 8h0m0s, due Tue 15:00 was Tue 10:00", "due as if resumed now: 5 hours until closing, and none since"},
		{"paused before the opening instant's start", day, "Sun 18:00", "Sun 19:00 paused", "Sun 20:00", "paused open, 0s of 8h0m0s, due Tue2 09:00", "paused beats pending"},
		{"paused and resumed before the start", day, "Sun 18:00", "Sun 19:00 paused, Sun 20:00 resumed", "Mon2 10:00", "running open, 1h0m0s of 8h0m0s, due Tue2 09:00", "nothing was lost"},
		{"paused across the start", hours8, "Sun 18:00", "Sun 19:00 paused, Mon2 11:00 resumed", "Mon2 11:00", "running open, 0s of 8h0m0s, due Tue2 11:00 was Mon2 17:00", "the start stays at 09:00; the two hours since are paused"},
		{"paused across the start, still", hours8, "Sun 18:00", "Sun 19:00 paused", "Mon2 11:00", "paused open, 0s of 8h0m0s, due Tue2 11:00 was Mon2 17:00", "as if resumed now"},
		{"paused after the due time", day, "Mon 10:00", "Tue 12:00 paused, Tue 15:00 resumed", "Tue 16:00", "running breached, 11h0m0s of 8h0m0s, due Tue 10:00, overdue 3h0m0s wall 6h0m0s, breached Tue 10:00", "it moves nothing; the 3 hours in it are not overdue"},
		{"paused at the due time", day, "Mon 10:00", "Tue 10:00 paused", "Tue 11:00", "paused breached, 8h0m0s of 8h0m0s, due Tue 10:00, overdue 0s wall 1h0m0s, breached Tue 10:00", "too late to move anything"},
		{"paused before an opening that it is due at", day, "Mon 09:00", "Mon 18:00 paused", "Tue 12:00", "paused open, 8h0m0s of 8h0m0s, due Tue 12:00 was Tue 09:00", "a pause from before the due time does not breach"},
		{"and until after closing", day, "Mon 09:00", "Mon 18:00 paused, Tue 18:00 resumed", "Wed 08:00", "running open, 8h0m0s of 8h0m0s, due Wed 09:00 was Tue 09:00", "Add would say closing on Tuesday, which lies in the pause: the first open instant after it"},
		{"a pause while the clock goes forward", scenario{b: "8h", hours: "Mo-Su 00:00-24:00"}, "Sun3 00:00", "Sun3 01:00 paused, Sun3 04:00 resumed", "Sun3 05:00", "running open, 2h0m0s of 8h0m0s, due Sun3 11:00 was Sun3 09:00", "from 01:00 to 04:00 are 2 hours (R3)"},
		{"a pause of no length", day, "Mon 10:00", "Mon 12:00 paused, Mon 12:00 resumed, Mon 12:00 paused, Mon 12:00 resumed", "Mon 13:00", "running open, 3h0m0s of 8h0m0s, due Tue 10:00", "events of one instant happen in their order"},
		{"answered while paused", day, "Mon 10:00", "Mon 12:00 paused, Mon 14:00 responded", "Mon 16:00", "stopped met, 2h0m0s of 8h0m0s, due Tue 12:00 was Tue 10:00", "as of the answer"},
		{"resumed after the answer", day, "Mon 10:00", "Mon 12:00 paused, Mon 14:00 responded, Mon 15:00 resumed", "Mon 16:00", "stopped met, 2h0m0s of 8h0m0s, due Tue 12:00 was Tue 10:00", "the customer wrote back; the clock is stopped"},

		// A severity that changes, from the opening
		{"lowered", from, "Mon 10:00", "Mon 12:00 severity C", "Mon 12:00", "running open, 2h0m0s of 24h0m0s, due Thu 10:00 was Tue 10:00", "3bd from the opening"},
		{"lowered and raised again", from, "Mon 10:00", "Mon 12:00 severity C, Mon 13:00 severity B", "Mon 14:00", "running open, 4h0m0s of 8h0m0s, due Tue 10:00", "as if nothing had been"},
		{"lowered after a pause", from, "Mon 10:00", "Mon 11:00 paused, Mon 13:00 resumed, Mon 14:00 severity C", "Mon 14:00", "running open, 2h0m0s of 24h0m0s, due Thu 12:00 was Tue 10:00", "pauses are kept"},
		{"lowered after two pauses", from, "Mon 10:00", "Mon 11:00 paused, Mon 12:00 resumed, Mon 13:00 paused, Mon 15:00 resumed, Mon 16:00 severity C", "Mon 16:00", "running open, 3h0m0s of 24h0m0s, due Thu 13:00 was Tue 10:00", "all of them"},
		{"lowered in a pause", from, "Mon 10:00", "Mon 11:00 paused, Mon 13:00 severity C, Mon 15:00 resumed", "Mon 16:00", "running open, 2h0m0s of 24h0m0s, due Thu 14:00 was Tue 10:00", "and so is one that goes on"},
		{"lowered after the breach", from, "Mon 10:00", "Tue 12:00 severity C", "Tue 12:00", "running breached, 10h0m0s of 24h0m0s, due Thu 10:00 was Tue 10:00, breached Tue 10:00", "a breach stays, whatever the due time is now"},
		{"lowered at the due time", from, "Mon 10:00", "Tue 10:00 severity C", "Tue 12:00", "running open, 10h0m0s of 24h0m0s, due Thu 10:00 was Tue 10:00", "that was still in time"},
		{"raised", from, "Mon 10:00", "Mon 10:30 severity A", "Mon 10:45", "running open, 45m0s of 1h0m0s, due Mon 11:00 was Tue 10:00", "one hour from the opening"},
		{"raised too late", from, "Mon 10:00", "Mon 12:00 severity A", "Mon 12:00", "running breached, 2h0m0s of 1h0m0s, due Mon 11:00 was Tue 10:00, overdue 1h0m0s wall 1h0m0s, breached Mon 12:00", "due before the change, breached by it and not before it"},
		{"raised too late, before", from, "Mon 10:00", "Mon 12:00 severity A", "Mon 11:59", "running open, 1h59m0s of 8h0m0s, due Tue 10:00", "until then it was another term"},
		{"raised at night", from, "Sun 18:00", "Sun 20:00 severity A", "Sun 20:00", "running breached, 2h0m0s of 1h0m0s, due Sun 19:00 was Tue2 09:00, overdue 1h0m0s wall 1h0m0s, breached Sun 20:00", "A counts round the clock, from the opening"},
		{"changed after the answer", from, "Mon 10:00", "Mon 12:00 responded, Mon 13:00 severity A", "Mon 14:00", "stopped met, 2h0m0s of 8h0m0s, due Tue 10:00", "the answer was judged by the term of its time"},
		{"changed after the answer and reopened in a new cycle", newCycle, "Mon 10:00", "Mon 12:00 responded, Mon 13:00 severity C, Mon 14:00 reopened", "Mon 15:00", "running open, 1h0m0s of 24h0m0s, due Thu 14:00, cycle 2", "the new term holds from the next cycle on"},
		{"changed after the answer and reopened", from, "Mon 10:00", "Mon 12:00 responded, Mon 13:00 severity C, Mon 14:00 reopened", "Mon 15:00", "running open, 3h0m0s of 8h0m0s, due Tue 12:00 was Tue 10:00", "a continued clock keeps the term of its cycle; the 2 hours in between are like a pause"},

		// Carrying the elapsed time
		{"carry, hours to hours", hoursCarry, "Mon 10:00", "Mon 12:00 severity C", "Mon 12:00", "running open, 2h0m0s of 24h0m0s, due Thu 10:00 was Tue 10:00", "22 hours from the change"},
		{"carry, to all hours", hoursCarry, "Mon 10:00", "Mon 10:15 severity A", "Mon 10:30", "running open, 30m0s of 1h0m0s, due Mon 11:00 was Tue 10:00", "45 minutes from the change"},
		{"carry, used up", hoursCarry, "Mon 10:00", "Mon 13:00 severity A", "Mon 13:00", "running open, 3h0m0s of 3h0m0s, due Mon 13:00 was Tue 10:00", "3 hours used, and the target is 1: due at the change, which is in time (R17); until then it is 3 hours"},
		{"carry, used up, and late", hoursCarry, "Mon 10:00", "Mon 13:00 severity A", "Mon 13:30", "running breached, 3h30m0s of 3h0m0s, due Mon 13:00 was Tue 10:00, overdue 30m0s wall 30m0s, breached Mon 13:00", "late since the change, and not before it"},
		{"carry, day", carry, "Mon 10:00", "Mon 12:00 severity C", "Mon 12:00", "running open, 2h0m0s of 24h0m0s, due Thu 10:00 was Tue 10:00", "3bd from the change is Thu 12:00, less 2 hours"},
		{"carry, before the start", carry, "Sun 18:00", "Sun 20:00 severity C", "Mon2 10:00", "running open, 1h0m0s of 24h0m0s, due Thu2 09:00 was Tue2 09:00", "nothing was used: 3bd from Monday 09:00, which is not taken back to closing"},
		{"carry, in a pause", hoursCarry, "Mon 10:00", "Mon 11:00 paused, Mon 12:00 severity C, Mon 14:00 resumed", "Mon 15:00", "running open, 2h0m0s of 24h0m0s, due Thu 13:00 was Tue 10:00", "1 hour used; 23 hours from 12:00 are Thu 11:00, and 2 hours paused since"},
		{"carry, after the breach", hoursCarry, "Mon 10:00", "Tue 12:00 severity C", "Tue 12:00", "running breached, 10h0m0s of 24h0m0s, due Thu 10:00 was Tue 10:00, breached Tue 10:00", "a breach stays"},

		// Restarting
		{"restart", restart, "Mon 10:00", "Mon 12:00 severity C", "Mon 12:00", "running open, 0s of 24h0m0s, due Thu 12:00, cycle 2", "3bd from the change"},
		{"restart after the breach", restart, "Mon 10:00", "Tue 12:00 severity C", "Tue 12:00", "running open, 0s of 24h0m0s, due Fri 12:00, cycle 2, 1 breaches before", "the mode begins a new cycle, and does not forget"},
		{"restart in a pause", restart, "Mon 10:00", "Mon 11:00 paused, Mon 12:00 severity C, Mon 14:00 resumed", "Mon 15:00", "running open, 1h0m0s of 24h0m0s, due Thu 14:00 was Thu 12:00, cycle 2", "the pause goes on in the new cycle"},

		// No commitment
		{"no commitment", silent, "Mon 10:00", "Mon 12:00 severity C", "Fri 12:00", "running open no figures", "nothing is promised for C"},
		{"no commitment after the breach", silent, "Mon 10:00", "Tue 12:00 severity C", "Fri 12:00", "running breached no figures, breached Tue 10:00", "a breach stays"},
		{"no commitment and answered", silent, "Mon 10:00", "Mon 12:00 severity C, Wed 12:00 responded", "Fri 12:00", "stopped open no figures", "there was nothing to meet"},
		{"no commitment and back", silent, "Mon 10:00", "Mon 12:00 severity C, Mon 13:00 severity B", "Mon 14:00", "running open, 4h0m0s of 8h0m0s, due Tue 10:00", "counted from the opening"},
		{"no commitment and back, carrying", scenario{b: "8h", severity: sla.ChangeCarryElapsed}, "Mon 10:00", "Mon 12:00 severity C, Mon 14:00 severity B", "Mon 15:00", "running open, 3h0m0s of 8h0m0s, due Tue 12:00 was Tue 10:00", "the 2 hours between did not count"},
		{"no commitment, paused, back", silent, "Mon 10:00", "Mon 11:00 severity C, Mon 12:00 paused, Mon 13:00 resumed, Mon 14:00 severity B", "Mon 15:00", "running open, 4h0m0s of 8h0m0s, due Tue 11:00 was Tue 10:00", "pauses are kept in the meantime"},

		// Reopening
		{"reopened", day, "Mon 10:00", "Mon 12:00 responded, Mon 14:00 reopened", "Mon 15:00", "running open, 3h0m0s of 8h0m0s, due Tue 12:00 was Tue 10:00", "the time between is like a pause"},
		{"reopened after a late answer", day, "Mon 10:00", "Tue 12:00 responded, Tue 14:00 reopened", "Tue 15:00", "running breached, 11h0m0s of 8h0m0s, due Tue 10:00, overdue 3h0m0s wall 5h0m0s, breached Tue 10:00", "late is late"},
		{"reopened after an answer at the due time", day, "Mon 10:00", "Tue 10:00 responded, Tue 14:00 reopened", "Tue 14:00", "running breached, 8h0m0s of 8h0m0s, due Tue 10:00, overdue 0s wall 4h0m0s, breached Tue 14:00", "nothing was left; the reopening makes it late, and not before"},
		{"reopened over the weekend", day, "Fri 10:00", "Fri 16:00 responded, Sun 14:00 reopened", "Mon2 09:30", "running open, 6h30m0s of 8h0m0s, due Mon2 11:00 was Mon2 10:00", "one business hour between answer and reopening"},
		{"reopened and still waiting", day, "Mon 10:00", "Mon 11:00 paused, Mon 12:00 responded, Mon 14:00 reopened", "Mon 15:00", "paused open, 1h0m0s of 8h0m0s, due Tue 14:00 was Tue 10:00", "nothing has resumed it"},
		{"reopened in a new cycle", newCycle, "Mon 10:00", "Mon 12:00 responded, Mon 14:00 reopened", "Mon 15:00", "running open, 1h0m0s of 8h0m0s, due Tue 14:00, cycle 2", "1bd from the reopening"},
		{"reopened in a new cycle after a breach", newCycle, "Mon 10:00", "Tue 12:00 responded, Sat 14:00 reopened", "Sat 15:00", "pending open, 0s of 8h0m0s, due Tue2 09:00, cycle 2, 1 breaches before", "it starts on Monday (R13)"},
		{"reopened in a new cycle, waiting", newCycle, "Mon 10:00", "Mon 11:00 paused, Mon 12:00 responded, Mon 14:00 reopened", "Mon 15:00", "paused open, 0s of 8h0m0s, due Tue 15:00 was Tue 14:00, cycle 2", "nothing has resumed it"},
		{"reopened and ignored", ignore, "Mon 10:00", "Mon 12:00 responded, Mon 14:00 reopened", "Mon 15:00", "stopped met, 2h0m0s of 8h0m0s, due Tue 10:00", "the answer stands"},
	} {
		t.Run(row.name, func(t *testing.T) {
			clock := row.policy.clock(t, row.opened, row.events)
			assert.Equal(t, row.want, told(clock.At(moment(t, row.at))), row.why)
		})
	}
}

// TestNoCommitment holds that the status says why there are no figures.
func TestNoCommitment(t *testing.T) {
	clock := first(ticketOf(t, sla.Published(), sla.Request{Moniker: worldwide, Severity: b, Opened: moment(t, "Mon 10:00")}, severity(moment(t, "Mon 12:00"), c)))
	st := clock.At(moment(t, "Mon 12:00"))
	assert.ErrorIs(t, st.Err, sla.ErrNoCommitment)
	assert.EqualError(t, st.Err, "sla: no commitment: o365-worldwide, plan enterprise, technical, severity C: the publisher promises no response time; bring a catalog of your own")
	_, ok := clock.Next(moment(t, "Mon 12:00"))
	assert.False(t, ok, "nothing will change")
	assert.Contains(t, clock.Explain(moment(t, "Mon 13:00")).String(), "no term")

	carried := scenario{b: "8h", severity: sla.ChangeCarryElapsed}.clock(t, "Mon 10:00", "Mon 12:00 severity C")
	assert.Equal(t, 2*time.Hour, carried.At(moment(t, "Mon 14:00")).Elapsed, "what was used is kept for a term to come")

	clock = first(ticketOf(t, sla.Published(), sla.Request{Moniker: china, Category: billing, Severity: b, Opened: moment(t, "Mon 10:00")}, severity(moment(t, "Mon 12:00"), a)))
	assert.Zero(t, clock.Explain(moment(t, "Mon 13:00")).Term)
	why, ok := errors.AsType[sla.TermError](clock.At(moment(t, "Mon 12:00")).Err)
	assert.True(t, ok)
	assert.Equal(t, b, why.HighestOffered, "not offered, with the highest severity that is")
}

// R7 can answer earlier than it was asked if hours lie a day after their date: at 33:00 of
// Wednesday, which is Thursday 09:00, the next business day at 00:00 is Thursday 00:00. A
// target is due at that time of the business day after, then.
func TestNothingIsDueBeforeTheStart(t *testing.T) {
	clock := scenario{b: "1bd@00:00", hours: "Mo-Su 00:00-01:00,33:00-41:00", alarms: "breach"}.clock(t, "Wed 14:44", "")
	assert.Equal(t, "running open, 0s of 2h16m0s, due Thu 00:00", told(clock.At(moment(t, "Wed 14:44"))))
	next, ok := clock.Next(moment(t, "Wed 14:44"))
	assert.True(t, ok)
	assert.Equal(t, moment(t, "Thu 00:00").Add(1), next)
}

// A due time is provisional where the holidays up to it are not settled.
func TestProvisionalDue(t *testing.T) {
	opened := time.Date(2026, time.December, 28, 4, 0, 0, 0, time.UTC)
	fresh := ticketOf(t, sla.Published(), sla.Request{Moniker: china, Category: billing, Severity: b, Opened: opened})
	assert.False(t, first(fresh).At(opened).Provisional)
	paused := apply(t, fresh, word(opened, "paused"))
	assert.False(t, first(paused).At(opened.AddDate(0, 0, 1)).Provisional)
	assert.True(t, first(paused).At(opened.AddDate(0, 0, 7)).Provisional, "as if resumed in 2027, whose holidays nobody has announced")
	resumed := apply(t, paused, word(opened.AddDate(0, 0, 7), "resumed"))
	assert.True(t, first(resumed).At(opened.AddDate(0, 0, 7)).Provisional)
	lowered := first(apply(t, fresh, severity(opened, c), word(opened, "paused")))
	assert.True(t, lowered.At(opened.AddDate(0, 0, 3)).Provisional)
	assert.Contains(t, lowered.Explain(opened.AddDate(0, 0, 3)).String(), "3bd from the start, by the business days of the calendar (R6, R7), moved on by the business time paused or stopped (R12); provisional: ")
}

// The table explains the start and the due time.
func TestWhyStartAndDue(t *testing.T) {
	line := func(clock ticket.Clock, at, label string) string {
		for line := range strings.Lines(clock.Explain(moment(t, at)).String()) {
			if rest, ok := strings.CutPrefix(line, label+" "); ok {
				return strings.TrimSpace(rest)
			}
		}
		return ""
	}
	day, hours := scenario{b: "1bd", c: "3bd"}, scenario{b: "8h", c: "24h", severity: sla.ChangeCarryElapsed, reopening: sla.ReopenNewCycle}
	carried := scenario{b: "8h", c: "24h", severity: sla.ChangeCarryElapsed}
	early := scenario{b: "8h", c: "8h", severity: sla.ChangeCarryElapsed, hours: "Mo-Fr 08:00-17:00"}
	for _, row := range []struct {
		policy             scenario
		opened, events, at string
		start, due         string
	}{
		{day, "Mon 10:00", "Mon 12:00 severity C", "Mon 13:00", "Mon 2024-03-11 10:00 +01:00: opened in hours, so at once (R13)", "Thu 2024-03-14 10:00 +01:00: 3bd from the start, by the business days of the calendar (R6, R7)"},
		{day, "Mon 10:00", "Mon 12:00 paused, Mon 13:00 resumed, Mon 13:00 severity C", "Mon 13:00", "Mon 2024-03-11 10:00 +01:00: opened in hours, so at once (R13)", "Thu 2024-03-14 11:00 +01:00: 3bd from the start, by the business days of the calendar (R6, R7), moved on by the business time paused or stopped (R12)"},
		{hours, "Mon 10:00", "Mon 12:00 severity C", "Mon 13:00", "Mon 2024-03-11 10:00 +01:00: opened in the hours in force then, so at once (R13)", "Thu 2024-03-14 10:00 +01:00: 24h from Mon 2024-03-11 12:00 +01:00, when the term came into force, less what was used before"},
		{hours, "Mon 10:00:05", "", "Mon 13:00", "Mon 2024-03-11 10:00:05 +01:00: opened in hours, so at once (R13)", "Tue 2024-03-12 10:00:05 +01:00: 8h of business time after the start (R4)"},
		{hours, "Mon 10:00:00.5", "", "Mon 13:00", "Mon 2024-03-11 10:00:00.5 +01:00: opened in hours, so at once (R13)", "Tue 2024-03-12 10:00:00.5 +01:00: 8h of business time after the start (R4)"},
		{hours, "Sun 18:00", "Sun 20:00 severity A", "Sun 20:00", "Sun 2024-03-17 20:00 +01:00: change in hours, so at once (R13)", "Sun 2024-03-17 21:00 +01:00: 1h of business time after the start (R4)"},
		{hours, "Sun 18:00", "Sun 20:00 severity C", "Sun 20:00", "Mon 2024-03-18 09:00 +01:00: change out of hours, so at the next opening (R13)", "Wed 2024-03-20 17:00 +01:00: 24h of business time after the start (R4)"},
		{hours, "Mon 10:00", "Mon 11:00 severity C, Mon 12:00 responded, Mon 18:00 reopened", "Mon 19:00", "Tue 2024-03-12 09:00 +01:00: cycle 2, reopened out of hours, so at the next opening (R13)", "Thu 2024-03-14 17:00 +01:00: 24h of business time after the start (R4)"},
		{scenario{b: "8h", c: "24h", severity: sla.ChangeRestart}, "Mon 10:00", "Mon 11:00 severity C", "Mon 12:00", "Mon 2024-03-11 11:00 +01:00: cycle 2, change in hours, so at once (R13)", "Thu 2024-03-14 11:00 +01:00: 24h of business time after the start (R4)"},
		// The first of two changes sets the start.
		{hours, "Sun 18:00", "Sun 20:00 severity A, Sun 20:30 severity B", "Sun 21:00", "Sun 2024-03-17 20:00 +01:00: change in the hours in force then, so at once (R13)", "Mon 2024-03-18 16:30 +01:00: 8h from Sun 2024-03-17 20:30 +01:00, when the term came into force, less what was used before"},
		// A change while it is answered holds from the next cycle on.
		{carried, "Mon 10:00", "Mon 11:00 responded, Mon 12:00 severity C, Mon 14:00 reopened", "Mon 15:00", "Mon 2024-03-11 10:00 +01:00: opened in hours, so at once (R13)", "Tue 2024-03-12 13:00 +01:00: 8h of business time after the start (R4), moved on by the business time paused or stopped (R12)"},
		{hours, "Sun 18:00", "Sun 19:00 responded, Sun 20:00 severity C, Sun 21:00 reopened", "Sun 22:00", "Mon 2024-03-18 09:00 +01:00: cycle 2, reopened out of hours, so at the next opening (R13)", "Wed 2024-03-20 17:00 +01:00: 24h of business time after the start (R4)"},
		// Nothing is left of the target at the change.
		{carried, "Mon 10:00", "Mon 13:00 severity A", "Mon 14:00", "Mon 2024-03-11 10:00 +01:00: opened in the hours in force then, so at once (R13)", "Mon 2024-03-11 13:00 +01:00: 1h from Mon 2024-03-11 13:00 +01:00, when the term came into force, less what was used before"},
		// At the start nothing has counted, so a change starts anew.
		{early, "Sun 18:00", "Mon2 08:00 severity C", "Mon2 08:00", "Mon 2024-03-18 09:00 +01:00: change out of hours, so at the next opening (R13)", "Mon 2024-03-18 17:00 +01:00: 8h of business time after the start (R4)"},
		{early, "Mon 08:00", "Mon 08:00 severity C", "Mon 08:00", "Mon 2024-03-11 09:00 +01:00: change out of hours, so at the next opening (R13)", "Mon 2024-03-11 17:00 +01:00: 8h of business time after the start (R4)"},
	} {
		clock := row.policy.clock(t, row.opened, row.events)
		assert.Equal(t, row.start, line(clock, row.at, "start"))
		assert.Equal(t, row.due, line(clock, row.at, "due"))
	}
	// After the answer the due time stands still, in the events as in the status.
	clock := day.clock(t, "Mon 10:00", "Mon 12:00 responded, Wed 12:00 responded, Mon2 12:00 severity C, Tue2 12:00 cancelled")
	for _, f := range clock.Explain(moment(t, "Fri2 12:00")).Events {
		assert.Equal(t, "Tue 10:00", named(f.Due), "%v", f.Event)
	}
}

// A sum of business time that a time.Duration cannot say is an error.
func TestTooMuchBusinessTime(t *testing.T) {
	at := func(year int) time.Time { return time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC) }
	opened := time.Date(1900, 1, 2, 0, 0, 0, 0, time.UTC)
	clock := first(of(t, sla.Deadline{
		Request: sla.Request{Moniker: "acme", Severity: b, Opened: opened}, Term: sla.Term{Target: targetOf("1ns"), Calendar: calendar.AlwaysOpen()},
	}, word(at(2000), "paused"), word(at(2000), "resumed")))
	require.NoError(t, clock.At(at(2190)).Err)
	assert.ErrorIs(t, clock.At(at(2199)).Err, calendar.ErrOutOfRange)
	assert.Positive(t, clock.At(at(2190)).ElapsedShare)
	last := opened.Add(math.MaxInt64)
	assert.Equal(t, time.Duration(math.MaxInt64), clock.At(last).Elapsed, "as much as a time.Duration can say")
	assert.ErrorIs(t, clock.At(last.Add(1)).Err, calendar.ErrOutOfRange)
}

// A share of a target that a time.Duration cannot say is never reached, and not
// taken for one that has been.
func TestTooMuchOfATarget(t *testing.T) {
	opened := time.Date(1900, 1, 2, 0, 0, 0, 0, time.UTC)
	const most = math.MaxInt64 / 200 // hundredths of a target that fit twice
	for _, row := range []struct {
		hundredth time.Duration
		reached   int
		why       string
	}{
		{most - 2, 1, "after 292 years"},
		{most + 1, 0, "one nanosecond too many"},
		{most + 2, 0, "and more"},
	} {
		clock := first(of(t, sla.Deadline{
			Request: sla.Request{Moniker: "acme", Severity: b, Opened: opened},
			Term:    sla.Term{Target: within(100 * row.hundredth), Calendar: calendar.AlwaysOpen(), Thresholds: []sla.Threshold{thresholdOf("200%")}},
		}))
		require.NoError(t, clock.At(opened).Err)
		assert.Empty(t, clock.Alarms(opened.Add(199*row.hundredth)), row.why)
		assert.Len(t, clock.Alarms(opened.Add(math.MaxInt64)), row.reached, row.why)
	}
}

func TestTooManyEvents(t *testing.T) {
	opened := moment(t, "Mon 10:00")
	var list []ticket.Event
	for i := range 4097 {
		list = append(list, word(opened.Add(time.Duration(i)*time.Minute), []string{"paused", "resumed"}[i%2]))
	}
	fresh := scenario{b: "8h"}.ticket(t, "Mon 10:00", "")
	all := apply(t, fresh, list[:4096]...)
	readAgain(t, all)
	after, err := fresh.Apply(list...)
	assert.EqualError(t, err, "ticket: event 4096, 2024-03-14T06:16:00+01:00 paused: the ticket has 4096 events already")
	assert.Empty(t, after.Events())
	_, err = all.Apply(word(opened, "responded"))
	assert.EqualError(t, err, "ticket: event 0, 2024-03-11T10:00:00+01:00 responded: the ticket has 4096 events already", "a late one is one too many, too")
	known := apply(t, fresh, ticket.Event{ID: "1", At: opened, Word: "paused"})
	known = apply(t, known, list[:4095]...)
	assert.Len(t, apply(t, known, ticket.Event{ID: "1", At: opened, Word: "paused"}).Events(), 4096, "one that is told again is none")
}

// Nothing that a ticket was made of, or that it hands out, changes it.
func TestTicketIsImmutable(t *testing.T) {
	now := time.Now()
	term := sla.Term{Target: targetOf("1h"), Calendar: calendar.AlwaysOpen(), Thresholds: only(thresholdOf("50%"), thresholdOf("breach"))}
	d := sla.Deadline{Request: sla.Request{Moniker: "acme", Category: billing, Severity: b, Opened: now}, Term: term}
	fresh := of(t, d)
	d.Term.Thresholds[0] = thresholdOf("99%")
	list := only(word(now.Add(time.Minute), "paused"), word(now.Add(2*time.Minute), "resumed"))
	k := apply(t, fresh, list...)
	before, later := jsonOf(t, k), now.Add(2*time.Hour)
	explained := jsonOf(t, k.Explain(later))
	list[0].Note = "changed"
	e := first(k).Explain(later)
	assert.Equal(t, b, e.Severity)
	e.Term.Thresholds[0], e.Alarms[0].Cycle, e.Events[0].Event.Note, e.Segments[0].Note = thresholdOf("99%"), 7, "changed", "changed"
	e.Course.Stop[0], e.Course.Pause[0] = "paused", "resumed"
	k.Events()[0].Note = "changed"
	k.Alarms(later)[0].Cycle = 7
	first(k).Alarms(later)[0].Cycle = 7
	k.Explain(later)[0].Alarms[0].Cycle = 7
	assert.Equal(t, before, jsonOf(t, k))
	assert.Equal(t, explained, jsonOf(t, k.Explain(later)))
	assert.Equal(t, thresholdOf("50%"), first(k).Explain(later).Alarms[0].Threshold)
	again := apply(t, k, word(later, "paused"))
	assert.Equal(t, ticket.StatePaused, first(again).At(later).State, "as its course has it")
	again = apply(t, again, word(later, "responded"))
	assert.Equal(t, ticket.StateStopped, first(again).At(later).State)
	for _, at := range []time.Time{k.Events()[0].At, first(k).At(time.Now()).At, first(k).At(time.Now()).Due, k.Request().Opened} {
		assert.NotContains(t, at.String(), "m=", "no monotonic clock reading")
	}
	assert.Equal(t, "acme, billing, severity B, opened "+now.Format(time.RFC3339Nano)+", 2 events", k.String())
	assert.Equal(t, "acme, billing, severity B, opened "+now.Format(time.RFC3339Nano)+", 0 events", fresh.String())
	assert.Contains(t, apply(t, fresh, list[0]).String(), ", 1 event")
	assert.Equal(t, "no ticket", ticket.Ticket{}.String())

	// Cycles are the caller's, too.
	again.Explain(later)[0].Cycles[0].Cycle = 7
	cycles := first(again).Cycles()
	cycles[0].Cycle = 7
	assert.Equal(t, 1, first(again).Cycles()[0].Cycle)
}

// A request opened at a severity without a term has a clock all the same, which
// follows it to one that has.
func TestNoCommitmentAtFirst(t *testing.T) {
	k := ticketOf(t, sla.Published(), sla.Request{Moniker: worldwide, Severity: c, Opened: moment(t, "Mon 10:00")})
	assert.ErrorIs(t, first(k).At(moment(t, "Mon 11:00")).Err, sla.ErrNoCommitment)
	k = apply(t, k, events(t, "Mon 11:00 paused, Mon 12:00 resumed, Mon 13:00 severity B")...)
	assert.Equal(t, "running open, 2h0m0s of 24h0m0s, due Tue 11:00 was Tue 10:00", told(first(k).At(moment(t, "Mon 13:00"))))
	readAgain(t, k)
}

// Segments say why they count or not.
func TestWhy(t *testing.T) {
	statutory := sla.Request{Moniker: china, Category: billing, Severity: c, Opened: time.Date(2025, time.September, 27, 3, 0, 0, 0, time.UTC)}
	term, err := sla.Published().Term(statutory)
	require.NoError(t, err)
	policy := reopens(sla.Course{Reopening: sla.ReopenContinue}, term)
	policy.Moniker = china
	catalog, err := sla.NewCatalog("reopens", policy)
	require.NoError(t, err)
	clock := first(ticketOf(t, catalog, statutory,
		ticket.Event{At: time.Date(2025, time.September, 30, 8, 0, 0, 0, time.UTC), Word: "paused", Note: " asked for\n the number "},
		ticket.Event{At: time.Date(2025, time.October, 10, 8, 0, 0, 0, time.UTC), Word: "responded", Note: "here\x1b[31m it is"},
		ticket.Event{At: time.Date(2025, time.October, 11, 8, 0, 0, 0, time.UTC), Word: "responded", Note: "here it is again"},
		word(time.Date(2025, time.October, 13, 2, 0, 0, 0, time.UTC), "resumed"),
		word(time.Date(2025, time.October, 13, 2, 0, 0, 0, time.UTC), "reopened"),
	))
	now := time.Date(2025, time.October, 13, 3, 0, 0, 0, time.UTC)
	var got []string
	for _, g := range clock.Explain(now).Fold().Segments {
		got = append(got, fmt.Sprint(g.Ahead, " ", g.Why()))
	}
	assert.Equal(t, []string{
		"false before start",
		"false open: 2025-09-28 make-up workday, National Day 国庆节",
		"false closed",
		"false open 2 times",
		"false paused: asked for the number (18h of business time)",
		"false stopped: here [31m it is (12h of business time)",
		"false open",
		"true open",
	}, got)
	late := sla.Request{Moniker: china, Category: billing, Severity: b, Opened: time.Date(2025, time.September, 30, 8, 0, 0, 0, time.UTC)}
	assert.Equal(t, "closed: 2025-10-01 to 2025-10-05 National Day 国庆节, 2025-10-06 Mid-autumn Festival 中秋, 2025-10-07 to 2025-10-08 National Day 国庆节", first(ticketOf(t, sla.Published(), late)).Explain(late.Opened).Segments[1].Why())

	// A stretch until midnight has nothing to do with the holiday that begins then.
	shop := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00", calendar.Holidays(calendar.HolidayList("own", calendar.Holiday{Date: date(t, "2024-03-12"), Name: "stocktaking"}))))
	e := first(of(t, sla.Deadline{
		Request: sla.Request{Moniker: "acme", Severity: b, Opened: moment(t, "Mon 16:00")}, Term: sla.Term{Target: targetOf("2h"), Calendar: shop},
	})).Explain(moment(t, "Tue 00:00"))
	got = nil
	for _, g := range e.Segments {
		got = append(got, named(g.To)+" "+g.Why())
	}
	assert.Equal(t, []string{"Mon 17:00 open", "Tue 00:00 closed", "Wed 09:00 closed: 2024-03-12 stocktaking", "Wed 10:00 open"}, got)

	// Five closed nights are one row, if asked.
	clock = scenario{b: "40h"}.clock(t, "Mon 12:00", "")
	full := clock.Explain(moment(t, "Mon 12:00"))
	assert.Len(t, full.Segments, 11)
	assert.Len(t, full.Fold().Segments, 1)
	assert.Equal(t, 5, full.Fold().Segments[0].Closed)
	assert.Equal(t, "open 6 times", full.Fold().Segments[0].Why())
	assert.Len(t, full.Segments, 11, "unchanged")

	// The table names the modes, and why each cycle started when it did.
	again := scenario{b: "8h", c: "24h", severity: sla.ChangeRestart, reopening: sla.ReopenNewCycle}.clock(t, "Mon 07:00", "Mon 10:00 severity C, Mon 11:00 responded, Mon 20:00 reopened")
	assert.Contains(t, again.Explain(moment(t, "Mon 09:30")).String(), "start    Mon 2024-03-11 09:00 +01:00: opened out of hours, so at the next opening (R13)\n")
	assert.Contains(t, again.Explain(moment(t, "Mon 10:30")).String(), "start    Mon 2024-03-11 10:00 +01:00: cycle 2, change in hours, so at once (R13)\n")
	table := again.Explain(moment(t, "Tue 10:00")).String()
	assert.Contains(t, table, "start    Tue 2024-03-12 09:00 +01:00: cycle 3, reopened out of hours, so at the next opening (R13)\n")
	assert.Contains(t, table, "Mon 2024-03-11 10:00 +01:00  severity C (restart), cycle 2  Thu 2024-03-14 10:00 +01:00\n")
	assert.Contains(t, table, "Mon 2024-03-11 20:00 +01:00  reopened (new-cycle), cycle 3 ")

	// Out of range there is nothing to count.
	e = clock.Explain(time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC))
	assert.ErrorIs(t, e.Status.Err, calendar.ErrOutOfRange)
	assert.Empty(t, e.Segments)
}

// A change back to the term that the clock still has, told after a change while it was stopped,
// does not reach its thresholds again.
func TestAlarmsOnce(t *testing.T) {
	c, err := sla.ParseCatalog([]byte(`{"version": "1", "statuses": ["new", "pending"], "courses": {"": {"stop": ["pending"], "reopening": "continue", "change": "from-opening"}},
		"calendars": {"x": {"zone": "UTC", "hours": "Mo-Fr 09:00-17:00"}}, "policies": [{"moniker": "m", "terms": [{"target": "1bd@close", "calendar": "x", "alarms": ["+1m"]}]}]}`))
	require.NoError(t, err)
	day := func(d, hour, minute int) time.Time {
		return time.Date(2024, time.October, d, hour, minute, 0, 0, time.UTC)
	}
	k := ticketOf(t, c, sla.Request{Moniker: "m", Severity: b, Opened: day(7, 5, 32)},
		ticket.Event{At: day(8, 17, 0), Word: "pending"},
		ticket.Event{At: day(9, 11, 9), Change: ticket.Change{Severity: "A"}},
		ticket.Event{At: day(9, 11, 9), Word: "new"},
		ticket.Event{At: day(9, 17, 0), Change: ticket.Change{Severity: b}})
	var got []time.Time
	for _, a := range k.Alarms(day(10, 15, 0)) {
		got = append(got, a.At)
	}
	assert.Equal(t, []time.Time{day(9, 11, 10)}, got)
}

func TestAlarms(t *testing.T) {
	const list = "50%, 90%, -30m, breach, +1h, -2h wall, +2h wall, +4h wall in hours, 100% in hours"
	all := scenario{b: "8h", c: "24h", alarms: list}
	closing := scenario{b: "8h", alarms: "100%, 100% in hours, breach, breach in hours, +1h wall, +1h wall in hours"}
	for _, row := range []struct {
		name   string
		policy scenario
		opened string
		events string
		at     string
		want   string
		why    string
	}{
		{
			"in their order", all, "Mon 10:00", "", "Tue 18:00",
			"1/50% Mon 14:00, 1/-2h wall Tue 08:00, 1/90% Tue 09:12, 1/-30m Tue 09:30, 1/100% in hours Tue 10:00, 1/breach Tue 10:00, 1/+1h Tue 11:00, 1/+2h wall Tue 12:00, 1/+4h wall in hours Tue 14:00",
			"each once, as nothing moves",
		},
		{"not yet", all, "Mon 10:00", "", "Mon 13:59:59.999999999", "", "an instant too early"},
		{"the due time is no breach", all, "Mon 10:00", "", "Tue 10:00", "1/50% Mon 14:00, 1/-2h wall Tue 08:00, 1/90% Tue 09:12, 1/-30m Tue 09:30, 1/100% in hours Tue 10:00", "in time until one instant later"},
		{"held to hours", closing, "Mon 09:00", "", "Tue 12:00", "1/100% Mon 17:00, 1/breach Mon 17:00, 1/+1h wall Mon 18:00, 1/100% in hours Tue 09:00, 1/breach in hours Tue 09:00, 1/+1h wall in hours Tue 09:00", "at closing, and at the next opening"},
		{"a short target", scenario{b: "15m", alarms: "-30m, -1h wall"}, "Mon 10:00", "", "Mon 10:00", "1/-30m Mon 10:00, 1/-1h wall Mon 10:00", "behind it from the start on, so reached at the start"},
		{"not before the start", scenario{b: "15m", alarms: "-30m"}, "Sun 10:00", "", "Mon2 08:00", "", "a pending clock reaches nothing"},
		{"none while paused", all, "Mon 10:00", "Mon 12:00 paused", "Fri 18:00", "", "waiting for the customer"},
		{"found behind on resuming", scenario{b: "8h", alarms: "-100h wall"}, "Mon 10:00", "Mon 10:00 paused, Thu 12:00 resumed", "Fri 18:00", "1/-100h wall Mon 10:00", "reached before the pause at the same instant"},
		{"due in the night of the pause", scenario{b: "8h", alarms: "-20h wall"}, "Fri 10:00", "Fri 12:00 paused, Mon2 09:00 resumed", "Mon2 18:00", "1/-20h wall Mon2 09:00", "the due time came nearer while it was paused; reached when it goes on"},
		{"moved by a pause", all, "Mon 10:00", "Mon 12:00 paused, Mon 14:00 resumed", "Mon 20:00", "1/50% Mon 16:00", "with the due time"},
		{"reached and then moved", scenario{b: "8h", alarms: "-6h wall"}, "Mon 09:00", "Mon 12:00 paused, Tue 12:00 resumed", "Thu 12:00", "1/-6h wall Mon 11:00", "the due time is far away again, and the key was given: it is not reached again"},
		{"stopped", all, "Mon 10:00", "Mon 12:00 responded", "Fri 12:00", "", "nothing is reached after the answer"},
		{"lowered", all, "Mon 10:00", "Mon 15:00 severity C", "Fri 18:00", "1/50% Mon 14:00", "C names none of its own; what was reached stays"},
		{"raised", scenario{b: "8h", c: "8h", alarms: "50%", severity: sla.ChangeRestart}, "Mon 10:00", "Mon 15:00 severity C, Mon 16:00 severity B", "Wed 18:00", "1/50% Mon 14:00, 3/50% Tue 12:00", "a new cycle has keys of its own"},
		{"reopened", scenario{b: "8h", alarms: "50%", reopening: sla.ReopenNewCycle}, "Mon 10:00", "Mon 15:00 responded, Tue 09:00 reopened", "Wed 18:00", "1/50% Mon 14:00, 2/50% Tue 13:00", "a new cycle has keys of its own"},
		{"behind a change of severity", scenario{b: "8h", c: "24h", alarms: "50%, breach"}, "Mon 09:00", "Mon 10:00 severity C, Tue 12:00 severity B", "Tue 12:00", "1/50% Tue 12:00, 1/breach Tue 12:00", "reached by the change, and not before it"},
		{"half of what has no half", scenario{b: "101ns", alarms: "50%, 99%"}, "Mon 10:00", "", "Mon 10:01", "1/50% Mon 10:00:00.000000051, 1/99% Mon 10:00:00.0000001", "the first nanosecond at which at least that is used"},
		{"never", scenario{b: "8h", alarms: "+2000000h, +2000000h wall, 1000%"}, "Mon 10:00", "", "Fri9 10:00", "1/1000% Mon3 10:00", "out of the range of calendars; and 10 times 8 hours are not"},
		{"behind a change that carries", scenario{b: "8h", c: "9h", severity: sla.ChangeCarryElapsed, alarms: "50%"}, "Mon 09:00", "Mon 10:00 severity C, Mon 20:00 severity B", "Mon 22:00", "1/50% Mon 20:00", "8 hours are used, and 50% of B's with them: reached by the change, though it is night"},
		{"breached under a term that does not name it", scenario{b: "24h", c: "1h", alarms: "breach"}, "Mon 09:00", "Mon 09:30 severity C, Mon 12:00 severity B", "Fri 12:00", "1/breach Mon 12:00", "it is breached by then, and not only when B's due time passes"},
		{"breached before", scenario{b: "8h", c: "24h", alarms: "breach"}, "Mon 09:00", "Tue 12:00 severity C, Tue 13:00 severity B", "Fri 12:00", "1/breach Mon 17:00", "once"},
	} {
		t.Run(row.name, func(t *testing.T) {
			clock := row.policy.clock(t, row.opened, row.events)
			var got []string
			for _, alarm := range clock.Alarms(moment(t, row.at)) {
				assert.Equal(t, "first-response/"+alarm.CountsFrom.UTC().Format(time.RFC3339Nano)+"/"+alarm.Threshold.String(), alarm.Key())
				got = append(got, fmt.Sprintf("%d/%v %s", alarm.Cycle, alarm.Threshold, named(alarm.At)))
			}
			assert.Equal(t, row.want, strings.Join(got, ", "), row.why)
		})
	}
}

func TestNext(t *testing.T) {
	for _, row := range []struct {
		name   string
		policy scenario
		opened string
		events string
		want   string // from the opening on
		why    string
	}{
		{"all that happens", scenario{b: "1bd", alarms: "50%, +1h wall"}, "Sun 20:00", "", "Mon2 09:00, Mon2 13:00, Tue2 09:00:00.000000001, Tue2 10:00", "the start, the thresholds and the breach, and no hours that begin or end"},
		{"a threshold that names the breach", scenario{b: "1bd", alarms: "100%, breach"}, "Mon 10:00", "", "Tue 10:00, Tue 10:00:00.000000001", "the due time itself is in time"},
		{"the start at night", scenario{b: "8h", hours: "Mo-Fr 22:00-06:00"}, "Mon 10:00", "", "Mon 22:00, Tue 06:00:00.000000001", "the start, and the breach"},
		{"paused", scenario{b: "8h", alarms: "50%"}, "Mon 10:00", "Mon 12:00 paused", "Mon 12:00", "a paused clock reaches nothing"},
		{"paused before the start", scenario{b: "8h"}, "Sun 20:00", "Sun 21:00 paused, Mon2 10:00 resumed", "Sun 21:00, Mon2 10:00, Tue2 10:00:00.000000001", "a paused clock does not start"},
		{"answered", scenario{b: "8h"}, "Mon 10:00", "Mon 12:00 paused, Mon 14:00 resumed, Mon 15:00 responded", "Mon 12:00, Mon 14:00, Mon 15:00", "the events that it has, and nothing after the last"},
		{"answered before the start", scenario{b: "8h", alarms: "50%"}, "Sun 20:00", "Sun 21:00 responded", "Sun 21:00", "nothing more"},
		{"paused at the due time", scenario{b: "4h"}, "Mon 10:00", "Mon 14:00 paused", "Mon 14:00, Mon 14:00:00.000000001", "too late to move anything"},
		{"round the clock", scenario{b: "1h", hours: "24/7"}, "Mon 10:00", "", "Mon 11:00:00.000000001", "the breach"},
		{"repeated", scenario{b: "1h", alarms: "+1h every 90m, -30m wall every 40m"}, "Mon 10:00", "Mon 16:00 responded", "Mon 10:30, Mon 11:00:00.000000001, Mon 11:10, Mon 11:50, Mon 12:00, Mon 12:30, Mon 13:10, Mon 13:30, Mon 13:50, Mon 14:30, Mon 15:00, Mon 15:10, Mon 15:50, Mon 16:00", "each time of each, until the stop"},
	} {
		t.Run(row.name, func(t *testing.T) {
			k := row.policy.ticket(t, row.opened, row.events)
			var got []string
			for now, ok := k.Next(moment(t, row.opened)); ok && len(got) < 20; now, ok = k.Next(now) {
				got = append(got, named(now))
				next, ok := k.Next(now)
				same, too := first(k).Next(now)
				assert.Equal(t, next, same, "the ticket has one clock")
				assert.Equal(t, ok, too)
			}
			assert.Equal(t, row.want, strings.Join(got, ", "), row.why)
		})
	}
}

func TestEventErrors(t *testing.T) {
	unknown := func(what string) error { return &region.UnknownError{What: what} }
	change := func(c ticket.Change) ticket.Event { return ticket.Event{At: moment(t, "Mon 13:00"), Change: c} }
	for _, row := range []struct {
		events string
		bad    ticket.Event
		is     error
		want   string
	}{
		{"", word(moment(t, "Mon 09:59"), "paused"), ticket.ErrBeforeOpening, "ticket: event 0, 2024-03-11T09:59:00+01:00 paused: before the opening, 2024-03-11T10:00:00+01:00"},
		{"", ticket.Event{At: moment(t, "Mon 11:00"), Word: "slept", Note: "two\nlines"}, unknown("word"), `ticket: event 0, 2024-03-11T11:00:00+01:00 slept: two lines: unknown word "slept": want a word of the policy: paused, resumed, responded, reopened, cancelled`},
		{"", word(moment(t, "Mon 11:00"), "Paused"), unknown("word"), ""},
		{"", word(moment(t, "Mon 11:00"), sla.WordOpened), unknown("word"), ""},
		{"", word(moment(t, "Mon 11:00"), sla.WordDue), unknown("word"), ""},
		{"", word(moment(t, "Mon 11:00"), sla.WordResolved), unknown("word"), "another policy's word"},
		{"", change(ticket.Change{Severity: "D"}), unknown("severity"), `ticket: event 0, 2024-03-11T13:00:00+01:00 severity D: sla: unknown severity "D": want a severity of acme: A, B, C`},
		{"", change(ticket.Change{Category: "sales"}), unknown("category"), ""},
		{"", change(ticket.Change{Plan: "gold"}), unknown("plan"), ""},
		{"", change(ticket.Change{Moniker: "mars"}), unknown("moniker"), `ticket: event 0, 2024-03-11T13:00:00+01:00 moniker mars: region: unknown moniker "mars": want one of the catalog: acme`},
		{"", change(ticket.Change{Country: "at"}), unknown("country"), ""},
		{"", ticket.Event{At: moment(t, "Mon 13:00")}, nil, "ticket: event 0, 2024-03-11T13:00:00+01:00: nothing happened: want a word or a change"},
		{"", ticket.Event{ID: "7", At: moment(t, "Mon 13:00"), Note: "hm"}, nil, "ticket: event 0, 2024-03-11T13:00:00+01:00 hm: nothing happened: want a word or a change"},
		{"", ticket.Event{Word: "paused"}, calendar.ErrOutOfRange, ""},
		{"", ticket.Event{At: time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC), Word: "paused"}, calendar.ErrOutOfRange, ""},
		{"Mon 12:00 cancelled", word(moment(t, "Mon 13:00"), "slept"), unknown("word"), "after the end, an error is an error"},
		{"Mon 12:00 cancelled", change(ticket.Change{Severity: "D"}), unknown("severity"), ""},
	} {
		before := scenario{b: "8h"}.ticket(t, "Mon 10:00", row.events)
		good := word(moment(t, "Fri 12:00"), "cancelled")
		for index, list := range [][]ticket.Event{{row.bad, good}, {good, row.bad}} {
			after, err := before.Apply(list...)
			if row.is != nil {
				assert.ErrorIs(t, err, row.is)
			}
			assert.True(t, same(after, before), "unchanged")
			assert.Equal(t, jsonOf(t, before.Events()), jsonOf(t, after.Events()), "unchanged")
			wrong, ok := errors.AsType[*ticket.EventError](err)
			if assert.True(t, ok, "%v: %v", row.bad, err) {
				assert.Equal(t, index, wrong.Index)
				assert.Equal(t, row.bad.Word, wrong.Event.Word)
				assert.NotContains(t, err.Error(), "\n")
			}
			if index == 0 && strings.HasPrefix(row.want, "ticket: ") {
				assert.EqualError(t, err, row.want)
			}
		}
	}
	before := scenario{b: "8h"}.ticket(t, "Mon 10:00", "")
	after, err := before.Apply(append(events(t, "Mon 11:00 paused, Mon 12:00 resumed"), word(moment(t, "Mon 11:30"), "slept"))...)
	wrong, ok := errors.AsType[*ticket.EventError](err)
	assert.True(t, ok && wrong.Index == 2 && same(after, before), "none is applied if one cannot be: %v", err)

	// A due time that no calendar has is an error, and so is an event that is told late and
	// makes one of a later event.
	last := word(time.Date(2199, 12, 31, 16, 0, 0, 0, time.UTC), "resumed")
	_, err = apply(t, before, word(moment(t, "Mon 12:00"), "paused")).Apply(last)
	assert.ErrorIs(t, err, calendar.ErrOutOfRange)
	assert.ErrorContains(t, err, "ticket: event 0, 2199-12-31T16:00:00Z resumed: ")
	_, err = apply(t, before, last).Apply(word(moment(t, "Mon 11:00"), "responded"), word(moment(t, "Mon 10:30"), "paused"), severity(moment(t, "Mon 10:30"), c))
	assert.NoError(t, err, "answered before that")
	_, err = apply(t, before, last).Apply(word(moment(t, "Mon 10:30"), "paused"))
	assert.ErrorIs(t, err, calendar.ErrOutOfRange)
	assert.ErrorContains(t, err, "ticket: event 0, 2024-03-11T10:30:00+01:00 paused: after it, 2199-12-31T16:00:00Z resumed: ")
}

// To tell a fact again changes nothing and is no error: a backend need not know what it has
// told.
func TestToldAgain(t *testing.T) {
	for _, row := range []struct{ events, again string }{
		{"Mon 12:00 paused", "Mon 13:00 paused"},
		{"", "Mon 13:00 resumed"},
		{"", "Mon 13:00 reopened"},
		{"", "Mon 13:00 severity B"},
		{"Mon 12:00 severity C", "Mon 13:00 severity C"},
		{"Mon 12:00 responded", "Mon 13:00 responded"},
		{"Mon 12:00 cancelled", "Mon 13:00 responded"},
		{"Mon 12:00 cancelled", "Mon 12:00 cancelled"},
		{"Mon 12:00 cancelled", "Mon 12:00 reopened"},
		{"Mon 12:00 cancelled", "Mon 13:00 paused"},
	} {
		before := scenario{b: "8h", c: "24h", alarms: "10%, breach"}.ticket(t, "Mon 10:00", row.events)
		after := apply(t, before, events(t, row.again)...)
		assert.Len(t, after.Events(), len(before.Events())+1)
		for _, at := range []string{"Mon 10:00", "Mon 12:00", "Mon 13:00", "Mon 15:00", "Fri 12:00"} {
			now := moment(t, at)
			assert.Equal(t, jsonOf(t, first(before).At(now)), jsonOf(t, first(after).At(now)), "%s, then %s", row.events, row.again)
			assert.Equal(t, jsonOf(t, before.Alarms(now)), jsonOf(t, after.Alarms(now)), "%s, then %s", row.events, row.again)
			assert.Equal(t, segmentsOf(first(before), now), segmentsOf(first(after), now), "%s, then %s", row.events, row.again)
		}
	}
	// By its ID, an event is there once.
	once := ticket.Event{ID: "1", At: moment(t, "Mon 12:00"), Word: "paused", Change: ticket.Change{Severity: c}, Note: "hm"}
	before := apply(t, scenario{b: "8h", c: "24h"}.ticket(t, "Mon 10:00", ""), once)
	again := once
	again.At = again.At.UTC()
	assert.Equal(t, jsonOf(t, before.Events()), jsonOf(t, apply(t, before, again, once).Events()), "in whatever zone")
	for _, other := range []ticket.Event{
		{ID: "1", At: once.At.Add(1), Word: once.Word, Change: once.Change, Note: once.Note},
		{ID: "1", At: once.At, Word: "resumed", Change: once.Change, Note: once.Note},
		{ID: "1", At: once.At, Word: once.Word, Change: ticket.Change{Severity: b}, Note: once.Note},
		{ID: "1", At: once.At, Word: once.Word, Change: once.Change},
	} {
		after, err := before.Apply(word(once.At, "resumed"), other)
		assert.ErrorIs(t, err, ticket.ErrOtherEvent)
		assert.ErrorContains(t, err, ": \"1\" is the ID of another event, 2024-03-11T12:00:00+01:00 paused, severity C: hm")
		assert.Equal(t, jsonOf(t, before.Events()), jsonOf(t, after.Events()))
		wrong, ok := errors.AsType[*ticket.EventError](err)
		assert.True(t, ok && wrong.Index == 1, err)
	}
}

// A ticket is shared by many, and each that is made of it is its own.
func TestSharedTicket(t *testing.T) {
	k := scenario{b: "8h", c: "24h", alarms: "10%, 20%, 30%"}.ticket(t, "Mon 09:00", "Mon 10:00 paused, Mon 11:00 resumed")
	before := jsonOf(t, k.Explain(moment(t, "Tue 12:00")))
	var work sync.WaitGroup
	for i := range 16 {
		work.Go(func() {
			at := moment(t, "Mon 12:00").Add(time.Duration(i) * time.Hour)
			one, err := k.Apply(severity(at, c))
			assert.NoError(t, err)
			one, err = one.Apply(word(at, "responded"))
			assert.NoError(t, err)
			again, err := k.Apply(one.Events()[2:]...)
			assert.NoError(t, err)
			assert.Equal(t, jsonOf(t, again.Explain(at)), jsonOf(t, one.Explain(at)))
			late, err := one.Apply(word(moment(t, "Mon 09:30"), "responded"))
			assert.NoError(t, err)
			assert.Equal(t, ticket.StateStopped, first(late).At(at).State)
			_, err = json.Marshal(k)
			assert.NoError(t, err)
			k.Next(at)
		})
	}
	work.Wait()
	assert.Equal(t, before, jsonOf(t, k.Explain(moment(t, "Tue 12:00"))))
}

// A bad request has no ticket, and the zero Ticket and the zero Clock panic nowhere.
func TestNoTicket(t *testing.T) {
	now := moment(t, "Mon 10:00")
	hours := calendar.AlwaysOpen()
	request := sla.Request{Moniker: "acme", Severity: b, Opened: now}
	term := sla.Term{Target: targetOf("1ns"), Calendar: hours}
	early := request
	early.Opened = time.Time{}
	for name, row := range map[string]struct {
		d  sla.Deadline
		is error
	}{
		"no deadline":  {sla.Deadline{}, nil},
		"no calendar":  {sla.Deadline{Request: request, Term: sla.Term{Target: targetOf("1ns")}}, nil},
		"no target":    {sla.Deadline{Request: request, Term: sla.Term{Calendar: hours}}, nil},
		"no opening":   {sla.Deadline{Request: early, Term: term}, calendar.ErrOutOfRange},
		"no basis":     {sla.Deadline{Request: request, Term: sla.Term{Target: targetOf("1ns"), Calendar: hours, Basis: "rumour"}}, nil},
		"no threshold": {sla.Deadline{Request: request, Term: sla.Term{Target: targetOf("1ns"), Calendar: hours, Thresholds: []sla.Threshold{{}}}}, nil},
	} {
		k, err := ticket.Of(row.d)
		require.Error(t, err, name)
		if row.is != nil {
			assert.ErrorIs(t, err, row.is, name)
		}
		assert.Zero(t, k, name)
	}
	for _, r := range []sla.Request{
		{},
		{Moniker: "mars", Severity: a, Opened: now},
		{Moniker: germany, Opened: now},
		{Moniker: germany, Severity: "D", Opened: now},
		{Moniker: germany, Severity: a, Category: "sales", Opened: now},
		{Moniker: germany, Severity: a, Plan: "gold", Opened: now},
		{Moniker: germany, Severity: a, Metric: "resolution", Opened: now},
		{Moniker: worldwide, Severity: c},
		{Moniker: worldwide, Severity: c, Opened: time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)},
		{Moniker: germany, Severity: a, Country: "US", Opened: now},
	} {
		_, want := sla.Published().Deadline(r)
		k, err := ticket.Open(sla.Published(), r)
		require.Error(t, err, r)
		assert.EqualError(t, err, want.Error())
		assert.Zero(t, k)
	}
	_, err := ticket.Open(nil, request)
	_, want := (*sla.Catalog)(nil).Deadline(request)
	assert.EqualError(t, err, want.Error())

	var zero ticket.Ticket
	for m, clock := range zero.Clocks() {
		t.Error(m, clock)
	}
	_, ok := zero.Clock(sla.FirstResponse)
	assert.False(t, ok)
	_, _, ok = zero.First(now)
	assert.False(t, ok)
	_, ok = zero.Next(now)
	assert.False(t, ok)
	assert.Empty(t, zero.Alarms(now))
	assert.Empty(t, zero.Events())
	assert.Empty(t, zero.Explain(now))
	assert.Equal(t, ticket.OutcomeOpen, zero.Outcome(now))
	assert.Zero(t, zero.Request())
	const zeroTicket = "ticket: zero Ticket: want one of Open"
	_, err = zero.Apply()
	assert.EqualError(t, err, zeroTicket)
	_, err = zero.Apply(word(now, "paused"))
	assert.EqualError(t, err, zeroTicket)
	_, err = zero.MarshalJSON()
	assert.EqualError(t, err, zeroTicket)
	_, err = zero.Value()
	assert.EqualError(t, err, zeroTicket)

	var none ticket.Clock
	st := none.At(now)
	require.EqualError(t, st.Err, "ticket: zero Clock: want one of a Ticket")
	_, ok = none.Next(now)
	assert.False(t, ok)
	assert.Empty(t, none.Alarms(now))
	assert.Empty(t, none.Cycles())
	assert.Contains(t, none.Explain(now).String(), st.Err.Error())
	assert.Contains(t, none.Explain(now).Fold().String(), st.Err.Error())
	assert.Contains(t, jsonOf(t, none.Explain(now)), `"segments":[]`)

	// The ticket of a deadline has the one term that the deadline has.
	k := of(t, sla.Deadline{Request: request, Term: term})
	_, err = k.Apply(severity(now, c))
	assert.ErrorIs(t, err, &region.UnknownError{What: "severity"})
	_, err = k.Apply(word(now, "slept"))
	assert.ErrorIs(t, err, &region.UnknownError{What: "word"})

	for _, outside := range []time.Time{{}, time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)} {
		k := scenario{b: "8h"}.ticket(t, "Mon 10:00", "Mon 12:00 paused")
		assert.ErrorIs(t, first(k).At(outside).Err, calendar.ErrOutOfRange)
		_, ok := k.Next(outside)
		assert.False(t, ok)
		_, _, ok = k.First(outside)
		assert.False(t, ok)
		assert.Equal(t, ticket.OutcomeOpen, k.Outcome(outside))
		assert.Empty(t, k.Alarms(outside))
		_ = first(k).Explain(outside).String()
	}
}

// While a clock has no term, it has the reason for the severity that the request has.
func TestReasonForNoTerm(t *testing.T) {
	none := func(severity sla.Severity, err error, reason string) sla.Exclusion {
		e := sla.Exclusion{Severities: only(severity), Err: err, Reason: reason}
		if err == sla.ErrNotOffered {
			e.HighestOffered = c
		}
		return e
	}
	catalog, err := sla.NewCatalog("1", sla.Policy{
		Moniker: "acme", None: only(none(a, sla.ErrNotOffered, "for gold"), none(b, sla.ErrNoCommitment, "as time permits")),
		Terms: only(sla.Term{Severities: only(c), Target: targetOf("1h"), Calendar: calendar.AlwaysOpen()}),
	})
	require.NoError(t, err)
	opened := time.Date(2026, time.March, 2, 10, 0, 0, 0, time.UTC)
	k := ticketOf(t, catalog, sla.Request{Moniker: "acme", Severity: a, Opened: opened}, severity(opened.Add(time.Hour), b))
	assert.ErrorIs(t, first(k).At(opened).Err, sla.ErrNotOffered)
	assert.ErrorIs(t, first(k).At(opened.Add(time.Hour)).Err, sla.ErrNoCommitment)
}

// Plans can change terms in different modes. A term that counts from the opening replaces one
// that counts from a change before it, and the account has each stretch of time once.
func TestExplainModesOfPlans(t *testing.T) {
	plan := func(name sla.Plan, target string, mode sla.ChangeMode) sla.Policy {
		return sla.Policy{
			Moniker: "acme", Plan: name, Default: name == "basic",
			Courses: only(sla.Course{Change: mode}),
			Terms:   only(sla.Term{Target: targetOf(target), Calendar: calendar.AlwaysOpen()}),
		}
	}
	catalog, err := sla.NewCatalog("1", plan("basic", "10h", sla.ChangeCarryElapsed), plan("silver", "9h", sla.ChangeFromOpening), plan("gold", "8h", sla.ChangeRestart))
	require.NoError(t, err)
	opened := time.Date(2026, time.March, 2, 10, 0, 0, 0, time.UTC)
	at := func(hour int) time.Time { return opened.Add(time.Duration(hour) * time.Hour) }
	to := func(hour int, plan sla.Plan) ticket.Event {
		return ticket.Event{At: at(hour), Change: ticket.Change{Plan: plan}}
	}
	k := ticketOf(t, catalog, sla.Request{Moniker: "acme", Severity: a, Opened: opened}, to(1, "silver"), to(3, "gold"))
	for hour := range 6 {
		e := first(k).Explain(at(hour))
		last := opened
		for _, g := range e.Segments {
			assert.Equal(t, last, g.From, "%d hours after the opening", hour)
			last = g.To
		}
		assert.Equal(t, e.Status.Due, last, "%d hours after the opening", hour)
		assert.Equal(t, e.Status.TargetTime, e.Segments[len(e.Segments)-1].Total, "%d hours after the opening", hour)
	}
}

// An account takes time in proportion to the events of a cycle.
func TestExplainWork(t *testing.T) {
	var few, many []ticket.Event
	opened := time.Date(2026, time.March, 2, 10, 0, 0, 0, time.UTC)
	for i := range 4000 {
		word := sla.WordPaused
		if i%2 == 1 {
			word = sla.WordResumed
		}
		many = append(many, ticket.Event{At: opened.Add(time.Duration(i) * time.Minute), Word: word})
	}
	few = many[:500]
	r := sla.Request{Moniker: "acme", Severity: a, Opened: opened}
	catalog, err := sla.NewCatalog("1", sla.Policy{Moniker: "acme", Terms: only(sla.Term{Target: targetOf("5000h"), Calendar: calendar.AlwaysOpen()})})
	require.NoError(t, err)
	one, other := first(ticketOf(t, catalog, r, few...)), first(ticketOf(t, catalog, r, many...))
	end := opened.Add(5000 * time.Minute)
	took := func(times int, c ticket.Clock) time.Duration {
		start := bound.CPUTime()
		for range times {
			c.Explain(end)
		}
		return bound.CPUTime() - start
	}
	took(1, other)
	assert.Less(t, took(4, other), 4*took(4*len(many)/len(few), one), "of the processor: as much for each event")
}
