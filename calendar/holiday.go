package calendar

// Holiday is an entry of a [HolidaySet]: a day off, or a make-up workday.
type Holiday struct {
	Date Date
	// Name is what the day is called where it is kept.
	Name string
	// Workday marks a working day that makes up for a holiday elsewhere, such as
	// the 调休 weekends of mainland China. It opens (R11).
	Workday bool
	// Provisional marks a day by law or custom that an authority announces each
	// year, and has not announced yet.
	Provisional bool
}

// dayKind is what the holiday sets say of a date.
type dayKind uint8

const (
	ordinaryDay dayKind = iota
	holidayDay
	makeUpDay
)

// holidayOn returns what the sets together say of a date: a make-up workday of
// any of them, else the holiday of the first that has one.
func holidayOn(sets []HolidaySet, d Date) (Holiday, dayKind) {
	var found Holiday
	kind := ordinaryDay
	for _, s := range sets {
		switch h, ok := s.On(d); {
		case ok && h.Workday:
			return h, makeUpDay
		case ok && kind == ordinaryDay:
			found, kind = h, holidayDay
		}
	}
	return found, kind
}
