package timeline

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/text"
	"github.com/duetime/duetime/sla/ticket"
)

// Words are the texts of a picture in one language. [English], [German] and [Chinese]
// return them; a caller can bring others, or change some of these.
type Words struct {
	Weekdays [7]string // short, from Sunday
	// Day and Date are layouts of [time.Time.Format] for a day, without and with its year.
	// Mon stands for the weekday. Months in them are numbers, or English.
	Day, Date string
	Units     [3]string // the hour, the minute and the second, short
	Separator string    // between a date and a time of day
	Comma     string    // between the parts of a line

	// Words for marks. Alarm stands before the threshold, and Clock before the times from
	// which and to which a clock is set.
	Opened, Start, Alarm, FirstDue, Due, Breached, Now, Clock string
	// Events holds texts for the words of a policy that declares none, and for "change",
	// which stands before what the request is changed to. Other words are shown as they are.
	Events map[string]string
	// Metrics holds names for the usual metrics. Others are shown as they are.
	Metrics map[sla.Metric]string
	// Names holds names for holidays and published clouds, by their name in the calendar and
	// in package region. Others are shown as they are.
	Names map[string]string

	// Times holds texts for stretches of time, by their reason: that of an open stretch says
	// that it counts. Ahead stands for time that will count if nothing else happens, Late for
	// time that counts after a breach, and Unused for hours that do not count.
	Times               map[ticket.Reason]string
	Ahead, Late, Unused string

	// These are sentences about a clock. The verb %s stands for the due time, and in Overdue
	// for the time of the breach. DuePaused is for a paused clock, Overdue for a clock that runs
	// after its due time, Missed and Met for a stopped clock.
	DueAt, DuePaused, Overdue, Missed, Met string
	NotDue                                 string // says that nothing is due
	Provisional                            string // says that the due time can still change

	// Used has two verbs %s for the time used and the target's. Left and Over have one for
	// the time that is left, or is used beyond the target.
	Used, Left, Over string

	Severity string // before a severity
	Workday  string // before the name of a make-up workday
	// Days and OpenDays say how many days are folded, and how many of them have hours.
	Days, OpenDays string // with a verb %d
	Zone           string // with a verb %s for the zone of the times
}

// English returns the words in English.
func English() *Words {
	return &Words{
		Weekdays: [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
		Day:      "Mon 2 Jan", Date: "Mon 2 Jan 2006", Separator: ", ", Comma: ", ", Units: [3]string{"h", "min", "s"},
		Opened: "opened", Start: "start", Alarm: "alarm", FirstDue: "first due", Due: "due", Breached: "overdue", Now: "now", Clock: "clock",
		Events: map[string]string{
			sla.WordResponded: "answered", sla.WordResolved: "resolved", sla.WordReopened: "reopened", sla.WordPaused: "paused", sla.WordResumed: "resumed", sla.WordCancelled: "cancelled", change: "changed to",
		},
		Metrics: map[sla.Metric]string{sla.FirstResponse: "first response", sla.NextResponse: "next response", sla.Resolution: "resolution"},
		Times: map[ticket.Reason]string{
			ticket.ReasonOpen: "counted", ticket.ReasonIdle: "not started", ticket.ReasonPaused: "paused", ticket.ReasonStopped: "stopped", ticket.ReasonClosed: "closed", ticket.ReasonNoTerm: "nothing promised",
		},
		Ahead: "will count", Late: "too late", Unused: "other support hours",
		DueAt: "due %s", DuePaused: "paused; due %s if resumed now", Overdue: "overdue since %s", Missed: "too late (due %s)", Met: "in time (due %s)",
		NotDue: "nothing is due", Provisional: "may still change, as holidays are not final",
		Used: "%s of %s used", Left: "%s left", Over: "%s over",
		Severity: "severity", Workday: "make-up workday:",
		Days: "%d days", OpenDays: "%d of them with hours", Zone: "times of %s",
	}
}

// German returns the words in German.
func German() *Words {
	return &Words{
		Weekdays: [7]string{"So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"},
		Day:      "Mon 2.1.", Date: "Mon 2.1.2006", Separator: ", ", Comma: ", ", Units: [3]string{"h", "min", "s"},
		Opened: "eröffnet", Start: "Beginn", Alarm: "Warnung", FirstDue: "zuerst fällig", Due: "fällig", Breached: "überfällig", Now: "jetzt", Clock: "Uhr",
		Events: map[string]string{
			sla.WordResponded: "beantwortet", sla.WordResolved: "gelöst", sla.WordReopened: "wieder offen", sla.WordPaused: "pausiert", sla.WordResumed: "fortgesetzt", sla.WordCancelled: "abgebrochen", change: "geändert zu",
		},
		Metrics: map[sla.Metric]string{sla.FirstResponse: "erste Antwort", sla.NextResponse: "nächste Antwort", sla.Resolution: "Lösung"},
		Times: map[ticket.Reason]string{
			ticket.ReasonOpen: "zählt", ticket.ReasonIdle: "noch nicht begonnen", ticket.ReasonPaused: "Pause", ticket.ReasonStopped: "beendet", ticket.ReasonClosed: "geschlossen", ticket.ReasonNoTerm: "nichts zugesagt",
		},
		Ahead: "wird zählen", Late: "zu spät", Unused: "übrige Servicezeit",
		DueAt: "fällig %s", DuePaused: "Pause; fällig %s, wenn es jetzt weitergeht", Overdue: "überfällig seit %s", Missed: "zu spät (fällig %s)", Met: "rechtzeitig (fällig %s)",
		NotDue: "nichts ist fällig", Provisional: "kann sich ändern, da Feiertage noch nicht feststehen",
		Used: "%s von %s verbraucht", Left: "noch %s", Over: "%s überschritten",
		Severity: "Schweregrad", Workday: "Ersatzarbeitstag:",
		Days: "%d Tage", OpenDays: "davon %d mit Servicezeit", Zone: "Uhrzeit: %s",
	}
}

// Chinese returns the words in simplified Chinese.
func Chinese() *Words {
	return &Words{
		Weekdays: [7]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"},
		Day:      "1月2日 Mon", Date: "2006年1月2日 Mon", Separator: " ", Comma: "，", Units: [3]string{"小时", "分钟", "秒"},
		Opened: "提交", Start: "开始计时", Alarm: "提醒", FirstDue: "原截止", Due: "截止", Breached: "超时", Now: "现在", Clock: "时钟",
		Events: map[string]string{
			sla.WordResponded: "已答复", sla.WordResolved: "已解决", sla.WordReopened: "重新打开", sla.WordPaused: "暂停", sla.WordResumed: "恢复", sla.WordCancelled: "已取消", change: "变更为",
		},
		Metrics: map[sla.Metric]string{sla.FirstResponse: "首次响应", sla.NextResponse: "下次响应", sla.Resolution: "解决"},
		Times: map[ticket.Reason]string{
			ticket.ReasonOpen: "已计时", ticket.ReasonIdle: "尚未开始", ticket.ReasonPaused: "暂停中", ticket.ReasonStopped: "已停止", ticket.ReasonClosed: "非服务时间", ticket.ReasonNoTerm: "无承诺",
		},
		Ahead: "将计时", Late: "已超时", Unused: "其他服务时间",
		DueAt: "截止时间 %s", DuePaused: "暂停中；若现在恢复，截止时间为 %s", Overdue: "自 %s 起超时", Missed: "已超时（截止 %s）", Met: "按时完成（截止 %s）",
		NotDue: "没有截止时间", Provisional: "节假日安排未定，可能变动",
		Used: "已用 %s，共 %s", Left: "剩余 %s", Over: "超出 %s",
		Severity: "严重级别", Workday: "调休上班：",
		Days: "%d 天", OpenDays: "其中 %d 天有服务时间", Zone: "时区：%s",
	}
}

// change is the text in Words.Events that is for changes of the request.
const change = "change"

// Time returns an instant in its Location as people write it, with seconds only if there are
// any. The offset from UTC stands behind it within a day of a change of the clock: the time of
// day may be there twice.
func (w *Words) Time(t time.Time) string {
	s := w.format(w.Date, t) + w.Separator + timeOfDay(t)
	_, before := t.AddDate(0, 0, -1).Zone()
	if _, after := t.AddDate(0, 0, 1).Zone(); before != after {
		s += " (" + offset(t) + ")"
	}
	return s
}

// Duration returns a duration in hours, minutes and seconds: 37 h 30 min. It has no days, which
// are 24 hours for some people and 8 for others.
func (w *Words) Duration(d time.Duration) string {
	d = d.Round(time.Second)
	var parts []string
	for i, unit := range []time.Duration{time.Hour, time.Minute, time.Second} {
		n := d / unit
		if d -= n * unit; n != 0 || i == 1 && d == 0 && parts == nil {
			parts = append(parts, strconv.FormatInt(int64(n), 10)+" "+w.Units[i])
		}
	}
	return strings.Join(parts, " ")
}

// format returns a time in a layout in which Mon stands for the weekday.
func (w *Words) format(layout string, t time.Time) string {
	before, behind, ok := strings.Cut(layout, "Mon")
	if !ok {
		return t.Format(layout)
	}
	return t.Format(before) + w.Weekdays[t.Weekday()] + t.Format(behind)
}

// holiday returns the name of a day, with its hours as a calendar writes them.
func (w *Words) holiday(h calendar.Holiday) string {
	name := text.OneLine(cmp.Or(w.Names[h.Name], h.Name))
	if h.Workday {
		name = w.Workday + " " + name
	}
	if !h.Hours.IsZero() {
		name += " (" + h.Hours.String() + ")"
	}
	return name
}

// event returns what happened, without the note.
func (w *Words) event(e ticket.Event) string {
	var parts []string
	if c := e.Change; c != (ticket.Change{}) {
		for _, value := range []string{string(c.Severity), string(c.Category), string(c.Plan), string(c.Moniker), c.Country} {
			if value != "" {
				parts = append(parts, text.OneLine(value))
			}
		}
		parts[0] = w.Events[change] + " " + parts[0]
	}
	if e.Word != "" {
		parts = append(parts, w.word(e.Word))
	}
	return strings.Join(parts, ", ")
}

// alarm returns what an alarm is called: a share of the target, or the time to the due time.
// One that repeats has no such name.
func (w *Words) alarm(t sla.Threshold) string {
	switch {
	case t.Every > 0:
		return w.Alarm
	case t.Percent > 0:
		return fmt.Sprintf("%s %d%%", w.Alarm, t.Percent)
	case t.Offset < 0:
		return w.Alarm + " −" + w.Duration(-t.Offset)
	case t.Offset > 0:
		return w.Alarm + " +" + w.Duration(t.Offset)
	}
	return w.Alarm
}

// word returns the text for a word of a policy.
func (w *Words) word(word string) string {
	if text, ok := w.Events[word]; ok {
		return text
	}
	return text.OneLine(word)
}

// metric returns the name of a metric.
func (w *Words) metric(m sla.Metric) string {
	if text, ok := w.Metrics[m]; ok {
		return text
	}
	return text.OneLine(string(m))
}

// severity returns what a severity is called, if there is one.
func (w *Words) severity(s sla.Severity) string {
	if s == "" {
		return ""
	}
	return w.Severity + " " + text.OneLine(string(s))
}

func (w *Words) use(s stretch) string {
	switch s.use {
	case counted:
		return w.Times[ticket.ReasonOpen]
	case late:
		return w.Late
	case ahead:
		return w.Ahead
	case paused:
		return w.Times[ticket.ReasonPaused]
	case stopped:
		return w.Times[ticket.ReasonStopped]
	case idle:
		return w.Times[ticket.ReasonIdle]
	case none:
		return w.Times[ticket.ReasonNoTerm]
	}
	if s.open {
		return w.Unused
	}
	return w.Times[ticket.ReasonClosed]
}

// capital returns a text with a capital letter at its beginning.
func capital(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[n:]
}
