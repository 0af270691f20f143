package ticket_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/sla"
)

// A ticket is stored whichever years its holidays cover, and says the same when it is read.
func TestStoredYears(t *testing.T) {
	for _, row := range []struct{ calendar, why string }{
		{`"holidays": ["AR"]`, "known from 2017 on, with gaps"},
		{`"holidays": ["UA"]`, "known from 1992 to 2021"},
		{`"holidays": ["CN"]`, "known from 2004 to 2099"},
		{`"holidays": [{"code": "UA", "years": {"first": 2022, "last": 2027}, "days": [{"date": "2024-05-09"}]}]`, "years more, which adjoin those of the set only together"},
		{`"holidays": [{"code": "UA", "years": {"first": 2022, "last": 2027}, "gaps": true, "days": [{"date": "2024-05-09"}]}]`, "with gaps"},
		{`"holidays": [{"code": "CN", "years": {"first": 1990, "last": 2003}}]`, "years before"},
		{`"holidays": [{"code": "US", "years": {"first": 2024, "last": 2025}, "days": [{"date": "2024-07-04", "provisional": true}]}]`, "years in place of the set's"},
		{`"holidays": [{"code": "AR", "years": {"first": 2024, "last": 2024}, "gaps": false}]`, "gaps of one year that are filled"},
		{`"holidays": [{"code": "US", "without": [{"code": "AR"}, "Columbus Day"]}]`, "what is left has gaps"},
		{`"holidays": [{"code": "DE", "without": [{"code": "CN"}]}]`, "what is left can change"},
		{`"holidays": [{"code": "DE", "without": [{"code": "UA"}], "years": {"first": 2022, "last": 2026}, "days": [{"date": "2025-12-25"}]}]`, "years more of what is left"},
		{`"holidays": [{"code": "company", "years": {"first": 2020, "last": 2024}, "days": [{"date": "2024-05-09"}]}, {"code": "other", "years": {"first": 2030}, "gaps": true}]`, "sets of one's own"},
		{`"days": [{"date": "2025-05-09"}], "years": {"last": 2025}`, "own days up to 2025"},
		{`"days": [{"date": "2031-05-09"}], "years": {"first": 2030}`, "own days from 2030 on"},
		{`"days": [{"date": "2025-05-09"}], "gaps": true`, "own days with gaps"},
		{`"gaps": true`, "no own days yet"},
	} {
		text := fmt.Sprintf(`{"version": "1", "policies": [{"moniker": "m", "terms": [{"target": "3bd", "calendar": {"zone": "UTC", "hours": "Mo-Fr 09:00-17:00", %s}}]}]}`, row.calendar)
		catalog, err := sla.ParseCatalog([]byte(text))
		require.NoError(t, err, row.why)
		for _, year := range []int{1900, 1989, 1990, 2003, 2004, 2010, 2016, 2017, 2021, 2022, 2024, 2025, 2027, 2028, 2035, 2098, 2100, 2198, 2199} {
			for _, opened := range []time.Time{time.Date(year, 5, 5, 10, 0, 0, 0, time.UTC), time.Date(year, 12, 23, 10, 0, 0, 0, time.UTC)} {
				k := ticketOf(t, catalog, sla.Request{Moniker: "m", Severity: "A", Opened: opened})
				back := readAgain(t, k)
				now := first(k).At(opened).Due
				assert.JSONEq(t, jsonOf(t, k.Explain(now)), jsonOf(t, back.Explain(now)), "%s: %s", row.why, opened)
			}
		}
	}
}
