// Package timeline draws the account of a due time, an [sla.Explanation], for those
// who would rather look than read: as an SVG picture ([SVG]), and as text for a
// terminal or the comment of a ticket ([Text]).
//
//	d, err := sla.Published().Deadline(request)
//	...
//	err = timeline.SVG(file, d.Explain(), timeline.Options{})
//
// Each day of a zone is a strip from its midnight to the next. On it are the hours of
// the term, what of them counts, what is lost to pauses, the holidays by their names,
// and as marks the opening, the start, each event, each alarm that was reached, the due
// time, the breach and the instant that is explained. Days on which nothing but the
// ordinary happens are folded into one line where there are five or more of them.
//
// A strip is as long as its day: physical time is what has a place on it, so that a day
// of 23 hours is shorter and the ticks of its hours are where the clock shows them.
// Below the hours of the zone there can be those of a second one.
//
// The same explanation and options give the same bytes. Nothing in a picture depends
// on colour alone.
package timeline
