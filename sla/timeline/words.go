package timeline

import (
	"fmt"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla"
)

// Words are those of a picture in one language. [English], [German] and [Chinese]
// have them; a caller can bring others, or change some of these.
type Words struct {
	Weekdays [7]string // short, from Sunday

	// Of the marks. Alarm stands before the threshold, Severity before the new one.
	Opened, Start, Alarm, FirstDue, Due, Breached, Now           string
	Paused, Resumed, Responded, Severity, Reopened, Cancelled    string
	Workday                                                      string // of a make-up workday, before its name
	Counted, Ahead, Unused, PausedTime, AnsweredTime, ClosedTime string // of what becomes of time
	NoTerm                                                       string // of time in which nothing is promised

	// Days says that days are folded: how many there are, and how many have hours.
	Days string // with two verbs %d
	// Used says how much of the target is used: the time used and the target's.
	Used string // with two verbs %s
	// NotDue says that nothing is due.
	NotDue string
}

// English returns the words in English.
func English() *Words {
	return &Words{
		Weekdays: [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
		Opened:   "opened", Start: "start", Alarm: "alarm", FirstDue: "due at first", Due: "due", Breached: "breached", Now: "now",
		Paused: "paused", Resumed: "resumed", Responded: "answered", Severity: "severity", Reopened: "reopened", Cancelled: "cancelled",
		Workday: "make-up workday:",
		Counted: "counted", Ahead: "will count", Unused: "open, not counted", PausedTime: "paused", AnsweredTime: "answered", ClosedTime: "closed", NoTerm: "nothing promised",
		Days: "%d days, %d of them with hours", Used: "used %s, allowed %s", NotDue: "nothing is due",
	}
}

// German returns the words in German.
func German() *Words {
	return &Words{
		Weekdays: [7]string{"So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"},
		Opened:   "eröffnet", Start: "Beginn", Alarm: "Alarm", FirstDue: "ursprünglich fällig", Due: "fällig", Breached: "überschritten", Now: "jetzt",
		Paused: "pausiert", Resumed: "fortgesetzt", Responded: "beantwortet", Severity: "Schweregrad", Reopened: "wieder geöffnet", Cancelled: "abgebrochen",
		Workday: "Ersatzarbeitstag:",
		Counted: "zählt", Ahead: "wird zählen", Unused: "geöffnet, zählt nicht", PausedTime: "pausiert", AnsweredTime: "beantwortet", ClosedTime: "geschlossen", NoTerm: "nichts zugesagt",
		Days: "%d Tage, davon %d mit Öffnungszeiten", Used: "verbraucht %s, erlaubt %s", NotDue: "nichts ist fällig",
	}
}

// Chinese returns the words in simplified Chinese.
func Chinese() *Words {
	return &Words{
		Weekdays: [7]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"},
		Opened:   "提交", Start: "开始计时", Alarm: "提醒", FirstDue: "原截止时间", Due: "截止", Breached: "超时", Now: "现在",
		Paused: "暂停", Resumed: "恢复", Responded: "已答复", Severity: "严重级别", Reopened: "重新打开", Cancelled: "已取消",
		Workday: "调休上班：",
		Counted: "已计时", Ahead: "将计时", Unused: "服务时间，不计时", PausedTime: "暂停", AnsweredTime: "已答复", ClosedTime: "非服务时间", NoTerm: "无承诺",
		Days: "%d 天，其中 %d 天有服务时间", Used: "已用 %s，共 %s", NotDue: "没有截止时间",
	}
}

func (w *Words) event(k sla.EventKind) string {
	switch k {
	case sla.Paused:
		return w.Paused
	case sla.Resumed:
		return w.Resumed
	case sla.Responded:
		return w.Responded
	case sla.SeverityChanged:
		return w.Severity
	case sla.Reopened:
		return w.Reopened
	}
	return w.Cancelled
}

func (w *Words) use(s stretch) string {
	switch {
	case s.use == counted:
		return w.Counted
	case s.use == ahead:
		return w.Ahead
	case s.use == paused:
		return w.PausedTime
	case s.use == answered:
		return w.AnsweredTime
	case s.use == none:
		return w.NoTerm
	case s.open:
		return w.Unused
	}
	return w.ClosedTime
}

// day returns the date of a day with its weekday, or of some days the first and the
// last.
func (w *Words) day(d *day) string {
	text := w.date(d.date)
	if d.last != d.date {
		text += " – " + w.date(d.last)
	}
	return text
}

func (w *Words) date(d calendar.Date) string { return w.Weekdays[d.Weekday()] + " " + d.String() }

// instant returns an instant in a zone: the weekday, the date, the time of day and the
// offset.
func (w *Words) instant(t time.Time, zone *time.Location) string {
	t = t.In(zone)
	return w.date(calendar.DateOf(t)) + " " + clock(t) + " " + offset(t)
}

func (w *Words) holiday(h calendar.Holiday) string {
	if h.Workday {
		return w.Workday + " " + oneLine(h.Name)
	}
	return oneLine(h.Name)
}

// title says when what is due.
func (p *picture) title() string {
	w, r := p.Words, p.Deadline.Request
	title := w.NotDue
	if !p.Status.Due.IsZero() {
		title = w.Due + " " + w.instant(p.Status.Due, p.Zone)
	}
	if p.Status.State == sla.StateCancelled {
		title = w.Cancelled
	}
	return fmt.Sprintf("%s (%s, %s %s)", title, oneLine(string(r.Moniker)), w.Severity, p.Status.Severity)
}

// list says of each mark what it is and when that is, in both zones.
func (p *picture) list() []string {
	var lines []string
	for _, m := range p.marks {
		line := m.text + ": " + p.Words.instant(m.at, p.Zone)
		if p.Second != nil {
			line += " = " + p.Words.instant(m.at, p.Second)
		}
		if m.note != "" {
			line += ": " + m.note
		}
		lines = append(lines, line)
	}
	return lines
}

// used says how much of the target is used.
func (p *picture) used() string {
	st := p.Status
	if st.Err != nil || st.Due.IsZero() {
		return ""
	}
	return fmt.Sprintf(p.Words.Used, amount(st.Elapsed.Business), amount(st.Allowed))
}
