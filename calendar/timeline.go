package calendar

import "time"

// The core of the package is one function and its inverse. C(t) is the
// business time from a fixed instant to t: it never falls, and rises second by
// second while the calendar is open. Between is a difference of two values of
// C; Add, NextOpen and the way back ask for the instant at which C has a given
// value. Where the calendar is closed there are many: the earliest of them is
// a closing, the latest an opening, and which of the two is wanted is all that
// the queries differ in.
//
// To evaluate C, physical time is cut into slots of 86,400 seconds and 256
// slots into a page. A slot knows the business time before it and has a shape:
// the open spans within it. A slot begins where a date of the zone begins in
// standard time, but nothing depends on it: what a clock change does to a day
// is in the shapes, which the compiler works out from R1 (compile.go), so that
// a query divides, looks up and adds, whatever the zone. Slot n also stands
// for date n in the count of business days (businessday.go).
//
// Pages are built when a query first needs them. Sums over the pages between
// those in use are kept, the pages themselves are not. All of it is published
// as an immutable snapshot: readers take no lock.

const (
	firstYear, lastYear = 1900, 2199

	// firstUnix and endUnix bound the range of R9: [1900-01-01, 2200-01-01).
	firstUnix, endUnix = -2208988800, 7258118400

	daySeconds   = 24 * 60 * 60
	second       = int64(time.Second)
	dayNanos     = daySeconds * second
	slotsPerPage = 256

	// slotZeroDay is the date of slot 0, 1899-11-29, as days from 1970-01-01:
	// a page boundary that leaves room before the range for dates ahead of UTC.
	slotZeroDay = -25600
	// pageCount has room after the range for the hours that begin within it.
	pageCount = (endUnix/daySeconds-slotZeroDay+7)/slotsPerPage + 1
)

// span is a half-open range of nanoseconds.
type span struct{ open, close int64 }

// shape is what a slot is like; many slots share one.
type shape struct {
	first span   // the first open span within the slot, empty if there is none
	more  []span // the others, in order, apart from each other

	// hours are the open times that begin on the slot's date, as wall time
	// since its midnight, whether or not the date is a business day.
	hours []span
	// offset is the zone's offset from UTC around the slot, in seconds, and
	// steady says that it is the same from two days before to four days after,
	// so that wall time can be computed from it for all of the date's hours.
	offset int64
	steady bool
}

// open returns the open time in the slot's first x nanoseconds.
func (s *shape) open(x int64) int64 {
	n := min(max(x, s.first.open), s.first.close) - s.first.open
	for _, m := range s.more {
		if x <= m.open {
			break
		}
		n += min(x, m.close) - m.open
	}
	return n
}

// at returns the place in the slot of the open nanosecond number n, from 0.
func (s *shape) at(n int64) int64 {
	if x := s.first.open + n; x < s.first.close {
		return x
	}
	n -= s.first.close - s.first.open
	for _, m := range s.more {
		if x := m.open + n; x < m.close {
			return x
		}
		n -= m.close - m.open
	}
	panic("calendar: more open time asked for than the slot has")
}

// spanAt returns the open span that holds x, if one does.
func (s *shape) spanAt(x int64) (span, bool) {
	if s.first.open <= x && x < s.first.close {
		return s.first, true
	}
	for _, m := range s.more {
		if m.open <= x && x < m.close {
			return m, true
		}
	}
	return span{}, false
}

// slot counts what lies before it in its page: open seconds and business days.
type slot struct {
	seconds uint32
	days    uint16
	shape   uint8 // index in page.shapes
}

// page is 256 slots. It is not changed once it is published.
type page struct {
	start   int64  // the first slot's beginning in Unix seconds
	number  int    // slot 0 of page p is slot p*256 of the calendar
	base    counts // what lies before the page, from the calendar's origin
	total   counts // what lies in it
	slots   [slotsPerPage + 1]slot
	shapes  []shape
	offsets []offsetSpan // from three days before the page to four after it

	// Bucket b of the inverse holds the first slot in which more than b<<shift
	// open seconds of the page have passed. Open second s is thus in a slot from
	// inverse[s>>shift] to inverse[s>>shift+1], and in one of these two where
	// no slot with open time is shorter than a bucket.
	shift   uint8
	inverse []uint8

	business []uint8 // the slots whose dates are business days
}

// counts are the two quantities that the timeline sums up.
type counts struct{ seconds, days int64 }

// slotOf returns the slot that holds the page's open second number s.
func (p *page) slotOf(s int64) uint8 {
	bucket := s >> p.shift
	i := p.inverse[bucket]
	if s >= int64(p.slots[int(i)+1].seconds) {
		for i = p.inverse[bucket+1]; s < int64(p.slots[i].seconds); i-- {
		}
	}
	return i
}

// timeline is a snapshot of what has been worked out so far: the sums of a run
// of pages, and those of the pages that queries have asked for.
type timeline struct {
	first int     // the number of pages[0]
	pages []*page // nil where only the sums are known
	// seconds and days are what lies before each page, and at the end.
	seconds, days ladder
}

// ladder is a sequence that never falls, searched by value.
type ladder struct {
	steps   []int64
	perStep float64 // steps per unit of value, to guess from
}

func newLadder(steps []int64) ladder {
	n := len(steps) - 1
	return ladder{steps, float64(n) / float64(max(1, steps[n]-steps[0]))}
}

// find returns i with steps[i] <= v < steps[i+1], or -1 or len(steps)-1 where
// v lies before or after all steps. Guessing beats a binary search because
// pages of one calendar hold much the same; at worst it walks all 429 pages.
func (l *ladder) find(v int64) int {
	n := len(l.steps) - 1
	if v < l.steps[0] {
		return -1
	}
	if v >= l.steps[n] {
		return n
	}
	i := min(int(float64(v-l.steps[0])*l.perStep), n-1)
	for v < l.steps[i] {
		i--
	}
	for v >= l.steps[i+1] {
		i++
	}
	return i
}

// place is an instant as the timeline sees it: x nanoseconds into a slot. Its
// page is nil for an instant outside the range, or without a calendar.
type place struct {
	page *page
	slot uint8
	x    int64
}

func (at place) shape() *shape { return &at.page.shapes[at.page.slots[at.slot].shape] }

// elapsed returns C as nanoseconds since the page's beginning.
func (at place) elapsed() int64 {
	s := &at.page.slots[at.slot]
	return int64(s.seconds)*second + at.page.shapes[s.shape].open(at.x)
}

// unix returns the instant as Unix seconds and nanoseconds.
func (at place) unix() (sec, nsec int64) {
	s := at.x / second
	return at.page.start + int64(at.slot)*daySeconds + s, at.x - s*second
}

// locate finds t on the timeline.
func (c *Calendar) locate(t time.Time) place {
	sec := t.Unix()
	if c == nil || uint64(sec-firstUnix) >= endUnix-firstUnix {
		return place{}
	}
	u := uint64(sec + c.slotZero)
	n := u / daySeconds
	at := place{slot: uint8(n), x: int64(u-n*daySeconds)*second + int64(t.Nanosecond())}
	if tl := c.timeline.Load(); tl != nil {
		if i := uint(n/slotsPerPage) - uint(tl.first); i < uint(len(tl.pages)) && tl.pages[i] != nil {
			at.page = tl.pages[i]
			return at
		}
	}
	at.page = c.page(int(n / slotsPerPage))
	return at
}

// openAt returns the place of an open nanosecond: the one d after the n-th of
// page p. Its page is nil where the range holds no such nanosecond.
func (c *Calendar) openAt(p *page, n, d int64) place {
	if k := uint64(n + d); k < uint64(p.total.seconds*second) {
		sec := k / uint64(second)
		return p.openAt(int64(sec), int64(k-sec*uint64(second)))
	}
	// Another page. The sum may be more than an int64 holds.
	sec, nsec := d/second, n+d%second
	sec += p.base.seconds + floorDiv(nsec, second)
	nsec -= floorDiv(nsec, second) * second
	if p = c.pageOfSecond(sec); p == nil {
		return place{}
	}
	return p.openAt(sec-p.base.seconds, nsec)
}

func (p *page) openAt(sec, nsec int64) place {
	i := p.slotOf(sec)
	s := &p.slots[i]
	return place{p, i, p.shapes[s.shape].at((sec-int64(s.seconds))*second + nsec)}
}

// pageOfSecond returns the page that holds an open second, counted from the
// calendar's origin, or nil.
func (c *Calendar) pageOfSecond(s int64) *page {
	tl := c.timeline.Load()
	i := tl.seconds.find(s)
	for uint(i) >= uint(len(tl.pages)) {
		if tl = c.extend(i >= 0); tl == nil {
			return nil
		}
		i = tl.seconds.find(s)
	}
	if p := tl.pages[i]; p != nil {
		return p
	}
	return c.page(tl.first + i)
}

// pageOfDay returns the page that holds a business day, counted likewise.
func (c *Calendar) pageOfDay(d int64) *page {
	tl := c.timeline.Load()
	i := tl.days.find(d)
	for uint(i) >= uint(len(tl.pages)) {
		if tl = c.extend(i >= 0); tl == nil {
			return nil
		}
		i = tl.days.find(d)
	}
	if p := tl.pages[i]; p != nil {
		return p
	}
	return c.page(tl.first + i)
}

// page returns a page by its number, 0 to pageCount-1, and makes it part of
// the timeline.
func (c *Calendar) page(number int) *page {
	if c.spec == nil {
		return nil // not built by New
	}
	c.building.Lock()
	defer c.building.Unlock()
	tl := c.timeline.Load()
	if tl == nil {
		tl = &timeline{first: number, seconds: newLadder([]int64{0}), days: newLadder([]int64{0})}
	}
	for number < tl.first {
		tl = c.grow(tl, tl.first-1)
	}
	for number >= tl.first+len(tl.pages) {
		tl = c.grow(tl, tl.first+len(tl.pages))
	}
	i := number - tl.first
	if tl.pages[i] == nil {
		p := c.spec.compile(number)
		p.base = counts{tl.seconds.steps[i], tl.days.steps[i]}
		next := *tl
		next.pages = append([]*page(nil), tl.pages...)
		next.pages[i] = p
		tl = &next
	}
	c.timeline.Store(tl)
	return tl.pages[i]
}

// extend works out the sums of more pages, up or down, as many as there are
// already, and returns the new timeline, or nil at the end of the range.
func (c *Calendar) extend(up bool) *timeline {
	c.building.Lock()
	defer c.building.Unlock()
	tl := c.timeline.Load()
	grown := tl
	for range len(tl.pages) {
		number := grown.first - 1
		if up {
			number = grown.first + len(grown.pages)
		}
		if number < 0 || number >= pageCount {
			break
		}
		grown = c.grow(grown, number)
	}
	if grown == tl {
		return nil
	}
	c.timeline.Store(grown)
	return grown
}

// grow returns tl with the sums of one page more, the one before its first or
// after its last.
func (c *Calendar) grow(tl *timeline, number int) *timeline {
	total := c.spec.compile(number).total
	n := len(tl.pages)
	next := &timeline{first: min(tl.first, number), pages: make([]*page, n+1)}
	seconds, days := make([]int64, n+2), make([]int64, n+2)
	if number < tl.first {
		copy(next.pages[1:], tl.pages)
		copy(seconds[1:], tl.seconds.steps)
		copy(days[1:], tl.days.steps)
		seconds[0], days[0] = seconds[1]-total.seconds, days[1]-total.days
	} else {
		copy(next.pages, tl.pages)
		copy(seconds, tl.seconds.steps)
		copy(days, tl.days.steps)
		seconds[n+1], days[n+1] = seconds[n]+total.seconds, days[n]+total.days
	}
	next.seconds, next.days = newLadder(seconds), newLadder(days)
	return next
}
