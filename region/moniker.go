package region

import "strings"

// Moniker names a cloud, as the help page's sections are named. The zero Moniker
// is "", which names none.
type Moniker string

// The monikers of the help page.
const (
	Worldwide Moniker = "o365-worldwide"
	China     Moniker = "o365-21vianet"
	Germany   Moniker = "o365-germany"
)

// ParseMoniker returns the moniker that a text is, in any case and with white
// space around it. For any other text the error is an *[UnknownError] of
// [ErrUnknownMoniker].
func ParseMoniker(s string) (Moniker, error) {
	m := Moniker(s)
	for range 2 {
		switch m {
		case Worldwide, China, Germany:
			return m, nil
		}
		m = Moniker(strings.ToLower(strings.TrimSpace(s)))
	}
	return "", unknownMoniker(s)
}

func unknownMoniker(s string) error {
	return &UnknownError{ErrUnknownMoniker, s, "o365-worldwide, o365-21vianet or o365-germany"}
}

// String returns the moniker as it is written.
func (m Moniker) String() string { return string(m) }

// MarshalText returns the moniker as it is written. The error is always nil.
func (m Moniker) MarshalText() ([]byte, error) { return []byte(m), nil }

// UnmarshalText reads a moniker as it is written: there are catalogs with monikers of
// their own. [ParseMoniker] is for what people type. The error is always nil.
func (m *Moniker) UnmarshalText(text []byte) error {
	*m = Moniker(text)
	return nil
}
