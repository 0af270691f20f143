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

// offices.txt has a line for each office. Its top explains the parts of a line, and
// their source.
//
//go:embed offices.txt
var officesText string

// officeList has the offices in the order of the country list, and by code. Several
// offices can share a code.
type officeList struct {
	all    []*Office
	byCode map[string][]*Office
}

// offices parses offices.txt once.
var offices = sync.OnceValue(func() *officeList {
	list, err := parseOffices(officesText)
	if err != nil {
		panic(err) // not with the text that the tests have read
	}
	return list
})

// find returns the one office of a name, or all offices of a code.
func (l *officeList) find(nameOrCode string) []*Office {
	if list := l.byCode[nameOrCode]; list != nil {
		return list
	}
	s := strings.TrimSpace(nameOrCode)
	for i, o := range l.all {
		if strings.EqualFold(o.Name, s) {
			return l.all[i : i+1]
		}
		if strings.EqualFold(o.Country, s) {
			return l.byCode[o.Country]
		}
	}
	return nil
}

func parseOffices(text string) (*officeList, error) {
	p := officeParser{languages: map[string]string{}, notes: map[string]string{}, hours: map[string]Line{}}
	list := &officeList{byCode: map[string][]*Office{}}
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
		list.byCode[o.Country] = append(list.byCode[o.Country], o)
	}
	return list, nil
}

// officeParser has the abbreviations that were read so far.
type officeParser struct {
	languages, notes map[string]string
	hours            map[string]Line // without a language
}

// abbreviation reads "kind short = text". Its error says what was wanted.
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
		p.hours[short] = Line{Hours: hours, Zone: zone, Wording: published}
	default:
		return errors.New("language, note or hours")
	}
	return nil
}

func (p officeParser) office(s string) (*Office, error) {
	field := strings.Split(s, "|")
	if len(field) != 6 {
		return nil, errors.New("six fields")
	}
	for i := range field {
		field[i] = strings.TrimSpace(field[i])
	}
	name, slug, named := strings.Cut(field[0], " = ")
	if !named {
		slug = slugOf(name)
	}
	place := strings.Fields(field[1])
	if name == "" || len(place) < 2 || len(place) > 3 || len(place[0]) != 2 {
		return nil, errors.New("a name, a code of two letters, and a zone")
	}
	zones := 1
	if len(place) == 3 {
		var err error
		if zones, err = strconv.Atoi(place[2]); err != nil {
			return nil, errors.New("a number of zones")
		}
	}
	phones, alternative, _ := strings.Cut(field[2], " or ")
	o := &Office{
		Name: name, Country: place[0], Zone: place[1], Zones: zones,
		Phones: parts(phones, " / "), AlternativePhones: parts(alternative, " / "), Notes: parts(field[3], " / "),
		Source: listPages + ", " + slug + ".md",
	}
	for i, short := range o.Notes {
		o.Notes[i] = cmp.Or(p.notes[short], short)
	}
	var err error
	if o.Billing, err = p.lines(field[4], o.Zone); err != nil {
		return nil, err
	}
	o.Technical, err = p.lines(field[5], o.Zone)
	return o, err
}

// lines reads languages, each with the short form of its hours.
func (p officeParser) lines(s, zone string) ([]Line, error) {
	var lines []Line
	for _, item := range parts(s, ", ") {
		language, hours, _ := strings.Cut(item, " ")
		l := p.hours[hours]
		l.Language, l.Zone = p.languages[language], cmp.Or(l.Zone, zone)
		if l.Language == "" || l.Hours == "" {
			return nil, fmt.Errorf("a language and hours that are named further up, not %q", item)
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// parts is strings.Split, except that nothing has no parts.
func parts(s, separator string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, separator)
}

// slugOf returns the file name of an office's page, unless offices.txt has another.
func slugOf(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}), "-")
}
