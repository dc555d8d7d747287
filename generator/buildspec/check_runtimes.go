package buildspec

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// oldestRuntimes are the runtimes that the images of today have, each with its
// oldest version. Newer ones come by themselves, so that only what is older is
// sure to fail.
// https://docs.aws.amazon.com/codebuild/latest/userguide/runtime-versions.html, 2026
func oldestRuntimes() map[string]string {
	return map[string]string{"dotnet": "6.0", "golang": "1.20", "java": "8", "nodejs": "18", "php": "8.1", "python": "3.9", "ruby": "3.1"}
}

// runtimes finds what the build image has not: CodeBuild then stops before the
// first command.
func (c *checker) runtimes() {
	images := []string{"aws/codebuild/amazonlinux-x86_64-standard:5.0", "aws/codebuild/amazonlinux-aarch64-standard:3.0", "aws/codebuild/standard:7.0"}
	if !slices.Contains(images, c.want.BuildImage) {
		return
	}
	for _, r := range c.file.Runtimes {
		oldest, there := oldestRuntimes()[r.Name]
		switch {
		case !there:
			c.add(UnknownRuntime, Error, r.Place, "Remove it. Docker and what else the image has is there without.", "%s has no runtime %s, so that CodeBuild refuses the buildspec.", c.want.BuildImage, r.Name)
		case olderThan(r.Value, oldest):
			c.add(UnknownRuntime, Error, r.Place, "Choose a version that the image has, or another build.image.", "%s has no %s %s, so that CodeBuild refuses the buildspec.", c.want.BuildImage, r.Name, r.Value)
		}
	}
}

// olderThan compares versions such as 18, 18.x, 3.11 and corretto8, of which a
// major one alone means its newest.
func olderThan(version string, oldest string) bool {
	m := regexp.MustCompile(`^(?:corretto|openjdk)?(\d+)(?:\.(\d+))?(?:\.x)?$`).FindStringSubmatch(strings.TrimSuffix(version, ".x"))
	if m == nil {
		return false
	}
	major, _ := strconv.Atoi(m[1])
	oldestMajor, oldestMinor, _ := strings.Cut(oldest, ".")
	wantMajor, _ := strconv.Atoi(oldestMajor)
	if major != wantMajor || m[2] == "" || oldestMinor == "" {
		return major < wantMajor
	}
	minor, _ := strconv.Atoi(m[2])
	wantMinor, _ := strconv.Atoi(oldestMinor)
	return minor < wantMinor
}
