package timeline

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla/internal/text"
	"github.com/duetime/duetime/sla/ticket"
)

// ErrNothing is under the error for an explanation in which there is nothing to draw:
// one of a clock without a deadline, or out of the years 1900 to 2199.
var ErrNothing = errors.New("nothing to draw")

// picture is what both forms show.
type picture struct {
	ticket.Explanation
	Options
	days  []day
	marks []mark
}

// day is a day of the zone, or some quiet ones.
type day struct {
	date, last calendar.Date
	from, to   time.Time
	stretches  []stretch // one after the other, from from to to
	marks      []mark    // each time once, with all that it is
	holidays   []calendar.Holiday

	days, business int // of quiet days: how many, and those with open time
}

// stretch is a part of a day in which one thing holds.
type stretch struct {
	from, to time.Time
	open     bool // in the hours
	use      use
}

// use is what becomes of a stretch of time.
type use uint8

const (
	unused   use = iota // before the start, after the end, or closed
	counted             // used up
	ahead               // will be used up, if nothing else happens
	paused              // waiting for the customer
	answered            // stopped, until it was reopened
	none                // nothing is promised for the severity
)

// mark is something that has an instant.
type mark struct {
	at   time.Time
	kind kind
	text string // short, for the label
	note string // more, for the list
}

// kind is what a mark is of. A mark of several has the shape of the last.
type kind uint8

const (
	opened kind = iota
	start
	alarm
	event
	now
	firstDue
	due
	breached
)

// ends reports whether the mark is of the end of a time, and so on the day that is over
// at midnight.
func (k kind) ends() bool { return k >= firstDue }

func newPicture(e ticket.Explanation, o Options) (*picture, error) {
	if o.Width == 0 {
		o.Width = DefaultWidth
	}
	if o.Width < MinWidth {
		return nil, fmt.Errorf("timeline: width %d: want %d or more", o.Width, MinWidth)
	}
	if o.Words == nil {
		o.Words = English()
	}
	if o.ID == "" {
		o.ID = "timeline"
	}
	if o.Zone == nil {
		o.Zone = e.Status.At.Location()
		if c := e.Term.Calendar; c != nil {
			o.Zone = c.Zone()
		}
	}
	if o.Second != nil && o.Second.String() == o.Zone.String() {
		o.Second = nil
	}
	p := &picture{Explanation: e, Options: o}
	p.setMarks()
	first, last := p.marks[0].at, p.marks[len(p.marks)-1].at
	for _, g := range e.Segments {
		if g.From.Before(first) {
			first = g.From
		}
		if g.To.After(last) {
			last = g.To
		}
	}
	for _, t := range []time.Time{first, last} {
		if _, err := calendar.AlwaysOpen().NextOpen(t); err != nil {
			return nil, fmt.Errorf("timeline: %w: %w", ErrNothing, err)
		}
	}
	p.setDays(first, last)
	return p, nil
}

// setMarks lists all that has an instant, in order.
func (p *picture) setMarks() {
	add := func(kind kind, at time.Time, label, note string) {
		if !at.IsZero() {
			p.marks = append(p.marks, mark{at, kind, label, text.OneLine(note)})
		}
	}
	w, st := p.Words, p.Status
	add(opened, p.Request.Opened, w.Opened, "")
	add(start, st.Start, w.Start, "")
	for _, f := range p.Events {
		label := w.event(f.Event.Kind)
		if f.Event.Severity != "" {
			label += " " + text.OneLine(string(f.Event.Severity))
		}
		add(event, f.Event.At, label, f.Event.Note)
	}
	for _, a := range p.Alarms {
		add(alarm, a.At, w.Alarm+" "+a.Threshold.String(), "")
	}
	if !st.OriginalDue.Equal(st.Due) {
		add(firstDue, st.OriginalDue, w.FirstDue, "")
	}
	add(due, st.Due, w.Due, "")
	add(breached, st.BreachedAt, w.Breached, "")
	if !st.At.Equal(p.Request.Opened) {
		add(now, st.At, w.Now, "")
	}
	if len(p.marks) == 0 {
		p.marks = []mark{{}}
	}
	slices.SortStableFunc(p.marks, func(a, b mark) int { // ends first, which may be of the day before
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(ended(b), ended(a)))
	})
}

func ended(m mark) int {
	if m.kind.ends() {
		return 1
	}
	return 0
}

// setDays cuts the time from first to last into days.
func (p *picture) setDays(first, last time.Time) {
	stretches, marks, holidays := p.stretches(first, last), p.marks, p.holidays()
	for d := p.dateOf(first); ; d = d.AddDays(1) {
		from, to := begin(d, p.Zone), begin(d.AddDays(1), p.Zone)
		if from.After(last) || len(p.days) > 0 && len(marks) == 0 && !from.Before(last) {
			break
		}
		if !from.Before(to) { // a date that the zone does not have
			continue
		}
		day := day{date: d, last: d, from: from, to: to, days: 1}
		for len(stretches) > 0 && stretches[0].from.Before(to) {
			s := stretches[0]
			if s.from.Before(from) {
				s.from = from
			}
			if s.to.After(to) {
				s.to = to
			} else {
				stretches = stretches[1:]
			}
			day.stretches = append(day.stretches, s)
			if s.to.Equal(to) {
				break
			}
		}
		for len(marks) > 0 && (marks[0].at.Before(to) || marks[0].kind.ends() && marks[0].at.Equal(to)) {
			day.mark(marks[0])
			marks = marks[1:]
		}
		if slices.ContainsFunc(day.stretches, func(s stretch) bool { return s.open }) {
			day.business = 1
		}
		day.holidays = holidays[d]
		if h := p.Term.Calendar.Day(d).Holiday; len(day.holidays) == 0 && !h.Date.IsZero() {
			day.holidays = []calendar.Holiday{h} // before the account or after it, by the hours in force
		}
		p.days = append(p.days, day)
	}
	if !p.All {
		p.fold()
	}
}

// mark adds a mark to those of its instant.
func (d *day) mark(m mark) {
	if n := len(d.marks); n > 0 && d.marks[n-1].at.Equal(m.at) {
		last := &d.marks[n-1]
		last.text += ", " + m.text
		last.kind = max(last.kind, m.kind)
		return
	}
	d.marks = append(d.marks, m)
}

// begin returns the first instant of a date in a zone; of a date that it does not have,
// that of the next. Where a clock goes back over midnight and shows a date twice, it is
// one of the two.
func begin(d calendar.Date, zone *time.Location) time.Time {
	const day = 24 * 60 * 60
	before := time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC).Unix() - day
	n := sort.Search(2*day, func(i int) bool {
		return calendar.DateOf(time.Unix(before+int64(i), 0).In(zone)).Compare(d) >= 0
	})
	return time.Unix(before+int64(n), 0).In(zone)
}

// dateOf returns the date that has an instant, by where its days begin.
func (p *picture) dateOf(t time.Time) calendar.Date {
	d := calendar.DateOf(t.In(p.Zone))
	for begin(d, p.Zone).After(t) {
		d = d.AddDays(-1)
	}
	return d
}

// stretches returns what becomes of the time of all days from first to last.
func (p *picture) stretches(first, last time.Time) []stretch {
	var list []stretch
	c := p.Term.Calendar
	// hours adds a stretch, as much of it open as the hours of the term say.
	hours := func(from, to time.Time, use use) {
		if c != nil {
			for span := range c.Spans(from, to) {
				list = append(list, stretch{from, span.Start, false, use}, stretch{span.Start, span.End, true, use})
				from = span.End
			}
		}
		list = append(list, stretch{from, to, false, use})
	}
	at := begin(p.dateOf(first), p.Zone)
	end := begin(calendar.DateOf(last.In(p.Zone)).AddDays(1), p.Zone)
	for _, g := range p.Segments {
		hours(at, g.From, unused)
		switch at = g.To; g.Reason {
		case ticket.ReasonOpen:
			use := counted
			if g.Ahead {
				use = ahead
			}
			list = append(list, stretch{g.From, g.To, true, use})
		case ticket.ReasonPaused:
			hours(g.From, g.To, paused)
		case ticket.ReasonAnswered:
			hours(g.From, g.To, answered)
		case ticket.ReasonNoTerm:
			list = append(list, stretch{g.From, g.To, false, none})
		default:
			list = append(list, stretch{g.From, g.To, false, unused})
		}
	}
	hours(at, end, unused)
	return slices.DeleteFunc(list, func(s stretch) bool { return !s.from.Before(s.to) })
}

// holidays returns those of the account by their dates: hours of an earlier term may have
// had others than those in force.
func (p *picture) holidays() map[calendar.Date][]calendar.Holiday {
	list := map[calendar.Date][]calendar.Holiday{}
	for _, g := range p.Segments {
		for _, h := range g.Holidays {
			if !slices.Contains(list[h.Date], h) {
				list[h.Date] = append(list[h.Date], h)
			}
		}
	}
	return list
}

// quiet is how many days without anything but hours are folded.
const quiet = 5

func (p *picture) fold() {
	var list []day
	for i := 0; i < len(p.days); {
		n := 0
		for i+n < len(p.days) && p.days[i+n].isQuiet() && p.days[i+n].use() == p.days[i].use() {
			n++
		}
		if n < quiet {
			n = max(n, 1)
			list = append(list, p.days[i:i+n]...)
		} else {
			list = append(list, join(p.days[i:i+n]))
		}
		i += n
	}
	p.days = list
}

func (d *day) isQuiet() bool { return len(d.marks) == 0 && len(d.holidays) == 0 }

// use is what becomes of the open time of a quiet day, in which nothing changes, or of
// a closed one nothing in particular.
func (d *day) use() use {
	for _, s := range d.stretches {
		if s.use >= paused {
			return s.use
		}
	}
	return unused
}

func join(days []day) day {
	whole := days[0]
	whole.stretches = slices.Clone(whole.stretches)
	for _, d := range days[1:] {
		whole.last, whole.to = d.last, d.to
		whole.stretches = append(whole.stretches, d.stretches...)
		whole.days += d.days
		whole.business += d.business
	}
	return whole
}

// total returns the business time of a day that is used, or will be.
func (d *day) total() (sum time.Duration) {
	for _, s := range d.stretches {
		if s.use == counted || s.use == ahead {
			sum += s.to.Sub(s.from)
		}
	}
	return sum
}

// label returns what stands at a mark: what it is, and the time of day.
func (p *picture) label(d *day, m mark) string {
	if m.at.Equal(d.to) {
		return m.text + " 24:00"
	}
	return m.text + " " + clock(m.at.In(p.Zone))
}

// tick is an hour of a clock, or the end of its day.
type tick struct {
	at    time.Time
	label string
}

// ticks returns the hours of a day that are so many apart on the clock of a zone. Its
// own clock has 24 at the end, whatever it shows then.
func (p *picture) ticks(d *day, zone *time.Location, apart int) (list []tick) {
	at := d.from.In(zone)
	for at.Before(d.to) || at.Equal(d.to) && zone == p.Second {
		past := time.Duration(at.Minute())*time.Minute + time.Duration(at.Second())*time.Second
		if past == 0 && at.Hour()%apart == 0 {
			list = append(list, tick{at, strconv.Itoa(at.Hour())})
		}
		at = at.Add(time.Hour - past)
	}
	if zone == p.Zone {
		list = append(list, tick{d.to, "24"})
	}
	return list
}

// zones returns those whose hours are shown.
func (p *picture) zones() []*time.Location {
	if p.Second == nil {
		return []*time.Location{p.Zone}
	}
	return []*time.Location{p.Zone, p.Second}
}

// zoneName returns the name of a zone for people: its offset, where the name means
// nothing to others.
func zoneName(zone *time.Location, at time.Time) string {
	if name := text.OneLine(zone.String()); name != "" && name != "Local" {
		return name
	}
	return "UTC" + offset(at.In(zone))
}

// offset returns the offset of the zone of an instant.
func offset(t time.Time) string {
	if _, seconds := t.Zone(); seconds%60 != 0 { // by the sun, as it was long ago
		return t.Format("-07:00:00")
	}
	return t.Format("-07:00")
}

// amount returns a duration as sla writes it, such as 1h30m.
func amount(d time.Duration) string {
	if d == 0 {
		return "0"
	}
	return text.Duration(d)
}

// clock returns the time of day of an instant, as exact as it has to be.
func clock(t time.Time) string {
	switch {
	case t.Nanosecond() != 0:
		return t.Format("15:04:05.999999999")
	case t.Second() != 0:
		return t.Format("15:04:05")
	}
	return t.Format("15:04")
}
