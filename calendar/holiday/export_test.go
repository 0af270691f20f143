package holiday

// Announced are the codes of the sets that are announced year by year, or have the days of one
// that is, and whether they add to rules.
func Announced() map[string]bool {
	codes := map[string]bool{}
	for code, set := range announcedSets() {
		a := set()
		if keysOnly := a.base == code && len(a.years) == 0; !keysOnly {
			codes[code] = a.base == code
		}
	}
	return codes
}
