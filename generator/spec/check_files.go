package spec

import (
	"encoding/json"
	"errors"
	"io/fs"
	"path/filepath"

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
	var policy struct{ Statement json.RawMessage }
	switch err := json.Unmarshal(src, &policy); {
	case err != nil:
		c.add(badPolicy, at, "%s is not the JSON of a policy: %v.", s.Policy.File, err)
	case len(policy.Statement) == 0:
		c.add(badPolicy, at, "%s has no Statement, so it allows nothing and IAM refuses it.", s.Policy.File)
	}
}

// unreadableFile reports a file that the spec names and that cannot be read.
func (c *checker) unreadableFile(code string, at hcl.Range, name string, err error) {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		c.add(code, at, "There is no file %s beside the spec.", name)
	case errors.Is(err, errTooLarge):
		c.add(code, at, "%s is larger than %d KiB. Is this the right file?", name, maxSize/1024)
	case errors.Is(err, errFolder), errors.Is(err, errNotRegular):
		c.add(code, at, "%s is not a regular file.", name)
	default:
		c.add(code, at, "%s cannot be read. Look at its permissions.", name)
	}
}
