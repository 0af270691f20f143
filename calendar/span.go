package calendar

import (
	"iter"
	"time"
)

// Span is a half-open stretch of time, [Start, End).
type Span struct{ Start, End time.Time }

// Duration returns the length of the span in elapsed time.
func (s Span) Duration() time.Duration { return s.End.Sub(s.Start) }

// Spans returns the open parts of [from, to), in order and apart from each
// other (R2), in from's Location. Their lengths add up to Between(from, to).
// The sequence ends at to, or at the end of the range of R9. It is empty if
// to is not after from, or if from is outside the range.
func (c *Calendar) Spans(from, to time.Time) iter.Seq[Span] {
	return func(yield func(Span) bool) {
		for at := from; ; {
			start, err := c.NextOpen(at)
			if err != nil || !start.Before(to) {
				return
			}
			end, err := c.NextClose(start)
			if err != nil {
				end = time.Unix(endUnix, 0)
			}
			if end.After(to) {
				end = to
			}
			end = end.In(from.Location())
			if !yield(Span{start, end}) || !end.Before(to) {
				return
			}
			at = end
		}
	}
}
