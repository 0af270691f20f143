package ticket

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/text"
)

// Ticket follows the commitments of one request from its opening on: a [Clock] for each
// metric that its policy has. It is a request that a catalog judges, and the events since.
// All that it says of an instant follows from these, so a ticket can be asked about the past
// and the future, stored, and built again.
//
// A ticket is immutable and safe for concurrent use; [Ticket.Apply] returns another. The
// zero Ticket rejects events, and has no clocks.
type Ticket struct {
	catalog *sla.Catalog
	request sla.Request // as it was opened, filled in; its Metric only if it is the only one
	words   words
	metrics []sla.Metric
	moments []moment   // the opening, and each event, in their order
	clocks  []Clock    // by metric
	kept    *kept      // what the catalog of a ticket that was stored has, or nil
	bounds  *calendars // that a text is held to while it is read, or nil

	numbers map[sla.Threshold]int  // of the thresholds of all terms so far
	judged  map[sla.Request]*rules // by the requests of the changes, while these are told
}

// Open returns the ticket of a request that a catalog judges, without events. It has a clock
// for each metric of the policy, or for the request's Metric alone.
//
// A severity without a term is no error: the clock follows the request to a severity that
// has one, and until then its status has the [sla.TermError]. All other errors are those
// of [sla.Catalog.Deadline].
func Open(c *sla.Catalog, r sla.Request) (Ticket, error) { return open(c, r, false) }

// open returns the ticket of a request. That of a text is held to bounds.
func open(c *sla.Catalog, r sla.Request, bounded bool) (Ticket, error) {
	r.Opened = r.Opened.Round(0) // without a monotonic clock reading
	t := Ticket{catalog: c, numbers: map[sla.Threshold]int{}}
	if bounded {
		t.bounds = new(calendars)
	}
	if r.Metric != "" {
		t.metrics = []sla.Metric{r.Metric}
	}
	of, metrics, err := t.rulesOf(r, t.metrics, r.Metric != "")
	if err != nil {
		return Ticket{}, err
	}
	t.request, t.metrics = of.request, metrics
	t.words.statuses, t.words.happenings = c.Words(t.request)
	t.moments = []moment{{at: r.Opened, rules: of}}
	for i := range t.metrics {
		clock, err := t.clockOf(i)
		if err != nil {
			return Ticket{}, err
		}
		t.clocks = append(t.clocks, clock)
	}
	return t, nil
}

// Of makes a ticket from a deadline and its Term. It needs no catalog. The ticket has the
// usual words: see [sla.Policy]. Use [Open] if you have a catalog.
func Of(d sla.Deadline) (Ticket, error) {
	r := d.Request
	p := sla.Policy{Moniker: r.Moniker, Plan: r.Plan, From: d.InForceSince, Severities: []sla.Severity{r.Severity}, Terms: []sla.Term{d.Term}}
	if r.Category != "" {
		p.Categories = []region.Category{r.Category}
	}
	c, err := sla.NewCatalog(cmp.Or(d.Catalog, "one term"), p)
	if err != nil {
		return Ticket{}, err
	}
	r.Metric = ""
	return Open(c, r)
}

var errNoTicket = errors.New("ticket: zero Ticket: want one of Open")

// maxEvents bounds what a ticket can cost.
const maxEvents = 4096

// Apply returns the ticket after more events. It does not matter in which order they are
// told, nor whether all at once or one by one: each is put where its instant belongs, those
// of one instant as they were told (R16). A late one judges all after it anew.
//
// Apply is all or nothing: on an error, an *[EventError], the ticket returned is t. A ticket
// takes 4,096 events. A change goes through the pauses and stops of a cycle again: in all
// clocks and changes of a ticket through 16,384 at most, and 256 more for each event.
func (t Ticket) Apply(events ...Event) (Ticket, error) {
	if t.catalog == nil {
		return t, errNoTicket
	}
	told := len(t.moments)
	moments := slices.Grow(slices.Clone(t.moments), len(events))
	byID := t.byID(len(events))
	for i, e := range events {
		e.At = e.At.Round(0) // without a monotonic clock reading
		// JSON reads them so.
		e.ID, e.Note = strings.ToValidUTF8(e.ID, "\ufffd"), strings.ToValidUTF8(e.Note, "\ufffd")
		fail := func(err error) (Ticket, error) { return t, &EventError{Index: i, Event: e, Err: err} }
		if err := e.check(); err != nil {
			return fail(err)
		}
		if known, ok := byID(moments, e.ID); ok {
			if !known.same(e) {
				return fail(fmt.Errorf("%s is %w, %s", text.Quote(e.ID), ErrOtherEvent, known))
			}
			continue
		}
		switch {
		case e.At.Before(t.request.Opened):
			return fail(fmt.Errorf("%w, %s", ErrBeforeOpening, t.request.Opened.Format(time.RFC3339Nano)))
		case len(moments) > maxEvents:
			return fail(errTooManyEvents)
		}
		moments = append(moments, moment{event: e, at: e.At, given: i + 1})
	}
	inOrder := func(a, b moment) int { return a.at.Compare(b.at) }
	if !slices.IsSortedFunc(moments[told-1:], inOrder) {
		slices.SortStableFunc(moments[1:], inOrder)
	}
	first := 1 + slices.IndexFunc(moments[1:], func(m moment) bool { return m.given > 0 }) // that is not as before
	if first == 0 {
		return t, nil
	}
	after := t
	after.moments = moments[:first]
	n := len(moments[first-1].rules.of)
	after.metrics, after.clocks = t.metrics[:n:n], nil // others come by a change
	for _, c := range t.clocks[:n] {
		after.clocks = append(after.clocks, c.before(first, len(moments)-first))
	}
	if slices.ContainsFunc(moments[first:], func(m moment) bool { return m.event.Change != Change{} }) {
		opening := t.moments[0].rules
		after.numbers, after.judged = maps.Clone(t.numbers), map[sla.Request]*rules{opening.request: opening}
	}
	last := 0 // of the events that were told
	for i := first; i < len(moments); i++ {
		e, given := moments[i].event, moments[i].given
		err := after.tell(e)
		if given > 0 {
			last = given - 1
		} else if err != nil {
			err = fmt.Errorf("after it, %s: %w", e, err)
		}
		if err != nil {
			return t, &EventError{Index: last, Event: events[last], Err: err}
		}
	}
	after.judged = nil
	for i := range after.clocks {
		after.clocks[i].moments = after.moments
	}
	return after, nil
}

// byID returns what finds an event among moments by its ID.
func (t *Ticket) byID(events int) func(moments []moment, id string) (Event, bool) {
	const few = 4 // which are found without a map
	ids := map[string]int{}
	indexed := 0
	return func(moments []moment, id string) (Event, bool) {
		if id == "" {
			return Event{}, false
		}
		if events <= few {
			i := slices.IndexFunc(moments, func(m moment) bool { return m.event.ID == id })
			return moments[max(i, 0)].event, i >= 0
		}
		for ; indexed < len(moments); indexed++ {
			ids[moments[indexed].event.ID] = indexed
		}
		i, ok := ids[id]
		return moments[i].event, ok
	}
}

// tell adds an event that is not before the last.
func (t *Ticket) tell(e Event) error {
	before := &t.moments[len(t.moments)-1]
	m, metrics, err := t.next(before, e)
	if err != nil {
		return err
	}
	known := len(t.metrics)
	t.metrics = metrics
	for i := known; i < len(metrics); i++ { // of a policy that the ticket comes to
		t.clocks = append(t.clocks, t.absentClock(i))
	}
	t.moments = append(t.moments, m)
	looked := 0
	for i := range t.clocks {
		if err := t.clocks[i].tell(t.moments); err != nil {
			return err
		}
		looked += t.clocks[i].last().looked
		if err := t.checkLookBack(looked); err != nil {
			return err
		}
	}
	return nil
}

// Request returns the request as it was opened, with its Plan and Category filled in.
func (t Ticket) Request() sla.Request { return t.request }

// RequestAt returns the request as the events up to an instant have changed it. Its Opened is
// that of the ticket.
func (t Ticket) RequestAt(now time.Time) sla.Request {
	r := t.request
	for i := 1; i < len(t.moments) && !t.moments[i].at.After(now); i++ {
		r = t.moments[i].rules.request
	}
	r.Opened = t.request.Opened
	return r
}

// Events returns the events in their order. The slice is the caller's.
func (t Ticket) Events() []Event {
	var events []Event
	for i := 1; i < len(t.moments); i++ {
		events = append(events, t.moments[i].event)
	}
	return events
}

// Clock returns the clock of a metric, and whether the ticket has one.
func (t Ticket) Clock(m sla.Metric) (Clock, bool) {
	i := slices.Index(t.metrics, m)
	if i < 0 {
		return Clock{}, false
	}
	return t.clocks[i], true
}

// Clocks returns the clocks by metric, in the order of [sla.Catalog.Metrics]. Those that came
// with a change follow.
func (t Ticket) Clocks() iter.Seq2[sla.Metric, Clock] {
	return func(yield func(sla.Metric, Clock) bool) {
		for i, c := range t.clocks {
			if !yield(t.metrics[i], c) {
				return
			}
		}
	}
}

// First returns the status of the clock that is due first, and its metric. A clock that is
// paused or stopped is not due. First returns false if no clock is.
func (t Ticket) First(now time.Time) (metric sla.Metric, first Status, ok bool) {
	for i, c := range t.clocks {
		st := c.At(now)
		if (st.State == StatePending || st.State == StateRunning) && st.Err == nil && (!ok || st.Due.Before(first.Due)) {
			metric, first, ok = t.metrics[i], st, true
		}
	}
	return metric, first, ok
}

// Alarms returns the alarms of all clocks that have been reached by now, in their order:
// see [Clock.Alarms]. A backend acts on each once, by [Reconcile].
func (t Ticket) Alarms(now time.Time) []Alarm {
	var list []Alarm
	for _, c := range t.clocks {
		list = c.alarms(list, now)
	}
	slices.SortStableFunc(list, func(a, b Alarm) int { return a.At.Compare(b.At) })
	return list
}

// Next returns the next instant after now at which a clock starts, is breached or reaches an
// alarm, or an event happens that was told in advance: see [Clock.Next]. A backend sets one
// timer for it, anew after each event.
func (t Ticket) Next(now time.Time) (next time.Time, ok bool) {
	for _, c := range t.clocks {
		if at, has := c.Next(now); has && (!ok || at.Before(next)) {
			next, ok = at, true
		}
	}
	return next, ok
}

// Outcome returns what became of all commitments by now, in all their cycles. It is met if
// all that was decided was met and no clock goes on, breached if all was breached, and
// partly met if some was met and some breached. Else it is open.
func (t Ticket) Outcome(now time.Time) Outcome {
	met, breached, open := false, false, false
	count := func(o Outcome) {
		met, breached = met || o == OutcomeMet, breached || o == OutcomeBreached
	}
	for _, c := range t.clocks {
		steps := c.upTo(now)
		for _, st := range c.cycles(steps, now.Location()) {
			count(st.Outcome)
		}
		st := c.status(&steps[len(steps)-1].state, now)
		count(st.Outcome)
		goesOn := st.State == StatePending || st.State == StateRunning || st.State == StatePaused
		open = open || goesOn && st.Outcome == OutcomeOpen && !noTerm(st.Err)
	}
	switch {
	case met && breached:
		return OutcomePartlyMet
	case breached:
		return OutcomeBreached
	case met && !open:
		return OutcomeMet
	}
	return OutcomeOpen
}

func noTerm(err error) bool {
	_, none := errors.AsType[sla.TermError](err)
	return none
}

// Explain returns the account of each clock as of an instant: see [Clock.Explain].
func (t Ticket) Explain(now time.Time) []Explanation {
	var list []Explanation
	for _, c := range t.clocks {
		list = append(list, c.Explain(now))
	}
	return list
}

// String returns one line for people: the request and how many events there were.
func (t Ticket) String() string {
	if t.catalog == nil {
		return "no ticket"
	}
	r := t.request
	events := "events"
	if len(t.moments) == 2 {
		events = "event"
	}
	return fmt.Sprintf("%s, %s, severity %s, opened %s, %d %s", planOf(r), text.OneLine(string(r.Category)), text.OneLine(string(r.Severity)), r.Opened.Format(time.RFC3339Nano), len(t.moments)-1, events)
}

// planOf returns what the plan of a request is called.
func planOf(r sla.Request) string {
	if r.Plan == "" {
		return text.OneLine(string(r.Moniker))
	}
	return text.OneLine(string(r.Moniker)) + ", plan " + text.OneLine(string(r.Plan))
}
