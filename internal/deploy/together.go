package deploy

import (
	"context"
	"errors"
	"sync"
)

// sideBySide is how many roots run at once. Each run of Terraform with the
// AWS provider keeps a processor busy for seconds before it waits for AWS.
const sideBySide = 2

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
	return sideBySide
}
