package deploy

import (
	"fmt"
	"strings"
)

// advice puts into plain words what Terraform, the provider or the backend
// says when the reason lies outside of the code. The phrases are those of
// Terraform 1.11 and the AWS provider 5.100.
func (t *Terraform) advice(root Root, said string) string {
	said = strings.Join(strings.Fields(said), " ") // Terraform breaks its lines where a terminal would
	has := func(phrases ...string) bool {
		for _, p := range phrases {
			if strings.Contains(said, p) {
				return true
			}
		}
		return false
	}
	switch {
	case has("ExpiredToken", "token has expired", "token included in the request is expired", "SSO session has expired", "the SSO session has expired"):
		return "the AWS credentials have expired; sign in again (for single sign-on: aws sso login)."
	case has("account ID not allowed", "Account ID not allowed"):
		return "the AWS credentials belong to another account than project.account in the spec names; AWS_PROFILE chooses others."
	case has("No valid credential sources found", "failed to refresh cached credentials", "no EC2 IMDS role found"):
		return "there are no AWS credentials; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run aws sso login."
	case has("failed to get shared config profile"):
		return "AWS_PROFILE names a profile that ~/.aws/config does not have."
	case has("InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch"):
		return "AWS does not know these credentials; they are mistyped, deleted or of another partition."
	case has("Backend configuration changed", "Backend configuration block has changed", "Backend type changed", "Can't ask approval for state migration"):
		return "its state is not where the spec says now. To take it along: " + t.migration(root)
	case has("Unsupported state file format: The state file uses format version"):
		return fmt.Sprintf("the state was written by a newer %s than this one; use that, or a newer one.", t.Product)
	case has("Unsupported state file format", "state file could not be parsed"):
		return "what is kept as the state is none, or is encrypted, as OpenTofu can. Go on with the program that wrote it, or take an older version of it back from where it is kept."
	case t.Product != openTofu && has("registry.opentofu.org/"):
		return fmt.Sprintf("the state was written by OpenTofu. Go on with that (-terraform=tofu), or take the state over once: %s",
			t.Command(root, "state", "replace-provider", "registry.opentofu.org/hashicorp/aws", "hashicorp/aws"))
	case has("The referenced S3 bucket must have been previously created", "NoSuchBucket"):
		return "the bucket that keeps the state is not there. To make it: tfgen bootstrap"
	case has(`S3 bucket "`, "acquiring the state lock") && has("AccessDenied", "Forbidden", "StatusCode: 403", "StatusCode: 301", "actual location"):
		return "these AWS credentials may not use the bucket that keeps the state: s3:ListBucket, GetObject, PutObject and DeleteObject are needed. To see whose it is: tfgen bootstrap"
	case has("Required token could not be found"):
		return "HCP Terraform keeps the state, and there is no token for it; terraform login makes one."
	case has("Failed to query available provider packages", "Could not retrieve the list of available versions", "Failed to install provider"):
		return "a provider could not be installed; without a network, -plugin-dir names a folder with providers."
	case has("is not authorized to perform", "AccessDenied"):
		return "the AWS credentials lack a permission that this needs."
	case has("request send failed"):
		return "AWS could not be reached; is there a network, and is AWS_ENDPOINT_URL right where it is set?"
	}
	return ""
}

// migration is the command that takes a state to where the code says: tfgen's
// own where that is a bucket, else Terraform's, which asks.
func (t *Terraform) migration(root Root) string {
	text, _ := configuration(root.Dir) // Terraform has just read it.
	switch {
	case strings.Contains(text, `backend "s3"`):
		return "tfgen bootstrap -migrate-state"
	case strings.Contains(text, "cloud {"):
		return t.Command(root, "init")
	}
	return t.Command(root, "init", "-migrate-state")
}
