package region_test

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/region"
)

func TestZone(t *testing.T) {
	for _, row := range []struct {
		moniker region.Moniker
		country string
		want    string // or an error
		why     string
	}{
		{region.China, "", "Asia/Shanghai", "the one desk"},
		{region.China, "CN", "Asia/Shanghai", "the one country"},
		{region.China, "DE", `region: unknown country "DE": want an ISO 3166-1 code that o365-21vianet serves: CN`, "serves mainland China"},
		{region.Germany, "", "Europe/Berlin", "the one desk"},
		{region.Germany, "DE", "Europe/Berlin", "the one desk"},
		{region.Germany, "NO", "Europe/Berlin", "the rest of the European Economic Area"},
		{region.Germany, "CH", `region: unknown country "CH": want an ISO 3166-1 code that o365-germany serves: AT, BE, BG, CY, CZ, DE, DK, EE, ES, FI, FR, GR, HR, HU, IE, IS, IT, LI, LT, LU, LV, MT, NL, NO, PL, PT, RO, SE, SI, SK`, "Switzerland is not in the EEA"},
		{region.Worldwide, "", "UTC", "everywhere"},
		{region.Worldwide, "FR", "Europe/Paris", "of the office"},
		{region.Worldwide, " france", "Europe/Paris", "of the office, by its name"},
		{region.Worldwide, "SH", "Atlantic/St_Helena", "three offices in one zone"},
		{region.Worldwide, "SJ", `region: unknown country "SJ": want one of those that share the code: Jan Mayen, Svalbard`, "two offices in two zones"},
		{region.Worldwide, "XX", `region: unknown country "XX": want a name or ISO 3166-1 code of the page's country list`, "no such code"},
		{"acme", "DE", `region: unknown moniker "acme": want a moniker: o365-worldwide, o365-21vianet, o365-germany`, "of a catalog"},
		{"", "", `region: no moniker given: want a moniker: o365-worldwide, o365-21vianet, o365-germany`, "the zero moniker"},
	} {
		zone, err := row.moniker.Zone(row.country)
		if err != nil {
			assert.EqualError(t, err, row.want, row.why)
			assert.Empty(t, zone)
			continue
		}
		assert.Equal(t, row.want, zone, row.why)
	}
}

func TestFacts(t *testing.T) {
	var all []region.Region
	for _, m := range []region.Moniker{region.Worldwide, region.China, region.Germany} {
		r, err := region.Lookup(m)
		require.NoError(t, err)
		assert.NotEmpty(t, r.Name)
		assert.NotEmpty(t, r.Operator)
		assert.Contains(t, r.Source, "https://docs.microsoft.com/")
		assert.NotEmpty(t, r.Wording[region.Technical])
		assert.NotEmpty(t, r.Wording[region.Billing])
		all = append(all, r)
	}
	assert.Equal(t, []region.Contact{{Countries: []string{"CN"}, Phone: "(86) 400-089-0365"}}, all[1].Contacts)
	assert.Equal(t, "0800 589 2330", all[2].Contacts[0].Phone)
	assert.Equal(t, "+49 69 380 789 305", all[2].Contacts[1].Phone)
	assert.Len(t, all[2].Contacts[1].Countries, 29, "the European Economic Area but for Germany")
	assert.Equal(t, region.Contact{Countries: []string{"AU"}, Phone: "1 800 197 503", Languages: []string{"English"}}, all[0].Contacts[0])
}

func TestCountries(t *testing.T) {
	for m, want := range map[region.Moniker]int{region.Worldwide: 241, region.China: 1, region.Germany: 30} {
		countries := m.Countries()
		assert.Len(t, countries, want)
		assert.True(t, slices.IsSorted(countries))
		for _, country := range countries {
			assert.NoError(t, m.CheckCountry(country))
			assert.ErrorIs(t, m.CheckCountry(strings.ToLower(country)), &region.UnknownError{What: "country"})
		}
		assert.NoError(t, m.CheckCountry(""))
		assert.ErrorIs(t, m.CheckCountry("XX"), &region.UnknownError{What: "country"})
	}
	assert.EqualError(t, region.Worldwide.CheckCountry("fr"), `region: unknown country "fr": want an ISO 3166-1 code that o365-worldwide serves, such as FR`)
	for _, m := range []region.Moniker{"acme", ""} {
		assert.Empty(t, m.Countries())
		assert.ErrorIs(t, m.CheckCountry("DE"), &region.UnknownError{What: "moniker"})
		assert.ErrorIs(t, m.CheckCountry(""), &region.UnknownError{What: "moniker"})
	}

	// The names in an error belong to its caller.
	bad, _ := errors.AsType[*region.UnknownError](region.China.CheckCountry("XX"))
	bad.Known[0] = "changed"
	assert.NoError(t, region.China.CheckCountry("CN"))
}

func TestNames(t *testing.T) {
	_, err := region.Lookup("o365-mars")
	assert.EqualError(t, err, `region: unknown moniker "o365-mars": want a moniker: o365-worldwide, o365-21vianet, o365-germany`)
	assert.ErrorIs(t, err, &region.UnknownError{What: "moniker"})
	_, err = region.Lookup("")
	assert.EqualError(t, err, `region: no moniker given: want a moniker: o365-worldwide, o365-21vianet, o365-germany`)

	// Names are plain text to JSON and to a database.
	type holder struct {
		M region.Moniker  `json:"m"`
		C region.Category `json:"c"`
	}
	text, err := json.Marshal(holder{region.Germany, region.PreSales})
	require.NoError(t, err)
	assert.Equal(t, `{"m":"o365-germany","c":"pre-sales"}`, string(text))
	var back holder
	require.NoError(t, json.Unmarshal(text, &back))
	assert.Equal(t, holder{region.Germany, region.PreSales}, back)
	require.NoError(t, json.Unmarshal([]byte(`{"m":"acme","c":"incident"}`), &back))
	assert.Equal(t, holder{"acme", "incident"}, back, "a catalog can have others")
	stored, err := driver.DefaultParameterConverter.ConvertValue(region.Germany)
	require.NoError(t, err)
	assert.Equal(t, driver.Value("o365-germany"), stored)
	var read sql.Null[region.Moniker]
	require.NoError(t, read.Scan([]byte("acme")))
	assert.Equal(t, region.Moniker("acme"), read.V)
	require.NoError(t, read.Scan(nil))
	assert.False(t, read.Valid)
}

// A mistyped name gets the few names that it can mean, of however many.
func TestUnknownError(t *testing.T) {
	var many []string
	for i := range 20 {
		many = append(many, fmt.Sprintf("customer %d", i), string(rune('A'+i))+"X")
	}
	many = append(many, "gold", "Golden Gate", "silver", "US", "US-CO", "Åland")
	for _, row := range []struct {
		known      []string
		text, want string
	}{
		{nil, "x", `region: unknown country "x": want something`},
		{nil, "", "region: no country given: want something"},
		{[]string{"DE", "US"}, "x", `region: unknown country "x": want something: DE, US`},
		{[]string{"DE", "US, CA"}, "x", `region: unknown country "x": want something: "DE", "US, CA"`},
		{[]string{"DE", "a\nb", ""}, "x", `region: unknown country "x": want something: "DE", "a\nb", ""`},
		{many, "silve", `region: unknown country "silve": want something, such as silver`},
		{many, "Gold", `region: unknown country "Gold": want something, such as gold, Golden Gate`},
		{many, "USA", `region: unknown country "USA": want something, such as US`},
		{many, "UK", `region: unknown country "UK": want "GB", the ISO 3166-1 code of the United Kingdom`},
		{many, "us-", `region: unknown country "us-": want something, such as US, US-CO`},
		{many, "gate", `region: unknown country "gate": want something, such as Golden Gate`},
		{many, "custmer 7", `region: unknown country "custmer 7": want something, such as customer 7, customer 0, customer 1, customer 2, customer 3`},
		{many, "zz", `region: unknown country "zz": want something: customer 0, AX, customer 1, BX, customer 2, CX and 40 more`},
		{many, strings.Repeat("x", 300), `region: unknown country "` + strings.Repeat("x", 80) + `...": want something: customer 0, AX, customer 1, BX, customer 2, CX and 40 more`},
		{nil, strings.Repeat("é", 300), `region: unknown country "` + strings.Repeat("é", 40) + `...": want something`},
		{nil, "x" + strings.Repeat("é", 300), `region: unknown country "x` + strings.Repeat("é", 39) + `...": want something`},
		{nil, strings.Repeat("\xbb", 300), `region: unknown country "` + strings.Repeat(`\xbb`, 76) + `...": want something`}, // no character begins here
	} {
		err := &region.UnknownError{What: "country", Text: row.text, Want: "something", Known: row.known}
		assert.EqualError(t, err, row.want)
		assert.ErrorIs(t, err, &region.UnknownError{What: "country"})
		assert.True(t, strings.HasSuffix(row.want, ": want "+err.Wanted()))
	}
}
