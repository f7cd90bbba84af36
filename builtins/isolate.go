package builtins

import (
	_ "embed"

	"cosh/isolation"
	"cosh/shell/command"
	"cosh/shell/diag"
)

//go:embed isolate.md
var isolatePage string

// isolateFlags are a switch for each namespace kind, and what goes into them.
func isolateFlags() []command.Flag {
	return []command.Flag{
		{Name: "pid", Help: "process ids of its own: the command is number 1"},
		{Name: "mount", Help: "mounts of its own"},
		{Name: "net", Help: "a network of its own: only loopback, up"},
		{Name: "uts", Help: "a host name of its own"},
		{Name: "ipc", Help: "message queues, semaphores and shared memory of its own"},
		{Name: "user", Help: "user ids of its own: you are root inside"},
		{Name: "cgroup", Help: "a view of the cgroup tree that begins at its own"},
		{Name: "time", Help: "clocks since boot of its own"},
		{Name: "hostname", Arg: "NAME", Help: "the host name inside"},
	}
}

// isolate folds namespaces into a Spec. Without a kind it takes all but user,
// which an unprivileged user gets as well since nothing else works without it.
func isolate(w *command.Wrap) error {
	given, rest, err := command.ParseFlags(isolateFlags(), w.Words)
	if err != nil {
		return err
	}
	var kinds isolation.Namespaces
	for _, f := range given {
		if f.Flag.Name == "hostname" {
			if err := checkHostname(f); err != nil {
				return err
			}
			w.Spec.Hostname = f.Value
			continue
		}
		for _, k := range isolation.NamespaceKinds {
			if k.Name == f.Flag.Name {
				kinds |= k.Kind
			}
		}
	}
	shown := kinds.String()
	if kinds == 0 {
		for _, k := range isolation.NamespaceKinds {
			if k.Kind != isolation.User {
				kinds |= k.Kind
			}
		}
		w.Spec.Optional |= kinds // a kind that this kernel lacks is left out
		shown = "isolated"
		// Cgroup namespaces came with Linux 4.6; a time namespace can be entered
		// by the one who makes it from 6.3 on. The others are as old as containers.
		w.Spec.Optional |= (isolation.Time | isolation.Cgroup) &^ w.Spec.Namespaces
	} else {
		w.Spec.Optional &^= kinds
	}
	w.Spec.Namespaces |= kinds
	w.Words = rest
	w.Boundaries = append(w.Boundaries, shown)
	if w.Spec.Hostname != "" {
		w.Boundaries = append(w.Boundaries, "host "+w.Spec.Hostname)
	}
	return nil
}

// checkHostname holds NAME to what sethostname(2) takes: 1 to 64 bytes.
func checkHostname(f command.Parsed) error {
	if f.Value != "" && len(f.Value) <= 64 {
		return nil
	}
	return &diag.Problem{What: "isolate: " + f.Word + ": a host name has 1 to 64 characters", Status: 2,
		Try: "isolate --hostname box …"}
}
