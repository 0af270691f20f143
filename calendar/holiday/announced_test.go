package holiday

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
)

var update = flag.Bool("update", false, "write testdata/announced.golden anew")

// A slip in a file is found when it is read, and not in somebody's due time.
func TestAnnouncedErrors(t *testing.T) {
	const begin = "[XX] X\n= N n\n"
	for _, row := range []struct{ text, want, why string }{
		{"N 0101", `x.txt:1: "N 0101": want a set first, such as [SG] Singapore`, "no set"},
		{"[XX]", `x.txt:1: "[XX]": want a new code and a name, such as [SG] Singapore`, "no name"},
		{begin + "[XX] again", `x.txt:3: "[XX] again": want a new code and a name, such as [SG] Singapore`, "a code twice"},
		{"[XX-1 XX] X", `x.txt:1: "[XX-1 XX] X": want XX before it`, "a base that is not there"},
		{begin + "= N m", `x.txt:3: "= N m": want a new key and a name, such as = N New Year's Day`, "a key twice"},
		{begin + "= M", `x.txt:3: "= M": want a new key and a name, such as = N New Year's Day`, "no name"},
		{begin + "N 0101", `x.txt:3: "N 0101": want a year, and one line for it`, "no year"},
		{begin + "2026 N 0101\n2026 N 0102", `x.txt:4: "2026 N 0102": want a year, and one line for it`, "a year twice"},
		{begin + "2026 M 0101", `x.txt:3: "2026 M 0101": want a key that is named, or days as 0215 or 0215-0223, not "M"`, "before its name, or without one"},
		{begin + "2026 0101", `x.txt:3: "2026 0101": want a key that is named before "0101"`, "no key"},
		{begin + "2026 N 0230-0301", `x.txt:3: "2026 N 0230-0301": want a key that is named, or days as 0215 or 0215-0223, not "0230-0301"`, "the first is no date"},
		{begin + "2026 N 0228-0230", `x.txt:3: "2026 N 0228-0230": want a key that is named, or days as 0215 or 0215-0223, not "0228-0230"`, "the last is no date"},
		{begin + "2026 N 0223-0215", `x.txt:3: "2026 N 0223-0215": want a key that is named, or days as 0215 or 0215-0223, not "0223-0215"`, "the wrong way round"},
		{begin + "2026 N 0101@25", `x.txt:3: "2026 N 0101@25": want a time such as @13:00, not "0101@25"`, "no time"},
		{"[XX-1 XX]", `x.txt:1: "[XX-1 XX]": want XX before it`, "the days of a set that is not there"},
		{begin + "2026 N +x", `x.txt:3: "2026 N +x": want a key that is named, or days as 0215 or 0215-0223, not "+x"`, "no number"},
	} {
		assert.EqualError(t, parseAnnounced("x.txt", row.text, map[string]*announced{}), "holiday: "+row.want, row.why)
	}
}

// A part may use the keys of its country, a set without years has the days of its base, and
// a set can choose the ending of observed days.
func TestAnnouncedParts(t *testing.T) {
	all := map[string]*announced{}
	require.NoError(t, parseAnnounced("x.txt", "[XX] X\n= O (moved)\n= N n\n2026 N 0101,NO 0102\n[YY-1 XX]\n[XX-2 XX-2] Y\n2026 N 0103", all))
	base := all["XX"].set(calendar.HolidaySet{})
	assert.Equal(t, "n (moved)", base.Year(2026)[1].Name)
	other := all["YY-1"].set(base)
	assert.Equal(t, "YY-1", other.Code())
	assert.Equal(t, base.Year(2026), other.Year(2026))
	assert.False(t, other.Provisional(2026))
	assert.True(t, other.Provisional(2027), "as in XX")
	assert.Equal(t, "n", all["XX-2"].years[2026].days[0].Name)
}

// FuzzAnnounced holds that no text makes the parser panic, and that it files every day under
// its own year.
func FuzzAnnounced(f *testing.F) {
	for _, file := range []string{"cn", "my", "tr", "hu"} {
		text, err := announcedFiles.ReadFile("announced/" + file + ".txt")
		require.NoError(f, err)
		f.Add(string(text))
	}
	f.Add("[XX] X\n= N n\n2026~ N 0101-0103 +0104, NO 0105~ -0106 0107@13:00")
	f.Fuzz(func(t *testing.T, text string) {
		all := map[string]*announced{}
		if parseAnnounced("", text, all) != nil {
			return
		}
		for _, a := range all {
			for year, y := range a.years {
				for _, h := range y.days {
					if h.Date.Year() != year || h.Name == "" {
						t.Fatalf("%q has %v under %d", text, h, year)
					}
				}
			}
		}
	})
}

// sourceLine is "# 2026: ..." or "# 2026, 0123 to 0215: ...".
var sourceLine = regexp.MustCompile(`^# (\d{4})(,[^:]*)?: \S`)

// TestSources prints, for each set that is announced year by year, its years, the first that
// is provisional, and the source of the last. Each year has a source, and none is left out. A
// part of a country has the sources of the country.
func TestSources(t *testing.T) {
	all := announcedSets()
	source := map[string]map[int]string{} // by code
	for _, file := range files(t) {
		text, err := announcedFiles.ReadFile("announced/" + file)
		require.NoError(t, err)
		code := ""
		for line := range strings.Lines(string(text)) {
			if match := sourceLine.FindStringSubmatch(line); match != nil && code != "" {
				year, _ := strconv.Atoi(match[1])
				_, source[code][year], _ = strings.Cut(strings.TrimSpace(line), ": ")
			}
			if line[0] == '[' {
				code = strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune("[] ", r) })[0]
				source[code] = map[int]string{}
			}
		}
	}
	for _, code := range slices.Sorted(maps.Keys(all)) {
		a := all[code]()
		years := slices.Sorted(maps.Keys(a.years))
		if len(years) == 0 {
			continue // the days of another set
		}
		last := years[len(years)-1]
		assert.Equal(t, last-years[0]+1, len(years), "%s leaves out a year", code)
		from := source[code]
		if country, _, isPart := strings.Cut(code, "-"); isPart {
			from = source[country]
		}
		for _, year := range years {
			if code != "CN" || year < 2027 { // the statutory days of years to come have one source
				assert.NotEmpty(t, from[year], "%s %d has no source", code, year)
			}
		}
		s, err := Lookup(code)
		require.NoError(t, err)
		first := years[0]
		for first <= last && !s.Provisional(first) {
			first++
		}
		t.Logf("%-5s %d to %d, provisional from %d: %s", code, years[0], last, first, from[last])
	}
}

func files(t *testing.T) (names []string) {
	entries, err := announcedFiles.ReadDir("announced")
	require.NoError(t, err)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// The files are in every program that imports the package.
func TestAnnouncedSize(t *testing.T) {
	size := 0
	for _, name := range files(t) {
		text, err := announcedFiles.ReadFile("announced/" + name)
		require.NoError(t, err)
		size += len(text)
	}
	t.Logf("%d bytes", size)
	assert.Less(t, size, 120<<10)
}

// TestAnnouncedGolden pins the days from 2018 to 2028.
func TestAnnouncedGolden(t *testing.T) {
	var b strings.Builder
	all := announcedSets()
	for _, code := range slices.Sorted(maps.Keys(all)) {
		if len(all[code]().years) == 0 {
			continue // the days of another set
		}
		s, err := Lookup(code)
		require.NoError(t, err)
		fmt.Fprintf(&b, "%s\n", code)
		for year := 2018; year <= 2028; year++ {
			for _, h := range s.Year(year) {
				hours := ""
				if !h.Hours.IsZero() {
					hours = " " + h.Hours.String()
				}
				fmt.Fprintf(&b, "%v %s%s%s%s\n", h.Date, h.Name, hours, map[bool]string{true: ", worked"}[h.Workday], map[bool]string{true: " ~"}[h.Provisional])
			}
		}
	}
	const golden = "testdata/announced.golden"
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(b.String()), 0o600))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	had, has := strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")
	for i := range max(len(had), len(has)) {
		if i >= len(had) || i >= len(has) || had[i] != has[i] {
			t.Fatalf("%s:%d: %q, want %q", golden, i+1, has[min(i, len(has)-1)], had[min(i, len(had)-1)])
		}
	}
}

// TestDecrees has sets of rules to which decrees add and from which they take.
func TestDecrees(t *testing.T) {
	for _, row := range []struct {
		code, date string
		want       string // "off", "worked" for a make-up workday, or ""
		why        string
	}{
		{"HU", "2026-01-02", "off", "10/2025. (IV. 30.) NGM"},
		{"HU", "2026-01-10", "worked", "in exchange for it"},
		{"HU", "2026-08-20", "off", "by the rules"},
		{"RU", "2025-02-24", "", "worked: 23 February 2025 was a Sunday, and its day off moved to 8 May"},
		{"RU", "2025-03-10", "", "worked: 8 March 2025 was a Saturday, and its day off moved to 13 June"},
		{"RU", "2019-02-25", "", "worked: 23 February 2019 was a Saturday, and its day off moved to 10 May"},
		{"AR", "2025-10-10", "off", "12 October moved by Resolución 139/2025"},
		{"LV", "2028-07-10", "off", "after the song festival"},
		{"KE", "2025-10-17", "off", "the funeral of Raila Odinga, gazetted"},
		{"TH", "2023-07-31", "off", "Cabinet, for the public sector"},
		{"MY-01", "2025-03-24", "off", "the Sultan's birthday of the Sunday before, in Johor alone"},
		{"MY-10", "2025-03-24", "", "not in Selangor"},
		{"MY-10", "2026-05-01", "off", "Labour Day, as in all Malaysia"},
		{"TR", "2026-10-28", "13:00-48:00 off", "closed from 13:00 only"},
		{"ES-IB", "2025-04-21", "", "Baleares did not keep Easter Monday (newtral.es, calendario laboral Baleares 2025)"},
		{"ES-IB", "2025-12-26", "off", "and had 26 December in its place"},
		{"ES-CE", "2024-09-02", "", "not kept that year (elfarodeceuta.es)"},
		{"ES-MD", "2021-05-03", "off", "the Monday after 2 May (okdiario.com)"},
		{"ES-MD", "2025-05-15", "", "a day of the city alone"},
		{"CN-HK", "2026-07-01", "off", "as in HK"},
		{"CN-MO", "2026-12-20", "off", "as in MO"},
	} {
		s, err := Lookup(row.code)
		require.NoError(t, err)
		var d calendar.Date
		require.NoError(t, d.UnmarshalText([]byte(row.date)))
		got := ""
		if h, ok := s.On(d); ok {
			got = cmp.Or(h.Hours.String(), map[bool]string{true: "worked", false: "off"}[h.Workday])
		}
		assert.Equal(t, row.want, got, "%s %s: %s", row.code, row.date, row.why)
	}
}
