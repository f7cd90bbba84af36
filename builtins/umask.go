package builtins

import (
	_ "embed" // the help page
	"strconv"
	"strings"

	"cosh/shell/command"
)

//go:embed umask.md
var umaskPage string

var umaskFlags = []command.Flag{
	{Name: "symbolic", Letter: 'S', Help: "print the permissions that stay, as u=rwx,g=rx,o=rx"},
}

// umask prints or sets the file mode creation mask (XCU umask).
func umask(c *command.Call) int {
	o := options{flags: umaskFlags, words: c.Args}
	symbolic := false
	for !removes(o.words) && o.next() {
		symbolic = true
	}
	switch {
	case o.bad != "":
		return c.Usage("%s", o.bad)
	case len(o.words) > 1:
		return c.Usage("one mask at most")
	case len(o.words) == 0 && symbolic:
		c.Print(symbolicMask(c.State.Umask) + "\n")
		return 0
	case len(o.words) == 0:
		c.Printf("%04o\n", c.State.Umask)
		return 0
	}
	word := o.words[0]
	mask, err := strconv.ParseUint(word, 8, 16)
	switch {
	case err == nil && mask <= 0o777:
	case word != "" && word[0] >= '0' && word[0] <= '9':
		return c.Usage("%s is not an octal mask up to 777", word)
	default:
		allowed, ok := applyModes(^c.State.Umask&0o777, word)
		if !ok {
			return c.Usage("%s is not a mask: 022 or u=rwx,g=rx,o=rx", word)
		}
		mask = uint64(^allowed & 0o777)
	}
	c.Shell.SetUmask(int(mask))
	return 0
}

// removes reports that the next word is a mask such as "-w", which takes a
// permission away and is no option.
func removes(words []string) bool {
	return len(words) > 0 && len(words[0]) > 1 && words[0][0] == '-' &&
		strings.IndexByte("rwxXstugo", words[0][1]) >= 0
}

// symbolicMask spells the permissions that a mask leaves.
func symbolicMask(mask int) string {
	var b []byte
	for i, who := range "ugo" {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, byte(who), '=')
		bits := ^mask >> (6 - 3*i) & 7
		for j, perm := range "rwx" {
			if bits&(4>>j) != 0 {
				b = append(b, byte(perm))
			}
		}
	}
	return string(b)
}

// applyModes changes permissions by a symbolic mode (XCU chmod): clauses of
// whom, an operator and permissions, between commas. X is x where anybody has
// it; s and t mean nothing in a mask.
func applyModes(perm int, text string) (int, bool) {
	for _, clause := range strings.Split(text, ",") {
		who := strings.IndexAny(clause, "+-=")
		if who < 0 || strings.Trim(clause[:who], "ugoa") != "" {
			return 0, false
		}
		groups := whom(clause[:who])
		actions := clause[who:]
		for actions != "" {
			operator := actions[0]
			if strings.IndexByte("+-=", operator) < 0 {
				return 0, false
			}
			end := strings.IndexAny(actions[1:], "+-=") + 1
			if end == 0 {
				end = len(actions)
			}
			bits, ok := permissions(perm, actions[1:end])
			if !ok {
				return 0, false
			}
			switch bits *= 0o111; operator { // the three bits for each of the three
			case '+':
				perm |= bits & groups
			case '-':
				perm &^= bits & groups
			default:
				perm = perm&^groups | bits&groups
			}
			actions = actions[end:]
		}
	}
	return perm, true
}

// whom is the set of bits that belong to the letters; none is all.
func whom(letters string) int {
	if letters == "" {
		return 0o777
	}
	groups := 0
	for _, letter := range letters {
		switch letter {
		case 'u':
			groups |= 0o700
		case 'g':
			groups |= 0o070
		case 'o':
			groups |= 0o007
		default:
			groups = 0o777
		}
	}
	return groups
}

// permissions are three bits: rwx letters, or one of ugo, whose are copied.
func permissions(perm int, letters string) (bits int, ok bool) {
	switch letters {
	case "u":
		return perm >> 6 & 7, true
	case "g":
		return perm >> 3 & 7, true
	case "o":
		return perm & 7, true
	}
	for _, letter := range letters {
		switch letter {
		case 'r':
			bits |= 4
		case 'w':
			bits |= 2
		case 'x':
			bits |= 1
		case 'X':
			if perm&0o111 != 0 {
				bits |= 1
			}
		case 's', 't':
		default:
			return 0, false
		}
	}
	return bits, true
}
