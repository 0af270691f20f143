package page

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

// problem is a reason why a question has no answer. Its kind is a key of words.Problems, where
// each language has a sentence for it.
type problem struct {
	kind string
	args []any
}

// Error returns the problem in English.
func (p problem) Error() string { return languages()[0].say(p) }

// say returns an error in the language of the words, by its kind. An error of no known kind
// follows as it is.
func (w *words) say(err error) string {
	if p, ok := err.(problem); ok {
		args := slices.Clone(p.args)
		for i, arg := range args {
			switch arg := arg.(type) {
			case error:
				args[i] = w.say(arg)
			case string:
				args[i] = quote(arg)
			}
		}
		return fmt.Sprintf(w.Problems[p.kind], args...)
	}
	if e, ok := errors.AsType[*region.UnknownError](err); ok {
		text := fmt.Sprintf(w.Problems["unknown"], cmp.Or(w.Whats[e.What], e.What), quote(e.Text))
		if list := w.names(e.Known); list != "" {
			text += " " + fmt.Sprintf(w.Problems["known"], list)
		}
		return text
	}
	for kind, is := range map[string]error{"range": calendar.ErrOutOfRange, "before": ticket.ErrBeforeOpening, "force": sla.ErrNotInForce} {
		if errors.Is(err, is) {
			return w.Problems[kind]
		}
	}
	return fmt.Sprintf(w.Problems["other"], err)
}

// names returns a list of the first dozen names, each in the language of the words if that has
// it.
func (w *words) names(known []string) string {
	var list []string
	for i, name := range known {
		if i == 12 {
			list = append(list, "…")
			break
		}
		list = append(list, cmp.Or(w.timeline().Events[name], w.name(name)))
	}
	return strings.Join(list, w.Comma)
}

func quote(text string) string { return "“" + inLine(Clip(text)) + "”" }
