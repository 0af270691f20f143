package page

import (
	"errors"
	"fmt"
	"net/url"
)

// Query reads the query of an address, called what. With an error come the fields that
// could be read.
func Query(what, text string) (url.Values, error) {
	fields, err := url.ParseQuery(text)
	if bad, ok := errors.AsType[url.EscapeError](err); ok {
		err = fmt.Errorf("%s %q: want two hex digits after %%, or %%25 for the sign itself", what, string(bad))
	} else if err != nil { // a semicolon, or more fields than anybody has
		err = fmt.Errorf("%s: want each field once, and %%3B for a semicolon", what)
	}
	return fields, err
}
