package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tfgen/internal/operate"
)

// push hands images to their registry: the one that is named, or with
// --all-tags each of the repository's.
func (d *docker) push(ctx context.Context, c call) error {
	ref := parseImage(c.operand(0))
	if !c.has("--all-tags") && !c.has("-a") {
		return d.pushOne(ctx, ref)
	}
	var tags []string
	for name := range d.Images {
		if other := parseImage(name); other.registry == ref.registry && other.name == ref.name {
			tags = append(tags, other.tag)
		}
	}
	slices.Sort(tags)
	for _, tag := range tags {
		ref.tag = tag
		if err := d.pushOne(ctx, ref); err != nil {
			return err
		}
	}
	return nil
}

func (d *docker) pushOne(ctx context.Context, ref reference) error {
	if _, there := d.Images[ref.String()]; !there {
		return fmt.Errorf("An image does not exist locally with the tag: %s", ref) //nolint:staticcheck // docker's own words
	}
	fmt.Fprintf(d.Out, "The push refers to repository [%s/%s]\n", ref.registry, ref.name)
	who, in := d.Logins[ref.registry]
	switch {
	case !in && ref.private():
		return fmt.Errorf("no basic auth credentials\nThere was no docker login to %s before the push", ref.registry)
	case !in:
		return fmt.Errorf("denied: requested access to the resource is denied\nThere was no docker login to %s before the push", ref.registry)
	case ref.private():
		// What differs between two builds of a commit is in the layer.
		layer := []byte(ref.String() + d.Getenv("CODEBUILD_BUILD_ID"))
		if err := d.client(who, ref).PushImage(ctx, ref.repository(), ref.tag, layer); err != nil {
			return registryError(err, ref)
		}
	}
	d.Pushed = append(d.Pushed, ref.String())
	if !ref.private() {
		d.Elsewhere = append(d.Elsewhere, ref.String())
	}
	fmt.Fprintf(d.Out, "%s: pushed\n", ref.tag)
	return nil
}

// pull fetches an image. A public one needs no login; which ones are, their
// registry knows.
func (d *docker) pull(ctx context.Context, image string) error {
	ref := parseImage(image)
	if ref.private() {
		who, in := d.Logins[ref.registry]
		if !in {
			return noLogin(ref, "pull")
		}
		if err := d.client(who, ref).PullImage(ctx, ref.repository(), ref.tag); err != nil {
			return registryError(err, ref)
		}
	}
	if _, in := d.Logins[ref.registry]; !in && !ref.public() {
		d.Unsure = append(d.Unsure, ref.String())
	}
	d.Images[ref.String()] = imageID(image)
	return nil
}

func noLogin(ref reference, what string) error {
	return fmt.Errorf("Error response from daemon: Head \"https://%s/v2/%s/manifests/%s\": no basic auth credentials\n"+
		"There was no docker login to %s before the %s", ref.registry, ref.name, ref.tag, ref.registry, what)
}

// lookUp asks the registry for an image's manifest, and fails where there is
// none. ECR is asked; of other registries only what was pushed here is known, and
// that Docker's official images are there.
func (d *docker) lookUp(ctx context.Context, image string) error {
	if image == "" {
		return errors.New("docker manifest inspect: requires an image")
	}
	ref := parseImage(image)
	missing := fmt.Errorf("no such manifest: %s/%s:%s", ref.registry, ref.name, ref.tag)
	if !ref.private() {
		if official := ref.registry == dockerHub && strings.HasPrefix(ref.name, "library/"); !official && !slices.Contains(d.Elsewhere, ref.String()) {
			return missing
		}
		return nil
	}
	who, in := d.Logins[ref.registry]
	if !in {
		return noLogin(ref, "look")
	}
	text, err := d.client(who, ref).ImageManifest(ctx, ref.repository(), ref.tag)
	var refused *operate.Refusal
	switch {
	case errors.As(err, &refused) && refused.Code == operate.ImageNotFound:
		return missing
	case err != nil:
		return registryError(err, ref)
	}
	fmt.Fprintln(d.Out, text)
	return nil
}

func (d *docker) client(who login, ref reference) *operate.Client {
	return operate.At(d.Endpoint, ref.region(), who.Keys)
}

// registryError says what the registry refused in docker's words, around ECR's.
func registryError(err error, ref reference) error {
	var refused *operate.Refusal
	if !errors.As(err, &refused) {
		return err
	}
	switch {
	case refused.Code == "ImageTagAlreadyExistsException":
		return fmt.Errorf("tag invalid: %s", refused.Message)
	case refused.Code == "RepositoryNotFoundException":
		return fmt.Errorf("name unknown: %s", refused.Message)
	case strings.HasPrefix(refused.Code, "AccessDenied"):
		return fmt.Errorf("denied: %s", refused.Message)
	}
	return fmt.Errorf("%s: %w", ref, refused)
}
