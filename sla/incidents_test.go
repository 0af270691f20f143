package sla_test

import (
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/sla"
	"github.com/duetime/duetime/sla/ticket"
)

// incidents is the event log of a company's ServiceNow, if it is there: see its README.
const incidents = "../../shared/data/incidents.csv.gz"

// incident is the rows of one, as they stand in the log.
type incident struct {
	opened   time.Time
	priority sla.Severity   // of the first row
	events   []ticket.Event // a status and a priority of each row, the same again and again
	madeSLA  bool           // by that system, in the last row
	changes  bool           // the priority does
}

func readIncidents(t *testing.T) (list []*incident) {
	file, err := os.Open(incidents)
	if err != nil {
		t.Skip(err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	require.NoError(t, err)
	rows, err := csv.NewReader(unzipped).ReadAll()
	require.NoError(t, err)
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	at := func(row []string, name string) time.Time {
		t.Helper()
		at, err := time.Parse("2/1/2006 15:04", row[column[name]])
		require.NoError(t, err, "%v", row)
		return at
	}
	number := ""
	for _, row := range rows[1:] {
		priority := sla.Severity(row[column["priority"]])
		if row[column["number"]] != number {
			number = row[column["number"]]
			list = append(list, &incident{opened: at(row, "opened_at"), priority: priority})
		}
		in := list[len(list)-1]
		in.changes = in.changes || priority != in.priority
		in.madeSLA = row[column["made_sla"]] == "true"
		updated := at(row, "sys_updated_at")
		if updated.Before(in.opened) { // in five rows
			updated = in.opened
		}
		in.events = append(in.events, ticket.Event{At: updated, Word: row[column["incident_state"]], Change: ticket.Change{Severity: priority}})
	}
	return list
}

// incidentCatalog has a policy that fits the log, as its own is not published: from the opening
// to the closing, without pauses, for the less severe in hours on weekdays.
func incidentCatalog(t *testing.T, mode sla.ChangeMode) *sla.Catalog {
	return catalogOf(t, fmt.Sprintf(`{"version": "incidents", "severities": ["1 - Critical", "2 - High", "3 - Moderate", "4 - Low"],
		"statuses": ["New", "Active", "Awaiting User Info", "Awaiting Vendor", "Awaiting Problem", "Awaiting Evidence", "Resolved", "Closed", "-100"],
		"courses": {"resolution": {"stop": ["Closed"], "change": %q}},
		"calendars": {"weekdays": {"zone": "UTC", "hours": "Mo-Fr 14:00-23:00"}},
		"policies": [{"moniker": "company", "terms": [
			{"metric": "resolution", "severities": ["1 - Critical"], "target": "4h", "calendar": "24/7"},
			{"metric": "resolution", "severities": ["2 - High"], "target": "8h", "calendar": "24/7"},
			{"metric": "resolution", "severities": ["3 - Moderate"], "target": "62h", "calendar": "weekdays"},
			{"metric": "resolution", "severities": ["4 - Low"], "target": "134h", "calendar": "weekdays"}]}]}`, mode))
}

// verdict returns the verdict of a catalog on an incident.
func (in *incident) verdict(t *testing.T, c *sla.Catalog, oneByOne bool) bool {
	t.Helper()
	tk := ticketOf(t, c, sla.Request{Moniker: "company", Severity: in.priority, Opened: in.opened})
	var err error
	if oneByOne {
		for _, e := range in.events {
			tk, err = tk.Apply(e)
			require.NoError(t, err)
		}
	} else {
		tk, err = tk.Apply(in.events...)
		require.NoError(t, err)
	}
	return clockIn(t, tk, sla.Resolution).At(in.events[len(in.events)-1].At).Outcome != ticket.OutcomeBreached
}

// The rows of a log are replayed as they are, and judged as the system judged them that wrote
// them. Of those whose priority changes, it takes ChangeReplace for all verdicts.
func TestIncidents(t *testing.T) {
	list := readIncidents(t)
	require.Len(t, list, 20_769)
	replace := incidentCatalog(t, sla.ChangeReplace)
	wrong := map[sla.ChangeMode]int{}
	changes, others, otherwise := 0, 0, 0
	for i, in := range list {
		if in.changes {
			changes++
			for _, mode := range []sla.ChangeMode{sla.ChangeFromOpening, sla.ChangeCarryElapsed, sla.ChangeRestart, sla.ChangeReplace} {
				if in.verdict(t, incidentCatalog(t, mode), false) != in.madeSLA {
					wrong[mode]++
				}
			}
			assert.Equal(t, in.madeSLA, in.verdict(t, replace, true), "%v", in)
		} else {
			others++
			if in.verdict(t, replace, i%3 == 0) != in.madeSLA {
				otherwise++
			}
		}
	}
	t.Logf("wrong by mode, of %d: %v; without a change %d of %d", changes, wrong, otherwise, others)
	assert.Equal(t, 319, changes)
	assert.Zero(t, wrong[sla.ChangeReplace])
	for _, mode := range []sla.ChangeMode{sla.ChangeFromOpening, sla.ChangeCarryElapsed, sla.ChangeRestart} {
		assert.Positive(t, wrong[mode], mode)
	}
	assert.Less(t, otherwise, others/1000, "the hours and holidays are a guess")
}
