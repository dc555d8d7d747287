package report

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// containerDefinitions is the attribute of a task definition that holds its
// containers, as a string of JSON.
const containerDefinitions = "container_definitions"

// A container is what of a container definition is told in words of its own.
type container struct {
	Name        string `json:"name"`
	Image       string `json:"image"`
	Environment []struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	} `json:"environment"`
	Secrets []struct {
		Name string `json:"name"`
		From string `json:"valueFrom"`
	} `json:"secrets"`
	Rest map[string]any `json:"-"`
}

// containerPair is the containers before and after a change, by name. Where
// they are hidden only names are said.
type containerPair struct {
	was, is map[string]container
	hidden  bool
}

// pairContainers reads both sides. It reports false where one will only be
// known later, or is no list of containers.
func pairContainers(before, after side) (pair containerPair, known bool) {
	was, readBefore := containersOf(before)
	is, readAfter := containersOf(after)
	hidden := covers(before.sensitive) || covers(after.sensitive)
	return containerPair{was, is, hidden}, readBefore && readAfter && !covers(after.unknown)
}

// containersOf reads container_definitions. None at all is no container.
func containersOf(s side) (map[string]container, bool) {
	str, ok := s.value.(string)
	if s.value == nil || str == "" {
		return nil, s.value == nil || ok
	}
	var list []container
	var rest []map[string]any
	if decode(str, &list) != nil || decode(str, &rest) != nil {
		return nil, false
	}
	byName := map[string]container{}
	for i, c := range list {
		maps.DeleteFunc(rest[i], func(key string, _ any) bool {
			return slices.Contains([]string{"name", "image", "environment", "secrets"}, key)
		})
		c.Rest = rest[i]
		byName[c.Name] = c
	}
	return byName, true
}

// decode reads JSON and keeps the digits of its numbers.
func decode(src string, into any) error {
	dec := json.NewDecoder(strings.NewReader(src))
	dec.UseNumber()
	return dec.Decode(into)
}

// names are those of all containers, sorted.
func (p containerPair) names() []string { return keys(p.was, p.is) }

// prefix tells a container from the others, where there are others.
func (p containerPair) prefix(name string) string {
	if len(p.names()) == 1 {
		return ""
	}
	return line(name) + " "
}

// definitions records what changes in container definitions as fields. It
// reports false where they cannot be opened.
func (d *differ) definitions(before, after side) bool {
	pair, known := pairContainers(before, after)
	if !known {
		return false
	}
	start := len(d.found)
	d.moved(pair)
	d.fields(pair)
	for i := range d.found[start:] {
		d.found[start+i].Forces = d.forced(containerDefinitions)
	}
	return true
}

// moved records the images that change.
func (d *differ) moved(pair containerPair) {
	for _, name := range pair.names() {
		was, had := pair.was[name]
		is, has := pair.is[name]
		if had && has && was.Image != is.Image {
			d.found = append(d.found, d.image(pair.prefix(name), was.Image, is.Image, pair.hidden))
		}
	}
}

// images says what the containers run, changed or not.
func (d *differ) images(pair containerPair) string {
	var said []string
	for _, name := range pair.names() {
		was, had := pair.was[name]
		is, has := pair.is[name]
		if had && has {
			said = append(said, d.imagePhrase(pair.prefix(name), was.Image, is.Image, pair.hidden))
		}
	}
	return strings.Join(said, ", ")
}

func (d *differ) imagePhrase(prefix, before, after string, hide bool) string {
	_, tag := splitImage(after)
	switch {
	case before != after:
		return d.image(prefix, before, after, hide).String()
	case hide || d.secrets.in(after):
		return prefix + "same image"
	}
	return prefix + "same image " + tag
}

// image says between which tags a container's image moves.
func (d *differ) image(prefix, before, after string, hide bool) Attribute {
	oldName, oldTag := splitImage(before)
	name, tag := splitImage(after)
	switch {
	case hide || d.secrets.in(before) || d.secrets.in(after):
		return Attribute{Path: prefix + "image", Before: Sensitive, After: Sensitive}
	case oldName == name:
		return Attribute{Path: prefix + "image", Before: oldTag, After: tag}
	}
	return Attribute{Path: prefix + "image", Before: line(before), After: line(after)}
}

// wholeImage is an image by its whole name.
func (d *differ) wholeImage(image string, hide bool) string {
	if hide || d.secrets.in(image) {
		return Sensitive
	}
	return line(image)
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

// fields records all that changes beside the images.
func (d *differ) fields(pair containerPair) {
	for _, name := range pair.names() {
		was, had := pair.was[name]
		is, has := pair.is[name]
		if !had || !has {
			d.found = append(d.found, Attribute{Path: "container " + d.name(name) + verb(had, has)})
			continue
		}
		prefix := pair.prefix(name)
		d.variables(prefix+"environment ", was.environment(), is.environment(), pair.hidden)
		d.variables(prefix+"secret ", was.secrets(), is.secrets(), true)
		d.settings(prefix, was.Rest, is.Rest, pair.hidden)
	}
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

// variables records which variables of a container change.
func (d *differ) variables(prefix string, was, is map[string]string, hide bool) {
	for _, name := range keys(was, is) {
		before, had := was[name]
		after, has := is[name]
		switch {
		case had && has && before == after:
		case hide:
			d.found = append(d.found, Attribute{Path: prefix + d.name(name) + verb(had, has)})
		default:
			d.found = append(d.found, Attribute{Path: prefix + d.name(name), Before: d.variable(before, had), After: d.variable(after, has)})
		}
	}
}

// name is what a part is called, unless that repeats a secret.
func (d *differ) name(name string) string {
	if d.secrets.in(name) {
		return Sensitive
	}
	return line(name)
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

// settings records the other parts of a container definition that change. To
// ECS a part that is not there and an empty one are the same.
func (d *differ) settings(prefix string, was, is map[string]any, hide bool) {
	for _, key := range keys(was, is) {
		before, after := sameShape(was[key], is[key]), sameShape(is[key], was[key])
		switch {
		case reflect.DeepEqual(before, after):
		case hide:
			d.found = append(d.found, Attribute{Path: prefix + line(key) + " changed"})
		default:
			d.diff(prefix+key, side{value: before}, side{value: after})
		}
	}
}

// sameShape stands in for a part that is not there, so that what the other
// side has is told part by part.
func sameShape(value, other any) any {
	if value != nil {
		return value
	}
	switch o := other.(type) {
	case map[string]any:
		return map[string]any{}
	case []any:
		if objects(o) {
			return []any{}
		}
	}
	return nil
}
