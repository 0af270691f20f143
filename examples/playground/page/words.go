package page

import (
	"cmp"
	"sync"

	"github.com/duetime/duetime/sla/timeline"
)

// These are the notes on sources in published.json that are long.
const (
	noteChinese = "o365-21vianet, Technical support initial response times (English; " +
		"the Chinese text of the page says 1 hour, against the original and eleven other translations)"
	noteGermany = "o365-germany, publishes support hours and no response times; " +
		"those of o365-21vianet are applied, business days to Berlin's business hours"
	noteBilling = "o365-21vianet: billing has business hours and severity B at the highest; " +
		"the response times are those of the table for technical support; " +
		"the hours are those of Contact support for China (PRC), 2020-05-27, https://docs.microsoft.com/en-us/microsoft-365/admin/support/china-prc, on statutory working days, as 21Vianet words it for its other products"
)

// words are the texts of the page in one language. The comment of a format says what its verbs
// stand for. The forms of dates, hours and durations are in format.go.
type words struct {
	Code, Name                              string // of the language
	Title, DueTimes, Offices, Source, About string // Source: a link to the code
	Comma, Aside, Language                  string

	Asked                                                  string // severity, cloud, opening
	Whose, Published, Own, Clouds2020, OwnLead, Service    string
	Cloud, Severity, Plan, Category, Country, Metric, More string
	Usual, AnyCountry, None                                string // Usual: a plan
	Opened, Zone, Second, Now, NowHint                     string
	Answer                                                 string

	Due, NothingDue, NotPromised, NotOffered, Wrong, Broken string
	NotPromisedText, NotOfferedText                         string // severity, metric; severity, the highest
	Remaining, RemainingIn, Overdue, OverdueIn              string // time, and of it in the hours
	Early, Idle                                             string // Early: of a clock that stopped; Idle: words
	States                                                  map[string]string
	Provisional, ProvisionalText                            string

	Why                                           string
	Promised                                      map[string]string // metric, target; by the basis
	Hours, HoursCode                              string            // when; a notation
	HoursHolidays                                 string            // codes
	StartNow, StartLater, StartThen               string            // what began it, start
	AtOpening, AtReopening, AtChange, AtDue       string
	AfterTime, AfterWall, AfterDays, AfterTarget  string // target, due
	Before, InHours                               string // a target, a time of day, another; a target, another
	Skipped, Worked, Expected                     string // holidays; make-up workdays; a holiday
	Moved, Breached, Carried                      string // the due time before; the breach
	SourceOf, FollowUp, Duties, Others, SourceOwn string

	Picture, PictureHint                                         string
	Events, EventsHint, When, Kind, Changed, To, Note, Add       string // Changed: an event
	Catalog, CatalogHint, File, NoFaults, Missing, FaultOf, Want string // FaultOf: line, column
	Faults                                                       string // how many
	Take, Link, Copied, Text, TextHint, Data, ICS, ICSHint, Go   string
	GoHint                                                       string
	TakenBack, Unknown, TooLong, Loading, Failed, OwnPage, Busy  string // TakenBack: what is not offered, what is shown

	OfficesLead, Choose, Support, OpenNow, ClosedNow, Always string
	Until, From, InLanguages, Call, Alternative, NoPhone     string // Until, From: an instant
	YourTime, OtherClouds, OfficesSource                     string // YourTime: of the office's zone
	HolidaysKept, ShowOffice                                 string // HolidaysKept: codes
	Dial                                                     map[string]string

	Problems map[string]string // by the kind
	Whats    map[string]string // kinds of names, as region.UnknownError has them
	Names    map[string]string // of the published terms, by the name there
	Holidays map[string]string // of the published clouds, by the name in the calendar
	Leads    map[string]string // of the published clouds
	Notes    map[string]string // of the published severities
	Texts    map[string]string // of the published terms and offices, by the English text
	Fields   map[string]string // what a field of a catalog has, by its name

	Weekdays, ShortDays [7]string // from Sunday; for a list of hours
	Months              [12]string
	To2, Daily, Closed  string // from one weekday to another; each day
	Round               string // round the clock
	Units               [12]string
	timeline            func() *timeline.Words
}

// languages are those of the readers of the page that duetime implements.
var languages = sync.OnceValue(func() []*words { return []*words{english(), german(), chinese()} })

func wordsOf(language string) *words {
	for _, w := range languages() {
		if w.Code == language {
			return w
		}
	}
	return languages()[0]
}

// name returns a name of the published terms in the language of the words, and any other name
// as it is.
func (w *words) name(name string) string { return cmp.Or(w.Names[name], name) }

// picture returns the words of the picture.
func (w *words) picture() *timeline.Words {
	words := w.timeline()
	words.Holidays = w.Holidays
	return words
}

func english() *words {
	return &words{
		Code: "en", Name: "English", Language: "Language", Comma: ", ", Aside: " (%[1]s)",
		Title: "When is the answer due?", DueTimes: "Due times", Offices: "Support offices", Source: "Source code", About: "duetime computes due times of support requests: business hours, holidays, pauses and changes of the clock.",
		Asked: "A severity %[1]s request to %[2]s, opened %[3]s.",
		Whose: "Whose terms?", Service: "Service", Published: "Microsoft’s clouds", Own: "Your own terms",
		Clouds2020: "Microsoft’s clouds of 2020, as its help page of 27 May 2020 had them.", OwnLead: "Severities, hours, holidays and targets of your own desk, as JSON. Start from the example.",
		Cloud: "Cloud", Severity: "Severity", Plan: "Plan", Category: "Category", Country: "Country of the customer", Metric: "What is due", More: "Category, country, time zones",
		Usual: "usual", AnyCountry: "any", None: "none",
		Opened: "Opened", Zone: "Time zone", Second: "Second time zone", Now: "Shown as of", NowHint: "Leave it empty for the current time.", Answer: "Show the due time",
		Due: "Due", NothingDue: "Nothing is due", NotPromised: "No response time is promised", NotOffered: "This severity is not offered", Wrong: "One detail is missing or wrong", Broken: "Your terms need a correction",
		NotPromisedText: "For severity %[1]s, these terms state no time for: %[2]s. That is a fact of the terms, not an error.", NotOfferedText: "There is no severity %[1]s here. The highest that is offered is %[2]s.",
		Remaining: "%[1]s left", RemainingIn: "%[1]s left, %[2]s of it in support hours", Overdue: "%[1]s late", OverdueIn: "%[1]s late, %[2]s of it in support hours", Early: "%[1]s before the due time", Idle: "The clock starts with: %[1]s.",
		States:      map[string]string{"running": "Running", "pending": "Waiting for support hours", "paused": "Paused", "overdue": "Overdue", "met": "Done in time", "late": "Done too late", "cancelled": "Cancelled", "idle": "Not started", "none": "No commitment", "wrong": "No answer yet"},
		Provisional: "Provisional", ProvisionalText: "The holidays of a year on the way are not final, so the due time can still change.",
		Why:      "Why",
		Promised: map[string]string{"published": "Microsoft published in 2020: %[1]s within %[2]s.", "adopted": "Microsoft published no time for this case, so the closest published one is used: %[1]s within %[2]s.", "custom": "Your terms say: %[1]s within %[2]s."},
		Hours:    "Time counts %[1]s.", HoursCode: "in these hours: %[1]s", HoursHolidays: "except public holidays (%[1]s)",
		StartNow: "%[1]s in these hours, so the clock starts at once.", StartLater: "%[1]s outside these hours, so the clock starts when they begin: %[2]s.", StartThen: "By the hours in force then, the clock started %[2]s.",
		AtOpening: "Opened", AtReopening: "Reopened", AtChange: "Changed", AtDue: "The last one ended",
		AfterTime: "After %[1]s of that time, it is due: %[2]s.", AfterWall: "%[1]s after that, it is due: %[2]s.", Before: "%[1]s if it starts before %[2]s, otherwise %[3]s", InHours: "%[1]s if it comes in support hours, otherwise %[2]s", AfterDays: "%[1]s on, at the same time of day, it is due: %[2]s.", AfterTarget: "So it is due: %[2]s.",
		Skipped: "Holidays on the way: %[1]s.", Worked: "Working days that make up for a holiday: %[1]s.", Expected: "%[1]s, expected",
		Moved: "Pauses have moved it; before them it was due %[1]s.", Breached: "The due time was missed on %[1]s.", Carried: "The request was changed: time used before the change counts.",
		SourceOf: "Source", FollowUp: "After the response", Duties: "The customer", Others: "All commitments of this request", SourceOwn: "your own terms",
		Picture: "How the time goes", PictureHint: "Click on a day to add what happened then.",
		Events: "What happened since", EventsHint: "Pauses, answers and changes of severity move the due time.", When: "when", Kind: "event", Changed: "severity changed", To: "to severity", Note: "note", Add: "Add another",
		Catalog: "Your terms as JSON", CatalogHint: "Type here, paste, or drop a file anywhere on the page.", File: "Open a file", NoFaults: "No faults.", Missing: "missing", FaultOf: "Line %[1]s, column %[2]s", Want: "wanted:", Faults: "%[1]d to correct",
		Take: "Take it with you", Link: "Copy a link to this answer", Copied: "Copied.", Text: "Text for a comment in the ticket", TextHint: "The picture in 80 columns.", Data: "JSON", ICS: "Calendar file", ICSHint: "An appointment at the due time, for any calendar.", Go: "Go code", GoHint: "The lines that give you this.",
		TakenBack: "%[1]s is not offered here; %[2]s is shown.", Unknown: "This page has no field %[1]s, and leaves it out.", TooLong: "This is longer than 400 days, or has too many openings, closings or alarms, for a picture and reasons.",
		Loading: "Loading. Until then, the button asks the server.", Failed: "The page cannot compute in this browser. The button asks the server, if there is one.", OwnPage: "Everything is computed in your browser. A link has the whole question in it: whoever gets it can read it.", Busy: "Computed by the server.",
		OfficesLead: "Microsoft’s worldwide support in 2020 had an office for each of 246 countries and regions.", Choose: "Country or region", Support: "%[1]s support", OpenNow: "Open now", ClosedNow: "Closed now", Always: "always", Until: "until %[1]s", From: "opens %[1]s",
		InLanguages: "Language", Call: "Call", Alternative: "or", NoPhone: "There is no telephone support, only support online.", YourTime: "Times of %[1]s, as of %[2]s.", OtherClouds: "The other two clouds", OfficesSource: "As published in 2020. Do not expect today’s numbers.", ShowOffice: "Show the office", HolidaysKept: "Closed on public holidays (%[1]s).",
		Dial: map[string]string{"Select option": "then option %[1]s", "Enter code": "then code %[1]s", "After dialing, enter": "then %[1]s"},
		Problems: map[string]string{
			"address": "The address cannot be read. After a %% sign there are two hex digits (%%25 is the sign itself), and a semicolon is %%3B.", "twice": "The address has %[1]s several times. Each field may be there once.",
			"time": "%[1]s is not a date with a time of day. Write it like 2024-03-28T15:00.", "date": "There was no such day as %[1]s in %[2]s.", "zone": "There is no time zone %[1]s. Write it like Europe/Berlin, or UTC.",
			"events": "There are %[1]d events. There may be %[2]d.", "event": "Event %[1]d: %[2]s", "half": "It needs a time and what happened.", "severity": "It needs the new severity.",
			"unknown": "The %[1]s %[2]s is not known here.", "known": "There is: %[1]s.", "range": "Times must be between 1900 and 2199.", "before": "It is before the opening.", "force": "When the request was opened, no version of these terms was in force.", "other": "An unexpected fault: %[1]v",
		},
		Whats: map[string]string{"moniker": "cloud", "category": "category", "country": "country", "language": "language", "severity": "severity", "plan": "plan", "metric": "commitment", "word": "event"},
		Names: map[string]string{
			"o365-worldwide": "Office 365 worldwide", "o365-21vianet": "Office 365 in China (21Vianet)", "o365-germany": "Office 365 Germany",
			"technical": "Technical", "billing": "Billing", "pre-sales": "Pre-sales", "first-response": "first response", "next-response": "next response", "resolution": "resolution",
			"standard": "Standard", "advanced": "Advanced agreement", "business": "Business", "enterprise": "Enterprise", "elevated": "Elevated (Premier and others)",
			"A": "Critical", "B": "High", "C": "Non-critical",
		},
		Holidays: map[string]string{
			"Neujahrstag":                    "New Year’s Day",
			"Frauentag":                      "Women’s Day",
			"Karfreitag":                     "Good Friday",
			"Ostermontag":                    "Easter Monday",
			"Tag der Arbeit":                 "Labour Day",
			"Christi Himmelfahrt":            "Ascension Day",
			"Pfingstmontag":                  "Whit Monday",
			"Tag der Deutschen Einheit":      "Day of German Unity",
			"Weihnachtstag":                  "Christmas Day",
			"Zweiter Weihnachtsfeiertag":     "Second Day of Christmas",
			"500. Jahrestag der Reformation": "500 years of the Reformation",
			"75. Jahrestag der Befreiung vom Nationalsozialismus": "75 years of liberation from Nazism",
			"80. Jahrestag der Befreiung vom Nationalsozialismus": "80 years of liberation from Nazism",
			"75. Jahrestag des Aufstandes vom 17. Juni 1953":      "75 years of the uprising of 17 June 1953",
			"New Year's Day 元旦":                                   "New Year’s Day",
			"Spring Festival 春节":                                  "Spring Festival",
			"Spring Festival 春节 (eve)":                            "eve of the Spring Festival",
			"Tomb-sweeping Day 清明":                                "Tomb-Sweeping Day",
			"Labour Day 劳动节":                                      "Labour Day",
			"Dragon Boat Festival 端午":                             "Dragon Boat Festival",
			"Mid-autumn Festival 中秋":                              "Mid-Autumn Festival",
			"National Day 国庆节":                                    "National Day",
			"Mid-autumn Festival 中秋 / National Day 国庆节":           "Mid-Autumn Festival and National Day",
			"Anti-Fascist 70th Day 中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日": "70 years of victory in the war of resistance",
		},
		Leads: map[string]string{
			"o365-worldwide": "Technical support round the clock, every day.", "o365-21vianet": "Operated by 21Vianet: 09:00 to 24:00 in Beijing, 365 days; severity A round the clock.", "o365-germany": "Berlin’s business days, 09:00 to 17:00. No times were published; China’s are used.",
		},
		Notes: map[string]string{"A": "A service is down.", "B": "It works, with faults.", "C": "There is a way round."},
		Texts: map[string]string{
			"o365-21vianet, Technical support initial response times":         "21Vianet, table of the initial response times",
			"o365-21vianet, Technical support initial response times, note 2": "21Vianet, table of the initial response times, note 2",
			noteChinese:            "21Vianet, table of the initial response times. The Chinese text of the page says 1 hour, against the original and eleven other translations.",
			noteGermany:            "For Germany the page has support hours and no response times. Those of 21Vianet are used, with business days in Berlin’s business hours.",
			noteBilling:            "21Vianet: billing has business hours and severity B at the highest. The response times come from the table for technical support. The hours come from the page for China, on statutory working days.",
			"(Cellular toll-free)": "Toll-free from a mobile phone.", "(Closed on weekends and public holidays) [both billing lines]": "Both billing lines are closed on weekends and public holidays.", "Not available by phone [billing and technical]": "Not available by phone (billing and technical).",
		},
		Weekdays: [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}, ShortDays: [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		Months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		To2:    " to ", Daily: "every day", Closed: "closed", Round: "round the clock",
		Units:    [12]string{"1 day", "%d days", "%d h", "%d min", "%d s", "1 business day", "%d business days", "at closing time", "1 calendar day", "%d calendar days", "%s of real time", "the same business day"},
		timeline: timeline.English,
	}
}

func german() *words {
	return &words{
		Code: "de", Name: "Deutsch", Language: "Sprache", Comma: ", ", Aside: " (%[1]s)",
		Title: "Wann ist die Antwort fällig?", DueTimes: "Fristen", Offices: "Supportstellen", Source: "Quelltext", About: "duetime berechnet Fristen von Supportanfragen: Servicezeiten, Feiertage, Pausen und Zeitumstellung.",
		Asked: "Eine Anfrage mit Schweregrad %[1]s an %[2]s, eröffnet %[3]s.",
		Whose: "Wessen Bedingungen?", Service: "Dienst", Published: "Microsofts Clouds", Own: "Eigene Bedingungen",
		Clouds2020: "Microsofts Clouds von 2020, nach der Hilfeseite vom 27. Mai 2020.", OwnLead: "Schweregrade, Zeiten, Feiertage und Fristen Ihres Supports, als JSON. Beginnen Sie mit dem Beispiel.",
		Cloud: "Cloud", Severity: "Schweregrad", Plan: "Supportplan", Category: "Kategorie", Country: "Land des Kunden", Metric: "Was fällig ist", More: "Kategorie, Land, Zeitzonen",
		Usual: "üblich", AnyCountry: "beliebig", None: "keine",
		Opened: "Eröffnet", Zone: "Zeitzone", Second: "Zweite Zeitzone", Now: "Stand", NowHint: "Leer lassen für die aktuelle Zeit.", Answer: "Frist zeigen",
		Due: "Fällig", NothingDue: "Nichts ist fällig", NotPromised: "Keine Antwortzeit zugesagt", NotOffered: "Diesen Schweregrad gibt es hier nicht", Wrong: "Eine Angabe fehlt oder stimmt nicht", Broken: "Ihre Bedingungen brauchen eine Korrektur",
		NotPromisedText: "Für Schweregrad %[1]s nennen diese Bedingungen keine Zeit für: %[2]s. So steht es darin; es ist kein Fehler.", NotOfferedText: "Schweregrad %[1]s gibt es hier nicht. Der höchste ist %[2]s.",
		Remaining: "noch %[1]s", RemainingIn: "noch %[1]s, davon %[2]s Servicezeit", Overdue: "%[1]s zu spät", OverdueIn: "%[1]s zu spät, davon %[2]s Servicezeit", Early: "%[1]s vor der Frist", Idle: "Die Uhr beginnt mit: %[1]s.",
		States:      map[string]string{"running": "Läuft", "pending": "Wartet auf die Servicezeit", "paused": "Pausiert", "overdue": "Überfällig", "met": "Rechtzeitig erledigt", "late": "Zu spät erledigt", "cancelled": "Abgebrochen", "idle": "Nicht begonnen", "none": "Keine Zusage", "wrong": "Noch keine Antwort"},
		Provisional: "Vorläufig", ProvisionalText: "Die Feiertage eines der Jahre stehen noch nicht fest, die Frist kann sich also ändern.",
		Why:      "Warum",
		Promised: map[string]string{"published": "Microsoft nannte 2020: %[1]s, Frist %[2]s.", "adopted": "Microsoft nannte für diesen Fall keine Zeit, darum gilt die nächstliegende: %[1]s, Frist %[2]s.", "custom": "Ihre Bedingungen sagen: %[1]s, Frist %[2]s."},
		Hours:    "Es zählt die Zeit %[1]s.", HoursCode: "in diesen Stunden: %[1]s", HoursHolidays: "außer an Feiertagen (%[1]s)",
		StartNow: "%[1]s in dieser Zeit, die Uhr läuft also sofort.", StartLater: "%[1]s außerhalb dieser Zeit, die Uhr beginnt also mit ihr: %[2]s.", StartThen: "Nach der damaligen Zeit begann die Uhr %[2]s.",
		AtOpening: "Eröffnet", AtReopening: "Wieder geöffnet", AtChange: "Geändert", AtDue: "Die vorige Frist endete",
		AfterTime: "Nach %[1]s solcher Zeit ist es fällig: %[2]s.", AfterWall: "%[1]s danach ist es fällig: %[2]s.", Before: "%[1]s bei Beginn vor %[2]s, sonst %[3]s", InHours: "%[1]s bei Eröffnung in der Servicezeit, sonst %[2]s", AfterDays: "%[1]s weiter, zur selben Tageszeit, ist es fällig: %[2]s.", AfterTarget: "Also ist es fällig: %[2]s.",
		Skipped: "Feiertage dazwischen: %[1]s.", Worked: "Arbeitstage als Ersatz für einen Feiertag: %[1]s.", Expected: "%[1]s, voraussichtlich",
		Moved: "Pausen haben die Frist verschoben; vorher war sie %[1]s.", Breached: "Die Frist wurde überschritten: %[1]s.", Carried: "Die Anfrage wurde geändert: vorher verbrauchte Zeit zählt mit.",
		SourceOf: "Quelle", FollowUp: "Nach der Antwort", Duties: "Der Kunde", Others: "Alle Zusagen zu dieser Anfrage", SourceOwn: "Ihre Bedingungen",
		Picture: "So vergeht die Zeit", PictureHint: "Klicken Sie auf einen Tag, um ein Ereignis einzutragen.",
		Events: "Was seitdem geschah", EventsHint: "Pausen, Antworten und ein anderer Schweregrad verschieben die Frist.", When: "wann", Kind: "Ereignis", Changed: "Schweregrad geändert", To: "auf Schweregrad", Note: "Notiz", Add: "Noch eines",
		Catalog: "Ihre Bedingungen als JSON", CatalogHint: "Hier schreiben, einfügen oder eine Datei irgendwo auf die Seite ziehen.", File: "Datei öffnen", NoFaults: "Keine Fehler.", Missing: "fehlt", FaultOf: "Zeile %[1]s, Spalte %[2]s", Want: "erwartet:", Faults: "%[1]d zu korrigieren",
		Take: "Zum Mitnehmen", Link: "Link zu dieser Antwort kopieren", Copied: "Kopiert.", Text: "Text für einen Kommentar im Ticket", TextHint: "Das Bild in 80 Spalten.", Data: "JSON", ICS: "Kalenderdatei", ICSHint: "Ein Termin zur Frist, für jeden Kalender.", Go: "Go-Code", GoHint: "Die Zeilen, die das ergeben.",
		TakenBack: "%[1]s gibt es hier nicht; gezeigt wird %[2]s.", Unknown: "Die Seite hat kein Feld %[1]s und lässt es weg.", TooLong: "Das sind mehr als 400 Tage oder zu viele Öffnungszeiten oder Alarme für Bild und Begründung.",
		Loading: "Lädt. Bis dahin fragt der Knopf den Server.", Failed: "In diesem Browser kann die Seite nicht rechnen. Der Knopf fragt den Server, wenn es einen gibt.", OwnPage: "Alles wird in Ihrem Browser berechnet. Ein Link enthält die ganze Frage: Wer ihn bekommt, kann sie lesen.", Busy: "Vom Server berechnet.",
		OfficesLead: "Microsofts weltweiter Support hatte 2020 eine Stelle für jedes von 246 Ländern und Gebieten.", Choose: "Land oder Gebiet", Support: "Support: %[1]s", OpenNow: "Jetzt geöffnet", ClosedNow: "Jetzt geschlossen", Always: "immer", Until: "bis %[1]s", From: "öffnet %[1]s",
		InLanguages: "Sprache", Call: "Telefon", Alternative: "oder", NoPhone: "Es gibt keinen Support am Telefon, nur online.", YourTime: "Zeiten von %[1]s, Stand %[2]s.", OtherClouds: "Die beiden anderen Clouds", OfficesSource: "Wie 2020 veröffentlicht. Heutige Nummern können anders sein.", ShowOffice: "Stelle zeigen", HolidaysKept: "An Feiertagen geschlossen (%[1]s).",
		Dial: map[string]string{"Select option": "dann Option %[1]s", "Enter code": "dann Code %[1]s", "After dialing, enter": "dann %[1]s"},
		Problems: map[string]string{
			"address": "Die Adresse ist nicht lesbar. Nach einem %% stehen zwei Hexadezimalziffern (%%25 ist das Zeichen selbst), ein Semikolon ist %%3B.", "twice": "%[1]s steht mehrmals in der Adresse. Jedes Feld darf einmal vorkommen.",
			"time": "%[1]s ist kein Datum mit Uhrzeit. Schreiben Sie es wie 2024-03-28T15:00.", "date": "Den Tag %[1]s gab es in %[2]s nicht.", "zone": "Die Zeitzone %[1]s gibt es nicht. Schreiben Sie sie wie Europe/Berlin, oder UTC.",
			"events": "Das sind %[1]d Ereignisse. Möglich sind %[2]d.", "event": "Ereignis %[1]d: %[2]s", "half": "Es braucht eine Zeit und was geschah.", "severity": "Es braucht den neuen Schweregrad.",
			"unknown": "%[1]s %[2]s ist hier nicht bekannt.", "known": "Es gibt: %[1]s.", "range": "Zeiten müssen zwischen 1900 und 2199 liegen.", "before": "Es liegt vor der Eröffnung.", "force": "Als die Anfrage eröffnet wurde, galt keine Fassung dieser Bedingungen.", "other": "Ein unerwarteter Fehler: %[1]v",
		},
		Whats: map[string]string{"moniker": "Die Cloud", "category": "Die Kategorie", "country": "Das Land", "language": "Die Sprache", "severity": "Der Schweregrad", "plan": "Der Supportplan", "metric": "Die Zusage", "word": "Das Ereignis"},
		Names: map[string]string{
			"o365-worldwide": "Office 365 weltweit", "o365-21vianet": "Office 365 in China (21Vianet)", "o365-germany": "Office 365 Deutschland",
			"technical": "Technik", "billing": "Abrechnung", "pre-sales": "Vor dem Kauf", "first-response": "erste Antwort", "next-response": "nächste Antwort", "resolution": "Lösung",
			"standard": "Standard", "advanced": "Erweiterter Vertrag", "business": "Business", "enterprise": "Enterprise", "elevated": "Erhöht (Premier und andere)",
			"A": "Kritisch", "B": "Hoch", "C": "Nicht kritisch",
			"Arabic": "Arabisch", "Bahasa Indonesia": "Indonesisch", "Cantonese": "Kantonesisch", "Chinese (Mandarin)": "Chinesisch (Mandarin)", "Czech": "Tschechisch", "Dutch": "Niederländisch", "English": "Englisch", "French": "Französisch", "German": "Deutsch", "Hebrew": "Hebräisch", "Hungarian": "Ungarisch", "Italian": "Italienisch", "Japanese": "Japanisch", "Korean": "Koreanisch", "Mandarin": "Mandarin", "Other Plans": "Andere Pläne", "Polish": "Polnisch", "Portuguese": "Portugiesisch", "Russian": "Russisch", "Spanish": "Spanisch", "Thai": "Thailändisch", "Turkish": "Türkisch", "Mobile": "Mobiltelefon",
		},
		Holidays: map[string]string{
			"Neujahrstag":                    "Neujahr",
			"Frauentag":                      "Frauentag",
			"Karfreitag":                     "Karfreitag",
			"Ostermontag":                    "Ostermontag",
			"Tag der Arbeit":                 "Tag der Arbeit",
			"Christi Himmelfahrt":            "Christi Himmelfahrt",
			"Pfingstmontag":                  "Pfingstmontag",
			"Tag der Deutschen Einheit":      "Tag der Deutschen Einheit",
			"Weihnachtstag":                  "Erster Weihnachtstag",
			"Zweiter Weihnachtsfeiertag":     "Zweiter Weihnachtstag",
			"500. Jahrestag der Reformation": "500. Jahrestag der Reformation",
			"75. Jahrestag der Befreiung vom Nationalsozialismus": "75. Jahrestag der Befreiung vom Nationalsozialismus",
			"80. Jahrestag der Befreiung vom Nationalsozialismus": "80. Jahrestag der Befreiung vom Nationalsozialismus",
			"75. Jahrestag des Aufstandes vom 17. Juni 1953":      "75. Jahrestag des Aufstandes vom 17. Juni 1953",
			"New Year's Day 元旦":                                   "Neujahr",
			"Spring Festival 春节":                                  "Frühlingsfest",
			"Spring Festival 春节 (eve)":                            "Vorabend des Frühlingsfests",
			"Tomb-sweeping Day 清明":                                "Totengedenktag",
			"Labour Day 劳动节":                                      "Tag der Arbeit",
			"Dragon Boat Festival 端午":                             "Drachenbootfest",
			"Mid-autumn Festival 中秋":                              "Mondfest",
			"National Day 国庆节":                                    "Nationalfeiertag",
			"Mid-autumn Festival 中秋 / National Day 国庆节":           "Mondfest und Nationalfeiertag",
			"Anti-Fascist 70th Day 中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日": "70. Jahrestag des Sieges im Widerstandskrieg",
		},
		Leads: map[string]string{
			"o365-worldwide": "Technischer Support rund um die Uhr, jeden Tag.", "o365-21vianet": "Betrieben von 21Vianet: 09:00 bis 24:00 in Peking, 365 Tage; Schweregrad A rund um die Uhr.", "o365-germany": "Berliner Arbeitstage, 09:00 bis 17:00. Zeiten wurden nicht genannt; es gelten die von China.",
		},
		Notes: map[string]string{"A": "Ein Dienst steht still.", "B": "Er läuft, mit Fehlern.", "C": "Es gibt einen Umweg."},
		Fields: map[string]string{
			"version": "ein Name für diese Fassung, etwa „2026-01“", "severities": "Namen von Schweregraden, der schwerste zuerst", "categories": "Namen von Kategorien", "statuses": "Namen von Zuständen", "happenings": "Namen von Ereignissen", "courses": "was Wörter mit der Uhr tun",
			"calendars": "Kalender mit Namen", "policies": "eine Liste von Verträgen", "terms": "eine Liste von Zusagen", "moniker": "ein Name, etwa „acme“", "plan": "ein Name, etwa „gold“", "from": "ein Tag, etwa „2026-01-01“", "until": "ein Tag, etwa „2027-01-01“", "date": "ein Tag, etwa „2026-12-24“",
			"metric": "ein Name, etwa „resolution“", "target": "eine Frist, etwa „1h30m“, „3bd“ (Arbeitstage) oder „1bd@close“", "calendar": "der Name eines Kalenders, oder „24/7“", "alarms": "eine Liste, etwa [„50%“, „breach“]", "none": "„no-commitment“ oder „not-offered“",
			"zone": "eine Zeitzone, etwa „Europe/Berlin“ oder „UTC“", "hours": "Zeiten, etwa „Mo-Fr 09:00-17:00“", "holidays": "eine Liste von Codes, etwa [„DE-BE“]", "days": "eine Liste von Tagen", "years": "ein erstes und ein letztes Jahr",
		},
		Texts: map[string]string{
			"an administrator calls, with the account details at hand":                                                                                              "Ein Administrator ruft an und hat die Kontodaten zur Hand.",
			"give accurate contact information and stay reachable for the life of the request":                                                                      "Er gibt richtige Kontaktdaten an und bleibt erreichbar, bis die Anfrage erledigt ist.",
			"state the business impact; assign people to the joint investigation; give accurate contact information and stay reachable for the life of the request": "Er nennt die Folgen für den Betrieb, stellt Leute für die gemeinsame Untersuchung, gibt richtige Kontaktdaten an und bleibt erreichbar, bis die Anfrage erledigt ist.",
			"continuous effort until the problem is resolved":                                                                                                       "Es wird ohne Unterbrechung gearbeitet, bis das Problem gelöst ist.",
			"severity A is for technical support only":                                                                                                              "Schweregrad A gibt es nur für technischen Support.",
			"severity A is for technical support only, as with o365-21vianet":                                                                                       "Schweregrad A gibt es nur für technischen Support, wie bei 21Vianet.",
			"severity A needs an advanced online service agreement with 21Vianet":                                                                                   "Schweregrad A setzt einen erweiterten Onlinedienstvertrag mit 21Vianet voraus.",
			"the publisher gives pre-sales support and no response time; bring a catalog of your own":                                                               "Microsoft bietet Support vor dem Kauf, nennt aber keine Antwortzeit. Mit eigenen Bedingungen können Sie eine festlegen.",
			"the publisher gives pre-sales support hours and no response time; bring a catalog of your own":                                                         "Microsoft nennt Servicezeiten vor dem Kauf, aber keine Antwortzeit. Mit eigenen Bedingungen können Sie eine festlegen.",
			"the publisher promises no response time; bring a catalog of your own":                                                                                  "Microsoft sagt keine Antwortzeit zu. Mit eigenen Bedingungen können Sie eine festlegen.",
			"Technical support initial response times":                                                                                                              "Tabelle der ersten Antwortzeiten",
			"Technical support initial response times (\"next day\", available 24/7)":                                                                               "Tabelle der ersten Antwortzeiten („nächster Tag“, rund um die Uhr)",
			"o365-21vianet, Technical support initial response times":                                                                                               "21Vianet, Tabelle der ersten Antwortzeiten",
			"o365-21vianet, Technical support initial response times, note 2":                                                                                       "21Vianet, Tabelle der ersten Antwortzeiten, Anmerkung 2",
			noteChinese:                        "21Vianet, Tabelle der ersten Antwortzeiten (englisch; der chinesische Text der Seite sagt 1 Stunde, anders als das Original und elf weitere Übersetzungen)",
			noteGermany:                        "Für Deutschland stehen dort Servicezeiten, aber keine Antwortzeiten. Es gelten die von 21Vianet, Arbeitstage nach Berliner Geschäftszeit.",
			noteBilling:                        "21Vianet: Für Abrechnung gelten Geschäftszeiten und höchstens Schweregrad B. Die Antwortzeiten sind die der Tabelle für technischen Support, die Zeiten die der Seite für China, an gesetzlichen Arbeitstagen.",
			"International call charges apply": "Es fallen Gebühren für Auslandsgespräche an.", "Local call charges apply": "Es fallen Ortsgebühren an.", "(Cellular toll-free)": "Vom Mobiltelefon gebührenfrei.", "Local toll-free": "Im Inland gebührenfrei.", "(Closed on weekends and public holidays) [both billing lines]": "An Wochenenden und Feiertagen geschlossen (beide Leitungen für Abrechnung).", "Not available by phone [billing and technical]": "Nicht telefonisch (Abrechnung und Technik).",
		},
		Weekdays: [7]string{"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"}, ShortDays: [7]string{"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"},
		Months: [12]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
		To2:    " bis ", Daily: "täglich", Closed: "geschlossen", Round: "rund um die Uhr",
		Units:    [12]string{"1 Tag", "%d Tage", "%d Std.", "%d Min.", "%d Sek.", "1 Arbeitstag", "%d Arbeitstage", "zum Ende der Servicezeit", "1 Kalendertag", "%d Kalendertage", "%s Echtzeit", "am selben Arbeitstag"},
		timeline: timeline.German,
	}
}

func chinese() *words {
	return &words{
		Code: "zh", Name: "中文", Language: "语言", Comma: "、", Aside: "（%[1]s）",
		Title: "什么时候必须答复？", DueTimes: "截止时间", Offices: "支持办事处", Source: "源代码", About: "duetime 计算支持请求的截止时间：服务时间、节假日、暂停和夏令时。",
		Asked: "提交给%[2]s的%[1]s级请求，提交于 %[3]s。",
		Whose: "采用谁的条款？", Service: "服务", Published: "微软的云", Own: "自定义条款",
		Clouds2020: "微软 2020 年的云，依据 2020 年 5 月 27 日的帮助页面。", OwnLead: "用 JSON 写出您自己的级别、服务时间、节假日和时限。可从示例开始。",
		Cloud: "云", Severity: "严重级别", Plan: "支持计划", Category: "类别", Country: "客户所在国家/地区", Metric: "时限指标", More: "类别、国家/地区、时区",
		Usual: "默认", AnyCountry: "不限", None: "无",
		Opened: "提交时间", Zone: "时区", Second: "第二时区", Now: "截至时间", NowHint: "留空即为当前时间。", Answer: "显示截止时间",
		Due: "截止时间", NothingDue: "没有截止时间", NotPromised: "未承诺响应时间", NotOffered: "不提供此级别", Wrong: "有一项缺失或有误", Broken: "您的条款需要更正",
		NotPromisedText: "对于 %[1]s 级，这些条款没有规定%[2]s的时限。条款本身如此，并非错误。", NotOfferedText: "这里没有 %[1]s 级，最高为 %[2]s 级。",
		Remaining: "还剩 %[1]s", RemainingIn: "还剩 %[1]s，其中服务时间 %[2]s", Overdue: "已超时 %[1]s", OverdueIn: "已超时 %[1]s，其中服务时间 %[2]s", Early: "比截止时间早 %[1]s", Idle: "以下事件后开始计时：%[1]s。",
		States:      map[string]string{"running": "计时中", "pending": "等待服务时间", "paused": "已暂停", "overdue": "已超时", "met": "按时完成", "late": "超时完成", "cancelled": "已取消", "idle": "尚未开始", "none": "无承诺", "wrong": "暂无答案"},
		Provisional: "暂定", ProvisionalText: "期间某年的节假日尚未确定，截止时间可能改变。",
		Why:      "原因",
		Promised: map[string]string{"published": "微软 2020 年公布：%[1]s，时限 %[2]s。", "adopted": "微软没有公布这种情况的时限，因此采用最接近的：%[1]s，时限 %[2]s。", "custom": "您的条款规定：%[1]s，时限 %[2]s。"},
		Hours:    "计时时段：%[1]s。", HoursCode: "以下时段：%[1]s", HoursHolidays: "公众假日除外（%[1]s）",
		StartNow: "%[1]s时在此时段内，立即开始计时。", StartLater: "%[1]s时不在此时段内，到下一时段开始计时：%[2]s。", StartThen: "按当时的时段，开始计时于 %[2]s。",
		AtOpening: "提交", AtReopening: "重新打开", AtChange: "变更", AtDue: "上次截止",
		AfterTime: "累计 %[1]s 后截止：%[2]s。", AfterWall: "再过%[1]s截止：%[2]s。", Before: "%[2]s 前开始则为 %[1]s，否则为 %[3]s", InHours: "服务时间内提交则为 %[1]s，否则为 %[2]s", AfterDays: "%[1]s之后的同一时刻截止：%[2]s。", AfterTarget: "因此截止时间为 %[2]s。",
		Skipped: "期间的假日：%[1]s。", Worked: "调休上班：%[1]s。", Expected: "%[1]s（预计）",
		Moved: "暂停使截止时间推迟，原为 %[1]s。", Breached: "超时始于 %[1]s。", Carried: "请求已变更：之前已用的时间计算在内。",
		SourceOf: "来源", FollowUp: "响应之后", Duties: "客户须", Others: "此请求的全部承诺", SourceOwn: "您的条款",
		Picture: "时间如何计算", PictureHint: "点击某一天，可添加当时发生的事。",
		Events: "之后发生的事", EventsHint: "暂停、答复和级别变更会改变截止时间。", When: "时间", Kind: "事件", Changed: "级别变更", To: "改为级别", Note: "备注", Add: "再添加一个",
		Catalog: "您的条款（JSON）", CatalogHint: "在此输入、粘贴，或将文件拖到页面任意位置。", File: "打开文件", NoFaults: "没有错误。", Missing: "缺失", FaultOf: "第 %[1]s 行，第 %[2]s 列", Want: "应为：", Faults: "%[1]d 处需要更正",
		Take: "带走此结果", Link: "复制此答案的链接", Copied: "已复制。", Text: "文本，可贴入工单备注", TextHint: "80 列宽的时间线。", Data: "JSON", ICS: "日历文件", ICSHint: "截止时间的日程，适用于任何日历。", Go: "Go 代码", GoHint: "得出此结果的代码。",
		TakenBack: "此处没有 %[1]s，改为显示 %[2]s。", Unknown: "此页面没有字段 %[1]s，已忽略。", TooLong: "超过 400 天，或服务时段、提醒过多，不显示时间线和原因。",
		Loading: "正在加载。在此之前，按钮由服务器回答。", Failed: "此浏览器无法在页面中计算。按钮由服务器回答（如有）。", OwnPage: "一切都在您的浏览器中计算。链接中包含整个问题，得到链接的人都能看到。", Busy: "由服务器计算。",
		OfficesLead: "2020 年，微软的全球支持为 246 个国家和地区各设一个办事处。", Choose: "国家或地区", Support: "%[1]s支持", OpenNow: "现在开放", ClosedNow: "现在关闭", Always: "始终", Until: "至 %[1]s", From: "开放于 %[1]s",
		InLanguages: "语言", Call: "电话", Alternative: "或", NoPhone: "没有电话支持，仅提供在线支持。", YourTime: "%[1]s 的时间，截至 %[2]s。", OtherClouds: "另外两个云", OfficesSource: "2020 年公布的内容，现在的号码可能不同。", ShowOffice: "显示办事处", HolidaysKept: "公众假日关闭（%[1]s）。",
		Dial: map[string]string{"Select option": "再选 %[1]s", "Enter code": "再输入代码 %[1]s", "After dialing, enter": "再输入 %[1]s"},
		Problems: map[string]string{
			"address": "无法读取地址。%% 之后应为两位十六进制数（%%25 表示百分号本身），分号写作 %%3B。", "twice": "地址中 %[1]s 出现多次，每个字段只能出现一次。",
			"time": "%[1]s 不是日期加时刻。请写成 2024-03-28T15:00 的形式。", "date": "%[2]s 没有 %[1]s 这一天。", "zone": "没有时区 %[1]s。请写成 Europe/Berlin 的形式，或 UTC。",
			"events": "有 %[1]d 个事件，最多 %[2]d 个。", "event": "事件 %[1]d：%[2]s", "half": "需要时间和事件。", "severity": "需要新的级别。",
			"unknown": "这里没有%[1]s %[2]s。", "known": "可用的有：%[1]s。", "range": "时间必须在 1900 年至 2199 年之间。", "before": "早于提交时间。", "force": "提交请求时，这些条款没有任何版本生效。", "other": "意外错误：%[1]v",
		},
		Whats: map[string]string{"moniker": "云", "category": "类别", "country": "国家/地区", "language": "语言", "severity": "级别", "plan": "支持计划", "metric": "承诺", "word": "事件"},
		Names: map[string]string{
			"o365-worldwide": "Office 365 全球", "o365-21vianet": "Office 365 中国（世纪互联）", "o365-germany": "Office 365 德国",
			"technical": "技术", "billing": "计费", "pre-sales": "售前", "first-response": "首次响应", "next-response": "后续响应", "resolution": "解决",
			"standard": "标准", "advanced": "高级协议", "business": "商业版", "enterprise": "企业版", "elevated": "高级支持（Premier 等）",
			"A": "严重", "B": "高", "C": "非严重",
			"Arabic": "阿拉伯语", "Bahasa Indonesia": "印度尼西亚语", "Cantonese": "粤语", "Chinese (Mandarin)": "普通话", "Czech": "捷克语", "Dutch": "荷兰语", "English": "英语", "French": "法语", "German": "德语", "Hebrew": "希伯来语", "Hungarian": "匈牙利语", "Italian": "意大利语", "Japanese": "日语", "Korean": "韩语", "Mandarin": "普通话", "Other Plans": "其他计划", "Polish": "波兰语", "Portuguese": "葡萄牙语", "Russian": "俄语", "Spanish": "西班牙语", "Thai": "泰语", "Turkish": "土耳其语", "Mobile": "手机",
		},
		Holidays: map[string]string{
			"Neujahrstag":                    "新年",
			"Frauentag":                      "国际妇女节",
			"Karfreitag":                     "耶稣受难日",
			"Ostermontag":                    "复活节星期一",
			"Tag der Arbeit":                 "劳动节",
			"Christi Himmelfahrt":            "耶稣升天节",
			"Pfingstmontag":                  "圣灵降临节星期一",
			"Tag der Deutschen Einheit":      "德国统一日",
			"Weihnachtstag":                  "圣诞节",
			"Zweiter Weihnachtsfeiertag":     "圣诞节次日",
			"500. Jahrestag der Reformation": "宗教改革 500 周年",
			"75. Jahrestag der Befreiung vom Nationalsozialismus": "摆脱纳粹统治 75 周年",
			"80. Jahrestag der Befreiung vom Nationalsozialismus": "摆脱纳粹统治 80 周年",
			"75. Jahrestag des Aufstandes vom 17. Juni 1953":      "1953 年 6 月 17 日起义 75 周年",
			"New Year's Day 元旦":                                   "元旦",
			"Spring Festival 春节":                                  "春节",
			"Spring Festival 春节 (eve)":                            "除夕",
			"Tomb-sweeping Day 清明":                                "清明节",
			"Labour Day 劳动节":                                      "劳动节",
			"Dragon Boat Festival 端午":                             "端午节",
			"Mid-autumn Festival 中秋":                              "中秋节",
			"National Day 国庆节":                                    "国庆节",
			"Mid-autumn Festival 中秋 / National Day 国庆节":           "中秋节、国庆节",
			"Anti-Fascist 70th Day 中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日": "抗战胜利 70 周年纪念日",
		},
		Leads: map[string]string{
			"o365-worldwide": "技术支持全天候，全年无休。", "o365-21vianet": "由世纪互联运营：北京时间 09:00 至 24:00，全年 365 天；A 级全天候。", "o365-germany": "柏林工作日 09:00 至 17:00。未公布时限，采用中国的时限。",
		},
		Notes: map[string]string{"A": "服务中断。", "B": "可用，但有故障。", "C": "有变通办法。"},
		Fields: map[string]string{
			"version": "此版本的名称，例如“2026-01”", "severities": "级别名称，最严重的在前", "categories": "类别名称", "statuses": "状态名称", "happenings": "事件名称", "courses": "各词语对计时的作用",
			"calendars": "带名称的日历", "policies": "合同列表", "terms": "承诺列表", "moniker": "名称，例如“acme”", "plan": "名称，例如“gold”", "from": "日期，例如“2026-01-01”", "until": "日期，例如“2027-01-01”", "date": "日期，例如“2026-12-24”",
			"metric": "名称，例如“resolution”", "target": "时限，例如“1h30m”、“3bd”（工作日）或“1bd@close”", "calendar": "日历的名称，或“24/7”", "alarms": "列表，例如 [“50%”、“breach”]", "none": "“no-commitment”或“not-offered”",
			"zone": "时区，例如“Europe/Berlin”或“UTC”", "hours": "时段，例如“Mo-Fr 09:00-17:00”", "holidays": "代码列表，例如 [“DE-BE”]", "days": "日期列表", "years": "起止年份",
		},
		Texts: map[string]string{
			"an administrator calls, with the account details at hand":                                                                                              "由管理员致电，并备好账户信息。",
			"give accurate contact information and stay reachable for the life of the request":                                                                      "提供准确的联系方式，并在请求处理期间保持联系畅通。",
			"state the business impact; assign people to the joint investigation; give accurate contact information and stay reachable for the life of the request": "说明业务影响，指派人员共同调查，提供准确的联系方式，并在请求处理期间保持联系畅通。",
			"continuous effort until the problem is resolved":                                                                                                       "持续处理，直到问题解决。",
			"severity A is for technical support only":                                                                                                              "A 级仅适用于技术支持。",
			"severity A is for technical support only, as with o365-21vianet":                                                                                       "A 级仅适用于技术支持，与世纪互联相同。",
			"severity A needs an advanced online service agreement with 21Vianet":                                                                                   "A 级需要与世纪互联签订高级在线服务协议。",
			"the publisher gives pre-sales support and no response time; bring a catalog of your own":                                                               "微软提供售前支持，但没有公布响应时间。您可以用自定义条款规定。",
			"the publisher gives pre-sales support hours and no response time; bring a catalog of your own":                                                         "微软公布了售前服务时间，但没有公布响应时间。您可以用自定义条款规定。",
			"the publisher promises no response time; bring a catalog of your own":                                                                                  "微软没有承诺响应时间。您可以用自定义条款规定。",
			"Technical support initial response times":                                                                                                              "首次响应时间表",
			"Technical support initial response times (\"next day\", available 24/7)":                                                                               "首次响应时间表（“次日”，全天候）",
			"o365-21vianet, Technical support initial response times":                                                                                               "世纪互联，首次响应时间表",
			"o365-21vianet, Technical support initial response times, note 2":                                                                                       "世纪互联，首次响应时间表，注 2",
			noteChinese:                        "世纪互联，首次响应时间表（英文；页面的中文版写作 1 小时，与原文及其他十一种译文不同）",
			noteGermany:                        "德国部分公布了服务时间，没有公布响应时间；采用世纪互联的响应时间，工作日按柏林营业时间计算。",
			noteBilling:                        "世纪互联：计费支持采用营业时间，最高为 B 级；响应时间取自技术支持的表格；时段取自中国支持页面，按法定工作日计算。",
			"International call charges apply": "需支付国际通话费。", "Local call charges apply": "需支付本地通话费。", "(Cellular toll-free)": "手机免费。", "Local toll-free": "国内免费。", "(Closed on weekends and public holidays) [both billing lines]": "周末和公众假日关闭（两条计费线路）。", "Not available by phone [billing and technical]": "无电话支持（计费和技术）。",
		},
		Weekdays: [7]string{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}, ShortDays: [7]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"},
		Months: [12]string{"1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"},
		To2:    "至", Daily: "每天", Closed: "关闭", Round: "全天候",
		Units:    [12]string{"1 天", "%d 天", "%d 小时", "%d 分钟", "%d 秒", "1 个工作日", "%d 个工作日", "服务时间结束时", "1 个日历日", "%d 个日历日", "实际时间 %s", "同一工作日"},
		timeline: timeline.Chinese,
	}
}
