package deploy

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

// advice puts into plain words what Terraform, the provider or the backend
// says when the reason lies outside of the code, and tells whether it is this
// machine. The phrases are those of Terraform 1.11 and the AWS provider 5.100.
func (t *Terraform) advice(f *Failure, text string) (advice string, local bool) {
	said := words(strings.Join(strings.Fields(text), " ")) // Terraform breaks its lines where a terminal would
	for _, a := range []struct {
		text  string
		local bool
	}{
		{adviceOnDisk(f.Root, said), true},
		{t.adviceOnState(f.Root, said), false},
		{t.adviceOnProvider(f.Root, said), true},
		{adviceOnCredentials(said), false},
		{t.takeOver(f), false},
		{adviceOnLive(f), false},
		{adviceOnAWS(said), false},
		{adviceOnNetwork(said), true},
	} {
		if a.text != "" {
			return a.text, a.local
		}
	}
	return "", false
}

// words are what was said, on one line.
type words string

// have reports whether one of the phrases is among them.
func (w words) have(phrases ...string) bool {
	return slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(string(w), p) })
}

// adviceOnDisk names the file that could not be written. Terraform names it as
// seen from the root's folder.
func adviceOnDisk(root Root, said words) string {
	found := regexp.MustCompile(`(\S+): (no space left on device|read-only file system|disk quota exceeded)`).FindStringSubmatch(string(said))
	if found == nil {
		return ""
	}
	file := found[1]
	if !filepath.IsAbs(file) {
		file = filepath.Join(root.Dir, file)
	}
	return fmt.Sprintf("%s cannot be written: %s.", file, found[2])
}

// adviceOnState is about where a state is kept, and who wrote it.
func (t *Terraform) adviceOnState(root Root, said words) string {
	switch {
	case said.have("Unsupported state file format: The state file uses format version"):
		return fmt.Sprintf("the state was written by a newer %s than this one; use that, or a newer one.", t.Product)
	case said.have("Unsupported state file format", "state file could not be parsed"):
		return "what is kept as the state is none, or is encrypted, as OpenTofu can. Go on with the program that wrote it, or take an older version of it back from where it is kept."
	case t.Product != openTofu && said.have("registry.opentofu.org/"):
		return fmt.Sprintf("the state was written by OpenTofu. Go on with that (-terraform=tofu), or take the state over once: %s",
			t.Command(root, "state", "replace-provider", "registry.opentofu.org/hashicorp/aws", "hashicorp/aws"))
	case said.have("Backend configuration changed", "Backend configuration block has changed", "Backend type changed", "Can't ask approval for state migration"):
		return "its state is not where the spec says now. To take it along: " + t.migration(root)
	case said.have("NoSuchBucket") && said.have("Prior to changing backends"):
		return "the bucket that is to keep the state is not there. To make it, and take the state along: tfgen bootstrap -migrate-state"
	case said.have("The referenced S3 bucket must have been previously created", "NoSuchBucket"):
		return "the bucket that keeps the state is not there. To make it: tfgen bootstrap"
	case said.have(`S3 bucket "`, "acquiring the state lock") && said.have("AccessDenied", "Forbidden", "StatusCode: 403", "StatusCode: 301", "actual location"):
		return "these AWS credentials may not use the bucket that keeps the state: s3:ListBucket, GetObject, PutObject and DeleteObject are needed. To see whose it is: tfgen bootstrap"
	case said.have("Required token could not be found"):
		return "HCP Terraform keeps the state, and there is no token for it; " + t.program() + " login makes one."
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

func (t *Terraform) adviceOnProvider(root Root, said words) string {
	switch {
	case said.have("match any of the checksums"):
		return t.adviceOnChecksums(root)
	case said.have("The specified plugin cache dir"):
		return "TF_PLUGIN_CACHE_DIR, or plugin_cache_dir in the CLI configuration, names a folder that is not there. Make it."
	case said.have("problems with the CLI configuration: Error:"):
		return t.Product + " cannot read its CLI configuration (TF_CLI_CONFIG_FILE, or ~/.terraformrc), and goes on without what it says."
	case !said.have("Failed to query available provider packages", "Could not retrieve the list of available versions", "Failed to install provider"):
		return ""
	case t.config.PluginDir != "":
		return t.adviceOnMirror()
	}
	return "a provider could not be installed; without a network, -plugin-dir names a folder with providers."
}

// adviceOnMirror says why a folder of providers does not have one that the code asks
// for. OpenTofu takes hashicorp/aws from its own registry, and follows no link in
// such a folder (OpenTofu CLI documentation, "Provider Installation").
func (t *Terraform) adviceOnMirror() string {
	dir := t.config.PluginDir
	own := filepath.Join(dir, "registry.opentofu.org")
	info, err := os.Lstat(own)
	switch {
	case t.Product == openTofu && err != nil:
		return fmt.Sprintf("the folder %s, which -plugin-dir names, has no registry.opentofu.org, where OpenTofu looks for hashicorp/aws. To fill it: tofu providers mirror %s", dir, quote(dir))
	case t.Product == openTofu && info.Mode()&fs.ModeSymlink != 0:
		return fmt.Sprintf("%s is a link, which OpenTofu does not follow there. Make it a folder: tofu providers mirror %s", own, quote(dir))
	}
	return fmt.Sprintf("the folder %s, which -plugin-dir names, does not hold a provider that the code asks for.", dir)
}

func (t *Terraform) adviceOnChecksums(root Root) string {
	args := []string{"providers", "lock", "-platform=" + runtime.GOOS + "_" + runtime.GOARCH}
	if t.config.PluginDir != "" {
		args = append(args, "-fs-mirror="+quote(t.config.PluginDir))
	}
	return fmt.Sprintf("the provider's package has none of the checksums in %s. Where the file was written on another platform, add this one's:\n  %s\n"+
		"Else the package or the file was changed: find out by whom, and take the file back from git.", lockFile(root), t.Command(root, args...))
}

func adviceOnCredentials(said words) string {
	switch {
	case said.have("ExpiredToken", "token has expired", "token included in the request is expired", "SSO session has expired", "the SSO session has expired"):
		return "the AWS credentials have expired; sign in again (for single sign-on: aws sso login)."
	case said.have("account ID not allowed", "Account ID not allowed"):
		return "the AWS credentials belong to another account than project.account in the spec names; AWS_PROFILE chooses others."
	case said.have("No valid credential sources found", "failed to refresh cached credentials", "no EC2 IMDS role found"):
		return "there are no AWS credentials; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run aws sso login."
	case said.have("failed to get shared config profile"):
		return "AWS_PROFILE names a profile that ~/.aws/config does not have."
	case said.have("InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch"):
		return "AWS does not know these credentials; they are mistyped, deleted or of another partition."
	}
	return ""
}

func adviceOnAWS(said words) string {
	switch {
	case said.have("is not authorized to perform", "AccessDenied"):
		return "the AWS credentials lack a permission that this needs" + denied(said) + "."
	case said.have("Throttling", "TooManyRequestsException", "RequestLimitExceeded", "Rate exceeded", "SlowDown"):
		return "AWS takes no more requests for the moment; wait a little, and run it again."
	case said.have("StatusCode: 500", "StatusCode: 502", "StatusCode: 503", "StatusCode: 504"):
		return "AWS failed by itself; run it again, and where that does not help look at AWS's own health page."
	}
	return ""
}

func adviceOnNetwork(said words) string {
	if !said.have("request send failed") {
		return ""
	}
	return "AWS could not be reached; is there a network, and is AWS_ENDPOINT_URL right where it is set?"
}

// denied lists the actions that AWS refused, where it says which.
func denied(said words) string {
	var actions []string
	for _, found := range regexp.MustCompile(`not authorized to perform: ([A-Za-z0-9-]+:[A-Za-z0-9]+)`).FindAllStringSubmatch(string(said), -1) {
		actions = append(actions, found[1])
	}
	if len(actions) == 0 {
		return ""
	}
	slices.Sort(actions)
	return ": " + strings.Join(slices.Compact(actions), ", ")
}
