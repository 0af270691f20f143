package sla_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/duetime/duetime/region"
	"github.com/duetime/duetime/sla"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestGoldenDueTimes holds the due time of every published term at openings in four
// years, among them holidays, make-up workdays, clock changes and closing times.
func TestGoldenDueTimes(t *testing.T) {
	var b strings.Builder
	for _, m := range []region.Moniker{region.Worldwide, region.China, region.Germany} {
		for _, plan := range []sla.Plan{"", "business", "enterprise", "elevated", "advanced", "standard"} {
			for _, category := range []region.Category{region.Technical, region.Billing, region.PreSales} {
				for _, severity := range []sla.Severity{sla.SeverityA, sla.SeverityB, sla.SeverityC} {
					fmt.Fprintf(&b, "%v %v %v %v\n", m, plan, category, severity)
					for _, from := range []string{"2020-05-27T09:00:00+08:00", "2024-02-07T12:00:00+01:00", "2024-10-25T16:59:59+02:00", "2026-09-28T23:30:00Z"} {
						opened, err := time.Parse(time.RFC3339, from)
						require.NoError(t, err)
						for range 12 {
							d, err := sla.Published().Deadline(sla.Request{Moniker: m, Plan: plan, Category: category, Severity: severity, Opened: opened})
							if _, none := errors.AsType[sla.TermError](err); none {
								fmt.Fprintf(&b, "  %v\n", err)
								break
							} else if err != nil {
								break
							}
							provisional := ""
							if d.Provisional {
								provisional = " provisional"
							}
							fmt.Fprintf(&b, "  %s %s %s %v %v%s\n", opened.Format(time.RFC3339), d.Start.Format(time.RFC3339), d.Due.Format(time.RFC3339), d.Term.Target, d.Term.Basis, provisional)
							opened = opened.Add(7*time.Hour + 43*time.Minute)
						}
					}
				}
			}
		}
	}
	const file = "testdata/due.golden"
	if *updateFlag {
		require.NoError(t, os.WriteFile(file, []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), b.String())
}
