package region

// Moniker names a cloud, as the help page's sections are named. A catalog of package
// sla can have other monikers. The zero Moniker is not set.
type Moniker string

// The monikers of the help page.
const (
	Worldwide Moniker = "o365-worldwide"
	China     Moniker = "o365-21vianet"
	Germany   Moniker = "o365-germany"
)

func unknownMoniker(m Moniker) error {
	return &UnknownError{Err: ErrUnknownMoniker, Text: string(m), Want: "a moniker", Known: []string{string(Worldwide), string(China), string(Germany)}}
}
