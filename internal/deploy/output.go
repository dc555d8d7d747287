package deploy

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-exec/tfexec"
)

// An Output is an output of a root, as its state holds it.
type Output struct {
	Sensitive bool
	Type      json.RawMessage // Terraform's type, as JSON
	Value     json.RawMessage // in clear, even where it is sensitive
}

// Output reads the outputs of a root by name. A root that was never applied
// has none.
func (t *Terraform) Output(ctx context.Context, root Root) (map[string]Output, error) {
	outputs := map[string]Output{}
	err := t.initialized(ctx, root, func() error {
		return t.run(ctx, &run{root: root, verb: "read the outputs of", quiet: true, do: func(ctx context.Context, tf *tfexec.Terraform) error {
			raw, err := tf.Output(ctx)
			for name, o := range raw {
				outputs[name] = Output{Sensitive: o.Sensitive, Type: o.Type, Value: o.Value}
			}
			return err
		}})
	})
	return outputs, err
}
