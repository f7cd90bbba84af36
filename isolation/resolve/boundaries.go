package resolve

import (
	"errors"
	"fmt"

	"cosh/isolation"
)

// boundaries are the namespaces that a Spec comes to on this host: those asked
// for and those that the others need.
func boundaries(s *isolation.Spec, host *isolation.Host) (isolation.Namespaces, error) {
	kinds := s.Namespaces
	if s.Root != nil || kinds.Has(isolation.PID) {
		kinds |= isolation.Mount // another root, or a /proc of its own
	}
	if s.Hostname != "" {
		kinds |= isolation.UTS
	}
	if kinds != 0 && !host.Capable {
		kinds |= isolation.User // whoever makes one has every capability in it
	}
	kinds &^= s.Optional &^ host.Namespaces
	if kinds != 0 && host.Namespaces == 0 {
		return 0, errors.New("make " + kinds.String() + " namespaces: /proc/self/ns, which shows what this kernel has, is not there; mount -t proc proc /proc")
	}
	if missing := kinds &^ host.Namespaces; missing != 0 {
		return 0, &NoNamespace{Kinds: missing}
	}
	if kinds.Has(isolation.User) && host.UserNS != "" {
		return 0, &NoUserNS{Reason: host.UserNS}
	}
	if s.Root != nil {
		return kinds, root(s.Root, host, kinds)
	}
	return kinds, nil
}

// NoNamespace is the error for kinds that this kernel cannot make for us.
type NoNamespace struct{ Kinds isolation.Namespaces }

func (n *NoNamespace) Error() string {
	text := "make " + n.Kinds.String() + " namespaces: this kernel has none (see /proc/self/ns)"
	if n.Kinds.Has(isolation.Time) {
		text += "; a program enters a new time namespace at its execve from Linux 6.3 on"
	}
	return text
}

// NoUserNS is the error for a host that keeps user namespaces from us, and with
// them every other boundary.
type NoUserNS struct {
	Reason string // and the setting to change
}

func (n *NoUserNS) Error() string { return "make a user namespace: " + n.Reason }

// root checks what another root needs of the host.
func root(r *isolation.Root, host *isolation.Host, kinds isolation.Namespaces) error {
	if host.TempDir == "" {
		return errors.New("find a directory to build the new root in: none of $XDG_RUNTIME_DIR, /run and /tmp can be written to")
	}
	if r.Kind != isolation.RootScratch && kinds.Has(isolation.User) && !host.OverlayInUserNS {
		return fmt.Errorf("mount image %s copy-on-write in a user namespace: this needs Linux 5.11; run as root", r.Image)
	}
	if r.Kind == isolation.RootLayers && len(r.Layers) == 0 {
		return fmt.Errorf("use image %s: it holds no files; scratch is an empty root", r.Image)
	}
	return nil
}
