package sla_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/sla"
)

// catalogCase is a case of the files in testdata/catalogs, which say how they are
// written.
type catalogCase struct {
	title, schema string
	text          string // of the catalog
	// want are the faults of a broken catalog, and the lines of the canonical text
	// of a good one, if that is another.
	want []string
}

// catalogCases returns the cases of a file, or writes their wants anew with
// -update, as actual gives them.
func catalogCases(t *testing.T, name string, actual func(catalogCase) []string) []catalogCase {
	t.Helper()
	file := filepath.Join("testdata", "catalogs", name)
	content, err := os.ReadFile(file)
	require.NoError(t, err)
	var cases []catalogCase
	var out strings.Builder
	base := ""
	for block := range strings.SplitSeq(strings.TrimSuffix(string(content), "\n"), "\n\n") {
		c := catalogCase{}
		var old, lines []string
		isText, kept, mark := false, []string{}, "!"
		for line := range strings.SplitSeq(block, "\n") {
			kind, rest, _ := strings.Cut(line, " ")
			switch kind {
			case "==":
				c.title = rest
			case "schema:":
				c.schema = rest
			case "|":
				isText, lines = true, append(lines, rest)
			case "-":
				old, lines = append(old, rest), append(lines, "")
			case "+":
				require.NotEmpty(t, old, "%s: %s", c.title, line)
				lines[len(old)-1] += "\n" + rest
			case "!", ">":
				c.want, mark = append(c.want, rest), kind
				continue
			default:
				require.True(t, kind == "#" || line == "#", "%s: %s", c.title, line)
			}
			kept = append(kept, line)
		}
		if c.text = strings.Join(lines, "\n"); !isText {
			c.text = base
			for i, o := range old {
				require.Equal(t, 1, strings.Count(base, o), "%s: - %s", c.title, o)
				c.text = strings.Replace(c.text, o, strings.TrimPrefix(lines[i], "\n"), 1)
			}
		}
		c.text = repeats.ReplaceAllStringFunc(c.text, func(s string) string {
			m := repeats.FindStringSubmatch(s)
			n, err := strconv.Atoi(m[1])
			require.NoError(t, err)
			return strings.Repeat(m[2], n)
		})
		c.text = rawBytes.ReplaceAllStringFunc(c.text, func(s string) string {
			b, err := strconv.ParseUint(s[2:], 16, 8)
			require.NoError(t, err)
			return string([]byte{byte(b)})
		})
		switch {
		case c.title == "base":
			base = c.text
		case c.title != "":
			if *updateFlag {
				if name == "good.txt" {
					mark = ">"
				}
				if got := actual(c); !sameFaults(c.want, got) {
					c.want = got
				}
				for _, w := range c.want {
					kept = append(kept, mark+" "+w)
				}
			}
			cases = append(cases, c)
		}
		out.WriteString(strings.Join(kept, "\n") + "\n\n")
	}
	if *updateFlag {
		require.NoError(t, os.WriteFile(file, []byte(strings.TrimSuffix(out.String(), "\n")), 0o644))
	}
	return cases
}

var (
	repeats  = regexp.MustCompile(`<(\d+) ([^>]+)>`)
	rawBytes = regexp.MustCompile(`\\x[0-9a-f]{2}`)
)

// sameFaults reports whether faults are those that were wanted, of which one may
// go on as it likes behind "...".
func sameFaults(want, got []string) bool {
	if len(want) != len(got) {
		return false
	}
	for i, w := range want {
		if start, open := strings.CutSuffix(w, "want ..."); w != got[i] && !(open && strings.HasPrefix(got[i], start+"want ")) {
			return false
		}
	}
	return true
}

// faultsOf returns the faults of a catalog with their places.
func faultsOf(t *testing.T, text string) []string {
	_, err := sla.ParseCatalog([]byte(text))
	bad, ok := errors.AsType[*sla.CatalogError](err)
	require.True(t, ok, "error %v", err)
	var list, lines []string
	for _, f := range bad.Faults {
		list = append(list, fmt.Sprintf("%d:%d %s", f.Line, f.Column, f))
		lines = append(lines, "sla: catalog: "+f.String())
		assert.NotEmpty(t, f.Text)
		assert.NotEmpty(t, f.Want)
		assert.NotContains(t, f.String(), "\n", "one line")
		assert.Less(t, len(f.String()), 1000, "what is long is cut")
	}
	assert.Equal(t, strings.Join(lines, "\n"), err.Error())
	return list
}

// What is wrong with a catalog is all that is wrong with it, in order, each with
// its place.
func TestBrokenCatalogs(t *testing.T) {
	cases := catalogCases(t, "broken.txt", func(c catalogCase) []string { return faultsOf(t, c.text) })
	titles := map[string]bool{}
	for _, c := range cases {
		assert.False(t, titles[c.title], "%s: there twice", c.title)
		titles[c.title] = true
		assert.Regexp(t, `^(rejects|cannot say - .+)$`, c.schema, c.title)
		if got := faultsOf(t, c.text); !sameFaults(c.want, got) {
			assert.Equal(t, strings.Join(c.want, "\n"), strings.Join(got, "\n"), c.title)
		}
	}
}
