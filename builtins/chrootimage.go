package builtins

import (
	_ "embed"
	"os"

	"cosh/isolation/image"
	"cosh/shell/command"
	"cosh/shell/diag"
)

//go:embed chroot-image.md
var chrootImagePage string

// chrootImage folds another root filesystem into a Spec.
func chrootImage(w *command.Wrap) error {
	_, rest, err := command.ParseFlags(nil, w.Words)
	if err != nil {
		return err
	}
	if len(rest) == 0 {
		return &diag.Problem{What: "chroot-image: an image is missing", Status: 2,
			Try: "chroot-image host | scratch | DIRECTORY | FILE.tar [COMMAND]"}
	}
	store, err := image.StoreDir(os.Geteuid(), func(name string) string { v, _ := w.State.GetName(name); return v })
	if err != nil {
		return err
	}
	root, err := image.Open(rest[0], w.State.Dir, store)
	if err != nil {
		return &diag.Problem{What: "chroot-image: " + err.Error(), Status: 125,
			Try: "chroot-image host | scratch | DIRECTORY | FILE.tar [COMMAND]"}
	}
	w.Spec.Root = root
	w.Words = rest[1:]
	w.Boundaries = append(w.Boundaries, "image "+rest[0])
	return nil
}
