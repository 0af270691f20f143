package timeline

// TextWidth returns how wide the layout takes a text to be in pixels.
func TextWidth(text string, size float64) float64 { return ruler(size).width(text) }
