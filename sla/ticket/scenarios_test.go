package ticket_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

// A scenario is a desk, the events of a ticket and what the ticket says at some instants.
// All expected figures are worked out by hand. Every scenario is in Berlin in March 2026, in
// the hours Mo-Fr 09:00-17:00. "10:00" is on Monday the 2nd, and "Tue 10:00" a day later.
//
// The desk lists terms, courses and plans, separated by semicolons:
//
//	resolution 8h                         a term: metric, target
//	update review A 2h at 50%, breach     two metrics, for severity A only, with thresholds
//	resolution 8h in Berlin JP=Tokyo      counted in Tokyo for requests from Japan
//	resolution: stop solved, pause hold   a course; "any" is the course of metric ""
//	plan gold from Tue 00:00              a policy begins; what follows belongs to it
//	default words                         the policy declares no words
//
// A policy without "default words" has the statuses open, pending, hold, solved and closed, and
// the happenings message (from the customer), reply (to the customer), fixed and handover.
//
// The events are in the order of telling, and one that is told late begins with "late". The
// opening is at 09:00 with severity B, unless the first event is "opened".
//
//	10:00 pending; 11:00 severity A solved #7 note:thanks; late 08:00Z message
//
// What the ticket says:
//
//	12:00 resolution: running open, 3h of 8h, due 17:00    the status; cycle 1 and zeros are left out
//	12:00 cycles resolution: 1 met, 1h of 8h, due 17:00    the cycles that are over, with their figures
//	12:00 alarms: resolution/09:00/50% 13:00               the key (its instant is in UTC), and when
//	12:00 acted KEYS: due KEYS; withdrawn KEYS             what Reconcile says
//	12:00 next: 13:00, 17:00+1ns, none                     Next, then Next of that, and so on
//	12:00 first: resolution
//	12:00 outcome: open
//	12:00 age resolution: 3h
//	events: 2
//	refused: TEXT, TEXT                                    the last event is an error with these texts
type scenarioRow struct {
	name   string
	desk   string
	events string
	says   says
	why    string
}

type says []string

// In some scenarios the metrics have the names of the modes by which their clocks go.
const (
	scenarioReopenings = "continue: reopening continue; new-cycle: reopening new-cycle; ignore: reopening ignore"
	scenarioChanges    = "from-opening: change from-opening; carry-elapsed: change carry-elapsed; restart: change restart; replace: change replace"
)

var scenarioRows = []scenarioRow{
	// Stop, and leaving a stopping status
	{
		"solved, then closed",
		"resolution 8h; resolution: stop solved closed",
		"12:00 solved; 13:00 closed",
		says{"14:00 resolution: stopped met, 3h of 8h, due 17:00", "09:00 next: 12:00, 13:00, none"},
		"R15: the first stop stands, and closed is no reopening because it stops, too",
	},
	{
		"leaving solved for open",
		"continue new-cycle ignore 8h; any: stop solved closed; " + scenarioReopenings,
		"12:00 solved; 13:00 closed; 15:00 open",
		says{
			"16:00 continue: running open, 4h of 8h, due Tue 12:00",
			"16:00 new-cycle: running open, 1h of 8h, due Tue 15:00, cycle 2",
			"16:00 cycles new-cycle: 1 met, 3h of 8h, due 17:00",
			"16:00 ignore: stopped met, 3h of 8h, due 17:00",
		},
		"R15: leaving a stopping status for one that does not stop reopens a clock without start words",
	},
	{
		"leaving solved, where only a message starts",
		"next-response 4h; next-response: start message, stop reply solved",
		"10:00 message; 11:00 solved; 12:00 open; 14:00 message",
		says{
			"09:30 next-response: idle open",
			"13:00 next-response: stopped met, 1h of 4h, due 14:00",
			"15:00 next-response: running open, 1h of 4h, due Tue 10:00, cycle 2",
		},
		"R15: a clock with start words begins again by them alone",
	},
	{
		"fixed, then solved, then open",
		"resolution 8h; resolution: stop fixed solved",
		"11:00 fixed; 12:00 solved; 13:00 open",
		says{
			"12:30 resolution: stopped met, 2h of 8h, due 17:00",
			"14:00 resolution: running open, 3h of 8h, due Tue 11:00",
		},
		"R15: the happening stops the clock at 11:00, and leaving solved reopens it all the same: 2h from 11:00 to 13:00 do not count",
	},
	{
		"fixed, then other statuses",
		"resolution 8h; resolution: stop fixed solved",
		"11:00 fixed; 12:00 pending; 13:00 open",
		says{"14:00 resolution: stopped met, 2h of 8h, due 17:00"},
		"R15: a happening does not last, so no stopping status is left",
	},
	{
		"solved at the due time, then reopened",
		"resolution 8h at breach; resolution: stop solved",
		"17:00 solved; Tue 10:00 open",
		says{
			"Tue 09:30 resolution: stopped met, 8h of 8h, due 17:00",
			"Tue 10:00 resolution: running breached, 8h of 8h, due 17:00, breached Tue 10:00",
			"Tue 10:00 alarms: resolution/09:00/breach Tue 10:00",
		},
		"R12, R15: no time is left to go on with, and the reopening makes it a breach, not earlier",
	},
	{
		"solved again while it is solved",
		"next-response 4h; next-response: start message, stop solved",
		"10:00 message; 11:00 solved; 12:00 message; 13:00 solved",
		says{"14:00 next-response: running open, 2h of 4h, due 16:00, cycle 2"},
		"R14: the status holds until the next is told; the lines of an export tell it again and again, and change nothing",
	},
	{
		"on hold again while it is on hold",
		"update 4h; review 4h; update: reset hold; review: start hold, stop reply",
		"10:00 hold; 11:00 reply; 12:00 hold",
		says{
			"13:00 update: running open, 3h of 4h, due 14:00, cycle 2",
			"13:00 review: stopped met, 1h of 4h, due 14:00",
		},
		"R14: neither does it reset or start a clock again",
	},
	{
		"default modes of reopening",
		"first-response next-response resolution update 4h; any: stop solved",
		"10:00 solved; 11:00 open",
		says{
			"12:00 first-response: stopped met, 1h of 4h, due 13:00",
			"12:00 next-response: running open, 1h of 4h, due 15:00, cycle 2",
			"12:00 resolution: running open, 2h of 4h, due 14:00",
			"12:00 update: running open, 2h of 4h, due 14:00",
		},
		"R15: a first response is given once, a next response begins anew, and all others go on",
	},

	// Pause
	{
		"paused from before the start",
		"next-response 4h; next-response: start message, stop reply, pause pending",
		"09:30 pending; 10:00 message; 12:00 open",
		says{
			"09:45 next-response: idle open",
			"11:00 next-response: paused open, 0s of 4h, due 15:00, paused 1h",
			"13:00 next-response: running open, 1h of 4h, due 16:00, paused 2h",
		},
		"R15: idle wins over paused; the status that holds at the start pauses from the start on",
	},
	{
		"paused before the hours begin",
		"resolution 8h; resolution: pause pending",
		"08:00 opened; 08:30 pending; 10:00 open",
		says{
			"08:15 resolution: pending open, 0s of 8h, due 17:00",
			"08:45 resolution: paused open, 0s of 8h, due 17:00, paused 0s (wall 15m)",
			"11:00 resolution: running open, 1h of 8h, due Tue 10:00, paused 1h (wall 1h30m)",
			"08:15 next: 08:30, 10:00, Tue 10:00+1ns, none",
		},
		"R15: paused wins over pending; R12: only business time moves the due time",
	},
	{
		"one pausing status after another",
		"resolution 8h; resolution: pause pending hold",
		"10:00 pending; 10:30 pending; 11:00 hold; 12:00 open",
		says{"13:00 resolution: running open, 2h of 8h, due Tue 11:00, paused 2h"},
		"R15: the clock is paused while the status is a pausing one, whichever it is and however often it is told",
	},
	{
		"reopened into a pause",
		"resolution 8h; resolution: stop solved, pause pending",
		"12:00 solved; 13:00 pending; 15:00 open",
		says{
			"14:00 resolution: paused open, 3h of 8h, due Tue 11:00, paused 1h",
			"16:00 resolution: running open, 4h of 8h, due Tue 12:00, paused 2h",
		},
		"R15: leaving solved reopens, pending pauses; the hour from 12:00 to 13:00 is not time paused",
	},
	{
		"answered in a pause, then continued",
		"resolution 8h; resolution: start opened message, stop reply, pause pending",
		"10:00 pending; 11:00 reply; 13:00 message; 14:00 open",
		says{
			"12:00 resolution: stopped met, 1h of 8h, due Tue 10:00, paused 1h",
			"15:00 resolution: running open, 2h of 8h, due Tue 13:00, paused 2h",
		},
		"R15: paused are 10:00 to 11:00 and 13:00 to 14:00; the two hours between stop and start count as neither",
	},
	{
		"a status that stops and pauses",
		"resolution 8h; resolution: stop solved, pause solved",
		"12:00 solved",
		says{"14:00 resolution: stopped met, 3h of 8h, due 17:00"},
		"R15: both act, and no time is paused on a stopped clock",
	},

	// A word in several lists: stop, reset, start, pause
	{
		"a word in stop and start",
		"continue new-cycle ignore 4h; any: start opened handover, stop handover; " + scenarioReopenings,
		"11:00 handover",
		says{
			"12:00 continue: running open, 3h of 4h, due 13:00",
			"12:00 new-cycle: running open, 1h of 4h, due 15:00, cycle 2",
			"12:00 cycles new-cycle: 1 met, 2h of 4h, due 13:00",
			"12:00 ignore: stopped met, 2h of 4h, due 13:00",
		},
		"R15: stop acts first, so that start is a reopening, by the mode",
	},
	{
		"a word in stop and start, told while idle",
		"update 4h; update: start handover, stop handover",
		"10:00 handover",
		says{"11:00 update: running open, 1h of 4h, due 14:00"},
		"R15: stop of an idle clock changes nothing, and start starts it",
	},
	{
		"a word in stop and reset",
		"update 4h; update: stop handover, reset handover",
		"11:00 handover",
		says{"12:00 update: stopped met, 2h of 4h, due 13:00"},
		"R15: reset acts only on a clock that still runs after the stop",
	},
	{
		"a word in reset and start",
		"update 4h; update: start message, reset message, stop solved",
		"10:00 message; 11:00 message; 12:30 solved; 13:00 message",
		says{
			"10:30 update: running open, 30m of 4h, due 14:00",
			"12:00 update: running open, 1h of 4h, due 15:00, cycle 2",
			"14:00 update: running open, 2h30m of 4h, due 15:30, cycle 2",
			"14:00 cycles update: 1 met, 1h of 4h, due 14:00",
		},
		"R15: it starts the idle clock, resets the running one and reopens the stopped one",
	},
	{
		"a word in start and pause",
		"update 4h; update: start hold, pause hold",
		"10:00 hold; 12:00 open",
		says{
			"11:00 update: paused open, 0s of 4h, due 15:00, paused 1h",
			"13:00 update: running open, 1h of 4h, due 16:00, paused 2h",
		},
		"R15: the clock starts and is paused at once",
	},

	// Start, stop and reset in other states
	{
		"a reset that comes late, and one in time",
		"update 2h; update: reset reply",
		"12:00 reply; 13:00 reply",
		says{
			"12:30 update: running open, 30m of 2h, due 14:00, cycle 2, 1 breached before",
			"13:30 update: running open, 30m of 2h, due 15:00, cycle 3, 1 breached before",
			"13:30 cycles update: 1 breached, 3h of 2h, due 11:00, breached 11:00 | 2 met, 1h of 2h, due 14:00, 1 breached before",
		},
		"R15: a reset ends the cycle, met or breached, and begins the next",
	},
	{
		"reset in a pause",
		"update 4h; update: reset reply, pause pending",
		"10:00 pending; 11:00 reply; 12:00 open",
		says{
			"11:30 update: paused open, 0s of 4h, due 15:30, paused 30m, cycle 2",
			"13:00 update: running open, 1h of 4h, due 16:00, paused 1h, cycle 2",
			"13:00 cycles update: 1 met, 1h of 4h, due 14:00, paused 1h",
		},
		"R15: the ticket is still waiting when the next cycle begins",
	},
	{
		"reset of a stopped clock",
		"update 4h; update: stop solved, reset reply",
		"11:00 solved; 12:00 reply",
		says{"13:00 update: stopped met, 2h of 4h, due 13:00"},
		"R15: reset of a stopped clock changes nothing",
	},
	{
		"reset and stop of an idle clock",
		"update 4h; update: start message, stop solved, reset reply",
		"10:00 reply; 11:00 solved; 12:00 message; 13:30 open",
		says{
			"11:30 update: idle open",
			"13:00 update: running open, 1h of 4h, due 16:00",
			"14:00 update: running open, 2h of 4h, due 16:00",
		},
		"R15: they change nothing; telling solved stops, not that solved still holds at the start, and leaving it reopens nothing",
	},
	{
		"a second message before the reply",
		"next-response 4h; next-response: start message, stop reply, pause pending",
		"10:00 message; 11:00 message; 11:30 pending; 12:00 message; 13:00 open; 14:00 reply",
		says{
			"11:15 next-response: running open, 1h15m of 4h, due 14:00",
			"15:00 next-response: stopped met, 2h30m of 4h, due 15:30, paused 1h30m",
		},
		"R15: of several unanswered messages the oldest counts; a start in a pause changes nothing either",
	},
	{
		"a message after the stop",
		"continue new-cycle ignore 8h; any: start opened message, stop solved; " + scenarioReopenings,
		"11:00 solved; 13:00 message",
		says{
			"14:00 continue: running open, 3h of 8h, due Tue 11:00",
			"14:00 new-cycle: running open, 1h of 8h, due Tue 13:00, cycle 2",
			"14:00 ignore: stopped met, 2h of 8h, due 17:00",
		},
		"R15: on a stopped clock a start is a reopening, by the mode",
	},
	{
		"a message after hours",
		"next-response 4h; next-response: start message, stop reply",
		"18:00 message",
		says{
			"17:30 next-response: idle open",
			"19:00 next-response: pending open, 0s of 4h, due Tue 13:00",
			"17:30 next: 18:00, Tue 09:00, Tue 13:00+1ns, none",
		},
		"R13: the clock counts from the message and starts when the hours begin",
	},

	// Cancelled
	{
		"cancelled",
		"first-response next-response 4h; resolution 8h; update 1h; first-response: stop reply; next-response: start message; resolution: stop solved; update: stop solved",
		"11:00 reply; 12:00 cancelled; 13:00 message; 14:00 solved; 15:00 severity A; 15:30 open",
		says{
			"16:00 first-response: stopped met, 2h of 4h, due 13:00",
			"16:00 next-response: idle open",
			"16:00 resolution: cancelled open, 3h of 8h, due 17:00",
			"16:00 update: cancelled breached, 3h of 1h, due 10:00, breached 10:00",
			"16:00 outcome: partly-met",
			"16:00 first: none",
			"16:00 next: none",
			"events: 6",
		},
		"R15: running clocks are cancelled, stopped and idle ones stay, a breach stays; what is told afterwards is kept and changes nothing",
	},
	{
		"cancelled in a pause",
		"resolution 8h; resolution: pause pending",
		"10:00 pending; 11:00 cancelled",
		says{"13:00 resolution: cancelled open, 1h of 8h, due Tue 10:00, paused 1h"},
		"R15: the pause ends with the clock",
	},
	{
		"cancelled before the hours begin",
		"resolution 8h",
		"08:00 opened; 08:30 cancelled",
		says{"10:00 resolution: cancelled open, 0s of 8h, due 17:00", "08:00 next: 08:30, none"},
		"R15: a pending clock is cancelled, too",
	},
	{
		"cancelled at the due time",
		"resolution 8h at breach",
		"17:00 cancelled",
		says{"Tue 10:00 resolution: cancelled open, 8h of 8h, due 17:00", "Tue 10:00 alarms: none"},
		"R15: nothing was late when it was cancelled",
	},
	{
		"cancelled, told late",
		"resolution 8h; resolution: stop solved",
		"12:00 solved; late 11:00 cancelled",
		says{"13:00 resolution: cancelled open, 2h of 8h, due 17:00"},
		"R16: the cancellation is put before solved, which then changes nothing",
	},

	// What is refused
	{
		"an unknown word",
		"default words; resolution 8h",
		"11:00 cancelled; 12:00 slved",
		says{"refused: slved, responded, resolved, reopened, paused, resumed, cancelled", "events: 1", "13:00 resolution: cancelled open, 2h of 8h, due 17:00"},
		"R14: the error lists the words; R16: it is an error after the cancellation, too",
	},
	{
		"before the opening",
		"resolution 8h",
		"08:59 open",
		says{"refused: opening", "10:00 resolution: running open, 1h of 8h, due 17:00"},
		"R16: no event is before the opening",
	},
	{
		"opened is told by the opening",
		"resolution 8h; resolution: start opened",
		"10:00 open; 11:00 opened",
		says{"refused: opened", "events: 1"},
		"R14: opened stands in a course and is told by the opening itself",
	},
	{
		"due is told by the clock",
		"update 2h; update: reset due",
		"10:00 due",
		says{"refused: due", "events: 0"},
		"R14: due stands in a reset list and cannot be told",
	},
	{
		"neither a word nor a change",
		"resolution 8h",
		"10:00 note:hello",
		says{"refused: word", "events: 0"},
		"R14: an event says what happened",
	},
	{
		"an unknown severity",
		"resolution 8h",
		"10:00 severity D open",
		says{`refused: severity, "D"`, "events: 0"},
		"R17: the severity is one of the policy",
	},

	// Late events
	{
		"a late pause",
		"resolution 8h at breach; resolution: stop solved, pause pending",
		"Tue 10:00 solved; late 12:00 pending; late 14:00 open",
		says{
			"Tue 12:00 resolution: stopped met, 7h of 8h, due Tue 11:00, paused 2h",
			"Tue 12:00 alarms: none",
			"Tue 12:00 acted resolution/09:00/breach: due none; withdrawn resolution/09:00/breach",
		},
		"R16, R18: the pause is put before solved, and the breach that was told on Monday is withdrawn",
	},
	{
		"a late stop",
		"resolution 8h at 50%, breach; resolution: stop fixed",
		"Tue 10:00 open; late 16:00 fixed",
		says{
			"Tue 12:00 resolution: stopped met, 7h of 8h, due 17:00",
			"Tue 12:00 alarms: resolution/09:00/50% 13:00",
			"Tue 12:00 acted resolution/09:00/50%, resolution/09:00/breach: due none; withdrawn resolution/09:00/breach",
		},
		"R16, R18: it was fixed in time, so the breach is withdrawn and the half stays",
	},
	{
		"a late start",
		"next-response 4h at 50%, breach; next-response: start message, stop reply",
		"12:00 message; late 10:00 message",
		says{
			"14:30 next-response: running breached, 4h30m of 4h, due 14:00, breached 14:00",
			"14:30 alarms: next-response/10:00/50% 12:00, next-response/10:00/breach 14:00",
			"14:30 acted next-response/12:00/50%: due next-response/10:00/50%, next-response/10:00/breach; withdrawn next-response/12:00/50%",
		},
		"R16, R18: the cycle counts from the older message, and so do its keys",
	},
	{
		"a late change",
		"resolution A 4h; resolution B 8h; resolution: stop solved",
		"16:00 solved; late 12:00 severity A",
		says{"16:30 resolution: stopped breached, 7h of 4h, due 13:00, breached 13:00"},
		"R16, R17: severity A holds from 12:00 on, an hour before its due time",
	},
	{
		"late events that renumber the cycles",
		"next-response 1h at breach; next-response: start message, stop reply",
		"10:00 message; 12:00 reply; 13:00 message; late 09:30 message; late 09:45 reply",
		says{
			"15:00 next-response: running breached, 2h of 1h, due 14:00, cycle 3, breached 14:00, 1 breached before",
			"15:00 cycles next-response: 1 met, 15m of 1h, due 10:30 | 2 breached, 2h of 1h, due 11:00, breached 11:00",
			"15:00 alarms: next-response/10:00/breach 11:00, next-response/13:00/breach 14:00",
			"15:00 acted next-response/10:00/breach, next-response/13:00/breach: due none; withdrawn none",
		},
		"R18: a key has the instant from which its cycle counts, not the cycle's number",
	},
	{
		"late, at the instant of another event",
		"resolution 8h; resolution: stop solved closed",
		"12:00 solved; 14:00 closed; late 12:00 open",
		says{"15:00 resolution: stopped met, 5h of 8h, due 17:00"},
		"R16: events of one instant are in the order of telling, so it is open from 12:00 until 14:00",
	},

	// IDs
	{
		"told twice with an ID",
		"update 4h; update: start opened handover, stop handover, reopening new-cycle",
		"11:00 handover #m-17; 13:00 open; 11:00 handover #m-17; 10:00Z handover #m-17",
		says{"14:00 update: running open, 3h of 4h, due 15:00, cycle 2", "events: 2"},
		"R16: the same ID with the same contents changes nothing, in another zone, too",
	},
	{
		"told twice without an ID",
		"update 4h; update: start opened handover, stop handover, reopening new-cycle",
		"11:00 handover; 11:00 handover",
		says{
			"14:00 update: running open, 3h of 4h, due 15:00, cycle 3",
			"14:00 cycles update: 1 met, 2h of 4h, due 13:00 | 2 met, 0s of 4h, due 15:00",
			"events: 2",
		},
		"R16: without an ID each event counts",
	},
	{
		"an ID with another note",
		"update 4h; update: reset reply",
		"11:00 reply #m-17 note:hello; 11:00 reply #m-17 note:hallo",
		says{"refused: the ID of another event", "events: 1"},
		"R16: what was told under an ID does not change",
	},
	{
		"an ID with another instant",
		"update 4h; update: reset reply",
		"11:00 reply #m-17; 11:00+1ns reply #m-17",
		says{"refused: the ID of another event", "events: 1"},
		"R16: what was told under an ID does not change",
	},
	{
		"an ID with another word",
		"update 4h; update: reset reply",
		"11:00 reply #m-17; 11:00 message #m-17",
		says{"refused: the ID of another event", "events: 1"},
		"R16: what was told under an ID does not change",
	},
	{
		"an ID with another change",
		"update 4h; update: reset reply",
		"11:00 severity A #m-17; 11:00 severity B #m-17",
		says{"refused: the ID of another event", "events: 1"},
		"R16: what was told under an ID does not change",
	},

	// One instant, one event
	{
		"solved and open at one instant",
		"resolution 8h; resolution: stop solved",
		"12:00 solved; 12:00 open",
		says{"13:00 resolution: running open, 4h of 8h, due 17:00"},
		"R16: events of one instant are in the order of telling",
	},
	{
		"open and solved at one instant",
		"resolution 8h; resolution: stop solved",
		"12:00 open; 12:00 solved",
		says{"13:00 resolution: stopped met, 3h of 8h, due 17:00"},
		"R16: events of one instant are in the order of telling",
	},
	{
		"a change and a word in one event",
		"resolution A 4h; resolution B 8h; resolution: stop solved",
		"14:00 severity A solved",
		says{"15:00 resolution: stopped breached, 5h of 4h, due 13:00, breached 14:00"},
		"R17: the change is first, and it is late for severity A before it is solved",
	},
	{
		"a word under the new course",
		"plan silver; resolution 8h; resolution: stop solved; plan gold; resolution 4h; resolution: stop closed",
		"11:00 closed; 11:30 open; 12:00 plan gold closed",
		says{
			"11:15 resolution: running open, 2h15m of 8h, due 17:00",
			"13:00 resolution: stopped met, 3h of 4h, due 13:00",
		},
		"R17: the change is first, so that closed stops by the course of gold",
	},
	{
		"the mode of the old course",
		"plan silver; resolution 8h; resolution: change restart; plan gold; resolution 4h; resolution: change replace",
		"12:00 plan gold",
		says{"12:30 resolution: running open, 30m of 4h, due 16:00, cycle 2"},
		"R17: the new term takes over by the mode of the course in force just before",
	},

	// Changes without a difference
	{
		"the same severity, the same plan",
		"plan silver; resolution 8h; resolution: change restart; plan gold; resolution 4h",
		"12:00 severity B; 12:30 plan silver",
		says{"13:00 resolution: running open, 4h of 8h, due 17:00"},
		"R17: the request is as it was, and nothing restarts",
	},
	{
		"another severity with the same term",
		"resolution B 8h at 50%; resolution C 8h at 50%; resolution: change restart",
		"12:00 severity C",
		says{"13:00 resolution: running open, 4h of 8h, due 17:00"},
		"R17: target, calendar and thresholds are the same, and nothing restarts",
	},
	{
		"the same target with another threshold",
		"resolution B 8h at 50%; resolution C 8h at 75%; resolution: change restart",
		"12:00 severity C",
		says{"13:00 resolution: running open, 1h of 8h, due Tue 12:00, cycle 2"},
		"R17: the thresholds differ, so the term is another",
	},
	{
		"another country with the same calendar",
		"resolution 8h in Berlin FR=Berlin; resolution: change restart",
		"09:00 opened country DE; 12:00 country FR",
		says{"13:00 resolution: running open, 4h of 8h, due 17:00"},
		"R17: the calendar is the same, and nothing restarts",
	},

	// Changes in other states
	{
		"a change while idle",
		"next-response A 2h; next-response B 4h; next-response: start message, change restart",
		"10:00 severity A; 11:00 message",
		says{
			"10:30 next-response: idle open",
			"12:00 next-response: running open, 1h of 2h, due 13:00",
		},
		"R17: it holds from the next cycle on, which is the first",
	},
	{
		"a change while stopped",
		"continue new-cycle A 4h; continue new-cycle B 8h; any: stop solved; continue: reopening continue; new-cycle: reopening new-cycle",
		"11:00 solved; 12:00 severity A; 13:00 open",
		says{
			"12:30 continue: stopped met, 2h of 8h, due 17:00",
			"14:00 continue: running open, 3h of 8h, due Tue 11:00",
			"14:00 new-cycle: running open, 1h of 4h, due 17:00, cycle 2",
		},
		"R17: it holds from the next cycle on, and a continued clock goes on in its cycle",
	},
	{
		"a change while paused",
		"from-opening carry-elapsed restart replace A 4h; from-opening carry-elapsed restart replace B 8h; any: pause pending; " + scenarioChanges,
		"10:00 pending; 12:00 severity A; 13:00 open",
		says{
			"12:30 from-opening: paused open, 1h of 4h, due 15:30, paused 2h30m",
			"14:00 from-opening: running open, 2h of 4h, due 16:00, paused 3h",
			"14:00 carry-elapsed: running open, 2h of 4h, due 16:00, paused 3h",
			"12:30 restart: paused open, 0s of 4h, due 16:30, paused 30m, cycle 2",
			"14:00 restart: running open, 1h of 4h, due 17:00, paused 1h, cycle 2",
			"14:00 replace: running open, 2h of 4h, due 16:00, paused 3h",
		},
		"R17, R12: the pause moves the new due time, in a new cycle only from its beginning on",
	},

	{
		"a change in a later cycle",
		"from-opening replace A 1h; from-opening replace B 4h; any: reset reply; replace: change replace",
		"12:00 reply; 14:00 severity A",
		says{
			"14:00 from-opening: running breached, 2h of 1h, due 13:00, cycle 2, breached 14:00",
			"14:00 replace: running breached, 2h of 1h, due 13:00, cycle 2, breached 13:00",
			"14:00 cycles replace: 1 met, 3h of 4h, due 13:00",
		},
		"R17: the new term counts from where the cycle counts, and the cycle before is as it was",
	},
	{
		"a pause that only the new course has",
		"plan silver; resolution 8h; plan gold; resolution 4h; resolution: pause pending",
		"10:00 pending; 12:00 plan gold; 13:00 open",
		says{
			"11:00 resolution: running open, 2h of 8h, due 17:00",
			"12:30 resolution: paused open, 3h of 4h, due 13:30, paused 30m",
			"14:00 resolution: running open, 4h of 4h, due 14:00, paused 1h",
		},
		"R15, R17: the course of gold holds from the change on, and pending has not paused before",
	},

	// The modes of a change
	{
		"silver 8h to gold 4h, too late",
		"plan silver; from-opening carry-elapsed restart replace 8h; " + scenarioChanges + "; plan gold; from-opening carry-elapsed restart replace 4h at breach",
		"11:00 opened; 17:00 plan gold",
		says{
			"16:00 from-opening: running open, 5h of 8h, due Tue 11:00",
			"17:00 from-opening: running breached, 6h of 4h, due 15:00, breached 17:00",
			"17:00 carry-elapsed: running open, 6h of 6h, due 17:00",
			"17:00+1ns carry-elapsed: running breached, 6h of 6h, due 17:00, breached 17:00",
			"17:00 restart: pending open, 0s of 4h, due Tue 13:00, cycle 2",
			"17:00 cycles restart: 1 superseded, 6h of 8h, due Tue 11:00",
			"16:00 replace: running open, 5h of 8h, due Tue 11:00",
			"17:00 replace: running breached, 6h of 4h, due 15:00, breached 15:00",
			"16:00 alarms: none",
			"17:00+1ns alarms: replace/11:00/breach 15:00, from-opening/11:00/breach 17:00, carry-elapsed/11:00/breach 17:00",
		},
		"R17: a breach is earned at the change at the earliest, but for replace, which back-dates it; used up, it is due at the change",
	},
	{
		"silver 8h to gold 4h round the clock, in time",
		"plan silver; from-opening carry-elapsed restart replace 8h; " + scenarioChanges + "; plan gold; from-opening carry-elapsed restart replace 4h in 24/7",
		"08:00 opened; 11:00 plan gold",
		says{
			"11:30 from-opening: running open, 3h30m of 4h, due 12:00",
			"11:30 carry-elapsed: running open, 2h30m of 4h, due 13:00",
			"11:30 restart: running open, 30m of 4h, due 15:00, cycle 2",
			"11:30 replace: running open, 3h30m of 4h, due 12:00",
		},
		"R17: from 08:00 in the new hours, or the 2h used since 09:00 in the old ones and the rest from 11:00",
	},
	{
		"gold 4h to silver 8h, after the breach",
		"plan gold; from-opening carry-elapsed restart replace 4h at 50%, breach; " + scenarioChanges + "; plan silver; from-opening carry-elapsed restart replace 8h at 50%, breach",
		"14:00 plan silver",
		says{
			"13:30 replace: running breached, 4h30m of 4h, due 13:00, breached 13:00",
			"14:00 from-opening: running breached, 5h of 8h, due 17:00, breached 13:00",
			"14:00 carry-elapsed: running breached, 5h of 8h, due 17:00, breached 13:00",
			"14:00 restart: running open, 0s of 8h, due Tue 14:00, cycle 2, 1 breached before",
			"14:00 cycles restart: 1 breached, 5h of 4h, due 13:00, breached 13:00",
			"14:00 replace: running open, 5h of 8h, due 17:00",
			"14:00 acted replace/09:00/50%, replace/09:00/breach, from-opening/09:00/50%, from-opening/09:00/breach, " +
				"carry-elapsed/09:00/50%, carry-elapsed/09:00/breach, restart/09:00/50%, restart/09:00/breach: due none; withdrawn replace/09:00/breach",
			"14:00 alarms: from-opening/09:00/50% 11:00, carry-elapsed/09:00/50% 11:00, restart/09:00/50% 11:00, " +
				"from-opening/09:00/breach 13:00, carry-elapsed/09:00/breach 13:00, restart/09:00/breach 13:00, replace/09:00/50% 13:00",
		},
		"R17: a breach stays, but for replace, which withdraws it and reaches the half of silver at 13:00",
	},
	{
		"two versions of gold",
		"plan silver; resolution 24h; resolution: change restart; plan gold until Tue 00:00; resolution 4h; plan gold from Tue 00:00; resolution 2h",
		"Tue 10:00 plan gold",
		says{"Tue 11:00 resolution: running open, 1h of 2h, due Tue 12:00, cycle 2"},
		"R17: of the plan that is changed to, the version in force at the change",
	},
	{
		"two versions of the plan of the opening",
		"plan silver until Tue 00:00; resolution A 4h; resolution B 24h; resolution: change restart; plan silver from Tue 00:00; resolution 1h",
		"Tue 10:00 severity A",
		says{"Tue 11:00 resolution: running open, 1h of 4h, due Tue 14:00, cycle 2"},
		"R17: the version in force at the opening, whatever else changes",
	},
	{
		"a version that was changed to is kept",
		"plan silver; resolution 16h; any: change restart; plan gold until Tue 00:00; resolution A 2h; resolution B 24h; any: change restart; plan gold from Tue 00:00; resolution 1h",
		"12:00 plan gold; Tue 10:00 severity A; Tue 10:30 plan gold",
		says{"Tue 11:00 resolution: running open, 1h of 2h, due Tue 12:00, cycle 3"},
		"R17: the version in force when the plan was changed to, whatever else changes",
	},
	{
		"a metric that the new plan lacks",
		"plan silver; first-response 4h at breach; resolution 8h; resolution: stop solved; plan gold; resolution 4h; resolution: stop solved",
		"10:00 plan gold; 12:00 solved",
		says{
			"11:00 first-response: running open, no term",
			"11:00 resolution: running open, 2h of 4h, due 13:00",
			"11:00 first: resolution",
			"11:00 outcome: open",
			"14:00 outcome: met",
			"14:00 alarms: none",
			"14:00 next: none",
		},
		"R17: it has no term from then on, and nothing is due",
	},
	{
		"a metric that the new plan lacks, after the breach",
		"plan silver; first-response 4h; resolution 8h; plan gold; resolution 8h",
		"14:00 plan gold",
		says{
			"15:00 first-response: running breached, no term, breached 13:00",
			"15:00 resolution: running open, 6h of 8h, due 17:00",
			"15:00 outcome: breached",
		},
		"R17: a breach stays; the term of the other metric is the same",
	},
	{
		"a metric that the new plan lacks, and back",
		"plan silver; from-opening carry-elapsed restart replace resolution 4h; " + scenarioChanges + "; plan gold; resolution 4h; " + scenarioChanges,
		"10:00 plan gold; 11:00 plan silver",
		says{
			"10:30 from-opening: running open, no term",
			"12:00 from-opening: running open, 3h of 4h, due 13:00",
			"12:00 carry-elapsed: running open, 2h of 4h, due 14:00",
			"12:00 restart: running open, 1h of 4h, due 15:00, cycle 3",
			"12:00 cycles restart: 1 superseded, 1h of 4h, due 13:00 | 2 superseded, no term",
			"12:00 replace: running open, 3h of 4h, due 13:00",
		},
		"R17: losing the term is a change, too, and no time is used without one; a restart ends every cycle as superseded",
	},
	{
		"a metric anew and its start in one event",
		"plan silver; resolution 8h; plan gold; resolution 8h; update 4h; update: start message",
		"11:00 plan gold message",
		says{"12:00 update: running open, 1h of 4h, due 15:00"},
		"R17: the change is first, so that the message starts the clock",
	},
	{
		"metrics that the new plan has anew",
		"plan silver; resolution 8h; plan gold; resolution 8h; update by-message both 4h; any: pause pending; by-message: start message; both: start opened message",
		"09:30 pending; 10:00 message; 10:30 open; 11:00 plan gold; 12:00 message",
		says{
			"10:45 update: idle open",
			"11:30 update: running open, 1h30m of 4h, due 14:00, paused 1h",
			"11:30 both: running open, 1h30m of 4h, due 14:00, paused 1h",
			"11:30 by-message: idle open",
			"13:00 by-message: running open, 1h of 4h, due 16:00",
			"11:00 resolution: running open, 2h of 8h, due 17:00",
		},
		"R17: it begins at the opening with the pauses since, or it waits for the next start; silver's resolution is never paused and its term is the same",
	},
	{
		"a metric anew, too late",
		"plan silver; resolution 8h; plan gold; resolution 8h; update 4h at breach",
		"15:00 plan gold",
		says{
			"14:00 update: idle open",
			"15:00 update: running breached, 6h of 4h, due 13:00, breached 15:00",
			"15:00 alarms: update/09:00/breach 15:00",
		},
		"R17: a breach is earned at the change at the earliest",
	},
	{
		"a metric anew, while solved",
		"plan silver; resolution 8h; plan gold; resolution 8h; update 4h; update: stop solved",
		"10:00 solved; 11:00 plan gold; 12:00 open",
		says{
			"11:30 update: stopped met, 2h of 4h, due 13:00",
			"13:00 update: running open, 3h of 4h, due 14:00",
		},
		"R17: the status that holds stops it at the change, and leaving it reopens it (R15)",
	},
	{
		"another country",
		"from-opening carry-elapsed 8h in Berlin JP=Tokyo; from-opening: change from-opening; carry-elapsed: change carry-elapsed",
		"09:00 opened country DE; 11:00 country JP",
		says{
			"10:00 from-opening: running open, 1h of 8h, due 17:00",
			"12:00 from-opening: pending open, 0s of 8h, due Tue 09:00",
			"Tue 02:00 from-opening: running open, 1h of 8h, due Tue 09:00",
			"12:00 carry-elapsed: running open, 2h of 8h, due Tue 07:00",
			"12:00 next: Tue 01:00, Tue 07:00+1ns, Tue 09:00+1ns, none",
		},
		"R17: 09:00 in Berlin is closing time in Tokyo, whose next hours are 01:00 to 09:00 of Tuesday in Berlin",
	},
	{
		"several changes at once",
		"plan silver; resolution 8h; moniker beta plan basic; resolution A billing 4h; resolution BC 6h",
		"11:00 moniker beta plan basic severity A category billing",
		says{"12:00 resolution: running open, 3h of 4h, due 13:00"},
		"R17: severity, category, plan and moniker change together",
	},

	// Words and courses that a policy does not write
	{
		"default words",
		"default words; first-response next-response 4h; resolution 8h",
		"10:00 paused; 11:00 resumed; 11:30 responded; 12:00 resolved; 13:00 reopened",
		says{
			"10:30 first-response: paused open, 1h of 4h, due 13:30, paused 30m",
			"14:00 first-response: stopped met, 1h30m of 4h, due 14:00, paused 1h",
			"14:00 next-response: stopped met, 1h30m of 4h, due 14:00, paused 1h",
			"14:00 resolution: running open, 3h of 8h, due Tue 11:00, paused 1h",
			"14:00 outcome: open",
		},
		"R14, R15: responded stops the responses, which reopened does not reopen; resolved stops the resolution, which goes on",
	},
	{
		"words, but no courses",
		"resolution 8h",
		"12:00 solved; 13:00 pending",
		says{"14:00 resolution: running open, 5h of 8h, due 17:00"},
		"R14: a policy with words of its own has no default courses",
	},
	{
		"a course from that of every metric",
		"first-response 4h; resolution 8h; any: stop solved, pause pending; first-response: pause none",
		"10:00 pending; 12:00 solved",
		says{
			"13:00 first-response: stopped met, 3h of 4h, due 13:00",
			"13:00 resolution: stopped met, 1h of 8h, due Tue 11:00, paused 2h",
		},
		"R15: a list that is left out is filled in, one that is empty is not",
	},

	// Alarms
	{
		"at the instant of an event",
		"resolution update 8h at 50%, breach; resolution: stop solved; update: pause solved",
		"13:00 solved",
		says{"Tue 12:00 alarms: resolution/09:00/50% 13:00, update/09:00/50% 13:00"},
		"R18: a threshold met at the very instant of an event is reached before it",
	},
	{
		"a breach at the instant of an event",
		"resolution 8h at breach; resolution: stop solved",
		"17:00 solved",
		says{"17:00 resolution: stopped met, 8h of 8h, due 17:00", "Tue 12:00 alarms: none"},
		"R18: the due time is in time, so that there is no breach to reach",
	},
	{
		"paused before the due time",
		"resolution 8h at 50%, breach, +1h wall; resolution: pause pending",
		"12:00 pending",
		says{"Tue 12:00 alarms: none", "12:00 next: none"},
		"R18: a paused clock reaches nothing",
	},
	{
		"paused at the due time",
		"resolution 8h at breach, +1h, +1h wall; resolution: pause pending",
		"17:00 pending; Tue 14:00 open",
		says{
			"Tue 13:00 resolution: paused breached, 8h of 8h, due 17:00, paused 4h (wall 20h), breached 17:00",
			"Tue 13:00 alarms: resolution/09:00/breach 17:00",
			"Tue 16:00 alarms: resolution/09:00/breach 17:00, resolution/09:00/+1h wall Tue 14:00, resolution/09:00/+1h Tue 15:00",
			"17:00 next: 17:00+1ns, Tue 14:00, Tue 15:00, none",
		},
		"R18: a paused clock reaches only the breach that was due before, and the rest when it goes on",
	},
	{
		"cycles from one instant",
		"update 4h at -8h; update: start opened handover, stop handover, reopening new-cycle",
		"09:00 handover; 09:00 handover",
		says{"10:00 update: running open, 1h of 4h, due 13:00, cycle 3", "10:00 alarms: update/09:00/-8h 09:00"},
		"R18: a key is told once, also where three cycles count from one instant",
	},
	{
		"a threshold that repeats",
		"resolution 4h at +1h every 1h; resolution: stop solved",
		"Tue 10:30 solved",
		says{
			"16:30 alarms: resolution/09:00/+1h every 1h 14:00, resolution/09:00/+1h every 1h/2 15:00, resolution/09:00/+1h every 1h/3 16:00",
			"13:00 next: 13:00+1ns, 14:00, 15:00, 16:00, 17:00, Tue 10:00, Tue 10:30, none",
		},
		"R18: once every hour of business time from 14:00 on, until it is solved",
	},
	{
		"a threshold that repeats a hundred times",
		"resolution 1h at +1m every 1m",
		"",
		says{"11:38 next: 11:39, 11:40, none"},
		"R18: from 10:01 on, 100 times at the most",
	},

	// Reset by its own due time
	{
		"an update missed twice",
		"update 2h at breach; update: stop solved, reset due reply",
		"",
		says{
			"11:00 update: running open, 2h of 2h, due 11:00",
			"11:00+1ns update: running open, 1ns of 2h, due 13:00, cycle 2, 1 breached before",
			"14:00 update: running open, 1h of 2h, due 15:00, cycle 3, 2 breached before",
			"14:00 cycles update: 1 breached, 2h of 2h, due 11:00, breached 11:00 | 2 breached, 2h of 2h, due 13:00, breached 13:00, 1 breached before",
			"14:00 alarms: update/09:00/breach 11:00, update/11:00/breach 13:00",
			"09:00 next: 11:00+1ns, 13:00+1ns, 15:00+1ns",
		},
		"R15: the due time that has passed resets the clock, and the next cycle counts from it",
	},
	{
		"an update at exactly the due time",
		"update 2h; update: reset due reply",
		"11:00 reply",
		says{
			"12:00 update: running open, 1h of 2h, due 13:00, cycle 2",
			"12:00 cycles update: 1 met, 2h of 2h, due 11:00",
		},
		"R15: the due time is in time, and has not passed yet",
	},
	{
		"an update a nanosecond late",
		"update 2h; update: reset due reply",
		"11:00+1ns reply",
		says{
			"12:00 update: running open, 59m59.999999999s of 2h, due 13:00+1ns, cycle 3, 1 breached before",
			"12:00 cycles update: 1 breached, 2h of 2h, due 11:00, breached 11:00 | 2 met, 1ns of 2h, due 13:00, 1 breached before",
		},
		"R15: the due time has reset the clock already, and the reply resets it again",
	},
	{
		"an update missed 256 times",
		"update 1m; update: reset due",
		"",
		says{
			"13:17 update: running open, 1m of 1m, due 13:17, cycle 257, 256 breached before",
			"14:00 update: running breached, 44m of 1m, due 13:17, cycle 257, breached 13:17, 256 breached before",
			"13:15+1ns next: 13:16+1ns, 13:17+1ns, none",
		},
		"R15: the 257th cycle begins after 256 minutes and stays breached",
	},
	{
		"an update due at closing",
		"update 2h; update: reset due reply",
		"15:00 opened",
		says{
			"20:00 update: pending open, 0s of 2h, due Tue 11:00, cycle 2, 1 breached before",
			"15:00 next: 17:00+1ns, Tue 09:00, Tue 11:00+1ns",
		},
		"R13: the next cycle counts from closing and starts when the hours begin",
	},
	{
		"an update in a pause",
		"update 2h; update: reset due reply, pause pending",
		"10:00 pending; 16:00 open",
		says{
			"15:00 update: paused open, 1h of 2h, due 16:00, paused 5h",
			"16:30 update: running open, 1h30m of 2h, due 17:00, paused 6h",
		},
		"R12: the pause moves the due time, which does not pass",
	},
	{
		"a due time that a change has made one of the past",
		"update A 1h; update B 4h; update: reset due",
		"12:00 severity A",
		says{
			"12:00 update: running open, 0s of 1h, due 13:00, cycle 2, 1 breached before",
			"12:00 cycles update: 1 breached, 3h of 1h, due 10:00, breached 12:00",
		},
		"R15, R17: the breach is earned at the change, and the next cycle counts from there",
	},

	// The ticket as a whole
	{
		"one met, one breached",
		"first-response 4h; resolution 8h; first-response: stop reply; resolution: stop solved",
		"10:00 reply; Tue 10:00 solved",
		says{"12:00 outcome: open", "17:00 outcome: open", "17:00+1ns outcome: partly-met", "Tue 12:00 outcome: partly-met"},
		"Ticket.Outcome: met and breached are both there",
	},
	{
		"one breached, the rest undecided",
		"first-response 4h; resolution 8h",
		"",
		says{"13:00 outcome: open", "14:00 outcome: breached"},
		"Ticket.Outcome: only breaches are decided",
	},
	{
		"all met, one idle, one superseded",
		"next-response 4h; resolution A 4h; resolution B 8h; next-response: start message; resolution: stop solved, change restart",
		"10:00 severity A; 12:00 solved",
		says{
			"11:00 outcome: open",
			"13:00 outcome: met",
			"11:00 cycles resolution: 1 superseded, 1h of 8h, due 17:00",
		},
		"Ticket.Outcome: idle clocks and superseded cycles do not count",
	},
	{
		"one clock, two cycles",
		"next-response 1h; next-response: start message, stop reply",
		"10:00 message; 12:00 reply; 13:00 message; 13:30 reply",
		says{"12:30 outcome: breached", "14:00 outcome: partly-met"},
		"Ticket.Outcome: it is over all cycles",
	},
	{
		"which is due first",
		"first-response update 4h; resolution 2h; any: stop solved; resolution: pause pending",
		"10:00 pending; 15:00 solved",
		says{"09:30 first: resolution", "10:30 first: first-response", "14:00 first: first-response", "16:00 first: none"},
		"R18: a paused clock does not count, a breached one does, and of two the first in the order of metrics",
	},
	{
		"a timer for three days",
		"first-response 2h; resolution 24h; any: stop solved",
		"08:00 opened",
		says{"08:00 next: 09:00, 11:00+1ns, Wed 17:00+1ns, none"},
		"R18: openings and closings are no reason to wake up",
	},
	{
		"nothing to wait for",
		"first-response 4h at 50%; resolution 8h at 50%; any: stop solved",
		"10:00 solved",
		says{"09:00 next: 10:00, none", "10:00 alarms: none", "10:00 outcome: met"},
		"R18: Next is false when everything has stopped",
	},
	{
		"the age of a request",
		"resolution 8h; resolution: stop solved",
		"08:00 opened; 12:00 solved",
		says{"11:00 age resolution: 3h", "14:00 age resolution: 4h"},
		"Status.Age: wall time since the opening, until the stop",
	},
}

func TestTicketScenarios(t *testing.T) {
	names := map[string]bool{}
	for _, row := range scenarioRows {
		require.False(t, names[row.name], "two rows %q", row.name)
		names[row.name] = true
		t.Run(row.name, row.run)
	}
}

// run tells the events one by one, all at once, with the ticket stored and read and, where no
// two have the same instant, the last one first: the ticket says the same.
func (row scenarioRow) run(t *testing.T) {
	request, events := scenarioEvents(t, row.events)
	first, _, _ := strings.Cut(row.desk, ";")
	if plan, ok := strings.CutPrefix(first, "plan "); ok && request.Plan == "" {
		request.Plan = sla.Plan(strings.Fields(plan)[0])
	}
	opened, err := ticket.Open(scenarioCatalog(t, row.desk), request)
	require.NoError(t, err)
	if text, ok := strings.CutPrefix(row.says[0], "refused: "); ok {
		n := len(events) - 1
		before, err := opened.Apply(events[:n]...)
		require.NoError(t, err)
		after, err := before.Apply(events[n])
		var wrong *ticket.EventError
		if assert.ErrorAs(t, err, &wrong, row.why) {
			assert.Equal(t, 0, wrong.Index)
			for part := range strings.SplitSeq(text, ", ") {
				assert.Contains(t, err.Error(), part, row.why)
			}
		}
		assert.Equal(t, before.Events(), after.Events(), "the ticket is unchanged")
		row.ask(t, after, row.says[1:], "after the error")
		_, err = opened.Apply(events...)
		if assert.ErrorAs(t, err, &wrong, row.why) {
			assert.Equal(t, n, wrong.Index, "told all at once")
		}
		return
	}
	one := opened
	for _, e := range events {
		one, err = one.Apply(e)
		require.NoError(t, err, row.why)
	}
	row.ask(t, one, row.says, "told one by one")
	all, err := opened.Apply(events...)
	require.NoError(t, err, row.why)
	row.ask(t, all, row.says, "told all at once")
	text, err := json.Marshal(all)
	require.NoError(t, err)
	var stored ticket.Ticket
	require.NoError(t, json.Unmarshal(text, &stored))
	row.ask(t, stored, row.says, "stored and read")
	instants := map[int64]bool{}
	for _, e := range events {
		instants[e.At.UnixNano()] = true
	}
	if len(instants) == len(events) {
		slices.Reverse(events)
		last := opened
		for _, e := range events {
			last, err = last.Apply(e)
			require.NoError(t, err, row.why)
		}
		row.ask(t, last, row.says, "the last one told first")
	}
}

// ask compares what a ticket says.
func (row scenarioRow) ask(t *testing.T, k ticket.Ticket, lines says, how string) {
	t.Helper()
	for _, line := range lines {
		question, want, ok := strings.Cut(line, ": ")
		require.True(t, ok, line)
		got := row.answer(t, k, question, want)
		assert.Equal(t, line, question+": "+got, "%s; %s", how, row.why)
	}
}

// answer returns what a ticket says to a question.
func (row scenarioRow) answer(t *testing.T, k ticket.Ticket, question, want string) string {
	t.Helper()
	if question == "events" {
		return fmt.Sprint(len(k.Events()))
	}
	fields := strings.Fields(question)
	now, fields := scenarioInstant(t, fields)
	metric := sla.Metric(fields[len(fields)-1])
	clock := func() ticket.Clock {
		c, ok := k.Clock(metric)
		require.True(t, ok, "no clock: %s", question)
		return c
	}
	switch fields[0] {
	case "cycles":
		cycles := scenarioCycles(clock().Explain(now).Cycles)
		if last := k.Events(); !strings.Contains(row.desk, "reset due") && (len(last) == 0 || !last[len(last)-1].At.After(now)) {
			assert.Equal(t, cycles, scenarioCycles(clock().Cycles()), "Clock.Cycles after the last event")
		}
		return cycles
	case "alarms":
		var list []string
		for _, a := range k.Alarms(now) {
			list = append(list, scenarioKey(t, a.Key())+" "+scenarioTime(a.At))
		}
		return scenarioList(list)
	case "acted":
		var acted, due, withdrawn []string
		for key := range strings.SplitSeq(strings.SplitN(question, "acted ", 2)[1], ", ") {
			acted = append(acted, scenarioFullKey(t, key))
		}
		now, gone := ticket.Reconcile(acted, k.Alarms(now))
		for _, a := range now {
			due = append(due, scenarioKey(t, a.Key()))
		}
		for _, key := range gone {
			withdrawn = append(withdrawn, scenarioKey(t, key))
		}
		return "due " + scenarioList(due) + "; withdrawn " + scenarioList(withdrawn)
	case "next":
		var list []string
		for range strings.Count(want, ",") + 1 {
			next, ok := k.Next(now)
			if !ok {
				list = append(list, "none")
				break
			}
			require.True(t, next.After(now), "Next is after now")
			list, now = append(list, scenarioTime(next)), next
		}
		return strings.Join(list, ", ")
	case "first":
		m, st, ok := k.First(now)
		if !ok {
			return "none"
		}
		metric = m
		assert.Equal(t, scenarioStatus(clock().At(now)), scenarioStatus(st), "First has the status of its clock")
		return string(m)
	case "outcome":
		return string(k.Outcome(now))
	case "age":
		return scenarioDuration(clock().At(now).Age)
	}
	return scenarioStatus(clock().At(now))
}

// scenarioStatus returns the figures of a status in one line.
func scenarioStatus(st ticket.Status) string {
	s := fmt.Sprintf("%s %s", st.State, st.Outcome)
	if st.State == ticket.StateIdle {
		if st.Cycle != 0 || !st.Due.IsZero() || st.Paused != 0 {
			s += fmt.Sprintf(", but cycle %d, due %v, paused %v", st.Cycle, st.Due, st.Paused)
		}
		return s
	}
	return s + scenarioFigures(st)
}

func scenarioFigures(st ticket.Status) (s string) {
	if _, ok := errors.AsType[sla.TermError](st.Err); ok {
		s += ", no term"
	} else if st.Err != nil {
		s += ", " + st.Err.Error()
	} else {
		s += fmt.Sprintf(", %s of %s, due %s", scenarioDuration(st.Elapsed), scenarioDuration(st.TargetTime), scenarioTime(st.Due))
		switch {
		case st.WallPaused != st.Paused:
			s += fmt.Sprintf(", paused %s (wall %s)", scenarioDuration(st.Paused), scenarioDuration(st.WallPaused))
		case st.Paused != 0:
			s += ", paused " + scenarioDuration(st.Paused)
		}
	}
	if st.Cycle != 1 {
		s += fmt.Sprintf(", cycle %d", st.Cycle)
	}
	if !st.BreachedAt.IsZero() {
		s += ", breached " + scenarioTime(st.BreachedAt)
	}
	if st.Breaches != 0 {
		s += fmt.Sprintf(", %d breached before", st.Breaches)
	}
	return s
}

// scenarioCycles returns cycles in one line, without their states.
func scenarioCycles(cycles []ticket.Status) string {
	var list []string
	for _, st := range cycles {
		number := st.Cycle
		st.Cycle = 1
		list = append(list, fmt.Sprintf("%d %s%s", number, st.Outcome, scenarioFigures(st)))
	}
	if list == nil {
		return "none"
	}
	return strings.Join(list, " | ")
}

func scenarioList(list []string) string {
	if len(list) == 0 {
		return "none"
	}
	return strings.Join(list, ", ")
}

// scenarioDuration returns a duration without the zeros at its end.
func scenarioDuration(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

var scenarioDays = []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}

// scenarioInstant reads an instant such as "Tue 10:00+1ns" or "10:00Z" and returns the fields
// behind it.
func scenarioInstant(t *testing.T, fields []string) (time.Time, []string) {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	day := slices.Index(scenarioDays, fields[0])
	if day >= 0 {
		fields = fields[1:]
	}
	clock, more, _ := strings.Cut(fields[0], "+")
	clock, utc := strings.CutSuffix(clock, "Z")
	if utc {
		zone = time.UTC
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", "2026-03-02 "+clock, zone)
	require.NoError(t, err)
	if more != "" {
		d, err := time.ParseDuration(more)
		require.NoError(t, err)
		at = at.Add(d)
	}
	return at.AddDate(0, 0, max(day, 0)), fields[1:]
}

// scenarioTime returns what scenarioInstant reads, in the location of the time.
func scenarioTime(t time.Time) string {
	s := t.Format("15:04")
	if more := t.Sub(t.Truncate(time.Minute)); more != 0 {
		s += "+" + more.String()
	}
	if day := t.Format("Mon"); t.Day() != 2 {
		s = day + " " + s
	}
	if t.Day() < 2 || t.Day() > 8 {
		s = t.Format(time.RFC3339Nano)
	}
	return s
}

// scenarioKey returns a key with its instant as in the table, after a check that it is in UTC.
func scenarioKey(t *testing.T, key string) string {
	t.Helper()
	parts := strings.SplitN(key, "/", 3)
	require.Len(t, parts, 3, key)
	from, err := time.Parse(time.RFC3339Nano, parts[1])
	require.NoError(t, err, key)
	require.Equal(t, from.UTC().Format(time.RFC3339Nano), parts[1], key)
	now, _ := scenarioInstant(t, []string{"09:00"})
	parts[1] = scenarioTime(from.In(now.Location()))
	return strings.Join(parts, "/")
}

// scenarioFullKey returns the key that scenarioKey shortens.
func scenarioFullKey(t *testing.T, short string) string {
	t.Helper()
	parts := strings.SplitN(short, "/", 3)
	require.Len(t, parts, 3, short)
	from, _ := scenarioInstant(t, strings.Fields(parts[1]))
	parts[1] = from.UTC().Format(time.RFC3339Nano)
	return strings.Join(parts, "/")
}

// scenarioEvents reads events, and the request from "opened" if it is the first.
func scenarioEvents(t *testing.T, text string) (sla.Request, []ticket.Event) {
	t.Helper()
	r := sla.Request{Moniker: "acme", Severity: sla.SeverityB}
	r.Opened, _ = scenarioInstant(t, []string{"09:00"})
	var events []ticket.Event
	var latest time.Time
	for i, text := range strings.Split(text, "; ") {
		if text == "" {
			continue
		}
		text, late := strings.CutPrefix(text, "late ")
		at, fields := scenarioInstant(t, strings.Fields(text))
		e := ticket.Event{At: at}
		for len(fields) > 0 {
			field := fields[0]
			fields = fields[1:]
			take := func() string {
				next := fields[0]
				fields = fields[1:]
				return next
			}
			id, isID := strings.CutPrefix(field, "#")
			note, isNote := strings.CutPrefix(field, "note:")
			switch {
			case isID:
				e.ID = id
			case isNote:
				e.Note = note
			case field == "severity":
				e.Change.Severity = sla.Severity(take())
			case field == "category":
				e.Change.Category = region.Category(take())
			case field == "plan":
				e.Change.Plan = sla.Plan(take())
			case field == "moniker":
				e.Change.Moniker = region.Moniker(take())
			case field == "country":
				e.Change.Country = take()
			default:
				require.Empty(t, e.Word, text)
				e.Word = field
			}
		}
		if i == 0 && e.Word == sla.WordOpened {
			r.Opened, r.Country, r.Plan = at, e.Change.Country, e.Change.Plan
			continue
		}
		before := at.Before(latest)
		known := e.ID != "" && slices.ContainsFunc(events, func(other ticket.Event) bool { return other.ID == e.ID })
		require.Equal(t, before && !known, late, "late, or not: %s", text)
		if !before {
			latest = at
		}
		events = append(events, e)
	}
	return r, events
}

// scenarioCatalog reads a desk.
func scenarioCatalog(t *testing.T, desk string) *sla.Catalog {
	t.Helper()
	newPolicy := func() sla.Policy {
		return sla.Policy{
			Moniker: "acme", Statuses: []string{"open", "pending", "hold", "solved", "closed"}, Happenings: []string{"message", "reply", "fixed", "handover"},
		}
	}
	policies := []sla.Policy{newPolicy()}
	for i, part := range strings.Split(desk, "; ") {
		p := &policies[len(policies)-1]
		fields := strings.Fields(part)
		name, course, isCourse := strings.Cut(part, ": ")
		switch {
		case part == "default words":
			p.Statuses, p.Happenings = nil, nil
		case isCourse:
			p.Courses = append(p.Courses, scenarioCourse(t, name, course))
		case fields[0] == "plan" || fields[0] == "moniker":
			if i > 0 {
				policies = append(policies, newPolicy())
				p = &policies[len(policies)-1]
			}
			for len(fields) > 1 {
				switch value := fields[1]; fields[0] {
				case "plan":
					p.Plan, fields = sla.Plan(value), fields[2:]
				case "moniker":
					p.Moniker, fields = region.Moniker(value), fields[2:]
				case "from":
					p.From, fields = scenarioInstant(t, fields[1:])
				case "until":
					p.Until, fields = scenarioInstant(t, fields[1:])
				}
			}
		default:
			p.Terms = append(p.Terms, scenarioTerms(t, part)...)
		}
	}
	c, err := sla.NewCatalog("scenario", policies...)
	require.NoError(t, err, desk)
	return c
}

// scenarioCourse reads the course of a metric, or of "any".
func scenarioCourse(t *testing.T, name, text string) sla.Course {
	t.Helper()
	c := sla.Course{Metric: sla.Metric(name)}
	if name == "any" {
		c.Metric = ""
	}
	for part := range strings.SplitSeq(text, ", ") {
		fields := strings.Fields(part)
		words := fields[1:]
		if slices.Equal(words, []string{"none"}) {
			words = []string{}
		}
		switch fields[0] {
		case "start":
			c.Start = words
		case "stop":
			c.Stop = words
		case "reset":
			c.Reset = words
		case "pause":
			c.Pause = words
		case "reopening":
			c.Reopening = sla.ReopenMode(words[0])
		case "change":
			c.Change = sla.ChangeMode(words[0])
		default:
			require.Fail(t, "no course", text)
		}
	}
	return c
}

// scenarioTerms reads a term for each of some metrics.
func scenarioTerms(t *testing.T, text string) []sla.Term {
	t.Helper()
	calendars := map[string]*calendar.Calendar{
		"24/7":   calendar.AlwaysOpen(),
		"Berlin": calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00")),
		"Tokyo":  calendar.Must(calendar.New("Asia/Tokyo", "Mo-Fr 09:00-17:00")),
	}
	text, thresholds, _ := strings.Cut(text, " at ")
	text, hours, _ := strings.Cut(text, " in ")
	term := sla.Term{Calendar: calendars["Berlin"]}
	for threshold := range strings.SplitSeq(thresholds, ", ") {
		if threshold != "" {
			term.Thresholds = append(term.Thresholds, sla.MustParseThreshold(threshold))
		}
	}
	for field := range strings.FieldsSeq(hours) {
		if country, name, ok := strings.Cut(field, "="); ok {
			term.Countries = map[string]*calendar.Calendar{country: calendars[name]}
		} else {
			term.Calendar = calendars[field]
		}
	}
	var metrics []sla.Metric
	for field := range strings.FieldsSeq(text) {
		switch {
		case strings.Trim(field, "ABC") == "":
			for _, s := range field {
				term.Severities = append(term.Severities, sla.Severity(s))
			}
		case field == string(region.Billing):
			term.Categories = []region.Category{region.Billing}
		case '0' <= field[0] && field[0] <= '9':
			term.Target = sla.MustParseTarget(field)
		default:
			metrics = append(metrics, sla.Metric(field))
		}
	}
	var terms []sla.Term
	for _, m := range metrics {
		term.Metric = m
		terms = append(terms, term)
	}
	return terms
}
