package main

import (
	"net/http"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are what Prometheus reads. Counters are of this process; desk_clocks is read from
// the database and is the same in all processes.
type metrics struct {
	store      *store
	reading    sync.Mutex // one at a time sets and reads the gauge of the clocks
	registry   *prometheus.Registry
	clocks     *prometheus.GaugeVec
	alarms     *prometheus.CounterVec
	deliveries *prometheus.CounterVec
	lateness   prometheus.Histogram
}

func newMetrics(s *store) *metrics {
	m := &metrics{
		store:    s,
		registry: prometheus.NewRegistry(),
		clocks: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "desk_clocks", Help: "Clocks in the database: outcome breached counts the breaches.",
		}, []string{"metric", "severity", "state", "outcome"}),
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
	m.registry.MustRegister(m.clocks, m.alarms, m.deliveries, m.lateness, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// ServeHTTP counts the clocks in the database, and answers with all metrics.
func (m *metrics) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	type count struct {
		metric, severity, state, outcome string
		n                                float64
	}
	counts, err := query(r.Context(), m.store, func(c *count) []any { return []any{&c.metric, &c.severity, &c.state, &c.outcome, &c.n} },
		`SELECT c.metric, t.severity, c.state, c.outcome, count(*) FROM clock c JOIN ticket t ON t.id = c.ticket GROUP BY 1, 2, 3, 4`)
	if err != nil {
		http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		return
	}
	m.reading.Lock()
	defer m.reading.Unlock()
	m.clocks.Reset()
	for _, c := range counts {
		m.clocks.WithLabelValues(c.metric, c.severity, c.state, c.outcome).Set(c.n)
	}
	promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}).ServeHTTP(w, r)
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
	result := "taken"
	if err != nil {
		result = "failed"
	}
	m.deliveries.WithLabelValues(result).Inc()
}
