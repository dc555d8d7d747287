package docs

import (
	"fmt"
	"strings"

	"tfgen/generator/spec"
)

// Names is the page docs/names.md.
func Names() []byte {
	var b strings.Builder
	b.WriteString(note + `# Names

Two projects in one account never make two things that AWS takes for one. A name that an account or a region shares tells project and
environment apart, and one that all regions of an account share tells the region apart too.

What a name is made of:

- ` + "`{identity}`" + ` is ` + "`PROJECT-LABEL`" + `: the project and the label of the service. It is the label alone where that is the project's name
  (` + "`myweb`" + `), and ` + "`PROJECT--LABEL`" + ` where the project's name has hyphens: the service ` + "`api`" + ` of ` + "`shop-web`" + ` is ` + "`shop-web--api`" + `, and ` + "`web-api`" + ` of
  ` + "`shop`" + ` is ` + "`shop-web-api`" + `. In an environment other than production it is ` + "`PROJECT--LABEL--ENVIRONMENT`" + `, or ` + "`PROJECT--ENVIRONMENT`" + `.
- ` + "`{group}`" + ` is the identity too. A load balancer and a target group take no two hyphens in a row: there one stands in their place, and six
  digits at the end tell the name from others (` + "`shop-web-dev-1a2b3c`" + `).
- ` + "`{repository}`" + ` is ` + "`PROJECT/LABEL`" + `, or the label alone where both are the same, and outside production ` + "`/ENVIRONMENT`" + ` follows.
- ` + "`{cluster}`" + ` is the label of the cluster, outside production ` + "`LABEL--ENVIRONMENT`" + `; ` + "`{balancer}`" + ` is the load balancer's name, which follows it.
- ` + "`{build}`, `{service}`, `{source}`" + ` are the names of the CodeBuild project, the ECS service and the source repository.
- ` + "`{state}`" + ` is ` + "`PROJECT/ROOT/terraform.tfstate`" + `, ` + "`{workspace}`" + ` the same for HCP Terraform. The same project in a second region needs a
  bucket of its own for its states: with the first one's it is refused before anything is planned.
- ` + "`{priority}`" + ` follows from the rule's hosts and paths: the longer path is asked first.

A name that is too long, or that two services of one spec would have, is an error of the spec.

| what | unique in | name | set by |
|---|---|---|---|
`)
	for _, k := range spec.Kinds() {
		fmt.Fprintf(&b, "| %s | %s | `%s` | %s |\n", k.What, k.Space, k.Made, setBy(k))
	}
	return []byte(b.String())
}

// setBy is the argument that sets a name, in code, or nothing.
func setBy(k spec.Kind) string {
	if k.Set == "" {
		return ""
	}
	return "`" + k.Set + "`"
}
