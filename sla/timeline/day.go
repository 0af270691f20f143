package timeline

import (
	"slices"
	"sort"
	"time"

	"github.com/duetime/duetime/calendar"
)

// day is a day of the zone, or several quiet days.
type day struct {
	date, last calendar.Date
	from, to   time.Time
	days       int // how many
	holidays   []calendar.Holiday
	changes    []mark // of the clock
	marks      []mark // those that all lanes share, each instant once
	strips     []strip
}

// strip is the part of a lane on a day.
type strip struct {
	lane      *lane
	stretches []stretch // one after the other, of the whole day
	marks     []mark    // each instant once
	business  int       // the days with open time
}

// setDays cuts the time from first to last into days. A lane has strips until it has nothing
// more to show. The longest lane has strips until the last day.
func (p *picture) setDays(first, last time.Time) {
	date := p.dateOf(first)
	from, end := begin(date, p.Zone), begin(calendar.DateOf(last.In(p.Zone)).AddDays(1), p.Zone)
	type rest struct { // what a lane has for the days to come
		marks     []mark
		stretches []stretch
		holidays  map[calendar.Date][]calendar.Holiday
	}
	var rests []rest
	longest := slices.MaxFunc(p.lanes, func(a, b *lane) int { return a.until.Compare(b.until) }).until
	atLast := func(m mark) bool { return m.at.Equal(last) && !m.kind.ends() }
	begins := slices.ContainsFunc(p.marks, atLast) // if last is a midnight, its day has a mark
	for _, l := range p.lanes {
		if l.until.Equal(longest) {
			l.until = end
		}
		begins = begins || slices.ContainsFunc(l.marks, atLast)
		rests = append(rests, rest{l.marks, l.stretches(from, end), l.holidays()})
	}
	marks := p.marks
	for ; from.Before(last) || from.Equal(last) && begins; date = date.AddDays(1) {
		d := day{date: date, last: date, from: from, to: begin(date.AddDays(1), p.Zone), days: 1}
		if from = d.to; !d.from.Before(d.to) { // a date that the zone does not have
			continue
		}
		d.changes = p.Words.changeOf(&d)
		d.marks, marks = marksUntil(d.to, marks)
		for i, l := range p.lanes {
			s, r := strip{lane: l}, &rests[i]
			s.marks, r.marks = marksUntil(d.to, r.marks)
			s.stretches, r.stretches = stretchesOf(&d, r.stretches)
			if len(s.marks) == 0 && !d.from.Before(l.until) {
				continue
			}
			if slices.ContainsFunc(s.stretches, func(t stretch) bool { return t.open }) {
				s.business = 1
			}
			d.strips = append(d.strips, s)
			d.addHolidays(l, r.holidays[date])
		}
		p.days = append(p.days, d)
	}
	if !p.All {
		p.fold()
	}
}

// addHolidays adds the holidays of a lane, each once.
func (d *day) addHolidays(l *lane, list []calendar.Holiday) {
	if h := l.Term.Calendar.Day(d.date).Holiday; len(list) == 0 && !h.Date.IsZero() {
		list = []calendar.Holiday{h} // before the account or after it, by the hours in force
	}
	for _, h := range list {
		if !slices.Contains(d.holidays, h) {
			d.holidays = append(d.holidays, h)
		}
	}
}

// begin returns the first instant of a date in a zone. If the zone skips the date, begin
// returns the first instant of the next date. If a clock goes back over midnight and shows a
// date twice, begin returns one of the two.
func begin(d calendar.Date, zone *time.Location) time.Time {
	const day = 24 * 60 * 60
	before := time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC).Unix() - day
	n := sort.Search(2*day, func(i int) bool {
		return calendar.DateOf(time.Unix(before+int64(i), 0).In(zone)).Compare(d) >= 0
	})
	return time.Unix(before+int64(n), 0).In(zone)
}

// dateOf returns the date of an instant, as begin divides the days.
func (p *picture) dateOf(t time.Time) calendar.Date {
	d := calendar.DateOf(t.In(p.Zone))
	for begin(d, p.Zone).After(t) {
		d = d.AddDays(-1)
	}
	return d
}

// How many quiet days are folded: those on which all is closed, and others.
const (
	foldClosed = 2
	foldQuiet  = 5
)

func (p *picture) fold() {
	var list []day
	for i := 0; i < len(p.days); {
		quiet, closed := 0, 0 // how many such days begin here
		for i+quiet < len(p.days) && p.days[i+quiet].isQuiet() && p.days[i+quiet].isLike(&p.days[i]) {
			if quiet == closed && p.days[i+quiet].isClosed() {
				closed++
			}
			quiet++
		}
		n := 1
		switch {
		case quiet >= foldQuiet && (closed < foldClosed || quiet-closed >= foldQuiet):
			n = quiet
		case closed >= foldClosed:
			n = closed
		}
		list = append(list, join(p.days[i:i+n]))
		i += n
	}
	p.days = list
}

// isQuiet reports whether nothing happens on a day.
func (d *day) isQuiet() bool {
	return len(d.marks) == 0 && !slices.ContainsFunc(d.strips, func(s strip) bool { return len(s.marks) > 0 })
}

// isClosed reports whether a quiet day is closed for all lanes, and nothing counts on it.
func (d *day) isClosed() bool {
	return !slices.ContainsFunc(d.strips, func(s strip) bool { return s.business > 0 || s.total(counted, late, ahead) > 0 })
}

// isLike reports whether two quiet days have the same lanes with the same uses.
func (d *day) isLike(other *day) bool {
	return slices.EqualFunc(d.strips, other.strips, func(a, b strip) bool { return a.lane == b.lane && a.use() == b.use() })
}

// use returns the use that holds all through a quiet day, or unused if only the hours
// matter.
func (s *strip) use() use {
	for _, t := range s.stretches {
		if t.use >= paused {
			return t.use
		}
	}
	return unused
}

func join(days []day) day {
	whole := days[0]
	if len(days) == 1 {
		return whole
	}
	whole.changes, whole.holidays = slices.Clone(whole.changes), slices.Clone(whole.holidays)
	whole.strips = slices.Clone(whole.strips)
	for i := range whole.strips {
		whole.strips[i].stretches = slices.Clone(whole.strips[i].stretches)
	}
	for _, d := range days[1:] {
		whole.last, whole.to = d.last, d.to
		whole.days += d.days
		whole.changes = append(whole.changes, d.changes...)
		whole.holidays = append(whole.holidays, d.holidays...)
		for i, s := range d.strips {
			to := &whole.strips[i]
			to.stretches = append(to.stretches, s.stretches...)
			to.business += s.business
		}
	}
	return whole
}

// total returns the time in a strip that has one of some uses.
func (s *strip) total(uses ...use) (sum time.Duration) {
	for _, t := range s.stretches {
		if slices.Contains(uses, t.use) {
			sum += t.to.Sub(t.from)
		}
	}
	return sum
}
