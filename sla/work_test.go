//go:build unix

package sla_test

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/internal/bound"
	"github.com/duetime/duetime/sla/ticket"
)

// A text from outside is read, and a catalog looked at by Lint, in time linear in its
// length (at most 1 ms for each KB). Time is measured as the processor time of this
// process and told in units: what it takes here, in this run, to read and lint 1 KB of a
// catalog as people write them. So a busy or slow machine makes no difference.

// workUnit returns the processor time of a unit.
var workUnit = sync.OnceValue(func() time.Duration {
	text := []byte(catalogText("", usualPolicies(300)))
	least := time.Hour
	for range 5 {
		start := bound.CPUTime()
		c, err := sla.ParseCatalog(text)
		if err != nil {
			panic(err)
		}
		c.Lint()
		least = min(least, bound.CPUTime()-start)
	}
	return least * 1024 / time.Duration(len(text))
})

// workOf returns how many units it takes to read a text as a catalog and a ticket, and
// to use what was read, and how many alarms the ticket has within a year.
func workOf(text string) (units float64, bytes uint64, alarms int) {
	unit := workUnit()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := bound.CPUTime()
	c, _ := sla.ParseCatalog([]byte(text))
	c.Lint()
	_, _ = c.MarshalJSON()
	var tk ticket.Ticket
	if tk.UnmarshalJSON([]byte(text)) == nil {
		for _, clock := range tk.Clocks() {
			clock.Explain(clock.At(tk.Request().Opened).Due)
		}
		_, _ = tk.MarshalJSON()
	}
	took := bound.CPUTime() - start
	runtime.ReadMemStats(&after)
	return float64(took) / float64(unit), after.TotalAlloc - before.TotalAlloc, len(tk.Alarms(tk.Request().Opened.AddDate(1, 0, 0)))
}

const (
	unitsOnce  = 200 // some 20 ms, for a text of any length
	unitsPerKB = 16  // 1 ms
	bytesOnce  = 8 << 20

	bytesEach = 1200 // for each byte of a text

	// Due times can reset 16 clocks 256 times, past 128 thresholds in all. Each event can
	// do so once more.
	alarmsOnce  = 33_000
	alarmsPerKB = 4_000
)

// tooLaborious returns what a text takes too much of, if it does so each time: the
// years of the library's holidays are worked out once in a process.
func tooLaborious(text string) string {
	what := ""
	for range 3 {
		units, bytes, alarms := workOf(text)
		switch kb := float64(len(text)) / 1024; {
		case bytes > bytesOnce+bytesEach*uint64(len(text)):
			what = fmt.Sprintf("%d bytes allocated for a text of %d", bytes, len(text))
		case units > unitsOnce+unitsPerKB*kb:
			what = fmt.Sprintf("%.0f units of work for a text of %.1f KB", units, kb)
		case float64(alarms) > alarmsOnce+alarmsPerKB*kb:
			return fmt.Sprintf("%d alarms for a text of %.1f KB", alarms, kb)
		default:
			return ""
		}
	}
	return what
}

func several(n int, separator string, text func(i int) string) string {
	list := make([]string, n)
	for i := range list {
		list[i] = text(i)
	}
	return strings.Join(list, separator)
}

func catalogText(calendars, policies string) string {
	return `{"version": "1", "calendars": {` + calendars + `}, "policies": [` + policies + `]}`
}

func usualPolicies(n int) string {
	return several(n, ", ", func(i int) string {
		return fmt.Sprintf(`{"moniker": "customer %d", "plan": "gold", "terms": [{"severities": ["A"], "target": "1h", "calendar": "24/7", "source": "contract %d, section 2"}, `+
			`{"severities": ["B"], "target": "1bd", "calendar": "24/7", "alarms": ["50%%", "breach"]}, {"metric": "resolution", "target": "3bd", "calendar": "24/7"}]}`, i, i)
	})
}

// laborious are texts that took seconds, or would if a bound were missing.
func laborious() map[string]string {
	const onePolicy = `{"moniker": "m", "terms": [{"target": "1h", "calendar": "24/7"}]}`
	ticketOf := func(parts, opened, at string) string {
		return `{"format":1,"catalog":{"version":"x","policies":[{"moniker":"m","terms":[{"severities":["A"],"target":"1h","calendar":{"union":[` + parts + `]}}]}]},"request":{"moniker":"m","severity":"A","opened":"` + opened + `"},"events":[{"at":"` + at + `","word":"paused"},{"at":"` + at + `","word":"resumed"}]}`
	}
	// worded is a stored ticket of a metric or more, with a course for all, and events.
	worded := func(course string, metrics int, alarms, events string) string {
		return `{"format":1,"catalog":{"version":"x","statuses":["open","solved"],"happenings":["reply","customer"],"courses":{"":` + course + `},"policies":[{"moniker":"m","terms":[` + several(metrics, ",", func(i int) string {
			return fmt.Sprintf(`{"metric":"m%d","target":"1m","calendar":{"zone":"Europe/Berlin","hours":"Mo-Fr 09:00-17:00"},"alarms":[%s]}`, i, alarms)
		}) + `]}]},"request":{"moniker":"m","severity":"A","opened":"2024-03-01T00:00:00Z"},"events":[` + events + `]}`
	}
	event := func(i int, fields string) string {
		return `{"at":"` + time.Date(2024, time.March, 1, 0, i, 0, 0, time.UTC).Format(time.RFC3339) + `",` + fields + `}`
	}
	repeats := func(n int) string { // as many thresholds, with as many that repeat as there can be
		return several(4, ",", func(i int) string { return fmt.Sprintf(`"+%dm every 1m"`, i+1) }) + several(n-4, "", func(i int) string { return fmt.Sprintf(`,"%d%%"`, i+1) })
	}
	// changing is a stored ticket of 16 metrics, whose severity changes at each of some events
	// and which is paused and resumed between.
	changing := func(course, alarms string, every int) string {
		two := strings.ReplaceAll(worded(course, 16, alarms, several(400, ",", func(i int) string {
			if i%every == every-1 {
				return event(i, `"severity":"`+[]string{"B", "A"}[i/every%2]+`"`)
			}
			return event(i, `"word":"`+[]string{"solved", "open"}[i%2]+`"`)
		})), `"target":"1m"`, `"severities":["A"],"target":"2000m"`)
		terms, _, _ := strings.Cut(two[strings.Index(two, `"terms":[`)+len(`"terms":[`):], `]}]},"request"`)
		return strings.Replace(two, terms, terms+","+strings.NewReplacer(`["A"]`, `["B"]`, `"2000m"`, `"3000m"`).Replace(terms), 1)
	}
	words := func(n, length int) string { // a list of them
		return "[" + several(n, ",", func(i int) string { return fmt.Sprintf(`"%0*d"`, length, i) }) + "]"
	}
	courses := func(statuses, happenings string) string { // 32 that list all words
		return several(32, ", ", func(i int) string {
			return fmt.Sprintf(`"m%d": {"start": %s, "stop": %s, "reset": %s, "pause": %s}`, i, happenings, happenings, statuses, statuses)
		})
	}
	happening := strings.NewReplacer(`["`, `["h`, `,"`, `,"h`)
	most := words(64, 3)
	mostHappenings := happening.Replace(most)
	shared := `"statuses": ` + most + `, "happenings": ` + mostHappenings + `, "courses": {` + courses(most, mostHappenings) + `}, `
	tiny := func(fields string) func(i int) string {
		return func(i int) string {
			return fmt.Sprintf(`{"moniker": "m%d", %s"terms": [{"target": "1h", "calendar": "24/7"}]}`, i, fields)
		}
	}
	part := func(i int) string {
		return fmt.Sprintf(`{"zone":"Europe/Berlin","hours":"Mo-Fr %02d:00-%02d:30; Sa 10:00-11:00; Dec 24 09:00-12:00"}`, i%20, i%20+1)
	}
	late := func(i int) string {
		return fmt.Sprintf(`"c%d": {"zone": "UTC", "hours": "2199 Dec 31 00:00-00:01"}`, i)
	}
	term := func(c string) string {
		return fmt.Sprintf(`{"moniker": "m%s", "terms": [{"severities": ["A"], "target": "1bd", "calendar": %q}, {"severities": ["B"], "target": "9bd", "calendar": %q}]}`, c, c, c)
	}
	busy := func(zone, day string, from, to int) string {
		return fmt.Sprintf(`"%s": {"zone": "%s", "hours": "%s %s"}`, zone, zone, day, several(48, ",", func(i int) string {
			return fmt.Sprintf("%02d:%02d-%02d:%02d", i/2, i%2*30+from, i/2, i%2*30+to)
		}))
	}
	alike := func(i int) string { return fmt.Sprintf("%030d%c%c%c", 0, 'a'+i/676%26, 'a'+i/26%26, 'a'+i%26) }
	calendarsAlike := several(2000, ", ", func(i int) string { return fmt.Sprintf(`"%s": {"union": ["24/7"]}`, alike(i)) })
	grid := func(calendar string) string { // terms that meet in many cases
		return several(128, ", ", func(i int) string {
			return fmt.Sprintf(`{"severities": ["%c"], "categories": [%s], "target": "%dbd", "calendar": %s}`, 'a'+i/8, several(8, ",", func(j int) string {
				if i/8%2 == 0 {
					return fmt.Sprintf(`"%d"`, i%8*8+j)
				}
				return fmt.Sprintf(`"%d"`, j*8+i%8)
			}), i/8+1, calendar)
		})
	}
	sixty := several(60, ", ", func(i int) string {
		return fmt.Sprintf(`"c%d": {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:%02d"}`, i, i)
	})
	scale := `"severities": [` + several(16, ",", func(i int) string { return fmt.Sprintf("%q", string(rune('a'+i))) }) + `], "categories": [` + several(64, ",", func(i int) string { return fmt.Sprintf(`"%d"`, i) }) + `], `
	return map[string]string{
		"benign": catalogText("", usualPolicies(300)),
		"unions of late": catalogText(several(60, ", ", late)+", "+several(200, ", ", func(i int) string {
			return fmt.Sprintf(`"u%d": {"union": [%s]}`, i, several(60, ",", func(j int) string { return `"c0"` }))
		}), onePolicy),
		"late":      catalogText(several(1000, ", ", late), onePolicy),
		"late used": catalogText(several(300, ", ", late), several(300, ", ", func(i int) string { return term(fmt.Sprintf("c%d", i)) })),
		"never": catalogText(several(300, ", ", func(i int) string {
			return fmt.Sprintf(`"c%d": {"zone": "UTC", "hours": "Mo 09:00-17:00; Jan 01-Dec 31 off"}`, i)
		}), onePolicy),
		"christmas": catalogText(several(300, ", ", func(i int) string {
			return fmt.Sprintf(`"c%d": {"zone": "UTC", "hours": "Dec 25 09:00-17:00", "holidays": ["US"]}`, i)
		}), onePolicy),
		"normal calendars used": catalogText(several(300, ", ", func(i int) string {
			return fmt.Sprintf(`"c%d": {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00"}`, i)
		}), several(300, ", ", func(i int) string { return term(fmt.Sprintf("c%d", i)) })),
		"all sets": catalogText(several(300, ", ", func(i int) string {
			return fmt.Sprintf(`"c%d": {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00", "holidays": ["DE", "US", "GB", "FR", "CN", "JP"]}`, i)
		}), several(300, ", ", func(i int) string { return term(fmt.Sprintf("c%d", i)) })),
		"metrics":                 catalogText("", `{"moniker": "m", "terms": [`+several(8000, ", ", func(i int) string { return fmt.Sprintf(`{"metric": "m%d", "target": "1h", "calendar": "24/7"}`, i) })+`]}`),
		"metrics on a full scale": `{"version": "1", ` + scale + `"policies": [{"moniker": "m", "terms": [` + several(8000, ", ", func(i int) string { return fmt.Sprintf(`{"metric": "m%d", "target": "1h", "calendar": "24/7"}`, i) }) + `]}]}`,
		"policies": catalogText("", several(16000, ", ", func(i int) string {
			return fmt.Sprintf(`{"moniker": "m%d", "terms": [{"target": "1h", "calendar": "24/7"}]}`, i)
		})),
		"plans": catalogText("", several(4000, ", ", func(i int) string {
			return fmt.Sprintf(`{"moniker": "m", "plan": "p%d", "terms": [{"target": "1h", "calendar": "24/7"}]}`, i)
		})),
		"versions": catalogText("", several(4000, ", ", func(i int) string {
			return fmt.Sprintf(`{"moniker": "m", "from": "2020-01-01T00:%02d:%02dZ", "until": "2025-01-01", "terms": [{"target": "1h", "calendar": "24/7"}]}`, i/60%60, i%60)
		})),
		"days": catalogText(`"c": {"zone": "UTC", "hours": "24/7", "days": [`+several(40000, ", ", func(i int) string {
			return fmt.Sprintf(`{"date": "%s"}`, time.Date(1950, 1, 1+i, 0, 0, 0, 0, time.UTC).Format("2006-01-02"))
		})+`]}`, onePolicy),
		"terms by case": `{"version": "1", ` + scale + `"policies": [{"moniker": "m", "terms": [` + several(1024, ", ", func(i int) string {
			return fmt.Sprintf(`{"severities": ["%c"], "categories": ["%d"], "target": "%dh", "calendar": "24/7"}`, 'a'+i%16, i/16, 1+i)
		}) + `]}]}`,
		"intersections": catalogText(several(20, ", ", func(i int) string {
			return fmt.Sprintf(`"c%d": {"zone": "Europe/Berlin", "hours": "Mo-Fr %02d:00-%02d:00"}`, i, i, i+1)
		})+", "+several(190, ", ", func(i int) string {
			return fmt.Sprintf(`"i%d": {"intersection": ["c%d", "c%d"]}`, i, i%20, (i+1+i/20)%20)
		}), onePolicy),
		"subtractions": catalogText(several(20, ", ", func(i int) string {
			return fmt.Sprintf(`"c%d": {"zone": "Europe/Berlin", "hours": "Mo-Fr %02d:00-%02d:00"}`, i, i, i+2)
		})+", "+several(190, ", ", func(i int) string {
			return fmt.Sprintf(`"i%d": {"calendar": "c%d", "without": ["c%d", "c%d"]}`, i, i%20, (i+19+i/20)%20, (i+1+i/20)%20)
		}), onePolicy),
		"subtractions of busy hours": catalogText(busy("Europe/Berlin", "Mo-Su", 5, 8)+", "+busy("America/New_York", "Mo-Su", 0, 20)+", "+several(100, ", ", func(i int) string {
			return fmt.Sprintf(`"i%d": {"calendar": "Europe/Berlin", "without": ["America/New_York"]}`, i)
		}), onePolicy),
		"intersections of busy hours": catalogText(busy("Europe/Berlin", "Mo", 0, 8)+", "+busy("America/New_York", "We", 0, 8)+", "+several(100, ", ", func(i int) string {
			return fmt.Sprintf(`"i%d": {"intersection": ["Europe/Berlin", "America/New_York"]}`, i)
		}), onePolicy),
		"subtractions that open": catalogText(several(20, ", ", func(i int) string {
			return fmt.Sprintf(`"c%d": {"zone": "Europe/Berlin", "hours": "Mo-Fr %02d:00-%02d:30"}`, i, i, i+1)
		})+", "+several(190, ", ", func(i int) string {
			return fmt.Sprintf(`"i%d": {"calendar": "c%d", "without": ["c%d"]}`, i, i%20, (i+1)%20)
		}), several(190, ", ", func(i int) string { return term(fmt.Sprintf("i%d", i)) })),
		"intersections that open": catalogText(several(20, ", ", func(i int) string {
			return fmt.Sprintf(`"c%d": {"zone": "Europe/Berlin", "hours": "Mo-Fr %02d:00-%02d:30"}`, i, i, i+1)
		})+", "+several(190, ", ", func(i int) string { return fmt.Sprintf(`"i%d": {"intersection": ["c%d", "c%d"]}`, i, i%20, (i+1)%20) }), several(190, ", ", func(i int) string { return term(fmt.Sprintf("i%d", i)) })),
		"unions used": catalogText(several(60, ", ", func(i int) string {
			return fmt.Sprintf(`"c%d": {"zone": "Europe/Berlin", "hours": "Mo-Fr %02d:00-%02d:30"}`, i, i%20, i%20+1)
		})+", "+several(50, ", ", func(i int) string {
			return fmt.Sprintf(`"u%d": {"union": [%s]}`, i, several(60, ",", func(j int) string { return fmt.Sprintf(`"c%d"`, j) }))
		}), several(50, ", ", func(i int) string { return term(fmt.Sprintf("u%d", i)) })),
		"nested":       `{"version": "1", "policies": [` + strings.Repeat(`[`, 100000) + `]}`,
		"lists":        `{"version": "1", "policies": [` + several(100000, ",", func(i int) string { return `[]` }) + `]}`,
		"zeros":        `[` + several(300000, ",", func(i int) string { return `0` }) + `]`,
		"same fields":  `{` + several(30000, ",", func(i int) string { return `"version":1` }) + `}`,
		"other fields": `{` + several(30000, ",", func(i int) string { return fmt.Sprintf(`"x%d":1`, i) }) + `}`,
		"countries": catalogText("", several(100, ",", func(i int) string {
			return fmt.Sprintf(`{"moniker": "m%d", "terms": [{"severities": ["A"], "target": "2h", "calendar": {%s}}, {"severities": ["B"], "target": "2h", "calendar": {%s}}]}`, i, several(600, ",", func(j int) string { return fmt.Sprintf(`"%c%c":"24/7"`, 'A'+j/26, 'A'+j%26) }), several(600, ",", func(j int) string { return fmt.Sprintf(`"%c%c":"24/7"`, 'A'+j/26, 'A'+j%26) }))
		})),
		"chain":             catalogText(several(5000, ", ", func(i int) string { return fmt.Sprintf(`"c%05d": {"union": ["c%05d"]}`, i, i+1) }), onePolicy),
		"unknown calendars": catalogText(several(5000, ", ", func(i int) string { return fmt.Sprintf(`"c%05d": {"union": ["x%05d"]}`, i, i+1) }), onePolicy),
		"without": catalogText(several(300, ", ", func(i int) string {
			return fmt.Sprintf(`"c%d": {"zone": "UTC", "hours": "Mo-Fr 09:00-17:00", "holidays": [{"code": "US", "without": ["Columbus Day"]}]}`, i)
		}), onePolicy),
		"without all": catalogText(several(1000, ", ", func(i int) string {
			return fmt.Sprintf(`"c%d": {"zone": "UTC", "hours": "Mo-Fr 09:00-17:00", "holidays": [{"code": "US", "without": [{"code": "US"}], "years": {"first": 1900, "last": 2199}}]}`, i)
		}), onePolicy),
		"without unknown": catalogText(several(300, ", ", func(i int) string {
			return fmt.Sprintf(`"c%d": {"zone": "UTC", "hours": "Mo-Fr 09:00-17:00", "holidays": [{"code": "US", "without": ["Columbus Dax"]}]}`, i)
		}), onePolicy),
		"synonyms": `{"version": "1", "severities": [{"name": "P1", "also": [` + several(30000, ",", func(i int) string { return fmt.Sprintf(`"s%d"`, i) }) + `]}], "policies": [` + several(1000, ",", func(i int) string {
			return fmt.Sprintf(`{"moniker": "m%d", "terms": [{"target": "1h", "calendar": "24/7"}]}`, i)
		}) + `]}`,
		"long targets": catalogText(several(300, ", ", func(i int) string {
			return fmt.Sprintf(`"c%d": {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:00"}`, i)
		}), several(300, ", ", func(i int) string {
			return fmt.Sprintf(`{"moniker": "m%d", "terms": [{"severities": ["A"], "target": "50000bd", "calendar": "c%d"}, {"severities": ["B"], "target": "50001bd", "calendar": "c%d"}]}`, i, i, i)
		})),
		"rules of dates": catalogText(several(60, ", ", func(i int) string {
			return fmt.Sprintf(`"c%d": {"zone": "Europe/Berlin", "hours": "Mo-Fr 09:00-17:%02d; %s; Mo-Fr 10:00-17:00", "holidays": ["DE-BE"]}`, i, i, several(990, "; ", func(j int) string { return fmt.Sprintf("%d Jan %02d 09:00-17:%02d", 2000+j%190, j%28+1, j%60) }))
		}), onePolicy),
		"rules that others replace": catalogText(several(300, ", ", func(i int) string {
			return fmt.Sprintf(`"c%d": {"zone": "Europe/Berlin", "hours": "Dec 24-31 off; PH 10:00-12:00; Mo-Fr 09:00-17:00", "holidays": ["US"]}`, i)
		}), onePolicy),
		"nights": catalogText(several(300, ", ", func(i int) string {
			return fmt.Sprintf(`"c%d": {"zone": "Europe/Berlin", "hours": "Mo-Fr 20:00-06:00"}`, i)
		}), several(300, ", ", func(i int) string {
			return fmt.Sprintf(`{"moniker": "m%d", "terms": [{"target": "1bd@03:%02d", "calendar": "c%d"}]}`, i, i%60, i)
		})),
		"zones of no place": catalogText(several(300, ", ", func(i int) string {
			return fmt.Sprintf(`"c%d": {"zone": "GMT", "hours": "Mo 09:00-17:00", "holidays": ["GB"]}`, i)
		}), onePolicy),
		"the same parts": catalogText(`"c": {"zone": "GMT", "hours": "24/7"}, `+several(300, ", ", func(i int) string {
			return fmt.Sprintf(`"u%d": {"union": ["c"%s]}`, i, strings.Repeat(`, "24/7"`, 40))
		}), onePolicy),
		"inline": catalogText("", several(2000, ", ", func(i int) string {
			return fmt.Sprintf(`{"moniker": "m%d", "terms": [{"target": "1h", "calendar": {"zone": "UTC", "hours": "Mo-Fr 09:00-17:00"}}]}`, i)
		})),
		"the hours of a large union": catalogText(several(8, ", ", func(i int) string {
			return fmt.Sprintf(`"c%d": {"zone": "UTC", "hours": "%s"}`, i, several(230, "; ", func(j int) string { return fmt.Sprintf("%d Jan %02d 09:00-17:%02d", 2000+j, j%31+1, j%60) }))
		})+`, "u": {"union": [`+several(8, ",", func(i int) string { return fmt.Sprintf(`"c%d"`, i) })+`]}`, `{"moniker": "m", "terms": [`+several(4000, ", ", func(i int) string { return fmt.Sprintf(`{"metric": "m%d", "target": "1h", "calendar": "u"}`, i) })+`]}`),
		"names alike":             catalogText(calendarsAlike, several(300, ", ", func(i int) string { return term(alike(i) + "ZZZ") })),
		"names alike, by country": catalogText(calendarsAlike, `{"moniker": "m", "terms": [{"target": "1h", "calendar": {`+several(2000, ", ", func(i int) string { return fmt.Sprintf(`"%d": "%sZZZ"`, i, alike(0)) })+`}}]}`),
		"unknown categories":      `{"version": "1", "categories": [` + several(64, ", ", func(i int) string { return fmt.Sprintf("%q", alike(i)) }) + `], "policies": [{"moniker": "m", "terms": [{"target": "1h", "calendar": "24/7", "categories": [` + several(3000, ", ", func(int) string { return fmt.Sprintf("%q", alike(0)+"ZZZ") }) + `]}]}]}`,
		"without one name":        catalogText(`"c": {"zone": "UTC", "hours": "Mo-Fr 09:00-17:00", "holidays": [{"code": "US", "without": [`+several(30000, ",", func(int) string { return `"a"` })+`]}]}`, onePolicy),
		"without one set":         catalogText(`"c": {"zone": "UTC", "hours": "Mo-Fr 09:00-17:00", "holidays": [{"code": "US", "without": [`+several(9000, ",", func(int) string { return `{"code":"DE"}` })+`]}]}`, onePolicy),
		"one set":                 catalogText(`"c": {"zone": "UTC", "hours": "Mo-Fr 09:00-17:00", "holidays": [`+several(30000, ",", func(int) string { return `"a"` })+`]}`, onePolicy),
		"a long moniker":          catalogText("", `{"moniker": "`+strings.Repeat("m", 60000)+`", "courses": {`+several(6000, ", ", func(i int) string { return fmt.Sprintf(`"m%d": {}`, i) })+`}, "terms": [{"target": "1h", "calendar": "24/7"}]}`),
		"a long path":             `{"version": "1", "x": ` + strings.Repeat(`{"`+strings.Repeat("\u202e", 26)+`":`, 29) + `[` + several(60000, ",", func(int) string { return "0" }) + `]` + strings.Repeat("}", 29) + `, "policies": [{"moniker": "a\nb", "terms": [{"target": "1h", "calendar": "24/7"}]}]}`,
		"a grid":                  `{"version": "1", ` + scale + `"calendars": {` + sixty + `}, "policies": [{"moniker": "m", "terms": [` + grid(`"c0"`) + `]}]}`,
		"a grid by country":       `{"version": "1", ` + scale + `"calendars": {` + sixty + `}, "policies": [{"moniker": "m", "terms": [` + grid(`{`+several(60, ", ", func(i int) string { return fmt.Sprintf(`"%c%c": "c%d"`, 'A'+i/26, 'A'+i%26, i) })+`}`) + `]}]}`,
		"inline unions": catalogText("", several(300, ", ", func(i int) string {
			return fmt.Sprintf(`{"moniker": "m%d", "terms": [{"target": "1bd", "calendar": {"union": [%s]}}]}`, i, several(20, ",", func(j int) string {
				return fmt.Sprintf(`{"zone": "Europe/Berlin", "hours": "Mo-Fr %02d:00-17:%02d"}`, j%17, i%60)
			}))
		})),
		"synonyms of categories": `{"version": "1", "categories": [` + several(64, ", ", func(i int) string {
			return fmt.Sprintf(`{"name": "k%d", "also": [%s]}`, i, several(64, ",", func(j int) string { return fmt.Sprintf(`"%dx%d"`, i, j) }))
		}) + `], "policies": [` + several(1000, ", ", func(i int) string {
			return fmt.Sprintf(`{"moniker": "m%d", "severities": ["A"], "terms": [{"target": "1h", "calendar": "24/7"}]}`, i)
		}) + `]}`,
		"far ahead": catalogText(several(300, ", ", late), several(300, ", ", func(i int) string {
			return fmt.Sprintf(`{"moniker": "m%d", "from": "2020-01-01", "terms": [{"target": "1h", "calendar": "c%d"}]}`, i, i)
		})),
		// Words and courses that all policies share, or that each has itself.
		"shared words":                          `{"version": "1", ` + shared + `"policies": [` + several(4000, ", ", tiny("")) + `]}`,
		"shared words that the first has not":   `{"version": "1", ` + shared + `"policies": [{"moniker": "first", "statuses": ["s"], "courses": {"": {"stop": ["s"]}}, "terms": [{"target": "1h", "calendar": "24/7"}]}, ` + several(4000, ", ", tiny("")) + `]}`,
		"shared courses and a word each":        `{"version": "1", ` + shared + `"policies": [` + several(4000, ", ", tiny(`"statuses": ["000"], `)) + `]}`,
		"shared courses and many words each":    `{"version": "1", ` + shared + `"policies": [` + several(400, ", ", tiny(`"statuses": `+most+`, "happenings": `+mostHappenings+`, `)) + `]}`,
		"shared words and courses each":         `{"version": "1", ` + shared + `"policies": [` + several(4000, ", ", tiny(`"courses": {"": {"stop": ["000"]}}, `)) + `]}`,
		"words and courses each":                `{"version": "1", "policies": [` + several(20, ", ", tiny(shared)) + `]}`,
		"a shared scale that the first has not": `{"version": "1", "categories": ` + words(64, 200) + `, "policies": [{"moniker": "first", "categories": ["x"], "terms": [{"target": "1h", "calendar": "24/7"}]}, ` + several(4000, ", ", tiny("")) + `]}`,
		"plans with other words": `{"version": "1", ` + shared + `"policies": [` + several(4000, ", ", func(i int) string {
			return fmt.Sprintf(`{"moniker": "m", "plan": "p%d", "from": "2020-01-01", "until": "2021-01-01", "statuses": ["s%d"], "courses": {"": {"stop": ["s%d"]}}, "terms": [{"target": "1h", "calendar": "24/7"}]}`, i, i, i)
		}) + `]}`,
		"metrics with shared words": `{"version": "1", ` + shared + `"policies": [{"moniker": "m", "terms": [` + several(4000, ", ", func(i int) string {
			return fmt.Sprintf(`{"metric": "m%d", "target": "1h", "calendar": "24/7"}`, i)
		}) + `]}]}`,
		"metrics with one course":        `{"version": "1", "statuses": ` + most + `, "happenings": ` + mostHappenings + `, "courses": {"": {"start": ` + mostHappenings + `, "stop": ` + mostHappenings + `, "reset": ` + most + `, "pause": ` + most + `}}, "policies": [{"moniker": "m", "terms": [` + several(4000, ", ", func(i int) string { return fmt.Sprintf(`{"metric": "m%d", "target": "1h", "calendar": "24/7"}`, i) }) + `]}]}`,
		"too many words":                 `{"version": "1", "statuses": ` + words(60000, 5) + `, "courses": {"": {"stop": ` + words(60000, 5) + `}}, "policies": [` + several(1000, ", ", tiny("")) + `]}`,
		"too many courses":               `{"version": "1", "courses": {` + several(8000, ", ", func(i int) string { return fmt.Sprintf(`"m%d": {"stop": ["resolved"]}`, i) }) + `}, "policies": [` + several(1000, ", ", tiny("")) + `]}`,
		"unknown words":                  `{"version": "1", "courses": {` + courses(most, mostHappenings) + `}, "policies": [` + several(4000, ", ", tiny("")) + `]}`,
		"unknown words, few enough":      `{"version": "1", "courses": {"": {"stop": ` + most + `, "start": ` + most + `}}, "policies": [` + several(4000, ", ", tiny(`"statuses": `+words(13, 4)+`, `)) + `]}`,
		"statuses that start and stop":   `{"version": "1", "courses": {` + several(32, ", ", func(i int) string { return fmt.Sprintf(`"m%d": {"start": %s, "stop": %s}`, i, most, most) }) + `}, "policies": [` + several(400, ", ", tiny(`"statuses": `+most+`, `)) + `]}`,
		"happenings that start and stop": `{"version": "1", "courses": {` + several(32, ", ", func(i int) string { return fmt.Sprintf(`"m%d": {"start": %s, "stop": %s}`, i, most, most) }) + `}, "policies": [` + several(400, ", ", tiny(`"happenings": `+most+`, `)) + `]}`,
		"words alike": `{"version": "1", "statuses": [` + several(64, ", ", func(i int) string { return fmt.Sprintf("%q", alike(i)) }) + `], "courses": {` + several(32, ", ", func(i int) string {
			return fmt.Sprintf(`"m%d": {"stop": [%s]}`, i, several(64, ", ", func(j int) string { return fmt.Sprintf("%q", alike(64*i+j)+"ZZZ") }))
		}) + `}, "policies": [` + several(100, ", ", tiny("")) + `]}`,
		"a ticket of many sets": ticketOf(several(64, ",", func(i int) string {
			return strings.Replace(part(i), `"hours"`, `"holidays":[{"code":"US","years":{"first":2024,"last":2025},"days":[{"date":"2024-07-04"}]}],"hours"`, 1)
		}), "2024-03-01T00:00:00Z", "2024-05-01T00:00:00Z"),
		"a ticket of 64 calendars": ticketOf(several(64, ",", part), "2024-03-01T00:00:00Z", "2024-05-01T00:00:00Z"),
		"a ticket of centuries":    ticketOf(several(64, ",", part), "1901-03-01T00:00:00Z", "2198-05-01T00:00:00Z"),
		"a ticket of a far target": strings.Replace(ticketOf(part(0), "2024-03-01T00:00:00Z", "2024-05-01T00:00:00Z"), `"1h"`, `"100000bd"`, 1),
		"a ticket of a far alarm":  strings.Replace(ticketOf(part(0), "2024-03-01T00:00:00Z", "2024-05-01T00:00:00Z"), `"1h",`, `"1h","alarms":["+900000h"],`, 1),
		"a ticket of many events": worded(`{"start":["customer"],"stop":["reply","solved"]}`, 4, `"50%","breach"`, several(4096, ",", func(i int) string {
			return event(i, `"word":"`+[]string{"customer", "reply", "solved", "open"}[i%4]+`"`)
		})),
		"a ticket told backwards": worded(`{"start":["customer"],"stop":["reply","solved"]}`, 4, `"50%","breach"`, several(4096, ",", func(i int) string {
			return event(4096-i, fmt.Sprintf(`"id":"%d","word":"%s"`, i, []string{"customer", "reply", "solved", "open"}[i%4]))
		})),
		"a ticket of one instant": worded(`{"start":["customer"],"stop":["reply","solved"],"reset":["customer"]}`, 4, `"50%","breach"`, several(400, ",", func(i int) string {
			return event(0, `"word":"`+[]string{"customer", "reply"}[i%2]+`"`)
		})),
		"a ticket of changes": worded(`{"stop":["solved"],"change":"restart"}`, 4, repeats(32), several(4096, ",", func(i int) string {
			return event(i, `"severity":"`+[]string{"B", "A"}[i%2]+`"`)
		})),
		"a ticket that is due again and again": worded(`{"stop":["solved"],"reset":["due"]}`, 16, repeats(8), ""),
		"a ticket due again after each event":  worded(`{"stop":["solved"],"reset":["due","reply"]}`, 16, repeats(8), several(40, ",", func(i int) string { return event(60*24*i, `"word":"reply"`) })),
		"a ticket of alarms that repeat":       worded(`{"reset":["reply"]}`, 16, repeats(8), several(200, ",", func(i int) string { return event(60*24*i, `"word":"reply"`) })),
		"a ticket of alarms at each event":     worded(`{"reset":["reply"]}`, 4, several(32, ",", func(i int) string { return fmt.Sprintf(`"%d%%"`, i+1) }), several(1000, ",", func(i int) string { return event(60*24*i, `"word":"reply"`) })),
		"a ticket of 16 metrics": worded(`{"start":["opened","customer"],"stop":["reply"],"pause":["solved"]}`, 16, repeats(8), several(4096, ",", func(i int) string {
			return event(i, `"word":"`+[]string{"customer", "reply", "solved", "open"}[i%4]+`"`)
		})),
		"a ticket of changes after pauses":     changing(`{"pause":["solved"]}`, `"50%","breach"`, 8),
		"a ticket of few such changes":         changing(`{"pause":["solved"]}`, `"50%","breach"`, 25),
		"a ticket of changes that replace":     changing(`{"pause":["solved"],"change":"replace"}`, several(8, ",", func(i int) string { return fmt.Sprintf(`"+%dh wall in hours"`, 99-i) }), 8),
		"a ticket of few changes that replace": changing(`{"pause":["solved"],"change":"replace"}`, repeats(8), 100),
		"a ticket of too many metrics":         worded(`{"stop":["solved"]}`, 3000, `"breach"`, event(1, `"word":"reply"`)),
		"a ticket of one ID":                   worded(`{"stop":["solved"]}`, 1, `"breach"`, several(4096, ",", func(int) string { return event(1, `"id":"1","word":"reply"`) })),
		"a ticket of unknown words":            worded(`{"stop":["solved"]}`, 1, `"breach"`, several(4096, ",", func(i int) string { return event(1, fmt.Sprintf(`"word":"reply%d"`, i)) })),
	}
}

// TestWork holds the bounds for texts that are laborious to read.
func TestWork(t *testing.T) {
	if !*full {
		t.Skip("takes -full: the figures are for a machine that races nothing")
	}
	for name, text := range laborious() {
		if what := tooLaborious(text); what != "" {
			t.Errorf("%s: %s", name, what)
		}
	}
}

// FuzzWork holds the bounds for any text.
func FuzzWork(f *testing.F) {
	for _, text := range laborious() {
		if len(text) < 16<<10 {
			f.Add(text)
		}
	}
	f.Add(desk)
	f.Add(sampleTicket)
	f.Fuzz(func(t *testing.T, text string) {
		if what := tooLaborious(text); what != "" {
			t.Fatalf("%q: %s", text, what)
		}
	})
}

const sampleTicket = `{"format":1,"catalog":{"version":"x","policies":[{"moniker":"m","terms":[{"severities":["A"],"target":"1h","calendar":{"zone":"Europe/Berlin","hours":"Mo-Fr 09:00-17:00"}}]}]},` +
	`"request":{"moniker":"m","severity":"A","opened":"2024-03-01T00:00:00Z"},"events":[{"at":"2024-03-02T00:00:00Z","word":"paused"}]}`
