package probe

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"cosh/isolation"
)

const table = `22 28 0:21 / /proc rw shared:12 - proc proc rw
28 1 254:0 / / rw shared:1 - ext4 /dev/root rw
30 28 0:26 / /home rw - btrfs /dev/sdb rw
31 28 0:27 / /mnt/a\040b rw - xfs /dev/sdc rw
32 30 0:28 / /home/u/net rw - nfs host:/x rw
33 28 0:29 / /run rw - tmpfs tmpfs rw
34 28 0:30 / /home rw - ext4 /dev/sdd rw
35 28 0:31 / /media/auto rw - autofs auto rw
damaged line
`

func TestMounts(t *testing.T) {
	want := []entry{{"/", "ext4"}, {"/home", "ext4"}, {"/home/u/net", "nfs"}, {"/media/auto", "autofs"}, {"/mnt/a b", "xfs"}, {"/proc", "proc"}, {"/run", "tmpfs"}}
	if got := parseMounts(table); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

// The pieces of a tree are as large as the mounts in it allow.
func TestPieces(t *testing.T) {
	top := t.TempDir()
	for _, dir := range []string{"usr/bin", "data/disk/x", "data/plain", "data/auto"} {
		if err := os.MkdirAll(filepath.Join(top, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("usr/bin", filepath.Join(top, "bin")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(top, "data/file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	// A tree below /tmp would be left out as a place of the running machine.
	relative, err := filepath.Rel("/", top)
	if err != nil {
		t.Fatal(err)
	}
	root := "/." + "/" + relative
	got := pieces(root, []entry{{root + "/data/disk", "xfs"}, {root + "/data/auto", "autofs"}})
	want := []isolation.Piece{
		{Path: root + "/bin", Kind: isolation.PieceLink, Target: "usr/bin"},
		{Path: root + "/data", Kind: isolation.PieceHolder},
		{Path: root + "/data/auto", Kind: isolation.PieceHolder},
		{Path: root + "/data/disk", Kind: isolation.PieceTree},
		{Path: root + "/data/file", Kind: isolation.PieceFile},
		{Path: root + "/data/plain", Kind: isolation.PieceTree},
		{Path: root + "/usr", Kind: isolation.PieceTree},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestKernelAtLeast(t *testing.T) {
	if !kernelAtLeast(2, 6) || kernelAtLeast(99, 0) {
		t.Error("the running kernel is not between 2.6 and 99")
	}
}

func TestOwnDir(t *testing.T) {
	top, uid := t.TempDir(), os.Geteuid()
	if err := os.Symlink(top, filepath.Join(top, "link")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(top, "open"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(top, "open"), 0o777); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"new": true, "link": false, "open": false, "no/where": false} {
		if got := ownDir(filepath.Join(top, name), uid); got != want {
			t.Errorf("%s: %t", name, got)
		}
	}
	if ownDir(top, uid+1) {
		t.Error("somebody else's directory was taken")
	}
}

// An ordinary command costs no probing at all.
func TestOrdinaryNeedsNothing(t *testing.T) {
	var p Prober
	if h, err := p.Host(&isolation.Spec{}); h != nil || err != nil {
		t.Errorf("%v, %v", h, err)
	}
	h, err := p.Host(&isolation.Spec{Namespaces: isolation.UTS})
	if err != nil || !h.Namespaces.Has(isolation.UTS|isolation.Mount|isolation.PID) {
		t.Errorf("%+v, %v", h, err)
	}
}
