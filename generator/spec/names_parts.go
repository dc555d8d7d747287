package spec

import (
	"slices"
	"strconv"
	"strings"
)

// expand fills in the parts that a name is made of.
func (k Kind) expand(s *Spec, of subject) string {
	parts := append(s.parts(), of.parts(s)...)
	return strings.NewReplacer(parts...).Replace(k.Made)
}

// parts are what names have from the spec as a whole.
func (s *Spec) parts() []string {
	all := []string{"{project}", s.Project.Name, "{environment}", s.Environment.Name, "{region}", s.Project.Region}
	if s.Source != nil {
		all = append(all, "{source}", s.Source.Repository)
	}
	if s.Cluster != nil {
		all = append(all, "{cluster}", s.Cluster.Name)
	}
	return all
}

// parts are what names have from what they are made for.
func (of subject) parts(s *Spec) []string {
	if of.service != nil {
		return of.service.parts(s)
	}
	return []string{
		"{state}", StateKey(s, of.root),
		"{workspace}", Workspace(s, of.root),
		"{balancer}", of.label,
		"{label}", of.label,
		"{identity}", Identity(s.Project.Name, of.label, s.Environment.Name),
	}
}

func (s *Service) parts(of *Spec) []string {
	all := []string{
		"{label}", s.Label,
		"{identity}", s.ID,
		"{group}", singleHyphens(s.ID),
		"{service}", s.Name,
		"{repository}", repositoryName(of.Project.Name, s.Label, of.Environment.Name),
	}
	if s.Build != nil {
		all = append(all, "{build}", s.Build.Project)
	}
	if s.LoadBalancer != nil {
		all = append(all, "{priority}", strconv.Itoa(s.LoadBalancer.Priority))
	}
	return all
}

// The functions below list what the things of a kind are made for.

func createdSource(s *Spec) []subject {
	if s.Source == nil || !s.Source.Create {
		return nil
	}
	return []subject{{root: Delivery}}
}

func built(s *Spec) []subject {
	return s.where(Delivery, func(v *Service) bool { return v.Pipeline != nil })
}

func inECR(s *Spec) []subject {
	return s.where(Delivery, func(v *Service) bool { return v.Pipeline != nil && v.Image.Registry == "ecr" && v.Image.Create })
}

func running(s *Spec) []subject {
	return s.where(s.Environment.Name, func(*Service) bool { return s.Cluster != nil })
}

func behind(s *Spec) []subject {
	return s.where(s.Environment.Name, func(v *Service) bool { return v.LoadBalancer != nil })
}

// live lists the services that Terraform asks for their image: those whose
// module has one with a pipeline, and that are not the pipeline's own.
func live(s *Spec) []subject {
	asks := func(v *Service) bool { return s.Cluster != nil && (v.Owner != "pipeline" || v.Pipeline == nil) }
	return s.where(s.Environment.Name, func(v *Service) bool {
		return asks(v) && slices.ContainsFunc(s.Services, func(other *Service) bool {
			return asks(other) && other.Pipeline != nil && (other.LoadBalancer == nil) == (v.LoadBalancer == nil)
		})
	})
}

// where lists the services for which a root makes something.
func (s *Spec) where(root string, makes func(*Service) bool) []subject {
	var all []subject
	for _, v := range s.Services {
		if makes(v) {
			all = append(all, subject{root: root, service: v})
		}
	}
	return all
}

func madeCluster(s *Spec) []subject {
	if s.Cluster == nil || s.Cluster.Existing {
		return nil
	}
	return []subject{{root: s.Environment.Name, label: s.Cluster.Label}}
}

func onInstances(s *Spec) []subject {
	if s.Cluster == nil || s.Cluster.EC2 == nil {
		return nil
	}
	return madeCluster(s)
}

func balanced(s *Spec) []subject {
	var all []subject
	for _, b := range s.LoadBalancers {
		all = append(all, subject{root: s.Environment.Name, label: b.Name})
	}
	return all
}

func madeParameters(s *Spec) []subject {
	var all []subject
	for _, p := range s.Parameters {
		all = append(all, subject{root: s.MadeIn(SSM, p.Path), label: p.Path})
	}
	return all
}

func madeSecrets(s *Spec) []subject {
	var all []subject
	for _, made := range s.Secrets {
		all = append(all, subject{root: s.MadeIn(SecretsM, made.Name), label: made.Name})
	}
	return all
}

func bucketStates(s *Spec) []subject { return s.states("s3") }

func hcpStates(s *Spec) []subject { return s.states("hcp") }

func (s *Spec) states(kind string) []subject {
	if s.State.Kind != kind {
		return nil
	}
	var all []subject
	for _, root := range Roots(s) {
		all = append(all, subject{root: root.Name})
	}
	return all
}

// MadeIn is the name of the root that makes a parameter, for which kind is SSM,
// or a secret, for which it is SecretsM: the environment's where a service reads
// it, else the delivery's.
func (s *Spec) MadeIn(kind ValueKind, name string) string {
	reads := func(v *Service) bool {
		if c := v.Image.Credentials; c != nil && c.Kind == kind && c.Text == name {
			return true
		}
		for _, value := range v.Environment {
			if value.Kind == kind && value.Text == name {
				return true
			}
		}
		return false
	}
	if s.Source == nil || s.Cluster != nil && slices.ContainsFunc(s.Services, reads) {
		return s.Environment.Name
	}
	return Delivery
}
