package ticket_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"log"
	"slices"
	"strings"
	"time"

	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

// The recipes show how other systems' figures come out of a catalog. Each expected figure
// is worked out by hand from the system's documentation, which its comment names.

// march returns an instant of March 2026, in UTC. The 2nd is a Monday.
func march(day int, clock string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", fmt.Sprintf("2026-03-%02d %s", day, clock))
	if err != nil {
		log.Fatal(err)
	}
	return t
}

// tell returns events at one instant, in the order of their words.
func tell(at time.Time, words ...string) (events []ticket.Event) {
	for _, word := range words {
		events = append(events, ticket.Event{At: at, Word: word})
	}
	return events
}

// replay opens a ticket by a catalog and applies its events.
func replay(catalog string, r sla.Request, events ...[]ticket.Event) ticket.Ticket {
	c, err := sla.ParseCatalog([]byte(catalog))
	if err != nil {
		log.Fatal(err)
	}
	t, err := ticket.Open(c, r)
	if err != nil {
		log.Fatal(err)
	}
	t, err = t.Apply(slices.Concat(events...)...)
	if err != nil {
		log.Fatal(err)
	}
	return t
}

// printCycles prints a line for each cycle of a ticket's clocks.
func printCycles(t ticket.Ticket) {
	for metric, clock := range t.Clocks() {
		for _, s := range clock.Cycles() {
			fmt.Printf("%s %d: due %s, %s used, %s\n", metric, s.Cycle, s.Due.Format("Mon 15:04"), s.Elapsed, s.Outcome)
		}
	}
}

// zendesk has the seven metrics of Zendesk's SLA policies, by the names of its API.
const zendesk = `{
  "version": "zendesk",
  "severities": ["urgent", "high", "normal", "low"],
  "statuses": ["new", "open", "pending", "hold", "solved", "closed"],
  "happenings": ["customer-comment", "agent-comment"],
  "courses": {
    "first_reply_time": {"stop": ["agent-comment", "solved", "closed"], "reopening": "ignore"},
    "next_reply_time": {"start": ["customer-comment"], "stop": ["agent-comment", "solved", "closed"], "reopening": "new-cycle"},
    "periodic_update_time": {"start": ["agent-comment"], "reset": ["agent-comment"], "stop": ["solved", "closed"], "reopening": "new-cycle"},
    "pausable_update_time": {"start": ["agent-comment"], "reset": ["agent-comment"], "stop": ["solved", "closed"], "reopening": "new-cycle", "pause": ["pending"]},
    "requester_wait_time": {"stop": ["solved", "closed"], "pause": ["pending"]},
    "agent_work_time": {"stop": ["solved", "closed"], "pause": ["pending", "hold"]},
    "total_resolution_time": {"stop": ["solved", "closed"]}
  },
  "policies": [{"moniker": "zendesk", "terms": [
    {"metric": "first_reply_time", "target": "8h", "calendar": "24/7"},
    {"metric": "next_reply_time", "target": "4h", "calendar": "24/7"},
    {"metric": "periodic_update_time", "target": "24h", "calendar": "24/7"},
    {"metric": "pausable_update_time", "target": "24h", "calendar": "24/7"},
    {"metric": "requester_wait_time", "target": "36h", "calendar": "24/7"},
    {"metric": "agent_work_time", "target": "10h", "calendar": "24/7"},
    {"metric": "total_resolution_time", "target": "48h", "calendar": "24/7"}
  ]}]
}`

// Zendesk has seven metrics:
//
//   - First reply time: from the opening to an agent's first public comment. A ticket that
//     is solved without one counts as answered.
//   - Next reply time: from the customer's oldest comment without an answer to an agent's
//     next public comment. Each answer ends a cycle, and the next comment begins another.
//   - Periodic update: from one public comment of an agent to the next.
//   - Pausable update: the same, without the time in pending.
//   - Requester wait time: the time in new, open and hold, so pending pauses it.
//   - Agent work time: the time in new and open, so pending and hold pause it.
//   - Total resolution time: from the opening until solved, in every status.
//
// A comment that also sets the status is told as two events, the comment first. So the reply
// that solves the ticket ends one update cycle and begins another, which solved ends at once.
//
// The ticket, in hours round the clock from Monday, 2 March 2026:
//
//	Mon 09:00  opened           new
//	Mon 14:00  agent replies    open
//	Mon 15:30  customer writes
//	Mon 16:00  agent replies    pending, until Tue 10:00: 18h
//	Tue 10:00  customer writes  open
//	Tue 11:00  agent            hold, until Wed 14:00: 27h
//	Wed 14:00  agent            open
//	Wed 14:30  agent replies    solved
//
// The figures:
//
//	first reply      8h from Mon 09:00 is Mon 17:00; used until Mon 14:00: 5h
//	next reply       4h from Mon 15:30 is Mon 19:30; until Mon 16:00: 30m
//	                 4h from Tue 10:00 is Tue 14:00; until Wed 14:30: 28h30m, breached
//	periodic update  24h from Mon 14:00 is Tue 14:00; until Mon 16:00: 2h
//	                 24h from Mon 16:00 is Tue 16:00; until Wed 14:30: 46h30m, breached
//	pausable update  as above, the second 18h later: Wed 10:00; 46h30m less 18h: 28h30m, breached
//	requester wait   36h from Mon 09:00 is Tue 21:00, 18h later is Wed 15:00; 53h30m less 18h: 35h30m
//	agent work       10h from Mon 09:00 is Mon 19:00, 18h and 27h later is Wed 16:00; 53h30m less 45h: 8h30m
//	resolution       48h from Mon 09:00 is Wed 09:00; until Wed 14:30: 53h30m, breached
//
// Sources: Zendesk help, "Customizing your SLAs with advanced settings"
// (https://support.zendesk.com/hc/en-us/articles/7412192349466), for what starts and ends the
// reply times and the periodic update; "Understanding ticket reply time"
// (https://support.zendesk.com/hc/en-us/articles/4408821871642), for solved as a first reply;
// Zendesk developer docs, "Ticket metric event types reference"
// (https://developer.zendesk.com/documentation/ticketing/reference-guides/ticket-metric-event-types-reference),
// for what pauses requester wait and agent work. Secondary, for the pausable update and the
// total resolution time, and for this ticket: GitLab Handbook, "Metrics definitions"
// (https://handbook.gitlab.com/handbook/security/customer-support-operations/zendesk/metrics-definitions/);
// for solved as the end of all metrics, its "SLA Policies"
// (https://handbook.gitlab.com/handbook/security/customer-support-operations/zendesk/sla-policies/).
// The first page has 41h of requester wait and 13h30m of agent work. It counts the first five
// hours twice, and hold as 27h30m: its parts add up to 59h, and the ticket took 53h30m.
func Example_zendesk() {
	t := replay(zendesk, sla.Request{Moniker: "zendesk", Severity: "normal", Opened: march(2, "09:00")},
		tell(march(2, "14:00"), "agent-comment", "open"),
		tell(march(2, "15:30"), "customer-comment"),
		tell(march(2, "16:00"), "agent-comment", "pending"),
		tell(march(3, "10:00"), "customer-comment", "open"),
		tell(march(3, "11:00"), "hold"),
		tell(march(4, "14:00"), "open"),
		tell(march(4, "14:30"), "agent-comment", "solved"),
	)
	printCycles(t)
	fmt.Println(t.Outcome(march(4, "14:30")))
	// Output:
	// first_reply_time 1: due Mon 17:00, 5h0m0s used, met
	// next_reply_time 1: due Mon 19:30, 30m0s used, met
	// next_reply_time 2: due Tue 14:00, 28h30m0s used, breached
	// periodic_update_time 1: due Tue 14:00, 2h0m0s used, met
	// periodic_update_time 2: due Tue 16:00, 46h30m0s used, breached
	// periodic_update_time 3: due Thu 14:30, 0s used, met
	// pausable_update_time 1: due Tue 14:00, 2h0m0s used, met
	// pausable_update_time 2: due Wed 10:00, 28h30m0s used, breached
	// pausable_update_time 3: due Thu 14:30, 0s used, met
	// requester_wait_time 1: due Wed 15:00, 35h30m0s used, met
	// agent_work_time 1: due Wed 16:00, 8h30m0s used, met
	// total_resolution_time 1: due Wed 09:00, 53h30m0s used, breached
	// partly-met
}

// jira has the second and the third of Jira's example configurations.
const jira = `{
  "version": "jira",
  "severities": ["Highest", "High", "Medium", "Low", "Lowest"],
  "categories": ["service-request", "incident"],
  "statuses": ["waiting-for-support", "waiting-for-customer"],
  "happenings": ["resolution-set"],
  "courses": {
    "time-to-resolution": {"start": ["opened"], "pause": ["waiting-for-customer"], "stop": ["resolution-set"]},
    "time-to-response": {
      "start": ["opened", "waiting-for-support"],
      "stop": ["resolution-set", "waiting-for-customer"],
      "reopening": "new-cycle"
    }
  },
  "policies": [{"moniker": "jira", "terms": [
    {"metric": "time-to-resolution", "target": "40h", "calendar": "24/7"},
    {"metric": "time-to-response", "categories": ["service-request"], "target": "2h", "calendar": "24/7"},
    {"metric": "time-to-response", "categories": ["incident"], "target": "24h", "calendar": "24/7"}
  ]}]
}`

// Jira Service Management measures the time between start and stop conditions, without the
// time in pause conditions. "Issue created", "Entered status" and "Resolution: set" are
// instants, which start and stop. "Status: waiting for customer" lasts, and pauses. The goal
// is the first in a list that fits the issue; here the categories choose it.
//
// "Issue created" is the word opened. A status that is in "start" or "stop" acts when the
// ticket enters it. Every start after a stop begins a cycle: "how long it takes your team to
// respond each time a customer updates an issue".
//
// The ticket is a service request, counted round the clock:
//
//	Mon 10:00  created              time to resolution: 40h is Wed 02:00
//	                                time to response: 2h is Mon 12:00
//	Mon 11:00  waiting for customer response after 1h
//	Mon 12:00                       resolution is paused: 1h used, due Wed 03:00 if the pause ended now
//	Mon 13:00  waiting for support  2h of pause: resolution is due Wed 04:00
//	                                the next response is due 2h later, Mon 15:00
//	Mon 16:30  resolution set       response after 3h30m, breached
//	                                resolution after 6h30m less 2h: 4h30m
//
// Sources: Atlassian, "Example SLA configurations"
// (https://confluence.atlassian.com/display/SERVICEDESKSERVER/Example+SLA+configurations), for
// both configurations and the goals; "Understand SLA condition options in Jira Service
// Management Cloud"
// (https://support.atlassian.com/jira/kb/understand-sla-condition-options-in-jira-service-management-cloud/),
// for the conditions.
func Example_jira() {
	t := replay(jira, sla.Request{Moniker: "jira", Category: "service-request", Severity: "Medium", Opened: march(2, "10:00")},
		tell(march(2, "10:00"), "waiting-for-support"),
		tell(march(2, "11:00"), "waiting-for-customer"),
		tell(march(2, "13:00"), "waiting-for-support"),
		tell(march(2, "16:30"), "resolution-set"),
	)
	for metric, clock := range t.Clocks() {
		s := clock.At(march(2, "12:00"))
		fmt.Printf("%s at 12:00: %s, due %s, %s used\n", metric, s.State, s.Due.Format("Mon 15:04"), s.Elapsed)
	}
	printCycles(t)
	// Output:
	// time-to-resolution at 12:00: paused, due Wed 03:00, 1h0m0s used
	// time-to-response at 12:00: stopped, due Mon 12:00, 1h0m0s used
	// time-to-resolution 1: due Wed 04:00, 4h30m0s used, met
	// time-to-response 1: due Mon 12:00, 1h0m0s used, met
	// time-to-response 2: due Mon 15:00, 3h30m0s used, breached
}

// serviceNow has three SLA definitions as ServiceNow's task SLAs: with retroactive start and
// pause, without, and with a reset condition.
const serviceNow = `{
  "version": "servicenow",
  "severities": ["P1", "P3"],
  "statuses": ["new", "in-progress", "on-hold", "resolved"],
  "happenings": ["reassigned"],
  "courses": {
    "resolution": {"stop": ["resolved"], "pause": ["on-hold"], "change": "replace"},
    "handling": {"start": ["in-progress"], "stop": ["resolved"], "pause": ["on-hold"], "change": "restart"},
    "group": {"reset": ["reassigned"], "stop": ["resolved"], "pause": ["on-hold"]}
  },
  "policies": [{"moniker": "servicenow", "terms": [
    {"metric": "resolution", "severities": ["P1"], "target": "8h", "calendar": "24/7", "alarms": ["breach"]},
    {"metric": "resolution", "severities": ["P3"], "target": "24h", "calendar": "24/7", "alarms": ["breach"]},
    {"metric": "handling", "severities": ["P1"], "target": "4h", "calendar": "24/7"},
    {"metric": "handling", "severities": ["P3"], "target": "8h", "calendar": "24/7"},
    {"metric": "group", "target": "4h", "calendar": "24/7"}
  ]}]
}`

// ServiceNow attaches a task SLA when the start condition holds. When the stop condition
// holds it is completed; else, when the reset condition holds, it is completed and a new one
// attached; else, when the start condition no longer holds, it is cancelled; else the pause
// condition pauses it. A course has the same order: stop, reset, start, pause.
//
// The priority is in the start condition. So a change of priority cancels the task SLA and
// attaches that of the new priority, which counts
//
//   - with retroactive start, from the opening of the incident, and with retroactive pause
//     less the pauses since: a course without "start" and with the change "replace".
//   - else from the change, with new timing: the change "restart".
//
// The incident, round the clock:
//
//	09:00  opened as P3
//	09:30  in progress
//	10:00  on hold, for 1h
//	11:00  in progress
//	12:00  P1, "after 3 hours"
//	13:00  reassigned
//	15:30  resolved
//
// The figures:
//
//	resolution  P3: 24h from 09:00 and 1h of pause is Tue 10:00
//	            P1: 8h from 09:00 and 1h of pause is 18:00; until 15:30: 6h30m less 1h: 5h30m
//	handling    P3: 8h from 09:30 and 1h of pause is 18:30; until 12:00: 2h30m less 1h: 1h30m, cancelled
//	            P1: 4h from 12:00 is 16:00; until 15:30: 3h30m
//	group       4h from 09:00 and 1h of pause is 14:00; until 13:00: 4h less 1h: 3h, completed
//	            4h from 13:00 is 17:00; until 15:30: 2h30m
//
// Sources: ServiceNow docs, "Service Level Agreement (SLA) processing"
// (https://www.servicenow.com/docs/r/it-service-management/service-level-management/c_SLAProcessing.html),
// for the order; "SLA conditions"
// (https://www.servicenow.com/docs/r/it-service-management/service-level-management/c_SLAConditions.html),
// for reset and pause; "Configure SLA retroactive start and pause"
// (https://www.servicenow.com/docs/r/yokohama/it-service-management/service-level-management/t_UseSLARetroactiveStartAndPause.html),
// for the incident that changes from P3 to P1 after three hours.
func Example_serviceNow() {
	t := replay(serviceNow, sla.Request{Moniker: "servicenow", Severity: "P3", Opened: march(2, "09:00")},
		tell(march(2, "09:30"), "in-progress"),
		tell(march(2, "10:00"), "on-hold"),
		tell(march(2, "11:00"), "in-progress"),
		[]ticket.Event{{At: march(2, "12:00"), Change: ticket.Change{Severity: "P1"}}},
		tell(march(2, "13:00"), "reassigned"),
		tell(march(2, "15:30"), "resolved"),
	)
	if resolution, ok := t.Clock("resolution"); ok {
		for _, now := range []time.Time{march(2, "11:30"), march(2, "12:00")} {
			s := resolution.At(now)
			fmt.Printf("resolution at %s: %s, due %s, %s used\n", now.Format("15:04"), s.Severity, s.Due.Format("Mon 15:04"), s.Elapsed)
		}
	}
	printCycles(t)
	// Output:
	// resolution at 11:30: P3, due Tue 10:00, 1h30m0s used
	// resolution at 12:00: P1, due Mon 18:00, 2h0m0s used
	// resolution 1: due Mon 18:00, 5h30m0s used, met
	// handling 1: due Mon 18:30, 1h30m0s used, superseded
	// handling 2: due Mon 16:00, 3h30m0s used, met
	// group 1: due Mon 14:00, 3h0m0s used, met
	// group 2: due Mon 17:00, 2h30m0s used, met
}

// ServiceNow judges an incident by the task SLA that is not cancelled. An incident that was
// P1 for too long, and then turns out to be a P3, has a cancelled task SLA that is breached
// and another one that is not. The change "replace" gives that verdict: it judges the ticket
// as if the new priority had held all along, and withdraws the breach.
//
//	Mon 09:00  opened as P1: 8h is Mon 17:00
//	Mon 17:30  breached at Mon 17:00, and somebody was called
//	Mon 18:00  P3: 24h from Mon 09:00 is Tue 09:00, not breached
//	Tue 08:00  resolved after 23h
//
// The other modes keep the breach: it was earned before the change.
//
// Sources: ServiceNow docs, "Service Level Agreement (SLA) process example"
// (https://www.servicenow.com/docs/r/it-service-management/service-level-management/t_SLAProcessExample.html),
// for the priority that cancels one task SLA and attaches another, and the 8h of P1; "SLA
// timeline tutorial: evaluate canceled task SLA record"
// (https://docs.servicenow.com/bundle/helsinki-it-service-management/page/product/service-level-management/task/t_EvaluateCanceledTaskSLARecord.html),
// for the day of P3; "Create an SLA definition"
// (https://www.servicenow.com/docs/r/yokohama/it-service-management/service-level-management/t_CreateAnSLADefinition.html),
// for a day as 24 hours.
func Example_serviceNowPriority() {
	t := replay(serviceNow, sla.Request{Moniker: "servicenow", Severity: "P1", Metric: "resolution", Opened: march(2, "09:00")})
	called, _ := ticket.Reconcile(nil, t.Alarms(march(2, "17:30")))
	var acted []string
	for _, alarm := range called {
		fmt.Println("act on", alarm.Key())
		acted = append(acted, alarm.Key())
	}

	t, err := t.Apply(ticket.Event{At: march(2, "18:00"), Change: ticket.Change{Severity: "P3"}})
	if err != nil {
		log.Fatal(err)
	}
	_, withdrawn := ticket.Reconcile(acted, t.Alarms(march(2, "18:00")))
	fmt.Println("take back", withdrawn)

	t, err = t.Apply(ticket.Event{At: march(3, "08:00"), Word: "resolved"})
	if err != nil {
		log.Fatal(err)
	}
	printCycles(t)
	// Output:
	// act on resolution/2026-03-02T09:00:00Z/breach
	// take back [resolution/2026-03-02T09:00:00Z/breach]
	// resolution 1: due Tue 09:00, 23h0m0s used, met
}

// desk is the catalog of a common help desk. Its two courses are all that it says of clocks.
const desk = `{
  "version": "desk",
  "severities": ["normal"],
  "statuses": ["open", "pending", "solved"],
  "happenings": ["reply"],
  "courses": {
    "first-response": {"stop": ["reply", "solved"]},
    "resolution": {"stop": ["solved"], "pause": ["pending"]}
  },
  "calendars": {"office": {"zone": "UTC", "hours": "Mo-Fr 09:00-17:00"}},
  "policies": [{"moniker": "desk", "terms": [
    {"target": "2h", "calendar": "office"},
    {"metric": "resolution", "target": "8h", "calendar": "office", "alarms": ["50%", "breach"]}
  ]}]
}`

// The smallest catalog of a help desk has two courses of one line each: a reply is the first
// response, solved is the resolution, and pending pauses the resolution alone. The opening
// starts both clocks.
//
//	Mon 10:00  opened: first response in 2h, Mon 12:00; resolution in 8h: 7h until Mon 17:00, 1h on Tuesday: Tue 10:00
//	Mon 11:00  reply after 1h, and pending, for 2h: the resolution is due Tue 12:00
//	Mon 13:00  open
//	Tue 11:30  solved: 1h until Mon 11:00, 4h until Mon 17:00 and 2h30m on Tuesday: 7h30m
//	Wed 09:00  open again: leaving solved lets the resolution go on with the 30m that are left
//
// No other system defines this: the defaults are those of [sla.Course].
func Example_twoLines() {
	t := replay(desk, sla.Request{Moniker: "desk", Severity: "normal", Opened: march(2, "10:00")},
		tell(march(2, "11:00"), "reply", "pending"),
		tell(march(2, "13:00"), "open"),
		tell(march(3, "11:30"), "solved"),
	)
	printCycles(t)

	t, err := t.Apply(ticket.Event{At: march(4, "09:00"), Word: "open"})
	if err != nil {
		log.Fatal(err)
	}
	for metric, clock := range t.Clocks() {
		s := clock.At(march(4, "09:00"))
		fmt.Printf("%s: %s, %s left, due %s\n", metric, s.State, s.Remaining, s.Due.Format("Mon 15:04"))
	}
	// Output:
	// first-response 1: due Mon 12:00, 1h0m0s used, met
	// resolution 1: due Tue 12:00, 7h30m0s used, met
	// first-response: stopped, 1h0m0s left, due Mon 12:00
	// resolution: running, 30m0s left, due Wed 09:30
}

// A ticket is one column, with two beside it: when to look at it again, and a version that
// each update counts up. An update names the version that was read. If another update was
// quicker, no row has that version any more: read the ticket again and apply the event again.
// An event with an ID can be told twice without harm.
//
//	CREATE TABLE tickets (id TEXT PRIMARY KEY, body TEXT NOT NULL, wake_at TIMESTAMP, version BIGINT NOT NULL)
//
// One timer asks for all tickets to look at: SELECT id FROM tickets WHERE wake_at <= now. The
// instant is rounded up to microseconds, as most databases hold no less.
//
//	Mon 10:00  opened, version 1: the first response is due in 2h, so look after Mon 12:00
//	Mon 11:00  reply, version 2: half of the resolution's 8h is used at Mon 14:00
//	Mon 11:30  pending, version 3: all is stopped or paused, so there is nothing to wait for.
//	           The resolution has used 1h30m.
func Example_sql() {
	db := sql.OpenDB(&memory{rows: map[string][]driver.Value{}})
	defer db.Close()

	wake := func(t ticket.Ticket, now time.Time) sql.NullTime {
		next, ok := t.Next(now)
		return sql.NullTime{Time: next.Add(time.Microsecond - 1).Truncate(time.Microsecond), Valid: ok}
	}
	read := func(id string) (t ticket.Ticket, version int64) {
		var wakeAt sql.NullTime
		if err := db.QueryRow(selectTicket, id).Scan(&t, &wakeAt, &version); err != nil {
			log.Fatal(err)
		}
		if wakeAt.Valid {
			fmt.Printf("version %d: look at %s\n", version, wakeAt.Time.Format("Mon 15:04"))
		} else {
			fmt.Printf("version %d: nothing to wait for\n", version)
		}
		return t, version
	}
	// write stores a ticket after an event, unless it has been stored since it was read.
	write := func(id string, t ticket.Ticket, version int64, e ticket.Event) bool {
		t, err := t.Apply(e)
		if err != nil {
			log.Fatal(err)
		}
		result, err := db.Exec(updateTicket, t, wake(t, e.At), id, version)
		if err != nil {
			log.Fatal(err)
		}
		n, err := result.RowsAffected()
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s: rows updated %d\n", e.Word, n)
		return n == 1
	}

	t := replay(desk, sla.Request{Moniker: "desk", Severity: "normal", Opened: march(2, "10:00")})
	if _, err := db.Exec(insertTicket, "T-1", t, wake(t, march(2, "10:00"))); err != nil {
		log.Fatal(err)
	}

	// Two workers read version 1, and the other one writes first.
	t, version := read("T-1")
	other, otherVersion := read("T-1")
	write("T-1", other, otherVersion, ticket.Event{ID: "mail-1", At: march(2, "11:00"), Word: "reply"})
	pending := ticket.Event{ID: "form-1", At: march(2, "11:30"), Word: "pending"}
	for !write("T-1", t, version, pending) {
		t, version = read("T-1")
	}
	t, _ = read("T-1")
	for metric, clock := range t.Clocks() {
		s := clock.At(march(2, "12:00"))
		fmt.Printf("%s: %s, %s, %s used\n", metric, s.State, s.Outcome, s.Elapsed)
	}
	// Output:
	// version 1: look at Mon 12:00
	// version 1: look at Mon 12:00
	// reply: rows updated 1
	// pending: rows updated 0
	// version 2: look at Mon 14:00
	// pending: rows updated 1
	// version 3: nothing to wait for
	// first-response: stopped, met, 1h0m0s used
	// resolution: paused, open, 1h30m0s used
}

// The statements of a table of tickets.
const (
	insertTicket = `INSERT INTO tickets (id, body, wake_at, version) VALUES (?, ?, ?, 1)`
	selectTicket = `SELECT body, wake_at, version FROM tickets WHERE id = ?`
	updateTicket = `UPDATE tickets SET body = ?, wake_at = ?, version = version + 1 WHERE id = ? AND version = ?`
)

// memory stands for a database in Example_sql: a driver and its one connection, with a table
// in memory that has the three statements. Its rows hold body, wake_at and version.
type memory struct{ rows map[string][]driver.Value }

func (m *memory) Connect(context.Context) (driver.Conn, error) { return m, nil }
func (m *memory) Driver() driver.Driver                        { return m }
func (m *memory) Open(string) (driver.Conn, error)             { return m, nil }
func (m *memory) Prepare(string) (driver.Stmt, error)          { return nil, errors.ErrUnsupported }
func (m *memory) Begin() (driver.Tx, error)                    { return nil, errors.ErrUnsupported }
func (m *memory) Close() error                                 { return nil }

func (m *memory) ExecContext(_ context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	switch query {
	case insertTicket:
		m.rows[args[0].Value.(string)] = []driver.Value{args[1].Value, args[2].Value, int64(1)}
	case updateTicket:
		row := m.rows[args[2].Value.(string)]
		version := args[3].Value.(int64)
		if row == nil || row[2] != version {
			return driver.RowsAffected(0), nil
		}
		copy(row, []driver.Value{args[0].Value, args[1].Value, version + 1})
	}
	return driver.RowsAffected(1), nil
}

func (m *memory) QueryContext(_ context.Context, _ string, args []driver.NamedValue) (driver.Rows, error) {
	return &memoryRows{m.rows[args[0].Value.(string)]}, nil
}

// memoryRows are the one row that a query finds.
type memoryRows struct{ row []driver.Value }

func (r *memoryRows) Columns() []string { return []string{"body", "wake_at", "version"} }
func (r *memoryRows) Close() error      { return nil }

func (r *memoryRows) Next(dest []driver.Value) error {
	if r.row == nil {
		return io.EOF
	}
	copy(dest, r.row)
	r.row = nil
	return nil
}

// A backend stores the keys of the alarms on which it acted. Reconcile compares them with the
// alarms that are reached now: those to act on, and those to take back because something that
// was told late has withdrawn them.
//
//	Mon 10:00  opened: 8h of resolution are due Tue 10:00, and half of them is used at Mon 14:00
//	Mon 14:30  look: the half is reached, act
//	Mon 15:00  told late: pending since Mon 11:00, open from now on. 1h is used, so half of the
//	           target is used after 3h more: 2h until Mon 17:00, 1h on Tuesday: Tue 10:00.
//	           The pause of 4h moves the due time to Tue 14:00. Take back.
//	Tue 10:30  look: the half is reached, act again
//	Tue 10:45  look: nothing new
//	Tue 14:30  look: breached at Tue 14:00, act
//
// The key names the metric, the instant from which the cycle counts, and the threshold. So it
// stays the same when the alarm is reached at another time, and the backend forgets a key
// that is withdrawn.
func Example_reconcile() {
	t := replay(desk, sla.Request{Moniker: "desk", Severity: "normal", Metric: sla.Resolution, Opened: march(2, "10:00")})
	var acted []string // what a backend stores beside the ticket
	look := func(now time.Time) {
		due, withdrawn := ticket.Reconcile(acted, t.Alarms(now))
		var done []string
		for _, key := range withdrawn {
			acted = slices.DeleteFunc(acted, func(k string) bool { return k == key })
			done = append(done, "take back "+key)
		}
		for _, alarm := range due {
			acted = append(acted, alarm.Key())
			done = append(done, fmt.Sprintf("act on %s, reached %s", alarm.Key(), alarm.At.Format("Mon 15:04")))
		}
		if done == nil {
			done = []string{"nothing"}
		}
		fmt.Println(now.Format("Mon 15:04:"), strings.Join(done, "; "))
	}

	look(march(2, "14:30"))
	t, err := t.Apply(
		ticket.Event{ID: "mail-7", At: march(2, "11:00"), Word: "pending", Note: "asked for the log"},
		ticket.Event{ID: "mail-8", At: march(2, "15:00"), Word: "open"},
	)
	if err != nil {
		log.Fatal(err)
	}
	look(march(2, "15:00"))
	look(march(3, "10:30"))
	look(march(3, "10:45"))
	look(march(3, "14:30"))
	// Output:
	// Mon 14:30: act on resolution/2026-03-02T10:00:00Z/50%, reached Mon 14:00
	// Mon 15:00: take back resolution/2026-03-02T10:00:00Z/50%
	// Tue 10:30: act on resolution/2026-03-02T10:00:00Z/50%, reached Tue 10:00
	// Tue 10:45: nothing
	// Tue 14:30: act on resolution/2026-03-02T10:00:00Z/breach, reached Tue 14:00
}
