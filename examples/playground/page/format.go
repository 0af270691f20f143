package page

import (
	"cmp"
	"fmt"
	"html/template"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
	"github.com/duetime/duetime/sla"
)

// date returns a date in the one form that a language has for it.
func (w *words) date(t time.Time) string {
	day, month := w.Weekdays[t.Weekday()], w.Months[t.Month()-1]
	switch w.Code {
	case "de":
		return fmt.Sprintf("%s, %d. %s %d", day, t.Day(), month, t.Year())
	case "zh":
		return fmt.Sprintf("%d年%s%d日%s", t.Year(), month, t.Day(), day)
	}
	return fmt.Sprintf("%s, %d %s %d", day, t.Day(), month, t.Year())
}

// clock returns a time of day, with seconds only if there are any.
func clock(t time.Time) string {
	if t.Second() == 0 {
		return t.Format("15:04")
	}
	return t.Format("15:04:05")
}

// moment returns a date with a time of day.
func (w *words) moment(t time.Time) string {
	switch w.Code {
	case "de":
		return w.date(t) + ", " + clock(t) + " Uhr"
	case "zh":
		return w.date(t) + " " + clock(t)
	}
	return w.date(t) + ", " + clock(t)
}

// momentIn returns a date with a time of day, and that of the clock in the zone of hours if it
// differs and the hours depend on it.
func (w *words) momentIn(t time.Time, hours *calendar.Calendar) string {
	if alwaysOpen(hours) || !differ(t, hours.Zone()) {
		return w.moment(t)
	}
	return w.moment(t) + w.clockIn(t, hours.Zone())
}

// clockIn returns the time of day of an instant by the clock of a zone, in brackets. The
// weekday is with it if it is another one there.
func (w *words) clockIn(t time.Time, zone *time.Location) string {
	there := t.In(zone)
	text := clock(there) + " " + zone.String()
	if there.Weekday() != t.Weekday() {
		text = w.Weekdays[there.Weekday()] + w.Clause + text
	}
	return fmt.Sprintf(w.Aside, text)
}

// place returns the zone that a time is in, with its offset then.
func place(t time.Time) string {
	text := "UTC"
	if _, offset := t.Zone(); offset != 0 {
		text += fmt.Sprintf("%+d", offset/3600)
		if minutes := offset / 60 % 60; minutes != 0 {
			text += fmt.Sprintf(":%02d", max(minutes, -minutes))
		}
	}
	if name := t.Location().String(); name != text {
		text = name + ", " + text
	}
	return text
}

// span returns time by the clock on the wall, as people say it: its two or three largest units.
func (w *words) span(d time.Duration) string {
	days, rest := d/(24*time.Hour), d%(24*time.Hour)
	switch {
	case days == 0:
		return w.hours(rest)
	case days == 1:
		return strings.TrimSpace(w.Units[0] + " " + w.short(rest))
	}
	return strings.TrimSpace(fmt.Sprintf(w.Units[1], days) + " " + w.short(rest))
}

// hours returns business time, which has no days: a day of business is as long as its hours.
// Only the last ten minutes have seconds.
func (w *words) hours(d time.Duration) string {
	d = d.Truncate(time.Second)
	if d >= 10*time.Minute {
		return w.short(d)
	}
	text := w.short(d)
	if seconds := d % time.Minute / time.Second; seconds > 0 || text == "" {
		text += " " + fmt.Sprintf(w.Units[4], seconds)
	}
	return strings.TrimSpace(text)
}

// short returns hours and minutes.
func (w *words) short(d time.Duration) (text string) {
	if hours := d / time.Hour; hours > 0 {
		text = fmt.Sprintf(w.Units[2], hours)
	}
	if minutes := d % time.Hour / time.Minute; minutes > 0 {
		text += " " + fmt.Sprintf(w.Units[3], minutes)
	}
	return strings.TrimSpace(text)
}

// target returns the target of a term as people say it.
func (w *words) target(t sla.Term) string {
	first, other := t.Target.Sides()
	day, days := w.Units[5], w.Units[6]
	if alwaysOpen(t.Calendar) { // each day is one of business
		day, days = w.Units[12], w.Units[13]
	}
	one := w.side(first, day, days)
	if other.IsZero() {
		return one
	}
	condition, _, _ := strings.Cut(strings.TrimPrefix(t.Target.String(), first.String()+" "), " else ")
	if at, ok := strings.CutPrefix(condition, "before "); ok {
		return fmt.Sprintf(w.Before, one, at, w.side(other, day, days))
	}
	return fmt.Sprintf(w.InHours, one, w.side(other, day, days))
}

// side returns a target without a condition. One business day and several have the texts given.
func (w *words) side(t sla.Target, day, several string) string {
	days, dates := t.Days()
	business, wall := t.Duration()
	var parts []string
	count := func(n int, one, several string) {
		switch {
		case n == 1:
			parts = append(parts, one)
		case n > 1:
			parts = append(parts, fmt.Sprintf(several, n))
		}
	}
	count(days, day, several)
	count(dates, w.Units[8], w.Units[9])
	switch {
	case business > 0:
		parts = append(parts, w.hours(business))
	case wall > 0:
		parts = append(parts, fmt.Sprintf(w.Units[10], w.hours(wall)))
	case days == 0 && dates == 0:
		parts = append(parts, w.Units[11])
	}
	if _, at, ok := strings.Cut(t.String(), "@"); ok && at == "close" {
		parts = append(parts, w.Units[7])
	} else if ok {
		parts = append(parts, at)
	}
	return strings.Join(parts, w.Comma)
}

// calendar returns when a calendar is open, with its zone and its holidays.
func (v *view) calendar(c *calendar.Calendar) template.HTML {
	if alwaysOpen(c) {
		return v.html("%s", v.W.Round)
	}
	hours, ok := v.W.openings(c.Hours())
	text := v.html("%s", hours)
	if !ok {
		text = v.html(v.W.HoursCode, code(c.Hours()))
	}
	text += v.html(v.W.Aside, c.Zone().String())
	if codes := v.W.holidays(c); codes != "" {
		text += v.html("%s%s", v.W.Clause, fmt.Sprintf(v.W.HoursHolidays, codes))
	}
	return text
}

// holidays returns whose holidays a calendar keeps: the names of places, or their codes.
func (w *words) holidays(c *calendar.Calendar) string {
	var codes []string
	for _, set := range c.HolidaySets() {
		name := w.Names[set.Code()]
		if name == "" && w.Code == "en" {
			name = holiday.Name(set.Code())
		}
		codes = append(codes, cmp.Or(name, strings.ReplaceAll(inLine(Clip(set.Code())), "-", "\u2011")))
	}
	return strings.Join(codes, w.Comma)
}

var rule = sync.OnceValue(func() *regexp.Regexp {
	const day, times = `(?:Mo|Tu|We|Th|Fr|Sa|Su)`, `\d\d:\d\d-\d\d:\d\d`
	return regexp.MustCompile(`^(` + day + `(?:[-,]` + day + `)*) (off|` + times + `(?:,` + times + `)*)$`)
})

// openings returns hours in words, if they have weekdays and times only.
func (w *words) openings(hours string) (string, bool) {
	if hours == "24/7" {
		return w.Round, true
	}
	names := map[string]string{}
	for i, code := range []string{"Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"} {
		names[code] = w.ShortDays[i]
	}
	var list []string
	for one := range strings.SplitSeq(hours, "; ") {
		m := rule().FindStringSubmatch(one)
		if m == nil {
			return hours, false
		}
		var days []string
		for part := range strings.SplitSeq(m[1], ",") {
			from, to, ranges := strings.Cut(part, "-")
			if days = append(days, names[from]); ranges {
				days[len(days)-1] += w.To2 + names[to]
			}
		}
		text := strings.Join(days, w.Comma)
		if m[1] == "Mo-Su" {
			text = w.Daily
		}
		if m[2] == "off" {
			text += " " + w.Closed
		} else {
			text += " " + strings.ReplaceAll(strings.ReplaceAll(m[2], "-", "–"), ",", w.Comma)
		}
		list = append(list, text)
	}
	return strings.Join(list, "; "), true
}
