package shell

import (
	"strings"

	"cosh/shell/diag"
	"cosh/shell/session"
)

// invocation is the command line of cosh, parsed (XCU sh).
type invocation struct {
	on, off         session.Options
	command         string // -c
	script          string // FILE
	name            string // $0
	params          []string
	login           bool
	help            bool
	noProfile, noRC bool   // bash's --noprofile, --norc
	rcFile          string // bash's --rcfile, instead of ENV
	version         bool
}

// parseArgs reads argv. A name that begins with - is a login shell's.
func parseArgs(argv []string) (inv invocation, err error) {
	inv.name = "cosh"
	if len(argv) > 0 {
		inv.name = argv[0]
		argv = argv[1:]
	}
	inv.login = strings.HasPrefix(inv.name, "-")
	if base := inv.name[strings.LastIndexByte(inv.name, '/')+1:]; strings.TrimPrefix(base, "-") == "sh" {
		inv.on |= session.Posix
	}
	argv, err = inv.flags(argv)
	if err != nil || inv.help || inv.version {
		return inv, err
	}
	if inv.on&session.FromString != 0 {
		if len(argv) == 0 {
			return inv, badArgs("-c", "needs a command string", "cosh -c 'echo hello'")
		}
		inv.command, argv = argv[0], argv[1:]
		if len(argv) > 0 {
			inv.name, argv = argv[0], argv[1:]
		}
	} else if len(argv) > 0 && inv.on&session.StdinInput == 0 {
		inv.script, inv.name, argv = argv[0], argv[0], argv[1:]
	} else {
		inv.on |= session.StdinInput
	}
	inv.params = argv
	return inv, nil
}

// flags reads the options and returns the operands.
func (inv *invocation) flags(argv []string) ([]string, error) {
	for len(argv) > 0 {
		w := argv[0]
		switch {
		case w == "--" || w == "-":
			return argv[1:], nil
		case w == "--help":
			inv.help = true
			return argv, nil
		case w == "--version":
			inv.version = true
			return argv, nil
		case w == "--login":
			inv.login = true
		case w == "--posix":
			inv.on |= session.Posix
		case w == "--norc":
			inv.noRC = true
		case w == "--noprofile":
			inv.noProfile = true
		case w == "--rcfile" || w == "--init-file":
			if len(argv) < 2 {
				return nil, badArgs(w, "needs a file", "cosh "+w+" FILE")
			}
			inv.rcFile, argv = argv[1], argv[1:]
		case strings.HasPrefix(w, "--"):
			return nil, badArgs(w, "is not an option of cosh", "cosh --help")
		case len(w) > 1 && (w[0] == '-' || w[0] == '+'):
			rest, err := inv.letters(w, argv[1:])
			if err != nil {
				return nil, err
			}
			argv = rest
			continue
		default:
			return argv, nil
		}
		argv = argv[1:]
	}
	return nil, nil
}

// letters reads one cluster such as -ex or +o NAME.
func (inv *invocation) letters(w string, rest []string) ([]string, error) {
	for i := 1; i < len(w); i++ {
		var bit session.Options
		switch c := w[i]; c {
		case 'o':
			if len(rest) == 0 {
				return nil, badArgs(w, "needs the name of an option", "cosh -o errexit …")
			}
			if bit = session.OptionByName(rest[0]); bit == 0 {
				return nil, badArgs(rest[0], "is not the name of an option", "cosh -c 'set -o' lists them")
			}
			rest = rest[1:]
		case 'l':
			inv.login = w[0] == '-'
			continue
		default:
			if bit = session.OptionByLetter(c); bit == 0 {
				return nil, badArgs("-"+string(c), "is not an option of cosh", "cosh --help")
			}
		}
		if w[0] == '-' {
			inv.on |= bit
		} else {
			inv.off |= bit
		}
	}
	return rest, nil
}

func badArgs(word, why, try string) error {
	return &diag.Problem{What: word + " " + why, Try: try, Status: 2}
}
