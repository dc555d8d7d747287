package spec

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"

	"tfgen/generator/buildspec"
)

// buildspec reads a service's buildspec. One that is missing is ours to write,
// and so is one that we wrote; what a person wrote is kept, and held against
// what the service needs. It returns what it could read of that one.
func (c *checker) buildspec(s service, allowed []string, filename string) *buildspec.File {
	src, err := c.read(filename)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		c.unreadableFile(unreadable, s.node.child("build").at("buildspec"), s.Build.Buildspec, err)
		return nil
	case buildspec.Generated(src):
		return nil
	}
	s.Build.Written = src
	file, findings := buildspec.Read(src)
	if file != nil {
		w := c.want(s)
		w.Allowed = allowed
		findings = append(findings, file.Check(w)...)
		s.Build.Needs = new(file.Needs(w))
	}
	masked := maskBuildspec(src, file)
	if file != nil {
		c.writtenSecrets(file, filename, src, masked)
	}
	for _, f := range findings {
		c.problems = append(c.problems, c.found(filename, src, masked, f))
	}
	return file
}

// want is what a service needs of its buildspec.
func (c *checker) want(s service) buildspec.Want {
	build, pipeline := s.node.child("build").variables("environment"), s.node.child("pipeline").variables("environment")
	set := append(keys(build), keys(pipeline)...)
	slices.Sort(set)
	return buildspec.Want{
		Container:   s.Label,
		Service:     s.Name,
		Registry:    s.Image.Registry,
		Repository:  s.Image.Repository,
		Tag:         s.Image.Tag,
		Immutable:   s.Image.Immutable,
		Committed:   c.committed("imagedefinitions.json"),
		Deploy:      s.Pipeline != nil && s.Pipeline.Deploy,
		Logins:      s.Build.Logins,
		Environment: append(slices.Compact(set), "AWS_ACCOUNT_ID"),
		Known:       c.known(build, pipeline),
		BuildImage:  s.Build.Image,
		Privileged:  s.Build.Privileged,
		Mark:        c.Spec.Mark(s.Service),
		Region:      c.Spec.Project.Region,
		Account:     c.Spec.Project.Account,
	}
}

// committed tells that a file lies in the project, whose folder is the
// repository's root.
func (c *checker) committed(name string) bool {
	_, err := c.read(filepath.Join(c.Dir, name))
	return err == nil
}

// known are the values that a build's variables have in the spec, the strongest
// last. What CodeBuild itself sets follows from where the project is.
// https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html
func (c *checker) known(build, pipeline map[string]Value) map[string]string {
	known := map[string]string{"AWS_REGION": c.Spec.Project.Region, "AWS_DEFAULT_REGION": c.Spec.Project.Region, "AWS_ACCOUNT_ID": c.Spec.Project.Account}
	for _, environment := range []map[string]Value{build, pipeline} {
		for name, v := range environment {
			known[name] = v.Text
			if v.Kind != Literal {
				known[name] = ""
			}
		}
	}
	maps.DeleteFunc(known, func(_, value string) bool { return value == "" })
	return known
}

// found makes a problem of a finding, with its place in the buildspec.
func (c *checker) found(filename string, src, masked []byte, f buildspec.Finding) Problem {
	p := c.inFile(findingCode(f.Kind), filename, src, masked, f.Line, f.Column)
	p.Severity = Severity(f.Severity)
	p.Detail = f.Message + " " + f.Fix
	return p
}

// inFile is a problem of another file than the spec, from a place to the end of
// its line.
func (c *checker) inFile(code, filename string, src, masked []byte, line, column int) Problem {
	at := Range{Filename: filename, Start: position(src, line, column)}
	at.End = position(src, line+1, 1)
	if at.End.Byte > at.Start.Byte {
		text := bytes.TrimRight(src[at.Start.Byte:at.End.Byte], "\r\n")
		at.End = Pos{Line: line, Column: column + len([]rune(string(text))), Byte: at.Start.Byte + len(text)}
	}
	return Problem{Code: code, Severity: c.codes[code].Severity, Summary: c.codes[code].Title, Range: at, Snippet: snippet(masked, at, "")}
}

// position finds the byte of a line and a column, both from 1.
func position(src []byte, line, column int) Pos {
	at := 0
	for range line - 1 {
		i := bytes.IndexByte(src[at:], '\n')
		if i < 0 {
			at = len(src)
			break
		}
		at += i + 1
	}
	byteColumn := min(max(column, 1)-1, lineEnd(src, at)-at)
	return Pos{Line: max(line, 1), Column: max(column, 1), Byte: at + byteColumn}
}

// maskBuildspec hides credentials in a buildspec, but shows the names of
// parameters and secrets: they are the remedy.
func maskBuildspec(src []byte, file *buildspec.File) []byte {
	var h hidden
	h.find(src)
	if file != nil {
		h.spans = slices.DeleteFunc(h.spans, func(s span) bool {
			line := bytes.Count(src[:s.start], []byte("\n")) + 1
			return slices.ContainsFunc(file.Env.ParameterStore, func(v buildspec.Variable) bool { return v.Line == line }) ||
				slices.ContainsFunc(file.Env.SecretsManager, func(v buildspec.SecretVariable) bool { return v.Line == line })
		})
	}
	return h.mask(src)
}

// findingCode is the code of a kind of findings.
func findingCode(kind buildspec.Kind) string {
	return map[buildspec.Kind]string{
		buildspec.NotText:         specNotText,
		buildspec.YAMLSyntax:      specYAML,
		buildspec.WrongType:       specWrongType,
		buildspec.UnknownKey:      specUnknownKey,
		buildspec.DuplicateKey:    specDuplicateKey,
		buildspec.BadVersion:      specVersion,
		buildspec.BadShell:        specShell,
		buildspec.BadOnFailure:    specOnFailure,
		buildspec.ShellSyntax:     specShellSyntax,
		buildspec.ContainerName:   specContainerName,
		buildspec.DefinitionsJSON: specDefinitions,
		buildspec.Artifact:        specArtifact,
		buildspec.OtherImage:      specOtherImage,
		buildspec.ImmutableTag:    specImmutableTag,
		buildspec.ImmutableRetry:  specImmutableRetry,
		buildspec.MovingTag:       specMovingTag,
		buildspec.BashFeature:     specBashFeature,
		buildspec.NoLogin:         specNoLogin,
		buildspec.LoginCommand:    specLoginCommand,
		buildspec.OtherRepository: specOtherRepository,
		buildspec.NoPush:          specNoPush,
		buildspec.PushAfterFail:   specPushAfterFail,
		buildspec.UnsetVariable:   specUnsetVariable,
		buildspec.ShadowedValue:   specShadowed,
		buildspec.PlainCredential: specCredential,
		buildspec.NotPrivileged:   specNotPrivileged,
		buildspec.KeepUnmarked:    specKeepUnmarked,
		buildspec.NotAllowed:      specNotAllowed,
		buildspec.DeploysTwice:    specDeploysTwice,
		buildspec.NameVariable:    specNameVariable,
		buildspec.OtherPlace:      specOtherPlace,
		buildspec.AccountUnsaid:   specAccountUnsaid,
		buildspec.UnknownRuntime:  specUnknownRuntime,
		buildspec.OldRuntime:      specOldRuntime,
	}[kind]
}
