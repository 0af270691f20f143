package input

import (
	"fmt"
	"time"
)

// Zone returns a zone by the name that a flag has.
func Zone(name string) (*time.Location, error) {
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("unknown zone %q: want a name such as Europe/Berlin", name)
	}
	return zone, nil
}
