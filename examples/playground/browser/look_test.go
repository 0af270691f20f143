package browser

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const broken = "{\n  \"version\": \"1\",\n  \"calendars\": {\"x\": {\"zone\": \"Berlin\", \"hours\": \"24/7\"}},\n  \"policies\": [{\"moniker\": \"a-moniker-of-which-nobody-can-say-where-it-would-be-broken\"}]\n}"

// states are the questions whose pages look different from each other.
var states = map[string]string{
	"running":     "severity=B&opened=2024-03-28T15:00&now=2024-03-28T15:30&second=America/New_York",
	"provisional": "moniker=o365-21vianet&plan=standard&category=billing&severity=C&opened=2028-12-28T15:00&now=2028-12-28T15:30",
	"overdue":     "severity=C&opened=2024-03-28T15:00&now=2024-04-08T16:30&at=2024-03-28T16:00&event=paused&to=&note=waiting+for+the+log&at=2024-04-02T10:00&event=resumed&to=&note=",
	"paused":      "severity=B&opened=2024-03-28T15:00&now=2024-03-28T16:30&at=2024-03-28T16:00&event=paused",
	"met":         "severity=A&moniker=o365-worldwide&opened=2024-03-28T15:00&now=2024-03-28T15:40&at=2024-03-28T15:20&event=responded",
	"none":        "moniker=o365-worldwide&severity=C&opened=2024-03-28T15:00&now=2024-03-28T15:30",
	"not-offered": "moniker=o365-germany&category=billing&severity=A&opened=2024-03-28T15:00&now=2024-03-28T15:30",
	"wrong":       "severity=B&opened=2024-03-28T15:00&zone=Mars&now=2024-03-28T15:30",
	"own":         "terms=own&severity=P2&opened=2026-03-26T15:00&now=2026-03-26T15:30&zone=Europe/Berlin",
	"broken":      "terms=own&catalog=" + url.QueryEscape(broken),
	"offices":     "page=offices&country=DZ&now=2024-03-28T18:30",
	"no-phone":    "page=offices&country=NP",
}

// show opens the page of a state as the server computes it, which has the same parts as one
// from the library and is there at once.
func show(t *testing.T, state, language, theme string, width int64) tab {
	t.Helper()
	p := open(t, "about:blank", width, 900)
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
	p.do(chromedp.Navigate(plain + "?lang=" + language + "&" + states[state]))
	return p
}

var languages = []string{"en", "de", "zh"}

// Nothing sticks out to the side on a phone, in any state: German has longer words than
// English, and Chinese breaks its lines elsewhere.
func TestNoSideways(t *testing.T) {
	for state := range states {
		for _, language := range []string{"de", "zh"} {
			p := show(t, state, language, "light", 320)
			for _, width := range []int64{320, 360, 390, 768} {
				p.do(chromedp.EmulateViewport(width, 900))
				value[bool](p, `document.querySelectorAll("details").forEach((d) => { d.open = true; }) ?? true`)
				assert.LessOrEqual(t, value[int64](p, `document.documentElement.scrollWidth`), width, "%s in %s", state, language)
				out := value[string](p, `[...document.querySelectorAll("main *:not(.away, option, svg *)")].filter((e) => e.getClientRects().length && !e.closest("pre, .editor, .away") && e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.tagName + "." + e.className).join(" ")`)
				assert.Empty(t, out, "%s in %s at %d", state, language, width)
			}
		}
	}
}

// axe finds nothing: names, roles, contrast and all else that it can tell.
func TestAxe(t *testing.T) {
	npm := exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
	out, err := npm.CombinedOutput()
	require.NoError(t, err, "npm ci: %s", out)
	axe, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	require.NoError(t, err)
	const run = `axe.run(document).then((found) => JSON.stringify([[String(found.passes.length)],
		...found.violations.map((v) => [v.id, ...v.nodes.map((n) => n.target.join(" ") + ": " + n.failureSummary)])]))`
	check := func(p tab, what string) {
		t.Helper()
		value[string](p, string(axe)+`; "there"`)
		var found [][]string
		require.NoError(t, json.Unmarshal([]byte(get(p, chromedp.Evaluate[string](run, chromedp.EvalAwaitPromise))), &found))
		assert.Greater(t, len(found[0][0]), 1, "ten rules at least have something to look at")
		assert.Empty(t, found[1:], what)
	}
	for state := range states {
		language, theme := languages[len(state)%3], []string{"light", "dark"}[len(state)%2]
		p := show(t, state, language, theme, 1280)
		check(p, state+" in "+language+", "+theme)
	}
	for _, query := range []string{easter, "?terms=own", "?page=offices"} { // with what a script adds
		check(page(t, query, 390, 800), query)
	}
}

// The button, which asks the server where there is no library, leads back to the answer.
func TestButton(t *testing.T) {
	p := page(t, easter, 360, 740)
	p.do(chromedp.Click("#submit"))
	get(p, chromedp.Poll[bool](`Math.abs(document.querySelector("#answer").getBoundingClientRect().top) < 20`))
	assert.Equal(t, "15:00 Tuesday, 2 April 2024", p.due())
}

// A phone shows the due time and what is left without scrolling, and a bar with them once they
// are out of sight. The due time stands in the answer once.
func TestAnswerFirst(t *testing.T) {
	p := page(t, easter, 360, 740)
	bottom := value[float64](p, `document.querySelector(".state").getBoundingClientRect().bottom`)
	assert.Less(t, bottom, 500.0, "pixels from the top")
	assert.Greater(t, value[float64](p, `parseFloat(getComputedStyle(document.querySelector("#due b")).fontSize)`), 56.0, "read from across the room")
	answer := value[string](p, `document.querySelector("#answer").innerText`)
	assert.Equal(t, 1, strings.Count(answer, "2 April 2024"))
	assert.Contains(t, answer, "4 days 22 h 30 min left, 7 h 30 min of it in support hours")
	const seen = `getComputedStyle(document.querySelector("#bar")).visibility`
	get(p, chromedp.Poll[bool](seen+` === "hidden"`))
	value[bool](p, `(scrollTo(0, 1500), true)`)
	get(p, chromedp.Poll[bool](seen+` === "visible"`))
	bar := value[string](p, `document.querySelector("#bar").innerText`)
	for _, part := range []string{"15:00", "Tuesday, 2 April 2024", "Running", "4 days 22 h 30 min left"} {
		assert.Contains(t, bar, part)
	}
	box := value[float64](p, `innerHeight - document.querySelector("#bar").getBoundingClientRect().bottom`)
	assert.InDelta(t, 0, box, 1, "at the lower edge")
}

// Nothing moves once the answer is shown: not when the library comes, nor when another
// severity is chosen.
func TestNoShift(t *testing.T) {
	tops := func(p tab, ids string) string {
		return value[string](p, fmt.Sprintf(`%q.split(" ").map((id) => document.getElementById(id).getBoundingClientRect().top).join(" ")`, ids))
	}
	for _, width := range []int64{360, 390, 1280} {
		come := make(chan bool)
		p := open(t, slow(t, come)+easter, width, 900)
		before := tops(p, "answer ask severities opened submit why picture events take")
		close(come)
		p.ready()
		assert.Equal(t, before, tops(p, "answer ask severities opened submit why picture events take"), "at %d", width)
	}
	p := page(t, easter, 1280, 900)
	before := tops(p, "answer ask severities opened")
	for _, severity := range []string{"A", "C", "B"} {
		p.choose("severity", severity)
		assert.Equal(t, before, tops(p, "answer ask severities opened"), severity)
	}
}

// The usual plan is named, in each language and by one name alone.
func TestUsualPlan(t *testing.T) {
	for language, want := range map[string]string{
		"en": "Advanced agreement (usual)|Standard", "de": "Erweiterter Vertrag (üblich)|Standard", "zh": "高级协议（默认）|标准",
	} {
		p := open(t, plain+"?moniker=o365-21vianet&lang="+language, 1280, 900)
		assert.Equal(t, want, value[string](p, `[...document.querySelector("#plan").options].map((o) => o.text).join("|")`))
	}
}

// That nothing is promised is an answer, and not in the colour of faults.
func TestNothingPromised(t *testing.T) {
	const red = `getComputedStyle(document.querySelector("#answer .badge")).color`
	overdue := value[string](show(t, "overdue", "en", "light", 1280), red)
	for state, headline := range map[string]string{"none": "Keine Antwortzeit zugesagt", "not-offered": "Diesen Schweregrad gibt es hier nicht"} {
		p := show(t, state, "de", "light", 1280)
		assert.Equal(t, headline, value[string](p, `document.querySelector("#due").textContent`))
		assert.NotEqual(t, overdue, value[string](p, red))
		assert.NotContains(t, value[string](p, `document.querySelector("main").innerText`), "sla:")
	}
}

// The lines with faults are marked in the text, and the faults stand beside it.
func TestMarkedLines(t *testing.T) {
	p := page(t, "?lang=en&terms=own", 1280, 900)
	assert.Contains(t, value[string](p, `document.querySelector("#catalog").value`), `"moniker": "my-desk"`, "an example to start from")
	p.set("#catalog", broken)
	assert.Equal(t, "3 4", value[string](p, `[...document.querySelectorAll("#marks i")].map((e) => e.textContent).join(" ")`))
	mark := value[float64](p, `document.querySelector("#marks i").getBoundingClientRect().top - document.querySelector("#catalog").getBoundingClientRect().top`)
	assert.InDelta(t, 2*20+9, mark, 2, "on the third line of 20 pixels")
	distance := value[float64](p, `document.querySelector("#faults").getBoundingClientRect().left - document.querySelector("#catalog").getBoundingClientRect().right`)
	assert.Positive(t, distance, "beside the text")
	p.do(chromedp.EmulateViewport(360, 740))
	distance = value[float64](p, `document.querySelector("#faults").getBoundingClientRect().top - document.querySelector("#catalog").getBoundingClientRect().bottom`)
	assert.Less(t, distance, 40.0, "below it, on a phone")
}

// A click into a day of the picture begins an event at that time.
func TestClickIntoPicture(t *testing.T) {
	p := page(t, easter, 1280, 900)
	value[bool](p, `(() => {
		const day = document.querySelector('.dt-day[data-date="2024-03-28"]'), strip = day.querySelector(".dt-strip").getBoundingClientRect();
		const x = strip.left + strip.width * 16 / 24;
		return day.dispatchEvent(new MouseEvent("click", {bubbles: true, clientX: x, clientY: strip.top + 2}));
	})()`)
	assert.Equal(t, "2024-03-28T16:00", value[string](p, `document.querySelector('.event [name="at"]').value`))
	assert.Equal(t, "event", value[string](p, `document.activeElement.name`))
	p.do(chromedp.KeyEvent("p"))
	p.set("#now", "2024-04-02T10:00")
	assert.Equal(t, "17:00 Tuesday, 2 April 2024", p.due(), "paused for an hour on Thursday and one on Tuesday")
}

// A phone gets a picture of its own width with the first view, as large windows do.
func TestFirstPicture(t *testing.T) {
	p := show(t, "running", "en", "light", 360)
	for width, want := range map[int64]int{360: 318, 390: 320, 768: 720, 1280: 720} {
		p.do(chromedp.EmulateViewport(width, 900))
		shown := value[[]float64](p, `[...document.querySelectorAll("figure svg")].map((e) => e.getBoundingClientRect().width).filter((w) => w)`)
		assert.Equal(t, []float64{float64(want)}, shown, "at %d", width)
	}
}

// The times are those of the cloud's zone, which stands beside the field, until another zone is
// entered. A time that is there stays the same instant.
func TestZoneFollowsCloud(t *testing.T) {
	p := page(t, "?lang=en&moniker=o365-germany&severity=B&opened=2024-03-28T15:00&now=2024-03-28T15:30", 1280, 900)
	times := func() string {
		return value[string](p, `[document.querySelector("#opened-zone").textContent, document.querySelector("#opened").value, document.querySelector("#now").value, document.querySelector("#zone").value].join(" ")`)
	}
	assert.Equal(t, "Europe/Berlin 2024-03-28T15:00 2024-03-28T15:30 ", times())
	p.choose("moniker", "o365-21vianet")
	assert.Equal(t, "Asia/Shanghai 2024-03-28T22:00 2024-03-28T22:30 ", times())
	assert.Equal(t, "22:00 Friday, 29 March 2024", p.due())
	p.choose("terms", "own")
	assert.Equal(t, "Europe/Berlin 2024-03-28T15:00 2024-03-28T15:30 ", times(), "the zone of the example's hours")
	p.set("#catalog", "{")
	assert.Equal(t, "Europe/Berlin 2024-03-28T15:00 2024-03-28T15:30 ", times(), "while there is a fault")
	p.choose("terms", "published")
	p.set("#zone", "America/New_York")
	assert.Equal(t, "America/New_York 2024-03-28T15:00 2024-03-28T15:30 America/New_York", times(), "the reader means another time")
	p.choose("moniker", "o365-21vianet")
	assert.Equal(t, "America/New_York 2024-03-28T15:00 2024-03-28T15:30 America/New_York", times())
}

// An event can be removed again, and the answer is the one of before.
func TestRemoveEvent(t *testing.T) {
	p := page(t, easter+"&at=2024-03-28T15:10&event=paused", 1280, 900)
	assert.Equal(t, "Due if resumed now", value[string](p, `document.querySelector("#due > span").textContent`))
	p.do(chromedp.Click(".event:first-of-type .remove"))
	assert.Equal(t, "15:00 Tuesday, 2 April 2024", p.due())
	assert.Equal(t, 1, value[int](p, `document.querySelectorAll(".event").length`))
	p.do(chromedp.Click(".event:first-of-type .remove"))
	assert.Equal(t, 1, value[int](p, `document.querySelectorAll(".event").length`), "one is left to fill in")
	assert.Equal(t, "add", value[string](p, `document.activeElement.id`))
}

// Several commitments stand in one table, and each has a lane.
func TestCommitments(t *testing.T) {
	p := show(t, "own", "en", "light", 1280)
	assert.Equal(t, "first response|resolution", value[string](p, `[...document.querySelectorAll("#why th")].map((e) => e.textContent).join("|")`))
	assert.Equal(t, 2, value[int](p, `new Set([...document.querySelectorAll("figure .dt-lane")].map((e) => e.dataset.metric)).size`))
}

// A country has its number, its languages, and whether it is open, and the browser names it in
// the language of the page.
func TestOffices(t *testing.T) {
	p := page(t, "?lang=de&page=offices&country=FR&now=2024-03-28T10:00", 360, 740)
	text := value[string](p, `document.querySelector("#office").innerText`)
	for _, part := range []string{"Frankreich", "0805 540 594", "Englisch", "Französisch", "Jetzt geöffnet", "rund um die Uhr"} {
		assert.Contains(t, text, part)
	}
	assert.Equal(t, "tel:0805540594", value[string](p, `document.querySelector(".phone a").getAttribute("href")`))
	assert.Equal(t, 246, value[int](p, `document.querySelector("#country").options.length`))
	p.do(chromedp.Focus("#country"))
	p.set("#country", "DZ")
	get(p, chromedp.Poll[bool](`document.querySelector("#office-name").textContent === "Algerien"`))
	assert.Contains(t, value[string](p, `document.querySelector(".phone").innerText`), "dann Option 1, dann Option 9, dann Code 7703")
	assert.Contains(t, value[string](p, `location.search`), "country=DZ")
	p.choose("lang", "zh")
	assert.Equal(t, "阿尔及利亚", value[string](p, `document.querySelector("#office-name").textContent`))
	p.do(chromedp.Click(`nav a:first-of-type`), chromedp.WaitVisible("#due"))
	assert.Equal(t, "zh", value[string](p, `document.documentElement.lang`))
}

// Presets alone are enough: from a tab key to the due time of another cloud.
func TestPresetByKeyboard(t *testing.T) {
	p := page(t, easter, 1280, 900)
	p.do(chromedp.Focus("#moniker-o365-germany"), chromedp.KeyEvent(kb.ArrowUp))
	assert.Equal(t, "15:00 Friday, 29 March 2024", p.due())
	assert.Equal(t, "moniker-o365-21vianet", value[string](p, `document.activeElement.id`))
}
