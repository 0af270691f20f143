package holiday

import (
	"testing"

	"github.com/stretchr/testify/assert"
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
		years, err := parseChina(text)
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
