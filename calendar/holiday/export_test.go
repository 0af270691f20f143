package holiday

// Announced are the codes of the sets that are announced year by year, and whether they add to
// rules.
func Announced() map[string]bool {
	codes := map[string]bool{}
	for code, a := range readAnnounced() {
		codes[code] = a.base == code
	}
	return codes
}
