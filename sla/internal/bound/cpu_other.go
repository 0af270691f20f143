//go:build !unix

package bound

import "time"

// CPUTime returns 0: this system does not tell it.
func CPUTime() time.Duration { return 0 }
