// Package timeline draws the clocks of a ticket, for people who prefer a picture to a table.
// [SVG] writes a picture for a page. [Text] writes 80 columns for a terminal, or for the
// comment of a ticket. Both draw what Explain of a [ticket.Ticket] returns:
//
//	t, err := ticket.Open(sla.Published(), request)
//	if err != nil {
//		return err
//	}
//	err = timeline.SVG(file, t.Explain(now), timeline.Options{})
//
// The title says what is due next, or what became of the clock. A short caption below it says
// how much of each target is used.
//
// A picture has a lane for each clock. A lane has one strip for each day of a zone, from
// midnight to midnight. A strip shows the hours of the term, the time that counts, and the
// time idle, paused or stopped. Time that counts after a breach looks different from time that
// counts before it. Time can count outside the hours, if the target is in real time. The
// strips of a day are one below the other, in the order of the clocks, and share its hours.
// The strips of a lane end when there is nothing more to show, and the longest lane has strips
// until the last day. A clock with nothing to show, such as an idle clock at the opening, has
// no lane.
//
// Marks of the ticket show the opening, the events and the instant that is explained. They
// stand above the strips of their day and cross all of them. The names of holidays and changes
// of the clock are there, too. Marks of a lane show its start, the alarms reached, the first
// due time, the due time and the breaches. They stand below the strip. The start is omitted
// where it is at the opening or at an event, and the due time where it is a breach.
//
// No line crosses a text, and no text is on another one. Marks that have no room for their own
// texts have one together, with the number of those that it leaves out: "due 15:00 +2".
//
// Days in a row on which nothing happens become one line that names their holidays: two or more
// if all is closed, and five or more if not.
//
// The length of a strip is elapsed time. So a day of 23 hours is shorter, and the ticks
// stand where the clock shows their hours. [Options] can add the hours of a second zone.
//
// The same lanes and options give the same bytes. No fact is shown by colour alone.
package timeline
