package operate

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/ecr/types"
)

const manifestType = "application/vnd.oci.image.manifest.v1+json"

// A Repository is an ECR repository of an account.
type Repository struct{ Account, Name string }

// PushImage uploads a layer to a repository and gives an image of it a tag, in
// the calls that docker push makes. Errors are ECR's, as *Refusal.
func (c *Client) PushImage(ctx context.Context, r Repository, tag string, layer []byte) error {
	digest, err := c.upload(ctx, r, layer)
	if err != nil {
		return Reason(err)
	}
	_, err = ecr.NewFromConfig(c.config).PutImage(ctx, &ecr.PutImageInput{
		RegistryId: &r.Account, RepositoryName: &r.Name, ImageTag: &tag,
		ImageManifest: aws.String(manifest(digest, len(layer))), ImageManifestMediaType: aws.String(manifestType),
	})
	return Reason(err)
}

func (c *Client) upload(ctx context.Context, r Repository, layer []byte) (string, error) {
	client, sum := ecr.NewFromConfig(c.config), sha256.Sum256(layer)
	digest := "sha256:" + hex.EncodeToString(sum[:])
	if _, err := client.BatchCheckLayerAvailability(ctx, &ecr.BatchCheckLayerAvailabilityInput{
		RegistryId: &r.Account, RepositoryName: &r.Name, LayerDigests: []string{digest},
	}); err != nil {
		return "", err
	}
	begun, err := client.InitiateLayerUpload(ctx, &ecr.InitiateLayerUploadInput{RegistryId: &r.Account, RepositoryName: &r.Name})
	if err != nil {
		return "", err
	}
	if _, err := client.UploadLayerPart(ctx, &ecr.UploadLayerPartInput{
		RegistryId: &r.Account, RepositoryName: &r.Name, UploadId: begun.UploadId,
		PartFirstByte: aws.Int64(0), PartLastByte: aws.Int64(int64(len(layer) - 1)), LayerPartBlob: bytes.Clone(layer),
	}); err != nil {
		return "", err
	}
	_, err = client.CompleteLayerUpload(ctx, &ecr.CompleteLayerUploadInput{
		RegistryId: &r.Account, RepositoryName: &r.Name, UploadId: begun.UploadId, LayerDigests: []string{digest},
	})
	return digest, err
}

// manifest is an image of one layer, which is its configuration as well.
func manifest(digest string, size int) string {
	layer := map[string]any{"mediaType": "application/vnd.oci.image.layer.v1.tar", "digest": digest, "size": size}
	config := map[string]any{"mediaType": "application/vnd.oci.image.config.v1+json", "digest": digest, "size": size}
	text, _ := json.Marshal(map[string]any{
		"schemaVersion": 2, "mediaType": manifestType, "config": config, "layers": []any{layer},
	})
	return string(text)
}

// ImageNotFound is the code of the *Refusal for a tag that no image has.
const ImageNotFound = "ImageNotFound"

// ImageManifest reads the manifest of an image, after a login. Errors are ECR's,
// as *Refusal.
func (c *Client) ImageManifest(ctx context.Context, r Repository, tag string) (string, error) {
	client := ecr.NewFromConfig(c.config)
	if _, err := client.GetAuthorizationToken(ctx, &ecr.GetAuthorizationTokenInput{}); err != nil {
		return "", Reason(err)
	}
	got, err := client.BatchGetImage(ctx, &ecr.BatchGetImageInput{
		RegistryId: &r.Account, RepositoryName: &r.Name, ImageIds: []types.ImageIdentifier{{ImageTag: &tag}},
	})
	if err != nil {
		return "", Reason(err)
	}
	if len(got.Images) == 0 {
		return "", &Refusal{ImageNotFound, "there is no image " + r.Name + ":" + tag}
	}
	return aws.ToString(got.Images[0].ImageManifest), nil
}

// PullImage makes the calls that pulling an image makes: a login, the manifest,
// and the address of a layer. Errors are ECR's, as *Refusal.
func (c *Client) PullImage(ctx context.Context, r Repository, tag string) error {
	text, err := c.ImageManifest(ctx, r, tag)
	if err != nil {
		return err
	}
	var m struct{ Layers []struct{ Digest string } }
	if err := json.Unmarshal([]byte(text), &m); err != nil || len(m.Layers) == 0 {
		return err
	}
	_, err = ecr.NewFromConfig(c.config).GetDownloadUrlForLayer(ctx, &ecr.GetDownloadUrlForLayerInput{
		RegistryId: &r.Account, RepositoryName: &r.Name, LayerDigest: &m.Layers[0].Digest,
	})
	return Reason(err)
}
