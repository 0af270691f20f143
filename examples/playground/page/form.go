package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
)

// option is one of the things that can be chosen.
type option struct {
	Value, Text string
	Chosen      bool
}

// Slots returns the events, and an empty one to fill in.
func (v *view) Slots() []Event { return append(slices.Clone(v.Events), Event{}) }

// Zones returns names of zones to choose from: any other can be entered.
func (v *view) Zones() []string {
	return []string{
		"Africa/Cairo", "Africa/Johannesburg", "Africa/Lagos", "America/Bogota", "America/Chicago", "America/Denver", "America/Los_Angeles",
		"America/Mexico_City", "America/New_York", "America/Sao_Paulo", "America/Toronto", "Asia/Dubai", "Asia/Hong_Kong", "Asia/Kolkata",
		"Asia/Seoul", "Asia/Shanghai", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney", "Europe/Berlin", "Europe/London", "Europe/Madrid",
		"Europe/Moscow", "Europe/Paris", "Europe/Warsaw", "Pacific/Auckland", "UTC",
	}
}

func options[T ~string](chosen string, values ...T) (list []option) {
	for _, value := range values {
		list = append(list, option{string(value), string(value), string(value) == chosen})
	}
	return list
}

// listWords lists what events can be: words of a policy, the cancellation and a change of
// severity.
func (v *view) listWords(words []string) {
	for _, word := range append(words, sla.WordCancelled) {
		v.Words = append(v.Words, option{word, v.word(word), false})
	}
	if !slices.Contains(words, severityChanged) {
		v.Words = append(v.Words, option{severityChanged, v.W.Changed, false})
	}
}

// word returns a word of the usual ones in the language of the page, and any other as it is.
func (v *view) word(word string) string {
	return cmp.Or(v.W.timeline().Events[word], word)
}

// WordsWith returns what an event can be, and the word that it has, offered or not.
func (v *view) WordsWith(word string) []option {
	list := slices.Clone(v.Words)
	i := slices.IndexFunc(list, func(o option) bool { return o.Value == word })
	if i < 0 && word != "" {
		i, list = len(list), append(list, option{Value: word, Text: v.word(word)})
	}
	if i >= 0 {
		list[i].Chosen = true
	}
	return list
}

// keep lists what was chosen alone, which stays until the catalog can be read.
func (v *view) keep() {
	v.Keep = true
	if v.Moniker != "" {
		v.Monikers = options(v.Moniker, v.Moniker)
	}
	v.Plans = []option{{v.Plan, cmp.Or(v.Plan, v.W.Usual), true}}
	v.Categories = []option{{v.Category, cmp.Or(v.known(v.Category), v.W.Usual), true}}
	severities := []string{v.Severity}
	for _, e := range v.Events {
		severities = append(severities, e.Severity)
	}
	slices.Sort(severities)
	severities = slices.DeleteFunc(slices.Compact(severities), func(s string) bool { return s == "" })
	v.Severities = options(v.Severity, severities...)
	v.listWords(nil)
}

// takeBack replaces a value that the catalog does not offer, such as the plan of another
// cloud, and adds a notice.
func (v *view) takeBack(field *string, instead, shown string) {
	if *field != "" {
		v.Notices = append(v.Notices, fmt.Sprintf(v.W.TakenBack, inLine(Clip(*field)), shown))
	}
	*field = instead
}

// inLine returns a text without what would turn the rest of its line round.
func inLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, text)
}

// spell sets a field to the name in a list that it is in another case, and reports whether
// there is one.
func spell[T ~string](list []T, field *string) bool {
	i := slices.Index(list, T(*field))
	if i < 0 {
		i = slices.IndexFunc(list, func(s T) bool { return strings.EqualFold(string(s), *field) })
	}
	if i >= 0 {
		*field = string(list[i])
	}
	return i >= 0
}

// choosePlan lists the monikers that a catalog offers, and the plans of the chosen one.
func (v *view) choosePlan(c *sla.Catalog) {
	monikers := c.Monikers()
	if !spell(monikers, &v.Moniker) {
		instead := monikers[0]
		if slices.Contains(monikers, region.Germany) {
			instead = region.Germany
		}
		v.takeBack(&v.Moniker, string(instead), v.known(string(instead)))
	}
	v.Monikers = options(v.Moniker, monikers...)
	for i := range v.Monikers {
		v.Monikers[i].Text = v.known(v.Monikers[i].Text)
	}
	form := sla.Request{Moniker: region.Moniker(v.Moniker)}
	plans := c.Plans(form)
	usual := plans[0] // the default, if there is one
	byName := c.Severities(form) == nil
	if slices.Contains(plans, "") {
		usual = ""
	}
	if v.Plan == "" || !spell(plans, &v.Plan) {
		v.takeBack(&v.Plan, string(usual), cmp.Or(v.known(string(usual)), v.W.Usual))
	}
	v.Plans = options(v.Plan, plans...)
	for i := range v.Plans {
		o := &v.Plans[i]
		o.Text = cmp.Or(v.known(o.Value), v.W.Usual)
		if sla.Plan(o.Value) == usual && !byName {
			if o.Value != "" {
				o.Text += fmt.Sprintf(v.W.Aside, v.W.Usual)
			}
			o.Value = "" // so that another cloud has its own
		}
	}
	if v.Plan == string(usual) && !byName {
		v.Plan = ""
	}
}

// chooseCountry lists the countries that the chosen cloud serves. One of your own serves
// whom it will.
func (v *view) chooseCountry() {
	cloud := region.Moniker(v.Moniker)
	countries := cloud.Countries()
	if countries == nil {
		return
	}
	if cloud.CheckCountry(v.Country) != nil {
		v.takeBack(&v.Country, "", v.W.AnyCountry)
	}
	for _, code := range countries {
		name := code
		if o, err := region.LookupOffice(code); err == nil {
			name = o.Name
		}
		v.Countries = append(v.Countries, option{code, name, code == v.Country})
	}
	slices.SortFunc(v.Countries, func(a, b option) int { return strings.Compare(a.Text, b.Text) })
}

// chooseTerm lists the severities, categories, metrics and words of the version of the plan
// that is in force at the opening or, if none is, of the last one.
func (v *view) chooseTerm(c *sla.Catalog) {
	form := v.form()
	if c.Severities(form) == nil {
		form.Opened = time.Time{}
	}
	severities, categories, metrics := c.Severities(form), c.Categories(form), c.Metrics(form)

	usual := string(severities[min(1, len(severities)-1)]) // B, or what is in its place
	severity := func(field *string, instead, shown string) {
		if s, err := c.ParseSeverity(form, *field); err == nil {
			*field = string(s)
		} else {
			v.takeBack(field, instead, shown)
		}
	}
	severity(&v.Severity, usual, usual)
	for i := range v.Events {
		severity(&v.Events[i].Severity, "", v.W.None)
	}
	v.Severities = options(v.Severity, severities...)
	for i := range v.Severities {
		if name := v.W.Names[v.Severities[i].Value]; name != "" && !v.Own() {
			v.Severities[i].Text += " · " + name
		}
	}

	if name, err := c.ParseCategory(form, v.Category); err != nil {
		v.takeBack(&v.Category, "", v.known(string(categories[0])))
	} else if v.Category = string(name); name == categories[0] {
		v.Category = ""
	}
	v.Categories = options(cmp.Or(v.Category, string(categories[0])), categories...)
	for i := range v.Categories {
		v.Categories[i].Text = v.known(v.Categories[i].Text)
	}
	v.Categories[0].Value = "" // so that another cloud has its own

	if len(metrics) == 0 {
		metrics = []sla.Metric{sla.FirstResponse}
	}
	v.usual, v.metrics = string(metrics[0]), len(metrics)
	if !spell(metrics, &v.Metric) {
		v.takeBack(&v.Metric, "", v.known(v.usual))
	} else if v.Metric == v.usual {
		v.Metric = ""
	}
	if len(metrics) > 1 || v.usual != string(sla.FirstResponse) {
		v.Metrics = options(cmp.Or(v.Metric, v.usual), metrics...)
		for i := range v.Metrics {
			v.Metrics[i].Text = v.known(v.Metrics[i].Text)
		}
		v.Metrics[0].Value = "" // as with categories
	}

	form.Metric = sla.Metric(cmp.Or(v.Metric, v.usual))
	v.listWords(wordsFor(c, form))
}

// wordsFor returns the words of a request's policy. If the policy declares none, it returns
// the usual words that do something to the clock of the metric.
func wordsFor(c *sla.Catalog, r sla.Request) []string {
	words := slices.Concat(c.Words(r))
	if !slices.Equal(words, []string{sla.WordResolved, sla.WordReopened, sla.WordPaused, sla.WordResumed, sla.WordResponded}) {
		return words
	}
	course, err := c.Course(r)
	if err != nil {
		return words
	}
	listed := slices.Concat(course.Start, course.Stop, course.Reset, course.Pause)
	ends := map[string]string{sla.WordReopened: sla.WordResolved, sla.WordResumed: sla.WordPaused}
	return slices.DeleteFunc(words, func(w string) bool {
		return !slices.Contains(listed, w) && !slices.Contains(listed, ends[w])
	})
}

// known returns a name of the published terms in the language of the page, and any other
// name as it is.
func (v *view) known(name string) string { return v.W.name(name) }

// Lead returns a sentence about a cloud, and Note one about a severity, of the published terms.
func (v *view) Lead(moniker string) string { return v.W.Leads[moniker] }

func (v *view) Note(severity string) string {
	if v.Own() {
		return ""
	}
	return v.W.Notes[severity]
}

// SeveralPlans reports whether there is a plan to choose, or one to name.
func (v *view) SeveralPlans() bool { return len(v.Plans) > 1 || v.Plans[0].Text != v.W.Usual }

// More reports whether one of the choices that are usually left is made.
func (v *view) More() bool {
	return v.Category != "" || v.Country != "" || v.Second != "" || v.Now != ""
}

// Marks returns the lines of the catalog that have faults.
func (v *view) Marks() (lines []int) {
	for _, f := range v.Faults {
		lines = append(lines, f.Line)
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}
