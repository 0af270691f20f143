package main

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are what Prometheus reads. Counters are of this process; desk_clocks and
// desk_overdue_seconds are the database's, and the same in all processes.
type metrics struct {
	desk       *desk
	registry   *prometheus.Registry
	alarms     *prometheus.CounterVec
	deliveries *prometheus.CounterVec
	lateness   prometheus.Histogram
}

func newMetrics(d *desk) *metrics {
	m := &metrics{
		desk:     d,
		registry: prometheus.NewRegistry(),
		alarms: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "desk_alarms_total", Help: "Alarms raised and withdrawn.",
		}, []string{"type", "metric", "severity"}),
		deliveries: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "desk_deliveries_total", Help: "Messages sent to the receiver, and those that it did not take.",
		}, []string{"result"}),
		lateness: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "desk_wake_lateness_seconds", Help: "How long after its time a ticket was looked at.",
			Buckets: prometheus.ExponentialBuckets(0.001, 2, 16),
		}),
	}
	m.registry.MustRegister(m.alarms, m.deliveries, m.lateness, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// ServeHTTP answers with the counters, and with what the database has now.
func (m *metrics) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	type count struct {
		metric, severity, state, outcome string
		n                                float64
	}
	counts, err := query(r.Context(), m.desk.store, func(c *count) []any { return []any{&c.metric, &c.severity, &c.state, &c.outcome, &c.n} },
		"SELECT c.metric, t.severity, c.state, c.outcome, count(*) FROM clock c JOIN ticket t ON t.id = c.ticket GROUP BY 1, 2, 3, 4")
	now, next, failed := m.desk.next(r.Context())
	if err != nil || failed != nil {
		http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		return
	}
	overdue := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "desk_overdue_seconds", Help: "How long the first ticket has been waiting to be looked at: alert on this.",
	})
	if !next.IsZero() {
		overdue.Set(max(0, now.Sub(next).Seconds()))
	}
	clocks := prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Name: "desk_clocks", Help: "Clocks in the database: outcome breached counts the breaches.",
	}, []string{"metric", "severity", "state", "outcome"})
	for _, c := range counts {
		clocks.WithLabelValues(c.metric, c.severity, c.state, c.outcome).Set(c.n)
	}
	database := prometheus.NewRegistry()
	database.MustRegister(overdue, clocks)
	promhttp.HandlerFor(prometheus.Gatherers{m.registry, database}, promhttp.HandlerOpts{}).ServeHTTP(w, r)
}

func (m *metrics) committed(e effects) {
	for _, a := range e.messages {
		m.alarms.WithLabelValues(a.Type, a.Metric, a.Severity).Inc()
	}
	for _, late := range e.late {
		m.lateness.Observe(late.Seconds())
	}
}

func (m *metrics) delivered(err error) {
	m.deliveries.WithLabelValues(map[bool]string{true: "taken", false: "failed"}[err == nil]).Inc()
}
