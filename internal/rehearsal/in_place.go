package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tfgen/internal/operate"
)

// imagesInPlace reports whether the registry has what a build hands on: the
// images that the deploy actions will find in its artifact, or else those that
// the build before it pushed for the same commit. It is a finding where a service
// would be told to run an image that is missing.
func (b *player) imagesInPlace(ctx context.Context, artifact []byte, out *outcome) (bool, error) {
	images := b.named(artifact)
	if last := b.builds[b.pipeline.Name]; len(images) == 0 && last != nil && last.commit == out.commit {
		images = last.pushes
	}
	for _, image := range images {
		there, err := b.registryHas(ctx, out, parseImage(image))
		if refused, ok := errors.AsType[*operate.Refusal](err); ok {
			return false, notPushed(image, refused, out.unplayed)
		}
		if err != nil || !there {
			return false, err
		}
	}
	return len(images) > 0, nil
}

// named are the images that the deploy actions will find. What they cannot read
// is theirs to tell.
func (b *player) named(artifact []byte) []string {
	var images []string
	for _, a := range actions(b.pipeline, "Deploy") {
		text, err := unzip(artifact, definitionsFile(a))
		if err != nil || a.Provider != "ECS" {
			continue
		}
		definitions, _ := operate.ParseImageDefinitions(text)
		for _, d := range definitions {
			images = append(images, d.ImageURI)
		}
	}
	return images
}

// registryHas asks ECR for an image, and refuses one that is not there. Of what
// is elsewhere it knows what builds pushed.
func (b *player) registryHas(ctx context.Context, out *outcome, image reference) (bool, error) {
	if !image.private() || image.tag == "" || image.repository().Account != b.account() {
		return slices.Contains(out.elsewhere, image.String()), nil
	}
	_, err := operate.At(b.server.URL, image.region(), b.admin.Keys).ImageManifest(ctx, image.repository(), image.tag)
	return err == nil, err
}

func notPushed(image string, refused *operate.Refusal, unplayed []string) error {
	found := &finding{
		err:      fmt.Errorf("the build hands on %s, and no command of it pushed that image", afterSlash(image)),
		evidence: []string{refused.Message},
		onAWS:    "The deploy action would have started tasks that cannot pull their image, over and over.",
	}
	if len(unplayed) > 0 {
		return unplayable(found.err, notPlayed(unplayed))
	}
	return found
}

func notPlayed(commands []string) string {
	return "docker's stand-in does not play " + strings.Join(commands, "; ")
}
