package sla

import (
	"database/sql/driver"
	"encoding"
	"fmt"
)

// Value returns the target's text for a database, and NULL for the zero Target.
func (t Target) Value() (driver.Value, error) {
	if t.IsZero() {
		return nil, nil
	}
	return t.String(), nil
}

// Scan reads what [ParseTarget] reads from a database, a string or []byte, and
// NULL as the zero Target.
func (t *Target) Scan(src any) error {
	if src == nil {
		*t = Target{}
		return nil
	}
	return scanText(t, src)
}

// scanText reads a value from a database column of text.
func scanText(v encoding.TextUnmarshaler, src any) error {
	switch s := src.(type) {
	case string:
		return v.UnmarshalText([]byte(s))
	case []byte:
		return v.UnmarshalText(s)
	}
	return fmt.Errorf("sla: scan %T into %T: want a string or []byte", src, v)
}
