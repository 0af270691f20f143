// Package timeline draws a [ticket.Explanation], for people who prefer a picture to a
// table. [SVG] writes a picture for a page. [Text] writes 80 columns for a terminal, or for
// the comment of a ticket.
//
//	clock, err := ticket.NewClock(sla.Published(), request)
//	if err != nil {
//		return err
//	}
//	err = timeline.SVG(file, clock.Explain(now), timeline.Options{})
//
// A picture has one strip for each day of a zone, from midnight to midnight. A strip shows
// the hours of the term, the time that counts, the pauses, and the names of holidays. Marks
// show the opening, the start, the events, the alarms reached, the due time, the breach and
// the instant that is explained. Five or more days in a row without anything to show become
// one line.
//
// The length of a strip is elapsed time. So a day of 23 hours is shorter, and the ticks
// stand where the clock shows their hours. [Options] can add the hours of a second zone.
//
// The same explanation and options give the same bytes. No fact is shown by colour alone.
package timeline
