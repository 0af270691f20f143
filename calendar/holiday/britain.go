package holiday

import (
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/gb"
)

// britain is the bank holidays that all parts of the United Kingdom have, with changes
// for one part. They follow from the Banking and Financial Dealings Act 1971 (schedule 1,
// and proclamations under its section 1) and the list "UK bank holidays" on gov.uk, which
// names the parts separately.
//
// The London Gazette has the days that proclamations added or moved. rickar/cal
// has those moved in 2020 and 2022, and 2023's coronation.
//
// At weekends the act moves some days and keeps others: each part says which. Christmas Day
// is kept everywhere. In England it is a holiday by common law, not by the act (House of
// Lords, written answer of 19 November 2003).
func britain(changes ...change) country {
	return country{rules: gb.Holidays, changes: append([]change{
		// 1995: VE Day's 50th anniversary, the holiday of 1 May moved to 8 May.
		replace(gb.EarlyMay, not(gb.EarlyMay, 1995, 2020), once(1995, time.May, 8, "Early May")),
		// 2002 and 2012: the jubilees, the holiday of the last Monday in May moved
		// to the Tuesday or Monday beside them.
		replace(
			gb.SpringHoliday, not(gb.SpringHoliday, 2002, 2012, 2022),
			once(2002, time.June, 4, "Spring Bank Holiday"),
			once(2012, time.June, 4, "Spring Bank Holiday"),
		),
		add(
			once(1999, time.December, 31, "Millennium Bank Holiday"),
			once(2002, time.June, 3, "Golden Jubilee Bank Holiday"),
			once(2011, time.April, 29, "Royal Wedding Bank Holiday"),
			once(2012, time.June, 5, "Diamond Jubilee Bank Holiday"),
			once(2022, time.September, 19, "Bank Holiday for the State Funeral of Queen Elizabeth II"),
		),
		// When Christmas Day is a Sunday, its substitute is the Tuesday: the
		// Monday is Boxing Day.
		observed(gb.ChristmasDay, twoDaysOn...),
	}, changes...)}
}

// england is England and Wales. New Year's Day is a bank holiday by proclamation alone, so
// that at a weekend the Monday is the only one (as 4 January 1999 in Scotland: London
// Gazette 55182). Boxing Day is one "if it be not a Sunday" (schedule 1, paragraph 1); for
// a Saturday the Monday is added, as 28 December 1998.
func england(changes ...change) country {
	return britain(append([]change{
		replace(gb.NewYear, instead(gb.NewYear)...),
		replace(gb.BoxingDay, instead(moved(gb.BoxingDay, twoDaysOn...), time.Sunday)...),
	}, changes...)...)
}

// scotland has 2 January, the first Monday in August instead of the last, no
// Easter Monday, and since the St Andrew's Day Bank Holiday (Scotland) Act 2007
// that day, or the Monday after it if it is at a weekend. New Year's Day and 2 January
// move from a Sunday to 3 January (schedule 1, paragraph 2; secondary: Wikipedia, Bank
// holidays in Scotland); for a Saturday the Monday is added. Boxing Day is a bank holiday
// by proclamation alone, and moves.
func scotland() country {
	january := func(r *cal.Holiday) []*cal.Holiday { return instead(moved(r, twoDaysOn...), time.Sunday) }
	return britain(
		replace(gb.NewYear, january(gb.NewYear)...),
		replace(gb.BoxingDay, instead(moved(gb.BoxingDay, twoDaysOn...))...),
		drop(gb.EasterMonday),
		replace(gb.SummerHoliday, gb.SummerHolidayScotland),
		add(january(day(time.January, 2, "2nd January"))...),
		add(instead(from(2007, moved(day(time.November, 30, "St Andrew's Day"), toMonday...)))...),
		add(once(2026, time.June, 15, "World Cup Bank Holiday")), // the Scotland Bank Holiday Proclamation of February 2026
	)
}

// northernIreland has two days more. 12 July is a bank holiday by proclamation alone (House
// of Lords, written answer of 19 November 2003), so that at a weekend the Monday is the
// only one. 17 March is in schedule 1, whose paragraph 3 was not opened: it is kept at a
// weekend, beside the Monday.
func northernIreland() country {
	return england(
		add(moved(day(time.March, 17, "St Patrick's Day"), toMonday...)),
		add(instead(moved(day(time.July, 12, "Battle of the Boyne (Orangemen's Day)"), toMonday...))...),
	)
}
