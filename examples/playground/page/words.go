package page

import "github.com/duetime/duetime/sla/timeline"

// words are those of the page in one language.
type words struct {
	Code, Name                                                    string // of the language
	Title, Lead, Ask, Yours, Answer, Why                          string
	Cloud, Severity, Plan, Category, Country, Metric              string
	Technical, Billing, PreSales, Default, AnyCountry             string
	Worldwide, China, Germany                                     string
	FirstResponse, Published, Adopted, Own                        string // the metric, and the bases
	Opened, Zone, Second, None, Now, NowHint                      string
	Events, EventsHint, Kind, Changed, To, Note, Add              string // Changed: an event
	Catalog, CatalogHint, Faults, NoFaults, Fault                 string // Fault: line, column, where and text, want
	DueAt, NoDue, Remaining, Overdue, Answered, Stopped           string // Remaining and Overdue: wall, business time
	RemainingWall, OverdueWall                                    string // of targets in real time
	Term, Hours, StartNow, StartLater, Within, Days, Moved        string // StartNow and StartLater: what began it, start
	Wall, Dates                                                   string
	AtOpening, AtReopening, AtChange, AtDue                       string
	Idle                                                          string // words
	Carried, Provisional, Source, Basis, FollowUp, Duties, Breach string
	StartThen                                                     string // start
	TakenBack, Unknown, When, TooLong, Loading, Failed, Day       string // TakenBack: what is not offered, and what is shown instead
	Text, Data, Link, Copied, OwnPage, Wrong, Busy                string
	timeline                                                      func() *timeline.Words
}

// languages are those of the readers of the page that duetime implements.
var languages = [...]words{
	{
		Code: "en", Name: "English",
		Title: "When is the answer due?", Lead: "Choose a cloud and a severity, and see when the first response to a support request is due, and why.",
		Ask: "The request", Yours: "Your own terms", Answer: "Answer", Why: "Why",
		Cloud: "Cloud", Severity: "Severity", Plan: "Plan", Category: "Category", Country: "Country of the customer", Metric: "What is due",
		Technical: "technical", Billing: "billing", PreSales: "pre-sales", Default: "default", AnyCountry: "does not matter",
		Worldwide: "Worldwide", China: "China (21Vianet)", Germany: "Germany",
		TakenBack: "%s is not offered here: %s is shown.", Unknown: "This page has no such field, and goes on without: %s.", When: "when", TooLong: "This life is longer than 400 days, or has too many openings, closings or alarms: its account and its picture are left out.",
		Day: "d", Loading: "loading; until then, the button asks the server", Failed: "The page cannot compute in this browser: the button asks the server, if there is one.",
		Carried: "The severity was changed: the time used before it counts towards the target.", FirstResponse: "first response", Published: "published", Adopted: "adopted: inferred from what is published for another cloud", Own: "of your own catalog",
		Opened: "Opened", Zone: "by the clock of", Second: "Also show the hours of", None: "none", Now: "As of", NowHint: "empty: the time that it is",
		Events: "What happened since", EventsHint: "pauses, changes of severity and answers, in any order", Kind: "event", Changed: "severity changed", To: "to", Note: "note", Add: "Add an event",
		Catalog: "A catalog as JSON, pasted or dropped here", CatalogHint: "empty: the published terms of 2020", Faults: "What is wrong with the catalog", NoFaults: "The catalog has no faults.",
		Fault: "line %s, column %s: %s: want %s",
		DueAt: "Due", NoDue: "Nothing is due", Remaining: "%s left, %s of it in the hours", Overdue: "overdue by %s, %s of it in the hours",
		RemainingWall: "%s left", OverdueWall: "overdue by %s",
		Answered: "done in time", Stopped: "done too late",
		Term: "Severity %s: %s, %s.", Hours: "The hours are %s.",
		StartNow: "%s in the hours, so the clock starts at once: %s.", StartLater: "%s out of the hours, so the clock starts when they begin: %s.", StartThen: "By the hours in force then, the clock started: %s.",
		AtOpening: "Opened", AtReopening: "Reopened", AtChange: "Severity changed", AtDue: "The last one was due",
		Idle:   "The clock has not started: it starts with: %s.",
		Within: "It is due after %s of business time from the start.", Days: "%s: so many business days (bd) from the start.", Moved: "Time paused or stopped has moved the due time on, from %s.",
		Wall: "%s: so much time by the clock on the wall (wall) from the start.", Dates: "%s: so many days of the calendar (d) from the date of the opening, then the next business day.",
		Provisional: "The holidays of a year up to then can still change, and so can this.",
		Source:      "Source: %s", Basis: "The figure is %s.", FollowUp: "Then: %s", Duties: "The customer: %s", Breach: "Breached since %s.",
		Text: "As text, for a comment in the ticket", Data: "As JSON", Link: "Copy the address of this answer", Copied: "Copied.",
		OwnPage: "Everything is computed here, in your browser. The address has the whole question: who gets it can read it.", Wrong: "That cannot be answered", Busy: "computed by the server",
		timeline: timeline.English,
	},
	{
		Code: "de", Name: "Deutsch",
		Title: "Wann ist die Antwort fällig?", Lead: "Wählen Sie Cloud und Schweregrad und sehen Sie, wann die erste Antwort auf eine Supportanfrage fällig ist, und warum.",
		Ask: "Die Anfrage", Yours: "Eigene Bedingungen", Answer: "Antwort", Why: "Warum",
		Cloud: "Cloud", Severity: "Schweregrad", Plan: "Supportplan", Category: "Kategorie", Country: "Land des Kunden", Metric: "Was fällig ist",
		Technical: "technisch", Billing: "Abrechnung", PreSales: "Vorverkauf", Default: "Standard", AnyCountry: "beliebig",
		Worldwide: "Weltweit", China: "China (21Vianet)", Germany: "Deutschland",
		TakenBack: "%s gibt es hier nicht: gezeigt wird %s.", Unknown: "Diese Felder kennt die Seite nicht, sie rechnet ohne: %s.", When: "wann", TooLong: "Das sind mehr als 400 Tage oder zu viele Öffnungszeiten oder Alarme: Begründung und Bild sind weggelassen.",
		Day: " T.", Loading: "lädt; bis dahin fragt der Knopf den Server", Failed: "In diesem Browser kann die Seite nicht rechnen: der Knopf fragt den Server, wenn es einen gibt.",
		Carried: "Der Schweregrad wurde geändert: die vorher verbrauchte Zeit zählt mit.", FirstResponse: "erste Antwort", Published: "veröffentlicht", Adopted: "übernommen: abgeleitet aus den Angaben für eine andere Cloud", Own: "aus Ihrem Katalog",
		Opened: "Eröffnet", Zone: "nach der Uhr von", Second: "Auch zeigen: Uhrzeit von", None: "keine", Now: "Stand", NowHint: "leer: jetzt",
		Events: "Was seitdem geschah", EventsHint: "Pausen, Wechsel des Schweregrads und Antworten, in beliebiger Reihenfolge", Kind: "Ereignis", Changed: "Schweregrad geändert", To: "auf", Note: "Notiz", Add: "Ereignis hinzufügen",
		Catalog: "Ein Katalog als JSON, hier eingefügt oder hierher gezogen", CatalogHint: "leer: die veröffentlichten Bedingungen von 2020", Faults: "Was am Katalog nicht stimmt", NoFaults: "Der Katalog hat keine Fehler.",
		Fault: "Zeile %s, Spalte %s: %s: erwartet %s",
		DueAt: "Fällig", NoDue: "Nichts ist fällig", Remaining: "noch %s, davon %s Servicezeit", Overdue: "überfällig seit %s, davon %s Servicezeit",
		RemainingWall: "noch %s", OverdueWall: "überfällig seit %s",
		Answered: "rechtzeitig erledigt", Stopped: "zu spät erledigt",
		Term: "Schweregrad %s: %s, %s.", Hours: "Die Servicezeit ist %s.",
		StartNow: "%s in der Servicezeit: die Uhr läuft sofort, ab %s.", StartLater: "%s außerhalb der Servicezeit: die Uhr läuft, sobald sie beginnt, ab %s.", StartThen: "Nach der damaligen Servicezeit läuft die Uhr ab %s.",
		AtOpening: "Eröffnet", AtReopening: "Wieder geöffnet", AtChange: "Schweregrad geändert", AtDue: "Die vorige Frist endete",
		Idle:   "Die Uhr läuft noch nicht. Sie beginnt mit: %s.",
		Within: "Fällig nach %s Servicezeit ab Beginn.", Days: "%s: so viele Arbeitstage (bd) ab Beginn.", Moved: "Zeit, in der die Uhr stand, hat die Fälligkeit verschoben, von %s.",
		Wall: "%s: so viel Zeit ab Beginn, auch außerhalb der Servicezeit (wall).", Dates: "%s: so viele Kalendertage (d) nach dem Tag der Eröffnung, dann der nächste Arbeitstag.",
		Provisional: "Die Feiertage eines Jahres bis dahin stehen noch nicht fest: das kann sich ändern.",
		Source:      "Quelle: %s", Basis: "Die Angabe ist %s.", FollowUp: "Danach: %s", Duties: "Der Kunde: %s", Breach: "Die Frist ist überschritten seit %s.",
		Text: "Als Text, für einen Kommentar im Ticket", Data: "Als JSON", Link: "Adresse dieser Antwort kopieren", Copied: "Kopiert.",
		OwnPage: "Alles wird hier in Ihrem Browser berechnet. Die Adresse enthält die ganze Frage: wer sie bekommt, kann sie lesen.", Wrong: "Das lässt sich nicht beantworten", Busy: "vom Server berechnet",
		timeline: timeline.German,
	},
	{
		Code: "zh", Name: "中文",
		Title: "什么时候必须答复？", Lead: "选择云和严重级别，即可看到支持请求的首次响应截止时间及其原因。",
		Ask: "请求", Yours: "自定义条款", Answer: "答案", Why: "原因",
		Cloud: "云", Severity: "严重级别", Plan: "支持计划", Category: "类别", Country: "客户所在国家/地区", Metric: "时限指标",
		Technical: "技术", Billing: "计费", PreSales: "售前", Default: "默认", AnyCountry: "不限",
		Worldwide: "全球", China: "中国（世纪互联）", Germany: "德国",
		TakenBack: "此处没有 %s，改为显示 %s。", Unknown: "此页面没有以下字段，已忽略：%s。", When: "时间", TooLong: "超过 400 天，或服务时段、提醒过多，不显示明细和时间线。",
		Day: " 天", Loading: "正在加载；在此之前，按钮由服务器回答", Failed: "此浏览器无法在页面中计算：按钮由服务器回答（如有）。",
		Carried: "严重级别已变更：之前已用的时间计算在内。", FirstResponse: "首次响应", Published: "已公布", Adopted: "沿用：根据另一个云公布的内容推断", Own: "您自己的目录",
		Opened: "提交时间", Zone: "时区", Second: "同时显示时区", None: "无", Now: "截至时间", NowHint: "留空：当前时间",
		Events: "之后发生的事", EventsHint: "暂停、级别变更和答复，顺序不限", Kind: "事件", Changed: "级别变更", To: "改为", Note: "备注", Add: "添加事件",
		Catalog: "条款目录（JSON）：粘贴或拖放到此处", CatalogHint: "留空：2020 年公布的条款", Faults: "目录中的错误", NoFaults: "目录没有错误。",
		Fault: "第 %s 行，第 %s 列：%s：应为 %s",
		DueAt: "截止时间", NoDue: "没有截止时间", Remaining: "还剩 %s，其中服务时间 %s", Overdue: "已超时 %s，其中服务时间 %s",
		RemainingWall: "还剩 %s", OverdueWall: "已超时 %s",
		Answered: "按时完成", Stopped: "超时完成",
		Term: "严重级别 %s：%s，%s。", Hours: "服务时间：%s。",
		StartNow: "%s时在服务时间内，立即开始计时：%s。", StartLater: "%s时在服务时间外，到下一次服务时间开始计时：%s。", StartThen: "按当时的服务时间开始计时：%s。",
		AtOpening: "提交", AtReopening: "重新打开", AtChange: "级别变更", AtDue: "上次截止",
		Idle:   "尚未开始计时，以下事件后开始：%s。",
		Within: "开始计时后，经过 %s 服务时间即截止。", Days: "%s：从开始时起的工作日（bd）数。", Moved: "暂停或停止计时的时间使截止时间推迟，原为 %s。",
		Wall: "%s：从开始计时起的实际时间（wall），包括服务时间以外。", Dates: "%s：从提交日期起的日历日（d）数，遇非工作日顺延。",
		Provisional: "期间某年的节假日尚未确定，结果可能改变。",
		Source:      "来源：%s", Basis: "该数字的依据：%s。", FollowUp: "之后：%s", Duties: "客户：%s", Breach: "超时始于 %s。",
		Text: "文本形式，可贴入工单备注", Data: "JSON", Link: "复制此答案的地址", Copied: "已复制。",
		OwnPage: "一切都在您的浏览器中计算。地址中包含整个问题，得到地址的人都能看到。", Wrong: "无法回答", Busy: "由服务器计算",
		timeline: timeline.Chinese,
	},
}

func wordsOf(language string) words {
	for _, w := range languages {
		if w.Code == language {
			return w
		}
	}
	return languages[0]
}
