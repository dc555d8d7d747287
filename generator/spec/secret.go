package spec

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"tfgen/generator/buildspec"
)

// takeApart splits what stands behind a secret's ARN, as ECS and CodeBuild read
// it, off the ARN: ARN:KEY:STAGE:VERSION.
//
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
func (d *decoder) takeApart(v *Value) bool {
	parts := strings.SplitN(v.Text, ":", 11)
	if parts[0] != "arn" || len(parts) < 8 {
		return true
	}
	rest := append(parts[7:], "", "")
	switch {
	case len(parts) > 10:
		d.add(badSecretName, v.Range, "Behind a secret's ARN stand at most a key, a stage and a version: ARN:KEY:STAGE:VERSION.")
		return false
	case v.Key != "" && rest[0] != "" && v.Key != rest[0]:
		d.add(badSecretName, v.Range, "The ARN names the key %q, and secret() names %q. Write one of the two.", rest[0], v.Key)
		return false
	case rest[1] != "" && rest[2] != "":
		d.add(badSecretName, v.Range, "The ARN names the stage %q and the version %q. Write one of the two: a version is the same in every stage.", rest[1], rest[2])
		return false
	}
	v.Text, v.Stage, v.Version = strings.Join(parts[:7], ":"), rest[1], rest[2]
	if v.Key == "" {
		v.Key = rest[0]
	}
	return true
}

// secret checks what secret() names: a secret of this account by its name, or
// any by its whole ARN.
func (c *checker) secret(v Value) {
	if strings.Contains(v.Key, ":") {
		c.add(badSecretName, v.Range, "The key of a secret cannot have a colon: ECS and CodeBuild read it as the end of the key.")
	}
	if v.ByARN() {
		c.referenceARN(v, badSecretName, "arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-XXXXXX, with the six characters that Secrets Manager adds to the name", func(a arn) bool {
			name, isSecret := strings.CutPrefix(a.resource, "secret:")
			return isSecret && a.service == "secretsmanager" && suffixed(name)
		})
		return
	}
	if c.rule(secretReadRule(), v.Range, v.Text, "") {
		c.nearBlock(v, "secret")
		c.hasKey(v, v.Key)
	}
}

// hasKey checks that a secret that the spec makes has a key.
func (c *checker) hasKey(v Value, key string) {
	if lack := c.lacks(v.Text, key, line); lack != "" {
		c.add(missingSecretKey, v.Range, "%s", lack)
	}
}

// lacks says that a secret that the spec makes has no key, and where its block
// stands in the words of place; or "".
func (c *checker) lacks(name, key string, place func(hcl.Range) string) string {
	for _, n := range c.root.blocks["secret"] {
		values := n.variables("values")
		if _, has := values[key]; n.label != name || !n.has("values") || has || key == "" {
			continue
		}
		return fmt.Sprintf("The secret %q has no key %q: its block, on %s, gives it %s.%s", name, key, place(n.at("values")), strings.Join(keys(values), ", "), suggest(key, keys(values)))
	}
	return ""
}

// writtenSecrets checks that secrets that the spec makes have the keys that a
// buildspec reads by name. Another version than the current one may have others.
func (c *checker) writtenSecrets(file *buildspec.File, filename string, src, masked []byte) {
	inSpec := func(at hcl.Range) string { return line(at) + " of " + filepath.Base(at.Filename) }
	for _, v := range file.Env.SecretsManager {
		lack := c.lacks(v.Name, v.Key, inSpec)
		if lack == "" || v.Version != "" || v.Stage != "" && v.Stage != "AWSCURRENT" {
			continue
		}
		p := c.inFile(missingSecretKey, filename, src, masked, v.Line, v.Column)
		p.Detail = lack
		c.problems = append(c.problems, p)
	}
}

// nearBlock warns of a name that is almost that of a block. Names that differ in
// digits alone are of a series.
func (c *checker) nearBlock(v Value, kind string) {
	var labels []string
	for _, n := range c.root.blocks[kind] {
		if n.label == v.Text {
			return
		}
		if withoutDigits(n.label) != withoutDigits(v.Text) {
			labels = append(labels, n.label)
		}
	}
	if meant := suggest(v.Text, labels); meant != "" {
		c.add(nearlyMade, v.Range, "No %s block makes %q, so it must exist already.%s", kind, v.Text, meant)
	}
}

func withoutDigits(name string) string {
	return strings.Map(func(r rune) rune {
		if isDigit(r) {
			return -1
		}
		return r
	}, name)
}

// parameter checks what ssm() names: a parameter of this account by its path,
// or one that another account shares by its ARN.
func (c *checker) parameter(v Value) {
	if v.ByARN() {
		c.referenceARN(v, badParameterPath, "arn:aws:ssm:REGION:ACCOUNT:parameter/PATH", func(a arn) bool {
			return a.service == "ssm" && len(a.resource) > len("parameter/") && strings.HasPrefix(a.resource, "parameter/")
		})
		return
	}
	if c.rule(parameterReadRule(), v.Range, v.Text, "") {
		c.parameterPath(v)
		c.nearBlock(v, "parameter")
	}
}

// referenceARN checks the ARN of a parameter or a secret. One of another region
// is refused: CodeBuild reads its own region's alone, and a rollout that needs
// two regions fails with either.
func (c *checker) referenceARN(v Value, code, form string, fits func(arn) bool) {
	a, ok := parseARN(v.Text)
	if !ok || !a.regional() || !fits(a) {
		c.add(code, v.Range, "%s is not a whole ARN. It looks like %s.", quoteShort(v.Text), form)
		return
	}
	if region := c.Project.Region; regionShaped(region) && a.region != region {
		c.add(code, v.Range, "%s is in %s, and the project in %s. What builds and tasks read is in their own region, so that they do not fail with another: %s.", v.Text, a.region, region, replicate(v.Kind, region))
	}
}

// replicate says how a parameter or a secret gets into another region.
func replicate(kind ValueKind, region string) string {
	if kind == SSM {
		return "write the parameter there too"
	}
	return fmt.Sprintf("replicate the secret (aws secretsmanager replicate-secret-to-regions --add-replica-regions Region=%s), and name the replica", region)
}

// suffixed reports whether a text ends as the ARN of a secret: in a hyphen and
// six characters that Secrets Manager chose.
func suffixed(name string) bool {
	at := len(name) - 7
	return at > 0 && name[at] == '-' && strings.IndexFunc(name[at+1:], func(r rune) bool { return !isLetter(r) && !isDigit(r) }) < 0
}

// ByARN reports whether a parameter or a secret is named by its ARN.
func (v Value) ByARN() bool {
	return (v.Kind == SSM || v.Kind == SecretsM) && strings.HasPrefix(v.Text, "arn:")
}
