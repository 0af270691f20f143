package main

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

// desk keeps tickets in a database and acts on each alarm once. Every change goes one way:
// lock the ticket's row, ask the ticket, and settle what follows in the same transaction.
type desk struct {
	store   *store
	catalog *sla.Catalog
	pace    pace
	log     *slog.Logger
	metrics *metrics
	timer   *timer
	board   *board
	jobs    *river.Client[*sql.Tx]
	sends   bool // alarms have a receiver
}

// pace is how time goes by: as it does, or faster in a demonstration. The zero pace is the
// real one.
type pace struct {
	from  time.Time
	speed int
}

func (p pace) at(real time.Time) time.Time {
	if p.speed == 0 {
		return real
	}
	return p.from.Add(real.Sub(p.from) * time.Duration(p.speed))
}

// real is how long a span of the desk's time takes.
func (p pace) real(span time.Duration) time.Duration { return span / time.Duration(max(p.speed, 1)) }

var (
	errNoTicket = errors.New("no such ticket")
	errTaken    = errors.New("there is a ticket with this ID that says something else")
	errBroken   = errors.New("the document of a ticket cannot be read")
)

// refusal is an error of what the caller has sent.
type refusal struct{ error }

func (r refusal) Unwrap() error { return r.error }

// stored is a row of table ticket.
type stored struct {
	id, subject   string
	document      string
	ticket        ticket.Ticket // of the document
	changed       any           // the document to be written, or nil
	settled, wake moment
	now           moment // never before the last look
	broken        error  // the document cannot be read
}

// find reads tickets: condition is what follows WHERE.
func (d *desk) find(ctx context.Context, from asker, condition string, args ...any) ([]stored, error) {
	found, err := query(ctx, from, func(s *stored) []any {
		return []any{&s.id, &s.subject, &s.document, &s.settled, &s.wake, &s.now}
	}, "SELECT id, subject, document, settled, wake, "+d.store.now+" FROM ticket WHERE "+condition, args...)
	for i := range found {
		s := &found[i]
		s.now = moment{d.pace.at(s.now.Time)}
		if s.settled.After(s.now.Time) {
			s.now = s.settled
		}
		if err := s.ticket.Scan(s.document); err != nil {
			s.broken = fmt.Errorf("%w: ticket %q: %w", errBroken, s.id, err)
		}
	}
	return found, err
}

// get reads one ticket. Lock is "" or the store's.
func (d *desk) get(ctx context.Context, from asker, id, lock string) (stored, error) {
	found, err := d.find(ctx, from, "id = $1"+lock, id)
	switch {
	case err != nil:
		return stored{}, err
	case len(found) == 0:
		return stored{}, errNoTicket
	}
	return found[0], found[0].broken
}

// now returns the present by the database's clock.
func (d *desk) now(ctx context.Context, from asker) (time.Time, error) {
	var now moment
	err := from.QueryRowContext(ctx, "SELECT "+d.store.now).Scan(&now)
	return d.pace.at(now.Time), err
}

// open opens a ticket. To open the same again changes nothing: what is left out is taken to be
// as it was.
func (d *desk) open(ctx context.Context, id, subject string, request sla.Request) (opened bool, err error) {
	err = d.commit(ctx, d.store.tx, func(tx *sql.Tx, after *effects) error {
		now, err := d.now(ctx, tx)
		if err != nil {
			return err
		}
		opened, err = change(ctx, tx, `INSERT INTO ticket (id, subject, moniker, plan, severity, outcome, document, settled)
			VALUES ($1, $2, '', '', '', '', '', $3) ON CONFLICT (id) DO NOTHING`, id, subject, moment{now})
		if err != nil {
			return err
		}
		if !opened {
			there, err := d.get(ctx, tx, id, "")
			if err != nil {
				return err
			}
			was := there.ticket.Request()
			request.Plan, request.Category = cmp.Or(request.Plan, was.Plan), cmp.Or(request.Category, was.Category)
			if request.Opened.IsZero() || request.Opened.Equal(was.Opened) {
				request.Opened = was.Opened
			}
			if request.Metric = was.Metric; request != was || there.subject != subject {
				return errTaken
			}
			return nil
		}
		if request.Opened.IsZero() {
			request.Opened = now.Truncate(time.Second)
		}
		t, err := ticket.Open(d.catalog, request)
		if err != nil {
			return refusal{err}
		}
		return d.write(ctx, tx, stored{id: id, subject: subject, now: moment{now}}, t, after)
	})
	return opened, err
}

// tell tells a ticket of an event, in order or late. To tell the same again changes nothing.
func (d *desk) tell(ctx context.Context, id string, e ticket.Event) (told bool, err error) {
	err = d.commit(ctx, d.store.tx, func(tx *sql.Tx, after *effects) error {
		s, err := d.get(ctx, tx, id, d.store.lock)
		if err != nil {
			return err
		}
		told, err = change(ctx, tx, "INSERT INTO event VALUES ($1, $2, $3) ON CONFLICT (ticket, id) DO NOTHING", id, e.ID, s.now)
		if err != nil {
			return err
		}
		if e.At.IsZero() {
			e.At = s.now.Time
			for _, before := range s.ticket.Events() {
				if before.ID == e.ID {
					e.At = before.At
				}
			}
		}
		t, err := s.ticket.Apply(e)
		if err != nil && told {
			// A stored ticket has the plans and countries that it has had. Another is the catalog's.
			if anew, wrong := d.reopen(s.ticket); wrong == nil {
				t, err = anew.Apply(e)
			}
		}
		if err != nil {
			return refusal{err}
		}
		if !told {
			return nil
		}
		return d.write(ctx, tx, s, t, after)
	})
	return told, err
}

// reopen returns the same ticket by the desk's catalog.
func (d *desk) reopen(t ticket.Ticket) (ticket.Ticket, error) {
	anew, err := ticket.Open(d.catalog, t.Request())
	if err != nil {
		return t, err
	}
	return anew.Apply(t.Events()...)
}

// write writes a ticket that has changed, and settles it.
func (d *desk) write(ctx context.Context, tx *sql.Tx, s stored, t ticket.Ticket, after *effects) error {
	document, err := t.Value()
	if err != nil {
		return refusal{err}
	}
	s.ticket, s.changed = t, document
	return d.settle(ctx, tx, s, after)
}

// batch is how many tickets one transaction settles.
const batch = 50

// next returns the present, and when the next ticket has to be looked at: zero is never.
func (d *desk) next(ctx context.Context) (now, next time.Time, err error) {
	var present, least moment
	err = d.store.QueryRowContext(ctx, "SELECT "+d.store.now+", min(wake) FROM ticket WHERE wake IS NOT NULL").Scan(&present, &least)
	return d.pace.at(present.Time), least.Time, err
}

// wake settles tickets whose time has come, and returns how many. It leaves out those that
// another process is settling. One that cannot be read is put off, so that it does not hold
// up the others.
func (d *desk) wake(ctx context.Context) (settled int, err error) {
	err = d.commit(ctx, d.store.urgent, func(tx *sql.Tx, after *effects) error {
		now, err := d.now(ctx, tx)
		if err != nil {
			return err
		}
		due, err := d.find(ctx, tx, "wake <= $1 ORDER BY wake LIMIT $2"+d.store.lockFree, moment{now}, batch)
		settled = len(due)
		for _, s := range due {
			switch {
			case err != nil:
			case s.broken != nil:
				d.log.Error("put off for a minute", "error", s.broken)
				_, err = change(ctx, tx, "UPDATE ticket SET wake = $2 WHERE id = $1", s.id, moment{now.Add(time.Minute)})
			default:
				after.late = append(after.late, s.now.Sub(s.wake.Time))
				err = d.settle(ctx, tx, s, after)
			}
		}
		return err
	})
	return settled, err
}

// effects are what follows from a change besides its rows.
type effects struct {
	changed  bool       // a ticket
	wake     time.Time  // the least of the tickets changed; zero if none has one
	messages []delivery // alarms raised and withdrawn
	late     []time.Duration
}

// commit runs a change in a transaction of the store, with its deliveries, and tells others of it.
func (d *desk) commit(ctx context.Context, transaction func(context.Context, func(*sql.Tx) error) error, change func(*sql.Tx, *effects) error) error {
	var after effects
	err := transaction(ctx, func(tx *sql.Tx) error {
		if err := change(tx, &after); err != nil {
			return err
		}
		if d.sends && len(after.messages) > 0 {
			var jobs []river.InsertManyParams
			for _, m := range after.messages {
				jobs = append(jobs, river.InsertManyParams{Args: m})
			}
			if _, err := d.jobs.InsertManyTx(ctx, tx, jobs); err != nil {
				return err
			}
		}
		return d.timer.announce(ctx, tx, after)
	})
	if err == nil && after.changed {
		d.metrics.committed(after)
		d.timer.nudge(after.wake)
		d.board.changed()
	}
	return err
}

// settle writes what follows from a ticket at an instant: its alarms, each once, its clocks,
// and when to look again.
func (d *desk) settle(ctx context.Context, tx *sql.Tx, s stored, after *effects) error {
	request := s.ticket.RequestAt(s.now.Time)
	if err := d.settleAlarms(ctx, tx, s, func(m delivery) {
		m.Ticket, m.Subject, m.Severity, m.Noticed = s.id, s.subject, string(request.Severity), s.now.Time
		after.messages = append(after.messages, m)
	}); err != nil {
		return err
	}
	var clocks []any
	for metric, c := range s.ticket.Clocks() {
		st := c.At(s.now.Time)
		clocks = append(clocks, s.id, string(metric), string(st.State), string(st.Outcome), moment{st.Due})
	}
	if len(clocks) > 0 {
		if _, err := change(ctx, tx, "INSERT INTO clock (ticket, metric, state, outcome, due) VALUES "+placeholders(len(clocks)/5, 5)+
			" ON CONFLICT (ticket, metric) DO UPDATE SET state = excluded.state, outcome = excluded.outcome, due = excluded.due", clocks...); err != nil {
			return err
		}
	}
	_, first, _ := s.ticket.First(s.now.Time)
	next, _ := s.ticket.Next(s.now.Time)
	after.changed = true
	if !next.IsZero() && (after.wake.IsZero() || next.Before(after.wake)) {
		after.wake = next
	}
	_, err := change(ctx, tx, `UPDATE ticket SET moniker = $2, plan = $3, severity = $4, outcome = $5, document = coalesce($6, document), due = $7, wake = $8, settled = $9
		WHERE id = $1`, s.id, request.Moniker, request.Plan, request.Severity, s.ticket.Outcome(s.now.Time), s.changed, moment{first.Due}, moment{next}, s.now)
	return err
}

// settleAlarms makes a ticket's rows of table alarm those that the ticket has now. It reports
// the alarms to act on, and those to take back.
func (d *desk) settleAlarms(ctx context.Context, tx *sql.Tx, s stored, report func(delivery)) error {
	type row struct {
		key, metric string
		turn        int // odd if the alarm stands
		at, due     moment
	}
	found, err := query(ctx, tx, func(r *row) []any { return []any{&r.key, &r.metric, &r.turn, &r.at, &r.due} },
		"SELECT key, metric, turn, at, due FROM alarm WHERE ticket = $1", s.id)
	if err != nil {
		return err
	}
	rows := map[string]row{}
	var acted []string
	for _, r := range found {
		if rows[r.key] = r; r.turn%2 == 1 {
			acted = append(acted, r.key)
		}
	}
	reached := s.ticket.Alarms(s.now.Time)
	for _, a := range reached { // an event told late can move one that stands
		if r := rows[a.Key()]; r.turn%2 == 1 && !(r.at.Equal(a.At) && r.due.Equal(a.Due)) {
			if _, err := change(ctx, tx, "UPDATE alarm SET at = $3, due = $4 WHERE ticket = $1 AND key = $2", s.id, r.key, moment{a.At}, moment{a.Due}); err != nil {
				return err
			}
		}
	}
	raised, withdrawn := ticket.Reconcile(acted, reached)
	for _, a := range raised {
		m := delivery{Type: alarmRaised, Key: a.Key(), Turn: rows[a.Key()].turn + 1, Metric: string(a.Metric), Threshold: a.Threshold.String(), At: a.At, Due: a.Due}
		if _, err := change(ctx, tx, `INSERT INTO alarm (ticket, key, metric, at, due, turn, raised) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (ticket, key) DO UPDATE SET at = excluded.at, due = excluded.due, turn = excluded.turn, raised = excluded.raised, withdrawn = NULL, delivered = NULL`,
			s.id, m.Key, m.Metric, moment{m.At}, moment{m.Due}, m.Turn, s.now); err != nil {
			return err
		}
		report(m)
	}
	for _, key := range withdrawn {
		r := rows[key]
		if _, err := change(ctx, tx, "UPDATE alarm SET turn = $3, withdrawn = $4, delivered = NULL WHERE ticket = $1 AND key = $2", s.id, key, r.turn+1, s.now); err != nil {
			return err
		}
		report(delivery{Type: alarmWithdrawn, Key: key, Turn: r.turn + 1, Metric: r.metric, At: r.at.Time, Due: r.due.Time})
	}
	return nil
}
