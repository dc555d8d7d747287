package spec

import "tfgen/generator/buildspec"

// Mark says whose images a service's builds must mark before they push, nil for
// none: ECR lets old images go, and what the pipeline deploys must not be among
// them. With the tag latest an image loses its tag to the next one, and without
// a tag it stays.
func (s *Spec) Mark(service *Service) *buildspec.Mark {
	deploys := service.Pipeline != nil && service.Pipeline.Deploy && s.Cluster != nil
	if !deploys || service.Image.Keep == 0 || service.Image.Tag != "commit" {
		return nil
	}
	return &buildspec.Mark{Cluster: s.Cluster.Name, Service: service.Name}
}
