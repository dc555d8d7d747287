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

	"tfgen/generator/buildspec"
)

// files reads what a service names beside the spec: policies, a buildspec that a
// person wrote, and the Dockerfile.
func (c *checker) files(s service) {
	if c.read == nil {
		return
	}
	c.policy(s.node, s.Policy)
	b := s.Build
	if b == nil {
		return
	}
	allowed := c.policy(s.node.child("build"), b.Policy)
	var file *buildspec.File
	if below(b.Context) && below(b.Buildspec) {
		file = c.buildspec(s, allowed, filepath.Join(c.Dir, filepath.FromSlash(b.Context), filepath.FromSlash(b.Buildspec)))
	}
	if below(b.Context) && below(b.Dockerfile) {
		c.dockerfile(s)
		c.bases(s, file)
	}
}

// policy checks a JSON file as far as IAM would at once, and returns the actions
// that it allows: any, where nobody can look into the policy.
func (c *checker) policy(n *node, p *Policy) []string {
	switch {
	case p == nil:
		return nil
	case p.ARN != "":
		return []string{"*"}
	case !below(p.File):
		c.add(badPath, n.at("policy"), "%s leads out of the folder of the spec. Keep the policy beside it.", quoteShort(p.File))
		return []string{"*"}
	}
	src, err := c.read(filepath.Join(c.Dir, filepath.FromSlash(p.File)))
	if err != nil {
		c.unreadableFile(badPolicy, n.at("policy"), p.File, err)
		return []string{"*"}
	}
	if fault := policyFault(src); fault != "" {
		c.add(badPolicy, n.at("policy"), "%s %s", p.File, fault)
		return []string{"*"}
	}
	return allowedActions(src)
}

// allowedActions are the actions of a policy's Allow statements, with their
// stars. IAM takes one for a list of one, of statements as well as of actions.
func allowedActions(src []byte) (actions []string) {
	var policy struct{ Statement oneOrMore[statement] }
	if json.Unmarshal(src, &policy) != nil {
		return []string{"*"} // Of a form that is IAM's to judge.
	}
	for _, s := range policy.Statement {
		switch {
		case s.Effect == "Allow" && len(s.NotAction) > 0:
			return []string{"*"}
		case s.Effect == "Allow":
			actions = append(actions, s.Action...)
		}
	}
	return actions
}

type statement struct {
	Effect            string
	Action, NotAction oneOrMore[string]
}

// oneOrMore is a list that JSON may spell as its only element.
type oneOrMore[T any] []T

func (l *oneOrMore[T]) UnmarshalJSON(src []byte) error {
	if bytes.HasPrefix(src, []byte("[")) {
		return json.Unmarshal(src, (*[]T)(l))
	}
	*l = make([]T, 1)
	return json.Unmarshal(src, &(*l)[0])
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
