package main

import (
	"fmt"
	"slices"
	"strings"

	"tfgen/internal/deploy"
	"tfgen/internal/deploy/report"
)

// guard refuses to remove what holds data unless each is named.
func (o applyOptions) guard(plans []*deploy.Plan) error {
	var unnamed []string
	for _, p := range plans {
		for _, c := range p.Destructive() {
			if holdsData(c) && !slices.Contains(o.remove, c.Address) {
				unnamed = append(unnamed, c.Address)
			}
		}
	}
	if unnamed == nil {
		return nil
	}
	return fmt.Errorf("the plan removes what holds data, and nothing brings that back:\n%s\nIf that is meant, name it:\n%s",
		strings.Join(unnamed, "\n"), o.command(unnamed))
}

// command is the apply that may remove these too.
func (o applyOptions) command(unnamed []string) string {
	words := []string{"tfgen apply"}
	if o.env != "" {
		words = append(words, "-env="+shellQuote(o.env))
	}
	if o.expect != "" {
		words = append(words, "-expect="+o.expect)
	}
	for _, address := range slices.Concat(o.remove, unnamed) {
		words = append(words, "-remove="+shellQuote(address))
	}
	if o.file != "" {
		words = append(words, shellQuote(o.file))
	}
	return strings.Join(words, " ")
}

// holdsData reports whether a change removes what no apply can bring back.
func holdsData(c report.Change) bool {
	return slices.Contains(dataTypes(), c.Type) && !isMarker(c) && (c.Action == report.Delete || c.Action.Replaces())
}

func dataTypes() []string {
	return []string{
		"aws_cloudwatch_log_group", "aws_codecommit_repository", "aws_ecr_repository", "aws_s3_bucket",
		"aws_secretsmanager_secret", "aws_ssm_parameter",
	}
}

// isMarker tells the parameter that says whether there is a live service from
// those that hold a value: it holds the service's name.
func isMarker(c report.Change) bool { return c.Local == "aws_ssm_parameter.live" }
