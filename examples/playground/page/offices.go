package page

import (
	"cmp"
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
)

// officeView is an office as the page shows it.
type officeView struct {
	Name, Code, Zone string
	AsOf             string // by the clock of the office
	Phones, Others   []phone
	Notes            []template.HTML
	Support          []support

	// Whether technical support answers, in which languages, and until when; or from when on.
	Open bool
	When string
}

// phone is a number to call, whom it is for, and what to dial after it.
type phone struct{ Number, Address, For, Then string }

// support is a category of support.
type support struct {
	Title string
	Lines []line
}

// line is a language in which an office answers, and when.
type line struct {
	Language, Hours, When string
	Open                  bool
	next                  time.Time // of closing or opening; zero if it is always open
}

// officesPage returns the page of the support offices, with one of them.
func officesPage(q Question, now time.Time) *view {
	v := &view{Question: q, W: wordsOf(q.Language)}
	all := region.Offices()
	chosen := slices.IndexFunc(all, func(o region.Office) bool { return o.Name == q.Country || strings.EqualFold(o.Country, q.Country) })
	if chosen < 0 {
		chosen = slices.IndexFunc(all, func(o region.Office) bool { return o.Country == "US" })
	}
	count := map[string]int{}
	for _, o := range all {
		count[o.Country]++
	}
	for i, o := range all {
		value := o.Country
		if count[value] > 1 { // several offices share it
			value = o.Name
		}
		v.OfficeList = append(v.OfficeList, option{value, o.Name, i == chosen})
	}
	v.Office = v.office(all[chosen], now)
	if v.Office.Support == nil {
		v.Office.AsOf = ""
	}
	if count[v.Office.Code] > 1 {
		v.Office.Code = ""
	}
	for _, m := range []region.Moniker{region.China, region.Germany} {
		if r, err := region.Lookup(m); err == nil {
			c := r.Contacts[0]
			v.OtherDesk = append(v.OtherDesk, option{Text: v.known(string(m)), Value: strings.Trim(c.Phone+" / "+c.AlternativePhone, " /")})
		}
	}
	return v
}

// office returns an office as it is at the time of the question, or else now.
func (v *view) office(o region.Office, now time.Time) *officeView {
	shown := &officeView{Name: o.Name, Code: o.Country, Zone: o.Zone}
	if here, err := always(o.Zone); err == nil {
		if v.Now != "" {
			at, err := instant(v.Now, o.Zone)
			if err != nil {
				v.Notices = append(v.Notices, Clip(v.W.say(err)))
			} else {
				now = at
			}
		}
		now = now.In(here.Zone())
		shown.AsOf = fmt.Sprintf(v.W.YourTime, place(now), v.W.moment(now.Truncate(time.Minute)))
	}
	for i := 0; i < len(o.Phones); i++ {
		text := o.Phones[i]
		if v.W.Dial[text] != "" && i+1 < len(o.Phones) { // what to dial is the next text
			i++
			text += " " + o.Phones[i]
		}
		if what, number, ok := v.dial(text); ok && len(shown.Phones) > 0 {
			last := &shown.Phones[len(shown.Phones)-1]
			if last.Then != "" {
				last.Then += v.W.Comma
			}
			last.Then += fmt.Sprintf(what, number)
			continue
		}
		shown.Phones = append(shown.Phones, v.phone(text))
	}
	if len(shown.Phones) == 1 && shown.Phones[0].Address == "" { // only a text: Nepal has no number
		shown.Phones = nil
	}
	for _, text := range o.AlternativePhones {
		shown.Others = append(shown.Others, v.phone(text))
	}
	for _, text := range o.Notes {
		shown.Notes = append(shown.Notes, v.text(text))
	}
	for _, c := range []struct {
		category region.Category
		lines    []region.Line
	}{{region.Technical, o.Technical}, {region.Billing, o.Billing}} {
		title := v.known(string(c.category))
		if c.category == region.Billing {
			title += " + " + v.known(string(region.PreSales))
		}
		s := support{Title: fmt.Sprintf(v.W.Support, title)}
		for _, l := range c.lines {
			hours, err := o.Hours(c.category, l.Language)
			if err != nil {
				continue // an office without telephones
			}
			s.Lines = append(s.Lines, v.line(l, hours, now))
		}
		if s.Lines != nil {
			shown.Support = append(shown.Support, s)
		}
	}
	if len(shown.Support) > 0 {
		shown.sum(shown.Support[0].Lines, v.W.Comma)
	}
	return shown
}

// sum says which languages are answered now, and until when. If all are closed, it says which
// line opens first.
func (o *officeView) sum(lines []line, comma string) {
	o.Open = slices.ContainsFunc(lines, func(l line) bool { return l.Open })
	var texts []string
	languages := map[string][]string{} // by when they close
	var first time.Time
	for _, l := range lines {
		switch {
		case l.Open != o.Open:
		case o.Open:
			if languages[l.When] == nil {
				texts = append(texts, l.When)
			}
			languages[l.When] = append(languages[l.When], l.Language)
		case first.IsZero() || l.next.Before(first):
			first, o.When = l.next, l.When
		}
	}
	for i, when := range texts {
		texts[i] = strings.Join(languages[when], comma) + " " + when
	}
	if o.Open {
		o.When = strings.Join(texts, " · ")
	}
}

// dial returns how to say that a text is to be dialled after a number.
func (v *view) dial(text string) (format, rest string, ok bool) {
	for what, format := range v.W.Dial {
		if rest, ok := strings.CutPrefix(text, what+" "); ok {
			return format, rest, true
		}
	}
	return "", "", false
}

// phone returns a number that a telephone can call, and whom it is for.
func (v *view) phone(text string) phone {
	m := number().FindStringSubmatch(text)
	if m == nil {
		return phone{Number: text}
	}
	digits := strings.NewReplacer(" ", "", "-", "", "(", "", ")", "").Replace(m[1])
	whom := strings.Trim(m[2], "() ")
	return phone{Number: m[1], Address: digits, For: cmp.Or(v.W.Texts[whom], v.known(whom))}
}

var number = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^([+(]*[0-9][-0-9 ()]*[0-9])(.*)$`)
})

// line returns a language and whether it is answered at an instant.
func (v *view) line(l region.Line, hours *calendar.Calendar, now time.Time) line {
	text := ""
	if l.Hours != "24/7" { // which Always says
		text, _ = v.W.openings(l.Hours)
		text += fmt.Sprintf(v.W.Aside, l.Zone)
	}
	shown := line{Language: v.known(l.Language), Hours: text, Open: hours.IsOpen(now)}
	if codes := v.W.holidays(hours); codes != "" {
		shown.Hours = strings.TrimPrefix(shown.Hours+v.W.Stop, v.W.Stop) + fmt.Sprintf(v.W.HolidaysKept, codes)
	}
	at, err := hours.NextClose(now)
	format := v.W.Until
	if !shown.Open {
		at, err = hours.NextOpen(now)
		format = v.W.From
	}
	if shown.When = v.W.Always; err == nil {
		shown.next, shown.When = at, fmt.Sprintf(format, v.W.moment(at))
	}
	return shown
}
