package page

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestQuery(t *testing.T) {
	fields, err := Query("address", "a=1&b=%31&a=2")
	require.NoError(t, err)
	assert.Equal(t, []string{"1", "2"}, fields["a"])
	assert.Equal(t, "1", fields.Get("b"))
	for text, want := range map[string]string{
		"a=1&b=%zz": `address "%zz": want two hex digits after %, or %25 for the sign itself`,
		"a=1&b=1;2": "address: want each field once, and %3B for a semicolon",
	} {
		fields, err := Query("address", text)
		assert.EqualError(t, err, want)
		assert.Equal(t, "1", fields.Get("a"), "what could be read is there")
	}
}
