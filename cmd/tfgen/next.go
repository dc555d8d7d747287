package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"tfgen/internal/deploy"
)

// next says, word for word, where the services answer and how to start the
// pipeline.
func (a *app) next(ctx context.Context, s *stage, o applyOptions) error {
	outputs, err := a.outputs(ctx, s)
	if err != nil || o.json {
		return err
	}
	style := a.style(a.out)
	var urls map[string]string
	decode(outputs["urls"], &urls)
	if len(urls) > 0 {
		var lines []string
		for _, name := range slices.Sorted(maps.Keys(urls)) {
			lines = append(lines, urls[name])
		}
		fmt.Fprint(a.out, "\n", style.Block("Address", lines))
	}
	var clone string
	decode(outputs["clone_url_http"], &clone)
	if clone == "" {
		return nil
	}
	fmt.Fprint(a.out, "\n", style.Block("Repository", []string{clone}))
	fmt.Fprint(a.out, "\n", style.Block("To deliver the application, run in its folder", pushCommands(clone, s.spec.Source.Branch)))
	return nil
}

// decode reads an output that there may not be; then it leaves value alone.
func decode(o deploy.Output, value any) {
	if o.Value != nil {
		_ = json.Unmarshal(o.Value, value) // Another type is another's output.
	}
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
