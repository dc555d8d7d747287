package rehearsal

import (
	"errors"

	"tfgen/generator/spec"
)

// An idle error is why a step has nothing to do: "the spec has no cluster".
type idle string

func (i idle) Error() string { return string(i) }

// isIdle reports whether an error is none, but says that there was nothing to do.
func isIdle(err error) bool {
	_, nothing := errors.AsType[idle](err)
	return nothing
}

// The reasons why a step that is about a pipeline or a service has nothing to do.
const (
	noPipeline = idle("the spec has no pipeline")
	noCluster  = idle("the spec has no cluster")
	noService  = idle("the spec has no service")
)

// undeployed is why nothing is deployed, or nil.
func (w *world) undeployed() error {
	switch {
	case w.spec.Cluster == nil:
		return noCluster
	case len(w.pipelines) == 0:
		return noPipeline
	case len(w.deployed()) == 0:
		return idle("no pipeline deploys a service")
	}
	return nil
}

// unserved is why no service runs, or nil.
func (w *world) unserved() error {
	switch {
	case w.spec.Cluster == nil:
		return noCluster
	case len(w.spec.Services) == 0:
		return noService
	}
	return nil
}

// deployed are the services that a pipeline deploys.
func (w *world) deployed() []*spec.Service {
	var some []*spec.Service
	for _, s := range w.spec.Services {
		if w.spec.Cluster != nil && s.Pipeline != nil && s.Pipeline.Deploy {
			some = append(some, s)
		}
	}
	return some
}
