package existing

import (
	"fmt"
	"slices"
	"strings"
)

// ownerTags are the default tags that say whose something is.
func ownerTags() []string { return []string{"Project", "Environment", "ManagedBy"} }

// Owner picks, of the attributes of a resource, the tags that say whose it will
// be; nil where it takes none, or they are not known.
func Owner(values map[string]any) map[string]string {
	all, _ := values["tags_all"].(map[string]any)
	var owner map[string]string
	for _, key := range ownerTags() {
		if value, ok := all[key].(string); ok {
			if owner == nil {
				owner = map[string]string{}
			}
			owner[key] = value
		}
	}
	return owner
}

// Stranger says whose a thing is, as the end of a sentence that begins with its
// name, or "" where it is the project's own: it has the tags that the plan would
// give it, and serves no other region.
func (t Thing) Stranger(region string) string {
	switch {
	case t.Part:
		return ""
	case t.differs("Project") && t.Tags["Project"] != "":
		return fmt.Sprintf("belongs to the project %s (tags %s)", t.Tags["Project"], t.said())
	case t.differs("Project"), t.differs("ManagedBy"):
		return "is not this project's: " + t.lacks()
	case t.differs("Environment"):
		return fmt.Sprintf("belongs to another part of this project (tags %s)", t.said())
	case len(t.Regions) > 0 && !slices.Contains(t.Regions, region):
		return fmt.Sprintf("is this project's in %s: the ARNs in its policies name that region, and %s not", strings.Join(t.Regions, " and "), region)
	}
	return ""
}

func (t Thing) differs(key string) bool { return t.Tags[key] != t.Owner[key] }

// lacks says how the tags do not speak for the project.
func (t Thing) lacks() string {
	if said := t.said(); said != "" {
		return "its tags are " + said
	}
	return "it has no tags that say whose it is"
}

// said are the tags that say whose it is.
func (t Thing) said() string {
	var said []string
	for _, key := range ownerTags() {
		if value := t.Tags[key]; value != "" {
			said = append(said, key+" = "+value)
		}
	}
	return strings.Join(said, ", ")
}
