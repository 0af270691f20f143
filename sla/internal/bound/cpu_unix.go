//go:build unix

package bound

import (
	"syscall"
	"time"
)

// CPUTime returns the processor time that this process has used. Unlike the time on the
// wall it does not grow while the machine does other things.
func CPUTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
