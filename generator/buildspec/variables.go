package buildspec

import (
	"regexp"
	"slices"
)

// builtIn tells whether a variable is there without anybody setting it: by
// CodeBuild, by the shell, by the managed images, or, AWS_ACCOUNT_ID, by the
// project, where tfgen always puts it.
// https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html
func builtIn(name string) bool {
	return slices.Contains([]string{
		"AWS_ACCOUNT_ID", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV",
		"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
		"HOME", "PATH", "PWD", "OLDPWD", "USER", "SHELL", "HOSTNAME", "TERM", "LANG", "TMPDIR",
		"IFS", "PPID", "LINENO", "OPTARG", "OPTIND", "REPLY", "RANDOM", "SECONDS", "UID", "EUID", "PIPESTATUS", "FUNCNAME",
	}, name) || regexp.MustCompile(`^(CODEBUILD_|BASH|LC_)|^(JAVA|JDK|JRE)_(\d+_)?HOME$|^(JAVA|NODE|PYTHON|RUBY|PHP|GOLANG|DOTNET)_\d+_|`+
		`^(GO|N|NVM|PYENV|RBENV|PHPENV|GOENV|ANT|MAVEN|GRADLE|SBT|ANDROID)_?(PATH|ROOT|HOME|PREFIX|DIR|SRC_DIR|VERSION)$|`+
		`^(DOCKER|DIND)_(BUCKET|CHANNEL|COMMIT|COMPOSE_VERSION|BUILDX_VERSION|SHA256|VERSION)$`).MatchString(name)
}
