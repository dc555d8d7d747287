package buildspec

import (
	"regexp"
	"strings"
)

// echo is what echo prints. Bash takes options, of which -e asks for escapes;
// dash takes -n alone, and always reads escapes.
func (t *tracer) echo(args []string) string {
	newline, escapes := "\n", t.dash
	for len(args) > 0 && regexp.MustCompile(`^-[neE]+$`).MatchString(args[0]) && (!t.dash || args[0] == "-n") {
		if strings.Contains(args[0], "n") {
			newline = ""
		}
		escapes = escapes || strings.Contains(args[0], "e")
		args = args[1:]
	}
	text := strings.Join(args, " ")
	if escapes {
		text = unescaped(text)
	}
	return text + newline
}

// unescaped reads the escapes of a text that holds no fields.
func unescaped(text string) string {
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			out.WriteByte(text[i])
			continue
		}
		i++
		if text[i] == '"' || text[i] == '\'' {
			out.WriteByte('\\') // echo leaves it, printf does not.
		}
		out.WriteString(escaped(text[i]))
	}
	return out.String()
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
