package buildspec

import (
	"regexp"
	"strconv"
	"strings"
)

// oldestRuntimes are the runtimes of an image that AWS keeps up to date, each
// with the oldest version that comes with it; nil for another image. Newer ones
// are added over time.
// https://docs.aws.amazon.com/codebuild/latest/userguide/runtime-versions.html and the runtimes.yml of
// https://github.com/aws/aws-codebuild-docker-images, 2026
func oldestRuntimes(image string) (all map[string]string) {
	switch image {
	case "aws/codebuild/amazonlinux-x86_64-standard:5.0", "aws/codebuild/standard:7.0", "aws/codebuild/amazonlinux-aarch64-standard:3.0":
		all = map[string]string{"dotnet": "6.0", "golang": "1.20", "java": "8", "nodejs": "18", "php": "8.1", "python": "3.9", "ruby": "3.1"}
	case "aws/codebuild/amazonlinux-x86_64-standard:6.0", "aws/codebuild/standard:8.0", "aws/codebuild/amazonlinux-aarch64-standard:4.0":
		all = map[string]string{"dotnet": "8.0", "golang": "1.24", "java": "8", "nodejs": "22", "php": "8.2", "python": "3.10", "ruby": "3.3", "rust": "1.93"}
	}
	if all != nil && strings.Contains(image, "aarch64") {
		all["docker"] = "23"
	}
	return all
}

// runtimes finds what the build image has not. A runtime that it does not know
// stops CodeBuild before the first command; of all that it knows but docker it
// installs other versions when it is told to.
func (c *checker) runtimes() {
	image := c.want.BuildImage
	all := oldestRuntimes(image)
	if all == nil {
		return
	}
	for _, r := range c.file.Runtimes {
		oldest, there := all[r.Name]
		switch {
		case !there, r.Name == "docker" && olderThan(r.Value, oldest):
			c.add(UnknownRuntime, Error, r.Place, "Remove it: Docker is there without. Or choose a build.image that has it.", "%s has no runtime %s %s, so that CodeBuild refuses the buildspec.", image, r.Name, r.Value)
		case olderThan(r.Value, oldest):
			c.add(OldRuntime, Warning, r.Place, "Choose "+oldest+" or newer, or the build.image that comes with it.", "%s does not come with %s %s: each build installs it first, if its installer still has it.", image, r.Name, r.Value)
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
