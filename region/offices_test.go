package region

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// published is where the collection that offices.txt was made from lies beside a
// checkout.
const published = "../../shared/data/worldwide-support.json"

// The offices say what the collection says, entry by entry and field by field.
func TestOfficesAsCollected(t *testing.T) {
	type collectedLine struct {
		Language     *string `json:"language"`
		OpeningHours string  `json:"opening_hours"`
		AsPublished  string  `json:"as_published"`
		Zone         string  `json:"zone"`
	}
	var collected struct {
		Support []struct {
			Slug              string          `json:"slug"`
			Name              string          `json:"name"`
			Country           string          `json:"country"`
			Zone              string          `json:"zone"`
			ZonesInCountry    int             `json:"zones_in_country"`
			Phone             []string        `json:"phone"`
			AlternativePhones []string        `json:"alternative_phones"`
			Billing           []collectedLine `json:"billing"`
			Technical         []collectedLine `json:"technical"`
			Notes             []string        `json:"notes"`
		} `json:"support"`
	}
	text, err := os.ReadFile(published)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("nothing to compare with: there is no " + published)
	}
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &collected))
	require.Len(t, offices().all, len(collected.Support))

	for _, want := range collected.Support {
		name := strings.TrimSpace(want.Name) // New Zealand has a space after it
		list := offices().find(name)
		require.Len(t, list, 1, name)
		o := list[0]
		assert.Equal(t, name, o.Name)
		assert.Equal(t, listPages+", "+want.Slug+".md", o.Source)
		assert.Equal(t, want.Country, o.Country, name)
		assert.Equal(t, want.Zone, o.Zone, name)
		assert.Equal(t, want.ZonesInCountry, o.Zones, name)
		assert.Equal(t, want.Phone, o.Phones, name)
		assert.Equal(t, want.AlternativePhones, append([]string{}, o.AlternativePhones...), name)
		assert.Equal(t, want.Notes, append([]string{}, o.Notes...), name)
		for _, row := range []struct {
			want []collectedLine
			got  []Line
		}{{want.Technical, o.Technical}, {want.Billing, o.Billing}} {
			var lines []Line
			for _, l := range row.want {
				language := "Other Plans" // as the page has it over the line that names no language
				if l.Language != nil {
					language = *l.Language
				}
				zone := l.Zone
				if zone == "" || strings.HasSuffix(l.AsPublished, " ET") { // collected as New York's; Canada's own office has it, too
					zone = want.Zone
				}
				lines = append(lines, Line{language, l.OpeningHours, zone, l.AsPublished})
			}
			assert.Equal(t, lines, row.got, name)
		}
	}
}

// What the text holds, for a checkout that has nothing to compare it with.
func TestOfficesText(t *testing.T) {
	lines, wordings := 0, map[string]bool{}
	for _, o := range offices().all {
		for _, c := range [][]Line{o.Technical, o.Billing} {
			lines += len(c)
			for _, l := range c {
				wordings[l.Wording] = true
			}
		}
	}
	assert.Len(t, offices().all, 246)
	assert.Len(t, offices().byCode, 241)
	assert.Equal(t, 705, lines)
	assert.Len(t, wordings, 60)
	assert.Less(t, len(officesText), 30<<10, "it is part of every program")
}

func TestParseOffices(t *testing.T) {
	const head = "language en = English\nhours 9-17 = Mo-Fr 09:00-17:00 = Mon-Fri 9 AM-5 PM\n"
	list, err := parseOffices("# a comment\n\n" + head + "Utopia | UT Etc/UTC 3 | 1 / 2 or 3 | a / b | en 9-17 |")
	require.NoError(t, err)
	o := list.find("utopia")[0]
	assert.Equal(t, "UT Etc/UTC", o.Country+" "+o.Zone)
	assert.Equal(t, 3, o.Zones)
	assert.Equal(t, []string{"1", "2"}, o.Phones)
	assert.Equal(t, []string{"3"}, o.AlternativePhones)
	assert.Equal(t, []string{"a", "b"}, o.Notes)
	assert.Equal(t, []Line{{"English", "Mo-Fr 09:00-17:00", "Etc/UTC", "Mon-Fri 9 AM-5 PM"}}, o.Billing)
	assert.Empty(t, o.Technical)

	for _, row := range []struct{ text, want string }{
		{"Utopia", `region: line "Utopia": want six fields, or a kind, a short form, = and what it is short for`},
		{"language en", `region: line "language en": want six fields, or a kind, a short form, = and what it is short for`},
		{"dialect en = English", `region: line "dialect en = English": want language, note or hours`},
		{"hours 9 = Mo-Fr 09:00-17:00", `region: line "hours 9 = Mo-Fr 09:00-17:00": want a second =, and the wording`},
		{"Utopia | UT UTC | | | en 9-17", `region: line "Utopia | UT UTC | | | en 9-17": want six fields`},
		{"| UT UTC | | | en 9-17 |", `region: line "| UT UTC | | | en 9-17 |": want a name, a code of two letters, and a zone`},
		{"Utopia | UTO UTC | | | |", `region: line "Utopia | UTO UTC | | | |": want a name, a code of two letters, and a zone`},
		{"Utopia | UT | | | |", `region: line "Utopia | UT | | | |": want a name, a code of two letters, and a zone`},
		{"Utopia | UT UTC few | | | |", `region: line "Utopia | UT UTC few | | | |": want a number of zones`},
		{"Utopia | UT UTC | | | de 9-17 |", `region: line "Utopia | UT UTC | | | de 9-17 |": want a language and hours that are named further up, not "de 9-17"`},
		{"Utopia | UT UTC | | | | en 9", `region: line "Utopia | UT UTC | | | | en 9": want a language and hours that are named further up, not "en 9"`},
	} {
		_, err := parseOffices(head + row.text)
		assert.EqualError(t, err, row.want)
	}
}
