package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNegotiate(t *testing.T) {
	for _, row := range []struct {
		lines     []string
		want, why string
	}{
		{nil, identity, "nothing is said"},
		{[]string{""}, identity, "no coding at all"},
		{[]string{"gzip"}, packed, "gzip"},
		{[]string{"gzip, deflate, br, zstd"}, packed, "as browsers ask"},
		{[]string{"GZip"}, packed, "in any case"},
		{[]string{"x-gzip"}, packed, "its old name"},
		{[]string{"gzip2"}, identity, "another coding, which begins alike"},
		{[]string{"notgzip"}, identity, "another coding, which ends alike"},
		{[]string{"br"}, identity, "a coding that is not there"},
		{[]string{"gzip;q=0"}, identity, "refused"},
		{[]string{"gzip;q=0.000"}, identity, "refused at length"},
		{[]string{"gzip ; Q=0"}, identity, "refused, with blanks and a capital"},
		{[]string{"gzip;q=0.001"}, packed, "hardly wanted, but named"},
		{[]string{"gzip;q=1.000"}, packed, "fully wanted"},
		{[]string{"gzip\t;\tq=0.5\t"}, packed, "tabs are blanks"},
		{[]string{"gzip;q=0.5, identity"}, identity, "wanted less than the file itself"},
		{[]string{"identity;q=0.5, gzip;q=0.5"}, packed, "wanted as much: the shorter one"},
		{[]string{"*"}, packed, "any"},
		{[]string{"*;q=0.2"}, packed, "any, hardly"},
		{[]string{"*;q=0, gzip"}, packed, "nothing but gzip"},
		{[]string{"gzip;q=0, *"}, identity, "anything but gzip"},
		{[]string{"br, *;q=0.1, identity;q=0.5"}, identity, "what is named counts before any"},
		{[]string{"identity;q=0"}, "", "not the file itself, and gzip is not named"},
		{[]string{"identity;q=0, *"}, packed, "anything but the file itself"},
		{[]string{"*;q=0"}, "", "nothing"},
		{[]string{"gzip;q=0,identity;q=0"}, "", "neither"},
		{[]string{"*;q=0, identity"}, identity, "nothing but the file itself"},
		{[]string{"br", "gzip;q=0.9"}, packed, "in the second line"},
		{[]string{"gzip;q=0.2", "identity;q=0.3"}, identity, "weighed across lines"},
		{[]string{",, gzip ,"}, packed, "empty items"},
		{[]string{"gzip;q=2"}, identity, "no such weight"},
		{[]string{"gzip;q="}, identity, "no weight"},
		{[]string{"gzip;q=0.0001"}, identity, "a weight of too many digits"},
		{[]string{"gzip;level=9"}, identity, "no such parameter"},
	} {
		assert.Equal(t, row.want, negotiate(row.lines), "%q: %s", row.lines, row.why)
	}
}

// header asks for a file with lines of header, each a name and a value.
func header(method, target string, lines ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i < len(lines); i += 2 {
		r.Header.Add(lines[i], lines[i+1])
	}
	w := httptest.NewRecorder()
	handler(then, compiled()).ServeHTTP(w, r)
	return w
}

// The library has two representations: each has a tag, and every response tells caches what
// it depends on.
func TestRepresentations(t *testing.T) {
	const file, accept, none = "/" + wasm, "Accept-Encoding", "If-None-Match"
	zip, plain := header("GET", file, accept, "gzip"), header("GET", file, accept, "gzip;q=0")
	assert.Equal(t, packed, zip.Header().Get("Content-Encoding"))
	assert.Empty(t, plain.Header().Get("Content-Encoding"))
	reader, err := gzip.NewReader(bytes.NewReader(zip.Body.Bytes()))
	require.NoError(t, err)
	text, err := io.ReadAll(reader)
	require.NoError(t, err)
	assert.True(t, bytes.Equal(plain.Body.Bytes(), text))
	zipTag, plainTag := zip.Header().Get("ETag"), plain.Header().Get("ETag")
	assert.NotEqual(t, zipTag, plainTag)
	for _, tag := range []string{zipTag, plainTag} {
		assert.Regexp(t, `^"[0-9a-f]{16}-[a-z]+"$`, tag)
	}

	for _, row := range []struct {
		lines  []string
		status int
		tag    string
		why    string
	}{
		{[]string{accept, "gzip", none, zipTag}, 304, zipTag, "the same"},
		{[]string{accept, "gzip", none, plainTag}, 200, zipTag, "the other one"},
		{[]string{none, zipTag}, 200, plainTag, "the other one"},
		{[]string{none, plainTag}, 304, plainTag, "the same"},
		{[]string{accept, "gzip", none, "W/" + zipTag}, 304, zipTag, "weakly the same"},
		{[]string{accept, "gzip", none, "*"}, 304, zipTag, "any"},
		{[]string{accept, "gzip", none, `"a,b", W/"c" ,` + zipTag}, 304, zipTag, "in a list"},
		{[]string{accept, "gzip", none, `"a"`, none, zipTag}, 304, zipTag, "in the second line"},
		{[]string{accept, "gzip", none, `"a", "b"`}, 200, zipTag, "not in the list"},
		{[]string{accept, "gzip", none, zipTag[1 : len(zipTag)-1]}, 200, zipTag, "no tag, as it has no quotes"},
		{[]string{accept, "gzip", "If-Match", `"a"`}, 412, zipTag, "wanted as it was before"},
		{[]string{accept, "gzip", "If-Match", `"a"`, "If-Match", zipTag}, 200, zipTag, "wanted as it is, in the second line"},
		{[]string{accept, "gzip", "Range", "bytes=0-9"}, 206, zipTag, "a part of the packed one"},
		{[]string{accept, "gzip", "Range", "bytes=0-9", "If-Range", plainTag}, 200, zipTag, "a part of the other one"},
		{[]string{accept, "*;q=0"}, 406, "", "neither"},
	} {
		for _, method := range []string{"GET", "HEAD"} {
			w := header(method, file, row.lines...)
			assert.Equal(t, row.status, w.Code, "%s %q: %s", method, row.lines, row.why)
			assert.Equal(t, row.tag, w.Header().Get("ETag"), "%s %q: %s", method, row.lines, row.why)
			assert.Equal(t, "Accept-Encoding", w.Header().Get("Vary"), "%s %q: %s", method, row.lines, row.why)
			if row.status == http.StatusNotModified {
				assert.Zero(t, w.Body.Len(), row.why)
				assert.Empty(t, w.Header().Get("Content-Encoding"), row.why)
			}
		}
	}
	// The other files are kept in the same way.
	tag := header("GET", "/app.js").Header().Get("ETag")
	assert.Equal(t, http.StatusNotModified, header("GET", "/app.js", none, `"a"`, none, "W/"+tag).Code)
}

// A browser runs no script of another type, and some machines have another type for .js.
func TestTypesAreOurs(t *testing.T) {
	was := mime.TypeByExtension(".js")
	require.NoError(t, mime.AddExtensionType(".js", "text/plain"))
	defer mime.AddExtensionType(".js", was)
	assert.Equal(t, "text/javascript; charset=utf-8", header("GET", "/app.js").Header().Get("Content-Type"))
}
