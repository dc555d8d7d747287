package report

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// containers says what changes between two sets of containers. Where hide is
// true only names are said.
func (d *differ) containers(r *Roll, was, is map[string]container, hide bool) {
	var images []string
	for _, name := range slices.Sorted(maps.Keys(is)) {
		before, known := was[name]
		after := is[name]
		if !known {
			r.Changes = append(r.Changes, "container "+line(name)+" added")
			continue
		}
		images = append(images, d.image(before.Image, after.Image, hide))
		r.Changes = append(r.Changes, d.variables("environment", before.environment(), after.environment(), hide)...)
		r.Changes = append(r.Changes, d.variables("secret", before.secrets(), after.secrets(), true)...)
		r.Changes = append(r.Changes, settings(before.Rest, after.Rest)...)
	}
	for _, name := range slices.Sorted(maps.Keys(was)) {
		if _, stays := is[name]; !stays {
			r.Changes = append(r.Changes, "container "+line(name)+" removed")
		}
	}
	r.Image = strings.Join(images, ", ")
}

// image says whether a container's image moves, and between which tags.
func (d *differ) image(before, after string, hide bool) string {
	hide = hide || d.secrets.in(before) || d.secrets.in(after)
	oldName, oldTag := splitImage(before)
	name, tag := splitImage(after)
	switch {
	case before == after && hide:
		return "same image"
	case before == after:
		return "same image " + tag
	case hide:
		return "image " + Sensitive
	case oldName == name:
		return fmt.Sprintf("image %s → %s", oldTag, tag)
	}
	return fmt.Sprintf("image %s → %s", line(before), line(after))
}

// splitImage takes apart what stays from build to build and what changes: the
// tag, or the beginning of the digest. An image without either means latest.
func splitImage(image string) (name, tag string) {
	image = line(image)
	if name, digest, ok := strings.Cut(image, "@sha256:"); ok {
		return name, "sha256:" + digest[:min(12, len(digest))]
	}
	if at := strings.LastIndex(image, ":"); at > strings.LastIndex(image, "/") {
		return image[:at], image[at+1:]
	}
	return image, "latest"
}

func (c container) environment() map[string]string {
	m := map[string]string{}
	for _, e := range c.Environment {
		m[e.Name] = e.Value
	}
	return m
}

func (c container) secrets() map[string]string {
	m := map[string]string{}
	for _, s := range c.Secrets {
		m[s.Name] = s.From
	}
	return m
}

// variables says which variables of a container change.
func (d *differ) variables(kind string, was, is map[string]string, hide bool) []string {
	all := maps.Clone(was)
	maps.Copy(all, is)
	var said []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		before, had := was[name]
		after, has := is[name]
		switch {
		case had && has && before == after:
		case hide:
			said = append(said, kind+" "+line(name)+verb(had, has))
		default:
			said = append(said, fmt.Sprintf("%s %s %s → %s", kind, line(name), d.variable(before, had), d.variable(after, has)))
		}
	}
	return said
}

func verb(had, has bool) string {
	switch {
	case !had:
		return " added"
	case !has:
		return " removed"
	}
	return " changed"
}

func (d *differ) variable(value string, set bool) string {
	if !set {
		return None
	}
	return d.show(side{value: value})
}

// settings names the other parts of a container definition that change.
func settings(was, is map[string]any) []string {
	var said []string
	for _, key := range keys(was, is) {
		if !reflect.DeepEqual(was[key], is[key]) {
			said = append(said, "container "+line(key)+" changed")
		}
	}
	return said
}
