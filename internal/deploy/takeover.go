package deploy

import (
	"regexp"
	"slices"
	"strings"

	"tfgen/internal/deploy/report"
)

// takeOver is what to do where something is there already that the state does
// not know. A run that was cut off leaves such things behind.
func (t *Terraform) takeOver(f *Failure) string {
	var commands []string
	missing := false
	for _, d := range f.Diagnostics {
		if !d.IsError() || d.Address == "" || !isThere(d.Summary+" "+d.Detail) {
			continue
		}
		id := importID(d)
		if id == "" {
			id, missing = "ID", true
		}
		commands = append(commands, "  "+t.Command(f.Root, "import", quote(d.Address), quote(id)))
	}
	if len(commands) == 0 {
		return ""
	}
	text := "it is there already, and the state does not know it, as after a run that was cut off. If it is this project's, take it over, and apply again:\n" + strings.Join(commands, "\n")
	if missing {
		text += "\nWhat the ID is, the provider's documentation of the resource says under Import."
	}
	return text + "\nIf this apply itself removes it under another address, only run it again."
}

// isThere reports whether AWS refused a name because it is taken. Of a bucket
// that belongs to another account it is taken for good.
func isThere(said string) bool {
	taken := regexp.MustCompile(`AlreadyExists|NameExists|ResourceExists|AlreadyOwnedByYou|NameInUse|DuplicateLoadBalancerName|DuplicateTargetGroupName|InvalidGroup\.Duplicate`)
	return taken.MatchString(said) && !strings.Contains(said, "BucketAlreadyExists")
}

// importID is what Terraform imports a resource by, or "" where the error does
// not tell. The provider says "creating KIND (NAME): …", and these are imported
// by their name.
func importID(d report.Diagnostic) string {
	byName := []string{
		"aws_autoscaling_group", "aws_cloudwatch_event_rule", "aws_cloudwatch_log_group", "aws_codebuild_project", "aws_codecommit_repository",
		"aws_codepipeline", "aws_ecr_repository", "aws_iam_instance_profile", "aws_iam_role", "aws_s3_bucket", "aws_ssm_parameter",
	}
	name := regexp.MustCompile(`^creating [^(]*\(([^)]+)\): `).FindStringSubmatch(d.Summary)
	if name == nil || !slices.Contains(byName, resourceType(d.Address)) {
		return ""
	}
	return name[1]
}

// resourceType is the type in an address: aws_iam_role of
// module.service["a.b"].aws_iam_role.task["x"].
func resourceType(address string) string {
	plain := regexp.MustCompile(`\[[^\]]*\]`).ReplaceAllString(address, "")
	parts := strings.Split(plain, ".")
	return parts[max(0, len(parts)-2)]
}
