package region

import (
	"database/sql/driver"
	"encoding"
	"fmt"
)

// Value returns the moniker as it is written, for a database.
func (m Moniker) Value() (driver.Value, error) { return string(m), nil }

// Scan reads a moniker from a database, a string or []byte, as
// [Moniker.UnmarshalText] does, and NULL as the zero Moniker.
func (m *Moniker) Scan(src any) error {
	if src == nil {
		*m = ""
		return nil
	}
	return scanText(m, src)
}

// Value returns the category's text for a database.
func (c Category) Value() (driver.Value, error) {
	text, err := c.MarshalText()
	return string(text), err
}

// Scan reads what [ParseCategory] reads from a database, a string or []byte. NULL
// is an error, as the zero Category is Technical; see [database/sql.Null].
func (c *Category) Scan(src any) error { return scanText(c, src) }

// scanText reads a value from a database column of text.
func scanText(v encoding.TextUnmarshaler, src any) error {
	switch s := src.(type) {
	case string:
		return v.UnmarshalText([]byte(s))
	case []byte:
		return v.UnmarshalText(s)
	}
	return fmt.Errorf("region: scan %T into %T: want a string or []byte", src, v)
}
