package jsontree

// LayOut returns compact JSON in lines: an object or a list stands in one line if that is
// short, else each part stands in new lines.
func LayOut(compact []byte) []byte {
	const width = 120
	var out []byte
	// closing returns where the object or list that begins at i ends.
	closing := func(i int) int {
		depth, inText := 0, false
		for ; ; i++ {
			switch c := compact[i]; {
			case inText && c == '\\':
				i++
			case c == '"':
				inText = !inText
			case !inText && (c == '{' || c == '['):
				depth++
			case !inText && (c == '}' || c == ']'):
				if depth--; depth == 0 {
					return i
				}
			}
		}
	}
	indent, inText, short := 0, false, 0 // short is where a short one ends
	line := func() {
		out = append(out, '\n')
		for range indent {
			out = append(out, ' ', ' ')
		}
	}
	for i := 0; i < len(compact); i++ {
		c := compact[i]
		out = append(out, c)
		switch {
		case inText && c == '\\':
			i++
			out = append(out, compact[i])
		case c == '"':
			inText = !inText
		case inText:
		case c == ':':
			out = append(out, ' ')
		case i < short && c == ',':
			out = append(out, ' ')
		case i <= short && i > 0:
		case c == '{' || c == '[':
			if end := closing(i); end-i < width && indent > 0 {
				short = end
			} else {
				indent++
				line()
			}
		case c == ',':
			line()
		case c == '}' || c == ']':
			out = out[:len(out)-1]
			indent--
			line()
			out = append(out, c)
		}
	}
	return append(out, '\n')
}
