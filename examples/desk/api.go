package main

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/jackc/pgx/v5/pgconn"
	"riverqueue.com/riverui"

	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
	"github.com/duetime/duetime/sla/timeline"
)

// maxBody is how long a request may be, in bytes.
const maxBody = 1 << 16

// handler serves the API, the board and River's own pages, to those who have a token.
func (d *desk) handler(ctx context.Context, tokens []string) (http.Handler, error) {
	mux := http.NewServeMux()
	config := huma.DefaultConfig("desk", "1")
	config.DocsPath, config.CreateHooks = "", nil // would load scripts from elsewhere, and add links to schemas
	config.Info.Description = "Tickets, their commitments and their alarms. All instants are by the database's clock."
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"bearer": {Type: "http", Scheme: "bearer"}}
	config.Security = []map[string][]string{{"bearer": {}}}
	api := humago.New(mux, config)
	operation := func(method, path, id, summary string) huma.Operation {
		return huma.Operation{
			Method: method, Path: path, OperationID: id, Summary: summary, MaxBodyBytes: maxBody,
			Errors: []int{http.StatusUnauthorized, http.StatusNotFound, http.StatusConflict, http.StatusServiceUnavailable},
		}
	}
	huma.Register(api, operation(http.MethodPost, "/tickets", "open", "Open a ticket. The same again changes nothing, and is answered with 200."), d.postTicket)
	huma.Register(api, operation(http.MethodPost, "/tickets/{id}/events", "tell", "Tell a ticket of an event, in order or late. The same again changes nothing, and is answered with 200."), d.postEvent)
	huma.Register(api, operation(http.MethodGet, "/tickets", "list", "List tickets: those due first come first."), d.getTickets)
	huma.Register(api, operation(http.MethodGet, "/tickets/{id}", "show", "Show one ticket, and account for each due time."), d.getTicket)
	huma.Register(api, operation(http.MethodGet, "/tickets/{id}/picture", "draw", "Draw one ticket day by day, as SVG."), d.getPicture)

	ui, err := riverui.NewHandler(&riverui.HandlerOpts{Endpoints: riverui.NewEndpoints(d.jobs, nil), Logger: d.log, Prefix: "/river"})
	if err != nil {
		return nil, err
	}
	if err := ui.Start(ctx); err != nil {
		return nil, err
	}
	mux.Handle("/river/", ui)
	mux.Handle("GET /changes", d.board)
	mux.Handle("GET /metrics", d.metrics)
	mux.Handle("/", page())

	outer := http.NewServeMux()
	outer.HandleFunc("GET /healthz", func(http.ResponseWriter, *http.Request) {})
	outer.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), time.Second)
		defer cancel()
		if _, err := d.now(ctx, d.store); err != nil {
			http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		}
	})
	outer.Handle("/", http.NewCrossOriginProtection().Handler(guard(tokens, mux)))
	return outer, nil
}

// patience is how long a request may take.
const patience = 15 * time.Second

// guard lets those pass who have one of the tokens: as bearer token, or as the password for
// which a browser asks. Without tokens, all pass who call this machine localhost. A page from
// elsewhere cannot: its browser calls it by the page's own name.
func guard(tokens []string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !ok {
			_, given, _ = r.BasicAuth()
		}
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		ip := net.ParseIP(strings.Trim(host, "[]"))
		pass := len(tokens) == 0 && (host == "localhost" || ip.IsLoopback())
		for _, token := range tokens {
			want, got := sha256.Sum256([]byte(token)), sha256.Sum256([]byte(given))
			pass = subtle.ConstantTimeCompare(want[:], got[:]) == 1 || pass
		}
		if !pass {
			w.Header().Add("WWW-Authenticate", "Bearer")
			w.Header().Add("WWW-Authenticate", `Basic realm="desk: any name, a token as password"`)
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(http.StatusUnauthorized)
			w.Write([]byte(`{"title": "Unauthorized", "status": 401, "detail": "want a bearer token, or one as the password; without tokens, want localhost"}`))
			return
		}
		if r.URL.Path != "/changes" {
			ctx, cancel := context.WithTimeout(r.Context(), patience)
			defer cancel()
			r = r.WithContext(ctx)
		}
		next.ServeHTTP(w, r)
	})
}

// problem is an error as the caller reads it.
func (d *desk) problem(err error) error {
	var refused refusal
	var data *pgconn.PgError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errNoTicket):
		return huma.Error404NotFound(err.Error())
	case errors.Is(err, errTaken), errors.Is(err, ticket.ErrOtherEvent):
		return huma.Error409Conflict(err.Error())
	case errors.As(err, &data) && strings.HasPrefix(data.Code, "22"): // a text that PostgreSQL does not store
		return huma.Error422UnprocessableEntity(data.Message)
	case errors.As(err, &refused):
		return huma.Error422UnprocessableEntity(err.Error())
	}
	d.log.Error("answering", "error", err)
	if errors.Is(err, errBroken) {
		return huma.Error500InternalServerError(errBroken.Error())
	}
	return huma.Error503ServiceUnavailable("the database does not answer: send the same again")
}

type ticketBody struct {
	ID       string          `json:"id" minLength:"1" maxLength:"128" pattern:"^[\\pL\\pN_][\\pL\\pN_.:@+-]*$" doc:"The ticket's name in your system."`
	Subject  string          `json:"subject,omitempty" maxLength:"256" pattern:"^\\PC*$"`
	Moniker  region.Moniker  `json:"moniker" example:"acme" doc:"The service, as the catalog names it."`
	Plan     sla.Plan        `json:"plan,omitempty" doc:"Empty is the moniker's default."`
	Category region.Category `json:"category,omitempty" doc:"Empty is the policy's first."`
	Severity sla.Severity    `json:"severity" example:"P1"`
	Country  string          `json:"country,omitempty" doc:"ISO 3166-1 alpha-2, where targets depend on it."`
	Opened   *time.Time      `json:"opened,omitempty" doc:"Empty is now."`
}

// given is an instant, and zero if it was left out. Year 1, which some programs send for
// none, is one that tickets refuse.
func given(t *time.Time) time.Time {
	switch {
	case t == nil:
		return time.Time{}
	case t.IsZero():
		return t.Add(1)
	}
	return *t
}

type told struct{ Status int }

// statusOf is 201, or 200 for what was told before.
var statusOf = map[bool]int{true: http.StatusCreated, false: http.StatusOK}

func (d *desk) postTicket(ctx context.Context, in *struct{ Body ticketBody }) (*told, error) {
	b := in.Body
	opened, err := d.open(ctx, b.ID, b.Subject, sla.Request{
		Moniker: b.Moniker, Plan: b.Plan, Category: b.Category, Severity: b.Severity, Country: b.Country, Opened: given(b.Opened),
	})
	return &told{statusOf[opened]}, d.problem(err)
}

type eventBody struct {
	ID       string          `json:"id" minLength:"1" maxLength:"128" pattern:"^\\PC+$" doc:"The event's name in your system: one that is told again changes nothing."`
	At       *time.Time      `json:"at,omitempty" doc:"When it happened. Empty is now."`
	Word     string          `json:"word,omitempty" doc:"A status or a happening of the policy, or cancelled."`
	Severity sla.Severity    `json:"severity,omitempty"`
	Category region.Category `json:"category,omitempty"`
	Plan     sla.Plan        `json:"plan,omitempty"`
	Moniker  region.Moniker  `json:"moniker,omitempty"`
	Country  string          `json:"country,omitempty"`
	Note     string          `json:"note,omitempty" maxLength:"1024" pattern:"^\\PC*$" doc:"For people."`
}

func (d *desk) postEvent(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Body eventBody
},
) (*told, error) {
	b := in.Body
	isNew, err := d.tell(ctx, in.ID, ticket.Event{
		ID: b.ID, At: given(b.At), Word: b.Word, Note: b.Note,
		Change: ticket.Change{Severity: b.Severity, Category: b.Category, Plan: b.Plan, Moniker: b.Moniker, Country: b.Country},
	})
	return &told{statusOf[isNew]}, d.problem(err)
}

// row is a ticket in a list.
type row struct {
	ID       string         `json:"id"`
	Subject  string         `json:"subject"`
	Moniker  region.Moniker `json:"moniker"`
	Plan     sla.Plan       `json:"plan"`
	Severity sla.Severity   `json:"severity"`
	Outcome  ticket.Outcome `json:"outcome"`
	Due      moment         `json:"due,omitzero" doc:"Of the clock that is due first. Missing if none runs."`
	Clocks   []clockRow     `json:"clocks"`
}

type clockRow struct {
	Metric  sla.Metric     `json:"metric"`
	State   ticket.State   `json:"state"`
	Outcome ticket.Outcome `json:"outcome"`
	Due     moment         `json:"due,omitzero"`
}

type listing struct {
	Body struct {
		Now     time.Time `json:"now"`
		Speed   int       `json:"speed" doc:"1; more in a demonstration."`
		Tickets []row     `json:"tickets"`
	}
}

func (d *desk) getTickets(ctx context.Context, in *struct {
	Severity string `query:"severity"`
	Moniker  string `query:"moniker"`
	Outcome  string `query:"outcome" enum:"open,met,breached,partly-met"`
	State    string `query:"state" enum:"idle,pending,running,paused,stopped,cancelled" doc:"Tickets with a clock in this state."`
	Limit    int    `query:"limit" minimum:"1" maximum:"500" default:"100"`
	Offset   int    `query:"offset" minimum:"0"`
},
) (*listing, error) {
	out := &listing{}
	out.Body.Speed = max(d.pace.speed, 1)
	var err error
	if out.Body.Now, err = d.now(ctx, d.store); err == nil {
		out.Body.Tickets, err = d.list(ctx, in.Severity, in.Moniker, in.Outcome, in.State, in.Limit, in.Offset)
	}
	return out, d.problem(err)
}

func (d *desk) list(ctx context.Context, severity, moniker, outcome, state string, limit, offset int) ([]row, error) {
	type line struct {
		row
		clock clockRow
	}
	lines, err := query(ctx, d.store, func(l *line) []any {
		return []any{&l.ID, &l.Subject, &l.Moniker, &l.Plan, &l.Severity, &l.Outcome, &l.Due, &l.clock.Metric, &l.clock.State, &l.clock.Outcome, &l.clock.Due}
	}, `SELECT t.id, t.subject, t.moniker, t.plan, t.severity, t.outcome, t.due, c.metric, c.state, c.outcome, c.due
		FROM (
			SELECT * FROM ticket
			WHERE ($1 = '' OR severity = $1) AND ($2 = '' OR moniker = $2) AND ($3 = '' OR outcome = $3)
				AND ($4 = '' OR EXISTS (SELECT 1 FROM clock WHERE ticket = ticket.id AND state = $4))
			ORDER BY due NULLS LAST, id LIMIT $5 OFFSET $6
		) t JOIN clock c ON c.ticket = t.id
		ORDER BY t.due NULLS LAST, t.id, c.due NULLS LAST, c.metric`, severity, moniker, outcome, state, limit, offset)
	list := []row{}
	for _, l := range lines {
		if len(list) == 0 || list[len(list)-1].ID != l.ID {
			list = append(list, l.row)
		}
		last := &list[len(list)-1]
		last.Clocks = append(last.Clocks, l.clock)
	}
	return list, err
}

type alarmRow struct {
	Key       string `json:"key"`
	At        moment `json:"at" doc:"When the threshold was reached."`
	Raised    moment `json:"raised" doc:"When the desk noticed."`
	Withdrawn moment `json:"withdrawn,omitzero" doc:"When an event told late took it back."`
	Delivered moment `json:"delivered,omitzero" doc:"When the receiver took the last message about it."`
}

type shown struct {
	Body struct {
		ID           string          `json:"id"`
		Subject      string          `json:"subject"`
		Now          moment          `json:"now"`
		Outcome      ticket.Outcome  `json:"outcome"`
		Request      json.RawMessage `json:"request" doc:"As it is now."`
		Receiver     bool            `json:"receiver" doc:"Alarms are sent to one."`
		Alarms       []alarmRow      `json:"alarms"`
		Events       []toldRow       `json:"events"`
		Explanations json.RawMessage `json:"explanations" doc:"One for each clock: term, status, cycles, events, and every stretch of time."`
		Text         string          `json:"text" doc:"The explanations as tables."`
	}
}

type toldRow struct {
	ID   string `json:"id"`
	Told moment `json:"told" doc:"When the desk was told. When it happened is in the explanations."`
}

func (d *desk) getTicket(ctx context.Context, in *struct {
	ID string `path:"id"`
},
) (*shown, error) {
	out := &shown{}
	b := &out.Body
	s, err := d.get(ctx, d.store, in.ID, "")
	if err != nil {
		return nil, d.problem(err)
	}
	b.ID, b.Subject, b.Now, b.Outcome = s.id, s.subject, s.now, s.ticket.Outcome(s.now.Time)
	b.Receiver = d.sends
	var errs [4]error
	b.Request, errs[0] = json.Marshal(s.ticket.RequestAt(s.now.Time))
	b.Alarms, errs[1] = query(ctx, d.store, func(a *alarmRow) []any { return []any{&a.Key, &a.At, &a.Raised, &a.Withdrawn, &a.Delivered} },
		"SELECT key, at, raised, withdrawn, delivered FROM alarm WHERE ticket = $1 ORDER BY at, key", in.ID)
	b.Events, errs[2] = query(ctx, d.store, func(e *toldRow) []any { return []any{&e.ID, &e.Told} },
		"SELECT id, told FROM event WHERE ticket = $1 ORDER BY told, id", in.ID)
	explanations := s.ticket.Explain(s.now.Time)
	for i, e := range explanations {
		explanations[i] = e.Fold()
		b.Text += explanations[i].String() + "\n"
	}
	b.Explanations, errs[3] = json.Marshal(explanations)
	return out, d.problem(errors.Join(errs[:]...))
}

type picture struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

func (d *desk) getPicture(ctx context.Context, in *struct {
	ID    string `path:"id"`
	Width int    `query:"width" minimum:"320" maximum:"4000" default:"800"`
},
) (*picture, error) {
	s, err := d.get(ctx, d.store, in.ID, "")
	if err != nil {
		return nil, d.problem(err)
	}
	var svg strings.Builder
	err = timeline.SVG(&svg, s.ticket.Explain(s.now.Time), timeline.Options{Width: in.Width})
	if err != nil {
		return nil, huma.Error404NotFound(err.Error())
	}
	return &picture{ContentType: "image/svg+xml", Body: []byte(svg.String())}, nil
}
