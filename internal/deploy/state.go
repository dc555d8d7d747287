package deploy

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-exec/tfexec"

	"tfgen/internal/deploy/report"
)

// A Position says which state it is, and how often it was written.
type Position struct {
	Lineage string // "" where there is no state yet
	Serial  int
}

// A state is what is read of Terraform's state, format version 4: which it is,
// what is in it, and of the attributes those that somebody here asks for.
type state struct {
	Position
	Outputs   map[string]json.RawMessage
	Resources []resource
}

type resource struct {
	Mode, Type, Name, Module string
	Instances                []instance
}

type instance struct {
	IndexKey   any    `json:"index_key"`
	Status     string // "tainted", or ""
	Attributes struct {
		// What protects data from a destroy.
		ForceDestroy   *bool `json:"force_destroy"`
		ForceDelete    *bool `json:"force_delete"`
		RecoveryWindow *int  `json:"recovery_window_in_days"`

		// Where it is.
		ARN string

		// Who was asked, and what runs.
		AccountID     string `json:"account_id"`
		ClusterARN    string `json:"cluster_arn"`
		ServiceName   string `json:"service_name"`
		ContainerName string `json:"container_name"`
		Image         string
	}
}

// managed reports whether Terraform made it, and did not only look at it.
func (r resource) managed() bool { return r.Mode == "managed" }

// parseState reads a state. No bytes are one that was never written.
func parseState(raw []byte) (s state, err error) {
	if len(raw) == 0 {
		return s, nil
	}
	if err = json.Unmarshal(raw, &s); err != nil {
		return s, fmt.Errorf("it is no state: %w", err)
	}
	return s, nil
}

// state reads the state of a root, from where its code keeps it. It starts no
// provider.
func (t *Terraform) state(ctx context.Context, root Root) (s state, err error) {
	var raw string
	err = t.initialized(ctx, root, func() error {
		return t.run(ctx, &run{root: root, verb: "read the state of", quiet: true, do: func(ctx context.Context, tf *tfexec.Terraform) (err error) {
			raw, err = tf.StatePull(ctx)
			return err
		}})
	})
	if err == nil {
		s, err = parseState([]byte(raw))
	}
	return s, err
}

// Position says which state a root has now.
func (t *Terraform) Position(ctx context.Context, root Root) (Position, error) {
	s, err := t.state(ctx, root)
	return s.Position, err
}

// address is how Terraform calls one instance of a resource.
func (r resource) address(i instance) string {
	return strings.TrimPrefix(r.Module+"."+report.Local(r.Type, r.Name, i.IndexKey), ".")
}
