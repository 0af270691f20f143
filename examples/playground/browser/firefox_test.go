package browser

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// report is a script that a page has in Firefox. It waits for the library, chooses severity C
// and tells the test what is there.
const report = `(async () => {
	const until = async (ready) => { while (!ready()) await new Promise((go) => setTimeout(go, 50)); };
	await until(() => document.body.dataset.ready === "yes");
	document.querySelector("input[name=severity][value=C]").click();
	await until(() => document.querySelector("#due time b").textContent);
	await fetch("report", {method: "POST", body: JSON.stringify({
		Due: document.querySelector("#due time").textContent,
		Width: document.documentElement.scrollWidth - innerWidth,
		Checked: document.querySelector("input[name=severity]:checked").value,
		Own: getComputedStyle(document.querySelector("#own")).display,
		Picture: document.querySelectorAll("figure svg").length,
	})});
})();`

// The page computes in Firefox, too. No driver for it is needed: the page reports what it shows.
func TestFirefox(t *testing.T) {
	firefox, err := exec.LookPath("firefox-esr")
	if err != nil {
		t.Skip("there is no firefox-esr")
	}
	there, err := url.Parse(address)
	require.NoError(t, err)
	proxy := httputil.NewSingleHostReverseProxy(there)
	proxy.ModifyResponse = func(r *http.Response) error {
		if !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
			return nil
		}
		page, err := io.ReadAll(r.Body)
		page = bytes.Replace(page, []byte("</head>"), []byte(`<script src="report.js" defer></script></head>`), 1)
		r.Body = io.NopCloser(bytes.NewReader(page))
		r.ContentLength = int64(len(page))
		r.Header.Del("Content-Length")
		return err
	}
	reports := make(chan []byte, 1)
	mux := http.NewServeMux()
	mux.Handle("/", proxy)
	mux.HandleFunc("/report.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		io.WriteString(w, report)
	})
	mux.HandleFunc("POST /report", func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		reports <- body
	})
	server := httptest.NewServer(mux)
	defer server.Close()

	profile, err := os.MkdirTemp("", "firefox") // not of the test, as its processes may outlive the first
	require.NoError(t, err)
	defer os.RemoveAll(profile)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	command := exec.CommandContext(ctx, firefox, "--headless", "--no-remote", "--profile", profile, "--window-size=500,800", server.URL+"/"+easter)
	command.WaitDelay = 5 * time.Second
	require.NoError(t, command.Start())
	defer func() {
		cancel()
		command.Wait()
	}()
	select {
	case body := <-reports:
		var got struct {
			Due, Checked, Own string
			Width, Picture    int
		}
		require.NoError(t, json.Unmarshal(body, &got))
		assert.Equal(t, "15:00 Thursday, 4 April 2024", got.Due)
		assert.Equal(t, "C", got.Checked)
		assert.Equal(t, "none", got.Own)
		assert.Equal(t, 1, got.Picture)
		assert.LessOrEqual(t, got.Width, 0, "pixels to the side")
	case <-time.After(90 * time.Second):
		t.Fatal("Firefox does not report")
	}
}
