package spec

import "tfgen/generator/buildspec"

// Marked reports whether a service's builds must mark the image that runs before
// they push: ECR lets old images go, and what the pipeline deployed must not be
// among them. With the tag latest an image loses its tag to the next one, and
// without a tag it stays.
func (s *Service) Marked() bool {
	return s.Pipeline != nil && s.Pipeline.Deploy && s.Image.Keep > 0 && s.Image.Tag == "commit"
}

// Mark says whose images a service's builds mark, nil for none.
func (s *Spec) Mark(service *Service) *buildspec.Mark {
	if !service.Marked() || s.Cluster == nil {
		return nil
	}
	return &buildspec.Mark{Cluster: s.Cluster.Name, Service: service.Name}
}
