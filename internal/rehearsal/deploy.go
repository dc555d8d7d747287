package rehearsal

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"tfgen/internal/operate"
)

// deploy plays what follows on a build: approvals are given, and each deploy
// action rolls its service over, on the pipeline's permissions.
func (w *world) deploy(ctx context.Context) error {
	if err := w.undeployed(); err != nil {
		return err
	}
	for _, p := range w.pipelines {
		for _, a := range actions(p, "Approval", "Deploy") {
			if err := w.deployAction(ctx, p, a); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *world) deployAction(ctx context.Context, p *operate.Pipeline, a operate.Action) error {
	role, err := w.as(ctx, p.Role, "codepipeline.amazonaws.com", p.ARN)
	if err == nil && a.Role != "" {
		role, err = role.Assume(ctx, a.Role, "codepipeline", "")
	}
	if err != nil {
		return fmt.Errorf("%s of %s: %w", a.Name, p.Name, err)
	}
	if a.Category == "Approval" {
		return w.approve(ctx, w.caller(role), p, a)
	}
	if a.Provider != "ECS" {
		w.note("%s: the action %s deploys with %s, which is not rehearsed", p.Name, a.Name, a.Provider)
		return nil
	}
	images, err := w.imageDefinitions(ctx, w.caller(role), p, a)
	if err != nil {
		return &finding{
			err:   fmt.Errorf("%s of %s: %w", a.Name, p.Name, err),
			onAWS: "The deploy action would have failed, and the service would have kept its image.",
		}
	}
	cluster, service := a.Configuration["ClusterName"], a.Configuration["ServiceName"]
	revision, err := role.Deploy(ctx, cluster, service, images)
	if err != nil {
		return fmt.Errorf("%s of %s: %w", a.Name, p.Name, err)
	}
	w.note("%s: %s runs %s with %s", a.Name, service, afterSlash(revision), afterSlash(images[0].ImageURI))
	return nil
}

// approve gives an approval, after telling whom the action tells.
func (w *world) approve(ctx context.Context, role caller, p *operate.Pipeline, a operate.Action) error {
	if topic := a.Configuration["NotificationArn"]; topic != "" {
		_, err := role.query(ctx, "sns", "2010-03-31", "Publish", "TopicArn", topic, "Message", "An approval is needed.")
		if err != nil {
			return fmt.Errorf("%s of %s: tell %s: %w", a.Name, p.Name, topic, err)
		}
	}
	w.note("%s: waits for a person; the rehearsal gives the approval", a.Name)
	return nil
}

// imageDefinitions reads what the build handed over.
func (w *world) imageDefinitions(ctx context.Context, role caller, p *operate.Pipeline, a operate.Action) ([]operate.ImageDefinition, error) {
	name := definitionsFile(a)
	packed, err := load(ctx, role, p, "BuildArtifact")
	var refused *operate.Refusal
	if errors.As(err, &refused) && refused.Code == "NoSuchKey" {
		return nil, fmt.Errorf("the build handed over no artifact, and %s should be in it: add it under artifacts, files in the buildspec", name)
	}
	if err != nil {
		return nil, err
	}
	text, err := unzip(packed, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open the build's artifact: %w", err)
	}
	if err != nil {
		return nil, fmt.Errorf("the build handed over no %s: add it under artifacts, files in the buildspec", name)
	}
	images, err := operate.ParseImageDefinitions(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", name, err, text)
	}
	return images, nil
}

// definitionsFile is what a deploy action reads in the build's artifact.
func definitionsFile(a operate.Action) string {
	if name := a.Configuration["FileName"]; name != "" {
		return name
	}
	return "imagedefinitions.json"
}

func unzip(packed []byte, name string) ([]byte, error) {
	archive, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return nil, err
	}
	file, err := archive.Open(name)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(file)
	return text, errors.Join(err, file.Close())
}
