package holiday_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
)

func goList(tb testing.TB, args ...string) []string {
	tb.Helper()
	out, err := exec.Command("go", append([]string{"list"}, args...)...).CombinedOutput()
	require.NoError(tb, err, "go list %v: %s", args, out)
	return strings.Fields(string(out))
}

// Every list of rickar/cal has its code, every package its ISO 3166-1 code.
func TestEveryList(t *testing.T) {
	dir := goList(t, "-m", "-f", "{{.Dir}}", "github.com/rickar/cal/v2")[0]
	files, err := filepath.Glob(filepath.Join(dir, "*", "*.go"))
	require.NoError(t, err)
	left := strings.Fields(`
		CA-AB CA-BC CA-MB CA-NB CA-NL CA-NS CA-NT CA-NU CA-ON CA-PE CA-QC CA-SK CA-YT
		ES-AN ES-AR ES-AS ES-CB ES-CE ES-CL ES-CM ES-CN ES-CT ES-EX ES-GA ES-IB ES-MC ES-MD ES-ML ES-NC ES-PV ES-RI ES-VC
		FR-57 FR-67 FR-68 GB-ENG GB-NIR GB-SCT GB-WLS
		NZ-AUK NZ-CAN NZ-CIT NZ-HKB NZ-MBH NZ-NSN NZ-OTA NZ-STL NZ-TKI NZ-WGN NZ-WTC PT-20 PT-30`) // of our own
	lists := 0
	for _, name := range files {
		country := filepath.Base(filepath.Dir(name))
		if strings.HasSuffix(name, "_test.go") || country == "aa" || country == "ecb" {
			continue // rules to build on; no country
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, decl := range file.Decls {
			gen, ok := decl.(*ast.GenDecl)
			for i := 0; ok && i < len(gen.Specs); i++ {
				value, ok := gen.Specs[i].(*ast.ValueSpec)
				if !ok {
					continue
				}
				if part, ok := strings.CutPrefix(value.Names[0].Name, "Holidays"); ok {
					code := strings.TrimSuffix(strings.ToUpper(country)+"-"+part, "-")
					assert.Contains(t, holiday.Codes(), code)
					left = append(left, code)
					lists++
				}
			}
		}
	}
	assert.Greater(t, lists, 90)
	for code, adds := range holiday.Announced() {
		if !adds {
			left = append(left, code)
		}
	}
	slices.Sort(left)
	assert.Equal(t, left, holiday.Codes(), "and there are no other codes")
}

func TestCodes(t *testing.T) {
	codes := holiday.Codes()
	assert.True(t, slices.IsSorted(codes))
	assert.Equal(t, codes, slices.Compact(slices.Clone(codes)))
	for _, code := range codes {
		assert.Regexp(t, regexp.MustCompile(`^[A-Z]{2}(-[A-Z]{2,3}|-[0-9]{2})?$`), code)
		s := lookup(t, code)
		assert.Equal(t, code, s.Code())
		assert.NotEmpty(t, holiday.Name(code), code)
		assert.True(t, s == lookup(t, code), "the same set each time")
	}
	assert.Equal(t, "Germany, Berlin", holiday.Name("DE-BE"))
	assert.Equal(t, "Malaysia, Johor", holiday.Name("MY-01"))
	assert.Equal(t, "Singapore", holiday.Name("SG"))
	assert.Equal(t, "Hungary", holiday.Name("HU"), "rules and decrees")
	assert.Equal(t, "Spain, Madrid", holiday.Name("ES-MD"), "rules and a resolution")
	assert.Equal(t, "Hong Kong", holiday.Name("CN-HK"), "another code of it")
	assert.Empty(t, holiday.Name("XX"))
	clear(codes)
	assert.NotEqual(t, codes, holiday.Codes(), "the caller's")
}

func TestLookupAllocatesNothing(t *testing.T) {
	lookup(t, "GB-SCT")
	assert.Zero(t, testing.AllocsPerRun(100, func() { _, _ = holiday.Lookup("GB-SCT") }))
}

// from1990 is the days of a set in the years of 1990 to 2060 that it covers.
func from1990(s calendar.HolidaySet) (first, last int, days []calendar.Holiday) {
	first, last = s.Years()
	first, last = max(first, 1990), min(last, 2060)
	for year := first; year <= last; year++ {
		days = append(days, s.Year(year)...)
	}
	return first, last, days
}

// TestEverySet holds what is so of every set, whatever its country, in each year
// from 1990 to 2060.
func TestEverySet(t *testing.T) {
	for _, code := range holiday.Codes() {
		s := lookup(t, code)
		first, last, _ := from1990(s)
		adds, announced := holiday.Announced()[code]
		byRules := !announced || adds
		if byRules {
			assert.LessOrEqual(t, first, 2017, code)
		}
		if byRules && code != "UA" {
			assert.Equal(t, 2060, last, code)
		}
		for year := 1990; year <= 2060; year++ {
			days := s.Year(year)
			if year < first || year > last {
				assert.Empty(t, days, "%s %d is not covered", code, year)
				assert.True(t, s.Provisional(year))
				continue
			}
			off := 0
			for i, h := range days {
				assert.Equal(t, year, h.Date.Year(), "%s %v", code, h)
				assert.NotEmpty(t, strings.TrimSpace(h.Name), "%s %v", code, h)
				assert.True(t, i == 0 || days[i-1].Date.Compare(h.Date) < 0, "%s %v is in order and alone", code, h)
				if !h.Workday {
					off++
				}
			}
			least := 6
			switch code {
			case "CH-AG":
				least = 4 // and 1 August since 1994
			case "CA-NS", "CA-PE":
				least = 5 // and Heritage Day since 2015, Remembrance Day since 2004
			}
			assert.True(t, least <= off && off <= 40, "%s has %d holidays in %d", code, off, year)
			if !byRules && code != "CN" {
				continue // some begin the year on another day
			}
			newYear := date(fmt.Sprintf("%d-01-01", year))
			kept, ok := s.On(newYear)
			for d := newYear; !ok && d != newYear.AddDays(3); { // moved from a weekend
				d = d.AddDays(1)
				kept, ok = s.On(d)
				ok = ok && strings.HasSuffix(kept.Name, " (observed)") && newYear.Weekday()%6 == 0
			}
			assert.True(t, ok && !kept.Workday, "%s %d: all countries keep New Year's Day", code, year)
		}
	}
}

// Days of the years to come that an authority sets are provisional, and no others.
func TestProvisional(t *testing.T) {
	for _, row := range []struct {
		code               string
		settled, unsettled int
		days               string // of the unsettled year
	}{
		{"JP", 2027, 2028, "2028-03-20 2028-09-22"},
		{"JP", 2027, 2032, "2032-03-20 2032-09-21 2032-09-22"},
		{"AU-VIC", 2026, 2027, "2027-09-24"},
		{"AU-WA", 2027, 2028, "2028-03-06 2028-06-05 2028-09-25"},
		{"GR", 2026, 2027, "2027-05-01"},
		{"GR", 2031, 2032, "2032-05-01"},
		{"GR", 2031, 2033, "2033-05-01"},
		{"BG", 2017, 1997, "1997-01-01 1997-03-03 1997-04-27 1997-04-28 1997-05-01 1997-05-24 1997-12-24 1997-12-25 1997-12-26"},
		{"NZ", 2052, 2053, "2053-01-01 2053-01-02 2053-02-06 2053-04-04 2053-04-07 2053-04-25 2053-06-02 2053-10-27 2053-12-25 2053-12-26"},
	} {
		s := lookup(t, row.code)
		assert.True(t, !s.Provisional(row.settled) && s.Provisional(row.unsettled), row.code)
		var got []string
		for _, h := range s.Year(row.unsettled) {
			if h.Provisional {
				got = append(got, h.Date.String())
			}
		}
		assert.Equal(t, row.days, strings.Join(got, " "), row.code)
	}
	// Sets that lack days that no rule gives, in every year.
	gaps := []string{"MW"}
	for _, code := range holiday.Codes() {
		if _, announced := holiday.Announced()[code]; announced {
			continue // TestAnnouncedGolden pins these
		}
		_, last := lookup(t, code).Years()
		for year := 2020; year <= min(last, 2026); year++ {
			assert.Equal(t, slices.Contains(gaps, code), lookup(t, code).Provisional(year), "%s %d", code, year)
		}
	}
}

// Who brings a set of their own links no country.
func TestCalendarLinksNoCountry(t *testing.T) {
	countries := func(pkg string) (found []string) {
		for _, dep := range goList(t, "-deps", pkg) {
			if strings.HasPrefix(dep, "github.com/rickar/cal/v2/") {
				found = append(found, dep)
			}
		}
		return found
	}
	assert.Empty(t, countries("github.com/duetime/duetime/calendar"))
	assert.Greater(t, len(countries("github.com/duetime/duetime/calendar/holiday")), 40)
}
