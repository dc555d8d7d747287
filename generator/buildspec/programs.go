package buildspec

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// plainPrograms do what their names say, to files and text.
func plainPrograms() []string {
	return []string{
		":", "[", "[[", "alias", "awk", "base64", "basename", "break", "chmod", "chown", "continue", "cut", "df", "diff",
		"dirname", "du", "env", "envsubst", "exit", "false", "file", "find", "getopts", "git", "grep", "gunzip", "gzip", "hash",
		"head", "id", "jq", "kill", "ln", "local", "ls", "mkdir", "printenv", "ps", "return", "rm", "seq", "set", "sha256sum",
		"shift", "shopt", "sleep", "sort", "stat", "tail", "tar", "test", "touch", "tr", "trap", "true", "type", "umask",
		"uname", "uniq", "unzip", "wait", "wc", "which", "whoami", "yq", "zip",
	}
}

// quiet tells that a program prints nothing.
func quiet(name string) bool {
	return slices.Contains([]string{
		":", "[", "[[", "test", "true", "false", "set", "shopt", "trap", "exit", "return", "break", "continue", "shift", "sleep",
		"mkdir", "rm", "touch", "chmod", "chown", "alias", "local", "umask", "wait", "ln",
	}, name)
}

// harmless tells that a program neither pushes images nor writes what a deploy
// stage reads: it installs, or it tests.
func harmless(name string, args []string) bool {
	switch name {
	case "npm", "yarn", "pnpm", "pip", "pip3", "bundle", "composer", "go", "cargo", "dotnet", "poetry", "uv":
		return len(args) == 0 || strings.HasPrefix(args[0], "-") || slices.Contains([]string{
			"add", "audit", "ci", "config", "env", "i", "install", "lint", "mod", "restore", "sync", "t", "test", "update", "version", "vet",
		}, args[0])
	case "mvn", "mvnw", "gradle", "gradlew", "make":
		return len(args) > 0 && !slices.ContainsFunc(args, func(arg string) bool {
			return !strings.HasPrefix(arg, "-") && !slices.Contains([]string{"clean", "test", "check", "lint", "compile"}, arg)
		})
	}
	version := len(args) == 1 && slices.Contains([]string{"-v", "-V", "--version", "-version", "version"}, args[0])
	return version || slices.Contains([]string{
		"amazon-linux-extras", "apk", "apt", "apt-get", "curl", "dnf", "dockerd", "dockerd-entrypoint.sh", "logger", "n", "nohup",
		"nvm", "service", "systemctl", "wget", "yum", "update-ca-certificates",
		"bandit", "black", "eslint", "flake8", "hadolint", "jest", "mypy", "phpunit", "pylint", "pytest", "rspec", "rubocop", "ruff",
		"shellcheck", "tflint", "tox", "tsc", "trivy", "vitest",
	}, name)
}

// tests tells that a command says of itself that it tests something.
func tests(name string, args []string) bool {
	words := append([]string{path.Base(name)}, args...)
	return slices.ContainsFunc(words, regexp.MustCompile(`(?i)(^|[^a-z])(tests?|pytest|jest|vitest|tox|rspec|phpunit|verify|check|lint|trivy|snyk)([^a-z]|$)`).MatchString)
}
