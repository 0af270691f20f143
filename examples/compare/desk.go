package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A desk is hours in a zone, and the cause that answers about it can be wrong by.
type desk struct {
	cause    string
	zone     *time.Location
	days     []time.Weekday // on which spans begin
	spans    []span
	holidays bool // closed on Berlin's holidays
	year     int  // that questions are about
}

// A span is a part of a date, in minutes from its midnight. A shift that runs past
// midnight closes after 24*60.
type span struct{ opens, closes int }

// desks has one desk for each cause, in the order of the report. That a clock changes
// while the desk is closed matters to engines that count hours from midnight.
func desks() ([]desk, error) {
	var (
		weekdays = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
		noMonday = append(slices.Clone(weekdays[1:]), time.Saturday, time.Sunday)
		daily    = append(slices.Clone(weekdays), time.Saturday, time.Sunday)
		office   = []span{{9 * 60, 17 * 60}}
		night    = []span{{0, 6 * 60}}
		err      error
	)
	in := func(name string) *time.Location {
		zone, e := time.LoadLocation(name)
		if e != nil && err == nil {
			err = e
		}
		return zone
	}
	all := []desk{
		{cause: "nothing special", zone: in("UTC"), days: weekdays, spans: office, year: 2024},
		{cause: "holidays, in UTC", zone: in("UTC"), days: weekdays, spans: office, holidays: true, year: 2024},
		{cause: "holidays, in Berlin", zone: in("Europe/Berlin"), days: weekdays, spans: office, holidays: true, year: 2024},
		{cause: "lunch break", zone: in("UTC"), days: weekdays, spans: []span{{9 * 60, 12 * 60}, {13 * 60, 17 * 60}}, year: 2024},
		{cause: "to 24:00", zone: in("Asia/Shanghai"), days: daily, spans: []span{{9 * 60, 24 * 60}}, year: 2024},
		{cause: "round the clock", zone: in("UTC"), days: daily, spans: []span{{0, 24 * 60}}, year: 2024},
		{cause: "night shift", zone: in("UTC"), days: weekdays, spans: []span{{22 * 60, 30 * 60}}, year: 2024},
		{cause: "clock change, closed", zone: in("Europe/Berlin"), days: daily, spans: office, year: 2024},
		{cause: "clock change, open", zone: in("Europe/Berlin"), days: daily, spans: night, year: 2024},
		{cause: "half an hour's change, open", zone: in("Australia/Lord_Howe"), days: daily, spans: night, year: 2024},
		{cause: "no midnight, open (Beirut)", zone: in("Asia/Beirut"), days: daily, spans: night, year: 2021},
		{cause: "no midnight, open (São Paulo)", zone: in("America/Sao_Paulo"), days: noMonday, spans: night, year: 2018},
		{cause: "no midnight, closed (São Paulo)", zone: in("America/Sao_Paulo"), days: noMonday, spans: office, year: 2018},
	}
	return all, err
}

// berlinHolidays are the public holidays of Berlin in 2024 and as far around it as
// answers reach: § 1 of its Gesetz über die Sonn- und Feiertage of 28 October 1954
// (GVBl. S. 615) as amended, with Easter on 2024-03-31. All engines that have
// holidays of Berlin have these.
var berlinHolidays = strings.Fields("2023-10-03 2023-12-25 2023-12-26 " +
	"2024-01-01 2024-03-08 2024-03-29 2024-04-01 2024-05-01 2024-05-09 2024-05-20 2024-10-03 2024-12-25 2024-12-26 " +
	"2025-01-01 2025-03-08")

// hours returns the hours as duetime reads them: Mo,Tu,We,Th,Fr 09:00-17:00.
func (d desk) hours() string {
	names := []string{"Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"}
	var days, spans []string
	for _, day := range d.days {
		days = append(days, names[day])
	}
	for _, s := range d.spans {
		spans = append(spans, fmt.Sprintf("%02d:%02d-%02d:%02d", s.opens/60, s.opens%60, s.closes/60, s.closes%60))
	}
	return strings.Join(days, ",") + " " + strings.Join(spans, ",")
}

func (d desk) String() string {
	s := fmt.Sprintf("%s %s, %d", d.hours(), d.zone, d.year)
	if d.holidays {
		s += ", holidays DE-BE"
	}
	return s
}

// single returns the hours where they are one span a day, for engines that know no
// others.
func (d desk) single() (opens, closes time.Duration, ok bool) {
	s := d.spans[0]
	return time.Duration(s.opens) * time.Minute, time.Duration(s.closes) * time.Minute, len(d.spans) == 1
}

// from and to are the ends of the desk's year.
func (d desk) from() time.Time { return time.Date(d.year, time.January, 1, 0, 0, 0, 0, time.UTC) }
func (d desk) to() time.Time   { return d.from().AddDate(1, 0, 0) }

// changes returns the instants of the year at which the clock changes.
func (d desk) changes() []time.Time {
	var found []time.Time
	for t := d.from(); ; {
		_, t = t.In(d.zone).ZoneBounds()
		if t.IsZero() || !t.Before(d.to()) {
			return found
		}
		found = append(found, t)
	}
}
