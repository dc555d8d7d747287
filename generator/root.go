package generator

import (
	"maps"

	"github.com/zclconf/go-cty/cty"

	"tfgen/generator/spec"
)

// addRoot adds what every root module sees: its provider, its backend and the
// secrets that it makes. The state of a root stands under the root's name.
func (g *generation) addRoot(view entry, name string, where place) {
	s := g.spec
	tags := map[string]string{"ManagedBy": "tfgen", "Project": s.Project.Name}
	if where == inEnvironment {
		tags["Environment"] = s.Environment.Name
	}
	maps.Copy(tags, s.Project.Tags)
	if where == inEnvironment {
		maps.Copy(tags, s.Environment.Tags)
	}
	view["region"] = cty.StringVal(s.Project.Region)
	view["account"] = text(s.Project.Account)
	view["tags"] = dictionary(tags)
	view["s3"] = g.bucketState(name)
	view["hcp"] = g.hcpState(name)
	g.addSecrets(view, where)
}

// bucketState is where a root's state is in a bucket, null if it is elsewhere.
func (g *generation) bucketState(root string) cty.Value {
	state := g.spec.State
	return onlyIf(state.Kind == "s3", entry{
		"bucket":  cty.StringVal(state.Bucket),
		"key":     cty.StringVal(spec.StateKey(g.spec, root)),
		"kms_key": text(state.KMSKey),
		"region":  cty.StringVal(state.Region),
	})
}

// hcpState is the workspace that keeps a root's state, null if it is elsewhere.
func (g *generation) hcpState(root string) cty.Value {
	state := g.spec.State
	return onlyIf(state.Kind == "hcp", entry{
		"hostname":     text(state.Hostname),
		"organization": cty.StringVal(state.Organization),
		"project":      text(state.HCPProject),
		"workspace":    cty.StringVal(spec.Workspace(g.spec, root)),
	})
}

// onlyIf returns an object, null if it is not there.
func onlyIf(there bool, e entry) cty.Value {
	object := cty.ObjectVal(e)
	if !there {
		return cty.NullVal(object.Type())
	}
	return object
}
