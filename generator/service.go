package generator

import (
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"tfgen/generator/partial"
	"tfgen/generator/spec"
)

// A kind is a structure that services share: its module, and where the root
// keeps what they differ in.
type kind struct {
	module, local string
	balanced      bool // behind a load balancer
	pipelineOwned bool // the pipeline's revisions are left alone
}

func kinds() []kind {
	return []kind{
		{module: "service", local: "services", balanced: true},
		{module: "worker", local: "workers"},
		{module: "pipeline_owned_service", local: "pipeline_owned_services", balanced: true, pipelineOwned: true},
		{module: "pipeline_owned_worker", local: "pipeline_owned_workers", pipelineOwned: true},
	}
}

// A group is the services of one kind.
type group struct {
	kind
	services []*spec.Service
}

// groups returns the kinds that have services.
func (g *generation) groups() []group {
	var all []group
	for _, k := range kinds() {
		one := group{kind: k}
		for _, s := range g.spec.Services {
			if (s.LoadBalancer != nil) == k.balanced && pipelineOwned(s) == k.pipelineOwned {
				one.services = append(one.services, s)
			}
		}
		if one.services != nil {
			all = append(all, one)
		}
	}
	return all
}

// entries are what the services of a group pass to their module.
func (g *generation) entries(gr group) map[string]entry {
	all := map[string]entry{}
	for _, s := range gr.services {
		all[s.Label] = g.service(s, gr)
	}
	onlyWhereTheyDiffer("kms_key_arn", gr.view(g)["kms_key"], all)
	return all
}

// pipelineOwned holds for a service whose revisions Terraform leaves alone. One
// without a pipeline has nobody else to register them.
func pipelineOwned(s *spec.Service) bool { return s.Owner == "pipeline" && piped(s) }

func piped(s *spec.Service) bool { return s.Pipeline != nil }

// startsWith holds for a service that runs a known image until its pipeline has
// deployed one.
func startsWith(s *spec.Service) bool { return piped(s) && firstImage(s) != "" }

// pullsElsewhere holds for a service whose image.first is in a private ECR
// repository: of its own, or of another account or region.
func pullsElsewhere(s *spec.Service) bool {
	_, ok := spec.ECRImage(s.Image.First)
	return ok
}

// pullsWithCredentials holds for a service whose image is in a private registry
// other than ECR.
func pullsWithCredentials(s *spec.Service) bool { return s.Image.Credentials != nil }

// decrypts holds for a service that reads something which the project's key may
// encrypt.
func (g *generation) decrypts(s *spec.Service) bool {
	return g.spec.Project.KMSKey != "" && slices.ContainsFunc(taskValues(s), func(v spec.Value) bool { return v.Kind != spec.Literal })
}

// buildDecrypts is decrypts for a service's builds.
func (g *generation) buildDecrypts(s *spec.Service) bool {
	n := buildNeeds(s)
	return g.spec.Project.KMSKey != "" && len(n.parameters)+len(n.secrets) > 0
}

// firstImage is what a service runs to begin with. Outside of ECR it has a name
// at least, although nobody may have pushed it yet.
func firstImage(s *spec.Service) string {
	switch {
	case s.Image.First != "" || s.Image.Registry == "ecr":
		return s.Image.First
	case s.Image.Tag == "latest":
		return s.Image.Repository + ":latest"
	}
	return s.Image.Repository + ":not-yet-built"
}

// view is what templates/service sees.
func (gr group) view(g *generation) entry {
	has := func(has func(*spec.Service) bool) cty.Value { return among(gr.services, has) }
	return entry{
		"alarms":         has(func(s *spec.Service) bool { return len(s.Deployment.Alarms) > 0 }),
		"credentials":    has(pullsWithCredentials),
		"command":        has(func(s *spec.Service) bool { return len(s.Command) > 0 }),
		"egress":         has(func(s *spec.Service) bool { return len(egress(s)) > 0 }),
		"first_image":    has(startsWith),
		"hosts":          has(hasHost),
		"injected":       has(func(s *spec.Service) bool { return len(read(s, spec.SSM))+len(read(s, spec.SecretsM)) > 0 }),
		"logs_in":        has(func(s *spec.Service) bool { return usesECR(s) || pullsElsewhere(s) }),
		"other_registry": has(pullsElsewhere),
		"kms_key":        has(g.decrypts),
		"live":           only(!gr.pipelineOwned && gr.any(piped)),
		"load_balanced":  only(gr.balanced),
		"parameters":     has(func(s *spec.Service) bool { return len(read(s, spec.SSM)) > 0 }),
		"parameter_arns": only(gr.any(func(s *spec.Service) bool { return reads(s, isParameterARN) })),
		"pipeline_owned": only(gr.pipelineOwned),
		"policy_arns":    only(gr.any(func(s *spec.Service) bool { return s.Policy != nil && s.Policy.ARN != "" })),
		"policy_files":   only(gr.any(func(s *spec.Service) bool { return s.Policy != nil && s.Policy.File != "" })),
		"registry":       has(usesECR),
		"secrets":        has(func(s *spec.Service) bool { return len(read(s, spec.SecretsM)) > 0 }),
		"staged":         only(gr.any(func(s *spec.Service) bool { return reads(s, staged) })),
		"unbuilt":        only(gr.any(func(s *spec.Service) bool { return piped(s) && !startsWith(s) })),
		"unpiped":        has(func(s *spec.Service) bool { return !piped(s) }),
		"vpc_egress":     has((*spec.Service).NarrowsVPC),
		"vpc_open":       only(gr.any(func(s *spec.Service) bool { return !s.NarrowsVPC() })),
	}
}

func (gr group) any(has func(*spec.Service) bool) bool {
	return slices.ContainsFunc(gr.services, has)
}

// call is what the root's template sees of the group, whose services set what
// settings says.
func (gr group) call(g *generation, set cty.Value) cty.Value {
	view := gr.view(g)
	view["kms_key_arn"] = text(g.spec.Project.KMSKey)
	view["local"] = partial.Reference("local", gr.local)
	view["module"] = cty.StringVal(gr.module)
	view["set"] = set
	view["source"] = cty.StringVal("../../modules/" + gr.module)
	parameters, _ := g.madeIn(inEnvironment)
	view["parameters_made"] = only(len(parameters) > 0)
	view["credentials_arns"] = only(gr.any(func(s *spec.Service) bool { return pullsWithCredentials(s) && isSecretARN(*s.Image.Credentials) }))
	view["credentials_named"] = only(gr.any(func(s *spec.Service) bool { return pullsWithCredentials(s) && isSecretName(*s.Image.Credentials) }))
	view["secrets_named"] = only(gr.any(func(s *spec.Service) bool { return reads(s, isSecretName) }))
	view["secret_arns"] = only(gr.any(func(s *spec.Service) bool { return reads(s, isSecretARN) }))
	return cty.ObjectVal(view)
}

// service is what a service passes to its module.
func (g *generation) service(s *spec.Service, gr group) entry {
	e := entry{
		"alarm_names":                list(s.Deployment.Alarms),
		"architecture":               cty.StringVal(s.Architecture),
		"capacity_provider_strategy": g.strategy(s),
		"circuit_breaker":            cty.BoolVal(s.Deployment.CircuitBreaker),
		"command":                    list(s.Command),
		"compatibilities":            list(g.compatibilities(s)),
		"cpu":                        number(s.CPU),
		"desired_count":              number(s.DesiredCount),
		"egress":                     cty.ObjectVal(egress(s)),
		"environment":                dictionary(read(s, spec.Literal)),
		"id":                         cty.StringVal(s.ID),
		"log_retention_days":         number(s.LogRetentionDays),
		"maximum_percent":            number(s.Deployment.MaximumPercent),
		"memory":                     number(s.Memory),
		"minimum_healthy_percent":    number(s.Deployment.MinimumHealthyPercent),
		"name":                       cty.StringVal(s.Name),
		"parameters":                 dictionary(read(s, spec.SSM)),
		"public_ip":                  cty.BoolVal(s.PublicIP),
		"secrets":                    injectedSecrets(s, gr.any(func(s *spec.Service) bool { return reads(s, staged) })),
		"vpc_egress":                 cty.ObjectVal(vpcEgress(s)),
		"wait_for_steady_state":      cty.BoolVal(s.Image.First != ""),
	}
	if startsWith(s) {
		e["first_image"] = cty.StringVal(firstImage(s))
	}
	if !piped(s) {
		e["image"] = cty.StringVal(s.Image.First)
	}
	if usesECR(s) {
		e["registry_name"] = cty.StringVal(s.Image.Repository)
	}
	if r, ok := spec.ECRImage(s.Image.First); ok {
		e["image_repository"] = cty.ObjectVal(entry{"account": cty.StringVal(r.Account), "name": cty.StringVal(r.Name), "region": cty.StringVal(r.Region)})
	}
	if pullsWithCredentials(s) {
		e["credentials"] = cty.StringVal(s.Image.Credentials.Text)
	}
	if g.decrypts(s) {
		e["kms_key_arn"] = text(g.spec.Project.KMSKey)
	}
	root := path.Join(g.spec.Project.Output, "environments", g.spec.Environment.Name)
	e["task_policies"], e["task_policy_arns"] = policies(root, "task", s.Policy)
	addAttachment(e, s)
	return e
}

// strategy is a service's capacity provider strategy by provider.
func (g *generation) strategy(s *spec.Service) cty.Value {
	parts := entry{}
	for _, c := range s.Strategy {
		name := c.Provider
		if name == "EC2" {
			name = "ec2-" + g.spec.Cluster.Name
		}
		parts[name] = cty.ObjectVal(entry{"base": number(c.Base), "weight": number(c.Weight)})
	}
	return cty.ObjectVal(parts)
}

// compatibilities returns what a service's revisions are checked against. Where
// the cluster has instances and the task could run on them, it shall be able to.
func (g *generation) compatibilities(s *spec.Service) []string {
	c := g.spec.Cluster
	switch {
	case s.OnEC2():
		return []string{"EC2"}
	case c.EC2 != nil && c.EC2.Architecture == s.Architecture:
		return []string{"EC2", "FARGATE"}
	}
	return []string{"FARGATE"}
}

// read returns the variables of a service whose values come from one kind of
// place: names and texts.
func read(s *spec.Service, kind spec.ValueKind) map[string]string {
	texts := map[string]string{}
	for name, v := range s.Environment {
		if v.Kind == kind {
			texts[name] = v.Text
		}
	}
	return texts
}

// reads holds for a service that reads a value of some kind into a variable.
func reads(s *spec.Service, is func(spec.Value) bool) bool {
	return slices.ContainsFunc(slices.Collect(maps.Values(s.Environment)), is)
}

func isParameterARN(v spec.Value) bool { return v.Kind == spec.SSM && v.ByARN() }
func isSecretARN(v spec.Value) bool    { return v.Kind == spec.SecretsM && v.ByARN() }
func isSecretName(v spec.Value) bool   { return v.Kind == spec.SecretsM && !v.ByARN() }

// staged holds for a secret of which a stage or a version is named.
func staged(v spec.Value) bool { return v.Stage+v.Version != "" }

// injectedSecrets are the secrets that a service reads, by variable; with their
// stages and versions where a service of its kind names any.
func injectedSecrets(s *spec.Service, withStages bool) cty.Value {
	secrets := entry{}
	for name, v := range s.Environment {
		if v.Kind != spec.SecretsM {
			continue
		}
		secret := entry{"key": cty.StringVal(v.Key), "name": cty.StringVal(v.Text)}
		if withStages {
			secret["stage"], secret["version"] = cty.StringVal(v.Stage), cty.StringVal(v.Version)
		}
		secrets[name] = cty.ObjectVal(secret)
	}
	return cty.ObjectVal(secrets)
}

// policies are a policy of the spec, which the role's own module has by this name:
// a file by its path from the root, where it stays, or an ARN.
func policies(root, name string, p *spec.Policy) (files, arns cty.Value) {
	files, arns = cty.EmptyObjectVal, cty.EmptyTupleVal
	switch {
	case p == nil:
	case p.ARN != "":
		arns = list([]string{p.ARN})
	default:
		up := strings.Repeat("../", strings.Count(root, "/")+1)
		files = dictionary(map[string]string{name: up + filepath.ToSlash(p.File)})
	}
	return files, arns
}

// addAttachment adds a service's place behind its load balancer.
func addAttachment(e entry, s *spec.Service) {
	at := s.LoadBalancer
	if at == nil {
		return
	}
	balancer := at.Balancer
	if balancer == "" {
		balancer = at.Listener
	}
	e["deregistration_delay"] = number(at.DeregistrationDelay)
	e["health_check"] = healthCheck(at.HealthCheck)
	e["health_check_grace_period"] = number(s.Deployment.HealthCheckGracePeriod)
	e["hosts"] = list(at.Hosts)
	e["load_balancer"] = cty.StringVal(balancer)
	e["paths"] = list(at.Patterns())
	e["port"] = number(s.Port)
	e["rule_priority"] = number(at.Priority)
	e["target_group_name"] = cty.StringVal(at.TargetGroup)
}

func healthCheck(h spec.HealthCheck) cty.Value {
	return cty.ObjectVal(entry{
		"healthy_threshold":   number(h.HealthyThreshold),
		"interval":            number(h.Interval),
		"matcher":             cty.StringVal(h.Matcher),
		"path":                cty.StringVal(h.Path),
		"timeout":             number(h.Timeout),
		"unhealthy_threshold": number(h.UnhealthyThreshold),
	})
}
