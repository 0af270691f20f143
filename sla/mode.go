package sla

// SeverityMode says what becomes of a clock when the severity of its request
// changes. The zero SeverityMode is FromOpening.
type SeverityMode uint8

const (
	// FromOpening: the new term counts from the opening of the request (of the
	// reopening, in a later cycle), in its own hours, and time spent paused does not
	// count. A due time that has passed by then makes the change a breach.
	FromOpening SeverityMode = iota
	// CarryElapsed: the new term's target counts from the change, less the
	// business time that has been used under the terms before. From a target in
	// business days, that time is taken off at the end.
	CarryElapsed
	// Restart: the new term counts from the change, in a cycle of its own.
	Restart
)

var severityModes = names{"from-opening", "carry-elapsed", "restart"}

// String returns "from-opening", "carry-elapsed" or "restart".
func (m SeverityMode) String() string { return severityModes.text("SeverityMode", uint8(m)) }

// MarshalText returns the form of [SeverityMode.String]. A value that is no mode
// is a *[region.UnknownError].
func (m SeverityMode) MarshalText() ([]byte, error) {
	return severityModes.marshal("SeverityMode", uint8(m))
}

// UnmarshalText reads what [SeverityMode.MarshalText] writes.
func (m *SeverityMode) UnmarshalText(text []byte) error { return unmarshal(severityModes, m, text) }

// ReopenMode says what becomes of a stopped clock when its request is opened
// again. The zero ReopenMode is Continue.
type ReopenMode uint8

const (
	// Continue: the clock goes on where it stopped, as though it had been paused in
	// between.
	Continue ReopenMode = iota
	// NewCycle: the term counts anew from the reopening, in a cycle of its own.
	NewCycle
	// Ignore: the clock stays stopped.
	Ignore
)

var reopenModes = names{"continue", "new-cycle", "ignore"}

// String returns "continue", "new-cycle" or "ignore".
func (m ReopenMode) String() string { return reopenModes.text("ReopenMode", uint8(m)) }

// MarshalText returns the form of [ReopenMode.String]. A value that is no mode is
// a *[region.UnknownError].
func (m ReopenMode) MarshalText() ([]byte, error) {
	return reopenModes.marshal("ReopenMode", uint8(m))
}

// UnmarshalText reads what [ReopenMode.MarshalText] writes.
func (m *ReopenMode) UnmarshalText(text []byte) error { return unmarshal(reopenModes, m, text) }
