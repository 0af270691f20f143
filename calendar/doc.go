// Package calendar computes with business time: the time during which a desk, a
// shop or a support line is open.
//
// A [Calendar] is a zone, opening hours and holidays. [New] makes one from text:
//
//	berlin, err := calendar.New("Europe/Berlin", "Mo-Fr 09:00-17:00")
//	if err != nil {
//		return err
//	}
//	due, err := berlin.Add(opened, 2*time.Hour) // Friday 16:00 -> Monday 10:00
//
// Most callers want [Calendar.Add]: the instant at which some business time has
// passed. The other questions:
//
//	IsOpen, NextOpen, NextClose           is it open, and until or from when?
//	PrevOpen, PrevClose                   since when is it open, or closed?
//	Between                               how much business time lies between two instants?
//	AddDays                               the same time of day, some business days on
//	Spans                                 the open spans between two instants
//	Day                                   what a date is, and its open spans
//	AddBusinessDays, BusinessDaysBetween  dates alone: add and count business days
//	BusinessDate, At, Closing             from an instant to its date, and back
//
// Holidays come from a [HolidaySet]. Package holiday has sets by country, and
// [HolidayList] makes one of dates. The option [OwnDays] takes a company's own days, which beat
// holidays. [Until] takes hours that held before a change. [Union] makes one calendar of several
// desks, such as desks that follow the sun. [Intersect] returns the hours that several
// calendars have in common, and [Subtract] those without other hours, such as maintenance.
// Package rickar converts a cal.BusinessCalendar.
//
// Calendars are immutable and safe for concurrent use. A query takes the same time for a
// minute and for ten years. It allocates nothing, except when it first needs a year, and
// for the results of Day and Spans. There is no clock here: the caller passes the time.
//
// New reads the machine's time zone data. A program for a machine without them, such
// as an empty container, imports them with import _ "time/tzdata".
//
// # Hours
//
// Hours are written in a part of OpenStreetMap's opening_hours notation. A text is made of
// rules, such as these:
//
//	24/7                                       always
//	Mo-Fr 09:00-17:00                          weekdays: Mo,We or Fr-Mo
//	Mo-Fr 09:00-12:00,13:00-17:00              several times
//	Mo-Fr 22:00-06:00                          a night shift, also 22:00-30:00, up to 48:00
//	Mo-Su 09:00-24:00                          to midnight
//	PH 10:00-14:00                             holidays, alone or in a list: Su,PH
//	PH -1 day 09:00-12:00                      the day before a holiday, or PH +1 day after it
//	Fr[-1] off                                 the last Friday of a month; Th[4], Mo[1,3], Mo[1-2]
//	Dec 24,31 09:00-12:00                      dates of every year, or Dec 24-Jan 02
//	2026 Dec 28-2027 Jan 02 off                dates of one year
//	Jul-Aug Mo-Fr 08:00-15:00                  months, alone or with weekdays: Aug off
//	Dec 24 Mo-Fr 09:00-12:00                   the dates that are in both
//	week 01-53/2 Fr off                        weeks by ISO 8601, here each second one
//	Mo-Fr 12:00-13:00 off                      the part of a day that is closed
//	Sa off                                     a day that is closed
//	Mo-Fr 08:00-17:00 open "by phone"          a comment, which is read and not kept
//
// Rules are separated in one of two ways:
//
//	Mo-Fr 09:00-17:00; We 09:00-12:00          a later rule replaces the hours of its dates
//	Mo-Th 08:00-18:00, Fr 08:00-15:00          a rule after a comma adds to them
//
// The rules of a date are applied in order, so rules for holidays and dates go last. A rule with
// closed times cuts them out of what the rules before it give, after a comma too.
//
// A text means what it means to the reference implementation, the npm package
// opening_hours, but for nights (R6) and for holidays, which close unless a rule names PH
// (R11). The rule PH -1 day does not name PH in this sense. Not supported are the sun, school
// holidays, open ends and fallbacks ("||"). Anything else is a *[ParseError], and so are
// more than 1000 rules and dates, 48 times in a rule, or 32 rules that add or cut.
//
// # Rules
//
// Comments and tests quote the rules by number. The common case needs none of them.
//
// R1 Open. Read the wall clock of the calendar's zone at an instant. The instant
// is open if that reading lies in the hours of its date, or in hours of the date
// before that run past midnight. Nothing else decides: a wall time that a clock
// change skips never happens, one that it repeats counts both times.
//
// R2 Half-open. Hours include their opening and exclude their closing. 24:00 is
// a real closing time. Hours that touch or overlap are one span.
//
// R3 Business time is physical time: the length of the open part of [a, b), in
// elapsed nanoseconds. A night shift over a clock change is an hour shorter or
// longer, as it is for those who work it.
//
// R4 Add(t, d), for d > 0, is the earliest instant r with Between(t, r) == d: a
// sum that ends exactly at closing stays at closing. For d < 0 it is the latest
// r with Between(r, t) == -d, and for d == 0 t itself, open or not.
//
// R5 Between(a, b) is signed: Between(b, a) == -Between(a, b). It follows that
// Between(t, Add(t, d)) == d, and Add(Add(t, a), b) == Add(t, a+b) for a, b > 0.
//
// R6 Business day. A date that exists in the zone and on which hours begin.
// Hours that a clock change skips from end to end do not begin. A night shift
// belongs, whole, to the date it begins on: a holiday cancels the whole shift that
// begins on it, and not the shift that began the day before. (OpenStreetMap's reference
// cuts a night at 00:00 if another rule holds for the next date, and keeps the morning of a
// night that is off.) A part of the day that is closed belongs, like hours, to the date that
// it is written for: Sa 00:00-02:00 off does not cut Friday's night. A date that the zone
// skipped is not a business day. Its hours may still run past its midnight: they are
// open (R1), BusinessDate names the date for them, and Day has them as its spans.
//
// R7 AddDays(t, n), for n > 0, moves t to the next open instant (t itself if open)
// and takes its business date (the later, if the hours of two dates cover it) and its
// time of day as an offset from that date's midnight: 02:00 in a night shift is 26:00.
// It goes n business days on and returns that time of day there. If the date's hours do
// not contain it, the result is the latest closing before it, else the first opening. A
// skipped wall time becomes the first instant after the gap, a repeated one its first
// occurrence. n < 0 mirrors this from the latest open time; n == 0 is the next
// open instant.
//
// R8 NextOpen(t) includes t: at or after. NextClose(t) is the end of the span
// that t is in, else of the next one, or ErrNeverCloses if that span never ends.
// PrevOpen(t) and PrevClose(t) are the latest opening and the latest closing at or
// before t, or ErrNeverCloses if the open span before it has no beginning.
//
// R9 Range. Instants from 1900-01-01 to 2199-12-31 UTC. The zero time and
// everything else outside is ErrOutOfRange, passed in or as a result, and not
// open. No search is unbounded, and a calendar that never opens cannot be built.
//
// R10 Location. A returned time has the Location of the time passed in, and no
// monotonic clock reading. Day and At, which take no time, return times in the
// calendar's zone.
//
// R11 Holidays close, on their actual and on their observed date, unless a PH
// rule says otherwise: with any PH rule in the hours, a holiday is a date like
// others to which PH applies as well. A make-up workday (the 调休 of mainland
// China) is read as a Monday that is not a holiday, or as the first weekday that
// has hours; rules for dates still apply to it. An entry with hours gives its date these
// hours. One with the part of the day that is closed closes this part, in which PH rules
// apply. A day of the calendar's own ([OwnDays]) beats rules and holidays. If several entries
// have one date, a make-up workday counts, else a day that is closed, else hours, else
// all parts that are closed.
//
// Packages sla and ticket apply two more, for deadlines and clocks.
//
// R12 Pauses. The due time of a target of days, with or without hours, is computed without
// pauses first, then moved on by the business time spent paused (Add). If that lies within
// the pause, as it can without any business time left, it is the first open instant after
// the pause. A target in real time moves on by the real time paused since its start.
//
// R13 Start. A clock starts at the first open instant of the term's calendar at
// or after the opening of the request. Calendar days count from the date of the
// opening itself.
//
// The comment of package sla lists conventions of other systems that differ from these
// rules, such as the end of the business day, and how to get them.
package calendar
