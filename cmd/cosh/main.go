// Command cosh is the container shell.
package main

import (
	"os"

	"cosh/builtins"
	"cosh/isolation/guardian"
	"cosh/isolation/launch"
	"cosh/isolation/probe"
	"cosh/shell"
)

func main() {
	// This binary is also what runs late steps of a launch, and the guardian.
	launch.StageMain()
	if guardian.Main() {
		return
	}
	guard := &guardian.Guardian{}
	host := &probe.Prober{StaticSelf: launch.StaticSelf, Guard: guard.Guard, Unguard: guard.Unguard, Watch: guard.Watch}
	os.Exit(shell.Main(os.Args, os.Environ(), &builtins.Registry{}, host.Host))
}
