package buildspec

import (
	"slices"
	"strings"
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
	}, name) || slices.ContainsFunc([]string{
		"CODEBUILD_", "BASH", "JAVA_", "JDK_", "JRE_", "GO", "NODE_", "NVM_", "N_", "PYTHON_", "PYENV_", "RUBY_", "RBENV_",
		"PHP_", "PHPENV_", "ANDROID_", "DOCKER_", "DIND_", "DOTNET_", "MAVEN_", "GRADLE_", "ANT_", "SBT_", "LC_",
	}, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}
