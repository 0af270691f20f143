package sla

import (
	"errors"
	"fmt"
	"strings"

	"github.com/duetime/duetime/region"
)

// Severity is how badly a problem hurts the customer. The zero Severity is none:
// it is invalid in a request.
//
// The levels are those of the help page of 2020-05-27 and of the Office 365
// platform service description of 2020-05-01. Support assigns one when a case
// is opened, and 21Vianet may lower it later if the customer does not cooperate
// in reasonable time.
type Severity uint8

const (
	// SeverityA, critical: a service is down or cannot be reached, for many, and
	// production, operations or a deployment suffer for it. Examples of the page:
	// widespread problems sending or receiving mail; a SharePoint site down; no
	// user can send instant messages, join or schedule Skype for Business
	// meetings, or make calls.
	SeverityA Severity = 1 + iota
	// SeverityB, high: the service works, but not as it should; the business
	// feels it and can wait for business hours. One user, customer or service is
	// affected in part. Examples of the page: the Send button in Outlook is
	// garbled; a setting cannot be made in the Exchange admin center but can in
	// PowerShell.
	SeverityB
	// SeverityC, non-critical (or medium, as the page's table of responses calls
	// it): little impact, productivity hardly suffers, and there is a way round.
	// Examples of the page: how to set a password that never expires; a user
	// cannot delete contact information in Exchange Online.
	SeverityC
)

// ErrUnknownSeverity is under the error for a text or value that is no severity.
var ErrUnknownSeverity = errors.New("sla: unknown severity")

func unknownSeverity(s string) error {
	return &region.UnknownError{Err: ErrUnknownSeverity, Text: s, Want: "A (critical), B (high) or C (medium, non-critical)"}
}

func (s Severity) valid() bool { return SeverityA <= s && s <= SeverityC }

// ParseSeverity returns the severity that a text names, in any case: A, Sev A,
// Severity A or critical; B or high; C, medium or non-critical. For any other
// text the error is a *[region.UnknownError] of [ErrUnknownSeverity].
func ParseSeverity(s string) (Severity, error) {
	switch s {
	case "A", "B", "C":
		return Severity(s[0]-'A') + SeverityA, nil
	}
	name := strings.ToLower(strings.TrimSpace(s))
	for _, prefix := range []string{"severity", "sev"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			name = strings.TrimLeft(rest, " -_")
			break
		}
	}
	switch name {
	case "a", "critical":
		return SeverityA, nil
	case "b", "high":
		return SeverityB, nil
	case "c", "medium", "non-critical", "noncritical":
		return SeverityC, nil
	}
	return 0, unknownSeverity(s)
}

// String returns "A", "B" or "C".
func (s Severity) String() string {
	if !s.valid() {
		return fmt.Sprintf("Severity(%d)", uint8(s))
	}
	return "ABC"[s-1 : s]
}

// AppendText appends the form of [Severity.String] to b. A value that is no
// severity is a *[region.UnknownError].
func (s Severity) AppendText(b []byte) ([]byte, error) {
	if !s.valid() {
		return b, unknownSeverity(s.String())
	}
	return append(b, s.String()...), nil
}

// MarshalText returns the form of [Severity.String], as AppendText.
func (s Severity) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads what [ParseSeverity] reads.
func (s *Severity) UnmarshalText(text []byte) error {
	v, err := ParseSeverity(string(text))
	if err == nil {
		*s = v
	}
	return err
}
