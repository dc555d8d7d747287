package deploy

import (
	"regexp"
	"slices"
	"strings"
)

// takeOver is what to do where something is there already that the state does
// not know. A run that was cut off leaves such things behind, and so does an
// answer that was lost: what made it asks again, and is refused.
func (t *Terraform) takeOver(f *Failure) string {
	var commands []string
	there := false
	for _, d := range f.Diagnostics {
		if !d.IsError() || d.Address == "" || !isThere(d.Summary+" "+d.Detail) {
			continue
		}
		there = true
		if kind := resourceType(d.Address); !slices.Contains(t.config.TakesOver, kind) {
			commands = append(commands, "  "+t.Command(f.Root, "import", quote(d.Address), "ID"))
		}
	}
	switch {
	case !there:
		return ""
	case len(commands) == 0:
		return "it is there already, and the state does not know it. Run tfgen apply again: it looks whose that is, and offers to take over what is this project's."
	}
	return "it is there already, and the state does not know it. If it is this project's, take it over, and apply again:\n" + strings.Join(commands, "\n") +
		"\nWhat the ID is, the provider's documentation of the resource says under Import."
}

// isThere reports whether AWS refused a name because it is taken. Of a bucket
// that belongs to another account it is taken for good.
func isThere(said string) bool {
	taken := regexp.MustCompile(`AlreadyExists|NameExists|ResourceExists|AlreadyOwnedByYou|NameInUse|DuplicateLoadBalancerName|DuplicateTargetGroupName|InvalidGroup\.Duplicate|InvalidPermission\.Duplicate|DuplicateListener|PriorityInUse|\) already exists`)
	return taken.MatchString(said) && !strings.Contains(said, "BucketAlreadyExists")
}

// resourceType is the type in an address: aws_iam_role of
// module.service["a.b"].aws_iam_role.task["x"].
func resourceType(address string) string {
	plain := regexp.MustCompile(`\[[^\]]*\]`).ReplaceAllString(address, "")
	parts := strings.Split(plain, ".")
	return parts[max(0, len(parts)-2)]
}
