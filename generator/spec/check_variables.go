package spec

import (
	"strings"
)

// variables checks the variables of a service's container, build and pipeline.
func (c *checker) variables(s service) {
	build, pipeline := s.node.child("build"), s.node.child("pipeline")
	for _, n := range []*node{s.node, build, pipeline} {
		environment := n.variables("environment")
		for _, name := range keys(environment) {
			c.variable(n, name)
			c.reference(environment[name])
			if environment[name].Kind == Variable {
				c.add(clearVariable, environment[name].Range, "%s comes from a Terraform variable, and CodePipeline and the state hold its value in clear. Keep it in Parameter Store, and write %s = ssm(\"/path\").", name, name)
			}
		}
	}
	for _, name := range keys(build.variables("environment")) {
		if _, stronger := pipeline.variables("environment")[name]; stronger {
			c.add(shadowedVariable, build.item("environment", name), "The pipeline sets %s too, on %s, and is stronger: this one is never used. Keep one of the two.", name, line(pipeline.item("environment", name)))
		}
	}
}

// variable checks a variable's name. (CodeBuild: EnvironmentVariable; ECS: task metadata and credentials.)
func (c *checker) variable(n *node, name string) {
	at := n.item("environment", name)
	inBuild := n.kind.name != "service"
	switch {
	case !variableShaped(name):
		c.add(badVariableName, at, "%s is not the name of a variable that every shell takes: it has letters, digits and _, and begins with no digit.", quoteShort(name))
	case inBuild && strings.HasPrefix(name, "CODEBUILD_"):
		c.add(reservedVariable, at, "%s is CodeBuild's: no variable of yours may begin with CODEBUILD_.", name)
	case inBuild && name == "AWS_ACCOUNT_ID":
		c.add(reservedVariable, at, "AWS_ACCOUNT_ID is set for every build already, to the account that it runs in. Take the line out.")
	case !inBuild && (strings.HasPrefix(name, "ECS_CONTAINER_METADATA_URI") || strings.HasPrefix(name, "AWS_CONTAINER_CREDENTIALS_")):
		c.add(reservedVariable, at, "ECS sets %s itself, and without its value the task finds neither its role nor its metadata. Take the line out.", name)
	}
}

func variableShaped(name string) bool {
	return name != "" && !isDigit(rune(name[0])) && strings.IndexFunc(name, func(r rune) bool { return !isLetter(r) && !isDigit(r) && r != '_' }) < 0
}

// reference checks what ssm(), secret() and variable() name.
func (c *checker) reference(v Value) {
	switch v.Kind {
	case SSM:
		c.parameter(v)
	case SecretsM:
		c.secret(v)
	case Variable:
		if c.rule(terraformRule(), v.Range, v.Text, "") && contains(terraformsOwn(), v.Text) {
			c.add(badTerraformName, v.Range, "%q is a word of Terraform's own, and no variable can be called so.", v.Text)
		}
	}
}

// parameterPath checks the levels of a path (SSM PutParameter).
func (c *checker) parameterPath(v Value) {
	switch {
	case strings.Contains(v.Text, "/") && !strings.HasPrefix(v.Text, "/"):
		c.add(badParameterPath, v.Range, "A parameter's path with levels begins with a slash: %q.", "/"+v.Text)
	case strings.Contains(v.Text, "//") || strings.Count(v.Text, "/") > 15:
		c.add(badParameterPath, v.Range, "The parameter's path %q has an empty level, or more than 15.", v.Text)
	}
}

// terraformsOwn lists the words that are no names of variables (Terraform,
// "Input variables").
func terraformsOwn() []string {
	return []string{"source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals"}
}

// made checks the parameters and secrets that tfgen makes.
func (c *checker) made() {
	for _, n := range c.root.blocks["parameter"] {
		if c.rule(parameterRule(), n.named, n.label, "") {
			c.parameterPath(Value{Text: n.label, Range: n.named})
		}
		if n.has("value") {
			c.reference(get[Value](n, "value"))
		}
	}
	for _, n := range c.root.blocks["secret"] {
		c.rule(secretRule(), n.named, n.label, "")
		values := n.variables("values")
		for _, key := range keys(values) {
			if n.has("values") {
				c.reference(values[key])
			}
		}
	}
}
