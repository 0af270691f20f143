package calendar

import (
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A table is the same however it has grown: at once over all years, or by steps of
// any size in both directions.
func TestTableGrows(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(7, 1))
	for _, zone := range []string{
		"UTC", "Europe/Berlin", "Europe/London", "America/New_York", "America/Sao_Paulo", "Pacific/Apia", "Pacific/Kwajalein",
		"Africa/Casablanca", "Africa/Cairo", "Australia/Lord_Howe", "Antarctica/Troll", "Europe/Moscow",
	} {
		loc, err := time.LoadLocation(zone)
		require.NoError(t, err)
		texts := []string{"24/7", "Mo-Sa 00:00-02:30,23:30-26:30; Su off; Dec 24-26 off"}
		if zone == "Africa/Casablanca" { // these rules take long
			texts = append(texts, "Jul-Aug Mo-Fr 09:00-17:00, Fr[-1] 20:00-26:00; week 01-53/2 We 12:00-13:00 off")
		}
		for _, text := range texts {
			parsed, err := parseHours(text)
			require.NoError(t, err)
			c := newPlain("", loc, []era{{hours: parsed}}, nil, nil)
			whole := c.build(nil, 0, slotCount)
			for range 3 {
				first := rng.IntN(slotCount)
				end := min(slotCount, first+1+rng.IntN(200))
				grown := c.build(nil, first, end)
				anchor := place{tb: grown, i: uint(end - 1 - first)}
				origin, originDays := grown.base+anchor.before(), grown.days.base+grown.days.before(anchor.i)
				for range 4 {
					first, end = max(0, first-rng.IntN(3000)), min(slotCount, end+rng.IntN(3000))
					grown = c.build(grown, first, end)
					now := place{tb: grown, i: uint(anchor.slot() - first)}
					require.Equal(t, origin, grown.base+now.before(), "open seconds count from one origin")
					require.Equal(t, originDays, grown.days.base+grown.days.before(now.i), "and so do business days")
				}
				require.Equal(t, []int{first, end}, []int{int(grown.first), grown.end()})
				at, in := place{tb: whole, i: uint(first)}, place{tb: grown}
				from := at.before()
				fromDays := whole.days.before(at.i)
				for at.slot() < end {
					if !reflect.DeepEqual(at.shape(), in.shape()) || at.isBusinessDay() != in.isBusinessDay() || at.before()-from != in.before() ||
						whole.days.before(at.i)-fromDays != grown.days.before(in.i) {
						t.Fatalf("%s %s, %v: in one table %v, grown %v", zone, text, at.date(), *at.shape(), *in.shape())
					}
					at.i, in.i = at.i+1, in.i+1
				}
				assert.Equal(t, whole.slots[end].seconds()-from, grown.open)
				assert.Equal(t, grown.open, grown.slots[len(grown.slots)-1].seconds())
			}
		}
	}
}

// What the package says a table takes: 8 KB a year, 2 MB for all years.
func TestTableBytes(t *testing.T) {
	parsed, err := parseHours("Mo-Fr 09:00-17:00")
	require.NoError(t, err)
	tb := newPlain("", time.UTC, []era{{hours: parsed}}, nil, nil).build(nil, 0, slotCount)
	bytes := 8*(cap(tb.slots)+cap(tb.days.words)) + 4*(cap(tb.inverse)+cap(tb.days.counts)+cap(tb.days.slots))
	assert.Less(t, bytes, 2_200_000)
	assert.Less(t, len(tb.shapes), 10)
}
