package timeline

import "time"

// Options say how to draw. The zero Options are good ones.
type Options struct {
	// Zone says which zone's days to draw. Nil takes the zone of the first lane whose
	// calendar closes, or else of the first one with a calendar. Without any term, it takes
	// the zone of the instant explained.
	Zone *time.Location
	// Second adds the hours and times of another zone. Nil adds nothing, and neither does
	// a zone with the same name.
	Second *time.Location
	// Width sets the width of an SVG in pixels, at least [MinWidth]. 0 takes [DefaultWidth].
	// [Text] is always 80 columns wide.
	Width int
	// Words are the texts in the picture. Nil takes [English].
	Words *Words
	// ID begins the ids in an SVG. SVGs in one page need different IDs. The empty ID stands
	// for "timeline".
	ID string
	// All draws each day, also the quiet ones.
	All bool
}

// The widths of an SVG in pixels. A picture is made for its width: a narrow one has
// the same size of text.
const (
	MinWidth     = 320
	DefaultWidth = 720
)
