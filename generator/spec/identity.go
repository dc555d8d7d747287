package spec

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// production is what the environment is called that a spec does not name. Names
// do without it: most projects have no other.
const production = "production"

// Identity is the text that tells a thing of a project and an environment from
// those of all others. It is the label alone where project and label are the
// same, and PROJECT-LABEL otherwise. Where that could be read in two ways, since
// the project's name has hyphens of its own, and where the environment is not
// production, the parts stand between two hyphens each: PROJECT--LABEL,
// PROJECT--LABEL--ENVIRONMENT.
//
// No two triples give the same text, whatever their case: neither part has two
// hyphens in a row or one at its edge, and project and environment have no
// capital letters. The environment adds the same however many there are, so that
// another one changes no name.
func Identity(project, label, environment string) string {
	short := label == project && !strings.Contains(project, "-")
	switch {
	case environment != production && short:
		return project + "--" + environment
	case environment != production:
		return project + "--" + label + "--" + environment
	case short:
		return label
	case strings.Contains(project, "-"):
		return project + "--" + label
	}
	return project + "-" + label
}

// singleHyphens is a text for a load balancer or a target group, whose name has
// no two hyphens in a row (ELB CreateTargetGroup: "Member must satisfy regular
// expression pattern: (?!.*--)…"). Six digits of the text's hash make up for
// those that go.
func singleHyphens(text string) string {
	if !strings.Contains(text, "--") {
		return text
	}
	sum := sha256.Sum256([]byte(text))
	return strings.ReplaceAll(text, "--", "-") + "-" + hex.EncodeToString(sum[:3])
}

// repositoryName tells images apart as Identity does, in the form that a
// registry asks for: PROJECT/LABEL/ENVIRONMENT, of which the same may be left out.
// Two hyphens in a row are not allowed there (ECR CreateRepository).
func repositoryName(project, label, environment string) string {
	switch {
	case environment != production:
		return project + "/" + label + "/" + environment
	case label == project:
		return label
	}
	return project + "/" + label
}

// clusterName is what the label of a cluster names in an environment.
func clusterName(label, environment string) string {
	if environment == production {
		return label
	}
	return label + "--" + environment
}
