package page

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
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
	if v.Now != "" {
		if now, err = instant(v.Now, v.Zone); err != nil {
			return err
		}
	}
	zone := asked.Request().Opened.Location() // that of the opening
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
	v.State = clock.At(now.In(zone).Truncate(time.Second))
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
	v.why(lanes[slices.IndexFunc(lanes, func(e ticket.Explanation) bool { return e.Metric == v.metric() })])
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
		if v.PhonePicture, err = picture(lanes, o); err != nil {
			return err
		}
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
	}
	return string(st.State)
}

// setState says when what is due, unless nothing is any more.
func (v *view) setState(st ticket.Status, o timeline.Options) {
	v.Kind, v.Left = kindOf(st), v.countdown(st)
	if st.Due.IsZero() || st.State == ticket.StateCancelled {
		v.Headline = v.W.NothingDue
		return
	}
	due := st.Due.In(o.Zone)
	v.Due, v.DueDay, v.DuePlace = clock(due), v.W.date(due), place(due)
	if o.Second != nil {
		there := st.Due.In(o.Second)
		v.DueOther = v.W.moment(there) + " (" + place(there) + ")"
	}
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
	if own := v.W.Texts[text]; own != "" {
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
		if _, real := st.Target.Duration(); real > 0 || wall.Truncate(time.Second) == business.Truncate(time.Second) {
			return fmt.Sprintf(alone, v.W.span(wall))
		}
		return fmt.Sprintf(both, v.W.span(wall), v.W.hours(business))
	}
	switch kindOf(st) {
	case "met":
		return fmt.Sprintf(v.W.Early, v.W.span(st.WallRemaining))
	case "overdue", "late":
		return say(st.WallOverdue, st.Overdue, v.W.Overdue, v.W.OverdueIn)
	case "cancelled", "idle", "none":
		return ""
	}
	return say(st.WallRemaining, st.Remaining, v.W.Remaining, v.W.RemainingIn)
}

// why lists the reasons: what was promised, which hours count, when the clock starts and
// when the time is over, and then what else there is.
func (v *view) why(e ticket.Explanation) {
	add := func(format string, args ...any) { v.Why = append(v.Why, v.html(format, args...)) }
	w, t, st := v.W, e.Term, e.Status
	if st.State == ticket.StateIdle {
		add(w.Idle, w.names(e.Course.Start))
	}
	if t.Calendar == nil {
		return
	}
	target := w.target(t.Target)
	add(w.Promised[string(cmp.Or(t.Basis, sla.BasisCustom))], v.known(string(e.Metric)), target)
	add(w.Hours, v.calendar(t.Calendar))
	origins := map[string]string{"": w.AtOpening, sla.WordReopened: w.AtReopening, "change": w.AtChange, sla.WordDue: w.AtDue}
	origin := cmp.Or(origins[e.CountsFromEvent], v.word(e.CountsFromEvent))
	start := w.moment(st.Start)
	switch {
	case !e.CarriedAt.IsZero():
		add(w.StartThen, "", start)
	case st.Start.Equal(e.CountsFrom):
		add(w.StartNow, origin, start)
	default:
		add(w.StartLater, origin, start)
	}
	due := w.moment(st.Due)
	side := cmp.Or(st.Target, t.Target) // that holds
	days, dates := side.Days()
	business, wall := side.Duration()
	switch {
	case !e.CarriedAt.IsZero():
		add(w.Carried)
		add(w.AfterTarget, "", due)
	case wall > 0 && st.Due.Equal(e.DueWithoutPauses):
		add(w.AfterWall, w.side(side), due)
	case business > 0 && days+dates == 0:
		add(w.AfterTime, w.side(side), due)
	case side.String() == fmt.Sprintf("%dbd", days) && st.Due.Equal(e.DueWithoutPauses):
		add(w.AfterDays, w.side(side), due)
	default:
		add(w.AfterTarget, "", due)
	}
	if !st.Due.Equal(e.DueWithoutPauses) {
		add(w.Moved, w.moment(e.DueWithoutPauses))
	}
	v.holidays(e)
	if st.Provisional {
		add("%s", w.ProvisionalText)
	}
	if !st.BreachedAt.IsZero() {
		add(w.Breached, w.moment(st.BreachedAt))
	}
	if v.Source == nil {
		v.Source = sourceOf(t.Source)
	}
	v.FollowUp, v.Duties = t.FollowUp, t.Duties
}

// holidays names the holidays between the start and the due time.
func (v *view) holidays(e ticket.Explanation) {
	var off, worked []string
	for _, g := range e.Segments {
		if !g.To.After(e.Status.Start) || !g.From.Before(e.Status.Due) {
			continue
		}
		for _, h := range g.Holidays {
			text := inLine(Clip(cmp.Or(v.W.Holidays[h.Name], h.Name))) + " (" + v.day(h.Date) + ")"
			if h.Provisional {
				text = fmt.Sprintf(v.W.Expected, text)
			}
			list := &off
			if h.Workday {
				list = &worked
			}
			if !slices.Contains(*list, text) && len(*list) < 12 {
				*list = append(*list, text)
			}
		}
	}
	for _, row := range []struct {
		format string
		list   []string
	}{{v.W.Skipped, off}, {v.W.Worked, worked}} {
		if row.list != nil {
			v.Why = append(v.Why, v.html(row.format, strings.Join(row.list, v.W.Comma)))
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
