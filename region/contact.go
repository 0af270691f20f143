package region

// Contact is how to call a region's support from some countries.
type Contact struct {
	Countries        []string // ISO 3166-1 alpha-2
	Phone            string   // as published
	AlternativePhone string
	Languages        []string // empty if the page does not say
	Note             string
}
