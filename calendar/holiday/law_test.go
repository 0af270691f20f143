package holiday_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// lawRows are days on which a set once differed from the law or the decision that is named.
// A set is off on the dates after "off", and has none of those after "on".
var lawRows = []struct{ code, off, on, why string }{
	// The next working day, and not a fixed one.
	{"RS", "2021-05-01 2021-05-02 2021-05-03 2021-05-04", "2021-05-05", "opinion 011-00-530/2020-02 of the ministry of labour: 4 May for the Sunday, after Easter"},
	{"RS", "2016-05-02 2016-05-03 2027-05-03 2027-05-04 2032-05-03 2032-05-04", "2016-05-04 2027-05-05 2032-05-05", "article 3a: the next working day, which is none of Easter"},
	{"RS", "2026-02-17 2017-01-03 2018-11-12 2022-05-03", "2022-05-04 2023-11-13 2029-01-08", "article 3a: state holidays on a Sunday, and not on a Saturday, nor Christmas"},
	{"RS", "2021-05-01 2026-04-11", "", "article 2: Easter's days are Friday to Monday, with the Saturday"},
	{"BG", "2021-05-04 2027-05-04 2022-12-27 2022-12-28 2021-12-28", "2021-05-05 2022-12-29", "article 154 (2): the first or the first two working days after"},
	{"BG", "2040-05-07 2040-05-08 2051-05-08 2051-05-09", "2040-05-09 2051-05-10", "article 154 (2): 6 May in Easter moves past Easter Monday"},
	{"BG", "2026-04-11 2026-04-12", "2009-04-18", "article 154 (1): Easter has four days, and Saturday since 2010"},
	{"UA", "2016-05-02 2016-05-03 2021-05-03 2021-05-04 2010-05-04", "2016-05-04 2021-05-05", "article 67; the ministry's letter 10846/0/14-15/13 for 2016; sb.lg.court.gov.ua for 2021"},
	{"UA", "2021-05-02 2021-06-20", "", "article 73: Easter and Trinity are Sundays"},
	{"MW", "2021-12-27 2021-12-28 2022-12-27 2024-03-04", "2021-12-29", "the next working day too (statement on the holidays of 2018)"},
}

func TestLaw(t *testing.T) {
	for _, row := range lawRows {
		s := lookup(t, row.code)
		for d := range strings.FieldsSeq(row.off) {
			_, ok := s.On(date(d))
			assert.True(t, ok, "%s %s is off: %s", row.code, d, row.why)
		}
		for d := range strings.FieldsSeq(row.on) {
			h, ok := s.On(date(d))
			assert.False(t, ok, "%s %s is worked, and has %q: %s", row.code, d, h.Name, row.why)
		}
	}
}
