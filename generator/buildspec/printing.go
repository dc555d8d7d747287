package buildspec

import (
	"slices"
	"strings"
)

// echo is what echo prints. Its options are not text.
func echo(args []string) string {
	newline := "\n"
	for len(args) > 0 && slices.Contains([]string{"-n", "-e", "-ne", "-en", "-E"}, args[0]) {
		if strings.Contains(args[0], "n") {
			newline = ""
		}
		args = args[1:]
	}
	return strings.Join(args, " ") + newline
}

// printf is what printf prints: its fields filled into the format, as often as
// they last.
func printf(args []string) string {
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 0 {
		return ""
	}
	var out strings.Builder
	format, rest := args[0], args[1:]
	for {
		text, left := printfOnce(format, rest)
		out.WriteString(text)
		if len(left) == 0 || len(left) == len(rest) || out.Len() > maxCommand {
			return out.String()
		}
		rest = left
	}
}

// printfOnce applies a format once and returns the fields that it did not use.
func printfOnce(format string, args []string) (string, []string) {
	var out strings.Builder
	for i := 0; i < len(format); i++ {
		if i+1 == len(format) || format[i] != '%' && format[i] != '\\' {
			out.WriteByte(format[i])
			continue
		}
		i++
		switch verb := format[i]; {
		case format[i-1] == '\\':
			out.WriteString(escaped(verb))
		case verb == '%':
			out.WriteByte('%')
		case strings.IndexByte("sdbi", verb) < 0:
			out.WriteString(mystery)
		case len(args) > 0:
			out.WriteString(args[0])
			args = args[1:]
		}
	}
	return out.String(), args
}

// escaped is what a backslash and a character stand for in a format.
func escaped(c byte) string {
	switch c {
	case 'n':
		return "\n"
	case 't':
		return "\t"
	case '"', '\\', '\'':
		return string(c)
	}
	return "\\" + string(c)
}
