package deploy

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"tfgen/internal/deploy/report"
)

// A Refused is a plan that an apply could not finish, or that would leave
// behind what is there. Nothing was touched.
type Refused struct {
	Root     Root
	Refusals []report.Refusal
}

// Error says what cannot be, and what to do instead.
func (e *Refused) Error() string {
	parts := []string{fmt.Sprintf("plan %s: refused, and nothing was touched", e.Root.Name)}
	for _, r := range e.Refusals {
		parts = append(parts, r.String())
	}
	return strings.Join(parts, "\n\n")
}

// stateBefore is the file of a saved plan that holds the state as it was
// before it was refreshed: what a refresh does not find is still in it.
const stateBefore = "tfstate-prev"

// refuse is the error of a plan that is not to be applied, or nil.
func (p *Plan) refuse() error {
	if len(p.Refusals) > 0 {
		return &Refused{p.Root, p.Refusals}
	}
	_, files, err := p.archive()
	if errors.Is(err, ErrSealed) {
		return nil
	}
	if err != nil {
		return err
	}
	raw, err := fs.ReadFile(files, stateBefore)
	if err != nil {
		return fmt.Errorf("saved plan of %s: %w", p.Root.Name, err)
	}
	s, err := parseState(raw)
	if err != nil {
		return fmt.Errorf("saved plan of %s: %w", p.Root.Name, err)
	}
	return p.Root.CheckRegion(s.region())
}

// explained returns the reason of a plan that failed where it is that the
// project is in another region, and otherwise the error itself.
func (t *Terraform) explained(ctx context.Context, root Root, failed error) error {
	if _, ours := errors.AsType[*Failure](failed); !ours || ctx.Err() != nil {
		return failed
	}
	s, err := t.state(ctx, root)
	if err != nil {
		return failed
	}
	if refused := root.CheckRegion(s.region()); refused != nil {
		return refused
	}
	return failed
}

// CheckRegion is a *Refused where a root's state is of another region than its
// code. A state that says none, "", is of every region.
func (r Root) CheckRegion(was string) error {
	if r.Region == "" || was == "" || was == r.Region {
		return nil
	}
	return &Refused{r, []report.Refusal{{
		What: fmt.Sprintf("the spec says the region %s, and what was applied is in %s. It would stay there, in no state, and cost money.", r.Region, was),
		Do:   fmt.Sprintf("Set region back to %q. To move, run tfgen destroy with it first, or write a second project for %s.", was, r.Region),
	}}}
}

// region is where the modules of a root have made what every project has, or
// "" where there is none of it.
func (s state) region() string {
	kinds := []string{"aws_codebuild_project", "aws_codepipeline", "aws_ecr_repository", "aws_ecs_task_definition", "aws_lb"}
	for _, r := range s.Resources {
		if !r.managed() || !strings.HasPrefix(r.Module, "module.") || !slices.Contains(kinds, r.Type) {
			continue
		}
		for _, i := range r.Instances {
			if parts := strings.Split(i.Attributes.ARN, ":"); len(parts) > 3 && parts[3] != "" {
				return parts[3]
			}
		}
	}
	return ""
}
