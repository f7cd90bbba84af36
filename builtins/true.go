package builtins

import (
	_ "embed" // the help pages

	"cosh/shell/command"
)

//go:embed true.md
var truePage string

//go:embed false.md
var falsePage string

//go:embed colon.md
var colonPage string

// succeed is true and the colon.
func succeed(*command.Call) int { return 0 }

// fail is false.
func fail(*command.Call) int { return 1 }
