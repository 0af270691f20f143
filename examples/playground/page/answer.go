package page

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
	"github.com/duetime/duetime/sla/timeline"
)

// metric returns the commitment that the page is about.
func (v *view) metric() sla.Metric { return sla.Metric(cmp.Or(v.Metric, v.usual)) }

// answer computes the answer, step by step until ctx is done.
func (v *view) answer(ctx context.Context, c *sla.Catalog, now time.Time, width int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	asked, err := v.ticket(c)
	if none, ok := termError(err); ok {
		v.setNone(none)
		return nil
	}
	if err != nil {
		return err
	}
	now = now.Truncate(time.Minute) // the form has minutes
	if v.Now != "" {
		if now, err = instant(v.Now, v.Zone); err != nil {
			return err
		}
	}
	zone := asked.Request().Opened.Location() // that of the opening
	v.shifted(asked)
	v.withoutEffect(asked, now)
	o := timeline.Options{Zone: zone, Words: v.W.picture(), Width: max(timeline.MinWidth, min(cmp.Or(width, timeline.DefaultWidth), 1600))}
	if v.Second != "" {
		second, err := always(v.Second)
		if err != nil {
			return err
		}
		o.Second = second.Zone()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	clock, _ := asked.Clock(v.metric())
	v.State = clock.At(now.In(zone))
	none, isNone := termError(v.State.Err)
	if v.State.Err != nil && !isNone {
		return v.State.Err
	}
	v.setState(v.State, o)
	if isNone {
		v.setNone(none)
	}
	at := v.State.At
	if opened := asked.Request().Opened; at.Before(opened) {
		at = opened
	}
	long, err := v.setOthers(ctx, c, asked)
	if err != nil {
		return err
	}
	var lanes []ticket.Explanation
	if !long {
		segments := 0
		lanes = asked.Explain(at)
		for _, e := range lanes {
			segments += len(e.Segments)
		}
		long = segments > mostSegments
	}
	if long {
		v.Notices = append(v.Notices, v.W.TooLong)
		return nil
	}
	one := lanes[slices.IndexFunc(lanes, func(e ticket.Explanation) bool { return e.Metric == v.metric() })]
	v.why(one)
	if there := one.Term.Calendar; there != nil && v.Due != "" && v.DueOther == "" && !alwaysOpen(there) && differ(v.State.Due, there.Zone()) {
		v.DueOther = v.elsewhere(there.Zone())
	}
	v.CalendarFile, v.GoCode = v.calendarFile(), v.goCode(asked)
	if err := ctx.Err(); err != nil {
		return err
	}
	if v.Picture, err = picture(lanes, o); errors.Is(err, timeline.ErrNothing) {
		return nil
	} else if err != nil {
		return err
	}
	if width == 0 {
		o.Width, o.ID = phoneWidth, "phone"
		phone, err := picture(lanes, o)
		if err != nil {
			return err
		}
		before, rest, _ := strings.Cut(string(phone), "<style>") // that of the other one holds for both
		_, behind, _ := strings.Cut(rest, "</style>")
		v.PhonePicture = template.HTML(before + behind)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	var text strings.Builder
	if err := timeline.Text(&text, lanes, o); err != nil {
		return err
	}
	v.Text = text.String()
	return nil
}

// picture returns lanes as a picture for a page. It escapes what it is given.
func picture(lanes []ticket.Explanation, o timeline.Options) (template.HTML, error) {
	var b strings.Builder
	err := timeline.SVG(&b, lanes, o)
	return template.HTML(b.String()), err
}

// shifted adds a notice for each time that the clock skipped, and says which is used instead
// (R7).
func (v *view) shifted(asked ticket.Ticket) {
	times := map[string]time.Time{v.Opened: asked.Request().Opened}
	for _, e := range v.Events {
		if at, err := instant(e.At, v.Zone); err == nil {
			times[e.At] = at
		}
	}
	for _, text := range slices.Sorted(maps.Keys(times)) {
		if at := times[text]; !strings.HasPrefix(text, at.Format(wall)) {
			_, entered, _ := strings.Cut(text, "T")
			v.Notices = append(v.Notices, fmt.Sprintf(v.W.Shifted, entered, v.Zone, clock(at)))
		}
	}
}

// withoutEffect adds a notice for each event that is still to come, or that no clock of the
// ticket takes notice of, such as the end of a pause that there was not.
func (v *view) withoutEffect(asked ticket.Ticket, now time.Time) {
	for i, e := range v.Events {
		at, err := instant(e.At, v.Zone)
		if err != nil {
			continue
		}
		if at.After(now) {
			v.Notices = append(v.Notices, fmt.Sprintf(v.W.NotYet, i+1))
			continue
		}
		changed := false
		for _, clock := range asked.Clocks() {
			was, is := clock.At(at.Add(-1)), clock.At(at)
			if is.State == ticket.StatePaused {
				was.Due, is.Due = time.Time{}, time.Time{} // it moves on with the time
			}
			changed = changed || was.State != is.State || was.Outcome != is.Outcome || was.Cycle != is.Cycle ||
				was.Severity != is.Severity || was.Target != is.Target || !was.Due.Equal(is.Due)
		}
		if !changed {
			v.Notices = append(v.Notices, fmt.Sprintf(v.W.NoEffect, i+1))
		}
	}
}

// setOthers lists all commitments, if there are several, and reports whether they are too long
// for an account.
func (v *view) setOthers(ctx context.Context, c *sla.Catalog, asked ticket.Ticket) (long bool, err error) {
	all := map[sla.Metric]ticket.Status{}
	for metric, clock := range asked.Clocks() {
		st := clock.At(v.State.At)
		all[metric] = st
		r := asked.Request()
		r.Metric = metric
		long = long || alarmsOf(c, r)*st.Cycle > mostAlarms || accountOf(ctx, asked, clock, st) > longest
		if err := ctx.Err(); err != nil {
			return false, err
		}
		one := commitment{v.known(string(metric)), "–", v.W.States[kindOf(st)], metric == v.metric()}
		if !st.Due.IsZero() {
			one.Due = v.W.moment(st.Due)
		}
		v.Others = append(v.Others, one)
	}
	list, err := json.MarshalIndent(all, "", "  ")
	if len(v.Others) == 1 {
		v.Others = nil
		list, err = json.MarshalIndent(v.State, "", "  ")
	}
	if err == nil {
		v.JSON = string(list)
	}
	return long, nil
}

// longest is how long a life can be that is accounted for, and mostSegments how broken
// up: in 400 days, five calendars of 48 times a day have 200,000 beginnings and ends. 32
// alarms that repeat 100 times, in 256 cycles, are 819,200.
const (
	longest      = 400 * 24 * time.Hour
	mostSegments = 20_000
	mostAlarms   = 2_000
)

// alarmsOf returns the largest number of alarms that a cycle can have, at any severity.
func alarmsOf(c *sla.Catalog, r sla.Request) (most int) {
	for _, r.Severity = range c.Severities(r) {
		term, _ := c.Term(r) // without one, there are no alarms
		n := 0
		for _, t := range term.Thresholds {
			if n++; t.Every > 0 {
				n += 99
			}
		}
		most = max(most, n)
	}
	return most
}

// accountOf returns how long the account of a ticket's clock is whose status is given, or
// any duration once ctx is done.
func accountOf(ctx context.Context, t ticket.Ticket, clock ticket.Clock, st ticket.Status) time.Duration {
	end := st.At
	if st.Due.After(end) {
		end = st.Due
	}
	if stopped(st) { // by the first of the events since which it is
		for _, e := range slices.Backward(t.Events()) {
			if e.At.After(st.At) {
				continue
			}
			if ctx.Err() != nil || !stopped(clock.At(e.At)) {
				break
			}
			end = e.At
		}
	}
	return end.Sub(t.Request().Opened)
}

// stopped reports whether a clock does not go on.
func stopped(st ticket.Status) bool {
	return st.State == ticket.StateStopped || st.State == ticket.StateCancelled
}

// kindOf returns what a reader wants to know of a status first, a key of words.States.
func kindOf(st ticket.Status) string {
	switch {
	case st.State == ticket.StateCancelled, st.State == ticket.StateIdle:
		return string(st.State)
	case st.State == ticket.StateStopped && st.Outcome == ticket.OutcomeMet:
		return "met"
	case st.State == ticket.StateStopped:
		return "late"
	case st.Err != nil || st.Due.IsZero():
		return "none"
	case st.WallOverdue > 0:
		return "overdue"
	case st.State == ticket.StateRunning && !st.Open:
		return string(ticket.StatePending)
	}
	return string(st.State)
}

// setState says when what is due, unless nothing is any more.
func (v *view) setState(st ticket.Status, o timeline.Options) {
	v.Kind, v.Left = kindOf(st), v.countdown(st)
	if opened, err := instant(v.Opened, v.Zone); err == nil && st.At.Before(opened.Truncate(time.Minute)) {
		v.Kind = "unopened"
	}
	if st.Due.IsZero() || st.State == ticket.StateCancelled {
		v.Headline = v.W.NothingDue
		return
	}
	due := st.Due.In(o.Zone)
	if v.DueLabel = v.W.Due; st.State == ticket.StatePaused && st.BreachedAt.IsZero() {
		v.DueLabel, due = v.W.DueResumed, due.Truncate(time.Minute)
	}
	v.Due, v.DueDay, v.DuePlace = clock(due), v.W.date(due), place(due)
	if o.Second != nil {
		v.DueOther = v.elsewhere(o.Second)
	}
}

// elsewhere returns the due time by the clock of another zone.
func (v *view) elsewhere(zone *time.Location) string {
	there := v.State.Due.In(zone)
	return v.W.moment(there) + fmt.Sprintf(v.W.Aside, place(there))
}

// differ reports whether the clock of a zone shows another time at an instant than that of the
// instant's own zone.
func differ(t time.Time, zone *time.Location) bool {
	_, here := t.Zone()
	_, there := t.In(zone).Zone()
	return here != there
}

// alwaysOpen reports whether a calendar never closes.
func alwaysOpen(c *calendar.Calendar) bool {
	return c.Hours() == "24/7" && len(c.HolidaySets())+len(c.OwnDays())+len(c.FormerHours()) == 0
}

// setNone says that the terms have no time for the case, which is an answer, too.
func (v *view) setNone(none sla.TermError) {
	v.Kind, v.Headline, v.Left, v.Due = "none", v.W.NotPromised, "", ""
	v.Problem = fmt.Sprintf(v.W.NotPromisedText, inLine(string(none.Request.Severity)), v.known(string(none.Request.Metric)))
	if errors.Is(none, sla.ErrNotOffered) {
		v.Headline = v.W.NotOffered
		v.Problem = fmt.Sprintf(v.W.NotOfferedText, inLine(string(none.Request.Severity)), inLine(string(none.HighestOffered)))
	}
	v.Why = []template.HTML{v.text(none.Reason)}
	v.Source = sourceOf(none.Source)
}

// text returns a text of the terms in the language of the page if it is a published one, and
// as it is if not.
func (v *view) text(text string) template.HTML {
	if own := v.W.text(text); own != "" {
		return v.html("%s", own)
	}
	if text != "" && v.Language == "en" && !v.Own() {
		text = strings.ToUpper(text[:1]) + text[1:] + "."
	}
	return v.html("%s", inEnglish(text))
}

// countdown says how much time is left, or over.
func (v *view) countdown(st ticket.Status) string {
	say := func(wall, business time.Duration, alone, both string) string {
		if _, real := st.Target.Duration(); real > 0 || business < time.Minute || wall.Truncate(time.Second) == business.Truncate(time.Second) {
			return fmt.Sprintf(alone, v.W.span(wall))
		}
		return fmt.Sprintf(both, v.W.span(wall), v.W.hours(business))
	}
	switch kindOf(st) {
	case "met":
		return fmt.Sprintf(v.W.Early, v.W.span(st.WallRemaining))
	case "overdue", "late":
		both := v.W.OverdueIn
		if st.WallPaused > 0 {
			both = v.W.OverduePaused
		}
		return say(st.WallOverdue, st.Overdue, v.W.Overdue, both)
	case "cancelled", "idle", "none":
		return ""
	}
	return say(st.WallRemaining, st.Remaining, v.W.Remaining, v.W.RemainingIn)
}

// why lists the reasons: what was promised, which hours count, when the clock starts and
// when the time is over, and then what else there is.
func (v *view) why(e ticket.Explanation) {
	w, t, st := v.W, e.Term, e.Status
	if st.State == ticket.StateIdle {
		v.add(w.Idle, w.names(e.Course.Start))
	}
	if t.Calendar == nil {
		return
	}
	v.add(w.Promised[string(cmp.Or(t.Basis, sla.BasisCustom))], v.known(string(e.Metric)), w.target(t))
	v.add(w.Hours, v.calendar(t.Calendar))
	v.changes(e)
	v.start(e)
	if st.State == ticket.StateCancelled {
		v.add(w.Cancelled, w.moment(lastOf(e, sla.WordCancelled)))
	} else {
		v.due(e)
	}
	if at := lastOf(e, e.Course.Stop...); st.State == ticket.StateStopped && !at.IsZero() {
		v.add(w.Done, w.moment(at))
	}
	v.holidays(e)
	if st.Provisional {
		v.add("%s", w.ProvisionalText)
	}
	if !st.BreachedAt.IsZero() && !st.BreachedAt.Equal(st.Due) {
		v.add(w.Breached, w.moment(st.BreachedAt))
	}
	if v.Source == nil {
		v.Source = sourceOf(t.Source)
	}
	if v.Source != nil && strings.HasPrefix(v.Source.Note, noteChinese) {
		v.add("%s", w.ChineseHour)
	}
	v.FollowUp, v.Duties = t.FollowUp, t.Duties
}

// add adds a reason.
func (v *view) add(format string, args ...any) { v.Why = append(v.Why, v.html(format, args...)) }

// changes says which severities there were.
func (v *view) changes(e ticket.Explanation) {
	before, severity := e.Status.OriginalDue, e.Request.Severity
	for _, f := range e.Events {
		s := cmp.Or(f.Event.Change.Severity, severity)
		if s != severity && !before.IsZero() {
			v.add(v.W.ChangedTo, inLine(string(s)), v.W.moment(f.Event.At), v.W.moment(before.In(e.Status.At.Location())))
		}
		severity = s
		if before = f.Due; f.Cycle != e.Status.Cycle {
			before = time.Time{}
		}
	}
}

// start says when the clock starts, and why then.
func (v *view) start(e ticket.Explanation) {
	w, hours := v.W, e.Term.Calendar
	origins := map[string]string{"": w.AtOpening, sla.WordReopened: w.AtReopening, "change": w.AtChange, sla.WordDue: w.AtDue}
	origin := cmp.Or(origins[e.CountsFromEvent], v.word(e.CountsFromEvent))
	start := w.momentIn(e.Status.Start, hours)
	day := hours.Day(calendar.DateOf(e.CountsFrom.In(hours.Zone()))).Holiday
	switch {
	case !e.CarriedAt.IsZero():
		v.add(w.StartThen, "", start)
	case alwaysOpen(hours):
		v.add(w.StartAlways, origin)
	case e.Status.Start.Equal(e.CountsFrom):
		v.add(w.StartNow, origin, start)
	case !day.Date.IsZero() && !day.Workday:
		v.add(w.StartHoliday, origin, start, v.holiday(day))
	default:
		v.add(w.StartLater, origin, start)
	}
}

// due says how the due time follows from the start.
func (v *view) due(e ticket.Explanation) {
	w, t, st := v.W, e.Term, e.Status
	zone, due := t.Calendar.Zone(), w.momentIn(st.Due, t.Calendar)
	side := cmp.Or(st.Target, t.Target) // that holds
	days, dates := side.Days()
	business, wall := side.Duration()
	text, paused := w.side(side, w.Units[5], w.Units[6]), !st.Due.Equal(e.DueWithoutPauses)
	if alwaysOpen(t.Calendar) {
		text = w.side(side, w.Units[0], w.Units[1])
	}
	if st.State == ticket.StatePaused {
		v.add(w.PausedSince, w.moment(pausedSince(e)), w.hours(st.Elapsed), w.hours(st.TargetTime))
	}
	switch {
	case st.State == ticket.StatePaused && st.BreachedAt.IsZero(): // it moves on
	case !e.CarriedAt.IsZero():
		v.add(w.Carried)
		v.add(w.AfterTarget, "", due)
	case wall > 0 && !paused:
		v.add(w.AfterWall, text, due)
	case business > 0 && days+dates == 0:
		v.add(w.AfterTime, text, due)
	case side.String() != fmt.Sprintf("%dbd", days) || paused:
		v.add(w.AfterTarget, "", due)
	case differ(st.Start, zone) || differ(st.Due, zone):
		v.add(w.AfterDaysIn, text, w.moment(st.Due)+w.clockIn(st.Due, zone), zone)
	default:
		v.add(w.AfterDays, text, due)
	}
	if paused {
		v.add(w.Moved, w.moment(e.DueWithoutPauses))
	}
}

// lastOf returns when the last of some words was told.
func lastOf(e ticket.Explanation, words ...string) (at time.Time) {
	for _, f := range e.Events {
		if slices.Contains(words, f.Event.Word) {
			at = f.Event.At
		}
	}
	return at
}

// pausedSince returns when the pause began that lasts.
func pausedSince(e ticket.Explanation) time.Time {
	since := e.Status.At
	for _, g := range slices.Backward(e.Segments) {
		if !g.From.Before(since) {
			continue
		}
		if g.Reason != ticket.ReasonPaused {
			break
		}
		since = g.From
	}
	return since
}

// holiday returns the name of a holiday.
func (v *view) holiday(h calendar.Holiday) string {
	return inLine(Clip(cmp.Or(v.W.Holidays[h.Name], h.Name)))
}

// holidays names the holidays between the opening, whose own day stands in another reason, and
// the due time.
func (v *view) holidays(e ticket.Explanation) {
	type run struct {
		name        string
		first, last calendar.Date
	}
	opening := calendar.DateOf(e.CountsFrom.In(e.Term.Calendar.Zone()))
	var off, worked []run
	for _, g := range e.Segments {
		if !g.To.After(e.CountsFrom) || !g.From.Before(e.Status.Due) {
			continue
		}
		for _, h := range g.Holidays {
			if h.Date == opening && !h.Workday && h.Hours.IsZero() {
				continue
			}
			name := v.holiday(h)
			if h.Provisional {
				name = fmt.Sprintf(v.W.Expected, name)
			}
			list := &off
			if h.Workday {
				list = &worked
			}
			switch n := len(*list); {
			case n > 0 && (*list)[n-1].name == name && h.Date.Compare((*list)[n-1].last.AddDays(1)) <= 0:
				(*list)[n-1].last = h.Date
			case n < 12:
				*list = append(*list, run{name, h.Date, h.Date})
			}
		}
	}
	for _, row := range []struct {
		format string
		list   []run
	}{{v.W.Skipped, off}, {v.W.Worked, worked}} {
		var texts []string
		for _, r := range row.list {
			days := v.day(r.first)
			if r.last != r.first {
				days += " – " + v.day(r.last)
			}
			texts = append(texts, r.name+fmt.Sprintf(v.W.Aside, days))
		}
		if texts != nil {
			v.add(row.format, strings.Join(texts, v.W.Comma))
		}
	}
}

// day returns a date of the calendar.
func (v *view) day(d calendar.Date) string {
	return v.W.date(time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC))
}

// source is where a figure is from.
type source struct{ Title, Address, Day, Note string }

// sourceOf takes the line of a source apart: the title of a page, its date, its address and a
// note. What is not such a line is a title alone.
func sourceOf(line string) *source {
	if line == "" {
		return nil
	}
	if m := sourceLine().FindStringSubmatch(line); m != nil {
		return &source{m[1], m[3], m[2], m[4]}
	}
	return &source{Title: line}
}

var sourceLine = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(.*?), (\d{4}-\d\d-\d\d), (https://docs\.microsoft\.com/[^ ,]+)(?:, (.*))?$`)
})

// SourceDay returns the date of the source.
func (v *view) SourceDay() string {
	d, err := time.Parse(time.DateOnly, v.Source.Day)
	if err != nil {
		return ""
	}
	return v.W.date(d)
}

// FollowUpText, DutiesText and SourceNote return texts of the term.
func (v *view) FollowUpText() template.HTML { return v.text(v.FollowUp) }

func (v *view) DutiesText() template.HTML { return v.text(v.Duties) }

func (v *view) SourceNote() template.HTML { return v.text(v.Source.Note) }
