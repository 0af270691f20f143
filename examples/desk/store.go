package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// store is a database, and all in which SQLite and PostgreSQL differ.
type store struct {
	*sql.DB
	writer *sql.DB       // of SQLite, for transactions; nil for PostgreSQL
	river  *sql.DB       // of SQLite, for River; nil for PostgreSQL
	pool   *pgxpool.Pool // of PostgreSQL; nil for SQLite
	turns  chan struct{} // as many transactions as run at a time, besides those that are urgent
	driver riverdriver.Driver[*sql.Tx]
	// complete marks a delivery's job as done, in a transaction.
	complete func(context.Context, *sql.Tx, *river.Job[delivery]) error

	now      string // the present as SQL: all processes go by the database's time
	lock     string // ends a query that locks the rows it returns
	lockFree string // the same, without the rows that others have locked
}

// openStore opens a database: the file name of SQLite, or the address of PostgreSQL.
func openStore(ctx context.Context, name string) (*store, error) {
	if strings.HasPrefix(name, "postgres://") || strings.HasPrefix(name, "postgresql://") {
		return openPostgres(ctx, name)
	}
	return openSQLite(ctx, name)
}

// postgresNow is a variable for a test whose database is ahead of the machine.
var postgresNow = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint * 1000"

func openPostgres(ctx context.Context, address string) (*store, error) {
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, err
	}
	if !strings.Contains(address, "pool_max_conns") {
		config.MaxConns = 16
	}
	if config.MaxConns < 4 {
		return nil, fmt.Errorf("pool_max_conns=%d: want 4 or more", config.MaxConns)
	}
	// A machine that vanishes leaves its transactions open, and its tickets locked.
	config.ConnConfig.RuntimeParams["idle_in_transaction_session_timeout"] = "10s"
	config.ConnConfig.RuntimeParams["lock_timeout"] = "5s"
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	s := &store{
		DB:       stdlib.OpenDBFromPool(pool),
		pool:     pool,
		turns:    make(chan struct{}, config.MaxConns-3),
		complete: complete[*riverdatabasesql.Driver],
		now:      postgresNow,
		lock:     " FOR UPDATE",
		lockFree: " FOR UPDATE SKIP LOCKED",
	}
	s.driver = riverdatabasesql.NewWithPgxListener(s.DB, pool)
	return s, s.migrate(ctx)
}

// openSQLite opens a file. SQLite has one writer at a time: one request writes, unless the
// timer or River does. The desk reads by connections that wait for nobody.
func openSQLite(ctx context.Context, file string) (*store, error) {
	open := func(connections, patience int) *sql.DB {
		options := url.Values{
			"_txlock": {"immediate"},
			"_pragma": {fmt.Sprintf("busy_timeout(%d)", patience), "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)"},
		}
		db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: file}).EscapedPath()+"?"+options.Encode())
		if err != nil {
			panic(err) // it is about the driver's name
		}
		db.SetMaxOpenConns(connections)
		return db
	}
	s := &store{
		DB:       open(4, 10_000),
		writer:   open(2, 0),
		river:    open(1, 10_000),
		turns:    make(chan struct{}, 1),
		complete: complete[*riversqlite.Driver],
		now:      "CAST(unixepoch('subsec') * 1000 AS integer) * 1000000",
	}
	s.driver = riversqlite.New(s.river)
	return s, s.migrate(ctx)
}

func complete[D riverdriver.Driver[*sql.Tx]](ctx context.Context, tx *sql.Tx, job *river.Job[delivery]) error {
	_, err := river.JobCompleteTx[D](ctx, tx, job)
	return err
}

//go:embed schema.sql
var schema string

// migrations have the desk's tables. Add to the end; never change one that was released.
var migrations = []string{schema}

// migrate brings River's tables and the desk's up to date, also if several processes start
// at the same time.
func (s *store) migrate(ctx context.Context) error {
	if s.pool != nil {
		c, err := s.Conn(ctx)
		if err != nil {
			return err
		}
		defer c.Close()
		if _, err := c.ExecContext(ctx, "SELECT pg_advisory_lock(719)"); err != nil {
			return err
		}
		defer c.ExecContext(ctx, "SELECT pg_advisory_unlock(719)")
	}
	river, err := rivermigrate.New(s.driver, nil)
	if err != nil {
		return err
	}
	_, err = river.Migrate(ctx, rivermigrate.DirectionUp, nil)
	for try := 1; err != nil && try < 5; try++ { // SQLite has no such lock: another process may have been first
		rest(ctx, 100*time.Millisecond)
		_, err = river.Migrate(ctx, rivermigrate.DirectionUp, nil)
	}
	if err != nil {
		return fmt.Errorf("migrating River's tables: %w", err)
	}
	return s.tx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS migration (number int PRIMARY KEY)"); err != nil {
			return err
		}
		var done int
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM migration").Scan(&done); err != nil {
			return err
		}
		for number := done; number < len(migrations); number++ {
			if _, err := tx.ExecContext(ctx, migrations[number]); err != nil {
				return fmt.Errorf("migration %d: %w", number, err)
			}
			if _, err := tx.ExecContext(ctx, "INSERT INTO migration VALUES ($1)", number); err != nil {
				return err
			}
		}
		return nil
	})
}

// tx runs a function in a transaction, and commits it if the function returns no error. It
// waits for its turn, which leaves room for an urgent one.
func (s *store) tx(ctx context.Context, do func(*sql.Tx) error) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case s.turns <- struct{}{}:
	}
	defer func() { <-s.turns }()
	return s.urgent(ctx, do)
}

// urgent is tx without waiting.
func (s *store) urgent(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// begin begins a transaction. It asks for SQLite's lock each millisecond: SQLite itself would
// sleep up to 100 while other processes take turns.
func (s *store) begin(ctx context.Context) (*sql.Tx, error) {
	if s.writer == nil {
		return s.BeginTx(ctx, nil)
	}
	for end := time.Now().Add(10 * time.Second); ; rest(ctx, time.Millisecond) {
		tx, err := s.writer.BeginTx(ctx, nil)
		if busy := (*sqlite.Error)(nil); !errors.As(err, &busy) || busy.Code()&0xff != sqlite3.SQLITE_BUSY || time.Now().After(end) {
			return tx, err
		}
	}
}

func (s *store) close() {
	for _, db := range []*sql.DB{s.DB, s.writer, s.river} {
		if db != nil {
			db.Close()
		}
	}
	if s.pool != nil {
		s.pool.Close()
	}
}

// placeholders returns the places of several rows for VALUES: ($1,$2),($3,$4).
func placeholders(n, columns int) string {
	rows := make([]string, n)
	for i := range rows {
		places := make([]string, columns)
		for j := range places {
			places[j] = fmt.Sprintf("$%d", i*columns+j+1)
		}
		rows[i] = "(" + strings.Join(places, ",") + ")"
	}
	return strings.Join(rows, ",")
}

// moment is an instant in a table: nanoseconds since 1970, or null for the zero time.
type moment struct{ time.Time }

// Scan reads a column.
func (m *moment) Scan(column any) error {
	var n sql.NullInt64
	err := n.Scan(column)
	if m.Time = (time.Time{}); n.Valid {
		m.Time = time.Unix(0, n.Int64).UTC()
	}
	return err
}

// Value writes a column.
func (m moment) Value() (driver.Value, error) {
	if m.IsZero() {
		return nil, nil
	}
	return m.UnixNano(), nil
}

// Schema tells the API what a moment is.
func (moment) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "date-time"}
}

// asker is a database or a transaction.
type asker interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	QueryRowContext(context.Context, string, ...any) *sql.Row
}

// query reads rows: into returns where the columns of one go.
func query[T any](ctx context.Context, from asker, into func(*T) []any, text string, args ...any) ([]T, error) {
	found, err := from.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	rows := []T{}
	for found.Next() {
		var row T
		if err := found.Scan(into(&row)...); err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, found.Err()
}

// change runs a statement, and says whether it has changed a row.
func change(ctx context.Context, tx *sql.Tx, text string, args ...any) (bool, error) {
	result, err := tx.ExecContext(ctx, text, args...)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n > 0, err
}
