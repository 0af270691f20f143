// Package calendar computes with business time: the time during which a desk,
// a shop or a support line is open.
//
// A [Calendar] is a zone, opening hours and holidays. [New] makes one from text,
// and it then answers, exactly and at the same cost however far apart the
// instants are: is it open (IsOpen), when does it open or close next (NextOpen,
// NextClose), when will three hours of business time have passed (Add), what is
// the same time of day two business days on (AddDays), how much business time
// lies between two instants (Between), and which spans (Spans, Day). Of dates, it
// adds and counts the business days (AddBusinessDays, BusinessDaysBetween).
//
//	berlin, err := calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00")
//	if err != nil {
//		return err
//	}
//	due, err := berlin.Add(opened, 2*time.Hour) // Friday 16:00 -> Monday 10:00
//
// Zones are read from the time zone data of the machine. A program for a machine
// without them, such as an empty container, imports them with import _ "time/tzdata".
//
// [Union] makes one desk of several calendars, such as one that follows the sun,
// and [Intersect] the hours that several have in common.
//
// The common case needs no more than that. The rules below settle the others;
// method comments quote them by number. Holidays come from a [HolidaySet];
// package holiday has sets by country. Calendars are immutable and safe for
// concurrent use, and their queries allocate no memory and ask package time about
// no zone, except when a year is first needed, and for what Day and Spans return.
//
// # Hours
//
// Hours are written in a subset of OpenStreetMap's opening_hours notation:
//
//	24/7
//	Mo-Su 09:00-24:00
//	Mo-Fr 09:00-12:00,13:00-17:00; Sa 10:00-14:00
//	Mo-Fr 22:00-06:00
//	Su-Th 10:00-18:00; PH off
//	Mo-Fr 09:00-17:00; Dec 24,31 09:00-12:00; 2026 Dec 28-2027 Jan 02 off; PH 10:00-14:00
//
// Rules are separated by semicolons; a date has the hours of the last rule that
// matches it. A rule begins with what it applies to:
//
//   - weekdays, lists and ranges of them (Mo,We or Fr-Mo), and PH for holidays;
//     the two can stand in one list (Su,PH), or
//   - dates of every year (Dec 24,31 or Dec 24-Jan 02) or of one year
//     (2026 Dec 28-2027 Jan 02).
//
// Then come its times, or off (or closed). Times are hh:mm, in ranges separated
// by commas. As the last rule counts, those for holidays and dates go last. A
// range of times that ends before it begins runs past midnight, and so does
// one that ends after 24:00, up to 48:00: 22:00-06:00 is 22:00-30:00. A rule
// without what it applies to is an error, and so is anything else of the larger
// notation. 24/7 is short for Mo-Su 00:00-24:00. No more than 1000 rules and dates
// are taken, and 48 times in a rule.
//
// # Rules
//
// R1 Open. Read the wall clock of the calendar's zone at an instant. The instant
// is open if that reading lies in the hours of its date, or in those hours of
// the date before that run past midnight. Nothing else decides: a wall time that
// a clock change skips never happens, one that it repeats counts both times.
//
// R2 Half-open. Hours include their opening and exclude their closing. 24:00 is
// a real closing time. Hours that touch or overlap are one span.
//
// R3 Business time is physical time: the length of the open part of [a, b), in
// elapsed nanoseconds. A night shift over a clock change is an hour shorter or
// longer, as it is for those who work it.
//
// R4 Add(t, d) is, for d > 0, the earliest instant r with Between(t, r) == d: a
// sum that ends exactly at closing stays at closing. For d < 0 it is the latest
// r with Between(r, t) == -d, and for d == 0 t itself, open or not.
//
// R5 Between(a, b) is signed: Between(b, a) == -Between(a, b). It follows that
// Between(t, Add(t, d)) == d, and Add(Add(t, a), b) == Add(t, a+b) for a, b > 0.
//
// R6 Business day. A date that exists in the zone and on which hours begin.
// Hours that a clock change skips from end to end do not. A night shift belongs,
// whole, to the date it begins on; a holiday cancels the whole shift that begins
// on it, and not the shift that began the day before. A date that the zone skipped
// is no business day. Its hours may still run past its midnight: they are open (R1),
// BusinessDate names the date for them, and Day has them as its spans.
//
// R7 AddDays(t, n) moves t to the next open instant (t itself if open), takes
// its business date (the later, where the hours of two dates cover it) and its
// time of day as an offset from that date's midnight, so that 02:00 in a night
// shift is 26:00, goes n business days on and returns that time of day there. If
// the date's hours do not contain it, the latest closing before it, else the
// first opening. A skipped wall time becomes the first instant after the gap, a
// repeated one its first occurrence. n < 0 mirrors this from the latest open
// time; n == 0 is the next open instant.
//
// R8 NextOpen(t) includes t: at or after. NextClose(t) is the end of the span
// that t is in, else of the next one; where the span never ends, ErrNeverCloses.
//
// R9 Range. Instants from 1900-01-01 to 2199-12-31 UTC. The zero time and
// everything else outside is ErrOutOfRange, passed in or as a result, and not
// open. No search is unbounded, and a calendar that never opens cannot be built.
//
// R10 Location. A returned time has the Location of the time passed in. It has
// no monotonic clock reading. What no time is passed in for, as by Day and At,
// is in the calendar's zone.
//
// R11 Holidays close, on their actual and on their observed date, unless a PH
// rule says otherwise: with any PH rule in the hours, a holiday is a date like
// others to which PH applies as well. A make-up workday (the 调休 of mainland
// China) is read as a Monday that is no holiday, or as the first weekday that
// has hours, whatever else it is; rules for dates still apply to it.
//
// R12 and R13 are about deadlines, which package sla computes.
//
// R12 Day targets with pauses: the due time of a target of business days is
// computed without pauses first, then moved on by the business time spent paused
// (Add). If that lies within the pause, as it can where no business time was left,
// it is the first open instant after the pause.
//
// R13 Start. A clock starts at the first open instant of the term's calendar at
// or after the opening of the request.
//
// Where other systems do otherwise, package sla says how to get that, under
// "Conventions other systems have".
//
// Package rickar, below this one, makes a calendar of a cal.BusinessCalendar of
// rickar/cal.
//
// # What it leaves out
//
// There is no clock here: the caller says what time it is. There is no state, no
// I/O other than loading zone data in New, and no recurrence other than weekdays,
// dates and holidays.
package calendar
