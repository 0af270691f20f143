package main

import (
	"context"
	"database/sql"
	"math"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	// longest is how long the timer sleeps at most. It bounds what a lost nudge costs.
	longest = 5 * time.Second
	// shortest is how long it sleeps while another process settles what is due, or while
	// the database does not answer.
	shortest = 20 * time.Millisecond
	channel  = "desk" // of NOTIFY
)

// timer settles tickets when their time has come. It sleeps until the least time to wake in
// the table. A change of a ticket in this process nudges it, and one in another process does
// so by NOTIFY if the database is PostgreSQL.
type timer struct {
	desk   *desk
	until  atomic.Int64 // when it wakes, in nanoseconds: it ignores a nudge for later
	nudged chan struct{}
}

func newTimer(d *desk) *timer { return &timer{desk: d, nudged: make(chan struct{}, 1)} }

// run settles tickets until the context is done.
func (t *timer) run(ctx context.Context) {
	for ctx.Err() == nil {
		looking, cancel := context.WithTimeout(ctx, longest) // a connection can be dead without a word
		sleep, err := t.look(looking)
		cancel()
		if err != nil && ctx.Err() == nil {
			t.desk.log.Error("waking up", "error", err)
			sleep = 10 * shortest
		}
		select {
		case <-ctx.Done():
		case <-t.nudged:
		case <-time.After(sleep):
		}
	}
}

// look settles what is due, and returns how long to sleep then.
func (t *timer) look(ctx context.Context) (time.Duration, error) {
	t.until.Store(math.MaxInt64) // from here on, each nudge counts
	now, next, err := t.desk.next(ctx)
	switch {
	case err != nil:
		return 0, err
	case next.IsZero():
		return longest, nil
	case next.After(now):
		t.until.Store(next.UnixNano())
		return min(t.desk.pace.real(next.Sub(now)), longest), nil
	}
	settled, err := t.desk.wake(ctx)
	if settled > 0 {
		return 0, err
	}
	return shortest, err
}

// nudge wakes the timer if a ticket has to be looked at before the timer would.
func (t *timer) nudge(wake time.Time) {
	if wake.IsZero() || wake.UnixNano() >= t.until.Load() {
		return
	}
	select {
	case t.nudged <- struct{}{}:
	default:
	}
}

// announce tells the other processes of a change when it is committed.
func (t *timer) announce(ctx context.Context, tx *sql.Tx, e effects) error {
	if t.desk.store.pool == nil || !e.changed {
		return nil
	}
	_, err := tx.ExecContext(ctx, "SELECT pg_notify($1, coalesce($2::bigint, 0)::text)", channel, moment{e.wake})
	return err
}

// listen hears what other processes announce, until the context is done.
func (t *timer) listen(ctx context.Context) {
	if t.desk.store.pool == nil {
		return
	}
	for ctx.Err() == nil {
		if err := t.hear(ctx); err != nil && ctx.Err() == nil {
			t.desk.log.Error("listening", "error", err)
			select {
			case <-ctx.Done():
			case <-time.After(10 * shortest):
			}
		}
	}
}

// hear listens on one connection until it breaks.
func (t *timer) hear(ctx context.Context) error {
	c, err := pgx.ConnectConfig(ctx, t.desk.store.pool.Config().ConnConfig)
	if err != nil {
		return err
	}
	defer c.Close(context.WithoutCancel(ctx))
	if _, err := c.Exec(ctx, "LISTEN "+channel); err != nil {
		return err
	}
	t.nudge(time.Unix(0, 0)) // for what was announced before
	for {
		n, err := c.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		if wake, err := strconv.ParseInt(n.Payload, 10, 64); err == nil && wake != 0 {
			t.nudge(time.Unix(0, wake))
		}
		t.desk.board.changed()
	}
}
