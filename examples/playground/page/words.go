package page

import (
	"cmp"
	"maps"
	"strings"
	"sync"

	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla/timeline"
)

// These are notes on sources in published.json, up to the first semicolon.
const (
	noteChinese = "o365-21vianet, Technical support initial response times (English"
	noteGermany = "o365-germany, publishes support hours and no response times"
	noteBilling = "o365-21vianet: billing has business hours and severity B at the highest"
)

// words are the texts of the page in one language. The comment of a format says what its verbs
// stand for. The forms of dates, hours and durations are in format.go.
type words struct {
	Code, Name                              string // of the language
	Title, DueTimes, Offices, Source, About string // Source: a link to the code
	Comma, Clause, Stop, Aside, Language    string // Comma: in a list; Clause and Stop: in a sentence and behind it

	Asked, AskedNow                                        string // severity, cloud, opening; severity
	Whose, Published, Own, Clouds2020, OwnLead, Service    string
	Cloud, Severity, Plan, Category, Country, Metric, More string
	Usual, AnyCountry, None                                string // Usual: a plan
	Opened, Zone, Second, Now, NowHint                     string
	Answer                                                 string

	Due, DueResumed, NothingDue, NotPromised, NotOffered, Wrong, Broken string
	NotPromisedText, NotOfferedText                                     string // severity, metric; severity, the highest
	Remaining, RemainingIn, Overdue, OverdueIn, OverduePaused           string // time, and of it in the hours
	Early, Idle                                                         string // Early: of a clock that stopped; Idle: words
	States                                                              map[string]string
	Provisional, ProvisionalText                                        string

	Why                                                       string
	Promised                                                  map[string]string // metric, target; by the basis
	Hours, HoursCode                                          string            // when; a notation
	HoursHolidays                                             string            // codes
	StartNow, StartLater, StartThen                           string            // what began it, start
	StartAlways, StartHoliday                                 string            // what began it, start, holiday
	AtOpening, AtReopening, AtChange, AtDue                   string
	AfterTime, AfterWall, AfterDays, AfterDaysIn, AfterTarget string // target, due, zone
	Before, InHours                                           string // a target, a time of day, another; a target, another
	Skipped, Worked, Expected                                 string // holidays; make-up workdays; a holiday
	ChineseHour                                               string // what noteChinese says
	Moved, Breached, Carried                                  string // the due time without pauses; the breach
	PausedSince, ChangedTo                                    string // since when, time used, target; severity, since when, the due time before
	Done, Cancelled                                           string // when
	SourceOf, FollowUp, Duties, Others                        string

	Picture, PictureHint                                                          string
	Events, EventsHint, When, Kind, Changed, To, Note, Add, Remove, Happened      string // Changed: an event
	Catalog, CatalogHint, File, NoFaults, Missing, Misfit, NotJSON, FaultOf, Want string // FaultOf: line, column
	Faults                                                                        string // how many
	Take, Link, Copied, Text, TextHint, Data, ICS, ICSHint, Go                    string
	GoHint                                                                        string
	NotYet, NoEffect                                                              string // number of an event
	Shifted                                                                       string // time of day, zone, what is used
	TakenBack, Unknown, TooLong, Loading, Failed, OwnPage, Busy                   string // TakenBack: what is not offered, what is shown

	OfficesLead, Choose, Support, OpenNow, ClosedNow, Always string
	Until, From, Alternative, NoPhone                        string // Until, From: an instant
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
	Units               [14]string
	timeline            func() *timeline.Words
}

// languages are those of the readers of the page that duetime implements.
var languages = sync.OnceValue(func() []*words { return []*words{english(), german(), chinese()} })

// Languages returns the codes of the languages that the page has.
func Languages() (codes []string) {
	for _, w := range languages() {
		codes = append(codes, w.Code)
	}
	return codes
}

func wordsOf(language string) *words {
	for _, w := range languages() {
		if w.Code == language {
			return w
		}
	}
	return languages()[0]
}

// text returns a text of the published terms in the language of the words, or "". A long one is
// known by what it has up to the first semicolon.
func (w *words) text(text string) string {
	begin, _, _ := strings.Cut(text, ";")
	return cmp.Or(w.Texts[text], w.Texts[begin])
}

// name returns a name of the published terms in the language of the words, and any other name
// as it is.
func (w *words) name(name string) string { return cmp.Or(w.Names[name], name) }

// picture returns the words of the picture.
func (w *words) picture() *timeline.Words {
	words := w.timeline()
	words.Names = maps.Clone(w.Holidays)
	for _, m := range []region.Moniker{region.Worldwide, region.China, region.Germany} {
		if r, err := region.Lookup(m); err == nil {
			words.Names[r.Name] = w.name(string(m))
		}
	}
	return words
}
