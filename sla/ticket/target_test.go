package ticket_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

// Clocks of all forms of targets, in the hours Mo-Fr 09:00-17:00.
func TestFormsOfTargets(t *testing.T) {
	for _, row := range []struct {
		why, b, c    string
		mode         sla.ChangeMode
		opened, list string
		at, want     string
	}{
		{"real time starts with the hours", "8h wall", "", "", "Fri 20:00", "", "Mon2 08:00", "pending open, 0s of 8h0m0s, due Mon2 17:00"},
		{"and then counts on", "20h wall", "", "", "Mon 10:00", "", "Mon 20:00", "running open, 10h0m0s of 20h0m0s, due Tue 06:00"},
		{"it is breached at night", "12h wall", "", "", "Mon 10:00", "", "Mon 23:00", "running breached, 13h0m0s of 12h0m0s, due Mon 22:00, overdue 1h0m0s wall 1h0m0s, breached Mon 22:00"},
		{"a pause moves it on by real time", "20h wall", "", "", "Mon 10:00", "Mon 16:00 paused, Mon 20:00 resumed", "Mon 21:00", "running open, 7h0m0s of 20h0m0s, due Tue 10:00 was Tue 06:00"},
		{"also at night", "20h wall", "", "", "Mon 10:00", "Mon 20:00 paused, Mon 23:00 resumed", "Mon 23:00", "running open, 10h0m0s of 20h0m0s, due Tue 09:00 was Tue 06:00"},
		{"but not before the start", "8h wall", "", "", "Fri 20:00", "Sat 10:00 paused, Mon2 10:00 resumed", "Mon2 11:00", "running open, 1h0m0s of 8h0m0s, due Mon2 18:00 was Mon2 17:00"},
		{"a pause that ends before the start moves nothing", "8h wall", "", "", "Fri 20:00", "Sat 10:00 paused, Sun 10:00 resumed", "Mon2 11:00", "running open, 2h0m0s of 8h0m0s, due Mon2 17:00"},
		{"a pause of other targets moves by business time", "1bd 2h", "", "", "Mon 15:30", "Mon 16:00 paused, Tue 10:00 resumed", "Tue 10:00", "running open, 30m0s of 10h0m0s, due Wed 11:30 was Wed 09:30"},
		{"calendar days, too", "3d", "", "", "Fri 10:00", "Fri 16:00 paused, Mon2 10:00 resumed", "Mon2 10:00", "running open, 6h0m0s of 15h0m0s, due Tue2 11:00 was Mon2 17:00"},
		{"and a side", "0bd@close before 14:00 else 1bd@close", "", "", "Mon 15:00", "Mon 16:00 paused, Tue 10:00 resumed", "Tue 10:00", "running open, 1h0m0s of 10h0m0s, due Wed 11:00 was Tue 17:00"},
		{"the start decides", "0bd@close before 14:00 else 1bd@close", "", "", "Sun 20:00", "", "Mon2 10:00", "running open, 1h0m0s of 8h0m0s, due Mon2 17:00"},
		{"and the opening", "1h in hours else 0bd@12:00", "", "", "Sun 20:00", "", "Mon2 10:00", "running open, 1h0m0s of 3h0m0s, due Mon2 12:00"},

		{"a new term counts from the date of the opening", "8h", "3d", sla.ChangeFromOpening, "Sat 10:00", "Mon2 10:00 severity C", "Mon2 11:00", "running open, 2h0m0s of 16h0m0s, due Tue2 17:00 was Mon2 17:00"},
		{"as by another opening", "8h", "1h in hours else 0bd@12:00", sla.ChangeFromOpening, "Sat 10:00", "Mon2 10:00 severity C", "Mon2 11:00", "running open, 2h0m0s of 3h0m0s, due Mon2 12:00 was Mon2 17:00"},
		{"a restart counts from the date of the change", "8h", "3d", sla.ChangeRestart, "Fri 10:00", "Sat 10:00 severity C", "Mon2 10:00", "running open, 1h0m0s of 16h0m0s, due Tue2 17:00, cycle 2"},
		{"real time from the opening, as new term", "8h", "24h wall", sla.ChangeFromOpening, "Mon 10:00", "Mon 20:00 severity C", "Mon 21:00", "running open, 11h0m0s of 24h0m0s, due Tue 10:00"},

		{"time used in hours is taken off real time, which goes on at once", "8h", "8h wall", sla.ChangeCarryElapsed, "Mon 15:00", "Mon 20:00 severity C", "Mon 21:00", "running open, 3h0m0s of 8h0m0s, due Tue 02:00 was Tue 15:00"},
		{"and real time off business time", "24h wall", "8h", sla.ChangeCarryElapsed, "Mon 15:00", "Mon 20:00 severity C", "Tue 10:00", "running open, 6h0m0s of 8h0m0s, due Tue 12:00 was Tue 15:00"},
		{"all of it", "24h wall", "4h", sla.ChangeCarryElapsed, "Mon 15:00", "Mon 20:00 severity C", "Mon 20:00", "running open, 5h0m0s of 5h0m0s, due Mon 20:00 was Tue 15:00"},
		{"a clock that has not started starts with the hours", "8h", "8h wall", sla.ChangeCarryElapsed, "Sat 10:00", "Sun 10:00 severity C", "Mon2 10:00", "running open, 1h0m0s of 8h0m0s, due Mon2 17:00"},
		{"off the end of days, as business time", "8h", "1bd 4h", sla.ChangeCarryElapsed, "Mon 14:00", "Mon 16:00 severity C", "Mon 16:00", "running open, 2h0m0s of 12h0m0s, due Wed 10:00 was Tue 14:00"},
		{"off calendar days from the change", "8h", "2d", sla.ChangeCarryElapsed, "Mon 14:00", "Mon 16:00 severity C", "Mon 16:00", "running open, 2h0m0s of 17h0m0s, due Wed 15:00 was Tue 14:00"},
		{"a condition is judged at the change", "8h", "0bd@close before 15:00 else 1bd@close", sla.ChangeCarryElapsed, "Mon 14:00", "Mon 15:00 severity C", "Mon 15:00", "running open, 1h0m0s of 10h0m0s, due Tue 16:00 was Tue 14:00"},
	} {
		clock := scenario{b: row.b, c: row.c, severity: row.mode}.clock(t, row.opened, row.list)
		st := clock.At(moment(t, row.at))
		assert.Equal(t, row.want, told(st), "%s: %s", row.b, row.why)
		if st.State == ticket.StateRunning && !st.Due.Before(st.At) {
			assert.Equal(t, st.TargetTime, st.Elapsed+st.Remaining, row.why)
		}
	}
}

// Thresholds of a target in real time are of real time, and can be held until the hours.
func TestThresholdsOfRealTime(t *testing.T) {
	clock := scenario{b: "20h wall", alarms: "50%, 75% in hours, -1h, +1h, -2h wall, breach"}.clock(t, "Mon 10:00", "Mon 12:00 paused, Mon 14:00 resumed")
	var got []string
	for _, a := range clock.Alarms(moment(t, "Tue 23:00")) {
		got = append(got, a.Threshold.String()+" "+named(a.At))
	}
	assert.Equal(t, []string{"50% Mon 22:00", "-2h wall Tue 06:00", "-1h Tue 07:00", "breach Tue 08:00", "75% in hours Tue 09:00", "+1h Tue 09:00"}, got)
	next, ok := clock.Next(moment(t, "Mon 14:00"))
	assert.True(t, ok)
	assert.Equal(t, "Mon 22:00", named(next))
}

// An explanation says why a clock is due then, and what counts.
func TestExplanationsOfTargets(t *testing.T) {
	for _, row := range []struct{ b, opened, list, at, want string }{
		{"8h wall", "Mon 14:00", "", "Mon 15:00", "due      Mon 2024-03-11 22:00 +01:00: 8h wall from the start, in real time (R13)"},
		{"8h wall", "Mon 14:00", "Mon 18:00 paused, Mon 19:00 resumed", "Mon 20:00", "due      Mon 2024-03-11 23:00 +01:00: 8h wall from the start, in real time (R13), moved on by the real time paused or stopped (R12)"},
		{"1h", "Mon 14:00", "", "Mon 14:30", "due      Mon 2024-03-11 15:00 +01:00: 1h of business time after the start (R4)"},
		{"1bd 4h", "Mon 14:00", "", "Mon 15:00", "due      Wed 2024-03-13 10:00 +01:00: 1bd 4h from the start, by the business days of the calendar (R6, R7), and then in business time (R4)"},
		{"0bd@close", "Mon 14:00", "", "Mon 15:00", "due      Mon 2024-03-11 17:00 +01:00: 0bd@close from the start, by the business days of the calendar (R6, R7)"},
		{"3d", "Sun 14:00", "", "Mon2 15:00", "due      Wed 2024-03-20 17:00 +01:00: 3d from the date of Sun 2024-03-17 14:00 +01:00, by the calendar, and then to a business day (R6)"},
		{"0bd@close before 14:00 else 1bd@close", "Mon 14:00", "", "Mon 15:00", "due      Tue 2024-03-12 17:00 +01:00: 1bd@close from the start, by the business days of the calendar (R6, R7), as 0bd@close before 14:00 else 1bd@close has it"},
	} {
		e := scenario{b: row.b}.clock(t, row.opened, row.list).Explain(moment(t, row.at))
		assert.Contains(t, e.String(), "\n"+row.want+"\n")
		assert.Equal(t, row.b, e.Term.Target.String())
		last := e.Segments[len(e.Segments)-1]
		assert.Equal(t, e.Status.TargetTime, last.Total, row.b)
	}
	e := scenario{b: "20h wall"}.clock(t, "Mon 14:00", "Mon 16:00 paused, Mon 18:00 resumed").Explain(moment(t, "Mon 20:00"))
	_, table, _ := strings.Cut(e.String(), "from  ")
	var got []string
	for line := range strings.Lines(table) {
		got = append(got, strings.Join(strings.Fields(line), " "))
	}
	assert.Equal(t, []string{
		"to counted total why",
		"Mon 2024-03-11 14:00 +01:00 Mon 2024-03-11 16:00 +01:00 2h 2h open",
		"Mon 2024-03-11 16:00 +01:00 Mon 2024-03-11 18:00 +01:00 0s 2h paused (1h of business time)",
		"Mon 2024-03-11 18:00 +01:00 Mon 2024-03-11 20:00 +01:00 2h 4h closed, counted in real time",
		"Mon 2024-03-11 20:00 +01:00 (from here on, if nothing else happens)",
		"Mon 2024-03-11 20:00 +01:00 Tue 2024-03-12 09:00 +01:00 13h 17h closed, counted in real time",
		"Tue 2024-03-12 09:00 +01:00 Tue 2024-03-12 12:00 +01:00 3h 20h open",
	}, got)
	assert.Contains(t, scenario{b: "1h wall"}.clock(t, "Mon 14:00", "").At(moment(t, "Mon 18:00")).String(), "overdue by 3h of real time")
}

// A stored ticket has targets that are due within ten years, by either side.
func TestStoredTargetsAreNear(t *testing.T) {
	hours := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00"))
	for target, ok := range map[string]bool{
		"80000h wall": true, "100000h wall": false, "3000d": true, "4000d": false, "2000bd 1000h": true, "2000bd 10000h": false,
		"1h before 10:00 else 100000h wall": false, "100000h wall in hours else 1h": false, "1h in hours else 3000d": true,
	} {
		catalog, err := sla.NewCatalog("1", sla.Policy{Moniker: "acme", Terms: []sla.Term{{Target: targetOf(target), Calendar: hours}}})
		require.NoError(t, err)
		_, err = ticketOf(t, catalog, sla.Request{Moniker: "acme", Severity: a, Opened: moment(t, "Mon 10:00")}).MarshalJSON()
		if ok {
			assert.NoError(t, err, target)
		} else {
			assert.ErrorContains(t, err, "target "+target+" in calendar", target)
		}
	}
}
