package rehearsal

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tfgen/generator/spec"
)

// alter changes a service as people do, and says how. What may differ from one
// revision to the next is not touched where the pipeline alone registers them.
func alter(s *spec.Service) string {
	if !ours(s) {
		return s.Name + ": the spec leaves its task definition to the pipeline, so nothing is changed"
	}
	changed := slices.Concat(grow(s), addVariable(s), movePort(s), addTask(s))
	return s.Name + ": " + strings.Join(changed, ", ")
}

// grow gives a service the next size, where there is one.
func grow(s *spec.Service) (changed []string) {
	wasCPU, wasMemory := s.CPU, s.Memory
	s.Memory = spec.MoreMemory(s)
	s.CPU = spec.MoreCPU(s, s.Memory)
	if s.CPU > wasCPU {
		changed = append(changed, fmt.Sprintf("cpu %d → %d", wasCPU, s.CPU))
	}
	if s.Memory > wasMemory {
		changed = append(changed, fmt.Sprintf("memory %d → %d", wasMemory, s.Memory))
	}
	return changed
}

func addVariable(s *spec.Service) []string {
	if s.Environment == nil {
		s.Environment = map[string]spec.Value{}
	}
	s.Environment[added] = spec.Value{Kind: spec.Literal, Text: "changed"}
	return []string{"one more variable"}
}

// movePort has a service listen on the next port above 1024.
func movePort(s *spec.Service) []string {
	if s.Port == 0 {
		return []string{"no port that could change"}
	}
	was := s.Port
	s.Port = 8080
	if was == s.Port {
		s.Port++
	}
	return []string{fmt.Sprintf("port %d → %d", was, s.Port)}
}

// addTask wants one task more. On instances there may be no room for it.
func addTask(s *spec.Service) []string {
	if s.OnEC2() {
		return []string{"as many tasks as before, since instances may have no room for more"}
	}
	s.DesiredCount++
	return []string{fmt.Sprintf("tasks %d → %d", s.DesiredCount-1, s.DesiredCount)}
}

// encrypt gives a load balancer that has none a certificate. Where it listened
// on HTTP's port it listens on that of HTTPS from now on, as it does in a spec
// that says no port.
func (w *world) encrypt(ctx context.Context, balancer *spec.LoadBalancer) (string, error) {
	if len(balancer.Certificates) > 0 {
		return fmt.Sprintf("load balancer %s: it has a certificate already", balancer.Name), nil
	}
	arn, err := w.requestCertificate(ctx, "change.example")
	if err != nil {
		return "", fmt.Errorf("make up a certificate: %w", err)
	}
	balancer.Certificates = []string{arn}
	was := balancer.ListenerPort
	if was == 80 {
		balancer.ListenerPort = 443
	}
	return fmt.Sprintf("load balancer %s: a certificate, port %d → %d", balancer.Name, was, balancer.ListenerPort), nil
}

// tag puts one more tag on all that the environment holds.
func tag(s *spec.Spec) string {
	if s.Environment.Tags == nil {
		s.Environment.Tags = map[string]string{}
	}
	s.Environment.Tags[added] = "changed"
	return fmt.Sprintf("%s: one more tag on everything in it", s.Environment.Name)
}

// second is the label of the service that the rehearsal adds.
const second = "rehearsal"

// addService puts a second service beside one of the spec's, behind the same
// load balancer if that one is made here.
func addService(s *spec.Spec) (string, error) {
	i := slices.IndexFunc(s.Services, func(s *spec.Service) bool { return ours(s) && !s.OnEC2() })
	if i < 0 {
		return "no second service: instances may have no room for one", nil
	}
	first := s.Services[i]
	made, err := defaultService(s, first)
	if err != nil {
		return "", err
	}
	s.Services = append(s.Services, made)
	if made.LoadBalancer == nil {
		return made.Name + ": a second service", nil
	}
	return fmt.Sprintf("%s: a second service, at %s of the same load balancer", made.Name, made.LoadBalancer.Paths[0]), nil
}

// defaultService is a service of the project as the language completes it. It
// runs on the capacity, and in the subnets, of another.
func defaultService(s *spec.Spec, beside *spec.Service) (*spec.Service, error) {
	var balancer string
	if beside.LoadBalancer != nil && beside.LoadBalancer.Balancer != "" {
		balancer = fmt.Sprintf("load_balancer {\n    path = %q\n  }", "/"+second+"/*")
	}
	text := fmt.Sprintf(`
project %q {
  region = %q
}
environment %q {}
cluster %q {
  capacity "FARGATE" {}
}
service %q {
  port = 80
  image {
    first = "public.ecr.aws/docker/library/nginx:1.28"
  }
  %s
}
`, s.Project.Name, s.Project.Region, s.Environment.Name, s.Cluster.Label, second, balancer)
	alone, problems := spec.Parse([]byte(text), "second.hcl")
	if alone == nil {
		return nil, fmt.Errorf("make up a second service: %w", problems)
	}
	made := alone.Services[0]
	made.Strategy, made.PublicIP, made.Architecture = beside.Strategy, beside.PublicIP, beside.Architecture
	if made.LoadBalancer != nil {
		made.LoadBalancer.Balancer = beside.LoadBalancer.Balancer
		made.LoadBalancer.Priority = freePriority(s, made.LoadBalancer)
	}
	return made, nil
}

// freePriority is the attachment's own priority, or the next that no other
// service has at the same load balancer.
func freePriority(s *spec.Spec, a *spec.Attachment) int {
	taken := map[int]bool{}
	for _, other := range s.Services {
		if other.LoadBalancer != nil && other.LoadBalancer.Balancer == a.Balancer {
			taken[other.LoadBalancer.Priority] = true
		}
	}
	p := a.Priority
	for taken[p] {
		p++
	}
	return p
}

// sized reports whether a task has the size that the spec says.
func sized(s *spec.Service, cpu, memory string) bool {
	return cpu == strconv.Itoa(s.CPU) && memory == strconv.Itoa(s.Memory)
}
