package calendar

import (
	"cmp"
	"iter"
	"math/bits"
	"slices"
	"time"
)

// A calendar must open at least once in the range of R9. Walking through 300 years of
// slots to find out takes milliseconds, and some calendars open on one day only, or never.
//
// So the search takes many days at once, as bits of words: a batch. A rule is painted into
// the dates of a batch, minus those that a later rule has decided, and the clock of the zone
// moves its times to times of days in UTC. Then the search sweeps over the seconds of a day.
// At each second at which some calendar opens or closes, it knows the days on which each is
// open, and combines them by "and", "or" and "and not". The result is exact: see R1, R6, R9
// and R11.

const (
	rangeFirst = firstUnix / daySeconds // the days of the range of R9, from 1970-01-01
	rangeEnd   = endUnix / daySeconds

	// searchStart is 2024-06-01. The search begins there: nearly every calendar opens in the
	// days that follow, and few clocks are changed.
	searchStart = 19875

	firstWords = 1  // words of days in the first batch
	batchWords = 64 // and in the others

	// shifts counts the days in UTC that can have hours of one date: from the day before it
	// to two days after it, as no clock is a day from UTC and hours end by 48:00.
	shifts = 4
)

// dateSet is a set of the days of a batch. It has one more word on both sides, as dates
// near a batch have hours in it.
type dateSet []uint64

func (s dateSet) isEmpty() bool {
	for _, w := range s {
		if w != 0 {
			return false
		}
	}
	return true
}

// search is one search for an opening.
type search struct {
	root     *node
	leaves   []*leaf
	needed   []*node // open whenever root is
	excluded []*node // closed whenever root is open
	byWall   bool    // all clocks show UTC; see neverMeetByWall

	first   int                     // the first day of the batch, from 1970-01-01
	days    int                     // how many it has
	words   int                     // of a set
	offsets map[string][]offsetSpan // by zone, in the batch
	events  []event
	pieces  []piece          // scratch
	timed   map[span]dateSet // scratch: the times that dates have one by one
	free    []uint64         // for sets, which end with the batch
	used    int              // of free
	work    int              // words, ranges and offsets handled, for tests
}

// node is a calendar in the search: of parts, at least one, or a leaf.
type node struct {
	how   operation
	parts []*node // see combination
	leaf  *leaf
	open  dateSet // scratch
}

// leaf is a calendar made by New.
type leaf struct {
	*plain
	calendar *Calendar
	zone     *time.Location
	yearly   [][]yearDays    // by era and rule; nil without a rule for dates of every year
	live     [shifts]dateSet // the open days at a second, by the days since their date
	open     dateSet         // the union of live
	stale    bool            // open is to be computed from live again
}

// event says that a calendar opens or closes at a second of some days in UTC.
type event struct {
	second int32
	shift  int8
	leaf   *leaf
	days   dateSet
}

// piece is an open time of some dates, in seconds since their midnights in UTC.
type piece struct {
	open, close int64
	dates       dateSet
}

// everOpen reports whether the calendar opens at all in the range of R9.
func (c *Calendar) everOpen() bool { return newSearch(c).run() }

func newSearch(c *Calendar) *search {
	f := &search{}
	f.root = f.node(c, map[*Calendar]*node{})
	f.needed, f.excluded = f.root.needed()
	return f
}

func (f *search) node(c *Calendar, known map[*Calendar]*node) *node {
	if n := known[c]; n != nil {
		return n
	}
	n := &node{}
	known[c] = n
	switch s := c.source.(type) {
	case *plain:
		n.leaf = &leaf{plain: s, calendar: c, zone: c.zone}
		for _, e := range s.eras {
			n.leaf.yearly = append(n.leaf.yearly, e.yearly())
		}
		f.leaves = append(f.leaves, n.leaf)
	case *combination:
		n.how = s.how
		for _, part := range s.parts {
			// An intersection needs no part that is always open, unless all parts are.
			if s.how != intersection || !part.neverCloses || c.neverCloses {
				n.parts = append(n.parts, f.node(part, known))
			}
		}
	}
	return n
}

// run looks through the batches: those from searchStart on first.
func (f *search) run() bool {
	if f.root.how == union {
		return true // as its parts do
	}
	first := searchStart + 64*firstWords
	return f.opensIn(searchStart, first) || !f.neverMeetByWall() &&
		(f.opensBetween(first, rangeEnd) || f.opensBetween(rangeFirst, searchStart))
}

// opensBetween reports whether the calendar opens on a day from first to end, in UTC.
func (f *search) opensBetween(first, end int) bool {
	for ; first < end; first += 64 * batchWords {
		if f.opensIn(first, min(end, first+64*batchWords)) {
			return true
		}
	}
	return false
}

// neverMeetByWall reports whether a zone has no wall time at which its calendars that must be
// open are, and those that must be closed are not. Then the root is never open, and the clock
// changes of the zone, which take longer to find than all the rest, do not matter.
func (f *search) neverMeetByWall() bool {
	excluded := byZone(f.excluded)
	for zone, needed := range byZone(f.needed) {
		if len(needed)+len(excluded[zone]) < 2 {
			continue
		}
		parts := append([]*node{{how: intersection, parts: needed}}, excluded[zone]...)
		g := &search{root: &node{how: subtraction, parts: parts}, needed: needed, byWall: true}
		weekly := true
		for _, l := range f.leaves {
			if g.root.has(l) {
				g.leaves = append(g.leaves, l)
				weekly = weekly && l.isWeekly()
			}
		}
		first, end := rangeFirst-1, rangeEnd+1
		if weekly { // any week will do
			first, end = searchStart, searchStart+7
		}
		never := !g.opensBetween(first, end)
		f.work += g.work
		if never {
			return true
		}
	}
	return false
}

// byZone returns the calendars that have one zone, by its name.
func byZone(nodes []*node) map[string][]*node {
	all := map[string][]*node{}
	for _, n := range nodes {
		if zone, one := n.zone(); one {
			all[zone] = append(all[zone], n)
		}
	}
	return all
}

// isWeekly reports whether each week has the same hours.
func (l *leaf) isWeekly() bool {
	return !l.hasSets() && len(l.eras) == 1 && !slices.ContainsFunc(l.eras[0].rules, func(r rule) bool { return !r.isWeekly() })
}

func (l *leaf) hasSets() bool { return len(l.calendar.sets)+len(l.calendar.own) > 0 }

// needed returns the calendars that must be open, and those that must be closed, for the
// node's calendar to be open. An intersection has those of all its parts. A subtraction has
// those of its first part, and excludes the others. Any other calendar needs itself.
func (n *node) needed() (needed, excluded []*node) {
	parts := n.parts
	switch n.how {
	case subtraction:
		parts, excluded = parts[:1], slices.Clone(parts[1:])
	case intersection:
	default:
		return []*node{n}, nil
	}
	for _, p := range parts {
		open, closed := p.needed()
		needed, excluded = append(needed, open...), append(excluded, closed...)
	}
	return needed, excluded
}

// zone returns the zone of the leaves, if they have one in common.
func (n *node) zone() (name string, one bool) {
	if n.leaf != nil {
		return n.leaf.zone.String(), true
	}
	for i, p := range n.parts {
		zone, same := p.zone()
		if !same || i > 0 && zone != name {
			return "", false
		}
		name = zone
	}
	return name, true
}

// has reports whether the calendar is made of a leaf.
func (n *node) has(l *leaf) bool {
	return n.leaf == l || slices.ContainsFunc(n.parts, func(p *node) bool { return p.has(l) })
}

// opensIn reports whether the calendar opens on a day from first to end, in UTC.
func (f *search) opensIn(first, end int) bool {
	f.first, f.days = first, end-first
	f.words = (f.days+63)/64 + 2
	f.used, f.events = 0, f.events[:0]
	clear(f.offsets)
	if !f.timesMeet() {
		return false
	}
	for _, l := range f.leaves {
		before := len(f.events)
		f.hoursOf(l)
		if len(f.events) == before && slices.ContainsFunc(f.needed, func(n *node) bool { return n.leaf == l }) {
			return false
		}
	}
	slices.SortFunc(f.events, func(a, b event) int { return cmp.Compare(a.second, b.second) })
	for i, e := range f.events {
		live := &e.leaf.live[e.shift]
		if *live == nil {
			*live = f.newSet()
		}
		for w, bits := range e.days {
			(*live)[w] ^= bits
		}
		f.work += f.words
		e.leaf.stale = true
		if i+1 < len(f.events) && f.events[i+1].second == e.second {
			continue
		}
		if open, ok := f.openDays(f.root); ok && f.anyInside(open) {
			return true
		}
	}
	return false
}

// timesMeet reports whether all needed calendars have a time of day in UTC in common, on
// any dates. Calendars that follow each other have none, and this is soon found out.
func (f *search) timesMeet() bool {
	if len(f.needed) < 2 {
		return true
	}
	type change struct {
		second int32
		open   int32
		node   int
	}
	var changes []change
	for i, n := range f.needed {
		for _, l := range f.leaves {
			if !n.has(l) {
				continue
			}
			var offsets []int64
			for _, o := range f.offsetsOf(l) {
				if !slices.Contains(offsets, o.offset) {
					offsets = append(offsets, o.offset)
				}
			}
			for t := range f.timesOf(l) {
				for _, o := range offsets {
					open, end := int64(t.open)-o, int64(t.close)-o
					for day := floorDiv(open, daySeconds) * daySeconds; day < end; day += daySeconds {
						changes = append(changes, change{int32(max(open-day, 0)), +1, i}, change{int32(min(end-day, daySeconds)), -1, i})
					}
				}
			}
		}
	}
	f.work += len(changes)
	slices.SortFunc(changes, func(a, b change) int { return cmp.Compare(a.second, b.second) })
	open, count := make([]int32, len(f.needed)), 0
	for i, c := range changes {
		if open[c.node] == 0 {
			count++
		}
		if open[c.node] += c.open; open[c.node] == 0 {
			count--
		}
		if count == len(open) && (i+1 == len(changes) || changes[i+1].second != c.second) {
			return true
		}
	}
	return false
}

// timesOf returns the times that rules and entries give to dates of the batch. It returns
// more of them than there are: those of all rules.
func (f *search) timesOf(l *leaf) iter.Seq[span] {
	return func(yield func(span) bool) {
		for _, e := range l.eras {
			for _, r := range e.rules {
				for _, t := range r.times {
					if r.effect != cuts && !yield(t) {
						return
					}
				}
			}
		}
		for day := range f.special(l) {
			for _, t := range f.hoursOn(l, day) {
				if !yield(t) {
					return
				}
			}
		}
	}
}

// anyInside reports whether a set has a day of the batch.
func (f *search) anyInside(s dateSet) bool {
	last := len(s) - 2
	return !s[1:last].isEmpty() || s[last]<<((64-f.days%64)%64) != 0
}

// openDays returns the days on which a calendar is open at the second that the sweep has
// come to; ok is false if there is no such day.
func (f *search) openDays(n *node) (open dateSet, ok bool) {
	if n.leaf != nil {
		return n.leaf.openDays(f)
	}
	if len(n.open) != f.words {
		n.open = make(dateSet, f.words)
	}
	clear(n.open)
	for i, p := range n.parts {
		days, some := f.openDays(p)
		f.work += f.words
		switch {
		case n.how == union || i == 0:
			for w := range days {
				n.open[w] |= days[w]
			}
			ok = ok || some
		case n.how == subtraction:
			for w := range days {
				n.open[w] &^= days[w]
			}
			ok = !n.open.isEmpty()
		case some:
			for w := range days {
				n.open[w] &= days[w]
			}
			ok = !n.open.isEmpty()
		default:
			ok = false
		}
		if !ok && n.how != union {
			return nil, false
		}
	}
	return n.open, ok
}

func (l *leaf) openDays(f *search) (open dateSet, ok bool) {
	if !l.stale {
		return l.open, l.open != nil && !l.open.isEmpty()
	}
	l.stale = false
	if l.open == nil {
		l.open = f.newSet()
	}
	clear(l.open)
	for _, live := range l.live {
		for w, bits := range live {
			l.open[w] |= bits
		}
	}
	f.work += shifts * f.words
	return l.open, !l.open.isEmpty()
}

// newSet returns an empty set, for this batch.
func (f *search) newSet() dateSet {
	if len(f.free)-f.used < f.words {
		f.free, f.used = make([]uint64, max(16*f.words, 2*len(f.free))), 0
	}
	s := dateSet(f.free[f.used : f.used+f.words : f.used+f.words])
	f.used += f.words
	clear(s)
	f.work += f.words
	return s
}

// bit returns the number of a day in a set. It is in the set if it is in range.
func (f *search) bit(day int) int { return day - f.first + 64 }

func (f *search) has(s dateSet, day int) bool {
	i := f.bit(day)
	return uint(i) < uint(64*len(s)) && s[i/64]>>(i%64)&1 != 0
}

func (f *search) put(s dateSet, day int) {
	if i := f.bit(day); uint(i) < uint(64*len(s)) {
		s[i/64] |= 1 << (i % 64)
	}
}

// fill adds the days from one to another, both included, to a set.
func (f *search) fill(s dateSet, from, to int) {
	f.work++
	fill(s, max(f.bit(from), 0), min(f.bit(to), 64*len(s)-1))
}

// fill sets bits from one to another, both included.
func fill(s []uint64, from, to int) {
	if from > to {
		return
	}
	low, high := ^uint64(0)<<(from%64), ^uint64(0)>>(63-to%64)
	if from/64 == to/64 {
		s[from/64] |= low & high
		return
	}
	s[from/64] |= low
	for w := from/64 + 1; w < to/64; w++ {
		s[w] = ^uint64(0)
	}
	s[to/64] |= high
}

// hoursOf adds the events of a leaf in the batch. This is plainSlots.readDates for many
// dates at once.
func (f *search) hoursOf(l *leaf) {
	clear(l.live[:])
	l.open, l.stale = nil, false
	clear(f.timed)
	ordinary, off, makeUps, special := f.newSet(), f.newSet(), f.newSet(), f.newSet()
	fill(ordinary, 0, 64*len(ordinary)-1)
	for h := range f.entries(l.calendar.sets) {
		switch {
		case h.Workday:
			f.put(makeUps, h.Date.unixDay())
		case h.Hours.IsZero():
			f.put(off, h.Date.unixDay())
		}
	}
	for day := range f.special(l) {
		f.put(special, day)
		for _, t := range f.hoursOn(l, day) {
			f.putTime(t, day)
		}
	}
	holidays := f.newSet() // with those that have an entry of the calendar's own
	for w := range ordinary {
		holidays[w] = off[w] &^ makeUps[w]
		off[w] = holidays[w] &^ special[w]
		makeUps[w] &^= special[w]
		ordinary[w] &^= off[w] | makeUps[w] | special[w]
	}
	for i := range l.eras {
		p := &painter{search: f, era: &l.eras[i], yearly: l.yearly[i], holidays: holidays, add: func(times []span, dates dateSet) {
			f.addHours(l, times, dates)
		}}
		inEra := func(dates dateSet) dateSet { return dates }
		if len(l.eras) > 1 {
			from, to := rangeFirst-around, rangeEnd+around
			if i > 0 {
				from = l.eras[i-1].until.unixDay()
			}
			if until := l.eras[i].until; !until.IsZero() {
				to = until.unixDay()
			}
			inEra = func(dates dateSet) dateSet {
				s := f.newSet()
				f.fill(s, from, to-1)
				for w := range s {
					s[w] &= dates[w]
				}
				return s
			}
		}
		p.kind(ordinaryDay, inEra(ordinary))
		p.kind(holidayDay, inEra(off))
		p.kind(makeUpDay, inEra(makeUps))
	}
	for t, dates := range f.timed {
		f.addHours(l, []span{t}, dates)
	}
}

// entries returns the entries of sets in the batch and near it.
func (f *search) entries(sets []HolidaySet) iter.Seq[Holiday] {
	return func(yield func(Holiday) bool) {
		if len(sets) == 0 {
			return
		}
		firstDay, lastDay := f.first-64, f.first+f.days+64
		for year := dateOfUnixDay(int64(firstDay)).Year(); year <= dateOfUnixDay(int64(lastDay)).Year(); year++ {
			for _, set := range sets {
				for _, h := range set.days(year) {
					if !yield(h) {
						return
					}
				}
			}
		}
	}
}

// special returns the days whose hours are looked up one by one: those with entries that have
// hours, or that are the calendar's own.
func (f *search) special(l *leaf) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, sets := range [][]HolidaySet{l.calendar.own, l.calendar.sets} {
			for h := range f.entries(sets) {
				day := h.Date.unixDay()
				if isOwn := i == 0; (isOwn || !h.Hours.IsZero()) && uint(f.bit(day)) < uint(64*f.words) && !yield(day) {
					return
				}
			}
		}
	}
}

// hoursOn returns the hours of a date.
func (f *search) hoursOn(l *leaf, day int) []span {
	f.work += len(l.eraOn(day).rules)
	verdicts := l.calendar.verdicts(day-maxShift, 1+2*maxShift)
	facts := dateFacts{day: day, isHoliday: func(later int) bool { return verdicts[maxShift+later].kind == holidayDay }}
	return verdicts[maxShift].times(l.eraOn(day).hours, &facts)
}

// putTime notes that a date has an open time.
func (f *search) putTime(t span, day int) {
	f.work++
	dates := f.timed[t]
	if dates == nil {
		if f.timed == nil {
			f.timed = map[span]dateSet{}
		}
		dates = f.newSet()
		f.timed[t] = dates
	}
	f.put(dates, day)
}

// painter finds the hours that rules give to the dates of a batch.
type painter struct {
	*search
	*era
	yearly   []yearDays
	holidays dateSet
	add      func(times []span, dates dateSet)

	partial []painted
}

// painted are dates that a rule which adds or cuts matches; bit is its place in hours.partial.
type painted struct {
	bit   int
	dates dateSet
}

// kind adds the hours of dates of a kind. This is hours.decide: it looks at the dates in
// left, and takes those that a rule decides out of it.
func (p *painter) kind(kind dayKind, left dateSet) {
	if kind == holidayDay && !p.hasPH || left.isEmpty() {
		return
	}
	p.partial = p.partial[:0]
	var decided weekdays
	bit := len(p.era.partial)
	for i := len(p.rules) - 1; i >= 0 && !left.isEmpty(); i-- {
		r := &p.rules[i]
		if r.effect != replaces {
			bit--
		}
		days := p.daysOf(r, kind) &^ decided
		if days == 0 && len(r.nth) == 0 && len(r.shifts) == 0 || !p.isNear(i) {
			continue
		}
		if r.effect == replaces && len(r.dates)+len(r.weeks) == 0 {
			decided |= days
		}
		dates := p.datesOf(i, days, kind)
		some := uint64(0)
		for w := range dates {
			dates[w] &= left[w]
			some |= dates[w]
		}
		switch {
		case some == 0:
		case r.effect != replaces:
			p.partial = append(p.partial, painted{bit, dates})
		default:
			for w := range dates {
				left[w] &^= dates[w]
			}
			p.decide(i, dates)
		}
	}
	if len(p.partial) > 0 {
		p.decide(closedRule, left)
	}
}

// decide adds the hours of dates for which a rule is the last that replaces.
func (p *painter) decide(base int, dates dateSet) {
	changed := false
	for _, part := range p.partial {
		for w := range dates {
			changed = changed || part.dates[w]&dates[w] != 0
		}
	}
	if !changed {
		if times := p.times(base, 0); len(times) > 0 {
			p.add(times, dates)
		}
		return
	}
	// Each date may be changed by other rules.
	known := map[uint32][]span{}
	for w, word := range dates {
		for ; word != 0; word &= word - 1 {
			day := p.first - 64 + 64*w + bits.TrailingZeros64(word)
			mask := uint32(0)
			for _, part := range p.partial {
				if p.has(part.dates, day) {
					mask |= 1 << part.bit
				}
			}
			times, ok := known[mask]
			if !ok {
				times = p.times(base, mask)
				known[mask] = times
			}
			p.work += len(p.partial)
			for _, t := range times {
				p.putTime(t, day)
			}
		}
	}
}

// daysOf returns the weekdays that a rule matches on dates of a kind, as far as weekdays
// and PH decide.
func (p *painter) daysOf(r *rule, kind dayKind) weekdays {
	switch {
	case r.anyDay(), r.ph && kind == holidayDay:
		return everyDay
	case kind != makeUpDay || p.makeUp < 0:
		return r.days
	case r.days&(1<<p.makeUp) != 0:
		return everyDay
	}
	return 0
}

// isNear reports whether a rule for dates has some in the batch or near it.
func (p *painter) isNear(rule int) bool {
	dates := p.rules[rule].dates
	p.work += len(dates)
	return len(dates) == 0 || p.yearly != nil && p.yearly[rule] != yearDays{} || slices.ContainsFunc(dates, func(d dateRange) bool {
		return !d.from.IsZero() && p.bit(d.to.unixDay()) >= 0 && p.bit(d.from.unixDay()) < 64*p.words
	})
}

// datesOf returns the dates that a rule matches. The caller has looked up its weekdays.
func (p *painter) datesOf(rule int, days weekdays, kind dayKind) dateSet {
	r := &p.rules[rule]
	dates := p.newSet()
	p.paint(dates, days)
	for _, n := range r.nth {
		p.paintNth(dates, n, kind == makeUpDay && p.makeUp >= 0, p.makeUp)
	}
	for _, n := range r.shifts {
		shifted := p.newSet()
		shifted.shifted(p.holidays, n)
		for w := range dates {
			dates[w] |= shifted[w]
		}
	}
	if len(r.dates) > 0 {
		ranges := p.newSet()
		for _, d := range r.dates {
			if !d.from.IsZero() {
				p.fill(ranges, d.from.unixDay(), d.to.unixDay())
			}
		}
		if p.yearly != nil {
			p.paintYears(ranges, &p.yearly[rule])
		}
		dates.keep(ranges)
	}
	if len(r.weeks) > 0 {
		weeks := p.newSet()
		p.paintWeeks(weeks, r.weeks)
		dates.keep(weeks)
	}
	return dates
}

// paintWeeks adds the days of weeks.
func (p *painter) paintWeeks(s dateSet, weeks []weekRange) {
	last := dateOfUnixDay(int64(p.first+p.days+64)).Year() + 1
	for year := dateOfUnixDay(int64(p.first-64)).Year() - 1; year <= last; year++ {
		fourth, _ := NewDate(year, time.January, 4) // in the first week of each year
		first := fourth.unixDay() - weekdayOf(fourth.unixDay())
		for _, r := range weeks {
			for week := r.from; week <= r.to; week += r.step {
				monday := first + 7*(week-1)
				if _, number := dateOfUnixDay(int64(monday)).midnight().ISOWeek(); number == week { // not all have 53
					p.fill(s, monday, monday+6)
				}
			}
		}
	}
}

// keep takes the days out of a set that another has not.
func (s dateSet) keep(other dateSet) {
	for w := range s {
		s[w] &= other[w]
	}
}

// paintNth adds the n-th weekdays of months. A make-up workday is read as another weekday.
func (p *painter) paintNth(s dateSet, n nthWeekday, isMakeUp bool, makeUp int) {
	if isMakeUp && n.weekday != makeUp {
		return
	}
	date := dateOfUnixDay(int64(p.first - 64))
	year, month := date.Year(), date.Month()
	for first, _ := NewDate(year, month, 1); p.bit(first.unixDay()) < 64*len(s); {
		p.work++
		length := monthLength(first.Year(), first.Month())
		from, to := 1+7*(n.n-1), 7*n.n
		if n.n < 0 {
			from, to = length+1+7*n.n, length+7*(n.n+1)
		}
		for day := max(from, 1); day <= min(to, length); day++ {
			if unixDay := first.unixDay() + day - 1; isMakeUp || weekdayOf(unixDay) == n.weekday {
				p.put(s, unixDay)
			}
		}
		first = first.AddDays(length)
	}
}

// paint adds the dates of some weekdays.
func (f *search) paint(s dateSet, days weekdays) {
	const everySeventh = 0x8102040810204081 // bits 0, 7, 14 to 63
	if days == 0 {
		return
	}
	var weeks [7]uint64 // by the weekday that a word begins with
	for weekday := range weeks {
		weeks[weekday] = (uint64(days)>>weekday | uint64(days)<<(7-weekday)) & uint64(everyDay) * everySeventh
	}
	weekday := weekdayOf(f.first - 64)
	for w := range s {
		s[w] |= weeks[weekday]
		if weekday++; weekday == 7 { // 64 days later
			weekday = 0
		}
	}
}

// yearDays is a set of days of a leap year.
type yearDays [6]uint64

// yearly returns the dates of every year by rule, without those that a later rule decides.
func (h *hours) yearly() []yearDays {
	var all []yearDays
	var decided yearDays
	for i := len(h.rules) - 1; i >= 0; i-- {
		r := &h.rules[i]
		for _, d := range r.dates {
			if !d.from.IsZero() {
				continue
			}
			if all == nil {
				all = make([]yearDays, len(h.rules))
			}
			from, to := d.yearFrom.dayOfLeapYear(), d.yearTo.dayOfLeapYear()
			if from > to {
				fill(all[i][:], from, 365)
				from = 0
			}
			fill(all[i][:], from, to)
		}
		if all == nil {
			continue
		}
		for w := range decided {
			all[i][w] &^= decided[w]
			if r.effect == replaces && r.anyDay() && len(r.weeks) == 0 {
				decided[w] |= all[i][w]
			}
		}
	}
	return all
}

// dayOfLeapYear counts from 0.
func (m monthDay) dayOfLeapYear() int {
	return time.Date(2000, time.Month(m.month()), m.day(), 0, 0, 0, 0, time.UTC).YearDay() - 1
}

// paintYears adds the dates of all years of the batch.
func (f *search) paintYears(s dateSet, days *yearDays) {
	if *days == (yearDays{}) {
		return
	}
	const leapDay = 31 + 28
	common := *days
	common[0] = days[0]&(1<<leapDay-1) | days[0]>>1&^(1<<leapDay-1)
	for w := range common {
		if w > 0 {
			common[w] >>= 1
		}
		if w+1 < len(common) {
			common[w] |= days[w+1] << 63
		}
	}
	date := dateOfUnixDay(int64(f.first - 64))
	year := date.Year()
	for start := date.unixDay() - date.midnight().YearDay() + 1; f.bit(start) < 64*len(s); year++ {
		f.work++
		length := 365
		from := &common
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			length, from = 366, days
		}
		for w, b := range from {
			if b == 0 {
				continue
			}
			i := f.bit(start) + 64*w
			word, shift := int(floorDiv(int64(i), 64)), uint(i)%64
			if uint(word) < uint(len(s)) {
				s[word] |= b << shift
			}
			if uint(word+1) < uint(len(s)) {
				s[word+1] |= b >> (64 - shift)
			}
		}
		start += length
	}
}

// addHours adds the events of times on dates.
func (f *search) addHours(l *leaf, times []span, dates dateSet) {
	offsets := f.offsetsOf(l)
	for _, t := range times {
		f.pieces = f.pieces[:0]
		for _, o := range offsets {
			f.addPieces(t, o, dates)
		}
		for _, p := range f.pieces {
			f.addEvents(l, p)
		}
	}
}

// batchKey names a batch.
type batchKey struct{ first, days int }

// offsetsOf returns the offsets of a calendar's zone in the batch and near it. To find all
// clock changes of a zone takes longer than the rest of a search, so they are kept: one
// calendar is often a part of several.
func (f *search) offsetsOf(l *leaf) []offsetSpan {
	if f.byWall {
		return []offsetSpan{{-1 << 40, 1 << 40, 0}}
	}
	key := batchKey{f.first, f.days}
	if spans, ok := l.plain.offsets.Load(key); ok {
		return spans.([]offsetSpan)
	}
	name := l.zone.String()
	spans, ok := f.offsets[name]
	if !ok {
		spans = offsetSpans(l.zone, int64(f.first)*daySeconds-nearAfter, int64(f.first+f.days)*daySeconds+nearAfter)
		if f.offsets == nil {
			f.offsets = map[string][]offsetSpan{}
		}
		f.offsets[name] = spans
		f.work += len(spans)
	}
	if len(f.leaves) > 1 && f.words > firstWords+2 {
		l.plain.offsets.Store(key, spans)
	}
	return spans
}

// addPieces adds the open times of dates while the clock has an offset. It cuts those in
// which the clock is changed.
func (f *search) addPieces(t span, o offsetSpan, dates dateSet) {
	open, end := int64(t.open)-o.offset, int64(t.close)-o.offset
	firstDay, lastDay := int(-floorDiv(open-o.from, daySeconds)), int(floorDiv(o.to-end, daySeconds))
	touching, last := int(floorDiv(o.from-end, daySeconds))+1, int(-floorDiv(open-o.to, daySeconds))-1
	if firstDay <= lastDay {
		from, to := max(f.bit(firstDay), 0), min(f.bit(lastDay), 64*len(dates)-1)
		if from <= to {
			p := f.piece(open, end)
			for w := from / 64; w <= to/64; w++ {
				b := dates[w]
				if w == from/64 {
					b &= ^uint64(0) << (from % 64)
				}
				if w == to/64 {
					b &= ^uint64(0) >> (63 - to%64)
				}
				p[w] |= b
			}
		}
	}
	for day := touching; day <= last; day++ {
		if day == firstDay && firstDay <= lastDay {
			day = lastDay
			continue
		}
		if f.has(dates, day) {
			midnight := int64(day) * daySeconds
			f.put(f.piece(max(o.from-midnight, open), min(o.to-midnight, end)), day)
		}
	}
}

// piece returns the dates of an open time.
func (f *search) piece(open, end int64) dateSet {
	for _, p := range f.pieces {
		if p.open == open && p.close == end {
			return p.dates
		}
	}
	f.pieces = append(f.pieces, piece{open, end, f.newSet()})
	return f.pieces[len(f.pieces)-1].dates
}

// addEvents adds the events of an open time, on the days in UTC that it meets.
func (f *search) addEvents(l *leaf, p piece) {
	for shift := int(floorDiv(p.open, daySeconds)); int64(shift)*daySeconds < p.close; shift++ {
		days := p.dates
		if shift != 0 {
			days = f.newSet()
			days.shifted(p.dates, shift)
		}
		from, to := max(p.open-int64(shift)*daySeconds, 0), p.close-int64(shift)*daySeconds
		f.events = append(f.events, event{int32(from), int8(shift + 1), l, days})
		if to < daySeconds {
			f.events = append(f.events, event{int32(to), int8(shift + 1), l, days})
		}
	}
}

// shifted sets s to the days of another set moved by n days, which can be negative.
func (s dateSet) shifted(of dateSet, n int) {
	for w := range of {
		switch {
		case n > 0:
			s[w] = of[w] << n
			if w > 0 {
				s[w] |= of[w-1] >> (64 - n)
			}
		default:
			s[w] = of[w] >> -n
			if w+1 < len(of) {
				s[w] |= of[w+1] << (64 + n)
			}
		}
	}
}
