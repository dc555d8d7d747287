package spec

import (
	"slices"
	"strings"
)

// state checks that a kind of state is told what it needs, and nothing that
// is another's.
func (c *checker) state() {
	n := c.root.child("state")
	if !n.given {
		return
	}
	c.strangers(n)
	switch n.label {
	case "s3":
		c.bucketState(n)
	case "hcp":
		c.hcpState(n)
	}
}

// strangers reports arguments of another kind of state.
func (c *checker) strangers(n *node) {
	own := map[string][]string{
		"s3":  {"bucket", "region", "kms_key"},
		"hcp": {"organization", "project", "hostname"},
	}
	for _, kind := range []string{"s3", "hcp"} {
		for _, name := range own[kind] {
			if n.has(name) && kind != n.label {
				c.add(stateArguments, n.at(name), "state %q has no %s. Write state %q, or take the line out.", n.label, name, kind)
			}
		}
	}
}

func (c *checker) bucketState(n *node) {
	c.region(n)
	switch {
	case n.has("bucket"):
		if c.rule(bucketRule(), n.at("bucket"), n.text("bucket"), "") && strings.Contains(n.text("bucket"), "..") {
			c.add(badBucket, n.at("bucket"), "The bucket's name %q has two dots in a row.", n.text("bucket"))
		}
	case n.sound("bucket"):
		c.add(missingArgument, n.header, "state \"s3\" needs bucket. Name the bucket that keeps the state; tfgen bootstrap makes it.")
	}
	c.arn(n, "kms_key", "arn:aws:kms:REGION:ACCOUNT:key/ID", func(a arn) bool {
		return a.service == "kms" && a.regional() && (strings.HasPrefix(a.resource, "key/") || strings.HasPrefix(a.resource, "alias/"))
	})
}

func (c *checker) hcpState(n *node) {
	switch {
	case n.has("organization"):
		c.rule(organizationRule(), n.at("organization"), n.text("organization"), "")
	case n.sound("organization"):
		c.add(missingArgument, n.header, "state \"hcp\" needs organization. Name the organization at HCP Terraform that keeps the state.")
	}
	if n.has("project") {
		c.rule(hcpProjectRule(), n.at("project"), n.text("project"), "")
	}
	if host := n.text("hostname"); n.has("hostname") && !addressShaped(host) {
		c.add(badHCPName, n.at("hostname"), "%q is not a host. Write its name alone, as in app.terraform.io: no https:// before it, and no path behind.", host)
	}
}

// addressShaped reports whether a text is a host's name with dots in it, and
// maybe a port.
func addressShaped(host string) bool {
	name, port, hasPort := strings.Cut(host, ":")
	if hasPort && (!onlyDigits(port) || len(port) > 5) {
		return false
	}
	labels := strings.Split(name, ".")
	r := rule{most: 63, marks: "-", inner: "-"}
	return len(labels) > 1 && len(name) <= 253 && !slices.ContainsFunc(labels, func(label string) bool { return r.broken(label) != "" })
}
