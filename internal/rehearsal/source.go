package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"tfgen/internal/operate"
)

// source plays what happens before a build: the trigger starts the pipeline,
// which fetches the branch and stores it among its artifacts.
func (w *world) source(ctx context.Context) error {
	if len(w.pipelines) == 0 {
		return noPipeline
	}
	for _, p := range w.pipelines {
		if err := w.trigger(ctx, p); err != nil {
			return fmt.Errorf("trigger of %s: %w", p.Name, err)
		}
		if err := w.fetch(ctx, p); err != nil {
			return fmt.Errorf("source of %s: %w", p.Name, err)
		}
	}
	w.note("commit %.8s: %s", w.commit.id, w.commit.say)
	for _, link := range w.commit.cut {
		w.note("%s is an absolute link, or leads out of the project, and is left out: CodeBuild would not have what it points to", link)
	}
	return nil
}

// trigger starts a pipeline with the role of each rule that has it as a target.
func (w *world) trigger(ctx context.Context, p *operate.Pipeline) error {
	admin := w.caller(w.admin)
	var rules struct{ Rules []struct{ Name, Arn string } }
	if err := admin.json(ctx, "events", "AWSEvents.ListRules", map[string]any{}, &rules); err != nil {
		return err
	}
	for _, rule := range rules.Rules {
		var targets struct {
			Targets []struct{ Arn, RoleArn string }
		}
		if err := admin.json(ctx, "events", "AWSEvents.ListTargetsByRule", map[string]any{"Rule": rule.Name}, &targets); err != nil {
			return err
		}
		for _, target := range targets.Targets {
			if !strings.HasSuffix(target.Arn, ":"+p.Name) || !strings.Contains(target.Arn, ":codepipeline:") {
				continue
			}
			role, err := w.as(ctx, target.RoleArn, "events.amazonaws.com", rule.Arn)
			if err == nil {
				err = role.StartPipeline(ctx, p.Name)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// fetch does what the source action does.
func (w *world) fetch(ctx context.Context, p *operate.Pipeline) error {
	role, err := w.as(ctx, p.Role, "codepipeline.amazonaws.com", p.ARN)
	if err != nil {
		return err
	}
	for _, a := range actions(p, "Source") {
		if a.Provider != "CodeCommit" {
			w.note("%s: %s is asked for nothing here, its connection is a person's to confirm", p.Name, a.Provider)
			continue
		}
		if err := w.readBranch(ctx, w.caller(role), a); err != nil {
			return err
		}
	}
	return store(ctx, w.caller(role), p, "SourceArtifact", []byte(w.commit.id))
}

// readBranch makes the calls of a CodeCommit source action.
func (w *world) readBranch(ctx context.Context, role caller, a operate.Action) error {
	const service = "CodeCommit_20150413."
	where := map[string]any{"repositoryName": a.Configuration["RepositoryName"], "branchName": a.Configuration["BranchName"]}
	if err := w.caller(w.admin).json(ctx, "codecommit", service+"CreateCommit", where, nil); err != nil {
		return err
	}
	var found struct{ Branch struct{ CommitID string } }
	if err := role.json(ctx, "codecommit", service+"GetBranch", where, &found); err != nil {
		return err
	}
	where["commitId"] = found.Branch.CommitID
	for _, action := range []string{"GetCommit", "UploadArchive", "GetUploadArchiveStatus"} {
		if err := emulated(role.json(ctx, "codecommit", service+action, where, nil)); err != nil {
			return err
		}
	}
	return nil
}

// emulated forgives the local AWS what it does not have. That comes after the
// question whether the caller is allowed to ask.
func emulated(err error) error {
	var refused *operate.Refusal
	if errors.As(err, &refused) && refused.Code == "NotEmulated" {
		return nil
	}
	return err
}

// store puts an artifact where the pipeline keeps them.
func store(ctx context.Context, role caller, p *operate.Pipeline, name string, content []byte) error {
	_, err := role.object(ctx, http.MethodPut, p.Bucket+"/"+p.Name+"/"+name, content)
	if err != nil {
		return fmt.Errorf("store the artifact in the bucket %s: %w", p.Bucket, err)
	}
	return nil
}

// load reads an artifact.
func load(ctx context.Context, role caller, p *operate.Pipeline, name string) ([]byte, error) {
	content, err := role.object(ctx, http.MethodGet, p.Bucket+"/"+p.Name+"/"+name, nil)
	if err != nil {
		return nil, fmt.Errorf("read the artifact from the bucket %s: %w", p.Bucket, err)
	}
	return content, nil
}

// actions are the actions of a pipeline that have one of some categories, in
// the order in which they run.
func actions(p *operate.Pipeline, categories ...string) []operate.Action {
	var found []operate.Action
	for _, s := range p.Stages {
		for _, a := range s.Actions {
			if slices.Contains(categories, a.Category) {
				found = append(found, a)
			}
		}
	}
	return found
}
