package timeline_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
	"github.com/duetime/duetime/sla/timeline"
)

// desk has three metrics, and words of its own beside two that have texts.
const desk = `{
  "version": "desk",
  "severities": ["P1", "P2", "P3"],
  "statuses": ["open", "pending", "resolved"],
  "happenings": ["customer-comment", "agent-reply"],
  "courses": {
    "first-response": {"stop": ["agent-reply"]},
    "next-response": {"start": ["customer-comment"], "stop": ["agent-reply", "resolved"]},
    "resolution": {"stop": ["resolved"], "pause": ["pending"]}
  },
  "calendars": {"Berlin": {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00", "holidays": ["DE-BE"]}},
  "policies": [{"moniker": "desk", "terms": [
    {"severities": ["P1", "P2"], "target": "1h", "calendar": "24/7", "alarms": ["breach"]},
    {"severities": ["P3"], "target": "4h", "calendar": "Berlin", "alarms": ["50%", "breach"]},
    {"metric": "next-response", "target": "2h", "calendar": "Berlin", "alarms": ["breach"]},
    {"metric": "resolution", "severities": ["P1"], "target": "8h", "calendar": "24/7"},
    {"metric": "resolution", "severities": ["P2"], "target": "8h", "calendar": "Berlin", "alarms": ["50%", "breach"]},
    {"metric": "resolution", "severities": ["P3"], "target": "3bd", "calendar": "Berlin", "alarms": ["50%"]}
  ]}]
}`

// parseCatalog returns the catalog of a text.
func parseCatalog(tb testing.TB, text string) *sla.Catalog {
	tb.Helper()
	c, err := sla.ParseCatalog([]byte(text))
	require.NoError(tb, err)
	return c
}

// threeLanes returns the clocks of a ticket of the desk, opened in the evening before the
// Easter holidays, as of Wednesday at noon.
func threeLanes(tb testing.TB) []ticket.Explanation {
	tb.Helper()
	at := func(text string) time.Time { return instant(tb, text) }
	r := sla.Request{Moniker: "desk", Severity: "P3", Opened: at("2024-03-28T15:00:00+01:00")}
	return ticketOf(tb, parseCatalog(tb, desk), r,
		ticket.Event{At: at("2024-03-28T16:00:00+01:00"), Word: "customer-comment", Note: "more logs"},
		ticket.Event{At: at("2024-04-02T11:30:00+02:00"), Word: "agent-reply"},
		ticket.Event{At: at("2024-04-02T11:30:00+02:00"), Word: "pending", Note: "which version?"},
		ticket.Event{At: at("2024-04-03T10:00:00+02:00"), Word: "customer-comment"},
		ticket.Event{At: at("2024-04-03T10:00:00+02:00"), Word: "open", Change: ticket.Change{Severity: "P2"}},
	).Explain(at("2024-04-03T11:00:00+02:00"))
}

// fortnight returns the clocks of a ticket of the desk that takes two weeks over Easter, with
// pauses, holidays, breaches and a change of the clock in it.
func fortnight(tb testing.TB) []ticket.Explanation {
	tb.Helper()
	at := func(text string) time.Time { return instant(tb, text) }
	text := strings.NewReplacer(`"target": "4h"`, `"target": "6h"`, `"target": "3bd"`, `"target": "5bd"`).Replace(desk)
	r := sla.Request{Moniker: "desk", Severity: "P3", Opened: at("2024-03-25T09:40:00+01:00")}
	return ticketOf(tb, parseCatalog(tb, text), r,
		ticket.Event{At: at("2024-03-25T11:30:00+01:00"), Word: "agent-reply"},
		ticket.Event{At: at("2024-03-25T14:30:00+01:00"), Word: "customer-comment"},
		ticket.Event{At: at("2024-03-26T10:30:00+01:00"), Word: "agent-reply"},
		ticket.Event{At: at("2024-03-26T10:30:00+01:00"), Word: "pending", Note: "asked for the log"},
		ticket.Event{At: at("2024-03-28T12:15:00+01:00"), Word: "customer-comment"},
		ticket.Event{At: at("2024-03-28T12:20:00+01:00"), Word: "open"},
		ticket.Event{At: at("2024-04-02T09:30:00+02:00"), Word: "agent-reply"},
		ticket.Event{At: at("2024-04-03T10:00:00+02:00"), Word: "pending", Note: "asked for a trace"},
		ticket.Event{At: at("2024-04-04T13:00:00+02:00"), Word: "open"},
		ticket.Event{At: at("2024-04-04T15:00:00+02:00"), Word: "customer-comment"},
	).Explain(at("2024-04-05T11:00:00+02:00"))
}

// overnight returns the clocks of a ticket that is urgent while the clock of the zone is set.
func overnight(tb testing.TB) []ticket.Explanation {
	tb.Helper()
	at := func(text string) time.Time { return instant(tb, text) }
	r := sla.Request{Moniker: "desk", Severity: "P1", Opened: at("2024-03-30T20:10:00+01:00")}
	return ticketOf(tb, parseCatalog(tb, desk), r,
		ticket.Event{At: at("2024-03-30T20:30:00+01:00"), Word: "pending"},
		ticket.Event{At: at("2024-03-30T22:00:00+01:00"), Word: "open"},
	).Explain(at("2024-03-31T09:00:00+02:00"))
}

// The pictures of three lanes are what they were, byte by byte, and small.
func TestGoldenLanes(t *testing.T) {
	for name, lanes := range map[string]func(testing.TB) []ticket.Explanation{"lanes": threeLanes, "fortnight": fortnight, "overnight": overnight} {
		for suffix, o := range map[string]timeline.Options{
			"":         {Zone: zone(t, "Europe/Berlin")},
			".phone":   {Width: 320, Words: timeline.German()},
			".desktop": {Width: 1440, Second: zone(t, "America/New_York"), Words: timeline.Chinese()},
		} {
			golden(t, name+suffix, func() []ticket.Explanation { return lanes(t) }, o)
			_, svg := drawn(t, lanes(t), o)
			assert.Less(t, len(svg), 40_000, name+suffix)
			assert.Empty(t, overlaps(t, parse(t, svg)), name+suffix)
		}
	}
}

// laneNames returns the metrics of the strips of each day in an SVG.
func laneNames(root element) (list [][]string) {
	for _, day := range root.all("dt-day") {
		var names []string
		for _, lane := range day.all("dt-lane") {
			names = append(names, lane.attribute("data-metric"))
		}
		list = append(list, names)
	}
	return list
}

// A clock that has nothing to show has no lane, and a lane ends with what it has to show.
func TestWhichLanes(t *testing.T) {
	r := sla.Request{Moniker: "desk", Severity: "P1", Opened: instant(t, "2024-03-28T15:00:00+01:00")}
	life := ticketOf(t, parseCatalog(t, desk), r)
	text, svg := drawn(t, life.Explain(r.Opened), timeline.Options{})
	assert.Equal(t, [][]string{{"first-response", "resolution"}}, laneNames(parse(t, svg)), "idle at the opening")
	assert.True(t, strings.HasPrefix(string(text), "First response: due Thu 28 Mar 2024, 15:00\ndesk, severity P1 · times of UTC\n"), string(text))

	now := r.Opened.Add(time.Minute)
	text, svg = drawn(t, life.Explain(now), timeline.Options{})
	assert.Equal(t, [][]string{{"first-response", "next-response", "resolution"}}, laneNames(parse(t, svg)), "idle for a minute")
	assert.Contains(t, string(text), "\nNext response: not started\n")

	idle := slices.DeleteFunc(life.Explain(r.Opened), func(e ticket.Explanation) bool { return e.Metric != sla.NextResponse })
	text, svg = drawn(t, idle, timeline.Options{})
	assert.Equal(t, [][]string{{"next-response"}}, laneNames(parse(t, svg)), "nothing but an idle clock")
	assert.True(t, strings.HasPrefix(string(text), "Nothing is due\ndesk, severity P1"), string(text))

	breached := instant(t, "2024-03-28T23:00:00Z")
	life = ticketOf(t, parseCatalog(t, strings.Replace(desk, `["breach"]`, `["+1h wall"]`, 1)), sla.Request{Moniker: "desk", Severity: "P1", Opened: breached.Add(-time.Hour)},
		ticket.Event{At: breached.Add(time.Hour), Word: "agent-reply"})
	_, svg = drawn(t, life.Explain(breached.Add(time.Hour)), timeline.Options{})
	assert.Equal(t, [][]string{{"first-response", "next-response", "resolution"}, {"first-response", "resolution"}}, laneNames(parse(t, svg)), "the last alarm at midnight")

	_, svg = drawn(t, threeLanes(t), timeline.Options{})
	days := laneNames(parse(t, svg))
	assert.Equal(t, []string{"first-response", "next-response", "resolution"}, days[1])
	assert.Equal(t, []string{"next-response", "resolution"}, days[2], "the first response is over")
	assert.Equal(t, []string{"resolution"}, days[3])
}

// description returns the description of an SVG.
func description(t *testing.T, svg []byte) string {
	t.Helper()
	for _, child := range parse(t, svg).Children {
		if child.XMLName.Local == "desc" {
			return child.Content
		}
	}
	return ""
}

// What lanes have in common is described once.
func TestCommonMarks(t *testing.T) {
	_, svg := drawn(t, threeLanes(t), timeline.Options{})
	for _, line := range []string{
		"; opened: Thu 28 Mar 2024, 15:00; ", "; pending: Tue 2 Apr 2024, 11:30: which version?; ",
		"; changed to P2, open: Wed 3 Apr 2024, 10:00; ", "; now: Wed 3 Apr 2024, 11:00; ",
	} {
		assert.Equal(t, 1, strings.Count(description(t, svg), line), line)
	}
	for _, class := range []string{"opened", "now"} {
		assert.Len(t, parse(t, svg).all("dt-"+class), 1, class)
	}
	assert.Len(t, parse(t, svg).all("dt-event"), 3, "of five events, two and two at one instant")
}

// A breach of a cycle that is over stays in the picture.
func TestBreachOfAnEarlierCycle(t *testing.T) {
	_, svg := drawn(t, threeLanes(t), timeline.Options{})
	assert.Contains(t, description(t, svg), "; next response: overdue: Tue 2 Apr 2024, 10:00; ")
	assert.Contains(t, description(t, svg), "; next response: due: Wed 3 Apr 2024, 12:00; ")
}

// Quiet days of several lanes are folded together, and told lane by lane.
func TestFoldedLanes(t *testing.T) {
	r := sla.Request{Moniker: "desk", Severity: "P3", Opened: instant(t, "2024-06-03T10:00:00+02:00")}
	life := ticketOf(t, parseCatalog(t, desk), r, ticket.Event{At: instant(t, "2024-06-03T12:00:00+02:00"), Word: "pending"})
	text, _ := drawn(t, life.Explain(instant(t, "2024-06-20T12:00:00+02:00")), timeline.Options{})
	assert.Contains(t, string(text), `
~ Fri 7 Jun – Wed 19 Jun · 13 days
  first response: 9 of them with hours, 72 h too late
  next response: not started · resolution: 9 of them with hours, paused
`)
}

// The days are those of the first zone in which somebody works.
func TestZoneOfLanes(t *testing.T) {
	text, _ := drawn(t, threeLanes(t), timeline.Options{})
	assert.Contains(t, string(text), "times of Europe/Berlin\n")
	r := sla.Request{Moniker: "desk", Severity: "P2", Opened: instant(t, "2024-06-03T10:00:00+02:00")}
	text, _ = drawn(t, ticketOf(t, parseCatalog(t, desk), r).Explain(r.Opened), timeline.Options{})
	assert.Contains(t, string(text), "times of Europe/Berlin\n", "the first response counts round the clock")
	r.Severity = "P1"
	text, _ = drawn(t, ticketOf(t, parseCatalog(t, desk), r).Explain(r.Opened), timeline.Options{})
	assert.Contains(t, string(text), "times of UTC\n")
}

// Time that counts after a breach looks different, in each cycle.
func TestLate(t *testing.T) {
	text, svg := drawn(t, threeLanes(t), timeline.Options{})
	total := map[string]time.Duration{}
	for _, lane := range parse(t, svg).all("dt-lane") {
		for _, box := range lane.all("dt-late") {
			strip := lane.all("dt-strip")[0]
			total[lane.attribute("data-metric")] += time.Duration(box.number(t, "width") / strip.number(t, "width") * float64(24*time.Hour)).Round(time.Minute)
		}
	}
	assert.Equal(t, map[string]time.Duration{"first-response": 30 * time.Minute, "next-response": 90 * time.Minute}, total)
	assert.Contains(t, string(text), "first response  ..................####!-")
	assert.Contains(t, string(text), "\n! too late   # counted ")
}

// The title says what is due next, and that the ticket is cancelled.
func TestTitleOfLanes(t *testing.T) {
	r := sla.Request{Moniker: "desk", Severity: "P3", Opened: instant(t, "2024-06-03T10:00:00+02:00")}
	at := r.Opened.Add(time.Hour)
	for _, row := range []struct{ word, want string }{
		{"customer-comment", "Next response: due Mon 3 Jun 2024, 13:00\n"},
		{"agent-reply", "Resolution: due Thu 6 Jun 2024, 10:00\n"},
		{"pending", "First response: due Mon 3 Jun 2024, 14:00\n"},
		{"cancelled", "Cancelled\n"},
	} {
		text, _ := drawn(t, ticketOf(t, parseCatalog(t, desk), r, ticket.Event{At: at, Word: row.word}).Explain(at), timeline.Options{})
		assert.Equal(t, row.want, string(text)[:strings.Index(string(text), "\n")+1], row.word)
	}
	over := ticketOf(t, parseCatalog(t, desk), r, ticket.Event{At: at, Word: "agent-reply"}, ticket.Event{At: at, Word: "resolved"})
	text, _ := drawn(t, over.Explain(at), timeline.Options{})
	assert.True(t, strings.HasPrefix(string(text), "Nothing is due\n"), string(text))
}

// Lanes are of one ticket at one instant, and not too many.
func TestErrorsOfLanes(t *testing.T) {
	lanes := threeLanes(t)
	other := lives(t)["hour"].explain(t)
	for _, draw := range forms {
		for _, row := range []struct {
			lanes []ticket.Explanation
			want  string
		}{
			{nil, "timeline: no lanes: nothing to draw"},
			{slices.Repeat(lanes, 11), "timeline: 33 lanes: want 32 or fewer"},
			{slices.Concat(lanes, other), "timeline: lane 3: want the ticket and the instant of lane 0"},
		} {
			var b strings.Builder
			assert.EqualError(t, draw(&b, row.lanes, timeline.Options{}), row.want)
			assert.Empty(t, b.String())
		}
		assert.ErrorIs(t, draw(new(strings.Builder), nil, timeline.Options{}), timeline.ErrNothing)
		assert.NoError(t, draw(new(strings.Builder), slices.Repeat(lanes[:2], 16), timeline.Options{}))
	}
}

// Names of metrics and words are from outside: they are shown on one line, escaped, and as
// far as they fit.
func TestHostileLanes(t *testing.T) {
	for _, shift := range []string{"", "w"} {
		checkHostile(t, shift+"<b>"+strings.Repeat("长", 100))
		checkHostile(t, shift+"<b>&\x1b[31m\n\u202e"+strings.Repeat("长", 100)+strings.Repeat("w", 100))
	}
}

func checkHostile(t *testing.T, name string) {
	t.Helper()
	lanes := threeLanes(t)
	lanes[1].Metric = sla.Metric(name)
	for i := range lanes {
		lanes[i].Events = slices.Clone(lanes[i].Events)
		lanes[i].Events[1].Event.Word = name
		lanes[i].Events[2].Event.Change.Plan = sla.Plan(name)
	}
	for _, width := range []int{320, 720, 1600} {
		text, svg := drawn(t, lanes, timeline.Options{Width: width, Second: time.UTC})
		root := parse(t, svg)
		assert.NotContains(t, string(svg), "<b>")
		assert.Contains(t, string(text), "<b>")
		for _, p := range texts(root) {
			assert.False(t, strings.ContainsAny(p.Content, "\x1b\n\u202e"), "%q", p.Content)
		}
	}
}

// randomTicket returns a ticket of up to five metrics with random courses, terms and events.
func randomTicket(rng *rand.Rand) (ticket.Ticket, time.Time) {
	pick := func(list ...string) string { return list[rng.IntN(len(list))] }
	some := func(list ...string) []string {
		return slices.DeleteFunc(list, func(string) bool { return rng.IntN(3) > 0 })
	}
	calendars := []*calendar.Calendar{randomCalendar(rng), calendar.AlwaysOpen()}
	p := sla.Policy{Moniker: "m", Severities: []sla.Severity{"P1", "P2"}, Statuses: []string{"open", "pending", "solved"}, Happenings: []string{"customer", "reply"}}
	for m := range 1 + rng.IntN(5) {
		metric := sla.Metric(pick("m", "metric", "a metric with a longer name, ") + fmt.Sprint(m))
		p.Courses = append(p.Courses, sla.Course{
			Metric: metric, Start: some("customer", sla.WordOpened), Stop: some("reply", "solved"), Reset: some("reply", "customer"), Pause: some("pending"),
			Reopening: sla.ReopenMode(pick("continue", "new-cycle", "ignore")), Change: sla.ChangeMode(pick("from-opening", "carry-elapsed", "restart", "replace")),
		})
		if rng.IntN(4) == 0 {
			p.Courses[m].Reset = append(p.Courses[m].Reset, sla.WordDue)
		}
		for _, severity := range p.Severities {
			if m > 0 && rng.IntN(5) == 0 {
				continue
			}
			p.Terms = append(p.Terms, sla.Term{
				Metric: metric, Severities: []sla.Severity{severity}, Target: sla.MustParseTarget(pick("30m", "8h", "40h", "1bd", "5bd", "40h wall", "3d", "8h wall in hours else 0bd@12:00")), Calendar: calendars[rng.IntN(len(calendars))],
				Thresholds: []sla.Threshold{sla.MustParseThreshold("50%"), sla.MustParseThreshold("breach"), sla.MustParseThreshold("+1h every 10h")}[:rng.IntN(4)],
			})
		}
	}
	c, err := sla.NewCatalog("random", p)
	if err != nil {
		panic(err)
	}
	at := time.Unix(rng.Int64N(60*365*86400), 0).In(calendars[0].Zone())
	t, err := ticket.Open(c, sla.Request{Moniker: "m", Severity: "P1", Opened: at})
	if err != nil {
		panic(err)
	}
	for range rng.IntN(8) {
		at = at.Add(time.Duration(rng.Int64N(int64(40 * time.Hour))).Truncate(15 * time.Minute))
		e := ticket.Event{At: at, Word: pick("open", "pending", "solved", "customer", "reply", "customer", "reply", "")}
		if e.Word == "" || rng.IntN(5) == 0 {
			e.Change.Severity = sla.Severity(pick("P1", "P2"))
		}
		if rng.IntN(40) == 0 {
			e.Word = sla.WordCancelled
		}
		if t, err = t.Apply(e); err != nil {
			panic(err)
		}
	}
	return t, at.Add(time.Duration(rng.Int64N(int64(100 * time.Hour))))
}

// Each lane shows its own segments and marks, in the days and hours that all share.
func TestLanes(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 6))
	for n := range sampled(60, 1000) {
		life, now := randomTicket(rng)
		lanes := life.Explain(now)
		o := timeline.Options{Width: []int{320, 720, 1600}[rng.IntN(3)], All: rng.IntN(2) == 0}
		text, svg := drawn(t, lanes, o)
		root := parse(t, svg)
		drawn := slices.DeleteFunc(slices.Clone(lanes), func(e ticket.Explanation) bool {
			return len(e.Segments) == 0 && e.Status.Due.IsZero() && len(e.Alarms) == 0
		})
		for _, e := range drawn {
			require.Len(t, e.Events, len(lanes[0].Events))
			checkLane(t, root, e, len(drawn) > 1, o.All, fmt.Sprintf("ticket %d, %s", n, e.Metric))
			assert.True(t, len(drawn) == 1 || strings.Contains(string(text), "\n"+strings.ToUpper(string(e.Metric[:1]))+string(e.Metric[1:])), e.Metric)
		}
	}
}

// checkLane requires that the strips of a lane are as long as the segments that they show,
// that what is in a strip does not leave it, and that all marks are where their instants are.
func checkLane(t *testing.T, root element, e ticket.Explanation, several, all bool, about string) {
	t.Helper()
	shown, marks := map[string]time.Duration{}, map[int64]bool{}
	strips, rounding := 0, time.Duration(0)
	for _, day := range root.all("dt-day") {
		from, to := instant(t, day.attribute("data-from")), instant(t, day.attribute("data-to"))
		for _, lane := range day.all("dt-lane") {
			if lane.attribute("data-metric") != string(e.Metric) {
				continue
			}
			strips++
			strip := lane.all("dt-strip")[0]
			left, wide := strip.number(t, "x"), strip.number(t, "width")
			pixel := time.Duration(float64(to.Sub(from)) / wide)
			holder := day
			if several {
				holder = lane
			}
			for _, mark := range holder.all("dt-mark") {
				var x float64
				_, err := fmt.Sscanf(mark.all("dt-line")[0].attribute("d"), "M%f", &x)
				require.NoError(t, err)
				at := instant(t, mark.attribute("data-at"))
				require.WithinDuration(t, at, from.Add(time.Duration((x-left)*float64(pixel))), pixel/50, about)
				marks[at.UnixNano()] = true
			}
			for _, use := range []string{"counted", "late", "ahead", "paused", "stopped", "idle", "none"} {
				for _, box := range lane.all("dt-" + use) {
					require.Equal(t, strip.attribute("y"), box.attribute("y"), about)
					require.GreaterOrEqual(t, box.number(t, "x"), left-0.02, about)
					require.LessOrEqual(t, box.number(t, "x")+box.number(t, "width"), left+wide+0.02, about)
					if use == "late" { // TestLate
						use = "counted"
					}
					shown[use] += time.Duration(box.number(t, "width") * float64(pixel))
					rounding += pixel / 50
				}
			}
		}
	}
	require.Positive(t, strips, about)
	instants := []time.Time{e.Status.Due, e.Status.OriginalDue, e.Status.BreachedAt}
	for _, a := range e.Alarms {
		instants = append(instants, a.At)
	}
	for _, c := range e.Cycles {
		instants = append(instants, c.BreachedAt)
	}
	for _, at := range instants {
		require.True(t, at.IsZero() || marks[at.UnixNano()], "%s: no mark at %v", about, at)
	}
	if !all {
		return
	}
	want := map[string]time.Duration{}
	at := e.Request.Opened
	for _, g := range e.Segments {
		require.True(t, g.From.Equal(at) && g.To.After(at), "%s: a segment from %v to %v follows %v", about, g.From, g.To, at)
		at = g.To
		use := map[ticket.Reason]string{ticket.ReasonOpen: "counted", ticket.ReasonPaused: "paused", ticket.ReasonStopped: "stopped", ticket.ReasonIdle: "idle", ticket.ReasonNoTerm: "none"}[g.Reason]
		if g.Counted {
			use = "counted"
		}
		if use == "counted" && g.Ahead {
			use = "ahead"
		}
		if use != "" {
			want[use] += g.To.Sub(g.From)
		}
	}
	for use := range want {
		require.InDelta(t, want[use], shown[use], float64(rounding+time.Second), "%s: %s", about, use)
	}
	for use := range shown {
		require.Contains(t, want, use, about)
	}
}

// texts returns the texts in an element.
func texts(e element) (list []element) {
	for _, child := range e.Children {
		if child.XMLName.Local == "text" {
			list = append(list, child)
		}
		list = append(list, texts(child)...)
	}
	return list
}
