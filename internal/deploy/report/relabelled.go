package report

import (
	"fmt"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// uniquelyNamed are the types of which AWS keeps no two of one name.
func uniquelyNamed() []string {
	return []string{
		"aws_cloudwatch_event_rule", "aws_cloudwatch_log_group", "aws_codebuild_project", "aws_codepipeline", "aws_ecr_repository",
		"aws_ecs_service", "aws_iam_role", "aws_lb_target_group", "aws_ssm_parameter",
	}
}

// relabelled finds what keeps its name while the label that is in its address
// changes: Terraform destroys it at the one address and creates it at the other, in
// no order, and the name is taken until then.
func (w world) relabelled() []Refusal {
	names := map[Relocation][]string{}
	var order []Relocation
	for _, kind := range uniquelyNamed() {
		for _, old := range w.of(kind) {
			next := w.sameName(old)
			if next == nil {
				continue
			}
			move := Relocation{line(old.ModuleAddress), line(next.ModuleAddress)}
			if names[move] == nil {
				order = append(order, move)
			}
			name, _ := child(old.Change.Before, "name").(string)
			names[move] = append(names[move], line(name))
		}
	}
	var found []Refusal
	for _, move := range order {
		slices.Sort(names[move])
		found = append(found, Refusal{
			fmt.Sprintf("%s is what %s was: both are called %s, and the old one would be destroyed while the new one is made.",
				Group(move.To), Group(move.From), strings.Join(slices.Compact(names[move]), ", ")),
			"Say so in a file of your own beside the root's code, such as extra_moved.tf, which may go after the apply:\n  " + strings.Join(move.Block(), "\n  "),
		})
	}
	return found
}

// sameName is what is created in a module of another label, under the name of
// something that is destroyed, or nil.
func (w world) sameName(old *tfjson.ResourceChange) *tfjson.ResourceChange {
	name, _ := child(old.Change.Before, "name").(string)
	if action(old.Change) != Delete || name == "" {
		return nil
	}
	for _, next := range w.of(old.Type) {
		if action(next.Change) == Create && child(next.Change.After, "name") == name && otherLabel(old.ModuleAddress, next.ModuleAddress) {
			return next
		}
	}
	return nil
}

// otherLabel reports whether two modules differ in the label alone.
func otherLabel(from, to string) bool {
	was, old, behind := moduleCall(from)
	is, label, rest := moduleCall(to)
	return was != "" && was == is && behind == rest && old != "" && label != "" && old != label
}

// relabels reports whether something goes in a module of one label and comes in
// one of another. Whether it is the same, its name tells.
func (p Plan) relabels() bool {
	return slices.ContainsFunc(p.Changes, func(old Change) bool {
		return old.Action == Delete && slices.ContainsFunc(p.Changes, func(next Change) bool {
			return next.Action == Create && next.Type == old.Type && otherLabel(old.Module, next.Module)
		})
	})
}
