package sla

// Metric says what is to happen by the due time. Catalogs may have any; the zero
// Metric stands for FirstResponse.
type Metric string

const (
	// FirstResponse is the initial response to a request, the metric of all
	// published terms.
	FirstResponse Metric = "first-response"
	// NextResponse is the response to what the customer has written since.
	NextResponse Metric = "next-response"
	// Resolution is the end of the problem, or a way round it.
	Resolution Metric = "resolution"
)
