package sla

import (
	"errors"
	"iter"
	"time"

	"github.com/duetime/duetime/region"
)

// Change is a request that two catalogs judge differently.
type Change struct {
	Request        Request
	Old, New       Deadline
	OldErr, NewErr error // of a catalog that has no due time for the request
}

// By returns how much later the new catalog has the request due, on the wall:
// negative for earlier, and 0 where one of the two has no due time.
func (c Change) By() time.Duration {
	if c.OldErr != nil || c.NewErr != nil {
		return 0
	}
	return c.New.Due.Sub(c.Old.Due)
}

// Compare returns those of the requests whose due time changes from one catalog
// to another, or that have none in one of them, or for another reason, in their
// order. So an edit of a catalog can be tried on last year's requests before it
// goes live:
//
//	for change := range sla.Compare(old, edited, requests) {
//		fmt.Println(change.Request, change.By())
//	}
func Compare(old, new *Catalog, requests iter.Seq[Request]) iter.Seq[Change] {
	return func(yield func(Change) bool) {
		for r := range requests {
			c := Change{Request: r}
			c.Old, c.OldErr = old.Deadline(r)
			c.New, c.NewErr = new.Deadline(r)
			if !c.same() && !yield(c) {
				return
			}
		}
	}
}

func (c Change) same() bool {
	if c.OldErr != nil && c.NewErr != nil {
		// What these want instead is about the catalog, and not about the request.
		before, ok1 := errors.AsType[*region.UnknownError](c.OldErr)
		after, ok2 := errors.AsType[*region.UnknownError](c.NewErr)
		if ok1 && ok2 {
			return before.What == after.What
		}
		if errors.Is(c.OldErr, ErrNotInForce) && errors.Is(c.NewErr, ErrNotInForce) {
			return true
		}
		return c.OldErr.Error() == c.NewErr.Error()
	}
	// Where one of them has no due time, its Due is the zero time, which no other is.
	return c.Old.Due.Equal(c.New.Due)
}
