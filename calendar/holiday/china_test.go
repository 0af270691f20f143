package holiday

import (
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/duetime/duetime/calendar"
)

// A slip in cn.txt is found when its text is read, and not in somebody's due time.
func TestChinaErrors(t *testing.T) {
	const named = "= N n\n"
	for _, row := range []struct{ text, want, why string }{
		{"N 0101", `line "N 0101": want a year`, "no year"},
		{"2026 X 0101", `line "2026 X 0101": want a letter that is named, not "X"`, "before its name, or without one"},
		{named + "2026 N 0230-0301", `line "2026 N 0230-0301": want days as 0215 or 0215-0223, not "0230-0301"`, "the first is no date"},
		{named + "2026 N 0228-0230", `line "2026 N 0228-0230": want days as 0215 or 0215-0223, not "0228-0230"`, "the last is no date"},
		{named + "2026 N 02-0215", `line "2026 N 02-0215": want days as 0215 or 0215-0223, not "02-0215"`, "no month"},
		{named + "2026 N 0223-0215", `line "2026 N 0223-0215": want days as 0215 or 0215-0223, not "0223-0215"`, "the wrong way round"},
		{named + "2026 N +x", `line "2026 N +x": want days as 0215 or 0215-0223, not "x"`, "no number"},
	} {
		_, err := parseChina(row.text)
		assert.EqualError(t, err, "holiday: "+row.want, row.why)
	}
	years, err := parseChina(named + "2026 N 0101-0101")
	assert.NoError(t, err)
	assert.Len(t, years[2026], 1, "a range of one day")
}

// FuzzChina holds that no text makes the parser of cn.txt panic, and that it
// files every day under its own year.
func FuzzChina(f *testing.F) {
	f.Add(cnText)
	f.Add("= N New Year\n2026~ N 0101-0103 +0104, N 1231")
	f.Add("2026 X 0101")
	f.Add("= N n\n2026 N 0230")
	f.Fuzz(func(t *testing.T, text string) {
		var years map[int][]calendar.Holiday
		var err error
		bounded(t, len(text), func() { years, err = parseChina(text) })
		if err != nil {
			return
		}
		for year, days := range years {
			for _, h := range days {
				if h.Date.Year() != year || h.Name == "" {
					t.Fatalf("%q has %v under %d", text, h, year)
				}
			}
		}
	})
}

// bounded does some work on an input of n bytes, and holds that it ends soon and takes
// no more memory than it may, which is far less than work without bound would.
func bounded(t *testing.T, n int, work func()) {
	t.Helper()
	const (
		most = 64 << 20         // what is made when it is first asked for, and then kept
		each = 4 << 10          // an error quotes the text, and lists what there is
		soon = 20 * time.Second // on a machine with other things to do
	)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	work()
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	if bytes := after.TotalAlloc - before.TotalAlloc; bytes > most+each*uint64(n) {
		t.Fatalf("%d bytes allocated for an input of %d bytes", bytes, n)
	}
	if took > soon {
		t.Fatalf("%v taken for an input of %d bytes", took, n)
	}
}
