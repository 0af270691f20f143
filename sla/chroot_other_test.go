//go:build !linux

package sla_test

import "syscall"

func chroot(string) *syscall.SysProcAttr { return nil }
