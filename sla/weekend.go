package sla

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
	"github.com/duetime/duetime/region"
)

// weekend is when offices of a place are closed each week.
type weekend struct {
	since string // the first date of it, or ""
	off   string // the days off
	some  string // days that are off for some offices only, or in part
}

// weekendsOf returns the weekends of a place by its ISO 3166 code, the latest first. It has
// the places whose offices do not, or did not, close on Saturday and Sunday. Most of these
// weekends are the government's, which the private sector often follows. A Friday that is half
// a day is a working day.
//
// CLDR is weekData of CLDR 48 (npm, cldr-core 48.2.0). It gives BH, DZ, EG, IL, IQ, JO, KW,
// LY, OM, QA, SA, SD, SY and YE Friday and Saturday, AF Thursday and Friday, IR Friday. It
// lacks BD, BN, DJ, MV, NP and SO. No source was found for PS. What was read besides:
//
//	AE     the federal government, from 1 January 2022 (thenationalnews.com, geo.tv, 7 December 2021)
//	AF     Thursday until 13:00 (aop.gov.af, decisions of the cabinet, news 1017)
//	BD     the ministry's notice of 7 April 2020, "Sunday to Thursday" (bdservicerules.info)
//	BN     the government closes on Friday and Sunday, others on Saturday and Sunday (bruneinewsgazette.com)
//	BH     from 1 September 2006 (brecorder.com)
//	DJ     Friday alone (publicholidays.africa); no notice about Saturday was found
//	DZ     from 14 August 2009 (plbd.blogspot.com, the council of ministers)
//	IL     Friday is a short day in some offices (shebaonline.org)
//	IQ     law 12 of 2024 on holidays; the list is from holdyiq.blogspot.com
//	IR     Thursday, by province (ifpnews.com, May 2025; en.vazeh.com)
//	KW     from 1 September 2007 (pravdareport.com)
//	MR     from 1 October 2014 (fr.ami.mr, dispatch 28280; djazairess.com)
//	MV     the government, Sunday to Thursday (tradeportal.accio.gencat.cat, May 2024)
//	MY-01  Saturday and Sunday from 1 January 2025, Friday and Saturday from 2014 (malaymail.com, thestar.com.my)
//	MY-02, MY-03, MY-11  Friday and Saturday (rojaklah.com, 28 March 2025)
//	NP     Saturday; Sunday too for a month in 2022 (fiscalnepal.com, canindia.com)
//	OM     from 1 May 2013 (startribune.com)
//	QA     from 2003 (brecorder.com, 2006; muscati.com)
//	SA     from 29 June 2013 (ararnews.com, tradearabia.com)
//	SO     Friday; no notice about Thursday was found
//	SY     the government's notice on Friday and Saturday (gomhuriaonline.com)
//	YE     Friday and Saturday from 15 August 2013; in Sanaa Thursday and Friday from June 2015
//	       (nationalyemen.com, ipemptyquarter.blogspot.com)
func weekendsOf(code string) []weekend {
	switch code {
	case "AE":
		return []weekend{{since: "2022-01-01", off: "Sa Su"}, {off: "Fr Sa"}}
	case "AF", "IR":
		return []weekend{{off: "Fr", some: "Th"}}
	case "BD", "BH", "DZ", "EG", "IQ", "JO", "KW", "LY", "MV", "MY-02", "MY-03", "MY-11", "OM", "QA", "SA", "SD", "SY":
		return []weekend{{off: "Fr Sa"}}
	case "BN":
		return []weekend{{off: "Su", some: "Fr Sa"}}
	case "DJ":
		return []weekend{{off: "Fr", some: "Sa"}}
	case "IL":
		return []weekend{{off: "Sa", some: "Fr"}}
	case "MR":
		return []weekend{{since: "2014-10-01", off: "Sa Su"}, {off: "Fr Sa"}}
	case "MY-01":
		return []weekend{{since: "2025-01-01", off: "Sa Su"}, {since: "2014-01-01", off: "Fr Sa"}, {off: "Sa Su"}}
	case "NP":
		return []weekend{{off: "Sa", some: "Su"}}
	case "SO", "YE":
		return []weekend{{off: "Fr", some: "Th Sa"}}
	}
	return nil
}

// weekendOf returns the weekend of a place on a date. A part of a country has that of
// the country, unless it has its own.
func weekendOf(code string, on calendar.Date) (weekend, bool) {
	country, _, _ := strings.Cut(code, "-")
	list := weekendsOf(code)
	if list == nil {
		list = weekendsOf(country)
	}
	for _, w := range list {
		if w.begin().Compare(on) <= 0 {
			return w, true
		}
	}
	return weekend{}, false
}

// begin returns the first date of a weekend, or the zero Date.
func (w weekend) begin() (d calendar.Date) {
	if w.since != "" {
		d, _ = calendar.ParseDate(w.since)
	}
	return d
}

// hasDay reports whether a day of the week is in a list such as "Fr Sa".
func hasDay(days string, d time.Weekday) bool { return strings.Contains(days, d.String()[:2]) }

// use is how the policies of a catalog use a calendar.
type use struct {
	path      string    // of the first policy
	until     time.Time // the latest end of a policy
	countries []string  // those whose requests count in it
	counts    bool      // its hours count, and are not only taken from others
}

// weekend looks for a calendar of a place that is open on the weekend there, or closed on
// its working days. A calendar that is open on each day of the week keeps no weekend. Odd
// days are open by a rule that Lint has found, and count as closed.
func (l *linter) weekend(path string, c *calendar.Calendar, u *use, odd [7]bool) {
	places := l.placesOf(c, u)
	if len(places) == 0 {
		return
	}
	last := calendar.DateOf(u.until).AddDays(-1)
	text := ""
	for i := len(places) - 1; i >= 0; i-- { // the first is told
		w, ok := weekendOf(places[i], last)
		if !ok {
			return
		}
		if text = w.differs(places[i], c, odd); text == "" {
			return
		}
	}
	l.find(differingWeekend, path, "%s", text)
}

// placesOf returns the codes of the places whose holidays a calendar keeps. If it keeps
// none, they are the countries that it serves from the zone of their office.
func (l *linter) placesOf(c *calendar.Calendar, u *use) (places []string) {
	for _, s := range c.HolidaySets() {
		code := s.Code()
		if form, ok := l.catalog.sets[s]; ok {
			code = form.Code
		}
		if _, err := holiday.Lookup(code); err == nil || weekendsOf(code) != nil {
			places = append(places, code)
		}
	}
	if len(places) > 0 {
		return places
	}
	for _, country := range u.countries {
		if office, err := region.LookupOffice(country); err == nil && office.Zone == c.Zone().String() {
			places = append(places, country)
		}
	}
	return places
}

// differs says how the hours of a calendar differ from the weekend of a place, or nothing.
func (w weekend) differs(place string, c *calendar.Calendar, odd [7]bool) string {
	from := calendar.DateOf(usualBegin())
	if begin := w.begin(); begin.Compare(from) > 0 {
		from = begin
	}
	open := openWeekdays(c, from)
	for d := range open {
		open[d] = open[d] && !odd[d]
	}
	if !slices.Contains(open[:], true) || !slices.Contains(open[:], false) {
		return ""
	}
	var wrongly, lacking []string
	working := [7]bool{}
	for i := range time.Weekday(7) {
		d := (i + time.Monday) % 7
		off, some := hasDay(w.off, d), hasDay(w.some, d)
		working[d] = !off && !some
		switch {
		case off && open[d]:
			wrongly = append(wrongly, d.String())
		case working[d] && !open[d]:
			lacking = append(lacking, d.String())
		}
	}
	since := ""
	if w.since != "" {
		since = " since " + w.since
	}
	var parts []string
	if len(wrongly) > 0 {
		parts = append(parts, fmt.Sprintf("open on %s, the weekend in %s%s", strings.Join(wrongly, " and "), place, since))
	}
	if len(lacking) > 0 {
		where := "in " + place + since
		if len(wrongly) > 0 {
			where = "there"
		}
		parts = append(parts, fmt.Sprintf("closed on %s, worked %s", strings.Join(lacking, " and "), where))
	}
	if len(parts) == 0 {
		return ""
	}
	days := weekdaysText(working)
	if _, times, _ := strings.Cut(c.Hours(), " "); !strings.ContainsAny(times, " ;") { // one rule
		days += " " + times
	}
	return fmt.Sprintf("%s: write %s", strings.Join(parts, ", and "), days)
}

// openWeekdays returns the weekdays on which hours of a calendar begin in some months.
func openWeekdays(c *calendar.Calendar, first calendar.Date) (open [7]bool) {
	const weeks = 17
	for i := range weeks * 7 {
		d := first.AddDays(i)
		if n, err := c.BusinessDaysBetween(d, d.AddDays(1)); err == nil && n > 0 {
			open[d.Weekday()] = true
		}
	}
	return open
}

// weekdaysText returns weekdays as hours have them, such as Su-Th. It begins after the
// weekend.
func weekdaysText(days [7]bool) string {
	first := 0
	for d := range 7 {
		if days[d] && !days[(d+6)%7] && !days[(d+5)%7] {
			first = d
		}
	}
	var runs []string
	for i := 0; i < 7; i++ {
		if !days[(first+i)%7] {
			continue
		}
		begin := i
		for i < 6 && days[(first+i+1)%7] {
			i++
		}
		name := func(i int) string { return time.Weekday((first + i) % 7).String()[:2] }
		if run := name(begin); begin == i {
			runs = append(runs, run)
		} else {
			runs = append(runs, run+"-"+name(i))
		}
	}
	return strings.Join(runs, ",")
}
