package main

import (
	"context"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are what Prometheus reads. Counters are of this process; desk_clocks is read from
// the database and is the same in all processes.
type metrics struct {
	store      *store
	registry   *prometheus.Registry
	alarms     *prometheus.CounterVec
	deliveries *prometheus.CounterVec
	lateness   prometheus.Histogram
}

var clocksDesc = prometheus.NewDesc("desk_clocks", "Clocks in the database: outcome breached counts the breaches.",
	[]string{"metric", "severity", "state", "outcome"}, nil)

func newMetrics(s *store) *metrics {
	m := &metrics{
		store:    s,
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
	m.registry.MustRegister(m, m.alarms, m.deliveries, m.lateness, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError})
}

func (m *metrics) committed(e effects) {
	for _, a := range e.raised {
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

// Describe and Collect make desk_clocks anew for each reading.
func (m *metrics) Describe(to chan<- *prometheus.Desc) { to <- clocksDesc }

// Collect counts the clocks in the database.
func (m *metrics) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	fail := func(err error) { to <- prometheus.NewInvalidMetric(clocksDesc, err) }
	found, err := m.store.QueryContext(ctx, `SELECT c.metric, t.severity, c.state, c.outcome, count(*)
		FROM clock c JOIN ticket t ON t.id = c.ticket GROUP BY 1, 2, 3, 4`)
	if err != nil {
		fail(err)
		return
	}
	defer found.Close()
	for found.Next() {
		var labels [4]string
		var n float64
		if err := found.Scan(&labels[0], &labels[1], &labels[2], &labels[3], &n); err != nil {
			fail(err)
			return
		}
		to <- prometheus.MustNewConstMetric(clocksDesc, prometheus.GaugeValue, n, labels[:]...)
	}
	if err := found.Err(); err != nil {
		fail(err)
	}
}
