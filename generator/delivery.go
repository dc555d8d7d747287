package generator

import (
	"path"
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"tfgen/generator/buildspec"
	"tfgen/generator/partial"
	"tfgen/generator/spec"
)

// delivery returns the root that carries a commit to an image, and its modules.
func (g *generation) delivery() []module {
	built := g.built()
	modules := []module{
		{"source", "modules/source", func() entry { return sourceView(g.spec.Source) }},
		{"delivery", "delivery", func() entry { return g.deliveryView(built) }},
	}
	if slices.ContainsFunc(built, ownsRegistry) {
		modules = append(modules, module{"registry", "modules/registry", func() entry { return registryView(built) }})
	}
	if len(built) > 0 {
		modules = append(modules, module{"pipeline", "modules/pipeline", func() entry { return g.pipelineView(built) }})
	}
	return append(modules, g.secrets()...)
}

// built returns the services that a pipeline builds.
func (g *generation) built() []*spec.Service {
	return slices.DeleteFunc(slices.Clone(g.spec.Services), func(s *spec.Service) bool { return s.Pipeline == nil })
}

func usesECR(s *spec.Service) bool { return s.Build != nil && s.Image.Registry == "ecr" }

// ownsRegistry holds for a build whose repository in ECR is made here.
func ownsRegistry(s *spec.Service) bool { return usesECR(s) && s.Image.Create }

// givenRegistry holds for a build whose repository in ECR is there already.
func givenRegistry(s *spec.Service) bool { return usesECR(s) && !s.Image.Create }

// looksFirst holds for a build that asks ECR whether its image is there already.
func looksFirst(s *spec.Service) bool { return usesECR(s) && buildNeeds(s).looksFirst }

// marks holds for a build that marks what runs before it pushes.
func marks(s *spec.Service) bool { return buildNeeds(s).marks }

// sourceView is what templates/source sees.
func sourceView(s *spec.Source) entry {
	return entry{"create": only(s.Create), "existing": only(!s.Create)}
}

// registryView is what templates/registry sees.
func registryView(built []*spec.Service) entry {
	kept := slices.DeleteFunc(slices.Clone(built), func(s *spec.Service) bool { return !ownsRegistry(s) })
	return entry{
		"expiring":  among(kept, func(s *spec.Service) bool { return immutable(s) || keeps(s) }),
		"keep":      among(kept, keeps),
		"immutable": among(kept, immutable),
		"marked":    only(slices.ContainsFunc(kept, (*spec.Service).Marked)),
	}
}

func immutable(s *spec.Service) bool { return s.Image.Immutable }

func keeps(s *spec.Service) bool { return s.Image.Keep > 0 }

// pipelineView is what templates/pipeline sees: which of the services that
// share the module have what.
func (g *generation) pipelineView(built []*spec.Service) entry {
	return entry{
		"by_arn":               only(slices.ContainsFunc(built, byARN)),
		"build_environment":    among(built, func(s *spec.Service) bool { return len(s.Build.Environment) > 0 }),
		"build_policies":       only(slices.ContainsFunc(built, func(s *spec.Service) bool { return s.Build.Policy != nil && s.Build.Policy.File != "" })),
		"build_policy_arns":    only(slices.ContainsFunc(built, func(s *spec.Service) bool { return s.Build.Policy != nil && s.Build.Policy.ARN != "" })),
		"calls":                only(slices.ContainsFunc(built, func(s *spec.Service) bool { return len(buildNeeds(s).calls) > 0 })),
		"deployment":           among(built, func(s *spec.Service) bool { return s.Pipeline.Deploy }),
		"ecr_public":           among(built, func(s *spec.Service) bool { return buildNeeds(s).ecrPublic }),
		"kms_key":              among(built, g.buildDecrypts),
		"looks_first":          among(built, looksFirst),
		"marks":                among(built, marks),
		"parameters":           among(built, func(s *spec.Service) bool { return len(buildNeeds(s).parameters) > 0 }),
		"pipeline_environment": among(built, func(s *spec.Service) bool { return len(s.Pipeline.Environment) > 0 }),
		"registry":             among(built, usesECR),
		"reports":              among(built, func(s *spec.Service) bool { return buildNeeds(s).reports }),
		"secrets":              among(built, func(s *spec.Service) bool { return len(buildNeeds(s).secrets) > 0 }),
		"stage":                cty.StringVal("DeployToECS"),
	}
}

// deliveryView is what templates/delivery sees.
func (g *generation) deliveryView(built []*spec.Service) entry {
	pipelines, registries := map[string]entry{}, map[string]entry{}
	for _, s := range built {
		pipelines[s.Label] = g.pipeline(s)
		if ownsRegistry(s) {
			registries[s.Label] = registry(s.Image)
		}
	}
	view := part(g.pipelineView(built), "deployment", "ecr_public", "kms_key", "looks_first", "marks", "registry", "reports")
	view["set"] = settings(pipelines, moduleDefaults("pipeline"))
	onlyWhereTheyDiffer("ecr_public", view["ecr_public"], pipelines)
	view["kms_key_arn"] = text(g.spec.Project.KMSKey)
	onlyWhereTheyDiffer("kms_key_arn", view["kms_key"], pipelines)
	onlyWhereTheyDiffer("looks_first", view["looks_first"], pipelines)
	onlyWhereTheyDiffer("marks", view["marks"], pipelines)
	onlyWhereTheyDiffer("reports", view["reports"], pipelines)
	view["registry_set"] = settings(registries, moduleDefaults("registry"))
	view["pipelines"], view["registries"] = table(pipelines), table(registries)
	view["given_registries"] = givenRegistries(built)
	view["branch"] = cty.StringVal(g.spec.Source.Branch)
	view["description"] = cty.NullVal(cty.String)
	if g.spec.Source.Create {
		view["description"] = cty.StringVal("Source of " + g.spec.Project.Name + ".")
	}
	view["repository"] = cty.StringVal(g.spec.Source.Repository)
	view["variables"] = inputs(true, sensitiveVariables(built), g.handedOn(inDelivery))
	g.addRoot(view, "delivery", inDelivery)
	return view
}

// givenRegistries are the repositories in ECR that are there already, by the
// services that push to them; null if there are none.
func givenRegistries(built []*spec.Service) cty.Value {
	names := map[string]string{}
	for _, s := range built {
		if givenRegistry(s) {
			names[s.Label] = s.Image.Repository
		}
	}
	if len(names) == 0 {
		return cty.NullVal(cty.DynamicPseudoType)
	}
	return dictionary(names)
}

func registry(i spec.Image) entry {
	mutability := "MUTABLE"
	if i.Immutable {
		mutability = "IMMUTABLE"
	}
	return entry{
		"image_tag_mutability": cty.StringVal(mutability),
		"keep":                 number(i.Keep),
		"name":                 cty.StringVal(i.Repository),
		"scan_on_push":         cty.BoolVal(i.Scan),
	}
}

// pipeline is what a service passes to modules/pipeline.
func (g *generation) pipeline(s *spec.Service) entry {
	b, p, needs := s.Build, s.Pipeline, buildNeeds(s)
	e := entry{
		"artifact_bucket_prefix": cty.StringVal(p.ArtifactPrefix),
		"build_cache":            cty.BoolVal(b.Cache),
		"build_compute_type":     cty.StringVal(b.ComputeType),
		"build_environment":      codebuildVariables(b.Environment),
		"build_image":            cty.StringVal(b.Image),
		"build_privileged":       cty.BoolVal(b.Privileged),
		"build_timeout_minutes":  number(p.TimeoutMinutes),
		"build_type":             cty.StringVal(b.Type),
		"buildspec":              cty.StringVal(buildspecPath(b)),
		"calls":                  calls(needs.calls),
		"ecr_public":             cty.BoolVal(needs.ecrPublic),
		"execution_mode":         cty.StringVal(p.ExecutionMode),
		"id":                     cty.StringVal(s.ID),
		"log_retention_days":     number(s.LogRetentionDays),
		"looks_first":            cty.BoolVal(looksFirst(s)),
		"marks":                  cty.BoolVal(needs.marks),
		"name":                   cty.StringVal(p.Name),
		"parameters":             list(needs.parameters),
		"pipeline_environment":   codebuildVariables(p.Environment),
		"project_name":           cty.StringVal(b.Project),
		"reports":                cty.BoolVal(needs.reports),
		"secrets":                list(needs.secrets),
	}
	if g.buildDecrypts(s) {
		e["kms_key_arn"] = text(g.spec.Project.KMSKey)
	}
	root := path.Join(g.spec.Project.Output, "delivery")
	e["build_policies"], e["build_policy_arns"] = policies(root, "policy", b.Policy)
	if p.Deploy {
		e["deployment"] = cty.ObjectVal(entry{
			"cluster_name":           cty.StringVal(g.spec.Cluster.Name),
			"role_names":             list([]string{g.spec.Name(spec.ExecutionRole, s), g.spec.Name(spec.TaskRole, s)}),
			"service_name":           cty.StringVal(s.Name),
			"task_definition_family": cty.StringVal(g.spec.Name(spec.Family, s)),
		})
	}
	return e
}

// calls are permissions by action.
func calls(permissions []buildspec.Permission) cty.Value {
	out := entry{}
	for _, p := range permissions {
		out[p.Action] = list(p.Resources)
	}
	return cty.ObjectVal(out)
}

// codebuildVariables returns variables as CodeBuild names their types.
func codebuildVariables(vars map[string]spec.Value) cty.Value {
	out := entry{}
	for name, v := range vars {
		kind, val := "PLAINTEXT", cty.StringVal(v.Text)
		switch v.Kind {
		case spec.SSM:
			kind = "PARAMETER_STORE"
		case spec.SecretsM:
			kind, val = "SECRETS_MANAGER", cty.StringVal(secretReference(v))
		case spec.Variable:
			val = partial.Reference("var", v.Text)
		}
		out[name] = cty.ObjectVal(entry{"type": cty.StringVal(kind), "value": val})
	}
	return cty.ObjectVal(out)
}

// secretReference names a secret, or one key of its JSON, as CodeBuild wants it:
// SECRET:KEY:STAGE:VERSION, without the empty parts at its end.
func secretReference(v spec.Value) string {
	return strings.TrimRight(strings.Join([]string{v.Text, v.Key, v.Stage, v.Version}, ":"), ":")
}

// sensitiveVariables returns the names of the Terraform variables that the
// pipelines' variables mention.
func sensitiveVariables(built []*spec.Service) (names []string) {
	for _, s := range built {
		for _, v := range s.Pipeline.Environment {
			if v.Kind == spec.Variable {
				names = append(names, v.Text)
			}
		}
	}
	return names
}
