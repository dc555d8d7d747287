package buildspec

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/agext/levenshtein"
)

// Severity says whether a build can work all the same.
type Severity string

// An error fails the build or the deployment, or gives a credential away. A
// warning does so only sometimes, or only perhaps.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Kind names what is wrong, the same in every release.
type Kind string

// What Read finds: the file is not what CodeBuild reads.
const (
	NotText      Kind = "not-text"      // neither YAML nor text, or far too large
	YAMLSyntax   Kind = "yaml-syntax"   // CodeBuild's YAML_FILE_ERROR
	WrongType    Kind = "wrong-type"    // a list where a mapping belongs, a command that YAML took for a mapping
	UnknownKey   Kind = "unknown-key"   // most often a misspelling, and so commands that never run
	DuplicateKey Kind = "duplicate-key" // the second one hides the first
	BadVersion   Kind = "version"
	BadShell     Kind = "shell"
	BadOnFailure Kind = "on-failure"
)

// What Check finds: the file does not do what the service needs.
const (
	ShellSyntax     Kind = "shell-syntax"         // no shell can read the command
	ContainerName   Kind = "container-name"       // imagedefinitions.json names another container
	DefinitionsJSON Kind = "imagedefinitions"     // nothing writes imagedefinitions.json, or not as JSON
	Artifact        Kind = "artifact"             // the deploy stage does not receive it
	OtherImage      Kind = "image-not-pushed"     // imagedefinitions.json names an image that nobody pushes
	ImmutableTag    Kind = "immutable-tag"        // a fixed tag in an immutable repository
	ImmutableRetry  Kind = "immutable-retry"      // a second build of a commit pushes its tag again
	MovingTag       Kind = "moving-tag"           // a fixed tag where the service wants the commit's
	BashFeature     Kind = "bash-under-sh"        // what dash does not know
	NoLogin         Kind = "no-login"             // a push to a registry without docker login
	LoginCommand    Kind = "login-command"        // a login that cannot work, or shows the password
	OtherRepository Kind = "other-repository"     // a push to what is not the service's
	NoPush          Kind = "no-push"              // nothing is pushed to the service's repository
	PushAfterFail   Kind = "push-after-failure"   // post_build delivers although the build failed
	KeepUnmarked    Kind = "keep-unmarked"        // old images go, and nothing marks the one that runs
	UnsetVariable   Kind = "unset-variable"       // used, and set nowhere
	ShadowedValue   Kind = "shadowed-variable"    // the project or the pipeline sets it too, and wins
	PlainCredential Kind = "plaintext-credential" // a credential in clear
	NotPrivileged   Kind = "not-privileged"       // docker without the privilege to run
	NotAllowed      Kind = "not-allowed"          // a call that the build's role may not make
	NameVariable    Kind = "name-by-variable"     // a parameter or a secret named by a variable
	OtherPlace      Kind = "other-place"          // ECR in another region or account
	AccountUnsaid   Kind = "account-unsaid"       // only the buildspec knows the account
	UnknownRuntime  Kind = "unknown-runtime"      // the build image does not have it
	OldRuntime      Kind = "old-runtime"          // the build image has only newer ones
	DeploysTwice    Kind = "deploys-twice"        // a command does what the deploy stage does
)

// A Place is a position in a file. Both count from 1.
type Place struct {
	Line   int
	Column int
}

// A Finding is one thing that is wrong in a buildspec. It never holds the value
// of a credential.
type Finding struct {
	Kind     Kind
	Severity Severity
	Place
	Message string // one sentence: what is wrong, and what comes of it
	Fix     string // what to do; lines to add stand on lines of their own
}

// inOrder sorts findings as a reader meets them in the file, and takes out of
// their words what looks like a credential: a token may stand where a name should.
func inOrder(findings []Finding) []Finding {
	for i := range findings {
		findings[i].Message = withoutCredentials(findings[i].Message)
		findings[i].Fix = withoutCredentials(findings[i].Fix)
	}
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Kind, b.Kind))
	})
	return findings
}

// didYouMean is a question after an unknown word, or "" when no known word is
// close to it.
func didYouMean(word string, known []string) string {
	if best := closest(word, known); best != "" {
		return fmt.Sprintf("Did you mean %q?", best)
	}
	return ""
}

// closest is the known word that an unknown one is a misspelling of, or "".
func closest(word string, known []string) string {
	best, bestDistance := "", 1+max(2, len(word)/3)
	for _, k := range known {
		if d := levenshtein.Distance(word, k, nil); d < bestDistance {
			best, bestDistance = k, d
		}
	}
	return best
}
