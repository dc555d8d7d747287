package spec

import (
	"fmt"
	"path"
	"strings"
)

func (c *checker) project() {
	n := c.root.child("project")
	if !n.given {
		return
	}
	if !c.rule(projectRule(), n.named, n.label, "") {
		c.unsound[""] = true
	}
	c.region(n)
	c.account(n)
	c.kmsKey(n)
	c.output(n)
	c.tags(n)
}

// kmsKey checks the key of what tasks and builds read. A policy allows nothing on
// an alias.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
func (c *checker) kmsKey(n *node) {
	a, ok := c.arn(n, "kms_key", "arn:aws:kms:REGION:ACCOUNT:key/ID", func(a arn) bool {
		return a.service == "kms" && a.regional() && strings.HasPrefix(a.resource, "key/")
	})
	if region := n.text("region"); ok && regionShaped(region) && a.region != region {
		c.add(otherRegion, n.at("kms_key"), "The key is in %s, and the project in %s: Secrets Manager and Parameter Store take a key of their own region alone.", a.region, region)
	}
}

// region checks a region by its form, and warns where only a slip of the
// finger makes sense of it: new regions come up every year.
func (c *checker) region(n *node) {
	if !n.has("region") {
		return
	}
	region := n.text("region")
	if !regionShaped(region) {
		c.add(badRegion, n.at("region"), "%q is not a region. Write one as AWS does: eu-west-1, us-east-2, ap-south-1.%s", region, suggest(region, regions()))
		return
	}
	if near := suggest(region, regions()); near != "" && !knownPlace(region) {
		c.add(unknownRegion, n.at("region"), "No region is known to be called %q.%s", region, near)
	}
}

// regionShaped reports whether a text looks like eu-west-1 or us-gov-east-1.
func regionShaped(region string) bool {
	parts := strings.Split(region, "-")
	if len(parts) < 3 || len(parts) > 4 || len(parts[0]) < 2 {
		return false
	}
	last := len(parts) - 1
	for _, p := range parts[:last] {
		if p == "" || strings.IndexFunc(p, func(r rune) bool { return r < 'a' || r > 'z' }) >= 0 {
			return false
		}
	}
	return onlyDigits(parts[last]) && len(parts[last]) < 3
}

// knownPlace reports whether there is a region of the name but for its number.
func knownPlace(region string) bool {
	place := strings.TrimRight(region, "0123456789")
	for _, known := range regions() {
		if strings.TrimRight(known, "0123456789") == place {
			return true
		}
	}
	return false
}

func regions() []string {
	return []string{
		"af-south-1", "ap-east-1", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2",
		"ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ca-central-1", "ca-west-1", "cn-north-1",
		"cn-northwest-1", "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2",
		"eu-west-3", "il-central-1", "me-central-1", "me-south-1", "mx-central-1", "sa-east-1", "us-east-1", "us-east-2",
		"us-gov-east-1", "us-gov-west-1", "us-west-1", "us-west-2",
	}
}

func (c *checker) account(n *node) {
	account := n.text("account")
	if !n.has("account") || onlyDigits(account) && len(account) == 12 {
		return
	}
	found := fmt.Sprintf("%d digits", len(account))
	if !onlyDigits(account) {
		found = "other characters"
	}
	c.add(badAccount, n.at("account"), "An AWS account has twelve digits, and this has %s. `aws sts get-caller-identity` shows yours; leading zeros count.", found)
}

// output keeps the generated code below the spec's folder.
func (c *checker) output(n *node) {
	output := n.text("output")
	switch clean := path.Clean(output); {
	case !n.has("output"):
	case !below(output) || clean == ".":
		c.add(badOutput, n.at("output"), "%q is not a folder below the spec's. Write a relative path such as \"infra\", with slashes and without \"..\".", output)
	case clean != output:
		c.add(badOutput, n.at("output"), "Write the folder plainly: %q.", clean)
	case strings.HasPrefix(clean, ".git/") || clean == ".git":
		c.add(badOutput, n.at("output"), ".git belongs to git. Choose another folder, such as \"infra\".")
	}
}

// below reports whether a path is relative, with slashes, and leads out of nothing.
func below(p string) bool {
	clean := path.Clean(p)
	return p != "" && !path.IsAbs(p) && clean != ".." && !strings.HasPrefix(clean, "../") &&
		!strings.HasPrefix(p, "~") && !strings.Contains(p, `\`) && !strings.Contains(p, ":") && !hasControl(p)
}

func hasControl(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }) >= 0
}

func (c *checker) source() {
	n := c.root.child("source")
	if !n.given {
		return
	}
	if n.has("repository") {
		c.rule(codecommitRule(), n.at("repository"), n.text("repository"), "")
	}
	if branch := n.text("branch"); n.has("branch") && !branchShaped(branch) {
		c.add(badBranch, n.at("branch"), "%q is not the name of a branch. Write it without refs/heads/, spaces and wildcards.", branch)
	}
}

// branchShaped follows git-check-ref-format(1), and CodePipeline, which wants
// one branch by its short name.
func branchShaped(b string) bool {
	for _, bad := range []string{"..", "@{", "//", "/."} {
		if strings.Contains(b, bad) {
			return false
		}
	}
	for _, edge := range []string{"/", "."} {
		if strings.HasPrefix(b, edge) || strings.HasSuffix(b, edge) {
			return false
		}
	}
	return len(b) <= 256 && !strings.HasPrefix(b, "-") && !strings.HasPrefix(b, "refs/") && !strings.HasSuffix(b, ".lock") &&
		!strings.ContainsAny(b, " ~^:?*[\\") && !hasControl(b)
}

// environmentBlocks checks the one environment that there may be.
func (c *checker) environmentBlocks() {
	blocks := c.root.blocks["environment"]
	for i, n := range blocks {
		if i > 0 {
			c.add(environmentsLater, n.header, "This version knows one environment, and line %d has it. Keep the other in a spec of its own, such as %s.hcl: the same project, this environment, create = false in its source, and its own output and buildspecs. tfgen -file=%s.hcl reads it.", blocks[0].header.Start.Line, n.label, n.label)
			return
		}
		if c.rule(environmentRule(), n.named, n.label, "") && n.label == Delivery {
			c.add(badName, n.named, "delivery is what the pipeline's own root is called. Choose another name for the environment.")
		}
		c.tags(n)
	}
}
