package buildspec

import (
	"slices"
	"strings"
)

// LogsIn tells whether a build logs in to the registry at a host, or may: nobody
// sees here what a script does. Without a file it is the buildspec that tfgen
// writes, which logs in to the service's own registry.
func (f *File) LogsIn(w Want, host string) bool {
	if f == nil {
		return w.Registry == "ecr" && w.sameHost(thisAccount+".dkr.ecr."+w.Region+".amazonaws.com", host)
	}
	if f.windows() {
		return true
	}
	t := f.trace(w)
	return t.helper || len(t.hidden) > 0 || slices.ContainsFunc(t.logins, func(l login) bool {
		server, _, _ := strings.Cut(strings.TrimPrefix(w.filled(l.server), "https://"), "/")
		return w.sameHost(server, host)
	})
}

// sameHost tells whether a login goes to a host, or may.
func (w Want) sameHost(server, host string) bool {
	at, to := ecrHost().FindStringSubmatch(server), ecrHost().FindStringSubmatch(host)
	if at == nil || to == nil {
		return server != "" && mayEqual(server, host)
	}
	own := at[1] == thisAccount && (w.Account == "" || w.Account == to[1])
	return at[2] == to[2] && (own || at[1] == to[1])
}

// BasePull is the permission to pull an image of ECR that a Dockerfile begins
// with, and the account that has it: none for other images, and for the service's own.
func (w Want) BasePull(reference string) (allowed []Permission, account string) {
	img := (&trace{}).image(reference)
	resource, ok := img.resource(w)
	if !ok || w.covered("ecr", pullActions(), []string{resource}) {
		return nil, ""
	}
	for _, action := range pullActions() {
		allowed = append(allowed, Permission{action, []string{resource}})
	}
	return allowed, ecrHost().FindStringSubmatch(img.host)[1]
}
