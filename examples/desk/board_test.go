package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	devlog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

var screenshots = flag.String("screenshots", "", "a folder for pictures of the board")

// boardDesk serves a desk with a new database until the test ends.
func boardDesk(t *testing.T) (*desk, string) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	db, err := openStore(ctx, filepath.Join(t.TempDir(), "desk.db"))
	require.NoError(t, err)
	t.Cleanup(db.close)
	catalog, err := sla.ParseCatalog(sample)
	require.NoError(t, err)
	d, err := newDesk(ctx, db, catalog, pace{}, settings{}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	require.NoError(t, err)
	handler, err := d.handler(ctx, nil)
	require.NoError(t, err)
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	var timer sync.WaitGroup
	timer.Go(func() { d.timer.run(ctx) })
	t.Cleanup(timer.Wait)
	t.Cleanup(cancel)
	return d, server.URL
}

// openAged opens a ticket as of some time ago.
func openAged(t *testing.T, d *desk, id, subject string, severity sla.Severity, age time.Duration) {
	t.Helper()
	_, err := d.open(t.Context(), id, subject, sla.Request{Moniker: "acme", Severity: severity, Opened: time.Now().Add(-age)})
	require.NoError(t, err)
}

// tellNow tells a ticket of an event that happens now.
func tellNow(t *testing.T, d *desk, id string, e ticket.Event) {
	t.Helper()
	e.ID = fmt.Sprint(e.Word, e.Change.Severity)
	_, err := d.tell(t.Context(), id, e)
	require.NoError(t, err)
}

// startBrowser starts Chromium, or skips the test if there is none.
func startBrowser(t *testing.T) context.Context {
	t.Helper()
	names := []string{"chromium", "chromium-browser", "google-chrome", "chrome"}
	if !slices.ContainsFunc(names, func(name string) bool { _, err := exec.LookPath(name); return err == nil }) {
		t.Skip("no Chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()))
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	browser, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	require.NoError(t, chromedp.Do(browser))
	return browser
}

// tab is a page of the browser.
type tab struct {
	context.Context
	t *testing.T
}

// openTab opens an address, light or dark. Errors in the console fail the test.
func openTab(t *testing.T, browser context.Context, address string, width int64, theme string) tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	tab{ctx, t}.do(chromedp.EmulateViewport(width, 900)) // opens the tab, which a timeout would close
	ctx, cancel = context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(cancel)
	p := tab{ctx, t}
	var mu sync.Mutex
	var faults []string
	require.NoError(t, chromedp.Listen(ctx, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			faults = append(faults, fmt.Sprint(e.ExceptionDetails.Text, e.ExceptionDetails.Exception))
		case *runtime.EventConsoleAPICalled:
			faults = append(faults, fmt.Sprint(e.Type, e.Args))
		case *devlog.EventEntryAdded:
			faults = append(faults, e.Entry.Text+" "+e.Entry.URL)
		}
	}))
	t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		if len(faults) > 0 {
			t.Errorf("in the console: %q", faults)
		}
	})
	_, err := chromedp.Call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}},
	})
	require.NoError(t, err)
	p.do(chromedp.Navigate(address))
	return p
}

func (p tab) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	require.NoError(p.t, chromedp.Do(p, actions...))
}

// value returns the value of a JavaScript expression.
func value[T any](p tab, script string) T {
	p.t.Helper()
	v, err := chromedp.Run(p, chromedp.Evaluate[T](script))
	require.NoError(p.t, err)
	return v
}

// until waits until an expression is true.
func (p tab) until(script string) {
	p.t.Helper()
	for end := time.Now().Add(time.Minute); !value[bool](p, script); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			p.t.Fatalf("not true in a minute: %s\n%s", script, value[string](p, "document.body.innerText"))
		}
	}
}

// ids waits until the board has these tickets in this order.
func (p tab) ids(want ...string) {
	p.t.Helper()
	p.until(fmt.Sprintf(`[...document.querySelectorAll("#tickets a b")].map((b) => b.textContent).join(" ") === %q`, strings.Join(want, " ")))
}

func (p tab) screenshot(name string) {
	p.t.Helper()
	if *screenshots == "" {
		return
	}
	picture, err := chromedp.Run(p, chromedp.FullScreenshot(100))
	require.NoError(p.t, err)
	require.NoError(p.t, os.WriteFile(filepath.Join(*screenshots, name+".png"), picture, 0o644))
}

// inRow is JavaScript for what is in a ticket's row.
func inRow(id, selector string) string {
	return fmt.Sprintf(`[...document.querySelectorAll("#tickets tr")].find((tr) => tr.querySelector("a b").textContent === %q).querySelector(%q)`, id, selector)
}

const markup = "<img src=x onerror=alert(1)>"

// sampleBoard is a desk with tickets in several states. Those due first come first: B-1 is
// breached, D-4 waits, so nothing is due.
func sampleBoard(t *testing.T) (*desk, string) {
	t.Helper()
	d, address := boardDesk(t)
	openAged(t, d, "A-2", markup, "P1", 5*time.Minute)
	openAged(t, d, "B-1", "The shop is down, and nobody can pay, neither by card nor by invoice", "P1", 20*time.Minute)
	openAged(t, d, "C-3", "Mails come late", "P2", 20*time.Minute)
	openAged(t, d, "D-4", "Export has a column too many", "P2", 10*time.Minute)
	tellNow(t, d, "D-4", ticket.Event{Word: "reply"})
	tellNow(t, d, "D-4", ticket.Event{Word: "pending"})
	return d, address
}

func TestBoard(t *testing.T) {
	browser := startBrowser(t)
	d, address := sampleBoard(t)
	p := openTab(t, browser, address, 1280, "light")
	p.ids("B-1", "A-2", "C-3", "D-4")
	p.until(`document.querySelector("#connection").textContent === "live"`)
	assert.Equal(t, "P1 A-2 "+markup+" acme, standard, open", value[string](p, inRow("A-2", "th")+".textContent"))
	assert.Regexp(t, `^\d+:\d\d over first-response `, value[string](p, inRow("B-1", "td")+".textContent"))
	assert.Regexp(t, `^in \d+:\d\d first-response `, value[string](p, inRow("A-2", "td")+".textContent"))
	assert.Equal(t, "paused", value[string](p, inRow("D-4", "td")+".textContent"))
	assert.Contains(t, value[string](p, inRow("B-1", "ul")+".innerText"), "first-response: running, breached")
	assert.Contains(t, value[string](p, inRow("D-4", "ul")+".innerText"), "resolution: paused")

	before := value[string](p, inRow("C-3", "data")+".textContent")
	p.until(inRow("C-3", "data") + fmt.Sprintf(".textContent !== %q", before))

	// An event shows without a reload. The focus and the row with it stay.
	value[bool](p, `(window.same = true)`)
	p.do(chromedp.Evaluate[chromedp.Void](inRow("A-2", "a") + ".focus()"))
	tellNow(t, d, "C-3", ticket.Event{Change: ticket.Change{Severity: "P1"}})
	p.ids("B-1", "C-3", "A-2", "D-4")
	p.until(`document.querySelector("#news").textContent === "C-3: first-response is breached."`)
	tellNow(t, d, "B-1", ticket.Event{Word: "reply"})
	p.ids("C-3", "A-2", "B-1", "D-4")
	assert.Contains(t, value[string](p, inRow("B-1", "ul")+".innerText"), "first-response: stopped, breached")
	assert.True(t, value[bool](p, `window.same && document.activeElement === `+inRow("A-2", "a")))
}

func TestBoardFilters(t *testing.T) {
	browser := startBrowser(t)
	_, address := sampleBoard(t)
	p := openTab(t, browser, address+"?state=paused&unknown=1", 1280, "light")
	p.ids("D-4")
	assert.Equal(t, "paused", value[string](p, `document.querySelector("[name=state]").value`))
	p.do(chromedp.Click("[type=reset]"))
	p.ids("B-1", "A-2", "C-3", "D-4")
	assert.Empty(t, value[string](p, `location.search`))
	p.do(chromedp.Focus("[name=severity]"), chromedp.KeyEvent("P2"+kb.Enter))
	p.ids("C-3", "D-4")
	assert.Equal(t, "?severity=P2", value[string](p, `location.search`))
	p.do(chromedp.Focus("[name=moniker]"), chromedp.KeyEvent("other"+kb.Enter))
	p.ids()
	assert.False(t, value[bool](p, `document.querySelector("#empty").checkVisibility()`))
	p.do(chromedp.Click("[type=reset]"), chromedp.Focus("[name=outcome]"), chromedp.KeyEvent("b"))
	p.ids("B-1")
}

// The keyboard alone opens a ticket and closes it again.
func TestBoardDetail(t *testing.T) {
	browser := startBrowser(t)
	d, address := sampleBoard(t)
	p := openTab(t, browser, address, 1280, "light")
	p.ids("B-1", "A-2", "C-3", "D-4")
	for range 20 {
		if value[bool](p, `document.activeElement === `+inRow("B-1", "a")) {
			break
		}
		p.do(chromedp.KeyEvent(kb.Tab))
	}
	assert.NotEqual(t, "none", value[string](p, `getComputedStyle(document.activeElement).outlineStyle`))
	p.do(chromedp.KeyEvent(kb.Enter))
	p.until(`document.querySelector("#picture").checkVisibility() && document.querySelector("#picture").naturalWidth > 0`)
	assert.Equal(t, "#ticket=B-1", value[string](p, `location.hash`))
	assert.Equal(t, "name", value[string](p, `document.activeElement.id`))
	assert.Contains(t, value[string](p, `document.querySelector("#request").textContent`), "severity P1, opened ")
	assert.Regexp(t, `(?s)first-response 50%.*no receiver.*first-response breach.*no receiver`, value[string](p, `document.querySelector("#alarms").innerText`))
	assert.Contains(t, value[string](p, `document.querySelector("#text").textContent`), "15m of business time after the start")
	p.screenshot("detail-light-1280")

	_, err := d.store.ExecContext(t.Context(), "UPDATE alarm SET delivered = raised WHERE key LIKE '%breach'")
	require.NoError(t, err)
	tellNow(t, d, "B-1", ticket.Event{Word: "reply"})
	p.until(`document.querySelector("#clocks").innerText.includes("stopped, breached")`)
	p.until(`document.querySelector("#alarms").lastChild.lastChild.textContent.startsWith("delivered ")`)
	p.do(chromedp.KeyEvent(kb.Escape))
	p.until(`!document.querySelector("#detail").checkVisibility()`)
	assert.Empty(t, value[string](p, `location.hash`))
	assert.True(t, value[bool](p, `document.activeElement === `+inRow("B-1", "a")))

	linked := openTab(t, browser, address+"#ticket=A-2", 360, "dark")
	linked.until(`document.querySelector("#subject").checkVisibility()`)
	assert.Equal(t, markup, value[string](linked, `document.querySelector("#subject").textContent`))
	linked.until(`document.querySelector("#picture").naturalWidth > 0`)
	linked.screenshot("detail-dark-360")
	assert.Empty(t, value[[]string](linked, faint))
	assert.LessOrEqual(t, value[int](linked, `document.documentElement.scrollWidth`), 360)
	linked.do(chromedp.Click("#close"))
	linked.ids("A-2", "C-3", "B-1", "D-4")
}

// faint lists the texts with a contrast to their background of less than 4.5.
const faint = `(() => {
	const numbers = (color) => color.match(/[\d.]+/g).map(Number);
	const light = (color) => numbers(color).slice(0, 3).map((c) => c / 255)
		.map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
		.reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
	const ground = (e) => numbers(getComputedStyle(e).backgroundColor)[3] === 0 ? ground(e.parentElement) : getComputedStyle(e).backgroundColor;
	return [...document.querySelectorAll("body *")].filter((e) => e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
		.filter((e) => {
			const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort();
			return (b + 0.05) / (a + 0.05) < 4.5;
		}).map((e) => e.outerHTML);
})()`

func TestBoardLooks(t *testing.T) {
	browser := startBrowser(t)
	_, address := sampleBoard(t)
	grounds := map[string]string{}
	for _, theme := range []string{"light", "dark"} {
		for _, width := range []int64{1280, 360} {
			p := openTab(t, browser, address, width, theme)
			p.ids("B-1", "A-2", "C-3", "D-4")
			assert.LessOrEqual(t, value[int64](p, `document.documentElement.scrollWidth`), width)
			assert.Empty(t, value[[]string](p, faint), theme)
			grounds[theme] = value[string](p, `getComputedStyle(document.body).backgroundColor`)
			p.screenshot(fmt.Sprintf("board-%s-%d", theme, width))
		}
	}
	assert.NotEqual(t, grounds["light"], grounds["dark"])
}

func TestBoardEmpty(t *testing.T) {
	browser := startBrowser(t)
	d, address := boardDesk(t)
	p := openTab(t, browser, address, 360, "light")
	p.until(`document.querySelector("#empty").checkVisibility()`)
	assert.Contains(t, value[string](p, `document.querySelector("#command").textContent`), "-H 'Content-Type: application/json' "+address+"/tickets")
	p.screenshot("empty")
	assert.LessOrEqual(t, value[int](p, `document.documentElement.scrollWidth`), 360)
	for i := range 101 {
		openAged(t, d, fmt.Sprintf("N-%03d", i), "One of many", "P1", -time.Duration(i)*time.Minute)
	}
	p.until(`document.querySelectorAll("#tickets tr").length === 99`)
	p.do(chromedp.Click("#more"))
	p.until(`document.querySelectorAll("#tickets tr").length === 101`)
	assert.False(t, value[bool](p, `document.querySelector("#more").checkVisibility()`))
}
