package holiday

import (
	"time"

	"github.com/rickar/cal/v2/gb"
)

// britain is the bank holidays of England and Wales, with changes for another
// part of the United Kingdom. They follow from the Banking and Financial
// Dealings Act 1971 (schedule 1, and proclamations under its section 1) and the
// list "UK bank holidays" on gov.uk, which names the parts separately.
//
// The London Gazette has the days that proclamations added or moved. rickar/cal
// has those moved in 2020 and 2022, and 2023's coronation.
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
		observed(gb.BoxingDay, twoDaysOn...),
	}, changes...)}
}

// scotland has 2 January, the first Monday in August instead of the last, no
// Easter Monday, and since the St Andrew's Day Bank Holiday (Scotland) Act 2007
// that day.
func scotland() country {
	return britain(
		observed(gb.NewYear, twoDaysOn...),
		drop(gb.EasterMonday),
		replace(gb.SummerHoliday, gb.SummerHolidayScotland),
		add(
			moved(day(time.January, 2, "2nd January"), twoDaysOn...),
			from(2007, moved(day(time.November, 30, "St Andrew's Day"), toMonday...)),
			once(2026, time.June, 15, "World Cup Bank Holiday"), // the Scotland Bank Holiday Proclamation of February 2026
		),
	)
}

// northernIreland has two days more.
func northernIreland() country {
	return britain(add(
		moved(day(time.March, 17, "St Patrick's Day"), toMonday...),
		moved(day(time.July, 12, "Battle of the Boyne (Orangemen's Day)"), toMonday...),
	))
}
