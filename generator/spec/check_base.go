package spec

import (
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"tfgen/generator/buildspec"
)

// bases looks at the images that the stages of a Dockerfile begin with. What the
// build pulls from ECR its role may pull, where the buildspec logs in; where it
// does not, and the registry wants a login, that is a warning. What a build
// argument makes of a name may differ in the build, so nothing is said of that.
func (c *checker) bases(s service, file *buildspec.File) {
	filename := filepath.Join(c.Dir, filepath.FromSlash(path.Join(s.Build.Context, s.Build.Dockerfile)))
	src, err := c.read(filename)
	if err != nil || s.Build.Written != nil && file == nil {
		return
	}
	w := c.want(s)
	var told []string
	for _, b := range readBases(src) {
		host, _, _ := strings.Cut(b.image, "/")
		pull, account := w.BasePull(b.image)
		code, detail := baseOfOthers, c.otherAccount(account)
		if file.LogsIn(w, host) {
			s.Build.Pulls = append(s.Build.Pulls, pull...)
		} else {
			code, detail = baseWithoutLogin, withoutLogin(host, account, file != nil)
		}
		if detail == "" || b.argument || slices.Contains(told, b.image) {
			continue
		}
		told = append(told, b.image)
		p := c.inFile(code, filename, src, src, b.line, 1)
		p.Detail = detail
		c.problems = append(c.problems, p)
	}
}

// otherAccount says what a pull from another account's repository needs there.
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
func (c *checker) otherAccount(account string) string {
	own := c.Project.Account
	if account == "" || own == "" || account == own {
		return ""
	}
	return fmt.Sprintf("The image is in account %s. The build's role may pull it; the policy of the repository must allow account %s too: ecr:BatchGetImage and ecr:GetDownloadUrlForLayer.", account, own)
}

// withoutLogin says what becomes of a pull from a registry that the build does not
// log in to, which is one of ECR where an account is given.
func withoutLogin(host, account string, written bool) string {
	remedy := "The buildspec that tfgen writes logs in to the service's registry alone: write one that logs in there too."
	if written {
		remedy = "Add the docker login to pre_build."
	}
	switch {
	case account != "":
		return fmt.Sprintf("The build does not log in to %s, and ECR hands out no image without. %s", host, remedy)
	case oftenPrivate(host):
		return fmt.Sprintf("The build does not log in to %s: it can pull the image only if that is public. %s", host, remedy)
	}
	return ""
}

// oftenPrivate tells a registry, other than ECR's, whose images mostly are for
// those who log in.
func oftenPrivate(host string) bool {
	return regexp.MustCompile(`^(ghcr\.io|docker\.pkg\.github\.com|registry\.gitlab\.com|[\w-]+\.azurecr\.io|[\w-]+-docker\.pkg\.dev|[\w-]+\.jfrog\.io)$`).MatchString(host)
}
