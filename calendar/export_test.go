package calendar

// TableSize returns the number of slots in the table that c has built so far.
func TableSize(c *Calendar) int {
	if tb := c.table.Load(); tb != nil {
		return len(tb.slots) - 1
	}
	return 0
}

// ParseHours is parseHours without the check that the hours ever open.
func ParseHours(text string) (canonical string, err error) {
	h, err := parseHours(text)
	if err != nil {
		return "", err
	}
	return h.String(), nil
}
