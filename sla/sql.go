package sla

import (
	"database/sql/driver"
	"encoding"
	"fmt"
)

// Value returns the severity's text for a database, and NULL for the zero
// Severity.
func (s Severity) Value() (driver.Value, error) {
	if s == 0 {
		return nil, nil
	}
	text, err := s.MarshalText()
	return string(text), err
}

// Scan reads what [ParseSeverity] reads from a database, a string or []byte, and
// NULL as the zero Severity.
func (s *Severity) Scan(src any) error {
	if src == nil {
		*s = 0
		return nil
	}
	return scanText(s, src)
}

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

// Value returns the plan as it is written, for a database.
func (p Plan) Value() (driver.Value, error) { return string(p), nil }

// Scan reads a plan from a database, a string or []byte, as [Plan.UnmarshalText]
// does, and NULL as the zero Plan.
func (p *Plan) Scan(src any) error {
	if src == nil {
		*p = ""
		return nil
	}
	return scanText(p, src)
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
