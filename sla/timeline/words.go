package timeline

import (
	"strings"

	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/text"
	"github.com/duetime/duetime/sla/ticket"
)

// Words are those of a picture in one language. [English], [German] and [Chinese]
// have them; a caller can bring others, or change some of these.
type Words struct {
	Weekdays [7]string // short, from Sunday

	// Words for marks. Alarm stands before the threshold.
	Opened, Start, Alarm, FirstDue, Due, Breached, Now string
	// Events holds texts for the words of a policy that declares none, and for "change",
	// which stands before what the request is changed to. Other words are shown as they are.
	Events map[string]string

	// Times holds texts for stretches of time, by their reason: that of an open stretch says
	// that it counts. Ahead stands for time that will count if nothing else happens, and
	// Unused for hours that do not count.
	Times         map[ticket.Reason]string
	Ahead, Unused string

	Severity string // before a severity
	Workday  string // before the name of a make-up workday
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
		Events: map[string]string{
			sla.WordResponded: "answered", sla.WordResolved: "resolved", sla.WordReopened: "reopened", sla.WordPaused: "paused", sla.WordResumed: "resumed", sla.WordCancelled: "cancelled", change: "changed to",
		},
		Severity: "severity",
		Workday:  "make-up workday:",
		Times: map[ticket.Reason]string{
			ticket.ReasonOpen: "counted", ticket.ReasonIdle: "idle", ticket.ReasonPaused: "paused", ticket.ReasonStopped: "stopped", ticket.ReasonClosed: "closed", ticket.ReasonNoTerm: "nothing promised",
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
		Events: map[string]string{
			sla.WordResponded: "beantwortet", sla.WordResolved: "gelöst", sla.WordReopened: "wieder geöffnet", sla.WordPaused: "pausiert", sla.WordResumed: "fortgesetzt", sla.WordCancelled: "abgebrochen", change: "geändert zu",
		},
		Severity: "Schweregrad",
		Workday:  "Ersatzarbeitstag:",
		Times: map[ticket.Reason]string{
			ticket.ReasonOpen: "zählt", ticket.ReasonIdle: "noch nicht begonnen", ticket.ReasonPaused: "pausiert", ticket.ReasonStopped: "angehalten", ticket.ReasonClosed: "geschlossen", ticket.ReasonNoTerm: "nichts zugesagt",
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
		Events: map[string]string{
			sla.WordResponded: "已答复", sla.WordResolved: "已解决", sla.WordReopened: "重新打开", sla.WordPaused: "暂停", sla.WordResumed: "恢复", sla.WordCancelled: "已取消", change: "变更为",
		},
		Severity: "严重级别",
		Workday:  "调休上班：",
		Times: map[ticket.Reason]string{
			ticket.ReasonOpen: "已计时", ticket.ReasonIdle: "尚未开始", ticket.ReasonPaused: "暂停", ticket.ReasonStopped: "已停止", ticket.ReasonClosed: "非服务时间", ticket.ReasonNoTerm: "无承诺",
		},
		Ahead: "将计时", Unused: "服务时间，不计时",
		Days: "%d 天，其中 %d 天有服务时间", Used: "已用 %s，共 %s", NotDue: "没有截止时间",
	}
}

// change is the text in Words.Events that is for changes of the request.
const change = "change"

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

// word returns the text for a word of a policy.
func (w *Words) word(word string) string {
	if text, ok := w.Events[word]; ok {
		return text
	}
	return text.OneLine(word)
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
