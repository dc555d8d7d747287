package spec

import (
	"path"
	"strings"
)

// service fills in what follows for one service.
func (d *draft) service(n *node) *Service {
	s := &Service{
		ID:               Identity(d.Project.Name, n.label, d.Environment.Name),
		Label:            n.label,
		Name:             n.textOr("name", n.label),
		Port:             n.number("port"),
		CPU:              n.number("cpu"),
		Memory:           n.number("memory"),
		DesiredCount:     n.number("desired_count"),
		Architecture:     n.text("architecture"),
		Environment:      n.variables("environment"),
		Command:          n.texts("command"),
		LogRetentionDays: n.number("log_retention_days"),
		Policy:           completePolicy(n.text("policy")),
		Owner:            n.text("task_definition_owner"),
		Deployment:       completeDeployment(n.child("deployment")),
		Egress:           completeEgress(n.blocks["egress"]),
		Range:            n.header,
	}
	s.Strategy = d.strategy(n)
	s.PublicIP = n.flagOr("public_ip", d.Cluster != nil && !s.OnEC2() && d.Network.Public())
	s.LoadBalancer = d.attachment(s, n.child("load_balancer"))
	if s.LoadBalancer != nil && !n.child("deployment").has("health_check_grace_period") {
		s.Deployment.HealthCheckGracePeriod = defaultGracePeriod
	}
	s.Build = d.build(s, n.child("build"))
	s.Pipeline = d.pipeline(s, n.child("pipeline"))
	s.Image = d.image(s, n.child("image"))
	return s
}

// defaultGracePeriod is a minute. Without a grace period ECS stops a task as soon as
// the load balancer finds it unhealthy, with the default health check after half of
// that (ECS API, CreateService, healthCheckGracePeriodSeconds).
const defaultGracePeriod = 60

// strategy is what was written, or all weight on the most usual capacity that
// the cluster has.
func (d *draft) strategy(n *node) []Capacity {
	if n.has("strategy") {
		return get[[]Capacity](n, "strategy")
	}
	if d.Cluster == nil || !n.sound("strategy") {
		return nil
	}
	for _, provider := range []string{fargate, fargateSpot, instances} {
		if d.Cluster.has(provider) {
			return []Capacity{{Provider: provider, Weight: 1}}
		}
	}
	return nil
}

func completePolicy(policy string) *Policy {
	switch {
	case policy == "":
		return nil
	case strings.HasPrefix(policy, "arn:"):
		return &Policy{ARN: policy}
	default:
		return &Policy{File: path.Clean(policy)}
	}
}

// completeEgress has one for each place that a block names.
func completeEgress(nodes []*node) []Egress {
	var all []Egress
	for _, n := range nodes {
		protocol := n.text("protocol")
		if n.has("port") {
			protocol = n.textOr("protocol", "tcp")
		}
		for _, to := range n.texts("to") {
			all = append(all, Egress{To: to, Ports: get[Ports](n, "port"), Protocol: protocol})
		}
	}
	return all
}

func completeDeployment(n *node) Deployment {
	return Deployment{
		MinimumHealthyPercent:  n.number("minimum_healthy_percent"),
		MaximumPercent:         n.number("maximum_percent"),
		CircuitBreaker:         n.flag("circuit_breaker"),
		HealthCheckGracePeriod: n.number("health_check_grace_period"),
		Alarms:                 n.texts("alarms"),
	}
}

// build is nil for a service whose image is made elsewhere.
func (d *draft) build(s *Service, n *node) *Build {
	if !n.given {
		return nil
	}
	image := n.textOr("image", defaultBuildImage(s.Architecture))
	return &Build{
		Project:     n.textOr("project", d.defaultName(BuildProject, s)),
		Image:       image,
		ComputeType: n.text("compute_type"),
		Type:        buildType(image, s.Architecture),
		Privileged:  n.flag("privileged"),
		Context:     path.Clean(n.text("context")),
		Dockerfile:  path.Clean(n.text("dockerfile")),
		Buildspec:   path.Clean(n.text("buildspec")),
		Environment: n.variables("environment"),
		Paths:       n.texts("paths"),
		Cache:       n.flag("cache"),
		Logins:      ordered(n.texts("logins")),
		Test:        n.texts("test"),
		Policy:      completePolicy(n.text("policy")),
		Range:       n.header,
	}
}

// defaultBuildImage is the newest image that CodeBuild curates for an
// architecture (CodeBuild user guide, "Docker images provided by CodeBuild").
func defaultBuildImage(architecture string) string {
	if architecture == arm {
		return "aws/codebuild/amazonlinux-aarch64-standard:3.0"
	}
	return "aws/codebuild/amazonlinux-x86_64-standard:5.0"
}

// imageArchitecture is what the name of a build image says of its
// architecture, or "".
func imageArchitecture(image string) string {
	switch {
	case strings.Contains(image, "aarch64") || strings.Contains(image, "arm64"):
		return arm
	case strings.Contains(image, "x86_64") || strings.Contains(image, "amd64"):
		return x86
	default:
		return ""
	}
}

// buildType is CodeBuild's type of the hosts that an image runs on.
func buildType(image, architecture string) string {
	if said := imageArchitecture(image); said != "" {
		architecture = said
	}
	if architecture == arm {
		return "ARM_CONTAINER"
	}
	return "LINUX_CONTAINER"
}

// pipeline is nil where nothing starts one, or it would have nothing to build.
func (d *draft) pipeline(s *Service, n *node) *Pipeline {
	if s.Build == nil || d.Source == nil {
		return nil
	}
	return &Pipeline{
		Name:           n.textOr("name", d.defaultName(PipelineName, s)),
		ExecutionMode:  n.text("execution_mode"),
		Environment:    n.variables("environment"),
		TimeoutMinutes: n.number("timeout_minutes"),
		Deploy:         n.flagOr("deploy", d.Cluster != nil),
		ArtifactPrefix: bucketPrefix(s.ID, "-artifacts-"),
		Range:          n.header,
	}
}

func (d *draft) image(s *Service, n *node) Image {
	image := Image{
		Registry:   n.text("registry"),
		Repository: n.textOr("repository", s.Label),
		Tag:        n.text("tag"),
		First:      n.textOr("first", s.firstImage()),
	}
	if n.has("credentials") {
		credentials := get[Value](n, "credentials")
		image.Credentials, image.First = &credentials, n.text("first")
	}
	if image.Registry != "ecr" {
		return image
	}
	image.Repository = n.textOr("repository", d.defaultName(ImageRepository, s))
	image.Immutable = n.flagOr("immutable", image.Tag == "commit")
	image.Keep = n.number("keep")
	image.Scan = n.flag("scan")
	image.Create = n.flag("create")
	return image
}

// firstImage is nginx where nginx passes for the application: it answers on
// port 80, and on / with 200. Nowhere else would it become healthy.
func (s *Service) firstImage() string {
	if s.Build == nil || s.LoadBalancer == nil || s.Port != 80 || s.LoadBalancer.HealthCheck.Path != "/" {
		return ""
	}
	return "public.ecr.aws/docker/library/nginx:1.28"
}

// prefixMost is how long the fixed part of a bucket's name may be: Terraform
// adds 26 characters to it, and S3 allows 63 in all.
const prefixMost = 37

// bucketPrefix makes the beginning of a bucket's name from an ID, which is cut
// to fit, and from what the bucket is for.
func bucketPrefix(id, purpose string) string {
	allowed := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(id))
	allowed = allowed[:min(len(allowed), prefixMost-len(purpose))]
	return strings.Trim(allowed, "-") + purpose
}
