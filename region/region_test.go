package region_test

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/region"
)

func TestHours(t *testing.T) {
	for _, row := range []struct {
		moniker  region.Moniker
		category region.Category
		country  string
		want     string // Calendar.String without the name, or an error
		why      string
	}{
		{region.China, region.Technical, "", "Mo-Su 09:00-24:00 Asia/Shanghai", "9:00 to 24:00 Beijing time, 365 days"},
		{region.China, region.Technical, "CN", "Mo-Su 09:00-24:00 Asia/Shanghai", "the one country"},
		{region.China, region.Billing, "", "Mo-Fr 09:00-18:00 Asia/Shanghai, holidays CN", "China business hours on statutory working days"},
		{region.China, region.PreSales, "", "Mo-Fr 09:00-18:00 Asia/Shanghai, holidays CN", "as billing"},
		{region.China, region.Technical, "DE", `region: unknown country "DE": want an ISO 3166-1 code that o365-21vianet serves: CN`, "serves mainland China"},
		{region.Germany, region.Technical, "", "24/7 Europe/Berlin", "published: 24 hours a day, 7 days a week"},
		{region.Germany, region.Billing, "DE", "Mo-Fr 09:00-17:00 Europe/Berlin, holidays DE-BE", "Mon-Fri 9-5 Berlin"},
		{region.Germany, region.Billing, "NO", "Mo-Fr 09:00-17:00 Europe/Berlin, holidays DE-BE", "the rest of the European Economic Area"},
		{region.Germany, region.PreSales, "", "Mo-Fr 09:00-17:00 Europe/Berlin, holidays DE-BE", "as billing"},
		{region.Germany, region.Billing, "CH", `region: unknown country "CH": want an ISO 3166-1 code that o365-germany serves: AT, BE, BG, CY, CZ, DE, DK, EE, ES, FI, FR, GR, HR, HU, IE, IS, IT, LI, LT, LU, LV, MT, NL, NO, PL, PT, RO, SE, SI, SK`, "Switzerland is not in the EEA"},
		{region.Worldwide, region.Technical, "", "24/7 UTC", "everywhere"},
		{region.Worldwide, region.Billing, "", `region: no country given: want a name or ISO 3166-1 code of the page's country list`, "the hours are the country's"},
		{region.China, "sales", "", `region: unknown category "sales": want one of the help page: technical, billing, pre-sales`, "no category"},
	} {
		r, err := region.Lookup(row.moniker)
		require.NoError(t, err)
		c, err := r.Hours(row.category, row.country)
		if err != nil {
			assert.EqualError(t, err, row.want, row.why)
			continue
		}
		assert.Equal(t, c.Name()+": "+row.want, c.String(), row.why)
		again, _ := r.Hours(row.category, row.country)
		assert.Same(t, c, again, "always the same calendar")
	}
}

func TestFacts(t *testing.T) {
	all := region.All()
	require.Len(t, all, 3)
	assert.Equal(t, []region.Moniker{region.Worldwide, region.China, region.Germany}, []region.Moniker{all[0].Moniker(), all[1].Moniker(), all[2].Moniker()})
	for _, r := range all {
		again, err := region.Lookup(r.Moniker())
		require.NoError(t, err)
		assert.Equal(t, r, again)
		assert.NotEmpty(t, r.Name())
		assert.NotEmpty(t, r.Operator())
		assert.Contains(t, r.Source(), "https://docs.microsoft.com/")
		for _, country := range r.Countries() {
			assert.NoError(t, r.CheckCountry(country))
			if r.Moniker() == region.Worldwide {
				continue // where hours can depend on a language: TestOfficesByCountry
			}
			for _, c := range []region.Category{region.Technical, region.Billing, region.PreSales} {
				hours, err := r.Hours(c, country)
				require.NoError(t, err)
				zone, err := r.Zone(country)
				require.NoError(t, err)
				assert.Equal(t, hours.Zone().String(), zone.String())
			}
		}
	}
	assert.Equal(t, "onmicrosoft.de", all[2].DomainSuffix())
	assert.Equal(t, "https://admin.microsoft.com", all[0].AdminCenter())
	assert.Equal(t, "(86) 400-089-0365", all[1].Contacts()[0].Phone)
	assert.Equal(t, "0800 589 2330", all[2].Contacts()[0].Phone)
	assert.Equal(t, "+49 69 380 789 305", all[2].Contacts()[1].Phone)
	assert.Len(t, all[2].Contacts()[1].Countries, 29, "the European Economic Area but for Germany")
	assert.NoError(t, all[0].CheckCountry("FR"), "in the page's country list")
	assert.Error(t, all[0].CheckCountry("XX"))
	assert.EqualError(t, all[0].CheckCountry("fr"), `region: unknown country "fr": want an ISO 3166-1 code that o365-worldwide serves, such as FR`)

	contacts := all[0].Contacts()
	contacts[0].Countries[0], contacts[0].Phone = "XX", ""
	assert.Equal(t, region.Contact{Countries: []string{"AU"}, Phone: "1 800 197 503", Languages: []string{"English"}}, all[0].Contacts()[0], "the caller's slice is the caller's")
}

func TestZeroRegion(t *testing.T) {
	var r region.Region
	assert.Empty(t, r.Name()+r.Operator()+r.Source()+r.AdminCenter()+r.DomainSuffix()+string(r.Moniker()))
	assert.Empty(t, r.Contacts())
	assert.Empty(t, r.Countries())
	_, err := r.Hours(region.Technical, "")
	assert.ErrorIs(t, err, region.ErrUnknownMoniker)
	_, err = r.Zone("")
	assert.ErrorIs(t, err, region.ErrUnknownMoniker)
	assert.ErrorIs(t, r.CheckCountry(""), region.ErrUnknownMoniker)
	_, err = r.Office("DE")
	assert.ErrorIs(t, err, region.ErrUnknownMoniker)
	assert.Empty(t, slices.Collect(r.Offices()))
}

func TestNames(t *testing.T) {
	_, err := region.Lookup("o365-mars")
	assert.EqualError(t, err, `region: unknown moniker "o365-mars": want a moniker: o365-worldwide, o365-21vianet, o365-germany`)
	assert.ErrorIs(t, err, region.ErrUnknownMoniker)
	_, err = region.Lookup("")
	assert.EqualError(t, err, `region: no moniker given: want a moniker: o365-worldwide, o365-21vianet, o365-germany`)

	germany, err := region.Lookup(region.Germany)
	require.NoError(t, err)
	technical, err := germany.Hours("", "DE")
	require.NoError(t, err)
	assert.Equal(t, "24/7 Europe/Berlin", strings.TrimPrefix(technical.String(), technical.Name()+": "), "technical support where no category is given")

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
	} {
		err := &region.UnknownError{Err: region.ErrUnknownCountry, Text: row.text, Want: "something", Known: row.known}
		assert.EqualError(t, err, row.want)
		assert.ErrorIs(t, err, region.ErrUnknownCountry)
		assert.True(t, strings.HasSuffix(row.want, ": want "+err.Wanted()))
	}
}
