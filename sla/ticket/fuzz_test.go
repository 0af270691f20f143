package ticket_test

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/bound"
	"github.com/duetime/duetime/sla/ticket"
)

// hostile makes of bytes what no caller should pass, and some do.
type hostile struct{ bytes []byte }

func (h *hostile) number() int64 {
	var b [8]byte
	h.bytes = h.bytes[copy(b[:], h.bytes):]
	return int64(binary.LittleEndian.Uint64(b[:]))
}

func (h *hostile) small(n int) int {
	if len(h.bytes) == 0 {
		return 0
	}
	v := int(h.bytes[0])
	h.bytes = h.bytes[1:]
	return v % n
}

// instant returns one near those of before, or any.
func (h *hostile) instant(before time.Time) time.Time {
	first, last := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)
	switch h.small(10) {
	case 0:
		return time.Time{}
	case 1:
		return time.Unix(h.number(), h.number())
	case 2:
		return time.Unix(h.number(), 0).In(time.FixedZone("far", int(h.number())))
	case 3:
		return first.Add(time.Duration(h.number()) % time.Hour)
	case 4:
		return last.Add(time.Duration(h.number()) % time.Hour)
	case 5:
		return before.Add(time.Duration(h.number()))
	case 6:
		return before
	}
	return before.Add(time.Duration(h.small(200)) * time.Hour)
}

func (h *hostile) duration() time.Duration {
	switch h.small(4) {
	case 0:
		return time.Duration(h.number())
	case 1:
		return []time.Duration{math.MinInt64, math.MaxInt64, -1, 0}[h.small(4)]
	}
	return time.Duration(h.small(256)) * time.Hour
}

func (h *hostile) thresholds() (list []sla.Threshold) {
	for range h.small(5) {
		list = append(list, []sla.Threshold{
			{Percent: int(h.number())},
			{Percent: h.small(200)},
			{Breach: true},
			{Offset: h.duration()},
			{Offset: h.duration(), Wall: true},
			{},
			{Wall: true},
			{Percent: 50, Breach: true},
		}[h.small(8)])
		list[len(list)-1].InHours = h.small(3) == 0
	}
	return list
}

func (h *hostile) severity() sla.Severity {
	return []sla.Severity{"", a, b, sla.SeverityC, "no such severity"}[h.small(5)]
}

// clock returns one of a catalog made of the bytes. If they make no catalog or no request,
// that has an error, and the clock is one of a plainer catalog or request.
func (h *hostile) clock(t *testing.T) ticket.Clock {
	days := int(h.number())
	opened := h.instant(time.Date(2024, 3, 28, 10, 0, 0, 0, time.UTC))
	p := sla.Policy{Moniker: "acme", Courses: []sla.Course{{
		Change:    []sla.ChangeMode{"", sla.ChangeFromOpening, sla.ChangeCarryElapsed, sla.ChangeRestart, "no such mode"}[h.small(5)],
		Reopening: []sla.ReopenMode{"", sla.ReopenContinue, sla.ReopenNewCycle, sla.ReopenIgnore, "no such mode"}[h.small(5)],
	}}}
	for _, s := range []sla.Severity{a, b, sla.SeverityC} {
		p.Terms = append(p.Terms, sla.Term{
			Severities: only(s), Thresholds: h.thresholds(), Calendar: append(lawCalendars, nil)[h.small(len(lawCalendars)+1)],
			Target: []sla.Target{within(h.duration()), businessDays(days, ""), businessDays(h.small(9), ""), businessDays(h.small(9), "@close"), businessDays(h.small(9), fmt.Sprintf("@%02d:00", h.small(60))), {}}[h.small(6)],
		})
	}
	r := sla.Request{Moniker: "acme", Severity: h.severity(), Opened: opened}
	catalog, err := sla.NewCatalog("test", p)
	if err != nil {
		bound.Error(t, "NewCatalog", strings.Repeat("x", 3000), err)
		clock, err := ticket.Of(sla.Deadline{Request: r, Term: p.Terms[h.small(3)]})
		if err == nil {
			return clock
		}
		bound.Error(t, "Of", strings.Repeat("x", 3000), err)
		p.Courses[0] = sla.Course{Change: sla.ChangeCarryElapsed}
		for i := range p.Terms {
			p.Terms[i].Target, p.Terms[i].Thresholds = businessDays(1+h.small(9), ""), nil
			p.Terms[i].Calendar = lawCalendars[h.small(len(lawCalendars))]
		}
		catalog, err = sla.NewCatalog("test", p)
		require.NoError(t, err)
	}
	clock, err := ticket.NewClock(catalog, r)
	if err != nil {
		bound.Error(t, "NewClock", "", err)
		r.Severity, r.Opened = b, time.Date(2024, 3, 28, 10, 0, 0, 0, time.UTC)
		if clock, err = ticket.NewClock(catalog, r); err != nil {
			bound.Error(t, "NewClock", "", err) // its target is beyond the range
		}
	}
	return clock
}

// event returns an event, most often one that a clock can take.
func (h *hostile) event(last time.Time) ticket.Event {
	e := ticket.Event{At: h.instant(last), Kind: append(kinds, "", "no such kind")[h.small(8)], Severity: h.severity(), Note: string(h.bytes[:h.small(4)%(len(h.bytes)+1)])}
	if h.small(4) > 0 && e.Kind != ticket.SeverityChanged {
		e.Severity = ""
	}
	return e
}

// TestHostileClocks holds that random bytes make clocks, and events that these accept.
// Otherwise FuzzEvents would try nothing.
func TestHostileClocks(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	const all = 1000
	clocks, accepted := 0, 0
	for range all {
		h := &hostile{make([]byte, 400)}
		for i := range h.bytes {
			h.bytes[i] = byte(rng.Uint32())
		}
		clock := h.clock(t)
		if _, err := clock.Apply(); err != nil {
			continue
		}
		clocks++
		for last := clock.Request().Opened; len(h.bytes) > 0; {
			e := h.event(last)
			if next, err := clock.Apply(e); err == nil {
				clock, last = next, e.At
			}
		}
		if len(clock.Events()) > 0 {
			accepted++
		}
	}
	require.Greater(t, clocks, all*9/10)
	require.Greater(t, accepted, all/20)
}

// TestFarDue asks clocks that are due in another century, which once took an account of
// every day between.
func TestFarDue(t *testing.T) {
	opened := time.Date(2024, 9, 1, 9, 43, 2, 407139376, time.UTC)
	for _, c := range lawCalendars {
		term := sla.Term{Target: targetOf("644279h39m51.620833328s"), Calendar: c}
		clock, err := ticket.Of(sla.Deadline{Request: sla.Request{Moniker: "acme", Severity: a, Opened: opened}, Term: term})
		if err != nil {
			bound.Error(t, "Of", "", err) // beyond the range
			continue
		}
		due := clock.At(opened).Due
		require.Greater(t, due.Year(), 2090)
		bound.Work(t, 0, func() {
			checkStored(t, clock)
			checkAnswers(t, clock, opened, opened.AddDate(2, 0, 0), due, due.Add(1), time.Time{})
		})
	}
}

// FuzzEvents applies any events to any clock and asks it at any instant: what cannot
// be is refused and leaves the clock as it was, and what a clock says is of one piece.
func FuzzEvents(f *testing.F) {
	for i := range byte(6) {
		seed := make([]byte, 160)
		for j := range seed {
			seed[j] = byte(j*j)*(2*i+1) + i*byte(j)
		}
		f.Add(seed)
	}
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, bytes []byte) {
		bound.Work(t, len(bytes), func() {
			h := &hostile{bytes}
			clock := h.clock(t)
			last := clock.Request().Opened
			if list := h.thresholds(); len(list) > 0 {
				more, err := clock.WithThresholds(list...)
				if err != nil {
					bound.Error(t, "WithThresholds", "", err)
					if !reflect.DeepEqual(more, clock) {
						t.Fatalf("%v are refused and change the clock: %v", list, err)
					}
				}
				clock = more
			}
			for len(h.bytes) > 0 {
				e := h.event(last)
				next, err := clock.Apply(e)
				if err != nil {
					bound.Error(t, "Apply", e.Note, err)
					if !reflect.DeepEqual(next, clock) {
						t.Fatalf("%v is refused and changes the clock: %v", e, err)
					}
				} else if e.At.Before(last) && len(clock.Events()) > 0 {
					t.Fatalf("%v is applied after %v", e, last)
				} else {
					last = e.At
				}
				clock = next
			}
			checkStored(t, clock)
			checkAnswers(t, clock, h.instant(last), last, clock.At(last).Due, time.Time{})
		})
	})
}

// checkStored holds that a clock is read as it was written, if it has begun.
func checkStored(t *testing.T, clock ticket.Clock) {
	text, err := json.Marshal(clock)
	if err != nil {
		bound.Error(t, "Marshal", "", err)
		return
	}
	var back ticket.Clock
	if err := json.Unmarshal(text, &back); err != nil || !same(back, clock) {
		t.Fatalf("%s\nis read as another clock: %v", text, err)
	}
}

// checkAnswers asks a clock all there is at some instants.
func checkAnswers(t *testing.T, clock ticket.Clock, instants ...time.Time) {
	for _, now := range instants {
		st := clock.At(now)
		if st.Err != nil {
			bound.Error(t, "At", "", st.Err)
		}
		if next, ok := clock.Next(now); ok && (!next.After(now) || next.Location() != now.Location()) {
			t.Fatalf("Next(%v) = %v", now, next)
		}
		alarms := clock.Alarms(now)
		for i, alarm := range alarms {
			if alarm.At.After(now) || i > 0 && alarm.At.Before(alarms[i-1].At) {
				t.Fatalf("Alarms(%v) = %v", now, alarms)
			}
		}
		said := []any{st, alarms}
		// An account has a line for each opening and closing from the request to now,
		// and on to the due time where that is later.
		const years = 3 * 365 * 24 * time.Hour
		opened := clock.Request().Opened
		if now.Sub(opened).Abs() < years && (st.Due.IsZero() || st.Due.Sub(opened) < years) {
			e := clock.Explain(now)
			_, _ = e.String(), e.Fold().String()
			said = append(said, e)
		}
		for _, v := range said {
			// Package time writes no year of five digits.
			if _, err := json.Marshal(v); err != nil && !strings.Contains(err.Error(), "year outside of range") {
				t.Fatalf("at %v: %v of %+v", now, err, v)
			}
		}
	}
}
