package spec

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
)

// hidden is what no problem may show: the parts of a text that look like
// credentials. They are found in the raw text, so that they stay hidden when
// the text does not even parse.
type hidden struct {
	spans []span
	texts map[string]bool
}

// redacted stands for a hidden text in a message.
const redacted = "(hidden)"

// find hides what is set under a name that says credential, and what looks
// like a credential by itself.
func (h *hidden) find(src []byte) {
	if len(src) == 0 {
		return
	}
	assignment := regexp.MustCompile(`([A-Za-z_][A-Za-z0-9_.-]*)\\?"?\s*[=:]\s*`)
	for _, m := range assignment.FindAllSubmatchIndex(src, -1) {
		if name := string(src[m[2]:m[3]]); hidesValue(name) {
			h.value(src, m[1])
		}
	}
	for _, s := range credentialSpans(string(src)) {
		h.add(src, s.start, s.end)
	}
}

// hidesValue reports whether what is set under a name is hidden: credentials,
// and the value of a parameter block. kms_key is an argument of ours, an ARN.
func hidesValue(name string) bool {
	return name == "value" || name != "kms_key" && credentialName(name)
}

// value hides the value that begins at an offset, if it is neither a reference
// nor a block, and no variable of a shell.
func (h *hidden) value(src []byte, start int) {
	rest := src[start:]
	switch {
	case len(rest) == 0 || rest[0] == '{' || rest[0] == '[' || rest[0] == '$' || isCall(rest):
	case bytes.HasPrefix(rest, []byte("<<")):
		h.add(src, start+lineEnd(rest, 0), start+heredocEnd(rest))
	case rest[0] == '"':
		h.add(src, start+1, start+quoteEnd(rest))
	default:
		h.add(src, start, start+plainEnd(rest))
	}
}

// isCall reports whether a value is ssm(…), secret(…) or variable(…), in the
// native form or in JSON's "${…}".
func isCall(value []byte) bool {
	rest := strings.TrimLeft(string(value[:min(len(value), 80)]), "\"${( \t\r\n")
	end := strings.IndexFunc(rest, func(r rune) bool { return r < 'a' || r > 'z' })
	if end < 0 || !strings.HasPrefix(strings.TrimLeft(rest[end:], " \t"), "(") {
		return false
	}
	return contains([]string{"ssm", "secret", "variable"}, rest[:end])
}

// quoteEnd returns where a quoted text ends, its first byte being the quote.
func quoteEnd(text []byte) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"', '\n':
			return i
		}
	}
	return len(text)
}

// plainEnd returns where a text without quotes ends.
func plainEnd(text []byte) int {
	if i := bytes.IndexAny(text, ",}\r\n"); i >= 0 {
		return i
	}
	return len(text)
}

// heredocEnd returns where a heredoc ends, its first bytes being "<<".
func heredocEnd(text []byte) int {
	first := lineEnd(text, 0)
	mark := strings.Trim(string(text[:first]), "<- \t\r")
	for at := first; at < len(text); {
		next := lineEnd(text, at+1)
		if strings.TrimSpace(string(text[at:next])) == mark {
			return at
		}
		at = next
	}
	return len(text)
}

// add hides the bytes from start up to end.
func (h *hidden) add(src []byte, start, end int) {
	start, end = min(start, len(src)), min(end, len(src))
	if start >= end {
		return
	}
	h.spans = append(h.spans, span{start, end})
	for line := range strings.Lines(string(src[start:end])) {
		line = strings.Trim(line, "\" \t\r\n")
		if len(line) >= tokenLeast && !contains([]string{"null", "true", "false"}, line) {
			if h.texts == nil {
				h.texts = map[string]bool{}
			}
			h.texts[line] = true
		}
	}
}

// mask returns a text of the same length, in which the hidden parts are stars.
// Lines stay lines.
func (h *hidden) mask(src []byte) []byte {
	masked := bytes.Clone(src)
	for _, s := range h.spans {
		for i := s.start; i < s.end; i++ {
			if masked[i] != '\n' && masked[i] != '\r' {
				masked[i] = '*'
			}
		}
	}
	return masked
}

// redact takes what is hidden out of a message.
func (h *hidden) redact(message string) string {
	texts := keys(h.texts)
	slices.SortStableFunc(texts, func(a, b string) int { return len(b) - len(a) }) // One may be a part of another.
	for _, text := range texts {
		message = strings.ReplaceAll(message, text, redacted)
	}
	spans := credentialSpans(message)
	slices.SortFunc(spans, func(a, b span) int { return b.start - a.start })
	for _, s := range spans {
		message = message[:s.start] + redacted + message[min(s.end, len(message)):]
	}
	return message
}
