package region_test

import (
	"database/sql/driver"
	"encoding/json"
	"slices"
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
		{region.Worldwide, region.Billing, "", `region: unknown country "": want a name or ISO 3166-1 code of the page's country list`, "the hours are the country's"},
		{region.China, 9, "", `region: unknown category "Category(9)": want technical, billing or pre-sales`, "no category"},
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
	assert.EqualError(t, all[0].CheckCountry("fr"), `region: unknown country "fr": want an ISO 3166-1 code that o365-worldwide serves: AU, CA, GB, US or another of the page's country list`)

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

func TestText(t *testing.T) {
	for _, s := range []string{"o365-21vianet", " O365-21Vianet "} {
		m, err := region.ParseMoniker(s)
		require.NoError(t, err)
		assert.Equal(t, region.China, m)
	}
	_, err := region.ParseMoniker("o365-mars")
	assert.EqualError(t, err, `region: unknown moniker "o365-mars": want o365-worldwide, o365-21vianet or o365-germany`)
	assert.ErrorIs(t, err, region.ErrUnknownMoniker)
	_, err = region.Lookup("")
	assert.ErrorIs(t, err, region.ErrUnknownMoniker)

	for s, want := range map[string]region.Category{"technical": region.Technical, "Billing": region.Billing, "PRE-SALES": region.PreSales, "presales": region.PreSales} {
		c, err := region.ParseCategory(s)
		require.NoError(t, err)
		assert.Equal(t, want, c)
	}
	_, err = region.ParseCategory("sales")
	assert.EqualError(t, err, `region: unknown category "sales": want technical, billing or pre-sales`)
	assert.ErrorIs(t, err, region.ErrUnknownCategory)

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
	require.NoError(t, json.Unmarshal([]byte(`{"m":"acme"}`), &back), "a catalog of one's own may have it")
	assert.Equal(t, region.Moniker("acme"), back.M)
	require.NoError(t, json.Unmarshal([]byte(`{"m":"O365-Germany"}`), &back))
	assert.Equal(t, region.Moniker("O365-Germany"), back.M, "as it is written")
	assert.Error(t, json.Unmarshal([]byte(`{"c":"x"}`), &back))
	require.NoError(t, json.Unmarshal([]byte(`{"m":""}`), &back))
	assert.Equal(t, region.Moniker(""), back.M)
	_, err = json.Marshal(region.Category(7))
	assert.Error(t, err)
	assert.Equal(t, "Category(7)", region.Category(7).String())
	assert.Equal(t, "o365-germany", region.Germany.String())
}

func TestDatabase(t *testing.T) {
	var m region.Moniker
	var c region.Category
	for _, value := range []driver.Valuer{region.Germany, region.Moniker("acme"), region.Moniker("")} {
		stored, err := value.Value()
		require.NoError(t, err)
		require.NoError(t, m.Scan(stored))
		assert.Equal(t, value, m)
	}
	require.NoError(t, m.Scan(nil))
	assert.Equal(t, region.Moniker(""), m)
	for _, value := range []region.Category{region.Technical, region.Billing, region.PreSales} {
		stored, err := value.Value()
		require.NoError(t, err)
		require.NoError(t, c.Scan([]byte(stored.(string))))
		assert.Equal(t, value, c)
	}
	assert.EqualError(t, c.Scan(nil), "region: scan <nil> into *region.Category: want a string or []byte")
	assert.EqualError(t, m.Scan(7), "region: scan int into *region.Moniker: want a string or []byte")
	assert.ErrorIs(t, c.Scan("x"), region.ErrUnknownCategory)
	_, err := region.Category(7).Value()
	assert.ErrorIs(t, err, region.ErrUnknownCategory)
}

func FuzzText(f *testing.F) {
	f.Add("o365-21vianet", "pre-sales")
	f.Add(" O365-GERMANY ", "PreSales")
	f.Fuzz(func(t *testing.T, moniker, category string) {
		if m, err := region.ParseMoniker(moniker); err == nil {
			if again, err := region.ParseMoniker(m.String()); err != nil || again != m {
				t.Fatalf("%q is %q, which is %q, %v", moniker, m, again, err)
			}
		}
		if c, err := region.ParseCategory(category); err == nil {
			if again, err := region.ParseCategory(c.String()); err != nil || again != c {
				t.Fatalf("%q is %v, which is %v, %v", category, c, again, err)
			}
		}
	})
}
