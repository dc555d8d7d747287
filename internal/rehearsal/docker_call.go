package rehearsal

import (
	"slices"
	"strings"
)

// A call is the arguments of one docker command.
type call struct {
	flags    []flag
	operands []string
}

type flag struct{ name, value string }

// parseCall tells flags from operands. A flag that is not known to stand alone
// takes the next argument, as nearly all of docker's do.
func parseCall(args []string) call {
	var c call
	for i := 0; i < len(args); i++ {
		name, value, joined := strings.Cut(args[i], "=")
		switch {
		case !strings.HasPrefix(name, "-") || name == "-":
			c.operands = append(c.operands, args[i])
		case shorthand(name):
			c.flags = append(c.flags, flag{args[i][:2], strings.TrimPrefix(args[i][2:], "=")})
		case joined || standsAlone(name) || i+1 == len(args):
			c.flags = append(c.flags, flag{name, value})
		default:
			i++
			c.flags = append(c.flags, flag{name, args[i]})
		}
	}
	return c
}

// shorthand reports whether an argument is a short flag with its value: -tname.
func shorthand(name string) bool {
	return len(name) > 2 && name[1] != '-' && !standsAlone(name[:2])
}

func standsAlone(name string) bool {
	return slices.Contains([]string{
		"--password-stdin", "--push", "--load", "--pull", "--no-cache", "--quiet", "-q", "--rm", "--force-rm", "--squash",
		"--all-tags", "-a", "--disable-content-trust", "--compress", "--no-trunc", "--all", "--debug", "-D", "--check",
		"--verbose", "-v", "--raw", "--insecure", "--amend", "--purge",
	}, name)
}

func (c call) has(name string) bool {
	return slices.ContainsFunc(c.flags, func(f flag) bool { return f.name == name && f.value != "false" })
}

// all are the values of a flag, under any of its names.
func (c call) all(names ...string) []string {
	var values []string
	for _, f := range c.flags {
		if slices.Contains(names, f.name) {
			values = append(values, f.value)
		}
	}
	return values
}

// last is the last value of a flag, or "".
func (c call) last(names ...string) string {
	if all := c.all(names...); len(all) > 0 {
		return all[len(all)-1]
	}
	return ""
}

// operand is an argument that is no flag, or "".
func (c call) operand(i int) string {
	if i < len(c.operands) {
		return c.operands[i]
	}
	return ""
}
