package spec

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
)

// files reads what a service names beside the spec: its policy, and a
// buildspec that a person wrote.
func (c *checker) files(s service) {
	if c.read == nil {
		return
	}
	if s.Policy != nil && s.Policy.File != "" {
		c.policy(s)
	}
	if b := s.Build; b != nil && below(b.Context) && below(b.Buildspec) {
		c.buildspec(s, filepath.Join(c.Dir, filepath.FromSlash(b.Context), filepath.FromSlash(b.Buildspec)))
	}
}

// policy checks a JSON file as far as IAM would at once.
func (c *checker) policy(s service) {
	at := s.node.at("policy")
	if !below(s.Policy.File) {
		c.add(badPath, at, "%s leads out of the folder of the spec. Keep the policy beside it.", quoteShort(s.Policy.File))
		return
	}
	src, err := c.read(filepath.Join(c.Dir, filepath.FromSlash(s.Policy.File)))
	if err != nil {
		c.unreadableFile(badPolicy, at, s.Policy.File, err)
		return
	}
	if fault := policyFault(src); fault != "" {
		c.add(badPolicy, at, "%s %s", s.Policy.File, fault)
	}
}

// policyFault says what keeps a text from being a policy, or "".
func policyFault(src []byte) string {
	var policy struct{ Statement json.RawMessage }
	err := json.Unmarshal(src, &policy)
	switch {
	case !utf8.Valid(src) || bytes.IndexByte(src, 0) >= 0:
		return "is not a text in UTF-8. Save it as one."
	case bytes.HasPrefix(src, []byte("\ufeff")):
		return "begins with a byte order mark, which JSON has none of. Save it without."
	case isDeep(src):
		return fmt.Sprintf("has more than %d brackets open at once. Is one not closed?", maxDepth)
	case err != nil:
		return fmt.Sprintf("is not the JSON of a policy: %v.", err)
	case len(policy.Statement) == 0:
		return "has no Statement, so it allows nothing and IAM refuses it."
	}
	return ""
}

// unreadableFile reports a file that the spec names and that cannot be read.
func (c *checker) unreadableFile(code string, at hcl.Range, name string, err error) {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		c.add(code, at, "There is no file %s beside the spec.", name)
	case errors.Is(err, errTooLarge):
		c.add(code, at, "%s is larger than %d KiB. Is this the right file?", name, MaxSize/1024)
	case errors.Is(err, errFolder), errors.Is(err, errNotRegular):
		c.add(code, at, "%s is not a regular file.", name)
	default:
		c.add(code, at, "%s cannot be read. Look at its permissions.", name)
	}
}
