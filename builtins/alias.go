package builtins

import (
	_ "embed" // the help page
	"sort"
	"strings"

	"cosh/shell/command"
)

//go:embed alias.md
var aliasPage string

// alias defines or lists aliases (XCU alias).
func alias(c *command.Call) int {
	words, bad := operands(c.Args)
	if bad != "" && bad != "-p is not an option" {
		return c.Usage("%s", bad)
	}
	if len(words) == 0 || bad != "" {
		for _, name := range aliasNames(c) {
			printAlias(c, name, c.State.Aliases[name])
		}
		return 0
	}
	status := 0
	for _, word := range words {
		name, text, define := strings.Cut(word, "=")
		switch known, ok := c.State.Aliases[name]; {
		case define && !aliasName(name):
			status = c.Errorf(1, "%s cannot be the name of an alias", name)
		case define:
			if c.State.Aliases == nil {
				c.State.Aliases = make(map[string]string)
			}
			c.State.Aliases[name] = text
		case ok:
			printAlias(c, name, known)
		default:
			status = c.Errorf(1, "%s: no such alias%s", name, perhaps(name, aliasNames(c)))
		}
	}
	return status
}

func printAlias(c *command.Call, name, text string) {
	c.SetOut(appendAssignment(c.Out(), "", name, text))
}

// aliasNames are the names of all aliases, sorted.
func aliasNames(c *command.Call) []string {
	names := make([]string, 0, len(c.State.Aliases))
	for name := range c.State.Aliases {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// aliasName reports that s may name an alias: anything that the shell reads as
// one unquoted word (XBD 3.10 allows less).
func aliasName(s string) bool {
	return s != "" && !strings.ContainsAny(s, " \t\n/$`\\\"'&|;()<>")
}
