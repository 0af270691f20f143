package input

import (
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

// Each text is the whole of what people read, in whatever version of Go.
func TestObject(t *testing.T) {
	const unexpected = "unexpected EOF"
	for _, row := range []struct{ text, err, why string }{
		{`{}`, "", "nothing has to be there"},
		{` { "now" : "x" , "list" : [ "50%" , "-1h" ] , "any" : {"a": [-0.5e+3, true, false, null]} } ` + "\n", "", "all of it"},
		{`{"\u006eow": "x"}`, "", "a name with an escape"},
		{`{"any": [0, 10, 1.0, -1, 2E5, 2e-5, "\"\\\/\b\f\n\r\t\u00aF ü", [], {}]}`, "", "all kinds of values"},
		{`{"now": null, "list": null}`, "", "null leaves a field"},
		{"", unexpected, "empty"},
		{" \n", unexpected, "blank"},
		{"[]", "want one JSON object", "a list"},
		{"soon", "want one JSON object", "no JSON"},
		{"\ufeff{}", "want one JSON object", "a byte order mark"},
		{`{} {}`, "want nothing after the object", "two objects"},
		{`{}x`, "want nothing after the object", "something after it"},
		{`{"now"`, unexpected, "cut off after a name"},
		{`{"no`, unexpected, "cut off in a name"},
		{`{"now": "`, unexpected, "cut off in a string"},
		{`{"now": "\`, unexpected, "cut off in an escape"},
		{`{"now": "\u00`, unexpected, "cut off in hex digits"},
		{`{"any": -`, unexpected, "cut off in a number"},
		{`{"any": 1.`, unexpected, "cut off in a fraction"},
		{`{"any": 1e`, unexpected, "cut off in an exponent"},
		{`{"any": 1`, unexpected, "cut off after a number"},
		{`{"any": tru`, unexpected, "cut off in a word"},
		{`{"any": [`, unexpected, "cut off in a list"},
		{`{"any": [1,`, unexpected, "cut off between items"},
		{`{"any": `, unexpected, "cut off before a value"},
		{`{"now": "x",`, unexpected, "cut off between fields"},
		{`{"now": "x", "a"}`, `line 1, column 17: "}": want a colon`, "no colon"},
		{`{"any": 1, "now": x}`, `line 1, column 19: "x": want a value`, "no value"},
		{"{\n\t\"any\": [1,\n\t\tü]}", `line 3, column 3: "ü": want a value`, "in the third line"},
		{"{\"any\": \xff}", `line 1, column 9: "\xff": want a value`, "no UTF-8"},
		{"{\"any\": \x00}", `line 1, column 9: "\x00": want a value`, "a zero byte"},
		{`{"any": tree}`, `line 1, column 9: "t": want a value`, "no word of JSON"},
		{`{"any": trues}`, `line 1, column 13: "s": want a comma or }`, "behind a word"},
		{`{any: 1}`, `line 1, column 2: "a": want a name in double quotes`, "no quotes"},
		{`{"any": 1,}`, `line 1, column 11: "}": want a name in double quotes`, "a comma too many"},
		{`{"any": [1,]}`, `line 1, column 12: "]": want a value`, "a comma too many in a list"},
		{`{"any": 1 "now": 2}`, `line 1, column 11: "\"": want a comma or }`, "a comma is missing"},
		{`{"any": [1 2]}`, `line 1, column 12: "2": want a comma or ]`, "a comma is missing in a list"},
		{`{"any": {1: 2}}`, `line 1, column 10: "1": want a name in double quotes`, "a number for a name"},
		{`{"any": 01}`, `line 1, column 10: "1": want a comma or }`, "a leading zero"},
		{`{"any": -x}`, `line 1, column 10: "x": want a digit`, "no number"},
		{`{"any": 1.e5}`, `line 1, column 11: "e": want a digit`, "no fraction"},
		{`{"any": 1e+}`, `line 1, column 12: "}": want a digit`, "no exponent"},
		{`{"any": .5}`, `line 1, column 9: ".": want a value`, "a fraction alone"},
		{"{\"now\": \"a\nb\"}", `line 1, column 11: "\n": want \u000a for it in a string`, "a line break in a string"},
		{`{"now": "\x"}`, `line 1, column 11: "x": want an escape: \", \\, \/, \b, \f, \n, \r, \t or \u and four hex digits`, "no escape"},
		{`{"now": "\u00g0"}`, `line 1, column 14: "g": want one of four hex digits`, "no hex digit"},
		{`{"any": ` + strings.Repeat("[", 99) + strings.Repeat("]", 99) + `}`, "", "as deep as can be"},
		{`{"any": ` + strings.Repeat("[", 100_000), `line 1, column 108: "[": want 100 objects and lists in each other at the most`, "too deep"},
		{`{"then": 1}`, `unknown field "then": want any, list, now, request, things, when`, "another name"},
		{`{"NOW": 1}`, `unknown field "NOW": want any, list, now, request, things, when`, "capitals"},
		{`{"now": "", "n\u006fw": ""}`, `field "now": there twice: want it once`, "twice, in two spellings"},
		{"{\n\"now\": 7}", `line 2, column 8: field "now": want a string`, "a number"},
		{`{"now": ["x"]}`, `line 1, column 9: field "now": want a string`, "a list of one"},
		{`{"when": 7}`, `line 1, column 10: field "when": want a string`, "a number for a text of its own"},
		{`{"list": "50%"}`, `line 1, column 10: field "list": want a list of strings`, "no list"},
		{`{"list": ["50%", 7]}`, `line 1, column 10: field "list": want a list of strings`, "a number in a list"},
		{`{"things": {}}`, `line 1, column 12: field "things": want a list`, "no list of objects"},
		{`{"things": [{}]}`, `ticket: event: `, "as its method begins it"},
		{`{"when": "never"}`, `sla: threshold "never": want 50%, -30m, +2h, "-2h wall", "+4h wall" or breach, each with or without " every 1h" (but for breach) and " in hours"`, "as its method has it"},
		{`{"request": {"moniker": "m", "priority": "B"}}`, `sla: request: `, "as its method begins it"},
	} {
		var request sla.Request
		var list []sla.Threshold
		var things []ticket.Event
		var now string
		var when sla.Threshold
		var value any
		err := Object(strings.NewReader(row.text), map[string]any{"request": &request, "list": &list, "now": &now, "when": &when, "any": &value, "things": &things})
		switch {
		case row.err == "":
			assert.NoError(t, err, row.why)
		case strings.HasSuffix(row.err, ": "): // the rest is not ours
			assert.ErrorContains(t, err, row.err, row.why)
		default:
			assert.EqualError(t, err, row.err, row.why)
		}
		assert.Equal(t, row.err == unexpected, errors.Is(err, io.ErrUnexpectedEOF), row.why)
	}
	broken := errors.New("cable cut")
	assert.Equal(t, broken, Object(iotest.ErrReader(broken), nil))
}

func TestNames(t *testing.T) {
	names, err := Names([]byte(` {"at": 1, "ev\u0065nt": {"x": []}, "at": null} `))
	require.NoError(t, err)
	assert.Equal(t, []string{"at", "event", "at"}, names)
	for text, want := range map[string]string{
		"":              "unexpected EOF",
		"[1]":           "want one JSON object",
		`{"at": x}`:     `line 1, column 8: "x": want a value`,
		`{"at": {"x"}}`: `line 1, column 12: "}": want a colon`,
		`{"at": 1} {}`:  "want nothing after the object",
	} {
		_, err := Names([]byte(text))
		assert.EqualError(t, err, want)
	}
}

// The values are those of encoding/json.
func TestObjectValues(t *testing.T) {
	var now string
	var list []sla.Threshold
	require.NoError(t, Object(iotest.OneByteReader(strings.NewReader(`{"list": ["50%", "-1h"], "now": "a\u0301 \ud83d\ude00 ü"}`)), map[string]any{"now": &now, "list": &list}))
	assert.Equal(t, "a\u0301 \U0001f600 ü", now)
	assert.Len(t, list, 2)
}

// The scanner takes what encoding/json takes, and nothing else.
func sameAsJSON(t *testing.T, text string) {
	t.Helper()
	s := &scanner{text: []byte(text)}
	s.space()
	err := s.value(0)
	if s.space(); err == nil && s.at < len(text) {
		err = errors.New("more")
	}
	if err != nil && strings.Contains(err.Error(), "100 objects and lists") {
		return
	}
	require.Equal(t, json.Valid([]byte(text)), err == nil, "%q: %v", text, err)
}

const seed = ` {"request": {"moniker": "o\u0033\n65", "x": [-1.5e+3, 0, true, false, null, {}, []]}, "now": "2024"} `

func TestScannerIsJSON(t *testing.T) {
	texts := 20_000
	if *full {
		texts = 200_000
	}
	rng := rand.New(rand.NewPCG(1, 2))
	const alphabet = "{}[]\",:\\ \n0123-+.eEtrufalsn\x00\x1f\xff"
	for range texts {
		text := []byte(seed)
		begin := rng.IntN(len(text))
		text = text[begin : begin+rng.IntN(len(text)-begin)+1]
		if rng.IntN(4) == 0 {
			text = []byte(seed)
		}
		for range rng.IntN(4) {
			i := rng.IntN(len(text))
			text[i] = alphabet[rng.IntN(len(alphabet))]
		}
		sameAsJSON(t, string(text))
	}
}

func FuzzScanner(f *testing.F) {
	for _, text := range []string{seed, "", "-", "0e", `"\ud800"`, "[[[", "tru"} {
		f.Add(text)
	}
	f.Fuzz(sameAsJSON)
}
