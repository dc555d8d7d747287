package rehearsal

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"tfgen/internal/deploy"
)

// noteAddresses says where the services answer, and where to push to: what an
// apply ends with.
func (w *world) noteAddresses(ctx context.Context) error {
	outputs, err := deploy.Each(ctx, w.terraform, w.roots(), w.terraform.Output)
	if err != nil {
		return terraformFinding(err)
	}
	for _, of := range outputs {
		var clone string
		if raw := of["clone_url_http"].Value; raw != nil && json.Unmarshal(raw, &clone) == nil {
			w.note("repository: %s", clone)
		}
		urls := map[string]string{}
		if raw := of["urls"].Value; raw != nil && json.Unmarshal(raw, &urls) == nil {
			for _, name := range slices.Sorted(maps.Keys(urls)) {
				w.note("%s answers at %s", name, urls[name])
			}
		}
	}
	return nil
}
