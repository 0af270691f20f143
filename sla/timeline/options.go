package timeline

import "time"

// Options say how to draw. The zero Options are good ones.
type Options struct {
	// Zone is the one whose days are drawn. Nil is that of the hours of the term, or
	// without a term that of the instant explained.
	Zone *time.Location
	// Second is a zone whose hours and times are given, too; nil, or one of the same
	// name, is none.
	Second *time.Location
	// Width is that of an SVG in pixels, at least [MinWidth]; 0 is [DefaultWidth].
	// [Text] is 80 columns wide.
	Width int
	// Words are those of the picture; nil is [English].
	Words *Words
	// ID begins the ids in an SVG, which are to differ between those in one page. The
	// empty ID is "timeline".
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
