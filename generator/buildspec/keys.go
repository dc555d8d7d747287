package buildspec

// The keys that CodeBuild knows, by the mapping that they stand in.
// https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec-ref-syntax

func topKeys() []string {
	return []string{"version", "run-as", "env", "proxy", "batch", "phases", "reports", "artifacts", "cache"}
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
	return []string{"files", "name", "discard-paths", "base-directory", "exclude-paths", "enable-symlinks", "s3-prefix", "secondary-artifacts"}
}

func cacheKeys() []string { return []string{"paths", "key", "fallback-keys", "action"} }

// shells are the values of env.shell; the last two are those of Windows.
func shells() []string { return []string{"bash", "/bin/sh", "powershell.exe", "cmd.exe"} }

// failureActions are what on-failure begins with: RETRY may be followed by a
// count and a pattern.
func failureActions() []string { return []string{"ABORT", "CONTINUE", "RETRY"} }
