package holiday_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
	"github.com/duetime/duetime/calendar/holiday"
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
	{"KE", "2022-12-27 2016-12-27 2023-01-02", "2022-12-25 2023-01-01 2026-12-27", "section 4: the next day that is none, instead of the Sunday"},
	{"MW", "2021-12-27 2021-12-28 2022-12-27 2024-03-04", "2021-12-29", "the next working day too (statement on the holidays of 2018)"},
	{"TH", "2023-04-17 2024-04-16 2025-04-16 2018-04-16", "2018-04-17 2024-04-17", "one day for Songkran (secondary: vacanza/holidays)"},

	// Decisions.
	{"GR", "2013-05-07 2016-05-03 2021-05-04 2022-05-02 2024-05-07 2023-05-01 2026-05-01", "2013-05-01 2016-05-01 2021-05-01 2022-05-01 2024-05-01", "decision 9280/196 of 2013; of 2016; Gazette B 1661 of 2021; B 1785 of 2022; B 1836 of 2024"},
	{"GR", "2027-05-01", "", "Holy Saturday: no decision yet"},
	{"ZA", "2026-11-04 2022-12-27", "2033-12-27 2025-11-04", "the local elections, gazetted on 7 August 2026 (secondary: focus-shift/jollyday 1477)"},
	{"LV", "2028-07-09 2028-07-10 2023-07-09 2023-07-10 2018-07-08 2018-07-09", "2026-07-09", "section 1: the song festival's last day and the next working day; until 9 July 2028 by the ministry's draft"},
	{"AU-ACT", "2020-04-27 2026-04-27 2021-04-25 2021-04-26 2027-04-26", "2015-04-27 2037-04-27 2027-04-25", "2020 and 2026 were declared, 2021 too; a Sunday's moves (secondary: vacanza/holidays)"},

	{"HU", "2026-12-24 2027-12-24", "", "Christmas Eve since 2026 (secondary: vacanza/holidays, change 4159)"},
	{"ES-CE", "2022-05-03 2022-07-09", "2022-05-02 2021-05-13", "elindependiente.com, 4 December 2021: the end of Ramadan, as in Melilla"},
	{"MY-04", "2025-04-02 2024-03-12 2026-03-23", "2025-03-02 2025-03-03 2024-04-12", "kasturihijau.com and rojaklah.com, 2025: the third day of Aidilfitri instead of Awal Ramadan"},
	{"BG", "2010-05-07 2010-12-31 2011-03-04 2012-01-02 2012-04-30 2012-05-25 2012-09-07 2012-12-31", "2010-12-30 2012-05-02", "decisions 878 of 2010 (chancexpress.blogspot.com) and 834 of 2011 (bgstuff.net); 2010 on mediapool.bg"},
	{"BG", "2013-05-02 2013-12-23 2013-12-31 2014-05-02 2014-05-05 2014-12-31 2015-01-02 2015-03-02 2015-09-21 2015-12-31", "2013-12-30 2014-12-30", "decisions 945 of 2012 (ppni.bg), 698 of 2013 and 748 of 2014 (dv.parliament.bg), 697 of 2013 (bia-bg.com)"},
	{"BG", "2016-03-04 2016-05-23 2016-09-05 2016-09-23", "2016-12-31", "decision 935 of 30 November 2015, on trudipravo.bg"},
	{"UA", "2012-03-09 2012-04-30 2012-06-29 2012-12-31 2013-05-03 2013-05-10 2014-01-02 2014-01-03 2014-01-06", "2013-01-02", "orders 1210 of 2011 and 920 of 2013 (consultant.parus.ua, qdpro.com.ua); unian.net for 2013"},
	{"UA", "2015-01-02 2015-01-08 2015-01-09 2016-01-08 2016-03-07 2016-06-27 2017-05-08 2017-08-25", "2016-01-06 2017-06-27", "orders 1084 of 2014 (profkom.info), 1155 of 2015 (kadrovik.ua) and 850 of 2016 (kievskiysud.od.ua)"},
	{"UA", "2018-03-09 2018-04-30 2018-06-29 2018-12-24 2018-12-31 2019-04-30 2019-12-30 2019-12-31 2020-01-06 2021-01-08 2021-08-23 2021-10-15", "2020-12-31", "orders 1 of 2018 (from-ua.com), 7 and 995 of 2019 (for-ua.com, interfax.com.ua) and 1191 of 2020 (korets.rayon.in.ua)"},
	{"AE", "2026-05-26 2026-05-27 2026-05-28 2026-05-29", "", "Cabinet Resolution 27 of 2024; the crescent of 17 May 2026 (secondary: holiday-calendar-java, issue 322)"},
	{"AR", "2021-05-24 2021-10-08 2021-11-22", "2021-08-13", "Decreto 947/2020; 24 May 2021 was to move to 13 August and did not: mejorinformado.com, 20 May 2021"},
	{"HK", "2021-04-05 2021-04-06 2021-12-27 2022-05-02 2022-05-09 2022-09-12 2022-12-26 2022-12-27", "2021-12-28 2022-10-03", "the lists of 2021 (km.kinlong.cn) and 2022 (gov.hk)"},
	{"HK", "2023-01-02 2023-01-25 2023-10-02 2023-10-23 2024-02-13 2024-09-18", "2023-01-26 2024-02-14", "the lists of 2023 (partnernet.hktb.com) and 2024 (hkbbs.cn)"},
	{"HU", "2012-03-16 2012-04-30 2012-10-22 2012-11-02 2012-12-24 2015-01-02 2015-08-21 2015-12-24", "2012-05-02 2015-10-22", "39/2011. (X. 14.) NGM on njt.hu and 28/2014. (IX. 24.) NGM on diakoweb.hu"},
	{"ID", "2026-03-20 2026-03-24 2026-05-15 2026-05-28 2026-12-24", "2026-03-25 2026-06-17", "joint decree of 19 September 2025, on brilio.net"},
	{"RU", "2006-02-24 2006-05-08 2010-02-22 2010-11-05 2016-02-22 2016-03-07 2016-05-03", "2016-05-04", "decrees 813 of 2005 (tomsk-gov.ru), of 2009 (hostel.nstu.ru) and 1017 of 2015 (blanker.ru)"},
	{"SA", "2026-05-26 2026-05-27 2026-05-28 2026-05-29", "", "Labour Law, article 24 of its regulations; the feast on 27 May 2026 (secondary: holiday-calendar-java, pull request 323)"},
	{"TW", "2021-12-31 2022-02-04 2022-09-09 2018-04-06 2018-12-31", "2022-02-07 2022-09-12", "the Executive Yuan's letter of 28 May 2021, on sdes.chc.edu.tw; wealth.businessweekly.com.tw for 2018"},

	// Which days a law has, and for all.
	{"CH-FR", "2026-12-08 2026-06-04", "2026-05-01 2026-04-06", "fr.ch, Jours fériés, partie catholique"},
	{"CH-GR", "2026-01-01 2026-04-03 2026-04-06 2026-05-14 2026-05-25 2026-08-01 2026-12-25 2026-12-26", "2026-01-06 2026-03-19 2026-06-04 2026-08-15 2026-11-01 2026-12-08", "Ruhetagsgesetz, article 2"},
	{"CH-BL", "2026-05-01 2026-12-26", "2026-06-04 2026-08-15", "Gesetz über die öffentlichen Ruhetage, § 3"},
	{"CH-SO", "2026-06-04 2026-08-15 2026-11-01", "2026-05-25 2026-12-26", "Ruhetagsgesetz, § 2"},
	{"CH-LU", "2026-12-08 2026-12-26", "2026-03-19", "Ruhetags- und Ladenschlussgesetz, § 1a"},
	{"CH-AI", "2024-12-26 2025-12-26 2022-12-26", "2023-12-26 2026-12-26 2017-12-26 2028-12-26", "Ruhetagsgesetz, article 2: Christmas Day is a Monday or Friday"},
	{"CH-AR", "2024-12-26 2025-12-26", "2023-12-26 2026-12-26", "hallo-ar.ch: Christmas Day is a Monday or Friday"},
	{"CH-UR", "2024-12-26 2025-12-26 2022-12-26", "2023-12-26 2026-12-26 2017-12-26 2028-12-26", "Christmas Day is a Monday or Friday (secondary: vacanza/holidays, of the Federal Office of Justice's list)"},
	{"CH-AG", "2026-01-01 2026-04-03 2026-05-14 2026-08-01 2026-12-25", "2026-01-02 2026-04-06 2026-05-25 2026-06-04 2026-08-15 2026-11-01 2026-12-08 2026-12-26", "hallo-aargau.ch: five days in the whole canton"},
	{"CH-NE", "2026-03-01 2026-05-01 2022-12-26", "2026-06-04 2024-12-26", "law 941.02, article 3"},
	{"DK", "2026-05-14 2026-05-25", "2026-06-05 2025-06-05", "norden.org: Constitution Day is no holiday"},
	{"TH", "2024-05-01 2025-05-01 2026-05-01 2027-05-03 1995-05-01", "", "Labour Protection Act, section 29: and the next working day"},
	{"BR", "2026-02-16 2026-02-17 2025-03-03 2025-03-04", "2026-02-18", "the ministry's lists for 2025 and 2026: Carnival has two days"},
	{"NL", "2026-05-05 2026-04-03", "", "Algemene termijnenwet, article 3"},

	// Provinces of Canada, and of New Zealand.
	{"CA-AB", "2018-07-02 2023-07-01 2022-01-01", "2018-07-01 2023-07-03 2022-01-03 2023-09-30 1989-02-20", "alberta.ca: 1 July, except when it falls on a Sunday"},
	{"CA-BC", "2012-07-02 2018-07-02 2018-02-12 2019-02-18 2023-09-30", "2018-07-01 2019-02-11 2012-02-13 2022-09-30 2023-10-02", "mondaq.com, 2018; B.C. Reg. 75/2018; the act of 9 March 2023"},
	{"CA-MB", "2012-07-02 2008-02-18 2024-09-30 2024-11-11 2018-11-11", "2012-07-01 2007-02-19 2023-09-30 2018-11-12", "mysteinbach.ca, 2012; S.M. 2007, c. 18; S.M. 2023, c. 50; Remembrance Day Act, section 2, on gov.mb.ca"},
	{"CA-NB", "2018-02-19 2024-11-11 2018-07-02", "2017-02-20 2024-05-20 2024-10-14 2018-07-01", "gnb.ca, news release 2018.01.0108; gowlingwlg.com, 2018"},
	{"CA-NL", "2018-07-01 2018-07-02 2021-12-27", "2025-09-30 2024-05-20", "gov.nl.ca; gowlingwlg.com, 2018: 1 July; legalbrief.ca: and the next working day"},
	{"CA-NS", "2015-02-16 2018-07-01 2012-07-02 2024-11-11", "2014-02-17 2018-07-02 2012-07-01", "restaurantscanada.org, 2015 and 2018; Remembrance Day Act, on gov.ns.ca: most work is forbidden"},
	{"CA-PE", "2022-01-01 2022-12-25", "2022-01-03 2022-12-26 2022-12-27", "Employment Standards Act, sections 6 to 10, on legalbrief.ca: the employer chooses the day"},
	{"CA-NT", "2022-09-30 2002-06-21", "2021-09-30", "gov.nt.ca, 2022; nnsl-archive.blackpress.ca, 19 June 2002"},
	{"CA-NU", "2020-07-09", "2019-07-09 2021-09-30", "gov.nu.ca, 16 June 2020"},
	{"CA-ON", "2008-02-18 2024-12-26 2018-07-02", "2007-02-19 2021-12-27 2024-11-11 2024-08-05", "ottawaemploymentlaw.com; docslib.org"},
	{"CA-PE", "2009-02-09 2010-02-15 2022-09-19 2004-11-11", "2009-02-16 2003-11-11 2021-09-30 2024-05-20", "Treasury Board, 19 January 2009; cbc.ca, 2022; workrights.ca"},
	{"CA-QC", "2018-06-24 2018-06-25 2018-07-02 2001-05-21", "2023-06-26 2018-07-01 2024-04-01 2024-11-11", "National Holiday Act, section 2; Loi sur les normes du travail, article 60"},
	{"CA-SK", "2018-11-11 2018-11-12 2018-07-02 2022-12-26 2023-01-02", "2018-07-01 2022-01-03 2021-12-27 2006-02-20", "cfib-fcei.ca, 2018: a Sunday has the Monday too, and a Saturday nothing"},
	{"CA-YT", "2017-06-21 2023-09-30 2023-10-02 2017-01-02 2017-07-01 2017-07-03", "2016-06-21 2022-09-30 2024-12-26", "community.gov.yk.ca, 2017: the next working day"},
	{"NZ-OTA", "2008-03-25 2022-03-21", "2008-03-31", "Tuesday after Easter Monday (secondary: vacanza/holidays); employers.co.nz, 2022"},
	{"NZ-STL", "2022-04-19 2015-04-07 2011-01-17", "2022-01-17", "employers.co.nz, 2022; publicholiday.co.nz, 2015"},
	{"NZ-WTC", "2022-11-28 2019-12-02 2005-12-05", "2005-11-28", "employers.co.nz, 2022 and 2019"},
	{"NZ-CAN", "2022-11-11 2019-11-15 2012-11-16", "2022-11-18", "employers.co.nz, 2022 and 2019; textilecare.co.nz, 2012"},
	{"FR-57", "2026-04-03 2026-12-26", "", "ordinance of 16 August 1892"},
	{"PT-30", "2025-04-02 2002-12-26", "2024-04-02 2001-12-26", "Decreto Legislativo Regional 17/2024/M and 18/2002/M"},

	// A law that moves a holiday, and one that adds a day.
	{"NL", "2025-04-26 2014-04-26 2026-04-27 2006-04-29", "2025-04-27 2014-04-27 2006-04-30", "Algemene termijnenwet, article 3: the day of the celebration, and never a Sunday"},
	{"AU-NSW", "2025-01-27 2022-01-01 2022-01-03 2021-12-25 2021-12-26 2021-12-27 2021-12-28", "2025-01-26 2021-04-26", "Public Holidays Act 2010, section 4: instead for Australia Day alone"},
	{"AU-VIC", "2025-01-27 2022-01-01 2021-12-25 2021-12-27 2016-12-25 2016-12-27", "2025-01-26 2011-12-25 2021-04-26", "Public Holidays Act 1993, section 6, before and since Act 29 of 2019"},
	{"AU-QLD", "2025-01-27 2021-04-26 2022-01-01 2022-01-03 2021-12-25 2021-12-28", "2025-01-26 2021-04-25", "Holidays Act 1983, schedule: instead for Australia Day and Anzac Day"},
	{"AU-WA", "2025-01-27 2020-04-25 2020-04-27 2022-01-01 2022-01-03 2021-12-25", "2025-01-26", "abc.net.au, 22 April 2021, quotes the state's government; Australia Day is secondary"},
	{"AU-SA", "2025-01-27 2023-01-01 2023-01-02 2027-12-25 2027-12-27 2021-12-27 2021-04-25 2021-04-26", "2025-01-26 2022-01-01 2021-12-25 2026-04-27 2027-04-26", "Holidays Act 1910 until 2023, Public Holidays Act 2023 since"},
	{"AU-TAS", "2025-01-27 2022-01-03 2021-12-25 2021-12-27 2021-12-28 2026-12-28", "2025-01-26 2022-01-01 2021-12-26 2026-12-26 2021-04-26", "Statutory Holidays Act 2000, section 4"},
	{"AU-NT", "2025-01-27 2021-04-26 2022-01-01 2022-01-03 2021-12-25 2020-12-26 2020-12-28 2026-12-26", "2025-01-26 2021-04-25 2021-12-26 2011-12-25", "Public Holidays Act 1981, before and since the Public Holidays Amendment Act 2016"},
	{"AU-ACT", "2025-01-27 2022-01-01 2022-01-03 2021-12-25 2021-12-26 2012-01-02", "2025-01-26 2012-01-01", "Holidays Act 1958, before and since the Holidays Amendment Act 2014"},
	{"GB-ENG", "2022-01-03 2022-12-25 2022-12-27 2020-12-26 2020-12-28 2021-12-25 2021-12-28", "2022-01-01 2023-01-01 2021-12-26", "Banking and Financial Dealings Act 1971, schedule 1, and proclamations"},
	{"GB-SCT", "2025-12-01 2022-01-01 2022-01-03 2022-01-04 2024-12-02", "2025-11-30 2022-01-02 2023-01-01 2024-11-30 2020-12-26", "St Andrew's Day Bank Holiday (Scotland) Act 2007; schedule 1 is secondary: Wikipedia"},
	{"GB-NIR", "2026-07-13 2024-03-17 2024-03-18", "2026-07-12", "written answer of 19 November 2003: 12 July is by proclamation"},
	{"IE", "2022-01-01 2021-12-25 2021-12-26", "2022-01-03 2021-12-27 2021-12-28", "Organisation of Working Time Act 1997, second schedule: nothing moves"},
	{"NZ", "2022-01-01 2022-01-03 2022-01-04 2021-04-25 2021-04-26", "", "Holidays Act 2003, sections 45 and 45A: each day for some"},
	{"US", "2021-12-25 2021-12-24 2022-01-01 2021-12-31", "", "5 U.S.C. 6103, on ca6.uscourts.gov: the weekday for who works Monday to Friday"},
	{"CA", "2018-07-02 2023-07-01 2023-07-03 2021-12-25 2021-12-27", "2018-07-01", "Canada Labour Code, section 193; Holidays Act: Canada Day is secondary"},
	{"ZA", "2023-01-01 2023-01-02 2022-12-25", "", "Public Holidays Act 36 of 1994, section 2 (1): the Sunday and the Monday"},
	{"JP", "2020-02-23 2020-02-24", "", "Act on National Holidays, article 3 (2): the next day that is none, too"},
	{"RU", "2026-03-08 2026-03-09", "", "Labour Code, article 112: the day of rest moves, and the holiday stays"},
}

func TestLaw(t *testing.T) {
	for _, row := range lawRows {
		s := lookup(t, row.code)
		for d := range strings.FieldsSeq(row.off) {
			h, ok := s.On(date(d))
			assert.True(t, ok && !h.Workday, "%s %s is off: %s", row.code, d, row.why)
		}
		for d := range strings.FieldsSeq(row.on) {
			h, ok := s.On(date(d))
			assert.False(t, ok, "%s %s is worked, and has %q: %s", row.code, d, h.Name, row.why)
		}
	}
}

// partRows are days that are closed from a time on.
var partRows = []struct{ code, date, hours, why string }{
	{"IS", "2026-12-24", "13:00-48:00 off", "lög 88/1971, article 6, on asi.is"},
	{"IS", "2026-12-31", "13:00-48:00 off", "the same"},
	{"AU-QLD", "2026-12-24", "18:00-48:00 off", "Holidays and Other Legislation Amendment Act 2019, on acfa.net.au"},
	{"AU-QLD", "2018-12-24", "", "before it"},
	{"AU-QLD", "2026-12-31", "", "Christmas Eve alone"},
	{"AU-SA", "2026-12-24", "19:00-48:00 off", "yoursay.sa.gov.au, Reviewing SA's public holiday laws: since 2012"},
	{"AU-SA", "2012-12-31", "19:00-48:00 off", "the same"},
	{"AU-SA", "2011-12-31", "", "the same"},
	{"AU-NT", "2026-12-31", "19:00-48:00 off", "since 2016; secondary: 9news.com.au, publicholidays.com.au"},
	{"AU-NT", "2015-12-24", "", "the same"},
	{"CH-SO", "2026-05-01", "12:00-48:00 off", "Ruhetagsgesetz, § 2"},
	{"TR", "2026-03-19", "13:00-48:00 off", "law 2429, article 2: the eve of the feast from 13:00"},
	{"MO", "2026-02-16", "13:00-48:00 off", "the file of MO"},
}

func TestParts(t *testing.T) {
	for _, row := range partRows {
		h, ok := lookup(t, row.code).On(date(row.date))
		assert.Equal(t, row.hours != "", ok, "%s %s: %s", row.code, row.date, row.why)
		assert.Equal(t, row.hours, h.Hours.String(), "%s %s: %s", row.code, row.date, row.why)
	}
	// A desk in Brisbane: four hours on the day, and the rest after Christmas.
	c := calendar.Must(calendar.New("Australia/Brisbane", "Mo-Fr 14:00-22:00", calendar.Holidays(lookup(t, "AU-QLD"))))
	opened := time.Date(2026, time.December, 24, 14, 0, 0, 0, c.Zone())
	due, err := c.Add(opened, 6*time.Hour)
	require.NoError(t, err)
	assert.Equal(t, "2026-12-29T16:00:00+10:00", due.Format(time.RFC3339), "26 December is a Saturday, and the 28th its Monday")
}

// swapNames are what the days of swaps are called.
var swapNames = []string{"Разместен почивен ден", "Перенесений робочий день"}

// swapRows are days of weekends that a decree made working days. lawRows has the days off
// for which they were exchanged.
var swapRows = []struct{ code, worked string }{
	{"BG", "2010-05-15 2010-12-11 2011-03-19 2011-05-28 2011-09-03 2011-09-17 2012-01-21 2012-04-21 2012-05-19 2012-09-29 2012-12-15"},
	{"BG", "2013-05-18 2013-12-21 2013-12-14 2014-05-10 2014-05-31 2014-12-13 2015-01-24 2015-03-21 2015-09-12 2015-12-12"},
	{"BG", "2016-03-12 2016-05-14 2016-09-10 2016-09-17"},
	{"UA", "2012-03-03 2012-04-28 2012-07-07 2012-12-29 2013-05-18 2013-06-01 2014-01-11 2014-01-25 2014-02-08 2015-01-17 2015-01-31 2015-02-14"},
	{"UA", "2016-01-16 2016-03-12 2016-07-02 2017-05-13 2017-08-19 2018-03-03 2018-05-05 2018-06-23 2018-12-22 2018-12-29"},
	{"UA", "2019-05-11 2019-12-21 2019-12-28 2020-01-11 2021-01-16 2021-08-28 2021-10-23"},
}

func TestSwaps(t *testing.T) {
	worked := map[string]int{}
	for _, row := range swapRows {
		for d := range strings.FieldsSeq(row.worked) {
			h, ok := lookup(t, row.code).On(date(d))
			assert.True(t, ok && h.Workday && date(d).Weekday() == time.Saturday, "%s %s", row.code, d)
			worked[row.code]++
		}
	}
	// A swap has a day off for each day worked, and no day is left out above.
	for code, years := range map[string][2]int{"BG": {2010, 2016}, "UA": {2012, 2021}} {
		s := lookup(t, code)
		days := map[bool]int{}
		for year := years[0]; year <= years[1]; year++ {
			assert.False(t, s.Provisional(year), "%s %d", code, year)
			for _, h := range s.Year(year) {
				if h.Workday || slices.Contains(swapNames, h.Name) {
					days[h.Workday]++
				}
			}
		}
		assert.True(t, s.Provisional(years[0]-1), code)
		assert.Equal(t, map[bool]int{true: worked[code], false: worked[code]}, days, code)
	}
}

// communityRows are days of which a report of the yearly resolution says in which autonomous
// communities and cities of Spain they are holidays. A minus lists those that do not have one.
var communityRows = []struct{ date, codes, source string }{
	{"2018-02-28", "AN", "psoemarinaalta.blogspot.com"},
	{"2018-03-01", "IB", "psoemarinaalta.blogspot.com"},
	{"2018-03-19", "MC VC", "menorca.info"},
	{"2018-03-29", "-CB CT VC", "menorca.info"},
	{"2018-04-02", "CT IB NC PV VC", "menorca.info"},
	{"2018-07-25", "GA", "menorca.info"},
	{"2019-01-07", "AN AR AS CE CL CN EX MC MD ML NC", "cepymenews.es"},
	{"2019-02-28", "AN", "aycelaborytax.com"},
	{"2019-03-01", "IB", "aycelaborytax.com"},
	{"2019-03-19", "GA MC NC PV VC", "aycelaborytax.com"},
	{"2019-04-18", "-CT VC", "cepymenews.es"},
	{"2019-04-22", "CB CM CT IB NC PV RI VC", "cepymenews.es"},
	{"2019-12-09", "AN AR AS CB CL EX MD ML RI", "cepymenews.es"},
	{"2020-02-28", "AN", "abogadosenoviedo.es"},
	{"2020-03-13", "ML", "abogadosenoviedo.es"},
	{"2020-03-19", "CM GA MC NC PV VC", "burgosconecta.es"},
	{"2020-04-09", "-CT VC", "abogadosenoviedo.es"},
	{"2020-04-13", "CB CM CT IB NC PV RI VC", "burgosconecta.es"},
	{"2020-12-07", "AN AR AS CE CL CN EX IB MC MD ML NC RI", "burgosconecta.es"},
	{"2021-03-01", "AN IB", "somosclm.com"},
	{"2021-03-13", "ML", "somosclm.com"},
	{"2021-03-19", "EX GA MC MD NC PV VC", "okdiario.com"},
	{"2021-04-01", "-CT VC", "okdiario.com"},
	{"2021-04-05", "CT IB NC PV RI VC", "somosclm.com"},
	{"2021-04-23", "AR CL", "somosclm.com"},
	{"2021-05-03", "MD", "somosclm.com"},
	{"2021-05-17", "GA", "somosclm.com"},
	{"2021-05-31", "CM", "somosclm.com"},
	{"2021-06-03", "CM", "somosclm.com"},
	{"2021-06-09", "MC RI", "somosclm.com"},
	{"2021-06-24", "CT VC", "somosclm.com"},
	{"2021-07-20", "CE", "somosclm.com"},
	{"2021-07-21", "ML", "somosclm.com"},
	{"2021-07-28", "CB", "somosclm.com"},
	{"2021-08-16", "AN AR AS CL CN", "okdiario.com"},
	{"2021-09-11", "CT", "somosclm.com"},
	{"2021-09-15", "CB", "somosclm.com"},
	{"2021-10-09", "VC", "somosclm.com"},
	{"2022-04-14", "-CT", "laregion.es"},
	{"2022-04-18", "CT IB NC PV RI VC", "laregion.es"},
	{"2022-05-02", "AN AR AS CL EX MC MD", "laregion.es; Madrid has its own day, elindependiente.com"},
	{"2022-07-25", "GA MD NC PV", "laregion.es"},
	{"2022-12-26", "-CE GA PV VC", "eldebate.com"},
	{"2023-01-02", "AN AR AS CL MC", "extremadura7dias.com"},
	{"2023-02-21", "EX", "mallolassessors.com"},
	{"2023-02-28", "AN", "mallolassessors.com"},
	{"2023-03-01", "IB", "mallolassessors.com"},
	{"2023-03-20", "MD", "mallolassessors.com"},
	{"2023-04-06", "-CT VC", "mallolassessors.com"},
	{"2023-04-10", "CT IB NC PV RI VC", "ahoraclm.com"},
	{"2023-04-21", "ML", "mallolassessors.com"},
	{"2023-04-24", "AR", "mallolassessors.com"},
	{"2023-05-02", "MD", "mallolassessors.com"},
	{"2023-05-17", "GA", "mallolassessors.com"},
	{"2023-05-30", "CN", "mallolassessors.com"},
	{"2023-05-31", "CM", "mallolassessors.com"},
	{"2023-06-08", "CM", "mallolassessors.com"},
	{"2023-07-25", "CL GA NC PV", "extremadura7dias.com"},
	{"2024-02-13", "EX", "transportealdia.es"},
	{"2024-02-28", "AN", "tehagolarenta.com"},
	{"2024-03-01", "IB", "tehagolarenta.com"},
	{"2024-03-19", "MC VC", "epe.es"},
	{"2024-03-28", "-CT VC", "transportealdia.es"},
	{"2024-04-01", "CB CT IB NC PV RI VC", "epe.es"},
	{"2024-04-23", "AR CL", "transportealdia.es"},
	{"2024-05-30", "CM CN", "transportealdia.es"},
	{"2024-06-17", "CE ML", "transportealdia.es"},
	{"2024-07-25", "CB GA MD NC PV", "transportealdia.es"},
	{"2024-12-09", "AN AR AS CL EX MC ML", "transportealdia.es"},
	{"2025-03-19", "MC VC", "stecyl.net"},
	{"2025-03-31", "CE ML", "stecyl.net; Ceuta as a day of its own, elfarodeceuta.es"},
	{"2025-04-17", "-CT VC", "stecyl.net"},
	{"2025-04-21", "CT NC PV RI VC", "stecyl.net"},
	{"2025-04-23", "AR CL", "stecyl.net"},
	{"2025-05-02", "MD", "stecyl.net"},
	{"2025-05-30", "CN", "stecyl.net"},
	{"2025-06-06", "CE ML", "stecyl.net"},
	{"2025-07-25", "GA MD NC PV", "guadapress.es"},
	{"2025-10-13", "AN AR AS CL EX", "guadapress.es"},
	{"2026-03-02", "IB", "economiatoday.com"},
	{"2026-04-02", "-CT VC", "economiatoday.com"},
	{"2026-11-02", "AN AR AS CL CM CN EX MD NC", "economiatoday.com"},
	{"2026-12-07", "AN AR AS CB CL EX MC MD ML RI", "economiatoday.com"},
}

func TestCommunities(t *testing.T) {
	var parts []string
	for _, code := range holiday.Codes() {
		if part, ok := strings.CutPrefix(code, "ES-"); ok {
			parts = append(parts, part)
		}
	}
	assert.Len(t, parts, 19)
	for _, row := range communityRows {
		var off, on []string
		for _, part := range parts {
			if _, ok := lookup(t, "ES-"+part).On(date(row.date)); ok {
				off = append(off, part)
			} else {
				on = append(on, part)
			}
		}
		if want, not := strings.CutPrefix(row.codes, "-"); not {
			assert.Equal(t, want, strings.Join(on, " "), "%s: %s", row.date, row.source)
		} else {
			assert.Equal(t, want, strings.Join(off, " "), "%s: %s", row.date, row.source)
		}
	}
	// A year has twelve holidays, and Ceuta and Melilla two of their own. One more is of those
	// that the worker makes up. Those on Sundays do not count.
	for _, part := range parts {
		least, most := 11, 13 // Canarias has one more on each island
		if part == "CE" || part == "ML" {
			least, most = 13, 15
		}
		for year := 2018; year <= 2026; year++ {
			n := 0
			s := lookup(t, "ES-"+part)
			for _, h := range s.Year(year) {
				if h.Date.Weekday() != time.Sunday {
					n++
				}
			}
			assert.True(t, least <= n && n <= most, "ES-%s has %d in %d", part, n, year)
			assert.False(t, s.Provisional(year))
		}
		assert.True(t, lookup(t, "ES-"+part).Provisional(2027))
	}
}
