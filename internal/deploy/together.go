package deploy

import (
	"context"
	"errors"
	"os"
	"runtime"
	"sync"
)

// footprint is what a run of Terraform takes of the memory for itself, in
// bytes. Measured with Terraform 1.11 and the AWS provider 5.100 on the
// tutorial (RssAnon of proc_pid_status(5)): up to 250 MB and up to 165 MB, and
// not both at once. The provider's binary of 700 MB is in memory once for all.
const footprint = 350 << 20

// sideBySide is how many roots run at once. A run keeps a processor busy for
// seconds before it waits for AWS, so that one more than there are processors
// has something to do; and all of them fit into the memory that is available.
func sideBySide(processors int, available uint64) int {
	most := processors + 1
	for most > 1 && available/footprint < uint64(most) { //nolint:gosec // it is positive
		most--
	}
	return most
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
