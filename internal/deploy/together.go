package deploy

import (
	"context"
	"errors"
	"os"
	"runtime"
	"sync"
)

// footprint is what a run of Terraform takes of the memory, in bytes: the
// provider AWS 5.100 holds up to 300 MB while it plans the roots of the
// tutorial, and Terraform itself 60, as docs/performance.md measures them.
const footprint = 350 << 20

// sideBySide is how many roots run at once. A run keeps a processor busy for
// seconds before it waits for AWS, so that one more than there are processors
// has something to do; and all of them fit into the memory that is available.
func sideBySide(processors int, available uint64) int {
	fit := available / footprint
	return max(1, int(min(fit, uint64(processors)+1)))
}

// Each calls f for every one of items, a few at a time, and returns the
// results in the order of items. One that fails does not stop the others; the
// error joins all of them, in order. The results of those that failed are
// whatever f returned.
//
// With -verbose they run one after the other.
func Each[In, Out any](ctx context.Context, t *Terraform, items []In, f func(context.Context, In) (Out, error)) ([]Out, error) {
	results, errs := make([]Out, len(items)), make([]error, len(items))
	slots := make(chan struct{}, t.atOnce())
	var wg sync.WaitGroup
	for i, item := range items {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			results[i], errs[i] = f(ctx, item)
		})
	}
	wg.Wait()
	return results, errors.Join(errs...)
}

func (t *Terraform) atOnce() int {
	if t.config.Verbose != nil {
		return 1
	}
	return sideBySide(runtime.GOMAXPROCS(0), availableMemory(os.DirFS("/")))
}
