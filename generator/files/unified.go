package files

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/aymanbagabas/go-udiff"
)

// Unified is the changes of the files, without the manifest, as a unified diff
// that git apply and patch understand. Line ends are shown as LF, so that a
// CRLF checkout differs where it differs and not everywhere. Of what is not
// text it says only that it differs.
func (c *Changes) Unified() []byte {
	var b bytes.Buffer
	for _, change := range c.files() {
		b.WriteString(change.unified())
	}
	return b.Bytes()
}

func (c Change) unified() string {
	from, to := "a/"+c.Path, "b/"+c.Path
	if c.Verb == Create {
		from = "/dev/null"
	}
	if c.Verb == Remove {
		to = "/dev/null"
	}
	if !isText(c.Old) || !isText(c.New) {
		return fmt.Sprintf("Binary files %s and %s differ\n", from, to)
	}
	return udiff.Unified(from, to, string(unixLines(c.Old)), string(unixLines(c.New)))
}

func isText(data []byte) bool {
	return utf8.Valid(data) && !bytes.Contains(data, []byte{0})
}
