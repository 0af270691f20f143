package holiday

import "testing"

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
