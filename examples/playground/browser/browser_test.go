// Package browser drives the playground in a real browser. It is a module of its own,
// as the library needs none of what it needs:
//
//	cd examples/playground/browser && go test -v
//
// It wants Chromium or Chrome. With -screenshots, it keeps pictures in a folder.
package browser

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var screenshots = flag.String("screenshots", "", "a folder for pictures of the page")

var (
	playground string          // the command
	address    string          // its page, with the library
	plain      string          // its page on a machine without Go, so without the library
	browser    context.Context // of which each tab is made
)

// start runs the command as a server, and returns its address and a function that stops it.
func start(env ...string) (string, func()) {
	server := exec.Command(playground, "-addr", "localhost:0")
	server.Env = append(os.Environ(), env...)
	server.Stderr = os.Stderr
	out, err := server.StdoutPipe()
	if err != nil {
		panic(err)
	}
	if err := server.Start(); err != nil {
		panic(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		panic(err)
	}
	return strings.TrimSpace(line), func() {
		server.Process.Signal(os.Interrupt)
		server.Wait()
	}
}

// status returns the status of a file at an address.
func status(address string) int {
	response, err := http.Head(address)
	if err != nil {
		panic(err)
	}
	response.Body.Close()
	return response.StatusCode
}

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(func() int {
		folder, err := os.MkdirTemp("", "playground")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(folder)
		playground = filepath.Join(folder, "playground")
		build := exec.Command("go", "build", "-o", playground, "./examples/playground")
		build.Dir = "../../.."
		build.Stderr = os.Stderr
		if err := build.Run(); err != nil {
			panic(err)
		}
		var stop func()
		address, stop = start()
		defer stop()
		plain, stop = start("PATH=")
		defer stop()
		for wait := time.Now().Add(5 * time.Minute); status(address+"duetime.wasm") != http.StatusOK; time.Sleep(100 * time.Millisecond) {
			if time.Now().After(wait) {
				panic("the library is not compiled")
			}
		}
		allocator, cancel := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox,
			chromedp.Flag("font-render-hinting", "none"), chromedp.Flag("disable-lcd-text", true), chromedp.Flag("lang", "en-US"), chromedp.Flag("js-flags", "--no-wasm-tier-up --no-wasm-dynamic-tiering"))...)
		defer cancel()
		browser, cancel = chromedp.NewContext(allocator)
		defer cancel()
		if err := chromedp.Do(browser); err != nil {
			panic(err)
		}
		return m.Run()
	}())
}

// tab is a page in the browser. It fails the test on each error in the console.
type tab struct {
	context.Context
	t      *testing.T
	faulty *bool // the console may have errors
}

func faulty(p tab) { *p.faulty = true }

// open opens an address in a window of a size, after some other things.
func open(t *testing.T, address string, width, height int64, first ...func(tab)) tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	p := tab{ctx, t, new(bool)}
	p.do(chromedp.EmulateViewport(width, height)) // and so open the tab, which a timeout would close
	p.Context, cancel = context.WithTimeout(ctx, 90*time.Second)
	t.Cleanup(cancel)
	var mutex sync.Mutex
	var faults []string
	require.NoError(t, chromedp.Listen(p, func(event any) {
		mutex.Lock()
		defer mutex.Unlock()
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			faults = append(faults, e.ExceptionDetails.Text+" "+e.ExceptionDetails.URL)
		case *runtime.EventConsoleAPICalled:
			if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
				for _, arg := range e.Args {
					faults = append(faults, fmt.Sprint(e.Type, " ", arg.Description, string(arg.Value)))
				}
			}
		case *log.EventEntryAdded:
			if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
				faults = append(faults, e.Entry.Text+" "+e.Entry.URL)
			}
		}
	}))
	t.Cleanup(func() {
		mutex.Lock()
		defer mutex.Unlock()
		assert.True(t, *p.faulty || len(faults) == 0, "errors in the console: %v", faults)
	})
	for _, do := range first {
		do(p)
	}
	p.do(chromedp.Navigate(address))
	return p
}

// page opens the page and waits for the library.
func page(t *testing.T, query string, width, height int64) tab {
	t.Helper()
	p := open(t, address+query, width, height)
	p.ready()
	return p
}

func (p tab) ready() {
	p.t.Helper()
	p.do(chromedp.WaitVisible(`body[data-ready="yes"]`))
}

func (p tab) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	require.NoError(p.t, chromedp.Do(p, actions...))
}

// value returns what a piece of script says.
func value[T any](p tab, script string) T {
	p.t.Helper()
	return get(p, chromedp.Evaluate[T](script))
}

func get[T any](p tab, action chromedp.Action[T]) T {
	p.t.Helper()
	v, err := chromedp.Run(p, action)
	require.NoError(p.t, err)
	return v
}

// call gives the browser a command.
func call[P, R any](p tab, command cdp.Command[P, R], params P) {
	p.t.Helper()
	_, err := chromedp.Call(p, command, params)
	require.NoError(p.t, err)
}

func (p tab) due() string {
	p.t.Helper()
	return value[string](p, `document.querySelector("#due time")?.textContent ?? document.querySelector("#answer").innerText`)
}

func (p tab) choose(name, option string) {
	p.t.Helper()
	p.do(chromedp.Click(fmt.Sprintf(`input[name=%q][value=%q] + span`, name, option)))
}

// own chooses one's own terms, and published those of the clouds.
func (p tab) own() { p.t.Helper(); p.choose("terms", "own") }

func (p tab) published() { p.t.Helper(); p.choose("terms", "published") }

// set enters a value as a user's input would.
func (p tab) set(selector, text string) {
	p.t.Helper()
	value[bool](p, fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.value = %q; return e.dispatchEvent(new Event("input", {bubbles: true})); })()`, selector, text))
}

func (p tab) screenshot(name string) {
	p.t.Helper()
	if *screenshots != "" {
		keep(p.t, name+".png", get(p, chromedp.FullScreenshot(100)))
	}
}

// keep leaves a file in the folder for screenshots, if there is one.
func keep(t *testing.T, name string, data []byte) {
	t.Helper()
	if *screenshots == "" {
		return
	}
	require.NoError(t, os.MkdirAll(*screenshots, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(*screenshots, name), data, 0o644))
}

const easter = "?lang=en&moniker=o365-germany&severity=B&opened=2024-03-28T15:00&zone=Europe/Berlin&now=2024-03-28T15:30"

// In three clicks, the due time of a Sev B case of each cloud, with its picture.
func TestEachCloud(t *testing.T) {
	p := page(t, easter, 1440, 900)
	for _, row := range []struct{ moniker, due string }{
		{"o365-worldwide", "15:00 Friday, 29 March 2024"},
		{"o365-21vianet", "15:00 Friday, 29 March 2024"},
		{"o365-germany", "15:00 Tuesday, 2 April 2024"},
	} {
		p.choose("moniker", row.moniker)
		p.choose("severity", "A")
		assert.Equal(t, "16:00 Thursday, 28 March 2024", p.due(), row.moniker)
		p.choose("severity", "B")
		assert.Equal(t, row.due, p.due(), row.moniker)
		assert.True(t, value[bool](p, `!!document.querySelector("figure svg")`))
		assert.Contains(t, value[string](p, `location.search`), "moniker="+row.moniker)
	}
}

// What is wrong with an address is said, until the form has a question of its own. And a
// severity does not stay behind where an event becomes another.
func TestWrongAddress(t *testing.T) {
	p := page(t, easter+"&severity=A&opnd=x", 1440, 900)
	assert.Contains(t, value[string](p, `document.querySelector("#answer").innerText`), "The address has “severity” several times.")
	assert.Contains(t, value[string](p, `document.querySelector("#answer").innerText`), "This page has no field opnd, and leaves it out.")
	p.choose("severity", "A")
	assert.Equal(t, "16:00 Thursday, 28 March 2024", p.due())
	assert.NotContains(t, value[string](p, `location.search`), "opnd")
	p.choose("severity", "B")

	const shown = `getComputedStyle(document.querySelector('.event [name="to"]')).display !== "none"`
	assert.False(t, value[bool](p, shown))
	p.set(`.event [name="at"]`, "2024-03-28T15:10")
	p.set(`.event [name="event"]`, "severity-changed")
	p.set(`.event [name="to"]`, "A")
	assert.True(t, value[bool](p, shown))
	assert.Equal(t, "16:00 Thursday, 28 March 2024", p.due())
	p.set(`.event [name="event"]`, "cancelled")
	assert.False(t, value[bool](p, shown))
	assert.Contains(t, p.due(), "Cancelled")
	p.own()
	p.set("#catalog", `{"version":"1","policies":[{"moniker":"acme","terms":[{"none":"no-commitment","reason":"x"}]}]}`)
	assert.Contains(t, p.due(), "No response time is promised")
	p.published()
	assert.Contains(t, p.due(), "Cancelled")
	both := page(t, easter+"&at=2024-03-28T15:10&event=paused&to=A", 1440, 900)
	assert.True(t, value[bool](both, shown), "an event can be a word and a change")
	assert.Equal(t, "16:20 Thursday, 28 March 2024", both.due())
}

// An address has the whole question, with one's own catalog and the events.
func TestSharedAddress(t *testing.T) {
	catalog, err := os.ReadFile("../../catalog/acme.json")
	require.NoError(t, err)
	p := page(t, easter, 1440, 900)
	p.own()
	p.set("#catalog", string(catalog))
	p.choose("moniker", "acme")
	p.set("#plan", "gold")
	p.set("#opened", "2026-07-14T16:00")
	p.set("#now", "2026-07-15T16:00")
	p.set(`.event [name="at"]`, "2026-07-14T17:00")
	p.set(`.event [name="event"]`, "waiting")
	due, why := p.due(), value[string](p, `document.querySelector("#why").innerText`)
	assert.Contains(t, due, "July 2026")
	assert.Contains(t, why, "Pauses have moved it")
	shared := value[string](p, `location.href`)
	there := open(t, shared, 360, 740)
	there.ready()
	assert.Equal(t, due, there.due())
	assert.Equal(t, why, value[string](there, `document.querySelector("#why").innerText`))
	assert.Equal(t, string(catalog), value[string](there, `document.querySelector("#catalog").value`))
}

// A broken catalog has its faults beside it, and each leads to its place in the text.
func TestBrokenCatalog(t *testing.T) {
	p := page(t, easter, 1440, 900)
	p.own()
	p.set("#catalog", "{\n  \"version\": \"1\",\n  \"calendars\": {\"x\": {\"zone\": \"Berlin\", \"hours\": \"24/7\"}}\n}")
	assert.Contains(t, value[string](p, `document.querySelector("#faults").innerText`), `Line 3, column 31 calendars.x.zone: "Berlin"`)
	p.do(chromedp.Click(`.fault[data-line="3"]`))
	assert.Equal(t, `"`, value[string](p, `(() => { const c = document.querySelector("#catalog"); return c.value.slice(c.selectionStart, c.selectionEnd); })()`))
	assert.Equal(t, "catalog", value[string](p, `document.activeElement.id`))
	p.published()
	assert.Contains(t, p.due(), "2 April 2024")
}

// A catalog can be dropped anywhere on the page.
func TestDroppedCatalog(t *testing.T) {
	catalog, err := os.ReadFile("../../catalog/acme.json")
	require.NoError(t, err)
	p := page(t, easter, 1440, 900)
	value[bool](p, fmt.Sprintf(`(() => {
		const files = new DataTransfer();
		files.items.add(new File([%q], "acme.json"));
		return document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: files, bubbles: true, cancelable: true}));
	})()`, catalog))
	get(p, chromedp.Poll[bool](`!!document.querySelector("input[name=moniker][value=acme]")`))
	assert.Contains(t, value[string](p, `document.querySelector("#faults").innerText`), "No faults")
}

// While a catalog is being edited, what was chosen from it stays chosen.
func TestCatalogWithTypo(t *testing.T) {
	own := `{"version": "1", "calendars": {"x": {"zone": "UTC", "hours": "24/7"}}, "policies": [
		{"moniker": "m1", "terms": [{"severities": ["B"], "target": "1h", "calendar": "x"}]},
		{"moniker": "m2", "plan": "gold", "terms": [{"severities": ["B"], "target": "2h", "calendar": "x"}]}]}`
	p := page(t, easter, 1440, 900)
	p.own()
	p.set("#catalog", own)
	p.choose("moniker", "m2")
	assert.Equal(t, "17:00 Thursday, 28 March 2024", p.due())
	p.set("#catalog", own+"x")
	assert.NotContains(t, p.due(), "March 2024 1")
	assert.Contains(t, p.due(), "need a correction")
	p.set("#catalog", own)
	assert.Equal(t, "17:00 Thursday, 28 March 2024", p.due())
	p.published()
	assert.Contains(t, p.due(), "2 April 2024", "as in Germany")
}

// With a catalog of other severities and categories, the form has these: an event that is
// half entered stays, and what is not offered is taken back.
func TestOtherSeverities(t *testing.T) {
	desk, err := os.ReadFile("../../catalog/desk.json")
	require.NoError(t, err)
	p := page(t, easter+"&category=billing", 1440, 900)
	p.set(`.event [name="note"]`, "a draft")
	p.own()
	p.set("#catalog", string(desk))
	list := func(selector string) string {
		return value[string](p, fmt.Sprintf(`[...document.querySelectorAll(%q)].map((e) => e.value).join(" ")`, selector))
	}
	assert.Equal(t, "P1 P2 P3 P4", list("input[name=severity]"))
	assert.Equal(t, "P2", list("input[name=severity]:checked"))
	assert.Equal(t, " request problem", list("#category option"), "the first is the default")
	assert.Equal(t, " next-response resolution", list("#metric option"))
	assert.Equal(t, " P1 P2 P3 P4", list(`.event [name="to"] option`))
	assert.Equal(t, "a draft", list(`.event [name="note"]`))
	assert.Contains(t, value[string](p, `document.querySelector("#answer").innerText`), "billing is not offered here; incident is shown.")
	p.choose("severity", "P3")
	assert.Equal(t, "11:00 Tuesday, 2 April 2024", p.due(), "two hours of Thursday and two of Tuesday")
	assert.Equal(t, "P3", value[string](p, `document.activeElement.value`), "the focus stays")
	p.set(`.event [name="at"]`, "2024-03-28T15:10")
	p.set(`.event [name="event"]`, "severity-changed")
	p.set(`.event [name="to"]`, "P1")
	assert.Equal(t, "15:15 Thursday, 28 March 2024", p.due())
	p.set("#plan", "silver")
	assert.Contains(t, p.due(), "This severity is not offered")
	p.set("#plan", "")
	p.screenshot("desk")
	p.set("#catalog", string(desk)+"x")
	assert.Equal(t, "P3", list("input[name=severity]:checked"), "while there is a fault")
	assert.Equal(t, "P1", list(`.event [name="to"]`))
	p.published()
	assert.Equal(t, "A B C", list("input[name=severity]"))
	assert.Equal(t, "B", list("input[name=severity]:checked"))
	assert.Equal(t, " A B C", list(`.event [name="to"] option`))
	typed := page(t, "?lang=en&severity=High&category=Billing&opened=2024-03-28T15:00&at=2024-03-28T15:10&event=severity-changed&to=sev+c", 1440, 900)
	assert.Equal(t, "B", value[string](typed, `document.querySelector("input[name=severity]:checked").value`))
	assert.Equal(t, "C", value[string](typed, `document.querySelector('.event [name="to"]').value`))
	typed.choose("severity", "C")
	assert.Contains(t, value[string](typed, `location.search`), "to=C")
}

// Events have the words of the catalog. A word that is not offered any more stays, half entered
// or not, and the answer names it.
func TestOwnWords(t *testing.T) {
	const own = `{"version": "1", "statuses": ["open", "pending"], "happenings": ["reply"], "courses": {"": {"stop": ["reply"], "pause": ["pending"]}},
		"policies": [{"moniker": "m", "terms": [{"severities": ["B"], "target": "1h", "calendar": "24/7"}]}]}`
	const usual = " paused resumed responded cancelled severity-changed"
	p := page(t, easter, 1440, 900)
	list := func(selector string) string {
		return value[string](p, fmt.Sprintf(`[...document.querySelectorAll(%q)].map((e) => e.value).join(" ")`, selector))
	}
	assert.Equal(t, usual, list(`.event [name="event"] option`))
	p.set(`.event [name="event"]`, "responded")
	p.own()
	p.set("#catalog", own)
	assert.Equal(t, " open pending reply cancelled severity-changed responded", list(`.event [name="event"] option`))
	assert.Equal(t, "16:00 Thursday, 28 March 2024", p.due(), "it is half entered")
	p.set("#catalog", own+"x")
	assert.Equal(t, "responded", list(`.event [name="event"]`), "while there is a fault")
	p.set("#catalog", own)
	p.set(`.event [name="at"]`, "2024-03-28T15:10")
	assert.Contains(t, p.due(), "The event “responded” is not known here. There is: open, pending, reply, cancelled.")
	p.choose("lang", "de")
	assert.Equal(t, "responded", list(`.event:first-of-type [name="event"]`))
	p.set(`.event [name="event"]`, "pending")
	assert.Equal(t, "16:20 Donnerstag, 28. März 2024", p.due())
	p.published()
	assert.Contains(t, p.due(), "Das Ereignis “pending” ist hier nicht bekannt.")
	assert.Equal(t, "pending", list(`.event:first-of-type [name="event"]`))
	p.set(`.event [name="event"]`, "responded")
	assert.Equal(t, "Rechtzeitig erledigt", value[string](p, `document.querySelector("#answer .badge").textContent`))
}

// proxy serves the playground, but for its library.
func proxy(t *testing.T, library http.HandlerFunc) string {
	t.Helper()
	there, err := url.Parse(address)
	require.NoError(t, err)
	mux := http.NewServeMux()
	mux.Handle("/", httputil.NewSingleHostReverseProxy(there))
	mux.HandleFunc("/duetime.wasm", library)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL + "/"
}

// slow serves the playground, whose library comes once a channel is closed.
func slow(t *testing.T, come chan bool) string {
	t.Helper()
	return proxy(t, func(w http.ResponseWriter, _ *http.Request) {
		<-come
		library, err := http.Get(address + "duetime.wasm")
		if err != nil {
			t.Error(err)
			return
		}
		defer library.Body.Close()
		w.Header().Set("Content-Type", "application/octet-stream") // as servers do that do not know the kind
		io.Copy(w, library.Body)
	})
}

// What is chosen before the library has come stays chosen.
func TestSlowLibrary(t *testing.T) {
	come := make(chan bool)
	p := open(t, slow(t, come)+easter, 1440, 900)
	p.choose("severity", "C")
	close(come)
	get(p, chromedp.Poll[bool](`document.querySelector("#due time").textContent.endsWith("4 April 2024")`))
	assert.Equal(t, "C", value[string](p, `document.querySelector("input[name=severity]:checked").value`))
}

// asksServer asks for severity C by the form's button, and checks that the server answers.
func (p tab) asksServer() {
	p.t.Helper()
	p.do(chromedp.WaitVisible("#submit"))
	p.choose("severity", "C")
	p.do(chromedp.Click("#submit"))
	// A page that gives way to another may have no script for a moment.
	require.Eventually(p.t, func() bool {
		due, err := chromedp.Run(p, chromedp.Evaluate[string](`
			location.search.includes("severity=C") && document.readyState === "complete" ? document.querySelector("#due time").textContent : ""`))
		return err == nil && due == "15:00 Thursday, 4 April 2024"
	}, 30*time.Second, 50*time.Millisecond)
}

// Where a machine has no Go, the page says that the server computes it, and the console has
// no error.
func TestServerWithoutGo(t *testing.T) {
	assert.Equal(t, http.StatusNotFound, status(plain+"duetime.wasm"))
	for _, language := range []string{"en", "de"} {
		p := open(t, plain+strings.Replace(easter, "lang=en", "lang="+language, 1), 1440, 900)
		where := map[string]string{"en": "Computed by the server.", "de": "Vom Server berechnet."}[language]
		assert.Equal(t, where, get(p, chromedp.Text("#where")))
		assert.Contains(t, p.due(), "15:00 ")
		if language == "en" {
			p.screenshot("server")
			p.asksServer()
			assert.Equal(t, where, value[string](p, `document.querySelector("#where").textContent`))
			assert.True(t, value[bool](p, `!!document.querySelector("figure svg")`))
		}
	}
}

// Where the library does not come, the page says so once, and the server answers.
func TestNoLibrary(t *testing.T) {
	p := open(t, proxy(t, http.NotFound)+easter, 1440, 900, faulty)
	get(p, chromedp.Poll[bool](`document.querySelector("#where").textContent === document.querySelector("#where").dataset.failed`))
	assert.Equal(t, "undefined", value[string](p, `typeof Go`), "no other file is asked for")
	p.asksServer()
}

// The keyboard alone is enough.
func TestKeyboard(t *testing.T) {
	p := page(t, easter, 1440, 900)
	reached := map[string]bool{}
	for range 60 { // a field for a date takes seven
		p.do(chromedp.KeyEvent(kb.Tab))
		name := value[string](p, `document.activeElement.name || document.activeElement.id || document.activeElement.tagName`)
		reached[name] = true
		switch name {
		case "moniker": // the middle one of three
			p.do(chromedp.KeyEvent(kb.ArrowUp))
		case "severity":
			p.do(chromedp.KeyEvent(kb.ArrowDown))
		case "event": // a change of severity, to which there is more to choose
			p.do(chromedp.KeyEvent("s"))
		}
		outline := value[string](p, `(() => { const e = document.activeElement; const of = (x) => x ? getComputedStyle(x).outlineStyle : "none"; return of(e) + of(e.nextElementSibling); })()`)
		assert.NotEqual(t, "nonenone", outline, "the focus of %s is seen", name)
		if name == "link" {
			break
		}
	}
	for _, name := range []string{"lang", "moniker", "severity", "category", "plan", "opened", "zone", "now", "second", "at", "event", "to", "note", "add", "link"} {
		assert.True(t, reached[name], "%s is reached by Tab: %v", name, reached)
	}
	assert.Contains(t, value[string](p, `location.search`), "severity=C")
	assert.NotContains(t, value[string](p, `location.search`), "o365-germany")
}

// What a screen reader is told: each control and the picture has a name, the picture a
// description, and what is English in a German page says so.
func TestScreenReader(t *testing.T) {
	p := page(t, strings.Replace(easter, "lang=en", "lang=de", 1), 1440, 900)
	tree, err := chromedp.Call(p, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	require.NoError(t, err)
	text := func(v *accessibility.Value) (s string) {
		if v != nil {
			require.NoError(t, json.Unmarshal(v.Value, &s))
		}
		return s
	}
	names := map[string][]string{}
	for _, node := range tree.Nodes {
		if role, name := text(node.Role), text(node.Name); !node.Ignored {
			names[role] = append(names[role], name)
			if role == "image" {
				assert.Contains(t, text(node.Description), "eröffnet: Do 28.3.2024, 15:00", "the picture")
			}
		}
	}
	for _, role := range []string{"radio", "combobox", "DateTime", "textbox", "button", "link", "image", "heading", "timer"} {
		assert.NotEmpty(t, names[role], role)
		if role != "timer" {
			assert.NotContains(t, names[role], "", role)
		}
	}
	assert.Equal(t, "Fällig 15:00 Dienstag, 2. April 2024", names["heading"][1])
	assert.Equal(t, "Contact support for business products - Admin Help", value[string](p, `document.querySelector("#why [lang=en]").textContent`), "the title of a page")
}

// Another language by keyboard leaves the focus where it is, and what was half entered.
func TestLanguageByKeyboard(t *testing.T) {
	p := page(t, easter, 1440, 900)
	p.set(`.event [name="note"]`, "a draft")
	p.do(chromedp.Focus("#lang-en"), chromedp.KeyEvent(kb.ArrowRight))
	assert.Equal(t, "lang-de", value[string](p, `document.activeElement.id`))
	assert.Equal(t, "de", value[string](p, `document.documentElement.lang`))
	assert.Equal(t, "a draft", value[string](p, `document.querySelector('.event [name="note"]').value`))
}

// A click on another language changes all of the page, and nothing of the question.
func TestLanguages(t *testing.T) {
	p := page(t, easter, 1440, 900)
	p.choose("lang", "zh")
	assert.Equal(t, "什么时候必须答复？ · duetime", value[string](p, `document.title`))
	assert.Contains(t, p.due(), "15:00 2024年4月2日星期二")
	p.choose("lang", "de")
	assert.Contains(t, p.due(), "15:00 Dienstag, 2. April 2024")
	assert.Contains(t, value[string](p, `location.search`), "opened=2024-03-28T15%3A00")
}

// Events can be added, and move the due time.
func TestEvents(t *testing.T) {
	p := page(t, easter, 1440, 900)
	p.set(`.event [name="at"]`, "2024-03-28T16:00")
	p.set(`.event [name="event"]`, "paused")
	p.do(chromedp.Click("#add"))
	p.set(`.event:nth-of-type(2) [name="at"]`, "2024-04-02T10:00")
	p.set(`.event:nth-of-type(2) [name="event"]`, "resumed")
	p.set("#now", "2024-04-02T11:00")
	assert.Equal(t, "17:00 Tuesday, 2 April 2024", p.due())
}

// The countdown runs.
func TestCountdown(t *testing.T) {
	p := page(t, "?moniker=o365-worldwide&severity=A", 1440, 900)
	first := value[string](p, `document.querySelector("#countdown").textContent`)
	assert.Regexp(t, `^(1 h|59 min( \d+ s)?) left`, first)
	get(p, chromedp.Poll[bool](fmt.Sprintf(`document.querySelector("#countdown").textContent !== %q`, first)))
}

// The files alone do, from any web server.
func TestStaticFiles(t *testing.T) {
	folder := t.TempDir()
	out, err := exec.Command(playground, "-static", folder).CombinedOutput()
	require.NoError(t, err, string(out))
	server := httptest.NewServer(http.FileServer(http.Dir(folder)))
	defer server.Close()
	p := open(t, server.URL+"/"+easter, 360, 740)
	p.ready()
	assert.Equal(t, "15:00 Tuesday, 2 April 2024", p.due())
	there := open(t, server.URL+"/?page=offices&country=FR&lang=de", 360, 740)
	there.ready()
	assert.Equal(t, "Frankreich", value[string](there, `document.querySelector("#office-name").textContent`))
}

// Without a script, the server answers the form.
func TestWithoutScript(t *testing.T) {
	p := open(t, address+easter, 360, 740, func(p tab) {
		call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	})
	p.asksServer()
	query, err := url.Parse(get(p, chromedp.Location()))
	require.NoError(t, err)
	assert.Equal(t, "C", query.Query().Get("severity"))
}
