//go:build amd64 || arm64

package nofile

import "unsafe"

// prlimit is prlimit64(0, resource, NULL, old); it returns 0 or -errno.
//
//go:noescape
func prlimit(resource uintptr, old unsafe.Pointer) uintptr
