package timeline

import (
	"fmt"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla/internal/text"
	"github.com/duetime/duetime/sla/ticket"
)

// Words are those of a picture in one language. [English], [German] and [Chinese]
// have them; a caller can bring others, or change some of these.
type Words struct {
	Weekdays [7]string // short, from Sunday

	// Words for marks. Alarm stands before the threshold, and that of SeverityChanged in
	// Events before a severity. An event without a word is shown as it is.
	Opened, Start, Alarm, FirstDue, Due, Breached, Now string
	Events                                             map[ticket.EventKind]string

	// Words for stretches of time: by what becomes of it, what will count if nothing else
	// happens, and the hours that do not count.
	Times         map[ticket.Reason]string
	Ahead, Unused string

	Workday string // before the name of a make-up workday
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
		Events: map[ticket.EventKind]string{
			ticket.Paused: "paused", ticket.Resumed: "resumed", ticket.Responded: "answered", ticket.SeverityChanged: "severity", ticket.Reopened: "reopened", ticket.Cancelled: "cancelled",
		},
		Workday: "make-up workday:",
		Times: map[ticket.Reason]string{
			ticket.ReasonOpen: "counted", ticket.ReasonPaused: "paused", ticket.ReasonAnswered: "answered", ticket.ReasonClosed: "closed", ticket.ReasonNoTerm: "nothing promised",
		},
		Ahead: "will count", Unused: "open, not counted",
		Days: "%d days, %d of them with hours", Used: "used %s, allowed %s", NotDue: "nothing is due",
	}
}

// German returns the words in German.
func German() *Words {
	return &Words{
		Weekdays: [7]string{"So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"},
		Opened:   "eröffnet", Start: "Beginn", Alarm: "Alarm", FirstDue: "ursprünglich fällig", Due: "fällig", Breached: "überschritten", Now: "jetzt",
		Events: map[ticket.EventKind]string{
			ticket.Paused: "pausiert", ticket.Resumed: "fortgesetzt", ticket.Responded: "beantwortet", ticket.SeverityChanged: "Schweregrad", ticket.Reopened: "wieder geöffnet", ticket.Cancelled: "abgebrochen",
		},
		Workday: "Ersatzarbeitstag:",
		Times: map[ticket.Reason]string{
			ticket.ReasonOpen: "zählt", ticket.ReasonPaused: "pausiert", ticket.ReasonAnswered: "beantwortet", ticket.ReasonClosed: "geschlossen", ticket.ReasonNoTerm: "nichts zugesagt",
		},
		Ahead: "wird zählen", Unused: "geöffnet, zählt nicht",
		Days: "%d Tage, davon %d mit Öffnungszeiten", Used: "verbraucht %s, erlaubt %s", NotDue: "nichts ist fällig",
	}
}

// Chinese returns the words in simplified Chinese.
func Chinese() *Words {
	return &Words{
		Weekdays: [7]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"},
		Opened:   "提交", Start: "开始计时", Alarm: "提醒", FirstDue: "原截止时间", Due: "截止", Breached: "超时", Now: "现在",
		Events: map[ticket.EventKind]string{
			ticket.Paused: "暂停", ticket.Resumed: "恢复", ticket.Responded: "已答复", ticket.SeverityChanged: "严重级别", ticket.Reopened: "重新打开", ticket.Cancelled: "已取消",
		},
		Workday: "调休上班：",
		Times: map[ticket.Reason]string{
			ticket.ReasonOpen: "已计时", ticket.ReasonPaused: "暂停", ticket.ReasonAnswered: "已答复", ticket.ReasonClosed: "非服务时间", ticket.ReasonNoTerm: "无承诺",
		},
		Ahead: "将计时", Unused: "服务时间，不计时",
		Days: "%d 天，其中 %d 天有服务时间", Used: "已用 %s，共 %s", NotDue: "没有截止时间",
	}
}

func (w *Words) event(k ticket.EventKind) string {
	if word, ok := w.Events[k]; ok {
		return word
	}
	return text.OneLine(string(k))
}

func (w *Words) use(s stretch) string {
	switch {
	case s.use == counted:
		return w.Times[ticket.ReasonOpen]
	case s.use == ahead:
		return w.Ahead
	case s.use == paused:
		return w.Times[ticket.ReasonPaused]
	case s.use == answered:
		return w.Times[ticket.ReasonAnswered]
	case s.use == none:
		return w.Times[ticket.ReasonNoTerm]
	case s.open:
		return w.Unused
	}
	return w.Times[ticket.ReasonClosed]
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
		return w.Workday + " " + text.OneLine(h.Name)
	}
	return text.OneLine(h.Name)
}

// title says when what is due.
func (p *picture) title() string {
	w, r := p.Words, p.Request
	title := w.NotDue
	if !p.Status.Due.IsZero() {
		title = w.Due + " " + w.instant(p.Status.Due, p.Zone)
	}
	if p.Status.State == ticket.StateCancelled {
		title = w.event(ticket.Cancelled)
	}
	return fmt.Sprintf("%s (%s, %s %s)", title, text.OneLine(string(r.Moniker)), w.event(ticket.SeverityChanged), p.Status.Severity)
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
	return fmt.Sprintf(p.Words.Used, amount(st.Elapsed), amount(st.TargetTime))
}
