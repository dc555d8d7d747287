package buildspec

import "strings"

// Want is what the service that a buildspec builds for expects of it.
type Want struct {
	Container  string // name in the task definition
	Service    string // name of the ECS service, "" where there is none
	Registry   string // "ecr" or "dockerhub"
	Repository string
	Tag        string // "commit" or "latest"
	Immutable  bool   // the repository takes each tag once
	Deploy     bool   // a deploy stage reads imagedefinitions.json
	Committed  bool   // the source holds an imagedefinitions.json of its own
	Mark       *Mark  // nil unless the repository lets old images go, and what runs is to be marked
	Logins     []string
	// Environment names the variables that the project or the pipeline's build
	// action sets. They are stronger than the buildspec's.
	Environment []string
	Known       map[string]string // values of those that are written out, and of AWS_REGION and the like
	BuildImage  string            // such as "aws/codebuild/standard:7.0"
	Privileged  bool              // Docker may run
	Region      string
	Account     string   // "" where the spec does not say
	Allowed     []string // actions that the policy of the build's role allows, with IAM's stars
}

// Check finds what in f would fail at run time, or do something else than the
// service needs, in the order of the lines. It does not repeat what Read found.
func (f *File) Check(w Want) []Finding {
	if f.windows() || strings.HasPrefix(w.BuildImage, "aws/codebuild/windows") {
		return f.credentials() // PowerShell is not read here.
	}
	c := &checker{reader: reader{findings: f.credentials()}, file: f, want: w, trace: f.trace(w)}
	c.findings = append(c.findings, c.trace.broken...)
	c.shell()
	c.privilege()
	c.variables()
	c.passwords()
	c.pushes()
	c.marks()
	c.permissions()
	c.names()
	c.registries()
	c.runtimes()
	c.delivery()
	return inOrder(c.findings)
}

// checker collects findings; add is the reader's.
type checker struct {
	reader
	*trace
	file *File
	want Want
}

// perhaps is the severity of something missing: what no command does, a script
// may still do.
func (c *checker) perhaps() Severity {
	if len(c.hidden) > 0 || len(c.broken) > 0 {
		return Warning
	}
	return Error
}

// missing reports what no part of the file does, unless a part could not be read.
func (c *checker) missing(kind Kind, severity Severity, at Place, fix, format string, args ...any) {
	if !c.file.lost {
		c.add(kind, severity, at, fix, format, args...)
	}
}

// end is where something could be added: the last phase.
func (c *checker) end() Place {
	if n := len(c.file.Phases); n > 0 {
		return c.file.Phases[n-1].Place
	}
	return Place{1, 1}
}
