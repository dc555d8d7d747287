package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"tfgen/generator/spec"
	"tfgen/internal/operate/existing"
)

// strangers is the error of what is there and is not this project's, or is kept
// by AWS though somebody deleted it; nil where all can be taken over.
func strangers(found []existing.Thing, region string) error {
	var said, ways []string
	for _, thing := range found {
		whose, way := thing.Stranger(region), anotherName(thing.Type)
		if whose == "" && !thing.Deleted.IsZero() {
			whose, way = "was deleted and keeps its name until AWS removes it", undelete(thing, region)
		}
		if whose != "" {
			said, ways = append(said, "  "+described(thing)+" "+whose+"."), append(ways, way)
		}
	}
	if said == nil {
		return nil
	}
	slices.Sort(ways)
	return fmt.Errorf("%s would make what is there already, and cannot take it over. Nothing was changed.\n%s\n%s",
		rootsOf(found), strings.Join(said, "\n"), strings.Join(slices.Compact(ways), "\n"))
}

// rootsOf names the roots that things are wanted by.
func rootsOf(found []existing.Thing) string {
	var roots []string
	for _, thing := range found {
		roots = append(roots, thing.Root)
	}
	slices.Sort(roots)
	return strings.Join(slices.Compact(roots), " and ")
}

// described is a thing as a person knows it.
func described(thing existing.Thing) string {
	text := thing.Kind + " " + thing.Name
	if !thing.Made.IsZero() {
		text += ", made " + thing.Made.UTC().Format(time.DateTime) + " UTC,"
	}
	return text
}

func undelete(thing existing.Thing, region string) string {
	aws := "aws secretsmanager %s --region=" + region + " --secret-id=" + shellQuote(thing.Name)
	return "To take the secret " + thing.Name + " over, run this first:\n  " + fmt.Sprintf(aws, "restore-secret") +
		"\nTo make a new one, remove it now:\n  " + fmt.Sprintf(aws, "delete-secret") + " --force-delete-without-recovery"
}

// anotherName is what in the spec gives a type another name, or uses what is
// there.
func anotherName(kind string) string {
	uses := map[string]string{
		"aws_codecommit_repository": " To use the one that is there: create = false beside it.",
		"aws_ecr_repository":        " To use the one that is there: create = false beside it.",
		"aws_ecs_cluster":           " To use the one that is there: existing = true in the block.",
		"aws_lb":                    " To use a listener of the one that is there: load_balancer.existing.",
		"aws_secretsmanager_secret": " To use the one that is there: leave the block out.",
		"aws_ssm_parameter":         " To use the one that is there: leave the block out.",
	}
	for _, k := range spec.Kinds() {
		if k.Resource != kind || k.Set == "" {
			continue
		}
		name, argument := "name for the "+k.What, k.Set
		switch k.What {
		case spec.ClusterName, spec.MadeParameter, spec.MadeSecret:
			argument = "the label of its block"
		case spec.ServiceName:
			argument = "service.name"
		case spec.ListenerRule:
			name = k.What
		}
		return fmt.Sprintf("Another %s: %s.%s", name, argument, uses[kind])
	}
	return "The other names follow from the labels of the project, the cluster and the service."
}

// mayTakeOver is the error of what was left behind where nobody looks at the plan
// that takes it over, and nobody has said that one may.
func (a *app) mayTakeOver(found []existing.Thing, o applyOptions) error {
	if !o.autoApprove || o.takeOver || o.expect != "" {
		return nil
	}
	words := []string{"-take-over", "-auto-approve"}
	if o.env != "" {
		words = append(words, "-env="+shellQuote(o.env))
	}
	return fmt.Errorf("%s\nNothing was changed. To take over what is there and go on:\n  %s", left(found), a.again("apply", words...))
}

// left tells what a run that was cut off has left behind.
func left(found []existing.Thing) string {
	lines := []string{rootsOf(found) + ": this is there already, is this project's by its tags, and is not in the state, as after a run that was cut off:"}
	for _, thing := range found {
		lines = append(lines, "  "+strings.TrimSuffix(described(thing), ","))
	}
	return strings.Join(append(lines, "If another state knows it, such as a colleague's on a local disk, use that state instead."), "\n")
}
