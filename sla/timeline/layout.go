package timeline

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// Labels stand in rows above a strip or below it. A line leads from each label to the strip,
// and crosses the rows between them. So a label has a row beyond those of all lines that come
// up under its text: then no line crosses a text.

// label is a text with marks, or without.
type label struct {
	marks    []mark  // close to each other; a holiday has none
	lead     mark    // the most important of them
	x        float64 // of the line of lead
	from, to float64 // of the text
	row      int     // 0 is next to the strip
	text     string
	class    string // of a text without a mark
}

const (
	reach     = 7.0 // from a line to its text
	gapBeside = 6.0 // between two texts in a row
	mostRows  = 5
	mostJoin  = 3 // how many marks have one text together
)

// place returns labels for marks in order, and for texts without marks, whose places are
// given. The fewest marks that have no room are in one label with others.
func (s *drawing) place(d *day, marks []mark, texts []label) (best []label, rows int) {
	apart := max(reach, (s.x(d, d.to)-float64(s.left))/100) // that many labels at most
	for ; ; apart *= 1.3 {
		labels := s.group(d, marks, apart)
		least := math.Inf(1)
		for split := len(labels); split >= 0; split-- {
			list := slices.Clone(labels)
			cost := s.arrange(list, split)
			for _, l := range texts {
				wide := measure(l.class, l.text)
				l.from = max(margin, min(l.from, float64(s.Width-margin)-wide))
				l.to = l.from + wide
				l.climb(list, len(list))
				list = append(list, l)
			}
			if cost += rowCost * float64(rowsOf(list)); cost < least {
				best, least = list, cost
			}
		}
		if rowsOf(best[:len(labels)]) <= mostRows && least < tooNarrow || len(labels) <= 1 {
			return best, rowsOf(best)
		}
	}
}

// Costs of labels: each pixel of cut text costs 1, a row and a label cut by more than half
// cost these.
const (
	rowCost   = 40
	tooNarrow = 1e6
)

// arrange places labels from left to right: the first ones behind their lines, the others
// before them. It returns the cost of texts that it cuts.
func (s *drawing) arrange(list []label, split int) (cost float64) {
	left, right := float64(margin), float64(s.Width-margin)
	for i := range list {
		l := &list[i]
		want, most := letters.width(l.text), right-l.x-reach
		if i < split && split < len(list) {
			most = min(right, list[split].x-reach) - l.x - reach
		} else if i >= split {
			most = l.x - reach - left
		}
		if most < want {
			l.text = shorten(l.text, most, letters)
			cut := letters.width(l.text)
			if cost += 10 + want - most; most < max(want/2, cut) {
				cost += tooNarrow
			}
			want = cut
		}
		if l.from = l.x + reach; i >= split {
			l.from = l.x - reach - want
		}
		l.to = l.from + want
	}
	for i := split - 1; i >= 0; i-- {
		list[i].climb(list[i+1:split], mostRows)
	}
	for i := split; i < len(list); i++ {
		list[i].climb(list[:i], mostRows)
	}
	return cost
}

// climb sets the row of a label to the first one that no other label blocks, or to the last
// one.
func (l *label) climb(others []label, last int) {
	for l.row = 0; l.row < last && slices.ContainsFunc(others, func(o label) bool { return blocks(&o, l) }); l.row++ {
	}
}

// blocks reports whether a placed label leaves no room for another one: its line crosses the
// row under the other text, or one is on the other.
func blocks(o, l *label) bool {
	if o.lead.at.IsZero() {
		return o.row == l.row && o.from-gapBeside < l.to && l.from < o.to+gapBeside
	}
	if l.from-reach < o.x && o.x < l.to+reach && o.row >= l.row {
		return true
	}
	from, to := min(o.from, o.x-reach), max(o.to, o.x+reach) // with its shape
	return o.row == l.row && from-gapBeside < l.to && l.from < to+gapBeside
}

func rowsOf(list []label) (rows int) {
	for i := range list {
		rows = max(rows, list[i].row+1)
	}
	return rows
}

// group returns a label for each mark. Marks that are less than so many pixels apart have one
// together.
func (s *drawing) group(d *day, marks []mark, apart float64) (list []label) {
	for first := 0; first < len(marks); {
		l := label{lead: marks[first]}
		next := first
		for next < len(marks) && (next == first || s.x(d, marks[next].at)-s.x(d, marks[first].at) < apart) {
			if marks[next].kind > l.lead.kind {
				l.lead = marks[next]
			}
			next++
		}
		l.marks, l.x = marks[first:next], s.x(d, l.lead.at)
		l.text = s.full(d, &l)
		list, first = append(list, l), next
	}
	return list
}

// full returns the text of a label: those of its marks, or that of the lead and how many more
// there are.
func (s *drawing) full(d *day, l *label) string {
	if len(l.marks) <= mostJoin {
		var texts []string
		for _, m := range l.marks {
			texts = append(texts, s.label(d, m))
		}
		if text := strings.Join(texts, ", "); len(texts) == 1 || letters.width(text) < float64(s.Width-2*margin)*2/3 {
			return text
		}
	}
	return s.label(d, l.lead) + " +" + strconv.Itoa(len(l.marks)-1)
}
