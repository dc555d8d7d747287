package buildspec

import "go.yaml.in/yaml/v3"

// The keys that CodeBuild knows, by the mapping that they stand in.
// https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec-ref-syntax

// oldVersion is the one that AWS still reads, and whose variables stand elsewhere.
// https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec-ref-versions
const oldVersion = "0.1"

func topKeys(root *yaml.Node) []string {
	keys := []string{"version", "run-as", "env", "proxy", "batch", "phases", "reports", "artifacts", "cache"}
	for _, p := range pairs(root) {
		if p.key.Value == "version" && p.value.Value == oldVersion {
			keys = append(keys, "environment_variables")
		}
	}
	return keys
}

func envKeys() []string {
	return []string{"shell", "variables", "parameter-store", "secrets-manager", "exported-variables", "git-credential-helper"}
}

// phaseNames is in the order in which the phases run.
func phaseNames() []string { return []string{"install", "pre_build", "build", "post_build"} }

func phaseKeys() []string {
	return []string{"run-as", "on-failure", "runtime-versions", "commands", "finally"}
}

func artifactKeys() []string {
	return []string{"files", "name", "discard-paths", "base-directory", "exclude-paths", "enable-symlinks", "s3-prefix", "secondary-artifacts", "type"}
}

func cacheKeys() []string { return []string{"paths", "key", "fallback-keys", "action"} }

// shells are the values of env.shell; the last two are those of Windows.
func shells() []string { return []string{"bash", "/bin/sh", "powershell.exe", "cmd.exe"} }

// failureActions are what on-failure begins with: RETRY may be followed by a
// count and a pattern.
func failureActions() []string { return []string{"ABORT", "CONTINUE", "RETRY"} }
