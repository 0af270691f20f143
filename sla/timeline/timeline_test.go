package timeline_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
	"github.com/duetime/duetime/sla/timeline"
)

var update = flag.Bool("update", false, "write the golden files anew")

func instant(tb testing.TB, text string) time.Time {
	tb.Helper()
	at, err := time.Parse(time.RFC3339Nano, text)
	require.NoError(tb, err)
	return at
}

func zone(tb testing.TB, name string) *time.Location {
	tb.Helper()
	z, err := time.LoadLocation(name)
	require.NoError(tb, err)
	return z
}

// life is a request with what happened to it, as of an instant; the opening, if that is
// not set.
type life struct {
	request    sla.Request
	thresholds []sla.Threshold
	course     sla.Course
	events     []ticket.Event
	now        string
}

func (l life) explain(tb testing.TB) []ticket.Explanation {
	tb.Helper()
	now := l.request.Opened
	if l.now != "" {
		now = instant(tb, l.now)
	}
	return ticketOf(tb, published(tb, l.thresholds, l.course), l.request, l.events...).Explain(now)
}

// published returns the published terms with thresholds and a course.
func published(tb testing.TB, thresholds []sla.Threshold, course sla.Course) *sla.Catalog {
	tb.Helper()
	var policies []sla.Policy
	for p := range sla.Published().Policies() {
		p.Courses = []sla.Course{course}
		for i := range p.Terms {
			p.Terms[i].Thresholds = thresholds
		}
		policies = append(policies, p)
	}
	c, err := sla.NewCatalog("published", policies...)
	require.NoError(tb, err)
	return c
}

// ticketOf returns the ticket of a request after some events.
func ticketOf(tb testing.TB, c *sla.Catalog, r sla.Request, events ...ticket.Event) ticket.Ticket {
	tb.Helper()
	t, err := ticket.Open(c, r)
	require.NoError(tb, err)
	t, err = t.Apply(events...)
	require.NoError(tb, err)
	return t
}

func lives(tb testing.TB) map[string]life {
	return map[string]life{
		"pause": {
			sla.Request{Moniker: region.Germany, Severity: sla.SeverityC, Opened: instant(tb, "2024-03-27T18:00:00+01:00")},
			[]sla.Threshold{sla.MustParseThreshold("25%"), sla.MustParseThreshold("breach")},
			sla.Course{},
			[]ticket.Event{
				{At: instant(tb, "2024-03-28T10:15:00+01:00"), Word: sla.WordPaused, Note: "asked for the log"},
				{At: instant(tb, "2024-04-02T12:00:00+02:00"), Word: sla.WordResumed},
			},
			"2024-04-03T11:00:00+02:00",
		},
		"hour":    {request: sla.Request{Moniker: region.Worldwide, Severity: sla.SeverityA, Opened: instant(tb, "2020-05-27T10:20:30Z")}},
		"holiday": {request: sla.Request{Moniker: region.China, Category: region.Billing, Severity: sla.SeverityC, Opened: instant(tb, "2024-09-30T17:00:00+08:00")}},
		"breach": {
			sla.Request{Moniker: region.China, Severity: sla.SeverityB, Opened: instant(tb, "2020-05-27T20:00:00+08:00")},
			[]sla.Threshold{sla.MustParseThreshold("-30m")},
			sla.Course{Stop: []string{sla.WordResolved}, Reopening: sla.ReopenContinue},
			[]ticket.Event{
				{At: instant(tb, "2020-05-28T21:00:00+08:00"), Word: sla.WordResolved, Note: "<b>answered & late</b>"},
				{At: instant(tb, "2020-06-20T10:00:00+08:00"), Word: sla.WordReopened},
			},
			"2020-06-20T12:00:00+08:00",
		},
		"no-term": {
			sla.Request{Moniker: region.Worldwide, Severity: sla.SeverityC, Opened: instant(tb, "2020-05-27T10:00:00Z"), Country: "FR"},
			nil,
			sla.Course{},
			[]ticket.Event{{At: instant(tb, "2020-05-27T15:00:00Z"), Change: ticket.Change{Severity: sla.SeverityA}}},
			"2020-05-27T15:10:00Z",
		},
	}
}

// The pictures are what they were, byte by byte.
func TestGolden(t *testing.T) {
	for name, life := range lives(t) {
		for suffix, o := range map[string]timeline.Options{
			"":         {},
			".phone":   {Width: 320, Words: timeline.German()},
			".desktop": {Width: 1600, Second: zone(t, "America/New_York"), Words: timeline.Chinese()},
		} {
			golden(t, name+suffix, func() []ticket.Explanation { return life.explain(t) }, o)
		}
	}
}

// golden compares both forms of a picture with their files.
func golden(t *testing.T, name string, explain func() []ticket.Explanation, o timeline.Options) {
	t.Helper()
	for kind, draw := range forms {
		t.Run(name+kind, func(t *testing.T) {
			var b, again bytes.Buffer
			require.NoError(t, draw(&b, explain(), o))
			require.NoError(t, draw(&again, explain(), o))
			require.Equal(t, b.String(), again.String())
			file := "testdata/" + name + kind
			if *update {
				require.NoError(t, os.WriteFile(file, b.Bytes(), 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, string(want), b.String())
		})
	}
}

var forms = map[string]func(w io.Writer, lanes []ticket.Explanation, o timeline.Options) error{
	".svg": timeline.SVG, ".txt": timeline.Text,
}

// element is an element of an SVG.
type element struct {
	XMLName    xml.Name
	Attributes []xml.Attr `xml:",any,attr"`
	Content    string     `xml:",chardata"`
	Children   []element  `xml:",any"`
}

func (e element) attribute(name string) string {
	for _, a := range e.Attributes {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (e element) has(class string) bool {
	return strings.Contains(" "+e.attribute("class")+" ", " "+class+" ")
}

func (e element) number(t *testing.T, name string) float64 {
	t.Helper()
	n, err := strconv.ParseFloat(e.attribute(name), 64)
	require.NoError(t, err, "%s of %v", name, e)
	return n
}

func (e element) all(class string) (list []element) {
	for _, child := range e.Children {
		if child.has(class) {
			list = append(list, child)
		}
		list = append(list, child.all(class)...)
	}
	return list
}

func parse(t *testing.T, svg []byte) (root element) {
	t.Helper()
	require.NoError(t, xml.Unmarshal(svg, &root))
	return root
}

// measured is what can be read off a picture again.
type measured struct {
	marks          map[string][]time.Time // by the names of their classes
	counted, ahead time.Duration          // of days that are not folded
}

// measure reads the instants off the places of the marks, and the time off the lengths
// of the fillings. They are as exact as a pixel is wide.
func measure(t *testing.T, root element) (m measured, pixel time.Duration) {
	m.marks = map[string][]time.Time{}
	for _, day := range root.all("dt-day") {
		from, to := instant(t, day.attribute("data-from")), instant(t, day.attribute("data-to"))
		strip := day.all("dt-strip")[0]
		left, wide := strip.number(t, "x"), strip.number(t, "width")
		at := func(x float64) time.Time { return from.Add(time.Duration((x - left) / wide * float64(to.Sub(from)))) }
		pixel = time.Duration(float64(to.Sub(from)) / wide)
		for _, mark := range day.all("dt-mark") {
			var x float64
			_, err := fmt.Sscanf(mark.all("dt-line")[0].attribute("d"), "M%f", &x)
			require.NoError(t, err)
			name := strings.TrimPrefix(mark.attribute("class"), "dt-mark dt-")
			m.marks[name] = append(m.marks[name], at(x))
			said := instant(t, mark.attribute("data-at"))
			require.WithinDuration(t, said, at(x), pixel/50, name)
			require.True(t, left <= x && x <= left+wide, "%s at %v is on the strip from %v to %v", name, said, from, to)
		}
		length := func(class string) (sum time.Duration) {
			for _, r := range day.all(class) {
				x := r.number(t, "x")
				sum += at(x + r.number(t, "width")).Sub(at(x))
			}
			return sum
		}
		m.counted += length("dt-counted") + length("dt-late")
		m.ahead += length("dt-ahead")
	}
	return m, pixel
}

// randomLife returns a request somewhere in 60 years with what may happen to it.
func randomLife(rng *rand.Rand) (ticket.Ticket, time.Time) {
	targets := []sla.Target{sla.MustParseTarget("1h"), sla.MustParseTarget("100h"), sla.MustParseTarget("1bd"), sla.MustParseTarget("3bd@close"), sla.MustParseTarget("60h wall"), sla.MustParseTarget("10d"), sla.MustParseTarget("20bd")}
	c := randomCalendar(rng)
	term := sla.Term{Target: targets[rng.IntN(len(targets))], Calendar: c, Thresholds: []sla.Threshold{
		sla.MustParseThreshold("50%"), sla.MustParseThreshold("breach"), sla.MustParseThreshold("+1h wall"),
	}}
	catalog, err := sla.NewCatalog("test", sla.Policy{Moniker: "m", Terms: []sla.Term{term}, Courses: []sla.Course{{Stop: []string{sla.WordResolved}, Reopening: sla.ReopenContinue}}})
	if err != nil {
		panic(err)
	}
	at := time.Unix(rng.Int64N(60*365*86400), 0).In(c.Zone())
	life, err := ticket.Open(catalog, sla.Request{Moniker: "m", Severity: sla.SeverityA, Opened: at})
	if err != nil {
		panic(err)
	}
	for _, word := range []string{sla.WordPaused, sla.WordResumed, sla.WordResolved, sla.WordReopened}[:rng.IntN(5)] {
		at = at.Add(time.Duration(rng.Int64N(int64(100 * time.Hour))))
		if life, err = life.Apply(ticket.Event{At: at, Word: word}); err != nil {
			panic(err)
		}
	}
	return life, at.Add(time.Duration(rng.Int64N(int64(200 * time.Hour))))
}

// randomCalendar returns one in a zone where clocks do what they seldom do, with holidays.
func randomCalendar(rng *rand.Rand) *calendar.Calendar {
	zones := []string{"Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "Antarctica/Casey", "America/St_Johns", "Pacific/Kwajalein"}
	hours := []string{"Mo-Fr 09:00-17:00", "24/7", "Mo-Su 22:00-06:00", "Mo-Sa 00:00-24:00; Dec 24-26 off", "Tu 10:00-10:30,23:15-25:45; Sa 01:00-03:00"}
	be, _ := holiday.Lookup("DE-BE")
	return calendar.Must(calendar.New(zones[rng.IntN(len(zones))], hours[rng.IntN(len(hours))], calendar.Holidays(be)))
}

// What can be read off a picture is what the explanation says: where it is opened,
// starts, is due, and how much of the time is used.
func TestPositions(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 6))
	for range sampled(20, 400) {
		life, now := randomLife(rng)
		lanes := life.Explain(now)
		e := lanes[0]
		o := timeline.Options{Width: []int{320, 720, 1600}[rng.IntN(3)], All: true}
		if rng.IntN(2) == 0 {
			o.Second = time.UTC
		}
		if rng.IntN(3) == 0 {
			o.Zone = zone(t, "America/Sao_Paulo")
		}
		var b bytes.Buffer
		require.NoError(t, timeline.SVG(&b, lanes, o))
		m, pixel := measure(t, parse(t, b.Bytes()))
		for name, at := range map[string]time.Time{
			"opened": e.Request.Opened, "start": e.Status.Start, "due": e.Status.Due, "breached": e.Status.BreachedAt, "now": e.Status.At,
		} {
			found := false
			for _, marks := range m.marks { // those less than a pixel apart are one
				found = found || slices.ContainsFunc(marks, func(there time.Time) bool { return there.Sub(at).Abs() <= pixel*51/50 })
			}
			require.True(t, found || at.IsZero(), "%s %v: %v", name, at, m.marks)
		}
		var counted, ahead time.Duration
		for _, g := range e.Segments {
			switch {
			case g.Counted && g.Ahead:
				ahead += g.To.Sub(g.From)
			case g.Counted:
				counted += g.To.Sub(g.From)
			}
		}
		error := pixel / 50 * time.Duration(len(e.Segments)+1)
		require.InDelta(t, counted, m.counted, float64(error))
		require.InDelta(t, ahead, m.ahead, float64(error))
	}
}

// Where clocks do what they seldom do, the marks are on the strips and no time is lost.
func TestOddDays(t *testing.T) {
	for _, row := range []struct{ zone, opened, why string }{
		{"Antarctica/Casey", "2010-03-05T01:00:00+11:00", "the clock went back three hours, over a midnight that it had shown"},
		{"America/St_Johns", "2006-10-29T00:00:30-02:30", "it went back at a minute past midnight"},
		{"America/Sao_Paulo", "2018-11-03T22:00:00-03:00", "the day after has no midnight"},
		{"Pacific/Apia", "2011-12-29T12:00:00-10:00", "the day after does not exist"},
		{"Pacific/Kwajalein", "1969-09-29T12:00:00+11:00", "a day of 47 hours"},
		{"Australia/Lord_Howe", "2024-04-06T20:00:00+11:00", "half an hour"},
		{"Europe/Amsterdam", "1937-06-30T12:00:00+01:19", "from the time of the sun to another"},
		{"Africa/Monrovia", "1972-01-06T12:00:00-00:44", "by 44 minutes and a half"},
	} {
		c := calendar.Must(calendar.New(row.zone, "24/7"))
		catalog, err := sla.NewCatalog("test", sla.Policy{Moniker: "m", Terms: []sla.Term{{Severities: []sla.Severity{sla.SeverityA}, Target: sla.MustParseTarget("30h"), Calendar: c}}})
		require.NoError(t, err)
		lanes := ticketOf(t, catalog, sla.Request{Moniker: "m", Severity: sla.SeverityA, Opened: instant(t, row.opened)}).Explain(instant(t, row.opened))
		for _, width := range []int{320, 720, 1600} {
			_, svg := drawn(t, lanes, timeline.Options{Width: width, Words: timeline.German(), Second: time.UTC})
			m, pixel := measure(t, parse(t, svg))
			assert.InDelta(t, 30*time.Hour, m.ahead, float64(pixel), row.why)
			assert.Equal(t, 1, strings.Count(description(t, svg), "; fällig: "), row.why)
			axis := string(svg[bytes.Index(svg, []byte(`data-zone="`+row.zone)):])
			axis = axis[:strings.Index(axis, "</g>")]
			assert.Equal(t, ">24</text>\n", axis[len(axis)-len(">24</text>\n"):], row.why)
		}
	}
}

// A mark of several things has the shape of the one that matters most, on the day of the
// due time.
func TestMarksTogether(t *testing.T) {
	r := sla.Request{Moniker: region.China, Severity: sla.SeverityB, Opened: instant(t, "2020-05-27T23:00:00+08:00")}
	life := ticketOf(t, sla.Published(), r, ticket.Event{At: instant(t, "2020-05-28T22:00:00+08:00"), Word: sla.WordPaused}, ticket.Event{At: instant(t, "2020-05-28T23:00:00+08:00"), Word: sla.WordResumed},
		ticket.Event{At: instant(t, "2020-05-29T00:00:00+08:00"), Word: sla.WordResponded})
	lanes := life.Explain(instant(t, "2020-05-29T00:00:00+08:00"))
	require.Equal(t, lanes[0].Status.Due.UTC(), lanes[0].Status.At.UTC())
	text, svg := drawn(t, lanes, timeline.Options{})
	assert.Equal(t, 1, strings.Count(string(svg), `class="dt-mark dt-due"`))
	assert.Contains(t, string(text), "^ due 24:00")
	assert.Contains(t, string(text), "v answered, now 00:00")
	cancelled := ticketOf(t, sla.Published(), r, ticket.Event{At: instant(t, "2020-05-28T22:00:00+08:00"), Word: sla.WordCancelled})
	text, _ = drawn(t, cancelled.Explain(instant(t, "2020-05-28T23:00:00+08:00")), timeline.Options{})
	assert.True(t, strings.HasPrefix(string(text), "Cancelled\n"), string(text))
}

// A zone without a name that others know is told by its offset, and one that is that of
// the days is not told twice.
func TestZoneNames(t *testing.T) {
	lanes := lives(t)["hour"].explain(t)
	for _, row := range []struct{ zone, second, want string }{
		{"", "", "UTC+01:00"}, {"Local", "", "UTC+01:00"}, {"x\x1b[31m\ny", "", "x [31m y"}, {"A", "A", "A"},
	} {
		o := timeline.Options{Zone: time.FixedZone(row.zone, 3600)}
		if row.second != "" {
			o.Second = time.FixedZone(row.second, 3600)
		}
		text, _ := drawn(t, lanes, o)
		lines := strings.Split(string(text), "\n")
		assert.True(t, strings.HasSuffix(lines[1], " · times of "+row.want), lines[1])
		assert.True(t, strings.HasPrefix(lines[4], "                0 "), lines[4])
		assert.NotContains(t, string(text), "\nA ")
	}
}

// As many events as a ticket can have are drawn in time and memory that grow with them.
func TestManyEvents(t *testing.T) {
	r := sla.Request{Moniker: region.Worldwide, Severity: sla.SeverityB, Opened: instant(t, "2020-05-27T10:00:00Z")}
	work := func(n int) (allocated uint64) {
		var events []ticket.Event
		for i := range n {
			events = append(events, ticket.Event{At: r.Opened.Add(time.Duration(i+1) * time.Second), Word: []string{sla.WordPaused, sla.WordResumed}[i%2]})
		}
		lanes := ticketOf(t, sla.Published(), r, events...).Explain(r.Opened.Add(2 * time.Hour))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		drawn(t, lanes, timeline.Options{})
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	assert.Less(t, work(4096), 32*work(256), "16 times the events")
}

// Quiet days are folded, and say how many they are.
func TestFold(t *testing.T) {
	lanes := life{request: sla.Request{Moniker: region.Germany, Severity: sla.SeverityC, Opened: instant(t, "2024-05-06T10:00:00+02:00")}, now: "2024-06-20T12:00:00+02:00"}.explain(t)
	var folded, all bytes.Buffer
	require.NoError(t, timeline.Text(&folded, lanes, timeline.Options{}))
	require.NoError(t, timeline.Text(&all, lanes, timeline.Options{All: true}))
	assert.Contains(t, folded.String(), "\n~ Sat 11 May – Wed 19 Jun · 40 days, 27 of them with hours, 216 h too late\n  Pfingstmontag\n")
	assert.NotContains(t, all.String(), " – ")
	words := timeline.Chinese()
	words.Names = map[string]string{"Pfingstmontag": "圣灵降临节星期一"}
	picture, text := drawn(t, lanes, timeline.Options{Words: words})
	for _, drawing := range [][]byte{picture, text} {
		assert.Contains(t, string(drawing), "圣灵降临节星期一")
		assert.NotContains(t, string(drawing), "Pfingstmontag")
	}
	life := ticketOf(t, sla.Published(), lanes[0].Request, ticket.Event{At: instant(t, "2024-05-07T10:00:00+02:00"), Word: sla.WordPaused})
	text, _ = drawn(t, life.Explain(instant(t, "2024-07-20T12:00:00+02:00")), timeline.Options{})
	assert.Contains(t, string(text), "\n~ Sat 11 May – Fri 19 Jul · 70 days, 49 of them with hours, paused\n")
	for d := calendar.DateOf(instant(t, "2024-05-06T10:00:00+02:00")); d.String() <= "2024-06-20"; d = d.AddDays(1) {
		assert.Contains(t, all.String(), fmt.Sprintf(" %d %s ", d.Day(), d.Month().String()[:3]))
	}
}

// A holiday of the hours that were in force is shown where those in force now have none.
func TestHolidayOfAnEarlierTerm(t *testing.T) {
	fixed := calendar.HolidayList("own", calendar.Holiday{Date: calendar.DateOf(instant(t, "2024-03-12T00:00:00+01:00")), Name: "Stocktaking"})
	office := calendar.Must(calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00", calendar.Holidays(fixed)))
	catalog, err := sla.NewCatalog("1", sla.Policy{Moniker: "acme", Courses: []sla.Course{{Change: sla.ChangeCarryElapsed}}, Terms: []sla.Term{
		{Severities: []sla.Severity{sla.SeverityA}, Target: sla.MustParseTarget("40h"), Calendar: calendar.AlwaysOpen()},
		{Severities: []sla.Severity{sla.SeverityC}, Target: sla.MustParseTarget("40h"), Calendar: office},
	}})
	require.NoError(t, err)
	life := ticketOf(t, catalog, sla.Request{Moniker: "acme", Severity: sla.SeverityC, Opened: instant(t, "2024-03-11T10:00:00+01:00")}, ticket.Event{At: instant(t, "2024-03-13T10:00:00+01:00"), Change: ticket.Change{Severity: sla.SeverityA}})
	text, _ := drawn(t, life.Explain(instant(t, "2024-03-13T11:00:00+01:00")), timeline.Options{Zone: zone(t, "Europe/Berlin")})
	assert.Equal(t, 1, strings.Count(string(text), "Stocktaking"), string(text))
}

// A text has 80 columns, and no character that steers a terminal.
func TestHostileText(t *testing.T) {
	note := "\x1b[31m</desc><script>alert(1)</script>\x00\u202e]]>\xff " + strings.Repeat("长", 200) + "\n" + strings.Repeat("w", 300)
	life := ticketOf(t, sla.Published(), sla.Request{Moniker: region.Germany, Severity: sla.SeverityB, Opened: instant(t, "2024-03-27T18:00:00+01:00")}, ticket.Event{At: instant(t, "2024-03-28T10:00:00+01:00"), Word: sla.WordPaused, Note: note})
	lanes := life.Explain(instant(t, "2024-03-28T12:00:00+01:00"))
	for _, words := range []*timeline.Words{timeline.English(), timeline.German(), timeline.Chinese()} {
		o := timeline.Options{Words: words, ID: `"><x`, Second: zone(t, "America/Argentina/ComodRivadavia")}
		_, svg := drawn(t, lanes, o)
		root := parse(t, svg)
		assert.NotContains(t, string(svg), "<script")
		assert.Equal(t, "img", root.attribute("role"))
		assert.Equal(t, `"><x-title`, root.attribute("aria-labelledby"))
		assert.Equal(t, `"><x-desc`, root.attribute("aria-describedby"))
		assert.Contains(t, string(svg), "alert(1)")
	}
}

// drawn returns both forms, and holds that the text has 80 columns and nothing that steers
// a terminal, and that the picture is XML.
func drawn(t *testing.T, lanes []ticket.Explanation, o timeline.Options) (text, svg []byte) {
	t.Helper()
	var b, c bytes.Buffer
	require.NoError(t, timeline.Text(&b, lanes, o))
	for line := range strings.Lines(b.String()) {
		columns := 0
		for _, r := range strings.TrimSuffix(line, "\n") {
			require.False(t, unicode.IsControl(r), "%q", line)
			switch {
			case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf): // stands on the character before
			case unicode.Is(unicode.Han, r):
				columns += 2
			default:
				columns++
			}
		}
		require.LessOrEqual(t, columns, 80, line)
	}
	require.NoError(t, timeline.SVG(&c, lanes, o))
	parse(t, c.Bytes())
	return b.Bytes(), c.Bytes()
}

// Whatever has happened to a ticket, there is a picture of it.
func FuzzPictures(f *testing.F) {
	for i := range uint64(5) {
		f.Add(i, "a note", 320+int(i)*300, i%2 == 0)
	}
	f.Fuzz(func(t *testing.T, seed uint64, note string, width int, all bool) {
		rng := rand.New(rand.NewPCG(seed, 0))
		life, now := randomLife(rng)
		word := sla.WordPaused
		if rng.IntN(2) == 0 {
			life, now = randomTicket(rng)
			word = "pending"
		}
		if more, err := life.Apply(ticket.Event{At: now, Word: word, Note: note}); err == nil {
			life = more
		}
		o := timeline.Options{Width: timeline.MinWidth + width%2000, All: all, ID: note, Words: timeline.Chinese()}
		if o.Width < timeline.MinWidth {
			o.Width = 0
		}
		if rng.IntN(2) == 0 {
			o.Second = zone(t, "Asia/Kathmandu")
		}
		drawn(t, life.Explain(now), o)
	})
}

func TestErrors(t *testing.T) {
	lanes := lives(t)["hour"].explain(t)
	var b bytes.Buffer
	assert.EqualError(t, timeline.SVG(&b, lanes, timeline.Options{Width: 319}), "timeline: width 319: want 320 or more")
	for _, draw := range forms {
		err := draw(&b, []ticket.Explanation{{}}, timeline.Options{})
		assert.ErrorIs(t, err, timeline.ErrNothing)
		assert.ErrorIs(t, err, calendar.ErrOutOfRange)
	}
	assert.Empty(t, b.String())
	full := errors.New("the disk is full")
	assert.ErrorIs(t, timeline.SVG(failing{full}, lanes, timeline.Options{}), full)
	assert.ErrorIs(t, timeline.Text(failing{full}, lanes, timeline.Options{}), full)
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// No word is missing in any language, and none is that of another.
func TestWords(t *testing.T) {
	languages := []*timeline.Words{timeline.English(), timeline.German(), timeline.Chinese()}
	for i, words := range languages {
		v := reflect.ValueOf(*words)
		for f := range v.NumField() {
			name := v.Type().Field(f).Name
			if name == "Names" { // there are names without them
				continue
			}
			assert.False(t, v.Field(f).IsZero(), name)
			for _, other := range languages[:i] {
				if name != "Alarm" && name != "Separator" && name != "Comma" && name != "Units" {
					assert.NotEqual(t, v.Field(f).Interface(), reflect.ValueOf(*other).Field(f).Interface(), name)
				}
			}
		}
		assert.Equal(t, 2, strings.Count(words.Used, "%s"))
		for _, one := range []string{words.DueAt, words.DuePaused, words.Overdue, words.Missed, words.Met, words.Left, words.Over, words.Zone} {
			assert.Equal(t, 1, strings.Count(one, "%s"), one)
		}
		for _, one := range []string{words.Days, words.OpenDays} {
			assert.Equal(t, 1, strings.Count(one, "%d"), one)
		}
	}
}

// There is one form of dates and of durations in each language.
func TestDatesAndDurations(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	for _, row := range []struct {
		words                  *timeline.Words
		plain, twice, duration string
	}{
		{timeline.English(), "Wed 3 Apr 2024, 09:30", "Sun 27 Oct 2024, 02:30:05 (+01:00)", "37 h 30 min"},
		{timeline.German(), "Mi 3.4.2024, 09:30", "So 27.10.2024, 02:30:05 (+01:00)", "37 h 30 min"},
		{timeline.Chinese(), "2024年4月3日 周三 09:30", "2024年10月27日 周日 02:30:05 (+01:00)", "37 小时 30 分钟"},
	} {
		assert.Equal(t, row.plain, row.words.Time(instant(t, "2024-04-03T07:30:00.5Z").In(berlin)))
		assert.Equal(t, row.twice, row.words.Time(instant(t, "2024-10-27T01:30:05Z").In(berlin)), "the clock shows that time twice")
		assert.Equal(t, row.duration, row.words.Duration(37*time.Hour+30*time.Minute))
	}
	for d, want := range map[time.Duration]string{
		0: "0 min", 400 * time.Millisecond: "0 min", 20 * time.Second: "20 s", time.Hour: "1 h", 30*time.Hour + 5*time.Second: "30 h 5 s", 61 * time.Minute: "1 h 1 min",
	} {
		assert.Equal(t, want, timeline.English().Duration(d))
	}
}

// An alarm says how much of the target is used, or how far the due time is away.
func TestAlarms(t *testing.T) {
	var thresholds []sla.Threshold
	for _, text := range []string{"25%", "-1h30m", "+45m", "breach", "+1h every 10h"} {
		thresholds = append(thresholds, sla.MustParseThreshold(text))
	}
	l := life{sla.Request{Moniker: region.Worldwide, Severity: sla.SeverityB, Opened: instant(t, "2024-05-06T10:00:00Z")}, thresholds, sla.Course{}, nil, "2024-05-09T10:00:00Z"}
	lanes := l.explain(t)
	repeated := 0
	for _, a := range lanes[0].Alarms {
		if a.Threshold.Every > 0 {
			repeated++
		}
	}
	_, svg := drawn(t, lanes, timeline.Options{Words: timeline.German()})
	for _, want := range []string{"; Warnung 25%: ", "; Warnung −1 h 30 min: ", "; überfällig: ", "; Warnung +45 min: "} {
		assert.Equal(t, 1, strings.Count(description(t, svg), want), want)
	}
	require.Greater(t, repeated, 1)
	assert.Equal(t, repeated, strings.Count(description(t, svg), "; Warnung: "), "repeated, and none for the breach")
}

// A day on which the clock is set shows from which time and to which.
func TestClockIsSet(t *testing.T) {
	for _, row := range []struct{ zone, at, want string }{
		{"Europe/Berlin", "2024-03-30T20:00:00+01:00", "clock 02:00 → 03:00"},
		{"Europe/Berlin", "2024-10-26T20:00:00+02:00", "clock 03:00 → 02:00"},
		{"America/Sao_Paulo", "2018-11-03T22:00:00-03:00", "clock 00:00 → 01:00"},
		{"Australia/Lord_Howe", "2024-04-06T20:00:00+11:00", "clock 02:00 → 01:30"},
	} {
		c := calendar.Must(calendar.New(row.zone, "24/7"))
		catalog, err := sla.NewCatalog("test", sla.Policy{Moniker: "m", Terms: []sla.Term{{Severities: []sla.Severity{sla.SeverityA}, Target: sla.MustParseTarget("30h"), Calendar: c}}})
		require.NoError(t, err)
		lanes := ticketOf(t, catalog, sla.Request{Moniker: "m", Severity: sla.SeverityA, Opened: instant(t, row.at)}).Explain(instant(t, row.at))
		text, svg := drawn(t, lanes, timeline.Options{})
		assert.Contains(t, string(text), row.want)
		assert.Len(t, parse(t, svg).all("dt-clock"), 1, row.zone)
		assert.Contains(t, string(svg), row.want)
	}
}

// Each language has a text for each word that policies have by default, and for each reason
// that has its own look.
func TestTextsOfWords(t *testing.T) {
	r := sla.Request{Moniker: region.Germany, Severity: sla.SeverityB, Opened: instant(t, "2024-03-27T10:00:00+01:00")}
	statuses, happenings := sla.Published().Words(r)
	for _, words := range []*timeline.Words{timeline.English(), timeline.German(), timeline.Chinese()} {
		for _, word := range slices.Concat(statuses, happenings, []string{sla.WordCancelled, "change"}) {
			assert.NotEmpty(t, words.Events[word], word)
		}
		assert.Len(t, words.Events, len(statuses)+len(happenings)+2)
		for _, reason := range []ticket.Reason{ticket.ReasonOpen, ticket.ReasonClosed, ticket.ReasonIdle, ticket.ReasonPaused, ticket.ReasonStopped, ticket.ReasonNoTerm} {
			assert.NotEmpty(t, words.Times[reason], reason)
		}
	}
	e := ticketOf(t, sla.Published(), r,
		ticket.Event{At: r.Opened, Word: sla.WordPaused, Change: ticket.Change{Severity: sla.SeverityC, Category: region.Billing}},
		ticket.Event{At: r.Opened, Change: ticket.Change{Moniker: region.Worldwide, Plan: "enterprise", Country: "FR"}},
	).Explain(r.Opened)
	for _, row := range []struct {
		words *timeline.Words
		want  string
	}{
		{timeline.English(), "changed to C, billing, paused, changed to enterprise, o365-worldwide, FR 10:00"},
		{timeline.German(), "geändert zu C, billing, pausiert, geändert zu enterprise, o365-worldwide, FR 10:00"},
		{timeline.Chinese(), "变更为 C, billing, 暂停, 变更为 enterprise, o365-worldwide, FR 10:00"},
	} {
		_, svg := drawn(t, e, timeline.Options{Width: 1600, Words: row.words, Zone: r.Opened.Location()})
		assert.Contains(t, string(svg), row.want)
	}
}
