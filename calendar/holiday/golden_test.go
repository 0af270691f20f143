package holiday_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
)

// golden has the holidays from Monday to Friday, of the official lists, in the
// years from first on.
var golden = []struct {
	code, source string
	first        int
	days         []string
}{
	{"US", "U.S. Office of Personnel Management, Federal Holidays", 2015, []string{
		"01-01 01-19 02-16 05-25 07-03 09-07 10-12 11-11 11-26 12-25",
		"01-01 01-18 02-15 05-30 07-04 09-05 10-10 11-11 11-24 12-26",
		"01-02 01-16 02-20 05-29 07-04 09-04 10-09 11-10 11-23 12-25",
		"01-01 01-15 02-19 05-28 07-04 09-03 10-08 11-12 11-22 12-25",
		"01-01 01-21 02-18 05-27 07-04 09-02 10-14 11-11 11-28 12-25",
		"01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25",
		"01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
		"01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26",
		"01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25",
		"01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25",
		"01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25",
		"01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
	}},
	{"GB-ENG", "gov.uk, UK bank holidays, England and Wales", 2012, []string{
		"01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26",
		"01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
		"01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
		"01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
		"01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27",
		"01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
		"01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
		"01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
		"01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
		"01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
		"01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
		"01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
		"01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
		"01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
		"01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
	}},
	{"GB-SCT", "gov.uk, UK bank holidays, Scotland; 2026-06-15 by the Scotland Bank Holiday Proclamation", 2012, []string{
		"01-02 01-03 04-06 05-07 06-04 06-05 08-06 11-30 12-25 12-26",
		"01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26",
		"01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26",
		"01-01 01-02 04-03 05-04 05-25 08-03 11-30 12-25 12-28",
		"01-01 01-04 03-25 05-02 05-30 08-01 11-30 12-26 12-27",
		"01-02 01-03 04-14 05-01 05-29 08-07 11-30 12-25 12-26",
		"01-01 01-02 03-30 05-07 05-28 08-06 11-30 12-25 12-26",
		"01-01 01-02 04-19 05-06 05-27 08-05 12-02 12-25 12-26",
		"01-01 01-02 04-10 05-08 05-25 08-03 11-30 12-25 12-28",
		"01-01 01-04 04-02 05-03 05-31 08-02 11-30 12-27 12-28",
		"01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27",
		"01-02 01-03 04-07 05-01 05-08 05-29 08-07 11-30 12-25 12-26",
		"01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26",
		"01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26",
		"01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28",
	}},
	{"GB-NIR", "gov.uk, UK bank holidays, Northern Ireland", 2012, []string{
		"01-02 03-19 04-06 04-09 05-07 06-04 06-05 07-12 08-27 12-25 12-26",
		"01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26",
		"01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26",
		"01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28",
		"01-01 03-17 03-25 03-28 05-02 05-30 07-12 08-29 12-26 12-27",
		"01-02 03-17 04-14 04-17 05-01 05-29 07-12 08-28 12-25 12-26",
		"01-01 03-19 03-30 04-02 05-07 05-28 07-12 08-27 12-25 12-26",
		"01-01 03-18 04-19 04-22 05-06 05-27 07-12 08-26 12-25 12-26",
		"01-01 03-17 04-10 04-13 05-08 05-25 07-13 08-31 12-25 12-28",
		"01-01 03-17 04-02 04-05 05-03 05-31 07-12 08-30 12-27 12-28",
		"01-03 03-17 04-15 04-18 05-02 06-02 06-03 07-12 08-29 09-19 12-26 12-27",
		"01-02 03-17 04-07 04-10 05-01 05-08 05-29 07-12 08-28 12-25 12-26",
		"01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26",
		"01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26",
		"01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28",
	}},
	{"CA", "Canada Revenue Agency, Public holidays; 2022-09-19 by the statement of 13 September 2022", 2021, []string{
		"01-01 04-02 04-05 05-24 07-01 08-02 09-06 09-30 10-11 11-11 12-27 12-28",
		"01-03 04-15 04-18 05-23 07-01 08-01 09-05 09-19 09-30 10-10 11-11 12-26 12-27",
		"01-02 04-07 04-10 05-22 07-03 08-07 09-04 10-02 10-09 11-13 12-25 12-26",
		"01-01 03-29 04-01 05-20 07-01 08-05 09-02 09-30 10-14 11-11 12-25 12-26",
		"01-01 04-18 04-21 05-19 07-01 08-04 09-01 09-30 10-13 11-11 12-25 12-26",
		"01-01 04-03 04-06 05-18 07-01 08-03 09-07 09-30 10-12 11-11 12-25 12-28",
	}},
	{"AU-NSW", "NSW Government, Public holidays in NSW; 2022-09-22 by the Public Holidays Act 2010, s. 5", 2012, []string{
		"01-02 01-26 04-06 04-09 04-25 06-11 10-01 12-25 12-26",
		"01-01 01-28 03-29 04-01 04-25 06-10 10-07 12-25 12-26",
		"01-01 01-27 04-18 04-21 04-25 06-09 10-06 12-25 12-26",
		"01-01 01-26 04-03 04-06 06-08 10-05 12-25 12-28",
		"01-01 01-26 03-25 03-28 04-25 06-13 10-03 12-26 12-27",
		"01-02 01-26 04-14 04-17 04-25 06-12 10-02 12-25 12-26",
		"01-01 01-26 03-30 04-02 04-25 06-11 10-01 12-25 12-26",
		"01-01 01-28 04-19 04-22 04-25 06-10 10-07 12-25 12-26",
		"01-01 01-27 04-10 04-13 06-08 10-05 12-25 12-28",
		"01-01 01-26 04-02 04-05 06-14 10-04 12-27 12-28",
		"01-03 01-26 04-15 04-18 04-25 06-13 09-22 10-03 12-26 12-27",
		"01-02 01-26 04-07 04-10 04-25 06-12 10-02 12-25 12-26",
		"01-01 01-26 03-29 04-01 04-25 06-10 10-07 12-25 12-26",
		"01-01 01-27 04-18 04-21 04-25 06-09 10-06 12-25 12-26",
		"01-01 01-26 04-03 04-06 04-27 06-08 10-05 12-25 12-28",
		"01-01 01-26 03-26 03-29 04-26 06-14 10-04 12-27 12-28",
	}},
	{"FR", "Code du travail, art. L3133-1", 2015, []string{
		"01-01 04-06 05-01 05-08 05-14 05-25 07-14 11-11 12-25",
		"01-01 03-28 05-05 05-16 07-14 08-15 11-01 11-11",
		"04-17 05-01 05-08 05-25 06-05 07-14 08-15 11-01 12-25",
		"01-01 04-02 05-01 05-08 05-10 05-21 08-15 11-01 12-25",
		"01-01 04-22 05-01 05-08 05-30 06-10 08-15 11-01 11-11 12-25",
		"01-01 04-13 05-01 05-08 05-21 06-01 07-14 11-11 12-25",
		"01-01 04-05 05-13 05-24 07-14 11-01 11-11",
		"04-18 05-26 06-06 07-14 08-15 11-01 11-11",
		"04-10 05-01 05-08 05-18 05-29 07-14 08-15 11-01 12-25",
		"01-01 04-01 05-01 05-08 05-09 05-20 08-15 11-01 11-11 12-25",
		"01-01 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-11 12-25",
		"01-01 04-06 05-01 05-08 05-14 05-25 07-14 11-11 12-25",
	}},
	{"JP", "内閣府, 国民の祝日について, syukujitsu.csv", 2019, []string{
		"01-01 01-14 02-11 03-21 04-29 04-30 05-01 05-02 05-03 05-06 07-15 08-12 09-16 09-23 10-14 10-22 11-04",
		"01-01 01-13 02-11 02-24 03-20 04-29 05-04 05-05 05-06 07-23 07-24 08-10 09-21 09-22 11-03 11-23",
		"01-01 01-11 02-11 02-23 04-29 05-03 05-04 05-05 07-22 07-23 08-09 09-20 09-23 11-03 11-23",
		"01-10 02-11 02-23 03-21 04-29 05-03 05-04 05-05 07-18 08-11 09-19 09-23 10-10 11-03 11-23",
		"01-02 01-09 02-23 03-21 05-03 05-04 05-05 07-17 08-11 09-18 10-09 11-03 11-23",
		"01-01 01-08 02-12 02-23 03-20 04-29 05-03 05-06 07-15 08-12 09-16 09-23 10-14 11-04",
		"01-01 01-13 02-11 02-24 03-20 04-29 05-05 05-06 07-21 08-11 09-15 09-23 10-13 11-03 11-24",
		"01-01 01-12 02-11 02-23 03-20 04-29 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23",
		"01-01 01-11 02-11 02-23 03-22 04-29 05-03 05-04 05-05 07-19 08-11 09-20 09-23 10-11 11-03 11-23",
	}},
	{"DE", "Einigungsvertrag art. 2 (2), and what the holiday acts of all states have; 2017-10-31 in all of them", 2015, []string{
		"01-01 04-03 04-06 05-01 05-14 05-25 12-25",
		"01-01 03-25 03-28 05-05 05-16 10-03 12-26",
		"04-14 04-17 05-01 05-25 06-05 10-03 10-31 12-25 12-26",
		"01-01 03-30 04-02 05-01 05-10 05-21 10-03 12-25 12-26",
		"01-01 04-19 04-22 05-01 05-30 06-10 10-03 12-25 12-26",
		"01-01 04-10 04-13 05-01 05-21 06-01 12-25",
		"01-01 04-02 04-05 05-13 05-24",
		"04-15 04-18 05-26 06-06 10-03 12-26",
		"04-07 04-10 05-01 05-18 05-29 10-03 12-25 12-26",
		"01-01 03-29 04-01 05-01 05-09 05-20 10-03 12-25 12-26",
		"01-01 04-18 04-21 05-01 05-29 06-09 10-03 12-25 12-26",
		"01-01 04-03 04-06 05-01 05-14 05-25 12-25",
	}},
	{"NZ", "New Zealand Government, Public holidays and anniversary dates", 2021, []string{
		"01-01 01-04 02-08 04-02 04-05 04-26 06-07 10-25 12-27 12-28",
		"01-03 01-04 02-07 04-15 04-18 04-25 06-06 06-24 09-26 10-24 12-26 12-27",
		"01-02 01-03 02-06 04-07 04-10 04-25 06-05 07-14 10-23 12-25 12-26",
		"01-01 01-02 02-06 03-29 04-01 04-25 06-03 06-28 10-28 12-25 12-26",
		"01-01 01-02 02-06 04-18 04-21 04-25 06-02 06-20 10-27 12-25 12-26",
		"01-01 01-02 02-06 04-03 04-06 04-27 06-01 07-10 10-26 12-25 12-28",
	}},
	{"CA-AB", "alberta.ca, Alberta general holidays", 2024, []string{
		"01-01 02-19 03-29 05-20 07-01 09-02 10-14 11-11 12-25",
		"01-01 02-17 04-18 05-19 07-01 09-01 10-13 11-11 12-25",
		"01-01 02-16 04-03 05-18 07-01 09-07 10-12 11-11 12-25",
	}},
	{"CA-BC", "go2hr.ca, BC Statutory Holidays (secondary)", 2024, []string{
		"01-01 02-19 03-29 05-20 07-01 08-05 09-02 09-30 10-14 11-11 12-25",
		"01-01 02-17 04-18 05-19 07-01 08-04 09-01 09-30 10-13 11-11 12-25",
		"01-01 02-16 04-03 05-18 07-01 08-03 09-07 09-30 10-12 11-11 12-25",
	}},
	{"CA-MB", "mgeu.thelizardlab.net, and S.M. 2023, c. 50; 11 November: Remembrance Day Act", 2024, []string{
		"01-01 02-19 03-29 05-20 07-01 09-02 09-30 10-14 11-11 12-25",
		"01-01 02-17 04-18 05-19 07-01 09-01 09-30 10-13 11-11 12-25",
		"01-01 02-16 04-03 05-18 07-01 09-07 09-30 10-12 11-11 12-25",
	}},
	{"CA-NB", "gnb.ca, Paid public holidays", 2024, []string{
		"01-01 02-19 03-29 07-01 08-05 09-02 11-11 12-25",
		"01-01 02-17 04-18 07-01 08-04 09-01 11-11 12-25",
		"01-01 02-16 04-03 07-01 08-03 09-07 11-11 12-25",
	}},
	{"CA-NL", "gov.nl.ca, Public Holidays", 2024, []string{
		"01-01 03-29 07-01 09-02 11-11 12-25",
		"01-01 04-18 07-01 09-01 11-11 12-25",
		"01-01 04-03 07-01 09-07 11-11 12-25",
	}},
	{"CA-NS", "savvynewcanadians.com, 2024 and 2025 (secondary); 11 November: Remembrance Day Act", 2024, []string{
		"01-01 02-19 03-29 07-01 09-02 11-11 12-25",
		"01-01 02-17 04-18 07-01 09-01 11-11 12-25",
		"01-01 02-16 04-03 07-01 09-07 11-11 12-25",
	}},
	{"CA-NT", "ebsource.ca, 2025, from the Employment Standards Act (secondary)", 2024, []string{
		"01-01 03-29 05-20 06-21 07-01 08-05 09-02 09-30 10-14 11-11 12-25",
		"01-01 04-18 05-19 07-01 08-04 09-01 09-30 10-13 11-11 12-25",
		"01-01 04-03 05-18 07-01 08-03 09-07 09-30 10-12 11-11 12-25",
	}},
	{"CA-NU", "ebsource.ca, 2024 to 2026 (secondary)", 2024, []string{
		"01-01 03-29 05-20 07-01 07-09 08-05 09-02 09-30 10-14 11-11 12-25",
		"01-01 04-18 05-19 07-01 07-09 08-04 09-01 09-30 10-13 11-11 12-25",
		"01-01 04-03 05-18 07-01 07-09 08-03 09-07 09-30 10-12 11-11 12-25",
	}},
	{"CA-ON", "Employment Standards Act, 2000, section 1, on ottawaemploymentlaw.com", 2024, []string{
		"01-01 02-19 03-29 05-20 07-01 09-02 10-14 12-25 12-26",
		"01-01 02-17 04-18 05-19 07-01 09-01 10-13 12-25 12-26",
		"01-01 02-16 04-03 05-18 07-01 09-07 10-12 12-25",
	}},
	{"CA-PE", "princeedwardisland.ca, Paid Holidays", 2024, []string{
		"01-01 02-19 03-29 07-01 09-02 09-30 11-11 12-25",
		"01-01 02-17 04-18 07-01 09-01 09-30 11-11 12-25",
		"01-01 02-16 04-03 07-01 09-07 09-30 11-11 12-25",
	}},
	{"CA-QC", "Loi sur les normes du travail, article 60, on cnesst.gouv.qc.ca; National Holiday Act", 2024, []string{
		"01-01 03-29 05-20 06-24 07-01 09-02 10-14 12-25",
		"01-01 04-18 05-19 06-24 07-01 09-01 10-13 12-25",
		"01-01 04-03 05-18 06-24 07-01 09-07 10-12 12-25",
	}},
	{"CA-SK", "employerline.ca (secondary)", 2024, []string{
		"01-01 02-19 03-29 05-20 07-01 08-05 09-02 10-14 11-11 12-25",
		"01-01 02-17 04-18 05-19 07-01 08-04 09-01 10-13 11-11 12-25",
		"01-01 02-16 04-03 05-18 07-01 08-03 09-07 10-12 11-11 12-25",
	}},
	{"CA-YT", "yukon.ca, Find a Yukon statutory holiday, 2024 and 2025; 21 June on a weekend gives the next working day", 2024, []string{
		"01-01 03-29 05-20 06-21 07-01 08-19 09-02 09-30 10-14 11-11 12-25",
		"01-01 04-18 05-19 06-23 07-01 08-18 09-01 09-30 10-13 11-11 12-25",
		"01-01 04-03 05-18 06-22 07-01 08-17 09-07 09-30 10-12 11-11 12-25",
	}},
	{"NZ-AUK", "employment.govt.nz, Previous years: Public holidays and anniversary dates", 2023, []string{
		"01-02 01-03 01-30 02-06 04-07 04-10 04-25 06-05 07-14 10-23 12-25 12-26",
	}},
	{"NZ-CAN", "employment.govt.nz, Previous years: Public holidays and anniversary dates", 2023, []string{
		"01-02 01-03 02-06 04-07 04-10 04-25 06-05 07-14 10-23 11-17 12-25 12-26",
	}},
	{"NZ-CIT", "employment.govt.nz, Previous years: Public holidays and anniversary dates", 2023, []string{
		"01-02 01-03 02-06 04-07 04-10 04-25 06-05 07-14 10-23 11-27 12-25 12-26",
	}},
	{"NZ-HKB", "employment.govt.nz, Previous years: Public holidays and anniversary dates", 2023, []string{
		"01-02 01-03 02-06 04-07 04-10 04-25 06-05 07-14 10-20 10-23 12-25 12-26",
	}},
	{"NZ-MBH", "employment.govt.nz, Previous years: Public holidays and anniversary dates", 2023, []string{
		"01-02 01-03 02-06 04-07 04-10 04-25 06-05 07-14 10-23 10-30 12-25 12-26",
	}},
	{"NZ-NSN", "employment.govt.nz, Previous years: Public holidays and anniversary dates", 2023, []string{
		"01-02 01-03 01-30 02-06 04-07 04-10 04-25 06-05 07-14 10-23 12-25 12-26",
	}},
	{"NZ-OTA", "employment.govt.nz, Previous years: Public holidays and anniversary dates", 2023, []string{
		"01-02 01-03 02-06 03-20 04-07 04-10 04-25 06-05 07-14 10-23 12-25 12-26",
	}},
	{"NZ-STL", "employment.govt.nz, Previous years: Public holidays and anniversary dates", 2023, []string{
		"01-02 01-03 02-06 04-07 04-10 04-11 04-25 06-05 07-14 10-23 12-25 12-26",
	}},
	{"NZ-TKI", "employment.govt.nz, Previous years: Public holidays and anniversary dates", 2023, []string{
		"01-02 01-03 02-06 03-13 04-07 04-10 04-25 06-05 07-14 10-23 12-25 12-26",
	}},
	{"NZ-WGN", "employment.govt.nz, Previous years: Public holidays and anniversary dates", 2023, []string{
		"01-02 01-03 01-23 02-06 04-07 04-10 04-25 06-05 07-14 10-23 12-25 12-26",
	}},
	{"NZ-WTC", "employment.govt.nz, Previous years: Public holidays and anniversary dates", 2023, []string{
		"01-02 01-03 02-06 04-07 04-10 04-25 06-05 07-14 10-23 12-04 12-25 12-26",
	}},
	{"FR-67", "Code du travail, art. L3133-1 and L3134-13", 2024, []string{
		"01-01 03-29 04-01 05-01 05-08 05-09 05-20 08-15 11-01 11-11 12-25 12-26",
		"01-01 04-18 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-11 12-25 12-26",
		"01-01 04-03 04-06 05-01 05-08 05-14 05-25 07-14 11-11 12-25",
	}},
	{"PT-20", "calendarios.info, Decreto Regional 13/80/A (secondary)", 2025, []string{
		"01-01 04-18 04-25 05-01 06-09 06-10 06-19 08-15 12-01 12-08 12-25",
		"01-01 04-03 05-01 05-25 06-04 06-10 10-05 12-01 12-08 12-25",
	}},
	{"PT-30", "dre.tretas.org, decrees of 1979, 2002 and 2024", 2024, []string{
		"01-01 03-29 04-25 05-01 05-30 06-10 07-01 08-15 11-01 12-25 12-26",
		"01-01 04-02 04-18 04-25 05-01 06-10 06-19 07-01 08-15 12-01 12-08 12-25 12-26",
		"01-01 04-02 04-03 05-01 06-04 06-10 07-01 10-05 12-01 12-08 12-25",
	}},
}

func TestGolden(t *testing.T) {
	for _, row := range golden {
		s := lookup(t, row.code)
		for i, want := range row.days {
			var got []string
			for _, h := range s.Year(row.first + i) {
				if w := h.Date.Weekday(); w != time.Saturday && w != time.Sunday {
					got = append(got, h.Date.String()[5:])
				}
			}
			assert.Equal(t, want, strings.Join(got, " "), "%s %d: %s", row.code, row.first+i, row.source)
			assert.False(t, s.Provisional(row.first+i), "%s %d", row.code, row.first+i)
		}
	}
}

// TestNames holds what days are called, where that is not rickar/cal's word, and
// what is a day of one place only.
func TestNames(t *testing.T) {
	for _, row := range []struct{ code, date, name, why string }{
		{"GB", "2022-12-26", "Boxing Day", "and its Sunday's substitute the day after"},
		{"GB", "2022-12-27", "Christmas Day (observed)", "so on gov.uk"},
		{"GB-SCT", "2022-01-04", "2nd January (observed)", "both substitutes after a Saturday"},
		{"GB-SCT", "2024-12-02", "St Andrew's Day (observed)", "a Saturday"},
		{"GB-SCT", "2026-04-06", "", "Easter Monday is none there"},
		{"GB-ENG", "2026-11-30", "", "St Andrew's Day is Scotland's"},
		{"GB-WLS", "2022-05-30", "", "moved to 2 June"},
		{"GB", "2012-05-28", "", "moved to 4 June"},
		{"GB", "2020-05-04", "", "moved to 8 May"},
		{"GB", "1995-05-08", "Early May", "moved from 1 May"},
		{"GB-NIR", "2026-07-13", "Battle of the Boyne (Orangemen's Day) (observed)", "a Sunday"},
		{"AU-NSW", "2022-06-13", "Queen's Birthday", "her last"},
		{"AU-NSW", "2023-06-12", "King's Birthday", "his first"},
		{"AU-QLD", "2022-10-03", "King's Birthday", "his first in October"},
		{"AU-QLD", "2013-10-07", "Labour Day", "in October for three years"},
		{"AU-QLD", "2014-05-05", "", "in October for three years"},
		{"AU-QLD", "2014-06-09", "Queen's Birthday", "in June again"},
		{"AU-WA", "2024-09-23", "King's Birthday", "as proclaimed"},
		{"NZ", "2022-06-06", "Queen's Birthday", "her last"},
		{"NZ", "2023-06-05", "King's Birthday", "his first"},
		{"NZ", "2027-06-25", "Matariki", "rickar/cal's list leaves it out"},
		{"NZ", "2021-06-24", "", "before there was one"},
		{"NZ", "2011-02-07", "", "a Sunday's day did not move before 2014"},
		{"JP", "2026-09-22", "国民の休日", "between two holidays"},
		{"JP", "2043-09-22", "国民の休日", "also after those that rickar/cal lists"},
		{"JP", "2019-12-23", "", "no emperor's birthday in 2019"},
		{"JP", "1999-01-15", "成人の日", "before it was a Monday"},
		{"JP", "1998-05-04", "憲法記念日 (observed)", "a Sunday, by the rule before 2007"},
		{"JP", "2009-05-06", "憲法記念日 (observed)", "a Sunday, by the rule since"},
		{"JP", "2021-07-19", "", "moved for the games"},
		{"AU-WA", "2022-04-17", "Easter Sunday", "since 2022"},
		{"AU-WA", "2021-04-04", "", "before"},
		{"AU-VIC", "2014-04-20", "", "gazetted in 2015"},
		{"AU-VIC", "2016-03-27", "Easter Sunday", "the first"},
		{"AU-SA", "2024-03-31", "Easter Sunday", "the Act of 2023"},
		{"KE", "2019-10-10", "Moi Day", "again from 2018 to 2020"},
		{"KE", "2015-10-12", "", "in between it was none"},
		{"MW", "2021-12-28", "Christmas Boxing Day (observed)", "27 December makes up for Christmas, a Saturday"},
		{"NO", "2026-04-05", "Første påskedag", "a Sunday"},
		{"DE-BB", "2026-05-24", "Pfingstsonntag", "in Brandenburg alone"},
		{"CH", "2027-11-01", "Allerheiligen", "of most cantons"},
		{"MX", "2026-02-02", "Día de la Constitución", "the first Monday since 2006"},
		{"MX", "2026-02-05", "", "the day itself is none"},
		{"MX", "2006-03-21", "Natalicio de Benito Juárez", "two hundred years after his birth, on the day itself"},
		{"MX", "2007-03-19", "Natalicio de Benito Juárez", "the third Monday since 2007"},
		{"MX", "2027-02-01", "Día de la Constitución", "a Monday"},
		{"MX", "2021-12-24", "", "no substitute for a Saturday"},
		{"MX", "2024-10-01", "Transmisión del Poder Ejecutivo Federal", "every six years"},
		{"AR", "2026-04-03", "Viernes Santo", "a Friday"},
		{"AR", "2026-04-02", "Día de los Veteranos de la Guerra de Malvinas", "and no Good Friday"},
		{"AR", "2020-06-15", "Aniversario paso a la inmortalidad del General Martín Miguel de Güemes", "back from a Wednesday (Ley 27.399)"},
		{"AR", "2021-06-21", "Aniversario paso a la inmortalidad del General Martín Miguel de Güemes", "on from a Thursday"},
		{"AR", "2018-11-19", "Día de la Soberanía Nacional", "back from a Tuesday"},
		{"AR", "2018-11-26", "", "and not on"},
		{"AR", "2022-08-15", "Aniversario paso a la inmortalidad del General José de San Martín", "back from a Wednesday"},
		{"AR", "2018-10-15", "Día del respeto a la diversidad cultural", "on from a Friday"},
		{"AR", "2022-06-17", "Aniversario paso a la inmortalidad del General Martín Miguel de Güemes", "stays, as its Monday is one already"},
		{"GR", "2026-01-01", "Πρωτοχρονιά", "which rickar/cal calls Christmas"},
		{"RU", "2026-11-04", "День народного единства", "which rickar/cal misspells"},
		{"RU", "2026-01-08", "Новогодние каникулы", "since 2013"},
		{"DE-NI", "2017-10-31", "500. Jahrestag der Reformation", "that year"},
		{"DE-NI", "2016-10-31", "", "not yet"},
		{"DE-NI", "2018-10-31", "Reformationstag", "since then"},
		{"DE-BY", "2017-10-31", "500. Jahrestag der Reformation", "in all states"},
		{"DE-MV", "2023-03-08", "Frauentag", "since 2023"},
		{"DE-MV", "2022-03-08", "", "not yet"},
		{"DE-SN", "2026-11-18", "Buß- und Bettag", "kept there"},
		{"NL", "2013-04-30", "Koninginnedag", "the last"},
		{"NL", "2014-04-26", "Koningsdag (observed)", "the first, before a Sunday"},
		{"NL", "2006-04-29", "Koninginnedag (observed)", "before a Sunday"},
		{"SE", "2004-06-06", "", "since 2005"},
		{"SE", "2004-05-31", "Annandag pingst", "until 2004"},
		{"PT", "2014-12-01", "", "left out for three years"},
		{"SI", "2014-01-02", "", "left out for four years"},
		{"SK", "2025-11-17", "", "no day off since 2025"},
		{"SK", "2026-05-08", "", "no day off that year"},
		{"SK", "2027-09-15", "Sviatok Panny Márie Sedembolestnej, patrónky Slovenska", "again"},
		{"BG", "2024-05-01", "Ден на труда и на международната работническа солидарност", "does not move with Easter"},
		{"BG", "2024-05-07", "", "does not move with Easter"},
		{"BG", "2027-05-04", "Ден на труда и на международната работническа солидарност (observed)", "after Easter Monday"},
		{"BG", "2016-01-04", "", "no Mondays before 2017"},
		{"LU", "2026-05-09", "Europadag", "since 2019"},
		{"RS", "2026-02-17", "Dan državnosti (observed)", "a Sunday, and the next day is one"},
		{"UA", "2021-06-21", "Трійця (observed)", "the Monday after"},
		{"HR", "2019-06-25", "Dan državnosti", "until 2019"},
		{"HR", "2020-05-30", "Dan državnosti", "since 2020"},
		{"CH-GE", "2026-09-10", "Jeûne genevois", "the Thursday after the first Sunday"},
		{"CH-VD", "2026-09-21", "Lundi du Jeûne fédéral", "the Monday after the third Sunday"},
		{"CH-GL", "2026-04-09", "Näfelser Fahrt", "not in Holy Week"},
		{"CH-GL", "2025-04-03", "Näfelser Fahrt", "the first Thursday in April"},
		{"CH-NE", "2023-01-02", "2 janvier", "a Monday"},
		{"CH-NE", "2024-01-02", "", "a Tuesday"},
		{"CH-ZH", "1993-08-01", "", "since 1994"},
		{"ZA", "2000-01-03", "Public holiday (observed)", "after a Sunday"},
		{"ZA", "2005-12-27", "", "not declared that year"},
	} {
		h, _ := lookup(t, row.code).On(date(row.date))
		assert.Equal(t, row.name, h.Name, "%s %s: %s", row.code, row.date, row.why)
	}
}

// oneOffs are the days of one year only, of a rule that has none in the years
// beside it or half a year away. The sources stand beside the rules.
var oneOffs = map[string]string{
	"AR":     "2022-05-18 2022-12-20",
	"AU-ACT": "2022-09-22",
	"AU-NSW": "2022-09-22",
	"AU-NT":  "2022-09-22",
	"AU-QLD": "2012-06-11 2012-10-01 2022-09-22",
	"AU-SA":  "1993-12-26 2010-12-26 2021-12-26 2022-09-22", // on a Monday, 26 December has Christmas Day's name
	"AU-TAS": "2022-09-22",
	"AU-VIC": "2022-09-22",
	"AU-WA":  "2011-04-26 2022-09-22",
	"BG":     "2025-12-31 2026-01-02",
	"CA":     "2022-09-19",
	"CA-PE":  "2022-09-19",
	"CH-AI":  "1999-12-26 2016-12-26 2027-12-26 2044-12-26 2055-12-26", // no Saturday before, no Tuesday after
	"CH-AR":  "1999-12-26 2016-12-26 2027-12-26 2044-12-26 2055-12-26",
	"CH-NE":  "1994-12-26 1995-01-02 2005-12-26 2006-01-02 2011-12-26 2012-01-02 2016-12-26 2017-01-02 2022-12-26 2023-01-02 2033-12-26 2034-01-02 2039-12-26 2040-01-02 2044-12-26 2045-01-02 2050-12-26 2051-01-02",
	"CH-UR":  "1999-12-26 2016-12-26 2027-12-26 2044-12-26 2055-12-26",
	"DE":     "2017-10-31",
	"DE-BE":  "2017-10-31 2020-05-08 2025-05-08 2028-06-17",
	"DE-BW":  "2017-10-31",
	"DE-BY":  "2017-10-31",
	"DE-HB":  "2017-10-31",
	"DE-HE":  "2017-10-31",
	"DE-HH":  "2017-10-31",
	"DE-NI":  "2017-10-31",
	"DE-NW":  "2017-10-31",
	"DE-RP":  "2017-10-31",
	"DE-SH":  "2017-10-31",
	"DE-SL":  "2017-10-31",
	"GB":     "1999-12-31 2002-06-03 2011-04-29 2012-06-05 2020-05-08 2022-06-03 2022-09-19 2023-05-08",
	"GB-ENG": "1999-12-31 2002-06-03 2011-04-29 2012-06-05 2020-05-08 2022-06-03 2022-09-19 2023-05-08",
	"GB-NIR": "1999-12-31 2002-06-03 2011-04-29 2012-06-05 2020-05-08 2022-06-03 2022-09-19 2023-05-08",
	"GB-SCT": "1999-12-31 2002-06-03 2007-11-30 2011-04-29 2012-06-05 2020-05-08 2022-06-03 2022-09-19 2023-05-08 2026-06-15",
	"GB-WLS": "1999-12-31 2002-06-03 2011-04-29 2012-06-05 2020-05-08 2022-06-03 2022-09-19 2023-05-08",
	"IE":     "1999-12-31 2022-03-18",
	"IT":     "2011-03-17",
	"JP":     "1990-11-12 1993-06-09 2009-09-22 2015-09-22 2019-04-30 2019-05-01 2019-05-02 2019-10-22 2026-09-22 2032-09-21 2037-09-22 2043-09-22 2049-09-21 2054-09-22 2060-09-21",
	"LV":     "2018-07-08 2018-09-24 2023-05-29 2023-07-09 2028-07-09",
	"MX":     "1994-12-01 2000-12-01 2006-12-01 2012-12-01 2018-12-01 2024-10-01 2030-10-01 2036-10-01 2042-10-01 2048-10-01 2054-10-01 2060-10-01",
	"NZ":     "2022-09-26",
	"NZ-AUK": "2022-09-26",
	"NZ-CAN": "2022-09-26",
	"NZ-CIT": "2022-09-26",
	"NZ-HKB": "2022-09-26",
	"NZ-MBH": "2022-09-26",
	"NZ-NSN": "2022-09-26",
	"NZ-OTA": "2022-09-26",
	"NZ-STL": "2022-09-26",
	"NZ-TKI": "2022-09-26",
	"NZ-WGN": "2022-09-26",
	"NZ-WTC": "2022-09-26",
	"PL":     "2018-11-12",
	"SI":     "2023-08-14",
	"SK":     "2018-10-30",
	"ZA":     "1999-06-02 1999-12-31 2000-01-02 2004-04-14 2006-03-01 2008-05-02 2009-04-22 2011-05-18 2011-12-27 2014-05-07 2016-08-03 2016-12-27 2019-05-08 2021-11-01 2024-05-29 2026-11-04",
}

// A rule that goes wrong in some year gives a day that has nothing like it in the
// years around.
func TestNoStrayDates(t *testing.T) {
	const far = 37 // days: more than Easter moves
	for _, code := range holiday.Codes() {
		if _, announced := holiday.Announced()[code]; announced {
			continue // each year by a notice
		}
		s := lookup(t, code)
		named := map[string][]calendar.Date{}
		first, last := s.Years()
		for year := max(first, 1985); year <= min(last, 2065); year++ {
			for _, h := range s.Year(year) {
				if !strings.HasSuffix(h.Name, " (observed)") && !slices.Contains(swapNames, h.Name) {
					named[h.Name] = append(named[h.Name], h.Date)
				}
			}
		}
		var strays []string
		for _, dates := range named {
			for _, d := range dates {
				alone := !slices.ContainsFunc(dates, func(e calendar.Date) bool {
					if years := e.Year() - d.Year(); years == 1 || years == -1 {
						gap := e.Sub(d) - years*365
						return -far <= gap && gap <= far
					}
					return false
				})
				if alone && 1990 <= d.Year() && d.Year() <= 2060 {
					strays = append(strays, d.String())
				}
			}
		}
		slices.Sort(strays)
		assert.Equal(t, oneOffs[code], strings.Join(strays, " "), code)
	}
}
