package generator

import (
	"path"

	"github.com/zclconf/go-cty/cty"
)

// addRoot adds what every root module sees: its provider, its backend and the
// secrets that it makes. The state of a root stands under the root's name.
func (g *generation) addRoot(view entry, name string, where place) {
	s := g.spec
	tags := map[string]string{"ManagedBy": "tfgen", "Project": s.Project.Name}
	if where == inEnvironment {
		tags["Environment"] = s.Environment.Name
	}
	for key, val := range s.Project.Tags {
		tags[key] = val
	}
	if where == inEnvironment {
		for key, val := range s.Environment.Tags {
			tags[key] = val
		}
	}
	view["region"] = cty.StringVal(s.Project.Region)
	view["account"] = text(s.Project.Account)
	view["tags"] = dictionary(tags)
	view["s3"] = g.backend(path.Join(s.Project.Name, name, "terraform.tfstate"))
	g.addSecrets(view, where)
}

// backend returns where the state is kept: in a bucket, or, null, beside the root.
func (g *generation) backend(key string) cty.Value {
	state := g.spec.State
	backend := entry{
		"bucket":  cty.StringVal(state.Bucket),
		"key":     cty.StringVal(key),
		"kms_key": text(state.KMSKey),
		"region":  cty.StringVal(state.Region),
	}
	if state.Kind != "s3" {
		return cty.NullVal(cty.Object(map[string]cty.Type{
			"bucket": cty.String, "key": cty.String, "kms_key": cty.String, "region": cty.String,
		}))
	}
	return cty.ObjectVal(backend)
}
