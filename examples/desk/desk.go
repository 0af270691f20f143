package main

import (
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
)

// refusal is an error of what the caller has sent.
type refusal struct{ error }

func (r refusal) Unwrap() error { return r.error }

// stored is a row of table ticket, locked.
type stored struct {
	id, subject string
	ticket      ticket.Ticket
	document    string        // of the ticket
	now         time.Time     // never before the last look
	late        time.Duration // since the time to wake
}

// write sets the document after a change of the ticket.
func (s *stored) write() error {
	document, err := s.ticket.Value()
	if err != nil {
		return refusal{err}
	}
	s.document = document.(string)
	return nil
}

const storedColumns = "id, subject, document, settled, wake"

func (d *desk) scan(row interface{ Scan(...any) error }) (s stored, err error) {
	var settled, wake sql.NullInt64
	var now int64
	if err := row.Scan(&s.id, &s.subject, &s.document, &settled, &wake, &now); err != nil {
		return s, err
	}
	s.now = d.pace.at(time.Unix(0, now).UTC())
	if wake.Valid {
		s.late = s.now.Sub(instant(wake))
	}
	if last := instant(settled); last.After(s.now) {
		s.now = last
	}
	if err := s.ticket.Scan(s.document); err != nil {
		return s, fmt.Errorf("the document of ticket %q: %w", s.id, err)
	}
	return s, nil
}

// open opens a ticket. To open the same again changes nothing.
func (d *desk) open(ctx context.Context, id, subject string, request sla.Request) (opened bool, err error) {
	err = d.commit(ctx, func(tx *sql.Tx, after *effects) error {
		now, err := d.now(ctx, tx)
		if err != nil {
			return err
		}
		asked := request
		if request.Opened.IsZero() {
			request.Opened = now
		}
		t, err := ticket.Open(d.catalog, request)
		if err != nil {
			return refusal{err}
		}
		result, err := tx.ExecContext(ctx, `INSERT INTO ticket (id, subject, moniker, plan, severity, outcome, document, settled)
			VALUES ($1, $2, '', '', '', '', '', $3) ON CONFLICT (id) DO NOTHING`, id, subject, now.UnixNano())
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil {
			return err
		} else if n == 0 {
			return d.same(ctx, tx, id, subject, asked)
		}
		opened = true
		s := stored{id: id, subject: subject, ticket: t, now: now}
		if err := s.write(); err != nil {
			return err
		}
		return d.settle(ctx, tx, s, after)
	})
	return opened, err
}

// same returns an error if a ticket that is there is not the one asked for.
func (d *desk) same(ctx context.Context, tx *sql.Tx, id, subject string, asked sla.Request) error {
	s, err := d.find(ctx, tx, id)
	if err != nil {
		return err
	}
	if asked.Opened.IsZero() {
		asked.Opened = s.ticket.Request().Opened
	}
	t, err := ticket.Open(d.catalog, asked)
	if err != nil {
		return refusal{err}
	}
	there, asked := s.ticket.Request(), t.Request()
	if !there.Opened.Equal(asked.Opened) || s.subject != subject {
		return errTaken
	}
	there.Opened = asked.Opened
	if there != asked {
		return errTaken
	}
	return nil
}

// tell tells a ticket of an event, in order or late. To tell the same again changes nothing.
func (d *desk) tell(ctx context.Context, id string, e ticket.Event) (told bool, err error) {
	err = d.commit(ctx, func(tx *sql.Tx, after *effects) error {
		s, err := d.find(ctx, tx, id)
		if err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, "INSERT INTO event VALUES ($1, $2, $3) ON CONFLICT (ticket, id) DO NOTHING", id, e.ID, s.now.UnixNano())
		if err != nil {
			return err
		}
		n, err := result.RowsAffected()
		if err != nil {
			return err
		}
		told = n == 1
		if e.At.IsZero() {
			e.At = s.now
			for _, before := range s.ticket.Events() {
				if before.ID == e.ID {
					e.At = before.At
				}
			}
		}
		// A stored ticket has the plans and countries that it has had. Another is the catalog's.
		if c := e.Change; told && (c.Plan != "" || c.Moniker != "" || c.Country != "") {
			if s.ticket, err = d.reopen(s.ticket); err != nil {
				return refusal{err}
			}
		}
		if s.ticket, err = s.ticket.Apply(e); err != nil {
			return refusal{err}
		}
		if !told {
			return nil
		}
		if err := s.write(); err != nil {
			return err
		}
		return d.settle(ctx, tx, s, after)
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

// batch is how many tickets one transaction settles.
const batch = 50

// next returns the present, and when the next ticket has to be looked at: zero is never.
func (d *desk) next(ctx context.Context) (now, next time.Time, err error) {
	var present int64
	var least sql.NullInt64
	err = d.store.QueryRowContext(ctx, "SELECT "+d.store.now+", min(wake) FROM ticket").Scan(&present, &least)
	return d.pace.at(time.Unix(0, present).UTC()), instant(least), err
}

// wake settles tickets whose time has come, and returns how many. It leaves out those that
// another process is settling.
func (d *desk) wake(ctx context.Context) (settled int, err error) {
	err = d.commit(ctx, func(tx *sql.Tx, after *effects) error {
		now, err := d.now(ctx, tx)
		if err != nil {
			return err
		}
		due, err := d.due(ctx, tx, now)
		if err != nil {
			return err
		}
		for _, s := range due {
			after.late = append(after.late, s.late)
			if err := d.settle(ctx, tx, s, after); err != nil {
				return err
			}
		}
		settled = len(due)
		return nil
	})
	return settled, err
}

// due reads and locks tickets whose time has come. One that cannot be read is put off, so
// that it does not hold up the others.
func (d *desk) due(ctx context.Context, tx *sql.Tx, now time.Time) ([]stored, error) {
	found, err := tx.QueryContext(ctx, "SELECT "+storedColumns+", "+d.store.now+
		" FROM ticket WHERE wake <= $1 ORDER BY wake LIMIT $2"+d.store.lockFree, now.UnixNano(), batch)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	var due []stored
	var broken []string
	for found.Next() {
		s, err := d.scan(found)
		switch {
		case err == nil:
			due = append(due, s)
		case s.id == "":
			return nil, err
		default:
			d.log.Error("put off for a minute", "ticket", s.id, "error", err)
			broken = append(broken, s.id)
		}
	}
	if err := found.Err(); err != nil {
		return nil, err
	}
	for _, id := range broken {
		if _, err := tx.ExecContext(ctx, "UPDATE ticket SET wake = $2 WHERE id = $1", id, now.Add(time.Minute).UnixNano()); err != nil {
			return nil, err
		}
	}
	return due, nil
}

// effects are what a transaction has to do besides its rows: jobs before it commits, and
// what is told to others afterwards.
type effects struct {
	changed    bool      // a ticket
	wake       time.Time // the least of the tickets changed; zero if none has one
	deliveries []river.InsertManyParams
	raised     []delivery
	late       []time.Duration
}

// commit runs a change in a transaction, with its deliveries.
func (d *desk) commit(ctx context.Context, change func(*sql.Tx, *effects) error) error {
	var after effects
	err := d.store.tx(ctx, func(tx *sql.Tx) error {
		if err := change(tx, &after); err != nil {
			return err
		}
		if len(after.deliveries) > 0 {
			if _, err := d.jobs.InsertManyTx(ctx, tx, after.deliveries); err != nil {
				return err
			}
		}
		return d.timer.announce(ctx, tx, after)
	})
	if err != nil {
		return err
	}
	d.metrics.committed(after)
	if after.changed {
		d.timer.nudge(after.wake)
		d.board.changed()
	}
	return nil
}

// settle writes what follows from a ticket at an instant: its alarms, each once, its clocks,
// and when to look again.
func (d *desk) settle(ctx context.Context, tx *sql.Tx, s stored, after *effects) error {
	rows, err := d.rows(ctx, tx, s.id)
	if err != nil {
		return err
	}
	var acted []string
	for key, row := range rows {
		if row.turn%2 == 1 {
			acted = append(acted, key)
		}
	}
	now := s.now.UnixNano()
	request := s.ticket.RequestAt(s.now)
	send := func(m delivery) {
		m.Ticket, m.Subject, m.Severity, m.Turn = s.id, s.subject, string(request.Severity), rows[m.Key].turn+1
		m.Noticed = s.now
		after.raised = append(after.raised, m)
		if d.sends {
			after.deliveries = append(after.deliveries, river.InsertManyParams{Args: m})
		}
	}
	reached := s.ticket.Alarms(s.now)
	for _, a := range reached {
		// An event told late can move one that stands.
		if row := rows[a.Key()]; row.turn%2 == 1 && (row.at != a.At.UnixNano() || row.due != a.Due.UnixNano()) {
			if _, err := tx.ExecContext(ctx, "UPDATE alarm SET at = $3, due = $4 WHERE ticket = $1 AND key = $2",
				s.id, a.Key(), a.At.UnixNano(), a.Due.UnixNano()); err != nil {
				return err
			}
		}
	}
	raised, withdrawn := ticket.Reconcile(acted, reached)
	for _, a := range raised {
		result, err := tx.ExecContext(ctx, `INSERT INTO alarm (ticket, key, metric, at, due, turn, raised) VALUES ($1, $2, $3, $4, $5, 1, $6)
			ON CONFLICT (ticket, key) DO UPDATE SET at = excluded.at, due = excluded.due, turn = alarm.turn + 1, raised = excluded.raised, withdrawn = NULL, delivered = NULL
			WHERE alarm.withdrawn IS NOT NULL`, s.id, a.Key(), a.Metric, a.At.UnixNano(), a.Due.UnixNano(), now)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil {
			return err
		} else if n == 0 {
			continue
		}
		send(delivery{Type: alarmRaised, Key: a.Key(), Metric: string(a.Metric), Threshold: a.Threshold.String(), At: a.At, Due: a.Due})
	}
	for _, key := range withdrawn {
		m := delivery{Type: alarmWithdrawn, Key: key}
		var at, due sql.NullInt64
		row := tx.QueryRowContext(ctx, `UPDATE alarm SET turn = turn + 1, withdrawn = $3, delivered = NULL WHERE ticket = $1 AND key = $2
			RETURNING metric, at, due`, s.id, key, now)
		if err := row.Scan(&m.Metric, &at, &due); err != nil {
			return err
		}
		m.At, m.Due = instant(at), instant(due)
		send(m)
	}
	var clocks []any
	for metric, c := range s.ticket.Clocks() {
		st := c.At(s.now)
		clocks = append(clocks, s.id, string(metric), string(st.State), string(st.Outcome), nanos(st.Due))
	}
	if len(clocks) > 0 {
		if _, err := tx.ExecContext(ctx, "INSERT INTO clock (ticket, metric, state, outcome, due) VALUES "+placeholders(len(clocks)/5, 5)+
			" ON CONFLICT (ticket, metric) DO UPDATE SET state = excluded.state, outcome = excluded.outcome, due = excluded.due", clocks...); err != nil {
			return err
		}
	}
	after.changed = true
	_, first, _ := s.ticket.First(s.now)
	next, _ := s.ticket.Next(s.now)
	if !next.IsZero() && (after.wake.IsZero() || next.Before(after.wake)) {
		after.wake = next
	}
	_, err = tx.ExecContext(ctx, `UPDATE ticket SET moniker = $2, plan = $3, severity = $4, outcome = $5, document = $6, due = $7, wake = $8, settled = $9
		WHERE id = $1`, s.id, request.Moniker, request.Plan, request.Severity, s.ticket.Outcome(s.now), s.document, nanos(first.Due), nanos(next), now)
	return err
}

// alarmState is a row of table alarm. Its turn is odd if the alarm stands.
type alarmState struct {
	turn    int
	at, due int64
}

func (d *desk) rows(ctx context.Context, tx *sql.Tx, id string) (map[string]alarmState, error) {
	found, err := tx.QueryContext(ctx, "SELECT key, turn, at, due FROM alarm WHERE ticket = $1", id)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	rows := map[string]alarmState{}
	for found.Next() {
		var key string
		var row alarmState
		if err := found.Scan(&key, &row.turn, &row.at, &row.due); err != nil {
			return nil, err
		}
		rows[key] = row
	}
	return rows, found.Err()
}

// find reads and locks a ticket.
func (d *desk) find(ctx context.Context, tx *sql.Tx, id string) (stored, error) {
	s, err := d.scan(tx.QueryRowContext(ctx, "SELECT "+storedColumns+", "+d.store.now+" FROM ticket WHERE id = $1"+d.store.lock, id))
	if errors.Is(err, sql.ErrNoRows) {
		return s, errNoTicket
	}
	return s, err
}

// now returns the present by the database's clock.
func (d *desk) now(ctx context.Context, in interface {
	QueryRowContext(context.Context, string, ...any) *sql.Row
},
) (time.Time, error) {
	var now int64
	err := in.QueryRowContext(ctx, "SELECT "+d.store.now).Scan(&now)
	return d.pace.at(time.Unix(0, now).UTC()), err
}
