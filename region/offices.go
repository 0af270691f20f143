package region

import (
	"cmp"
	_ "embed"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// offices.txt has a line for each office. What the parts of a line mean, and where
// they are from, stands at its top.
//
//go:embed offices.txt
var officesText string

// officeList has the offices in the order of the country list, and by code: those
// that share one.
type officeList struct {
	all    []*office
	byCode map[string][]*office
}

// offices is what offices.txt says. The text is parsed once.
var offices = sync.OnceValue(func() *officeList {
	list, err := parseOffices(officesText)
	if err != nil {
		panic(err) // not with the text that the tests have read
	}
	return list
})

// find returns the offices that a text names: one by its name, or those of a code.
func (l *officeList) find(nameOrCode string) []*office {
	if list := l.byCode[nameOrCode]; list != nil {
		return list
	}
	s := strings.TrimSpace(nameOrCode)
	for i, o := range l.all {
		if strings.EqualFold(o.name, s) {
			return l.all[i : i+1]
		}
		if strings.EqualFold(o.country, s) {
			return l.byCode[o.country]
		}
	}
	return nil
}

func parseOffices(text string) (*officeList, error) {
	p := officeParser{languages: map[string]string{}, notes: map[string]string{}, hours: map[string]wording{}}
	list := &officeList{byCode: map[string][]*office{}}
	for s := range strings.Lines(text) {
		if s = strings.TrimSpace(s); s == "" || s[0] == '#' {
			continue
		}
		if !strings.Contains(s, "|") {
			if err := p.abbreviation(s); err != nil {
				return nil, fmt.Errorf("region: line %q: want %w", s, err)
			}
			continue
		}
		o, err := p.office(s)
		if err != nil {
			return nil, fmt.Errorf("region: line %q: want %w", s, err)
		}
		list.all = append(list.all, o)
		list.byCode[o.country] = append(list.byCode[o.country], o)
	}
	return list, nil
}

// officeParser has the abbreviations that were read so far.
type officeParser struct {
	languages, notes map[string]string
	hours            map[string]wording
}

// abbreviation reads "kind short = text". Its error says what was wanted, as that
// of office does.
func (p officeParser) abbreviation(s string) error {
	head, text, _ := strings.Cut(s, " = ")
	kind, short, _ := strings.Cut(head, " ")
	if short == "" || text == "" {
		return errors.New("six fields, or a kind, a short form, = and what it is short for")
	}
	switch kind {
	case "language":
		p.languages[short] = text
	case "note":
		p.notes[short] = text
	case "hours":
		hours, published, ok := strings.Cut(text, " = ")
		if !ok {
			return errors.New("a second =, and the wording")
		}
		hours, zone, _ := strings.Cut(hours, " @ ")
		p.hours[short] = wording{hours, zone, published}
	default:
		return errors.New("language, note or hours")
	}
	return nil
}

func (p officeParser) office(s string) (*office, error) {
	field := strings.Split(s, "|")
	if len(field) != 6 {
		return nil, errors.New("six fields")
	}
	for i := range field {
		field[i] = strings.TrimSpace(field[i])
	}
	o := &office{zones: 1}
	var named bool
	if o.name, o.slug, named = strings.Cut(field[0], " = "); !named {
		o.slug = slugOf(o.name)
	}
	place := strings.Fields(field[1])
	if o.name == "" || len(place) < 2 || len(place) > 3 || len(place[0]) != 2 {
		return nil, errors.New("a name, a code of two letters, and a zone")
	}
	o.country, o.zone = place[0], place[1]
	if len(place) == 3 {
		var err error
		if o.zones, err = strconv.Atoi(place[2]); err != nil {
			return nil, errors.New("a number of zones")
		}
	}
	o.always = once(o.zone, "24/7", o.name)
	phones, alternative, _ := strings.Cut(field[2], " or ")
	o.phones, o.alternative, o.notes = parts(phones, " / "), parts(alternative, " / "), parts(field[3], " / ")
	for i, short := range o.notes {
		if text := p.notes[short]; text != "" {
			o.notes[i] = text
		}
	}
	for _, of := range []struct {
		category Category
		text     string
	}{{Technical, field[5]}, {Billing, field[4]}} {
		for _, item := range parts(of.text, ", ") {
			language, hours, _ := strings.Cut(item, " ")
			l := line{language: p.languages[language], wording: p.hours[hours]}
			l.zone = cmp.Or(l.zone, o.zone)
			if l.language == "" || l.hours == "" {
				return nil, fmt.Errorf("a language and hours that are named further up, not %q", item)
			}
			o.add(of.category, l)
		}
	}
	return o, nil
}

// parts is strings.Split, except that nothing has no parts.
func parts(s, separator string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, separator)
}

// slugOf returns what the page of an office is called where offices.txt does not
// say.
func slugOf(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}), "-")
}
