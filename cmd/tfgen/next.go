package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tfgen/generator/spec"
	"tfgen/internal/deploy"
	"tfgen/internal/deploy/report"
)

// next says, word for word, where the services answer, where their code goes,
// and where the repository is new, how to start the pipeline.
func (a *app) next(ctx context.Context, s *stage, applied []*deploy.Plan, outcomes []outcome) error {
	outputs, err := a.applied(ctx, s, outcomes)
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		a.warn("all was applied, but the outputs could not be read: " + err.Error())
		return nil
	}
	if a.flags.json {
		a.line("outputs", map[string]any{"outputs": open(outputs)})
		return nil
	}
	a.block("Address", addresses(outputs["urls"]))
	a.block("Nothing answers before the first build", unbuilt(s.spec, applied))
	var clone string
	decode(outputs["clone_url_http"], &clone)
	if clone == "" {
		return nil
	}
	a.block("Repository", []string{clone})
	if newRepository(applied) {
		fmt.Fprint(a.out, "\n"+firstRun)
		a.block("To deliver the application, run in its folder", pushCommands(clone, s.spec.Source.Branch))
	}
	return nil
}

// firstRun explains the red run that somebody finds who looks at a new pipeline
// (CodePipeline user guide, "Create a pipeline").
const firstRun = `A pipeline starts by itself when it is made. That first run fails, since the
repository is empty; the push starts the next.
`

// applied are the outputs of all roots: of those that were applied, as they said
// themselves, and of the others as their states have them.
func (a *app) applied(ctx context.Context, s *stage, outcomes []outcome) (map[string]report.Output, error) {
	said := map[string]map[string]report.Output{}
	for _, out := range outcomes {
		said[out.Root] = out.Outputs
	}
	silent := slices.DeleteFunc(slices.Clone(s.roots), func(r deploy.Root) bool { return said[r.Name] != nil })
	all, err := a.outputs(ctx, s, silent)
	for _, outputs := range said {
		maps.Copy(all, outputs)
	}
	return all, err
}

// block prints a title with lines to copy, below an empty line.
func (a *app) block(title string, lines []string) {
	if len(lines) > 0 {
		text := report.Clean(strings.Join(lines, "\n"))
		fmt.Fprint(a.out, "\n", a.style(a.out).Block(title, strings.Split(text, "\n")))
	}
}

func addresses(urls report.Output) (lines []string) {
	var byService map[string]string
	decode(urls, &byService)
	for _, name := range slices.Sorted(maps.Keys(byService)) {
		lines = append(lines, byService[name])
	}
	return lines
}

// unbuilt are the services that plans made without an image to begin with: a
// load balancer answers for them with an error (503).
func unbuilt(s *spec.Spec, applied []*deploy.Plan) (names []string) {
	for _, service := range s.Services {
		if service.LoadBalancer != nil && service.Image.First == "" && makes(applied, service.Label) {
			names = append(names, service.Label)
		}
	}
	return names
}

// makes reports whether plans made the service of a label.
func makes(applied []*deploy.Plan, label string) bool {
	return slices.ContainsFunc(applied, func(p *deploy.Plan) bool {
		return slices.ContainsFunc(p.Changes, func(c report.Change) bool {
			return c.Type == "aws_ecs_service" && c.Action == report.Create && strings.Contains(c.Address, fmt.Sprintf("[%q]", label))
		})
	})
}

// newRepository reports whether plans made a repository, which nobody can have
// pushed to yet.
func newRepository(applied []*deploy.Plan) bool {
	return slices.ContainsFunc(applied, func(p *deploy.Plan) bool {
		return slices.ContainsFunc(p.Changes, func(c report.Change) bool {
			return c.Type == "aws_codecommit_repository" && c.Action == report.Create
		})
	})
}

// decode reads an output that there may not be; then it leaves value alone.
func decode(o report.Output, value any) {
	if o.Value != nil {
		_ = json.Unmarshal(o.Value, value) // Another type is another's output.
	}
}

// open are the outputs that may be shown.
func open(outputs map[string]report.Output) map[string]any {
	all := map[string]any{}
	for name, o := range outputs {
		fields := map[string]any{"sensitive": o.Sensitive, "type": o.Type}
		if !o.Sensitive {
			fields["value"] = o.Value
		}
		all[name] = fields
	}
	return all
}

// pushCommands brings a folder into a new CodeCommit repository. Git asks the
// AWS command for a password, so nobody needs to make one.
func pushCommands(clone, branch string) []string {
	return []string{
		"git init --initial-branch=" + shellQuote(branch),
		"git config credential.helper '!aws codecommit credential-helper $@'",
		"git config credential.UseHttpPath true",
		"git add .",
		"git commit --message='My first commit'",
		"git remote add origin " + shellQuote(clone),
		"git push origin " + shellQuote(branch),
	}
}
