package spec

import (
	"slices"
	"strings"
)

// bare returns the paths that a's rule takes beside those of the spec: a
// pattern /api/* does not match /api, which is where people begin. What another
// service behind the listener names for the same host stays with that one.
func bare(a *Attachment, behind []*Attachment) []string {
	var all []string
	for _, pattern := range a.Paths {
		path, folder := strings.CutSuffix(pattern, "/*")
		named := func(other *Attachment) bool { return slices.Contains(other.Paths, path) && a.sharesHost(other) }
		if folder && path != "" && !slices.ContainsFunc(behind, named) {
			all = append(all, path)
		}
	}
	return all
}

// sharesHost reports whether two services answer to one host, or both to any.
func (a *Attachment) sharesHost(b *Attachment) bool {
	return slices.ContainsFunc(a.hosts(), func(host string) bool { return slices.Contains(b.hosts(), host) })
}

// hosts are those of the rule in small letters, as ELB compares them; "" for any.
func (a *Attachment) hosts() []string {
	if len(a.Hosts) == 0 {
		return []string{""}
	}
	small := make([]string, len(a.Hosts))
	for i, host := range a.Hosts {
		small[i] = strings.ToLower(host)
	}
	return small
}

// paths are those of the spec; "" for any.
func (a *Attachment) paths() []string {
	if len(a.Paths) == 0 {
		return []string{""}
	}
	return a.Paths
}

// Patterns are the paths that the rule takes. One without a wildcard comes
// first, where there is one: it is the service's address.
func (a *Attachment) Patterns() []string {
	if len(a.Paths) == 0 {
		return []string{"/*"}
	}
	var plain, wild []string
	for _, path := range slices.Concat(a.Bare, a.Paths) {
		if hasWildcard(path) {
			wild = append(wild, path)
			continue
		}
		plain = append(plain, path)
	}
	return slices.Concat(plain, wild)
}

func hasWildcard(pattern string) bool { return strings.ContainsAny(pattern, "*?") }
